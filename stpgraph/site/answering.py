"""Questions asked through the site: what an address gives for them, and their answers, the last of which are kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from threading import Lock

from pyoxigraph import NamedNode

from stpgraph.citations import cite
from stpgraph.errors import BadParameter, BadQuestion, UnknownQuestion
from stpgraph.exports import TABLE_FORMATS, table_to_markdown
from stpgraph.pages import draw_table
from stpgraph.questions import Question, Table, ask, find_questions_and_faults
from stpgraph.site.asked import Asked
from stpgraph.site.place import Site
from stpgraph.store import Store

__all__ = ["FORMATS", "Format", "answer", "find_question", "given_for", "place_of"]

#: How many answers are kept, and how many rows an answer may have to be kept.
_KEPT, _KEPT_ROWS = 8, 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format in which answers are given.

    Attributes:
        media: its media type, without parameters.
        write: makes it of a table, its question and the store.
        is_saved: whether a browser keeps it as a file rather than shows it.
        charset: what follows the media type.
    """

    media: str
    write: Callable[[Table, Question, Store], bytes]
    is_saved: bool = True
    charset: str = ""


def _as_markdown(table: Table, _: Question, store: Store) -> bytes:
    nodes = [cell for row in table.rows for cell in row if isinstance(cell, NamedNode)]
    return table_to_markdown(table, cite(store, nodes))


def _as_page(table: Table, question: Question, _: Store) -> bytes:
    return draw_table(table, title=question.summary).encode("utf-8", "replace")


#: Formats by the ending of a path and the value of `format`; ours first.
FORMATS: Mapping[str, Format] = {
    "json": Format(media="application/json", write=lambda table, *_: TABLE_FORMATS["json"](table), is_saved=False),
    "csv": Format(media="text/csv", write=lambda table, *_: TABLE_FORMATS["csv"](table), charset="; charset=utf-8"),
    "xlsx": Format(
        media="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        write=lambda table, *_: TABLE_FORMATS["xlsx"](table),
    ),
    "md": Format(media="text/markdown", write=_as_markdown, charset="; charset=utf-8"),
    "html": Format(media="text/html", write=_as_page, is_saved=False, charset="; charset=utf-8"),
}


def find_question(site: Site, name: str) -> Question:
    """Return the question of a name, of those that ship or of the user's own.

    Raises:
        UnknownQuestion: when there is none.
        BadQuestion: when there is, and its file is at fault.
    """
    questions, faults = find_questions_and_faults(site.queries)
    if name in questions:
        return questions[name]
    for fault in faults:
        if fault.path and fault.path.stem == name:
            raise fault
    raise UnknownQuestion(f"no question is called {name[:100]!r}; /questions lists them all")


def place_of(fault: BadQuestion) -> str:
    """Say which file is wrong and where, without the folders above it, which are no reader's business.

    Example:
        >>> from pathlib import Path
        >>> place_of(BadQuestion("it has no summary", path=Path("/srv/own/mine.rq"), line=1))
        'mine.rq, line 1'
    """
    name = fault.path.name if fault.path else ""
    return f"{name}, line {fault.line}" if fault.line else name


def given_for(asked: Asked, aside: Collection[str]) -> dict[str, str]:
    """Return what an address gives for a question.

    Args:
        asked: the request.
        aside: names that say how the answer is shown.

    Raises:
        BadParameter: when something is given twice.
    """
    given: dict[str, str] = {}
    for name, value in asked.query:
        if name in aside:
            continue
        if name in given and given[name] != value:
            problem, mend = f"{name[:100]!r} is given twice, which says two things", "give it once"
            raise BadParameter(problem, mend=mend, parameter=name, message=f"{problem}; {mend}")
        given[name] = value
    return given


def answer(site: Site, question: Question, given: Mapping[str, str]) -> Table:
    """Answer a question; the last few answers are kept, for pages and files of one answer follow each other.

    Raises:
        BadParameter: when something given fits nothing, or something needed is not given.
    """
    kept = site.once("answers", lambda _: _Answers())
    key = (question.sparql, tuple(sorted(given.items())))
    return kept.find(key, lambda: ask(site.store, question, **given))


class _Answers:
    """The last few answers of a site."""

    def __init__(self) -> None:
        self._kept: OrderedDict[object, Table] = OrderedDict()
        self._lock = Lock()

    def find(self, key: object, make: Callable[[], Table]) -> Table:
        """Return the answer that is kept, or make it and keep it."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        table = make()
        if len(table) <= _KEPT_ROWS:
            with self._lock:
                self._kept[key] = table
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
        return table
