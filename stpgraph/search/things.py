"""Named things: found by words, by the beginning of a name, or by a path that is nearly theirs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from stpgraph.errors import MissingExtra
from stpgraph.search.answers import Thing
from stpgraph.search.gathering import Named
from stpgraph.search.lookups import Lookup, look_up
from stpgraph.search.postings import Postings, Term
from stpgraph.search.spelling import like_paths
from stpgraph.search.texts import Arrays, Mask, TextList, Texts
from stpgraph.search.words import parse, words_of
from stpgraph.vocabulary import BASE

__all__ = ["Things"]

#: The weights of a main name and of others.
WEIGHTS = (8.0, 6.0)

#: How much being named in many claims counts beside how well a name fits.
_FAME = 0.15

_LISTS = ("iris", "kinds", "labels", "notes")


class Things:
    """The things of an index."""

    def __init__(self, texts: Texts, arrays: Arrays) -> None:
        self._texts = texts
        self._postings = Postings(texts, arrays, "things")
        self._iris, self._kinds, self._labels, self._notes = (
            TextList.from_arrays(arrays, f"things.{name}") for name in _LISTS
        )
        self._counts = arrays["things.counts"].astype(np.int64)

    @staticmethod
    def arrays_of(things: Sequence[Named]) -> dict[str, NDArray[np.generic]]:
        """Return what things are kept as, beside their postings."""
        listed = (
            [thing.iri for thing in things],
            [thing.kind for thing in things],
            [thing.names[0] for thing in things],
            [thing.note for thing in things],
        )
        made: dict[str, NDArray[np.generic]] = {
            "things.counts": np.array([thing.claim_count for thing in things], dtype=np.int64)
        }
        for name, texts in zip(_LISTS, listed, strict=True):
            made.update(TextList.of(texts).to_arrays(f"things.{name}"))
        return made

    def use_of(self, number: int) -> int:
        """Return how many things have a word in their names."""
        return self._postings.use_of(number)

    def find(self, lookup: Lookup, limit: int) -> tuple[Thing, ...]:
        """Return the things whose names have all that was asked for, best first."""
        if not lookup.wanted:
            return ()
        found = [self._postings.match(term) for term in lookup.wanted]
        mask = np.logical_and.reduce([match.mask for match in found])
        for term in lookup.excluded:
            mask &= ~self._postings.match(term).mask
        score = np.add.reduce([match.score for match in found]) + _FAME * np.log1p(self._counts)
        return self._best(mask, score, limit)

    def suggest(self, prefix: str, limit: int) -> tuple[Thing, ...]:
        """Return the things with a name of which each word begins with a word given, the most spoken of first."""
        beginnings = list(dict.fromkeys(words_of(prefix[:200])))
        if not beginnings:
            return ()
        vocabulary = self._texts.vocabulary
        terms = [Term(numbers=tuple(vocabulary.beginning(word))) for word in beginnings]
        mask = np.logical_and.reduce([self._postings.match(term).mask for term in terms])
        return self._best(mask, self._counts, limit)

    def nearest(self, text: str, limit: int) -> tuple[Thing, ...]:
        """Return the things that an unknown path, or other text, may have meant."""
        path = text[:300].removeprefix(BASE).strip("/ ")
        last = path.partition("/")[2] or path
        found: list[Thing] = []
        with suppress(MissingExtra):  # words are all there is to go by then
            found += map(self._thing, like_paths(path.casefold(), self._paths, limit))
        found += self.find(look_up(parse(" ".join(words_of(last))), self._texts, self.use_of), limit)
        return tuple(dict.fromkeys(found))[:limit]

    @cached_property
    def _paths(self) -> list[str]:
        return [iri.removeprefix(BASE).casefold() for iri in self._iris]

    def _best(self, mask: Mask, score: NDArray[np.float64 | np.int64], limit: int) -> tuple[Thing, ...]:
        rows = np.flatnonzero(mask)
        ordered = rows[np.argsort(-score[rows], kind="stable")][:limit]
        return self._things(ordered.tolist())

    def _things(self, rows: Iterable[int]) -> tuple[Thing, ...]:
        return tuple(map(self._thing, rows))

    def _thing(self, row: int) -> Thing:
        return Thing(
            iri=self._iris[row],
            kind=self._kinds[row],
            label=self._labels[row],
            note=self._notes[row],
            claim_count=int(self._counts[row]),
        )
