"""Tables as workbooks, which Excel and LibreOffice open."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.workbook.child import INVALID_TITLE_REGEX
from openpyxl.writer.excel import ExcelWriter
from pyoxigraph import NamedNode

from stpgraph.exports.cells import heading, plain
from stpgraph.questions import Cell, Table

__all__ = ["table_to_xlsx", "tables_to_xlsx"]

#: The date that a workbook bears: the first that its format, a zip archive, can tell.
_DATED = datetime(1980, 1, 1, tzinfo=UTC).replace(tzinfo=None)

#: Widest column of a sheet, in characters; longer text wraps.
_WIDEST = 60

#: What Unicode has no characters for, and XML no way to write.
_NO_CHARACTERS = re.compile("[\ufffe\uffff\ud800-\udfff]")


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
        widths = [len(heading(column.name)) + 3 for column in table.columns]
        for at, column in enumerate(table.columns, 1):
            head = sheet.cell(1, at, heading(column.name))
            head.font = Font(bold=True)
            head.comment = Comment(column.description, "stpgraph") if column.description else None
        for line, row in enumerate(table.rows, 2):
            for at, cell in enumerate(row, 1):
                target = sheet.cell(line, at)
                target.value = _sheet_value(cell)
                if isinstance(target.value, str):
                    target.data_type = "s"  # never a formula, whatever it begins with
                target.alignment = Alignment(wrap_text=True, vertical="top")
                widths[at - 1] = max(widths[at - 1], len(plain(cell)) + 2)
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


def _sheet_value(cell: Cell) -> str | int | float | date | bool | None:
    if isinstance(cell, Decimal):
        return float(cell)
    text = cell.value if isinstance(cell, NamedNode) else cell
    if not isinstance(text, str):
        return text
    return _NO_CHARACTERS.sub("\ufffd", ILLEGAL_CHARACTERS_RE.sub("\ufffd", text))
