"""Question files: what their headers say, checked against their queries."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import yaml

from stpgraph.errors import BadQuestion
from stpgraph.questions.fitting import check_columns, check_parameter, check_parameters
from stpgraph.questions.lines import ROW, VALUES, selected
from stpgraph.questions.stated import Parameter, Question
from stpgraph.questions.words import fold, nearest, shown
from stpgraph.questions.yaml_heads import Header
from stpgraph.tables import Column

__all__ = ["ROW", "VALUES", "Parameter", "Question", "fold", "nearest", "read_question", "selected"]

_KEYS = {"summary", "description", "tags", "params", "columns", "view"}
#: Keys that grlc reads; they say how its server answers, which is nothing to us.
_GRLC_KEYS = {"defaults", "endpoint", "endpoint_in_url", "enumerate", "method", "mime", "pagination", "transform"}
_VIEWS = ("figures", "matrix", "network", "table", "timeline")
_PARAMETER_KEYS = {"type", "class", "scheme", "description", "required", "default", "allowed"}
_PARAMETER_TYPES = {"iri", "xsd:boolean", "xsd:date", "xsd:decimal", "xsd:integer", "xsd:string"}
_COLUMN_KEYS = {"type", "meaning", "detail"}
_COLUMN_TYPES = {"boolean", "date", "decimal", "integer", "iri", "list", "text"}
#: Names that every question's command has for options of its own, or its page for what is shown of the answer.
_TAKEN = {
    *("allow_service", "debug", "form", "format", "help", "output", "quiet", "services", "store", "timeout"),
    *("update_url", "wide"),
    *("page", "period", "sort"),
}


def read_question(path: Path) -> Question:
    """Read a question's file.

    Raises:
        BadQuestion: when the header is no YAML, lacks what it must have, or does not fit the query; with the line.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")  # editors of one system write a mark before the first letter
    except UnicodeDecodeError as fault:
        raise BadQuestion(f"byte {fault.start} is not UTF-8; save the file as UTF-8 text", path=path) from fault
    except OSError as fault:
        raise BadQuestion(f"cannot read the question: {fault.strerror or fault}", path=path) from fault
    return _question(text, path)


@lru_cache(maxsize=128)
def _question(text: str, path: Path) -> Question:
    """Make a question of its file's text; the same text is read once, for YAML takes longer than many an answer."""
    header = Header(text, path)
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
        view=_view(header, whole.get("view")),
        sparql=text,
        path=path,
    )
    check_columns(header, question, whole.get("columns"))
    check_parameters(header, question, whole.get("params"))
    return question


def _view(header: Header, node: yaml.Node | None) -> str:
    view = header.text(node)
    if view and view not in _VIEWS:
        raise header.fault(f"no view is called {shown(view)}; expected {', '.join(_VIEWS[:-1])} or {_VIEWS[-1]}", node)
    return view


def _parameters(header: Header, node: yaml.Node | None) -> Iterable[Parameter]:
    for name, told in header.mapping(node, "params").items():
        if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
            raise header.fault(
                f"{shown(name)} cannot name a parameter; expected a lower-case letter, then such letters, digits and _",
                told,
            )
        if name in _TAKEN:
            raise header.fault(f"{name!r} cannot name a parameter, for every question has that option; rename it", told)
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
        check_parameter(header, parameter, told)
        yield parameter


def _columns(header: Header, node: yaml.Node | None) -> Iterable[Column]:
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
