"""Stores: one interface, held to one set of promises in memory, on disk and at three kinds of endpoint."""

from __future__ import annotations

import gzip
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, serialize
from rdflib import URIRef, Variable
from rdflib.compare import isomorphic

from stpgraph.errors import BadQuery, BadRdf, StoreError, StoreLocked, StpGraphError
from stpgraph.store import EmbeddedStore, Solutions, Store, Term, open_store, replace_store
from stpgraph.store.base import with_prologue
from stpgraph.vocabulary import BASE, FOAF, RDF, SKOS, STP, XSD, mint

PEOPLE, BODIES = mint("graph", "people"), mint("graph", "bodies")
JO, ANYSHIRE = mint("person", "jo-doe"), mint("organisation", "anyshire")
NAME = Literal("Jo Doe", language="en")

QUADS = {
    Quad(JO, RDF.type, STP.Person, PEOPLE),
    Quad(JO, SKOS.prefLabel, NAME, PEOPLE),
    Quad(JO, FOAF.member, ANYSHIRE, PEOPLE),
    Quad(ANYSHIRE, RDF.type, STP.Organisation, BODIES),
}

#: The quads of the people, as Turtle that leaves base and graph to whoever loads it.
TURTLE = b"""@prefix stp: <https://w3id.org/stpgraph/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<person/jo-doe> a stp:Person ; skos:prefLabel "Jo Doe"@en ; <http://xmlns.com/foaf/0.1/member> <organisation/anyshire> .
"""

