"""Virtuoso 7 as an endpoint: what it wants to be told, and what of its answers is not as SPARQL 1.1 has it.

The newest it was tried on is 7.2.5; docs/decisions/0004-stores.md says what was found.
"""

from __future__ import annotations

import json
import re

from pyoxigraph import NamedNode

from stpgraph.store.base import form_place, masked, names_its_graphs, query_form
from stpgraph.store.conditions import decided
from stpgraph.store.paths import Closure, without_long_paths
from stpgraph.store.refusing import check_answerable
from stpgraph.store.rewriting import rewritten

__all__ = ["fault_said", "is_own_graph", "is_virtuoso", "mended_results", "names_a_graph", "translated"]

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

#: Such a table behind the query; what makes a query one that groups; GRAPH with a name.
_BEHIND = re.compile(rf"\}}\s*({_ONE_ROW.pattern})\s*\Z", re.IGNORECASE)
_GROUPS = re.compile(r"\b(?:GROUP\s+BY|HAVING|COUNT|SUM|MIN|MAX|AVG|SAMPLE|GROUP_CONCAT)\b", re.IGNORECASE)
#: Lists of variables that are no patterns; a variable or a general term as predicate, or a graph that is not named.
_LISTS = re.compile(
    r"\bSELECT\b[^{]*|\bVALUES\s*\([^()]*\)|\b(?:GROUP|ORDER)\s+BY\b[^{}]*|\bBIND\s*\(|\([^(){}]*\)", re.IGNORECASE
)
_OPEN = re.compile(
    r"(?:[?$]\w+|[A-Za-z][\w.-]*:[\w.-]*\w|~+|[;\]])\s+[?$]\w+\s+(?:[?$~\d]|[A-Za-z][\w.-]*:\w)"
    r"|(?:[?$]\w+|[A-Za-z][\w.-]*:[\w.-]*\w|~+|[;\]])\s+!(?!=)|[/^(]\s*!\s*\(|[/^]\s*!"
    r"|\b(?:a|rdf:type)\s+[?$]|\bGRAPH\s+[?$]|\b(?:rdfs|sd|ldp|virtrdf|owl):",
    re.IGNORECASE,
)
_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_NAMED = re.compile(r"\bGRAPH\s+(?![\s?$])", re.IGNORECASE)

#: What a query says of its graphs.
_FROM = re.compile(r"(?<![\w:?$.-])FROM\s*(?:\bNAMED\b\s*)?(?:~+|(?:[A-Za-z][\w.-]*)?:[^\s{}()]*)", re.IGNORECASE)

#: A character by its number, behind an even number of backslashes.
_ESCAPED = re.compile(r"(?<!\\)((?:\\\\)*)\\(?:u([0-9A-Fa-f]{4})|U(000[0-9A-Fa-f]{5}|0010[0-9A-Fa-f]{4}))")

#: Where texts are joined, and a text that has neither language nor datatype.
_CONCAT = re.compile(r"(?<![\w?$])CONCAT\s*\(", re.IGNORECASE)
_TEXT = re.compile(r"""(?<!=)(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')(?![@^])""")

#: A separator, its characters beyond ASCII, and such a one as it comes back.
_SEPARATOR = re.compile(r"""\bSEPARATOR\s*=\s*(?:"[^"\n]*"|'[^'\n]*')""", re.IGNORECASE)
_FOREIGN = re.compile(r"[^\x00-\x7f]")
_NUMBERED = re.compile(rb"~stpgraph-([0-9A-F]{2,6})~")

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


def is_open(sparql: str) -> bool:
    """Say whether a query may find what Virtuoso keeps for itself: any predicate, any class, any graph.

    Others are not told to leave those graphs out: with that condition on every pattern Virtuoso plans a long query
    wrongly, and rows are lost.

    Example:
        >>> patterns = ("?a ?b ?c", "?a a ?b", "?a a stp:Claim ; stp:about ?b . ?b stp:aspect ?c")
        >>> [is_open(f"SELECT ?a ?b ?c {{ {pattern} }}") for pattern in patterns]
        [True, True, False]
    """
    code = _LISTS.sub(" ", masked(sparql.replace(_TYPE, "rdf:type")))
    return query_form(sparql) == "DESCRIBE" or _OPEN.search(code) is not None


def names_a_graph(sparql: str) -> bool:
    """Say whether a query says GRAPH with a name, which Virtuoso finds empty where other graphs are left out.

    Example:
        >>> names_a_graph("ASK { GRAPH <urn:x> { ?s ?p ?o } }"), names_a_graph("ASK { GRAPH ?g { ?s ?p ?o } }")
        (True, False)
    """
    return _NAMED.search(masked(sparql)) is not None


def translated(sparql: str, url: str, closure: Closure, *, is_told_graphs: bool) -> str:
    """Write a query, its prologue at its head, as Virtuoso at an address takes it; no line more than before.

    Args:
        sparql: the query.
        url: the address, which is the name of one of the graphs that it keeps for itself.
        closure: asks which nodes a path leads from.
        is_told_graphs: whether the request says which graphs are asked.

    Raises:
        BadQuery: when Virtuoso would answer it wrongly, and there is no other way to put it.
    """
    check_answerable(sparql)
    asked = _ESCAPED.sub(_written_out, without_graphs(sparql) if is_told_graphs else sparql)
    _, given = without_unasked(asked)
    asked, given = without_unasked(decided(asked, given))
    asked = with_wide_texts(with_values_inside(without_long_paths(rewritten(asked), given, closure)))
    pragmas = 'define sql:describe-mode "CBD" ' if query_form(sparql) == "DESCRIBE" else ""
    if is_open(sparql) and not (is_told_graphs or names_its_graphs(sparql) or names_a_graph(sparql)):
        pragmas += "".join(
            f"define input:default-graph-exclude <{name}> define input:named-graph-exclude <{name}> "
            for name in (*_OWN_GRAPHS, url)
        )
    return pragmas + asked


