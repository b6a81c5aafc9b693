"""Pages of things and of claims, and the same as data."""

from __future__ import annotations

import re
from html import unescape
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import pytest
from pyoxigraph import CanonicalizationAlgorithm, Dataset, Literal, NamedNode, Quad, RdfFormat, parse

from stpgraph.building import load_shipped
from stpgraph.checks.figures import check_figures
from stpgraph.networks.evidence import Thing
from stpgraph.search import open_index
from stpgraph.site import Asked, Reply, Site, respond
from stpgraph.site.briefs import Tally
from stpgraph.site.columns import draw_columns
from stpgraph.site.facts import is_web
from stpgraph.site.ledger import open_ledger
from stpgraph.site.neighbours import Neighbour, draw
from stpgraph.site.ontology import show_ontology
from stpgraph.site.periods import span_of
from stpgraph.site.shared import Checks, lend
from stpgraph.site.spoken import Entry, Spoken, find_spoken, together
from stpgraph.store import EmbeddedStore, open_store
from stpgraph.vocabulary import BASE, DCTERMS, FOAF, OA, RDF, SKOS, STP, mint

ANYSHIRE = Path(__file__).with_name("anyshire.ttl")


def invented() -> EmbeddedStore:
    """An invented county in one graph."""
    store = open_store()
    assert isinstance(store, EmbeddedStore)
    store.load(ANYSHIRE, graph=mint("graph", "anyshire"))
    return store


@pytest.fixture(scope="module")
def anyshire() -> Site:
    """A site of the invented county."""
    return Site(store=invented())


@pytest.fixture(scope="module")
def shipped() -> Site:
    """A site of the graph that ships."""
    store = open_store()
    load_shipped(store)
    return Site(store=store)


def get(site: Site, path: str, accept: str = "", **query: str) -> Reply:
    """Ask for a path."""
    return respond(site, Asked(path=path, accept=accept, query=tuple(query.items())))


def text_of(reply: Reply) -> str:
    """The words of a page, in one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", reply.body.decode()).split())


def test_a_body_is_told_in_one_sentence(anyshire: Site) -> None:
    """A body's page counts the claims by itself and its people, those of its works beside, and what speaks of it."""
    reply = get(anyshire, "/id/organisation/institute")
    assert reply.status == 200
    assert '<h1 dir="auto">Institute of Plans</h1>' in reply.body.decode()
    # itself: one/300-380; its people: two/100-150; its study and report: one/200-280 and one/300-380 again
    assert "2 claims by it or its people, 1 more from its studies and reports, none about it" in text_of(reply)
    assert "Narrow the 2 by it or its people by relationship" in text_of(reply)
    ways = "1 by itself, 1 by its people, 2 from its studies and reports; one made in several ways is counted once"
    assert ways in text_of(reply)


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("collective/37-footprints-that-answered", "No claim by it, none about it; 1 figure."),
        ("report/adass-budget-2017", "No claim comes from it or cites it; 1 figure."),
        ("membership/rob-webster-nhs-confederation-chief-executive", "No claim made in this post."),
        ("proposition/stps-need-adequate-funding", "Affirmed by 2 claims, denied by none."),
        ("aspect/capital", "1 supportive claim by 1 claimant."),
        ("aspect", "Codes of this list: 11."),
        ("stance/critical", "15 claims have this code."),
        ("statistic/nhse-dashboard-2017/rated-advanced", "20 of 44 2 other figures of the same measure."),
    ],
)
def test_nothing_is_told_in_words(shipped: Site, path: str, told: str) -> None:
    """Where there is nothing, the sentence of a page says “no” or “none”, not a nought."""
    found = text_of(get(shipped, f"/id/{path}"))
    assert told in found
    assert not re.search(r"\b0 (claim|about|cite|figure)", found)


