"""Who said what about which STP relationship, when, on what evidence, and does the number hold up?

    >>> import stpgraph
    >>> graph = stpgraph.open()                                     # the graph that ships, in memory
    >>> answer = graph.ask("who-said-what", about="joint working")  # a named question: a typed table
    >>> graph.query("ASK { ?claim stp:stance <stance/critical> }")  # any SPARQL
    True

From here: `errors` for what can go wrong, `records` for the things of the graph, `rdf` and `turtle` for their
triples and files, `store` for where they are kept, `questions` for what can be asked, `checks` for what does not
hold, `networks` and `pages` for what can be seen, `exports` for other tools, `cli` for the command line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from stpgraph.knowledge_graph import KnowledgeGraph, open

__all__ = ["KnowledgeGraph", "open"]

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """Load what is asked for when it is asked for: the command line begins without, and can be stopped at once."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from stpgraph import knowledge_graph

    return getattr(knowledge_graph, name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
