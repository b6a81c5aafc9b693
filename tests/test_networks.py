"""Networks of who said what, on a small invented store."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import networkx as nx
import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat

from stpgraph.errors import BadParameter
from stpgraph.networks import collapse, who_said_what
from stpgraph.store import Store, open_store
from stpgraph.vocabulary import SKOS, STP, mint

#: A council, its leader, a partnership and the respondents of a survey speak about trust and joint working.
INVENTED = """
@base <https://w3id.org/stpgraph/id/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix stp: <https://w3id.org/stpgraph/ontology#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<relationship/joint-working> a stp:Relationship ; skos:prefLabel "joint working"@en ;
    stp:aspect <aspect/joint-working> ; stp:party <party/partners> .
<relationship/joint-working-nhs> a stp:Relationship ; skos:prefLabel "joint working with health"@en ;
    skos:broader <relationship/joint-working> ; stp:aspect <aspect/joint-working> ; stp:party <party/nhs> .
<relationship/trust> a stp:Relationship ; skos:prefLabel "trust"@en ; stp:aspect <aspect/trust> ;
    stp:party <party/partners> .
<party/nhs> skos:broader <party/partners> .
<stance/critical> skos:prefLabel "critical"@en . <stance/supportive> skos:prefLabel "supportive"@en .
<stance/mixed> skos:prefLabel "mixed"@en .
<speech-act/warning> skos:prefLabel "warning"@en . <speech-act/finding> skos:prefLabel "finding"@en .
<attribution/direct> skos:prefLabel "direct"@en . <attribution/indirect> skos:prefLabel "indirect"@en .
<review-status/accepted> skos:prefLabel "accepted"@en .
<role/leader> skos:prefLabel "leader"@en .

<organisation/anyshire> a stp:Organisation ; skos:prefLabel "Anyshire County Council"@en ;
    skos:altLabel "ACC"@en, "the council of the county of Anyshire"@en .
<organisation/gazette> a stp:Organisation ; skos:prefLabel "Anyshire Gazette"@en .
<partnership/anyshire> a stp:Partnership ; skos:prefLabel "Anyshire STP"@en .
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
<evidence/180-207> oa:hasSelector <selector/180-207> . <selector/180-207> oa:start 180 ; oa:end 207 .

<claim/gazette-trust/90-110> a stp:Claim ; stp:claimant <collective/respondents> ; stp:comesFrom <study/anyshire-2018> ;
    stp:about <relationship/trust>, <relationship/joint-working> ; stp:stance <stance/mixed> ;
    stp:speechAct <speech-act/finding> ; stp:attribution <attribution/indirect> ;
    stp:summary "Two in three expect joint budgets."@en ; stp:statedOn "2018-03-05"^^xsd:date ;
    stp:reportedIn <document/gazette-trust> ; stp:evidence <evidence/90-110> ;
    stp:gives <statistic/105-108>, <statistic/92-104> .
<evidence/90-110> oa:hasSelector <selector/90-110> . <selector/90-110> oa:start 90 ; oa:end 110 .
<statistic/92-104> stp:asSaid "two in three" ; stp:evidence <evidence/92-104> .
<evidence/92-104> oa:hasSelector <selector/92-104> . <selector/92-104> oa:start 92 ; oa:end 104 .
<statistic/105-108> stp:asSaid "60%" ; stp:evidence <evidence/105-108> .
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
"""

JO, RESPONDENTS = mint("person", "jo-doe").value, mint("collective", "respondents").value
COUNCIL, PLAN = mint("organisation", "anyshire").value, mint("partnership", "anyshire").value
TRUST = mint("relationship", "trust").value
JOINT, HEALTH = mint("relationship", "joint-working").value, mint("relationship", "joint-working-nhs").value
WARNING, SURVEY = mint("claim", "gazette-trust", "120-207").value, mint("claim", "gazette-trust", "90-110").value
TALKS, GROWS = mint("claim", "gazette-later", "5-60").value, mint("claim", "gazette-later", "70-90").value


@pytest.fixture
def store() -> Iterator[Store]:
    """A store in memory that holds the invented graph."""
    with open_store() as opened:
        opened.load(INVENTED.encode(), format=RdfFormat.TURTLE, graph=mint("graph", "invented"))
        yield opened


def keyed(graph: nx.MultiDiGraph[str]) -> list[tuple[str, str, str]]:
    """The edges as claimant, relationship and claim, in the graph's order."""
    return [(source, target, str(key)) for source, target, key in graph.edges(keys=True)]


