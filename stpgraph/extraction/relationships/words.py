"""Words and phrases: a text as words whose endings do not count, and lists of phrases found among them.

A phrase matches whatever the inflection: "improve care" also finds "improving care". In a list, `=word` asks for that
very form, `==Word` for its capitals too, and `…` lets up to three words stand between.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from stpgraph.extraction.spans import Span

__all__ = ["Found", "Lexicon", "Word", "read_lists", "split_words", "stem"]

_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?|£|%")
_BARRIER = re.compile(r"[.!?;:](?=[\s”’\"')]|$)|\n|[()–—]|\.\.\.|…")
_VOWEL = re.compile(r"[aeiouy]")
#: Words that the rules below would take for others.
_ODD = {
    **dict.fromkeys(("care", "cares", "cared"), "care"),
    **dict.fromkeys(("building", "buildings"), "building"),
    **dict.fromkeys(("meeting", "meetings"), "meeting"),
    "caring": "caring",
    "united": "united",
    "led": "lead",
    "left": "leav",
    "lost": "los",
    "spent": "spend",
    "built": "build",
    "broken": "break",
    "broke": "break",
    "withdrew": "withdraw",
    "withdrawn": "withdraw",
    "fell": "fall",
    "fallen": "fall",
    "rose": "ris",
    "risen": "ris",
    "grew": "grow",
    "grown": "grow",
    "shown": "show",
    "found": "find",
    "paid": "pay",
    "kept": "keep",
    "told": "tell",
    "said": "say",
    "held": "hold",
    "undertook": "undertak",
    "undertaken": "undertak",
    "forecasted": "forecast",
    "foresaw": "forese",
}


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return a word without its ending, so that its inflections come out alike.

    Example:
        >>> [stem(word) for word in ("savings", "saved", "Councils’", "planning", "plan", "bodies")]
        ['sav', 'sav', 'council', 'plan', 'plan', 'body']
    """
    plain = word.casefold().replace("’", "'")
    if plain.endswith("n't"):
        return "not"
    plain = plain.removesuffix("'s").removesuffix("'")
    if odd := _ODD.get(plain):
        return odd
    if plain.endswith("ies") and len(plain) > 4:
        return plain[:-3] + "y"
    if plain.endswith("es") and plain[:-2].endswith(("ss", "sh", "ch", "x")):
        plain = plain[:-2]
    elif plain.endswith("s") and not plain.endswith(("ss", "us", "is")) and len(plain) > 3:
        plain = plain[:-1]
    if odd := _ODD.get(plain):
        return odd
    for ending in ("ing", "ied", "ed"):
        base = plain.removesuffix(ending)
        if base != plain and len(base) >= 3 and _VOWEL.search(base):
            base += "y" if ending == "ied" else ""
            doubled = len(base) > 3 and base[-1] == base[-2] and base[-1] not in "lsz"
            plain = base[:-1] if doubled else base
            break
    return plain[:-1] if plain.endswith("e") and len(plain) > 3 else plain


class Word(NamedTuple):
    """A word of a text: itself, without its ending, where it stands, and the number of its clause-like stretch."""

    form: str
    stem: str
    start: int
    end: int
    stretch: int

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)


