"""Publishing: what reaches an endpoint is what the source holds, and what broke off left nothing in part."""

from __future__ import annotations

import hashlib
import http.client
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat

from stpgraph.building import load_shipped
from stpgraph.errors import EndpointError, StoreError, UsageError
from stpgraph.publishing import Digest, Endpoint, Outcome, digests_of, publish, sending, survey
from stpgraph.questions import ask
from stpgraph.store import EmbeddedStore, Store, open_store
from stpgraph.vocabulary import RDF, SKOS, STP, XSD, mint
from tests.commands import run
from tests.other_servers import Gate
from tests.servers import Virtuoso, answer

PEOPLE, BODIES, WORDS = mint("graph", "people"), mint("graph", "bodies"), mint("graph", "gazette", "words")
JO, KIT, ANYSHIRE = mint("person", "jo-doe"), mint("person", "kit-poe"), mint("organisation", "anyshire")
QUADS = (
    Quad(JO, RDF.type, STP.Person, PEOPLE),
    Quad(JO, SKOS.prefLabel, Literal("Jo Doe", language="en"), PEOPLE),
    Quad(ANYSHIRE, RDF.type, STP.Organisation, BODIES),
)
OLD = Quad(JO, SKOS.note, Literal("as it was"), PEOPLE)

#: Terms that engines keep each in their own way, save those that they change; all in one graph.
ODD = """@prefix x: <http://www.w3.org/2001/XMLSchema#> .
<urn:s> <urn:p> 1.50, 4.0, 1e3, 3, -5.5, -0.25, 0.000001, 5300000000.55, "5"^^x:int, "7"^^x:nonNegativeInteger,
  "5.5"^^x:float, "0.1"^^x:float, "1e30"^^x:double, "99999999999999999999"^^x:integer,
  true, "0"^^x:boolean, "2016"^^x:gYear, "2016-03"^^x:gYearMonth, "2017-01-26"^^x:date, "2017-01-26Z"^^x:date,
  "2026-11-22T00:00:00Z"^^x:dateTime, "2026-11-22T00:00:01.50+01:00"^^x:dateTime, "12:00:00.5"^^x:time,
  "", "plain", "a b", "\\\\", "'", "{}", "%C3", "@", "two\\r\\nlines \\"quoted\\"", "tag"@de-CH-1996, "eng"@en-GB,
  "£3.5bn", "ünïcode that is long enough to be kept apart, 😀", "名前"@ja, "e\\u0301", "é"@fr, "x"^^<urn:datatype> .
<urn:é→> <urn:ö> <urn:名?x=%C3>, "é" .
"""


def store_of(*quads: Quad) -> EmbeddedStore:
    """A store in memory that holds quads."""
    made = EmbeddedStore.in_memory()
    made.add(quads)
    return made


def shipped() -> EmbeddedStore:
    """A store in memory with the graph that ships."""
    made = EmbeddedStore.in_memory()
    load_shipped(made)
    return made


def digest(store: Store, graph: NamedNode = PEOPLE) -> Digest:
    """The digest of one graph."""
    return digests_of(store.select, [graph]).get(graph, Digest())


def outcomes(source: Store, target: Endpoint) -> dict[NamedNode, Outcome]:
    """Publish, and return what became of each graph."""
    return {one.graph: one.outcome for one in publish(source, target)}


@pytest.fixture
def server(plain_server: str) -> str:
    """Return the address of an Oxigraph server that holds nothing."""
    held(plain_server).update("DROP ALL")
    return plain_server


def held(server: str) -> Store:
    """Return what a server holds."""
    return open_store(f"{server}/query", update_url=f"{server}/update")


def target_at(server: str, *, timeout: float = 60) -> Endpoint:
    """Return an Oxigraph server to publish to."""
    return Endpoint(f"{server}/query", timeout=timeout)


# The digest


def test_a_digest_is_made_of_the_decimal_digits_of_hashes() -> None:
    """One triple: the first eight and the next eight decimal digits of the hash of its line."""
    line = "https://w3id.org/stpgraph/id/person/jo-doe http://www.w3.org/2004/02/skos/core#prefLabel en Jo Doe"
    digits = [character for character in hashlib.sha256(line.encode()).hexdigest() if character.isdecimal()]
    first, second = int("".join(digits[:8])), int("".join(digits[8:16]))
    assert digest(store_of(QUADS[1])) == Digest(count=1, sums=(first, second))


def test_a_graph_that_holds_nothing_has_no_digest() -> None:
    """Only graphs with triples are in the answer."""
    assert digests_of(store_of(*QUADS).select, [mint("graph", "none")]) == {}


