"""Views of posts, ways of claims, partnerships and repeats, on a small invented store and on the graph that ships."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pyoxigraph import RdfFormat

from stpgraph.building import load_shipped
from stpgraph.errors import BadParameter
from stpgraph.networks.affiliations import affiliations
from stpgraph.networks.evidence import Evidence
from stpgraph.networks.filters import EVERYTHING, Filters
from stpgraph.networks.partnerships import partnerships
from stpgraph.networks.provenance import provenance
from stpgraph.networks.repeats import repeats
from stpgraph.networks.views import View
from stpgraph.store import Store, open_store
from stpgraph.vocabulary import BASE

_VIEWS: tuple[Callable[[Store, Filters], View], ...] = (affiliations, partnerships, provenance, repeats)

#: Two people, three bodies, a partnership and its successor; a survey told by two papers, and what they make of it.
INVENTED = """
@base <https://w3id.org/stpgraph/id/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix qudt: <http://qudt.org/schema/qudt/> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix stp: <https://w3id.org/stpgraph/ontology#> .
@prefix unit: <http://qudt.org/vocab/unit/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<graph/stated> {
<graph/stated> stp:reviewStatus <review-status/accepted> .
<partnership/anyshire> a stp:Partnership ; skos:prefLabel "Anyshire and Midshire"@en ; skos:altLabel "Anyshire"@en ;
    dcterms:isReplacedBy <organisation/care-board> ; dcterms:source <source/table> .
