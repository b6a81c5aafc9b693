"""Every control of every page of the graph that ships, and of a page of thousands of names, as a reader presses them.

What a page must show is worked out from the view in Python, and never read back from the page.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import pyoxigraph
import pytest
from PIL import Image
from playwright.sync_api import Download, Locator, Page

import stpgraph
from benchmarks.crowds import make_crowd
from stpgraph.networks import VIEWS, View
from stpgraph.networks.evidence import Evidence, Thing
from stpgraph.pages import draw_view
from stpgraph.pages.story import draw_story
from stpgraph.store import Store
from tests.browser import Reader, Visit, open_browser
from tests.view_pages import address, chips, facet, rows, summaries, title, wait_until

pytestmark = pytest.mark.browser

#: What is opened, by name: the seven views, and two that are made another way.
PAGES: dict[str, Callable[[Store], View]] = {
    **VIEWS,
    "camps": lambda store: VIEWS["discourse"](store, mode="claimants", weight="subtract"),
    "claims-as-nodes": lambda store: VIEWS["who-said-what"](store, claims_as="nodes"),
}

#: How many cards a panel lists, and rows a table has, before one asks for more.
CARDS, ROWS = 50, 100

#: The page's name for what it draws.
PICTURE = "document.getElementById('picture').picture"


@dataclass(frozen=True)
class Desk:
    """Pages on a disk, and who reads them."""

    reader: Reader
    folder: Path
    store: Store
    views: dict[str, View]

    def open(self, name: str, fragment: str = "", *, width: int = 1280) -> Visit:
        """Open a page and wait until it is drawn."""
        file = self.folder / f"{name}.html"
        if not file.exists():
            file.write_text(draw_view(self.views[name], store=self.store), encoding="utf-8")
        seen = self.reader.open(file, fragment=fragment, width=width)
        seen.page.wait_for_selector("html[data-drawn]")
        return seen


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Yield the pages of what ships; one Chromium for all tests of this module."""
    with open_browser() as reader, stpgraph.open() as graph:
        views = {name: make(graph.store) for name, make in PAGES.items()}
        yield Desk(reader, tmp_path_factory.mktemp("every-view"), graph.store, views)


every_page = pytest.mark.parametrize("name", list(PAGES))


# What a choice, a filter and a period leave


def behind(view: View, *, node: str = "", edge: int = -1) -> list[str]:
    """What the evidence behind a node or an edge says, in order of reading."""
    ties = list(view.graph.edges(data=True))
    chosen = [ties[edge]] if not node else [one for one in ties if node in one[:2]]
    wanted = {iri for _, _, data in chosen for iri in data["evidence"]}
    return [one.summary for one in view.evidence if one.iri in wanted]


def drawn(view: View) -> list[Evidence]:
    """What a page shows: the evidence that stands behind a line."""
    counts = {iri for _, _, data in view.graph.edges(data=True) for iri in data["evidence"]}
    return [one for one in view.evidence if one.iri in counts]


def names_in(one: Evidence) -> Set[str]:
    """All names that a piece of evidence is found by."""
    ends = [end for link in one.links for end in (link.source, link.target) if end.kind != "partnership"]
    named = set().union(*(VALUES[name](one) for name in ("claimant", "body", "about", "party")))
    return named | ({one.title} if one.document else set()) if one.kind == "claim" else _labels([*ends])


def _labels(things: list[Thing | None]) -> Set[str]:
    return {thing.label for thing in things if thing}


def _documents(one: Evidence) -> Set[str]:
    name = one.title or "a document without a title"
    return {f"{name} ({one.outlet})" if one.outlet else name} if one.document else set()


#: The values of a piece of evidence, by the name of the filter.
VALUES: dict[str, Callable[[Evidence], Set[str]]] = {
    "claimant": lambda one: _labels([speaker.thing for speaker in one.speakers]),
    "body": lambda one: _labels(
        [speaker.body or (speaker.thing if speaker.thing.kind == "body" else None) for speaker in one.speakers]
    ),
    "about": lambda one: _labels([topic.thing for topic in one.topics]),
    "party": lambda one: _labels([party for topic in one.topics for party in topic.parties]),
    "stance": lambda one: {one.stance or "not known"} if one.kind == "claim" else set(),
    "act": lambda one: {one.speech_act or "not known"} if one.kind == "claim" else set(),
    "status": lambda one: {one.status or "not known"},
    "document": _documents,
}