def test_a_digest_sees_no_blank_nodes() -> None:
    """A blank node leaves the count and takes the sums."""
    assert digest(store_of(QUADS[0], Quad(BlankNode(), RDF.type, STP.Person, PEOPLE))) == Digest(count=2, sums=None)


_letters = st.text("ab é→", max_size=4)
_iris = st.sampled_from([JO, KIT, ANYSHIRE, SKOS.note, SKOS.prefLabel, NamedNode("urn:é")])
_values = st.one_of(
    _iris,
    st.builds(Literal, _letters),
    st.builds(lambda text, tag: Literal(text, language=tag), _letters, st.sampled_from(["en", "fr-ca"])),
    st.integers(-(10**14), 10**14).map(lambda number: Literal(str(number), datatype=XSD.integer)),
    st.integers(-(10**9), 10**9).map(lambda millionths: Literal(f"{millionths / 10**6:.6f}", datatype=XSD.decimal)),
    st.dates().map(lambda day: Literal(day.isoformat(), datatype=XSD.date)),
)
_quads = st.builds(Quad, _iris, _iris, _values, st.just(PEOPLE))


@given(st.lists(_quads, min_size=1, max_size=8), st.randoms())
def test_order_is_not_seen(quads: list[Quad], random: object) -> None:
    """The same triples in another order have the same digest."""
    turned = sorted(quads, key=lambda quad: hashlib.md5(f"{random}{quad}".encode()).digest())
    assert digest(store_of(*quads)) == digest(store_of(*turned))


@given(st.sets(_quads, min_size=1, max_size=8), _quads)
def test_a_change_of_one_term_is_seen(quads: set[Quad], other: Quad) -> None:
    """Whichever term of a triple is another, subject, predicate or object, the digest is another."""
    one, *rest = quads
    before = set(store_of(*quads).quads())
    for changed in (
        Quad(other.subject, one.predicate, one.object, PEOPLE),
        Quad(one.subject, other.predicate, one.object, PEOPLE),
        Quad(one.subject, one.predicate, other.object, PEOPLE),
    ):
        store = store_of(changed, *rest)
        is_same = _by_value(store.quads()) == _by_value(before)
        assert (digest(store) == digest(store_of(*quads))) is is_same


def _by_value(quads: object) -> set[tuple[object, ...]]:
    assert isinstance(quads, set) or hasattr(quads, "__iter__")
    return {(quad.subject, quad.predicate, _value(quad.object)) for quad in quads}


def _value(term: object) -> object:
    is_number = isinstance(term, Literal) and term.datatype in {XSD.integer, XSD.decimal}
    return float(term.value) if is_number and isinstance(term, Literal) else term


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Literal("gift", language="en"), Literal("gift", language="de")),
        (Literal("gift", language="en"), Literal("gift")),
        (Literal("2016", datatype=XSD.gYear), Literal("2016")),
        (Literal("urn:x"), NamedNode("urn:x")),
        (Literal("41", datatype=XSD.integer), Literal("-41", datatype=XSD.integer)),
        (Literal("0.000001", datatype=XSD.decimal), Literal("0.000002", datatype=XSD.decimal)),
        (Literal("5"), Literal("5", datatype=XSD.integer)),
    ],
)
def test_small_changes_are_seen(one: Literal, other: Literal | NamedNode) -> None:
    """A language, a datatype, a sign or a millionth makes another digest."""
    first, second = (digest(store_of(Quad(JO, SKOS.note, term, PEOPLE))) for term in (one, other))
    assert first != second


def test_numbers_that_are_swapped_are_seen() -> None:
    """A number counts with its triple, not only in a sum of all."""
    three, four = (Literal(text, datatype=XSD.integer) for text in "34")
    first = store_of(Quad(JO, SKOS.note, three, PEOPLE), Quad(KIT, SKOS.note, four, PEOPLE))
    second = store_of(Quad(JO, SKOS.note, four, PEOPLE), Quad(KIT, SKOS.note, three, PEOPLE))
    assert digest(first) != digest(second)


@pytest.mark.parametrize(
    ("one", "other", "datatypes"),
    [
        ("1.50", "1.5", ("decimal", "decimal")),
        ("4.0", "4", ("decimal", "integer")),
        ("5", "5", ("int", "integer")),
        ("1e3", "1000", ("double", "decimal")),
        ("2026-11-22T00:00:00.50Z", "2026-11-22T00:00:00.500Z", ("dateTime", "dateTime")),
    ],
)
def test_what_engines_write_otherwise_is_the_same(one: str, other: str, datatypes: tuple[str, str]) -> None:
    """A number is its value, whatever its type, and a dateTime is seen to the second."""
    first, second = (
        Literal(text, datatype=NamedNode(f"http://www.w3.org/2001/XMLSchema#{name}"))
        for text, name in zip((one, other), datatypes, strict=True)
    )
    digests = [digest(store_of(Quad(JO, SKOS.note, term, PEOPLE))) for term in (first, second)]
    assert digests[0] == digests[1]


