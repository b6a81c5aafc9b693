"""The measures of a view as two tables: a row for each node, and a row for the whole network."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from stpgraph.measures.camps import (
    NO_GROUP,
    bridging,
    ei_index,
    find_camps,
    find_communities,
    modularity,
    polarisation,
)
from stpgraph.measures.centrality import betweenness, components, cores, degrees, eigenvector, pagerank
from stpgraph.measures.shape import clustering, density, reciprocity, two_mode_clustering
from stpgraph.measures.ties import Ties, find_ties
from stpgraph.networks.views import Network, View
from stpgraph.networks.windows import Window, WindowPlan, cut_view
from stpgraph.tables import Cell, Column, Table

__all__ = ["Measures", "measure", "measure_network", "measure_nodes"]

#: Digits after the point, and those of eigenvectors: more would differ from one machine to the next.
_DIGITS, _EIGENVECTOR_DIGITS = 12, 9

_WINDOW = (
    Column(name="since", description="first day of the window", type="date"),
    Column(name="until", description="last day of the window", type="date"),
)

_LABEL = Column(name="label", description="who or what the node is")

_NODE = (
    Column(name="kind", description="what sort of thing it is"),
    Column(name="iri", description="what identifies it", is_detail=True),
    Column(name="degree", description="how many others it is tied to", type="integer"),
    Column(name="weighted_degree", description="the sum of the sizes of these ties' weights", type="decimal"),
    Column(name="betweenness", description="share of shortest paths between others that lead over it", type="decimal"),
    Column(
        name="eigenvector",
        description="how well it is tied to the well tied: 1 for the first; empty off the main component",
        type="decimal",
    ),
    Column(name="pagerank", description="share of a random walk's visits", type="decimal"),
    Column(name="core", description="greatest k of a part where all have at least k ties", type="integer"),
    Column(name="community", description="number of its community, by size", type="integer"),
    Column(name="camp", description="which of the two camps: 1, the larger, or 2", type="integer"),
    Column(
        name="bridge", description="how evenly its ties spread over communities: 0 for all within one", type="decimal"
    ),
)

_NETWORK = (
    Column(name="nodes", description="how many nodes", type="integer"),
    Column(name="ties", description="how many pairs of nodes are tied", type="integer"),
    Column(name="evidence", description="how many claims, posts and facts stand behind the edges", type="integer"),
    Column(name="density", description="share of possible ties that there are", type="decimal"),
    Column(name="components", description="how many parts without a tie between them", type="integer"),
    Column(name="largest_component", description="how many nodes the largest of these has", type="integer"),
    Column(name="clustering", description="share of paths of two ties that a third closes; one mode", type="decimal"),
    Column(
        name="two_mode_clustering",
        description="share of paths of three ties that a fourth closes; two modes",
        type="decimal",
    ),
    Column(name="reciprocity", description="share of arcs that are answered; directed, one mode", type="decimal"),
    Column(name="communities", description="how many communities", type="integer"),
    Column(name="modularity", description="strength within communities above chance", type="decimal"),
    Column(name="ei_kind", description="E-I index by sort of thing; one mode", type="decimal"),
    Column(name="ei_body", description="E-I index by body, where bodies are known; one mode", type="decimal"),
    Column(name="ei_community", description="E-I index by community", type="decimal"),
    Column(name="polarisation", description="how far the two camps part: 0 not at all, 1 wholly", type="decimal"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """The measures of a view.

    Attributes:
        nodes: a row for each node, the most tied first; with windows, for each window and node.
        network: a row for the network; with windows, for each window.
    """

    nodes: Table
    network: Table


def measure(view: View, window: WindowPlan | None = None) -> Measures:
    """Measure a view, at once or in each of its time windows.

    Example:
        >>> from stpgraph.networks.views import draw_links
        >>> empty = View(name="none", question="Nothing", sparql="", evidence=(), make=draw_links)
        >>> measure(empty).network.rows[0][:4]
        (0, 0, 0, None)
    """
    return Measures(nodes=measure_nodes(view, window), network=measure_network(view, window))


def measure_nodes(view: View, window: WindowPlan | None = None) -> Table:
    """Measure each node of a view.

    Returns:
        A table with a row for each node, the most tied first, those of one degree by label. With windows, the first and
        last day of each follow the label, and a node has a row in each window in which it is.
    """
    if window is None:
        return Table(question=view.name, columns=(_LABEL, *_NODE), rows=tuple(_node_rows(view.graph)))
    rows = [
        (row[0], *_days(part), *row[1:]) for part, within in cut_view(view, window) for row in _node_rows(within.graph)
    ]
    return Table(question=view.name, columns=(_LABEL, *_WINDOW, *_NODE), rows=tuple(rows))


def measure_network(view: View, window: WindowPlan | None = None) -> Table:
    """Measure the network of a view as a whole.

    Returns:
        A table with one row; with windows, one for each, that of an empty window too.
    """
    if window is None:
        return Table(question=view.name, columns=_NETWORK, rows=(_network_row(view.graph),))
    rows = [(*_days(part), *_network_row(within.graph)) for part, within in cut_view(view, window)]
    return Table(question=view.name, columns=(*_WINDOW, *_NETWORK), rows=tuple(rows))


def _days(window: Window) -> tuple[Cell, Cell]:
    return window.first, window.last


def _node_rows(graph: Network) -> Iterator[tuple[Cell, ...]]:
    ties = find_ties(graph)
    communities = find_communities(ties)
    columns: tuple[list[Cell], ...] = (
        [_whole(value) for value in degrees(ties)],
        [_exact(value) for value in ties.sums(ties.strength)],
        [_exact(value) for value in betweenness(ties)],
        [_exact(value, digits=_EIGENVECTOR_DIGITS) for value in eigenvector(ties)],
        [_exact(value) for value in pagerank(ties)],
        [_whole(value) for value in cores(ties)],
        [_group(value) for value in communities],
        [_group(value) for value in find_camps(ties)],
        [_exact(value) for value in bridging(ties, communities)],
    )
    many = degrees(ties)
    labels = [str(graph.nodes[node].get("label", node)) for node in ties.nodes]
    for at in sorted(range(len(ties.nodes)), key=lambda at: (-many[at], labels[at], ties.nodes[at])):
        node = ties.nodes[at]
        yield labels[at], str(graph.nodes[node].get("kind", "")), node, *(column[at] for column in columns)


def _network_row(graph: Network) -> tuple[Cell, ...]:
    ties = find_ties(graph)
    communities = find_communities(ties)
    sizes = np.bincount(components(ties)) if ties.nodes else np.zeros(0, dtype=np.int64)
    is_one_mode = ties.senders is None
    return (
        len(ties.nodes),
        len(ties.first),
        _evidence_count(graph),
        _exact(density(ties)),
        len(sizes),
        int(sizes.max(initial=0)),
        _exact(clustering(ties)),
        _exact(two_mode_clustering(ties)),
        _exact(reciprocity(ties)),
        int(communities.max(initial=0)),
        _exact(modularity(ties, communities)),
        _exact(ei_index(ties, _kinds(graph, ties)) if is_one_mode else None),
        _exact(ei_index(ties, _bodies(graph, ties)) if is_one_mode else None),
        _exact(ei_index(ties, [_named(number) for number in communities.tolist()])),
        _exact(polarisation(ties, find_camps(ties))),
    )


def _evidence_count(graph: Network) -> int:
    behind: set[str] = set()
    for _, _, attributes in graph.edges(data=True):
        behind.update(attributes.get("evidence", ()))
    return len(behind)


def _kinds(graph: Network, ties: Ties) -> list[frozenset[str]]:
    return [frozenset(filter(None, [graph.nodes[node].get("kind")])) for node in ties.nodes]


def _bodies(graph: Network, ties: Ties) -> list[frozenset[str]]:
    """Return the bodies that each node speaks for, itself where it is no person; none where no person has one."""
    told = [graph.nodes[node] for node in ties.nodes]
    if not any(one.get("kind") == "person" and one.get("body") for one in told):
        return [frozenset() for _ in told]
    names = [one.get("body", "").split("; ") if one.get("kind") == "person" else [one.get("label")] for one in told]
    return [frozenset(filter(None, of_one)) for of_one in names]


def _named(number: int) -> frozenset[str]:
    return frozenset() if number == NO_GROUP else frozenset({str(number)})


def _whole(value: float) -> Cell:
    return int(value)


def _group(number: int) -> Cell:
    return None if number == NO_GROUP else int(number)


def _exact(value: float | None, *, digits: int = _DIGITS) -> Cell:
    """Return a number as a cell, whole where it is; None for what is not known."""
    if value is None or np.isnan(value):
        return None
    rounded = round(float(value), digits)
    return int(rounded) if rounded.is_integer() else Decimal(repr(rounded))