<source/table> skos:prefLabel "a table of codes"@en .
}
<graph/proposed> {
<graph/proposed> stp:reviewStatus <review-status/proposed> .
<partnership/anyshire> dcterms:spatial <region/middle> ; dcterms:source <https://gazette.example/map> .
}
<graph/rest> {
<review-status/accepted> skos:prefLabel "accepted"@en ; skos:inScheme <review-status> .
<review-status/proposed> skos:prefLabel "proposed"@en ; skos:inScheme <review-status> .
<stance/critical> skos:prefLabel "critical"@en ; skos:inScheme <stance> .
<stance/supportive> skos:prefLabel "supportive"@en ; skos:inScheme <stance> .
<speech-act/warning> skos:prefLabel "warning"@en ; skos:inScheme <speech-act> .
<speech-act/finding> skos:prefLabel "finding"@en ; skos:inScheme <speech-act> .
<attribution/direct> skos:prefLabel "direct"@en . <attribution/indirect> skos:prefLabel "indirect"@en .
<attribution/own-voice> skos:prefLabel "own voice"@en .
<region/middle> skos:prefLabel "Middle (2016)"@en .
<role/leader> skos:prefLabel "leader"@en . <role/chair> skos:prefLabel "chair"@en .
<role/stp-lead> skos:prefLabel "STP lead"@en .
<aspect/trust> a stp:Aspect ; skos:prefLabel "trust"@en .
<party/partners> a stp:Party ; skos:prefLabel "the partners"@en .
<party/nhs> a stp:Party ; skos:prefLabel "NHS bodies"@en .
<relationship/trust> a stp:Relationship ; skos:prefLabel "trust among the partners"@en ; stp:aspect <aspect/trust> ;
    stp:party <party/partners> .
<relationship/joint> a stp:Relationship ; skos:prefLabel "joint working"@en ; stp:party <party/nhs> .
<proposition/trust-exists> a stp:Proposition ; skos:prefLabel "the partners trust each other"@en .
<proposition/seldom-said> a stp:Proposition ; skos:prefLabel "nobody minds"@en .

<organisation/council> a stp:Organisation ; skos:prefLabel "Anyshire County Council"@en ; skos:altLabel "ACC"@en .
<organisation/trust> a stp:Organisation ; skos:prefLabel "Norbury NHS Trust"@en .
<organisation/care-board> a stp:Organisation ; skos:prefLabel "Anyshire Care Board"@en .
<organisation/gazette> a stp:Organisation ; skos:prefLabel "Gazette"@en .
<organisation/herald> a stp:Organisation ; skos:prefLabel "Herald"@en .
<person/jo-doe> a stp:Person ; skos:prefLabel "Jo Doe"@en ; skos:altLabel "Jo"@en .
<person/kit-poe> a stp:Person ; skos:prefLabel "Kit Poe"@en .
<collective/asked> a stp:Collective ; skos:prefLabel "bodies asked"@en .

<membership/jo-leader> a org:Membership ; org:member <person/jo-doe> ; org:organization <organisation/council> ;
    org:role <role/leader> ; schema:startDate "2016-05"^^xsd:gYearMonth ; schema:endDate "2018"^^xsd:gYear ;
    stp:reviewStatus <review-status/accepted> ; dcterms:source <https://acc.example/leader> .
<membership/jo-lead> a org:Membership ; org:member <person/jo-doe> ; org:organization <partnership/anyshire> ;
    org:role <role/stp-lead> ; skos:note "in post 2016"@en ; stp:reviewStatus <review-status/proposed> .
<membership/kit-chair> a org:Membership ; org:member <person/kit-poe> ; org:organization <organisation/trust> ;
    org:role <role/chair> ; schema:startDate "2017-03-01"^^xsd:date ; stp:reviewStatus <review-status/accepted> ;
    dcterms:source <document/one> .
<membership/unknown> a org:Membership ; org:organization <organisation/trust> ; org:role <role/leader> ;
    stp:reviewStatus <review-status/accepted> .

<study/poll> a stp:Study ; skos:prefLabel "a poll"@en ; stp:sample <collective/asked> ;
    prov:wasAssociatedWith <organisation/council> .
<report/poll> a stp:Report ; dcterms:title "What bodies think"@en ; prov:wasGeneratedBy <study/poll> ;
    dcterms:issued "2018-02"^^xsd:gYearMonth .
<report/review> a stp:Report ; dcterms:title "A review"@en ; dcterms:publisher <organisation/trust> .
<document/one> a stp:Document ; dcterms:title "Trust is thin"@en ; dcterms:issued "2018-03-05"^^xsd:date ;
    dcterms:publisher <organisation/gazette> .
<document/two> a stp:Document ; dcterms:title "Trust is thick"@en ; dcterms:issued "2018-04-10"^^xsd:date ;
    dcterms:publisher <organisation/herald> .

<claim/quoted> a stp:Claim ; stp:claimant <person/jo-doe> ; stp:speakingAs <membership/jo-leader> ;
    stp:attribution <attribution/direct> ; stp:speechAct <speech-act/warning> ; stp:stance <stance/critical> ;
    stp:about <relationship/trust> ; stp:summary "Trust is thin."@en ; stp:statedOn "2018-03-05"^^xsd:date ;
    stp:reportedIn <document/one> ; stp:reviewStatus <review-status/accepted> ; stp:alsoAt <evidence/again> ;
    stp:denies <proposition/trust-exists> .
<claim/asked> a stp:Claim ; stp:claimant <collective/asked> ; stp:comesFrom <report/poll> ;
    stp:attribution <attribution/indirect> ; stp:speechAct <speech-act/finding> ; stp:stance <stance/supportive> ;
    stp:about <relationship/joint> ; stp:summary "Most expect joint budgets."@en ; stp:reportedIn <document/one> ;
    stp:statedOn "2018-03-05"^^xsd:date ; stp:reviewStatus <review-status/accepted> .
<claim/run> a stp:Claim ; stp:claimant <organisation/council> ; stp:comesFrom <study/poll> ;
    stp:attribution <attribution/indirect> ; stp:speechAct <speech-act/finding> ; stp:stance <stance/supportive> ;
    stp:about <relationship/trust> ; stp:summary "Trust grows."@en ; stp:statedOn "2018-04-10"^^xsd:date ;
    stp:reportedIn <document/two> ; stp:reviewStatus <review-status/accepted> ;
    stp:affirms <proposition/trust-exists> .
<claim/reviewed> a stp:Claim ; stp:claimant <organisation/trust> ; stp:comesFrom <report/review> ;
    stp:attribution <attribution/indirect> ; stp:speechAct <speech-act/finding> ; stp:stance <stance/supportive> ;
    stp:about <relationship/joint> ; stp:summary "Wards can merge."@en ; stp:statedOn "2018-04-10"^^xsd:date ;
    stp:reportedIn <document/two> ; stp:reviewStatus <review-status/proposed> ; stp:confidence 0.4 ;
    stp:affirms <proposition/seldom-said> .
<claim/own> a stp:Claim ; stp:claimant <organisation/herald> ; stp:attribution <attribution/own-voice> ;
    stp:speechAct <speech-act/finding> ; stp:stance <stance/critical> ; stp:about <relationship/joint> ;
    stp:summary "Talks have stalled."@en ; stp:statedOn "2018-04-10"^^xsd:date ; stp:reportedIn <document/two> ;
    stp:reviewStatus <review-status/accepted> .
<claim/withdrawn> a stp:Claim ; stp:claimant <person/kit-poe> ; stp:attribution <attribution/direct> ;
    stp:speechAct <speech-act/finding> ; stp:about <relationship/trust> ; stp:summary "Never said."@en ;
    stp:statedOn "2018-04-10"^^xsd:date ; stp:reportedIn <document/two> ; stp:withdrawnOn "2018-05-01"^^xsd:date ;
    stp:denies <proposition/seldom-said> .

<measure/trust> a stp:Measure ; skos:prefLabel "see too little trust"@en ; stp:about <relationship/trust> ;
    stp:population <collective/asked> ; stp:comesFrom <study/poll> .
<measure/plans> a stp:Measure ; skos:prefLabel "plans read"@en .
<measure/once> a stp:Measure ; skos:prefLabel "told once"@en .
<measure/again> a stp:Measure ; skos:prefLabel "told again"@en .
<measure/cost> a stp:Measure ; skos:prefLabel "what it costs"@en .
<statistic/count> stp:measure <measure/trust> ; stp:asSaid "37 of the 40" ; qudt:hasUnit unit:NUM ; stp:value 37.0 ;
    stp:lowest 37.0 ; stp:highest 37.0 ; stp:numerator 37 ; stp:denominator 40 ; stp:reportedIn <document/one> ;
    stp:reviewStatus <review-status/accepted> ; stp:evidence <evidence/count> .
<evidence/count> oa:hasSelector <selector/count> . <selector/count> oa:start 131 ; oa:end 143 .
<statistic/share> stp:measure <measure/trust> ; stp:asSaid "93%" ; qudt:hasUnit unit:PERCENT ; stp:value 93.0 ;
    stp:lowest 92.5 ; stp:highest 93.5 ; stp:reportedIn <report/poll> ; stp:reviewStatus <review-status/accepted> ;
    dcterms:source <https://acc.example/poll> .
<statistic/wrong> stp:measure <measure/trust> ; stp:asSaid "60%" ; qudt:hasUnit unit:PERCENT ; stp:value 60.0 ;
    stp:lowest 59.5 ; stp:highest 60.5 ; stp:reportedIn <document/two> ; stp:reviewStatus <review-status/proposed> .
<statistic/nine> stp:measure <measure/plans> ; stp:asSaid "nine" ; qudt:hasUnit unit:NUM ; stp:value 9.0 ;
    stp:lowest 9.0 ; stp:highest 9.0 ; stp:reportedIn <document/one> ; stp:reviewStatus <review-status/accepted> .
<statistic/nine-of> stp:measure <measure/plans> ; stp:asSaid "9 of 44" ; qudt:hasUnit unit:NUM ; stp:value 9.0 ;
    stp:lowest 9.0 ; stp:highest 9.0 ; stp:numerator 9 ; stp:denominator 44 ; stp:reportedIn <report/review> ;
    stp:reviewStatus <review-status/accepted> .
<statistic/once> stp:measure <measure/once> ; stp:asSaid "two" ; qudt:hasUnit unit:NUM ; stp:value 2.0 ;
    stp:lowest 2.0 ; stp:highest 2.0 ; stp:reportedIn <document/one> ; stp:reviewStatus <review-status/accepted> .
<statistic/again> stp:measure <measure/again> ; stp:asSaid "two" ; qudt:hasUnit unit:NUM ; stp:value 2.0 ;
    stp:lowest 2.0 ; stp:highest 2.0 ; stp:reportedIn <document/two> ; stp:alsoAt <evidence/again> ;
    stp:reviewStatus <review-status/accepted> .
<statistic/pounds> stp:measure <measure/cost> ; stp:asSaid "£2m" ; qudt:hasUnit unit:CCY_GBP ; stp:value 2000000.0 ;
    stp:lowest 1500000.0 ; stp:highest 2500000.0 ; stp:reportedIn <document/one> ;
    stp:reviewStatus <review-status/accepted> .
<statistic/part> stp:measure <measure/cost> ; stp:asSaid "5%" ; qudt:hasUnit unit:PERCENT ; stp:value 5.0 ;
    stp:lowest 4.5 ; stp:highest 5.5 ; stp:reportedIn <document/one> ; stp:reviewStatus <review-status/accepted> .
}
"""


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    """Yield the invented store."""
    with open_store() as made:
        made.load(INVENTED.encode(), format=RdfFormat.TRIG)
        yield made


@pytest.fixture(scope="module")
def shipped() -> Iterator[Store]:
    """Yield a store of the graph that ships."""
    with open_store() as made:
        load_shipped(made)
        yield made


def edges(view: View) -> set[tuple[str, str, str]]:
    """Return the edges of a view as paths below the base, with their kinds."""
    return {(_short(one), data["kind"], _short(other)) for one, other, data in view.graph.edges(data=True)}


def told(view: View) -> set[tuple[str, str, str]]:
    """Return the links of a view's evidence as paths below the base, with their kinds."""
    links = [link for one in view.evidence for link in one.links]
    return {(_short(link.source.iri), link.kind, _short(link.target.iri)) for link in links}


