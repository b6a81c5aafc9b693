"""Commands that turn one format into another: export, import, format."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from stpgraph.cli.files import check_is_text, is_to_stream, output_folder, read_input, wanted_form, write_output
from stpgraph.cli.options import examples, note, open_for_reading, output_option, store_options
from stpgraph.cli.progress import progress
from stpgraph.errors import UsageError

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

    from stpgraph.documents import SourceText
    from stpgraph.store import Store

__all__ = ["COMMANDS"]

#: Formats of `export`: the graph, or its tables; by the endings of files.
_WRITTEN = {".ttl": "turtle", ".trig": "trig", ".nq": "nquads", ".jsonld": "jsonld", ".xlsx": "xlsx", "": "csv"}


@click.command("export")
@click.option(
    "--format",
    "form",
    metavar="FORMAT",
    help="The graph: turtle, trig, nquads, jsonld; its tables: csv (a folder), xlsx; a view of it: graphml, gexf, "
    "cytoscape, pajek, dl, statements.  [default: by FILE's ending]",
)
@click.option("--view", metavar="VIEW", help="Which view, for the formats of networks.  [default: who-said-what]")
@output_option
@store_options
@examples(
    "stpgraph export --format turtle -o stp.ttl",
    "stpgraph export --format csv -o tables",
    "stpgraph export --view discourse -o discourse.graphml",
)
def export_command(
    *,
    form: str | None,
    view: str | None,
    output: Path | None,
    store: str | None,
    update_url: str | None,
    timeout: float,
) -> None:
    """Write the whole graph in another tool's format.

    As RDF; as tables: the answer of each question that needs nothing to be given; or as a network for Gephi,
    Cytoscape, Pajek, UCINET or Discourse Network Analyzer: `stpgraph draw VIEW -o FILE` writes these of a part, too.
    """
    from stpgraph.building import holds_words
    from stpgraph.exports import GRAPH_FORMATS, NETWORK_FORMATS, tables_to_folder, tables_to_workbook

    wanted = _wanted(form, output)
    if view is not None and wanted not in NETWORK_FORMATS:
        raise UsageError(f"--view is for formats of networks ({', '.join(NETWORK_FORMATS)}), not for {wanted}")
    if wanted == "csv" and (output is None or is_to_stream(output)):
        raise UsageError(
            "csv is a folder of tables; name it with -o DIR, or ask for one: `stpgraph ask … --format csv`"
        )
    check_is_text(wanted, output)
    with open_for_reading(store, update_url=update_url, timeout=timeout) as source:
        if wanted == "csv" and output is not None:
            with progress("writing"), output_folder(output) as place:
                names = [path.name for path in tables_to_folder(source, place)]
            note(f"wrote {len(names)} tables in {output}: {', '.join(names)}")
            return
        with progress("writing"):
            if wanted in NETWORK_FORMATS:
                data = _network(source, view or "who-said-what", wanted)
            else:
                data = tables_to_workbook(source) if wanted == "xlsx" else GRAPH_FORMATS[wanted](source)
        write_output(data, output)
        if wanted in GRAPH_FORMATS and any(holds_words(graph) for graph in source.graph_names()):
            note("left out: the exact words of texts, which are their publishers'; `stpgraph dump` keeps them")


def _wanted(form: str | None, output: Path | None) -> str:
    """Return the format to write: of the graph, its tables, or a network."""
    from stpgraph.exports import NETWORK_ENDINGS, NETWORK_FORMATS

    formats = [*_WRITTEN.values(), *NETWORK_FORMATS]
    if form is not None and form not in formats:
        raise UsageError(f"no format is called {form!r}; expected {', '.join(formats)}")
    endings = {ending: name for ending, name in NETWORK_ENDINGS.items() if ending not in {".csv", ".json"}}
    wanted = form or ("" if is_to_stream(output) else wanted_form(form, output, {**_WRITTEN, **endings}, default=""))
    if not wanted:
        raise UsageError(f"which format? choose one with --format: {', '.join(formats)}")
    return wanted


def _network(source: Store, view: str, form: str) -> bytes:
    """Write a view of a store as a network."""
    from stpgraph.exports import NETWORK_FORMATS
    from stpgraph.networks import VIEWS

    if view not in VIEWS:
        raise UsageError(f"no view is called {view!r}; expected {', '.join(VIEWS)}")
    return NETWORK_FORMATS[form](VIEWS[view](source))


@click.command("import")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), metavar="DIR", help="Folder for the Turtle files."
)
@click.option(
    "--sources",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder of source texts: an origin that names one becomes the store's document that was read from it.",
)
@store_options
@examples(
    "stpgraph import tables/ -o my-graph",
    "stpgraph import tables/ --sources texts/ -o more && stpgraph build more --store my-store",
)
def import_command(
    *,
    folder: Path,
    output: Path,
    sources: Path | None,
    store: str | None,
    update_url: str | None,
    timeout: float,
) -> None:
    """Turn reference tables (CSV) into Turtle.

    DIR holds footprints.csv, organisations.csv, people.csv and reports.csv, as docs/importing.md describes
    them. What the tables hold and the graph does not is named, with the reason.
    """
    from stpgraph.documents import find_texts
    from stpgraph.reference import read_reference, write_reference

    known: dict[str, NamedNode] = {}
    if sources is not None:
        texts = list(find_texts(sources))
        known = _documents_of(texts, store, update_url, timeout)
        count = len(set(known.values()))
        note(f"{count} of {len(texts)} texts {'is' if count == 1 else 'are'} the text of a document")
    reference = read_reference(folder, known)
    with output_folder(output) as place:
        names = [path.name for path in write_reference(reference, place)]
    for left in reference.left_out:
        click.echo(f"left out: {left.where}: {left.what}: {left.reason}")
    note(f"wrote {len(names)} files in {output}: {', '.join(names)}")


def _documents_of(
    texts: list[SourceText], store: str | None, update_url: str | None, timeout: float
) -> dict[str, NamedNode]:
    """Return the documents of a store that texts are the texts of, by the texts' names."""
    from stpgraph.rdf import from_triples
    from stpgraph.records import Document
    from stpgraph.reference import find_documents

    with open_for_reading(store, update_url=update_url, timeout=timeout) as graph:
        found = graph.query("CONSTRUCT { ?s ?p ?o } { ?s a stp:Document ; stp:textHash ?hash ; ?p ?o }")
    triples = found if isinstance(found, list) else []
    return find_documents(texts, [record for record in from_triples(triples)[0] if isinstance(record, Document)])


@click.command("format")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True), metavar="FILE...")
@click.option("--check", is_flag=True, help="Change nothing; exit 1 when a file is not in normal form.")
@click.pass_context
@examples("stpgraph format my-graph/*.ttl", "stpgraph query -e 'DESCRIBE <person/jo-doe>' | stpgraph format -")
def format_command(context: click.Context, files: tuple[Path, ...], *, check: bool) -> None:
    """Rewrite Turtle files in normal form: same graph, same bytes.

    `-` reads standard input and writes standard output. Comments are not kept. A file that is no Turtle leaves
    all of them as they were.
    """
    from stpgraph.turtle import read_turtle, to_turtle, write_file

    changed: dict[Path, bytes] = {}
    for path in files:
        before = read_input(path)
        after = to_turtle(read_turtle(before, where="standard input" if str(path) == "-" else str(path)))
        if str(path) == "-" and not check:
            write_output(after, None)
        elif after != before:
            changed[path] = after
    for path, data in changed.items():
        if not check:
            write_file(path, data)
        click.echo(f"{'not in normal form' if check else 'rewrote'}: {path}")
    context.exit(1 if check and changed else 0)


COMMANDS = (export_command, import_command, format_command)
