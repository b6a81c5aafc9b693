"""The questions that ship, and those of a user's own folder."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from stpgraph.errors import BadQuestion, UnknownQuestion
from stpgraph.questions.headers import read_question
from stpgraph.questions.stated import Question
from stpgraph.questions.words import nearest, shown
from stpgraph.resources import folder

__all__ = ["find_questions", "find_questions_and_faults", "get_question"]

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
    questions, faults = find_questions_and_faults(place)
    if faults:
        raise faults[0]
    return questions


def find_questions_and_faults(place: Path | None = None) -> tuple[dict[str, Question], tuple[BadQuestion, ...]]:
    """Return the questions that can be asked, by name, and what is wrong with each file that cannot.

    Example:
        >>> questions, faults = find_questions_and_faults(Path("nowhere"))
        >>> "money" in questions, [str(fault) for fault in faults]
        (True, ['nowhere: there is no such folder of questions; check the path'])
    """
    paths, faults = _files(place)
    questions: dict[str, Question] = {}
    for path in paths:
        try:
            questions[path.stem] = read_question(path)
        except BadQuestion as fault:
            faults.append(fault)
    return questions, tuple(faults)


def get_question(name: str, place: Path | None = None) -> Question:
    """Return the question of a name, whatever is wrong with others; of two that have it, the one that ships.

    Raises:
        UnknownQuestion: with the names nearest to it.
        BadQuestion: when its header does not fit its query, or there is no such folder.
    """
    shipped = folder("queries") / f"{name}.rq"
    if place is None and _NAME.fullmatch(name) and shipped.is_file():
        return read_question(shipped)
    files, faults = _files(place)
    for fault in faults:
        if fault.path == place:  # not a file's, the folder's
            raise fault
    paths = {path.stem: path for path in files}
    if name in paths:
        return read_question(paths[name])
    raise UnknownQuestion(f"no question is called {shown(name)}; {nearest(name, paths)}; `stpgraph ask` lists them all")


def _is_same(path: Path, shipped: Mapping[str, Path]) -> bool:
    """Say whether a file is that of the question that ships, reached by another path."""
    return path.resolve() == shipped[path.stem].resolve()


def _files(place: Path | None) -> tuple[list[Path], list[BadQuestion]]:
    """Return the files of the questions that ship, then those of a further folder, and what keeps others away."""
    paths = sorted(folder("queries").glob("*.rq"))
    if place is None:
        return paths, []
    if not place.is_dir():
        return paths, [BadQuestion("there is no such folder of questions; check the path", path=place)]
    shipped = {path.stem: path for path in paths}
    more = [path for path in sorted(place.glob("*.rq")) if path.stem not in shipped or not _is_same(path, shipped)]
    doubled = [path for path in more if path.stem in shipped]
    problem = "a question that ships has that name, and is the one that is asked; rename this file"
    return (
        paths + [path for path in more if path.stem not in shipped],
        [BadQuestion(problem, path=path) for path in doubled],
    )