def names(view: View) -> list[str]:
    """Return the evidence of a view as paths below the base."""
    return [_short(one.iri) for one in view.evidence]


def piece(view: View, path: str) -> Evidence:
    """Return a piece of evidence by its path below the base."""
    [found] = [one for one in view.evidence if one.iri == BASE + path]
    return found


def agreement(view: View, one: str, other: str, kind: str) -> str:
    """Return whether an edge agrees."""
    return str(view.graph.get_edge_data(BASE + one, BASE + other, kind)["agrees"])


def _short(iri: str) -> str:
    return iri.removeprefix(BASE)


# --- What all views share


@pytest.mark.parametrize("view", _VIEWS)
def test_empty_store_gives_an_empty_view(view: Callable[[Store, Filters], View]) -> None:
    """A store without anything gives a view without nodes, evidence or fault."""
    with open_store() as nothing:
        made = view(nothing, EVERYTHING)
    assert (made.graph.number_of_nodes(), made.evidence, made.undrawn) == (0, (), 0)


@pytest.mark.parametrize("view", _VIEWS)
def test_nodes_are_described_plainly(view: Callable[[Store, Filters], View], store: Store) -> None:
    """Every node has a label, a short label and a kind; every attribute is text, a number or a list of texts."""
    graph = view(store, EVERYTHING).graph
    assert graph.number_of_nodes() > 0
    for _, data in graph.nodes(data=True):
        assert all(data[name] for name in ("label", "short_label", "kind"))
    attributes = [value for _, data in graph.nodes(data=True) for value in data.values()]
    attributes += [value for _, _, data in graph.edges(data=True) for value in data.values()]
    assert {type(value) for value in attributes} <= {str, int, list}


@pytest.mark.parametrize("view", _VIEWS)
def test_edges_lead_to_their_evidence(view: Callable[[Store, Filters], View], store: Store) -> None:
    """Every edge names pieces of evidence of its view, and counts them."""
    made = view(store, EVERYTHING)
    known = {one.iri for one in made.evidence}
    assert known
    for _, _, data in made.graph.edges(data=True):
        assert set(data["evidence"]) <= known
        assert data["weight"] == len(data["evidence"]) > 0


