"""Views of the graph as networks, each built from a `SELECT`: who said what about which relationship.

A view is a networkx graph whose nodes are IRIs and whose attributes are plain strings, numbers and lists of strings,
so that any exporter can write it. Every edge leads back to the evidence it stands for: claims, posts, figures, facts.

Example:
    >>> from stpgraph.store import open_store
    >>> with open_store() as store:
    ...     VIEWS["who-said-what"](store).graph.number_of_edges()
    0
"""

from __future__ import annotations

from collections.abc import Callable

from stpgraph.networks.affiliations import affiliations
from stpgraph.networks.claims import find_claims
from stpgraph.networks.discourse import discourse
from stpgraph.networks.evidence import STANCES, Evidence
from stpgraph.networks.filters import EVERYTHING, Filters
from stpgraph.networks.partnerships import partnerships
from stpgraph.networks.provenance import provenance
from stpgraph.networks.relationship_map import relationship_map
from stpgraph.networks.repeats import repeats
from stpgraph.networks.views import View
from stpgraph.networks.who_said_what import who_said_what

__all__ = ["EVERYTHING", "STANCES", "VIEWS", "Evidence", "Filters", "View", "find_claims"]

#: The views, by name: each is made of a store and filters, some with options of their own.
VIEWS: dict[str, Callable[..., View]] = {
    "who-said-what": who_said_what,
    "relationship-map": relationship_map,
    "discourse": discourse,
    "affiliations": affiliations,
    "provenance": provenance,
    "partnerships": partnerships,
    "repeats": repeats,
}
