"""Normal-form Turtle: the same graph, the same bytes; and files that are whole or as they were."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
import rdflib
from hypothesis import example, given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Literal, NamedNode, Quad, Triple
from rdflib.term import BNode, URIRef

from stpgraph.errors import BadRdf, OutputError
from stpgraph.turtle import is_normal, read_turtle, to_turtle, write_file, write_turtle
from stpgraph.vocabulary import BASE, RDF, SKOS, STP, XSD, mint
from tests.strategies import ODD_IRIS, ODD_LITERALS, odd_triples, plain_triples

A, B = NamedNode("http://example.org/a"), NamedNode("http://example.org/b")

GOLDEN = r"""@base <https://w3id.org/stpgraph/id/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix stp: <https://w3id.org/stpgraph/ontology#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<http://example.org/a>
    <http://example.org/b> rdf:type,
        <person/jo-doe> .

<https://w3id.org/stpgraph/id/claim/../x>
    a stp:Claim .

<claim/gazette/9-68>
    a stp:Claim ;
    skos:note "She said: \"No\\Yes\".\nTwice."@en ;
    stp:about <relationship/money>,
        <relationship/trust> ;
    stp:confidence 0.9 ;
    stp:statedOn "2018-03-05"^^xsd:date .

<claim/gazette/81-215>
    a stp:Claim ;
    stp:value +5,
        007,
        "1e3"^^xsd:decimal,
        "Anyshire",
        false .
