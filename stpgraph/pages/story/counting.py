"""Claims counted by stance: of claimants, bodies, relationships, and of anything else that claims can be put to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from stpgraph.networks.evidence import STANCES, Evidence, Speaker, Thing
from stpgraph.pages.wording import joined, stances_in_words

__all__ = [
    "Ranking",
    "Tally",
    "by_body",
    "by_claimant",
    "by_topic",
    "leaning",
    "spoken_for",
    "tally",
    "with_room",
]

_Any = TypeVar("_Any")

#: What a claimant is, in words.
_KINDS = {
    "body": "body",
    "person": "person",
    "collective": "group of people or bodies",
    "partnership": "partnership (STP)",
}

#: The most bodies or posts that stand below a name.
_MOST_POSTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many claims there are of something, by stance.

    Attributes:
        label: what it is.
        short_label: its shorter name.
        note: a second line; "" for none.
        count: claims.
        stances: how many of each stance that occurs, in the order of the stances; "" for those not known.
    """

    label: str
    short_label: str = ""
    note: str = ""
    count: int = 0
    stances: Mapping[str, int]

    @property
    def balance(self) -> int:
        """Supportive claims less critical ones."""
        return self.stances.get("supportive", 0) - self.stances.get("critical", 0)

    @property
    def leaning(self) -> str:
        """The stance that its colour says."""
        return leaning(self.stances)

    @property
    def words(self) -> str:
        """The stances in words, the most frequent first: "3 critical, 1 neutral"."""
        return stances_in_words([stance for stance, count in self.stances.items() for _ in range(count)])

    def segments(self, most: int, width: float = 100.0) -> list[tuple[str, float, float]]:
        """Return the parts of its bar: stance, start and width, where `most` claims fill `width`."""
        parts, at = [], 0.0
        for stance, count in self.stances.items():
            parts.append((stance, round(at, 2), round(count * width / most, 2)))
            at += count * width / most
        return parts


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """Tallies, the greatest first, as far as a page shows them.

    Attributes:
        shown: these.
        others: how many more there are.
        others_count: how many claims those have, each claim once.
        most: the greatest count.
    """

    shown: tuple[Tally, ...]
    others: int
    others_count: int
    most: int


def leaning(stances: Mapping[str, int]) -> str:
    """Return what stance outweighs the other; "mixed" where both weigh the same or claims are mixed themselves.

    Example:
        >>> leaning({"supportive": 1, "critical": 3}), leaning({"supportive": 1, "critical": 1}), leaning({"": 2})
        ('critical', 'mixed', '')
        >>> leaning({"neutral": 2, "": 1})
        'neutral'
    """
    balance = stances.get("supportive", 0) - stances.get("critical", 0)
    if balance:
        return "supportive" if balance > 0 else "critical"
    if stances.get("supportive") or stances.get("mixed"):
        return "mixed"
    return "neutral" if stances.get("neutral") else ""


def tally(label: str, claims: Sequence[Evidence], *, short_label: str = "", note: str = "") -> Tally:
    """Count claims by stance; a stance that is none of the four is counted as not known.

    Example:
        >>> tally("trust", [Evidence(iri="urn:1", kind="claim", summary="It grows.", stance="supportive")]).balance
        1
    """
    counts = Counter(one.stance if one.stance in STANCES else "" for one in claims)
    stances = {stance: counts[stance] for stance in (*STANCES, "") if counts[stance]}
    return Tally(label=label, short_label=short_label or label, note=note, count=len(claims), stances=stances)


def by_claimant(claims: Iterable[Evidence], *, limit: int) -> Ranking:
    """Rank claimants by their claims, each with the posts in which they spoke, or what they are."""
    things: dict[str, tuple[Thing, list[Evidence]]] = {}
    posts: dict[str, list[Speaker]] = {}
    for one in claims:
        for speaker in one.speakers:
            things.setdefault(speaker.thing.iri, (speaker.thing, []))[1].append(one)
            posts.setdefault(speaker.thing.iri, []).append(speaker)
    return _ranked(things, {iri: _who(spoken) for iri, spoken in posts.items()}, limit)


