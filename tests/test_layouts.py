"""Layouts by forces and in layers: the same for the same network, nothing on top of anything, near what is tied."""

from __future__ import annotations

import math
import os
import random
import subprocess
import sys
from itertools import combinations, pairwise
from statistics import mean, median

import networkx as nx
import pytest

from stpgraph.pages.forces import LEAST_DISTANCE, force_layout
from stpgraph.pages.layers import count_layer_crossings, layered_layout, order_layers
from stpgraph.pages.layout import NARROW, WIDE, Columns, Label

Places = dict[str, tuple[float, float]]


def named(graph: nx.Graph[int]) -> nx.Graph[str]:
    """The same network with names for nodes."""
    renamed: nx.Graph[str] = nx.Graph()
    renamed.add_nodes_from(f"urn:node:{node:05}" for node in graph)
    renamed.add_edges_from((f"urn:node:{one:05}", f"urn:node:{other:05}") for one, other in graph.edges)
    return renamed


def planted(groups: int, size: int, seed: int = 2) -> nx.Graph[str]:
    """Groups whose members have five ties among themselves for each one outside."""
    outside = 1.0 / (size * (groups - 1))
    return named(nx.random_partition_graph([size] * groups, 5.0 / size, outside, seed=seed))


def shortest(places: Places) -> float:
    """The least distance between two nodes."""
    return min(math.dist(one, other) for one, other in combinations(places.values(), 2))


def extent(places: Places) -> tuple[float, float]:
    """Width and height of what nodes take."""
    across, down = zip(*places.values(), strict=True)
    return max(across) - min(across), max(down) - min(down)


NETWORKS = {
    "two cliques and a bridge": named(nx.barbell_graph(12, 2)),
    "a star": named(nx.star_graph(60)),
    "a large star": named(nx.star_graph(900)),
    "a ring": named(nx.cycle_graph(50)),
    "hubs": named(nx.barabasi_albert_graph(800, 2, seed=1)),
    "groups": planted(8, 100),
    "a tree": named(nx.random_labeled_tree(500, seed=3)),
    "a forest": named(nx.disjoint_union_all([nx.path_graph(5), nx.star_graph(9), nx.cycle_graph(60)] * 6)),
    "nothing but nodes": named(nx.empty_graph(50)),
}


@pytest.mark.parametrize("name", NETWORKS)
def test_all_nodes_are_placed_and_apart(name: str) -> None:
    """Every node has a finite place, and no two are nearer than the least distance."""
    graph = NETWORKS[name]
    places = force_layout(graph)
    assert set(places) == set(graph)
    assert all(math.isfinite(number) for place in places.values() for number in place)
    assert shortest(places) >= LEAST_DISTANCE == 24.0


