"""Engines that are not ours: the views on them, and what one of them wants to be told or answers in its own way.

Store and questions are held to the same promises on every engine in test_store.py and test_queries.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat

from stpgraph.errors import BadQuery, EndpointError, StoreError, StpGraphError
from stpgraph.networks import VIEWS
from stpgraph.store import EndpointStore, Store, open_store
from stpgraph.vocabulary import SKOS, STP, XSD, mint
from tests.servers import FOUND, YES, ScriptedEndpoint, Virtuoso, answer

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


def test_an_update_that_may_be_half_done_is_refused(notes: Store) -> None:
    """A Virtuoso keeps the first operations of an update whose later ones fail, so that it is sent one at most."""
    added = Quad(mint("claim", "x"), SKOS.note, Literal("is there"), NOTES)
    notes.add([added])
    with pytest.raises(StoreError, match="the update has 2 operations, and a Virtuoso keeps the first ones"):
        notes.update("INSERT DATA { GRAPH <graph/notes> { <claim/y> skos:note 'new' } } ; CREATE GRAPH <graph/notes>")
    with pytest.raises(StpGraphError):
        notes.update("INSERT { GRAPH <graph/notes> { ?s a ?o . ?o a ?s } } WHERE { GRAPH <graph/notes> { ?s ?p ?o } }")
    assert list(notes.quads(NOTES)) == [added]
    notes.update("INSERT DATA { GRAPH <graph/notes> { <claim/x> skos:note 'b ; c' ; a stp:Claim } } ;")
    assert Quad(mint("claim", "x"), SKOS.note, Literal("b ; c"), NOTES) in set(notes.quads(NOTES))


def test_an_endpoint_that_is_none_takes_several_operations(scripted: Callable[..., ScriptedEndpoint]) -> None:
    """Only a Virtuoso is sent one operation at a time; it is asked first what it is."""
    endpoint = scripted(answer(YES), answer(b""))
    open_store(endpoint.url).update("DROP GRAPH <a> ; DROP GRAPH <b>")
    assert [list(seen.form) for seen in endpoint.seen] == [["query"], ["update"]]


def test_an_update_that_fails_with_a_fault_is_told(scripted: Callable[..., ScriptedEndpoint]) -> None:
    """The error of an update that a Virtuoso began says to look what was done."""
    endpoint = scripted(answer(b"Virtuoso 42000 Error SR000: out of luck\n\nSPARQL query:\nDROP", status=500))
    with pytest.raises(EndpointError, match="answered 500: out of luck; look which of its operations were carried out"):
        open_store(endpoint.url).update("DROP GRAPH <a>")


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


#: Two things that lead to one another and one that stands alone: by no names of the county, in two graphs.
_THINGS = """
@base <https://w3id.org/stpgraph/id/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<thing/a> a <Thing> ; <next> <thing/b> ; <size> 3 ; <note> "Apple"@en ; <since> "2017"^^xsd:gYear .
<thing/b> a <Thing> ; <next> <thing/a> ; <size> 1 ; <note> "pear" ; <since> "2018-05"^^xsd:gYearMonth .
<thing/c> a <Thing> ; <size> 2 .
"""
_OTHERS = mint("graph", "others")


@pytest.fixture(scope="module")
def things(virtuoso: Virtuoso) -> Iterator[Store]:
    """Yield a Virtuoso with three things, each one's triples in the graph of notes or in another."""
    with EndpointStore(virtuoso.url, timeout=20) as store, open_store() as parsed:
        parsed.load(_THINGS.encode(), format=RdfFormat.TURTLE, graph=NOTES)
        for quad in parsed.quads():
            place = _OTHERS if str(quad.subject).endswith("b>") else NOTES
            store.add([Quad(quad.subject, quad.predicate, quad.object, place)])
        yield store
        store.remove_graph(NOTES)
        store.remove_graph(_OTHERS)


