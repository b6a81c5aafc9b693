"""The command that takes any SPARQL."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from stpgraph.cli.files import is_to_stream, read_input, wanted_form, write_output
from stpgraph.cli.options import (
    examples,
    form_option,
    open_for_reading,
    output_option,
    services_option,
    store_options,
)
from stpgraph.cli.progress import asking
from stpgraph.errors import UsageError

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from stpgraph.store import Solutions

__all__ = ["COMMANDS"]

#: Formats of a query's table, by the endings of files.
_ROWS = {".csv": "csv", ".tsv": "tsv", ".json": "json", ".srj": "json", ".xml": "xml", ".srx": "xml"}

#: Formats of a query's graph, by the endings of files.
_TRIPLES = {".ttl": "turtle", ".nt": "ntriples", ".rdf": "rdfxml", ".jsonld": "jsonld", ".json": "jsonld"}


@click.command("query")
@click.argument("file", required=False, type=click.Path(path_type=Path, allow_dash=True))
@click.option("-e", "--expression", metavar="SPARQL", help="The query itself.")
@form_option("table", "csv", "tsv", "json", "xml", "turtle", "ntriples", "rdfxml", "jsonld")
@output_option
@store_options
@services_option
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
    services: tuple[str, ...],
) -> None:
    """Answer any SPARQL 1.1 query.

    It stands in FILE (`-` for standard input) or after -e. The project's base and prefixes need no declaring.
    SELECT gives a table (csv, tsv, json, xml), CONSTRUCT and DESCRIBE give a graph (turtle, ntriples, rdfxml, jsonld),
    ASK gives yes or no (or json).
    """
    from stpgraph.cli.printing import print_table, table_as_text
    from stpgraph.store import Solutions
    from stpgraph.tables import Table

    sparql = _text_of(file, expression)
    with open_for_reading(store, update_url=update_url, timeout=timeout, services=services) as graph:
        with asking(store):
            answer = graph.query(sparql)
        if not isinstance(answer, Solutions):
            write_output(_written(answer, form, output), output)
            return
        wanted = wanted_form(form, output, _ROWS, default="table")
        if wanted != "table":
            write_output(_rows_as(wanted, answer), output)
        elif is_to_stream(output):
            print_table(Table.of(answer), is_wide=True)
        else:
            write_output(table_as_text(Table.of(answer), is_wide=True).encode("utf-8"), output)


def _written(answer: bool | list[Triple], form: str | None, output: Path | None) -> bytes:
    if isinstance(answer, list):
        from stpgraph.exports import triples_to

        wanted = wanted_form(form, output, _TRIPLES, default="turtle")
        if wanted in _TRIPLES.values():
            return triples_to(answer, wanted)
        raise UsageError(
            f"this query gives a graph, which {form} cannot hold; choose turtle, ntriples, rdfxml or jsonld"
        )
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


COMMANDS = (query_command,)
