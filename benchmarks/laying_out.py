"""Positions by forces, beside those of networkx and of igraph: `python -m benchmarks.laying_out [--sizes 200,2000]`.

Networks are made from one seed: groups of about a hundred, each node with five ties in its group and one outside.
Beside the seconds stands how well positions show the groups: the median tie over the median distance of two nodes.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
from collections.abc import Callable, Iterator, Mapping
from statistics import median

import networkx as nx
from rich.console import Console

from benchmarks.figures import Figure, to_table
from benchmarks.measuring import Sides, run_pairs
from stpgraph.pages.forces import force_layout

__all__ = ["grouped_network", "measure_laying_out"]

_SIZES = (200, 2_000, 10_000)
_SEED = 20170921

#: Sizes up to which another is waited for: forceatlas2 of networkx reckons all pairs in memory, one step at a time.
_MOST = {"networkx.spring_layout": 10_000, "networkx.forceatlas2_layout": 2_000, "igraph fruchterman_reingold": 10_000}

#: Ours may take no longer than another.
_TARGET = 1.0


def measure_laying_out(sizes: tuple[int, ...] = _SIZES) -> Iterator[Figure]:
    """Compare positions of networks of these sizes; the figure's `quads` are the nodes."""
    for size in sizes:
        for beside, most in _MOST.items():
            if size <= most:
                pairs = run_pairs(_sides, size, beside)
                graph = grouped_network(size)
                note = (
                    f"{graph.number_of_edges():,} edges; ties to distances: ours {_shown(graph, force_layout(graph))}"
                )
                what = f"layout of {size:,} nodes"
                yield Figure.of_pairs(what, size, pairs, beside=beside, target=_TARGET, note=note)


def grouped_network(size: int) -> nx.Graph[str]:
    """Make a network of groups of a hundred nodes."""
    groups = max(size // 100, 2)
    members = size // groups
    outside = 1.0 / (size - members)
    graph = nx.random_partition_graph([members] * groups, 5.0 / members, outside, seed=_SEED)
    renamed: nx.Graph[str] = nx.relabel_nodes(graph, {node: f"urn:node:{node:05}" for node in graph})
    return renamed


def _sides(size: int, beside: str) -> Sides:
    graph = grouped_network(size)
    others: dict[str, Callable[[], object]] = {
        "networkx.spring_layout": lambda: nx.spring_layout(graph, seed=7),
        "networkx.forceatlas2_layout": lambda: nx.forceatlas2_layout(graph, seed=7),
        "igraph fruchterman_reingold": lambda: _igraph(graph),
    }
    return lambda: force_layout(graph), others[beside]


def _igraph(graph: nx.Graph[str]) -> object:
    import igraph

    return igraph.Graph.from_networkx(graph).layout_fruchterman_reingold()


def _shown(graph: nx.Graph[str], places: Mapping[str, tuple[float, float]]) -> str:
    draw, nodes = random.Random(_SEED), sorted(graph)
    tie = median(math.dist(places[one], places[other]) for one, other in graph.edges)
    return f"{tie / median(math.dist(*(places[node] for node in draw.sample(nodes, 2))) for _ in range(5000)):.2f}"


def main(arguments: list[str] | None = None) -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.laying_out")
    parser.add_argument("--sizes", default=",".join(map(str, _SIZES)), help="numbers of nodes")
    options = parser.parse_args(arguments)
    figures = []
    for figure in measure_laying_out(tuple(map(int, options.sizes.split(",")))):
        figures.append(figure)
        print(f"{figure.what}, beside {figure.beside}: {figure.ratio:.2f}×", file=sys.stderr)
    Console(width=180).print(to_table(figures))


if __name__ == "__main__":
    main()
