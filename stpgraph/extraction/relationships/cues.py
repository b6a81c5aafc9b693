"""What the words that introduce a claim do: warn, urge, find; praise, deny."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from stpgraph.extraction.relationships.records import Context, SourceKind
from stpgraph.extraction.relationships.words import Found, Lexicon, read_lists, split_words

__all__ = ["cue_kinds", "find_source_kind"]

_STUDIES = (
    *("stud(?:y|ies)", "surveys?", "polls?", "polling", "reviews?", "reports?", "research", "analys[ei]s", "data"),
    *("figures", "statistics", "inquiry", "investigation", "audit", "evaluation", "findings", "results", "roundtable"),
    *("paper", "modelling", "questionnaire", "responses", "dashboard", "assessment", "census", "answers", "replies"),
    *("calculations", "estimates", "trial", "ratings", "exercise"),
)
_STUDY = re.compile(rf"\b(?:{'|'.join(_STUDIES)})\b", re.IGNORECASE)
#: What may stand before a number that counts those asked.
_BEFORE_NUMBERS = (
    *("over", "more than", "just", "only", "almost", "nearly", "some", "about", "around", "roughly", "fewer than"),
    *("less than", "under", "at least", "up to", "as many as", "the", "a", "an", "another", "all but", "well over"),
)
_NUMBERS = (
    *(r"\d[\d.,]*(?:%| |$)", r"half\b", r"quarter\b", r"third\b", r"majority\b", r"minority\b", r"proportion\b"),
    *(r"most\b", r"many\b", r"several\b", r"few\b", r"none\b", r"one in\b", r"handful\b", r"dozen\b"),
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten)[- ](?:in|out|of|thirds?|quarters?|fifths?|tenths?)\b",
)
_ASKED = (
    *("respondents?", "participants", "interviewees", "delegates"),
    "those (?:asked|surveyed|polled|questioned|interviewed)",
)
_COUNTED = re.compile(
    rf"^(?:(?:{'|'.join(_BEFORE_NUMBERS)})\s)*(?:{'|'.join(_NUMBERS)})|\b(?:{'|'.join(_ASKED)})\b", re.IGNORECASE
)


#: What denies a cue.
_NOT = re.compile(r"\b(?:not|never|no longer|hardly|cannot)\b|n['’]t\b", re.IGNORECASE)


@cache
def _lexicon() -> Lexicon:
    return Lexicon.of(read_lists("cues.txt"))


@lru_cache(maxsize=4_000)
def _kinds(words: str) -> frozenset[str]:
    found = _lexicon().find_all(split_words(words))
    return frozenset(one.list for one in found if not any(_is_within(one, other) for other in found))


def _is_within(one: Found, other: Found) -> bool:
    return other.first <= one.first and one.last <= other.last and one.size < other.size


def cue_kinds(cue_word: str, context: Context) -> frozenset[str]:
    """Return the lists of cues.txt that a claim's cue stands in, by its dictionary form and by its words in the text.

    A cue of opinion with a "not" denies, and is disbelieving: do not believe that ….

    Example:
        >>> sorted(cue_kinds("warn", Context()))
        ['against', 'warning']
    """
    said = " ".join(span.of(context.text) for span in context.cue)
    kinds = _kinds(cue_word) | _kinds(said)
    return kinds | {"denying", "disbelieving"} if "believing" in kinds and _NOT.search(said) else kinds


def find_source_kind(source: str, work: str = "") -> SourceKind:
    """Tell from the words for a source whether it is a study, those asked or counted in one, or neither.

    Args:
        source: the words that name who says it.
        work: the words that name the study or report by which it is said.

    Example:
        >>> [find_source_kind(words) for words in ("55 of the 56 respondents", "a survey of councils", "she")]
        ['respondents', 'study', 'other']
        >>> find_source_kind("It", "the review")
        'study'
    """
    if _COUNTED.search(source):
        return "respondents"
    head = re.split(r",| by | from | in | who ", source, maxsplit=1)[0]
    is_pronoun = head.casefold() in {"it", "they", "", "we"}
    return "study" if _STUDY.search(head) or (is_pronoun and _STUDY.search(work)) else "other"