# To Oxigraph


@pytest.mark.server
def test_the_graph_that_ships_goes_to_oxigraph_and_answers_there(server: str) -> None:
    """Every graph is sent, all quads are there, questions answer the same, and a second run sends nothing."""
    source = shipped()
    assert set(outcomes(source, target_at(server)).values()) == {Outcome.SENT}
    there = held(server)
    assert set(there.quads()) == set(source.quads())
    assert ask(there, "who-said-what").rows == ask(source, "who-said-what").rows
    again = outcomes(source, target_at(server))
    assert set(again.values()) == {Outcome.SAME}
    assert tuple(again) == source.graph_names()


@pytest.mark.server
def test_a_changed_graph_alone_is_replaced(server: str) -> None:
    """What was changed or is new is sent, what is the same is not, and what only the endpoint has stays."""
    there = held(server)
    others = Quad(KIT, RDF.type, STP.Person, mint("graph", "others"))
    there.add([OLD, QUADS[2], others])
    assert outcomes(store_of(*QUADS), target_at(server)) == {BODIES: Outcome.SAME, PEOPLE: Outcome.REPLACED}
    assert set(there.quads()) == {*QUADS, others}


@pytest.mark.server
def test_odd_terms_arrive_at_oxigraph(server: str) -> None:
    """Every kind of term is verified in place, and there again."""
    source = open_store()
    source.load(ODD.encode(), format=RdfFormat.TURTLE, graph=PEOPLE)
    assert outcomes(source, target_at(server)) == {PEOPLE: Outcome.SENT}
    assert outcomes(source, target_at(server)) == {PEOPLE: Outcome.SAME}


@pytest.mark.server
def test_words_and_nameless_triples_are_not_sent(server: str) -> None:
    """The exact words of texts are their publishers'; they and triples in no graph are counted, and stay here."""
    words = Quad(JO, SKOS.note, Literal("word for word"), WORDS)
    source = store_of(*QUADS, words, Quad(JO, SKOS.note, Literal("nowhere")))
    found = survey(source, target_at(server))
    assert (found.words, found.unnamed_count) == ((WORDS,), 1)
    assert set(outcomes(source, target_at(server))) == {PEOPLE, BODIES}
    assert set(held(server).quads()) == set(QUADS)


