"""Paths of any length, for an engine that does not follow them from graph to graph wherever they stand.

Virtuoso follows `skos:broader*` across graphs in a query of its own, but not inside a group that is tried for each
row, nor surely in a union or a query within. So the nodes below a given end are asked for first, and named instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from stpgraph.errors import BadQuery
from stpgraph.store.base import masked

__all__ = ["without_long_paths"]

#: What names the nodes that a path leads from: the step with its sign, and the end.
Closure = Callable[[str, str], list[str]]

#: A step of a path, in a query whose texts and IRIs are masked.
_STEP = r"(?:[A-Za-z][\w.-]*:[\w.-]*\w|~+)"
_LONG = re.compile(rf"(?P<from>[?$]\w+)\s+(?P<lead>(?:{_STEP}/)*)(?P<step>{_STEP}[*+])\s+(?P<end>[?$]\w+|{_STEP})")
_ONLY_LONG = re.compile(rf"(?P<not>\bNOT\s+)?\bEXISTS\s*\{{\s*{_LONG.pattern}\s*\.?\s*\}}", re.IGNORECASE)
_GUARDED = re.compile(
    rf"\bFILTER\s*\(\s*!\s*BOUND\s*\(\s*[?$](?P<asked>\w+)\s*\)\s*\|\|\s*EXISTS\s*\{{\s*{_LONG.pattern}\s*\.?\s*\}}\s*\)",
    re.IGNORECASE,
)
_GROUP = re.compile(r"\b(?:EXISTS|OPTIONAL|MINUS)\s*\{", re.IGNORECASE)
_LEFT = re.compile(rf"(?:{_STEP}|\))[*+]\s+(?:[?$]|{_STEP})")


def without_long_paths(sparql: str, given: Mapping[str, str | None], closure: Closure) -> str:
    """Name the nodes that paths of any length lead from, where their end is given.

    Args:
        sparql: the query.
        given: the variables that tables of one row bind, with their terms; None for what was not asked for.
        closure: asks which nodes a path leads from.

    Raises:
        BadQuery: when a path without a given end stands in a group that is tried for each row, so that it would be
            answered wrongly.

    Example:
        >>> nodes = lambda step, end: [end, "<urn:below>"]
        >>> without_long_paths("ASK { ?c a x:C FILTER(EXISTS { ?c x:of/x:in* <urn:a> }) }", {}, nodes)
        'ASK { ?c a x:C FILTER(EXISTS { ?c x:of ?stpgraph0 FILTER(?stpgraph0 IN (<urn:a>, <urn:below>)) }) }'
        >>> without_long_paths("ASK { { ?c x:in* <urn:a> } UNION { ?c a x:C } }", {}, nodes)
        'ASK { { { SELECT ?c WHERE { VALUES ?c { <urn:a> <urn:below> } } } } UNION { ?c a x:C } }'
    """
    code = masked(sparql)
    edits = [
        (*found.span(), _joined(sparql, found, given[found["asked"]], closure))
        for found in _GUARDED.finditer(code)
        if found["end"][1:] == found["asked"] and found["asked"] in given
    ]
    for found in _ONLY_LONG.finditer(code):
        end = None if found["lead"] else _end(sparql, found, given)
        if end is not None and not _is_within(found, edits):
            nodes = ", ".join(closure(_text(sparql, found, "step"), end))
            edits.append((*found.span(), f"({found['from']} {'NOT ' if found['not'] else ''}IN ({nodes}))"))
    for found in _long_paths(code):
        if _is_within(found, edits):
            continue
        edits.append((*found.span(), _short(sparql, found, given, closure, len(edits))))
    for found in _LONG.finditer(code):
        end = None if _is_within(found, edits) else _known(sparql, found, given)
        if end is not None:
            edits.append((*found.span(), _listed(sparql, found, end, closure, len(edits))))
    for start, stop, text in sorted(edits, reverse=True):
        sparql = sparql[:start] + text + sparql[stop:]
    return sparql


def _known(sparql: str, found: re.Match[str], given: Mapping[str, str | None]) -> str | None:
    """Return the term at a path's end, where it is given."""
    end = _text(sparql, found, "end")
    return given.get(end[1:]) if end[0] in "?$" else end


