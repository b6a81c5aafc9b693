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

__all__ = ["console", "finding_table", "print_findings", "print_table", "shown", "stance_text"]

#: Columns of a table that goes to a pipe or a file.
_PIPE_WIDTH = 140

#: A longer word may be broken.
_LONGEST_WORD = 16

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
    return Console(file=sys.stdout, width=None if sys.stdout.isatty() else _PIPE_WIDTH, highlight=False)


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


def print_table(
    table: Table, *, columns: Sequence[str] | None = None, title: str | None = None, is_wide: bool = False
) -> None:
    """Print a table; row by row, a line for each column, where it is too wide for the terminal.

    Args:
        table: what to print.
        columns: which ones; those that say something and are no details, where not given.
        title: stands above it.
        is_wide: print every column, IRIs by what distinguishes them.
    """
    screen = console()
    wanted = table.names if is_wide else columns
    picked = [
        at
        for at, column in enumerate(table.columns)
        if (column.name in wanted if wanted else not column.is_detail and not _is_empty_or_iris(table, at))
    ]
    if title:
        screen.print(Text(title, style="bold"))
    fits = sum(_narrowest(table, at) + 3 for at in picked) <= screen.width
    screen.print(_as_grid(table, picked) if fits else _as_records(table, picked))
    count = len(table.rows)
    screen.print(Text(f"{count} row{'' if count == 1 else 's'}" if count else "no rows: nothing matches", style="dim"))


def _narrowest(table: Table, at: int) -> int:
    """Return the width below which a column would have to break words; words of a title may take two lines."""
    words = table.columns[at].name.split("_")
    for row in table.rows:
        words += shown(row[at]).split()
    return min(_LONGEST_WORD, max(map(len, words), default=1))


def _as_grid(table: Table, picked: Sequence[int]) -> RichTable:
    laid = RichTable(box=box.SIMPLE_HEAD, pad_edge=False)
    for at in picked:
        is_number = bool(table.rows) and all(isinstance(row[at], int | Decimal | None) for row in table.rows)
        laid.add_column(
            table.columns[at].name.replace("_", " "),
            justify="right" if is_number else "left",
            min_width=_narrowest(table, at),
            ratio=3 if table.columns[at].name in {"summary", "detail"} else None,
            overflow="fold",
        )
    for row in table.rows:
        laid.add_row(*(_text(row[at]) for at in picked))
    return laid


def _as_records(table: Table, picked: Sequence[int]) -> RichTable:
    """Lay each row out as lines of name and value, what is unknown left out."""
    laid = RichTable(box=None, show_header=False, pad_edge=False)
    laid.add_column(style="dim", no_wrap=True)
    laid.add_column(overflow="fold")
    for row in table.rows:
        for at in picked:
            if row[at] is not None:
                laid.add_row(table.columns[at].name.replace("_", " "), _text(row[at]))
        laid.add_row("", "")
    return laid


def _is_empty_or_iris(table: Table, at: int) -> bool:
    held = [row[at] for row in table.rows if row[at] is not None]
    if not held:
        return bool(table.rows)
    return all(isinstance(cell, NamedNode) for cell in held)


def stance_text(stance: str) -> Text:
    """Return a stance in its colour."""
    return Text(stance, style=_STYLES.get(stance, ""))


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
