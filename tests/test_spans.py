"""Spans: what they hold, what they meet, what covers them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stpgraph.extraction.spans import Span, cover

SPANS = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda ends: Span(min(ends), max(ends)))


def test_a_span_gives_the_words_that_stand_there() -> None:
    """A span counts code points, so that a picture character is one."""
    assert Span(2, 8).of("\U0001f600 Jo Doe said no.") == "Jo Doe"


def test_a_span_is_as_long_as_its_words() -> None:
    """The length of a span is how many code points it has, and a span from a place to itself has none."""
    assert (len(Span(4, 9)), len(Span(4, 4))) == (5, 0)


@pytest.mark.parametrize(
    ("other", "is_held", "is_met"),
    [
        pytest.param(Span(4, 9), True, True, id="itself"),
        pytest.param(Span(5, 8), True, True, id="within"),
        pytest.param(Span(3, 5), False, True, id="over the start"),
        pytest.param(Span(8, 10), False, True, id="over the end"),
        pytest.param(Span(0, 20), False, True, id="around"),
        pytest.param(Span(0, 4), False, False, id="up to the start"),
        pytest.param(Span(9, 12), False, False, id="from the end"),
        pytest.param(Span(20, 22), False, False, id="far away"),
    ],
)
def test_a_span_holds_what_lies_within_and_meets_what_it_shares_with(other: Span, is_held: bool, is_met: bool) -> None:
    """From 4 to 9: what ends at 4 or begins at 9 shares nothing with it."""
    assert (Span(4, 9).holds(other), Span(4, 9).meets(other)) == (is_held, is_met)


def test_a_span_moves_both_its_ends() -> None:
    """A span counted from another beginning keeps its length, forwards and back."""
    assert (Span(4, 9).moved(10), Span(14, 19).moved(-10)) == (Span(14, 19), Span(4, 9))


def test_spans_stand_in_order_of_where_they_begin() -> None:
    """Spans sort by their start, then by their end."""
    assert sorted([Span(4, 9), Span(2, 8), Span(2, 3)]) == [Span(2, 3), Span(2, 8), Span(4, 9)]


def test_the_cover_of_spans_goes_from_the_first_to_the_last() -> None:
    """What covers spans begins with the earliest and ends with the latest, whatever their order."""
    assert cover([Span(8, 10), Span(2, 12), Span(4, 5)]) == Span(2, 12)


def test_nothing_has_no_cover() -> None:
    """Without spans there is nothing to cover, and that is said."""
    with pytest.raises(ValueError, match="no spans to cover"):
        cover([])


@given(st.lists(SPANS, min_size=1, max_size=6))
def test_a_cover_holds_each_of_its_spans(spans: list[Span]) -> None:
    """A cover holds all it covers, and both its ends are ends of theirs."""
    whole = cover(iter(spans))
    assert [span for span in spans if not whole.holds(span)] == []
    assert whole.start in {span.start for span in spans}
    assert whole.end in {span.end for span in spans}


@given(SPANS, SPANS)
def test_to_meet_is_mutual(one: Span, other: Span) -> None:
    """If one span meets another, that one meets it, and they share a code point."""
    shared = set(range(one.start, one.end)) & set(range(other.start, other.end))
    if len(one) and len(other):
        assert (one.meets(other), other.meets(one)) == (bool(shared), bool(shared))
