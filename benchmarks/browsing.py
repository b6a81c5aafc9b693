"""Pages in a browser: `python -m benchmarks.browsing [--sizes 200,2000,10000,50000]`.

Seconds from asking for a file to the first picture painted, in headless Chromium without a network, median of three,
beside what else one would take: pyvis as it comes, and vis-network, cytoscape.js and sigma with the same fixed
positions and nothing but dots and lines. Then frames a second while a page is dragged and zoomed, the size of the
file, and how long Python took to place the nodes.

cytoscape.js is fetched with npm for the occasion; without npm it is left out, and that is said.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from playwright.sync_api import Browser, Error, Page, sync_playwright
from rich.console import Console
from rich.table import Table

import stpgraph.pages
from benchmarks.crowds import make_crowd
from stpgraph.pages.assembly import assemble
from stpgraph.pages.drawing import make_scene
from stpgraph.pages.scenes import Points, Scene
from tests.browser import find_chromium

#: Sizes with their edges, and the most seconds that a page may take.
_SIZES: Mapping[int, tuple[int, float]] = {
    200: (400, 0.6),
    2000: (4000, 1.0),
    10_000: (30_000, 2.0),
    50_000: (100_000, 8.0),
}

_RUNS = 3
#: Seconds after which a page is given up.
_LIMIT = 90.0
_FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"),
    *("--disable-dev-shm-usage", "--enable-unsafe-swiftshader"),
)

#: Marks the moment when what was drawn has been painted.
_MARK = """
const mark = () => requestAnimationFrame(() => requestAnimationFrame(() => {
  performance.mark("drawn");
}));
"""

_PAGE = """<!doctype html><meta charset="utf-8"><style>html, body, #net {{ height: 100%; margin: 0 }}</style>
<div id="net"></div>{libraries}<script>const data = {data}; {mark} {code}</script>"""

_VIS = """
const nodes = data.x.map((x, id) => ({ id, x, y: data.y[id], label: data.label[id], shape: "dot", size: 6 }));
const edges = data.from.map((from, at) => ({ from, to: data.to[at] }));
const net = new vis.Network(document.getElementById("net"), { nodes, edges },
  { physics: false, layout: { improvedLayout: false }, edges: { smooth: false } });
net.once("afterDrawing", mark);
"""
_CYTOSCAPE = """
const elements = data.x
  .map((x, id) => ({ data: { id: `n${id}`, label: data.label[id] }, position: { x, y: data.y[id] } }))
  .concat(data.from.map((from, at) => ({ data: { source: `n${from}`, target: `n${data.to[at]}` } })));
const net = cytoscape({ container: document.getElementById("net"), elements, layout: { name: "preset" },
  style: [{ selector: "node", style: { label: "data(label)", width: 12, height: 12, "font-size": 9 } },
    { selector: "edge", style: { width: 1 } }] });
net.once("render", mark);
"""
_SIGMA = """
const graph = new graphology.MultiGraph();
data.x.forEach((x, id) => graph.addNode(id, { x, y: -data.y[id], size: 3, label: data.label[id], color: "#333" }));
data.from.forEach((from, at) => graph.addEdge(from, data.to[at], { size: 1, color: "#ccc" }));
const net = new Sigma(graph, document.getElementById("net"));
net.refresh();
mark();
"""

#: Counts frames while the page is moved.
_COUNT = """() => {
  window.frames_ = [];
  const note = (time) => { window.frames_.push(time); requestAnimationFrame(note); };
  requestAnimationFrame(note);
}"""


@dataclass(frozen=True, slots=True)
class Shown:
    """How one page did: seconds to the picture, None where it was given up; its size; frames a second."""

    what: str
    nodes: int
    seconds: float | None
    size: int
    frames: float | None = None
    note: str = ""


def main(arguments: list[str] | None = None) -> None:
    """Measure the sizes that the arguments name, and print a table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.browsing")
    parser.add_argument("--sizes", default="200,2000,10000,50000")
    parser.add_argument("--only-ours", action="store_true", help="leave out what ours is compared with")
    options = parser.parse_args(arguments)
    with TemporaryDirectory(prefix="stpgraph-browse-") as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(_FLAGS))
        shown = []
        for size in map(int, options.sizes.split(",")):
            for one in _measure(browser, size, Path(folder), is_alone=options.only_ours):
                print(f"{one.nodes:,} {one.what}: {one.seconds} s, {one.size:,} bytes {one.note}", file=sys.stderr)
                shown.append(one)
        browser.close()
    Console(width=None if sys.stdout.isatty() else 160).print(_table(shown))


def _measure(browser: Browser, size: int, folder: Path, *, is_alone: bool) -> Iterator[Shown]:
    began = perf_counter()
    scene = make_scene(make_crowd(size, _SIZES[size][0]))
    placed = perf_counter() - began
    began = perf_counter()
    page = assemble(scene)
    made = perf_counter() - began
    yield _show(
        browser, "stpgraph", size, _written(page, folder), note=f"placed in {placed:.1f} s, written in {made:.1f} s"
    )
    if is_alone:
        return
    for what, write in _OTHERS.items():
        try:
            html = write(scene)
        except (OSError, subprocess.CalledProcessError) as fault:
            yield Shown(what, size, None, 0, note=f"left out: {fault}")
            continue
        yield _show(browser, what, size, _written(html, folder))


