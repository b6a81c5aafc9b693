"""Talking to an endpoint: queries, updates, and whole graphs by the Graph Store HTTP Protocol."""

from __future__ import annotations

import email.utils
import http.client
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message

from pyoxigraph import NamedNode, QueryResultsFormat, QuerySolutions, parse_query_results

from stpgraph.errors import EndpointError, UsageError
from stpgraph.publishing.addresses import Addresses, likely_addresses
from stpgraph.store import Term, is_url
from stpgraph.store.connections import check_address, message_of, opener, shown
from stpgraph.store.logins import Login, hint_for
from stpgraph.store.virtuoso import is_virtuoso
from stpgraph.vocabulary import mint

__all__ = ["Endpoint"]

#: Answers that mean "not now". All that is sent may be sent twice, for it comes to the same.
_NOT_NOW = frozenset({429, 502, 503, 504})

#: Answers of a server that does not know an address, or not what was wanted of it.
_UNKNOWN = frozenset({404, 405, 410, 501})

#: How often a request is tried, and seconds before the second time; doubled for each further one.
_TRIES, _FIRST_WAIT = 4, 0.5

#: Bytes of an answer read at once.
_PIECE = 65_536

#: A graph that no endpoint has.
_NO_GRAPH = mint("graph", "stpgraph-no-such-graph")

