"""Time windows: parts of a period that slide through it or grow with it, by days, weeks, months, years or events.

After Leifeld's discourse network analysis: docs/networks.md says how they are cut.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal, TypeAlias

from stpgraph.errors import BadParameter
from stpgraph.networks.evidence import Evidence
from stpgraph.networks.statements import Selection, first_day
from stpgraph.networks.views import View, overlaps

__all__ = [
    "Window",
    "WindowPlan",
    "WindowUnit",
    "cut_selection",
    "cut_view",
    "last_day",
    "read_window_plan",
    "slide",
    "slide_by_events",
]

#: What a window is counted in.
WindowUnit: TypeAlias = Literal["days", "weeks", "months", "years", "events"]

_SIZE = re.compile(r"\s*(\d+)\s*(day|week|month|year|event)s?\s*", re.IGNORECASE)

_UNITS: dict[str, WindowUnit] = {
    "day": "days",
    "week": "weeks",
    "month": "months",
    "year": "years",
    "event": "events",
}

#: What is meant by one of a unit, which has no half.
_INSTEAD = {"weeks": "7 days", "months": "30 days", "years": "12 months"}

#: More windows than these are a mistake of the unit.
_MOST = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A part of a period.

    Attributes:
        first: its first day, included.
        last: its last day, included.
    """

    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowPlan:
    """How a period is cut into windows.

    Attributes:
        size: how many units a window spans.
        unit: days, weeks, months, years or events.
        is_cumulative: whether every window begins where the first does.
        since: the first day of the period; that of the first claim where None.
        until: its last day; that of the last claim where None.
    """

    size: int
    unit: WindowUnit
    is_cumulative: bool = False
    since: date | None = None
    until: date | None = None

    @property
    def half(self) -> int:
        """How far a window reaches to each side of its middle: half its size, rounded down."""
        return self.size // 2


def read_window_plan(
    text: str, *, is_cumulative: bool = False, since: str | None = None, until: str | None = None
) -> WindowPlan:
    """Read a window as people write it: "3 months", "2 weeks", "50 events".

    Args:
        text: a number and a unit.
        is_cumulative: whether every window begins where the first does.
        since: the first day of the period, or a month or year that begins with it.
        until: the last day of the period, or a month or year that ends with it.

    Raises:
        BadParameter: when it says no size, or a bound is no date.

    Example:
        >>> plan = read_window_plan("3 months", until="2017-02")
        >>> plan.size, plan.unit, plan.half, plan.until
        (3, 'months', 1, datetime.date(2017, 2, 28))
    """
    found = _SIZE.fullmatch(text)
    if not found or not 0 < int(found[1]) <= _MOST:
        raise BadParameter(
            f"window={text!r} is no window; expected a number of days, weeks, months, years or events, as in '3 months'"
        )
    unit = _UNITS[found[2].lower()]
    if int(found[1]) == 1 and unit in _INSTEAD:
        raise BadParameter(
            f"window={text!r} would reach half of it, rounded down to none, to each side of a day; ask for "
            f"{_INSTEAD[unit]!r}, or for '2 {unit}'"
        )
    return WindowPlan(
        size=int(found[1]),
        unit=unit,
        is_cumulative=is_cumulative,
        since=_bound("since", since, first_day),
        until=_bound("until", until, last_day),
    )


def last_day(text: str) -> date | None:
    """Return the day that a date says, the last of those that a month or year has; None where it says none.

    Example:
        >>> last_day("2016"), last_day("2016-02")
        (datetime.date(2016, 12, 31), datetime.date(2016, 2, 29))
    """
    first = first_day(text)
    if first is None or len(text) >= len("2016-02-01"):
        return first
    month = first.month if len(text) >= len("2016-02") else 12
    return date(first.year, month, monthrange(first.year, month)[1])


def slide(plan: WindowPlan, since: date, until: date) -> tuple[Window, ...]:
    """Cut a period by time: the middle starts at its start and moves one unit at a time, each from the last one.

    Returns:
        The windows that lie wholly inside the period.

    Raises:
        BadParameter: when there are far too many.

    Example:
        >>> windows = slide(read_window_plan("2 weeks"), date(2016, 11, 1), date(2016, 12, 31))
        >>> len(windows), windows[0].last.isoformat(), windows[-1].last.isoformat()
        (7, '2016-11-15', '2016-12-27')
    """
    windows: list[Window] = []
    for middle in _middles(plan, since, until):
        first, last = _moved(middle, -plan.half, plan.unit), _moved(middle, plan.half, plan.unit)
        if first is None or last is None or first < since or last > until:
            continue
        if len(windows) == _MOST:
            raise BadParameter(f"{plan.size} {plan.unit} make more than {_MOST} windows; choose a greater unit")
        windows.append(Window(first=since if plan.is_cumulative else first, last=last))
    return tuple(windows)


