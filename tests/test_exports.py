"""Other tools' formats: what is written is what other tools read back, and the same again on the next run."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse
from rdflib import Dataset

from stpgraph.building import load_shipped
from stpgraph.errors import OutputError
from stpgraph.exports import (
    GRAPH_FORMATS,
    dump_nquads,
    graph_to_jsonld,
    graph_to_nquads,
    graph_to_trig,
    graph_to_turtle,
    solutions_to,
    table_to_csv,
    table_to_json,
    table_to_markdown,
    table_to_xlsx,
    tables_of,
    tables_to_folder,
    tables_to_workbook,
    tables_to_xlsx,
    triples_to,
)
from stpgraph.store import Store, open_store
from stpgraph.tables import Cell, Column, Table
from stpgraph.turtle import is_normal
from stpgraph.vocabulary import BASE, OA, RDF, SKOS, STP, XSD, mint

JO = mint("person", "jo-doe")
CLAIM = mint("claim", "gazette", "10-20")

#: Text that means something to a spreadsheet, to Markdown or to HTML.
ODD = [
    "=1+1",
    "+44 20 7000",
    "-5 a day",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    'a, "b"',
    "line\nbreak",
    "a | b",
    "[x](y)",
    "<b>&",
    "*`_\\",
]


def table(*rows: tuple[Cell, ...], columns: str = "", question: str = "trial") -> Table:
    """Make a table of rows; columns are named c1, c2 and so on where not told."""
    names = columns.split() or [f"c{number}" for number in range(1, len(rows[0]) + 1)]
    described = tuple(Column(name=name, description=f"what {name} means") for name in names)
    return Table(question=question, columns=described, rows=rows)


@pytest.fixture(scope="module")
def shipped() -> Iterator[Store]:
    """Yield the graph that ships."""
    with open_store() as store:
        load_shipped(store)
        yield store


# Graphs

READERS = [(graph_to_trig, RdfFormat.TRIG), (graph_to_nquads, RdfFormat.N_QUADS), (graph_to_jsonld, RdfFormat.JSON_LD)]


@pytest.mark.parametrize(("write", "form"), READERS, ids=lambda value: getattr(value, "__name__", None))
def test_graphs_are_read_back_as_they_were(shipped: Store, write: Callable[[Store], bytes], form: RdfFormat) -> None:
    """What is written of all graphs holds exactly the quads of the store."""
    assert set(parse(write(shipped), format=form)) == set(shipped.quads())


def test_turtle_holds_the_union(shipped: Store) -> None:
    """Turtle holds every triple of every graph, in normal form."""
    data = graph_to_turtle(shipped)
    assert {quad.triple for quad in parse(data, format=RdfFormat.TURTLE)} == {q.triple for q in shipped.quads()}
    assert is_normal(data)


@pytest.mark.parametrize("form", GRAPH_FORMATS)
def test_graphs_are_written_the_same_again(shipped: Store, form: str) -> None:
    """A store filled in another order gives the same bytes."""
    write = GRAPH_FORMATS[form]
    with open_store() as other:
        other.add(sorted(shipped.quads(), key=str, reverse=True))
        assert write(other) == write(shipped)


@pytest.mark.filterwarnings("ignore:.* is deprecated:DeprecationWarning:rdflib")  # its own use of old names
@pytest.mark.parametrize("form", ["trig", "nquads", "json-ld"])
def test_rdflib_reads_them_too(form: str) -> None:
    """A second reader finds the same: a label with its language, a date, a number, each in its graph."""
    with open_store() as store:
        store.add(
            [
                Quad(JO, SKOS.prefLabel, Literal("Jo “J.” Doe", language="en"), mint("graph", "people")),
                Quad(CLAIM, STP.statedOn, Literal("2018-03-05", datatype=XSD.date), mint("graph", "gazette")),
                Quad(CLAIM, RDF.type, STP.Claim, mint("graph", "gazette")),
                Quad(mint("collective", "asked"), STP.size, Literal(40), mint("graph", "people")),
            ]
        )
        found = Dataset()
        found.parse(data=GRAPH_FORMATS[form.replace("-", "")](store), format=form)
        told = {(s.n3(), p.n3(), o.n3(), f"<{graph}>") for s, p, o, graph in found.quads()}
        assert told == {tuple(map(str, (q.subject, q.predicate, q.object, q.graph_name))) for q in store.quads()}


def test_nquads_are_sorted_lines(shipped: Store) -> None:
    """N-Quads stand one a line, in order, so that a diff of two dumps shows what changed."""
    lines = graph_to_nquads(shipped).splitlines()
    assert len(lines) == len(shipped)
    assert all(one < next_one for one, next_one in pairwise(lines))


def test_jsonld_has_the_prefixes_as_context(shipped: Store) -> None:
    """Properties are named by prefixes that the context explains; none of ours stands there in full."""
    told = json.loads(graph_to_jsonld(shipped))
    assert told["@context"]["stp"] == STP.iri
    keys = {key for graph in told["@graph"] for node in graph["@graph"] for key in node}
    assert {"stp:claimant", "skos:prefLabel", "rdf:type", "@id"} <= keys
    assert [key for key in keys if "://" in key] == []


def test_an_empty_graph_is_written() -> None:
    """An empty store gives an empty file of each format, not a fault."""
    with open_store() as store:
        assert graph_to_nquads(store) == b""
        assert graph_to_turtle(store) == f"@base <{BASE}> .\n".encode()
        assert list(parse(graph_to_trig(store), format=RdfFormat.TRIG)) == []
        assert json.loads(graph_to_jsonld(store))["@graph"] == []


@pytest.mark.parametrize(
    ("form", "reader"),
    [("turtle", RdfFormat.TURTLE), ("ntriples", RdfFormat.N_TRIPLES), ("jsonld", RdfFormat.JSON_LD)],
)
def test_triples_of_a_query(form: str, reader: RdfFormat) -> None:
    """What a CONSTRUCT gave is written in three formats, with nothing lost, and nothing is written as nothing."""
    triples = [
        Triple(JO, SKOS.prefLabel, Literal("Jo", language="en")),
        Triple(JO, SKOS.altLabel, Literal('J. "D"\n')),
        Triple(CLAIM, STP.claimant, JO),
    ]
    assert {quad.triple for quad in parse(triples_to(triples, form), format=reader)} == set(triples)
    assert list(parse(triples_to([], form), format=reader)) == []


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("csv", b'who,n\r\nhttps://w3id.org/stpgraph/id/person/jo-doe,3\r\n"a, ""b""",\r\n'),
        ("tsv", b'?who\t?n\n<https://w3id.org/stpgraph/id/person/jo-doe>\t3\n"a, \\"b\\""\t\n'),
    ],
)
def test_rows_of_a_query_as_text(form: str, expected: bytes) -> None:
    """Rows of a SELECT are written as the W3C's CSV and TSV have it, the unbound as nothing."""
    with open_store() as store:
        answer = store.select("""SELECT ?who ?n { VALUES (?who ?n) { (<person/jo-doe> 3) ('a, "b"' UNDEF) } }""")
        assert solutions_to(answer, form) == expected


