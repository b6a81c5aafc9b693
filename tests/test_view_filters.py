"""The page of a view in a browser: search, facets, the time slider, and lines that are weighed again."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from stpgraph.building import load_shipped
from stpgraph.networks import VIEWS
from stpgraph.pages import draw_view
from stpgraph.pages.assembly import assemble
from stpgraph.pages.scenes import short_id
from stpgraph.store import open_store
from tests.view_pages import (
    PAIRS,
    Opener,
    address,
    agreement,
    chips,
    facet,
    open_views,
    rows,
    summaries,
    tick,
    title,
    values,
    wait_until,
)

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def visit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opener]:
    """Opens a page by name, and waits until it is drawn; one Chromium for all tests of this module."""
    with open_views(tmp_path_factory.mktemp("views")) as opener:
        yield opener


def test_search_narrows_the_page_and_enter_opens_a_name(visit: Opener) -> None:
    """Words of items and names narrow panel and table; Enter opens the first name; Esc takes it back."""
    page = visit().page
    page.locator("#words").fill("BUDGETS two")
    assert page.locator("#found").inner_text() == "1 claim and 0 names found."
    assert summaries(page) == ["Two in three expect joint budgets."]
    assert rows(page) == 1
    assert address(page) == "#q=BUDGETS%20two"
    page.locator("#words").fill("acc")
    assert page.locator("#found").inner_text().endswith("Enter opens ACC.")
    page.keyboard.press("Enter")
    assert title(page) == "Anyshire County Council"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "words"
    page.keyboard.press("Escape")
    assert rows(page) == 7
    page.locator("#words").fill("no such word")
    assert page.locator("#panel-about").inner_text() == "No claim holds these words."


#: For each facet its values and how many claims each has, counted by hand.
COUNTS = {
    "claimant": {
        "Jo Doe": "3",
        "Kit Poe": "2",
        "Anyshire County Council": "1",
        "Anyshire STP": "1",
        "bodies asked in Anyshire": "1",
    },
    "body": {"Anyshire County Council": "4", "Norbury NHS Trust": "2", "no body": "1"},
    "about": {"trust among the partners": "4", "money for care": "3"},
    "party": {"councils": "7", "hospitals": "4", "patients": "3"},
    "stance": {"critical": "2", "supportive": "2", "mixed": "1", "neutral": "1", "not known": "1"},
    "act": {"warning": "5", "assertion": "2"},
    "status": {"accepted": "5", "proposed": "2"},
    "document": {"Few trust the plan (Anyshire Gazette)": "6", "Money matters": "1"},
}


@pytest.mark.parametrize("name", list(COUNTS))
def test_every_facet_counts_and_filters(visit: Opener, name: str) -> None:
    """A facet lists its values, the most frequent first; a press leaves as many items as it said."""
    seen = visit()
    assert values(seen.page, name) == COUNTS[name]
    assert list(values(seen.page, name)) == list(COUNTS[name])
    for value, count in list(COUNTS[name].items())[-2:]:
        tick(seen.page, name, value)
        assert rows(seen.page) == int(count)
        assert len(chips(seen.page)) == 1
        assert seen.page.locator("#shown").inner_text() == f"{count} of 7 claims shown."
        tick(seen.page, name, value)
        assert chips(seen.page) == []
    seen.assert_quiet()


def test_counts_follow_the_other_filters(visit: Opener) -> None:
    """Values of one facet add up, those of two narrow each other, and counts say what each would leave."""
    page = visit().page
    tick(page, "stance", "critical")
    assert values(page, "claimant")["Jo Doe"] == "2"
    assert values(page, "claimant")["Kit Poe"] == "0"
    assert values(page, "stance")["supportive"] == "2"
    tick(page, "stance", "supportive")
    assert rows(page) == 4
    assert values(page, "claimant") == {
        "Jo Doe": "3",
        "Kit Poe": "1",
        "Anyshire County Council": "0",
        "Anyshire STP": "0",
        "bodies asked in Anyshire": "0",
    }
    assert address(page) == "#stance=critical,supportive"
    assert page.locator("#legend dd").filter(has_text="critical").inner_text().split() == ["critical", "2"]
    assert page.locator("#legend dd").filter(has_text="mixed").count() == 0


def test_chips_take_filters_away(visit: Opener) -> None:
    """Each filter stands as a chip that a press takes away; Clear all takes the rest; the selection stays."""
    page = visit(fragment="#node=person/jo-doe&stance=critical,mixed&act=warning&since=2018-04&undated=no").page
    assert chips(page) == [
        "Stance critical ×",
        "Stance mixed ×",
        "Speech act warning ×",
        "Time April 2018 to June 2018 ×",
        "Time only what has a day ×",
    ]
    page.locator(".chip").nth(0).click()
    page.locator(".chip").nth(2).click()
    assert address(page) == "#node=person/jo-doe&stance=mixed&act=warning&undated=no"
    page.locator("#clear").click()
    assert address(page) == "#node=person/jo-doe"
    assert rows(page) == 7
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_facets_of_one_value_are_not_shown(visit: Opener) -> None:
    """Posts without claims have no stance, speech act or document to choose from."""
    page = visit("posts").page
    assert page.locator(".facet > summary").all_inner_texts() == ["Who", "Body"]


def test_a_long_facet_is_searched_by_typing(visit: Opener) -> None:
    """A facet of more than twelve values has a field that narrows its list."""
    page = visit("crowd").page
    facet(page, "claimant").locator("input[type=search]").fill("person 07")
    assert values(page, "claimant") == {"Person 07": "500"}
    tick(page, "claimant", "Person 07")
    assert chips(page) == ["Claimant Person 07 ×"]
    page.keyboard.press("Escape")
    assert page.locator(".facet[open]").count() == 0
    assert page.evaluate("document.activeElement.textContent").startswith("Claimant")
    documents = facet(page, "document")
    assert documents.locator(".values label").count() == 200
    assert documents.locator(".rest").inner_text() == "100 more: search for them by name."


def test_filters_are_quick_among_ten_thousand(visit: Opener) -> None:
    """To filter 10 000 items, weigh all lines again and redraw takes less than a second."""
    page = visit("crowd").page
    facet(page, "stance")
    took = page.evaluate(
        """() => {
             const box = document.querySelector("[data-facet=stance] .values input");
             const began = performance.now();
             box.click();
             return performance.now() - began;
           }"""
    )
    assert page.locator("#shown").inner_text() == "2\u202f000 of 10\u202f000 claims shown."
    assert took < 1000


def test_the_slider_works_by_keyboard(visit: Opener) -> None:
    """Arrow keys move a handle from month to month, and it says which; items without a day stay until unticked."""
    seen = visit()
    page = seen.page
    page.locator("#from").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator("#period").inner_text() == "April 2018 to June 2018"
    assert page.locator("#from").get_attribute("aria-valuetext") == "April 2018"
    assert rows(page) == 3
    page.locator("#undated").uncheck()
    assert rows(page) == 2
    page.locator("#to").focus()
    page.keyboard.press("ArrowLeft")
    assert summaries(page) == ["Trust has grown."]
    assert address(page) == "#since=2018-04&until=2018-05&undated=no"
    page.keyboard.press("Home")  # pushed against the other handle
    assert page.locator("#period").inner_text() == "April 2018"
    assert page.locator("#panel-about").inner_text() == "No claims are left. Take a filter away."
    seen.assert_quiet()


def test_without_two_days_there_is_no_slider(visit: Opener) -> None:
    """All items of one day give nothing to slide over."""
    assert not visit("agreement").page.locator("#timeline").is_visible()


def test_play_moves_a_window_and_stops_at_the_end(visit: Opener) -> None:
    """A window of a month goes on a month, to the last, and the button says Play again."""
    page = visit(fragment="#since=2018-05&until=2018-05").page
    page.locator("#play").click()
    assert page.locator("#play").inner_text() == "❚❚ Stop"
    wait_until(page, "location.hash === '#since=2018-06&until=2018-06'")
    assert page.locator("#play").inner_text() == "▶ Play"


def test_play_goes_up_to_each_month(visit: Opener) -> None:
    """Up to begins with the first month, adds one after the other, and can be stopped."""
    page = visit().page
    page.get_by_label("up to").check()
    page.locator("#play").click()
    assert address(page) == "#since=2018-03&until=2018-03"
    wait_until(page, "location.hash === '#since=2018-03&until=2018-04'")
    page.locator("#play").click()
    assert page.locator("#play").inner_text() == "▶ Play"


def test_a_post_holds_until_it_ends(visit: Opener) -> None:
    """A period after the end of one post leaves the other, which has no end."""
    page = visit("posts", "#since=2016-05&until=2016-12").page
    assert page.locator("#claims tbody td[data-head=Who]").all_inner_texts() == ["Jo Doe"]
    page = visit("posts", "#since=2017-03&until=2017-03").page
    assert rows(page) == 2


#: Weights of the worked example, as the page writes them; a pair that is missing has no line.
WEIGHTS = [
    ("congruence", "none", {"a+b": "2", "a+c": "1", "b+d": "1"}),
    ("conflict", "none", {"a+b": "1", "a+c": "1", "b+c": "3", "b+d": "1"}),
    ("subtract", "none", {"a+b": "1", "a+c": "0", "b+c": "−3", "b+d": "0"}),
    ("ignore", "none", {"a+b": "3", "a+c": "2", "b+c": "3", "b+d": "2"}),
    ("congruence", "average", {"a+b": "0.67", "a+c": "0.5", "b+d": "0.33"}),
    ("subtract", "jaccard", {"a+b": "0.2", "a+c": "0", "b+c": "−0.5", "b+d": "0"}),
    ("conflict", "cosine", {"a+b": "0.13", "a+c": "0.25", "b+c": "0.38", "b+d": "0.13"}),
]


@pytest.mark.parametrize(("weight", "normalisation", "expected"), WEIGHTS)
def test_agreement_is_weighed_again_under_filters(
    visit: Opener, weight: str, normalisation: str, expected: dict[str, str]
) -> None:
    """Of the statements that a filter leaves, lines get the weights that were worked out by hand."""
    found = {}
    only = "claimant=organisation/a,organisation/b,organisation/c,organisation/d"
    page = visit.show(assemble(agreement(weight, normalisation)), fragment=f"#{only}").page
    page.wait_for_selector("html[data-drawn]")
    for one, other in PAIRS:
        pair = f"{one.label}+{other.label}".lower()
        page.evaluate(f"location.hash = '#edge=organisation/{pair.replace('+', '+organisation/')}&{only}'")
        wait_until(page, f"document.getElementById('panel-title').textContent === '{one.label} – {other.label}'")
        told = re.match(r"Weight (\S+),", page.locator("#panel-about").inner_text())
        assert told is not None
        found[pair] = told[1]
    assert {pair: weight for pair, weight in found.items() if pair in expected} == expected
    assert all(weight == "0" for pair, weight in found.items() if pair not in expected)


def test_agreement_says_how_its_weight_is_made(visit: Opener) -> None:
    """A line between two claimants names how often they agree and differ; unfiltered, its weight is as given."""
    page = visit("agreement", "#edge=organisation/b+organisation/c").page
    about = page.locator("#panel-about").inner_text()
    assert about.startswith("Weight 1, agreement less disagreement: agree on 0, differ on 3.")


#: Goes to another state of the page, and waits until it is shown.
GO_TO = """(hash) => new Promise((done) => {
  addEventListener("hashchange", () => requestAnimationFrame(done), { once: true });
  location.hash = hash;
})"""


@pytest.mark.parametrize(
    ("mode", "weight"),
    [
        ("claimants", "congruence"),
        ("claimants", "conflict"),
        ("relationships", "subtract"),
        ("two-mode", "subtract"),
    ],
)
def test_a_filter_that_leaves_all_leaves_the_weights_of_python(visit: Opener, mode: str, weight: str) -> None:
    """Made again in the browser, duplicates left out, every weight of the graph that ships is the one of Python."""
    with open_store() as store:
        load_shipped(store)
        view = VIEWS["discourse"](store, mode=mode, weight=weight, levels="three")
        html = draw_view(view)
    assert view.graph.graph["duplicates"] > 0
    shown = visit.show(html).page
    shown.wait_for_selector("html[data-drawn]")
    for source, target, made in view.graph.edges(data=True):
        edge = f"{short_id(source)}+{short_id(target)}"
        shown.evaluate(GO_TO, f"#edge={edge}&stance=critical,supportive,mixed,neutral")
        assert shown.locator("#chips .chip").count() > 1
        [told] = re.findall(r"Weight ([−-]?[\d.]+)", shown.locator("#panel-about").inner_text())
        assert float(told.replace("−", "-")) == pytest.approx(made["weight"], abs=0.01), edge