def split_words(text: str, offset: int = 0) -> list[Word]:
    """Return the words of a text; hyphens part words, and full stops, colons, dashes and brackets part stretches.

    Example:
        >>> [(word.form, word.stretch) for word in split_words("Joined-up care; costs")]
        [('Joined', 0), ('up', 0), ('care', 0), ('costs', 1)]
    """
    breaks = [match.start() for match in _BARRIER.finditer(text)]
    words, passed = [], 0
    for match in _WORD.finditer(text):
        while passed < len(breaks) and breaks[passed] < match.start():
            passed += 1
        form = match.group()
        words.append(Word(form, stem(form), match.start() + offset, match.end() + offset, passed))
    return words


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase found: the list it is of, the phrase, the words it covers, by number too, and where it stands."""

    list: str
    phrase: str
    said: str
    first: int
    last: int
    span: Span

    @property
    def size(self) -> int:
        """How many words of the text it covers."""
        return self.last - self.first + 1


@dataclass(slots=True)
class _Phrase:
    list: str
    text: str
    parts: tuple[str, ...]
    is_plain: bool


@dataclass(slots=True)
class Lexicon:
    """Lists of phrases, each under a name.

    Example:
        >>> lexicon = Lexicon.of({"bad": ["fail to", "too little"]})
        >>> [(one.list, one.phrase) for one in lexicon.find(split_words("They failed to act."))]
        [('bad', 'fail to')]
    """

    _by_first: dict[str, list[_Phrase]] = field(default_factory=dict)

    @classmethod
    def of(cls, lists: Mapping[str, Iterable[str]]) -> Lexicon:
        """Make one of phrases by the name of their list."""
        lexicon = cls()
        for name, phrases in lists.items():
            for phrase in phrases:
                lexicon.add(name, phrase)
        return lexicon

    def add(self, name: str, phrase: str) -> None:
        """Add a phrase to a list."""
        parts = tuple(_parts(phrase))
        if parts:
            is_plain = not any(part == "…" or part.startswith("=") for part in parts)
            self._by_first.setdefault(_key(parts[0]), []).append(_Phrase(name, phrase, parts, is_plain))

    def find_all(self, words: list[Word]) -> list[Found]:
        """Return every phrase found, overlapping ones too, in the order of the text."""
        stems = tuple(word.stem for word in words)
        starts = [at for at, each in enumerate(stems) if each in self._by_first]
        return [found for at in starts for found in self._at(words, stems, at)]

    def find(self, words: list[Word]) -> list[Found]:
        """Return the phrases found; of those that overlap, the longest, then the first."""
        kept: list[Found] = []
        for one in sorted(self.find_all(words), key=lambda one: (-one.size, one.first, one.list)):
            if all(one.last < other.first or other.last < one.first for other in kept):
                kept.append(one)
        return sorted(kept, key=lambda one: one.first)

    def _at(self, words: list[Word], stems: tuple[str, ...], at: int) -> Iterator[Found]:
        for phrase in self._by_first[stems[at]]:
            last = _match_plain(phrase.parts, words, stems, at) if phrase.is_plain else _match(phrase.parts, words, at)
            if last is not None:
                said = " ".join(word.form for word in words[at : last + 1])
                yield Found(phrase.list, phrase.text, said, at, last, Span(words[at].start, words[last].end))


def _parts(phrase: str) -> Iterator[str]:
    """Yield what each word of a phrase asks for: a stem, a form after "=", or a gap."""
    for piece in phrase.split():
        if piece == "…" or piece.startswith("=="):
            yield piece
        elif piece.startswith("="):
            yield "=" + piece[1:].casefold().replace("’", "'")
        else:
            yield from (word.stem for word in split_words(piece))


def _key(part: str) -> str:
    return stem(part.lstrip("=")) if part.startswith("=") else part


def _match_plain(parts: tuple[str, ...], words: list[Word], stems: tuple[str, ...], at: int) -> int | None:
    """Do as `_match` for a phrase without gaps and forms, faster."""
    last = at + len(parts) - 1
    if stems[at : last + 1] == parts and words[last].stretch == words[at].stretch:
        return last
    return None


def _match(parts: tuple[str, ...], words: list[Word], at: int) -> int | None:
    """Return the number of the last word that the parts cover from a word on, or None."""
    here, gap = at, 0
    for part in parts:
        if part == "…":
            gap = 3
            continue
        for step in range(gap + 1):
            number = here + step
            if number >= len(words) or words[number].stretch != words[at].stretch:
                return None
            if _fits(part, words[number]):
                here, gap = number + 1, 0
                break
        else:
            return None
    return here - 1


def _fits(part: str, word: Word) -> bool:
    if part.startswith("=="):
        return word.form.replace("’", "'") == part[2:]
    if part.startswith("="):
        return word.form.casefold().replace("’", "'") == part[1:]
    return word.stem == part


def read_lists(name: str) -> dict[str, list[str]]:
    """Read a file of this folder: `[list]` on a line, then a phrase on each; what follows "#" is left out."""
    lists: dict[str, list[str]] = {}
    phrases: list[str] = []
    for line in Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines():
        content = line.partition("#")[0].strip()
        if content.startswith("["):
            phrases = lists.setdefault(content.strip("[]"), [])
        elif content:
            phrases.append(content)
    return lists
