"""Bodies that speak or are spoken of: the table `organisations.csv`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pyoxigraph import NamedNode

from stpgraph.records import Organisation
from stpgraph.reference.codes import Codes
from stpgraph.reference.names import Register
from stpgraph.reference.origins import address, read_origin
from stpgraph.reference.rows import Row
from stpgraph.vocabulary import mint

__all__ = ["ORGANISATION_COLUMNS", "add_organisations", "index_organisations"]

ORGANISATION_COLUMNS = (
    "id",
    "label",
    "kind",
    "kind_detail",
    "aliases",
    "website",
    "wikidata_qid",
    "qid_certainty",
    "note",
    "certainty",
    "origin",
)

#: Where Wikidata names its things.
_WIKIDATA = "http://www.wikidata.org/entity/"


def index_organisations(rows: Iterable[Row], register: Register) -> None:
    """Learn the names of the bodies.

    Raises:
        BadRow: when an id is used twice.
    """
    seen: dict[NamedNode, Row] = {}
    for row in rows:
        iri = mint("organisation", row.identifier("id"))
        if iri in seen:
            raise row.bad("id", f"is the id of line {seen[iri].line} already; give one of them another")
        seen[iri] = row
        register.organisations.add(iri, row.required("label"), row.parts("aliases", "|"))


def add_organisations(rows: Iterable[Row], register: Register, codes: Codes) -> None:
    """Write the bodies to the ledger: aliases and website as proposed, the rest as the row's certainty lets it."""
    for row in rows:
        website = address(row["website"]) if row["website"] else None
        if row["website"] and not website:
            raise row.bad("website", "is no address; write host and path, such as anyshire.example/news")
        register.ledger.make_from(
            Organisation(
                iri=mint("organisation", row["id"]),
                label=row["label"],
                classification=codes.get("organisation-kind", row, "kind") if row["kind"] else None,
                description=row["kind_detail"] or None,
                exact_matches=_elsewhere(row, register),
            ),
            row,
            read_origin(row, register.documents),
            notes=row.parts("note", "; "),
            alt_labels=row.parts("aliases", "|"),
            homepage=website,
        )


def _elsewhere(row: Row, register: Register) -> tuple[NamedNode, ...]:
    """Return the same body in Wikidata; where the row is not certain that it is the same, that is left out."""
    item = row["wikidata_qid"]
    if not item:
        return ()
    if not re.fullmatch(r"Q[1-9]\d*", item):
        raise row.bad("wikidata_qid", "is no item of Wikidata; write Q and its number, or leave the cell empty")
    if row["qid_certainty"] != "certain":
        register.leave_out(row, f"{row['label']}: {item} in Wikidata", "qid_certainty is not 'certain'")
        return ()
    return (NamedNode(_WIKIDATA + item),)
