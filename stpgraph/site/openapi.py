"""The questions as OpenAPI 3.1 describes them, made of their headers: https://spec.openapis.org/oas/v3.1.1.html."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version
from typing import Any
from urllib.parse import quote

from stpgraph.questions import Column, Parameter, Question
from stpgraph.questions.kinds import kind_in_words
from stpgraph.site.answering import FORMATS
from stpgraph.site.questions import tags_of

__all__ = ["describe_questions"]

#: A day, a month or a year that there can be. Which months have 31 days is left to the answer.
_DATE = r"^(?!0000)[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"
_PERIOD = r"^([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?(\.\.)?([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?$"
#: Schemas of what can be given, by the type in the header.
_GIVEN: Mapping[str, Mapping[str, Any]] = {
    "iri": {"type": "string", "minLength": 1},
    "xsd:boolean": {"type": "string", "enum": ["yes", "no", "true", "false"]},
    "xsd:date": {"type": "string", "pattern": _DATE},
    "xsd:decimal": {"type": "number"},
    "xsd:integer": {"type": "integer"},
    "xsd:string": {"type": "string", "minLength": 1},
}
#: Schemas of cells, by the type of their column; any can be null, which says that it is not known.
_CELLS: Mapping[str, Mapping[str, Any]] = {
    "boolean": {"type": ["boolean", "null"]},
    "date": {"type": ["string", "null"], "description": "a day, month or year"},
    "decimal": {"type": ["number", "null"]},
    "integer": {"type": ["integer", "null"]},
    "iri": {"type": ["string", "null"], "format": "iri"},
    "list": {"type": ["string", "null"], "description": "several values, parted by semicolons"},
    "text": {"type": ["string", "null"]},
}
_REFUSALS = {
    "400": "A parameter is unknown or missing, or its value fits nothing; the nearest that does is told.",
    "404": "No question has that name.",
    "406": "None of the formats is accepted.",
    "500": "The question took more than it may, or the server failed.",
    "503": "Too much is asked for at once, or the store cannot be read; try again.",
}


def describe_questions(questions: Mapping[str, Question], *, root: str = "") -> dict[str, Any]:
    """Describe questions for programs.

    Args:
        questions: by name.
        root: the address of the site; "" for the one that the description is read from.

    Example:
        >>> from stpgraph.questions import find_questions
        >>> describe_questions(find_questions())["paths"]["/api/questions/trace"]["get"]["parameters"][0]["name"]
        'claim'
    """
    paths = {
        f"/api/questions/{quote(name, safe='')}": {"get": _operation(one)} for name, one in sorted(questions.items())
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "stpgraph questions",
            "version": version("stpgraph"),
            "summary": "Who said what about which STP relationship, when, on what evidence.",
            "description": "Each named question is an address; its parameters are what can be asked for. Things are "
            "named by label or IRI. A format is chosen by Accept, by the parameter `format`, or by an ending of the "
            f"address: {', '.join(f'.{name}' for name in FORMATS)}.",
            "license": {"name": "MIT AND CC-BY-4.0", "identifier": "MIT AND CC-BY-4.0"},
        },
        "servers": [{"url": root or "/"}],
        "paths": {"/api/questions": {"get": _listing()}, **paths},
        "components": {
            "schemas": {
                "Problem": _problem(),
                "Question": _question(),
                "Questions": _questions(),
            },
            "responses": {status: _refusal(told) for status, told in _REFUSALS.items()},
        },
    }


def _listing() -> dict[str, Any]:
    listed = {"$ref": "#/components/schemas/Questions"}
    return {
        "operationId": "questions",
        "summary": "All questions",
        "responses": {
            "200": {
                "description": "The questions, by name, and what is wrong with files that are none.",
                "content": {"application/json": {"schema": listed}},
            },
            **_refusals("500", "503"),
        },
    }


def _operation(question: Question) -> dict[str, Any]:
    given = [_parameter(parameter) for parameter in question.parameters]
    if question.takes_period:
        told = "from .. to, as 2016-11..2017-09, instead of since and until"
        given.append(_in_query("period", told, {"type": "string", "minLength": 1, "pattern": _PERIOD}))
    given.append(_in_query("format", "the format of the answer", {"type": "string", "enum": list(FORMATS)}))
    return {
        "operationId": question.name,
        "summary": question.summary,
        "description": question.description,
        "tags": list(tags_of(question)),
        "parameters": given,
        "responses": {"200": _answered(question), **_refusals(*_REFUSALS)},
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    schema = dict(_GIVEN[parameter.type])
    if parameter.allowed:
        schema["enum"] = list(parameter.allowed)
    if parameter.default is not None:
        schema["default"] = _value(parameter)
    told = parameter.description
    if parameter.type == "iri":
        told += f"; the label, other name or IRI of a {kind_in_words(parameter)}"
    return _in_query(parameter.name, told, schema, is_required=parameter.is_required)


def _value(parameter: Parameter) -> str | int | float:
    """Return a parameter's default as JSON has it."""
    text = str(parameter.default)
    if parameter.type == "xsd:integer":
        return int(text)
    return float(text) if parameter.type == "xsd:decimal" else text


