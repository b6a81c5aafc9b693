"""What is given for a parameter, turned into the RDF term that it means."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from pyoxigraph import Literal, NamedNode

from stpgraph.errors import BadParameter
from stpgraph.questions.headers import Parameter, fold, nearest
from stpgraph.store import Store
from stpgraph.vocabulary import BASE, PREFIXES, XSD, local_name

__all__ = ["resolve", "to_term"]

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_PATH = re.compile(r"[a-z][a-z0-9-]*(/[A-Za-z0-9._~-]+)+")
_LITERALS = {
    "xsd:boolean": re.compile(r"true|false"),
    "xsd:decimal": re.compile(r"[+-]?[0-9]+(\.[0-9]+)?"),
    "xsd:integer": re.compile(r"[+-]?[0-9]+"),
    "xsd:string": re.compile(r".*", re.DOTALL),
}
#: How many codes a message lists, and how like one of their names a text must be to be taken for a slip.
_LISTED, _SLIP = 12, 0.8

#: Graph patterns by which `?node` has the name `?label`, the surest first.
_NAMES = (
    "?node skos:prefLabel|dcterms:title|stp:summary ?label",
    "?node skos:altLabel ?label",
    "?node a stp:Relationship ; stp:aspect/(skos:prefLabel|skos:altLabel) ?label . "
    "FILTER NOT EXISTS { ?node skos:broader ?wider }",
)


def to_term(store: Store, parameter: Parameter, value: Any) -> NamedNode | Literal:
    """Turn a value given for a parameter into the term that is bound.

    Raises:
        BadParameter: when it fits neither the parameter's type nor any label.
    """
    if parameter.type == "iri":
        text = f"<{value.value}>" if isinstance(value, NamedNode) else str(value).strip()
        return resolve(store, text, parameter, is_strict=True)
    text = _lexical(value)
    if parameter.allowed and text not in parameter.allowed:
        raise BadParameter(f"{parameter.name} is one of {', '.join(parameter.allowed)}, not {_shown(text)}")
    if parameter.type == "xsd:date":
        return _date(text, parameter)
    if not _LITERALS[parameter.type].fullmatch(text):
        kind = parameter.type.removeprefix("xsd:")
        raise BadParameter(f"{parameter.name} is of the kind {kind}, which {_shown(text)} is not")
    return Literal(text, datatype=XSD[parameter.type.removeprefix("xsd:")])


def _lexical(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (Decimal, float)):
        return format(value, "f")
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value).strip()


def _date(text: str, parameter: Parameter) -> Literal:
    try:
        if not _DATE.fullmatch(text):
            raise ValueError(text)
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError as fault:
        raise BadParameter(
            f"{parameter.name} is a date, which {_shown(text)} is not; expected 2016, 2016-11 or 2016-11-21"
        ) from fault
    return Literal(text, datatype={4: XSD.gYear, 7: XSD.gYearMonth}.get(len(text), XSD.date))


def resolve(store: Store, text: str, parameter: Parameter, *, is_strict: bool = False) -> NamedNode:
    """Return the thing that a parameter's text names: by IRI, or by what it is called.

    A main label goes before other names; these before the name of an aspect, which is its general relationship's
    too ("capital"); and that before the words of an IRI.

    Args:
        store: where the things and their labels are.
        text: what was given.
        parameter: what it was given for.
        is_strict: whether an IRI, too, must be that of a thing in the store, and of the parameter's kind.

    Raises:
        BadParameter: when nothing bears that name (with the nearest), or several things do (with all).
    """
    node = _iri(text)
    if node is not None and (not is_strict or _is_there(store, node, parameter)):
        return node
    names = [_named(store, parameter, pattern) for pattern in _NAMES]
    things = {thing for found in names for things in found.values() for thing in things}
    names.append({local_name(thing).partition("/")[2]: {thing} for thing in things})
    for called in names:
        found = {thing for name, things in called.items() if fold(name) == fold(text) for thing in things}
        if len(found) == 1:
            return found.pop()
        if found:
            several = ", ".join(sorted(f"<{local_name(thing)}>" for thing in found))
            raise BadParameter(
                f"{_shown(text)} names several things for {parameter.name}: {several}; give one of these"
            )
    problem = f"nothing for {parameter.name} is called {_shown(text)}"
    if not things:
        kind = parameter.of_scheme or " or ".join(parameter.of_class) or "thing"
        raise BadParameter(f"{problem}; the store holds no {kind}")
    if parameter.of_scheme:
        raise BadParameter(f"{problem}; {_nearest_code(text, names)}")
    known = {name for called in names for name in called} if node is None else {local_name(thing) for thing in things}
    raise BadParameter(f"{problem}; {nearest(text, known)}")


def _nearest_code(text: str, names: Sequence[Mapping[str, set[NamedNode]]]) -> str:
    """Say by main labels which code was meant, where only a letter or so is wrong, or else which there are."""
    mains: dict[NamedNode, str] = {}
    bearers: dict[str, NamedNode] = {}
    for called in names:  # the surest first
        for name in sorted(called):
            for thing in called[name]:
                mains.setdefault(thing, name)
                bearers.setdefault(fold(name), thing)
    wanted = fold(text.strip("<>").rpartition("/")[2][:200])
    close = get_close_matches(wanted, bearers, n=3, cutoff=_SLIP)
    labels = sorted(set(mains.values()))
    if close:
        meant = dict.fromkeys(repr(mains[bearers[name]]) for name in close)
        return f"did you mean {' or '.join(meant)}?"
    if len(labels) > _LISTED:
        return nearest(text, labels)
    *others, last = labels
    return f"expected one of {', '.join(others)} or {last}" if others else f"expected {last}"


def _iri(text: str) -> NamedNode | None:
    """Read `<…>`, an address, or a path below the base; None for other words."""
    is_bracketed = text.startswith("<") and text.endswith(">")
    inner = text[1:-1] if is_bracketed else text
    if _PATH.fullmatch(inner):
        inner = BASE + inner
    elif "://" not in inner and not (is_bracketed and ":" in inner):
        return None
    try:
        return NamedNode(inner)
    except ValueError:
        return None


def _is_there(store: Store, node: NamedNode, parameter: Parameter) -> bool:
    """Say whether the store has a thing, and one of the parameter's kind."""
    return any(True for _ in store.select(f"SELECT (1 AS ?found) {{ {_kind(parameter, str(node))} }} LIMIT 1"))


def _named(store: Store, parameter: Parameter, pattern: str) -> dict[str, set[NamedNode]]:
    """Return what a parameter can name, by names of one sort."""
    found: dict[str, set[NamedNode]] = {}
    for label, node in store.select(f"SELECT ?label ?node {{ {_kind(parameter)} {pattern} }}"):
        if isinstance(node, NamedNode) and isinstance(label, Literal):
            found.setdefault(label.value, set()).add(node)
    return found


def _kind(parameter: Parameter, node: str = "?node") -> str:
    """Return the graph pattern of a thing's being of a parameter's kind."""
    if parameter.of_scheme:
        return f"{node} skos:inScheme {NamedNode(BASE + parameter.of_scheme)} ."
    if not parameter.of_class:
        return f"{node} a ?class ."
    prefixed = (name.partition(":") for name in parameter.of_class)
    classes = " ".join(str(NamedNode(PREFIXES[prefix] + local)) for prefix, _, local in prefixed)
    return f"VALUES ?class {{ {classes} }} {node} a ?class ."


def _shown(text: str) -> str:
    """Return a text as an error shows it: in quotation marks, on one line, cut where it is long."""
    return repr(text if len(text) <= 100 else text[:99] + "…")