@pytest.mark.server
def test_a_large_graph_goes_in_parts(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a graph is larger than a request may be, it arrives whole all the same."""
    monkeypatch.setattr(sending, "_REQUEST_BYTES", 300)
    quads = [Quad(JO, SKOS.note, Literal(f"note {number}"), PEOPLE) for number in range(20)]
    assert outcomes(store_of(*quads), target_at(server)) == {PEOPLE: Outcome.SENT}
    assert set(held(server).quads()) == set(quads)


@pytest.mark.server
def test_blank_nodes_are_refused_before_anything_is_sent(server: str) -> None:
    """A graph with a blank node is named, and the others are not sent either."""
    source = store_of(*QUADS, Quad(JO, SKOS.note, BlankNode("x"), BODIES))
    with pytest.raises(StoreError, match="has a blank node") as caught:
        outcomes(source, target_at(server))
    assert caught.value.where == BODIES.value
    assert len(held(server)) == 0


@pytest.mark.server
def test_blank_nodes_at_the_endpoint_are_replaced(server: str) -> None:
    """An old graph that cannot be verified, because it has blank nodes, gives way."""
    held(server).update(f"INSERT DATA {{ GRAPH {PEOPLE} {{ [] a stp:Person . {JO} a stp:Person }} }}")
    assert outcomes(store_of(QUADS[0], QUADS[1]), target_at(server)) == {PEOPLE: Outcome.REPLACED}
    assert set(held(server).quads()) == {QUADS[0], QUADS[1]}


# What breaks off


@dataclass
class Relay:
    """A server before a server, which may lose, change, hold or break off what goes through.

    Attributes:
        behind: the server's address.
        breaks_at: the number of the request at which it dies, to stay dead; none where 0.
        is_late: whether that request is carried out before it dies.
        change: what it makes of a body that is put.
        seen: the requests so far, as method and path.
        waits_at: the number of the request that it holds for ever.
    """

    behind: str
    breaks_at: int = 0
    is_late: bool = False
    change: Callable[[bytes], bytes] = field(default=lambda body: body)
    seen: list[str] = field(default_factory=list)
    waits_at: int = 0
    is_waiting: threading.Event = field(default_factory=threading.Event)
    closing: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> str:
        relay = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                relay.pass_on(self)

            do_GET = do_PUT = do_POST  # noqa: N815 - the names that the server calls

            def log_message(self, format: str, *args: object) -> None:
                """Keep the tests' output clean."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def pass_on(self, handler: BaseHTTPRequestHandler) -> None:
        """Pass a request on, and its answer back, unless this is where it breaks."""
        body = handler.rfile.read(int(handler.headers.get("Content-Length", 0)))
        self.seen.append(f"{handler.command} {handler.path.partition('?')[0]}")
        number = len(self.seen)
        if number == self.waits_at:
            self.is_waiting.set()
            self.closing.wait(60)
            return
        is_dead = 0 < self.breaks_at <= number
        if is_dead and not (self.is_late and number == self.breaks_at):
            return  # without an answer: the connection closes
        body = self.change(body) if body and handler.path.startswith("/store") else body
        status, answered, media = self._behind(handler, body)
        if is_dead:
            return
        handler.send_response(status)
        handler.send_header("Content-Type", media)
        handler.send_header("Content-Length", str(len(answered)))
        handler.end_headers()
        handler.wfile.write(answered)

    def _behind(self, handler: BaseHTTPRequestHandler, body: bytes) -> tuple[int, bytes, str]:
        connection = http.client.HTTPConnection(self.behind.removeprefix("http://"), timeout=60)
        kept = {name: handler.headers[name] for name in ("Content-Type", "Accept") if name in handler.headers}
        connection.request(handler.command, handler.path, body or None, kept)
        answered = connection.getresponse()
        result = answered.status, answered.read(), answered.getheader("Content-Type", "text/plain")
        connection.close()
        return result


def _fault(source: Store, url: str) -> str | None:
    """What publishing fails with, or None."""
    try:
        outcomes(source, target_at(url, timeout=0.45))
    except EndpointError as fault:
        return str(fault)
    return None


def _is_whole(server: str, before: set[Quad], after: set[Quad]) -> bool:
    """Whether each graph is as it was or as it shall be, and no other is there but such as are being sent."""
    there = set(held(server).quads())
    ours = {quad for quad in there if "/stpgraph-being-sent/" not in str(quad.graph_name)}

    def of(graph: NamedNode, quads: set[Quad]) -> set[Quad]:
        return {quad for quad in quads if quad.graph_name == graph}

    return all(of(graph, ours) in (of(graph, before), of(graph, after)) for graph in (PEOPLE, BODIES))


@pytest.mark.server
@pytest.mark.parametrize("is_late", [False, True], ids=["request lost", "answer lost"])
def test_breaking_off_anywhere_leaves_graphs_whole(server: str, *, is_late: bool) -> None:
    """Whichever request is the last that goes through, each graph is the old or the new, and the next run finishes."""
    source = store_of(*QUADS)
    for number in range(1, 100):
        held(server).update("DROP ALL")
        held(server).add([OLD])
        relay = Relay(behind=server, breaks_at=number, is_late=is_late)
        with relay as url:
            told = _fault(source, url)
        if told is None:
            break
        assert "not reached, or broke off" in told
        assert _is_whole(server, {OLD}, set(QUADS)), number
        outcomes(source, target_at(server))
        assert set(held(server).quads()) == set(QUADS), number
    assert number == len(relay.seen) + 1, "it went through once nothing broke"
    assert number > 8


@pytest.mark.server
@pytest.mark.parametrize("place", ["/store", "/update"])
def test_a_killed_run_leaves_old_graphs_and_the_next_finishes(server: str, place: str, tmp_path: Path) -> None:
    """A process that is killed while it sends a graph, or an update, has changed nothing that one asks for."""
    folder = tmp_path / "store"
    with open_store(folder, is_writable=True) as made:
        made.add(QUADS)
    held(server).add([OLD])
    counted = Relay(behind=server)
    with counted as url:
        outcomes(store_of(*QUADS), target_at(url))
    held(server).update("DROP ALL")
    held(server).add([OLD])
    relay = Relay(behind=server, waits_at=_position(counted.seen, place))
    with relay as url:
        process = subprocess.Popen(
            [sys.executable, "-m", "stpgraph", "publish", "--from", folder, "--store", f"{url}/query"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        assert relay.is_waiting.wait(60)
        process.kill()
        process.wait(60)
    assert {quad for quad in held(server).quads() if quad.graph_name == PEOPLE} == {OLD}
    outcomes(store_of(*QUADS), target_at(server))
    assert set(held(server).quads()) == set(QUADS)


def _position(seen: list[str], place: str) -> int:
    """The number of the last graph that is sent, or of the first update, among requests."""
    found = [number for number, request in enumerate(seen, 1) if request == f"POST {place}"]
    return found[-1] if place == "/store" else found[0]


@pytest.mark.server
def test_what_was_sent_whole_before_is_not_sent_again(server: str) -> None:
    """After a run that broke off at the first update, the next puts in place what is there, and sends nothing."""
    source = store_of(*QUADS)
    counted = Relay(behind=server)
    with counted as url:
        outcomes(source, target_at(url))
    held(server).update("DROP ALL")
    with Relay(behind=server, breaks_at=_position(counted.seen, "/update")) as url, pytest.raises(EndpointError):
        outcomes(source, target_at(url, timeout=0.45))
    relay = Relay(behind=server)
    with relay as url:
        assert set(outcomes(source, target_at(url)).values()) == {Outcome.SENT}
    assert "POST /store" not in relay.seen
    assert set(held(server).quads()) == set(QUADS)


@pytest.mark.server
@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda body: body.splitlines(keepends=True)[0], "holds 1 triples where 2 were sent"),
        (lambda body: body.replace(b"Jo Doe", b"Jo Dee"), "holds as many triples as were sent, 2, but not the same"),
    ],
    ids=["lost", "changed"],
)
def test_a_server_that_changes_something_is_found_out(server: str, change: Callable[[bytes], bytes], told: str) -> None:
    """A triple that is lost or changed on the way is told of, and the old graph stays."""
    held(server).add([OLD])
    with Relay(behind=server, change=change) as url, pytest.raises(EndpointError, match=told) as caught:
        outcomes(store_of(QUADS[0], QUADS[1]), target_at(url))
    assert f"for the graph {PEOPLE.value}; the old one is as it was" in str(caught.value)
    assert set(held(server).quads()) == {OLD}


