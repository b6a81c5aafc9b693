"""Archives: zip files, and the records of web crawls (WARC), document by document.

Members of a zip come in the order of their names; a zip within a zip is opened, one within that is not. Hidden members
(a part of the path begins with a dot, or is `__MACOSX`) are left out. A member's path is its name and nothing else:
nothing is written to disc. Of a crawl, the records that a server answered well (status 200) with a web page, a PDF, a
Word file or plain text are documents; everything else in it is left out.

Against archives made to fill a machine: a member of more than a megabyte may be a hundred times its packed size, and
all members together a hundred times the archive, or a gigabyte where that is more.
"""

from __future__ import annotations

import io
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

from stpgraph.documents.extras import get_library
from stpgraph.documents.outcomes import Refusal, Source, Unread, shown, to_unread, too_large
from stpgraph.documents.reading import DOCX, is_word_file
from stpgraph.documents.sniffing import container_of

if TYPE_CHECKING:
    import zipfile

__all__ = ["Budget", "is_hidden", "sources_in"]

#: How many times its packed size a member may be, and the size up to which nobody asks.
MOST_TIMES, HARMLESS = 100, 1_000_000

#: What all of an archive may unpack to, at least, in bytes.
LEAST_TOTAL = 1_000_000_000

_RECORD_TYPES = frozenset(
    ("warcinfo", "response", "resource", "request", "metadata", "revisit", "conversion", "continuation")
)
_DOCUMENT_TYPES = frozenset({"text/html", "application/xhtml+xml", "application/pdf", "text/plain", DOCX})


@dataclass(slots=True, kw_only=True)
class Budget:
    """How much more may be unpacked from what was opened, and how large one document may be."""

    left: int
    largest: int

    @classmethod
    def of(cls, size: int, *, largest: int) -> Budget:
        """Return the budget of an archive of so many bytes."""
        return cls(left=max(LEAST_TOTAL, MOST_TIMES * size), largest=largest)


def is_hidden(name: str) -> bool:
    """Whether a file or folder of that name is left out when what holds it is read."""
    return (name.startswith(".") and name not in (".", "..")) or name == "__MACOSX"


def sources_in(stream: BinaryIO, *, name: str, budget: Budget, depth: int = 0) -> Iterator[Source | Unread]:
    """Yield the documents of an open file: itself, or where it is an archive those in it.

    Args:
        stream: the file, which can be wound back.
        name: its name, shown as it is.
        budget: what may be unpacked.
        depth: how many archives it is in.
    """
    kind = container_of(stream.read(8))
    stream.seek(0)
    if kind == "zip":
        yield from _zip_sources(stream, name=name, budget=budget, depth=depth)
    elif kind == "warc":
        yield from _warc_sources(stream, name=name, budget=budget)
    elif kind == "gzip":
        yield from _gzip_sources(stream, name=name, budget=budget)
    else:
        yield _whole(stream, name=name, budget=budget)


def _whole(stream: BinaryIO, *, name: str, budget: Budget) -> Source | Unread:
    """Return a file as one document."""
    try:
        if stream.seek(0, 2) > budget.largest:
            raise too_large(budget.largest)
        stream.seek(0)
        return Source(name=name, data=stream.read(budget.largest + 1))
    except Exception as fault:  # a damaged stream is a finding on that file
        return to_unread(fault, name=name)


def _zip_sources(stream: BinaryIO, *, name: str, budget: Budget, depth: int) -> Iterator[Source | Unread]:
    import zipfile

    try:
        packed = zipfile.ZipFile(stream)
        is_document = is_word_file(packed)
    except Exception as fault:  # zip files are damaged in more ways than zipfile has names for
        yield to_unread(fault, name=name)
        return
    if is_document:
        yield _whole(stream, name=name, budget=budget)
        return
    if depth > 1:
        yield Unread(name=name, reason="too-deep", message="it is an archive three deep", mend="unpack the outer ones")
        return
    members = sorted((info for info in packed.infolist() if not info.is_dir()), key=lambda info: info.filename)
    members = [info for info in members if not any(map(is_hidden, info.filename.split("/")))]
    if not members:
        yield Unread(name=name, reason="empty", message="it is an archive with nothing in it", mend="leave it out")
    for info in members:
        if info.file_size > budget.left:
            message = "what is left of it unpacks to far more than an archive should"
            yield Unread(
                name=name, reason="too-large", message=message, mend="unpack it, and leave out what is no text"
            )
            return
        inner = f"{name}!/{shown(info.filename)}"
        try:
            data = _member(packed, info, budget=budget)
        except Exception as fault:  # as above, for one member
            yield to_unread(fault, name=inner)
            continue
        if container_of(data):
            yield from sources_in(io.BytesIO(data), name=inner, budget=budget, depth=depth + 1)
        else:
            yield Source(name=inner, data=data)


