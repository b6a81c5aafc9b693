"""The front page: what it finds, counts and says, and that its links lead where they say."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat

from stpgraph.building import load_shipped
from stpgraph.pages.templating import PALETTE
from stpgraph.search import FACETS, open_index
from stpgraph.site import Asked, Reply, Site, respond
from stpgraph.site.rendering import HERE
from stpgraph.store import open_store
from stpgraph.vocabulary import BASE, OA, SKOS, mint
from tests.colours import colours_of, contrast

ANYSHIRE = Path(__file__).with_name("anyshire.ttl")


@pytest.fixture(scope="module")
def shipped() -> Site:
    """The site on the graph that ships."""
    store = open_store()
    load_shipped(store)
    return Site(store=store, index=open_index(store))


def show(site: Site, *query: tuple[str, str], path: str = "/") -> Reply:
    """The reply to a request."""
    return respond(site, Asked(path=path, query=query))


class Page(HTMLParser):
    """A page as a reader sees it: its heading, and its links as name and address."""

    def __init__(self, reply: Reply) -> None:
        super().__init__()
        self.heading, self.links = "", []  # type: tuple[str, list[tuple[str, str]]]
        self._address, self._name, self._in_heading = "", "", False
        self.feed(reply.body.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a link or a heading that begins."""
        if tag == "a":
            self._address, self._name = dict(attrs).get("href") or "", ""
        self._in_heading |= tag == "h1"

    def handle_endtag(self, tag: str) -> None:
        """Note one that ends."""
        if tag == "a":
            self.links.append((" ".join(self._name.split()), self._address))
        self._in_heading &= tag != "h1"

    def handle_data(self, data: str) -> None:
        """Take up its words."""
        self._name += data
        if self._in_heading:
            self.heading += data


def claims_of(reply: Reply) -> list[str]:
    """The claims that a page lists, in order."""
    return re.findall(r'<h3 class="summary" dir="auto"><a href="/id/(claim/[^"]+)"', reply.body.decode())


def test_the_heading_says_what_there_is(shipped: Site) -> None:
    """Without words or choices the heading counts the claims, who makes them, and the documents."""
    for query in ((), (("all", "relationship"),), (("page", "2"),)):
        assert Page(show(shipped, *query)).heading == "35 claims by 9 claimants in 2 documents"


def test_the_last_value_is_not_hidden(shipped: Site) -> None:
    """Of nine claimants all are shown, for a link to them would take as much room as the ninth."""
    page = show(shipped).body.decode()
    claimants = page.partition('<details id="facet-claimant"')[2].partition("</details>")[0]
    assert claimants.count('<span class="count">') == 9
    assert "all 9" not in claimants
    assert "all 17" in page  # relationships


@pytest.mark.parametrize(
    ("query", "heading"),
    [
        ([("stance", "supportive"), ("claimant", "person/martin-cresswell")], "1 supportive claim by Martin Cresswell"),
        ([("claimant", BASE + "person/martin-cresswell")], "3 claims by Martin Cresswell"),
        ([("period", "2016")], "18 claims in 2016"),
        ([("since", "2017"), ("until", "2017-09")], "17 claims from 2017 to September 2017"),
        ([("q", "Cressswell")], "3 claims with “cresswell”"),
        ([("q", "zzqqxx")], "No claims with “zzqqxx”"),
    ],
)
def test_the_heading_says_what_is_asked(shipped: Site, query: list[tuple[str, str]], heading: str) -> None:
    """What the list is narrowed to stands in the heading as a sentence, codes and IRIs by their labels."""
    assert Page(show(shipped, *query)).heading == heading


def test_nothing_found_leads_on(shipped: Site) -> None:
    """A search that finds nothing offers the whole list, and nothing to narrow or to take away."""
    page = show(shipped, ("q", "zzqqxx")).body.decode()
    assert '<a href="/">all 35 claims</a>' in page
    assert "Narrow this list" not in page
    assert "Take a choice away" not in page


