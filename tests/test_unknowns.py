"""Proposals of which things are not known: every question, view and export takes them, and counts them rightly.

First an invented county with four proposals (anyshire.ttl and data/unknowns.ttl), on Oxigraph and on rdflib alike;
then the graph that ships with two documents of proposals as reading them writes them (data/proposals), of which
data/proposal_texts holds the texts. What is expected was worked out from the files by hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode

from stpgraph.building import build, find_sources, load_shipped, load_sources
from stpgraph.checks import Severity, check_anchors, check_figures, check_shapes
from stpgraph.citations import cite
from stpgraph.documents import find_texts
from stpgraph.exports import GRAPH_FORMATS, TABLE_FORMATS, table_to_markdown, tables_of, tables_to_workbook
from stpgraph.networks import VIEWS, Filters, View
from stpgraph.pages import draw_table, draw_view
from stpgraph.pages.cards import cards_of
from stpgraph.pages.drawing import make_scene
from stpgraph.questions import ask, find_questions
from stpgraph.rdf import from_triples, to_triples
from stpgraph.records import Claim
from stpgraph.store import Store, open_store
from stpgraph.tables import in_print
from stpgraph.turtle import is_normal, read_turtle
from stpgraph.vocabulary import mint
from tests.test_queries import ANYSHIRE, APRIL, COUNCIL, FUNDING, LATER, MARCH, TRUST, Asker, asker, rows

DATA = Path(__file__).parent / "data"
FOUR = "Plans in doubt"
NOTHING, OF_TRUST = "An unnamed source asks for something.", "Jo Doe speaks about trust."
OF_MONEY = "An unnamed source warns about money."
POOLING = "2018-07-02-anyshire-gazette-pooling-plan-splits-anyshire"
THIN = "undated-thin-trust"


@pytest.fixture(scope="module")
def county() -> Iterator[Store]:
    """Yield a store that holds the county and the proposals."""
    with open_store() as store:
        store.load(ANYSHIRE, graph=mint("graph", "anyshire"))
        store.load(DATA / "unknowns.ttl", graph=mint("graph", "four"))
        yield store


@pytest.fixture(scope="module", params=["oxigraph", "rdflib"])
def answer(request: pytest.FixtureRequest, county: Store) -> Asker:
    """Return what asks a question of one engine or the other."""
    if request.param == "oxigraph":
        return asker(county)
    return asker(county, rdflib.Graph().parse(ANYSHIRE).parse(DATA / "unknowns.ttl"))


def four(*places: str) -> list[tuple[str]]:
    """Name claims of the fourth document by their places."""
    return [(f"claim/four/{place}",) for place in places]


# --- The county


def test_who_said_what_ends_with_what_has_no_day(answer: Asker) -> None:
    """Proposals stand last, in the order of the text, with an empty cell for each thing that is not known."""
    columns = ("date", "speakers", "role", "act", "stance", "relationships", "summary", "status", "claim")
    found = rows(answer("who-said-what"), *columns)
    assert len(found) == 8 + 4
    assert found[8:] == [
        (None, None, None, "recommendation", None, None, NOTHING, "proposed", "claim/four/10-40"),
        (None, "Jo Doe", "leader", "assertion", None, TRUST, OF_TRUST, "proposed", "claim/four/50-90"),
        (None, None, None, "warning", "critical", FUNDING, OF_MONEY, "proposed", "claim/four/100-140"),
        (None, "Kit Poe", "lead", "assertion", None, None, "Kit Poe speaks.", "proposed", "claim/four/150-180"),
    ]


@pytest.mark.parametrize(
    ("asked", "places"),
    [
        ({"about": "relationship/trust"}, ["50-90"]),
        ({"aspect": "funding"}, ["100-140"]),
        ({"party": "party/partners"}, ["50-90"]),
        ({"other_party": "national bodies"}, ["100-140"]),
        ({"claimant": "Jo Doe"}, ["50-90"]),
        ({"claimant": "Kit Poe"}, ["150-180"]),
        ({"stance": "critical"}, ["100-140"]),
        ({"act": "recommendation"}, ["10-40"]),
        ({"concerns": "AN"}, ["100-140"]),
        ({"document": FOUR}, ["10-40", "50-90", "100-140", "150-180"]),
        ({"since": "2018"}, []),
        ({"until": "2030"}, []),
    ],
    ids=str,
)
def test_what_is_not_known_meets_no_condition(answer: Asker, asked: dict[str, str], places: list[str]) -> None:
    """A proposal is found by what is known of it, and by nothing that is not."""
    found = [row for row in rows(answer("who-said-what", **asked), "claim") if "four" in str(row[0])]
    assert found == four(*places)


def test_claims_of_a_body_end_with_those_of_no_known_day(answer: Asker) -> None:
    """What the council's leader said on a day not known stands last, and within no dates."""
    found = rows(answer("claims-of", organisation=COUNCIL), "date", "how", "claim")
    assert (len(found), found[-1]) == (4 + 1, (None, "its people", "claim/four/50-90"))
    assert len(answer("claims-of", organisation=COUNCIL, since="2000")) == 4