@pytest.mark.parametrize(
    "path",
    [
        *("organisation/cipfa", "organisation/impower", "organisation/localgov", "person/rob-whiteman"),
        *("relationship/trust", "relationship/joint-working"),
    ],
)
def test_a_page_and_the_list_it_leads_to_count_alike(shipped: Site, path: str) -> None:
    """The number that a thing's sentence begins with is that of the list which “Narrow” leads to."""
    body = get(shipped, f"/id/{path}").body.decode()
    sentence = re.search(r'<p class="standfirst">(\d+) claim', body)
    where = re.search(r'<a href="/\?(\w+)=([^"&]+)">Narrow', body)
    assert sentence is not None
    assert where is not None
    site = Site(store=shipped.store, index=open_index(shipped.store))
    heading = re.search(r"<h1[^>]*>(\d+) claim", get(site, "/", **{where[1]: unquote(where[2])}).body.decode())
    assert heading is not None
    assert heading[1] == sentence[1]


@pytest.mark.parametrize(
    ("path", "names"),
    [
        (
            "membership/rob-webster-nhs-confederation-chief-executive",
            ["holder", "role", "body", "from", "until", "review status"],
        ),
        (
            "statistic/nhse-dashboard-2017/rated-advanced",
            [
                *("measure", "value", "lowest", "highest", "comparator", "numerator", "denominator", "unit"),
                *("reported in", "note", "review status"),
            ],
        ),
        ("relationship/trust", ["also called", "definition", "how to use it", "aspect", "party", "list of codes"]),
    ],
)
def test_facts_stand_in_the_order_of_reading(shipped: Site, path: str, names: list[str]) -> None:
    """Facts begin with who, as what and where, or with what is measured; codes of the house come last, each once."""
    body = get(shipped, f"/id/{path}").body.decode()
    assert re.findall(r"<dt>([^<]+)</dt>", body) == names


def test_a_figure_does_not_say_its_words_twice(shipped: Site) -> None:
    """“20 of 44” is no second time “20 of 44”, neither on its own page nor in a table; “45%” has “of 44” beside it."""
    told = text_of(get(shipped, "/id/statistic/nhse-dashboard-2017/rated-advanced"))
    assert "rated advanced , of STPs Rated advanced:" in told
    assert "“ 14 of 44 ”" not in told
    assert re.search(r"14 of 44 Rated advanced: ", told)
    assert re.search(r"45% of 44 Rated advanced: ", told)


def test_a_doubt_stands_once_on_a_card(shipped: Site) -> None:
    """Where two figures of a claim cannot both be, its card says so once."""
    claim = "claim/2017-09-21-localgov-stps-under-pressure-and-under-funded/1452-1586"
    site = Site(store=shipped.store, index=open_index(shipped.store))
    body = get(site, "/", q="foresee budget money prevention").body.decode()
    card = next(one for one in body.split("<article") if f"/id/{claim}" in one)
    assert len(re.findall(r"both cannot be so", card)) == 1


def test_kinds_have_the_shapes_of_the_networks(shipped: Site, anyshire: Site) -> None:
    """A collective is a triangle and a partnership an open square, as in the networks; no kind but a person a disc."""

    def shape(site: Site, path: str) -> str:
        [drawn] = re.findall(r'<p class="kind">\s*<svg[^>]*>(.*?)</svg>', get(site, path).body.decode())
        return str(drawn)

    assert shape(anyshire, "/id/collective/respondents") == '<path d="M6 .7 11.6 10.4H.4Z"/>'
    assert shape(anyshire, "/id/partnership/anyshire").startswith('<rect class="hollow"')
    assert shape(anyshire, "/id/person/jo-doe").startswith("<circle cx")
    assert shape(shipped, "/id/study/cipfa-impower-2017").startswith("<path d=")


def test_bands_are_as_wide_as_their_claims() -> None:
    """A claim is three pixels wide, on every page, until one neighbour has too many for the picture."""
    thing = Thing(iri="urn:x", label="x", short_label="x", kind="person")

    def widths(*counts: int) -> list[float]:
        picture = draw([Neighbour(thing=thing, counts={"critical": count}) for count in counts], len(counts))
        assert picture is not None
        return [band.width for row in picture.rows for band in row.bands]

    assert widths(1) == [3.0]
    assert widths(4, 1) == [12.0, 3.0]
    assert widths(8, 4, 2) == [16.0, 8.0, 4.0]


