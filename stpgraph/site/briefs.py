"""Claims in brief: whose, about what, of which stance and when; what the matrix and the timeline count.

They are told apart just as the facets of the front page do, so that a count here is the count of what its link finds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from stpgraph.networks.evidence import STANCES, Thing
from stpgraph.pages.wording import counted, number
from stpgraph.site.cards import to_thing
from stpgraph.site.ledger import Entry, open_ledger
from stpgraph.site.pairs import pairs_of
from stpgraph.site.place import Site
from stpgraph.store import Store
from stpgraph.vocabulary import STP

__all__ = ["NOBODY", "Brief", "Briefs", "Side", "Tally", "claims_where", "find_briefs", "find_speakers", "lies_in"]

#: A side that a claim is counted on: "body" or "claimant", and its IRI.
Side = tuple[str, str]

#: The side of claims of which neither body nor claimant is known.
NOBODY: Side = ("", "")

#: What can be a body for which somebody speaks.
_BODIES = frozenset({STP.Organisation.value, STP.Partnership.value})

#: What is named in the matrix and the timeline, by class.
_NAMED = ("Person", "Collective", "Organisation", "Partnership", "Relationship", "Aspect")


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What is counted of a claim.

    Attributes:
        day: the day it was said, as precise as known; "" where it is not.
        stance: one of `STANCES`; "" where it is not known.
        sides: the bodies it was made for; without any its claimants; without these, nobody.
        claimants: whose word it is.
        topics: the relationships it is about, and those above them; () where not known.
    """

    day: str
    stance: str
    sides: tuple[Side, ...]
    claimants: tuple[str, ...]
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefs:
    """All claims in brief, with the names of what they name.

    Attributes:
        claims: those that are not withdrawn.
        things: claimants, bodies, relationships and aspects, by IRI.
        aspects: the aspect of a relationship.
        wider: the wider relationships of each that has some.
        vague: relationships that claims are about, of which no aspect is known, nor of any above them.
    """

    claims: tuple[Brief, ...]
    things: Mapping[str, Thing]
    aspects: Mapping[str, str]
    wider: Mapping[str, Sequence[str]]
    vague: frozenset[str] = frozenset()

    def thing(self, iri: str) -> Thing:
        """Return a thing by its IRI, nameless ones too."""
        return self.things.get(iri) or to_thing(iri, "", "thing")

    def speakers(self) -> tuple[tuple[str, str], ...]:
        """Return claimants and the bodies they spoke for, by name: IRI and name."""
        found = {iri for one in self.claims for iri in (*one.claimants, *(side[1] for side in one.sides))} - {""}
        return tuple(sorted(((iri, self.thing(iri).label) for iri in found), key=lambda one: (one[1].lower(), one[0])))

    def relationships_of(self, aspect: str) -> tuple[str, ...]:
        """Return the relationships of an aspect; those that are vague, of ""."""
        return tuple(sorted([iri for iri, of in self.aspects.items() if of == aspect] if aspect else self.vague))

    def aspects_of(self, topics: Sequence[str]) -> tuple[str, ...]:
        """Return the aspects of relationships, each once; "" among them where one is vague, or there is none.

        So the claims that are counted under an aspect are those that its relationships find.
        """
        found = {self.aspects.get(topic, "") for topic in topics} - {""}
        return tuple(sorted(found | {""} if not topics or not self.vague.isdisjoint(topics) else found))


