"""The index itself: made of a store, kept as one file, and asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

import numpy as np
from numpy.typing import NDArray

from stpgraph.errors import BadParameter, StoreError
from stpgraph.questions.headers import nearest
from stpgraph.search.answers import FACETS, Found, Hit, Snippet, Thing
from stpgraph.search.facets import FacetColumn, Facets
from stpgraph.search.files import read_arrays, write_arrays
from stpgraph.search.gathering import FIELDS, Gathered, gather
from stpgraph.search.lookups import Lookup, look_up
from stpgraph.search.periods import Days, periods_of
from stpgraph.search.postings import Match, Postings
from stpgraph.search.snippets import snippet
from stpgraph.search.texts import Arrays, Mask, TextList, Texts
from stpgraph.search.things import WEIGHTS, Things
from stpgraph.search.words import parse
from stpgraph.store import Store
from stpgraph.vocabulary import BASE

__all__ = ["NONE_HAS_ALL", "SearchIndex"]

#: Things that a search gives beside claims.
_THINGS = 8

#: Said of claims that have some of the words only.
NONE_HAS_ALL = "no claim has all of these words; shown is what has any of them"


class SearchIndex:
    """Finds claims and things by words, and counts what they are.

    It holds all it needs in memory, never changes, and may be asked from several threads at once.

    Attributes:
        mark: tells the state of the store that it was made of; "" where that is not known.
        kept_at: the file that holds it; None for one that goes with the process.
    """

    def __init__(self, arrays: Arrays, *, mark: str = "") -> None:
        self.mark = mark
        self.kept_at: Path | None = None
        self._arrays: Arrays | None = arrays
        texts = Texts.from_arrays(arrays)
        self._texts = texts
        self._claims = Postings(texts, arrays, "claims")
        self._things = Things(texts, arrays)
        self._iris = TextList.from_arrays(arrays, "claims.iris")
        self._days = Days(arrays)
        self._facets = Facets(arrays, self._claims.count)

    @classmethod
    def build(cls, store: Store, path: Path | None = None, *, mark: str = "") -> Self:
        """Make an index of a store, and keep it in a file where one is given: whole or not at all.

        Raises:
            StoreError: when the store cannot be read, or the file cannot be written.

        Example:
            >>> from stpgraph.building import load_shipped
            >>> from stpgraph.store import open_store
            >>> store = open_store(); load_shipped(store)
            >>> found = SearchIndex.build(store).find("savings", {"stance": ["supportive"]})
            >>> found.total, found.hits[0].snippet.field
            (1, 'relationship')
        """
        index = cls(_arrays(gather(store)), mark=mark)
        if path is not None:
            index.keep(path)
        return index

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open an index that was kept.

        Raises:
            StoreError: when there is none, it is damaged, or another version made it.
        """
        mark, arrays = read_arrays(path)
        try:
            index = cls(arrays, mark=mark)
            index.kept_at = path
            return index
        except (KeyError, ValueError, IndexError) as fault:
            raise StoreError(f"the search index is damaged: {fault}; remove it", where=str(path)) from fault

    def keep(self, path: Path) -> None:
        """Write the index to a file, whole or not at all.

        Raises:
            StoreError: when it cannot be written there.
        """
        write_arrays(path, self._open(), self.mark)
        self.kept_at = path

    def close(self) -> None:
        """Let go of the index; further use is an error."""
        self._arrays = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __len__(self) -> int:
        """Count the claims."""
        return self._claims.count

    def _open(self) -> Arrays:
        if self._arrays is None:
            raise StoreError("the search index is closed; open it again")
        return self._arrays

    def find(
        self,
        words: str = "",
        chosen: Mapping[str, Sequence[str]] | None = None,
        *,
        since: str | date = "",
        until: str | date = "",
        sort: Literal["rank", "day"] = "rank",
        limit: int = 20,
        offset: int = 0,
        most: int | None = 25,
    ) -> Found:
        """Find claims, and count what they are.

        Args:
            words: plain words, all of which a claim must have, or any where none has all; "words in this order";
                -what -"must not be there". A word finds its plural and its singular; one that stands nowhere finds
                the words it begins, or else the nearest. All else means itself: no text is an error.
            chosen: keys of values by facet; of one facet any will do, of each facet one must be met.
            since: first day, month or year: "2016-11-21", "2016-11", "2016".
            until: last such day, month or year.
            sort: best first, of equals the newest; or newest first.
            limit: hits to give, at most.
            offset: hits to leave out before.
            most: values of each facet to give, those chosen beside; None for all.

        Raises:
            BadParameter: when there is no such facet or order, a limit is no date, or a number is below 0.
        """
        self._open()
        picked = _checked(chosen or {}, sort, limit, offset)
        lookup = look_up(parse(words), self._texts, self._use_of)
        match, notices = self._match(lookup)
        period = self._days.mask(since, until)
        base = match.mask if period is None else match.mask & period
        narrowed, facets, missing = self._facets.narrow(base, picked, most)
        rows = np.flatnonzero(narrowed)
        if sort == "rank" and lookup.wanted:
            rows = rows[np.argsort(-match.score[rows], kind="stable")]
        marked = lookup.words
        return Found(
            total=len(rows),
            hits=tuple([self._hit(int(row), match, marked) for row in rows[offset : offset + limit]]),
            facets=facets,
            things=self._things.find(lookup, _THINGS),
            reread=lookup.reread,
            notices=(*lookup.notices, *notices, *(f"no claim has the choice {one}" for one in missing)),
        )

    def suggest(self, prefix: str, limit: int = 8) -> tuple[Thing, ...]:
        """Return the things with a name that has words beginning as those given, the most spoken of first."""
        self._open()
        return self._things.suggest(prefix, limit)

    def nearest(self, text: str, limit: int = 5) -> tuple[Thing, ...]:
        """Return the things that an unknown path or name may have meant, the likeliest first; () for none."""
        self._open()
        return self._things.nearest(text, limit)

    def _use_of(self, number: int) -> int:
        return self._claims.use_of(number) + self._things.use_of(number)

    def _match(self, lookup: Lookup) -> tuple[Match, list[str]]:
        """Return the claims that have what was asked for, and what there is to tell of it."""
        count = self._claims.count
        notices: list[str] = []
        if lookup.wanted:
            found = [self._claims.match(term) for term in lookup.wanted]
            score = np.add.reduce([match.score for match in found])
            mask: Mask = np.logical_and.reduce([match.mask for match in found])
            if not mask.any() and len(found) > 1:
                mask = np.logical_or.reduce([match.mask for match in found])
                if mask.any():
                    notices.append(NONE_HAS_ALL)
        else:
            mask, score = np.ones(count, dtype=np.bool_), np.zeros(count, dtype=np.float32)
        for term in lookup.excluded:
            mask &= ~self._claims.match(term).mask
        return Match(mask, score), notices

    def _hit(self, row: int, match: Match, marked: frozenset[str]) -> Hit:
        names = list(FIELDS)
        texts = [(names[number], text) for number, text in self._claims.texts_of(row)]
        shown = snippet(texts, marked) if texts else Snippet(field="summary", text="")
        return Hit(iri=self._iris[row], snippet=shown, score=float(match.score[row]))