def _listed(sparql: str, found: re.Match[str], end: str, closure: Closure, number: int) -> str:
    """Write one path that is joined with a table of the nodes that it leads from."""
    start, lead, step = (_text(sparql, found, name) for name in ("from", "lead", "step"))
    via = f"?stpgraph{number}" if lead else start
    table = f"{{ SELECT {via} WHERE {{ VALUES {via} {{ {' '.join(closure(step, end))} }} }} }}"  # not lost in a UNION
    return f"{start} {lead.removesuffix('/')} {via} . {table}" if lead else table


def _is_within(found: re.Match[str], edits: list[tuple[int, int, str]]) -> bool:
    return any(start <= found.start() < stop for start, stop, _ in edits)


def _joined(sparql: str, found: re.Match[str], end: str | None, closure: Closure) -> str:
    """Write a condition on what was asked for as a join with the nodes that meet it; as nothing where it was not."""
    start, lead, step = (_text(sparql, found, name) for name in ("from", "lead", "step"))
    if end is None:
        return ""
    nodes = ", ".join(closure(step, end))
    if not lead:
        return f"FILTER({start} IN ({nodes}))"
    last = "?stpgraph"
    return (
        f"{{ SELECT DISTINCT {start} WHERE {{ {start} {lead.removesuffix('/')} {last} FILTER({last} IN ({nodes})) }} }}"
    )


def _long_paths(code: str) -> Iterator[re.Match[str]]:
    """Yield the paths of any length in groups that are tried for each row, each once."""
    seen = 0
    for group in _GROUP.finditer(code):
        stop = _close(code, group.end())
        rest = code[max(group.end(), seen) : stop]
        if _LEFT.search(_LONG.sub(" ", rest)):
            raise BadQuery(
                "this engine would answer a path of any length inside EXISTS, OPTIONAL or MINUS wrongly; "
                "write it as `?from path* ?to` with ?to given by VALUES, or outside"
            )
        yield from _LONG.finditer(code, max(group.end(), seen), stop)
        seen = max(seen, stop)


def _close(code: str, at: int) -> int:
    depth = 1
    for place in range(at, len(code)):
        depth += {"{": 1, "}": -1}.get(code[place], 0)
        if depth == 0:
            return place
    return len(code)


def _short(sparql: str, found: re.Match[str], given: Mapping[str, str | None], closure: Closure, number: int) -> str:
    """Write one path without its last step."""
    start, end = found["from"], _end(sparql, found, given)
    step, lead = _text(sparql, found, "step"), _text(sparql, found, "lead")
    if end is None:  # not asked for: guarded by !BOUND, or no condition at all
        return sparql[slice(*found.span())] if lead or step.endswith("+") else f"FILTER(BOUND({start}))"
    nodes = ", ".join(closure(step, end))
    if not lead:
        return f"FILTER({start} IN ({nodes}))"
    via = f"?stpgraph{number}"
    return f"{start} {lead.removesuffix('/')} {via} FILTER({via} IN ({nodes}))"


def _end(sparql: str, found: re.Match[str], given: Mapping[str, str | None]) -> str | None:
    """Return the term at a path's end; None for a variable that was not asked for."""
    end = _text(sparql, found, "end")
    if end[0] not in "?$":
        return end
    if end[1:] not in given:
        path = _text(sparql, found, "step")
        raise BadQuery(
            f"this engine would answer the path {path} to {end} inside EXISTS, OPTIONAL or MINUS wrongly; "
            "give its end by VALUES, or write it outside"
        )
    return given[end[1:]]


def _text(sparql: str, found: re.Match[str], name: str) -> str:
    return sparql[slice(*found.span(name))]
