"""Figures that do not hold together, drawn: what was said, hollow, and the nearest numbers that could be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from stpgraph.checks.findings import Finding
from stpgraph.pages.story.gathered import Gathered, Row
from stpgraph.pages.wording import number
from stpgraph.tables import Cell

__all__ = ["WIDTH", "Doubt", "Mark", "list_doubts"]

#: Width of the drawing, and where its lines start and end.
WIDTH, _LEFT, _RIGHT = 340.0, 12.0, 328.0

#: The most findings that a page shows.
_MOST = 30

#: The most documents and reports that a finding names.
_MOST_PLACES = 4

_CURRENCIES = {"GBP": "£", "EUR": "€", "USD": "$"}

#: Two numbers that are no farther apart, in percent, are drawn larger.
_NEAR = 12.0

#: Between thousands: of a line that may be broken, and of one that may not.
_THIN_SPACE, _THIN_UNBROKEN = "\u2009", "\u202f"

#: Of large sums of money: what they are counted in.
_LARGE = ((10**9, "bn"), (10**6, "m"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A number on a line.

    Attributes:
        x: where it stands, in pixels.
        left: where its interval starts.
        right: where its interval ends.
        label: what stands beside it.
        anchor: start, middle or end: on which side of x the label stands.
        is_possible: whether it is what could be, and not what was said.
    """

    x: float
    left: float
    right: float
    label: str
    anchor: str
    is_possible: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """One finding.

    Attributes:
        reason: what does not hold.
        message: the plain sentence why.
        mend: what would fit, or what to ask.
        where: the documents and reports that state it.
        first: what was said; None where it cannot be drawn.
        second: what it is held against; None for nothing.
        ends: what stands at the two ends of the line.
        whole: where 100 stands on a line that goes beyond it; None otherwise.
        lens: the part of the line about what was said, drawn larger: its two ends as numbers; () for none.
        spread: where that part starts and ends on the line.
        near: within the lens: what was said, and what it is held against or the nearest numbers that could be.
    """

    reason: str
    message: str
    mend: str
    where: str
    first: Mark | None
    second: Mark | None
    ends: tuple[str, str]
    whole: float | None
    lens: tuple[str, ...]
    spread: tuple[float, float]
    near: tuple[Mark, ...]


def list_doubts(gathered: Gathered) -> tuple[tuple[Doubt, ...], int]:
    """Return the findings of a graph, those of documents that were read first, and how many are left out."""
    titles = {work.title for work in gathered.documents}
    alike: dict[str, list[tuple[Row, Finding]]] = {}
    for row, finding in gathered.doubts:
        alike.setdefault(finding.message, []).append((row, finding))
    doubts = [(_is_of(found, titles), _doubt(found)) for found in alike.values()]
    ordered = [doubt for is_of_document in (True, False) for is_of, doubt in doubts if is_of is is_of_document]
    return tuple(ordered[:_MOST]), len(ordered[_MOST:])


def _is_of(found: Sequence[tuple[Row, Finding]], titles: set[str]) -> bool:
    return any(not titles.isdisjoint(finding.place.split("; ")) for _, finding in found)


