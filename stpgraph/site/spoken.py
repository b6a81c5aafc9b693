"""The claims that name a thing, newest first, and how many there are; the figures likewise.

What was found for a thing is kept for a while, for the store does not change while the site stands: a relationship
that thousands of claims are about is on the page of each of them.
"""

from __future__ import annotations

import re
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from threading import Lock
from typing import Any, TypeVar

from stpgraph.networks.evidence import STANCES
from stpgraph.site.names import nodes
from stpgraph.site.place import Site
from stpgraph.store import Store
from stpgraph.vocabulary import BASE

__all__ = [
    "Brief",
    "Spoken",
    "find_figures_of",
    "find_spoken",
    "find_topics",
    "in_text_order",
    "kept",
    "narrower",
    "rows",
    "together",
]

T = TypeVar("T")

#: Claims of one thing that are put in order; of a thing that has more, a page shows some and says so.
_MOST = 20_000

#: Claims in the lists that are kept, of things asked for lately; a claim that is in several lists is kept once.
_KEPT = 2_000_000

#: Claims that are kept for lists to share; with more the lists begin anew.
_SHARED = 400_000

_BRIEF = """
SELECT ?claim ?day ?stance ?who {
  @PATTERN@
  ?claim a stp:Claim
  OPTIONAL { ?claim stp:statedOn ?day }
  OPTIONAL { ?claim stp:stance ?stance }
  OPTIONAL { ?claim stp:claimant ?who }
} LIMIT @MOST@"""

_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """A claim in brief.

    Attributes:
        iri: the claim.
        day: when it was said; "" where it is not known.
        stance: its code: "critical"; "" where it is not known.
        claimants: whose word it is.
    """

    iri: str
    day: str = ""
    stance: str = ""
    claimants: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)  # no slots: what is counted once is kept
class Spoken:
    """The claims that name a thing.

    Attributes:
        claims: newest first, of one day by document and place; those withdrawn are left out.
        withdrawn: those that were withdrawn.
        is_whole: whether these are all; otherwise they are some, in no order of days.
    """

    claims: tuple[Brief, ...] = ()
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


def find_spoken(site: Site, pattern: str) -> Spoken:
    """Return the claims that a pattern of SPARQL binds to `?claim`.

    Example:
        >>> from stpgraph.store import open_store
        >>> find_spoken(Site(store=open_store()), "?claim stp:about <relationship/trust> .").claims
        ()
    """
    return kept(site, ("spoken", pattern), lambda: _spoken(site, pattern), len)


def _spoken(site: Site, pattern: str) -> Spoken:
    found: dict[str, tuple[str, str, list[str]]] = {}
    told = rows(site.store, _BRIEF.replace("@PATTERN@", pattern).replace("@MOST@", str(_MOST)))
    for claim, day, stance, who in told:
        _, _, claimants = found.setdefault(claim, (day, _code(stance), []))
        if who and who not in claimants:
            claimants.append(who)
    gone, shared = site.once("withdrawn", _withdrawn), site.once("shared", _no_claims)
    if len(shared) > _SHARED:
        shared.clear()
    claims = [
        shared.get(iri)
        or shared.setdefault(iri, Brief(iri=iri, day=day, stance=stance, claimants=tuple(sorted(claimants))))
        for iri, (day, stance, claimants) in found.items()
        if iri not in gone
    ]
    return Spoken(
        claims=_in_order(claims),
        withdrawn=tuple(sorted(iri for iri in found if iri in gone)),
        is_whole=len(told) < _MOST,
    )


def together(several: Iterable[Spoken]) -> Spoken:
    """Put the claims of several findings in one list, each once.

    Example:
        >>> one = Spoken(claims=(Brief(iri="a", day="2017"),))
        >>> [claim.iri for claim in together([one, one, Spoken(claims=(Brief(iri="b", day="2018"),))]).claims]
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
    claims = tuple(sorted(spoken.claims, key=lambda claim: _natural(claim.iri)))
    return Spoken(claims=claims, withdrawn=spoken.withdrawn, is_whole=spoken.is_whole)


def find_topics(site: Site, pattern: str, spoken: Spoken) -> dict[str, list[Brief]]:
    """Return, by relationship, those of some claims that are about it; the pattern is the one that found them."""
    by_iri = {claim.iri: claim for claim in spoken.claims}

    def find() -> dict[str, list[Brief]]:
        found: dict[str, dict[str, Brief]] = {}
        asked = f"SELECT ?claim ?topic {{ {pattern} ?claim stp:about ?topic }} LIMIT {_MOST}"
        for claim, topic in rows(site.store, asked):
            if claim in by_iri:
                found.setdefault(topic, {})[claim] = by_iri[claim]
        return {topic: list(claims.values()) for topic, claims in found.items()}

    return kept(site, ("topics", pattern), find, lambda told: sum(map(len, told.values())))


def find_figures_of(site: Site, pattern: str) -> tuple[str, ...]:
    """Return the statistics that a pattern of SPARQL binds to `?statistic`: the latest documents first."""

    def find() -> tuple[str, ...]:
        found = {iri for (iri,) in rows(site.store, f"SELECT ?statistic {{ {pattern} }} LIMIT {_MOST}")}
        return tuple(sorted(sorted(found, key=_natural), key=_document, reverse=True))

    return kept(site, ("figures", pattern), find, len)


def narrower(site: Site, concept: str) -> tuple[str, ...]:
    """Return a concept and all below it."""

    def find() -> tuple[str, ...]:
        below = rows(site.store, f"SELECT DISTINCT ?one {{ ?one skos:broader+ {nodes([concept])} }}")
        return (concept, *sorted({iri for (iri,) in below} - {concept}))

    return kept(site, ("narrower", concept), find, len)


def _no_claims(_: Store) -> dict[str, Brief]:
    return {}


def _withdrawn(store: Store) -> frozenset[str]:
    return frozenset(iri for (iri,) in rows(store, "SELECT ?claim { ?claim stp:withdrawnOn ?day }"))


@cache
def _code(stance: str) -> str:
    return stance.removeprefix(f"{BASE}stance/")


def _in_order(claims: Iterable[Brief]) -> tuple[Brief, ...]:
    """Order claims by day, the newest first; of one day by document and, as IRIs tell it, by place in it."""
    placed = sorted(claims, key=lambda claim: _natural(claim.iri))
    return tuple(sorted(placed, key=lambda claim: claim.day, reverse=True))


def _natural(iri: str) -> tuple[Sequence[tuple[int, str]], str]:
    """Return a key that sorts places of one document by their numbers."""
    return tuple([(int(part), "") if part.isdecimal() else (0, part) for part in _DIGITS.split(iri)]), iri


def _document(iri: str) -> str:
    return iri.rpartition("/")[0]
