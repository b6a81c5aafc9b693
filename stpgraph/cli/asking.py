"""Commands that ask: named questions, and any SPARQL."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from stpgraph.cli.options import (
    check_is_text,
    everywhere,
    examples,
    is_to_stream,
    open_for_reading,
    output_option,
    read_input,
    store_options,
    wanted_form,
    write_output,
)
from stpgraph.cli.progress import progress
from stpgraph.cli.streams import console
from stpgraph.errors import UsageError

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from stpgraph.questions import Parameter, Question
    from stpgraph.store import Solutions, Store
    from stpgraph.tables import Table

__all__ = ["COMMANDS"]

#: Formats of an answer, by the endings of files.
_ANSWERS = {".csv": "csv", ".json": "json", ".xlsx": "xlsx", ".md": "md", ".html": "html", ".htm": "html"}

#: Formats of a query's table, by the endings of files.
_ROWS = {".csv": "csv", ".tsv": "tsv", ".json": "json", ".srj": "json", ".xml": "xml", ".srx": "xml"}

#: Formats of a query's graph, by the endings of files.
_TRIPLES = {".ttl": "turtle", ".nt": "ntriples", ".jsonld": "jsonld", ".json": "jsonld"}

#: What the examples of a question give for a parameter that it needs.
_SAMPLES = {
    "organisation": "CIPFA",
    "claim": "claim/2017-09-21-localgov-stps-under-pressure-and-under-funded/1127-1235",
}


class _Questions(click.Group):
    """A group with a command for each named question, made from its header when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        from stpgraph.questions import find_questions

        return sorted(find_questions(_folder_of(ctx)))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:
        from stpgraph.questions import get_question

        return everywhere(_question_command(get_question(cmd_name, _folder_of(ctx))))


def _folder_of(context: click.Context) -> Path | None:
    folder = context.params.get("queries")
    return Path(folder) if folder else None


@click.group("ask", cls=_Questions, invoke_without_command=True, subcommand_metavar="[QUESTION [OPTIONS]]")
@click.option(
    "--queries",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="A folder of .rq files of your own, asked besides.",
)
@click.pass_context
@examples(
    'stpgraph ask who-said-what --about "joint working"', "stpgraph ask claims-of --organisation CIPFA -o cipfa.md"
)
def ask_command(context: click.Context, queries: Path | None) -> None:
    """Ask a named question; without a name, list them."""
    if context.invoked_subcommand is None:
        from stpgraph.cli.printing import print_pairs
        from stpgraph.questions import find_questions

        questions = sorted(find_questions(queries).items())
        print_pairs(("question", "what it answers"), [(name, question.summary) for name, question in questions])
        console().print("Ask one: stpgraph ask NAME; what it can be asked for: stpgraph ask NAME --help")


def _question_command(question: Question) -> click.Command:
    """Make the command of one question: an option for each of its parameters."""

    def run(**given: Any) -> None:
        from stpgraph.questions import ask

        output, is_wide = given.pop("output"), given.pop("wide")
        form = wanted_form(given.pop("form"), output, _ANSWERS, default="table")
        check_is_text(form, output)
        store, update_url, timeout = given.pop("store"), given.pop("update_url"), given.pop("timeout")
        with open_for_reading(store, update_url=update_url, timeout=timeout) as graph:
            with _asking(store):
                table = ask(graph, question, **{name: value for name, value in given.items() if value is not None})
            _give(table, question, form, output, graph, is_wide=is_wide)

    run.__doc__ = _help_of(question)
    command: Callable[..., Any] = store_options(output_option(examples(*_examples_of(question))(run)))
    command = click.option("--wide", is_flag=True, help="Show every column of the table.")(command)
    command = _form_option("table", *dict.fromkeys(_ANSWERS.values()))(command)
    for parameter in reversed(question.parameters):
        command = _parameter_option(parameter)(command)
    return click.command(question.name, short_help=question.summary)(command)


def _help_of(question: Question) -> str:
    columns = "\n".join(f"  {column.name}: {column.description}" for column in question.columns)
    return f"{question.summary}.\n\n{question.description}\n\n\b\nColumns:\n{columns}"


def _examples_of(question: Question) -> tuple[str, str]:
    given = "".join(f" --{p.name} {_SAMPLES.get(p.name, 'VALUE')}" for p in question.parameters if p.is_required)
    command = f"stpgraph ask {question.name}{given}"
    return command, f"{command} -o {question.name}.csv"


