"""Commands that show: demo and draw."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

import click
import networkx as nx
from rich import box
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from stpgraph.building import build
from stpgraph.checks import check_figures
from stpgraph.cli.options import examples, open_for_reading, output_option, store_options, write_output
from stpgraph.cli.printing import console, stance_text
from stpgraph.cli.progress import progress
from stpgraph.errors import UsageError
from stpgraph.exports import graph_to_turtle, tables_to_folder, tables_to_workbook
from stpgraph.networks import who_said_what
from stpgraph.pages import draw_network
from stpgraph.pages.cards import Card, Speaker, make_cards
from stpgraph.store import Store, open_store
from stpgraph.turtle import write_file

__all__ = ["COMMANDS"]

_VIEWS = ("who-said-what",)

#: Stands at the foot of every page.
_NOTE = "Made with stpgraph from its graph (CC BY 4.0). Evidence points at the documents; none of their text is here."


@click.command("demo")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default="stpgraph-demo",
    show_default=True,
    help="Folder to write to.",
)
@examples("stpgraph demo", "stpgraph demo -o elsewhere")
def demo_command(output: Path) -> None:
    """Show the main thing on the graph that ships: build it, say who said what, write what others can use."""
    with progress("building the graph"):
        built = build(output / "store")
    screen = console()
    with open_store(output / "store") as graph:
        network = who_said_what(graph)
        _say_who_said_what(make_cards(network))
        _say_what_is_doubtful(graph)
        written = _write_all(graph, network, output)
    screen.print(Text("Written", style="bold"))
    screen.print(f"  {'store':<12} {built.location}  ({built.quad_count:,} triples in {len(built.sources)} graphs)")
    for what, path in written:
        screen.print(f"  {what:<12} {path}")
    _say_what_next(output)


def _say_who_said_what(cards: Sequence[Card]) -> None:
    """Print every claim, document by document, in the order of the text."""
    screen = console()
    for (day, outlet, title), claims in groupby(cards, key=lambda card: (card.day, card.outlet, card.document)):
        screen.print(Text(f"{day} · {outlet} · {title}", style="bold"))
        laid = RichTable(box=box.SIMPLE_HEAD, pad_edge=False, expand=True)
        for name, ratio in (("who", 3), ("about which relationship", 4), ("said what", 6), ("stance", 0)):
            laid.add_column(name, ratio=ratio or None, overflow="fold", no_wrap=not ratio)
        for card in claims:
            topics = "; ".join(topic.label for topic in card.topics)
            laid.add_row("; ".join(map(_who, card.speakers)), topics, card.summary, stance_text(card.stance))
        screen.print(laid)


def _who(speaker: Speaker) -> str:
    """Name a claimant, with post and body."""
    post = ", ".join(part for part in (speaker.role, speaker.short_body) if part)
    return f"{speaker.short_label} ({post})" if post else speaker.short_label


def _say_what_is_doubtful(graph: Store) -> None:
    """Print each doubtful figure once, with all places that state it."""
    screen = console()
    screen.print(Text("Figures that do not hold together", style="bold"))
    places: dict[tuple[str, str], list[str]] = {}
    for finding in check_figures(graph):
        places.setdefault((finding.message, finding.mend), []).append(finding.place)
    for (message, mend), told in places.items():
        screen.print(Padding(Text(message), (1, 0, 0, 2)))
        screen.print(Padding(Text(f"{mend}\nstated in: {'; '.join(dict.fromkeys(told))}", style="dim"), (0, 0, 0, 6)))
    screen.print()


def _write_all(graph: Store, network: nx.MultiDiGraph[str], output: Path) -> list[tuple[str, Path]]:
    """Write the Turtle, the tables and the page."""
    write_file(output / "stp.ttl", graph_to_turtle(graph))
    tables_to_folder(graph, output / "tables")
    write_file(output / "stp.xlsx", tables_to_workbook(graph))
    page = output / "who-said-what.html"
    write_file(page, draw_network(network, note=_NOTE).encode("utf-8"))
    return [
        ("Turtle", output / "stp.ttl"),
        ("tables", output / "tables"),
        ("workbook", output / "stp.xlsx"),
        ("page", page),
    ]


def _say_what_next(output: Path) -> None:
    screen = console()
    command = "stpgraph" if shutil.which("stpgraph") else sys.argv[0]
    store = f"--store {output / 'store'}"
    screen.print()
    screen.print(Text("Try next", style="bold"))
    screen.print(f"  open {output / 'who-said-what.html'} in a browser, and click an edge", soft_wrap=True)
    for arguments in ("ask claims-of --organisation CIPFA", "ask doubtful-statistics", "check figures"):
        screen.print(f"  {command} {arguments} {store}", soft_wrap=True)


@click.command("draw")
@click.argument("view", type=click.Choice(_VIEWS))
@click.option("--about", help="Only claims about this relationship and those below it (label or IRI).")
@click.option("--since", help="Only claims from this date on: 2016, 2016-11, 2016-11-21.")
@click.option("--until", help="Only claims up to this date.")
@output_option
@store_options
@examples(
    "stpgraph draw who-said-what -o map.html", 'stpgraph draw who-said-what --about "joint working" -o joint.html'
)
def draw_command(
    *,
    view: str,  # noqa: ARG001 (there is one so far)
    about: str | None,
    since: str | None,
    until: str | None,
    output: Path | None,
    store: str | None,
    update_url: str | None,
    timeout: float,
) -> None:
    """Draw a VIEW as one self-contained page: click a node or an edge to read the claims behind it."""
    if output is not None and output.suffix not in {".html", ".htm"}:
        raise UsageError("this is no page; name a file that ends in .html", where=str(output))
    with open_for_reading(store, update_url=update_url, timeout=timeout) as graph:
        network = who_said_what(graph, about=about, since=since, until=until)
    heading = f"Who said what about {about}" if about else "Who said what about which relationship"
    write_output(draw_network(network, heading=heading, note=_NOTE).encode("utf-8"), output)


COMMANDS = (demo_command, draw_command)
