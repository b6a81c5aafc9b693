"""The arithmetic behind doubtful figures: which whole numbers can give a percentage.

A percentage printed as 15 % may be anything from 14.5 to 15.5. Of 56 people, 8 are 14.3 % and 9 are 16.1 %: no whole
number gives it. This is the GRIM test of Brown and Heathers (2017), "The GRIM Test", for shares instead of means.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor

__all__ = ["Bases", "counts_within", "nearest_bases", "share"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bases:
    """A run of neighbouring bases of which one and the same count gives a percentage."""

    first: int
    last: int
    count: int

    def __str__(self) -> str:
        bases = str(self.first) if self.first == self.last else f"{self.first} to {self.last}"
        return f"{self.count} of {bases}"


def share(count: int, base: int) -> Decimal:
    """Return a count's share of a base in percent, to one place.

    Example:
        >>> share(8, 56), share(9, 56)
        (Decimal('14.3'), Decimal('16.1'))
    """
    return (Decimal(count) * 100 / base).quantize(Decimal("0.1"))


def counts_within(lowest: Decimal, highest: Decimal, base: int) -> range:
    """Return the counts whose share of a base lies between two percentages, both included; empty when there is none.

    Example:
        >>> list(counts_within(Decimal("14.5"), Decimal("15.5"), 56))
        []
        >>> list(counts_within(Decimal("53.5"), Decimal("54.5"), 56))
        [30]
    """
    return range(max(0, ceil(lowest * base / 100)), min(base, floor(highest * base / 100)) + 1)


def nearest_bases(lowest: Decimal, highest: Decimal, base: int) -> list[Bases]:
    """Return the nearest run of bases below, and the nearest above, of which some count gives the percentage.

    Args:
        lowest: percent, at least 0.
        highest: percent.
        base: one that gives it with no count.

    Returns:
        None, one or two runs: the search goes down to 1 and up to twice the base.

    Example:
        >>> print(*nearest_bases(Decimal("14.5"), Decimal("15.5"), 56), sep="; ")
        8 of 52 to 55; 9 of 59 to 62
    """
    found = [_run(lowest, highest, bases) for bases in (range(base - 1, 0, -1), range(base + 1, 2 * base + 1))]
    return [run for run in found if run is not None]


def _run(lowest: Decimal, highest: Decimal, bases: range) -> Bases | None:
    """Return the first run of bases met on the way that one count fits."""
    met: list[int] = []
    count = 0
    for base in bases:
        counts = counts_within(lowest, highest, base)
        if not met and counts:
            count = counts[-1] if bases.step < 0 else counts[0]
        if counts and count in counts:
            met.append(base)
        elif met:
            break
    return Bases(first=min(met), last=max(met), count=count) if met else None
