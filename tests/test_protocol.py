"""The SPARQL 1.1 Protocol, the Graph Store Protocol and the descriptions, asked of a server that runs.

The cases are those of the W3C (https://www.w3.org/2009/sparql/docs/tests/data-sparql11/protocol/), each under its name,
with graphs of our own.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from urllib.parse import quote, urlencode

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Store, parse

from stpgraph.store import open_store
from stpgraph.vocabulary import BASE
from tests.site_server import TOKEN, Answered, ask, select, site_server

pytestmark = pytest.mark.server

G = "http://example.org/graph/"
JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
QUERY, UPDATE = "application/sparql-query", "application/sparql-update"
FORM = "application/x-www-form-urlencoded"
BEARER = f"Bearer {TOKEN}"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of a server on three graphs of one triple each, and one that two of them share."""
    folder = tmp_path_factory.mktemp("protocol") / "store"
    with open_store(folder, is_writable=True) as store:
        for name in ("one", "two", "three"):
            text = f"<http://example.org/{name}> a <http://example.org/Thing> ."
            store.load(text.encode(), format=RdfFormat.TURTLE, graph=NamedNode(G + name))
        shared = b'<http://example.org/shared> <http://example.org/says> "\xc3\xa9" .'
        for name in ("one", "two"):
            store.load(shared, format=RdfFormat.TURTLE, graph=NamedNode(G + name))
    with site_server("--store", folder, "--allow-update", env={"STPGRAPH_TOKEN": TOKEN}) as url:
        yield url


def _address(**parameters: str | list[str]) -> str:
    return "/sparql?" + urlencode({name.replace("_", "-"): value for name, value in parameters.items()}, doseq=True)


def _post(server: str, body: str | bytes, path: str = "/sparql", **headers: str) -> Answered:
    return ask(server, path, method="POST", body=body, **headers)


def _yes(answered: Answered) -> bool:
    assert answered.status == 200, answered.body
    assert answered.media == JSON
    told = answered.json()["boolean"]
    assert isinstance(told, bool)
    return told


def _update(server: str, sparql: str, **parameters: str | list[str]) -> Answered:
    fields = {"update": sparql, **{name.replace("_", "-"): value for name, value in parameters.items()}}
    return _post(server, urlencode(fields, doseq=True), content_type=FORM, authorization=BEARER)


# Queries that are as they should be.


def test_query_post_form(server: str) -> None:
    """A query in a form is answered."""
    assert _yes(_post(server, "query=ASK%20%7B%7D", content_type=FORM))


def test_query_post_direct(server: str) -> None:
    """A query that is the whole body is answered, whatever its media type says of its encoding as UTF-8."""
    assert _yes(_post(server, "ASK {}", content_type=QUERY))
    assert _yes(_post(server, 'ASK { ?s ?p "é" }', content_type=f'{QUERY}; charset="UTF-8"'))
    assert _yes(_post(server, 'ASK { ?s ?p "é" }', content_type=f'{QUERY}; charset="utf-8"; version=1.1'))


def test_query_get(server: str) -> None:
    """A query in the address is answered, with words beyond ASCII in UTF-8."""
    assert _yes(ask(server, "/sparql?query=ASK%20%7B%7D"))
    assert _yes(ask(server, "/sparql?query=ASK+%7B%3Fs+%3Fp+%22%C3%A9%22%7D"))


@pytest.mark.parametrize(
    ("query", "accept", "media"),
    [
        ("SELECT (1 AS ?value) {}", f"{XML}, {JSON};q=0.9", XML),
        ("ASK {}", f"{JSON}, {XML};q=0.9", JSON),
        ("DESCRIBE <http://example.org/one>", "application/rdf+xml", "application/rdf+xml"),
        ("CONSTRUCT { <s> <p> 1 } WHERE {}", "text/turtle", "text/turtle"),
    ],
)
def test_query_content_type(server: str, query: str, accept: str, media: str) -> None:
    """SELECT, ASK, DESCRIBE and CONSTRUCT come in the format that was asked for (query_content_type_*)."""
    answered = _post(server, query, content_type=QUERY, accept=accept)
    assert (answered.status, answered.media) == (200, media)