def _doubt(found: Sequence[tuple[Row, Finding]]) -> Doubt:
    row, finding = found[0]
    bounds = _bounds(row, ""), _bounds(row, "other_")
    is_percent = row["unit"] == "%"
    greatest = max((value for pair in bounds for value in pair if value is not None), default=0.0)
    end = max(100.0, -(-greatest // 20) * 20.0) if is_percent else greatest * 1.1 or 1.0
    has_parts = str(row["reason"]).startswith("parts")
    scale = (0.0, end)
    first = _mark(*bounds[0], "all parts" if has_parts else str(row["first"] or ""), scale)
    second = None if has_parts else _mark(*bounds[1], str(row["second"] or ""), scale)
    lens = _lens(row) if is_percent and first else ()
    is_between_counts = row["fewer_share"] is not None
    return Doubt(
        reason=str(row["reason"]),
        message=finding.message.replace(_THIN_SPACE, _THIN_UNBROKEN),
        mend=_sentence(finding.mend),
        where=_where([one.place for _, one in found]),
        first=first,
        second=None if is_between_counts else second,
        ends=("0", f"{end:g} %" if is_percent else _money(end, str(row["unit"] or ""))),
        whole=_x(100.0, scale) if is_percent and end > 100 else None,
        lens=tuple(f"{value:g} %" for value in lens),
        spread=(_x(lens[0], scale), _x(lens[1], scale)) if lens else (0.0, 0.0),
        near=_near(row, (lens[0], lens[1])) if lens else (),
    )


def _where(places: Sequence[str]) -> str:
    """Name the first documents and reports that state it, and count the others."""
    titles = list(dict.fromkeys(title for place in places for title in place.split("; ") if title))
    more = len(titles) - _MOST_PLACES
    if more > 1:
        titles = [*titles[:_MOST_PLACES], f"{number(more)} more"]
    return "; ".join(titles) or "where it stands is not known"


def _bounds(row: Row, which: str) -> tuple[float | None, float | None]:
    low, high = (_float(row[f"{which}{name}"]) for name in ("lowest", "highest"))
    return low, high


def _float(cell: Cell) -> float | None:
    return float(cell) if isinstance(cell, int | Decimal) else None


def _x(value: float, scale: tuple[float, float]) -> float:
    share = (value - scale[0]) / (scale[1] - scale[0])
    return round(_LEFT + min(max(share, 0.0), 1.0) * (_RIGHT - _LEFT), 1)


def _mark(
    low: float | None, high: float | None, label: str, scale: tuple[float, float], *, is_possible: bool = False
) -> Mark | None:
    if low is None and high is None:
        return None
    left, right = (_x(end if value is None else value, scale) for value, end in zip((low, high), scale, strict=True))
    x = round((left + right) / 2, 1)
    third = (_RIGHT - _LEFT) / 3
    anchor = "start" if x < _LEFT + third else "end" if x > _RIGHT - third else "middle"
    short = label if len(label) < 40 else f"{label[:38]}…"
    return Mark(x=x, left=left, right=right, label=short, anchor=anchor, is_possible=is_possible)


def _lens(row: Row) -> tuple[float, ...]:
    """Return whole numbers of percent about what was said and what is near it; () where nothing is near."""
    names = ("lowest", "highest", "other_lowest", "other_highest", "fewer_share", "more_share")
    there = [value for value in (_float(row[name]) for name in names) if value is not None]
    if len(there) < len(names) - 2 or str(row["reason"]).startswith("parts"):
        return ()
    first, last = min(there), max(there)
    if last - first > _NEAR:
        return ()
    room = max((last - first) * 0.3, 0.2)
    return float(int(max(first - room, 0.0))), float(-int(-(last + room) // 1))


def _near(row: Row, scale: tuple[float, float]) -> tuple[Mark, ...]:
    """Mark what was said, and the counts next to it or the other figure."""
    first = _mark(*_bounds(row, ""), _told(row, "first", ""), scale)
    second = _mark(*_bounds(row, "other_"), _told(row, "second", "other_"), scale)
    near = [first] if row["fewer_share"] is not None else [first, second]
    for name in ("fewer", "more"):
        share = _float(row[f"{name}_share"])
        if share is not None:
            label = f"{row[name]} of {row['base']}: {share:.1f} %"
            near.append(_mark(share, share, label, scale, is_possible=True))
    return tuple(mark for mark in near if mark)


def _told(row: Row, name: str, which: str) -> str:
    low, high = (f"{value:.1f}".removesuffix(".0") if value is not None else "" for value in _bounds(row, which))
    return f"{row[name]}: {low} %" if low == high else f"{row[name]}: {low} to {high} %"


def _money(value: float, unit: str) -> str:
    for size, name in _LARGE:
        if value >= size:
            return f"{_CURRENCIES.get(unit, '')}{value / size:.1f}{name}"
    return f"{_CURRENCIES.get(unit, '')}{number(round(value))}"


def _sentence(text: str) -> str:
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text.endswith(("?", ".")) else ".")
