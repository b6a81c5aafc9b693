"""The command `draw`, and `export` of a view: pages, pictures and networks in files, and what they refuse."""

from __future__ import annotations

import base64
import csv
import gzip
import io
import json
import re
import shlex
from collections.abc import Callable
from itertools import pairwise
from math import dist
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import igraph
import networkx as nx
import pytest
from PIL import Image
from pyoxigraph import RdfFormat

from stpgraph.exports import NETWORK_FORMATS
from stpgraph.networks import VIEWS
from stpgraph.pages.earlier import read_positions
from stpgraph.store import open_store
from stpgraph.vocabulary import mint
from tests.commands import Ran, run
from tests.servers import oxigraph_server
from tests.test_discourse import WORKED, turtle
from tests.test_queries import ANYSHIRE


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder, in which no store is set up."""
    monkeypatch.chdir(tmp_path)
    for name in ("STPGRAPH_STORE", "COLUMNS", "FORCE_COLOR", "NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store of the graph that ships, for reading."""
    place = tmp_path_factory.mktemp("built") / "store"
    assert run("build", "--store", place).status == 0
    return place


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store of an invented county of eight claims."""
    place = tmp_path_factory.mktemp("county") / "store"
    with open_store(place, is_writable=True) as store:
        store.load(ANYSHIRE, graph=mint("graph", "anyshire"))
    return place


def scene_in(page: str) -> Any:
    """Read the scene that a page holds."""
    found = re.search(r'<script type="text/plain" id="scene">([A-Za-z0-9+/=]*)</script>', page)
    assert found is not None
    return json.loads(gzip.decompress(base64.b64decode(found.group(1))))


def went_well(ran: Ran) -> Ran:
    """Hold that a command ended well."""
    assert ran.status == 0, ran.err
    return ran


def refused(ran: Ran, saying: str) -> None:
    """Hold that a command ended with status 2, no result, and one line that says so."""
    assert (ran.status, ran.data) == (2, b""), ran
    assert ran.err.startswith("error: ")
    assert ran.err.count("\n") == 1
    assert saying in ran.err


# Pages


def test_what_is_not_drawn_is_told(built: Path, here: Path) -> None:
    """Of the 35 claims that ship 17 are neither for nor against, which a network of two stances has no room for."""
    ran = went_well(run("draw", "discourse", "--store", built, "-o", "page.html"))
    assert "note: 17 claims left out for the stance" in ran.err


def test_one_file_is_not_written_twice(built: Path, here: Path) -> None:
    """A picture that would take the place of the page is refused, and neither is written."""
    refused(run("draw", "repeats", "--store", built, "-o", "a.html", "--to-png", "a.html"), "would be written twice")
    assert not (here / "a.html").exists()


def test_positions_of_another_view_are_told(built: Path, here: Path) -> None:
    """A page that shows nothing of what is drawn is no start, and that is said."""
    went_well(run("draw", "relationship-map", "--store", built, "-o", "map.html"))
    ran = went_well(run("draw", "who-said-what", "--store", built, "--start-from", "map.html", "-o", "who.html"))
    assert "note: map.html has no positions for what this view shows" in ran.err


@pytest.mark.parametrize("view", list(VIEWS))
def test_every_view_is_a_page(view: str, built: Path, here: Path) -> None:
    """Each view of the graph that ships is written whole, in a file and on standard output alike."""
    told = went_well(run("draw", view, "--store", built, "-o", "page.html")).err.splitlines()
    assert [line for line in told if not line.startswith("note: ")] == ["wrote page.html"]
    page = (here / "page.html").read_bytes()
    assert page.startswith(b"<!doctype html>")
    assert page.rstrip().endswith(b"</html>")
    scene = scene_in(page.decode("utf-8"))
    assert (scene["view"], scene["command"]) == (view, f"stpgraph draw {view} -o {view}.html")
    assert scene["note"] == "Made with stpgraph, whose own graph is CC BY 4.0; words of articles are their publishers’."
    assert len(scene["edges"]["from"]) > 0
    assert "@prefix" in scene["turtle"] or "stp:" in scene["turtle"]
    assert run("draw", view, "--store", built).data == page


def test_a_page_names_the_line_that_makes_it(built: Path, here: Path) -> None:
    """The command on a page is quoted for a shell, and run again it makes the same page."""
    asked = ("--about", "joint working", "--stance", "critical", "--since", "2017")
    went_well(run("draw", "who-said-what", *asked, "--store", built, "-o", "first.html"))
    command = scene_in((here / "first.html").read_text(encoding="utf-8"))["command"]
    assert command == (
        "stpgraph draw who-said-what --about 'joint working' --stance critical --since 2017 -o who-said-what.html"
    )
    went_well(run(*shlex.split(command)[1:], "--store", built))
    assert (here / "who-said-what.html").read_bytes() == (here / "first.html").read_bytes()


def test_options_of_a_view_are_in_its_command(county: Path) -> None:
    """Switches stand without a value, choices with theirs."""
    asked = ("--mode", "claimants", "--weight", "conflict", "--roll-up")
    scene = scene_in(went_well(run("draw", "discourse", *asked, "--store", county)).out)
    assert scene["command"] == (
        "stpgraph draw discourse --mode claimants --weight conflict --roll-up -o discourse.html"
    )
    assert (scene["weighing"]["mode"], scene["weighing"]["weight"]) == ("claimants", "conflict")


def test_claims_can_be_nodes(county: Path) -> None:
    """As nodes, each of the eight claims stands between claimant and relationship."""
    scene = scene_in(went_well(run("draw", "who-said-what", "--claims-as", "nodes", "--store", county)).out)
    kinds = [scene["kinds"][kind][0] for kind in scene["nodes"]["kind"]]
    assert kinds.count("claim") == 8
    assert scene["arrangement"] == "layers"


def test_nothing_found_is_a_page_that_says_so(county: Path) -> None:
    """A filter that leaves nothing gives a page with a sentence, not a fault."""
    page = went_well(run("draw", "who-said-what", "--until", "1990", "--store", county)).out
    assert "nothing in the graph answers this" in page
    assert "<script" not in page


def test_an_endpoint_is_drawn_like_a_folder(county: Path, here: Path) -> None:
    """Through SPARQL a page has the same bytes as from a folder."""
    (here / "server").mkdir()
    with oxigraph_server(here / "server", is_union=True) as url:
        went_well(run("load", ANYSHIRE, "--store", f"{url}/query", "--update-url", f"{url}/update"))
        went_well(run("draw", "who-said-what", "--store", f"{url}/query", "-o", "far.html"))
    went_well(run("draw", "who-said-what", "--store", county, "-o", "near.html"))
    assert (here / "far.html").read_bytes() == (here / "near.html").read_bytes()


# Formats


def nodes_of_xml(data: bytes) -> int:
    """How many nodes GraphML or GEXF has."""
    return sum(1 for one in ElementTree.fromstring(data).iter() if one.tag.rpartition("}")[2] == "node")


def nodes_of_cytoscape(data: bytes) -> int:
    """How many nodes Cytoscape JSON has."""
    return len(json.loads(data)["elements"]["nodes"])


def nodes_of_pajek(data: bytes) -> int:
    """How many vertices Pajek's file says that it has."""
    found = re.search(r"^\*Vertices (\d+)$", data.decode("utf-8-sig"), re.MULTILINE)
    assert found is not None
    return int(found[1])