ONE, TWO, THREE = (f"<http://example.org/{name}> a <http://example.org/Thing>" for name in ("one", "two", "three"))


@pytest.mark.parametrize("is_post", [False, True])
def test_query_dataset_default_graphs(server: str, is_post: bool) -> None:
    """The graphs named as default graphs are read as one, and no others are (query_dataset_default_graph(s)_*)."""
    for graphs, inside, outside in (
        ([G + "one"], [ONE], [TWO, THREE]),
        ([G + "one", G + "two"], [ONE, TWO], [THREE]),
    ):
        query = f"ASK {{ {' . '.join(inside)} {' '.join(f'FILTER NOT EXISTS {{ {o} }}' for o in outside)} }}"
        if is_post:
            path = _address(default_graph_uri=graphs)
            assert _yes(_post(server, query, path, content_type=QUERY))
        else:
            assert _yes(ask(server, _address(query=query, default_graph_uri=graphs)))


@pytest.mark.parametrize("is_post", [False, True])
def test_query_dataset_named_graphs(server: str, is_post: bool) -> None:
    """The graphs named as named graphs are those that GRAPH reaches, and the default graph is empty."""
    query = "ASK { FILTER NOT EXISTS { ?s ?p ?o } GRAPH ?g { ?s ?p ?o } FILTER(?g != <" + G + "three>) }"
    third = f"ASK {{ GRAPH <{G}three> {{ ?s ?p ?o }} }}"
    graphs = [G + "one", G + "two"]
    for sparql, expected in ((query, True), (third, False)):
        if is_post:
            fields = urlencode({"query": sparql, "named-graph-uri": graphs}, doseq=True)
            assert _yes(_post(server, fields, content_type=FORM)) is expected
        else:
            assert _yes(ask(server, _address(query=sparql, named_graph_uri=graphs))) is expected


def test_query_dataset_full(server: str) -> None:
    """Default and named graphs may be named together."""
    query = f"ASK {{ {THREE} GRAPH ?g {{ {ONE} }} FILTER NOT EXISTS {{ GRAPH ?h {{ {THREE} }} }} }}"
    assert _yes(
        ask(server, _address(query=query, default_graph_uri=[G + "three"], named_graph_uri=[G + "one", G + "two"]))
    )


def test_query_multiple_dataset(server: str) -> None:
    """Where the query says FROM and the request names graphs too, the request's are taken."""
    query = f"ASK FROM <{G}one> {{ {TWO} FILTER NOT EXISTS {{ {ONE} }} }}"
    assert _yes(ask(server, _address(query=query, default_graph_uri=G + "two")))


def test_default_graph_is_the_union(server: str) -> None:
    """Without graphs named, all of them are asked as one."""
    rows = select(server, "SELECT DISTINCT ?s { ?s a <http://example.org/Thing> } ORDER BY ?s")
    assert rows == [("http://example.org/one",), ("http://example.org/three",), ("http://example.org/two",)]


# Updates that are as they should be.


def test_update_post_form(server: str) -> None:
    """An update in a form is carried out, and whoever asks next sees it."""
    assert _update(server, f"INSERT DATA {{ GRAPH <{G}form> {{ <a> <b> 1 }} }}").status == 204
    assert select(server, f"SELECT ?o {{ GRAPH <{G}form> {{ ?s ?p ?o }} }}") == [("1",)]
    assert _update(server, f"DROP GRAPH <{G}form>").status == 204
    assert select(server, f"SELECT ?o {{ GRAPH <{G}form> {{ ?s ?p ?o }} }}") == []


def test_update_post_direct(server: str) -> None:
    """An update that is the whole body is carried out."""
    found = f"SELECT ?o {{ GRAPH <{G}direct> {{ ?s ?p ?o }} }}"
    insert = f"INSERT DATA {{ GRAPH <{G}direct> {{ <a> <b> 1 }} }}"
    assert _post(server, insert, content_type=UPDATE, authorization=BEARER).status == 204
    assert select(server, found) == [("1",)]
    assert _post(server, f"DROP GRAPH <{G}direct>", content_type=UPDATE, authorization=BEARER).status == 204
    assert select(server, found) == []


