"""The nodes and edges of a view as other tools take them: numbered, with attributes of one type a column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from stpgraph.networks.views import View

__all__ = ["Column", "Members", "Value", "columns_of", "members_of", "on_one_line", "unlike"]

#: An attribute of a node or an edge.
Value: TypeAlias = "str | int | float | list[str]"

#: Between the parts of a list, where a format has no lists.
_BETWEEN = " | "

#: What no line of text holds: control characters, and halves of characters.
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """An attribute that nodes, or edges, have.

    Attributes:
        name: of the attribute.
        type: of all its values: a whole number, a number, or text.
    """

    name: str
    type: Literal["int", "double", "string"]

    def write(self, value: Value) -> str:
        """Write a value: the parts of a list are parted by " | ".

        Example:
            >>> Column(name="evidence", type="string").write(["urn:a", "urn:b"])
            'urn:a | urn:b'
            >>> Column(name="weight", type="double").write(2)
            '2.0'
        """
        if self.type == "double" and isinstance(value, int | float):
            return repr(float(value))
        return _BETWEEN.join(value) if isinstance(value, list) else str(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Members:
    """What a network consists of.

    Attributes:
        nodes: the attributes of each node, by IRI.
        edges: source, target and attributes of each edge; parallel edges stand one by one.
        is_directed: whether an edge goes from its first end to its second.
        has_parallels: whether two nodes can have several edges.
    """

    nodes: Mapping[str, Mapping[str, Value]]
    edges: tuple[tuple[str, str, Mapping[str, Value]], ...]
    is_directed: bool
    has_parallels: bool

    def name(self, node: str) -> str:
        """Return the name of a node as a picture shows it."""
        told = self.nodes[node]
        return str(told.get("short_label") or told.get("label") or "no name")


def members_of(view: View) -> Members:
    """Return the nodes and edges of a view, in the order of its graph."""
    graph = view.graph
    return Members(
        nodes={iri: dict(data) for iri, data in graph.nodes(data=True)},
        edges=tuple(graph.edges(data=True)),
        is_directed=graph.is_directed(),
        has_parallels=graph.is_multigraph(),
    )


def columns_of(rows: Iterable[Mapping[str, Value]]) -> list[Column]:
    """Return the attributes that some nodes or edges have, in the order in which they are met, each with one type.

    Example:
        >>> [(column.name, column.type) for column in columns_of([{"weight": 1}, {"weight": 0.5, "kind": "leads"}])]
        [('weight', 'double'), ('kind', 'string')]
    """
    types: dict[str, set[type]] = {}
    for row in rows:
        for name, value in row.items():
            types.setdefault(name, set()).add(type(value))
    return [Column(name=name, type=_type(found)) for name, found in types.items()]


def _type(found: set[type]) -> Literal["int", "double", "string"]:
    if found == {int}:
        return "int"
    return "double" if found <= {int, float} else "string"


def on_one_line(text: str) -> str:
    r"""Write text on one line: line ends and other control characters become spaces.

    Example:
        >>> on_one_line("Jo\n\tDoe ")
        'Jo Doe'
    """
    return " ".join(_UNPRINTABLE.sub(" ", text).split())


def unlike(names: Iterable[str]) -> list[str]:
    """Number the names that were there before, capitals or not, for a tool that knows nodes by their names.

    Example:
        >>> unlike(["trust", "Jo Doe", "Trust", "trust"])
        ['trust', 'Jo Doe', 'Trust (2)', 'trust (3)']
    """
    used: set[str] = set()
    met: dict[str, int] = {}
    told = []
    for name in names:
        own = name
        while own.casefold() in used:
            met[name.casefold()] = met.get(name.casefold(), 1) + 1
            own = f"{name} ({met[name.casefold()]})"
        used.add(own.casefold())
        told.append(own)
    return told