def test_numbers_beside_marks_do_not_touch() -> None:
    """How many things are dated in a month stands beside their mark where there is room, not in a crowd of months."""
    days = ["2016-01-05", "2016-12-05"]
    span = span_of(days, "month")
    dated = [("study", day, 17, "17 studies", "#") for day in days]

    def told(width: float) -> list[bool]:
        tallies = [Tally()] * len(span.periods)
        chart = draw_columns(
            span, tallies, width=width, height=100, most=1, addresses=[""] * len(span.periods), dated=dated
        )
        return [mark.is_counted for mark in chart.marks]

    assert told(1200) == [True, True]  # a hundred pixels a month
    assert told(240) == [False, False]  # twenty


def test_a_withdrawn_claim_is_not_counted_but_told(anyshire: Site) -> None:
    """A page counts only claims that stand, and says how many were withdrawn."""
    told = text_of(get(anyshire, "/id/person/jo-doe"))
    assert "1 claim withdrawn and not counted" in told
    assert "This was withdrawn." not in told


def test_a_withdrawn_claim_says_so(anyshire: Site) -> None:
    """The page of a withdrawn claim says when it was withdrawn."""
    assert "Withdrawn on 1 June 2018." in text_of(get(anyshire, "/id/claim/one/500-540"))


def test_a_relationship_takes_in_those_below_it(anyshire: Site) -> None:
    """Claims about a narrower relationship are claims about the wider one."""
    told = text_of(get(anyshire, "/id/relationship/joint-working"))
    assert "Most expect joint budgets." in told
    assert "Wider and narrower joint working among the partners joint working of councils and the NHS" in told


def test_a_claim_tells_who_opposes_it(anyshire: Site) -> None:
    """A claim's page lists the claims of others that deny what it affirms, and none of the claimant's own."""
    told = text_of(get(anyshire, "/id/claim/one/100-180"))
    opposing = told.partition("Opposes it")[2].partition("How it came")[0]
    assert (
        "1 claim affirming the partners trust each other There is trust enough. — Zoë Blogg, 10 April 2018" in opposing
    )
    assert "Jo Doe" not in opposing


def test_a_claim_tells_what_is_behind_it(anyshire: Site) -> None:
    """A claim's page names the extraction and the review that decided it, and not a review of other claims."""
    told = text_of(get(anyshire, "/id/claim/one/100-180")).partition("How it came into the graph")[2]
    assert "Proposed by extraction/one on 1 January 2026" in told
    assert "Decided in review/one by the curator on 2 January 2026" in told
    assert "review/other" not in told


def test_a_claim_stands_in_the_order_of_its_document(anyshire: Site) -> None:
    """A claim's page leads to the claim after it in the text."""
    body = get(anyshire, "/id/claim/one/100-180").body.decode()
    assert "claim, 1 of 3 in its document" in text_of(get(anyshire, "/id/claim/one/100-180"))
    assert re.search(r'rel="next" href="([^"]+)"', body)[1] == "/id/claim/one/200-280"  # type: ignore[index]
    assert 'rel="prev"' not in body


def test_a_claim_is_cited_with_its_name(anyshire: Site) -> None:
    """The citation says title, outlet, day and place, and ends with the claim's IRI."""
    told = text_of(get(anyshire, "/id/claim/one/100-180"))
    cited = "“Trust is thin”, Gazette, 5 March 2018, characters 100–180. https://w3id.org/stpgraph/id/claim/one/100-180"
    assert cited in told


def test_words_are_shown_with_what_stands_around_them() -> None:
    """Where the store holds the words, a claim's page shows them with their context."""
    store = invented()
    evidence, quote, graph = mint("evidence", "one", "100-180"), mint("quotation", "one"), mint("graph", "one", "words")
    told = ((OA.exact, "too thin <to> build on"), (OA.prefix, "Trust is "), (OA.suffix, ", she said"))
    store.add([Quad(evidence, OA.hasSelector, quote, graph)])
    store.add(Quad(quote, how, Literal(words), graph) for how, words in told)
    body = get(Site(store=store), "/id/claim/one/100-180").body.decode()
    assert '<span class="context">…Trust is </span><q>too thin &lt;to&gt; build on</q>' in body
    data = get(Site(store=store), "/id/claim/one/100-180.ttl").body.decode()
    assert data.startswith("# The exact words of a text are its publisher's")
    assert '"too thin <to> build on"' in data