"""

NINE, EIGHTY = mint("claim", "gazette", "9-68"), mint("claim", "gazette", "81-215")
GOLDEN_TRIPLES = [
    Triple(EIGHTY, STP.value, Literal("007", datatype=XSD.integer)),
    Triple(EIGHTY, STP.value, Literal("+5", datatype=XSD.integer)),
    Triple(EIGHTY, STP.value, Literal("false", datatype=XSD.boolean)),
    Triple(EIGHTY, STP.value, Literal("1e3", datatype=XSD.decimal)),
    Triple(EIGHTY, STP.value, Literal("Anyshire")),
    Triple(EIGHTY, RDF.type, STP.Claim),
    Triple(NINE, STP.statedOn, Literal("2018-03-05", datatype=XSD.date)),
    Triple(NINE, STP.confidence, Literal("0.9", datatype=XSD.decimal)),
    Triple(NINE, STP.about, mint("relationship", "trust")),
    Triple(NINE, STP.about, mint("relationship", "money")),
    Triple(NINE, SKOS.note, Literal('She said: "No\\Yes".\nTwice.', language="en")),
    Triple(NINE, RDF.type, STP.Claim),
    Triple(NamedNode(f"{BASE}claim/../x"), RDF.type, STP.Claim),
    Triple(A, B, RDF.type),
    Triple(A, B, mint("person", "jo-doe")),
]


def same(triples: Iterable[Triple]) -> set[Quad]:
    """What two graphs have in common exactly when they are isomorphic."""
    graph = Dataset(Quad(*triple) for triple in triples)
    graph.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return set(graph)


def relabelled(triples: Iterable[Triple]) -> list[Triple]:
    """The same graph with other names for its blank nodes."""

    def other(term: object) -> object:
        if isinstance(term, BlankNode):
            return BlankNode(f"other{9 - int(term.value.removeprefix('b'))}")
        return Triple(*map(other, term)) if isinstance(term, Triple) else term  # type: ignore[arg-type]

    return [Triple(*map(other, triple)) for triple in triples]  # type: ignore[arg-type]


@given(st.lists(odd_triples, max_size=10))
def test_reading_gives_back_what_was_written(triples: list[Triple]) -> None:
    """Whatever the terms, the file holds the same graph, blank nodes aside by name."""
    assert same(read_turtle(to_turtle(triples))) == same(triples)


@given(st.lists(plain_triples, max_size=12))
def test_without_blank_nodes_every_term_is_the_same(triples: list[Triple]) -> None:
    """No IRI is resolved to another and no literal respelt."""
    assert set(read_turtle(to_turtle(triples))) == set(triples)


def test_every_odd_term_is_the_same() -> None:
    """Each odd IRI in each place, and each odd spelling of each type, is read as what was written."""
    triples = {Triple(iri, other, iri) for iri, other in zip(ODD_IRIS, reversed(ODD_IRIS), strict=True)}
    triples |= {Triple(A, B, literal) for literal in ODD_LITERALS}
    assert set(read_turtle(to_turtle(triples))) == triples
    assert set(rdflib.Graph().parse(data=to_turtle(triples), format="turtle")) == {
        tuple(map(in_rdflib, triple)) for triple in triples
    }


@given(st.lists(odd_triples, max_size=10), st.randoms(use_true_random=False))
def test_order_and_repetition_leave_no_trace(triples: list[Triple], chance: random.Random) -> None:
    """The same graph in any order, with repetitions and other names for blank nodes, is the same bytes."""
    others = relabelled(triples + triples[:3])
    chance.shuffle(others)
    assert to_turtle(others) == to_turtle(triples)


@given(st.lists(odd_triples, max_size=10))
def test_what_is_written_is_normal(triples: list[Triple]) -> None:
    """Writing what was read of a written file changes nothing."""
    assert is_normal(to_turtle(triples))


@given(st.lists(plain_triples, max_size=8))
@example(GOLDEN_TRIPLES)
def test_rdflib_reads_the_same(triples: list[Triple]) -> None:
    """Another reader of Turtle finds the same graph in the file."""
    graph = rdflib.Graph().parse(data=to_turtle(triples), format="turtle")
    assert set(graph) == {tuple(map(in_rdflib, triple)) for triple in triples}


def in_rdflib(term: object) -> rdflib.term.Node:
    """A term as rdflib has it, which respells numbers."""
    if isinstance(term, NamedNode):
        return URIRef(term.value)
    if isinstance(term, Literal):
        datatype = None if term.language or term.datatype == XSD.string else URIRef(term.datatype.value)
        return rdflib.Literal(term.value, lang=term.language, datatype=datatype)
    return BNode(str(term))


def test_a_small_graph_in_full() -> None:
    """Base, prefixes in use, subjects in natural order, type first, one object a line."""
    assert to_turtle(GOLDEN_TRIPLES).decode() == GOLDEN
    assert set(read_turtle(GOLDEN.encode())) == set(GOLDEN_TRIPLES)


def test_an_empty_graph_is_its_base() -> None:
    """Nothing to say is one line."""
    assert to_turtle([]) == b"@base <https://w3id.org/stpgraph/id/> .\n"


def test_blank_nodes_are_named_by_what_they_are() -> None:
    """Blank nodes get canonical names, so that two that differ cannot swap theirs."""
    heads, tails = Literal("heads"), Literal("tails")
    one = [Triple(BlankNode("x"), B, heads), Triple(BlankNode("y"), B, tails)]
    two = [Triple(BlankNode("y"), B, heads), Triple(BlankNode("x"), B, tails)]
    assert to_turtle(one) == to_turtle(two)
    assert len(read_turtle(to_turtle(one))) == 2


def test_two_blank_nodes_that_look_alike_stay_two() -> None:
    """Triples that differ by their blank node only are not run together."""
    twins = [Triple(A, B, BlankNode("x")), Triple(A, B, BlankNode("y"))]
    assert len(read_turtle(to_turtle(twins))) == 2


def test_text_that_looks_like_a_blank_node_is_text() -> None:
    """A literal with ` _:b0` in it is written as it is."""
    triples = [Triple(A, B, Literal("so _:b0 said"))]
    assert b'"so _:b0 said"' in to_turtle(triples)


def test_names_sort_by_number_however_long() -> None:
    """Runs of digits sort by value, and one too long to be a number does no harm."""
    names = ["9", "09", "10", "9" * 5000, "x"]
    written = to_turtle(Triple(NamedNode(f"http://example.org/{name}"), B, A) for name in reversed(names))
    assert [str(triple.subject) for triple in read_turtle(written)] == [
        f"<http://example.org/{name}>" for name in ("09", "9", "10", "9" * 5000, "x")
    ]


def test_names_of_one_number_have_an_order_too() -> None:
    """Names that differ by leading zeros only stand in one order, however they come."""
    triples = [Triple(NamedNode(f"http://example.org/{name}"), B, A) for name in ("9", "09", "009")]
    assert to_turtle(triples) == to_turtle(reversed(triples))


@pytest.mark.parametrize(
    ("turtle", "place"),
    [
        (b"<a> <b> <c>", "1:12"),
        (b"<a> <b> <c> .\n<d> nope <e> .\n", "2:5"),
        (b'<a> <b> "no end .\n', "1:9"),
        (b"<a> <b> <c d> .", "1:9"),
        (b'<a> <b>\n  "\xff" .', "2:4"),
        (b"@prefix x: <http://x/> .\n<a> y:b <c> .", "2:5"),
    ],
)
def test_wrong_turtle_is_told_with_its_place(turtle: bytes, place: str) -> None:
    """A file that does not parse is refused with its name, line and column, in one line."""
    with pytest.raises(BadRdf) as caught:
        read_turtle(turtle, where="notes.ttl")
    assert str(caught.value).startswith(f"notes.ttl:{place}: this is not Turtle: ")
    assert "\n" not in str(caught.value)


def test_a_file_is_called_by_its_path(tmp_path: Path) -> None:
    """A fault in a file is told with the file's path."""
    path = tmp_path / "wrong.ttl"
    path.write_bytes(b"<a> <b> .")
    with pytest.raises(BadRdf) as caught:
        read_turtle(path)
    assert str(caught.value).startswith(f"{path}:1:9: ")


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    """A file that is not there is one of our errors, with its path."""
    with pytest.raises(BadRdf, match=r"none\.ttl: cannot read the Turtle: No such file"):
        read_turtle(tmp_path / "none.ttl")


