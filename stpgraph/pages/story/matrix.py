"""Who is for and who against what: bodies across, relationships down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stpgraph.networks.evidence import Evidence, Thing
from stpgraph.pages.story.counting import Tally, spoken_for, tally, with_room

__all__ = ["Matrix", "MatrixRow", "make_matrix"]

#: The most bodies and relationships that have a column or row of their own.
_MOST = 16

#: Stands for those that have none.
_OTHERS = Thing(iri="", label="", short_label="", kind="")


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """A relationship, with a tally for each body; None where a body says nothing of it."""

    label: str
    cells: tuple[Tally | None, ...]
    total: Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Relationships by bodies.

    Attributes:
        heads: the bodies: short name and full name.
        rows: one each relationship.
        other_bodies: how many bodies share the last column; 0 where it is a body's own.
        other_topics: how many relationships share the last row; likewise.
    """

    heads: tuple[tuple[str, str], ...]
    rows: tuple[MatrixRow, ...]
    other_bodies: int
    other_topics: int

    @property
    def cells(self) -> list[Tally]:
        """The cells that hold claims."""
        return [cell for row in self.rows for cell in row.cells if cell]


def make_matrix(claims: Sequence[Evidence]) -> Matrix:
    """Put claims into a matrix; what is beyond the most that a page can hold is gathered as others."""
    cells: dict[tuple[Thing, Thing], dict[str, Evidence]] = {}
    for one in claims:
        for body, _ in spoken_for(one).values():
            for topic in one.topics:
                cells.setdefault((topic.thing, _plain(body)), {})[one.iri] = one
    topics, other_topics = _most(cells, 0)
    bodies, other_bodies = _most(cells, 1)
    gathered: dict[tuple[Thing, Thing], dict[str, Evidence]] = {}
    for (about, by), behind in cells.items():
        place = (about if about in topics else _OTHERS, by if by in bodies else _OTHERS)
        gathered.setdefault(place, {}).update(behind)
    columns = [*bodies, *([_OTHERS] if other_bodies else [])]
    rows = [_row(gathered, topic, columns, other_topics) for topic in (*topics, *([_OTHERS] if other_topics else []))]
    heads = [(body.short_label, body.label) if body != _OTHERS else _others(other_bodies) for body in columns]
    return Matrix(heads=tuple(heads), rows=tuple(rows), other_bodies=other_bodies, other_topics=other_topics)


def _plain(thing: Thing) -> Thing:
    return Thing(iri=thing.iri, label=thing.label, short_label=thing.short_label, kind="")


def _most(cells: dict[tuple[Thing, Thing], dict[str, Evidence]], side: int) -> tuple[list[Thing], int]:
    """Return those of a side that have most claims, and how many others there are."""
    behind: dict[Thing, set[str]] = {}
    for place, claims in cells.items():
        behind.setdefault(place[side], set()).update(claims)
    ordered = sorted(behind, key=lambda thing: (-len(behind[thing]), thing.label, thing.iri))
    room = list(with_room(ordered, _MOST))
    return room, len(ordered) - len(room)


def _row(
    cells: dict[tuple[Thing, Thing], dict[str, Evidence]], topic: Thing, columns: Sequence[Thing], other_topics: int
) -> MatrixRow:
    label = topic.label if topic != _OTHERS else _others(other_topics)[1]
    behind = [cells.get((topic, body)) for body in columns]
    total = {iri: one for claims in behind if claims for iri, one in claims.items()}
    return MatrixRow(
        label=label,
        cells=tuple(tally(label, list(claims.values())) if claims else None for claims in behind),
        total=tally(label, list(total.values())),
    )


def _others(count: int) -> tuple[str, str]:
    return f"{count} others", f"{count} others"
