"""Word files (DOCX): paragraphs and tables in the order in which they stand.

A paragraph is a line, and so is a line that a line break makes. A row of a table is a line, its cells apart by a tab;
where a cell holds several paragraphs, the table lays out a page, and each paragraph is a line of its own. What was
inserted under tracked changes is there, what was deleted is not. Text boxes come after the paragraph they hang on.
Headers, footers, footnotes and comments are not read; footnotes are told in a remark.

A file that defines entities of its own is refused, none of them resolved; one that unpacks to far more than a document
should is refused before it is opened.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from stpgraph.documents.extras import get_library
from stpgraph.documents.outcomes import Refusal

__all__ = ["WordText", "read_word"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT = re.compile(rb"<w:t[\s>]")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"

#: Elements whose text is not the document's.
_LEFT_OUT = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}pPr", f"{_W}rPr", f"{_W}tblPr", f"{_W}instrText", _FALLBACK})

#: Elements that are a sign.
_SIGNS = {
    f"{_W}tab": "\t",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "-",
    f"{_W}softHyphen": "\u00ad",
}

#: What Word's libraries put for an author when nobody gives one.
_NO_AUTHOR = frozenset(
    {"python-docx", "microsoft office user", "windows user", "user", "author", "admin", "administrator"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WordText:
    """What a Word file holds: its text, and what it states of itself."""

    text: str
    title: str | None
    author: str | None
    remarks: tuple[str, ...]


def read_word(data: bytes, *, largest: int) -> WordText:
    """Read a Word file.

    Raises:
        Refusal: when it is too large once unpacked, or holds no text.
        MissingExtra: when python-docx is not installed.
    """
    docx = get_library("docx", library="python-docx", what="Word files")
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        _check_size(packed, largest=largest)
        notes = "word/footnotes.xml" in packed.namelist() and _TEXT.search(packed.read("word/footnotes.xml"))
    document = docx.Document(io.BytesIO(data))
    if document.element.getroottree().docinfo.internalDTD is not None:
        raise Refusal("broken", "it defines entities of its own, as no Word file does", mend="save it again in Word")
    text = "".join(f"{line}\n" for line in _lines(document.element.body) if line.strip())
    if not text:
        raise Refusal("empty", "it holds no text", mend="leave it out, or give its text")
    title, author = _stated(document)
    return WordText(
        text=text,
        title=title,
        author=author,
        remarks=("Its footnotes were not read.",) if notes else (),
    )


def _stated(document: Any) -> tuple[str | None, str | None]:
    """Return the title and the author that the file's properties state; python-docx makes some up where it has none."""
    if not any(relation.reltype.endswith("/core-properties") for relation in document.part.package.rels.values()):
        return None, None
    told = document.core_properties
    title, author = (" ".join(stated.split()) for stated in (told.title, told.author))
    return title or None, None if not author or author.lower() in _NO_AUTHOR else author


def _check_size(packed: zipfile.ZipFile, *, largest: int) -> None:
    sizes = {info.filename: info.file_size for info in packed.infolist()}
    written = max((size for name, size in sizes.items() if name.endswith((".xml", ".rels"))), default=0)
    if written > largest or sum(sizes.values()) > 4 * largest:
        raise Refusal("too-large", f"it unpacks to {sum(sizes.values()):,} bytes", mend="split it, or save it as text")


def _lines(element: Any) -> Iterator[str]:
    """Yield the lines of a body, a cell or what wraps either."""
    for child in element:
        if child.tag == f"{_W}p":
            yield from _paragraph_lines(child)
        elif child.tag == f"{_W}tbl":
            for row in child.iter(f"{_W}tr"):
                if next(row.iterancestors(f"{_W}tbl")) is child:
                    yield from _row_lines(row)
        elif child.tag not in _LEFT_OUT and isinstance(child.tag, str):
            yield from _lines(child)


def _row_lines(row: Any) -> Iterator[str]:
    cells = [[line for line in _lines(cell) if line.strip()] for cell in row.iter(f"{_W}tc") if _row_of(cell) is row]
    if all(len(cell) <= 1 for cell in cells):
        yield "\t".join(cell[0] if cell else "" for cell in cells).rstrip("\t")
    else:
        for cell in cells:
            yield from cell


def _row_of(cell: Any) -> Any:
    return next(cell.iterancestors(f"{_W}tr"))


def _paragraph_lines(paragraph: Any) -> Iterator[str]:
    boxes: list[Any] = []
    text = "".join(_signs(paragraph, boxes))
    for line in text.split("\n"):
        yield line.strip(" ")
    for box in boxes:
        yield from _lines(box)


def _signs(element: Any, boxes: list[Any]) -> Iterator[str]:
    """Yield the text of what stands in a paragraph; text boxes are put aside."""
    for child in element:
        if child.tag == f"{_W}txbxContent":
            boxes.append(child)
        elif child.tag == f"{_W}t":
            yield (child.text or "").replace("\n", " ")
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag not in _LEFT_OUT and isinstance(child.tag, str):
            yield from _signs(child, boxes)
