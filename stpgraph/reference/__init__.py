"""Tables of partnerships, organisations, people and reports to the reference part of the graph.

Four CSV files (`footprints.csv`, `organisations.csv`, `people.csv`, `reports.csv`; docs/importing.md describes their
columns) become eight files of Turtle: of each subject one with what sources state and one, `…-proposed`, with what
rests on general knowledge. Rows whose certainty is "doubtful" are left out, and named in the result.

    reference = read_reference(Path("tables"))
    write_reference(reference, Path("graph/reference"))
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode

from stpgraph.documents import SourceText
from stpgraph.records import Document
from stpgraph.reference.codes import Codes
from stpgraph.reference.ledger import ReferenceFile
from stpgraph.reference.names import LeftOut, Register
from stpgraph.reference.organisations import ORGANISATION_COLUMNS, add_organisations, index_organisations
from stpgraph.reference.partnerships import PARTNERSHIP_COLUMNS, add_partnerships, index_partnerships
from stpgraph.reference.people import PEOPLE_COLUMNS, add_people, index_people
from stpgraph.reference.reports import REPORT_COLUMNS, add_reports
from stpgraph.reference.rows import Row, read_rows
from stpgraph.turtle import write_turtle

__all__ = ["TABLES", "LeftOut", "Reference", "ReferenceFile", "find_documents", "read_reference", "write_reference"]

#: The tables by file name, with their columns.
TABLES: Mapping[str, tuple[str, ...]] = {
    "footprints.csv": PARTNERSHIP_COLUMNS,
    "organisations.csv": ORGANISATION_COLUMNS,
    "people.csv": PEOPLE_COLUMNS,
    "reports.csv": REPORT_COLUMNS,
}

#: What names a row of each table to a reader.
_NAMING = {
    "footprints.csv": ("name",),
    "organisations.csv": ("label",),
    "people.csv": ("name", "role", "organisation"),
    "reports.csv": ("report_id", "what_is_measured"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """What tables hold, as files of the graph."""

    #: Accepted ones first.
    files: tuple[ReferenceFile, ...]
    #: What the tables hold and the graph does not, in order of table and line.
    left_out: tuple[LeftOut, ...]


def read_reference(folder: Path, documents: Mapping[str, NamedNode] | None = None) -> Reference:
    """Read the four tables of a folder.

    Args:
        folder: where `footprints.csv`, `organisations.csv`, `people.csv` and `reports.csv` are.
        documents: by the name that origins call a text by, the document that was read from it (`find_documents`).

    Raises:
        UsageError: when a table is missing.
        BadRow: for the first row that cannot be imported, with file, line, column and what to do.
    """
    register = Register(documents=documents or {})
    footprints, organisations, people, reports = (
        _published(read_rows(folder / name, columns), register, _NAMING[name]) for name, columns in TABLES.items()
    )
    codes = Codes()
    index_organisations(organisations, register)
    index_partnerships(footprints, register)
    index_people(people, register)
    add_organisations(organisations, register, codes)
    add_partnerships(footprints, register)
    add_people(people, register)
    add_reports(reports, register, codes)
    left_out = sorted(register.left_out, key=lambda found: _natural(found.where))
    return Reference(files=register.ledger.files(), left_out=tuple(left_out))


def _natural(where: str) -> tuple[str, int]:
    path, _, line = where.rpartition(":")
    return path, int(line)


def _published(rows: Iterable[Row], register: Register, naming: tuple[str, ...]) -> tuple[Row, ...]:
    """Return the rows that may be published, and note the others as left out."""
    kept: list[Row] = []
    for row in rows:
        if row.is_doubtful:
            what = ", ".join(row[column] for column in naming if row[column])
            register.leave_out(row, what, "doubtful: not supported, or contradicted")
        else:
            kept.append(row)
    return tuple(kept)


def write_reference(reference: Reference, folder: Path) -> tuple[Path, ...]:
    """Write each file as normal-form Turtle; return their paths.

    Raises:
        OutputError: when the folder cannot be written.
    """
    paths = tuple(folder / f"{file.name}.ttl" for file in reference.files)
    for file, path in zip(reference.files, paths, strict=True):
        write_turtle(file.triples(), path)
    return paths


def find_documents(texts: Iterable[SourceText], documents: Iterable[Document]) -> dict[str, NamedNode]:
    """Match texts to the documents that were read from them, by the hash of the text.

    Returns:
        The documents by the texts' file names, with and without their ending.
    """
    by_hash = {document.text_hash: document.iri for document in documents}
    found: dict[str, NamedNode] = {}
    for text in texts:
        if text.hash in by_hash:
            found[text.path.name] = found[text.path.stem] = by_hash[text.hash]
    return found
