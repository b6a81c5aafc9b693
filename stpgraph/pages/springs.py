"""Positions of the nodes of one connected network: ties pull together, and every node pushes away every other.

A tie pulls with its strength times its length to a power below one, so that groups stand apart; nodes push with the
product of their weights over their distance, so that hubs make room about them. Networks of some hundred nodes are
reckoned pair by pair. In larger ones the weights are spread over a mesh, whose potential is a convolution. Large
networks are first gathered into ever smaller ones, whose positions are where the larger begin.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

__all__ = ["FEWEST", "POWER", "Floats", "Ints", "Ties", "close_pairs", "relax", "settle", "sums"]

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]

#: Networks up to this size are reckoned pair by pair.
_MOST_PAIRWISE = 150

#: Gathering ends with networks of about this size.
FEWEST = 40

#: Nodes with more ties than this gather their neighbours first, the largest before the others.
_HUB = 24

#: The power of its length with which a tie pulls: 1 is a spring, 0 sets groups farthest apart.
POWER = 0.5

#: Mesh cells for each node, on average; the nearest neighbour is then some cells away.
_CELLS = 6

#: Nodes that share a small cell, on average, above which they are a heap that the mesh has to spread first.
_CROWDED = 12

#: After how many steps the nodes that are near each other are looked for anew.
_FRESH = 8

#: Cells along a side of a mesh; transforms of such sizes are quick.
_SIZES = (32, 48, 64, 96, 128, 192, 256, 384, 512, 768)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ties:
    """A network of numbered nodes.

    Attributes:
        one: one end of each tie.
        other: the other end; never the same.
        pull: the strength of each tie.
        weight: of each node, with which it pushes.
        part: the number of the part of each node; parts do not see each other.
    """

    one: Ints
    other: Ints
    pull: Floats
    weight: Floats
    part: Ints


def settle(ties: Ties, rng: np.random.Generator, *, steps: int = 70) -> Floats:
    """Return positions, one row a node, in a scale at which a tie is about 1 long.

    Args:
        ties: the network: one part of any size, or many of no more than `FEWEST` nodes.
        rng: where first positions come from.
        steps: how many for each size of network.
    """
    levels, groups = [ties], []
    while levels[-1].weight.size > FEWEST and not ties.part.any():
        coarser, group = _gather(levels[-1], rng)
        if coarser.weight.size > 0.9 * levels[-1].weight.size:
            break
        levels.append(coarser)
        groups.append(group)
    coarsest = levels[-1]
    widest = float(np.sqrt(np.bincount(coarsest.part).max()))
    positions = rng.normal(size=(coarsest.weight.size, 2)) * widest
    positions = relax(coarsest, positions, steps=2 * steps, reach=0.5 * widest, power=1.0)
    if len(levels) == 1:
        return relax(ties, positions, steps=steps, reach=0.5)
    for finer, group in zip(levels[-2::-1], groups[::-1], strict=True):
        members = np.bincount(group)[group]
        spread = rng.normal(size=(group.size, 2)) * (0.3 * np.sqrt(members - 1.0))[:, None]
        positions = relax(finer, positions[group] + spread, steps=steps, reach=1.0)
    return positions


def relax(
    ties: Ties, positions: Floats, *, steps: int, reach: float, power: float = POWER, hold: Floats | None = None
) -> Floats:
    """Let the forces move nodes, in ever smaller steps.

    Args:
        ties: the network.
        positions: where the nodes stand.
        steps: how many.
        reach: the farthest a node may go in the first step.
        power: of its length with which a tie pulls.
        hold: for each node how strongly it is held where it stands, beside its ties. Where not given, nodes are held
            weakly to the middle of their part.
    """
    members = np.bincount(ties.part)
    total = np.bincount(ties.part, ties.weight)[ties.part]
    push = _choose_push(ties, members)
    held = (ties.weight / members[ties.part] if hold is None else hold * ties.weight)[:, None]
    scale = (ties.weight / total)[:, None]
    now = positions.copy()
    for step in range(steps):
        home = positions if hold is not None else _middles(now, ties.part, members)
        pulled, stiff = _pull(ties, now, power)
        move = pulled + push(ties.weight, now) * scale + held * (home - now)
        move /= stiff[:, None] + held
        length = np.hypot(move[:, 0], move[:, 1])
        most = reach * (1.0 - step / steps) ** 1.5 + 1e-3
        now += move * (np.minimum(length, most) / np.maximum(length, 1e-12))[:, None]
    return now


def _middles(at: Floats, part: Ints, members: Ints) -> Floats:
    return np.column_stack([(np.bincount(part, at[:, axis]) / members)[part] for axis in (0, 1)])


def _choose_push(ties: Ties, members: Ints) -> Callable[[Floats, Floats], Floats]:
    if members.size > 1:
        return _Pairs(ties.part, members).push
    return _push_pairwise if ties.weight.size <= _MOST_PAIRWISE else _Mesh(ties.weight.size).push


def _pull(ties: Ties, at: Floats, power: float) -> tuple[Floats, Floats]:
    """Return the pull on each node, and how stiffly its ties hold it."""
    count = ties.weight.size
    apart = at[ties.other] - at[ties.one]
    length = np.hypot(apart[:, 0], apart[:, 1])
    strength = ties.pull * np.maximum(length, 0.05) ** (power - 1.0)
    stiff = sums(ties.one, strength, count) + sums(ties.other, strength, count)
    pulled = np.empty_like(at)
    for axis in (0, 1):
        along = strength * apart[:, axis]
        pulled[:, axis] = np.bincount(ties.one, along, count) - np.bincount(ties.other, along, count)
    return pulled, stiff


def _push_pairwise(weight: Floats, at: Floats) -> Floats:
    """Return the sum over all others of their weight over the distance, in the direction away from them."""
    across, up = (np.subtract.outer(at[:, axis], at[:, axis]) for axis in (0, 1))
    share = weight / (across * across + up * up + 1e-6)
    return np.column_stack([(share * across).sum(axis=1), (share * up).sum(axis=1)])


class _Pairs:
    """Pushes apart the nodes of each of many small parts."""

    def __init__(self, part: Ints, members: Ints) -> None:
        order = np.argsort(part, kind="stable")
        last = np.cumsum(members)[part[order]]
        after = last - np.arange(part.size) - 1  # of each node, those of its part that come after it
        one = np.repeat(np.arange(part.size), after)
        other = one + 1 + np.arange(one.size) - np.repeat(np.cumsum(after) - after, after)
        self._one, self._other = order[one], order[other]

    def push(self, weight: Floats, at: Floats) -> Floats:
        """Return the push on each node."""
        one, other, count = self._one, self._other, weight.size
        apart = at[one] - at[other]
        near = apart[:, 0] ** 2 + apart[:, 1] ** 2 + 1e-6
        pushed = np.empty_like(at)
        for axis in (0, 1):
            along = apart[:, axis] / near
            pushed[:, axis] = np.bincount(one, along * weight[other], count)
            pushed[:, axis] -= np.bincount(other, along * weight[one], count)
        return pushed


class _Mesh:
    """Pushes nodes by the potential of their weights spread over a square mesh."""

    def __init__(self, count: int) -> None:
        self._calls = 0
        self._size = size = next(size for size in _SIZES if size * size >= _CELLS * count or size == _SIZES[-1])
        steps = np.minimum(np.arange(2 * size), 2 * size - np.arange(2 * size)).astype(np.float64)
        square = steps[:, None] ** 2 + steps[None, :] ** 2
        square[0, 0] = 0.1
        self._kernel = np.fft.rfft2(-0.5 * np.log(square))

    def push(self, weight: Floats, at: Floats) -> Floats:
        """Return the push on each node."""
        size = self._size
        low = at.min(axis=0)
        cell = max(float((at.max(axis=0) - low).max()) / (size - 3.01), 1e-9)
        place = (at - low) / cell + 1.0
        corner = place.astype(np.int64)
        part = place - corner
        index = corner[:, 0] * size + corner[:, 1]
        shares = [
            (index + across * size + up, _share(part[:, 0], across) * _share(part[:, 1], up))
            for across in (0, 1)
            for up in (0, 1)
        ]
        spread = np.zeros(size * size)
        for where, share in shares:
            spread += np.bincount(where, weight * share, size * size)
        padded = np.fft.rfft2(spread.reshape(size, size), (2 * size, 2 * size))
        potential = np.fft.irfft2(padded * self._kernel, (2 * size, 2 * size))[:size, :size]
        pushed = np.empty_like(at)
        for axis in (0, 1):
            slope = -np.gradient(potential, axis=axis).ravel()
            pushed[:, axis] = sum(slope[where] * share for where, share in shares) / cell
        return pushed + self._push_near(weight, at, 1.5 * cell)

    def _push_near(self, weight: Floats, at: Floats, reach: float) -> Floats:
        """Return the push of nodes so near that the mesh hardly tells them apart."""
        if self._calls % _FRESH == 0:
            cells = ((at - at.min(axis=0)) / reach).astype(np.int64)
            crowds = np.bincount(cells[:, 0] * self._size + cells[:, 1])
            is_heap = float((crowds.astype(np.float64) ** 2).sum()) > _CROWDED * len(at)
            self._near = close_pairs(at[:0] if is_heap else at, reach)
        self._calls += 1
        one, other = self._near
        apart = at[one] - at[other]
        square = apart[:, 0] ** 2 + apart[:, 1] ** 2
        near = np.maximum(1.0 / (square + 1e-4 * reach**2) - 1.0 / reach**2, 0.0)
        pushed = np.empty_like(at)
        for axis in (0, 1):
            along = apart[:, axis] * near
            pushed[:, axis] = np.bincount(one, along * weight[other], weight.size)
            pushed[:, axis] -= np.bincount(other, along * weight[one], weight.size)
        return pushed


def _share(part: Floats, far: int) -> Floats:
    return part if far else 1.0 - part


def _gather(ties: Ties, rng: np.random.Generator) -> tuple[Ties, Ints]:
    """Gather nodes about some that are no neighbours of each other; return the smaller network and who went where."""
    count = ties.weight.size
    one, other = np.concatenate([ties.one, ties.other]), np.concatenate([ties.other, ties.one])
    pull = np.concatenate([ties.pull, ties.pull])
    ends = np.bincount(one, minlength=count)
    rank = np.argsort(np.argsort(np.where(ends > _HUB, ends, 0) + rng.random(count))).astype(np.float64)
    is_root, is_open = np.zeros(count, dtype=bool), np.ones(count, dtype=bool)
    while is_open.any():
        best = np.full(count, -1.0)
        live = is_open[one] & is_open[other]
        np.maximum.at(best, one[live], rank[other[live]])
        chosen = is_open & (rank > best)
        is_root |= chosen
        is_open &= ~chosen
        is_open[other[chosen[one]]] = False
    group = np.full(count, -1, dtype=np.int64)
    group[is_root] = np.arange(int(is_root.sum()))
    joins = is_root[other] & ~is_root[one]
    order = np.lexsort((rank[other[joins]], pull[joins]))  # the strongest tie comes last and stays
    group[one[joins][order]] = group[other[joins][order]]
    return _merged(ties, group, int(is_root.sum())), group


def _merged(ties: Ties, group: Ints, count: int) -> Ties:
    low = np.minimum(group[ties.one], group[ties.other])
    high = np.maximum(group[ties.one], group[ties.other])
    is_between = low < high
    keys, inverse = np.unique(low[is_between] * count + high[is_between], return_inverse=True)
    return Ties(
        one=keys // count,
        other=keys % count,
        pull=sums(inverse, ties.pull[is_between], keys.size),
        weight=sums(group, ties.weight, count),
        part=np.zeros(count, dtype=np.int64),
    )


def close_pairs(at: Floats, reach: float) -> tuple[Ints, Ints]:
    """Return the pairs of nodes that are within reach of each other, looking only at neighbouring cells of a grid.

    Example:
        >>> one, other = close_pairs(np.array([[0.0, 0.0], [3.0, 4.0], [30.0, 0.0]]), 6.0)
        >>> one.tolist(), other.tolist()
        ([0], [1])
    """
    cells = ((at - at.min(axis=0, initial=np.inf)) // reach).astype(np.int64) + 1 if len(at) else np.zeros((0, 2), int)
    wide = int(cells[:, 1].max(initial=0)) + 2
    key = cells[:, 0] * wide + cells[:, 1]
    order = np.argsort(key, kind="stable")
    key = key[order]
    ones, others = [], []
    for step in (0, 1, wide - 1, wide, wide + 1):
        start = np.searchsorted(key, key + step) if step else np.arange(1, key.size + 1)
        many = np.searchsorted(key, key + step, side="right") - start
        first = np.repeat(np.arange(key.size), many)
        second = np.arange(first.size) - np.repeat(np.cumsum(many) - many, many) + np.repeat(start, many)
        ones.append(order[first])
        others.append(order[second])
    one, other = np.concatenate(ones), np.concatenate(others)
    is_close = np.hypot(*(at[other] - at[one]).T) < reach
    return one[is_close], other[is_close]


def sums(index: Ints, values: Floats, count: int) -> Floats:
    """Return for each number below `count` the sum of the values that have it as their index.

    Example:
        >>> sums(np.array([0, 2, 0]), np.array([1.0, 2.0, 3.0]), 3).tolist()
        [4.0, 0.0, 2.0]
    """
    return np.bincount(index, values, count).astype(np.float64, copy=False)
