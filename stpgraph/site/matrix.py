"""The matrix: who speaks of what, how much, and whether for or against."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stpgraph.networks.evidence import STANCES, Thing
from stpgraph.pages.wording import counted, number
from stpgraph.site.asked import Asked, Reply
from stpgraph.site.briefs import NOBODY, Briefs, Side, Tally, claims_where, find_briefs, lies_in
from stpgraph.site.choosing import read_choice, read_period
from stpgraph.site.place import Site
from stpgraph.site.rendering import render

__all__ = ["show_matrix"]

#: Rows of the first page, how many more at a time, and at most.
_ROWS, _MORE, _MOST = 40, 80, 2000

#: The column of claims of which it is not known what they are about.
_UNKNOWN = ""

_LEVELS = ("relationship", "aspect")

#: Numbers of claims.
Counts = NDArray[np.int64]

#: A pair of facet and value.
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Claims of one side about one thing, with the address of them."""

    tally: Tally
    address: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A side with its cells; None where it says nothing of a column."""

    thing: Thing | None
    total: Cell
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A column: what it is about, whether it lies below the one before it, and all claims in it."""

    thing: Thing | None
    total: Cell
    is_below: bool = False


def show_matrix(site: Site, asked: Asked) -> Reply:
    """Show bodies and relationships with the balance of stance between them.

    Example:
        >>> from stpgraph.store import open_store
        >>> "No claims" in show_matrix(Site(store=open_store()), Asked(path="/matrix")).body.decode()
        True
    """
    level = read_choice(asked, "level", _LEVELS, "relationship")
    since, until = read_period(site, asked)
    shown = asked.number("show", _ROWS, least=1, most=_MOST)
    briefs = find_briefs(site)
    columns = site.once(f"matrix by {level}", lambda _: _Columns(briefs, level))
    made = _Matrix(briefs, columns, level, since, until)
    rows = made.rows(shown)
    cells = [cell for row in rows for cell in row.cells if cell]
    return render(
        site,
        asked,
        "matrix.html",
        title=_title(cells, made.whole),
        level=level,
        since=since,
        until=until,
        whole=made.whole_cell(),
        groups=made.groups,
        heads=made.heads(),
        rows=rows,
        row_count=len(made.sides),
        more=min(len(made.sides) - len(rows), _MORE),
        next_size=min(len(rows) + _MORE, _MOST),
        undated=sum(not one.day for one in briefs.claims) if since or until else 0,
    )


def _title(cells: Sequence[Cell], whole: Tally) -> str:
    """Say the finding."""
    if not whole.total:
        return "No claims to put into a matrix"
    against = sum(cell.tally.balance < 0 for cell in cells)
    for_ = sum(cell.tally.balance > 0 for cell in cells)
    if against == for_:
        return f"Criticism and support each outweigh the other in {number(against)} of {counted(len(cells), 'cell')}"
    first, least = ("Criticism", against) if against > for_ else ("Support", for_)
    other = "support" if against > for_ else "criticism"
    outweighed = f"{first} outweighs {other} in {number(least)} of {counted(len(cells), 'cell')}"
    return f"{outweighed}, the other way round in {number(min(against, for_))}"


class _Columns:
    """All claims by side and column as arrays, to be counted for any period."""

    def __init__(self, briefs: Briefs, level: str) -> None:
        self.sides = sorted({side for one in briefs.claims for side in one.sides})
        found: dict[tuple[str, ...], tuple[str, ...]] = {}
        for one in briefs.claims:
            if one.topics not in found:
                found[one.topics] = _columns_of(briefs, one.topics, level)
        self.columns = sorted({column for columns in found.values() for column in columns})
        rows = {side: at for at, side in enumerate(self.sides)}
        across = {column: at for at, column in enumerate(self.columns)}
        stances = {stance: at for at, stance in enumerate((*STANCES, ""))}
        days = {day: at for at, day in enumerate(dict.fromkeys(one.day for one in briefs.claims))}
        pairs = [(at, rows[side], across[column]) for at, one in enumerate(briefs.claims) for side in one.sides
                 for column in found[one.topics]]  # fmt: skip
        self.days = list(days)
        self.day_of = _array([days[one.day] for one in briefs.claims])
        self.stance_of = _array([stances[one.stance] for one in briefs.claims])
        self.pairs = _array(pairs).reshape(-1, 3)
        self.of_sides = _array([(at, rows[side]) for at, one in enumerate(briefs.claims) for side in one.sides])
        self.of_columns = _array([(at, across[c]) for at, one in enumerate(briefs.claims) for c in found[one.topics]])

    def count(self, since: str, until: str) -> tuple[Counts, Counts, Counts, Counts]:
        """Count the claims of a period by stance: of each pair, of each side, of each column, and all."""
        fits = np.array([lies_in(day, since, until) for day in self.days], dtype=np.bool_)[self.day_of]
        height, width = len(self.sides), len(self.columns)
        cells = self._counted(self.pairs[:, 0], self.pairs[:, 1] * width + self.pairs[:, 2], height * width, fits)
        sides, columns = self.of_sides.reshape(-1, 2), self.of_columns.reshape(-1, 2)
        return (
            cells.reshape(height, width, len(STANCES) + 1),
            self._counted(sides[:, 0], sides[:, 1], height, fits),
            self._counted(columns[:, 0], columns[:, 1], width, fits),
            np.bincount(self.stance_of[fits], minlength=len(STANCES) + 1),
        )

    def _counted(self, claims: Counts, places: Counts, count: int, fits: NDArray[np.bool_]) -> Counts:
        width = len(STANCES) + 1
        kept = fits[claims]
        told = places[kept] * width + self.stance_of[claims[kept]]
        return np.bincount(told, minlength=count * width).reshape(count, width)


