"""Quotations: what stands between quotation marks, found before anything is parsed.

Paragraph by paragraph, for a quotation may run on: each paragraph of it opens with a mark, the last one closes. Curly
and straight marks, double and single, and two apostrophes in place of a double mark are known. A mark without a partner
is no error: an opening one runs to the end of its paragraph where something speaks for it, and is a stray otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from stpgraph.extraction.spans import Span

__all__ = ["Quotation", "find_paragraphs", "find_quotations"]

#: How each kind of mark opens and closes.
_OPENING = {
    "“": "double",
    "„": "double",
    "«": "double",
    "``": "double",
    '"': "straight",
    "''": "pair",
    "‘": "single",
    "'": "plain",
}
#: Which marks close a double one.
_CLOSING = {
    "“": ("”", '"'),
    "„": ("”", '"'),
    "«": ("”", '"', "»"),
    "``": ("”", '"', "''"),
    '"': ('"', "”"),
}
_MARK = re.compile(r"``|''|[“”„«»\"‘’']")
#: Words that begin with an apostrophe.
_CLIPPED = re.compile(r"['’](?:\d0s|em|til|tis|twas|cause|n['’]?)\b", re.IGNORECASE)
_PARAGRAPH = re.compile(r"\S(?:[^\n]*\S)?")
_SOLID = re.compile(r"\S")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """What stands between two quotation marks.

    Attributes:
        span: with its marks.
        inner: without them.
        is_single: whether the marks are single ones, as British papers have them and as titles do.
        is_closed: whether the closing mark is there.
        runs_on: whether the next paragraph goes on with it.
    """

    span: Span
    inner: Span
    is_single: bool = False
    is_closed: bool = True
    runs_on: bool = False


def find_paragraphs(text: str) -> list[Span]:
    r"""Return the lines of a text that hold something, without the space around them.

    Example:
        >>> find_paragraphs("One.\n\n  Two. \n")
        [Span(start=0, end=4), Span(start=8, end=12)]
    """
    return [Span(*match.span()) for match in _PARAGRAPH.finditer(text)]


def find_quotations(text: str, paragraphs: list[Span] | None = None) -> list[list[Quotation]]:
    """Return the quotations of each paragraph, in order; those within another are left to it.

    Example:
        >>> text = "“We can’t wait,” she said. “Not one ‘pledge’ holds.”"
        >>> [quotation.inner.of(text) for quotation in find_quotations(text)[0]]
        ['We can’t wait,', 'Not one ‘pledge’ holds.']
    """
    spans = find_paragraphs(text) if paragraphs is None else paragraphs
    found = [list(_within(text, span)) for span in spans]
    for here, after, span in zip(found, found[1:], spans[1:], strict=False):
        last = here[-1] if here else None
        if last is None or last.is_closed or not after:
            continue
        if after[0].span.start == span.start and after[0].is_single == last.is_single:
            here[-1] = replace(last, runs_on=True)
    return [[one for one in here if one.is_closed or one.runs_on or _is_spoken(text, one)] for here in found]


def _is_spoken(text: str, quotation: Quotation) -> bool:
    """Say whether a quotation that is never closed is one: it stands first, or after a colon or comma."""
    before = text[max(0, quotation.span.start - 3) : quotation.span.start].rstrip(" ")
    if quotation.is_single:
        return not before or before[-1] in "\n:"
    return not before or before[-1] in "\n:,."


def _within(text: str, paragraph: Span) -> Iterator[Quotation]:
    """Yield the quotations of one paragraph."""
    at = paragraph.start
    may_close = True  # whether a single mark that closes may still come; looked for once only
    while match := _MARK.search(text, at, paragraph.end):
        at = match.end()
        kind = _OPENING.get(match.group())
        if kind is None or not _opens(text, match, paragraph):
            continue
        is_single = kind in {"single", "plain"}
        end = _closing(text, match, paragraph, kind) if may_close or not is_single else None
        may_close = may_close and not (is_single and end is None)
        if end is not None:
            at = end.end()
            if end.start() > match.end():
                inner = Span(match.end(), end.start())
                yield Quotation(span=Span(match.start(), end.end()), inner=inner, is_single=is_single)
        elif _is_left_open(text, match, paragraph, kind):
            inner = Span(match.end(), paragraph.end)
            whole = Span(match.start(), paragraph.end)
            yield Quotation(span=whole, inner=inner, is_single=is_single, is_closed=False)
            return


def _is_left_open(text: str, opening: re.Match[str], paragraph: Span, kind: str) -> bool:
    """Say whether a mark that nothing closes may open what runs to the end of its paragraph, and is no stray."""
    if _SOLID.search(text, opening.end(), paragraph.end) is None:
        return False
    if kind in {"single", "plain"} and not _leads_on(text, paragraph.start, opening.start()):
        return False
    return kind in {"double", "single"} or text.find(opening.group(), opening.end(), paragraph.end) < 0


def _leads_on(text: str, start: int, end: int) -> bool:
    """Say whether a mark stands first in its paragraph, or after a colon."""
    while end > start and text[end - 1].isspace():
        end -= 1
    return end == start or text[end - 1] == ":"


def _opens(text: str, match: re.Match[str], paragraph: Span) -> bool:
    """Say whether a mark opens: what is before it ends something, and a word or another mark follows."""
    before = text[match.start() - 1] if match.start() > paragraph.start else " "
    after = text[match.end()] if match.end() < paragraph.end else " "
    mark = match.group()
    if mark in "“„«" or mark == "``":
        return True
    if after.isspace() or (_CLIPPED.match(text, match.start()) and mark != '"'):
        return False
    if mark == "‘":
        return not before.isalnum()
    return before.isspace() or before in '([{—–-/:,“"‘' or (mark in ('"', "''") and before in ".?!")


def _closing(text: str, opening: re.Match[str], paragraph: Span, kind: str) -> re.Match[str] | None:
    """Find the mark that closes what another opens."""
    later = _MARK.finditer(text, opening.end(), paragraph.end)
    if kind == "pair":
        return next((match for match in later if match.group() == "''"), None)
    if kind in {"single", "plain"}:
        return _closing_single(text, later, paragraph)
    mark = opening.group()
    closing = _CLOSING[mark]
    for match in later:
        found = match.group()
        if found == mark and mark != "``" and _opens(text, match, paragraph):
            return None  # opened twice and not closed between: the first was a stray, or runs on
        if found in closing:
            return match
    return None


def _closing_single(text: str, later: Iterator[re.Match[str]], paragraph: Span) -> re.Match[str] | None:
    """Find the single mark that closes a quotation: the first that must, or the first that may."""
    first = None
    for match in later:
        if first is not None and match.group() in {"‘", "'"} and _opens(text, match, paragraph):
            return first  # another one begins: the ‘savings’ are ‘small’
        if match.group() not in {"’", "'"} or _is_apostrophe(text, match, paragraph):
            continue
        if not _may_be_possessive(text, match, paragraph):
            return match
        first = first or match
    return first


def _is_apostrophe(text: str, match: re.Match[str], paragraph: Span) -> bool:
    """Say whether a single mark stands within a word, or before one that is clipped."""
    before, after = text[match.start() - 1], text[match.end() : match.end() + 1]
    if match.end() < paragraph.end and after.isalnum():
        return True
    return before.isspace()


def _may_be_possessive(text: str, match: re.Match[str], paragraph: Span) -> bool:
    """Say whether a single mark may belong to a plural: the councils’ plans."""
    before, after = text[match.start() - 1], text[match.end() : match.end() + 2]
    return before in "sS" and match.end() < paragraph.end and after[:1] == " " and after[1:].islower()
