"""Figures, matrix, timeline and networks of the site: right counts, whole without scripts, safe, each state a URL."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit
from xml.etree import ElementTree

import pytest
from pyoxigraph import Quad

from stpgraph.building import load_shipped
from stpgraph.networks import VIEWS
from stpgraph.search import SearchIndex
from stpgraph.site import Asked, Reply, Site, respond
from stpgraph.site import views as views_module
from stpgraph.store import Store, open_store
from stpgraph.turtle import read_turtle
from stpgraph.vocabulary import BASE, mint

#: A council and a trust, a leader, someone without a post, those who answered a survey, and nobody known.
INVENTED = """
@base <https://w3id.org/stpgraph/id/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix qudt: <http://qudt.org/schema/qudt/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix stp: <https://w3id.org/stpgraph/ontology#> .
@prefix unit: <http://qudt.org/vocab/unit/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<aspect/joint> a stp:Aspect ; skos:prefLabel "working jointly"@en .
<aspect/trust> a stp:Aspect ; skos:prefLabel "trusting"@en .
<relationship/joint> a stp:Relationship ; skos:prefLabel "joint work"@en ; stp:aspect <aspect/joint> .
<relationship/joint-health> a stp:Relationship ; skos:prefLabel "joint work with health"@en ;
    stp:aspect <aspect/joint> ; skos:broader <relationship/joint> .
<relationship/trust> a stp:Relationship ; skos:prefLabel "trust"@en ; stp:aspect <aspect/trust> .
<stance/critical> skos:prefLabel "critical"@en . <stance/supportive> skos:prefLabel "supportive"@en .
<stance/mixed> skos:prefLabel "mixed"@en .
<comparator/exactly> skos:prefLabel "exactly"@en . <measure-kind/planned> skos:prefLabel "planned"@en .
<measure-kind/opinion> skos:prefLabel "opinion"@en .
<organisation/anyshire> a stp:Organisation ; skos:prefLabel "Anyshire County Council"@en .
<organisation/norbury> a stp:Organisation ; skos:prefLabel "Norbury NHS Trust"@en .
<person/jo-doe> a stp:Person ; skos:prefLabel "Jo Doe"@en .
<person/kit-poe> a stp:Person ; skos:prefLabel "Kit Poe"@en .
<collective/asked> a stp:Collective ; skos:prefLabel "bodies asked in Anyshire"@en ; stp:size 56 .
<membership/jo-doe> a org:Membership ; org:member <person/jo-doe> ; org:organization <organisation/anyshire> .
<study/survey> a stp:Study ; skos:prefLabel "Anyshire survey"@en ; dcterms:date "2018"^^xsd:gYear .
<document/first> a stp:Document ; dcterms:title "Few trust the plan"@en ; dcterms:issued "2018-03-05"^^xsd:date .
<document/later> a stp:Document ; dcterms:title "Talks go on"@en .

<claim/1> a stp:Claim ; stp:claimant <person/jo-doe> ; stp:speakingAs <membership/jo-doe> ;
    stp:about <relationship/trust> ; stp:stance <stance/critical> ; stp:summary "Few trust it."@en ;
    stp:statedOn "2018-03-05"^^xsd:date ; stp:reportedIn <document/first> .
<claim/2> a stp:Claim ; stp:claimant <collective/asked> ; stp:about <relationship/trust>, <relationship/joint> ;
    stp:stance <stance/mixed> ; stp:summary "Few expect money."@en ; stp:statedOn "2018-03-05"^^xsd:date ;
    stp:reportedIn <document/first> ; stp:gives <statistic/share>, <statistic/sixth> .
<claim/3> a stp:Claim ; stp:claimant <organisation/anyshire>, <organisation/norbury> ;
    stp:about <relationship/joint-health> ; stp:stance <stance/supportive> ; stp:summary "Talks go well."@en ;
    stp:statedOn "2018-06-01"^^xsd:date ; stp:reportedIn <document/later> .
