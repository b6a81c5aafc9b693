"""Conditions on what was asked for, decided before a query is sent; Virtuoso 7 compiles no query with many of them.

A query that takes parameters says `FILTER(!BOUND(?x) || …)`. Where a table of one row gives ?x, or leaves it out,
half of that is known. Where a plain condition and an EXISTS are left over, all are kept: without the first, Virtuoso
takes the pattern of the EXISTS for one that must be met, and gives rows of another thing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from stpgraph.store.base import masked
from stpgraph.store.scanning import end_of

__all__ = ["decided"]

_FILTER = re.compile(r"\bFILTER\s*\(", re.IGNORECASE)
_EXISTS = re.compile(r"\bEXISTS\s*\{", re.IGNORECASE)
_PATH = re.compile(r"\s*EXISTS\s*\{\s*[?$]\w+\s+[^\s/|]+\*\s+\S+\s*\}\s*", re.IGNORECASE)
_UNBOUND = re.compile(r"\s*!\s*BOUND\s*\(\s*[?$](\w+)\s*\)\s*", re.IGNORECASE)
_ONE_ROW = re.compile(r"\bVALUES\s*\(([^(){}]*)\)\s*\{\s*\([^(){}]*\)\s*\}", re.IGNORECASE)


def decided(sparql: str, given: Mapping[str, str | None]) -> str:
    """Leave out conditions that are met since nothing was asked for, and parts of others that are not.

    Args:
        sparql: the query, with its tables.
        given: the variables that tables of one row bind, with their terms; None for what was not asked for.

    Example:
        >>> decided("ASK { VALUES (?a) { (1) } ?c x:d ?e FILTER(!BOUND(?a) || ?e > ?a) }", {"a": "1"})
        'ASK { VALUES (?a) { (1) } ?c x:d ?e FILTER( ?e > ?a) }'
        >>> decided("ASK { VALUES (?a) { (UNDEF) } ?c x:d ?e FILTER(!BOUND(?a) || ?e > ?a) }", {"a": None})
        'ASK { VALUES (?a) { (UNDEF) } ?c x:d ?e  }'
    """
    code = masked(sparql)
    never = {name for name, term in given.items() if term is None} - _bound_elsewhere(code)
    edits: list[tuple[int, int]] = []
    for found in _FILTER.finditer(code):
        if edits and found.start() < edits[-1][1]:
            continue
        stop = end_of(code, found.end(), "(", ")")
        table = _given_beside(code, found.start())
        alternatives = _alternatives(code, found.end(), stop)
        is_needed = {
            _is_plain(code[slice(*place)]) for place in alternatives if not _UNBOUND.fullmatch(code, *place)
        } > {True}
        for start, end in alternatives:
            unbound = _UNBOUND.fullmatch(code, start, end)
            if unbound and unbound[1] in never:
                edits = [edit for edit in edits if edit[1] <= found.start()] + [(found.start(), stop + 1)]
                break
            if unbound and end < stop and unbound[1] in table and given.get(unbound[1]) is not None and not is_needed:
                edits.append((start, end + 2))
    for start, end in reversed(edits):
        sparql = sparql[:start] + "\n" * sparql.count("\n", start, end) + sparql[end:]
    return sparql


def _is_plain(alternative: str) -> bool:
    """Say whether a condition is no EXISTS when it is sent: paths of one step become a list of what they lead to."""
    return _EXISTS.search(alternative) is None or _PATH.fullmatch(alternative) is not None


def _bound_elsewhere(code: str) -> set[str]:
    """Return the variables that stand anywhere but in conditions and in tables of one row."""
    rest = _ONE_ROW.sub(" ", code)
    for pattern, up, down in ((_FILTER, "(", ")"), (_EXISTS, "{", "}")):
        while found := pattern.search(rest):
            rest = rest[: found.start()] + " " + rest[end_of(rest, found.end(), up, down) + 1 :]
    rest = re.sub(r"\bBOUND\s*\([^()]*\)", " ", rest, flags=re.IGNORECASE)
    return set(re.findall(r"[?$](\w+)", rest))


def _given_beside(code: str, at: int) -> set[str]:
    """Return the variables that tables of one row give in the group that a place is in."""
    start = at - end_of(code[:at][::-1], 0, "}", "{")
    group = code[start : end_of(code, at, "{", "}")]
    return {
        name[1:]
        for found in _ONE_ROW.finditer(group)
        if group.count("{", 0, found.start()) == group.count("}", 0, found.start())
        for name in found[1].split()
    }


def _alternatives(code: str, start: int, stop: int) -> list[tuple[int, int]]:
    """Return where each alternative of a condition begins and ends."""
    places, depth, begun = [], 0, start
    for place in range(start, stop):
        depth += (code[place] in "({") - (code[place] in ")}")
        if depth == 0 and code.startswith("||", place):
            places.append((begun, place))
            begun = place + 2
    return [*places, (begun, stop)]
