"""A scene on a sheet: the sentence that it answers, the picture, and below it the legend and the note."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from stpgraph.pages.layout import Layout
from stpgraph.pages.lettering import wrap
from stpgraph.pages.scenes import Points, Scene
from stpgraph.pages.stills.legends import draw_legend, legend_in_words, legend_of
from stpgraph.pages.stills.lines import draw_lines
from stpgraph.pages.stills.marks import BOLD, COLOURS, Mark, Path, Point, Run, Sheet, Words, straight
from stpgraph.pages.stills.names import draw_heads, draw_placed, name_nodes
from stpgraph.pages.stills.shapes import RADIUS, draw_shape, draw_shapes
from stpgraph.pages.wording import counted

__all__ = ["lay_out"]

#: Room around everything, between the picture and what stands above and below it, and the least width.
_MARGIN, _GAP, _NARROWEST = 28.0, 16.0, 720.0

#: The most pixels across and down of a picture that forces arranged, the most that it is enlarged, and room beside it
#: for names.
_BROAD, _TALL, _MOST, _BESIDE = 1000.0, 1000.0, 2.0, 60.0

#: The least and most that shapes and lines are then enlarged.
_FINEST, _BOLDEST = 0.26, 1.2

#: Height of the line above columns, the least radius of a node with a name, and the most nodes drawn one by one.
_HEADS, _LEAST_NAMED, _MOST_ALONE = 26.0, 4.0, 2000

#: The most lines of the title, and of what stands below it.
_MOST_LINES = 12

#: Type of the title, of what stands below it, and of the note: height, and from one line to the next.
_TITLE, _BELOW, _NOTE = (20.0, 26.0), (14.0, 20.0), (11.5, 16.0)


def lay_out(scene: Scene) -> Sheet:
    """Put all that a scene shows on a sheet."""
    width, height = _size(scene)
    across = max(width, _NARROWEST)
    y = _MARGIN
    marks: list[Mark] = []
    for text, (size, leading), weight, colour in (
        (scene.title, _TITLE, BOLD, COLOURS["ink"]),
        (scene.standfirst, _BELOW, 400, COLOURS["quiet"]),
    ):
        lines = _balanced(text, size, across) if text else ()
        for line in lines:
            run = Run(text=line, size=size, weight=weight, colour=colour)
            marks.append(Words(x=_MARGIN, y=y + leading / 2, runs=(run,), room=across))
            y += leading
        y += 4 if lines else 0
    if scene.nodes:
        y += _GAP
        marks += _picture(scene, _MARGIN + (across - width) / 2, y)
        y += height + _GAP
    rows = legend_of(scene)
    if rows:
        rule = straight((_MARGIN, y), (_MARGIN + across, y), is_closed=False)
        marks.append(Path(steps=rule, stroke=COLOURS["rule"], width=1))
        drawn, y = draw_legend(rows, left=_MARGIN, top=y + 10, width=across)
        marks += drawn
    for line in wrap(scene.note, size=_NOTE[0], width=across, lines=6) if scene.note else ():
        y += _NOTE[1]
        marks.append(Words(x=_MARGIN, y=y, runs=(Run(text=line, size=_NOTE[0], colour=COLOURS["quiet"]),), room=across))
    told = f"A network of {counted(len(scene.nodes), 'node')} and {counted(len(scene.edges), 'edge')}."
    return Sheet(
        width=across + 2 * _MARGIN,
        height=round(y + _MARGIN),
        title=scene.title,
        description=" ".join(filter(None, (scene.standfirst, told, legend_in_words(rows), scene.note))),
        marks=tuple(marks),
    )


def _balanced(text: str, size: float, width: float) -> tuple[str, ...]:
    """Break text into as few lines as it needs, of about the same length."""
    lines = wrap(text, size=size, width=width, lines=_MOST_LINES)
    while len(lines) > 1 and width > size * 10:
        width *= 0.97
        narrower = wrap(text, size=size, width=width, lines=_MOST_LINES)
        if len(narrower) > len(lines) or " ".join(narrower) != " ".join(lines):
            break
        lines = narrower
    return lines


def _layout(scene: Scene) -> Layout | Points:
    """Return the layout for paper."""
    return scene.layouts["free" if scene.arrangement == "free" else "wide"]


def _scale(layout: Points) -> float:
    return min(_BROAD / layout.width, _TALL / layout.height, _MOST)


def _size(scene: Scene) -> tuple[float, float]:
    """Return the width and height of the network itself."""
    layout = _layout(scene)
    if isinstance(layout, Layout):
        return layout.columns.width, layout.height + _head_room(scene)
    scale = _scale(layout)
    return max(layout.width * scale + 2 * _BESIDE, _NARROWEST), layout.height * scale


def _head_room(scene: Scene) -> float:
    return _HEADS if scene.heads else 0.0


def _picture(scene: Scene, left: float, top: float) -> Iterator[Mark]:
    """Yield the marks of the network itself."""
    layout = _layout(scene)
    draw = _placed(scene, layout, left, top) if isinstance(layout, Layout) else _free(scene, layout, left, top)
    yield from draw


def _placed(scene: Scene, layout: Layout, left: float, top: float) -> Iterator[Mark]:
    """Draw a picture whose nodes stand in columns or layers, a name beside each."""
    below = top + _head_room(scene)
    places = [layout.places[node.id] for node in scene.nodes]
    points = [(left + place.x, below + place.y) for place in places]
    yield from draw_lines(scene, points)
    yield from _shapes(scene, points, RADIUS)
    yield from (_moved(words, left, below) for words in draw_placed(scene, layout))
    yield from (_moved(words, left, top) for words in draw_heads(scene, layout, y=_HEADS / 2))


def _free(scene: Scene, layout: Points, left: float, top: float) -> Iterator[Mark]:
    """Draw a picture that forces arranged, with names where there is room."""
    scale = _scale(layout)
    unit = min(max(scale, _FINEST), _BOLDEST)
    width, height = _size(scene)
    beside = (width - layout.width * scale) / 2
    points = [(beside + x * scale, y * scale) for x, y in zip(layout.x, layout.y, strict=True)]
    radius = RADIUS * unit
    named = list(name_nodes(scene, points, width=width, height=height, radius=max(radius, _LEAST_NAMED), unit=unit))
    moved = [(left + x, top + y) for x, y in points]
    yield from draw_lines(scene, moved, unit=unit)
    yield from _shapes(scene, moved, radius, {one.node for one in named})
    yield from (_moved(words, left, top) for one in named for words in one.words)


def _shapes(
    scene: Scene, points: list[Point], radius: float, named: set[int] | frozenset[int] = frozenset()
) -> Iterator[Path]:
    """Yield the shapes of all nodes; one with a name is large enough to see its kind.

    Where there are many, those without a name are drawn as one for each kind.
    """
    crowds: dict[str, list[Point]] = {}
    alone: list[int] = []
    for at, (node, point) in enumerate(zip(scene.nodes, points, strict=True)):
        if len(points) > _MOST_ALONE and at not in named:
            crowds.setdefault(node.kind, []).append(point)
        else:
            alone.append(at)
    for kind, crowd in crowds.items():
        yield from draw_shapes(kind, crowd, radius)
    for at in alone:
        node, size = scene.nodes[at], max(radius, _LEAST_NAMED) if at in named else radius
        yield from draw_shape(node.kind, *points[at], size, title=node.name)


def _moved(words: Words, right: float, down: float) -> Words:
    return replace(words, x=words.x + right, y=words.y + down)
