"""Who belongs together: communities, the two camps, bridges between, and how far the network is split.

Formulae and sources are in docs/networks.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import networkx as nx
import numpy as np
from scipy.sparse import linalg as untyped_linalg

from stpgraph.measures.ties import Indices, Numbers, Ties

__all__ = ["NO_GROUP", "bridging", "ei_index", "find_camps", "find_communities", "modularity", "polarisation"]

#: A part of scipy that has no types yet.
linalg: Any = untyped_linalg

#: The group of a node that has none.
NO_GROUP = 0

#: The one start of all that is drawn at random, so that the same network gives the same answer.
_SEED = 20161121

#: Up to this number of nodes all eigenvectors are found at once, which is exact.
_MOST_AT_ONCE = 300

#: A lesser gain, as a share of all ties, is none but that of rounding.
_LEAST_GAIN = 1e-9


def find_communities(ties: Ties) -> Indices:
    """Return the community of each node by the method of Louvain, on ties of more than 0; the largest is 1.

    Returns:
        Numbers by node, `NO_GROUP` where no such tie is. Of equally large communities that with the first node is
        first.
    """
    graph: nx.Graph[int] = nx.Graph()
    held = np.flatnonzero(ties.signed > 0)
    graph.add_nodes_from(sorted({*ties.first[held].tolist(), *ties.second[held].tolist()}))
    for at in held.tolist():
        graph.add_edge(int(ties.first[at]), int(ties.second[at]), weight=float(ties.signed[at]))
    found: list[set[int]] = nx.community.louvain_communities(graph, weight="weight", seed=_SEED) if graph else []
    return _numbered(found, len(ties.nodes))


def modularity(ties: Ties, communities: Indices) -> float | None:
    """Return how much more of the ties' strength lies within communities than by chance; None without such ties."""
    held = ties.signed > 0
    weights = np.where(held, ties.signed, 0.0)
    total = weights.sum()
    if not total:
        return None
    inside = communities[ties.first] == communities[ties.second]
    shares = np.bincount(communities, ties.sums(weights)) / (2 * total)
    return float(weights[inside].sum() / total - (shares**2).sum())


