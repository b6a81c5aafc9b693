"""Discourse networks: statements, matrices and the view, against matrices worked by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat

from stpgraph.errors import BadParameter
from stpgraph.networks.discourse import Mode, discourse
from stpgraph.networks.evidence import Evidence, Speaker, Thing, Topic
from stpgraph.networks.filters import Filters
from stpgraph.networks.matrices import (
    ONE_MODE_NORMALISATIONS,
    ONE_MODE_WEIGHTS,
    TWO_MODE_NORMALISATIONS,
    TWO_MODE_WEIGHTS,
    Counts,
    Normalisation,
    Weight,
    count,
    one_mode,
    two_mode,
)
from stpgraph.networks.statements import (
    Duplicates,
    Excluded,
    Levels,
    Selection,
    Statement,
    read_statements,
    select_statements,
)
from stpgraph.networks.views import View
from stpgraph.store import Store, open_store
from stpgraph.vocabulary import mint

#: The worked example of the definitions: document, day, actor, concept, stance, in the order of the texts.
WORKED = (
    ("1", "2016-11-01", "A", "x", 1),
    ("1", "2016-11-01", "A", "x", 1),
    ("1", "2016-11-01", "B", "x", 0),
    ("1", "2016-11-01", "C", "x", 1),
    ("2", "2016-11-15", "A", "y", 0),
    ("2", "2016-11-15", "B", "y", 0),
    ("3", "2016-12-02", "B", "y", 0),
    ("3", "2016-12-02", "C", "y", 1),
    ("3", "2016-12-02", "B", "z", 1),
    ("3", "2016-12-02", "D", "z", 1),
    ("4", "2016-12-20", "D", "z", 0),
)

#: Statements on a scale: A takes both ends of x, B stands in the middle of it; they agree on y, against C.
SCALED = (
    ("1", "2016-11-01", "A", "x", 1),
    ("2", "2016-11-02", "A", "x", -1),
    ("1", "2016-11-01", "B", "x", 0),
    ("1", "2016-11-01", "A", "y", 1),
    ("1", "2016-11-01", "B", "y", 1),
    ("1", "2016-11-01", "C", "y", -1),
)

Row = tuple[str, str | None, str, str, int | None]


def statements(rows: Sequence[Row]) -> list[Statement]:
    """Make statements of rows that stand in the order of the texts."""
    return [
        Statement(
            document=document,
            day=date.fromisoformat(day) if day else None,
            actor=actor,
            concept=concept,
            stance=stance,
            start=at,
            claim=f"urn:claim:{at}",
        )
        for at, (document, day, actor, concept, stance) in enumerate(rows)
    ]


def selected(rows: Sequence[Row], duplicates: Duplicates = "document", levels: Levels = "two") -> Selection:
    """Choose those of rows that count."""
    return select_statements(statements(rows), duplicates=duplicates, levels=levels)


def worked(duplicates: Duplicates = "document") -> Counts:
    """Count the worked example."""
    return count(selected(WORKED, duplicates))


def scaled() -> Counts:
    """Count the example on a scale."""
    return count(selected(SCALED, levels="three"))


def test_duplicates_of_a_document_count_once() -> None:
    """Of the worked example ten statements remain: A's second x in one document goes."""
    selection = selected(WORKED)
    assert len(selection.statements) == 10
    assert selection.duplicates == 1
    assert Counter(one.actor for one in selection.statements) == {"A": 2, "B": 4, "C": 2, "D": 2}


def test_two_mode_matrices_are_those_worked_by_hand() -> None:
    """The worked example's counts, differences and sets of stances come out as on paper, by A to D and x to z."""
    counts = worked()
    against, favour = (layer.toarray().tolist() for layer in counts.cells)
    assert favour == [[1, 0, 0], [0, 0, 1], [1, 1, 0], [0, 0, 1]]
    assert against == [[0, 1, 0], [1, 2, 0], [0, 0, 0], [0, 0, 1]]
    assert two_mode(counts, weight="ignore").values.tolist() == [[1, 1, 0], [1, 2, 1], [1, 1, 0], [0, 0, 2]]
    assert two_mode(counts, weight="subtract").values.tolist() == [[1, -1, 0], [-1, -2, 1], [1, 1, 0], [0, 0, 0]]
    assert two_mode(counts, weight="combine").values.tolist() == [[1, 2, 0], [2, 2, 1], [1, 1, 0], [0, 0, 3]]


