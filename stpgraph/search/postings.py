"""Which items have which words, and how much each word tells of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stpgraph.search.texts import Arrays, Mask, Numbers, Texts, ranges

__all__ = ["Match", "Postings", "Term"]

#: How soon more of the same word tells no more: a word that weighs this much counts half of what it ever can.
_HALF = 4.0

#: How much of a text's weight does not depend on its length.
_CONSTANT = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One thing that a user asked for, looked up.

    Attributes:
        numbers: words, any of which will do.
        texts: where it is a phrase, the texts that have it; None where it is not one.
        words: all words that it stands for, to be marked.
    """

    numbers: tuple[int, ...] = ()
    texts: Numbers | None = None
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """Which items fit, and how well."""

    mask: Mask
    score: NDArray[np.float32]


class Postings:
    """The texts of items (claims, things), and, by word, the items that have it."""

    def __init__(self, texts: Texts, arrays: Arrays, name: str) -> None:
        self._texts = texts
        self._name = name
        self._starts = arrays[f"{name}.starts"].astype(np.int64)
        self._rows = arrays[f"{name}.rows"]
        self._impacts = arrays[f"{name}.impacts"]
        self._text_starts = arrays[f"{name}.text_starts"].astype(np.int64)
        self._text_of = arrays[f"{name}.text_of"]
        self._field_of = arrays[f"{name}.field_of"]
        self._weights = arrays[f"{name}.weights"]
        self.count = len(self._text_starts) - 1

    @classmethod
    def of(
        cls,
        texts: Texts,
        items: Sequence[Sequence[tuple[int, int]]],
        weights: Sequence[float],
        name: str,
    ) -> Postings:
        """Make postings.

        Args:
            texts: those of all items.
            items: for each item its fields, as numbers, and their texts, as numbers.
            weights: of the fields.
            name: of the arrays.
        """
        counts = np.array([len(item) for item in items], dtype=np.int64)
        pairs = np.array([pair for item in items for pair in item], dtype=np.int32).reshape(-1, 2)
        field_of, text_of = pairs[:, 0], pairs[:, 1]
        starts, rows, impacts = _postings(texts, np.repeat(np.arange(len(items)), counts), field_of, text_of, weights)
        made: dict[str, NDArray[np.generic]] = {
            "starts": starts,
            "rows": rows,
            "impacts": impacts,
            "text_starts": np.concatenate([[0], np.cumsum(counts)]),
            "text_of": text_of.copy(),
            "field_of": field_of.astype(np.uint8),
            "weights": np.array(weights, dtype=np.float32),
        }
        return cls(texts, {f"{name}.{key}": array for key, array in made.items()}, name)

    def to_arrays(self) -> dict[str, NDArray[np.generic]]:
        """Return what the postings are kept as."""
        keys = ("starts", "rows", "impacts", "text_starts", "text_of", "field_of", "weights")
        arrays: list[NDArray[np.generic]] = [getattr(self, f"_{key}") for key in keys]
        return {f"{self._name}.{key}": array for key, array in zip(keys, arrays, strict=True)}

    def texts_of(self, row: int) -> Iterator[tuple[int, str]]:
        """Yield the fields of an item with their texts."""
        for at in range(self._text_starts[row], self._text_starts[row + 1]):
            yield int(self._field_of[at]), self._texts.texts[int(self._text_of[at])]

    def use_of(self, number: int) -> int:
        """Return how many items have a word."""
        return int(self._starts[number + 1] - self._starts[number])

    def match(self, term: Term) -> Match:
        """Return the items that have a term."""
        if term.texts is not None:
            rows, impacts = self._with_texts(term.texts)
        else:
            parts = [slice(self._starts[number], self._starts[number + 1]) for number in term.numbers]
            rows = np.concatenate([self._rows[part] for part in parts]) if parts else np.empty(0, dtype=np.int32)
            impacts = np.concatenate([self._impacts[part] for part in parts]) if parts else np.empty(0, np.float32)
        score = np.bincount(rows, weights=impacts, minlength=self.count).astype(np.float32)
        mask = score > 0
        found = int(np.count_nonzero(mask))
        rarity = float(np.log1p((self.count - found + 0.5) / (found + 0.5)))
        return Match(mask, score * np.float32(rarity))

    def _with_texts(self, texts: Numbers) -> tuple[NDArray[np.generic], NDArray[np.generic]]:
        """Return the items that have some texts, once for each of them, and what that tells."""
        wanted = np.zeros(len(self._texts.texts), dtype=np.bool_)
        wanted[texts] = True
        at = np.flatnonzero(wanted.take(self._text_of.astype(np.int64)))
        weights = self._weights.astype(np.float32)
        impacts = (weights / (weights + np.float32(_HALF)))[self._field_of[at]]
        return np.searchsorted(self._text_starts, at, side="right") - 1, impacts


def _postings(
    texts: Texts, row_of: Numbers, field_of: NDArray[np.int32], text_of: NDArray[np.int32], weights: Sequence[float]
) -> tuple[Numbers, NDArray[np.int32], NDArray[np.float32]]:
    """Return, by word, the items that have it, and how much it tells of each: fields as weights, long texts less."""
    words_in = texts.lengths[text_of]
    in_field = np.bincount(field_of, weights=words_in.astype(np.float64), minlength=len(weights))
    usual = in_field / np.maximum(1, np.bincount(field_of, minlength=len(weights)))
    relative = words_in / np.maximum(1.0, usual[field_of])
    weight = np.array(weights)[field_of] / (_CONSTANT + (1 - _CONSTANT) * relative)
    count = int(row_of[-1]) + 1 if len(row_of) else 1
    numbers = texts.numbers[ranges(texts.starts[text_of] + 1, words_in)]
    keys = numbers * count + np.repeat(row_of, words_in)
    order = np.argsort(keys, kind="stable")
    keys, told = keys[order], np.repeat(weight, words_in).astype(np.float32)[order]
    firsts = np.flatnonzero(np.diff(keys, prepend=-1))
    summed = np.add.reduceat(told, firsts) if len(firsts) else told
    number, row = np.divmod(keys[firsts], count)
    starts = np.searchsorted(number, np.arange(len(texts.vocabulary.words) + 1))
    return starts.astype(np.int64), row.astype(np.int32), (summed / (summed + _HALF)).astype(np.float32)
