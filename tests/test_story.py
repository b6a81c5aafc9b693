"""The page of the whole graph: what it says, that it is sound and harmless, how it reads and prints."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path

import pytest
from pyoxigraph import Quad

from stpgraph.building import load_shipped
from stpgraph.networks.evidence import Evidence, Speaker, Thing, Topic
from stpgraph.pages.story import draw_story
from stpgraph.pages.story.arcs import draw_arcs, find_ties
from stpgraph.pages.story.columns import draw_columns
from stpgraph.pages.story.counting import by_topic, leaning
from stpgraph.pages.story.matrix import make_matrix
from stpgraph.pages.story.times import make_chart, make_times
from stpgraph.store import Store, open_store
from stpgraph.turtle import read_turtle
from stpgraph.vocabulary import mint
from tests.browser import Reader, open_browser
from tests.colours import colours_of, contrast

#: A council, its leader, a partnership and those who answered a survey speak about trust and joint working.
INVENTED = """
@base <https://w3id.org/stpgraph/id/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix qudt: <http://qudt.org/schema/qudt/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix stp: <https://w3id.org/stpgraph/ontology#> .
@prefix unit: <http://qudt.org/vocab/unit/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<relationship/joint-working> a stp:Relationship ; skos:prefLabel "joint working"@en ; stp:party <party/partners> .
<relationship/joint-working-nhs> a stp:Relationship ; skos:prefLabel "joint working with health"@en ;
    stp:party <party/nhs>, <party/councils> .
<relationship/trust> a stp:Relationship ; skos:prefLabel "trust"@en ; stp:party <party/partners> .
<party/partners> a stp:Party ; skos:prefLabel "the partners"@en .
<party/nhs> a stp:Party ; skos:prefLabel "health bodies"@en .
<party/councils> a stp:Party ; skos:prefLabel "councils"@en .
<stance/critical> skos:prefLabel "critical"@en . <stance/supportive> skos:prefLabel "supportive"@en .
<stance/mixed> skos:prefLabel "mixed"@en . <stance/neutral> skos:prefLabel "neutral"@en .
<speech-act/warning> skos:prefLabel "warning"@en . <speech-act/finding> skos:prefLabel "finding"@en .
<attribution/direct> skos:prefLabel "direct"@en .
<review-status/accepted> skos:prefLabel "accepted"@en . <review-status/proposed> skos:prefLabel "proposed"@en .
<role/leader> skos:prefLabel "leader"@en .

<organisation/anyshire> a stp:Organisation ; skos:prefLabel "Anyshire County Council"@en ; skos:altLabel "ACC"@en .
<organisation/gazette> a stp:Organisation ; skos:prefLabel "Anyshire Gazette"@en .
<organisation/midshire> a stp:Organisation ; skos:prefLabel "Midshire Institute"@en .
<partnership/anyshire> a stp:Partnership ; skos:prefLabel "Anyshire STP"@en .
<person/jo-doe> a stp:Person ; skos:prefLabel "Jo Doe"@en .
<collective/respondents> a stp:Collective ; skos:prefLabel "bodies asked in Anyshire"@en ; stp:size 56 .
<membership/jo-doe> a org:Membership ; org:member <person/jo-doe> ; org:organization <organisation/anyshire> ;
    org:role <role/leader> .
<study/anyshire-2018> a stp:Study ; skos:prefLabel "Anyshire survey 2018"@en ; dcterms:date "2018"^^xsd:gYear ;
    prov:wasAssociatedWith <organisation/midshire> ;
    dcterms:source <https://example.org/survey>, <javascript:alert(1)> .
<document/gazette-trust> a stp:Document ; dcterms:title "Few trust the plan"@en ;
    dcterms:issued "2018-03-05"^^xsd:date ; dcterms:publisher <organisation/gazette> .
<document/gazette-later> a stp:Document ; dcterms:title "Talks go on"@en .

