"""Question files: what their headers say, checked against their queries."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from stpgraph.errors import BadQuestion, UnknownQuestion
from stpgraph.resources import folder
from stpgraph.tables import Column
from stpgraph.vocabulary import PREFIXES

__all__ = [
    "ROW",
    "VALUES",
    "Parameter",
    "Question",
    "find_questions",
    "fold",
    "get_question",
    "nearest",
    "read_question",
    "selected",
]

#: A line of one row that may bind parameters: its variables, its values.
VALUES = re.compile(r"VALUES\s*\(([^)]*)\)\s*\{\s*\(([^)]*)\)\s*\}", re.IGNORECASE)
#: The values of such a row.
ROW = re.compile(r'"(?:[^"\\]|\\.)*"(?:\^\^\S+)?|\S+')

#: What of a query is not code: texts, IRIs and comments.
_ASIDE = re.compile(r'"""(?:.|\n)*?"""|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|<[^<>"{}|^`\\\s]*>|#[^\n]*')
_SELECT = re.compile(r"\bSELECT\b(.*?)(?:\bWHERE\b|\{)", re.IGNORECASE | re.DOTALL)
_INNERMOST = re.compile(r"\(([^()]*)\)")
_ALIAS = re.compile(r"\bAS\s*[?$](\w+)\s*$", re.IGNORECASE)

_KEYS = {"summary", "description", "tags", "params", "columns", "view"}
#: Keys that grlc reads; they say how its server answers, which is nothing to us.
_GRLC_KEYS = {"defaults", "endpoint", "endpoint_in_url", "enumerate", "method", "mime", "pagination", "transform"}
_PARAMETER_KEYS = {"type", "class", "scheme", "description", "required", "default", "allowed"}
_PARAMETER_TYPES = {"iri", "xsd:boolean", "xsd:date", "xsd:decimal", "xsd:integer", "xsd:string"}
_COLUMN_KEYS = {"type", "meaning", "detail"}
_COLUMN_TYPES = {"boolean", "date", "decimal", "integer", "iri", "list", "text"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """What can be asked for.

    Attributes:
        name: as in the header and the query; on the command line with `-` for `_`.
        type: `iri`, or an XSD type: `xsd:boolean`, `xsd:date`, `xsd:decimal`, `xsd:integer`, `xsd:string`.
        of_class: for an IRI, the classes whose labels name it, as prefixed names.
        of_scheme: for an IRI, the scheme whose codes it is one of: "stance".
        description: what it does.
        is_required: whether the question makes no sense without it.
        default: its value when it is not given, as text.
        allowed: the values it may have; empty for any.
    """

    name: str
    type: str
    of_class: tuple[str, ...] = ()
    of_scheme: str = ""
    description: str = ""
    is_required: bool = False
    default: str | None = None
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question as its file states it.

    Attributes:
        name: the file's name without its ending.
        summary: what it asks, in a line.
        description: what a reader should know to use the answer.
        parameters: what can be asked for.
        columns: what the answer holds.
        view: the view that shows the answer best: "network", "timeline"; "" for none.
        sparql: the query.
        path: the file.
    """

    name: str
    summary: str
    description: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    view: str
    sparql: str
    path: Path


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
    paths = {path.stem: path for path in _files(place)}
    if name in paths:
        return read_question(paths[name])
    raise UnknownQuestion(f"no question is called {name!r}; {nearest(name, paths)}; `stpgraph ask` lists them all")


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


def read_question(path: Path) -> Question:
    """Read a question's file.

    Raises:
        BadQuestion: when the header is no YAML, lacks what it must have, or does not fit the query; with the line.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise BadQuestion(f"cannot read the question: {fault}", where=str(path)) from fault
    return _question(text, path)


@lru_cache(maxsize=128)
def _question(text: str, path: Path) -> Question:
    """Make a question of its file's text; the same text is read once, for YAML takes longer than many an answer."""
    header = _Header(text, path)
    whole = header.mapping(header.top, "the header", _KEYS | _GRLC_KEYS)
    summary = header.text(whole.get("summary"))
    if not summary:
        raise header.fault("the header has no summary; begin the file with a line `#+ summary: …`")
    question = Question(
        name=path.stem,
        summary=summary,
        description=header.text(whole.get("description")),
        parameters=tuple(_parameters(header, whole.get("params"))),
        columns=tuple(_columns(header, whole.get("columns"))),
        view=header.text(whole.get("view")),
        sparql=text,
        path=path,
    )
    _check_columns(header, question, whole.get("columns"))
    _check_parameters(header, question, whole.get("params"))
    return question


