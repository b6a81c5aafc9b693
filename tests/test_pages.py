"""Pages as text: what they say, what they hold, and that they run and load nothing but their own."""

from __future__ import annotations

import base64
import gzip
import json
import random
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from hashlib import sha256
from html import unescape
from html.parser import HTMLParser
from itertools import combinations
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from pyoxigraph import RdfFormat, parse, serialize

from stpgraph.building import load_shipped
from stpgraph.networks import VIEWS
from stpgraph.networks.views import View
from stpgraph.pages import draw_table, draw_view
from stpgraph.pages.layout import NARROW, WIDE, Columns, Label, Layout, two_columns
from stpgraph.pages.ordering import count_crossings
from stpgraph.pages.templating import read_style
from stpgraph.store import Store, open_store
from stpgraph.tables import Column, Table
from stpgraph.vocabulary import mint
from tests.browser import open_browser
from tests.colours import colours_of, contrast
from tests.test_queries import ANYSHIRE
from tests.view_pages import CLAIMS, HOSTILE, crowded_view, hostile_view, view_of


def packed(page: str, name: str) -> str:
    """Unpack what a page holds."""
    found = re.search(rf'<script type="text/plain" id="{name}">([A-Za-z0-9+/=]*)</script>', page)
    assert found is not None
    return gzip.decompress(base64.b64decode(found.group(1))).decode("utf-8")


def scene_in(page: str) -> Any:
    """Read the scene that a page holds."""
    return json.loads(packed(page, "scene"))


def hash_of(text: str) -> str:
    """The hash of a script or style, as a policy names it."""
    return f"'sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}'"


