"""Who said what about which relationship, as a drawing of two columns that needs no script."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import networkx as nx

from stpgraph.networks.evidence import Evidence, Thing
from stpgraph.pages.layout import Columns, Label, Place, two_columns
from stpgraph.pages.scenes import edge_width
from stpgraph.pages.story.counting import tally, with_room
from stpgraph.pages.wording import number

__all__ = ["ColumnPicture", "draw_columns"]

#: The most names of one side of a picture.
_MOST = 16

#: The most lines of a picture.
_MOST_LINES = 70

#: The least mean width of the strands of a line, in pixels.
_THINNEST = 1.5

#: The measures of the pictures of two columns: for a desk and for a phone.
_COLUMNS = {
    "wide": Columns(width=960, left_x=290, right_x=590, margin=16, size=14, leading=18, gap=10, shortest=22, lines=3),
    "narrow": Columns(
        width=368, left_x=118, right_x=208, margin=13, size=12.5, leading=15.5, gap=13, shortest=24, lines=6
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnPicture:
    """Claimants on the left, relationships on the right, and a strand for each stance between the two of a claim.

    Attributes:
        width: in pixels.
        height: in pixels.
        columns: the measures it was made with.
        places: where nodes and labels stand, and whether the node is a claimant.
        strands: stance, path and width.
        left_out: how many claimants, relationships and lines have no room.
        has_thin_lines: whether some lines are too thin for strands, and have one colour for all their claims.
    """

    width: float
    height: float
    columns: Columns
    places: tuple[tuple[Place, bool], ...]
    strands: tuple[tuple[str, str, float], ...]
    left_out: tuple[int, int, int]
    has_thin_lines: bool


def draw_columns(claims: Sequence[Evidence], *, shape: str) -> ColumnPicture:
    """Draw who said what about which relationship.

    Args:
        claims: what to draw; beyond the most that a picture holds, those with most claims are drawn.
        shape: wide or narrow.
    """
    columns = _COLUMNS[shape]
    behind: dict[tuple[str, str], dict[str, Evidence]] = {}
    things: dict[str, Thing] = {}
    for one in claims:
        for speaker in one.speakers:
            for topic in one.topics:
                things |= {speaker.thing.iri: speaker.thing, topic.thing.iri: topic.thing}
                behind.setdefault((speaker.thing.iri, topic.thing.iri), {})[one.iri] = one
    left, right = _busiest(behind, 0), _busiest(behind, 1)
    room = [set(with_room(side, _MOST)) for side in (left, right)]
    pairs = [ends for ends in behind if ends[0] in room[0] and ends[1] in room[1]]
    pairs.sort(key=lambda ends: (-len(behind[ends]), ends))
    drawn = {ends: behind[ends] for ends in pairs[:_MOST_LINES]}
    graph: nx.DiGraph[str] = nx.DiGraph()
    for ends, found in drawn.items():
        graph.add_edge(*ends, claim_count=len(found))
    sides = [sorted({ends[side] for ends in drawn}) for side in (0, 1)]
    labels = {iri: _label(things[iri], [found for ends, found in behind.items() if iri in ends]) for iri in graph}
    layout = two_columns(graph, left=sides[0], right=sides[1], labels=labels, columns=columns)
    most = max((len(found) for found in drawn.values()), default=1)
    strands = [
        strand
        for (source, target), found in drawn.items()
        for strand in _strands(layout.places[source], layout.places[target], list(found.values()), most)
    ]
    return ColumnPicture(
        width=columns.width,
        height=layout.height,
        columns=columns,
        places=tuple((place, iri in sides[0]) for iri, place in layout.places.items()),
        strands=tuple(strands),
        has_thin_lines=any(_is_thin(list(found.values()), most) for found in drawn.values()),
        left_out=(len(left) - len(sides[0]), len(right) - len(sides[1]), len(behind) - len(drawn)),
    )


def _busiest(behind: Mapping[tuple[str, str], Mapping[str, Evidence]], side: int) -> list[str]:
    claims: dict[str, set[str]] = {}
    for ends, found in behind.items():
        claims.setdefault(ends[side], set()).update(found)
    return sorted(claims, key=lambda iri: (-len(claims[iri]), iri))


def _label(thing: Thing, behind: Sequence[Mapping[str, Evidence]]) -> Label:
    count = len({iri for found in behind for iri in found})
    return Label(thing.short_label or thing.label, number(count), thing.short_body)


def _is_thin(claims: Sequence[Evidence], most: int) -> bool:
    """Say whether strands of a line could not be told apart."""
    stances = tally("", claims).stances
    return len(stances) > 1 and edge_width(len(claims), most) / len(stances) < _THINNEST


def _strands(source: Place, target: Place, claims: Sequence[Evidence], most: int) -> Iterator[tuple[str, str, float]]:
    """Draw a line as strands side by side, one for each stance."""
    told = tally("", claims)
    whole = edge_width(told.count, most)
    middle = (source.x + target.x) / 2
    at = -whole / 2
    stances = {told.leaning: told.count} if _is_thin(claims, most) else told.stances
    for stance, count in stances.items():
        width = whole * count / told.count
        first, last = (round(place.y + at + width / 2, 1) for place in (source, target))
        at += width
        yield stance, f"M{source.x} {first}C{middle} {first} {middle} {last} {target.x} {last}", round(width, 2)
