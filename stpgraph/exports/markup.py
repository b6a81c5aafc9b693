"""A view as GraphML and as GEXF, the two formats of networks that are XML."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

from stpgraph.exports.members import Column, Value, columns_of, members_of

if TYPE_CHECKING:
    from stpgraph.networks.evidence import Evidence
    from stpgraph.networks.views import View

__all__ = ["network_to_gexf", "network_to_graphml", "spells_of"]

#: What XML has no way to write.
_NO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

#: Spaces that a reader of XML would otherwise take for others.
_SPACES = str.maketrans({"\t": "&#9;", "\n": "&#10;", "\r": "&#13;"})

_DECLARED = '<?xml version="1.0" encoding="UTF-8"?>'

#: What GEXF calls the types of attributes.
_GEXF_TYPES = {"int": "integer", "double": "double", "string": "string"}


def network_to_graphml(view: View) -> bytes:
    """Write a view as GraphML, which Gephi, Cytoscape, yEd, visone, igraph and networkx read.

    A node's id is its IRI. Parallel edges stay apart; lists, such as the evidence of an edge, are text parted by " | ".
    """
    network = members_of(view)
    of_nodes = columns_of(network.nodes.values())
    of_edges = columns_of(data for _, _, data in network.edges)
    lines = [
        _DECLARED,
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="'
        'http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">',
        *_keys("node", "n", of_nodes),
        *_keys("edge", "e", of_edges),
        f'  <graph id="{_xml(view.name)}" edgedefault="{"directed" if network.is_directed else "undirected"}">',
    ]
    for iri, data in network.nodes.items():
        lines += [f'    <node id="{_xml(iri)}">', *_data("n", of_nodes, data), "    </node>"]
    for number, (source, target, data) in enumerate(network.edges):
        ends = f'source="{_xml(source)}" target="{_xml(target)}"'
        lines += [f'    <edge id="edge{number}" {ends}>', *_data("e", of_edges, data), "    </edge>"]
    return _bytes([*lines, "  </graph>", "</graphml>"])


def _keys(what: str, letter: str, columns: Sequence[Column]) -> list[str]:
    return [
        f'  <key id="{letter}{at}" for="{what}" attr.name="{_xml(column.name)}" attr.type="{column.type}"/>'
        for at, column in enumerate(columns)
    ]


def _data(letter: str, columns: Sequence[Column], row: Mapping[str, Value]) -> list[str]:
    return [
        f'      <data key="{letter}{at}">{_xml(column.write(row[column.name]))}</data>'
        for at, column in enumerate(columns)
        if column.name in row
    ]


def network_to_gexf(view: View) -> bytes:
    """Write a view as GEXF 1.3, which Gephi reads, and gephi-lite, sigma and networkx.

    Where an edge has evidence with dates the network is dynamic: the edge is there on the days on which its claims
    were said, and as long as its posts and facts held, both ends included; a month or year is all its days. An edge
    without any such date, or with a fact that has none, is always there, and so are the nodes. Weights and counts
    are of the whole period. Parallel edges stay apart, each with its kind; lists are text parted by " | ".
    """
    network = members_of(view)
    of_nodes = columns_of(_without(data, "label") for data in network.nodes.values())
    of_edges = columns_of(_without(data, "weight") for _, _, data in network.edges)
    known = {one.iri: one for one in view.evidence}
    spells = [spells_of(_behind(data, known)) for _, _, data in network.edges]
    dynamic = ' mode="dynamic" timeformat="date" timerepresentation="interval"' if any(spells) else ' mode="static"'
    lines = [
        _DECLARED,
        '<gexf xmlns="http://gexf.net/1.3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        'xsi:schemaLocation="http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd" version="1.3">',
        f"  <meta><creator>stpgraph</creator><description>{_xml(view.question)}</description></meta>",
        f'  <graph defaultedgetype="{"directed" if network.is_directed else "undirected"}"{dynamic}>',
        *_attributes("node", of_nodes),
        *_attributes("edge", of_edges),
        "    <nodes>",
    ]
    for iri, data in network.nodes.items():
        name = _xml(str(data.get("label") or network.name(iri)))
        lines += [f'      <node id="{_xml(iri)}" label="{name}">', *_values(of_nodes, data), "      </node>"]
    lines += ["    </nodes>", "    <edges>"]
    for number, (source, target, data) in enumerate(network.edges):
        ends = f'source="{_xml(source)}" target="{_xml(target)}" weight="{float(str(data.get("weight", 1)))!r}"'
        kind = f' kind="{_xml(str(data["kind"]))}" label="{_xml(str(data["kind"]))}"' if data.get("kind") else ""
        lines += [f'      <edge id="{number}" {ends}{kind}>', *_values(of_edges, data)]
        lines += [*_spells(spells[number]), "      </edge>"]
    return _bytes([*lines, "    </edges>", "  </graph>", "</gexf>"])


def _without(data: Mapping[str, Value], name: str) -> dict[str, Value]:
    return {key: value for key, value in data.items() if key != name}


def _attributes(what: str, columns: Sequence[Column]) -> list[str]:
    if not columns:
        return []
    return [
        f'    <attributes class="{what}" mode="static">',
        *(
            f'      <attribute id="{at}" title="{_xml(column.name)}" type="{_GEXF_TYPES[column.type]}"/>'
            for at, column in enumerate(columns)
        ),
        "    </attributes>",
    ]


def _values(columns: Sequence[Column], row: Mapping[str, Value]) -> list[str]:
    told = [
        f'          <attvalue for="{at}" value="{_xml(column.write(row[column.name]))}"/>'
        for at, column in enumerate(columns)
        if column.name in row
    ]
    return ["        <attvalues>", *told, "        </attvalues>"] if told else []


def _spells(spells: Sequence[tuple[str, str]]) -> list[str]:
    if not spells:
        return []
    told = [
        "          <spell" + (f' start="{first}"' if first else "") + (f' end="{last}"' if last else "") + "/>"
        for first, last in spells
    ]
    return ["        <spells>", *told, "        </spells>"]


def _behind(data: Mapping[str, Value], known: Mapping[str, Evidence]) -> list[Evidence]:
    """Return the evidence of an edge."""
    iris = data.get("evidence", [])
    return [known[iri] for iri in iris if iri in known] if isinstance(iris, list) else []


def spells_of(evidence: Iterable[Evidence]) -> list[tuple[str, str]]:
    """Return the first and last days on which some of the evidence holds, "" for an open end; none for always.

    Example:
        >>> from stpgraph.networks.evidence import Evidence
        >>> said = Evidence(iri="urn:x", kind="claim", summary="It works.", since="2017-02")
        >>> held = Evidence(iri="urn:y", kind="post", summary="Jo Doe leads.", since="2017-02-20")
        >>> spells_of([said]), spells_of([said, held])
        ([('2017-02-01', '2017-02-28')], [('2017-02-01', '')])
    """
    spells = []
    for one in evidence:
        until = one.since if one.kind in {"claim", "figure"} else one.until
        if not one.since and not until:
            if one.kind == "claim":
                continue  # said on some day or other: in no period
            return []
        spells.append((_first_day(one.since), _last_day(until)))
    joined: list[tuple[str, str]] = []
    for first, last in sorted(spells):
        if joined and (not joined[-1][1] or first <= joined[-1][1]):
            ends = joined[-1][1], last
            joined[-1] = joined[-1][0], max(ends) if all(ends) else ""
        else:
            joined.append((first, last))
    return [] if joined == [("", "")] else joined


def _first_day(day: str) -> str:
    return f"{day}-01-01"[:10] if len(day) == 4 else f"{day}-01"[:10] if day else ""


def _last_day(day: str) -> str:
    if len(day) == 4:
        return f"{day}-12-31"
    if len(day) == 7:
        return f"{day}-{monthrange(int(day[:4]), int(day[5:]))[1]}"
    return day[:10]


def _xml(text: str) -> str:
    return escape(_NO_XML.sub("\ufffd", text)).translate(_SPACES)


def _bytes(lines: Iterable[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode("utf-8")
