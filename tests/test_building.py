"""Files to store: which graph a file becomes, and that nothing is lost when a build fails."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat

from stpgraph import building
from stpgraph.building import Source, build, find_sources, load_shipped, load_sources, shipped_sources
from stpgraph.documents import find_texts, text_hash
from stpgraph.errors import BadRdf, SourceTextError, StoreError, UsageError
from stpgraph.exports import graph_to_nquads
from stpgraph.resources import folder
from stpgraph.store import Store, open_store
from stpgraph.turtle import to_turtle
from stpgraph.vocabulary import BASE, OA, RDF, mint

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = folder("ontology") / "examples"
GAZETTE = "2018-03-05-gazette-trust"

#: Where the texts of the two articles are, for those who have them.
TEXTS = Path(os.environ.get("STPGRAPH_TEXTS", ROOT.parent / "shared" / "seeds"))

OLD = b"<person/ida-past> <http://www.w3.org/2004/02/skos/core#prefLabel> 'Ida Past'@en ."
ASK_OLD = "ASK { <person/ida-past> skos:prefLabel 'Ida Past'@en }"


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A graph that ships as one document alone, the worked example of the Anyshire Gazette; returns its folder."""
    place = tmp_path / "shipped" / "documents"
    place.mkdir(parents=True)
    shutil.copy(EXAMPLES / "valid" / "base.ttl", place / f"{GAZETTE}.ttl")
    monkeypatch.setattr(building, "shipped_sources", lambda: find_sources(place.parent))
    return place.parent


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A store that was built before, and that a build is to replace."""
    place = tmp_path / "store"
    with open_store(place, is_writable=True) as store:
        store.load(OLD, format=RdfFormat.TURTLE, graph=mint("graph", "old"))
    return place


def is_as_it_was(place: Path) -> bool:
    """Whether the old store is there, whole and answering, with nothing half-built beside it."""
    with open_store(place) as store:
        return (
            len(store) == 1
            and store.query(ASK_OLD) is True
            and not [path for path in place.parent.iterdir() if path.name.startswith(f".{place.name}")]
        )


def write(path: Path, text: str) -> Path:
    """Write a file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def names(sources: list[Source]) -> list[str]:
    """Return the graphs of files, below `<graph/>`."""
    return [source.graph.value.removeprefix(f"{BASE}graph/") for source in sources]


# Which graph a file becomes


def test_graphs_are_named_after_files(tmp_path: Path) -> None:
    """A file's graph bears its path without ending; the folder documents is left out, and spelling made an IRI's."""
    for name in (
        *(
            "documents/2018-03-05-gazette-trust.ttl",
            "reference/people.ttl",
            "Notes on É.nt",
            "more/deep/er.trig",
            "x.nq",
        ),
        *("readme.md", "people.csv", "documents/text.txt"),
    ):
        write(tmp_path / name, "")
    found = find_sources(tmp_path)
    assert names(found) == ["notes-on-e", "2018-03-05-gazette-trust", "more/deep/er", "reference/people", "x"]
    assert found[0].path == tmp_path / "Notes on É.nt"


def test_a_folder_of_documents_alone(tmp_path: Path) -> None:
    """The folder documents given itself names its graphs as it does below another folder."""
    write(tmp_path / "documents" / "2018-03-05-gazette-trust.ttl", "")
    assert names(find_sources(tmp_path / "documents")) == names(find_sources(tmp_path)) == [GAZETTE]


def test_the_graph_that_ships_comes_in_order() -> None:
    """The ontology and its lists stand first, shapes and examples are no part of it, no two files share a graph."""
    found = names(shipped_sources())
    assert found[:2] == ["ontology", "relationships"]
    assert {
        "2016-11-21-pse-council-capabilities-must-be-put-to-use",
        "2017-09-21-localgov-stps-under-pressure-and-under-funded",
        "reference/concepts",
        "reference/people",
        "reference/people-proposed",
    } <= set(found)
    assert len(set(found)) == len(found)
    assert not [name for name in found if "shape" in name or "example" in name]