def test_a_claim_that_others_hold_counts_once(anyshire: Site) -> None:
    """A claim that is found in two ways stands in a list once."""
    one = Spoken(claims=(Entry(iri="a", day="2017"),))
    assert [claim.iri for claim in together([one, one]).claims] == ["a"]


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("document/one", "Published 5 March 2018: 3 claims and"),
        ("proposition/trust-exists", "Affirmed by 2 claims, denied by 1."),
        ("partnership/anyshire", "about it"),
        ("membership/jo-doe-leader", "claims made in this post."),
        ("collective/respondents", "1 claim by it, none about it"),
        ("party/national-bodies", "claims by"),
        ("aspect/trust", "claims by"),
        ("stance/critical", "The claims that have this code"),
        ("stance/critical", "4 claims have this code; 1 more withdrawn and not counted."),
        ("graph/anyshire", "facts stand in it."),
        ("extraction/one", "It is not known who carried it out, 1 January 2026."),
        ("review/one", "Carried out by the curator, 2 January 2026"),
        ("evidence/one/100-180", "characters 100–180"),
        ("selector/one/100-180", "characters 100–180"),
        ("role/leader", "1 post has this role."),
        ("statistic/two/700-710", "As a number: 120, from 117.5 to 122.5."),
        ("measure/turnout", "1 figure of it; the checks doubt it."),
        ("statistic/two/600-608", "45 of 40 No other figure of the same measure."),
    ],
)
def test_every_kind_of_thing_has_a_page(anyshire: Site, path: str, told: str) -> None:
    """Whatever has triples has a page that says what is found there."""
    reply = get(anyshire, f"/id/{path}")
    assert reply.status == 200
    assert told in text_of(reply)


def test_a_fact_tells_where_it_stands(shipped: Site) -> None:
    """Facts bear the number of the graph they stand in, and the graph says whether it is accepted or proposed."""
    told = text_of(get(shipped, "/id/organisation/adass"))
    assert re.search(r"Organisations: what sources state · accepted", told)
    assert re.search(r"Organisations: what rests at least in part on general knowledge · proposed", told)
    facts = told.partition("also called")[2]
    assert facts.split()[0] == "ADASS"


@pytest.mark.parametrize("path", ["/id/person/jo-doe", "/id/claim/one/100-180", "/id/organisation/institute"])
def test_all_formats_say_the_same(anyshire: Site, path: str) -> None:
    """Turtle, JSON-LD and N-Triples of a thing are one graph."""
    forms = {"ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES, "jsonld": RdfFormat.JSON_LD}
    graphs = []
    for suffix, form in forms.items():
        dataset = Dataset(parse(get(anyshire, f"{path}.{suffix}").body, format=form, base_iri=BASE))
        dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
        graphs.append(set(dataset))
    assert graphs[0] == graphs[1] == graphs[2]
    assert {quad.subject for quad in graphs[0]} >= {NamedNode(BASE + path.removeprefix("/id/"))}


def test_data_of_a_claim_holds_what_it_rests_on(anyshire: Site) -> None:
    """The data of a claim has its evidence with the positions, and what points to it."""
    data = get(anyshire, "/id/claim/one/200-280.nt").body.decode()
    assert f"<{BASE}review/other> <http://www.w3.org/ns/prov#used> <{BASE}claim/one/200-280> ." in data
    data = get(anyshire, "/id/claim/one/100-180.nt").body.decode()
    assert f"<{BASE}selector/one/5-20> <http://www.w3.org/ns/oa#end>" in data


def test_what_is_left_out_is_counted() -> None:
    """Of more than a thousand triples that point to a thing, data gives a thousand and counts the others."""
    store = open_store()
    graph, one = mint("graph", "x"), mint("person", "jo-doe")
    store.add(Quad(mint("claim", "x", str(number)), STP.claimant, one, graph) for number in range(1003))
    reply = get(Site(store=store), "/id/person/jo-doe.nt")
    assert ("x-triples-left-out", "3") in reply.headers
    assert reply.body.startswith(b"# 3 further triples that point to this are left out")
    assert reply.body.count(b"\n") == 1001


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("", "text/html; charset=utf-8"),
        ("text/turtle", "text/turtle; charset=utf-8"),
        ("application/ld+json", "application/ld+json"),
        ("application/n-triples, text/turtle;q=0.5", "application/n-triples; charset=utf-8"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html; charset=utf-8"),
    ],
)
def test_the_same_path_gives_what_is_liked(anyshire: Site, accept: str, media: str) -> None:
    """The Accept header chooses between page and data."""
    reply = get(anyshire, "/id/person/jo-doe", accept)
    assert (reply.status, reply.media) == (200, media)
    assert ("vary", "Accept") in reply.headers
    assert '</id/person/jo-doe.ttl>; rel="alternate"; type="text/turtle"' in dict(reply.headers)["link"]


