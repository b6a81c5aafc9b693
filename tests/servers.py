"""SPARQL servers on loopback: a real Oxigraph, a real Virtuoso, and one that answers as a test tells it."""

from __future__ import annotations

import json
import os
import shutil
import socket
import struct
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

#: Seconds that a server may take to come up on a busy machine.
_PATIENCE = 60.0

#: Asks servers on loopback directly, whatever the machine is set up for.
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))

#: The answer to a SELECT that finds one thing.
FOUND = json.dumps(
    {"head": {"vars": ["x"]}, "results": {"bindings": [{"x": {"type": "literal", "value": "found"}}]}}
).encode()

#: The answer to an ASK.
YES = json.dumps({"head": {}, "boolean": True}).encode()

JSON = "application/sparql-results+json"


@contextmanager
def oxigraph_server(folder: Path, *, is_union: bool) -> Iterator[str]:
    """Run `oxigraph serve` over a folder; yield its address once it answers, and stop it at the end."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    log = folder.with_suffix(".log")
    command = [Path(sys.executable).with_name("oxigraph"), "serve", "--location", folder, "--bind", f"127.0.0.1:{port}"]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*map(str, command), *(["--union-default-graph"] if is_union else [])], stdout=output, stderr=output
        )
    try:
        _wait_for(f"{url}/query", process, log)
        yield url
    finally:
        process.terminate()
        process.wait(timeout=_PATIENCE)


#: A small Virtuoso that only this machine reaches. It writes no checkpoints, for what it keeps is thrown away.
_VIRTUOSO_INI = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
TempStorage = TempDatabase

[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx

[Parameters]
ServerPort = 127.0.0.1:{console}
DisableUnixSocket = 1
ServerThreads = 20
CheckpointInterval = -1
NumberOfBuffers = 4000
MaxDirtyBuffers = 3000
DirsAllowed = {folder}

[HTTPServer]
ServerPort = 127.0.0.1:{web}
ServerThreads = 10

[SPARQL]
ResultSetMaxRows = 1000000
"""

#: Lets whoever reaches the server change its graphs, as `oxigraph serve` does.
_VIRTUOSO_RIGHTS = "GRANT SPARQL_UPDATE TO \"SPARQL\"; DB.DBA.RDF_DEFAULT_USER_PERMS_SET ('nobody', 7);"


@dataclass(frozen=True, kw_only=True, slots=True)
class Virtuoso:
    """A Virtuoso that runs.

    Attributes:
        url: where queries and updates go; anybody may do both.
        login_url: the same for those who give user and password, by HTTP's digest.
        graphs_url: where the Graph Store Protocol is spoken; anybody may write.
        graphs_login_url: the same for those who give user and password, by HTTP's digest.
        user: the administrator.
        password: theirs.
    """

    url: str
    login_url: str
    graphs_url: str
    graphs_login_url: str
    user: str = "dba"
    password: str = "dba"


def find_virtuoso() -> str | None:
    """Return the path of Virtuoso's server, which the variable VIRTUOSO may name; None without it or its console."""
    return shutil.which(os.environ.get("VIRTUOSO", "virtuoso-t")) if shutil.which("isql-vt") else None


@contextmanager
def virtuoso_server(folder: Path) -> Iterator[Virtuoso]:
    """Run Virtuoso over a new folder; yield its addresses once it answers and takes updates, and stop it at the end."""
    folder.mkdir(parents=True, exist_ok=True)
    console, web = free_port(), free_port()
    settings, log = folder / "virtuoso.ini", folder / "virtuoso.out"
    settings.write_text(_VIRTUOSO_INI.format(console=console, web=web, folder=folder), encoding="utf-8")
    command = [find_virtuoso() or "virtuoso-t", "+foreground", "+no-checkpoint", "+configfile", str(settings)]
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=output)
    root = f"http://127.0.0.1:{web}/sparql"
    try:
        _wait_for(root, process, log)
        subprocess.run(
            ["isql-vt", f"127.0.0.1:{console}", "dba", "dba", "ERRORS=STDOUT", f"EXEC={_VIRTUOSO_RIGHTS}"],
            check=True,
            capture_output=True,
            timeout=_PATIENCE,
        )
        yield Virtuoso(
            url=root,
            login_url=f"{root}-auth",
            graphs_url=f"{root}-graph-crud",
            graphs_login_url=f"{root}-graph-crud-auth",
        )
    finally:
        process.terminate()
        process.wait(timeout=_PATIENCE)


def free_port() -> int:
    """Return a port of loopback that nothing listens at."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        try:
            _DIRECT.open(f"{url}?query=ASK%7B%7D", timeout=5).close()
            return
        except OSError:
            if process.poll() is not None:
                break
            time.sleep(0.02)
    raise RuntimeError(f"{process.args!r} did not come up:\n{log.read_text(encoding='utf-8', errors='replace')}")


@dataclass(frozen=True, slots=True)
class Seen:
    """One request as it came in."""

    at: float
    headers: dict[str, str]
    form: dict[str, list[str]]


Answer = Callable[["Handler"], None]


class ScriptedEndpoint:
    """An endpoint that answers each request by the next line of its script, and by the last from then on.

    Attributes:
        url: its address.
        seen: the requests so far.
    """

    def __init__(self, script: Sequence[Answer]) -> None:
        self.seen: list[Seen] = []
        self.closing = threading.Event()
        self._script = script
        self._server = _Server(("127.0.0.1", 0), Handler)
        self._server.endpoint = self
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/sparql"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()

    def take(self, seen: Seen) -> Answer:
        """Note a request and return what to answer it with."""
        self.seen.append(seen)
        return self._script[min(len(self.seen), len(self._script)) - 1]

    def close(self) -> None:
        """Stop listening, and let go of whoever is being answered."""
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    endpoint: ScriptedEndpoint

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of clients that hang up: many tests are about just that."""


class Handler(BaseHTTPRequestHandler):
    """Hands requests to the script."""

    server: _Server

    def do_POST(self) -> None:
        """Answer by the script."""
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        self.server.endpoint.take(Seen(time.monotonic(), dict(self.headers), urllib.parse.parse_qs(body)))(self)

    def log_message(self, format: str, *args: object) -> None:
        """Keep the tests' output clean."""


def answer(
    body: bytes = FOUND, *, status: int = 200, content_type: str = JSON, promised: int = 0, **headers: str
) -> Answer:
    """Answer with a body; `promised` is a length to announce where it is not the body's."""

    def send(handler: Handler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", content_type)
        handler.send_header("Content-Length", str(promised or len(body)))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return send


def drip(body: bytes = FOUND, *, pause: float = 0.2) -> Answer:
    """Answer byte by byte, until the test is over."""

    def send(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", JSON)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        for place in range(len(body)):
            handler.wfile.write(body[place : place + 1])
            if handler.server.endpoint.closing.wait(pause):
                return

    return send


def silence(handler: Handler) -> None:
    """Take the request and say nothing until the test is over."""
    handler.server.endpoint.closing.wait(_PATIENCE)


def hang_up(handler: Handler) -> None:
    """Take the request and reset the connection."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()
