"""The command that checks: shapes, figures, anchors."""

from __future__ import annotations

import difflib
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from stpgraph.cli.options import examples, note, open_for_reading, store_options
from stpgraph.cli.progress import progress
from stpgraph.cli.streams import console
from stpgraph.errors import UsageError

if TYPE_CHECKING:
    from stpgraph.checks import Finding
    from stpgraph.store import Store

__all__ = ["COMMANDS"]

_KINDS = ("shapes", "figures", "anchors", "all")


@click.command("check", options_metavar="[shapes|figures|anchors|all]")
@click.argument("given", nargs=-1, metavar="[PATH]... [OPTIONS]")
@click.option("--sources", type=click.Path(path_type=Path), metavar="DIR", help="Folder of source texts, for anchors.")
@store_options
@click.pass_context
@examples("stpgraph check figures my-graph/", "stpgraph check anchors --sources texts/")
def check_command(
    context: click.Context,
    *,
    given: tuple[str, ...],
    sources: Path | None,
    store: str | None,
    update_url: str | None,
    timeout: float,
) -> None:
    """Find what does not hold: shapes, figures, anchors.

    In the store, or, with PATH, in the graph that ships together with files and folders of your own. Shapes:
    what each thing must have. Figures: numbers that do not hold together, each a question to its source and
    not a verdict. Anchors: evidence against the texts. Exit status 1 when there are findings.
    """
    from stpgraph.cli.printing import print_findings

    kind, paths = _parted(given)
    if kind == "anchors" and sources is None:
        raise UsageError("anchors are held against texts; name their folder with --sources DIR")
    with closing(_opened(paths, store, update_url, timeout)) as graph, progress("checking"):
        findings, remarks = _findings(graph, kind, sources)
    print_findings(findings)
    count = len(findings)
    console().print(f"{count} finding{'' if count == 1 else 's'}" if count else "no findings")
    for remark in remarks:
        note(remark)
    context.exit(1 if findings else 0)


def _parted(given: tuple[str, ...]) -> tuple[str, list[Path]]:
    """Part what was given into the kind of check and the paths."""
    if given and given[0] in _KINDS:
        return given[0], [Path(path) for path in given[1:]]
    if given and not Path(given[0]).exists() and (close := difflib.get_close_matches(given[0], _KINDS, n=1)):
        raise UsageError(f"there is no check and no folder of that name; did you mean {close[0]}?", where=given[0])
    return "all", [Path(path) for path in given]


def _opened(paths: list[Path], store: str | None, update_url: str | None, timeout: float) -> Store:
    from stpgraph.building import Source, find_sources, load_shipped, load_sources, shipped_sources
    from stpgraph.store import open_store
    from stpgraph.vocabulary import mint, slug

    if not paths:
        return open_for_reading(store, update_url=update_url, timeout=timeout)
    if store is not None:
        raise UsageError("paths are checked with the graph that ships, not with a store; give paths or --store")
    graph = open_store()
    load_shipped(graph)
    ships = {source.path.resolve() for source in shipped_sources()}  # these are in the graph already, as they are now
    for path in paths:
        found = [Source(path=path, graph=mint("graph", slug(path.stem)))] if path.is_file() else find_sources(path)
        load_sources(graph, [source for source in found if source.path.resolve() not in ships])
    return graph


def _findings(graph: Store, kind: str, sources: Path | None) -> tuple[list[Finding], list[str]]:
    """Return what the checks of a kind find, and what is to be said of them."""
    from stpgraph.checks import check_anchors, check_figures, check_shapes
    from stpgraph.documents import find_texts

    findings: list[Finding] = []
    if kind in {"shapes", "all"}:
        findings += check_shapes(graph)
    if kind in {"figures", "all"}:
        findings += check_figures(graph)
    if kind not in {"anchors", "all"}:
        return findings, []
    if sources is None:
        return findings, ["note: anchors are not checked without the texts; name their folder with --sources DIR"]
    checked = check_anchors(graph, find_texts(sources))
    told = f"note: {checked.span_count} anchors held against {len(checked.texts)} texts"
    return findings + checked.findings, [told]


COMMANDS = (check_command,)
