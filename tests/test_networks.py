"""Who said what and the map of relationships, on a small invented store, and on the graph that ships."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

import networkx as nx
import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat

from stpgraph.building import load_shipped
from stpgraph.errors import BadParameter
from stpgraph.networks.claims import find_claims
from stpgraph.networks.evidence import Evidence, Figure, Speaker, Thing, Topic
from stpgraph.networks.filters import Filters
from stpgraph.networks.relationship_map import relationship_map
from stpgraph.networks.views import Network, View
from stpgraph.networks.who_said_what import who_said_what
from stpgraph.store import Store, open_store
from stpgraph.vocabulary import DCTERMS, SKOS, STP, mint

#: A council, its leader, a partnership, a newspaper and the respondents of a survey speak about trust, joint working
#: and money. Two proposals lack an end, one lacks its day and its stance; one claim is withdrawn.
INVENTED = """
@base <https://w3id.org/stpgraph/id/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix qudt: <http://qudt.org/schema/qudt/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix stp: <https://w3id.org/stpgraph/ontology#> .
@prefix unit: <http://qudt.org/vocab/unit/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<relationship/joint-working> a stp:Relationship ; skos:prefLabel "joint working"@en ;
    stp:aspect <aspect/joint-working> ; stp:party <party/partners> .
<relationship/joint-working-nhs> a stp:Relationship ; skos:prefLabel "joint working with health"@en ;
    skos:broader <relationship/joint-working> ; stp:aspect <aspect/joint-working> ; stp:party <party/nhs> .
<relationship/trust> a stp:Relationship ; skos:prefLabel "trust"@en ; stp:aspect <aspect/trust> ;
    stp:party <party/partners> .
<relationship/money> a stp:Relationship ; skos:prefLabel "money"@en ; stp:aspect <aspect/funding> ;
    stp:party <party/nhs>, <party/councils>, <party/public> .
<aspect/trust> a stp:Aspect ; skos:prefLabel "how partners trust"@en .
<party/partners> a stp:Party ; skos:prefLabel "the partners"@en .
<party/nhs> a stp:Party ; skos:prefLabel "health bodies"@en ; skos:broader <party/partners> .
<party/councils> a stp:Party ; skos:prefLabel "councils"@en ; skos:broader <party/partners> .
<party/public> a stp:Party ; skos:prefLabel "the public"@en .
<stance/critical> skos:prefLabel "critical"@en ; skos:inScheme <stance> .
<stance/supportive> skos:prefLabel "supportive"@en ; skos:inScheme <stance> .
<stance/mixed> skos:prefLabel "mixed"@en ; skos:inScheme <stance> .
<stance/neutral> skos:prefLabel "neutral"@en ; skos:inScheme <stance> .
<speech-act/warning> skos:prefLabel "warning"@en ; skos:inScheme <speech-act> .
<speech-act/finding> skos:prefLabel "finding"@en ; skos:inScheme <speech-act> .
<attribution/direct> skos:prefLabel "direct"@en . <attribution/indirect> skos:prefLabel "indirect"@en .
<review-status/accepted> skos:prefLabel "accepted"@en ; skos:inScheme <review-status> .
<review-status/proposed> skos:prefLabel "proposed"@en ; skos:inScheme <review-status> .
<role/leader> skos:prefLabel "leader"@en .

<organisation/anyshire> a stp:Organisation ; skos:prefLabel "Anyshire County Council"@en ;
    skos:altLabel "ACC"@en, "the council of the county of Anyshire"@en .
<organisation/gazette> a stp:Organisation ; skos:prefLabel "Anyshire Gazette"@en .
<partnership/anyshire> a stp:Partnership ; skos:prefLabel "Anyshire STP"@en .
<collective/respondents> skos:altLabel "all"@en .
<person/jo-doe> a stp:Person ; skos:prefLabel "Jo Doe"@en ; skos:altLabel "Jo"@en .
<collective/respondents> a stp:Collective ; skos:prefLabel "bodies asked in Anyshire"@en .
<membership/jo-doe-anyshire-leader> a org:Membership ; org:member <person/jo-doe> ;
    org:organization <organisation/anyshire> ; org:role <role/leader> .
