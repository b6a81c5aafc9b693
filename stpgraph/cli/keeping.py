"""Commands that make, fill and empty stores: build, load, dump."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from stpgraph.cli.files import read_input, write_output
from stpgraph.cli.options import DEFAULT_STORE, examples, folder_option, open_for_reading, output_option, store_options
from stpgraph.cli.progress import progress
from stpgraph.errors import BadRdf, UsageError

if TYPE_CHECKING:
    from pyoxigraph import NamedNode, RdfFormat

    from stpgraph.building import Built

__all__ = ["COMMANDS"]

#: Formats of RDF that are read, by their names in pyoxigraph.
_READ = {
    "turtle": "TURTLE",
    "trig": "TRIG",
    "ntriples": "N_TRIPLES",
    "nquads": "N_QUADS",
    "rdfxml": "RDF_XML",
    "jsonld": "JSON_LD",
}

#: What a store calls bytes that it is given.
_BYTES = "the given data"


@click.command("build")
@click.argument("folders", nargs=-1, type=click.Path(path_type=Path), metavar="[DIR]...")
@click.option(
    "--sources",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder of source texts: every anchor is verified, and the exact words are added.",
)
@folder_option
@examples("stpgraph build", "stpgraph build my-graph/ --store my-store")
def build_command(*, folders: tuple[Path, ...], sources: Path | None, store: str | None) -> None:
    """Build a store from the graph that ships and your own files.

    DIR is a folder of Turtle, of which each file becomes a named graph.

    The old store is replaced when everything was read and, with --sources, every anchor holds; else it stays.
    """
    from stpgraph.building import build
    from stpgraph.store import is_url

    location = store or DEFAULT_STORE
    if is_url(location):
        raise UsageError("a build makes a folder; fill an endpoint with `stpgraph load`", where=location)
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
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True), metavar="FILE...")
@click.option("--graph", metavar="NAME", help="Graph for triples that name none.  [default: the file's name]")
@click.option(
    "--format",
    "form",
    type=click.Choice(list(_READ)),
    metavar="FORMAT",
    help=f"{', '.join(_READ)}.  [default: by the file's ending; nquads for `-`]",
)
@store_options
@examples("stpgraph load mine.ttl --store my-store", "stpgraph dump | stpgraph load - --store copy")
def load_command(
    *,
    files: tuple[Path, ...],
    graph: str | None,
    form: str | None,
    store: str | None,
    update_url: str | None,
    timeout: float,
) -> None:
    """Add files of RDF to a store; `-` is standard input.

    They are Turtle, TriG, N-Triples, N-Quads, RDF/XML or JSON-LD, also packed as .gz. A file that does not parse
    leaves the store as it was.
    """
    from stpgraph.building import filling
    from stpgraph.store import open_store

    location = store or DEFAULT_STORE
    given = [_given(path, graph, form) for path in files]
    with filling(location, update_url=update_url, timeout=timeout) as target, progress("loading", len(given)) as step:
        before = len(target)
        with _known_input(is_format_told=form is not None):
            for source, rdf, name in given if len(given) > 1 else []:
                open_store().load(source, format=rdf, graph=name)  # a fault in one, and none is added
            for source, rdf, name in given:
                target.load(source, format=rdf, graph=name)
                step()
        added = len(target) - before
    click.echo(f"{location}: {added:,} triples added from {len(given)} file{'' if len(given) == 1 else 's'}")


@contextmanager
def _known_input(*, is_format_told: bool) -> Iterator[None]:
    """Have errors call standard input by its name, and say what may be wrong with it."""
    try:
        yield
    except BadRdf as fault:
        if not (fault.where or "").startswith(_BYTES):
            raise
        where = f"standard input{(fault.where or '').removeprefix(_BYTES)}"
        hint = "" if is_format_told else "; name its format with --format if it is another"
        raise BadRdf(f"{fault.message}{hint}", where=where) from fault


def _given(path: Path, graph: str | None, form: str | None) -> tuple[Path | bytes, RdfFormat | None, NamedNode]:
    """Return what to load: a file or the bytes of standard input, its format, and a graph for triples without one."""
    from pyoxigraph import RdfFormat

    rdf: RdfFormat | None = getattr(RdfFormat, _READ[form]) if form else None
    if str(path) == "-":
        return read_input(path), rdf or RdfFormat.N_QUADS, _graph_name(graph or "standard-input")
    if not path.is_file():
        what = "this is a folder, not a file" if path.is_dir() else "there is no such file"
        raise UsageError(f"{what}; expected a file of RDF", where=str(path))
    stem = path.name.removesuffix(".gz")
    return path, rdf, _graph_name(graph) if graph else _graph_of(stem.rpartition(".")[0] or stem)


def _graph_of(name: str) -> NamedNode:
    from stpgraph.vocabulary import mint, slug

    return mint("graph", slug(name))


def _graph_name(name: str) -> NamedNode:
    """Return the graph of a name, or of an IRI in full."""
    from pyoxigraph import NamedNode

    from stpgraph.vocabulary import mint

    try:
        return NamedNode(name) if "://" in name else mint("graph", *name.split("/"))
    except ValueError as fault:
        raise UsageError(f"{name!r} is not an IRI; expected one, or a name such as mine/people") from fault


@click.command("dump")
@output_option
@store_options
@examples("stpgraph dump -o graph.nq.gz", "stpgraph dump | grep CIPFA")
def dump_command(output: Path | None, store: str | None, update_url: str | None, timeout: float) -> None:
    """Write all of the store as sorted N-Quads.

    They are packed where the file's name ends in .gz.
    """
    from stpgraph.exports import dump_nquads

    with open_for_reading(store, update_url=update_url, timeout=timeout) as source:
        with progress("writing"):
            data = dump_nquads(source)
            if output is not None and output.suffix == ".gz":
                data = gzip.compress(data, mtime=0)  # undated, so that the same graph gives the same bytes
        write_output(data, output)


COMMANDS = (build_command, load_command, dump_command)
