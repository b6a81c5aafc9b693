"""Citations: where a claim or figure stands, in one line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from pyoxigraph import NamedNode, RdfFormat

from stpgraph.building import load_shipped
from stpgraph.citations import cite, in_words
from stpgraph.store import Store, open_store
from stpgraph.vocabulary import BASE, PREFIXES, mint

PROLOGUE = f"@base <{BASE}> .\n" + "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())

#: Claims and figures of invented outlets, each with something missing or more of something.
INVENTED = """
<organisation/gazette> skos:prefLabel "Anyshire Gazette"@en . <organisation/post> skos:prefLabel "Anyshire Post"@en .
<document/trust> dcterms:title "Few trust the plan"@en ; dcterms:issued "2018-03-05"^^xsd:date ;
    dcterms:publisher <organisation/gazette> .
<document/leaflet> dcterms:title "Our plan"@en .
<report/survey> dcterms:title "Anyshire survey"@en ; dcterms:issued "2018-01"^^xsd:gYearMonth ;
    dcterms:publisher <organisation/post>, <organisation/gazette> .

<claim/trust/120-207> stp:reportedIn <document/trust> ; stp:evidence <evidence/1000-1010>, <evidence/120-207> .
<evidence/120-207> oa:hasSelector <selector/120-207> . <selector/120-207> oa:start 120 ; oa:end 207 .
<evidence/1000-1010> oa:hasSelector <selector/1000-1010>, <quotation/1000-1010> .
<selector/1000-1010> oa:start 1000 ; oa:end 1010 . <quotation/1000-1010> oa:exact "ten letter" .
<claim/leaflet/0-9> stp:reportedIn <document/leaflet> .
<claim/told/1000-1010> stp:reportedIn <document/trust> ; stp:evidence <evidence/1000-1010> ;
    stp:attribution <attribution/indirect> .
<claim/said/1000-1010> stp:reportedIn <document/trust> ; stp:evidence <evidence/1000-1010> ;
    stp:attribution <attribution/direct> .
<statistic/survey/joint> stp:reportedIn <report/survey> ;
    dcterms:source <https://post.example/survey>, <https://gazette.example/survey> .
<claim/lost/0-9> stp:reportedIn <document/lost> .
"""


@pytest.fixture(scope="module")
def invented() -> Iterator[Store]:
    """Yield the invented claims."""
    with open_store() as store:
        store.load((PROLOGUE + INVENTED).encode(), format=RdfFormat.TURTLE, graph=mint("graph", "invented"))
        yield store


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (
            "claim/trust/120-207",
            "“Few trust the plan”, Anyshire Gazette, 5 March 2018, characters 120–207 and 1000–1010: “ten letter”",
        ),
        (
            "claim/told/1000-1010",
            "“Few trust the plan”, Anyshire Gazette, 5 March 2018, characters 1000–1010, "
            "reported in the document's own words: “ten letter”",
        ),
        (
            "claim/said/1000-1010",
            "“Few trust the plan”, Anyshire Gazette, 5 March 2018, characters 1000–1010: “ten letter”",
        ),
        ("claim/leaflet/0-9", "“Our plan”"),
        (
            "statistic/survey/joint",
            "“Anyshire survey”, Anyshire Gazette, Anyshire Post, January 2018, https://gazette.example/survey",
        ),
    ],
    ids=["claim", "reported words", "quoted words", "leaflet", "figure"],
)
def test_a_citation_says_where_it_stands(invented: Store, node: str, expected: str) -> None:
    """Title, outlets, date as precise as known, places in the text in order with the words known, or else the page."""
    assert cite(invented, [NamedNode(BASE + node)]) == {NamedNode(BASE + node): expected}


def test_citations_come_in_the_order_asked_for(invented: Store) -> None:
    """Each node is cited once, in the order given; what is unknown, or in a place without title, is left out."""
    asked = ["statistic/survey/joint", "claim/lost/0-9", "claim/leaflet/0-9", "person/nobody", "statistic/survey/joint"]
    found = cite(invented, (NamedNode(BASE + node) for node in asked))
    assert [node.value.removeprefix(BASE) for node in found] == ["statistic/survey/joint", "claim/leaflet/0-9"]
    assert cite(invented, []) == {}


def test_citations_of_the_graph_that_ships() -> None:
    """A claim of the second article, and a figure of a report that the graph has no text of."""
    article = "2017-09-21-localgov-stps-under-pressure-and-under-funded"
    claim = mint("claim", article, "35-75")
    with open_store() as store:
        load_shipped(store)
        [figure] = [
            node
            for (node,) in store.select(
                "SELECT ?s { ?s stp:reportedIn <report/mj-independent-age> ; stp:asSaid '84%' }"
            )
            if isinstance(node, NamedNode)
        ]
        assert cite(store, [claim, figure]) == {
            claim: "“STPs ‘under pressure’ and ‘under funded’, survey reveals”, LocalGov, 21 September 2017, "
            "characters 35–75",
            figure: "“survey of council figures on social care”, Independent Age, The MJ, 26 January 2017, "
            "https://localgov.co.uk/Local-authorities-not-confident-Government-can-solve-social-care-crisis/42426",
        }


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2018, 3, 5), "5 March 2018"),
        ("2017-09-21", "21 September 2017"),
        ("2016-12", "December 2016"),
        ("2013", "2013"),
        ("2018-03-05Z", "2018-03-05Z"),
        ("2018-13", "2018-13"),
        ("spring 2018", "spring 2018"),
    ],
)
def test_dates_in_words(day: str | date, expected: str) -> None:
    """A date is written as precisely as it is known; what is no date of the calendar stays as it was written."""
    assert in_words(day) == expected