def _member(packed: zipfile.ZipFile, info: zipfile.ZipInfo, *, budget: Budget) -> bytes:
    """Read a member of a zip, once its head shows no harm."""
    if info.flag_bits & 1:
        raise Refusal("encrypted", "it is locked by a password", mend="pack it without a password")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise Refusal("unknown-format", "it is a link, and no file", mend="pack what it leads to")
    if info.file_size > budget.largest:
        raise too_large(budget.largest)
    if info.file_size > max(HARMLESS, MOST_TIMES * info.compress_size):
        times = info.file_size // max(1, info.compress_size)
        raise Refusal("too-large", f"it unpacks to {times:,} times its size, as no text does", mend="leave it out")
    budget.left -= info.file_size
    with packed.open(info) as member:
        return member.read(budget.largest + 1)


def _gzip_sources(stream: BinaryIO, *, name: str, budget: Budget) -> Iterator[Source | Unread]:
    """Yield the documents of a packed crawl; other packed files are not read."""
    import gzip

    try:
        with gzip.GzipFile(fileobj=stream) as unpacked:
            start = unpacked.read(8)
    except Exception as fault:  # damaged in whatever way
        yield to_unread(fault, name=name)
        return
    if container_of(start) != "warc":
        yield Unread(name=name, reason="unknown-format", message="it is a gzip file and no crawl", mend="unpack it")
        return
    stream.seek(0)
    with gzip.GzipFile(fileobj=stream) as unpacked:
        yield from _warc_sources(_Metered(unpacked, stream), name=name, budget=budget)


class _Metered:
    """A stream that unpacks another one, and stops where that yields far more than a text would."""

    def __init__(self, unpacked: Any, packed: BinaryIO) -> None:
        self._unpacked = unpacked
        self._packed = packed
        self._count = 0

    def read(self, size: int = -1) -> bytes:
        try:
            data: bytes = self._unpacked.read1(size)  # not past a part that is whole
        except EOFError as fault:  # which warcio takes for the end
            raise _cut_off() from fault
        self._count += len(data)
        if self._count > max(HARMLESS * 10, MOST_TIMES * self._packed.tell()):
            raise Refusal(
                "too-large", "what is left of it unpacks to far more than a crawl should", mend="leave it out"
            )
        return data


def _warc_sources(stream: BinaryIO | _Metered, *, name: str, budget: Budget) -> Iterator[Source | Unread]:
    warcio = get_library("warcio", library="warcio", what="web crawls")
    records = iter(warcio.ArchiveIterator(stream))
    count = 0
    while True:
        try:
            record = next(records, None)
            if record is None:
                break
            source = _record(record, name=name, budget=budget)
        except Exception as fault:  # a damaged record leaves no way to find the next one
            yield to_unread(fault, name=name)
            return
        if source is not None:
            count += 1
            yield source
    if not count:
        yield Unread(name=name, reason="empty", message="it is a crawl without documents", mend="leave it out")


def _record(record: Any, *, name: str, budget: Budget) -> Source | None:
    """Return the document of a record, or None where it holds none."""
    if record.rec_type not in _RECORD_TYPES:
        raise Refusal("broken", "it has a record of no known type", mend="get it anew")
    if record.rec_type != "response" or record.http_headers is None or record.http_headers.get_statuscode() != "200":
        return None
    stated = (record.http_headers.get_header("Content-Type") or "text/html").split(";")
    media_type = stated[0].strip().lower()
    if media_type not in _DOCUMENT_TYPES:
        return None
    charset = next((part.split("=", 1)[1].strip(" \"'") for part in stated[1:] if "charset=" in part.lower()), None)
    url = shown(str(record.rec_headers.get_header("WARC-Target-URI") or "")).strip("<>")
    data = _content(record, largest=budget.largest)
    return Source(name=f"{name}!/{url}", data=data, url=url or None, charset=charset, media_type=media_type)


def _content(record: Any, *, largest: int) -> bytes:
    """Read what a record holds, up to a byte over the limit, by which the reader knows that it is too large."""
    stream = record.content_stream()
    parts: list[bytes] = []
    left = largest + 1
    while left > 0 and (part := stream.read(left)):
        parts.append(part)
        left -= len(part)
    if left and record.raw_stream.limit and not record.raw_stream.read(1):
        raise _cut_off()
    return b"".join(parts)


def _cut_off() -> Refusal:
    return Refusal("broken", "it ends in the middle of a record", mend="get it anew")