<study/anyshire-2018> a stp:Study ; skos:prefLabel "Anyshire survey 2018"@en .
<document/gazette-trust> a stp:Document ; dcterms:title "Few trust the plan"@en ;
    dcterms:issued "2018-03-05"^^xsd:date ; dcterms:publisher <organisation/gazette> .
<document/gazette-later> a stp:Document ; dcterms:title "Talks go on"@en .

<claim/gazette-trust/120-207> a stp:Claim ; stp:claimant <person/jo-doe> ;
    stp:speakingAs <membership/jo-doe-anyshire-leader> ; stp:about <relationship/trust> ;
    stp:stance <stance/critical> ; stp:speechAct <speech-act/warning> ; stp:attribution <attribution/direct> ;
    stp:summary "Hardly anyone trusts the plan."@en ; stp:statedOn "2018-03-05"^^xsd:date ;
    stp:reportedIn <document/gazette-trust> ; stp:evidence <evidence/120-150>, <evidence/180-207> ;
    stp:reviewStatus <review-status/accepted> .
<evidence/120-150> oa:hasSelector <selector/120-150> . <selector/120-150> oa:start 120 ; oa:end 150 .
<evidence/120-150> oa:hasSelector <quotation/120-150> . <quotation/120-150> oa:exact "Who trusts it" .
<evidence/180-207> oa:hasSelector <quotation/180-207> . <quotation/180-207> oa:exact "but a few" ;
    oa:prefix "among them, " ; oa:suffix " at most." .
<evidence/180-207> oa:hasSelector <selector/180-207> . <selector/180-207> oa:start 180 ; oa:end 207 .

<claim/gazette-trust/90-110> a stp:Claim ; stp:claimant <collective/respondents> ; stp:comesFrom <study/anyshire-2018> ;
    stp:about <relationship/trust>, <relationship/joint-working> ; stp:stance <stance/mixed> ;
    stp:speechAct <speech-act/finding> ; stp:attribution <attribution/indirect> ;
    stp:summary "Two in three expect joint budgets."@en ; stp:statedOn "2018-03-05"^^xsd:date ;
    stp:reportedIn <document/gazette-trust> ; stp:evidence <evidence/90-110> ;
    stp:gives <statistic/105-108>, <statistic/92-104> .
<evidence/90-110> oa:hasSelector <selector/90-110> . <selector/90-110> oa:start 90 ; oa:end 110 .
<statistic/92-104> stp:asSaid "two in three" ; qudt:hasUnit unit:PERCENT ; stp:value 66.6667 ; stp:lowest 66.6667 ;
    stp:highest 66.6667 ; stp:numerator 2 ; stp:denominator 3 ; stp:measure <measure/budgets> ;
    stp:evidence <evidence/92-104> .
<evidence/92-104> oa:hasSelector <selector/92-104> . <selector/92-104> oa:start 92 ; oa:end 104 .
<measure/budgets> skos:prefLabel "expect joint budgets"@en ; stp:population <collective/respondents> .
<statistic/105-108> stp:asSaid "60%" ; stp:value 60.0 ; stp:lowest 59.5 ; stp:highest 60.5 ;
    stp:evidence <evidence/105-108> .
<evidence/105-108> oa:hasSelector <selector/105-108> . <selector/105-108> oa:start 105 ; oa:end 108 .

<claim/gazette-later/5-60> a stp:Claim ; stp:claimant <organisation/anyshire>, <partnership/anyshire> ;
    stp:about <relationship/joint-working-nhs> ; stp:stance <stance/supportive> ; stp:speechAct <speech-act/finding> ;
    stp:summary "Talks with health bodies go well."@en ; stp:statedOn "2018-06-01"^^xsd:date ;
    stp:reportedIn <document/gazette-later> .
<claim/gazette-later/70-90> a stp:Claim ; stp:claimant <person/jo-doe> ; stp:about <relationship/trust> ;
    stp:speakingAs <membership/jo-doe-anyshire-leader> ; stp:stance <stance/supportive> ;
    stp:speechAct <speech-act/finding> ; stp:summary "Trust grows."@en ; stp:statedOn "2018-06-01"^^xsd:date ;
    stp:reportedIn <document/gazette-later> .
