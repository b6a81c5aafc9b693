"""The graph against its shapes (SHACL), and against the rules that compare two nodes (SPARQL)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, serialize
from rdflib import RDF, SH, Graph, URIRef

from stpgraph.checks.findings import Finding, Severity
from stpgraph.resources import folder
from stpgraph.store import Store
from stpgraph.vocabulary import local_name

__all__ = ["check_shapes"]

_SEVERITY = {SH.Violation: Severity.VIOLATION, SH.Warning: Severity.WARNING, SH.Info: Severity.QUESTION}


@dataclass(frozen=True, slots=True)
class _Rule:
    """A query that finds what no shape can see: rows of node, place, message."""

    name: str
    mend: str
    query: str


#: What compares two nodes, or two graphs.
_RULES = (
    _Rule(
        "evidence-within-text",
        "correct the offsets, or the document's textLength",
        """SELECT ?node ?place (CONCAT("ends at ", STR(?end), " of a text of ", STR(?length)) AS ?message) {
             ?node oa:hasSource ?document ; oa:hasSelector/oa:end ?end . ?document stp:textLength ?length .
             OPTIONAL { ?document dcterms:title ?place }
             FILTER(?end > ?length) }""",
    ),
    _Rule(
        "post-in-its-time",
        "name the post that was held that day, or correct the dates of the post",
        """SELECT ?node ?place (CONCAT("spoken on ", STR(?said), " in a post held ",
                 COALESCE(STR(?from), "?"), " to ", COALESCE(STR(?to), "?")) AS ?message) {
             ?node stp:speakingAs ?post ; stp:statedOn ?said . OPTIONAL { ?node stp:reportedIn/dcterms:title ?place }
             OPTIONAL { ?post schema:startDate ?from } OPTIONAL { ?post schema:endDate ?to }
             FILTER((BOUND(?from) && STR(?from) > SUBSTR(STR(?said), 1, STRLEN(STR(?from))))
                 || (BOUND(?to) && SUBSTR(STR(?said), 1, STRLEN(STR(?to))) > STR(?to))) }""",
    ),
    _Rule(
        "triple-in-one-graph",
        "keep the triple in one of the graphs; a union counts it twice",
        """SELECT ?node (CONCAT(STR(?one), " and ", STR(?other)) AS ?place)
                  (CONCAT(STR(?p), " ", STR(?o)) AS ?message) {
             GRAPH ?one { ?node ?p ?o } GRAPH ?other { ?node ?p ?o } FILTER(STR(?one) < STR(?other))
             FILTER NOT EXISTS { ?node a prov:SoftwareAgent } }""",  # each graph of proposals describes what made it
    ),
)


def check_shapes(store: Store, shapes: Path | None = None) -> list[Finding]:
    """Hold a graph against its shapes and rules.

    Args:
        store: the graph, with the ontology and the schemes in it, as `building` makes it.
        shapes: a Turtle file of SHACL shapes; those that ship where none is given.

    Returns:
        Findings by rule, then node; empty when the graph conforms.

    Example:
        >>> from stpgraph.store import open_store
        >>> check_shapes(open_store())
        []
    """
    return sorted([*_by_shape(store, shapes or folder("ontology") / "shapes.ttl"), *_by_rule(store)])


def _by_shape(store: Store, shapes: Path) -> Iterable[Finding]:
    from pyshacl import validate

    _, report, _ = validate(_copy(store), shacl_graph=Graph().parse(shapes, format="turtle"), inference="none")
    for result in report.subjects(RDF.type, SH.ValidationResult):
        node = report.value(result, SH.focusNode)
        value = report.value(result, SH.value)
        shape = report.value(result, SH.sourceShape)
        messages = sorted(str(message) for message in report.objects(result, SH.resultMessage))
        severity = report.value(result, SH.resultSeverity)
        yield Finding(
            rule=local_name(NamedNode(str(shape))) if isinstance(shape, URIRef) else "shape",
            node=str(node),
            place=_graph_of(store, node),
            message=f"has {value}" if value is not None else "is incomplete",
            mend=" ".join(messages),
            severity=_SEVERITY.get(severity, Severity.VIOLATION),
        )


def _copy(store: Store) -> Graph:
    """Copy the union of a store's graphs into rdflib, whose nodes pySHACL walks one at a time."""
    triples = serialize({quad.triple for quad in store.quads()}, format=RdfFormat.N_TRIPLES)
    return Graph().parse(data=triples, format="nt")


def _graph_of(store: Store, node: object) -> str:
    if not isinstance(node, URIRef):
        return ""
    names = [row[0] for row in store.select(f"SELECT DISTINCT ?g {{ GRAPH ?g {{ {node.n3()} ?p ?o }} }} ORDER BY ?g")]
    return ", ".join(local_name(name) for name in names if isinstance(name, NamedNode))


def _by_rule(store: Store) -> Iterable[Finding]:
    for rule in _RULES:
        for row in store.select(rule.query):
            told = [local_name(term) if isinstance(term, NamedNode) else getattr(term, "value", "") for term in row]
            node = row[0]
            yield Finding(
                rule=rule.name,
                node=node.value if isinstance(node, NamedNode) else str(node),
                place=told[1],
                message=told[2],
                mend=rule.mend,
            )
