"""Endpoints that are slow, busy, broken or not there: what is tried again, what is said, and how long it takes."""

from __future__ import annotations

import email.utils
import gc
import threading
import time
import weakref
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat

from stpgraph.errors import BadQuery, EndpointError, StpGraphError, UsageError
from stpgraph.store import Solutions, open_store
from stpgraph.vocabulary import RDF, STP, mint
from tests.other_servers import Gate
from tests.servers import FOUND, YES, ScriptedEndpoint, answer, drip, free_port, hang_up, silence

Scripted = Callable[..., ScriptedEndpoint]

FIND = "SELECT ?x { ?s ?p ?x }"
NOTHING = b'{"head": {"vars": ["g"]}, "results": {"bindings": []}}'
PEOPLE = mint("graph", "people")
CHANGE = "INSERT DATA { GRAPH <graph/people> { <person/jo-doe> a stp:Person } }"


def ask(url: str, sparql: str = FIND, *, timeout: float = 5) -> object:
    """What a query of an endpoint comes to: the rows of a table, or else the answer itself."""
    answered = open_store(url, timeout=timeout).query(sparql)
    return answered if isinstance(answered, bool | list) else list(answered)


def fault_of(url: str, sparql: str = FIND, *, timeout: float = 5) -> EndpointError:
    """The error that a query of an endpoint comes to, held to one line that says where."""
    with pytest.raises(EndpointError) as caught:
        ask(url, sparql, timeout=timeout)
    assert str(caught.value).startswith(f"{url}: ")
    assert "\n" not in str(caught.value)
    return caught.value


def enter(patch: pytest.MonkeyPatch, user: str, password: str) -> None:
    """Set the user and the password that are told to whoever asks for them."""
    patch.setenv("STPGRAPH_USER", user)
    patch.setenv("STPGRAPH_PASSWORD", password)


def test_what_is_sent_and_read(scripted: Scripted) -> None:
    """A query goes out by POST with its prologue, asks for JSON of SPARQL's own, and its answer is read."""
    endpoint = scripted(answer())
    assert ask(endpoint.url, "SELECT ?x { ?s stp:about ?x }") == [(Literal("found"),)]
    sent = endpoint.seen[-1]
    assert sent.form["query"] == [
        "BASE <https://w3id.org/stpgraph/id/> PREFIX stp: <https://w3id.org/stpgraph/ontology#> "
        "SELECT ?x { ?s stp:about ?x }"
    ]
    assert sent.headers["Accept"] == "application/sparql-results+json, application/sparql-results+xml;q=0.5"


def test_the_union_is_looked_for_once(scripted: Scripted) -> None:
    """Whether the default graph is the union, and a graph is being sent, is asked before the first query alone."""
    endpoint = scripted(answer(FOUND.replace(b"found", b"true")), answer(NOTHING), answer())
    store = open_store(endpoint.url)
    for _ in range(2):
        store.query(FIND)
    assert ["OPTIONAL" in seen.form["query"][0] for seen in endpoint.seen] == [True, False, False, False]


def test_an_endpoint_that_heeds_no_graphs_is_told_of(scripted: Scripted) -> None:
    """Where a request that names the graphs does not find their triples, it is an error and no empty answer."""
    no = answer(FOUND.replace(b"found", b"false"))
    names = answer(FOUND.replace(b'"literal", "value": "found"', b'"uri", "value": "urn:g"'))
    endpoint = scripted(no, names, no, answer())
    assert "takes no notice of the graphs that a request names" in str(fault_of(endpoint.url))
    assert endpoint.seen[2].form["default-graph-uri"] == ["urn:g"]


def test_an_endpoint_that_answers_from_all_graphs_is_told_of(scripted: Scripted) -> None:
    """Where a request names a graph that is not there, and something is found, it is an error."""
    endpoint = scripted(answer(FOUND.replace(b"found", b"true")), answer(NOTHING), answer(YES), answer())
    with pytest.raises(EndpointError, match="it takes no notice of the graphs that a request names"):
        open_store(endpoint.url).query(FIND, default_graphs=[PEOPLE])


