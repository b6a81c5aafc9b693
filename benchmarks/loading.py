"""Loading a file of N-Quads into a new store on disk, beside pyoxigraph's `bulk_load` and rdflib's memory store.

A load adds the file to an open store. A build makes the store beside the old one, optimizes it and puts it in place.
Beyond a million quads optimizing costs time, for the engine then loads in parts that it merges; questions take three
quarters of their time afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph

from benchmarks.figures import Figure
from benchmarks.measuring import Sides, run_once, run_pairs
from stpgraph.store import open_store, replace_store

__all__ = ["measure_loading"]

#: How many times as long as `bulk_load` a build may take.
_TARGET = 1.25


def measure_loading(file: Path, quads: int, limit: float) -> Iterator[Figure]:
    """Compare loading one file, each run into a store of its own; with rdflib too, unless the limit for that is 0."""
    for what, beside, make in (
        ("load", "pyoxigraph bulk_load", _load),
        ("build", "pyoxigraph bulk_load", _build),
        ("build", "bulk_load and optimize", _build_and_optimize),
    ):
        pairs = run_pairs(make, file)
        yield Figure.of_pairs(what, quads, pairs, beside=beside, target=_TARGET)
    if limit:
        rdflib = run_once(_rdflib, file, limit=limit)
        yield Figure.of_rdflib("build", quads, pairs, rdflib, limit=limit)


def _load(file: Path) -> Sides:
    def load() -> object:
        place = TemporaryDirectory(dir=file.parent)
        with open_store(place.name, is_writable=True) as store:
            store.load(file)
        return place

    return load, lambda: _bulk_load(file)


def _build(file: Path) -> Sides:
    def build() -> object:
        place = TemporaryDirectory(dir=file.parent)
        with replace_store(Path(place.name, "store")) as store:
            store.load(file)
            len(store)  # a build says how many quads it loaded
        return place

    return build, lambda: _bulk_load(file)


def _build_and_optimize(file: Path) -> Sides:
    return _build(file)[0], lambda: _bulk_load(file, is_optimized=True)


def _bulk_load(file: Path, *, is_optimized: bool = False) -> object:
    place = TemporaryDirectory(dir=file.parent)
    store = pyoxigraph.Store(place.name)
    store.bulk_load(path=str(file), format=pyoxigraph.RdfFormat.N_QUADS)
    if is_optimized:
        store.optimize()
    return place


def _rdflib(file: Path) -> Sides:
    from rdflib import Dataset

    return (lambda: Dataset(default_union=True).parse(file, format="nquads"),)
