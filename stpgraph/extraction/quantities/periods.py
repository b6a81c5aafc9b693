"""The time that a sentence speaks of, as an interval of ISO 8601."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import TypeAlias

from stpgraph.extraction.quantities.numbers import NUMBER_WORDS, read_number_words
from stpgraph.extraction.quantities.spelling import any_of, pattern, plain

__all__ = ["find_period"]

_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november"),
    "december",
)
_MONTH = any_of(*_MONTHS)
_YEAR = r"(?:19|20)[0-9]{2}"
_FINANCIAL = rf"{_YEAR} ?[/–-] ?(?:20)?[0-9]{{2}}(?![0-9-])"
_NUMBER = rf"(?:[0-9]{{1,2}}|{NUMBER_WORDS})"

_Reader: TypeAlias = Callable[[re.Match[str], date | None], str | None]


def find_period(text: str, *, issued: str | None = None, near: int = 0) -> str | None:
    """Return the time that a sentence speaks of, None when it names none or it cannot be told.

    Args:
        text: one sentence.
        issued: the date of the document, as precise as known; what is "next" or "by" is counted from its year.
        near: of several times the one nearest to this place is meant, in code points.

    Returns:
        A year, month or day, or two of them with a solidus between; ".." for an end that is open. A financial year
        runs from April to March.

    Example:
        >>> find_period("in the next five years", issued="2017-09-21")
        '2017/2022'
        >>> find_period("by 2020/21"), find_period("in 2016/17")
        ('../2021', '2016-04/2017-03')
    """
    since = _date(issued)
    found: list[tuple[int, int, str]] = []
    for compiled, read in _KINDS:
        for match in compiled.finditer(text):
            is_part = any(start < match.end() and match.start() < end for start, end, _ in found)
            period = None if is_part else read(match, since)
            if period:
                found.append((match.start(), match.end(), period))
    if not found:
        return None
    return min(found, key=lambda each: (max(each[0] - near, near - each[1], 0), each[0]))[2]


def _date(issued: str | None) -> date | None:
    """Return the first day of a date that is as precise as known."""
    if issued is None:
        return None
    year, month, day = (*map(int, issued.split("-")), 1, 1)[:3]
    return date(year, month, day)


def _last_year(text: str) -> int:
    """Return the last year of "2020", "2020/21", "2020-2021"."""
    first, *rest = re.split(r"[^0-9]+", text.strip())
    return int(first) if not rest else int(first[: 4 - len(rest[0])] + rest[0])


def _ahead(match: re.Match[str], since: date | None) -> str | None:
    if since is None:
        return None
    years = _years(match)
    return f"{since.year}/{since.year + years}"


def _back(match: re.Match[str], since: date | None) -> str | None:
    if since is None:
        return None
    return f"{since.year - _years(match)}/{since.year}"


def _years(match: re.Match[str]) -> int:
    number = match["number"]
    return int(number if number.isdigit() else read_number_words(number))


def _by(match: re.Match[str], since: date | None) -> str | None:
    last = _last_year(match["year"])
    if since is None or since.year > last:
        return f"../{last}"
    return f"{since.year}/{last}" if last > since.year else str(last)


def _between(match: re.Match[str], _: date | None) -> str | None:
    first, last = int(match["first"][:4]), _last_year(match["last"])
    return f"{first}/{last}" if last > first else None


def _since(match: re.Match[str], _: date | None) -> str | None:
    return f"{match['year']}/.."


def _financial(match: re.Match[str], _: date | None) -> str | None:
    first, last = int(match["year"][:4]), _last_year(match["year"])
    return f"{first}-04/{last}-03" if last == first + 1 else f"{first}/{last}" if last > first else None


def _day(match: re.Match[str], _: date | None) -> str | None:
    month = _MONTHS.index(plain(match["month"])) + 1
    try:
        return date(int(match["year"]), month, int(match["day"])).isoformat()
    except ValueError:
        return None


def _month(match: re.Match[str], _: date | None) -> str | None:
    return f"{match['year']}-{_MONTHS.index(plain(match['month'])) + 1:02}"


def _named_year(match: re.Match[str], _: date | None) -> str | None:
    return match["year"]


def _relative(match: re.Match[str], since: date | None) -> str | None:
    if since is None:
        return None
    word = plain(match["which"])
    return str(since.year + {"last": -1, "next": 1}.get(word, 0))


#: Patterns and how each is read; the first that tells a time decides.
_KINDS: tuple[tuple[re.Pattern[str], _Reader], ...] = (
    (
        pattern(
            rf"\b(?:between|from) (?P<first>{_YEAR})(?:[/–-][0-9]{{2}})? (?:and"
            rf"|to) (?P<last>{_YEAR}(?:[/–-][0-9]{{2}})?)(?![0-9])"
        ),
        _between,
    ),
    (pattern(rf"\bnow (?:and|to|until) (?P<year>{_FINANCIAL}|{_YEAR})(?![0-9])"), _by),
    (pattern(rf"\b(?:next|coming|following) (?P<number>{_NUMBER}) (?:financial )?years?\b"), _ahead),
    (pattern(rf"\b(?:last|past|previous|preceding) (?P<number>{_NUMBER}) (?:financial )?years?\b"), _back),
    (pattern(rf"\b(?:with)?in (?P<number>{_NUMBER}) years?(?:' time)?\b(?! (?:to|of))"), _ahead),
    (
        pattern(
            rf"\b(?:by|until|before) (?:the end of )?(?:the financial year )?(?P<year>{_FINANCIAL}"
            rf"|{_YEAR})(?![0-9])"
        ),
        _by,
    ),
    (pattern(rf"\bsince (?P<year>{_YEAR})(?![0-9/–-])"), _since),
    (
        pattern(
            rf"(?<![0-9])(?P<day>[0-9]{{1,2}})(?:st|nd|rd"
            rf"|th)? (?P<month>{_MONTH}),? (?P<year>{_YEAR})(?![0-9])"
        ),
        _day,
    ),
    (pattern(rf"\b(?P<month>{_MONTH}),? (?P<year>{_YEAR})(?![0-9])"), _month),
    (pattern(rf"(?<![0-9/–-])(?P<year>{_FINANCIAL})"), _financial),
    (
        pattern(
            rf"\b(?:in|during|for|of|throughout|spring|summer|autumn|winter|early"
            rf"|late) (?P<year>{_YEAR})(?![0-9/–-])"
        ),
        _named_year,
    ),
    (pattern(r"\b(?<!earlier[ ])(?<!later[ ])(?P<which>this|last|next) (?:financial )?year\b"), _relative),
)