# What is refused


@pytest.mark.server
def test_an_endpoint_without_graphs_says_so(server: str) -> None:
    """Where no graphs are taken, the error names the option and the other way."""
    target = Endpoint(f"{server}/query", graphs_url=f"{server}/nothing")
    with pytest.raises(EndpointError, match="--graph-store-url, or fill it with `stpgraph load`") as caught:
        outcomes(store_of(*QUADS), target)
    assert caught.value.status == 404
    assert len(held(server)) == 0


def test_an_unknown_address_asks_for_the_other() -> None:
    """An address that tells nothing of where graphs go is refused with the option to give."""
    with pytest.raises(EndpointError, match="give it as --graph-store-url"):
        Endpoint("http://127.0.0.1:9/ask")


def test_what_is_no_address_is_refused() -> None:
    """Nothing but http and https is opened."""
    with pytest.raises(UsageError, match="is not the address of an endpoint"):
        Endpoint("file:///etc/hosts")


@pytest.mark.server
def test_a_graph_that_is_not_there_is_refused(server: str) -> None:
    """Naming a graph that the source does not have suggests one that it has."""
    with pytest.raises(UsageError, match=r"did you mean <https://w3id\.org/stpgraph/id/graph/people>"):
        survey(store_of(*QUADS), target_at(server), only=[mint("graph", "peeple")])


def test_a_password_that_is_wanted_is_told_of(scripted: Callable[..., object]) -> None:
    """401 without a user says which variables to set."""
    endpoint = scripted(answer(b"who are you?", status=401))
    target = Endpoint(endpoint.url, graphs_url=endpoint.url)  # type: ignore[attr-defined]
    with pytest.raises(EndpointError, match=r"answered 401: who are you.; it wants a user and a password; set STPG"):
        outcomes(store_of(*QUADS), target)


# Logins


def entering(url: str, gate: Gate, *, password: str = "") -> Endpoint:
    """Return a guarded server to publish to, with the password that opens it or another."""
    return Endpoint(f"{url}/query", user=gate.user, password=password or gate.password, timeout=20)


@pytest.mark.server
@pytest.mark.parametrize("way", ["basic", "digest"])
def test_a_guarded_server_is_published_to(server: str, way: str) -> None:
    """Where all of an engine wants a password, its addresses are found, and queries, updates and graphs arrive."""
    gate = Gate(behind=server, way=way)
    with gate as url:
        target = entering(url, gate)
        assert target.addresses.graphs == f"{url}/store"
        assert outcomes(store_of(*QUADS), target) == {BODIES: Outcome.SENT, PEOPLE: Outcome.SENT}
    assert set(held(server).quads()) == set(QUADS)
    asked = {path for _, path, has_told in gate.seen if not has_told}
    assert asked == {"/store", "/query", "/update"}, "nothing is told to an address before it asks"
    assert sum(not has_told for _, _, has_told in gate.seen) == 3, "and each asks once"


