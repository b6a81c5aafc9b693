"""Tables for a terminal: labels, wrapped text, stance in colour, no bare IRI."""

from __future__ import annotations

import io
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, NoReturn

from pyoxigraph import NamedNode
from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from stpgraph.cli.options import is_quiet
from stpgraph.cli.streams import console, without_controls
from stpgraph.tables import Cell, Table, in_print
from stpgraph.vocabulary import local_name

if TYPE_CHECKING:
    from stpgraph.checks import Finding

__all__ = [
    "Screen",
    "print_findings",
    "print_pairs",
    "print_table",
    "shown",
    "stance_text",
    "table_as_text",
]

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
    "question": "bold",
}


class Screen(Console):
    """A console that lets its caller know when the reader of a pipe has gone."""

    def on_broken_pipe(self) -> NoReturn:
        """Pass the fault on, which rich would turn into an exit."""
        raise BrokenPipeError


def shown(cell: Cell) -> str:
    """Return a cell as a terminal may show it: as in print, and obeying no control character in it.

    Example:
        >>> shown(Decimal("53.50")), shown(None)
        ('53.5', '')
    """
    return without_controls(in_print(cell))


def print_table(table: Table, *, is_wide: bool = False, screen: Console | None = None) -> None:
    """Print a table; row by row, a line for each column, where it is too wide for the terminal.

    Args:
        table: what to print.
        is_wide: print every column, IRIs by what distinguishes them; otherwise those that say something and are
            no details.
        screen: where to print; standard output where not given.
    """
    screen = screen or console()
    picked = [
        at
        for at, column in enumerate(table.columns)
        if is_wide or (not column.is_detail and not _is_empty_or_iris(table, at))
    ]
    fits = sum(_narrowest(table, at) + 3 for at in picked) <= screen.width
    if table.rows:
        screen.print(_as_grid(table, picked) if fits else _as_records(table, picked))
    if not is_quiet():
        count = len(table.rows)
        told = f"{count} row{'' if count == 1 else 's'}" if count else "no rows: nothing matches"
        screen.print(Text(told, style="dim"))


def table_as_text(table: Table, *, is_wide: bool = False) -> str:
    """Return a table as it is printed to a pipe."""
    out = io.StringIO()
    print_table(table, is_wide=is_wide, screen=Console(file=out, width=console().width, highlight=False))
    return out.getvalue()


def _narrowest(table: Table, at: int) -> int:
    """Return the width below which a column would have to break words; words of a title may take two lines."""
    words = table.columns[at].name.split("_")
    for row in table.rows:
        words += shown(row[at]).split()
    return min(_LONGEST_WORD, max(map(len, words), default=1))


def _as_grid(table: Table, picked: Sequence[int]) -> RichTable:
    laid = RichTable(box=box.SIMPLE_HEAD, pad_edge=False)
    for at in picked:
        is_number = all(isinstance(row[at], int | Decimal | None) for row in table.rows)
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


def print_pairs(names: tuple[str, str], rows: Sequence[tuple[str, str]]) -> None:
    """Print things with a line on each."""
    laid = RichTable(box=box.SIMPLE_HEAD, pad_edge=False)
    laid.add_column(names[0], no_wrap=True)
    laid.add_column(names[1])
    for row in rows:
        laid.add_row(*(Text(without_controls(cell)) for cell in row))
    console().print(laid)


def print_findings(findings: Sequence[Finding]) -> None:
    """Print findings one below the other: rule, what is wrong, what to do, and dimmed the place and the node."""
    screen = console()
    for finding in findings:
        node = local_name(NamedNode(finding.node)) if "://" in finding.node else finding.node
        screen.print(Text.assemble((finding.severity, _STYLES[finding.severity]), f"  {finding.rule}"))
        for told, style in ((finding.message, ""), (finding.mend, ""), (finding.place, "dim"), (node, "dim")):
            if told:
                screen.print(Padding(Text(without_controls(told), style=style), (0, 0, 0, 4), expand=False))
        screen.print()