def having(view: View, name: str, value: str) -> int:
    """How many pieces of evidence have a value; those with none at all have one that says so."""
    sets = [VALUES[name](one) for one in drawn(view)]
    known = sum(value in values for values in sets)
    return known or sum(not values for values in sets)


# How a reader presses and reads


def press(page: Page, place: list[float]) -> None:
    """Press a place of the picture."""
    page.locator("#picture").click(position={"x": place[0], "y": place[1]})


def find_edge(page: Page, count: int) -> tuple[int, list[float]]:
    """The first line whose middle nothing else hides, and where that is."""
    for edge in range(count):
        place = page.evaluate(f"{PICTURE}.middle({edge})")
        if page.evaluate(f"{PICTURE}.at({place[0]}, {place[1]})") == {"kind": "edge", "index": edge}:
            return edge, place
    raise AssertionError("no line can be pressed")


def shown(page: Page) -> str:
    """The sentence that says how much the filters leave."""
    return page.locator("#shown").inner_text()


def assert_left(page: Page, left: int, view: View) -> None:
    """Hold that the filters leave so much in the sentence, in the table and in its heading."""
    total = len(drawn(view))
    assert shown(page).startswith(f"{left} of {total} ")
    assert rows(page) == min(left, ROWS)
    part = f": {left} of {total} " if left < total else f": {total} "
    assert part in page.locator("#items-title").inner_text()


def download(page: Page, kind: str) -> Download:
    """Press a button of the downloads."""
    if page.locator("#downloads").get_attribute("open") is None:
        page.locator("#downloads > summary").click()
    with page.expect_download(timeout=20_000) as waiting:
        page.locator(f"[data-download={kind}]").click()
    return waiting.value


def text_of(got: Download) -> str:
    """What a saved file holds."""
    return got.path().read_text(encoding="utf-8-sig")


# The walk


@every_page
def test_names_and_lines_open_their_evidence(desk: Desk, name: str) -> None:
    """A press on each sort of name or on a line, and Enter on a name, list just the evidence behind it."""
    view = desk.views[name]
    seen = desk.open(name)
    page = seen.page
    tied = [(node, data) for node, data in view.graph.nodes(data=True) if view.graph.degree[node]]
    order = {node: at for at, node in enumerate(view.graph)}
    kinds = {str(data["kind"]): order[node] for node, data in tied}
    for at in kinds.values():
        node = list(view.graph)[at]
        press(page, page.evaluate(f"{PICTURE}.place({at})"))
        assert title(page) == view.graph.nodes[node]["label"]
        assert summaries(page) == behind(view, node=node)[:CARDS]
    edge, place = find_edge(page, view.graph.number_of_edges())
    press(page, place)
    assert address(page).startswith("#edge=")
    assert summaries(page) == behind(view, edge=edge)[:CARDS] != []
    page.keyboard.press("Escape")
    assert address(page) == ""
    assert_keys_choose(page, view)
    seen.assert_quiet()


def assert_keys_choose(page: Page, view: View) -> None:
    """Hold that an arrow goes to a name and Enter opens it."""
    page.locator("#picture").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    chosen = f"https://w3id.org/stpgraph/id/{unquote(address(page).removeprefix('#node='))}"
    assert title(page) == view.graph.nodes[chosen]["label"]
    assert summaries(page) == behind(view, node=chosen)[:CARDS]


@every_page
def test_each_filter_narrows_all_that_is_shown(desk: Desk, name: str) -> None:
    """The first value of each filter leaves what has it, as a chip says; the chip and Clear take it away again."""
    view = desk.views[name]
    seen = desk.open(name)
    page = seen.page
    for one in page.locator("[data-facet]").all():
        choose_first(page, view, str(one.get_attribute("data-facet")))
    for one in page.locator("[data-facet]").all()[:2]:
        facet(page, str(one.get_attribute("data-facet"))).locator(".values label").first.click()
    page.keyboard.press("Escape")
    page.locator("#clear").click()
    assert (chips(page), shown(page), address(page)) == ([], "", "")
    assert rows(page) == min(len(drawn(view)), ROWS)
    seen.assert_quiet()


def choose_first(page: Page, view: View, name: str) -> None:
    """Tick the first value of a filter, and take its chip away."""
    opened = facet(page, name)
    label = opened.locator(".values label").first
    value, count = label.locator(".name").inner_text(), int(label.locator(".count").inner_text())
    assert count == having(view, name, value)
    label.click()
    assert_left(page, count, view)
    (chip,) = chips(page)
    assert chip.endswith(f" {value} ×")
    page.keyboard.press("Escape")  # the open list may lie over the chips
    page.locator(".chip").click()
    assert (chips(page), shown(page)) == ([], "")