class _Header:
    """The YAML of a header as nodes, each of which knows its line."""

    def __init__(self, text: str, path: Path) -> None:
        self.path = path
        lines = text.splitlines()
        count = next((at for at, line in enumerate(lines) if not line.startswith("#+")), len(lines))
        try:
            self.top = yaml.compose(
                "\n".join(line[2:].removeprefix(" ") for line in lines[:count]), Loader=yaml.SafeLoader
            )
        except yaml.YAMLError as fault:
            mark = getattr(fault, "problem_mark", None) or getattr(fault, "context_mark", None)
            problem = getattr(fault, "problem", None) or getattr(fault, "reason", None) or "it does not parse"
            where = f"{path}:{mark.line + 1 if mark else 1}"
            raise BadQuestion(f"the header is no YAML: {problem}; mend that line", where=where) from fault

    def fault(self, message: str, node: yaml.Node | int | None = None) -> BadQuestion:
        """Make the error that names a node's line, a given one, or the first."""
        line = node if isinstance(node, int) else node.start_mark.line + 1 if node else 1
        return BadQuestion(message, where=f"{self.path}:{line}")

    def mapping(self, node: yaml.Node | None, what: str, keys: Iterable[str] = ()) -> dict[str, yaml.Node]:
        """Read `key: value` pairs; with `keys`, no others."""
        if node is None:
            return {}
        if not isinstance(node, yaml.MappingNode):
            raise self.fault(f"{what} holds no `key: value` pairs; expected lines of them", node)
        found: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name = self.text(key)
            if keys and name not in keys:
                raise self.fault(f"{what} has an unknown key {name!r}; {nearest(name, keys)}", key)
            if name in found:
                raise self.fault(f"{what} has {name!r} twice; take one out", key)
            found[name] = value
        return found

    def text(self, node: yaml.Node | None) -> str:
        """Read a text of one or several lines as one line; "" for none."""
        if node is None:
            return ""
        if not isinstance(node, yaml.ScalarNode):
            raise self.fault("expected a text; put one that holds : , { } [ ] in quotation marks", node)
        return " ".join(str(node.value).split())

    def texts(self, node: yaml.Node | None) -> tuple[str, ...]:
        """Read one text or a list of them."""
        if isinstance(node, yaml.SequenceNode):
            return tuple(self.text(part) for part in node.value)
        return (self.text(node),) if node else ()

    def flag(self, node: yaml.Node | None) -> bool:
        """Read true or false; false for none."""
        if node is not None and self.text(node) not in {"true", "false"}:
            raise self.fault(f"expected true or false, not {self.text(node)!r}", node)
        return node is not None and self.text(node) == "true"

    def choice(self, node: yaml.Node | None, owner: yaml.Node, what: str, choices: Iterable[str]) -> str:
        """Read a text that is one of some."""
        told = self.text(node)
        if told not in choices:
            raise self.fault(
                f"{what} has the type {told!r}; expected one of {', '.join(sorted(choices))}", node or owner
            )
        return told


def _parameters(header: _Header, node: yaml.Node | None) -> Iterable[Parameter]:
    for name, told in header.mapping(node, "params").items():
        if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
            raise header.fault(f"{name!r} cannot name a parameter; expected lower-case letters, digits and _", told)
        parts = header.mapping(told, f"parameter {name!r}", _PARAMETER_KEYS)
        default = parts.get("default")
        parameter = Parameter(
            name=name,
            type=header.choice(parts.get("type"), told, f"parameter {name!r}", _PARAMETER_TYPES),
            of_class=header.texts(parts.get("class")),
            of_scheme=header.text(parts.get("scheme")),
            description=header.text(parts.get("description")),
            is_required=header.flag(parts.get("required")),
            default=None if default is None else header.text(default),
            allowed=header.texts(parts.get("allowed")),
        )
        for prefix in (of_class.partition(":")[0] for of_class in parameter.of_class):
            if prefix not in PREFIXES:
                raise header.fault(
                    f"parameter {name!r}: no prefix {prefix!r}; expected stp:Relationship or the like", told
                )
        if parameter.allowed and parameter.default not in (None, *parameter.allowed):
            raise header.fault(f"parameter {name!r}: its default is not one of the values allowed; add it", told)
        yield parameter


