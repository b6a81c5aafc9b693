"""Forms of SPARQL 1.1 that Virtuoso 7 answers wrongly without a word, and that cannot be put otherwise: refused."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stpgraph.errors import BadQuery
from stpgraph.store.base import masked
from stpgraph.store.scanning import (
    CHANGED_TEXT,
    MINUS,
    OPTIONAL,
    PLAIN_TEXT,
    SELECT,
    STEP,
    VARIABLE,
    depth_of,
    end_of,
    end_of_call,
    end_of_group,
    groups,
    is_compared,
)

__all__ = ["check_answerable"]

#: A path of several steps.
_PART = rf"[(^!\s]*{STEP}(?:\s*\)|[*+]|\?(?!\w))*"
_PATH = re.compile(rf"(?<=[\s;{{]){_PART}(?:\s*[/|]\s*{_PART})+")
_ANY_TIMES = re.compile(r"\([^(){}?$]*[/|][^(){}?$]*\)\s*\*")
_AT_MOST_ONCE = re.compile(r"\([^(){}$]*/[^(){}$]*\)\s*\?(?!\w)")
_ONCE_EACH = re.compile(r"\bSELECT\s+(?:DISTINCT|REDUCED)\s+[?$*]|\b(?:ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)
_BACKWARDS_EXCEPT = re.compile(r"!\s*\([^(){}?$]*(?<!\^)\^(?!\^)")
_CUT = re.compile(r"\b(?:LIMIT|OFFSET)\s+\d", re.IGNORECASE)
_NO_PATTERN = re.compile(
    r"\b(?:FILTER|BIND)\b(?:\s*(?:NOT\s+)?EXISTS\b)?(?:\s*[\w:]*\s*\()?|\bVALUES\s*(?:[?$]\w+)?|\bGRAPH\s+[?$]\w+",
    re.IGNORECASE,
)
_DEFINE = re.compile(r"(?<![\w:?$])define\s+[\w-]+:", re.IGNORECASE)


def check_answerable(sparql: str) -> None:
    """Make sure that a query has no form that Virtuoso answers wrongly and that cannot be put otherwise.

    Raises:
        BadQuery: when it has one; it says how to ask instead.

    Example:
        >>> check_answerable("SELECT * { ?a x:b ?c OPTIONAL { ?a x:d ?e } ?e x:f ?g }")
        Traceback (most recent call last):
        ...
        stpgraph.errors.BadQuery: Virtuoso would leave out rows where ?e is not bound by OPTIONAL ...
    """
    code = masked(sparql)
    if _DEFINE.search(code):
        raise BadQuery("`define` is no SPARQL 1.1 but a pragma of Virtuoso; leave it out")
    for start, stop in groups(code):
        _check_optional(code[start:stop])
    for found in (*OPTIONAL.finditer(code), *MINUS.finditer(code)):
        if _CUT.search(code, found.end(), end_of_group(code, found.end())):
            word = found[0].strip("{ \t\r\n").upper()
            raise BadQuery(f"Virtuoso would cut what {word} finds for each row, not once; write the LIMIT outside it")
    for path in _PATH.finditer(code):
        _check_path(path[0], code[: path.start()])
    if _BACKWARDS_EXCEPT.search(code):
        raise BadQuery("Virtuoso reads ^ within !(…) wrongly; write the steps backwards apart, with UNION")
    for found in SELECT.finditer(code):
        _check_selected(code, found)
    for found in CHANGED_TEXT.finditer(code):
        if not PLAIN_TEXT.match(code, found.end()) and is_compared(code, found.start(), end_of_call(code, found)):
            name = found[0].rstrip("( \t\r\n").upper()
            raise BadQuery(f"Virtuoso compares what {name} gives wrongly; say {name}(STR(…))")


def _check_optional(group: str) -> None:
    """Make sure that nothing behind an OPTIONAL is joined with what only that binds."""
    for found in OPTIONAL.finditer(group):
        if depth_of(group[: found.start()]) != 0:
            continue
        stop = end_of_group(group, found.end())
        new = set(VARIABLE.findall(group, found.end(), stop)) - set(VARIABLE.findall(group, 0, found.start()))
        joined = new & set(VARIABLE.findall(_patterns(group[stop + 1 :])))
        if joined:
            raise BadQuery(
                f"Virtuoso would leave out rows where ?{min(joined)} is not bound by OPTIONAL and the pattern behind "
                "it binds it; write that pattern before the OPTIONAL, or within it"
            )
        for minus in MINUS.finditer(group, stop):
            taken = new & set(VARIABLE.findall(group, minus.end(), end_of_group(group, minus.end())))
            if taken and depth_of(group[: minus.start()]) == 0:
                raise BadQuery(
                    f"Virtuoso would keep rows where ?{min(taken)} is not bound by OPTIONAL and MINUS takes them away; "
                    "use another variable in MINUS, or FILTER NOT EXISTS"
                )


def _check_selected(code: str, select: re.Match[str]) -> None:
    """Make sure that a query within selects nothing that it does not bind."""
    start = code.find("{", select.end())
    if start < 0 or depth_of(code[: select.start()]) == 0:
        return
    head, body = code[select.end() : start], code[start : end_of_group(code, start + 1)]
    while "(" in head:
        at = head.index("(")
        head = head[:at] + head[end_of(head, at + 1, "(", ")") + 1 :]
    tail = code[start + len(body) : end_of_group(code, start + len(body) + 1)]
    binds = body + tail if re.search(r"\b(?:AS|VALUES)\b", tail, re.IGNORECASE) else body
    idle = set(VARIABLE.findall(head)) - set(VARIABLE.findall(binds))
    if idle:
        raise BadQuery(
            f"Virtuoso finds nothing where a query within selects ?{min(idle)}, which nothing in it binds; leave it out"
        )


def _check_path(path: str, before: str) -> None:
    """Make sure that a path gives each pair of nodes as often as it ought to."""
    is_repeated = _ANY_TIMES.search(path) and not _ONCE_EACH.search(before)
    if is_repeated or _AT_MOST_ONCE.search(path) or any(map(_is_mixed, _levels(path))):
        raise BadQuery(
            f"Virtuoso would give rows of a path like {_shape(path)} more often than they are; say SELECT DISTINCT "
            "with (…)*, and UNION for an alternative or for (…)?"
        )


def _levels(path: str) -> Iterator[str]:
    """Yield the text within each pair of brackets of a path, and all of it, without what is bracketed deeper."""
    while found := re.search(r"\(([^()]*)\)", path):
        yield found[1]
        path = path[: found.start()] + "x:x" + path[found.end() :]
    yield path


def _is_mixed(level: str) -> bool:
    """Say whether one of several alternatives may be no step, or is a sequence with one backwards or of any length."""
    branches = level.split("|")
    return len(branches) > 1 and any("?" in one or ("/" in one and re.search(r"[\^*+]", one)) for one in branches)


def _shape(path: str) -> str:
    return " ".join(re.sub(r"~+", "<…>", path).split())


def _patterns(code: str) -> str:
    """Return what of a group is patterns of its own: neither groups in it, nor conditions, nor values."""
    shallow: list[str] = []
    depth = 0
    for sign in _NO_PATTERN.sub(lambda found: "(" if found[0].endswith("(") else " ", code):
        depth += sign in "{("
        shallow.append(" " if depth else sign)
        depth -= sign in "})" and depth > 0
    return "".join(shallow)
