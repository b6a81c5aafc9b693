"""What a page says in words: periods, numbers, lists, stances."""

from __future__ import annotations

from collections import Counter

from stpgraph.citations import in_words
from stpgraph.networks import STANCES

__all__ = ["counted", "joined", "number", "period_in_words", "stances_in_words"]

#: Between the thousands of a number.
_THIN_SPACE = "\u202f"


def number(value: int) -> str:
    """Write a whole number with thin spaces between its thousands.

    Example:
        >>> number(5300) == "5\u202f300"
        True
    """
    return f"{value:,}".replace(",", _THIN_SPACE)


def counted(count: int, singular: str, plural: str | None = None) -> str:
    """Write a count and what is counted.

    Example:
        >>> counted(1, "body", "bodies"), counted(2, "claim")
        ('1 body', '2 claims')
    """
    return f"{number(count)} {singular if count == 1 else plural or singular + 's'}"


def period_in_words(days: list[str]) -> str:
    """Write the months in which the first and the last of some days lie.

    Example:
        >>> period_in_words(["2017-09-21", "2016-11-21"]), period_in_words(["2017-09-21", "2017-09-02"])
        ('November 2016 to September 2017', 'September 2017')
    """
    if not days:
        return ""
    first, last = (in_words(day[:7]) for day in (min(days), max(days)))
    return first if first == last else f"{first} to {last}"


def joined(parts: list[str]) -> str:
    """Write a list as a sentence has it.

    Example:
        >>> joined(["a", "b", "c"]), joined(["a"])
        ('a, b and c', 'a')
    """
    *others, last = parts or [""]
    return f"{', '.join(others)} and {last}" if others else last


def stances_in_words(stances: list[str]) -> str:
    """Write how many claims take each stance, the most frequent first; a stance of "" is one that is not known.

    Example:
        >>> stances_in_words(["critical", "neutral", "critical", ""])
        '2 critical, 1 neutral, 1 not known'
    """
    counts = Counter(stances)
    known = [stance for stance in STANCES if stance in counts] + sorted(set(counts) - set(STANCES))
    ordered = sorted(known, key=lambda stance: -counts[stance])
    return ", ".join(f"{number(counts[stance])} {stance or 'not known'}" for stance in ordered)
