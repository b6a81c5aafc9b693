"""Measures of networks, on small ones worked by hand and against an independent library."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import product

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stpgraph.measures import measure, measure_network, measure_nodes
from stpgraph.measures.camps import bridging, ei_index, find_camps, find_communities, modularity, polarisation
from stpgraph.measures.centrality import betweenness, components, cores, degrees, eigenvector, pagerank
from stpgraph.measures.shape import clustering, density, reciprocity, two_mode_clustering
from stpgraph.measures.ties import find_ties
from stpgraph.networks.evidence import Evidence, Link, Thing
from stpgraph.networks.views import Network, View, draw_links
from stpgraph.networks.windows import WindowPlan
from stpgraph.tables import Cell, Table

#: Four in a row.
PATH = "ab bc cd"
#: One in the middle of four.
STAR = "ab ac ad ae"
#: Two groups of four in which all are tied, with one tie between.
CLIQUES = "ab ac ad bc bd cd de ef eg eh fg fh gh"


def tied(pairs: str, *, is_directed: bool = False, weights: Sequence[float] = (), **told: str) -> Network:
    """Make a network of pairs of letters."""
    graph: nx.Graph[str] = nx.DiGraph() if is_directed else nx.Graph()
    graph.graph.update(told)
    for at, pair in enumerate(pairs.split()):
        graph.add_edge(pair[0], pair[1], weight=weights[at] if weights else 1)
    return graph


def view_of(graph: Network) -> View:
    """Make a view whose graph is this one."""
    return View(name="some", question="What", sparql="", evidence=(), make=lambda _: graph)


def column(table: Table, name: str, by: str = "label") -> dict[Cell, Cell]:
    """Return a column of a table by what stands in another."""
    return {row[by]: row[name] for row in table.to_dicts()}


def network_of(graph: Network) -> dict[str, Cell]:
    """Measure a network as a whole."""
    return measure_network(view_of(graph)).to_dicts()[0]


def test_a_path() -> None:
    """Of four in a row the two in the middle lie between, and the network falls into two halves."""
    ties = find_ties(tied(PATH))
    assert degrees(ties).tolist() == [1, 2, 2, 1]
    assert betweenness(ties).tolist() == pytest.approx([0, 2 / 3, 2 / 3, 0])
    golden = (math.sqrt(5) - 1) / 2
    assert eigenvector(ties).tolist() == pytest.approx([golden, 1, 1, golden])
    middle = 0.4625 / 1.425  # from end = 0.0375 + 0.425 middle, end + middle = 1/2
    assert pagerank(ties).tolist() == pytest.approx([0.5 - middle, middle, middle, 0.5 - middle])
    assert cores(ties).tolist() == [1, 1, 1, 1]
    communities = find_communities(ties)
    assert communities.tolist() == [1, 1, 2, 2]
    assert modularity(ties, communities) == pytest.approx(2 / 3 - 2 * (1 / 2) ** 2)
    assert bridging(ties, communities).tolist() == [0, 0.5, 0.5, 0]
    assert find_camps(ties).tolist() == [1, 1, 2, 2]
    assert polarisation(ties, find_camps(ties)) == pytest.approx(1 / 3)
    assert (density(ties), clustering(ties)) == (0.5, 0)


def test_a_star() -> None:
    """All shortest paths lead over the middle of a star, which has one community and no camps."""
    ties = find_ties(tied(STAR))
    assert betweenness(ties).tolist() == [1, 0, 0, 0, 0]
    assert eigenvector(ties).tolist() == pytest.approx([1, 0.5, 0.5, 0.5, 0.5])
    middle = 0.88 / 1.85  # from middle = 0.03 + 0.85 (1 - middle)
    assert pagerank(ties).tolist() == pytest.approx([middle, *[(1 - middle) / 4] * 4])
    assert find_communities(ties).tolist() == [1, 1, 1, 1, 1]
    assert find_camps(ties).tolist() == [1, 1, 1, 1, 1]
    assert polarisation(ties, find_camps(ties)) == pytest.approx(0)
    assert density(ties) == 4 / 10


def test_two_cliques_with_a_bridge() -> None:
    """Two groups are two communities and two camps; who ties them is a bridge."""
    ties = find_ties(tied(CLIQUES))
    assert betweenness(ties)[3:5].tolist() == pytest.approx([12 / 21, 12 / 21])
    assert cores(ties).tolist() == [3] * 8
    communities = find_communities(ties)
    assert communities.tolist() == find_camps(ties).tolist() == [1, 1, 1, 1, 2, 2, 2, 2]
    assert modularity(ties, communities) == pytest.approx(12 / 13 - 1 / 2)
    assert polarisation(ties, find_camps(ties)) == pytest.approx(11 / 13)
    assert bridging(ties, communities).tolist() == [0, 0, 0, 3 / 8, 3 / 8, 0, 0, 0]
    assert clustering(ties) == 3 * 8 / 30
    told = network_of(tied(CLIQUES))
    assert (told["nodes"], told["ties"], told["components"], told["largest_component"]) == (8, 13, 1, 8)
    assert told["ei_community"] == Decimal("-0.846153846154")  # (1 - 12) / 13


def test_weights_count_where_they_say_so() -> None:
    """A weighted degree adds weights up; shortest paths do not look at them."""
    ties = find_ties(tied(PATH, weights=[5, 1, 2]))
    assert ties.sums(ties.strength).tolist() == [5, 6, 3, 2]
    assert betweenness(ties).tolist() == pytest.approx([0, 2 / 3, 2 / 3, 0])


def test_two_modes() -> None:
    """Of three who speak about two things two share both: one square in six paths of three ties."""
    ties = find_ties(tied("ax ay bx by cy", is_directed=True))
    assert two_mode_clustering(ties) == 4 * 1 / 6
    assert density(ties) == 5 / 6
    assert (clustering(ties), reciprocity(ties)) == (None, None)
    told = network_of(tied("ax ay bx by cy", is_directed=True))
    assert (told["ei_kind"], told["ei_body"]) == (None, None)


def test_directed_networks_of_one_mode() -> None:
    """Two of three arcs answer one another; density counts arcs, and random walks follow them."""
    graph = tied("ab ba bc", is_directed=True)
    ties = find_ties(graph)
    assert (density(ties), reciprocity(ties)) == (3 / 6, 2 / 3)
    assert two_mode_clustering(ties) is None
    assert degrees(ties).tolist() == [1, 2, 1]
    expected = nx.pagerank(graph, tol=1e-14)
    assert pagerank(ties).tolist() == pytest.approx([expected[node] for node in "abc"], abs=1e-9)


def test_several_edges_are_one_tie() -> None:
    """Edges of several kinds, in both directions, make one tie of their weights together; loops make none."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_edge("a", "b", key="leads", weight=2)
    graph.add_edge("a", "b", key="owns", weight=1)
    graph.add_edge("b", "a", key="follows", weight=4)
    graph.add_edge("a", "a", key="knows", weight=9)
    ties = find_ties(graph)
    assert (ties.strength.tolist(), ties.arc_strength.tolist()) == ([7], [3, 4])