@pytest.mark.server
@pytest.mark.parametrize("kind", ["plain_server", "union_server"])
def test_graphs_that_are_being_sent_are_left_out(request: pytest.FixtureRequest, kind: str) -> None:
    """What is sent beside a graph is not found by a query that names no graph, and is by one that does."""
    url = request.getfixturevalue(kind)
    store = open_store(f"{url}/query", update_url=f"{url}/update")
    place = mint("graph", "being-sent-or-not")
    beside = NamedNode(f"{place.value}/stpgraph-being-sent/1-2-3")
    sent = NamedNode("urn:kind:sent")
    store.add([Quad(mint("person", "jo-doe"), RDF.type, sent, place)])
    store.add([Quad(mint("person", "kit-poe"), RDF.type, sent, beside)])
    try:
        assert list(store.select(f"SELECT ?who {{ ?who a {sent} }}")) == [(mint("person", "jo-doe"),)]
        found = store.query(f"SELECT ?who {{ ?who a {sent} }}", default_graphs=[beside])
        assert isinstance(found, Solutions)
        assert list(found) == [(mint("person", "kit-poe"),)]
    finally:
        store.remove_graph(place)
        store.remove_graph(beside)


@pytest.mark.parametrize("extra", [b', "metadata": {"took": 1}', b', "n": [{"x": {}}] '])
def test_members_of_an_engines_own_are_passed_over(scripted: Scripted, extra: bytes) -> None:
    """Results with something behind them are read as if it were not there."""
    assert ask(scripted(answer(FOUND[:-1] + extra + b"}")).url) == [(Literal("found"),)]


@pytest.mark.parametrize("status", [500, 418])
def test_the_message_of_an_endpoint_is_shown(scripted: Scripted, status: int) -> None:
    """An answer of an error is not asked for again; its message is shown, in one line, and its status kept."""
    endpoint = scripted(answer(b"out of\n memory", status=status, content_type="text/plain"))
    fault = fault_of(endpoint.url)
    assert str(fault) == f"{endpoint.url}: the endpoint answered {status}: out of memory; try again later"
    assert fault.status == status
    assert len(endpoint.seen) == 1


def test_an_error_without_a_message_is_told(scripted: Scripted) -> None:
    """An error with an empty body is told by its status."""
    assert "answered 502: no message; try again later" in str(
        fault_of(scripted(answer(b"", status=502)).url, timeout=0.3)
    )


@pytest.mark.parametrize(
    ("status", "hint"),
    [
        (401, "it wants a user and a password; set STPGRAPH_USER and STPGRAPH_PASSWORD"),
        (403, "it does not allow this; give a user who may in STPGRAPH_USER and STPGRAPH_PASSWORD"),
        (404, "check the address"),
        (407, "the proxy on the way wants a login; give it in the proxy's address, in http_proxy or https_proxy"),
    ],
)
def test_a_refusal_says_what_to_check(scripted: Scripted, status: int, hint: str) -> None:
    """For a refusal that the user can mend the error says how, and nothing is tried again."""
    endpoint = scripted(answer(b"no", status=status))
    fault = fault_of(endpoint.url)
    assert str(fault).endswith(f"answered {status}: no; {hint}")
    assert len(endpoint.seen) == 1


def test_a_wrong_query_is_told_as_such(scripted: Scripted) -> None:
    """400 is a fault of the query, told with the endpoint's message."""
    endpoint = scripted(answer(b"Parse error:\nno such thing as SELEKT", status=400))
    with pytest.raises(BadQuery) as caught:
        ask(endpoint.url)
    assert str(caught.value) == (
        f"{endpoint.url}: the endpoint refuses the query: Parse error: no such thing as SELEKT; mend it"
    )


def test_a_busy_endpoint_is_waited_for(scripted: Scripted) -> None:
    """After 503 with Retry-After the query is sent again, not sooner than asked for."""
    endpoint = scripted(answer(b"busy", status=503, Retry_After="1"), answer())
    assert ask(endpoint.url) == [(Literal("found"),)]
    first, second, *_ = endpoint.seen
    assert 1.0 <= second.at - first.at < 3.0


def test_a_date_to_come_back_at_is_kept(scripted: Scripted) -> None:
    """Retry-After may be a date; dates have whole seconds, so that one 2 s ahead is at least 1 s away."""
    at = email.utils.formatdate(time.time() + 2, usegmt=True)
    endpoint = scripted(answer(b"busy", status=429, Retry_After=at), answer())
    assert ask(endpoint.url) == [(Literal("found"),)]
    first, second, *_ = endpoint.seen
    assert 0.9 <= second.at - first.at < 4.0


