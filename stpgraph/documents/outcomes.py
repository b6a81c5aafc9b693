"""What reading comes to: a document, or a finding that says why there is none."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from stpgraph.errors import MissingExtra, SourceTextError
from stpgraph.records import IsoDate

__all__ = [
    "PageSpan",
    "ReadDocument",
    "Reason",
    "Refusal",
    "Source",
    "Unread",
    "shown",
    "to_unread",
    "too_large",
    "whole",
]

#: Why a document was not read. `not-english` is for those who read English only; here it is a document's language.
Reason: TypeAlias = Literal[
    "bad-encoding",
    "binary",
    "broken",
    "duplicate",
    "empty",
    "encrypted",
    "no-access",
    "no-text-layer",
    "not-english",
    "too-deep",
    "too-large",
    "unknown-format",
]


class PageSpan(NamedTuple):
    """A page of a PDF: its number from 1, and where it starts and ends in the text."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDocument:
    """A document that was read: its text in the normal form, and what it states of itself.

    Args:
        name: its path, `archive.zip!/inner.html`, `crawl.warc.gz!/https://…` or `stdin`.
        text: the normalised text.
        text_hash: SHA-256 of the text, hexadecimal.
        media_type: what it was read as, such as `text/html`.
        title: its headline, where it has one.
        outlet: who published it, where it says so.
        authors: who wrote it, where it says so.
        issued: when it was published, as precisely as it says.
        url: the web address it gives for itself, or was fetched from.
        language: BCP 47 tag; `und` for a script that is not ours to tell; None where the words do not tell.
        pages: for a PDF, the spans of its pages, which together are the whole text.
        remarks: what a reader should know of how the text was made, one sentence each.
    """

    name: str
    text: str
    text_hash: str
    media_type: str
    title: str | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    issued: IsoDate | None = None
    url: str | None = None
    language: str | None = None
    pages: tuple[PageSpan, ...] = ()
    remarks: tuple[str, ...] = ()

    def page_at(self, offset: int) -> int | None:
        """Return the number of the page that an offset lies on; None outside the text, or where there are no pages."""
        place = bisect_right(self.pages, offset, key=lambda page: page.start) - 1
        is_there = place >= 0 and offset < self.pages[place].end
        return self.pages[place].number if is_there else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A finding: what was not read, why, and what mends it."""

    name: str
    reason: Reason
    message: str
    mend: str

    def __str__(self) -> str:
        return f"{self.name}: {self.message}; {self.mend}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The bytes of one document, found and not yet read.

    Args:
        name: as a document's.
        data: the bytes.
        url: where they were fetched from, where that is known.
        charset: the encoding that the server named, where one did.
        media_type: what the server called it, where it did.
    """

    name: str
    data: bytes
    url: str | None = None
    charset: str | None = None
    media_type: str | None = None


class Refusal(SourceTextError):
    """Raised within this room by whoever finds that something cannot be read; it leaves as an `Unread`."""

    def __init__(self, reason: Reason, message: str, *, mend: str) -> None:
        self.reason = reason
        self.mend = mend
        super().__init__(message)


def too_large(largest: int) -> Refusal:
    """Return the refusal of what has more bytes than a document may have."""
    return Refusal("too-large", f"it is larger than {largest:,} bytes", mend="split it into smaller files")


def whole(text: str) -> str:
    r"""Return a text with what is half a character, or none, replaced by the sign for that.

    Example:
        >>> whole("a\ud800b\0") == "a\ufffdb\ufffd"
        True
    """
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").replace("\0", "\ufffd")


def shown(name: str) -> str:
    r"""Return a name that can be printed: what is no character, or none to be seen, is written as an escape.

    Example:
        >>> shown("a\nb.txt")
        'a\\x0ab.txt'
    """
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in name).replace(
        "\\n", "\\x0a"
    )


def to_unread(fault: Exception, *, name: str) -> Unread:
    """Turn what went wrong with one document into a finding.

    Raises:
        MissingExtra: when that is what went wrong, for no document of its kind could be read.
    """
    if isinstance(fault, MissingExtra):
        raise fault
    if isinstance(fault, Refusal):
        return Unread(name=name, reason=fault.reason, message=fault.message, mend=fault.mend)
    if isinstance(fault, MemoryError):
        return Unread(
            name=name,
            reason="too-large",
            message="it takes more memory than there is",
            mend="split it, or leave it out",
        )
    if isinstance(fault, OSError) and fault.errno is not None:
        return Unread(
            name=name,
            reason="no-access",
            message=f"it cannot be opened or read: {fault.strerror}",
            mend="check the path and its permissions",
        )
    what = shown(" ".join(f"{type(fault).__name__}: {fault}".split()))[:200]
    return Unread(name=name, reason="broken", message=f"it is damaged ({what})", mend="get it anew, or save it again")