<claim/gazette-later/95-99> a stp:Claim ; stp:claimant <person/jo-doe> ; stp:about <relationship/trust> ;
    stp:stance <stance/critical> ; stp:speechAct <speech-act/finding> ; stp:summary "Taken back."@en ;
    stp:statedOn "2018-06-01"^^xsd:date ; stp:reportedIn <document/gazette-later> ;
    stp:withdrawnOn "2018-07-01"^^xsd:date .

<document/gazette-money> a stp:Document ; dcterms:title "Where is the money?"@en .
<claim/gazette-money/10-40> a stp:Claim ; stp:claimant <organisation/gazette> ; stp:about <relationship/money> ;
    stp:stance <stance/neutral> ; stp:speechAct <speech-act/warning> ; stp:summary "At least £2m is wanted."@en ;
    stp:statedOn "2018-09-10"^^xsd:date ; stp:reportedIn <document/gazette-money> ;
    stp:reviewStatus <review-status/proposed> ; stp:confidence 0.4 ; stp:gives <statistic/money> .
<statistic/money> stp:asSaid "at least £2m" ; qudt:hasUnit unit:CCY_GBP ; stp:value 2000000.0 ; stp:lowest 2000000.0 .
<claim/gazette-money/50-80> a stp:Claim ; stp:claimant <person/jo-doe> ; stp:summary "It is about nothing known."@en ;
    stp:stance <stance/neutral> ; stp:speechAct <speech-act/warning> ; stp:statedOn "2018-09-10"^^xsd:date ;
    stp:reportedIn <document/gazette-money> ; stp:reviewStatus <review-status/proposed> ; stp:confidence 0.9 .
<claim/gazette-money/85-99> a stp:Claim ; stp:about <relationship/trust> ; stp:summary "Nobody known says it."@en ;
    stp:stance <stance/critical> ; stp:speechAct <speech-act/finding> ; stp:reportedIn <document/gazette-money> ;
    stp:reviewStatus <review-status/proposed> .
<claim/gazette-money/100-130> a stp:Claim ; stp:claimant <person/jo-doe> ; stp:about <relationship/trust> ;
    stp:summary "Trust is spoken of."@en ; stp:reportedIn <document/gazette-money> ;
    stp:reviewStatus <review-status/proposed> .
"""

JO, RESPONDENTS = mint("person", "jo-doe").value, mint("collective", "respondents").value
COUNCIL, PLAN = mint("organisation", "anyshire").value, mint("partnership", "anyshire").value
GAZETTE = mint("organisation", "gazette").value
TRUST, MONEY = mint("relationship", "trust").value, mint("relationship", "money").value
JOINT, HEALTH = mint("relationship", "joint-working").value, mint("relationship", "joint-working-nhs").value
PARTNERS, NHS = mint("party", "partners").value, mint("party", "nhs").value
COUNCILS, PUBLIC = mint("party", "councils").value, mint("party", "public").value
WARNING, SURVEY = mint("claim", "gazette-trust", "120-207").value, mint("claim", "gazette-trust", "90-110").value
TALKS, GROWS = mint("claim", "gazette-later", "5-60").value, mint("claim", "gazette-later", "70-90").value
WANTED, UNDATED = mint("claim", "gazette-money", "10-40").value, mint("claim", "gazette-money", "100-130").value
GRAPH = mint("graph", "invented")


@pytest.fixture
def store() -> Iterator[Store]:
    """A store in memory that holds the invented graph."""
    with open_store() as opened:
        opened.load(INVENTED.encode(), format=RdfFormat.TURTLE, graph=GRAPH)
        yield opened


@pytest.fixture(scope="module")
def shipped() -> Iterator[Store]:
    """A store in memory that holds the graph that ships."""
    with open_store() as opened:
        load_shipped(opened)
        yield opened


def keyed(view: View) -> list[tuple[str, str, list[str]]]:
    """The edges as their two ends and the claims behind them, in the graph's order."""
    return [(source, target, told["evidence"]) for source, target, told in view.graph.edges(data=True)]