def test_rows_of_a_query_as_json_and_xml() -> None:
    """Rows of a SELECT are written as the W3C's JSON and XML, with types."""
    with open_store() as store:
        query = "SELECT ?n { VALUES ?n { 3 } }"
        told = json.loads(solutions_to(store.select(query), "json"))
        assert told["results"]["bindings"] == [{"n": {"type": "literal", "value": "3", "datatype": XSD.integer.value}}]
        assert b'<binding name="n">' in solutions_to(store.select(query), "xml")


# CSV


def test_csv_is_read_back_as_it_was() -> None:
    """Commas, quotes and line breaks come back; formulas get an apostrophe; numbers, dates and truths are plain."""
    data = table_to_csv(table(*[(text,) for text in ODD]))
    assert data.startswith(b"\xef\xbb\xbfc1\r\n")
    read = [row[0] for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))]
    assert read == ["c1", *[f"'{text}" for text in ODD[:6]], *ODD[6:]]


def test_csv_cells() -> None:
    """A negative number is no formula; the unknown is empty; an IRI is told in full; zeros that say nothing go."""
    row: tuple[Cell, ...] = (
        -5,
        Decimal("-1.50"),
        Decimal("5300000000"),
        None,
        True,
        date(2017, 9, 21),
        JO,
        "2017-09",
        "é",
    )
    data = table_to_csv(table(row)).decode("utf-8-sig")
    assert data.splitlines()[1] == f"-5,-1.5,5300000000,,yes,2017-09-21,{JO.value},2017-09,é"


