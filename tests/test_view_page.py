"""The page of a view in a browser: its panel, table, address and downloads, hostile text, phones and keyboards."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Download, Page

from stpgraph.building import load_shipped
from stpgraph.networks import VIEWS
from stpgraph.networks.evidence import Figure
from stpgraph.pages import draw_view
from stpgraph.pages.assembly import assemble
from stpgraph.pages.layout import Layout
from stpgraph.pages.scenes import drawn_evidence
from stpgraph.store import Store, open_store
from tests.view_pages import (
    ARABIC,
    BY_JO,
    CLAIMS,
    HOSTILE,
    QUERY,
    SCENES,
    Opener,
    address,
    chips,
    claim,
    crowded_view,
    open_views,
    rows,
    scene_of,
    summaries,
    thing,
    tick,
    title,
    view_of,
    wait_until,
)

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def visit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opener]:
    """Opens a page by name, and waits until it is drawn; one Chromium for all tests of this module."""
    with open_views(tmp_path_factory.mktemp("views")) as opener:
        yield opener


@pytest.mark.parametrize("name", list(SCENES))
def test_it_draws_and_asks_for_nothing(visit: Opener, name: str) -> None:
    """Every kind of page is drawn, asks for nothing outside itself and complains of nothing."""
    seen = visit(name)
    assert seen.page.locator("#picture canvas").count() >= 1
    assert seen.page.evaluate("performance.getEntriesByName('drawn').length") == 1
    seen.assert_quiet()


@pytest.fixture(scope="module")
def shipped() -> Iterator[Store]:
    """Yield the graph that ships."""
    with open_store() as store:
        load_shipped(store)
        yield store


@pytest.mark.parametrize("name", list(VIEWS))
def test_every_view_of_what_ships_is_drawn(visit: Opener, shipped: Store, name: str) -> None:
    """Each of the seven views opens without a complaint, and its table has a row for all that is drawn."""
    view = VIEWS[name](shipped)
    seen = visit.show(draw_view(view, store=shipped))
    seen.page.wait_for_selector("html[data-drawn]")
    assert seen.page.locator("#claims tbody tr").count() == min(len(drawn_evidence(view)), 100)
    assert seen.page.evaluate("document.documentElement.scrollWidth") == 1280
    seen.assert_quiet()


def test_a_large_network_is_drawn_with_the_other_library(visit: Opener) -> None:
    """With more than 2 000 names the page brings another library, which runs under its policy too."""
    seen = visit.show(draw_view(crowded_view(2_500, who=2_500)))
    seen.page.wait_for_selector("html[data-drawn]")
    assert seen.page.evaluate("typeof Sigma") == "function"
    assert seen.page.evaluate("typeof vis") == "undefined"
    seen.complaints = [text for text in seen.complaints if "GL Driver Message" not in text]  # no graphics card here
    seen.assert_quiet()


def test_an_empty_page_is_quiet(visit: Opener) -> None:
    """A page without evidence says so, and complains of nothing."""
    seen = visit.show(draw_view(view_of([])))
    assert "nothing in the graph answers this" in seen.page.locator("h1").inner_text()
    assert seen.page.locator(".empty:visible").count() == 1
    seen.assert_quiet()


def press(page: Page, *nodes: str) -> None:
    """Click a name of the page of claims, or the middle of the line between two; columns stand at the foot."""
    layout = scene_of(view_of(CLAIMS)).layouts["wide"]
    assert isinstance(layout, Layout)
    box = page.locator("#picture canvas").first.bounding_box()
    assert box is not None
    scale = min(box["width"] / layout.columns.width, 1.15)
    left, top = (box["width"] - layout.columns.width * scale) / 2, box["height"] - layout.height * scale
    places = [layout.places[node] for node in nodes]
    x, y = sum(place.x for place in places) / len(places), sum(place.y for place in places) / len(places)
    page.locator("#picture").click(position={"x": left + x * scale, "y": top + y * scale})


def test_a_press_on_a_name_lists_its_claims(visit: Opener) -> None:
    """A claimant's claims stand as cards, with their stances counted; the address says who was chosen."""
    seen = visit()
    press(seen.page, "person/jo-doe")
    assert title(seen.page) == "Jo Doe"
    assert summaries(seen.page) == ["Hardly anyone trusts the plan.", "The money is there.", "Trust may be lost."]
    assert seen.page.locator("#panel-about").inner_text() == "3 claims: 2 critical, 1 supportive"
    assert address(seen.page) == "#node=person/jo-doe"
    press(seen.page, "organisation/anyshire")
    who = seen.page.locator(".card .who").inner_text()
    assert who == "Anyshire County Council and Anyshire STP · 5 March 2018"
    seen.assert_quiet()


