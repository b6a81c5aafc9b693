"""All claims in brief, read once: in which order they stand, by whom, about what, in which document, with what figures.

A page of a thing that thousands of claims name then asks the store for none of them: it looks them up here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from stpgraph.site.pairs import pairs_of
from stpgraph.site.place import Site
from stpgraph.store import Store
from stpgraph.vocabulary import BASE

__all__ = ["Entry", "Ledger", "natural", "open_ledger", "read_ledger"]

#: By what claims are looked up: the property, and its place in a row.
_BY = {"about": 4, "claimant": 3, "reportedIn": 5, "comesFrom": 6, "speakingAs": 7}

_DIGITS = re.compile(r"(\d+)")

#: What some things have of a property.
Pairs = Mapping[str, tuple[str, ...]]

#: A claim as it is read: IRI, day, stance, claimants, relationships, documents, studies and reports, posts.
Row = tuple[str, str, str, tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A claim as the ledger has it.

    Attributes:
        iri: the claim.
        day: when it was said; "" where it is not known.
        stance: its code: "critical"; "" where it is not known.
        claimants: whose word it is.
        topics: the relationships it is about.
        place: its place among all claims: the newest first, of one day by document and place.
    """

    iri: str
    day: str = ""
    stance: str = ""
    claimants: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    place: int = 0


@dataclass(frozen=True, kw_only=True)  # no slots: what is looked up is put in order once
class Ledger:
    """All claims of a store.

    Attributes:
        rows: they, in their order.
        withdrawn: those that no longer stand.
        gives: the statistics that each gives, those that were withdrawn included.
        statistics: all of them, the latest documents first.
        measured: by relationship, the statistics of the measures that are about it.
        posts: by body, the posts at it that claims are made in.
        works: by who made or published them, the studies and reports by which claims are made.
    """

    rows: Sequence[Row]
    withdrawn: frozenset[str]
    gives: Pairs
    statistics: Sequence[str]
    measured: Pairs
    posts: Pairs
    works: Pairs

    @cached_property
    def claims(self) -> dict[str, Entry]:
        """The claims that stand, by their IRIs."""
        return {
            iri: Entry(iri=iri, day=day, stance=stance, claimants=claimants, topics=topics, place=place)
            for place, (iri, day, stance, claimants, topics, *_) in enumerate(self.rows)
            if iri not in self.withdrawn
        }

    @cached_property
    def places(self) -> dict[str, int]:
        """Where each statistic stands among all."""
        return {iri: place for place, iri in enumerate(self.statistics)}

    @cached_property
    def _found(self) -> dict[str, dict[str, list[int]]]:
        found: dict[str, dict[str, list[int]]] = {name: {} for name in _BY}
        for place, row in enumerate(self.rows):
            for name, at in _BY.items():
                for thing in row[at]:
                    found[name].setdefault(thing, []).append(place)
        return found

    def prepare(self) -> None:
        """Put in order beforehand what every page looks up."""
        _ = self.claims, self.places, self._found

    def find(self, by: str, things: Iterable[str]) -> list[str]:
        """Return the claims that name one of some things by a property, in their order, those withdrawn included.

        Args:
            by: about, claimant, reportedIn, comesFrom or speakingAs.
            things: their IRIs.
        """
        found = self._found[by]
        return [self.rows[place][0] for place in sorted({place for one in things for place in found.get(one, ())})]


def open_ledger(site: Site) -> Ledger:
    """Return the claims of a site in brief, read the first time only.

    Example:
        >>> from stpgraph.store import open_store
        >>> open_ledger(Site(store=open_store())).claims
        {}
    """
    return site.once("ledger", read_ledger)