def test_layout_does_not_depend_on_the_order_of_nodes() -> None:
    """The same network gives the same positions, whatever the order of its nodes and edges, in any process."""
    graph = planted(4, 60)
    nodes, edges = list(graph), [(other, one) for one, other in graph.edges]
    random.Random(1).shuffle(nodes)
    random.Random(2).shuffle(edges)
    shuffled: nx.Graph[str] = nx.Graph()
    shuffled.add_nodes_from(nodes)
    shuffled.add_edges_from(edges)
    told = repr(force_layout(graph))
    assert repr(force_layout(shuffled)) == told
    code = (
        "from tests.test_layouts import force_layout, planted\nimport sys\n"
        "sys.stdout.write(repr(force_layout(planted(4, 60))))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "5"}
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert run.stdout == told


def test_another_seed_gives_another_picture() -> None:
    """Positions follow from the seed."""
    graph = NETWORKS["two cliques and a bridge"]
    assert force_layout(graph, seed=1) != force_layout(graph, seed=2)


def test_smallest_networks() -> None:
    """No node, one, one tied to itself and two are placed; two tied nodes stand 44 pixels apart."""
    assert force_layout(nx.Graph()) == {}
    assert force_layout(nx.Graph([("a", "a")])) == {"a": (0.0, 0.0)}
    assert math.dist(*force_layout(nx.DiGraph([("a", "b"), ("b", "a")])).values()) == pytest.approx(44, abs=0.1)


def test_nodes_without_ties_stand_in_a_grid() -> None:
    """Eight lonely nodes stand in rows of four, 64 pixels apart, in the order of their names."""
    places = force_layout(nx.empty_graph([*"hgfedcba"]), aspect=2.0)
    assert places == {name: (64.0 * (at % 4), 64.0 * (at // 4)) for at, name in enumerate("abcdefgh")}


@pytest.mark.parametrize("aspect", [0.7, 1.0, 1.6])
@pytest.mark.parametrize("name", ["a ring", "groups", "a forest", "nothing but nodes"])
def test_picture_has_about_the_aspect_that_is_asked(name: str, aspect: float) -> None:
    """Width over height is within a third of what is asked."""
    width, height = extent(force_layout(NETWORKS[name], aspect=aspect))
    assert aspect / 1.34 < width / height < aspect * 1.34


def test_groups_stand_together() -> None:
    """Of planted groups, nine nodes in ten are nearer to the middle of their own than to that of any other."""
    places = force_layout(planted(8, 100))
    groups = [[places[f"urn:node:{group * 100 + at:05}"] for at in range(100)] for group in range(8)]
    middles = [(mean(x for x, _ in group), mean(y for _, y in group)) for group in groups]
    at_home = [
        min(range(8), key=lambda other: math.dist(place, middles[other])) == number
        for number, group in enumerate(groups)
        for place in group
    ]
    assert mean(at_home) > 0.9


@pytest.mark.parametrize("name", ["hubs", "groups", "a tree"])
def test_neighbours_are_nearer_than_strangers(name: str) -> None:
    """The median tie is shorter than seven in ten of the distances between any two nodes."""
    graph, draw = NETWORKS[name], random.Random(4)
    places = force_layout(graph)
    tie = median(math.dist(places[one], places[other]) for one, other in graph.edges)
    nodes = sorted(graph)
    pairs = [math.dist(*(places[node] for node in draw.sample(nodes, 2))) for _ in range(4000)]
    assert mean(distance > tie for distance in pairs) > 0.7


def test_heavier_ties_are_shorter() -> None:
    """In a ring whose ties weigh 9 and 1 in turn, the heavy ones are shorter on average; parallel edges add up."""
    graph: nx.MultiGraph[str] = nx.MultiGraph()
    for at in range(40):
        for _ in range(1 if at % 2 else 3):
            graph.add_edge(f"{at:02}", f"{(at + 1) % 40:02}", weight=1 if at % 2 else 3)
    places = force_layout(graph)
    lengths = [math.dist(places[f"{at:02}"], places[f"{(at + 1) % 40:02}"]) for at in range(40)]
    assert mean(lengths[::2]) < 0.8 * mean(lengths[1::2])


def test_negative_weights_do_not_attract() -> None:
    """Two groups joined by negative weights only stand farther apart than the same joined by positive ones."""

    def between(weight: float) -> float:
        graph: nx.Graph[str] = nx.Graph()
        for group in "ab":
            graph.add_edges_from(combinations([f"{group}{at}" for at in range(8)], 2), weight=1.0)
        graph.add_edges_from(((f"a{at}", f"b{at}") for at in range(8)), weight=weight)
        places = force_layout(graph)
        size = mean(math.dist(places[f"a{one}"], places[f"a{other}"]) for one, other in combinations(range(8), 2))
        return mean(math.dist(places[f"a{at}"], places[f"b{at}"]) for at in range(8)) / size

    assert between(-1.0) > 1.3 * between(1.0)


@pytest.mark.parametrize("weight", [math.nan, math.inf])
def test_a_weight_that_is_no_number_is_refused(weight: float) -> None:
    """A weight that is not finite is told, as is a position."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_edge("a", "b", weight=weight)
    with pytest.raises(ValueError, match="not a finite number"):
        force_layout(graph)
    with pytest.raises(ValueError, match="not a finite number"):
        force_layout(nx.Graph([("a", "b")]), start={"a": (0.0, weight)})


@pytest.mark.parametrize("name", ["two cliques and a bridge", "a ring", "hubs", "groups", "a tree", "a forest"])
def test_known_nodes_stay_when_data_grows(name: str) -> None:
    """With one node in twenty new, half of the others move by less than a fiftieth of the width, nine in ten by 5 %."""
    graph = NETWORKS[name]
    late = set(random.Random(1).sample(sorted(graph), max(1, len(graph) // 20)))
    before = force_layout(graph.subgraph(set(graph) - late))
    after = force_layout(graph, start=before)
    width = extent(before)[0]
    moved = sorted(math.dist(before[node], after[node]) / width for node in before)
    assert set(after) == set(graph)
    assert shortest(after) >= LEAST_DISTANCE
    assert median(moved) < 0.02
    assert moved[len(moved) * 9 // 10] < 0.05


def test_nothing_moves_when_nothing_is_new() -> None:
    """A layout that starts from itself, or with nodes fewer, is the same; nodes that are gone are not asked for."""
    graph = NETWORKS["hubs"]
    before = force_layout(graph)
    assert force_layout(graph, start=before) == before
    fewer = graph.subgraph(sorted(graph)[:700])
    assert force_layout(fewer, start=before) == {node: before[node] for node in sorted(fewer)}


def test_new_nodes_stand_near_their_neighbours() -> None:
    """A new node with one neighbour is put beside it, and a new part beside the picture, not on it."""
    before = force_layout(NETWORKS["a ring"])
    graph = NETWORKS["a ring"].copy()
    graph.add_edges_from([("urn:node:00007", "urn:new"), ("urn:one", "urn:two")])
    after = force_layout(graph, start=before)
    assert math.dist(after["urn:new"], after["urn:node:00007"]) < 150
    lowest = max(y for node, (_, y) in after.items() if node not in {"urn:one", "urn:two"})
    assert min(after["urn:one"][1], after["urn:two"][1]) > lowest


def test_start_at_one_point_is_spread() -> None:
    """Nodes that an earlier picture has all at one place are kept apart all the same."""
    graph = NETWORKS["two cliques and a bridge"]
    assert shortest(force_layout(graph, start=dict.fromkeys(graph, (3, 3)))) >= LEAST_DISTANCE


def test_large_networks_keep_the_least_distance() -> None:
    """Among 3,000 nodes, too, the least distance holds: no two in cells of a grid that could be nearer are."""
    places = sorted(force_layout(planted(30, 100)).values())
    nearest = LEAST_DISTANCE
    for at, (x, y) in enumerate(places):
        for other in places[at + 1 :]:
            if other[0] - x >= LEAST_DISTANCE:
                break
            nearest = min(nearest, math.dist((x, y), other))
    assert nearest == LEAST_DISTANCE


def provenance() -> tuple[nx.DiGraph[str], dict[str, int], dict[str, Label]]:
    """Five layers with edges between neighbours and past them, and labels from very short to very long."""
    draw = random.Random(3)
    layer = {f"{number}/{at:02}": number for number, size in enumerate((4, 12, 6, 3, 20)) for at in range(size)}
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(layer)
    for node, number in layer.items():
        later = [other for other in layer if layer[other] > number]
        for other in draw.sample(later, min(2, len(later))):
            graph.add_edge(node, other, claim_count=draw.randint(1, 4))
    texts = ("CIPFA", "Anyshire Gazette on joint working " * 6, "x" * 300, "مجلس " * 30, "<b>Midshire</b> & others")
    labels = {node: Label(draw.choice(texts), str(draw.randint(1, 9)), draw.choice(("", "chair"))) for node in layer}
    return graph, layer, labels


@pytest.mark.parametrize("columns", [WIDE, NARROW])
def test_labels_in_layers_do_not_overlap(columns: Columns) -> None:
    """Every node is placed; labels overlap neither each other nor a node, and lie within the picture."""
    graph, layer, labels = provenance()
    layout = layered_layout(graph, layer, labels=labels, columns=columns)
    assert set(layout.places) == set(graph)
    for one, other in combinations(layout.places.values(), 2):
        assert not one.box.overlaps(other.box)
        assert (one.x, one.y) != (other.x, other.y)
    for place in layout.places.values():
        assert 0 <= place.box.left < place.box.right <= columns.width
        assert 0 <= place.box.top < place.box.bottom <= layout.height
        assert not any(place.box.left < node.x < place.box.right for node in layout.places.values())


def test_layers_stand_in_order() -> None:
    """On a desk each layer is to the right of the one before; on a phone it is below it, too."""
    graph, layer, labels = provenance()
    for columns in (WIDE, NARROW):
        places = layered_layout(graph, layer, labels=labels, columns=columns).places
        xs = [{places[node].x for node in graph if layer[node] == number} for number in range(5)]
        assert all(len(x) == 1 for x in xs)
        assert [x.pop() for x in xs] == sorted({place.x for place in places.values()})
    rows = [[places[node].y for node in graph if layer[node] == number] for number in range(5)]
    assert all(max(one) < min(other) for one, other in pairwise(rows))


def test_layout_in_layers_does_not_depend_on_the_order_of_nodes() -> None:
    """Nodes and edges in another order give the same places."""
    graph, layer, labels = provenance()
    turned: nx.DiGraph[str] = nx.DiGraph()
    turned.add_nodes_from(reversed(list(graph)))
    turned.add_edges_from(reversed(list(graph.edges(data=True))))
    assert layered_layout(graph, layer, labels=labels, columns=WIDE) == layered_layout(
        turned, layer, labels=labels, columns=WIDE
    )


def test_ordering_takes_crossings_away() -> None:
    """Three layers of paths that all cross are put in order, and a drawn network crosses no more than before."""
    after = {"a": {"y": 1}, "b": {"x": 1}, "x": {"p": 1}, "y": {"q": 1}}
    layers = [["a", "b"], ["x", "y"], ["q", "p"]]
    assert count_layer_crossings(layers, after) == 2
    assert count_layer_crossings(order_layers(layers, after), after) == 0
    for seed in range(20):
        draw = random.Random(seed)
        layers = [[f"{number}/{at}" for at in range(6)] for number in range(4)]
        after = {name: dict.fromkeys(draw.sample(later, 2), 1) for layer, later in pairwise(layers) for name in layer}
        ordered = order_layers(layers, after)
        assert [sorted(layer) for layer in ordered] == layers
        assert count_layer_crossings(ordered, after) <= count_layer_crossings(layers, after)


@pytest.mark.parametrize(("sizes", "count"), [((), 0), ((1,), 1), ((0, 3), 3), ((2, 0, 2), 4)])
def test_few_layers(sizes: tuple[int, ...], count: int) -> None:
    """No node, one, one layer and layers left out are placed, with ties within a layer and to oneself."""
    layer = {f"{number}/{at}": number for number, size in enumerate(sizes) for at in range(size)}
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(layer)
    graph.add_edges_from([(node, node) for node in layer] + list(zip(layer, list(layer)[1:], strict=False)))
    layout = layered_layout(graph, layer, labels={node: Label(node) for node in layer}, columns=NARROW)
    assert len(layout.places) == count
    assert layout.height > 0
