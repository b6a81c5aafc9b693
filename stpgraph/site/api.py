"""The named questions for programs: answers as JSON, CSV, workbook, Markdown or page; refusals as RFC 9457 has them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from stpgraph.errors import (
    BadParameter,
    BadQuestion,
    LimitReached,
    StoreError,
    StpGraphError,
    UnknownQuestion,
    UsageError,
)
from stpgraph.questions import Parameter, Question, find_questions_and_faults
from stpgraph.site import answering
from stpgraph.site.answering import FORMATS, given_for, place_of
from stpgraph.site.asked import Asked, Reply
from stpgraph.site.negotiation import choose
from stpgraph.site.openapi import describe_questions
from stpgraph.site.place import Site
from stpgraph.site.questions import tags_of

__all__ = ["answer", "describe", "problem"]

_JSON = "application/json"
#: What an answer as a page may load: its own styles, and nothing else.
_PAGE_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
#: Statuses by the kind of error, the first that fits.
_STATUSES: tuple[tuple[type[StpGraphError], int], ...] = (
    (UnknownQuestion, 404),
    (UsageError, 400),
    (StoreError, 503),
    (StpGraphError, 500),
)
#: How many characters of what was given a refusal repeats.
_ECHOED = 500
_TITLES = {
    400: "This cannot be asked so",
    404: "There is nothing here",
    406: "There is no such format",
    500: "The server failed",
    503: "The store cannot be read now",
}


def describe(site: Site, asked: Asked) -> Reply:
    """Reply with what the questions are for programs, as OpenAPI 3.1 describes it."""
    if asked.path != "/openapi.json":
        return problem(404, "no address is below the description, which is at /openapi.json")
    return _guarded(lambda: _json(describe_questions(find_questions_and_faults(site.queries)[0], root=asked.root)))


def answer(site: Site, asked: Asked) -> Reply:
    """Reply with the list of questions, or with the answer of one.

    Raises:
        LimitReached: where something took more than it may.
    """
    return _guarded(lambda: _answer(site, asked))


def problem(status: int, detail: str, *, about: BadParameter | None = None) -> Reply:
    """Say what is wrong in a form for programs (RFC 9457).

    Args:
        status: of HTTP.
        detail: what is wrong, what was expected, what to do.
        about: the parameter at fault, its value, and what may have been meant, which are told besides.

    Example:
        >>> problem(404, "no question is called 'x'").media
        'application/problem+json'
    """
    told: dict[str, Any] = {"type": "about:blank", "title": _TITLES[status], "status": status, "detail": detail}
    if about is not None and about.parameter:
        told["parameter"] = about.parameter[:_ECHOED]
        told["value"] = None if about.value is None else about.value[:_ECHOED]
        told["suggestions"] = [{"value": one.value, "label": one.label} for one in about.suggestions]
    return _json(told, status=status, media="application/problem+json")


def _guarded(reply: Callable[[], Reply]) -> Reply:
    """Reply, or say what is wrong."""
    try:
        return reply()
    except LimitReached:
        raise
    except StpGraphError as fault:
        status = next(status for kind, status in _STATUSES if isinstance(fault, kind))
        if isinstance(fault, BadQuestion):
            return problem(status, f"this question cannot be asked; {place_of(fault)}: {fault.message}")
        return problem(status, str(fault), about=fault if isinstance(fault, BadParameter) else None)


def _answer(site: Site, asked: Asked) -> Reply:
    parts = [part for part in asked.path.split("/") if part][1:]
    if not parts:
        return _json({"questions": "/api/questions", "openapi": "/openapi.json"})
    if parts[0] != "questions" or len(parts) > 2:
        return problem(404, "nothing has this address; the questions are at /api/questions")
    questions, faults = find_questions_and_faults(site.queries)
    if len(parts) == 1:
        told = [_told(question) for _, question in sorted(questions.items())]
        return _json({"questions": told, "faults": [_fault(fault) for fault in faults]})
    name, ending = parts[1], ""
    if name not in questions and name.rpartition(".")[2].lower() in FORMATS:
        name, _, ending = name.rpartition(".")
    question = answering.find_question(site, name)
    given = given_for(asked, ("format",))
    form = _format(asked, ending.lower())
    if form is None:
        return problem(406, f"no answer comes as {asked.accept[:100]!r}; expected one of {_medias()}")
    return _file(site, question, form, given)


def _format(asked: Asked, ending: str) -> str | None:
    """Return the name of the format that is wanted; None where the client takes none of ours.

    Raises:
        UsageError: when a format is named that there is not.
    """
    wanted = ending or asked.get("format")
    if wanted:
        if wanted not in FORMATS:
            raise UsageError(f"there is no format {wanted[:100]!r}; expected one of {', '.join(FORMATS)}")
        return wanted
    media = choose(asked.accept, [form.media for form in FORMATS.values()])
    return next((name for name, form in FORMATS.items() if form.media == media), None)


def _medias() -> str:
    return ", ".join(form.media for form in FORMATS.values())


def _file(site: Site, question: Question, name: str, given: dict[str, str]) -> Reply:
    """Give an answer as a file."""
    form = FORMATS[name]
    body = form.write(answering.answer(site, question, given), question, site.store)
    headers = [
        ("content-disposition", _disposition(f"{question.name}.{name}", is_saved=form.is_saved)),
        ("vary", "accept"),
    ]
    if name == "html":
        headers.append(("content-security-policy", _PAGE_POLICY))
    return Reply(body=body, media=form.media + form.charset, headers=tuple(headers))


def _disposition(name: str, *, is_saved: bool) -> str:
    """Name a file (RFC 6266): in plain characters, and besides as it is where it has others."""
    plain = re.sub(r"[^A-Za-z0-9._-]", "_", name).lstrip(".") or "answer"
    told = f'{"attachment" if is_saved else "inline"}; filename="{plain}"'
    return told if plain == name else f"{told}; filename*=UTF-8''{quote(name, safe='', errors='replace')}"


def _told(question: Question) -> dict[str, Any]:
    place = f"/api/questions/{quote(question.name, safe='')}"
    return {
        "name": question.name,
        "summary": question.summary,
        "description": question.description,
        "tags": list(tags_of(question)),
        "answer": place,
        "page": f"/questions/{quote(question.name, safe='')}",
        "parameters": [_parameter(parameter) for parameter in question.parameters],
        "columns": [{"name": c.name, "type": c.type, "meaning": c.description} for c in question.columns],
    }


def _fault(fault: BadQuestion) -> dict[str, Any]:
    return {"file": fault.path.name if fault.path else "", "line": fault.line, "detail": fault.message}


def _parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "type": parameter.type,
        "description": parameter.description,
        "required": parameter.is_required,
        "default": parameter.default,
        "allowed": list(parameter.allowed),
    }


def _json(told: object, *, status: int = 200, media: str = _JSON) -> Reply:
    body = json.dumps(told, ensure_ascii=False, indent=2) + "\n"
    return Reply(body=body.encode("utf-8", "replace"), status=status, media=media)
