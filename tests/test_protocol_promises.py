"""In which form an answer comes, by a short name or by what a client takes."""

from __future__ import annotations

import pytest

from stpgraph.server.formats import GRAPHS, TABLES, media_of, truth


@pytest.mark.parametrize(
    ("accept", "name", "table", "graph"),
    [
        ("", "", "application/sparql-results+json", "text/turtle"),
        ("", "json", "application/sparql-results+json", "application/ld+json"),
        ("", "XML", "application/sparql-results+xml", "application/rdf+xml"),
        ("", "csv", "text/csv", None),
        ("", "tsv", "text/tab-separated-values", None),
        ("", "ttl", None, "text/turtle"),
        ("", "turtle", None, "text/turtle"),
        ("", "nt", None, "application/n-triples"),
        ("", "ntriples", None, "application/n-triples"),
        ("", "jsonld", None, "application/ld+json"),
        ("", "rdfxml", None, "application/rdf+xml"),
        ("text/csv", "exe", None, None),
        ("text/csv", "json", "application/sparql-results+json", "application/ld+json"),
        ("application/json", "", "application/json", "application/json"),
        ("application/xml", "", "application/xml", "application/xml"),
        ("text/csv;q=0.1, text/plain", "", "text/csv", "text/plain"),
        ("image/png", "", None, None),
    ],
)
def test_an_answer_comes_as_it_is_wanted(accept: str, name: str, table: str | None, graph: str | None) -> None:
    """A short name goes before the header; a form that there is none of is not put in another's place."""
    assert media_of(accept, name, is_graph=False) == table
    assert media_of(accept, name, is_graph=True) == graph
    assert table is None or table in TABLES
    assert graph is None or graph in GRAPHS


_XML = (
    b'<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#"><head/><boolean>%s</boolean></sparql>'
)


@pytest.mark.parametrize(
    ("media", "yes", "no"),
    [
        ("application/json", b'{"head":{},"boolean":true}', b'{"head":{},"boolean":false}'),
        ("application/sparql-results+xml", _XML % b"true", _XML % b"false"),
        ("text/xml", _XML % b"true", _XML % b"false"),
        ("text/csv", b"true", b"false"),
        ("text/tab-separated-values", b"true", b"false"),
    ],
)
def test_yes_and_no_have_every_form_of_a_table(media: str, yes: bytes, no: bytes) -> None:
    """JSON and XML are those of the standard; CSV and TSV, which have none, say true or false."""
    assert (truth(answer=True, media=media), truth(answer=False, media=media)) == (yes, no)
