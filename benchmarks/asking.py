"""Asking the named questions: beside the same SPARQL on raw pyoxigraph, and on rdflib's memory store.

Raw means the query as the product sends it, with every term of every row read. The product reads the question's file
and writes the parameters in before, and makes a typed table after.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pyoxigraph
from pyoxigraph import NamedNode, QuerySolutions

from benchmarks.figures import Figure
from benchmarks.measuring import Sides, in_child, run_once, run_pairs
from stpgraph.questions import ask, get_question
from stpgraph.store import Solutions, Store, open_store, replace_store
from stpgraph.vocabulary import BASE, PREFIXES

__all__ = ["arguments_of", "build_store", "measure_asking", "sparql_of"]

#: How many times as long as raw a question may take, and how many times as fast as rdflib it must be.
_TARGET, _RDFLIB_TARGET = 1.2, 10.0


def measure_asking(file: Path, quads: int, names: list[str], limit: float) -> Iterator[Figure]:
    """Compare questions on the graph of a file; on rdflib too, unless the limit for that is 0."""
    place = file.with_suffix(".store")
    in_child(build_store, file, place)
    for name in names:
        pairs = run_pairs(_sides, place, name)
        rows = pairs.ours_alone.size
        note = f"{rows} rows" if rows == pairs.other_alone.size else f"{rows} rows, not {pairs.other_alone.size}"
        yield Figure.of_pairs(name, quads, pairs, beside="pyoxigraph query", target=_TARGET, note=note)
        if limit:
            rdflib = run_once(_rdflib, file, place, name, limit=limit)
            note = f"{rows} rows, not {rdflib.size}" if rdflib and rdflib.size != rows else ""
            yield Figure.of_rdflib(name, quads, pairs, rdflib, limit=limit, target=_RDFLIB_TARGET, note=note)


def build_store(file: Path, place: Path) -> None:
    """Load a file into a store in a folder."""
    with replace_store(place) as store:
        store.load(file)


def _sides(place: Path, name: str) -> Sides:
    ours, raw = open_store(place), pyoxigraph.Store.read_only(str(place))
    arguments = arguments_of(ours, name)
    sparql = sparql_of(ours, name, arguments)

    def query() -> list[tuple[object, ...]]:
        answer = raw.query(sparql, base_iri=BASE, prefixes=dict(PREFIXES), use_default_graph_as_union=True)
        assert isinstance(answer, QuerySolutions), "a question is a SELECT"
        return [tuple(row) for row in answer]

    return lambda: ask(ours, name, **arguments), query


def _rdflib(file: Path, place: Path, name: str) -> Sides:
    from rdflib import Dataset

    with open_store(place) as store:
        sparql = sparql_of(store, name, arguments_of(store, name))
    dataset = Dataset(default_union=True).parse(file, format="nquads")
    return (lambda: list(dataset.query(sparql, initNs=dict(PREFIXES), base=BASE)),)


def arguments_of(store: Store, name: str) -> dict[str, NamedNode]:
    """Return what a question must be given: of the class wanted, the thing of which most is said."""
    found: dict[str, NamedNode] = {}
    for parameter in get_question(name).parameters:
        if parameter.is_required:
            [(thing, _)] = store.select(
                f"""SELECT ?thing (COUNT(?said) AS ?times) {{
                  VALUES ?class {{ {" ".join(parameter.of_class)} }} ?thing a ?class OPTIONAL {{ ?said ?how ?thing }}
                }} GROUP BY ?thing ORDER BY DESC(?times) ?thing LIMIT 1"""
            )
            assert isinstance(thing, NamedNode), f"{name} needs {parameter.name}, and there is none"
            found[parameter.name] = thing
    return found


def sparql_of(store: Store, name: str, arguments: dict[str, NamedNode]) -> str:
    """Return the query that asking comes to, parameters written in."""
    sent: list[str] = []
    select = store.select

    def note(sparql: str) -> Solutions:
        sent.append(sparql)
        return select(sparql)

    with patch.object(store, "select", note):
        ask(store, name, **arguments)
    return sent[-1]
