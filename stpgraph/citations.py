"""Citing a claim: who said it, in what, when, and where in the text the words stand."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from pyoxigraph import Literal, NamedNode

from stpgraph.store import Store, Term

__all__ = ["cite", "in_words"]

_CITED = """
SELECT ?node ?title ?outlet ?issued
  (GROUP_CONCAT(DISTINCT ?span; separator="\\uE001") AS ?spans) (MIN(STR(?page)) AS ?source) {{
  VALUES ?node {{ {nodes} }}
  ?node stp:reportedIn ?work . ?work dcterms:title ?title .
  OPTIONAL {{ ?work dcterms:issued ?issued }}
  OPTIONAL {{ ?work dcterms:publisher/skos:prefLabel ?outlet }}
  OPTIONAL {{ ?node dcterms:source ?page }}
  OPTIONAL {{ ?node stp:evidence ?place . ?place oa:hasSelector ?selector . ?selector oa:start ?start ; oa:end ?end
             OPTIONAL {{ ?place oa:hasSelector/oa:exact ?words }}
             BIND(CONCAT(STR(?start), "–", STR(?end), "\\uE000", COALESCE(?words, "")) AS ?span) }}
}} GROUP BY ?node ?title ?outlet ?issued ORDER BY ?node ?outlet"""

#: What parts a place from its words, and one place from the next, in an answer; no text has these for its own.
_WITHIN, _BETWEEN = "\ue000", "\ue001"

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-\d{2})?)?")
_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)


def cite(store: Store, nodes: Iterable[NamedNode]) -> dict[NamedNode, str]:
    """Say for claims and statistics where they stand, each in one line fit for a footnote.

    Where the store holds the exact words, which a build with the texts adds, the line ends with them.

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
    parts: dict[NamedNode, list[tuple[Term | None, ...]]] = {}
    for row in store.select(_CITED.format(nodes=" ".join(map(str, wanted)))):
        if isinstance(row[0], NamedNode):
            parts.setdefault(row[0], []).append(row)
    return {node: _citation(parts[node]) for node in wanted if node in parts}


def _citation(rows: list[tuple[Term | None, ...]]) -> str:
    _, title, _, issued, spans, source = rows[0]
    outlets = dict.fromkeys(row[2].value for row in rows if isinstance(row[2], Literal))
    parts = [f"“{title.value}”" if isinstance(title, Literal) else "untitled", *outlets]
    if isinstance(issued, Literal):
        parts.append(in_words(issued.value))
    if isinstance(spans, Literal) and spans.value:
        places = [span.split(_WITHIN) for span in spans.value.split(_BETWEEN)]
        places.sort(key=lambda place: int(place[0].partition("–")[0]))
        parts.append(f"characters {' and '.join(span for span, _ in places)}")
        said = " … ".join(" ".join(words.split()) for _, words in places if words)
        return ", ".join(parts) + (f": “{said}”" if said else "")
    if isinstance(source, Literal):
        parts.append(source.value)
    return ", ".join(parts)


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
