"""The made-up graph that is measured with, and the measuring itself."""

from __future__ import annotations

import operator
import signal
from collections import Counter

import pytest
from pyoxigraph import NamedNode, Quad

from benchmarks.figures import Figure, to_json
from benchmarks.measuring import Once, Pairs, in_child
from benchmarks.society import coined
from benchmarks.synthetic import generate
from stpgraph import records
from stpgraph.checks.shapes import check_shapes
from stpgraph.rdf import from_triples
from stpgraph.records import Record
from stpgraph.resources import folder
from stpgraph.store import open_store
from stpgraph.turtle import read_turtle
from stpgraph.vocabulary import RDF, SKOS, STP, mint


@pytest.fixture(scope="module")
def quads() -> list[Quad]:
    """A small made-up graph."""
    return list(generate(20_000))


@pytest.fixture(scope="module")
def found(quads: list[Quad]) -> list[Record]:
    """Its records; reading them says when a field that must be there is missing."""
    scheme = mint("graph", "relationships")
    read, rest = from_triples(quad.triple for quad in quads if quad.graph_name != scheme)
    assert rest == []
    return read


def test_one_seed_makes_one_graph(quads: list[Quad]) -> None:
    """The same seed gives the same quads in the same order, another seed others."""
    assert list(generate(20_000)) == quads
    assert set(generate(20_000, seed=1)) != set(quads)


def test_the_size_is_about_what_was_asked_for(quads: list[Quad]) -> None:
    """At least so many, and not a document more."""
    assert 20_000 <= len(quads) < 21_000


def test_no_triple_stands_in_two_graphs(quads: list[Quad]) -> None:
    """A union would count it twice."""
    assert [triple for triple, times in Counter(quad.triple for quad in quads).items() if times > 1] == []


def test_every_document_has_a_graph_with_its_claims(quads: list[Quad], found: list[Record]) -> None:
    """Each document stands in one graph with 10 to 15 claims, half as many figures, and where all of them stand."""
    graph_of = {quad.subject: quad.graph_name for quad in quads if quad.predicate == RDF.type}
    documents = [record for record in found if isinstance(record, records.Document)]
    claims = Counter(graph_of[record.iri] for record in found if isinstance(record, records.Claim))
    figures = Counter(
        graph_of[record.iri] for record in found if isinstance(record, records.Statistic) and record.evidence
    )
    assert len({graph_of[document.iri] for document in documents}) == len(documents) > 10
    assert claims.keys() == figures.keys() == {graph_of[document.iri] for document in documents}
    assert all(10 <= claims[graph] <= 15 and figures[graph] == claims[graph] // 2 for graph in claims)


def test_evidence_lies_within_its_document(found: list[Record]) -> None:
    """Spans begin before they end, and end before the text does."""
    lengths = {record.iri: record.text_length for record in found if isinstance(record, records.Document)}
    spans = [record for record in found if isinstance(record, records.Evidence)]
    assert spans
    assert all(0 <= span.start < span.end <= lengths[span.document] for span in spans)


def test_all_that_is_named_is_there(quads: list[Quad]) -> None:
    """Whatever a claim, a figure or a measure refers to is described, but for the review's maker and the sources."""
    described = {quad.subject for quad in quads}
    named = {
        quad.object for quad in quads if isinstance(quad.object, NamedNode) and quad.predicate.value.startswith(STP.iri)
    }
    assert named - described == set()


def test_a_person_speaks_in_a_post_of_their_own(found: list[Record]) -> None:
    """The member of the post is the claimant."""
    members = {record.iri: record.member for record in found if isinstance(record, records.Membership)}
    spoken = [record for record in found if isinstance(record, records.Claim) and record.speaking_as]
    assert spoken
    assert all((members[claim.speaking_as],) == claim.claimants for claim in spoken if claim.speaking_as)


def test_the_graph_conforms() -> None:
    """The shapes and rules of the graph that ships hold for a made-up one, but for shares that are wrong on purpose."""
    with open_store() as store:
        store.load(folder("ontology") / "stp.ttl", graph=mint("graph", "ontology"))
        store.add(generate(5_000))
        assert {finding.rule for finding in check_shapes(store)} <= {"FigureShare"}


def test_figures_hold_their_values(found: list[Record]) -> None:
    """A value lies between its bounds, a numerator is at most its denominator, and several share a measure."""
    figures = [record for record in found if isinstance(record, records.Statistic)]
    for figure in figures:
        assert figure.lowest is not None
        assert figure.value is not None
        assert figure.highest is not None
        assert figure.lowest <= figure.value <= figure.highest
        assert (figure.numerator or 0) <= (figure.denominator or 0)
    assert max(Counter(figure.measure for figure in figures).values()) > 3


def test_a_few_speak_much_and_most_little(found: list[Record]) -> None:
    """The tenth of the claimants that speak most make a third of the claims or more."""
    times = Counter(who for record in found if isinstance(record, records.Claim) for who in record.claimants)
    most = sorted(times.values(), reverse=True)
    assert 3 * sum(most[: len(most) // 10]) >= sum(most)


def test_names_are_coined_once() -> None:
    """Another number, another name."""
    assert len({coined(number) for number in range(5000)}) == 5000


def test_the_relationships_are_the_real_ones(quads: list[Quad]) -> None:
    """Claims are about relationships of the shipped scheme, all of which is in the graph."""
    scheme = {quad.triple for quad in quads if quad.graph_name == mint("graph", "relationships")}
    assert scheme == set(read_turtle(folder("ontology") / "relationships.ttl"))
    real = {triple.subject for triple in scheme if triple.object == STP.Relationship}
    assert {quad.object for quad in quads if quad.predicate == STP.about} <= real
    assert any(triple.predicate == SKOS.broader for triple in scheme)


ONCE = Once(seconds=2.0, memory=1_000_000, size=3)


def test_the_ratio_is_the_median_of_the_pairs() -> None:
    """A run disturbed on one side does not decide."""
    pairs = Pairs(ours=(2.0, 9.0, 3.0), other=(1.0, 1.0, 2.0), ours_alone=ONCE, other_alone=ONCE)
    figure = Figure.of_pairs("trace", 100, pairs, beside="pyoxigraph query", target=1.2)
    assert (figure.seconds, figure.beside_seconds, figure.ratio, figure.is_met) == (3.0, 1.0, 2.0, False)


@pytest.mark.parametrize(
    ("seconds", "limit", "ratio", "is_met"),
    [(30.0, 60.0, 10.0, True), (15.0, 60.0, 5.0, False), (None, 60.0, 20.0, True), (None, 15.0, 5.0, None)],
)
def test_beside_rdflib_more_is_better(seconds: float | None, limit: float, ratio: float, is_met: bool | None) -> None:
    """The ratio is how much faster ours is; one that was ended too early tells nothing."""
    pairs = Pairs(ours=(3.0,), other=(1.0,), ours_alone=ONCE, other_alone=ONCE)
    rdflib = None if seconds is None else Once(seconds=seconds, memory=0, size=0)
    figure = Figure.of_rdflib("trace", 100, pairs, rdflib, limit=limit, target=10.0)
    assert (figure.ratio, figure.is_met, figure.is_cut) == (ratio, is_met, rdflib is None)
    assert '"beside": "rdflib"' in to_json([figure])


def test_a_child_answers_fails_or_is_ended() -> None:
    """What a process of its own returns is handed on, what it raises is told, and an alarm ends it."""
    assert in_child(operator.add, 2, 3) == 5
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        in_child(operator.floordiv, 1, 0)
    assert in_child(signal.raise_signal, signal.SIGALRM) is None