def all_of(graph: Network) -> tuple[list[tuple[str, Any]], list[tuple[str, str, str, Any]]]:
    """Nodes and edges with all they tell, in the graph's order."""
    drawn = cast("nx.MultiGraph[str]", graph)
    return [(node, drawn.nodes[node]) for node in drawn], list(drawn.edges(keys=True, data=True))


def told(view: View, source: str, target: str, key: str = "speaks about") -> dict[str, Any]:
    """What an edge says."""
    edge: dict[str, Any] = view.graph.get_edge_data(source, target, key)
    return edge


def claim(view: View, iri: str) -> Evidence:
    """The evidence of a claim."""
    [found] = [one for one in view.evidence if one.iri == iri]
    return found


# --- Who said what


def test_nodes_are_claimants_and_relationships_with_labels_and_kinds(store: Store) -> None:
    """Every node has a label, a short label and a kind; a person has the body spoken for, and keeps the full name."""
    graph = who_said_what(store).graph
    assert {node: graph.nodes[node] for node in graph} == {
        COUNCIL: {"label": "Anyshire County Council", "short_label": "ACC", "kind": "body"},
        GAZETTE: {"label": "Anyshire Gazette", "short_label": "Anyshire Gazette", "kind": "body"},
        RESPONDENTS: {
            "label": "bodies asked in Anyshire",
            "short_label": "bodies asked in Anyshire",
            "kind": "collective",
        },
        PLAN: {"label": "Anyshire STP", "short_label": "Anyshire STP", "kind": "partnership"},
        JO: {
            "label": "Jo Doe",
            "short_label": "Jo Doe",
            "kind": "person",
            "body": "Anyshire County Council",
            "short_body": "ACC",
        },
        JOINT: {"label": "joint working", "short_label": "joint working", "kind": "relationship"},
        HEALTH: {
            "label": "joint working with health",
            "short_label": "joint working with health",
            "kind": "relationship",
        },
        MONEY: {"label": "money", "short_label": "money", "kind": "relationship"},
        TRUST: {"label": "trust", "short_label": "trust", "kind": "relationship"},
    }


def test_a_partnership_is_called_by_its_shortest_name(store: Store) -> None:
    """A partnership, as a body, has an abbreviation where one is known."""
    store.add([Quad(NamedNode(PLAN), SKOS.altLabel, Literal("ASTP", language="en"), GRAPH)])
    assert who_said_what(store).graph.nodes[PLAN]["short_label"] == "ASTP"


def test_edges_are_claims_by_claimant_and_relationship(store: Store) -> None:
    """A claim of two claimants, or about two relationships, is behind two edges; a withdrawn claim behind none."""
    assert keyed(who_said_what(store)) == [
        (COUNCIL, HEALTH, [TALKS]),
        (GAZETTE, MONEY, [WANTED]),
        (RESPONDENTS, JOINT, [SURVEY]),
        (RESPONDENTS, TRUST, [SURVEY]),
        (PLAN, HEALTH, [TALKS]),
        (JO, TRUST, [WARNING, GROWS, UNDATED]),
    ]


def test_evidence_stands_in_the_order_of_reading(store: Store) -> None:
    """Claims stand by day, document and place in the text; one whose day is not known stands last."""
    read = [one.iri for one in who_said_what(store).evidence]
    assert read == [SURVEY, WARNING, TALKS, GROWS, WANTED, UNDATED]


