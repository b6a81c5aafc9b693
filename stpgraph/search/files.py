"""An index as a file: one archive of arrays, each with a checksum, written beside and put in place at once."""

from __future__ import annotations

import os
import struct
import tempfile
import time
import zlib
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from stpgraph.errors import StoreError
from stpgraph.search.texts import Arrays

__all__ = ["FILE", "fingerprint", "read_arrays", "write_arrays"]

#: The index's file in a store's folder; the engine leaves alone what it has not named itself.
FILE = "search.npz"

#: The version of what is kept; an index of another is made anew.
_VERSION = "1"

#: Seconds after which nobody is writing a file any more.
_LEFT = 3600.0

#: What a reader of archives raises on a damaged one.
_DAMAGE = (
    *(BadZipFile, EOFError, KeyError, NotImplementedError, OSError, RuntimeError, SyntaxError, ValueError),
    *(struct.error, zlib.error),
)


def write_arrays(path: Path, arrays: Arrays, mark: str) -> None:
    """Write arrays to a file, whole or not at all.

    Raises:
        StoreError: when the place cannot be written to.
    """
    _tidy(path)
    about = np.frombuffer(f"{_VERSION}\n{mark}".encode(), dtype=np.uint8)
    beside = None
    try:
        handle, beside = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            np.savez(file, allow_pickle=False, about=about, **arrays)
        Path(beside).chmod(0o644)
        Path(beside).replace(path)
    except OSError as fault:
        if beside is not None:
            with suppress(OSError):
                Path(beside).unlink()
        raise StoreError(f"the search index cannot be kept here: {fault.strerror}", where=str(path)) from fault


def _tidy(path: Path) -> None:
    """Remove what a process left beside a file that ended while it was writing."""
    with suppress(OSError):  # gone already, or not ours to remove
        for left in path.parent.glob(f".{path.name}.*"):
            if time.time() - left.stat().st_mtime > _LEFT:
                left.unlink()


def read_arrays(path: Path) -> tuple[str, Arrays]:
    """Return the mark and the arrays of a file; reading holds each array against its checksum.

    Raises:
        StoreError: when there is none, it is damaged, or of another version.
    """
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as archive:
            arrays: dict[str, NDArray[np.generic]] = {name: archive[name] for name in archive.files}
        version, _, mark = arrays.pop("about").tobytes().decode().partition("\n")
    except _DAMAGE as fault:
        raise StoreError(f"the search index cannot be read: {fault}; remove it", where=str(path)) from fault
    if version != _VERSION:
        raise StoreError("the search index is of another version; remove it", where=str(path))
    return mark, arrays


def fingerprint(folder: Path) -> str:
    """Return what tells one state of a store's folder from another, without reading the store.

    The engine writes each change to a log that only grows, and keeps what is settled in files that it never changes;
    names, sizes and times of these files are taken. What only tidies up the folder may change it, too.
    """
    kept = []
    for file in folder.iterdir():
        if file.suffix in {".log", ".sst"}:
            with suppress(FileNotFoundError):  # tidied away meanwhile, which changes the others
                state = file.stat()
                if state.st_size:
                    kept.append(f"{file.name} {state.st_size} {state.st_mtime_ns}")
    return sha256("\n".join(sorted(kept)).encode()).hexdigest()
