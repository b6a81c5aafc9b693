"""Where documents are found: files, folders, archives and standard input.

Folders are walked in the order of names, one document in memory at a time. Hidden files and folders (their name begins
with a dot, or is `__MACOSX`) are left out, unless they are named themselves. Links are followed; a folder that a link
leads to a second time is told and not walked again. A document whose text was read before in the same run is told as a
duplicate: sixteen bytes of each hash are kept for that.
"""

from __future__ import annotations

import io
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Literal, TypeAlias

from stpgraph.documents.archives import Budget, is_hidden, sources_in
from stpgraph.documents.outcomes import ReadDocument, Source, Unread, shown, to_unread
from stpgraph.documents.reading import read_source

__all__ = ["LARGEST", "Place", "find_documents", "find_sources"]

#: The largest document in bytes.
LARGEST = 50_000_000

#: A file, a folder, or `-` for standard input.
Place: TypeAlias = Path | Literal["-"]


def find_documents(
    places: Iterable[Place], *, largest: int = LARGEST, standard_input: BinaryIO | None = None
) -> Iterator[ReadDocument | Unread]:
    """Read the documents in some places, one after the other, always in the same order.

    Args:
        places: files, folders, archives, `-` for standard input.
        largest: the largest document in bytes.
        standard_input: what `-` stands for; by default the process's own.

    Returns:
        A document, or a finding that says why there is none, for each file that is there.

    Raises:
        MissingExtra: when a kind of file comes up whose library is not installed.
    """
    seen: set[bytes] = set()
    for source in find_sources(places, largest=largest, standard_input=standard_input):
        read = source if isinstance(source, Unread) else read_source(source, largest=largest)
        if isinstance(read, ReadDocument):
            digest = bytes.fromhex(read.text_hash)[:16]
            if digest in seen:
                message = "its text is that of a document before it"
                read = Unread(name=read.name, reason="duplicate", message=message, mend="leave one of them out")
            seen.add(digest)
        yield read


def find_sources(
    places: Iterable[Place], *, largest: int = LARGEST, standard_input: BinaryIO | None = None
) -> Iterator[Source | Unread]:
    """Find the documents in some places without reading them, in the order of `find_documents`."""
    walked: set[tuple[int, int]] = set()
    for place in places:
        if place == "-":
            yield from _stream_sources(standard_input or sys.stdin.buffer, largest=largest)
        else:
            yield from _path_sources(Path(place), walked, largest=largest)


def _stream_sources(stream: BinaryIO, *, largest: int) -> Iterator[Source | Unread]:
    try:
        data = stream.read(largest + 1)
    except (OSError, ValueError) as fault:  # ValueError: it is closed
        yield to_unread(fault, name="stdin")
        return
    if len(data) > largest:
        yield Source(name="stdin", data=data)
    else:
        yield from sources_in(io.BytesIO(data), name="stdin", budget=Budget.of(len(data), largest=largest))


def _path_sources(path: Path, walked: set[tuple[int, int]], *, largest: int) -> Iterator[Source | Unread]:
    """Walk from a path down; only the names in one folder at each level are held."""
    levels: list[Iterator[Path]] = [iter([path])]
    while levels:
        here = next(levels[-1], None)
        if here is None:
            levels.pop()
            continue
        name = shown(str(here))
        try:
            status = here.stat()
            inner = _names_in(here) if stat.S_ISDIR(status.st_mode) else []
        except (OSError, ValueError) as fault:  # ValueError: a zero byte in the path
            yield to_unread(fault, name=name)
            continue
        if stat.S_ISREG(status.st_mode):
            yield from _file_sources(here, name=name, size=status.st_size, largest=largest)
        elif not stat.S_ISDIR(status.st_mode):
            message = "it is a pipe, socket or device, and no file"
            yield Unread(name=name, reason="unknown-format", message=message, mend="give it as standard input (-)")
        elif (status.st_dev, status.st_ino) in walked:
            message = "it is a folder that was read before, or a link to one"
            yield Unread(name=name, reason="duplicate", message=message, mend="leave one of them out")
        else:
            walked.add((status.st_dev, status.st_ino))
            levels.append(map(here.__truediv__, inner))


def _names_in(folder: Path) -> list[str]:
    with os.scandir(folder) as entries:
        return sorted(entry.name for entry in entries if not is_hidden(entry.name))


def _file_sources(path: Path, *, name: str, size: int, largest: int) -> Iterator[Source | Unread]:
    try:
        stream = path.open("rb")
    except OSError as fault:
        yield to_unread(fault, name=name)
        return
    with stream:
        yield from sources_in(stream, name=name, budget=Budget.of(size, largest=largest))