<claim/1> a stp:Claim ; stp:claimant <person/jo-doe> ; stp:speakingAs <membership/jo-doe> ;
    stp:about <relationship/trust> ; stp:stance <stance/critical> ; stp:speechAct <speech-act/warning> ;
    stp:attribution <attribution/direct> ; stp:summary "Hardly anyone trusts the plan."@en ;
    stp:statedOn "2018-03-05"^^xsd:date ; stp:reportedIn <document/gazette-trust> ; stp:evidence <evidence/1> ;
    stp:reviewStatus <review-status/accepted> .
<evidence/1> oa:hasSelector <selector/1>, <selector/1-words> . <selector/1> oa:start 120 ; oa:end 150 .
<selector/1-words> oa:exact "no trust left at all" .
<claim/2> a stp:Claim ; stp:claimant <collective/respondents> ; stp:comesFrom <study/anyshire-2018> ;
    stp:about <relationship/trust>, <relationship/joint-working> ; stp:stance <stance/mixed> ;
    stp:speechAct <speech-act/finding> ; stp:summary "Few expect joint budgets, most expect talks."@en ;
    stp:statedOn "2018-03-05"^^xsd:date ; stp:reportedIn <document/gazette-trust> ;
    stp:reviewStatus <review-status/accepted> ; stp:gives <statistic/budgets>, <statistic/talks> .
<statistic/budgets> a stp:Statistic ; stp:asSaid "15%" ; qudt:hasUnit unit:PERCENT ; stp:value 15.0 ;
    stp:lowest 14.5 ; stp:highest 15.5 ; stp:measure <measure/budgets> ; stp:reportedIn <document/gazette-trust> .
<statistic/talks> a stp:Statistic ; stp:asSaid "54%" ; qudt:hasUnit unit:PERCENT ; stp:value 54.0 ;
    stp:lowest 53.5 ; stp:highest 54.5 ; stp:measure <measure/talks> ; stp:reportedIn <document/gazette-trust> .
<measure/budgets> a stp:Measure ; skos:prefLabel "expect joint budgets"@en ; stp:population <collective/respondents> ;
    stp:comesFrom <study/anyshire-2018> .
<measure/talks> a stp:Measure ; skos:prefLabel "expect talks"@en ; stp:population <collective/respondents> ;
    stp:comesFrom <study/anyshire-2018> .
<claim/3> a stp:Claim ; stp:claimant <organisation/anyshire>, <partnership/anyshire> ;
    stp:about <relationship/joint-working-nhs> ; stp:stance <stance/supportive> ; stp:speechAct <speech-act/finding> ;
    stp:summary "Talks with health bodies go well."@en ; stp:statedOn "2018-06-01"^^xsd:date ;
    stp:reportedIn <document/gazette-later> ; stp:reviewStatus <review-status/accepted> .
<claim/4> a stp:Claim ; stp:claimant <person/jo-doe> ; stp:speakingAs <membership/jo-doe> ;
    stp:about <relationship/trust> ; stp:stance <stance/supportive> ; stp:speechAct <speech-act/finding> ;
    stp:summary "Trust grows."@en ; stp:statedOn "2018-06-01"^^xsd:date ; stp:reportedIn <document/gazette-later> ;
    stp:reviewStatus <review-status/accepted> .
<claim/5> a stp:Claim ; stp:claimant <organisation/anyshire> ; stp:about <relationship/joint-working-nhs> ;
    stp:summary "Something is said of health."@en ; stp:reportedIn <document/gazette-later> ;
    stp:reviewStatus <review-status/proposed> .
<claim/6> a stp:Claim ; stp:claimant <person/jo-doe> ; stp:about <relationship/trust> ; stp:stance <stance/critical> ;
    stp:summary "Taken back."@en ; stp:reportedIn <document/gazette-later> ; stp:withdrawnOn "2018-07-01"^^xsd:date .
