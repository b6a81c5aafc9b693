"""What a named graph holds, as three numbers that any SPARQL 1.1 engine works out alike.

Each triple becomes two numbers of eight digits, out of a hash of its subject, predicate and object. A graph's digest
is the count of its triples and the two sums, in which the order of the triples does not matter. Two graphs that
differ in one triple have the same digest once in 10^15 or so.

What it sees: IRIs; texts, with their language in any case; the datatypes of all but numbers; numbers by their value,
to six places after the point; a `dateTime` to its second and a `time` likewise, as written, without fractions and
zone. Engines keep these in ways of their own: 1.50 comes back as 1.5, an `xsd:int` as an `xsd:integer`, and "en-GB"
as "en-gb".

What it does not see: the type of a number; numbers that are none ("five" as an integer) or from 10^15 on, of which
it sees only that they are there; the zone of a `dateTime`. A value that an engine changes is found: Virtuoso 7 makes
seconds of a duration. Blank nodes have no digest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pyoxigraph import Literal, NamedNode

from stpgraph.store import Term

__all__ = ["Digest", "batches", "digests_of"]

Ask = Callable[[str], Iterable[tuple[Term | None, ...]]]

#: Graphs and triples that one query is asked about: a larger graph is asked about alone.
_GRAPHS_AT_ONCE, _TRIPLES_AT_ONCE = 50, 100_000

_XSD = "http://www.w3.org/2001/XMLSchema#"

#: The types of numbers; engines turn some into others.
_NUMBERS = ", ".join(
    f"<{_XSD}{name}>"
    for name in (
        *("integer", "decimal", "double", "float", "long", "int", "short", "byte"),
        *("nonNegativeInteger", "positiveInteger", "nonPositiveInteger", "negativeInteger"),
        *("unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte"),
    )
)


#: A number: its sign, its whole part and millionths. Engines cut or round when they make an integer: 0.25 is for both.
_NUMBER = f"""COALESCE(IF(isNumeric(?o) && ?o > -1000000000000000 && ?o < 1000000000000000, CONCAT(
      IF(?o < 0, "-", ""), STR(<{_XSD}integer>(FLOOR(ABS(?o)) + 0.25)), " ",
      STR(<{_XSD}integer>(ROUND((ABS(?o) - FLOOR(ABS(?o))) * 1000000) + 0.25))), ""), "")"""

#: The first REPLACE is for Virtuoso, which hashes other bytes than UTF-8 unless a text was made anew by it. Of the
#: hash, the decimal digits make the numbers.
_QUERY = f"""SELECT ?g (COUNT(*) AS ?n)
  (SUM(<{_XSD}integer>(SUBSTR(?digits, 1, 8))) AS ?first) (SUM(<{_XSD}integer>(SUBSTR(?digits, 9, 8))) AS ?second) {{
  %s GRAPH ?g {{ ?s ?p ?o }}
  BIND(IF(isLiteral(?o), DATATYPE(?o), "") AS ?type)
  BIND(?type IN ({_NUMBERS}) AS ?isNumber)
  BIND(IF(?isNumber, {_NUMBER},
    IF(?type = <{_XSD}dateTime>, SUBSTR(STR(?o), 1, 19),
    IF(?type = <{_XSD}time>, SUBSTR(STR(?o), 1, 8), STR(?o)))) AS ?text)
  BIND(IF(isIRI(?o), "iri", IF(LANG(?o) != "", LCASE(LANG(?o)), IF(?isNumber, "number", STR(?type)))) AS ?kind)
  BIND(REPLACE(CONCAT(STR(?s), " ", STR(?p), " ", ?kind, " ", ?text), "@@@", "") AS ?line)
  BIND(REPLACE(SHA256(?line), "[a-f]", "") AS ?digits)
}} GROUP BY ?g"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What a graph holds.

    Attributes:
        count: how many triples.
        sums: two sums over them; None where a blank node, or a triple as a term, has none.
    """

    count: int = 0
    sums: tuple[int, int] | None = (0, 0)


def digests_of(ask: Ask, graphs: Sequence[NamedNode] = ()) -> dict[NamedNode, Digest]:
    """Return the digests of graphs, of those among them that hold anything.

    Args:
        ask: answers a SELECT.
        graphs: those to ask about, in one query; all where none is named.

    Example:
        >>> from pyoxigraph import RdfFormat
        >>> from stpgraph.store import open_store
        >>> store = open_store()
        >>> store.load(b'<urn:s> <urn:p> 1.50 .', format=RdfFormat.TURTLE, graph=NamedNode("urn:g"))
        >>> digests_of(store.select)[NamedNode("urn:g")].count
        1
    """
    values = f"VALUES ?g {{ {' '.join(map(str, graphs))} }}" if graphs else ""
    found = {}
    for graph, count, first, second in ask(_QUERY % values):
        if isinstance(graph, NamedNode) and (number := _whole(count)):
            sums = _whole(first), _whole(second)
            found[graph] = Digest(count=number, sums=None if sums[0] is None or sums[1] is None else (sums[0], sums[1]))
    return found


def _whole(term: Term | None) -> int | None:
    """Return a sum as a whole number; some engines write it as a decimal or double."""
    return int(Decimal(term.value)) if isinstance(term, Literal) else None


def batches(graphs: Iterable[NamedNode], expected: Mapping[NamedNode, Digest]) -> list[tuple[NamedNode, ...]]:
    """Split graphs into such as can be asked about at once, by how many triples are expected in each.

    Example:
        >>> big, small = NamedNode("urn:big"), NamedNode("urn:small")
        >>> [len(batch) for batch in batches([small, big, small], {big: Digest(count=10**6), small: Digest(count=1)})]
        [1, 1, 1]
    """
    made: list[list[NamedNode]] = []
    room = 0
    for graph in graphs:
        size = expected[graph].count
        if not made or size > room or len(made[-1]) == _GRAPHS_AT_ONCE:
            made.append([])
            room = _TRIPLES_AT_ONCE
        made[-1].append(graph)
        room -= size
    return [tuple(batch) for batch in made]