def test_counts_are_what_choosing_gives(shipped: Site) -> None:
    """Every value of every facet leads to a list of as many claims as stands beside it."""
    page = show(shipped).body.decode()
    values = re.findall(r'<a href="(/\?[^"]+)" dir="auto">[^<]*</a> <span class="count">(\d+)</span>', page)
    assert len(values) > 20
    for address, count in values:
        query = parse_qsl(urlsplit(address.replace("&amp;", "&")).query)
        assert Page(show(shipped, *query)).heading.startswith(f"{count} "), address


def test_a_choice_can_be_taken_away(shipped: Site) -> None:
    """A chosen value has a link that leads to the list without it, and with all else."""
    page = Page(show(shipped, ("q", "trust"), ("stance", "neutral"), ("page", "1")))
    [without] = [address for name, address in page.links if name == "Stance neutral ×"]
    assert without == "/?q=trust"


def test_a_name_leads_to_its_page(shipped: Site) -> None:
    """A search for a name lists the thing of that name, with a link to its page."""
    links = Page(show(shipped, ("q", "CIPFA"))).links
    assert ("Chartered Institute of Public Finance and Accountancy", "/id/organisation/cipfa") in links


def test_a_slip_is_told(shipped: Site) -> None:
    """A word that stands nowhere is read as the nearest, and the page says so."""
    reply = show(shipped, ("q", "Cressswell"))
    assert (
        'Nothing has <q dir="auto">cressswell</q>; shown is <strong dir="auto">cresswell</strong>'
        in reply.body.decode()
    )
    assert len(claims_of(reply)) == 3


def test_a_misspelt_address_suggests_what_is_like_it(shipped: Site) -> None:
    """Beside a body whose name is but a letter away, no others are suggested."""
    reply = show(shipped, path="/id/organisation/cipfaa")
    assert reply.status == 404
    assert [address for _, address in Page(reply).links if address.startswith("/id/")] == ["/id/organisation/cipfa"]


def test_a_place_is_called_by_its_words() -> None:
    """Where the store holds the words of a place, its page has them for a heading; the graph of them has a name."""
    store = open_store()
    store.load(ANYSHIRE, graph=mint("graph", "anyshire"))
    store.load(
        f"""<{BASE}evidence/one/100-180> {OA.hasSelector} <{BASE}quotation/one/100-180> .
        <{BASE}quotation/one/100-180> a {OA.TextQuoteSelector} ; {OA.exact} "quaggy hopes" .""".encode(),
        format=RdfFormat.TURTLE,
        graph=mint("graph", "one", "words"),
    )
    page = Page(show(Site(store=store), path="/id/evidence/one/100-180"))
    assert page.heading == "“quaggy hopes”"
    assert ("the exact words of a text", "/id/graph/one/words") in page.links


def test_pages_part_the_list(shipped: Site) -> None:
    """Twenty claims stand on a page; the next has the others, and none twice."""
    first, second = claims_of(show(shipped)), claims_of(show(shipped, ("page", "2")))
    assert (len(first), len(second), len({*first, *second})) == (20, 15, 35)


def test_bad_dates_are_told(shipped: Site) -> None:
    """A date that is none is answered by a page that says so."""
    reply = show(shipped, ("since", "2017-13"))
    assert reply.status == 400
    assert "2017-13" in reply.body.decode()


def test_names_are_suggested(shipped: Site) -> None:
    """What begins as the words being typed is given as JSON, with where it leads."""
    reply = show(shipped, ("q", "chartered inst"), path="/suggest")
    assert reply.media == "application/json"
    assert {
        "label": "Chartered Institute of Public Finance and Accountancy",
        "address": "/id/organisation/cipfa",
    }.items() <= (json.loads(reply.body)[0].items())


def test_markup_in_data_is_text() -> None:
    """What a graph holds is shown as it is, and never becomes a part of the page."""
    store = open_store()
    store.load(ANYSHIRE, graph=mint("graph", "anyshire"))
    hostile = '<script>alert(1)</script>"onload=x'
    store.load(
        f"<{BASE}person/jo-doe> {SKOS.prefLabel} {json.dumps(hostile)}@en .".encode(),
        format=RdfFormat.TURTLE,
        graph=mint("graph", "hostile"),
    )
    site = Site(store=store, index=open_index(store))
    for query in ([], [("q", hostile)], [("claimant", hostile)], [("all", hostile)]):
        page = show(site, *query).body.decode()
        assert "<script>alert" not in page
        assert 'onload=x"' not in page.replace("&#34;onload=x", "")


