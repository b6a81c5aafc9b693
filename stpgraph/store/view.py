"""Stores as rdflib sees them: one graph of all triples, for reading, with SPARQL run by the store's own engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from io import BytesIO
from typing import Any, NoReturn

import pyoxigraph
from oxrdflib.store import OxigraphStore
from rdflib import Graph, Variable
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from rdflib.query import Result
from rdflib.store import Store

from stpgraph.errors import StoreError
from stpgraph.store.base import names_its_graphs, with_prologue
from stpgraph.vocabulary import PREFIXES

__all__ = ["view_of_embedded", "view_of_endpoint"]


class _Reading:
    """What both views have: no triple twice, and no writing."""

    location: str

    def add(self, *_: Any, **__: Any) -> NoReturn:
        raise StoreError("this view is for reading; write with update, add or load of the store", where=self.location)

    addN = remove = update = add_graph = remove_graph = add  # noqa: N815 - rdflib's names


class _EmbeddedView(_Reading, OxigraphStore):
    """An embedded store; rdflib's many contexts are one here."""

    def __init__(
        self,
        engine: Callable[[], pyoxigraph.Store],
        faults: Callable[[str], AbstractContextManager[None]],
        location: str,
    ) -> None:
        self.location = location
        self._engine = engine
        self._faults = faults
        super().__init__()

    @property
    def _inner(self) -> pyoxigraph.Store:
        return self._engine()

    def triples(self, triple_pattern: Any, context: Any = None) -> Iterator[Any]:  # noqa: ARG002 - all are one
        return _once_each(super().triples(triple_pattern))

    def __len__(self, context: Any = None) -> int:
        return super().__len__()

    def query(
        self,
        query: Any,
        initNs: Any,  # noqa: N803 - rdflib's names
        initBindings: Any,  # noqa: N803
        queryGraph: Any,  # noqa: ARG002, N803
        **options: Any,
    ) -> Result:
        sparql = with_prologue(query)
        if initBindings:  # the engine's own substitution wants them selected
            names, values = (" ".join(terms) for terms in zip(*_spelt(initBindings), strict=True))
            sparql += f"\nVALUES ({names}) {{ ({values}) }}"
        dataset: Any = None if names_its_graphs(sparql) else "__UNION__"
        with self._faults(sparql):
            answer = super().query(sparql, initNs, {}, dataset, **options)
            if answer.type == "SELECT":
                # Read now: rows that wait hold their answer and are held by it, and may so end in another thread.
                answer.bindings = list(answer.bindings)
            return answer


def _spelt(bindings: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, term in bindings.items():
        yield f"?{name}", term.n3()


class _EndpointView(_Reading, SPARQLStore):
    """An endpoint, asked as its store asks it: with its retries, its time limit and its errors."""

    def __init__(self, ask: Callable[[str], tuple[bytes, str]], location: str) -> None:
        self.location = location
        self._ask = ask
        super().__init__(location)

    def triples(self, spo: Any, context: Any = None) -> Iterator[Any]:
        return _once_each(super().triples(spo, context))

    def __len__(self, context: Any = None) -> int:
        counted = self._query("SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?p ?o { ?s ?p ?o } }")
        return int(str(counted.bindings[0][Variable("n")]))

    def _query(self, query: str, **_: Any) -> Result:
        body, media = self._ask(query)
        return Result.parse(BytesIO(body), content_type=media)


def _once_each(found: Iterator[Any]) -> Iterator[Any]:
    seen = set()
    for triple, contexts in found:
        if triple not in seen:
            seen.add(triple)
            yield triple, contexts


def view_of_embedded(
    engine: Callable[[], pyoxigraph.Store],
    faults: Callable[[str], AbstractContextManager[None]],
    location: str,
) -> Graph:
    """Return an rdflib graph over an engine of this process, asked for anew each time, for it may be closed by then."""
    return _graph(_EmbeddedView(engine, faults, location))


def view_of_endpoint(ask: Callable[[str], tuple[bytes, str]], location: str) -> Graph:
    """Return an rdflib graph over an endpoint; `ask` answers a query with a body and its media type."""
    return _graph(_EndpointView(ask, location))


def _graph(store: Store) -> Graph:
    graph = Graph(store=store, bind_namespaces="none")
    for name, iri in PREFIXES.items():
        graph.bind(name, iri)
    return graph
