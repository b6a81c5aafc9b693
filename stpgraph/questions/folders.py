"""The questions that ship, and those of a user's own folder."""

from __future__ import annotations

import re
from pathlib import Path

from stpgraph.errors import BadQuestion, UnknownQuestion
from stpgraph.questions.headers import read_question
from stpgraph.questions.stated import Question
from stpgraph.questions.words import nearest, shown
from stpgraph.resources import folder

__all__ = ["find_questions", "get_question"]

#: How the questions that ship are called.
_NAME = re.compile(r"[a-z-]+")


def find_questions(place: Path | None = None) -> dict[str, Question]:
    """Return the questions that ship and those of a further folder, by name.

    Raises:
        BadQuestion: when a header does not fit its query, or two files have one name.

    Example:
        >>> find_questions()["who-said-what"].columns[0].name
        'date'
    """
    return {path.stem: read_question(path) for path in _files(place)}


def get_question(name: str, place: Path | None = None) -> Question:
    """Return the question of a name.

    Raises:
        UnknownQuestion: with the names nearest to it.
    """
    shipped = folder("queries") / f"{name}.rq"
    if place is None and _NAME.fullmatch(name) and shipped.is_file():
        return read_question(shipped)
    paths = {path.stem: path for path in _files(place)}
    if name in paths:
        return read_question(paths[name])
    raise UnknownQuestion(f"no question is called {shown(name)}; {nearest(name, paths)}; `stpgraph ask` lists them all")


def _files(place: Path | None) -> list[Path]:
    """Return the files of the questions that ship, then those of a further folder."""
    paths = sorted(folder("queries").glob("*.rq"))
    if place is None:
        return paths
    if not place.is_dir():
        raise BadQuestion("there is no such folder of questions; check the path", where=str(place))
    shipped = {path.stem: path for path in paths}
    more = sorted(place.glob("*.rq"))
    for path in more:
        if path.stem in shipped:
            raise BadQuestion(f"{shipped[path.stem]} has that name too; rename one", where=str(path))
    return paths + more
