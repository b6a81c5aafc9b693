"""PDFs: their text layer, page by page.

The text of a page is its characters in the order in which PDFium gives them, line by line. Two lines are joined by a
blank, as lines of one paragraph, where all of this is so:

- they are of one size, stand one under the other, and are no further apart than lines of a paragraph are;
- the first is of 25 characters or more, and so long that the first word of the second had no room on it, the room being
  as wide as the longest line among those that stand together;
- the second does not begin with a bullet or a number of a list.

A hyphen at the end of a line stays, and the next line follows it without a blank, for nothing tells "long-term" from
"sustain-ability". Nothing is joined over the end of a page. Pages follow each other with a line end between.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from stpgraph.documents.extras import get_library
from stpgraph.documents.outcomes import PageSpan, Refusal, whole

__all__ = ["PdfText", "read_pdf"]

#: The most pages of a document.
MOST_PAGES = 10_000

#: The fewest characters of a line that another may follow in its paragraph.
_FEWEST = 25

_ITEM = re.compile(r"(?:[•·▪■●○◦‣*–—-]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)])\s")

#: What PDFium gives for a hyphen at the end of a line, which it has joined to the next.
_LINE_END_HYPHENS = (0x02, 0xFFFE)

#: What writers of PDFs put for a title when nobody gives one.
_NO_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint|excel)\b.*|untitled.*|document\d*|slide \d+"
    r"|.*\.(?:docx?|pdf|indd|qxd|rtf|pptx?|xlsx?))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfText:
    """What a PDF holds: its text, the spans of its pages, and what it states of itself."""

    text: str
    pages: tuple[PageSpan, ...]
    title: str | None
    author: str | None
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A line of a page and its place, in points from the lower left corner."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    first_word_width: float
    is_broken_word: bool

    @property
    def height(self) -> float:
        return self.top - self.bottom


def read_pdf(data: bytes, *, largest: int) -> PdfText:
    """Read the text layer of a PDF.

    Raises:
        Refusal: when it is locked, damaged, too large, or holds no text.
        MissingExtra: when pypdfium2 is not installed.
    """
    pdfium = get_library("pypdfium2", library="pypdfium2", what="PDFs")
    try:
        document = _open(pdfium, data)
    except pdfium.PdfiumError as fault:
        code = getattr(fault, "err_code", None)
        if code in (pdfium.raw.FPDF_ERR_PASSWORD, pdfium.raw.FPDF_ERR_SECURITY):
            raise Refusal("encrypted", "it is locked by a password", mend="save it without a password") from fault
        raise Refusal("broken", f"it is no PDF that can be opened ({fault})", mend="get it anew") from fault
    try:
        return _read_pages(document, largest=largest)
    finally:
        document.close()


def _open(pdfium: Any, data: bytes) -> Any:
    """Open a PDF so that a failure has its own code, for PDFium may leave standing that of the file before."""
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError:
        with suppress(pdfium.PdfiumError):
            pdfium.PdfDocument(b"")  # sets the code for "no PDF"
        return pdfium.PdfDocument(data)


def _read_pages(document: Any, *, largest: int) -> PdfText:
    count = len(document)
    if count > MOST_PAGES:
        raise Refusal("too-large", f"it has {count:,} pages, more than {MOST_PAGES:,}", mend="split it")
    parts: list[str] = []
    spans: list[PageSpan] = []
    end = 0
    for number in range(1, count + 1):
        text = "".join(f"{line}\n" for line in _paragraphs(_page_lines(document, number)))
        parts.append(text)
        spans.append(PageSpan(number, end, end := end + len(text)))
        if end > largest:
            raise Refusal("too-large", f"its text is longer than {largest:,} characters", mend="split it")
    without = [span.number for span in spans if span.start == span.end]
    if len(without) == count:
        raise Refusal("no-text-layer", f"none of its {count} pages has text, as in a scan", mend="run OCR on it first")
    told = document.get_metadata_dict(skip_empty=True)
    title = " ".join(_clean(told.get("Title", "")).split())
    return PdfText(
        text="".join(parts),
        pages=tuple(spans),
        title=None if not title or _NO_TITLE.fullmatch(title) else title,
        author=" ".join(_clean(told.get("Author", "")).split()) or None,
        remarks=(f"{_named(without)} no text, only pictures or nothing.",) if without else (),
    )


def _named(numbers: list[int]) -> str:
    if len(numbers) == 1:
        return f"Page {numbers[0]} has"
    few = ", ".join(map(str, numbers[:10]))
    return f"Pages {few} and {len(numbers) - 10} others have" if len(numbers) > 10 else f"Pages {few} have"


def _page_lines(document: Any, number: int) -> list[_Line]:
    page = document[number - 1]
    text_page = page.get_textpage()
    try:
        return list(_lines_of(text_page))
    finally:
        text_page.close()
        page.close()


def _lines_of(text_page: Any) -> Iterator[_Line]:
    raw = get_library("pypdfium2.raw", library="pypdfium2", what="PDFs")
    codes = [raw.FPDFText_GetUnicode(text_page, index) for index in range(text_page.count_chars())]
    start = 0
    for index, code in enumerate([*codes, 10]):
        if code in _LINE_END_HYPHENS or code in (10, 13):
            is_broken = code in _LINE_END_HYPHENS
            yield from _line(text_page, codes, start, index, is_broken=is_broken)
            start = index + 1


def _line(text_page: Any, codes: list[int], start: int, end: int, *, is_broken: bool) -> Iterator[_Line]:
    """Yield the line of some characters, unless they are all blank."""
    seen = [index for index in range(start, end) if not _is_blank(codes[index])]
    if not seen:
        return
    first, last = seen[0], seen[-1]
    word_end = next((index for index in range(first, last) if _is_blank(codes[index + 1])), last)
    left, bottom, _, top = text_page.get_charbox(first, loose=True)
    text = _clean("".join(map(_character, codes[first : last + 1])))
    yield _Line(
        text=" ".join(text.split()) + "-" * is_broken,
        left=left,
        right=text_page.get_charbox(last, loose=True)[2],
        top=top,
        bottom=bottom,
        first_word_width=text_page.get_charbox(word_end, loose=True)[2] - left,
        is_broken_word=is_broken,
    )


def _is_blank(code: int) -> bool:
    return _clean(_character(code)).strip() == ""


def _character(code: int) -> str:
    return chr(code) if 0 < code < 0x110000 else ""


def _clean(text: str) -> str:
    """Join halves of characters, and drop what is none."""
    return whole(text.replace("\0", "").replace("\ufeff", ""))


def _paragraphs(lines: list[_Line]) -> Iterator[str]:
    """Yield the lines of a page with those of one paragraph joined."""
    paragraph: list[str] = []
    for block in _blocks(lines):
        edge = max(line.right for line in block)
        for line, following in zip(block, [*block[1:], None], strict=True):
            paragraph.append(line.text)
            if following is not None and _is_continued(line, following, edge=edge):
                paragraph.append("" if line.is_broken_word else " ")
            else:
                yield "".join(paragraph)
                paragraph = []


def _blocks(lines: list[_Line]) -> Iterator[list[_Line]]:
    """Yield lines that stand together: of one size, one under the other, near."""
    gaps = sorted(line.bottom - after.top for line, after in itertools.pairwise(lines) if _is_under(line, after))
    usual = gaps[len(gaps) // 2] if gaps else 0.0
    block: list[_Line] = []
    for line in lines:
        if block and not (block[-1].is_broken_word or _is_near(block[-1], line, usual=usual)):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _is_under(line: _Line, following: _Line) -> bool:
    is_below = following.top <= line.top - line.height / 2
    is_one_size = abs(line.height - following.height) <= 0.15 * max(line.height, following.height)
    return is_below and is_one_size and abs(line.left - following.left) <= 4 * line.height


def _is_near(line: _Line, following: _Line, *, usual: float) -> bool:
    gap = line.bottom - following.top
    allowed = min(1.2 * line.height, max(0.35 * line.height, 1.2 * usual))
    return _is_under(line, following) and gap <= allowed


def _is_continued(line: _Line, following: _Line, *, edge: float) -> bool:
    if line.is_broken_word:
        return True
    if len(line.text) < _FEWEST or _ITEM.match(following.text):
        return False
    is_indented = following.left > line.left + line.height
    return not is_indented and line.right + following.first_word_width > edge - 1