<claim/4> a stp:Claim ; stp:claimant <person/jo-doe> ; stp:speakingAs <membership/jo-doe> ;
    stp:about <relationship/trust> ; stp:stance <stance/supportive> ; stp:summary "Trust grows."@en ;
    stp:statedOn "2018-06"^^xsd:gYearMonth ; stp:reportedIn <document/later> .
<claim/5> a stp:Claim ; stp:about <relationship/joint-health> ; stp:summary "It is said."@en ;
    stp:reportedIn <document/later> .
<claim/6> a stp:Claim ; stp:claimant <person/jo-doe> ; stp:about <relationship/trust> ; stp:stance <stance/critical> ;
    stp:summary "Taken back."@en ; stp:statedOn "2018-06-01"^^xsd:date ; stp:withdrawnOn "2018-07-01"^^xsd:date .
<claim/7> a stp:Claim ; stp:claimant <person/kit-poe> ; stp:stance <stance/critical> ; stp:summary "It is bad."@en ;
    stp:statedOn "2017"^^xsd:gYear ; stp:reportedIn <document/later> .

<measure/money> a stp:Measure ; skos:prefLabel "expect joint money"@en ; stp:population <collective/asked> ;
    stp:comesFrom <study/survey> ; stp:about <relationship/joint-health> ; stp:kind <measure-kind/opinion> .
<measure/answers> a stp:Measure ; skos:prefLabel "answered in full"@en ; stp:population <collective/asked> ;
    stp:comesFrom <study/survey> .
<measure/plan> a stp:Measure ; skos:prefLabel "savings planned"@en ; stp:kind <measure-kind/planned> .
<statistic/share> a stp:Statistic ; stp:asSaid "15%" ; qudt:hasUnit unit:PERCENT ; stp:value 15.0 ; stp:lowest 14.5 ;
    stp:highest 15.5 ; stp:comparator <comparator/exactly> ; stp:measure <measure/money> ;
    stp:reportedIn <document/first> .
<statistic/sixth> a stp:Statistic ; stp:asSaid "one in six" ; qudt:hasUnit unit:PERCENT ; stp:value 16.6667 ;
    stp:lowest 16.6667 ; stp:highest 16.6667 ; stp:numerator 1 ; stp:denominator 6 ; stp:measure <measure/money> ;
    stp:reportedIn <document/first> .
<statistic/answers> a stp:Statistic ; stp:asSaid "55 of the 56" ; qudt:hasUnit unit:NUM ; stp:value 55 ;
    stp:lowest 55 ; stp:highest 55 ; stp:numerator 55 ; stp:denominator 56 ; stp:measure <measure/answers> ;
    stp:reportedIn <document/later> .
<statistic/plan> a stp:Statistic ; stp:asSaid "£5.3bn" ; qudt:hasUnit unit:CCY_GBP ; stp:value 5300000000 ;
    stp:lowest 5250000000 ; stp:highest 5350000000 ; stp:measure <measure/plan> ; stp:reportedIn <document/later> .
