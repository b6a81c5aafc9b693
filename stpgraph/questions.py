"""Named questions: a SPARQL query with a header that says what it asks, and how its parameters are given.

A question is a file `NAME.rq`. Its first lines begin with `#+` and hold YAML:

    #+ summary: Who said what about which relationship
    #+ params:
    #+   about: {type: iri, class: stp:Relationship, description: the relationship, and those below it}
    #+ columns:
    #+   date: when it was said

The rest is SPARQL that any engine runs as it stands. A parameter is a variable of the same name in a line
`VALUES (?about …) { (UNDEF …) }`; asking writes typed terms into that line, never text.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from pyoxigraph import Literal, NamedNode

from stpgraph.errors import BadParameter, BadQuestion, UnknownQuestion
from stpgraph.resources import folder
from stpgraph.store import Store
from stpgraph.tables import Cell, Column, Table
from stpgraph.vocabulary import BASE, PREFIXES, XSD

__all__ = ["Cell", "Column", "Parameter", "Question", "Table", "ask", "find_questions", "get_question", "read_question"]

_VALUES = re.compile(r"VALUES\s*\(([^)]*)\)\s*\{\s*\(([^)]*)\)\s*\}", re.IGNORECASE)
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_KEYS = {"summary", "description", "tags", "params", "columns", "view"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """What can be asked for.

    Attributes:
        name: as in the header and the query; on the command line with `-` for `_`.
        type: `iri`, or an XSD type: `xsd:date`, `xsd:integer`, `xsd:decimal`, `xsd:string`.
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
        view: the view that shows the answer as a network; "" for none.
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
    raise UnknownQuestion(f"no question is called {name!r}; {_nearest(name, paths)}; `stpgraph ask` lists them all")


def _files(place: Path | None) -> list[Path]:
    """Return the files of the questions that ship, then those of a further folder."""
    paths = sorted(folder("queries").glob("*.rq"))
    if place is None:
        return paths
    if not place.is_dir():
        raise BadQuestion("there is no such folder of questions; check the path", where=str(place))
    more = sorted(place.glob("*.rq"))
    shipped = {path.stem: path for path in paths}
    for path in more:
        if path.stem in shipped:
            raise BadQuestion(f"{shipped[path.stem]} has that name too; rename one", where=str(path))
    return paths + more