class Elements(HTMLParser):
    """Notes every element with its attributes and the text of scripts and styles, as a browser would see them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self._is_open = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.found.append((tag, dict(attrs)))
        self.texts.append("")
        self._is_open = True

    def handle_data(self, data: str) -> None:
        """Note text, with the element that began last and has not ended."""
        if self.found and self._is_open:
            self.texts[-1] += data

    def handle_endtag(self, tag: str) -> None:
        """Note that an element ends."""
        self._is_open = False

    def of(self, tag: str) -> list[tuple[dict[str, str | None], str]]:
        """All elements of a kind, with the text that follows their start."""
        return [
            (attributes, text) for (name, attributes), text in zip(self.found, self.texts, strict=True) if name == tag
        ]


@pytest.fixture(scope="module")
def shipped() -> Iterator[Store]:
    """Yield the graph that ships."""
    with open_store() as store:
        load_shipped(store)
        yield store


# What a page says


def test_the_sentence_says_what_when_and_how_much() -> None:
    """The sentence gets the period and the numbers, as title and as first heading; stances are counted below."""
    page = draw_view(view_of(CLAIMS), note="CC BY 4.0")
    told = "Who said what about Anyshire, March 2018 to June 2018: 7 claims by 5 claimants about 2 relationships."
    below = (
        "By stance: 2 supportive, 2 critical, 1 mixed, 1 neutral, 1 not known. "
        "Most spoken of: trust among the partners (4 claims)."
    )
    assert f'<h1 dir="auto">{told}</h1>' in page
    assert f"<title>{told}</title>" in page
    assert f'<p class="standfirst" dir="auto">{below}</p>' in page
    assert '<footer><p dir="auto">CC BY 4.0</p></footer>' in page


def test_it_says_how_it_was_made() -> None:
    """The question, the query and the command line stand on the page."""
    page = draw_view(view_of(CLAIMS), command="stpgraph draw who-said-what --about 'Anyshire' -o a.html")
    told = [unescape(text) for text in re.findall(r"<pre[^>]*>(.*?)</pre>", page, re.DOTALL)]
    assert told == [
        "SELECT ?claim ?claimant WHERE {\n  ?claim stp:claimant ?claimant .\n}",
        "stpgraph draw who-said-what --about 'Anyshire' -o a.html",
    ]


def test_an_empty_view_says_that_nothing_answers() -> None:
    """Without evidence there is a sentence, and neither picture nor script."""
    page = draw_view(view_of([]))
    assert '<h1 dir="auto">Who said what about Anyshire: nothing in the graph answers this.</h1>' in page
    assert "<script" not in page
    assert 'class="board' not in page


def test_without_scripts_there_is_a_row_for_each_claim() -> None:
    """Rows stand in the order of reading, with days in words, posts, and what is not known said so."""
    page = draw_view(view_of(CLAIMS))
    body = page.partition("<noscript>")[2].partition("</noscript>")[0].partition("<tbody>")[2]
    rows = [[words(cell) for cell in re.findall(r"<td.*?</td>", row, re.DOTALL)] for row in body.split("</tr>")[:-1]]
    assert [row[2] for row in rows] == [
        "Two in three expect joint budgets.",
        "Hardly anyone trusts the plan.",
        "The money is there.",
        "Talks about money go on.",
        "Trust has grown.",
        "Trust may be lost.",
        "=SUM(A1) is no claim, “quoted”, with a comma.",
    ]
    place = "Few trust the plan, Anyshire Gazette, characters 120–129"
    jo = ["5 March 2018", "Jo Doe leader, Anyshire County Council", "Hardly anyone trusts the plan."]
    assert rows[1] == [*jo, "trust among the partners", "critical warning", "none", place]
    assert rows[0][5:] == ["60 per cent, more than half", f"{place} from Anyshire survey 2018"]
    assert rows[3][1] == "Anyshire County Council Anyshire STP"
    assert (rows[6][0], rows[6][4]) == ("day unknown", "not known warning")


def words(markup: str) -> str:
    """The text of markup, its space made one."""
    return " ".join(unescape(re.sub(r"<br>", " ", re.sub(r"<(?!br)[^>]*>", "", markup))).split())


def test_many_claims_are_not_written_out_twice() -> None:
    """151 claims have no table for readers without scripts, but a sentence that says why; 150 have it."""
    many = draw_view(crowded_view(151))
    assert "The picture and the table of 151 claims need JavaScript" in many
    assert "<tbody>" not in many
    assert draw_view(crowded_view(150)).count("<tr data-stance=") == 150


def test_the_same_claims_in_another_order_of_triples_give_the_same_pages() -> None:
    """However a store came by its triples, each view of it is drawn with the same bytes."""
    triples = [quad.triple for quad in parse(path=str(ANYSHIRE), base_iri="https://w3id.org/stpgraph/id/")]
    pages_of = []
    for ordered in (triples, triples[::-1]):
        with open_store() as store:
            data = b"".join(serialize([triple], format=RdfFormat.N_TRIPLES) or b"" for triple in ordered)
            store.load(data, format=RdfFormat.N_TRIPLES, graph=mint("graph", "anyshire"))
            pages_of.append({name: draw_view(make(store), store=store) for name, make in VIEWS.items()})
    assert [name for name in VIEWS if pages_of[0][name] != pages_of[1][name]] == []
    assert "claims by" in pages_of[0]["who-said-what"]


def test_the_page_of_what_ships_says_what_was_counted_by_hand(shipped: Store) -> None:
    """Two articles hold 35 claims by 9 claimants about 17 relationships; 11 of them speak of savings."""
    page = draw_view(VIEWS["who-said-what"](shipped), store=shipped)
    assert "November 2016 to September 2017: 35 claims by 9 claimants about 17 relationships.</h1>" in page
    assert "By stance: 16 neutral, 15 critical, 3 supportive, 1 mixed." in page
    assert "Most spoken of: savings asked of the STP, and whether they can be delivered (11 claims)." in page
    scene = scene_in(page)
    assert len(scene["items"]["id"]) == 35
    assert len(scene["nodes"]["id"]) == 9 + 17


# What it holds, and what it cannot do


@pytest.mark.parametrize("view", [view_of(CLAIMS), hostile_view(), view_of([])], ids=["claims", "hostile", "empty"])
def test_a_page_refers_to_nothing_outside_itself(view: View) -> None:
    """No attribute and no style names an address but data: and places on the page itself."""
    page = draw_view(view, command=HOSTILE, note=HOSTILE)
    addresses = [
        value or ""
        for _, attributes in Elements(page).found
        for name, value in attributes.items()
        if name in {"src", "href", "action", "data", "poster", "srcset", "formaction", "ping", "background"}
    ]
    assert all(address.startswith("#") or address == "data:," for address in addresses)
    (style,) = [text for _, text in Elements(page).of("style")]
    assert "url(" not in style
    assert "@import" not in style


@pytest.mark.parametrize("view", [view_of(CLAIMS), crowded_view(2_100, who=2_100)], ids=["small", "large"])
def test_a_page_runs_only_scripts_that_its_policy_names(view: View) -> None:
    """The policy names the page's script, the unpacked library and the style by hash, and lets nothing be loaded."""
    page = Elements(draw_view(view))
    (meta,) = [one for one, _ in page.of("meta") if one.get("http-equiv") == "Content-Security-Policy"]
    policy = dict(rule.split(" ", 1) for rule in (meta["content"] or "").split("; "))
    *data, (attributes, script) = page.of("script")
    assert attributes == {}
    assert {one["type"] for one, _ in data} == {"text/plain"}
    later = [gzip.decompress(base64.b64decode(text)).decode("utf-8") for one, text in data if one["id"] != "scene"]
    assert max(map(len, later)) > 100_000  # the drawing library is among them
    style = page.of("style")[0][1]
    assert set(policy["script-src"].split()) == {hash_of(script), *map(hash_of, later)}
    assert policy["style-src"] == hash_of(style)
    assert {name: policy[name] for name in ("default-src", "connect-src", "base-uri", "form-action")} == dict.fromkeys(
        ("default-src", "connect-src", "base-uri", "form-action"), "'none'"
    )
    assert policy["img-src"] == "data: blob:"


