"""Loading a file of N-Quads into a store on disk: as a build does it, beside `bulk_load` alone and rdflib."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph

from benchmarks.figures import Figure
from benchmarks.measuring import Sides, run_once, run_pairs
from stpgraph.store import replace_store

__all__ = ["measure_loading"]

#: How many times as long as `bulk_load` a build may take.
_TARGET = 1.25


def measure_loading(file: Path, quads: int, limit: float) -> Iterator[Figure]:
    """Compare loading one file, each run into a store of its own; with rdflib too, unless the limit for that is 0."""
    pairs = run_pairs(_stores, file)
    yield Figure.of_pairs("load", quads, pairs, beside="pyoxigraph bulk_load", target=_TARGET)
    if limit:
        rdflib = run_once(_rdflib, file, limit=limit)
        yield Figure.of_rdflib("load", quads, pairs, rdflib, limit=limit)


def _stores(file: Path) -> Sides:
    def ours() -> object:
        place = TemporaryDirectory(dir=file.parent)
        with replace_store(Path(place.name, "store")) as store:
            store.load(file)
            len(store)  # a build says how many quads it loaded
        return place

    def raw() -> object:
        place = TemporaryDirectory(dir=file.parent)
        store = pyoxigraph.Store(place.name)
        store.bulk_load(path=str(file), format=pyoxigraph.RdfFormat.N_QUADS)
        return place

    return ours, raw


def _rdflib(file: Path) -> Sides:
    from rdflib import Dataset

    return (lambda: Dataset(default_union=True).parse(file, format="nquads"),)
