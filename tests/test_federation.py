"""SERVICE and LOAD reach what was allowed, and nothing else, however they are spelled."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

import stpgraph
from stpgraph.errors import BadQuery, EndpointError, StpGraphError
from stpgraph.store import EmbeddedStore, Solutions, open_store
from stpgraph.store.federation import check_federation
from stpgraph.store.updates import with_using
from tests.commands import run
from tests.servers import FOUND, YES, ScriptedEndpoint, answer, free_port, hang_up
from tests.site_server import TOKEN, ask, select, site_server


class Ears:
    """A server on loopback that counts who calls it, and answers what is asked, or sends elsewhere.

    Attributes:
        url: its address.
        heard: the methods and paths of the calls so far.
    """

    def __init__(self, status: int = 200, location: str = "") -> None:
        self.heard: list[str] = []
        ears = self

        class _Answer(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                ears.heard.append(f"{self.command} {self.path}")
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                self.send_response(status)
                if location:
                    self.send_header("Location", location)
                self.send_header("Content-Type", "application/sparql-results+json")
                self.send_header("Content-Length", str(len(FOUND)))
                self.end_headers()
                self.wfile.write(FOUND)

            do_GET = do_POST  # noqa: N815 (the library's name)

            def log_message(self, format: str, *args: object) -> None:
                """Keep the tests' output clean."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Answer)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/sparql"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture(scope="module")
def ears() -> Iterator[Ears]:
    """Yield a server that counts who calls it."""
    made = Ears()
    yield made
    made.close()


# How a query is read.

X = "http://127.0.0.1:9/x"
S = f"<{X}> {{ ?s ?p ?o }}"

#: Queries that call a service, and what they are told to call.
_CALLS = [
    (f"ASK {{ SERVICE {S} }}", f"SERVICE <{X}>"),
    (f"ASK {{ service {S} }}", f"SERVICE <{X}>"),
    (f"ASK {{ SERVICE{S} }}", f"SERVICE <{X}>"),
    (f"ASK {{ SERVICE SILENT {S} }}", f"SERVICE <{X}>"),
    (f"ASK {{ SERVICE silent{S} }}", f"SERVICE <{X}>"),
    (f"ASK {{ SERVICESILENT {S} }}", f"SERVICE <{X}>"),
    (f"ASK {{ SERVICE # <http://allowed/>\n SILENT #\n {S} }}", f"SERVICE <{X}>"),
    (f"ASK {{ ?a ?b ?c.SERVICE {S} }}", f"SERVICE <{X}>"),
    (f"ASK {{ ?a ?b 1SERVICE {S} }}", "a service as '1SERVICE'"),
    (f"ASK {{ ?a ?b true.SERVICE {S} }}", "a service as 'true.SERVICE'"),
    (f"PREFIX e: <urn:> ASK {{ ?a ?b e:c.SERVICE {S} }}", "a service as 'e:c.SERVICE'"),
    ("PREFIX : <http://127.0.0.1:9/> ASK { SERVICE:x { ?s ?p ?o } }", "a service as 'SERVICE:x'"),
    ("PREFIX : <http://127.0.0.1:9/> ASK { SERVICE :x { ?s ?p ?o } }", "SERVICE :x"),
    ("PREFIX : <urn:> ASK { ?a ?b :PREFIX SERVICE: { ?s ?p ?o } }", "a service as 'SERVICE:'"),
    ("ASK { VALUES ?u { <http://127.0.0.1:9/x> } SERVICE ?u { ?s ?p ?o } }", "SERVICE ?u"),
    (f"ASK {{ \\u0053ERVICE {S} }}", f"SERVICE <{X}>"),
    (f"ASK {{ SERVI\\U00000043E {S} }}", f"SERVICE <{X}>"),
    (f'ASK {{ ?a ?b ?c FILTER(?c<?c)#>"""\nSERVICE {S} #"""\n }}', f"SERVICE <{X}>"),
    (f"PREFIX e: <urn:> ASK {{ BIND(e:a\\# AS ?z) SERVICE {S}\n }}", f"SERVICE <{X}>"),
    (f"PREFIX e: <urn:> ASK {{ BIND(e:a\\' AS ?z) SERVICE {S}\n }}", f"SERVICE <{X}>"),
    (f'ASK {{ VALUES ?x {{"""a" }} SERVICE {S} }}', f"SERVICE <{X}>"),
    (f"ASK {{ #\rSERVICE {S}\n }}", f"SERVICE <{X}>"),
    (f'ASK {{ VALUES ?x {{"""a" }} BIND(e:a\\# AS ?z) VALUES ?y {{"""a" }} SERVICE {S} }}', f"SERVICE <{X}>"),
    (f'ASK {{ ?a ?b "it\\"s" . SERVICE {S} }}', f"SERVICE <{X}>"),
    (f"ASK {{ ?a ?b '''it''' . SERVICE {S} }}", f"SERVICE <{X}>"),
    (f'ASK {{ ?a ?b "no end\n SERVICE {S} }}', f"SERVICE <{X}>"),
    (f"ASK {{ PREFIX SERVICE {S} }}", f"SERVICE <{X}>"),
    (f'ASK {{ ?a ?b "\\U00110000" . SERVICE {S} }}', f"SERVICE <{X}>"),
]  # fmt: skip

