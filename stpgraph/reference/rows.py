"""Tables to rows: one CSV file of known columns, each cell checked where it is read.

A fault names the file, the line, the column and the value, and says how to mend it; nothing is skipped or guessed.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from stpgraph.documents import normalise
from stpgraph.errors import BadRecord, BadRow, SourceTextError, UsageError
from stpgraph.records import check_iso_date
from stpgraph.vocabulary import slug

__all__ = ["GENERAL_KNOWLEDGE", "Row", "Status", "read_rows", "split_notes"]


class Status(StrEnum):
    """What a row's certainty lets its facts be; the name of a concept among the review statuses."""

    ACCEPTED = "accepted"
    PROPOSED = "proposed"


#: What a row may say of its own certainty, and what follows.
_STATUSES: Mapping[str, Status] = {"page": Status.ACCEPTED, "known": Status.PROPOSED}
_DOUBTFUL = "doubtful"

#: How a note or an origin says that no page stands behind it.
GENERAL_KNOWLEDGE = "general knowledge"

_NUMBER = re.compile(r"-?\d+(\.\d+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a table; its cells by column, without the blanks around them."""

    path: Path
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    @property
    def where(self) -> str:
        """File and line, as errors name them."""
        return f"{self.path}:{self.line}"

    @property
    def is_doubtful(self) -> bool:
        """Whether it is to be left out."""
        return self.one_of("certainty", (*_STATUSES, _DOUBTFUL)) == _DOUBTFUL

    @property
    def status(self) -> Status:
        """What the row's facts are in the graph, where it is not doubtful."""
        return _STATUSES[self["certainty"]]

    def bad(self, column: str, problem: str) -> BadRow:
        """Make the error that says what is wrong with a cell."""
        return BadRow(f"column {column}, {self[column]!r}: {problem}", where=self.where)

    def required(self, column: str) -> str:
        """Return a cell that may not be empty."""
        if not self[column]:
            raise self.bad(column, "may not be empty; fill it in, or take the row out")
        return self[column]

    def one_of(self, column: str, words: Iterable[str]) -> str:
        """Return a cell that holds one of a few words."""
        if self[column] not in (known := tuple(words)):
            raise self.bad(column, f"expected one of {', '.join(known)}; correct the spelling")
        return self[column]

    def parts(self, column: str, separator: str) -> tuple[str, ...]:
        """Return the parts of a cell, none of them empty; a separator within brackets separates nothing."""
        parts = re.split(rf"{re.escape(separator)}(?![^()]*\))", self[column])
        return tuple(part.strip() for part in parts if part.strip())

    def identifier(self, column: str) -> str:
        """Return an id: what can stand in an IRI as it is."""
        text = self.required(column)
        if self.slug(column, text) != text:
            raise self.bad(column, f"an id is of small letters, digits and hyphens; write {slug(text)!r}")
        return text

    def slug(self, column: str, text: str, limit: int | None = None) -> str:
        """Turn a text of this row into a part of an IRI."""
        try:
            return slug(text, limit=limit)
        except UsageError as fault:
            raise self.bad(column, fault.message) from fault

    def date(self, column: str) -> str | None:
        """Return a date as precise as the cell gives it."""
        try:
            return check_iso_date(self[column], where=self.where) if self[column] else None
        except BadRecord as fault:
            raise self.bad(column, "is no date; write 2016, 2016-11 or 2016-11-18") from fault

    def year(self, column: str) -> str | None:
        """Return a year."""
        if self[column] and not re.fullmatch(r"[12]\d{3}", self[column]):
            raise self.bad(column, "is no year; write four digits, such as 2016")
        return self[column] or None

    def number(self, column: str) -> Decimal | None:
        """Return a number, with the digits the cell gives it."""
        if self[column] and not _NUMBER.fullmatch(self[column]):
            raise self.bad(column, "is no number; write digits alone, with a point before decimals: 5300000000, 1.3")
        return Decimal(self[column]) if self[column] else None

    def whole(self, column: str) -> int | None:
        """Return a whole number that is not negative."""
        if self[column] and not re.fullmatch(r"\d+", self[column]):
            raise self.bad(column, "is no whole number; write digits alone")
        return int(self[column]) if self[column] else None


def read_rows(path: Path, columns: tuple[str, ...]) -> tuple[Row, ...]:
    """Read a table: UTF-8, a header with exactly these columns in any order, then a row a line.

    Raises:
        UsageError: when there is no such file.
        BadRow: when the header misses a column or has one more, or a row has too few or too many cells.
    """
    reader = csv.reader(io.StringIO(_text(path), newline=""), strict=True)
    rows: list[Row] = []
    try:
        header = [name.strip() for name in next(reader, [])]
        _check_header(header, columns, where=f"{path}:1")
        line = reader.line_num + 1
        for cells in reader:
            if cells and len(cells) != len(header):
                raise BadRow(
                    f"{len(cells)} cells where the header has {len(header)} columns; "
                    "put cells that hold a comma in double quotation marks",
                    where=f"{path}:{line}",
                )
            if any(cell.strip() for cell in cells):
                held = {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
                rows.append(Row(path=path, line=line, cells=held))
            line = reader.line_num + 1
    except csv.Error as fault:
        message = f"this is not CSV: {fault}; mend the quotation marks of the row"
        raise BadRow(message, where=f"{path}:{reader.line_num}") from fault
    return tuple(rows)


def _text(path: Path) -> str:
    try:
        return normalise(path.read_bytes(), where=str(path))
    except FileNotFoundError as fault:
        raise UsageError(
            "there is no such table; the importer reads four, where need be with a header alone", where=str(path)
        ) from fault
    except OSError as fault:
        raise UsageError(f"cannot read the table: {fault.strerror}; check the path", where=str(path)) from fault
    except SourceTextError as fault:
        raise BadRow(fault.message, where=str(path)) from fault


def _check_header(header: list[str], columns: tuple[str, ...], *, where: str) -> None:
    missing = [name for name in columns if name not in header]
    unknown = [name for name in header if name not in columns]
    repeated = sorted({name for name in header if header.count(name) > 1})
    for names, problem in (
        (missing, f"missing; expected {', '.join(columns)}; add it, its cells may be empty"),
        (unknown, f"unknown; expected {', '.join(columns)}; take it out or correct its name"),
        (repeated, "there more than once; keep one"),
    ):
        if names:
            raise BadRow(f"column {', '.join(repr(name) for name in names)} is {problem}", where=where)


def split_notes(parts: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Split the parts of a note into what a page may state, as one note, and what is marked as general knowledge.

    Example:
        >>> split_notes(["rated in 2017", "grew in 2018 (general knowledge)", "renamed in 2019"])
        (('rated in 2017; renamed in 2019',), ('grew in 2018 (general knowledge)',))
    """
    parts = tuple(parts)
    general = tuple(part for part in parts if part.endswith(f"({GENERAL_KNOWLEDGE})"))
    stated = "; ".join(part for part in parts if part not in general)
    return (stated,) if stated else (), general
