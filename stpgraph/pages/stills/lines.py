"""The lines of a still picture: strands side by side, one a stance, as wide as their claims are many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import hypot, log10
from typing import TypeAlias

from stpgraph.networks.evidence import STANCES
from stpgraph.pages.scenes import Scene, SceneEdge, edge_width
from stpgraph.pages.stills.marks import COLOURS, DASHES, Path, Point, straight
from stpgraph.pages.stills.shapes import RADIUS

__all__ = ["Curve", "Strand", "curves_of", "draw_lines", "point_of", "strands_of"]

#: Pixels between the middles of parallel edges.
_APART = 18.0

#: The width of the heaviest line of a network of agreement.
_HEAVIEST = 8.0

#: The most edges of which each says between whom it is, for those who point at it.
_MOST_TOLD = 2000

#: Start, two handles and end of a curve.
Curve: TypeAlias = tuple[Point, Point, Point, Point]


@dataclass(frozen=True, slots=True, kw_only=True)
class Strand:
    """A part of a line.

    Attributes:
        style: the stance or the like that gives it its colour; "" for a stance that is not known.
        width: in pixels.
    """

    style: str
    width: float


def strands_of(scene: Scene) -> list[list[Strand]]:
    """Return the strands of each edge: one for each stance of its claims, or one by its weight."""
    most_items = max((len(edge.items) for edge in scene.edges), default=1)
    most = max((abs(edge.weight) for edge in scene.edges), default=1) or 1
    return [_strands(scene, edge, most_items, most) for edge in scene.edges]


def _strands(scene: Scene, edge: SceneEdge, most_items: int, most: float) -> list[Strand]:
    if scene.colour == "stance" and edge.items:
        counts = edge.strands(scene.items)
        return [
            Strand(style=stance if stance in STANCES or not stance else "neutral", width=edge_width(count, most_items))
            for stance, count in counts.items()
        ]
    style = ("critical", "neutral", "supportive")[edge.sign + 1] if scene.colour == "sign" else "neutral"
    if scene.weighing:
        return [Strand(style=style, width=max(abs(edge.weight) / most * _HEAVIEST, 1.0))]
    return [Strand(style=style, width=edge_width(edge.weight, most))]


def curves_of(scene: Scene, points: Sequence[Point], *, unit: float = 1.0) -> list[Curve]:
    """Return the way of each edge between its nodes; of several between the same two, each goes its own.

    Args:
        scene: what is drawn.
        points: where its nodes are.
        unit: how much larger than at scale 1 lines are.
    """
    is_free = scene.arrangement == "free"
    return [
        _curve(points[edge.source], points[edge.target], fan, unit, is_free=is_free)
        for edge, fan in zip(scene.edges, _fans(scene.edges), strict=True)
    ]


def point_of(curve: Curve, part: float) -> Point:
    """Return a point of a curve, from 0 at its start to 1 at its end.

    Example:
        >>> point_of(((0, 0), (1, 0), (2, 0), (3, 0)), 0.5)
        (1.5, 0.0)
    """
    rest = 1 - part
    shares = (rest**3, 3 * rest * rest * part, 3 * rest * part * part, part**3)
    x, y = (sum(share * point[axis] for share, point in zip(shares, curve, strict=True)) for axis in (0, 1))
    return x, y


def draw_lines(scene: Scene, points: Sequence[Point], *, unit: float = 1.0) -> Iterator[Path]:
    """Yield the lines between nodes, and arrowheads where direction means something.

    Args:
        scene: what is drawn.
        points: where its nodes are.
        unit: how much larger than at scale 1 lines are.
    """
    alpha = min(max(0.85 - 0.28 * log10(max(len(scene.edges), 150) / 150), 0.3), 0.85)
    are_told = len(scene.edges) <= _MOST_TOLD
    has_arrows = scene.directed and scene.arrangement != "columns"
    curves = curves_of(scene, points, unit=unit)
    for edge, strands, curve in zip(scene.edges, strands_of(scene), curves, strict=True):
        title = f"{scene.nodes[edge.source].name} – {scene.nodes[edge.target].name}" if are_told else ""
        total = sum(strand.width for strand in strands) * unit
        way: Curve = curve
        head: tuple[Point, ...] = ()
        if has_arrows and edge.source != edge.target:
            way, head = _arrow(curve, total, unit)
        yield from _bundle(way, strands, unit, alpha, title, is_free=scene.arrangement == "free")
        if head:
            widest = max(strands, key=lambda strand: strand.width)
            yield Path(steps=straight(*head), fill=COLOURS[widest.style or "neutral"], alpha=alpha)


def _bundle(
    curve: Curve, strands: Sequence[Strand], unit: float, alpha: float, title: str, *, is_free: bool
) -> Iterator[Path]:
    """Yield the strands of a line, side by side."""
    (x0, y0), _, _, (x3, y3) = curve
    far = hypot(x3 - x0, y3 - y0)
    across, down = ((y0 - y3) / far, (x3 - x0) / far) if is_free and far > 1 else (0.0, 1.0)
    offset = -sum(strand.width for strand in strands) * unit / 2
    for strand in strands:
        width = strand.width * unit
        aside = offset + width / 2
        offset += width
        start, *others = ((x + across * aside, y + down * aside) for x, y in curve)
        yield Path(
            steps=(("M", start), ("C", tuple(number for point in others for number in point))),
            stroke=COLOURS[strand.style or "neutral"],
            width=width,
            dash=tuple(length * max(unit, 0.5) for length in DASHES.get(strand.style, ())),
            alpha=alpha,
            title=title,
        )


def _fans(edges: Sequence[SceneEdge]) -> list[float]:
    """Say for each edge how far to one side it goes, where several join the same two nodes."""
    groups: dict[tuple[int, int], list[int]] = {}
    for at, edge in enumerate(edges):
        groups.setdefault((min(edge.source, edge.target), max(edge.source, edge.target)), []).append(at)
    fans = [0.0] * len(edges)
    for group in groups.values():
        for at, number in enumerate(group):
            side = 1 if edges[number].source <= edges[number].target else -1
            fans[number] = (at - (len(group) - 1) / 2) * side
    return fans


def _curve(start: Point, end: Point, fan: float, unit: float, *, is_free: bool) -> Curve:
    (x0, y0), (x1, y1) = start, end
    if start == end:
        reach = max(34 + 16 * fan, 18) * unit  # loops stand within each other
        return start, (x0 - reach * 0.8, y0 - reach), (x0 + reach * 0.8, y0 - reach), end
    if not is_free:
        lift = fan * 16 * unit
        if abs(x1 - x0) < 1:
            reach = 24 * unit + abs(y1 - y0) * 0.25
            return start, (x0 + reach, y0 + lift), (x1 + reach, y1 + lift), end
        middle = (x0 + x1) / 2
        return start, (middle, y0 + lift), (middle, y1 + lift), end
    far = hypot(x1 - x0, y1 - y0) or 1.0
    bend = min(abs(fan) * _APART * unit, far * 0.6) * (1 if fan >= 0 else -1) * 1.33 / far
    across, down = (y0 - y1) * bend, (x1 - x0) * bend
    third_x, third_y = (x1 - x0) / 3, (y1 - y0) / 3
    return start, (x0 + third_x + across, y0 + third_y + down), (x1 - third_x + across, y1 - third_y + down), end


def _arrow(curve: Curve, width: float, unit: float) -> tuple[Curve, tuple[Point, ...]]:
    """Return the curve cut short, and the arrowhead at the rim of the node that it leads to."""
    start, first, (hx, hy), (x, y) = curve
    far = hypot(x - hx, y - hy) or 1.0
    dx, dy = (x - hx) / far, (y - hy) / far
    rim = RADIUS * unit * 1.25
    long = min(6 * unit + width, 16 * unit, hypot(x - start[0], y - start[1]) * 0.4)
    wide = min(2.6 * unit + width * 0.8, width / 2 + 4 * unit)
    tip = x - dx * rim, y - dy * rim
    foot = tip[0] - dx * long, tip[1] - dy * long
    head = (tip, (foot[0] - dy * wide, foot[1] + dx * wide), (foot[0] + dy * wide, foot[1] - dx * wide))
    return (start, first, (hx, hy), (tip[0] - dx * long * 0.8, tip[1] - dy * long * 0.8)), head
