"""What the endpoint is: the SPARQL 1.1 Service Description, and VoID for the data behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from stpgraph import __version__
from stpgraph.store import Solutions, Store
from stpgraph.vocabulary import BASE, DCTERMS, RDF, STP, VOID, Namespace

__all__ = ["Census", "census_of", "describe"]

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
FORMATS = Namespace("http://www.w3.org/ns/formats/")
FOAF_PAGE = NamedNode("http://xmlns.com/foaf/0.1/homepage")

_RESULTS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
_GRAPHS = ("Turtle", "N-Triples", "JSON-LD", "RDF_XML")

_TOTAL = "SELECT (COUNT(*) AS ?count) { ?s ?p ?o }"
_BY_GRAPH = "SELECT ?graph (COUNT(*) AS ?count) { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph ORDER BY ?graph"
_BY_CLASS = "SELECT ?class (COUNT(DISTINCT ?s) AS ?count) { ?s a ?class } GROUP BY ?class ORDER BY ?class"


@dataclass(frozen=True, slots=True, kw_only=True)
class Census:
    """How much a store holds.

    Attributes:
        triples: of all graphs as one.
        graphs: triples of each named graph.
        classes: things of each class.
    """

    triples: int
    graphs: tuple[tuple[NamedNode, int], ...]
    classes: tuple[tuple[NamedNode, int], ...]


def census_of(store: Store) -> Census:
    """Count what a store holds."""
    [(total,)] = store.select(_TOTAL)
    assert isinstance(total, Literal), "a count is one"
    return Census(
        triples=int(total.value),
        graphs=tuple(_counts(store.select(_BY_GRAPH))),
        classes=tuple(_counts(store.select(_BY_CLASS))),
    )


def _counts(answer: Solutions) -> Iterator[tuple[NamedNode, int]]:
    for node, count in answer:
        if isinstance(node, NamedNode) and isinstance(count, Literal):
            yield node, int(count.value)


def describe(census: Census, root: str, *, may_update: bool, has_federation: bool) -> Iterator[Triple]:
    """Yield the description of the endpoint and its data.

    Args:
        census: what is behind it.
        root: the address of the site, without a slash at its end.
        may_update: whether updates are taken.
        has_federation: whether queries may call other services.
    """
    service, dataset, default = (NamedNode(f"{root}/sparql{part}") for part in ("", "#data", "#default"))
    yield Triple(service, RDF.type, SD.Service)
    yield Triple(service, SD.endpoint, service)
    yield Triple(service, DCTERMS.title, Literal(f"stpgraph {__version__}", language="en"))
    for language in ("SPARQL11Query", *(["SPARQL11Update"] if may_update else [])):
        yield Triple(service, SD.supportedLanguage, SD[language])
    for feature in ("UnionDefaultGraph", *(["BasicFederatedQuery"] if has_federation else [])):
        yield Triple(service, SD.feature, SD[feature])
    for name in (*_RESULTS, *_GRAPHS):
        yield Triple(service, SD.resultFormat, FORMATS[name])
    yield Triple(service, SD.defaultDataset, dataset)
    yield Triple(dataset, RDF.type, SD.Dataset)
    yield Triple(dataset, RDF.type, VOID.Dataset)
    yield Triple(dataset, VOID.sparqlEndpoint, service)
    yield Triple(dataset, VOID.uriSpace, Literal(BASE))
    yield Triple(dataset, VOID.vocabulary, NamedNode(STP.iri))
    yield Triple(dataset, FOAF_PAGE, NamedNode(f"{root}/"))
    yield Triple(dataset, SD.defaultGraph, default)
    yield Triple(default, RDF.type, SD.Graph)
    for subject in (dataset, default):
        yield Triple(subject, VOID.triples, Literal(census.triples))
    yield from _parts(census, dataset)


def _parts(census: Census, dataset: NamedNode) -> Iterator[Triple]:
    """Yield how many triples there are, by graph, and how many things, by class."""
    for at, (graph, count) in enumerate(census.graphs):
        named, held = BlankNode(f"named{at}"), BlankNode(f"graph{at}")
        yield Triple(dataset, SD.namedGraph, named)
        yield Triple(named, RDF.type, SD.NamedGraph)
        yield Triple(named, SD.name, graph)
        yield Triple(named, SD.graph, held)
        yield Triple(held, RDF.type, SD.Graph)
        yield Triple(held, VOID.triples, Literal(count))
    for at, (of_class, count) in enumerate(census.classes):
        part = BlankNode(f"class{at}")
        yield Triple(dataset, VOID.classPartition, part)
        yield Triple(part, VOID["class"], of_class)
        yield Triple(part, VOID.entities, Literal(count))
