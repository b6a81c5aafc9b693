"""Forms of SPARQL 1.1 that Virtuoso 7 answers wrongly without a word, put so that its answer is right.

Each was found by asking random queries here and there; docs/decisions/0004-stores.md lists what is left.
"""

from __future__ import annotations

import re

from stpgraph.store.base import masked
from stpgraph.store.scanning import (
    CHANGED_TEXT,
    MINUS,
    OPTIONAL,
    PLAIN_TEXT,
    SELECT,
    STEP,
    VARIABLE,
    end_of_call,
    end_of_group,
    is_compared,
    start_of_bracket,
    start_of_group,
)

__all__ = ["rewritten"]

#: Terms and simple steps; one step or more, with what stands before and behind it.
_TERM = rf"(?:[?$]\w+|{STEP})"
_SIMPLE = rf"\^?{STEP}[*?]?"
_REPEATED = re.compile(
    rf"(?<![\w:?$/|^)~])(?P<from>{_TERM})\s+(?P<lead>(?:{_SIMPLE}/)*)(?P<step>\^?{STEP}|\([^(){{}}?$]*\))\+"
    rf"(?P<tail>(?:/{_SIMPLE})*)\s+(?P<to>{_TERM})(?=\s*[.;}}{{]|\s+\w)"
)
_TRIED = re.compile(r"\b(?:EXISTS|OPTIONAL|MINUS)\s*\{", re.IGNORECASE)

#: A comparison of a variable with a day, month, year or moment that is written out, either way round.
_DATED = r"~+\s*\^\^\s*(?P<{0}>xsd:(?:date|dateTime|gYear|gYearMonth)\b|~+)"
_COMPARED = re.compile(
    rf"(?P<left>[?$]\w+)\s*(?:[<>]=?)\s*{_DATED.format('a')}|{_DATED.format('b')}\s*(?:[<>]=?)\s*(?P<right>[?$]\w+)"
)
_DATES = re.compile(r"xsd:\w+|<http://www\.w3\.org/2001/XMLSchema#(?:date|dateTime|gYear|gYearMonth)>")

_DIVISION = re.compile(r"(?<=[\w)\s])/(?!/)")
_OPERAND = re.compile(r"(?:[?$]\w+|(?<![\w:.])[\d.]+(?:[eE]\d+)?)\s*\Z")
_NOT_LIKE = re.compile(r"!\s*(?=REGEX\s*\(\s*(?:STR\s*\(\s*)?(?P<what>[?$]\w+))", re.IGNORECASE)
_TO_STRING = re.compile(r"\bxsd:string\s*(?=\()")
_JOINED = re.compile(r"(?<![\w:?$])GROUP_CONCAT\s*\(", re.IGNORECASE)
_TOTAL = re.compile(r"(?<![\w:?$])(?:SUM|AVG)\s*\(", re.IGNORECASE)
_GROUP_BY = re.compile(r"\bGROUP\s+BY\b", re.IGNORECASE)
_ORDER_BY = re.compile(r"\bORDER\s+BY\b.*?(?=\bLIMIT\b|\bOFFSET\b|\bVALUES\b|\}|\Z)", re.IGNORECASE | re.DOTALL)
_AGGREGATE = re.compile(r"(?<![\w:?$])(?:COUNT|SUM|AVG|MIN|MAX|SAMPLE|GROUP_CONCAT)\s*\(", re.IGNORECASE)
_CUT_TEXT = re.compile(r"(?<![\w:?$])SUBSTR\s*\(", re.IGNORECASE)
_ALONE = re.compile(r"(\{)\s*FILTER\s+NOT\s+EXISTS\s*\{", re.IGNORECASE)
_STAR = re.compile(r"\bSELECT\s*\*", re.IGNORECASE)
_FROM = re.compile(r"(?<![\w:?$.-])FROM\b(?!:)\s*(NAMED\b)?\s*(?:~+|(?:[A-Za-z][\w.-]*)?:[^\s{}()]*)", re.IGNORECASE)

#: Says that there are no graphs of one kind.
_NO_GRAPH = "<urn:x-stpgraph:no-graph>"

#: A variable that nothing binds, so that a condition on it is an error.
_NOTHING = "?stpgraphNothing"

#: What to put in place of a part of a query: from, to, the text.
_Edit = tuple[int, int, str]


