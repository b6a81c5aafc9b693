"""Figures in a text: where they stand, what they are worth, what their wording allows, what they count."""

from stpgraph.extraction.quantities.grammar import Quantity, find_quantities
from stpgraph.extraction.quantities.measured import Counted, what_it_counts

__all__ = ["Counted", "Quantity", "find_quantities", "what_it_counts"]