def test_nodes_are_claimants_and_relationships_with_labels_and_kinds(store: Store) -> None:
    """Every node has a label, a short label and a kind; a person has the body spoken for, and keeps the full name."""
    graph = who_said_what(store)
    assert {node: graph.nodes[node] for node in graph} == {
        RESPONDENTS: {
            "label": "bodies asked in Anyshire",
            "short_label": "bodies asked in Anyshire",
            "kind": "collective",
        },
        COUNCIL: {"label": "Anyshire County Council", "short_label": "ACC", "kind": "body"},
        PLAN: {"label": "Anyshire STP", "short_label": "Anyshire STP", "kind": "partnership"},
        JO: {
            "label": "Jo Doe",
            "short_label": "Jo Doe",
            "kind": "person",
            "body": "Anyshire County Council",
            "body_short_label": "ACC",
        },
        JOINT: {"label": "joint working", "short_label": "joint working", "kind": "relationship"},
        HEALTH: {
            "label": "joint working with health",
            "short_label": "joint working with health",
            "kind": "relationship",
        },
        TRUST: {"label": "trust", "short_label": "trust", "kind": "relationship"},
    }


def test_edges_are_claims_by_claimant_and_relationship(store: Store) -> None:
    """A claim of two claimants, or about two relationships, is two edges; a withdrawn claim is none."""
    assert keyed(who_said_what(store)) == [
        (RESPONDENTS, JOINT, SURVEY),
        (RESPONDENTS, TRUST, SURVEY),
        (COUNCIL, HEALTH, TALKS),
        (PLAN, HEALTH, TALKS),
        (JO, TRUST, WARNING),
        (JO, TRUST, GROWS),
    ]


def test_an_edge_says_what_was_said_by_whom_and_where(store: Store) -> None:
    """An edge carries the post, the document, and both places of a quotation in their order."""
    assert who_said_what(store).edges[JO, TRUST, WARNING] == {
        "summary": "Hardly anyone trusts the plan.",
        "stance": "critical",
        "speech_act": "warning",
        "attribution": "direct",
        "stated_on": "2018-03-05",
        "role": "leader",
        "body": "Anyshire County Council",
        "document": "Few trust the plan",
        "document_iri": mint("document", "gazette-trust").value,
        "issued": "2018-03-05",
        "outlet": "Anyshire Gazette",
        "place": "characters 120–150 and 180–207",
        "start": 120,
        "via": "",
        "figures": [],
        "status": "accepted",
    }


def test_figures_stand_as_said_in_the_order_of_the_text(store: Store) -> None:
    """Figures of a claim are the number words of the text; the study behind them is named."""
    edge = who_said_what(store).edges[RESPONDENTS, TRUST, SURVEY]
    assert (edge["figures"], edge["via"]) == (["two in three", "60%"], "Anyshire survey 2018")


def test_what_is_not_known_is_empty_text(store: Store) -> None:
    """A document without outlet and a claim without place, post or status give empty text, not a missing edge."""
    edge = who_said_what(store).edges[PLAN, HEALTH, TALKS]
    assert (edge["outlet"], edge["issued"], edge["place"], edge["start"]) == ("", "", "", 0)
    assert (edge["role"], edge["body"], edge["status"], edge["attribution"]) == ("", "", "", "")


def test_asking_about_a_relationship_finds_those_below_it(store: Store) -> None:
    """A relationship is asked for by its IRI or by its path below the base, narrower ones included."""
    expected = [(RESPONDENTS, JOINT, SURVEY), (COUNCIL, HEALTH, TALKS), (PLAN, HEALTH, TALKS)]
    assert keyed(who_said_what(store, about="relationship/joint-working")) == expected
    assert keyed(who_said_what(store, about=NamedNode(JOINT))) == expected


def test_a_filter_is_named_by_label_whatever_its_case(store: Store) -> None:
    """A label, or another name of a body, does as well as an IRI."""
    assert {claim for _, _, claim in keyed(who_said_what(store, about="Joint Working with health"))} == {TALKS}
    assert len(keyed(who_said_what(store, claimant="acc"))) == 3


