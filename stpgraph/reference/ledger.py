"""What rows state, gathered by node and by status, and shared out to files.

A fact's file is its status. A node that several rows make stands once, in the accepted file where one of them
is accepted; what only others add to it follows as bare facts in the proposed file. No triple stands in two files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields, replace
from typing import Any, TypeVar

from pyoxigraph import NamedNode, Triple

from stpgraph.errors import BadRow
from stpgraph.rdf import to_triples
from stpgraph.records import (
    Collective,
    Concept,
    Dataset,
    Measure,
    Membership,
    Organisation,
    Partnership,
    Person,
    Record,
    Report,
    Statistic,
    Study,
)
from stpgraph.reference.origins import GENERAL, Origin, iris
from stpgraph.reference.rows import Row, Status, split_notes
from stpgraph.vocabulary import mint

__all__ = ["Ledger", "ReferenceFile"]

_R = TypeVar("_R", bound=Record)

#: The files by the name of their graph, what they hold, and the records that stand in them.
_FILES: dict[str, tuple[str, tuple[type[Record], ...]]] = {
    "partnerships": ("Partnerships", (Partnership,)),
    "organisations": ("Organisations", (Organisation,)),
    "people": ("People and their posts", (Person, Membership)),
    "reports": ("Reports, studies and their figures", (Report, Study, Collective, Measure, Statistic)),
}

#: What a file's title says of its status.
_TITLES = {
    Status.ACCEPTED: "{}: what sources state",
    Status.PROPOSED: "{}: what rests at least in part on general knowledge",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceFile:
    """What one file of the reference holds."""

    name: str
    dataset: Dataset
    #: Nodes whose class and label stand in this file, by IRI.
    records: tuple[Record, ...]
    #: Further facts of nodes whose class and label stand in another.
    facts: tuple[Triple, ...]

    def triples(self) -> Iterator[Triple]:
        """Yield all of it."""
        for record in (self.dataset, *self.records):
            yield from to_triples(record)
        yield from self.facts


@dataclass(slots=True)
class _Entry:
    """What is known of one node: as rows make it, and as rows merely name it."""

    made: dict[Status, Record] = field(default_factory=dict)
    named: dict[Status, Record] = field(default_factory=dict)
    where: str = ""


class Ledger:
    """Records in, files out."""

    def __init__(self) -> None:
        self._entries: dict[NamedNode, _Entry] = {}
        self._codes: dict[NamedNode, Concept] = {}

    def make(self, record: Record, status: Status, row: Row) -> None:
        """Note a node that a row is there to make, with the facts that have this status.

        Raises:
            BadRow: when an earlier row says otherwise of a thing that has but one value.
        """
        self._put("made", record, status, row)

    def make_from(self, record: _R, row: Row, parts: Iterable[Origin], notes: Iterable[str] = (), **known: Any) -> None:
        """Note a node with its sources and notes, which have the row's status unless they are general knowledge.

        Args:
            record: the node without them.
            row: the row that makes it.
            parts: what it comes from.
            notes: what to note of it, in parts.
            known: further fields of the record, which are general knowledge whatever the row's certainty.
        """
        parts = tuple(parts)
        stated, general = split_notes(notes)
        self._note_codes(parts)
        named = [part for part in parts if not part.is_general]
        self.make(replace(record, sources=iris(named), notes=stated), row.status, row)
        if general or any(known.values()) or len(named) < len(parts):
            self.code(GENERAL)
            self.make(replace(record, sources=(GENERAL.iri,), notes=general, **known), Status.PROPOSED, row)

    def name(self, record: Record, row: Row, parts: Iterable[Origin]) -> None:
        """Note a node that a row names in passing: it counts where no other row of that status makes it."""
        parts = [part for part in parts if row.status is Status.PROPOSED or not part.is_general]
        self._note_codes(parts)
        self._put("named", replace(record, sources=iris(parts)), row.status, row)

    def code(self, concept: Concept) -> None:
        """Note a code: it stands in the first file that uses it, accepted ones first."""
        earlier = self._codes.get(concept.iri)
        self._codes[concept.iri] = _merged(earlier, concept, where="") if earlier else concept

    def _note_codes(self, parts: Iterable[Origin]) -> None:
        for part in parts:
            if part.concept:
                self.code(part.concept)

    def _put(self, kind: str, record: Record, status: Status, row: Row) -> None:
        entry = self._entries.setdefault(record.iri, _Entry())
        entry.where = row.where
        held: dict[Status, Record] = getattr(entry, kind)
        held[status] = _merged(held[status], record, where=row.where) if status in held else record

    def files(self) -> tuple[ReferenceFile, ...]:
        """Share everything out.

        Raises:
            BadRow: when an accepted and a proposed row contradict each other where only one can be right.
        """
        records: dict[tuple[Status, str], list[Record]] = {(s, name): [] for s in Status for name in _FILES}
        facts: dict[tuple[Status, str], list[Triple]] = {key: [] for key in records}
        for _, entry in sorted(self._entries.items(), key=lambda item: item[0].value):
            accepted, whole = _settled(entry)
            name = next(name for name, (_, classes) in _FILES.items() if isinstance(whole, classes))
            if accepted:
                records[Status.ACCEPTED, name].append(accepted)
                stated = set(to_triples(accepted))
                facts[Status.PROPOSED, name] += [t for t in to_triples(whole) if t not in stated]
            else:
                records[Status.PROPOSED, name].append(whole)
        unplaced = dict(self._codes)
        for key, made in records.items():
            used = {t.object for record in made for t in to_triples(record)} | {t.object for t in facts[key]}
            made += [unplaced.pop(iri) for iri in sorted(unplaced, key=str) if iri in used]
        return tuple(_file(name, s, records[s, name], facts[s, name]) for s in Status for name in _FILES)


def _file(name: str, status: Status, records: list[Record], facts: list[Triple]) -> ReferenceFile:
    full_name = name if status is Status.ACCEPTED else f"{name}-{status}"
    dataset = Dataset(
        iri=mint("graph", "reference", full_name),
        title=_TITLES[status].format(_FILES[name][0]),
        review_status=mint("review-status", status),
    )
    records.sort(key=lambda record: record.iri.value)
    return ReferenceFile(name=full_name, dataset=dataset, records=tuple(records), facts=tuple(facts))


def _settled(entry: _Entry) -> tuple[Record | None, Record]:
    """Return a node as accepted, if it is, and as a whole."""
    found: dict[Status, Record] = {}
    for status in Status:
        made, named = entry.made.get(status), entry.named.get(status)
        if named and (made or found):
            named = replace(named, sources=())
        if made or named:
            both = [record for record in (made, named) if record]
            found[status] = _merged(both[0], both[-1], where=entry.where)
    accepted, proposed = found.get(Status.ACCEPTED), found.get(Status.PROPOSED)
    if accepted and proposed:
        return accepted, _merged(accepted, proposed, where=entry.where)
    return accepted, accepted or found[Status.PROPOSED]


def _merged(first: _R, second: Record, *, where: str) -> _R:
    """Return one record with what both say; a second label becomes an alternative one, where there are such."""
    values: dict[str, Any] = {}
    spare: tuple[str, ...] = ()
    for f in fields(first):
        one, other = getattr(first, f.name), getattr(second, f.name)
        if isinstance(one, tuple):
            values[f.name] = one + other
        elif one is None or one == other or f.name == "review_status":
            values[f.name] = other if one is None else _best(one, other)
        elif other is None:
            values[f.name] = one
        elif f.name == "label" and hasattr(first, "alt_labels"):
            values[f.name], spare = one, (other,)
        else:
            raise BadRow(
                f"{f.name} of <{first.iri.value}> is {_shown(one)} in another row and {_shown(other)} here; "
                "correct one of them",
                where=where,
            )
    if "alt_labels" in values:
        values["alt_labels"] = tuple(text for text in values["alt_labels"] + spare if text != values["label"])
    return type(first)(**values)


def _best(one: Any, other: Any) -> Any:
    """Return the review status of a node that one row accepts and another proposes: accepted."""
    accepted = mint("review-status", Status.ACCEPTED)
    return accepted if accepted in {one, other} else one


def _shown(value: Any) -> str:
    return f"<{value.value}>" if isinstance(value, NamedNode) else repr(value)
