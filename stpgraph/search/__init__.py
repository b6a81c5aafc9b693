"""Finding claims and things by words: a full-text index with facets, kept with the store.

`open_index` gives the index of a store; `SearchIndex.find` answers with claims, best first, with the counts of every
facet, and with the things whose names have the words.

An index is a set of arrays that are read into memory as they are: for each word the claims that have it and what that
tells of each, for each facet pairs of claim and value. A search is then a few passes over arrays, however many claims
fit.

From here: `gathering` reads the store, `texts` and `postings` turn what it says into arrays, `lookups` finds a user's
`words` in them, `facets` counts, `index` brings it together, `keeping` looks after the file.

    >>> from stpgraph.building import load_shipped
    >>> from stpgraph.store import open_store
    >>> store = open_store(); load_shipped(store)
    >>> found = open_index(store).find("Cressswell")
    >>> found.reread[0].read_as, found.total
    (('cresswell',), 3)
"""

from __future__ import annotations

from stpgraph.search.answers import (
    FACETS,
    UNKNOWN,
    Facet,
    FacetValue,
    Found,
    Hit,
    Reread,
    Snippet,
    Thing,
)
from stpgraph.search.index import NONE_HAS_ALL, SearchIndex
from stpgraph.search.keeping import is_current, open_index

__all__ = [
    "FACETS",
    "NONE_HAS_ALL",
    "UNKNOWN",
    "Facet",
    "FacetValue",
    "Found",
    "Hit",
    "Reread",
    "SearchIndex",
    "Snippet",
    "Thing",
    "is_current",
    "open_index",
]