def test_two_mode_normalisations_are_those_worked_by_hand() -> None:
    """Activity divides by all statements of an actor, prominence by all on a concept, not by the signed cells."""
    activity = two_mode(worked(), weight="subtract", normalisation="activity")
    assert activity.values.tolist() == [[1 / 2, -1 / 2, 0], [-1 / 4, -1 / 2, 1 / 4], [1 / 2, 1 / 2, 0], [0, 0, 0]]
    prominence = two_mode(worked(), weight="subtract", normalisation="prominence")
    assert prominence.values.tolist() == [[1 / 3, -1 / 4, 0], [-1 / 3, -1 / 2, 1 / 3], [1 / 3, 1 / 4, 0], [0, 0, 0]]


def test_including_duplicates_counts_every_statement() -> None:
    """With all duplicates A speaks twice of x, and all else is as before."""
    assert two_mode(worked("include")).values.tolist() == [[2, 1, 0], [1, 2, 1], [1, 1, 0], [0, 0, 2]]


def test_duplicates_across_the_range_count_once_for_each_stance() -> None:
    """Over the whole period B is against y once; D's for and against are two unless stance is not compared."""
    ignoring = select_statements(statements(WORKED), duplicates="acrossrange", ignores_stance=True)
    assert two_mode(count(ignoring)).values.tolist() == [[1, 1, 0], [1, 1, 1], [1, 1, 0], [0, 0, 1]]
    subtracted = two_mode(worked("acrossrange"), weight="subtract").values.tolist()
    assert subtracted == [[1, -1, 0], [-1, -1, 1], [1, 1, 0], [0, 0, 0]]


#: The pairs of the worked example: ignore, congruence, conflict, subtract, and the three divisors.
PAIRS = {
    (0, 1): (3, 2, 1, 1, 3, 5, 8),
    (0, 2): (2, 1, 1, 0, 2, 3, 4),
    (0, 3): (0, 0, 0, 0, 2, 4, 4),
    (1, 2): (3, 0, 3, -3, 3, 6, 8),
    (1, 3): (2, 1, 1, 0, 3, 5, 8),
    (2, 3): (0, 0, 0, 0, 2, 4, 4),
}


@pytest.mark.parametrize(("at", "weight"), list(enumerate(["ignore", "congruence", "conflict", "subtract"])))
@pytest.mark.parametrize(("by", "normalisation"), list(enumerate(["none", "average", "jaccard", "cosine"], start=3)))
def test_one_mode_matrices_are_those_worked_by_hand(
    at: int, weight: Weight, by: int, normalisation: Normalisation
) -> None:
    """Every weight of the worked example's claimants, divided in every way, is that of the table on paper."""
    matrix = one_mode(worked(), weight=weight, normalisation=normalisation)
    assert matrix.rows == matrix.columns == ("A", "B", "C", "D")
    expected = np.zeros((4, 4))
    for (one, other), told in PAIRS.items():
        divisor = 1 if normalisation == "none" else told[by]
        expected[one, other] = expected[other, one] = told[at] / divisor
    assert matrix.values.tolist() == expected.tolist()


def test_some_normalised_weights_as_fractions() -> None:
    """Congruence of A and B is 2/3, 2/5, 2/8; conflict of B and C 3/3, 3/6, 3/8; negative weights are divided too."""
    found = {
        (weight, by): one_mode(worked(), weight=weight, normalisation=by).values
        for weight in ("congruence", "conflict", "subtract")
        for by in ("average", "jaccard", "cosine")
    }
    assert [found["congruence", by][0, 1] for by in ("average", "jaccard", "cosine")] == [2 / 3, 2 / 5, 2 / 8]
    assert [found["conflict", by][1, 2] for by in ("average", "jaccard", "cosine")] == [1, 1 / 2, 3 / 8]
    assert [found["subtract", by][1, 2] for by in ("average", "jaccard", "cosine")] == [-1, -1 / 2, -3 / 8]