def test_a_press_on_a_line_lists_its_claims(visit: Opener) -> None:
    """A line's claims are those of its claimant on its relationship; a press beside everything lets go."""
    page = visit().page
    press(page, "person/jo-doe", "relationship/trust")
    assert title(page).startswith("Jo Doe")
    assert title(page).endswith("trust among the partners")
    assert summaries(page) == ["Hardly anyone trusts the plan.", "Trust may be lost."]
    assert address(page) == "#edge=person/jo-doe+relationship/trust"
    page.locator("#picture").click(position={"x": 3, "y": 3})
    assert title(page) == "Choose a name or a line"
    assert address(page) == ""


def test_a_keyboard_reaches_every_line(visit: Opener) -> None:
    """The lines of a name stand as links, the thickest first; Enter opens one, and filters take lines away."""
    seen = visit(fragment="#node=person/jo-doe")
    page = seen.page
    assert page.locator("#lines").inner_text() == "Lines: trust among the partners 2 claims · money for care 1 claim"
    page.locator("#lines a").first.focus()
    page.keyboard.press("Enter")
    assert address(page) == "#edge=person/jo-doe+relationship/trust"
    assert page.evaluate("document.activeElement.id") == "panel-title"
    about = "speaks about · 2 claims by 1 claimant, balance −2: 2 critical"
    assert page.locator("#panel-about").inner_text() == about
    assert not page.locator("#lines").is_visible()
    page = visit(fragment="#node=person/jo-doe&stance=supportive").page
    assert page.locator("#lines").inner_text() == "Lines: money for care 1 claim"
    seen.assert_quiet()


def test_lines_between_the_same_two_are_told_apart(visit: Opener) -> None:
    """Each line of a map is called by its relationship, with claims, claimants and balance, of what filters leave."""
    page = visit("map", "#node=party/councils").page
    assert page.locator("#lines").inner_text().removeprefix("Lines: ").split(" · ") == [
        "trust among the partners, with hospitals: 3 claims by 2 claimants, balance −1",
        "beds shared, with hospitals: 1 claim by 1 claimant, balance 0",
        "money for care, with patients: 1 claim by 1 claimant, balance +1",
    ]
    page.locator("#lines a").first.click()
    about = "trust among the partners · 3 claims by 2 claimants, balance −1: 2 critical, 1 supportive"
    assert page.locator("#panel-about").inner_text() == about
    page = visit("map", "#node=party/councils&stance=critical").page
    told = "Lines: trust among the partners, with hospitals: 2 claims by 2 claimants, balance −2"
    assert page.locator("#lines").inner_text() == told


def test_many_lines_come_when_asked_for(visit: Opener) -> None:
    """Thirty lines stand at first; a press shows all 35 and goes to the first new one."""
    subjects = [thing("relationship", f"r{at}", f"relationship {at}") for at in range(35)]
    said = [claim(f"{at}", [BY_JO], [about], "mixed", "It goes on.") for at, about in enumerate(subjects)]
    page = visit.show(assemble(scene_of(view_of(said))), "#node=person/jo-doe").page
    page.wait_for_selector("html[data-drawn]")
    assert page.locator("#lines a").count() == 30
    page.locator("#lines button", has_text="Show all 35").click()
    assert page.locator("#lines a").count() == 35
    assert page.locator("#lines button").count() == 0
    assert page.evaluate("document.activeElement === document.querySelectorAll('#lines a')[30]")


def test_fit_brings_the_picture_back(visit: Opener) -> None:
    """Made larger, a name is elsewhere; after Fit a press finds it where it was."""
    page = visit().page
    for _ in range(3):
        page.locator("#zoom-in").click()
    press(page, "person/kit-poe")
    assert title(page) != "Kit Poe"
    page.locator("#fit").click()
    press(page, "person/kit-poe")
    assert title(page) == "Kit Poe"


