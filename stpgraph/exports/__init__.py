"""The graph, its answers and its networks in other tools' formats: one function a format.

Whole graphs: Turtle, TriG, N-Quads, JSON-LD. Tables: CSV, JSON, Markdown with citations, XLSX. Networks: GraphML,
GEXF, Cytoscape JSON, Pajek, DL, and their claims as statements. The same data gives the same bytes.
Text that a spreadsheet would take for a formula is kept from being one.
"""

from __future__ import annotations

from stpgraph.exports.answers import tables_of, tables_to_folder, tables_to_workbook
from stpgraph.exports.graphs import (
    GRAPH_FORMATS,
    dump_nquads,
    graph_to_jsonld,
    graph_to_nquads,
    graph_to_trig,
    graph_to_turtle,
    solutions_to,
    triples_to,
)
from stpgraph.exports.listings import network_to_cytoscape, network_to_dl, network_to_pajek
from stpgraph.exports.markup import network_to_gexf, network_to_graphml
from stpgraph.exports.networks import NETWORK_ENDINGS, NETWORK_FORMATS
from stpgraph.exports.statements import statements_to_csv
from stpgraph.exports.tables import TABLE_FORMATS, table_to_csv, table_to_json, table_to_markdown
from stpgraph.exports.workbooks import table_to_xlsx, tables_to_xlsx

__all__ = [
    "GRAPH_FORMATS",
    "NETWORK_ENDINGS",
    "NETWORK_FORMATS",
    "TABLE_FORMATS",
    "dump_nquads",
    "graph_to_jsonld",
    "graph_to_nquads",
    "graph_to_trig",
    "graph_to_turtle",
    "network_to_cytoscape",
    "network_to_dl",
    "network_to_gexf",
    "network_to_graphml",
    "network_to_pajek",
    "solutions_to",
    "statements_to_csv",
    "table_to_csv",
    "table_to_json",
    "table_to_markdown",
    "table_to_xlsx",
    "tables_of",
    "tables_to_folder",
    "tables_to_workbook",
    "tables_to_xlsx",
    "triples_to",
]
