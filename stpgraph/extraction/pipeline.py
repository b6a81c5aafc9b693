"""The pipeline: documents in, proposals out, in the order of the documents, whatever the number of processes.

Documents are taken as they are needed and let go when they are done, some thousands of words at a time. Paragraphs are
parsed in batches across documents; what is proposed for a document depends on it alone. A text too long for one parse
is read in parts, cut between paragraphs: a name that one part tells in full is not known in the next.
"""

from __future__ import annotations

import importlib.metadata
import traceback
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, Generic, TypeAlias, TypeVar

from stpgraph.documents import ReadDocument, Unread
from stpgraph.errors import StpGraphError
from stpgraph.extraction.attribution.screening import can_hold_something
from stpgraph.extraction.names import Gazetteer
from stpgraph.extraction.parsing import MODEL, Reading, load_model, read_paragraphs
from stpgraph.extraction.processes import in_processes
from stpgraph.extraction.proposals import (
    Findings,
    Program,
    document_slug,
    find_all,
    joined,
    propose_records,
    without_repeats,
)
from stpgraph.extraction.relationships import Labels
from stpgraph.records import Record

__all__ = ["Proposal", "propose"]

#: About how many characters of text are read at a time; one document at least.
_CHUNK = 30_000
#: The most documents that are read at a time.
_MOST = 32
#: The most characters of a text that are held parsed at a time, and of one paragraph.
_PART, _PARAGRAPH = 400_000, 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What is proposed for one document.

    Attributes:
        name: the document's slug.
        document: what was read.
        findings: what the rules found, with spans and reasons.
        records: the same as records of the graph.
    """

    name: str
    document: ReadDocument
    findings: Findings
    records: tuple[Record, ...]


Other = TypeVar("Other")


@dataclass(frozen=True, slots=True)
class _Aside(Generic[Other]):
    """What is passed on in its place among the documents."""

    thing: Other


#: A document to be read with the name it is to have, or what is passed on.
_Task: TypeAlias = tuple[str, ReadDocument] | _Aside[Any]
_Done: TypeAlias = tuple[Findings, tuple[Record, ...]] | _Aside[Any]


def propose(
    documents: Iterable[ReadDocument | Other],
    *,
    gazetteer: Gazetteer,
    labels: Labels,
    model: str = MODEL,
    jobs: int = 1,
    name_of: Callable[[ReadDocument], str] = document_slug,
) -> Generator[Proposal | Unread | Other, None, None]:
    """Read documents and yield what is proposed for each, in their order.

    Args:
        documents: what was read, taken as needed; anything else among them is passed on in its place.
        gazetteer: the names that the reference knows.
        labels: the words for what may be debated.
        model: the name of an installed model of spaCy.
        jobs: how many processes read; with 1, this one.
        name_of: gives each document its slug, called once for each in their order.

    Returns:
        For each document a proposal, or a finding: that it is not English, or that the rules failed on it.

    Raises:
        MissingExtra: when spaCy or the model is not installed.
        StpGraphError: when a process ends in the middle of a document, which it names.
    """
    reader = _Reader(gazetteer=gazetteer, labels=labels, model=model)
    chunks = _chunks(_tasks(documents, name_of))
    if jobs == 1:
        for chunk in chunks:
            for task, done in zip(chunk, reader(chunk), strict=True):
                yield _whole(task, done)
        return
    for task, done in in_processes(chunks, reader, jobs=jobs, name_of=_name_of):
        yield _whole(task, done)


def _tasks(documents: Iterable[ReadDocument | Any], name_of: Callable[[ReadDocument], str]) -> Iterator[_Task]:
    for document in documents:
        if not isinstance(document, ReadDocument):
            yield _Aside(document)
        elif (document.language or "en").split("-")[0].lower() != "en":
            told = (
                "in no script of ours" if document.language == "und" else f"in another language ({document.language})"
            )
            message = f"it is {told}, and the rules read English"
            mend = "give an English version of it"
            yield _Aside(Unread(name=document.name, reason="not-english", message=message, mend=mend))
        else:
            yield name_of(document), document


def _chunks(tasks: Iterable[_Task]) -> Iterator[list[_Task]]:
    """Put tasks together until they are worth a batch."""
    chunk: list[_Task] = []
    size = 0
    for task in tasks:
        chunk.append(task)
        size += 0 if isinstance(task, _Aside) else len(task[1].text)
        if size >= _CHUNK or len(chunk) >= _MOST:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _name_of(task: _Task) -> str:
    return "the start" if isinstance(task, _Aside) else task[1].name


def _whole(task: _Task, done: _Done) -> Any:
    if isinstance(done, _Aside):
        return done.thing
    assert not isinstance(task, _Aside), "what is passed on comes back as it was given"
    findings, records = done
    return Proposal(name=task[0], document=task[1], findings=findings, records=records)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """Reads some documents at a time; can be sent to another process."""

    gazetteer: Gazetteer
    labels: Labels
    model: str

    def __call__(self, chunk: Sequence[_Task]) -> Iterator[_Done]:
        """Yield what is found in each document of a chunk, in order."""
        parts = [[] if isinstance(task, _Aside) else list(_parts(task[1].text)) for task in chunk]
        texts = (task[1].text[start:end] for task, cuts in _paired(chunk, parts) for start, end in cuts)
        readings = read_paragraphs(texts, model=self.model, is_wanted=can_hold_something)
        programs = self._programs()
        for task, cuts in zip(chunk, parts, strict=True):
            if isinstance(task, _Aside):
                yield task
            else:
                yield self._read(task, cuts, readings, programs)

    def _programs(self) -> tuple[Program, ...]:
        version = str(load_model(self.model).meta.get("version", "unknown"))
        return (
            Program(name="stpgraph", version=importlib.metadata.version("stpgraph")),
            Program(name=PurePath(self.model).name, version=version),
        )

    def _read(
        self,
        task: tuple[str, ReadDocument],
        cuts: Sequence[tuple[int, int]],
        readings: Iterator[Reading],
        programs: Sequence[Program],
    ) -> _Done:
        name, document = task
        parsed = ((start, next(readings)) for start, _ in cuts)
        found: list[tuple[int, Findings]] = []
        fault: Exception | None = None
        for start, reading in parsed:  # all of them in any case, for those of the next document follow
            if fault is None:
                try:
                    found.append((start, self._found(document, reading)))
                except Exception as raised:  # what the rules do to a strange text is told of that text
                    fault = raised
        if fault is None:
            try:
                findings = without_repeats(document.text, joined(found))
                return findings, self._proposed(name, document, findings, programs)
            except Exception as raised:
                fault = raised
        if isinstance(fault, MemoryError):
            raise fault
        return _failed(document, fault)

    def _found(self, document: ReadDocument, reading: Reading) -> Findings:
        return find_all(
            reading,
            gazetteer=self.gazetteer,
            labels=self.labels,
            title=document.title,
            issued=document.issued,
            outlet=document.outlet,
        )

    def _proposed(
        self, name: str, document: ReadDocument, findings: Findings, programs: Sequence[Program]
    ) -> tuple[Record, ...]:
        return propose_records(
            document, findings, name=name, gazetteer=self.gazetteer, labels=self.labels, programs=programs
        )


def _paired(
    chunk: Sequence[_Task], parts: Sequence[list[tuple[int, int]]]
) -> Iterator[tuple[tuple[str, ReadDocument], list[tuple[int, int]]]]:
    for task, cuts in zip(chunk, parts, strict=True):
        if not isinstance(task, _Aside):
            yield task, cuts


def _failed(document: ReadDocument, fault: Exception) -> _Aside[Unread]:
    """Tell that the rules failed on a document, and where in them."""
    if isinstance(fault, StpGraphError):
        what = str(fault)
    else:
        last = traceback.extract_tb(fault.__traceback__)[-1]
        what = f"{type(fault).__name__} in {PurePath(last.filename).name}, line {last.lineno}"
    message, mend = f"the rules failed on it ({what})", "leave it out, and report the fault with the text"
    return _Aside(Unread(name=document.name, reason="broken", message=message, mend=mend))


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the parts of a text begin and end that are parsed at a time: as few as can be, cut at ends of lines.

    A line too long to be a paragraph is cut at a space, too.
    """
    start = last = 0
    while start < len(text):
        end = last = start
        while last < len(text) and last - start < _PART:
            at = text.find("\n", last)
            after = len(text) if at < 0 else at + 1
            if after - last > _PARAGRAPH:
                if end == start:
                    cut = text.rfind(" ", last, last + _PARAGRAPH)
                    end = cut + 1 if cut > last else last + _PARAGRAPH
                break
            end = last = after
        yield start, end
        start = end
