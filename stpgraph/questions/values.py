"""What is given for a parameter, turned into the RDF term that it means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pyoxigraph import Literal, NamedNode

from stpgraph.errors import BadParameter
from stpgraph.questions.literals import check_order, period_ends, to_literal
from stpgraph.questions.naming import resolve, sides_named
from stpgraph.questions.stated import PERIOD, Parameter, Question
from stpgraph.questions.words import nearest, shown
from stpgraph.store import Store

__all__ = ["resolve", "to_term", "to_terms"]

#: The parameters by which a question takes "between … and …" as two parties.
_SIDES = ("about", "party", "other_party")


def to_terms(store: Store, question: Question, given: Mapping[str, Any]) -> dict[str, NamedNode | Literal]:
    """Turn what is given for a question's parameters into the terms that are bound; see `ask` for what may be given.

    Args:
        store: where the things and their labels are.
        question: what is asked.
        given: values by the parameters' names, None for what is not asked; `period` for `since` and `until` at once.

    Returns:
        Terms by the parameters' names, those of defaults among them; what is not asked is left out.

    Raises:
        BadParameter: when a parameter is unknown or missing, or its value fits nothing.

    Example:
        >>> from stpgraph.questions import get_question
        >>> from stpgraph.store import open_store
        >>> terms = to_terms(open_store(), get_question("claims-of"), {"organisation": "CIPFA"})
        Traceback (most recent call last):
        ...
        stpgraph.errors.BadParameter: nothing for organisation is called 'CIPFA'; the store holds no organisation ...
    """
    known = {parameter.name: parameter for parameter in question.parameters}
    takes = [*known, PERIOD] if question.takes_period else list(known)
    for name in given:
        if name not in takes:
            raise BadParameter(f"{question.name} has no parameter {shown(str(name))}; {_instead(str(name), takes)}")
    asked = {name: value for name, value in given.items() if value is not None}
    if PERIOD in asked and question.takes_period:
        asked = _with_period(asked)
    terms: dict[str, NamedNode | Literal] = {}
    for name, parameter in known.items():
        value = asked.get(name, parameter.default)
        if value is None and parameter.is_required:
            raise BadParameter(f"{question.name} needs {name!r}: {parameter.description}")
        if value is not None:
            terms.update(_sides_of(store, known, asked, parameter) or {name: to_term(store, parameter, value)})
    since, until = terms.get("since"), terms.get("until")
    if question.takes_period and isinstance(since, Literal | None) and isinstance(until, Literal | None):
        check_order(since, until)
    return terms


def to_term(store: Store, parameter: Parameter, value: Any) -> NamedNode | Literal:
    """Turn a value given for a parameter into the term that is bound.

    Raises:
        BadParameter: when it fits neither the parameter's type nor any label.
    """
    if parameter.type != "iri":
        return to_literal(parameter, value)
    text = f"<{value.value}>" if isinstance(value, NamedNode) else str(value).strip()
    return resolve(store, text, parameter, is_strict=True)


def _instead(name: str, takes: list[str]) -> str:
    return nearest(name, takes) if takes else "it takes none"


def _with_period(asked: Mapping[str, Any]) -> dict[str, Any]:
    """Replace a period by its two ends."""
    for end in ("since", "until"):
        if end in asked:
            raise BadParameter(f"period says since and until; leave out {end}, or the period")
    since, until = period_ends(asked[PERIOD])
    return {**{name: value for name, value in asked.items() if name != PERIOD}, "since": since, "until": until}


def _sides_of(
    store: Store, known: Mapping[str, Parameter], asked: Mapping[str, Any], parameter: Parameter
) -> dict[str, NamedNode | Literal]:
    """Read "between … and …" as two parties, where a question takes them; nothing where it says otherwise."""
    about = asked.get("about")
    if parameter.name != "about" or not isinstance(about, str) or not known.keys() >= set(_SIDES):
        return {}
    sides = sides_named(store, about.strip(), parameter)
    if sides is None or sides.aspect is not None or len(sides.parties) != 2:
        return {}
    for name in _SIDES[1:]:
        if name in asked:
            raise BadParameter(f"about names both parties; leave out {name}, or give about as one relationship")
    return dict(zip(_SIDES[1:], sorted(sides.parties, key=lambda party: party.value), strict=True))
