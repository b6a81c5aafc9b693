"""A SPARQL 1.1 endpoint by its address, through SPARQLWrapper."""

from __future__ import annotations

import ast
import email.utils
import http.client
import math
import re
import threading
import time
import urllib.error
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pyoxigraph
from pyoxigraph import BlankNode, NamedNode, Quad, QueryBoolean, QueryResultsFormat, QuerySolutions, RdfFormat, Triple
from SPARQLWrapper import POST, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

from stpgraph.errors import BadQuery, EndpointError, StoreError
from stpgraph.store.base import (
    Solutions,
    Store,
    form_place,
    masked,
    names_its_graphs,
    query_form,
    selected,
    syntax_fault,
    with_prologue,
)
from stpgraph.store.embedded import EmbeddedStore
from stpgraph.store.virtuoso import (
    fault_said,
    is_own_graph,
    is_virtuoso,
    mended_results,
    names_a_graph,
    translated,
)

if TYPE_CHECKING:
    from rdflib import Graph

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

#: Asks of some triples of named graphs whether the default graph has them.
_ARE_IN_DEFAULT = "SELECT (EXISTS { ?s ?p ?o } AS ?is) { GRAPH ?g { ?s ?p ?o } } LIMIT 20"

#: Names no graph, where a query has to name some and there is none.
_NO_GRAPH = NamedNode("urn:x-stpgraph:no-graph")

#: Bytes of an answer read at once.
_PIECE = 65_536

#: Quads sent in one update; Virtuoso's parser takes not many more.
_CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class _Reply:
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


