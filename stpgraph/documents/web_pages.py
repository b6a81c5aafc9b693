"""Web pages: their main text, and what they state of themselves.

The main text is what trafilatura finds, without comments. Each of its paragraphs, headings, list items and table rows
is a line; a line break within a paragraph makes a new line; the cells of a row are apart by a tab. Where trafilatura
leaves the headline out, the page's only `h1` comes first if it is what the page is titled.

The date is what the page states in its head, in JSON-LD or in a `time` element: never one from an address, from the
running text or from today. Where several `time` elements differ and none is marked as the date of publication, there
is none. The outlet is what the page names as its site or publisher, never its host. Nothing is fetched, and no script
runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from stpgraph.documents.dates import read_stated_date
from stpgraph.documents.extras import get_library
from stpgraph.documents.outcomes import Refusal, whole
from stpgraph.documents.page_facts import find_linked_facts, find_meta
from stpgraph.records import IsoDate

__all__ = ["Page", "find_charset", "read_page"]

#: The largest page in characters: a tree of it takes some thirty times the memory.
LARGEST_PAGE = 10_000_000

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\n\r\f\u200b]+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")

#: Elements of trafilatura's result that stand on lines of their own.
_BLOCKS = frozenset({"p", "head", "item", "quote", "row", "list", "table", "code", "lb", "div", "fw", "body", "main"})

#: What trafilatura says when it cannot tell.
_NO_AUTHOR = frozenset({"admin", "administrator", "editor", "staff", "webmaster"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a web page holds: its text, and what it states of itself."""

    text: str
    title: str | None
    outlet: str | None
    authors: tuple[str, ...]
    issued: IsoDate | None
    url: str | None
    language: str | None


def find_charset(data: bytes) -> str | None:
    """Return the encoding that a page names in its head, if any."""
    found = _CHARSET.search(data[:4096])
    return found.group(1).decode("ascii") if found else None


def read_page(html: str, *, largest: int) -> Page:
    """Read a web page.

    Raises:
        Refusal: when it is too large, nested beyond reading, or holds no main text.
        MissingExtra: when trafilatura is not installed.
    """
    if len(html) > min(largest, LARGEST_PAGE):
        size = min(largest, LARGEST_PAGE)
        raise Refusal("too-large", f"as a web page it has more than {size:,} characters", mend="save it as text")
    trafilatura = get_library("trafilatura", library="trafilatura", what="web pages")
    tree = _parse(html)
    found = trafilatura.bare_extraction(tree, include_comments=False, with_metadata=False)
    told = trafilatura.extract_metadata(tree, date_config={"extensive_search": False, "original_date": True})
    lines = list(_lines(found.body)) if found is not None and found.body is not None else []
    if not lines:
        raise Refusal("empty", "no main text is found on the page", mend="save its text as .txt, or leave it out")
    title = _clean(told.title)
    meta, linked = find_meta(tree), find_linked_facts(tree)
    if (headline := _headline(tree, title)) and headline not in lines[:5]:
        lines.insert(0, headline)
    authors = dict.fromkeys(_clean(name) for name in (told.author or "").split(";"))
    address = whole(meta.url or told.url or "").strip()
    return Page(
        text="".join(f"{line}\n" for line in lines),
        title=title or None,
        outlet=_clean(meta.outlet or linked.outlet) or None,
        authors=linked.authors or tuple(name for name in authors if name and name.lower() not in _NO_AUTHOR),
        issued=meta.issued or linked.issued or _time_stated(tree),
        url=address if address.startswith(("http://", "https://")) else None,
        language=_language(tree),
    )


def _parse(html: str) -> Any:
    lxml_html = get_library("lxml.html", library="trafilatura", what="web pages")
    parser = lxml_html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, collect_ids=False
    )
    tree = lxml_html.document_fromstring(html.replace("\0", "").encode("utf-8"), parser=parser)
    if any("depth" in entry.message.lower() for entry in parser.error_log.filter_from_errors()):
        raise Refusal("broken", "its elements are nested too deep to be read", mend="save its text as .txt")
    return tree


def _lines(body: Any) -> Iterator[str]:
    """Yield the lines of trafilatura's result."""
    parts: list[str] = []
    for text, is_end in _pieces(body):
        parts.append(text)
        if is_end:
            line = "\t".join(_clean(cell) for cell in "".join(parts).split("\v")).strip()
            parts = []
            if line:
                yield line


def _pieces(element: Any) -> Iterator[tuple[str, bool]]:
    """Yield pieces of text, and whether a line ends after each; cells end with a vertical tab."""
    is_block = element.tag in _BLOCKS and not _is_in_cell(element)
    yield "", is_block
    if element.tag != "graphic":
        yield (element.text or "").replace("\v", " "), False
    for child in element:
        if isinstance(child.tag, str):
            yield from _pieces(child)
        yield (child.tail or "").replace("\v", " "), False
    yield ("\v" if element.tag == "cell" else " " if element.tag in _BLOCKS and not is_block else ""), is_block


def _is_in_cell(element: Any) -> bool:
    return next(element.iterancestors("cell"), None) is not None


def _headline(tree: Any, title: str) -> str | None:
    """Return the page's only main heading, if the page is titled so."""
    found = [text for heading in tree.iter("h1") if (text := _clean(" ".join(heading.itertext())))]
    if len(found) != 1 or not title:
        return None
    one, other = found[0].casefold(), title.casefold()
    return found[0] if one.startswith(other) or other.startswith(one) else None


def _time_stated(tree: Any) -> IsoDate | None:
    """Return the date of the `time` elements, where one is marked as that of publication or all agree."""
    every: dict[IsoDate, None] = {}
    for element in tree.iter("time"):
        if any(ancestor.tag in ("nav", "aside", "footer") for ancestor in element.iterancestors()):
            continue
        date = read_stated_date(element.get("datetime") or _clean(" ".join(element.itertext())))
        if date and ("pubdate" in element.attrib or element.get("itemprop") == "datePublished"):
            return date
        if date:
            every[date] = None
    return next(iter(every)) if len(every) == 1 else None


def _language(tree: Any) -> str | None:
    stated = (
        (tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip().replace("_", "-")
    )
    return stated if _LANGUAGE.fullmatch(stated) else None


def _clean(text: str | None) -> str:
    return _BLANKS.sub(" ", whole(text or "")).strip(" ")