def rewritten(sparql: str) -> str:
    """Put what Virtuoso would answer wrongly in another way that means the same; no line more than before.

    Example:
        >>> rewritten("SELECT (?a / 2 AS ?half) { ?b x:y/x:z ?a MINUS { ?c x:y ?d } }")
        'SELECT (?a * 1.0 / 2 AS ?half) { ?b x:y/x:z ?a  }'
    """
    for rule in (
        _with_both_kinds_of_graphs,
        _without_idle_minus,
        _with_cycles,
        _with_dates_apart,
        _with_fractions,
        _with_texts_that_compare,
        _with_bound_texts,
        _with_sums_of_nothing,
        _with_known_lengths,
        _with_something_to_filter,
    ):
        sparql = _edited(sparql, rule(sparql, masked(sparql)))
    return sparql


def _with_both_kinds_of_graphs(_sparql: str, code: str) -> list[_Edit]:
    """Say that there are no graphs of the kind that FROM does not name; Virtuoso would take all that there are."""
    clauses = list(_FROM.finditer(code))
    kinds = {bool(found[1]) for found in clauses}
    if len(kinds) != 1:
        return []
    last = clauses[-1]
    return [(last.end(), last.end(), f" FROM {'' if kinds == {True} else 'NAMED '}{_NO_GRAPH}")]


def _without_idle_minus(_sparql: str, code: str) -> list[_Edit]:
    """Leave out a MINUS that shares no variable with what stands before it; Virtuoso would take all rows away."""
    edits: list[_Edit] = []
    for found in MINUS.finditer(code):
        if edits and found.start() < edits[-1][1]:
            continue
        stop = end_of_group(code, found.end())
        before = code[start_of_group(code, found.start()) : found.start()]
        if not set(VARIABLE.findall(before)) & set(VARIABLE.findall(code, found.end(), stop)):
            edits.append((found.start(), stop + 1, "\n" * code.count("\n", found.start(), stop)))
    return edits


def _with_cycles(sparql: str, code: str) -> list[_Edit]:
    """Write one step or more as a step and any number more: Virtuoso does not come back to where it began."""
    tried = [(found.end(), end_of_group(code, found.end())) for found in _TRIED.finditer(code)]
    edits = []
    for number, found in enumerate(_REPEATED.finditer(code)):
        is_tried = any(start <= found.start() < stop for start, stop in tried)
        ends = list(dict.fromkeys(found[name] for name in ("from", "to") if found[name][0] in "?$"))
        if ends and not is_tried and "\n" not in found[0]:
            edits.append((*found.span(), _steps(sparql, found, " ".join(ends), number)))
    return edits


def _steps(sparql: str, found: re.Match[str], ends: str, number: int) -> str:
    """Write a path with one step or more as a query within, which gives each pair as often as the path does."""
    start, lead, step, tail, end = (sparql[slice(*found.span(name))] for name in ("from", "lead", "step", "tail", "to"))
    first, middle, last = (f"?stpgraph{name}{number}" for name in ("First", "Middle", "Last"))
    near, far = first if lead else start, last if tail or start == end else end
    step = f"({step})" if step.startswith("^") else step
    kept = " ".join(dict.fromkeys(term for term in (near, far) if term[0] in "?$"))
    steps = f"{{ SELECT DISTINCT {kept} WHERE {{ {near} {step} {middle} . {middle} {step}* {far} }} }}"
    if (near, far) == (start, end):
        return steps
    around = f"{start} {lead[:-1]} {near} . " if lead else ""
    behind = f" {far} {tail[1:]} {end} ." if tail else f" FILTER({far} = {end})" if far != end else ""
    return f"{{ SELECT {ends} WHERE {{ {around}{steps}{behind} }} }}"


def _with_dates_apart(sparql: str, code: str) -> list[_Edit]:
    """Compare a day, month, year or moment with its like alone, an error else; Virtuoso compares it with all others."""
    edits = []
    for found in _COMPARED.finditer(code):
        kind = sparql[slice(*found.span("a" if found["a"] else "b"))]
        if _DATES.fullmatch(kind):
            what = f"DATATYPE({found['left'] or found['right']}) = {kind}"
            edits.append((*found.span(), f"IF({what}, {sparql[slice(*found.span())]}, {_NOTHING})"))
    return edits


