"""A table as one HTML file: for reading, printing and sending, without a script."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pyoxigraph import NamedNode

from stpgraph.citations import in_words
from stpgraph.pages.templating import make_environment
from stpgraph.tables import Cell, Table, in_print

__all__ = ["draw_table"]


def draw_table(table: Table, *, title: str) -> str:
    """Draw a table as one self-contained page.

    Args:
        table: what to show; columns that are details or hold nothing are left out.
        title: the question in words; stands above the table.

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
    return (
        make_environment()
        .get_template("answer.html")
        .render(
            title=title,
            columns=[table.columns[at] for at in picked],
            rows=[[(_words(row[at]), isinstance(row[at], int | Decimal)) for at in picked] for row in table.rows],
        )
    )


def _words(cell: Cell) -> str:
    """Return a cell as readers of a page want it: dates in words, IRIs whole."""
    if isinstance(cell, date):
        return in_words(cell)
    return cell.value if isinstance(cell, NamedNode) else in_print(cell)
