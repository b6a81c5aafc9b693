"""Options that several commands share, and how they reach the store and the output."""

from __future__ import annotations

import inspect
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from stpgraph.cli.streams import on_one_line
from stpgraph.errors import OutputError, UsageError

if TYPE_CHECKING:
    from stpgraph.store import Store

__all__ = [
    "DEFAULT_STORE",
    "Settings",
    "check_is_text",
    "everywhere",
    "examples",
    "folder_option",
    "is_quiet",
    "is_to_stream",
    "note",
    "open_for_reading",
    "output_folder",
    "output_option",
    "read_input",
    "store_options",
    "wanted_form",
    "write_output",
]

#: Where a store is kept unless told otherwise.
DEFAULT_STORE = ".stpgraph/store"

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


def open_for_reading(store: str | None, *, update_url: str | None = None, timeout: float = 60.0) -> Store:
    """Open the store that the user named; without one, the default store, or else the graph that ships."""
    from stpgraph.building import load_shipped
    from stpgraph.store import open_store

    if store is None and not Path(DEFAULT_STORE).exists():
        _settings().footnotes.append(
            f"note: there is no store in {DEFAULT_STORE}, so this is the graph that ships; `stpgraph build` makes yours"
        )
        shipped = open_store()
        load_shipped(shipped)
        return shipped
    return open_store(store or DEFAULT_STORE, update_url=update_url, timeout=timeout)


def read_input(path: Path) -> bytes:
    """Read a file, or standard input for `-`.

    Raises:
        UsageError: when it cannot be read.
    """
    try:
        return sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    except OSError as fault:
        raise UsageError(f"cannot read: {fault.strerror}; check the path", where=str(path)) from fault


def wanted_form(form: str | None, output: Path | None, endings: Mapping[str, str], *, default: str) -> str:
    """Return the format that is asked for: by name, else by the ending of the file to write, else the default."""
    return form or endings.get(output.suffix.lower() if output else "", default)


def is_to_stream(output: Path | None) -> bool:
    """Say whether standard output is written to."""
    return output is None or str(output) == "-"


def check_is_text(form: str, output: Path | None) -> None:
    """Make sure that a terminal is not flooded with what it cannot show."""
    if form == "xlsx" and is_to_stream(output) and sys.stdout.isatty():
        raise UsageError("a workbook is no text; name a file with -o FILE.xlsx")


def write_output(data: bytes, output: Path | None) -> None:
    """Write to a file, whole or not at all, or to standard output.

    Raises:
        OutputError: when the place refuses.
    """
    from stpgraph.turtle import write_file

    if output is None or is_to_stream(output):
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    target = output.resolve() if output.is_symlink() else output  # what a link points at is written, the link stays
    if target.exists() and not target.is_file() and not target.is_dir():
        with target.open("wb") as device:  # a pipe or a device is not replaced by a file
            device.write(data)
    else:
        write_file(target, data)
    note(f"wrote {output}")


@contextmanager
def output_folder(place: Path) -> Iterator[Path]:
    """Yield a folder beside a place; its files move there when all went well, and nothing is left of them otherwise.

    Raises:
        OutputError: when the place refuses.
    """
    if place.exists() and not place.is_dir():
        raise OutputError("this is a file; expected a folder to write to", where=str(place))
    made = [folder for folder in (place, *place.parents) if not folder.exists()]
    yard: Path | None = None
    try:
        place.mkdir(parents=True, exist_ok=True)
        yard = Path(tempfile.mkdtemp(prefix=".part-", dir=place))
        yield yard
        for path in sorted(yard.rglob("*")):
            target = place / path.relative_to(yard)
            if path.is_dir():
                target.mkdir(exist_ok=True)
            else:
                path.replace(target)
    except OutputError as fault:
        where = str(place) if yard is None else (fault.where or "").replace(str(yard), str(place))
        raise OutputError(fault.message, where=where) from fault
    except OSError as fault:
        raise OutputError(
            f"cannot write: {fault.strerror or fault}; choose another place or make room", where=str(place)
        ) from fault
    finally:
        if yard is not None:
            shutil.rmtree(yard, ignore_errors=True)
        for folder in made:
            with suppress(OSError):  # those that hold something by now stay
                folder.rmdir()
