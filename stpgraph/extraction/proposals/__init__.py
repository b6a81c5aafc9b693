"""Proposals: what the rules find in a document as records that a person can decide on.

`find_all` applies the rules, `without_repeats` takes what is said again for one claim, `propose_records` makes records
of what they found, `explain` tells it in words.
"""

from __future__ import annotations

from stpgraph.extraction.proposals.explaining import Explained, explain
from stpgraph.extraction.proposals.findings import Findings, FoundClaim, FoundFigure, find_all, joined
from stpgraph.extraction.proposals.proposing import Program, document_slug, propose_records
from stpgraph.extraction.proposals.repeats import without_repeats

__all__ = [
    "Explained",
    "Findings",
    "FoundClaim",
    "FoundFigure",
    "Program",
    "document_slug",
    "explain",
    "find_all",
    "joined",
    "propose_records",
    "without_repeats",
]
