"""Networks in other tools' formats: other readers find the same nodes, edges, labels and counts in them."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import igraph
import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stpgraph.exports import (
    NETWORK_ENDINGS,
    NETWORK_FORMATS,
    network_to_cytoscape,
    network_to_dl,
    network_to_gexf,
    network_to_graphml,
    network_to_pajek,
    statements_to_csv,
)
from stpgraph.networks.evidence import Evidence, Link, Speaker, Thing, Topic
from stpgraph.networks.views import View, draw_links

JO = Thing(
    iri="urn:x:jo", label="Jo Doe", short_label="Jo Doe", kind="person", body="Anyshire Council", short_body="AC"
)
COUNCIL = Thing(iri="urn:x:council", label="Anyshire Council", short_label="AC", kind="body")
TRUST = Thing(iri="urn:x:trust", label="trust between bodies", short_label="trust", kind="relationship")
MONEY = Thing(iri="urn:x:money", label="shared money", short_label="money, shared", kind="relationship")

#: Text that means something to one format or another.
HOSTILE = [
    "\"quoted\" 'text'",
    "back\\slash\\",
    "line\nbreak\r\nand\ttab",
    "<b>&amp;</b> ]]>",
    "*Arcs %x #y ;z, | =1+1",
    "Łódź Übergrößen 𝄞 مرحبا",
    "bell\x07 null\x00 half\ud800 mark\ufeff",
    "   ",
    "",
    "data:",
    "123",
]

hostile_text = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=30))


def claim(name: str, who: Thing, topic: Thing, stance: str, **told: Any) -> Evidence:
    """A claim of one claimant about one relationship."""
    body = COUNCIL if who is JO else None
    link = Link(source=who, target=topic, kind="speaks about")
    given = {"since": "2017-03-05", "document": "urn:x:gazette-1", "title": "A Gazette story", "outlet": "Gazette"}
    return Evidence(
        iri=f"urn:x:{name}",
        kind="claim",
        summary=f"Summary of {name}.",
        links=(link,),
        speakers=(Speaker(thing=who, role="leader" if body else "", body=body),),
        topics=(Topic(thing=topic),),
        stance=stance,
        **{**given, **told},
    )


def view_of(*evidence: Evidence, is_directed: bool = True) -> View:
    """A view whose edges are the links of evidence."""
    return View(
        name="who-said-what",
        question="Who said what",
        sparql="SELECT",
        evidence=evidence,
        make=lambda some: draw_links(some, is_directed=is_directed),
    )


#: Two claims of one person on trust, one for and one against, and one of a body on money.
SPOKEN = view_of(
    claim("c1", JO, TRUST, "supportive", place="characters 10–20 and 35–47", start=10),
    claim("c2", JO, TRUST, "critical", since="2017-04-01"),
    claim("c3", COUNCIL, MONEY, "neutral", since="2017-04", document="urn:x:gazette-2", title="Another"),
)

#: A post and a fact between the same two things, which are two edges, and one within.
POSTS = view_of(
    Evidence(
        iri="urn:x:post",
        kind="post",
        summary="Jo Doe led the council.",
        since="2016",
        until="2017-06",
        links=(Link(source=JO, target=COUNCIL, kind="leads"),),
    ),
    Evidence(
        iri="urn:x:fact",
        kind="fact",
        summary="Jo Doe sits on the council.",
        links=(Link(source=JO, target=COUNCIL, kind="sits on"),),
    ),
)


def labelled(*labels: str, is_directed: bool = True) -> View:
    """A view in which things with given labels, in a ring, are joined by one claim each."""
    things = [
        Thing(iri=f"urn:x:{number:03}", label=label, short_label=label, kind="body")
        for number, label in enumerate(labels)
    ]
    pairs = list(zip(things, things[1:] + things[:1], strict=True))
    return view_of(
        *(claim(f"of-{number}", one, other, "critical") for number, (one, other) in enumerate(pairs)),
        is_directed=is_directed,
    )


def read_again(data: bytes, ending: str, place: Path) -> igraph.Graph:
    """What igraph finds in a file."""
    path = place / f"network{ending}"
    path.write_bytes(data)
    reader: Any = {".graphml": igraph.Graph.Read_GraphML, ".net": igraph.Graph.Read_Pajek, ".dl": igraph.Graph.Read_DL}
    graph = reader[ending](str(path))
    assert isinstance(graph, igraph.Graph)
    return graph


def as_xml(text: str) -> str:
    """Text as XML can hold it: what it cannot is a replacement character."""
    return re.sub("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", text)


@pytest.mark.parametrize("form", NETWORK_FORMATS)
def test_same_network_same_bytes(form: str) -> None:
    """Writing twice, from views made twice, gives the same bytes."""
    again = view_of(*SPOKEN.evidence)
    assert NETWORK_FORMATS[form](SPOKEN) == NETWORK_FORMATS[form](again)


def test_every_ending_has_a_format() -> None:
    """What a file's name can ask for is what can be written, and every format can be asked for."""
    assert set(NETWORK_ENDINGS.values()) == set(NETWORK_FORMATS)


