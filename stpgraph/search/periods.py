"""Days, months and years: as values of a facet, and as limits of a search."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

import numpy as np

from stpgraph.errors import BadParameter
from stpgraph.search.texts import Arrays, Mask, TextList

__all__ = ["Days", "periods_of"]

#: A year, a month or a day.
_DATE = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?")


def periods_of(day: str) -> tuple[str, ...]:
    """Return the month and the year of a day, as far as it is known.

    Example:
        >>> periods_of("2016-11-21"), periods_of("2016"), periods_of("")
        (('2016', '2016-11'), ('2016',), ())
    """
    if not _DATE.fullmatch(day[:10]):
        return ()
    return (day[:4], day[:7]) if len(day) > 4 else (day,)


class Days:
    """The day of each claim."""

    def __init__(self, arrays: Arrays) -> None:
        self._days = TextList.from_arrays(arrays, "days")[:]
        self._day_of = arrays["days.of"]

    @staticmethod
    def arrays_of(days: Sequence[str]) -> Arrays:
        """Return what the days of claims are kept as; "" is an unknown one."""
        known = sorted(set(days))
        numbers = {day: number for number, day in enumerate(known)}
        return {
            **TextList.of(known).to_arrays("days"),
            "days.of": np.array([numbers[day] for day in days], dtype=np.int32),
        }

    def mask(self, since: str | date, until: str | date) -> Mask | None:
        """Return which claims were said in a period; None where it has no limits.

        A day and a limit are compared as far as both go: the month of a day, the year of a month. A claim without a
        day is in no period that has a limit.

        Raises:
            BadParameter: when a limit is no date, or the first is after the last.
        """
        first, last = _limit("since", since), _limit("until", until)
        if not first and not last:
            return None
        if first and last and first[: len(last)] > last[: len(first)]:
            raise BadParameter(f"since={first} is after until={last}; turn them round")
        fits = [
            bool(day)
            and (not first or day[: len(first)] >= first[: len(day)])
            and (not last or day[: len(last)] <= last[: len(day)])
            for day in self._days
        ]
        mask: Mask = np.array(fits, dtype=np.bool_)[self._day_of]
        return mask


def _limit(name: str, value: str | date) -> str:
    text = value.isoformat() if isinstance(value, date) else value.strip()
    if text and not _DATE.fullmatch(text):
        raise BadParameter(f"{name}={text[:40]!r} is no date; expected 2016, 2016-11 or 2016-11-21")
    return text
