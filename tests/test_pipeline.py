"""The pipeline: documents in, proposals out, in order; what goes wrong with one, and with a process."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import signal
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stpgraph.documents import ReadDocument, Unread, text_hash
from stpgraph.errors import BadData, MissingExtra, StpGraphError
from stpgraph.extraction import pipeline
from stpgraph.extraction.names import Gazetteer
from stpgraph.extraction.pipeline import Proposal, propose
from stpgraph.extraction.processes import in_processes
from stpgraph.extraction.proposals import Findings
from stpgraph.extraction.relationships import Labels
from stpgraph.records import Claim, Evidence, Record

GAZETTEER, LABELS = Gazetteer.of([]), Labels.of([])


def document(name: str, text: str, language: str | None = "en") -> ReadDocument:
    """A document of a text."""
    return ReadDocument(
        name=name, text=text, text_hash=text_hash(text), media_type="text/plain", title=name, language=language
    )


def spoken(number: int) -> ReadDocument:
    """A document in which the speaker of that number says one thing."""
    return document(f"d{number}", f"“The plan number {number} will fail,” said Jo Doe of Anyshire Council.\n")


def read(documents: Iterable[ReadDocument | Unread], jobs: int = 1) -> list[Proposal | Unread]:
    """All that is proposed for documents."""
    return list(propose(documents, gazetteer=GAZETTEER, labels=LABELS, jobs=jobs))


def evidence_words(made: Proposal) -> list[str]:
    """The words of all anchors, in the order of the text."""
    spans = sorted({(one.start, one.end) for one in made.records if isinstance(one, Evidence)})
    return [made.document.text[start:end] for start, end in spans]


# What is read


@pytest.mark.parametrize("jobs", [1, 2])
def test_proposals_come_in_the_order_of_the_documents(jobs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the number of processes, each document's proposal comes in its place, and is the same."""
    monkeypatch.setattr(pipeline, "_MOST", 2)
    documents = [spoken(number) for number in range(9)]
    alone = [read([one])[0] for one in documents]
    assert read(documents, jobs) == alone
    assert [one.name for one in alone if isinstance(one, Proposal)] == [f"undated-d{number}" for number in range(9)]
    assert all(isinstance(one, Proposal) and any(isinstance(r, Claim) for r in one.records) for one in alone)


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_is_no_document_is_passed_on_in_its_place(jobs: int) -> None:
    """A finding among the documents comes out between the proposals of its neighbours."""
    gone = Unread(name="b.pdf", reason="broken", message="it is damaged", mend="get it anew")
    made = read([spoken(1), gone, spoken(2)], jobs)
    assert [type(one) for one in made] == [Proposal, Unread, Proposal]
    assert made[1] == gone


@pytest.mark.parametrize(
    ("language", "is_read"), [("en", True), ("en-GB", True), (None, True), ("cy", False), ("und", False)]
)
def test_english_alone_is_read(language: str | None, is_read: bool) -> None:
    """Another language is told and not read; where the language is not known, the text is."""
    [made] = read([document("a", "“It will fail,” said Jo Doe.\n", language)])
    assert isinstance(made, Proposal) is is_read
    if isinstance(made, Unread):
        assert (made.name, made.reason) == ("a", "not-english")


@pytest.mark.parametrize("text", ["x", "\n\n", "“", "…\n\n“\n", "12%\n", "\u200b \u00a0\n"])
def test_odd_texts_are_read(text: str) -> None:
    """A text with nothing to find in it has a proposal with its document."""
    [made] = read([document("a", text)])
    assert isinstance(made, Proposal)
    assert not [record for record in made.records if isinstance(record, Claim)]


def test_documents_are_taken_as_they_are_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of endless documents only those of one chunk are taken for the first proposal."""
    monkeypatch.setattr(pipeline, "_MOST", 3)
    taken = []

    def endless() -> Iterator[ReadDocument]:
        for number in itertools.count():
            taken.append(number)
            yield spoken(number)

    with closing(propose(endless(), gazetteer=GAZETTEER, labels=LABELS)) as proposals:
        next(proposals)
    assert taken == [0, 1, 2]


def test_the_fault_of_one_document_is_told_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the rules fail on a text, that is its finding, with the place, and the others are read."""

    def failing(reading: object, **_: object) -> Findings:
        if "number 1" in reading.text:  # type: ignore[attr-defined]
            raise KeyError("no such thing")
        return Findings()

    monkeypatch.setattr(pipeline, "find_all", failing)
    made = read([spoken(0), spoken(1), spoken(2)])
    assert [type(one) for one in made] == [Proposal, Unread, Proposal]
    assert isinstance(made[1], Unread)
    assert (made[1].name, made[1].reason) == ("d1", "broken")
    assert "KeyError in test_pipeline.py, line " in made[1].message


def test_a_missing_model_is_told() -> None:
    """A model that is not installed is an error that says what to install, in this process and in others."""
    for jobs in (1, 2):
        with pytest.raises(MissingExtra, match=r"the model no_such_model is not installed; install it, or leave out"):
            list(propose([spoken(1)], gazetteer=GAZETTEER, labels=LABELS, model="no_such_model", jobs=jobs))
    assert multiprocessing.active_children() == []


