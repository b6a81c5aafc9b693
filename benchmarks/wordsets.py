"""Texts as words, so that quotation marks and commas at the edge of a span count neither way."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable

from stpgraph.extraction.spans import Span

__all__ = ["Words", "head_of", "jaccard", "plain_words", "same_label"]

_WORD = re.compile(r"\w+(?:['’]\w+)*")

#: Words that do not tell one source from another: articles and amounts, pronouns, prepositions, auxiliaries, titles.
_LIGHT_WORDS = """
a an the this that these those some any all many most several few other others another both each every no not one
i me my we us our you your he him his she her hers it its they them their theirs himself herself itself themselves
who whom whose which what
of for from in on at by with to into over after before about as than and or
is are was were be been being am has have had having do does did will would
mr mrs ms miss dr sir dame lord lady baroness prof professor cllr councillor rev
"""
_LIGHT = frozenset(_LIGHT_WORDS.split())

#: What ends the part of a noun phrase that holds its head.
_ENDINGS = "of for from in on at by with to into over who whom whose which that and or as about among within where"
_AFTER_HEAD = frozenset(_ENDINGS.split())


class Words:
    """The words of a text, numbered, with the numbers that a span holds.

    Example:
        >>> words = Words("“It works,” Jo Doe said.")
        >>> sorted(words.of([Span(0, 11)])), words.has_weight({0, 1}), words.has_weight({0})
        ([0, 1], True, False)
    """

    def __init__(self, text: str) -> None:
        found = list(_WORD.finditer(text))
        self._starts = [match.start() for match in found]
        self._ends = [match.end() for match in found]
        self._words = [match.group().casefold() for match in found]

    def __contains__(self, word: object) -> bool:
        return word in self._words

    def of(self, spans: Iterable[Span]) -> frozenset[int]:
        """Return the numbers of the words that any of some spans meets."""
        numbers: set[int] = set()
        for span in spans:
            first = bisect_left(self._ends, span.start + 1)
            numbers.update(range(first, bisect_left(self._starts, span.end, lo=first)))
        return frozenset(numbers)

    def has_weight(self, numbers: Iterable[int]) -> bool:
        """Say whether one of some words is more than a pronoun, an article or the like."""
        return any(self._words[number] not in _LIGHT for number in numbers)


def jaccard(one: frozenset[int] | frozenset[str], other: frozenset[int] | frozenset[str]) -> float:
    """Return how much two sets share, of all they hold.

    Example:
        >>> jaccard(frozenset({1, 2, 3}), frozenset({2, 3, 4}))
        0.5
    """
    both = len(one & other)
    return both / (len(one) + len(other) - both) if both else 0.0


def plain_words(label: str) -> tuple[str, ...]:
    """Return the words of a label without articles and titles, nor the s of a genitive.

    Example:
        >>> plain_words("Cllr Jo Doe's")
        ('jo', 'doe')
    """
    words = (re.sub(r"['’]s?$", "", word.casefold()) for word in _WORD.findall(label))
    return tuple(word for word in words if word not in _LIGHT)


def head_of(phrase: str) -> str:
    """Return the head word of a noun phrase: the last before a preposition, a relative pronoun or a comma.

    Example:
        >>> head_of("directors of adult social care"), head_of("adult care directors, mostly"), head_of("those who had")
        ('directors', 'directors', 'those')
    """
    head = ""
    for match in re.finditer(rf"{_WORD.pattern}|[^\w\s'’-]", phrase):
        word = match.group().casefold()
        if head and (word in _AFTER_HEAD or not word[0].isalnum()):
            break
        head = word if word[0].isalnum() else head
    return head


def same_label(one: str, other: str) -> bool:
    """Say whether two labels name the same: names by all their words, groups in lower case by their head.

    Example:
        >>> same_label("the Norbury Institute", "Norbury Institute"), same_label("Doe", "Jo Doe")
        (True, False)
        >>> same_label("respondents", "the respondents to the survey")
        True
    """
    if one.casefold() == other.casefold():
        return True
    if plain_words(one) == plain_words(other):
        return bool(plain_words(one))
    return one.islower() and other.islower() and head_of(_bare(one)) == head_of(_bare(other)) != ""


def _bare(label: str) -> str:
    """Drop what stands before a group's own words: "one of the directors" stays, "the directors" loses its article."""
    return re.sub(r"^(the|a|an|some|many|most|all|several)\s+", "", label)
