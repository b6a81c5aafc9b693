"""The site on loopback, as tests use it."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

__all__ = ["TOKEN", "Answered", "Running", "ask", "running_site", "select", "site_server"]

#: The token of the server of the fixture `site`.
TOKEN = "a-token-of-tests"

#: Seconds to wait for the server to come up or go down.
_PATIENCE = 60


@dataclass(frozen=True, slots=True)
class Running:
    """A server that runs.

    Attributes:
        url: its address, without a slash at its end.
        process: the server.
        errors: what it has written on standard error so far, line by line.
    """

    url: str
    process: subprocess.Popen[str]
    errors: list[str]


@contextmanager
def site_server(*options: str | Path, env: dict[str, str] | None = None) -> Iterator[str]:
    """Run `stpgraph serve` at a free port, yield its address without a slash at its end, and stop it at the end.

    Args:
        options: of the command, such as `--store`, a folder.
        env: further variables of its environment.
    """
    with running_site(*options, env=env) as site:
        yield site.url


@contextmanager
def running_site(
    *options: str | Path, env: dict[str, str] | None = None, before: Callable[[], None] | None = None
) -> Iterator[Running]:
    """Do the same, and yield the process beside the address; `before` is called in it before the command is run."""
    process = subprocess.Popen(
        [sys.executable, "-m", "stpgraph", "serve", "--port", "0", *map(str, options)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **(env or {})},
        preexec_fn=before,  # noqa: PLW1509 (the one test that gives it has no threads then)
    )
    assert process.stdout is not None, "it is a pipe"
    assert process.stderr is not None, "it is a pipe"
    told: list[str] = []
    errors = process.stderr
    reader = threading.Thread(target=lambda: told.extend(errors), daemon=True)
    reader.start()
    try:
        line = process.stdout.readline()
        if not line.startswith("http://"):
            process.wait(timeout=_PATIENCE)
            reader.join(timeout=_PATIENCE)
            raise RuntimeError(f"stpgraph serve did not come up: {line}{''.join(told)}")
        yield Running(line.split()[0].rstrip("/"), process, told)
    finally:
        process.terminate()
        process.wait(timeout=_PATIENCE)
        reader.join(timeout=_PATIENCE)
        process.stdout.close()
        errors.close()


@dataclass(frozen=True, slots=True)
class Answered:
    """A reply of the server.

    Attributes:
        status: of HTTP.
        headers: by name in lower case.
        body: what was sent.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media(self) -> str:
        """The media type, without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0]

    def json(self) -> Any:
        """Return the body as what its JSON says."""
        return json.loads(self.body)


def ask(
    site: str,
    path: str,
    *,
    method: str = "GET",
    body: bytes | str | Mapping[str, str] | None = None,
    **headers: str,
) -> Answered:
    """Send a request as it stands: the path is not tidied up.

    Args:
        site: the server's address.
        path: and parameters.
        method: of HTTP.
        body: bytes, text, or the fields of a form, which are sent as one.
        headers: with `_` for `-`; no others are sent but Host and Content-Length.
    """
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    if isinstance(body, Mapping):
        body = urlencode(body)
        sent.setdefault("content-type", "application/x-www-form-urlencoded")
    place = urlsplit(site)
    connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=_PATIENCE)
    try:
        data = body.encode() if isinstance(body, str) else body
        connection.putrequest(method, path, skip_host="host" in sent, skip_accept_encoding=True)
        for name, value in {**({"content-length": str(len(data))} if data is not None else {}), **sent}.items():
            connection.putheader(name, value)
        connection.endheaders(data)
        reply = connection.getresponse()
        return Answered(reply.status, {key.lower(): value for key, value in reply.getheaders()}, reply.read())
    finally:
        connection.close()


def select(site: str, sparql: str, **headers: str) -> list[tuple[str, ...]]:
    """Return the rows of a SELECT, as texts, "" where there is nothing."""
    answered = ask(site, "/sparql", method="POST", body={"query": sparql}, **headers)
    assert answered.status == 200, answered.body
    told = answered.json()
    return [
        tuple(row.get(name, {}).get("value", "") for name in told["head"]["vars"])
        for row in told["results"]["bindings"]
    ]