def test_what_cannot_be_given_is_refused(anyshire: Site) -> None:
    """A client that takes none of the formats is told which there are."""
    reply = get(anyshire, "/id/person/jo-doe", "image/png")
    assert reply.status == 406
    assert "text/turtle" in text_of(reply)


def test_the_exact_name_goes_before_a_suffix() -> None:
    """A thing whose own name ends like a format keeps its page."""
    store = open_store()
    store.add([Quad(NamedNode(BASE + "document/x.nt"), DCTERMS.title, Literal("Dotted"), mint("graph", "x"))])
    assert "Dotted" in text_of(get(Site(store=store), "/id/document/x.nt"))
    assert get(Site(store=store), "/id/document/x.nt.nt").media == "application/n-triples; charset=utf-8"


def test_an_unknown_name_is_met_with_suggestions(anyshire: Site) -> None:
    """A path that leads nowhere names what is much like it."""
    reply = get(anyshire, "/id/person/jo-do")
    assert reply.status == 404
    assert '<a href="/id/person/jo-doe" dir="auto">Jo Doe</a>' in reply.body.decode()


@pytest.mark.parametrize(
    ("path", "query", "status"),
    [
        ("/id/", {}, 404),
        ("/id", {}, 404),
        ("/id/../../etc/passwd", {}, 404),
        ("/id/person/<script>", {}, 400),
        ("/id/person/a b", {}, 400),
        ("/id/" + "x" * 3000, {}, 400),
        ("/about", {}, 400),
        ("/about", {"iri": "no iri"}, 400),
        ("/about", {"iri": "javascript:alert(1)"}, 404),
        ("/about", {"iri": BASE + "person/jo-doe", "format": "exe"}, 400),
        ("/id/person/jo-doe", {"links": "> } DROP"}, 400),
    ],
)
def test_bad_addresses_are_refused(anyshire: Site, path: str, query: dict[str, str], status: int) -> None:
    """What is no IRI is refused, what nothing is known of is not found."""
    assert get(anyshire, path, **query).status == status


def test_a_thing_of_ours_is_sent_to_its_own_path(anyshire: Site) -> None:
    """`/about` leads to the path of a thing that has one."""
    reply = get(anyshire, "/about", iri=BASE + "person/jo-doe")
    assert (reply.status, dict(reply.headers)["location"]) == (303, "/id/person/jo-doe")


def test_hostile_labels_stay_labels() -> None:
    """Markup, line breaks and great length in a label or address do nothing but be shown."""
    store, graph, one = open_store(), mint("graph", "x"), mint("organisation", "x")
    hostile = "<script>alert(1)</script>\n\u202eevil" + "x" * 5000
    store.add(
        [
            Quad(one, RDF.type, STP.Organisation, graph),
            Quad(one, SKOS.prefLabel, Literal(hostile), graph),
            Quad(one, FOAF.homepage, NamedNode("javascript:alert(1)"), graph),
            Quad(one, FOAF.page, NamedNode("https://example.org/%22%3E"), graph),
            Quad(mint("claim", "a", "1-2"), RDF.type, STP.Claim, graph),
            Quad(mint("claim", "a", "1-2"), STP.claimant, one, graph),
            Quad(mint("claim", "a", "1-2"), STP.about, mint("relationship", "y"), graph),
            Quad(mint("relationship", "y"), SKOS.prefLabel, Literal('"><img src=x onerror=alert(1)>'), graph),
        ]
    )
    for path in ("/id/organisation/x", "/id/claim/a/1-2", "/id/relationship/y", "/id/graph/x"):
        reply = get(Site(store=store), path)
        assert reply.status == 200
        body = reply.body.decode()
        assert "<script>alert" not in body
        assert "<img" not in body
        assert 'href="javascript:' not in body


