"""Columns over time, stacked by stance, with marks below them; drawn as plain numbers for a template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stpgraph.pages.lettering import text_width
from stpgraph.site.briefs import Tally
from stpgraph.site.periods import Period, Span

__all__ = ["Chart", "Column", "Mark", "draw_columns"]

#: The order of the stances from the ground up, so that support and criticism do not touch where there is more.
_STACKED = ("supportive", "mixed", "neutral", "unknown", "critical")

#: Room above the columns, for the labels below them, and for each row of marks.
_HEAD, _FOOT, _LANE = 16.0, 20.0, 18.0

#: Of the labels, and what a mark takes of the room beside its number.
_SIZE, _BESIDE = 12.0, 16.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A period's column.

    Attributes:
        x: its left edge.
        width: of it.
        middle: of it.
        left: the left edge of the room it has.
        room: the width of that.
        parts: stance, top and height.
        top: of the whole.
        count: written above it; 0 where there is no room or nothing.
        label: written below it; "" where there is no room.
        anchor: start, middle or end: on which side of the middle the label stands.
        words: the period and what was said in it.
        address: of its claims; "" where there are none.
    """

    x: float
    width: float
    middle: float
    left: float
    room: float
    parts: tuple[tuple[str, float, float], ...]
    top: float
    count: int
    label: str
    anchor: str
    words: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Something dated below the columns.

    Attributes:
        kind: study or document.
        x: where it stands.
        y: likewise.
        left: where the time it may lie in starts, for what is known to the year only; else `x`.
        right: where that ends.
        count: how many things it stands for.
        is_counted: whether that is written beside it: not for one, nor where the next mark is too near.
        words: what they are.
        address: of the one, or of the row of the table that has them.
    """

    kind: str
    x: float
    y: float
    left: float
    right: float
    count: int
    is_counted: bool
    words: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Columns side by side on one ground, with marks below."""

    width: float
    height: float
    ground: float
    columns: tuple[Column, ...]
    marks: tuple[Mark, ...] = ()

    @property
    def is_small(self) -> bool:
        """Whether it is one of many, without labels."""
        return not any(column.label for column in self.columns)


#: Things of one kind and one date: kind, date, how many, words and address.
Dated = tuple[str, str, int, str, str]


def draw_columns(
    span: Span,
    tallies: Sequence[Tally],
    *,
    width: float,
    height: float,
    most: int,
    addresses: Sequence[str],
    dated: Sequence[Dated] = (),
    has_labels: bool = True,
) -> Chart:
    """Draw the claims of periods as columns.

    Args:
        span: the periods.
        tallies: of each the claims.
        width: of the drawing.
        height: of the tallest column.
        most: the claims of a column of that height.
        addresses: of each period the address of its claims.
        dated: what is dated below the columns; what lies outside is left out.
        has_labels: whether counts and periods are written.
    """
    step = width / max(len(span.periods), 1)
    head = _HEAD if has_labels else 2.0
    ground = head + height
    labels = _labels(span, step, width) if has_labels else {}
    columns = [
        _column(
            period,
            tally,
            at=at,
            step=step,
            ground=ground,
            each=height / max(most, 1),
            label=labels.get(at, ("", "middle")),
            address=addresses[at],
            has_count=has_labels,
        )
        for at, (period, tally) in enumerate(zip(span.periods, tallies, strict=True))
    ]
    marks, lanes = _marks(span, dated, step, ground + (_FOOT if has_labels else 0))
    foot = (_FOOT if has_labels else 2.0) + lanes * _LANE
    return Chart(width=width, height=ground + foot, ground=ground, columns=tuple(columns), marks=marks)


def _column(
    period: Period,
    tally: Tally,
    *,
    at: int,
    step: float,
    ground: float,
    each: float,
    label: tuple[str, str],
    address: str,
    has_count: bool,
) -> Column:
    """Draw the column of one period, `each` pixels a claim."""
    parts, top = _stacked(tally, ground, each)
    thick = min(step * 0.84, 64.0)
    text, anchor = label
    return Column(
        x=round((at + 0.5) * step - thick / 2, 2),
        width=round(thick, 2),
        middle=round((at + 0.5) * step, 1),
        left=round(at * step, 2),
        room=round(step, 2),
        parts=parts,
        top=round(top, 1),
        count=tally.total if has_count and step >= text_width(str(tally.total), _SIZE) else 0,
        label=text,
        anchor=anchor,
        words=f"{period.label}: {tally.words}",
        address=address if tally.total else "",
    )


def _stacked(tally: Tally, ground: float, each: float) -> tuple[tuple[tuple[str, float, float], ...], float]:
    counts = dict(tally.parts)
    parts, top = [], ground
    for name in _STACKED:
        if name in counts:
            height = counts[name] * each
            top -= height
            parts.append((name, round(top, 2), round(height, 2)))
    return tuple(parts), top


def _labels(span: Span, step: float, width: float) -> dict[int, tuple[str, str]]:
    """Return which periods are named, so that no two names touch; years go before what lies between them."""
    found: dict[int, tuple[str, str]] = {}
    taken: list[tuple[float, float]] = []
    named = [at for at, period in enumerate(span.periods) if period.is_first_of_year]
    others = [at for at in range(len(span.periods)) if at not in set(named)]
    for at in dict.fromkeys([*range(min(len(span.periods), 1)), *named, *others]):
        period = span.periods[at]
        text = _short(period.label, span.unit, is_whole=at == 0 or period.is_first_of_year)
        half, middle = text_width(text, _SIZE) / 2, (at + 0.5) * step
        anchor = "start" if middle - half < 0 else "end" if middle + half > width else "middle"
        left = {"start": middle, "middle": middle - half, "end": middle - 2 * half}[anchor]
        if left < 0 or left + 2 * half > width + 1:
            continue
        if all(left + 2 * half + 8 < start or left > end + 8 for start, end in taken):
            taken.append((left, left + 2 * half))
            found[at] = text, anchor
    return found


def _short(label: str, unit: str, *, is_whole: bool) -> str:
    """Name a period below its column: a month by its first letters, a quarter by its months."""
    words = label.split()
    if unit == "decade":
        return f"{words[0]}s"
    if unit == "year":
        return label
    year = f" {words[-1]}" if is_whole else ""
    months = words[0][:3] if unit == "month" else f"{words[0][:3]}–{words[-2][:3]}"
    return months + year


def _marks(span: Span, dated: Sequence[Dated], step: float, top: float) -> tuple[tuple[Mark, ...], int]:
    """Place what is dated: a lane for each kind, and one more for what is known less precisely than periods are."""
    placed = []
    for kind, day, count, words, address in dated:
        within = span.numbers(day)
        if within is not None:
            placed.append(((kind, within[0] != within[1]), within, (count, words, address)))
    order = sorted({lane for lane, _, _ in placed}, key=lambda lane: (lane[0] != "study", lane[1]))
    lanes = {lane: at for at, lane in enumerate(order)}
    marks = []
    for lane, (first, last), (count, words, address) in placed:
        left, right = (first + 0.5) * step, (last + 0.5) * step
        marks.append(
            Mark(
                kind=lane[0],
                x=round((left + right) / 2, 1),
                y=round(top + (lanes[lane] + 0.5) * _LANE, 1),
                left=round(left, 1),
                right=round(right, 1),
                count=count,
                is_counted=count > 1 and max(step, right - left) >= _BESIDE + text_width(str(count), _SIZE),
                words=words,
                address=address,
            )
        )
    return tuple(marks), len(lanes)
