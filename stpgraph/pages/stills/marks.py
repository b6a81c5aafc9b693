"""What a still picture is made of: paths and words on a sheet, which any writer can put on paper."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

__all__ = [
    "BOLD",
    "COLOURS",
    "DASHES",
    "Mark",
    "Path",
    "Point",
    "Run",
    "Sheet",
    "Step",
    "Words",
    "printable",
    "ring",
    "straight",
]

Point: TypeAlias = tuple[float, float]

#: One step of a path: M moves, L draws a line, C a curve by two handles and an end, Z goes back to the start.
Step: TypeAlias = tuple[Literal["M", "L", "C", "Z"], tuple[float, ...]]

#: Colours on white paper, by what they say.
COLOURS = {
    "paper": "#ffffff",
    "ink": "#111111",
    "quiet": "#55595e",
    "rule": "#c9c5bc",
    "supportive": "#2166ac",
    "critical": "#b35806",
    "mixed": "#7b5ea7",
    "neutral": "#767676",
}

#: Dashes, so that a stance can be told without its colour.
DASHES: dict[str, tuple[float, ...]] = {"mixed": (7.0, 4.0), "": (1.5, 4.0)}

#: The weight of type that stands out.
BOLD = 700

#: What no paper can show, and no XML can hold.
_UNPRINTABLE = re.compile(
    "[^ -\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufdcf\ufdf0-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)

#: How far the handles of a quarter of a circle stand from its ends, as a share of the radius.
_HANDLE = 0.5523


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """A line or an area.

    Attributes:
        steps: how it goes.
        stroke: the colour of the line; "" for none.
        width: of the line.
        dash: lengths of its dashes and gaps; none for an unbroken line.
        fill: the colour of the area; "" for none.
        alpha: how strong it is, 0 to 1.
        title: what it stands for; "" where that is told by another.
    """

    steps: tuple[Step, ...]
    stroke: str = ""
    width: float = 1.0
    dash: tuple[float, ...] = ()
    fill: str = ""
    alpha: float = 1.0
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Words of one look, within a line.

    Attributes:
        text: the words.
        size: height of the type.
        colour: of the type.
        weight: 400 or `BOLD`.
    """

    text: str
    size: float
    colour: str = COLOURS["ink"]
    weight: int = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A line of text.

    Attributes:
        x: where it starts, ends, or has its middle.
        y: the middle of its small letters.
        runs: its parts, a gap between one and the next.
        anchor: what `x` is of it.
        gap: between two parts.
        room: the most that it may take across; 0 for any.
        has_rim: whether a rim of paper keeps it apart from lines below.
    """

    x: float
    y: float
    runs: tuple[Run, ...]
    anchor: Literal["start", "middle", "end"] = "start"
    gap: float = 6.0
    room: float = 0.0
    has_rim: bool = False


Mark: TypeAlias = Path | Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A picture.

    Attributes:
        width: in pixels.
        height: likewise.
        title: what it shows, in a sentence.
        description: what is to be seen, in words, for those who cannot see it.
        marks: from the lowest to the uppermost.
    """

    width: float
    height: float
    title: str
    description: str
    marks: tuple[Mark, ...]


def printable(text: str) -> str:
    r"""Write text on one line, with a replacement character for each that cannot be shown.

    Example:
        >>> printable("Jo\n Doe\x00")
        'Jo Doe�'
    """
    return _UNPRINTABLE.sub("\ufffd", " ".join(text.split()))


def straight(*points: Point, is_closed: bool = True) -> tuple[Step, ...]:
    """Return a path through points.

    Example:
        >>> straight((0, 0), (4, 0), is_closed=False)
        (('M', (0, 0)), ('L', (4, 0)))
    """
    (first, *others) = points
    steps: tuple[Step, ...] = (("M", first), *(("L", point) for point in others))
    return (*steps, ("Z", ())) if is_closed else steps


def ring(x: float, y: float, radius: float) -> tuple[Step, ...]:
    """Return a circle, as four curves.

    Example:
        >>> [letter for letter, _ in ring(0, 0, 5)]
        ['M', 'C', 'C', 'C', 'C', 'Z']
    """
    far = radius * _HANDLE
    return (
        ("M", (x + radius, y)),
        ("C", (x + radius, y + far, x + far, y + radius, x, y + radius)),
        ("C", (x - far, y + radius, x - radius, y + far, x - radius, y)),
        ("C", (x - radius, y - far, x - far, y - radius, x, y - radius)),
        ("C", (x + far, y - radius, x + radius, y - far, x + radius, y)),
        ("Z", ()),
    )
