"""Groups: sources that are many, counted or not: "55 of the 56 respondents", "a third of councils", "critics".

The name of a group is its head noun with what belongs to it, without the quantity: how many of them say so is
the business of the figure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from stpgraph.extraction.names.lexicon import CUES, FUNCTION_WORDS
from stpgraph.extraction.names.scene import Scene
from stpgraph.extraction.spans import Span

__all__ = ["RESPONDENTS", "Group", "group_before", "is_plural", "read_group"]

_NUMBER = (
    r"(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|"
    r"seventy|eighty|ninety)(?:-(?:one|two|three|four|five|six|seven|eight|nine))?"
)
_PART = r"(?:half|thirds?|quarters?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?)"
_HEDGE = (
    r"(?:(?:only|just|nearly|almost|about|around|over|under|more than|less than|fewer than|at least|up to|roughly|some|"
    r"approximately|well over|as many as|barely|exactly|a further|another|fully|the other|all)\s+)"
)
_QUANTITY = re.compile(
    rf"(?:{_HEDGE}*(?:{_NUMBER}\s?(?:%|per cent|percent)|"
    rf"{_NUMBER} (?:out )?(?:of|in) (?:the |its |all |every )*{_NUMBER}|"
    rf"(?:a|one|two|three|four)[ -]{_PART}|half|{_NUMBER}|(?:a|the) (?:large |small |clear |vast |overwhelming |slim )?"
    rf"(?:majority|minority|number|handful|proportion|couple|few|lot)|most|many|several|few|some|all|both|dozens|scores|"
    rf"hundreds|thousands|others|none)(?:-of)?|{_HEDGE}+)(?![\w-])",
    re.IGNORECASE,
)
_OF = re.compile(
    r"\s+of\b(?:\s+(?:the|its|their|those|these|all|our))*(?:\s+" + _NUMBER + r")?(?![\w-])", re.IGNORECASE
)
_SPACE = re.compile(r"\s+")
_ARTICLE = re.compile(r"(?:the|these|those|its|his|her|my|our|your|their|other|a|an)\s+", re.IGNORECASE)
_THOSE = re.compile(
    r"(?:them|those|us)\b(?:\s+(?:who\s)?(\w+ed|polled|asked|responding|answering|taking part)\b)?", re.IGNORECASE
)
#: What is counted and speaks never.
_UNITS = frozenset(
    [
        "months",
        "years",
        "days",
        "weeks",
        "hours",
        "minutes",
        "times",
        "beds",
        "points",
        "pounds",
        "miles",
        "percent",
        "pages",
        "plans",
        "reasons",
        "ways",
    ]
)
_END = re.compile(
    r"\s*(?:[,;:()–—]|\s-\s|\b(?:we|they|he|she|you|I|who|which|that|whom|"
    r"surveyed|polled|questioned|asked|interviewed|responding|consulted|taking part|"
    r"to the (?:survey|poll|questionnaire)|in the (?:survey|poll|study))\b)",
    re.IGNORECASE,
)
_PLURALS = frozenset(
    {"people", "staff", "police", "public", "women", "men", "children", "media", "press", "clergy", "management"}
)
#: What those are called who answered a survey.
RESPONDENTS = frozenset(
    [
        "respondent",
        "respondents",
        "participants",
        "interviewees",
        "delegates",
        "asked",
        "questioned",
        "surveyed",
        "polled",
        "responding",
        "replied",
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A source that is many.

    Attributes:
        name: who they are, without their number; empty for a number alone.
        quantity: how many, in the text's words; empty where it does not tell.
        span: where the name stands, or the number alone.
    """

    name: str
    quantity: str
    span: Span


def is_plural(word: str) -> bool:
    """Say whether a noun is a plural, or one for many.

    Example:
        >>> is_plural("councils"), is_plural("staff"), is_plural("analysis")
        (True, True, False)
    """
    small = word.lower()
    return small in _PLURALS or (len(small) > 2 and small.endswith("s") and not small.endswith(("ss", "us", "is")))


def read_group(text: str, span: Span) -> Group | None:
    """Read a stretch of words as a group, or None where it is none.

    Example:
        >>> text = "less than a third of councils"
        >>> read_group(text, Span(0, len(text))).name
        'councils'
    """
    start, quantity = span.start, ""
    article = _ARTICLE.match(text, start, span.end)
    first = _QUANTITY.match(
        text, article.end() if article and not _QUANTITY.match(text, start, span.end) else start, span.end
    )
    if first is not None:
        quantity, start = text[span.start : first.end()], first.end()
        of = _OF.match(text, start, span.end)
        those = _THOSE.search(text, start, min(span.end, start + 40)) if of else None
        if those is not None and text[start : those.start()].strip().lower() in {"of", "of all"}:
            name = those.group() if those.group(1) else ""
            return Group(name=name, quantity=quantity, span=Span(those.start(), those.end()) if name else span)
        start = of.end() if of else start
    while match := _SPACE.match(text, start, span.end) or _ARTICLE.match(text, start, span.end):
        start = match.end()
    end = _END.search(text, start, span.end)
    stop = end.start() if end else span.end
    name = text[start:stop].strip()
    if not name:
        return Group(name="", quantity=quantity, span=Span(span.start, span.end)) if quantity else None
    head = re.split(r"\s(?:of|for|in|at|from|on|with|across|within|at|among|working|close)\s", name)[0].split()[-1]
    if not is_plural(head):
        return None
    return Group(name=name, quantity=quantity, span=Span(start, start + len(name)))


def group_before(scene: Scene, position: int, back: int = 3) -> Group | None:
    """Find the last counted group before a position, some sentences back at most."""
    for sentence in [scene.sentence(position), *scene.sentences_before(position)[:back]]:
        found = None
        for match in _QUANTITY.finditer(scene.text, sentence.start, min(sentence.end, position)):
            of = _OF.match(scene.text, match.end())
            start = of.end() if of else match.end()
            span = _noun_phrase(scene, start, min(sentence.end, position))
            if span is not None:
                found = Group(name=span.of(scene.text), quantity=match.group(), span=span)
        if found is not None:
            return found
    return None


def _noun_phrase(scene: Scene, start: int, end: int) -> Span | None:
    """Read a plural noun with what belongs to it: "cabinet members for health"."""
    words = list(re.finditer(r"\s*([\w’'-]+)", scene.text[start:end]))
    size, at, first = 0, 0, None
    for index, word in enumerate(words[:5]):
        small = word.group(1).lower()
        if word.start() != at or small in FUNCTION_WORDS or small in CUES or not small[0].isalpha():
            return None
        first = word.start(1) if first is None else first
        at = word.end()
        if small in _UNITS:
            return None
        if is_plural(small):
            size = index + 1
            break
    if not size or first is None:
        return None
    reach = words[size - 1].end()
    if size + 1 < len(words) and words[size].group(1) in {"for", "of"}:
        for word in words[size + 1 : size + 5]:
            tokens = scene.tokens(Span(start + word.start(1), start + word.end(1)))
            if not tokens or tokens[0].pos_ not in {"NOUN", "ADJ", "PROPN"} or word.group(1).lower() in CUES:
                break
            reach = word.end()
    return Span(start + first, start + reach)
