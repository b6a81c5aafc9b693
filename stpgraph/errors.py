"""Every error the package raises on purpose.

StpGraphError
├── UsageError              a command or call that makes no sense as given
│   ├── UnknownQuestion     no question of that name
│   └── BadParameter        a question's parameter is unknown or its value does not fit
├── BadData                 something read is not what it should be
│   ├── BadRdf              RDF that does not parse
│   ├── BadQuery            SPARQL that does not parse
│   ├── BadQuestion         a question file whose header does not fit its query
│   ├── BadRecord           a node that is not the record it claims to be
│   └── BadRow              a row of a table that cannot be imported
├── SourceTextError         the text of a document is missing, unreadable or not the one that was read
├── StoreError              the store cannot be opened, read or written
│   ├── StoreLocked         another process has it open for writing
│   ├── EndpointError       a SPARQL endpoint is down, slow, or refuses
│   └── LimitReached        a query took more time or memory, or answered with more, than it may
├── OutputError             a result cannot be written where it was asked for
└── MissingExtra            a part that is not installed

A message says what is wrong, what was expected, where, and what to do; the facts stay as attributes.
This module imports nothing of ours.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

__all__ = [
    "BadData",
    "BadParameter",
    "BadQuery",
    "BadQuestion",
    "BadRdf",
    "BadRecord",
    "BadRow",
    "EndpointError",
    "LimitReached",
    "MissingExtra",
    "OutputError",
    "SourceTextError",
    "StoreError",
    "StoreLocked",
    "StpGraphError",
    "Suggestion",
    "UnknownQuestion",
    "UsageError",
]


class StpGraphError(Exception):
    """Base of all errors that a user can do something about.

    Args:
        message: one line: what is wrong, what was expected, what to do.
        where: file, line, offset or address the message speaks of; stands before it when shown.

    Example:
        >>> str(StpGraphError("no such thing", where="notes.ttl:3"))
        'notes.ttl:3: no such thing'
    """

    def __init__(self, message: str, *, where: str | None = None) -> None:
        self.message = message
        self.where = where
        super().__init__(f"{where}: {message}" if where else message)


class UsageError(StpGraphError):
    """A command or call that makes no sense as given."""


class UnknownQuestion(UsageError):
    """No question has that name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """What may have been meant.

    Attributes:
        value: what to give instead.
        label: what that is called.
    """

    value: str
    label: str


class BadParameter(UsageError):
    """A question's parameter is unknown or missing, or its value fits neither its type nor any label.

    Args:
        problem: what is wrong, without the parameter's name.
        mend: what was expected, or what to do.
        parameter: which it is about; "" where that is not known.
        value: what was given for it; None where nothing was, or where there is no such parameter.
        suggestions: what may have been meant: other values, or other parameters where there is no such one.
        message: the whole, where it is not parameter, problem and mend in turn.
        where: file, line or address that it speaks of.

    Example:
        >>> print(BadParameter("'x' is no date", mend="expected 2016 or the like", parameter="since", value="x"))
        since: 'x' is no date; expected 2016 or the like
    """

    def __init__(
        self,
        problem: str,
        *,
        mend: str = "",
        parameter: str = "",
        value: str | None = None,
        suggestions: Iterable[Suggestion] = (),
        message: str = "",
        where: str | None = None,
    ) -> None:
        self.problem = problem
        self.mend = mend
        self.parameter = parameter
        self.value = value
        self.suggestions = tuple(suggestions)
        whole = f"{problem}; {mend}" if mend else problem
        super().__init__(message or (f"{parameter}: {whole}" if parameter else whole), where=where)


class BadData(StpGraphError):
    """Something read is not what it should be."""


class BadRdf(BadData):
    """RDF that does not parse."""


class BadQuery(BadData):
    """SPARQL that does not parse or cannot be evaluated."""


class BadQuestion(BadData):
    """A question file whose header does not fit its query; `path` and `line` say where, as far as that is known."""

    def __init__(
        self, message: str, *, path: Path | None = None, line: int | None = None, where: str | None = None
    ) -> None:
        self.path = path
        self.line = line
        if path is not None:
            where = f"{path}:{line}" if line else str(path)
        super().__init__(message, where=where)


class BadRecord(BadData):
    """A node of a graph that is not the record it claims to be."""


class BadRow(BadData):
    """A row of a table that cannot be imported."""


class SourceTextError(StpGraphError):
    """The text of a document is missing, unreadable, or not the text that was read."""


class StoreError(StpGraphError):
    """The store cannot be opened, read or written."""


class StoreLocked(StoreError):
    """Another process has the store open for writing."""


class EndpointError(StoreError):
    """A SPARQL endpoint is down, too slow, or refuses; `status` is its HTTP status where it answered."""

    def __init__(self, message: str, *, where: str | None = None, status: int | None = None) -> None:
        self.status = status
        super().__init__(message, where=where)


class LimitReached(StoreError):
    """A query took more than it may; `limit` says of what: "time", "memory", "result", "depth", "waiting"."""

    def __init__(self, message: str, *, where: str | None = None, limit: str = "") -> None:
        self.limit = limit
        super().__init__(message, where=where)


class OutputError(StpGraphError):
    """A result cannot be written where it was asked for."""


class MissingExtra(StpGraphError):
    """A part of the package that is not installed."""