@pytest.mark.parametrize("form", NETWORK_FORMATS)
def test_empty_networks_are_written(form: str, tmp_path: Path) -> None:
    """A view without evidence is a file without nodes, not an error."""
    data = NETWORK_FORMATS[form](view_of())
    if form in {"graphml", "pajek"}:
        ending = {"graphml": ".graphml", "pajek": ".net"}[form]
        assert read_again(data, ending, tmp_path).vcount() == 0
    elif form == "gexf":
        assert nx.read_gexf(io.BytesIO(data)).number_of_nodes() == 0
    elif form == "cytoscape":
        assert json.loads(data)["elements"] == {"nodes": [], "edges": []}
    elif form == "dl":
        assert data == b"dl n=0\nformat = edgelist1\nlabels:\ndata:\n"
    else:
        assert len(data.splitlines()) == 1


# GraphML


def test_graphml_is_what_networkx_reads() -> None:
    """Nodes keep their IRIs, labels and kinds; edges their counts as whole numbers, and their evidence as one text."""
    graph = nx.read_graphml(io.BytesIO(network_to_graphml(SPOKEN)))
    assert graph.is_directed()
    assert graph.nodes["urn:x:trust"] == {
        "label": "trust between bodies",
        "short_label": "trust",
        "kind": "relationship",
    }
    told = graph.edges["urn:x:jo", "urn:x:trust"]
    assert (told["weight"], told["supportive"], told["critical"], told["neutral"]) == (2, 1, 1, 0)
    assert (told["balance"], told["stance"], told["kind"]) == (0, "mixed", "speaks about")
    assert told["evidence"] == "urn:x:c1 | urn:x:c2"


def test_graphml_is_what_igraph_reads(tmp_path: Path) -> None:
    """Another reader finds the same: ids, names, weights, direction."""
    graph = read_again(network_to_graphml(SPOKEN), ".graphml", tmp_path)
    assert graph.is_directed()
    assert dict(zip(graph.vs["id"], graph.vs["short_label"], strict=True)) == {
        "urn:x:council": "AC",
        "urn:x:jo": "Jo Doe",
        "urn:x:money": "money, shared",
        "urn:x:trust": "trust",
    }
    edges = {(graph.vs[e.source]["id"], graph.vs[e.target]["id"]): e["weight"] for e in graph.es}
    assert edges == {("urn:x:jo", "urn:x:trust"): 2, ("urn:x:council", "urn:x:money"): 1}


def test_graphml_keeps_parallel_edges() -> None:
    """Two edges of two kinds between two things are two edges."""
    graph = nx.read_graphml(io.BytesIO(network_to_graphml(POSTS)))
    assert sorted(data["kind"] for _, _, data in graph.edges(data=True)) == ["leads", "sits on"]