def test_filters_by_aspect_party_and_claimant(store: Store) -> None:
    """An aspect, a party with those below it, and a claimant with those who spoke for it, each narrow the network."""
    assert {claim for _, _, claim in keyed(who_said_what(store, about="aspect/trust"))} == {WARNING, SURVEY, GROWS}
    assert {claim for _, _, claim in keyed(who_said_what(store, party="party/nhs"))} == {TALKS}
    assert len(keyed(who_said_what(store, party="party/partners"))) == 6
    assert keyed(who_said_what(store, claimant="organisation/anyshire")) == [
        (COUNCIL, HEALTH, TALKS),
        (JO, TRUST, WARNING),
        (JO, TRUST, GROWS),
    ]


@pytest.mark.parametrize(
    ("since", "until", "claims"),
    [
        (date(2018, 6, 1), None, {TALKS, GROWS}),
        (None, date(2018, 5, 31), {WARNING, SURVEY}),
        ("2018-03", "2018-03", {WARNING, SURVEY}),
        ("2018", None, {WARNING, SURVEY, TALKS, GROWS}),
        ("2019", None, set()),
    ],
)
def test_a_period_holds_both_its_ends(
    store: Store, since: date | str | None, until: date | str | None, claims: set[str]
) -> None:
    """A day, a month or a year bounds the period, and what was said on a bound is in it."""
    assert {claim for _, _, claim in keyed(who_said_what(store, since=since, until=until))} == claims


def test_no_claims_give_an_empty_graph(store: Store) -> None:
    """Asking about what nobody spoke of gives a graph without nodes."""
    assert who_said_what(store, about="relationship/housing").number_of_nodes() == 0


@pytest.mark.parametrize("value", ["no such > thing", "relationship/<script>"])
def test_a_filter_that_names_nothing_is_refused(store: Store, value: str) -> None:
    """What names nothing is named in the error, not pasted into the query."""
    with pytest.raises(BadParameter, match=f"nothing for about is called '{value}'"):
        who_said_what(store, about=value)


@pytest.mark.parametrize("value", ["yesterday", "2018-13", "2018-1", "2018-03-05T00:00"])
def test_a_filter_that_is_no_date_is_refused(store: Store, value: str) -> None:
    """What is no year, month or day is named in the error."""
    with pytest.raises(BadParameter, match="since="):
        who_said_what(store, since=value)


def test_two_labels_of_one_thing_do_not_double_its_claims(store: Store) -> None:
    """A claimant with a second label keeps its edges, with one label, the same each time."""
    second = Quad(NamedNode(JO), SKOS.prefLabel, Literal("Joanna Doe", language="en"), mint("graph", "invented"))
    store.add([second])
    graph = who_said_what(store)
    assert [edge for edge in keyed(graph) if edge[0] == JO] == [(JO, TRUST, WARNING), (JO, TRUST, GROWS)]
    assert graph.nodes[JO]["label"] == who_said_what(store).nodes[JO]["label"] == "Jo Doe"


def test_a_claimant_of_another_class_is_shown_as_a_body(store: Store) -> None:
    """A claimant whose class is not known still speaks."""
    store.update(f"DELETE DATA {{ GRAPH <graph/invented> {{ <{PLAN}> a {STP.Partnership} }} }}")
    assert who_said_what(store).nodes[PLAN]["kind"] == "body"


def test_collapse_counts_claims_and_stances(store: Store) -> None:
    """Two claims of one claimant on one relationship become one edge that counts both, mixed where they differ."""
    collapsed = collapse(who_said_what(store))
    assert collapsed.edges[JO, TRUST] == {
        "claims": [WARNING, GROWS],
        "claim_count": 2,
        "supportive": 1,
        "critical": 1,
        "mixed": 0,
        "neutral": 0,
        "unknown": 0,
        "balance": 0,
        "stance": "mixed",
    }
    assert collapsed.edges[COUNCIL, HEALTH]["stance"] == "supportive"
    assert collapsed.edges[COUNCIL, HEALTH]["balance"] == 1
    assert (collapsed.number_of_nodes(), collapsed.number_of_edges()) == (7, 5)