"""

#: Text that would do harm if a page took it for markup.
HOSTILE = (
    '</style></script><script>window.hacked=1</script><img src=x onerror="window.hacked=1"> & \u202e\u2028 {{ 1 }}'
)

#: Elements that have no end tag.
VOID = {"meta", "link", "br", "img", "input", "hr"}


def filled(turtle: str) -> Store:
    """A store of some Turtle."""
    store = open_store()
    graph = mint("graph", "invented")
    store.add(Quad(one.subject, one.predicate, one.object, graph) for one in read_turtle(turtle.encode("utf-8")))
    return store


def shipped() -> Store:
    """A store of the graph that ships."""
    store = open_store()
    load_shipped(store)
    return store


@pytest.fixture(scope="module")
def invented_page() -> str:
    """The page of the invented store."""
    return draw_story(filled(INVENTED), note="Made for a test (CC BY 4.0).")


@pytest.fixture(scope="module")
def shipped_page() -> str:
    """The page of the graph that ships."""
    return draw_story(shipped())


@pytest.fixture(scope="module")
def hostile_page() -> str:
    """The page of a store whose every label and text tries to be markup, and one of which never ends."""
    words = json.dumps(HOSTILE, ensure_ascii=False).replace("\u2028", "\\u2028")
    quoted = re.sub(r'"(?!\^\^)[^"\n]*"(?=@en|\s*[;.,])', lambda _: words, INVENTED)
    long = quoted.replace(
        f"<party/nhs> a stp:Party ; skos:prefLabel {words}", f'<party/nhs> skos:prefLabel "{"A" * 400}"'
    )
    assert long != quoted != INVENTED
    return draw_story(filled(long), note=HOSTILE)


class Shape(HTMLParser):
    """Notes what does not close, and every address that a page names."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.tags: set[str] = set()
        self.ids: list[str] = []
        self.loads: list[str] = []
        self.links: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what opens."""
        self._note(tag, dict(attrs))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what opens and closes at once."""
        self._note(tag, dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        """Note what closes something else than what was opened last."""
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)

    def _note(self, tag: str, attributes: dict[str, str | None]) -> None:
        self.tags.add(tag)
        if "id" in attributes:
            self.ids.append(attributes["id"] or "")
        self.loads += [str(attributes[name]) for name in ("src", "data", "srcset", "style") if name in attributes]
        if "href" in attributes:
            (self.links if tag == "a" else self.loads).append(attributes["href"] or "")