@every_page
def test_time_is_chosen_by_keys_and_plays(desk: Desk, name: str) -> None:
    """An arrow on either handle narrows the period, all of it comes back, and Play starts and stops."""
    view = desk.views[name]
    seen = desk.open(name)
    page = seen.page
    undated = sum(not (one.since or one.until) for one in drawn(view))
    page.locator("#to").focus()
    page.keyboard.press("Home")
    first = page.locator("#first-period").inner_text()
    assert page.locator("#period").inner_text() == first
    until = address(page).partition("until=")[2]
    left = sum(bool(one.since or one.until) and one.since[: len(until)] <= until for one in drawn(view))
    assert_left(page, left + undated, view)
    if undated:
        page.locator("#undated").uncheck()
        assert_left(page, left, view)
        page.locator("#undated").check()
    page.keyboard.press("Escape")
    page.locator("#to").focus()
    page.keyboard.press("End")
    page.locator("#from").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator("#from").input_value() == "1"
    page.keyboard.press("Home")
    assert (address(page), page.locator("#period").inner_text()) == ("", "the whole time")
    assert_it_plays(page)
    seen.assert_quiet()


def assert_it_plays(page: Page) -> None:
    """Hold that Play shows the first period at once, in either way, and that the button stops it."""
    button = page.locator("#play")
    for way in ("#play-upto", "#play-window"):
        page.locator(way).check()
        button.click()
        assert button.inner_text() == "❚❚ Stop"
        assert page.locator("#from").input_value() == "0"
        assert int(page.locator("#to").input_value()) < int(str(page.locator("#to").get_attribute("max")))
        button.click()
        assert button.inner_text() == "▶ Play"
        page.locator("#clear").click()


@every_page
def test_the_picture_moves_and_the_page_changes_its_look(desk: Desk, name: str) -> None:
    """Buttons, keys and the mouse zoom, move and fit the picture; full screen and theme go and come."""
    seen = desk.open(name)
    page = seen.page
    camera = f"{PICTURE}.camera"
    for press_in, press_out in (
        (_button(page, "zoom-in"), _button(page, "zoom-out")),
        (_key(page, "+"), _key(page, "-")),
    ):
        press_in()
        near = page.evaluate(f"{camera}.scale")
        press_out()
        assert page.evaluate(f"{camera}.scale") == pytest.approx(near / 1.25)
        page.locator("#fit").click()
        assert page.evaluate(camera) is None
    drag(page)
    assert page.evaluate(camera) is not None
    _key(page, "0")()
    assert page.evaluate(camera) is None
    page.locator("#full-screen").click()
    wait_until(page, "document.fullscreenElement?.id === 'board'")
    page.locator("#full-screen").click()
    wait_until(page, "document.fullscreenElement === null")
    for theme, paper in (("dark", "rgb(21, 24, 27)"), ("light", "rgb(255, 254, 252)")):
        page.locator("#theme").select_option(theme)
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == paper
    seen.assert_quiet()


def _button(page: Page, name: str) -> Callable[[], None]:
    return lambda: page.locator(f"#{name}").click()


def _key(page: Page, key: str) -> Callable[[], None]:
    return lambda: page.locator("#picture").press(key)


def drag(page: Page) -> None:
    """Take hold of the picture near its corner and pull it."""
    page.locator("#picture").scroll_into_view_if_needed()
    box = page.locator("#picture").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 5, max(box["y"], 0) + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 65, max(box["y"], 0) + 70, steps=3)
    page.mouse.up()


@every_page
def test_each_download_is_a_sound_file(desk: Desk, name: str) -> None:
    """The CSV has a row for each piece of evidence, Turtle is part of the graph, SVG and PNG are pictures."""
    view = desk.views[name]
    seen = desk.open(name)
    page = seen.page
    table = list(csv.DictReader(io.StringIO(text_of(download(page, "csv")), newline="")))
    assert [row["summary"] for row in table] == [one.summary for one in drawn(view)]
    triples = {
        quad.triple for quad in pyoxigraph.parse(text_of(download(page, "ttl")).encode(), pyoxigraph.RdfFormat.TURTLE)
    }
    whole = desk.store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    assert triples
    assert triples <= set(whole)  # type: ignore[arg-type]
    sheet = ElementTree.fromstring(text_of(download(page, "svg")))
    written = " ".join(" ".join(sheet.itertext()).split())
    assert page.locator("h1").inner_text().split()[0] in written
    with Image.open(download(page, "png").path()) as image:
        image.load()
        assert image.width >= 1000
        assert len(set(image.convert("L").resize((200, 200)).get_flattened_data())) > 20
    seen.assert_quiet()