def test_a_written_file_is_read_back(tmp_path: Path) -> None:
    """Writing makes the folders it needs, replaces what was there, and leaves nothing else."""
    path = tmp_path / "new" / "graph.ttl"
    write_turtle([Triple(A, B, Literal("old"))], path)
    write_turtle(GOLDEN_TRIPLES, path)
    assert path.read_text(encoding="utf-8") == GOLDEN
    assert [found.name for found in path.parent.iterdir()] == ["graph.ttl"]


def test_a_read_only_folder_is_left_as_it_was(read_only_folder: Path) -> None:
    """Where nothing can be written, the error says where and why, and what was there stays."""
    path = read_only_folder / "kept.txt"
    with pytest.raises(OutputError) as caught:
        write_turtle(GOLDEN_TRIPLES, path)
    assert str(caught.value).startswith(f"{path}: cannot write: Permission denied; nothing is half-written; ")
    assert path.read_text(encoding="utf-8") == "as it was"


FULL_DISK = """
import resource, sys
from pathlib import Path
from stpgraph.errors import OutputError
from stpgraph.turtle import write_file
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    write_file(Path(sys.argv[1]), b"x" * 100_000)
except OutputError as error:
    print(error)
"""


def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    """When room runs out half way (here: at 4 KiB a file), the old file stays and nothing lies beside it."""
    path = tmp_path / "graph.ttl"
    path.write_bytes(b"as it was")
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(path)], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.startswith(f"{path}: cannot write: File too large; nothing is half-written; ")
    assert path.read_bytes() == b"as it was"
    assert [found.name for found in tmp_path.iterdir()] == ["graph.ttl"]


def test_a_fault_while_writing_leaves_the_old_file(tmp_path: Path) -> None:
    """When what is to be written fails half way, the old file stays and nothing lies beside it."""

    def halves() -> Iterator[bytes]:
        yield b"half"
        raise BadRdf("and no more")

    path = tmp_path / "graph.ttl"
    path.write_bytes(b"as it was")
    with pytest.raises(BadRdf, match="and no more"):
        write_file(path, halves())
    assert path.read_bytes() == b"as it was"
    assert [found.name for found in tmp_path.iterdir()] == ["graph.ttl"]


@pytest.mark.parametrize("name", ["", "folder", "file/below"])
def test_a_place_that_is_no_file_is_told(tmp_path: Path, name: str) -> None:
    """A folder, or a path below a file, cannot be written to, and nothing is left of the attempt."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_bytes(b"as it was")
    path = tmp_path / name if name else Path()
    with pytest.raises(OutputError):
        write_file(path, b"x")
    assert sorted(found.name for found in tmp_path.iterdir()) == ["file", "folder"]


def test_comments_and_other_forms_are_not_normal() -> None:
    """The same graph written by hand is told from its normal form."""
    assert is_normal(GOLDEN.encode())
    assert not is_normal(GOLDEN.replace("@base", "# a note\n@base").encode())
    assert not is_normal(GOLDEN.replace("+5", '"+5"^^xsd:integer').encode())
    assert not is_normal(GOLDEN.encode().replace(b"\n", b"\r\n"))
