"""Engines that are not ours: the views on them, and what one of them wants to be told or answers in its own way.

Store and questions are held to the same promises on every engine in test_store.py and test_queries.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from stpgraph.errors import BadQuery, EndpointError
from stpgraph.networks import VIEWS
from stpgraph.store import EndpointStore, Store, open_store
from stpgraph.vocabulary import SKOS, STP, XSD, mint
from tests.servers import FOUND, ScriptedEndpoint, Virtuoso, answer

ANYSHIRE = Path(__file__).parent / "anyshire.ttl"
GRAPHS = [mint("graph", f"county-{number}") for number in range(4)]
NOTES = mint("graph", "notes")

pytestmark = pytest.mark.server


@pytest.fixture(scope="module")
def here() -> Iterator[Store]:
    """Yield the invented county in a store of this process."""
    with open_store() as county:
        county.load(ANYSHIRE, graph=GRAPHS[0])
        yield county


@pytest.fixture(scope="module")
def there(virtuoso: Virtuoso, here: Store) -> Iterator[Store]:
    """Yield the county at a Virtuoso, its nodes dealt out to four graphs."""
    with EndpointStore(virtuoso.url, timeout=60) as county:
        places = {quad.subject: GRAPHS[number % 4] for number, quad in enumerate(here.quads())}
        county.add(Quad(quad.subject, quad.predicate, quad.object, places[quad.subject]) for quad in here.quads())
        yield county
        for graph in GRAPHS:
            county.remove_graph(graph)


@pytest.fixture
def notes(virtuoso: Virtuoso) -> Iterator[Store]:
    """Yield a Virtuoso for a test of its own to write to one graph."""
    with EndpointStore(virtuoso.url, timeout=20) as store:
        yield store
        store.remove_graph(NOTES)


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_is_the_same_there(here: Store, there: Store, name: str) -> None:
    """Every view has the same nodes, edges and evidence at a Virtuoso as in a store of this process."""
    ours, theirs = VIEWS[name](here), VIEWS[name](there)
    assert ours.evidence
    assert theirs.evidence == ours.evidence
    assert list(theirs.graph.nodes(data=True)) == list(ours.graph.nodes(data=True))
    assert sorted(map(str, theirs.graph.edges(data=True))) == sorted(map(str, ours.graph.edges(data=True)))


def test_its_own_graphs_are_not_ours(notes: Store) -> None:
    """What a Virtuoso keeps for itself is neither named, nor counted, nor found by a query that finds everything."""
    assert set(notes.graph_names()) <= set(GRAPHS)
    assert set(notes.select("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")) <= {(graph,) for graph in GRAPHS}
    others = 'FILTER(!STRSTARTS(STR(?s), "https://w3id.org/stpgraph/"))'
    assert list(notes.select(f"SELECT * {{ ?s ?p ?o {others} }}")) == []
    assert list(notes.select(f"SELECT ?kind {{ ?s a ?kind {others} }}")) == []


def test_a_stored_truth_comes_back_as_one(notes: Store) -> None:
    """A boolean that was stored is true or false when it comes back, not 1 or 0."""
    truths = {Literal(value, datatype=XSD.boolean) for value in ("true", "false")}
    notes.add(Quad(mint("measure", truth.value), STP.exhaustive, truth, NOTES) for truth in truths)
    assert {row[0] for row in notes.select("SELECT ?is { ?measure stp:exhaustive ?is }")} == truths


def test_long_paths_lead_from_graph_to_graph(notes: Store) -> None:
    """A path of any length is followed across graphs within EXISTS, too, or the query is refused."""
    top, middle, bottom = (mint("relationship", name) for name in ("top", "middle", "bottom"))
    notes.add([Quad(bottom, SKOS.broader, middle, NOTES), Quad(middle, SKOS.broader, top, GRAPHS[3])])
    try:
        found = notes.select(
            "SELECT ?node { VALUES (?below) { (<relationship/top>) } ?node skos:broader ?any "
            "FILTER(!BOUND(?below) || EXISTS { ?node skos:broader* ?below }) } ORDER BY ?node"
        )
        assert list(found) == [(bottom,), (middle,)]
        below = "?node skos:broader <relationship/middle>"
        assert notes.query(f"ASK {{ {below} FILTER NOT EXISTS {{ ?node skos:broader+ <relationship/top> }} }}") is False
        with pytest.raises(BadQuery, match=r"would answer the path skos:broader\* to \?top inside EXISTS"):
            notes.query("ASK { ?node skos:broader ?top FILTER EXISTS { ?node skos:broader* ?top } }")
    finally:
        notes.remove_graph(GRAPHS[3])


def test_long_paths_lead_into_unions(notes: Store) -> None:
    """A path of any length in a union is followed across graphs, alone and behind other steps."""
    top, bottom, claim = mint("relationship", "top"), mint("relationship", "bottom"), mint("claim", "x")
    notes.add([Quad(bottom, SKOS.broader, top, NOTES), Quad(claim, STP.about, bottom, GRAPHS[3])])
    try:
        for below in ("?claim stp:about ?what . { ?what skos:broader* @ }", "{ ?claim stp:about/skos:broader* @ }"):
            sparql = f"SELECT ?claim {{ {below} UNION {{ ?claim stp:aspect @ }} }}"
            assert list(notes.select(sparql.replace("@", top.value.join("<>")))) == [(claim,)]
    finally:
        notes.remove_graph(GRAPHS[3])


def test_texts_beyond_ascii_are_joined_whole(notes: Store) -> None:
    """A text of the query is joined as it is, whatever its script and however it is written."""
    notes.add([Quad(mint("claim", "x"), SKOS.note, Literal("a"), NOTES)])
    found = notes.select('SELECT (CONCAT(STR(?note), "–", "\\uE000", "é") AS ?text) { ?claim skos:note ?note }')
    assert list(found) == [(Literal("a–\ue000é"),)]


def test_an_update_that_was_half_carried_out_is_told(notes: Store) -> None:
    """A Virtuoso keeps the first operations of an update whose later ones fail; the error says to look."""
    notes.add([Quad(mint("claim", "x"), SKOS.note, Literal("is there"), NOTES)])
    with pytest.raises(EndpointError, match="look which of its operations were carried out"):
        notes.update("INSERT DATA { GRAPH <graph/notes> { <claim/y> skos:note 'new' } } ; CREATE GRAPH <graph/notes>")


def test_a_fault_is_told_without_the_query_behind_it(notes: Store) -> None:
    """What a Virtuoso says of a wrong query is told without its own code and without repeating the query."""
    with pytest.raises(BadQuery) as caught:
        notes.query("SELECT * {\n ?who nope:x ?what }")
    assert "SPARQL query:" not in str(caught.value)
    assert "line 2" in str(caught.value)


def test_an_answer_with_other_columns_is_refused(scripted: Callable[..., ScriptedEndpoint]) -> None:
    """A table whose columns are not those that were asked for is no answer, whatever is in it."""
    endpoint = scripted(answer(FOUND))
    for sparql, asked in (("SELECT ?y { ?s ?p ?y }", r"\?y"), ("SELECT ?x (COUNT(*) AS ?n) {}", r"\?x, \?n")):
        with pytest.raises(
            EndpointError, match=rf"other columns than were asked for: \?x in place of {asked}; is this"
        ):
            open_store(endpoint.url).query(sparql)


def test_an_answer_with_the_columns_asked_for_is_taken(scripted: Callable[..., ScriptedEndpoint]) -> None:
    """Columns are compared by what the query says of them, be it a star, an alias or a group in brackets."""
    endpoint = scripted(answer(FOUND))
    for sparql in (
        "SELECT * { ?s ?p ?x }",
        "SELECT (STR(?y) AS ?x) { ?s ?p ?y }",
        "SELECT (EXISTS { ?a ?b ?c } AS ?x) {}",
    ):
        assert list(open_store(endpoint.url).select(sparql)) == [(Literal("found"),)]


@pytest.mark.parametrize(("most", "is_whole"), [("1", False), ("2", True)])
def test_an_answer_that_may_be_cut_off_is_refused(
    scripted: Callable[..., ScriptedEndpoint], most: str, is_whole: bool
) -> None:
    """An answer with as many rows as an endpoint gives at most may be but a part; one with fewer is whole."""
    store = open_store(scripted(answer(FOUND, X_SPARQL_MaxRows=most)).url)
    if is_whole:
        assert list(store.select("SELECT ?x { ?s ?p ?x }")) == [(Literal("found"),)]
        return
    with pytest.raises(EndpointError, match="gives 1 rows and no more, so that some may be missing; ask for less"):
        store.query("SELECT ?x { ?s ?p ?x }")


def test_a_base_and_prefixes_go_in_one_order(scripted: Callable[..., ScriptedEndpoint]) -> None:
    """A query's own bases become one, before all prefixes, for some engines take no other order."""
    endpoint = scripted(answer(FOUND))
    list(
        open_store(endpoint.url).select(
            "PREFIX a: <b#>\nBASE <http://example.org/>\nPREFIX c: <d#> SELECT ?x { ?x a:y c:z }"
        )
    )
    assert endpoint.seen[-1].form["query"] == [
        "BASE <http://example.org/> PREFIX a: <https://w3id.org/stpgraph/id/b#>\n\n"
        "PREFIX c: <http://example.org/d#> SELECT ?x { ?x a:y c:z }"
    ]


def test_terms_of_every_kind_survive(notes: Store) -> None:
    """Numbers, days and years come back with their types; a decimal may lose zeros at its end."""
    sent = [
        ("5", XSD.integer),
        ("1.5", XSD.decimal),
        ("2018-03-05", XSD.date),
        ("2018-03", XSD.gYearMonth),
        ("2017", XSD.gYear),
    ]
    terms = {Literal(value, datatype=kind) for value, kind in sent}
    notes.add(Quad(NamedNode("urn:x"), SKOS.note, term, NOTES) for term in terms)
    assert {quad.object for quad in notes.quads(NOTES)} == terms
