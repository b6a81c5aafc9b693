"""Names: who and what a document names, how that links to the reference, and whose word each attribution is.

`Gazetteer` holds the names that the reference knows; `find_names` finds who and what a document names;
`resolve_sources` says for each attribution who answers for it, in which post, by which study or report, and how that
was found. What cannot be told stays unknown.
"""

from __future__ import annotations

from stpgraph.extraction.names.gazetteer import Gazetteer, Mention
from stpgraph.extraction.names.naming import find_names, read_scene
from stpgraph.extraction.names.records import Agent, Named, Names, Post, Resolution, Work
from stpgraph.extraction.names.resolution import resolve_sources

__all__ = [
    "Agent",
    "Gazetteer",
    "Mention",
    "Named",
    "Names",
    "Post",
    "Resolution",
    "Work",
    "find_names",
    "read_scene",
    "resolve_sources",
]
