"""The graph that ships, asked at engines that are servers: questions and views are as in a store of this process.

What is right there is held by the tests of questions and of views, on a county that is worked out by hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from stpgraph.building import load_shipped
from stpgraph.networks import VIEWS, Filters
from stpgraph.questions import Question, ask, find_questions
from stpgraph.store import EndpointStore, Store, open_store

pytestmark = pytest.mark.server


@pytest.fixture(scope="module")
def shipped() -> Iterator[Store]:
    """Yield the graph that ships in a store of this process."""
    with open_store() as store:
        load_shipped(store)
        yield store


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso"])
def shipped_there(request: pytest.FixtureRequest, shipped: Store) -> Iterator[Store]:
    """Yield the graph that ships at an engine that is a server."""
    if request.param == "oxigraph":
        url = request.getfixturevalue("plain_server")
        endpoint = EndpointStore(f"{url}/query", update_url=f"{url}/update")
    else:
        endpoint = EndpointStore(request.getfixturevalue("virtuoso").url)
    with endpoint as store:
        for graph in store.graph_names():  # what other tests left
            store.remove_graph(graph)
        store.add(shipped.quads())
        yield store
        for graph in shipped.graph_names():
            store.remove_graph(graph)


#: What is asked of each question beside nothing at all, where that may be: a fair sample, as SPARQL that finds values.
_RELATIONSHIPS = ("about", "SELECT ?x { ?x a stp:Relationship } ORDER BY ?x")
_JOINT_WORKING = ("about", "SELECT ?x { ?x a stp:Relationship FILTER(STRENDS(STR(?x), '/joint-working')) }")
_SPEAKERS = ("claimant", "SELECT DISTINCT ?x { ?claim stp:claimant ?x } ORDER BY ?x")
_BODIES = "SELECT DISTINCT ?x { ?claim stp:claimant ?x . ?x a stp:Organisation } ORDER BY ?x"
_SAMPLES: dict[str, list[tuple[str, str]]] = {
    "agreement": [_JOINT_WORKING, ("claimant", f"{_SPEAKERS[1]} LIMIT 2")],
    "claims-of": [
        ("organisation", "SELECT DISTINCT ?x { ?claim stp:claimant ?x . ?x a stp:Organisation } ORDER BY ?x")
    ],
    "corroboration": [("about", f"{_RELATIONSHIPS[1]} LIMIT 4")],
    "doubtful-statistics": [("about", f"{_RELATIONSHIPS[1]} LIMIT 3")],
    "people-and-roles": [("person", "SELECT ?x { ?x a stp:Person } ORDER BY ?x LIMIT 3")],
    "recommendations": [("addressee", "SELECT ?x { ?x a stp:Party } ORDER BY ?x LIMIT 4")],
    "relationship-map": [("aspect", "SELECT ?x { ?x a stp:Aspect } ORDER BY ?x LIMIT 4")],
    "stance-over-time": [("about", f"{_RELATIONSHIPS[1]} LIMIT 4")],
    "statistics": [("study", "SELECT ?x { ?x a stp:Study } ORDER BY ?x LIMIT 5")],
    "studies": [("study", "SELECT ?x { ?x a stp:Study } ORDER BY ?x LIMIT 5")],
    "tensions": [("about", f"{_RELATIONSHIPS[1]} LIMIT 6")],
    "trace": [("claim", "SELECT ?x { ?x a stp:Claim } ORDER BY ?x LIMIT 6")],
    "unattributed": [("about", f"{_RELATIONSHIPS[1]} LIMIT 4")],
    "who-said-what": [
        _RELATIONSHIPS,
        ("other_party", "SELECT ?x { ?x a stp:Party } ORDER BY ?x LIMIT 4"),
        ("claimant", f"{_SPEAKERS[1]} LIMIT 6"),
    ],
}
_CLAIMS = [
    Filters(about="relationship/joint-working"),
    Filters(claimant="CIPFA", stance="critical"),
    Filters(party="NHS bodies", until="2016"),
]
#: What each view is narrowed to.
_NARROWED = dict.fromkeys(VIEWS, _CLAIMS) | {
    name: [Filters(claimant="CIPFA")] for name in ("affiliations", "partnerships")
}
_PERIOD = {"since": "2016-11", "until": "2017-06"}


def _asked(shipped: Store, question: Question) -> Iterator[dict[str, Any]]:
    if not any(parameter.is_required for parameter in question.parameters):
        yield {}
        if question.takes_period:
            yield dict(_PERIOD)
    for name, sparql in _SAMPLES.get(question.name, []):
        for (value,) in shipped.select(sparql):
            yield {name: value}


@pytest.mark.parametrize("name", sorted(find_questions()))
def test_a_question_is_answered_the_same_there(shipped: Store, shipped_there: Store, name: str) -> None:
    """A question of the graph that ships has the same rows in the same order at an engine that is a server."""
    cases = list(_asked(shipped, find_questions()[name]))
    assert sum(len(ask(shipped, name, **case)) for case in cases) > 0
    for case in cases:
        ours, theirs = ask(shipped, name, **case), ask(shipped_there, name, **case)
        assert (theirs.names, list(theirs)) == (ours.names, list(ours)), case


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_that_is_narrowed_is_the_same_there(shipped: Store, shipped_there: Store, name: str) -> None:
    """A view of the graph that ships, narrowed to a part of it, has the same evidence, nodes and edges there."""
    for narrowed in _NARROWED[name]:
        ours, theirs = VIEWS[name](shipped, narrowed), VIEWS[name](shipped_there, narrowed)
        assert ours.evidence, narrowed
        assert theirs.evidence == ours.evidence, narrowed
        assert list(theirs.graph.nodes(data=True)) == list(ours.graph.nodes(data=True)), narrowed
        assert sorted(map(str, theirs.graph.edges(data=True))) == sorted(map(str, ours.graph.edges(data=True)))
