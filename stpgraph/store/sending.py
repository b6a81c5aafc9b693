"""One request to an endpoint, through SPARQLWrapper: how often it is tried, how long, and what its failure means."""

from __future__ import annotations

import email.utils
import http.client
import json
import math
import re
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from typing import TypeVar

from pyoxigraph import NamedNode
from SPARQLWrapper import POST, SPARQLWrapper

from stpgraph.errors import BadQuery, EndpointError
from stpgraph.store.base import query_form, syntax_fault
from stpgraph.store.connections import message_of, opener
from stpgraph.store.logins import Login, hint_for
from stpgraph.store.virtuoso import fault_said

__all__ = ["Dataset", "Reply", "Sender", "without_extras"]

T = TypeVar("T")

#: Answers that mean "not now": tried again, after Retry-After where it is given.
_NOT_NOW = frozenset({429, 502, 503, 504})

#: Those of them that mean "not begun" as well: what a gateway says of 502 and 504 may have been carried out behind it.
_NOT_BEGUN = frozenset({429, 503})

#: The forms of results that every endpoint has; one that is offered plain JSON may answer in a form of its own.
_RESULTS = "application/sparql-results+json, application/sparql-results+xml;q=0.5"

#: What to do where a Virtuoso fails at a query, or an update.
_UNLIKE = "ask otherwise"
_HALF_DONE = "look which of its operations were carried out before sending it again"

#: How results in JSON end that have nothing behind their rows.
_PLAIN_END = re.compile(rb"\]\s*\}\s*\}\s*\Z")

#: Seconds before the second try; doubled for each further one.
_FIRST_WAIT = 0.5