def test_recommendations_of_nobody_known(answer: Asker) -> None:
    """A recommendation is listed, though neither who makes it nor what it is about is known."""
    columns = ("date", "speakers", "addressees", "summary", "relationships", "document", "claim")
    found = rows(answer("recommendations"), *columns)
    assert (len(found), found[-1]) == (1 + 1, (None, None, None, NOTHING, None, FOUR, "claim/four/10-40"))


def test_unattributed_tells_the_unknown_from_the_unnamed(answer: Asker) -> None:
    """Proposals without a claimant have a reason of their own: the text may name one."""
    found = rows(answer("unattributed"), "reason", "speakers", "claim")
    assert [reason for reason, _, _ in found[:3]] == ["a group", "own voice", "unnamed sources"]
    assert found[3:] == [
        ("not known yet", None, "claim/four/10-40"),
        ("not known yet", None, "claim/four/100-140"),
    ]
    assert rows(answer("unattributed", reason="not known yet", about=FUNDING), "claim") == four("100-140")


def test_tensions_have_two_known_sides(answer: Asker) -> None:
    """A claim of an unknown day counts on its side; one of nobody known stands on none."""
    columns = ("supporters", "supporting", "supporting_from", "supporting_to", "critics", "opposing")
    [own] = rows(answer("tensions", between="same claimant", tension="contradiction"), *columns)
    assert own == ("Jo Doe", 1 + 1, LATER, LATER, "Jo Doe", 1)
    assert len(answer("tensions")) == 6
    assert len(answer("tensions", about=FUNDING)) == 0


def test_agreement_counts_known_claimants(answer: Asker) -> None:
    """Pairs are of known claimants, and what one of them said again on a day not known changes no count."""
    assert rows(answer("agreement"), "one", "other", "agree_propositions", "disagree_propositions") == [
        (COUNCIL, "Jo Doe", 0, 0),
        (COUNCIL, "Zoë Blogg", 0, 0),
        ("Jo Doe", "Zoë Blogg", 1, 1),
        ("bodies that answered", "Herald", 0, 1),
    ]


def test_relationship_map_counts_what_has_no_stance(answer: Asker) -> None:
    """A claim without a stance is a claim, and none of the four; one without a claimant adds no claimant."""
    columns = ("one", "claims", "claimants", "supportive", "critical", "mixed", "neutral", "open", "balance")
    assert rows(answer("relationship-map"), *columns) == [
        ("the partners", 6 + 1, 5, 2, 3, 0, 1, 1, -1),
        ("national bodies", 2 + 1, 3, 0, 1 + 1, 0, 1, 0, -2),
        ("local government", 1, 1, 1, 0, 0, 0, 0, 1),
    ]
    assert rows(answer("relationship-map", since="2018-04", aspect="trust"), "claims") == [(3,)]


def test_stance_over_time_has_a_row_without_a_period(answer: Asker) -> None:
    """What was said on a day not known stands below the periods of its relationship."""
    columns = ("period", "claims", "claimants", "supportive", "critical", "open", "balance")
    assert rows(answer("stance-over-time", about=TRUST), *columns) == [
        ("2018-03", 1, 1, 0, 1, 0, -1),
        ("2018-04", 3, 3, 2, 1, 0, 1),
        (None, 1, 1, 0, 0, 1, 0),
    ]
    assert rows(answer("stance-over-time", about=FUNDING, per="quarter"), *columns)[-1] == (None, 1, 0, 0, 1, 0, -1)


