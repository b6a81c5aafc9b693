"""What was measured, and how it is shown: one line a comparison."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import version
from statistics import median
from typing import Any

from rich.table import Table

from benchmarks.measuring import Once, Pairs

__all__ = ["Figure", "to_json", "to_table"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One comparison.

    Attributes:
        what: load, turtle or the question's name, with what sets this one apart.
        quads: the size of the graph.
        beside: what it is compared with.
        seconds, beside_seconds: medians; of one that was ended, the limit.
        ratio: how many times as long ours takes; beside rdflib, how many times as fast it is.
        target: the most or, beside rdflib, the least that the ratio may be; None where there is none.
        is_cut: whether the other was ended at its limit, so that the ratio is at least that.
        memory, beside_memory: the most bytes held by a process that does nothing else; None where not measured.
        note: what a reader should know.
    """

    what: str
    quads: int
    beside: str
    seconds: float
    beside_seconds: float
    ratio: float
    target: float | None = None
    is_cut: bool = False
    memory: int | None = None
    beside_memory: int | None = None
    note: str = ""

    @property
    def is_met(self) -> bool | None:
        """Whether the target is met; None where there is none, or where the other was ended too early to tell."""
        if self.target is None:
            return None
        if self.beside != "rdflib":
            return self.ratio <= self.target
        return True if self.ratio >= self.target else None if self.is_cut else False

    @classmethod
    def of_pairs(cls, what: str, quads: int, pairs: Pairs, *, beside: str, target: float, note: str = "") -> Figure:
        """Make the figure of two sides that were run in turn."""
        return cls(
            what=what,
            quads=quads,
            beside=beside,
            seconds=median(pairs.ours),
            beside_seconds=median(pairs.other),
            ratio=pairs.ratio,
            target=target,
            memory=pairs.ours_alone.memory,
            beside_memory=pairs.other_alone.memory,
            note=note,
        )

    @classmethod
    def of_rdflib(
        cls,
        what: str,
        quads: int,
        pairs: Pairs,
        rdflib: Once | None,
        *,
        limit: float,
        target: float | None = None,
        note: str = "",
    ) -> Figure:
        """Make the figure of ours beside one run of rdflib, None when it was ended at the limit."""
        seconds, theirs = median(pairs.ours), rdflib.seconds if rdflib else limit
        return cls(
            what=what,
            quads=quads,
            beside="rdflib",
            seconds=seconds,
            beside_seconds=theirs,
            ratio=theirs / seconds,
            target=target,
            is_cut=rdflib is None,
            memory=pairs.ours_alone.memory,
            beside_memory=rdflib.memory if rdflib else None,
            note=note,
        )


def to_table(figures: Iterable[Figure]) -> Table:
    """Return the figures as a table for the terminal."""
    table = Table(title="stpgraph beside what else one would use (medians; ratios of runs in turn)")
    for name in ("what", "quads", "beside"):
        table.add_column(name)
    for name in ("ours", "theirs", "ratio", "target", "peak memory, MB: ours", "theirs"):
        table.add_column(name, justify="right")
    table.add_column("note")
    for figure in figures:
        table.add_row(*_cells(figure))
    return table


def _cells(figure: Figure) -> Iterator[str]:
    is_rdflib = figure.beside == "rdflib"
    yield figure.what
    yield f"{figure.quads:,}"
    yield figure.beside
    yield _time(figure.seconds)
    yield ("> " if figure.is_cut else "") + _time(figure.beside_seconds)
    yield ("> " if figure.is_cut else "") + (f"{figure.ratio:.0f}× faster" if is_rdflib else f"{figure.ratio:.2f}×")
    met = {True: "met", False: "NOT met", None: "not known"}[figure.is_met]
    yield "" if figure.target is None else f"{'≥' if is_rdflib else '≤'} {figure.target:g}×: {met}"
    yield _megabytes(figure.memory)
    yield _megabytes(figure.beside_memory)
    yield figure.note


def _time(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.1f} ms"


def _megabytes(count: int | None) -> str:
    return "" if count is None else f"{count / 1e6:.0f}"


def to_json(figures: Iterable[Figure]) -> str:
    """Return the figures as JSON, with what they were measured with."""
    measured: dict[str, Any] = {
        "python": platform.python_version(),
        "processors": os.cpu_count(),
        "versions": {name: version(name) for name in ("stpgraph", "pyoxigraph", "rdflib")},
        "figures": [{**asdict(figure), "is_met": figure.is_met} for figure in figures],
    }
    return json.dumps(measured, indent=2, ensure_ascii=False) + "\n"
