"""Commands that show: demo and draw."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import click
from rich.text import Text

from stpgraph.building import build
from stpgraph.checks import check_figures
from stpgraph.cli.options import examples, open_for_reading, output_option, store_options, write_output
from stpgraph.cli.printing import console, print_table
from stpgraph.cli.progress import progress
from stpgraph.errors import UsageError
from stpgraph.exports import graph_to_turtle, tables_to_folder, tables_to_workbook
from stpgraph.networks import who_said_what
from stpgraph.pages import draw_network
from stpgraph.questions import ask
from stpgraph.store import Store, open_store
from stpgraph.turtle import write_file

__all__ = ["COMMANDS"]

_VIEWS = ("who-said-what",)


@click.command("demo")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default="stpgraph-demo", show_default=True, help="Folder to write to."
)
@examples("stpgraph demo", "stpgraph demo -o /tmp/stp")
def demo_command(output: Path) -> None:
    """Show the main thing on the graph that ships: build it, say who said what, write what others can use."""
    with progress("building the graph"):
        built = build(output / "store")
    screen = console()
    with open_store(output / "store") as graph:
        _say_who_said_what(graph)
        _say_what_is_doubtful(graph)
        written = _write_all(graph, output)
    screen.print(Text("Written", style="bold"))
    screen.print(f"  {'store':<12} {built.location}  ({built.quad_count:,} triples in {len(built.sources)} graphs)")
    for what, path in written:
        screen.print(f"  {what:<12} {path}")
    _say_what_next(output)


def _say_who_said_what(graph: Store) -> None:
    table = ask(graph, "who-said-what")
    print_table(
        table,
        columns=("date", "speaker", "relationships", "summary", "stance"),
        title="Who said what about which relationship",
    )


def _say_what_is_doubtful(graph: Store) -> None:
    screen = console()
    screen.print()
    screen.print(Text("Figures that do not hold together", style="bold"))
    for finding in check_figures(graph):
        screen.print(Text(f"  {finding.message}", style=""))
        screen.print(Text(f"      {finding.place}", style="dim"))
    screen.print()


def _write_all(graph: Store, output: Path) -> list[tuple[str, Path]]:
    """Write the Turtle, the tables and the page."""
    write_file(output / "stp.ttl", graph_to_turtle(graph))
    tables_to_folder(graph, output / "tables")
    write_file(output / "stp.xlsx", tables_to_workbook(graph))
    page = output / "who-said-what.html"
    write_file(page, draw_network(who_said_what(graph), heading="Who said what").encode("utf-8"))
    return [("Turtle", output / "stp.ttl"), ("tables", output / "tables"), ("workbook", output / "stp.xlsx"), ("page", page)]


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
@examples("stpgraph draw who-said-what -o map.html", 'stpgraph draw who-said-what --about "joint working" -o joint.html')
def draw_command(
    view: str,
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
        raise UsageError(f"{output.suffix or 'no ending'!r} is no page; name a file that ends in .html", where=str(output))
    with open_for_reading(store, update_url=update_url, timeout=timeout) as graph:
        network = who_said_what(graph, about=about, since=since, until=until)
    write_output(draw_network(network, heading="Who said what").encode("utf-8"), output)


COMMANDS = (demo_command, draw_command)