_SERVER = pytest.mark.server
#: Every kind of store; a union endpoint is one whose default graph is the union already.
KINDS = [
    *("memory", "disk"),
    *(pytest.param(kind, marks=_SERVER) for kind in ("endpoint", "union endpoint", "virtuoso")),
]
EMBEDDED = ["memory", "disk"]
ENDPOINTS = KINDS[2:]


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Yield an empty, writable store of each kind."""
    if request.param in EMBEDDED:
        with open_store(None if request.param == "memory" else tmp_path / "store", is_writable=True) as opened:
            yield opened
    elif request.param == "virtuoso":
        with open_store(request.getfixturevalue("virtuoso").url, timeout=20) as opened:
            _empty(opened)
            yield opened
            _empty(opened)
    else:
        server = request.getfixturevalue("plain_server" if request.param == "endpoint" else "union_server")
        with open_store(f"{server}/query", update_url=f"{server}/update", timeout=20) as opened:
            opened.update("CLEAR ALL")
            yield opened


def _empty(store: Store) -> None:
    """Remove all graphs but those of the engine itself, which CLEAR ALL would take from a Virtuoso, too."""
    for graph in store.graph_names():
        store.remove_graph(graph)


@pytest.fixture
def filled(store: Store) -> Store:
    """Return a store with two graphs in it."""
    store.add(QUADS)
    return store


def only(kinds: Sequence[object]) -> pytest.MarkDecorator:
    """Run a test on some kinds of store."""
    return pytest.mark.parametrize("store", kinds, indirect=True)


def rows(store: Store, sparql: str) -> list[tuple[object, ...]]:
    """The rows of a SELECT."""
    return list(store.select(sparql))


# Asking


def test_a_select_gives_rows_in_the_order_of_its_variables(filled: Store) -> None:
    """A row has its terms in the order selected, and None for what is unbound."""
    answer = filled.query(
        "SELECT ?name ?who ?none { ?who a stp:Person ; skos:prefLabel ?name OPTIONAL { ?who skos:note ?none } }"
    )
    assert isinstance(answer, Solutions)
    assert answer.variables == ("name", "who", "none")
    assert list(answer) == [(NAME, JO, None)]


def test_a_select_that_finds_nothing_has_its_variables(filled: Store) -> None:
    """No rows is an empty table, not none."""
    answer = filled.select("SELECT ?who { ?who a stp:Claim }")
    assert (answer.variables, list(answer)) == (("who",), [])


def test_an_ask_gives_a_truth(filled: Store) -> None:
    """ASK gives True or False itself."""
    assert filled.query("ASK { <person/jo-doe> a stp:Person }") is True
    assert filled.query("ASK { <person/jo-doe> a stp:Claim }") is False


def test_a_construct_gives_triples(filled: Store) -> None:
    """CONSTRUCT gives a graph: triples, none of them twice."""
    answer = filled.query("CONSTRUCT { ?s a skos:Concept } { ?s ?p ?o }")
    assert isinstance(answer, list)
    assert sorted(map(str, answer)) == [f"{node} {RDF.type} {SKOS.Concept}" for node in (ANYSHIRE, JO)]


def test_a_describe_gives_triples(filled: Store) -> None:
    """DESCRIBE gives what is said of a node."""
    answer = filled.query("DESCRIBE <organisation/anyshire>")
    assert answer == [Triple(ANYSHIRE, RDF.type, STP.Organisation)]


def test_an_empty_store_answers(store: Store) -> None:
    """A store with nothing in it finds nothing, and counts nothing."""
    assert rows(store, "SELECT * { ?s ?p ?o }") == []
    assert (len(store), store.graph_names(), list(store.quads())) == (0, (), [])


def test_the_default_graph_is_the_union(filled: Store) -> None:
    """A pattern across two graphs is found without naming them."""
    assert rows(filled, "SELECT ?who { ?who foaf:member ?body . ?body a stp:Organisation }") == [(JO,)]


def test_the_union_grows_with_the_store(filled: Store) -> None:
    """A graph that is added after the first query is part of the union, one that is removed no longer."""
    assert filled.query("ASK { ?s skos:note ?o }") is False
    filled.add([Quad(JO, SKOS.note, Literal("late"), mint("graph", "late"))])
    assert filled.query("ASK { ?s skos:note ?o }") is True
    filled.remove_graph(mint("graph", "late"))
    assert filled.query("ASK { ?s skos:note ?o }") is False


def test_a_store_of_texts_alone_is_a_union_too(store: Store) -> None:
    """What the union is does not hang on there being an object with an IRI."""
    store.add([Quad(JO, SKOS.note, Literal("only text"), PEOPLE)])
    assert store.query("ASK { ?s skos:note 'only text' }") is True


def test_a_triple_of_two_graphs_is_one_to_distinct(filled: Store) -> None:
    """DISTINCT sees the union as the set that it is."""
    filled.add([Quad(JO, RDF.type, STP.Person, BODIES)])
    assert rows(filled, "SELECT DISTINCT ?who { ?who a stp:Person }") == [(JO,)]


def test_graphs_can_be_told_apart(filled: Store) -> None:
    """GRAPH says in which graph a thing stands."""
    found = rows(filled, "SELECT ?graph ?kind { GRAPH ?graph { ?thing a ?kind } } ORDER BY ?graph")
    assert found == [(BODIES, STP.Organisation), (PEOPLE, STP.Person)]
    assert filled.query("ASK { GRAPH <graph/bodies> { ?s a stp:Person } }") is False


@only([*EMBEDDED, ENDPOINTS[0]])
def test_from_asks_the_graphs_it_names(filled: Store) -> None:
    """FROM takes the place of the union, except at an endpoint that was told to see the union always."""
    assert rows(filled, "SELECT ?thing FROM <graph/bodies> { ?thing a ?kind }") == [(ANYSHIRE,)]
    assert rows(filled, "SELECT ?g FROM NAMED <graph/people> { GRAPH ?g { ?thing a ?kind } }") == [(PEOPLE,)]


#: Graphs that a request names as default graphs and as named ones, and what is then found, and found by GRAPH.
TOLD = [
    ((PEOPLE,), (), {JO}, set()),
    ((BODIES,), (PEOPLE,), {ANYSHIRE}, {PEOPLE}),
    ((PEOPLE, BODIES), (), {JO, ANYSHIRE}, set()),
    ((), (PEOPLE, BODIES), set(), {PEOPLE, BODIES}),
    ((mint("graph", "nowhere"),), (), set(), set()),
]


@pytest.mark.parametrize(("default", "named", "things", "graphs"), TOLD)
def test_graphs_named_beside_a_query_are_asked(
    filled: Store,
    default: tuple[NamedNode, ...],
    named: tuple[NamedNode, ...],
    things: set[NamedNode],
    graphs: set[NamedNode],
) -> None:
    """The graphs named beside a query take the place of the union and of those that it names itself."""
    for head in ("SELECT DISTINCT ?x", f"SELECT DISTINCT ?x FROM {PEOPLE} FROM NAMED {BODIES}"):
        for pattern, found in (("?x a ?class", things), ("GRAPH ?x { ?s a ?class }", graphs)):
            answer = filled.query(f"{head} {{ {pattern} }}", default_graphs=default, named_graphs=named)
            assert isinstance(answer, Solutions)
            assert {row[0] for row in answer} == found


def test_a_store_that_was_asked_of_one_graph_is_a_union_still(filled: Store) -> None:
    """Naming graphs for one query changes nothing for the next."""
    sparql = "SELECT ?x { ?x a ?class }"
    first = filled.query(sparql, default_graphs=[BODIES])
    assert isinstance(first, Solutions)
    assert list(first) == [(ANYSHIRE,)]
    assert set(filled.select(sparql)) == {(JO,), (ANYSHIRE,)}


def test_a_prefix_of_the_query_wins(filled: Store) -> None:
    """A query may declare our prefixes for itself, and its own base."""
    theirs = "PREFIX stp: <http://example.org/> SELECT (stp:x AS ?x) {}"
    assert rows(filled, theirs) == [(NamedNode("http://example.org/x"),)]
    assert rows(filled, "BASE <http://example.org/> SELECT (<x> AS ?x) {}") == [(NamedNode("http://example.org/x"),)]
    assert filled.query("prefix me: <person/>\nASK { me:jo-doe a stp:Person }") is True


@pytest.mark.parametrize(
    "sparql",
    [
        "# select what is asked for\nCONSTRUCT { ?s a ?o } { ?s a ?o } # ASK",
        "#+ PREFIX stp: <http://example.org/>\nCONSTRUCT { ?s a ?o } { ?s a stp:Person, ?o }",
        "PREFIX ask: <http://example.org/task#>\nCONSTRUCT { ?s a ?o } { ?s a stp:Person, ?o FILTER('ASK' != '') }",
        "construct { ?select a ?o } { ?select a stp:Person, ?o . ?select skos:prefLabel 'Jo Doe'@en }",
        "PREFIX from: <http://example.org/> CONSTRUCT { ?from a ?o } { ?from a ?o FILTER(?o != from:x) }",
    ],
)
def test_words_in_comments_and_texts_mean_nothing(filled: Store, sparql: str) -> None:
    """What a query is, and which prefixes it lacks, is read from its code alone."""
    answer = filled.query(sparql)
    assert isinstance(answer, list)
    assert Triple(JO, RDF.type, STP.Person) in answer


@pytest.mark.parametrize("sparql", ["SELECT * { ?s", "SELEKT * {}", "", "ASK { ?s nope:x ?o }"])
def test_a_wrong_query_is_told_in_one_line(filled: Store, sparql: str) -> None:
    """What does not parse is a BadQuery of one line of reasonable length."""
    with pytest.raises(BadQuery) as caught:
        filled.query(sparql)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 400


@only(KINDS[:4])
def test_a_variable_that_is_not_grouped_by_is_told(filled: Store) -> None:
    """A SELECT of what it does not group by is a BadQuery, but for Virtuoso, which answers it."""
    with pytest.raises(BadQuery):
        filled.query("SELECT ?x { } GROUP BY ?y")


@only(EMBEDDED)
def test_a_wrong_query_is_told_with_its_place(store: Store) -> None:
    """The line, the column and the words around a fault are named, and the reason where there is one."""
    with pytest.raises(BadQuery) as caught:
        store.query("SELECT * {\n  ?who nope:x ?what\n}")
    assert str(caught.value) == (
        "the query does not parse: line 2, column 14, near '?who nope:x ?what': Prefix not found; mend it there"
    )


def test_a_table_wants_a_select(filled: Store) -> None:
    """What gives no table is refused where a table is wanted."""
    with pytest.raises(BadQuery, match="expected a SELECT"):
        filled.select("ASK {}")


# Changing


def test_an_update_is_carried_out(filled: Store) -> None:
    """INSERT and DELETE change the store; prefixes and base are known."""
    filled.update("DELETE DATA { GRAPH <graph/bodies> { <organisation/anyshire> a stp:Organisation } }")
    filled.update("INSERT { GRAPH <graph/new> { ?who skos:note 'seen' } } WHERE { GRAPH ?g { ?who a stp:Person } }")
    new = Quad(JO, SKOS.note, Literal("seen"), mint("graph", "new"))
    assert set(filled.quads()) == {quad for quad in QUADS if quad.graph_name == PEOPLE} | {new}


@only(KINDS[:4])
def test_an_update_is_whole_or_not_at_all(filled: Store) -> None:
    """When a later part of an update fails, the earlier parts are not carried out."""
    with pytest.raises(StpGraphError):
        filled.update("INSERT DATA { GRAPH <graph/new> { <x> <y> <z> } } ; CREATE GRAPH <graph/people>")
    assert set(filled.quads()) == QUADS


def test_a_wrong_update_changes_nothing(filled: Store) -> None:
    """An update that does not parse is a BadQuery."""
    with pytest.raises(BadQuery):
        filled.update("INSERT DATA { <x> <y>")
    assert set(filled.quads()) == QUADS


def test_terms_survive_the_store(store: Store) -> None:
    """Text with quotes, line ends and signs of other scripts, and odd IRIs, come back as they were sent."""
    texts = ['"', "'", "\\", "a\nb\r\tc", "\\n", "}", "#", "<a:b>", "é名\U0001f600\u2028", '"""', "", " stp:x BASE <y>"]
    literals = [Literal(text) for text in texts] + [Literal(text, language="cy") for text in texts]
    literals += [Literal("soon", datatype=XSD.date), Literal("x", datatype=NamedNode("http://example.org/odd"))]
    iris = [NamedNode(f"{BASE}{tail}") for tail in ("", "a/../b", "x?y=z&a", "#", "100%25", "é", "('*')")]
    terms: list[Term] = [*literals, *iris]
    quads = {Quad(JO, SKOS.note, term, PEOPLE) for term in terms}
    store.add(quads)
    assert set(store.quads()) == quads
    assert {row[0] for row in store.select("SELECT ?o { ?s skos:note ?o }")} == {quad.object for quad in quads}


