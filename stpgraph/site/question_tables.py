"""An answer as the page of its question shows it: a page of rows, sorted as asked, its cells with their links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pyoxigraph import Literal, NamedNode

from stpgraph.citations import in_words
from stpgraph.exports.cells import heading
from stpgraph.site.addresses import address_of
from stpgraph.site.asked import Asked
from stpgraph.store import Store
from stpgraph.tables import Cell, Column, Table, in_print
from stpgraph.vocabulary import local_name

__all__ = ["PAGE", "Head", "Shown", "ShownCell", "counted_thing", "show_table"]

#: Rows of one page.
PAGE = 100

#: What a row tells of, by the column that names it: in the singular and the plural. The first that a table has counts.
_THINGS = {
    "claim": ("claim", "claims"),
    "other_statistic": ("finding", "findings"),
    "statistic": ("figure", "figures"),
    "statement": ("proposal", "proposals"),
    "proposition": ("proposition", "propositions"),
    "membership": ("post", "posts"),
    "other_claimant": ("pair of claimants", "pairs of claimants"),
    "other_party": ("pair of parties", "pairs of parties"),
    "partnership": ("partnership", "partnerships"),
    "study": ("study", "studies"),
}

#: What a row is of questions whose columns do not say it.
_ROWS = {"tensions": ("tension", "tensions"), "trace": ("step", "steps")}

#: Columns of text that name what a column of IRIs beside them holds; the first of those that is there is linked.
_NAMING = {
    "summary": ("claim",),
    "wording": ("proposition",),
    "said": ("statistic",),
    "first": ("statistic",),
    "second": ("other_statistic",),
    "title": ("document",),
    "name": ("person", "partnership", "study"),
    "what": ("statement", "node"),
    "issue": ("node",),
    "one": ("claimant", "party"),
    "other": ("other_claimant", "other_party"),
    "about": ("relationship",),
}

#: Columns whose text is a stance, which has a colour.
_STANCE = "stance"


#: A moment: its day, its hour and minute.
_MOMENT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2}:[0-9]{2}).*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The head of a column.

    Attributes:
        label: its name as people read it.
        meaning: what it holds.
        is_number: whether it is aligned to the right.
        sort: the address of the table sorted by it, the other way round where it already is.
        sorted: "ascending", "descending" or "".
    """

    label: str
    meaning: str
    is_number: bool
    sort: str
    sorted: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCell:
    """A cell.

    Attributes:
        text: what it says; "" for the unknown.
        groups: the digits of a whole number by thousands, shown apart and copied as one; empty for anything else.
        link: where it leads; "" for nowhere.
        kind: "number", "date", "stance" or "text".
    """

    text: str
    groups: tuple[str, ...] = ()
    link: str = ""
    kind: str = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A page of a table.

    Attributes:
        heads: of the columns shown.
        rows: of this page.
        first: the number of its first row, from 1; 0 where there is none.
        last: the number of its last row.
        total: rows in all.
        hidden: how many columns are not shown, for they are details or hold nothing.
    """

    heads: tuple[Head, ...]
    rows: tuple[tuple[ShownCell, ...], ...]
    first: int
    last: int
    total: int
    hidden: int


def counted_thing(table: Table) -> tuple[int, str, str]:
    """Return of how many things a table tells, and what they are called in the singular and the plural.

    Example:
        >>> counted_thing(Table(question="money", columns=(Column(name="statistic"),), rows=()))
        (0, 'figure', 'figures')
    """
    name = next((name for name in _THINGS if name in table.names), None)
    if name is None or table.question in _ROWS:
        return len(table), *_ROWS.get(table.question, ("row", "rows"))
    at = table.names.index(name)
    told = [row[at] for row in table.rows]
    is_each = name != "claim"
    return len(told) if is_each else len(dict.fromkeys(told)), *_THINGS[name]


def show_table(store: Store, table: Table, asked: Asked, *, is_wide: bool) -> Shown:
    """Pick the columns and rows that a page shows.

    Args:
        store: where labels of things are.
        table: the whole answer.
        asked: `sort` names a column, with - before it for the last first; `page` counts from 1.
        is_wide: whether details are shown.
    """
    picked = _picked(table, is_wide=is_wide)
    ordered = _ordered(table, asked.get("sort"))
    last_page = max(1, -(-len(ordered) // PAGE))
    begin = (asked.number("page", 1, least=1, most=last_page) - 1) * PAGE
    rows = ordered[begin : begin + PAGE]
    labels = _labels(store, (row[at] for row in rows for at in picked))
    links = {at: _linked_by(table, at) for at in picked}
    numbers = {at for at in picked if _is_number(table, at)}
    return Shown(
        heads=tuple(_head(table.columns[at], at in numbers, asked) for at in picked),
        rows=tuple(
            tuple(_cell(row[at], table.columns[at], _first_iri(row, links[at]), labels) for at in picked)
            for row in rows
        ),
        first=begin + 1 if rows else 0,
        last=begin + len(rows),
        total=len(table),
        hidden=len(table.columns) - len(picked),
    )


def _picked(table: Table, *, is_wide: bool) -> list[int]:
    """Return the columns that are shown: all, or those that are no detail and hold something."""
    every = list(range(len(table.columns)))
    if is_wide:
        return every
    main = [at for at in every if not table.columns[at].is_detail]
    told = [at for at in main if any(row[at] is not None for row in table.rows)]
    return told or main or every


def _is_number(table: Table, at: int) -> bool:
    return table.columns[at].type in {"integer", "decimal"} or any(
        isinstance(row[at], int | Decimal) and not isinstance(row[at], bool) for row in table.rows[:PAGE]
    )


def _ordered(table: Table, sort: str) -> Sequence[tuple[Cell, ...]]:
    """Return the rows by a column, the unknown always last; as they are where no such column is there."""
    name = sort.removeprefix("-")
    if name not in table.names:
        return table.rows
    at = table.names.index(name)
    known = [row for row in table.rows if row[at] is not None]
    unknown = [row for row in table.rows if row[at] is None]
    return sorted(known, key=lambda row: _key(row[at]), reverse=sort.startswith("-")) + unknown


def _key(cell: Cell) -> tuple[int, Decimal, str]:
    """Numbers stand before all else, in their order; the rest by the words."""
    if isinstance(cell, bool | int | Decimal):
        return 0, Decimal(cell), ""
    text = cell.isoformat() if isinstance(cell, date) else cell.value if isinstance(cell, NamedNode) else str(cell)
    return 1, Decimal(0), text.casefold()


def _head(column: Column, is_number: bool, asked: Asked) -> Head:
    now = asked.get("sort")
    is_up, is_down = now == column.name, now == f"-{column.name}"
    after = f"-{column.name}" if is_up or (is_number and not is_down) else column.name
    return Head(
        label=heading(column.name),
        meaning=column.description,
        is_number=is_number,
        sort=asked.address({"sort": after, "page": ""}),
        sorted="ascending" if is_up else "descending" if is_down else "",
    )


def _linked_by(table: Table, at: int) -> tuple[int, ...]:
    """Return the columns of IRIs that a column of text may name."""
    wanted = _NAMING.get(table.columns[at].name, ())
    return tuple(table.names.index(name) for name in wanted if name in table.names)


def _first_iri(row: Sequence[Cell], columns: tuple[int, ...]) -> NamedNode | None:
    return next((cell for at in columns if isinstance(cell := row[at], NamedNode)), None)


def _labels(store: Store, cells: Iterable[Cell]) -> Mapping[NamedNode, str]:
    """Return what the IRIs among cells are called."""
    nodes = dict.fromkeys(cell for cell in cells if isinstance(cell, NamedNode))
    if not nodes:
        return {}
    named = f"VALUES ?node {{ {' '.join(map(str, nodes))} }} ?node skos:prefLabel|dcterms:title|stp:summary ?label"
    found: dict[NamedNode, str] = {}
    for node, label in store.select(f"SELECT ?node ?label {{ {named} }}"):
        if isinstance(node, NamedNode) and isinstance(label, Literal):
            found[node] = min(label.value, found.get(node, label.value))
    return found


def _day_in_words(cell: date | str) -> str:
    """Say a day, month or year in words; of a moment its time too, unless that is the beginning of a day.

    Example:
        >>> _day_in_words("2018-03-04T00:00:00Z"), _day_in_words("2018-03-04T16:05:10Z"), _day_in_words("soon")
        ('4 March 2018', '4 March 2018, 16:05', 'soon')
    """
    if isinstance(cell, date) or not (moment := _MOMENT.fullmatch(cell)):
        return in_words(cell)
    day = in_words(moment[1])
    return day if moment[2] == "00:00" else f"{day}, {moment[2]}"


def _cell(cell: Cell, column: Column, named: NamedNode | None, labels: Mapping[NamedNode, str]) -> ShownCell:
    if isinstance(cell, NamedNode):
        return ShownCell(text=labels.get(cell) or local_name(cell), link=address_of(cell.value))
    link = address_of(named.value) if named is not None and cell is not None else ""
    if isinstance(cell, int | Decimal) and not isinstance(cell, bool):
        text = f"{Decimal(cell).normalize():,f}"
        whole, dot, rest = text.partition(".")
        *groups, last = whole.split(",")
        return ShownCell(text=text.replace(",", ""), groups=(*groups, last + dot + rest), link=link, kind="number")
    if isinstance(cell, date) or (column.type == "date" and isinstance(cell, str)):
        return ShownCell(text=_day_in_words(cell), link=link, kind="date")
    return ShownCell(text=in_print(cell), link=link, kind="stance" if column.name == _STANCE and cell else "text")