def test_friends_and_foes() -> None:
    """Two pairs that agree within and disagree between are wholly polarised; communities are of agreement."""
    ties = find_ties(tied("ab cd ac bd", weights=[1, 1, -1, -1]))
    assert find_camps(ties).tolist() == [1, 1, 2, 2]
    assert polarisation(ties, find_camps(ties)) == pytest.approx(1)
    assert find_communities(ties).tolist() == [1, 1, 2, 2]
    assert modularity(ties, find_communities(ties)) == 0.5
    assert ties.sums(ties.strength).tolist() == [2, 2, 2, 2]
    assert bridging(ties, find_communities(ties)).tolist() == [0, 0, 0, 0]


def test_conflict_alone_parts_camps() -> None:
    """Where all ties are of conflict there are no communities, and camps are those who quarrel with each other."""
    graph = tied("ac bd ad", weight="conflict")
    ties = find_ties(graph)
    assert find_camps(ties).tolist() == [1, 1, 2, 2]
    assert polarisation(ties, find_camps(ties)) == pytest.approx(1)
    assert find_communities(ties).tolist() == [0, 0, 0, 0]
    told = network_of(graph)
    assert (told["modularity"], told["communities"], told["ei_community"]) == (None, 0, None)


def test_codes_are_no_amounts() -> None:
    """The number that stands for a set of stances counts as one tie."""
    ties = find_ties(tied("ax bx", is_directed=True, weights=[3, 2], weight="combine"))
    assert ties.strength.tolist() == [1, 1]


