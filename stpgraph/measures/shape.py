"""The shape of a whole network: density, components, clustering, reciprocity. Formulae in docs/networks.md."""

from __future__ import annotations

from typing import Any

from stpgraph.measures.centrality import degrees
from stpgraph.measures.ties import Ties

__all__ = ["clustering", "density", "reciprocity", "two_mode_clustering"]

#: How many rows of a product are held at once, so that a node tied to all others does no harm.
_ROWS_AT_ONCE = 512


def density(ties: Ties) -> float | None:
    """Return the share of possible ties that there are: of arcs in a directed network, of ties between two modes."""
    size = len(ties.nodes)
    if ties.senders is not None:
        senders = int(ties.senders.sum())
        return len(ties.first) / (senders * (size - senders))
    if size < 2:
        return None
    return len(ties.starts) / (size * (size - 1)) if len(ties.starts) else 2 * len(ties.first) / (size * (size - 1))


def reciprocity(ties: Ties) -> float | None:
    """Return the share of arcs that are answered; None for undirected networks and for those of two modes."""
    if ties.senders is not None or not len(ties.starts):
        return None
    return 2 * (len(ties.starts) - len(ties.first)) / len(ties.starts)


def clustering(ties: Ties) -> float | None:
    """Return the share of paths of two ties whose ends are tied; None without such paths and for two modes."""
    if ties.senders is not None:
        return None
    many = degrees(ties)
    paths = float((many * (many - 1)).sum())
    if not paths:
        return None
    adjacency = ties.adjacency
    closed = sum(
        float((adjacency[rows] @ adjacency).multiply(adjacency[rows]).sum()) for rows in _pieces(adjacency.shape[0])
    )
    return closed / paths


def two_mode_clustering(ties: Ties) -> float | None:
    """Return the share of paths of three ties, between two modes, that a fourth closes; None where there are none."""
    if ties.senders is None:
        return None
    many = degrees(ties)
    paths = float(((many[ties.first] - 1) * (many[ties.second] - 1)).sum())
    if not paths:
        return None
    between = ties.adjacency[ties.senders][:, ~ties.senders]
    between = between if between.shape[0] <= between.shape[1] else between.T.tocsr()
    return 4 * _squares(between) / paths


def _squares(between: Any) -> float:
    """Count the closed paths of four ties: two of one mode with two that both are tied to."""
    found = 0.0
    for rows in _pieces(between.shape[0]):
        shared = (between[rows] @ between.T).data
        found += float((shared * (shared - 1)).sum())
    many = between.sum(axis=1)
    return (found - float((many * (many - 1)).sum())) / 4


def _pieces(count: int) -> list[slice]:
    return [slice(at, min(at + _ROWS_AT_ONCE, count)) for at in range(0, count, _ROWS_AT_ONCE)]
