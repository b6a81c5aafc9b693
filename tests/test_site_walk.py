"""The site as its readers meet it: each kind of page, wide and narrow, light and dark, by keyboard, without scripts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from itertools import pairwise
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest

from tests.browser import Reader, find_faults, open_browser
from tests.site_server import ask

pytestmark = pytest.mark.browser

#: Addresses that are followed of each kind: the first two parts of their path, with and without a query.
_OF_A_KIND = 8

_CLAIM = "/id/claim/2017-09-21-localgov-stps-under-pressure-and-under-funded/469-594"

PAGES = (
    "/",
    "/?q=trust",
    "/?q=zzqqxx",
    "/?stance=critical&claimant=organisation/cipfa",
    "/?all=relationship",
    "/id/organisation/cipfa",
    "/id/person/rob-whiteman",
    "/id/relationship/trust",
    "/id/document/2017-09-21-localgov-stps-under-pressure-and-under-funded",
    "/id/study/cipfa-impower-2017",
    "/id/membership/rob-webster-nhs-confederation-chief-executive",
    "/id/partnership/leicester-leicestershire-and-rutland",
    "/id/measure/cipfa-impower-2017-expect-to-use-additional-2bn-towards-prevention",
    "/id/statistic/nhse-dashboard-2017/rated-advanced",
    "/id/proposition/stps-need-adequate-funding",
    "/id/evidence/2016-11-21-pse-council-capabilities-must-be-put-to-use/1145-1155",
    "/id/graph/reference/people",
    "/id/stance/critical",
    "/id/organisation/cipfaa",
    _CLAIM,
    "/ontology",
    "/figures",
    "/matrix",
    "/matrix?level=aspect",
    "/timeline",
    "/timeline?rows=claimant&per=year",
    "/views",
    "/questions",
    "/questions/who-said-what?about=trust",
    "/questions/claims-of",
    "/questions/claims-of?since=x",
    "/questions/trace?claim=nothing",
    "/query",
    "/nothing/here",
)


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    """A reader with a browser."""
    with open_browser() as opened:
        yield opened


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize(("width", "dark"), [(1280, False), (400, True)])
def test_pages_are_accessible(reader: Reader, site: str, address: str, width: int, dark: bool) -> None:
    """A page breaks no rule of WCAG 2.2 AA that axe can tell, wide and light as well as narrow and dark."""
    page = reader.visit(site, address, width=width, dark=dark).page
    assert find_faults(page) == []


@pytest.mark.parametrize("address", PAGES)
def test_pages_ask_nobody_else(reader: Reader, site: str, address: str) -> None:
    """A page asks its own site alone, and neither its console nor its policy complains."""
    visit = reader.visit(site, address)
    if ask(site, address).status in {400, 404}:  # Chromium notes the status of the page itself
        visit.complaints[:] = [one for one in visit.complaints if "Failed to load resource" not in one]
    visit.assert_quiet()


@pytest.mark.parametrize("address", PAGES)
def test_pages_fit_a_phone(reader: Reader, site: str, address: str) -> None:
    """A page is no wider than a phone."""
    page = reader.visit(site, address, width=400).page
    assert page.evaluate("document.documentElement.scrollWidth") <= 400


@pytest.mark.parametrize("address", PAGES)
def test_pages_have_one_heading(reader: Reader, site: str, address: str) -> None:
    """A page has one main heading, says so in its title, and skips no level of heading."""
    page = reader.visit(site, address, scripts=False).page
    levels = [
        int(tag[1]) for tag in page.locator("h1,h2,h3,h4,h5,h6").evaluate_all("all => all.map(one => one.tagName)")
    ]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert " ".join(page.locator("h1").inner_text().split())[:40] in " ".join(page.title().split())


def test_the_keyboard_reaches_everything(reader: Reader, site: str) -> None:
    """The first press of Tab offers the way to the content; each next one shows where it is."""
    page = reader.visit(site, "/").page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    outlines = []
    for _ in range(12):
        outlines.append(page.evaluate("getComputedStyle(document.activeElement).outlineStyle"))
        page.keyboard.press("Tab")
    assert set(outlines) == {"solid"}


def test_every_link_leads_somewhere(site: str) -> None:
    """From the front page on, each link within the site is answered by a page of its own title, to its very anchor."""
    seen: dict[str, str] = {}
    asked_for: Counter[str] = Counter()
    anchors: set[tuple[str, str, str]] = set()
    waiting = [("/", "")]
    while waiting:
        address, source = waiting.pop(0)
        kind = "/".join(urlsplit(address).path.split("/")[:3]) + "?" * ("?" in address)
        if address in seen or asked_for[kind] >= _OF_A_KIND:
            continue
        asked_for[kind] += 1
        answered = ask(site, address)
        assert answered.status == 200, f"{address}, to which {source} leads: {answered.status}"
        body = seen[address] = answered.body.decode() if "html" in answered.headers["content-type"] else ""
        assert not body or re.search("<title>[^<]+</title>", body), address
        for link in map(unescape, re.findall(r'<a [^>]*href="([^"]*)"', body)):
            where, fragment = urldefrag(urljoin(address, link))
            if urlsplit(where).scheme or where.startswith("//"):
                assert urlsplit(where).scheme in {"http", "https"}, f"{where} on {address}"
            else:
                waiting.append((where, address))
                anchors.add((where, unquote(fragment), address))
    assert len(seen) > 150
    lost = [one for one in anchors if one[1] and seen.get(one[0]) and f'id="{one[1]}"' not in unescape(seen[one[0]])]
    assert lost == []


def test_search_suggests_names(reader: Reader, site: str) -> None:
    """While a name is typed, things of that name are offered; arrow and Enter lead to the page of one."""
    page = reader.visit(site, "/").page
    page.locator("#find").press_sequentially("cresswell")
    page.locator(".suggestions a").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/id/person/martin-cresswell")
    assert page.locator("h1").inner_text().startswith("Martin Cresswell")


def test_search_and_facets_work_without_scripts(reader: Reader, site: str) -> None:
    """A reader without scripts searches, narrows, turns the page and opens a claim."""
    page = reader.visit(site, "/", scripts=False).page
    page.locator("#find").fill("stp")
    page.get_by_role("search").get_by_role("button", name="Search").click()
    page.get_by_role("link", name="critical", exact=True).first.click()
    assert "critical" in page.locator("h1").inner_text()
    summary = page.locator("h3.summary").first
    told = summary.inner_text()
    summary.get_by_role("link").click()
    assert page.locator("h1").inner_text() == told


def test_a_network_runs_and_leads_to_pages(reader: Reader, site: str) -> None:
    """Under its policy a network draws itself, complains of nothing, and its cards and names have links to the site."""
    visit = reader.visit(site, "/views/who-said-what#node=organisation/cipfa")
    page = visit.page
    page.wait_for_selector("#cards article a.to-page")
    addresses = page.eval_on_selector_all("#cards a.to-page", "links => links.map((link) => link.getAttribute('href'))")
    assert all(re.fullmatch(r"/id/claim/[^/?#]+/[^/?#]+", address) for address in addresses)
    assert page.get_attribute("#panel-about a.to-page", "href") == "/id/organisation/cipfa"
    assert page.get_attribute("header a", "href") == "/views"
    visit.assert_quiet()


def test_the_matrix_prints_whole(reader: Reader, site: str) -> None:
    """On paper the matrix keeps its colours, and what only turns or narrows a page is left out."""
    page = reader.visit(site, "/matrix").page
    page.emulate_media(media="print")
    try:
        assert (
            page.locator(".top, .narrow, .ways, .foot").evaluate_all(
                "all => all.filter(one => one.checkVisibility()).length"
            )
            == 0
        )
        cell = page.locator("td[data-lean]").first
        assert cell.evaluate("one => getComputedStyle(one).printColorAdjust") == "exact"
    finally:
        page.emulate_media(media="screen")


@pytest.mark.parametrize("width", [400, 1280])
def test_numbers_of_the_matrix_are_not_broken(reader: Reader, site: str, width: int) -> None:
    """A number of a cell stands in one line, however narrow the window."""
    page = reader.visit(site, "/matrix", width=width).page
    heights = page.locator(".matrix td b").evaluate_all("all => all.map(one => one.getClientRects().length)")
    assert len(heights) > 40
    assert set(heights) == {1}


def test_the_matrix_fits_a_screen(reader: Reader, site: str) -> None:
    """On a window of 1280 pixels all relationships of the graph that ships are in sight."""
    page = reader.visit(site, "/matrix").page
    box = page.locator(".scroll.tall")
    assert box.evaluate("one => one.scrollWidth - one.clientWidth") == 0
