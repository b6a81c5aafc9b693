"""Citing a claim: who said it, in what, when, and where in the text the words stand."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from pyoxigraph import Literal, NamedNode

from stpgraph.store import Store, Term

__all__ = ["HOW_SAID", "cite", "in_words"]

#: What must stand beside the words of a claim that are not, or not all, its claimant's own, by the code of attribution.
HOW_SAID = {
    "indirect": "reported in the document's own words",
    "mixed": "partly quoted, partly in the document's own words",
}

_CITED = """
SELECT ?node ?title ?outlet ?issued ?page ?attribution {{
  VALUES ?node {{ {nodes} }}
  ?node stp:reportedIn ?work . ?work dcterms:title ?title
  OPTIONAL {{ ?work dcterms:issued ?issued }}
  OPTIONAL {{ ?work dcterms:publisher/skos:prefLabel ?outlet }}
  OPTIONAL {{ ?node dcterms:source ?page }}
  OPTIONAL {{ ?node stp:attribution ?attribution }}
}}"""

#: Where things stand in their texts, with the words where they are known; asked by itself, for engines look up each
#: optional part of one group for the few things that are asked for, and of a group within a group for all.
_PLACES = """
SELECT ?node ?start ?end ?words {{
  VALUES ?node {{ {nodes} }}
  ?node stp:evidence ?place . ?place oa:hasSelector ?selector . ?selector oa:start ?start ; oa:end ?end
  OPTIONAL {{ ?place oa:hasSelector/oa:exact ?words }}
}}"""

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-\d{2})?)?")
_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)


def cite(store: Store, nodes: Iterable[NamedNode]) -> dict[NamedNode, str]:
    """Say for claims and statistics where they stand, each in one line fit for a footnote.

    Where the store holds the exact words, which a build with the texts adds, the line ends with them; it says so where
    the document reports, in words of its own, what somebody said.

    Returns:
        One citation a node; nodes that the store knows nothing of are left out.

    Example:
        >>> from stpgraph.store import open_store
        >>> cite(open_store(), [])
        {}
    """
    wanted = list(dict.fromkeys(nodes))
    if not wanted:
        return {}
    listed = " ".join(map(str, wanted))
    works, places = (_by_node(store, query.format(nodes=listed)) for query in (_CITED, _PLACES))
    return {node: _citation(works[node], places.get(node, [])) for node in wanted if node in works}


def _by_node(store: Store, sparql: str) -> dict[NamedNode, list[tuple[str, ...]]]:
    """Return rows as text, "" for the unknown, by the node that they are about, in order."""
    found: dict[NamedNode, set[tuple[str, ...]]] = {}
    for node, *cells in store.select(sparql):
        if isinstance(node, NamedNode):
            told = tuple("" if cell is None else _text(cell) for cell in cells)
            found.setdefault(node, set()).add(told)
    return {node: sorted(rows) for node, rows in found.items()}


def _text(term: Term) -> str:
    return term.value if isinstance(term, Literal | NamedNode) else ""


def _citation(works: list[tuple[str, ...]], places: list[tuple[str, ...]]) -> str:
    title, _, issued, _, attribution = works[0]
    outlets = dict.fromkeys(work[1] for work in works if work[1])
    parts = [f"“{title}”" if title else "untitled", *outlets]
    if issued:
        parts.append(in_words(issued))
    if places:
        ordered = sorted(places, key=lambda place: int(place[0]) if place[0].isdecimal() else 0)
        spans = dict.fromkeys(f"{start}–{end}" for start, end, _ in ordered)
        parts.append(f"characters {' and '.join(spans)}")
        said = " … ".join(dict.fromkeys(" ".join(words.split()) for _, _, words in ordered if words))
        how = HOW_SAID.get(attribution.rpartition("/")[2])
        return ", ".join([*parts, how] if how and said else parts) + (f": “{said}”" if said else "")
    sources = [work[3] for work in works if work[3]]
    return ", ".join([*parts, *sources[:1]])


def in_words(day: str | date) -> str:
    """Write a date as readers do, as precisely as it is known; what is no date, as it is.

    Example:
        >>> in_words("2017-09-21"), in_words("2016-11"), in_words("2013")
        ('21 September 2017', 'November 2016', '2013')
    """
    if not _DATE.fullmatch(str(day)):
        return str(day)
    year, *rest = str(day).split("-")
    month = _MONTHS[int(rest[0]) - 1] if rest else ""
    number = str(int(rest[1])) if len(rest) > 1 else ""
    return " ".join(part for part in (number, month, year) if part)
