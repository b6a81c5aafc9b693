"""Which other services a query may call: SERVICE and LOAD reach only addresses that were allowed.

An engine that reads a query calls whatever address stands after SERVICE, one within the network of its machine
included. So every query is read for it before it is sent. The reading is strict where engines are lax: they take
`SERVICE` out of `SERVICESILENT`, out of `SERVICE:x` and after a number without a space, so any word of the code that
holds it counts.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from stpgraph.errors import BadQuery

__all__ = ["TOKEN", "check_federation"]

#: The parts of a query: texts and comments first, in which words mean nothing.
TOKEN = re.compile(
    r'''(?P<aside>"""(?:[^"\\]|\\.|"(?!""))*+(?:""")?|\'{3}(?:[^'\\]|\\.|'(?!\'\'))*+(?:\'{3})?'''
    r"""|"(?:[^"\\\n]|\\.)*+"?|'(?:[^'\\\n]|\\.)*+'?|\#[^\n]*+)"""
    r"""|(?P<iri><[^<>"{}|^`\\\s]*+>)|(?P<variable>[?$]\w++)|(?P<language>@[A-Za-z-]++)"""
    r"""|(?P<word>[\w.:%\\-]++)|(?P<mark>\S)""",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")

#: A word that calls a service, silent or not.
_CALL = re.compile(r"service(silent)?", re.IGNORECASE)


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
                    f"the query calls {called}, which is not allowed; only addresses that were allowed when this was "
                    "started may be called, each written out as <http…> (--allow-service URL)"
                )


def _calls(sparql: str, *, is_update: bool) -> Iterator[str]:
    """Yield what a query calls, as it spells it: `SERVICE <http…>`."""
    parts = [match for match in TOKEN.finditer(sparql) if match.lastgroup != "aside"]
    for at, part in enumerate(parts):
        if part.lastgroup != "word" or (at and parts[at - 1][0].lower() == "prefix"):
            continue
        head, colon, rest = part[0].lower().partition(":")
        if is_update and "load" in head and (not colon or head.startswith("load")):
            yield f"LOAD {_following(parts, at)}".strip()
        if "service" in head or ".service" in rest:
            is_plain = _CALL.fullmatch(part[0]) is not None
            yield f"SERVICE {_following(parts, at)}" if is_plain else f"a service as {part[0]!r}"


def _following(parts: list[re.Match[str]], at: int) -> str:
    """Return what is called by a word: the part after it, or after SILENT."""
    after = [part[0] for part in parts[at + 1 : at + 3]] + ["", ""]
    return after[1] if after[0].lower() == "silent" else after[0]


def _unescaped(sparql: str) -> str:
    """Return a query as an engine reads it that resolves escapes of characters first."""

    def character(match: re.Match[str]) -> str:
        number = int(match[1] or match[2], 16)
        return chr(number) if number < 0x110000 else match[0]

    return _ESCAPE.sub(character, sparql)