def by_body(claims: Iterable[Evidence], *, limit: int) -> Ranking:
    """Rank bodies by the claims of theirs and of those who spoke for them, who stand in the note."""
    things: dict[str, tuple[Thing, list[Evidence]]] = {}
    people: dict[str, dict[str, None]] = {}
    for one in claims:
        for body, names in spoken_for(one).values():
            things.setdefault(body.iri, (body, []))[1].append(one)
            people.setdefault(body.iri, {}).update(dict.fromkeys(names))
    return _ranked(things, {iri: joined(list(names)) for iri, names in people.items()}, limit)


def by_topic(claims: Iterable[Evidence], *, limit: int) -> Ranking:
    """Rank relationships by the claims about them, each with the parties it is between."""
    things: dict[str, tuple[Thing, list[Evidence]]] = {}
    parties: dict[str, str] = {}
    for one in claims:
        for topic in one.topics:
            things.setdefault(topic.thing.iri, (topic.thing, []))[1].append(one)
            names = [party.label for party in topic.parties]
            between = "between" if len(names) > 1 else "among"
            parties[topic.thing.iri] = f"{between} {joined(names)}" if names else "parties not known"
    return _ranked(things, parties, limit)


def spoken_for(claim: Evidence) -> dict[str, tuple[Thing, list[str]]]:
    """Return the bodies of a claim: those whose people make it, with their names, and claimants that are no people.

    Example:
        >>> jo = Thing(iri="urn:jo", label="Jo Doe", short_label="Jo Doe", kind="person")
        >>> said = Evidence(iri="urn:1", kind="claim", summary="It grows.", speakers=(Speaker(thing=jo),))
        >>> [(body.label, names) for body, names in spoken_for(said).values()]
        [('Jo Doe', [])]
    """
    bodies: dict[str, tuple[Thing, list[str]]] = {}
    for speaker in claim.speakers:
        body = speaker.body if speaker.thing.kind == "person" and speaker.body else speaker.thing
        names = bodies.setdefault(body.iri, (body, []))[1]
        if body != speaker.thing:
            names.append(speaker.thing.label)
    return bodies


def with_room(ordered: Sequence[_Any], limit: int) -> Sequence[_Any]:
    """Return the first of some, as many as there is room for; "1 other" would take as much of it as its name.

    Example:
        >>> with_room("abc", 2), with_room("abcd", 2)
        ('abc', 'ab')
    """
    return ordered if len(ordered) == limit + 1 else ordered[:limit]


def _who(spoken: Sequence[Speaker]) -> str:
    posts = [", ".join(filter(None, (one.role, one.body.label if one.body else ""))) for one in spoken]
    told = list(dict.fromkeys(filter(None, posts)))
    if len(told) > _MOST_POSTS:
        told = [*told[:_MOST_POSTS], f"{len(told) - _MOST_POSTS} more"]
    return "; ".join(told) or _KINDS.get(spoken[0].thing.kind, spoken[0].thing.kind)


def _ranked(things: Mapping[str, tuple[Thing, list[Evidence]]], notes: Mapping[str, str], limit: int) -> Ranking:
    ordered = sorted(things.values(), key=lambda pair: (-len(pair[1]), pair[0].label, pair[0].iri))
    room = with_room(ordered, limit)
    shown = tuple(
        tally(thing.label, claims, short_label=thing.short_label, note=notes.get(thing.iri, ""))
        for thing, claims in room
    )
    rest = {one.iri for _, claims in ordered[len(room) :] for one in claims}
    most = max((one.count for one in shown), default=0)
    return Ranking(shown=shown, others=len(ordered) - len(shown), others_count=len(rest), most=most)