"""

#: Text that would do harm if a page took it for markup.
HOSTILE = '</title></svg><script>window.hacked=1</script><img src=x onerror="window.hacked=1"> & {{ 7 * 7 }}'

#: The pages that are held to the same promises.
PAGES = ("/figures", "/matrix", "/matrix?level=aspect", "/timeline", "/timeline?rows=claimant&per=year", "/views")

THIN = "\u202f"


class Page(HTMLParser):
    """A page as read: its tags, its links with their labels, its headings, its text."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag."""
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Keep text."""
        self.words.append(data)

    @property
    def text(self) -> str:
        """All text, white space made one."""
        return " ".join(" ".join(self.words).replace(THIN, "_").split()).replace("_", THIN)

    def labelled(self) -> dict[str, str]:
        """Addresses of the links that have a label of their own, by that."""
        return {
            str(told["aria-label"]): str(told["href"]) for tag, told in self.tags if tag == "a" and "aria-label" in told
        }

    @property
    def levels(self) -> list[int]:
        """The levels of the headings, in order."""
        return [int(tag[1]) for tag, _ in self.tags if re.fullmatch(r"h[1-6]", tag)]


def filled(turtle: str) -> Store:
    """A store of some Turtle."""
    store = open_store()
    graph = mint("graph", "invented")
    store.add(Quad(one.subject, one.predicate, one.object, graph) for one in read_turtle(turtle.encode("utf-8")))
    return store


def get(site: Site, address: str) -> Reply:
    """What the site replies to an address."""
    parts = urlsplit(address)
    return respond(site, Asked(path=parts.path, query=tuple(parse_qsl(parts.query))))


def read(site: Site, address: str) -> Page:
    """A page of the site, which must be there."""
    reply = get(site, address)
    assert reply.status == 200, reply.body.decode()
    return Page(reply.body.decode())


@pytest.fixture(scope="module")
def invented() -> Site:
    """A site of the invented graph."""
    return Site(store=filled(INVENTED))


@pytest.fixture(scope="module")
def shipped() -> Site:
    """A site of the graph that ships."""
    store = open_store()
    load_shipped(store)
    return Site(store=store)


def cells(page: Page) -> dict[tuple[str, str], tuple[str, str]]:
    """The cells of a matrix: by row and column what they say, and their addresses."""
    found = {}
    for label, address in page.labelled().items():
        parts = re.fullmatch(r"(.+), (?:about|in) (.+): (\d\S* claims?: .+)", label)
        assert parts is not None, label
        found[parts[1], parts[2]] = parts[3], address
    return found


def test_a_cell_counts_its_claims_and_says_their_balance(invented: Site) -> None:
    """People count for the body of their post, wider relationships have what narrower ones have, nobody is a row."""
    found = {place: told for place, (told, _) in cells(read(invented, "/matrix")).items()}
    assert found == {
        ("all", "all"): "6 claims: 2 supportive, 2 critical, 1 mixed, 1 not known; balance ±0",
        ("all", "joint work"): "3 claims: 1 supportive, 1 mixed, 1 not known; balance +1",
        ("all", "joint work with health"): "2 claims: 1 supportive, 1 not known; balance +1",
        ("all", "trust"): "3 claims: 1 supportive, 1 critical, 1 mixed; balance ±0",
        ("all", "what is not known"): "1 claim: 1 critical; balance −1",
        ("Anyshire County Council", "all"): "3 claims: 2 supportive, 1 critical; balance +1",
        ("Anyshire County Council", "joint work"): "1 claim: 1 supportive; balance +1",
        ("Anyshire County Council", "joint work with health"): "1 claim: 1 supportive; balance +1",
        ("Anyshire County Council", "trust"): "2 claims: 1 supportive, 1 critical; balance ±0",
        ("Norbury NHS Trust", "all"): "1 claim: 1 supportive; balance +1",
        ("Norbury NHS Trust", "joint work"): "1 claim: 1 supportive; balance +1",
        ("Norbury NHS Trust", "joint work with health"): "1 claim: 1 supportive; balance +1",
        ("bodies asked in Anyshire", "all"): "1 claim: 1 mixed; balance ±0",
        ("bodies asked in Anyshire", "joint work"): "1 claim: 1 mixed; balance ±0",
        ("bodies asked in Anyshire", "trust"): "1 claim: 1 mixed; balance ±0",
        ("Kit Poe", "all"): "1 claim: 1 critical; balance −1",
        ("Kit Poe", "what is not known"): "1 claim: 1 critical; balance −1",
        ("not known", "all"): "1 claim: 1 not known; balance ?",
        ("not known", "joint work"): "1 claim: 1 not known; balance ?",
        ("not known", "joint work with health"): "1 claim: 1 not known; balance ?",
    }


def test_a_cell_opens_the_claims_of_its_row_and_column(invented: Site) -> None:
    """The address names the facets by full IRIs, and what is not known as unknown."""
    found = {place: address for place, (_, address) in cells(read(invented, "/matrix?since=2018")).items()}
    quoted = "https%3A%2F%2Fw3id.org%2Fstpgraph%2Fid%2F"
    assert found["Anyshire County Council", "trust"] == (
        f"/?body={quoted}organisation%2Fanyshire&relationship={quoted}relationship%2Ftrust&since=2018"
    )
    assert found["bodies asked in Anyshire", "all"] == f"/?claimant={quoted}collective%2Fasked&body=unknown&since=2018"
    assert ("not known", "all") not in found, "its day is not known"


@pytest.mark.parametrize("address", ["/matrix", "/matrix?level=aspect", "/matrix?since=2017-01&until=2018-05"])
@pytest.mark.parametrize("name", ["invented", "shipped"])
def test_a_cell_counts_what_its_link_finds(address: str, name: str, request: pytest.FixtureRequest) -> None:
    """Whatever the columns and the period, the number in a cell is the number of claims that it opens."""
    site: Site = request.getfixturevalue(name)
    index = SearchIndex.build(site.store)
    found = cells(read(site, address))
    assert found
    for place, (told, link) in found.items():
        assert told.startswith(f"{_found(index, link)} claim"), place


def _found(index: SearchIndex, address: str) -> int:
    """How many claims the front page finds at an address."""
    chosen: dict[str, list[str]] = {}
    for facet, value in parse_qsl(urlsplit(address).query):
        chosen.setdefault(facet, []).append(value.removeprefix(BASE))
    [since], [until] = chosen.pop("since", [""]), chosen.pop("until", [""])
    return index.find("", chosen, since=since, until=until, limit=1).total


def test_the_matrix_agrees_with_a_query(shipped: Site) -> None:
    """Counts of bodies and relationships are those of SPARQL on the graph that ships."""
    asked = """
    SELECT ?name ?about (COUNT(DISTINCT ?claim) AS ?claims) {
      ?claim a stp:Claim ; stp:about/skos:broader* ?relationship . ?relationship skos:prefLabel ?about .
      { ?claim stp:speakingAs/org:organization ?body }
      UNION { ?claim stp:claimant ?body . VALUES ?class { stp:Organisation stp:Partnership } ?body a ?class }
      ?body skos:prefLabel ?name MINUS { ?claim stp:withdrawnOn ?day }
    } GROUP BY ?name ?about"""
    wanted = {(row[0].value, row[1].value): int(row[2].value) for row in shipped.store.select(asked)}  # type: ignore[union-attr]
    found = {place: int(told.split()[0]) for place, (told, _) in cells(read(shipped, "/matrix")).items()}
    bodies = {name for name, _ in wanted}
    assert {place: count for place, count in found.items() if place[0] in bodies and place[1] != "all"} == wanted


def test_the_matrix_says_its_finding_and_shows_few_rows_first(invented: Site) -> None:
    """The heading is the finding; rows beyond those shown are counted, with a link that shows them."""
    assert '<h1 dir="auto">Support outweighs criticism in 4 of 10 cells, the other way round in 1</h1>' in _markup(
        invented, "/matrix"
    )
    page = read(invented, "/matrix?show=2")
    assert "Show 3 more, with fewer claims" in page.text
    assert {row for row, _ in cells(page)} == {"all", "Anyshire County Council", "Kit Poe"}
    assert "/matrix?show=82" in {told.get("href") for _, told in page.tags}


def _markup(site: Site, address: str) -> str:
    return get(site, address).body.decode()


def columns(page: Page) -> dict[str, str]:
    """The columns of a timeline: addresses by what they say, the same for a desk and a phone."""
    return {label: address for label, address in page.labelled().items() if address.startswith("/?")}


def test_the_timeline_counts_months_and_tells_what_has_none(invented: Site) -> None:
    """Claims stand in their month with a link to it; those known to the year or not at all are counted beside."""
    page = read(invented, "/timeline")
    assert columns(page) == {
        "March 2018: 2 claims: 1 critical, 1 mixed": "/?since=2018-03&until=2018-03",
        "June 2018: 2 claims: 2 supportive": "/?since=2018-06&until=2018-06",
    }
    assert "1 claim is not in it, for the day is not known." in page.text
    assert "1 claim is not in it, for no more than the year is known" in page.text
    assert "March 2018 2 0 1 1 0 0 −1 Few trust the plan" in page.text
    assert "Dated to the year only Anyshire survey" in page.text


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (
            "/timeline?per=quarter",
            {
                "January to March 2018: 2 claims: 1 critical, 1 mixed": "/?since=2018-01&until=2018-03",
                "April to June 2018: 2 claims: 2 supportive": "/?since=2018-04&until=2018-06",
            },
        ),
        (
            "/timeline?per=year",
            {
                "2017: 1 claim: 1 critical": "/?since=2017&until=2017",
                "2018: 4 claims: 2 supportive, 1 critical, 1 mixed": "/?since=2018&until=2018",
            },
        ),
        (
            "/timeline?per=decade",
            {"2010 to 2019: 5 claims: 2 supportive, 2 critical, 1 mixed": "/?since=2010&until=2019"},
        ),
        (
            "/timeline?relationship=trust&until=2018-05",
            {
                "March 2018: 2 claims: 1 critical, 1 mixed": "/?relationship=https%3A%2F%2Fw3id.org%2Fstpgraph%2Fid%2F"
                "relationship%2Ftrust&since=2018-03&until=2018-03"
            },
        ),
    ],
)
def test_the_timeline_counts_by_what_is_asked(invented: Site, address: str, expected: dict[str, str]) -> None:
    """Quarters, years and decades have their own columns, and filters stay in the links."""
    assert columns(read(invented, address)) == expected


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("/timeline", "6 claims: March 2018 to June 2018"),
        ("/timeline?per=year", "6 claims, most of them in 2018: 4"),
        ("/timeline?relationship=trust&per=quarter", "3 claims, about trust, most of them in January to March 2018: 2"),
        ("/timeline?claimant=Kit+Poe", "1 claim, by Kit Poe: 2017"),
        ("/timeline?since=2020", "No claims"),
    ],
)
def test_the_timeline_says_when_most_was_said(invented: Site, address: str, title: str) -> None:
    """The heading is the finding, of all that was asked for."""
    assert f'<h1 dir="auto">{title}</h1>' in _markup(invented, address)


def test_odd_values_are_shown() -> None:
    """Numbers beyond all measure, wholes of nothing and days that are none do no page any harm."""
    odd = f"""