def test_concepts_are_tied_with_the_roles_swapped() -> None:
    """Of the worked example's concepts x and y are judged alike three times, each with z never."""
    concepts = worked().transposed()
    assert one_mode(concepts, weight="congruence").values.tolist() == [[0, 3, 0], [3, 0, 0], [0, 0, 0]]
    assert one_mode(concepts, weight="conflict").values.tolist() == [[0, 1, 1], [1, 0, 2], [1, 2, 0]]
    assert one_mode(concepts, weight="subtract").values.tolist() == [[0, 2, -1], [2, 0, -2], [-1, -2, 0]]


def test_counts_are_multiplied_and_not_compared() -> None:
    """Two for twice and three times on one concept agree six times."""
    rows: list[Row] = [("1", "2016-11-01", actor, "x", 1) for actor in "AABBB"]
    assert one_mode(count(selected(rows, "include"))).values.tolist() == [[0, 6], [6, 0]]


def test_a_scale_has_half_agreement() -> None:
    """Who stands in the middle agrees and disagrees by half with both ends; products and fractions are exact."""
    assert one_mode(scaled(), weight="congruence").values.tolist() == [[0, 2, 0], [2, 0, 0], [0, 0, 0]]
    assert one_mode(scaled(), weight="conflict").values.tolist() == [[0, 1, 1], [1, 0, 1], [1, 1, 0]]
    assert one_mode(scaled(), weight="ignore").values.tolist() == [[0, 3, 1], [3, 0, 1], [1, 1, 0]]
    assert one_mode(scaled(), weight="congruence", normalisation="average").values[0, 1] == 2 / 2.5
    assert one_mode(scaled(), weight="congruence", normalisation="jaccard").values[0, 1] == 2 / 4
    assert one_mode(scaled(), weight="conflict", normalisation="jaccard").values[0, 2] == 1 / 4
    assert one_mode(scaled(), weight="congruence", normalisation="cosine").values[0, 1] == 2 / 6


def test_a_scale_adds_its_levels() -> None:
    """Two-mode weights on a scale are sums of levels; a set of levels is a number whose lowest bit is the highest."""
    assert two_mode(scaled(), weight="subtract").values.tolist() == [[0, 1], [0, 1], [0, -1]]
    assert two_mode(scaled(), weight="combine").values.tolist() == [[5, 1], [2, 1], [0, 4]]
    activity = two_mode(scaled(), weight="subtract", normalisation="activity")
    assert activity.values.tolist() == [[0, 1 / 3], [0, 1 / 2], [0, -1]]


def test_a_scale_ends_where_stances_do() -> None:
    """Of a scale on which only 0 and 1 are seen these two are wholly unlike, and 0 still adds nothing."""
    seen = count(selected([("1", "2016-11-01", "A", "x", 1), ("1", "2016-11-01", "B", "x", 0)], levels="three"))
    assert one_mode(seen, weight="conflict").values.tolist() == [[0, 1], [1, 0]]
    assert two_mode(seen, weight="subtract").values.tolist() == [[1], [0]]
    alike = count(selected([("1", "2016-11-01", "A", "x", 0), ("1", "2016-11-01", "B", "x", 0)], levels="three"))
    assert one_mode(alike, weight="congruence").values.tolist() == [[0, 1], [1, 0]]


def test_excluded_values_stay_as_isolates() -> None:
    """With z excluded D and z are gone, or rows and columns of zeros where isolates are asked for."""
    selection = select_statements(statements(WORKED), excluded=Excluded(concepts=frozenset({"z"})))
    without, within = two_mode(count(selection)), two_mode(count(selection, with_isolates=True))
    assert (without.rows, without.columns) == (("A", "B", "C"), ("x", "y"))
    assert without.values.tolist() == [[1, 1], [1, 2], [1, 1]]
    assert (within.rows, within.columns) == (("A", "B", "C", "D"), ("x", "y", "z"))
    assert within.values.tolist() == [[1, 1, 0], [1, 2, 0], [1, 1, 0], [0, 0, 0]]
    assert selection.excluded == 3


