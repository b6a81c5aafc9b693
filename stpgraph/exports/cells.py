"""How one cell of a table is written."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pyoxigraph import NamedNode

from stpgraph.questions import Cell

__all__ = ["harmless", "heading", "plain"]

#: Characters that open a formula in a spreadsheet.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def plain(cell: Cell) -> str:
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


def harmless(text: str) -> str:
    """Put an apostrophe before text that begins like a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def heading(name: str) -> str:
    """Return the name of a column as people read it."""
    return name.replace("_", " ")
