"""The tables of a whole graph: the answers of the questions that need nothing to be given."""

from __future__ import annotations

from pathlib import Path

from stpgraph.exports.tables import table_to_csv
from stpgraph.exports.workbooks import tables_to_xlsx
from stpgraph.questions import Table, ask, find_questions
from stpgraph.store import Store
from stpgraph.turtle import write_file

__all__ = ["tables_of", "tables_to_folder", "tables_to_workbook"]


def tables_of(store: Store) -> dict[str, Table]:
    """Answer every named question that needs no parameter: the tables of the graph, by the question's name."""
    asked = (question for _, question in sorted(find_questions().items()))
    return {q.name: ask(store, q) for q in asked if not any(p.is_required for p in q.parameters)}


def tables_to_workbook(store: Store) -> bytes:
    """Write the tables of the graph as one workbook."""
    return tables_to_xlsx(tables_of(store))


def tables_to_folder(store: Store, place: Path) -> list[Path]:
    """Write the tables of the graph as CSV files in a folder, and return their paths.

    Raises:
        OutputError: when the place cannot be written.
    """
    written = []
    for name, table in tables_of(store).items():
        path = place / f"{name}.csv"
        write_file(path, table_to_csv(table))
        written.append(path)
    return written