def test_corroboration_by_unknown_sources(answer: Asker) -> None:
    """A claim without a source corroborates nothing; a day not known is neither the first nor the last."""
    columns = ("wording", "standing", "documents", "sources", "affirmed", "denied", "first", "last")
    assert rows(answer("corroboration"), *columns) == [
        ("integration works", "contested", 2, 2, 1, 1, MARCH, APRIL),
        ("money runs out", "unknown source", 1, 0, 1, 0, None, None),
        ("the partners trust each other", "contested", 2 + 1, 2, 2 + 1, 1, MARCH, LATER),
    ]


def test_coverage_counts_every_claim(answer: Asker) -> None:
    """An undated document stands last with all four claims, of which two have claimants and two relationships."""
    columns = ("month", "title", "documents", "claims", "figures", "claimants", "relationships")
    assert rows(answer("coverage"), *columns)[-1] == (None, FOUR, 1, 4, 1, 2, 2)
    assert rows(answer("coverage", per="month"), *columns) == [
        ("2018-03", None, 1, 3, 3, 4, 4),
        ("2018-04", None, 2, 5, 6, 5, 3),
        (None, None, 1, 4, 1, 2, 2),
    ]


def test_money_of_nobody_known_is_not_the_outlets(answer: Asker) -> None:
    """Where a claim of an unknown claimant gives a sum, nobody is named, not the paper that reports it."""
    found = rows(answer("money"), "said", "who", "date", "document")
    assert found[0] == ("£9m", None, None, FOUR)
    assert [who for _, who, _, _ in found[1:]] == ["Herald", "unnamed sources"]
    assert rows(answer("statistics", document=FOUR), "said", "speakers", "date") == [("£9m", None, None)]


def test_posts_and_leads(answer: Asker) -> None:
    """Claims in a post count whatever else is unknown; a lead that nobody has reviewed is marked."""
    columns = ("name", "role", "claims", "spoke_about", "first_spoke", "last_spoke", "status")
    posts = rows(answer("people-and-roles"), *columns)
    assert ("Jo Doe", "leader", 2 + 1, TRUST, MARCH, LATER, "accepted") in posts
    assert ("Kit Poe", "lead", 1, None, None, None, "proposed") in posts
    assert rows(answer("partnerships"), "name", "lead", "claims", "critical", "speakers") == [
        ("Anyshire and Nowhere", "Sam Roe", 2 + 1, 1 + 1, "Anyshire Council; Institute of Plans; Jo Doe"),
        ("Elsewhere", "Kit Poe (proposed)", 0, 0, None),
    ]


def test_studies_and_doubtful_figures_are_as_before(answer: Asker) -> None:
    """A lone figure of no study changes neither."""
    assert rows(answer("studies"), "name", "claims") == [("Anyshire survey", 2), ("a roundtable", 0)]
    assert len(answer("doubtful-statistics")) == 7


def test_trace_of_a_claim_of_which_nothing_is_known(answer: Asker) -> None:
    """What is not known has no step; the software, the status and the note are there."""
    columns = ("step", "what", "detail", "by", "date", "node")
    assert rows(answer("trace", claim="claim/four/10-40"), *columns) == [
        ("claim", NOTHING, "indirect", None, None, "claim/four/10-40"),
        ("cites", OF_TRUST, None, None, None, "claim/four/50-90"),
        ("document", FOUR, "Herald", None, None, "document/four"),
        ("extraction", "a reader 1.0", None, "reader 1.0", None, "extraction/four"),
        ("status", "proposed", "0.2", None, None, "review-status/proposed"),
        ("note", "Claimant unknown: nobody is named.", None, None, None, "claim/four/10-40"),
    ]


