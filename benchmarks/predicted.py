"""What an extractor proposes for one text, in the form that it is scored in: spans of the text, labels, slugs."""

from __future__ import annotations

from dataclasses import dataclass

from stpgraph.extraction.spans import Span

__all__ = ["PredictedClaim", "PredictedFigure", "Prediction"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictedClaim:
    """A proposed claim; what was left open is None or empty.

    Attributes:
        content: what is said, in the order of the text.
        source: the words that name who says it.
        link: the relative pronoun that stands for them beside the cue.
        cue: the words that introduce it.
        kind: direct, indirect or mixed.
        claimants: who answers for it, each with the names it goes by: that of the text, that of the reference.
        speaking_as: role and body, in the ways to call them.
        comes_from: the words that name the study or report.
        relationships: slugs of what it is about; empty is no answer.
        stance: a slug, or None for no answer.
        act: a slug, or None for no answer.
        modality: a slug, or None where it is not hedged.
        nested_in: the place, among the prediction's claims, of the claim that holds this one.
    """

    content: tuple[Span, ...]
    source: Span | None = None
    link: Span | None = None
    cue: tuple[Span, ...] = ()
    kind: str = ""
    claimants: tuple[tuple[str, ...], ...] = ()
    speaking_as: tuple[str, ...] = ()
    comes_from: Span | None = None
    relationships: frozenset[str] = frozenset()
    stance: str | None = None
    act: str | None = None
    modality: str | None = None
    nested_in: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictedFigure:
    """A proposed figure; what was left open is None.

    Attributes:
        words: where the number words stand.
        comparator: a slug of the comparators.
        value: the number named, in whole units.
        lowest: the lower end that the wording allows.
        highest: the upper end.
        unit: PERCENT, NUM, GBP or another in capitals.
        numerator: as worded.
        denominator: as worded.
        population: the words that tell what is counted.
        of_claim: the place, among the prediction's claims, of the claim that it makes.
    """

    words: Span
    comparator: str | None = None
    value: float | None = None
    lowest: float | None = None
    highest: float | None = None
    unit: str | None = None
    numerator: float | None = None
    denominator: float | None = None
    population: Span | None = None
    of_claim: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """All that is proposed for one text."""

    claims: tuple[PredictedClaim, ...] = ()
    figures: tuple[PredictedFigure, ...] = ()
