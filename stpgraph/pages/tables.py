"""An answer as a page: one table that sorts, prints and copies cleanly into a spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from stpgraph.pages.assembly import page_environment
from stpgraph.pages.wording import day_in_words, decimal
from stpgraph.vocabulary import local_name

if TYPE_CHECKING:
    from stpgraph.tables import Cell, Table

__all__ = ["draw_table"]

_SCRIPTS = ("sorting.js", "answer.js")


@dataclass(frozen=True)
class _Head:
    """A column: its name, what it means, and whether it holds nothing but numbers."""

    name: str
    meaning: str
    is_number: bool


@dataclass(frozen=True)
class _Shown:
    """A cell: as people read it, and what it is sorted by."""

    text: str
    order: str


def draw_table(table: Table, *, title: str) -> str:
    """Draw an answer as one self-contained page.

    Args:
        table: its columns of nothing but IRIs are left out, for their labels stand beside them.
        title: what was asked.

    Returns:
        HTML, to be written as UTF-8.
    """
    cells = {column.name: [row[at] for row in table.rows] for at, column in enumerate(table.columns)}
    heads = {
        at: _Head(column.name.replace("_", " "), column.description, _is_numbers(cells[column.name]))
        for at, column in enumerate(table.columns)
        if not _is_iris(cells[column.name])
    }
    rows = [[(head, _shown(row[at])) for at, head in heads.items()] for row in table.rows]
    template = page_environment(_SCRIPTS).get_template("answer.html")
    return template.render(title=title, columns=list(heads.values()), rows=rows)


def _is_iris(cells: list[Cell]) -> bool:
    held = [cell for cell in cells if cell is not None]
    return bool(held) and all(isinstance(cell, NamedNode) for cell in held)


def _is_numbers(cells: list[Cell]) -> bool:
    held = [cell for cell in cells if cell is not None]
    return bool(held) and all(isinstance(cell, int | Decimal) and not isinstance(cell, bool) for cell in held)


def _shown(cell: Cell) -> _Shown:
    if cell is None:
        return _Shown("", "")
    if isinstance(cell, bool):
        return _Shown("yes" if cell else "no", str(cell))
    if isinstance(cell, int | Decimal):
        return _Shown(decimal(Decimal(cell)), str(cell))
    if isinstance(cell, date):
        return _Shown(day_in_words(cell.isoformat()), cell.isoformat())
    if isinstance(cell, NamedNode):
        return _Shown(local_name(cell), local_name(cell))
    return _Shown(str(cell), str(cell))