@pytest.mark.parametrize(
    ("sparql", "found"),
    [
        ("SELECT ?x { <thing/a> <next>+ ?x }", ["a", "b"]),
        ("SELECT ?x { ?x <next>+ ?x }", ["a", "b"]),
        ("SELECT ?x { ?x ^<next>+ <thing/b> }", ["a", "b"]),
        ("SELECT ?x { <thing/a> <next>+/<size> ?x }", ["1", "3"]),
        ("SELECT ?x { <thing/a> <next>/<next>+ ?y . ?y <size> ?x }", ["1", "3"]),
        ("SELECT ?x { ?x (<next>|<next>/<next>)+ <thing/b> }", ["a", "b"]),
        ("SELECT ?x { ?x <next>* <thing/a> }", ["a", "b"]),
        ("SELECT ?x { ?x a <Thing> FILTER NOT EXISTS { ?x <next>+ <thing/a> } }", ["c"]),
        ("SELECT ?x { ?x <size> ?size MINUS { ?other <note> ?note } }", ["a", "b", "c"]),
        ("SELECT ?x { ?x <size> ?size MINUS { ?x <note> ?note MINUS { ?other <size> 9 } } }", ["c"]),
        ("SELECT (?size / 2 AS ?x) { <thing/a> <size> ?size }", ["1.5"]),
        ("SELECT ((?size + 1) / COUNT(*) AS ?x) { <thing/c> <size> ?size } GROUP BY ?size", ["3"]),
        ("SELECT (SUM(?none) AS ?x) { ?thing <nothing> ?none }", ["0"]),
        ("SELECT (AVG(?none) AS ?x) { ?thing <nothing> ?none }", ["0"]),
        ("SELECT (SUM(?size) AS ?x) { ?thing <size> ?size }", ["6"]),
        ("SELECT (COUNT(?none) AS ?x) { ?thing <nothing> ?none } ORDER BY ?x", ["0"]),
        ('SELECT ?x { ?x <since> ?day FILTER(?day >= "2017"^^xsd:gYear) }', ["a"]),
        ('SELECT ?x { ?x <since> ?day FILTER(!("2018-06"^^xsd:gYearMonth < ?day)) }', ["b"]),
        ('SELECT ?x { ?x <note> ?note FILTER(UCASE(STR(?note)) < "B") }', ["a"]),
        ('SELECT ?x { ?x <note> ?note FILTER("o" < REPLACE(STR(?note), "A", "a")) }', ["b"]),
        ('SELECT ?x { ?x a <Thing> OPTIONAL { ?x <note> ?note } FILTER(!REGEX(STR(?note), "A")) }', ["b"]),
        (
            "SELECT ?x { ?x a <Thing> OPTIONAL { ?x <note> ?note } "
            'FILTER(SUBSTR("pearls", 1, STRLEN(STR(?note))) = STR(?note)) }',
            ["b"],
        ),
        ("SELECT (GROUP_CONCAT(STR(?size)) AS ?x) { <thing/a> <size> ?size }", ["3"]),
        ('SELECT (xsd:string(?thing) AS ?x) { ?thing <note> "pear" }', ["https://w3id.org/stpgraph/id/thing/b"]),
        ("SELECT ?x FROM <graph/notes> { GRAPH ?graph { ?x <size> 3 } }", []),
        ("SELECT ?x FROM <graph/notes> { ?x <size> ?size }", ["a", "c"]),
        ("SELECT ?x FROM NAMED <graph/notes> { GRAPH ?graph { ?x <size> ?size } }", ["a", "c"]),
        ("SELECT ?x FROM NAMED <graph/notes> { ?x <size> ?size }", []),
        ("SELECT (COUNT(*) AS ?x) { FILTER NOT EXISTS { ?thing <note> 'pear' } }", ["0"]),
        ("SELECT (COUNT(*) AS ?x) { FILTER NOT EXISTS { ?thing <note> 'plum' } }", ["1"]),
        ("SELECT ?x { ?x !<size> <thing/a> }", ["b"]),
        (
            "SELECT ?x { ?x <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> ?kind "
            'FILTER(!STRSTARTS(STR(?x), "https://w3id.org/")) }',
            [],
        ),
        ("SELECT ?x { VALUES (?least) { (2) } ?x <size> ?size FILTER(!BOUND(?least) || ?size > ?least) }", ["a"]),
        ("SELECT ?x { VALUES (?least) { (UNDEF) } <thing/c> <size> ?x FILTER(!BOUND(?least) || ?x > ?least) }", ["2"]),
    ],
)
def test_what_it_would_answer_wrongly_is_put_otherwise(things: Store, sparql: str, found: list[str]) -> None:
    """A query of a form that Virtuoso alone answers wrongly has the rows that SPARQL 1.1 says, each as often."""
    told = [str(getattr(row[0], "value", None)) for row in things.select(sparql)]
    assert sorted(told) == [f"https://w3id.org/stpgraph/id/thing/{name}" if name in "abc" else name for name in found]