def test_the_keyboard_reaches_every_claim(visit: Opener) -> None:
    """Tab comes to a row, Enter opens its claim in the panel, Esc lets go and comes back to the row."""
    page = visit().page
    page.locator("#claims th button").last.focus()
    page.keyboard.press("Tab")
    while not page.evaluate("document.activeElement.matches('a.open, body')"):
        page.keyboard.press("Tab")
    row = page.evaluate("document.activeElement.textContent")
    assert row == "Two in three expect joint budgets."
    page.keyboard.press("Enter")
    assert summaries(page) == [row]
    assert page.evaluate("document.activeElement.id") == "panel-title"
    page.keyboard.press("Escape")
    assert title(page) == "Choose a name or a line"
    assert page.evaluate("document.activeElement.textContent") == row


def test_a_citation_is_whole(visit: Opener) -> None:
    """Who in which post, the day, that it is a paraphrase, and where it was reported."""
    page = visit(fragment="#item=claim/gazette/300-309").page
    page.locator(".copy").click()
    wait_until(page, "document.querySelector('.copy').textContent === 'Copied'")
    assert page.evaluate("navigator.clipboard.readText()") == (
        "Jo Doe (leader, Anyshire County Council), 1 June 2018. Paraphrase: Trust may be lost. "
        "Source: “Few trust the plan”, Anyshire Gazette, 6 March 2018, characters 120–129."
    )


def test_the_theme_is_chosen_and_stands_in_the_address(visit: Opener) -> None:
    """Dark and light can be chosen against the system's wish, and a reload keeps them."""
    background = "getComputedStyle(document.body).backgroundColor"
    page = visit().page
    page.locator("#theme").select_option("dark")
    assert page.evaluate(background) == "rgb(21, 24, 27)"
    assert address(page) == "#theme=dark"
    page.reload()
    page.wait_for_selector("html[data-drawn]")
    assert page.evaluate(background) == "rgb(21, 24, 27)"
    page = visit(fragment="#theme=light", dark=True).page
    assert page.evaluate(background) == "rgb(255, 254, 252)"
    page.locator("#theme").select_option("")
    assert page.evaluate(background) == "rgb(21, 24, 27)"
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_full_screen_goes_and_comes(visit: Opener) -> None:
    """The button puts picture and panel on the whole screen, and takes them back."""
    page = visit().page
    button = page.locator("#full-screen")
    button.click()
    wait_until(page, "document.fullscreenElement?.id === 'board'")
    wait_until(page, "document.getElementById('full-screen').textContent === 'Leave full screen'")
    button.click()
    wait_until(page, "document.fullscreenElement === null")
    wait_until(page, "document.getElementById('full-screen').textContent === 'Full screen'")


@pytest.mark.parametrize(
    ("button", "copied"),
    [("#copy-link", "#stance=critical"), ("#copy-query", QUERY), (".copy >> nth=0", "Paraphrase: Hardly anyone")],
)
def test_link_query_and_citation_are_copied(visit: Opener, button: str, copied: str) -> None:
    """One press copies, and says so."""
    page = visit(fragment="#stance=critical").page
    page.locator("#made > summary").click()
    page.locator(button).click()
    wait_until(page, "[...document.querySelectorAll('button')].some((one) => one.textContent === 'Copied')")
    assert copied in page.evaluate("navigator.clipboard.readText()")


def download(page: Page, kind: str) -> Download:
    """Press a button of the downloads."""
    if page.locator("#downloads").get_attribute("open") is None:
        page.locator("#downloads > summary").click()
    with page.expect_download(timeout=20_000) as waiting:
        page.locator(f"[data-download={kind}]").click()
    return waiting.value


def test_what_is_shown_is_downloaded_as_csv(visit: Opener) -> None:
    """The table of what the filters leave opens in a spreadsheet: a byte order mark, quotes, no formula."""
    page = visit(fragment="#document=Money%20matters").page
    got = download(page, "csv")
    assert got.suggested_filename == "who-said-what.csv"
    content = got.path().read_bytes()
    assert content.startswith(b"\xef\xbb\xbfid,kind,since,")
    assert content.endswith(b"\r\n")
    (row,) = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert row["id"] == "claim/gazette/600-609"
    assert row["summary"] == "'=SUM(A1) is no claim, “quoted”, with a comma."
    assert (row["who"], row["role"], row["body"]) == ("Kit Poe", "chief executive", "Norbury NHS Trust")
    assert (row["about"], row["parties"], row["stance"]) == ("money for care", "councils; patients", "")
    page.locator("#clear").click()
    everything = download(page, "csv").path().read_text(encoding="utf-8-sig")
    assert [row["id"].rpartition("/")[2] for row in csv.DictReader(io.StringIO(everything))] == [
        *("90-99", "120-129", "200-209", "400-409", "500-509", "300-309", "600-609"),
    ]