@pytest.mark.parametrize("server", ["plain_server", "union_server"])
def test_endpoint_gives_the_same_views(server: str, store: Store, request: pytest.FixtureRequest) -> None:
    """An endpoint gives the evidence, and nodes and edges in the order, of an embedded store."""
    url = request.getfixturevalue(server)
    with open_store(f"{url}/query", update_url=f"{url}/update") as there:
        there.update("CLEAR ALL")
        there.add(reversed(list(store.quads())))
        for view in _VIEWS:
            here, far = view(store, EVERYTHING), view(there, EVERYTHING)
            assert far.evidence == here.evidence
            assert list(far.graph.nodes(data=True)) == list(here.graph.nodes(data=True))
            assert list(far.graph.edges(data=True)) == list(here.graph.edges(data=True))
        narrowed = Filters(claimant="Anyshire County Council", confidence=0.5, since="2018-03-01", until="2018")
        assert names(repeats(there, narrowed)) == ["claim/quoted", "claim/run"]
        there.update("CLEAR ALL")


@pytest.mark.parametrize(
    ("view", "filters"),
    [
        (affiliations, Filters(stance="critical")),
        (partnerships, Filters(about="trust")),
    ],
)
def test_filter_without_a_use_is_refused(
    view: Callable[[Store, Filters], View], filters: Filters, store: Store
) -> None:
    """A filter that a view has no use for is an error, not left out."""
    with pytest.raises(BadParameter, match="cannot be narrowed by"):
        view(store, filters)


def test_heading_says_what_it_is_narrowed_to(store: Store) -> None:
    """The heading tells filters by the labels of what they name, with dates in words, and ends without a mark."""
    filters = Filters(claimant="Jo Doe", status="accepted", since="2016-05", until="2018")
    assert affiliations(store, filters).question == (
        "Who held which post at which body, for Jo Doe, accepted, from May 2016 to 2018"
    )
    assert repeats(store).question == "Which figures and findings stand in several places, and do they agree"
    assert provenance(store, Filters(about="relationship/trust")).question == (
        "By which outlets, documents, reports and studies claims reach the reader, about trust among the partners"
    )


# --- Affiliations


def test_posts_join_people_to_bodies(store: Store) -> None:
    """Each post is an edge from a person to a body, called by the role; one without a person is counted, not drawn."""
    view = affiliations(store)
    assert edges(view) == {
        ("person/jo-doe", "leader", "organisation/council"),
        ("person/jo-doe", "STP lead", "partnership/anyshire"),
        ("person/kit-poe", "chair", "organisation/trust"),
    }
    assert names(view) == ["membership/jo-leader", "membership/kit-chair", "membership/jo-lead", "membership/unknown"]
    assert view.undrawn == 1


def test_post_tells_its_dates_and_source(store: Store) -> None:
    """A post says in words who held what when, and where that is known from."""
    view = affiliations(store)
    leader, lead, chair = (piece(view, f"membership/{name}") for name in ("jo-leader", "jo-lead", "kit-chair"))
    assert leader.summary == "Jo Doe: leader of Anyshire County Council, from May 2016 to 2018."
    assert (leader.since, leader.until, leader.status) == ("2016-05", "2018", "accepted")
    assert leader.source == "https://acc.example/leader"
    assert lead.summary == "Jo Doe: STP lead of Anyshire and Midshire (in post 2016)."
    assert chair.summary == "Kit Poe: chair of Norbury NHS Trust, from 1 March 2017."
    assert (chair.document, chair.title) == (BASE + "document/one", "Trust is thin")
    assert (chair.outlet, chair.issued) == ("Gazette", "2018-03-05")


def test_post_of_an_unknown_person_says_so(store: Store) -> None:
    """What is not known of a post is told as not known."""
    unknown = piece(affiliations(store), "membership/unknown")
    assert unknown.summary == "unknown person: leader of Norbury NHS Trust, dates not known."
    assert unknown.links == ()


def test_bodies_are_shown_by_their_short_names(store: Store) -> None:
    """A body has its acronym on the picture, a person the whole name."""
    nodes = affiliations(store).graph.nodes
    assert nodes[BASE + "organisation/council"]["short_label"] == "ACC"
    assert nodes[BASE + "person/jo-doe"]["short_label"] == "Jo Doe"
    assert [
        nodes[BASE + path]["kind"] for path in ("organisation/trust", "partnership/anyshire", "person/kit-poe")
    ] == [
        "body",
        "partnership",
        "person",
    ]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(claimant="Jo Doe"), {"membership/jo-leader", "membership/jo-lead"}),
        (Filters(claimant="Norbury NHS Trust"), {"membership/kit-chair", "membership/unknown"}),
        (Filters(status="proposed"), {"membership/jo-lead"}),
        (Filters(until="2016"), {"membership/jo-leader", "membership/jo-lead", "membership/unknown"}),
        (Filters(until="2016-04"), {"membership/jo-lead", "membership/unknown"}),
        (
            Filters(since="2018-12"),
            {"membership/jo-leader", "membership/jo-lead", "membership/kit-chair", "membership/unknown"},
        ),
        (Filters(since="2019"), {"membership/jo-lead", "membership/kit-chair", "membership/unknown"}),
    ],
)
def test_posts_are_narrowed(filters: Filters, expected: set[str], store: Store) -> None:
    """Posts are narrowed by either end, review and period, in which an unknown day does not speak against one."""
    assert set(names(affiliations(store, filters))) == expected


