"""Records to triples and back: nothing lost, nothing made up."""

from __future__ import annotations

import dataclasses
import random
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Triple

from stpgraph import records
from stpgraph.errors import BadRecord
from stpgraph.rdf import decimal_literal, from_triples, iso_date_literal, to_triples
from stpgraph.records import Claim, Collective, Evidence, Membership, Person, Record, Statistic, describe
from stpgraph.turtle import read_turtle, to_turtle
from stpgraph.vocabulary import BASE, OA, QUDT, RDF, SCHEMA, SKOS, STP, UNIT, XSD, mint
from tests.strategies import plain_triples, proposals, record

KINDS = sorted(
    (kind for kind in vars(records).values() if isinstance(kind, type) and issubclass(kind, Record) and kind != Record),
    key=lambda kind: kind.__name__,
)

JO = mint("person", "jo-doe")

FIGURE = Statistic(
    iri=mint("statistic", "2018-03-05-gazette-trust", "9-68"),
    as_said="£5.30bn",
    measure=mint("measure", "capital"),
    unit=UNIT.PoundSterling,
    comparator=mint("comparator", "about"),
    value=Decimal("5.30E+9"),
    numerator=55,
    reported_in=mint("document", "2018-03-05-gazette-trust"),
    evidence=(mint("evidence", "b"), mint("evidence", "a"), mint("evidence", "b")),
    review_status=mint("review-status", "accepted"),
)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@given(data=st.data())
def test_every_record_is_read_back_as_it_was_written(kind: type[Record], data: st.DataObject) -> None:
    """Whatever a record holds, its triples give it back, and none of them is left over."""
    one = data.draw(record(kind))
    assert from_triples(to_triples(one)) == ([one], [])


@given(st.lists(st.sampled_from(KINDS).flatmap(record), max_size=4, unique_by=lambda one: one.iri), st.randoms())
def test_records_are_told_apart_in_a_heap_of_triples(many: list[Record], chance: random.Random) -> None:
    """Triples of several records in any order give each of them back, by IRI."""
    heap = [triple for one in many for triple in to_triples(one)]
    chance.shuffle(heap)
    assert from_triples(heap) == (sorted(many, key=lambda one: one.iri.value), [])


@given(st.sampled_from(KINDS).flatmap(record))
def test_a_record_survives_its_file(one: Record) -> None:
    """A record written to Turtle and read from it is the same record."""
    assert from_triples(read_turtle(to_turtle(to_triples(one)))) == ([one], [])


def test_every_field_has_a_property_of_its_own() -> None:
    """Within a record no two fields share a property, so that none is read as another."""
    for kind in KINDS:
        full = _full(kind)
        predicates = [triple.predicate for triple in to_triples(full) if triple.predicate != RDF.type]
        selector = 1 if kind is Evidence else 0
        assert len(set(predicates)) == len(predicates), kind.__name__
        assert len(predicates) == len(dataclasses.fields(kind)) - 1 + selector, kind.__name__


def _full(kind: type[Record]) -> Record:
    """A record with one value in every field."""
    values: dict[str, Any] = {}
    for field in dataclasses.fields(kind):
        name = str(field.type)
        value: Any = mint("thing", field.name.replace("_", "-"))
        for sign, sample in (("IsoDate", "2018"), ("str", "x"), ("int", 5), ("Decimal", Decimal(1)), ("bool", True)):
            value = sample if sign in name else value
        if name.startswith("date"):
            value = {"date": date(2018, 3, 5), "datetime": _AT}[name.partition(" ")[0]]
        values[field.name] = (value,) if field.metadata["many"] else value
    return kind(**values | {"iri": mint("evidence", "x")})


_AT = datetime(2018, 3, 5, 12, 30, tzinfo=UTC)


def test_every_field_is_described() -> None:
    """Each field of each record says what it holds, in words that end without a full stop."""
    for kind in KINDS:
        for name, description in describe(kind).items():
            assert len(description) > 3, f"{kind.__name__}.{name}"
            assert not description.endswith("."), f"{kind.__name__}.{name}"


def test_every_record_has_a_class_of_its_own() -> None:
    """No two kinds of record are written as one class."""
    classes = [next(iter(to_triples(_full(kind)))).object for kind in KINDS]
    assert len(set(classes)) == len(KINDS)


def test_a_figure_in_triples() -> None:
    """Terms are as the ontology has them: numbers canonical and typed, words as they were said, each value once."""
    node = f"<{FIGURE.iri.value}>"
    assert [str(triple).replace(node, "<>") for triple in to_triples(FIGURE)] == [
        f"<> {RDF.type} {STP.Statistic}",
        f'<> {STP.asSaid} "£5.30bn"',
        f"<> {STP.measure} <{BASE}measure/capital>",
        f"<> {QUDT.hasUnit} {UNIT.PoundSterling}",
        f"<> {STP.comparator} <{BASE}comparator/about>",
        f'<> {STP.value} "5300000000.0"^^{XSD.decimal}',
        f'<> {STP.numerator} "55"^^{XSD.integer}',
        f"<> {STP.reportedIn} <{BASE}document/2018-03-05-gazette-trust>",
        f"<> {STP.evidence} <{BASE}evidence/a>",
        f"<> {STP.evidence} <{BASE}evidence/b>",
        f"<> {STP.reviewStatus} <{BASE}review-status/accepted>",
    ]


