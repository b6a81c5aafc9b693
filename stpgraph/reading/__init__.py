"""Reading: documents to files of proposals, each whole or not at all, with a journal by which a run can go on.

`read` does all of it; `count_files` tells beforehand how much there is; `load_gazetteer` and `load_labels` give the
names and words that proposals are linked to: those of the graph that ships, and of the user's own files of reference
facts.
"""

from __future__ import annotations

from stpgraph.reading.counting import count_files
from stpgraph.reading.known import load_gazetteer, load_known, load_labels
from stpgraph.reading.outcomes import Counts, Outcome, Stated
from stpgraph.reading.runs import read

__all__ = ["Counts", "Outcome", "Stated", "count_files", "load_gazetteer", "load_known", "load_labels", "read"]