def test_thousands_of_quads_are_added(store: Store) -> None:
    """More quads than go into one update all arrive, and are counted."""
    store.add(Quad(mint("claim", f"{i}"), SKOS.note, Literal(f"text {i}"), PEOPLE) for i in range(11_000))
    assert len(store) == 11_000


@only(EMBEDDED)
def test_a_fault_while_adding_adds_nothing(store: Store) -> None:
    """When what is to be added fails half way, it raises what it raised, and nothing of it is kept."""

    def halves() -> Iterator[Quad]:
        yield next(iter(QUADS))
        raise ValueError("mine")

    with pytest.raises(ValueError, match=r"^mine$"):
        store.add(halves())
    assert len(store) == 0


def test_a_graph_is_removed(filled: Store) -> None:
    """Removing a graph leaves the others; removing one that is not there does nothing."""
    filled.remove_graph(BODIES)
    filled.remove_graph(BODIES)
    assert filled.graph_names() == (PEOPLE,)
    assert set(filled.quads()) == {quad for quad in QUADS if quad.graph_name == PEOPLE}


def test_graphs_are_named_in_order(filled: Store) -> None:
    """The names of graphs come sorted."""
    filled.add([Quad(JO, RDF.type, STP.Person, mint("graph", "a"))])
    assert filled.graph_names() == (mint("graph", "a"), BODIES, PEOPLE)


