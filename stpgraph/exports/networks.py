"""Which formats a view can be written in, by name and by the ending of a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from stpgraph.exports.listings import network_to_cytoscape, network_to_dl, network_to_pajek
from stpgraph.exports.markup import network_to_gexf, network_to_graphml
from stpgraph.exports.statements import statements_to_csv

if TYPE_CHECKING:
    from stpgraph.networks.views import View

__all__ = ["NETWORK_ENDINGS", "NETWORK_FORMATS"]

#: How a view is written, by the format's name on the command line.
NETWORK_FORMATS: dict[str, Callable[[View], bytes]] = {
    "graphml": network_to_graphml,
    "gexf": network_to_gexf,
    "cytoscape": network_to_cytoscape,
    "pajek": network_to_pajek,
    "dl": network_to_dl,
    "statements": statements_to_csv,
}

#: The format that the ending of a file's name asks for.
NETWORK_ENDINGS = {
    ".graphml": "graphml",
    ".gexf": "gexf",
    ".cyjs": "cytoscape",
    ".json": "cytoscape",
    ".net": "pajek",
    ".dl": "dl",
    ".csv": "statements",
}
