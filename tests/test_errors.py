"""The tree of errors: as drawn, and each of them one line that says where."""

from __future__ import annotations

import inspect

import pytest

from stpgraph import errors
from stpgraph.errors import EndpointError, StpGraphError

CLASSES = {name: kind for name, kind in vars(errors).items() if inspect.isclass(kind)}


def drawn() -> dict[str, str | None]:
    """The parent of each error, as the drawing in the module's docstring has it."""
    parents: dict[str, str | None] = {}
    above: list[str] = []
    for line in (errors.__doc__ or "").splitlines():
        before, mark, after = line.rpartition("─ ")
        words = (after if mark else line).split()
        depth = len(before) // 4 + 1 if mark else 0
        if mark or line == "StpGraphError":
            above[depth:] = [words[0]]
            parents[words[0]] = above[depth - 1] if depth else None
    return parents


def test_the_tree_is_as_drawn() -> None:
    """The drawing in the docstring shows every class, once, below its base."""
    real = {name: kind.__bases__[0].__name__ if kind is not StpGraphError else None for name, kind in CLASSES.items()}
    assert drawn() == real


def test_every_error_can_be_imported_by_name() -> None:
    """`__all__` names every error, in order."""
    assert errors.__all__ == sorted(CLASSES)


@pytest.mark.parametrize("kind", CLASSES.values(), ids=CLASSES.keys())
def test_an_error_keeps_its_facts(kind: type[StpGraphError]) -> None:
    """Message and place are attributes, and shown place first."""
    error = kind("it is broken; mend it", where="notes.ttl:3")
    assert (error.message, error.where) == ("it is broken; mend it", "notes.ttl:3")
    assert str(error) == "notes.ttl:3: it is broken; mend it"
    assert str(kind("it is broken; mend it")) == "it is broken; mend it"
    assert (kind.__doc__ or "").strip()


def test_an_endpoint_error_has_a_status() -> None:
    """The HTTP status is kept where there was an answer."""
    assert EndpointError("no", status=503).status == 503
    assert EndpointError("no").status is None
