"""The door for Python: a graph that is opened, asked and looked at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import RdfFormat
from rdflib import RDF, Literal, URIRef

import stpgraph
from stpgraph.errors import BadParameter, BadQuery, OutputError, StoreError, UnknownQuestion
from stpgraph.knowledge_graph import KnowledgeGraph
from stpgraph.networks import VIEWS
from stpgraph.pages import draw_view
from stpgraph.store import Solutions, open_store
from stpgraph.vocabulary import BASE, STP, mint

SMALL = b"""@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix stp: <https://w3id.org/stpgraph/ontology#> .
<partnership/anyshire> a stp:Partnership ; skos:prefLabel "Anyshire"@en ."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store with one partnership in it."""
    place = tmp_path / "store"
    with open_store(place, is_writable=True) as store:
        store.load(SMALL, format=RdfFormat.TURTLE, graph=mint("graph", "small"))
    return place


def test_without_a_place_it_is_the_graph_that_ships() -> None:
    """Opened without a place, the graph that ships is there at once, in memory: 44 partnerships and two articles."""
    with stpgraph.open() as graph:
        assert graph.store.location == "memory"
        answer = graph.query("SELECT ?p { ?p a stp:Partnership }")
        assert isinstance(answer, Solutions)
        assert len(list(answer)) == 44
        assert len(graph.ask("who-said-what")) == 35