# --- Partnerships


def test_partnerships_have_region_lead_and_successor(store: Store) -> None:
    """A partnership is joined to its region, successor and lead, and the lead to the body led besides."""
    assert edges(partnerships(store)) == {
        ("partnership/anyshire", "was followed by", "organisation/care-board"),
        ("partnership/anyshire", "lies in", "region/middle"),
        ("person/jo-doe", "STP lead", "partnership/anyshire"),
        ("person/jo-doe", "leader", "organisation/council"),
    }


def test_fact_tells_the_graph_that_states_it(store: Store) -> None:
    """The status and the source of a fact are those of its graph; its IRI is made of the triple."""
    view = partnerships(store)
    successor = piece(view, "partnership/anyshire#isReplacedBy=care-board")
    assert successor.summary == "Anyshire and Midshire was followed by Anyshire Care Board."
    assert (successor.kind, successor.status, successor.source) == ("fact", "accepted", "a table of codes")
    region = piece(view, "partnership/anyshire#spatial=middle")
    assert (region.status, region.source) == ("proposed", "https://gazette.example/map")
    assert view.graph.nodes[BASE + "region/middle"]["kind"] == "place"


def test_fact_of_a_graph_without_a_name_is_shown() -> None:
    """Facts of the default graph are shown with their source, their status unknown."""
    facts = """@base <https://w3id.org/stpgraph/id/> . @prefix dcterms: <http://purl.org/dc/terms/> .
    <partnership/midshire> a <https://w3id.org/stpgraph/ontology#Partnership> ;
        dcterms:isReplacedBy <organisation/board> ; dcterms:source <https://gazette.example/map> ."""
    with open_store() as bare:
        bare.load(facts.encode(), format=RdfFormat.TURTLE)
        [fact] = partnerships(bare).evidence
    assert (fact.iri, fact.status) == (BASE + "partnership/midshire#isReplacedBy=board", "")
    assert fact.source == "https://gazette.example/map"
    assert fact.summary == "partnership/midshire was followed by organisation/board."


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(claimant="Anyshire Care Board"), {"partnership/anyshire#isReplacedBy=care-board"}),
        (Filters(claimant="Anyshire County Council"), {"membership/jo-leader"}),
        (Filters(status="proposed"), {"partnership/anyshire#spatial=middle", "membership/jo-lead"}),
        (
            Filters(since="2019", claimant="Jo Doe"),
            {"membership/jo-lead"},
        ),
        (
            Filters(until="2016-04"),
            {
                "partnership/anyshire#isReplacedBy=care-board",
                "partnership/anyshire#spatial=middle",
                "membership/jo-lead",
            },
        ),
    ],
)
def test_partnerships_are_narrowed(filters: Filters, expected: set[str], store: Store) -> None:
    """Facts are narrowed by either end and status, posts by their period too."""
    assert set(names(partnerships(store, filters))) == expected


# --- Provenance


def test_claims_are_followed_back(store: Store) -> None:
    """First-hand claims go from document to claimant; others by report and study, called by how these stand to it."""
    assert edges(provenance(store)) == {
        ("organisation/gazette", "publishes", "document/one"),
        ("document/one", "quotes", "person/jo-doe"),
        ("document/one", "draws on", "report/poll"),
        ("report/poll", "rests on", "study/poll"),
        ("study/poll", "asked", "collective/asked"),
        ("organisation/herald", "publishes", "document/two"),
        ("document/two", "draws on", "study/poll"),
        ("study/poll", "was run by", "organisation/council"),
        ("document/two", "draws on", "report/review"),
        ("report/review", "was published by", "organisation/trust"),
        ("document/two", "says itself", "organisation/herald"),
    }


def test_edges_list_the_claims_that_pass(store: Store) -> None:
    """A claim stands for each edge of its way, and the edge tells their stances."""
    graph = provenance(store).graph
    published = graph.get_edge_data(BASE + "organisation/gazette", BASE + "document/one", "publishes")
    assert set(published["evidence"]) == {BASE + "claim/quoted", BASE + "claim/asked"}
    assert (published["weight"], published["balance"], published["stance"]) == (2, 0, "mixed")
    asked = graph.get_edge_data(BASE + "study/poll", BASE + "collective/asked", "asked")
    assert asked["evidence"] == [BASE + "claim/asked"]


def test_layers_run_from_outlet_to_claimant(store: Store) -> None:
    """Outlets stand in layer 0, then documents, reports, studies and claimants; an outlet that speaks stays there."""
    layers = {_short(node): data["layer"] for node, data in provenance(store).graph.nodes(data=True)}
    assert layers == {
        "organisation/gazette": 0,
        "organisation/herald": 0,
        "document/one": 1,
        "document/two": 1,
        "report/poll": 2,
        "report/review": 2,
        "study/poll": 3,
        "person/jo-doe": 4,
        "collective/asked": 4,
        "organisation/council": 4,
        "organisation/trust": 4,
    }


