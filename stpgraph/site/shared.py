"""What all pages need, found once and lent to every process that makes pages: files in a folder of the server's own.

The folder is the server's alone, made for its run, and nobody else can write there; its processes send each other
pickles as it is, and so these are pickles, too.
"""

from __future__ import annotations

import gc
import os
import pickle
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stpgraph.checks.findings import Finding
from stpgraph.errors import StoreError

__all__ = ["MISSING", "RUNNING", "Checks", "borrow", "lend"]

#: What is said until the checks have come to an end.
RUNNING = "The checks of figures are still running; doubts are shown when they have come to an end."

#: What `borrow` gives where nothing is lent by a name.
MISSING = object()


@dataclass(frozen=True, slots=True, kw_only=True)
class Checks:
    """What the checks of figures found.

    Attributes:
        findings: which figures do not hold together, and why.
        trouble: why nothing is known of them, as a sentence; "" where all is known.
    """

    findings: Sequence[Finding] = ()
    trouble: str = ""


def lend(folder: Path, name: str, value: Any) -> None:
    """Write what was found to the folder, whole or not at all.

    Raises:
        StoreError: when it cannot be written.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(prefix=f".{name}.", dir=folder)
        with os.fdopen(handle, "wb") as file:
            pickle.dump(value, file, protocol=pickle.HIGHEST_PROTOCOL)
        Path(beside).replace(folder / name)
    except OSError as fault:
        told = f"what all pages need cannot be kept here: {fault.strerror}; make room, or name another place in $TMPDIR"
        raise StoreError(told, where=str(folder)) from fault


def borrow(folder: Path | None, name: str) -> Any:
    """Return what was found, or `MISSING` where it is not there yet, or no longer.

    It stays as long as the site does, and so the collector of garbage is told to leave alone what there is now.

    Example:
        >>> with tempfile.TemporaryDirectory() as place:
        ...     lend(Path(place), "number", 7)
        ...     borrow(Path(place), "number"), borrow(Path(place), "other") is MISSING
        (7, True)
    """
    if folder is None:
        return MISSING
    was_collecting = gc.isenabled()
    try:
        with (folder / name).open("rb") as file:
            gc.disable()  # it would look through all that is being made, again and again
            found = pickle.load(file)  # noqa: S301 - nobody else writes there
    except FileNotFoundError:
        return MISSING
    finally:
        if was_collecting:
            gc.enable()
    gc.freeze()
    return found
