"""The journal of a run: one line of JSON a document, written when its files are there.

A line that was cut off when a run was ended is dropped. A later line on a document replaces the one before it; when a
run comes to its end, the journal keeps one line each.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from stpgraph.documents import Unread
from stpgraph.errors import OutputError, UsageError
from stpgraph.reading.outcomes import Counts
from stpgraph.turtle import write_file

__all__ = ["JOURNAL", "Earlier", "Journal", "Line"]

#: The name of the journal in the folder of proposals.
JOURNAL = "read.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What a journal tells of one document.

    Attributes:
        name: the document's name.
        text_hash: of its text; None for what was not read.
        file: the name of the file of its proposals; None for what was not read.
        counts: how much is proposed.
        unread: why it was not read.
        remarks: what a reader should know of how its text was made.
    """

    name: str
    text_hash: str | None = None
    file: str | None = None
    counts: Counts = Counts()
    unread: Unread | None = None
    remarks: tuple[str, ...] = ()

    @property
    def key(self) -> bytes:
        """What tells this line from those of other documents, in few bytes."""
        is_again = self.unread is not None and self.unread.reason == "duplicate"
        return hashlib.sha256(f"{is_again}{self.name}".encode("utf-8", "surrogatepass")).digest()[:12]

    def to_json(self) -> str:
        """Write the line."""
        told: dict[str, Any] = {"name": self.name}
        if self.unread is not None:
            told |= {"reason": self.unread.reason, "message": self.unread.message, "mend": self.unread.mend}
        else:
            told |= {"text_hash": self.text_hash, "file": self.file, **dataclasses.asdict(self.counts)}
            told |= {"remarks": self.remarks} if self.remarks else {}
        return json.dumps(told, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str, *, where: str) -> Line:
        """Read a line.

        Raises:
            UsageError: when it is none.
        """
        try:
            told = json.loads(text)
            name = told.pop("name")
            if "reason" in told:
                return cls(name=name, unread=Unread(name=name, **told))
            text_hash, file, remarks = told.pop("text_hash"), told.pop("file"), tuple(told.pop("remarks", ()))
            return cls(name=name, text_hash=text_hash, file=file, counts=Counts(**told), remarks=remarks)
        except (ValueError, KeyError, TypeError, AttributeError) as fault:
            raise UsageError(
                "this is no line of a journal of reading; move the file away, or start without --resume", where=where
            ) from fault


class Earlier(NamedTuple):
    """What is kept of a line of an earlier run: what tells whether there is something new, the file, the counts."""

    mark: bytes
    file: str | None
    counts: Counts


@dataclass(slots=True)
class Journal:
    """The journal of a folder of proposals, open for adding to it.

    Attributes:
        path: the file.
        earlier: what is kept of the lines that were there, by key.
    """

    path: Path
    earlier: dict[bytes, Earlier] = field(default_factory=dict)
    _is_resumed: bool = False
    _file: BinaryIO | None = None

    @classmethod
    def to_resume(cls, path: Path) -> Journal:
        """Return a journal with what it tells of earlier runs; nothing where there was none.

        Raises:
            UsageError: when the file is no journal.
        """
        journal = cls(path, _is_resumed=True)
        for line in _lines_of(path):
            journal.earlier[line.key] = Earlier(_mark(line), line.file, line.counts)
        return journal

    def has(self, line: Line) -> bool:
        """Say whether the journal tells the same already."""
        told = self.earlier.get(line.key)
        return told is not None and told.mark == _mark(line)

    def add(self, line: Line) -> None:
        """Write a line, so that it is there whatever happens next.

        Raises:
            OutputError: when the place refuses.
        """
        if self.has(line):
            return
        try:
            if self._file is None:
                self._file = self._opened()
            self._file.write(f"{line.to_json()}\n".encode("utf-8", "backslashreplace"))
            self._file.flush()
        except OSError as fault:
            raise OutputError(f"cannot write: {fault.strerror}; make room", where=str(self.path)) from fault

    def _opened(self) -> BinaryIO:
        """Open the file: emptied for a new run, without a half line at its end for one that goes on."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        if not self._is_resumed or not self.path.exists():
            return self.path.open("wb")
        file = self.path.open("r+b")
        file.truncate(_whole_length(file))
        file.seek(0, os.SEEK_END)
        return file

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def finish(self) -> None:
        """Close the file, and where lines were replaced keep the last of each document."""
        self.close()
        if not self._is_resumed or not self.path.exists():
            return
        last = {line.key: number for number, line in enumerate(_lines_of(self.path))}
        if len(last) < sum(1 for _ in _lines_of(self.path)):
            kept = (line for number, line in enumerate(_lines_of(self.path)) if last[line.key] == number)
            write_file(self.path, (f"{line.to_json()}\n".encode("utf-8", "backslashreplace") for line in kept))


def _mark(line: Line) -> bytes:
    """Return what changes when there is something new to tell of a document."""
    told = line.text_hash or line.to_json()
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).digest()[:12]


def _lines_of(path: Path) -> Iterator[Line]:
    """Yield the lines of a journal, but for one that is cut off at its end."""
    if not path.exists():
        return
    with path.open("rb") as file:
        for number, data in enumerate(file, 1):
            if data.endswith(b"\n"):
                yield Line.from_json(data.decode("utf-8", "replace"), where=f"{path}:{number}")


def _whole_length(file: BinaryIO) -> int:
    """Return where the last whole line ends."""
    end = 0
    for data in file:
        if data.endswith(b"\n"):
            end += len(data)
    return end
