"""Shipped folders: found in a wheel first, then in a checkout."""

from __future__ import annotations

from pathlib import Path

import pytest

from stpgraph import resources
from stpgraph.errors import UsageError
from stpgraph.resources import folder

CHECKOUT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize("name", ["graph", "ontology", "queries"])
def test_a_checkout_has_its_folders(name: str) -> None:
    """In a checkout the folders at its top are those that ship."""
    assert folder(name) == CHECKOUT / name


@pytest.mark.parametrize("name", ["", "docs", "../etc", "graph/reference"])
def test_what_does_not_ship_is_refused(name: str) -> None:
    """Another name is an error that lists the names there are."""
    with pytest.raises(UsageError, match="expected one of graph, ontology, queries"):
        folder(name)


def _package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *folders: str) -> Path:
    """A package somewhere else, with some folders about it."""
    package = tmp_path / "stpgraph"
    for name in ("stpgraph", *folders):
        (tmp_path / name).mkdir(parents=True, exist_ok=True)
    monkeypatch.setattr(resources, "__file__", str(package / "resources.py"))
    return package


def test_a_wheel_goes_before_a_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The files that came with the package are taken before those beside it."""
    package = _package(tmp_path, monkeypatch, "graph", "stpgraph/_shipped/graph")
    (tmp_path / "pyproject.toml").touch()
    assert folder("graph") == package / "_shipped" / "graph"


def test_a_folder_that_happens_to_be_near_is_not_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside an installed package a folder called `graph` is not taken: only a checkout has a pyproject.toml."""
    _package(tmp_path, monkeypatch, "graph")
    with pytest.raises(UsageError, match=r"the shipped folder 'graph' is missing beside .*; install stpgraph again"):
        folder("graph")
    (tmp_path / "pyproject.toml").touch()
    assert folder("graph") == tmp_path / "graph"
