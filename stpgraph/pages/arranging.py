"""Which arrangement suits a view, and the places of its nodes in it.

Two columns or layers where every label then has a line of its own and the picture is no taller than a few screens;
otherwise positions by forces, with labels where there is room.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import networkx as nx

from stpgraph.networks.views import View
from stpgraph.pages.layout import NARROW, WIDE, Label, Layout, two_columns
from stpgraph.pages.scenes import Arrangement, Points, SceneEdge, SceneNode, short_id
from stpgraph.pages.wording import number

__all__ = ["arrange", "choose_arrangement"]

#: Views whose graphs lead from one kind of thing to another.
_IN_COLUMNS = {"who-said-what", "discourse", "affiliations", "repeats"}

#: In which layer nodes of a kind stand, by view; nodes of other views say so themselves, or have none.
_LAYERS_OF_KINDS = {
    "partnerships": {"body": 0, "person": 1, "partnership": 2, "place": 3, "successor": 4},
    "who-said-what": {"body": 0, "person": 0, "collective": 0, "partnership": 0, "claim": 1, "relationship": 2},
}

#: Kinds of nodes of the right column in views whose lines have no direction.
_RIGHT = {"repeats": {"document", "report"}}

#: The most nodes of a column or layer; more are a list and no picture.
_MOST_IN_COLUMN = 125

#: Room around a picture that forces arranged, in pixels.
_MARGIN = 40.0

#: Up to how many nodes forces' distances are drawn out, to what width and height, and how many times at most: so that
#: names find room between few nodes.
_FEW, _ROOM, _FURTHEST = 60, (680.0, 460.0), 3.0


def choose_arrangement(view: View) -> Arrangement:
    """Choose how the nodes of a view stand.

    Example:
        >>> from stpgraph.networks.views import draw_links
        >>> choose_arrangement(View(name="discourse", question="", sparql="", evidence=(), make=draw_links))
        'columns'
    """
    left, right = _sides(view)
    if view.name in _IN_COLUMNS and len(left) + len(right) == len(view.graph):
        return "columns" if max(len(left), len(right)) <= _MOST_IN_COLUMN else "free"
    layers = Counter(_layers(view).values())
    return "layers" if layers and max(layers.values()) <= _MOST_IN_COLUMN else "free"


def arrange(
    view: View,
    arrangement: Arrangement,
    nodes: tuple[SceneNode, ...],
    edges: tuple[SceneEdge, ...],
    *,
    start: Mapping[str, tuple[float, float]] | None = None,
    seed: int = 7,
) -> dict[str, Layout | Points]:
    """Place the nodes of a view.

    Args:
        view: what is drawn.
        arrangement: how its nodes stand.
        nodes: its nodes, numbered.
        edges: its edges, numbered.
        start: positions of an earlier picture by short id, near which forces keep the nodes that it had.
        seed: of the forces' first positions.

    Returns:
        Layouts by name: wide and narrow, or free.
    """
    if arrangement == "free":
        return {"free": _free(view, nodes, start, seed)}
    counts = _item_counts(len(nodes), edges)
    labels = {node.id: Label(node.label, number(count), node.note) for node, count in zip(nodes, counts, strict=True)}
    graph = _numbered_graph(nodes, edges)
    if arrangement == "columns":
        left, right = ([short_id(iri) for iri in side] for side in _sides(view))
        return {
            name: two_columns(graph, left=left, right=right, labels=labels, columns=columns)
            for name, columns in (("wide", WIDE), ("narrow", NARROW))
        }
    from stpgraph.pages.layers import layered_layout

    layer = {short_id(iri): number for iri, number in _layers(view).items()}
    return {
        name: layered_layout(graph, layer, labels=labels, columns=columns)
        for name, columns in (("wide", WIDE), ("narrow", NARROW))
    }


def _sides(view: View) -> tuple[list[str], list[str]]:
    """Return the nodes of the left and right column; one that belongs in both, or in none, is in neither."""
    ends = list(view.graph.edges())
    if view.name in _RIGHT:
        kinds = {iri: data.get("kind") for iri, data in view.graph.nodes(data=True)}
        ends = [(one, other) if kinds[other] in _RIGHT[view.name] else (other, one) for one, other in ends]
    elif not view.graph.is_directed():
        return [], []
    sources, targets = {source for source, _ in ends}, {target for _, target in ends}
    return sorted(sources - targets), sorted(targets - sources)


def _layers(view: View) -> dict[str, int]:
    """Return the layer of each node; nothing where one has none."""
    kinds = _LAYERS_OF_KINDS.get(view.name, {})
    found = {iri: data.get("layer", kinds.get(data.get("kind", ""))) for iri, data in view.graph.nodes(data=True)}
    layers = {iri: int(layer) for iri, layer in found.items() if layer is not None}
    return layers if len(layers) == len(found) else {}


def _item_counts(node_count: int, edges: tuple[SceneEdge, ...]) -> list[int]:
    """Count the evidence of each node: that of all its edges, each piece once."""
    behind: list[set[int]] = [set() for _ in range(node_count)]
    for edge in edges:
        behind[edge.source].update(edge.items)
        behind[edge.target].update(edge.items)
    return list(map(len, behind))


def _numbered_graph(nodes: tuple[SceneNode, ...], edges: tuple[SceneEdge, ...]) -> nx.DiGraph[str]:
    """Make a graph of short ids, with how many pieces of evidence stand behind each pair."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(node.id for node in nodes)
    for edge in edges:
        ends = nodes[edge.source].id, nodes[edge.target].id
        before = graph.edges[ends]["claim_count"] if graph.has_edge(*ends) else 0
        graph.add_edge(*ends, claim_count=before + len(edge.items))
    return graph


def _free(
    view: View, nodes: tuple[SceneNode, ...], start: Mapping[str, tuple[float, float]] | None, seed: int
) -> Points:
    """Place nodes by forces, and move the picture so that it begins at its margin."""
    from stpgraph.pages.forces import force_layout

    iris = list(view.graph)
    known = {iri: start[node.id] for node, iri in zip(nodes, iris, strict=True) if start and node.id in start}
    places = force_layout(view.graph, start=known or None, seed=seed)
    if not places:
        return Points(width=2 * _MARGIN, height=2 * _MARGIN, x=(), y=())
    drawn_out = _drawn_out(places) if not known else 1.0
    across, down = ([drawn_out * places[iri][axis] for iri in iris] for axis in (0, 1))
    left, top = (0.0, 0.0) if known else (min(across) - _MARGIN, min(down) - _MARGIN)  # an earlier page has its margin
    left, top = min(left, min(across) - _MARGIN), min(top, min(down) - _MARGIN)
    return Points(
        width=max(across) - left + _MARGIN,
        height=max(down) - top + _MARGIN,
        x=tuple(round(x - left, 1) for x in across),
        y=tuple(round(y - top, 1) for y in down),
    )


def _drawn_out(places: Mapping[str, tuple[float, float]]) -> float:
    """Return how many times further apart few nodes should stand."""
    if len(places) > _FEW:
        return 1.0
    spans = (max(values) - min(values) for values in zip(*places.values(), strict=True))
    return float(max(1.0, min(_FURTHEST, *(room / max(span, 1.0) for room, span in zip(_ROOM, spans, strict=True)))))
