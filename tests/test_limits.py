"""Each limit of the server is told by its name, and whatever is thrown at the server, it stays up for the others."""

from __future__ import annotations

import asyncio
import http.client
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import cast
from urllib.parse import quote, urlencode, urlsplit

import httpx
import pytest
from pyoxigraph import NamedNode, RdfFormat
from starlette.types import Message

from stpgraph.errors import EndpointError, LimitReached
from stpgraph.server import jobs
from stpgraph.server.app import make_app
from stpgraph.server.jobs import Setup
from stpgraph.server.limits import Limits
from stpgraph.server.processes import Ended, Helper, ServerFault
from stpgraph.server.replies import refusal, status_of
from stpgraph.server.state import Engine
from stpgraph.server.workers import Workers
from stpgraph.site import Asked, Reply
from stpgraph.store import open_store, replace_store
from tests.site_server import TOKEN, Answered, Running, ask, running_site, select, site_server

pytestmark = pytest.mark.server

#: Never comes to an end.
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"

#: Is answered at once.
SHORT = "/sparql?query=ASK%7B%7D"

linux = pytest.mark.skipif(sys.platform != "linux", reason="memory is limited, and read, on Linux alone")


def _fill(folder: Path, *, state: str = "old", count: int = 1500) -> Path:
    lines = [f'<urn:s{n}> <urn:p{n % 7}> "{state} {n}" .' for n in range(count)]
    with open_store(folder, is_writable=True) as store:
        store.load("\n".join(lines).encode(), format=RdfFormat.N_TRIPLES, graph=NamedNode("urn:g"))
    return folder


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Yield a server with tight limits: 1 s, 100 MB of memory, 1 MB of answers."""
    folder = _fill(tmp_path_factory.mktemp("limits") / "store")
    with running_site("--store", folder, "--seconds", "1", "--memory", "100", "--result", "1") as running:
        yield running


@pytest.fixture(scope="module")
def roomy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Yield a server with the limits that it has by itself, which takes updates."""
    folder = _fill(tmp_path_factory.mktemp("roomy") / "store")
    with running_site("--store", folder, "--allow-update", env={"STPGRAPH_TOKEN": TOKEN}) as running:
        yield running


def _query(site: str, sparql: str, **headers: str) -> Answered:
    return ask(site, "/sparql", method="POST", body={"query": sparql}, **headers)


def _refused(answered: Answered, limit: str) -> None:
    assert answered.status in {500, 503}, answered.body[:300]
    assert answered.media == "application/problem+json"
    assert answered.json()["limit"] == limit, answered.json()
    assert limit in answered.json()["detail"] or limit == "depth"


def _works(site: str) -> None:
    assert ask(site, SHORT).json() == {"head": {}, "boolean": True}


# The limits, one by one.


def test_time(small: Running) -> None:
    """A query that takes longer than it may is ended, and the refusal names the limit of time."""
    began = time.monotonic()
    answered = _query(small.url, ENDLESS)
    _refused(answered, "time")
    assert "1 s" in answered.json()["detail"]
    assert 1 <= time.monotonic() - began < 15
    _works(small.url)


@linux
@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT ?a ?c ?d { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f",
        "SELECT (GROUP_CONCAT(?c) AS ?all) { ?a ?b ?c . ?d ?e ?f }",
        "SELECT DISTINCT ?a ?c ?d ?f { ?a ?b ?c . ?d ?e ?f }",
    ],
)
def test_memory(tmp_path_factory: pytest.TempPathFactory, hungry: str, sparql: str) -> None:
    """A query that needs more memory than it may is ended with its process, and the refusal names that limit."""
    _refused(_query(hungry, sparql), "memory")
    _works(hungry)