def test_quads_of_one_graph_or_of_all(filled: Store) -> None:
    """Quads come of the graph asked for, or of all."""
    assert set(filled.quads(BODIES)) == {Quad(ANYSHIRE, RDF.type, STP.Organisation, BODIES)}
    assert set(filled.quads()) == QUADS
    assert len(filled) == 4
    assert list(filled.quads(mint("graph", "none"))) == []


# Loading


def _turtle(path: Path) -> None:
    path.write_bytes(TURTLE)


def _packed(path: Path) -> None:
    path.write_bytes(gzip.compress(TURTLE))


def _other(format_: RdfFormat, *, with_graph: bool) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        quads = [quad for quad in QUADS if quad.graph_name == PEOPLE]
        statements = quads if with_graph else [quad.triple for quad in quads]
        path.write_bytes(serialize(statements, format=format_) or b"")

    return write


FILES = {
    "a.ttl": _turtle,
    "a.ttl.gz": _packed,
    "a.nt": _other(RdfFormat.N_TRIPLES, with_graph=False),
    "a.rdf": _other(RdfFormat.RDF_XML, with_graph=False),
    "a.nq": _other(RdfFormat.N_QUADS, with_graph=True),
    "a.trig": _other(RdfFormat.TRIG, with_graph=True),
    "a.jsonld": _other(RdfFormat.JSON_LD, with_graph=True),
    "bare.nq": _other(RdfFormat.N_QUADS, with_graph=False),
    "bare.trig": _other(RdfFormat.TRIG, with_graph=False),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_loaded_by_its_ending(store: Store, tmp_path: Path, name: str) -> None:
    """Every format is read; triples that name no graph go into the graph that is given."""
    FILES[name](tmp_path / name)
    graph = None if name in {"a.nq", "a.trig", "a.jsonld"} else PEOPLE
    store.load(tmp_path / name, graph=graph)
    assert set(store.quads()) == {quad for quad in QUADS if quad.graph_name == PEOPLE}


def test_bytes_are_loaded_by_their_format(store: Store) -> None:
    """Bytes are read in the format named, relative IRIs below the project's base."""
    store.load(TURTLE, format=RdfFormat.TURTLE, graph=PEOPLE)
    assert set(store.quads()) == {quad for quad in QUADS if quad.graph_name == PEOPLE}
    with pytest.raises(BadRdf, match="bytes do not tell which RDF format"):
        store.load(TURTLE, graph=PEOPLE)


@pytest.mark.parametrize(
    ("name", "data", "place"),
    [
        ("wrong.ttl", b"<a> <b> <c> .\n<d> nope <e> .", ":2:5"),
        ("wrong.ttl.gz", gzip.compress(b"<a> <b> <c> .\n<d> nope <e> ."), ":2:5"),
        ("wrong.nq", b"<urn:a> <urn:b> <urn:c> <urn:g> .\noops", ":2:1"),
        ("long.nt", b"<urn:a> <urn:b> <urn:c> .\n" * 50_000 + b"oops\n", ":50001:1"),
    ],
    ids=["ttl", "gz", "nq", "bulk"],
)
def test_a_wrong_file_is_told_and_nothing_of_it_kept(
    filled: Store, tmp_path: Path, name: str, data: bytes, place: str
) -> None:
    """A file that does not parse is refused with path, line and column, and leaves the store as it was."""
    (tmp_path / name).write_bytes(data)
    with pytest.raises(BadRdf) as caught:
        filled.load(tmp_path / name, graph=PEOPLE)
    assert str(caught.value).startswith(f"{tmp_path / name}{place}: this is not ")
    assert "\n" not in str(caught.value)
    assert set(filled.quads()) == QUADS


PACKED = gzip.compress(TURTLE, mtime=0)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("odd.doc", b"", r"the ending '\.doc' names no RDF format"),
        ("noending", b"", "the ending '' names no RDF format"),
        ("short.ttl.gz", PACKED[:-20], r"cannot load: .*ended before"),
        ("plain.ttl.gz", TURTLE, "cannot load: Not a gzipped file"),
        ("changed.ttl.gz", PACKED[:-8] + bytes(8), "cannot load: CRC check failed"),
        ("garbled.ttl.gz", PACKED[:10] + b"\xff" * 99, "cannot load: Error -3 while decompressing"),
    ],
    ids=lambda value: value if isinstance(value, str) and "." in value and " " not in value else "",
)
def test_a_file_that_cannot_be_read_is_told(
    filled: Store, tmp_path: Path, name: str, data: bytes, message: str
) -> None:
    """A file of no known format, or one that does not unpack, is one of our errors, with its path."""
    (tmp_path / name).write_bytes(data)
    with pytest.raises((StoreError, BadRdf), match=message) as caught:
        filled.load(tmp_path / name, graph=PEOPLE)
    assert str(caught.value).startswith(f"{tmp_path / name}: ")
    assert set(filled.quads()) == QUADS