def nodes_of_dl(data: bytes) -> int:
    """How many rows and columns, or how many nodes, UCINET's file says that it has."""
    text = data.decode("utf-8-sig")
    both = re.search(r"nr\s*=\s*(\d+)[, ]+nc\s*=\s*(\d+)", text, re.IGNORECASE)
    if both:
        return int(both[1]) + int(both[2])
    found = re.search(r"n\s*=\s*(\d+)", text, re.IGNORECASE)
    assert found is not None
    return int(found[1])


#: For each ending the format's name, and what counts the nodes in it.
COUNTED: dict[str, tuple[str, Callable[[bytes], int]]] = {
    ".html": ("html", lambda data: len(scene_in(data.decode("utf-8"))["nodes"]["id"])),
    ".graphml": ("graphml", nodes_of_xml),
    ".gexf": ("gexf", nodes_of_xml),
    ".cyjs": ("cytoscape", nodes_of_cytoscape),
    ".net": ("pajek", nodes_of_pajek),
    ".dl": ("dl", nodes_of_dl),
}


@pytest.mark.parametrize("ending", list(COUNTED))
def test_the_ending_says_what_is_written(ending: str, built: Path, here: Path) -> None:
    """Nine claimants and seventeen relationships are in each format, by the file's ending and by name."""
    form, count = COUNTED[ending]
    went_well(run("draw", "who-said-what", "--store", built, "-o", f"out{ending}"))
    data = (here / f"out{ending}").read_bytes()
    assert count(data) == 9 + 17
    assert run("draw", "who-said-what", "--store", built, "--format", form).data == data
    went_well(run("draw", "who-said-what", "--store", built, "--format", form, "-o", "out.txt"))
    assert (here / "out.txt").read_bytes() == data