def text_of(page: str) -> str:
    """What a page says, without its markup."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<style>.*?</style>|<[^>]+>", " ", page, flags=re.DOTALL)))


def headings(page: str) -> list[str]:
    """The headings of the sections."""
    return [unescape(found) for found in re.findall(r"<h2[^>]*>(.*?)</h2>", page)]


def numbers(page: str) -> dict[str, str]:
    """The numbers at the head, by what they count."""
    return dict(re.findall(r"<div><dt>(.*?)</dt><dd>(.*?)</dd></div>", page.partition("<nav")[0]))


# What a page says


def test_headline_numbers_are_counted_in_the_graph(invented_page: str) -> None:
    """Five claims that stand, four claimants, three relationships; the withdrawn claim counts nowhere."""
    assert numbers(invented_page) == {
        "claims": "5",
        "claimants": "4",
        "relationships": "3",
        "documents read": "2",
        "figures": "2",
        "doubt about figures": "1",
        "partnership": "1",
    }
    assert "Taken back." not in invented_page


def test_headings_say_what_is_found(invented_page: str) -> None:
    """Every section begins with a finding that the numbers make, not with a name for itself."""
    assert headings(invented_page) == [
        "Nobody speaks more than ACC and those who speak for it: 4 of 5 claims",
        "Nothing is spoken of more than trust: 3 of 5 claims",
        "Of 5 places where a claimant meets a relationship, criticism outweighs support in 0, support criticism in 2",
        "What is spoken of most between two parties: councils – health bodies, 2 of 5 claims",
        "2 figures, and 1 doubt about them",
        "5 claims in 2 documents, too few months for a curve",
        "5 claims, document by document",
        "2 documents read, 1 report or study beside them",
    ]


def test_title_tells_the_period_in_words(invented_page: str) -> None:
    """The title names the months of the first and the last claim."""
    assert "<h1>Who said what about which STP relationship, March 2018 to June 2018</h1>" in invented_page
    assert "By stance: 2 supportive, 1 critical, 1 mixed, 1 not known." in invented_page


def test_a_claim_stands_with_who_what_and_where(invented_page: str) -> None:
    """A claim has its claimant, post, body, summary, stance, exact words and place."""
    told = text_of(invented_page)
    assert "Jo Doe , leader, Anyshire County Council Hardly anyone trusts the plan." in told
    assert "no trust left at all" in told
    assert "critical · warning · quoted · characters 120–150" in told


def test_what_is_unknown_and_proposed_is_told(invented_page: str) -> None:
    """A claim without stance, day and place says so, and the foot counts what is unknown and not accepted."""
    told = text_of(invented_page)
    assert "stance not known · day not known · place not known · proposed" in told
    assert "No person has accepted 1 claim yet" in told
    assert "1 claim of unknown stance" in told
    assert "1 claim of an unknown day" in told
    assert "outlet not known, date not known" in told


def test_a_doubtful_figure_is_hollow_with_the_nearest_possible(invented_page: str) -> None:
    """15 % of 56 is drawn hollow, with 8 and 9 of 56 marked, and the sentence why; 54 % is drawn full."""
    assert "15% of 56 (expect joint budgets): 8 is 14.3 % and 9 is 16.1 %." in invented_page
    assert "8 of 56: 14.3 %" in invented_page
    assert "9 of 56: 16.1 %" in invented_page
    rows = re.findall(r'<li><div class="said">.*?</li>', invented_page, re.DOTALL)
    assert [re.findall(r"<q[^>]*>(.*?)</q>", row)[0] for row in rows] == ["15%", "54%"]
    assert ["hollow" in row for row in rows] == [True, False]
    assert ["solid" in row for row in rows] == [False, True]
    assert all("of 56: bodies asked in Anyshire" in row for row in rows)


def test_a_dot_stands_where_its_number_is(invented_page: str) -> None:
    """The line runs from 8 to 232 pixels, so that 54 % stands at 8 + 0.54 × 224 = 129."""
    assert '<circle class="solid" cx="129.0"' in invented_page


def test_links_are_only_those_of_the_web(invented_page: str) -> None:
    """An http address of the graph is a link; an address of another kind is not."""
    outward = [link for link in Shape(invented_page).links if not link.startswith("#")]
    assert outward == ["https://example.org/survey"]


def test_the_note_and_the_questions_stand_at_the_foot(invented_page: str) -> None:
    """The foot has the note, the version, the command, and the questions by name."""
    told = text_of(invented_page)
    assert "Made for a test (CC BY 4.0)." in told
    assert "stpgraph draw story -o story.html" in told
    assert "who-said-what Who said what about an STP relationship" in told


def test_an_empty_store_gives_a_page_that_says_so() -> None:
    """Without anything there is a sentence and no section."""
    page = draw_story(open_store())
    assert "There is nothing in this graph yet." in page
    assert "<section" not in page
    assert Shape(page).open == Shape(page).wrong == []


def test_a_store_without_claims_tells_what_there_is() -> None:
    """With a document and nothing else, claims and figures are told to be none."""
    page = draw_story(
        filled(
            "@prefix stp: <https://w3id.org/stpgraph/ontology#> . @prefix dcterms: <http://purl.org/dc/terms/> ."
            '<https://w3id.org/stpgraph/id/document/a> a stp:Document ; dcterms:title "A plan" .'
        )
    )
    assert numbers(page)["claims"] == "0"
    assert headings(page) == ["No figures", "1 document read, 0 reports and studies beside it"]
    assert "No reports or studies." in page


def test_the_graph_that_ships_is_told_as_counted_by_hand(shipped_page: str) -> None:
    """Its Turtle has 18 and 17 claims, 15 of them critical, 148 figures, 44 partnerships, 11 claims about savings."""
    told = numbers(shipped_page)
    assert told["claims"] == "35"
    assert told["claimants"] == "9"
    assert told["relationships"] == "17"
    assert told["documents read"] == "2"
    assert told["figures"] == "148"
    assert told["partnerships"] == "44"
    assert "By stance: 16 neutral, 15 critical, 3 supportive, 1 mixed." in shipped_page
    found = headings(shipped_page)
    assert found[1] == (
        "Nothing is spoken of more than savings asked of the STP, and whether they can be delivered: 11 of 35 claims"
    )
    assert found[0] == "Nobody speaks more than CIPFA and those who speak for it: 22 of 35 claims"
    assert shipped_page.count('<p class="summary"') == 35


def test_the_same_graph_gives_the_same_page(shipped_page: str) -> None:
    """Nothing on the page depends on the order of a store, the clock or chance."""
    assert draw_story(shipped()) == shipped_page


# What is beyond a page's room


def many(count: int, *, topics: int = 30) -> list[Evidence]:
    """Claims by as many bodies about some relationships: the first by body 0 about relationship 0, and so on."""
    made = []
    for at in range(count):
        party = [
            Thing(iri=f"urn:p{n}", label=f"party {n}", short_label=f"party {n}", kind="party") for n in (at, at + 1)
        ]
        topic = Thing(
            iri=f"urn:t{at % topics:03}", label=f"topic {at % topics:03}", short_label="t", kind="relationship"
        )
        made.append(
            Evidence(iri=f"urn:c{at}", kind="claim", summary="", topics=(Topic(thing=topic, parties=tuple(party)),))
        )
    return made


def test_the_first_200_claims_are_written_out_and_the_others_counted() -> None:
    """Of 230 claims 30 are left out; the page says so and names the command that lists them."""
    more = "\n".join(
        f"<claim/x{at}> a stp:Claim ; stp:claimant <person/jo-doe> ; stp:about <relationship/trust> ; "
        f'stp:summary "Said {at}." ; stp:reportedIn <document/gazette-trust> .'
        for at in range(225)
    )
    page = draw_story(filled(INVENTED + more))
    assert "The first 200 of 230 claims, document by document" in page
    assert page.count('<p class="summary"') == 200
    assert "30 claims left out; <code>stpgraph ask who-said-what</code>" in page


def test_rankings_and_matrices_gather_what_has_no_room() -> None:
    """Of 30 relationships 16 are named; 14 are others; 17 are all named, for one other takes as much room."""
    assert (len(by_topic(many(30), limit=16).shown), by_topic(many(30), limit=16).others) == (16, 14)
    assert len(by_topic(many(17, topics=17), limit=16).shown) == 17
    jo = Thing(iri="urn:jo", label="Jo Doe", short_label="Jo Doe", kind="person")
    claims = [
        Evidence(iri=one.iri, kind="claim", summary="", topics=one.topics, speakers=(Speaker(thing=jo),))
        for one in many(30)
    ]
    matrix = make_matrix(claims)
    assert [len(matrix.heads), len(matrix.rows), matrix.other_topics] == [1, 17, 14]
    assert (matrix.rows[-1].label, matrix.rows[-1].total.count) == ("14 others", 14)
    assert draw_columns(claims, shape="wide").left_out == (0, 14, 14)


def test_parties_beyond_the_most_are_counted() -> None:
    """Thirty pairs in a chain have 31 parties: 16 are drawn and 15 told."""
    ties = find_ties(many(30))
    assert (len(ties.parties), ties.left_out) == (16, 15)


# How it is drawn


@pytest.mark.parametrize(
    ("stances", "expected"),
    [
        ({"supportive": 2, "critical": 1}, "supportive"),
        ({"critical": 1, "neutral": 9}, "critical"),
        ({"supportive": 1, "critical": 1}, "mixed"),
        ({"mixed": 1, "neutral": 2}, "mixed"),
        ({"neutral": 1}, "neutral"),
        ({"": 3}, ""),
    ],
)
def test_a_cell_leans_where_more_claims_do(stances: dict[str, int], expected: str) -> None:
    """Support and criticism outweigh each other; where both weigh the same or are mixed, the cell is mixed."""
    assert leaning(stances) == expected


def test_the_matrix_tells_balance_by_sign_and_not_by_colour_alone(invented_page: str) -> None:
    """The council's claims on trust, one for and one against, are ± ; those on health, one for and one unknown, +1."""
    rows = re.findall(
        r'<tr><th scope="row" dir="auto">(.*?)</th>(.*?)</tr>', invented_page.partition("</nav>")[2], re.S
    )
    cells = {
        label: re.findall(r'data-stance="(.*?)"><b>(\d+)</b><span class="sign">(.*?)</span>', row)
        for label, row in rows
    }
    assert cells["trust"] == [("mixed", "2", "±"), ("mixed", "1", "±")]
    assert cells["joint working with health"] == [("supportive", "2", "+1"), ("supportive", "1", "+1")]
    assert cells["joint working"] == [("mixed", "1", "±")]


