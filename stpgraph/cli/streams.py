"""Standard output and error as they are: letters they lack, readers that have gone, disks that are full."""

from __future__ import annotations

import codecs
import io
import os
import sys
import unicodedata
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["console", "give_up_output", "on_one_line", "open_closed", "speak_plainly", "without_controls"]

#: Columns of what goes to a pipe or a file.
_PIPE_WIDTH = 140

#: What stands for letters that a stream cannot show; of others the plain letter, or a question mark.
_PLAIN = str.maketrans(
    {
        "‘": "'",
        "’": "'",
        "“": '"',
        "”": '"',
        "–": "-",
        "—": "-",
        "−": "-",
        "·": "-",
        "…": "...",
        "£": "GBP ",
        "€": "EUR ",
    }
)

#: Control characters, with which a text could take over a terminal; line feed and tab do no harm.
_CONTROLS = {code: "\ufffd" for code in (*range(32), *range(127, 160)) if chr(code) not in "\n\t"}


def _in_plain_letters(fault: UnicodeError) -> tuple[str, int]:
    if not isinstance(fault, UnicodeEncodeError):
        raise fault
    told = []
    for letter in fault.object[fault.start : fault.end]:
        plain = unicodedata.normalize("NFKD", letter.translate(_PLAIN))
        told.append(plain.encode("ascii", "ignore").decode("ascii") or "?")
    return "".join(told), fault.end


codecs.register_error("stpgraph-plain", _in_plain_letters)


def open_closed() -> None:
    """Put something in place of standard streams that the caller closed: nothing to read, nowhere to write."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 (open to the end)


def speak_plainly(*streams: TextIO) -> None:
    """Have streams write the nearest plain letters where their encoding lacks one, as in a locale without UTF-8."""
    for stream in streams:
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="stpgraph-plain")


def console() -> Console:
    """Return a console on standard output: as wide as the terminal, or 140 columns in a pipe."""
    from stpgraph.cli.printing import Screen

    return Screen(
        file=sys.stdout,
        width=None if sys.stdout.isatty() else _PIPE_WIDTH,
        highlight=False,
        markup=False,
        emoji=False,
    )


def without_controls(text: str) -> str:
    r"""Return a text without what a terminal would take for a command.

    Example:
        >>> without_controls("harmless\x1b[2J")
        'harmless\ufffd[2J'
    """
    return text.translate(_CONTROLS)


def on_one_line(text: str) -> str:
    """Return a text in one line that is safe to print."""
    return without_controls(" ".join(text.split()))


def give_up_output() -> None:
    """Write no more to standard output, whose reader has gone or whose disk is full, nor when Python ends."""
    with suppress(OSError, ValueError), open(os.devnull, "wb") as nowhere:  # noqa: PTH123 (a device, not a path of ours)
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
