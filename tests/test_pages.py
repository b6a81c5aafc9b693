"""Pages: what they say, how they are laid out, and how they behave in a browser."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from html import unescape
from html.parser import HTMLParser
from itertools import combinations
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from playwright.sync_api import Page

from stpgraph.pages import draw_network, draw_table
from stpgraph.pages.cards import make_cards
from stpgraph.pages.layout import NARROW, WIDE, Columns, Label, Layout, two_columns
from stpgraph.pages.ordering import count_crossings
from stpgraph.tables import Column, Table
from stpgraph.vocabulary import mint
from tests.browser import Reader, open_browser

JO, COUNCIL = mint("person", "jo-doe").value, mint("organisation", "anyshire").value
ASKED, PLAN = mint("collective", "respondents").value, mint("partnership", "anyshire").value
TRUST, MONEY = mint("relationship", "trust").value, mint("relationship", "money").value

#: Text that would do harm if a page took it for markup.
HOSTILE = '</script><script>window.hacked=1</script><!-- <img src=x onerror="window.hacked=1"> & "quoted" \u2028'


def claim(number: int, stance: str, summary: str, **more: Any) -> dict[str, Any]:
    """The edge of a claim."""
    return {
        "key": mint("claim", "gazette", f"{number}-{number + 9}").value,
        "summary": summary,
        "stance": stance,
        "speech_act": "warning",
        "attribution": "direct",
        "stated_on": "2018-03-05",
        "document": "Few trust the plan",
        "document_iri": mint("document", "gazette").value,
        "issued": "2018-03-06",
        "outlet": "Anyshire Gazette",
        "place": f"characters {number}–{number + 9}",
        "start": number,
        "figures": [],
        "status": "accepted",
        **more,
    }


def invented() -> nx.MultiDiGraph[str]:
    """Four claimants, two relationships, five claims; one claim has two claimants."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node(ASKED, label="bodies asked in Anyshire", short_label="bodies asked in Anyshire", kind="collective")
    graph.add_node(COUNCIL, label="Anyshire County Council", short_label="ACC", kind="body")
    graph.add_node(PLAN, label="Anyshire STP", short_label="Anyshire STP", kind="partnership")
    council = "Anyshire County Council"
    graph.add_node(JO, label="Jo Doe", short_label="Jo Doe", kind="person", body=council, body_short_label="ACC")
    graph.add_node(MONEY, label="money for care", short_label="money for care", kind="relationship")
    graph.add_node(TRUST, label="trust among the partners", short_label="trust among the partners", kind="relationship")
    post = {"role": "leader", "body": council}
    graph.add_edge(JO, TRUST, **claim(120, "critical", "Hardly anyone trusts the plan.", **post))
    graph.add_edge(JO, TRUST, **claim(300, "critical", "Trust may be lost.", stated_on="2018-06-01", **post))
    graph.add_edge(JO, MONEY, **claim(200, "supportive", "The money is there.", **post))
    figures = {"figures": ["two in three", "60%"], "via": "Anyshire survey 2018", "status": "proposed"}
    graph.add_edge(ASKED, TRUST, **claim(90, "mixed", "Two in three expect joint budgets.", **figures))
    for claimant in (COUNCIL, PLAN):
        graph.add_edge(claimant, MONEY, **claim(400, "neutral", "Talks about money go on."))
    return graph


