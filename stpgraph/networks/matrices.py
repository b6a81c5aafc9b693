"""Statements counted into matrices: actors by concepts, actors by actors, concepts by concepts.

After Leifeld's discourse network analysis: docs/networks.md has the formulae. Counts are kept sparse.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import NDArray
from scipy import sparse as untyped_sparse

from stpgraph.errors import BadParameter
from stpgraph.networks.statements import Selection, check_choice
from stpgraph.tables import Cell, Column, Table

__all__ = [
    "ONE_MODE_NORMALISATIONS",
    "ONE_MODE_WEIGHTS",
    "TWO_MODE_NORMALISATIONS",
    "TWO_MODE_WEIGHTS",
    "Counts",
    "Matrix",
    "Normalisation",
    "Pairs",
    "Weight",
    "check_combination",
    "count",
    "one_mode",
    "pairs_of",
    "to_number",
    "two_mode",
    "weigh_cells",
]

#: What the weight of a tie is.
Weight: TypeAlias = Literal["congruence", "conflict", "subtract", "ignore", "combine"]

#: What a weight is divided by.
Normalisation: TypeAlias = Literal["none", "activity", "prominence", "average", "jaccard", "cosine"]

#: The weights and normalisations that fit networks of two modes and of one.
TWO_MODE_WEIGHTS = ("ignore", "subtract", "combine")
TWO_MODE_NORMALISATIONS = ("none", "activity", "prominence")
ONE_MODE_WEIGHTS = ("congruence", "conflict", "subtract", "ignore")
ONE_MODE_NORMALISATIONS = ("none", "average", "jaccard", "cosine")

#: Up to this size counts are multiplied as full arrays.
_MOST_FULL_ROWS, _MOST_FULL_CELLS = 3_000, 6_000_000

#: scipy's sparse arrays, which have no types yet.
sparse: Any = untyped_sparse

_Numbers: TypeAlias = NDArray[np.float64]
_Indices: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Matrix:
    """A matrix with names.

    Attributes:
        rows: their names, sorted by code point.
        columns: likewise.
        values: a number for each row and column.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: _Numbers

    def to_table(self, labels: Mapping[str, str] | None = None) -> Table:
        """Return the matrix as a table, with the names of its rows in the first column.

        Args:
            labels: what rows and columns are called, by name; others by their name.

        Example:
            >>> matrix = Matrix(rows=("a", "b"), columns=("x",), values=np.array([[1.0], [0.5]]))
            >>> matrix.to_table({"a": "Jo Doe"}).rows
            (('Jo Doe', 1), ('b', Decimal('0.5')))
        """
        called = labels or {}
        cells = (
            (called.get(row, row), *map(to_number, values)) for row, values in zip(self.rows, self.values, strict=True)
        )
        columns = (Column(name=called.get(name, name), type="decimal") for name in self.columns)
        return Table(question="matrix", columns=(Column(name="name"), *columns), rows=tuple(cells))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Counts:
    """How many statements each actor made on each concept at each level of stance.

    Attributes:
        actors: names of the rows, sorted by code point.
        concepts: names of the columns, likewise.
        levels: of stance, ascending.
        is_scale: whether these are a scale of numbers, or 0 for against and 1 for.
        cells: for each level, a sparse matrix of actors by concepts.
    """

    actors: tuple[str, ...]
    concepts: tuple[str, ...]
    levels: tuple[int, ...]
    is_scale: bool
    cells: tuple[Any, ...]

    @property
    def all(self) -> Any:
        """The counts of all levels together."""
        return _total(self.cells)

    def transposed(self) -> Counts:
        """Return the counts with the roles of actors and concepts swapped."""
        cells = tuple(layer.T.tocsr() for layer in self.cells)
        return replace(self, actors=self.concepts, concepts=self.actors, cells=cells)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pairs:
    """The pairs of actors that spoke about the same concepts, each once, the lesser index first.

    Attributes:
        first: index of one actor.
        second: index of the other.
        congruence: how far they agree.
        conflict: how far they disagree.
        weight: of their tie, normalised.
    """

    first: _Indices
    second: _Indices
    congruence: _Numbers
    conflict: _Numbers
    weight: _Numbers


