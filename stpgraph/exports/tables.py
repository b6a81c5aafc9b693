"""A table as CSV, JSON or Markdown with citations; text that a spreadsheet would take for a formula is kept from it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from pyoxigraph import NamedNode

from stpgraph.exports.cells import harmless, heading, plain
from stpgraph.exports.workbooks import table_to_xlsx
from stpgraph.questions import Cell, Table

__all__ = ["TABLE_FORMATS", "table_to_csv", "table_to_json", "table_to_markdown"]


def table_to_csv(table: Table) -> bytes:
    """Write a table as CSV (RFC 4180, UTF-8 with a byte order mark so that spreadsheets read it right).

    Text that begins like a formula gets an apostrophe before it.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    for row in table.rows:
        writer.writerow([harmless(plain(cell)) if isinstance(cell, str) else plain(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


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
    return plain(cell)


def table_to_markdown(table: Table, citations: Mapping[NamedNode, str] | None = None) -> bytes:
    """Write a table as Markdown, with numbered citations below it.

    Args:
        table: columns of IRIs are left out; each row is cited by the first of its IRIs that has a citation.
        citations: what to cite for which claim or statistic, as `citations.cite` gives.
    """
    shown = [i for i, _ in enumerate(table.columns) if not _is_iri_column(table, i)]
    notes: dict[str, int] = {}
    lines = ["| " + " | ".join(heading(table.columns[i].name) for i in shown) + (" | source |" if citations else " |")]
    lines.append("|" + "---|" * (len(shown) + bool(citations)))
    for row in table.rows:
        cells = [_markdown(plain(row[i])) for i in shown]
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


def _markdown(text: str) -> str:
    for mark in "\\`*_[]<>|":
        text = text.replace(mark, f"\\{mark}")
    return " ".join(text.split())


#: How a table is written, by the format's name on the command line.
TABLE_FORMATS: dict[str, Callable[[Table], bytes]] = {
    "csv": table_to_csv,
    "json": table_to_json,
    "xlsx": table_to_xlsx,
}