@pytest.mark.parametrize(
    ("name", "parameters", "where", "expected"),
    [
        ("default-graph", {"using_graph_uri": [G + "one"]}, "?s a ?class", {"one"}),
        ("default-graphs", {"using_graph_uri": [G + "one", G + "two"]}, "?s a ?class", {"one", "two"}),
        (
            "named-graphs",
            {"using_named_graph_uri": [G + "one", G + "two"]},
            "GRAPH ?g { ?s a ?class }",
            {"one", "two"},
        ),
        (
            "full",
            {"using_graph_uri": [G + "three"], "using_named_graph_uri": [G + "one"]},
            "{ ?s a ?class } UNION { GRAPH ?g { ?s a ?class } }",
            {"one", "three"},
        ),
    ],
)
def test_update_dataset(
    server: str, name: str, parameters: dict[str, str | list[str]], where: str, expected: set[str]
) -> None:
    """An update's WHERE reads the graphs that the request names (update_dataset_*)."""
    target = f"{G}target-{name}"
    sparql = f"DELETE {{}} INSERT {{ GRAPH <{target}> {{ ?s <read> 1 }} }} WHERE {{ {where} }}"
    assert _update(server, sparql, **parameters).status == 204
    rows = select(server, f"SELECT ?s {{ GRAPH <{target}> {{ ?s ?p ?o }} }}")
    assert {iri.removeprefix("http://example.org/") for (iri,) in rows} == expected
    assert _update(server, f"DROP GRAPH <{target}>").status == 204


def test_update_base_uri(server: str) -> None:
    """Relative IRIs of an update are resolved, against its BASE where it has one and the project's where not."""
    target = f"{G}base"
    insert = f"INSERT DATA {{ GRAPH <{target}> {{ <a> <b> <c> }} }}"
    for sparql in (insert, f"BASE <http://example.org/x/> {insert}"):
        assert _update(server, sparql).status == 204
    rows = select(server, f"SELECT ?s {{ GRAPH <{target}> {{ ?s ?p ?o }} }}")
    assert sorted(rows) == [("http://example.org/x/a",), (f"{BASE}a",)]
    assert _update(server, f"DROP GRAPH <{target}>").status == 204


# Requests that are not as they should be.

_BAD: list[tuple[str, str, str, str, str, set[int]]] = [
    # name, method, path, content type, body, statuses
    ("bad_query_method", "PUT", "/sparql?query=ASK%20%7B%7D", "", "", {405}),
    ("bad_multiple_queries", "GET", "/sparql?query=ASK%20%7B%7D&query=SELECT%20%2A%20%7B%7D", "", "", {400}),
    ("bad_query_wrong_media_type", "POST", "/sparql", "text/plain", "ASK {}", {400, 415}),
    ("bad_query_missing_form_type", "POST", "/sparql", "", "query=ASK%20%7B%7D", {400, 415}),
    ("bad_query_missing_direct_type", "POST", "/sparql", "", "ASK {}", {400, 415}),
    ("bad_query_non_utf8", "POST", "/sparql", f"{QUERY}; charset=UTF-16", "A\0S\0K\0 \0{\0}\0", {400, 415}),
    ("bad_query_syntax", "GET", "/sparql?query=ASK%20%7B", "", "", {400}),
    ("query_and_update", "POST", "/sparql", FORM, "query=ASK%7B%7D&update=CLEAR%20ALL", {400}),
    ("query_twice", "POST", "/sparql?query=ASK%7B%7D", QUERY, "ASK {}", {400}),
    ("bad_graph", "GET", "/sparql?query=ASK%7B%7D&default-graph-uri=relative", "", "", {400}),
    ("bad_update_get", "GET", "/sparql?update=CLEAR%20ALL", "", "", {400, 405}),
    ("bad_multiple_updates", "POST", "/sparql", FORM, "update=CLEAR%20NAMED&update=CLEAR%20DEFAULT", {400}),
    ("bad_update_wrong_media_type", "POST", "/sparql", "text/plain", "CLEAR NAMED", {400, 415}),
    ("bad_update_missing_form_type", "POST", "/sparql", "", "update=CLEAR%20NAMED", {400, 415}),
    ("bad_update_missing_direct_type", "POST", "/sparql", "", "CLEAR NAMED", {400, 415}),
    ("bad_update_non_utf8", "POST", "/sparql", f"{UPDATE}; charset=UTF-16", "C\0L\0E\0A\0R\0", {400, 415}),
    ("bad_update_syntax", "POST", "/sparql", FORM, "update=CLEAR%20XYZ", {400}),
    (
        "bad_update_dataset_conflict",
        "POST",
        "/sparql",
        FORM,
        urlencode({
            "using-graph-uri": G + "one",
            "update": "DELETE { ?s ?p ?o } USING <http://example.org/x> WHERE { ?s ?p ?o }",
        }),
        {400},
    ),
    (
        "bad_update_delete_where",
        "POST",
        "/sparql",
        FORM,
        urlencode({"using-graph-uri": G + "one", "update": "DELETE WHERE { ?s ?p ?o }"}),
        {400},
    ),
]  # fmt: skip