def test_a_missing_file_is_told(store: Store, tmp_path: Path) -> None:
    """A file that is not there is one of our errors, with its path."""
    with pytest.raises(StoreError, match=r"none\.ttl: cannot load: .*No such file"):
        store.load(tmp_path / "none.ttl", graph=PEOPLE)


@only(EMBEDDED)
def test_blank_nodes_of_two_files_stay_apart(store: Store) -> None:
    """A blank node of one file is not that of another with the same label, nor that of a second loading."""
    for _ in range(2):
        store.load(b"_:x <urn:is> 'one' .", format=RdfFormat.TURTLE, graph=PEOPLE)
    store.load(b"_:x <urn:is> 'two' .", format=RdfFormat.TURTLE, graph=BODIES)
    assert rows(store, "SELECT ?x { ?x <urn:is> 'one', 'two' }") == []
    assert rows(store, "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x <urn:is> ?y }") == [
        (Literal("3", datatype=XSD.integer),)
    ]


@only(ENDPOINTS)
@pytest.mark.parametrize(
    "quad",
    [
        Quad(BlankNode("x"), RDF.type, STP.Person, PEOPLE),
        Quad(JO, RDF.type, BlankNode("x"), PEOPLE),
        Quad(JO, RDF.type, STP.Person, BlankNode("x")),
        Quad(JO, RDF.type, Triple(JO, RDF.type, BlankNode("x")), PEOPLE),
    ],
    ids=["subject", "object", "graph", "within"],
)
def test_an_endpoint_is_sent_no_blank_nodes(store: Store, quad: Quad) -> None:
    """A blank node cannot be sent in parts: it is refused, wherever it hides, and a file with one is not half sent."""
    with pytest.raises(StoreError, match="has a blank node; give it an IRI"):
        store.add([quad])
    many = [b"<urn:s%d> <urn:p> <urn:o> .\n" % number for number in range(6_000)]
    blank = b"<urn:s> <urn:p> _:x .\n"
    for lines in ([blank, *many], [*many, blank]):
        with pytest.raises(StoreError, match="has a blank node"):
            store.load(b"".join(lines), format=RdfFormat.N_TRIPLES, graph=PEOPLE)
        assert len(store) == 0