def test_a_claim_says_what_was_said_by_whom_and_where(store: Store) -> None:
    """Evidence carries the post, the document, and the places, words and context of a quotation in their order."""
    council = Thing(iri=COUNCIL, label="Anyshire County Council", short_label="ACC", kind="body")
    jo = Thing(
        iri=JO,
        label="Jo Doe",
        short_label="Jo Doe",
        kind="person",
        body="Anyshire County Council",
        short_body="ACC",
    )
    partners = Thing(iri=PARTNERS, label="the partners", short_label="the partners", kind="party")
    trust = Thing(iri=TRUST, label="trust", short_label="trust", kind="relationship")
    [found] = [one for one in find_claims(store).evidence if one.iri == WARNING]
    assert found == Evidence(
        iri=WARNING,
        kind="claim",
        summary="Hardly anyone trusts the plan.",
        since="2018-03-05",
        speakers=(Speaker(thing=jo, role="leader", body=council),),
        topics=(Topic(thing=trust, parties=(partners,)),),
        stance="critical",
        speech_act="warning",
        attribution="direct",
        status="accepted",
        words=("Who trusts it", "but a few"),
        contexts=(("", ""), ("among them, ", " at most.")),
        document=mint("document", "gazette-trust").value,
        title="Few trust the plan",
        outlet="Anyshire Gazette",
        issued="2018-03-05",
        place="characters 120–150 and 180–207",
        start=120,
    )


def test_figures_stand_with_their_numbers_in_the_order_of_the_text(store: Store) -> None:
    """Figures of a claim are the number words of the text and all that is known of them; the study is named."""
    survey = claim(who_said_what(store), SURVEY)
    assert survey.via == ("Anyshire survey 2018",)
    assert survey.figures == (
        Figure(
            iri=mint("statistic", "92-104").value,
            said="two in three",
            lowest=66.6667,
            highest=66.6667,
            value=66.6667,
            unit="percent",
            numerator=2,
            denominator=3,
            population="bodies asked in Anyshire",
            measure="expect joint budgets",
        ),
        Figure(iri=mint("statistic", "105-108").value, said="60%", lowest=59.5, highest=60.5, value=60.0),
    )


def test_a_sum_has_its_currency_and_no_bound_that_was_not_said(store: Store) -> None:
    """At least so much has no highest value; the unit of money is its currency; the proposal tells its confidence."""
    wanted = claim(who_said_what(store), WANTED)
    assert wanted.figures == (
        Figure(
            iri=mint("statistic", "money").value,
            said="at least £2m",
            lowest=2000000.0,
            value=2000000.0,
            unit="GBP",
        ),
    )
    assert wanted.confidence == 0.4


def test_what_is_not_known_is_empty_text(store: Store) -> None:
    """A document without outlet and a claim without place, post or status give empty text, not a missing edge."""
    talks = claim(who_said_what(store), TALKS)
    assert (talks.outlet, talks.issued, talks.place, talks.start) == ("", "", "", 0)
    assert (talks.status, talks.attribution, talks.confidence) == ("", "", None)
    assert (talks.words, talks.contexts) == ((), ())
    assert [(one.thing.iri, one.role, one.body) for one in talks.speakers] == [(COUNCIL, "", None), (PLAN, "", None)]


def test_what_a_claim_lacks_does_not_lose_it(store: Store) -> None:
    """A claim keeps its edge without a summary, a speech act, a document or a name of what it is about."""
    store.update(
        f"DELETE WHERE {{ GRAPH <graph/invented> {{ <{WARNING}> stp:summary ?a ; stp:speechAct ?b ; "
        f"stp:reportedIn ?c . <{TRUST}> skos:prefLabel ?d }} }}"
    )
    view = who_said_what(store)
    found = claim(view, WARNING)
    assert (found.summary, found.speech_act, found.document, found.title) == ("", "", "", "")
    assert view.graph.nodes[TRUST]["label"] == "relationship/trust"


def test_an_edge_counts_claims_and_stances(store: Store) -> None:
    """Claims of one claimant on one relationship are one edge that counts them, mixed where they differ."""
    view = who_said_what(store)
    assert told(view, JO, TRUST) == {
        "kind": "speaks about",
        "weight": 3,
        "evidence": [WARNING, GROWS, UNDATED],
        "supportive": 1,
        "critical": 1,
        "mixed": 0,
        "neutral": 0,
        "unknown": 1,
        "balance": 0,
        "stance": "mixed",
    }
    assert told(view, COUNCIL, HEALTH)["stance"] == "supportive"
    assert told(view, COUNCIL, HEALTH)["balance"] == 1
    assert (view.graph.number_of_nodes(), view.graph.number_of_edges()) == (9, 6)


