"""Texts: bytes to their one normalised form, and the hashes and spans that evidence anchors to.

Normalisation is small and final, for every anchor depends on it: bytes are decoded as UTF-8, a byte order mark is
dropped, line ends become LF. Nothing else is changed. Offsets count Unicode code points of the result.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from stpgraph.errors import SourceTextError

__all__ = ["SourceText", "find_texts", "normalise", "read_text", "text_hash"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceText:
    """A normalised text and where it came from."""

    path: Path
    text: str

    @property
    def hash(self) -> str:
        """SHA-256 of the normalised text, hexadecimal: what a document's `text_hash` must equal."""
        return text_hash(self.text)

    def __len__(self) -> int:
        return len(self.text)


def text_hash(text: str) -> str:
    """Return the SHA-256 of a text's UTF-8 bytes, hexadecimal.

    Example:
        >>> text_hash("trust")[:12]
        'f796e2f28ae5'
    """
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def normalise(data: bytes, *, where: str = "the text") -> str:
    r"""Decode a text into its normalised form.

    Raises:
        SourceTextError: when the bytes are not UTF-8, with the place of the first that is not.

    Example:
        >>> normalise(b"\xef\xbb\xbfone\r\ntwo\r")
        'one\ntwo\n'
    """
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as fault:
        raise SourceTextError(
            f"byte {fault.start} is not UTF-8; save the text as UTF-8 and try again", where=where
        ) from fault
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_text(path: Path) -> SourceText:
    """Read a text file into its normalised form.

    Raises:
        SourceTextError: when it cannot be read or is not UTF-8.
    """
    try:
        data = path.read_bytes()
    except OSError as fault:
        raise SourceTextError(f"cannot read the text: {fault.strerror}; check the path", where=str(path)) from fault
    return SourceText(path=path, text=normalise(data, where=str(path)))


def find_texts(folder: Path) -> Iterator[SourceText]:
    """Read every `.txt` file below a folder, in order of path.

    Raises:
        SourceTextError: when the folder does not exist, or a file in it cannot be read.
    """
    if not folder.is_dir():
        raise SourceTextError("there is no such folder of source texts; check the path", where=str(folder))
    for path in sorted(folder.rglob("*.txt")):
        yield read_text(path)