def test_statements_are_a_row_each(built: Path, here: Path) -> None:
    """The CSV has a row for each claimant and relationship of a claim, and names nobody but by label."""
    went_well(run("draw", "who-said-what", "--about", "relationship/trust", "--store", built, "-o", "trust.csv"))
    data = (here / "trust.csv").read_bytes()
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert len(rows) == len({row["claim"] for row in rows}) == 4
    assert {row["concept"] for row in rows} == {"relationships and trust among the partners"}
    named = ("--about", "relationship/trust", "--format", "statements", "--store", built)
    assert run("draw", "who-said-what", *named).data == data


def test_pictures_are_pictures(county: Path, here: Path) -> None:
    """SVG is well-formed and names everybody; PNG is a picture of the same shape."""
    went_well(run("draw", "who-said-what", "--store", county, "-o", "out.svg"))
    svg = (here / "out.svg").read_bytes()
    drawn = ElementTree.fromstring(svg)
    assert drawn.tag == "{http://www.w3.org/2000/svg}svg"
    assert "Jo Doe" in " ".join(drawn.itertext())
    assert run("draw", "who-said-what", "--store", county, "--format", "svg").data == svg
    went_well(run("draw", "who-said-what", "--store", county, "-o", "out.png"))
    went_well(run("draw", "who-said-what", "--store", county, "--format", "png", "-o", "again.png"))
    assert (here / "out.png").read_bytes() == (here / "again.png").read_bytes()
    with Image.open(here / "out.png") as picture:
        width, height = (float(drawn.get(name, "0")) for name in ("width", "height"))
        assert picture.width / picture.height == pytest.approx(width / height, rel=0.01)


def test_pictures_come_beside_a_page(county: Path, here: Path) -> None:
    """With `--to-svg` and `--to-png` one run writes page and pictures, those of the other runs."""
    ran = went_well(
        run("draw", "who-said-what", "--store", county, "-o", "a.html", "--to-svg", "a.svg", "--to-png", "a.png")
    )
    assert sorted(ran.err.splitlines()) == ["wrote a.html", "wrote a.png", "wrote a.svg"]
    for ending in ("html", "svg", "png"):
        went_well(run("draw", "who-said-what", "--store", county, "-o", f"b.{ending}"))
        assert (here / f"a.{ending}").read_bytes() == (here / f"b.{ending}").read_bytes()


@pytest.mark.parametrize("view", list(VIEWS))
def test_other_readers_open_every_view(view: str, built: Path, here: Path) -> None:
    """GraphML of each view is read by networkx and igraph, with as many nodes and edges as its page."""
    went_well(run("draw", view, "--store", built, "-o", "view.graphml"))
    scene = scene_in(went_well(run("draw", view, "--store", built)).out)
    size = (len(scene["nodes"]["id"]), len(scene["edges"]["from"]))
    graph = nx.read_graphml(here / "view.graphml")
    assert (graph.number_of_nodes(), graph.number_of_edges()) == size
    other = igraph.Graph.Read_GraphML(str(here / "view.graphml"))
    assert (other.vcount(), other.ecount()) == size


# Positions of an earlier page


def test_a_grown_graph_starts_from_the_page_before(here: Path) -> None:
    """After a claim is added, each council stands nearer to where it was than to where any other was."""
    later = [*WORKED, ("4", "2016-12-20", "E", "x", 1)]
    for name, rows in (("old", WORKED), ("new", later)):
        with open_store(here / name, is_writable=True) as store:
            store.load(turtle(rows), format=RdfFormat.TURTLE, graph=mint("graph", "worked"))
    asked = ("draw", "discourse", "--mode", "claimants")
    went_well(run(*asked, "--store", "old", "-o", "old.html"))
    went_well(run(*asked, "--store", "new", "--start-from", "old.html", "-o", "new.html"))
    before, after = (read_positions((here / f"{name}.html").read_text(encoding="utf-8")) for name in ("old", "new"))
    assert len(before) == 4
    assert len(after) == 5
    shift = [sum(after[node][axis] - before[node][axis] for node in before) / 4 for axis in (0, 1)]
    for node in before:
        place = (after[node][0] - shift[0], after[node][1] - shift[1])
        assert min(before, key=lambda other: dist(before[other], place)) == node


def test_a_seed_gives_another_picture(built: Path) -> None:
    """The same seed draws the same, another one other positions."""
    pages = [run("draw", "relationship-map", "--seed", seed, "--store", built).data for seed in ("1", "1", "2")]
    assert [one == other for one, other in pairwise(pages)] == [True, False]


# What is refused


