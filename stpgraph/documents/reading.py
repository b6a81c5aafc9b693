"""From the bytes of one document to its text and what it states of itself."""

from __future__ import annotations

import dataclasses
import io
from typing import TYPE_CHECKING

from stpgraph.documents.encodings import decode
from stpgraph.documents.headings import read_heading
from stpgraph.documents.languages import find_language
from stpgraph.documents.outcomes import ReadDocument, Refusal, Source, Unread, to_unread, too_large
from stpgraph.documents.sniffing import container_of, is_pdf, refuse_known, written_as
from stpgraph.documents.texts import normalise, text_hash

if TYPE_CHECKING:
    import zipfile

__all__ = ["DOCX", "is_word_file", "read_source"]

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_MEDIA_TYPES = {
    "html": "text/html",
    "xhtml": "application/xhtml+xml",
    "markdown": "text/markdown",
    "text": "text/plain",
}


def read_source(source: Source, *, largest: int) -> ReadDocument | Unread:
    r"""Read one document. Whatever its bytes are, the answer is a document or a finding.

    Args:
        source: its name and bytes.
        largest: the most bytes of it, and the most characters of its text.

    Raises:
        MissingExtra: when the library that reads its kind is not installed.

    Example:
        >>> read = read_source(Source(name="a.txt", data=b"\xef\xbb\xbf21.11.16\r\nCuts ahead\r\n"), largest=100)
        >>> read.text, read.title, read.issued
        ('21.11.16\nCuts ahead\n', 'Cuts ahead', '2016-11-21')
    """
    try:
        document = _read(source, largest=largest)
        if not document.text.strip():
            raise Refusal("empty", "it holds no text", mend="leave it out, or give its text")
    except Exception as fault:  # whatever a hostile file does to a library becomes the finding on that file
        return to_unread(fault, name=source.name)
    return document


def is_word_file(packed: zipfile.ZipFile) -> bool:
    """Whether a zip is a Word file.

    Raises:
        Refusal: when it is a document of another kind, which is no archive of documents either.
    """
    names = packed.namelist()
    if "[Content_Types].xml" in names:
        if any(name.startswith("word/") for name in names):
            return True
        raise Refusal("unknown-format", "it is an Office file with no prose", mend="save its text as DOCX or text")
    if names[:1] == ["mimetype"]:
        raise Refusal("unknown-format", "it is an OpenDocument or EPUB file", mend="save it as DOCX, PDF or HTML")
    return False


def _read(source: Source, *, largest: int) -> ReadDocument:
    data = source.data
    if len(data) > largest:
        raise too_large(largest)
    if not data.strip():
        raise Refusal("empty", "it is empty", mend="leave it out, or get it anew")
    if is_pdf(data, name=source.name):
        return _read_pdf(source, largest=largest)
    if container_of(data) == "zip":
        import zipfile

        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if is_word_file(packed):
                return _read_word(source, largest=largest)
    if container_of(data):
        raise Refusal("unknown-format", "it is an archive, and no document", mend="unpack it")
    refuse_known(data)
    return _read_written(source, largest=largest)


def _read_pdf(source: Source, *, largest: int) -> ReadDocument:
    from stpgraph.documents.pdf import read_pdf

    found = read_pdf(source.data, largest=largest)
    document = _finished(source, found.text, media_type="application/pdf", remarks=found.remarks)
    heading = read_heading(document.text)
    return dataclasses.replace(
        document,
        title=found.title or heading.title,
        authors=heading.authors or _one(found.author),
        issued=heading.issued,
        pages=found.pages,
    )


def _read_word(source: Source, *, largest: int) -> ReadDocument:
    from stpgraph.documents.word import read_word

    found = read_word(source.data, largest=largest)
    document = _finished(source, found.text, media_type=DOCX, remarks=found.remarks)
    heading = read_heading(document.text)
    return dataclasses.replace(
        document,
        title=found.title or heading.title,
        authors=heading.authors or _one(found.author),
        issued=heading.issued,
    )


def _read_written(source: Source, *, largest: int) -> ReadDocument:
    """Read what characters make: plain text, Markdown, web pages."""
    from stpgraph.documents.web_pages import find_charset, read_page

    is_page = (source.media_type or "").endswith(("html", "xhtml+xml"))
    text, remarks = decode(source.data, charset=source.charset or find_charset(source.data))
    kind = written_as(text, name="a.html" if is_page else source.name)
    if kind in ("text", "markdown"):
        document = _finished(source, text, media_type=_MEDIA_TYPES[kind], remarks=remarks)
        heading = read_heading(document.text)
        title = heading.title
        if title and kind == "markdown":
            title = title.lstrip("#").strip() or None
        return dataclasses.replace(document, title=title, authors=heading.authors, issued=heading.issued)
    page = read_page(text, largest=largest)
    document = _finished(source, page.text, media_type=_MEDIA_TYPES[kind], remarks=remarks)
    heading = read_heading(document.text)
    return dataclasses.replace(
        document,
        title=page.title or heading.title,
        outlet=page.outlet,
        authors=page.authors or heading.authors,
        issued=page.issued or heading.issued,
        url=source.url or page.url,
        language=_agreed(document.language, page.language),
    )


def _finished(source: Source, text: str, *, media_type: str, remarks: tuple[str, ...]) -> ReadDocument:
    """Bring a text into the normal form, and tell its language."""
    text = normalise(text.encode("utf-8"), where=source.name)
    return ReadDocument(
        name=source.name,
        text=text,
        text_hash=text_hash(text),
        media_type=media_type,
        url=source.url,
        language=find_language(text),
        remarks=remarks,
    )


def _agreed(found: str | None, stated: str | None) -> str | None:
    """Return the language that a page states, unless its words are of another one."""
    if stated and (found in (None, "und") or stated.split("-")[0].lower() == found):
        return stated
    return found


def _one(name: str | None) -> tuple[str, ...]:
    return (name,) if name else ()
