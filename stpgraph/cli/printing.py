"""Tables for a terminal: labels, wrapped text, stance in colour, no bare IRI."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from pyoxigraph import NamedNode
from rich import box
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from stpgraph.checks.findings import Finding
from stpgraph.questions import Cell, Table
from stpgraph.vocabulary import local_name

__all__ = ["console", "finding_table", "print_findings", "print_table", "rich_table", "shown"]

#: Columns of a table that goes to a pipe or a file.
_PIPE_WIDTH = 140

#: Stance and severity by colour; the word stands beside it in any case.
_STYLES = {
    "supportive": "blue",
    "critical": "dark_orange3",
    "mixed": "medium_purple3",
    "neutral": "bright_black",
    "violation": "red",
    "warning": "yellow",
}


def console() -> Console:
    """Return a console on standard output: as wide as the terminal, or 140 columns in a pipe."""
    return Console(file=sys.stdout, width=None if sys.stdout.isatty() else _PIPE_WIDTH, highlight=False, soft_wrap=False)


def shown(cell: Cell) -> str:
    """Return a cell as people read it: 5,300,000,000 with thin spaces, 53.5, yes, nothing for unknown.

    Example:
        >>> shown(Decimal("5300000000.0")), shown(None), shown(True)
        ('5\u2009300\u2009000\u2009000', '', 'yes')
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, int | Decimal):
        return f"{Decimal(cell).normalize():,f}".replace(",", "\u2009")
    if isinstance(cell, NamedNode):
        return local_name(cell)
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def print_table(table: Table, *, columns: Sequence[str] | None = None, title: str | None = None) -> None:
    """Print a table; columns of nothing but IRIs are left out, for their labels stand beside them."""
    screen = console()
    screen.print(rich_table(table, columns=columns, title=title))
    count = len(table.rows)
    screen.print(Text(f"{count} row{'' if count == 1 else 's'}" if count else "no rows: nothing matches", style="dim"))


def rich_table(table: Table, *, columns: Sequence[str] | None = None, title: str | None = None) -> RichTable:
    """Lay a table out for a terminal."""
    picked = [
        at
        for at, column in enumerate(table.columns)
        if (column.name in columns if columns else not _is_empty_or_iris(table, at))
    ]
    laid = RichTable(box=box.SIMPLE_HEAD, title=title, title_justify="left", title_style="bold", pad_edge=False)
    for at in picked:
        is_number = all(isinstance(row[at], int | Decimal | None) for row in table.rows)
        laid.add_column(
            table.columns[at].name.replace("_", " "),
            justify="right" if is_number and table.rows else "left",
            ratio=3 if table.columns[at].name in {"summary", "detail"} else None,
            overflow="fold",
        )
    for row in table.rows:
        laid.add_row(*(_text(row[at]) for at in picked))
    return laid


def _is_empty_or_iris(table: Table, at: int) -> bool:
    held = [row[at] for row in table.rows if row[at] is not None]
    if not held:
        return bool(table.rows)
    return all(isinstance(cell, NamedNode) for cell in held)


def _text(cell: Cell) -> Text:
    words = shown(cell)
    return Text(words, style=_STYLES.get(words, ""))


def print_findings(findings: Sequence[Finding]) -> None:
    """Print findings as a table: what, where, and what to do."""
    console().print(finding_table(findings))


def finding_table(findings: Sequence[Finding]) -> RichTable:
    """Lay findings out for a terminal."""
    laid = RichTable(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("severity", "rule", "node", "where", "found", "what to do"):
        laid.add_column(name, overflow="fold")
    for finding in findings:
        node = local_name(NamedNode(finding.node)) if "://" in finding.node else finding.node
        cells = (finding.severity, finding.rule, node, finding.place, finding.message, finding.mend)
        laid.add_row(*(_text(str(cell)) for cell in cells))
    return laid
