"""Texts as arrays: kept once each, with the words that they are made of."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias, overload

import numpy as np
from numpy.typing import NDArray

from stpgraph.search.words import stem, words_of

__all__ = ["Arrays", "Mask", "Numbers", "TextList", "Texts", "Vocabulary", "ranges"]

Numbers: TypeAlias = NDArray[np.int64]
Mask: TypeAlias = NDArray[np.bool_]

#: What an index is kept as: arrays by name.
Arrays: TypeAlias = Mapping[str, NDArray[np.generic]]


class TextList(Sequence[str]):
    """Texts in one array of bytes, each made when it is asked for."""

    def __init__(self, data: NDArray[np.uint8], ends: Numbers) -> None:
        self._data = data
        self._ends = ends

    @classmethod
    def of(cls, texts: Iterable[str]) -> TextList:
        """Make a list of texts; what is no Unicode, half a surrogate pair, becomes a question mark."""
        encoded = [text.encode("utf-8", "replace") for text in texts]
        ends = np.cumsum([0, *map(len, encoded)], dtype=np.int64)
        return cls(np.frombuffer(b"".join(encoded), dtype=np.uint8), ends)

    @classmethod
    def from_arrays(cls, arrays: Arrays, name: str) -> TextList:
        """Read the list of a name."""
        return cls(arrays[f"{name}.data"].astype(np.uint8, copy=False), arrays[f"{name}.ends"].astype(np.int64))

    def to_arrays(self, name: str) -> dict[str, NDArray[np.generic]]:
        """Return what the list is kept as."""
        return {f"{name}.data": self._data, f"{name}.ends": self._ends}

    def __len__(self) -> int:
        return len(self._ends) - 1

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...
    def __getitem__(self, at: int | slice) -> str | list[str]:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        if not 0 <= at < len(self):
            raise IndexError(at)
        return self._data[self._ends[at] : self._ends[at + 1]].tobytes().decode("utf-8")


class Vocabulary:
    """The words of an index, in the order of the alphabet; the first is empty and stands between texts."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = list(words)
        self._of_stem: dict[str, list[int]] = defaultdict(list)
        for number, word in enumerate(self.words):
            self._of_stem[stem(word)].append(number)

    def number(self, word: str) -> int | None:
        """Return the number of a word; None where it is not one of them."""
        at = bisect_left(self.words, word)
        return at if word and at < len(self.words) and self.words[at] == word else None

    def alike(self, word: str) -> list[int]:
        """Return a word, its plural and its singular, as far as they are there."""
        return list(self._of_stem.get(stem(word), ())) if word else []

    def beginning(self, start: str) -> list[int]:
        """Return the words that begin so, in the order of the alphabet."""
        if not start:
            return []
        last = bisect_left(self.words, start + chr(0x10FFFF))
        return list(range(bisect_left(self.words, start), last))


class Texts:
    """Texts, each kept once, and their words one after the other."""

    def __init__(self, texts: TextList, vocabulary: Vocabulary, numbers: Numbers, starts: Numbers) -> None:
        self.texts = texts
        self.vocabulary = vocabulary
        self.numbers = numbers
        self.starts = starts

    @classmethod
    def of(cls, texts: Sequence[str]) -> Texts:
        """Part texts into words, and number these."""
        seen: dict[str, int] = {"": 0}
        numbers: list[int] = []
        starts = [0]
        for text in texts:
            numbers.append(0)  # so that no phrase goes from one text into the next
            numbers += [seen.setdefault(word, len(seen)) for word in words_of(text)]
            starts.append(len(numbers))
        words = sorted(seen)
        rank = np.empty(len(words), dtype=np.int64)
        rank[[seen[word] for word in words]] = np.arange(len(words))
        listed = rank[np.array(numbers, dtype=np.int64)]
        return cls(TextList.of(texts), Vocabulary(words), listed, np.array(starts, dtype=np.int64))

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> Texts:
        """Read texts."""
        return cls(
            TextList.from_arrays(arrays, "texts"),
            Vocabulary(TextList.from_arrays(arrays, "vocabulary")[:]),
            arrays["texts.numbers"].astype(np.int64),
            arrays["texts.starts"].astype(np.int64),
        )

    def to_arrays(self) -> dict[str, NDArray[np.generic]]:
        """Return what the texts are kept as."""
        return {
            **self.texts.to_arrays("texts"),
            **TextList.of(self.vocabulary.words).to_arrays("vocabulary"),
            "texts.numbers": self.numbers.astype(np.int32),
            "texts.starts": self.starts,
        }

    @property
    def lengths(self) -> Numbers:
        """How many words each text has."""
        return np.diff(self.starts) - 1

    def with_phrase(self, words: Sequence[str]) -> Numbers:
        """Return the texts in which words follow one another."""
        wanted = [self.vocabulary.number(word) for word in words]
        if not wanted or None in wanted:
            return np.empty(0, dtype=np.int64)
        first, *others = wanted
        at = np.flatnonzero(self.numbers == first)
        for distance, number in enumerate(others, start=1):
            at = at[at + distance < len(self.numbers)]
            at = at[self.numbers[at + distance] == number]
        having = np.searchsorted(self.starts, at, side="right") - 1
        return having[np.diff(having, prepend=-1) > 0]  # in order already: each once


def ranges(starts: Numbers, lengths: Numbers) -> Numbers:
    """Return the numbers of several ranges one after the other.

    Example:
        >>> ranges(np.array([10, 20]), np.array([2, 3])).tolist()
        [10, 11, 20, 21, 22]
    """
    before = np.cumsum(lengths) - lengths
    return np.repeat(starts - before, lengths) + np.arange(int(lengths.sum()))
