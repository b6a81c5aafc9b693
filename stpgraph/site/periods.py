"""Months, quarters, years and decades: the periods that a timeline has, in order and without gaps."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from stpgraph.citations import in_words

__all__ = ["UNITS", "Period", "Span", "span_of", "unit_of"]

#: The lengths of periods, shortest first, with the most of them that a timeline shows.
UNITS = {"month": 120, "quarter": 120, "year": 150, "decade": 1000}

#: The most periods of a unit where the unit is not asked for.
_MOST = 48


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A period.

    Attributes:
        key: "2017-09", "2017-Q3", "2017", "2010s".
        label: in words.
        since: its first month or year.
        until: its last.
    """

    key: str
    label: str
    since: str
    until: str

    @property
    def is_first_of_year(self) -> bool:
        """Whether it is a January, a first quarter, or the year or decade itself."""
        return "-" not in self.key or self.key.endswith(("-01", "-Q1"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Periods from the first to the last."""

    unit: str
    periods: tuple[Period, ...]

    def number(self, day: str) -> int | None:
        """Return which of the periods a day lies in; None for none, or where that is not known.

        Example:
            >>> span_of(["2017-01-05", "2017-03"], "month").number("2017-02-28")
            1
        """
        first = _number(self.periods[0].since, self.unit) if self.periods else None
        here = _number(day, self.unit)
        if first is None or here is None or not 0 <= here - first < len(self.periods):
            return None
        return here - first

    def numbers(self, day: str) -> tuple[int, int] | None:
        """Return the first and the last of the periods that a day, month or year may lie in; None for none."""
        year = day[:4]
        ends = (f"{year}-01", f"{year}-12") if len(day) == 4 else (day, day)
        if not self.periods or not year.isdecimal():
            return None
        offset = _number(self.periods[0].since, self.unit) or 0
        first, last = ((_number(end, self.unit) or 0) - offset for end in ends)
        if last < 0 or first >= len(self.periods):
            return None
        return max(first, 0), min(last, len(self.periods) - 1)


def unit_of(days: Collection[str], wanted: str = "") -> str:
    """Return the unit that shows some days best: the one that is wanted, or a longer one where those are too many.

    Example:
        >>> unit_of(["2016-11-21", "2017-09"]), unit_of(["1066", "2017"]), unit_of(["1999-01", "2017-01"], "month")
        ('month', 'decade', 'quarter')
    """
    units = list(UNITS)
    at = units.index(wanted) if wanted else 0
    if not wanted and days and not any(len(day) > 4 for day in days):
        at = units.index("year")
    while at < len(units) - 1 and _count(days, units[at]) > (UNITS[units[at]] if wanted else _MOST):
        at += 1
    return units[at]


def span_of(days: Collection[str], unit: str) -> Span:
    """Return all periods from the first to the last of some days; of days known to the year, from its first period.

    Example:
        >>> [period.label for period in span_of(["2016-11-21", "2017-02-01"], "quarter").periods]
        ['October to December 2016', 'January to March 2017']
    """
    ends = _ends(days, unit)
    return Span(unit=unit, periods=tuple(_period(number, unit) for number in range(ends[0], ends[1] + 1)))


def _count(days: Collection[str], unit: str) -> int:
    first, last = _ends(days, unit)
    return last - first + 1


def _ends(days: Collection[str], unit: str) -> tuple[int, int]:
    numbers = [number for day in days if (number := _number(day, unit)) is not None]
    return (min(numbers), max(numbers)) if numbers else (0, -1)


@lru_cache(maxsize=20_000)
def _number(day: str, unit: str) -> int | None:
    """Count the periods from the year 0 to a day; None where it is not known as precisely."""
    year, month = day[:4], day[5:7]
    if not year.isdecimal():
        return None
    if unit == "decade":
        return int(year) // 10
    if unit == "year":
        return int(year)
    if not month.isdecimal():
        return None
    return int(year) * 12 + int(month) - 1 if unit == "month" else int(year) * 4 + (int(month) - 1) // 3


def _period(number: int, unit: str) -> Period:
    if unit == "decade":
        first, last = f"{number * 10:04}", f"{number * 10 + 9:04}"
        return Period(key=f"{first}s", label=f"{first} to {last}", since=first, until=last)
    if unit == "year":
        return Period(key=f"{number:04}", label=f"{number:04}", since=f"{number:04}", until=f"{number:04}")
    if unit == "month":
        key = f"{number // 12:04}-{number % 12 + 1:02}"
        return Period(key=key, label=in_words(key), since=key, until=key)
    year, quarter = f"{number // 4:04}", number % 4
    since, until = f"{year}-{quarter * 3 + 1:02}", f"{year}-{quarter * 3 + 3:02}"
    label = f"{in_words(since).split()[0]} to {in_words(until)}"
    return Period(key=f"{year}-Q{quarter + 1}", label=label, since=since, until=until)
