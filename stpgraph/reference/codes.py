"""The closed lists that a table may use: the concepts of the schemes that ship, found by their labels."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Literal, NamedNode

from stpgraph.reference.rows import Row
from stpgraph.resources import folder
from stpgraph.turtle import read_turtle
from stpgraph.vocabulary import SKOS, mint

__all__ = ["Codes"]


class Codes:
    """Concepts by scheme and label.

    Args:
        path: Turtle with the schemes; those that ship unless given.

    Example:
        >>> Codes().find("organisation-kind", "think tank").value.rpartition("/")[2]
        'think-tank'
    """

    def __init__(self, path: Path | None = None) -> None:
        triples = read_turtle(path or folder("ontology") / "relationships.ttl")
        schemes = {t.subject: t.object for t in triples if t.predicate == SKOS.inScheme}
        self._by_label: dict[tuple[NamedNode, str], NamedNode] = {}
        self._labels: dict[NamedNode, list[str]] = {}
        for predicate in (SKOS.prefLabel, SKOS.altLabel):
            for t in triples:
                scheme = schemes.get(t.subject)
                if t.predicate != predicate or not isinstance(scheme, NamedNode) or not isinstance(t.object, Literal):
                    continue
                if isinstance(t.subject, NamedNode):
                    self._by_label.setdefault((scheme, t.object.value.casefold()), t.subject)
                if predicate == SKOS.prefLabel:
                    self._labels.setdefault(scheme, []).append(t.object.value)

    def find(self, scheme: str, label: str) -> NamedNode | None:
        """Return the concept of a scheme that a label names, None when there is none."""
        return self._by_label.get((mint(scheme), label.casefold()))

    def get(self, scheme: str, row: Row, column: str) -> NamedNode:
        """Return the concept that a cell names.

        Raises:
            BadRow: when the scheme has none of that label.
        """
        found = self.find(scheme, row.required(column))
        if found is None:
            raise row.bad(column, f"is not on the list; expected one of {self.listed(scheme)}")
        return found

    def listed(self, *schemes: str) -> str:
        """Return the labels of schemes, for a message."""
        return ", ".join(sorted(label for scheme in schemes for label in self._labels.get(mint(scheme), [])))
