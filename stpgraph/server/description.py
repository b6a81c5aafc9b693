"""What the endpoint is: the SPARQL 1.1 Service Description, and VoID for the data behind it."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from stpgraph import __version__
from stpgraph.store import Solutions, Store
from stpgraph.vocabulary import BASE, DCTERMS, RDF, STP, VOID, Namespace

__all__ = ["describe"]

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
FORMATS = Namespace("http://www.w3.org/ns/formats/")
FOAF_PAGE = NamedNode("http://xmlns.com/foaf/0.1/homepage")

_RESULTS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
_GRAPHS = ("Turtle", "N-Triples", "JSON-LD", "RDF_XML")

_COUNTS = "SELECT ?graph (COUNT(*) AS ?count) { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph ORDER BY ?graph"
_CLASSES = "SELECT ?class (COUNT(DISTINCT ?s) AS ?count) { ?s a ?class } GROUP BY ?class ORDER BY ?class"


def describe(store: Store, root: str, *, may_update: bool, has_federation: bool) -> Iterator[Triple]:
    """Yield the description of the endpoint and its data.

    Args:
        store: what is behind it.
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
    yield from _counts(store, dataset, default)


def _counts(store: Store, dataset: NamedNode, default: NamedNode) -> Iterator[Triple]:
    """Yield how many triples there are, by graph, and how many things, by class."""
    total = 0
    for at, (graph, count) in enumerate(_rows(store.select(_COUNTS))):
        total += int(count.value)
        named, held = BlankNode(f"named{at}"), BlankNode(f"graph{at}")
        yield Triple(dataset, SD.namedGraph, named)
        yield Triple(named, SD.name, graph)
        yield Triple(named, SD.graph, held)
        yield Triple(held, RDF.type, SD.Graph)
        yield Triple(held, VOID.triples, count)
    for subject in (dataset, default):
        yield Triple(subject, VOID.triples, Literal(total))
    for at, (of_class, count) in enumerate(_rows(store.select(_CLASSES))):
        part = BlankNode(f"class{at}")
        yield Triple(dataset, VOID.classPartition, part)
        yield Triple(part, VOID["class"], of_class)
        yield Triple(part, VOID.entities, count)


def _rows(answer: Solutions) -> Iterator[tuple[NamedNode, Literal]]:
    for node, count in answer:
        if isinstance(node, NamedNode) and isinstance(count, Literal):
            yield node, Literal(int(count.value))
