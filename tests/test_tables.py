"""Typed tables: what becomes of the terms of an answer."""

from __future__ import annotations

import sys
from datetime import date
from decimal import Decimal
from importlib import import_module

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from stpgraph.building import load_shipped
from stpgraph.errors import MissingExtra
from stpgraph.questions import ask
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
    side = "vertical-align: top; text-align"
    assert told == (
        '<table><thead><tr><th style="text-align: left" title="it&#x27;s &quot;&lt;b&gt;&quot;">&lt;i&gt;</th>'
        '<th style="text-align: left" title="">who</th></tr></thead>'
        f'<tbody><tr><td style="{side}: left">&lt;script&gt;alert(1)&lt;/script&gt;</td>'
        f'<td style="{side}: left" title="{JO.value}">person/jo-doe</td></tr>'
        f'<tr><td style="{side}: left"></td><td style="{side}: right; white-space: nowrap">1.5</td></tr>'
        "</tbody></table><p>2 rows</p>"
    )


def test_notebooks_show_what_people_read() -> None:
    """Numbers stand to the right, days in words, the parts of a list each in a line; details are left out and named."""
    told = Table(
        question="trial",
        columns=(
            Column(name="said_on", type="date"),
            Column(name="speakers", type="list"),
            Column(name="claims", type="integer"),
            Column(name="claim", type="iri", is_detail=True),
        ),
        rows=((date(2018, 3, 5), "Jo <Doe>; Kit Poe", 1200, JO),),
    )._repr_html_()
    assert ">said on</th>" in told
    assert ">5 March 2018</td>" in told
    hung = '<div style="padding-left: 1em; text-indent: -1em">'
    assert f">{hung}Jo &lt;Doe&gt;</div>{hung}Kit Poe</div></td>" in told
    assert 'right; white-space: nowrap">1\u2009200</td>' in told
    assert "person/jo-doe" not in told
    assert told.endswith("<p>1 row; not shown: claim</p>")


def test_notebooks_show_so_many_rows() -> None:
    """A long table is cut after sixty rows, and the count of all is told; one of details only is shown."""
    made = Table(question="trial", columns=(Column(name="n", is_detail=True),), rows=tuple((n,) for n in range(1001)))
    told = made._repr_html_()
    assert told.count("<tr>") == 61
    assert ">59</td>" in told
    assert ">60</td>" not in told
    assert told.endswith("<p>1,001 rows; the first 60 shown</p>")


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_frames_that_are_not_installed(monkeypatch: pytest.MonkeyPatch, library: str) -> None:
    """Without the library, the error says how to get it."""
    monkeypatch.setitem(sys.modules, library, None)
    made = Table(question="trial", columns=(Column(name="a"),), rows=((1,),))
    with pytest.raises(MissingExtra, match=f"{library} is not installed; get it with: pip install {library}"):
        getattr(made, f"to_{library}")()


#: A table of every type of column, with a place for the unknown in each.
MADE = Table(
    question="trial",
    columns=(
        Column(name="day", type="date"),
        Column(name="when", type="date"),
        Column(name="count", type="integer"),
        Column(name="share", type="decimal"),
        Column(name="whole", type="decimal"),
        Column(name="is_so", type="boolean"),
        Column(name="who", type="list"),
        Column(name="thing", type="iri"),
        Column(name="mixed"),
    ),
    rows=(
        (date(2018, 3, 5), date(2018, 3, 5), 7, Decimal("16.6667"), 100, True, "Jo Doe; Kit Poe", JO, JO),
        (None, None, None, None, None, None, None, None, True),
        (date(1, 1, 1), "2018-03", -1, 2, 5, False, "Jo Doe", None, 2),
    ),
)
TEXTS = {
    "when": ["2018-03-05", None, "2018-03"],
    "who": ["Jo Doe; Kit Poe", None, "Jo Doe"],
    "thing": [JO.value, None, None],
    "mixed": [JO.value, "true", "2"],
}


