"""Running commands: in this process, in one of their own, or on a terminal."""

from __future__ import annotations

import contextlib
import io
import os
import pty
import re
import subprocess
import sys
import termios
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from stpgraph.cli import main

#: Seconds after which a command has hung.
PATIENCE = 120

#: The commands, in the order of the help.
COMMANDS = (
    *("demo", "ask", "serve", "draw", "measure", "query", "check", "read"),
    *("build", "load", "dump", "publish", "export", "import", "format"),
)

_ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command came to."""

    status: int
    data: bytes
    err: str

    @property
    def out(self) -> str:
        """Standard output as text."""
        return self.data.decode("utf-8")


def run(*arguments: str | Path, stdin: bytes = b"") -> Ran:
    """Run a command line in this process."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    given = io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), patch("sys.stdin", given):
        status = _status_of([str(argument) for argument in arguments])
    return Ran(status, _written(out), _written(err).decode("utf-8"))


def _status_of(arguments: list[str]) -> int:
    try:
        main(arguments)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    raise AssertionError("a command always says how it ended")


def _written(stream: io.TextIOWrapper) -> bytes:
    stream.flush()
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue()


def shell(script: str, *, environment: Mapping[str, str] | None = None, stdin: bytes = b"") -> Ran:
    """Run a script of sh in which `stpgraph` is this one."""
    done = subprocess.run(
        ["sh", "-c", f'stpgraph() {{ "{sys.executable}" -m stpgraph "$@"; }}\n{script}'],
        input=stdin,
        capture_output=True,
        check=False,
        timeout=PATIENCE,
        env={**os.environ, **(environment or {})},
    )
    return Ran(done.returncode, done.stdout, done.stderr.decode("utf-8"))


def on_terminal(*arguments: str, columns: int = 80) -> Ran:
    """Run a command line on a terminal of its own, which shows standard output and error alike.

    Returns:
        What the terminal showed, with its escape sequences, as output.
    """
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (50, columns))
    environment = {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "LINES", "NO_COLOR"}}
    with subprocess.Popen(
        [sys.executable, "-m", "stpgraph", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
        env={**environment, "TERM": "xterm-256color"},
    ) as process:
        os.close(theirs)
        shown = b"".join(_until_it_closes(ours))
        process.wait(PATIENCE)
    os.close(ours)
    return Ran(process.returncode, shown, "")


def _until_it_closes(terminal: int) -> Iterator[bytes]:
    with contextlib.suppress(OSError):  # so Linux says that nobody writes any more
        while piece := os.read(terminal, 65_536):
            yield piece


def as_seen(shown: str) -> list[str]:
    """Return the lines of a terminal as they stand in the end, without colours and what was written over."""
    return [_ESCAPE.sub("", line.split("\r")[-1]) for line in shown.replace("\r\n", "\n").split("\n")]


def examples_of(*command: str) -> list[str]:
    """Return the examples that the help of a command gives."""
    told = run(*command, "--help").out.partition("Examples:\n")[2]
    return [line.strip() for line in told.partition("\n\n")[0].splitlines()]
