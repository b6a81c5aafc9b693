"""Write the page of the questions from their headers: `python -m tests.write_docs`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from stpgraph.questions import Column, Parameter, Question, find_questions
from stpgraph.turtle import write_file

PAGE = Path(__file__).resolve().parent.parent / "docs" / "queries.md"

_HEAD = """\
# The questions

Each question is a file of [queries/](../queries): a header that says what it asks, and SPARQL that any SPARQL 1.1
engine runs as it stands. This page is made of the headers by `make docs`.

- On the command line: `stpgraph ask NAME`, each parameter an option; `stpgraph ask NAME --help` tells them, too.
- In Python: `stpgraph.open().ask("NAME", parameter=…)`, which gives a typed table; `-` in an option is `_` there.
- A thing is given by a label or another name of it, or by its IRI (`relationship/trust`); a date as 2017, 2017-09
  or 2017-09-21.
- *Details* are columns that a terminal shows on `--wide` only; files have them all.
- Questions of your own: `stpgraph ask --queries DIR NAME`.
"""

#: What a column holds, by the type that its header names.
_TYPES = {
    "boolean": "yes or no",
    "decimal": "number",
    "integer": "whole number",
    "iri": "IRI",
    "list": "several values",
}


def main() -> None:
    """Write docs/queries.md."""
    write_file(PAGE, page_of(find_questions().values()).encode("utf-8"))


def page_of(questions: Iterable[Question]) -> str:
    """Return the page: a list of all questions, then each by name."""
    asked = sorted(questions, key=lambda question: question.name)
    listed = [f"| [{question.name}](#{question.name}) | {_cell(question.summary)} |" for question in asked]
    lines = [_HEAD, "| question | what it answers |", "|---|---|", *listed]
    for question in asked:
        lines += ["", *_section(question)]
    return "\n".join(lines) + "\n"


def _section(question: Question) -> Iterator[str]:
    yield f"## {question.name}"
    yield ""
    yield f"{question.summary}."
    yield ""
    if question.description:
        yield question.description
        yield ""
    needed = [p for p in question.parameters if p.is_required]
    options = "".join(f" --{_option(p)} {p.name.upper()}" for p in needed)
    yield f"`stpgraph ask {question.name}{options}`"
    yield ""
    yield from _parameters(question.parameters)
    yield "| column | holds | meaning |"
    yield "|---|---|---|"
    for column in question.columns:
        yield f"| `{column.name}` | {_held(column)} | {_cell(column.description)} |"


def _parameters(parameters: tuple[Parameter, ...]) -> Iterator[str]:
    if not parameters:
        return
    yield "| option | takes | meaning |"
    yield "|---|---|---|"
    for parameter in parameters:
        told = parameter.description + (" (required)" if parameter.is_required else "")
        yield f"| `--{_option(parameter)}` | {_taken(parameter)} | {_cell(told)} |"
    yield ""


def _taken(parameter: Parameter) -> str:
    if parameter.allowed:
        values = ", ".join(parameter.allowed)
        return f"{values}; {parameter.default} where not given" if parameter.default else values
    if parameter.of_scheme:
        return f"a {parameter.of_scheme.replace('-', ' ')}"
    *others, last = [_words(name.partition(":")[2]) for name in parameter.of_class] or [""]
    kinds = f"{', '.join(others)} or {last}" if others else last
    return kinds or {"xsd:date": "a date", "xsd:string": "text"}.get(parameter.type, "a number")


def _words(name: str) -> str:
    """Return the name of a class as people write it.

    Example:
        >>> _words("Organisation"), _words("Claim")
        ('an organisation', 'a claim')
    """
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"


def _option(parameter: Parameter) -> str:
    return parameter.name.replace("_", "-")


def _held(column: Column) -> str:
    return _TYPES.get(column.type, column.type) + (", detail" if column.is_detail else "")


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    main()