@pytest.mark.parametrize(
    "iri", ["javascript:alert(1)", "data:text/html,x", "http://", "https://[", "ftp://example.org/x"]
)
def test_only_web_addresses_lead_out(iri: str) -> None:
    """No other scheme than http and https becomes a link out of the site."""
    assert not is_web(iri)


def test_long_lists_are_turned_page_by_page() -> None:
    """A list of claims has twenty on a page, the newest first, and leads on."""
    store, graph, one = open_store(), mint("graph", "x"), mint("person", "x")
    for number in range(45):
        claim = mint("claim", "x", f"{number}-{number + 1}")
        store.add([Quad(claim, RDF.type, STP.Claim, graph), Quad(claim, STP.claimant, one, graph)])
        store.add([Quad(claim, STP.summary, Literal(f"Says {number}."), graph)])
    store.add([Quad(one, RDF.type, STP.Person, graph)])
    site = Site(store=store)
    first, last = (get(site, "/id/person/x", by=page).body.decode() for page in ("1", "3"))
    assert (first.count('class="card"'), last.count('class="card"')) == (20, 5)
    assert "Says 0." in first
    assert "Says 44." in last
    assert 'href="/id/person/x?by=2"' in first


def test_all_that_leads_to_a_thing_is_listed(anyshire: Site) -> None:
    """What points to a thing by one property has a list of its own."""
    told = text_of(get(anyshire, "/id/stance/mixed", links=STP.stance.value))
    assert "in all, in the order of the store" in told


def test_proposals_without_anything_have_a_page() -> None:
    """A claim of which hardly anything is known says what is not known."""
    store, graph, claim = open_store(), mint("graph", "x"), mint("claim", "x", "1-2")
    store.add([Quad(claim, RDF.type, STP.Claim, graph)])
    told = text_of(get(Site(store=store), "/id/claim/x/1-2"))
    for unknown in ("unknown claimant", "day unknown", "what is not known", "document not known", "no figures"):
        assert unknown in told


def test_claims_found_are_kept(anyshire: Site) -> None:
    """What was found for a pattern is not looked for twice."""
    pattern = "?claim stp:about <relationship/trust> ."
    assert find_spoken(anyshire, pattern) is find_spoken(anyshire, pattern)


def test_headings_go_in_order(shipped: Site) -> None:
    """No page leaves out a level of headings, and each has one main heading."""
    for path in ("organisation/cipfa", "relationship/trust", "graph/reference/people", "stance/critical"):
        levels = [int(level) for level in re.findall(r"<h([1-6])", get(shipped, f"/id/{path}").body.decode())]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(later <= earlier + 1 for earlier, later in pairwise(levels)), path


def test_the_ontology_is_a_page_with_anchors(anyshire: Site) -> None:
    """The ontology's page has every term with its meaning under its name."""
    body = get(anyshire, "/ontology").body.decode()
    assert 'id="claimant"' in body
    assert "Names whose word a claim is: a person, a body, a partnership or a collective." in body
    assert 'href="/ontology#Claim"' in body


def test_the_ontology_is_given_as_data(anyshire: Site) -> None:
    """The ontology's own path gives the file, and the same in other formats."""
    turtle = get(anyshire, "/ontology", "text/turtle")
    assert turtle.body == (Path(__file__).parent.parent / "ontology" / "stp.ttl").read_bytes()
    triples = {quad.triple for quad in parse(turtle.body, format=RdfFormat.TURTLE)}
    lines = show_ontology(anyshire, Asked(path="/ontology.nt"))
    assert {quad.triple for quad in parse(lines.body, format=RdfFormat.N_TRIPLES)} == triples
    json = show_ontology(anyshire, Asked(path="/ontology.jsonld"))
    assert {quad.triple for quad in parse(json.body, format=RdfFormat.JSON_LD)} == triples