_HINTS = {
    400: "it does not understand this; see its log",
    404: "check the address",
    413: "it takes no requests of this size; raise its limit",
}
_NO_GRAPHS = (
    "it takes no graphs by the Graph Store Protocol here; give the address where it does as --graph-store-url, "
    "or fill it with `stpgraph load`"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Request:
    method: str
    url: str
    address: str
    is_graph: bool = False
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


class _Refusal(Exception):
    """What one try came to: an HTTP status, or None where there was no answer."""

    def __init__(self, status: int | None, message: str, headers: Message | None = None) -> None:
        self.status, self.message, self.headers = status, message, headers or Message()
        super().__init__(message)


class Endpoint:
    """A SPARQL endpoint that takes graphs.

    Each request is tried again while the endpoint says "not now", is not reached or breaks off, with waits that
    double and honour Retry-After, within `timeout` seconds.

    Attributes:
        url: where queries go.
    """

    def __init__(
        self,
        url: str,
        *,
        graphs_url: str | None = None,
        update_url: str | None = None,
        user: str | None = None,
        password: str | None = None,
        timeout: float = 60.0,
    ) -> None:
        for address in filter(None, (url, graphs_url, update_url)):
            check_address(address)
            if not is_url(address):
                raise UsageError(f"{address!r} is not the address of an endpoint; expected http:// or https://")
        self.url = url
        self._login = Login(user, password or "") if user else None
        self._timeout = timeout
        self._opener = opener()
        self._server = ""
        self._addresses = self._found_addresses(graphs_url, update_url)

    @property
    def addresses(self) -> Addresses:
        """Where it takes graphs and updates."""
        return self._addresses

    @property
    def is_virtuoso(self) -> bool:
        """Whether what answered last calls itself Virtuoso."""
        return is_virtuoso(self._server)

    def select(self, sparql: str) -> list[tuple[Term | None, ...]]:
        """Answer a SELECT."""
        body, media = self._ask(self.url, "query", sparql, "application/sparql-results+xml")
        form = QueryResultsFormat.from_media_type(media.partition(";")[0]) or QueryResultsFormat.XML
        try:
            answer = parse_query_results(body, format=form)
            return list(map(tuple, answer)) if isinstance(answer, QuerySolutions) else []
        except (SyntaxError, ValueError) as fault:
            raise EndpointError(
                f"the answer ({media or 'no content type'}) is not SPARQL results: {fault}; is this a SPARQL endpoint?",
                where=self.url,
            ) from fault

    def update(self, sparql: str) -> None:
        """Carry out an update, which must be one that comes to the same when it is carried out twice."""
        self._ask(self._addresses.updates, "update", sparql, "*/*")

    def add(self, graph: NamedNode, triples: bytes) -> None:
        """Add triples in N-Triples to a graph, which comes to be where it is not there yet."""
        self._send(
            _Request(
                method="POST",
                url=_of_graph(self._addresses.graphs, graph),
                address=self._addresses.graphs,
                is_graph=True,
                body=triples,
                headers={"Content-Type": "text/turtle; charset=utf-8"},  # of which N-Triples is a part
            )
        )

    def greet(self) -> None:
        """Ask for a graph that is not there, so that a login is settled before much is sent."""
        address = self._addresses.graphs
        try:
            self._send(_Request(method="GET", url=_of_graph(address, _NO_GRAPH), address=address, is_graph=True))
        except EndpointError as fault:
            if fault.status not in _UNKNOWN:
                raise

    def _ask(self, address: str, name: str, sparql: str, accept: str) -> tuple[bytes, str]:
        form = "application/x-www-form-urlencoded"
        body = urllib.parse.urlencode({name: sparql}).encode("ascii")
        headers = {"Content-Type": form, "Accept": accept}
        return self._send(_Request(method="POST", url=address, address=address, body=body, headers=headers))

    def _found_addresses(self, graphs: str | None, updates: str | None) -> Addresses:
        """Return the addresses that were given, with those that answer in place of those that were not."""
        likely = likely_addresses(self.url, has_login=self._login is not None)
        beside = next((place for place in likely if graphs is not None or self._takes_graphs(place.graphs)), None)
        if beside is None and graphs is None:
            raise EndpointError(
                "the address at which it takes graphs is not known; give it as --graph-store-url, or fill it with "
                "`stpgraph load` where it takes none",
                where=self.url,
            )
        beside = beside or Addresses(graphs=self.url, updates=self.url)
        return Addresses(graphs=graphs or beside.graphs, updates=updates or beside.updates)

    def _takes_graphs(self, address: str) -> bool:
        """Say whether a server speaks the Graph Store Protocol at an address, or at least guards it."""
        try:
            request = _Request(method="GET", url=f"{address}?default", address=address)
            with self._open_as_asked(request, time.monotonic() + self._timeout):
                return True
        except TimeoutError:
            raise self._too_slow(address) from None
        except _Refusal as refusal:
            if refusal.status is None:
                raise self._error(refusal, address) from refusal
            return refusal.status not in _UNKNOWN

    def _send(self, request: _Request) -> tuple[bytes, str]:
        """Send a request, again and again where that can help; return the answer and its media type."""
        deadline = time.monotonic() + self._timeout
        wait = _FIRST_WAIT
        for attempt in range(_TRIES):
            try:
                return self._once(request, deadline)
            except TimeoutError:
                raise self._too_slow(request.address) from None
            except _Refusal as refusal:
                pause = _seconds(refusal.headers.get("Retry-After")) or wait
                may_try = refusal.status is None or refusal.status in _NOT_NOW
                if attempt + 1 == _TRIES or not may_try or time.monotonic() + pause >= deadline:
                    raise self._error(refusal, request.address, is_graph=request.is_graph) from refusal
                time.sleep(pause)
                wait *= 2
        raise AssertionError("unreachable: the last try returns or raises")

    def _once(self, request: _Request, deadline: float) -> tuple[bytes, str]:
        with self._open_as_asked(request, deadline) as response:
            self._server = response.headers.get("Server", "")
            return _read_whole(response, deadline), response.headers.get("Content-Type", "")

    def _open_as_asked(self, request: _Request, deadline: float) -> http.client.HTTPResponse:
        """Send a request, and again with the password where that is asked for."""
        try:
            return self._open(request, deadline - time.monotonic())
        except _Refusal as refusal:
            asked = refusal.headers.get_all("WWW-Authenticate", [])
            if refusal.status != 401 or self._login is None or not self._login.learn(request.address, asked):
                raise
        return self._open(request, deadline - time.monotonic())

    def _open(self, request: _Request, seconds: float) -> http.client.HTTPResponse:
        if seconds <= 0:
            raise TimeoutError
        sent = urllib.request.Request(  # noqa: S310 - addresses are held to http and https above
            request.url, data=request.body, headers=dict(request.headers), method=request.method
        )
        told = self._login.header_for(sent, request.address) if self._login else None
        if told:
            sent.add_unredirected_header("Authorization", told)
        try:
            response: http.client.HTTPResponse = self._opener.open(sent, timeout=seconds)
            return response
        except urllib.error.HTTPError as fault:
            with fault:
                raise _Refusal(fault.code, message_of(fault), fault.headers) from fault
        except urllib.error.URLError as fault:
            if isinstance(fault.reason, TimeoutError):
                raise fault.reason from fault
            raise _Refusal(None, str(fault.reason)) from fault
        except TimeoutError:
            raise
        except (OSError, http.client.HTTPException) as fault:
            raise _Refusal(None, str(fault) or type(fault).__name__) from fault

    def _error(self, refusal: _Refusal, address: str, *, is_graph: bool = False) -> EndpointError:
        said = " ".join(refusal.message.split())[:300] or "no message"
        if refusal.status is None:
            return EndpointError(
                f"the endpoint is not reached, or broke off: {said}; is it running?", where=shown(address)
            )
        return EndpointError(
            f"the endpoint answered {refusal.status}: {said}; {self._hint(refusal, address, is_graph=is_graph)}",
            where=shown(address),
            status=refusal.status,
        )

    def _hint(self, refusal: _Refusal, address: str, *, is_graph: bool) -> str:
        """Say what to do about a status."""
        status, told = refusal.status or 0, refusal.headers
        if is_graph and status in _UNKNOWN:
            return _NO_GRAPHS
        hint = hint_for(status, told, address, has_login=self._login is not None)
        if hint:
            return hint
        if status in _NOT_NOW and _seconds(told.get("Retry-After")):
            return f"it asks to wait for {_seconds(told.get('Retry-After')):g} s; publish again then"
        return _HINTS.get(status, "try again later" if status in _NOT_NOW else "see its log, and publish again")

    def _too_slow(self, address: str) -> EndpointError:
        return EndpointError(
            f"no whole answer within {self._timeout:g} s; allow more with --timeout", where=shown(address)
        )


def _of_graph(address: str, graph: NamedNode) -> str:
    return f"{address}{'&' if '?' in address else '?'}{urllib.parse.urlencode({'graph': graph.value})}"


def _read_whole(response: http.client.HTTPResponse, deadline: float) -> bytes:
    """Read a body piece by piece, so that one which drips is left at the deadline."""
    pieces = []
    try:
        while piece := response.read1(_PIECE):
            pieces.append(piece)
            if time.monotonic() > deadline:
                raise TimeoutError
    except (ConnectionError, http.client.HTTPException) as fault:
        raise _Refusal(None, str(fault) or type(fault).__name__) from fault
    if response.length:  # what the header promised and never came; read1 does not mind
        raise _Refusal(None, "the answer is not whole")
    return b"".join(pieces)


def _seconds(retry_after: str | None) -> float | None:
    """Return the seconds that a Retry-After header asks for: a number, or a date; None where it says neither.

    Example:
        >>> _seconds("3"), _seconds("no date"), _seconds(None)
        (3.0, None, None)
    """
    if retry_after is None or re.fullmatch(r"\s*[0-9]+\s*", retry_after):
        return float(retry_after) if retry_after else None
    try:
        at = email.utils.parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    return max(0.0, at.timestamp() - time.time())