@pytest.mark.parametrize("case", _BAD, ids=[case[0] for case in _BAD])
def test_bad_requests(server: str, case: tuple[str, str, str, str, str, set[int]]) -> None:
    """What the protocol forbids is refused in words, and nothing is changed by it."""
    _, method, path, kind, body, statuses = case
    count = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert select(server, count) == [("5",)]
    headers = {"authorization": BEARER, **({"content_type": kind} if kind else {})}
    answered = ask(server, path, method=method, body=body if method == "POST" else None, **headers)
    assert answered.status in statuses, answered.body
    assert answered.media == "application/problem+json"
    assert answered.json()["detail"]
    assert select(server, count) == [("5",)]


def test_bytes_that_are_no_utf8(server: str) -> None:
    """A body or parameter that is not UTF-8 is refused, whatever is claimed of it."""
    latin = 'ASK { ?s ?p "é" }'.encode("latin-1")
    assert _post(server, latin, content_type=QUERY).status == 400
    assert _post(server, b"query=ASK%7B%3Fs%3Fp%22%E9%22%7D", content_type=FORM).status == 400
    assert ask(server, "/sparql?query=ASK%7B%3Fs%3Fp%22%E9%22%7D").status == 400


def test_syntax_error_tells_where(server: str) -> None:
    """The refusal of a query that does not parse names line and column."""
    answered = ask(server, _address(query="ASK {\n ?s ?p }"))
    assert answered.status == 400
    assert "line 2, column" in answered.json()["detail"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        ({"authorization": "Bearer another"}, 401),
        ({"authorization": "Bearer "}, 401),
        ({"authorization": "Basic !!!"}, 401),
        ({"authorization": BEARER.replace("Bearer", "Other")}, 401),
        ({"authorization": "Basic eDphLXRva2VuLW9mLXRlc3Rz"}, 204),
        ({"authorization": BEARER, "origin": "http://elsewhere.example"}, 403),
        ({"authorization": BEARER, "origin": "null"}, 403),
    ],
)
def test_updates_want_the_token(server: str, headers: dict[str, str], status: int) -> None:
    """An update is taken with the token, as bearer or as password, and from no page elsewhere."""
    for kind, body in ((FORM, "update=CLEAR%20DEFAULT"), (UPDATE, "CLEAR DEFAULT")):
        assert _post(server, body, content_type=kind, **headers).status == status


def test_updates_are_off_unless_allowed(tmp_path_factory: pytest.TempPathFactory, closed: str) -> None:
    """Without --allow-update no token helps, and the description does not speak of updates."""
    answered = _post(closed, "CLEAR ALL", content_type=UPDATE, authorization=BEARER)
    assert answered.status == 403
    assert "--allow-update" in answered.json()["detail"]