<statistic/odd-1> a stp:Statistic ; stp:asSaid "endless" ; qudt:hasUnit unit:PERCENT ; stp:value 1{"0" * 400}.0 ;
    stp:lowest 1{"0" * 400}.0 ; stp:highest 1{"0" * 401}.0 ; stp:measure <measure/money> .
<statistic/odd-2> a stp:Statistic ; stp:asSaid "5 of none" ; qudt:hasUnit unit:NUM ; stp:value 5 ; stp:lowest 5 ;
    stp:highest 5 ; stp:numerator 5 ; stp:denominator 0 ; stp:measure <measure/answers> .
<statistic/odd-3> a stp:Statistic ; stp:asSaid "less than none" ; qudt:hasUnit unit:PERCENT ; stp:value -5.0 ;
    stp:highest -5.0 ; stp:measure <measure/odd> .
<statistic/odd-4> a stp:Statistic ; stp:measure <measure/odd> ; stp:value "many" .
<claim/odd> a stp:Claim ; stp:statedOn "²⁰¹⁷-xx" ; stp:about <relationship/odd> .
<relationship/odd> skos:broader <relationship/odd> .
"""
    site = Site(store=filled(INVENTED + odd))
    shown = read(site, "/figures").text
    assert "endless 1.00e+400 %" in shown
    assert "allows at most −5 %" in shown
    assert "no words known no number" in shown
    for address in ("/timeline", "/matrix"):
        assert "relationship/odd" in read(site, address).text


def test_small_charts_stand_for_what_is_asked(invented: Site) -> None:
    """Relationships with those below them, aspects, claimants; all of them, the unknown too."""
    heads = {
        "relationship": ["joint work", "trust", "joint work with health", "not known"],
        "aspect": ["trusting", "working jointly", "not known"],
        "claimant": [
            *("Jo Doe", "Anyshire County Council", "Kit Poe", "Norbury NHS Trust", "bodies asked in Anyshire"),
            "not known",
        ],
        "none": [],
    }  # fmt: skip
    for rows, expected in heads.items():
        markup = _markup(invented, f"/timeline?rows={rows}")
        assert [unescape(re.sub("<[^>]+>", "", head)) for head in re.findall("<h3>(.*?)</h3>", markup)] == expected


def test_a_long_span_is_told_in_longer_periods() -> None:
    """Months over a thousand years become decades; asked for as months, they are told to be too many."""
    many = "".join(
        f'<claim/{year}> a stp:Claim ; stp:statedOn "{year}-01-01"^^xsd:date ; stp:about <relationship/trust> .\n'
        for year in (1066, 2017)
    )
    site = Site(store=filled(INVENTED + many))
    assert "Claims by decade" in read(site, "/timeline").text
    assert "A month each would be too many columns; there is one a decade." in read(site, "/timeline?per=month").text


def test_figures_stand_as_said_and_as_numbers(invented: Site) -> None:
    """A sum in words stands beside all its digits, a count beside its whole, and what the wording allows too."""
    page = read(invented, "/figures")
    assert '<h1 dir="auto">4 figures, 2 of which do not hold together</h1>' in _markup(invented, "/figures")
    billions = THIN.join(("5", "300", "000", "000"))
    low, high = (THIN.join(("5", part, "000", "000")) for part in ("250", "350"))
    assert f"£5.3bn £{billions} allows £{low} to £{high} in no claim , in Talks go on" in page.text
    assert "55 of the 56 55 of 56 0 % 100 % allows 98.2 % 55 of 56 in no claim" in page.text
    assert "15% 15 % 0 % 100 % 13 % drawn larger 18 % allows 14.5 to 15.5 % of 56 (all asked)" in page.text
    assert "bodies asked in Anyshire ( claim ), in Few trust the plan , 5 March 2018" in page.text
    assert "savings planned planned · of a population that is not known · from a source that is not known" in page.text


def test_a_doubtful_figure_is_hollow_beside_what_could_be(invented: Site) -> None:
    """15 % of 56 lies between 8 and 9 of them, and does not meet one in six: three strokes on the line drawn larger."""
    markup = _markup(invented, "/figures?doubtful=yes")
    page = Page(markup)
    assert '<h1 dir="auto">2 figures that do not hold together</h1>' in markup
    assert "15% of 56 (expect joint money): 8 is 14.3 % and 9 is 16.1 %." in page.text
    assert page.text.count("“one in six” is 16.7 %, and “15%” is 14.5 to 15.5 %; both cannot be so.") == 2
    [drawn] = re.findall(r'<svg class="said-line doubtful"[^>]*14\.5 to 15\.5 %, on a line from 13 %.*?</svg>', markup)
    # From 13 to 18 there are 224 pixels, from 8 on: 14.2857 is at 8 + 224 × 1.2857 / 5 = 65.6.
    assert re.findall(r'class="could" x1="([\d.]+)"', drawn) == ["65.6", "145.6", "172.3"]
    assert 'class="dot" cx="97.6"' in drawn


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("about=joint+work", {"15%", "one in six"}),
        ("about=trust", set()),
        ("unit=money", {"£5.3bn"}),
        ("unit=share", {"15%", "one in six", "55 of the 56"}),
        ("kind=planned", {"£5.3bn"}),
        ("document=Talks+go+on", {"£5.3bn", "55 of the 56"}),
        ("study=Anyshire+survey&document=Talks+go+on", {"55 of the 56"}),
    ],
)
def test_figures_are_narrowed(invented: Site, query: str, said: set[str]) -> None:
    """Filters join, and a relationship has the figures of those below it."""
    markup = _markup(invented, f"/figures?{query}")
    assert {unescape(one) for one in re.findall(r'<q dir="auto">(.*?)</q>', markup)} == said


def test_figures_are_sorted_and_paged() -> None:
    """Fifty stand on a page; a page before the first or after the last is the first or the last."""
    many = "".join(
        f'<statistic/n{n}> a stp:Statistic ; stp:asSaid "n{n}" ; qudt:hasUnit unit:NUM ; stp:value {n} ;'
        f" stp:measure <measure/n{n:03}> . <measure/n{n:03}> a stp:Measure ; skos:prefLabel 'measure {n:03}'@en .\n"
        for n in range(116)
    )
    site = Site(store=filled(INVENTED + many))

    def said(query: str) -> list[str]:
        return re.findall(r'<q dir="auto">(.*?)</q>', _markup(site, f"/figures?{query}"))

    assert [len(said(query)) for query in ("", "page=2", "page=3")] == [50, 50, 20]
    assert said("page=-1") == said("page=x") == said("")
    assert said("page=99") == said("page=3")
    assert said("sort=largest")[:3] == ["£5.3bn", "n115", "n114"]
    assert said("sort=measure")[0] == "55 of the 56"
    assert said("sort=newest")[:2] == ["15%", "one in six"]


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/matrix?since=abc", "abc"),
        ("/matrix?since=2018&until=2017", "turn them round"),
        ("/matrix?level=planet", "expected relationship, aspect"),
        ("/timeline?rows=nothing", "expected relationship, claimant, aspect, none"),
        ("/timeline?per=week", "expected month, quarter, year, decade"),
        ("/timeline?until=2018-13", "2018-13"),
        ("/timeline?claimant=Nobody+Known", "Nobody Known"),
        ("/figures?unit=stones", "expected share, count, money, other"),
        ("/figures?kind=hoped", "expected opinion, planned"),
        ("/figures?about=" + "x" * 5000, "about: no relationship is called"),
        ("/figures?document=%3C%2Ftitle%3E", "document: no document or report is called"),
        ("/views/who-said-what?since=abc", "abc"),
        ("/views/who-said-what?confidence=much", "expected 0 to 1"),
        ("/views/who-said-what?confidence=nan", "expected 0 to 1"),
        ("/views/discourse?mode=sideways", "expected two-mode"),
        ("/views/partnerships?stance=critical", "cannot be narrowed by stance"),
    ],
)
def test_what_cannot_be_met_is_refused(invented: Site, address: str, told: str) -> None:
    """A date that is none, a choice that is not offered and a name of nothing are told on a page of status 400."""
    reply = get(invented, address)
    assert reply.status == 400
    assert told in Page(reply.body.decode()).text
    assert b"</title></title>" not in reply.body


@pytest.mark.parametrize("address", PAGES)
def test_an_empty_store_has_every_page(address: str) -> None:
    """Where nothing is known, pages say so."""
    assert re.search("No claims|No figures|0 claims", read(Site(store=open_store()), address).text)


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("name", ["invented", "shipped"])
def test_pages_are_in_order(address: str, name: str, request: pytest.FixtureRequest) -> None:
    """One first heading, none that skips a level, no id twice, drawings with names, and nothing but our own script."""
    page = read(request.getfixturevalue(name), address)
    assert page.levels.count(1) == 1
    assert page.levels[0] == 1
    assert all(after - before <= 1 for before, after in zip(page.levels, page.levels[1:], strict=False))
    ids = [told["id"] for _, told in page.tags if "id" in told]
    assert len(ids) == len(set(ids))
    assert all("aria-label" in told or told.get("aria-hidden") for tag, told in page.tags if tag == "svg")
    assert [told.get("src") for tag, told in page.tags if tag == "script"] == ["/static/site.js"]
    assert not any(name in {"style", "onclick"} for _, told in page.tags for name in told)


@pytest.mark.parametrize("address", [*PAGES, "/timeline?relationship=<relationship/trust>", "/views?x=</title>"])
def test_hostile_names_stay_text(address: str) -> None:
    """Labels, titles and words of figures that look like markup are shown and do nothing."""
    quoted = HOSTILE.replace('"', '\\"')
    turtle = re.sub(
        r'"(Jo Doe|trust|trusting|Talks go on|15%|expect joint money|Anyshire survey)"', f'"{quoted}"', INVENTED
    )
    page = read(Site(store=filled(turtle)), address)
    if not address.startswith("/views"):
        assert any(HOSTILE[:60] in words for words in page.words)
    assert "img" not in {tag for tag, _ in page.tags}
    assert sum(tag == "script" for tag, _ in page.tags) == 1
    assert "49" not in page.text
    assert not any("onerror" in told for _, told in page.tags)


def test_the_views_are_listed_with_what_narrows_them(invented: Site) -> None:
    """Seven networks, each with its form and its downloads."""
    page = read(invented, "/views")
    links = {told.get("href") for tag, told in page.tags if tag == "a"}
    assert {f"/views/{name}" for name in VIEWS} <= links
    assert {f"/views/{name}.{suffix}" for name in VIEWS for suffix in ("graphml", "gexf", "svg")} <= links
    assert [told["action"] for tag, told in page.tags if tag == "form"][1:] == [f"/views/{name}" for name in VIEWS]


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_is_served_under_its_own_policy(invented: Site, name: str) -> None:
    """The header is the policy that stands in the page, and lets no other page frame it; all of it is drawn once."""
    reply = get(invented, f"/views/{name}")
    assert reply.status == 200
    assert get(invented, f"/views/{name}") is reply
    found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', reply.body.decode())
    assert found is not None
    policy = unescape(found[1])
    assert dict(reply.headers)["content-security-policy"] == f"{policy}; frame-ancestors 'none'"
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy


def test_a_view_takes_filters_and_options(invented: Site) -> None:
    """What is asked for stands in the page's own title."""
    body = get(invented, "/views/who-said-what?about=trust&claimant=Jo+Doe&since=2018-06").body.decode()
    assert "<title>Who said what about trust, by Jo Doe, since June 2018 (June 2018): 1 claim by 1 claimant" in body
    other = get(invented, "/views/discourse?mode=claimants&roll_up=as+their+bodies").body.decode()
    assert "<title>Which claimants agree" in other


