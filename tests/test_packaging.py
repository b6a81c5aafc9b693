"""The wheel: all that runs and all that ships, byte for byte, and nothing else."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from email.parser import Parser
from pathlib import Path, PurePosixPath

import pytest

import stpgraph

ROOT = Path(__file__).resolve().parent.parent

VERSION: str = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
DIST_INFO = f"stpgraph-{VERSION}.dist-info"

SHIPPED = ("graph", "ontology", "queries")

BUILD = "import sys; from hatchling.build import build_{kind}; print(build_{kind}(sys.argv[1]))"


def _build(kind: str, source: Path, place: Path) -> Path:
    """Build as a front end of PEP 517 would, in a process of its own, without fetching anything."""
    command = [sys.executable, "-c", BUILD.format(kind=kind), str(place)]
    done = subprocess.run(command, cwd=source, capture_output=True, text=True, check=True, timeout=60)
    return place / done.stdout.split()[-1]


def _contents(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _files(folder: Path) -> dict[str, bytes]:
    """The files below a folder by path, without what Python leaves there."""
    paths = [path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel of this checkout."""
    return _build("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def unpacked(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of an unpacked wheel."""
    place = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(place)
    return place


def _run(unpacked: Path, code: str) -> str:
    """Run Python in another folder with the unpacked wheel before the checkout."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=unpacked.parent,
        env={**os.environ, "PYTHONPATH": str(unpacked)},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return done.stdout.strip()


@pytest.mark.parametrize("name", SHIPPED)
def test_what_ships_is_in_the_wheel(wheel: Path, name: str) -> None:
    """The graph, the ontology and the questions of the checkout are in the wheel, byte for byte, and no other file."""
    start = f"stpgraph/_shipped/{name}/"
    inside = {path.removeprefix(start): data for path, data in _contents(wheel).items() if path.startswith(start)}
    assert inside == _files(ROOT / name)
    assert inside


def test_the_package_is_in_the_wheel(wheel: Path) -> None:
    """Every module, template and marker of the package is in the wheel, byte for byte, and no other file."""
    inside = {
        path.removeprefix("stpgraph/"): data
        for path, data in _contents(wheel).items()
        if path.startswith("stpgraph/") and not path.startswith("stpgraph/_shipped/")
    }
    assert inside == _files(ROOT / "stpgraph")
    assert {"py.typed", "cli/__init__.py", "pages/templates/network.html"} <= inside.keys()


def test_nothing_else_is_in_the_wheel(wheel: Path) -> None:
    """The wheel has the package, what ships and its own description: no tests, no benchmarks, no settings."""
    names = {PurePosixPath(name) for name in _contents(wheel)}
    assert {name.parts[0] for name in names} == {"stpgraph", DIST_INFO}
    assert {name.parts[2] for name in names if name.parts[1] == "_shipped"} == set(SHIPPED)
    described = {name.name for name in names if name.parts[0] != "stpgraph"}
    assert described == {"METADATA", "WHEEL", "RECORD", "entry_points.txt", "LICENSE", "LICENSE-DATA"}


def test_the_core_needs_nothing_heavy(wheel: Path) -> None:
    """Without extras only light packages are asked for; models, browsers and test tools are not among them."""
    metadata = Parser().parsestr(_contents(wheel)[f"{DIST_INFO}/METADATA"].decode())
    needed = [line for line in metadata.get_all("Requires-Dist", []) if "extra ==" not in line]
    names = {re.split(r"[^A-Za-z0-9_-]", line)[0].lower() for line in needed}
    assert {"pyoxigraph", "rdflib", "sparqlwrapper"} <= names
    assert names.isdisjoint(
        {"spacy", "torch", "transformers", "playwright", "oxigraph", "pytest", "hypothesis", "owlrl"}
    )


def test_the_version_is_one(wheel: Path) -> None:
    """The version of the package is that of its project file and of its wheel."""
    assert wheel.name == f"stpgraph-{VERSION}-py3-none-any.whl"
    assert stpgraph.__version__ == VERSION


def test_an_installed_package_finds_its_own_folders(unpacked: Path) -> None:
    """Away from the checkout the package takes the folders that came with it."""
    code = f"from stpgraph.resources import folder\nfor name in {SHIPPED}: print(folder(name))"
    assert _run(unpacked, code).splitlines() == [str(unpacked / "stpgraph" / "_shipped" / name) for name in SHIPPED]


def test_an_installed_package_answers(unpacked: Path) -> None:
    """Away from the checkout the graph that ships can be opened and asked."""
    code = "import stpgraph; print(stpgraph.__file__, stpgraph.open().query('ASK { ?claim a stp:Claim }'))"
    assert _run(unpacked, code) == f"{unpacked / 'stpgraph' / '__init__.py'} True"


def test_an_installed_command_runs(unpacked: Path) -> None:
    """The command that the wheel installs is there, and tells its version."""
    entry = (unpacked / DIST_INFO / "entry_points.txt").read_text(encoding="utf-8")
    assert entry.split() == ["[console_scripts]", "stpgraph", "=", "stpgraph.cli:main"]
    told = _run(unpacked, "import sys; sys.argv = ['stpgraph', '--version']; from stpgraph.cli import main; main()")
    assert VERSION in told


def test_the_source_archive_makes_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    """A wheel built from the source archive is the wheel built from the checkout."""
    archive = _build("sdist", ROOT, tmp_path)
    with tarfile.open(archive) as packed:
        packed.extractall(tmp_path, filter="data")
    again = _build("wheel", tmp_path / archive.name.removesuffix(".tar.gz"), tmp_path)
    assert _contents(again) == _contents(wheel)