def test_no_element_has_a_style_or_a_handler_of_its_own() -> None:
    """Nothing in the markup needs a policy weaker than this."""
    attributes = {name for _, one in Elements(draw_view(hostile_view())).found for name in one}
    assert not {name for name in attributes if name == "style" or name.startswith("on")}


def test_hostile_text_cannot_leave_its_place() -> None:
    """Data is packed in letters that end no script; markup holds the text escaped; unpacked, it is what it was."""
    view = hostile_view()
    page = draw_view(replace(view, question=HOSTILE, sparql=HOSTILE), note=HOSTILE, command=HOSTILE)
    elements = Elements(page)
    assert [tag for tag, _ in elements.found if tag in {"img", "iframe", "object", "embed"}] == []
    assert [one.get("type") for one, _ in elements.of("script") if one.get("type") != "text/plain"] == [None]
    assert "<script>window" not in page
    assert unescape(page).count(HOSTILE) >= 10
    scene = scene_in(page)
    assert (scene["note"], scene["command"], scene["sparql"]) == (HOSTILE, HOSTILE, HOSTILE)
    assert set(scene["items"]["summary"]) == {HOSTILE}
    assert scene["figures"][0]["said"] == HOSTILE
    assert scene["statuses"] == ["", HOSTILE]
    assert HOSTILE in scene["nodes"]["label"]


def test_hostile_text_stays_in_the_table_for_readers_without_scripts() -> None:
    """Every cell of the plain table is text, whatever it holds."""
    table = draw_view(hostile_view()).partition("<noscript>")[2].partition("</noscript>")[0]
    tags = set(re.findall(r"<(\w+)", table))
    assert tags <= {"section", "h2", "table", "thead", "tr", "th", "tbody", "td", "span", "br", "q"}
    assert unescape(re.sub(r"<[^>]*>", "", table)).count(HOSTILE) >= 3 * 6


def test_no_iri_is_in_sight(shipped: Store) -> None:
    """What a reader sees names things by label; addresses stand in data and in the query alone."""
    for name in ("who-said-what", "relationship-map", "provenance"):
        page = draw_view(VIEWS[name](shipped), store=shipped)
        seen = re.sub(r"<[^>]*>", " ", re.sub(r"<(script|style|pre).*?</\1>", "", page, flags=re.DOTALL))
        assert "w3id.org" not in seen
        assert "relationship/" not in seen
        assert "organisation/" not in seen


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_colours_can_be_told_from_the_paper(dark: bool) -> None:
    """Text has a contrast of 4.5 at least, on paper and on the panel; lines of each stance 3 (WCAG 2.2 AA)."""
    colours = colours_of(read_style("page.css"))[dark]
    for ground in ("paper", "panel"):
        for text in ("ink", "quiet", "supportive-text", "critical-text", "mixed-text", "neutral-text"):
            assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)
        for line in ("supportive", "critical", "mixed", "neutral"):
            assert contrast(colours[line], colours[ground]) >= 3, (line, ground)