# rdflib


def test_rdflib_sees_one_graph(filled: Store) -> None:
    """The view is a graph of triples: one that stands in two graphs is there once."""
    filled.add([Quad(JO, RDF.type, STP.Person, BODIES)])
    view = filled.graph()
    jo, person = URIRef(JO.value), URIRef(STP.Person.value)
    label = (jo, rdflib.SKOS.prefLabel, rdflib.Literal("Jo Doe", lang="en"))
    member = (jo, rdflib.FOAF.member, URIRef(ANYSHIRE.value))
    assert set(view) == {
        (jo, rdflib.RDF.type, person),
        label,
        member,
        (URIRef(ANYSHIRE.value), rdflib.RDF.type, URIRef(STP.Organisation.value)),
    }
    assert len(list(view)) == len(view) == 4
    assert list(view.subjects(rdflib.RDF.type, person)) == [jo]
    assert view.value(jo, rdflib.SKOS.prefLabel) == label[2]
    assert (jo, rdflib.RDF.type, None) in view
    assert (jo, rdflib.RDF.type, rdflib.RDF.type) not in view


def test_rdflib_asks_the_store(filled: Store) -> None:
    """SPARQL through the view knows our prefixes and base, binds variables, and sees the union."""
    view = filled.graph()
    asked = view.query(
        "SELECT ?who ?name { ?who foaf:member <organisation/anyshire> ; skos:prefLabel ?name . ?b a stp:Organisation }"
    )
    name = rdflib.Literal("Jo Doe", lang="en")
    assert asked.bindings == [{Variable("who"): URIRef(JO.value), Variable("name"): name}]
    bound = view.query("SELECT ?p { ?who ?p ?o FILTER(isLiteral(?o)) }", initBindings={"who": URIRef(JO.value)})
    assert [row[Variable("p")] for row in bound.bindings] == [rdflib.SKOS.prefLabel]
    assert view.query("ASK { ?s a stp:Person }").askAnswer is True
    made = view.query("CONSTRUCT { ?s a skos:Concept } { ?s a stp:Person }").graph
    assert made is not None
    assert set(made) == {(URIRef(JO.value), rdflib.RDF.type, rdflib.SKOS.Concept)}


def test_rdflib_writes_out_what_it_sees(filled: Store) -> None:
    """The view serialises with our prefixes."""
    written = filled.graph().serialize(format="turtle")
    assert "a stp:Person" in written
    assert isomorphic(rdflib.Graph().parse(data=written, format="turtle"), _copy(filled.graph()))


def _copy(view: rdflib.Graph) -> rdflib.Graph:
    copy = rdflib.Graph()
    for triple in view:
        copy.add(triple)
    return copy


def test_rdflib_only_reads(filled: Store) -> None:
    """Writing through the view is refused: it could not say into which graph."""
    triple = (URIRef(JO.value), rdflib.RDF.type, rdflib.SKOS.Concept)
    for write in (filled.graph().add, filled.graph().remove, filled.graph().set):
        with pytest.raises(StoreError, match="this view is for reading"):
            write(triple)
    assert set(filled.quads()) == QUADS


def test_rdflib_is_told_of_a_wrong_query(filled: Store) -> None:
    """A wrong query through the view is the same error as through the store."""
    with pytest.raises(BadQuery):
        filled.graph().query("SELECT * { ?s")


# Opening, closing, replacing


@only(EMBEDDED)
def test_a_closed_store_says_so(filled: Store) -> None:
    """After closing, every use is an error that says so; closing again is not."""
    view = filled.graph()
    filled.close()
    filled.close()
    for use in (
        lambda: filled.query("ASK {}"),
        lambda: filled.update("CLEAR ALL"),
        lambda: filled.add([]),
        lambda: list(filled.quads()),
        lambda: len(filled),
        lambda: list(view),
    ):
        with pytest.raises(StoreError, match="the store is closed; open it again"):
            use()


