"""Where labels of a column stand: one below the other, spread out, or as near as can be to where they should be."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["between", "separated", "spread", "stacked", "total_of"]


def total_of(column: list[str], heights: Mapping[str, float]) -> float:
    """Return how tall the labels of a column are together, without gaps."""
    return sum(heights[node] for node in column)


def stacked(column: list[str], heights: Mapping[str, float], gap: float) -> dict[str, float]:
    """Middles of labels that stand one below the other."""
    middles, top = {}, gap
    for node in column:
        middles[node] = top + heights[node] / 2
        top += heights[node] + gap
    return middles


def spread(column: list[str], heights: Mapping[str, float], gap: float, total: float) -> list[float]:
    """Middles of labels with equal room between them, over the whole picture."""
    room = (total - total_of(column, heights) - 2 * gap) / max(len(column) - 1, 1)
    middles = stacked(column, heights, room)
    return [middle + gap - room for middle in middles.values()]


def between(some: list[float], others: list[float]) -> list[float]:
    """Means of two positions each: near their neighbours, yet not all in one heap."""
    return [(one + other) / 2 for one, other in zip(some, others, strict=True)]


def separated(
    column: list[str], wanted: list[float], heights: Mapping[str, float], gap: float, total: float
) -> dict[str, float]:
    """Middles as near to the wanted ones as labels that keep their order and their distance can be.

    Neighbours that would overlap are joined into blocks that stand at the mean of what their members want (pool
    adjacent violators), then all are kept within the picture.
    """
    offsets = list(stacked(column, heights, gap).values())
    blocks: list[tuple[float, int]] = []
    for middle, offset in zip(wanted, offsets, strict=True):
        blocks.append((middle - offset, 1))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (mean, size), (other, more) = blocks[-2:]
            blocks[-2:] = [((mean * size + other * more) / (size + more), size + more)]
    shifts = [mean for mean, size in blocks for _ in range(size)]
    most = total - total_of(column, heights) - (len(column) + 1) * gap
    return {
        node: offset + min(max(shift, 0.0), most) for node, offset, shift in zip(column, offsets, shifts, strict=True)
    }