@pytest.mark.server
@pytest.mark.parametrize("way", ["basic", "digest"])
def test_an_engine_behind_a_password_is_told_from_others(server: str, way: str) -> None:
    """A gate that answers 401 to every address hides which are there; the password shows it."""
    gate = Gate(behind=server, way=way, refuses="GET /store", status=404)
    with gate as url, pytest.raises(EndpointError, match="give it as --graph-store-url"):
        entering(url, gate)
    assert ("GET", "/data", True) in gate.seen


@pytest.mark.server
@pytest.mark.parametrize("way", ["basic", "digest"])
def test_a_password_that_is_wrong_is_not_told(server: str, way: str, capfd: pytest.CaptureFixture[str]) -> None:
    """The error is one line, names the variables, and has neither the password nor what is made of it."""
    gate = Gate(behind=server, way=way)
    with gate as url:
        told = {"STPGRAPH_USER": gate.user, "STPGRAPH_PASSWORD": "wröng-secret"}
        with pytest.MonkeyPatch.context() as patch:
            for name, value in told.items():
                patch.setenv(name, value)
            done = run("publish", "--store", f"{url}/query", "--debug")
    assert done.status == 2
    assert done.err.splitlines()[-1] == (
        f"error: {url}/query: the endpoint answered 401: no entry; "
        "it does not know this user and password; check STPGRAPH_USER and STPGRAPH_PASSWORD"
    )
    everything = done.out + done.err + "".join(capfd.readouterr())
    assert "secret" not in everything
    assert "am8gZG9l" not in everything, "the user in base64, with which a Basic login begins"
    assert len(held(server)) == 0


@pytest.mark.server
def test_a_way_that_is_not_known_is_named(server: str) -> None:
    """A server that wants a token is told from one that does not know the password."""
    gate = Gate(behind=server, way="bearer")
    with gate as url, pytest.raises(EndpointError, match="it wants a login by Bearer; HTTP's basic and digest are"):
        outcomes(store_of(*QUADS), entering(url, gate))


@pytest.mark.server
@pytest.mark.parametrize(
    ("status", "told"),
    [
        (403, "answered 403: not so; it does not allow this; give a user who may"),
        (407, "answered 407: not so; the proxy on the way wants a login; give it in the proxy's address"),
        (500, "answered 500: not so; see its log, and publish again"),
    ],
)
@pytest.mark.parametrize("refuses", ["POST /store", "POST /update"])
def test_what_may_only_be_read_stays_as_it_is(server: str, refuses: str, status: int, told: str) -> None:
    """An endpoint that answers questions and takes nothing says what to do, and has the old graph."""
    held(server).add([OLD])
    with Gate(behind=server, refuses=refuses, status=status) as url, pytest.raises(EndpointError, match=told):
        outcomes(store_of(*QUADS), target_at(url))
    assert {quad for quad in held(server).quads() if quad.graph_name == PEOPLE} == {OLD}


@pytest.mark.server
@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_password_does_not_follow_to_another_host(server: str, status: int) -> None:
    """A redirect is told of and not followed: neither the password nor the graph goes where it points."""
    other = Gate(behind=server)
    with other as there:
        gate = Gate(behind=server, way="basic", refuses="POST /query", status=status)
        gate.headers = {"Location": f"{there.replace('//', '//somebody:secret@')}/query"}
        with gate as url, pytest.raises(EndpointError, match=f"it has moved: give {there}/query instead"):
            outcomes(store_of(*QUADS), entering(url, gate))
    assert other.seen == []


# Trouble on the way


@pytest.mark.server
@pytest.mark.parametrize("status", [429, 503])
def test_not_now_is_tried_again_when_it_was_asked_for(server: str, status: int) -> None:
    """An endpoint that is busy gets each request again after the seconds that it names."""
    gate = Gate(behind=server, refuses="POST /", status=status, headers={"Retry-After": "1"}, patience=2)
    with gate as url:
        assert set(outcomes(store_of(*QUADS), target_at(url)).values()) == {Outcome.SENT}
    assert gate.patience == 0
    assert set(held(server).quads()) == set(QUADS)


@pytest.mark.server
def test_a_wait_that_is_too_long_is_told_of(server: str) -> None:
    """Where more patience is asked for than there is, the error names the seconds, at once."""
    gate = Gate(behind=server, refuses="POST /store", status=429, headers={"Retry-After": "3600"})
    with gate as url, pytest.raises(EndpointError, match="it asks to wait for 3600 s; publish again then"):
        outcomes(store_of(*QUADS), target_at(url))
    assert len(held(server)) == 0


