"""In which order the nodes of two columns stand, so that the lines between them cross little."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["Neighbours", "barycentre", "count_crossings", "order_columns"]

#: For each node the nodes it is joined to, with the number of claims between them.
Neighbours = Mapping[str, Mapping[str, int]]

#: Sweeps of the ordering; it settles after three or four.
_SWEEPS = 12

#: Above this number of edges neighbours are no longer tried in exchanged places, which takes time with its square.
_MOST_EDGES_EXCHANGED = 2000


def order_columns(left: list[str], right: list[str], neighbours: Neighbours) -> tuple[list[str], list[str]]:
    """Order both columns by the mean rank of their neighbours, again and again, and keep the order that crosses least.

    Example:
        >>> order_columns(["a", "b"], ["x", "y"], {"a": {"y": 1}, "b": {"x": 1}, "x": {"b": 1}, "y": {"a": 1}})
        (['a', 'b'], ['y', 'x'])
    """
    best = (left, right)
    fewest = count_crossings(left, right, neighbours)
    for sweep in range(_SWEEPS):
        if sweep % 2:
            left = _by_neighbours(left, right, neighbours)
        else:
            right = _by_neighbours(right, left, neighbours)
        crossings = count_crossings(left, right, neighbours)
        if crossings < fewest:
            best, fewest = (left, right), crossings
    edges = sum(len(neighbours[node]) for node in left)
    return _exchanged(*best, neighbours) if edges <= _MOST_EDGES_EXCHANGED else best


def _by_neighbours(column: list[str], other: list[str], neighbours: Neighbours) -> list[str]:
    rank = {node: float(position) for position, node in enumerate(other)}
    return sorted(column, key=lambda node: barycentre(neighbours[node], rank, len(other) / 2))


def barycentre(neighbours: Mapping[str, int], rank: Mapping[str, float], default: float) -> float:
    """Return the mean rank of the neighbours that have one, weighted by the number of claims.

    Example:
        >>> barycentre({"x": 3, "y": 1}, {"x": 0.0, "y": 4.0}, 9.0)
        1.0
    """
    weights = {node: weight for node, weight in neighbours.items() if node in rank}
    if not weights:
        return default
    return sum(rank[node] * weight for node, weight in weights.items()) / sum(weights.values())


def count_crossings(left: list[str], right: list[str], neighbours: Neighbours) -> int:
    """Count the pairs of lines that cross, with a tree of counts over the right column.

    Example:
        >>> count_crossings(["a", "b"], ["x", "y"], {"a": {"y": 1}, "b": {"x": 1}})
        1
    """
    rank = {node: position for position, node in enumerate(right)}
    ends = [position for node in left for position in sorted(rank[other] for other in neighbours[node])]
    tree = [0] * (len(right) + 1)
    crossings = 0
    for seen, end in enumerate(ends):
        at, before = end + 1, 0
        while at:
            before += tree[at]
            at &= at - 1
        crossings += seen - before
        at = end + 1
        while at <= len(right):
            tree[at] += 1
            at += at & -at
    return crossings


def _exchanged(left: list[str], right: list[str], neighbours: Neighbours) -> tuple[list[str], list[str]]:
    """Exchange neighbours in a column as long as that takes crossings away."""
    improved = True
    while improved:
        improved = False
        for column, other in ((left, right), (right, left)):
            rank = {node: position for position, node in enumerate(other)}
            for at in range(len(column) - 1):
                upper = [rank[node] for node in neighbours[column[at]]]
                lower = [rank[node] for node in neighbours[column[at + 1]]]
                now = sum(a > b for a in upper for b in lower)
                then = sum(a < b for a in upper for b in lower)
                if then < now:
                    column[at], column[at + 1] = column[at + 1], column[at]
                    improved = True
    return left, right
