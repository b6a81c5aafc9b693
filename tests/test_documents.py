"""Texts: their one normalised form, and the hashes that evidence is held to."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stpgraph.documents import find_texts, normalise, read_text, text_hash
from stpgraph.errors import SourceTextError
from tests.strategies import texts

BOM = b"\xef\xbb\xbf"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        (b"a\r\nb\rc\nd\r\n", "a\nb\nc\nd\n"),
        (b"a\r\r\nb\n\r", "a\n\nb\n\n"),
        (BOM + b"a", "a"),
        (BOM, ""),
        (BOM + BOM + b"a", "\ufeffa"),
        (b"a" + BOM, "a\ufeff"),
        ("“15%” – £5\u00a0bn é e\u0301".encode(), "“15%” – £5\u00a0bn é e\u0301"),
        (b"  a \t\n\n\n b  ", "  a \t\n\n\n b  "),
        ("a\u2028b\x0bc\x0cd\x85e".encode(), "a\u2028b\x0bc\x0cd\x85e"),
    ],
)
def test_line_ends_and_the_first_mark_change_and_nothing_else(data: bytes, text: str) -> None:
    """CR and CRLF become LF, one byte order mark at the start goes; spaces, accents and other line ends stay."""
    assert normalise(data) == text


@given(texts)
def test_normalising_is_done_once(text: str) -> None:
    """What is normal stays as it is, but for a mark at its start."""
    once = normalise(text.encode())
    assert "\r" not in once
    assert normalise(BOM + once.encode()) == once


@given(st.binary(max_size=40))
def test_any_bytes_are_a_text_or_an_error_of_ours(data: bytes) -> None:
    """Bytes that are no UTF-8 are a SourceTextError, and nothing else is raised."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        with pytest.raises(SourceTextError, match=r"^the text: byte "):
            normalise(data)
    else:
        assert normalise(data) == text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize(("data", "place"), [(b"ab\xffc", 2), (BOM + b"ab\xffc", 5), (b"\x80", 0), (b"caf\xe9", 3)])
def test_a_byte_that_is_not_utf8_is_told_by_its_place(data: bytes, place: int) -> None:
    """The place counts bytes of the file, its byte order mark among them."""
    with pytest.raises(SourceTextError) as caught:
        normalise(data, where="a.txt")
    assert str(caught.value) == f"a.txt: byte {place} is not UTF-8; save the text as UTF-8 and try again"


def test_hashes() -> None:
    """A hash is the SHA-256 of the text's UTF-8: the published one for the empty text, and for `abc`."""
    assert text_hash("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert text_hash("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert text_hash("é") != text_hash("e\u0301")


def test_a_file_is_read(tmp_path: Path) -> None:
    """A text has its path, its length in code points, and the hash of its normalised form."""
    path = tmp_path / "a.txt"
    path.write_bytes(BOM + "a\U0001f600\r\n".encode())
    read = read_text(path)
    assert (read.path, read.text, len(read)) == (path, "a\U0001f600\n", 3)
    assert read.hash == text_hash("a\U0001f600\n")


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    """A missing file, and a folder, are errors of ours with the path."""
    for path, why in ((tmp_path / "none.txt", "No such file or directory"), (tmp_path, "Is a directory")):
        with pytest.raises(SourceTextError) as caught:
            read_text(path)
        assert str(caught.value) == f"{path}: cannot read the text: {why}; check the path"


def test_texts_are_found_in_order(tmp_path: Path) -> None:
    """Every `.txt` below a folder is read, by path; other files are not."""
    for name in ("b.txt", "a/c.txt", "a.txt", "notes.md"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(name, encoding="utf-8")
    assert [text.text for text in find_texts(tmp_path)] == ["a/c.txt", "a.txt", "b.txt"]


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    """A folder that is not there is an error, and not an empty one."""
    with pytest.raises(SourceTextError, match="there is no such folder of source texts"):
        list(find_texts(tmp_path / "none"))
    assert list(find_texts(tmp_path)) == []