def to_number(value: float) -> Cell:
    """Return a number as a cell of a table, whole or with all its digits.

    Example:
        >>> to_number(2.0), to_number(-0.0), to_number(0.1)
        (2, 0, Decimal('0.1'))
    """
    return int(value) if float(value).is_integer() else Decimal(repr(float(value)))


def check_combination(mode: str, weight: str, normalisation: str) -> None:
    """Make sure that a weight and a normalisation fit networks of two modes, or of one.

    Raises:
        BadParameter: when they do not.

    Example:
        >>> check_combination("two-mode", "congruence", "none")
        Traceback (most recent call last):
        ...
        stpgraph.errors.BadParameter: weight='congruence' is for one mode; two-mode takes ignore, subtract, combine
    """
    is_two_mode = mode == "two-mode"
    fitting = {
        "weight": (weight, TWO_MODE_WEIGHTS if is_two_mode else ONE_MODE_WEIGHTS, get_args(Weight)),
        "normalisation": (
            normalisation,
            TWO_MODE_NORMALISATIONS if is_two_mode else ONE_MODE_NORMALISATIONS,
            get_args(Normalisation),
        ),
    }
    for name, (value, fits, known) in fitting.items():
        check_choice(name, value, known)
        if value not in fits:
            other = "one mode" if is_two_mode else "two-mode"
            raise BadParameter(f"{name}={value!r} is for {other}; {mode} takes {', '.join(fits)}")


def count(selection: Selection, *, with_isolates: bool = False) -> Counts:
    """Count the statements of a selection.

    Args:
        selection: those that count.
        with_isolates: whether actors and concepts whose statements were all left out stay, as zeros.
    """
    statements = selection.statements
    actors = selection.actors if with_isolates else tuple(sorted({one.actor for one in statements}))
    concepts = selection.concepts if with_isolates else tuple(sorted({one.concept for one in statements}))
    rows = {name: at for at, name in enumerate(actors)}
    columns = {name: at for at, name in enumerate(concepts)}
    levels = tuple(range(selection.lowest, selection.highest + 1))
    cells = []
    for level in levels:
        found = [one for one in statements if one.stance == level]
        places = ([rows[one.actor] for one in found], [columns[one.concept] for one in found])
        layer = sparse.coo_array((np.ones(len(found)), places), shape=(len(actors), len(concepts)))
        cells.append(layer.tocsr())
    return Counts(actors=actors, concepts=concepts, levels=levels, is_scale=selection.is_scale, cells=tuple(cells))


def two_mode(counts: Counts, *, weight: Weight = "ignore", normalisation: Normalisation = "none") -> Matrix:
    """Return the matrix of actors by concepts.

    Raises:
        BadParameter: when the weight or the normalisation does not fit two modes.
    """
    check_combination("two-mode", weight, normalisation)
    values = np.zeros((len(counts.actors), len(counts.concepts)))
    rows, columns, weights = weigh_cells(counts, weight, normalisation)
    values[rows, columns] = weights
    return Matrix(rows=counts.actors, columns=counts.concepts, values=values)


def weigh_cells(counts: Counts, weight: Weight, normalisation: Normalisation) -> tuple[_Indices, _Indices, _Numbers]:
    """Return row, column and weight of each cell with a statement, also where what is for and against comes to 0."""
    every = counts.all.tocoo()
    rows, columns = every.coords
    layers = [_at(layer, rows, columns) for layer in counts.cells]
    if weight == "subtract":
        signs = counts.levels if counts.is_scale else (-1, 1)
        weights = sum((sign * layer for sign, layer in zip(signs, layers, strict=True)), start=np.zeros(len(rows)))
    elif weight == "combine":
        bits = [1 << at for at in range(len(layers))]
        marked = [np.where(layer > 0, float(bit), 0.0) for bit, layer in zip(bits, reversed(layers), strict=True)]
        weights = sum(marked, start=np.zeros(len(rows)))
    else:
        weights = every.data
    if normalisation == "activity":
        weights = weights / counts.all.sum(axis=1)[rows]
    elif normalisation == "prominence":
        weights = weights / counts.all.sum(axis=0)[columns]
    return rows, columns, weights


