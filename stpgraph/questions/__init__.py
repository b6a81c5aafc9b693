"""Named questions: a SPARQL query with a header that says what it asks, and how its parameters are given.

A question is a file `NAME.rq`. Its first lines begin with `#+` and hold YAML, of which `summary`, `description` and
`tags` mean what they mean to grlc (which knows no `params`, and serves the defaults: docs/decisions/0012-questions.md):

    #+ summary: Who said what about which relationship
    #+ params:
    #+   about: {type: iri, class: stp:Relationship, description: "the relationship, and those below it"}
    #+ columns:
    #+   date: {type: date, meaning: "the day it was said"}

The rest is SPARQL that any engine runs as it stands. A parameter is a variable of the same name in lines
`VALUES (?about …) { (UNDEF …) }`; asking writes typed terms into them, never text. Several values of one cell are
joined by " | " (`tables.SEPARATOR`), in no order.

From here: `folders` finds the files, `headers` reads them, `values` turns what is given for a parameter into a term,
`choices` tells what a form can offer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pyoxigraph import Literal, NamedNode

from stpgraph.errors import BadQuery
from stpgraph.questions.choices import Choice, choices_of
from stpgraph.questions.folders import find_questions, find_questions_and_faults, get_question
from stpgraph.questions.headers import read_question
from stpgraph.questions.lines import ROW, written
from stpgraph.questions.stated import PERIOD, Parameter, Question
from stpgraph.questions.values import resolve, to_term, to_terms
from stpgraph.store import Store
from stpgraph.tables import Cell, Column, Table

__all__ = [
    "PERIOD",
    "Cell",
    "Choice",
    "Column",
    "Parameter",
    "Question",
    "Table",
    "ask",
    "bind",
    "choices_of",
    "find_questions",
    "find_questions_and_faults",
    "get_question",
    "read_question",
    "resolve",
    "to_term",
    "to_terms",
]


def ask(store: Store, question: str | Question, /, **parameters: Any) -> Table:
    """Answer a question.

    Args:
        store: what to ask.
        question: its name, or the question itself.
        parameters: by name; None is not asked for. IRIs as `NamedNode`, `<relationship/trust>`, `relationship/trust`
            or in full, or a label of the thing, whatever its case and accents; a relationship by its parties, too:
            "joint working between the NHS and councils", "between the NHS and councils". Dates as `date` or text, to
            the day, month or year; `period` says since and until at once: "2016-11..2017-09", "..2017", "2016".

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
    sparql = bind(asked, to_terms(store, asked, parameters))
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
        names = re.findall(r"[?$](\w+)", match[1])
        if not known.issuperset(names):
            return match[0]
        row = (str(terms.get(name, text)) for name, text in zip(names, ROW.findall(match[2]), strict=True))
        return f"VALUES ({match[1]}) {{ ({' '.join(row)}) }}"

    return written(question.sparql, write)