def test_evidence_has_a_selector_of_its_own() -> None:
    """Where a span lies stands on a selector, named like the evidence it belongs to."""
    span = Evidence(iri=mint("evidence", "gazette", "9-68"), document=JO, start=9, end=68, text_hash="ab")
    starts = [(triple.subject, triple.object) for triple in to_triples(span) if triple.predicate == OA.start]
    assert starts == [(mint("selector", "gazette", "9-68"), Literal("9", datatype=XSD.integer))]


@given(st.lists(plain_triples, max_size=8))
def test_what_is_no_record_is_handed_back(others: list[Triple]) -> None:
    """Triples of other vocabularies come back as they came, in their order, each once."""
    others = [triple for triple in others if triple.predicate != RDF.type]
    jo = Person(iri=mint("person", "somebody-else"), label="Jo Doe")
    assert from_triples([*others, *to_triples(jo)]) == ([jo], list(dict.fromkeys(others)))


def test_what_no_field_holds_is_handed_back() -> None:
    """A label in another language, a literal where an IRI belongs, a further class: none is lost, none is taken."""
    jo = Person(iri=JO, label="Jo Doe")
    odd = [
        Triple(JO, SKOS.prefLabel, Literal("Jo Doe", language="cy")),
        Triple(JO, RDF.type, SCHEMA.Person),
        Triple(JO, SKOS.note, JO),
    ]
    assert from_triples([odd[0], *to_triples(jo), odd[1], odd[2]]) == ([jo], odd)


def test_a_node_of_two_kinds_is_neither() -> None:
    """A node that says it is two kinds of record is left to the reader of the rest."""
    facts = [
        Triple(JO, RDF.type, STP.Person),
        Triple(JO, RDF.type, STP.Organisation),
        Triple(JO, SKOS.prefLabel, Literal("Jo Doe", language="en")),
    ]
    assert from_triples(facts) == ([], facts)


def _with(one: Record, predicate: NamedNode, *values: Literal | NamedNode) -> list[Triple]:
    """The triples of a record with other values of one property."""
    kept = [triple for triple in to_triples(one) if triple.predicate != predicate]
    return [*kept, *(Triple(one.iri, predicate, value) for value in values)]


@pytest.mark.parametrize(
    ("predicate", "field"), [(STP.asSaid, "as_said"), (STP.measure, "measure"), (STP.reviewStatus, "review_status")]
)
def test_a_missing_field_is_named(predicate: NamedNode, field: str) -> None:
    """A record that lacks what it needs says which node and which field, and what the field is for."""
    with pytest.raises(BadRecord) as caught:
        from_triples(_with(FIGURE, predicate))
    assert str(caught.value) == (
        f"<{FIGURE.iri.value}>: this statistic needs {field} ({describe(Statistic)[field]}); add it"
    )


def test_two_values_of_one_field_are_named() -> None:
    """A field that holds one value says so when the graph has two."""
    two = _with(FIGURE, STP.comparator, mint("comparator", "about"), mint("comparator", "exactly"))
    with pytest.raises(BadRecord, match=r"9-68>: this statistic has 2 values of comparator, where one is expected"):
        from_triples(two)


def test_one_value_in_two_spellings_is_one() -> None:
    """05 and 5 are one number."""
    spelt = [Literal(text, datatype=XSD.integer) for text in ("55", "+055")]
    assert from_triples(_with(FIGURE, STP.numerator, *spelt)) == ([FIGURE], [])


@pytest.mark.parametrize(
    ("one", "predicate", "field", "text", "datatype"),
    [
        (FIGURE, STP.numerator, "numerator", "five", XSD.integer),
        (FIGURE, STP.numerator, "numerator", "1_000", XSD.integer),
        (FIGURE, STP.numerator, "numerator", " 5", XSD.integer),
        (FIGURE, STP.numerator, "numerator", "٣", XSD.integer),
        (FIGURE, STP.value, "value", "NaN", XSD.decimal),
        (FIGURE, STP.value, "value", "1e3", XSD.decimal),
        (FIGURE, STP.value, "value", "", XSD.decimal),
    ],
)
def test_a_bad_literal_is_named(one: Record, predicate: NamedNode, field: str, text: str, datatype: NamedNode) -> None:
    """What its datatype does not allow is refused, with node, field and text, and not read as Python would."""
    with pytest.raises(BadRecord) as caught:
        from_triples(_with(one, predicate, Literal(text, datatype=datatype)))
    assert str(caught.value).startswith(
        f'<{one.iri.value}>: "{text}"^^{datatype} is no value for {field} ({predicate})'
    )


