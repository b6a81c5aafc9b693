"""Spans: where in a text something stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Span", "cover"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a document's normalised text, in Unicode code points; the end is the code point after the last.

    Example:
        >>> Span(4, 9).of("The Anyshire Gazette")
        'Anysh'
    """

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """Return the words that stand there."""
        return text[self.start : self.end]

    def holds(self, other: Span) -> bool:
        """Say whether another span lies within this one."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Span) -> bool:
        """Say whether two spans share a code point."""
        return self.start < other.end and other.start < self.end

    def moved(self, by: int) -> Span:
        """Return the span as counted from another beginning."""
        return Span(self.start + by, self.end + by)


def cover(spans: Iterable[Span]) -> Span:
    """Return the shortest span that holds all of some.

    Raises:
        ValueError: when there are none.

    Example:
        >>> cover([Span(8, 10), Span(2, 4)])
        Span(start=2, end=10)
    """
    every = list(spans)
    if not every:
        raise ValueError("no spans to cover")
    return Span(min(span.start for span in every), max(span.end for span in every))