def read_ledger(store: Store) -> Ledger:
    """Read all claims of a store."""
    days, stances = (pairs_of(store, f"stp:{name}") for name in ("statedOn", "stance"))
    named = {name: pairs_of(store, f"stp:{name}") for name in (*_BY, "gives")}
    withdrawn = frozenset(_first(store, "?it stp:withdrawnOn ?day"))
    claims = sorted(_first(store, "?it a stp:Claim"), key=natural)
    claims.sort(key=lambda iri: days.get(iri, ("",))[0], reverse=True)
    rows: list[Row] = [
        (
            iri,
            days.get(iri, ("",))[0],
            stances.get(iri, ("",))[0].removeprefix(f"{BASE}stance/"),
            named["claimant"].get(iri, ()),
            named["about"].get(iri, ()),
            named["reportedIn"].get(iri, ()),
            named["comesFrom"].get(iri, ()),
            named["speakingAs"].get(iri, ()),
        )
        for iri in claims
    ]
    return Ledger(
        rows=rows,
        withdrawn=withdrawn,
        gives=named["gives"],
        statistics=_statistics(store, named["gives"]),
        measured=_measured(store, named["about"]),
        posts=_posts(store, named["speakingAs"]),
        works=_works(store, named["comesFrom"]),
    )


def _statistics(store: Store, gives: Pairs) -> list[str]:
    """Return all statistics, the latest documents first."""
    statistics = {*_first(store, "?it a stp:Statistic"), *(one for given in gives.values() for one in given)}
    return sorted(sorted(statistics, key=natural), key=_document, reverse=True)


def _measured(store: Store, topics: Pairs) -> dict[str, tuple[str, ...]]:
    """Return the statistics of the measures that are about a relationship."""
    measures = set(_first(store, "?it a stp:Measure"))
    found: dict[str, dict[str, None]] = {}
    for statistic, of in pairs_of(store, "stp:measure").items():
        for measure in measures.intersection(of):
            for topic in topics.get(measure, ()):
                found.setdefault(topic, {})[statistic] = None
    return {topic: tuple(statistics) for topic, statistics in found.items()}


def _posts(store: Store, spoken: Pairs) -> dict[str, tuple[str, ...]]:
    """Return the posts at a body that claims are made in."""
    bodies = pairs_of(store, "org:organization")
    return _turned((post, bodies.get(post, ())) for post in _each(spoken))


def _works(store: Store, sources: Pairs) -> dict[str, tuple[str, ...]]:
    """Return the works by which claims are made, by who is behind them.

    That is who made a work, who published a report, who carried out the study that a work was made of, and who
    published a report that was made of it.
    """
    made_by, published_by = (
        pairs_of(store, "prov:wasAssociatedWith|dcterms:creator"),
        pairs_of(store, "dcterms:publisher"),
    )
    studied_by, made_of = pairs_of(store, "prov:wasAssociatedWith"), pairs_of(store, "prov:wasGeneratedBy")
    reports, of_study = set(_first(store, "?it a stp:Report")), _turned(made_of.items())

    def behind(work: str) -> list[str]:
        return [
            *made_by.get(work, ()),
            *(published_by.get(work, ()) if work in reports else ()),
            *(who for study in made_of.get(work, ()) for who in studied_by.get(study, ())),
            *(who for report in of_study.get(work, ()) for who in published_by.get(report, ())),
        ]

    return _turned((work, behind(work)) for work in _each(sources))


def _each(pairs: Pairs) -> list[str]:
    """Return what pairs lead to, each once, by the alphabet."""
    return sorted({other for others in pairs.values() for other in others})


def _turned(pairs: Iterable[tuple[str, Iterable[str]]]) -> dict[str, tuple[str, ...]]:
    """Return pairs by the second of each."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for one, others in pairs:
        for other in others:
            found[other][one] = None
    return {other: tuple(ones) for other, ones in found.items()}


def _first(store: Store, pattern: str) -> Iterator[str]:
    """Return what a pattern binds to `?it`, each once."""
    for (term,) in store.select(f"SELECT DISTINCT ?it {{ {pattern} }}"):
        yield getattr(term, "value", "")


def natural(iri: str) -> tuple[Sequence[tuple[int, str]], str]:
    """Return a key that sorts places of one document by their numbers, however many digits somebody gave them.

    Example:
        >>> sorted(["x/10-12", "x/9-12", "x/" + "1" * 5000], key=natural)[:2]
        ['x/9-12', 'x/10-12']
    """
    parts = [(part.lstrip("0") or "0") if part.isdecimal() else part for part in _DIGITS.split(iri)]
    return tuple([(len(part), part) if part.isdecimal() else (0, part) for part in parts]), iri


def _document(iri: str) -> str:
    return iri.rpartition("/")[0]
