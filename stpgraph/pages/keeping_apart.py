"""Keeping things apart: nodes at a least distance, and the parts of a picture side by side."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from stpgraph.pages.springs import Floats, close_pairs

__all__ = ["keep_apart", "pack"]

#: Most steps of keeping apart, and after how many the pairs that are close are looked for anew.
_STEPS, _FRESH = 240, 8

#: A turn by which no two of many directions are the same.
_GOLDEN = 2.399963

#: Widths of a packed picture that are tried, as parts of what its area asks for.
_WIDTHS = (0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.35, 1.5, 1.8)

#: Above this number of boxes, two widths will do.
_MOST_TRIED, _FEW_WIDTHS = 300, (1.0, 1.25)


def keep_apart(at: Floats, least: float, *, mobility: Floats | None = None) -> Floats:
    """Move nodes that are nearer to each other than a distance away from each other.

    Args:
        at: positions, one row a node; no two the same.
        least: the distance.
        mobility: of two nodes, the one with more gives way more; all alike where not given.

    Returns:
        Positions of which no two are nearer than `least`. What steps could not bring about, a larger scale does.
    """
    now = _loosened(at, 0.1 * least)
    yields = np.ones(len(at)) if mobility is None else mobility
    aim = 1.02 * least
    one = other = np.zeros(0, dtype=np.int64)
    for step in range(_STEPS):
        if step % _FRESH == 0:
            one, other = close_pairs(now, 1.4 * aim)
        apart = now[other] - now[one]
        length = np.hypot(apart[:, 0], apart[:, 1])
        short = np.maximum(aim - length, 0.0)
        if step % _FRESH == 0 and not (length < least).any():
            return now
        push = apart * (1.1 * short / np.maximum(length, 1e-9) / (yields[one] + yields[other]))[:, None]
        for axis in (0, 1):
            now[:, axis] += 0.6 * yields * np.bincount(other, push[:, axis], len(now))
            now[:, axis] -= 0.6 * yields * np.bincount(one, push[:, axis], len(now))
    one, other = close_pairs(now, least)
    gaps = np.hypot(*(now[other] - now[one]).T)
    return now * (least / max(float(gaps.min()), 0.05 * least)) if gaps.size else now


def _loosened(at: Floats, least: float) -> Floats:
    """Shift nodes that all but coincide, each in a direction of its own, for from nothing nothing leads away."""
    now = at.copy()
    heaped = np.unique(np.concatenate(close_pairs(at, least)))
    turn = heaped * _GOLDEN
    now[heaped] += least * np.column_stack([np.cos(turn), np.sin(turn)]) * (0.5 + heaped % 7)[:, None]
    return now


def pack(sizes: Sequence[tuple[float, float]], aspect: float) -> list[tuple[float, float]]:
    """Put boxes side by side, each as high up as there is room, in a picture of about the aspect that is asked.

    Args:
        sizes: width and height of each box, in the order in which they are put.
        aspect: width over height.

    Returns:
        The left and top of each box.

    Example:
        >>> pack([(30, 20), (10, 10), (10, 10)], 2.0)
        [(0.0, 0.0), (30.0, 0.0), (30.0, 10.0)]
    """
    if not sizes:
        return []
    area = sum(width * height for width, height in sizes)
    widest = max(width for width, _ in sizes)
    best, least = [(0.0, 0.0)], np.inf
    for factor in _WIDTHS if len(sizes) <= _MOST_TRIED else _FEW_WIDTHS:
        corners = _put(sizes, max(widest, factor * float(np.sqrt(area * aspect))))
        right = max(x + width for (x, _), (width, _) in zip(corners, sizes, strict=True))
        bottom = max(y + height for (_, y), (_, height) in zip(corners, sizes, strict=True))
        cost = abs(float(np.log(right / bottom / aspect))) + 0.3 * float(np.log(right * bottom / area))
        if cost < least - 1e-9:
            best, least = corners, cost
    return best


def _put(sizes: Sequence[tuple[float, float]], across: float) -> list[tuple[float, float]]:
    """Put boxes where the picture so far, of this width, ends highest up: its lower edge is kept as a row of steps."""
    edge = [(0.0, 0.0)]  # where each step starts, and how far down the picture goes there
    corners = []
    for width, height in sizes:
        top, left, first, last = min(
            _room(edge, at, x + width)
            for at, (x, _) in enumerate(edge)
            if x + width <= across + 1e-6 or at == 0  # the first holds what is as wide as the picture
        )
        corners.append((left, top))
        right = left + width
        ends = edge[last + 1][0] if last + 1 < len(edge) else across
        resumed = [(right, edge[last][1])] if ends > right + 1e-6 else []
        edge[first : last + 1] = [(left, top + height), *resumed]
    return corners


def _room(edge: list[tuple[float, float]], at: int, right: float) -> tuple[float, float, int, int]:
    """Return how far down a box goes that starts at a step, where that is, and the first and last step above it."""
    last, top = at, edge[at][1]
    while last + 1 < len(edge) and edge[last + 1][0] < right - 1e-6:
        last += 1
        top = max(top, edge[last][1])
    return top, edge[at][0], at, last