def test_triples_and_pictures_are_downloaded(visit: Opener) -> None:
    """Turtle is what the page was given, SVG has the title and is well-formed, PNG is a picture."""
    seen = visit()
    assert download(seen.page, "ttl").path().read_text(encoding="utf-8") == "<urn:a> <urn:b> <urn:c> .\n"
    drawn = ElementTree.fromstring(download(seen.page, "svg").path().read_text(encoding="utf-8"))
    assert "Who said what about Anyshire" in " ".join(drawn.itertext())
    picture = download(seen.page, "png")
    assert picture.suggested_filename == "who-said-what.png"
    assert picture.path().read_bytes().startswith(b"\x89PNG\r\n\x1a\n")
    seen.assert_quiet()


def test_a_picture_that_takes_time_says_so(visit: Opener) -> None:
    """While a picture is written its button says so, and a second press does nothing; then its words are back."""
    page = visit().page
    page.evaluate(
        """() => {
          const { picture } = document.getElementById("picture");
          window.asked = 0;
          picture.toPng = () => new Promise((done) => { asked += 1; window.finish = () => done(new Blob(["made"])); });
        }"""
    )
    page.locator("#downloads > summary").click()
    button = page.locator("[data-download=png]")
    button.click()
    wait_until(page, "window.asked === 1")
    assert button.inner_text() == "Writing…"
    assert page.locator("#told").inner_text() == "Writing who-said-what.png…"
    button.click()
    with page.expect_download() as waiting:
        page.evaluate("finish()")
    assert waiting.value.path().read_text() == "made"
    assert page.evaluate("asked") == 1
    wait_until(page, "!document.getElementById('downloads').open")
    assert button.text_content() == "Picture as PNG"
    assert page.locator("#told").inner_text() == "who-said-what.png is saved."


def test_a_picture_that_fails_says_so(visit: Opener) -> None:
    """A picture that cannot be made is told in words beside the search, and can be asked for again."""
    seen = visit()
    page = seen.page
    page.evaluate(
        "() => { document.getElementById('picture').picture.toPng = async () => { throw new Error('no room.'); }; }"
    )
    page.locator("#downloads > summary").click()
    button = page.locator("[data-download=png]")
    button.click()
    wait_until(page, "document.getElementById('found').textContent !== ''")
    assert page.locator("#found").inner_text() == "who-said-what.png could not be made: no room."
    assert button.inner_text() == "Picture as PNG"
    assert button.get_attribute("aria-busy") is None
    seen.assert_quiet()


def test_a_page_without_triples_says_so(visit: Opener) -> None:
    """Where the triples were left out the button is off, and a line says why."""
    scene = replace(SCENES["posts"](), turtle="", turtle_note="There is too much of it.")
    page = visit.show(assemble(scene)).page
    page.wait_for_selector("html[data-drawn]")
    page.locator("#downloads > summary").click()
    assert page.locator("[data-download=ttl]").is_disabled()
    assert page.locator("#turtle-note").inner_text() == "There is too much of it."


def test_the_table_sorts(visit: Opener) -> None:
    """A press on a head sorts by it, a second one turns the order round; the unknown stands last either way."""
    page = visit().page
    head = page.locator("#claims th", has_text="Day")
    days = page.locator("#claims td[data-head=Day]")
    assert head.get_attribute("aria-sort") == "ascending"
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    assert [days.first.inner_text(), days.last.inner_text()] == ["1 June 2018", "day unknown"]
    head = page.locator("#claims th", has_text="Said what")
    head.locator("button").click()
    first = page.locator("#claims tbody a.open").first
    assert (first.inner_text(), head.get_attribute("aria-sort")) == (
        "=SUM(A1) is no claim, “quoted”, with a comma.",
        "ascending",
    )
    assert page.locator("#claims th", has_text="Day").get_attribute("aria-sort") is None


