"""Typed tables: what becomes of the terms of an answer."""

from __future__ import annotations

import sys
from datetime import date
from decimal import Decimal
from types import ModuleType

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from stpgraph.errors import MissingExtra
from stpgraph.store import Term, open_store
from stpgraph.tables import Cell, Column, Table, to_cell
from stpgraph.vocabulary import STP, XSD, mint

JO = mint("person", "jo-doe")


@pytest.mark.parametrize(
    ("term", "cell"),
    [
        (Literal(56), 56),
        (Literal("-0700", datatype=XSD.integer), -700),
        (Literal("16.6667", datatype=XSD.decimal), Decimal("16.6667")),
        (Literal("1.5E3", datatype=XSD.double), Decimal(1500)),
        (Literal(True), True),
        (Literal("0", datatype=XSD.boolean), False),
        (Literal("2017-09-21", datatype=XSD.date), date(2017, 9, 21)),
        (Literal("2017-09", datatype=XSD.gYearMonth), "2017-09"),
        (Literal("2017", datatype=XSD.gYear), "2017"),
        (Literal("Jo", language="en"), "Jo"),
        (Literal("56"), "56"),
        (JO, JO),
        (None, None),
        (BlankNode("b1"), "_:b1"),
    ],
)
def test_cells_have_the_type_of_their_term(term: Term | None, cell: Cell) -> None:
    """Numbers, truths and whole dates become Python's own; dates in part stay text; IRIs stay IRIs."""
    made = to_cell(term)
    assert made == cell
    assert type(made) is type(cell)


@pytest.mark.parametrize(
    ("text", "datatype"),
    [
        ("many", "integer"),
        ("1,5", "decimal"),
        ("INF", "double"),
        ("NaN", "double"),
        ("2017-02-30", "date"),
        ("2017-09-21Z", "date"),
    ],
)
def test_what_is_ill_formed_is_shown_as_written(text: str, datatype: str) -> None:
    """A literal that is no value of its type, or an infinite one, stays the text that was written."""
    assert to_cell(Literal(text, datatype=XSD[datatype])) == text


def test_a_statement_about_a_statement_is_text() -> None:
    """A quoted triple is shown as it is spelled."""
    assert to_cell(Triple(JO, STP.claimant, Literal(1))) == str(Triple(JO, STP.claimant, Literal(1)))


def answer(sparql: str, *columns: Column) -> Table:
    """Ask an empty store."""
    with open_store() as store:
        return Table.of(store.select(sparql), columns=columns)


def test_a_table_of_an_answer() -> None:
    """Columns stand as selected, described where the question describes them; rows stand as they came."""
    told = answer(
        "SELECT ?b ?a { VALUES (?a ?b) { (1 'x') (UNDEF 'y') } } ORDER BY ?b",
        Column(name="a", description="a number", type="integer", is_detail=True),
        Column(name="unused"),
    )
    assert told.columns == (Column(name="b"), Column(name="a", description="a number", type="integer", is_detail=True))
    assert told.names == ("b", "a")
    assert told.rows == (("x", 1), ("y", None))
    assert list(told) == [("x", 1), ("y", None)]
    assert len(told) == 2
    assert told.question == "query"
    assert told.to_dicts() == [{"b": "x", "a": 1}, {"b": "y", "a": None}]


def test_lists_are_sorted() -> None:
    """Parts of a cell that holds several stand in order and without the empty ones, whatever order they came in."""
    told = answer(
        """SELECT ?parts { VALUES (?n ?parts) { (1 "b | a |  | c") (2 " | ") (3 "one") (4 "") (5 "b | a") } }
        ORDER BY ?n""",
        Column(name="parts", type="list"),
    )
    assert [row[0] for row in told] == ["a; b; c", None, "one", None, "a; b"]


def test_text_is_no_list() -> None:
    """A title with an upright stroke in it is one text, in a described column and in one of a query of one's own."""
    told = answer(
        'SELECT ?title ?own { BIND("Trust | Gazette" AS ?title) BIND("b | a" AS ?own) }', Column(name="title")
    )
    assert told.rows == (("Trust | Gazette", "b | a"),)


def test_text_and_list_of_one_spelling() -> None:
    """One text in two columns is what each column says it is."""
    told = answer(
        'SELECT ?text ?list { BIND("b | a" AS ?text) BIND("b | a" AS ?list) }', Column(name="list", type="list")
    )
    assert told.rows == (("b | a", "a; b"),)


def test_the_empty_text_is_unknown() -> None:
    """What a question leaves empty is unknown, in every column."""
    assert answer('SELECT ?a ("" AS ?b) { }').rows == ((None, None),)


def test_notebooks_show_no_html_of_the_data() -> None:
    """In a notebook every cell, heading and note is escaped; IRIs are told by what distinguishes them."""
    told = Table(
        question="trial",
        columns=(Column(name="<i>", description='it\'s "<b>"'), Column(name="who")),
        rows=(("<script>alert(1)</script>", JO), (None, Decimal("1.5"))),
    )._repr_html_()
    assert told == (
        "<table><thead><tr><th title='it&#x27;s &quot;&lt;b&gt;&quot;'>&lt;i&gt;</th><th title=''>who</th></tr></thead>"
        "<tbody><tr><td>&lt;script&gt;alert(1)&lt;/script&gt;</td><td>person/jo-doe</td></tr>"
        "<tr><td></td><td>1.5</td></tr></tbody></table>"
    )


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_frames_that_are_not_installed(monkeypatch: pytest.MonkeyPatch, library: str) -> None:
    """Without the library, the error says how to get it."""
    monkeypatch.setitem(sys.modules, library, None)
    made = Table(question="trial", columns=(Column(name="a"),), rows=((1,),))
    with pytest.raises(MissingExtra, match=f"{library} is not installed; get it with: pip install {library}"):
        getattr(made, f"to_{library}")()


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_frames_have_the_columns(monkeypatch: pytest.MonkeyPatch, library: str) -> None:
    """A frame is made of the columns by name, IRIs as text, the rest as it is."""
    stand_in = ModuleType(library)
    stand_in.DataFrame = dict  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, library, stand_in)
    made = Table(question="trial", columns=(Column(name="who"), Column(name="n")), rows=((JO, 1), (None, 2)))
    assert getattr(made, f"to_{library}")() == {"who": [JO.value, None], "n": [1, 2]}


def test_a_table_is_a_value() -> None:
    """Tables of the same cells are equal and cannot be changed."""
    one = Table(question="trial", columns=(Column(name="a"),), rows=((NamedNode("https://anyshire.example/"),),))
    assert one == Table(
        question="trial", columns=(Column(name="a"),), rows=((NamedNode("https://anyshire.example/"),),)
    )
    with pytest.raises(AttributeError):
        one.rows = ()  # type: ignore[misc]
