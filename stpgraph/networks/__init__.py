"""Views of the graph as networks, each built from a `SELECT`: who said what about which relationship.

A view is a networkx graph whose nodes are IRIs and whose attributes are plain strings, numbers and lists of strings,
so that any exporter can write it. Every edge leads back to the evidence it stands for: claims, posts, figures, facts.
"""

from __future__ import annotations

from stpgraph.networks.evidence import STANCES
from stpgraph.networks.former import collapse, who_said_what

__all__ = ["STANCES", "collapse", "who_said_what"]