@pytest.mark.parametrize(
    ("text", "datatype"),
    [
        ("2018-02-30", XSD.date),
        ("20180305", XSD.date),
        ("2018", XSD.date),
        ("2018-03-05", XSD.gYear),
        ("soon", XSD.gYearMonth),
        ("2018-13", XSD.gYearMonth),
    ],
)
def test_a_bad_date_is_named(text: str, datatype: NamedNode) -> None:
    """A date that is none, or not of the precision that its datatype says, is refused with node and field."""
    post = Membership(iri=mint("membership", "m"), member=JO, organization=JO, role=JO)
    with pytest.raises(BadRecord, match=r"membership/m>: .* is no value for start_date"):
        from_triples(_with(post, SCHEMA.startDate, Literal(text, datatype=datatype)))


def test_a_bad_truth_is_not_taken_for_falsehood() -> None:
    """What is neither true nor false is refused."""
    measure = records.Measure(iri=mint("measure", "m"), label="beds", exhaustive=True)
    with pytest.raises(BadRecord, match=r'"maybe".* is no value for exhaustive'):
        from_triples(_with(measure, STP.exhaustive, Literal("maybe", datatype=XSD.boolean)))


def test_a_bad_position_of_evidence_is_named() -> None:
    """A fault on a selector is told of the evidence it belongs to."""
    span = Evidence(iri=mint("evidence", "gazette", "9-68"), document=JO, start=9, end=68, text_hash="ab")
    facts = [triple for triple in to_triples(span) if triple.predicate != OA.end]
    with pytest.raises(BadRecord, match=r"evidence/gazette/9-68>: this evidence needs end"):
        from_triples(facts)


def test_what_is_not_known_of_a_claim_has_no_triple() -> None:
    """A claim without claimant, relationship, stance and day has no triple of them, and is read back as it was."""
    full = _full(Claim)
    assert isinstance(full, Claim)
    unknown = dataclasses.replace(full, claimants=(), about=(), stance=None, stated_on=None)
    missing = {triple.predicate for triple in to_triples(full)} - {triple.predicate for triple in to_triples(unknown)}
    assert missing == {STP.claimant, STP.about, STP.stance, STP.statedOn}
    assert from_triples(to_triples(unknown)) == ([unknown], [])


@pytest.mark.parametrize("predicate", [STP.speechAct, STP.attribution, STP.summary, STP.reportedIn, STP.reviewStatus])
def test_what_is_known_of_every_claim(predicate: NamedNode) -> None:
    """A claim cannot be read without its speech act, its attribution, its summary, its document and its status."""
    with pytest.raises(BadRecord, match="this claim needs"):
        from_triples(_with(_full(Claim), predicate))


@given(proposals())
def test_a_document_of_proposals_survives_its_file(graph: list[Record]) -> None:
    """A document with its run, software, agents, posts, works, figures and claims is read back as it was written."""
    heap = [triple for one in graph for triple in to_triples(one)]
    assert from_triples(read_turtle(to_turtle(heap))) == (sorted(graph, key=lambda one: one.iri.value), [])


def test_repeated_values_are_one_set() -> None:
    """Fields that repeat are equal whatever order they are given in, and hold nothing twice."""
    assert FIGURE.evidence == (mint("evidence", "a"), mint("evidence", "b"))
    assert Person(iri=JO, label="Jo", alt_labels=("b", "a")) == Person(iri=JO, label="Jo", alt_labels=("a", "b", "a"))


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("0", "0.0"),
        ("-0.50", "-0.5"),
        ("1E+3", "1000.0"),
        ("1E-3", "0.001"),
        ("90071992547409930.10", "90071992547409930.1"),
        ("12345678901234567890123456789.123456789", "12345678901234567890123456789.123456789"),
    ],
)
def test_decimals_are_spelt_canonically(number: str, text: str) -> None:
    """A decimal has at least one place, none too many, no exponent, and every digit that it came with."""
    assert decimal_literal(Decimal(number)) == Literal(text, datatype=XSD.decimal)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_is_not_written(number: str) -> None:
    """xsd:decimal has neither infinities nor not-a-number, and none is written."""
    with pytest.raises(BadRecord, match="no number"):
        decimal_literal(Decimal(number))


@pytest.mark.parametrize("text", ["2018-3-5", "18", "2018-02-30", "2018-03-05T12:00", ""])
def test_what_is_no_date_is_not_written(text: str) -> None:
    """A date that is none is refused before it is in a file."""
    with pytest.raises(BadRecord, match="no date"):
        iso_date_literal(text)


def test_a_size_keeps_its_zero() -> None:
    """Nought, false and the empty text are values, not absences."""
    group = Collective(iri=mint("collective", "c"), label="", size=0)
    assert from_triples(to_triples(group)) == ([group], [])
    measure = records.Measure(iri=mint("measure", "m"), label="beds", exhaustive=False)
    assert from_triples(to_triples(measure)) == ([measure], [])