def test_what_is_left_out_is_counted() -> None:
    """Statements outside the period, without a day, a stance, an actor or a concept are told apart."""
    rows: list[Row] = [
        ("1", "2016-11-01", "A", "x", 1),
        ("1", "2016-10-31", "B", "x", 1),
        ("1", None, "C", "x", 1),
        ("1", "2016-11-02", "D", "x", None),
        ("1", "2016-11-30", "", "x", 1),
        ("1", "2016-11-30", "E", "", 0),
    ]
    found = select_statements(statements(rows), since=date(2016, 11, 1), until=date(2016, 11, 30))
    assert [one.actor for one in found.statements] == ["A"]
    assert (found.outside, found.undated, found.without_stance, found.incomplete) == (2, 1, 1, 2)
    assert found.actors == ("A", "D", "E")
    assert found.concepts == ("x",)


def test_documents_can_be_chosen() -> None:
    """Of the worked example's second document two statements count."""
    found = select_statements(statements(WORKED), documents={"2"})
    assert [(one.actor, one.concept) for one in found.statements] == [("A", "y"), ("B", "y")]


@pytest.mark.parametrize(
    ("days", "kept"),
    [
        (("2016-05-17", "2017-05-17"), {"week": 2, "month": 2, "year": 2, "week-number": 1, "month-number": 1}),
        (("2018-12-31", "2019-01-02"), {"week": 1, "month": 2, "year": 2, "week-number": 1, "month-number": 2}),
        (("2016-05-02", "2016-05-30"), {"week": 2, "month": 1, "year": 1, "week-number": 2, "month-number": 1}),
        ((None, None), {"week": 2, "month": 2, "year": 2, "document": 2, "acrossrange": 1, "include": 2}),
    ],
)
def test_periods_of_duplicates(days: tuple[str | None, ...], kept: dict[Duplicates, int]) -> None:
    """Weeks, months and years are those of the calendar, unless only their number is compared; undated ones differ."""
    rows: list[Row] = [(str(at), day, "A", "x", 1) for at, day in enumerate(days)]
    assert {name: len(selected(rows, name).statements) for name in kept} == kept


def test_the_first_of_equal_statements_counts() -> None:
    """Of statements of one month the first by day is kept, whatever the order they come in."""
    rows: list[Row] = [("9", "2016-05-30", "A", "x", 1), ("1", "2016-05-31", "A", "x", 1), ("3", None, "A", "x", 1)]
    kept = select_statements(reversed(statements(rows)), duplicates="month").statements
    assert [one.document for one in kept] == ["9", "3"]


def test_unknown_choices_are_refused() -> None:
    """Kinds of duplicates and levels that do not exist are told with those that do."""
    with pytest.raises(BadParameter, match="expected include, document, week, month, year, acrossrange"):
        select_statements([], duplicates="fortnight")  # type: ignore[arg-type]
    with pytest.raises(BadParameter, match="expected two, three"):
        select_statements([], levels="four")  # type: ignore[arg-type]


def test_a_matrix_is_a_table() -> None:
    """A matrix's table has the names in its first column and numbers as they are."""
    table = two_mode(worked(), weight="subtract", normalisation="activity").to_table({"A": "Anyshire"})
    assert table.names == ("name", "x", "y", "z")
    assert [str(cell) for cell in table.rows[0]] == ["Anyshire", "0.5", "-0.5", "0"]


def test_nothing_counts_to_nothing() -> None:
    """Without a statement every matrix is empty."""
    counts = count(selected([]))
    assert two_mode(counts, weight="subtract", normalisation="activity").values.shape == (0, 0)
    for normalisation in ("none", "jaccard"):
        assert one_mode(counts, normalisation=normalisation).values.shape == (0, 0)


_ROWS = st.lists(
    st.tuples(
        st.sampled_from("12"),
        st.sampled_from(["2016-11-01", "2016-12-01"]),
        st.sampled_from("ABCD"),
        st.sampled_from("xyz"),
        st.integers(-1, 1),
    ),
    max_size=25,
)


