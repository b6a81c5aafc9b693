"""Whole graphs, and the answers of queries, in the W3C's formats: Turtle, TriG, N-Quads, JSON-LD, result tables."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from pyoxigraph import Quad, QueryResultsFormat, RdfFormat, Triple, serialize

from stpgraph.building import holds_words
from stpgraph.store import Solutions, Store
from stpgraph.turtle import to_turtle
from stpgraph.vocabulary import BASE, PREFIXES

__all__ = [
    "GRAPH_FORMATS",
    "dump_nquads",
    "graph_to_jsonld",
    "graph_to_nquads",
    "graph_to_trig",
    "graph_to_turtle",
    "solutions_to",
    "triples_to",
]


def graph_to_turtle(store: Store) -> bytes:
    """Write the union of all graphs as Turtle in normal form."""
    return to_turtle(quad.triple for quad in _publishable(store))


def graph_to_trig(store: Store) -> bytes:
    """Write all graphs as TriG, sorted, so that the same graphs give the same bytes."""
    return _quads(store, RdfFormat.TRIG)


def graph_to_nquads(store: Store) -> bytes:
    """Write all graphs as N-Quads, one quad a line, the lines sorted."""
    return _sorted_lines(_publishable(store))


def graph_to_jsonld(store: Store) -> bytes:
    """Write all graphs as JSON-LD, with the project's prefixes as its context."""
    return _with_context(_quads(store, RdfFormat.JSON_LD))


def dump_nquads(store: Store) -> bytes:
    """Write all that a store holds as N-Quads, the lines sorted: to keep, with the words of texts where it has them."""
    return _sorted_lines(store.quads())


def _sorted_lines(quads: Iterable[Quad]) -> bytes:
    lines = serialize(quads, format=RdfFormat.N_QUADS) or b""
    return b"".join(sorted(lines.splitlines(keepends=True)))


def _publishable(store: Store) -> Iterator[Quad]:
    """Yield the quads that may be handed on: all but the exact words of texts, which are their publishers'."""
    return (quad for quad in store.quads() if not holds_words(quad.graph_name))


def _quads(store: Store, form: RdfFormat) -> bytes:
    quads = sorted(_publishable(store), key=lambda q: tuple(map(str, (q.graph_name, q.subject, q.predicate, q.object))))
    return serialize(quads, format=form, prefixes=dict(PREFIXES), base_iri=BASE) or b""


def _with_context(expanded: bytes) -> bytes:
    """Name the properties of JSON-LD by prefixes, which the engine leaves in full."""
    names = {iri: name for name, iri in PREFIXES.items()}

    def short(key: str) -> str:
        head = key[: max(key.rfind("/"), key.rfind("#")) + 1]
        return f"{names[head]}:{key.removeprefix(head)}" if head in names else key

    def shortened(part: Any) -> Any:
        if isinstance(part, dict):
            return {short(key): shortened(value) for key, value in part.items()}
        return [shortened(value) for value in part] if isinstance(part, list) else part

    told = {"@context": dict(PREFIXES), "@graph": shortened(json.loads(expanded))}
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def triples_to(triples: Iterable[Triple], form: str) -> bytes:
    """Write the triples that a CONSTRUCT or DESCRIBE gave: "turtle", "ntriples", "rdfxml" or "jsonld".

    Example:
        >>> triples_to([], "ntriples")
        b''
    """
    if form == "turtle":
        return to_turtle(triples)
    if form == "jsonld":
        return _with_context(serialize(triples, format=RdfFormat.JSON_LD) or b"[]")
    formats = {"ntriples": RdfFormat.N_TRIPLES, "rdfxml": RdfFormat.RDF_XML}
    return serialize(triples, format=formats[form], prefixes=dict(PREFIXES)) or b""


def solutions_to(answer: Solutions, form: str) -> bytes:
    """Write the rows of a SELECT in one of the W3C's result formats: "csv", "tsv", "json" or "xml"."""
    formats = {
        "csv": QueryResultsFormat.CSV,
        "tsv": QueryResultsFormat.TSV,
        "json": QueryResultsFormat.JSON,
        "xml": QueryResultsFormat.XML,
    }
    return answer.serialize(formats[form])


#: How a whole graph is written, by the format's name on the command line.
GRAPH_FORMATS: dict[str, Callable[[Store], bytes]] = {
    "turtle": graph_to_turtle,
    "trig": graph_to_trig,
    "nquads": graph_to_nquads,
    "jsonld": graph_to_jsonld,
}