def _checked(chosen: Mapping[str, Sequence[str]], sort: str, limit: int, offset: int) -> dict[str, tuple[str, ...]]:
    """Return what is chosen, by facet, with each key in its shortest form and once."""
    for name in chosen:
        if name not in FACETS:
            raise BadParameter(f"there is no facet {name[:40]!r}; {nearest(name, FACETS)}")
    if sort not in {"rank", "day"}:
        raise BadParameter(f"there is no order {sort[:40]!r}; expected rank or day")
    if limit < 0 or offset < 0:
        raise BadParameter(f"limit={limit} and offset={offset} must not be below 0")
    return {name: tuple(dict.fromkeys(_key(name, key) for key in keys)) for name, keys in chosen.items()}


def _key(name: str, key: str) -> str:
    """Return a key in its shortest form, a path below the base; of codes, the code alone is enough."""
    short = key.removeprefix(BASE)
    scheme = {"stance": "stance/", "act": "speech-act/", "status": "review-status/"}.get(name, "")
    return short if "/" in short or short == "unknown" else scheme + short


def _arrays(gathered: Gathered) -> Arrays:
    """Turn claims and things into what an index is kept as."""
    claims, things = gathered.claims, gathered.things
    numbers: dict[str, int] = {}
    fields = {name: number for number, name in enumerate(FIELDS)}
    of_claims = [
        [(fields[name], numbers.setdefault(text, len(numbers))) for name, text in claim.texts] for claim in claims
    ]
    of_things = [
        [(int(at > 0), numbers.setdefault(name, len(numbers))) for at, name in enumerate(thing.names)]
        for thing in things
    ]
    texts = Texts.of(list(numbers))
    arrays: dict[str, NDArray[np.generic]] = {
        **texts.to_arrays(),
        **Postings.of(texts, of_claims, list(FIELDS.values()), "claims").to_arrays(),
        **Postings.of(texts, of_things, WEIGHTS, "things").to_arrays(),
        **TextList.of([claim.iri for claim in claims]).to_arrays("claims.iris"),
        **Things.arrays_of(things),
        **Days.arrays_of([claim.day for claim in claims]),
    }
    labels = {iri.removeprefix(BASE): label for iri, label in gathered.labels.items()}
    above = {iri.removeprefix(BASE): wider.removeprefix(BASE) for iri, wider in gathered.above.items()}
    for name in FACETS:
        if name == "period":
            keys = [periods_of(claim.day) for claim in claims]
            months = {key: key[:4] for of_claim in keys for key in of_claim[1:]}
            arrays.update(FacetColumn.arrays_of(name, keys, {}, months))
        else:
            keys = [tuple([iri.removeprefix(BASE) for iri in claim.facets[name]]) for claim in claims]
            arrays.update(FacetColumn.arrays_of(name, keys, labels, above if name == "relationship" else {}))
    return arrays