def test_ways_are_of_claims_as_elsewhere(store: Store) -> None:
    """The evidence is the claim itself, with speaker, stance, document and by what it was said."""
    asked = piece(provenance(store), "claim/asked")
    assert (asked.kind, asked.summary, asked.stance) == ("claim", "Most expect joint budgets.", "supportive")
    assert [speaker.thing.label for speaker in asked.speakers] == ["bodies asked"]
    assert [topic.thing.label for topic in asked.topics] == ["joint working"]
    assert (asked.title, asked.outlet, asked.via, asked.status) == (
        "Trust is thin",
        "Gazette",
        ("What bodies think",),
        "accepted",
    )


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(about="relationship/trust"), {"claim/quoted", "claim/run"}),
        (Filters(about="aspect/trust"), {"claim/quoted", "claim/run"}),
        (Filters(party="NHS bodies"), {"claim/asked", "claim/reviewed", "claim/own"}),
        (Filters(claimant="Anyshire County Council"), {"claim/quoted", "claim/run"}),
        (Filters(stance="critical"), {"claim/quoted", "claim/own"}),
        (Filters(act="warning"), {"claim/quoted"}),
        (Filters(status="proposed"), {"claim/reviewed"}),
        (Filters(document="Trust is thin"), {"claim/quoted", "claim/asked"}),
        (Filters(confidence=0.5), {"claim/quoted", "claim/asked", "claim/run", "claim/own"}),
        (Filters(since="2018-04"), {"claim/run", "claim/reviewed", "claim/own"}),
        (Filters(until="2018-03-05"), {"claim/quoted", "claim/asked"}),
    ],
)
def test_ways_are_narrowed(filters: Filters, expected: set[str], store: Store) -> None:
    """Every filter of claims narrows the ways, and the SELECT that the view shows by itself as well."""
    view = provenance(store, filters)
    assert set(names(view)) == expected
    assert {_short(str(row[0].value)) for row in store.select(view.sparql)} == expected  # type: ignore[union-attr]


# --- Repeats


def test_what_is_told_more_than_once_is_shown(store: Store) -> None:
    """Measures with two figures, propositions with two claims, what a text says again are joined to their texts."""
    assert told(repeats(store)) == {
        ("document/one", "states", "measure/trust"),
        ("report/poll", "states", "measure/trust"),
        ("document/two", "states", "measure/trust"),
        ("document/one", "states", "measure/plans"),
        ("report/review", "states", "measure/plans"),
        ("document/two", "states", "measure/again"),
        ("document/two", "says again", "measure/again"),
        ("document/one", "states", "measure/cost"),
        ("document/one", "denies", "proposition/trust-exists"),
        ("document/two", "affirms", "proposition/trust-exists"),
        ("document/one", "says again", "claim/quoted"),
    }


def test_repeats_tell_whether_they_agree(store: Store) -> None:
    """Figures agree where what they allow meets, a count of a whole as its share; claims where nobody contradicts."""
    view = repeats(store)
    assert agreement(view, "document/two", "measure/trust", "states") == "no"  # 60 % lies below 92.5 %
    assert agreement(view, "report/poll", "measure/trust", "states") == "no"  # it does not meet 60 % either
    assert agreement(view, "document/one", "measure/plans", "states") == "yes"  # nine and 9 of 44
    assert agreement(view, "document/two", "measure/again", "says again") == "yes"
    assert agreement(view, "document/one", "measure/cost", "states") == "unknown"  # pounds and percent
    assert agreement(view, "document/one", "proposition/trust-exists", "denies") == "no"
    assert agreement(view, "document/one", "claim/quoted", "says again") == "yes"


def test_figures_say_what_they_disagree_with(store: Store) -> None:
    """A figure doubts each other that it does not meet: 37 of 40 is 92.5 %, which 93 % allows and 60 % does not."""
    view = repeats(store)
    [count] = piece(view, "statistic/count").figures
    assert count.doubts == ("It does not agree with “60%” in “Trust is thick”.",)
    [wrong] = piece(view, "statistic/wrong").figures
    assert sorted(wrong.doubts) == [
        "It does not agree with “37 of the 40” in “Trust is thin”.",
        "It does not agree with “93%” in “What bodies think”.",
    ]


def test_figures_so_worded_elsewhere_are_counted_not_listed() -> None:
    """What several places word alike is doubted in one sentence, that of one's own text first."""
    figure = """<statistic/{0}> stp:measure <measure/m> ; stp:asSaid "{1}%" ; stp:lowest {1}.0 ; stp:highest {1}.0 ;
        qudt:hasUnit unit:PERCENT ; stp:reportedIn <document/{2}> ."""
    head = "\n".join(line for line in INVENTED.splitlines() if line.startswith("@"))
    said = [("a", 5, "one"), ("b", 5, "two"), ("c", 5, "three"), ("d", 9, "two")]
    with open_store() as small:
        small.load("\n".join([head, *(figure.format(*one) for one in said)]).encode(), format=RdfFormat.TURTLE)
        view = repeats(small)
    assert piece(view, "statistic/d").figures[0].doubts == (
        "It does not agree with “5%” in the same text and 2 others so worded.",
    )
    assert piece(view, "statistic/a").figures[0].doubts == ("It does not agree with “9%” in “document/two”.",)


