"""Virtuoso 7 as an endpoint: what it wants to be told, and what of its answers is not as SPARQL 1.1 has it.

The newest it was tried on is 7.2.5; docs/decisions/0004-stores.md says what was found.
"""

from __future__ import annotations

import json
import re

from pyoxigraph import NamedNode

from stpgraph.store.base import masked

__all__ = ["fault_said", "is_own_graph", "is_virtuoso", "mended_results", "without_own_graphs", "without_unasked"]

#: Graphs that every Virtuoso keeps for itself; they are part of its default graph.
_OWN_GRAPHS = (
    "http://localuriqaserver/sparql",
    "http://www.openlinksw.com/schemas/virtrdf#",
    "http://www.w3.org/2002/07/owl#",
    "http://www.w3.org/ns/ldp#",
    "urn:activitystreams-owl:map",
    "urn:core:services:sparql",
)

#: The one column of its table for an ASK.
_TRUTH = b'"__ASK_RETVAL"'

#: Truths in its JSON. Quotes within a value are escaped, so that no text can look like this.
_BOOLEAN = re.compile(rb'("datatype": "http://www\.w3\.org/2001/XMLSchema#boolean", "value": )"([01])"')

#: A table of one row, and the terms of such a row, in a query whose texts and IRIs are masked.
_ONE_ROW = re.compile(r"\bVALUES\s*\(([^(){}]*)\)\s*\{\s*\(([^(){}]*)\)\s*\}", re.IGNORECASE)
_TERM = re.compile(r"[^\s]+")

#: How it reports a fault, with the query behind it.
_FAULT = re.compile(r"Virtuoso (\w{5}) Error (?:\w+: )?(.*?)\s*(?:SPARQL query:.*)?", re.DOTALL)


def is_virtuoso(server: str) -> bool:
    """Say whether an endpoint is a Virtuoso, by what it calls itself in its answers' Server header.

    Example:
        >>> is_virtuoso("Virtuoso/07.20.3229 (Linux) x86_64-pc-linux-gnu"), is_virtuoso("Oxigraph/0.5.4")
        (True, False)
    """
    return server.startswith("Virtuoso/")


def is_own_graph(name: NamedNode, url: str) -> bool:
    """Say whether Virtuoso at an address keeps a graph for itself; one of them is named like the address.

    Example:
        >>> is_own_graph(NamedNode("http://www.w3.org/ns/ldp#"), "http://localhost:8890/sparql")
        True
    """
    return name.value in {*_OWN_GRAPHS, url}


def without_own_graphs(sparql: str, url: str) -> str:
    """Leave the graphs that Virtuoso at an address keeps for itself out of a query; no line more than before."""
    return (
        "".join(
            f"define input:default-graph-exclude <{name}> define input:named-graph-exclude <{name}> "
            for name in (*_OWN_GRAPHS, url)
        )
        + sparql
    )


def without_unasked(sparql: str) -> str:
    """Leave UNDEF out of tables of one row, where it says nothing; Virtuoso joins it with nothing.

    Example:
        >>> without_unasked("ASK { VALUES (?a ?b) { (UNDEF 'x') } VALUES (?c) { (UNDEF) } ?a ?b ?c }")
        "ASK { VALUES (?b) { ('x') }  ?a ?b ?c }"
    """
    pieces, at = [], 0
    for found in _ONE_ROW.finditer(masked(sparql)):
        names = found[1].split()
        terms = [sparql[start:end] for start, end in _places(_TERM, found, 2)]
        if len(names) != len(terms) or not any(term.upper() == "UNDEF" for term in terms):
            continue
        kept = [(name, term) for name, term in zip(names, terms, strict=True) if term.upper() != "UNDEF"]
        pieces.append(sparql[at : found.start()])
        if kept:
            columns, row = (" ".join(cells) for cells in zip(*kept, strict=True))
            pieces.append(f"VALUES ({columns}) {{ ({row}) }}")
        pieces.append("\n" * found[0].count("\n"))
        at = found.end()
    return "".join(pieces) + sparql[at:]


def _places(pattern: re.Pattern[str], found: re.Match[str], group: int) -> list[tuple[int, int]]:
    return [inner.span() for inner in pattern.finditer(found.string, *found.span(group))]


def mended_results(body: bytes) -> bytes:
    """Return results in JSON as the W3C has them: an ASK as a truth, not as a table; a boolean as true or false.

    Example:
        >>> row = b'{"__ASK_RETVAL": {"type": "literal", "value": "1"}}'
        >>> mended_results(b'{"head": {"vars": ["__ASK_RETVAL"]}, "results": {"bindings": [' + row + b"]}}")
        b'{"head": {}, "boolean": true}'
    """
    if _TRUTH in body[:200]:
        rows = json.loads(body)["results"]["bindings"]
        is_true = bool(rows) and rows[0]["__ASK_RETVAL"]["value"] == "1"
        return json.dumps({"head": {}, "boolean": is_true}).encode()
    return _BOOLEAN.sub(lambda found: found[1] + (b'"true"' if found[2] == b"1" else b'"false"'), body)


def fault_said(message: str) -> tuple[str, str] | None:
    r"""Return the SQL state of a fault and what is said of it, without the query; None for another engine's message.

    Example:
        >>> fault_said("Virtuoso 37000 Error SP030: SPARQL compiler, line 1: syntax error\n\nSPARQL query:\nASK")
        ('37000', 'SPARQL compiler, line 1: syntax error')
    """
    found = _FAULT.fullmatch(message.strip())
    return (found[1], found[2]) if found else None
