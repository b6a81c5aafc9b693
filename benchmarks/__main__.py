"""Measure and show: `python -m benchmarks [--sizes 100k,1M] [--only load,questions,search,views,turtle]`.

Graphs are made anew from one seed (`synthetic`). Figures appear as they come, on standard error, and as one table at
the end. It takes about an hour, most of which rdflib takes; `--limit` says how long each of its runs may.
"""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from benchmarks.asking import measure_asking
from benchmarks.figures import Figure, to_json, to_table
from benchmarks.loading import measure_loading
from benchmarks.measuring import in_child
from benchmarks.searching import measure_searching
from benchmarks.synthetic import SEED, write
from benchmarks.viewing import measure_viewing
from benchmarks.writing import measure_writing
from stpgraph.questions import find_questions

_PARTS = ("load", "questions", "search", "views", "turtle")

#: Graphs above this size are not asked on rdflib, which takes its memory store minutes to fill.
_RDFLIB_MOST = 100_000


def main(arguments: list[str] | None = None) -> None:
    """Run the comparisons that the arguments name, and print them."""
    options = _parser().parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended; nothing is left behind"))
    with TemporaryDirectory(prefix="stpgraph-bench-", dir=options.folder) as place:
        figures = []
        for figure in _figures(options, Path(place)):
            figures.append(figure)
            print(f"{figure.what}, {figure.quads:,} quads, {figure.beside}: {figure.ratio:.2f}×", file=sys.stderr)
    Console(width=None if sys.stdout.isatty() else 180).print(to_table(figures))
    if options.json:
        options.json.write_text(to_json(figures), encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description=__doc__.splitlines()[0] if __doc__ else ""
    )
    parser.add_argument("--sizes", type=_sizes, default="100k,1M", help="quads, as 100k,1M (the default)")
    parser.add_argument("--only", type=_parts, default=",".join(_PARTS), help=f"some of {','.join(_PARTS)}")
    parser.add_argument("--questions", type=_names, default="", help="names of questions, all where not given")
    parser.add_argument("--limit", type=float, default=120.0, help="seconds for one run of rdflib; 0 leaves it out")
    parser.add_argument("--seed", type=int, default=SEED, help="another seed, another graph")
    parser.add_argument("--folder", type=Path, help="where to put graphs and stores while measuring")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to a file, too")
    return parser


def _sizes(text: str) -> list[int]:
    units = {"k": 1_000, "M": 1_000_000}
    return [int(float(size.rstrip("kM")) * units.get(size[-1], 1)) for size in text.split(",")]


def _parts(text: str) -> list[str]:
    parts = text.split(",")
    if unknown := set(parts).difference(_PARTS):
        raise argparse.ArgumentTypeError(
            f"no part is called {', '.join(sorted(unknown))}; there are {', '.join(_PARTS)}"
        )
    return parts


def _names(text: str) -> list[str]:
    found = list(find_questions())
    return [name for name in text.split(",") if name] or found


def _figures(options: argparse.Namespace, place: Path) -> Iterator[Figure]:
    if "questions" in options.only and not options.questions:
        print("there are no questions yet; leaving them out", file=sys.stderr)
    for size in options.sizes:
        file = place / f"{size}.nq"
        quads = in_child(write, file, size, options.seed)
        limit = options.limit
        if "load" in options.only:
            yield from measure_loading(file, quads, limit)
        if "turtle" in options.only:
            yield from measure_writing(file, quads, limit if size <= _RDFLIB_MOST else 0.0)
        if "questions" in options.only:
            yield from measure_asking(file, quads, options.questions, limit if size <= _RDFLIB_MOST else 0.0)
        if "search" in options.only:
            yield from measure_searching(file, quads)
        if "views" in options.only:
            yield from measure_viewing(file, quads)


if __name__ == "__main__":
    main()
