"""A run: places to outcomes, one after the other, with the files and the journal that it leaves."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from stpgraph import rdf
from stpgraph.documents import ReadDocument, Unread, find_documents
from stpgraph.documents.places import LARGEST, Place
from stpgraph.errors import OutputError, UsageError
from stpgraph.extraction.parsing import MODEL
from stpgraph.extraction.pipeline import Proposal, propose
from stpgraph.extraction.proposals import document_slug
from stpgraph.reading.journal import JOURNAL, Journal, Line
from stpgraph.reading.known import load_gazetteer, load_known, load_labels
from stpgraph.reading.outcomes import Counts, Outcome, Stated
from stpgraph.records import check_iso_date
from stpgraph.turtle import to_turtle, write_file

__all__ = ["read"]

#: The hash of the text of the one document that a file of proposals holds.
_HASH = re.compile(rb"a stp:Document ;.*?stp:textHash \"([0-9a-f]{64})\"", re.DOTALL)


def read(
    places: Iterable[Place],
    *,
    output: Path | None = None,
    texts: Path | None = None,
    jobs: int = 1,
    model: str = MODEL,
    reference: Sequence[Path] = (),
    resume: bool = False,
    stated: Stated | None = None,
    standard_input: BinaryIO | None = None,
) -> Iterator[Outcome]:
    """Read documents, and yield what became of each, in their order.

    Args:
        places: files, folders, archives, `-` for standard input.
        output: a folder for the proposals, one file a document; without it they are in the outcomes.
        texts: a folder for the normalised texts, each under the name of its proposals.
        jobs: how many processes read.
        model: the name of an installed model of spaCy.
        reference: the user's own reference facts: files of Turtle, or folders of them.
        resume: leave what an earlier run into the same folder has read.
        stated: what the only document does not say of itself.
        standard_input: what `-` stands for; by default the process's own.

    Raises:
        UsageError: when the arguments make no sense.
        MissingExtra: when a library is not installed.
        OutputError: when a folder cannot be written to.
    """
    told = _checked(stated or Stated(), jobs=jobs, output=output, resume=resume)
    known = load_known(reference)
    gazetteer, labels = load_gazetteer(known), load_labels(known)
    folders = _Folders(output, texts, _journal(output, resume=resume))
    documents = told.only_one(find_documents(places, largest=LARGEST, standard_input=standard_input))
    proposals: Generator[Proposal | Unread | Outcome, None, None] = propose(
        folders.fresh(documents), gazetteer=gazetteer, labels=labels, model=model, jobs=jobs, name_of=folders.name_of
    )
    try:
        with closing(proposals):  # so that no process is left behind
            for made in proposals:
                yield folders.keep(made) if isinstance(made, Proposal | Unread) else made
        folders.finish()
    finally:
        folders.close()


def _checked(stated: Stated, *, jobs: int, output: Path | None, resume: bool) -> Stated:
    if jobs < 1:
        raise UsageError(f"{jobs} processes cannot read; expected 1 or more")
    if resume and output is None:
        raise UsageError("a run goes on in the folder that it writes to; name it with -o")
    if stated.issued is not None:
        check_iso_date(stated.issued, where="the date of the document")
    return stated


def _journal(output: Path | None, *, resume: bool) -> Journal | None:
    if output is None:
        return None
    if output.exists() and not output.is_dir():
        raise OutputError("this is a file; expected a folder to write to", where=str(output))
    return Journal.to_resume(output / JOURNAL) if resume else Journal(output / JOURNAL)


@dataclass(slots=True)
class _Folders:
    """Where a run writes to, and what it has named so far.

    Attributes:
        output: the folder of proposals.
        texts: the folder of texts.
        journal: of the folder of proposals.
        named: the documents that have a name and no file yet, by slug: the hashes of their texts. Without a folder,
            all documents of the run.
    """

    output: Path | None
    texts: Path | None
    journal: Journal | None
    named: dict[str, str] = field(default_factory=dict)

    def fresh(self, documents: Iterable[ReadDocument | Unread]) -> Iterator[ReadDocument | Unread | Outcome]:
        """Yield what is still to be read; in place of what an earlier run has read, that it has."""
        for document in documents:
            earlier = self._earlier(document) if isinstance(document, ReadDocument) else None
            yield document if earlier is None else earlier

    def _earlier(self, document: ReadDocument) -> Outcome | None:
        if self.journal is None or self.output is None:
            return None
        line = Line(name=document.name, text_hash=document.text_hash)
        earlier = self.journal.earlier.get(line.key)
        if earlier is None or earlier.file is None or not self.journal.has(line):
            return None
        if not (self.output / earlier.file).is_file():
            return None
        if self.texts is not None and not (self.texts / earlier.file).with_suffix(".txt").is_file():
            return None
        return Outcome(name=document.name, is_earlier=True, file=self.output / earlier.file, counts=earlier.counts)

    def name_of(self, document: ReadDocument) -> str:
        """Name a document; with the start of its hash where another text has the name."""
        name = document_slug(document)
        if self._is_anothers(name, document.text_hash):
            name = document_slug(document, is_hashed=True)
        self.named[name] = document.text_hash
        return name

    def _is_anothers(self, name: str, text_hash: str) -> bool:
        if name in self.named:
            return self.named[name] != text_hash
        text = self.texts / f"{name}.txt" if self.texts is not None else None
        if text is not None and text.exists() and hashlib.sha256(text.read_bytes()).hexdigest() != text_hash:
            return True
        path = self.output / f"{name}.ttl" if self.output is not None else None
        if path is None or not path.exists():
            return False
        found = _HASH.search(path.read_bytes())
        return found is None or found[1].decode() != text_hash

    def keep(self, made: Proposal | Unread) -> Outcome:
        """Write what is proposed for a document, then tell the journal."""
        if isinstance(made, Unread):
            if self.journal is not None:
                self.journal.add(Line(name=made.name, unread=made))
            return Outcome(name=made.name, unread=made)
        counts = Counts.of(made)
        turtle = to_turtle(triple for record in made.records for triple in rdf.to_triples(record))
        if self.texts is not None:
            write_file(self.texts / f"{made.name}.txt", made.document.text.encode("utf-8"))
        if self.output is None or self.journal is None:
            return Outcome(name=made.document.name, counts=counts, turtle=turtle, proposal=made)
        file = self.output / f"{made.name}.ttl"
        write_file(file, turtle)
        self.named.pop(made.name, None)
        document = made.document
        self.journal.add(
            Line(
                name=document.name,
                text_hash=document.text_hash,
                file=file.name,
                counts=counts,
                remarks=document.remarks,
            )
        )
        return Outcome(
            name=document.name, counts=counts, file=file, proposal=made, outdated=self._outdated(document.name, file)
        )

    def _outdated(self, name: str, file: Path) -> Path | None:
        """Return the file of proposals for an earlier text of a document, which a person may have worked on."""
        earlier = self.journal.earlier.get(Line(name=name).key) if self.journal is not None else None
        if earlier is None or earlier.file is None or earlier.file == file.name:
            return None
        path = file.with_name(earlier.file)
        return path if path.is_file() else None

    def finish(self) -> None:
        """Bring the journal to its end."""
        if self.journal is not None:
            self.journal.finish()

    def close(self) -> None:
        """Let go of the journal."""
        if self.journal is not None:
            self.journal.close()