# Long texts


def test_a_long_text_is_read_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The claims of every part are anchored where they stand in the whole text."""
    text = "“It will fail,” said Jo Doe.\n\n“It may work,” said Kit Poe.\n"
    monkeypatch.setattr(pipeline, "_PART", 30)
    assert list(pipeline._parts(text)) == [(0, 30), (30, 59)]
    [made] = read([document("a", text)])
    assert isinstance(made, Proposal)
    words = [word.strip(",") for word in evidence_words(made)]
    assert words == ["It will fail", "said", "Jo Doe", "It may work", "said", "Kit Poe"]


def test_a_line_without_end_is_read() -> None:
    """A text of one line that is too long for the model is cut at spaces, and read."""
    text = "The plan will fail in the end. " * 36_000
    assert len(text) > 1_000_000
    parts = list(pipeline._parts(text))
    assert "".join(text[start:end] for start, end in parts) == text
    assert all(text[end - 1] == " " for _, end in parts)
    assert max(end - start for start, end in parts) <= 20_000


@given(text=st.text(alphabet="ab \n", max_size=120), part=st.integers(5, 40), paragraph=st.integers(2, 12))
def test_parts_make_up_the_text(text: str, part: int, paragraph: int) -> None:
    """Parts follow each other without a gap, none is empty, and none is longer than a part and a paragraph may be."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "_PART", part)
        patch.setattr(pipeline, "_PARAGRAPH", paragraph)
        parts = list(pipeline._parts(text))
    assert "".join(text[start:end] for start, end in parts) == text
    assert all(0 < end - start < part + paragraph for start, end in parts)


# Processes


def twice(numbers: Sequence[int]) -> Iterator[int]:
    """Work that can be done."""
    for number in numbers:
        yield number * 2


def until_seven(numbers: Sequence[int]) -> Iterator[int]:
    """Work in which the process is killed at 7."""
    for number in numbers:
        if number == 7:
            os.kill(os.getpid(), signal.SIGKILL)
        yield number


def refusing_seven(numbers: Sequence[int]) -> Iterator[int]:
    """Work that raises at 7."""
    for number in numbers:
        if number == 7:
            raise BadData("seven is no number", where="the sevens")
        yield number


def deaf(numbers: Sequence[int]) -> Iterator[int]:
    """Work that never comes to an end."""
    yield from numbers
    signal.pause()


def chunks(until: int) -> Iterator[list[int]]:
    """Numbers from 0, three at a time."""
    for start in range(0, until, 3):
        yield list(range(start, min(start + 3, until)))


def test_results_come_in_the_order_of_what_is_given() -> None:
    """Each thing comes with its result, in order, and no process is left."""
    done = list(in_processes(chunks(20), twice, jobs=3, name_of=str))
    assert done == [(number, number * 2) for number in range(20)]
    assert multiprocessing.active_children() == []


def test_no_more_processes_than_chunks() -> None:
    """A single chunk is worked on by a single process."""
    with closing(in_processes(chunks(3), twice, jobs=4, name_of=str)) as results:
        next(results)
        assert len(multiprocessing.active_children()) == 1


def test_chunks_are_taken_as_they_are_needed() -> None:
    """Of endless chunks only a few are taken ahead of what is handed out."""
    taken = []

    def endless() -> Iterator[list[int]]:
        for number in itertools.count():
            taken.append(number)
            yield [number]

    with closing(in_processes(endless(), twice, jobs=2, name_of=str)) as results:
        assert [next(results) for _ in range(50)][-1] == (49, 98)
        assert len(taken) <= 50 + 2 * 3
    assert multiprocessing.active_children() == []


def test_a_killed_process_is_told_by_its_document() -> None:
    """When a process is killed, the error names what it was at; what was done before has come out."""
    done: list[int] = []
    results = in_processes(chunks(12), until_seven, jobs=2, name_of=lambda number: f"number {number}")
    with pytest.raises(StpGraphError, match=r"^number 7: the process that read it was killed by signal 9"):
        done.extend(number for number, _ in results)
    assert done == list(range(len(done)))
    assert multiprocessing.active_children() == []


def test_an_error_of_a_process_is_raised_here() -> None:
    """What a process raises arrives whole."""
    with pytest.raises(BadData) as raised:
        list(in_processes(chunks(12), refusing_seven, jobs=2, name_of=str))
    assert str(raised.value) == "the sevens: seven is no number"
    assert multiprocessing.active_children() == []


def test_a_process_that_does_not_end_is_ended() -> None:
    """Whoever stops listening leaves no process behind, not even a busy one."""
    with closing(in_processes(chunks(9), deaf, jobs=2, name_of=str)) as results:
        assert next(results) == (0, 0)
        assert len(multiprocessing.active_children()) == 2
    assert multiprocessing.active_children() == []


def test_records_can_be_sent() -> None:
    """What a process proposes arrives as it would be made here, record by record."""
    [here], [there] = read([spoken(3)]), read([spoken(3)], jobs=2)
    assert isinstance(here, Proposal)
    assert isinstance(there, Proposal)
    records: tuple[Record, ...] = there.records
    assert records == here.records
    assert there.findings == here.findings