@pytest.mark.parametrize("value", ["soon", "-1", "²", ""])
def test_an_odd_time_to_come_back_at_is_no_time(scripted: Scripted, value: str) -> None:
    """A Retry-After that says nothing is taken for none: the query is sent again after our own wait."""
    endpoint = scripted(answer(b"busy", status=503, Retry_After=value.encode().decode("latin-1")), answer())
    assert ask(endpoint.url) == [(Literal("found"),)]
    first, second, *_ = endpoint.seen
    assert 0.45 <= second.at - first.at < 2.0


def test_waits_grow(scripted: Scripted) -> None:
    """Without Retry-After the second wait is twice the first, and after as many tries as given it is told."""
    endpoint = scripted(answer(b"busy", status=504))
    assert "answered 504: busy" in str(fault_of(endpoint.url))
    times = [seen.at for seen in endpoint.seen]
    waits = [later - sooner for sooner, later in pairwise(times)]
    assert len(waits) == 3
    for wait, least in zip(waits, (0.5, 1.0, 2.0), strict=True):
        assert least <= wait < least + 0.9


def test_a_wait_past_the_limit_is_not_begun(scripted: Scripted) -> None:
    """An endpoint that asks for more time than there is, is told of at once."""
    endpoint = scripted(answer(b"busy", status=503, Retry_After="3600"))
    begun = time.monotonic()
    assert "answered 503: busy" in str(fault_of(endpoint.url))
    assert time.monotonic() - begun < 2


@pytest.mark.parametrize("slow", [drip(), silence], ids=["dripping", "silent"])
def test_a_slow_answer_is_given_up_at_the_limit(scripted: Scripted, slow: Callable[..., None]) -> None:
    """An answer that drips in byte by byte, or does not begin, is left when the time is over, and so is its thread."""
    endpoint = scripted(slow)
    begun = time.monotonic()
    fault = fault_of(endpoint.url, timeout=1)
    assert 0.9 <= time.monotonic() - begun < 2
    assert "no whole answer within 1 s" in str(fault)
    assert len(endpoint.seen) == 1
    until = time.monotonic() + 3
    while any(thread.name.startswith("stpgraph") for thread in threading.enumerate()):
        assert time.monotonic() < until
        time.sleep(0.05)


def test_the_limit_holds_for_all_requests_of_a_query(scripted: Scripted) -> None:
    """Looking for the union and the names of the graphs takes its time from that of the query itself."""
    no = answer(FOUND.replace(b"found", b"false"))
    slow = drip(FOUND.ljust(180), pause=0.004)
    begun = time.monotonic()
    assert "no whole answer" in str(fault_of(scripted(no, slow, slow).url, timeout=1))
    assert time.monotonic() - begun < 2


def test_nobody_listening_is_told() -> None:
    """An address where nothing listens is tried again and then told, with a hint."""
    fault = fault_of(f"http://127.0.0.1:{free_port()}/sparql", timeout=1)
    assert "the endpoint is not reached: [Errno 111] Connection refused; is it running?" in str(fault)
    assert fault.status is None


def test_an_unknown_host_is_told() -> None:
    """A host that has no address is told as not reached."""
    assert "the endpoint is not reached" in str(fault_of("http://nowhere.invalid/sparql", timeout=1))


def test_a_body_that_breaks_off_is_asked_for_again(scripted: Scripted) -> None:
    """An answer shorter than announced is no answer: the query is sent again."""
    endpoint = scripted(answer(FOUND[:20], promised=len(FOUND)), answer())
    assert ask(endpoint.url) == [(Literal("found"),)]
    assert len(endpoint.seen) > 2


def test_a_body_that_always_breaks_off_is_told(scripted: Scripted) -> None:
    """An answer that never comes whole is told, not read as far as it came."""
    fault = fault_of(scripted(answer(FOUND[:20], promised=len(FOUND))).url, timeout=1)
    assert "the endpoint broke off: IncompleteRead(20 bytes read" in str(fault)


def test_a_connection_that_is_reset_is_told(scripted: Scripted) -> None:
    """A connection that the endpoint resets is tried again, and told."""
    endpoint = scripted(hang_up)
    assert "the endpoint broke off" in str(fault_of(endpoint.url, timeout=1))
    assert len(endpoint.seen) > 1


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"<html><body>Welcome</body></html>", "text/html; charset=utf-8"),
        (b"<html><body>Welcome</body></html>", "application/sparql-results+json"),
        (b"not: turtle", "text/turtle"),
        (FOUND[:-8], "application/sparql-results+json"),
        (b"", ""),
    ],
    ids=["page", "page that says JSON", "no Turtle", "half JSON", "nothing"],
)
def test_what_is_no_result_is_told(scripted: Scripted, body: bytes, content_type: str) -> None:
    """A web page, or a result that does not parse, is told with its type."""
    fault = fault_of(scripted(answer(body, content_type=content_type)).url)
    assert f"the answer ({content_type.partition(';')[0] or 'no content type'}) is not SPARQL results: " in str(fault)
    assert str(fault).endswith("is this a SPARQL endpoint?")