def test_ties_of_weight_0_are_ties_without_strength() -> None:
    """As much agreement as disagreement is a tie; without any strength there are no camps or communities."""
    graph = tied("ab bc", weights=[0, 0])
    ties = find_ties(graph)
    assert degrees(ties).tolist() == [1, 2, 1]
    assert betweenness(ties).tolist() == [0, 1, 0]
    assert pagerank(ties).tolist() == pytest.approx([1 / 3] * 3)
    told = network_of(graph)
    assert (told["ties"], told["components"], told["polarisation"], told["modularity"]) == (2, 1, None, None)
    assert [row[-4:] for row in measure_nodes(view_of(graph))] == [(1, None, None, None)] * 3
    assert np.isnan(eigenvector(ties)).all()


def test_the_e_i_index_by_kind_and_body() -> None:
    """Ties between kinds less those within; people of one body are within it, who has none is not counted."""
    graph = tied("ab bc bd ac")
    for node, kind, label, body in (
        ("a", "body", "Anyshire Council", ""),
        ("b", "person", "Jo Doe", "Anyshire Council"),
        ("c", "person", "Kit Poe", "Norbury Trust; Anyshire Council"),
        ("d", "person", "Lee Roe", ""),
    ):
        graph.add_node(node, kind=kind, label=label, **({"body": body} if body else {}))
    graph.add_node("e", kind="body", label="Norbury Trust")
    graph.add_edge("a", "e", weight=1)
    told = network_of(graph)
    assert told["ei_kind"] == Decimal("-0.2")  # a–b and a–c are between kinds; b–c, b–d and a–e within
    assert told["ei_body"] == Decimal("-0.5")  # a–b, b–c and a–c are within Anyshire; a–e is between
    assert network_of(tied(PATH))["ei_body"] is None


def test_groups_without_ties_have_no_index() -> None:
    """Where no tie has a group at both ends there is no index."""
    assert ei_index(find_ties(tied("ab")), [frozenset(), frozenset({"x"})]) is None


@pytest.mark.parametrize("is_directed", [False, True])
def test_an_empty_network_has_empty_measures(is_directed: bool) -> None:
    """Without a node there are no rows, and what cannot be measured is unknown."""
    found = measure(view_of(tied("", is_directed=is_directed)))
    assert found.nodes.rows == ()
    assert found.network.rows == ((0, 0, 0, None, 0, 0, None, None, None, 0, None, None, None, None, None),)