def test_a_column_of_numbers_has_one_type() -> None:
    """Where some weights are whole and some are not, all are numbers with a point."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_edge("urn:x:a", "urn:x:b", weight=1)
    graph.add_edge("urn:x:b", "urn:x:c", weight=-0.25)
    view = View(name="v", question="Who", sparql="", evidence=(), make=lambda _: graph)
    data = network_to_graphml(view)
    assert b'attr.name="weight" attr.type="double"' in data
    assert nx.read_graphml(io.BytesIO(data)).edges["urn:x:b", "urn:x:c"]["weight"] == -0.25


@settings(max_examples=60, deadline=None)
@given(st.lists(hostile_text, min_size=2, max_size=5))
def test_graphml_holds_any_label(labels: list[str]) -> None:
    """Whatever a label holds is read back, but for characters that XML cannot write."""
    graph = nx.read_graphml(io.BytesIO(network_to_graphml(labelled(*labels))))
    assert [graph.nodes[f"urn:x:{at:03}"].get("label", "") for at in range(len(labels))] == [*map(as_xml, labels)]


# GEXF


def test_gexf_is_what_networkx_reads() -> None:
    """Labels, kinds, weights and counts of stances are read back."""
    graph = nx.read_gexf(io.BytesIO(network_to_gexf(SPOKEN)))
    assert graph.is_directed()
    assert graph.nodes["urn:x:jo"]["label"] == "Jo Doe"
    assert graph.nodes["urn:x:jo"]["kind"] == "person"
    told = graph.edges["urn:x:jo", "urn:x:trust"]
    assert (told["weight"], told["supportive"], told["critical"]) == (2.0, 1, 1)
    assert told["evidence"] == "urn:x:c1 | urn:x:c2"


def test_gexf_edges_are_there_when_something_was_said() -> None:
    """A day is a spell of a day; a month is all its days."""
    graph = nx.read_gexf(io.BytesIO(network_to_gexf(SPOKEN)))
    assert graph.graph["mode"] == "dynamic"
    assert graph.edges["urn:x:jo", "urn:x:trust"]["spells"] == [
        ("2017-03-05", "2017-03-05"),
        ("2017-04-01", "2017-04-01"),
    ]
    assert graph.edges["urn:x:council", "urn:x:money"]["spells"] == [("2017-04-01", "2017-04-30")]


def test_gexf_posts_last_and_facts_without_a_day_are_always_there() -> None:
    """A post from a year to a month holds on all their days; what has no day has no spell."""
    graph = nx.read_gexf(io.BytesIO(network_to_gexf(POSTS)))
    by_kind = {data["kind"]: data for _, _, data in graph.edges(data=True)}
    assert by_kind["leads"]["spells"] == [("2016-01-01", "2017-06-30")]
    assert "spells" not in by_kind["sits on"]


def test_gexf_without_days_is_static() -> None:
    """A network none of whose claims has a day has no time."""
    view = view_of(claim("c1", JO, TRUST, "critical", since=""))
    assert nx.read_gexf(io.BytesIO(network_to_gexf(view))).graph["mode"] == "static"


@pytest.mark.parametrize(
    ("periods", "expected"),
    [
        ([("2016", "2017"), ("2017-06", "2018-02")], [("2016-01-01", "2018-02-28")]),
        ([("2016", ""), ("2017-06", "2018-02")], [("2016-01-01", "")]),
        ([("", "2016-02"), ("2017", "2017")], [("", "2016-02-29"), ("2017-01-01", "2017-12-31")]),
        ([("", "2016"), ("2015", "")], []),
    ],
)
def test_gexf_spells_do_not_overlap(periods: list[tuple[str, str]], expected: list[tuple[str, str]]) -> None:
    """Periods that overlap are one spell, an open end stays open, and what is open on both sides is always there."""
    facts = [
        Evidence(
            iri=f"urn:x:{number}",
            kind="post",
            summary="Jo Doe led.",
            since=since,
            until=until,
            links=(Link(source=JO, target=COUNCIL, kind="leads"),),
        )
        for number, (since, until) in enumerate(periods)
    ]
    root = ElementTree.fromstring(network_to_gexf(view_of(*facts)))
    spells = [(one.get("start", ""), one.get("end", "")) for one in root.iter("{http://gexf.net/1.3}spell")]
    assert spells == expected


@settings(max_examples=60, deadline=None)
@given(st.lists(hostile_text.filter(bool), min_size=2, max_size=5))
def test_gexf_holds_any_label(labels: list[str]) -> None:
    """Whatever a label holds is read back, but for characters that XML cannot write."""
    graph = nx.read_gexf(io.BytesIO(network_to_gexf(labelled(*labels))))
    assert [graph.nodes[f"urn:x:{at:03}"]["label"] for at in range(len(labels))] == [*map(as_xml, labels)]


# Cytoscape


def test_cytoscape_is_what_networkx_reads() -> None:
    """Nodes, edges and attributes are read back; lists stay lists."""
    graph = nx.cytoscape_graph(json.loads(network_to_cytoscape(SPOKEN)))
    assert graph.is_directed()
    assert graph.nodes["urn:x:trust"]["label"] == "trust between bodies"
    [told] = graph.get_edge_data("urn:x:jo", "urn:x:trust").values()
    assert (told["interaction"], told["weight"], told["critical"]) == ("speaks about", 2, 1)
    assert told["evidence"] == ["urn:x:c1", "urn:x:c2"]


@settings(max_examples=60, deadline=None)
@given(st.lists(hostile_text, min_size=2, max_size=5), st.booleans())
def test_cytoscape_has_the_shape_that_it_asks_for(labels: list[str], is_directed: bool) -> None:
    """Every node and edge has an id of its own, as text; every edge joins two nodes; a node has a name to show."""
    told = json.loads(network_to_cytoscape(labelled(*labels, is_directed=is_directed)))
    assert (told["format_version"], told["target_cytoscapejs_version"]) == ("1.0", "~2.1")
    nodes = [node["data"] for node in told["elements"]["nodes"]]
    edges = [edge["data"] for edge in told["elements"]["edges"]]
    ids = [data["id"] for data in nodes + edges]
    assert len(set(ids)) == len(ids)
    assert {*map(type, ids)} == {str}
    ends = {data[end] for data in edges for end in ("source", "target")}
    assert ends <= {data["id"] for data in nodes}
    assert [data["name"] for data in nodes] == [
        label.encode("utf-8", "replace").decode() or "no name" for label in labels
    ]


# Pajek


def test_pajek_is_written_as_pajek_reads() -> None:
    """The whole file of a small network, by its lines."""
    assert network_to_pajek(SPOKEN).decode().splitlines() == [
        "*Network who-said-what",
        "*Vertices 4",
        '1 "AC" box',
        '2 "Jo Doe" ellipse',
        '3 "money, shared" diamond',
        '4 "trust" diamond',
        "*Arcs",
        '1 3 1 l "speaks about: 1 neutral"',
        '2 4 2 l "speaks about: 1 supportive, 1 critical"',
    ]


def test_pajek_beyond_ascii_has_a_byte_order_mark(tmp_path: Path) -> None:
    """Pajek tells UTF-8 by the mark; other readers find the same nodes with it."""
    data = network_to_pajek(labelled("Łódź", "Zürich", "York"))
    assert data.startswith(b"\xef\xbb\xbf*Network")
    assert read_again(data, ".net", tmp_path).vs["name"] == ["Łódź", "Zürich", "York"]
    assert not network_to_pajek(SPOKEN).startswith(b"\xef\xbb\xbf")


def test_pajek_keeps_parallel_lines(tmp_path: Path) -> None:
    """Two edges of two kinds between two things are two lines, for both readers."""
    data = network_to_pajek(POSTS)
    assert read_again(data, ".net", tmp_path).es["label"] == ["leads", "sits on"]
    graph = nx.read_pajek(tmp_path / "network.net")
    assert [told["l"] for _, _, told in graph.edges(data=True)] == ["leads", "sits on"]


def test_pajek_edges_without_direction(tmp_path: Path) -> None:
    """A network without direction has edges, not arcs."""
    graph = read_again(network_to_pajek(labelled("A", "B", "C", is_directed=False)), ".net", tmp_path)
    assert not graph.is_directed()
    assert graph.get_edgelist() == [(0, 1), (0, 2), (1, 2)]


@settings(max_examples=60, deadline=None)
@given(st.lists(hostile_text, min_size=2, max_size=5))
def test_pajek_is_read_whatever_the_labels(tmp_path_factory: pytest.TempPathFactory, labels: list[str]) -> None:
    """Two readers find each node under the same name, no two alike, and each edge, whatever the labels hold."""
    place = tmp_path_factory.mktemp("pajek")
    graph = read_again(network_to_pajek(labelled(*labels)), ".net", place)
    assert graph.vcount() == len({*graph.vs["name"]}) == len(labels)
    assert graph.get_edgelist() == [(at, (at + 1) % len(labels)) for at in range(len(labels))]
    assert list(nx.read_pajek(place / "network.net")) == graph.vs["name"]


def test_pajek_labels_keep_what_they_can() -> None:
    """Quotation marks become single, backslashes slashes, line ends spaces; a name that is there already a number."""
    lines = network_to_pajek(labelled('a "b"\nc', "d\\e", "", "d/e")).decode().splitlines()
    assert [line.partition(" ")[2] for line in lines[2:6]] == [
        "\"a 'b' c\" box",
        '"d/e" box',
        '"no name" box',
        '"d/e (2)" box',
    ]


# DL


def test_dl_of_two_modes_is_written_as_ucinet_reads() -> None:
    """Claimants are rows and relationships columns; names of several words stand in quotation marks."""
    assert network_to_dl(SPOKEN).decode().splitlines() == [
        "dl nr=2 nc=2",
        "format = edgelist2",
        "row labels:",
        "AC",
        '"Jo Doe"',
        "column labels:",
        '"money, shared"',
        "trust",
        "data:",
        "1 1 1",
        "2 2 2",
    ]


def test_dl_of_one_mode_is_what_igraph_reads(tmp_path: Path) -> None:
    """Labels, edges and weights are read back; an edge without direction stands both ways."""
    graph = read_again(network_to_dl(labelled("Abe", "Bea", "Łódź", is_directed=False)), ".dl", tmp_path)
    assert graph.vs["name"] == ["Abe", "Bea", "Łódź"]
    assert sorted(graph.get_edgelist()) == [(0, 1), (0, 2), (1, 0), (1, 2), (2, 0), (2, 1)]
    assert graph.es["weight"] == [1.0] * 6


def test_dl_adds_parallel_edges_up() -> None:
    """Two edges between two nodes are one, with the sum of their weights."""
    assert network_to_dl(POSTS).decode().splitlines()[-2:] == ["data:", "1 1 2"]


def test_dl_keeps_signs_fractions_and_nodes_alone() -> None:
    """Negative and fractional weights stay; a node without edges keeps its place; a loop stands once."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_node("urn:x:a", label="A", kind="body")
    graph.add_node("urn:x:b", label="B", kind="body")
    graph.add_node("urn:x:c", label="C", kind="body")
    graph.add_edge("urn:x:a", "urn:x:c", weight=-1.5)
    graph.add_edge("urn:x:a", "urn:x:a", weight=2)
    view = View(name="v", question="Who", sparql="", evidence=(), make=lambda _: graph)
    assert network_to_dl(view).decode().splitlines() == [
        *("dl n=3", "format = edgelist1", "labels:", "A", "B", "C", "data:"),
        *("1 3 -1.5", "3 1 -1.5", "1 1 2"),
    ]


