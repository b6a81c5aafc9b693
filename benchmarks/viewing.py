"""Views from a store: beside the raw `SELECT`s that each is made of, every term of every row read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pyoxigraph
from pyoxigraph import QuerySolutions

from benchmarks.asking import build_store
from benchmarks.figures import Figure
from benchmarks.measuring import Sides, in_child, run_pairs
from stpgraph.networks import VIEWS
from stpgraph.store import Solutions, Store, open_store
from stpgraph.vocabulary import BASE, PREFIXES

__all__ = ["measure_viewing"]

#: How many times as long as raw a view may take.
_TARGET = 1.5


def measure_viewing(file: Path, quads: int) -> Iterator[Figure]:
    """Compare every view of the graph of a file with its query."""
    place = file.with_suffix(".store")
    if not place.exists():
        in_child(build_store, file, place)
    for name in VIEWS:
        pairs = run_pairs(_sides, place, name)
        note = f"{pairs.other_alone.size} rows"
        yield Figure.of_pairs(f"view {name}", quads, pairs, beside="pyoxigraph query", target=_TARGET, note=note)


def _sides(place: Path, name: str) -> Sides:
    ours, raw = open_store(place), pyoxigraph.Store.read_only(str(place))
    queries = _sent(ours, name)

    def query() -> list[tuple[object, ...]]:
        rows: list[tuple[object, ...]] = []
        for sparql in queries:
            answer = raw.query(sparql, base_iri=BASE, prefixes=dict(PREFIXES), use_default_graph_as_union=True)
            assert isinstance(answer, QuerySolutions), "a view is a SELECT"
            rows += [tuple(row) for row in answer]
        return rows

    return lambda: VIEWS[name](ours), query


def _sent(store: Store, name: str) -> list[str]:
    """Return the queries that making a view sends."""
    sent: list[str] = []
    select = store.select

    def note(sparql: str) -> Solutions:
        sent.append(sparql)
        return select(sparql)

    with patch.object(store, "select", note):
        VIEWS[name](store)
    return sent