def test_figure_tells_all_of_itself(store: Store) -> None:
    """A figure is told as said and as numbers, of whom, from which study, in which place of which text."""
    view = repeats(store)
    count = piece(view, "statistic/count")
    [figure] = count.figures
    assert (count.kind, count.summary) == ("figure", "see too little trust: 37 of the 40.")
    assert (figure.said, figure.value, figure.lowest, figure.highest, figure.unit) == (
        "37 of the 40",
        37,
        37,
        37,
        "count",
    )
    assert (figure.numerator, figure.denominator, figure.population) == (37, 40, "bodies asked")
    assert (count.place, count.title, count.outlet) == ("characters 131–143", "Trust is thin", "Gazette")
    assert (count.since, count.via) == ("2018-03-05", ("a poll",))
    assert [topic.thing.label for topic in count.topics] == ["trust among the partners"]
    assert piece(view, "statistic/share").source == "https://acc.example/poll"


def test_repeats_tell_in_how_many_places(store: Store) -> None:
    """What is told says whether it stands in several documents or reports, or several times in one."""
    nodes = repeats(store).graph.nodes
    assert {_short(node): data["repeated"] for node, data in nodes(data=True) if "repeated" in data} == {
        "measure/trust": "in 3 documents or reports",
        "measure/plans": "in 2 documents or reports",
        "measure/again": "2 times in one document or report",
        "measure/cost": "2 times in one document or report",
        "proposition/trust-exists": "in 2 documents or reports",
        "claim/quoted": "in two places of one document",
    }


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (
            Filters(about="relationship/trust"),
            {"measure/trust", "proposition/trust-exists", "claim/quoted"},
        ),
        (Filters(document="Trust is thick"), {"measure/trust", "measure/again", "proposition/trust-exists"}),
        (Filters(status="proposed"), set()),
        (Filters(since="2018-04"), {"measure/again"}),
        (Filters(until="2018-03"), {"measure/trust", "measure/plans", "measure/cost", "claim/quoted"}),
        (Filters(party="the partners"), {"proposition/trust-exists", "claim/quoted"}),
        (Filters(party="NHS bodies", about="relationship/trust"), set()),
        (Filters(claimant="Jo Doe"), {"claim/quoted"}),
        (Filters(claimant="Anyshire County Council"), {"proposition/trust-exists", "claim/quoted"}),
        (Filters(stance="critical"), {"claim/quoted"}),
        (Filters(act="finding"), set()),
        (Filters(confidence=0.5), {"proposition/trust-exists", "claim/quoted"}),
    ],
)
def test_repeats_are_narrowed(filters: Filters, expected: set[str], store: Store) -> None:
    """Filters come first, so that what repeats does so among what is left; of a document, what it shares."""
    assert {link[2] for link in told(repeats(store, filters))} == expected


#: A measure told in a year, a month, on two days and on no day, by claims of two sorts or by none; findings likewise.
DATED = "\n".join(
    [
        *(line for line in INVENTED.splitlines() if line.startswith("@")),
        '<stance/critical> skos:prefLabel "critical"@en ; skos:inScheme <stance> .',
        '<party/near> a stp:Party ; skos:prefLabel "near ones"@en .',
        '<party/far> a stp:Party ; skos:prefLabel "far ones"@en .',
        '<relationship/near> a stp:Relationship ; skos:prefLabel "nearness"@en ; stp:party <party/near> .',
        '<relationship/far> a stp:Relationship ; skos:prefLabel "farness"@en ; stp:party <party/far> .',
        *(
            f"<report/{name}> a stp:Report {issued} .\n<statistic/{name}> stp:measure <measure/m> ; "
            f'stp:asSaid "5%" ; stp:lowest 5.0 ; stp:highest 5.0 ; stp:reportedIn <report/{name}> {confidence} .'
            for name, issued, confidence in (
                ("year", '; dcterms:issued "2016"^^xsd:gYear', ""),
                ("month", '; dcterms:issued "2016-03"^^xsd:gYearMonth', "; stp:confidence 0.4"),
                ("early", '; dcterms:issued "2016-03-20"^^xsd:date', ""),
                ("late", '; dcterms:issued "2017-01-02"^^xsd:date', ""),
                ("undated", "", ""),
            )
        ),
        *(
            f"<claim/{name}> a stp:Claim ; stp:claimant <person/jo-doe> ; stp:summary 'It holds.'@en ; "
            f"stp:reportedIn <report/year> ; stp:affirms <proposition/p> {more} ."
            for name, more in (
                (
                    "year",
                    '; stp:statedOn "2016"^^xsd:gYear ; stp:about <relationship/near> ; stp:gives <statistic/year>',
                ),
                (
                    "month",
                    '; stp:statedOn "2016-03"^^xsd:gYearMonth ; stp:about <relationship/near>, <relationship/far> ; '
                    "stp:stance <stance/critical> ; stp:gives <statistic/month>, <statistic/early>",
                ),
                ("undated", "; stp:about <relationship/far> ; stp:stance <stance/critical>"),
                (
                    "withdrawn",
                    '; stp:statedOn "2016"^^xsd:gYear ; stp:about <relationship/far> ; stp:gives <statistic/late> ; '
                    'stp:stance <stance/critical> ; stp:withdrawnOn "2018-01-01"^^xsd:date',
                ),
            )
        ),
    ]
)