def without_graphs(sparql: str) -> str:
    """Leave out what a query says of its graphs; Virtuoso would ask those beside the ones that the request names.

    Example:
        >>> without_graphs("ASK FROM <urn:a> FROM NAMED x:b { ?from a 'FROM <urn:a>' }")
        "ASK   { ?from a 'FROM <urn:a>' }"
    """
    pieces, at = [], 0
    for found in _FROM.finditer(masked(sparql)):
        pieces.append(sparql[at : found.start()] + "\n" * found[0].count("\n"))
        at = found.end()
    return "".join(pieces) + sparql[at:]


def _written_out(found: re.Match[str]) -> str:
    """Write a character out that a query names by its number, which Virtuoso does not read everywhere."""
    sign = chr(int(found[2] or found[3], 16))
    return found[0] if sign in "\"'\\\r\n" else f"{found[1]}{sign}"


def with_wide_texts(sparql: str) -> str:
    """Write texts beyond ASCII within CONCAT, and separators, so that Virtuoso makes no question marks of them.

    Example:
        >>> with_wide_texts('SELECT (CONCAT(?a, "–", "-") AS ?x) { ?b ?c "–" , ?a }')
        'SELECT (CONCAT(?a, STR("–"@en), "-") AS ?x) { ?b ?c "–" , ?a }'
    """
    code, places = masked(sparql), []
    for found in _CONCAT.finditer(code):
        depth, at = 1, found.end()
        while depth and at < len(code):
            depth += {"(": 1, ")": -1}.get(code[at], 0)
            at += 1
        places.append((found.end(), at))

    def widened(found: re.Match[str]) -> str:
        is_within = any(start <= found.start() < stop for start, stop in places)
        return f"STR({found[0]}@en)" if is_within and not found[0].isascii() else found[0]

    return _SEPARATOR.sub(lambda found: _FOREIGN.sub(_by_number, found[0]), _TEXT.sub(widened, sparql))


def _by_number(found: re.Match[str]) -> str:
    """Write a character of a separator by a number that the answer is searched for."""
    return f"~stpgraph-{ord(found[0]):X}~"


def with_values_inside(sparql: str) -> str:
    """Move a table of one row behind a query into its group; Virtuoso wants its variables selected otherwise.

    A query that groups is left as it is: there the table is joined with the groups.

    Example:
        >>> with_values_inside("SELECT ?p { ?who ?p ?o } VALUES (?who) { (<urn:x>) }")
        'SELECT ?p { VALUES (?who) { (<urn:x>) } ?who ?p ?o } '
    """
    code = masked(sparql)
    found = _BEHIND.search(code)
    start = code.find("{", form_place(sparql))
    if found is None or start < 0 or _GROUPS.search(code):
        return sparql
    table = " ".join(sparql[slice(*found.span(1))].split())
    return f"{sparql[: start + 1]} {table}{sparql[start + 1 : found.start(1)]}"


def without_unasked(sparql: str) -> tuple[str, dict[str, str | None]]:
    """Leave UNDEF out of tables of one row, where it says nothing; Virtuoso joins it with nothing.

    Returns:
        The query, and the term that each variable of such tables has, None for UNDEF; those that differ from table to
        table are left out.

    Example:
        >>> without_unasked("ASK { VALUES (?a ?b) { (UNDEF 'x') } VALUES (?c) { (UNDEF) } ?a ?b ?c }")
        ("ASK { VALUES (?b) { ('x') }  ?a ?b ?c }", {'a': None, 'b': "'x'", 'c': None})
        >>> without_unasked("ASK { { VALUES (?a) { (1) } } UNION { VALUES (?a) { (2) } } }")[1]
        {}
    """
    pieces, at = [], 0
    given: dict[str, set[str | None]] = {}
    for found in _ONE_ROW.finditer(masked(sparql)):
        names = found[1].split()
        terms = [sparql[start:end] for start, end in _places(_TERM, found, 2)]
        if len(names) != len(terms):
            continue
        row = {name: None if term.upper() == "UNDEF" else term for name, term in zip(names, terms, strict=True)}
        for name, term in row.items():
            given.setdefault(name[1:], set()).add(term)
        kept = {name: term for name, term in row.items() if term is not None}
        if len(kept) == len(row):
            continue
        pieces.append(sparql[at : found.start()])
        if kept:
            pieces.append(f"VALUES ({' '.join(kept)}) {{ ({' '.join(kept.values())}) }}")
        pieces.append("\n" * found[0].count("\n"))
        at = found.end()
    agreed = {name: next(iter(terms)) for name, terms in given.items() if len(terms) == 1}
    return "".join(pieces) + sparql[at:], agreed


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
    body = _NUMBERED.sub(lambda found: chr(int(found[1], 16)).encode(), body)
    return _BOOLEAN.sub(lambda found: found[1] + (b'"true"' if found[2] == b"1" else b'"false"'), body)


def fault_said(message: str) -> tuple[str, str] | None:
    r"""Return the SQL state of a fault and what is said of it, without the query; None for another engine's message.

    Example:
        >>> fault_said("Virtuoso 37000 Error SP030: SPARQL compiler, line 1: syntax error\n\nSPARQL query:\nASK")
        ('37000', 'SPARQL compiler, line 1: syntax error')
    """
    found = _FAULT.fullmatch(message.strip())
    return (found[1], found[2]) if found else None
