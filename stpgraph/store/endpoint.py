"""A SPARQL 1.1 endpoint by its address."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph
from pyoxigraph import BlankNode, NamedNode, Quad, QueryBoolean, QueryResultsFormat, QuerySolutions, RdfFormat, Triple

from stpgraph.errors import BadQuery, EndpointError, StoreError
from stpgraph.store.base import (
    Solutions,
    Store,
    form_place,
    masked,
    names_its_graphs,
    selected,
    with_prologue,
)
from stpgraph.store.connections import check_address
from stpgraph.store.embedded import EmbeddedStore
from stpgraph.store.federation import check_federation
from stpgraph.store.held import Held
from stpgraph.store.sending import Dataset, Reply, Sender, without_extras
from stpgraph.store.updates import operation_count
from stpgraph.store.virtuoso import (
    is_own_graph,
    is_virtuoso,
    mended_results,
    names_a_graph,
    translated,
)

if TYPE_CHECKING:
    from rdflib import Graph

#: What the name of a graph goes on with while it is being sent, beside the one that it will replace.
BEING_SENT = "/stpgraph-being-sent/"

#: Asks of some triples of named graphs whether the default graph has them; some engines know no EXISTS in a SELECT.
_ARE_IN_DEFAULT = (
    "SELECT (BOUND(?x) AS ?is) { { SELECT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } } LIMIT 20 } "
    "OPTIONAL { ?s ?p ?o BIND(1 AS ?x) } }"
)

#: Asks whether a graph is being sent.
_IS_BEING_SENT = f'SELECT ?g {{ GRAPH ?g {{}} FILTER(CONTAINS(STR(?g), "{BEING_SENT}")) }} LIMIT 1'

#: Seconds for which nothing being sent means that nothing is.
_QUIET = 10.0

#: What an endpoint cannot be asked that takes no notice of the graphs that a request names.
_NOT_HEEDED = (
    "takes no notice of the graphs that a request names (default-graph-uri); "
    "have it make the union of all graphs its default graph, or ask another engine"
)

#: Names the graphs; grouped, for Virtuoso takes seconds for the same with DISTINCT.
_GRAPHS = "SELECT ?g { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"

#: Names no graph, where a query has to name some and there is none.
_NO_GRAPH = NamedNode("urn:x-stpgraph:no-graph")

#: Quads sent in one update; Virtuoso's parser takes not many more.
_CHUNK = 2_000


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
        services: Collection[str] = (),
    ) -> None:
        for address in filter(None, (url, update_url)):
            check_address(address)
        self.location = url
        self._update_url = update_url or url
        login = (user, password or "") if user else None
        self._sender = Sender(login=login, timeout=timeout, tries=tries)
        self._services = frozenset(services)
        self._union: Dataset | None = None
        self._quiet_until = 0.0
        self._heeds_graphs = False
        self._is_virtuoso: bool | None = None

    def query(
        self,
        sparql: str,
        *,
        default_graphs: Collection[NamedNode] = (),
        named_graphs: Collection[NamedNode] = (),
    ) -> Solutions | bool | list[Triple]:
        """See `Store.query`."""
        if not masked(sparql).strip("~ \t\r\n"):
            raise BadQuery("the query is empty; say SELECT, ASK, CONSTRUCT or DESCRIBE", where=self.location)
        answer = self._read(self._ask_of(sparql, Dataset(tuple(default_graphs), tuple(named_graphs))))
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

    def _ask_of(self, sparql: str, told: Dataset) -> Reply:
        """Ask what a user wants to know, of the graphs that were told, else of those that the query names, else all."""
        check_federation(sparql, self._services)
        deadline = self._sender.deadline()
        is_told = bool(told) or names_its_graphs(sparql)
        if self._is_virtuoso is None or not is_told:
            union = self._graphs_to_name(deadline)
            told = told if is_told else union
        if told and is_told:
            self._check_heeds(deadline)
        if self._is_virtuoso and not is_told and names_a_graph(sparql):
            told = self._all_graphs(deadline)
        return self._ask(with_prologue(sparql), told, deadline)

    def _ask(self, sparql: str, told: Dataset, deadline: float) -> Reply:
        """Ask; where the first answer shows that this is a Virtuoso, ask anew as that wants to be asked."""
        if not self._is_virtuoso:
            reply = self._sender.query(self.location, sparql, told, deadline)
            self._is_virtuoso = is_virtuoso(reply.server)
            if not self._is_virtuoso:
                return reply
        if told:  # it takes what is not named for all that there is
            told = Dataset(told.default or (_NO_GRAPH,), told.named or (_NO_GRAPH,))
        closure = partial(self._leading_to, sparql[: form_place(sparql)], told, deadline)
        asked = translated(sparql, self.location, closure, is_told_graphs=bool(told))
        reply = self._sender.query(self.location, asked, told, deadline)
        if reply.media == "application/turtle":  # a name of its youth
            return replace(reply, content_type="text/turtle")
        return replace(reply, body=mended_results(reply.body)) if reply.media.endswith("json") else reply

    def _ask_plainly(self, sparql: str, deadline: float | None = None) -> Reply:
        """Ask what the store itself wants to know, which names its graphs."""
        return self._ask(sparql, Dataset(), deadline or self._sender.deadline())

    def _leading_to(self, head: str, told: Dataset, deadline: float, step: str, end: str) -> list[str]:
        """Return the nodes from which steps lead to an end, and that itself where no step may do."""
        path = f"{step[:-1]}/{step[:-1]}*" if step.endswith("+") else step  # it does not come back to where it began
        asked = f"{head} SELECT DISTINCT ?node WHERE {{ ?node {path} {end} }}"
        found = self._read(self._sender.query(self.location, asked, told, deadline))
        rows = found if isinstance(found, Solutions) else iter(())
        nodes = {str(node) for (node,) in rows if isinstance(node, NamedNode)}
        return sorted({*written_out(head, end), *nodes}) if step.endswith("*") else sorted(nodes)

    def _read(self, reply: Reply) -> Solutions | bool | list[Triple]:
        media = reply.media
        rdf = RdfFormat.from_media_type(media)
        with self._unreadable(media):
            if QueryResultsFormat.from_media_type(media) is None and rdf is not None:
                return [quad.triple for quad in pyoxigraph.parse(reply.body, format=rdf)]
            form = QueryResultsFormat.from_media_type(media) or QueryResultsFormat.JSON
            body = without_extras(reply.body) if form == QueryResultsFormat.JSON else reply.body
            parse: Callable[[], Any] = partial(pyoxigraph.parse_query_results, body, format=form)
            truth = _truth_of(parse())
            if truth is not None:
                return truth
            if reply.most_rows.isdecimal() and sum(1 for _ in parse()) >= int(reply.most_rows):
                raise EndpointError(
                    f"the endpoint gives {reply.most_rows} rows and no more, so that some may be missing; "
                    "ask for less, or have it allow more (Virtuoso: ResultSetMaxRows)",
                    where=self.location,
                )
            return Solutions(lambda: Held(parse()), lambda: self._unreadable(media))

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

    def _graphs_to_name(self, deadline: float) -> Dataset:
        """Return the graphs that a query must name for its default graph to be their union; none where it is.

        Some triples of named graphs are looked for in the default graph, once and again after an update. Where a
        graph is being sent the others are named; but not to a Virtuoso, which loses rows where many are.
        """
        if self._union is None:
            answers = self._are_in_default(Dataset(), deadline)
            if not answers:
                return Dataset()  # an empty endpoint tells nothing yet
            self._union = Dataset() if all(answers) else self._listed(deadline)
        if self._union or self._is_virtuoso or time.monotonic() < self._quiet_until:
            return self._union
        sent = self._read(self._ask_plainly(_IS_BEING_SENT, deadline))
        if isinstance(sent, Solutions) and any(True for _ in sent):
            return self._all_graphs(deadline)
        self._quiet_until = time.monotonic() + _QUIET
        return self._union

    def _are_in_default(self, told: Dataset, deadline: float) -> list[bool]:
        """Say of some triples of named graphs whether the default graph has them."""
        found = self._read(self._ask(_ARE_IN_DEFAULT, told, deadline))
        rows = found if isinstance(found, Solutions) else iter(())
        return ["true" in str(row[0]) or '"1"' in str(row[0]) for row in rows]  # Virtuoso's truths are 1 and 0

    def _listed(self, deadline: float) -> Dataset:
        """Return the graphs to name to an endpoint that does not ask all of them by itself, once it heeds them."""
        told = self._all_graphs(deadline)
        if not self._is_virtuoso and told.default != (_NO_GRAPH,):
            answers = self._are_in_default(told, deadline)
            if not (answers and all(answers)):
                raise EndpointError(
                    f"it asks no named graph unless it is told to, and {_NOT_HEEDED}", where=self.location
                )
        return told

    def _check_heeds(self, deadline: float) -> None:
        """Make sure, once, that an endpoint does not answer from all its graphs where a request names some."""
        if self._heeds_graphs or self._is_virtuoso:
            return
        if self._read(self._ask("ASK { ?s ?p ?o }", Dataset((_NO_GRAPH,)), deadline)) is True:
            raise EndpointError(f"it {_NOT_HEEDED}", where=self.location)
        self._heeds_graphs = True

    def _all_graphs(self, deadline: float) -> Dataset:
        names = tuple(name for name in self._graph_names(deadline) if BEING_SENT not in name.value) or (_NO_GRAPH,)
        return Dataset(names, names)

    def update(self, sparql: str) -> None:
        """See `Store.update`; several operations at once are refused by a Virtuoso, which could carry out but some."""
        check_federation(sparql, self._services, is_update=True)
        self._check_whole(sparql)
        self._carry_out(with_prologue(sparql))

    def _check_whole(self, sparql: str) -> None:
        """Make sure that the endpoint carries out an update whole or not at all."""
        count = operation_count(sparql)
        if count < 2:
            return
        if self._is_virtuoso is None:
            self._ask_plainly("ASK {}")
        if self._is_virtuoso:
            raise StoreError(
                f"the update has {count} operations, and a Virtuoso keeps the first ones where a later one fails; "
                "send one at a time, or write them as one DELETE { … } INSERT { … } WHERE { … }",
                where=self.location,
            )

    def _carry_out(self, sparql: str) -> None:
        self._union = None
        self._sender.update(self._update_url, sparql)

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
        return self._graph_names(self._sender.deadline())

    def _graph_names(self, deadline: float) -> tuple[NamedNode, ...]:
        answer = self._read(self._ask_plainly(_GRAPHS, deadline))
        names = (row[0] for row in answer) if isinstance(answer, Solutions) else iter(())
        kept = (name for name in names if isinstance(name, NamedNode) and not self._is_own(name))
        return tuple(sorted(kept, key=lambda n: n.value))

    def _is_own(self, name: NamedNode) -> bool:
        return bool(self._is_virtuoso) and is_own_graph(name, self.location)

    def quads(self, graph: NamedNode | None = None) -> Iterator[Quad]:
        """See `Store.quads`."""
        for name in (graph,) if graph is not None else self.graph_names():
            answer = self._read(self._ask_plainly(f"SELECT ?s ?p ?o {{ GRAPH {name} {{ ?s ?p ?o }} }}"))
            if isinstance(answer, Solutions):
                for s, p, o in answer:
                    yield Quad(s, p, o, name)  # type: ignore[arg-type]

    def __len__(self) -> int:
        answer = self._read(self._ask_plainly("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"))
        [(count,)] = answer if isinstance(answer, Solutions) else iter(())
        return int(count.value)  # type: ignore[union-attr]

    def graph(self) -> Graph:
        """See `Store.graph`."""
        from stpgraph.store.view import view_of_endpoint

        def ask(sparql: str) -> tuple[bytes, str]:
            reply = self._ask_of(sparql, Dataset())
            return reply.body, reply.media

        return view_of_endpoint(ask, self.location)


def _truth_of(answer: QuerySolutions | QueryBoolean) -> bool | None:
    return bool(answer) if isinstance(answer, QueryBoolean) else None


def written_out(head: str, term: str) -> list[str]:
    """Return a term of a query as it stands without prefix and base, so that it is told from no other that it is.

    Example:
        >>> [written_out("BASE <http://x/> PREFIX x: <urn:y:>", term) for term in ("<a>", "x:a")]
        [['<http://x/a>'], ['<urn:y:a>']]
    """
    rows = pyoxigraph.Store().query(f"{head} SELECT ?term {{ VALUES ?term {{ {term} }} }}")
    return [str(row[0]) for row in rows] if isinstance(rows, QuerySolutions) else [term]


def _has_blank(term: object) -> bool:
    if isinstance(term, Triple):
        return _has_blank(term.subject) or _has_blank(term.object)
    return isinstance(term, BlankNode)
