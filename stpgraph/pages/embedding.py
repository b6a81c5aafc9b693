"""A scene as compact JSON, and text packed so that it can stand in a page."""

from __future__ import annotations

import base64
import gzip
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from stpgraph.networks.evidence import STANCES, Evidence, Figure
from stpgraph.pages.layout import Layout
from stpgraph.pages.scenes import Points, Scene, short_id

__all__ = ["pack", "scene_as_data"]

#: What a piece of evidence is, by number.
_ITEM_KINDS = ("claim", "post", "figure", "fact")

#: Stances by number; 0 is not known, and so is what is none of them.
_STANCES = {stance: at for at, stance in enumerate(("", *STANCES))}

#: How a page says that words are a source's own or another's, by the label of the attribution.
_ATTRIBUTIONS = {"direct": "quoted", "indirect": "reported", "mixed": "partly quoted"}


class _Numbered:
    """Gives each different row a number, in the order in which they come."""

    def __init__(self, first: Iterable[Any] = ()) -> None:
        self.rows: list[Any] = []
        self._numbers: dict[str, int] = {}
        for row in first:
            self.number(row)

    def number(self, row: Any) -> int:
        key = repr(row)
        if key not in self._numbers:
            self._numbers[key] = len(self.rows)
            self.rows.append(row)
        return self._numbers[key]


def pack(text: str) -> str:
    """Compress text and write it in letters that can stand in a script element.

    Example:
        >>> gzip.decompress(base64.b64decode(pack("trust"))).decode()
        'trust'
    """
    return base64.b64encode(gzip.compress(text.encode("utf-8"), 6, mtime=0)).decode("ascii")


def scene_as_data(scene: Scene) -> dict[str, Any]:
    """Return a scene as plain data: tables by column, everything else by its number."""
    kinds = list(scene.kinds.items())
    kind_numbers = {kind: at for at, (kind, _) in enumerate(kinds)}
    edge_kinds = _Numbered()
    data: dict[str, Any] = {
        "view": scene.view,
        "title": scene.title,
        "standfirst": scene.standfirst,
        "note": scene.note,
        "question": scene.question,
        "sparql": scene.sparql,
        "command": scene.command,
        "arrangement": scene.arrangement,
        "directed": scene.directed,
        "colour": scene.colour,
        "signs": scene.signs,
        "things": scene.things,
        "heads": scene.heads,
        "widthMeans": scene.width_means,
        "weighing": asdict(scene.weighing) if scene.weighing else None,
        "kinds": kinds,
        "nodes": {
            "id": [node.id for node in scene.nodes],
            "kind": [kind_numbers[node.kind] for node in scene.nodes],
            "label": [node.label for node in scene.nodes],
            "name": [node.name for node in scene.nodes],
            "note": [node.note for node in scene.nodes],
        },
        "edges": {
            "from": [edge.source for edge in scene.edges],
            "to": [edge.target for edge in scene.edges],
            "kind": [edge_kinds.number(edge.kind) for edge in scene.edges],
            "weight": [_short(edge.weight) for edge in scene.edges],
            "items": [edge.items for edge in scene.edges],
            "sign": [edge.sign for edge in scene.edges] if scene.colour == "sign" else [],
        },
        **_items(scene),
        "layouts": {name: _layout(scene, layout) for name, layout in scene.layouts.items()},
        "turtle": scene.turtle,
        "turtleNote": scene.turtle_note,
    }
    data["edgeKinds"] = edge_kinds.rows
    return data


def _items(scene: Scene) -> dict[str, Any]:
    """Return the evidence by column, with the tables that it refers to."""
    nodes = {node.id: at for at, node in enumerate(scene.nodes)}
    speakers, topics, parties, documents, figures = (_Numbered() for _ in range(5))
    acts, attributions, statuses = (_Numbered([""]) for _ in range(3))

    def rows_of(one: Evidence) -> tuple[list[int], list[int]]:
        spoken = [
            speakers.number(
                (
                    nodes.get(short_id(speaker.thing.iri), -1),
                    speaker.thing.label,
                    speaker.thing.kind,
                    speaker.role,
                    speaker.body.label if speaker.body else "",
                    nodes.get(short_id(speaker.body.iri), -1) if speaker.body else -1,
                )
            )
            for speaker in one.speakers
        ]
        about = [
            topics.number(
                (
                    nodes.get(short_id(topic.thing.iri), -1),
                    topic.thing.label,
                    tuple(parties.number(party.label) for party in topic.parties),
                )
            )
            for topic in one.topics
        ]
        return spoken, about

    rows = [rows_of(one) for one in scene.items]
    items = scene.items
    columns = {
        "id": [short_id(one.iri) for one in items],
        "kind": [_ITEM_KINDS.index(one.kind) for one in items],
        "summary": [one.summary for one in items],
        "since": [one.since for one in items],
        "until": [one.until for one in items],
        "speakers": [spoken for spoken, _ in rows],
        "topics": [about for _, about in rows],
        "stance": [_STANCES.get(one.stance, 0) for one in items],
        "act": [acts.number(one.speech_act) for one in items],
        "attribution": [attributions.number(_ATTRIBUTIONS.get(one.attribution, one.attribution)) for one in items],
        "status": [statuses.number(one.status) for one in items],
        "confidence": [one.confidence for one in items],
        "document": [documents.number((one.title, one.outlet, one.issued)) if one.document else -1 for one in items],
        "place": [one.place for one in items],
        "words": [one.words for one in items],
        "contexts": [one.contexts for one in items],
        "via": [one.via for one in items],
        "source": [one.source for one in items],
        "figures": [[figures.number(_figure(figure)) for figure in one.figures] for one in items],
    }
    return {
        "items": columns,
        "speakers": speakers.rows,
        "topics": topics.rows,
        "parties": parties.rows,
        "documents": documents.rows,
        "figures": figures.rows,
        "acts": acts.rows,
        "attributions": attributions.rows,
        "statuses": statuses.rows,
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {name: value for name, value in asdict(figure).items() if name != "iri" and value not in (None, "", ())}


def _short(number: float) -> float:
    return int(number) if number == int(number) else round(number, 4)


def _layout(scene: Scene, layout: Layout | Points) -> dict[str, Any]:
    """Return a layout as plain data, its places in the order of the nodes."""
    if isinstance(layout, Points):
        whole = [[round(value) for value in values] for values in (layout.x, layout.y)]
        return {"width": round(layout.width), "height": round(layout.height), "x": whole[0], "y": whole[1]}
    columns = layout.columns
    return {
        "width": columns.width,
        "height": layout.height,
        "left": columns.left_x,
        "right": columns.right_x,
        "size": columns.size,
        "small": columns.small,
        "leading": columns.leading,
        "places": [asdict(layout.places[node.id]) for node in scene.nodes],
    }