#: Queries that call none, though the word is in them.
_NO_CALLS = [
    'ASK { ?service ?p "SERVICE <x>" } # SERVICE <x>',
    "ASK { $service ?p '''\nSERVICE <x> {}\n''' }",
    'ASK { ?s ?p """\n"SERVICE <x> {}\n""" }',
    "ASK { ?s ?p <http://example.org/service/1#SERVICE> }",
    "ASK { ?s <http://example.org/service> ?o }",
    "PREFIX service: <http://example.org/> ASK { ?s ?p ?o }",
    "PREFIX x: <http://example.org/> ASK { ?s ?p x:service }",
    'ASK { ?s ?p "a"@en-service }',
    "ASK { ?s ?p ?o FILTER(?o < 3 && ?o > 1) } # service",
    'ASK { ?s ?p "a\\# SERVICE <x>" }',
    'ASK { ?s ?p "\\U00110000 SERVICE <x>" }',
]


@pytest.mark.parametrize(("query", "called"), _CALLS)
def test_calls_are_found(query: str, called: str) -> None:
    """Whatever an engine may take for SERVICE is found, and the refusal says what is called."""
    with pytest.raises(BadQuery) as refused:
        check_federation(query, ["http://allowed/"])
    assert f"calls {called}, which is not allowed" in str(refused.value)


@pytest.mark.parametrize("query", _NO_CALLS)
def test_words_are_no_calls(query: str) -> None:
    """The word in a text, a comment, an IRI or a variable calls nothing and is let through."""
    check_federation(query)
    check_federation(query, is_update=True)


def test_allowed_addresses_are_exact() -> None:
    """An address is allowed as it was given, to the letter."""
    check_federation(f"ASK {{ SERVICE {S} }}", [X])
    check_federation(f"ASK {{ SERVICE SILENT {S} SERVICE{S} }}", [X])
    for other in (f"{X}/", X.upper(), X[:-1], "x", X.replace("/x", "/y/../x")):
        with pytest.raises(BadQuery):
            check_federation(f"ASK {{ SERVICE <{other}> {{}} }}", [X])
    with pytest.raises(BadQuery):
        check_federation(f"ASK {{ SERVICE {S} SERVICE <http://other/> {{}} }}", [X])


@pytest.mark.parametrize(
    "update",
    [
        f"LOAD <{X}>",
        f"load silent <{X}> INTO GRAPH <urn:g>",
        f"LOADSILENT<{X}>",
        f"CLEAR DEFAULT;LOAD <{X}>",
        f"PREFIX e: <urn:>LOAD <{X}>",
        "PREFIX : <http://127.0.0.1:9/> LOAD:x",
        "LOAD <file:///etc/passwd>",
        f"INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE {S} }}",
        f"DELETE {{ ?s ?p ?o }} WHERE {{ SERVICESILENT {S} }}",
        f"INSERT DATA {{ <a> <b> '''x''' }} ; INSERT {{ ?s ?p ?o }} WHERE {{ {{ SELECT * {{ SERVICE {S} }} }} }}",
    ],
)
def test_updates_load_nothing(update: str) -> None:
    """An update that would load or call is refused, LOAD even from an address that queries may call."""
    with pytest.raises(BadQuery):
        check_federation(update, [] if "SERVICE" in update else [X], is_update=True)


