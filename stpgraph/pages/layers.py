"""Positions in layers: one kind of thing after another, with lines between them that cross little.

On a desk each layer is a column, its labels to the right of its nodes, and a line leaves from the end of a label, so
that none runs through one. Where columns would leave labels too little room, as on a phone, layers stand below each
other, one node a line, each layer further in than the one above, and all labels start to the right of all nodes. There
is no chance in it, hence no seed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import networkx as nx

from stpgraph.pages.layout import Box, Columns, Label, Layout, Place, height_of
from stpgraph.pages.lettering import text_width, wrap
from stpgraph.pages.ordering import barycentre, count_crossings
from stpgraph.pages.stacking import between, separated, spread, stacked, total_of

__all__ = ["count_layer_crossings", "layered_layout", "order_layers"]

#: Sweeps of the ordering, to the right and back.
_SWEEPS = 12

#: In pixels: between the labels of a column and the nodes of the next one, the least width of a label, and what a node
#: takes to the left of its centre.
_LANE, _LEAST_LABEL, _NODE = 44.0, 76.0, 9.0

#: How much further in a layer stands than the one above it, at most and in all.
_INDENT, _INDENTS = 26.0, 90.0

#: Height kept free where a line passes through a layer.
_PASSAGE = 6.0

#: A node's neighbours in one direction, with the weight of what joins them.
_Joined = dict[str, dict[str, int]]


def layered_layout(
    graph: nx.Graph[str], layer: Mapping[str, int], *, labels: Mapping[str, Label], columns: Columns
) -> Layout:
    """Place nodes by their layers.

    Args:
        graph: edges between nodes of any layers, each with its `claim_count`.
        layer: of each node its layer; the least stands first, and numbers may be left out.
        labels: what stands beside each node.
        columns: the measures; places of columns in it are not used, for there may be any number.

    Returns:
        Places in order of reading, whose label boxes do not overlap and lie within the width.

    Example:
        >>> from stpgraph.pages.layout import WIDE
        >>> graph = nx.DiGraph([("gazette", "article"), ("article", "report")])
        >>> names = {name: Label(name) for name in graph}
        >>> layout = layered_layout(graph, {"gazette": 0, "article": 1, "report": 2}, labels=names, columns=WIDE)
        >>> [(name, place.align, place.y) for name, place in layout.places.items()]
        [('gazette', 'left', 22.0), ('article', 'left', 22.0), ('report', 'left', 22.0)]
    """
    layers, after = _joined(graph, layer)
    layers = order_layers(layers, after)
    shown = [[name for name in one if name in layer] for one in layers]
    lanes = (len(shown) - 1) * _LANE + _NODE
    room = (columns.width - lanes) / max(len(shown), 1) - columns.margin
    is_across = len(shown) <= 1 or room >= _LEAST_LABEL
    spots = _columns(len(shown), room, columns) if is_across else _indents(len(shown), columns)
    lines = {name: _lines(labels[name], spot, columns) for one, spot in zip(shown, spots, strict=True) for name in one}
    heights = {name: height_of(broken, labels[name], columns) for name, broken in lines.items()}
    if is_across:
        middles, height = _across(layers, after, heights, columns.gap)
    else:
        column = [name for one in shown for name in one]
        middles = stacked(column, heights, columns.gap)
        height = total_of(column, heights) + (len(column) + 1) * columns.gap
    places = {
        name: _place(spot, middles[name], heights[name], lines=lines[name], label=labels[name], columns=columns)
        for one, spot in zip(shown, spots, strict=True)
        for name in one
    }
    return Layout(columns, round(max(height, 1.0), 1), places)


def order_layers(layers: Sequence[Sequence[str]], after: Mapping[str, Mapping[str, int]]) -> list[list[str]]:
    """Order each layer by the mean rank of neighbours in the one before, then after, and keep what crosses least.

    Example:
        >>> order_layers([["a", "b"], ["x", "y"]], {"a": {"y": 1}, "b": {"x": 1}})
        [['a', 'b'], ['y', 'x']]
    """
    before: _Joined = {}
    for name, others in after.items():
        for other, weight in others.items():
            before.setdefault(other, {})[name] = weight
    now = [list(layer) for layer in layers]
    best, fewest = list(now), count_layer_crossings(now, after)
    for sweep in range(_SWEEPS):
        is_back = bool(sweep % 2)
        numbers = range(len(now) - 2, -1, -1) if is_back else range(1, len(now))
        for at in numbers:
            fixed = now[at + 1] if is_back else now[at - 1]
            now[at] = _by_neighbours(now[at], fixed, after if is_back else before)
        crossings = count_layer_crossings(now, after)
        if crossings < fewest:
            best, fewest = list(now), crossings
    return best


def count_layer_crossings(layers: Sequence[Sequence[str]], after: Mapping[str, Mapping[str, int]]) -> int:
    """Count the pairs of lines between neighbouring layers that cross.

    Example:
        >>> count_layer_crossings([["a", "b"], ["x", "y"]], {"a": {"y": 1}, "b": {"x": 1}})
        1
    """
    return sum(
        count_crossings(list(one), list(other), {name: after.get(name, {}) for name in one})
        for one, other in pairwise(layers)
    )


def _by_neighbours(layer: list[str], fixed: list[str], joined: Mapping[str, Mapping[str, int]]) -> list[str]:
    """Order a layer by its neighbours in another; a node without any keeps its share of the height."""
    rank = {name: float(at) for at, name in enumerate(fixed)}
    scale = len(fixed) / max(len(layer), 1)
    wanted = {name: barycentre(joined.get(name, {}), rank, at * scale) for at, name in enumerate(layer)}
    return sorted(layer, key=wanted.__getitem__)


def _joined(graph: nx.Graph[str], layer: Mapping[str, int]) -> tuple[list[list[str]], _Joined]:
    """Return the layers and what joins each to the next; an edge that skips layers passes through a point in each."""
    numbers = {number: at for at, number in enumerate(sorted({layer[name] for name in graph}))}
    layers: list[list[str]] = [[] for _ in numbers]
    for name in sorted(graph):
        layers[numbers[layer[name]]].append(name)
    weights: dict[tuple[str, str], int] = {}
    for one, other, count in graph.edges(data="claim_count", default=1):
        ends = (one, other) if layer[one] <= layer[other] else (other, one)
        weights[ends] = weights.get(ends, 0) + int(count)
    after: _Joined = {}
    for (one, other), weight in sorted(weights.items()):
        first, last = numbers[layer[one]], numbers[layer[other]]
        if first == last:
            continue  # an edge within a layer crosses none of the others between layers
        path = [one, *(f"{one}\n{other}\n{at}" for at in range(first + 1, last)), other]
        for at, passage in enumerate(path[1:-1], start=first + 1):
            layers[at].append(passage)
        for here, there in pairwise(path):
            after.setdefault(here, {})[there] = weight
    return layers, after


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where the nodes of a layer stand, and where their labels may: a column or an indent."""

    x: float
    left: float
    right: float