def _by_definition(found: Selection, weight: str, by: str) -> dict[tuple[str, str], float]:
    """Work the ties of actors out by the formulae as they stand, cell by cell."""
    cells = Counter((one.actor, one.concept, one.stance) for one in found.statements)
    spread = found.highest - found.lowest
    many = Counter(one.actor for one in found.statements)
    ties: dict[tuple[str, str], float] = {}
    for a in many:
        for b in many:
            alike = unlike = 0.0
            for (who, c, k), x in cells.items():
                for (other, d, j), y in cells.items():
                    if (who, other) == (a, b) and c == d and a != b:
                        assert k is not None
                        assert j is not None
                        likeness = 1 - abs(k - j) / spread if spread else 1
                        alike, unlike = alike + x * y * likeness, unlike + x * y * (1 - likeness)
            value = {"congruence": alike, "conflict": unlike, "subtract": alike - unlike, "ignore": alike + unlike}
            only = [
                sum(x for (who, c, k), x in cells.items() if who == one and not cells[two, c, k])
                for one, two in ((a, b), (b, a))
            ]
            both = sum(x * cells[b, c, k] for (who, c, k), x in cells.items() if who == a)
            divisor = {
                "none": 1,
                "average": (many[a] + many[b]) / 2,
                "jaccard": sum(only) + both,
                "cosine": many[a] * many[b],
            }[by]
            ties[a, b] = value[weight] / divisor
    return ties


@given(rows=_ROWS, weight=st.sampled_from(ONE_MODE_WEIGHTS), by=st.sampled_from(ONE_MODE_NORMALISATIONS))
def test_one_mode_is_its_definition(rows: list[Row], weight: Weight, by: Normalisation) -> None:
    """Sparse products give what the sums of the definition give, symmetric and with zeros on the diagonal."""
    found = selected(rows, levels="three")
    matrix = one_mode(count(found), weight=weight, normalisation=by)
    assert np.array_equal(matrix.values, matrix.values.T)
    assert not matrix.values.diagonal().any()
    expected = _by_definition(found, weight, by)
    for at, one in enumerate(matrix.rows):
        assert matrix.values[at].tolist() == pytest.approx([expected[one, other] for other in matrix.rows])


@given(rows=_ROWS)
def test_agreement_and_disagreement_are_all_meetings(rows: list[Row]) -> None:
    """Congruence and conflict add up to what stance is ignored in, and their difference is subtract, exactly."""
    counts = count(selected(rows, levels="three"))
    alike, unlike, less, all_ = (
        one_mode(counts, weight=weight).values for weight in ("congruence", "conflict", "subtract", "ignore")
    )
    assert np.array_equal(alike + unlike, all_)
    assert np.array_equal(alike - unlike, less)


@given(rows=_ROWS)
def test_shares_of_activity_and_prominence_add_up(rows: list[Row]) -> None:
    """Where stance is ignored the shares of each actor's activity, and of each concept's prominence, add up to 1."""
    counts = count(selected(rows, levels="three"))
    activity = two_mode(counts, normalisation="activity").values
    prominence = two_mode(counts, normalisation="prominence").values
    assert activity.sum(axis=1) == pytest.approx(np.ones(len(counts.actors)))
    assert prominence.sum(axis=0) == pytest.approx(np.ones(len(counts.concepts)))


