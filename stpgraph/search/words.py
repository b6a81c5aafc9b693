"""Words: how texts are parted into them, what a user's words ask for, and where they stand in a text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

from stpgraph.questions.headers import fold

__all__ = ["Asked", "Wanted", "composed", "marks", "parse", "stem", "words_of"]

#: Characters of a query that are read; what follows a text of a thousand words says no more.
_READ = 4000

#: Terms of a query that are looked up.
_TERMS = 32

#: Characters of a word that are read.
_LONGEST = 64

#: A phrase, its closing mark perhaps not typed yet, or what stands between spaces; a minus before it excludes it.
_PART = re.compile(r'(?:(?<=\s)|^)(-?)"([^"]*)"?|(\S+)')
#: Curly and other quotation marks around phrases are as good as the straight one.
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))

_SIMPLE = re.compile(r"[a-z0-9]+")
#: A run of letters and digits, with apostrophes and accents within.
_RUN = re.compile(r"[^\W_](?:[^\W_]|['’\u0300-\u036f])*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a text must have: one word, or several in this order.

    Attributes:
        words: without case, accents and punctuation.
        is_quoted: whether it stood in quotation marks, so that it is taken as it is.
    """

    words: tuple[str, ...]
    is_quoted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A user's words, read.

    Attributes:
        wanted: what a text must have.
        excluded: what it must not have.
        left_out: how many terms were more than are looked up.
        is_cut: whether the text was longer than is read.
    """

    wanted: tuple[Wanted, ...] = ()
    excluded: tuple[Wanted, ...] = ()
    left_out: int = 0
    is_cut: bool = False


def words_of(text: str) -> list[str]:
    """Part a text into words without case, accents and punctuation, as names are compared.

    Example:
        >>> words_of("Zoë’s Joint-Working: £5.3bn")
        ['zoes', 'joint', 'working', '5', '3bn']
    """
    if text.isascii():  # most are: the same, and faster
        return _SIMPLE.findall(text.lower().replace("'", ""))
    return fold(text).split()


def stem(word: str) -> str:
    """Return what a word and its plural have in common.

    Example:
        >>> [stem(word) for word in ("councils", "bodies", "STPs".lower(), "crisis", "press", "plan")]
        ['council', 'body', 'stp', 'crisis', 'press', 'plan']
    """
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    return f"{word[:-3]}y" if word.endswith("ies") and len(word) > 4 else word[:-1]


def parse(text: str) -> Asked:
    """Read a user's words: plain ones, "phrases", and -what -"must not be there"; all else means itself.

    Words joined by a hyphen or the like are a phrase. No text is an error.

    Example:
        >>> asked = parse('joint-working "thin trust" -money')
        >>> [one.words for one in asked.wanted], [one.words for one in asked.excluded]
        ([('joint', 'working'), ('thin', 'trust')], [('money',)])
    """
    wanted: dict[Wanted, None] = {}
    excluded: dict[Wanted, None] = {}
    for minus, phrase, plain in _PART.findall(text[:_READ].translate(_QUOTES)):
        is_out = bool(minus) or (plain.startswith("-") and len(plain) > 1 and plain[1].isalnum())
        found = tuple([word[:_LONGEST] for word in words_of(phrase or plain)])
        if found:
            (excluded if is_out else wanted)[Wanted(words=found, is_quoted=bool(phrase))] = None
    left_out = max(0, len(wanted) - _TERMS) + max(0, len(excluded) - _TERMS)
    return Asked(
        wanted=tuple(wanted)[:_TERMS],
        excluded=tuple(excluded)[:_TERMS],
        left_out=left_out,
        is_cut=len(text) > _READ,
    )


def marks(text: str, found: Collection[str]) -> tuple[tuple[int, int], ...]:
    """Return where words stand in a text: first character of each, and the one after its last.

    Args:
        text: as it is shown.
        found: the words, as `words_of` gives them.

    Example:
        >>> marks("Zoë’s trust", {"zoes"})
        ((0, 5),)
    """
    runs = ((run.start(), run.end(), run[0]) for run in _RUN.finditer(text))
    return tuple([(start, end) for start, end, run in runs if any(word in found for word in words_of(run))])


def composed(text: str) -> str:
    """Return a text with each accented letter as one character.

    Example:
        >>> len(composed("Zoe\u0308"))
        3
    """
    return unicodedata.normalize("NFC", text)
