"""The tree of errors: as drawn, and each of them one line that says where."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

from stpgraph import errors
from stpgraph.errors import BadParameter, BadQuestion, EndpointError, StpGraphError

#: What the module defines; Suggestion alone is no error.
DEFINED = {
    name: kind for name, kind in vars(errors).items() if inspect.isclass(kind) and kind.__module__ == errors.__name__
}
CLASSES = {name: kind for name, kind in DEFINED.items() if name != "Suggestion"}


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
    assert errors.__all__ == sorted(DEFINED)


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


def test_what_is_wrong_with_a_parameter_is_told_by_parts() -> None:
    """Parameter, problem and mend make the message, unless another one is given; the parts are attributes."""
    error = BadParameter("'x' is no date", mend="expected 2016", parameter="since", value="x", where="mine.csv:2")
    assert str(error) == "mine.csv:2: since: 'x' is no date; expected 2016"
    assert (error.parameter, error.value, error.problem, error.mend) == (
        "since",
        "x",
        "'x' is no date",
        "expected 2016",
    )
    assert str(BadParameter("a", mend="b", parameter="c", message="all of it")) == "all of it"


def test_a_question_says_its_file_and_line() -> None:
    """File and line are attributes, and shown before the message."""
    error = BadQuestion("no summary", path=Path("mine.rq"), line=3)
    assert (str(error), error.path, error.line) == ("mine.rq:3: no summary", Path("mine.rq"), 3)
    assert str(BadQuestion("no summary", path=Path("mine.rq"))) == "mine.rq: no summary"
