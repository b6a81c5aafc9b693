"""What is given for a parameter, turned into the RDF term that it means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pyoxigraph import Literal, NamedNode

from stpgraph.errors import BadParameter, Suggestion
from stpgraph.questions.literals import check_order, period_ends, to_literal
from stpgraph.questions.naming import resolve, sides_named
from stpgraph.questions.stated import PERIOD, Parameter, Question
from stpgraph.questions.words import near, nearest, shown
from stpgraph.store import Store

__all__ = ["read_terms", "resolve", "to_term", "to_terms"]

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
        stpgraph.errors.BadParameter: organisation: no organisation or partnership is called 'CIPFA'; the store ...
    """
    terms, faults = read_terms(store, question, given)
    if faults:
        raise faults[0]
    return terms


def read_terms(
    store: Store, question: Question, given: Mapping[str, Any]
) -> tuple[dict[str, NamedNode | Literal], tuple[BadParameter, ...]]:
    """Do as `to_terms`, but return what is wrong, all of it, beside the terms of what is right.

    Example:
        >>> from stpgraph.questions import get_question
        >>> from stpgraph.store import open_store
        >>> terms, faults = read_terms(open_store(), get_question("coverage"), {"per": "week", "for": "me"})
        >>> [fault.parameter for fault in faults]
        ['for', 'per']
    """
    known = {parameter.name: parameter for parameter in question.parameters}
    faults = [_unknown(question, str(name)) for name in given if name not in _taken(question)]
    asked = {name: value for name, value in given.items() if value is not None}
    if PERIOD in asked and question.takes_period:
        try:
            asked = _with_period(asked)
        except BadParameter as fault:
            faults.append(fault)
    terms: dict[str, NamedNode | Literal] = {}
    for name, parameter in known.items():
        value = asked.get(name, parameter.default)
        if value is None and parameter.is_required:
            faults.append(_missing(question, parameter))
        if value is None:
            continue
        try:
            terms.update(_sides_of(store, known, asked, parameter) or {name: to_term(store, parameter, value)})
        except BadParameter as fault:
            faults.append(fault)
    since, until = terms.get("since"), terms.get("until")
    if question.takes_period and isinstance(since, Literal | None) and isinstance(until, Literal | None):
        try:
            check_order(since, until)
        except BadParameter as fault:
            faults.append(fault)
    return terms, tuple(faults)


def to_term(store: Store, parameter: Parameter, value: Any) -> NamedNode | Literal:
    """Turn a value given for a parameter into the term that is bound.

    Raises:
        BadParameter: when it fits neither the parameter's type nor any label.
    """
    if parameter.type != "iri":
        return to_literal(parameter, value)
    text = f"<{value.value}>" if isinstance(value, NamedNode) else str(value).strip()
    return resolve(store, text, parameter, is_strict=True)


def _taken(question: Question) -> list[str]:
    """Return the names that can be given for a question."""
    names = [parameter.name for parameter in question.parameters]
    return [*names, PERIOD] if question.takes_period else names


def _unknown(question: Question, name: str) -> BadParameter:
    takes = _taken(question)
    problem, mend = (
        f"there is no parameter {shown(name)}",
        nearest(name, takes) if takes else "it takes none",
    )
    meant = [Suggestion(value=one, label=one) for one in near(name, takes)]
    return BadParameter(
        problem,
        mend=mend,
        parameter=name,
        suggestions=meant,
        message=f"{question.name} has no parameter {shown(name)}; {mend}",
    )


def _missing(question: Question, parameter: Parameter) -> BadParameter:
    return BadParameter(
        "this is needed",
        mend=f"give {parameter.description}" if parameter.description else "give it",
        parameter=parameter.name,
        message=f"{question.name} needs {parameter.name!r}: {parameter.description or 'give it'}",
    )


def _with_period(asked: Mapping[str, Any]) -> dict[str, Any]:
    """Replace a period by its two ends."""
    for end in ("since", "until"):
        if end in asked:
            problem, mend = "period says since and until", f"leave out {end}, or the period"
            raise BadParameter(problem, mend=mend, parameter=PERIOD, message=f"{problem}; {mend}")
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
            problem, mend = "about names both parties", f"leave out {name}, or give about as one relationship"
            raise BadParameter(problem, mend=mend, parameter=name, message=f"{problem}; {mend}")
    return dict(zip(_SIDES[1:], sorted(sides.parties, key=lambda party: party.value), strict=True))
