"""A table as one HTML file: for reading, printing and sending, without a script."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pyoxigraph import NamedNode

from stpgraph.citations import in_words
from stpgraph.pages.templating import make_environment
from stpgraph.tables import Cell, Table, in_print

__all__ = ["draw_table"]


def draw_table(table: Table, *, title: str, asked: str = "") -> str:
    """Draw a table as one self-contained page.

    Args:
        table: what to show; columns that are details or hold nothing are left out, which the page tells.
        title: the question in words; stands above the table.
        asked: what was asked for, in words; stands below the title.

    Returns:
        HTML, to be written as UTF-8, everything in it escaped.

    Example:
        >>> "no rows" in draw_table(Table(question="money", columns=(), rows=()), title="How much, for what?")
        True
    """
    picked = [
        at
        for at, column in enumerate(table.columns)
        if not column.is_detail and (not table.rows or any(row[at] is not None for row in table.rows))
    ]
    details = [column.name for column in table.columns if column.is_detail]
    empty = [column.name for at, column in enumerate(table.columns) if not column.is_detail and at not in picked]
    return (
        make_environment()
        .get_template("answer.html")
        .render(
            title=title,
            asked=asked,
            columns=[(table.columns[at], _kind(table, at)) for at in picked],
            rows=[[_words(row[at], table.columns[at].type) for at in picked] for row in table.rows],
            details=[name.replace("_", " ") for name in details],
            empty=[name.replace("_", " ") for name in empty],
        )
    )


def _kind(table: Table, at: int) -> str:
    """Return how a column is set: "number" where all that it holds are numbers, "date" for days, "" for text."""
    cells = [row[at] for row in table.rows if row[at] is not None]
    if cells and all(isinstance(cell, int | Decimal) and not isinstance(cell, bool) for cell in cells):
        return "number"
    return "date" if table.columns[at].type == "date" else ""


def _words(cell: Cell, kind: str) -> tuple[str, ...]:
    """Return the lines of a cell as readers want them: dates in words, IRIs whole, a part of a list a line."""
    if isinstance(cell, date) or (kind == "date" and isinstance(cell, str)):
        return (in_words(cell),)
    if kind == "list" and isinstance(cell, str):
        return tuple(cell.split("; "))
    return (cell.value if isinstance(cell, NamedNode) else in_print(cell),)
