"""Where documents are found: files, folders, archives, crawls and standard input."""

from __future__ import annotations

import gzip
import io
import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from stpgraph.documents import ReadDocument, Unread, find_documents, find_sources
from stpgraph.documents.archives import Budget, sources_in
from tests.made_files import crawl, docx, locked_zip, paragraph_pdf, zipped

PAGE = b"<!DOCTYPE html><html><body><p>A page of the Gazette that is long enough to be found as one.</p></body></html>"


def told(found: Iterable[ReadDocument | Unread], *, below: Path | None = None) -> list[tuple[str, str]]:
    """Return the name of each, and its text or the reason why there is none."""
    start = f"{below}/" if below else ""
    return [
        (each.name.removeprefix(start), each.text if isinstance(each, ReadDocument) else f"! {each.reason}")
        for each in found
    ]


def test_folders_are_walked_in_order(tmp_path: Path) -> None:
    """Files come in the order of names, folder by folder; hidden ones are left out, unless they are named."""
    for name in ("b.txt", "a/c.txt", "a.txt", ".hidden/d.txt", ".e.txt", "__MACOSX/f.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    assert told(find_documents([tmp_path]), below=tmp_path) == [
        *(("a/c.txt", "a/c.txt"), ("a.txt", "a.txt"), ("b.txt", "b.txt"))
    ]
    assert told(find_documents([tmp_path / ".e.txt", tmp_path / ".hidden"]), below=tmp_path) == [
        *((".e.txt", ".e.txt"), (".hidden/d.txt", ".hidden/d.txt"))
    ]


def test_a_bad_file_does_not_end_the_run(tmp_path: Path) -> None:
    """Each file that is not read is told in its place; those after it are read."""
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.txt").write_bytes(b"\0\1\2\3\0\0\0")
    (tmp_path / "c.pdf").write_bytes(b"%PDF-1.4")
    (tmp_path / "d.zip").write_bytes(b"PK\x03\x04")
    (tmp_path / "e.gz").write_bytes(b"\x1f\x8b\x08")
    (tmp_path / "f.gz").write_bytes(gzip.compress(b"text", mtime=0))
    (tmp_path / "g.txt").symlink_to("none")
    (tmp_path / "h.txt").symlink_to("h.txt")
    os.mkfifo(tmp_path / "i.txt")
    (tmp_path / "j.txt").write_text("read", encoding="utf-8")
    assert told(find_documents([tmp_path, tmp_path / "none"]), below=tmp_path) == [
        ("a.txt", "! empty"),
        ("b.txt", "! binary"),
        ("c.pdf", "! broken"),
        ("d.zip", "! broken"),
        ("e.gz", "! broken"),
        ("f.gz", "! unknown-format"),
        ("g.txt", "! no-access"),
        ("h.txt", "! no-access"),
        ("i.txt", "! unknown-format"),
        ("j.txt", "read"),
        ("none", "! no-access"),
    ]


def test_what_may_not_be_opened_is_told(tmp_path: Path) -> None:
    """A file and a folder without permission are told with the system's reason."""
    (tmp_path / "a.txt").write_text("a", encoding="utf-8")
    (tmp_path / "b").mkdir()
    opened = [*tmp_path.parents[:2], tmp_path]
    modes = [folder.stat().st_mode for folder in opened]
    user = os.geteuid()
    for place, mode in [*((folder, 0o755) for folder in opened), (tmp_path / "a.txt", 0), (tmp_path / "b", 0)]:
        place.chmod(mode)
    try:
        if user == 0:
            os.seteuid(65534)  # nobody: to root every file is open
        found = list(find_documents([tmp_path]))
    finally:
        if user == 0:
            os.seteuid(0)
        for folder, mode in [*zip(opened, modes, strict=True), (tmp_path / "b", 0o755)]:
            folder.chmod(mode)
    assert told(found, below=tmp_path) == [("a.txt", "! no-access"), ("b", "! no-access")]
    assert all("cannot be opened or read: Permission denied" in str(each) for each in found)


