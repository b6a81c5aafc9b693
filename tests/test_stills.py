"""Still pictures: what a report shows of a view, without a browser, is whole, legible and the same every time."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Sequence
from itertools import combinations
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from stpgraph.errors import MissingExtra, UsageError
from stpgraph.networks.evidence import Evidence, Link, Thing
from stpgraph.networks.views import View, draw_links
from stpgraph.pages.layout import WIDE, Label, two_columns
from stpgraph.pages.scenes import KINDS, Arrangement, Points, Scene, SceneEdge, SceneNode, Weighing, number_view
from stpgraph.pages.stills import draw_still
from stpgraph.pages.stills.lines import draw_lines, strands_of
from stpgraph.pages.stills.marks import Path, Words
from stpgraph.pages.stills.names import name_nodes
from stpgraph.pages.stills.shapes import draw_shape
from stpgraph.pages.stills.sheets import lay_out

SVG = "{http://www.w3.org/2000/svg}"

JO = Thing(iri="urn:x:jo", label="Jo Doe", short_label="Jo Doe", kind="person", body="Anyshire", short_body="AC")
COUNCIL = Thing(iri="urn:x:council", label="Midshire Council", short_label="MC", kind="body")
TRUST = Thing(iri="urn:x:trust", label="trust between bodies", short_label="trust", kind="relationship")
MONEY = Thing(iri="urn:x:money", label="shared money", short_label="shared money", kind="relationship")

#: Text that means something to XML, to a drawing library or to a reader of lines.
HOSTILE = [
    "<script>alert(1)</script>",
    "]]></text><image href='https://example.org/x.png'/>",
    "\"quoted\" & 'single'",
    "$x^2$ \\frac{1}{2} $",
    "null\x00 bell\x07 half\ud800 mark\ufeff \u2028 line",
    "مرحبا بالعالم",
    "an unbroken" + "n" * 300,
    "日本語の名前",
    "   ",
    "",
]


def claim(name: str, who: Thing, topic: Thing, stance: str) -> Evidence:
    """A claim of one claimant about one relationship."""
    link = Link(source=who, target=topic, kind="speaks about")
    return Evidence(iri=f"urn:x:{name}", kind="claim", summary="Said.", stance=stance, since="2017", links=(link,))


def scene_of(*evidence: Evidence, title: str = "Who said what: some claims.", note: str = "") -> Scene:
    """A scene of claims in two columns."""
    view = View(name="who-said-what", question="Who said what", sparql="", evidence=evidence, make=draw_links)
    nodes, edges, items = number_view(view)
    graph = nx.DiGraph(draw_links(evidence))
    left = sorted({source for source, _ in graph.edges()})
    right = sorted({target for _, target in graph.edges()})
    labels = {node.id: Label(node.label, "7", node.note) for node in nodes}
    return Scene(
        view="who-said-what",
        title=title,
        question="Who said what",
        sparql="",
        arrangement="columns",
        directed=True,
        colour="stance",
        things=("claim", "claims"),
        heads=("Who", "said what about"),
        width_means="number of claims",
        note=note,
        nodes=nodes,
        edges=edges,
        items=items,
        layouts={"wide": two_columns(graph, left=left, right=right, labels=labels, columns=WIDE)},
    )


def free_scene(
    points: Sequence[tuple[float, float]],
    joined: Sequence[tuple[int, int, float]],
    *,
    labels: Sequence[str] | None = None,
    directed: bool = False,
    arrangement: Arrangement = "free",
) -> Scene:
    """A scene of bodies at given points, joined with given weights."""
    nodes = tuple(
        SceneNode(id=f"body/{at}", kind="body", label=labels[at] if labels else f"Body {at}", name=f"The body {at}")
        for at in range(len(points))
    )
    edges = tuple(
        SceneEdge(source=a, target=b, kind="ties", weight=weight, items=(), sign=(weight > 0) - (weight < 0))
        for a, b, weight in joined
    )
    across, down = ([point[axis] for point in points] for axis in (0, 1))
    return Scene(
        view="discourse",
        title="Who agrees with whom.",
        question="Who agrees",
        sparql="",
        arrangement=arrangement,
        directed=directed,
        colour="sign",
        things=("claim", "claims"),
        width_means="subtract",
        weighing=Weighing(mode="claimants", weight="subtract", normalisation="none"),
        nodes=nodes,
        edges=edges,
        items=(),
        layouts={
            "free": Points(
                width=max(across, default=0) + 40, height=max(down, default=0) + 40, x=(*across,), y=(*down,)
            )
        },
    )


#: Three claims of a person about trust, two for and one against, and one of a body of which no stance is known.
SPOKEN = scene_of(
    claim("1", JO, TRUST, "supportive"),
    claim("2", JO, TRUST, "supportive"),
    claim("3", JO, TRUST, "critical"),
    claim("4", COUNCIL, MONEY, ""),
    claim("5", COUNCIL, TRUST, "mixed"),
)


def texts_of(svg: bytes) -> list[str]:
    """The lines of text of a picture."""
    return ["".join(text.itertext()) for text in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def lines_of(svg: bytes) -> list[tuple[str, str, str]]:
    """Colour, width and dashes of the curves of a picture, in their order."""
    paths = [path for path in ElementTree.fromstring(svg).iter(f"{SVG}path") if "C" in path.get("d", "")]
    lines = [path for path in paths if path.get("fill") == "none" and path.get("stroke") != "#111111"]
    return [(line.get("stroke", ""), line.get("stroke-width", ""), line.get("stroke-dasharray", "")) for line in lines]


# SVG


def test_svg_says_what_it_shows_to_those_who_cannot_see_it() -> None:
    """The title is the sentence, the description has the counts and the legend, and the picture refers to both."""
    root = ElementTree.fromstring(draw_still(SPOKEN, "svg"))
    told = {element.get("id"): element.text for element in root if element.get("id")}
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "title description"
    assert told["title"] == "Who said what: some claims."
    assert told["description"] == (
        "A network of 4 nodes and 3 edges. Colour, stance of the claims: supportive 2, critical 1, mixed 1, "
        "not known 1. Width, number of claims (length says nothing): 1, 3. "
        "Shape: body 1, person 1, relationship 2."
    )


def test_svg_has_every_name_with_its_count() -> None:
    """Names, counts, the body of a person, the heads of the columns, the sentence and the note are text."""
    told = texts_of(draw_still(scene_of(*SPOKEN.items, note="Source: the Gazette."), "svg"))
    assert {"Jo Doe7", "AC", "MC7", "trust7", "shared money7", "Who", "said what about"} <= set(told)
    assert {"Who said what: some claims.", "Source: the Gazette."} <= set(told)


def test_each_stance_is_a_strand_of_its_colour_as_wide_as_its_claims() -> None:
    """Three claims are 2.2 pixels each; mixed and unknown stances are told by their dashes too."""
    assert set(lines_of(draw_still(SPOKEN, "svg"))) == {
        ("#2166ac", "4.4", ""),
        ("#b35806", "2.2", ""),
        ("#7b5ea7", "2.2", "7 4"),
        ("#767676", "2.2", "1.5 4"),
    }


def test_strands_stand_side_by_side() -> None:
    """The strand of two claims and that of one together fill a line of three about its middle."""
    scene = scene_of(*SPOKEN.items[:3])
    wide, narrow = draw_lines(scene, [(0.0, 100.0), (200.0, 100.0)])
    assert wide.steps[0][1][1] == pytest.approx(98.9)
    assert narrow.steps[0][1][1] == pytest.approx(102.2)


def test_signs_have_colours() -> None:
    """Agreement is blue, disagreement brown, and what is neither grey; the heaviest line has 8 pixels."""
    scene = free_scene([(40, 40), (400, 40), (200, 300)], [(0, 1, 2.0), (1, 2, -1.0), (0, 2, 0.0)])
    assert [(strand.style, strand.width) for [strand] in strands_of(scene)] == [
        ("supportive", 8.0),
        ("critical", 4.0),
        ("neutral", 1.0),
    ]
    told = " ".join(texts_of(draw_still(scene, "svg")))
    for words in ("agreement1", "disagreement1", "as much of one as of the other1"):
        assert words in told


@pytest.mark.parametrize(
    ("directed", "arrangement", "heads"), [(True, "free", 1), (False, "free", 0), (True, "columns", 0)]
)
def test_arrowheads_only_where_direction_means_something(directed: bool, arrangement: Arrangement, heads: int) -> None:
    """A free picture of a directed network has them; columns read from left to right without."""
    scene = free_scene([(40, 40), (400, 40)], [(0, 1, 1.0)], directed=directed, arrangement=arrangement)
    drawn = list(draw_lines(scene, [(40, 40), (400, 40)]))
    assert sum(bool(path.fill) for path in drawn) == heads


def test_an_arrow_ends_at_the_rim_of_its_node() -> None:
    """The tip stands 8.75 pixels, a shape and its rim, before the middle of the node; the line ends within the head."""
    scene = free_scene([(0, 0), (100, 0)], [(0, 1, 1.0)], directed=True)
    line, head = draw_lines(scene, [(0, 0), (100, 0)])
    assert head.steps[0] == ("M", (91.25, 0.0))
    # The head is 6 pixels and the line's width of 8 long, of which the line reaches a fifth.
    assert line.steps[1][1][-2] == pytest.approx(91.25 - 0.8 * 14)


def test_parallel_edges_and_loops_can_be_told_apart() -> None:
    """Of two edges between the same nodes each bends to its own side, whichever way they go; a loop leaves its node."""
    scene = free_scene([(0, 0), (300, 0)], [(0, 1, 1.0), (1, 0, 1.0), (0, 0, 1.0)])
    one, other, loop = draw_lines(scene, [(0, 0), (300, 0)])
    assert one.steps[1][1][1] == pytest.approx(-11.97)  # half of 18 pixels, a curve's handle 4/3 as far
    assert other.steps[1][1][1] == pytest.approx(11.97)
    assert loop.steps[1][1][1] < -20


def test_no_two_kinds_look_the_same() -> None:
    """Each kind of the legend has a shape of its own, told without colour; so has one that is not known."""
    looks = [
        tuple((path.steps, bool(path.fill)) for path in draw_shape(kind, 0, 0, 7)) for kind in (*KINDS, "something")
    ]
    assert len(set(looks)) == len(KINDS) + 1


@pytest.mark.parametrize("hostile", HOSTILE)
def test_svg_is_well_formed_and_asks_for_nothing_whatever_the_names(hostile: str) -> None:
    """No name, title or note becomes markup, and the only addresses in the file are those of its own format."""
    who = Thing(iri="urn:x:hostile", label=hostile, short_label=hostile, kind="person", body="x", short_body=hostile)
    svg = draw_still(scene_of(claim("1", who, TRUST, hostile), title=hostile, note=hostile), "svg")
    root = ElementTree.fromstring(svg)
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        *("svg", "title", "desc", "rect", "path", "text", "tspan")
    }
    attributes = {name for element in root.iter() for name in element.keys()}  # noqa: SIM118 - an element is no mapping
    assert not [name for name in attributes if name.startswith("on") or "href" in name or name == "style"]
    assert not [value for element in root.iter() for value in element.attrib.values() if "url(" in value]


def test_same_scene_same_bytes() -> None:
    """Drawn twice, a picture is the same file in both forms."""
    again = scene_of(*SPOKEN.items)
    assert draw_still(SPOKEN, "svg") == draw_still(again, "svg")
    assert draw_still(SPOKEN, "png") == draw_still(again, "png")


def test_an_empty_scene_says_so() -> None:
    """Without evidence there is the sentence and nothing to explain."""
    svg = draw_still(scene_of(title="Who said what: nothing in the graph answers this."), "svg")
    assert texts_of(svg) == ["Who said what: nothing in the graph answers this."]


def test_a_width_is_kept() -> None:
    """Drawn for a column of 424 pixels, an SVG of 856 is as wide and keeps its proportions."""
    whole = ElementTree.fromstring(draw_still(SPOKEN, "svg"))
    half = ElementTree.fromstring(draw_still(SPOKEN, "svg", width=428))
    assert (whole.get("width"), half.get("width")) == ("856", "428")
    assert float(half.get("height", "0")) == float(whole.get("height", "0")) / 2
    assert half.get("viewBox") == whole.get("viewBox")


@pytest.mark.parametrize("width", [0, -5, float("nan")])
def test_no_width_is_refused(width: float) -> None:
    """What is no number of pixels is told as such."""
    with pytest.raises(UsageError, match="is no width; expected pixels"):
        draw_still(SPOKEN, "svg", width=width)


# The sheet


def test_nothing_leaves_the_sheet() -> None:
    """Every path and the place of every text lie on the paper."""
    sheet = lay_out(SPOKEN)
    for mark in sheet.marks:
        places = (
            [(mark.x, mark.y)]
            if isinstance(mark, Words)
            else [(step[1][at], step[1][at + 1]) for step in mark.steps for at in range(0, len(step[1]), 2)]
        )
        for x, y in places:
            assert 0 <= x <= sheet.width
            assert 0 <= y <= sheet.height


def test_the_legend_stands_below_the_picture() -> None:
    """Colour, width and shape are explained below all names of nodes, and above the note."""
    told = [
        (words.y, words.runs[0].text)
        for words in lay_out(scene_of(*SPOKEN.items, note="The note.")).marks
        if isinstance(words, Words)
    ]
    heights = {text: y for y, text in told}
    lowest_name = max(heights[name] for name in ("Jo Doe", "MC", "trust", "shared money"))
    order = [
        "Colour, stance of the claims:",
        "Width, number of claims (length says nothing):",
        "Shape:",
        "The note.",
    ]
    assert [lowest_name, *(heights[text] for text in order)] == sorted([lowest_name, *map(heights.__getitem__, order)])
    assert heights["supportive"] == heights["Colour, stance of the claims:"]


def test_the_title_is_whole_and_its_lines_alike() -> None:
    """A sentence of two lines is broken so that no word stands alone below."""
    title = "Which relationships the parties have and what was said about them in Anyshire and in Midshire: 35 claims."
    words = [
        mark
        for mark in lay_out(scene_of(*SPOKEN.items, title=title)).marks
        if isinstance(mark, Words) and mark.runs[0].size == 20.0
    ]
    lines = [mark.runs[0].text for mark in words]
    assert " ".join(lines) == title
    assert len(lines) == 2
    assert len(lines[1]) > len(lines[0]) * 0.7


points = st.lists(
    st.tuples(st.floats(0, 1000, width=32), st.floats(0, 800, width=32)), min_size=1, max_size=60, unique=True
)


@settings(max_examples=60, deadline=None)
@given(points, st.lists(st.sampled_from(["AC", "a body of a rather long name", "trust", *HOSTILE]), min_size=60))
def test_names_overlap_neither_each_other_nor_nodes(places: list[tuple[float, float]], labels: list[str]) -> None:
    """Wherever nodes stand, names stand beside their own, on the picture, and clear of all others."""
    scene = free_scene(places, [(0, at, 1.0) for at in range(len(places))], labels=labels)
    named = list(name_nodes(scene, places, width=1000, height=800, radius=7))
    for one, other in combinations(named, 2):
        assert not one.box.overlaps(other.box)
    for one in named:
        assert one.box.left >= 0
        assert one.box.top >= 0
        assert one.box.right <= 1000
        assert one.box.bottom <= 800
        for at, (x, y) in enumerate(places):
            inside = one.box.left < x < one.box.right and one.box.top < y < one.box.bottom
            assert at == one.node or not inside


def test_a_name_keeps_clear_of_lines() -> None:
    """A node with a line to its right has its name on the left."""
    scene = free_scene([(300, 200), (600, 200)], [(0, 1, 1.0)])
    first, second = name_nodes(scene, [(300, 200), (600, 200)], width=900, height=400, radius=7)
    assert [first.words[0].anchor, second.words[0].anchor] == ["end", "start"]


def test_the_most_important_node_is_named_first() -> None:
    """Of two nodes that stand too close for two names, the one with more edges has its name."""
    places = [(20.0, 15.0), (20.0, 15.5), (700.0, 15.0)]
    scene = free_scene(places, [(1, 2, 1.0)], labels=["few", "many", "far"])
    named = list(name_nodes(scene, places, width=90, height=30, radius=7))
    assert [one.words[0].runs[0].text for one in named] == ["many"]


def test_long_names_are_broken_not_cut_where_there_is_room() -> None:
    """A name of several words stands on several lines, whole."""
    name = "savings asked of the partnership and whether they can be made"
    scene = free_scene([(400, 300)], [], labels=[name])
    [named] = name_nodes(scene, [(400, 300)], width=800, height=600, radius=7)
    assert " ".join(words.runs[0].text for words in named.words) == name


def test_a_second_line_is_cut_to_its_column() -> None:
    """The body of a person, however long its name, stays on one line beside the node."""
    long = Thing(iri="urn:x:jo", label="Jo Doe", short_label="Jo Doe", kind="person", body="x", short_body="n" * 90)
    told = texts_of(draw_still(scene_of(claim("1", long, TRUST, "critical")), "svg"))
    assert [text for text in told if text.startswith("nnn")] == ["n" * 23 + "…"]  # 7.5 pixels a letter, of 184


def test_heads_stand_above_their_columns() -> None:
    """The head of a column ends or begins where its names do, above them all."""
    words = [mark for mark in lay_out(SPOKEN).marks if isinstance(mark, Words)]
    by_text = {mark.runs[0].text: mark for mark in words}
    assert (by_text["Who"].x, by_text["Who"].anchor) == (by_text["Jo Doe"].x, "end")
    assert (by_text["said what about"].x, by_text["said what about"].anchor) == (by_text["trust"].x, "start")
    assert by_text["Who"].y < min(by_text[name].y for name in ("Jo Doe", "MC", "trust", "shared money"))


def test_a_crowd_is_drawn_as_one_and_none_of_it_is_lost() -> None:
    """Of 2,001 nodes those without a name are one path, with a part for each."""
    places = [(40.0 + 20 * (at % 50), 40.0 + 20 * (at // 50)) for at in range(2001)]
    paths = [mark for mark in lay_out(free_scene(places, [])).marks if isinstance(mark, Path)]
    inked = [path for path in paths if path.fill == "#111111"]
    crowd = max(inked, key=lambda path: len(path.steps))
    alone = [path for path in inked if path.title]
    in_legend = 1
    assert len(inked) == 1 + len(alone) + in_legend
    assert sum(letter == "M" for letter, _ in crowd.steps) + len(alone) == 2001


# PNG


def picture_of(data: bytes) -> Image.Image:
    """A PNG as pixels."""
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


def test_png_has_two_pixels_for_each_of_the_sheet_or_the_width_asked_for() -> None:
    """A sheet of 856 pixels is one of 1712, for print at 192 to the inch; or as wide as is asked."""
    sheet = lay_out(SPOKEN)
    picture = picture_of(draw_still(SPOKEN, "png"))
    assert picture.size == (1712, 2 * sheet.height)
    assert [round(density) for density in picture.info["dpi"]] == [192, 192]
    assert picture_of(draw_still(SPOKEN, "png", width=428)).size == (428, round(sheet.height / 2))


def test_png_tells_nothing_of_when_and_with_what_it_was_made() -> None:
    """The file holds pixels and their density, no dates and no names of programs."""
    assert set(picture_of(draw_still(SPOKEN, "png")).info) == {"dpi"}


def test_png_has_ink_and_the_colours_of_stances() -> None:
    """The legend's swatches have the very colours; there is black text on white paper."""
    counts = {colour: count for count, colour in picture_of(draw_still(SPOKEN, "png")).getcolors(1 << 24) or []}
    for colour in ((0x21, 0x66, 0xAC), (0xB3, 0x58, 0x06), (0x7B, 0x5E, 0xA7), (0x76, 0x76, 0x76)):
        assert counts.get(colour, 0) > 100
    assert counts[0x11, 0x11, 0x11] > 2000
    assert counts[255, 255, 255] > sum(counts.values()) / 2


