"""Any SPARQL from the command line: each form of result in each format, from a folder and from an endpoint alike."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from stpgraph.store import open_store
from stpgraph.vocabulary import RDF, SKOS, STP, XSD, mint
from tests.commands import run

GRAPH = mint("graph", "querying")
JO = mint("person", "jo-doe-who-queries")
TRIPLES = {Triple(JO, RDF.type, STP.Person), Triple(JO, SKOS.prefLabel, Literal("Jo “J” Doe", language="en"))}
TURTLE = f'{JO} a {STP.Person} ; {SKOS.prefLabel} "Jo “J” Doe"@en .'


@pytest.fixture(scope="module", params=["folder", "endpoint"])
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, ...]]:
    """Yield the options that lead to a store with two triples: a folder, and a running endpoint."""
    scratch = tmp_path_factory.mktemp("querying")
    (scratch / "jo.ttl").write_text(TURTLE, encoding="utf-8")
    if request.param == "folder":
        with open_store(scratch / "store", is_writable=True) as store:
            store.load(scratch / "jo.ttl", graph=GRAPH)
        yield "--store", str(scratch / "store")
        return
    server = request.getfixturevalue("union_server")
    with open_store(f"{server}/query", update_url=f"{server}/update", is_writable=True) as store:
        store.load(scratch / "jo.ttl", graph=GRAPH)
        yield "--store", f"{server}/query"
        store.update(f"DROP GRAPH {GRAPH}")


SELECT = f"SELECT ?name (2 AS ?n) (?none AS ?x) {{ {JO} skos:prefLabel ?name }}"


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ("csv", "name,n,x\r\nJo “J” Doe,2,\r\n"),
        ("tsv", '?name\t?n\t?x\n"Jo “J” Doe"@en\t2\t\n'),
    ],
)
def test_tables_as_text(place: tuple[str, ...], form: str, told: str) -> None:
    """A SELECT comes as CSV with plain values, and as TSV with whole terms; the unbound is empty."""
    found = run("query", *place, "-e", SELECT, "--format", form).data.decode("utf-8-sig")
    assert found.replace("\r\n", "\n") == told.replace("\r\n", "\n")


def test_tables_as_json_and_xml(place: tuple[str, ...]) -> None:
    """A SELECT comes in the W3C's JSON and XML, with the language and the datatype of each value."""
    told = json.loads(run("query", *place, "-e", SELECT, "--format", "json").data)
    assert told["head"]["vars"] == ["name", "n", "x"]
    [row] = told["results"]["bindings"]
    assert row["name"] == {"type": "literal", "value": "Jo “J” Doe", "xml:lang": "en"}
    assert (row["n"]["value"], row["n"]["datatype"], "x" in row) == ("2", XSD.integer.value, False)
    xml = run("query", *place, "-e", SELECT, "--format", "xml").out
    assert xml.startswith("<?xml")
    assert '<literal xml:lang="en">Jo “J” Doe</literal>' in xml
    assert f'<literal datatype="{XSD.integer.value}">2</literal>' in xml


def test_tables_to_read(place: tuple[str, ...]) -> None:
    """Without a format a SELECT is shown as a table, with the count of its rows."""
    told = run("query", *place, "-e", SELECT).out
    assert "Jo “J” Doe" in told


def test_a_table_of_things_names_them(place: tuple[str, ...]) -> None:
    """A SELECT of nothing but IRIs shows what tells them apart, and no empty lines."""
    told = run("query", *place, "-e", f"SELECT ?s {{ VALUES ?s {{ {JO} }} ?s ?p ?o }} LIMIT 1").out
    assert "person/jo-doe" in told


@pytest.mark.parametrize(
    "query", [f"CONSTRUCT WHERE {{ {JO} ?p ?o }}", f"DESCRIBE {JO}"], ids=["CONSTRUCT", "DESCRIBE"]
)
@pytest.mark.parametrize(
    ("form", "rdf"),
    [
        ("turtle", RdfFormat.TURTLE),
        ("ntriples", RdfFormat.N_TRIPLES),
        ("jsonld", RdfFormat.JSON_LD),
        ("rdfxml", RdfFormat.RDF_XML),
    ],
)
def test_graphs(place: tuple[str, ...], tmp_path: Path, query: str, form: str, rdf: RdfFormat) -> None:
    """A CONSTRUCT or a DESCRIBE comes in each format of RDF and is read back as it was; so does a file."""
    found = run("query", *place, "-e", query, "--format", form).data
    assert {quad.triple for quad in parse(found, format=rdf)} == TRIPLES
    file = tmp_path / f"out.{rdf.file_extension}"
    run("query", *place, "-e", query, "-o", str(file))
    assert file.read_bytes() == found


@pytest.mark.parametrize(("about", "told"), [(JO, True), (NamedNode("https://example.org/nobody"), False)])
def test_yes_or_no(place: tuple[str, ...], about: NamedNode, told: bool) -> None:
    """An ASK is answered in words, or in the W3C's JSON."""
    query = ("query", *place, "-e", f"ASK {{ {about} ?p ?o }}")
    assert run(*query).out == ("yes\n" if told else "no\n")
    assert json.loads(run(*query, "--format", "json").data) == {"head": {}, "boolean": told}


@pytest.mark.parametrize(
    ("query", "form", "told"),
    [
        (SELECT, "turtle", "this query gives a table, which turtle cannot hold; choose table, csv, tsv, json or xml"),
        (
            f"DESCRIBE {JO}",
            "csv",
            "this query gives a graph, which csv cannot hold; choose turtle, ntriples, rdfxml or",
        ),
        (
            "ASK {}",
            "tsv",
            "this query gives yes or no, which tsv cannot hold; choose json, or leave out --format",
        ),
    ],
)
def test_formats_that_do_not_fit(place: tuple[str, ...], query: str, form: str, told: str) -> None:
    """A format that cannot hold a result is refused with those that can, and nothing is written."""
    ran = run("query", *place, "-e", query, "--format", form)
    assert (ran.status, ran.data) == (2, b"")
    assert ran.err.startswith(f"error: {told}")


def test_a_query_that_does_not_parse(place: tuple[str, ...]) -> None:
    """A slip in SPARQL is told in one line, by a folder as by an endpoint."""
    ran = run("query", *place, "-e", "SELECT ?x { ?x")
    assert ran.status > 0
    assert ran.err.startswith("error: ")
    assert ran.err.count("\n") == 1
