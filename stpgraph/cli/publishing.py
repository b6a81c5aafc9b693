"""The command that sends the graph to an endpoint."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from stpgraph.cli.options import DEFAULT_STORE, examples, note, open_for_reading
from stpgraph.cli.progress import progress
from stpgraph.errors import UsageError

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

    from stpgraph.publishing import Endpoint, Outcome, Published, Survey
    from stpgraph.store import Store

__all__ = ["COMMANDS"]

#: As many graphs at most are told of one by one; of graphs left alone, so many names.
_FEW, _FEW_NAMES = 20, 5


@click.command("publish")
@click.option("--store", metavar="URL", required=True, help="The SPARQL endpoint: where it takes queries.")
@click.option(
    "--graph-store-url",
    metavar="URL",
    help="Where it takes graphs.  [default: found out for Oxigraph, Virtuoso, Fuseki, RDF4J and GraphDB]",
)
@click.option("--update-url", metavar="URL", help="Where it takes updates.  [default: as for graphs]")
@click.option(
    "--from",
    "source",
    envvar="STPGRAPH_STORE",
    metavar="DIR",
    help=f"The store to send; also $STPGRAPH_STORE.  [default: {DEFAULT_STORE}, or else the graph that ships]",
)
@click.option("--only", multiple=True, metavar="GRAPH", help="A graph to send, by name or IRI; may be given again.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True, max=86_400),
    default=60.0,
    metavar="SECONDS",
    help="How long one request may take, retries included.  [default: 60]",
)
@click.option("--dry-run", is_flag=True, help="Say what would be sent, and send nothing.")
@examples(
    "stpgraph publish --store http://127.0.0.1:7878/query",
    "stpgraph publish --store http://127.0.0.1:8890/sparql --from my-store --dry-run",
)
def publish_command(
    *,
    store: str,
    graph_store_url: str | None,
    update_url: str | None,
    source: str | None,
    only: tuple[str, ...],
    timeout: float,
    dry_run: bool,
) -> None:
    """Send the graph to a SPARQL endpoint, and verify it there.

    Each named graph goes there whole or not at all.

    A graph that is there already is not sent; every other is verified by count and digest before and after it
    takes the old one's place. A run that broke off is finished by the next one.

    User and password come from STPGRAPH_USER and STPGRAPH_PASSWORD.
    """
    from stpgraph.publishing import Endpoint, Outcome, survey

    with open_for_reading(source, timeout=timeout) as graph:
        target = Endpoint(
            store,
            graphs_url=graph_store_url,
            update_url=update_url,
            user=os.environ.get("STPGRAPH_USER"),
            password=os.environ.get("STPGRAPH_PASSWORD"),
            timeout=timeout,
        )
        with progress(f"comparing with {store}"):
            found = survey(graph, target, tuple(map(_graph_named, only)))
        done = _would_be(found) if dry_run else _published(graph, target, found)
    changed = [one for one in done if one.outcome is not Outcome.SAME]
    for one in changed if len(changed) <= _FEW else []:
        note(f"{'to be ' if dry_run else ''}{one.outcome}: {_short(one.graph)}, {one.triple_count:,} triples")
    click.echo(f"{store}: {_summary(done, found, is_done=not dry_run)}")
    for line in _left_out(found):
        note(line)


def _would_be(found: Survey) -> list[Published]:
    from stpgraph.publishing import Published

    return [
        Published(graph=name, triple_count=digest.count, outcome=found.outcome_of(name))
        for name, digest in found.wanted.items()
    ]


def _published(source: Store, target: Endpoint, found: Survey) -> list[Published]:
    from stpgraph.publishing import publish

    done = []
    with progress(f"publishing to {target.url}", len(found.wanted)) as step:
        for published in publish(source, target, found):
            done.append(published)
            step()
    return done


def _summary(done: Sequence[Published], found: Survey, *, is_done: bool) -> str:
    """Say in a sentence what became of the graphs, or would."""
    from stpgraph.publishing import Outcome

    def counted(outcome: Outcome, told: str) -> str:
        return f"{sum(one.outcome is outcome for one in done):,} {told}"

    to_be = "" if is_done else "to be "
    counts = (
        f"{counted(Outcome.SENT, f'{to_be}sent')}, {counted(Outcome.REPLACED, f'{to_be}replaced')}, "
        f"{counted(Outcome.SAME, 'already there')}"
    )
    names = ", ".join(map(_short, found.others[:_FEW_NAMES]))
    more = f" and {len(found.others) - _FEW_NAMES:,} more" if len(found.others) > _FEW_NAMES else ""
    others = f"{len(found.others):,} other graphs left alone{f' ({names}{more})' if names else ''}"
    triples = f"{sum(one.triple_count for one in done):,} triples"
    verified = f"{triples} verified by count and digest" if is_done else f"{triples} in all; nothing was sent"
    return f"{len(done):,} graphs: {counts}; {others}; {verified}"


def _left_out(found: Survey) -> list[str]:
    """Say what of the source is not published."""
    told = []
    if found.words:
        told.append(f"note: {len(found.words):,} graphs with the exact words of texts are not published")
    if found.unnamed_count:
        told.append(f"note: {found.unnamed_count:,} triples in no named graph are not published")
    return told


def _graph_named(name: str) -> NamedNode:
    from pyoxigraph import NamedNode

    from stpgraph.vocabulary import mint

    try:
        return NamedNode(name) if ":" in name else mint("graph", *name.removeprefix("graph/").split("/"))
    except ValueError as fault:
        raise UsageError(f"{name!r} is not an IRI; expected one, or a name such as mine/people") from fault


def _short(graph: NamedNode) -> str:
    from stpgraph.vocabulary import BASE

    return graph.value.removeprefix(BASE)


COMMANDS = (publish_command,)