def _make_store(folder: Path) -> Path:
    with open_store(folder, is_writable=True) as made:
        made.add(QUADS)
    return folder


def test_a_store_on_disk_is_still_there(tmp_path: Path) -> None:
    """What was written is read when the store is opened again, by string or path, by several at once."""
    folder = _make_store(tmp_path / "deep" / "store")
    with open_store(folder) as one, open_store(str(folder)) as two:
        assert set(one.quads()) == set(two.quads()) == QUADS
        assert one.location == str(folder)


def test_a_store_in_memory_is_its_own() -> None:
    """Two stores in memory share nothing."""
    with open_store() as one, open_store() as two:
        one.add(QUADS)
        assert len(two) == 0


def test_reading_leaves_no_writing(tmp_path: Path) -> None:
    """A store that was opened for reading refuses every change."""
    with open_store(_make_store(tmp_path / "store")) as store:
        changes: list[Callable[[], None]] = [
            lambda: store.update("CLEAR ALL"),
            lambda: store.add(QUADS),
            lambda: store.load(TURTLE, format=RdfFormat.TURTLE),
            lambda: store.remove_graph(PEOPLE),
        ]
        for change in changes:
            with pytest.raises(StoreError, match="open for reading only; open it with is_writable=True"):
                change()
        assert set(store.quads()) == QUADS


HOLD = """
import sys
from stpgraph.store import open_store
with open_store(sys.argv[1], is_writable=True):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Path]:
    """Yield a store that another process has open for writing; its path has "lock" in it, which means nothing."""
    folder = _make_store(tmp_path / "blocks" / "store")
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        yield folder
        process.communicate(timeout=60)


def test_a_store_that_another_process_writes_can_be_read(held: Path) -> None:
    """Reading goes on while another process writes; writing is refused with what to do."""
    with open_store(held) as store:
        assert store.query("ASK { <person/jo-doe> a stp:Person }") is True
    with pytest.raises(StoreLocked) as caught:
        open_store(held, is_writable=True)
    assert str(caught.value).startswith(f"{held}: the store is open for writing already")
    with pytest.raises(StoreLocked), replace_store(held):
        pytest.fail("the block is not begun")


def test_a_missing_store_is_told(tmp_path: Path) -> None:
    """A folder that is not there, or empty, has no store to read, and none is made."""
    (tmp_path / "empty").mkdir()
    for name in ("none", "empty"):
        with pytest.raises(StoreError, match=f"{name}: there is no store here; run `stpgraph build` first"):
            open_store(tmp_path / name)
    assert sorted(found.name for found in tmp_path.rglob("*")) == ["empty"]


@pytest.mark.parametrize("name", ["photos", "photos/CURRENT"])
def test_what_is_no_store_is_left_alone(tmp_path: Path, name: str) -> None:
    """A folder of other things, or a file, is neither opened nor replaced nor changed."""
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "CURRENT").write_text("of 2018", encoding="utf-8")
    for is_writable in (False, True):
        with pytest.raises(StoreError, match="this is not a store"):
            open_store(tmp_path / name, is_writable=is_writable)
    with (
        pytest.raises(StoreError, match="this is not a store, so it will not be replaced"),
        replace_store(tmp_path / name),
    ):
        pytest.fail("the block is not begun")
    assert [found.name for found in tmp_path.rglob("*")] == ["photos", "CURRENT"]


def _broken_store(folder: Path) -> Path:
    """A store that has lost its list of files; the path has "lock" in it, which means nothing."""
    (_make_store(folder) / "CURRENT").write_text("MANIFEST-999999\n", encoding="utf-8")
    return folder


def test_a_broken_store_is_told(tmp_path: Path) -> None:
    """A store that the engine cannot read is one of our errors."""
    for is_writable in (False, True):
        with pytest.raises(StoreError, match=r"store: the store cannot be opened: .* build it anew") as caught:
            open_store(_broken_store(tmp_path / f"blocks {is_writable}" / "store"), is_writable=is_writable)
        assert not isinstance(caught.value, StoreLocked)


def test_a_garbled_store_is_told(tmp_path: Path) -> None:
    """A store with a file that was overwritten is one of our errors."""
    (_make_store(tmp_path / "store") / "CURRENT").write_text("of 2018", encoding="utf-8")
    for is_writable in (False, True):
        with pytest.raises(StoreError, match="store: the store cannot be opened: Corruption: "):
            open_store(tmp_path / "store", is_writable=is_writable)


def test_a_broken_store_can_be_replaced(tmp_path: Path) -> None:
    """Building anew is what a broken store is for."""
    with replace_store(_broken_store(tmp_path / "store")) as new:
        new.add(QUADS)
    with open_store(tmp_path / "store") as store:
        assert set(store.quads()) == QUADS


def test_a_new_store_takes_the_place_of_the_old(tmp_path: Path) -> None:
    """After a build the folder holds what was built, and nothing else lies about; readers of the old read on."""
    folder = _make_store(tmp_path / "store")
    new_quad = Quad(JO, SKOS.note, Literal("new"), PEOPLE)
    with open_store(folder) as reader:
        with replace_store(folder) as new:
            new.add([new_quad])
            assert set(reader.quads()) == QUADS
        assert set(reader.quads()) == QUADS
    with open_store(folder, is_writable=True) as store:
        assert set(store.quads()) == {new_quad}
    assert [found.name for found in tmp_path.iterdir()] == ["store"]


def test_a_first_store_is_put_in_place(tmp_path: Path) -> None:
    """Where there is none yet, or an empty folder, a build makes one, with the folders above it."""
    (tmp_path / "empty").mkdir()
    for name in ("empty", "deep/store"):
        with replace_store(tmp_path / name) as new:
            new.add(QUADS)
        with open_store(tmp_path / name) as store:
            assert len(store) == 4
    assert sorted(found.name for found in tmp_path.iterdir()) == ["deep", "empty"]


def _fail(new: EmbeddedStore) -> None:
    new.add([Quad(JO, SKOS.note, Literal("new"), PEOPLE)])
    raise KeyboardInterrupt


def _load_wrong(new: EmbeddedStore) -> None:
    new.load(TURTLE, format=RdfFormat.TURTLE, graph=PEOPLE)
    new.load(b"oops", format=RdfFormat.TURTLE, graph=PEOPLE)


@pytest.mark.parametrize(("build", "error"), [(_fail, KeyboardInterrupt), (_load_wrong, BadRdf)])
def test_a_failed_build_leaves_the_old_store(
    tmp_path: Path, build: Callable[[EmbeddedStore], None], error: type[BaseException]
) -> None:
    """When a build is interrupted or its data do not parse, the old store is whole and nothing else lies about."""
    folder = _make_store(tmp_path / "store")
    with pytest.raises(error), replace_store(folder) as new:
        build(new)
    with open_store(folder) as store:
        assert set(store.quads()) == QUADS
    assert [found.name for found in tmp_path.iterdir()] == ["store"]


FULL_DISK = """
import resource, sys
from pathlib import Path
from pyoxigraph import RdfFormat
from stpgraph.errors import StoreError
from stpgraph.store import replace_store
data = b"".join(b"<urn:s%d> <urn:p> 'some text'.\\n" % number for number in range(9_000))
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    with replace_store(Path(sys.argv[1])) as store:
        store.load(data, format=RdfFormat.TURTLE)