def test_a_view_goes_to_other_tools(invented: Site) -> None:
    """GraphML, GEXF and SVG come as files, well-formed; a picture may run nothing."""
    for suffix, media in (("graphml", "graphml+xml"), ("gexf", "gexf+xml"), ("svg", "svg+xml")):
        reply = get(invented, f"/views/who-said-what.{suffix}?about=trust")
        assert reply.media.endswith(media)
        assert dict(reply.headers)["content-disposition"] == f'attachment; filename="who-said-what.{suffix}"'
        assert ElementTree.fromstring(reply.body).tag.endswith(suffix)
    assert dict(get(invented, "/views/repeats.svg").headers)["content-security-policy"].startswith("default-src 'none'")


@pytest.mark.parametrize(
    "path", ["/views/nothing", "/views/who-said-what.exe", "/views/../figures", "/views/discourse.svg.svg"]
)
def test_an_unknown_view_is_not_found(invented: Site, path: str) -> None:
    """A name that is no view's is answered by the names of all."""
    reply = get(invented, path)
    assert reply.status == 404
    assert b'href="/views/relationship-map"' in reply.body


def test_a_view_that_is_too_large_is_told(invented: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not drawn; its size is said, with the form that narrows it and the ways that take all of it."""
    monkeypatch.setattr(views_module, "MOST_EVIDENCE", 2)
    reply = get(invented, "/views/who-said-what?about=trust")
    page = Page(reply.body.decode())
    assert reply.status == 400
    assert "This network is too large for a page" in page.text
    assert "It has 3 names and 3 pieces of evidence" in page.text
    assert "/views/who-said-what.graphml?about=trust" in {told.get("href") for _, told in page.tags}
    assert {"value": f"{BASE}relationship/trust", "selected": None} in [
        told for tag, told in page.tags if tag == "option"
    ]
    assert get(invented, "/views/who-said-what.graphml?about=trust").status == 200