def _columns(count: int, room: float, columns: Columns) -> list[_Spot]:
    """Share the width among columns."""
    step = room + columns.margin + _LANE
    return [_beside(_NODE + number * step, room, columns) for number in range(count)]


def _beside(x: float, room: float, columns: Columns) -> _Spot:
    return _Spot(x, x + columns.margin, x + columns.margin + room)


def _indents(count: int, columns: Columns) -> list[_Spot]:
    step = min(_INDENT, _INDENTS / max(count - 1, 1))
    first = columns.margin
    left = first + (count - 1) * step + columns.margin
    return [_Spot(first + number * step, left, columns.width) for number in range(count)]


def _lines(label: Label, spot: _Spot, columns: Columns) -> tuple[str, ...]:
    count = text_width("  " + label.count, columns.small) if label.count else 0.0
    return wrap(label.text, size=columns.size, width=spot.right - spot.left, lines=columns.lines, last=count)


def _across(
    layers: Sequence[list[str]], after: _Joined, heights: Mapping[str, float], gap: float
) -> tuple[dict[str, float], float]:
    """Return middles by which the tallest column is full and the others stand near what they are joined to."""
    tall = {name: heights.get(name, _PASSAGE) for layer in layers for name in layer}
    totals = [total_of(layer, tall) + (len(layer) + 1) * gap for layer in layers]
    if not totals:
        return {}, 0.0
    total = max(totals)
    highest = totals.index(total)
    middles = stacked(layers[highest], tall, gap)
    before: _Joined = {}
    for name, others in after.items():
        for other, weight in others.items():
            before.setdefault(other, {})[name] = weight
    for at in [*range(highest - 1, -1, -1), *range(highest + 1, len(layers))]:
        joined, layer = (after if at < highest else before), layers[at]
        even = spread(layer, tall, gap, total)
        near = [barycentre(joined.get(name, {}), middles, own) for name, own in zip(layer, even, strict=True)]
        middles |= separated(layer, between(near, even), tall, gap, total)
    return middles, total


def _place(
    spot: _Spot, middle: float, height: float, *, lines: tuple[str, ...], label: Label, columns: Columns
) -> Place:
    """Put a node where its layer stands and its label beside it; the box is as wide as the text."""
    y, left = round(middle, 1), round(spot.left, 1)
    count = text_width("  " + label.count, columns.small) if label.count else 0.0
    widths = [*(text_width(line, columns.size) for line in lines[:-1]), text_width(lines[-1], columns.size) + count]
    note = text_width(label.note, columns.small) if label.note else 0.0
    right = round(min(spot.left + max(*widths, note), spot.right), 1)
    box = Box(left, round(y - height / 2, 1), right, round(y + height / 2, 1))
    return Place(round(spot.x, 1), y, "left", left, lines, label.count, label.note, box)
