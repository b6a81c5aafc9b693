"""Bad input: each fault, made for real, is told in one line with what to do, and leaves everything as it was."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pyoxigraph import Quad

from stpgraph.resources import folder
from stpgraph.store import open_store
from stpgraph.vocabulary import RDF, STP, mint
from tests.commands import PATIENCE, Ran, run, shell
from tests.servers import ScriptedEndpoint, answer, free_port

#: Turtle with a fault in line 3, column 5.
WRONG = b"@prefix a: <urn:a:> .\n<one> a a:thing .\n<two> three .\n"

RIGHT = b"<person/max-roe> a <https://w3id.org/stpgraph/ontology#Person> .\n"

#: Opens a store for writing, says so, and keeps it until its standard input ends.
HOLD = (
    "import sys; from stpgraph.store import open_store\n"
    "store = open_store(sys.argv[1], is_writable=True); print('open', flush=True); sys.stdin.read()"
)

#: Runs what follows with a full disk, which it makes, then lists what is on it.
ON_FULL_DISK = (
    "mount -t tmpfs -o size=64k none disk && head -c 8000 /dev/zero > disk/old.nq"
    ' && {{ {command}; status=$?; ls -A disk; wc -c < disk/old.nq; exit "$status"; }}'
)

#: Runs what follows with a disk that can only be read.
ON_READ_ONLY_DISK = 'mount -t tmpfs -o ro none disk && {{ {command}; status=$?; ls -A disk; exit "$status"; }}'


@pytest.fixture(scope="module")
def store_of_one(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store of one quad."""
    place = tmp_path_factory.mktemp("one") / "store"
    with open_store(place, is_writable=True) as store:
        store.add([Quad(mint("person", "jo-doe"), RDF.type, STP.Person, mint("graph", "people"))])
    return place