def test_months_without_claims_keep_their_place() -> None:
    """January, March and April have claims; February stands between them, empty."""
    days = ("2018-01-05", "2018-03-01", "2018-03-02", "2018-04-09", "2018", "")
    claims = [Evidence(iri=f"urn:{at}", kind="claim", summary="", since=day) for at, day in enumerate(days)]
    times = make_times(claims)
    assert [(period.label, period.count) for period in times.periods] == [
        ("January 2018", 1),
        ("February 2018", 0),
        ("March 2018", 2),
        ("April 2018", 1),
    ]
    assert times.undated == 2
    march = make_chart(times, width=400).columns[2]
    assert (march.x, march.width, march.parts) == (210.0, 80.0, (("", 18.0, 150.0),))


def test_many_months_are_told_by_year() -> None:
    """From 2010 to 2018 there are more than 48 months, so that a column is a year."""
    days = ("2010-01-05", "2014-06-01", "2018-12-31")
    times = make_times([Evidence(iri=f"urn:{day}", kind="claim", summary="", since=day) for day in days])
    assert times.unit == "year"
    assert [period.count for period in times.periods] == [1, 0, 0, 0, 1, 0, 0, 0, 1]


@pytest.mark.parametrize("shape", ["wide", "narrow"])
def test_arcs_stay_within_their_picture(shape: str) -> None:
    """However far apart parties stand, an arc's farthest point and its number lie within the width."""
    picture = draw_arcs(find_ties(many(30)), shape=shape)
    assert picture.arcs
    assert all(arc.x + arc.width / 2 < picture.width for arc in picture.arcs)
    assert all(party.y < picture.height for party in picture.parties)