def test_every_graph_that_ships_describes_itself() -> None:
    """Each file under graph/ tells of its own graph, by the very name that it becomes."""
    with open_store() as store:
        load_shipped(store)
        told = {row[0] for row in store.select("SELECT ?g { GRAPH ?g { ?g a void:Dataset } }")}
        files = find_sources(folder("graph"))
        assert told == {source.graph for source in files}
        assert set(store.graph_names()) == told | {mint("graph", "ontology"), mint("graph", "relationships")}


@pytest.mark.parametrize("place", ["nowhere", "empty", "file.ttl"])
def test_no_folder_of_graph_files(tmp_path: Path, place: str) -> None:
    """A folder that is missing, holds no RDF or is a file is told with its path and what was expected."""
    (tmp_path / "empty").mkdir()
    write(tmp_path / "file.ttl", "")
    with pytest.raises(
        UsageError, match=r"no such folder of graph files|expected some of \.ttl, \.nt, \.nq, \.trig"
    ) as told:
        find_sources(tmp_path / place)
    assert told.value.where == str(tmp_path / place)


def test_a_name_without_latin_letters(tmp_path: Path) -> None:
    """A file whose name gives no IRI is told so."""
    write(tmp_path / "名.ttl", "")
    with pytest.raises(UsageError, match="give it a name in Latin letters"):
        find_sources(tmp_path)


# Building


def test_a_build_holds_what_ships_and_what_is_given(small: Path, tmp_path: Path) -> None:
    """Each file of the shipped and of the given folders stands in its graph, and the report counts what was built."""
    write(tmp_path / "mine" / "notes.ttl", OLD.decode())
    built = build(tmp_path / "new" / "store", [tmp_path / "mine"])
    with open_store(built.location) as store:
        assert store.graph_names() == (mint("graph", GAZETTE), mint("graph", "notes"))
        assert store.query(ASK_OLD) is True
        assert built.quad_count == len(store)
    assert names(list(built.sources)) == [GAZETTE, "notes"]
    assert built.anchors is None


def test_two_files_of_one_graph(small: Path, old: Path, tmp_path: Path) -> None:
    """Files that would become one graph, of one folder or two, are told by both names, and nothing is built."""
    write(tmp_path / "mine" / "A b.ttl", "")
    write(tmp_path / "mine" / "a-b.nt", "")
    with pytest.raises(UsageError, match=r"A b\.ttl would both become the graph .*graph/a-b>; rename one") as told:
        build(old, [tmp_path / "mine"])
    assert told.value.where == str(tmp_path / "mine" / "a-b.nt")
    write(tmp_path / "yours" / f"{GAZETTE}.ttl", "")
    with pytest.raises(UsageError, match=GAZETTE):
        build(old, [tmp_path / "yours"])
    assert is_as_it_was(old)


def test_a_file_that_does_not_parse(small: Path, old: Path, tmp_path: Path) -> None:
    """A fault in the last of the files is told by file, line and column; the old store is whole and answers."""
    wrong = write(tmp_path / "mine" / "wrong.ttl", "<a> <b> <c> .\n<a> <b> .\n")
    with pytest.raises(BadRdf, match="not Turtle") as told:
        build(old, [tmp_path / "mine"])
    assert told.value.where is not None
    assert told.value.where.startswith(f"{wrong}:2:")
    assert is_as_it_was(old)


def test_a_folder_that_is_no_store(small: Path, tmp_path: Path) -> None:
    """A folder that holds something else is not replaced."""
    kept = write(tmp_path / "photos" / "cat.jpg", "meow")
    with pytest.raises(StoreError, match="not a store"):
        build(tmp_path / "photos")
    assert kept.read_text(encoding="utf-8") == "meow"


def test_a_build_takes_the_place_of_the_old_one(small: Path, old: Path) -> None:
    """What the old store held and the files do not is gone after a build."""
    build(old)
    with open_store(old) as store:
        assert store.query(ASK_OLD) is False
        assert store.graph_names() == (mint("graph", GAZETTE),)