def test_pandas() -> None:
    """Each column has a type of pandas that knows the unknown; a column of days and months is text, as are IRIs."""
    pandas = import_module("pandas")
    frame = MADE.to_pandas()
    assert {name: str(kind) for name, kind in frame.dtypes.items()} == {
        "day": "datetime64[s]",
        "when": "string",
        "count": "Int64",
        "share": "Float64",
        "whole": "Float64",
        "is_so": "boolean",
        "who": "string",
        "thing": "string",
        "mixed": "string",
    }
    assert list(frame["day"][[0, 2]]) == [pandas.Timestamp("2018-03-05"), pandas.Timestamp("0001-01-01")]
    assert frame["day"].isna().tolist() == [False, True, False]
    assert frame["count"].sum() == 6
    assert frame["share"].tolist()[::2] == [16.6667, 2.0]
    assert frame["is_so"].tolist()[::2] == [True, False]
    assert frame.isna().sum().tolist() == [1, 1, 1, 1, 1, 1, 1, 2, 0]
    for name, cells in TEXTS.items():
        assert [None if pandas.isna(cell) else cell for cell in frame[name]] == cells


def test_polars() -> None:
    """Each column has a type of polars, and null for the unknown; a column of days and months is text, as are IRIs."""
    frame = MADE.to_polars()
    assert {name: str(kind) for name, kind in frame.schema.items()} == {
        "day": "Date",
        "when": "String",
        "count": "Int64",
        "share": "Float64",
        "whole": "Float64",
        "is_so": "Boolean",
        "who": "String",
        "thing": "String",
        "mixed": "String",
    }
    assert frame["day"].to_list() == [date(2018, 3, 5), None, date(1, 1, 1)]
    assert frame["count"].to_list() == [7, None, -1]
    assert frame["share"].to_list() == [16.6667, None, 2.0]
    assert frame["whole"].to_list() == [100.0, None, 5.0]
    assert frame["is_so"].to_list() == [True, None, False]
    for name, cells in TEXTS.items():
        assert frame[name].to_list() == cells


@pytest.mark.parametrize("rows", [(), ((None,) * 9, (None,) * 9)], ids=["no rows", "no values"])
def test_frames_without_a_value_have_the_types_of_the_question(rows: tuple[tuple[Cell, ...], ...]) -> None:
    """A column that holds nothing is of the type that the question's header states."""
    bare = Table(question="trial", columns=MADE.columns, rows=rows)
    pandas, polars = bare.to_pandas(), bare.to_polars()
    assert [str(kind) for kind in pandas.dtypes] == [
        *("datetime64[s]", "datetime64[s]", "Int64", "Float64", "Float64", "boolean", "string", "string", "string")
    ]
    assert [str(kind) for kind in polars.dtypes] == [
        *("Date", "Date", "Int64", "Float64", "Float64", "Boolean", "String", "String", "String")
    ]
    assert pandas.shape == polars.shape == (len(rows), 9)


def test_frames_of_a_query_of_ones_own() -> None:
    """Columns that nobody described have the type of their cells; a number too long for 64 bits is floating point."""
    told = answer(
        "SELECT ?n ?big ?x ?day { VALUES (?n ?big ?x ?day) { (1 99999999999999999999 'a' '2018-03-05'^^xsd:date) "
        "(2 1 UNDEF UNDEF) } } ORDER BY ?n"
    )
    assert [str(kind) for kind in told.to_pandas().dtypes] == ["Int64", "Float64", "string", "datetime64[s]"]
    assert told.to_polars().rows() == [(1, 1e20, "a", date(2018, 3, 5)), (2, 1.0, None, None)]
    assert told.to_pandas()["big"].tolist() == [1e20, 1.0]


def test_frames_of_an_answer_can_be_reckoned_with() -> None:
    """The claims that ship are 35, 18 of them of 2016: counted by month in either library."""
    with open_store() as store:
        load_shipped(store)
        claims = ask(store, "who-said-what")
    assert claims.to_pandas()["date"].dt.year.value_counts().to_dict() == {2016: 18, 2017: 17}
    years = claims.to_polars()["date"].dt.year().to_list()
    assert (years.count(2016), years.count(2017)) == (18, 17)


def test_a_table_is_a_value() -> None:
    """Tables of the same cells are equal and cannot be changed."""
    one = Table(question="trial", columns=(Column(name="a"),), rows=((NamedNode("https://anyshire.example/"),),))
    assert one == Table(
        question="trial", columns=(Column(name="a"),), rows=((NamedNode("https://anyshire.example/"),),)
    )
    with pytest.raises(AttributeError):
        one.rows = ()  # type: ignore[misc]
