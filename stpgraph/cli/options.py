"""Options that several commands share, and how they reach the store and the output."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from stpgraph.building import load_shipped
from stpgraph.errors import OutputError
from stpgraph.store import Store, is_url, open_store
from stpgraph.turtle import write_file

__all__ = [
    "DEFAULT_STORE",
    "as_location",
    "examples",
    "folder_option",
    "is_quiet",
    "note",
    "open_for_reading",
    "output_option",
    "store_options",
    "write_output",
]

#: Where a store is kept unless told otherwise.
DEFAULT_STORE = ".stpgraph/store"

Command = Callable[..., Any]


def store_options(command: Command) -> Command:
    """Add `--store`, `--update-url` and `--timeout`."""
    for option in (
        click.option(
            "--timeout",
            type=float,
            default=60.0,
            show_default=True,
            help="Seconds that one query of an endpoint may take.",
        ),
        click.option("--update-url", help="Where an endpoint takes updates, if not at its own address."),
        click.option(
            "--store",
            envvar="STPGRAPH_STORE",
            help=f"A store's folder, or a SPARQL endpoint's URL; also $STPGRAPH_STORE. [default: {DEFAULT_STORE}]",
        ),
    ):
        command = option(command)
    return command


def folder_option(command: Command) -> Command:
    """Add `--store` for a command that makes a folder."""
    return click.option(
        "--store",
        envvar="STPGRAPH_STORE",
        help=f"Folder for the store; also $STPGRAPH_STORE. [default: {DEFAULT_STORE}]",
    )(command)


def output_option(command: Command) -> Command:
    """Add `-o`."""
    return click.option(
        "-o", "--output", type=click.Path(path_type=Path), help="File to write; standard output where not given."
    )(command)


def examples(*lines: str) -> Callable[[Command], Command]:
    """Add examples to a command's help."""

    def add(command: Command) -> Command:
        command.__doc__ = f"{(command.__doc__ or '').rstrip()}\n\n\b\nExamples:\n  " + "\n  ".join(lines)
        return command

    return add


def is_quiet() -> bool:
    """Say whether the user asked for results only."""
    context = click.get_current_context(silent=True)
    found = context.find_object(dict) if context else None
    return bool(found and found.get("quiet"))


def note(message: str) -> None:
    """Say something about the work on standard error, unless the user wants quiet."""
    if not is_quiet():
        click.echo(message, err=True)


def open_for_reading(store: str | None, *, update_url: str | None = None, timeout: float = 60.0) -> Store:
    """Open the store that the user named; without one, the default store, or else the graph that ships."""
    if store is None and not Path(DEFAULT_STORE).exists():
        note(f"note: no store in {DEFAULT_STORE} yet; this is the graph that ships (`stpgraph build` makes your own)")
        shipped = open_store()
        load_shipped(shipped)
        return shipped
    return open_store(store or DEFAULT_STORE, update_url=update_url, timeout=timeout)


def write_output(data: bytes, output: Path | None) -> None:
    """Write to a file, whole or not at all, or to standard output.

    Raises:
        OutputError: when the place refuses.
    """
    if output is not None and str(output) != "-":
        write_file(output, data)
        note(f"wrote {output}")
        return
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as fault:
        raise OutputError(f"cannot write: {fault.strerror}; choose another place", where="standard output") from fault


def as_location(store: str) -> str | Path:
    """Return a folder as a path, an endpoint as it is."""
    return store if is_url(store) else Path(store)