@pytest.mark.parametrize("marks", ["<?b#>'\"" * 150_000, "<?b&&?c>?d || ?a" * 60_000])
def test_a_large_query_is_read_quickly(marks: str) -> None:
    """A megabyte of marks that may be read in two ways is read once, not over and over."""
    check_federation("ASK { FILTER(?a" + marks + ") } #service")


def test_a_load_of_nothing_is_told() -> None:
    """LOAD as an update's last word is refused in a sentence like any other."""
    with pytest.raises(BadQuery, match=r"^the update calls LOAD, which is not allowed"):
        check_federation("LOAD", is_update=True)


#: What may stand before the word, so that a reader may lose his way: with each, the engine reads on.
_DISGUISES = [
    *("", ".", " ", "\n", "#\r", "#'''\n", '# """\n', "OPTIONAL {}", "{} UNION {}", "?a e:\\?b ?c ."),
    *("?a ?b 1", "?a ?b 1.", "?a ?b true.", "?a ?b e:c.", "?a ?b 'x'", '?a ?b """x"""', "?a ?b '''x'''@en"),
    *("BIND(e:a\\# AS ?z)", "BIND(e:a\\' AS ?z)", "BIND(e:a%41\\, AS ?z)"),
    *('VALUES ?x {"""a" }', "VALUES ?x {'''a' }", "BIND(''''a''' AS ?q)"),
    *("FILTER(1<2)#>'''\n", 'FILTER(1<2)#>"""\n', "FILTER(1<2)", "FILTER(?a<?b||?c>?d)", "FILTER(1<?b)#>'\n"),
    *("?a <urn:x#> ?b .", "?a <urn:'> ?b .", "?a e:b?/e:c ?d .", "?a (e:b?) ?PREFIX .", "?a ?b e:PREFIX"),
    *("BIND('\\'' AS ?q)", 'BIND("\\\\" AS ?q)', "BIND('a'^^e:t AS ?q)"),
]
_SPELLINGS = [
    *("SERVICE", "service", "SeRvIcE", "SERVICE SILENT", "SERVICESILENT", "SERVICE\tsilent", "SERVICE\f"),
    *("SERVICE#\n", "SERVICE#'\r", 'SERVICE SILENT#"\n', "\\u0053ERVICE", "SERVICE\\", "S\\ERVICE", "PREFIX SERVICE"),
]
_TARGETS = [
    *("<{url}>", " <{url}>", ":", ":sparql", "e:x", "<sparql>", "?u", "#>\n<{url}>"),
    *("<{url}#'>", '<{url}?">', "<{url}\\u0023>"),
]
_FORMS = ["ASK", "SELECT *", "SELECT * WHERE", "CONSTRUCT { ?s ?p ?o } WHERE", "DESCRIBE ?s WHERE"]


@st.composite
def _hidden(draw: st.DrawFn) -> str:
    """Make a query, parts of which may keep a reader from seeing that it calls a service."""
    before = "".join(draw(st.lists(st.sampled_from(_DISGUISES), max_size=3)))
    after = draw(st.sampled_from(["", "#'''", "'''", '"""', "'", "BIND('x' AS ?r)", "#>", ">"]))
    call = draw(st.sampled_from(_SPELLINGS)) + draw(st.sampled_from(_TARGETS))
    inner = draw(st.sampled_from(["{ ?s ?p ?o }", "{}", "{ ?s ?p '''x''' }"]))
    form = draw(st.sampled_from(_FORMS))
    return f"{form} {{ {before}{call}{inner}{after}\n }}"


