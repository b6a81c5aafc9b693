"""Measures of a view's network: of each node and of the whole, at once or over time windows.

docs/networks.md has the definitions, the formulae and their sources.
"""

from __future__ import annotations

from stpgraph.measures.measuring import Measures, measure, measure_network, measure_nodes

__all__ = ["Measures", "measure", "measure_network", "measure_nodes"]
