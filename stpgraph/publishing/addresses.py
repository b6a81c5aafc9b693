"""Where an endpoint takes updates and graphs, told by the address at which it takes queries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Addresses", "likely_addresses"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Where an engine takes what.

    Attributes:
        graphs: the Graph Store Protocol.
        updates: SPARQL updates.
    """

    graphs: str
    updates: str


#: How the address for queries ends, and what stands there instead for graphs and for updates. An engine that keeps
#: other addresses for those who give user and password has them in the third and fourth place.
_KNOWN = (
    (r"/query", "/store", "/update", None, None),  # Oxigraph
    (r"/(?:query|sparql)", "/data", "/update", None, None),  # Fuseki
    (r"/sparql", "/sparql-graph-crud", "/sparql", "/sparql-graph-crud-auth", "/sparql-auth"),  # Virtuoso
    (r"/sparql-auth", "/sparql-graph-crud-auth", "/sparql-auth", None, None),
    (r"(/repositories/[^/]+)", r"\1/rdf-graphs/service", r"\1/statements", None, None),  # RDF4J, GraphDB
)


def likely_addresses(url: str, *, has_login: bool) -> Iterator[Addresses]:
    """Yield the addresses that engines of which we know would have beside this one, the likeliest first.

    Args:
        url: where queries go.
        has_login: whether user and password are given.

    Example:
        >>> [found.graphs for found in likely_addresses("http://127.0.0.1:7878/query", has_login=False)]
        ['http://127.0.0.1:7878/store', 'http://127.0.0.1:7878/data']
    """
    for ending, graphs, updates, graphs_with_login, updates_with_login in _KNOWN:
        ends = re.compile(ending + r"\Z")
        if ends.search(url):
            chosen = (graphs_with_login or graphs, updates_with_login or updates) if has_login else (graphs, updates)
            yield Addresses(graphs=ends.sub(chosen[0], url), updates=ends.sub(chosen[1], url))