@pytest.mark.server
@pytest.mark.parametrize("refuses", ["POST /query", "POST /store", "POST /update"])
def test_an_endpoint_that_hangs_is_left(server: str, refuses: str) -> None:
    """No answer within the time is an error that says so, and the old graph is as it was."""
    held(server).add([OLD])
    told = "no whole answer within 2 s; allow more with --timeout"
    with Gate(behind=server, refuses=refuses, hangs=True) as url, pytest.raises(EndpointError, match=told):
        outcomes(store_of(*QUADS), target_at(url, timeout=2))
    assert {quad for quad in held(server).quads() if quad.graph_name == PEOPLE} == {OLD}


@pytest.mark.server
def test_a_proxy_that_takes_no_large_requests_gets_small_ones(server: str) -> None:
    """A proxy that refuses 8 MB before it has read them is heard, and the graph goes in parts that it takes."""
    quads = [Quad(JO, SKOS.note, Literal(f"{number} {'x' * 9_000}"), PEOPLE) for number in range(1_000)]
    with Gate(behind=server, most_bytes=1_048_576) as url:
        assert outcomes(store_of(*quads), target_at(url)) == {PEOPLE: Outcome.SENT}
    assert digest(held(server)) == digest(store_of(*quads))


@pytest.mark.server
def test_one_triple_that_is_too_large_is_told_of(server: str) -> None:
    """A text of 5 MB does not come in parts: the error names what to raise, and the old graph is as it was."""
    held(server).add([OLD])
    long = Quad(JO, SKOS.note, Literal("x" * 5_000_000), PEOPLE)
    with Gate(behind=server, most_bytes=1_048_576) as url, pytest.raises(EndpointError, match="raise its limit"):
        outcomes(store_of(long), target_at(url))
    assert set(held(server).quads()) == {OLD}
    assert outcomes(store_of(long), target_at(server)) == {PEOPLE: Outcome.REPLACED}
    assert set(held(server).quads()) == {long}


@pytest.mark.server
def test_awkward_names_and_texts_arrive(server: str) -> None:
    """Graphs whose names want percent-encoding, control characters and a language in capitals are there again."""
    names = [NamedNode(f"urn:x:{tail}") for tail in ("a&b=c#d", "50%25+1", "é/名?x=%20", "a;b,c'd(e)")]
    terms = [
        Literal("\x01\x08\x0b\x1f\x7f\x85\u2028\ufffd\t\r\n"),
        Literal("x", language="en-GB"),
        Literal("1.50", datatype=XSD.decimal),
    ]
    quads = {Quad(JO, SKOS.note, term, name) for term in terms for name in names}
    assert set(outcomes(store_of(*quads), target_at(server))) == set(names)
    assert set(held(server).graph_names()) == set(names)
    assert len(held(server)) == 12
    assert set(outcomes(store_of(*quads), target_at(server)).values()) == {Outcome.SAME}


# Two at once