def test_csv_without_rows() -> None:
    """A table without rows is its headings, by the names that the query gives them."""
    empty = Table(question="none", columns=(Column(name="first_spoke"),), rows=())
    assert table_to_csv(empty) == b"\xef\xbb\xbffirst_spoke\r\n"


# JSON


def test_json_cells() -> None:
    """Numbers are numbers, whole where they are whole, dates ISO strings, IRIs text, the unknown null."""
    row: tuple[Cell, ...] = (56, Decimal("15.0"), Decimal("16.6667"), None, False, date(2017, 9, 21), JO, "=1 “é”")
    told = json.loads(table_to_json(table(row, columns="a b c d e f g h")))
    assert told["question"] == "trial"
    assert told["columns"][0] == {"name": "a", "meaning": "what a means"}
    assert told["rows"] == [
        {"a": 56, "b": 15, "c": 16.6667, "d": None, "e": False, "f": "2017-09-21", "g": JO.value, "h": "=1 “é”"}
    ]
    assert isinstance(told["rows"][0]["b"], int)
    assert "“é”".encode() in table_to_json(table(row))


# Markdown


def test_markdown_escapes_what_would_mean_something() -> None:
    """Marks of Markdown and HTML are escaped, line breaks become spaces: each row stays one row of plain text."""
    told = table_to_markdown(table(*[(text,) for text in ODD[6:]])).decode().splitlines()
    assert told == [
        "| c1 |",
        "|---|",
        '| a, "b" |',
        "| line break |",
        r"| a \| b |",
        r"| \[x\](y) |",
        r"| \<b\>& |",
        r"| \*\`\_\\ |",
    ]


def test_markdown_footnotes() -> None:
    """Each row points at its citation; one citation bears one number, in the order of the rows; IRIs are left out."""
    other, uncited = mint("claim", "gazette", "30-40"), mint("claim", "gazette", "50-60")
    same = mint("claim", "gazette", "70-80")
    rows: list[tuple[Cell, ...]] = [("one", other), ("two", CLAIM), ("three", uncited), ("four", same)]
    cited = {CLAIM: "“Trust”, Gazette [p. 2]", other: "“Later”", same: "“Later”"}
    assert table_to_markdown(table(*rows, columns="first_word claim"), cited).decode() == (
        "| first word | source |\n"
        "|---|---|\n"
        "| one | [^1] |\n"
        "| two | [^2] |\n"
        "| three |  |\n"
        "| four | [^1] |\n"
        "\n"
        "[^1]: “Later”\n"
        "[^2]: “Trust”, Gazette \\[p. 2\\]\n"
    )


def test_markdown_cells() -> None:
    """Dates and numbers are as in CSV; the unknown is empty; a column of IRIs and text shows both."""
    told = table_to_markdown(table((date(2017, 9, 21), Decimal("15.50"), None, JO), (None, 3, "x", "y"))).decode()
    assert told.splitlines()[2:] == [f"| 2017-09-21 | 15.5 |  | {JO.value} |", "|  | 3 | x | y |"]


# XLSX


def sheet_of(data: bytes, name: str = "trial") -> Worksheet:
    """Open a workbook and return one of its sheets."""
    sheet = load_workbook(io.BytesIO(data))[name]
    assert isinstance(sheet, Worksheet)
    return sheet


def test_workbook_cells() -> None:
    """Numbers, dates and truths keep their kind; text that begins like a formula is text; the unknown is empty."""
    row: tuple[Cell, ...] = (56, Decimal("16.6667"), date(2017, 9, 21), True, JO, None, "2017-09")
    sheet = sheet_of(table_to_xlsx(table(row, *[(text, *[None] * 6) for text in ["=1+1", "#N/A", "-5", "a\x0bb"]])))
    cells = sheet[2]
    assert [cell.value for cell in cells[:2]] == [56, 16.6667]
    assert (str(cells[2].value), cells[2].number_format) == ("2017-09-21 00:00:00", "yyyy-mm-dd")
    assert cells[3].value is True
    assert [cell.value for cell in cells[4:]] == [JO.value, None, "2017-09"]
    first = [sheet.cell(line, 1) for line in (3, 4, 5, 6)]
    assert [(cell.value, cell.data_type) for cell in first] == [
        ("=1+1", "s"),
        ("#N/A", "s"),
        ("-5", "s"),
        ("a\ufffdb", "s"),
    ]


