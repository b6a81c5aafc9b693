"""The command `measure`: tables of measures on a terminal and in files, and what it refuses."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pyoxigraph import RdfFormat

from stpgraph.store import open_store
from stpgraph.vocabulary import mint
from tests.commands import examples_of, run
from tests.test_discourse import ROLLED, WORKED, turtle

#: The page that says what is measured.
_NETWORKS = Path(__file__).resolve().parent.parent / "docs" / "networks.md"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A folder with a store that holds the worked example, and a mixed claim besides."""
    place = tmp_path_factory.mktemp("measured") / "store"
    with open_store(place, is_writable=True) as opened:
        rows = [*WORKED, ("4", "2016-12-20", "A", "z", None)]
        opened.load(turtle(rows), format=RdfFormat.TURTLE, graph=mint("graph", "worked"))
    return str(place)


def rows_of(data: bytes) -> list[dict[str, str]]:
    """Read the rows of CSV."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def test_nodes_are_measured_as_csv(store: str) -> None:
    """Each claimant has a row with its label first, and numbers in full."""
    ran = run("measure", "discourse", "--mode", "claimants", "--format", "csv", "--store", store)
    assert ran.status == 0
    rows = rows_of(ran.data)
    assert list(rows[0])[:4] == ["label", "kind", "iri", "degree"]
    assert [(row["label"], row["degree"], row["weighted_degree"]) for row in rows] == [
        ("Council A", "2", "3"),
        ("Council B", "2", "3"),
        ("Council C", "1", "1"),
        ("Council D", "1", "1"),
    ]
    assert rows[0]["betweenness"] == "0.666666666667"


def test_what_is_left_out_is_told(store: str) -> None:
    """The mixed claim and the duplicate are told on standard error, and not with `--quiet`."""
    ran = run("measure", "discourse", "--store", store)
    assert "note: 1 claim left out for the stance: mixed, neutral or unknown (see --levels)" in ran.err
    assert "note: 1 statement not counted again: said before (see --duplicates)" in ran.err
    assert run("measure", "discourse", "--store", store, "--quiet").err == ""
    assert "stance" not in run("measure", "discourse", "--levels", "three", "--store", store).err


def test_what_has_no_stance_is_told_for_three_levels(tmp_path: Path) -> None:
    """On three levels only what is unknown is left out."""
    with open_store(tmp_path / "store", is_writable=True) as opened:
        unknown = ROLLED.replace(b"stp:stance <stance/supportive> ;", b"")
        opened.load(unknown, format=RdfFormat.TURTLE, graph=mint("graph", "unknown"))
    ran = run("measure", "discourse", "--levels", "three", "--store", tmp_path / "store")
    assert "note: 1 claim left out for the stance: unknown\n" in ran.err


def test_a_terminal_shows_three_decimals(store: str) -> None:
    """Numbers are cut to three decimals where people read them."""
    printed = run("measure", "discourse", "--mode", "claimants", "--store", store).out
    assert "0.667" in printed
    assert "0.6666" not in printed
    assert "Council A" in printed
    assert "w3id.org" not in printed


def test_the_network_is_measured_as_a_whole(store: str) -> None:
    """The whole network has one row; agreement between C, A, B and D is a path of four."""
    ran = run("measure", "discourse", "--of", "network", "--mode", "claimants", "--format", "json", "--store", store)
    told = json.loads(ran.out)
    [row] = told["rows"]
    assert (row["nodes"], row["ties"], row["evidence"], row["density"]) == (4, 3, 10, 0.5)
    assert row["two_mode_clustering"] is None
    assert all(column["meaning"] for column in told["columns"])


def test_windows_have_a_row_each(store: str) -> None:
    """Two weeks from 1 November to the end of 2016 are seven windows, in the period of `--since` and `--until`."""
    given = ("--window", "2 weeks", "--since", "2016-11", "--until", "2016-12", "--format", "csv", "--store", store)
    rows = rows_of(run("measure", "discourse", *given).data)
    assert [(row["since"], row["until"], row["evidence"]) for row in rows] == [
        ("2016-11-01", "2016-11-15", "5"),
        ("2016-11-08", "2016-11-22", "2"),
        ("2016-11-15", "2016-11-29", "2"),
        ("2016-11-22", "2016-12-06", "4"),
        ("2016-11-29", "2016-12-13", "4"),
        ("2016-12-06", "2016-12-20", "1"),
        ("2016-12-13", "2016-12-27", "1"),
    ]
    grown = rows_of(run("measure", "discourse", "--cumulative", *given).data)
    assert [row["evidence"] for row in grown] == ["5", "5", "5", "9", "9", "10", "10"]
    nodes = rows_of(run("measure", "discourse", "--of", "nodes", *given).data)
    assert list(nodes[0])[:4] == ["label", "since", "until", "kind"]


def test_files_are_written_by_their_ending(store: str, tmp_path: Path) -> None:
    """A workbook has numbers as numbers, Markdown and text are for reading."""
    for name in ("measures.xlsx", "measures.md", "measures.txt"):
        ran = run("measure", "discourse", "--mode", "claimants", "--store", store, "-o", tmp_path / name)
        assert ran.status == 0
    sheet = load_workbook(tmp_path / "measures.xlsx").worksheets[0]
    head, first = list(sheet.iter_rows(min_row=1, max_row=2, values_only=True))
    assert dict(zip(head, first, strict=True))["betweenness"] == 0.666666666667
    written = (tmp_path / "measures.md").read_text(encoding="utf-8")
    assert "| label | kind | degree |" in written
    assert "0.667 |" in written
    assert "w3id.org" not in written
    assert "Council A" in (tmp_path / "measures.txt").read_text(encoding="utf-8")


def test_filters_narrow_what_is_measured(store: str) -> None:
    """About y alone there is one relationship and three councils; critical claims alone are fewer."""
    about = rows_of(run("measure", "discourse", "--about", "tie y", "--format", "csv", "--store", store).data)
    assert [row["label"] for row in about] == ["tie y", "Council A", "Council B", "Council C"]
    critical = run(
        "measure", "discourse", "--stance", "critical", "--of", "network", "--format", "csv", "--store", store
    )
    assert rows_of(critical.data)[0]["evidence"] == "5"


def test_persons_are_rolled_up(tmp_path: Path) -> None:
    """Rolled up, two persons and a council are a person and a council."""
    with open_store(tmp_path / "store", is_writable=True) as opened:
        opened.load(ROLLED, format=RdfFormat.TURTLE, graph=mint("graph", "rolled"))
    given = ("--mode", "claimants", "--weight", "conflict", "--roll-up", "--format", "csv")
    rows = rows_of(run("measure", "discourse", *given, "--store", tmp_path / "store").data)
    assert [(row["label"], row["weighted_degree"], row["camp"]) for row in rows] == [
        ("Anyshire Council", "2", "1"),
        ("Kit Poe", "2", "2"),
    ]


def test_claims_without_a_day_are_told(tmp_path: Path) -> None:
    """What has no date is in no window, and said to be so."""
    with open_store(tmp_path / "store", is_writable=True) as opened:
        opened.load(ROLLED, format=RdfFormat.TURTLE, graph=mint("graph", "rolled"))
    ran = run("measure", "discourse", "--window", "2 weeks", "--store", tmp_path / "store")
    assert (ran.status, ran.out.strip()) == (0, "no rows: nothing matches")
    assert "note: 3 claims in no window, for there is no date" in ran.err


#: A post of known days and two of none, and two figures, one of a known day.
_LASTING = b"""
@base <https://w3id.org/stpgraph/id/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix stp: <https://w3id.org/stpgraph/ontology#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<person/kit-poe> a stp:Person ; skos:prefLabel "Kit Poe"@en .
<organisation/council> a stp:Organisation ; skos:prefLabel "Anyshire Council"@en .
<membership/known> a org:Membership ; org:member <person/kit-poe> ; org:organization <organisation/council> ;
    schema:startDate "2016-11-01"^^xsd:date ; schema:endDate "2016-12-31"^^xsd:date .
