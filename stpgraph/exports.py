"""The graph and its answers in other tools' formats: one function a format.

Whole graphs: Turtle, TriG, N-Quads, JSON-LD. Tables: CSV, JSON, Markdown with citations, XLSX.
Text that a spreadsheet would take for a formula is kept from being one.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.workbook.child import INVALID_TITLE_REGEX
from openpyxl.writer.excel import ExcelWriter
from pyoxigraph import NamedNode, Quad, QueryResultsFormat, RdfFormat, Triple, serialize

from stpgraph.building import holds_words
from stpgraph.questions import Cell, Table, ask, find_questions
from stpgraph.store import Solutions, Store
from stpgraph.turtle import to_turtle, write_file
from stpgraph.vocabulary import BASE, PREFIXES

__all__ = [
    "GRAPH_FORMATS",
    "TABLE_FORMATS",
    "dump_nquads",
    "graph_to_jsonld",
    "graph_to_nquads",
    "graph_to_trig",
    "graph_to_turtle",
    "solutions_to",
    "table_to_csv",
    "table_to_json",
    "table_to_markdown",
    "table_to_xlsx",
    "tables_of",
    "tables_to_folder",
    "tables_to_workbook",
    "tables_to_xlsx",
    "triples_to",
]

#: Characters that open a formula in a spreadsheet.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

#: The date that a workbook bears: the first that its format, a zip archive, can tell.
_DATED = datetime(1980, 1, 1, tzinfo=UTC).replace(tzinfo=None)

#: Widest column of a sheet, in characters; longer text wraps.
_WIDEST = 60


def graph_to_turtle(store: Store) -> bytes:
    """Write the union of all graphs as Turtle in normal form."""
    return to_turtle(quad.triple for quad in _publishable(store))


def graph_to_trig(store: Store) -> bytes:
    """Write all graphs as TriG, sorted, so that the same graphs give the same bytes."""
    return _quads(store, RdfFormat.TRIG)


def graph_to_nquads(store: Store) -> bytes:
    """Write all graphs as N-Quads, one quad a line, the lines sorted."""
    return _sorted_lines(_publishable(store))


def graph_to_jsonld(store: Store) -> bytes:
    """Write all graphs as JSON-LD, with the project's prefixes as its context."""
    return _with_context(_quads(store, RdfFormat.JSON_LD))


def dump_nquads(store: Store) -> bytes:
    """Write all that a store holds as N-Quads, the lines sorted: to keep, with the words of texts where it has them."""
    return _sorted_lines(store.quads())


def _sorted_lines(quads: Iterable[Quad]) -> bytes:
    lines = serialize(quads, format=RdfFormat.N_QUADS) or b""
    return b"".join(sorted(lines.splitlines(keepends=True)))


def _publishable(store: Store) -> Iterator[Quad]:
    """Yield the quads that may be handed on: all but the exact words of texts, which are their publishers'."""
    return (quad for quad in store.quads() if not holds_words(quad.graph_name))


def _quads(store: Store, form: RdfFormat) -> bytes:
    quads = sorted(_publishable(store), key=lambda q: tuple(map(str, (q.graph_name, q.subject, q.predicate, q.object))))
    return serialize(quads, format=form, prefixes=dict(PREFIXES), base_iri=BASE) or b""