# The choice of a format.

SELECT, CONSTRUCT = "SELECT (1 AS ?n) {}", "CONSTRUCT { <s> <p> 1 } WHERE {}"


@pytest.mark.parametrize(
    ("query", "accept", "name", "expected"),
    [
        (SELECT, "", "", JSON),
        (SELECT, "*/*", "", JSON),
        (SELECT, "application/json", "", "application/json"),
        (SELECT, "text/*", "", "text/xml"),
        (SELECT, "text/csv;q=0.4, text/tab-separated-values;q=0.5", "", "text/tab-separated-values; charset=utf-8"),
        (SELECT, "text/html, */*;q=0.1", "", JSON),
        (SELECT, f"{JSON};q=0, */*", "", "application/json"),
        (SELECT, "TEXT/CSV", "", "text/csv; charset=utf-8"),
        (SELECT, "text/csv;q=nonsense, application/sparql-results+xml;q=0.1", "", XML),
        (SELECT, "image/png", "", 406),
        (SELECT, "*/*;q=0", "", 406),
        (SELECT, "text/turtle", "", 406),
        (SELECT, "", "csv", "text/csv; charset=utf-8"),
        (SELECT, JSON, "XML", XML),
        (SELECT, JSON, "nonsense", 406),
        (SELECT, JSON, "turtle", 406),
        (CONSTRUCT, "", "", "text/turtle; charset=utf-8"),
        (CONSTRUCT, "application/n-triples", "", "application/n-triples"),
        (CONSTRUCT, "application/ld+json, text/turtle;q=0.9", "", "application/ld+json"),
        (CONSTRUCT, "", "nt", "application/n-triples"),
        (CONSTRUCT, "text/csv", "", 406),
        ("ASK {}", "text/csv", "", "text/csv; charset=utf-8"),
        ("ASK {}", XML, "", XML),
    ],
)
def test_formats(server: str, query: str, accept: str, name: str, expected: str | int) -> None:
    """The format is the one liked best of those there are, `format=` before Accept; none that fits is a 406."""
    path = _address(query=query, format=name) if name else _address(query=query)
    answered = ask(server, path, accept=accept)
    if isinstance(expected, int):
        assert answered.status == expected
        assert answered.media == "application/problem+json"
    else:
        kind = answered.headers["content-type"]
        assert (answered.status, kind.replace("text/xml; charset=utf-8", "text/xml")) == (200, expected)
        assert answered.headers["vary"].lower() == "accept"


def test_answers_in_each_format_say_the_same(server: str) -> None:
    """Yes is written as each format writes it, and a table's one value is in all of them."""
    told = {name: ask(server, _address(query=SELECT, format=name)).body for name in ("json", "xml", "csv", "tsv")}
    assert told["csv"].split() == [b"n", b"1"]
    assert told["tsv"].split() == [b"?n", b"1"]
    assert b">1</literal>" in told["xml"]
    assert b'"value":"1"' in told["json"]
    assert b"<boolean>true</boolean>" in ask(server, _address(query="ASK {}", format="xml")).body


def test_head_is_get_without_a_body(server: str) -> None:
    """HEAD gives the headers of GET, for queries, graphs and the description."""
    for path in (_address(query="ASK {}"), f"/data?graph={quote(G + 'one')}", "/sparql"):
        full, head = ask(server, path), ask(server, path, method="HEAD")
        assert (head.status, head.body) == (200, b"")
        assert head.headers["content-type"] == full.headers["content-type"]
        assert head.headers["content-length"] == str(len(full.body))


# The Graph Store Protocol.


def test_named_graph(server: str) -> None:
    """A graph comes whole by its name, and alone."""
    answered = ask(server, f"/data?graph={quote(G + 'three', safe='')}", accept="application/n-triples")
    assert answered.status == 200
    thing = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://example.org/Thing>"
    assert answered.body.decode() == f"<http://example.org/three> {thing} .\n"


