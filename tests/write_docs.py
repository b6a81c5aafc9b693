"""Write the page of the questions from their headers: `python -m tests.write_docs`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from stpgraph.questions import Column, Parameter, Question, find_questions
from stpgraph.questions.kinds import with_article, words_of
from stpgraph.turtle import write_file

PAGE = Path(__file__).resolve().parent.parent / "docs" / "queries.md"

_HEAD = """\
# The questions

Each question is a file of [queries/](../queries): a header that says what it asks, and SPARQL that any SPARQL 1.1
engine runs as it stands. This page is made of the headers by `make docs`.

- On the command line: `stpgraph ask NAME`, each parameter an option; `stpgraph ask NAME --help` tells them, too.
- In Python: `stpgraph.open().ask("NAME", parameter=…)`, which gives a typed table; `-` in an option is `_` there.
- A thing is given by a label or another name of it, whatever its case and accents, or by its IRI
  (`relationship/trust`); a date as 2017, 2017-09 or 2017-09-21. A name that fits nothing is answered with the nearest,
  one that fits several with all of them.
- A relationship goes by its parties, too: `--about "joint working between the NHS and local government"`,
  `--about "trust among the partners"`. Without the aspect, `--about "between the NHS and local government"`, it is the
  one relationship between them; a question that takes `--party` and `--other-party` takes these two parties so.
- Where a question takes `--since` and `--until`, `--period` says both at once, both ends included: `2016-11..2017-09`,
  `..2017`, `2016..`, or one day, month or year.
- *Details* are columns that a terminal shows on `--wide` only; files have them all.
- In a frame of pandas or polars (`.to_pandas()`, `.to_polars()`) whole numbers, yes or no, and days keep their types;
  other numbers are floating point; all else is text, as is a column in which some dates are months or years.
- Questions of your own, a folder of `.rq` files made like these: `stpgraph ask --queries DIR NAME`, or in Python
  `stpgraph.open(queries="DIR")`. Each parameter is a variable in a line `VALUES (?name) { (UNDEF) }`, or with its
  default in the place of `UNDEF`.
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
    yield from _parameters(question)
    yield "| column | holds | meaning |"
    yield "|---|---|---|"
    for column in question.columns:
        yield f"| `{column.name}` | {_held(column)} | {_cell(column.description)} |"


def _parameters(question: Question) -> Iterator[str]:
    parameters = question.parameters
    if not parameters:
        return
    yield "| option | takes | meaning |"
    yield "|---|---|---|"
    for parameter in parameters:
        told = parameter.description + (" (required)" if parameter.is_required else "")
        yield f"| `--{_option(parameter)}` | {_taken(parameter)} | {_cell(told)} |"
    if question.takes_period:
        yield "| `--period` | a period | since and until at once, as 2016-11..2017-09 |"
    yield ""


def _taken(parameter: Parameter) -> str:
    if parameter.allowed:
        values = ", ".join(parameter.allowed)
        return f"{values}; {parameter.default} where not given" if parameter.default else values
    if parameter.of_scheme:
        return f"a {parameter.of_scheme.replace('-', ' ')}"
    *others, last = [with_article(words_of(name.partition(":")[2])) for name in parameter.of_class] or [""]
    kinds = f"{', '.join(others)} or {last}" if others else last
    return kinds or {"xsd:boolean": "yes or no", "xsd:date": "a date", "xsd:string": "text"}.get(
        parameter.type, "a number"
    )


def _option(parameter: Parameter) -> str:
    return parameter.name.replace("_", "-")


def _held(column: Column) -> str:
    return _TYPES.get(column.type, column.type) + (", detail" if column.is_detail else "")


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    main()