def test_truths_and_graphs_are_read(scripted: Scripted) -> None:
    """ASK gives a bool and CONSTRUCT triples, each asked for in a format that can hold it."""
    assert ask(scripted(answer(YES)).url, "ASK {}") is True
    turtle = answer(b"<urn:a> a <urn:b> .", content_type="text/turtle")
    endpoint = scripted(answer(), answer(), turtle)
    store = open_store(endpoint.url)
    store.query(FIND)
    assert [str(triple) for triple in store.query("CONSTRUCT {} {}")] == [f"<urn:a> {RDF.type} <urn:b>"]  # type: ignore[union-attr]
    assert "text/turtle" in endpoint.seen[-1].headers["Accept"]


def test_an_update_is_sent_once(scripted: Scripted) -> None:
    """An update goes out once, to the address for updates, and needs no more than a status to answer."""
    endpoint, reader = scripted(answer(b"", status=204)), scripted(answer())
    open_store(reader.url, update_url=endpoint.url).update(CHANGE)
    [sent] = endpoint.seen
    assert sent.form["update"][0].endswith(CHANGE)
    assert reader.seen == []


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        (answer(b"oh", status=500), "answered 500: oh"),
        (answer(b"oh", status=502), "answered 502: oh"),
        (answer(b"oh", status=504), "answered 504: oh"),
        (hang_up, "broke off: .*; look whether the update was carried out before sending it again"),
        (answer(b"half", promised=99), "broke off: .*; look whether the update was carried out"),
        (silence, "no whole answer within 1 s"),
    ],
    ids=["500", "502", "504", "reset", "broken off", "silent"],
)
def test_an_update_that_may_have_been_carried_out_is_not_sent_again(
    scripted: Scripted, fault: Callable[..., None], message: str
) -> None:
    """Once an update was taken, nothing but a plain "not now" has it sent a second time."""
    endpoint = scripted(fault)
    with pytest.raises(EndpointError, match=message):
        open_store(endpoint.url, timeout=1).update(CHANGE)
    assert len(endpoint.seen) == 1


@pytest.mark.parametrize("status", [429, 503])
def test_an_update_that_was_not_begun_is_sent_again(scripted: Scripted, status: int) -> None:
    """An endpoint that says "not now" has not begun: the update is sent again."""
    endpoint = scripted(answer(b"busy", status=status, Retry_After="0"), answer(b"", status=204))
    open_store(endpoint.url, timeout=5).update(CHANGE)
    assert len(endpoint.seen) == 2


def test_a_wrong_update_is_told_as_such(scripted: Scripted) -> None:
    """400 to an update is a fault of the update, told with the address that it was sent to."""
    endpoint = scripted(answer(b"no", status=400))
    with pytest.raises(BadQuery) as caught:
        open_store("http://127.0.0.1:9/none", update_url=endpoint.url).update(CHANGE)
    assert str(caught.value) == f"{endpoint.url}: the endpoint refuses the update: no; mend it"