def test_a_long_table_comes_in_parts_and_sorts_as_a_whole(visit: Opener) -> None:
    """A hundred rows stand at first, a hundred more come by a press, and sorting is of all."""
    page = visit("crowd").page
    assert rows(page) == 100
    assert page.locator("#rows-shown").inner_text() == "100 of 10\u202f000 rows shown."
    page.locator("#more-rows").click()
    assert rows(page) == 200
    page.locator("#claims th", has_text="Said what").locator("button").click()
    assert page.locator("#claims tbody a.open").nth(99).inner_text() == "Claim number 99."
    page.locator("#claims th", has_text="Said what").locator("button").click()
    assert page.locator("#claims tbody a.open").first.inner_text() == "Claim number 9999."
    assert rows(page) == 100


def test_a_long_list_of_cards_comes_in_parts(visit: Opener) -> None:
    """Fifty cards stand at first, and fifty more come by a press, which goes to the first of them."""
    page = visit("crowd", "#node=person/p3").page
    assert len(summaries(page)) == 50
    assert page.locator("#more-cards").inner_text() == "Show 50 more of 450"
    page.locator("#more-cards").click()
    assert len(summaries(page)) == 100
    assert page.evaluate("document.activeElement === document.querySelectorAll('.card')[50]")


FULL = (
    "#edge=person/jo-doe+relationship/trust&claimant=person/jo-doe,person/kit-poe&about=relationship/trust"
    "&stance=critical,mixed&since=2018-03&until=2018-05&undated=no&q=plan&theme=dark&at=100,80,1.2"
)


def test_the_address_gives_the_same_page_again(visit: Opener) -> None:
    """All that can be chosen is read from the address, and written to it in the same words."""
    seen = visit(fragment=FULL)
    page = seen.page
    assert title(page) == "Jo Doe on trust among the partners"
    assert summaries(page) == ["Hardly anyone trusts the plan."]
    assert page.locator("#words").input_value() == "plan"
    assert len(chips(page)) == 7
    assert page.locator("#period").inner_text() == "March 2018 to May 2018"
    assert page.evaluate("document.getElementById('picture').picture.camera.scale") == pytest.approx(1.2)
    page.locator("#copy-link").click()
    assert address(page) == FULL
    page.locator("#undated").check()
    assert address(page) == FULL.replace("&undated=no", "")
    seen.assert_quiet()


@pytest.mark.parametrize(
    "fragment",
    ["#node=%E0%A4%A", "#node=nobody", "#claims", "#__proto__=toString", "#stance=odd&since=soon&theme=pink&at=1,2"],
)
def test_what_the_address_says_that_is_unknown_is_ignored(visit: Opener, fragment: str) -> None:
    """A broken or unknown address is as good as none."""
    seen = visit(fragment=fragment)
    assert title(seen.page) == "Choose a name or a line"
    assert rows(seen.page) == 7
    assert chips(seen.page) == []
    seen.assert_quiet()


@pytest.mark.parametrize("kind", ["claim", "item"])
def test_links_to_a_claim_open_it(visit: Opener, kind: str) -> None:
    """Links of earlier pages to a claim work as those to an item do."""
    assert summaries(visit(fragment=f"#{kind}=claim/gazette/400-409").page) == ["Talks about money go on."]


def test_back_and_forward_follow_what_was_chosen(visit: Opener) -> None:
    """Back undoes a filter and then a choice; Forward does them again."""
    page = visit(fragment="#item=claim/gazette/400-409").page
    page.locator("#claims a", has_text="Jo Doe").first.click()
    assert title(page) == "Jo Doe"
    tick(page, "stance", "critical")
    assert rows(page) == 2
    page.go_back()
    wait_until(page, "document.querySelectorAll('#claims tbody tr').length === 7")
    assert title(page) == "Jo Doe"
    page.go_back()
    wait_until(page, "document.getElementById('panel-title').textContent === 'One claim'")
    page.go_forward()
    page.go_forward()
    wait_until(page, "document.querySelectorAll('#claims tbody tr').length === 2")
    assert chips(page) == ["Stance critical ×"]


def test_escape_lets_go_of_the_choice_and_then_of_the_search(visit: Opener) -> None:
    """Esc takes away one after the other, and leaves the filters."""
    page = visit(fragment="#node=person/jo-doe&stance=critical&q=plan").page
    page.keyboard.press("Escape")
    assert address(page) == "#stance=critical&q=plan"
    page.keyboard.press("Escape")
    assert address(page) == "#stance=critical"
    page.keyboard.press("Escape")
    assert address(page) == "#stance=critical"


