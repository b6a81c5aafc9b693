"""Reading what a command is given, and writing what it makes: whole, or not at all."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from stpgraph.cli.options import note
from stpgraph.errors import OutputError, UsageError

__all__ = ["check_is_text", "is_to_stream", "output_folder", "read_input", "wanted_form", "write_output"]


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
    """Return the format that is asked for: by name, else by the ending of the file to write, else the default.

    Raises:
        UsageError: when the file's ending says another format than can be written.
    """
    ending = output.suffix.lower() if output is not None else ""
    if form:
        return form
    if ending in endings:
        return endings[ending]
    if ending in {"", ".txt"}:
        return default
    expected = ", ".join(filter(None, endings))
    raise UsageError(f"{ending} is no format for this; expected {expected}, or --format", where=str(output))


def is_to_stream(output: Path | None) -> bool:
    """Say whether standard output is written to."""
    return output is None or str(output) == "-"


def check_is_text(form: str, output: Path | None) -> None:
    """Make sure that a terminal is not flooded with what it cannot show."""
    if form == "xlsx" and is_to_stream(output) and sys.stdout.isatty():
        raise UsageError("a workbook is no text; name a file with -o FILE.xlsx")


def _write_to_stream(data: bytes) -> None:
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as fault:
        raise OutputError(
            f"cannot write: {fault.strerror}; choose another place or make room", where="standard output"
        ) from fault


def write_output(data: bytes, output: Path | None) -> None:
    """Write to a file, whole or not at all, or to standard output.

    Raises:
        OutputError: when the place refuses.
    """
    from stpgraph.turtle import write_file

    if output is None or is_to_stream(output):
        _write_to_stream(data)
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
        made_here = [(path, place / path.relative_to(yard)) for path in sorted(yard.rglob("*"))]
        for path, target in made_here:
            if target.exists() and path.is_dir() != target.is_dir():
                told = "a file stands where a folder" if path.is_dir() else "a folder stands where a file"
                raise OutputError(f"{told} is to be written; move it away, or choose another place", where=str(target))
        for path, target in made_here:
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
