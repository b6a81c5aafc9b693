"""Who a name means: bodies, partnerships and people by their names and other names.

A name that no table lists makes a body or person of its own, named after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pyoxigraph import NamedNode

from stpgraph.records import Organisation, Partnership, Person
from stpgraph.reference.ledger import Ledger
from stpgraph.reference.origins import Origin
from stpgraph.reference.rows import Row
from stpgraph.vocabulary import BASE, mint

__all__ = ["LeftOut", "Names", "Register", "own_part", "untitled"]

#: What may stand before a name without being part of it. A peer's "Lord" is part of the name.
_TITLES = re.compile(r"(?:(?:Sir|Dame|Dr|Prof|Professor|Cllr|Councillor|Mr|Mrs|Ms|Miss)\.? )+(?=\S+ \S)")

#: How a text calls the partnership of a footprint.
_PARTNERSHIP_SUFFIX = " STP"


def untitled(name: str) -> str:
    """Return a person's name without titles.

    Example:
        >>> untitled("Professor Dame Jo Doe"), untitled("Lord Doe of Anyshire"), untitled("Ms Doe")
        ('Jo Doe', 'Lord Doe of Anyshire', 'Ms Doe')
    """
    return _TITLES.sub("", name, count=1) if _TITLES.match(name) else name


def own_part(iri: NamedNode) -> str:
    """Return what names a thing below its kind: "anyshire-council" of <organisation/anyshire-council>."""
    return iri.value.removeprefix(BASE).partition("/")[2]


def _key(name: str) -> str:
    return " ".join(name.replace("’", "'").split()).casefold()


class Names:
    """Labels of one kind of thing, with what they name."""

    def __init__(self) -> None:
        self.labels: dict[NamedNode, str] = {}
        self._by_label: dict[str, NamedNode] = {}
        self._by_alias: dict[str, set[NamedNode]] = {}

    def add(self, iri: NamedNode, label: str, aliases: Iterable[str] = ()) -> None:
        """Note a thing with its names; its first label stays."""
        self.labels.setdefault(iri, label)
        self._by_label.setdefault(_key(label), iri)
        for alias in aliases:
            self._by_alias.setdefault(_key(alias), set()).add(iri)

    def find(self, name: str, row: Row, column: str) -> NamedNode | None:
        """Return what a name means, a label before an alias.

        Raises:
            BadRow: when it is an alias of several.
        """
        by_label = self._by_label.get(_key(name))
        if by_label:
            return by_label
        meant = self._by_alias.get(_key(name), set())
        if len(meant) > 1:
            choice = " or ".join(sorted(repr(self.labels[iri]) for iri in meant))
            raise row.bad(column, f"{name!r} is a name of several; write {choice}")
        return next(iter(meant), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Something that a table holds and the graph does not."""

    #: File and line.
    where: str
    what: str
    reason: str


@dataclass(slots=True)
class Register:
    """What the tables name, the ledger they are written to, and what is left out of it."""

    documents: Mapping[str, NamedNode]
    ledger: Ledger = field(default_factory=Ledger)
    organisations: Names = field(default_factory=Names)
    partnerships: Names = field(default_factory=Names)
    people: Names = field(default_factory=Names)
    left_out: list[LeftOut] = field(default_factory=list)

    def leave_out(self, row: Row, what: str, reason: str) -> None:
        """Note what is left out, and why."""
        self.left_out.append(LeftOut(where=row.where, what=what, reason=reason))

    def body(self, name: str, row: Row, column: str, parts: Iterable[Origin]) -> NamedNode:
        """Return the body that a cell names: an organisation, a partnership ("Anyshire STP"), or else a new one."""
        partnership = None
        iri = self.organisations.find(name, row, column)
        if iri is None and name.endswith(_PARTNERSHIP_SUFFIX):
            partnership = self.partnerships.find(name.removesuffix(_PARTNERSHIP_SUFFIX), row, column)
        if partnership:
            label = self.partnerships.labels[partnership]
            self.ledger.name(Partnership(iri=partnership, label=label), row, parts)
            return partnership
        if iri is None:
            iri = mint("organisation", row.slug(column, name))
            if iri in self.organisations.labels:
                listed = self.organisations.labels[iri]
                raise row.bad(column, f"{name!r} would be named like {listed!r}; make it an alias, or rename it")
            self.organisations.add(iri, name)
        self.ledger.name(Organisation(iri=iri, label=self.organisations.labels[iri]), row, parts)
        return iri

    def person(self, name: str, row: Row, column: str) -> Person:
        """Return the person that a cell names, with what else the cell calls them."""
        label = untitled(name)
        iri = self.people.find(name, row, column) or self.people.find(label, row, column)
        iri = iri or mint("person", row.slug(column, label))
        self.people.add(iri, label)
        others = {name, label} - {self.people.labels[iri]}
        return Person(iri=iri, label=self.people.labels[iri], alt_labels=tuple(others))
