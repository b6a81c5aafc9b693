"""The order of the rooms: who may import whom, and who alone knows the engine, other tools and HTML."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "stpgraph"

#: From left to right: each room imports from those before it only. Some are still to be built.
ROOMS = (
    *("errors", "vocabulary", "resources", "records", "bounds", "documents", "extraction", "rdf", "turtle"),
    *(
        "reference",
        "store",
        "tables",
        "questions",
        "search",
        "checks",
        "building",
        "publishing",
        "reading",
        "citations",
        "networks",
    ),
    "measures",
    *(
        "pages",
        "exports",
        "knowledge_graph",
        "",
        "site",
        "server",
        "cli",
        "__main__",
    ),  # "" is the package, the door to users
)

FILES = {path.relative_to(PACKAGE).as_posix(): path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")}


def room_of(file: str) -> str:
    """The room that a file belongs to: its folder, or itself."""
    first = file.partition("/")[0].removesuffix(".py")
    return "" if first == "__init__" else first


def imported(source: str) -> Iterator[str]:
    """Yield the full names that a module imports: `a.b` for `import a.b`, `a.b.c` for `from a.b import c`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = "." * node.level + (node.module or "")
            yield from (f"{start}.{alias.name}" for alias in node.names)


def rooms_used(source: str) -> set[str]:
    """The rooms of ours that a module imports from."""
    parts = [name.split(".") for name in imported(source)]
    ours = [part[1] if len(part) > 1 else "" for part in parts if part[0] == "stpgraph"]
    rooms = {room_of(file) for file in FILES}
    return {name if name in rooms else "" for name in ours}


def uses_of(source: str, name: str) -> bool:
    """Whether a module imports a name, or speaks of it by its full name."""
    if any(found == name or found.startswith(f"{name}.") for found in imported(source)):
        return True
    return any(ast.unparse(node) == name for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Attribute))


def test_every_room_has_its_place() -> None:
    """A new module is given a place in the order before it is built."""
    assert {room_of(file) for file in FILES} <= set(ROOMS)


@pytest.mark.parametrize("file", sorted(FILES))
def test_imports_go_leftwards(file: str) -> None:
    """A module imports from its own room and those before it."""
    here = ROOMS.index(room_of(file))
    wrong = {room for room in rooms_used(FILES[file]) if ROOMS.index(room) > here}
    assert not wrong, f"{file} imports from {', '.join(sorted(wrong))}, to the right of it"


def test_imports_are_absolute() -> None:
    """Every import says where it comes from, so that the order above sees it."""
    assert [file for file, source in FILES.items() if any(name.startswith(".") for name in imported(source))] == []


def test_errors_stand_alone() -> None:
    """The errors import nothing of ours."""
    assert rooms_used(FILES["errors.py"]) == set()


@pytest.mark.parametrize("name", ["SPARQLWrapper", "oxrdflib", "pyoxigraph.Store", "rdflib.plugins.stores"])
def test_only_the_store_knows_its_tools(name: str) -> None:
    """The engine's store and the tools for endpoints are used in one room."""
    assert {room_of(file) for file, source in FILES.items() if uses_of(source, name)} == {"store"}


@pytest.mark.parametrize("name", ["spacy", "torch", "transformers"])
def test_only_extraction_knows_models(name: str) -> None:
    """Language models are used in one room."""
    assert {room_of(file) for file, source in FILES.items() if uses_of(source, name)} <= {"extraction"}


@pytest.mark.parametrize("name", ["click", "rich"])
def test_only_the_command_line_knows_terminals(name: str) -> None:
    """Options, progress bars and tables for terminals are made in one room."""
    assert {room_of(file) for file, source in FILES.items() if uses_of(source, name)} <= {"cli"}


def test_only_pages_and_the_site_know_html() -> None:
    """Markup is written in two rooms."""
    texts = [path for path in PACKAGE.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    found = {
        room_of(path.relative_to(PACKAGE).as_posix())
        for path in texts
        if "<html" in path.read_text(encoding="utf-8").lower()
    }
    assert found == {"pages", "site"}


def test_this_test_sees_imports() -> None:
    """Imports are found in every form, also within functions."""
    source = (
        "import stpgraph.cli, pyoxigraph\ndef f():\n    from stpgraph import store as s, open\n"
        "    return pyoxigraph.Store()\n"
    )
    assert rooms_used(source) == {"cli", "store", ""}
    assert uses_of(source, "pyoxigraph.Store")
    assert not uses_of("from pyoxigraph import Quad\nfrom stpgraph.store import Store", "pyoxigraph.Store")