# Sound, harmless, legible


@pytest.mark.parametrize("page", ["invented_page", "shipped_page", "hostile_page"])
def test_markup_is_well_formed_and_loads_nothing(page: str, request: pytest.FixtureRequest) -> None:
    """Every element closes, no id stands twice, no script is there, and nothing is loaded or styled in place."""
    shape = Shape(request.getfixturevalue(page))
    assert shape.wrong == shape.open == []
    assert len(shape.ids) == len(set(shape.ids))
    assert shape.tags.isdisjoint({"script", "img", "link", "iframe", "object", "use", "image"})
    assert shape.loads == []
    assert {link[1:] for link in shape.links if link.startswith("#")} <= set(shape.ids)


def test_a_table_says_what_its_heads_are_of(shipped_page: str) -> None:
    """Every head of a column or a row has its scope."""
    heads = re.findall(r"<th(?=[ >])([^>]*)>", shipped_page)
    assert heads
    assert all('scope="col"' in head or 'scope="row"' in head for head in heads)


def test_the_policy_allows_this_style_and_nothing_else(invented_page: str) -> None:
    """The content security policy names the hash of the style and no script."""
    policy = unescape(re.findall(r'Content-Security-Policy" content="(.*?)"', invented_page)[0])
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "script-src" not in policy
    assert "unsafe" not in policy


