"""Facets: which claims have which values, counted for any choice of the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from stpgraph.questions.headers import fold
from stpgraph.search.answers import FACETS, UNKNOWN, Facet, FacetValue
from stpgraph.search.texts import Arrays, Mask, TextList
from stpgraph.vocabulary import BASE

__all__ = ["FacetColumn", "Facets"]


class FacetColumn:
    """One facet as pairs of claim and value; values stand in the order of their labels."""

    def __init__(self, name: str, arrays: Arrays) -> None:
        self.name = name
        self._claims = arrays[f"facet.{name}.claims"]
        self._values = arrays[f"facet.{name}.values"]
        self._keys, self._labels, self._above = (
            TextList.from_arrays(arrays, f"facet.{name}.{part}") for part in ("keys", "labels", "above")
        )
        self._numbers = {key: number for number, key in enumerate(self._keys)}

    @staticmethod
    def arrays_of(
        name: str, keys: Sequence[Sequence[str]], labels: Mapping[str, str], above: Mapping[str, str]
    ) -> dict[str, NDArray[np.generic]]:
        """Return what a facet is kept as.

        Args:
            name: of the facet.
            keys: those of each claim; of none, its value is unknown.
            labels: by key.
            above: by key, the key of what it is a part of.
        """
        every = {key for of_claim in keys for key in of_claim or (UNKNOWN,)}
        ordered = sorted(every, key=lambda key: (fold(labels.get(key, key)), key))
        numbers = {key: number for number, key in enumerate(ordered)}
        pairs = [(row, numbers[key]) for row, of_claim in enumerate(keys) for key in of_claim or (UNKNOWN,)]
        paired = np.array(pairs, dtype=np.int32).reshape(-1, 2)
        listed = {
            "keys": ordered,
            "labels": [labels.get(key, "not known" if key == UNKNOWN else key) for key in ordered],
            "above": [above.get(key, "") for key in ordered],
        }
        made: dict[str, NDArray[np.generic]] = {
            f"facet.{name}.claims": paired[:, 0].copy(),
            f"facet.{name}.values": paired[:, 1].copy(),
        }
        for part, texts in listed.items():
            made.update(TextList.of(texts).to_arrays(f"facet.{name}.{part}"))
        return made

    def mask(self, chosen: Iterable[str], count: int) -> Mask:
        """Return which of so many claims have any of the values chosen."""
        wanted = np.zeros(len(self._keys), dtype=np.bool_)
        wanted[[self._numbers[key] for key in chosen if key in self._numbers]] = True
        mask = np.zeros(count, dtype=np.bool_)
        mask[self._claims[wanted[self._values]]] = True
        return mask

    def knows(self, key: str) -> bool:
        """Say whether any claim has a value."""
        return key in self._numbers

    def facet(self, mask: Mask, chosen: Sequence[str], most: int | None) -> Facet:
        """Count the values of the claims of a mask."""
        counts = np.bincount(self._values[mask[self._claims]], minlength=len(self._keys))
        ordered = np.argsort(-counts, kind="stable")[: int(np.count_nonzero(counts))]
        kept = ordered if most is None else ordered[:most]
        shown = [int(number) for number in kept]
        seen = set(shown)
        chosen_there = [self._numbers[key] for key in chosen if key in self._numbers]
        shown += sorted(set(chosen_there) - seen, key=lambda number: (-counts[number], number))
        values = [self._value(number, int(counts[number]), is_chosen=self._keys[number] in chosen) for number in shown]
        values += [
            FacetValue(key=key, label=key, count=0, is_chosen=True) for key in chosen if key not in self._numbers
        ]
        found = len(ordered) + sum(value.count == 0 for value in values)
        return Facet(name=self.name, label=FACETS[self.name], values=tuple(values), value_count=found)

    def _value(self, number: int, count: int, *, is_chosen: bool) -> FacetValue:
        key = self._keys[number]
        is_thing = self.name != "period" and key != UNKNOWN
        iri = (key if "://" in key else BASE + key) if is_thing else ""
        above, label = self._above[number], self._labels[number]
        return FacetValue(key=key, label=label, count=count, is_chosen=is_chosen, above=above, iri=iri)


class Facets:
    """All facets of claims."""

    def __init__(self, arrays: Arrays, count: int) -> None:
        self._columns = {name: FacetColumn(name, arrays) for name in FACETS}
        self._count = count

    def narrow(
        self, base: Mask, chosen: Mapping[str, Sequence[str]], most: int | None
    ) -> tuple[Mask, tuple[Facet, ...], list[str]]:
        """Narrow claims to what is chosen, and count.

        Values of one facet are alternatives; of each facet one must be met. What a facet counts are the claims that
        meet the choices of all others, so that each of its values gives as many as it says.

        Args:
            base: the claims to narrow.
            chosen: keys by facet.
            most: how many values of a facet to give; None for all.

        Returns:
            The claims that are left, the facets, and what is chosen though no claim has it: "facet: key".
        """
        masks = {name: self._columns[name].mask(keys, self._count) for name, keys in chosen.items() if keys}
        failed = np.zeros(self._count, dtype=np.uint8)
        for mask in masks.values():
            failed += ~mask
        narrowed = base & (failed == 0)
        facets = []
        for name, column in self._columns.items():
            own = base & (failed == ~masks[name]) if name in masks else narrowed
            facets.append(column.facet(own, chosen.get(name, ()), most))
        missing = [
            f"{name}: {key}" for name, keys in chosen.items() for key in keys if not self._columns[name].knows(key)
        ]
        return narrowed, tuple(facets), missing
