"""Named questions: a SPARQL query with a header that says what it asks, and how its parameters are given.

A question is a file `NAME.rq`. Its first lines begin with `#+` and hold YAML, of which `summary`, `description` and
`tags` mean what they mean to grlc:

    #+ summary: Who said what about which relationship
    #+ params:
    #+   about: {type: iri, class: stp:Relationship, description: "the relationship, and those below it"}
    #+ columns:
    #+   date: {type: date, meaning: "the day it was said"}

The rest is SPARQL that any engine runs as it stands. A parameter is a variable of the same name in lines
`VALUES (?about …) { (UNDEF …) }`; asking writes typed terms into them, never text. Several values of one cell are
joined by " | " (`tables.SEPARATOR`), in no order.

From here: `headers` reads the files, `values` turns what is given for a parameter into a term.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pyoxigraph import Literal, NamedNode

from stpgraph.errors import BadParameter, BadQuery
from stpgraph.questions.headers import (
    ROW,
    VALUES,
    Parameter,
    Question,
    find_questions,
    get_question,
    nearest,
    read_question,
)
from stpgraph.questions.values import resolve, to_term
from stpgraph.store import Store
from stpgraph.tables import Cell, Column, Table

__all__ = [
    "Cell",
    "Column",
    "Parameter",
    "Question",
    "Table",
    "ask",
    "bind",
    "find_questions",
    "get_question",
    "read_question",
    "resolve",
]


def ask(store: Store, question: str | Question, /, **parameters: Any) -> Table:
    """Answer a question.

    Args:
        store: what to ask.
        question: its name, or the question itself.
        parameters: by name; None is not asked for. IRIs as `NamedNode`, `<relationship/trust>`, `relationship/trust`
            or in full, or a label of the thing, whatever its case and accents; dates as `date` or text, to the day,
            month or year.

    Returns:
        A typed table, its rows in the order that the question states.

    Raises:
        UnknownQuestion: when there is none of that name.
        BadParameter: when a parameter is unknown or missing, or its value fits nothing.
        BadQuery: when the question's SPARQL does not parse.

    Example:
        >>> from stpgraph.building import load_shipped
        >>> from stpgraph.store import open_store
        >>> store = open_store(); load_shipped(store)
        >>> ask(store, "people-and-roles", person="Martin Cresswell").rows[0][1]
        'chief executive'
    """
    asked = get_question(question) if isinstance(question, str) else question
    sparql = bind(asked, _terms(store, asked, parameters))
    try:
        answer = store.select(sparql)
    except BadQuery as fault:
        raise BadQuery(fault.message, where=str(asked.path)) from fault
    return Table.of(answer, question=asked.name, columns=asked.columns)


def bind(question: Question, terms: Mapping[str, NamedNode | Literal]) -> str:
    """Write terms into the VALUES lines of a question; what is not asked for stays as it is there.

    Example:
        >>> query = bind(get_question("trace"), {"claim": NamedNode("https://example.org/c")})
        >>> "VALUES (?claim) { (<https://example.org/c>) }" in query
        True
    """
    known = {parameter.name for parameter in question.parameters}

    def write(match: re.Match[str]) -> str:
        names = match[1].replace("?", " ").split()
        if not known.issuperset(names):
            return match[0]
        row = (str(terms.get(name, text)) for name, text in zip(names, ROW.findall(match[2]), strict=True))
        return f"VALUES ({match[1]}) {{ ({' '.join(row)}) }}"

    return VALUES.sub(write, question.sparql)


def _terms(store: Store, question: Question, given: Mapping[str, Any]) -> dict[str, NamedNode | Literal]:
    """Turn what is given for a question's parameters into terms."""
    known = {parameter.name: parameter for parameter in question.parameters}
    for name in given:
        if name not in known:
            raise BadParameter(f"{question.name} has no parameter {name!r}; {nearest(name, known)}")
    terms = {}
    for name, parameter in known.items():
        value = parameter.default if given.get(name) is None else given[name]
        if value is not None:
            terms[name] = to_term(store, parameter, value)
        elif parameter.is_required:
            raise BadParameter(f"{question.name} needs {name!r}: {parameter.description}")
    return terms
