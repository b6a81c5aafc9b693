"""What a form can offer for a parameter."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from stpgraph.questions.kinds import is_of_kind
from stpgraph.questions.stated import Parameter
from stpgraph.questions.words import fold
from stpgraph.store import Store
from stpgraph.vocabulary import local_name

__all__ = ["Choice", "choices_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One value that a parameter can have.

    Attributes:
        key: what to give for the parameter: the value itself, or an IRI in full.
        label: what to show; no two of one parameter are alike.
    """

    key: str
    label: str


def choices_of(store: Store, parameter: Parameter) -> tuple[Choice, ...]:
    """Return what can be given for a parameter, in the order to show it.

    Values that a header allows stand in its order, things in that of their labels. A parameter of free text, of
    numbers or of dates has no choices. A class may have very many things, claims above all: count before offering.

    Example:
        >>> per = Parameter(name="per", type="xsd:string", allowed=("month", "year"))
        >>> from stpgraph.store import open_store
        >>> [choice.label for choice in choices_of(open_store(), per)]
        ['month', 'year']
    """
    if parameter.allowed:
        return tuple(Choice(key=value, label=value) for value in parameter.allowed)
    if parameter.type == "xsd:boolean":
        return (Choice(key="true", label="yes"), Choice(key="false", label="no"))
    if parameter.type != "iri":
        return ()
    labels = _labels(store, parameter)
    repeated = {label for label, times in Counter(labels.values()).items() if times > 1}
    shown = {node: f"{label} ({local_name(node)})" if label in repeated else label for node, label in labels.items()}
    ordered = sorted(shown.items(), key=lambda item: (fold(item[1]), item[1]))
    return tuple(Choice(key=node.value, label=label) for node, label in ordered)


def _labels(store: Store, parameter: Parameter) -> dict[NamedNode, str]:
    """Return the things of a parameter's kind, each with its label, else with what tells its IRI from others."""
    name = "?node skos:prefLabel|dcterms:title|stp:summary ?label"
    found: dict[NamedNode, str] = {}
    for node, label in store.select(f"SELECT ?node ?label {{ {is_of_kind(parameter)} OPTIONAL {{ {name} }} }}"):
        if isinstance(node, NamedNode):
            told = label.value if isinstance(label, Literal) else local_name(node)
            found[node] = min(told, found.get(node, told))  # one of several, and always the same
    return found