@pytest.fixture(scope="module")
def hungry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of a server with 60 MB of memory for each query, and all the time."""
    folder = _fill(tmp_path_factory.mktemp("hungry") / "store")
    with site_server("--store", folder, "--memory", "60", "--seconds", "50", "--workers", "1") as url:
        yield url


def test_result(small: Running) -> None:
    """An answer larger than it may be is refused by the name of that limit, as a table, a graph, and of /data."""
    table = _query(small.url, "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 20000")
    _refused(table, "result")
    assert "1 MB" in table.json()["detail"]
    long = f'CONSTRUCT {{ ?a ?b ?l }} {{ ?a ?b ?c . ?d ?e ?f BIND(CONCAT(?c, ?f, "{"x" * 400}") AS ?l) }} LIMIT 4000'
    _refused(_query(small.url, long), "result")
    assert ask(small.url, "/data?default").status == 200


@pytest.mark.parametrize("is_chunked", [False, True])
def test_request(small: Running, is_chunked: bool) -> None:
    """A query of ten megabytes is refused before it is read to its end, announced or in pieces."""
    place = urlsplit(small.url)
    connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=60)
    piece = b"# " + b"x" * 65_534
    headers = {"Content-Type": "application/sparql-query"}
    try:
        if is_chunked:
            connection.request("POST", "/sparql", iter([piece] * 160), headers=headers, encode_chunked=True)
        else:
            connection.request("POST", "/sparql", piece * 160, headers=headers)
    except (BrokenPipeError, ConnectionResetError):
        pass  # the server has answered and hung up
    try:
        reply = connection.getresponse()
        assert reply.status == 413
        assert b"limit of requests" in reply.read()
    finally:
        connection.close()
    _works(small.url)


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * " + "{" * 20_000 + "}" * 20_000,
        "ASK { FILTER(" + "(" * 20_000 + "1" + ")" * 20_000 + ") }",
        "ASK { " + " UNION ".join(["{?a ?b ?c}"] * 20_000) + " }",
        "ASK { ?a ?b ?c FILTER(" + "||".join(["?a=1"] * 30_000) + ") }",
        "ASK { ?a ?b ?c FILTER(" + "!" * 50_000 + "?a) }",
    ],
    ids=["braces", "parentheses", "unions", "ors", "nots"],
)
def test_depth(roomy: Running, sparql: str) -> None:
    """What is nested too deeply for the engine ends a process, not the server, and the refusal says why."""
    _refused(_query(roomy.url, sparql), "depth")
    _works(roomy.url)


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT (COUNT(*) AS ?n) { ?a (^<urn:p1>|!<urn:p1>)* ?b . ?b (^<urn:p2>|!<urn:p2>)* ?c . ?d ?e ?f . ?g ?h ?i }",
        'ASK { ?a ?b ?c FILTER(REGEX("' + "a" * 5000 + '!", "^(a+)+$")) }',
        "SELECT (COUNT(*) AS ?n) { VALUES ?x { " + "1 " * 30_000 + "} VALUES ?y { " + "2 " * 30_000 + "} }",
        "ASK { " + "OPTIONAL { ?a ?b ?c " * 60 + "}" * 60 + " }",
        "ASK { " + "?a ?b ?c . " * 3000 + " }",
    ],
    ids=["path", "regex", "values", "optionals", "joins"],
)
def test_bombs(small: Running, sparql: str) -> None:
    """What is small to write and large to answer is answered, or refused by a limit."""
    answered = _query(small.url, sparql)
    assert answered.status == 200 or answered.json().get("limit") in {"time", "memory", "depth"}, answered.body[:300]
    _works(small.url)


class _Tired:
    """An engine whose pages take too long."""

    limits = Limits()

    async def page(self, asked: Asked) -> Reply:
        """Say so."""
        raise LimitReached(f"<{asked.path}> took longer than 1 s", limit="time")


def test_pages_have_the_limits_too() -> None:
    """A page that reaches a limit is told to a browser as a page to read, and to others as data."""

    async def visit(accept: str) -> httpx.Response:
        app = make_app(cast("Engine", _Tired()))
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as client:
            return await client.get("/matrix", headers={"accept": accept})

    page = asyncio.run(visit("text/html,application/xhtml+xml,*/*;q=0.8"))
    assert (page.status_code, page.headers["content-type"]) == (500, "text/html; charset=utf-8")
    assert "This cannot be answered</h1>" in page.text
    assert '<nav aria-label="Pages">' in page.text
    assert "&lt;/matrix&gt; took longer than 1 s" in page.text
    data = asyncio.run(visit("*/*"))
    assert (data.headers["content-type"], data.json()["limit"]) == ("application/problem+json", "time")


# Bad addresses and bad headers.


@pytest.mark.parametrize(
    "path",
    [
        "/id/../../etc/passwd",
        "/id/%2e%2e/%2e%2e/etc/passwd",
        "/static/../rendering.py",
        "/static/%2e%2e/rendering.py",
        "/static/..%2frendering.py",
        "/static//etc/passwd",
        "/static/%00",
        "/id/%00",
        "/id/a%0d%0ax-more:1",
        "/about?iri=%0d%0ax-more:1",
        "//elsewhere.example/x",
        "/\\elsewhere.example",
        "/id/" + "a" * 20_000,
        "/id/%ff%fe",
        "/?q=%ff",
        "/?" + "&".join(f"a{n}=1" for n in range(2000)),
        "/data?graph=file:///etc/passwd",
        "/nothing/at/all",
    ],
)
def test_bad_addresses(roomy: Running, path: str) -> None:
    """An address that leads nowhere, or out, gives a refusal in words, and nothing of the machine."""
    answered = ask(roomy.url, path)
    assert answered.status in {303, 400, 404}, (answered.status, answered.body[:300])
    assert b"root:" not in answered.body
    assert b"import " not in answered.body
    assert "x-more" not in answered.headers
    assert not answered.headers.get("location", "/").startswith(("//", "http", "/\\"))
    _works(roomy.url)


@pytest.mark.parametrize(
    ("raw", "statuses"),
    [
        (b"GET / HTTP/1.1\r\n\r\n", {400}),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n", {400}),
        (b"nonsense\r\n\r\n", {400}),
        (b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n", {400}),
        (b"GET /?q=\x01 HTTP/1.1\r\nHost: localhost\r\n\r\n", {200, 400}),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nAccept: a\r\n b\r\n\r\n", {200, 400}),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 100_000 + b"\r\n\r\n", {431}),
        (b"GET /?q=" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", {400, 431}),
        (b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n", {400}),
        (
            b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nzz",
            {400},
        ),
        (b"TRACE / HTTP/1.1\r\nHost: localhost\r\n\r\n", {405}),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n", {200, 400}),
    ],
)
def test_bad_requests(roomy: Running, raw: bytes, statuses: set[int]) -> None:
    """What is no request, or one with a head too long, is refused, and the connection closed."""
    with _connected(roomy.url) as connection:
        connection.sendall(raw)
        first = connection.recv(65_536)
    assert int(first.split()[1]) in statuses, first[:300]
    _works(roomy.url)


def _connected(site: str) -> socket.socket:
    place = urlsplit(site)
    return socket.create_connection((place.hostname, place.port), timeout=60)


def test_slow_and_broken_clients(roomy: Running) -> None:
    """Clients that say half of a request, or nothing, or hang up, hold nobody up, and are cut off in the end."""
    head = b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
    halves = [
        b"",
        b"GET /",
        head,
        head + b"Content-Length: 100\r\n\r\nASK {",
        head + b"Transfer-Encoding: chunked\r\n\r\n5\r\nA",
    ]
    lingering = [_connected(roomy.url) for _ in range(40)]
    try:
        for at, connection in enumerate(lingering):
            connection.sendall(halves[at % len(halves)])
        for connection in lingering[20:]:
            connection.close()
        _works(roomy.url)
        lingering[0].settimeout(30)
        assert lingering[0].recv(1) == b"", "who says nothing is cut off"
        assert lingering[1].recv(1) == b"", "who says half a line, too"
    finally:
        for connection in lingering:
            connection.close()


_GET = b"GET /static/none HTTP/1.1\r\nHost: localhost\r\n"


@pytest.mark.parametrize(
    ("asked", "more"),
    [
        (_GET + b"\r\n", b"\r\n"),
        (_GET + b"Content-Length: 1000\r\n\r\n", b"x"),
        (b"PUT /data HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n"),
    ],
    ids=["an empty line", "half a body", "chunks"],
)
def test_who_goes_on_without_asking_is_cut_off(roomy: Running, asked: bytes, more: bytes) -> None:
    """Who has an answer and sends on what is no further request keeps the connection for half a minute at most."""
    with _connected(roomy.url) as connection:
        connection.sendall(asked)
        told = connection.recv(65_536)
        while not told.endswith(b"}"):
            told += connection.recv(65_536)
        assert told.startswith(b"HTTP/1.1 40")
        connection.sendall(more)
        connection.settimeout(40)
        assert connection.recv(1) == b""


def test_upgrades_are_not_taken(roomy: Running) -> None:
    """Who wants to speak something else is answered in HTTP, and the connection is closed."""
    with _connected(roomy.url) as connection:
        connection.sendall(_GET + b"Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n" + _GET + b"\r\n")
        connection.settimeout(5)
        told = b"".join(iter(lambda: connection.recv(65_536), b""))
    assert told.count(b"HTTP/1.1 404") == 1
    assert b"connection: close" in told


def test_requests_ahead(roomy: Running) -> None:
    """Some requests may be sent ahead of their answers, which come in order; a hundred may not."""
    with _connected(roomy.url) as connection:
        connection.sendall(b"".join(_GET.replace(b"none", b"none%d" % n) + b"\r\n" for n in range(9)))
        told = b""
        while told.count(b"there is no file") < 9:
            told += connection.recv(65_536)
        assert [told.index(b"'none%d'" % n) for n in range(9)] == sorted(told.index(b"'none%d'" % n) for n in range(9))
    with _connected(roomy.url) as connection:
        connection.sendall((_GET + b"\r\n") * 100)
        told = connection.recv(65_536)
    assert b"HTTP/1.1 400" in told
    _works(roomy.url)


def test_connections_that_ask_nothing_give_way(roomy: Running) -> None:
    """A thousand connections that say nothing keep nobody out, and the server opens no more than it has room for."""
    with _many_files(2000), ExitStack() as idle:
        for _ in range(1000):
            idle.enter_context(_connected(roomy.url))
        began = time.monotonic()
        for _ in range(5):
            _works(roomy.url)
        assert time.monotonic() - began < 9, "they are cut off after ten seconds anyway"
        if sys.platform == "linux":
            assert len(list(Path(f"/proc/{roomy.process.pid}/fd").iterdir())) < 900


@contextmanager
def _many_files(count: int) -> Iterator[None]:
    """Let the tests have so many files and connections open, where the system allows it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = count if hard == resource.RLIM_INFINITY else min(count, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_answers_that_nobody_takes(tmp_path: Path) -> None:
    """What clients do not take is held up to a bound; then queries are told to come again, and pages still come."""

    async def run() -> tuple[int, int, int, int]:
        app = make_app(cast("Engine", _Generous()))
        room = asyncio.Event()

        async def take(message: Message) -> None:
            if message["type"] == "http.response.body":
                await room.wait()

        slow = [asyncio.create_task(app(_scope(SHORT), _nothing_more, take)) for _ in range(5)]
        await asyncio.sleep(0.1)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as client:
            refused = await client.get(SHORT)
            page = await client.get("/x")
            room.set()
            await asyncio.gather(*slow)
            after = await client.get(SHORT)
        assert refused.json()["limit"] == "waiting"
        return refused.status_code, int(refused.headers["retry-after"]), page.status_code, after.status_code

    assert asyncio.run(run()) == (503, 5, 200, 200)


class _Generous:
    """An engine whose answers are as large as they may be, so that four of them may be on their way."""

    limits = Limits(result=1000, update=100)

    async def query(self, *_: object) -> tuple[str, bytes]:
        """Answer with a thousand bytes."""
        return "text/csv", b"x" * 1000

    async def page(self, _: Asked) -> Reply:
        """Make a small page."""
        return Reply(status=200, media="text/html", body=b"x")


def _scope(target: str) -> dict[str, object]:
    path, _, query = target.partition("?")
    headers = [(b"host", b"localhost")]
    told = {"type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "scheme": "http", "root_path": ""}
    return {**told, "query_string": query.encode(), "headers": headers, "http_version": "1.1", "client": None}


async def _nothing_more() -> Message:
    await asyncio.Event().wait()
    raise AssertionError("nobody sets it")


# Many at once.


def _processes(running: Running) -> dict[int, int]:
    """Return the bytes in memory of the server and all its processes, by their ids."""
    parents: dict[int, int] = {}
    sizes: dict[int, int] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                lines = (folder / "status").read_text(encoding="utf-8").splitlines()
            except OSError:
                continue
            fields = dict(line.split(":", 1) for line in lines if ":" in line)
            parents[int(folder.name)] = int(fields["PPid"])
            sizes[int(folder.name)] = int(fields.get("VmRSS", "0").split()[0]) * 1024
    found = {running.process.pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return {pid: sizes[pid] for pid in found}


def _until(is_so: Callable[[], bool], seconds: float = 20.0) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if is_so():
            return True
        time.sleep(0.1)
    return is_so()


@linux
def test_hanging_up_ends_the_work(roomy: Running) -> None:
    """Who hangs up in the middle of a query leaves no process at work: its place and its memory are free."""
    _works(roomy.url)
    before = _processes(roomy)
    for _ in range(4):
        with _connected(roomy.url) as connection:
            connection.sendall(f"GET /sparql?query={quote(ENDLESS)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            time.sleep(0.3)
    began = time.monotonic()
    _works(roomy.url)
    assert time.monotonic() - began < 10, "four such would have held both processes for half a minute"
    assert _until(lambda: len(_processes(roomy)) <= len(before))
    assert _until(lambda: sum(_processes(roomy).values()) < sum(before.values()) + 60_000_000)


def test_hanging_up_with_more_requests_sent(roomy: Running) -> None:
    """Who hangs up with a further request on its way is noticed as well."""
    for _ in range(4):
        with _connected(roomy.url) as connection:
            sent = f"GET /sparql?query={quote(ENDLESS)} HTTP/1.1\r\nHost: localhost\r\n\r\n"
            connection.sendall(sent.encode() + _GET + b"\r\n")
            time.sleep(0.3)
    began = time.monotonic()
    _works(roomy.url)
    assert time.monotonic() - began < 10, "four such would have held both processes for half a minute"


def test_a_runaway_does_not_slow_others(roomy: Running) -> None:
    """While a query runs away, short ones and pages are answered."""
    with _connected(roomy.url) as connection:
        connection.sendall(f"GET /sparql?query={quote(ENDLESS)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        time.sleep(0.2)
        began = time.monotonic()
        for _ in range(20):
            _works(roomy.url)
        assert ask(roomy.url, "/nowhere").status == 404
        assert time.monotonic() - began < 15


@linux
def test_two_hundred_clients(roomy: Running) -> None:
    """Two hundred clients at once get right answers or a clear 503; afterwards the server is as it was."""
    _works(roomy.url)
    before = sum(_processes(roomy).values())

    def visit(number: int) -> str:
        if number % 4 == 3:
            answered = ask(roomy.url, f"/nowhere/{number}", accept="text/html")
            assert answered.status in {404, 503}
            return "page"
        wanted = f'"old {number % 1500}"'
        sparql = f"SELECT ?s {{ ?s ?p {wanted} }}"
        answered = ask(roomy.url, f"/sparql?{urlencode({'query': sparql})}")
        if answered.status == 503:
            assert answered.json()["limit"] == "waiting"
            return "busy"
        assert [row["s"]["value"] for row in answered.json()["results"]["bindings"]] == [f"urn:s{number % 1500}"]
        return "right"

    with ThreadPoolExecutor(200) as pool:
        told = list(pool.map(visit, range(600)))
    assert told.count("right") >= 400
    _works(roomy.url)
    assert _until(lambda: sum(_processes(roomy).values()) < before + 100_000_000)


def test_no_more_wait_than_may(tmp_path: Path) -> None:
    """Where too many wait, the next is told so at once, by a 503 that says when to come again."""

    async def crowd() -> list[str]:
        workers = Workers(
            Setup(location=str(_fill(tmp_path / "store", count=1))),
            Limits(workers=1, waiting=2, patience=0.5, seconds=30),
        )
        try:
            calls = [workers.run(jobs.query, "", ENDLESS.replace("?j ?k ?l", ""), ((), ()), ("text/csv", None), 1000)]
            calls += [workers.run(jobs.query, "", "ASK{}", ((), ()), ("text/csv", None), 1000) for _ in range(4)]
            done = await asyncio.gather(*calls, return_exceptions=True)
            return [fault.limit if isinstance(fault, LimitReached) else "answered" for fault in done]
        finally:
            await asyncio.to_thread(workers.close)

    assert asyncio.run(crowd()).count("waiting") >= 2
    fault = LimitReached("many wait", limit="waiting")
    reply = refusal(status_of(fault), fault.message, limit=fault.limit)
    assert (reply.status_code, reply.headers["retry-after"]) == (503, "5")


# Processes that break.


@linux
def test_killed_processes_are_replaced(roomy: Running) -> None:
    """A process that is killed from outside, idle or at work, is replaced, and nobody is told what is not so."""
    _works(roomy.url)
    server = roomy.process.pid
    for pid in _workers(roomy):
        os.kill(pid, 9)
    for _ in range(6):
        _works(roomy.url)
        assert ask(roomy.url, "/nowhere").status == 404
    assert roomy.process.poll() is None
    assert server in _processes(roomy)


def _workers(running: Running) -> list[int]:
    """Return the ids of the processes that answer: those that another process of the server's has started."""
    found = []
    for pid in _processes(running):
        lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
        [parent] = [int(line.split()[1]) for line in lines if line.startswith("PPid:")]
        if running.process.pid not in {pid, parent}:
            found.append(pid)
    return found


@linux
@pytest.mark.parametrize("signal_number", [15, 9])
def test_no_orphans(tmp_path: Path, signal_number: int) -> None:
    """When the server ends, by SIGTERM or by force, its processes end, a query at work included."""
    folder = _fill(tmp_path / "store", count=200)
    with running_site("--store", folder, "--seconds", "2") as running:
        children = set(_processes(running)) - {running.process.pid}
        assert len(children) >= 4
        with _connected(running.url) as connection:
            connection.sendall(f"GET /sparql?query={quote(ENDLESS)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            time.sleep(0.3)
            running.process.send_signal(signal_number)
            code = running.process.wait(timeout=30)
        assert code == (-9 if signal_number == 9 else 0)
        assert _until(lambda: not any(_is_alive(pid) for pid in children)), "2 s of the query, and 2 s more"
    assert not [line for line in running.errors if "Traceback" in line]


def _apart_from_the_terminal() -> None:
    """Make a group of processes of its own, which hears signals even where whoever runs the tests does not."""
    os.setsid()
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)


@linux
@pytest.mark.parametrize("signal_number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_all_processes_are_told_to_end(tmp_path: Path, signal_number: int) -> None:
    """A signal to all processes, as of a terminal, ends them in good order, and who waits is told that."""
    folder = _fill(tmp_path / "store", count=200)
    with running_site("--store", folder, before=_apart_from_the_terminal) as running:
        children = set(_processes(running)) - {running.process.pid}
        with _connected(running.url) as connection:
            connection.sendall(f"GET /sparql?query={quote(ENDLESS)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            time.sleep(0.5)
            os.killpg(running.process.pid, signal_number)
            told = b"".join(iter(lambda: connection.recv(65_536), b""))
            code = running.process.wait(timeout=30)
        assert told.startswith(b"HTTP/1.1 503 ")
        assert b"the server is being ended" in told
        assert code == 0
        assert _until(lambda: not any(_is_alive(pid) for pid in children))
    assert running.errors == []


def test_a_process_that_cannot_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no process can be started, whoever asks is told that it is a fault of the server's."""
    monkeypatch.setattr("stpgraph.server.processes.prepare", _no_context)

    async def run() -> None:
        workers = Workers(Setup(location="none"), Limits(workers=1))
        try:
            await workers.run(jobs.is_open, "")
        finally:
            await asyncio.to_thread(workers.close)

    with pytest.raises(ServerFault, match="no process"):
        asyncio.run(run())


def _no_context() -> object:
    raise BlockingIOError("no more processes")


def _is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_faults_come_back_whole() -> None:
    """What a call raises in its process is raised here, with all that it tells; a mistake of ours is told as one."""
    helper = Helper(_begin_nothing, None, 30.0)
    try:
        with pytest.raises(LimitReached) as limit:
            helper.ask(_reach_limit, ()).get()
        assert (limit.value.limit, limit.value.message) == ("result", "too much")
        with pytest.raises(EndpointError) as failed:
            helper.ask(_fail, (503,)).get()
        assert (failed.value.status, failed.value.where, str(failed.value)) == (503, "http://x", "http://x: busy")
        with pytest.raises(ServerFault, match="ZeroDivisionError"):
            helper.ask(divmod, (1, 0)).get()
        assert helper.ask(divmod, (7, 2)).get() == (3, 1)
    finally:
        helper.end()


@pytest.mark.parametrize("pause", [0.0, 0.002, 0.005, 0.01, 0.02])
def test_a_process_can_be_ended_while_it_starts(pause: float) -> None:
    """Whenever a process is ended, also when it is just being started, whoever waits for it is told."""
    helper = Helper(_begin_nothing, None, 30.0)
    with ThreadPoolExecutor(1) as threads:
        asked = threads.submit(helper.ask, time.sleep, (20,))
        time.sleep(pause)
        while not asked.done():
            helper.end()
            time.sleep(0.02)
        with pytest.raises(Ended):
            asked.result()


def _begin_nothing(_: None) -> Callable[[], bool]:
    return _never


def _never() -> bool:
    return False


def _reach_limit() -> None:
    raise LimitReached("too much", limit="result")


def _fail(status: int) -> None:
    raise EndpointError("busy", where="http://x", status=status)


# A store that changes while it is served.


class _Readers:
    """Clients that ask all the time, and keep what they were told."""

    def __init__(self, site: str, sparql: str, count: int = 4) -> None:
        self.told: list[str] = []
        self.wrong: list[str] = []
        self._ending = threading.Event()
        self._site, self._sparql = site, sparql
        self._threads = [threading.Thread(target=self._read) for _ in range(count)]

    def _read(self) -> None:
        while not self._ending.is_set():
            answered = ask(self._site, f"/sparql?{urlencode({'query': self._sparql, 'format': 'csv'})}")
            if answered.status == 200:
                self.told.append(answered.body.decode().split()[-1])
            elif answered.status != 503:
                self.wrong.append(answered.body.decode())

    def __enter__(self) -> _Readers:
        for thread in self._threads:
            thread.start()
        assert _until(lambda: len(self.told) > 3)
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.set()
        for thread in self._threads:
            thread.join()


_STATE = 'SELECT (COUNT(*) AS ?n) { ?s ?p ?o FILTER(STRSTARTS(?o, "new")) }'


def test_a_store_replaced_while_served(tmp_path: Path) -> None:
    """While a store is replaced, every answer is of the old one or of the new one, and soon of the new one."""
    folder = _fill(tmp_path / "store", count=300)
    with site_server("--store", folder) as site, _Readers(site, _STATE) as readers:
        for _ in range(3):
            with replace_store(folder) as new:
                lines = "\n".join(f'<urn:s{n}> <urn:p> "new {n}" .' for n in range(200))
                new.load(lines.encode(), format=RdfFormat.N_TRIPLES, graph=NamedNode("urn:g"))
        assert _until(lambda: readers.told[-1] == "200")
    assert readers.wrong == []
    assert set(readers.told) == {"0", "200"}


def test_a_store_filled_while_served(tmp_path: Path) -> None:
    """While `stpgraph load` fills a store, every answer is of before or after, and soon of after."""
    folder = _fill(tmp_path / "store", count=300)
    more = tmp_path / "more.nq"
    more.write_text("\n".join(f'<urn:m{n}> <urn:p> "new {n}" <urn:g> .' for n in range(200)), encoding="utf-8")
    with site_server("--store", folder) as site, _Readers(site, _STATE) as readers:
        command = [sys.executable, "-m", "stpgraph", "load", str(more), "--store", str(folder)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        assert _until(lambda: readers.told[-1] == "200")
    assert readers.wrong == []
    assert set(readers.told) == {"0", "200"}


def test_updates_are_seen_at_once(roomy: Running) -> None:
    """Whoever has updated the store sees that with the next query, time and again, and others never half of it."""
    with _Readers(roomy.url, "SELECT (COUNT(*) AS ?n) { GRAPH <urn:u> { ?s ?p ?o } }", 2) as readers:
        for number in range(1, 6):
            pair = f"<urn:a{number}> <urn:b> 1 . <urn:c{number}> <urn:b> 2"
            sent = ask(
                roomy.url,
                "/sparql",
                method="POST",
                body={"update": f"INSERT DATA {{ GRAPH <urn:u> {{ {pair} }} }}"},
                authorization=f"Bearer {TOKEN}",
            )
            assert sent.status == 204, sent.body
            count = "SELECT (COUNT(*) AS ?n) { GRAPH <urn:u> { ?s ?p ?o } }"
            assert select(roomy.url, count) == [(str(2 * number),)]
    assert readers.wrong == []
    assert set(readers.told) <= {"0", "2", "4", "6", "8", "10"}


def test_updates_of_a_store_that_is_gone(tmp_path: Path) -> None:
    """Where the store has been taken away an update is refused, no empty one is made, and all works when it is back."""
    folder, away = _fill(tmp_path / "store", count=3), tmp_path / "away"
    sent = {"update": "INSERT DATA { GRAPH <urn:u> { <urn:a> <urn:b> 1 } }"}
    with site_server("--store", folder, "--allow-update", env={"STPGRAPH_TOKEN": TOKEN}) as url:
        folder.rename(away)
        gone = ask(url, "/sparql", method="POST", body=sent, authorization=f"Bearer {TOKEN}")
        assert gone.status == 503
        assert "the store is gone" in gone.json()["detail"]
        assert not folder.exists()
        away.rename(folder)
        assert ask(url, "/sparql", method="POST", body=sent, authorization=f"Bearer {TOKEN}").status == 204
        assert select(url, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == [("4",)]


# What the processes share.


def _no_checks(_: str) -> None:
    raise EndpointError("no checks of this; try later")


def test_pages_share_what_one_process_finds(tmp_path: Path) -> None:
    """The checks are made once, beside the pages, in a folder that others cannot read and that is gone at the end."""

    async def run() -> Path:
        engine = Engine(Setup(location=str(_fill(tmp_path / "store"))), Limits(workers=1))
        await engine.start()
        try:
            assert engine.setup.shared is not None
            assert engine.setup.shared.stat().st_mode & 0o077 == 0
            await _come_to_be(lambda: engine.setup.shared is not None and any(engine.setup.shared.glob("*/sayings")))
            assert {file.name for file in engine.setup.shared.glob("*/*")} == {
                "ledger",
                "checks",
                "briefs",
                "speakers",
                "works",
                "sayings",
            }
            assert b"still running" not in (await engine.page(Asked(path="/figures"))).body
            return engine.setup.shared
        finally:
            await engine.stop()

    assert not asyncio.run(run()).exists()


def test_an_endpoint_is_indexed_once(plain_server: str) -> None:
    """The index of an endpoint, which has no folder of ours, is shared by the processes that make pages."""

    async def run() -> set[str]:
        engine = Engine(Setup(location=f"{plain_server}/query"), Limits(workers=1))
        await engine.start()
        try:
            assert engine.setup.shared is not None
            assert (await engine.page(Asked(path="/"))).status == 200
            return {file.name for file in engine.setup.shared.glob("*/*")}
        finally:
            await engine.stop()

    assert {"ledger", "search.npz"} <= asyncio.run(run())


def test_checks_that_fail_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Where the figures cannot be checked, their page says why, the log too, and all else goes on."""
    monkeypatch.setattr(jobs, "lend_checks", _no_checks)

    async def run() -> str:
        engine = Engine(Setup(location=str(_fill(tmp_path / "store"))), Limits(workers=1))
        await engine.start()
        try:
            assert engine.setup.shared is not None
            await _come_to_be(lambda: engine.setup.shared is not None and any(engine.setup.shared.glob("*/sayings")))
            return (await engine.page(Asked(path="/figures"))).body.decode()
        finally:
            await engine.stop()

    assert "Which figures do not hold together is not known: no checks of this; try later." in asyncio.run(run())
    assert "the figures could not be checked: no checks of this; try later" in caplog.text


async def _come_to_be(is_so: Callable[[], bool]) -> None:
    """Wait until something is so, half a minute at most."""
    for _ in range(300):
        if is_so():
            return
        await asyncio.sleep(0.1)
    raise AssertionError("it has not come to be so")