def test_unreviewed_lists_every_proposal(answer: Asker) -> None:
    """All proposals are listed, in the order of their text, with an empty cell for what is not known."""
    columns = ("date", "kind", "what", "speakers", "relationships", "stance", "confidence", "statement")
    gap = (APRIL, "claim", "The gap is wide.", "unnamed sources", FUNDING, "critical")
    assert rows(answer("unreviewed"), *columns) == [
        (*gap, Decimal("0.4"), "claim/two/300-340"),
        (APRIL, "statistic", "turnout: about 120%", None, None, None, None, "statistic/two/700-710"),
        (None, "membership", "Kit Poe, lead, Elsewhere", None, None, None, None, "membership/four/kit-poe-lead"),
        (None, "membership", "Jo Doe, chair, Anyshire and Nowhere", None, None, None, None, "membership/jo-doe-chair"),
        (None, "claim", NOTHING, None, None, None, Decimal("0.2"), "claim/four/10-40"),
        (None, "claim", OF_TRUST, "Jo Doe", TRUST, None, Decimal("0.6"), "claim/four/50-90"),
        (None, "claim", OF_MONEY, None, FUNDING, "critical", Decimal("0.5"), "claim/four/100-140"),
        (None, "statistic", "a sum of money: £9m", None, None, None, Decimal("0.9"), "statistic/four/120-123"),
        (None, "claim", "Kit Poe speaks.", "Kit Poe", None, None, Decimal("0.7"), "claim/four/150-180"),
    ]
    assert rows(answer("unreviewed", below="0.3"), "notes") == [("Claimant unknown: nobody is named.",)]


def test_the_unknown_is_printed_as_nothing(county: Store) -> None:
    """An empty cell is how a table tells what is not known, on a screen and on a page."""
    [row] = ask(county, "unreviewed", below="0.3").rows
    assert [in_print(cell) for cell in row[3:6]] == ["", "", ""]
    assert "None" not in draw_table(ask(county, "unreviewed"), title="What is there to review?")


# --- The county drawn


def who_said_what(store: Store, **asked: Any) -> View:
    """The view of that name."""
    return VIEWS["who-said-what"](store, Filters(**asked))


@pytest.mark.parametrize(
    ("asked", "undrawn"),
    [
        ({}, 3),
        ({"about": "relationship/funding-national-bodies-stp"}, 1),
        ({"about": "aspect/funding"}, 1),
        ({"about": "relationship/trust"}, 0),
        ({"party": "party/national-bodies"}, 1),
        ({"party": "party/partners"}, 0),
        ({"claimant": "Kit Poe"}, 1),
        ({"claimant": "Elsewhere"}, 1),
        ({"claimant": "Jo Doe"}, 0),
        ({"since": "2018"}, 0),
    ],
    ids=str,
)
def test_a_network_counts_what_it_cannot_draw(county: Store, asked: dict[str, str], undrawn: int) -> None:
    """Of four proposals one has both ends; of the others those are counted that are asked for."""
    assert who_said_what(county, **asked).undrawn == undrawn


def test_a_network_draws_what_has_both_ends(county: Store) -> None:
    """Jo Doe's claim about trust stands behind an edge, without a day and a stance; the three others behind none."""
    view = who_said_what(county)
    jo, trust = mint("person", "jo-doe").value, mint("relationship", "trust").value
    said = mint("claim", "four", "50-90").value
    edges = [
        (source, target)
        for source, target, data in view.graph.edges(data=True)
        if any("/four/" in iri for iri in data["evidence"])
    ]
    assert edges == [(jo, trust)]
    [one] = [one for one in view.evidence if one.iri == said]
    assert (one.since, one.stance, one.status) == ("", "", "proposed")


def test_a_stance_that_is_not_known_is_counted_as_such(county: Store) -> None:
    """Jo Doe's three claims about trust are one each way, and one of no known stance."""
    graph = who_said_what(county).graph
    [edge] = graph.get_edge_data(mint("person", "jo-doe").value, mint("relationship", "trust").value).values()
    told = {name: edge[name] for name in ("weight", "supportive", "critical", "unknown", "balance", "stance")}
    assert told == {"weight": 3, "supportive": 1, "critical": 1, "unknown": 1, "balance": 0, "stance": "mixed"}


def test_a_claim_of_an_unknown_day_stands_last(county: Store) -> None:
    """Without a day a row comes after those with one, and says that the day is unknown."""
    view = who_said_what(county)
    card = cards_of(make_scene(view))[-1]
    assert view.evidence[-1].iri == mint("claim", "four", "50-90").value
    assert (card["when"], card["stance"], card["summary"]) == ("day unknown", "", OF_TRUST)
    assert card["speakers"] == [{"label": "Jo Doe", "role": "leader", "body": COUNCIL}]


