"""What networks are narrowed to: each filter, by IRI and by name, and what of it cannot be drawn."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from pyoxigraph import NamedNode, RdfFormat

from stpgraph.errors import BadParameter
from stpgraph.networks.claims import find_claims
from stpgraph.networks.filters import EVERYTHING, Filters, words
from stpgraph.networks.relationship_map import relationship_map
from stpgraph.networks.who_said_what import who_said_what
from stpgraph.store import Store, open_store
from stpgraph.vocabulary import mint
from tests.test_networks import (
    COUNCIL,
    GRAPH,
    GROWS,
    HEALTH,
    INVENTED,
    JO,
    JOINT,
    PLAN,
    RESPONDENTS,
    SURVEY,
    TALKS,
    TRUST,
    UNDATED,
    WANTED,
    WARNING,
    keyed,
)

ALL = {SURVEY, WARNING, TALKS, GROWS, WANTED, UNDATED}


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    """A store in memory that holds the invented graph."""
    with open_store() as opened:
        opened.load(INVENTED.encode(), format=RdfFormat.TURTLE, graph=GRAPH)
        yield opened


def found(store: Store, **asked: Any) -> set[str]:
    """The claims that filters find."""
    return {one.iri for one in find_claims(store, Filters(**asked)).evidence}


def test_nothing_asked_for_finds_everything(store: Store) -> None:
    """Without filters all claims are found that have both ends and are not withdrawn."""
    assert {one.iri for one in find_claims(store).evidence} == ALL
    assert EVERYTHING.given == {}


def test_asking_about_a_relationship_finds_those_below_it(store: Store) -> None:
    """A relationship is asked for by its IRI or by its path below the base, narrower ones included."""
    expected = [(COUNCIL, HEALTH, [TALKS]), (RESPONDENTS, JOINT, [SURVEY]), (PLAN, HEALTH, [TALKS])]
    assert keyed(who_said_what(store, Filters(about="relationship/joint-working"))) == expected
    assert keyed(who_said_what(store, Filters(about=NamedNode(JOINT)))) == expected


def test_a_filter_is_named_by_label_whatever_its_case(store: Store) -> None:
    """A label, or another name of a body, does as well as an IRI."""
    assert found(store, about="Joint Working with health") == {TALKS}
    assert found(store, claimant="acc") == {TALKS, WARNING, GROWS}
    assert found(store, stance="Critical") == found(store, stance="stance/critical") == {WARNING}


def test_an_aspect_finds_all_its_relationships(store: Store) -> None:
    """What the debate is a matter of, by its path or its own name, finds what is about relationships of that sort."""
    assert found(store, about="aspect/trust") == {WARNING, SURVEY, GROWS, UNDATED}
    assert found(store, about="how partners trust") == {WARNING, SURVEY, GROWS, UNDATED}


def test_a_party_finds_those_below_it(store: Store) -> None:
    """Health bodies are partners: asking for partners finds what is said of health bodies too."""
    assert found(store, party="party/nhs") == {TALKS, WANTED}
    assert found(store, party="the partners") == ALL
    assert found(store, party="party/public") == {WANTED}


def test_a_claimant_is_found_with_those_who_spoke_for_it(store: Store) -> None:
    """Asking for a council finds what its leader said in office, and only its own part of a joint claim."""
    assert keyed(who_said_what(store, Filters(claimant="organisation/anyshire"))) == [
        (COUNCIL, HEALTH, [TALKS]),
        (JO, TRUST, [WARNING, GROWS]),
    ]


@pytest.mark.parametrize(
    ("asked", "claims"),
    [
        ({"stance": "supportive"}, {TALKS, GROWS}),
        ({"stance": "neutral"}, {WANTED}),
        ({"act": "warning"}, {WARNING, WANTED}),
        ({"act": "speech-act/finding"}, {SURVEY, TALKS, GROWS}),
        ({"status": "accepted"}, {WARNING}),
        ({"status": "proposed"}, {WANTED, UNDATED}),
        ({"document": "talks go on"}, {TALKS, GROWS}),
        ({"document": mint("document", "gazette-trust")}, {SURVEY, WARNING}),
        ({"confidence": 0.4}, ALL),
        ({"confidence": 0.41}, ALL - {WANTED}),
        ({"confidence": 1}, ALL - {WANTED}),
        ({"stance": "supportive", "claimant": "Jo Doe"}, {GROWS}),
        ({"about": "trust", "act": "finding", "until": "2018-04"}, {SURVEY}),
        ({"about": "trust", "party": "party/public"}, set()),
    ],
    ids=str,
)
def test_claims_are_narrowed_by_each_filter_and_by_several(
    store: Store, asked: dict[str, Any], claims: set[str]
) -> None:
    """What is found fits every filter; a claim that states no confidence, for a person made it, is kept."""
    assert found(store, **asked) == claims


@pytest.mark.parametrize(
    ("since", "until", "claims"),
    [
        (date(2018, 6, 1), None, {TALKS, GROWS, WANTED}),
        (None, date(2018, 5, 31), {WARNING, SURVEY}),
        ("2018-03", "2018-03", {WARNING, SURVEY}),
        ("2018-03-05", "2018-06-01", {WARNING, SURVEY, TALKS, GROWS}),
        ("2018", None, {WARNING, SURVEY, TALKS, GROWS, WANTED}),
        ("2019", None, set()),
    ],
)
def test_a_period_holds_both_its_ends(
    store: Store, since: date | str | None, until: date | str | None, claims: set[str]
) -> None:
    """A day, a month or a year bounds the period; what was said on a bound is in it, what has no day is in none."""
    assert found(store, since=since, until=until) == claims


def test_a_claim_about_two_relationships_is_shown_about_the_one_asked_for(store: Store) -> None:
    """The survey is about trust and joint working: asked for trust, its evidence and its edge tell of trust alone."""
    [survey] = [one for one in find_claims(store, Filters(about="trust")).evidence if one.iri == SURVEY]
    assert [topic.thing.iri for topic in survey.topics] == [TRUST]


@pytest.mark.parametrize(
    ("asked", "undrawn"),
    [
        ({}, 2),
        ({"about": "trust"}, 1),
        ({"about": "aspect/trust"}, 1),
        ({"about": "joint working"}, 0),
        ({"party": "party/partners"}, 1),
        ({"party": "party/nhs"}, 0),
        ({"claimant": "Jo Doe"}, 1),
        ({"claimant": "acc"}, 0),
        ({"stance": "critical"}, 1),
        ({"stance": "mixed"}, 0),
        ({"act": "finding"}, 1),
        ({"status": "proposed"}, 2),
        ({"status": "accepted"}, 0),
        ({"document": "Where is the money?"}, 2),
        ({"document": "Talks go on"}, 0),
        ({"confidence": 0.9}, 2),
        ({"confidence": 0.95}, 1),
        ({"since": "2018-09"}, 1),
        ({"until": "2018-08"}, 0),
    ],
    ids=str,
)
def test_proposals_without_an_end_are_counted_where_they_are_asked_for(
    store: Store, asked: dict[str, Any], undrawn: int
) -> None:
    """One proposal lacks its claimant and its day, one what it is about: each counts where the rest of it fits."""
    assert find_claims(store, Filters(**asked)).undrawn == undrawn
    assert who_said_what(store, Filters(**asked)).undrawn == undrawn
    assert relationship_map(store, Filters(**asked)).undrawn == undrawn


@pytest.mark.parametrize("value", ["no such > thing", "relationship/<script>"])
def test_a_filter_that_names_nothing_is_refused(store: Store, value: str) -> None:
    """What names nothing is named in the error, not pasted into the query."""
    with pytest.raises(BadParameter, match=f"about: no relationship or aspect is called '{value}'"):
        who_said_what(store, Filters(about=value))


@pytest.mark.parametrize("name", ["party", "claimant", "stance", "act", "status", "document"])
def test_each_filter_refuses_what_it_cannot_name(store: Store, name: str) -> None:
    """The error names the filter, and a relationship is no party, claimant, stance, act, status or document."""
    asked: dict[str, Any] = {name: "joint working"}
    with pytest.raises(BadParameter, match=f"{name}: no .* is called 'joint working'"):
        find_claims(store, Filters(**asked))


@pytest.mark.parametrize("value", ["yesterday", "2018-13", "2018-1", "2018-03-05T00:00"])
@pytest.mark.parametrize("name", ["since", "until"])
def test_a_filter_that_is_no_date_is_refused(store: Store, name: str, value: str) -> None:
    """What is no year, month or day is named in the error."""
    asked: dict[str, Any] = {name: value}
    with pytest.raises(BadParameter, match=f"{name}="):
        who_said_what(store, Filters(**asked))


@pytest.mark.parametrize("value", [-0.1, 1.5, 40])
def test_a_confidence_that_is_no_share_is_refused(store: Store, value: float) -> None:
    """Confidence lies between 0 and 1."""
    with pytest.raises(BadParameter, match="is no share; expected 0 to 1"):
        who_said_what(store, Filters(confidence=value))


def test_an_iri_stands_in_the_query_as_one_term(store: Store) -> None:
    """Marks of the query's own inside an IRI stay part of it: the query still parses and finds nothing."""
    for mark in ("@", "@NARROWED@", "@VALUES@", "?claim"):
        assert found(store, about=NamedNode(f"urn:{mark}")) == set()


def test_what_is_asked_for_is_told_by_the_names_in_the_store(store: Store) -> None:
    """Each filter is told as a reader would say it, a body by its short name, a thing without a name by its path."""
    asked = Filters(about="relationship/trust", claimant="anyshire county council", stance="stance/critical")
    assert words(store, asked) == "about trust, by ACC, critical"
    assert words(store, Filters(about="relationship/housing")) == "about relationship/housing"
    assert words(store, EVERYTHING) == ""
