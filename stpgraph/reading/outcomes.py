"""What reading one document comes to, and what a user states that a document does not say."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from stpgraph.documents import ReadDocument, Unread
from stpgraph.errors import UsageError
from stpgraph.extraction.pipeline import Proposal
from stpgraph.records import Claim, IsoDate, Record, Statistic

__all__ = ["Counts", "Outcome", "Stated"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much is proposed.

    Attributes:
        claims: things said.
        with_claimant: those whose claimant is known.
        with_relationship: those of which it is known what they are about.
        figures: statistics.
        left_out: figures found in units that the graph does not hold.
    """

    claims: int = 0
    with_claimant: int = 0
    with_relationship: int = 0
    figures: int = 0
    left_out: int = 0

    @classmethod
    def of(cls, proposal: Proposal) -> Counts:
        """Count what is proposed for a document."""
        figures = _count(proposal.records, Statistic)
        claims = [record for record in proposal.records if isinstance(record, Claim)]
        return cls(
            claims=len(claims),
            with_claimant=sum(bool(claim.claimants) for claim in claims),
            with_relationship=sum(bool(claim.about) for claim in claims),
            figures=figures,
            left_out=len(proposal.findings.figures) - figures,
        )

    def __add__(self, other: Counts) -> Counts:
        """Return the counts of two together."""
        sums = {f.name: getattr(self, f.name) + getattr(other, f.name) for f in dataclasses.fields(self)}
        return Counts(**sums)


def _count(records: Iterable[Record], kind: type[Record]) -> int:
    return sum(isinstance(record, kind) for record in records)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one file.

    Attributes:
        name: the document's name.
        counts: how much is proposed for it; where an earlier run had read it, what that run told.
        unread: why it was not read; None where it was.
        is_earlier: whether an earlier run had read it, and it was left as it is.
        file: where the proposals are, where a folder was given.
        turtle: the proposals themselves, where none was given.
        proposal: all that was found, for those who want to know why; None for what was not read in this run.
        outdated: the proposals for an earlier text of the same document, where a run that goes on finds some.
    """

    name: str
    counts: Counts = Counts()
    unread: Unread | None = None
    is_earlier: bool = False
    file: Path | None = None
    turtle: bytes | None = None
    proposal: Proposal | None = None
    outdated: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What a user states of a document that it does not say, or says wrongly.

    Attributes:
        title: its headline.
        outlet: who published it.
        authors: who wrote it.
        issued: when it was published, as precisely as known.
    """

    title: str | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    issued: IsoDate | None = None

    def __bool__(self) -> bool:
        """Say whether anything is stated."""
        return any((self.title, self.outlet, self.authors, self.issued))

    def of(self, document: ReadDocument) -> ReadDocument:
        """Return a document with what is stated of it."""
        return dataclasses.replace(
            document,
            title=self.title or document.title,
            outlet=self.outlet or document.outlet,
            authors=self.authors or document.authors,
            issued=self.issued or document.issued,
        )

    def only_one(self, documents: Iterable[ReadDocument | Unread]) -> Iterable[ReadDocument | Unread]:
        """Yield documents with what is stated of the only one that there may be.

        Raises:
            UsageError: when there is a second one, before the first is handed on.
        """
        if not self:
            yield from documents
            return
        every = []
        for document in documents:
            every.append(document)
            if sum(isinstance(each, ReadDocument) for each in every) > 1:
                raise UsageError(
                    "title, outlet, author and date can be stated of one document; read this one by itself",
                    where=document.name,
                )
        yield from (self.of(each) if isinstance(each, ReadDocument) else each for each in every)
