"""The claims that a view is made of: who said what about which relationship, when, where and with what figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from pyoxigraph import Literal

from stpgraph.networks.cells import to_number, to_place, to_whole
from stpgraph.networks.claim_query import BETWEEN, CLAIMS, UNDRAWN, WITHIN, Row, narrow
from stpgraph.networks.evidence import Evidence, Figure, Link, Speaker, Thing, Topic, unit_of
from stpgraph.networks.filters import EVERYTHING, Filters, to_terms
from stpgraph.store import Store
from stpgraph.vocabulary import BASE, STP

__all__ = ["Claims", "Linker", "find_claims"]

#: Joins the claimants of a claim and what it is about.
Linker: TypeAlias = Callable[[tuple[Speaker, ...], tuple[Topic, ...]], tuple[Link, ...]]

#: What a claimant can be, by class; anything else is shown as a body.
_KINDS = {
    STP.Person.value: "person",
    STP.Collective.value: "collective",
    STP.Partnership.value: "partnership",
}

#: Kinds whose other names are shorter ways to say the same: "Mr Doe" is no better for a person.
_ABBREVIATED = frozenset({"body", "partnership"})


class _Place(NamedTuple):
    """A place in a text, with its words and what stands around them, where that is known."""

    start: int
    end: int
    words: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """Claims asked for.

    Attributes:
        evidence: one each, in the order of reading: by day, an unknown one last, by document, and by place in it.
        sparql: the `SELECT` they were found by.
        undrawn: how many proposals asked for are not among them, for who makes them or what they are about is not
            known.
    """

    evidence: tuple[Evidence, ...]
    sparql: str
    undrawn: int


def find_claims(store: Store, filters: Filters = EVERYTHING, link: Linker | None = None) -> Claims:
    """Return the claims that filters ask for; withdrawn ones are left out.

    A claim that several made, or about several relationships, has those of its claimants and relationships that were
    asked for.

    Args:
        store: answers the queries that are asked.
        filters: what the claims are narrowed to.
        link: makes the links of each claim; without it they have none.

    Raises:
        BadParameter: when a filter names nothing, several things, or is no date or share.

    Example:
        >>> from stpgraph.store import open_store
        >>> find_claims(open_store()).evidence
        ()
    """
    terms = to_terms(store, filters)
    sparql = narrow(CLAIMS, terms)
    rows: dict[tuple[str, str, str], Row] = {}
    for cells in store.select(sparql):
        row = Row._make(["" if cell is None else cell.value for cell in cells])  # type: ignore[union-attr]
        key = row[:3]
        first = rows.setdefault(key, row)
        if first is not row:  # a claim with two documents or posts: the same one whatever the order of rows
            rows[key] = min(first, row)
    [(undrawn,)] = store.select(narrow(UNDRAWN, terms, is_of_claims=True))
    count = int(undrawn.value) if isinstance(undrawn, Literal) else 0
    return Claims(evidence=tuple(_Reading(rows.values(), link).evidence()), sparql=sparql, undrawn=count)


class _Reading:
    """Rows being turned into evidence; what many rows tell alike is made once."""

    def __init__(self, rows: Iterable[Row], link: Linker | None) -> None:
        self._link = link
        self._things: dict[str, Thing] = {}
        self._speakers: dict[tuple[str, str, str], Speaker] = {}
        self._topics: dict[str, Topic] = {}
        by_claim: dict[str, list[Row]] = {}
        for row in rows:
            by_claim.setdefault(row.claim, []).append(row)
        self._claims = [(sorted(rows), _places(rows[0].places)) for rows in by_claim.values()]
        self._claims.sort(key=_order)
        self._bodies = self._spoken_for()

    def evidence(self) -> list[Evidence]:
        """Make one piece of evidence a claim, in the order of reading."""
        return [self._claim(rows, places) for rows, places in self._claims]

    def _spoken_for(self) -> dict[str, dict[str, Thing]]:
        """Find the bodies that each person spoke for, in the order of reading."""
        bodies: dict[str, dict[str, Thing]] = {}
        person = STP.Person.value
        for rows, _ in self._claims:
            for row in rows:
                if row.body and row.who_type == person:
                    of_person = bodies.setdefault(row.who, {})
                    if row.body not in of_person:
                        of_person[row.body] = _agent(row.body, row.body_label, row.body_names, row.body_type)
        return bodies

    def _claim(self, rows: list[Row], places: list[_Place]) -> Evidence:
        row = rows[0]
        if len(rows) == 1:
            speakers: tuple[Speaker, ...] = (self._speaker(row),)
            topics: tuple[Topic, ...] = (self._topic(row),)
        else:
            speakers = tuple({one.who: self._speaker(one) for one in rows}.values())
            topics = tuple({one.relationship: self._topic(one) for one in rows}.values())
        return Evidence(
            iri=row.claim,
            kind="claim",
            summary=row.summary,
            links=self._link(speakers, topics) if self._link else (),
            since=row.day,
            speakers=speakers,
            topics=topics,
            stance=row.stance,
            speech_act=row.act,
            attribution=row.attribution,
            status=row.status,
            confidence=to_number(row.confidence),
            figures=_figures(row.figures) if row.figures else (),
            words=tuple([place.words for place in places if place.words]),
            contexts=_contexts(places),
            document=row.document,
            title=row.title,
            outlet="; ".join(_parts(row.outlet)),
            issued=row.issued,
            place=_in_words(places),
            start=places[0].start if places else 0,
            via=tuple(_parts(row.via)),
        )

    def _speaker(self, row: Row) -> Speaker:
        key = (row.who, row.role, row.body)
        speaker = self._speakers.get(key)
        if speaker is None:
            body = _agent(row.body, row.body_label, row.body_names, row.body_type) if row.body else None
            speaker = self._speakers[key] = Speaker(thing=self._claimant(row), role=row.role, body=body)
        return speaker

    def _claimant(self, row: Row) -> Thing:
        thing = self._things.get(row.who)
        if thing is None:
            spoken_for = self._bodies.get(row.who, {}).values()
            body, short_body = ("; ".join(names) for names in _names_of(spoken_for))
            thing = _agent(row.who, row.who_label, row.who_names, row.who_type, body=body, short_body=short_body)
            self._things[row.who] = thing
        return thing

    def _topic(self, row: Row) -> Topic:
        topic = self._topics.get(row.relationship)
        if topic is None:
            thing = _named(row.relationship, row.relationship_label, "relationship")
            topic = self._topics[row.relationship] = Topic(thing=thing, parties=_parties(row.parties))
        return topic


def _order(claim: tuple[list[Row], list[_Place]]) -> tuple[bool, str, str, int, str]:
    """Order by day, an unknown one last, document and place in it."""
    rows, places = claim
    row = rows[0]
    return not row.day, row.day, row.document, places[0].start if places else 0, row.claim


def _names_of(bodies: Iterable[Thing]) -> tuple[list[str], list[str]]:
    """Return full and short names, each full one once."""
    names = {body.label: body.short_label for body in bodies}
    return list(names), list(names.values())


def _agent(iri: str, label: str, names: str, of_class: str, *, body: str = "", short_body: str = "") -> Thing:
    """Describe a claimant or body; other names stand in the order of the alphabet, and of equals the first is taken."""
    kind = _KINDS.get(of_class, "body")
    label = label or iri.removeprefix(BASE)
    others = _parts(names) if kind in _ABBREVIATED else []
    short = min([label, *others], key=len)
    return Thing(iri=iri, label=label, short_label=short, kind=kind, body=body, short_body=short_body)


def _named(iri: str, label: str, kind: str) -> Thing:
    label = label or iri.removeprefix(BASE)
    return Thing(iri=iri, label=label, short_label=label, kind=kind)


def _parties(cell: str) -> tuple[Thing, ...]:
    named: dict[str, str] = {}
    for part in _parts(cell):
        iri, _, label = part.partition(WITHIN)
        named.setdefault(iri, label)
    return tuple([_named(iri, label, "party") for iri, label in named.items()])


def _parts(cell: str) -> list[str]:
    """Part a cell that holds several values, in the order of the alphabet."""
    return sorted(cell.split(BETWEEN)) if cell else []


def _places(cell: str) -> list[_Place]:
    """Read places, in the order of the text."""
    parts = [part.split(WITHIN) for part in cell.split(BETWEEN)] if cell else []
    return sorted([_Place(to_place(start), to_place(end), *texts) for start, end, *texts in parts])


def _contexts(places: Iterable[_Place]) -> tuple[tuple[str, str], ...]:
    """Return what stands around the words of each place; () where nothing is known of any."""
    around = tuple([(place.before, place.after) for place in places if place.words])
    return around if any(before or after for before, after in around) else ()


def _in_words(places: Iterable[_Place]) -> str:
    """Say where in the text a claim stands: `characters 345–443 and 500–520`."""
    spans = list(dict.fromkeys([f"{place.start}–{place.end}" for place in places]))
    if not spans:
        return ""
    *others, last = spans
    return "characters " + (f"{', '.join(others)} and {last}" if others else last)


def _figures(cell: str) -> tuple[Figure, ...]:
    """Read figures, in the order of the text."""
    parts = [part.split(WITHIN) for part in cell.split(BETWEEN)]
    return tuple([_figure(part) for part in sorted(parts, key=lambda part: (to_place(part[0]), part[1]))])


def _figure(part: list[str]) -> Figure:
    _, iri, said, lowest, highest, value, unit, numerator, denominator, population, measure = part
    return Figure(
        iri=iri,
        said=said,
        lowest=to_number(lowest),
        highest=to_number(highest),
        value=to_number(value),
        unit=unit_of(unit),
        numerator=to_whole(numerator),
        denominator=to_whole(denominator),
        population=population,
        measure=measure,
    )