def test_building_twice_gives_the_same(tmp_path: Path) -> None:
    """Two builds of the graph that ships dump as the same bytes, and as what is loaded into memory."""
    dumps = []
    for name in ("one", "two"):
        with open_store(build(tmp_path / name).location) as store:
            dumps.append(graph_to_nquads(store))
    with open_store() as memory:
        load_shipped(memory)
        dumps.append(graph_to_nquads(memory))
    assert dumps[0] == dumps[1] == dumps[2]


# Building with texts


def words_of(store: Store) -> dict[NamedNode, tuple[str, str, str]]:
    """Return the words of each anchor with those before and after."""
    found = store.select(
        """SELECT ?e ?exact ?before ?after {
          ?e oa:hasSelector [ oa:exact ?exact ; oa:prefix ?before ; oa:suffix ?after ] }"""
    )
    words = {}
    for evidence, *told in found:
        assert isinstance(evidence, NamedNode)
        exact, before, after = (term.value if isinstance(term, Literal) else "" for term in told)
        words[evidence] = (exact, before, after)
    return words


def test_words_are_added_from_the_texts(small: Path, tmp_path: Path) -> None:
    """With the text, each anchor gets its exact words and up to 32 characters to either side, in a graph of its own."""
    built = build(tmp_path / "store", texts=EXAMPLES / "texts")
    assert built.anchors is not None
    assert built.anchors.span_count == 5
    with open_store(built.location) as store:
        words = words_of(store)
        assert set(store.graph_names()) == {mint("graph", GAZETTE), mint("graph", GAZETTE, "words")}
        assert {quad.predicate for quad in store.quads(mint("graph", GAZETTE, "words"))} == {
            OA.hasSelector,
            RDF.type,
            OA.exact,
            OA.prefix,
            OA.suffix,
        }
        assert len(store) == built.quad_count
    [text] = [text.text for text in find_texts(EXAMPLES / "texts") if GAZETTE in text.path.name]
    place = f"evidence/{GAZETTE}"
    assert words[NamedNode(f"{BASE}{place}/131-143")][0] == "37 of the 40"
    assert words == {
        NamedNode(f"{BASE}{place}/{start}-{end}"): (text[start:end], text[start - 32 : start], text[end : end + 32])
        for start, end in [(120, 207), (131, 143), (300, 371), (305, 317), (319, 322)]
    }