<membership/one> a org:Membership ; org:member <person/kit-poe> ; org:organization <organisation/council> .
<membership/two> a org:Membership ; org:member <person/kit-poe> ; org:organization <organisation/council> .
<membership/nobody> a org:Membership ; org:organization <organisation/council> .
<report/dated> a stp:Report ; dcterms:issued "2016-11-15"^^xsd:date .
<statistic/dated> stp:measure <measure/m> ; stp:asSaid "5%" ; stp:reportedIn <report/dated> .
<statistic/undated> stp:measure <measure/m> ; stp:asSaid "5%" ; stp:reportedIn <report/undated> .
"""


@pytest.mark.parametrize(
    ("view", "told"),
    [
        ("affiliations", "note: 2 posts in every window, for their days are not known"),
        ("repeats", "note: 1 figure in every window, for its day is not known"),
    ],
)
def test_what_is_in_every_window_is_told(tmp_path: Path, view: str, told: str) -> None:
    """Posts and figures without a day count in every window, and are said to; without windows nothing is said."""
    with open_store(tmp_path / "store", is_writable=True) as opened:
        opened.load(_LASTING, format=RdfFormat.TURTLE, graph=mint("graph", "lasting"))
    period = ("--since", "2016-11-01", "--until", "2016-12-31")
    ran = run("measure", view, "--window", "2 weeks", *period, "--store", tmp_path / "store")
    assert ran.status == 0
    assert told in ran.err.splitlines()
    assert "every window" not in run("measure", view, "--store", tmp_path / "store").err
    none = run("measure", view, "--window", "12 months", *period, "--store", tmp_path / "store")
    assert "note: there is no window of 12 months within the period of what is measured" in none.err
    assert "every window" not in none.err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["discourse", "--window", "3 lemons"], "window='3 lemons' is no window; expected a number of days, weeks"),
        (["discourse", "--window", "1 year"], "ask for '12 months', or for '2 years'"),
        (["discourse", "--cumulative"], "--cumulative is about windows; say their size with --window"),
        (["discourse", "--weight", "congruence"], "weight='congruence' is for one mode; two-mode takes ignore"),
        (["discourse", "--mode", "claimants", "--normalisation", "activity"], "claimants takes none, average, jaccard"),
        (["discourse", "--levels", "9"], "levels='9' is not known; expected two, three"),
        (["discourse", "--about", "lemons"], "about: no relationship or aspect is called 'lemons'"),
        (["discourse", "--since", "spring"], "since='spring' is no date"),
        (["discourse", "--confidence", "2"], "confidence=2.0 is no share"),
        (["lemons"], "no view is called 'lemons'; expected who-said-what, relationship-map, discourse"),
        (["affiliations", "--mode", "claimants", "--roll-up"], "--mode, --roll-up: affiliations has no such option"),
        (["discourse", "-o", "lemons.html"], ".html is no format for this; expected .csv, .json, .xlsx, .md"),
    ],
)
def test_what_makes_no_sense_is_refused(store: str, arguments: list[str], told: str) -> None:
    """Bad windows, options and names end with status 2 and one line that says what was expected."""
    ran = run("measure", *arguments, "--store", store)
    assert (ran.status, ran.out) == (2, "")
    assert told in ran.err
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize(
    ("option", "given", "told"),
    [
        ("stance", "hostile", "expected one of critical, mixed, neutral or supportive"),
        ("stance", "suportive", "did you mean 'supportive'?"),
        ("stance", "posittive", "did you mean 'supportive'?"),
        ("act", "forcast", "did you mean 'prediction'?"),
        ("status", "rejected", "expected one of accepted, edited or proposed"),
    ],
)
def test_wrong_codes_are_answered_with_main_labels(option: str, given: str, told: str) -> None:
    """A slip is answered by the main label of the code that was meant, any other word by all that there are."""
    kind = {"act": "speech act", "status": "review status"}.get(option, option)
    ran = run("measure", "discourse", f"--{option}", given)
    assert (ran.status, ran.err) == (2, f"error: {option}: no {kind} is called '{given}'; {told}\n")


def test_nothing_found_is_no_error(tmp_path: Path) -> None:
    """An empty store has no nodes to measure, and a network of none."""
    open_store(tmp_path / "store", is_writable=True).close()
    ran = run("measure", "discourse", "--store", tmp_path / "store")
    assert (ran.status, ran.out.strip()) == (0, "no rows: nothing matches")
    [row] = rows_of(
        run("measure", "discourse", "--of", "network", "--format", "csv", "--store", tmp_path / "store").data
    )
    assert (row["nodes"], row["density"]) == ("0", "")


@pytest.mark.parametrize(
    "view", ["who-said-what", "relationship-map", "affiliations", "provenance", "partnerships", "repeats"]
)
def test_every_view_is_measured(store: str, view: str) -> None:
    """Any view can be measured, at once and over time."""
    assert run("measure", view, "--of", "network", "--store", store).status == 0
    assert run("measure", view, "--window", "2 weeks", "--store", store).status == 0


def test_the_examples_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the help shows works as it stands."""
    monkeypatch.chdir(tmp_path)
    lines = examples_of("measure")
    assert len(lines) == 2
    for line in lines:
        assert run(*shlex.split(line)[1:]).status == 0


def test_the_page_of_networks_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What docs/networks.md shows works as it stands, on the graph that ships: its three commands and its Python."""
    monkeypatch.chdir(tmp_path)
    page = _NETWORKS.read_text(encoding="utf-8")
    lines = re.findall(r"^\$ (stpgraph measure .+)$", page, re.MULTILINE)
    assert len(lines) == 3
    for line in lines:
        assert run(*shlex.split(line, comments=True)[1:]).status == 0
    [written] = tmp_path.iterdir()
    assert len(rows_of(written.read_bytes())) > 1
    [code] = re.findall(r"^```python\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    told: dict[str, Any] = {}
    exec(compile(code, "networks.md", "exec"), told)
    matrix = told["matrix"]
    assert matrix.rows == matrix.columns
    assert len(matrix.rows) > 1