def test_a_node_alone() -> None:
    """A node without a tie has degree 0 and a whole walk to itself; all else is unknown."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_node("urn:jo", label="Jo Doe", kind="person")
    found = measure(view_of(graph))
    assert found.nodes.rows == (("Jo Doe", "person", "urn:jo", 0, 0, 0, None, 1, 0, None, None, None),)
    assert found.network.rows == ((1, 0, 0, None, 1, 1, None, None, None, 0, None, None, None, None, None),)


def test_a_network_in_parts() -> None:
    """Of two triangles the first has eigenvector centralities; both are communities and camps of a split network."""
    graph = tied("ab bc ac de ef df")
    found = measure(view_of(graph))
    assert column(found.nodes, "eigenvector") == {"a": 1, "b": 1, "c": 1, "d": None, "e": None, "f": None}
    told = found.network.to_dicts()[0]
    assert (told["components"], told["communities"], told["modularity"], told["polarisation"]) == (
        *(2, 2, Decimal("0.5"), 1),
    )
    assert (told["clustering"], told["density"]) == (1, Decimal("0.4"))


def test_the_largest_component_is_the_one_with_most_nodes() -> None:
    """Eigenvector centrality is of the larger of two parts, and empty in the other, however strong its ties."""
    ties = find_ties(tied("ab cd de", weights=[9, 1, 1]))
    assert components(ties).tolist() == [0, 0, 1, 1, 1]
    assert eigenvector(ties).tolist()[2:] == pytest.approx([math.sqrt(0.5), 1, math.sqrt(0.5)])
    assert np.isnan(eigenvector(ties)[:2]).all()


def test_nodes_stand_in_the_order_of_their_ties() -> None:
    """The most tied come first, and of those alike the first by label; every column says what it holds."""
    table = measure_nodes(view_of(tied("ad bd cd")))
    assert [row[0] for row in table] == ["d", "a", "b", "c"]
    assert all(part.description for part in (*table.columns, *measure_network(view_of(tied(""))).columns))


def test_the_order_of_a_graph_changes_nothing() -> None:
    """The same network gives the same tables whatever the order in which it was made."""
    pairs = CLIQUES.split()
    turned = " ".join(pair[::-1] for pair in reversed(pairs))
    assert measure(view_of(tied(CLIQUES))) == measure(view_of(tied(turned)))


# --- against another library ------------------------------------------------------------------------------------------


@st.composite
def _graphs(draw: st.DrawFn, *, is_directed: bool = False) -> Network:
    size = draw(st.integers(1, 9))
    names = [f"n{at}" for at in range(size)]
    pairs = [(a, b) for a, b in product(names, names) if a != b and (is_directed or a < b)]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    graph: nx.Graph[str] = nx.DiGraph() if is_directed else nx.Graph()
    graph.add_nodes_from(names)
    for source, target in chosen:
        graph.add_edge(source, target, weight=draw(st.integers(1, 4)))
    return graph


def _listed(graph: Network, values: dict[str, float]) -> list[float]:
    return [values[node] for node in sorted(graph)]


@given(graph=_graphs())
def test_centralities_are_those_of_networkx(graph: Network) -> None:
    """Betweenness, PageRank and cores agree to nine digits; modularity, density and clustering too."""
    ties = find_ties(graph)
    assert betweenness(ties).tolist() == pytest.approx(_listed(graph, nx.betweenness_centrality(graph)), abs=1e-9)
    expected = nx.pagerank(graph, tol=1e-14, max_iter=1_000)
    assert pagerank(ties).tolist() == pytest.approx(_listed(graph, expected), abs=1e-9)
    assert cores(ties).tolist() == _listed(graph, nx.core_number(graph))
    if graph.number_of_edges():
        communities = find_communities(ties)
        groups = [{ties.nodes[at] for at in np.flatnonzero(communities == number)} for number in set(communities)]
        assert modularity(ties, communities) == pytest.approx(nx.community.modularity(graph, groups), abs=1e-9)
    assert (density(ties) or 0) == pytest.approx(nx.density(graph))
    assert (clustering(ties) or 0) == pytest.approx(nx.transitivity(graph))


@given(graph=_graphs())
def test_eigenvectors_are_those_of_networkx(graph: Network) -> None:
    """In the main component, and up to scale, eigenvector centrality agrees to nine digits."""
    parts = sorted(nx.connected_components(graph), key=lambda part: (-len(part), min(part)))
    values = dict(zip(sorted(graph), eigenvector(find_ties(graph)).tolist(), strict=True))
    if len(parts[0]) > 2:  # the other library wants more than two
        expected = nx.eigenvector_centrality_numpy(graph.subgraph(parts[0]), weight="weight")
        greatest = max(expected.values())
        for node in parts[0]:
            assert values[node] == pytest.approx(expected[node] / greatest, abs=1e-9)
    assert all(math.isnan(value) for node, value in values.items() if node not in parts[0])


@given(graph=_graphs(is_directed=True))
def test_directed_measures_are_those_of_networkx(graph: Network) -> None:
    """Along arcs, PageRank, density and reciprocity agree; between two modes clustering does."""
    ties = find_ties(graph)
    if ties.senders is None:
        expected = nx.pagerank(graph, tol=1e-14, max_iter=1_000)
        assert pagerank(ties).tolist() == pytest.approx(_listed(graph, expected), abs=1e-9)
        assert (density(ties) or 0) == pytest.approx(nx.density(graph))
        if graph.number_of_edges():
            assert reciprocity(ties) == pytest.approx(nx.overall_reciprocity(graph))
    else:
        squares = nx.bipartite.robins_alexander_clustering(graph.to_undirected())
        assert (two_mode_clustering(ties) or 0) == pytest.approx(squares)


def _by_definition(graph: Network, sides: dict[str, int]) -> float:
    """Work signed modularity out as its double sum, and double it."""
    plus, minus = (
        {(a, b): max(sign * graph.get_edge_data(a, b, {"weight": 0})["weight"], 0) for a in graph for b in graph}
        for sign in (1, -1)
    )
    found = 0.0
    for a, b in product(graph, graph):
        if sides[a] == sides[b]:
            found += plus[a, b] - minus[a, b]
            for sign, ties in ((-1, plus), (1, minus)):
                if total := sum(ties.values()):
                    strengths = [sum(ties[node, other] for other in graph) for node in (a, b)]
                    found += sign * strengths[0] * strengths[1] / total
    return float(2 * found / (sum(plus.values()) + sum(minus.values())))


@given(graph=_graphs(), data=st.data())
def test_camps_are_a_split_that_no_move_betters(graph: Network, data: st.DataObject) -> None:
    """Polarisation is twice the signed modularity by its double sum, from 0 to 1, and no node's move increases it."""
    for _, _, told in graph.edges(data=True):
        told["weight"] *= data.draw(st.sampled_from([1, -1]))
    ties = find_ties(graph)
    camps = find_camps(ties)
    found = polarisation(ties, camps)
    if found is None:
        assert not graph.number_of_edges()
        return
    sides = dict(zip(ties.nodes, camps.tolist(), strict=True))
    assert found == pytest.approx(_by_definition(graph, sides), abs=1e-9)
    assert -1e-9 <= found <= 1 + 1e-9
    held = [node for node in graph if sides[node]]
    for node in held:
        moved = {**sides, node: 3 - sides[node]}
        assert _by_definition(graph, moved) <= found + 1e-6


