"""The graph that ships: whole, well-formed, and true to the texts it was read from."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple
from rdflib import Graph

from stpgraph.building import load_shipped, shipped_sources
from stpgraph.checks import check_anchors, check_shapes
from stpgraph.documents import find_texts
from stpgraph.rdf import from_triples, to_triples
from stpgraph.resources import folder
from stpgraph.store import Store, open_store
from stpgraph.turtle import is_normal
from stpgraph.vocabulary import BASE, DCTERMS, OA, ORG, RDF, RDFS, SKOS, STP, mint
from tests.test_ontology import _contradictions as contradictions

ROOT = Path(__file__).resolve().parent.parent

#: Where the texts of the two articles are, for those who have them.
TEXTS = Path(os.environ.get("STPGRAPH_TEXTS", ROOT.parent / "shared" / "seeds"))

PSE = "2016-11-21-pse-council-capabilities-must-be-put-to-use"
LOCALGOV = "2017-09-21-localgov-stps-under-pressure-and-under-funded"

#: The claims that a reading of the articles must find at least, by hand: where they stand, and whose word they are.
CLAIMS = [
    (PSE, 9, 68, "organisation/cipfa"),
    (PSE, 81, 215, "organisation/cipfa"),
    (PSE, 426, 586, "organisation/cipfa"),
    (PSE, 630, 744, "person/rob-whiteman"),
    (PSE, 746, 936, "person/rob-whiteman"),
    (PSE, 938, 1143, "person/rob-whiteman"),
    (PSE, 1181, 1362, "organisation/cipfa"),
    (PSE, 1504, 1622, "collective/cipfa-roundtable-2016-participants"),
    (PSE, 1669, 1850, "organisation/cipfa"),
    (PSE, 1867, 2048, "organisation/cipfa"),
    (PSE, 2088, 2233, "organisation/cipfa"),
    (PSE, 2499, 2579, "organisation/pse"),
    (PSE, 2615, 2733, "collective/ccn-asc-2016-respondents"),
    (LOCALGOV, 35, 75, "organisation/cipfa organisation/impower"),
    (LOCALGOV, 151, 286, "organisation/cipfa organisation/impower"),
    (LOCALGOV, 345, 443, "collective/cipfa-impower-2017-respondents"),
    (LOCALGOV, 469, 594, "collective/cipfa-impower-2017-respondents"),
    (LOCALGOV, 850, 997, "person/rob-whiteman"),
    (LOCALGOV, 1000, 1235, "person/rob-whiteman"),
    (LOCALGOV, 1263, 1351, "organisation/cipfa organisation/impower"),
    (LOCALGOV, 1392, 1441, "collective/cipfa-impower-2017-respondents"),
    (LOCALGOV, 1452, 1586, "collective/cipfa-impower-2017-respondents"),
    (LOCALGOV, 1646, 1781, "organisation/cipfa organisation/impower"),
    (LOCALGOV, 1785, 1933, "person/rob-whiteman"),
    (LOCALGOV, 1956, 2068, "person/rob-whiteman"),
    (LOCALGOV, 2124, 2354, "person/martin-cresswell"),
    (LOCALGOV, 2357, 2566, "person/martin-cresswell"),
]

#: The figures of the articles as worded: value, unit, numerator, denominator, comparator. "One in six (15%)" is two.
FIGURES = {
    (PSE, "nine"): ("9", "NUM", None, None, "exactly"),
    (PSE, "£5.3bn"): ("5300000000", "CCY_GBP", None, None, "exactly"),
    (PSE, "one"): ("1", "NUM", None, None, "exactly"),
    (PSE, "less than a third"): ("33.3333", "PERCENT", "1", "3", "fewer-than"),
    (PSE, "over three-quarters"): ("75", "PERCENT", "3", "4", "more-than"),
    (LOCALGOV, "55 of the 56"): ("55", "NUM", "55", "56", "exactly"),
    (LOCALGOV, "a quarter"): ("25", "PERCENT", "1", "4", "exactly"),
    (LOCALGOV, "54%"): ("54", "PERCENT", None, None, "exactly"),
    (LOCALGOV, "21%"): ("21", "PERCENT", None, None, "exactly"),
    (LOCALGOV, "44"): ("44", "NUM", None, None, "exactly"),
    (LOCALGOV, "Around 95%"): ("95", "PERCENT", None, None, "about"),
    (LOCALGOV, "one in six"): ("16.6667", "PERCENT", "1", "6", "exactly"),
    (LOCALGOV, "15%"): ("15", "PERCENT", None, None, "exactly"),
    (LOCALGOV, "£2bn"): ("2000000000", "CCY_GBP", None, None, "exactly"),
}


@pytest.fixture(scope="module")
def shipped() -> Iterator[Store]:
    """Open the graph that ships."""
    with open_store() as store:
        load_shipped(store)
        yield store


@pytest.fixture(scope="module")
def quads(shipped: Store) -> list[Quad]:
    """Return all quads of the graph that ships."""
    return list(shipped.quads())


def graph_files() -> list[Path]:
    """Return the Turtle files of the graph."""
    return sorted(folder("graph").rglob("*.ttl"))


@pytest.mark.parametrize("path", graph_files(), ids=lambda path: path.stem)
def test_files_are_in_normal_form(path: Path) -> None:
    """Every file of graph/ stands as the writer would write it, so that a diff shows meaning only."""
    assert is_normal(path.read_bytes()), f"{path.name} is not in normal form; run `stpgraph format {path}`"


def test_graph_conforms_to_shapes_and_rules(shipped: Store) -> None:
    """No shape and no rule finds anything in the graph that ships."""
    assert check_shapes(shipped) == []


def test_anchors_hold_against_the_texts(shipped: Store) -> None:
    """Every anchor's hash is that of the words in the text at its offsets."""
    if not TEXTS.is_dir():
        if os.environ.get("CI"):
            pytest.fail(f"the source texts are needed in CI and are not at {TEXTS}")
        pytest.skip(f"no source texts at {TEXTS}; name their folder in STPGRAPH_TEXTS")
    checked = check_anchors(shipped, find_texts(TEXTS))
    assert checked.findings == []
    assert len(checked.texts) == 2
    assert checked.span_count == sum(
        1 for quad in shipped.quads() if quad.predicate == RDF.type and quad.object == STP.Evidence
    )


