"""How central each node is: degree, betweenness, eigenvector, PageRank, core. Formulae in docs/networks.md."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import rustworkx as rx
from scipy.sparse import csgraph as untyped_csgraph
from scipy.sparse import linalg as untyped_linalg

from stpgraph.measures.ties import Indices, Numbers, Ties

__all__ = ["betweenness", "components", "cores", "degrees", "eigenvector", "pagerank"]

#: Parts of scipy that have no types yet.
csgraph: Any = untyped_csgraph
linalg: Any = untyped_linalg

#: Up to this number of nodes all eigenvectors are found at once, which is exact.
_MOST_AT_ONCE = 300

#: Of larger networks, how many vectors are held to find the first, and how many rounds that may take.
_VECTORS_HELD, _MOST_ROUNDS = 40, 100

#: The share of walks that go on at each step, as its authors chose.
_DAMPING = 0.85


def degrees(ties: Ties) -> Numbers:
    """Return how many others each node is tied to."""
    return ties.sums(np.ones(len(ties.first)))


def betweenness(ties: Ties) -> Numbers:
    """Return the share of shortest paths between others that lead over each node; ties are steps of equal length."""
    found = rx.graph_betweenness_centrality(_undirected(ties), normalized=True)
    return _by_node(found, len(ties.nodes))


def cores(ties: Ties) -> Numbers:
    """Return the greatest k for which each node lies in a part where all are tied to at least k others of it."""
    found: Any = rx.graph_core_number(_undirected(ties))
    return _by_node(found, len(ties.nodes))


def pagerank(ties: Ties) -> Numbers:
    """Return how often a walk comes by each node: along arcs in a directed network, but for one of two modes."""
    size = len(ties.nodes)
    is_along = bool(len(ties.starts)) and ties.senders is None
    graph: rx.PyDiGraph[None, float] = rx.PyDiGraph()
    graph.add_nodes_from([None] * size)
    if is_along:
        steps = zip(ties.starts.tolist(), ties.ends.tolist(), ties.arc_strength.tolist(), strict=True)
    else:
        starts, ends = np.concatenate([ties.first, ties.second]), np.concatenate([ties.second, ties.first])
        strength = np.concatenate([ties.strength, ties.strength])
        steps = zip(starts.tolist(), ends.tolist(), strength.tolist(), strict=True)
    graph.add_edges_from([step for step in steps if step[2]])
    if not size:
        return np.zeros(0)
    found = rx.pagerank(graph, alpha=_DAMPING, weight_fn=float, tol=1e-12, max_iter=1_000)
    return _by_node(found, size)


def components(ties: Ties, *, is_strong: bool = False) -> Indices:
    """Return the component of each node, a number from 0 on; only by ties of any strength where `is_strong`."""
    held = ties.strength > 0 if is_strong else np.ones(len(ties.first), dtype=bool)
    found = csgraph.connected_components(ties.matrix(held.astype(float)), directed=False)[1] if ties.nodes else []
    return np.asarray(found, dtype=np.int64)


def eigenvector(ties: Ties) -> Numbers:
    """Return how well each node is tied to nodes that are so themselves, 1 for the first of them.

    Returns:
        Numbers by node; NaN outside the component with the most nodes, of equal ones that with the first node, and
        where the iteration does not settle.
    """
    values = np.full(len(ties.nodes), np.nan)
    component = components(ties, is_strong=True)
    sizes = np.bincount(component) if len(component) else np.zeros(1)
    size = int(sizes.max())
    if size < 2:
        return values
    inside = np.flatnonzero(component == sizes.argmax())
    strengths = ties.matrix(ties.strength)[inside][:, inside]
    if size <= _MOST_AT_ONCE:
        vector = np.linalg.eigh(strengths.toarray())[1][:, -1]
    else:
        try:
            vector = linalg.eigsh(
                strengths, k=1, which="LA", v0=np.ones(size), ncv=_VECTORS_HELD, tol=1e-12, maxiter=_MOST_ROUNDS
            )[1][:, 0]
        except linalg.ArpackNoConvergence:
            return values  # better none than a wrong one
    vector = np.abs(vector)
    values[inside] = vector / vector.max()
    return values


def _undirected(ties: Ties) -> rx.PyGraph[None, None]:
    graph: rx.PyGraph[None, None] = rx.PyGraph(multigraph=False)
    graph.add_nodes_from([None] * len(ties.nodes))
    graph.add_edges_from_no_data(list(zip(ties.first.tolist(), ties.second.tolist(), strict=True)))
    return graph


def _by_node(found: Mapping[int, float], size: int) -> Numbers:
    return np.array([found[at] for at in range(size)], dtype=float)
