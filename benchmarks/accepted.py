"""The graph that ships as a gold set: what a person accepted in the articles that it was read from.

Articles' texts are not part of the project; where they are at hand the spans of the graph tell what stands where.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from pyoxigraph import NamedNode

from benchmarks.annotated import GoldClaim, GoldDocument, GoldFigure
from stpgraph.documents import find_texts
from stpgraph.extraction.spans import Span
from stpgraph.rdf import from_triples
from stpgraph.records import (
    Claim,
    Collective,
    Document,
    Evidence,
    Membership,
    Organisation,
    Partnership,
    Person,
    Record,
    Role,
    Statistic,
)
from stpgraph.resources import folder
from stpgraph.turtle import read_turtle
from stpgraph.vocabulary import local_name, mint

__all__ = ["read_accepted"]

#: What the graph links instead of pointing to words.
_UNJUDGED = frozenset({"comes_from", "population", "nested_in"})

_Kind = TypeVar("_Kind", bound=Record)


def read_accepted(texts: Path) -> list[GoldDocument]:
    """Read those documents of the graph that ships whose texts a folder holds, by their hash.

    Args:
        texts: a folder of normalised texts.

    Returns:
        The documents in the order of their names; none where the folder has none of their texts.
    """
    by_hash = {text.hash: text.text for text in find_texts(texts)}
    graph = folder("graph")
    known = _Known(_records(*sorted((graph / "reference").glob("*.ttl"))))
    read = [_records(file) for file in sorted((graph / "documents").glob("*.ttl"))]
    return [
        _Reading(known, records, by_hash[document.text_hash]).document(document)
        for records in read
        for document in records
        if isinstance(document, Document) and document.text_hash in by_hash
    ]


def _records(*files: Path) -> list[Record]:
    """Read the records of some files together, for one file may add names to another's things."""
    return from_triples(triple for file in files for triple in read_turtle(file))[0]


class _Known:
    """Records by their IRI."""

    def __init__(self, records: Iterable[Record]) -> None:
        self.by_iri = {record.iri: record for record in records}

    def get(self, iri: NamedNode, kind: type[_Kind]) -> _Kind:
        record = self.by_iri[iri]
        if not isinstance(record, kind):
            raise TypeError(f"{iri.value} is a {type(record).__name__}, not a {kind.__name__}")
        return record

    def names(self, iri: NamedNode) -> tuple[str, ...]:
        """Return what a person, body or group goes by."""
        record = self.by_iri[iri]
        if not isinstance(record, Person | Organisation | Partnership | Collective | Role):
            raise TypeError(f"{iri.value} is a {type(record).__name__}, which claims nothing")
        return (record.label, *record.alt_labels)


class _Reading:
    """One document of the graph."""

    def __init__(self, known: _Known, records: list[Record], text: str) -> None:
        self._known = known
        self._own = _Known(records)
        self._text = text

    def document(self, document: Document) -> GoldDocument:
        records = list(self._own.by_iri.values())
        claims = sorted((each for each in records if isinstance(each, Claim)), key=self._start)
        figures = sorted((each for each in records if isinstance(each, Statistic)), key=self._start)
        made_by = {iri: at for at, claim in enumerate(claims) for iri in claim.gives}
        return GoldDocument(
            name=local_name(document.iri).partition("/")[2],
            half="accepted",
            kind="accepted",
            text=self._text,
            title=document.title,
            date=document.issued,
            is_invented=False,
            claims=tuple(map(self._claim, claims)),
            figures=tuple(self._figure(figure, made_by.get(figure.iri)) for figure in figures),
            repeats=tuple(self._spans(iri for claim in claims for iri in claim.also_at)),
            unjudged=_UNJUDGED,
        )

    def _start(self, record: Claim | Statistic) -> Span:
        return min(self._spans(record.evidence))

    def _spans(self, evidence: Iterable[NamedNode]) -> Iterator[Span]:
        for iri in evidence:
            place = self._own.get(iri, Evidence)
            yield Span(place.start, place.end)

    def _claim(self, claim: Claim) -> GoldClaim:
        source = min(self._spans(claim.named_at), default=None)
        return GoldClaim(
            content=tuple(sorted(self._spans(claim.evidence))),
            source=source,
            cue=min(self._spans(claim.cue_at), default=None),
            kind=_slug(claim.attribution),
            claimants=tuple(self._claimant(iri, source) for iri in claim.claimants),
            speaking_as=tuple(self._posts(claim.speaking_as)) if claim.speaking_as else (),
            relationships=frozenset(map(_slug, claim.about)),
            stance=_slug(claim.stance) if claim.stance is not None else "",
            act=_slug(claim.speech_act),
            modality=_slug(claim.modality) if claim.modality else None,
        )

    def _claimant(self, iri: NamedNode, source: Span | None) -> tuple[str, ...]:
        """Return the names of a claimant; a group, which the graph labels in its own words, also goes by the text's."""
        names = self._known_names(iri)
        is_group = iri.value.startswith(mint("collective").value + "/")
        return (*names, source.of(self._text)) if is_group and source else names

    def _known_names(self, iri: NamedNode) -> tuple[str, ...]:
        return (self._own if iri in self._own.by_iri else self._known).names(iri)

    def _posts(self, iri: NamedNode) -> Iterator[str]:
        """Yield what a post may be called."""
        post = (self._own if iri in self._own.by_iri else self._known).get(iri, Membership)
        for role in self._known_names(post.role):
            for body in self._known_names(post.organization):
                yield f"{role} of {body}"

    def _figure(self, figure: Statistic, of_claim: int | None) -> GoldFigure:
        comparator = _slug(figure.comparator)
        is_range = comparator == "between"
        return GoldFigure(
            words=min(self._spans(figure.evidence)),
            comparator=comparator,
            value=None if is_range or figure.value is None else float(figure.value),
            lowest=float(figure.lowest) if is_range and figure.lowest is not None else None,
            highest=float(figure.highest) if is_range and figure.highest is not None else None,
            unit=figure.unit.value.rpartition("/")[2].removeprefix("CCY_"),
            numerator=figure.numerator,
            denominator=figure.denominator,
            of_claim=of_claim,
        )


def _slug(code: NamedNode) -> str:
    return local_name(code).rpartition("/")[2]
