"""The shapes of nodes, one for each kind, so that no kind is told by colour alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from stpgraph.pages.stills.marks import COLOURS, Path, Point, Step, ring, straight

__all__ = ["RADIUS", "draw_shape", "draw_shapes"]

#: Half the height of a node, in pixels at scale 1.
RADIUS = 7.0

#: Below these radiuses a shape has no rim, and no marks within, for none could be seen.
_LEAST_RIMMED, _LEAST_MARKED = 2.5, 3.5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shape:
    """An outline about the origin, of radius 1, and marks on it in the colour of the paper."""

    outline: tuple[Step, ...]
    is_hollow: bool = False
    marks: tuple[Step, ...] = ()
    are_lines: bool = False


def _box(across: float, down: float) -> tuple[Step, ...]:
    return straight((-across, -down), (across, -down), (across, down), (-across, down))


def _line(start: float, end: float, height: float) -> tuple[Step, ...]:
    return straight((start, height), (end, height), is_closed=False)


_DIAMOND = straight((0, -1.15), (1.15, 0), (0, 1.15), (-1.15, 0))
_SHAPES = {
    "body": _Shape(outline=_box(0.86, 0.86)),
    "person": _Shape(outline=ring(0, 0, 1)),
    "collective": _Shape(outline=straight((0, -1.1), (1.15, 0.9), (-1.15, 0.9))),
    "partnership": _Shape(outline=_box(0.74, 0.74), is_hollow=True),
    "successor": _Shape(outline=_box(0.86, 0.86), marks=_box(0.3, 0.3)),
    "relationship": _Shape(outline=_DIAMOND),
    "proposition": _Shape(outline=_DIAMOND, is_hollow=True),
    "party": _Shape(outline=ring(0, 0, 0.86), is_hollow=True),
    "study": _Shape(outline=straight(*((1.08 * sin(turn * pi / 3), -1.08 * cos(turn * pi / 3)) for turn in range(6)))),
    "document": _Shape(
        outline=straight((-0.74, -1), (0.24, -1), (0.74, -0.5), (0.74, 1), (-0.74, 1)),
        marks=straight((0.24, -1), (0.24, -0.5), (0.74, -0.5)),
    ),
    "report": _Shape(
        outline=_box(0.74, 1),
        marks=(*_line(-0.42, 0.42, -0.5), *_line(-0.42, 0.42, -0.05), *_line(-0.42, 0.42, 0.4)),
        are_lines=True,
    ),
    "outlet": _Shape(
        outline=_box(1.15, 0.8),
        marks=(
            *_line(-0.85, 0.85, -0.36),
            *_line(-0.85, -0.1, 0.08),
            *_line(-0.85, -0.1, 0.42),
            *_line(0.2, 0.85, 0.08),
            *_line(0.2, 0.85, 0.42),
        ),
        are_lines=True,
    ),
    "measure": _Shape(outline=_box(1.15, 0.38)),
    "place": _Shape(
        outline=(
            ("M", (0, 1.2)),
            ("C", (-1.6, -0.3, -0.9, -1.15, 0, -1.15)),
            ("C", (0.9, -1.15, 1.6, -0.3, 0, 1.2)),
            ("Z", ()),
        ),
        marks=ring(0, -0.35, 0.24),
    ),
    "claim": _Shape(outline=ring(0, 0, 0.5)),
}
_OTHER = _Shape(outline=ring(0, 0, 0.7), is_hollow=True)


def draw_shape(kind: str, x: float, y: float, radius: float, *, title: str = "") -> Iterator[Path]:
    """Yield a node's shape, on a rim of paper that keeps it apart from the lines below it.

    Example:
        >>> [path.fill or path.stroke for path in draw_shape("person", 0, 0, 7)]
        ['#ffffff', '#111111']
    """
    return draw_shapes(kind, [(x, y)], radius, title=title)


def draw_shapes(kind: str, points: Sequence[Point], radius: float, *, title: str = "") -> Iterator[Path]:
    """Yield the shapes of nodes of one kind as one, for pictures that have many."""
    shape = _SHAPES.get(kind, _OTHER)
    ink, paper = COLOURS["ink"], COLOURS["paper"]
    outline = _placed(shape.outline, points, radius)
    if radius > _LEAST_RIMMED:
        yield Path(steps=outline, stroke=paper, width=radius * 0.55, fill=paper)
    if shape.is_hollow:
        fill = "" if radius > _LEAST_RIMMED else paper
        yield Path(steps=outline, stroke=ink, width=max(radius * 0.4, 0.75), fill=fill, title=title)
    else:
        yield Path(steps=outline, fill=ink, title=title)
    if shape.marks and radius > _LEAST_MARKED:
        fill = "" if shape.are_lines else paper
        yield Path(steps=_placed(shape.marks, points, radius), stroke=paper, width=radius * 0.17, fill=fill)


def _placed(steps: tuple[Step, ...], points: Sequence[Point], radius: float) -> tuple[Step, ...]:
    """Put a shape of radius 1 where it belongs, in its size."""
    return tuple(
        (letter, tuple(number * radius + point[at % 2] for at, number in enumerate(numbers)))
        for point in points
        for letter, numbers in steps
    )