def read_question(path: Path) -> Question:
    """Read a question's file.

    Raises:
        BadQuestion: when the header is no YAML, lacks what it must have, or does not fit the query.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise BadQuestion(f"cannot read the question: {fault}", where=str(path)) from fault
    header = _header(text, path)
    parameters = tuple(_parameter(name, told, path) for name, told in (header.get("params") or {}).items())
    columns = tuple(_column(name, told) for name, told in (header.get("columns") or {}).items())
    question = Question(
        name=path.stem,
        summary=str(header["summary"]),
        description=" ".join(str(header.get("description") or "").split()),
        parameters=parameters,
        columns=columns,
        view=str(header.get("view") or ""),
        sparql=text,
        path=path,
    )
    _check_fit(question)
    return question


def _header(text: str, path: Path) -> dict[str, Any]:
    lines = text.splitlines()
    count = next((at for at, line in enumerate(lines) if not line.startswith("#+")), len(lines))
    try:
        header = yaml.safe_load("\n".join(line[2:].removeprefix(" ") for line in lines[:count]))
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problem = getattr(fault, "problem", None) or "it does not parse"
        raise BadQuestion(f"the header is no YAML: {problem}; mend that line", where=f"{path}:{line}") from fault
    if not isinstance(header, dict) or not header.get("summary"):
        raise BadQuestion("the header has no summary; begin the file with a line `#+ summary: …`", where=f"{path}:1")
    unknown = sorted(set(header) - _KEYS)
    if unknown:
        line = next(at for at, text in enumerate(lines, 1) if text.startswith(f"#+ {unknown[0]}"))
        raise BadQuestion(
            f"the header has an unknown key {unknown[0]!r}; expected some of {', '.join(sorted(_KEYS))}",
            where=f"{path}:{line}",
        )
    return header


def _parameter(name: str, told: Any, path: Path) -> Parameter:
    if not isinstance(told, dict) or "type" not in told:
        raise BadQuestion(f"parameter {name!r} has no type; expected iri, xsd:date or the like", where=str(path))
    classes = told.get("class") or ()
    return Parameter(
        name=name,
        type=str(told["type"]),
        of_class=(classes,) if isinstance(classes, str) else tuple(classes),
        of_scheme=str(told.get("scheme") or ""),
        description=" ".join(str(told.get("description") or "").split()),
        is_required=bool(told.get("required", False)),
        default=None if told.get("default") is None else str(told["default"]),
        allowed=tuple(str(value) for value in told.get("allowed") or ()),
    )


def _column(name: str, told: Any) -> Column:
    return Column(
        name=name, description=str(told["meaning"]), type=str(told["type"]), is_detail=bool(told.get("detail"))
    )


def _check_fit(question: Question) -> None:
    """Make sure that header and query speak of the same parameters."""
    named = {parameter.name for parameter in question.parameters}
    bound: set[str] = set()
    for match in _VALUES.finditer(question.sparql):
        bound |= set(match[1].replace("?", " ").split())
    for name in sorted(named - bound):
        raise BadQuestion(f"no VALUES line binds ?{name}; add it, or take the parameter out", where=str(question.path))


def ask(store: Store, question: str | Question, **parameters: Any) -> Table:
    """Answer a question.

    Args:
        store: what to ask.
        question: its name, or the question itself.
        parameters: by name. IRIs as `NamedNode`, `<relationship/trust>`, `relationship/trust` or in full, or the label
            of the thing, whatever its case and accents; dates as `date` or text, to the day, month or year.

    Returns:
        A typed table, its rows in the order that the question states.

    Raises:
        UnknownQuestion: when there is none of that name.
        BadParameter: when a parameter is unknown or missing, or its value fits nothing.

    Example:
        >>> from stpgraph.building import load_shipped
        >>> from stpgraph.store import open_store
        >>> store = open_store(); load_shipped(store)
        >>> ask(store, "people-and-roles", person="Martin Cresswell").rows[0][1]
        'chief executive'
    """
    asked = get_question(question) if isinstance(question, str) else question
    terms = _terms(store, asked, parameters)
    answer = store.select(bind(asked, terms))
    return Table.of(answer, question=asked.name, columns=asked.columns)


def bind(question: Question, terms: Mapping[str, NamedNode | Literal]) -> str:
    """Write terms into the VALUES lines of a question; what is not asked for stays UNDEF."""

    def write(match: re.Match[str]) -> str:
        names = match[1].replace("?", " ").split()
        given = match[2].split()
        if len(names) != len(given) or not {p.name for p in question.parameters}.issuperset(names):
            return match[0]
        values = (str(terms.get(name, value)) for name, value in zip(names, given, strict=True))
        return f"VALUES ({match[1]}) {{ ({' '.join(values)}) }}"

    return _VALUES.sub(write, question.sparql)


def _terms(store: Store, question: Question, given: Mapping[str, Any]) -> dict[str, NamedNode | Literal]:
    known = {parameter.name: parameter for parameter in question.parameters}
    for name in given:
        if name not in known:
            raise BadParameter(f"{question.name} has no parameter {name!r}; {_nearest(name, known)}")
    terms: dict[str, NamedNode | Literal] = {}
    for name, parameter in known.items():
        value = given.get(name)
        if value is None:
            value = parameter.default
        if value is not None:
            terms[name] = _term(store, parameter, value)
        elif parameter.is_required:
            raise BadParameter(f"{question.name} needs {name!r}: {parameter.description}")
    return terms


def _term(store: Store, parameter: Parameter, value: Any) -> NamedNode | Literal:
    """Turn a value given for a parameter into the term that is bound."""
    if parameter.type == "iri":
        return value if isinstance(value, NamedNode) else resolve(store, str(value), parameter)
    text = value.isoformat() if isinstance(value, date) else str(value).strip()
    if parameter.allowed and text not in parameter.allowed:
        raise BadParameter(f"{parameter.name} is one of {', '.join(parameter.allowed)}, not {text!r}")
    if parameter.type == "xsd:date":
        return _date(text, parameter)
    if parameter.type == "xsd:string":
        return Literal(text)
    pattern = {"xsd:integer": r"[+-]?\d+", "xsd:decimal": r"[+-]?\d+(\.\d+)?"}.get(parameter.type)
    if pattern is None or not re.fullmatch(pattern, text):
        raise BadParameter(f"{parameter.name} is {parameter.type}, which {text!r} is not")
    return Literal(text, datatype=XSD[parameter.type.removeprefix("xsd:")])


def _date(text: str, parameter: Parameter) -> Literal:
    try:
        if not _DATE.fullmatch(text):
            raise ValueError(text)
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError as fault:
        raise BadParameter(
            f"{parameter.name} is a date, which {text!r} is not; expected 2016, 2016-11 or 2016-11-21"
        ) from fault
    return Literal(text, datatype={4: XSD.gYear, 7: XSD.gYearMonth}.get(len(text), XSD.date))


def resolve(store: Store, text: str, parameter: Parameter) -> NamedNode:
    """Return the thing that a parameter's text names: by IRI, or by a label or other name.

    Raises:
        BadParameter: when nothing bears that name (with the nearest), or several things do (with all).
    """
    if re.fullmatch(r"<[^<>\s\"{}|\\^`]*>", text):
        text = text[1:-1]
    if re.fullmatch(r"https?://[^<>\s\"{}|\\^`]+", text):
        return NamedNode(text)
    if re.fullmatch(r"[a-z][a-z-]*/[A-Za-z0-9._~/-]+", text):
        return NamedNode(BASE + text)
    labels = _labels(store, parameter)
    wanted = _folded(text)
    found = {node: label for label, node, is_main in labels if _folded(label) == wanted and is_main}
    found = found or {node: label for label, node, _ in labels if _folded(label) == wanted}
    if len(found) == 1:
        return next(iter(found))
    if found:
        several = ", ".join(sorted(f"<{node.value.removeprefix(BASE)}>" for node in found))
        raise BadParameter(f"{text!r} names several things for {parameter.name}: {several}; give one of these")
    names = {label for label, _, is_main in labels if is_main} | {label for label, _, _ in labels}
    raise BadParameter(f"nothing for {parameter.name} is called {text!r}; {_nearest(text, names)}")


def _labels(store: Store, parameter: Parameter) -> list[tuple[str, NamedNode, bool]]:
    """Return the labels of what a parameter can name: label, thing, and whether it is the main one."""
    classes = " ".join(_expand(name) for name in parameter.of_class)
    kinds = f"?node skos:inScheme <{parameter.of_scheme}>" if parameter.of_scheme else "?node a ?class"
    found = []
    for label, node, property_ in store.select(
        f"""SELECT ?label ?node ?property {{
          VALUES ?class {{ {classes or "UNDEF"} }}
          VALUES ?property {{ skos:prefLabel dcterms:title skos:altLabel stp:summary }}
          {kinds} . ?node ?property ?label }} ORDER BY ?label ?node"""
    ):
        if isinstance(node, NamedNode) and isinstance(label, Literal) and isinstance(property_, NamedNode):
            found.append((label.value, node, not property_.value.endswith("altLabel")))
    return found


def _expand(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"<{PREFIXES[prefix]}{local}>"


def _folded(text: str) -> str:
    """Return a text without case, accents, curly marks and surplus spaces, for comparing names."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def _nearest(text: str, names: Iterable[str]) -> str:
    """Say which of some names is nearest to a text."""
    folded: dict[str, str] = {}
    for name in sorted(names):
        folded.setdefault(_folded(name), name)
    close = difflib.get_close_matches(_folded(text), folded, n=3, cutoff=0.5)
    close += [name for name in folded if _folded(text) in name and name not in close][: 3 - len(close)]
    if not close:
        return f"expected one of {', '.join(list(folded.values())[:8])}{' …' if len(folded) > 8 else ''}"
    return f"did you mean {' or '.join(repr(folded[name]) for name in close)}?"
