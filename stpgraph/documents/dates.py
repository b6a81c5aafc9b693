"""Dates as documents write them, as precise as they are written.

Numbers alone are day first, as in Britain: 03.04.16 is the third of April 2016. Of years in two digits, 00 to 68 are
this century's and 69 to 99 the last one's. A weekday and a time beside the date are read over.
"""

from __future__ import annotations

import re
from datetime import date

from stpgraph.records import IsoDate

__all__ = ["WRITTEN_DATE", "read_date", "read_stated_date"]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\.?,?\s+)?"
_CLOCK = r"\d{1,2}[:.]\d{2}(?::\d{2})?"
_TIME = rf"(?:,?\s+(?:at\s+)?(?:{_CLOCK}\s*(?:am|pm)?|\d{{1,2}}\s?(?:am|pm))(?:\s*(?:gmt|bst|utc))?)?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"

#: A written date, for use within a larger pattern.
WRITTEN_DATE = (
    rf"{_WEEKDAY}(?:\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}[./-]\d{{1,2}}[./-](?:\d{{4}}|\d{{2}})"
    rf"|{_DAY}(?:\s+of)?\s+{_MONTH},?\s+(?:\d{{4}}|\d{{2}})|{_MONTH}\s+{_DAY},?\s+\d{{4}}|{_MONTH},?\s+\d{{4}}){_TIME}"
)

_WHOLE = re.compile(rf"{_WEEKDAY}(.*?){_TIME}", re.IGNORECASE | re.DOTALL)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_NUMBERS = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})")
_DAY_MONTH = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+({_MONTH}),?\s+(\d{{4}}|\d{{2}})", re.IGNORECASE)
_MONTH_DAY = re.compile(rf"({_MONTH})\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})", re.IGNORECASE)
_MONTH_ONLY = re.compile(rf"({_MONTH}),?\s+(\d{{4}})", re.IGNORECASE)
_STATED = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ].*)?)?)?", re.DOTALL)


def read_date(text: str) -> IsoDate | None:
    """Read a date that stands alone, as a person writes it.

    Example:
        >>> read_date("Monday 21 November 2016"), read_date("03.04.16"), read_date("Nov 2016"), read_date("soon")
        ('2016-11-21', '2016-04-03', '2016-11', None)
    """
    whole = _WHOLE.fullmatch(text.strip())
    words = whole.group(1) if whole else ""
    if found := _ISO.fullmatch(words):
        return _day(found[1], int(found[2]), found[3])
    if found := _NUMBERS.fullmatch(words):
        return _day(found[4], int(found[3]), found[1])
    if found := _DAY_MONTH.fullmatch(words):
        return _day(found[3], _month(found[2]), found[1])
    if found := _MONTH_DAY.fullmatch(words):
        return _day(found[3], _month(found[1]), found[2])
    if found := _MONTH_ONLY.fullmatch(words):
        return f"{found[2]}-{_month(found[1]):02}"
    return None


def read_stated_date(text: str) -> IsoDate | None:
    """Read a date that a file states for machines: ISO 8601, its day as written there, or with the month in words.

    Numbers in another order are not read, for nothing tells the order. The first day of 1970 or of the year 1 is what
    programs write for "unknown", and is not read either.

    Example:
        >>> read_stated_date("2016-11-21T23:30:00Z"), read_stated_date("2016"), read_stated_date("03/04/2016")
        ('2016-11-21', '2016', None)
    """
    found = _STATED.fullmatch(text.strip())
    if not found:
        return None if _NUMBERS.match(text.strip()) else read_date(text)
    year, month, day = found.groups()
    whole = _day(year, int(month or 1), day or "1")
    if whole is None or int(year) < 1000 or whole == "1970-01-01":
        return None
    return whole[: 10 if day else 7 if month else 4]


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1


def _day(year: str, month: int, day: str) -> IsoDate | None:
    """Return a day of the calendar, or None where there is none."""
    number = int(year)
    if len(year) == 2:
        number += 2000 if number < 69 else 1900
    try:
        return date(number, month, int(day)).isoformat()
    except ValueError:
        return None
