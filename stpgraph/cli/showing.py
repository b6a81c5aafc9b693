"""The command that shows the main thing: demo."""

from __future__ import annotations

import shlex
import shutil
import sys
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from stpgraph.cli.drawing import NOTE, VIEWS
from stpgraph.cli.files import output_folder
from stpgraph.cli.options import examples
from stpgraph.cli.progress import progress
from stpgraph.cli.streams import console, without_controls

if TYPE_CHECKING:
    from stpgraph.networks.evidence import Evidence, Speaker
    from stpgraph.store import Store

__all__ = ["COMMANDS"]

#: What to try after the demo; each is run with the demo's store.
_NEXT = (
    ("ask", "claims-of", "--organisation", "CIPFA"),
    ("ask", "tensions"),
    ("draw", "who-said-what", "--about", "joint working", "-o", "joint-working.html"),
    ("measure", "discourse", "--mode", "claimants"),
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
    (CSV, XLSX) and pages, and says what to try next.
    """
    from stpgraph.building import build
    from stpgraph.networks import find_claims
    from stpgraph.store import open_store

    with progress("building the graph"):
        built = build(output / "store")
    with open_store(output / "store") as graph:
        _say_who_said_what(find_claims(graph).evidence)
        _say_what_is_doubtful(graph)
        with progress("writing"):
            written = _write_all(graph, output)
    size = f"{built.quad_count:,} triples in {len(built.sources)} graphs"
    _say_what_is_written([("store", built.location, size), *written])
    _say_what_next(output)


def _say_who_said_what(claims: Sequence[Evidence]) -> None:
    """Print every claim, document by document, in the order of the text."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from stpgraph.citations import in_words
    from stpgraph.cli.printing import stance_text

    screen = console()
    for (day, outlet, title), some in groupby(claims, key=lambda claim: (claim.since, claim.outlet, claim.title)):
        screen.print(Text(f"{in_words(day)} · {outlet} · {title}", style="bold"))
        laid = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=True)
        for name, ratio in (("who", 3), ("about which relationship", 4), ("said what", 6), ("stance", 0)):
            laid.add_column(name, ratio=ratio or None, overflow="fold", no_wrap=not ratio)
        for claim in some:
            about = "; ".join(topic.thing.label for topic in claim.topics)
            cells = ("; ".join(map(_who, claim.speakers)), about, claim.summary)
            laid.add_row(*(Text(without_controls(cell)) for cell in cells), stance_text(claim.stance))
        screen.print(laid)


def _who(speaker: Speaker) -> str:
    """Name a claimant, with post and body."""
    body = speaker.body.short_label if speaker.body else ""
    post = ", ".join(part for part in (speaker.role, body) if part)
    return f"{speaker.thing.short_label} ({post})" if post else speaker.thing.short_label


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


def _write_all(graph: Store, output: Path) -> list[tuple[str, Path, str]]:
    """Write the Turtle, the tables and the pages, all of them or none; return what, where and a remark."""
    from stpgraph.exports import graph_to_turtle, tables_to_folder, tables_to_workbook
    from stpgraph.networks import VIEWS as MADE
    from stpgraph.pages import draw_view
    from stpgraph.pages.story import draw_story
    from stpgraph.turtle import write_file

    with output_folder(output) as place:
        write_file(place / "stp.ttl", graph_to_turtle(graph))
        tables = tables_to_folder(graph, place / "tables")
        write_file(place / "stp.xlsx", tables_to_workbook(graph))
        pages = place / "pages"
        write_file(pages / "story.html", draw_story(graph, note=NOTE).encode("utf-8"))
        for name in VIEWS:
            page = draw_view(MADE[name](graph), store=graph, note=NOTE, command=f"stpgraph draw {name} -o {name}.html")
            write_file(pages / f"{name}.html", page.encode("utf-8"))
    return [
        ("Turtle", output / "stp.ttl", ""),
        ("tables", output / "tables", f"{len(tables)} CSV files, the answer of a question each"),
        ("workbook", output / "stp.xlsx", "the same tables, a sheet each"),
        ("story", output / "pages" / "story.html", "all of it as one page to read and to print"),
        ("networks", output / "pages", f"{len(VIEWS)} pages: open who-said-what.html and click a name or a line"),
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
    program, store = _program(), ("--store", str(output / "store"))
    for arguments in _NEXT:
        screen.print(f"  {program} {shlex.join([*arguments, *store])}", soft_wrap=True)
    lists = f"`{program} ask` lists the questions, `{program} --help` the commands."
    serves = f"`{program} {shlex.join(['serve', *store])}` shows all of it as a site; that needs the extra `serve`."
    screen.print(Text(f"\n{lists}\n{serves}", style="dim"), soft_wrap=True)


def _program() -> str:
    """Return what calls this program, as the user called it."""
    called = Path(sys.argv[0])
    if called.parts[-2:] == ("stpgraph", "__main__.py"):
        return f"{shlex.quote(sys.orig_argv[0])} -m stpgraph"
    found = shutil.which("stpgraph")
    is_other = called.stem == "stpgraph" and not (found and Path(found).resolve() == called.resolve())
    return shlex.quote(str(called)) if is_other else "stpgraph"


COMMANDS = (demo_command,)
