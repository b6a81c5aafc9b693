"""Reading the rows of a `SELECT` as text: rows of one thing together, a cell that several of them tell once.

A query joins what a thing has several of, so that one thing may have many rows. What they tell is sorted, for a store
gives rows in no order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import isfinite

from pyoxigraph import NamedNode

from stpgraph.citations import in_words
from stpgraph.networks.evidence import Thing
from stpgraph.networks.filters import Filters, words
from stpgraph.store import Store
from stpgraph.vocabulary import STP, local_name

__all__ = ["Rows", "heading", "period", "read_rows", "to_number", "to_place", "to_whole"]

#: What a thing is, by class; what has none of these is what its place in the query makes it.
_KINDS = {
    STP.Organisation.value: "body",
    STP.Person.value: "person",
    STP.Collective.value: "collective",
    STP.Partnership.value: "partnership",
    STP.Document.value: "document",
    STP.Report.value: "report",
    STP.Study.value: "study",
}

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")

#: Kinds whose other names are shorter ways to say the same: "Mr Doe" is no better for a person.
_ABBREVIATED = frozenset({"body", "partnership", "outlet"})


@dataclass(frozen=True, slots=True)
class Rows:
    """Some rows of an answer.

    Attributes:
        columns: where each variable stands in a row.
        rows: their cells as text, "" for an unbound one.
    """

    columns: dict[str, int]
    rows: list[tuple[str, ...]]

    def by(self, *names: str) -> dict[tuple[str, ...], Rows]:
        """Part the rows by the cells of some columns, in the order of these cells."""
        places = [self.columns[name] for name in names]
        parted: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
        for row in self.rows:
            parted.setdefault(tuple([row[place] for place in places]), []).append(row)
        return {key: Rows(self.columns, parted[key]) for key in sorted(parted)}

    def texts(self, name: str) -> list[str]:
        """What a column holds, each once, sorted."""
        place = self.columns[name]
        return sorted({row[place] for row in self.rows} - {""})

    def text(self, name: str) -> str:
        """What a column holds; of several the first by alphabet, "" for nothing."""
        place = self.columns[name]
        if len(self.rows) == 1:
            return self.rows[0][place]
        return min((row[place] for row in self.rows if row[place]), default="")

    def number(self, name: str) -> float | None:
        """What a column holds, as a number; None for what is none."""
        return to_number(self.text(name))

    def thing(self, name: str, kind: str = "") -> Thing:
        """The thing of a column that is bound, by the columns `nameLabel`, `nameType` and `nameOther`, its other names.

        Args:
            name: of the column.
            kind: what it is, where its class does not matter.
        """
        iri = self.text(name)
        if not kind:
            kind = _KINDS.get(self.text(f"{name}Type"), "body")
        label = self.text(f"{name}Label") or (local_name(NamedNode(iri)) if ":" in iri else iri)
        others = self.texts(f"{name}Other") if kind in _ABBREVIATED and f"{name}Other" in self.columns else []
        return Thing(iri=iri, label=label, short_label=min([label, *others], key=len), kind=kind)


def to_number(text: str) -> float | None:
    """Read a number; what is none, or has no end, is unknown.

    Example:
        >>> to_number("53.5"), to_number("none"), to_number("1e999")
        (53.5, None, None)
    """
    number = float(text) if _NUMBER.fullmatch(text) else None
    return number if number is not None and isfinite(number) else None


def to_whole(text: str) -> int | None:
    """Read a whole number, as exactly as it is written; what is none is unknown.

    Example:
        >>> to_whole("56"), to_whole("56.0"), to_whole("a few")
        (56, 56, None)
    """
    number = to_number(text)
    return None if number is None else int(text) if text.lstrip("+-").isdecimal() else int(number)


def to_place(text: str) -> int:
    """Read a place in a text; what is no number stands first.

    Example:
        >>> to_place("120"), to_place("first")
        (120, 0)
    """
    return to_whole(text) or 0


def read_rows(store: Store, sparql: str) -> Rows:
    """Answer a `SELECT` as text."""
    answer = store.select(sparql)
    columns = {name: place for place, name in enumerate(answer.variables)}
    return Rows(columns, [tuple([getattr(cell, "value", "") for cell in row]) for row in answer])


def period(since: str, until: str, *, notes: Iterable[str] = ()) -> str:
    """Say when something held: ", from May 2016 to June 2018 (a note)".

    Example:
        >>> period("2016-05", "2018-06"), period("", "2017"), period("", "", notes=["in post 2016"])
        (', from May 2016 to June 2018', ', until 2017', ' (in post 2016)')
        >>> period("", "")
        ', dates not known'
    """
    told = f" ({'; '.join(notes)})" if notes else ""
    if since:
        return f", from {in_words(since)}" + (f" to {in_words(until)}" if until else "") + told
    return (f", until {in_words(until)}" if until else "" if notes else ", dates not known") + told


def heading(question: str, store: Store, filters: Filters) -> str:
    """Say what a view of posts or partnerships answers, a claimant being one of the two ends there.

    Example:
        >>> from stpgraph.store import open_store
        >>> heading("Who held which post", open_store(), Filters(since="2016-05", until="2017"))
        'Who held which post, from May 2016 to 2017'
    """
    end = words(store, Filters(claimant=filters.claimant)).removeprefix("by ")
    parts = [question, f"for {end}" if end else "", words(store, replace(filters, claimant=None))]
    return ", ".join(part for part in parts if part)