def test_default_graph(server: str) -> None:
    """The default graph is all graphs as one, with nothing in it twice."""
    lines = ask(server, "/data?default", accept="application/n-triples").body.decode().splitlines()
    assert len(lines) == len(set(lines)) == 4
    assert sum("shared" in line for line in lines) == 1


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/data", 400),
        ("/data?default&graph=http://example.org/graph/one", 400),
        ("/data?graph=http://example.org/graph/one&graph=http://example.org/graph/two", 400),
        ("/data?graph=http://example.org/graph/none", 404),
        ("/data?graph=relative", 400),
        ("/data?graph=", 400),
        ("/data?graph=http://example.org/a%20b", 400),
        ("/data?graph=http://example.org/%0D%0Ax-more:1", 400),
    ],
)
def test_graphs_that_are_not_there(server: str, path: str, status: int) -> None:
    """A graph that is not there is a 404; one that is not named clearly, or by a relative IRI, a 400."""
    answered = ask(server, path)
    assert (answered.status, answered.media) == (status, "application/problem+json")
    assert "x-more" not in answered.headers


def test_graph_formats(server: str) -> None:
    """A graph comes in the format that is liked best, or is a 406."""
    path = f"/data?graph={quote(G + 'one')}"
    for accept, media in (("", "text/turtle"), ("application/ld+json", "application/ld+json")):
        answered = ask(server, path, accept=accept)
        assert (answered.media, answered.headers["vary"].lower()) == (media, "accept")
    assert ask(server, path, accept="text/html").status == 406


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
def test_graphs_are_read_alone(server: str, method: str) -> None:
    """What would change a graph is a 405 that says what the address takes."""
    answered = ask(server, f"/data?graph={quote(G + 'one')}", method=method, body="", authorization=BEARER)
    assert answered.status == 405
    assert {"GET", "HEAD"} <= set(answered.headers["allow"].split(", ")) <= {"GET", "HEAD", "OPTIONS"}
    assert "GET" in answered.json()["detail"]


# What the server says of itself.

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"


def _description(server: str, media: str = "text/turtle") -> Store:
    answered = ask(server, "/sparql", accept=media)
    assert (answered.status, answered.media) == (200, media)
    found = Store()
    form = RdfFormat.from_media_type(media)
    assert form is not None
    found.extend(parse(answered.body, format=form, base_iri=server))
    return found


