"""Figures as a page draws them: a dot with its interval on a line from 0 to 100, and the whole that it is of."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pyoxigraph import NamedNode

from stpgraph.citations import in_words
from stpgraph.pages.story.gathered import Gathered, Row
from stpgraph.pages.wording import number
from stpgraph.tables import SEPARATOR, Cell

__all__ = ["LINE", "FigureLine", "Figures", "list_figures"]

#: Pixels from 0 to 100 on the line of a figure, and before and after it.
LINE, _BEFORE = 224.0, 8.0

#: The most figures that a page lists.
_MOST = 80

#: The most places that a figure names.
_MOST_PLACES = 4

_CURRENCIES = {"GBP": "£", "EUR": "€", "USD": "$"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureLine:
    """One figure.

    Attributes:
        said: the number as worded.
        measure: what is measured.
        of: the whole, and whom or what it counts: "of 56: those asked".
        exactly: the number in figures, where it is no share: "£5 300 000 000"; "" otherwise.
        told: the interval in words: "53.5 to 54.5 %"; "" where it is no share.
        left: where the interval starts, in pixels; None where the figure is no share of a whole.
        right: where it ends.
        dot: where the number itself stands; None where the words only set a bound.
        is_doubtful: whether it does not hold together with another figure or its whole.
        where: who says so, and the documents and reports that state it.
    """

    said: str
    measure: str
    of: str
    exactly: str
    told: str
    left: float | None
    right: float
    dot: float | None
    is_doubtful: bool
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The figures that a page lists.

    Attributes:
        shares: those that are shares of a whole; the doubtful ones first.
        numbers: those that are not.
        unlisted: how many of the same works are left out, for there are too many.
        elsewhere: how many figures of other reports and studies the graph holds.
        total: how many figures there are.
    """

    shares: tuple[FigureLine, ...]
    numbers: tuple[FigureLine, ...]
    unlisted: int
    elsewhere: int
    total: int


#: From here on a number is written with its power of ten.
_BEYOND = Decimal(10) ** 15


def list_figures(gathered: Gathered) -> Figures:
    """List the figures of documents, and those of the reports and studies on which their claims rest."""
    doubtful = {_iri(row[name]) for row, _ in gathered.doubts for name in ("statistic", "other_statistic")}
    titles = {work.title for work in gathered.documents}
    given = {figure.iri for claim in gathered.claims for figure in claim.figures}
    told_of = {via for claim in gathered.claims for via in claim.via}
    listed = [row for row in gathered.figures if _iri(row["statistic"]) in given or row["document"] in titles]
    told_of |= {part for row in listed for part in _parts(row["source"])}
    here = set(map(id, listed))
    listed += [row for row in gathered.figures if id(row) not in here and told_of & set(_parts(row["source"]))]
    alike: dict[tuple[Cell, ...], list[Row]] = {}
    for row in listed:
        alike.setdefault(tuple(row[name] for name in ("said", "measure", "lowest", "highest", "unit")), []).append(row)
    lines = [_line(rows, doubtful) for rows in alike.values()]
    lines.sort(key=lambda line: not line.is_doubtful)
    kept = lines[:_MOST]
    return Figures(
        shares=tuple(line for line in kept if line.left is not None),
        numbers=tuple(line for line in kept if line.left is None),
        unlisted=len(lines) - len(kept),
        elsewhere=len(gathered.figures) - len(listed),
        total=len(gathered.figures),
    )


def _line(rows: Sequence[Row], doubtful: Collection[str]) -> FigureLine:
    row = rows[0]
    low, high, value = (_percent(row, name) for name in ("lowest", "highest", "value"))
    is_share = _is_share(row) and (low, high) != (None, None)
    left, right = _across(low or Decimal(0)), _across(Decimal(100) if high is None else high)
    is_bounded = low is not None and high is not None
    middle = (low + high) / 2 if low is not None and high is not None else Decimal(0)
    return FigureLine(
        said=str(row["said"] or "no words known"),
        measure=str(row["measure"] or "measure not known"),
        of=_of(row),
        exactly="" if is_share else _exactly(row),
        told=_told(low, high) if is_share else "",
        left=left if is_share else None,
        right=right,
        dot=_across(middle if value is None else value) if is_share and is_bounded else None,
        is_doubtful=any(_iri(one["statistic"]) in doubtful for one in rows),
        where=_where(rows),
    )


def _is_share(row: Row) -> bool:
    return row["unit"] == "%" or (row["unit"] == "count" and bool(row["denominator"]))


def _percent(row: Row, name: str) -> Decimal | None:
    """Return a bound as percent of its whole; a fraction's rounding to four places is no interval."""
    value, whole = row[name], row["denominator"]
    if not isinstance(value, int | Decimal):
        return None
    if row["unit"] == "count" and isinstance(whole, int) and whole:
        return Decimal(value) * 100 / whole
    return Decimal(value)


def _across(percent: Decimal) -> float:
    return round(_BEFORE + float(min(max(percent, Decimal(0)), Decimal(100))) * LINE / 100, 1)


def _of(row: Row) -> str:
    """Say of how many, and of whom."""
    whole = row["size"] if row["unit"] == "%" else row["denominator"] if row["unit"] == "count" else None
    of = f"of {number(whole)}" if isinstance(whole, int) else ""
    who = str(row["population"] or "")
    if of and who:
        return f"{of}: {who}"
    return of or who or "of whom or what is not known"


def _told(low: Decimal | None, high: Decimal | None) -> str:
    first, last = _short(low or Decimal(0)), _short(Decimal(100) if high is None else high)
    return f"{first} %" if first == last else f"{first} to {last} %"


def _short(value: Decimal) -> str:
    if abs(value) >= _BEYOND:
        return f"{value:.1e}"
    return f"{round(value, 1).normalize():f}"


def _exactly(row: Row) -> str:
    """Write a number that is no share in figures, or its bounds where there is none."""
    value = row["value"]
    if not isinstance(value, int | Decimal):
        return ""
    unit = str(row["unit"] or "")
    whole = number(int(value)) if value == int(value) else f"{Decimal(value).normalize():f}"
    before = _CURRENCIES.get(unit, "")
    return f"{before}{whole}" + ("" if before or unit in {"", "count"} else f" {unit}")


def _where(rows: Sequence[Row]) -> str:
    speakers = dict.fromkeys(part for row in rows for part in _parts(row["speakers"]) if part != row["population"])
    places = dict.fromkeys(
        ", ".join(filter(None, (f"“{row['document']}”" if row["document"] else "", in_words(str(row["date"] or "")))))
        for row in rows
    )
    named = list(filter(None, places))
    more = len(named) - _MOST_PLACES
    if more > 1:
        named = [*named[:_MOST_PLACES], f"{number(more)} more"]
    told = "; ".join(named) or "where it stands is not known"
    return f"{', '.join(speakers)}: {told}" if speakers else told


def _parts(cell: Cell) -> list[str]:
    return [part for part in str(cell or "").replace(SEPARATOR, "; ").split("; ") if part]


def _iri(cell: Cell) -> str:
    return cell.value if isinstance(cell, NamedNode) else str(cell)
