"""Positions by forces: what is tied stands near, the rest apart, the same for the same network.

Each connected part is settled by itself (`springs`), then nodes are kept apart and the parts packed side by side.
Pushes are reckoned on a mesh, from positions of a gathered network. From a random start the mesh took a little longer
on planted groups and put fewer nodes with their own group (70 in a hundred, not 76, of 10,000); networkx's
`spring_layout` took some fifty times as long at 2,000 nodes. A transform of scipy is no quicker than numpy's, and its
import would cost a small network more than its positions do.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import networkx as nx
import numpy as np

from stpgraph.pages.keeping_apart import keep_apart, pack
from stpgraph.pages.springs import FEWEST, POWER, Floats, Ints, Ties, close_pairs, relax, settle, sums

__all__ = ["LEAST_DISTANCE", "force_layout"]

#: No two nodes are nearer to each other than this, in pixels, however many there are.
LEAST_DISTANCE = 24.0

#: Kept while reckoning, so that rounding to a tenth of a pixel cannot undo the least distance.
_APART = LEAST_DISTANCE + 0.2

#: The distance from a node to its nearest neighbour for half of the nodes, in pixels.
_USUAL = 44.0

#: The most room for a node of a part, as the side of a square in pixels; where nodes stand in heaps, these are spread.
_ROOM = 88.0

#: Between nodes without ties in their grid, and between parts.
_GRID, _GAP = 64.0, 64.0

#: A part with this share of the nodes is stretched towards the aspect that is asked, at most by this factor.
_LARGE, _STRETCH = 0.3, 1.6

#: How strongly known nodes are held where they were, and new ones where they were put; how far known nodes give way.
_HOLD_KNOWN, _HOLD_NEW, _YIELD_KNOWN = 4.0, 0.05, 0.15

#: Steps of the relaxation from an earlier picture.
_GENTLE = 30


def force_layout(
    graph: nx.Graph[str],
    *,
    start: Mapping[str, tuple[float, float]] | None = None,
    seed: int = 7,
    aspect: float = 1.6,
) -> dict[str, tuple[float, float]]:
    """Place the nodes of a network so that what is tied stands near.

    Args:
        graph: directed or not, with one edge between two nodes or several. A `weight` says how strongly an edge
            pulls: four times the usual weight pulls twice as strongly; one of 0 or less does not pull at all.
        start: positions of an earlier picture. Nodes that it has stay near where they were, in the same frame; new
            ones are put beside their neighbours, or beside the picture.
        seed: another seed, another picture.
        aspect: width over height that the picture should about have; not used where there is a start.

    Returns:
        Positions in pixels, y downwards, in the order of the nodes' names, whatever the order of the graph. No two
        nodes are nearer than `LEAST_DISTANCE`. Without a start the picture begins at 0, 0.

    Raises:
        ValueError: when a weight or a position of `start` is not a finite number.

    Example:
        >>> places = force_layout(nx.Graph([("urn:jo", "urn:trust")]))
        >>> round(math.dist(*places.values()))
        44
    """
    names = sorted(graph)
    ties = _read(graph, names)
    known = {name: start[name] for name in names if name in start} if start else {}
    if not all(math.isfinite(number) for place in known.values() for number in place):
        raise ValueError("a position of `start` is not a finite number; leave the node out to have it placed anew")
    rng = np.random.default_rng(seed)
    if known:
        at = _continue(ties, np.array([known.get(name, (np.nan, np.nan)) for name in names], dtype=float), rng)
    else:
        at = _begin(ties, rng, aspect)
    return {name: (float(x), float(y)) for name, (x, y) in zip(names, np.round(at, 1) + 0.0, strict=True)}


def _read(graph: nx.Graph[str], names: list[str]) -> Ties:
    """Number the nodes in the order of their names, join the edges between two into one tie, and find the parts."""
    number = {name: at for at, name in enumerate(names)}
    edges = sorted(
        (min(number[one], number[other]), max(number[one], number[other]), float(weight))
        for one, other, weight in graph.edges(data="weight", default=1.0)
        if one != other
    )
    weights = np.array([weight for _, _, weight in edges])
    if not np.isfinite(weights).all():
        raise ValueError("the weight of an edge is not a finite number")
    count = len(names)
    keys, inverse = np.unique(
        np.array([one * count + other for one, other, _ in edges], dtype=np.int64), return_inverse=True
    )
    weight = sums(inverse, weights, keys.size)
    usual = float(np.median(weight[weight > 0])) if (weight > 0).any() else 1.0
    pull = np.where(weight > 0, np.clip(np.sqrt(np.maximum(weight, 0.0) / usual), 0.25, 4.0), 0.0)
    one, other = keys // max(count, 1), keys % max(count, 1)
    pushes = 1.0 + sums(one, pull, count) + sums(other, pull, count)
    return Ties(one=one, other=other, pull=pull, weight=pushes, part=_parts(one, other, count))


def _parts(one: Ints, other: Ints, count: int) -> Ints:
    """Number the connected parts, the largest first, then by their first node."""
    label = np.arange(count)
    while True:
        least = label.copy()
        np.minimum.at(least, label[one], label[other])
        np.minimum.at(least, label[other], label[one])
        while not (least[least] == least).all():
            least = least[least]
        least = least[label]
        if (least == label).all():
            break
        label = least
    roots, first, inverse, members = np.unique(label, return_index=True, return_inverse=True, return_counts=True)
    rank = np.empty(roots.size, dtype=np.int64)
    rank[np.lexsort((first, -members))] = np.arange(roots.size)
    return rank[inverse]


def _subset(ties: Ties, chosen: Ints, part: Ints) -> Ties:
    """Return the ties between some nodes, numbered anew."""
    number = np.full(ties.weight.size, -1, dtype=np.int64)
    number[chosen] = np.arange(chosen.size)
    inside = (number[ties.one] >= 0) & (number[ties.other] >= 0)
    return Ties(
        one=number[ties.one[inside]],
        other=number[ties.other[inside]],
        pull=ties.pull[inside],
        weight=ties.weight[chosen],
        part=part,
    )


def _begin(ties: Ties, rng: np.random.Generator, aspect: float) -> Floats:
    """Place all nodes anew: each part, then all side by side, the nodes without ties in a grid."""
    count = ties.weight.size
    at = np.zeros((count, 2))
    members = np.bincount(ties.part)
    order = np.argsort(ties.part, kind="stable")
    pieces = [piece for piece in np.split(order, np.cumsum(members)[:-1]) if piece.size > 1]
    alone = order[members[ties.part[order]] == 1]
    small = [piece for piece in pieces if piece.size <= FEWEST]
    for piece in pieces:
        if piece.size > FEWEST:
            at[piece] = settle(_subset(ties, piece, np.zeros(piece.size, dtype=np.int64)), rng)
    if small:
        part = np.repeat(np.arange(len(small)), [piece.size for piece in small])
        at[np.concatenate(small)] = settle(_subset(ties, np.concatenate(small), part), rng)
    for piece in pieces:
        at[piece] = _in_pixels(at[piece], aspect if piece.size >= _LARGE * count else None)
    if alone.size:
        across = max(round(math.sqrt(alone.size * aspect)), 1)
        at[alone] = np.column_stack(np.divmod(np.arange(alone.size), across))[:, ::-1] * _GRID
    boxes = [*pieces, alone] if alone.size else pieces
    corners = pack([tuple(at[box].max(axis=0) - at[box].min(axis=0) + _GAP) for box in boxes], aspect)
    for box, corner in zip(boxes, corners, strict=True):
        at[box] += np.array(corner) - at[box].min(axis=0)
    at = keep_apart(at, _APART) if small else at
    return at - at.min(axis=0, initial=np.inf) if count else at


def _in_pixels(at: Floats, aspect: float | None) -> Floats:
    """Lay a part on its long side, stretch it towards an aspect and scale it; keep the nodes of large ones apart."""
    at = at - at.mean(axis=0)
    (xx, xy), (_, yy) = (at[:, :, None] * at[:, None, :]).sum(axis=0)
    turn = 0.5 * math.atan2(2 * xy, xx - yy)
    at = np.column_stack(
        [
            at[:, 0] * math.cos(turn) + at[:, 1] * math.sin(turn),
            at[:, 1] * math.cos(turn) - at[:, 0] * math.sin(turn),
        ]
    )
    across, down = np.maximum(at.max(axis=0) - at.min(axis=0), 1e-6)
    if aspect and len(at) > 2:
        stretch = math.sqrt(min(max(aspect * down / across, 1 / _STRETCH), _STRETCH))
        at *= (stretch, 1 / stretch)
    room = np.maximum(at.max(axis=0) - at.min(axis=0), 1e-6)
    most = _ROOM * math.sqrt(len(at)) / math.sqrt(float(room.prod())) if len(at) > 20 else math.inf
    at = at * min(_USUAL / _usual_distance(at), most)
    return at if len(at) <= FEWEST else keep_apart(at, _APART)


def _usual_distance(at: Floats) -> float:
    """Return the median of the distances from a node to its nearest neighbour."""
    if len(at) <= FEWEST:
        gaps = np.hypot(*(np.subtract.outer(at[:, axis], at[:, axis]) for axis in (0, 1)))
        np.fill_diagonal(gaps, np.inf)
        return max(float(np.median(gaps.min(axis=0))), 1e-6)
    spans = np.maximum(at.max(axis=0) - at.min(axis=0), 1e-6)
    reach = 2.0 * math.sqrt(float(spans.prod()) / len(at)) + 1.01 * float(spans.max()) / (len(at) - 1)
    nearest = np.full(len(at), reach)
    one, other = close_pairs(at, reach)
    length = np.hypot(*(at[other] - at[one]).T)
    np.minimum.at(nearest, one, length)
    np.minimum.at(nearest, other, length)
    return max(float(np.median(nearest)), 1e-6)


def _continue(ties: Ties, earlier: Floats, rng: np.random.Generator) -> Floats:
    """Place new nodes beside their neighbours, relax gently, and put wholly new parts below or beside the rest."""
    at, was_known = earlier.copy(), ~np.isnan(earlier[:, 0])
    _, first = np.unique(earlier[was_known], axis=0, return_index=True)
    was_known[np.setdiff1d(np.flatnonzero(was_known), np.flatnonzero(was_known)[first])] = False
    is_placed = was_known.copy()
    while _place_beside(ties, at, is_placed, rng):
        pass
    placed, rest = np.flatnonzero(is_placed), np.flatnonzero(~is_placed)
    here = _subset(ties, placed, np.zeros(placed.size, dtype=np.int64))
    at[placed] = _relaxed(here, at[placed], was_known[placed])
    if rest.size:
        _, part = np.unique(ties.part[rest], return_inverse=True)
        anew = _begin(_subset(ties, rest, part), rng, 1.6)
        low, high = at[placed].min(axis=0), at[placed].max(axis=0)
        is_below = high[0] - low[0] > high[1] - low[1]
        at[rest] = anew + ((low[0], high[1] + _GAP) if is_below else (high[0] + _GAP, low[1]))
    return at


def _place_beside(ties: Ties, at: Floats, is_placed: Ints, rng: np.random.Generator) -> bool:
    """Put nodes that have placed neighbours in the midst of them; say whether there were any."""
    count = ties.weight.size
    one, other = np.concatenate([ties.one, ties.other]), np.concatenate([ties.other, ties.one])
    joins = is_placed[other] & ~is_placed[one]
    many = np.bincount(one[joins], minlength=count)
    found = np.flatnonzero(many)
    turn = rng.uniform(0, 2 * math.pi, found.size)
    for axis, shift in ((0, np.cos(turn)), (1, np.sin(turn))):
        total = np.bincount(one[joins], at[other[joins], axis], count)
        at[found, axis] = total[found] / many[found] + shift * _USUAL
    is_placed[found] = True
    return bool(found.size)


def _relaxed(ties: Ties, at: Floats, was_known: Ints) -> Floats:
    """Let forces move nodes a little, known ones less, and keep all apart."""
    length = np.hypot(*(at[ties.other] - at[ties.one]).T)
    tension = float((ties.pull * length ** (POWER + 1.0)).sum())
    scale = (0.5 * float(ties.weight.sum()) / tension) ** (1.0 / (POWER + 1.0)) if tension else 1.0 / _USUAL
    hold = np.where(was_known, _HOLD_KNOWN, _HOLD_NEW)
    if not was_known.all():
        at = relax(ties, at * scale, steps=_GENTLE, reach=0.3, hold=hold) / scale
    return keep_apart(at, _APART, mobility=np.where(was_known, _YIELD_KNOWN, 1.0))
