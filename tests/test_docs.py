"""The pages for readers: what they show runs, what they name is there, what they link to opens."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest

import stpgraph
from stpgraph.cli.main import command_line
from stpgraph.questions import find_questions
from stpgraph.resources import folder
from stpgraph.store import Solutions, open_store
from stpgraph.vocabulary import mint
from tests import write_docs
from tests.commands import run

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")

#: Every page that is kept with the project.
PAGES = sorted(
    [*ROOT.glob("*.md"), *(path for room in ("docs", "ontology", "graph") for path in (ROOT / room).rglob("*.md"))]
)
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))

_FENCE = re.compile(r"^```([a-z]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


def name_of(path: Path) -> str:
    """Return a page's name for the list of tests."""
    return path.relative_to(ROOT).as_posix()


def prose(text: str) -> str:
    """Return a page without its code."""
    return _INLINE.sub("", _FENCE.sub("", text))


def blocks(text: str, language: str) -> list[str]:
    """Return a page's blocks of code in a language."""
    return [code for told, code in _FENCE.findall(text) if told == language]


# The README's promises


def test_python_example_runs(capsys: pytest.CaptureFixture[str]) -> None:
    """The README's example prints twelve claims on joint working and all doubtful figures; the rest answers, too."""
    [code, _] = blocks(README, "python")
    told: dict[str, Any] = {}
    exec(compile(code, "README.md", "exec"), told)
    lines = capsys.readouterr().out.splitlines()
    claims = [
        line for line in lines if re.match(r"(2016-11-21|2017-09-21) .+ (critical|supportive|neutral|mixed) \S", line)
    ]
    assert len(claims) == 12
    assert any(line.startswith("2017-09-21 Martin Cresswell supportive ") for line in claims)
    assert "one fact said two ways one in six 15%" in lines
    assert "no whole number gives it 90% of 56" in lines
    assert len(lines) == 12 + 14
    assert isinstance(told["bodies"], Solutions)
    assert len(list(told["bodies"])) > 70
    assert len(told["rdf"]) == len(told["graph"].store)


