"""Options that several commands share, and how they reach the store."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from stpgraph.cli.streams import on_one_line

if TYPE_CHECKING:
    from stpgraph.store import Store

__all__ = [
    "DEFAULT_STORE",
    "Settings",
    "everywhere",
    "examples",
    "folder_option",
    "form_option",
    "is_quiet",
    "note",
    "open_for_reading",
    "output_option",
    "services_option",
    "store_options",
]

#: Where a store is kept unless told otherwise.
DEFAULT_STORE = ".stpgraph/store"

#: What may be called with SERVICE.
_ADDRESS = re.compile(r"""https?://[^\s<>"{}|^`\\]+""")

#: Seconds, the longest that may be waited for an answer.
_DAY = 86_400

Command = Callable[..., Any]
AnyCommand = TypeVar("AnyCommand", bound=click.Command)


@dataclass(slots=True)
class Settings:
    """What holds for the whole run.

    Attributes:
        is_quiet: print results only.
        footnotes: what is said on standard error after the result, unless something went wrong.
    """

    is_quiet: bool = False
    footnotes: list[str] = field(default_factory=list)


def _settings() -> Settings:
    context = click.get_current_context(silent=True)
    found = context.find_object(Settings) if context else None
    return found or Settings()


def everywhere(command: AnyCommand, *, is_hidden: bool = True) -> AnyCommand:
    """Add `--quiet` and `--debug`, which may stand before and after a command's name."""

    def set_quiet(context: click.Context, _: click.Parameter, value: bool) -> None:
        context.ensure_object(Settings).is_quiet |= value

    command.params += [
        click.Option(
            ["--quiet"],
            is_flag=True,
            expose_value=False,
            callback=set_quiet,
            hidden=is_hidden,
            help="Print results only: no notes, no progress.",
        ),
        click.Option(
            ["--debug"],
            is_flag=True,
            expose_value=False,
            hidden=is_hidden,
            help="Show where in the code an error arose.",
        ),
    ]
    return command


def _checked_seconds(_: click.Context, __: click.Parameter, value: float) -> float:
    if not 0 < value <= _DAY:
        raise click.BadParameter(f"{value:g} is no time to wait; expected seconds, above 0 and at most {_DAY}.")
    return value


def store_options(command: Command) -> Command:
    """Add `--store`, `--update-url` and `--timeout`."""
    for option in (
        click.option(
            "--timeout",
            type=float,
            default=60.0,
            callback=_checked_seconds,
            metavar="SECONDS",
            help="How long one query of an endpoint may take.  [default: 60]",
        ),
        click.option("--update-url", metavar="URL", help="Where an endpoint takes updates, if not at its own address."),
        click.option(
            "--store",
            envvar="STPGRAPH_STORE",
            metavar="DIR|URL",
            help=f"A store's folder, or a SPARQL endpoint; also $STPGRAPH_STORE.  [default: {DEFAULT_STORE}]",
        ),
    ):
        command = option(command)
    return command


def services_option(command: Command) -> Command:
    """Add `--allow-service`."""
    return click.option(
        "--allow-service",
        "services",
        multiple=True,
        metavar="URL",
        callback=lambda _context, _option, given: _checked_services(given),
        help="An endpoint that queries may call with SERVICE; several may be named. None unless told.",
    )(command)


def _checked_services(services: tuple[str, ...]) -> tuple[str, ...]:
    """Return addresses of services, each of which must be one of the web."""
    for url in services:
        if not _ADDRESS.fullmatch(url):
            raise click.BadParameter(f"{url!r} is no address of an endpoint; give one in full, as http://…/sparql.")
    return services


def folder_option(command: Command) -> Command:
    """Add `--store` for a command that makes a folder."""
    return click.option(
        "--store",
        envvar="STPGRAPH_STORE",
        metavar="DIR",
        help=f"Folder for the store; also $STPGRAPH_STORE.  [default: {DEFAULT_STORE}]",
    )(command)


def output_option(command: Command) -> Command:
    """Add `-o`."""
    return click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="File to write; standard output where not given, or `-`.",
    )(command)


def form_option(*forms: str) -> Callable[[Command], Command]:
    """Add `--format` with the formats of an answer."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(forms),
        metavar="FORMAT",
        help=f"{', '.join(forms)}.  [default: by the ending of FILE, else table]",
    )


def examples(*lines: str) -> Callable[[Command], Command]:
    """Add examples to a command's help."""

    def add(command: Command) -> Command:
        command.__doc__ = f"{inspect.getdoc(command) or ''}\n\n\b\nExamples:\n  " + "\n  ".join(lines)
        return command

    return add


def is_quiet() -> bool:
    """Say whether the user asked for results only."""
    return _settings().is_quiet


def note(message: str, settings: Settings | None = None) -> None:
    """Say something about the work on standard error, unless the user wants quiet."""
    if not (settings or _settings()).is_quiet:
        click.echo(on_one_line(message), err=True)


def open_for_reading(
    store: str | None, *, update_url: str | None = None, timeout: float = 60.0, services: Collection[str] = ()
) -> Store:
    """Open the store that the user named; without one, the default store, or else the graph that ships."""
    from stpgraph.building import load_shipped
    from stpgraph.store import open_store

    if store is None and not Path(DEFAULT_STORE).exists():
        _settings().footnotes.append(
            f"note: there is no store in {DEFAULT_STORE}, so this is the graph that ships; `stpgraph build` makes yours"
        )
        shipped = open_store(services=services)
        load_shipped(shipped)
        return shipped
    return open_store(store or DEFAULT_STORE, update_url=update_url, timeout=timeout, services=services)
