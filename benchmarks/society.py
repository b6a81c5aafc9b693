"""The made-up bodies, people, studies and propositions that made-up documents speak of.

All names are strung together from syllables; nothing here is, or is meant to sound like, anybody real.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate
from random import Random
from typing import Any, Generic, TypeVar

from pyoxigraph import NamedNode, Triple

from stpgraph import records
from stpgraph.rdf import to_triples
from stpgraph.records import Concept, Membership, Record
from stpgraph.vocabulary import RDF, SKOS, STP, UNIT, mint, slug

__all__ = ["Quantity", "Scheme", "Society", "Study", "Uneven", "coined", "some_day"]

#: How unevenly things are named: the k-th has the weight k to this power.
_ZIPF = -0.8

#: Of this many percentages one contradicts its study.
_WRONG = 20

_SYLLABLES = (
    *("ba", "ko", "vi", "zu", "mer", "quil", "tho", "wex"),
    *("ard", "dra", "fen", "gol", "hep", "jun", "lim", "nor"),
)
_FIRST_NAMES = ("Alex", "Bo", "Chris", "Dee", "Eli", "Fran", "Jo", "Kit", "Lou", "Max", "Pat", "Sam")
_BODIES = ("Council", "Hospitals", "Institute", "Alliance", "Trust", "Gazette")
_REGIONS = ("upper", "lower")
_ROLES = ("first speaker", "keeper", "teller", "deputy keeper", "second speaker", "scribe")
_FIRST_DAY = date(2016, 1, 4)
_DAYS = 1000

_Drawn = TypeVar("_Drawn")


def coined(number: int) -> str:
    """Return an invented name, another for each number.

    Example:
        >>> coined(0), coined(37), coined(5000)
        ('Baba', 'Viquil', 'Kozuardard')
    """
    parts: list[str] = []
    while number or len(parts) < 2:
        number, digit = divmod(number, len(_SYLLABLES))
        parts.insert(0, _SYLLABLES[digit])
    return "".join(parts).capitalize()


def some_day(random: Random) -> date:
    """Return one of the days on which made-up things happen."""
    return _FIRST_DAY + timedelta(days=random.randrange(_DAYS))


class Uneven(Generic[_Drawn]):
    """Things of which the first is drawn most often and the last most seldom."""

    def __init__(self, things: Sequence[_Drawn]) -> None:
        self.things = things
        self._weights = list(accumulate(rank**_ZIPF for rank in range(1, len(things) + 1)))

    def draw(self, random: Random) -> _Drawn:
        """Draw one."""
        return random.choices(self.things, cum_weights=self._weights)[0]


class Scheme:
    """The relationships and codes that claims are made of: the real ones."""

    def __init__(self, triples: list[Triple]) -> None:
        self.triples = triples
        self._codes: dict[str, Uneven[NamedNode]] = {}
        self.relationships = Uneven(sorted(self._nodes(RDF.type, STP.Relationship), key=str))
        self.parties = Uneven(sorted(self._nodes(RDF.type, STP.Party), key=str))

    def code(self, name: str, random: Random) -> NamedNode:
        """Draw a code of the scheme of that name."""
        if name not in self._codes:
            self._codes[name] = Uneven(sorted(self._nodes(SKOS.inScheme, mint(name)), key=str))
        return self._codes[name].draw(random)

    def _nodes(self, predicate: NamedNode, value: NamedNode) -> Iterator[NamedNode]:
        for triple in self.triples:
            if triple.predicate == predicate and triple.object == value and isinstance(triple.subject, NamedNode):
                yield triple.subject


@dataclass(frozen=True, slots=True)
class Quantity:
    """What a study found: `found` of so many (`out_of`), or tenths of a billion pounds."""

    measure: NamedNode
    found: int
    out_of: int | None

    def worded(self, random: Random) -> dict[str, Any]:
        """Return the fields of a statistic that states it: mostly right, seldom wrong."""
        if self.out_of is None:
            return _figure(f"£{self.found / 10}bn", UNIT.CCY_GBP, self.found * 10**8, "50000000")
        if random.random() < 0.25:
            words = {"numerator": self.found, "denominator": self.out_of}
            return {**_figure(f"{self.found} of the {self.out_of}", UNIT.NUM, self.found, "0"), **words}
        share = round(100 * self.found / self.out_of) + (7 if random.randrange(_WRONG) == 0 else 0)
        if random.random() < 0.1:
            return _figure(f"about {share}%", UNIT.PERCENT, share, "2.5", comparator="about")
        return _figure(f"{share}%", UNIT.PERCENT, share, "0.5")


def _figure(as_said: str, unit: NamedNode, value: int, margin: str, comparator: str = "exactly") -> dict[str, Any]:
    number, half = Decimal(value), Decimal(margin)
    bounds = {"value": number, "lowest": number - half, "highest": number + half}
    return {"as_said": as_said, "unit": unit, "comparator": mint("comparator", comparator), **bounds}


@dataclass(frozen=True, slots=True)
class Study:
    """A study with its report, who ran it, who were asked, and what it found."""

    iri: NamedNode
    report: NamedNode
    body: NamedNode
    respondents: NamedNode
    quantities: Uneven[Quantity]


class Society:
    """All that documents share, in numbers that suit so many documents.

    Attributes:
        records: what there is, by the name of its graph of reference.
    """

    def __init__(self, random: Random, scheme: Scheme, documents: int) -> None:
        self.records: dict[str, list[Record]] = {}
        self.scheme = scheme
        self._random = random
        self.bodies = Uneven([self._body(number) for number in range(30 + documents // 4)])
        self.outlets = Uneven(self.bodies.things[5:30:6])
        self.partnerships = Uneven([self._partnership(number) for number in range(44)])
        self.posts = Uneven([self._post(number) for number in range(40 + documents // 2)])
        self.studies = Uneven([self._study(number) for number in range(12 + documents // 3)])
        self.propositions = Uneven([self._proposition(number) for number in range(18 + documents // 2)])

    def graphs(self) -> Iterator[tuple[NamedNode, Iterable[Triple]]]:
        """Yield the graphs of reference, each with its triples; the scheme's first."""
        yield mint("graph", "relationships"), self.scheme.triples
        for name, found in self.records.items():
            graph = mint("graph", "reference", name)
            described = records.Dataset(iri=graph, title=f"Made-up {name}")
            yield graph, (triple for record in (described, *found) for triple in to_triples(record))

    def _keep(self, graph: str, record: Record) -> NamedNode:
        self.records.setdefault(graph, []).append(record)
        return record.iri

    def _body(self, number: int) -> NamedNode:
        place, kind = coined(number), _BODIES[number % len(_BODIES)]
        name = f"{place} {kind}"
        body = records.Organisation(
            iri=mint("organisation", slug(name)),
            label=name,
            alt_labels=(f"the {kind.lower()} of {place}",),
            classification=self.scheme.code("organisation-kind", self._random),
            side=self.scheme.parties.draw(self._random),
            sources=(mint("source", "invention"),),
        )
        return self._keep("organisations", body)

    def _partnership(self, number: int) -> NamedNode:
        if number < len(_REGIONS):
            region = _REGIONS[number]
            self._keep("partnerships", Concept(iri=mint("region", region), label=region, scheme=mint("region")))
        name = f"{coined(1000 + number)} and {coined(2000 + number)}"
        partnership = records.Partnership(
            iri=mint("partnership", slug(name)),
            label=name,
            identifiers=(f"X{number:08}",),
            number=number + 1,
            regions=(mint("region", _REGIONS[number % len(_REGIONS)]),),
            is_replaced_by=(self.bodies.draw(self._random),),
            sources=(mint("source", "invention"),),
        )
        return self._keep("partnerships", partnership)

    def _post(self, number: int) -> Membership:
        """Put a person, every third time the one before, into a post."""
        who = number - (number % 3 == 2)
        name = f"{_FIRST_NAMES[who % len(_FIRST_NAMES)]} {coined(3000 + who)}"
        person = mint("person", slug(name))
        if who == number:
            self._keep("people", records.Person(iri=person, label=name, alt_labels=(f"Mx {name.split()[1]}",)))
        role = _ROLES[number % len(_ROLES)]
        if number < len(_ROLES):
            self._keep("people", records.Role(iri=mint("role", slug(role)), label=role, scheme=mint("role")))
        body = self.bodies.draw(self._random)
        post = records.Membership(
            iri=mint("membership", f"{slug(name)}-{body.value.rpartition('/')[2]}-{slug(role)}"),
            member=person,
            organization=body,
            role=mint("role", slug(role)),
            start_date=str(self._random.randrange(2009, 2016)),
            end_date=None if number % 3 else "2018-11",
            review_status=mint("review-status", "accepted"),
        )
        self._keep("people", post)
        return post

    def _study(self, number: int) -> Study:
        name, body = f"{coined(number)} survey", self.bodies.draw(self._random)
        done_on, size = some_day(self._random).isoformat(), self._random.randrange(20, 400)
        study, report = mint("study", slug(name)), mint("report", slug(name))
        asked = records.Collective(
            iri=mint("collective", f"{slug(name)}-respondents"), label=f"those asked in the {name}", size=size
        )
        done = records.Study(
            iri=study,
            label=f"the {name}",
            kind=self.scheme.code("study-kind", self._random),
            associated_with=(body,),
            commissioned_by=(self.bodies.draw(self._random),) if number % 3 == 0 else (),
            sample=asked.iri,
            date=done_on,
        )
        told = records.Report(
            iri=report, title=f"What the {name} found", publishers=(body,), issued=done_on, generated_by=study
        )
        self.records.setdefault("reports", []).extend((asked, done, told))
        return Study(study, report, body, asked.iri, Uneven(self._quantities(name, done, size)))

    def _quantities(self, name: str, study: records.Study, size: int) -> list[Quantity]:
        """Make what one study measured: a question with three answers, a share of its own and a sum of money."""
        first = self._random.randrange(size)
        second = self._random.randrange(size - first)
        about = (self.scheme.relationships.draw(self._random),)
        shared: dict[str, Any] = {"about": about, "population": study.sample, "comes_from": study.iri}
        kind = self.scheme.code("measure-kind", self._random)
        question = mint("measure", f"{slug(name)}-question")
        whole = records.Measure(iri=question, label=f"what the {name} asked", kind=kind, exhaustive=True, **shared)
        self._keep("measures", whole)
        made: list[Quantity] = []
        answers = {"good": first, "fair": second, "poor": size - first - second, "apart": self._random.randrange(size)}
        for answer, found in (*answers.items(), ("money", self._random.randrange(2, 300))):
            measure = records.Measure(
                iri=mint("measure", f"{slug(name)}-{answer}"),
                label=f"{answer} in the {name}",
                kind=kind,
                part_of=question if answer in {"good", "fair", "poor"} else None,
                **shared,
            )
            self._keep("measures", measure)
            made.append(Quantity(measure.iri, found, None if answer == "money" else size))
            self._keep("reports", self._reported(name, answer, made[-1]))
        return made

    def _reported(self, name: str, answer: str, quantity: Quantity) -> Record:
        return records.Statistic(
            iri=mint("statistic", slug(name), answer),
            measure=quantity.measure,
            reported_in=mint("report", slug(name)),
            review_status=mint("review-status", "accepted"),
            sources=(mint("source", "invention"),),
            **quantity.worded(self._random),
        )

    def _proposition(self, number: int) -> NamedNode:
        proposition = records.Proposition(
            iri=mint("proposition", f"{coined(number).lower()}-would-help"),
            label=f"more {coined(number)} would help",
            definition=f"Whoever affirms it sees a gain in {coined(number)}.",
            about=(self.scheme.relationships.draw(self._random),),
        )
        return self._keep("propositions", proposition)
