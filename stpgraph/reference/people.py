"""People and the posts they held: the table `people.csv`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from pyoxigraph import NamedNode

from stpgraph.records import Membership, Role
from stpgraph.reference.names import Register, own_part
from stpgraph.reference.origins import Origin, read_origin
from stpgraph.reference.rows import Row
from stpgraph.vocabulary import mint

__all__ = ["PEOPLE_COLUMNS", "Post", "add_people", "add_post", "index_people"]

PEOPLE_COLUMNS = ("name", "aliases", "role", "organisation", "from_year", "to_year", "note", "certainty", "origin")


def index_people(rows: Iterable[Row], register: Register) -> None:
    """Learn the names of the people."""
    for row in rows:
        person = register.person(row.required("name"), row, "name")
        register.people.add(person.iri, person.label, row.parts("aliases", "|"))


def add_people(rows: Iterable[Row], register: Register) -> None:
    """Write people, roles and posts to the ledger.

    Raises:
        BadRow: when a post ends before it begins, or two rows of one post cannot be told apart.
    """
    posts: dict[tuple[NamedNode, NamedNode, str], list[tuple[str, Row]]] = defaultdict(list)
    for row in rows:
        start, end = row.year("from_year"), row.year("to_year")
        if start and end and start > end:
            raise row.bad("to_year", f"comes before from_year {start}; correct one of them")
        parts = read_origin(row, register.documents)
        person = register.person(row["name"], row, "name")
        aliases = person.alt_labels + row.parts("aliases", "|")
        register.ledger.make_from(replace(person, alt_labels=aliases), row, parts)
        body = register.body(row.required("organisation"), row, "organisation", parts)
        posts[person.iri, body, row.slug("role", row.required("role"))].append((start or "", row))
    for (member, body, _), held in posts.items():
        _add_spells(member, body, held, register)


def _add_spells(person: NamedNode, body: NamedNode, held: Sequence[tuple[str, Row]], register: Register) -> None:
    """Write one post, or the same post held several times: the later spells are named with their first year."""
    earlier: str | None = None
    for start, row in sorted(held, key=itemgetter(0)):
        if start == earlier:
            problem = "two rows give this person the same post from the same year; merge them, or tell the years apart"
            raise row.bad("from_year", problem)
        post = Post(
            person=person,
            body=body,
            role=row["role"],
            column="role",
            start=row.year("from_year"),
            end=row.year("to_year"),
            spell=start if earlier is not None else "",
        )
        add_post(post, row, register, read_origin(row, register.documents), notes=row.parts("note", "; "))
        earlier = start


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One person, one body, one role, for a time."""

    person: NamedNode
    body: NamedNode
    role: str
    #: The column that names the role.
    column: str
    start: str | None = None
    end: str | None = None
    #: What sets it apart from an earlier spell in the same post.
    spell: str = ""


def add_post(post: Post, row: Row, register: Register, parts: Iterable[Origin], notes: Iterable[str] = ()) -> None:
    """Write a post to the ledger, `<membership/PERSON-BODY-ROLE>`, and its role."""
    role = row.slug(post.column, post.role)
    register.ledger.code(Role(iri=mint("role", role), label=post.role, scheme=mint("role")))
    name = "-".join(filter(None, (own_part(post.person), own_part(post.body), role, post.spell)))
    register.ledger.make_from(
        Membership(
            iri=mint("membership", name),
            member=post.person,
            organization=post.body,
            role=mint("role", role),
            start_date=post.start,
            end_date=post.end,
            review_status=mint("review-status", row.status),
        ),
        row,
        parts,
        notes=notes,
    )
