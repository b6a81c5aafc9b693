"""What a web page states of itself for machines: `meta` elements and JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from stpgraph.documents.dates import read_stated_date
from stpgraph.documents.outcomes import whole
from stpgraph.records import IsoDate

__all__ = ["Facts", "find_linked_facts", "find_meta"]

#: Names of `meta` elements that state the date of publication, the first that is there counts.
_DATES = (
    *("article:published_time", "og:article:published_time", "og:published_time", "datepublished", "dcterms.issued"),
    *("dc.date.issued", "dcterms.date", "dc.date", "citation_publication_date", "parsely-pub-date", "sailthru.date"),
    *("publish-date", "publish_date", "publication_date", "pubdate", "publishdate", "article.published", "date"),
)
_OUTLETS = ("og:site_name", "dcterms.publisher", "dc.publisher", "citation_journal_title", "publisher")
_ADDRESSES = ("og:url",)

#: Types of JSON-LD that are the document, not what it links to.
_ARTICLES = frozenset(
    (
        *("Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle", "BlogPosting"),
        *("BackgroundNewsArticle", "Report", "ScholarlyArticle", "TechArticle", "PressRelease", "WebPage"),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a page states: its date, outlet, authors and address."""

    issued: IsoDate | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    url: str | None = None


def find_meta(tree: Any) -> Facts:
    """Read the `meta` elements of a page, and its canonical address."""
    stated: dict[str, str] = {}
    for element in tree.iter("meta"):
        for attribute in ("property", "name", "itemprop"):
            if (name := element.get(attribute)) and (content := (element.get("content") or "").strip()):
                stated.setdefault(name.strip().lower(), content)
    canonical = next((link.get("href") for link in tree.iter("link") if link.get("rel") == "canonical"), None)
    dates = (read_stated_date(stated[name]) for name in _DATES if name in stated)
    return Facts(
        issued=next((date for date in dates if date), None),
        outlet=next((stated[name] for name in _OUTLETS if name in stated), None),
        url=canonical or next((stated[name] for name in _ADDRESSES if name in stated), None),
    )


def find_linked_facts(tree: Any) -> Facts:
    """Read the JSON-LD of a page: the first article that it describes."""
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        for node in _articles(script.text or ""):
            facts = Facts(
                issued=read_stated_date(_text(node.get("datePublished")) or ""),
                outlet=_text(node.get("publisher")),
                authors=tuple(dict.fromkeys(_texts(node.get("author")))),
            )
            if facts != Facts():
                return facts
    return Facts()


def _articles(script: str) -> Iterator[dict[str, Any]]:
    """Yield the nodes of a script that are articles: those on top, and those of a graph on top."""
    try:
        found = json.loads(script, strict=False)
    except (ValueError, RecursionError):
        return  # broken JSON states nothing; the page itself is still read
    top = found if isinstance(found, list) else [found]
    nodes = [node for node in top if isinstance(node, dict)]
    graphs = [node["@graph"] for node in nodes if isinstance(node.get("@graph"), list)]
    for node in (*nodes, *(inner for graph in graphs for inner in graph if isinstance(inner, dict))):
        types = node.get("@type")
        if _ARTICLES.intersection(
            kind for kind in (types if isinstance(types, list) else [types]) if isinstance(kind, str)
        ):
            yield node


def _text(value: object) -> str | None:
    return next(iter(_texts(value)), None)


def _texts(value: object) -> Iterator[str]:
    """Yield the names in a value of JSON-LD: texts, or what has a name, alone or in a list."""
    for one in value if isinstance(value, list) else [value]:
        name = one.get("name") if isinstance(one, dict) else one
        if (
            isinstance(name, str)
            and (clean := " ".join(whole(name).split()))
            and not clean.startswith(("http://", "https://"))
        ):
            yield clean