@pytest.mark.server
@pytest.mark.parametrize("way", ["basic", "digest"])
def test_a_login_is_told_in_the_way_it_is_asked_for(
    plain_server: str, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    """Queries, updates and rdflib pass a gate by basic and digest; nothing is told to an address before it asks."""
    gate = Gate(behind=plain_server, way=way)
    enter(monkeypatch, gate.user, gate.password)
    with gate as url:
        store = open_store(f"{url}/query", update_url=f"{url}/update")
        store.update(CHANGE)
        assert store.query("ASK { GRAPH <graph/people> { <person/jo-doe> a stp:Person } }") is True
        assert store.graph().query("ASK { <person/jo-doe> a stp:Person }").askAnswer is True
        store.remove_graph(PEOPLE)
    assert [path for _, path, has_told in gate.seen if not has_told] == ["/update", "/query"]


@pytest.mark.server
@pytest.mark.parametrize("way", ["basic", "digest", "bearer"])
def test_a_login_that_fails_is_told_without_the_password(
    plain_server: str, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    """A wrong password, and a way that is not known, are told in a line that has neither user nor password."""
    gate = Gate(behind=plain_server, way=way)
    enter(monkeypatch, "jo doe", "wrong-secret")
    with gate as url:
        fault = fault_of(f"{url}/query")
    hint = {"bearer": "it wants a login by Bearer; HTTP's basic and digest are what is known here"}.get(
        way, "it does not know this user and password; check STPGRAPH_USER and STPGRAPH_PASSWORD"
    )
    assert str(fault) == f"{url}/query: the endpoint answered 401: no entry; {hint}"


@pytest.mark.server
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("work", ["query", "update"])
def test_nothing_follows_a_redirect(plain_server: str, monkeypatch: pytest.MonkeyPatch, work: str, status: int) -> None:
    """Neither a query, nor an update, nor the password goes to where a redirect leads; the error names the place."""
    other = Gate(behind=plain_server)
    with other as there:
        gate = Gate(behind=plain_server, way="basic", refuses="POST /", status=status)
        gate.headers = {"Location": f"{there.replace('//', '//jo:secret@')}/query"}
        enter(monkeypatch, gate.user, gate.password)
        with gate as url:
            store = open_store(f"{url}/query")
            send = store.update if work == "update" else store.query
            with pytest.raises(EndpointError, match=f"it has moved: give {there}/query instead") as caught:
                send(CHANGE if work == "update" else FIND)
    assert "secret" not in str(caught.value)
    assert other.seen == []


def test_an_address_with_a_password_is_refused() -> None:
    """A password within an address is not shown, and the error says where it belongs."""
    inside = "http://jo:s@cret@localhost/sparql"
    for address in (inside, "http://localhost/sparql"):
        with pytest.raises(UsageError, match="set STPGRAPH_USER and STPGRAPH_PASSWORD") as caught:
            open_store(address, update_url=inside)
        assert str(caught.value).startswith("http://localhost/sparql was given")
        assert "cret" not in str(caught.value)


def test_without_a_name_none_is_sent(scripted: Scripted) -> None:
    """Where the environment names nobody, no credentials go out."""
    endpoint = scripted(answer())
    ask(endpoint.url)
    assert {seen.headers.get("Authorization") for seen in endpoint.seen} == {None}


def test_an_error_holds_nothing_back(scripted: Scripted) -> None:
    """An error that is dealt with is gone, with all it holds, without waiting for the cycle collector."""
    url = scripted(answer(b"no", status=500)).url
    gc.disable()
    try:
        try:
            ask(url)
        except EndpointError as error:
            held = weakref.ref(error.__cause__ or error)
        assert held() is None
    finally:
        gc.enable()


def test_rdflib_is_told_of_faults(scripted: Scripted) -> None:
    """The view of an endpoint raises what its store would."""
    endpoint = scripted(answer(b"out of memory", status=500))
    with pytest.raises(EndpointError, match="answered 500: out of memory"):
        list(open_store(endpoint.url).graph())


def test_a_load_that_does_not_parse_sends_nothing(scripted: Scripted, tmp_path: Path) -> None:
    """A wrong file is found before anything goes out."""
    endpoint = scripted(answer(b"", status=204))
    (tmp_path / "wrong.ttl").write_bytes(b"<urn:a> <urn:b> <urn:c> .\noops")
    store = open_store(endpoint.url)
    with pytest.raises(StpGraphError):
        store.load(tmp_path / "wrong.ttl", graph=PEOPLE)
    assert endpoint.seen == []
    store.load(b"<urn:a> <urn:b> 'it is \"said\"' .", format=RdfFormat.TURTLE, graph=PEOPLE)
    assert endpoint.seen[0].form["update"] == [
        f'INSERT DATA {{ GRAPH {PEOPLE} {{ <urn:a> <urn:b> "it is \\"said\\"" . }} }}'
    ]


def test_quads_go_out_in_chunks(scripted: Scripted) -> None:
    """No update is so long that an endpoint would refuse it for its length."""
    endpoint = scripted(answer(b"", status=204))
    quads = (Quad(mint("claim", str(number)), RDF.type, STP.Claim, PEOPLE) for number in range(5_000))
    open_store(endpoint.url).add(quads)
    assert [seen.form["update"][0].count(" .") for seen in endpoint.seen] == [2_000, 2_000, 1_000]