@pytest.fixture(autouse=True)
def here(tmp_path: Path, store_of_one: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with a store of one quad, files that are right and wrong, and what is neither."""
    monkeypatch.chdir(tmp_path)
    for name in ("STPGRAPH_STORE", "COLUMNS", "FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    shutil.copytree(store_of_one, tmp_path / "old")
    (tmp_path / "right.ttl").write_bytes(RIGHT)
    (tmp_path / "wrong.ttl").write_bytes(WRONG)
    (tmp_path / "wrong").mkdir()
    (tmp_path / "wrong" / "in-it.ttl").write_bytes(WRONG)
    (tmp_path / "bytes.ttl").write_bytes(bytes(range(256)))
    (tmp_path / "latin.rq").write_bytes("SELECT * { ?s ?p 'Évry' }".encode("latin-1"))
    (tmp_path / "empty.rq").write_bytes(b"")
    (tmp_path / "a-folder").mkdir()
    (tmp_path / "a-folder" / "kept.txt").write_text("kept", encoding="utf-8")
    return tmp_path


def listing(place: Path) -> dict[str, bytes | None]:
    """Everything below a folder by path, files with their bytes; of a store that it is there."""
    return {
        path.relative_to(place).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(place.rglob("*"))
        if path.parent.name != "old"
    }


def people_of(store: Path) -> set[str]:
    """The people in a store."""
    with open_store(store) as opened:
        return {row[0].value for row in opened.select("SELECT ?who { ?who a stp:Person }") if row[0] is not None}  # type: ignore[union-attr]


@pytest.fixture(autouse=True)
def nothing_changes(here: Path) -> Iterator[None]:
    """Hold that a fault leaves the folder as it was, and its store answering as before."""
    before = listing(here)
    yield
    assert listing(here) == before
    assert people_of(here / "old") == {"https://w3id.org/stpgraph/id/person/jo-doe"}


def refused(ran: Ran, *, saying: str) -> None:
    """Hold that a command ended with status 2, no result, and one line that says so and matches."""
    assert ran.status == 2, ran
    assert ran.data == b""
    assert ran.err.startswith("error: ")
    assert ran.err.endswith("\n")
    assert len(ran.err.splitlines()) == 1, ran.err
    assert re.search(saying, ran.err), ran.err


# What is not RDF, not SPARQL, not a question, not a value


@pytest.mark.parametrize(
    ("arguments", "saying"),
    [
        ("load wrong.ttl --store old", r"^error: wrong\.ttl:3:\d+: this is not Turtle: .*mend"),
        ("load wrong.ttl --store new", r"^error: wrong\.ttl:3:\d+: this is not Turtle"),
        ("load right.ttl wrong.ttl --store old", r"^error: wrong\.ttl:3:\d+: "),
        ("load right.ttl wrong.ttl --store new", r"^error: wrong\.ttl:3:\d+: "),
        ("load bytes.ttl --store old", r"^error: bytes\.ttl:1:1: this is not Turtle"),
        ("load right.ttl --format nquads --store old", r"^error: right\.ttl:1:\d+: this is not N-Quads"),
        ("load empty.rq --store old", r"^error: empty\.rq: .*'\.rq' names no RDF format.*\.ttl"),
        ("load nowhere.ttl --store old", r"^error: nowhere\.ttl: there is no such file"),
        ("load a-folder --store old", r"^error: a-folder: this is a folder, not a file"),
        ("load right.ttl --store old --graph", r"^error: .*--graph.* requires an argument"),
        ("load right.ttl --store old --graph ../up", r"^error: '\.\.' cannot be part of an IRI|^error: .*expected"),
        ("load right.ttl --store old --graph http://[", r"^error: 'http://\[' is not an IRI"),
        ("build wrong --store old", r"^error: wrong/in-it\.ttl:3:\d+: this is not Turtle"),
        ("build wrong --store new", r"^error: wrong/in-it\.ttl:3:\d+: this is not Turtle"),
        ("build nowhere --store new", r"^error: nowhere: there is no such folder"),
        ("build a-folder --store new", r"^error: a-folder: no file of RDF here"),
        ("build --store http://127.0.0.1:1/query", r"^error: http://127\.0\.0\.1:1/query: .*stpgraph load"),
        ("check shapes wrong", r"^error: wrong/in-it\.ttl:3:\d+: this is not Turtle"),
        ("check shaeps", r"^error: shaeps: .*did you mean shapes\?"),
        ("check figures nowhere", r"^error: nowhere: there is no such folder"),
        ("check anchors", r"^error: anchors .*--sources DIR"),
        ("check anchors --sources nowhere --store old", r"^error: nowhere: there is no such folder of source texts"),
        ("check shapes right.ttl --store old", r"^error: paths are checked with the graph that ships.*--store"),
        ("format wrong.ttl", r"^error: wrong\.ttl:3:\d+: this is not Turtle"),
        ("format right.ttl wrong.ttl", r"^error: wrong\.ttl:3:\d+: this is not Turtle"),
        ("format bytes.ttl", r"^error: bytes\.ttl:1:1: this is not Turtle"),
        ("format a-folder", r"^error: a-folder: cannot read: Is a directory"),
        ("format nowhere.ttl", r"^error: nowhere\.ttl: cannot read: No such file"),
        ("import a-folder -o new", r"^error: a-folder/footprints\.csv: there is no such table"),
        ("import nowhere -o new", r"^error: nowhere/footprints\.csv: there is no such table"),
        ("import a-folder", r"^error: .*-o.*Try `stpgraph import --help`"),
        ("query empty.rq --store old", r"^error: .*the query does not parse"),
        ("query latin.rq --store old", r"^error: latin\.rq: byte 18 is not UTF-8"),
        ("query nowhere.rq --store old", r"^error: nowhere\.rq: cannot read: No such file"),
        ("query a-folder --store old", r"^error: a-folder: cannot read: Is a directory"),
        ("query --store old", r"^error: give one query: a FILE, `-` for standard input, or -e"),
        ("query empty.rq -e ASK{} --store old", r"^error: give one query"),
        ("query --store old -e ASK{}SELECT", r"^error: the query does not parse: line 1, column \d+, near 'ASK"),
        ("query --store old -e 'ASK { a:b a:c a:d }'", r"^error: the query does not parse: line 1, column \d+, near"),
        ("query --store old -e 'DROP ALL'", r"^error: the query does not parse: line 1"),
        ("query --store old -e ASK{} --format xml", r"^error: this query gives yes or no, which xml cannot hold"),
        ("query --store old -e ASK{} --format turtle", r"^error: this query gives yes or no, which turtle cannot"),
        ("query --store old -e 'SELECT * { ?s ?p ?o }' --format turtle", r"gives a table, which turtle cannot hold"),
        ("query --store old -e DESCRIBE<x> --format csv", r"^error: this query gives a graph, which csv cannot hold"),
        ("query --store old -e ASK{} --format yaml", r"^error: Invalid value for '--format'"),
        ("ask who-said-wat --store old", r"^error: no question is called 'who-said-wat'; did you mean 'who-said-what'"),
        ("ask --queries nowhere money --store old", r"^error: nowhere: there is no such folder of questions"),
        ("ask who-said-what --abuot trust --store old", r"^error: No such option.*--about"),
        ("ask who-said-what --about nonsense --store old", r"^error: about: no relationship is called 'nonsense'"),
        ("ask who-said-what --since 2016-13 --store old", r"^error: since: .*'2016-13'.*2016-11-21"),
        ("ask who-said-what --since yesterday --store old", r"^error: since: 'yesterday' is no date.*2016-11-21"),
        ("ask coverage --per decade --store old", r"^error: per: expected document or month, not 'decade'"),
        ("ask claims-of --store old", r"^error: Missing option '--organisation'"),
        ("ask money --timeout nan --store old", r"^error: .*--timeout.*above 0"),
        ("ask money --timeout -1 --store old", r"^error: .*--timeout.*above 0"),
        ("ask money --timeout soon --store old", r"^error: .*--timeout.*'soon' is not a valid float"),
        (
            "draw who-said-wat --store old",
            r"^error: .*'who-said-wat' is not one of 'who-said-what', ",
        ),
        (
            "draw who-said-what --about nonsense --store old",
            r"^error: about: no relationship or aspect is called 'nonsense'",
        ),
        ("draw who-said-what --since 2016-13 --store old", r"^error: since.*2016-13"),
        ("draw who-said-what -o map.xyz --store old", r"^error: map\.xyz: \.xyz is no format for this; .*\.html, "),
        ("draw who-said-what --format yaml --store old", r"^error: no format is called 'yaml'; expected html, svg"),
        ("draw who-said-what --format png --store old", r"^error: a picture is no text; name a file with -o FILE\.png"),
        ("draw discourse --mode nonsense --store old", r"^error: mode='nonsense' is not known; expected two-mode"),
        ("draw repeats --mode claimants --store old", r"^error: --mode: repeats has no such option, discourse has"),
        ("draw who-said-what --start-from nowhere --store old", r"^error: nowhere: cannot read: No such file"),
        ("draw who-said-what --start-from a-folder --store old", r"^error: a-folder: cannot read: Is a directory"),
        ("draw who-said-what --start-from bytes.ttl --store old", r"^error: bytes\.ttl: this is no page of a network"),
        ("draw story --stance critical --store old", r"^error: the story is of all of the graph; it takes no --stance"),
        ("measure who-said-wat --store old", r"^error: no view is called 'who-said-wat'; expected who-said-what, "),
        (
            "measure who-said-what --about nonsense --store old",
            r"^error: about: no relationship or aspect is called 'nonsense'",
        ),
        ("measure who-said-what --window soon --store old", r"^error: window='soon' is no window; expected"),
        ("measure who-said-what --cumulative --store old", r"^error: --cumulative is about windows"),
        ("measure who-said-what -o map.html --store old", r"^error: map\.html: \.html is no format for this"),
        ("measure who-said-what --of nonsense --store old", r"^error: .*'--of'.*'nonsense'"),
        (
            "export --view nonsense --format dl --store old",
            r"^error: no view is called 'nonsense'; expected who",
        ),
        ("export --view repeats --format trig --store old", r"^error: --view is for formats of networks"),
        ("export --store old", r"^error: which format\? choose one with --format: turtle"),
        ("export --store old -o graph.xyz", r"^error: graph.xyz: \.xyz is no format for this; expected \.ttl, "),
        ("ask money --store old -o sums.tsv", r"^error: sums.tsv: \.tsv is no format for this; expected \.csv, "),
        ("query -e ASK{} --store old -o answer.ttl", r"^error: answer.ttl: \.ttl is no format for this"),
        ("export --store old --format csv", r"^error: csv is a folder of tables; name it with -o"),
        ("nonsense", r"^error: no command is called 'nonsense'"),
        ("demo extra", r"^error: .*extra.*Try `stpgraph demo --help`"),
    ],
)
def test_what_is_not_what_it_should_be(arguments: str, saying: str) -> None:
    """What cannot be read, asked or answered is refused with its place and what was expected."""
    refused(run(*shlex.split(arguments)), saying=saying)


def test_standard_input_is_named() -> None:
    """What comes from standard input is called so, with line and column; another format is thought of."""
    refused(
        run("load", "-", "--store", "old", stdin=RIGHT),
        saying=r"^error: standard input:1:\d+: this is not N-Quads.*--format",
    )
    refused(run("format", "-", stdin=WRONG), saying=r"^error: standard input:3:\d+: this is not Turtle")
    refused(run("query", "-", "--store", "old", stdin=b"SELECT"), saying="does not parse")
    refused(run("query", "-", "--store", "old", stdin=b"\xff"), saying="^error: -: byte 0 is not UTF-8")


def test_a_question_with_a_bad_header(here: Path) -> None:
    """A question of one's own whose header is no YAML is refused with file and line."""
    bad = here / "a-folder" / "mine.rq"
    bad.write_text("#+ summary: Mine\n#+ params: {\nASK {}\n", encoding="utf-8")
    refused(run("ask", "--queries", "a-folder", "mine", "--store", "old"), saying=r"^error: a-folder/mine\.rq:\d+: ")
    bad.unlink()


# Stores


@pytest.mark.parametrize("command", ["ask money", "query -e ASK{}", "dump", "export --format trig", "check figures"])
@pytest.mark.parametrize(
    ("store", "saying"),
    [
        ("nowhere", r"^error: nowhere: there is no store here; run `stpgraph build`"),
        ("a-folder", r"^error: a-folder: this is not a store"),
        ("right.ttl", r"^error: right\.ttl: this is not a store"),
    ],
)
def test_what_is_not_a_store(command: str, store: str, saying: str) -> None:
    """A store that is not there, or is something else, is refused by every command that reads."""
    refused(run(*command.split(), "--store", store), saying=saying)


@pytest.mark.parametrize("command", ["build", "load right.ttl"])
@pytest.mark.parametrize("store", ["a-folder", "right.ttl", "right.ttl/below"])
def test_what_is_no_place_for_a_store(command: str, store: str) -> None:
    """What is something else is not made a store of, whatever stands in it."""
    refused(run(*command.split(), "--store", store), saying=f"^error: {store}: (this is not a store|cannot make)")


@pytest.fixture
def _held(here: Path) -> Iterator[None]:
    """Have another process hold the store open for writing."""
    command = [sys.executable, "-c", HOLD, str(here / "old")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"open\n"
        yield
        process.communicate(timeout=PATIENCE)


@pytest.mark.usefixtures("_held")
@pytest.mark.parametrize("command", ["build", "load right.ttl"])
def test_a_store_that_another_process_writes_to(command: str) -> None:
    """A store that is open for writing elsewhere is not written to; what to do is said."""
    refused(run(*command.split(), "--store", "old"), saying=r"^error: old: the store is open for writing already.*wait")


@pytest.mark.usefixtures("_held")
def test_a_locked_store_can_still_be_read() -> None:
    """Reading goes on while another process writes."""
    assert run("query", "-e", "ASK { ?who a stp:Person }", "--store", "old").out == "yes\n"


def test_a_broken_store(here: Path) -> None:
    """A store whose files are damaged is refused."""
    shutil.copytree(here / "old", here / "broken")
    (here / "broken" / "CURRENT").write_text("nonsense", encoding="utf-8")
    refused(
        run("ask", "money", "--store", "broken"), saying=r"^error: broken: the store cannot be opened.*build it anew"
    )
    shutil.rmtree(here / "broken")


# Endpoints


@pytest.mark.parametrize("command", ["ask money", "dump", "load right.ttl", "query -e ASK{}"])
def test_an_endpoint_that_is_down(command: str) -> None:
    """A port that nothing listens at is named, and so is what may be the matter."""
    url = f"http://127.0.0.1:{free_port()}/query"
    ran = run(*command.split(), "--store", url, "--timeout", "0.4")
    refused(ran, saying=rf"^error: {url}: the endpoint is not reached.*is it running\?")


def test_an_endpoint_that_answers_500(scripted: Callable[..., ScriptedEndpoint]) -> None:
    """An endpoint's message is shown with its status."""
    endpoint = scripted(answer(b"out of\nmemory", status=500, content_type="text/plain"))
    ran = run("ask", "money", "--store", endpoint.url)
    refused(ran, saying=rf"^error: {endpoint.url}: the endpoint answered 500: out of memory; try again later")


def test_an_endpoint_that_refuses_an_update(scripted: Callable[..., ScriptedEndpoint]) -> None:
    """An endpoint that may only be read says so."""
    endpoint = scripted(answer(b"read only", status=403, content_type="text/plain"))
    ran = run("load", "right.ttl", "--store", endpoint.url)
    refused(ran, saying=rf"^error: {endpoint.url}: the endpoint answered 403: read only; it does not allow this")


def test_a_page_that_is_no_endpoint(scripted: Callable[..., ScriptedEndpoint]) -> None:
    """An address that answers with a page is not taken for an endpoint."""
    endpoint = scripted(answer(b"<!doctype html><title>Gazette</title>", content_type="text/html"))
    refused(run("ask", "money", "--store", endpoint.url), saying=r"is this a SPARQL endpoint\?")


# Source texts


def titles() -> list[str]:
    """The titles of the documents that ship."""
    with open_store() as store:
        for path in (folder("graph") / "documents").glob("*.ttl"):
            store.load(path, graph=mint("graph", "documents"))
        return [
            row[0].value  # type: ignore[union-attr]
            for row in store.select("SELECT ?title { ?d a stp:Document ; stp:textHash ?h ; dcterms:title ?title }")
        ]


@pytest.fixture
def texts(here: Path) -> Iterator[Path]:
    """Yield a folder for texts, and take it away."""
    place = here / "texts"
    place.mkdir()
    yield place
    for path in place.iterdir():
        path.unlink()
    place.rmdir()


def test_a_text_that_is_missing(texts: Path) -> None:
    """A build with texts wants all of them; the old store stays."""
    (texts / "other.txt").write_text("Another text.", encoding="utf-8")
    refused(
        run("build", "--sources", texts, "--store", "old"),
        saying=r"^error: document/\S+: no text here has its SHA-256 \(and \d+ more\).*the store is as it was",
    )


def test_a_text_that_was_changed(texts: Path) -> None:
    """A text that bears a document's title and is not the one that was read is named, and stops the build."""
    for number, title in enumerate(titles()):
        (texts / f"{number}.txt").write_text(f"{title}\n\nChanged.", encoding="utf-8")
    refused(
        run("build", "--sources", texts, "--store", "old"),
        saying=r"^error: \S+/texts/\d\.txt: bears its title, and is not the text that was read .*restore the text",
    )


def test_a_text_that_is_not_utf8(texts: Path) -> None:
    """A text in another encoding is refused with the place of the first wrong byte."""
    (texts / "latin.txt").write_bytes("Évry".encode("latin-1"))
    for command in (("build", "--store", "old"), ("check", "anchors", "--store", "old"), ("import", ".", "-o", "new")):
        refused(run(*command, "--sources", texts), saying=r"latin\.txt: byte 0 is not UTF-8; save the text as UTF-8")


def test_no_folder_of_texts() -> None:
    """A folder of texts that is not there stops a build."""
    refused(
        run("build", "--sources", "nowhere", "--store", "old"), saying="^error: nowhere: there is no such folder of"
    )


# Places that cannot be written


@pytest.mark.parametrize(
    ("arguments", "saying"),
    [
        ("dump --store old -o a-folder", r"^error: a-folder: cannot write: Is a directory"),
        ("dump --store old -o right.ttl/below.nq", r"^error: right\.ttl/below\.nq: cannot write: "),
        ("export --store old --format trig -o a-folder", r"^error: a-folder: cannot write: Is a directory"),
        ("export --store old --format csv -o right.ttl", r"^error: right\.ttl: this is a file; expected a folder"),
        ("export --store old --format csv -o right.ttl/b", r"^error: right\.ttl/b: cannot write: Not a directory"),
        ("ask money --store old -o .", r"^error: \.: this is a folder; give the name of a file"),
        ("draw who-said-what --store old -o a-folder", r"^error: a-folder: cannot write: Is a directory"),
        ("draw who-said-what --store old --to-svg a-folder -o -", r"^error: a-folder: cannot write: Is a directory"),
        (
            "measure who-said-what --store old --format csv -o a-folder",
            r"^error: a-folder: cannot write: Is a directory",
        ),
        ("import {tables} -o right.ttl", r"^error: right\.ttl: this is a file; expected a folder"),
        ("demo -o right.ttl", r"^error: right\.ttl/store: cannot make a store: "),
    ],
)
def test_an_output_that_is_something_else(arguments: str, saying: str) -> None:
    """A folder is not written as a file, nor a file as a folder."""
    tables = Path(__file__).resolve().parent / "data" / "reference"
    refused(run(*shlex.split(arguments.format(tables=tables))), saying=saying)


@pytest.mark.parametrize(
    "command",
    [
        *("dump -o full/out.nq", "export --format csv -o full/tables", "draw who-said-what -o full/out.html"),
        *("draw repeats -o full/out.graphml", "draw who-said-what -o full/out.svg"),
    ],
)
def test_a_file_that_grows_too_large(command: str, here: Path) -> None:
    """A write that fails half-way leaves no part of a file, and the file of before where there was one."""
    (here / "full").mkdir()
    (here / "full" / "out.nq").write_text("as it was", encoding="utf-8")
    ran = shell(f"ulimit -f 8; stpgraph {command} --quiet")
    refused(ran, saying=r"^error: full/\S+: cannot write: File too large")
    assert listing(here / "full") == {"out.nq": b"as it was"}
    (here / "full" / "out.nq").unlink()
    (here / "full").rmdir()


@pytest.mark.parametrize("command", ["build --store old", "build --store new", "load many.nt --store old"])
def test_a_store_that_grows_too_large(command: str, here: Path) -> None:
    """A store that cannot be written to its end leaves the old one whole, and nothing of the new one."""
    (here / "many.nt").write_text("".join(f"<urn:s:{n}> <urn:p> <urn:o:{n}> .\n" for n in range(9_000)), "utf-8")
    refused(shell(f"ulimit -f 400; stpgraph {command}"), saying=r"^error: .*File too large.*(make room|disk)")
    (here / "many.nt").unlink()


def test_standard_output_that_is_full() -> None:
    """A full disk behind standard output is told once."""
    for command in ("dump", "ask", "query -e 'SELECT * { ?s ?p ?o }'", "--help"):
        store = "" if command in {"ask", "--help"} else "--store old"
        ran = shell(f"stpgraph {command} {store} > /dev/full")
        refused(ran, saying="^error: .*cannot .*write: No space left on device; choose another place")


def mounted(script: str, command: str, here: Path) -> Ran:
    """Run a command beside a disk of its own, where the system lets us make one."""
    (here / "disk").mkdir()
    apart = ["unshare", "--map-root-user", "--mount", "sh", "-c"]
    try:
        if subprocess.run([*apart, "mount -t tmpfs none disk"], capture_output=True, check=False).returncode:
            pytest.skip("this system lets nobody mount a disk")
        ours = f'stpgraph() {{ "{sys.executable}" -m stpgraph "$@"; }}\n'
        done = subprocess.run(
            [*apart, ours + script.format(command=f"stpgraph {command}")],
            capture_output=True,
            check=False,
            timeout=PATIENCE,
        )
    except FileNotFoundError:
        pytest.skip("this system has no unshare")
    finally:
        (here / "disk").rmdir()
    return Ran(done.returncode, done.stdout, done.stderr.decode())


@pytest.mark.parametrize(
    "command",
    ["export --format nquads -o disk/old.nq --quiet", "build --store disk/store", "load right.ttl --store disk/new"],
)
def test_a_full_disk(command: str, here: Path) -> None:
    """On a full disk nothing is left but what was there."""
    ran = mounted(ON_FULL_DISK, command, here)
    assert ran.data.split() == [b"old.nq", b"8000"]
    refused(Ran(ran.status, b"", ran.err), saying="No space left on device")


@pytest.mark.parametrize(
    "command",
    ["dump -o disk/out.nq --quiet", "build --store disk/store", "load right.ttl --store disk/new", "demo -o disk/demo"],
)
def test_a_read_only_disk(command: str, here: Path) -> None:
    """A disk that can only be read is named as such."""
    refused(mounted(ON_READ_ONLY_DISK, command, here), saying="^error: disk/.*Read-only file system")


@pytest.mark.parametrize(
    "command",
    [
        "dump -o {}/out.nq",
        "export --format csv -o {}/tables",
        "build --store {}/store",
        "load right.ttl --store {}/new",
    ],
)
def test_a_read_only_folder(command: str, here: Path, read_only_folder: Path) -> None:
    """A folder that may not be written to is named, and nothing comes into it."""
    store = [] if "--store" in command else ["--store", str(here / "old")]
    refused(run(*command.format(read_only_folder).split(" "), *store), saying="Permission denied.*choose another")
    assert listing(read_only_folder) == {"kept.txt": b"as it was"}


@pytest.mark.parametrize(
    "command", ["query kept.txt", "format kept.txt", "check anchors --sources .", "load kept.txt --format turtle"]
)
def test_a_file_that_may_not_be_read(
    command: str, read_only_folder: Path, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that one may not read is named."""
    user = os.geteuid()
    os.seteuid(os.getuid())
    (read_only_folder / "kept.txt").chmod(0)
    if command.startswith("load"):  # into a store where one may make it
        (here.parent / "open").mkdir(mode=0o777)
        (here.parent / "open").chmod(0o777)
        monkeypatch.setenv("STPGRAPH_STORE", str(here.parent / "open" / "store"))
    os.seteuid(user)
    monkeypatch.chdir(read_only_folder)
    refused(run(*command.split(" ")), saying=r"^error: kept\.txt: .*Permission denied")


# Looking into it


@pytest.mark.parametrize("place", [0, 1, 5])
def test_debug_shows_where_it_arose(place: int) -> None:
    """`--debug`, wherever it stands, shows the traceback before the same line."""
    arguments = ["ask", "money", "--store", "nowhere", "--format", "csv"]
    arguments.insert(place if place != 5 else len(arguments), "--debug")
    ran = run(*arguments)
    assert (ran.status, ran.data) == (2, b"")
    assert ran.err.startswith("Traceback (most recent call last):\n")
    assert ran.err.splitlines()[-1] == "error: nowhere: there is no store here; run `stpgraph build` first"


def test_titles_are_texts() -> None:
    """The documents that ship have titles, by which changed copies are known."""
    assert len(titles()) == 2
