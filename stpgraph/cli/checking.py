"""The command that checks: shapes, figures, anchors."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from stpgraph.building import find_sources, load_shipped, load_sources
from stpgraph.checks import Finding, check_anchors, check_figures, check_shapes
from stpgraph.cli.options import examples, note, open_for_reading, store_options
from stpgraph.cli.printing import console, print_findings
from stpgraph.cli.progress import progress
from stpgraph.documents import find_texts
from stpgraph.errors import UsageError
from stpgraph.store import Store, open_store

__all__ = ["COMMANDS"]

_KINDS = ("shapes", "figures", "anchors", "all")


@click.command("check")
@click.argument("kind", type=click.Choice(_KINDS), default="all")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--sources", type=click.Path(path_type=Path), help="Folder of source texts, for anchors.")
@store_options
@click.pass_context
@examples("stpgraph check shapes my-graph/", "stpgraph check anchors --sources texts/")
def check_command(
    context: click.Context,
    *,
    kind: str,
    paths: tuple[Path, ...],
    sources: Path | None,
    store: str | None,
    update_url: str | None,
    timeout: float,
) -> None:
    """Check the store, or the graph that ships together with folders of your own at PATHS.

    Exit status 1 when there are findings. A doubtful figure is a question to its source, not a verdict.
    """
    if kind == "anchors" and sources is None:
        raise UsageError("anchors are held against texts; name their folder with --sources DIR")
    with closing(_opened(paths, store, update_url, timeout)) as graph, progress("checking"):
        findings = _findings(graph, kind, sources)
    if findings:
        print_findings(findings)
    count = len(findings)
    console().print(f"{count} finding{'' if count == 1 else 's'}" if count else "no findings")
    context.exit(1 if findings else 0)


def _opened(paths: tuple[Path, ...], store: str | None, update_url: str | None, timeout: float) -> Store:
    if not paths:
        return open_for_reading(store, update_url=update_url, timeout=timeout)
    graph = open_store()
    load_shipped(graph)
    for path in paths:
        load_sources(graph, find_sources(path))
    return graph


def _findings(graph: Store, kind: str, sources: Path | None) -> list[Finding]:
    findings: list[Finding] = []
    if kind in {"shapes", "all"}:
        findings += check_shapes(graph)
    if kind in {"figures", "all"}:
        findings += check_figures(graph)
    if kind == "all" and sources is None:
        note("note: anchors are not checked without the texts; name their folder with --sources DIR")
    elif kind in {"anchors", "all"} and sources is not None:
        checked = check_anchors(graph, find_texts(sources))
        note(f"{checked.span_count} anchors held against {len(checked.texts)} texts")
        findings += checked.findings
    return findings


COMMANDS = (check_command,)
