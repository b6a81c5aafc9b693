"""The footprints, who led them and what they became: the table `footprints.csv`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode

from stpgraph.records import Concept, Organisation, Partnership
from stpgraph.reference.names import Register
from stpgraph.reference.origins import Origin, read_origin, supporting
from stpgraph.reference.people import Post, add_post
from stpgraph.reference.rows import Row
from stpgraph.vocabulary import mint

__all__ = ["PARTNERSHIP_COLUMNS", "add_partnerships", "index_partnerships"]

PARTNERSHIP_COLUMNS = (
    "footprint_no",
    "name",
    "aliases",
    "nhs_region_2016",
    "stp_ons_code_2017",
    "lead_2016",
    "lead_role",
    "lead_organisation",
    "nhs_region_2019",
    "icb_2022",
    "icb_ods_code",
    "icb_ons_code_2023",
    "note",
    "certainty",
    "origin",
)

#: The role of those whom the list of 2016 names.
_LEAD = "STP lead"

#: What the columns tell of when a lead's posts were held.
_WHEN = "in post 2016"

#: Facts that an origin may name, and that belong to the lead or the successor rather than the partnership.
_LEAD_FACTS = frozenset({"lead", "role", "organisation"})
_SUCCESSOR_FACTS = frozenset({"icb name", "icb codes"})

#: A lead's role at the partnership itself, and at two bodies named together.
_AT_PARTNERSHIP = re.compile(r"(.+) of the STP")
_TWO_BODIES = re.compile(r"(?<= CCG) and (?=.+ CCG$)")


def index_partnerships(rows: Iterable[Row], register: Register) -> None:
    """Learn the names of the partnerships.

    Raises:
        BadRow: when a name or number is used twice.
    """
    seen: dict[NamedNode, Row] = {}
    numbers: dict[int, Row] = {}
    for row in rows:
        iri = _iri(row)
        if iri in seen:
            raise row.bad("name", f"is the partnership of line {seen[iri].line} already; tell them apart by name")
        seen[iri] = row
        number = row.whole("footprint_no")
        if number is not None:
            if number in numbers:
                raise row.bad("footprint_no", f"is the number of line {numbers[number].line} already; correct one")
            numbers[number] = row
        register.partnerships.add(iri, row["name"], row.parts("aliases", "|"))


def add_partnerships(rows: Iterable[Row], register: Register) -> None:
    """Write partnerships, leads and successors to the ledger."""
    for row in rows:
        parts = read_origin(row, register.documents)
        successor = _add_successor(row, register, parts)
        has_lead = _add_lead(row, register, parts)
        elsewhere = (_LEAD_FACTS if has_lead else frozenset()) | (_SUCCESSOR_FACTS if successor else frozenset())
        own = tuple(part for part in parts if not part.facts or part.facts - elsewhere)
        register.ledger.make_from(
            Partnership(
                iri=_iri(row),
                label=row["name"],
                identifiers=row.parts("stp_ons_code_2017", "|"),
                regions=tuple(_add_regions(row, register)),
                is_replaced_by=(successor,) if successor else (),
            ),
            row,
            own,
            notes=row.parts("note", "; "),
            alt_labels=row.parts("aliases", "|"),
            number=row.whole("footprint_no"),
        )


def _iri(row: Row) -> NamedNode:
    return mint("partnership", row.slug("name", row.required("name")))


def _add_regions(row: Row, register: Register) -> Iterator[NamedNode]:
    for year in ("2016", "2019"):
        column = f"nhs_region_{year}"
        if row[column]:
            iri = mint("region", f"{year}-{row.slug(column, row[column])}")
            label = f"NHS region {row[column]} ({year})"
            register.ledger.code(Concept(iri=iri, label=label, scheme=mint("region")))
            yield iri


def _add_successor(row: Row, register: Register, parts: tuple[Origin, ...]) -> NamedNode | None:
    codes = tuple(code for column in ("icb_ods_code", "icb_ons_code_2023") for code in row.parts(column, "|"))
    if not row["icb_2022"]:
        if codes:
            raise row.bad("icb_2022", f"is empty, and {' and '.join(codes)} would name nothing; give the name, too")
        return None
    iri = mint("organisation", row.slug("icb_2022", row["icb_2022"]))
    register.organisations.add(iri, row["icb_2022"])
    register.ledger.make_from(
        Organisation(iri=iri, label=register.organisations.labels[iri], identifiers=codes),
        row,
        supporting(parts, *_SUCCESSOR_FACTS),
    )
    return iri


def _add_lead(row: Row, register: Register, parts: tuple[Origin, ...]) -> bool:
    """Write the person who led, that post, and the posts held beside it; return whether there is a lead."""
    if not row["lead_2016"]:
        for column in ("lead_role", "lead_organisation"):
            if row[column]:
                raise row.bad(column, "is given, but lead_2016 is empty; name the lead or empty this cell")
        return False
    of_lead = supporting(parts, "lead")
    person = register.person(row["lead_2016"], row, "lead_2016")
    register.ledger.make_from(person, row, of_lead)
    posts, unplaced = _posts(row, register, parts, person.iri)
    lead = Post(person=person.iri, body=_iri(row), role=_LEAD, column="lead_2016")
    add_post(lead, row, register, of_lead, notes=(_WHEN, *unplaced))
    for post in posts:
        facts = _LEAD_FACTS - {"organisation"} if post.body == lead.body else _LEAD_FACTS
        add_post(post, row, register, supporting(parts, *facts), notes=(_WHEN,))
    return True


def _posts(row: Row, register: Register, parts: tuple[Origin, ...], person: NamedNode) -> tuple[list[Post], list[str]]:
    """Return the lead's other posts; and, as notes, a role that names no body or a body without a role."""
    bodies = [
        register.body(name, row, "lead_organisation", supporting(parts, "organisation", "lead"))
        for name in _TWO_BODIES.split(row["lead_organisation"])
        if name
    ]
    posts: list[Post] = []
    unplaced: list[str] = []
    for role in row.parts("lead_role", "; "):
        at_partnership = _AT_PARTNERSHIP.fullmatch(role)
        if at_partnership:
            posts.append(Post(person=person, body=_iri(row), role=at_partnership[1], column="lead_role"))
        elif bodies:
            posts += [Post(person=person, body=body, role=role, column="lead_role") for body in bodies]
        else:
            unplaced.append(f"the lead's own role: {role}")
    if bodies and not row["lead_role"]:
        unplaced.append(f"the lead's own organisation: {row['lead_organisation']}")
    return posts, unplaced