def test_claims_can_be_nodes_of_their_own(store: Store) -> None:
    """As nodes, claims stand between who says them and what they are about, named by a short form of their summary."""
    long = "Talks with bodies of the health service go on well for months."
    store.update(
        f"DELETE DATA {{ GRAPH <graph/invented> {{ <{TALKS}> stp:summary 'Talks with health bodies go well.'@en }} }} ;"
        f"INSERT DATA {{ GRAPH <graph/invented> {{ <{TALKS}> stp:summary '{long}'@en }} }}"
    )
    view = who_said_what(store, Filters(about=NamedNode(HEALTH)), claims_as="nodes")
    assert view.graph.nodes[TALKS] == {
        "label": long,
        "short_label": "Talks with bodies of the health service…",
        "kind": "claim",
    }
    ends = [(source, target, told["kind"]) for source, target, told in view.graph.edges(data=True)]
    assert sorted(ends) == sorted([(TALKS, HEALTH, "about"), (COUNCIL, TALKS, "says"), (PLAN, TALKS, "says")])
    assert all(edge == [TALKS] for _, _, edge in keyed(view))


def test_claims_can_be_nothing_else(store: Store) -> None:
    """What claims can be is told where something else is asked for."""
    wrong: Any = "triangles"
    with pytest.raises(BadParameter, match="claims_as='triangles' is not known; expected edges or nodes"):
        who_said_what(store, claims_as=wrong)


def test_no_claims_give_an_empty_graph(store: Store) -> None:
    """Asking about what nobody spoke of gives a graph without nodes."""
    view = who_said_what(store, Filters(about="relationship/housing"))
    assert (view.graph.number_of_nodes(), view.evidence) == (0, ())


def test_two_labels_of_one_thing_do_not_double_its_claims(store: Store) -> None:
    """A claimant with a second label keeps its edge and weight, with one label, the same each time."""
    store.add([Quad(NamedNode(JO), SKOS.prefLabel, Literal("Joanna Doe", language="en"), GRAPH)])
    view = who_said_what(store)
    assert told(view, JO, TRUST)["weight"] == 3
    assert view.graph.nodes[JO]["label"] == who_said_what(store).graph.nodes[JO]["label"] == "Jo Doe"


def test_the_same_fact_in_two_graphs_counts_once(store: Store) -> None:
    """A store that holds everything twice, in two named graphs, gives the same evidence and the same network."""
    once = who_said_what(store)
    store.load(INVENTED.encode(), format=RdfFormat.TURTLE, graph=mint("graph", "again"))
    twice = who_said_what(store)
    assert (twice.evidence, keyed(twice), twice.undrawn) == (once.evidence, keyed(once), once.undrawn)


def test_a_claim_in_two_documents_is_one_claim(store: Store) -> None:
    """Where a claim has two documents, though it should have one, the first by alphabet is shown."""
    store.add([Quad(NamedNode(TALKS), STP.reportedIn, mint("document", "a-first"), GRAPH)])
    store.add([Quad(mint("document", "a-first"), DCTERMS.title, Literal("First"), GRAPH)])
    view = who_said_what(store)
    assert (told(view, COUNCIL, HEALTH)["weight"], claim(view, TALKS).title) == (1, "First")


def test_a_claimant_of_another_class_is_shown_as_a_body(store: Store) -> None:
    """A claimant whose class is not known still speaks."""
    store.update(f"DELETE DATA {{ GRAPH <graph/invented> {{ <{PLAN}> a {STP.Partnership} }} }}")
    assert who_said_what(store).graph.nodes[PLAN]["kind"] == "body"


def test_a_person_who_spoke_for_two_bodies_has_both(store: Store) -> None:
    """The bodies spoken for stand in the order of reading, and each claim keeps its own."""
    store.update(
        f"INSERT DATA {{ GRAPH <graph/invented> {{ <membership/other> org:member <{JO}> ; "
        f"org:organization <{GAZETTE}> . <{UNDATED}> stp:speakingAs <membership/other> }} }}"
    )
    view = who_said_what(store)
    assert view.graph.nodes[JO]["body"] == "Anyshire County Council; Anyshire Gazette"
    assert view.graph.nodes[JO]["short_body"] == "ACC; Anyshire Gazette"
    [speaker] = claim(view, UNDATED).speakers
    assert speaker.body is not None
    assert (speaker.body.iri, speaker.role) == (GAZETTE, "")


