"""The names on a still picture: where a layout put them, or beside the more important nodes where there is room."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import hypot
from typing import Literal

from stpgraph.pages.layout import Box, Layout
from stpgraph.pages.lettering import text_width, wrap
from stpgraph.pages.scenes import Scene
from stpgraph.pages.stills.lines import Curve, curves_of, point_of, strands_of
from stpgraph.pages.stills.marks import BOLD, COLOURS, Point, Run, Words

__all__ = ["Named", "draw_heads", "draw_placed", "name_nodes"]

#: Height of the type of names on a free picture, from one line to the next, and the most pixels and lines of one.
_SIZE, _LEADING, _WIDEST, _LINES = 13.0, 16.0, 170.0, 3

#: Pixels between a shape and its name, and of picture for each name, so that a full picture stays calm.
_GAP, _AREA = 4.0, 3200.0

#: Names that are tried before it is enough.
_TRIES = 1000

#: Up to this many lines names keep clear of them, seen at points so many pixels apart.
_MOST_LINES, _STEP = 3000, 10.0

_CELL = 64.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A name on a free picture: its node, the lines that are written, and the room that they take."""

    node: int
    words: tuple[Words, ...]
    box: Box


class _Boxes:
    """Rectangles on a picture, found again by the cells of a grid that they touch."""

    def __init__(self, width: float, height: float) -> None:
        self._width, self._height = width, height
        self._cells: dict[tuple[int, int], list[tuple[int, Box]]] = {}
        self._lines: dict[tuple[int, int], list[tuple[Point, float]]] = {}

    def _touched(self, box: Box) -> Iterator[tuple[int, int]]:
        for row in range(int(box.top // _CELL), int(box.bottom // _CELL) + 1):
            for column in range(int(box.left // _CELL), int(box.right // _CELL) + 1):
                yield row, column

    def is_free(self, box: Box, owner: int) -> bool:
        if box.left < 0 or box.top < 0 or box.right > self._width or box.bottom > self._height:
            return False
        there = (other for cell in self._touched(box) for other in self._cells.get(cell, ()))
        return not any(who != owner and other.overlaps(box) for who, other in there)

    def add(self, box: Box, owner: int) -> None:
        for cell in self._touched(box):
            self._cells.setdefault(cell, []).append((owner, box))

    def add_line(self, curve: Curve, width: float) -> None:
        (x0, y0), _, _, (x1, y1) = curve
        steps = int(hypot(x1 - x0, y1 - y0) / _STEP) + 6
        for at in range(steps + 1):
            x, y = point_of(curve, at / steps)
            self._lines.setdefault((int(y // _CELL), int(x // _CELL)), []).append(((x, y), width))

    def ink_in(self, box: Box) -> float:
        """Return how much of lines a rectangle would hide."""
        there = (seen for cell in self._touched(box) for seen in self._lines.get(cell, ()))
        return sum(width for (x, y), width in there if box.left <= x <= box.right and box.top <= y <= box.bottom)


def draw_placed(scene: Scene, layout: Layout) -> Iterator[Words]:
    """Yield the names of nodes that stand in columns or layers, each with its count and its second line."""
    columns = layout.columns
    has_rim = scene.arrangement != "columns"
    for node in scene.nodes:
        place = layout.places[node.id]
        anchor: Literal["start", "end"] = "end" if place.align == "right" else "start"
        room = place.box.right - place.box.left
        rows = [Run(text=line, size=columns.size) for line in place.lines]
        if place.note:
            [note] = wrap(place.note, size=columns.small, width=room, lines=1)
            rows.append(Run(text=note, size=columns.small, colour=COLOURS["quiet"]))
        for at, row in enumerate(rows):
            count = Run(text=place.count, size=columns.small, colour=COLOURS["quiet"])
            yield Words(
                x=place.text_x,
                y=place.y + (at - (len(rows) - 1) / 2) * columns.leading,
                runs=(row, count) if place.count and at == len(place.lines) - 1 else (row,),
                anchor=anchor,
                room=room,
                has_rim=has_rim,
            )


def draw_heads(scene: Scene, layout: Layout, *, y: float) -> Iterator[Words]:
    """Yield the names of the columns or layers, above them; none where they do not match."""
    across = sorted({(place.x, place.text_x, place.align) for place in layout.places.values()})
    if len(across) != len(scene.heads):
        return
    for (_, x, align), head in zip(across, scene.heads, strict=True):
        run = Run(text=head, size=layout.columns.size, weight=BOLD)
        yield Words(x=x, y=y, runs=(run,), anchor="end" if align == "right" else "start")


def name_nodes(
    scene: Scene, points: Sequence[Point], *, width: float, height: float, radius: float, unit: float = 1.0
) -> Iterator[Named]:
    """Yield names beside the nodes with the most evidence: none over another or over a node, and clear of lines.

    Args:
        scene: what is drawn.
        points: where its nodes are.
        width: of the picture.
        height: of the picture.
        radius: of a node.
        unit: how much larger than at scale 1 lines are.
    """
    boxes = _Boxes(width, height)
    for at, (x, y) in enumerate(points):
        boxes.add(Box(x - radius, y - radius, x + radius, y + radius), at)
    if len(scene.edges) <= _MOST_LINES:
        for curve, strands in zip(curves_of(scene, points, unit=unit), strands_of(scene), strict=True):
            boxes.add_line(curve, sum(strand.width for strand in strands))
    most = max(int(width * height / _AREA), 12)
    named = 0
    for node in _by_importance(scene)[:_TRIES]:
        if named >= most:
            return
        found = _place(scene.nodes[node].label, node, points[node], radius, boxes)
        if found:
            boxes.add(found.box, node)
            named += 1
            yield found


def _place(label: str, node: int, point: Point, radius: float, boxes: _Boxes) -> Named | None:
    """Find room for the whole name, or else for as much of it as one line holds."""
    if not label.strip():
        return None
    for most in (_LINES, 1):
        lines = wrap(label, size=_SIZE, width=_WIDEST, lines=most)
        free = [(words, box) for words, box in _slots(lines, point, radius) if boxes.is_free(box, node)]
        if free:
            words, box = min(free, key=lambda slot: boxes.ink_in(slot[1]))
            return Named(node=node, words=words, box=box)
    return None


def _by_importance(scene: Scene) -> list[int]:
    """Return the nodes by how much evidence is behind them, then by the number of their edges, then as they stand."""
    behind: list[set[int]] = [set() for _ in scene.nodes]
    degrees: Counter[int] = Counter()
    for edge in scene.edges:
        for end in (edge.source, edge.target):
            behind[end].update(edge.items)
            degrees[end] += 1
    return sorted(range(len(scene.nodes)), key=lambda node: (-len(behind[node]), -degrees[node], node))


def _slots(lines: tuple[str, ...], point: Point, radius: float) -> Iterator[tuple[tuple[Words, ...], Box]]:
    """Yield where a name may stand beside its node: right, left, above, below."""
    x, y = point
    wide = max(text_width(line, _SIZE) for line in lines)
    high = len(lines) * _LEADING
    away = radius * 1.15 + _GAP
    choices: tuple[tuple[Literal["start", "middle", "end"], float, float, float], ...] = (
        ("start", away, 0.0, away),
        ("end", -away, 0.0, -away - wide),
        ("middle", 0.0, 2 - away - high / 2, -wide / 2),
        ("middle", 0.0, away + high / 2 - 2, -wide / 2),
    )
    for anchor, dx, dy, left in choices:
        first = y + dy - (len(lines) - 1) / 2 * _LEADING
        words = tuple(
            Words(
                x=x + dx,
                y=first + at * _LEADING,
                runs=(Run(text=line, size=_SIZE),),
                anchor=anchor,
                room=wide,
                has_rim=True,
            )
            for at, line in enumerate(lines)
        )
        yield words, Box(x + left - 2, y + dy - high / 2, x + left + wide + 2, y + dy + high / 2)
