"""A network as its ties: what every measure reads.

Several edges between two nodes are one tie, whatever their direction and kind; an edge from a node to itself is none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import sparse as untyped_sparse

from stpgraph.networks.views import Network

__all__ = ["Indices", "Numbers", "Ties", "find_ties"]

#: scipy's sparse arrays, which have no types yet.
sparse: Any = untyped_sparse

Numbers: TypeAlias = NDArray[np.float64]
Indices: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ties:
    """The ties of a network.

    Attributes:
        nodes: all nodes, sorted; the others point at these by position.
        first: one end of each tie, the lesser.
        second: the other end.
        strength: of each tie, the sum of the sizes of its edges' weights.
        signed: of each tie, the sum of these weights as they are; less than 0 where it is of conflict.
        starts: where each arc starts, for a directed network: the ties with their direction.
        ends: where each arc ends.
        arc_strength: of each arc.
        senders: for a network of two modes, which nodes are of the first: arcs go from these to the others; None for
            any other network.
    """

    nodes: tuple[str, ...]
    first: Indices
    second: Indices
    strength: Numbers
    signed: Numbers
    starts: Indices
    ends: Indices
    arc_strength: Numbers
    senders: NDArray[np.bool_] | None

    @property
    def adjacency(self) -> Any:
        """A sparse matrix with a 1 for each two nodes that are tied."""
        return self.matrix(np.ones(len(self.first)))

    def matrix(self, values: Numbers) -> Any:
        """Return a sparse symmetric matrix of a value for each tie; it holds no zeros."""
        size = len(self.nodes)
        rows, columns = np.concatenate([self.first, self.second]), np.concatenate([self.second, self.first])
        both = np.concatenate([values, values])
        made = sparse.csr_array((both, (rows, columns)), shape=(size, size))
        made.eliminate_zeros()
        return made

    def sums(self, values: Numbers) -> Numbers:
        """Return the sum of a value for each tie, by node."""
        size = len(self.nodes)
        found = np.bincount(self.first, values, size) + np.bincount(self.second, values, size)
        return np.asarray(found, dtype=float)


def find_ties(graph: Network) -> Ties:
    """Return the ties of a network.

    The weight of a code ("combine") is no amount: each such tie counts 1. Weights of conflict have a sign: less than 0.

    Example:
        >>> import networkx as nx
        >>> graph = nx.MultiDiGraph([("a", "b", {"weight": 2}), ("b", "a", {"weight": 1}), ("a", "a", {"weight": 5})])
        >>> ties = find_ties(graph)
        >>> ties.nodes, ties.strength.tolist(), ties.arc_strength.tolist()
        (('a', 'b'), [3.0], [2.0, 1.0])
    """
    nodes = tuple(sorted(graph))
    place = {node: at for at, node in enumerate(nodes)}
    is_code, sign = graph.graph.get("weight") == "combine", -1 if graph.graph.get("weight") == "conflict" else 1
    strengths: dict[tuple[int, int], float] = {}
    signed: dict[tuple[int, int], float] = {}
    arcs: dict[tuple[int, int], float] = {}
    for source, target, given in graph.edges(data="weight", default=1):
        start, end = place[source], place[target]
        if start == end:
            continue
        weight = 1.0 if is_code else float(given)
        pair = (start, end) if start < end else (end, start)
        strengths[pair] = strengths.get(pair, 0.0) + abs(weight)
        signed[pair] = signed.get(pair, 0.0) + sign * weight
        arcs[start, end] = arcs.get((start, end), 0.0) + abs(weight)
    first, second, strength = _columns(strengths)
    starts, ends, arc_strength = _columns(arcs if graph.is_directed() else {})
    return Ties(
        nodes=nodes,
        first=first,
        second=second,
        strength=strength,
        signed=_columns(signed)[2],
        starts=starts,
        ends=ends,
        arc_strength=arc_strength,
        senders=_senders(len(nodes), starts, ends),
    )


def _columns(values: Mapping[tuple[int, int], float]) -> tuple[Indices, Indices, Numbers]:
    pairs = sorted(values)
    first = np.array([one for one, _ in pairs], dtype=np.int64)
    second = np.array([other for _, other in pairs], dtype=np.int64)
    return first, second, np.array([values[pair] for pair in pairs], dtype=float)


def _senders(size: int, starts: Indices, ends: Indices) -> NDArray[np.bool_] | None:
    """Tell the nodes of the first mode, in a directed network in which no node is both a start and an end."""
    is_start, is_end = np.zeros(size, dtype=bool), np.zeros(size, dtype=bool)
    is_start[starts] = is_end[ends] = True
    if not len(starts) or bool((is_start & is_end).any()):
        return None
    return is_start