def one_mode(counts: Counts, *, weight: Weight = "congruence", normalisation: Normalisation = "none") -> Matrix:
    """Return the matrix of actors by actors; of concepts by concepts for transposed counts.

    Raises:
        BadParameter: when the weight or the normalisation does not fit one mode.
    """
    check_combination("one mode", weight, normalisation)
    pairs = pairs_of(counts, weight, normalisation)
    values = np.zeros((len(counts.actors), len(counts.actors)))
    values[pairs.first, pairs.second] = values[pairs.second, pairs.first] = pairs.weight
    return Matrix(rows=counts.actors, columns=counts.actors, values=values)


def pairs_of(counts: Counts, weight: Weight, normalisation: Normalisation) -> Pairs:
    """Return every pair of actors that spoke about the same concept, with how far they agree and disagree."""
    layers = _laid_out(counts)
    met = _total(layers) @ _total(layers).T
    first, second = _upper(met)
    likeness = _likeness(counts.levels)
    congruence = _at(_products(layers, likeness), first, second)
    conflict = _at(_products(layers, 1 - likeness), first, second)
    weights = {
        "congruence": congruence,
        "conflict": conflict,
        "subtract": congruence - conflict,
        "ignore": _at(met, first, second),
    }[weight]
    divisor = _divisor(layers, normalisation, first, second)
    divided = np.divide(weights, divisor, out=np.zeros(len(first)), where=divisor != 0)
    return Pairs(first=first, second=second, congruence=congruence, conflict=conflict, weight=divided)


def _laid_out(counts: Counts) -> list[Any]:
    """Return the counts as full arrays where these are small, for thousands of actors meet nearly all others."""
    rows, columns = len(counts.actors), len(counts.concepts)
    is_small = rows <= _MOST_FULL_ROWS and rows * columns <= _MOST_FULL_CELLS
    return [layer.toarray() for layer in counts.cells] if is_small else list(counts.cells)


def _total(layers: Sequence[Any]) -> Any:
    return sum(layers[1:], start=layers[0])


def _likeness(levels: tuple[int, ...]) -> _Numbers:
    """Return how like each two levels of stance are, from 0 for the ends of the scale to 1 for the same."""
    apart = np.abs(np.subtract.outer(levels, levels)).astype(float)
    return 1 - apart / max(levels[-1] - levels[0], 1)


def _products(layers: Sequence[Any], shares: _Numbers) -> Any:
    """Return, for each two actors, the products of their counts on a concept at two levels, times a share for these."""
    return _total(
        [
            layer @ _total([share * other for share, other in zip(row, layers, strict=True)]).T
            for layer, row in zip(layers, shares, strict=True)
        ]
    )


def _divisor(layers: Sequence[Any], normalisation: Normalisation, first: _Indices, second: _Indices) -> _Numbers:
    activity = _total(layers).sum(axis=1)
    if normalisation == "average":
        return np.asarray((activity[first] + activity[second]) / 2)
    if normalisation == "cosine":
        return np.asarray(activity[first] * activity[second])
    if normalisation == "none":
        return np.ones(len(first))
    shared = _total([layer @ (layer > 0).astype(float).T for layer in layers])
    both = _at(_total([layer @ layer.T for layer in layers]), first, second)
    alone = activity[first] - _at(shared, first, second) + activity[second] - _at(shared, second, first)
    return np.asarray(alone + both)


def _upper(matrix: Any) -> tuple[_Indices, _Indices]:
    """Return the places above the diagonal that hold something, row by row."""
    held = np.nonzero(np.triu(matrix, k=1)) if isinstance(matrix, np.ndarray) else sparse.triu(matrix, k=1).nonzero()
    order = np.lexsort((held[1], held[0]))
    return held[0][order], held[1][order]


def _at(matrix: Any, rows: _Indices, columns: _Indices) -> _Numbers:
    if not len(rows):
        return np.zeros(0)
    held = matrix if isinstance(matrix, np.ndarray) else matrix.tocsr()
    return np.asarray(held[rows, columns], dtype=float).reshape(-1)
