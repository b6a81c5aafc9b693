"""What every store can do, and what its answers are."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Self, TypeAlias

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
)

from stpgraph.errors import BadQuery
from stpgraph.store.held import Held
from stpgraph.vocabulary import BASE, PREFIXES

if TYPE_CHECKING:
    from rdflib import Graph

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple

#: What of a query is not code: IRIs, texts and comments, in which words mean nothing. A text without an end is one.
_ASIDE = re.compile(
    r'''<[^<>"{}|^`\\\s]*+>|"""(?:[^"\\]|\\.|"(?!""))*+(?:""")?|\'{3}(?:[^'\\]|\\.|'(?!\'\'))*+(?:\'{3})?'''
    r"""|"(?:[^"\\\n]|\\.)*+"?|'(?:[^'\\\n]|\\.)*+'?|\#[^\n]*+""",
    re.DOTALL,
)
#: A declaration at the head of a query, with the white space and comments before it.
_DECLARATION = re.compile(
    r"""(?P<before>(?:\s|\#[^\n]*+\n)*+)(?P<word>BASE|PREFIX\s+[^\s:<]*+:)\s*+<(?P<iri>[^<>"{}|^`\\\s]*+)>""",
    re.IGNORECASE,
)
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_DECLARED = re.compile(r"\bPREFIX\s+([A-Za-z][\w.-]*):", re.IGNORECASE)
_USED = re.compile(r"(?<![\w:?$])([A-Za-z][\w.-]*):")
_FORM = re.compile(r"(?<![\w:?$.-])(SELECT|ASK|CONSTRUCT|DESCRIBE)\b(?!:)", re.IGNORECASE)
_FROM = re.compile(r"(?<![\w:?$.-])FROM\b(?!:)", re.IGNORECASE)

#: What tells the names that a SELECT gives.
_SELECTED = re.compile(r"[?$]\w+|[(){*]|\b(?:WHERE|FROM)\b(?!:)", re.IGNORECASE)

#: How the engine says where a query goes wrong, and all that it would have read there.
_SYNTAX_FAULT = re.compile(r"error at (\d+):(\d+): (?:expected )?(?:one of )?(.*)", re.DOTALL)
_TOKEN = re.compile(r'"[^"]+"|[A-Z]+')


class Solutions:
    """The rows of a SELECT, once, as they come.

    Attributes:
        variables: the names selected, in order.
    """

    def __init__(
        self, answer: Callable[[], Held[QuerySolutions]], faults: Callable[[], AbstractContextManager[None]]
    ) -> None:
        self.variables = tuple(variable.value for variable in answer().it.variables)
        self._answer = answer
        self._faults = faults

    def __iter__(self) -> Iterator[tuple[Term | None, ...]]:
        rows = self._answer()
        with self._faults():
            yield from map(tuple, rows.it)

    def write(self, output: IO[bytes], format: QueryResultsFormat) -> None:
        """Write the rows to an open file, as they come, in one of the W3C's formats for results."""
        with self._faults():
            self._answer().it.serialize(output, format=format)

    def serialize(self, format: QueryResultsFormat) -> bytes:
        """Write the rows in one of the W3C's formats for results: CSV, TSV, JSON or XML."""
        with self._faults():
            return self._answer().it.serialize(format=format) or b""