except StoreError as error:
    print(error)
"""


def test_a_full_disk_leaves_the_old_store(tmp_path: Path) -> None:
    """When room runs out in a build (here: at 100 kB a file), the old store is whole and nothing else lies about."""
    folder = _make_store(tmp_path / "store")
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(folder)], capture_output=True, text=True, check=True, timeout=60
    )
    assert "File too large" in done.stdout
    assert done.stdout.count("\n") == 1
    with open_store(folder) as store:
        assert set(store.quads()) == QUADS
    assert [found.name for found in tmp_path.iterdir()] == ["store"]


def test_a_read_only_disk_is_told(read_only_folder: Path) -> None:
    """Where no folder can be made, no store is, and the error says where."""
    place = read_only_folder / "store"
    with pytest.raises(StoreError, match="store: cannot make a store: Permission denied"):
        open_store(place, is_writable=True)
    with pytest.raises(StoreError, match="store: cannot make a store: Permission denied"), replace_store(place):
        pytest.fail("the block is not begun")


# Prologues


def test_only_what_a_query_lacks_is_declared() -> None:
    """The base always, which a query's own overrides; of the prefixes those that its code uses and does not declare."""
    sparql = (
        'PREFIX foaf: <x>\n# stp:a\nASK { ?s foaf:a \'rdf:b\' ; unit:9 ?o ; <http://x#oa:c> """skos:d""" ; void: 1 }'
    )
    assert with_prologue(sparql) == (
        "BASE <https://w3id.org/stpgraph/id/> PREFIX unit: <http://qudt.org/vocab/unit/> "
        "PREFIX void: <http://rdfs.org/ns/void#> " + sparql
    )