@pytest.mark.parametrize("kind", [str, Path])
def test_a_folder(folder: Path, kind: type[str | Path]) -> None:
    """A store's folder is opened as it is, by text or path; nothing that ships is mixed in."""
    with stpgraph.open(kind(folder)) as graph:
        assert graph.store.location == str(folder)
        assert [row[0] for row in graph.ask("partnerships")] == ["Anyshire"]
        assert graph.query("ASK { ?s a stp:Organisation }") is False


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    """A place without a store is told, not made."""
    with pytest.raises(StoreError, match="no store here"):
        stpgraph.open(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


def test_a_folder_is_read_only(folder: Path) -> None:
    """What the door opens is for reading."""
    with stpgraph.open(folder) as graph, pytest.raises(StoreError, match="for reading only"):
        graph.store.update("DELETE WHERE { GRAPH ?g { ?s ?p ?o } }")


def test_an_endpoint(union_server: str) -> None:
    """The address of an endpoint is asked instead, with the same questions."""
    with stpgraph.open(f"{union_server}/query") as graph:
        assert graph.store.location == f"{union_server}/query"
        assert graph.query("ASK { ?s a <urn:nothing> }") is False
        assert graph.ask("recommendations").names[:2] == ("date", "speakers")


def test_asking(folder: Path) -> None:
    """Named questions take parameters by name, and say what is wrong with them."""
    with stpgraph.open(folder) as graph:
        assert graph.ask("partnerships", partnership="anyshire").to_dicts()[0]["name"] == "Anyshire"
        with pytest.raises(UnknownQuestion, match="'partnerships'"):
            graph.ask("partnership")
        with pytest.raises(BadParameter, match="no parameter 'county'"):
            graph.ask("partnerships", county="Anyshire")
        with pytest.raises(BadParameter, match="'Anyshire'"):
            graph.ask("partnerships", partnership="Anyshyre")


def test_any_sparql(folder: Path) -> None:
    """SELECT gives rows, ASK a truth, CONSTRUCT triples; prefixes and base are known; a fault is told."""
    with stpgraph.open(folder) as graph:
        rows = graph.query("SELECT ?label { <partnership/anyshire> skos:prefLabel ?label }")
        assert isinstance(rows, Solutions)
        assert [getattr(label, "value", None) for (label,) in rows] == ["Anyshire"]
        triples = graph.query("CONSTRUCT { ?s a ?class } WHERE { ?s a ?class }")
        assert isinstance(triples, list)
        assert [triple.object for triple in triples] == [STP.Partnership]
        with pytest.raises(BadQuery, match="line 1"):
            graph.query("SELECT ?label { ?label")


def test_rdflib_view(folder: Path) -> None:
    """The rdflib view holds all triples, answers SPARQL, knows the prefixes, and cannot be written to."""
    anyshire = URIRef(f"{BASE}partnership/anyshire")
    with stpgraph.open(folder) as graph:
        view = graph.graph()
        assert len(view) == 2
        assert (anyshire, RDF.type, URIRef(STP.Partnership.value)) in view
        assert [str(row[0]) for row in view.query("SELECT ?l { ?p skos:prefLabel ?l }")] == ["Anyshire"]  # type: ignore[index]
        assert view.namespace_manager.store.namespace("stp") == URIRef(STP.iri)
        with pytest.raises(StoreError, match="for reading"):
            view.add((anyshire, RDF.value, Literal(1)))


def test_it_closes_itself(folder: Path) -> None:
    """After the block, or after close, the store is let go of, and use of it is an error that says so."""
    with stpgraph.open(folder) as graph:
        pass
    with pytest.raises(StoreError, match="closed"):
        graph.query("ASK {}")
    other = stpgraph.open(folder)
    other.close()
    with pytest.raises(StoreError, match="closed"):
        other.ask("partnerships")


def test_it_closes_after_a_fault(folder: Path) -> None:
    """An error inside the block reaches the caller, and the store is closed."""
    with pytest.raises(ZeroDivisionError), stpgraph.open(folder) as graph:
        raise ZeroDivisionError
    with pytest.raises(StoreError, match="closed"):
        graph.query("ASK {}")


def test_a_store_of_ones_own() -> None:
    """Any store can be asked through the same door."""
    with KnowledgeGraph(open_store()) as graph:
        assert graph.ask("who-said-what").rows == ()


# What can be seen of it


@pytest.fixture(scope="module")
def shipped() -> Iterator[KnowledgeGraph]:
    """Yield the graph that ships."""
    with stpgraph.open() as graph:
        yield graph


def test_a_view_is_a_network_with_its_evidence(shipped: KnowledgeGraph) -> None:
    """35 claims by 9 claimants about 17 relationships; every edge names the claims that it stands for."""
    view = shipped.view("who-said-what")
    kinds = [data["kind"] for _, data in view.graph.nodes(data=True)]
    assert (kinds.count("relationship"), len(kinds)) == (17, 9 + 17)
    assert len(view.evidence) == 35
    behind = {iri for _, _, data in view.graph.edges(data=True) for iri in data["evidence"]}
    assert behind == {one.iri for one in view.evidence}
    assert view.graph is view.view.graph


def test_a_view_takes_filters_and_options(shipped: KnowledgeGraph) -> None:
    """Filters narrow it, by name, path or IRI; options are those of the view."""
    named, short, whole = (
        shipped.view("who-said-what", about=about)
        for about in ("relationship/trust", f"{BASE}relationship/trust", mint("relationship", "trust"))
    )
    assert named.evidence == short.evidence == whole.evidence
    assert len(named.evidence) == 4
    assert len(shipped.view("who-said-what", stance="critical", until="2016").evidence) < 15
    assert {one.stance for one in shipped.view("discourse", stance="critical").evidence} == {"critical"}
    one_mode = shipped.view("discourse", mode="claimants", weight="conflict")
    assert {data["kind"] for _, data in one_mode.graph.nodes(data=True)} <= {"body", "person", "collective"}
    as_nodes = shipped.view("who-said-what", claims_as="nodes", about="relationship/trust")
    assert [data["kind"] for _, data in as_nodes.graph.nodes(data=True)].count("claim") == 4


def test_a_part_of_a_view(shipped: KnowledgeGraph) -> None:
    """The two articles lie a year apart: each year has the claims of its own, and together they are all."""
    view = shipped.view("who-said-what")
    first, second = view.within("2016", "2016"), view.within("2017", "2017-09-21")
    assert len(first.evidence) + len(second.evidence) == 35
    assert {one.since for one in first.evidence} == {"2016-11-21"}
    assert {one.since for one in second.evidence} == {"2017-09-21"}
    assert first.graph.number_of_edges() < view.graph.number_of_edges()
    assert "November 2016: " in first.draw().html
    assert view.within("2020", "2021").graph.number_of_nodes() == 0


def test_a_view_is_measured(shipped: KnowledgeGraph) -> None:
    """Nodes and the whole have a table each; windows of half a year and more hold 18 claims, and all 35 at last."""
    measured = shipped.view("who-said-what").measure()
    assert len(measured.nodes) == 9 + 17
    assert len(measured.network) == 1
    windows = shipped.view("who-said-what").measure("6 months", is_cumulative=True).network
    assert [row["until"] for row in windows.to_dicts()] == [date(2017, month, 21) for month in (5, 6, 7, 8, 9)]
    assert [row["evidence"] for row in windows.to_dicts()] == [18, 18, 18, 18, 35]
    with pytest.raises(BadParameter, match="'3 lemons' is no window"):
        shipped.view("who-said-what").measure("3 lemons")


def test_a_view_is_drawn(shipped: KnowledgeGraph, tmp_path: Path) -> None:
    """Its page is that of the command, as text and as a file; what cannot be written is told."""
    view = shipped.view("relationship-map")
    drawing = view.draw(tmp_path / "map.html")
    assert (tmp_path / "map.html").read_text(encoding="utf-8") == drawing.html
    assert drawing.html == draw_view(VIEWS["relationship-map"](shipped.store), store=shipped.store)
    assert drawing.save(str(tmp_path / "again.html")) == tmp_path / "again.html"
    assert (tmp_path / "again.html").read_bytes() == (tmp_path / "map.html").read_bytes()
    (tmp_path / "taken").mkdir()
    with pytest.raises(OutputError, match="Is a directory"):
        view.draw(tmp_path / "taken")


def test_a_notebook_shows_a_view_in_a_frame_of_its_own(shipped: KnowledgeGraph) -> None:
    """The page stands in the frame's srcdoc, escaped, so that nothing of it leaves the frame."""
    view = shipped.view("who-said-what", about="relationship/trust")
    for shown in (view._repr_html_(), view.draw()._repr_html_()):
        found = re.fullmatch(r'<iframe srcdoc="([^"<>]*)"([^<>]*)></iframe>', shown)
        assert found is not None
        assert unescape(found.group(1)) == view.draw().html
        assert 'title="' in found.group(2)


@pytest.mark.parametrize(
    ("name", "given", "told"),
    [
        ("who-said-wat", {}, "no view is called 'who-said-wat'; there are who-said-what, relationship-map, discourse"),
        ("who-said-what", {"abuot": "trust"}, "who-said-what has no filter or option 'abuot'; it takes about, party,"),
        ("who-said-what", {"mode": "claimants"}, "who-said-what has no filter or option 'mode'; it takes .*claims_as"),
        ("discourse", {"claims_as": "nodes"}, "discourse has no filter or option 'claims_as'; it takes .*mode, weight"),
        ("discourse", {"mode": "lemons"}, "mode='lemons' is not known; expected two-mode, claimants, relationships"),
        ("who-said-what", {"claims_as": "dots"}, "claims_as='dots' is not known; expected edges or nodes"),
        ("who-said-what", {"about": "lemons"}, "about: no relationship or aspect is called 'lemons'"),
        ("who-said-what", {"since": "spring"}, "since='spring' is no date"),
        ("who-said-what", {"confidence": 2}, "confidence=2 is no share"),
        ("partnerships", {"stance": "critical"}, "partnerships cannot be narrowed by stance; it takes "),
    ],
)
def test_a_view_that_makes_no_sense(shipped: KnowledgeGraph, name: str, given: dict[str, Any], told: str) -> None:
    """A wrong name, filter, option or value is told with what would be right."""
    with pytest.raises(BadParameter, match=told):
        shipped.view(name, **given)