def answer() -> Table:
    """An invented answer: one row whole, one with a gap and with text that would be markup."""
    return Table(
        question="statistics",
        columns=tuple(Column(name=name, description=f"the {name}") for name in ("date", "as_said", "value")),
        rows=((date(2018, 3, 5), "£5.3bn", Decimal("5300000000.0")), (None, HOSTILE, Decimal("5.25"))),
    )


def test_a_table_shows_what_people_read() -> None:
    """Days stand in words and numbers with thin spaces; markup in a cell is text."""
    page = draw_table(answer(), title="What figures were given?")
    cells = [unescape(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", page, flags=re.DOTALL)]
    assert cells == ["5 March 2018", "£5.3bn", "5\u2009300\u2009000\u2009000", "", HOSTILE, "5.25"]
    assert re.findall(r"<th [^>]*>(.*?)</th>", page) == ["date", "as said", "value"]
    assert "<script" not in page


# How it is laid out


def crowded(claimants: int, relationships: int, edges: int) -> tuple[nx.DiGraph[str], list[str], list[str]]:
    """A graph of random edges between two kinds of nodes, the same each time."""
    dice = random.Random(1)
    left = [f"c{number:02}" for number in range(claimants)]
    right = [f"r{number:02}" for number in range(relationships)]
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from([*left, *right])
    for _ in range(edges):
        graph.add_edge(dice.choice(left), dice.choice(right), claim_count=dice.randint(1, 9))
    return graph, left, right


def laid_out(graph: nx.DiGraph[str], left: list[str], right: list[str], columns: Columns) -> Layout:
    """Lay out with labels of one to twelve words, some with a note."""
    labels = {
        node: Label("partners " * (1 + at % 12), str(at), "ACC" if at % 3 else "") for at, node in enumerate(graph)
    }
    return two_columns(graph, left=left, right=right, labels=labels, columns=columns)


@pytest.mark.parametrize("columns", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("size", [(1, 1, 1), (8, 20, 40), (50, 30, 300), (30, 50, 300)], ids=str)
def test_labels_never_overlap_and_stay_in_the_picture(columns: Columns, size: tuple[int, int, int]) -> None:
    """However crowded, every label has its own room, and no node stands in a label's."""
    layout = laid_out(*crowded(*size), columns)
    boxes = [place.box for place in layout.places.values()]
    assert not [pair for pair in combinations(boxes, 2) if pair[0].overlaps(pair[1])]
    for place in layout.places.values():
        assert 0 <= place.box.left <= place.box.right <= columns.width
        assert 0 <= place.box.top <= place.box.bottom <= layout.height
        assert not place.box.left < place.x < place.box.right


def test_columns_are_ordered_so_that_lines_cross_little() -> None:
    """Two camps that speak of different things are drawn apart: no line of one crosses a line of the other."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    for claimant, topics in {"a": "wy", "b": "xz", "c": "wy", "d": "xz"}.items():
        for topic in topics:
            graph.add_edge(claimant, topic, claim_count=1)
    layout = laid_out(graph, list("abcd"), list("wxyz"), WIDE)
    left, right = ([node for node in layout.places if node in side] for side in ("abcd", "wxyz"))
    neighbours = {node: dict.fromkeys(graph.successors(node), 1) for node in left}
    assert count_crossings(list("abcd"), list("wxyz"), neighbours) == 8
    assert count_crossings(left, right, neighbours) == 2  # one in each camp, which has two by two


def test_a_long_name_is_cut_with_an_ellipsis() -> None:
    """A name that does not fit its lines ends in an ellipsis, and a word without end is broken."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_edge("jo", "trust", claim_count=1)
    labels = {"jo": Label("A" * 300, "7"), "trust": Label("trust")}
    lines = two_columns(graph, left=["jo"], right=["trust"], labels=labels, columns=WIDE).places["jo"].lines
    assert len(lines) == 4
    assert lines[-1].endswith("A…")


# The page of a table in a browser


@pytest.mark.browser
def test_a_table_asks_for_nothing(tmp_path: Path) -> None:
    """The page of a table shows its rows, runs nothing, asks for nothing and complains of nothing."""
    file = tmp_path / "table.html"
    file.write_text(draw_table(answer(), title="What figures were given?"), encoding="utf-8")
    with open_browser() as reader:
        seen = reader.open(file)
        assert seen.page.locator("tbody tr").count() == 2
        assert seen.page.evaluate("window.hacked") is None
        seen.assert_quiet()
