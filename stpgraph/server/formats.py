"""In which formats answers come, and how a client chooses one."""

from __future__ import annotations

from pyoxigraph import QueryResultsFormat, RdfFormat

from stpgraph.site.negotiation import choose

__all__ = ["GRAPHS", "TABLES", "TRUTHS", "media_of", "truth"]

#: Formats of a table, by media type, ours first.
TABLES = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "application/xml": QueryResultsFormat.XML,
    "text/xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}

#: Formats of a graph, by media type.
GRAPHS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "text/plain": RdfFormat.N_TRIPLES,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/xml": RdfFormat.RDF_XML,
}

#: Short names of formats, as a `format` parameter has them.
_NAMES = {
    "json": ("application/sparql-results+json", "application/ld+json"),
    "xml": ("application/sparql-results+xml", "application/rdf+xml"),
    "csv": ("text/csv", ""),
    "tsv": ("text/tab-separated-values", ""),
    "turtle": ("", "text/turtle"),
    "ttl": ("", "text/turtle"),
    "ntriples": ("", "application/n-triples"),
    "nt": ("", "application/n-triples"),
    "jsonld": ("", "application/ld+json"),
    "rdfxml": ("", "application/rdf+xml"),
}

#: Formats of yes or no.
TRUTHS = tuple(TABLES)


def media_of(accept: str, name: str, *, is_graph: bool) -> str | None:
    """Return the media type of an answer; None where the client takes none that there is.

    Args:
        accept: its Accept header.
        name: a short name, which goes before the header; "" for none.
        is_graph: whether the answer is a graph rather than a table or yes or no.

    Example:
        >>> media_of("text/html,*/*;q=0.1", "", is_graph=False), media_of("", "nt", is_graph=True)
        ('application/sparql-results+json', 'application/n-triples')
    """
    if name:
        return _NAMES.get(name.lower(), ("", ""))[is_graph] or None
    return choose(accept, list(GRAPHS if is_graph else TABLES))


def truth(answer: bool, media: str) -> bytes:
    """Write yes or no in a format of tables.

    Example:
        >>> truth(True, "application/sparql-results+json")
        b'{"head":{},"boolean":true}'
    """
    said = str(answer).lower()
    if TABLES[media] is QueryResultsFormat.JSON:
        return f'{{"head":{{}},"boolean":{said}}}'.encode()
    if TABLES[media] is QueryResultsFormat.XML:
        return (
            '<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#"><head/>'
            f"<boolean>{said}</boolean></sparql>"
        ).encode()
    return said.encode()