def hostile() -> nx.MultiDiGraph[str]:
    """Names and claims that try to be markup, run from right to left, or never end."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node(JO, label=HOSTILE, short_label=HOSTILE, kind="person", body=HOSTILE, body_short_label=HOSTILE)
    graph.add_node("urn:x:a+b#%2F", label="مجلس الصحة", short_label="مجلس الصحة", kind="body")
    graph.add_node(ASKED, label="A" * 300, short_label="A" * 300, kind="collective")
    graph.add_node(TRUST, label="trust " * 60, short_label="trust " * 60, kind="relationship")
    for number, node in enumerate((JO, "urn:x:a+b#%2F", ASKED)):
        graph.add_edge(
            node, TRUST, **claim(number, HOSTILE, HOSTILE, figures=[HOSTILE], document=HOSTILE, role=HOSTILE)
        )
    return graph


def embedded(page: str, name: str) -> Any:
    """Read the data that a page holds."""
    found = re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', page)
    assert found is not None
    return json.loads(found.group(1))


class Scripts(HTMLParser):
    """Notes the type of every script element, as a browser would see them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a script."""
        if tag == "script":
            self.found.append(dict(attrs).get("type") or "")


# What a page says


def test_the_sentence_says_what_when_and_how_much() -> None:
    """The heading gets the period and the numbers, and stands as title and as first heading."""
    page = draw_network(invented(), heading="Who said what about Anyshire")
    told = "Who said what about Anyshire, March 2018 to June 2018: 5 claims by 4 claimants about 2 relationships."
    assert f'<h1 dir="auto">{told}</h1>' in page
    assert f"<title>{told}</title>" in page
    assert "By stance: 2 critical, 1 supportive, 1 mixed, 1 neutral. Most spoken of: trust among the partners" in page


def test_an_empty_graph_says_that_no_claims_match() -> None:
    """Without a claim there is a sentence, and neither picture nor script."""
    page = draw_network(nx.MultiDiGraph(), heading="Who said what about trust")
    assert "Who said what about trust: no claims match." in page
    assert "<script" not in page


def test_a_card_holds_what_a_reader_needs_to_cite_a_claim() -> None:
    """The citation names the post, the day, that the words are a paraphrase, and the place."""
    cards = {card.claim: card for card in make_cards(invented())}
    assert cards["claim/gazette/300-309"].citation == (
        "Jo Doe (leader, Anyshire County Council), 1 June 2018. Paraphrase: Trust may be lost. "
        "Source: “Few trust the plan”, Anyshire Gazette, 6 March 2018, characters 300–309."
    )
    both = cards["claim/gazette/400-409"]
    assert [speaker.label for speaker in both.speakers] == ["Anyshire County Council", "Anyshire STP"]
    assert both.citation.startswith("Anyshire County Council and Anyshire STP, 5 March 2018.")


def test_cards_stand_in_order_of_day_and_place() -> None:
    """Claims are read by day, then by where they stand in the text, by number and not by letter."""
    assert [card.claim for card in make_cards(invented())] == [
        "claim/gazette/90-99",
        "claim/gazette/120-129",
        "claim/gazette/200-209",
        "claim/gazette/400-409",
        "claim/gazette/300-309",
    ]


def test_the_same_graph_gives_the_same_page_whatever_the_order_of_its_parts() -> None:
    """Nodes and edges that are added in another order give the same bytes."""
    graph = invented()
    turned: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    turned.add_nodes_from(reversed(list(graph.nodes(data=True))))
    for source, target, key, data in reversed([*graph.edges(keys=True, data=True)]):
        turned.add_edge(source, target, key=key, **data)
    assert draw_network(graph) == draw_network(turned)


def test_a_line_has_a_strand_for_each_stance_as_wide_as_its_claims() -> None:
    """Two critical claims and a supportive one make two strands, 4.4 and 2.2 pixels wide."""
    graph = invented()
    graph.add_edge(JO, TRUST, **claim(500, "supportive", "Trust has grown."))
    (edge,) = [edge for edge in embedded(draw_network(graph), "network")["edges"] if edge["width"] > 6]
    assert edge["id"] == "person/jo-doe+relationship/trust"
    assert edge["strands"] == [{"stance": "supportive", "width": 2.2}, {"stance": "critical", "width": 4.4}]
    assert edge["tip"] == "3 claims: 2 critical, 1 supportive"


@pytest.mark.parametrize("graph", [invented(), hostile()], ids=["invented", "hostile"])
def test_a_page_refers_to_nothing_outside_itself(graph: nx.MultiDiGraph[str]) -> None:
    """No attribute and no style names an address but data: and places on the page itself."""
    page = re.sub(r"<script.*?</script>", "", draw_network(graph), flags=re.DOTALL)
    addresses = re.findall(r'\b(?:src|href|action|data|poster|srcset)="([^"]*)"', page)
    assert all(address.startswith(("#", "data:,")) for address in addresses)
    assert "url(" not in page
    assert "@import" not in page


def test_a_page_runs_only_its_own_two_scripts() -> None:
    """The content security policy names the two scripts by hash, and allows nothing to be loaded."""
    page = draw_network(invented())
    found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert found is not None
    policy = found.group(1).replace("&#39;", "'")
    assert "default-src 'none'" in policy
    assert "connect-src 'none'" in policy
    assert "unsafe" not in policy
    assert len(re.findall(r"'sha256-[A-Za-z0-9+/]{43}='", policy)) == 3  # two scripts and the style
    parser = Scripts()
    parser.feed(page)
    assert parser.found == ["application/json", "application/json", "", ""]


def test_hostile_text_cannot_leave_its_place() -> None:
    """Data holds no <, >, & or line separator; markup holds the text escaped."""
    page = draw_network(hostile(), heading=f"Who said {HOSTILE}")
    for name in ("evidence", "network"):
        found = re.search(rf'id="{name}">(.*?)</script>', page, flags=re.DOTALL)
        assert found is not None
        data = re.sub(r'^\{"nodes":|,"edges":|,"options":', "", found.group(1))
        assert not set(data) & set("<>&\u2028\u2029")
    assert "<script>window" not in page
    assert "<img" not in page
    assert embedded(page, "evidence")["cards"][0]["summary"] == HOSTILE


def test_no_iri_is_in_sight() -> None:
    """What a reader sees names things by label; addresses stand only in data and in places on the page."""
    page = re.sub(r"<(script|style).*?</\1>", "", draw_network(invented()), flags=re.DOTALL)
    seen = re.sub(r"<[^>]*>", " ", page)
    assert "http" not in seen
    assert "relationship/" not in seen


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_colours_can_be_told_from_the_paper(dark: bool) -> None:
    """Text has a contrast of 4.5 at least, on paper and on the panel; lines of each stance 3 (WCAG 2.2 AA)."""
    style = Path(draw_network.__code__.co_filename).with_name("templates").joinpath("page.css").read_text()
    blocks = re.findall(r":root \{(.*?)\}", style, flags=re.DOTALL)
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", blocks[0] + (blocks[1] if dark else "")))
    for ground in ("paper", "panel"):
        for text in ("ink", "quiet", "link", "supportive-text", "critical-text", "mixed-text", "neutral-text"):
            assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)
        for line in ("supportive", "critical", "mixed", "neutral"):
            assert contrast(colours[line], colours[ground]) >= 3, (line, ground)


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, as WCAG 2.2 defines it."""
    lights = sorted((luminance(one), luminance(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def luminance(colour: str) -> float:
    """The relative luminance of #rrggbb."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


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


# How it behaves in a browser


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    """One Chromium for all tests of this module."""
    with open_browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented network as a file."""
    file = tmp_path_factory.mktemp("pages") / "who said what.html"
    file.write_text(
        draw_network(invented(), heading="Who said what about Anyshire", note="CC BY 4.0"), encoding="utf-8"
    )
    return file


@pytest.fixture(scope="module")
def hostile_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hostile network as a file."""
    file = tmp_path_factory.mktemp("pages") / "hostile.html"
    file.write_text(draw_network(hostile(), heading=f"Who said {HOSTILE}"), encoding="utf-8")
    return file


def place_of(page: Page, node: str) -> tuple[float, float]:
    """Where a node stands in the picture's element, computed from the positions in the file."""
    page.wait_for_selector("html[data-drawn]")
    found = page.evaluate(
        """([node, wideFrom]) => {
             const { layouts } = JSON.parse(document.getElementById("evidence").textContent);
             const { clientWidth, clientHeight } = document.getElementById("picture");
             const layout = clientWidth >= wideFrom ? layouts.wide : layouts.narrow;
             const scale = clientHeight / layout.height;
             const { x, y } = layout.places[node];
             return [(clientWidth - layout.width * scale) / 2 + x * scale, y * scale];
           }""",
        [node, 600],
    )
    return found[0], found[1]


def click_picture(page: Page, *nodes: str) -> None:
    """Click a node, or the middle of the line between two."""
    places = [place_of(page, node) for node in nodes]
    x, y = (sum(place[axis] for place in places) / len(places) for axis in (0, 1))
    page.locator("#picture canvas").click(position={"x": x, "y": y})


def summaries(page: Page) -> list[str]:
    """What the cards in the panel say."""
    return page.locator("#cards .summary").all_inner_texts()


def title(page: Page) -> str:
    """The heading of the panel."""
    return page.locator("#panel-title").inner_text()


def colours_drawn(page: Page) -> dict[str, int]:
    """Pixels of the picture by colour, each part rounded to 32 steps of 8."""
    page.wait_for_selector("html[data-drawn]")
    counts: dict[str, int] = page.evaluate(
        """() => {
             const canvas = document.querySelector("#picture canvas");
             const surface = new OffscreenCanvas(canvas.width, canvas.height);
             const copy = surface.getContext("2d", { willReadFrequently: true });
             copy.drawImage(canvas, 0, 0);
             const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
             const counts = {};
             for (let at = 0; at < data.length; at += 4) {
               if (data[at + 3] < 128) continue;
               const key = [0, 1, 2].map((part) => data[at + part] >> 3).join();
               counts[key] = (counts[key] ?? 0) + 1;
             }
             return counts;
           }"""
    )
    return counts


def rounded(colour: str) -> str:
    """The key of #rrggbb in `colours_drawn`."""
    return ",".join(str(int(colour[at : at + 2], 16) >> 3) for at in (1, 3, 5))


@pytest.mark.browser
def test_it_draws_and_asks_for_nothing(reader: Reader, page_file: Path) -> None:
    """The picture has shapes, names and lines in the colours of the stances; no request leaves the page."""
    seen = reader.open(page_file)
    drawn = colours_drawn(seen.page)
    assert drawn[rounded("#1b1d1f")] > 500  # names and shapes
    seen.page.evaluate("location.hash = '#node=person/jo-doe'")
    seen.page.wait_for_selector("#back:not([hidden])", state="attached")
    lit = colours_drawn(seen.page)
    assert lit[rounded("#b35806")] > 200  # critical, at full strength once it is lit
    assert lit[rounded("#2166ac")] > 100  # supportive
    seen.assert_quiet()


@pytest.mark.browser
def test_a_click_on_a_node_lists_its_claims(reader: Reader, page_file: Path) -> None:
    """A claimant's claims stand as cards: who in which post, when, what, how, where, and the address says so."""
    seen = reader.open(page_file)
    click_picture(seen.page, "person/jo-doe")
    assert title(seen.page) == "Jo Doe"
    assert summaries(seen.page) == ["Hardly anyone trusts the plan.", "The money is there.", "Trust may be lost."]
    assert seen.page.locator("#panel-about").inner_text() == "3 claims: 2 critical, 1 supportive"
    first = seen.page.locator(".card").first
    who = first.locator(".who").inner_text()
    assert who == "Jo Doe, leader then · Anyshire County Council · 5 March 2018"
    assert first.locator(".tags li").all_inner_texts() == ["critical", "warning", "quoted"]
    facts = first.locator(".facts dd").all_inner_texts()
    place = "Few trust the plan, Anyshire Gazette, 6 March 2018, characters 120–129"
    assert facts == ["none", "trust among the partners", place]
    assert seen.page.url.endswith("#node=person/jo-doe")
    seen.assert_quiet()


@pytest.mark.browser
def test_a_click_on_a_label_is_a_click_on_its_node(reader: Reader, page_file: Path) -> None:
    """A name can be hit as well as its shape."""
    seen = reader.open(page_file)
    x, y = place_of(seen.page, "relationship/money")
    seen.page.locator("#picture canvas").click(position={"x": x + 40, "y": y})
    assert title(seen.page) == "money for care"
    assert summaries(seen.page) == ["The money is there.", "Talks about money go on."]


@pytest.mark.browser
def test_a_click_on_an_edge_lists_its_claims(reader: Reader, page_file: Path) -> None:
    """A line's claims are those of its claimant on its relationship; a click beside everything lets go."""
    seen = reader.open(page_file)
    click_picture(seen.page, "person/jo-doe", "relationship/trust")
    assert title(seen.page) == "Jo Doe on trust among the partners"
    assert summaries(seen.page) == ["Hardly anyone trusts the plan.", "Trust may be lost."]
    assert seen.page.url.endswith("#edge=person/jo-doe+relationship/trust")
    click_picture(seen.page, "collective/respondents", "relationship/trust")
    figures = seen.page.locator(".facts dd").first.inner_text()
    assert "two in three" in figures
    assert "60%" in figures
    assert seen.page.locator(".tags .status").inner_text() == "proposed"
    seen.page.locator("#picture canvas").click(position={"x": 3, "y": 3})
    assert title(seen.page) == "Choose a name or a line"
    assert "#" not in seen.page.url


@pytest.mark.browser
def test_a_joint_claim_names_all_its_claimants(reader: Reader, page_file: Path) -> None:
    """A claim of two claimants lights the picture of one, and its card names both."""
    seen = reader.open(page_file)
    click_picture(seen.page, "organisation/anyshire")
    assert summaries(seen.page) == ["Talks about money go on."]
    who = seen.page.locator(".who").inner_text()
    assert who == "Anyshire County Council and Anyshire STP · 5 March 2018"


@pytest.mark.browser
def test_the_keyboard_reaches_every_claim(reader: Reader, page_file: Path) -> None:
    """Tab comes to a row, Enter opens its claim and goes to the panel, Esc lets go and comes back to the row."""
    seen = reader.open(page_file)
    page = seen.page
    page.wait_for_selector("html[data-drawn]")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('#claims a.open')"):
            break
    assert page.evaluate("document.activeElement.textContent") == "Two in three expect joint budgets."
    page.keyboard.press("Enter")
    assert summaries(page) == ["Two in three expect joint budgets."]
    assert page.evaluate("document.activeElement.id") == "panel-title"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the claimant's name on the card
    assert title(page) == "bodies asked in Anyshire"
    page.keyboard.press("Escape")
    assert title(page) == "Choose a name or a line"
    assert page.evaluate("document.activeElement.textContent") == "Two in three expect joint budgets."
    seen.assert_quiet()


@pytest.mark.browser
def test_search_narrows_the_page_and_enter_opens_a_name(reader: Reader, page_file: Path) -> None:
    """Words of claims and names narrow panel and table; Enter opens the first name; Esc takes it back."""
    seen = reader.open(page_file)
    page = seen.page
    page.locator("#words").fill("BUDGETS two")
    assert page.locator("#found").inner_text() == "1 claim and 0 names found."
    assert summaries(page) == ["Two in three expect joint budgets."]
    assert page.locator("#claims tbody tr:visible").count() == 1
    page.locator("#words").fill("acc")
    page.keyboard.press("Enter")
    assert title(page) == "Anyshire County Council"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "words"
    page.keyboard.press("Escape")
    assert page.locator("#claims tbody tr:visible").count() == 5
    page.locator("#words").fill("no such word")
    assert page.locator("#panel-about").inner_text() == "No claim holds these words."


@pytest.mark.browser
def test_the_address_keeps_the_selection(reader: Reader, page_file: Path) -> None:
    """A page opened by its full address shows what was selected; going back shows what was before."""
    seen = reader.open(page_file, fragment="#claim=claim/gazette/400-409")
    seen.page.wait_for_selector("html[data-drawn]")
    assert summaries(seen.page) == ["Talks about money go on."]
    click_picture(seen.page, "person/jo-doe")
    assert title(seen.page) == "Jo Doe"
    seen.page.go_back()
    assert summaries(seen.page) == ["Talks about money go on."]


@pytest.mark.browser
@pytest.mark.parametrize("fragment", ["#node=%E0%A4%A", "#node=nobody", "#claims", "#__proto__=toString"])
def test_an_unknown_address_selects_nothing(reader: Reader, page_file: Path, fragment: str) -> None:
    """A broken or unknown fragment is as good as none."""
    seen = reader.open(page_file, fragment=fragment)
    seen.page.wait_for_selector("html[data-drawn]")
    assert title(seen.page) == "Choose a name or a line"
    seen.assert_quiet()


@pytest.mark.browser
def test_the_table_sorts(reader: Reader, page_file: Path) -> None:
    """A press on a head sorts by it, a second one turns the order round, and the head says which."""
    seen = reader.open(page_file)
    head = seen.page.locator("#claims th", has_text="Said what")
    head.locator("button").click()
    first = seen.page.locator("#claims tbody tr").first.locator("a.open")
    assert (first.inner_text(), head.get_attribute("aria-sort")) == ("Hardly anyone trusts the plan.", "ascending")
    head.locator("button").click()
    assert (first.inner_text(), head.get_attribute("aria-sort")) == (
        "Two in three expect joint budgets.",
        "descending",
    )


@pytest.mark.browser
def test_a_citation_is_copied(reader: Reader, page_file: Path) -> None:
    """One press puts the citation on the clipboard and says so."""
    seen = reader.open(page_file, fragment="#claim=claim/gazette/300-309")
    button = seen.page.locator(".copy")
    button.click()
    seen.page.wait_for_function("document.querySelector('.copy').textContent === 'Copied'")
    copied = seen.page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Jo Doe (leader, Anyshire County Council), 1 June 2018. Paraphrase: Trust may be lost.")


@pytest.mark.browser
def test_fit_brings_the_picture_back(reader: Reader, page_file: Path) -> None:
    """After a change of size a node is elsewhere; after Fit a click finds it where it was."""
    seen = reader.open(page_file)
    page = seen.page
    before = colours_drawn(page)
    page.locator("#zoom-in").click()
    assert colours_drawn(page) != before
    page.locator("#fit").click()
    click_picture(page, "person/jo-doe")
    assert title(page) == "Jo Doe"


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 400])
def test_hostile_text_does_nothing_and_shows_as_text(reader: Reader, hostile_file: Path, width: int) -> None:
    """Markup in a claim is read as the text it is, a name without end fits, and nothing runs or is asked for."""
    seen = reader.open(hostile_file, width=width)
    click_picture(seen.page, "person/jo-doe")
    assert seen.page.locator("#cards .summary").text_content() == HOSTILE
    assert seen.page.locator(".card .who strong").text_content() == HOSTILE
    assert seen.page.evaluate("window.hacked") is None
    assert seen.page.locator("img").count() == 0
    click_picture(seen.page, "urn:x:a+b#%2F")
    assert title(seen.page) == "مجلس الصحة"
    assert seen.page.evaluate("document.documentElement.scrollWidth") == width
    seen.page.reload()
    assert title(seen.page) == "مجلس الصحة"
    seen.assert_quiet()


@pytest.mark.browser
def test_a_phone_shows_it_all_without_scrolling_sideways(reader: Reader, page_file: Path) -> None:
    """At 400 pixels the narrow picture is drawn, a click goes to the panel below it, and a button leads back."""
    seen = reader.open(page_file, width=400)
    page = seen.page
    click_picture(page, "person/jo-doe")
    assert summaries(page)[0] == "Hardly anyone trusts the plan."
    assert page.evaluate("document.documentElement.scrollWidth") == 400
    assert page.locator("#panel-title").is_visible()
    page.wait_for_function("document.getElementById('panel').getBoundingClientRect().top < innerHeight / 2")
    page.locator("#back").click()
    page.wait_for_function("document.getElementById('picture').getBoundingClientRect().top >= 0")
    seen.assert_quiet()


@pytest.mark.browser
def test_it_can_be_dark(reader: Reader, page_file: Path) -> None:
    """A reader who likes dark pages gets light names on a dark ground."""
    seen = reader.open(page_file, dark=True)
    assert seen.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(21, 24, 27)"
    drawn = colours_drawn(seen.page)
    assert drawn[rounded("#e9e7e2")] > 500
    assert rounded("#1b1d1f") not in drawn or drawn[rounded("#1b1d1f")] < 500
    seen.assert_quiet()


@pytest.mark.browser
def test_without_scripts_the_table_holds_everything(reader: Reader, page_file: Path) -> None:
    """A reader without JavaScript sees every claim in the table, and no empty picture."""
    seen = reader.open(page_file, scripts=False)
    assert seen.page.locator("#claims tbody tr").count() == 5
    assert seen.page.locator("#claims").is_visible()
    assert not seen.page.locator(".board").is_visible()
    row = seen.page.locator("#claims tbody tr").first.inner_text()
    for part in ("5 March 2018", "bodies asked in Anyshire", "Two in three expect joint budgets.", "mixed", "60%"):
        assert part in row


@pytest.mark.browser
def test_an_empty_page_is_quiet(reader: Reader, tmp_path: Path) -> None:
    """A page without claims says so, and complains of nothing."""
    file = tmp_path / "empty.html"
    file.write_text(draw_network(nx.MultiDiGraph(), heading="Who said what about trust"), encoding="utf-8")
    seen = reader.open(file)
    assert seen.page.locator(".empty").inner_text().startswith("No claims match.")
    seen.assert_quiet()


@pytest.mark.browser
def test_a_table_asks_for_nothing(reader: Reader, tmp_path: Path) -> None:
    """The page of a table shows its rows, runs nothing, asks for nothing and complains of nothing."""
    file = tmp_path / "table.html"
    file.write_text(draw_table(answer(), title="What figures were given?"), encoding="utf-8")
    seen = reader.open(file)
    assert seen.page.locator("tbody tr").count() == 2
    assert seen.page.evaluate("window.hacked") is None
    seen.assert_quiet()