@dataclass(frozen=True, slots=True)
class Tally:
    """Claims counted by stance."""

    supportive: int = 0
    critical: int = 0
    mixed: int = 0
    neutral: int = 0
    unknown: int = 0

    @classmethod
    def of(cls, counts: Mapping[str, int]) -> Tally:
        """Make a tally of counts by stance; "" is one that is not known.

        Example:
            >>> Tally.of({"critical": 2, "": 1})
            Tally(supportive=0, critical=2, mixed=0, neutral=0, unknown=1)
        """
        return cls(*(counts.get(name, 0) for name in (*STANCES, "")))

    @classmethod
    def counted(cls, counts: Iterable[int]) -> Tally:
        """Make a tally of counts in the order of `STANCES`, those not known last."""
        return cls(*map(int, counts))

    @property
    def total(self) -> int:
        """How many claims there are."""
        return self.supportive + self.critical + self.mixed + self.neutral + self.unknown

    @property
    def balance(self) -> int:
        """Supportive claims less critical ones."""
        return self.supportive - self.critical

    @property
    def sign(self) -> str:
        """The balance as it is written; ± where support and criticism weigh the same, ? where no stance is known.

        Example:
            >>> Tally(supportive=3).sign, Tally(critical=2).sign, Tally(mixed=1).sign, Tally(unknown=1).sign
            ('+3', '−2', '±0', '?')
        """
        if self.balance:
            return f"+{number(self.balance)}" if self.balance > 0 else f"−{number(-self.balance)}"
        if self.supportive or self.mixed:
            return "±0"
        return "0" if self.neutral or not self.unknown else "?"

    @property
    def lean(self) -> int:
        """How far the claims lean, from -3, all critical, to 3, all supportive, as shares of a third.

        Example:
            >>> Tally(supportive=3).lean, Tally(critical=1, neutral=3).lean, Tally(neutral=1).lean
            (3, -1, 0)
        """
        if not self.balance:
            return 0
        share = -(-3 * abs(self.balance) // self.total)
        return share if self.balance > 0 else -share

    @property
    def parts(self) -> tuple[tuple[str, int], ...]:
        """The stances that occur with their counts; "unknown" last."""
        names = (*STANCES, "unknown")
        return tuple((name, getattr(self, name)) for name in names if getattr(self, name))

    @property
    def words(self) -> str:
        """The counts as a sentence has them.

        Example:
            >>> Tally(supportive=1, unknown=2).words
            '3 claims: 1 supportive, 2 not known'
        """
        told = ", ".join(f"{number(count)} {name}" for name, count in self.parts)
        return f"{counted(self.total, 'claim')}{f': {told}' if told else ''}".replace("unknown", "not known")


def find_briefs(site: Site) -> Briefs:
    """Return the claims of a site in brief, read the first time only.

    Example:
        >>> from stpgraph.store import open_store
        >>> find_briefs(Site(store=open_store())).claims
        ()
    """
    return site.once("briefs", lambda store: _read(site, store))


def find_speakers(site: Site) -> tuple[tuple[str, str], ...]:
    """Return all claimants and bodies that they spoke for, by name: IRI and name; looked for the first time only."""
    return site.once("speakers", lambda _: find_briefs(site).speakers())


def claims_where(*pairs: tuple[str, str]) -> str:
    """Return the address of the claims with some values of facets, or of a period; "" as a value leaves it out.

    Example:
        >>> claims_where(("body", "unknown"), ("since", "2017-09"), ("until", ""))
        '/?body=unknown&since=2017-09'
    """
    told = "&".join(f"{name}={_quoted(value)}" for name, value in pairs if value)
    return f"/?{told}" if told else "/"


def lies_in(day: str, since: str, until: str) -> bool:
    """Say whether a day lies in a period; it and an end are compared as far as both go.

    Example:
        >>> lies_in("2017-09-21", "2017", "2017-09"), lies_in("2017", "2017-09", ""), lies_in("", "2017", "")
        (True, True, False)
    """
    if not day:
        return not since and not until
    starts = not since or day[: len(since)] >= since[: len(day)]
    return starts and (not until or day[: len(until)] <= until[: len(day)])


@lru_cache(maxsize=10_000)
def _quoted(value: str) -> str:
    """Quote a value for an address; the same few hundred are asked for again and again."""
    return quote(value, safe="")


def _read(site: Site, store: Store) -> Briefs:
    things, bodies = _things(store)
    told = _Told(store, bodies)
    aspects = {one: found[0] for one, found in pairs_of(store, "stp:aspect").items()}
    claims = tuple([told.brief(entry) for entry in open_ledger(site).claims.values()])
    vague = told.without(aspects)
    return Briefs(claims=claims, things=things, aspects=aspects, wider=told.wider, vague=vague)


class _Told:
    """What the store says besides of claims and of what they are about, each property read once."""

    def __init__(self, store: Store, bodies: frozenset[str]) -> None:
        self._bodies = bodies
        self._posts, self._body_of = pairs_of(store, "stp:speakingAs"), pairs_of(store, "org:organization")
        self.wider = pairs_of(store, "skos:broader")
        self._upwards: dict[str, tuple[str, ...]] = {}

    def brief(self, entry: Entry) -> Brief:
        """Make the brief of a claim."""
        return Brief(
            day=entry.day,
            stance=entry.stance if entry.stance in STANCES else "",
            sides=self._sides(entry.claimants, self._posts.get(entry.iri, ())),
            claimants=entry.claimants,
            topics=self._with_wider(entry.topics),
        )

    def without(self, aspects: Mapping[str, str]) -> frozenset[str]:
        """Return the relationships that claims are about, with those above, that have no aspect, nor has any above."""
        topics = {one for above in self._upwards.values() for one in above}
        return frozenset(one for one in topics if aspects.keys().isdisjoint(_upwards(one, self.wider)))

    def _sides(self, claimants: Sequence[str], posts: Sequence[str]) -> tuple[Side, ...]:
        of_posts = [body for post in posts for body in self._body_of.get(post, ())]
        spoken_for = dict.fromkeys([*of_posts, *(who for who in claimants if who in self._bodies)])
        if spoken_for:
            return tuple([("body", one) for one in spoken_for])
        return tuple([("claimant", one) for one in claimants]) or (NOBODY,)

    def _with_wider(self, topics: Sequence[str]) -> tuple[str, ...]:
        """Return relationships and those above them, each once."""
        for topic in topics:
            if topic not in self._upwards:
                self._upwards[topic] = _upwards(topic, self.wider)
        if len(topics) == 1:
            return self._upwards[topics[0]]
        return tuple(dict.fromkeys([one for topic in topics for one in self._upwards[topic]]))


def _things(store: Store) -> tuple[dict[str, Thing], frozenset[str]]:
    """Return what is named, and which of it are bodies."""
    classes = " ".join(f"stp:{name}" for name in _NAMED)
    rows = store.select(
        f"SELECT ?a ?label ?type {{ VALUES ?type {{ {classes} }} ?a a ?type OPTIONAL {{ ?a skos:prefLabel ?label }} }}"
    )
    told = sorted(tuple(getattr(term, "value", "") for term in row) for row in rows)
    kinds = {STP.Relationship.value: "relationship", STP.Aspect.value: "aspect"}
    things = {iri: to_thing(iri, label, kinds.get(of_class, of_class)) for iri, label, of_class in reversed(told)}
    return things, frozenset(iri for iri, _, of_class in told if of_class in _BODIES)


def _upwards(topic: str, wider: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return a relationship and all above it, be they above each other."""
    found = [topic]
    for one in found:  # grows meanwhile
        found += [above for above in wider.get(one, ()) if above not in found]
    return tuple(found)