def _with_fractions(_sparql: str, code: str) -> list[_Edit]:
    """Divide as decimals; of whole numbers Virtuoso would give the whole part."""
    edits = []
    for found in _DIVISION.finditer(code):
        before = code[: found.start()].rstrip()
        is_operand = _OPERAND.search(before[-80:]) is not None
        if before.endswith(")"):
            start = start_of_bracket(before)
            inner = before[start + 1 : -1]
            is_operand = inner.strip() == "*" or VARIABLE.search(inner) is not None or inner.strip(" .").isdecimal()
        if is_operand:
            edits.append(
                (found.start(), found.end(), "* 1.0 /" if before[-1] != code[found.start() - 1] else " * 1.0 /")
            )
    return edits


def _with_texts_that_compare(_sparql: str, code: str) -> list[_Edit]:
    """Say STR of a text in other letters; as it is, Virtuoso finds it neither less nor more than another."""
    edits: list[_Edit] = []
    for found in CHANGED_TEXT.finditer(code):
        stop = end_of_call(code, found)
        if PLAIN_TEXT.match(code, found.end()) and is_compared(code, found.start(), stop):
            edits += [(found.start(), found.start(), "STR("), (stop, stop, ")")]
    return edits


def _with_bound_texts(_sparql: str, code: str) -> list[_Edit]:
    """Ask whether a text is there before saying that it does not match, make an IRI a text by STR, say SEPARATOR."""
    edits = [(*found.span(), "STR") for found in _TO_STRING.finditer(code)]
    for found in _JOINED.finditer(code):
        stop = end_of_call(code, found)
        if ";" not in code[found.end() : stop]:
            edits.append((stop - 1, stop - 1, '; SEPARATOR=" "'))
    for found in _NOT_LIKE.finditer(code):
        stop = end_of_call(code, found, code.index("(", found.end()) + 1)
        edits += [(found.start(), found.end(), f"(BOUND({found['what']}) && !"), (stop, stop, ")")]
    return edits


def _with_sums_of_nothing(_sparql: str, code: str) -> list[_Edit]:
    """Say that the sum and the mean of no rows are 0; Virtuoso leaves them out."""
    edits: list[_Edit] = []
    for found in SELECT.finditer(code):
        start = code.find("{", found.end())
        stop = end_of_group(code, start + 1)
        if start < 0 or _GROUP_BY.search(code, stop, end_of_group(code, stop + 1)):
            continue
        for total in _TOTAL.finditer(code, found.end(), start):
            end = end_of_call(code, total)
            edits += [(total.start(), total.start(), "IF(COUNT(*) = 0, 0, "), (end, end, ")")]
        order = _ORDER_BY.search(code, stop, end_of_group(code, stop + 1))
        if order and _AGGREGATE.search(code, found.end(), start):  # of one row, which it would lose
            edits.append((*order.span(), "\n" * order[0].count("\n")))
    return edits


def _with_known_lengths(_sparql: str, code: str) -> list[_Edit]:
    """Cut texts only where it is known how long: Virtuoso ends a query at a length that is not."""
    optional = "".join(code[found.end() : end_of_group(code, found.end())] for found in OPTIONAL.finditer(code))
    unsure = set(VARIABLE.findall(optional))
    edits: list[_Edit] = []
    for found in _CUT_TEXT.finditer(code):
        stop = end_of_call(code, found)
        names = sorted(set(VARIABLE.findall(code[found.end() : stop].rpartition(", ")[2])) & unsure)
        if names and "SUBSTR" not in code[found.end() : stop].upper():
            known = " && ".join(f"BOUND(?{name})" for name in names)
            edits += [(found.start(), found.start(), f"IF({known}, "), (stop, stop, f", {_NOTHING})")]
    return edits


def _with_something_to_filter(_sparql: str, code: str) -> list[_Edit]:
    """Give a group that is only FILTER NOT EXISTS a row to filter; Virtuoso says yes to it whatever there is."""
    if _STAR.search(code):
        return []
    alone = (
        found for found in _ALONE.finditer(code) if code[end_of_group(code, found.end()) + 1 :].lstrip()[:1] == "}"
    )
    return [(found.end(1), found.end(1), " VALUES ?stpgraphOne { 1 }") for found in alone]


def _edited(sparql: str, edits: list[_Edit]) -> str:
    for start, stop, text in sorted(edits, reverse=True):
        sparql = sparql[:start] + text + sparql[stop:]
    return sparql
