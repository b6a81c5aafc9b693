"""What a page or a picture shows of a view: nodes, edges and evidence, numbered, with a place for every node."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias

from stpgraph.networks.evidence import STANCES, Evidence, Figure
from stpgraph.networks.views import View
from stpgraph.pages.behind import Doubts
from stpgraph.pages.layout import Layout
from stpgraph.vocabulary import BASE

__all__ = [
    "KINDS",
    "Arrangement",
    "Points",
    "Scene",
    "SceneEdge",
    "SceneNode",
    "Weighing",
    "drawn_evidence",
    "edge_width",
    "number_view",
    "short_id",
]

#: How nodes stand: in two columns, in one column a layer, or wherever forces put them.
Arrangement: TypeAlias = Literal["columns", "layers", "free"]

#: Kinds of nodes, in the order of the legend, with what the legend calls one.
KINDS = {
    "outlet": "outlet",
    "document": "document",
    "report": "report",
    "study": "study",
    "body": "body",
    "person": "person",
    "collective": "group of people or bodies",
    "partnership": "partnership (STP)",
    "successor": "integrated care system",
    "claim": "claim",
    "relationship": "relationship",
    "party": "party",
    "measure": "what is measured",
    "proposition": "idea",
    "place": "place",
}

#: Pixels of width that a line has for each claim, at least and at most in all.
_A_CLAIM, _THINNEST, _THICKEST = 2.2, 1.0, 16.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneNode:
    """A node as a page shows it.

    Attributes:
        id: its short id.
        kind: one of `KINDS`.
        label: the name on the picture.
        name: the full name.
        note: a second line, quieter; "" for none.
    """

    id: str
    kind: str
    label: str
    name: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneEdge:
    """An edge as a page shows it.

    Attributes:
        source: the number of the node where it starts.
        target: the number of the node where it ends.
        kind: how the two are joined.
        weight: what its width says; below 0 for disagreement.
        items: the numbers of its evidence.
        sign: what its colour says where that is no stance: 1, 0 or -1.
    """

    source: int
    target: int
    kind: str
    weight: float
    items: tuple[int, ...]
    sign: int = 0

    def strands(self, items: Sequence[Evidence]) -> dict[str, int]:
        """Count the edge's claims by stance, in the order of the stances; "" for those of which it is not known.

        A stance that is none of them stands last, as "other".
        """
        stances = [items[at].stance for at in self.items]
        counts = {stance: stances.count(stance) for stance in (*STANCES, "")}
        counts["other"] = len(stances) - sum(counts.values())
        return {stance: count for stance, count in counts.items() if count}


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighing:
    """How the weights of a network of agreement are made: see `stpgraph.networks.discourse`.

    Attributes:
        mode: two-mode, claimants or relationships.
        weight: congruence, conflict and so on.
        normalisation: what it is divided by.
        levels: whether stance has two values or three.
        roll_up: whether persons count as the bodies they speak for.
        dropped: statements that do not count, for they are said again: the number of the claim, then claimant and
            relationship, those that are nodes by their short ids, others by their labels.
    """

    mode: str
    weight: str
    normalisation: str
    levels: str = "two"
    roll_up: bool = False
    dropped: tuple[tuple[int, str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """Positions without fixed labels: for each node x and y in pixels, within a width and height."""

    width: float
    height: float
    x: tuple[float, ...]
    y: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """All that a page or a picture shows.

    Attributes:
        view: the view's name.
        title: the sentence that the picture answers.
        standfirst: stands below it; "" for none.
        note: stands at the foot; "" for none.
        question: what was asked, in words.
        sparql: the query that asked it.
        command: the line that makes this page; "" where there is none.
        arrangement: how nodes stand.
        directed: whether edges have a direction.
        colour: what the colour of a line says: the stance of its claims, its sign, or nothing.
        signs: what the legend calls the signs -1, 0 and 1.
        things: what a piece of evidence is called, one and several.
        heads: the names of the columns or layers.
        width_means: what the width of a line says.
        weighing: how the weights of a network of agreement are made; None for all others.
        nodes: all nodes.
        edges: all edges.
        items: the evidence, in order of reading.
        layouts: places, by the name of the layout: wide and narrow, or free.
        turtle: the triples behind the picture; "" where they are left out.
        turtle_note: why they are left out; "" where they are not.
    """

    view: str
    title: str
    question: str
    sparql: str
    arrangement: Arrangement
    directed: bool
    colour: Literal["stance", "sign", "plain"]
    things: tuple[str, str]
    width_means: str
    nodes: tuple[SceneNode, ...]
    edges: tuple[SceneEdge, ...]
    items: tuple[Evidence, ...]
    signs: tuple[str, str, str] = ("disagreement", "as much of one as of the other", "agreement")
    standfirst: str = ""
    note: str = ""
    command: str = ""
    heads: tuple[str, ...] = ()
    weighing: Weighing | None = None
    layouts: Mapping[str, Layout | Points]
    turtle: str = ""
    turtle_note: str = ""

    @property
    def kinds(self) -> dict[str, str]:
        """The kinds of nodes that occur, in the order of the legend, with the names a legend has for them."""
        there = {node.kind for node in self.nodes}
        return {kind: name for kind, name in KINDS.items() if kind in there} | {
            kind: kind for kind in sorted(there - KINDS.keys())
        }


def short_id(iri: str) -> str:
    """Return what a page calls a thing: its path below the base, or its whole IRI.

    Example:
        >>> short_id("https://w3id.org/stpgraph/id/relationship/trust"), short_id("urn:x:trust")
        ('relationship/trust', 'urn:x:trust')
    """
    return iri.removeprefix(BASE)


def edge_width(weight: float, most: float) -> float:
    """Return the width of the line for a number of claims, in pixels: so much for each, less where there are many.

    Example:
        >>> edge_width(1, 3), edge_width(3, 3), edge_width(100, 100), edge_width(1, 100)
        (2.2, 6.6, 16.0, 1.0)
    """
    return round(max(abs(weight) * min(_A_CLAIM, _THICKEST / max(most, 1)), _THINNEST), 2)


def number_view(
    view: View, doubts: Mapping[str, Doubts] | None = None
) -> tuple[tuple[SceneNode, ...], tuple[SceneEdge, ...], tuple[Evidence, ...]]:
    """Number the nodes, edges and evidence of a view, in the order in which they stand in it.

    Evidence that stands behind no edge is left out: the page says how much of it there is, and why.

    Args:
        view: what is shown.
        doubts: why figures do not hold, by the IRI of the statistic.
    """
    places = {iri: at for at, iri in enumerate(view.graph)}
    nodes = tuple(_node(iri, data) for iri, data in view.graph.nodes(data=True))
    drawn = drawn_evidence(view)
    numbers = {one.iri: at for at, one in enumerate(drawn)}
    edges = tuple(
        SceneEdge(
            source=places[source],
            target=places[target],
            kind=str(data.get("kind", "")),
            weight=data.get("weight", 1),
            items=tuple(sorted(numbers[iri] for iri in data.get("evidence", ()) if iri in numbers)),
        )
        for source, target, data in view.graph.edges(data=True)
    )
    return nodes, edges, tuple(_with_doubts(one, doubts or {}) for one in drawn)


def drawn_evidence(view: View) -> list[Evidence]:
    """Return the evidence that stands behind an edge."""
    behind = {iri for _, _, data in view.graph.edges(data=True) for iri in data.get("evidence", ())}
    return [one for one in view.evidence if one.iri in behind]


def _node(iri: str, data: dict[str, Any]) -> SceneNode:
    label = str(data.get("label") or "no name")
    return SceneNode(
        id=short_id(iri),
        kind=str(data.get("kind") or "body"),
        label=str(data.get("short_label") or label),
        name=label,
        note=str(data.get("short_body") or ""),
    )


def _with_doubts(one: Evidence, doubts: Mapping[str, Doubts]) -> Evidence:
    """Add why figures do not hold to what they are doubted for already, and the number asked where it is not said."""
    if not any(figure.iri in doubts for figure in one.figures):
        return one
    return replace(one, figures=tuple([_doubted(figure, doubts.get(figure.iri)) for figure in one.figures]))


def _doubted(figure: Figure, found: Doubts | None) -> Figure:
    if not found:
        return figure
    told = tuple(dict.fromkeys([*figure.doubts, *found.reasons]))
    return replace(figure, doubts=told, base=figure.base if figure.denominator is not None else found.base)