def test_words_are_not_shown_twice() -> None:
    """Where a search finds the exact words of a claim, they stand once on its card."""
    store = open_store()
    store.load(ANYSHIRE, graph=mint("graph", "anyshire"))
    store.load(
        f"""<{BASE}evidence/one/100-180> {OA.hasSelector} <{BASE}quotation/one/100-180> .
        <{BASE}quotation/one/100-180> a {OA.TextQuoteSelector} ; {OA.exact} "quaggy hopes" .""".encode(),
        format=RdfFormat.TURTLE,
        graph=mint("graph", "one", "words"),
    )
    page = show(Site(store=store, index=open_index(store)), ("q", "quaggy")).body.decode()
    assert "<q>quaggy hopes</q>" in page
    assert '<p class="passage">' not in page


@given(
    st.lists(
        st.tuples(st.sampled_from(["q", "since", "page", "sort", "all", *FACETS]), st.text(min_size=1)), max_size=4
    )
)
def test_anything_may_be_asked(query: list[tuple[str, str]]) -> None:
    """Whatever stands in an address is answered, by a list or by a page that says what is wrong."""
    assert show(_EMPTY, *query).status in {200, 400}


_EMPTY = Site(store=open_store(), index=open_index(open_store()))


#: What is no number, no date and no share, where one should be.
_ILL_TYPED = """
INSERT {{ GRAPH <graph/ill> {{
  ?statistic stp:lowest "none" ; stp:value "many" ; stp:numerator "x" ; stp:highest "1e999"^^xsd:double .
  ?claim stp:confidence "high" ; stp:statedOn "someday" .
  ?selector oa:start "first" }} }}
WHERE {{ GRAPH {graph} {{
  {{ ?any stp:gives ?statistic }} UNION {{ ?claim a stp:Claim }} UNION {{ ?any stp:evidence/oa:hasSelector ?selector }}
}} }}"""


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/figures", "/matrix", "/timeline", "/views/who-said-what", "/views/repeats", "/views/discourse"),
        *("/id/claim/one/100-180", "/id/statistic/one/219-222", "/id/document/one", "/id/relationship/trust"),
    ],
)
def test_ill_typed_values_break_no_page(path: str) -> None:
    """Where a graph says “none” instead of a number or a date, every page still shows all else that it knows."""
    graph = mint("graph", "anyshire")
    with open_store() as store:
        store.load(ANYSHIRE, graph=graph)
        store.update(_ILL_TYPED.format(graph=graph))
        assert store.query('ASK { ?it stp:lowest "none" . ?other stp:confidence "high" . ?third oa:start "first" }')
        site = Site(store=store, index=open_index(store))
        assert respond(site, Asked(path=path)).status == 200


def test_colours_of_the_site_can_be_told_from_the_paper() -> None:
    """Text of the site has a contrast of 4.5 at least, on paper and on the panel, in light and in dark."""
    style = (HERE / "static" / "site.css").read_text(encoding="utf-8")
    for colours in colours_of(PALETTE.read_text(encoding="utf-8") + style):
        for text in ("ink", "quiet", "accent", "supportive-text", "critical-text", "unknown-text"):
            assert min(contrast(colours[text], colours[ground]) for ground in ("paper", "panel")) >= 4.5, text
        assert contrast(colours["ink"], colours["mark"]) >= 4.5


def test_the_heading_says_when_no_claim_has_all_words(shipped: Site) -> None:
    """Where no claim has all of the words, the heading does not say that these claims have them."""
    body = show(shipped, ("q", "prevention zebra leadership")).body.decode()
    assert "with some words of" in body
    assert "with some words of" not in show(shipped, ("q", "prevention")).body.decode()


def test_pages_beside_say_that_they_are_of_all(shipped: Site) -> None:
    """From a list that is narrowed, the links to timeline, matrix and network say that these are of all claims."""
    assert "Of all claims" in show(shipped, ("stance", "critical")).body.decode()
    assert "Of all claims" not in show(shipped).body.decode()
