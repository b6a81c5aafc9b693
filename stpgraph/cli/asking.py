"""Commands that ask: named questions, and any SPARQL."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from pyoxigraph import NamedNode, Triple
from rich import box
from rich.table import Table as RichTable

from stpgraph.citations import cite
from stpgraph.cli.options import examples, open_for_reading, output_option, store_options, write_output
from stpgraph.cli.printing import console, print_table
from stpgraph.errors import UsageError
from stpgraph.exports import TABLE_FORMATS, solutions_to, table_to_markdown, triples_to
from stpgraph.pages import draw_table
from stpgraph.questions import Parameter, Question, Table, ask, find_questions, get_question
from stpgraph.store import Solutions, Store

__all__ = ["COMMANDS"]

_FORMATS = ("table", "csv", "json", "xlsx", "md", "html")


class _Questions(click.Group):
    """A group with a command for each named question, made from its header when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(find_questions(_folder_of(ctx)))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:
        return _question_command(get_question(cmd_name, _folder_of(ctx)))


def _folder_of(context: click.Context) -> Path | None:
    folder = context.params.get("queries")
    return Path(folder) if folder else None


@click.group("ask", cls=_Questions, invoke_without_command=True)
@click.option("--queries", type=click.Path(path_type=Path), help="A folder of .rq files of your own, asked besides.")
@click.pass_context
@examples('stpgraph ask who-said-what --about "joint working"', "stpgraph ask claims-of --organisation CIPFA")
def ask_command(context: click.Context, queries: Path | None) -> None:
    """Ask a named question; without a name, list them."""
    if context.invoked_subcommand is None:
        laid = RichTable(box=box.SIMPLE_HEAD, pad_edge=False)
        laid.add_column("question", no_wrap=True)
        laid.add_column("what it answers")
        for name, question in sorted(find_questions(queries).items()):
            laid.add_row(name, question.summary)
        console().print(laid)
        console().print("Ask one: stpgraph ask NAME; its parameters: stpgraph ask NAME --help")


def _question_command(question: Question) -> click.Command:
    """Make the command of one question: an option for each of its parameters."""

    def run(**given: Any) -> None:
        form, output = given.pop("form"), given.pop("output")
        store, update_url, timeout = given.pop("store"), given.pop("update_url"), given.pop("timeout")
        is_wide = given.pop("wide")
        parameters = {name: value for name, value in given.items() if value is not None}
        with open_for_reading(store, update_url=update_url, timeout=timeout) as graph:
            table = ask(graph, question, **parameters)
            _give(table, question, form, output, graph, is_wide=is_wide)

    command: Callable[..., Any] = store_options(output_option(run))
    command = click.option("--wide", is_flag=True, help="Show every column of the table.")(command)
    command = click.option(
        "--format",
        "form",
        type=click.Choice(_FORMATS),
        default="table",
        show_default=True,
        help="How to write the answer.",
    )(command)
    for parameter in reversed(question.parameters):
        command = _parameter_option(parameter)(command)
    columns = "\n".join(f"  {column.name}: {column.description}" for column in question.columns)
    told = f"{question.summary}\n\n{question.description}\n\n\b\nColumns:\n{columns}"
    return click.command(question.name, help=told)(command)


def _parameter_option(parameter: Parameter) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    return click.option(
        f"--{parameter.name.replace('_', '-')}",
        parameter.name,
        required=parameter.is_required,
        help=parameter.description,
        metavar=parameter.type.upper().replace("XSD:", ""),
    )


def _give(table: Table, question: Question, form: str, output: Path | None, graph: Store, *, is_wide: bool) -> None:
    """Write an answer in the format asked for."""
    if form == "table" and output is None:
        print_table(table, is_wide=is_wide)
        return
    if form == "table":
        raise UsageError(f"a table is for the terminal; add --format csv, json, xlsx, md or html to write {output}")
    if form == "md":
        nodes = [cell for row in table.rows for cell in row if isinstance(cell, NamedNode)]
        data = table_to_markdown(table, cite(graph, nodes))
    elif form == "html":
        data = draw_table(table, title=question.summary).encode("utf-8")
    else:
        if form == "xlsx" and output is None and sys.stdout.isatty():
            raise UsageError("a workbook is no text; name a file with -o FILE.xlsx")
        data = TABLE_FORMATS[form](table)
    write_output(data, output)


@click.command("query")
@click.argument("file", required=False, type=click.Path(path_type=Path, allow_dash=True))
@click.option("-e", "--expression", help="The query itself.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "tsv", "json", "xml", "turtle", "ntriples", "jsonld"]),
    help="Tables: table, csv, tsv, json, xml. Graphs: turtle, ntriples, jsonld.",
)
@output_option
@store_options
@examples(
    'stpgraph query -e "SELECT ?label { ?body a stp:Organisation ; skos:prefLabel ?label }"',
    "stpgraph query my.rq --format csv -o answer.csv",
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
    """Answer any SPARQL 1.1 query, from FILE (`-` for standard input) or -e; the project's prefixes are known."""
    sparql = _text_of(file, expression)
    with open_for_reading(store, update_url=update_url, timeout=timeout) as graph:
        answer = graph.query(sparql)
        if isinstance(answer, Solutions) and form in {None, "table"} and output is None:
            print_table(Table.of(answer))
            return
        write_output(_written(answer, form), output)


def _written(answer: Solutions | bool | list[Triple], form: str | None) -> bytes:
    if isinstance(answer, list):
        if form in {None, "turtle", "ntriples", "jsonld"}:
            return triples_to(answer, form or "turtle")
        raise UsageError(f"this query gives a graph, which {form} cannot hold; choose turtle, ntriples or jsonld")
    if isinstance(answer, bool):
        told = json.dumps({"head": {}, "boolean": answer}) if form == "json" else "yes" if answer else "no"
        return f"{told}\n".encode()
    if form in {None, "csv", "tsv", "json", "xml"}:
        return solutions_to(answer, form or "csv")
    raise UsageError(f"this query gives a table, which {form} cannot hold; choose table, csv, tsv, json or xml")


def _text_of(file: Path | None, expression: str | None) -> str:
    if (file is None) == (expression is None):
        raise UsageError("give one query: a FILE, `-` for standard input, or -e SPARQL")
    if expression is not None:
        return expression
    if str(file) == "-":
        return sys.stdin.read()
    assert file is not None
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise UsageError(f"cannot read the query: {fault}; check the path", where=str(file)) from fault


COMMANDS = (ask_command, query_command)