def test_colours_can_be_told_from_their_ground(invented_page: str) -> None:
    """Text has a contrast of 4.5 at least, on paper and on every tint; marks have 3; in light and in dark."""
    for colours in colours_of(re.findall(r"<style>(.*?)</style>", invented_page, re.DOTALL)[0]):
        stances = ("supportive", "critical", "mixed", "neutral")
        for name in ("ink", "quiet", *(f"{stance}-text" for stance in stances)):
            assert contrast(colours[name], colours["paper"]) >= 4.5, name
            assert contrast(colours[name], colours["panel"]) >= 4.5, name
        for stance in stances:
            assert contrast(colours["ink"], colours[f"{stance}-tint"]) >= 4.5, stance
            assert contrast(colours[stance], colours["paper"]) >= 3, stance
        assert contrast(colours["axis"], colours["paper"]) >= 3


# In a browser


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    """One Chromium for all tests of this module."""
    with open_browser() as opened:
        yield opened


@pytest.mark.parametrize("page", ["invented_page", "shipped_page", "hostile_page"])
@pytest.mark.parametrize("window", [(1280, False), (400, True)])
def test_the_page_opens_quietly_and_fits(
    page: str, window: tuple[int, bool], reader: Reader, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Nothing but the page is asked for, nothing complained of, no script runs, nothing is wider than the window."""
    width, dark = window
    file = tmp_path / "story.html"
    file.write_text(request.getfixturevalue(page), encoding="utf-8")
    visit = reader.open(file, width=width, dark=dark)
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
    assert visit.page.evaluate("window.hacked") is None
    assert visit.page.evaluate("getComputedStyle(document.body).backgroundColor") == (
        "rgb(21, 24, 27)" if dark else "rgb(255, 254, 252)"
    )
    visit.assert_quiet()


def test_one_picture_of_each_kind_is_shown(reader: Reader, shipped_page: str, tmp_path: Path) -> None:
    """A desk sees the wide pictures, a phone the narrow ones."""
    file = tmp_path / "story.html"
    file.write_text(shipped_page, encoding="utf-8")
    for width, shown, hidden in ((1280, "wide", "narrow"), (400, "narrow", "wide")):
        page = reader.open(file, width=width).page
        assert page.locator(f"#networks svg.{shown}").count() == 2
        assert all(picture.is_visible() for picture in page.locator(f"#networks svg.{shown}").all())
        assert not any(picture.is_visible() for picture in page.locator(f"#networks svg.{hidden}").all())


def test_the_page_prints(reader: Reader, shipped_page: str, tmp_path: Path) -> None:
    """It prints to several A4 pages of text, light also for a reader of dark pages, each section where it begins."""
    file = tmp_path / "story.html"
    file.write_text(shipped_page, encoding="utf-8")
    printed = reader.open(file, dark=True).page.pdf(prefer_css_page_size=True)
    pdf = import_module("pypdfium2").PdfDocument(printed)
    texts = [pdf[at].get_textpage().get_text_range() for at in range(len(pdf))]
    assert 5 < len(texts) < 30
    assert [round(side) for side in pdf[0].get_size()] == [595, 842]
    assert "Who said what about which" in texts[0]
    assert all(len(text) > 100 for text in texts)
    begins = [
        text for text in texts if text.lstrip().startswith(("What\r\n", "Networks\r\n", "Figures\r\n", "Claims\r\n"))
    ]
    assert len(begins) == 4
    corner = pdf[0].render(scale=0.2).to_pil().convert("RGB").getpixel((1, 1))
    assert min(corner) > 240