def test_a_page_says_what_it_leaves_out(county: Store) -> None:
    """The page tells how many proposals are not drawn, and names a stance that is not known."""
    page = draw_view(who_said_what(county), store=county)
    assert "3 proposals without a known claimant or relationship are not drawn; `stpgraph ask unreviewed`" in page
    assert "1 not known" in page
    assert "March 2018 to April 2018" in page
    one = draw_view(who_said_what(county, claimant="Kit Poe"))
    assert "by Kit Poe: nothing in the graph answers this." in one
    assert "1 proposal without a known claimant or relationship is not drawn" in one
    assert "not drawn" not in draw_view(who_said_what(county, about="relationship/trust"))


def test_a_network_of_no_known_day_has_no_period(county: Store) -> None:
    """Where no claim has a day, the sentence above the picture names none."""
    view = who_said_what(county, claimant="Jo Doe", status="proposed")
    assert "by Jo Doe, proposed: 1 claim by 1 claimant about 1 relationship.</h1>" in draw_view(view)


@pytest.mark.parametrize("name", list(VIEWS))
def test_every_view_of_what_is_not_known_is_drawn(county: Store, name: str) -> None:
    """No view stumbles over what is not known, and none writes a None."""
    page = draw_view(VIEWS[name](county), store=county)
    assert "None" not in page.partition("<body>")[2].partition("<script")[0]


# --- The graph that ships, with two documents that were read


@pytest.fixture(scope="module")
def grown() -> Iterator[Store]:
    """Yield the graph that ships and the proposals of two documents."""
    with open_store() as store:
        load_shipped(store)
        load_sources(store, find_sources(DATA / "proposals"))
        yield store


#: What is known of each proposal: how many claimants, how many relationships, whether the stance, whether the day.
KNOWN = {
    POOLING: {
        "89-133": (1, 1, True, True),
        "136-166": (1, 0, False, True),
        "209-242": (1, 0, False, True),
        "261-290": (1, 0, False, True),
        "282-290": (0, 1, False, True),
        "293-312": (0, 0, False, True),
    },
    THIN: {"12-35": (0, 1, False, False), "58-90": (1, 1, True, False)},
}


@pytest.mark.parametrize("name", KNOWN)
def test_files_of_proposals_are_records_in_normal_form(name: str) -> None:
    """A file of proposals stands as the writer writes it, and records hold all of it, unknowns as nothing."""
    file = (DATA / f"proposals/{name}.ttl").read_bytes()
    assert is_normal(file)
    triples = list(read_turtle(file))
    records, rest = from_triples(triples)
    assert rest == []
    assert {triple for record in records for triple in to_triples(record)} == set(triples)
    claims = [record for record in records if isinstance(record, Claim)]
    assert {
        claim.iri.value.rpartition("/")[2]: (
            *(len(claim.claimants), len(claim.about)),
            *(claim.stance is not None, claim.stated_on is not None),
        )
        for claim in claims
    } == KNOWN[name]


def test_a_nested_claim_is_cited_by_the_outer_one() -> None:
    """What councillors say the hospitals fear is two claims; the inner one's note says where it lies."""
    records, _ = from_triples(read_turtle((DATA / f"proposals/{POOLING}.ttl").read_bytes()))
    claims = {record.iri: record for record in records if isinstance(record, Claim)}
    outer, inner = mint("claim", POOLING, "261-290"), mint("claim", POOLING, "282-290")
    assert claims[outer].cites == (inner,)
    assert "Within the claim 261–290." in claims[inner].editorial_notes


def test_proposals_break_no_shape(grown: Store) -> None:
    """Unknowns are no violation; that one document has neither date nor outlet is a warning each, with its mend."""
    found = check_shapes(grown)
    document = mint("document", THIN).value
    assert [(finding.rule, finding.node, finding.severity) for finding in found] == [
        ("DocumentProposed-issued", document, Severity.WARNING),
        ("DocumentProposed-publisher", document, Severity.WARNING),
    ]
    assert "stpgraph read --date" in found[0].mend
    assert "stpgraph read --outlet" in found[1].mend


