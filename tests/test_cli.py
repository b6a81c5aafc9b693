"""The command line: each command does what its help says, and commands chain."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from stpgraph.cli.files import output_folder, write_output
from stpgraph.cli.streams import without_controls
from stpgraph.documents import text_hash
from stpgraph.errors import OutputError
from stpgraph.networks import VIEWS
from stpgraph.questions import find_questions
from stpgraph.resources import folder
from stpgraph.store import Store, open_store
from stpgraph.vocabulary import DCTERMS, RDF, SKOS, STP, mint
from tests.commands import COMMANDS, PATIENCE, as_seen, examples_of, on_terminal, run, shell
from tests.servers import JSON, answer, oxigraph_server
from tests.site_server import ask, site_server

TABLES = Path(__file__).resolve().parent / "data" / "reference"

#: A person who is nobody, in a graph of her own.
MINE = b'<person/jo-doe> a <https://w3id.org/stpgraph/ontology#Person> ; <urn:x:name> "Jo Doe" .\n'


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder, in which no store is set up."""
    monkeypatch.chdir(tmp_path)
    for name in ("STPGRAPH_STORE", "COLUMNS", "FORCE_COLOR", "NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store of the graph that ships, for reading."""
    place = tmp_path_factory.mktemp("built") / "store"
    assert run("build", "--store", place).status == 0
    return place


@pytest.fixture
def small(here: Path) -> Path:
    """Return a small store of two graphs."""
    people, bodies = mint("graph", "people"), mint("graph", "bodies")
    with open_store(here / "small", is_writable=True) as store:
        store.add(
            [
                Quad(mint("person", "jo-doe"), RDF.type, STP.Person, people),
                Quad(mint("person", "jo-doe"), SKOS.prefLabel, Literal("Jo “Joey” Doe – £5", language="en"), people),
                Quad(mint("organisation", "anyshire"), RDF.type, STP.Organisation, bodies),
                Quad(mint("organisation", "anyshire"), SKOS.prefLabel, Literal("=Anyshire", language="en"), bodies),
            ]
        )
    return here / "small"


def quads(place: Path) -> set[Quad]:
    """The quads of a store."""
    with open_store(place) as store:
        return set(store.quads())


def rows_of(data: bytes) -> list[list[str]]:
    """The rows of a CSV file, all of one length."""
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert len({len(row) for row in rows}) == 1
    return rows


# First steps


def test_alone_it_shows_its_help() -> None:
    """Without a command it says what there is to do, in the order in which one meets it."""
    ran = run()
    assert ran.status == 0
    told = ran.out.partition("Commands:\n")[2].splitlines()
    assert tuple(line.split()[0] for line in told) == COMMANDS
    assert not any(line.endswith("...") for line in told)


def test_version() -> None:
    """It says its name and version."""
    ran = run("--version")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.split()[0] == "stpgraph"


@pytest.mark.parametrize(("typed", "meant"), [("ak", "ask"), ("biuld", "build"), ("exprot", "export")])
def test_a_mistyped_command_suggests(typed: str, meant: str) -> None:
    """A command that is none is answered with the one that is nearest."""
    ran = run(typed)
    assert ran.status == 2
    assert ran.err.startswith(f"error: no command is called '{typed}'; did you mean {meant}")


def test_what_is_slow_to_import_is_left_until_used() -> None:
    """Asking imports no library that only other commands need."""
    script = (
        "import sys\nfrom stpgraph.cli import main\ntry:\n    main(['ask', 'money'])\nexcept SystemExit:\n    pass\n"
        "print(*({'rdflib.graph', 'pyshacl', 'pyvis', 'IPython', 'openpyxl', 'networkx'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, timeout=PATIENCE)
    assert done.stdout.decode().splitlines()[-1] == ""


def test_a_command_begins_with_little() -> None:
    """Until a command runs nothing large is imported, so that Ctrl-C is heard at once and told in one line."""
    script = (
        "import sys\nimport stpgraph, stpgraph.cli\n"
        "print(*({'pyoxigraph', 'yaml', 'numpy', 'jinja2', 'rich'} & set(sys.modules)))\n"
        "print(stpgraph.open.__name__, 'open' in dir(stpgraph), hasattr(stpgraph, 'close'))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, timeout=PATIENCE)
    assert done.stdout.decode().splitlines() == ["", "open True False"]


# Examples


@pytest.fixture
def belongings(here: Path) -> None:
    """Put what the examples speak of into the folder."""
    (here / "my-graph").mkdir()
    (here / "my-graph" / "mine.ttl").write_bytes(MINE)
    (here / "mine.ttl").write_bytes(MINE)
    (here / "articles").mkdir()
    page = "<html><body><p>Jo Doe said that the plan had failed, and that nobody had asked the ward.</p></body></html>"
    for place in ("article.html", "articles/other.html"):
        (here / place).write_text(page, encoding="utf-8")
    (here / "texts").mkdir()
    (here / "texts" / "gazette-2018.txt").write_text("Trust is low.\n", encoding="utf-8")
    shutil.copytree(TABLES, here / "tables")


@pytest.mark.usefixtures("belongings")
@pytest.mark.parametrize("command", [one for one in COMMANDS if one not in {"serve", "publish"}])
def test_examples_run(command: str) -> None:
    """The examples in the help of a command, two or more, run as they stand."""
    examples = examples_of(command)
    assert len(examples) >= 2
    for example in examples:
        ran = shell(example)
        assert ran.status in ({0, 1} if command == "check" else {0}), (example, ran.err)
        assert "error" not in ran.err


@pytest.mark.server
def test_examples_that_serve_run(built: Path, here: Path, tmp_path: Path) -> None:
    """The examples of serving run, at a port that is free, and upon an endpoint that is there."""
    shutil.copytree(built, here / "my-store")
    examples = examples_of("serve")
    assert len(examples) >= 2
    with oxigraph_server(tmp_path / "there", is_union=True) as endpoint:
        for example in examples:
            elsewhere = ["--store", f"{endpoint}/query"] if "http" in example else []
            with site_server(*shlex.split(example)[2:], "--port", "0", *elsewhere) as url:
                assert ask(url, "/").status == 200


@pytest.mark.server
def test_examples_that_publish_run(built: Path, here: Path, tmp_path: Path) -> None:
    """The examples of publishing run, towards a server that is there."""
    shutil.copytree(built, here / "my-store")
    examples = examples_of("publish")
    assert len(examples) >= 2
    with oxigraph_server(tmp_path / "there", is_union=True) as url:
        for example in examples:
            ran = run(*shlex.split(example)[1:], "--store", f"{url}/query")
            assert ran.status == 0, (example, ran.err)


@pytest.mark.parametrize("question", sorted(find_questions()))
def test_examples_of_questions_run(question: str, built: Path, here: Path) -> None:
    """Both examples in the help of a question run, and find something to show or say that nothing matches."""
    examples = examples_of("ask", question)
    assert len(examples) == 2
    for example in examples:
        ran = run(*shlex.split(example)[1:], "--store", built)
        assert ran.status == 0, (example, ran.err)
    assert len(rows_of((here / f"{question}.csv").read_bytes())) >= 1


@pytest.mark.parametrize("command", COMMANDS)
def test_help_fits_a_terminal(command: str) -> None:
    """Help takes no more than 80 columns but for what is to be pasted."""
    told = run(command, "--help").out
    pasted = examples_of(command)
    assert [line for line in told.splitlines() if len(line) > 80 and line.strip() not in pasted] == []


# demo


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Run the demo; return where it wrote to, and what it printed."""
    place = tmp_path_factory.mktemp("demo") / "my demo"
    ran = shell(f"'{sys.executable}' -m stpgraph demo -o '{place}'")
    assert (ran.status, ran.err) == (0, "")
    return place, ran.out


def test_demo_prints_its_parts_in_order(demo: tuple[Path, str]) -> None:
    """The demo shows who said what, which figures are doubtful, what it wrote and what to try, in this order."""
    parts = ("about which relationship", "Figures that do not hold together", "one in six", "Written", "Try next")
    places = [demo[1].index(part) for part in parts]
    assert places == sorted(places)
    for told in ("Rob Whiteman", "joint working", "critical"):
        assert told in demo[1][: places[1]]


def test_demo_writes_what_others_can_read(demo: tuple[Path, str]) -> None:
    """All that the demo says it wrote is there, and is what it says."""
    place, told = demo
    assert sorted(path.name for path in place.iterdir()) == [
        *("pages", "store", "stp.ttl", "stp.xlsx", "tables"),
    ]
    for path in (*place.iterdir(), place / "pages" / "story.html"):
        assert str(path) in told
    triples = {quad.triple for quad in parse(path=str(place / "stp.ttl"))}
    assert triples == {quad.triple for quad in quads(place / "store")}
    tables = {path.stem: rows_of(path.read_bytes()) for path in (place / "tables").iterdir()}
    book = openpyxl.load_workbook(place / "stp.xlsx")
    assert {sheet.title: sheet.max_row for sheet in book} == {name: len(rows) for name, rows in tables.items()}
    assert {"who-said-what", "doubtful-statistics", "partnerships"} <= tables.keys()
    pages = {path.stem: path.read_text(encoding="utf-8") for path in (place / "pages").iterdir()}
    assert pages.keys() == {*VIEWS, "story"}
    assert all(page.lower().startswith("<!doctype html>") for page in pages.values())
    assert "35 claims by 9 claimants about 17 relationships" in pages["who-said-what"]


def test_what_the_demo_says_to_try_runs(demo: tuple[Path, str], here: Path) -> None:
    """The commands that the demo prints run as printed, whatever the folder and the program are called."""
    lines = [line.strip() for line in demo[1].partition("Try next\n")[2].partition("\n\n")[0].splitlines()]
    assert len(lines) == 4
    for line in lines:
        assert line.startswith(f"{sys.executable} -m stpgraph ")
        ran = shell(line)
        assert (ran.status, "error" in ran.err) == (0, False), (line, ran.err)
    assert [path.suffix for path in here.iterdir()] == [".html"]


# build, load, dump


def test_build_takes_folders_besides(here: Path, built: Path) -> None:
    """A build holds what ships and each file of the user's folders as a graph of its own."""
    (here / "more" / "council papers").mkdir(parents=True)
    (here / "more" / "council papers" / "mine.ttl").write_bytes(MINE)
    ran = run("build", "more", "--store", "out")
    assert (ran.status, ran.err) == (0, "")
    added = quads(here / "out") - quads(built)
    assert {quad.graph_name for quad in added} == {mint("graph", "council-papers", "mine")}
    assert f"{len(quads(here / 'out')):,} triples" in ran.out


def test_build_makes_the_default_store(here: Path) -> None:
    """Without `--store` a build makes the store that the other commands look for."""
    assert run("build").status == 0
    ran = run("query", "-e", "ASK { <organisation/cipfa> a stp:Organisation }")
    assert (ran.out, ran.err) == ("yes\n", "")
    assert [path.name for path in here.iterdir()] == [".stpgraph"]


def test_build_replaces_what_was_there(small: Path, built: Path) -> None:
    """A build takes the place of the store that was there."""
    assert run("build", "--store", small).status == 0
    assert quads(small) == quads(built)


def test_build_with_the_texts_adds_their_words(here: Path) -> None:
    """With the texts at hand, every anchor is verified and the exact words can be asked for."""
    texts = Path(os.environ.get("STPGRAPH_TEXTS", Path(__file__).resolve().parents[2] / "shared" / "seeds"))
    if not list(texts.glob("*.txt")):
        if os.environ.get("CI"):
            pytest.fail(f"the source texts are needed in CI and are not at {texts}")
        pytest.skip(f"no source texts at {texts}; name their folder in STPGRAPH_TEXTS")
    ran = run("build", "--sources", texts, "--store", "out")
    assert ran.status == 0
    assert ran.out.endswith("anchors hold in 2 texts, whose words are added\n")
    assert run("query", "-e", "ASK { ?quotation oa:exact ?words }", "--store", "out").out == "yes\n"
    checked = run("check", "anchors", "--sources", texts, "--store", "out")
    assert (checked.status, checked.out) == (0, "no findings\n")


@pytest.mark.parametrize(
    ("name", "graph"),
    [
        ("mine.ttl", "mine"),
        ("Jo's papers.ttl", "jos-papers"),
        ("mine.nt", "mine"),
        ("mine.nq", "mine"),
        ("mine.trig", "mine"),
        ("mine.rdf", "mine"),
        ("mine.jsonld", "mine"),
        ("mine.ttl.gz", "mine"),
    ],
)
def test_load_reads_every_format(name: str, graph: str, here: Path) -> None:
    """A file is read by its ending, packed or not; its triples go to a graph that bears its name."""
    form = {"nt": "nt", "nq": "nt", "rdf": "xml", "jsonld": "json-ld"}.get(name.removesuffix(".gz").split(".")[-1])
    data = rdflib.Graph().add((rdflib.URIRef("urn:a"), rdflib.URIRef("urn:b:c"), rdflib.Literal("d")))
    written = data.serialize(format=form or "turtle").encode()
    (here / name).write_bytes(gzip.compress(written) if name.endswith(".gz") else written)
    ran = run("load", name, "--store", "new")
    assert (ran.status, ran.out) == (0, "new: 1 triples added from 1 file\n")
    assert quads(here / "new") == {
        Quad(NamedNode("urn:a"), NamedNode("urn:b:c"), Literal("d"), mint("graph", *graph.split("/")))
    }


@pytest.mark.parametrize(
    ("graph", "iri"),
    [
        ("mine/people", "https://w3id.org/stpgraph/id/graph/mine/people"),
        ("https://anyshire.example/graph", "https://anyshire.example/graph"),
    ],
)
def test_load_into_a_graph_of_a_name(graph: str, iri: str, here: Path) -> None:
    """The graph may be named, below the project's base or in full."""
    (here / "mine.ttl").write_bytes(MINE)
    assert run("load", "mine.ttl", "--graph", graph, "--store", "new").status == 0
    assert {quad.graph_name for quad in quads(here / "new")} == {NamedNode(iri)}


def test_load_adds_to_what_is_there(small: Path, here: Path) -> None:
    """Loading adds, and says how many triples were new."""
    before = quads(small)
    (here / "mine.ttl").write_bytes(MINE)
    (here / "again.nq").write_bytes(run("dump", "--store", small).data)
    ran = run("load", "mine.ttl", "again.nq", "--store", small)
    assert ran.out == f"{small}: 2 triples added from 2 files\n"
    assert before < quads(small)


def test_dump_and_load_chain(small: Path, here: Path) -> None:
    """What is dumped from a store and loaded into another makes the same store."""
    ran = shell("stpgraph dump --store small | stpgraph load - --store copy")
    assert (ran.status, ran.out, ran.err) == (0, "copy: 4 triples added from 1 file\n", "")
    assert quads(here / "copy") == quads(small)


@pytest.mark.server
def test_load_and_dump_an_endpoint(small: Path, here: Path, plain_server: str) -> None:
    """An endpoint is filled and emptied as a folder is."""
    target = ("--store", f"{plain_server}/query", "--update-url", f"{plain_server}/update")
    (here / "small.nq").write_bytes(run("dump", "--store", small).data)
    assert run("load", "small.nq", *target).status == 0
    dumped = run("dump", *target[:2])
    assert set((here / "small.nq").read_bytes().splitlines()) <= set(dumped.data.splitlines())
    asked = run("ask", "people-and-roles", *target[:2], "--format", "csv")
    assert (asked.status, asked.err) == (0, "")


def test_dump_is_sorted(built: Path, here: Path) -> None:
    """A dump is N-Quads, one a line, sorted, to a file or to standard output."""
    ran = run("dump", "--store", built)
    lines = ran.data.splitlines()
    assert lines == sorted(lines)
    assert len(lines) == len(quads(built))
    told = run("dump", "--store", built, "-o", "graph.nq")
    assert (told.data, told.err) == (b"", "wrote graph.nq\n")
    assert (here / "graph.nq").read_bytes() == ran.data


# ask


def test_ask_alone_lists_the_questions() -> None:
    """Without a name the questions are listed, a line of what it answers beside each."""
    told = run("ask").out
    for name, question in find_questions().items():
        assert name in told
        assert question.summary.split(",")[0][:40] in told


def asked(built: Path, *arguments: str) -> bytes:
    """The answer of a question that ships."""
    ran = run("ask", "people-and-roles", "--person", "Rob Whiteman", *arguments, "--store", built)
    assert (ran.status, ran.err) == (0, "")
    return ran.data


def test_an_answer_in_every_format(built: Path) -> None:
    """The same rows come as CSV, JSON, XLSX, Markdown and HTML, and as a table."""
    rows = rows_of(asked(built, "--format", "csv"))[1:]
    assert rows
    told = json.loads(asked(built, "--format", "json"))
    assert told["question"] == "people-and-roles"
    assert len(told["rows"]) == len(rows)
    book = openpyxl.load_workbook(io.BytesIO(asked(built, "--format", "xlsx")))
    assert book.worksheets[0].max_row == len(rows) + 1
    markdown = asked(built, "--format", "md").decode().splitlines()
    assert sum(line.startswith("| ") for line in markdown) == len(rows) + 1
    page = asked(built, "--format", "html").decode()
    assert page.lower().startswith("<!doctype html>")
    table = asked(built, "--format", "table").decode()
    assert table == asked(built).decode()
    assert "Rob Whiteman" in table
    assert "://" not in table


@pytest.mark.parametrize("ending", ["csv", "json", "md", "html"])
def test_the_format_follows_from_the_file(ending: str, built: Path, here: Path) -> None:
    """A file is written in the format that its ending names, unless another is asked for."""
    run("ask", "studies", "--store", built, "-o", f"out.{ending}")
    assert (here / f"out.{ending}").read_bytes() == run("ask", "studies", "--store", built, "--format", ending).data
    run("ask", "studies", "--store", built, "--format", "json", "-o", f"out.{ending}")
    assert json.loads((here / f"out.{ending}").read_bytes())["question"] == "studies"


def test_a_table_goes_to_a_file_as_text(built: Path, here: Path) -> None:
    """A file whose ending names no format holds the table as a pipe would get it."""
    run("ask", "studies", "--store", built, "-o", "studies.txt")
    assert (here / "studies.txt").read_text(encoding="utf-8") == run("ask", "studies", "--store", built).out


def test_markdown_cites(built: Path) -> None:
    """Markdown has a footnote for each claim, with the document and the place in it."""
    told = run("ask", "claims-of", "--organisation", "iMPOWER", "--store", built, "--format", "md").out
    assert "[^1]: “" in told
    assert "characters" in told


def test_wide_shows_every_column(built: Path) -> None:
    """`--wide` adds the columns that are details."""
    assert "claim/" not in run("ask", "recommendations", "--store", built).out
    assert "claim/" in run("ask", "recommendations", "--store", built, "--wide").out


def test_nothing_matching_is_said(built: Path) -> None:
    """An answer without rows says so, and is no error."""
    ran = run("ask", "who-said-what", "--until", "1999", "--store", built)
    assert (ran.status, ran.out) == (0, "no rows: nothing matches\n")
    assert len(rows_of(run("ask", "who-said-what", "--until", "1999", "--store", built, "--format", "csv").data)) == 1


def test_questions_of_ones_own(here: Path, small: Path) -> None:
    """A folder of questions is asked besides those that ship."""
    (here / "mine").mkdir()
    (here / "mine" / "who-is-there.rq").write_text(
        "#+ summary: Who is there\n#+ params: {who: {type: iri, class: stp:Person, description: who is meant}}\n"
        "#+ columns: {name: {type: text, meaning: what they are called}}\n"
        "SELECT ?name { VALUES (?who) { (UNDEF) } ?who skos:prefLabel ?name } ORDER BY ?name\n",
        encoding="utf-8",
    )
    assert "who-is-there" in run("ask", "--queries", "mine").out
    ran = run("ask", "--queries", "mine", "who-is-there", "--who", "jo “joey” doe – £5", "--store", small)
    assert "Jo “Joey” Doe – £5" in ran.out
    assert "Anyshire" not in ran.out


def test_the_store_may_come_from_the_environment(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """STPGRAPH_STORE names the store; `--store` goes before it."""
    monkeypatch.setenv("STPGRAPH_STORE", str(small))
    count = ("query", "--format", "csv", "-e", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert rows_of(run(*count).data) == [["n"], ["4"]]
    monkeypatch.setenv("STPGRAPH_STORE", "nowhere")
    assert rows_of(run(*count, "--store", small).data) == [["n"], ["4"]]
    assert run(*count).status == 2


def test_without_a_store_the_shipped_graph_answers(built: Path) -> None:
    """Where there is no store yet, the graph that ships is asked, and a note says so after the answer."""
    ran = run("ask", "tensions", "--format", "json")
    assert ran.data == run("ask", "tensions", "--format", "json", "--store", built).data
    assert ran.err.startswith("note: there is no store in .stpgraph/store")
    assert len(ran.err.splitlines()) == 1


@pytest.mark.parametrize(
    "arguments", [("--quiet", "ask", "tensions"), ("ask", "--quiet", "tensions"), ("ask", "tensions", "--quiet")]
)
def test_quiet_may_stand_anywhere(arguments: tuple[str, ...]) -> None:
    """`--quiet` leaves out notes and counts, before and after the command."""
    ran = run(*arguments)
    assert (ran.status, ran.err) == (0, "")
    assert " rows" not in ran.out


def test_what_is_quiet_is_still_whole() -> None:
    """`--quiet` takes nothing from a result."""
    assert run("ask", "tensions", "--format", "csv").data == run("ask", "tensions", "--format", "csv", "--quiet").data


# query


def test_query_formats_of_tables(small: Path) -> None:
    """The rows of a SELECT come as a table and in the four formats of the W3C."""
    ask = ("query", "--store", small, "-e", "SELECT ?name { ?who a stp:Person ; skos:prefLabel ?name }")
    assert "Jo “Joey” Doe – £5" in run(*ask).out
    assert rows_of(run(*ask, "--format", "csv").data) == [["name"], ["Jo “Joey” Doe – £5"]]
    assert run(*ask, "--format", "tsv").out == '?name\n"Jo “Joey” Doe – £5"@en\n'
    [bound] = json.loads(run(*ask, "--format", "json").data)["results"]["bindings"]
    assert bound["name"] == {"type": "literal", "value": "Jo “Joey” Doe – £5", "xml:lang": "en"}
    assert run(*ask, "--format", "xml").out.startswith("<?xml")


def test_query_formats_of_graphs(small: Path) -> None:
    """The triples of a CONSTRUCT or DESCRIBE come as Turtle, N-Triples or JSON-LD."""
    ask = ("query", "--store", small, "-e", "DESCRIBE <person/jo-doe>")
    expected = {quad.triple for quad in quads(small) if quad.graph_name == mint("graph", "people")}
    assert run(*ask).data == run(*ask, "--format", "turtle").data
    for form, rdf in (
        ("turtle", RdfFormat.TURTLE),
        ("ntriples", RdfFormat.N_TRIPLES),
        ("jsonld", RdfFormat.JSON_LD),
    ):
        assert {quad.triple for quad in parse(run(*ask, "--format", form).data, format=rdf)} == expected


def test_query_from_a_file_or_standard_input(small: Path, here: Path) -> None:
    """A query is read from a file, or from standard input for `-`, with or without a byte order mark."""
    (here / "my.rq").write_text("\ufeffASK { <person/jo-doe> a stp:Person }", encoding="utf-8")
    assert run("query", "my.rq", "--store", small).out == "yes\n"
    assert run("query", "-", "--store", small, stdin=b"ASK { <person/max-roe> ?p ?o }").out == "no\n"
    told = run("query", "my.rq", "--store", small, "--format", "json")
    assert json.loads(told.data) == {"head": {}, "boolean": True}


def test_query_by_the_ending_of_the_file(small: Path, here: Path) -> None:
    """The format follows from the file to be written."""
    run("query", "--store", small, "-e", "DESCRIBE <person/jo-doe>", "-o", "jo.nt")
    assert len(list(parse(path=str(here / "jo.nt")))) == 2
    run("query", "--store", small, "-e", "SELECT ?s { ?s a stp:Person }", "-o", "who.csv")
    assert rows_of((here / "who.csv").read_bytes()) == [["s"], ["https://w3id.org/stpgraph/id/person/jo-doe"]]


# draw, export


def test_draw_writes_a_page(built: Path, here: Path) -> None:
    """A view is a page, in a file or on standard output, of all claims or of those about one thing."""
    assert run("draw", "who-said-what", "--store", built, "-o", "all.html").err == "wrote all.html\n"
    whole = (here / "all.html").read_bytes()
    assert whole == run("draw", "who-said-what", "--store", built).data
    part = run("draw", "who-said-what", "--about", "joint working", "--since", "2017", "--store", built)
    assert part.status == 0
    assert "Who said what about joint working" in part.out
    assert len(part.data) < len(whole)


@pytest.mark.parametrize("ending", ["nq", "trig", "jsonld"])
def test_export_and_load_chain(ending: str, built: Path, here: Path) -> None:
    """What is exported with its graphs and loaded again gives the same quads."""
    assert run("export", "--store", built, "-o", f"all.{ending}").status == 0
    assert run("load", f"all.{ending}", "--store", "copy").status == 0
    assert quads(here / "copy") == quads(built)


def test_export_as_turtle(built: Path) -> None:
    """Turtle has every triple, in normal form."""
    ran = run("export", "--format", "turtle", "--store", built)
    assert {quad.triple for quad in parse(ran.data, format=RdfFormat.TURTLE)} == {q.triple for q in quads(built)}
    assert run("format", "-", stdin=ran.data).data == ran.data


def test_export_of_tables(built: Path, here: Path) -> None:
    """The tables come as a folder of CSV files and as a workbook, the same in both."""
    assert run("export", "--store", built, "--format", "csv", "-o", "tables").status == 0
    assert run("export", "--store", built, "-o", "all.xlsx").status == 0
    tables = {path.stem: rows_of(path.read_bytes()) for path in (here / "tables").iterdir()}
    book = openpyxl.load_workbook(here / "all.xlsx")
    assert {sheet.title: sheet.max_row for sheet in book} == {name: len(rows) for name, rows in tables.items()}
    assert set(tables) == {
        name for name, question in find_questions().items() if not any(p.is_required for p in question.parameters)
    }


def test_what_an_export_finds_in_its_folder_stays(small: Path, here: Path) -> None:
    """Tables are put beside what is in a folder already."""
    (here / "tables").mkdir()
    (here / "tables" / "mine.txt").write_text("mine", encoding="utf-8")
    assert run("export", "--store", small, "--format", "csv", "-o", "tables").status == 0
    names = {path.name for path in (here / "tables").iterdir()}
    assert {"mine.txt", "partnerships.csv"} <= names
    assert {Path(name).suffix for name in names} == {".txt", ".csv"}


# check


def test_check_exits_1_when_there_are_findings(here: Path) -> None:
    """A graph that breaks a shape has findings with rule, node and what to do, and status 1."""
    (here / "mine.ttl").write_bytes(MINE)
    ran = run("check", "shapes", "mine.ttl")
    assert ran.status == 1
    assert "person/jo-doe" in ran.out
    assert ran.out.rstrip().endswith("finding") or ran.out.rstrip().endswith("findings")


def test_check_exits_0_when_all_holds(small: Path) -> None:
    """A graph without figures has none that is doubtful."""
    ran = run("check", "figures", "--store", small)
    assert (ran.status, ran.out, ran.err) == (0, "no findings\n", "")


def test_check_figures_of_the_shipped_graph(built: Path) -> None:
    """The graph that ships has the survey's sixth that is 15 %."""
    ran = run("check", "figures", "--store", built)
    assert ran.status == 1
    assert "“one in six” is 16.7 %" in " ".join(ran.out.split())


def test_check_anchors_names_missing_texts(built: Path, here: Path) -> None:
    """Each document whose text is not there is a finding."""
    (here / "articles").mkdir()
    page = "<html><body><p>Jo Doe said that the plan had failed, and that nobody had asked the ward.</p></body></html>"
    for place in ("article.html", "articles/other.html"):
        (here / place).write_text(page, encoding="utf-8")
    (here / "texts").mkdir()
    ran = run("check", "anchors", "--sources", "texts", "--store", built)
    assert (ran.status, ran.err) == (1, "note: 0 anchors held against 0 texts\n")
    assert ran.out.count("text-missing") == 2
    assert ran.out.endswith("2 findings\n")


# import, format


def test_import_writes_turtle_and_names_what_it_left(here: Path) -> None:
    """Tables become files in normal form; what is left out is named with file, line and reason."""
    ran = run("import", TABLES, "-o", "mine")
    assert ran.status == 0
    assert "footprints.csv:6: Atlantis: doubtful" in ran.out
    files = sorted(path.name for path in (here / "mine").iterdir())
    assert len(files) == 8
    assert run("format", "--check", *(here / "mine").iterdir()).status == 0
    for name in files:
        assert name in ran.err


def test_import_finds_the_documents_of_texts(here: Path) -> None:
    """With the texts at hand, an origin that names one is the document that was read from it."""
    text, document = "Trust is low.\n", mint("document", "2018-03-05-gazette-trust")
    with open_store(here / "store", is_writable=True) as store:
        graph = mint("graph", "gazette")
        store.add(
            [
                Quad(document, RDF.type, STP.Document, graph),
                Quad(document, DCTERMS.title, Literal("Trust", language="en"), graph),
                Quad(document, STP.textHash, Literal(text_hash(text)), graph),
                Quad(document, STP.textLength, Literal(len(text)), graph),
            ]
        )
    (here / "articles").mkdir()
    page = "<html><body><p>Jo Doe said that the plan had failed, and that nobody had asked the ward.</p></body></html>"
    for place in ("article.html", "articles/other.html"):
        (here / place).write_text(page, encoding="utf-8")
    (here / "texts").mkdir()
    (here / "texts" / "gazette-2018.txt").write_text(text, encoding="utf-8")
    (here / "texts" / "unread.txt").write_text("unread", encoding="utf-8")
    ran = run("import", TABLES, "--sources", "texts", "--store", "store", "-o", "mine")
    assert ran.err.startswith("1 of 2 texts is the text of a document\n")
    known = {quad for path in (here / "mine").iterdir() for quad in parse(path=str(path)) if quad.object == document}
    assert {quad.predicate for quad in known} == {DCTERMS.source}
    assert run("import", TABLES, "-o", "without").status == 0
    assert b"<document/" not in b"".join(path.read_bytes() for path in (here / "without").iterdir())


def test_format_makes_the_normal_form(here: Path) -> None:
    """Files are rewritten once; `--check` changes nothing and exits 1 where there is something to change."""
    (here / "mine.ttl").write_bytes(MINE)
    checked = run("format", "--check", "mine.ttl")
    assert (checked.status, checked.out) == (1, "not in normal form: mine.ttl\n")
    assert (here / "mine.ttl").read_bytes() == MINE
    assert run("format", "mine.ttl").out == "rewrote: mine.ttl\n"
    assert set(parse((here / "mine.ttl").read_bytes(), format=RdfFormat.TURTLE)) == set(
        parse(MINE, format=RdfFormat.TURTLE, base_iri="https://w3id.org/stpgraph/id/")
    )
    again = run("format", "mine.ttl")
    assert (again.status, again.out) == (0, "")
    assert run("format", "--check", "mine.ttl").status == 0


def test_format_in_a_chain(here: Path) -> None:
    """For `-`, standard input is written to standard output in normal form."""
    (here / "mine.ttl").write_bytes(MINE)
    run("format", "mine.ttl")
    assert run("format", "-", stdin=MINE).data == (here / "mine.ttl").read_bytes()
    assert run("format", "--check", "-", stdin=MINE).status == 1


# Streams


def test_a_locale_without_utf8_gets_plain_letters(small: Path) -> None:
    """Where a terminal knows only ASCII, tables say the same in it; files and formats stay UTF-8."""
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": ""}
    query = "stpgraph query --store small -e 'SELECT ?name { ?who a stp:Person ; skos:prefLabel ?name }'"
    ran = shell(query, environment=plain)
    assert (ran.status, ran.err) == (0, "")
    assert 'Jo "Joey" Doe - GBP 5' in ran.data.decode("ascii")
    assert "Jo “Joey” Doe – £5" in shell(f"{query} --format csv", environment=plain).out


def test_a_reader_that_leaves_is_no_error(built: Path) -> None:
    """A pipe that is closed early ends a command in silence."""
    for command in ("dump", "query -e 'SELECT * { ?s ?p ?o }'"):
        ran = shell(f"stpgraph {command} --store '{built}' | head -1")
        assert (ran.status, ran.err) == (0, ""), command
        assert len(ran.data.splitlines()) == 1


def test_a_terminal_is_never_overrun(built: Path) -> None:
    """On a terminal of 80 columns no line of a table is longer, and every word of a record is there."""
    ran = on_terminal("ask", "who-said-what", "--store", str(built))
    assert ran.status == 0
    lines = as_seen(ran.out)
    assert max(map(len, lines)) <= 80
    assert any("Rob Whiteman" in line for line in lines)


def test_progress_shows_on_a_terminal_only(small: Path, here: Path) -> None:
    """Long work shows that it goes on, on a terminal, unless one wants quiet; never in a pipe."""
    (here / "mine.ttl").write_bytes(MINE)
    assert "loading" in on_terminal("load", "mine.ttl", "--store", "small").out
    quiet = on_terminal("load", "mine.ttl", "--store", "small", "--quiet")
    assert as_seen(quiet.out) == ["small: 0 triples added from 1 file", ""]
    assert run("load", "mine.ttl", "--store", small).err == ""


def test_a_workbook_is_not_for_a_terminal(small: Path) -> None:
    """A terminal is not flooded with what it cannot show."""
    for command in (("ask", "studies"), ("export",)):
        ran = on_terminal(*command, "--format", "xlsx", "--store", "small")
        assert (ran.status, as_seen(ran.out)[0].startswith("error: a workbook is no text")) == (2, True)


def test_texts_cannot_take_over_a_terminal(here: Path) -> None:
    """Control characters in the graph are shown, not obeyed."""
    label = Literal("Jo\x1b[2JDoe\x07 [bold]:smile:[/bold]")
    with open_store(here / "store", is_writable=True) as store:
        store.add([Quad(mint("person", "jo-doe"), SKOS.prefLabel, label, mint("graph", "people"))])
    ran = run("query", "--store", "store", "-e", "SELECT ?name { ?who skos:prefLabel ?name }")
    assert "Jo\ufffd[2JDoe\ufffd [bold]:smile:[/bold]" in ran.out
    assert without_controls(ran.out) == ran.out


def test_nor_can_an_endpoint(scripted: Callable[..., object]) -> None:
    """Control characters in an endpoint's message are shown, not obeyed, and the message stays on one line."""
    endpoint = scripted(answer(b"Jo\x1b[2J\nDoe", status=500, content_type="text/plain"))
    ran = run("ask", "studies", "--store", endpoint.url)  # type: ignore[attr-defined]
    assert "\x1b" not in ran.err
    assert len(ran.err.splitlines()) == 1


def test_an_endpoint_is_asked(scripted: Callable[..., object]) -> None:
    """A store may be the address of an endpoint."""
    body = json.dumps(
        {"head": {"vars": ["name"]}, "results": {"bindings": [{"name": {"type": "literal", "value": "Jo Doe"}}]}}
    ).encode()
    endpoint = scripted(answer(body, content_type=JSON))
    ran = run("query", "-e", "SELECT ?name { ?s ?p ?name }", "--format", "csv", "--store", endpoint.url)  # type: ignore[attr-defined]
    assert rows_of(ran.data) == [["name"], ["Jo Doe"]]


# Files


def test_a_device_is_written_to_and_stays(here: Path) -> None:
    """A named pipe or a device is written to; a file would take the place of it otherwise."""
    pipe = here / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_output(b"data", pipe)
        assert os.read(reader, 10) == b"data"
    finally:
        os.close(reader)
    assert pipe.is_fifo()


def test_a_link_stays_a_link(small: Path, here: Path) -> None:
    """What a link points at is written."""
    (here / "real.nq").write_text("old", encoding="utf-8")
    (here / "link.nq").symlink_to("real.nq")
    assert run("dump", "--store", small, "-o", "link.nq").status == 0
    assert (here / "link.nq").is_symlink()
    assert len((here / "real.nq").read_bytes().splitlines()) == 4


def test_a_folder_is_filled_at_once_or_not_at_all(here: Path) -> None:
    """Files appear in a folder when all of them are written; otherwise it is as it was, or not there."""

    def fill() -> None:
        with output_folder(Path("a") / "b") as place:
            (place / "one").write_text("1", encoding="utf-8")
            raise OutputError("no room", where=str(place / "two"))

    with pytest.raises(OutputError, match=r"^a/b/two: no room"):
        fill()
    assert list(here.iterdir()) == []
    with output_folder(Path("a") / "b") as place:
        (place / "one").write_text("1", encoding="utf-8")
        assert not (here / "a" / "b" / "one").exists()
    assert [path.name for path in (here / "a" / "b").iterdir()] == ["one"]


def test_stores_are_closed(small: Path) -> None:
    """A command leaves its store free for the next one."""
    assert run("load", "-", "--store", small, stdin=b"<urn:a> <urn:b> <urn:c> .").status == 0
    store: Store = open_store(small, is_writable=True)
    store.close()


def test_dump_is_packed_by_its_name(tmp_path: Path) -> None:
    """A dump named .gz is packed, undated, and loads again."""
    for name in ("one.nq.gz", "two.nq.gz"):
        assert run("dump", "-o", str(tmp_path / name)).status == 0
    assert (tmp_path / "one.nq.gz").read_bytes() == (tmp_path / "two.nq.gz").read_bytes()
    assert b"/organisation/cipfa>" in gzip.decompress((tmp_path / "one.nq.gz").read_bytes())


def test_checking_a_file_that_ships_finds_nothing_new() -> None:
    """A file that is in the graph already is not read a second time beside itself."""
    assert run("check", "shapes", str(folder("graph") / "reference" / "people.ttl")).status == 0
    assert run("check", "shapes", str(folder("graph") / "reference")).status == 0


def test_demo_does_not_write_half_of_its_files(tmp_path: Path) -> None:
    """Where one file cannot be put, none of the demo's files is."""
    (tmp_path / "out" / "pages" / "who-said-what.html").mkdir(parents=True)
    ran = run("demo", "-o", str(tmp_path / "out"))
    assert ran.status == 2
    assert "a folder stands where a file is to be written" in ran.err
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["pages", "store"]
    assert [path.name for path in (tmp_path / "out" / "pages").iterdir()] == ["who-said-what.html"]


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-"])
def test_a_closed_stream_is_no_fault(closed: str) -> None:
    """Who closes a stream does not want it: the command goes on as far as it does without."""
    command = [sys.executable, "-m", "stpgraph", "ask"]
    ran = subprocess.run(["sh", "-c", f"{shlex.join(command)} {closed}"], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ("who-said-what" in ran.stdout) is (closed != ">&-")