class Store(ABC):
    """A set of named graphs that answers SPARQL; a context manager that closes itself.

    Attributes:
        location: a folder, an address, or "memory".
    """

    location: str

    @abstractmethod
    def query(
        self,
        sparql: str,
        *,
        default_graphs: Collection[NamedNode] = (),
        named_graphs: Collection[NamedNode] = (),
    ) -> Solutions | bool | list[Triple]:
        """Answer a query: SELECT gives `Solutions`, ASK a bool, CONSTRUCT and DESCRIBE triples.

        The project's prefixes and base are known without being declared. A query that says FROM asks those graphs
        instead of the union. The union may count a triple that stands in two graphs twice: say DISTINCT.

        Args:
            sparql: the query.
            default_graphs: graphs to ask as one, in place of the union and of what the query says of graphs.
            named_graphs: graphs that GRAPH reaches then. Where graphs of one kind alone are given, there are none of
                the other.

        Raises:
            BadQuery: when it does not parse, with line and column; or when it calls a service that is not allowed.
            StoreError: when the store cannot answer.
            EndpointError: when an endpoint, or a service that the query calls, cannot.
        """

    @abstractmethod
    def update(self, sparql: str) -> None:
        """Carry out a SPARQL update, whole or not at all; its WHERE says which graphs it reads.

        Raises:
            BadQuery: when it does not parse.
            StoreError: when the store is not open for writing, or refuses.
        """

    @abstractmethod
    def add(self, quads: Iterable[Quad]) -> None:
        """Add quads; each must be in a named graph to be seen by queries."""

    @abstractmethod
    def load(
        self,
        source: Path | bytes,
        *,
        format: RdfFormat | None = None,
        graph: NamedNode | None = None,
    ) -> None:
        """Add a file of RDF, or its bytes.

        Args:
            source: a path (`.gz` is unpacked), or bytes.
            format: what it is written in; by the path's ending where not given.
            graph: the named graph for triples that name none; without it they are in no named graph, so that
                queries need not see them.

        Raises:
            BadRdf: when it does not parse; nothing of it is added.
            StoreError: when the store is not open for writing, or refuses.
        """

    @abstractmethod
    def remove_graph(self, graph: NamedNode) -> None:
        """Remove a named graph with all in it; nothing where there is none."""

    @abstractmethod
    def graph_names(self) -> tuple[NamedNode, ...]:
        """Return the names of the graphs, by IRI."""

    @abstractmethod
    def quads(self, graph: NamedNode | None = None) -> Iterator[Quad]:
        """Yield the quads of one graph, or of all."""

    @abstractmethod
    def __len__(self) -> int:
        """Count the quads."""

    @abstractmethod
    def graph(self) -> Graph:
        """Return an rdflib graph of all triples, for reading; SPARQL on it runs in this store."""

    def close(self) -> None:
        """Let go of the store; further use is an error."""
        return

    def select(self, sparql: str) -> Solutions:
        """Answer a SELECT.

        Raises:
            BadQuery: also when the query is of another form.
        """
        answer = self.query(sparql)
        if not isinstance(answer, Solutions):
            raise BadQuery("this query gives no table; expected a SELECT")
        return answer

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def with_prologue(sparql: str) -> str:
    """Declare the project's base and the prefixes that a query uses without declaring them, on its first line.

    A base that the query declares takes the place of ours, for some engines bear one only, before all prefixes.

    Example:
        >>> with_prologue("SELECT * { ?s skos:prefLabel ?o }")[:55]
        'BASE <https://w3id.org/stpgraph/id/> PREFIX skos: <http'
        >>> with_prologue("PREFIX a: <b#> BASE <urn:x> ASK {}")
        'BASE <urn:x> PREFIX a: <https://w3id.org/stpgraph/id/b#>  ASK {}'
    """
    code = _ASIDE.sub(" ", sparql)
    missing = sorted((PREFIXES.keys() & _USED.findall(code)) - set(_DECLARED.findall(code)))
    base, body = _one_base(sparql)
    return f"BASE <{base}> " + "".join(f"PREFIX {name}: <{PREFIXES[name]}> " for name in missing) + body


def _one_base(sparql: str) -> tuple[str, str]:
    """Return the last base of a query's head, and the query without one, the IRIs of its prefixes absolute."""
    base, pieces, at, has_base = BASE, [], 0, False
    while found := _DECLARATION.match(sparql, at):
        iri = found["iri"] if _ABSOLUTE.match(found["iri"]) else _resolved(found["iri"], base)
        if found["word"].upper() == "BASE":
            base, has_base = iri, True
            pieces.append(found["before"])
        else:
            pieces.append(f"{found['before']}{found['word']} <{iri}>")
        at = found.end()
    return base, "".join(pieces) + sparql[at:] if has_base else sparql