def _array(numbers: Sequence[object]) -> Counts:
    return np.array(numbers, dtype=np.int64)


def _columns_of(briefs: Briefs, topics: tuple[str, ...], level: str) -> tuple[str, ...]:
    """Return the columns that a claim is counted in, each once."""
    if level == "relationship":
        return topics or (_UNKNOWN,)
    return briefs.aspects_of(topics)


class _Matrix:
    """Claims of a period, counted for each side and column."""

    def __init__(self, briefs: Briefs, counted: _Columns, level: str, since: str, until: str) -> None:
        self._briefs = briefs
        self._level = level
        self._period = (("since", since), ("until", until))
        cells, sides, columns, whole = counted.count(since, until)
        self.whole = Tally.counted(whole)
        self._cells = cells
        self._of_sides = {side: Tally.counted(sides[at]) for at, side in enumerate(counted.sides) if sides[at].any()}
        found = [(at, one) for at, one in enumerate(counted.columns) if columns[at].any()]
        self._of_columns = {column: Tally.counted(columns[at]) for at, column in found}
        self._row_at = {side: at for at, side in enumerate(counted.sides)}
        self._column_at = {column: at for at, column in found}
        self.sides: list[Side] = sorted(self._of_sides, key=self._rank)
        self._columns = list(self._ordered())
        self.groups = self._grouped()

    def _rank(self, side: Side) -> tuple[bool, int, str, str]:
        """Order by number of claims, those of nobody known last."""
        return side == NOBODY, -self._of_sides[side].total, self._briefs.thing(side[1]).label, side[1]

    def _ordered(self) -> Iterator[str]:
        """Order columns by aspect, within it each relationship before those below it, most claims first."""
        of_aspect: dict[str, int] = {}
        found = [column for column in self._of_columns if column]
        for column in found:
            aspect = self._aspect_of(column)
            of_aspect[aspect] = max(of_aspect.get(aspect, 0), self._of_columns[column].total)
        found.sort(key=lambda column: (-of_aspect[self._aspect_of(column)], self._aspect_of(column), self._way(column)))
        yield from found
        if _UNKNOWN in self._of_columns:
            yield _UNKNOWN

    def _aspect_of(self, column: str) -> str:
        return self._briefs.aspects.get(column, "") if self._level == "relationship" else column

    def _way(self, column: str) -> list[tuple[int, str]]:
        """Return the way down to a relationship, each step with the number of its claims."""
        way = [column]
        while above := [one for one in self._briefs.wider.get(way[0], ()) if one not in way]:
            way.insert(0, above[0])
        return [(-self._of_columns.get(one, Tally()).total, one) for one in way]

    def _grouped(self) -> list[tuple[Thing | None, int]]:
        """Return the heads over the columns: aspects, and of how many columns each."""
        groups: list[tuple[str, int]] = []
        for column in self._columns if self._level == "relationship" else ():
            aspect = self._aspect_of(column)
            if groups and groups[-1][0] == aspect:
                groups[-1] = aspect, groups[-1][1] + 1
            else:
                groups.append((aspect, 1))
        return [(self._briefs.thing(aspect) if aspect else None, count) for aspect, count in groups]

    def heads(self) -> list[Head]:
        """Return the columns with their totals."""
        heads = []
        for column in self._columns:
            thing = self._thing(column)
            total = self._cell(self._of_columns[column], "all", self._about(thing), self._facets_of(column))
            above = self._briefs.wider.get(column, ())
            heads.append(Head(thing=thing, total=total, is_below=any(one in self._columns for one in above)))
        return heads

    def rows(self, count: int) -> list[Row]:
        """Return the rows of the sides with most claims."""
        heads = [(column, self._about(self._thing(column)), self._facets_of(column)) for column in self._columns]
        return [self._row(side, heads) for side in self.sides[:count]]

    def _row(self, side: Side, heads: Sequence[tuple[str, str, list[Pair]]]) -> Row:
        thing = self._briefs.thing(side[1]) if side != NOBODY else None
        name, facets = thing.label if thing else "not known", _facets_of_side(side)
        cells = []
        for column, about, of_column in heads:
            counts = self._cells[self._row_at[side], self._column_at[column]]
            there = counts.any()
            cells.append(self._cell(Tally.counted(counts), name, about, facets + of_column) if there else None)
        return Row(thing=thing, total=self._cell(self._of_sides[side], name, "in all", facets), cells=tuple(cells))

    def whole_cell(self) -> Cell:
        """Return all claims of the period."""
        return self._cell(self.whole, "all", "in all", [])

    def _cell(self, tally: Tally, name: str, about: str, facets: Sequence[Pair]) -> Cell:
        label = f"{name}, {about}: {tally.words}; balance {tally.sign}"
        return Cell(tally=tally, label=label, address=claims_where(*facets, *self._period))

    def _thing(self, column: str) -> Thing | None:
        return self._briefs.thing(column) if column else None

    def _about(self, thing: Thing | None) -> str:
        return f"about {thing.label}" if thing else "about what is not known"

    def _facets_of(self, column: str) -> list[Pair]:
        if self._level == "relationship":
            return [("relationship", column or "unknown")]
        unknown = () if column else ("unknown",)
        return [("relationship", one) for one in (*unknown, *self._briefs.relationships_of(column))]


def _facets_of_side(side: Side) -> list[Pair]:
    """Return what the front page is narrowed to for a row."""
    kind, iri = side
    if kind == "body":
        return [("body", iri)]
    return [("claimant", iri or "unknown"), ("body", "unknown")]
