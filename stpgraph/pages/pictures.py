"""The picture of a network: its nodes, edges and both layouts, as the drawing library takes them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import networkx as nx

from stpgraph.networks import STANCES
from stpgraph.pages.cards import Card, short_id
from stpgraph.pages.layout import NARROW, WIDE, Label, Layout, two_columns
from stpgraph.pages.wording import counted, number, stances_in_words

__all__ = ["KINDS", "Picture", "edge_id", "edge_width", "layout_as_data", "make_picture"]

#: Kinds of nodes, in the order of the legend, with what the legend calls one.
KINDS = {
    "body": "body",
    "person": "person",
    "collective": "group of people or bodies",
    "partnership": "partnership (STP)",
    "relationship": "relationship",
}

#: Pixels of width that a line has for each claim, at least and at most in all.
_A_CLAIM, _THINNEST, _THICKEST = 2.2, 1.0, 16.0

#: Options of the drawing library: nothing moves by itself, and the wheel scrolls the page. Its own lines take clicks
#: and are not seen, for it can draw but one colour each.
_OPTIONS: dict[str, Any] = {
    "autoResize": False,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 1},
    "interaction": {
        "dragNodes": False,
        "hover": True,
        "keyboard": False,
        "selectable": False,
        "tooltipDelay": 150,
        "zoomView": False,
    },
    "nodes": {"chosen": False, "fixed": True, "shape": "custom"},
    "edges": {
        "chosen": False,
        "color": {"color": "#000", "inherit": False, "opacity": 0},
        "smooth": {"enabled": True, "forceDirection": "horizontal", "roundness": 0.5, "type": "cubicBezier"},
    },
}


@dataclass(frozen=True)
class Picture:
    """What is drawn.

    Attributes:
        network: nodes, edges and options, as the drawing library takes them.
        layouts: for a desk and for a phone.
        kinds: the kinds of nodes there are, with the names a legend has for them.
        widths: numbers of claims with their line's width, for a legend: one, the most, and one between.
    """

    network: Any
    layouts: dict[str, Layout]
    kinds: dict[str, str]
    widths: tuple[tuple[int, float], ...]


def make_picture(graph: nx.DiGraph[str], cards: Sequence[Card]) -> Picture:
    """Make the picture of a network of who said what.

    Args:
        graph: with one edge for each claimant and relationship, as `stpgraph.networks.collapse` returns it.
        cards: the claims.
    """
    claims = _claims_by_node(cards)
    left = sorted((node for node in graph if graph.nodes[node].get("kind") != "relationship"), key=short_id)
    right = sorted((node for node in graph if graph.nodes[node].get("kind") == "relationship"), key=short_id)
    labels = {node: _label(graph.nodes[node], len(claims.get(short_id(node), ()))) for node in graph}
    layouts = {
        name: two_columns(graph, left=left, right=right, labels=labels, columns=columns)
        for name, columns in (("wide", WIDE), ("narrow", NARROW))
    }
    kinds = {str(graph.nodes[node].get("kind", "body")) for node in graph}
    counts = sorted({int(data["claim_count"]) for _, _, data in graph.edges(data=True)})
    most = counts[-1] if counts else 1
    return Picture(
        network=_network(graph, layouts["wide"], cards, most),
        layouts=layouts,
        kinds={kind: name for kind, name in KINDS.items() if kind in kinds},
        widths=tuple((count, edge_width(count, most)) for count in sorted({1, *counts[len(counts) // 2 :][:1], most})),
    )


def edge_id(source: str, target: str) -> str:
    """Return what a page calls an edge.

    Example:
        >>> edge_id("https://w3id.org/stpgraph/id/person/jo-doe", "https://w3id.org/stpgraph/id/relationship/trust")
        'person/jo-doe+relationship/trust'
    """
    return f"{short_id(source)}+{short_id(target)}"


def edge_width(count: int, most: int) -> float:
    """Return the width of the line for a number of claims, in pixels: so much for each, less where there are many.

    Example:
        >>> edge_width(1, 3), edge_width(3, 3), edge_width(100, 100), edge_width(1, 100)
        (2.2, 6.6, 16.0, 1.0)
    """
    return round(max(count * min(_A_CLAIM, _THICKEST / most), _THINNEST), 2)


def _claims_by_node(cards: Sequence[Card]) -> dict[str, list[Card]]:
    claims: dict[str, list[Card]] = {}
    for card in cards:
        for node in {*(speaker.node for speaker in card.speakers), *(topic.node for topic in card.topics)}:
            claims.setdefault(node, []).append(card)
    return claims


def _label(attributes: dict[str, Any], count: int) -> Label:
    text = str(attributes.get("short_label") or attributes.get("label") or "no name")
    return Label(text, number(count), str(attributes.get("body_short_label", "")))


def _network(graph: nx.DiGraph[str], layout: Layout, cards: Sequence[Card], most: int) -> Any:
    """Fill the drawing library's network: its nodes in order of reading, its edges with the widest first."""
    claims = _claims_by_node(cards)
    order = {card.claim: position for position, card in enumerate(cards)}
    from pyvis.network import Network  # here, for it brings IPython: half a second that only a drawing should cost

    network: Any = Network(directed=True)  # type: ignore[no-untyped-call]
    network.options = _OPTIONS
    for node, place in layout.places.items():
        attributes = graph.nodes[node]
        label, made = str(attributes.get("label") or "no name"), claims.get(short_id(node), [])
        network.add_node(
            short_id(node),
            label=str(attributes.get("short_label") or label),
            shape="custom",
            color=None,
            x=place.x,
            y=place.y,
            tip=f"{label}: {counted(len(made), 'claim')}",
            kind=str(attributes.get("kind", "body")),
            name=label,
            body=str(attributes.get("body", "")),
            claims=[card.claim for card in made],
        )
    edges = sorted(graph.edges(data=True), key=lambda edge: (-edge[2]["claim_count"], edge_id(edge[0], edge[1])))
    for source, target, data in edges:
        counts = _stance_counts(data)
        network.add_edge(
            short_id(source),
            short_id(target),
            id=edge_id(source, target),
            arrows="",
            width=edge_width(data["claim_count"], most),
            strands=[{"stance": stance, "width": edge_width(count, most)} for stance, count in counts.items()],
            tip=f"{counted(data['claim_count'], 'claim')}: {stances_in_words(list(counts.elements()))}",
            claims=sorted(map(short_id, data["claims"]), key=order.__getitem__),
        )
    return network


def _stance_counts(edge: dict[str, Any]) -> Counter[str]:
    """Count the claims of an edge by stance, in the order of the stances; "" for those of which it is not known.

    A stance that is none of them stands last.
    """
    counts = Counter({stance: int(edge[stance]) for stance in STANCES if edge[stance]})
    counts += Counter({"": int(edge.get("unknown", 0))})
    rest = int(edge["claim_count"]) - counts.total()
    return counts + Counter({"other": rest})


def layout_as_data(layout: Layout) -> dict[str, Any]:
    """Return a layout as plain data for the page's script, its nodes by short id."""
    columns = layout.columns
    return {
        "width": columns.width,
        "height": layout.height,
        "left": columns.left_x,
        "right": columns.right_x,
        "size": columns.size,
        "small": columns.small,
        "leading": columns.leading,
        "places": {short_id(node): asdict(place) for node, place in layout.places.items()},
    }
