"""The claims that name a thing, newest first, and how many there are; the figures likewise.

What was found for a thing is kept for a while, for the store does not change while the site stands: a relationship
that thousands of claims are about is on the page of each of them.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Any, TypeVar

from stpgraph.networks.evidence import STANCES
from stpgraph.site.ledger import Entry, natural, open_ledger
from stpgraph.site.names import nodes
from stpgraph.site.place import Site
from stpgraph.store import Store

__all__ = [
    "Entry",
    "Spoken",
    "find_figures_of",
    "find_spoken",
    "in_text_order",
    "kept",
    "narrower",
    "rows",
    "together",
    "topics_of",
]

T = TypeVar("T")

#: Claims of one thing that are put in order; of a thing that has more, a page shows some and says so.
_MOST = 20_000

#: Claims in the lists that are kept, of things asked for lately; a claim that is in several lists is kept once.
_KEPT = 2_000_000


@dataclass(frozen=True, kw_only=True)  # no slots: what is counted once is kept
class Spoken:
    """The claims that name a thing.

    Attributes:
        claims: newest first, of one day by document and place; those withdrawn are left out.
        withdrawn: those that were withdrawn.
        is_whole: whether these are all; otherwise they are some, in no order of days.
    """

    claims: tuple[Entry, ...] = ()
    withdrawn: tuple[str, ...] = ()
    is_whole: bool = True

    def __len__(self) -> int:
        return len(self.claims)

    @cached_property
    def stances(self) -> dict[str, int]:
        """How many claims take each stance, by name."""
        counts = Counter(claim.stance for claim in self.claims)
        ordered = [*STANCES, *sorted(counts.keys() - set(STANCES))]
        return {stance: counts[stance] for stance in ordered if counts[stance]}

    @cached_property
    def claimants(self) -> set[str]:
        """Those whose words they are."""
        return {who for claim in self.claims for who in claim.claimants}


class _Kept:
    """What was found lately, by key, up to a size."""

    def __init__(self) -> None:
        self._found: OrderedDict[tuple[str, ...], tuple[Any, int]] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def get(self, key: tuple[str, ...], find: Callable[[], T], size: Callable[[T], int]) -> T:
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
                known: T = self._found[key][0]
                return known
        found = find()  # two may look for the same at once, which does no harm
        with self._lock:
            if key not in self._found:
                self._found[key] = found, size(found) + 1
                self._size += size(found) + 1
            while self._size > _KEPT:
                self._size -= self._found.popitem(last=False)[1][1]
        return found


def kept(site: Site, key: tuple[str, ...], find: Callable[[], T], size: Callable[[T], int] = lambda _: 1) -> T:
    """Return what is found under a key, looked for anew only where it was long ago or never.

    Example:
        >>> from stpgraph.store import open_store
        >>> site = Site(store=open_store())
        >>> kept(site, ("x",), lambda: 1), kept(site, ("x",), lambda: 2)
        (1, 1)
    """
    return site.once("kept", lambda _: _Kept()).get(key, find, size)


def rows(store: Store, sparql: str) -> list[tuple[str, ...]]:
    """Return the rows of a SELECT as texts, "" for what is not bound."""
    return [tuple([getattr(term, "value", "") for term in row]) for row in store.select(sparql)]


def find_spoken(site: Site, pattern: str, *, by: str = "", things: Iterable[str] = ()) -> Spoken:
    """Return the claims that a pattern of SPARQL binds to `?claim`.

    Args:
        site: where they are.
        pattern: what binds them.
        by: the property by which the pattern does so, where that is all it does: about, claimant or reportedIn.
        things: what they name by that property.

    Example:
        >>> from stpgraph.store import open_store
        >>> find_spoken(Site(store=open_store()), "?claim stp:about <relationship/trust> .").claims
        ()
    """
    return kept(site, ("spoken", pattern), lambda: _spoken(site, pattern, by, things), len)


def _spoken(site: Site, pattern: str, by: str, things: Iterable[str]) -> Spoken:
    ledger = open_ledger(site)
    if by:
        found = ledger.find(by, things)
        return Spoken(
            claims=tuple([ledger.claims[iri] for iri in found if iri in ledger.claims]),
            withdrawn=tuple(sorted(ledger.withdrawn.intersection(found))),
        )
    told = rows(site.store, f"SELECT DISTINCT ?claim {{ {pattern} }} LIMIT {_MOST}")
    named = {iri for (iri,) in told}
    return Spoken(
        claims=_in_order(ledger.claims[iri] for iri in named if iri in ledger.claims),
        withdrawn=tuple(sorted(named & ledger.withdrawn)),
        is_whole=len(told) < _MOST,
    )


def together(several: Iterable[Spoken]) -> Spoken:
    """Put the claims of several findings in one list, each once.

    Example:
        >>> one = Spoken(claims=(Entry(iri="a", day="2017"),))
        >>> [claim.iri for claim in together([one, one, Spoken(claims=(Entry(iri="b", day="2018"),))]).claims]
        ['b', 'a']
    """
    filled = [one for one in several if one.claims or one.withdrawn]
    if len(filled) == 1:
        return filled[0]
    return Spoken(
        claims=_in_order({claim.iri: claim for one in filled for claim in one.claims}.values()),
        withdrawn=tuple(sorted({iri for one in filled for iri in one.withdrawn})),
        is_whole=all(one.is_whole for one in filled),
    )


def in_text_order(spoken: Spoken) -> Spoken:
    """Put the claims of one document in the order of its text, as their IRIs tell it."""
    claims = tuple(sorted(spoken.claims, key=lambda claim: natural(claim.iri)))
    return Spoken(claims=claims, withdrawn=spoken.withdrawn, is_whole=spoken.is_whole)


def topics_of(spoken: Spoken) -> dict[str, list[Entry]]:
    """Return, by relationship, those of some claims that are about it.

    Example:
        >>> one = Entry(iri="a", topics=("trust",))
        >>> [claim.iri for claim in topics_of(Spoken(claims=(one,)))["trust"]]
        ['a']
    """
    found: dict[str, list[Entry]] = {}
    for claim in spoken.claims:
        for topic in claim.topics:
            found.setdefault(topic, []).append(claim)
    return found


def find_figures_of(
    site: Site, pattern: str, *, given: Iterable[Spoken] = (), about: Iterable[str] = ()
) -> tuple[str, ...]:
    """Return statistics, the latest documents first.

    Args:
        site: where they are.
        pattern: of SPARQL, what binds them to `?statistic`; "" for nothing.
        given: claims whose statistics are wanted, too.
        about: relationships whose measures' statistics are wanted, too.

    Example:
        >>> from stpgraph.store import open_store
        >>> find_figures_of(Site(store=open_store()), "", about=["https://example.org/trust"])
        ()
    """

    def find() -> list[str]:
        return [iri for (iri,) in rows(site.store, f"SELECT DISTINCT ?statistic {{ {pattern} }} LIMIT {_MOST}")]

    ledger = open_ledger(site)
    found = set(kept(site, ("figures", pattern), find, len) if pattern else ())
    for topic in about:
        found.update(ledger.measured.get(topic, ()))
    for spoken in given:
        for claim in spoken.claims:
            found.update(ledger.gives.get(claim.iri, ()))
        for iri in spoken.withdrawn:
            found.update(ledger.gives.get(iri, ()))
    places, last = ledger.places, len(ledger.places)
    return tuple(sorted(sorted(found), key=lambda iri: places.get(iri, last)))


def narrower(site: Site, concept: str) -> tuple[str, ...]:
    """Return a concept and all below it."""

    def find() -> tuple[str, ...]:
        below = rows(site.store, f"SELECT DISTINCT ?one {{ ?one skos:broader+ {nodes([concept])} }}")
        return (concept, *sorted({iri for (iri,) in below} - {concept}))

    return kept(site, ("narrower", concept), find, len)


def _in_order(claims: Iterable[Entry]) -> tuple[Entry, ...]:
    """Order claims by day, the newest first; of one day as they stand among all."""
    placed = sorted(claims, key=lambda claim: claim.place)
    return tuple(sorted(placed, key=lambda claim: claim.day, reverse=True))
