"""The picture of a page: what is drawn can be found, read, moved, hidden and saved, whichever library draws it."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import random
import re
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Page

from stpgraph import pages
from tests.browser import Reader, Visit, open_browser

PAGES = Path(pages.__file__).parent
VENDOR = PAGES / "vendor"

#: Text that would do harm if a page took it for markup.
HOSTILE = '</script><script>window.hacked=1</script><img src=x onerror="window.hacked=1"> & "quoted"'

#: What the rest of a page gives to the picture, no more than it needs.
BEFORE = """
const unpack = async (id) => {
  const bytes = Uint8Array.from(atob(document.getElementById(id).textContent), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
};
const scene = JSON.parse(await unpack("scene"));
const library = document.createElement("script");
library.textContent = await unpack("library");
document.head.append(library);
const rows = (table) => Object.values(table)[0].map((_, index) =>
  Object.fromEntries([["index", index], ...Object.entries(table).map(([name, column]) => [name, column[index]])]));
const nodes = rows(scene.nodes).map((node) => ({ ...node, edges: [], items: [] }));
const edges = rows(scene.edges);
for (const edge of edges) {
  for (const end of new Set([edge.from, edge.to])) {
    nodes[end].edges.push(edge.index);
    nodes[end].items = [...new Set([...nodes[end].items, ...edge.items])];
  }
}
const lineWidth = (count, most) => Math.max(count * Math.min(2.2, 16 / most), 1);
"""
AFTER = """
window.said = [];
window.picture = createPicture(document.getElementById("picture"), {
  onChoose: (hit) => window.said.push(["choose", hit?.kind ?? null, hit?.index ?? null]),
  onPoint: (hit) => window.said.push(["point", hit?.kind ?? null, hit?.index ?? null]),
});
requestAnimationFrame(() => requestAnimationFrame(() => { document.documentElement.dataset.drawn = "yes"; }));
"""
STYLE = """
:root { --ink: #1b1d1f; --quiet: #5f6368; --paper: #fffefc; --rule: #d8d4cb;
  --supportive: #2166ac; --critical: #b35806; --mixed: #7b5ea7; --neutral: #767676; }
body { margin: 0 10px 2000px; background: var(--paper); font: 16px "Liberation Sans", Arial, sans-serif; }
.tip { position: absolute; max-width: 240px; background: var(--ink); color: var(--paper); pointer-events: none; }
[hidden] { display: none; }
"""

#: Numbers of the stances.
UNKNOWN, SUPPORTIVE, CRITICAL, MIXED, NEUTRAL = range(5)

#: A square of four names, with places worked out by hand: Ash, Beck, Cole and Dale, clockwise from the upper left.
SQUARE = {
    "names": ["Ash", "Beck", "Cole", "Dale"],
    "kinds": [0, 1, 2, 0],
    "x": [100, 500, 500, 100],
    "y": [100, 100, 400, 400],
    # two edges from Ash to Beck, one from Beck to Cole, one from Dale to itself, one from Dale to Cole
    "edges": [(0, 1, [0, 1]), (0, 1, [2]), (1, 2, [3]), (3, 3, [4]), (3, 2, [5, 6])],
    "stances": [SUPPORTIVE, SUPPORTIVE, CRITICAL, CRITICAL, MIXED, UNKNOWN, SUPPORTIVE],
}


def free_scene(renderer: str, **given: Any) -> dict[str, Any]:
    """A scene that forces arranged, of what is given in the form of SQUARE."""
    count = len(given["stances"])
    return {
        "title": f"Who said what about Anyshire & Midshire: {count} claims.",
        "arrangement": "free",
        "renderer": renderer,
        "directed": given.get("directed", False),
        "colour": "stance",
        "things": ["claim", "claims"],
        "heads": [],
        "widthMeans": "number of claims",
        "weighing": None,
        "kinds": [["body", "body"], ["person", "person"], ["study", "study"]],
        "edgeKinds": ["spoke about"],
        "nodes": {
            "id": [f"n{at}" for at in range(len(given["names"]))],
            "kind": given["kinds"],
            "label": given["names"],
            "name": [f"{name} in full" for name in given["names"]],
            "note": [""] * len(given["names"]),
        },
        "edges": {
            "id": [f"e{at}" for at in range(len(given["edges"]))],
            "from": [source for source, _, _ in given["edges"]],
            "to": [target for _, target, _ in given["edges"]],
            "kind": [0] * len(given["edges"]),
            "weight": [len(items) for _, _, items in given["edges"]],
            "items": [items for _, _, items in given["edges"]],
        },
        "items": {"id": [f"claim/{at}" for at in range(count)], "stance": given["stances"]},
        "layouts": {
            "free": {"width": max(given["x"]) + 100, "height": max(given["y"]) + 100, "x": given["x"], "y": given["y"]}
        },
        "vis": {"options": {"physics": {"enabled": False}}},
    }


def crowd(renderer: str, count: int) -> dict[str, Any]:
    """A scene of many names on a jittered lattice, the same each time."""
    dice = random.Random(3)
    across = int(count**0.5 * 1.3)
    pairs = [(dice.randrange(count), dice.randrange(count)) for _ in range(count * 2)]
    return free_scene(
        renderer,
        names=[f"{dice.choice(('Anyshire', 'Midshire', 'Norbury'))} {'board ' * (at % 4)}{at}" for at in range(count)],
        kinds=[at % 3 for at in range(count)],
        x=[40 + at % across * 45 + dice.randrange(20) for at in range(count)],
        y=[40 + at // across * 45 + dice.randrange(20) for at in range(count)],
        edges=[(source, target, [at]) for at, (source, target) in enumerate(pairs)],
        stances=[dice.randrange(5) for _ in pairs],
    )


def columns_scene(names: list[str]) -> dict[str, Any]:
    """A scene of two columns: the first half of the names on the left, each joined to its peer on the right."""
    half = len(names) // 2
    made = free_scene(
        "vis",
        names=names,
        kinds=[0] * half + [1] * half,
        x=[0],
        y=[0],
        edges=[(at, at + half, [at]) for at in range(half)],
        stances=[1 + at % 4 for at in range(half)],
    )

    def place(at: int, left_x: float, right_x: float, width: float) -> dict[str, Any]:
        is_left, y = at < half, 20 + at % half * 40
        x = left_x if is_left else right_x
        text_x = x - 16 if is_left else x + 16
        box = {"left": 0 if is_left else text_x, "right": text_x if is_left else width, "top": y - 11, "bottom": y + 11}
        return {
            "x": x,
            "y": y,
            "align": "right" if is_left else "left",
            "text_x": text_x,
            "lines": [names[at]],
            "count": "1",
            "note": "",
            "box": box,
        }

    def layout(width: float, left: float, right: float) -> dict[str, Any]:
        places = [place(at, left, right, width) for at in range(len(names))]
        return {"width": width, "height": half * 40, "size": 14, "small": 12.5, "leading": 18, "places": places}

    layouts = {"wide": layout(800, 200, 440), "narrow": layout(368, 118, 208)}
    return {**made, "arrangement": "columns", "heads": ["Who", "said what about"], "layouts": layouts}


def pack(text: str) -> str:
    """Compress text as a page holds it."""
    return base64.b64encode(gzip.compress(text.encode())).decode()


def script_hash(text: str) -> str:
    """Write a text's hash as a policy has it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def library_of(renderer: str) -> str:
    """Read what draws."""
    if renderer == "sigma":
        return ";\n".join((VENDOR / name).read_text() for name in ("graphology.umd.min.js", "sigma.min.js"))
    spec = find_spec("pyvis")
    assert spec is not None
    assert spec.origin is not None
    return (Path(spec.origin).parent / "templates/lib/vis-9.1.2/vis-network.min.js").read_text(encoding="utf-8")


def write_page(folder: Path, scene: dict[str, Any]) -> Path:
    """Write a page with nothing but a picture, under the policy that real pages have."""
    renderer = scene["renderer"]
    templates = PAGES / "templates"
    names = ("drawing.js", "labels.js", "svg.js", f"picture_{renderer}.js", "picture.js")
    ours = "\n".join((templates / name).read_text(encoding="utf-8") for name in names)
    script = f'(async () => {{\n"use strict";\n{BEFORE}{ours}{AFTER}}})();'
    library = library_of(renderer)
    policy = (
        f"default-src 'none'; script-src {script_hash(script)} {script_hash(library)}; "
        f"style-src {script_hash(STYLE)}; img-src data: blob:; connect-src 'none'"
    )
    file = folder / "picture.html"
    file.write_text(
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}"><link rel="icon" href="data:,">'
        f'<style>{STYLE}</style></head><body><div id="picture" aria-label="The picture"></div>'
        f'<script type="text/plain" id="scene">{pack(json.dumps(scene))}</script>'
        f'<script type="text/plain" id="library">{pack(library)}</script><script>{script}</script></body></html>',
        encoding="utf-8",
    )
    return file


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    """A Chromium that draws WebGL without a graphics card."""
    with open_browser() as opened:
        yield opened


def open_picture(reader: Reader, folder: Path, scene: dict[str, Any], width: int = 1020) -> Visit:
    """Write a page and open it; wait until the picture is drawn."""
    seen = reader.open(write_page(folder, scene), width=width)
    seen.page.wait_for_selector("html[data-drawn]")
    return seen


def rest(page: Page) -> None:
    """Wait until a movement has come to rest and is drawn."""
    page.wait_for_timeout(260)


def wait_until(page: Page, condition: str) -> None:
    """Ask until a condition holds; the page's policy forbids the browser to do so itself."""
    deadline = time.monotonic() + 5
    while not page.evaluate(condition):
        assert time.monotonic() < deadline, condition
        page.wait_for_timeout(20)


def shot(page: Page) -> Image.Image:
    """Take a photograph of the picture."""
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return Image.open(io.BytesIO(page.locator("#picture").screenshot())).convert("RGB")


def ink(image: Image.Image, x: float, y: float) -> int:
    """How dark the darkest of the 25 points around a place is: 0 for white, 255 for black."""
    around = [(round(x) + right, round(y) + down) for right in range(-2, 3) for down in range(-2, 3)]
    return max(255 - sum(image.getpixel(place)) // 3 for place in around)  # type: ignore[arg-type]


def png_of(page: Page, options: str = "{}") -> Image.Image:
    """Save the picture as PNG."""
    text = page.evaluate(
        f"""picture.toPng({options}).then((blob) => new Promise((done) => {{
              const reader = new FileReader();
              reader.onload = () => done(reader.result.split(",")[1]);
              reader.readAsDataURL(blob);
            }}))"""
    )
    return Image.open(io.BytesIO(base64.b64decode(text))).convert("RGB")


def texts_of(svg: str) -> list[str]:
    """What an SVG says, title elements apart."""
    return [element.text or "" for element in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


def test_the_libraries_are_those_that_the_table_names() -> None:
    """Each row of the table gives the hash of its file, and its licence stands beside it."""
    rows = re.findall(
        r"^\| (\S+) \| .* MIT \((\S+)\) \| ([0-9a-f]{64}) \|$", (VENDOR / "README.md").read_text(), re.MULTILINE
    )
    assert [name for name, _, _ in rows] == ["sigma.min.js", "graphology.umd.min.js"]
    for name, licence, digest in rows:
        assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == digest
        assert "Permission is hereby granted, free of charge" in (VENDOR / licence).read_text()


@pytest.mark.browser
@pytest.mark.parametrize(("renderer", "count"), [("vis", 150), ("sigma", 1000)])
def test_names_never_overlap_at_any_zoom(reader: Reader, tmp_path: Path, renderer: str, count: int) -> None:
    """At each of nine zooms there are names, each apart from all others and within the picture."""
    seen = open_picture(reader, tmp_path, crowd(renderer, count))
    for factor in (1, 1.5, 1.5, 1.5, 1.5, 0.4, 0.4, 0.4, 1.3):
        seen.page.evaluate(f"picture.zoom({factor})")
        boxes = [label["box"] for label in seen.page.evaluate("picture.labels()")]
        size = seen.page.evaluate("[document.getElementById('picture').clientWidth, picture.camera]")
        assert len(boxes) >= 5, size
        for one, other in combinations(boxes, 2):
            across = one["left"] < other["right"] and other["left"] < one["right"]
            assert not (across and one["top"] < other["bottom"] and other["top"] < one["bottom"])
        assert all(box["left"] >= 0 and box["right"] <= size[0] for box in boxes)
    seen.assert_quiet()


@pytest.mark.browser
def test_names_that_meet_while_the_picture_shrinks_give_way(reader: Reader, tmp_path: Path) -> None:
    """During a movement, before the names are placed anew, none stands over another either."""
    seen = open_picture(reader, tmp_path, crowd("vis", 150))
    seen.page.evaluate("picture.zoom(3)")
    found = seen.page.evaluate(
        """() => {
             const picture = document.getElementById("picture");
             const { left, top } = picture.getBoundingClientRect();
             const rows = [];
             for (let turn = 0; turn < 4; turn += 1) {
               const place = { clientX: left + 500, clientY: top + 200, deltaY: 120, ctrlKey: true, cancelable: true };
               picture.dispatchEvent(new WheelEvent("wheel", place));
               rows.push(picture.picture.labels().map((label) => label.box));
             }
             return rows;
           }"""
    )
    assert [len(boxes) >= 1 for boxes in found] == [True] * 4
    for boxes in found:
        for one, other in combinations(boxes, 2):
            across = one["left"] < other["right"] and other["left"] < one["right"]
            assert not (across and one["top"] < other["bottom"] and other["top"] < one["bottom"])


@pytest.mark.browser
@pytest.mark.parametrize("renderer", ["vis", "sigma"])
def test_what_is_drawn_can_be_hit(reader: Reader, tmp_path: Path, renderer: str) -> None:
    """Each shape, name and line is drawn where it is said to be, and is what stands there; paper is nothing."""
    seen = open_picture(reader, tmp_path, free_scene(renderer, **SQUARE))
    image = shot(seen.page)
    for index in range(4):
        x, y = seen.page.evaluate(f"picture.place({index})")
        assert seen.page.evaluate(f"picture.at({x}, {y})") == {"kind": "node", "index": index}
        assert ink(image, x, y) > 180
    for label in seen.page.evaluate("picture.labels()"):
        box = label["box"]
        x, y = (box["left"] + box["right"]) / 2, (box["top"] + box["bottom"]) / 2
        assert seen.page.evaluate(f"picture.at({x}, {y})") == {"kind": "node", "index": label["index"]}
    for index in range(5):
        x, y = seen.page.evaluate(f"picture.middle({index})")
        assert seen.page.evaluate(f"picture.at({x}, {y})") == {"kind": "edge", "index": index}
        assert ink(image, x, y) > 60
    x, y = (
        (one + other) / 2
        for one, other in zip(*seen.page.evaluate("[picture.place(0), picture.place(2)]"), strict=True)
    )
    assert seen.page.evaluate(f"picture.at({x}, {y})") is None
    assert ink(image, x, y) < 10
    seen.assert_quiet()


@pytest.mark.browser
def test_edges_between_the_same_two_lie_apart(reader: Reader, tmp_path: Path) -> None:
    """Two edges from Ash to Beck bend to either side of the straight way, as far each."""
    seen = open_picture(reader, tmp_path, free_scene("vis", **SQUARE))
    first, second = (seen.page.evaluate(f"picture.middle({index})") for index in (0, 1))
    ash = seen.page.evaluate("picture.place(0)")
    assert (first[1] - ash[1]) == pytest.approx(ash[1] - second[1], abs=0.01)
    assert abs(first[1] - second[1]) > 10


@pytest.mark.browser
def test_a_line_has_the_colours_of_its_claims(reader: Reader, tmp_path: Path) -> None:
    """The line from Beck to Cole, of a critical claim, is orange-brown; that of two supportive claims is blue."""
    seen = open_picture(reader, tmp_path, free_scene("vis", **SQUARE))
    image = shot(seen.page)
    x, y = seen.page.evaluate("picture.middle(2)")
    red, _, blue = image.getpixel((round(x), round(y)))  # type: ignore[misc]
    assert red - blue > 60
    x, y = seen.page.evaluate("picture.middle(0)")
    red, _, blue = image.getpixel((round(x), round(y)))  # type: ignore[misc]
    assert blue - red > 60


@pytest.mark.browser
@pytest.mark.parametrize("renderer", ["vis", "sigma"])
def test_the_keyboard_walks_the_picture(reader: Reader, tmp_path: Path, renderer: str) -> None:
    """The first arrow goes to what has most claims, further ones to the neighbour there; Enter chooses; 0 fits."""
    seen = open_picture(reader, tmp_path, free_scene(renderer, **SQUARE))
    page = seen.page
    page.locator("#picture").focus()
    for key in ("ArrowRight", "ArrowUp", "ArrowLeft", "ArrowLeft", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    # Beck has most claims, 4; there is nothing left of Ash, which is why the second step to the left stays there
    assert page.evaluate("window.said") == [
        ["point", "node", 1],
        ["point", "node", 0],
        ["point", "node", 3],
        ["choose", "node", 3],
    ]
    assert page.locator(".tip").inner_text() == "Dale in full: 3 claims"
    page.keyboard.press("+")
    assert page.evaluate("picture.camera") is not None
    page.keyboard.press("0")
    assert page.evaluate("picture.camera") is None
    seen.assert_quiet()


@pytest.mark.browser
@pytest.mark.parametrize("renderer", ["vis", "sigma"])
def test_show_hides_all_else(reader: Reader, tmp_path: Path, renderer: str) -> None:
    """With Dale, its line and its claims left out, its place is paper; what is left counts its claims anew."""
    seen = open_picture(reader, tmp_path, free_scene(renderer, **SQUARE))
    x, y = seen.page.evaluate("picture.place(3)")
    seen.page.evaluate(
        """picture.show({
             items: new Set([0, 1, 3]), nodes: new Set([0, 1, 2]),
             edges: new Map([
               [0, { weight: 2, strands: [{ stance: "supportive", width: 4.4 }] }],
               [2, { weight: 1, strands: [{ stance: "critical", width: 2.2 }] }],
             ]),
           })"""
    )
    assert ink(shot(seen.page), x, y) < 10
    assert seen.page.evaluate(f"picture.at({x}, {y})") is None
    assert sorted(label["text"] for label in seen.page.evaluate("picture.labels()")) == ["Ash", "Beck", "Cole"]
    texts = texts_of(seen.page.evaluate("picture.toSvg({ legend: true })"))
    assert "Dale" not in texts
    assert [text for text in texts if text.startswith(("supportive", "critical", "mixed"))] == [
        "supportive 2",
        "critical 1",
    ]
    seen.page.evaluate("picture.show(null)")
    assert ink(shot(seen.page), x, y) > 180
    seen.assert_quiet()


@pytest.mark.browser
@pytest.mark.parametrize("renderer", ["vis", "sigma"])
def test_light_dims_all_else(reader: Reader, tmp_path: Path, renderer: str) -> None:
    """What is not lit is fainter than it was, and what is lit is not; what is chosen has a ring."""
    seen = open_picture(reader, tmp_path, free_scene(renderer, **SQUARE))
    places = [seen.page.evaluate(f"picture.place({index})") for index in range(4)]
    before = [ink(shot(seen.page), x, y) for x, y in places]
    lit = "{ nodes: new Set([0, 1]), edges: new Set([0, 1]) }"
    seen.page.evaluate(f"picture.light({lit}, [{{ kind: 'node', index: 0 }}])")
    image = shot(seen.page)
    after = [ink(image, x, y) for x, y in places]
    assert after[:2] == before[:2]
    assert all(now < was / 2 for now, was in zip(after[2:], before[2:], strict=True))
    ringed = [max(ink(image, x, y - reach) for reach in range(10, 22)) for x, y in places]
    assert ringed[0] > 180
    assert ringed[3] < 60


@pytest.mark.browser
def test_dimming_a_large_picture_keeps_what_is_lit(reader: Reader, tmp_path: Path) -> None:
    """Where WebGL draws a thousand names, the ground is paler once something is lit, and the lit name stays dark."""
    seen = open_picture(reader, tmp_path, crowd("sigma", 1000))
    before = shot(seen.page)
    seen.page.evaluate("picture.light({ nodes: new Set([500]), edges: new Set() }, [{ kind: 'node', index: 500 }])")
    after = shot(seen.page)

    def darkness(image: Image.Image) -> float:
        levels = image.convert("L").histogram()
        return sum((255 - level) * count for level, count in enumerate(levels)) / sum(levels)

    assert darkness(after) < darkness(before) / 2
    x, y = seen.page.evaluate("picture.place(500)")
    assert ink(after, x, y) > 180
    seen.assert_quiet()


@pytest.mark.browser
def test_svg_is_well_formed_and_holds_every_name(reader: Reader, tmp_path: Path) -> None:
    """Columns save every name as text, hostile ones as the text they are; nothing runs or points outside."""
    names = ["Ash", HOSTILE, "مجلس الصحة", "A" * 300, "trust", "money", "care & cure", "voice\u0000 of \u0008patients"]
    seen = open_picture(reader, tmp_path, columns_scene(names))
    svg = seen.page.evaluate("picture.toSvg({ legend: true })")
    texts = texts_of(svg)
    assert set(names[:-1]) <= set(texts)
    assert "voice of patients" in texts
    assert {"Who", "said what about", "Who said what about Anyshire & Midshire: 4 claims."} <= set(texts)
    assert {element.tag.partition("}")[2] for element in ET.fromstring(svg).iter()} == {
        "svg", "g", "title", "path", "rect", "text", "clipPath",
    }  # fmt: skip
    assert not re.search(r"(?:href|src|on\w+)=|url\((?!#view-)", re.sub(r">[^<]*<", "><", svg))
    assert seen.page.evaluate("window.hacked") is None
    seen.assert_quiet()


@pytest.mark.browser
def test_svg_of_a_free_picture_names_every_node(reader: Reader, tmp_path: Path) -> None:
    """A name that finds no room on the picture still stands as the title of its shape."""
    seen = open_picture(reader, tmp_path, crowd("vis", 150))
    tree = ET.fromstring(seen.page.evaluate("picture.toSvg()"))
    titles = {element.text for element in tree.iter("{http://www.w3.org/2000/svg}title")}
    assert {f"{name} in full" for name in crowd("vis", 150)["nodes"]["label"]} <= titles


@pytest.mark.browser
@pytest.mark.parametrize("renderer", ["vis", "sigma"])
def test_png_and_svg_show_the_same_picture(reader: Reader, tmp_path: Path, renderer: str) -> None:
    """The PNG is twice the SVG's size in pixels, is not blank, and a browser shows the SVG nearly alike."""
    seen = open_picture(reader, tmp_path, free_scene(renderer, **SQUARE, directed=True))
    svg = seen.page.evaluate("picture.toSvg({ legend: true })")
    root = ET.fromstring(svg)
    size = float(root.attrib["width"]), float(root.attrib["height"])
    png = png_of(seen.page, "{ legend: true, scale: 2 }")
    assert png.size == (round(size[0] * 2), round(size[1] * 2))
    assert len(png.getcolors(1 << 24) or []) > 50
    single = png_of(seen.page, "{ legend: true, scale: 1 }")
    page = seen.page.context.browser.new_page(viewport={"width": single.width, "height": single.height})  # type: ignore[union-attr]
    page.set_content(f"<style>body {{ margin: 0 }} svg {{ display: block }}</style>{svg}")
    drawn = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    page.close()
    levels = ImageChops.difference(single, drawn).convert("L").histogram()
    differing = sum(levels[90:])
    assert differing < single.width * single.height * 0.004


@pytest.mark.browser
def test_a_saved_picture_shows_what_is_in_sight(reader: Reader, tmp_path: Path) -> None:
    """Saved after a zoom, it shows the part in sight; saved when all is in sight, all of it; the legend can go."""
    seen = open_picture(reader, tmp_path, free_scene("vis", **SQUARE))
    assert {"Ash", "Beck", "Cole", "Dale"} <= set(texts_of(seen.page.evaluate("picture.toSvg({ legend: false })")))
    assert "Shape:" not in texts_of(seen.page.evaluate("picture.toSvg({ legend: false })"))
    seen.page.evaluate("picture.setCamera({ x: 100, y: 100, scale: 4 })")
    texts = texts_of(seen.page.evaluate("picture.toSvg({ legend: true })"))
    assert "Ash" in texts
    assert "Cole" not in texts
    assert "Shape:" in texts


@pytest.mark.browser
def test_both_libraries_answer_alike(reader: Reader, tmp_path: Path) -> None:
    """The same scene and the same calls give the same places, names, hits, steps, camera and SVG."""
    calls = """() => {
      const { picture } = window;
      const say = () => JSON.stringify([
        [0, 1, 2, 3].map(picture.place), [0, 1, 2, 3, 4].map(picture.middle), picture.labels(), picture.camera,
        picture.at(...picture.place(2)), picture.at(...picture.middle(3)), picture.at(1, 1),
      ]);
      const rows = [say()];
      picture.zoom(1.5); rows.push(say());
      picture.pan(30, -20); rows.push(say());
      rows.push(["right", "down", "left", "nowhere"].map(picture.step)); rows.push(say());
      picture.setCamera({ x: 120, y: 130, scale: 2 }); rows.push(say());
      picture.reveal(2); rows.push(say());
      picture.light({ nodes: new Set([1]), edges: new Set([2]) }, [{ kind: "edge", index: 2 }]); rows.push(say());
      picture.setCamera(null); rows.push(say(), picture.toSvg({ legend: true }));
      return rows;
    }"""
    (tmp_path / "vis").mkdir()
    (tmp_path / "sigma").mkdir()
    told = []
    for renderer in ("vis", "sigma"):
        seen = open_picture(reader, tmp_path / renderer, free_scene(renderer, **SQUARE))
        assert seen.page.evaluate("picture.engine") == renderer
        told.append(seen.page.evaluate(calls))
    assert told[0] == told[1]


@pytest.mark.browser
def test_webgl_draws_where_the_picture_says(reader: Reader, tmp_path: Path) -> None:
    """Discs that WebGL drew stand at the places of their nodes, at the first view and after a zoom."""
    scene = crowd("sigma", 1000)
    seen = open_picture(reader, tmp_path, scene)
    seen.page.evaluate("picture.show({ items: null, nodes: null, edges: new Map() })")  # so that lines prove nothing
    for factor in (1, 1.25):
        seen.page.evaluate(f"picture.zoom({factor})")
        rest(seen.page)
        image = shot(seen.page)
        boxes = [label["box"] for label in seen.page.evaluate("picture.labels()")]
        inside = []
        for index in range(0, 1000, 7):
            x, y = seen.page.evaluate(f"picture.place({index})")
            is_covered = any(
                box["left"] - 20 < x < box["right"] + 20 and box["top"] - 5 < y < box["bottom"] + 5 for box in boxes
            )
            if 10 < x < image.width - 10 and 10 < y < image.height - 10 and not is_covered:
                inside.append(ink(image, x, y))
        assert len(inside) > 50
        assert min(inside) > 60


@pytest.mark.browser
def test_a_click_chooses_and_a_drag_moves(reader: Reader, tmp_path: Path) -> None:
    """A click on a shape, a line or paper is told as such; a drag chooses nothing and moves all by its length."""
    seen = open_picture(reader, tmp_path, free_scene("vis", **SQUARE))
    page = seen.page
    picture = page.locator("#picture")
    box = picture.bounding_box()
    assert box is not None
    for call in ("picture.place(1)", "picture.middle(2)", "[4, 4]"):
        x, y = page.evaluate(call)
        page.mouse.click(box["x"] + x, box["y"] + y)
    chosen = [row for row in page.evaluate("window.said") if row[0] == "choose"]
    assert chosen == [["choose", "node", 1], ["choose", "edge", 2], ["choose", None, None]]
    x, y = page.evaluate("picture.place(1)")
    page.mouse.move(box["x"] + 300, box["y"] + 250)
    page.mouse.down()
    page.mouse.move(box["x"] + 320, box["y"] + 260)
    page.mouse.move(box["x"] + 340, box["y"] + 280)
    page.mouse.up()
    rest(page)
    moved = page.evaluate("picture.place(1)")
    assert (moved[0] - x, moved[1] - y) == (pytest.approx(40), pytest.approx(30))
    assert len([row for row in page.evaluate("window.said") if row[0] == "choose"]) == 3
    assert ink(shot(page), *moved) > 180
    page.mouse.move(box["x"] + moved[0], box["y"] + moved[1])
    page.wait_for_selector(".tip:not([hidden])")
    assert page.locator(".tip").inner_text() == "Beck in full: 4 claims"
    seen.assert_quiet()


@pytest.mark.browser
def test_the_wheel_scrolls_the_page_unless_it_is_meant_for_the_picture(reader: Reader, tmp_path: Path) -> None:
    """Over columns the wheel scrolls, and zooms with Ctrl; over a free picture in focus it zooms."""
    seen = open_picture(reader, tmp_path, columns_scene(["Ash", "Beck", "trust", "money"]))
    page = seen.page
    page.mouse.move(300, 40)
    page.mouse.wheel(0, 100)
    wait_until(page, "scrollY === 100")
    assert page.evaluate("picture.camera") is None
    page.evaluate("scrollTo(0, 0)")
    page.keyboard.down("Control")
    page.mouse.wheel(0, -100)
    page.keyboard.up("Control")
    wait_until(page, "picture.camera !== null")
    assert page.evaluate("scrollY") == 0
    free = open_picture(reader, tmp_path, free_scene("vis", **SQUARE))
    free.page.mouse.move(300, 200)
    free.page.mouse.wheel(0, 100)
    wait_until(free.page, "scrollY === 100")
    assert free.page.evaluate("picture.camera") is None
    free.page.locator("#picture").focus()
    free.page.mouse.wheel(0, -100)
    wait_until(free.page, "picture.camera !== null")


@pytest.mark.browser
def test_the_camera_comes_back(reader: Reader, tmp_path: Path) -> None:
    """A camera that is set is the camera that is told; a broken one changes nothing; null fits all again."""
    seen = open_picture(reader, tmp_path, free_scene("vis", **SQUARE))
    page = seen.page
    assert page.evaluate("picture.camera") is None
    page.evaluate("picture.setCamera({ x: 300, y: 200, scale: 2 })")
    assert page.evaluate("picture.camera") == {"x": pytest.approx(300), "y": pytest.approx(200), "scale": 2}
    width = page.evaluate("document.getElementById('picture').clientWidth")
    assert page.evaluate("picture.place(0)")[0] == pytest.approx(width / 2 + (100 - 300) * 2)
    page.evaluate("picture.setCamera({ x: NaN, y: 0, scale: 1 })")
    assert page.evaluate("picture.camera.scale") == 2
    page.evaluate("picture.setCamera(null)")
    assert page.evaluate("picture.camera") is None


@pytest.mark.browser
@pytest.mark.parametrize(("width", "across"), [(820, 800), (388, 368)])
def test_columns_fit_the_window(reader: Reader, tmp_path: Path, width: int, across: int) -> None:
    """A desk gets the wide layout and a phone the narrow one, each at its own size where it fits just so."""
    seen = open_picture(reader, tmp_path, columns_scene(["Ash", "Beck", "trust", "money"]), width=width)
    left = {800: 200, 368: 118}[across]
    assert seen.page.evaluate("picture.place(0)") == [left, 50]  # 20 down, and 30 for the heads
    assert seen.page.evaluate("document.getElementById('picture').clientHeight") == 110
    assert seen.page.evaluate("document.documentElement.scrollWidth") == width
    hit = seen.page.evaluate(f"picture.at({left - 30}, 50)")
    assert hit == {"kind": "node", "index": 0}
    seen.assert_quiet()


@pytest.mark.browser
def test_a_new_width_brings_the_other_layout(reader: Reader, tmp_path: Path) -> None:
    """When the window narrows below 600 pixels, the narrow layout takes the place of the wide one."""
    seen = open_picture(reader, tmp_path, columns_scene(["Ash", "Beck", "trust", "money"]), width=820)
    seen.page.evaluate("document.getElementById('picture').style.width = '368px'")
    wait_until(seen.page, "picture.place(0)[0] === 118")
    assert ink(shot(seen.page), 118, 50) > 180


@pytest.mark.browser
def test_without_webgl_the_page_says_so(reader: Reader, tmp_path: Path) -> None:
    """A browser that cannot draw so many nodes gets a sentence, calls do no harm, and SVG can still be saved."""
    file = write_page(tmp_path, free_scene("sigma", **SQUARE))
    blocked = """
      const got = HTMLCanvasElement.prototype.getContext;
      HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
        return kind.startsWith("webgl") ? null : got.call(this, kind, ...more);
      };
    """
    page = reader.open(file).page.context.browser.new_page()  # type: ignore[union-attr]
    page.add_init_script(blocked)
    page.goto(file.as_uri())
    page.wait_for_selector("html[data-drawn]")
    assert page.locator("#picture").inner_text() == (
        "This browser cannot draw so many nodes; the table below has all of it."
    )
    found = page.evaluate(
        """() => {
             picture.zoom(2); picture.fit(); picture.pan(3, 4); picture.resize(); picture.recolour(); picture.reveal(1);
             picture.show(null); picture.light(null); picture.step("right");
             return [picture.labels(), picture.at(10, 10), picture.toSvg({ legend: true }).includes("Ash")];
           }"""
    )
    page.close()
    assert found == [[], None, True]


@pytest.mark.browser
def test_a_dark_picture_is_drawn_anew(reader: Reader, tmp_path: Path) -> None:
    """After the page's colours change, recolour draws shapes and lines in the new ones."""
    seen = open_picture(reader, tmp_path, free_scene("vis", **SQUARE))
    seen.page.evaluate("document.documentElement.style.setProperty('--ink', '#e00000'); picture.recolour()")
    image = shot(seen.page)
    x, y = seen.page.evaluate("picture.place(0)")
    assert image.getpixel((round(x), round(y))) == (224, 0, 0)