def test_no_blank_nodes(quads: list[Quad]) -> None:
    """Every node of the published graph, ontology and schemes included, has an IRI."""
    assert [quad for quad in quads if BlankNode in {type(quad.subject), type(quad.object)}] == []


def test_no_triple_stands_in_two_graphs(quads: list[Quad]) -> None:
    """A union of the graphs counts every fact once."""
    times = Counter(quad.triple for quad in quads)
    assert [triple for triple, count in times.items() if count > 1] == []


def test_no_dangling_iri(quads: list[Quad]) -> None:
    """What the graph names under its base, it also describes."""
    described = {quad.subject for quad in quads}
    named = {quad.object for quad in quads if isinstance(quad.object, NamedNode) and quad.object.value.startswith(BASE)}
    assert sorted(node.value for node in named if node not in described) == []


def test_every_thing_has_a_label(quads: list[Quad]) -> None:
    """People can read the name of everything: a label, a title, a summary, or the number as said.

    A post is named by its person, role and body; evidence and its selector by their document and offsets.
    """
    naming = {SKOS.prefLabel, DCTERMS.title, RDFS.label, STP.summary, STP.asSaid}
    named = {quad.subject for quad in quads if quad.predicate in naming}
    exempt = {ORG.Membership, STP.Evidence, OA.TextPositionSelector}
    classes = {quad.subject: quad.object for quad in quads if quad.predicate == RDF.type}
    unnamed = {quad.subject for quad in quads} - named - {node for node, kind in classes.items() if kind in exempt}
    assert sorted(str(node) for node in unnamed) == []


def test_records_hold_the_whole_graph(shipped: Store) -> None:
    """Reading the reference and the documents as records and writing them again loses no triple and adds none."""
    graphs = {source.graph for source in shipped_sources()} - {
        mint("graph", "ontology"),
        mint("graph", "relationships"),
    }
    triples = {quad.triple for quad in shipped.quads() if quad.graph_name in graphs}
    found, rest = from_triples(triples)
    assert rest == []
    assert {triple for record in found for triple in to_triples(record)} == {in_normal_spelling(t) for t in triples}