def _asked(store: EmbeddedStore, query: str, ears: Ears) -> None:
    head = f"PREFIX e: <urn:> PREFIX : <{ears.url}> BASE <{ears.url}> "
    try:
        answer = store.query(head + query.replace("{url}", ears.url))
        if not isinstance(answer, bool):
            list(answer)
    except StpGraphError:
        pass  # refused, or no query at all


@given(query=_hidden())
def test_nothing_is_called_without_leave(ears: Ears, query: str) -> None:
    """No query, however it hides what it calls, reaches a service where none is allowed."""
    ears.heard.clear()
    with EmbeddedStore.in_memory() as store:
        store.update("INSERT DATA { <a> <b> 1 }")
        _asked(store, query, ears)
    assert ears.heard == [], repr(query)


def test_the_search_for_hidden_calls_can_find_them(ears: Ears) -> None:
    """Of the disguises, several lead a query to the service where it is not read first."""
    import pyoxigraph

    ears.heard.clear()
    head = f"PREFIX e: <urn:> PREFIX : <{ears.url}> "
    for disguise in _DISGUISES:
        try:
            answer = pyoxigraph.Store().query(f"{head} ASK {{ {disguise}SERVICE <{ears.url}> {{ ?s ?p ?o }} }}")
        except SyntaxError:
            continue
        assert answer is not None
    assert len(ears.heard) >= 12


@given(update=st.sampled_from(["LOAD", "load silent", "LOADSILENT", "CLEAR DEFAULT;LOAD", "CLEAR DEFAULT;#\rLOAD"]),
       target=st.sampled_from(["<{url}>", " <{url}>", ":", " :", "<sparql>"]))  # fmt: skip
def test_nothing_is_loaded(ears: Ears, update: str, target: str) -> None:
    """No update loads anything from an address, allowed to queries or not."""
    ears.heard.clear()
    head = f"PREFIX : <{ears.url}> BASE <{ears.url}> "
    with EmbeddedStore.in_memory(services=[ears.url]) as store, pytest.raises(BadQuery):
        store.update(head + update + target.replace("{url}", ears.url))
    assert ears.heard == []


def test_an_allowed_service_is_called(ears: Ears) -> None:
    """A query may call the service that was allowed, and gets its answer."""
    ears.heard.clear()
    with open_store(services=[ears.url]) as store:
        rows = list(store.select(f"SELECT ?x {{ SERVICE <{ears.url}> {{ ?x ?p ?o }} }}"))
    assert [row[0].value for row in rows if row[0] is not None] == ["found"]  # type: ignore[union-attr]
    assert ears.heard == ["POST /sparql"]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirect_is_followed(ears: Ears, status: int) -> None:
    """A service that sends the query on to another address is not followed there."""
    ears.heard.clear()
    sender = Ears(status, ears.url)
    try:
        with open_store(services=[sender.url]) as store, pytest.raises(StpGraphError):
            list(store.select(f"SELECT ?x {{ SERVICE <{sender.url}> {{ ?x ?p ?o }} }}"))
    finally:
        sender.close()
    assert (len(sender.heard), ears.heard) == (1, [])


def test_rdflib_calls_no_other_service(ears: Ears) -> None:
    """A query put to the rdflib graph of a store calls what the store may call, and nothing else."""
    query = f"SELECT ?x {{ SERVICE <{ears.url}> {{ ?x ?p ?o }} }}"
    ears.heard.clear()
    with open_store() as store, pytest.raises(BadQuery, match="which is not allowed"):
        store.graph().query(query)
    assert ears.heard == []
    with open_store(services=[ears.url]) as store:
        assert [str(row[0]) for row in store.graph().query(query)] == ["found"]  # type: ignore[index]
    assert ears.heard == ["POST /sparql"]


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (answer(b"too much", status=500), "Error 500"),
        (answer(b"<html>", content_type="text/html"), "Unsupported Content-Type"),
        (answer(b"{ no JSON"), "Parser error"),
        (hang_up, "reset"),
    ],
    ids=["error", "page", "garbled", "cut off"],
)
def test_the_failure_of_a_service_is_told(
    scripted: Callable[..., ScriptedEndpoint], reply: Callable[..., None], why: str
) -> None:
    """A service that fails is told as one, in one line with its reason, and not as a fault of the disk or query."""
    service = scripted(reply)
    with open_store(services=[service.url]) as store, pytest.raises(EndpointError) as caught:
        list(store.select(f"SELECT ?x {{ SERVICE <{service.url}> {{ ?x ?p ?o }} }}"))
    told = str(caught.value)
    assert told.startswith("a service that the query calls has failed: ")
    assert why in told
    assert "\n" not in told