def test_png_and_svg_are_of_one_sheet() -> None:
    """Where the sheet has the middle of a wide strand, the PNG has its colour, on white as strong as drawn."""
    sheet = lay_out(SPOKEN)
    strand = next(mark for mark in sheet.marks if isinstance(mark, Path) and mark.stroke == "#2166ac" and mark.title)
    (_, start), (_, (x1, y1, x2, y2, x3, y3)) = strand.steps
    x = (start[0] + 3 * x1 + 3 * x2 + x3) / 8
    y = (start[1] + 3 * y1 + 3 * y2 + y3) / 8
    found = picture_of(draw_still(SPOKEN, "png")).getpixel((round(2 * x), round(2 * y)))
    on_white = [255 + (channel - 255) * strand.alpha for channel in (0x21, 0x66, 0xAC)]
    assert isinstance(found, tuple)
    assert [abs(one - other) <= 3 for one, other in zip(found, on_white, strict=True)] == [True] * 3


@pytest.mark.parametrize("hostile", HOSTILE)
def test_png_is_drawn_whatever_the_names(hostile: str) -> None:
    """No name stops a picture or is taken for a formula, and letters without a face warn of nothing."""
    who = Thing(iri="urn:x:hostile", label=hostile, short_label=hostile, kind="person", body="x", short_body=hostile)
    picture = picture_of(draw_still(scene_of(claim("1", who, TRUST, hostile), title=hostile, note=hostile), "png"))
    assert picture.width == 1712


def test_png_without_its_library_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """SVG needs nothing; PNG names the extra that it needs."""
    monkeypatch.setitem(sys.modules, "matplotlib.backends.backend_agg", None)
    assert draw_still(SPOKEN, "svg").startswith(b"<svg")
    with pytest.raises(MissingExtra, match=re.escape("pip install 'stpgraph[images]'")):
        draw_still(SPOKEN, "png")
