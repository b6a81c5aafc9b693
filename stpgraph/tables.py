"""Typed tables: what a question answers with.

Cells are Python values: str, int, Decimal, bool, date, an IRI as `NamedNode`, None for the unknown. Dates known to the
year or month stay text ("2016-11").
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from html import escape
from typing import Any, TypeAlias

from pyoxigraph import Literal, NamedNode

from stpgraph.errors import MissingExtra
from stpgraph.store import Solutions, Term
from stpgraph.vocabulary import XSD, local_name

__all__ = ["SEPARATOR", "Cell", "Column", "Table", "in_print", "to_cell"]

Cell: TypeAlias = str | int | Decimal | bool | date | NamedNode | None

#: What questions put between several values in one cell; the parts have no order until a table sorts them.
SEPARATOR = " | "


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
        """Return a pandas DataFrame; IRIs are text.

        Raises:
            MissingExtra: when pandas is not installed.
        """
        return _frame("pandas", self.names, self.rows)

    def to_polars(self) -> Any:
        """Return a polars DataFrame; IRIs are text.

        Raises:
            MissingExtra: when polars is not installed.
        """
        return _frame("polars", self.names, self.rows)

    def _repr_html_(self) -> str:
        """Show the table in a notebook, everything escaped."""
        head = "".join(f"<th title='{escape(c.description, quote=True)}'>{escape(c.name)}</th>" for c in self.columns)
        body = "".join("<tr>" + "".join(f"<td>{escape(in_print(c))}</td>" for c in row) + "</tr>" for row in self.rows)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


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


def _frame(library: str, names: tuple[str, ...], rows: Iterable[tuple[Cell, ...]]) -> Any:
    from importlib import import_module

    try:
        frames = import_module(library)
    except ModuleNotFoundError as fault:
        raise MissingExtra(f"{library} is not installed; get it with: pip install {library}") from fault
    plain = [[cell.value if isinstance(cell, NamedNode) else cell for cell in row] for row in rows]
    columns = {name: [row[at] for row in plain] for at, name in enumerate(names)}
    return frames.DataFrame(columns)
