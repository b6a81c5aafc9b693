"""Which claims of others support a claim and which oppose it: by propositions, and by stance on what it is about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from stpgraph.networks.evidence import Thing
from stpgraph.site.addresses import address_of, claims_address
from stpgraph.site.ledger import Brief, open_ledger
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
    briefs: list[Brief]
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
        (one, [brief for brief in one.briefs if brief.iri != iri and own.isdisjoint(brief.claimants)]) for one in found
    ]
    shown = [(one, briefs) for one, briefs in others if briefs]
    wanted = {one.thing for one, _ in shown} | {
        name for _, briefs in shown for brief in briefs[:_SHOWN] for name in (brief.iri, *brief.claimants)
    }
    names = find_names(site, sorted(wanted))
    positions = [
        Position(
            supports=one.supports,
            how=one.how,
            thing=names[one.thing],
            count=len(briefs),
            claims=tuple(_said(brief, names) for brief in briefs[:_SHOWN]),
            more=one.more,
        )
        for one, briefs in shown
    ]
    return tuple(sorted(positions, key=lambda position: not position.supports))


def _said(brief: Brief, names: dict[str, Thing]) -> Said:
    return Said(
        claim=names[brief.iri],
        claimants=tuple(names[who] for who in brief.claimants),
        day=brief.day,
        stance=brief.stance,
    )


def _on_propositions(site: Site, affirms: Iterable[str], denies: Iterable[str]) -> Iterable[_Found]:
    for held, opposite, propositions in (("affirms", "denies", affirms), ("denies", "affirms", denies)):
        for proposition in propositions:
            for supports, way in ((True, held), (False, opposite)):
                yield _Found(
                    supports=supports,
                    how={"affirms": "affirming", "denies": "denying"}[way],
                    thing=proposition,
                    briefs=list(find_spoken(site, f"?claim stp:{way} {nodes([proposition])} .").claims),
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
                briefs=[brief for brief in spoken.claims if brief.stance == taken],
                more=f"{claims_address('relationship', topic)}&{stanced.removeprefix('/?')}",
            )
