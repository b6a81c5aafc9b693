"""One request to an endpoint, through SPARQLWrapper: how often it is tried, how long, and what its failure means."""

from __future__ import annotations

import ast
import email.utils
import http.client
import math
import re
import threading
import time
import urllib.error
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from pyoxigraph import NamedNode
from SPARQLWrapper import POST, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

from stpgraph.errors import BadQuery, EndpointError
from stpgraph.store.base import query_form, syntax_fault
from stpgraph.store.virtuoso import fault_said

__all__ = ["Dataset", "Reply", "Sender"]

T = TypeVar("T")

#: Answers that mean "not now": tried again, after Retry-After where it is given.
_NOT_NOW = frozenset({429, 502, 503, 504})

#: Those of them that mean "not begun" as well: what a gateway says of 502 and 504 may have been carried out behind it.
_NOT_BEGUN = frozenset({429, 503})

#: What to do about a status.
_HINTS = {
    401: "check STPGRAPH_USER and STPGRAPH_PASSWORD",
    403: "it does not allow this",
    404: "check the address",
}

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

    def __init__(self, status: int | None, message: str, retry_after: str | None, *, is_sent: bool) -> None:
        self.status, self.message, self.retry_after, self.is_sent = status, message, retry_after, is_sent
        super().__init__(message)


class Sender:
    """Sends queries and updates, again and again where that can help, within the time limit.

    Args:
        login: user and password.
        timeout: seconds that all tries together may take.
        tries: how many there are at most.
    """

    def __init__(self, *, login: tuple[str, str] | None, timeout: float, tries: int) -> None:
        self._login = login
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

    def _wrapper(self, url: str, sparql: str, form: str) -> SPARQLWrapper:
        wrapper = SPARQLWrapper(url, updateEndpoint=url)
        wrapper.queryString, wrapper.queryType = sparql, form  # setQuery guesses the form, and warns where it fails
        wrapper.setMethod(POST)
        wrapper.setOnlyConneg(True)
        if self._login:
            wrapper.setCredentials(*self._login)
        return wrapper

    def _send(self, wrapper: SPARQLWrapper, deadline: float, *, is_repeatable: bool) -> Reply:
        """Send a request, again and again where that can help, within the time limit."""
        wait = _FIRST_WAIT
        for attempt in range(self._tries):
            try:
                return _within(deadline, lambda: _once(wrapper, deadline))
            except TimeoutError:
                raise EndpointError(
                    f"no whole answer within {self._timeout:g} s; ask for less, or allow more time",
                    where=wrapper.endpoint,
                ) from None
            except _Refusal as refusal:
                pause = _seconds(refusal.retry_after) if refusal.retry_after else wait
                is_unreached = refusal.status is None and (is_repeatable or not refusal.is_sent)
                may_try = refusal.status in (_NOT_NOW if is_repeatable else _NOT_BEGUN) or is_unreached
                if attempt + 1 == self._tries or not may_try or time.monotonic() + pause >= deadline:
                    raise _error(refusal, wrapper, is_repeatable=is_repeatable) from refusal
                time.sleep(pause)
                wait *= 2
        raise AssertionError("unreachable: the last try returns or raises")


def _error(refusal: _Refusal, wrapper: SPARQLWrapper, *, is_repeatable: bool) -> EndpointError | BadQuery:
    where = wrapper.endpoint
    fault = fault_said(refusal.message)
    message = fault[1] if fault else refusal.message
    said = syntax_fault(message, wrapper.queryString)[:300] or "no message"
    if refusal.status is None and refusal.is_sent:
        hint = "try again" if is_repeatable else "look whether the update was carried out before sending it again"
        return EndpointError(f"the endpoint broke off: {said}; {hint}", where=where)
    if refusal.status is None:
        return EndpointError(f"the endpoint is not reached: {said}; is it running?", where=where)
    if refusal.status == 400:
        kind = "query" if is_repeatable else "update"
        return BadQuery(f"the endpoint refuses the {kind}: {said}; mend it", where=where)
    hint = _HINTS.get(refusal.status, "try again later")
    if fault and refusal.status == 500:
        hint = (
            "ask otherwise"
            if is_repeatable
            else "look which of its operations were carried out before sending it again"
        )
    return EndpointError(f"the endpoint answered {refusal.status}: {said}; {hint}", where=where, status=refusal.status)


def _once(wrapper: SPARQLWrapper, deadline: float) -> Reply:
    """Send a request once and read the whole answer.

    Raises:
        TimeoutError: when the deadline passes.
        _Refusal: when the endpoint answers with an error, or does not answer.
    """
    wrapper.setTimeout(max(1, math.ceil(deadline - time.monotonic())))
    try:
        with wrapper.query().response as response:
            told = response.headers
            return Reply(
                _read_whole(response, deadline),
                told.get("Content-Type", ""),
                told.get("Server", ""),
                told.get("X-SPARQL-MaxRows", ""),
            )
    except TimeoutError:
        raise
    except SPARQLWrapperException as fault:
        cause = fault.__context__
        status = cause.code if isinstance(cause, urllib.error.HTTPError) else 500
        message = fault.args[0] if fault.args else ""
        raise _Refusal(status, _body_of(message), _retry_after(cause), is_sent=True) from fault
    except urllib.error.HTTPError as fault:
        with fault:
            body = fault.read().decode("utf-8", "replace")
        raise _Refusal(fault.code, body, _retry_after(fault), is_sent=True) from fault
    except urllib.error.URLError as fault:
        if isinstance(fault.reason, TimeoutError):
            raise fault.reason from fault
        raise _Refusal(None, str(fault.reason), None, is_sent=False) from fault
    except (OSError, http.client.HTTPException) as fault:
        raise _Refusal(None, str(fault) or type(fault).__name__, None, is_sent=True) from fault


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


def _body_of(message: object) -> str:
    """Return what the endpoint said, out of the sentence that SPARQLWrapper puts around it."""
    text = str(message)
    _, found, body = text.partition("Response:\n")
    if not found:
        return text
    said = ast.literal_eval(body)
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)


def _retry_after(fault: BaseException | None) -> str | None:
    return fault.headers.get("Retry-After") if isinstance(fault, urllib.error.HTTPError) else None


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