def _show(browser: Browser, what: str, size: int, file: Path, note: str = "") -> Shown:
    seconds: list[float] = []
    frames = None
    for _ in range(_RUNS):
        context = browser.new_context(viewport={"width": 1280, "height": 900}, offline=True)
        page = context.new_page()
        taken = _seconds(page, file)
        if taken is not None and what in {"stpgraph", "sigma"} and not seconds:
            frames = _frames(page)
        context.close()
        if taken is None:
            return Shown(what, size, None, file.stat().st_size, note=f"given up after {_LIMIT:g} s")
        seconds.append(taken)
    return Shown(what, size, median(seconds), file.stat().st_size, frames, note)


def _written(html: str, folder: Path) -> Path:
    file = folder / "page.html"
    file.write_text(html, encoding="utf-8")
    return file


def _seconds(page: Page, file: Path) -> float | None:
    """Open a page, and return when its picture was painted by the browser's own clock, from the start of opening it."""
    began = perf_counter()
    try:
        page.goto(file.as_uri(), wait_until="commit", timeout=_LIMIT * 1000)
        while perf_counter() - began < _LIMIT:
            found = page.evaluate("performance.getEntriesByName('drawn').map((mark) => mark.startTime)")
            if found:
                return float(found[0]) / 1000
            page.wait_for_timeout(100)
    except Error:
        return None
    return None


def _frames(page: Page) -> float:
    """Drag and zoom for a while, and return the frames a second."""
    page.wait_for_timeout(500)
    page.evaluate(_COUNT)
    x, y = (500, 500)
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(60):
        page.mouse.move(x + 3 * step, y + (step % 20))
    page.mouse.up()
    for step in range(20):
        page.keyboard.down("Control")
        page.mouse.wheel(0, -60 if step < 10 else 60)
        page.keyboard.up("Control")
    times = page.evaluate("window.frames_")
    return (len(times) - 1) / (times[-1] - times[0]) * 1000 if len(times) > 1 else 0.0


def _plain(scene: Scene) -> dict[str, Any]:
    layout = scene.layouts["free"]
    assert isinstance(layout, Points)
    return {
        "x": layout.x,
        "y": layout.y,
        "label": [node.label for node in scene.nodes],
        "from": [edge.source for edge in scene.edges],
        "to": [edge.target for edge in scene.edges],
    }


def _page(scene: Scene, code: str, *libraries: str) -> str:
    tags = "".join(f"<script>{library}</script>" for library in libraries)
    return _PAGE.format(libraries=tags, data=json.dumps(_plain(scene)), mark=_MARK, code=code)


def _pyvis(scene: Scene) -> str:
    """Return the page of pyvis as it comes: physics on, its own template, its library inside."""
    from pyvis.network import Network

    network: Any = Network(cdn_resources="in_line")  # type: ignore[no-untyped-call]
    for at, node in enumerate(scene.nodes):
        network.add_node(at, label=node.label)
    for edge in scene.edges:
        network.add_edge(edge.source, edge.target)
    html = str(network.generate_html(notebook=False))
    return html.replace(
        "network = new vis.Network(container, data, options);",
        "network = new vis.Network(container, data, options);"
        + _MARK
        + 'network.once("stabilizationIterationsDone", mark);',
    )


def _library(module: str, *parts: str) -> str:
    spec = find_spec(module)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent.joinpath(*parts).read_text(encoding="utf-8")


def _vis_fixed(scene: Scene) -> str:
    return _page(scene, _VIS, _library("pyvis", "templates", "lib", "vis-9.1.2", "vis-network.min.js"))


def _sigma_fixed(scene: Scene) -> str:
    vendor = Path(stpgraph.pages.__file__).parent / "vendor"
    names = ("graphology.umd.min.js", "sigma.min.js")
    return _page(scene, _SIGMA, *((vendor / name).read_text(encoding="utf-8") for name in names))


def _cytoscape(scene: Scene) -> str:
    with TemporaryDirectory() as place:
        subprocess.run(["npm", "pack", "--silent", "cytoscape@3"], cwd=place, check=True, capture_output=True)
        subprocess.run(["tar", "xzf", *(path.name for path in Path(place).glob("*.tgz"))], cwd=place, check=True)
        return _page(scene, _CYTOSCAPE, Path(place, "package", "dist", "cytoscape.min.js").read_text(encoding="utf-8"))


_OTHERS: Mapping[str, Callable[[Scene], str]] = {
    "pyvis as it comes": _pyvis,
    "vis-network fixed": _vis_fixed,
    "cytoscape.js": _cytoscape,
    "sigma": _sigma_fixed,
}


def _table(shown: list[Shown]) -> Table:
    table = Table(title="Seconds to the first picture, median of three (headless Chromium, no network)")
    for name in ("nodes", "page"):
        table.add_column(name)
    for name in ("seconds", "most", "beside ours", "bytes", "most", "frames/s"):
        table.add_column(name, justify="right")
    table.add_column("note")
    ours = {one.nodes: one.seconds for one in shown if one.what == "stpgraph"}
    for one in shown:
        is_ours, base = one.what == "stpgraph", ours.get(one.nodes)
        table.add_row(
            f"{one.nodes:,}",
            one.what,
            f"{one.seconds:.2f}" if one.seconds else "–",
            f"{_SIZES[one.nodes][1]:.1f}" if is_ours else "",
            f"{one.seconds / base:.1f}×" if one.seconds and base else "",
            f"{one.size:,}",
            f"{400_000 + 150 * one.nodes:,}" if is_ours else "",
            f"{one.frames:.0f}" if one.frames else "",
            one.note,
        )
    return table


if __name__ == "__main__":
    main()
