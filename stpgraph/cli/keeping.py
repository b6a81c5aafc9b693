"""Commands that make, fill and empty stores: build, load, dump, export, import."""

from __future__ import annotations

from pathlib import Path

import click

from stpgraph.building import Built, build
from stpgraph.cli.options import (
    DEFAULT_STORE,
    as_location,
    examples,
    folder_option,
    note,
    open_for_reading,
    output_option,
    store_options,
    write_output,
)
from stpgraph.cli.progress import progress
from stpgraph.errors import UsageError
from stpgraph.exports import GRAPH_FORMATS, graph_to_nquads, tables_to_folder, tables_to_workbook
from stpgraph.store import is_url, open_store
from stpgraph.turtle import read_turtle, to_turtle, write_file
from stpgraph.vocabulary import mint, slug

__all__ = ["COMMANDS"]

#: Formats of `export` that are tables of the graph rather than the graph.
_TABLES = ("csv", "xlsx")


@click.command("build")
@click.argument("folders", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--sources", type=click.Path(path_type=Path), help="Folder of source texts: anchors are verified, words added."
)
@folder_option
@examples("stpgraph build", "stpgraph build my-graph/ --sources texts/ --store my-store")
def build_command(*, folders: tuple[Path, ...], sources: Path | None, store: str | None) -> None:
    """Build a store from the graph that ships and from FOLDERS of your own Turtle."""
    location = store or DEFAULT_STORE
    if is_url(location):
        raise UsageError("a build makes a folder; load into an endpoint with `stpgraph load`", where=location)
    with progress(f"building {location}"):
        built = build(Path(location), folders, texts=sources)
    click.echo(summary_of(built))


def summary_of(built: Built) -> str:
    """Say in a sentence what a build came to."""
    told = f"{built.location}: {built.quad_count:,} triples in {len(built.sources)} graphs"
    if built.anchors is None:
        return told
    return (
        f"{told}; {built.anchors.span_count:,} anchors hold in {len(built.anchors.texts)} texts, whose words are added"
    )


@click.command("load")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--graph", help="Name of the graph for files that name none. [default: the file's name]")
@store_options
@examples(
    "stpgraph load mine.ttl",
    "stpgraph load dump.nq.gz --store http://localhost:7878/query --update-url http://localhost:7878/update",
)
def load_command(
    *, files: tuple[Path, ...], graph: str | None, store: str | None, update_url: str | None, timeout: float
) -> None:
    """Load FILES of RDF (Turtle, TriG, N-Triples, N-Quads, RDF/XML, JSON-LD; .gz too) into the store."""
    location = as_location(store or DEFAULT_STORE)
    for path in files:
        if not path.is_file():
            raise UsageError("there is no such file; check the path", where=str(path))
    with open_store(location, is_writable=True, update_url=update_url, timeout=timeout) as target:
        before = len(target)
        for path in files:
            name = graph or slug(path.name.removesuffix(".gz").rpartition(".")[0] or path.name)
            with progress(f"loading {path}"):
                target.load(path, graph=mint("graph", *name.split("/")))
        added = len(target) - before
    click.echo(f"{location}: {added:,} triples added from {len(files)} file{'s' if len(files) > 1 else ''}")


@click.command("dump")
@output_option
@store_options
@examples("stpgraph dump -o graph.nq", "stpgraph dump --store my-store | gzip > graph.nq.gz")
def dump_command(output: Path | None, store: str | None, update_url: str | None, timeout: float) -> None:
    """Write all of the store as N-Quads, sorted."""
    with open_for_reading(store, update_url=update_url, timeout=timeout) as source:
        write_output(graph_to_nquads(source), output)


@click.command("export")
@click.option(
    "--format",
    "form",
    required=True,
    type=click.Choice([*GRAPH_FORMATS, *_TABLES]),
    help="The graph as RDF, or its tables: csv (a folder of them), xlsx (one workbook).",
)
@output_option
@store_options
@examples("stpgraph export --format turtle -o stp.ttl", "stpgraph export --format xlsx -o stp.xlsx")
def export_command(form: str, output: Path | None, store: str | None, update_url: str | None, timeout: float) -> None:
    """Write the whole graph in another tool's format."""
    with open_for_reading(store, update_url=update_url, timeout=timeout) as source:
        if form in GRAPH_FORMATS:
            write_output(GRAPH_FORMATS[form](source), output)
        elif form == "xlsx":
            write_output(tables_to_workbook(source), output)
        elif output is None:
            raise UsageError(
                "csv is a folder of tables; name it with -o, or ask for one: `stpgraph ask … --format csv`"
            )
        else:
            for path in tables_to_folder(source, output):
                note(f"wrote {path}")


@click.command("import")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="Folder for the Turtle files.")
@examples(
    "stpgraph import tables/ -o my-graph/reference", "stpgraph import tables/ -o my-graph && stpgraph build my-graph"
)
def import_command(folder: Path, output: Path) -> None:
    """Turn a FOLDER of reference tables (footprints, organisations, people, reports .csv) into Turtle."""
    from stpgraph.reference import read_reference, write_reference

    reference = read_reference(folder)
    for path in write_reference(reference, output):
        note(f"wrote {path}")
    for left in reference.left_out:
        click.echo(f"left out: {left}")


@click.command("format")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--check", is_flag=True, help="Change nothing; exit 1 when a file is not in normal form.")
@click.pass_context
@examples("stpgraph format my-graph/*.ttl", "stpgraph format --check my-graph/*.ttl")
def format_command(context: click.Context, files: tuple[Path, ...], *, check: bool) -> None:
    """Rewrite Turtle FILES in normal form: same graph, same bytes. Comments are not kept."""
    changed = 0
    for path in files:
        if not path.is_file():
            raise UsageError("there is no such file; check the path", where=str(path))
        data = to_turtle(read_turtle(path))
        if data != path.read_bytes():
            changed += 1
            if not check:
                write_file(path, data)
            click.echo(f"{'not in normal form' if check else 'rewrote'}: {path}")
    context.exit(1 if check and changed else 0)


COMMANDS = (format_command, build_command, load_command, dump_command, export_command, import_command)
