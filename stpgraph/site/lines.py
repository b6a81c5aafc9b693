"""A figure drawn: what was said with the interval that its wording allows, on a line, and what lies next to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor

from stpgraph.pages.wording import number
from stpgraph.site.sayings import Saying

__all__ = ["Line", "draw_lens", "draw_line", "in_figures", "interval_in_words", "scale_of"]

#: Where a line starts and ends, in pixels of a drawing 240 wide.
_LEFT, _RIGHT = 8.0, 232.0

#: Two numbers that are no farther apart, in percent, are drawn larger.
_NEAR = Decimal(12)

#: From here on a number is written with its power of ten.
_BEYOND = Decimal(10) ** 18

_CURRENCIES = {"GBP": "£", "EUR": "€", "USD": "$"}

#: Of large sums: what they are counted in.
_LARGE = ((Decimal(10) ** 9, "bn"), (Decimal(10) ** 6, "m"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A figure on a line.

    Attributes:
        left: where its interval starts.
        right: where it ends.
        is_open: whether no bound is set at the left, and at the right.
        dot: where the number itself stands; None where the words only set a bound.
        beside: where the nearest numbers stand that could be, or the other readings.
        whole: where 100 stands on a line that goes beyond it; None otherwise.
        ends: what stands at its two ends.
        words: all of it as a sentence.
    """

    left: float
    right: float
    is_open: tuple[bool, bool]
    dot: float | None
    beside: tuple[float, ...]
    whole: float | None
    ends: tuple[str, str]
    words: str


#: The numbers at the two ends of a line.
Scale = tuple[Decimal, Decimal]


def scale_of(group: Iterable[Saying]) -> dict[str, Scale]:
    """Return the scale of each unit in which a measure is told: 0 to 100 for shares, else 0 to above the greatest.

    Figures of one measure are drawn on one scale, so that they can be compared; a number that is no share and stands
    alone has nothing to be compared with, and none.
    """
    told: dict[str, list[Saying]] = {}
    for one in group:
        told.setdefault("%" if one.sort == "share" else one.unit, []).append(one)
    scales: dict[str, Scale] = {}
    for unit, sayings in told.items():
        numbers = [n for one in sayings for n in (*one.bounds, one.as_share(one.value)) if n is not None]
        if unit == "%":
            scales[unit] = Decimal(0), Decimal(max(100, ceil(max(numbers, default=Decimal(0)) / 50) * 50))
        elif len({(one.value, *one.bounds) for one in sayings}) > 1 and numbers and max(numbers) > 0:
            scales[unit] = min(*numbers, Decimal(0)), max(numbers) * Decimal("1.08")
    return scales


def draw_line(one: Saying, scales: dict[str, Scale], others: Sequence[Saying]) -> Line | None:
    """Draw a figure on the scale of its unit; None where there is none, or it sets no bound.

    Args:
        one: the figure.
        scales: of its measure, by unit.
        others: those of the same measure.
    """
    scale = scales.get("%" if one.sort == "share" else one.unit)
    return _drawn(one, scale, _beside(one, others)) if scale else None


def draw_lens(one: Saying, others: Sequence[Saying]) -> Line | None:
    """Draw a doubtful share larger, where what lies next to it is near; None where it is not, or nothing is doubted."""
    beside = _beside(one, others)
    numbers = [n for n in (*one.bounds, *beside) if n is not None]
    if one.sort != "share" or None in one.bounds or not beside or max(numbers) - min(numbers) > _NEAR:
        return None
    room = max((max(numbers) - min(numbers)) * Decimal("0.3"), Decimal("0.2"))
    first, last = floor(max(min(numbers) - room, Decimal(0))), ceil(max(numbers) + room)
    return _drawn(one, (Decimal(first), Decimal(last)), beside)


def _beside(one: Saying, others: Sequence[Saying]) -> list[Decimal]:
    """Return what a doubtful figure is held against: the counts next to it, or the readings that it does not meet."""
    if not one.findings:
        return []
    counts = one.counts_beside
    found = [Decimal(count * 100) / one.base for count in counts] if counts and one.base else []
    for other in others:
        value = other.as_share(other.value)
        if other.sort == one.sort and other.unit in (one.unit, "%", "count") and value is not None:
            found += [] if one.meets(other) else [value]
    return sorted(set(found))


def _drawn(one: Saying, scale: Scale, beside: Sequence[Decimal]) -> Line | None:
    low, high = one.bounds
    if low is None and high is None:
        return None
    value = one.as_share(one.value)
    is_share = one.sort == "share"
    top = scale[1]
    return Line(
        left=_x(scale[0] if low is None else low, scale),
        right=_x(top if high is None else high, scale),
        is_open=(low is None, high is None),
        dot=_x(value, scale) if value is not None and low is not None and high is not None else None,
        beside=tuple(_x(number, scale) for number in beside),
        whole=_x(Decimal(100), scale) if is_share and scale[0] < 100 < top else None,
        ends=(_short(scale[0], one), _short(top, one)),
        words=f"{interval_in_words(one)}, on a line from {_short(scale[0], one)} to {_short(top, one)}",
    )


def _x(value: Decimal, scale: Scale) -> float:
    share = float((value - scale[0]) / (scale[1] - scale[0]))
    return round(_LEFT + min(max(share, 0.0), 1.0) * (_RIGHT - _LEFT), 1)


def _short(value: Decimal, one: Saying) -> str:
    """Write the end of a line."""
    if one.sort == "share":
        return f"{plain(value)} %"
    for size, name in _LARGE:
        if abs(value) >= size:
            return _with_unit(f"{value / size:.1f}{name}", one)
    return _with_unit(plain(round(value)), one)


def in_figures(one: Saying) -> str:
    """Write a figure as a number: with thin spaces between thousands, and its unit; "" where there is no number."""
    if one.value is None:
        return ""
    if one.unit == "%":
        return f"{_to_places(one.value, 2)} %"
    whole = f"{plain(one.value)} of {number(one.denominator)}" if one.denominator else plain(one.value)
    return _with_unit(whole, one)


def interval_in_words(one: Saying) -> str:
    """Write what the wording allows; a share in percent."""
    low, high = one.bounds
    is_share = one.sort == "share"

    def told(value: Decimal) -> str:
        return f"{_to_places(value, 1)} %" if is_share else _with_unit(plain(value), one)

    if low is None or high is None:
        bound = high if low is None else low
        return "no bound" if bound is None else f"{'at most' if low is None else 'at least'} {told(bound)}"
    if told(low) == told(high):
        return told(low)
    return f"{_to_places(low, 1) if is_share else told(low)} to {told(high)}"


def _with_unit(text: str, one: Saying) -> str:
    before = _CURRENCIES.get(one.unit, "")
    return f"{before}{text}" if before or one.unit in {"", "count"} else f"{text} {one.unit}"


def _to_places(value: Decimal, places: int) -> str:
    """Write a number with so many decimals at most."""
    return plain(value if abs(value) >= _BEYOND else round(value, places))


def plain(value: Decimal | int) -> str:
    """Write a number without zeros that say nothing, thousands apart by thin spaces.

    Example:
        >>> plain(Decimal("5300000000")) == "5\u202f300\u202f000\u202f000", plain(Decimal("14.50"))
        (True, '14.5')
    """
    exact = Decimal(value)
    if abs(exact) >= _BEYOND:
        return f"{exact:.2e}"
    text = f"{exact.normalize():,f}"
    return text.replace(",", "\u202f").replace("-", "−")