def _in_query(name: str, told: str, schema: Mapping[str, Any], *, is_required: bool = False) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": told, "required": is_required, "schema": dict(schema)}


def _answered(question: Question) -> dict[str, Any]:
    content: dict[str, Any] = {form.media: {"schema": {"type": "string"}} for form in FORMATS.values()}
    content["application/json"] = {"schema": _table(question.columns)}
    content[FORMATS["xlsx"].media] = {"schema": {}}
    name = {"description": "the name of a file for it", "schema": {"type": "string"}}
    return {"description": "The answer.", "headers": {"Content-Disposition": name}, "content": content}


def _table(columns: tuple[Column, ...]) -> dict[str, Any]:
    cells = {c.name: {**_CELLS[c.type], "title": c.description} for c in columns}
    row = {"type": "object", "properties": cells, "required": list(cells), "additionalProperties": False}
    told = {"type": "object", "properties": {"name": {"type": "string"}, "meaning": {"type": "string"}}}
    return {
        "type": "object",
        "required": ["question", "columns", "rows"],
        "properties": {
            "question": {"type": "string"},
            "columns": {"type": "array", "items": {**told, "required": ["name", "meaning"]}},
            "rows": {"type": "array", "items": row},
        },
    }


def _refusals(*statuses: str) -> dict[str, Any]:
    return {status: {"$ref": f"#/components/responses/{status}"} for status in statuses}


def _refusal(told: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": told, "content": {"application/problem+json": {"schema": schema}}}


def _problem() -> dict[str, Any]:
    """Return the schema of a refusal (RFC 9457)."""
    return {
        "type": "object",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": {"type": "string", "format": "uri-reference"},
            "title": {"type": "string"},
            "status": {"type": "integer", "minimum": 400, "maximum": 599},
            "detail": {"type": "string", "description": "what is wrong, what was expected, what to do"},
            "parameter": {"type": "string", "description": "the parameter at fault, where it is one"},
            "value": {"type": ["string", "null"], "description": "what was given for it, its beginning where long"},
            "suggestions": {
                "type": "array",
                "description": "what may have been meant: other values, or parameters where there is no such one",
                "items": {
                    "type": "object",
                    "required": ["value", "label"],
                    "properties": {key: {"type": "string"} for key in ("value", "label")},
                },
            },
        },
    }


def _questions() -> dict[str, Any]:
    """Return the schema of the list of questions."""
    fault = {"file": {"type": "string"}, "line": {"type": ["integer", "null"]}, "detail": {"type": "string"}}
    return {
        "type": "object",
        "required": ["questions", "faults"],
        "properties": {
            "questions": {"type": "array", "items": {"$ref": "#/components/schemas/Question"}},
            "faults": {
                "type": "array",
                "description": "what is wrong with files of the user's own that cannot be asked",
                "items": {"type": "object", "required": list(fault), "properties": fault},
            },
        },
    }


def _question() -> dict[str, Any]:
    """Return the schema of a question in the list."""
    text = {"type": "string"}
    parameter = dict.fromkeys(("name", "type", "description"), text)
    return {
        "type": "object",
        "required": ["name", "summary", "description", "tags", "answer", "page", "parameters", "columns"],
        "properties": {
            **dict.fromkeys(("name", "summary", "description", "answer", "page"), text),
            "tags": {"type": "array", "items": text},
            "parameters": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": [*parameter, "required", "default", "allowed"],
                    "properties": {
                        **parameter,
                        "required": {"type": "boolean"},
                        "default": {"type": ["string", "null"]},
                        "allowed": {"type": "array", "items": text},
                    },
                },
            },
            "columns": {
                "type": "array",
                "items": {"type": "object", "properties": dict.fromkeys(("name", "type", "meaning"), text)},
            },
        },
    }