class EndpointStore(Store):
    """A store somewhere else.

    A query is tried again, with waits that double and honour Retry-After, while the endpoint says "not now" or is
    not reached; all tries together take at most `timeout` seconds. An update is tried again only where it cannot
    have been carried out.
    """

    def __init__(
        self,
        url: str,
        *,
        update_url: str | None = None,
        user: str | None = None,
        password: str | None = None,
        timeout: float = 60.0,
        tries: int = 4,
    ) -> None:
        self.location = url
        self._update_url = update_url or url
        self._login = (user, password or "") if user else None
        self._timeout = timeout
        self._tries = tries
        self._dataset: tuple[NamedNode, ...] | None = None
        self._is_virtuoso = False

    def query(self, sparql: str) -> Solutions | bool | list[Triple]:
        """See `Store.query`."""
        if not masked(sparql).strip("~ \t\r\n"):
            raise BadQuery("the query is empty; say SELECT, ASK, CONSTRUCT or DESCRIBE", where=self.location)
        answer = self._read(self._ask_union(sparql))
        self._check_answered(answer, sparql)
        return answer

    def _check_answered(self, answer: Solutions | bool | list[Triple], sparql: str) -> None:
        """Make sure that a table has the columns that were asked for, each in its place."""
        names = selected(sparql)
        if names is None or not isinstance(answer, Solutions) or answer.variables == names:
            return
        asked, got = (", ".join(f"?{name}" for name in columns) or "none" for columns in (names, answer.variables))
        raise EndpointError(
            f"the answer has other columns than were asked for: {got} in place of {asked}; is this a SPARQL endpoint?",
            where=self.location,
        )

    def _ask_union(self, sparql: str) -> _Reply:
        deadline = time.monotonic() + self._timeout
        graphs = () if names_its_graphs(sparql) else self._graphs_to_name(deadline)
        if self._is_virtuoso and names_a_graph(sparql) and not names_its_graphs(sparql):
            graphs = self._graph_names(deadline) or (_NO_GRAPH,)
        return self._ask(with_prologue(sparql), graphs, deadline)

    def _ask(self, sparql: str, graphs: tuple[NamedNode, ...] = (), deadline: float | None = None) -> _Reply:
        """Ask; where the first answer shows that this is a Virtuoso, ask anew as that wants to be asked."""
        until = deadline or time.monotonic() + self._timeout
        if not self._is_virtuoso:
            reply = self._ask_once(sparql, graphs, until)
            self._is_virtuoso = is_virtuoso(reply.server)
            if not self._is_virtuoso:
                return reply
        head = sparql[: form_place(sparql)]
        closure = partial(self._leading_to, head, graphs, until)
        asked = translated(sparql, self.location, closure, is_told_graphs=bool(graphs))
        reply = self._ask_once(asked, graphs, until)
        if reply.media == "application/turtle":  # a name of its youth
            return replace(reply, content_type="text/turtle")
        return replace(reply, body=mended_results(reply.body)) if reply.media.endswith("json") else reply

    def _leading_to(self, head: str, graphs: tuple[NamedNode, ...], deadline: float, step: str, end: str) -> list[str]:
        """Return the nodes from which steps lead to an end, and that itself where no step may do."""
        found = self._read(self._ask(f"{head} SELECT DISTINCT ?node WHERE {{ ?node {step} {end} }}", graphs, deadline))
        rows = found if isinstance(found, Solutions) else iter(())
        nodes = {str(node) for (node,) in rows if isinstance(node, NamedNode)}
        return sorted({end, *nodes}) if step.endswith("*") else sorted(nodes)

    def _ask_once(self, sparql: str, graphs: tuple[NamedNode, ...], deadline: float) -> _Reply:
        form = query_form(sparql)
        wrapper = self._wrapper(self.location, sparql, form)
        wrapper.setReturnFormat("json" if form in {"SELECT", "ASK"} else "turtle")
        for graph in graphs:
            wrapper.addParameter("default-graph-uri", graph.value)
            wrapper.addParameter("named-graph-uri", graph.value)
        return self._send(wrapper, deadline, is_repeatable=True)

    def _read(self, reply: _Reply) -> Solutions | bool | list[Triple]:
        media = reply.media
        rdf = RdfFormat.from_media_type(media)
        with self._unreadable(media):
            if QueryResultsFormat.from_media_type(media) is None and rdf is not None:
                return [quad.triple for quad in pyoxigraph.parse(reply.body, format=rdf)]
            form = QueryResultsFormat.from_media_type(media) or QueryResultsFormat.JSON
            parse: Callable[[], Any] = partial(pyoxigraph.parse_query_results, reply.body, format=form)
            truth = _truth_of(parse())
            if truth is not None:
                return truth
            if reply.most_rows.isdecimal() and sum(1 for _ in parse()) >= int(reply.most_rows):
                raise EndpointError(
                    f"the endpoint gives {reply.most_rows} rows and no more, so that some may be missing; "
                    "ask for less, or have it allow more (Virtuoso: ResultSetMaxRows)",
                    where=self.location,
                )
            return Solutions(parse, lambda: self._unreadable(media))

    @contextmanager
    def _unreadable(self, media: str) -> Iterator[None]:
        """Turn what a reader raises on an answer into an error that says where it came from."""
        try:
            yield
        except (SyntaxError, ValueError) as fault:
            raise EndpointError(
                f"the answer ({media or 'no content type'}) is not SPARQL results: {fault}; is this a SPARQL endpoint?",
                where=self.location,
            ) from fault

    def _graphs_to_name(self, deadline: float) -> tuple[NamedNode, ...]:
        """Return the graphs that a query must name for its default graph to be their union; none where it is.

        Some triples of named graphs are looked for in the default graph, once and again after an update.
        """
        if self._dataset is None:
            probe = self._read(self._ask(_ARE_IN_DEFAULT, deadline=deadline))
            answers = {str(row[0]) for row in probe} if isinstance(probe, Solutions) else set()
            if not answers:
                return ()  # an empty endpoint tells nothing yet
            is_union = all("true" in answer or '"1"' in answer for answer in answers)  # Virtuoso's truths are 1 and 0
            self._dataset = () if is_union else self._graph_names(deadline)
        return self._dataset

    def update(self, sparql: str) -> None:
        """See `Store.update`."""
        self._carry_out(with_prologue(sparql))

    def _carry_out(self, sparql: str) -> None:
        self._dataset = None
        wrapper = self._wrapper(self._update_url, sparql, "INSERT")
        self._send(wrapper, time.monotonic() + self._timeout, is_repeatable=False)

    def add(self, quads: Iterable[Quad]) -> None:
        """See `Store.add`; in updates of some thousand quads each.

        Blank nodes are refused, for an update sent in parts would tear them.
        """
        chunk: list[Quad] = []
        for quad in quads:
            self._check_sendable(quad)
            chunk.append(quad)
            if len(chunk) == _CHUNK:
                self._insert(chunk)
                chunk = []
        if chunk:
            self._insert(chunk)

    def _check_sendable(self, quad: Quad) -> None:
        if any(map(_has_blank, (quad.subject, quad.object, quad.graph_name))):
            raise StoreError(f"{quad} has a blank node; give it an IRI before sending it", where=self.location)

    def _insert(self, quads: list[Quad]) -> None:
        by_graph: dict[object, list[str]] = {}
        for quad in quads:
            by_graph.setdefault(quad.graph_name, []).append(f"{quad.triple} .")
        blocks = []
        for name, triples in by_graph.items():
            body = "\n".join(triples)
            blocks.append(f"GRAPH {name} {{ {body} }}" if isinstance(name, NamedNode) else body)
        self._carry_out(f"INSERT DATA {{ {chr(10).join(blocks)} }}")

    def load(
        self,
        source: Path | bytes,
        *,
        format: RdfFormat | None = None,
        graph: NamedNode | None = None,
    ) -> None:
        """See `Store.load`; the file is parsed here and sent as updates of some thousand quads each."""
        with EmbeddedStore.in_memory() as parsed:
            parsed.load(source, format=format, graph=graph)
            for quad in parsed.quads():
                self._check_sendable(quad)  # all of them before any is sent
            self.add(parsed.quads())

    def remove_graph(self, graph: NamedNode) -> None:
        """See `Store.remove_graph`."""
        self.update(f"DROP SILENT GRAPH {graph}")

    def graph_names(self) -> tuple[NamedNode, ...]:
        """See `Store.graph_names`."""
        return self._graph_names(None)

    def _graph_names(self, deadline: float | None) -> tuple[NamedNode, ...]:
        answer = self._read(self._ask("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }", deadline=deadline))
        names = (row[0] for row in answer) if isinstance(answer, Solutions) else iter(())
        kept = (name for name in names if isinstance(name, NamedNode) and not self._is_own(name))
        return tuple(sorted(kept, key=lambda n: n.value))

    def _is_own(self, name: NamedNode) -> bool:
        return self._is_virtuoso and is_own_graph(name, self.location)

    def quads(self, graph: NamedNode | None = None) -> Iterator[Quad]:
        """See `Store.quads`."""
        for name in (graph,) if graph is not None else self.graph_names():
            answer = self._read(self._ask(f"SELECT ?s ?p ?o {{ GRAPH {name} {{ ?s ?p ?o }} }}"))
            if isinstance(answer, Solutions):
                for s, p, o in answer:
                    yield Quad(s, p, o, name)  # type: ignore[arg-type]

    def __len__(self) -> int:
        answer = self._read(self._ask("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"))
        [(count,)] = answer if isinstance(answer, Solutions) else iter(())
        return int(count.value)  # type: ignore[union-attr]

    def graph(self) -> Graph:
        """See `Store.graph`."""
        from stpgraph.store.view import view_of_endpoint

        def ask(sparql: str) -> tuple[bytes, str]:
            reply = self._ask_union(sparql)
            return reply.body, reply.media

        return view_of_endpoint(ask, self.location)

    def _wrapper(self, url: str, sparql: str, form: str) -> SPARQLWrapper:
        wrapper = SPARQLWrapper(url, updateEndpoint=url)
        wrapper.queryString, wrapper.queryType = sparql, form  # setQuery guesses the form, and warns where it fails
        wrapper.setMethod(POST)
        wrapper.setOnlyConneg(True)
        if self._login:
            wrapper.setCredentials(*self._login)
        return wrapper

    def _send(self, wrapper: SPARQLWrapper, deadline: float, *, is_repeatable: bool) -> _Reply:
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


def _truth_of(answer: QuerySolutions | QueryBoolean) -> bool | None:
    return bool(answer) if isinstance(answer, QueryBoolean) else None


def _has_blank(term: object) -> bool:
    if isinstance(term, Triple):
        return _has_blank(term.subject) or _has_blank(term.object)
    return isinstance(term, BlankNode)


def _once(wrapper: SPARQLWrapper, deadline: float) -> _Reply:
    """Send a request once and read the whole answer.

    Raises:
        TimeoutError: when the deadline passes.
        _Refusal: when the endpoint answers with an error, or does not answer.
    """
    wrapper.setTimeout(max(1, math.ceil(deadline - time.monotonic())))
    try:
        with wrapper.query().response as response:
            told = response.headers
            return _Reply(
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