def _resolved(iri: str, base: str) -> str:
    [quad] = parse(f"<{iri}> a <urn:x> .", format=RdfFormat.TURTLE, base_iri=base)
    return str(quad.subject.value)


def masked(sparql: str) -> str:
    """Return a query with its texts, IRIs and comments blotted out, each as long as it was, its lines kept.

    Example:
        >>> masked("ASK { <urn:x> ?p 'a b' } # or not")
        'ASK { ~~~~~~~ ?p ~~~~~ } ~~~~~~~~'
    """
    return _ASIDE.sub(lambda found: re.sub(r"[^\n]", "~", found[0]), sparql)


def query_form(sparql: str) -> str:
    r"""Return the form of a query: SELECT, ASK, CONSTRUCT or DESCRIBE; SELECT where it has none.

    Example:
        >>> query_form("# select them\nPREFIX ask: <urn:x> construct where { ?s ?p ?o }")
        'CONSTRUCT'
    """
    found = _FORM.search(_ASIDE.sub(" ", sparql))
    return found[1].upper() if found else "SELECT"


def form_place(sparql: str) -> int:
    """Return where the form of a query stands: behind its base, prefixes and comments."""
    found = _FORM.search(masked(sparql))
    return found.start() if found else len(sparql)


def selected(sparql: str) -> tuple[str, ...] | None:
    """Return the names that a query selects, in order; None where it names none, as with `*`.

    Example:
        >>> selected("SELECT ?a (EXISTS { ?b ?c ?d FILTER(?b = (?c)) } AS ?e) { SELECT ?a {} }"), selected("ASK {}")
        (('a', 'e'), None)
    """
    code = _ASIDE.sub(" ", sparql)
    form = _FORM.search(code)
    if form is None or form[1].upper() != "SELECT":
        return None
    names: list[str] = []
    depth, latest = 0, ""
    for sign in _SELECTED.findall(code, form.end()):
        if depth == 0 and sign.upper() in {"{", "WHERE", "FROM"}:
            break
        if depth == 0 and sign == "*":
            return None
        depth += {"(": 1, ")": -1}.get(sign, 0)
        is_name = sign[0] in "?$"
        latest = sign[1:] if is_name else latest
        if depth == 0 and (is_name or sign == ")"):
            names.append(latest)
    return tuple(names) or None


def names_its_graphs(sparql: str) -> bool:
    """Say whether a query names the graphs to ask, with FROM or FROM NAMED.

    Example:
        >>> names_its_graphs("ASK FROM <urn:x> { ?s ?p ?o }"), names_its_graphs("ASK { ?from ?p 'from' }")
        (True, False)
    """
    return _FROM.search(sparql) is not None and _FROM.search(_ASIDE.sub(" ", sparql)) is not None


def syntax_fault(message: str, sparql: str) -> str:
    r"""Say in one line where a query goes wrong and why, given what the engine says of it.

    Example:
        >>> syntax_fault("error at 2:4: expected one of Prefix not found, ['%'],\n['.']", "ASK {\n?s x:y ?o }")
        "line 2, column 4, near '?s x:y ?o }': Prefix not found"
    """
    found = _SYNTAX_FAULT.fullmatch(message)
    if found is None:
        return " ".join(message.split())
    row, column = int(found[1]), int(found[2])
    near = "".join(sparql.split("\n")[row - 1 : row])[max(0, column - 30) : column + 20].strip()
    items = found[3].split(", ")
    reasons = [item for item in items if item[:1].isalpha() and len(item.split()) > 2]
    tokens = [item for item in items if _TOKEN.fullmatch(item)]
    why = "; ".join(reasons) or f"expected {' or '.join(tokens) or 'something else'}"
    return f"line {row}, column {column}, near {near!r}: {why}"