@pytest.mark.parametrize(
    ("sparql", "said"),
    [
        ("SELECT * { ?x a <Thing> OPTIONAL { ?x <next> ?y } ?y <note> ?z }", r"where \?y is not bound by OPTIONAL"),
        ("SELECT * { ?x a <Thing> OPTIONAL { ?x <next> ?y } MINUS { ?x <size> 1 . ?y <size> 3 } }", "MINUS takes them"),
        ("SELECT * { ?x a <Thing> OPTIONAL { SELECT ?x { ?x <size> ?s } LIMIT 1 } }", "what OPTIONAL finds"),
        ("SELECT * { ?x a <Thing> MINUS { SELECT ?x { ?x <size> ?s } LIMIT 1 } }", "what MINUS finds"),
        ("SELECT ?y { ?x a <Thing> . ?x (<next>|<same>)* ?y }", r"\(<…>\|<…>\)\* more often"),
        ("SELECT ?y { ?x a <Thing> . ?x (<next>/<next>)? ?y }", "more often than they are"),
        ("SELECT ?y { ?x (^<next>/<note>|<size>) ?y }", "UNION for an alternative"),
        ("SELECT ?y { ?x !(<next>|^<size>) ?y }", r"reads \^ within"),
        ("SELECT ?x { ?x <size> ?s { SELECT ?s { ?y <note> ?n } } }", r"selects \?s, which nothing in it binds"),
        ("SELECT ?x { ?x <note> ?n FILTER(LCASE(?n) < 'm') }", r"say LCASE\(STR\(…\)\)"),
        ("define get:soft 'soft' SELECT * { ?s ?p ?o }", "pragma of Virtuoso"),
    ],
)
def test_what_it_would_answer_wrongly_and_cannot_be_told_is_refused(things: Store, sparql: str, said: str) -> None:
    """A query that Virtuoso would answer wrongly whatever one does is refused; the error says how to ask instead."""
    with pytest.raises(BadQuery, match=said):
        things.query(sparql)


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT ?x { ?x a <Thing> OPTIONAL { ?x <next> ?y } OPTIONAL { ?y <note> ?z } }",
        "SELECT ?x { ?x a <Thing> OPTIONAL { ?x <next> ?y } FILTER(!BOUND(?y) || EXISTS { ?y <note> ?z }) }",
        "SELECT ?x { ?x a <Thing> OPTIONAL { SELECT ?x (COUNT(*) AS ?n) { ?x <next> ?y } GROUP BY ?x } }",
        "SELECT DISTINCT ?x { ?x a <Thing> . ?x (<next>|<same>)* ?y }",
        "SELECT ?x { ?x a <Thing> . ?x <next>? ?y MINUS { ?x <next> ?y } }",
        "SELECT ?x { ?x a <Thing> { SELECT ?x { ?x <size> ?s } ORDER BY ?s LIMIT 3 } }",
    ],
)
def test_what_it_answers_rightly_is_not_refused(things: Store, sparql: str) -> None:
    """What looks like a form that Virtuoso answers wrongly, and is not, is answered: here with all three things."""
    assert {row[0] for row in things.select(sparql)} == {mint("thing", name) for name in "abc"}