# --- The map of relationships


def test_parties_are_joined_by_the_relationships_spoken_of(store: Store) -> None:
    """One party is joined to itself, three are joined in pairs; each relationship is an edge of its own."""
    graph = relationship_map(store).graph
    _, drawn = all_of(graph)
    edges = {(frozenset((one, other)), key): said["evidence"] for one, other, key, said in drawn}
    assert edges == {
        (frozenset({PARTNERS}), JOINT): [SURVEY],
        (frozenset({PARTNERS}), TRUST): [SURVEY, WARNING, GROWS, UNDATED],
        (frozenset({NHS}), HEALTH): [TALKS],
        (frozenset({NHS, COUNCILS}), MONEY): [WANTED],
        (frozenset({NHS, PUBLIC}), MONEY): [WANTED],
        (frozenset({COUNCILS, PUBLIC}), MONEY): [WANTED],
    }
    assert not graph.is_directed()
    assert graph.nodes[NHS] == {"label": "health bodies", "short_label": "health bodies", "kind": "party"}


def test_an_edge_of_the_map_counts_claims_claimants_and_stances(store: Store) -> None:
    """Four claims about trust are by Jo Doe and the respondents, a claim of two claimants counts both."""
    view = relationship_map(store)
    assert told(view, PARTNERS, PARTNERS, TRUST) == {
        "kind": "trust",
        "weight": 4,
        "claimants": 2,
        "evidence": [SURVEY, WARNING, GROWS, UNDATED],
        "supportive": 1,
        "critical": 1,
        "mixed": 1,
        "neutral": 0,
        "unknown": 1,
        "balance": 0,
        "stance": "mixed",
    }
    assert (told(view, NHS, NHS, HEALTH)["weight"], told(view, NHS, NHS, HEALTH)["claimants"]) == (1, 2)


def test_a_relationship_whose_parties_are_not_known_is_undrawn(store: Store) -> None:
    """The claim about it stays in the evidence and is counted with the two proposals that lack an end."""
    assert relationship_map(store).undrawn == 2
    store.update(f"DELETE WHERE {{ GRAPH <graph/invented> {{ <{MONEY}> stp:party ?party }} }}")
    view = relationship_map(store)
    assert (view.undrawn, view.graph.has_node(PUBLIC), claim(view, WANTED).links) == (3, False, ())


# --- What all views promise


@pytest.mark.parametrize("view", [who_said_what, relationship_map])
def test_a_period_of_a_view_is_the_view_of_a_period(store: Store, view: Any) -> None:
    """Cutting a view down to a period draws what asking for that period draws; its ends are in it."""
    for since, until, claims in (
        ("2018-03-05", "2018-06-01", [SURVEY, WARNING, TALKS, GROWS]),
        ("2018-06", "2018-08", [TALKS, GROWS]),
        ("2019", "2020", []),
    ):
        cut, asked = view(store).within(since, until), view(store, Filters(since=since, until=until))
        assert [one.iri for one in cut.evidence] == claims
        assert all_of(cut.graph) == all_of(asked.graph)