def test_what_is_accepted_must_be_known() -> None:
    """Once a person accepts a claim, what is not known of it and of its document are violations."""
    claim, status = mint("claim", THIN, "12-35"), "stp:reviewStatus <review-status/{}>"
    proposed, accepted = (f"GRAPH ?g {{ {claim} {status.format(name)} }}" for name in ("proposed", "accepted"))
    with open_store() as store:
        load_shipped(store)
        load_sources(store, find_sources(DATA / "proposals"))
        store.update(f"DELETE {{ {proposed} }} INSERT {{ {accepted} }} WHERE {{ {proposed} }}")
        broken = {finding.rule for finding in check_shapes(store) if finding.severity is Severity.VIOLATION}
    assert broken == {
        "ClaimKnown-claimant",
        "ClaimKnown-stance",
        "ClaimKnown-statedOn",
        "DocumentKnown-issued",
        "DocumentKnown-publisher",
    }


def test_anchors_of_proposals_hold(grown: Store) -> None:
    """Every span of the proposals is that of its text, those of a broken quotation, too."""
    checked = check_anchors(grown, find_texts(DATA / "proposal_texts"))
    assert [finding for finding in checked.findings if POOLING in finding.node or THIN in finding.node] == []
    assert {document.value.rpartition("/")[2] for document in checked.texts} == {POOLING, THIN}


def test_proposals_are_built_with_their_texts(tmp_path: Path) -> None:
    """A folder of proposals and one of texts make a store that knows the words."""
    built = build(tmp_path / "store", [DATA / "proposals"], texts=DATA / "proposal_texts")
    with open_store(built.location) as store:
        [(words,)] = store.select(f"SELECT ?words {{ <evidence/{THIN}/12-35> oa:hasSelector/oa:exact ?words }}")
    assert words == Literal("Waiting lists will grow")


def test_figures_of_proposals_are_not_doubted(grown: Store) -> None:
    """£4m and 30 of the 44 hold; what was doubted of the graph that ships is doubted as before."""
    assert len(check_figures(grown)) == 4 + 1 + 8 + 1


def test_every_question_is_answered_and_exported(grown: Store) -> None:
    """Every question has an answer in every format, with citations."""
    tables = tables_of(grown)
    assert set(tables) == {q.name for q in find_questions().values() if not any(p.is_required for p in q.parameters)}
    for table in tables.values():
        nodes = {cell for row in table.rows for cell in row if isinstance(cell, NamedNode)}
        assert table_to_markdown(table, cite(grown, nodes)).startswith(b"|")
        assert all(write(table) for write in TABLE_FORMATS.values())
        assert "</table>" in draw_table(table, title=table.question)
    assert tables_to_workbook(grown).startswith(b"PK")


@pytest.mark.parametrize("form", GRAPH_FORMATS)
def test_every_graph_format_holds_the_proposals(grown: Store, form: str) -> None:
    """A graph with proposals is written in every format."""
    assert f"claim/{THIN}/12-35".encode() in GRAPH_FORMATS[form](grown)


def test_a_proposal_is_cited_as_far_as_it_is_known(grown: Store) -> None:
    """Without date and outlet a citation names the title and the place."""
    claim = mint("claim", THIN, "12-35")
    assert cite(grown, [claim]) == {claim: "“Thin trust”, characters 12–35"}


def test_what_made_a_proposal_is_told_once(grown: Store) -> None:
    """Two graphs describe the same software, and the trace of a claim names each program once."""
    steps = rows(ask(grown, "trace", claim=mint("claim", POOLING, "282-290")), "step", "by")
    assert [by for step, by in steps if step == "extraction"] == ["example-model 1.0", "stpgraph 0.2.0"]
    assert [step for step, _ in steps if step == "note"] == ["note"] * 3


def test_questions_of_the_grown_graph_count_every_proposal(grown: Store) -> None:
    """The eight proposals come to the 35 claims that ship; six of them have no edge in the picture."""
    assert len(ask(grown, "who-said-what")) == 35 + 8
    assert sum(int(str(row["claims"])) for row in ask(grown, "coverage").to_dicts()) == 35 + 8
    assert rows(ask(grown, "coverage"), "month", "title", "claims", "figures")[-1] == (None, "Thin trust", 2, 0)
    listed = [row for row in ask(grown, "unreviewed").to_dicts() if row["kind"] in {"claim", "statistic"}]
    assert len(listed) == 8 + 2
    assert who_said_what(grown).undrawn == 6
    assert "6 proposals without a known claimant" in draw_view(who_said_what(grown))
