"""Which claims of others support a claim and which oppose it: by propositions, and by stance on what it is about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from stpgraph.networks.evidence import Thing
from stpgraph.site.addresses import address_of, claims_address
from stpgraph.site.ledger import Entry, open_ledger
from stpgraph.site.names import find_names, nodes
from stpgraph.site.patterns import way_by
from stpgraph.site.place import Site
from stpgraph.site.spoken import find_spoken
from stpgraph.vocabulary import mint

__all__ = ["Position", "Said", "find_positions"]

#: Claims of each kind that a page shows.
_SHOWN = 5

#: Stances that oppose each other; the others oppose none.
_OPPOSED = {"supportive": "critical", "critical": "supportive"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A claim of somebody else, in a line."""

    claim: Thing
    claimants: tuple[Thing, ...]
    day: str
    stance: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Claims of others that take one position on one thing.

    Attributes:
        supports: whether it is that of the claim.
        how: for readers: "also affirm", "are critical, too, of".
        thing: the proposition or relationship.
        count: how many there are.
        claims: the latest of them.
        more: the address that lists all.
    """

    supports: bool
    how: str
    thing: Thing
    count: int
    claims: tuple[Said, ...]
    more: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    supports: bool
    how: str
    thing: str
    entries: list[Entry]
    more: str


def find_positions(
    site: Site, iri: str, *, affirms: Iterable[str], denies: Iterable[str], about: Iterable[str], stance: str
) -> tuple[Position, ...]:
    """Return the claims of others that share or oppose what a claim holds, those that support it first.

    Args:
        site: where they are.
        iri: the claim.
        affirms: the propositions that it affirms.
        denies: those that it denies.
        about: the relationships that it is about.
        stance: its code; supportive and critical claims oppose each other, no others do.
    """
    mine = open_ledger(site).claims.get(iri)
    own = set(mine.claimants) if mine else set()
    found = [*_on_propositions(site, affirms, denies), *(_on_topics(site, about, stance) if stance in _OPPOSED else ())]
    others = [
        (one, [entry for entry in one.entries if entry.iri != iri and own.isdisjoint(entry.claimants)]) for one in found
    ]
    shown = [(one, entries) for one, entries in others if entries]
    wanted = {one.thing for one, _ in shown} | {
        name for _, entries in shown for entry in entries[:_SHOWN] for name in (entry.iri, *entry.claimants)
    }
    names = find_names(site, sorted(wanted))
    positions = [
        Position(
            supports=one.supports,
            how=one.how,
            thing=names[one.thing],
            count=len(entries),
            claims=tuple(_said(entry, names) for entry in entries[:_SHOWN]),
            more=one.more,
        )
        for one, entries in shown
    ]
    return tuple(sorted(positions, key=lambda position: not position.supports))


def _said(entry: Entry, names: dict[str, Thing]) -> Said:
    return Said(
        claim=names[entry.iri],
        claimants=tuple(names[who] for who in entry.claimants),
        day=entry.day,
        stance=entry.stance,
    )


def _on_propositions(site: Site, affirms: Iterable[str], denies: Iterable[str]) -> Iterable[_Found]:
    for held, opposite, propositions in (("affirms", "denies", affirms), ("denies", "affirms", denies)):
        for proposition in propositions:
            for supports, way in ((True, held), (False, opposite)):
                yield _Found(
                    supports=supports,
                    how={"affirms": "affirming", "denies": "denying"}[way],
                    thing=proposition,
                    entries=list(find_spoken(site, f"?claim stp:{way} {nodes([proposition])} .").claims),
                    more=address_of(proposition) + "#about",
                )


def _on_topics(site: Site, about: Iterable[str], stance: str) -> Iterable[_Found]:
    for topic in about:
        spoken = way_by("about it", "about", [topic]).find(site)
        for supports, taken in ((True, stance), (False, _OPPOSED[stance])):
            stanced = claims_address("stance", mint("stance", taken).value)
            yield _Found(
                supports=supports,
                how=f"{taken} of" if taken == "critical" else f"{taken} on",
                thing=topic,
                entries=[entry for entry in spoken.claims if entry.stance == taken],
                more=f"{claims_address('relationship', topic)}&{stanced.removeprefix('/?')}",
            )
