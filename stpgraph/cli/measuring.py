"""The command that measures a view."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from stpgraph.cli.files import check_is_text, is_to_stream, wanted_form, write_output
from stpgraph.cli.filtering import filter_options, read_filters
from stpgraph.cli.options import Command, examples, form_option, note, open_for_reading, output_option, store_options
from stpgraph.cli.progress import progress
from stpgraph.errors import UsageError

if TYPE_CHECKING:
    from stpgraph.networks import View
    from stpgraph.networks.windows import WindowPlan
    from stpgraph.tables import Cell, Table

__all__ = ["COMMANDS", "discourse_options", "tell_what_is_left_out"]

#: Formats of a table, by the endings of files.
_TABLES = {".csv": "csv", ".json": "json", ".xlsx": "xlsx", ".md": "md"}

#: Digits after the point where people read a table; files have all of them.
_SHOWN = Decimal("0.001")

#: The options of the view `discourse`: name, what stands for a value in the help, and what it says.
_DISCOURSE = (
    ("mode", "MODE", "two-mode (claimants and relationships), claimants or relationships.  [default: two-mode]"),
    (
        "weight",
        "WEIGHT",
        "Of ties: ignore, subtract or combine; for one mode congruence, conflict, subtract or ignore.  "
        "[default: the first of these]",
    ),
    (
        "normalisation",
        "BY",
        "What weights are divided by: none, activity or prominence; for one mode none, average, jaccard or cosine.  "
        "[default: none]",
    ),
    (
        "duplicates",
        "WITHIN",
        "Where a claimant's same stance counts once: include (nowhere), document, week, month, year, acrossrange, "
        "week-number or month-number.  [default: document]",
    ),
    ("levels", "LEVELS", "two leaves mixed and neutral claims out, three has them in between.  [default: two]"),
)


def discourse_options(command: Command) -> Command:
    """Add `--mode`, `--weight`, `--normalisation`, `--duplicates`, `--levels` and `--roll-up`, of view `discourse`."""
    told = "Count persons as the bodies they speak for; like those above, for discourse."
    command = click.option("--roll-up", is_flag=True, default=None, help=told)(command)
    for name, metavar, meaning in reversed(_DISCOURSE):
        command = click.option(f"--{name}", metavar=metavar, help=meaning)(command)
    return command


@click.command("measure")
@click.argument("view")
@click.option(
    "--of",
    "subject",
    type=click.Choice(["nodes", "network"]),
    metavar="WHAT",
    help="nodes for a row each, network for the whole.  [default: nodes; network with --window]",
)
@click.option(
    "--window", metavar="SIZE", help='Measure each time window: "3 months", "2 weeks", "12 months", "50 events".'
)
@click.option("--cumulative", is_flag=True, help="Let every window begin where the first does.")
@filter_options
@discourse_options
@form_option("table", *_TABLES.values())
@click.option("--wide", is_flag=True, help="Show every column of the table.")
@output_option
@store_options
@examples(
    "stpgraph measure discourse --mode claimants --weight subtract --roll-up",
    'stpgraph measure who-said-what --about trust --window "3 months" -o trust.csv',
)
def measure_command(
    *,
    view: str,
    subject: str | None,
    window: str | None,
    cumulative: bool,
    form: str | None,
    wide: bool,
    output: Path | None,
    store: str | None,
    update_url: str | None,
    timeout: float,
    **given: Any,
) -> None:
    """Measure a view: who is central, how split is the whole.

    VIEW is who-said-what, relationship-map, discourse, affiliations, provenance, partnerships or repeats. Each node has
    its degree, betweenness, eigenvector centrality, PageRank, core, community, camp and how far it is a bridge; the
    network has its density, components, clustering, modularity, E-I indices and polarisation. docs/networks.md says
    what these are.
    """
    form = wanted_form(form, output, _TABLES, default="table")
    check_is_text(form, output)
    chosen = {name: given.pop(name) for name in (*(name for name, _, _ in _DISCOURSE), "roll_up")}
    options = {name: value for name, value in chosen.items() if value is not None}
    make, plan = _view_named(view, options), _plan(window, given["since"], given["until"], is_cumulative=cumulative)
    with progress("measuring"):
        with open_for_reading(store, update_url=update_url, timeout=timeout) as graph:
            made = make(graph, read_filters(**given), **options)
        table = _measured(made, subject or ("network" if plan else "nodes"), plan)
    _give(table, form, output, is_wide=wide)
    if plan is not None and made.evidence and not table.rows:
        note(f"note: there is no window of {window} within the period of what is measured")
    tell_what_is_left_out(made, is_cut=plan is not None)
    if plan is not None and table.rows:
        _tell_what_is_in_every_window(made)


def _view_named(name: str, options: dict[str, Any]) -> Callable[..., View]:
    from stpgraph.networks import VIEWS

    if name not in VIEWS:
        raise UsageError(f"no view is called {name!r}; expected {', '.join(VIEWS)}")
    if options and name != "discourse":
        wrong = ", ".join(f"--{option.replace('_', '-')}" for option in options)
        raise UsageError(f"{wrong}: {name} has no such option, discourse has")
    return VIEWS[name]


def _plan(window: str | None, since: str | None, until: str | None, *, is_cumulative: bool) -> WindowPlan | None:
    from stpgraph.networks.windows import read_window_plan

    if window is None:
        if is_cumulative:
            raise UsageError("--cumulative is about windows; say their size with --window")
        return None
    return read_window_plan(window, is_cumulative=is_cumulative, since=since, until=until)


def _measured(view: View, subject: str, plan: WindowPlan | None) -> Table:
    from stpgraph.measures import measure_network, measure_nodes

    return measure_nodes(view, plan) if subject == "nodes" else measure_network(view, plan)


def _give(table: Table, form: str, output: Path | None, *, is_wide: bool) -> None:
    """Write the table in the format asked for."""
    from stpgraph.cli.printing import print_table, table_as_text

    if form == "table" and is_to_stream(output):
        print_table(_rounded(table), is_wide=is_wide)
    elif form == "table":
        write_output(table_as_text(_rounded(table), is_wide=is_wide).encode("utf-8"), output)
    else:
        from stpgraph.exports import TABLE_FORMATS, table_to_markdown

        is_markdown = form == "md"
        written = table_to_markdown(_rounded(_without_details(table))) if is_markdown else TABLE_FORMATS[form](table)
        write_output(written, output)


def _without_details(table: Table) -> Table:
    kept = [at for at, column in enumerate(table.columns) if not column.is_detail]
    rows = tuple(tuple(row[at] for at in kept) for row in table.rows)
    return replace(table, columns=tuple(table.columns[at] for at in kept), rows=rows)


def _rounded(table: Table) -> Table:
    return replace(table, rows=tuple(tuple(map(_short, row)) for row in table.rows))


def _short(cell: Cell) -> Cell:
    return round(cell / _SHOWN) * _SHOWN if isinstance(cell, Decimal) else cell


def tell_what_is_left_out(view: View, *, is_cut: bool) -> None:
    """Say what was asked for and is not in the table."""
    told = view.graph.graph
    reason = "unknown" if told.get("levels") == "three" else "mixed, neutral or unknown (see --levels)"
    undated = sum(one.kind == "claim" and not one.since for one in view.evidence) if is_cut else 0
    for count, one, several, remark in (
        (view.undrawn, "piece of evidence", "pieces of evidence", "without an edge, for an end of it is not known"),
        (told.get("left_out", 0), "claim", "claims", f"left out for the stance: {reason}"),
        (told.get("duplicates", 0), "statement", "statements", "not counted again: said before (see --duplicates)"),
        (undated, "claim", "claims", "in no window, for there is no date"),
    ):
        if count:
            note(f"note: {count} {one if count == 1 else several} {remark}")


def _tell_what_is_in_every_window(view: View) -> None:
    """Say how many posts, facts and figures have no day, and so count at all times."""
    for kind in ("post", "fact", "figure"):
        count = sum(one.kind == kind and bool(one.links) and not one.since and not one.until for one in view.evidence)
        if count:
            told = f"{kind} in every window, for its day" if count == 1 else f"{kind}s in every window, for their days"
            note(f"note: {count} {told} {'is' if count == 1 else 'are'} not known")


COMMANDS = (measure_command,)
