"""What is given for a parameter at its bounds, and what is sent elsewhere in parts."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode

from stpgraph.errors import BadParameter
from stpgraph.publishing.digests import Digest, batches, digests_of
from stpgraph.questions.literals import lexical, to_literal
from stpgraph.questions.sides import read_sides
from stpgraph.questions.stated import Parameter
from stpgraph.store import Term
from stpgraph.vocabulary import XSD


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (datetime(2016, 11, 21, 10, 30, tzinfo=UTC), "2016-11-21"),
        (True, "true"),
        (False, "false"),
        (1e22, "1" + "0" * 22),
        (Decimal("0.50"), "0.50"),
        ("  7 ", "7"),
    ],
)
def test_values_of_python_are_spelled_as_literals(value: object, expected: str) -> None:
    """A time gives its day, a truth its small letters, a number all its digits, a text what stands between spaces."""
    assert lexical(value) == expected


@pytest.mark.parametrize("text", ["2016-12", "2016-01", "2016-12-31", "2016-02-29"])
def test_the_last_month_and_day_are_dates(text: str) -> None:
    """December, the 31st and a leap year's 29 February are taken, and keep their precision."""
    kind = XSD.gYearMonth if len(text) == 7 else XSD.date
    assert to_literal(Parameter(name="since", type="xsd:date"), text) == Literal(text, datatype=kind)


@pytest.mark.parametrize("text", ["2016-13", "2016-00", "2016-12-32", "2016-12-00", "2015-02-29", "0000"])
def test_days_that_are_none_are_refused(text: str) -> None:
    """A month or day beyond the calendar is an error, never the next month."""
    with pytest.raises(BadParameter):
        to_literal(Parameter(name="since", type="xsd:date"), text)


def test_of_values_alike_the_exact_one_is_meant() -> None:
    """Where two allowed values differ in punctuation alone, either is taken as it stands, and nothing between them."""
    parameter = Parameter(name="way", type="xsd:string", allowed=("by post", "by-post"))
    assert to_literal(parameter, "by-post").value == "by-post"
    assert to_literal(parameter, "by post").value == "by post"
    with pytest.raises(BadParameter):
        to_literal(parameter, "By Post")


@pytest.mark.parametrize(
    "text",
    [
        *("between", "between councils", "between councils and", "between and councils", "trust among", "councils"),
        "between a and " + "b" * 287,
    ],
)
def test_what_tells_no_two_sides(text: str) -> None:
    """Without a name on each side of "and", or after "among", and in more than 300 characters, no parties are told."""
    assert read_sides(text) is None


def test_each_and_may_part_the_sides() -> None:
    """A party may have "and" in its name; a text of 300 characters is still read."""
    found = read_sides("Trust between health and care and councils")
    assert found is not None
    assert found.aspect == "trust"
    assert found.pairs == (("health", "care and councils"), ("health and care", "councils"))
    assert read_sides("between a and " + "b" * 286) is not None


_G = [NamedNode(f"urn:g{n}") for n in range(51)]


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ([1] * 50, [50]),
        ([1] * 51, [50, 1]),
        ([60_000, 40_000], [2]),
        ([60_000, 40_001], [1, 1]),
        ([100_001, 1], [1, 1]),
        ([0, 1], [2]),
        ([], []),
    ],
)
def test_graphs_are_asked_about_in_batches(sizes: list[int], expected: list[int]) -> None:
    """Fifty graphs at once, and of a hundred thousand triples in all, unless one is larger alone."""
    graphs = _G[: len(sizes)]
    wanted = {graph: Digest(count=size) for graph, size in zip(graphs, sizes, strict=True)}
    found = batches(graphs, wanted)
    assert [len(batch) for batch in found] == expected
    assert [graph for batch in found for graph in batch] == graphs


def test_digests_are_read_however_an_engine_writes_numbers() -> None:
    """Sums may come as decimals or doubles; a graph without a name, or with nothing in it, has none."""
    rows: list[tuple[Term | None, ...]] = [
        (NamedNode("urn:a"), Literal("2"), Literal("30.0", datatype=XSD.decimal), Literal("4E1", datatype=XSD.double)),
        (NamedNode("urn:torn"), Literal("1"), None, None),
        (NamedNode("urn:empty"), Literal("0"), Literal("0"), Literal("0")),
        (BlankNode("b"), Literal("1"), Literal("5"), Literal("6")),
    ]
    assert digests_of(lambda _: rows) == {
        NamedNode("urn:a"): Digest(count=2, sums=(30, 40)),
        NamedNode("urn:torn"): Digest(count=1, sums=None),
    }