@every_page
def test_a_search_lights_lists_and_opens(desk: Desk, name: str) -> None:
    """A name that is typed is found, its evidence is listed, and Enter opens it."""
    view = desk.views[name]
    node = max(view.graph, key=lambda one: len(behind(view, node=one)))
    label = str(view.graph.nodes[node]["label"])
    seen = desk.open(name)
    page = seen.page
    page.locator("#words").fill(label)
    told = [one.summary for one in drawn(view) if label in names_in(one)]
    listed = rows(page)
    assert listed >= min(len(told), ROWS) > 0
    assert len(told) > CARDS or set(told) <= set(summaries(page))
    assert " found. Enter opens " in page.locator("#found").inner_text()
    page.keyboard.press("Enter")
    assert title(page) in {str(data["label"]) for _, data in view.graph.nodes(data=True) if label in data["label"]}
    page.locator("#words").fill("zzzz no such word")
    assert (rows(page), summaries(page)) == (0, [])
    assert page.locator("#found").inner_text().endswith("0 names found.")
    page.keyboard.press("Escape")
    assert rows(page) == min(len(drawn(view)), ROWS)
    seen.assert_quiet()


@every_page
def test_each_head_sorts_the_whole_table(desk: Desk, name: str) -> None:
    """A press on a head sorts all rows one way, another the other way; more rows come a hundred at a time."""
    view = desk.views[name]
    seen = desk.open(name)
    page = seen.page
    heads = page.locator("#claims th").all()
    assert heads
    for head in heads:
        both = {}
        for _ in range(2):
            head.locator("button").click()
            both[str(head.get_attribute("aria-sort"))] = sort_keys(page, head)
        known = [key for key in both["ascending"] if key]
        assert known == [key for key in both["descending"] if key][::-1]
        assert both["ascending"][: len(known)] == known, "what is not known stands last"
        if all(key[:4].isdigit() for key in known):
            assert known == sorted(known)
        assert len(both["ascending"]) == len(drawn(view))
    seen.assert_quiet()


def sort_keys(page: Page, head: Locator) -> list[str]:
    """What the rows are sorted by in a column, with all rows asked for."""
    while page.locator("#more-rows").is_visible():
        page.locator("#more-rows").click()
    cells = page.locator(f"#claims td[data-head='{head.inner_text()}']")
    keys: list[str] = cells.evaluate_all("(cells) => cells.map((cell) => cell.dataset.sort)")
    return keys


@every_page
def test_a_copied_link_opens_the_same_page(desk: Desk, name: str) -> None:
    """With a name, a filter, a word, a theme and a camera chosen, the copied link gives all of it again."""
    page = desk.open(name).page
    first = page.locator("[data-facet]").first
    facet(page, str(first.get_attribute("data-facet"))).locator(".values label").first.click()
    word = max(page.locator("#claims tbody a.open").first.inner_text().split(), key=len)
    page.locator("#words").fill(word)
    page.locator("#theme").select_option("dark")
    page.locator("#zoom-in").click()
    page.locator("#claims tbody a.open").first.click()
    page.locator("#copy-link").click()
    wait_until(page, "document.getElementById('copy-link').textContent === 'Copied'")
    link = page.evaluate("navigator.clipboard.readText()")
    assert link == page.url
    told = looks(page)
    again = desk.open(name, "#" + link.partition("#")[2])
    assert looks(again.page) == told
    again.assert_quiet()


def looks(page: Page) -> tuple[object, ...]:
    """What a reader sees of what was chosen."""
    camera = page.evaluate(f"{PICTURE}.camera")
    return (
        *(address(page), title(page), summaries(page), rows(page), chips(page), page.locator("#words").input_value()),
        page.evaluate("getComputedStyle(document.body).backgroundColor"),
        {key: round(value, 2) for key, value in camera.items()},
    )