def test_rows_in_any_order_give_one_network(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store that gives its rows the other way round gives the same evidence, nodes and edges in the same order."""
    forward, select = who_said_what(store), store.select
    monkeypatch.setattr(store, "select", lambda sparql: list(select(sparql))[::-1])
    backward = who_said_what(store)
    assert backward.evidence == forward.evidence
    assert all_of(backward.graph) == all_of(forward.graph)


@pytest.mark.parametrize("server", ["plain_server", "union_server"])
def test_an_endpoint_gives_the_same_views(store: Store, server: str, request: pytest.FixtureRequest) -> None:
    """What is drawn and told does not depend on where the graph is kept, nor do filters."""
    url = request.getfixturevalue(server)
    endpoint = open_store(f"{url}/query", update_url=f"{url}/update")
    endpoint.load(INVENTED.encode(), format=RdfFormat.TURTLE, graph=GRAPH)
    try:
        for filters in (Filters(), Filters(about="joint working", claimant="acc"), Filters(confidence=0.95)):
            here, there = who_said_what(store, filters), who_said_what(endpoint, filters)
            assert (there.evidence, there.undrawn, there.question) == (here.evidence, here.undrawn, here.question)
            assert all_of(there.graph) == all_of(here.graph)
    finally:
        endpoint.remove_graph(GRAPH)


@pytest.mark.parametrize(
    "make", [who_said_what, relationship_map, lambda store: who_said_what(store, claims_as="nodes")]
)
def test_attributes_are_plain(shipped: Store, make: Any) -> None:
    """Every attribute is a text, a number or a list of texts, so that any exporter can write it."""
    graph = make(shipped).graph
    values = [value for _, told in graph.nodes(data=True) for value in told.values()]
    values += [value for _, _, told in graph.edges(data=True) for value in told.values()]
    assert len(values) > 100
    assert {type(value) for value in values} == {str, int, list}
    assert {type(part) for value in values if isinstance(value, list) for part in value} == {str}


def test_the_query_of_a_view_runs_as_it_stands(store: Store) -> None:
    """The query that a view tells holds its prefixes and what was asked for: by itself it finds the same claims."""
    view = who_said_what(store, Filters(about="joint working", stance="supportive"))
    assert "PREFIX stp:" in view.sparql
    assert {str(getattr(row[0], "value", "")) for row in store.select(view.sparql)} == {TALKS}


@pytest.mark.parametrize(
    ("filters", "question"),
    [
        (Filters(), "Who said what about which relationship"),
        (Filters(about="TRUST"), "Who said what about trust"),
        (
            Filters(about=NamedNode(HEALTH), claimant="acc", stance="supportive", since="2018-06"),
            "Who said what about joint working with health, by ACC, supportive, since June 2018",
        ),
        (
            Filters(status="accepted", document="few trust the plan", act="warning", until="2018-12-01"),
            "Who said what about which relationship, as warning, accepted, in “Few trust the plan”, "
            "until 1 December 2018",
        ),
        (
            Filters(party="health bodies", confidence=0.5, since="2018", until="2019"),
            "Who said what about which relationship, between health bodies and others, of confidence 0.5 or more, "
            "from 2018 to 2019",
        ),
    ],
)
def test_a_view_says_what_it_answers(store: Store, filters: Filters, question: str) -> None:
    """The sentence above a picture tells each filter, by the names of the store."""
    assert who_said_what(store, filters).question == question


# --- The graph that ships


def test_the_shipped_graph_is_drawn_whole(shipped: Store) -> None:
    """The 18 claims of one document and the 17 of the other are all drawn."""
    view = who_said_what(shipped)
    by_document = [one.document.rpartition("/")[2][:4] for one in view.evidence]
    assert (by_document, view.undrawn) == (["2016"] * 18 + ["2017"] * 17, 0)


def test_who_spoke_about_trust_in_the_shipped_graph(shipped: Store) -> None:
    """Four claims: a mixed one of the respondents, two neutral ones of one chief executive, one of another."""
    view = who_said_what(shipped, Filters(about="relationship/trust"))
    counted = {
        source.rpartition("/")[2]: (edge["weight"], edge["mixed"], edge["neutral"])
        for source, _, edge in view.graph.edges(data=True)
    }
    assert counted == {
        "cipfa-impower-2017-respondents": (1, 1, 0),
        "rob-whiteman": (2, 0, 2),
        "martin-cresswell": (1, 0, 1),
    }
    respondents = view.evidence[0]
    assert [figure.said for figure in respondents.figures] == ["a quarter", "54%", "21%"]
    assert [figure.lowest for figure in respondents.figures] == [25.0, 53.5, 20.5]
    [trust] = relationship_map(shipped, Filters(about="relationship/trust")).graph.edges(data=True)
    assert (trust[2]["weight"], trust[2]["claimants"], trust[2]["balance"]) == (4, 3, 0)