def _with_context(expanded: bytes) -> bytes:
    """Name the properties of JSON-LD by prefixes, which the engine leaves in full."""
    names = {iri: name for name, iri in PREFIXES.items()}

    def short(key: str) -> str:
        head = key[: max(key.rfind("/"), key.rfind("#")) + 1]
        return f"{names[head]}:{key.removeprefix(head)}" if head in names else key

    def shortened(part: Any) -> Any:
        if isinstance(part, dict):
            return {short(key): shortened(value) for key, value in part.items()}
        return [shortened(value) for value in part] if isinstance(part, list) else part

    told = {"@context": dict(PREFIXES), "@graph": shortened(json.loads(expanded))}
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def triples_to(triples: Iterable[Triple], form: str) -> bytes:
    """Write the triples that a CONSTRUCT or DESCRIBE gave: "turtle", "ntriples", "rdfxml" or "jsonld".

    Example:
        >>> triples_to([], "ntriples")
        b''
    """
    if form == "turtle":
        return to_turtle(triples)
    if form == "jsonld":
        return _with_context(serialize(triples, format=RdfFormat.JSON_LD) or b"[]")
    formats = {"ntriples": RdfFormat.N_TRIPLES, "rdfxml": RdfFormat.RDF_XML}
    return serialize(triples, format=formats[form], prefixes=dict(PREFIXES)) or b""