def test_a_card_says_all_of_a_claim(visit: Opener) -> None:
    """Who in which post then, when, what, the words, how, about what and where."""
    page = visit(fragment="#item=claim/gazette/120-129").page
    card = page.locator(".card")
    assert card.locator(".who").inner_text() == "Jo Doe, leader then · Anyshire County Council · 5 March 2018"
    words = card.locator(".words")
    assert words.inner_text() == "…Asked, she said that hardly anyone trusts it, or so it seemed… not now"
    assert words.locator("q").all_inner_texts() == ["hardly anyone trusts it", "not now"]
    around = words.locator(".post").all_text_contents()
    assert around == ["…Asked, she said that ", ", or so it seemed…"]
    grey, ink = (words.locator(of).first.evaluate("one => getComputedStyle(one).color") for of in (".post", "q"))
    assert grey != ink
    assert card.locator(".tags li").all_inner_texts() == ["critical", "warning", "quoted"]
    place = "Few trust the plan, Anyshire Gazette, 6 March 2018, characters 120–129"
    assert card.locator(".facts dd").all_inner_texts() == ["none", "trust among the partners", place]


def test_what_is_not_known_is_said(visit: Opener) -> None:
    """No day, no stance and no outlet are told as such, and what is not yet reviewed says so."""
    card = visit(fragment="#item=claim/gazette/600-609").page.locator(".card")
    assert card.locator(".who").inner_text().endswith("day not known")
    assert card.locator(".tags li").all_inner_texts() == ["stance not known", "warning", "quoted", "proposed"]
    assert "outlet not known" in card.locator(".facts").inner_text()
    link = card.locator(".facts a[href^=http]")
    assert (link.get_attribute("href"), link.inner_text()) == ("https://example.org/money", "example.org/money")
    assert "noreferrer" in (link.get_attribute("rel") or "")


def test_figures_stand_with_bar_denominator_and_doubt(visit: Opener) -> None:
    """A doubtful share is hollow, with the possible ones beside it; an open end has an arrow; money has no bar."""
    page = visit(fragment="#item=claim/gazette/90-99").page
    doubtful, open_ended = page.locator(".figure").all()
    told = doubtful.inner_text().splitlines()
    assert told[0] == "60 per cent · between 59.5 and 60.5%, of 56"
    assert doubtful.locator(".doubt").inner_text() == "No whole number of 56 gives 60 per cent."
    assert "Nearest that are possible: 58.93% (33) and 60.71% (34)." in told
    assert doubtful.locator(".interval.doubtful .dot").get_attribute("cx") == "142.4"
    assert doubtful.locator(".near").count() == 2
    assert open_ended.inner_text().splitlines()[0] == "more than half · at least 50%"
    assert open_ended.locator(".arrow").count() == 1
    assert open_ended.locator(".interval.doubtful").count() == 0
    assert page.locator(".tags li").all_inner_texts()[-2:] == ["proposed", "confidence 0.8"]
    page = visit(fragment="#item=claim/gazette/200-209").page
    assert page.locator(".figure").inner_text() == "£5.3bn · 5\u202f300\u202f000\u202f000 GBP"
    assert page.locator(".interval").count() == 0


def figure_lines(visit: Opener, figure: Figure) -> list[str]:
    """What the card of a claim with one figure says of it."""
    scene = scene_of(view_of([replace(CLAIMS[0], figures=(figure,))]))
    page = visit.show(assemble(scene), "#node=relationship/trust").page
    page.wait_for_selector("html[data-drawn]")
    return page.locator(".figure").inner_text().splitlines()


def test_the_number_asked_stands_where_the_words_do_not_say_it(visit: Opener) -> None:
    """Of 56, 8 are 14.29 per cent and 9 are 16.07: a doubtful 15% says of how many, and has these two marked."""
    doubtful = Figure(iri="urn:f", said="15%", value=15.0, unit="percent", base=56, doubts=("It cannot be.",))
    told = [line for line in figure_lines(visit, doubtful) if line]
    assert told[0] == "15%, of 56 asked"
    assert told[-2:] == ["It cannot be.", "Nearest that are possible: 14.29% (8) and 16.07% (9)."]