def bridging(ties: Ties, communities: Indices) -> Numbers:
    """Return how evenly each node's ties spread over communities: 0 for all within one; NaN where it has none."""
    weights = np.where(ties.signed > 0, ties.signed, 0.0)
    strengths = ties.sums(weights)
    size = int(communities.max(initial=0)) + 1
    ends = np.concatenate([ties.first, ties.second])
    others = np.concatenate([communities[ties.second], communities[ties.first]])
    places, which = np.unique(ends * size + others, return_inverse=True)
    spread = np.bincount(which, np.concatenate([weights, weights]), len(places))
    squares = np.bincount(places // size, spread**2, len(ties.nodes))
    shares = np.divide(squares, strengths**2, out=np.full(len(ties.nodes), np.nan), where=strengths > 0)
    return np.asarray(1 - shares)


def find_camps(ties: Ties) -> Indices:
    """Return the camp of each node, 1 or 2, by the split in two of greatest modularity; the larger is 1.

    The split starts from the signs of the first eigenvector of the modularity matrix, and then moves one node at a time
    for as long as that helps. Where no split is better than none all are in camp 1.

    Returns:
        Numbers by node, `NO_GROUP` for nodes without ties of any strength.
    """
    held = np.flatnonzero(ties.sums(np.abs(ties.signed)))
    if not len(held):
        return np.zeros(len(ties.nodes), dtype=np.int64)
    split = _Split(ties, held)
    sides = split.improved(split.start())
    groups = [set(held[sides > 0].tolist()), set(held[sides < 0].tolist())]
    if split.gain(sides) <= _LEAST_GAIN:
        groups = [set(held.tolist())]
    return _numbered(groups, len(ties.nodes))


def polarisation(ties: Ties, camps: Indices) -> float | None:
    """Return how far the camps part, from 0 to 1: twice the signed modularity; None without ties of any strength."""
    held = np.flatnonzero(camps)
    if not len(held):
        return None
    return _Split(ties, held).gain(np.where(camps[held] == 1, 1.0, -1.0))


def ei_index(ties: Ties, groups: Sequence[frozenset[str]]) -> float | None:
    """Return ties between groups less those within, as a share of both; None where no tie has a group at each end.

    Args:
        ties: of the network.
        groups: of each node, those it belongs to; nodes are within one that they share.
    """
    external = internal = 0
    for one, other in zip(ties.first.tolist(), ties.second.tolist(), strict=True):
        if groups[one] and groups[other]:
            shares = not groups[one].isdisjoint(groups[other])
            internal, external = internal + shares, external + (not shares)
    counted = external + internal
    return (external - internal) / counted if counted else None


class _Split:
    """The signed modularity of splits in two, of the nodes that have a tie of any strength."""

    def __init__(self, ties: Ties, held: Indices) -> None:
        self.signed = ties.matrix(ties.signed)[held][:, held]
        positive, negative = np.maximum(ties.signed, 0), np.maximum(-ties.signed, 0)
        self.total = 2 * float(positive.sum() + negative.sum())
        self.expected = [
            (sign, ties.sums(weights)[held], 2 * float(weights.sum()))
            for sign, weights in ((-1, positive), (1, negative))
            if weights.sum()
        ]
        self.size = len(held)

    def times(self, sides: Numbers) -> Numbers:
        """Multiply the modularity matrix by a vector."""
        product = np.asarray(self.signed @ sides, dtype=float)
        for sign, strengths, total in self.expected:
            product += sign * strengths * float(strengths @ sides) / total
        return product

    def gain(self, sides: Numbers) -> float:
        """Return twice the modularity of a split: 0 for none."""
        return float(sides @ self.times(sides)) / self.total

    def start(self) -> Numbers:
        """Return a split by the first eigenvector of the modularity matrix."""
        if self.size <= _MOST_AT_ONCE:
            full = np.column_stack([self.times(row) for row in np.eye(self.size)])
            vector = np.linalg.eigh((full + full.T) / 2)[1][:, -1]
        else:
            operator = linalg.LinearOperator(
                (self.size, self.size), matvec=lambda vector: self.times(vector.reshape(-1))
            )
            begin = np.random.default_rng(_SEED).standard_normal(self.size)
            try:
                vector = linalg.eigsh(operator, k=1, which="LA", v0=begin, tol=1e-3)[1][:, 0]
            except linalg.ArpackNoConvergence:
                vector = begin  # only a start: from here, too, the moves lead to a split that no move betters
        return np.where(vector > -1e-9, 1.0, -1.0)

    def improved(self, sides: Numbers) -> Numbers:
        """Move the node that gains most to the other side, again and again, until none gains."""
        sides = sides.copy()
        products = self.times(sides)
        own = sum((sign * strengths**2 / total for sign, strengths, total in self.expected), start=np.zeros(self.size))
        pointers, columns, values = self.signed.indptr, self.signed.indices, self.signed.data
        while True:
            gains = 4 * (own - sides * products)
            best = int(gains.argmax())
            if gains[best] <= _LEAST_GAIN * self.total:
                return sides
            step = -2 * sides[best]
            row = slice(pointers[best], pointers[best + 1])
            products[columns[row]] += step * values[row]
            for sign, strengths, total in self.expected:
                products += step * sign * strengths[best] / total * strengths
            sides[best] = -sides[best]


def _numbered(groups: Sequence[set[int]], size: int) -> Indices:
    """Number groups from the largest; of equally large ones that with the first node comes first."""
    numbers = np.full(size, NO_GROUP, dtype=np.int64)
    for number, group in enumerate(sorted(filter(None, groups), key=lambda group: (-len(group), min(group))), 1):
        numbers[list(group)] = number
    return numbers