def test_a_faulty_query_beside_services_is_told_as_such() -> None:
    """Where services are allowed, a query that calls none has its own faults."""
    with open_store(services=["http://127.0.0.1:9/x"]) as store, pytest.raises(BadQuery, match="does not parse"):
        store.query("ASK { nonsense }")


def test_an_endpoint_is_sent_no_calls(scripted: Callable[..., ScriptedEndpoint]) -> None:
    """What would call a service that is not allowed is not sent to an endpoint: no query, no update, none of rdflib."""
    endpoint = scripted(answer(YES))
    store = open_store(endpoint.url, services=["http://allowed/"])
    with pytest.raises(BadQuery, match=r"calls SERVICE <http://127\.0\.0\.1:9/x>, which is not allowed"):
        store.query(f"ASK {{ SERVICE {S} }}")
    with pytest.raises(BadQuery, match="calls SERVICE"):
        store.graph().query(f"ASK {{ SERVICE {S} }}")
    for update in (f"LOAD <{X}>", f"INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE {S} }}", "LOAD <http://allowed/>"):
        with pytest.raises(BadQuery, match="the update calls"):
            store.update(update)
    assert endpoint.seen == []


# Graphs that an update reads.


@pytest.mark.parametrize(
    ("update", "expected"),
    [
        ("INSERT { ?s a ?o } WHERE { ?s ?p ?o }", "INSERT { ?s a ?o } USING <urn:g> WHERE { ?s ?p ?o }"),
        ("DELETE { ?s ?p 'WHERE' } WHERE {}", "DELETE { ?s ?p 'WHERE' } USING <urn:g> WHERE {}"),
        ("INSERT DATA { <a> <b> <c> }", "INSERT DATA { <a> <b> <c> }"),
        (
            "DELETE {} WHERE {} ; INSERT {} WHERE {}",
            "DELETE {} USING <urn:g> WHERE {} ; INSERT {} USING <urn:g> WHERE {}",
        ),
        ("PREFIX where: <urn:> INSERT {} WHERE {}", "PREFIX where: <urn:> INSERT {} USING <urn:g> WHERE {}"),
        (
            "INSERT {} WHERE { { SELECT * WHERE { ?s ?p '}' } } } ; DELETE {} where { ?s ?p ?o }",
            "INSERT {} USING <urn:g> WHERE { { SELECT * WHERE { ?s ?p '}' } } } ; "
            "DELETE {} USING <urn:g> where { ?s ?p ?o }",
        ),
        (
            "INSERT {} WHERE { { SELECT * where { ?s ?p '}' } } } ; DELETE {} where { ?s ?p ?o }",
            "INSERT {} USING <urn:g> WHERE { { SELECT * where { ?s ?p '}' } } } ; "
            "DELETE {} USING <urn:g> where { ?s ?p ?o }",
        ),
        ("DELETE # WHERE\n {} WHERE {}", "DELETE # WHERE\n {} USING <urn:g> WHERE {}"),
        ("INSERT {} WHERE { ?using ?with <urn:where> }", "INSERT {} USING <urn:g> WHERE { ?using ?with <urn:where> }"),
    ],
)
def test_graphs_to_read_are_written_in(update: str, expected: str) -> None:
    """The graphs that the protocol names stand before the WHERE of each operation, and before none within it."""
    assert with_using(update, ["urn:g"]) == expected


def test_default_and_named_graphs_are_told_apart() -> None:
    """Graphs read as one come first, then those that GRAPH reaches; where none is named, the update is as it was."""
    assert with_using("INSERT {} WHERE {}", ["urn:a", "urn:b"], ["urn:c"]) == (
        "INSERT {} USING <urn:a> USING <urn:b> USING NAMED <urn:c> WHERE {}"
    )
    assert with_using("WITH <urn:x> DELETE {} WHERE {}") == "WITH <urn:x> DELETE {} WHERE {}"