@pytest.mark.parametrize(
    ("figure", "told"),
    [
        (Figure(iri="urn:f", said="14 of 44", value=14.0, unit="count", numerator=14, denominator=44), "14 of 44"),
        (Figure(iri="urn:f", said="14 out of the 44", value=14.0, unit="count", numerator=14, denominator=44), None),
        (Figure(iri="urn:f", said="84 per cent", value=84.0, unit="percent", denominator=52), "84 per cent, of 52"),
        (Figure(iri="urn:f", said="1,400 beds", value=1400.0, unit="count"), "1,400 beds"),
        (Figure(iri="urn:f", said="half of 140", value=70.0, unit="count"), "half of 140 · 70"),
        (Figure(iri="urn:f", said="one of 40", value=4.0, unit="count"), "one of 40 · 4"),
    ],
    ids=["of", "out of", "per cent", "thousands", "new", "part of a number"],
)
def test_a_figure_does_not_repeat_its_words(visit: Opener, figure: Figure, told: str | None) -> None:
    """A number that the words say already, in whatever spelling, is not told again, and a count has no unit."""
    assert figure_lines(visit, figure)[0] == (told or figure.said)


def test_a_post_has_a_card_and_columns_of_its_own(visit: Opener) -> None:
    """A post says from when to when and by what source; it has no stance, and only addresses of the web are links."""
    page = visit("posts", "#node=person/jo-doe").page
    card = page.locator(".card")
    assert card.locator(".who").inner_text() == "Jo Doe, leader · Anyshire County Council"
    assert card.locator(".facts dt").all_inner_texts() == ["From", "To", "Source"]
    assert card.locator(".facts dd").all_inner_texts() == ["May 2016", "June 2018", "example.org/jo"]
    assert "stance" not in page.locator("body").inner_text()
    heads = page.locator("#claims th").all_inner_texts()
    assert [head.rstrip(" ↕↑↓") for head in heads] == ["Who", "Role", "Body", "From", "To", "Source"]
    assert page.locator("a[href^='javascript']").count() == 0
    assert "javascript:alert(1)" in page.locator("#claims").inner_text()


def test_figures_and_facts_have_cards_of_their_own(visit: Opener) -> None:
    """A figure has its bar and no stance, a fact its time and source; columns that nothing fills are left out."""
    page = visit("others", "#node=report/survey").page
    assert page.locator("#panel-about").inner_text() == "2 pieces of evidence"
    figure, fact = page.locator(".card").all()
    assert figure.locator(".who").inner_text() == "5 March 2018"
    assert figure.locator(".interval").count() == 1
    assert fact.locator(".who").inner_text() == "from 2019"
    assert fact.locator(".facts dd").all_inner_texts() == ["example.org/successor"]
    assert page.locator(".card .tags").count() == 0
    heads = page.locator("#claims th").all_inner_texts()
    assert [head.rstrip(" ↕↑↓") for head in heads] == ["From", "What", "Figures", "Source"]


def test_the_keyboard_reaches_every_control(visit: Opener) -> None:
    """Tab comes to the way past, to every control and to the picture; arrows go through the picture's names."""
    seen = visit()
    page = seen.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "items-title"
    assert address(page) == ""
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    page.locator("#skip").focus()
    reached = []
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()"))
        if reached[-1] == "picture":
            break
    assert set(reached) >= {
        *("How this was made", "copy-link", "Download", "theme", "words", "zoom-out", "zoom-in", "fit", "full-screen"),
        *("Claimant", "Document", "from", "to", "play", "play-window", "undated", "picture"),
    }
    page.keyboard.press("ArrowDown")
    told = page.locator("#told").inner_text()
    assert re.fullmatch(r".+: \d claims?", told)
    page.keyboard.press("Enter")
    assert title(page) == told.rpartition(":")[0]
    seen.assert_quiet()


@pytest.mark.parametrize("width", [1280, 400])
def test_controls_are_named_and_large_enough(visit: Opener, width: int) -> None:
    """Every control has a name, and a size of 24 pixels or more, alone or with its label."""
    page = visit(fragment="#node=person/jo-doe&stance=critical", width=width).page
    shut = "#filtering, #made, #downloads, [data-facet=claimant]"
    page.evaluate(f"for (const one of document.querySelectorAll('{shut}')) one.open = true")
    page.wait_for_selector(".values label")
    poor = page.evaluate(
        """() => [...document.querySelectorAll("button, input, select, summary, [tabindex='0']")]
             .filter((one) => one.checkVisibility())
             .filter((one) => {
               const { width, height } = (one.closest("label") ?? one).getBoundingClientRect();
               const name = one.getAttribute("aria-label") || one.labels?.[0]?.textContent || one.textContent;
               return width < 24 || height < 24 || !name.trim();
             })
             .map((one) => one.outerHTML)"""
    )
    assert poor == []


