"""The parties, and what is said of the relationships between them, as a drawing of arcs that needs no script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from stpgraph.networks.evidence import Evidence, Thing
from stpgraph.pages.lettering import wrap
from stpgraph.pages.scenes import edge_width
from stpgraph.pages.story.counting import Tally, tally, with_room
from stpgraph.pages.wording import counted

__all__ = ["Arc", "ArcPicture", "PartyPlace", "Ties", "draw_arcs", "find_ties"]

#: The most parties of a picture.
_MOST = 16

#: Of arcs: the width of the picture, where its nodes stand, the height of a row, and of the type.
_ARCS = {"wide": (560.0, 230.0, 52.0, 14.0), "narrow": (368.0, 150.0, 54.0, 12.5)}

#: Room above the first node of a picture of arcs, and to the right of the widest.
_EDGE = 26.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ties:
    """What is said of the relationships between parties.

    Attributes:
        parties: those that are drawn.
        between: a tally for each two of them with claims, by their places among the parties; a pair of one and the
            same for what is said of the party alone.
        left_out: how many parties have no room.
    """

    parties: tuple[Thing, ...]
    between: Mapping[tuple[int, int], Tally]
    left_out: int

    @property
    def ranked(self) -> list[Tally]:
        """The pairs, those with most claims first."""
        return sorted(self.between.values(), key=lambda pair: (-pair.count, pair.label))


@dataclass(frozen=True, slots=True, kw_only=True)
class Arc:
    """A line between two parties: its path, width, leaning, and where its number stands."""

    path: str
    width: float
    leaning: str
    count: int
    x: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyPlace:
    """A party: where it stands, its label, and what is said of it alone: the width and leaning of its ring."""

    x: float
    y: float
    lines: tuple[str, ...]
    note: str
    ring: float
    leaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArcPicture:
    """Parties in one column, with arcs between them."""

    width: float
    height: float
    size: float
    parties: tuple[PartyPlace, ...]
    arcs: tuple[Arc, ...]


def find_ties(claims: Sequence[Evidence]) -> Ties:
    """Find what is said of the relationships between parties."""
    things: dict[str, Thing] = {}
    behind: dict[tuple[str, str], dict[str, Evidence]] = {}
    for one in claims:
        for topic in one.topics:
            iris = sorted({party.iri for party in topic.parties})
            things |= {party.iri: party for party in topic.parties}
            for pair in combinations(iris, 2) if len(iris) > 1 else [(iri, iri) for iri in iris]:
                behind.setdefault(pair, {})[one.iri] = one
    busiest = sorted(
        things, key=lambda iri: (-sum(len(found) for ends, found in behind.items() if iri in ends), things[iri].label)
    )
    drawn = {ends: found for ends, found in behind.items() if set(ends) <= set(with_room(busiest, _MOST))}
    order = _near_each_other(with_room(busiest, _MOST), {ends: len(found) for ends, found in drawn.items()})
    places = {iri: at for at, iri in enumerate(order)}
    between = {}
    for ends, found in drawn.items():
        first, last = sorted(places[iri] for iri in ends)
        names = list(dict.fromkeys(things[order[at]].label for at in (first, last)))
        between[first, last] = tally(" – ".join(names), list(found.values()))
    return Ties(parties=tuple(things[iri] for iri in order), between=between, left_out=len(busiest) - len(order))


def draw_arcs(ties: Ties, *, shape: str) -> ArcPicture:
    """Draw the parties in one column, with an arc for what is said of the relationships between two of them."""
    width, across, row, size = _ARCS[shape]
    most = max((pair.count for pair in ties.between.values()), default=1)
    farthest = max((last - first for first, last in ties.between), default=1) * row
    bulge = min((width - across - _EDGE) / 0.75 / max(farthest, 1.0), 1.7)
    ys = [_EDGE + at * row for at in range(len(ties.parties))]
    arcs = []
    for (first, last), pair in sorted(ties.between.items(), key=lambda item: -item[1].count):
        if first == last:
            continue
        reach = round(across + (ys[last] - ys[first]) * bulge, 1)
        arcs.append(
            Arc(
                path=f"M{across} {ys[first]}C{reach} {ys[first]} {reach} {ys[last]} {across} {ys[last]}",
                width=edge_width(pair.count, most),
                leaning=pair.leaning,
                count=pair.count,
                x=round(across + (reach - across) * 0.75, 1),
                y=(ys[first] + ys[last]) / 2,
            )
        )
    height = 2 * _EDGE + max(len(ties.parties) - 1, 0) * row
    parties = tuple(_party(ties, at, (across, ys[at]), most, size) for at in range(len(ties.parties)))
    return ArcPicture(width=width, height=height, size=size, parties=parties, arcs=tuple(arcs))


def _near_each_other(iris: Sequence[str], counts: Mapping[tuple[str, str], int]) -> list[str]:
    """Order parties so that those of whom most is said together stand near each other: swap while that helps."""
    order = list(iris)

    def length() -> int:
        places = {iri: at for at, iri in enumerate(order)}
        return sum(count * abs(places[one] - places[other]) for (one, other), count in counts.items())

    best, is_better = length(), True
    while is_better:
        is_better = False
        for one, other in combinations(range(len(order)), 2):
            order[one], order[other] = order[other], order[one]
            if length() < best:
                best, is_better = length(), True
            else:
                order[one], order[other] = order[other], order[one]
    return order


def _party(ties: Ties, at: int, where: tuple[float, float], most: int, size: float) -> PartyPlace:
    alone = ties.between.get((at, at))
    x, y = where
    return PartyPlace(
        x=x,
        y=y,
        lines=wrap(ties.parties[at].label, size=size, width=x - 28, lines=2),
        note=f"{counted(alone.count, 'claim')} among them" if alone else "",
        ring=edge_width(alone.count, most) / 2 if alone else 0.0,
        leaning=alone.leaning if alone else "",
    )