def _columns(header: _Header, node: yaml.Node | None) -> Iterable[Column]:
    for name, told in header.mapping(node, "columns").items():
        if isinstance(told, yaml.ScalarNode):
            yield Column(name=name, description=header.text(told))
            continue
        parts = header.mapping(told, f"column {name!r}", _COLUMN_KEYS)
        kind = parts.get("type")
        yield Column(
            name=name,
            description=header.text(parts.get("meaning")),
            type=header.choice(kind, told, f"column {name!r}", _COLUMN_TYPES) if kind else "text",
            is_detail=header.flag(parts.get("detail")),
        )


def _check_columns(header: _Header, question: Question, node: yaml.Node | None) -> None:
    """Make sure that what is described is selected, and the other way round."""
    names = selected(question.sparql)
    if names is None:
        raise header.fault("the query selects nothing; a question is a SELECT that names its variables")
    if not question.columns:
        return
    nodes = header.mapping(node, "columns")
    for name in nodes:
        if name not in names:
            raise header.fault(f"column {name!r} is not selected; {nearest(name, names)}", nodes[name])
    for name in names:
        if name not in nodes:
            raise header.fault(f"?{name} is selected, and no column says what it means; add a line to columns", node)


def _check_parameters(header: _Header, question: Question, node: yaml.Node | None) -> None:
    """Make sure that header and query speak of the same parameters, with the same defaults."""
    nodes = header.mapping(node, "params")
    defaults = {parameter.name: parameter.default for parameter in question.parameters}
    bound: set[str] = set()
    for match in VALUES.finditer(question.sparql):
        names, row = match[1].replace("?", " ").split(), ROW.findall(match[2])
        line = question.sparql.count("\n", 0, match.start()) + 1
        if defaults.keys().isdisjoint(names):
            continue
        if not defaults.keys() >= set(names) or len(names) != len(row):
            raise header.fault("a VALUES line of parameters binds parameters only, each with one value", line)
        for name, text in zip(names, row, strict=True):
            default = defaults[name]
            if text not in ("UNDEF",) if default is None else text not in (default, f'"{default}"'):
                expected = "UNDEF" if default is None else f'"{default}"'
                raise header.fault(f"?{name} is {text} here; its header says {expected}", line)
        bound.update(names)
    for name in sorted(nodes.keys() - bound):
        raise header.fault(f"no line `VALUES (?{name}) {{ (UNDEF) }}` binds {name!r}; add it", nodes[name])


def selected(sparql: str) -> tuple[str, ...] | None:
    """Return the variables that a query selects, in order; None where it selects none by name.

    Example:
        >>> selected('SELECT ?who (COUNT(DISTINCT ?claim) AS ?claims) WHERE { ?claim stp:claimant ?who } GROUP BY ?who')
        ('who', 'claims')
    """
    match = _SELECT.search(_ASIDE.sub(" ", sparql))
    if match is None:
        return None
    clause = match[1]
    while _INNERMOST.search(clause):
        clause = _INNERMOST.sub(lambda group: f" ?{name[1]} " if (name := _ALIAS.search(group[1])) else " ", clause)
    return tuple(re.findall(r"[?$](\w+)", clause)) or None


def fold(text: str) -> str:
    """Return the words of a text without case, accents and punctuation, for comparing names.

    Example:
        >>> fold("Zoë’s Joint-Working"), fold("joint  working")
        ('zoes joint working', 'joint working')
    """
    plain = unicodedata.normalize("NFKD", text).casefold()
    kept = (c for c in plain if not unicodedata.combining(c) and c not in "'’")
    return " ".join("".join(c if c.isalnum() else " " for c in kept).split())


def nearest(text: str, names: Iterable[str] | Mapping[str, object]) -> str:
    """Say which of some names is nearest to a text, in words that end an error's message."""
    folded: dict[str, str] = {}
    for name in sorted(names):
        folded.setdefault(fold(name), name)
    wanted = fold(text[:200])
    close = difflib.get_close_matches(wanted, folded, n=3, cutoff=0.5)
    close += [name for name in folded if wanted and wanted in name and name not in close][: 3 - len(close)]
    if not close:
        return f"expected one of {', '.join(list(folded.values())[:8])}{' …' if len(folded) > 8 else ''}"
    return f"did you mean {' or '.join(repr(folded[name]) for name in close)}?"