def test_workbook_headings() -> None:
    """Headings are bold, stay in sight, filter their columns, and carry what they mean as a note."""
    sheet = sheet_of(table_to_xlsx(table(("x", "y" * 300), columns="first_spoke said")))
    head = sheet["A1"]
    assert (head.value, head.font.bold) == ("first spoke", True)
    assert head.comment is not None
    assert head.comment.text == "what first_spoke means"
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:B2")
    assert sheet["B2"].alignment.wrap_text
    assert (sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width) == (14, 60)


def test_workbook_without_rows() -> None:
    """A table without rows is a sheet of headings."""
    sheet = sheet_of(table_to_xlsx(Table(question="trial", columns=(Column(name="date"),), rows=())))
    assert [[cell.value for cell in line] for line in sheet.iter_rows()] == [["date"]]


def test_workbook_names_its_sheets() -> None:
    """A sheet bears the question's name, cut and cleaned to what a workbook takes."""
    asked = {"who-said-what": table(("x",)), "what [is]/it? a name much too long": table(("y",))}
    assert load_workbook(io.BytesIO(tables_to_xlsx(asked))).sheetnames == [
        "who-said-what",
        "what -is--it- a name much too l",
    ]


def test_workbooks_of_one_table_are_the_same_bytes(shipped: Store) -> None:
    """Two workbooks of the same tables are equal to the byte, whenever they were written."""
    first = tables_to_workbook(shipped)
    assert first == tables_to_workbook(shipped)
    with ZipFile(io.BytesIO(first)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = parts.read("docProps/core.xml").decode()
    assert re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core) == ["1980-01-01T00:00:00Z"] * 2


# All tables


def test_all_tables(shipped: Store) -> None:
    """Every question that needs no parameter is a table; what needs one, as the trace of a claim, is not."""
    tables = tables_of(shipped)
    assert {"who-said-what", "statistics", "doubtful-statistics", "tensions", "partnerships"} <= set(tables)
    assert not {"trace", "claims-of"} & set(tables)
    assert list(tables) == sorted(tables)
    assert [name for name, told in tables.items() if told.question != name] == []
    assert len(tables["who-said-what"]) == 35


def test_tables_in_a_folder(shipped: Store, tmp_path: Path) -> None:
    """Each table is a CSV file named after its question, in a folder that is made."""
    written = tables_to_folder(shipped, tmp_path / "new" / "tables")
    assert sorted((tmp_path / "new" / "tables").iterdir()) == sorted(written)
    lines = (tmp_path / "new" / "tables" / "who-said-what.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("date,speakers,role,body,via,act,stance,")
    assert len(lines) == 36


def test_tables_in_a_place_that_is_a_file(shipped: Store, tmp_path: Path) -> None:
    """Where the folder cannot be made, the error says so, and the file in its way is as it was."""
    (tmp_path / "file").write_text("kept", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot write"):
        tables_to_folder(shipped, tmp_path / "file")
    assert (tmp_path / "file").read_text(encoding="utf-8") == "kept"


def test_a_workbook_of_the_graph(shipped: Store) -> None:
    """The workbook has a sheet a question, each with all rows of its answer."""
    book = load_workbook(io.BytesIO(tables_to_workbook(shipped)), read_only=True)
    assert "doubtful-statistics" in book.sheetnames
    assert sum(1 for _ in book["who-said-what"].iter_rows()) == 36
    book.close()


def test_iris_are_text_for_readers_of_csv() -> None:
    """An IRI stands without angle brackets, so that it can be clicked."""
    assert NamedNode(table_to_csv(table((JO,))).decode("utf-8-sig").split()[1]) == JO


def test_words_of_texts_are_not_handed_on(tmp_path: Path) -> None:
    """What a build with texts adds for its user stays out of every export, and is in a dump."""
    graph = mint("graph", "2018-03-05-gazette-trust", "words")
    with open_store() as store:
        store.add([Quad(mint("quotation", "x"), OA.exact, Literal("the words themselves"), graph)])
        for write in GRAPH_FORMATS.values():
            assert b"the words themselves" not in write(store)
        assert b"the words themselves" in dump_nquads(store)
