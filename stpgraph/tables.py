"""Typed tables: what a question answers with.

Cells are Python values: str, int, Decimal, bool, date, an IRI as `NamedNode`, None for the unknown. Dates known to the
year or month stay text ("2016-11").

In a frame of pandas or polars a column has one type, that of its cells, or the one its question states where it has no
cell. Whole numbers, yes or no, and days keep their types, with a place for the unknown; numbers in part become floating
point; all else is text: IRIs in full, the parts of a list between semicolons, and days where the column also has months
or years.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from html import escape
from importlib import import_module
from typing import Any, TypeAlias

from pyoxigraph import Literal, NamedNode

from stpgraph.errors import MissingExtra
from stpgraph.store import Solutions, Term
from stpgraph.vocabulary import XSD, local_name

__all__ = ["SEPARATOR", "Cell", "Column", "Table", "in_print", "to_cell"]

Cell: TypeAlias = str | int | Decimal | bool | date | NamedNode | None

#: What questions put between several values in one cell; the parts have no order until a table sorts them.
SEPARATOR = " | "

#: How many rows a notebook shows.
_SHOWN = 60

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def _finite(text: str) -> Decimal:
    number = Decimal(text)
    if not number.is_finite():
        raise ValueError(text)
    return number


#: How literals of a datatype become Python values; all others stay text.
_PARSERS: dict[NamedNode, Callable[[str], Cell]] = {
    XSD.integer: int,
    XSD.decimal: _finite,
    XSD.double: _finite,
    XSD.boolean: lambda text: text in {"true", "1"},
    XSD.date: date.fromisoformat,
}


def to_cell(term: Term | None) -> Cell:
    """Turn an RDF term into a cell.

    Example:
        >>> to_cell(Literal(56)), to_cell(None), to_cell(Literal("2016", datatype=XSD.gYear))
        (56, None, '2016')
    """
    if isinstance(term, Literal):
        parse = _PARSERS.get(term.datatype)
        try:
            return parse(term.value) if parse else term.value
        except (ValueError, ArithmeticError):
            return term.value  # what is ill-formed or infinite is shown as it was written
    return term if isinstance(term, NamedNode) or term is None else str(term)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column.

    Attributes:
        name: as the query selects it.
        description: what it holds.
        type: text, list (several values in one cell), date, integer, decimal, boolean or iri.
        is_detail: whether a terminal leaves it out unless asked for all.
    """

    name: str
    description: str = ""
    type: str = "text"
    is_detail: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """An answer: columns and rows.

    Attributes:
        question: the name of what was asked.
        columns: in order.
        rows: in order; each as long as `columns`.
    """

    question: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @classmethod
    def of(cls, answer: Solutions, *, question: str = "query", columns: Iterable[Column] = ()) -> Table:
        """Make a table of the rows of a SELECT.

        Args:
            answer: read to its end.
            question: the name of what was asked.
            columns: what the columns hold, by name; others are there without description.
        """
        described = {column.name: column for column in columns}
        chosen = tuple(described.get(name) or Column(name=name) for name in answer.variables)
        single: dict[Term, Cell] = {}
        several: dict[Term, Cell] = {}
        known = [several if column.type == "list" else single for column in chosen]
        rows = []
        for row in answer:
            made: list[Cell] = []
            for term, cells in zip(row, known, strict=True):
                if term is None or isinstance(term, NamedNode):
                    made.append(term)
                    continue
                cell = cells.get(term)
                if cell is None and term not in cells:  # values repeat: each is read once
                    cell = to_cell(term)
                    cell = None if cell == "" else _sorted_parts(cell) if cells is several else cell
                    cells[term] = cell
                made.append(cell)
            rows.append(tuple(made))
        return cls(question=question, columns=chosen, rows=tuple(rows))

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[tuple[Cell, ...]]:
        return iter(self.rows)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.name for column in self.columns)

    def to_dicts(self) -> list[dict[str, Cell]]:
        """Return the rows as dictionaries by column name."""
        return [dict(zip(self.names, row, strict=True)) for row in self.rows]

    def to_pandas(self) -> Any:
        """Return a pandas DataFrame; its types are Int64, Float64, boolean, datetime64 and string.

        Raises:
            MissingExtra: when pandas is not installed.
        """
        pandas = _library("pandas")
        types = {"integer": "Int64", "decimal": "Float64", "boolean": "boolean", "date": "datetime64[s]"}
        columns = {
            name: pandas.Series(cells, dtype=types.get(kind, "string"), name=name)
            for name, kind, cells in self._columns()
        }
        return pandas.DataFrame(columns, index=range(len(self.rows)))

    def to_polars(self) -> Any:
        """Return a polars DataFrame; its types are Int64, Float64, Boolean, Date and String.

        Raises:
            MissingExtra: when polars is not installed.
        """
        polars = _library("polars")
        types = {
            "integer": polars.Int64,
            "decimal": polars.Float64,
            "boolean": polars.Boolean,
            "date": polars.Date,
        }
        return polars.DataFrame(
            [polars.Series(name, cells, dtype=types.get(kind, polars.String)) for name, kind, cells in self._columns()]
        )

    def _columns(self) -> Iterator[tuple[str, str, list[Any]]]:
        """Yield the name, the type and the cells of each column, all cells of that type."""
        for at, column in enumerate(self.columns):
            cells = [row[at] for row in self.rows]
            kind = _type_of(cells, column.type)
            read = _READERS.get(kind, _as_text)
            yield column.name, kind, [None if cell is None else read(cell) for cell in cells]

    def _repr_html_(self) -> str:
        """Show the table in a notebook: no details, no more than some rows, everything escaped."""
        main = [at for at, column in enumerate(self.columns) if not column.is_detail] or list(range(len(self.columns)))
        head = "".join(_heading(self.columns[at]) for at in main)
        body = "".join(
            f"<tr>{''.join(_in_notebook(row[at], self.columns[at]) for at in main)}</tr>" for row in self.rows[:_SHOWN]
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table><p>{escape(self._left_out())}</p>"

    def _left_out(self) -> str:
        """Say how many rows there are, and what a notebook does not show."""
        count, details = len(self.rows), [column.name for column in self.columns if column.is_detail]
        told = [f"{count:,} row{'' if count == 1 else 's'}"]
        if count > _SHOWN:
            told.append(f"the first {_SHOWN} shown")
        if details and len(details) < len(self.columns):
            told.append(f"not shown: {', '.join(details)}")
        return "; ".join(told)


def _sorted_parts(cell: Cell) -> Cell:
    """Sort the parts of a cell that holds several, for SPARQL gives them in no order; leave out the empty ones."""
    if isinstance(cell, str) and SEPARATOR in cell:
        return "; ".join(sorted(part for part in cell.split(SEPARATOR) if part)) or None
    return cell


def in_print(cell: Cell) -> str:
    """Return a cell as people read it: thin spaces between thousands, yes or no, nothing for the unknown.

    Example:
        >>> in_print(Decimal("5300000000.0")), in_print(Decimal("53.50")), in_print(None), in_print(True)
        ('5\u2009300\u2009000\u2009000', '53.5', '', 'yes')
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, int | Decimal):
        return f"{Decimal(cell).normalize():,f}".replace(",", "\u2009")
    return local_name(cell) if isinstance(cell, NamedNode) else str(cell)


def _type_of(cells: Iterable[Cell], stated: str) -> str:
    """Return the one type of a column's cells: integer, decimal, boolean, date or text."""
    kinds = {type(cell) for cell in cells if cell is not None}
    if not kinds:
        return stated
    if kinds <= {int, Decimal, float}:
        is_whole = (
            kinds == {int} and stated != "decimal" and all(abs(cell) < 2**63 for cell in cells if isinstance(cell, int))
        )
        return "integer" if is_whole else "decimal"
    return {bool: "boolean", date: "date"}.get(kinds.pop(), "text") if len(kinds) == 1 else "text"


def _as_text(cell: Cell) -> str:
    if isinstance(cell, NamedNode):
        return cell.value
    return str(cell).lower() if isinstance(cell, bool) else str(cell)


#: What becomes of the cells of a column in a frame, by its type; all else is text.
_READERS: dict[str, Callable[[Any], Any]] = {"integer": int, "decimal": float, "boolean": bool, "date": lambda day: day}


def _library(name: str) -> Any:
    try:
        return import_module(name)
    except ModuleNotFoundError as fault:
        raise MissingExtra(f"{name} is not installed; get it with: pip install {name}") from fault


def _heading(column: Column) -> str:
    name, told = escape(column.name.replace("_", " ")), escape(column.description, quote=True)
    side = "right" if column.type in {"integer", "decimal"} else "left"
    return f'<th style="text-align: {side}" title="{told}">{name}</th>'


def _in_notebook(cell: Cell, column: Column) -> str:
    """Return a cell as a notebook shows it: numbers to the right, dates in words, the parts of a list in lines."""
    is_number = isinstance(cell, int | Decimal) and not isinstance(cell, bool)
    style = f"vertical-align: top; text-align: {'right; white-space: nowrap' if is_number else 'left'}"
    if isinstance(cell, NamedNode):
        return f'<td style="{style}" title="{escape(cell.value, quote=True)}">{escape(in_print(cell))}</td>'
    if isinstance(cell, date):
        return f'<td style="{style}; white-space: nowrap">{cell.day} {_MONTHS[cell.month - 1]} {cell.year}</td>'
    shown = escape(in_print(cell))
    if column.type == "list":
        parts = [
            f'<div style="padding-left: 1em; text-indent: -1em">{part}</div>' for part in shown.split("; ") if part
        ]
        shown = "".join(parts) if len(parts) > 1 else shown  # hung, so that one that wraps is not taken for two
    return f'<td style="{style}">{shown}</td>'