@pytest.mark.server
def test_a_run_that_another_overtook_does_not_empty_the_place(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another run puts the same graph in place, and removes what was sent, just before this one copies it."""
    source = store_of(*QUADS)
    before = sending._copy

    def overtaken(target: Endpoint, graph: NamedNode, beside: NamedNode) -> None:
        monkeypatch.setattr(sending, "_copy", before)
        assert outcomes(source, target_at(server))[graph] in set(Outcome)
        before(target, graph, beside)

    monkeypatch.setattr(sending, "_copy", overtaken)
    outcomes(source, target_at(server))
    assert set(held(server).quads()) == set(QUADS)


@pytest.mark.server
def test_a_run_with_another_graph_does_not_mix_into_this_one(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What another run sends for the same place goes beside it; here it takes this one's away, and is told of."""
    held(server).add([OLD])
    source, other = store_of(QUADS[0], QUADS[1]), store_of(QUADS[0])
    before = sending._copy

    def overtaken(target: Endpoint, graph: NamedNode, beside: NamedNode) -> None:
        monkeypatch.setattr(sending, "_copy", before)
        outcomes(other, target_at(server))
        before(target, graph, beside)

    monkeypatch.setattr(sending, "_copy", overtaken)
    with pytest.raises(EndpointError, match=r"holds 1 triples where 2 were sent .*; it was changed while"):
        outcomes(source, target_at(server))
    assert set(held(server).quads()) == {QUADS[0]}
    assert outcomes(source, target_at(server)) == {PEOPLE: Outcome.REPLACED}


@pytest.mark.server
def test_a_graph_that_changed_since_a_run_broke_off_is_sent_anew(server: str) -> None:
    """What was left half-sent is of no use for other content; it is removed, and the new graph put in place."""
    with Gate(behind=server, refuses="POST /update") as url, pytest.raises(EndpointError):
        outcomes(store_of(QUADS[0]), target_at(url, timeout=2))
    assert len(held(server)) == 1
    assert outcomes(store_of(QUADS[0], QUADS[1]), target_at(server)) == {PEOPLE: Outcome.SENT}
    assert set(held(server).quads()) == {QUADS[0], QUADS[1]}


# To Virtuoso


@pytest.fixture
def cleared(virtuoso: Virtuoso) -> Iterator[Virtuoso]:
    """Yield a Virtuoso, and take our graphs out of it again."""
    yield virtuoso
    target = Endpoint(virtuoso.url, graphs_url=virtuoso.graphs_url, update_url=virtuoso.url)
    rows = target.select("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } FILTER(STRSTARTS(STR(?g), 'https://w3id.org/')) }")
    for (graph,) in rows:
        target.update(f"DROP SILENT GRAPH {graph}")


@pytest.mark.server
def test_the_graph_that_ships_goes_to_virtuoso(cleared: Virtuoso) -> None:
    """Every graph is sent with a login by HTTP's digest, a second run sends nothing, a changed one is replaced."""
    source = shipped()
    target = Endpoint(cleared.url, user=cleared.user, password=cleared.password)
    assert target.addresses.graphs == cleared.graphs_login_url
    assert set(outcomes(source, target).values()) == {Outcome.SENT}
    assert set(outcomes(source, target).values()) == {Outcome.SAME}
    source.add([Quad(JO, RDF.type, STP.Person, mint("graph", "reference", "people"))])
    changed = {graph for graph, outcome in outcomes(source, target).items() if outcome is Outcome.REPLACED}
    assert changed == {mint("graph", "reference", "people")}
    assert survey(source, target).there == survey(source, target).wanted


@pytest.mark.server
def test_odd_terms_arrive_at_virtuoso(cleared: Virtuoso) -> None:
    """What Virtuoso keeps in a way of its own is the same to the digest, without a login as well."""
    source = open_store()
    source.load(ODD.encode(), format=RdfFormat.TURTLE, graph=PEOPLE)
    target = Endpoint(cleared.url)
    assert outcomes(source, target) == {PEOPLE: Outcome.SENT}
    assert outcomes(source, target) == {PEOPLE: Outcome.SAME}


@pytest.mark.server
def test_a_wrong_password_is_told_of(cleared: Virtuoso) -> None:
    """A login that is refused sends nothing, and says what to check."""
    target = Endpoint(cleared.url, user="dba", password="wrong")
    with pytest.raises(EndpointError, match=r"answered 401: .*; check STPGRAPH_USER and STPGRAPH_PASSWORD"):
        outcomes(store_of(*QUADS), target)
    found = survey(store_of(*QUADS), Endpoint(cleared.url))
    assert (found.there, found.beside) == ({}, {})


# The command


@pytest.mark.server
def test_the_command_says_what_became_of_what(server: str, tmp_path: Path) -> None:
    """The summary counts what was sent, replaced, there already and left alone; a line tells each change."""
    folder = tmp_path / "store"
    with open_store(folder, is_writable=True) as made:
        made.add(QUADS)
    held(server).add([OLD, Quad(KIT, RDF.type, STP.Person, mint("graph", "others"))])
    command = ("publish", "--from", folder, "--store", f"{server}/query")
    dry = run(*command, "--dry-run")
    assert (dry.status, dry.out) == (
        0,
        f"{server}/query: 2 graphs: 1 to be sent, 1 to be replaced, 0 already there; "
        "1 other graphs left alone (graph/others); 3 triples in all; nothing was sent\n",
    )
    assert OLD in set(held(server).quads())
    done = run(*command, "--only", "people")
    assert done.out.startswith(f"{server}/query: 1 graphs: 0 sent, 1 replaced, 0 already there; ")
    assert done.err == "replaced: graph/people, 2 triples\n"
    assert run(*command, "--quiet").err == ""
    assert run(*command).out.endswith(
        "2 already there; 1 other graphs left alone (graph/others); 3 triples verified by count and digest\n"
    )


def test_the_command_refuses_a_folder() -> None:
    """A folder is filled by a build; this command wants an address."""
    done = run("publish", "--store", "my-store")
    assert (done.status, done.out) == (2, "")
    assert "'my-store' is not the address of an endpoint" in done.err