@pytest.mark.parametrize("width", [1280, 400])
def test_hostile_text_does_nothing_and_shows_as_text(visit: Opener, width: int) -> None:
    """Markup in every field is read as the text it is; nothing runs, nothing is wider than the screen."""
    seen = visit("hostile", "#node=person/jo-doe", width=width)
    page = seen.page
    assert page.locator("#cards .summary").text_content() == HOSTILE
    assert page.locator(".card .who strong").text_content() == HOSTILE
    assert title(page) == HOSTILE.replace("\u2028", " ") or title(page).startswith("</script>")
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    page.locator("#words").fill(HOSTILE[:20])
    page.keyboard.press("Enter")
    page.locator("#picture").hover()
    assert page.evaluate("window.hacked") is None
    assert page.locator("img").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert HOSTILE[:40] in download(page, "csv").path().read_text(encoding="utf-8")
    seen.assert_quiet()


def test_an_odd_id_survives_the_address(visit: Opener) -> None:
    """An id with &, #, + and % is found again after a reload, and its name runs from right to left."""
    page = visit("hostile").page
    page.locator("#claims a", has_text=ARABIC).first.click()
    assert title(page) == ARABIC
    page.reload()
    page.wait_for_selector("html[data-drawn]")
    assert title(page) == ARABIC


@pytest.mark.parametrize("name", ["claims", "posts", "agreement", "crowd"])
def test_a_phone_shows_it_all_without_scrolling_sideways(visit: Opener, name: str) -> None:
    """At 400 pixels nothing is wider than the screen, and the filters wait behind a press."""
    seen = visit(name, width=400)
    page = seen.page
    assert page.evaluate("document.documentElement.scrollWidth") == 400
    assert not page.locator(".facet").first.is_visible()
    page.locator("#filtering > summary").click()
    assert page.locator(".facet").first.is_visible()
    page.locator(".facet > summary").first.click()
    page.locator("#downloads > summary").click()
    page.locator("#made > summary").click()
    assert page.evaluate("document.documentElement.scrollWidth") == 400
    seen.assert_quiet()


def test_a_phone_goes_to_the_panel_and_back(visit: Opener) -> None:
    """On a phone a row opens its card above, and a button leads back to the picture."""
    page = visit(width=400).page
    page.locator("#claims a.open").first.click()
    wait_until(page, "Math.abs(document.getElementById('panel').getBoundingClientRect().top) < 60")
    assert page.evaluate("document.activeElement.id") == "panel-title"
    page.locator("#back").click()
    wait_until(page, "document.getElementById('picture').getBoundingClientRect().top >= 0")


def test_paper_has_the_picture_and_no_controls(visit: Opener) -> None:
    """Printed, even a dark page has picture, cards and table in light colours, and nothing to press."""
    page = visit(fragment="#node=person/jo-doe&theme=dark").page
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    try:
        for shown in ("#paper svg", ".card >> nth=0", "#claims"):
            assert page.locator(shown).is_visible(), shown
        assert page.locator("#paper svg path[fill='#1b1d1f']").count() >= 5
        for control in ("#search", "#facets", "#play", "#theme", ".copy >> nth=0", "#zoom-in", "#back"):
            assert not page.locator(control).is_visible(), control
    finally:
        page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("#paper svg").count() == 0
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(21, 24, 27)"


def test_without_scripts_the_table_holds_everything(visit: Opener) -> None:
    """A reader without JavaScript sees every claim in a table, and no control that does nothing."""
    page = visit("claims", scripts=False).page
    assert page.locator("#claims tbody tr").count() == 7
    assert page.locator("#claims").is_visible()
    assert not page.locator(".board").is_visible()
    row = page.locator("#claims tbody tr").first.inner_text()
    for part in ("bodies asked in Anyshire", "Two in three expect joint budgets.", "mixed", "60 per cent"):
        assert part in row
