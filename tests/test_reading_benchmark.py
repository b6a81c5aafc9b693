"""Measuring reading: each part, run on a few documents, gives numbers of the right kind."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import reading
from benchmarks.reading import (
    invented_documents,
    main,
    measure_folder,
    measure_jobs,
    measure_memory,
    measure_screening,
    measure_speed,
    pack,
)
from stpgraph.documents import ReadDocument, find_documents


def test_one_seed_makes_the_same_documents() -> None:
    """The same seed gives the same texts, another one others; each has a title and the paragraphs asked for."""
    texts = list(invented_documents(5, paragraphs=3))
    assert texts == list(invented_documents(5, paragraphs=3))
    assert texts != list(invented_documents(5, paragraphs=3, seed=1))
    assert [text.count("\n\n") for text in texts] == [3] * 5


def test_speed_is_words_a_second_beside_a_plain_parse() -> None:
    """Both sides have a speed, and of one round the ratio is that of the two."""
    found = measure_speed(2, rounds=1)
    ours, plain = found["words a second, reading"], found["words a second, plain parse"]
    assert ours > 0 < plain
    assert found["reading / plain parse"] == pytest.approx(ours / plain)


def test_two_processes_are_held_against_one() -> None:
    """The ratio is a positive number."""
    assert measure_jobs(2, rounds=1)["two processes / one"] > 0


def test_screening_leaves_some_text_and_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a text with an idle paragraph the share of that paragraph is told; no claim and no figure is lost with it."""
    idle = "The hall is old."
    telling = "Jo Doe said that the plan would fail."
    (tmp_path / "a.txt").write_text(f"{telling}\n\n{idle}\n", encoding="utf-8")
    monkeypatch.setattr(reading, "_GOLD", tmp_path)
    assert measure_screening(0) == {
        "share of text": pytest.approx(16 / (16 + 37)),
        "claims": 1,
        "claims lost": 0,
        "figures lost": 0,
    }


def test_a_folder_of_all_kinds_comes_to_what_it_should() -> None:
    """Of one file of each kind in turn, what was read and what was not is as expected, with the seconds it took."""
    found = measure_folder(27, jobs=1)
    assert found["found"] == {"broken": 1, "empty": 1, "encrypted": 1, "read": 24}
    assert found["as expected"] is True
    assert found["files of proposals"] == 24
    assert found["seconds"] > 0


def test_documents_are_packed_once_and_differ(tmp_path: Path) -> None:
    """Twenty archives hold all documents, a twentieth each, and no text twice."""
    archives = pack(tmp_path / "archives", 60)
    assert len(archives) == 20
    read = list(find_documents(archives))
    assert all(isinstance(document, ReadDocument) for document in read)
    assert len(read) == 60
    assert len(list(find_documents(archives[:1]))) == 3


def test_memory_is_that_of_reading_into_a_folder(tmp_path: Path) -> None:
    """Every document has a file and a line in the journal; seconds and a peak as a language model has are told."""
    found = measure_memory(pack(tmp_path / "archives", 20), tmp_path / "out")
    assert found["documents"] == 20
    assert len(list((tmp_path / "out").glob("*.ttl"))) == 20
    assert len((tmp_path / "out" / "read.jsonl").read_text(encoding="utf-8").splitlines()) == 20
    assert found["claims"] > 0
    assert found["figures"] > 0
    assert found["seconds"] > 0
    assert 50 < found["peak MB"] < 10_000


def test_the_command_prints_few_beside_many(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A twentieth of the documents and all of them are measured, printed as JSON and written to the file."""
    main(["--only", "memory", "--many", "40", "--json", str(tmp_path / "found.json")])
    printed = json.loads(capsys.readouterr().out)
    assert {name: found["documents"] for name, found in printed.items()} == {"memory, few": 2, "memory, many": 40}
    assert json.loads((tmp_path / "found.json").read_text(encoding="utf-8")) == printed


def test_an_unknown_part_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """A part that is not there is told with those that are."""
    with pytest.raises(SystemExit):
        main(["--only", "taste"])
    assert "no part is called 'taste'; there are speed, jobs, screening, folder, memory" in capsys.readouterr().err