def in_normal_spelling(triple: Triple) -> Triple:
    """The store spells decimals without a trailing zero, the files with one."""
    term = triple.object
    if isinstance(term, Literal) and term.datatype.value.endswith("#decimal") and "." not in term.value:
        return Triple(triple.subject, triple.predicate, Literal(f"{term.value}.0", datatype=term.datatype))
    return triple


@pytest.mark.parametrize(("document", "start", "end", "claimants"), CLAIMS)
def test_claims_of_the_articles(shipped: Store, document: str, start: int, end: int, claimants: str) -> None:
    """Every claim of the two articles is in the graph, with its claimant, at its place.

    A passage may hold several claims, which together cover it but for a few characters between them.
    """
    covered = [False] * (end - start)
    found: set[str] = set()
    for claim_start, claim_end, who in shipped.select(
        f"""SELECT ?start ?end ?who {{
          ?claim stp:reportedIn <document/{document}> ; stp:claimant ?who ; stp:evidence|stp:alsoAt ?evidence .
          ?evidence oa:hasSelector [ oa:start ?start ; oa:end ?end ] FILTER(?start >= {start} && ?end <= {end}) }}"""
    ):
        assert isinstance(claim_start, Literal)
        assert isinstance(claim_end, Literal)
        assert isinstance(who, NamedNode)
        covered[int(claim_start.value) - start : int(claim_end.value) - start] = [True] * (
            int(claim_end.value) - int(claim_start.value)
        )
        found.add(who.value.removeprefix(BASE))
    assert covered.count(False) <= len(" and "), f"{covered.count(False)} characters of the passage belong to no claim"
    assert found == set(claimants.split())


def test_figures_of_the_articles(shipped: Store) -> None:
    """Every figure of the two articles is in the graph as worded, with its value, unit and ratio."""
    rows = shipped.select(
        """SELECT ?document ?said ?value ?unit ?numerator ?denominator ?comparator {
          ?figure stp:asSaid ?said ; stp:reportedIn ?document ; stp:value ?value ; qudt:hasUnit ?unit ;
                  stp:comparator ?comparator . ?document a stp:Document .
          OPTIONAL { ?figure stp:numerator ?numerator } OPTIONAL { ?figure stp:denominator ?denominator } }"""
    )
    found = {}
    for row in rows:
        told = [None if term is None else getattr(term, "value", "") for term in row]
        document, said, value, unit, numerator, denominator, comparator = (text or None for text in told)
        assert document is not None
        assert unit is not None
        assert comparator is not None
        key = (document.removeprefix(f"{BASE}document/"), said)
        found[key] = (value, unit.rpartition("/")[2], numerator, denominator, comparator.rpartition("/")[2])
    assert found == FIGURES


def test_closure_finds_no_contradiction() -> None:
    """The OWL 2 RL closure of the ontology, the schemes and the whole graph holds no contradiction."""
    graph = Graph()
    for source in shipped_sources():
        graph.parse(source.path, format="turtle")
    assert contradictions(graph) == []


def test_attribution_chain_stays_apart(shipped: Store) -> None:
    """Outlet, document, study, those who ran it and those who answered are different nodes, each where it belongs."""
    [row] = shipped.select(
        f"""SELECT ?outlet ?study ?ran ?answered {{
          <claim/{LOCALGOV}/345-443> stp:reportedIn ?document ; stp:comesFrom ?study ; stp:claimant ?answered .
          ?document dcterms:publisher ?outlet . ?study stp:sample ?answered ; prov:wasAssociatedWith ?ran .
          FILTER(?ran = <organisation/impower>) }}"""
    )
    assert [term.value.removeprefix(BASE) for term in row if isinstance(term, NamedNode)] == [
        "organisation/localgov",
        "study/cipfa-impower-2017",
        "organisation/impower",
        "collective/cipfa-impower-2017-respondents",
    ]
