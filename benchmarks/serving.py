"""Serving: the named questions over HTTP beside `oxigraph serve`, and how long pages take.

`python -m benchmarks.serving [--quads N] [--only questions|pages]`. Both servers hold the same graph on this machine;
each question is sent to both in turn, as the same SPARQL, and the whole answer is read. Pages are asked for one after
the other by one client, each for the first time, once the checks of figures have come to an end; their seconds are
those that the client waits, headers and all. At the end is told what memory the server's processes have then.
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter, sleep
from urllib.parse import quote, urlsplit

from rich.console import Console
from rich.table import Table

from benchmarks.asking import arguments_of, build_store, sparql_of
from benchmarks.measuring import in_child
from benchmarks.synthetic import SEED, write
from stpgraph.questions import find_questions
from stpgraph.site.addresses import address_of
from stpgraph.store import open_store
from tests.servers import oxigraph_server
from tests.site_server import Running, running_site

__all__ = ["main"]

#: How many times as long as `oxigraph serve` a question may take, and seconds that pages may take.
_RATIO, _THING, _FRONT = 1.3, 0.050, 0.150

#: Pairs of requests: at least, at most, and the seconds after which the least will do.
_LEAST, _MOST, _ENOUGH = 5, 41, 4.0

#: Seconds after which one pair of a question will do.
_LONG = 40.0

#: Seconds to wait for the checks of figures.
_CHECKS = 600.0

#: Pages of things that are asked for, besides those of the things most spoken of.
_THINGS, _POPULAR = 200, 20

#: What is searched for on the front page: words, a phrase, slips, what all claims have, one letter, many at once.
_WORDS = (
    *("trust", "budgets falls short", "“care at home”", "prevenshun", "budgtes flls shrot", "in", "s"),
    *("in trust budgets care home prevention estates staffing plans beds", "“in” “trust” “care at home” “would help”"),
)

#: What one query may take here: enough for the largest answer of a question.
_LIMITS = ("--workers", "1", "--seconds", "600", "--memory", "8000", "--result", "2000")

_ALL_THINGS = "SELECT DISTINCT ?thing { ?thing a ?class FILTER(ISIRI(?thing)) } ORDER BY ?thing"
_MOST_SPOKEN_OF = """
SELECT ?thing (COUNT(?claim) AS ?count) { { ?claim stp:about ?thing } UNION { ?claim stp:claimant ?thing } }
GROUP BY ?thing ORDER BY DESC(?count) ?thing LIMIT 20"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the result: seconds of ours, and beside it theirs or what is allowed."""

    what: str
    ours: float
    beside: float
    ratio: float
    target: float
    note: str = ""


class Client:
    """One connection to a server, kept open."""

    def __init__(self, address: str) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=600)

    def send(self, method: str, path: str, body: bytes | None = None, **headers: str) -> bytes:
        """Send a request and read the whole answer; anew, where the server hung up since the last one."""
        told = {name.replace("_", "-"): text for name, text in headers.items()}
        try:
            self._connection.request(method, path, body, told)
            answer = self._connection.getresponse()
        except ConnectionError:
            self._connection.close()
            self._connection.request(method, path, body, told)
            answer = self._connection.getresponse()
        data = answer.read()
        if answer.status != http.client.OK:
            raise RuntimeError(f"{path} answered {answer.status}: {data[:300]!r}")
        return data

    def ask(self, path: str, sparql: str) -> bytes:
        """Send a query."""
        return self.send(
            "POST",
            path,
            sparql.encode(),
            content_type="application/sparql-query",
            accept="application/sparql-results+json",
        )