def test_large_networks_give_the_same() -> None:
    """Where not all eigenvectors are found at once two planted camps are found, and centralities agree."""
    graph = nx.relabel_nodes(nx.planted_partition_graph(2, 200, 0.2, 0.005, seed=7), lambda node: f"n{node:03}")
    ties = find_ties(graph)
    assert find_camps(ties).tolist() == [1] * 200 + [2] * 200
    expected = nx.eigenvector_centrality_numpy(graph, weight=None)
    greatest = max(expected.values())
    assert eigenvector(ties).tolist() == pytest.approx([expected[node] / greatest for node in ties.nodes], abs=1e-9)


def test_a_long_path_settles_or_is_unknown() -> None:
    """Where the first eigenvector is hard to tell from the next it is right or left empty, never wrong."""
    ties = find_ties(nx.relabel_nodes(nx.path_graph(400), lambda node: f"n{node:03}"))
    expected = [math.sin(math.pi * (at + 1) / 401) for at in range(400)]
    assert eigenvector(ties).tolist() == pytest.approx([value / max(expected) for value in expected], abs=1e-6)


# --- over time --------------------------------------------------------------------------------------------------------


def said(number: int, day: str, who: str, about: str) -> Evidence:
    """Make a claim."""
    ends = [Thing(iri=f"urn:{name}", label=name, short_label=name, kind="body") for name in (who, about)]
    link = Link(source=ends[0], target=ends[1], kind="speaks about")
    return Evidence(iri=f"urn:claim:{number}", kind="claim", summary="", since=day, links=(link,))


def spoken() -> View:
    """Make a view of four claims of two months and one without a day."""
    evidence = (
        *(said(1, "2016-01-05", "A", "x"), said(2, "2016-01-05", "B", "x")),
        *(said(3, "2016-01-20", "A", "y"), said(4, "2016-03-01", "B", "y"), said(5, "", "C", "x")),
    )
    return View(name="some", question="What", sparql="", evidence=evidence, make=draw_links)


def test_measures_of_each_window() -> None:
    """Each window has its row with its first and last day, an empty one too."""
    plan = WindowPlan(size=20, unit="days", since=date(2016, 1, 1), until=date(2016, 3, 5))
    table = measure_network(spoken(), plan)
    assert table.names[:5] == ("since", "until", "nodes", "ties", "evidence")
    rows = {row[0]: row[2:5] for row in table}
    assert len(table) == 45  # middles from 11 January to 24 February
    assert rows[date(2016, 1, 1)] == (4, 3, 3)
    assert rows[date(2016, 1, 6)] == (2, 1, 1)
    assert rows[date(2016, 1, 25)] == (0, 0, 0)
    assert rows[date(2016, 2, 14)] == (2, 1, 1)


def test_nodes_of_each_window() -> None:
    """A node has a row in each window in which it is tied, its label first and the days of the window next."""
    plan = WindowPlan(size=3, unit="events", is_cumulative=True)
    table = measure_nodes(spoken(), plan)
    assert table.names[:4] == ("label", "since", "until", "kind")
    first, last = date(2016, 1, 5), date(2016, 3, 1)
    assert [(row[0], row[2], row[5]) for row in table] == [
        *(("A", date(2016, 1, 20), 2), ("x", date(2016, 1, 20), 2)),
        *(("B", date(2016, 1, 20), 1), ("y", date(2016, 1, 20), 1)),
        *(("A", last, 2), ("B", last, 2), ("x", last, 2), ("y", last, 2)),
    ]
    assert {row[1] for row in table} == {first}
