"""What a reader marked in a text by hand: documents, claims and figures of the gold set, with where each stands."""

from __future__ import annotations

from dataclasses import dataclass

from stpgraph.extraction.spans import Span

__all__ = ["UNKNOWN", "GoldClaim", "GoldDocument", "GoldFigure"]

#: The claimant where the text does not say whose word it is.
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldClaim:
    """One thing that somebody is reported to have said.

    Attributes:
        content: what is said, in the order of the text; several spans where it is broken up.
        source: the words that name who says it, or None where nobody is named.
        cue: the words that introduce it, or None.
        kind: direct, indirect or mixed; an accepted graph may also hold own-voice.
        claimants: who answers for it, pronouns and surnames resolved, each with the names it goes by; empty where
            the text does not say.
        speaking_as: role and body, in the ways to call them; empty where the text does not tell.
        comes_from: the words that name the study or report through which it is said, or None.
        relationships: slugs of what it is about; empty where it is none of the list.
        stance: a slug of the stances.
        act: a slug of the speech acts.
        modality: a slug of the modalities, or None where it is not hedged.
        nested_in: the place, among the document's claims, of the claim that holds this one.
    """

    content: tuple[Span, ...]
    source: Span | None = None
    cue: Span | None = None
    kind: str
    claimants: tuple[tuple[str, ...], ...] = ()
    speaking_as: tuple[str, ...] = ()
    comes_from: Span | None = None
    relationships: frozenset[str] = frozenset()
    stance: str
    act: str
    modality: str | None = None
    nested_in: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldFigure:
    """One number as a text words it.

    Attributes:
        words: where the number words stand, with their comparator.
        comparator: a slug of the comparators.
        value: in whole units; None only for between.
        lowest: the lower end, for between alone.
        highest: the upper end, for between alone.
        unit: PERCENT, NUM, GBP or another in capitals.
        numerator: the 55 of "55 of the 56", or None.
        denominator: the 56 of "55 of the 56", or None.
        population: the words that tell what is counted, or None.
        of_claim: the place, among the document's claims, of the claim that it makes.
    """

    words: Span
    comparator: str
    value: float | None
    lowest: float | None = None
    highest: float | None = None
    unit: str
    numerator: float | None = None
    denominator: float | None = None
    population: Span | None = None
    of_claim: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldDocument:
    """A text and all that was marked in it.

    Attributes:
        name: its file's name without suffix.
        half: the folder that holds it: open or blind.
        kind: what kind of document it is: survey, minutes.
        text: its normalised text; spans count its code points.
        title: its headline, or None.
        outlet: who published it, or None.
        date: the day it tells of itself, ISO 8601, or None.
        is_invented: whether speakers and bodies are made up.
        origins: where real facts in it come from.
        claims: in the order of the text.
        figures: in the order of the text.
        repeats: places that say a claim once more; a proposal there counts neither way.
        unjudged: fields of claims and figures that were not marked, so that answers there count neither way.
    """

    name: str
    half: str
    kind: str
    text: str
    title: str | None = None
    outlet: str | None = None
    date: str | None = None
    is_invented: bool = True
    origins: tuple[str, ...] = ()
    claims: tuple[GoldClaim, ...] = ()
    figures: tuple[GoldFigure, ...] = ()
    repeats: tuple[Span, ...] = ()
    unjudged: frozenset[str] = frozenset()
