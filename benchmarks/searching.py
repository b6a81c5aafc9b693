"""Searching claims with all facets: beside SPARQL over the store's texts, and beside SQLite's full-text search.

Beside SPARQL both sides give the number of claims that fit, the first 20 and the counts of all facets; ours looks in
every text of a claim, SPARQL in its summary alone, which is to its advantage. Beside SQLite both look in the same
texts, and give the best 20 and all that fit, from which facets are counted; ours counts them as well.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pyoxigraph
from pyoxigraph import QuerySolutions

from benchmarks.asking import build_store
from benchmarks.figures import Figure
from benchmarks.measuring import Sides, in_child, run_pairs
from stpgraph.search import SearchIndex, open_index
from stpgraph.search.gathering import gather
from stpgraph.store import open_store
from stpgraph.vocabulary import BASE, PREFIXES

__all__ = ["measure_searching"]

#: How many times as long as each a search may take.
_SPARQL_TARGET, _SQLITE_TARGET = 0.1, 1.0

#: What is searched for: words, and keys by facet.
_SEARCHES: Mapping[str, tuple[str, Mapping[str, Sequence[str]]]] = {
    "everything": ("", {}),
    "a common word": ("prevention", {}),
    "two words and two facets": ("staffing help", {"stance": ["stance/critical"], "period": ["2017"]}),
}

#: How SPARQL finds the value of a facet.
_PATTERNS = {
    "claimant": "?claim stp:claimant ?value",
    "body": """{ SELECT DISTINCT ?claim ?value { { ?claim stp:speakingAs/org:organization ?value } UNION
        { ?claim stp:claimant ?value . ?value a stp:Organisation } } }""",
    "relationship": "?claim stp:about/skos:broader* ?value",
    "stance": "?claim stp:stance ?value",
    "act": "?claim stp:speechAct ?value",
    "period": "?claim stp:statedOn ?day BIND(SUBSTR(STR(?day), 1, 4) AS ?value)",
    "document": "?claim stp:reportedIn ?value",
    "status": "?claim stp:reviewStatus ?value",
}


def measure_searching(file: Path, quads: int) -> Iterator[Figure]:
    """Compare searches of the claims of a file; the index is made once, and that is timed as well."""
    place = file.with_suffix(".store")
    if not place.exists():
        in_child(build_store, file, place)
    making = run_pairs(_making, place)
    yield Figure.of_pairs("search: make the index", quads, making, beside="SQLite FTS5", target=2.0)
    in_child(_keep, place)
    for name in _SEARCHES:
        pairs = run_pairs(_sparql_sides, place, name)
        note = f"{pairs.ours_alone.size} facets"
        yield Figure.of_pairs(
            f"search: {name}", quads, pairs, beside="SPARQL CONTAINS", target=_SPARQL_TARGET, note=note
        )
    for words in ("prevention", "staffing help"):
        pairs = run_pairs(_sqlite_sides, place, words)
        note = f"{pairs.other_alone.size} claims"
        yield Figure.of_pairs(f"search: {words}", quads, pairs, beside="SQLite FTS5", target=_SQLITE_TARGET, note=note)


def _keep(place: Path) -> None:
    open_index(place)


def _making(place: Path) -> Sides:
    """Make our index, and one of SQLite with the same texts; both read the store."""
    store = open_store(place)
    return lambda: len(SearchIndex.build(store)), lambda: _fts(_texts(place))


def _sparql_sides(place: Path, name: str) -> Sides:
    index, raw = open_index(place), pyoxigraph.Store.read_only(str(place))
    words, chosen = _SEARCHES[name]
    queries = [
        f"SELECT DISTINCT ?claim ?day {{ {_fitting(words, chosen)} OPTIONAL {{ ?claim stp:statedOn ?day }} }} "
        "ORDER BY DESC(?day) LIMIT 20",
        f"SELECT (COUNT(DISTINCT ?claim) AS ?count) {{ {_fitting(words, chosen)} }}",
    ]
    for facet, pattern in _PATTERNS.items():
        others = {other: keys for other, keys in chosen.items() if other != facet}
        queries.append(
            f"SELECT ?value (COUNT(DISTINCT ?claim) AS ?count) {{ {_fitting(words, others)} {pattern} }} "
            "GROUP BY ?value ORDER BY DESC(?count) LIMIT 25"
        )

    def ask() -> list[tuple[object, ...]]:
        rows: list[tuple[object, ...]] = []
        for sparql in queries:
            answer = raw.query(sparql, base_iri=BASE, prefixes=dict(PREFIXES), use_default_graph_as_union=True)
            assert isinstance(answer, QuerySolutions), "a search is a SELECT"
            rows += [tuple(row) for row in answer]
        return rows

    return lambda: index.find(words, chosen).facets, ask


def _fitting(words: str, chosen: Mapping[str, Sequence[str]]) -> str:
    """Write the pattern of the claims that have words in their summary, and the values chosen."""
    parts = ["?claim a stp:Claim MINUS { ?claim stp:withdrawnOn ?withdrawn }"]
    if words:
        has = " && ".join(f'CONTAINS(LCASE(?summary), "{word}")' for word in words.split())
        parts.append(f"?claim stp:summary ?summary FILTER({has})")
    for facet, keys in chosen.items():
        values = " ".join(f'"{key}"' if facet == "period" else f"<{key}>" for key in keys)
        pattern = _PATTERNS[facet].replace("?value", f"?{facet}").replace("?day", f"?{facet}_day")
        parts.append(f"{pattern} VALUES ?{facet} {{ {values} }}")
    return " ".join(parts)


def _sqlite_sides(place: Path, words: str) -> Sides:
    index, table = open_index(place), _fts(_texts(place))

    def ask() -> list[tuple[int]]:
        table.execute("SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT 20", (words,)).fetchall()
        return table.execute("SELECT rowid FROM texts WHERE texts MATCH ?", (words,)).fetchall()

    return lambda: index.find(words).facets, ask


def _texts(place: Path) -> Iterator[tuple[str]]:
    """Yield the texts of each claim, as the index has them."""
    with open_store(place) as store:
        for claim in gather(store).claims:
            yield ("\n".join(text for _, text in claim.texts),)


def _fts(texts: Iterator[tuple[str]]) -> sqlite3.Connection:
    """Make a table of texts that SQLite can search."""
    table = sqlite3.connect(":memory:")
    table.execute("CREATE VIRTUAL TABLE texts USING fts5(text, tokenize = 'unicode61 remove_diacritics 2')")
    table.executemany("INSERT INTO texts VALUES (?)", texts)
    table.execute("INSERT INTO texts (texts) VALUES ('optimize')")
    return table