def main(arguments: list[str] | None = None) -> None:
    """Measure what the arguments name, and print it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.serving", description=__doc__)
    parser.add_argument("--quads", type=int, default=1_000_000, help="the size of the graph")
    parser.add_argument("--store", type=Path, help="a store that is there already")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to a file, too")
    parser.add_argument("--only", choices=["questions", "pages"], help="leave out the others")
    options = parser.parse_args(arguments)
    with TemporaryDirectory(prefix="stpgraph-bench-") as place:
        store = options.store or Path(place) / "store"
        if options.store is None:
            in_child(write, Path(place) / "graph.nq", options.quads, SEED)
            in_child(build_store, Path(place) / "graph.nq", store)
        copy = Path(place) / "copy"
        shutil.copytree(store, copy, ignore=shutil.ignore_patterns("search.*", "LOCK"))
        with (
            running_site("--store", store, *_LIMITS) as ours,
            oxigraph_server(copy, is_union=True) as theirs,
        ):
            lines = []
            for line in _lines(store, ours, theirs, options.only):
                lines.append(line)
                print(f"{line.what}: {line.ours * 1000:.1f} ms, {line.ratio:.2f} {line.note}", file=sys.stderr)
            for name, held in _memory(ours.process.pid):
                print(f"{name}: {held / 1e6:.0f} MB", file=sys.stderr)
    Console(width=None if sys.stdout.isatty() else 140).print(_table(lines))
    if options.json:
        told = [{name: getattr(line, name) for name in Line.__slots__} for line in lines]
        options.json.write_text(json.dumps(told, indent=1), encoding="utf-8")


def _lines(store: Path, ours: Running, theirs: str, only: str | None) -> Iterator[Line]:
    here, there = Client(ours.url), Client(theirs)
    server = ours.process.pid
    if only != "pages":
        for name, sparql in in_child(_questions, store).items():
            yield _question(name, here, there, sparql)
    if only == "questions":
        return
    things, popular = in_child(_addresses, store)
    picked = random.Random(SEED).sample(things, min(_THINGS, len(things)))
    began = perf_counter()
    while b"still running" in here.send("GET", "/figures") and perf_counter() - began < _CHECKS:
        sleep(1)
    yield _pages("pages of things", here, server, picked, _THING)
    yield _pages("pages of the most spoken of", here, server, popular, _THING)
    front = ["/", "/?stance=critical", "/?period=2016", *(f"/?q={quote(one)}" for one in _WORDS)]
    yield _pages("front page with facets", here, server, front * 5, _FRONT)
    for path in ("/figures", "/matrix", "/timeline"):
        yield _pages(path, here, server, [path] * 20, _FRONT)


def _questions(store: Path) -> dict[str, str]:
    """Return the SPARQL of each question."""
    with open_store(store) as opened:
        return {name: sparql_of(opened, name, arguments_of(opened, name)) for name in find_questions()}


def _addresses(store: Path) -> tuple[list[str], list[str]]:
    """Return the addresses of all things, and of those most spoken of."""
    with open_store(store) as opened:
        found = [[address_of(row[0].value) for row in opened.select(one)] for one in (_ALL_THINGS, _MOST_SPOKEN_OF)]  # type: ignore[union-attr]
    return found[0], found[1][:_POPULAR]


def _processes(server: int) -> list[int]:
    """Return a server and all processes below it; none where the system does not tell."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it has just ended
            parents[int(stat.parent.name)] = int(stat.read_text(encoding="ascii").rpartition(")")[2].split()[1])
    found = [server] if server in parents else []
    for one in found:  # grows meanwhile
        found += [child for child, parent in parents.items() if parent == one]
    return found


def _memory(server: int) -> Iterator[tuple[str, int]]:
    """Return the bytes in memory of each of them."""
    for one in _processes(server):
        status = Path(f"/proc/{one}/status").read_text(encoding="ascii")
        told = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
        yield f"process {one}{' (the server)' if one == server else ''}", int(told["VmRSS"].split()[0]) * 1024


def _worked(server: int) -> float:
    """Return the seconds that they have worked, all processors together: what a busy machine does not change."""
    spent = 0
    for one in _processes(server):
        for task in Path(f"/proc/{one}/task").glob("*/schedstat"):
            with suppress(OSError):
                spent += int(task.read_text(encoding="ascii").split()[0])
    return spent / 1e9


def _question(name: str, here: Client, there: Client, sparql: str) -> Line:
    sides: tuple[Callable[[], bytes], ...] = (lambda: here.ask("/sparql", sparql), lambda: there.ask("/query", sparql))
    sizes = [len(side()) for side in sides]  # to warm up
    seconds: list[tuple[float, float]] = []
    began = perf_counter()
    while len(seconds) < _LEAST or (len(seconds) < _MOST and perf_counter() - began < _ENOUGH):
        one, other = (_seconds(side) for side in sides)
        seconds.append((one, other))
        if perf_counter() - began > _LONG:
            break
    return Line(
        what=name,
        ours=median(one for one, _ in seconds),
        beside=median(other for _, other in seconds),
        ratio=median(one / other for one, other in seconds),
        target=_RATIO,
        note=f"{sizes[0]:,} bytes" + ("" if sizes[0] == sizes[1] else f", theirs {sizes[1]:,}"),
    )


def _seconds(call: Callable[[], object]) -> float:
    began = perf_counter()
    call()
    return perf_counter() - began


def _pages(what: str, here: Client, server: int, paths: Sequence[str], allowed: float) -> Line:
    here.send("GET", paths[0])
    seconds, worked = [], []
    for path in paths:
        before = _worked(server)
        seconds.append(_seconds(lambda path=path: here.send("GET", path)))  # type: ignore[misc]
        worked.append(_worked(server) - before)
    most = quantiles(seconds, n=20)[-1]
    slowest = paths[seconds.index(max(seconds))]
    return Line(
        what=f"{what}, 95 of 100",
        ours=most,
        beside=allowed,
        ratio=most / allowed,
        target=1.0,
        note=f"processors' time {quantiles(worked, n=20)[-1] * 1000:.0f} ms, median {median(worked) * 1000:.0f} ms; "
        f"median {median(seconds) * 1000:.0f} ms, "
        f"slowest {max(seconds) * 1000:.0f} ms: {slowest[:60]}",
    )


def _table(lines: Sequence[Line]) -> Table:
    table = Table(title="stpgraph serve beside oxigraph serve, and pages beside what is allowed")
    for name in ("what", "ours, ms", "theirs or allowed, ms", "ratio", "target", "note"):
        table.add_column(name, justify="left" if name in {"what", "note"} else "right")
    for line in lines:
        times = (f"{seconds * 1000:,.1f}" for seconds in (line.ours, line.beside))
        table.add_row(line.what, *times, f"{line.ratio:.2f}", f"≤ {line.target:g}", line.note)
    return table


if __name__ == "__main__":
    main()