@pytest.mark.parametrize(
    ("arguments", "saying"),
    [
        ("who-said-wat", "'who-said-wat' is not one of"),
        ("who-said-what --about lemons", "about: no relationship or aspect is called 'lemons'"),
        ("who-said-what --since spring", "since='spring' is no date"),
        ("who-said-what --confidence 2", "confidence=2.0 is no share; expected 0 to 1"),
        ("who-said-what --mode claimants", "--mode: who-said-what has no such option, discourse has"),
        ("provenance --roll-up", "--roll-up: provenance has no such option, discourse has"),
        ("discourse --claims-as nodes", "--claims-as: discourse has no such option, who-said-what has"),
        ("who-said-what --claims-as dots", "--claims-as"),
        ("discourse --mode lemons", "mode='lemons' is not known; expected two-mode, claimants, relationships"),
        ("partnerships --stance critical", "partnerships cannot be narrowed by stance; it takes"),
        ("who-said-what --format png", "a picture is no text; name a file with -o FILE.png"),
        ("who-said-what --format png -o -", "a picture is no text; name a file with -o FILE.png"),
        ("who-said-what --format lemons", "no format is called 'lemons'; expected html, svg, png, graphml"),
        ("who-said-what -o a.lemons", "a.lemons: .lemons is no format for this; expected .html, .htm, .svg, .png"),
        ("who-said-what --start-from nowhere.html", "nowhere.html: cannot read: No such file"),
        ("who-said-what --start-from none.html", "none.html: this is no page of a network; name one that"),
        ("relationship-map --start-from binary.html", "binary.html: this is no page of a network; name one that"),
        ("who-said-what --seed many", "'many' is not a valid integer"),
        ("story --about trust", "the story is of all of the graph; it takes no --about"),
        ("story --mode claimants", "discourse has"),
        ("story --claims-as nodes", "who-said-what has"),
        ("story -o story.svg", "the story is a page; name a file that ends in .html"),
        ("story --format graphml", "the story is a page; name a file that ends in .html"),
    ],
)
def test_what_makes_no_sense_is_refused(arguments: str, saying: str, county: Path, here: Path) -> None:
    """Wrong names, options of another view, formats and pages are told in one line, and nothing is written."""
    (here / "none.html").write_text("<!doctype html><p>No network.</p>", encoding="utf-8")
    (here / "binary.html").write_bytes(bytes(range(256)))
    refused(run("draw", *shlex.split(arguments), "--store", county), saying)
    assert sorted(path.name for path in here.iterdir()) == ["binary.html", "none.html"]


@pytest.mark.parametrize("option", ["--to-svg other.svg", "--to-png other.png", "--start-from old.html"])
def test_the_story_takes_no_options_of_pictures(option: str, county: Path, here: Path) -> None:
    """What the story has no use for is refused, not passed over."""
    (here / "old.html").write_bytes(run("draw", "relationship-map", "--store", county).data)
    refused(run("draw", "story", *shlex.split(option), "--store", county), option.split(maxsplit=1)[0])
    assert [path.name for path in here.iterdir()] == ["old.html"]


def test_the_story_is_a_page(county: Path, here: Path) -> None:
    """All of the graph is one page, in a file and on standard output alike."""
    went_well(run("draw", "story", "--store", county, "-o", "story.html"))
    page = (here / "story.html").read_bytes()
    assert page.lower().startswith(b"<!doctype html>")
    assert run("draw", "story", "--store", county).data == page


# Export of a view


@pytest.mark.parametrize("form", list(NETWORK_FORMATS))
def test_export_writes_what_draw_writes(form: str, county: Path) -> None:
    """A view is exported in every format of networks, with the bytes that `draw` gives it."""
    exported = went_well(run("export", "--view", "provenance", "--format", form, "--store", county)).data
    assert exported == run("draw", "provenance", "--format", form, "--store", county).data
    assert len(exported) > 100


def test_export_is_of_who_said_what_unless_told(county: Path, here: Path) -> None:
    """Without a view, an ending of networks means who said what."""
    went_well(run("export", "--store", county, "-o", "graph.gexf"))
    assert (here / "graph.gexf").read_bytes() == run(
        "draw", "who-said-what", "--format", "gexf", "--store", county
    ).data


@pytest.mark.parametrize(
    ("arguments", "saying"),
    [
        ("--view lemons --format graphml", "no view is called 'lemons'; expected who-said-what, relationship-map"),
        ("--view story --format graphml", "no view is called 'story'"),
        ("--format lemons", "no format is called 'lemons'; expected turtle, trig, nquads, jsonld, xlsx, csv, graphml"),
        ("--view provenance --format turtle", "--view is for formats of networks (graphml, gexf, cytoscape, pajek"),
        ("--view provenance -o tables.xlsx", "--view is for formats of networks"),
        ("--view provenance", "which format? choose one with --format"),
    ],
)
def test_an_export_that_makes_no_sense_is_refused(arguments: str, saying: str, county: Path, here: Path) -> None:
    """An unknown view or format is told with what there is."""
    refused(run("export", *shlex.split(arguments), "--store", county), saying)
    assert list(here.iterdir()) == []
