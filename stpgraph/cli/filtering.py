"""Options that narrow a view: which relationship, claimant, stance, document, period and so on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from stpgraph.cli.options import Command

if TYPE_CHECKING:
    from stpgraph.networks.filters import Filters

__all__ = ["filter_options", "read_filters"]

#: The filters of a view: name, what stands for a value in the help, and what it keeps.
_FILTERS = (
    ("about", "NAME", "Only what concerns this relationship or aspect, and those below it."),
    ("party", "NAME", "Only relationships with this party, or one below it."),
    ("claimant", "NAME", "Only what this claimant said, or people who spoke for it."),
    ("stance", "NAME", "Only claims of this stance: supportive, critical, mixed, neutral."),
    ("act", "NAME", "Only claims of this speech act: warning, recommendation and so on."),
    ("status", "NAME", "Only claims at this point of review: accepted, proposed and so on."),
    ("document", "NAME", "Only what this document reports."),
    ("confidence", "SHARE", "Only proposals of at least this confidence, 0 to 1; what a person made is kept."),
    ("since", "DATE", "Only from this date on: 2016, 2016-11, 2016-11-21."),
    ("until", "DATE", "Only up to this date."),
)


def filter_options(command: Command) -> Command:
    """Add `--about`, `--party`, `--claimant`, `--stance` … `--since`, `--until`, which `read_filters` takes."""
    for name, metavar, told in reversed(_FILTERS):
        kind = float if metavar == "SHARE" else str
        command = click.option(f"--{name}", type=kind, metavar=metavar, help=told)(command)
    return command


def read_filters(
    *,
    about: str | None = None,
    party: str | None = None,
    claimant: str | None = None,
    stance: str | None = None,
    act: str | None = None,
    status: str | None = None,
    document: str | None = None,
    confidence: float | None = None,
    since: str | None = None,
    until: str | None = None,
) -> Filters:
    """Make the filters of what a command was given; None asks for everything.

    Example:
        >>> read_filters(about="trust", since="2017").given
        {'about': 'trust', 'since': '2017'}
    """
    from stpgraph.networks.filters import Filters

    return Filters(
        about=about,
        party=party,
        claimant=claimant,
        stance=stance,
        act=act,
        status=status,
        document=document,
        confidence=confidence,
        since=since,
        until=until,
    )
