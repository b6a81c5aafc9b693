"""Counting what is right: precision, recall, their mean, and how far they might lie off by chance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random

__all__ = ["Interval", "Measure", "Score", "Tally", "scores"]

#: Draws of documents for an interval, and their seed.
_DRAWS, _SEED = 1000, 2016


class Measure(StrEnum):
    """What is measured, in the order in which it is shown."""

    WHO_SAID_WHAT = "who said what"
    DIRECT = "who said what: direct"
    INDIRECT = "who said what: indirect"
    MIXED = "who said what: mixed"
    CONTENT = "content"
    CONTENT_EXACT = "content, exact"
    SOURCE = "source"
    SOURCE_EXACT = "source, exact"
    CUE = "cue"
    TYPE = "type"
    CLAIMANT = "claimant"
    SPEAKING_AS = "speaking as"
    COMES_FROM = "comes from"
    NESTED_IN = "nested in"
    RELATIONSHIPS = "relationships, each"
    RELATIONSHIP = "relationship, where answered"
    STANCE = "stance"
    ACT = "speech act"
    MODALITY = "modality"
    FIGURE = "figure"
    COMPARATOR = "comparator"
    VALUE = "value"
    UNIT = "unit"
    FRACTION = "numerator and denominator"
    POPULATION = "population"
    OF_CLAIM = "figure's claim"


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of one measure.

    Attributes:
        right: proposals that are right.
        proposed: proposals.
        found: wanted things that were found; other than `right` only where a type is counted by its own side.
        wanted: things to be found.
    """

    right: int = 0
    proposed: int = 0
    found: int = 0
    wanted: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.right + other.right,
            self.proposed + other.proposed,
            self.found + other.found,
            self.wanted + other.wanted,
        )

    @property
    def precision(self) -> float | None:
        """The share of proposals that are right; None where there is none.

        Example:
            >>> Tally(3, 4, 3, 6).precision
            0.75
        """
        return self.right / self.proposed if self.proposed else None

    @property
    def recall(self) -> float | None:
        """The share of wanted things that were found; None where nothing was wanted.

        Example:
            >>> Tally(3, 4, 3, 6).recall
            0.5
        """
        return self.found / self.wanted if self.wanted else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall; None where nothing was proposed nor wanted.

        Example:
            >>> Tally(3, 4, 3, 6).f1
            0.6
        """
        if not self.proposed and not self.wanted:
            return None
        precision, recall = self.precision or 0.0, self.recall or 0.0
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


@dataclass(frozen=True, slots=True)
class Interval:
    """Where 95 % of the values lie when documents are drawn anew."""

    lowest: float
    highest: float


@dataclass(frozen=True, slots=True)
class Score:
    """One measure over some documents, and the interval of its F1; None where there is nothing to draw from."""

    tally: Tally
    interval: Interval | None


def scores(documents: Sequence[Mapping[Measure, Tally]], *, draws: int = _DRAWS) -> dict[Measure, Score]:
    """Add up the tallies of documents, with the 95 % interval of each F1 by drawing documents with replacement.

    Args:
        documents: the tallies of each document.
        draws: how often to draw; the same draws serve all measures.
    """
    random = Random(_SEED)
    drawn = [random.choices(range(len(documents)), k=len(documents)) for _ in range(draws if documents else 0)]
    found = {}
    for measure in Measure:
        tallies = [tally for document in documents if (tally := document.get(measure)) is not None]
        if tallies:
            every = [document.get(measure, Tally()) for document in documents]
            found[measure] = Score(_sum(tallies), _interval(every, drawn))
    return found


def _sum(tallies: Iterable[Tally]) -> Tally:
    return sum(tallies, Tally())


def _interval(tallies: Sequence[Tally], drawn: Sequence[Sequence[int]]) -> Interval | None:
    columns = [[getattr(tally, name) for tally in tallies] for name in ("right", "proposed", "found", "wanted")]
    values = sorted(
        f1
        for draw in drawn
        if (f1 := Tally(*(sum(map(column.__getitem__, draw)) for column in columns)).f1) is not None
    )
    if not values:
        return None
    return Interval(values[int(0.025 * len(values))], values[min(len(values) - 1, int(0.975 * len(values)))])