def slide_by_events(plan: WindowPlan, count: int) -> tuple[range, ...]:
    """Cut a row of events: each in turn is the middle, with half the size on each side of it.

    Returns:
        The positions of each window that lies wholly inside the row.

    Example:
        >>> slide_by_events(read_window_plan("2 events"), 4)
        (range(0, 3), range(1, 4))
    """
    half = plan.half
    starts = range(count - 2 * half)
    return tuple(range(0 if plan.is_cumulative else at, at + 2 * half + 1) for at in starts)


def cut_selection(selection: Selection, plan: WindowPlan) -> tuple[tuple[Window, Selection], ...]:
    """Cut statements into windows, after duplicates were dropped; what has no day is in none.

    Statements of one day are events in the order of document and place, so that the same statements always give the
    same windows.
    """
    dated = [one for one in selection.statements if one.day and _is_between(one.day, plan)]
    days = [one.day for one in dated if one.day]
    return tuple(
        (window, replace(selection, statements=tuple(dated[at] for at in places)))
        for window, places in _cut_days(days, plan)
    )


def cut_view(view: View, plan: WindowPlan) -> tuple[tuple[Window, View], ...]:
    """Cut a view into windows: those of its claims by the day they were made, all else by what holds in the window.

    Claims known to the month or year count on its first day. By events, the claims behind the edges of the view are
    the events, and posts and facts are those that hold between the first and the last of a window.
    """
    drawn: set[str] = set()
    for _, _, attributes in view.graph.edges(data=True):
        drawn.update(attributes["evidence"])
    claims = [one for one in view.evidence if _is_of_one_day(one)]
    lasting = [one for one in view.evidence if not _is_of_one_day(one)]
    events = [one for one in claims if one.iri in drawn] if plan.unit == "events" else claims
    dated = sorted(
        ((day, one.document, one.start, one.iri, one) for one in events if (day := first_day(one.since))),
        key=lambda event: event[:4],
    )
    within = [event for event in dated if _is_between(event[0], plan)]
    days = [event[0] for event in within] or _days_of(lasting, plan)
    has_events = bool(within)
    cuts = []
    for window, places in _cut_days(days, plan):
        picked = {within[at][3] for at in places} if has_events else set()
        first, last = window.first.isoformat(), window.last.isoformat()
        held = {id(one) for one in lasting if overlaps(one, first, last)}
        evidence = tuple(one for one in view.evidence if one.iri in picked or id(one) in held)
        cuts.append((window, replace(view, evidence=evidence)))
    return tuple(cuts)


def _is_of_one_day(one: Evidence) -> bool:
    return one.kind == "claim" or (one.kind == "figure" and bool(one.since))


def _days_of(lasting: Sequence[Evidence], plan: WindowPlan) -> list[date]:
    """Return the days on which posts and facts begin and end, for a view without claims."""
    days = [day for one in lasting for day in (first_day(one.since), first_day(one.until)) if day]
    return sorted(day for day in days if _is_between(day, plan))


def _is_between(day: date, plan: WindowPlan) -> bool:
    return (plan.since is None or plan.since <= day) and (plan.until is None or day <= plan.until)


def _cut_days(days: Sequence[date], plan: WindowPlan) -> Iterator[tuple[Window, range]]:
    """Yield each window of days that stand in order, with the positions of those in it."""
    if plan.unit == "events":
        for places in slide_by_events(plan, len(days)):
            yield Window(first=days[places[0]], last=days[places[-1]]), places
        return
    since, until = plan.since or (days[0] if days else None), plan.until or (days[-1] if days else None)
    if since is None or until is None:
        return
    for window in slide(plan, since, until):
        yield window, range(bisect_left(days, window.first), bisect_right(days, window.last))


def _middles(plan: WindowPlan, since: date, until: date) -> Iterator[date]:
    middle: date | None = since
    while middle is not None and middle <= until:
        yield middle
        middle = _moved(middle, 1, plan.unit)


def _moved(day: date, steps: int, unit: WindowUnit) -> date | None:
    """Return the day some units on, the last of its month where the month is shorter; None beyond the calendar."""
    if unit in {"days", "weeks"}:
        try:
            return day + timedelta(days=steps * (7 if unit == "weeks" else 1))
        except OverflowError:
            return None
    months = day.year * 12 + day.month - 1 + steps * (12 if unit == "years" else 1)
    year, month = divmod(months, 12)
    if not date.min.year <= year <= date.max.year:
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _bound(name: str, text: str | None, read: Callable[[str], date | None]) -> date | None:
    if text is None:
        return None
    day = read(text)
    if day is None:
        raise BadParameter(f"{name}={text!r} is no date; expected 2016, 2016-11 or 2016-11-21")
    return day
