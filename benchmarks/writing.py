"""Writing Turtle: in normal form, beside pyoxigraph's plain Turtle with the same prefixes, and rdflib's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pyoxigraph
from pyoxigraph import NamedNode, Quad, RdfFormat, Triple

from benchmarks.figures import Figure
from benchmarks.measuring import Sides, run_once, run_pairs
from stpgraph.turtle import normal_form, to_turtle
from stpgraph.vocabulary import PREFIXES

__all__ = ["measure_writing"]

#: How many times as long as a plain dump it may take.
_TARGET = 6.0

_ALL = NamedNode("http://example.org/all")


def measure_writing(file: Path, quads: int, limit: float) -> Iterator[Figure]:
    """Compare writing the triples of a file, from a store and from lists; with rdflib too, unless its limit is 0."""
    for what, beside, make in (
        ("turtle from a store", "pyoxigraph Store.dump", _from_store),
        ("turtle from a list", "pyoxigraph serialize", _from_list),
        ("turtle from a shuffled list", "pyoxigraph serialize", _from_shuffled),
    ):
        pairs = run_pairs(make, file)
        yield Figure.of_pairs(what, quads, pairs, beside=beside, target=_TARGET)
        if limit and make is _from_list:
            rdflib = run_once(_rdflib, file, limit=limit)
            yield Figure.of_rdflib(what, quads, pairs, rdflib, limit=limit)


def _triples(file: Path) -> list[Triple]:
    """Return the triples of a file, each once."""
    return list(dict.fromkeys(quad.triple for quad in pyoxigraph.parse(path=file, format=RdfFormat.N_QUADS)))


def _from_store(file: Path) -> Sides:
    store = pyoxigraph.Store()
    store.bulk_extend(Quad(triple.subject, triple.predicate, triple.object, _ALL) for triple in _triples(file))
    return (
        lambda: normal_form(store.dump(format=RdfFormat.N_TRIPLES, from_graph=_ALL) or b""),
        lambda: store.dump(format=RdfFormat.TURTLE, from_graph=_ALL, prefixes=dict(PREFIXES)),
    )


def _from_list(file: Path) -> Sides:
    return _both(_triples(file))


def _from_shuffled(file: Path) -> Sides:
    triples = _triples(file)
    Random(0).shuffle(triples)
    return _both(triples)


def _both(triples: list[Triple]) -> Sides:
    return (
        lambda: to_turtle(triples),
        lambda: pyoxigraph.serialize(triples, format=RdfFormat.TURTLE, prefixes=dict(PREFIXES)),
    )


def _rdflib(file: Path) -> Sides:
    from rdflib import Graph

    graph = Graph()
    for name, iri in PREFIXES.items():
        graph.bind(name, iri)
    data = pyoxigraph.serialize(_triples(file), format=RdfFormat.N_TRIPLES)
    graph.parse(data=data, format="nt")
    return (lambda: graph.serialize(format="turtle", encoding="utf-8"),)
