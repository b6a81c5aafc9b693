"""What must be known of a question's SPARQL: the lines that bind its parameters, and what it selects."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

__all__ = ["ROW", "VALUES", "form_of", "selected", "values_lines", "without_asides", "written"]

_TEXT, _IRI = r'"(?:[^"\\\n]|\\.)*"', r'<[^<>"{}|^`\\\s]*>'

#: A line of one row that may bind parameters: its variables, its values.
VALUES = re.compile(rf'VALUES\s*\(([^)]*)\)\s*\{{\s*\(((?:{_TEXT}|{_IRI}|[^)"<])*)\)\s*\}}', re.IGNORECASE)
#: The values of such a row.
ROW = re.compile(rf"{_TEXT}(?:\^\^\S+|@\S+)?|\S+")

#: What of a query is not code: texts, IRIs and comments.
_ASIDE = re.compile(rf'"""(?:.|\n)*?"""|{_TEXT}|\'(?:[^\'\\\n]|\\.)*\'|{_IRI}|#[^\n]*')
_SELECT = re.compile(r"\bSELECT\b(.*?)(?:\bWHERE\b|\{)", re.IGNORECASE | re.DOTALL)
_FORM = re.compile(
    r"(?<![?$:\w])(SELECT|ASK|CONSTRUCT|DESCRIBE|INSERT|DELETE|LOAD|CLEAR|DROP|CREATE)\b(?!\s*:)", re.IGNORECASE
)
_INNERMOST = re.compile(r"\(([^()]*)\)")
_ALIAS = re.compile(r"\bAS\s*[?$](\w+)\s*$", re.IGNORECASE)


def without_asides(sparql: str) -> str:
    """Return a query with its texts, IRIs and comments blanked out, each line and place as it was.

    Example:
        >>> without_asides('ASK { ?a <b> "c" } # d')
        'ASK { ?a         }    '
    """
    return _ASIDE.sub(lambda aside: re.sub(r"[^\n]", " ", aside[0]), sparql)


def values_lines(sparql: str) -> Iterator[re.Match[str]]:
    r"""Yield the lines `VALUES (…) { (…) }` of a query, not those in comments or texts.

    Example:
        >>> [line[1] for line in values_lines("# VALUES (?a) { (1) }\nSELECT ?b { VALUES (?b) { (UNDEF) } }")]
        ['?b']
    """
    return iter(_lines(sparql))


@lru_cache(maxsize=64)
def _lines(sparql: str) -> tuple[re.Match[str], ...]:
    """Return them as a question's text has them, which is asked again and again."""
    code = without_asides(sparql)
    return tuple(line for line in VALUES.finditer(sparql) if code[line.start()] != " ")


def written(sparql: str, write: Callable[[re.Match[str]], str]) -> str:
    """Return a query with each of its VALUES lines written anew."""
    parts, end = [], 0
    for line in values_lines(sparql):
        parts += [sparql[end : line.start()], write(line)]
        end = line.end()
    return "".join([*parts, sparql[end:]])


def form_of(sparql: str) -> str:
    """Return the form of a query or update: SELECT, ASK and so on; "" where there is none.

    Example:
        >>> form_of("PREFIX ask: <http://ask/> construct { ?a ?b ?c } WHERE { ?a ?b ?c }")
        'CONSTRUCT'
    """
    code = re.sub(r"\b(PREFIX\s+[^\s:]*:|BASE\b)", " ", without_asides(sparql), flags=re.IGNORECASE)
    match = _FORM.search(code)
    return match[1].upper() if match else ""


def selected(sparql: str) -> tuple[str, ...] | None:
    """Return the variables that a query selects, in order; None where it selects none by name.

    Example:
        >>> selected('SELECT ?who (COUNT(DISTINCT ?claim) AS ?claims) WHERE { ?claim stp:claimant ?who } GROUP BY ?who')
        ('who', 'claims')
    """
    match = _SELECT.search(_ASIDE.sub(" ", sparql))
    if match is None:
        return None
    clause = match[1]
    while _INNERMOST.search(clause):
        clause = _INNERMOST.sub(lambda group: f" ?{name[1]} " if (name := _ALIAS.search(group[1])) else " ", clause)
    return tuple(re.findall(r"[?$](\w+)", clause)) or None