@pytest.fixture(scope="module")
def dated() -> Iterator[Store]:
    """Yield a store of figures and findings of years, months, days and of no day."""
    with open_store() as made:
        made.load(DATED.encode(), format=RdfFormat.TURTLE)
        yield made


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("2016-06", None, {"statistic/year", "statistic/late", "statistic/undated"}),
        (
            "2016-03-21",
            None,
            {"statistic/year", "statistic/month", "statistic/late", "statistic/undated", "claim/year", "claim/month"},
        ),
        (
            "2016",
            "2016-03-19",
            {"statistic/year", "statistic/month", "statistic/undated", "claim/year", "claim/month"},
        ),
        (None, "2016-02", {"statistic/year", "statistic/undated"}),
        ("2017-02", None, set()),
    ],
)
def test_repeats_of_a_period_are_those_within_it(
    since: str | None, until: str | None, expected: set[str], dated: Store
) -> None:
    """Dates are compared as far as both go; a figure without a day lies in every period, a claim without one in none.

    What is left alone in the period repeats nothing, and is left out.
    """
    narrowed = set(names(repeats(dated, Filters(since=since, until=until))))
    assert narrowed == expected
    within = set(names(repeats(dated).within(since or "", until or "")))
    assert narrowed <= within
    assert {len([one for one in within - narrowed if one.startswith(kind)]) for kind in ("claim", "statistic")} <= {
        0,
        1,
    }


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), {f"statistic/{name}" for name in ("year", "month", "early", "late", "undated")}),
        (Filters(stance="critical"), {"statistic/month", "statistic/early"}),
        (Filters(claimant="person/jo-doe"), {"statistic/year", "statistic/month", "statistic/early"}),
        (Filters(party="near ones"), {"statistic/year", "statistic/month", "statistic/early"}),
        (Filters(party="far ones"), {"statistic/month", "statistic/early"}),
        (Filters(confidence=0.4), {"statistic/year", "statistic/month", "statistic/early"}),
        (Filters(confidence=0.5), {"statistic/year", "statistic/early"}),
        (Filters(stance="critical", confidence=0.5), set()),
    ],
)
def test_figures_are_narrowed_by_the_claims_that_give_them(filters: Filters, expected: set[str], dated: Store) -> None:
    """Asked for what claims alone have, figures are those that such a claim gives, withdrawn ones apart."""
    assert {one for one in names(repeats(dated, filters)) if one.startswith("statistic/")} == expected


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), {"claim/year", "claim/month", "claim/undated"}),
        (Filters(stance="critical"), {"claim/month", "claim/undated"}),
        (Filters(party="near ones"), {"claim/year", "claim/month"}),
        (Filters(party="near ones", about="farness"), set()),
        (Filters(party="far ones", about="farness"), {"claim/month", "claim/undated"}),
    ],
)
def test_findings_are_narrowed_like_claims_elsewhere(filters: Filters, expected: set[str], dated: Store) -> None:
    """A party is that of the relationship asked for; none of the claims left out is told as one without an edge."""
    view = repeats(dated, filters)
    assert {one for one in names(view) if one.startswith("claim/")} == expected
    assert view.undrawn == 0


def test_part_of_a_period_gives_its_own_graph(store: Store) -> None:
    """The graph of a part of the evidence says what agrees within that part."""
    view = repeats(store).within("2018-01", "2018-03")
    assert agreement(view, "document/one", "measure/trust", "states") == "yes"  # 37 of 40 and 93 %, without 60 %
    assert agreement(view, "document/one", "proposition/trust-exists", "denies") == "unknown"  # alone in March


# --- The graph that ships


def test_shipped_partnership_has_its_successor(shipped: Store) -> None:
    """Birmingham and Solihull is followed by its board, as the reference states; all 44 have a successor."""
    view = partnerships(shipped)
    ours = "partnership/birmingham-and-solihull"
    assert (ours, "was followed by", "organisation/nhs-birmingham-and-solihull-icb") in edges(view)
    assert piece(view, f"{ours}#isReplacedBy=nhs-birmingham-and-solihull-icb").status == "accepted"
    assert sum(kind == "was followed by" for _, kind, _ in edges(view)) == 44


def test_shipped_posts_are_shown(shipped: Store) -> None:
    """Amanda Doyle's three accepted posts are shown, each from its page."""
    view = affiliations(shipped, Filters(claimant="person/amanda-doyle", status="accepted"))
    assert edges(view) == {
        ("person/amanda-doyle", "chief clinical officer", "organisation/blackpool-ccg"),
        ("person/amanda-doyle", "STP lead", "partnership/lancashire-and-south-cumbria"),
        ("person/amanda-doyle", "co-chair", "organisation/nhscc"),
    }
    assert all(one.source for one in view.evidence)


def test_shipped_figure_told_three_ways_disagrees(shipped: Store) -> None:
    """Three pages rate 20, 14 and 45 % of 44 plans as advanced, and no edge of that measure agrees."""
    view = repeats(shipped)
    rated = BASE + "measure/nhse-dashboard-2017-rated-advanced"
    assert [data["agrees"] for _, _, data in view.graph.edges(rated, data=True)] == ["no", "no", "no"]
    assert view.graph.nodes[rated]["documents"] == 3


def test_shipped_survey_speaks_for_those_it_asked(shipped: Store) -> None:
    """What respondents believe is told by LocalGov from the survey that asked them."""
    found = edges(provenance(shipped, Filters(claimant="collective/cipfa-impower-2017-respondents")))
    paper = "document/2017-09-21-localgov-stps-under-pressure-and-under-funded"
    assert found == {
        ("organisation/localgov", "publishes", paper),
        (paper, "draws on", "study/cipfa-impower-2017"),
        ("study/cipfa-impower-2017", "asked", "collective/cipfa-impower-2017-respondents"),
    }
