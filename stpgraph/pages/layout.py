"""Positions of a network's nodes and labels, computed before a browser is there: the same for the same graph.

Two columns suit a network of two kinds of nodes: labels stand outside, one below the other, so that none can overlap,
and lines cross between the columns as little as a few sweeps can bring about. There is no chance in it, hence no seed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import networkx as nx

from stpgraph.pages.lettering import text_width, wrap
from stpgraph.pages.ordering import Neighbours, barycentre, order_columns
from stpgraph.pages.stacking import between, separated, spread, stacked, total_of

__all__ = ["NARROW", "WIDE", "Box", "Columns", "Label", "Layout", "Place", "height_of", "two_columns"]


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Box) -> bool:
        """Whether the two share more than an edge.

        Example:
            >>> Box(0, 0, 10, 10).overlaps(Box(10, 0, 20, 10))
            False
        """
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


@dataclass(frozen=True)
class Label:
    """What a node's label says before it is broken into lines.

    Attributes:
        text: the name.
        count: stands after the name, quieter; "" for none.
        note: a line below it, quieter; "" for none.
    """

    text: str
    count: str = ""
    note: str = ""


@dataclass(frozen=True)
class Place:
    """Where a node and its label stand.

    Attributes:
        x: centre of the node.
        y: centre of the node, and of the label.
        align: "right" for a label that ends at `text_x`, "left" for one that starts there.
        text_x: where the label ends or starts.
        lines: the name, broken.
        count: stands after the last line.
        note: a line below.
        box: what the label may fill.
    """

    x: float
    y: float
    align: Literal["left", "right"]
    text_x: float
    lines: tuple[str, ...]
    count: str
    note: str
    box: Box


@dataclass(frozen=True)
class Columns:
    """Measures of a two-column picture, in pixels.

    Attributes:
        width: of the picture.
        left_x: centre of the nodes of the left column.
        right_x: centre of the nodes of the right column.
        margin: between a node's centre and its label.
        size: height of the type of names.
        leading: from one line to the next.
        gap: between labels.
        shortest: least height of a label, so that a node can be hit.
        lines: most lines of a name.
    """

    width: float
    left_x: float
    right_x: float
    margin: float
    size: float
    leading: float
    gap: float
    shortest: float
    lines: int

    @property
    def small(self) -> float:
        """Height of the type of counts and notes."""
        return self.size - 1.5


#: For a desk: the whole name of most relationships on one or two lines.
WIDE = Columns(width=800, left_x=200, right_x=440, margin=16, size=14, leading=18, gap=11, shortest=22, lines=4)

#: For a phone held upright.
NARROW = Columns(width=368, left_x=118, right_x=208, margin=13, size=12.5, leading=15.5, gap=13, shortest=24, lines=6)


@dataclass(frozen=True)
class Layout:
    """A picture's size, the measures it was made with, and the places of its nodes, in order of reading."""

    columns: Columns
    height: float
    places: Mapping[str, Place]


def two_columns(
    graph: nx.DiGraph[str], *, left: Sequence[str], right: Sequence[str], labels: Mapping[str, Label], columns: Columns
) -> Layout:
    """Place the nodes of two kinds in two columns, with lines between them crossing little.

    Args:
        graph: edges from nodes of `left` to nodes of `right`, each with its `claim_count`.
        left: nodes of the left column.
        right: nodes of the right column.
        labels: what stands beside each node.
        columns: the measures.

    Returns:
        Places whose label boxes do not overlap.

    Example:
        >>> graph = nx.DiGraph()
        >>> graph.add_edge("jo-doe", "trust", claim_count=2)
        >>> names = {"jo-doe": Label("Jo Doe"), "trust": Label("trust")}
        >>> layout = two_columns(graph, left=["jo-doe"], right=["trust"], labels=names, columns=WIDE)
        >>> [(place.x, place.lines) for place in layout.places.values()]
        [(200, ('Jo Doe',)), (440, ('trust',))]
    """
    neighbours: Neighbours = {
        node: {other: _weight(graph, node, other) for other in _around(graph, node)} for node in graph
    }
    first, second = order_columns(list(left), list(right), neighbours)
    sides = {**dict.fromkeys(first, True), **dict.fromkeys(second, False)}
    broken = {node: _break(labels[node], columns, is_left=is_left) for node, is_left in sides.items()}
    heights = {node: height_of(lines, labels[node], columns) for node, lines in broken.items()}
    tall, short = (first, second) if total_of(first, heights) > total_of(second, heights) else (second, first)
    total = max(total_of(tall, heights) + (len(tall) + 1) * columns.gap, 1.0)
    middles = stacked(tall, heights, columns.gap)
    wanted = between(
        [barycentre(neighbours[node], middles, total / 2) for node in short],
        spread(short, heights, columns.gap, total),
    )
    middles |= separated(short, wanted, heights, columns.gap, total)
    places = {
        node: _place(labels[node], broken[node], heights[node], middles[node], columns, is_left=is_left)
        for node, is_left in sides.items()
    }
    return Layout(columns, round(total, 1), places)


def _around(graph: nx.DiGraph[str], node: str) -> list[str]:
    return [*graph.successors(node), *graph.predecessors(node)]


def _weight(graph: nx.DiGraph[str], one: str, other: str) -> int:
    data = graph.get_edge_data(one, other) or graph.get_edge_data(other, one) or {}
    return int(data.get("claim_count", 1))


def _break(label: Label, columns: Columns, *, is_left: bool) -> tuple[str, ...]:
    width = columns.left_x - columns.margin if is_left else columns.width - columns.right_x - columns.margin
    count = text_width("  " + label.count, columns.small) if label.count else 0.0
    return wrap(label.text, size=columns.size, width=width, lines=columns.lines, last=count)


def height_of(lines: tuple[str, ...], label: Label, columns: Columns) -> float:
    """Return how tall a broken label is."""
    rows = len(lines) + bool(label.note)
    return max(rows * columns.leading, columns.shortest)


def _place(
    label: Label, lines: tuple[str, ...], height: float, middle: float, columns: Columns, *, is_left: bool
) -> Place:
    """Put a node on its column and its label outside."""
    y = round(middle, 1)
    x = columns.left_x if is_left else columns.right_x
    text_x = x - columns.margin if is_left else x + columns.margin
    across = (0.0, text_x) if is_left else (text_x, columns.width)
    box = Box(across[0], round(y - height / 2, 1), across[1], round(y + height / 2, 1))
    return Place(x, y, "right" if is_left else "left", text_x, lines, label.count, label.note, box)