def test_words_at_the_edges_of_a_text(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Near the start and the end of a text there is less around the words; any IRI of evidence will do."""
    words = "At last trust among the partners of all of Anyshire is low."
    text = next(find_texts(write(tmp_path / "texts" / "short.txt", words).parent))
    mine = "https://anyshire.example/evidence"
    spans = {(8, 13): ("At last ", " among the partners of all of An"), (55, 59): (words[23:55], "")}
    turtle = f"""@base <{BASE}> . @prefix oa: <{OA.iri}> . @prefix stp: <https://w3id.org/stpgraph/ontology#> .
        <document/short> a stp:Document ; stp:textHash "{text.hash}" ; stp:textLength {len(words)} ."""
    for start, end in spans:
        turtle += f"""<{mine}/{start}> oa:hasSource <document/short> ; oa:hasSelector <{mine}/{start}/at> ;
            stp:textHash "{text_hash(words[start:end])}" . <{mine}/{start}/at> oa:start {start} ; oa:end {end} ."""
    write(tmp_path / "mine" / "short.ttl", turtle)
    monkeypatch.setattr(building, "shipped_sources", list)
    build(tmp_path / "store", [tmp_path / "mine"], texts=tmp_path / "texts")
    with open_store(tmp_path / "store") as store:
        assert words_of(store) == {
            NamedNode(f"{mine}/{start}"): (words[start:end], *around) for (start, end), around in spans.items()
        }
        assert store.query(f"ASK {{ <{mine}/8> a oa:TextQuoteSelector }}") is False


def test_words_change_no_file_and_no_other_graph(small: Path, tmp_path: Path) -> None:
    """The graph of a document is the same Turtle with and without its text, and its file stays as it is."""
    file = small / "documents" / f"{GAZETTE}.ttl"
    before = file.read_bytes()
    written = []
    for name, texts in (("plain", None), ("quoting", EXAMPLES / "texts")):
        with open_store(build(tmp_path / name, texts=texts).location) as store:
            written.append(to_turtle(quad.triple for quad in store.quads(mint("graph", GAZETTE))))
    assert written[0] == written[1]
    assert file.read_bytes() == before


def test_a_text_that_is_missing(small: Path, old: Path, tmp_path: Path) -> None:
    """Without a document's text the build is refused: which document, what to do; the old store is as it was."""
    write(tmp_path / "texts" / "other.txt", "Something else.\n")
    with pytest.raises(SourceTextError, match="no text here has its SHA-256; put the text that was read") as told:
        build(old, texts=tmp_path / "texts")
    assert told.value.where == f"document/{GAZETTE}"
    assert is_as_it_was(old)


def test_texts_of_ones_own_documents_are_enough(tmp_path: Path) -> None:
    """Who adds documents of their own needs the texts of these, not of those that ship; a missing one is refused."""
    own = tmp_path / "own" / "documents"
    own.mkdir(parents=True)
    shutil.copy(EXAMPLES / "valid" / "base.ttl", own / f"{GAZETTE}.ttl")
    built = build(tmp_path / "store", [own.parent], texts=EXAMPLES / "texts")
    assert built.anchors is not None
    assert [document.value.rpartition("/")[2] for document in built.anchors.texts] == [GAZETTE]
    write(tmp_path / "texts" / "other.txt", "Something else.\n")
    with pytest.raises(SourceTextError, match="no text here has its SHA-256"):
        build(tmp_path / "store", [own.parent], texts=tmp_path / "texts")


def test_a_text_that_was_changed(small: Path, old: Path, tmp_path: Path) -> None:
    """A changed copy of a text is refused, with its path and how many anchors no longer match."""
    [path] = (EXAMPLES / "texts").glob(f"{GAZETTE}*")
    copy = write(tmp_path / "texts" / "copy.txt", path.read_text(encoding="utf-8").replace("two in three", "2 in 3"))
    with pytest.raises(SourceTextError, match=r"not the text that was read \(and 3 more\)") as told:
        build(old, texts=copy.parent)
    assert told.value.where == str(copy)
    assert is_as_it_was(old)


def test_a_folder_of_texts_that_is_not_there(small: Path, old: Path, tmp_path: Path) -> None:
    """A wrong path to the texts is told, and nothing is built."""
    with pytest.raises(SourceTextError, match="no such folder of source texts"):
        build(old, texts=tmp_path / "texts")
    assert is_as_it_was(old)


def test_the_two_articles_are_quoted_exactly(tmp_path: Path) -> None:
    """With the articles at hand, each of their anchors has the words of its slice, and no other graph has changed."""
    if not TEXTS.is_dir():
        if os.environ.get("CI"):
            pytest.fail(f"the source texts are needed in CI and are not at {TEXTS}")
        pytest.skip(f"no source texts at {TEXTS}; name their folder in STPGRAPH_TEXTS")
    built = build(tmp_path / "store", texts=TEXTS)
    assert built.anchors is not None
    with open_store(built.location) as store, open_store() as plain:
        load_sources(plain, shipped_sources())
        words = words_of(store)
        for document, text in built.anchors.texts.items():
            for span in built.anchors.spans[document]:
                assert words.pop(span.evidence)[0] == text.text[span.start : span.end]
        assert words == {}
        for source in shipped_sources():
            assert set(store.quads(source.graph)) == set(plain.quads(source.graph))
        added = set(store.graph_names()) - set(plain.graph_names())
        assert sorted(name.value[-6:] for name in added) == ["/words", "/words"]
