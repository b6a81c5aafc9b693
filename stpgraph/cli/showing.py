"""Commands that show: demo and draw."""

from __future__ import annotations

import shlex
import shutil
import sys
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from stpgraph.cli.files import output_folder, write_output
from stpgraph.cli.options import examples, open_for_reading, output_option, store_options
from stpgraph.cli.progress import progress
from stpgraph.cli.streams import console, without_controls
from stpgraph.errors import UsageError

if TYPE_CHECKING:
    import networkx as nx

    from stpgraph.pages.cards import Card, Speaker
    from stpgraph.store import Store

__all__ = ["COMMANDS"]

_VIEWS = ("who-said-what",)

#: Stands at the foot of every page.
_NOTE = "Made with stpgraph from its graph (CC BY 4.0). Evidence points at the documents; none of their text is here."

#: What to try after the demo; each is run with the demo's store.
_NEXT = (
    ("ask", "claims-of", "--organisation", "CIPFA"),
    ("ask", "tensions"),
    ("draw", "who-said-what", "--about", "joint working", "-o", "joint-working.html"),
)


@click.command("demo")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default="stpgraph-demo",
    show_default=True,
    metavar="DIR",
    help="Folder to write to.",
)
@examples("stpgraph demo", "stpgraph demo -o elsewhere")
def demo_command(output: Path) -> None:
    """Show the main thing on the graph that ships.

    Builds it into a store, prints who said what and which figures do not hold together, writes it as Turtle, tables
    (CSV, XLSX) and a page, and says what to try next.
    """
    from stpgraph.building import build
    from stpgraph.networks import who_said_what
    from stpgraph.pages.cards import make_cards
    from stpgraph.store import open_store

    with progress("building the graph"):
        built = build(output / "store")
    with open_store(output / "store") as graph:
        network = who_said_what(graph)
        _say_who_said_what(make_cards(network))
        _say_what_is_doubtful(graph)
        with progress("writing"):
            written = _write_all(graph, network, output)
    size = f"{built.quad_count:,} triples in {len(built.sources)} graphs"
    _say_what_is_written([("store", built.location, size), *written])
    _say_what_next(output)


def _say_who_said_what(cards: Sequence[Card]) -> None:
    """Print every claim, document by document, in the order of the text."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from stpgraph.cli.printing import stance_text

    screen = console()
    for (day, outlet, title), claims in groupby(cards, key=lambda card: (card.day, card.outlet, card.document)):
        screen.print(Text(f"{day} · {outlet} · {title}", style="bold"))
        laid = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=True)
        for name, ratio in (("who", 3), ("about which relationship", 4), ("said what", 6), ("stance", 0)):
            laid.add_column(name, ratio=ratio or None, overflow="fold", no_wrap=not ratio)
        for card in claims:
            cells = ("; ".join(map(_who, card.speakers)), "; ".join(t.label for t in card.topics), card.summary)
            laid.add_row(*(Text(without_controls(cell)) for cell in cells), stance_text(card.stance))
        screen.print(laid)


def _who(speaker: Speaker) -> str:
    """Name a claimant, with post and body."""
    post = ", ".join(part for part in (speaker.role, speaker.short_body) if part)
    return f"{speaker.short_label} ({post})" if post else speaker.short_label


def _say_what_is_doubtful(graph: Store) -> None:
    """Print each doubtful figure once, with all places that state it."""
    from rich.padding import Padding
    from rich.text import Text

    from stpgraph.checks.figures import check_figures

    screen = console()
    screen.print(Text("Figures that do not hold together", style="bold"))
    places: dict[tuple[str, str], list[str]] = {}
    for finding in check_figures(graph):
        places.setdefault((finding.message, finding.mend), []).extend(finding.place.split("; "))
    for (message, mend), told in places.items():
        stated = Text(f"{mend}\nstated in: {'; '.join(dict.fromkeys(told))}", style="dim")
        screen.print(Padding(Text(message), (1, 0, 0, 2), expand=False))
        screen.print(Padding(stated, (0, 0, 0, 6), expand=False))
    screen.print()


def _write_all(graph: Store, network: nx.MultiDiGraph[str], output: Path) -> list[tuple[str, Path, str]]:
    """Write the Turtle, the tables and the page, all of them or none; return what, where and a remark."""
    from stpgraph.exports import graph_to_turtle, tables_to_folder, tables_to_workbook
    from stpgraph.pages import draw_network
    from stpgraph.turtle import write_file

    with output_folder(output) as place:
        write_file(place / "stp.ttl", graph_to_turtle(graph))
        tables = tables_to_folder(graph, place / "tables")
        write_file(place / "stp.xlsx", tables_to_workbook(graph))
        write_file(place / "who-said-what.html", draw_network(network, note=_NOTE).encode("utf-8"))
    return [
        ("Turtle", output / "stp.ttl", ""),
        ("tables", output / "tables", f"{len(tables)} CSV files, the answer of a question each"),
        ("workbook", output / "stp.xlsx", "the same tables, a sheet each"),
        ("page", output / "who-said-what.html", "open it in a browser and click a name or a line"),
    ]


def _say_what_is_written(written: Sequence[tuple[str, Path, str]]) -> None:
    from rich.text import Text

    screen = console()
    screen.print(Text("Written", style="bold"))
    for what, path, remark in written:
        told = Text.assemble(f"  {what:<9} {path}", (f"  {remark}" if remark else "", "dim"))
        screen.print(told, soft_wrap=True)
    screen.print()


def _say_what_next(output: Path) -> None:
    """Print commands that can be pasted as they stand."""
    from rich.text import Text

    screen = console()
    screen.print(Text("Try next", style="bold"))
    for arguments in _NEXT:
        screen.print(f"  {_program()} {shlex.join([*arguments, '--store', str(output / 'store')])}", soft_wrap=True)
    screen.print(Text(f"\n`{_program()} ask` lists the questions, `{_program()} --help` the commands.", style="dim"))


def _program() -> str:
    """Return what calls this program, as the user called it."""
    called = Path(sys.argv[0])
    if called.parts[-2:] == ("stpgraph", "__main__.py"):
        return f"{shlex.quote(sys.orig_argv[0])} -m stpgraph"
    found = shutil.which("stpgraph")
    is_other = called.stem == "stpgraph" and not (found and Path(found).resolve() == called.resolve())
    return shlex.quote(str(called)) if is_other else "stpgraph"


@click.command("draw")
@click.argument("view", type=click.Choice(_VIEWS))
@click.option("--about", metavar="NAME", help="Only claims about this relationship or aspect, and those below it.")
@click.option("--since", metavar="DATE", help="Only claims from this date on: 2016, 2016-11, 2016-11-21.")
@click.option("--until", metavar="DATE", help="Only claims up to this date.")
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
    """Draw a view as one self-contained HTML page.

    Click a name or a line on it to read the claims behind it. It loads nothing and works from a USB stick.
    """
    from stpgraph.networks import who_said_what
    from stpgraph.pages import draw_network

    if output is not None and output.suffix.lower() not in {".html", ".htm", ""}:
        raise UsageError("this is no page; name a file that ends in .html", where=str(output))
    with progress("drawing"):
        with open_for_reading(store, update_url=update_url, timeout=timeout) as graph:
            network = who_said_what(graph, about=about, since=since, until=until)
        heading = f"Who said what about {about}" if about else "Who said what about which relationship"
        page = draw_network(network, heading=heading, note=_NOTE).encode("utf-8")
    write_output(page, output)


COMMANDS = (demo_command, draw_command)
