"""The command that asks the named questions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from stpgraph.cli.files import check_is_text, is_to_stream, wanted_form, write_output
from stpgraph.cli.options import (
    everywhere,
    examples,
    form_option,
    note,
    open_for_reading,
    output_option,
    services_option,
    store_options,
)
from stpgraph.cli.progress import asking
from stpgraph.cli.streams import console, on_one_line

if TYPE_CHECKING:
    from stpgraph.questions import Parameter, Question
    from stpgraph.store import Store
    from stpgraph.tables import Table

__all__ = ["COMMANDS"]

#: Formats of an answer, by the endings of files.
_ANSWERS = {".csv": "csv", ".json": "json", ".xlsx": "xlsx", ".md": "md", ".html": "html", ".htm": "html"}

#: What the examples of a question give for a parameter that it needs.
_SAMPLES = {
    "organisation": "CIPFA",
    "claim": "claim/2017-09-21-localgov-stps-under-pressure-and-under-funded/1127-1235",
}


#: What the help calls a value of each type that is no name of a thing.
_METAVARS = {
    "xsd:boolean": "YES|NO",
    "xsd:date": "DATE",
    "xsd:decimal": "NUMBER",
    "xsd:integer": "NUMBER",
    "xsd:string": "TEXT",
}


class _Questions(click.Group):
    """A group with a command for each named question, made from its header when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        from stpgraph.questions import find_questions_and_faults

        return sorted(find_questions_and_faults(_folder_of(ctx))[0])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:
        from stpgraph.questions import find_questions_and_faults, get_question

        folder = _folder_of(ctx)
        question = get_question(cmd_name, folder)
        for fault in find_questions_and_faults(folder)[1] if folder else ():
            if fault.path and fault.path.stem == cmd_name:  # another file of that name, which is not the one asked
                note(str(fault))
        return everywhere(_question_command(question))


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
    """Ask a named question; without a name, list them.

    Of files in DIR that cannot be asked it is told why, and the exit status is 1.
    """
    if context.invoked_subcommand is not None:
        return
    from stpgraph.cli.printing import print_pairs
    from stpgraph.questions import find_questions_and_faults

    questions, faults = find_questions_and_faults(queries)
    for fault in faults:
        if fault.path == queries:  # there is no such folder
            raise fault
    print_pairs(
        ("question", "what it answers"), [(name, question.summary) for name, question in sorted(questions.items())]
    )
    console().print("Ask one: stpgraph ask NAME; what it can be asked for: stpgraph ask NAME --help")
    for fault in faults:
        click.echo(f"cannot be asked: {on_one_line(str(fault))}", err=True)
    context.exit(1 if faults else 0)


def _question_command(question: Question) -> click.Command:
    """Make the command of one question: an option for each of its parameters."""
    from stpgraph.store.federation import calls_a_service

    def run(**given: Any) -> None:
        from stpgraph.questions import ask

        output, is_wide = given.pop("output"), given.pop("wide")
        form = wanted_form(given.pop("form"), output, _ANSWERS, default="table")
        check_is_text(form, output)
        store, update_url, timeout = given.pop("store"), given.pop("update_url"), given.pop("timeout")
        services = given.pop("services", ())
        asked = {name: value for name, value in given.items() if value is not None}
        with open_for_reading(store, update_url=update_url, timeout=timeout, services=services) as graph:
            with asking(store):
                table = ask(graph, question, **asked)
            if form == "html":
                write_output(_page_of(table, question, asked), output)
            else:
                _give(table, form, output, graph, is_wide=is_wide)

    run.__doc__ = _help_of(question)
    command: Callable[..., Any] = output_option(examples(*_examples_of(question))(run))
    if calls_a_service(question.sparql):  # as none of those that ship does
        command = services_option(command)
    command = store_options(command)
    command = click.option("--wide", is_flag=True, help="Show every column of the table.")(command)
    command = form_option("table", *dict.fromkeys(_ANSWERS.values()))(command)
    if question.takes_period:
        command = click.option(
            "--period", metavar="PERIOD", help="Since and until at once: 2016-11..2017-09, ..2017, 2016.. or 2016-11."
        )(command)
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


def _parameter_option(parameter: Parameter) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    is_name = parameter.type == "iri"
    is_between = "stp:Relationship" in parameter.of_class
    told = parameter.description[:1].upper() + parameter.description[1:]
    if is_between:
        told += ', by its label or as "joint working between the NHS and councils"'
    if parameter.allowed:
        told += f": {', '.join(parameter.allowed)}"
    return click.option(
        f"--{parameter.name.replace('_', '-')}",
        parameter.name,
        required=parameter.is_required,
        help=f"{told}.  [default: {parameter.default}]" if parameter.default is not None else f"{told}.",
        metavar="NAME" if is_name else _METAVARS[parameter.type],
    )


def _give(table: Table, form: str, output: Path | None, graph: Store, *, is_wide: bool) -> None:
    """Write an answer in the format asked for."""
    from stpgraph.cli.printing import print_table, table_as_text

    if form == "table" and is_to_stream(output):
        print_table(table, is_wide=is_wide)
    elif form == "table":
        write_output(table_as_text(table, is_wide=is_wide).encode("utf-8"), output)
    else:
        write_output(_answer_as(form, table, graph), output)


def _page_of(table: Table, question: Question, asked: Mapping[str, str]) -> bytes:
    """Return an answer as a page, with what was asked for."""
    from stpgraph.pages import draw_table

    told = "; ".join(f"{name.replace('_', ' ')} {value}" for name, value in asked.items())
    return draw_table(table, title=question.summary, asked=f"Asked: {told}" if told else "").encode("utf-8", "replace")


def _answer_as(form: str, table: Table, graph: Store) -> bytes:
    from stpgraph.exports import TABLE_FORMATS, table_to_markdown

    if form == "md":
        from pyoxigraph import NamedNode

        from stpgraph.citations import cite

        nodes = [cell for row in table.rows for cell in row if isinstance(cell, NamedNode)]
        return table_to_markdown(table, cite(graph, nodes))
    return TABLE_FORMATS[form](table)


COMMANDS = (ask_command,)