def _plain(cell: Cell) -> str:
    """Return a cell as people read it: dates as ISO, numbers without trailing zeros, nothing for unknown."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, Decimal):
        return f"{cell.normalize():f}"
    if isinstance(cell, NamedNode):
        return cell.value
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def table_to_csv(table: Table) -> bytes:
    """Write a table as CSV (RFC 4180, UTF-8 with a byte order mark so that spreadsheets read it right).

    Text that begins like a formula gets an apostrophe before it.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    for row in table.rows:
        writer.writerow([_harmless(_plain(cell)) if isinstance(cell, str) else _plain(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def table_to_json(table: Table) -> bytes:
    """Write a table as JSON: its question, its columns with their meaning, and a list of rows as objects.

    Numbers are numbers, dates ISO strings, the unknown null.
    """
    told = {
        "question": table.question,
        "columns": [{"name": column.name, "meaning": column.description} for column in table.columns],
        "rows": [{c.name: _json(cell) for c, cell in zip(table.columns, row, strict=True)} for row in table.rows],
    }
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _json(cell: Cell) -> Any:
    if isinstance(cell, Decimal):
        return int(cell) if cell == cell.to_integral_value() else float(cell)
    if cell is None or isinstance(cell, bool | int):
        return cell
    return _plain(cell)


def table_to_markdown(table: Table, citations: Mapping[NamedNode, str] | None = None) -> bytes:
    """Write a table as Markdown, with numbered citations below it.

    Args:
        table: columns of IRIs are left out; each row is cited by the first of its IRIs that has a citation.
        citations: what to cite for which claim or statistic, as `citations.cite` gives.
    """
    shown = [i for i, _ in enumerate(table.columns) if not _is_iri_column(table, i)]
    notes: dict[str, int] = {}
    lines = ["| " + " | ".join(_heading(table.columns[i].name) for i in shown) + (" | source |" if citations else " |")]
    lines.append("|" + "---|" * (len(shown) + bool(citations)))
    for row in table.rows:
        cells = [_markdown(_plain(row[i])) for i in shown]
        if citations:
            cited = next((citations[c] for c in row if isinstance(c, NamedNode) and c in citations), None)
            number = notes.setdefault(cited, len(notes) + 1) if cited else None
            cells.append(f"[^{number}]" if number else "")
        lines.append("| " + " | ".join(cells) + " |")
    lines += [""] + [f"[^{number}]: {_markdown(text)}" for text, number in notes.items()] if notes else []
    return ("\n".join(lines) + "\n").encode("utf-8")


def _is_iri_column(table: Table, at: int) -> bool:
    held = [row[at] for row in table.rows if row[at] is not None]
    return bool(held) and all(isinstance(cell, NamedNode) for cell in held)


def _heading(name: str) -> str:
    return name.replace("_", " ")


def _markdown(text: str) -> str:
    for mark in "\\`*_[]<>|":
        text = text.replace(mark, f"\\{mark}")
    return " ".join(text.split())


def table_to_xlsx(table: Table) -> bytes:
    """Write one table as a workbook of one sheet."""
    return tables_to_xlsx({table.question: table})


def tables_to_xlsx(tables: Mapping[str, Table]) -> bytes:
    """Write tables as a workbook, a sheet each: bold headings with their meaning as a note, filters, wrapped text.

    The same tables give the same bytes.
    """
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for name, table in tables.items():
        sheet = book.create_sheet(INVALID_TITLE_REGEX.sub("-", name)[:31])
        widths = [len(_heading(column.name)) + 3 for column in table.columns]
        for at, column in enumerate(table.columns, 1):
            head = sheet.cell(1, at, _heading(column.name))
            head.font = Font(bold=True)
            head.comment = Comment(column.description, "stpgraph") if column.description else None
        for line, row in enumerate(table.rows, 2):
            for at, cell in enumerate(row, 1):
                target = sheet.cell(line, at)
                target.value = _sheet_value(cell)
                if isinstance(target.value, str):
                    target.data_type = "s"  # never a formula, whatever it begins with
                target.alignment = Alignment(wrap_text=True, vertical="top")
                widths[at - 1] = max(widths[at - 1], len(_plain(cell)) + 2)
        for at, width in enumerate(widths, 1):
            sheet.column_dimensions[get_column_letter(at)].width = min(width, _WIDEST)
        sheet.freeze_panes = "A2"
        sheet.auto_filter.ref = sheet.dimensions
    return _saved(book)


def _saved(book: Workbook) -> bytes:
    """Save a workbook under one date, for it would bear the time of writing in every part."""
    book.properties.created = book.properties.modified = _DATED
    made, out = io.BytesIO(), io.BytesIO()
    ExcelWriter(book, ZipFile(made, "w", ZIP_DEFLATED)).save()
    with ZipFile(made) as parts, ZipFile(out, "w", ZIP_DEFLATED) as dated:
        for name in parts.namelist():
            dated.writestr(ZipInfo(name, _DATED.timetuple()[:6]), parts.read(name), ZIP_DEFLATED)
    return out.getvalue()


def tables_of(store: Store) -> dict[str, Table]:
    """Answer every named question that needs no parameter: the tables of the graph, by the question's name."""
    asked = (question for _, question in sorted(find_questions().items()))
    return {q.name: ask(store, q) for q in asked if not any(p.is_required for p in q.parameters)}


def tables_to_workbook(store: Store) -> bytes:
    """Write the tables of the graph as one workbook."""
    return tables_to_xlsx(tables_of(store))


def tables_to_folder(store: Store, place: Path) -> list[Path]:
    """Write the tables of the graph as CSV files in a folder, and return their paths.

    Raises:
        OutputError: when the place cannot be written.
    """
    written = []
    for name, table in tables_of(store).items():
        path = place / f"{name}.csv"
        write_file(path, table_to_csv(table))
        written.append(path)
    return written


def solutions_to(answer: Solutions, form: str) -> bytes:
    """Write the rows of a SELECT in one of the W3C's result formats: "csv", "tsv", "json" or "xml"."""
    formats = {
        "csv": QueryResultsFormat.CSV,
        "tsv": QueryResultsFormat.TSV,
        "json": QueryResultsFormat.JSON,
        "xml": QueryResultsFormat.XML,
    }
    return answer.serialize(formats[form])


def _sheet_value(cell: Cell) -> str | int | float | date | bool | None:
    if isinstance(cell, Decimal):
        return float(cell)
    text = cell.value if isinstance(cell, NamedNode) else cell
    return ILLEGAL_CHARACTERS_RE.sub("\ufffd", text) if isinstance(text, str) else text


#: How a whole graph is written, by the format's name on the command line.
GRAPH_FORMATS: dict[str, Callable[[Store], bytes]] = {
    "turtle": graph_to_turtle,
    "trig": graph_to_trig,
    "nquads": graph_to_nquads,
    "jsonld": graph_to_jsonld,
}

#: How a table is written, by the format's name on the command line.
TABLE_FORMATS: dict[str, Callable[[Table], bytes]] = {
    "csv": table_to_csv,
    "json": table_to_json,
    "xlsx": table_to_xlsx,
}