def test_example_of_a_view_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The README's lines on seeing give a networkx graph, a table of windows and a page."""
    monkeypatch.chdir(tmp_path)
    [_, code] = blocks(README, "python")
    told: dict[str, Any] = {"graph": stpgraph.open()}
    exec(compile(code, "README.md", "exec"), told)
    assert told["view"].graph.number_of_nodes() == 7
    assert (tmp_path / "camps.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_size_of_the_ontology_is_as_told() -> None:
    """The README's "about 20 classes and 45 properties" is true within a tenth or so."""
    [(classes, properties)] = re.findall(r"about (\d+) classes and (\d+) properties", README)
    with open_store() as store:
        store.load(folder("ontology") / "stp.ttl", graph=mint("graph", "ontology"))

        def count(kinds: str) -> int:
            rows = store.select(f"SELECT DISTINCT ?t {{ VALUES ?kind {{ {kinds} }} ?t a ?kind ; rdfs:isDefinedBy ?o }}")
            return len(list(rows))

        assert abs(count("owl:Class") - int(classes)) <= 3
        assert abs(count("owl:ObjectProperty owl:DatatypeProperty") - int(properties)) <= 5


def test_rooms_exist() -> None:
    """Every room that the README's map names is a folder, and every test file that it names a file."""
    [rooms] = [code for _, code in _FENCE.findall(README) if "ontology/" in code]
    named = re.findall(r"^([a-z]+)/", rooms, re.MULTILINE)
    assert {"ontology", "graph", "queries", "stpgraph", "tests", "docs"} <= set(named)
    missing = [name for name in named if not (ROOT / name).is_dir()]
    missing += [name for name in re.findall(r"\btest_\w+", rooms) if not (ROOT / "tests" / f"{name}.py").is_file()]
    assert missing == []


def test_first_steps_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command of the first steps runs, one after the other, on the text given there, and says what is shown."""
    told = (ROOT / "docs" / "first-steps.md").read_text(encoding="utf-8")
    [article] = blocks(told, "text")
    (tmp_path / "gazette.txt").write_text(article, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    steps = [step for block in blocks(told, "console") for step in re.split(r"^\$ ", block, flags=re.MULTILINE) if step]
    ran = []
    for command, _, shown in (step.partition("\n") for step in steps):
        words = shlex.split(command)[1:]
        if words[0] == "serve":
            continue  # tests/test_serve.py does
        done = run(*words)
        said = " ".join((done.out + done.err).split())
        assert done.status == (1 if words[:2] == ["check", "figures"] else 0), (command, done.err)
        assert [line for line in shown.splitlines() if " ".join(line.split()) not in said] == [], command
        ran.append(words[0])
    assert ran == ["read", "read", "check", "build", "ask", "ask", "draw", "export"]


# Commands


def lines_of_console() -> Iterator[tuple[str, str]]:
    """Yield the examples of all pages: the page and what is typed, each to be run as it stands."""
    for page in PAGES:
        for _, code in _FENCE.findall(page.read_text(encoding="utf-8")):
            for line in code.splitlines():
                if re.match(r"(\$ )?stpgraph ", line):
                    yield name_of(page), line.removeprefix("$ ")


def mentions() -> Iterator[tuple[str, str]]:
    """Yield the commands that prose mentions, whose arguments may be words for what to give."""
    for page in PAGES:
        for code in _INLINE.findall(_FENCE.sub("", page.read_text(encoding="utf-8"))):
            if code.startswith("stpgraph "):
                yield name_of(page), code


def command_of(words: list[str]) -> tuple[click.Command, list[str]]:
    """Return the command that some words name, and those left for it; the name of a question is one more command."""
    first, *rest = words
    found = command_line.get_command(click.Context(command_line), first)
    assert found is not None, f"there is no command {first!r}"
    if isinstance(found, click.Group) and rest and not rest[0].startswith("-") and not rest[0].isupper():
        question = found.get_command(click.Context(found), rest[0])
        assert question is not None, f"there is no question {rest[0]!r}"
        return question, rest[1:]
    return found, rest


@pytest.mark.parametrize(("page", "line"), list(lines_of_console()))
def test_examples_are_commands(page: str, line: str) -> None:
    """An example's command exists and takes every option, value and argument that stands there."""
    command, rest = command_of(shlex.split(line, comments=True)[1:])
    command.parse_args(click.Context(command, info_name=command.name), rest)


@pytest.mark.parametrize(("page", "code"), sorted(set(mentions())))
def test_mentioned_commands_exist(page: str, code: str) -> None:
    """A command that prose mentions exists and has the options named."""
    command, rest = command_of(shlex.split(code)[1:])
    rest = [word for word in rest if word != "--help"]
    context = click.Context(command, info_name=command.name)
    command.make_parser(context).parse_args(rest)


def test_commands_of_the_changelog_exist() -> None:
    """The list of commands in the changelog names commands that are there."""
    [line] = re.findall(r"^- `stpgraph demo`.*$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    for code in _INLINE.findall(line):
        command_of(code.removeprefix("stpgraph ").split())


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_make_targets_exist(page: Path) -> None:
    """`make` is named with targets of the Makefile only."""
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    text = page.read_text(encoding="utf-8")
    code = [
        *_INLINE.findall(_FENCE.sub("", text)),
        *(line for _, part in _FENCE.findall(text) for line in part.splitlines()),
    ]
    named = {target for line in code for target in re.findall(r"^(?:\$ )?make ([a-z]+)", line)}
    assert named - targets == set()


# Links and decisions


def anchors_of(page: Path) -> set[str]:
    """Return the names of a page's headings as links give them."""
    headings = re.findall(r"^#+ (.+)$", _FENCE.sub("", page.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_open(page: Path) -> None:
    """Every relative link and picture of a page is there, headings included."""
    broken = []
    for target in _LINK.findall(prose(page.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        found = (page.parent / path).resolve() if path else page
        if not found.exists() or (anchor and found.suffix == ".md" and anchor not in anchors_of(found)):
            broken.append(target)
    assert broken == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_named_pages_are_there(page: Path) -> None:
    """A page of docs/ that a text names by its path is there; a decision may be named by its number alone."""
    named = re.findall(r"\bdocs/[\w/.-]*\w", page.read_text(encoding="utf-8"))
    there = {name_of(path) for path in (ROOT / "docs").rglob("*")} | {"docs"}
    numbers = {name_of(path)[: len("docs/decisions/0000")] for path in DECISIONS}
    assert [name for name in named if name not in there | numbers] == []


def test_decisions_are_numbered() -> None:
    """Decisions count up from 0001 without a gap or a number given twice, and each begins with its number."""
    numbers = [path.name[:4] for path in DECISIONS]
    assert numbers == [f"{number:04d}" for number in range(1, len(DECISIONS) + 1)]
    for path in DECISIONS:
        heading = path.read_text(encoding="utf-8").splitlines()[0]
        assert re.match(rf"# 0*{int(path.name[:4])}[.:] \S", heading), f"{path.name} begins with {heading!r}"


def test_decisions_point_at_decisions() -> None:
    """Where a decision points at another by number, that one is there."""
    numbers = {path.name[:4] for path in DECISIONS}
    for path in DECISIONS:
        text = path.read_text(encoding="utf-8")
        assert set(re.findall(r"\((?:see )?(0\d{3})\)", text)) <= numbers, path.name


# The page of the questions


def test_page_of_the_questions_is_up_to_date() -> None:
    """docs/queries.md says what the headers of the questions say; `make docs` writes it anew."""
    assert write_docs.PAGE.read_text(encoding="utf-8") == write_docs.page_of(find_questions().values())


def test_page_of_the_questions_tells_all() -> None:
    """Every question has its section, with every parameter as an option and every column by name."""
    page = write_docs.PAGE.read_text(encoding="utf-8")
    sections = {section.splitlines()[0]: section for section in page.split("\n## ")[1:]}
    assert list(sections) == sorted(find_questions())
    for name, question in find_questions().items():
        assert question.summary in sections[name]
        for parameter in question.parameters:
            assert f"| `--{parameter.name.replace('_', '-')}` |" in sections[name]
        for column in question.columns:
            assert f"| `{column.name}` |" in sections[name]


def test_page_of_the_questions_is_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """`python -m tests.write_docs` writes the page that is kept."""
    kept = write_docs.PAGE.read_bytes()
    monkeypatch.setattr(write_docs, "PAGE", tmp_path / "queries.md")
    write_docs.main()
    assert (tmp_path / "queries.md").read_bytes() == kept