#: Bytes of an answer read at once.
_PIECE = 65_536


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs that a request names; none for those that the endpoint asks by itself.

    Attributes:
        default: asked as one.
        named: those that GRAPH reaches.
    """

    default: tuple[NamedNode, ...] = ()
    named: tuple[NamedNode, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.default or self.named)


@dataclass(frozen=True, slots=True)
class Reply:
    """What an endpoint answered.

    Attributes:
        body: of the answer.
        content_type: as its header says it.
        server: what the endpoint calls itself; "" where it does not.
        most_rows: how many rows it gives at most, where it says so.
    """

    body: bytes
    content_type: str
    server: str
    most_rows: str = ""

    @property
    def media(self) -> str:
        """The media type, without its parameters."""
        return self.content_type.partition(";")[0].strip()


class _Refusal(Exception):
    """What one failed try came to: an HTTP status, or None where nothing answered."""

    def __init__(self, status: int | None, message: str, headers: Message | None = None, *, is_sent: bool) -> None:
        self.status, self.message, self.headers, self.is_sent = status, message, headers or Message(), is_sent
        super().__init__(message)


class _Wrapper(SPARQLWrapper):
    """What writes a request; it is sent by an opener of ours, which follows no redirect."""

    def request(self) -> urllib.request.Request:
        """Return the request, without a login."""
        return self._createRequest()

    def _getAcceptHeader(self) -> str:  # noqa: N802 - its name
        if self.queryType in {"SELECT", "ASK"}:
            return _RESULTS
        accepted: str = super()._getAcceptHeader()
        return accepted


class Sender:
    """Sends queries and updates, again and again where that can help, within the time limit.

    Args:
        login: user and password; told to an address that asks for them, in the way that it asks for.
        timeout: seconds that all tries together may take.
        tries: how many there are at most.
    """

    def __init__(self, *, login: tuple[str, str] | None, timeout: float, tries: int) -> None:
        self._login = Login(*login) if login else None
        self._opener = opener()
        self._timeout = timeout
        self._tries = tries

    def deadline(self) -> float:
        """Return when what begins now must be over, by the clock that only goes forward."""
        return time.monotonic() + self._timeout

    def query(self, url: str, sparql: str, dataset: Dataset, deadline: float) -> Reply:
        """Send a query as it stands, and return the answer to it.

        Raises:
            BadQuery: when the endpoint says that it is wrong.
            EndpointError: when it does not answer, or refuses.
        """
        form = query_form(sparql)
        wrapper = self._wrapper(url, sparql, form)
        wrapper.setReturnFormat("json" if form in {"SELECT", "ASK"} else "turtle")
        for graph in dataset.default:
            wrapper.addParameter("default-graph-uri", graph.value)
        for graph in dataset.named:
            wrapper.addParameter("named-graph-uri", graph.value)
        return self._send(wrapper, deadline, is_repeatable=True)

    def update(self, url: str, sparql: str) -> None:
        """Send an update as it stands, again only where it cannot have been carried out.

        Raises:
            BadQuery: when the endpoint says that it is wrong.
            EndpointError: when it does not answer, or refuses.
        """
        self._send(self._wrapper(url, sparql, "INSERT"), self.deadline(), is_repeatable=False)

    def _wrapper(self, url: str, sparql: str, form: str) -> _Wrapper:
        wrapper = _Wrapper(url, updateEndpoint=url)
        wrapper.queryString, wrapper.queryType = sparql, form  # setQuery guesses the form, and warns where it fails
        wrapper.setMethod(POST)
        wrapper.setOnlyConneg(True)
        return wrapper

    def _send(self, wrapper: _Wrapper, deadline: float, *, is_repeatable: bool) -> Reply:
        """Send a request, again and again where that can help, within the time limit."""
        wait = _FIRST_WAIT
        for attempt in range(self._tries):
            try:
                return _within(deadline, lambda: self._once(wrapper, deadline))
            except TimeoutError:
                raise EndpointError(
                    f"no whole answer within {self._timeout:g} s; ask for less, or allow more time",
                    where=wrapper.endpoint,
                ) from None
            except _Refusal as refusal:
                asked = refusal.headers.get("Retry-After")
                pause = _seconds(asked) if asked else wait
                is_unreached = refusal.status is None and (is_repeatable or not refusal.is_sent)
                may_try = refusal.status in (_NOT_NOW if is_repeatable else _NOT_BEGUN) or is_unreached
                if attempt + 1 == self._tries or not may_try or time.monotonic() + pause >= deadline:
                    raise self._error(refusal, wrapper, is_repeatable=is_repeatable) from refusal
                time.sleep(pause)
                wait *= 2
        raise AssertionError("unreachable: the last try returns or raises")

    def _once(self, wrapper: _Wrapper, deadline: float) -> Reply:
        """Send a request, and again with the password where that is asked for; read the whole answer.

        Raises:
            TimeoutError: when the deadline passes.
            _Refusal: when the endpoint answers with an error, or does not answer.
        """
        try:
            return self._answered(wrapper, deadline)
        except _Refusal as refusal:
            asked = refusal.headers.get_all("WWW-Authenticate", [])
            if refusal.status != 401 or self._login is None or not self._login.learn(wrapper.endpoint, asked):
                raise
        return self._answered(wrapper, deadline)

    def _answered(self, wrapper: _Wrapper, deadline: float) -> Reply:
        request = wrapper.request()
        login = self._login.header_for(request, wrapper.endpoint) if self._login else None
        if login:
            request.add_unredirected_header("Authorization", login)
        try:
            with self._opener.open(request, timeout=max(1, math.ceil(deadline - time.monotonic()))) as response:
                told = response.headers
                return Reply(
                    _read_whole(response, deadline),
                    told.get("Content-Type", ""),
                    told.get("Server", ""),
                    told.get("X-SPARQL-MaxRows", ""),
                )
        except TimeoutError:
            raise
        except urllib.error.HTTPError as fault:
            with fault:
                raise _Refusal(fault.code, message_of(fault), fault.headers, is_sent=True) from fault
        except urllib.error.URLError as fault:
            if isinstance(fault.reason, TimeoutError):
                raise fault.reason from fault
            raise _Refusal(None, str(fault.reason), is_sent=False) from fault
        except (OSError, http.client.HTTPException) as fault:
            raise _Refusal(None, str(fault) or type(fault).__name__, is_sent=True) from fault

    def _error(self, refusal: _Refusal, wrapper: _Wrapper, *, is_repeatable: bool) -> EndpointError | BadQuery:
        where, status = wrapper.endpoint, refusal.status
        fault = fault_said(refusal.message)
        message = fault[1] if fault else refusal.message
        said = syntax_fault(message, wrapper.queryString)[:300] or "no message"
        if status is None and refusal.is_sent:
            hint = "try again" if is_repeatable else "look whether the update was carried out before sending it again"
            return EndpointError(f"the endpoint broke off: {said}; {hint}", where=where)
        if status is None:
            return EndpointError(f"the endpoint is not reached: {said}; is it running?", where=where)
        if status == 400:
            kind = "query" if is_repeatable else "update"
            return BadQuery(f"the endpoint refuses the {kind}: {said}; mend it", where=where)
        hint = hint_for(status, refusal.headers, where, has_login=self._login is not None) or (
            "check the address" if status == 404 else "try again later"
        )
        if fault and status == 500:
            hint = _UNLIKE if is_repeatable else _HALF_DONE
        return EndpointError(f"the endpoint answered {status}: {said}; {hint}", where=where, status=status)


def _read_whole(response: http.client.HTTPResponse, deadline: float) -> bytes:
    """Read a body piece by piece, so that one which drips is left at the deadline."""
    pieces = []
    while piece := response.read1(_PIECE):
        pieces.append(piece)
        if time.monotonic() > deadline:
            raise TimeoutError
    body = b"".join(pieces)
    if response.length:  # what the header promised and never came; read1 does not mind
        raise http.client.IncompleteRead(body, response.length)
    return body


def without_extras(body: bytes) -> bytes:
    """Return results in JSON without members of an engine's own behind the rows, at which the reader would stop.

    Example:
        >>> without_extras(b'{"head": {"vars": []}, "results": {"bindings": []}, "metadata": {"took": 1}}')
        b'{"head": {"vars": []}, "results": {"bindings": []}}'
    """
    if _PLAIN_END.search(body[-100:]):
        return body
    try:
        told = json.loads(body)
    except ValueError:
        return body  # the reader says where it goes wrong
    rows = told.get("results") if isinstance(told, dict) else None
    if not isinstance(rows, dict) or not isinstance(rows.get("bindings"), list):
        return body
    return json.dumps({"head": told.get("head", {}), "results": {"bindings": rows["bindings"]}}).encode()


def _seconds(retry_after: str) -> float:
    """Return the seconds that a Retry-After header asks for: a number, or a date.

    Example:
        >>> _seconds("3"), _seconds("no date")
        (3.0, 0.5)
    """
    if re.fullmatch(r"\s*[0-9]+\s*", retry_after):
        return float(retry_after)
    try:
        at = email.utils.parsedate_to_datetime(retry_after)
    except ValueError:
        return _FIRST_WAIT
    return max(0.0, at.timestamp() - time.time())


def _within(deadline: float, work: Callable[[], T]) -> T:
    """Run work in a thread of its own and give it up at the deadline, so that a dripping answer cannot hold us.

    Raises:
        TimeoutError: when the deadline passed; the thread ends soon after, by the deadline or its socket's limit.
    """
    outcome: list[T] = []
    fault: list[BaseException] = []

    def run() -> None:
        try:
            outcome.append(work())
        except BaseException as error:  # handed to the caller's thread below
            fault.append(error)

    thread = threading.Thread(target=run, name="stpgraph endpoint", daemon=True)
    thread.start()
    thread.join(max(0.0, deadline - time.monotonic()))
    if thread.is_alive():
        raise TimeoutError
    try:
        if fault:
            raise fault[0]
        return outcome[0]
    finally:
        fault.clear()  # an error that holds the frame that holds it would keep all of it alive