@every_page
def test_a_phone_has_room_for_everything(desk: Desk, name: str) -> None:
    """At 400 pixels nothing sticks out, the filters open by a press, and what is pressed comes to sight."""
    view = desk.views[name]
    seen = desk.open(name, width=400)
    page = seen.page
    assert page.evaluate("document.documentElement.scrollWidth") == 400
    page.locator("#filtering > summary").click()
    assert page.locator("[data-facet]").first.is_visible()
    node = max(view.graph, key=lambda one: len(behind(view, node=one)))
    press(page, page.evaluate(f"{PICTURE}.place({list(view.graph).index(node)})"))
    assert title(page) == view.graph.nodes[node]["label"]
    wait_until(page, "Math.abs(document.getElementById('panel').getBoundingClientRect().top) < innerHeight / 2")
    page.locator("#back").click()
    wait_until(page, "document.getElementById('picture').getBoundingClientRect().bottom > 0")
    assert page.evaluate("document.documentElement.scrollWidth") == 400
    seen.assert_quiet()


# The whole graph as a story


@pytest.mark.parametrize("width", [1280, 400])
def test_every_link_of_the_story_leads_somewhere(desk: Desk, width: int) -> None:
    """The page asks for nothing and complains of nothing; each link at its head goes to its section."""
    file = desk.folder / "story.html"
    file.write_text(draw_story(desk.store), encoding="utf-8")
    seen = desk.reader.open(file, width=width)
    page = seen.page
    assert page.evaluate("document.documentElement.scrollWidth") == width
    links = page.locator("nav a")
    assert links.count() == 8
    for link in links.all():
        link.click()
        section = page.locator(address(page))
        assert section.count() == 1
        box = section.bounding_box()
        assert box is not None
        assert -5 <= box["y"] <= 900
    seen.assert_quiet()


# Thousands of names


@pytest.fixture(scope="module")
def crowd(desk: Desk) -> View:
    """A view of more names than the first library draws."""
    view = make_crowd(3_000, 6_000)
    desk.views["crowd"] = view
    return view


def test_a_crowd_is_searched_chosen_and_filtered(desk: Desk, crowd: View) -> None:
    """Of 3 000 names one is found by its name and opens its claims; a stance and a page of rows work as for a few."""
    seen = desk.open("crowd")
    page = seen.page
    assert page.evaluate(f"{PICTURE}.engine") == "sigma"
    node = list(crowd.graph)[1234]
    page.locator("#words").fill(crowd.graph.nodes[node]["label"])
    page.keyboard.press("Enter")
    assert title(page) == crowd.graph.nodes[node]["label"]
    assert summaries(page) == behind(crowd, node=node)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    label = facet(page, "stance").locator(".values label").filter(has_text="critical")
    label.click()
    critical = sum(one.stance == "critical" for one in crowd.evidence)
    wait_until(page, f"document.querySelectorAll('#claims tbody tr').length === {ROWS}")
    assert shown(page).replace("\u202f", "") == f"{critical} of 6000 claims shown."
    got = list(csv.DictReader(io.StringIO(text_of(download(page, "csv")), newline="")))
    assert (len(got), {row["stance"] for row in got}) == (critical, {"critical"})
    page.locator("#more-rows").click()
    assert rows(page) == 2 * ROWS
    seen.assert_quiet()


def test_a_crowd_is_moved_and_read(desk: Desk, crowd: View) -> None:
    """From afar a few names stand on the picture; nearer, more of those in sight do; a pull moves them along."""
    seen = desk.open("crowd")
    page = seen.page
    page.locator("#fit").scroll_into_view_if_needed()
    afar = page.evaluate(f"{PICTURE}.labels()")
    for _ in range(10):
        page.locator("#zoom-in").click()
    near = page.evaluate(f"{PICTURE}.labels()")
    scale = page.evaluate(f"{PICTURE}.camera.scale")
    names = {str(data["short_label"]) for _, data in crowd.graph.nodes(data=True)}
    assert {one["text"] for one in near} <= names
    assert near
    assert {one["index"] for one in near} != {one["index"] for one in afar}
    before = page.evaluate(f"{PICTURE}.place(0)")
    drag(page)
    after = page.evaluate(f"{PICTURE}.place(0)")
    assert (after[0] - before[0], after[1] - before[1]) == (pytest.approx(60), pytest.approx(30))
    assert page.evaluate(f"{PICTURE}.camera.scale") == scale
    chosen = page.evaluate(f"{PICTURE}.labels()")[0]["index"]
    press(page, page.evaluate(f"{PICTURE}.place({chosen})"))
    assert summaries(page) == behind(crowd, node=list(crowd.graph)[chosen])
    seen.assert_quiet()