@pytest.mark.parametrize("update", ["DELETE WHERE { ?s ?p ?o }", "INSERT {} WHERE {} ; delete # all\n where {}"])
def test_delete_where_takes_no_graphs(update: str) -> None:
    """DELETE WHERE, which has no place for graphs to read, is refused rather than carried out on all of them."""
    with pytest.raises(BadQuery, match=r"^DELETE WHERE has no place for graphs"):
        with_using(update, ["urn:g"])


@pytest.mark.parametrize(
    "update",
    [
        *("WITH <urn:x> DELETE {} WHERE {}", "with <urn:x> DELETE {} WHERE {}"),
        *("DELETE {} USING NAMED <urn:x> WHERE {}", "INSERT {} WHERE {} ; DELETE {} using <urn:x> WHERE {}"),
    ],
)
def test_graphs_are_named_once(update: str) -> None:
    """An update that names its graphs itself is refused where the request names graphs too."""
    with pytest.raises(BadQuery, match="names graphs too"):
        with_using(update, [], ["urn:g"])


# The server, with real endpoints.


def _filled(url: str, name: str) -> str:
    sparql = f"INSERT DATA {{ GRAPH <urn:g> {{ <urn:{name}> <urn:is> '{name}' }} }}"
    answered = ask(url, "/update", method="POST", body={"update": sparql})
    assert answered.status == 204
    return f"{url}/query"


def _served(folder: Path) -> Path:
    with open_store(folder / "store", is_writable=True) as store:
        store.update("INSERT DATA { GRAPH <urn:g> { <urn:here> <urn:is> 'here' } }")
    return folder / "store"


def _of(*urls: str) -> str:
    parts = [f"{{ SERVICE <{url}> {{ GRAPH ?g{n} {{ ?s{n} <urn:is> ?name }} }} }}" for n, url in enumerate(urls)]
    return f"SELECT DISTINCT ?name {{ {{ ?s <urn:is> ?name }} UNION {' UNION '.join(parts)} }} ORDER BY ?name"


@pytest.mark.server
def test_two_services(tmp_path: Path, plain_server: str, union_server: str) -> None:
    """Of two endpoints the allowed one is called and the other refused, even with SILENT; both where both may be."""
    one, two = _filled(plain_server, "one"), _filled(union_server, "two")
    store = _served(tmp_path)
    with site_server("--store", store, "--allow-service", one) as site:
        assert select(site, _of(one)) == [("here",), ("one",)]
        for query in (_of(two), _of(one, two), _of(two).replace("SERVICE", "SERVICE SILENT")):
            refused = ask(site, "/sparql", method="POST", body={"query": query})
            assert refused.status == 400
            assert f"SERVICE <{two}>, which is not allowed" in refused.json()["detail"]
        wrong = one.replace("/query", "/none")
        assert ask(site, "/sparql", method="POST", body={"query": _of(wrong)}).status == 400
    with site_server("--store", store, "--allow-service", one, "--allow-service", two) as site:
        assert select(site, _of(one, two)) == [("here",), ("one",), ("two",)]


def _named(answer: Solutions) -> list[str]:
    return [row[0].value for row in answer]  # type: ignore[union-attr]


@pytest.mark.server
def test_an_endpoint_calls_an_allowed_service(plain_server: str, union_server: str) -> None:
    """An endpoint is sent a query that calls the service that was allowed, and none that calls another."""
    one, two = _filled(plain_server, "one"), _filled(union_server, "two")
    query = f"SELECT ?name {{ SERVICE <{two}> {{ GRAPH ?g {{ <urn:two> <urn:is> ?name }} }} }}"
    with open_store(one, services=[two]) as store:
        assert _named(store.select(query)) == ["two"]
        with pytest.raises(BadQuery, match="which is not allowed"):
            store.query(query.replace(two, one))
    with open_store(one) as store, pytest.raises(BadQuery, match="which is not allowed"):
        store.query(query)