@pytest.mark.parametrize("path", ["/ontology/x", "/ontology.exe"])
def test_the_ontology_has_no_other_parts(anyshire: Site, path: str) -> None:
    """What is no format of the ontology is not found."""
    assert show_ontology(anyshire, Asked(path=path)).status == 404


def test_claims_are_looked_up_by_what_they_name(anyshire: Site) -> None:
    """The list of all claims gives those of a document, the newest first, those withdrawn included."""
    ledger = open_ledger(anyshire)
    found = ledger.find("reportedIn", [f"{BASE}document/one"])
    assert f"{BASE}claim/one/500-540" in ledger.withdrawn & set(found)
    assert f"{BASE}claim/one/500-540" not in ledger.claims
    assert f"{BASE}claim/one/200-280" in ledger.claims.keys() & set(found)
    assert not any("/two/" in iri for iri in found)


def test_pages_wait_for_no_check(tmp_path: Path) -> None:
    """Until the checks that another process makes have come to an end, pages say so once, and what is known then."""
    site = Site(store=invented(), shared=tmp_path)
    path, running = "/id/statistic/two/600-608", "The checks of figures are still running"
    before = text_of(get(site, path))
    assert before.count(running) == text_of(get(site, "/figures")).count(running) == 1
    assert "The checks find nothing against it" not in before
    assert '<p class="figure doubtful">' not in get(site, path).body.decode()
    lend(tmp_path, "checks", Checks(findings=check_figures(site.store)))
    assert running not in text_of(get(site, path)) + text_of(get(site, "/figures"))
    assert '<p class="figure doubtful">' in get(site, path).body.decode()
    assert '<li class="in-doubt">' in get(site, "/figures").body.decode()


def test_checks_that_failed_are_told(tmp_path: Path) -> None:
    """Where the checks could not be made, pages of figures say why, and claim nothing of them."""
    lend(tmp_path, "checks", Checks(trouble="The checks took too long."))
    site = Site(store=invented(), shared=tmp_path)
    for path in ("/figures", "/id/statistic/one/219-222"):
        assert "The checks took too long." in text_of(get(site, path))
    assert "The checks find nothing against it" not in text_of(get(site, "/id/statistic/one/219-222"))


def test_what_is_lent_is_taken_as_it_is(tmp_path: Path) -> None:
    """A site takes from the shared folder what is there, and finds for itself what is not."""
    lend(tmp_path, "size", 7)
    site = Site(store=open_store(), shared=tmp_path)
    assert (site.once("size", len), site.once("other", len)) == (7, 0)


_WORDS = """
INSERT DATA { GRAPH <graph/anyshire/words> {
  <claim/one/100-180> stp:evidence <evidence/x> . <claim/one/200-280> stp:evidence <evidence/x> .
  <evidence/x> oa:hasSelector <selector/x>, <quotation/x> .
  <selector/x> oa:start 1 ; oa:end 9 . <quotation/x> oa:exact "ten words" } }"""


def test_reported_words_are_not_shown_as_quoted() -> None:
    """Where a document reports in its own words what somebody said, the page, the card and the citation say so."""
    store = invented()
    store.update(_WORDS)
    site = Site(store=store, index=open_index(store))
    reported, quoted = (unescape(text_of(get(site, f"/id/claim/one/{place}"))) for place in ("200-280", "100-180"))
    assert "Reported in the document's own words: ten words" in reported
    assert "characters 1–9, reported in the document's own words: “ten words”" in reported
    assert "own words" not in quoted
    cards = get(site, "/").body.decode().split("<article")
    assert ["own words" in card for card in cards if "/id/claim/one/200-280" in card] == [True]
    assert ["own words" in card for card in cards if "/id/claim/one/100-180" in card] == [False]