@given(rows=_ROWS)
def test_large_and_small_counts_multiply_alike(rows: list[Row]) -> None:
    """Products of full arrays and of sparse ones are the same."""
    counts = count(selected(rows, levels="three"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("stpgraph.networks.matrices._MOST_FULL_ROWS", -1)
        sparse = one_mode(counts, weight="subtract", normalisation="jaccard").values
    assert np.array_equal(one_mode(counts, weight="subtract", normalisation="jaccard").values, sparse)


# --- the view ---------------------------------------------------------------------------------------------------------

_WORDS = {1: "supportive", 0: "critical", None: "mixed"}


def turtle(rows: Sequence[Row]) -> bytes:
    """Write rows as claims of organisations on relationships, in Turtle."""
    lines = [
        "@base <https://w3id.org/stpgraph/id/> .",
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .",
        "@prefix stp: <https://w3id.org/stpgraph/ontology#> .",
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .",
    ]
    lines += [f'<stance/{word}> skos:inScheme <stance> ; skos:prefLabel "{word}"@en .' for word in _WORDS.values()]
    lines += [f'<organisation/{row[2]}> a stp:Organisation ; skos:prefLabel "Council {row[2]}"@en .' for row in rows]
    lines += [f'<relationship/{row[3]}> a stp:Relationship ; skos:prefLabel "tie {row[3]}"@en .' for row in rows]
    for at, (document, day, actor, concept, stance) in enumerate(rows):
        lines.append(
            f"<claim/{at}> a stp:Claim ; stp:claimant <organisation/{actor}> ; stp:about <relationship/{concept}> ; "
            f'stp:stance <stance/{_WORDS[stance]}> ; stp:statedOn "{day}"^^xsd:date ; '
            f'stp:summary "Said {at}."@en ; stp:reportedIn <document/{document}> .'
        )
    return "\n".join(lines).encode()


def holding(rows: Sequence[Row]) -> Store:
    """Open a store in memory that holds rows as claims."""
    store = open_store()
    store.load(turtle(rows), format=RdfFormat.TURTLE, graph=mint("graph", "worked"))
    return store


def weights(view: View) -> dict[str, float]:
    """Return the weights of a view's edges by the last letters of both ends."""
    return {source[-1] + target[-1]: told["weight"] for source, target, told in view.graph.edges(data=True)}


def claims(*numbers: int) -> list[str]:
    """Return what identifies claims."""
    return [mint("claim", str(number)).value for number in numbers]


def test_the_view_has_the_two_mode_matrix_as_edges() -> None:
    """Claimants point at relationships; what is for and against alike keeps its edge of weight 0."""
    with holding(WORKED) as store:
        view = discourse(store, weight="subtract")
    assert weights(view) == {"Ax": 1, "Ay": -1, "Bx": -1, "By": -2, "Bz": 1, "Cx": 1, "Cy": 1, "Dz": 0}
    edge = view.graph.edges[mint("organisation", "D").value, mint("relationship", "z").value]
    assert (edge["supportive"], edge["critical"], edge["balance"], edge["stance"]) == (1, 1, 0, "mixed")
    assert edge["evidence"] == claims(9, 10)
    assert edge["kind"] == "speaks about"
    assert view.graph.is_directed()


def test_the_view_says_what_it_is() -> None:
    """A page can tell mode, weight and normalisation, what was left out, and the question."""
    with holding([*WORKED, ("4", "2016-12-20", "A", "z", None)]) as store:
        view = discourse(store)
    assert view.graph.graph == {
        "mode": "two-mode",
        "weight": "ignore",
        "normalisation": "none",
        "levels": "two",
        "left_out": 1,
        "duplicates": 1,
    }
    assert view.name == "discourse"
    assert view.question == "Which claimants speak about which relationships"
    assert "SELECT" in view.sparql


def test_duplicates_are_no_evidence() -> None:
    """The claims behind an edge are those that count: A's second x in one document is not among them."""
    with holding(WORKED) as store:
        edge = discourse(store).graph.edges[mint("organisation", "A").value, mint("relationship", "x").value]
    assert (edge["weight"], edge["evidence"]) == (1, claims(0))


@pytest.mark.parametrize(
    ("mode", "weight", "expected"),
    [
        ("claimants", "congruence", {"AB": 2, "AC": 1, "BD": 1}),
        ("claimants", "conflict", {"AB": 1, "AC": 1, "BC": 3, "BD": 1}),
        ("claimants", "subtract", {"AB": 1, "AC": 0, "BC": -3, "BD": 0}),
        ("claimants", "ignore", {"AB": 3, "AC": 2, "BC": 3, "BD": 2}),
        ("relationships", "congruence", {"xy": 3}),
        ("relationships", "conflict", {"xy": 1, "xz": 1, "yz": 2}),
        ("relationships", "subtract", {"xy": 2, "xz": -1, "yz": -2}),
    ],
)
def test_the_view_has_the_one_mode_matrix_as_edges(mode: Mode, weight: Weight, expected: dict[str, float]) -> None:
    """Who met on something is tied; negative weights and differences of 0 stay, no agreement is no edge."""
    with holding(WORKED) as store:
        view = discourse(store, mode=mode, weight=weight)
    assert weights(view) == expected
    assert len(view.graph) == (4 if mode == "claimants" else 3)
    assert not view.graph.is_directed()


def test_an_edge_between_two_leads_to_their_claims() -> None:
    """Behind A and C stand the claims of both on x and y, and agreement and disagreement before normalisation."""
    with holding(WORKED) as store:
        view = discourse(store, mode="claimants", weight="subtract", normalisation="jaccard")
    edge = view.graph.edges[mint("organisation", "A").value, mint("organisation", "C").value]
    assert (edge["weight"], edge["congruence"], edge["conflict"]) == (0, 1, 1)
    assert edge["evidence"] == claims(0, 3, 4, 7)
    assert edge["kind"] == "agrees or disagrees with"
    assert view.graph.edges[mint("organisation", "B").value, mint("organisation", "C").value]["weight"] == -1 / 2


def test_windows_of_a_view_come_after_duplicates() -> None:
    """What is a duplicate in the whole period does not count anew in a part of it."""
    with holding(WORKED) as store:
        view = discourse(store, duplicates="acrossrange")
    assert weights(view.within("2016-12-01", "2016-12-31")) == {"Bz": 1, "Cy": 1, "Dz": 1}
    assert weights(view.within("2016-11-15", "2016-11-15")) == {"Ay": 1, "By": 1}
    assert weights(view.within("2017", "2017")) == {}


def test_filters_are_the_period() -> None:
    """Duplicates are those of what filters leave: in December B speaks about y once, as in both months."""
    with holding(WORKED) as store:
        view = discourse(store, Filters(since="2016-12"), duplicates="acrossrange")
    assert weights(view) == {"By": 1, "Bz": 1, "Cy": 1, "Dz": 1}


def test_mixed_claims_need_three_levels() -> None:
    """A mixed claim is left out of two levels and stands between for and against in three."""
    rows: list[Row] = [
        ("1", "2016-11-01", "A", "x", 1),
        ("1", "2016-11-01", "B", "x", None),
        ("1", "2016-11-01", "C", "x", 0),
    ]
    with holding(rows) as store:
        two, three = (
            discourse(store, mode="claimants", weight="conflict", levels=levels) for levels in get_args(Levels)
        )
    assert weights(two) == {"AC": 1}
    assert two.graph.graph["left_out"] == 1
    assert weights(three) == {"AB": 0.5, "AC": 1, "BC": 0.5}
    assert three.graph.graph["left_out"] == 0


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"weight": "congruence"}, "weight='congruence' is for one mode; two-mode takes ignore, subtract, combine"),
        ({"normalisation": "cosine"}, "normalisation='cosine' is for one mode; two-mode takes none, activity"),
        ({"mode": "claimants", "normalisation": "prominence"}, "claimants takes none, average, jaccard, cosine"),
        ({"mode": "relationships", "weight": "combine"}, "takes congruence, conflict, subtract, ignore"),
        ({"mode": "three-mode"}, "mode='three-mode' is not known; expected two-mode, claimants, relationships"),
        ({"weight": "heavy"}, "weight='heavy' is not known"),
        ({"duplicates": "day"}, "duplicates='day' is not known"),
        ({"levels": "nine"}, "levels='nine' is not known"),
    ],
)
def test_options_that_do_not_fit_are_refused(options: dict[str, str], told: str) -> None:
    """What belongs to the other mode, or is not known, is told with what fits."""
    with open_store() as store, pytest.raises(BadParameter, match=told):
        discourse(store, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("mode", get_args(Mode))
def test_an_empty_store_gives_an_empty_view(mode: Mode) -> None:
    """Without a claim no view has a node."""
    with open_store() as store:
        view = discourse(store, mode=mode)
    assert (len(view.graph), view.undrawn, view.graph.graph["left_out"]) == (0, 0, 0)


@pytest.mark.parametrize("weight", TWO_MODE_WEIGHTS)
@pytest.mark.parametrize("normalisation", TWO_MODE_NORMALISATIONS)
def test_every_two_mode_view_is_its_matrix(weight: Weight, normalisation: Normalisation) -> None:
    """The weights of the edges are the cells of the matrix, for each weight and normalisation."""
    matrix = two_mode(worked(), weight=weight, normalisation=normalisation)
    with holding(WORKED) as store:
        found = weights(discourse(store, weight=weight, normalisation=normalisation))
    cells = {(row + column): matrix.values[i, j] for i, row in enumerate("ABCD") for j, column in enumerate("xyz")}
    assert found == {pair: cells[pair] for pair in ("Ax", "Ay", "Bx", "By", "Bz", "Cx", "Cy", "Dz")}


def test_persons_can_count_as_their_bodies() -> None:
    """A claim of two people of one council is one statement of the council; who speaks for none stays a person."""
    council = Thing(iri="urn:council", label="Anyshire Council", short_label="Anyshire Council", kind="body")
    people = [Thing(iri=f"urn:{name}", label=name, short_label=name, kind="person") for name in ("jo", "kit", "lee")]
    tie = Topic(thing=Thing(iri="urn:trust", label="trust", short_label="trust", kind="relationship"))
    claim = Evidence(iri="urn:1", kind="claim", summary="", since="2017", topics=(tie,), stance="critical")
    jo, kit, lee = (Speaker(thing=person, body=council) for person in people)
    joint = replace(claim, speakers=(jo, kit))
    alone = replace(claim, iri="urn:2", speakers=(replace(lee, body=None),))
    rolled = list(read_statements([joint, alone], roll_up=True))
    assert [(one.claim, one.actor, one.stance, one.day) for one in rolled] == [
        ("urn:1", "urn:council", 0, date(2017, 1, 1)),
        ("urn:2", "urn:lee", 0, date(2017, 1, 1)),
    ]
    assert [one.actor for one in read_statements([joint])] == ["urn:jo", "urn:kit"]


ROLLED = b"""
@base <https://w3id.org/stpgraph/id/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix stp: <https://w3id.org/stpgraph/ontology#> .
<stance/critical> skos:prefLabel "critical"@en . <stance/supportive> skos:prefLabel "supportive"@en .
<relationship/trust> a stp:Relationship ; skos:prefLabel "trust"@en .
<organisation/anyshire> a stp:Organisation ; skos:prefLabel "Anyshire Council"@en .
<person/jo> a stp:Person ; skos:prefLabel "Jo Doe"@en . <person/kit> a stp:Person ; skos:prefLabel "Kit Poe"@en .
<post/jo> a org:Membership ; org:member <person/jo> ; org:organization <organisation/anyshire> .
<claim/1> a stp:Claim ; stp:claimant <person/jo> ; stp:speakingAs <post/jo> ; stp:about <relationship/trust> ;
    stp:stance <stance/critical> ; stp:reportedIn <document/1> .
<claim/2> a stp:Claim ; stp:claimant <organisation/anyshire> ; stp:about <relationship/trust> ;
    stp:stance <stance/critical> ; stp:reportedIn <document/2> .
<claim/3> a stp:Claim ; stp:claimant <person/kit> ; stp:about <relationship/trust> ;
    stp:stance <stance/supportive> ; stp:reportedIn <document/2> .
"""


def test_a_view_of_bodies() -> None:
    """Rolled up, Jo Doe's claim is the council's: two against Kit Poe's one conflict twice, and links say so."""
    with open_store() as store:
        store.load(ROLLED, format=RdfFormat.TURTLE, graph=mint("graph", "rolled"))
        apart = discourse(store, mode="claimants", weight="conflict")
        rolled = discourse(store, mode="claimants", weight="conflict", roll_up=True)
        two = discourse(store, roll_up=True)
    assert sorted(data["label"] for _, data in apart.graph.nodes(data=True)) == [
        "Anyshire Council",
        "Jo Doe",
        "Kit Poe",
    ]
    [(_, _, edge)] = rolled.graph.edges(data=True)
    assert (edge["weight"], edge["evidence"]) == (2, claims(1, 2, 3))
    assert [data["label"] for _, data in rolled.graph.nodes(data=True)] == ["Anyshire Council", "Kit Poe"]
    assert {link.source.label for one in two.evidence for link in one.links} == {"Anyshire Council", "Kit Poe"}