@pytest.mark.server
@pytest.mark.parametrize("kind", ["folder", "endpoint"])
def test_the_command_calls_allowed_services(tmp_path: Path, plain_server: str, union_server: str, kind: str) -> None:
    """`stpgraph query` calls the services that --allow-service names, from a folder and from an endpoint."""
    one, two = _filled(plain_server, "one"), _filled(union_server, "two")
    store = str(_served(tmp_path)) if kind == "folder" else one
    query = f"SELECT ?name {{ SERVICE <{two}> {{ GRAPH ?g {{ <urn:two> <urn:is> ?name }} }} }}"
    asked = ("query", "--store", store, "--format", "csv", "-e", query)
    allowed = run(*asked, "--allow-service", X, "--allow-service", two)
    assert allowed.data == b"name\r\ntwo\r\n"
    refused = run(*asked)
    assert refused.status == 2
    assert f"calls SERVICE <{two}>, which is not allowed" in refused.err
    assert run(*asked, "--allow-service", "nowhere").status == 2


_OF_ONES_OWN = """#+ summary: What another place says
#+ description: Asks another endpoint.
#+ columns:
#+   name: {{type: text, meaning: "what it is called there"}}
SELECT ?name {{ SERVICE <{url}> {{ GRAPH ?g {{ <urn:two> <urn:is> ?name }} }} }} ORDER BY ?name
"""


@pytest.mark.server
def test_a_question_calls_an_allowed_service(tmp_path: Path, union_server: str) -> None:
    """A question of one's own that calls a service is answered where that was allowed, in Python too."""
    two = _filled(union_server, "two")
    (tmp_path / "elsewhere.rq").write_text(_OF_ONES_OWN.format(url=two), encoding="utf-8")
    asked = ("ask", "--queries", str(tmp_path), "elsewhere", "--store", str(_served(tmp_path)), "--format", "csv")
    assert run(*asked, "--allow-service", two).data.decode("utf-8-sig").split() == ["name", "two"]
    assert f"calls SERVICE <{two}>, which is not allowed" in run(*asked).err
    assert b"--allow-service" not in run("ask", "who-said-what", "--help").data
    with stpgraph.open(queries=tmp_path, services=[two]) as graph:
        assert graph.ask("elsewhere").rows == (("two",),)
    with stpgraph.open(queries=tmp_path) as graph, pytest.raises(BadQuery, match="which is not allowed"):
        graph.ask("elsewhere")


@pytest.mark.server
def test_a_service_that_fails(tmp_path: Path) -> None:
    """An allowed service that does not answer is told as an error, and with SILENT is passed over."""
    url = f"http://127.0.0.1:{free_port()}/sparql"
    with site_server("--store", _served(tmp_path), "--allow-service", url) as site:
        failed = ask(site, "/sparql", method="POST", body={"query": _of(url)})
        assert failed.status == 502
        assert "a service that the query calls has failed" in failed.json()["detail"]
        assert str(tmp_path) not in failed.json()["detail"]
        assert ("here",) in select(site, _of(url).replace("SERVICE", "SERVICE SILENT"))


@pytest.mark.server
def test_internal_addresses(site: str, ears: Ears) -> None:
    """No address is called that was not allowed: not this machine's, not a cloud's, no file, by query or update."""
    ears.heard.clear()
    addresses = [ears.url, ears.url.replace("127.0.0.1", "localhost"), "http://169.254.169.254/latest/meta-data/"]
    for address in (*addresses, "file:///etc/passwd", "ftp://127.0.0.1/x", "http://[::1]/"):
        query = urlencode({"query": f"SELECT * {{ SERVICE SILENT <{address}> {{ ?s ?p ?o }} }}"})
        assert ask(site, f"/sparql?{query}").status == 400
        for update in (
            f"LOAD <{address}>",
            f"INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE SILENT <{address}> {{ ?s ?p ?o }} }}",
        ):
            sent = ask(site, "/sparql", method="POST", body={"update": update}, authorization=f"Bearer {TOKEN}")
            assert sent.status == 400
            assert "which is not allowed" in sent.json()["detail"]
    assert ears.heard == []