@settings(max_examples=60, deadline=None)
@given(st.lists(hostile_text, min_size=2, max_size=5))
def test_dl_is_read_whatever_the_labels(tmp_path_factory: pytest.TempPathFactory, labels: list[str]) -> None:
    """A reader that knows no quotation marks finds every node and edge once each quoted name is one word."""
    text = network_to_dl(labelled(*labels)).decode()
    words = re.sub(r'^"([^"\n]*)"$', lambda found: re.sub(r"\W", "_", f"x{found[1]}"), text, flags=re.MULTILINE)
    graph = read_again(words.encode(), ".dl", tmp_path_factory.mktemp("dl"))
    assert graph.vcount() == len(labels)
    assert graph.get_edgelist() == [(at, (at + 1) % len(labels)) for at in range(len(labels))]


# Statements


def rows_of(data: bytes) -> list[dict[str, str]]:
    """The rows of statements, as a reader of CSV with semicolons finds them."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline=""), delimiter=";"))


def test_statements_begin_with_the_columns_that_r_scripts_know() -> None:
    """The first columns are those of an event list, in its order, with no mark before the first."""
    head = statements_to_csv(SPOKEN).partition(b"\r\n")[0].decode("utf-8")
    assert head.startswith(
        "statement ID;time;document ID;document title;author;source;section;type;text;"
        "person;organization;concept;agreement;"
    )


def test_a_statement_is_a_claim_of_one_about_one() -> None:
    """All that is known of a claim stands in its row."""
    first, second, third = rows_of(statements_to_csv(SPOKEN))
    assert first == {
        "statement ID": "1",
        "time": "2017-03-05 00:00:00",
        "document ID": "1",
        "document title": "A Gazette story",
        "author": "",
        "source": "Gazette",
        "section": "",
        "type": "",
        "text": "Summary of c1.",
        "person": "Jo Doe",
        "organization": "Anyshire Council",
        "concept": "trust between bodies",
        "agreement": "1",
        "start": "10",
        "stop": "47",
        "stance": "supportive",
        "stated on": "2017-03-05",
        "claim": "urn:x:c1",
        "document": "urn:x:gazette-1",
    }
    assert (second["agreement"], second["document ID"]) == ("0", "1")
    assert (third["agreement"], third["stance"], third["time"]) == ("", "neutral", "2017-04-01 00:00:00")
    assert (third["person"], third["organization"], third["document ID"]) == ("", "Anyshire Council", "2")


def test_a_claim_of_two_about_two_is_four_statements() -> None:
    """Each claimant with each relationship is a row, numbered on; posts and facts are none."""
    shared = Evidence(
        iri="urn:x:shared",
        kind="claim",
        summary="Together.",
        speakers=(Speaker(thing=JO, body=COUNCIL), Speaker(thing=COUNCIL)),
        topics=(Topic(thing=TRUST), Topic(thing=MONEY)),
    )
    rows = rows_of(statements_to_csv(view_of(shared, *POSTS.evidence)))
    assert [(row["statement ID"], row["person"], row["concept"]) for row in rows] == [
        ("1", "Jo Doe", "trust between bodies"),
        ("2", "Jo Doe", "shared money"),
        ("3", "", "trust between bodies"),
        ("4", "", "shared money"),
    ]
    assert {(row["time"], row["agreement"], row["start"]) for row in rows} == {("", "", "")}


def test_a_claim_without_a_claimant_keeps_its_row() -> None:
    """What is not known is an empty cell, not a row less."""
    [row] = rows_of(statements_to_csv(view_of(Evidence(iri="urn:x:1", kind="claim", summary="Said.", since="2016"))))
    assert (row["person"], row["organization"], row["concept"]) == ("", "", "")
    assert row["time"] == "2016-01-01 00:00:00"


@settings(max_examples=60, deadline=None)
@given(hostile_text)
def test_statements_hold_any_text(text: str) -> None:
    """A summary is read back as it was; one that begins like a formula has an apostrophe before it."""
    [row] = rows_of(statements_to_csv(view_of(Evidence(iri="urn:x:1", kind="claim", summary=text))))
    guarded = f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
    assert row["text"] == guarded.encode("utf-8", "replace").decode()
