"""What kind of file something is: by its first bytes, then by the ending of its name."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Literal, TypeAlias

from stpgraph.documents.outcomes import Refusal

__all__ = ["Container", "Written", "container_of", "is_pdf", "refuse_known", "written_as"]

#: What must be opened to find documents in it; a DOCX is a zip too.
Container: TypeAlias = Literal["zip", "gzip", "warc"]

#: What characters make.
Written: TypeAlias = Literal["html", "xhtml", "markdown", "text"]

_PDF = re.compile(rb"\s*%PDF-\d")
_HTML = re.compile(
    r"\ufeff?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!doctype\s+html|<(?:html|head|body|title|h1|p|div|article)[\s>])",
    re.IGNORECASE | re.DOTALL,
)
_XHTML = re.compile(r"[<]html\s[^>]*xmlns\s*=\s*[\"']http://www\.w3\.org/1999/xhtml", re.IGNORECASE)
_XML = re.compile(r"\ufeff?\s*<\?xml[\s?]", re.IGNORECASE)

#: First bytes of what holds no text that we read: what it is, and what to do.
_KNOWN = (
    (b"\x89PNG", "a picture", "give its text"),
    (b"\xff\xd8\xff", "a picture", "give its text"),
    (b"GIF8", "a picture", "give its text"),
    (b"II*\0", "a picture", "give its text"),
    (b"MM\0*", "a picture", "give its text"),
    (b"7z\xbc\xaf'\x1c", "a 7z archive", "unpack it, or pack it as zip"),
    (b"Rar!", "a RAR archive", "unpack it, or pack it as zip"),
    (b"BZh", "a bzip2 file", "unpack it"),
    (b"\xfd7zXZ\0", "an xz file", "unpack it"),
    (b"(\xb5/\xfd", "a zstd file", "unpack it"),
    (b"ID3", "a recording", "give its text"),
    (b"OggS", "a recording", "give its text"),
    (b"SQLite format 3\0", "a database", "give its text"),
)

#: Endings of files that are characters and no prose.
_NO_PROSE = frozenset(
    f".{name}"
    for name in (
        *("bib", "c", "cfg", "conf", "css", "csv", "geojson", "ics", "ini", "ipynb", "java", "js", "json", "jsonl"),
        *("lock", "log", "n3", "ndjson", "nq", "nt", "ps", "py", "r", "rb", "rdf", "rq", "rss", "sh", "sql", "svg"),
        *("tex", "toml", "tsv", "ttl", "vcf", "xml", "yaml", "yml"),
    )
)
_HTML_ENDINGS = frozenset({".html", ".htm", ".xhtml", ".xht"})


def container_of(start: bytes) -> Container | None:
    """Return what the first bytes of a file say must be opened; None for anything else."""
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if start.startswith(b"\x1f\x8b"):
        return "gzip"
    return "warc" if start.startswith((b"WARC/0.", b"WARC/1.")) else None


def is_pdf(data: bytes, *, name: str) -> bool:
    """Whether bytes are a PDF; the mark may stand later than at the start in a file that is called one."""
    return bool(_PDF.match(data[:64])) or (ending(name) == ".pdf" and b"%PDF-" in data[:1024])


def refuse_known(data: bytes) -> None:
    """Say no to kinds of files that are known by their first bytes, and not read.

    Raises:
        Refusal: when the bytes are of such a kind.
    """
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise Refusal("encrypted", "it is locked by a password", mend="save it without a password")
        raise Refusal("unknown-format", "it is an Office file of before 2007", mend="save it as DOCX")
    if data.startswith(b"{\\rtf"):
        raise Refusal("unknown-format", "it is an RTF file, which is not read", mend="save it as DOCX or text")
    for start, what, mend in _KNOWN:
        if data.startswith(start) and b"\0" in data[:4096]:  # a text may begin with these letters
            raise Refusal("unknown-format", f"it is {what}, which is not read", mend=mend)
    if data[257:262] == b"ustar":
        raise Refusal("unknown-format", "it is a tar archive, which is not read", mend="unpack it, or pack it as zip")


def written_as(text: str, *, name: str) -> Written:
    """Tell what decoded characters are.

    Raises:
        Refusal: when they are no prose, such as XML that is no XHTML, or a table.
    """
    end = ending(name)
    start = text[:2000]
    if _HTML.match(start):
        return "xhtml" if _XHTML.search(start) else "html"
    if _XML.match(start) and end not in _HTML_ENDINGS:
        raise Refusal("unknown-format", "it is XML and no web page", mend="save it as HTML, DOCX or text")
    if end in _HTML_ENDINGS:
        return "html"
    if end in _NO_PROSE:
        raise Refusal("unknown-format", f"{end} files hold data and no prose", mend="save its text as .txt")
    return "markdown" if end in {".md", ".markdown"} else "text"


def ending(name: str) -> str:
    """Return the ending of a name, in lower case with its dot."""
    return PurePosixPath(name.replace("\\", "/")).suffix.lower()
