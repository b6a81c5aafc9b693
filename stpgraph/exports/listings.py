"""A view as Cytoscape JSON, and in the plain lists of Pajek and UCINET."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from stpgraph.exports.members import Members, Value, members_of, on_one_line, unlike

if TYPE_CHECKING:
    from stpgraph.networks.views import View

__all__ = ["network_to_cytoscape", "network_to_dl", "network_to_pajek"]

#: Shapes that Pajek can draw, by kind of node; an ellipse for any other.
_SHAPES = {"body": "box", "relationship": "diamond", "collective": "triangle", "partnership": "box"}


def network_to_cytoscape(view: View) -> bytes:
    """Write a view as Cytoscape JSON, which Cytoscape (.cyjs), cytoscape.js and networkx read.

    A node's id is its IRI, an edge's `interaction` its kind. Parallel edges stay apart; lists stay lists.
    """
    network = members_of(view)
    nodes = [
        {"data": {"id": iri, "value": iri, "shared_name": iri, "name": network.name(iri), **_plain(data)}}
        for iri, data in network.nodes.items()
    ]
    edges = [
        {"data": {"id": f"edge{number}", "key": number, "source": source, "target": target, **_interaction(data)}}
        for number, (source, target, data) in enumerate(network.edges)
    ]
    told = {
        "format_version": "1.0",
        "generated_by": "stpgraph",
        "target_cytoscapejs_version": "~2.1",
        "directed": network.is_directed,
        "multigraph": network.has_parallels,
        "data": {"name": view.question, "shared_name": view.name},
        "elements": {"nodes": nodes, "edges": edges},
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _plain(data: Mapping[str, Value]) -> dict[str, Value]:
    reserved = {"id", "value", "shared_name", "name", "key", "source", "target"}
    return {name: value for name, value in data.items() if name not in reserved}


def _interaction(data: Mapping[str, Value]) -> dict[str, Any]:
    kind = str(data.get("kind", ""))
    return {**({"interaction": kind, "shared_interaction": kind} if kind else {}), **_plain(data)}


def network_to_pajek(view: View) -> bytes:
    """Write a view as a Pajek network (.net), which Pajek, Gephi, igraph and networkx read.

    Nodes have their short names, numbered where two are alike, and shapes by their kind. Parallel lines stay apart;
    a line's label says its kind and how many claims take each stance. Double quotation marks become single, and
    backslashes slashes, for not every reader can tell what they mean within a name. Text beyond ASCII begins with a
    byte order mark, by which Pajek knows UTF-8.
    """
    network = members_of(view)
    numbers = {iri: number for number, iri in enumerate(network.nodes, 1)}
    names = unlike(_quotable(network.name(iri)) for iri in network.nodes)
    lines = [f"*Network {view.name}", f"*Vertices {len(numbers)}"]
    for (iri, number), name in zip(numbers.items(), names, strict=True):
        lines.append(f'{number} "{name}" {_SHAPES.get(str(network.nodes[iri].get("kind")), "ellipse")}')
    lines.append("*Arcs" if network.is_directed else "*Edges")
    for source, target, data in network.edges:
        label = _line_label(data)
        told = f"{numbers[source]} {numbers[target]} {data.get('weight', 1)}"
        lines.append(f'{told} l "{label}"' if label else told)
    text = "\n".join(lines) + "\n"
    return text.encode("utf-8" if text.isascii() else "utf-8-sig")


def _quotable(name: str) -> str:
    """Write a name so that double quotation marks can stand around it."""
    return on_one_line(name.replace('"', "'").replace("\\", "/")) or "no name"


def _line_label(data: Mapping[str, Value]) -> str:
    from stpgraph.networks.evidence import STANCES

    kind = _quotable(str(data["kind"])) if data.get("kind") else ""
    stances = ", ".join(f"{data[stance]} {stance}" for stance in STANCES if data.get(stance))
    return f"{kind}: {stances}" if kind and stances else kind or stances


def network_to_dl(view: View) -> bytes:
    """Write a view as DL, the text format of UCINET: two-mode where all edges go from nodes of one set to another.

    A two-mode network is an `edgelist2` with labels of rows and columns, any other an `edgelist1` with labels, in
    which an edge without direction stands both ways. DL has one number for two nodes: parallel edges are one, with
    the sum of their weights, and kinds and stances have no place. Names are short ones, numbered where two are
    alike; one with a space, a comma or the like stands in double quotation marks, and its own become single.
    UTF-8 without a byte order mark, which would hide the format's first word from older readers.
    """
    network = members_of(view)
    rows, columns = _modes(network)
    weights: dict[tuple[str, str], float] = {}
    for source, target, data in network.edges:
        both = () if network.is_directed or source == target else ((target, source),)
        for ends in ((source, target), *both):
            weights[ends] = weights.get(ends, 0) + float(str(data.get("weight", 1)))
    if columns:
        head = [f"dl nr={len(rows)} nc={len(columns)}", "format = edgelist2"]
        head += ["row labels:", *_labels(network, rows), "column labels:", *_labels(network, columns)]
    else:
        head = [f"dl n={len(rows)}", "format = edgelist1", "labels:", *_labels(network, rows)]
    of_rows = {iri: number for number, iri in enumerate(rows, 1)}
    of_columns = {iri: number for number, iri in enumerate(columns or rows, 1)}
    cells = [f"{of_rows[one]} {of_columns[other]} {weight:.12g}" for (one, other), weight in weights.items()]
    return ("\n".join([*head, "data:", *cells]) + "\n").encode("utf-8")


def _modes(network: Members) -> tuple[list[str], list[str]]:
    """Part the nodes into rows and columns; no columns where they are of one mode.

    Of nodes without edges, those of a kind that starts edges are rows.
    """
    sources = {source for source, _, _ in network.edges}
    targets = {target for _, target, _ in network.edges}
    if not network.is_directed or not network.edges or sources & targets:
        return list(network.nodes), []
    kinds = {network.nodes[iri].get("kind") for iri in sources}
    rows = [
        iri
        for iri, data in network.nodes.items()
        if iri in sources or (iri not in targets and data.get("kind") in kinds)
    ]
    chosen = set(rows)
    return rows, [iri for iri in network.nodes if iri not in chosen]


def _labels(network: Members, nodes: list[str]) -> list[str]:
    names = unlike(_quotable(network.name(iri)) for iri in nodes)
    return [name if name.replace("-", "").replace(".", "").isalnum() else f'"{name}"' for name in names]
