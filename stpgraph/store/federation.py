"""Which other services a query may call: SERVICE and LOAD reach only addresses that were allowed.

An engine that reads a query calls whatever address stands after SERVICE, one within the network of its machine
included. So every query is read for it before it is sent. The reading is strict where engines are lax: they take
`SERVICE` out of `SERVICESILENT`, out of `SERVICE:x` and after a number without a space, so any word of the code that
holds it counts. Where `<` may begin an IRI or mean "less than", the query is read both ways.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator

from stpgraph.errors import BadQuery

__all__ = ["calls_a_service", "check_federation", "tokens"]

#: The parts of a query: texts first, in which words mean nothing. A long text without an end is none.
_TOKEN = re.compile(
    r'''(?P<aside>"""(?:[^"\\]|\\.|"(?!""))*+"""|\'{3}(?:[^'\\]|\\.|'(?!\'\'))*+\'{3}'''
    r"""|"(?:[^"\\\n\r]|\\.)*+"?|'(?:[^'\\\n\r]|\\.)*+'?)|(?P<comment>\#)"""
    r"""|(?P<iri><[^<>"{}|^`\\\s]*+>)|(?P<variable>[?$]\w++)|(?P<language>@[A-Za-z-]++)"""
    r"""|(?P<word>(?:[\w:%-]|\\.)(?:[\w.:%-]|\\.)*+)|(?P<mark>\S)""",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")

#: An IRI that cannot be anything else: no comparison goes on with two strokes after a colon.
_PLAIN_IRI = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")

#: An escape that engines may not know: a long text that has one is, to them, an empty text and more of the code.
_DOUBTFUL = re.compile(r"\\[^tbnrf\"'\\]")

#: A word that calls a service, silent or not, and what it calls.
_CALL = re.compile(r"service(silent)?", re.IGNORECASE)
_CALLED = re.compile(
    r"""(?:\s|\#[^\n\r]*+)*+(?:silent(?:\s|\#[^\n\r]*+)*+)?(<[^<>"{}|^`\\\s]*+>|\S{0,40})""", re.IGNORECASE
)
#: What stands before and after the name of a prefix that is declared.
_BEFORE_PREFIX = re.compile(r"(?<![\w:.%\\?$@-])prefix\s+\Z", re.IGNORECASE)
_AFTER_PREFIX = re.compile(r"""\s*+<[^<>"{}|^`\\\s]*+>""")


def check_federation(sparql: str, allowed: Collection[str] = (), *, is_update: bool = False) -> None:
    """Make sure that a query calls no service but those allowed, and that an update loads nothing from elsewhere.

    Args:
        sparql: the query or update.
        allowed: addresses of endpoints, in full, as the query must spell them.
        is_update: whether LOAD, too, is looked for.

    Raises:
        BadQuery: when it calls another, or one that it does not spell out.

    Example:
        >>> check_federation("ASK { SERVICE <http://127.0.0.1/x> { ?s ?p ?o } }")
        Traceback (most recent call last):
        ...
        stpgraph.errors.BadQuery: the query calls SERVICE <http://127.0.0.1/x>, which is not allowed; ...
        >>> check_federation('ASK { ?service ?p "SERVICE <x>" } # SERVICE <x>')
    """
    for text in {sparql, _unescaped(sparql)}:  # engines differ in where they read \\u0053 as an S
        for called in _calls(text, is_update=is_update):
            if not (called.startswith("SERVICE <") and called[9:-1] in allowed):
                raise BadQuery(
                    f"the {'update' if is_update else 'query'} calls {called}, which is not allowed; only addresses "
                    "that were allowed when this was started may be called, each written out as <http…> "
                    "(--allow-service URL)"
                )


def calls_a_service(sparql: str) -> bool:
    """Say whether a query calls another service.

    Example:
        >>> calls_a_service("ASK { SERVICE <http://127.0.0.1/x> {} }"), calls_a_service("ASK {} # SERVICE <x>")
        (True, False)
    """
    return any(True for _ in _calls(sparql, is_update=False))


def _calls(sparql: str, *, is_update: bool) -> Iterator[str]:
    """Yield what a query calls, as it spells it: `SERVICE <http…>`."""
    lower = sparql.lower()
    if "service" not in lower and not (is_update and "load" in lower):
        return
    for part in _words(sparql):
        if _is_declared(part):
            continue
        head, colon, rest = part[0].lower().partition(":")
        if is_update and "load" in head and (not colon or head.startswith("load")):
            yield f"LOAD {_called(part)}".strip()
        if "service" in head or ".service" in rest:
            is_plain = _CALL.fullmatch(part[0]) is not None
            yield f"SERVICE {_called(part)}" if is_plain else f"a service as {part[0][:200]!r}"


def tokens(sparql: str) -> Iterator[re.Match[str]]:
    r"""Yield the parts of a query that are no comments; the group that matched says what each is.

    Example:
        >>> [(part.lastgroup, part[0]) for part in tokens("ASK # all\n{<a>}")]
        [('word', 'ASK'), ('mark', '{'), ('iri', '<a>'), ('mark', '}')]
    """
    yield from _tokens(sparql, 0, _line_ends(sparql))


def _line_ends(sparql: str) -> list[int]:
    return [found.start() for found in re.finditer(r"[\n\r]", sparql)]


def _tokens(sparql: str, start: int, line_ends: list[int]) -> Iterator[re.Match[str]]:
    part = _TOKEN.search(sparql, start)
    while part is not None:
        end = part.end()
        if part.lastgroup == "comment":
            line = bisect_left(line_ends, end)
            end = line_ends[line] if line < len(line_ends) else len(sparql)
        else:
            yield part
        part = _TOKEN.search(sparql, end)


def _words(sparql: str) -> Iterator[re.Match[str]]:
    """Yield the words of the code, in every way in which it can be read."""
    seen: set[int] = set()
    starts, line_ends = [0], _line_ends(sparql)
    while starts:
        for part in _tokens(sparql, starts.pop(), line_ends):
            if part.start() in seen:
                break
            seen.add(part.start())
            if part.lastgroup == "word":
                yield part
            elif part.lastgroup == "iri" and not _PLAIN_IRI.match(part[0]):
                starts.append(part.start() + 1)
            elif part[0].startswith(('"""', "'''")) and _DOUBTFUL.search(part[0].replace(r"\\", "")):
                starts.append(part.start() + 2)


def _is_declared(part: re.Match[str]) -> bool:
    """Say whether a word is the name of a prefix that is being declared."""
    text, start = part.string, part.start()
    is_after = _BEFORE_PREFIX.search(text[max(0, start - 50) : start])
    return bool(is_after and part[0].endswith(":") and _AFTER_PREFIX.match(text, part.end()))


def _called(part: re.Match[str]) -> str:
    """Return what is called by a word: what stands after it, or after SILENT."""
    found = _CALLED.match(part.string, part.end())
    return found[1] if found else ""


def _unescaped(sparql: str) -> str:
    """Return a query as an engine reads it that resolves escapes of characters first."""

    def character(match: re.Match[str]) -> str:
        number = int(match[1] or match[2], 16)
        return chr(number) if number < 0x110000 else match[0]

    return _ESCAPE.sub(character, sparql)