def test_a_folder_is_walked_once(tmp_path: Path) -> None:
    """A link to a folder above, and a folder that is named twice, are told and not walked again."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.txt").write_text("b", encoding="utf-8")
    (tmp_path / "a" / "up").symlink_to("..")
    (tmp_path / "c").symlink_to("a")
    assert told(find_documents([tmp_path, tmp_path / "a"]), below=tmp_path) == [
        ("a/b.txt", "b"),
        ("a/up", "! duplicate"),
        ("c", "! duplicate"),
        ("a", "! duplicate"),
    ]


def test_folders_may_be_deep(tmp_path: Path) -> None:
    """A folder may be as deep as the system lets it be."""
    deep = tmp_path
    try:
        for _ in range(1500):
            deep /= "d"
            deep.mkdir()
        (deep / "a.txt").write_text("deep", encoding="utf-8")
        assert [text for _, text in told(find_documents([tmp_path]))] == ["deep"]
    finally:
        (deep / "a.txt").unlink(missing_ok=True)
        while deep != tmp_path:
            deep.rmdir()
            deep = deep.parent


def test_one_text_is_one_document(tmp_path: Path) -> None:
    """A second file with the text of a first is told as a duplicate, whatever its line ends."""
    (tmp_path / "a.txt").write_bytes(b"one\ntwo\n")
    (tmp_path / "b.txt").write_bytes(b"\xef\xbb\xbfone\r\ntwo\r\n")
    assert told(find_documents([tmp_path]), below=tmp_path) == [("a.txt", "one\ntwo\n"), ("b.txt", "! duplicate")]


def test_names_can_be_printed(tmp_path: Path) -> None:
    """A name with signs that are not to be seen, or no text at all, is shown with escapes."""
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/a\n\xff\x1b[1m.txt")).write_text("a", encoding="utf-8")
    assert told(find_documents([tmp_path]), below=tmp_path) == [("a\\x0a\\udcff\\x1b[1m.txt", "a")]


def test_archives_are_opened(tmp_path: Path) -> None:
    """Members come in the order of names, archives among them are opened once, and names stay names."""
    inner = zipped({"d.txt": b"d", "e.zip": zipped({"f.txt": b"f", "g.zip": zipped({"h.txt": b"h"})})})
    members = {
        "c.zip": inner,
        "b.html": PAGE,
        "../../a.txt": b"a",
        "dir/": b"",
        ".hidden/x.txt": b"x",
        "i.docx": docx(""),
    }
    (tmp_path / "a.zip").write_bytes(zipped(members))
    assert told(find_documents([tmp_path / "a.zip"]), below=tmp_path) == [
        ("a.zip!/../../a.txt", "a"),
        ("a.zip!/b.html", "A page of the Gazette that is long enough to be found as one.\n"),
        ("a.zip!/c.zip!/d.txt", "d"),
        ("a.zip!/c.zip!/e.zip", "! too-deep"),
        ("a.zip!/i.docx", "! empty"),
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["a.zip"]


def test_archives_that_are_not_read(tmp_path: Path) -> None:
    """Locked members, empty archives and members that are damaged are told."""
    (tmp_path / "a.zip").write_bytes(locked_zip("a.txt", b"secret"))
    (tmp_path / "b.zip").write_bytes(zipped({}))
    damaged = bytearray(zipped({"a.txt": b"one text " * 9, "b.txt": b"another"}))
    damaged[36] ^= 0xFF
    (tmp_path / "c.zip").write_bytes(damaged)
    assert told(find_documents([tmp_path]), below=tmp_path) == [
        ("a.zip!/a.txt", "! encrypted"),
        ("b.zip", "! empty"),
        ("c.zip!/a.txt", "! broken"),
        ("c.zip!/b.txt", "another"),
    ]


def test_archives_that_would_fill_the_machine() -> None:
    """A member far larger than its packed size, one beyond the limit, and too much in all are told."""
    data = zipped({"a.txt": b"a" * 2_000_000, "b.txt": b"b" * 11_000_000, "c.txt": b"c", "d.txt": b"dd", "e.txt": b"e"})
    found = sources_in(io.BytesIO(data), name="a.zip", budget=Budget(left=2, largest=10_000_000))
    names = [(each.name, each.reason if isinstance(each, Unread) else each.data) for each in found]
    assert names == [("a.zip", "too-large")]
    found = sources_in(io.BytesIO(data), name="a.zip", budget=Budget(left=20_000_000, largest=10_000_000))
    told_of = [(each.name, each.message if isinstance(each, Unread) else each.data) for each in found]
    assert told_of[1:] == [
        ("a.zip!/b.txt", "it is larger than 10,000,000 bytes"),
        *(("a.zip!/c.txt", b"c"), ("a.zip!/d.txt", b"dd"), ("a.zip!/e.txt", b"e")),
    ]
    assert told_of[0][0] == "a.zip!/a.txt"
    assert "times its size, as no text does" in str(told_of[0][1])
    inner = zipped({f"{number}.txt": b"x" * 100 for number in range(5)})
    both = zipped({"a.zip": inner, "b.zip": inner, "c.txt": b"c"})
    budget = Budget(left=2 * len(inner) + 700, largest=10_000)
    assert [each.name for each in sources_in(io.BytesIO(both), name="z", budget=budget)] == [
        *(f"z!/a.zip!/{number}.txt" for number in range(5)),
        *("z!/b.zip!/0.txt", "z!/b.zip!/1.txt", "z!/b.zip"),
        "z",
    ]


@pytest.mark.parametrize("is_packed", [False, True])
def test_crawls_are_opened(tmp_path: Path, is_packed: bool) -> None:
    """Of a crawl, the answers that are documents are read, with the address that they came from."""
    records = [
        ("https://gazette.example/a", "200 OK", "Content-Type: text/html; charset=utf-8", PAGE),
        ("https://gazette.example/b", "404 Not Found", "Content-Type: text/html", PAGE),
        ("https://gazette.example/c.png", "200 OK", "Content-Type: image/png", b"\x89PNG"),
        ("https://gazette.example/d.pdf", "200 OK", "Content-Type: application/pdf", paragraph_pdf()),
        (
            "https://gazette.example/e",
            "200 OK",
            "Content-Type: text/plain; charset=windows-1251\r\nContent-Encoding: gzip",
            gzip.compress("Совет заявил".encode("windows-1251"), mtime=0),
        ),
        ("https://gazette.example/f", "200 OK", "Content-Type: text/plain", b"f" * 5000),
    ]
    path = tmp_path / ("a.warc.gz" if is_packed else "a.warc")
    path.write_bytes(crawl(records, is_packed=is_packed))
    found = list(find_documents([path], largest=4000))
    assert [(name, text[:21]) for name, text in told(found, below=tmp_path)] == [
        (f"{path.name}!/https://gazette.example/a", "A page of the Gazette"),
        (f"{path.name}!/https://gazette.example/d.pdf", "Council warns of cuts"),
        (f"{path.name}!/https://gazette.example/e", "Совет заявил"),
        (f"{path.name}!/https://gazette.example/f", "! too-large"),
    ]
    assert isinstance(found[0], ReadDocument)
    assert found[0].url == "https://gazette.example/a"


def test_crawls_that_are_not_read(tmp_path: Path) -> None:
    """A damaged crawl is told after what was read of it, and so is one that unpacks to far more than it is."""
    good = crawl([("https://gazette.example/a", "200 OK", "Content-Type: text/plain", b"good")], is_packed=True)
    (tmp_path / "a.warc.gz").write_bytes(good + good[:40])
    (tmp_path / "b.warc").write_bytes(gzip.decompress(good)[:-6])
    (tmp_path / "c.warc.gz").write_bytes(gzip.compress(b"WARC/1.0\r\nWARC-Type: " + b"x" * 30_000_000, mtime=0))
    gone = [("https://gazette.example/a", "404 Not Found", "Content-Type: text/html", b"gone")]
    (tmp_path / "e.warc").write_bytes(crawl(gone))
    (tmp_path / "d.warc").write_bytes(b"WARC/1.0\r\nnonsense")
    found = told(find_documents([tmp_path], largest=1000), below=tmp_path)
    assert found == [
        ("a.warc.gz!/https://gazette.example/a", "good"),
        ("a.warc.gz", "! broken"),
        ("b.warc", "! broken"),
        ("c.warc.gz", "! too-large"),
        ("d.warc", "! broken"),
        ("e.warc", "! empty"),
    ]


def test_standard_input_is_read() -> None:
    """Standard input is told by its content, has the limit of a file, and may be empty or closed."""

    def given(data: bytes) -> list[tuple[str, str]]:
        return told(find_documents(["-"], standard_input=io.BytesIO(data), largest=500))

    assert given(b"Cuts ahead\n") == [("stdin", "Cuts ahead\n")]
    assert given(PAGE) == [("stdin", "A page of the Gazette that is long enough to be found as one.\n")]
    assert given(zipped({"a.txt": b"a"})) == [("stdin!/a.txt", "a")]
    assert given(b"") == [("stdin", "! empty")]
    assert given(b"a" * 501) == [("stdin", "! too-large")]
    closed = io.BytesIO()
    closed.close()
    assert told(find_documents(["-"], standard_input=closed)) == [("stdin", "! broken")]


def test_nothing_is_read_ahead(tmp_path: Path) -> None:
    """A document is opened when it is asked for, so that one is in memory at a time."""
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    found = find_sources([tmp_path])
    assert next(found).name == str(tmp_path / "a.txt")
    (tmp_path / "b.txt").write_text("changed", encoding="utf-8")
    assert [each.data for each in found if not isinstance(each, Unread)] == [b"changed"]