def _form_option(*forms: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    return click.option(
        "--format",
        "form",
        type=click.Choice(forms),
        metavar="FORMAT",
        help=f"{', '.join(forms)}.  [default: by the ending of FILE, else table]",
    )


def _parameter_option(parameter: Parameter) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    is_name = parameter.type == "iri"
    told = parameter.description[:1].upper() + parameter.description[1:]
    if parameter.allowed:
        told += f": {', '.join(parameter.allowed)}"
    return click.option(
        f"--{parameter.name.replace('_', '-')}",
        parameter.name,
        required=parameter.is_required,
        help=f"{told}.  [default: {parameter.default}]" if parameter.default is not None else f"{told}.",
        metavar="NAME" if is_name else parameter.type.removeprefix("xsd:").upper().replace("STRING", "TEXT"),
    )


def _asking(store: str | None) -> AbstractContextManager[object]:
    """Show that an endpoint is being waited for; a folder answers before one could read it."""
    from stpgraph.store import is_url

    return progress(f"asking {store}") if store and is_url(store) else nullcontext()


def _give(table: Table, question: Question, form: str, output: Path | None, graph: Store, *, is_wide: bool) -> None:
    """Write an answer in the format asked for."""
    from stpgraph.cli.printing import print_table, table_as_text

    if form == "table" and is_to_stream(output):
        print_table(table, is_wide=is_wide)
    elif form == "table":
        write_output(table_as_text(table, is_wide=is_wide).encode("utf-8"), output)
    else:
        write_output(_answer_as(form, table, question, graph), output)


def _answer_as(form: str, table: Table, question: Question, graph: Store) -> bytes:
    if form == "html":
        from stpgraph.pages import draw_table

        return draw_table(table, title=question.summary).encode("utf-8")
    from stpgraph.exports import TABLE_FORMATS, table_to_markdown

    if form == "md":
        from pyoxigraph import NamedNode

        from stpgraph.citations import cite

        nodes = [cell for row in table.rows for cell in row if isinstance(cell, NamedNode)]
        return table_to_markdown(table, cite(graph, nodes))
    return TABLE_FORMATS[form](table)


@click.command("query")
@click.argument("file", required=False, type=click.Path(path_type=Path, allow_dash=True))
@click.option("-e", "--expression", metavar="SPARQL", help="The query itself.")
@_form_option("table", "csv", "tsv", "json", "xml", "turtle", "ntriples", "jsonld")
@output_option
@store_options
@examples(
    'stpgraph query -e "SELECT ?label { ?body a stp:Organisation ; skos:prefLabel ?label }"',
    'echo "DESCRIBE <organisation/cipfa>" | stpgraph query - -o cipfa.ttl',
)
def query_command(
    *,
    file: Path | None,
    expression: str | None,
    form: str | None,
    output: Path | None,
    store: str | None,
    update_url: str | None,
    timeout: float,
) -> None:
    """Answer any SPARQL 1.1 query.

    It stands in FILE (`-` for standard input) or after -e. The project's base and prefixes need no declaring.
    SELECT gives a table (csv, tsv, json, xml), CONSTRUCT and
    DESCRIBE give a graph (turtle, ntriples, jsonld), ASK gives yes or no.
    """
    from stpgraph.cli.printing import print_table, table_as_text
    from stpgraph.store import Solutions
    from stpgraph.tables import Table

    sparql = _text_of(file, expression)
    with open_for_reading(store, update_url=update_url, timeout=timeout) as graph:
        with _asking(store):
            answer = graph.query(sparql)
        if not isinstance(answer, Solutions):
            write_output(_written(answer, form, output), output)
            return
        wanted = wanted_form(form, output, _ROWS, default="table")
        if wanted != "table":
            write_output(_rows_as(wanted, answer), output)
        elif is_to_stream(output):
            print_table(Table.of(answer))
        else:
            write_output(table_as_text(Table.of(answer)).encode("utf-8"), output)


def _written(answer: bool | list[Triple], form: str | None, output: Path | None) -> bytes:
    if isinstance(answer, list):
        from stpgraph.exports import triples_to

        wanted = wanted_form(form, output, _TRIPLES, default="turtle")
        if wanted in _TRIPLES.values():
            return triples_to(answer, wanted)
        raise UsageError(f"this query gives a graph, which {form} cannot hold; choose turtle, ntriples or jsonld")
    wanted = wanted_form(form, output, _ROWS, default="table")
    if wanted in {"table", "json"}:
        told = json.dumps({"head": {}, "boolean": answer}) if wanted == "json" else "yes" if answer else "no"
        return f"{told}\n".encode()
    raise UsageError(f"this query gives yes or no, which {wanted} cannot hold; choose json, or leave out --format")


def _rows_as(form: str, answer: Solutions) -> bytes:
    from stpgraph.exports import solutions_to

    if form in _ROWS.values():
        return solutions_to(answer, form)
    raise UsageError(f"this query gives a table, which {form} cannot hold; choose table, csv, tsv, json or xml")


def _text_of(file: Path | None, expression: str | None) -> str:
    if (file is None) == (expression is None):
        raise UsageError("give one query: a FILE, `-` for standard input, or -e SPARQL")
    if file is None:
        return expression or ""
    try:
        return read_input(file).decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise UsageError(
            f"byte {fault.start} is not UTF-8, so this is no query; check the file", where=str(file)
        ) from fault


COMMANDS = (ask_command, query_command)
