"""What the words that introduce a claim do: warn, urge, find; praise, deny."""

from __future__ import annotations

import re
from functools import cache

from stpgraph.extraction.relationships.records import Context, SourceKind
from stpgraph.extraction.relationships.words import Lexicon, read_lists, split_words

__all__ = ["cue_kinds", "find_source_kind"]

_STUDY = re.compile(
    r"\b(?:stud(?:y|ies)|surveys?|polls?|polling|reviews?|reports?|research|analys[ei]s|data|figures|statistics|inquiry|"
    r"investigation|audit|evaluation|findings|results|roundtable|paper|modelling|questionnaire|responses|dashboard|"
    r"assessment|census|answers|replies|calculations|estimates|trial|ratings|exercise)\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"^(?:(?:over|more than|just|only|almost|nearly|some|about|around|roughly|fewer than|less than|under|at least|up to|"
    r"as many as|the|a|an|another|all but|well over|of those)\s)*(?:\d[\d.,]*(?:%| |$)|half\b|quarter\b|third\b|majority\b|"
    r"minority\b|proportion\b|most\b|many\b|several\b|few\b|none\b|one in\b|handful\b|dozen\b|"
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten)(?:[- ](?:in|out|of|thirds?|quarters?|fifths?|tenths?)\b))"
    r"|\b(?:respondents?|participants|interviewees|those (?:asked|surveyed|polled|questioned|interviewed)|delegates)\b",
    re.IGNORECASE,
)


@cache
def _lexicon() -> Lexicon:
    return Lexicon.of(read_lists("cues.txt"))


@cache
def _kinds(words: str) -> frozenset[str]:
    found = _lexicon().find_all(split_words(words))
    longest = {(one.first, one.last) for one in found}
    kept = [one for one in found if not any(a <= one.first and one.last <= b and (a, b) != (one.first, one.last) for a, b in longest)]
    return frozenset(one.list for one in kept)


def cue_kinds(cue_word: str, context: Context) -> frozenset[str]:
    """Return the lists of cues.txt that a claim's cue stands in, by its dictionary form and by its words in the text.

    Example:
        >>> sorted(cue_kinds("warn", Context()))
        ['against', 'warning']
    """
    said = " ".join(span.of(context.text) for span in context.cue)
    return _kinds(cue_word) | _kinds(said)


def find_source_kind(source: str, work: str = "") -> SourceKind:
    """Tell from the words for a source whether it is a study, those asked or counted in one, or neither.

    Args:
        source: the words that name who says it.
        work: the words that name the study or report by which it is said.

    Example:
        >>> find_source_kind("55 of the 56 respondents"), find_source_kind("a survey of councils"), find_source_kind("she")
        ('respondents', 'study', 'other')
        >>> find_source_kind("It", "the review")
        'study'
    """
    if _COUNTED.search(source):
        return "respondents"
    head = re.split(r",| by | from | in | who ", source, maxsplit=1)[0]
    is_pronoun = head.casefold() in {"it", "they", "", "we"}
    return "study" if _STUDY.search(head) or (is_pronoun and _STUDY.search(work)) else "other"
