"""The legend of a still picture: what colour, width and shape say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stpgraph.networks.evidence import STANCES
from stpgraph.pages.lettering import text_width, wrap
from stpgraph.pages.scenes import Scene
from stpgraph.pages.stills.lines import Strand, strands_of
from stpgraph.pages.stills.marks import COLOURS, DASHES, Mark, Path, Run, Words, straight
from stpgraph.pages.stills.shapes import draw_shape
from stpgraph.pages.wording import number

__all__ = ["Entry", "LegendRow", "draw_legend", "legend_in_words", "legend_of"]

#: Height of the type, from one line to the next, and between entries.
_SIZE, _LEADING, _BETWEEN = 12.5, 21.0, 12.0

#: The most of the width that the heads of rows take.
_MOST_HEAD = 0.45

#: Pixels for a shape, and for a piece of line, before their words.
_SHAPE, _LINE = 22.0, 38.0

#: The colours of signs, in the order of the legend.
_SIGNS = ((1, "supportive"), (-1, "critical"), (0, "neutral"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A shape or a piece of line, and what it says."""

    text: str
    count: str = ""
    kind: str = ""
    strand: Strand | None = None

    @property
    def icon(self) -> float:
        """The pixels that the shape or the line takes."""
        return _SHAPE if self.kind else _LINE


@dataclass(frozen=True, slots=True, kw_only=True)
class LegendRow:
    """What one property of the picture says."""

    head: str
    entries: tuple[Entry, ...]


def legend_of(scene: Scene) -> list[LegendRow]:
    """Return what there is to explain in a picture."""
    rows = [
        LegendRow(head=f"Colour, stance of the {scene.things[1]}:", entries=tuple(_stances(scene)))
        if scene.colour == "stance"
        else LegendRow(head="Colour:", entries=tuple(_signs(scene))),
        LegendRow(head=f"Width, {scene.width_means} (length says nothing):", entries=tuple(_widths(scene))),
        LegendRow(head="Shape:", entries=tuple(_kinds(scene))),
    ]
    return [row for row in rows if row.entries]


def legend_in_words(rows: Sequence[LegendRow]) -> str:
    """Write a legend as sentences.

    Example:
        >>> legend_in_words([LegendRow(head="Shape:", entries=(Entry(text="body", count="2", kind="body"),))])
        'Shape: body 2.'
    """
    return " ".join(
        f"{row.head} {', '.join(' '.join(filter(None, (one.text, one.count))) for one in row.entries)}." for row in rows
    )


def _stances(scene: Scene) -> Iterator[Entry]:
    stances = [one.stance for one in scene.items if one.kind == "claim"]
    for stance in (*STANCES, ""):
        if count := stances.count(stance):
            yield Entry(text=stance or "not known", count=number(count), strand=Strand(style=stance, width=5))
    if other := sum(stance not in {*STANCES, ""} for stance in stances):
        yield Entry(text="another", count=number(other), strand=Strand(style="neutral", width=5))


def _signs(scene: Scene) -> Iterator[Entry]:
    if scene.colour != "sign":
        return
    signs = [edge.sign for edge in scene.edges]
    for sign, style in _SIGNS:
        if count := signs.count(sign):
            yield Entry(text=scene.signs[sign + 1], count=number(count), strand=Strand(style=style, width=5))


def _widths(scene: Scene) -> Iterator[Entry]:
    """Yield the least, a middle and the greatest weight, with the widths of their lines."""
    widths = {
        round(abs(edge.weight), 2): sum(strand.width for strand in strands)
        for edge, strands in zip(scene.edges, strands_of(scene), strict=True)
    }
    weights = sorted(widths)
    picked = dict.fromkeys([*weights[:1], *weights[len(weights) // 2 :][:1], *weights[-1:]])
    for weight in picked:
        text = number(int(weight)) if weight == int(weight) else f"{weight:g}"
        yield Entry(text=text, strand=Strand(style="neutral", width=widths[weight]))


def _kinds(scene: Scene) -> Iterator[Entry]:
    kinds = [node.kind for node in scene.nodes]
    for kind, words in scene.kinds.items():
        yield Entry(text=words, count=number(kinds.count(kind)), kind=kind)


def draw_legend(rows: Sequence[LegendRow], *, left: float, top: float, width: float) -> tuple[list[Mark], float]:
    """Put entries side by side, in as many lines as they need.

    Returns:
        The marks, and where the legend ends below.
    """
    marks: list[Mark] = []
    y = top + _LEADING / 2
    heads = [wrap(row.head, size=_SIZE, width=width * _MOST_HEAD, lines=3) for row in rows]
    start = left + max((text_width(line, _SIZE) for head in heads for line in head), default=0.0)
    for head, row in zip(heads, rows, strict=True):
        for at, line in enumerate(head):
            run = Run(text=line, size=_SIZE, colour=COLOURS["quiet"])
            marks.append(Words(x=left, y=y + at * _LEADING, runs=(run,), room=start - left))
        x, below = start, y + (len(head) - 1) * _LEADING
        for entry in row.entries:
            text = wrap(entry.text, size=_SIZE, width=left + width - start - entry.icon - 60, lines=1)[0]
            taken = entry.icon + text_width(f"{text} {entry.count}", _SIZE)
            if x > start and x + taken > left + width:
                x, y = start, y + _LEADING
            marks += _entry(entry, text, x, y)
            x += taken + _BETWEEN
        y = max(y, below) + _LEADING + 3
    return marks, y - _LEADING / 2


def _entry(entry: Entry, text: str, x: float, y: float) -> Iterator[Mark]:
    if entry.kind:
        yield from draw_shape(entry.kind, x + 8, y, 6.5)
    elif entry.strand:
        yield Path(
            steps=straight((x, y), (x + _LINE - 8, y), is_closed=False),
            stroke=COLOURS[entry.strand.style or "neutral"],
            width=min(entry.strand.width, 16.0),
            dash=DASHES.get(entry.strand.style, ()),
        )
    runs = [Run(text=text, size=_SIZE)]
    if entry.count:
        runs.append(Run(text=entry.count, size=_SIZE, colour=COLOURS["quiet"]))
    yield Words(x=x + entry.icon, y=y, runs=tuple(runs), gap=5)
