"""What stands before a SPARQL server in the wild: a gate that wants a password, takes no large requests, or fails."""

from __future__ import annotations

import base64
import hashlib
import http.client
import threading
import urllib.request
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

#: How often each request is named in `Gate.seen`: by its method, its path, and whether it told a password.
Seen = tuple[str, str, bool]

_NONCE = "dcd98b7102dd2f0e8b11d0f600bfb0c093"


@dataclass
class Gate:
    """A reverse proxy on loopback.

    Attributes:
        behind: the address of the server that it guards.
        way: "basic" or "digest", where it wants a password; "" where it does not.
        user: who may pass.
        password: theirs.
        most_bytes: what a request may have; a larger one is refused unread, and the connection closed. Any where 0.
        refuses: the start of the path, with its method, of requests that are refused with `status`.
        status: what they are refused with.
        headers: what is told with the refusal.
        patience: how many requests are refused, before all pass.
        hangs: whether a refused request gets no answer at all until the gate is closed.
    """

    behind: str
    way: str = ""
    user: str = "jo doe"
    password: str = "pàss:wörd"
    most_bytes: int = 0
    refuses: str = ""
    status: int = 503
    headers: dict[str, str] = field(default_factory=dict)
    patience: int = 10**6
    hangs: bool = False
    seen: list[Seen] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> str:
        gate = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                gate.answer(self)

            do_GET = do_PUT = do_POST  # noqa: N815 - the names that the server calls

            def log_message(self, format: str, *args: object) -> None:
                """Keep the tests' output clean."""

        class Server(ThreadingHTTPServer):
            def handle_error(self, request: object, client_address: object) -> None:
                """Say nothing of clients that hang up."""

        self._server = Server(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """Refuse a request, or pass it on."""
        told = handler.headers.get("Authorization", "")
        self.seen.append((handler.command, handler.path.partition("?")[0], bool(told)))
        length = int(handler.headers.get("Content-Length", 0))
        if self.most_bytes and length > self.most_bytes:
            handler.close_connection = True
            _reply(handler, 413, b"too large", {})
            return
        body = handler.rfile.read(length)
        if self.way and not self._may_pass(handler.command, handler.path, told):
            _reply(handler, 401, b"no entry", {"WWW-Authenticate": self._challenge()})
        elif self.refuses and f"{handler.command} {handler.path}".startswith(self.refuses) and self.patience > 0:
            self.patience -= 1
            if self.hangs:
                self.closing.wait(60)
            else:
                _reply(handler, self.status, b"not so", self.headers)
        else:
            self._pass_on(handler, body)

    def _challenge(self) -> str:
        if self.way == "basic":
            return 'Basic realm="graphs", charset="UTF-8"'
        return (
            f'Digest realm="graphs", qop="auth", algorithm=MD5, nonce="{_NONCE}"' if self.way == "digest" else "Bearer"
        )

    def _may_pass(self, method: str, path: str, told: str) -> bool:
        way, _, rest = told.partition(" ")
        if self.way == "basic":
            return way == "Basic" and base64.b64decode(rest).decode() == f"{self.user}:{self.password}"
        if self.way != "digest" or way != "Digest":
            return False
        said = urllib.request.parse_keqv_list(urllib.request.parse_http_list(rest))
        wanted = _md5(
            _md5(f"{self.user}:graphs:{self.password}"),
            said["nonce"],
            said["nc"],
            said["cnonce"],
            "auth",
            _md5(f"{method}:{path}"),
        )
        return (said["response"], said["uri"], said["nonce"]) == (wanted, path, _NONCE)

    def _pass_on(self, handler: BaseHTTPRequestHandler, body: bytes) -> None:
        connection = http.client.HTTPConnection(self.behind.removeprefix("http://"), timeout=60)
        kept = {name: handler.headers[name] for name in ("Content-Type", "Accept") if name in handler.headers}
        connection.request(handler.command, handler.path, body or None, kept)
        answered = connection.getresponse()
        result = answered.read()
        told = {"Content-Type": answered.getheader("Content-Type", "text/plain")}
        connection.close()
        _reply(handler, answered.status, result, told)


def _reply(handler: BaseHTTPRequestHandler, status: int, body: bytes, headers: dict[str, str]) -> None:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def _md5(*parts: str) -> str:
    return hashlib.md5(":".join(parts).encode()).hexdigest()