def _values(store: Store, name: str, subject: NamedNode | None = None) -> set[str]:
    found = store.quads_for_pattern(subject, NamedNode(name), None)
    return {quad.object.value for quad in found if isinstance(quad.object, NamedNode | Literal)}


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of a server that takes no updates and may call one service."""
    folder = tmp_path_factory.mktemp("closed") / "store"
    open_store(folder, is_writable=True).close()
    with site_server("--store", folder, "--allow-service", "http://127.0.0.1:9/sparql") as url:
        yield url


def test_service_description(server: str, closed: str) -> None:
    """The endpoint says where it is, what it takes and what it gives, as it was started."""
    opened, shut = _description(server), _description(closed)
    assert _values(opened, f"{SD}endpoint") == {f"{server}/sparql"}
    assert _values(opened, f"{SD}supportedLanguage") == {f"{SD}SPARQL11Query", f"{SD}SPARQL11Update"}
    assert _values(shut, f"{SD}supportedLanguage") == {f"{SD}SPARQL11Query"}
    assert _values(opened, f"{SD}feature") == {f"{SD}UnionDefaultGraph"}
    assert _values(shut, f"{SD}feature") == {f"{SD}UnionDefaultGraph", f"{SD}BasicFederatedQuery"}
    assert _values(opened, f"{SD}name") == {G + "one", G + "two", G + "three"}


@pytest.mark.parametrize("media", ["application/n-triples", "application/ld+json", "application/rdf+xml"])
def test_description_in_each_format(server: str, media: str) -> None:
    """The description parses in every format that it comes in."""
    assert _values(_description(server, media), f"{SD}endpoint") == {f"{server}/sparql"}


def test_void_counts(server: str) -> None:
    """The counts of the description are those that queries give."""
    found = _description(server)
    dataset = NamedNode(f"{server}/sparql#data")
    [(total,)] = select(server, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert _values(found, f"{VOID}triples", dataset) == {total}
    assert _values(found, f"{VOID}entities") == {"3"}
    asked = f"SELECT ?g ?n {{ ?d <{SD}namedGraph> ?x . ?x <{SD}name> ?g ; <{SD}graph>/<{VOID}triples> ?n }} ORDER BY ?g"
    counts = {tuple(term.value for term in row) for row in found.query(asked)}  # type: ignore[union-attr]
    assert counts == {(G + "one", "2"), (G + "two", "2"), (G + "three", "1")}


def test_well_known_void(server: str) -> None:
    """The well-known address leads to the description."""
    answered = ask(server, "/.well-known/void")
    assert (answered.status, answered.headers["location"]) == (303, "/sparql")


def test_browsers_are_led_to_the_editor(server: str) -> None:
    """Who asks for a page at the endpoint gets the editor; what cannot be had is a 406."""
    answered = ask(server, "/sparql", accept="text/html,application/xhtml+xml;q=0.9,*/*;q=0.8")
    assert (answered.status, answered.headers["location"]) == (303, "/query")
    assert ask(server, "/sparql", accept="image/png").status == 406


# Pages elsewhere.


def test_pages_elsewhere_may_not_read(server: str) -> None:
    """No reply says that a page of another address may read it, not even where it asks."""
    for method in ("GET", "OPTIONS"):
        answered = ask(
            server,
            _address(query="ASK {}"),
            method=method,
            origin="http://elsewhere.example",
            access_control_request_method="POST",
        )
        assert not [name for name in answered.headers if name.startswith("access-control")]
        assert answered.headers["cross-origin-resource-policy"] == "same-origin"


def test_options_say_what_is_taken(server: str) -> None:
    """OPTIONS lists the methods of an address and does nothing."""
    told = {path: ask(server, path, method="OPTIONS") for path in ("/sparql", "/data", "/")}
    assert {answered.status for answered in told.values()} == {204}
    assert told["/sparql"].headers["allow"] == "GET, HEAD, POST, OPTIONS"
    assert told["/data"].headers["allow"] == told["/"].headers["allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1", 200),
        ("localhost:1234", 200),
        ("LOCALHOST", 200),
        ("[::1]:80", 200),
        ("elsewhere.example", 421),
        ("127.0.0.1.elsewhere.example", 421),
        ("localhost@elsewhere.example", 421),
        ("localhost:80@elsewhere.example", 421),
        ("localhost:1234/elsewhere", 421),
        ("localhost:1234:5678", 421),
        ("localhost:http", 421),
        ("[::1]elsewhere.example", 421),
        ("[::1", 421),
        ('localhost:"><script>', 421),
        ("localhost.", 421),
        ("2130706433", 421),
        ("localhost:", 200),
        ("", 400),
    ],
)
def test_only_its_own_names(server: str, host: str, status: int) -> None:
    """Who calls the server by a name of another's is refused, so that no page elsewhere can borrow this machine."""
    assert ask(server, "/sparql?query=ASK%7B%7D", host=host).status == status
    assert ask(server, "/sparql", host=host, accept="text/turtle").status == status


def test_bodies_come_as_they_are(server: str) -> None:
    """A body that is said to be compressed is refused as such, and one that says it is not is taken."""
    packed = _post(server, gzip.compress(b"ASK {}"), content_type=QUERY, content_encoding="gzip")
    assert (packed.status, packed.headers["accept-encoding"]) == (415, "identity")
    assert "is in gzip" in packed.json()["detail"]
    assert _post(server, "ASK {}", content_type=QUERY, content_encoding="gzip").status == 415
    assert _yes(_post(server, "ASK {}", content_type=QUERY, content_encoding="identity"))
