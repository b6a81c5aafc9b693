"""The door for Python: a graph that is opened, asked and looked at."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat
from rdflib import RDF, Literal, URIRef

import stpgraph
from stpgraph.errors import BadParameter, BadQuery, StoreError, UnknownQuestion
from stpgraph.knowledge_graph import KnowledgeGraph
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
