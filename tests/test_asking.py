"""Asking from the command line and from Python: periods, parties, questions of one's own, forms, and pages."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

import stpgraph
from stpgraph.errors import BadParameter, BadQuestion, UnknownQuestion
from stpgraph.pages import draw_table
from stpgraph.questions import Choice, Parameter, choices_of, find_questions
from stpgraph.store import Store, open_store
from stpgraph.tables import Column, Table
from stpgraph.vocabulary import BASE, mint
from tests.commands import run
from tests.test_questions import ANYSHIRE, WHOLE


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the folder of a store that holds the invented county."""
    place = str(tmp_path_factory.mktemp("county") / "store")
    with open_store(place, is_writable=True) as store:
        store.load(ANYSHIRE, graph=mint("graph", "anyshire"))
    return place


@pytest.fixture
def store(county: str) -> Iterator[Store]:
    """Yield the store of the county."""
    with open_store(county) as anyshire:
        yield anyshire


def claims_of(county: str, *options: str) -> list[str]:
    """Return the claims, by what tells their IRIs, that a command answers with."""
    told = run("ask", "who-said-what", *options, "--store", county, "--format", "csv").data.decode("utf-8-sig")
    return [row["claim"].removeprefix(f"{BASE}claim/") for row in csv.DictReader(io.StringIO(told))]


# --- The command


def test_a_period_on_the_command_line(county: str) -> None:
    """A period narrows the answer as since and until do; one that makes no sense is told, with status 2."""
    assert claims_of(county, "--period", "2018-04-11..2018") == ["two/400-440"]
    assert claims_of(county, "--period", "..2018-03") == ["one/100-180", "one/200-280", "one/300-380"]
    ran = run("ask", "who-said-what", "--period", "2018..2017", "--store", county)
    assert (ran.status, ran.err) == (2, "error: since=2018 is after until=2017; turn them round\n")
    ran = run("ask", "who-said-what", "--period", "2018", "--since", "2018", "--store", county)
    assert (ran.status, ran.err) == (2, "error: period says since and until; leave out since, or the period\n")


def test_parties_on_the_command_line(county: str) -> None:
    """What was said between two parties is asked in those words."""
    assert claims_of(county, "--about", "between NHS bodies and local government") == ["one/200-280"]
    assert claims_of(county, "--about", "trust among the partners", "--period", "2018-03") == ["one/100-180"]


def test_help_tells_of_periods_where_there_are_any() -> None:
    """A question of two dates has the option, another has not."""
    assert "--period PERIOD" in run("ask", "recommendations", "--help").out
    assert "--period" not in run("ask", "money", "--help").out


def test_a_folder_of_ones_own_on_the_command_line(tmp_path: Path, county: str) -> None:
    """A question of one's own is listed and asked; a slip in its header is told with file and line."""
    (tmp_path / "mine.rq").write_bytes(b"\xef\xbb\xbf" + WHOLE.replace("\n", "\r\n").encode())
    assert "mine" in run("ask", "--queries", str(tmp_path)).out
    asked = ("ask", "--queries", str(tmp_path), "mine", "--stance", "supportive", "--store", county, "--format", "csv")
    assert len(run(*asked).data.splitlines()) == 1 + 3
    (tmp_path / "mine.rq").write_text(WHOLE.replace("xsd:date", "xsd:gYear"), encoding="utf-8")
    ran = run(*asked)
    assert ran.status == 2
    assert ran.err.startswith(f"error: {tmp_path}/mine.rq:8: parameter 'on' has the type 'xsd:gYear'; expected one of")


def test_a_bad_file_is_told_beside_the_list(tmp_path: Path, county: str) -> None:
    """The list has all good questions, each bad file is told on standard error, with status 1; good ones are asked."""
    (tmp_path / "mine.rq").write_text(WHOLE, encoding="utf-8")
    (tmp_path / "bad.rq").write_text(WHOLE.replace("#+ tags", "#+ tag"), encoding="utf-8")
    (tmp_path / "money.rq").write_text(WHOLE, encoding="utf-8")
    listed = run("ask", "--queries", str(tmp_path))
    told = f"{tmp_path}/bad.rq:5: the header has an unknown key 'tag'; did you mean 'tags'?"
    doubled = (
        f"{tmp_path}/money.rq: a question that ships has that name, and is the one that is asked; rename this file"
    )
    assert listed.status == 1
    assert listed.err.splitlines() == [f"cannot be asked: {doubled}", f"cannot be asked: {told}"]
    assert {"mine", "money", "trace"} <= {line.split()[0] for line in listed.out.splitlines() if line.split()}
    assert run("ask", "--queries", str(tmp_path), "mine", "--store", county).status == 0
    assert run("ask", "--queries", str(tmp_path), "--help").status == 0
    bad = run("ask", "--queries", str(tmp_path), "bad", "--store", county)
    assert (bad.status, bad.err) == (2, f"error: {told}\n")
    money = run("ask", "--queries", str(tmp_path), "money", "--store", county)
    assert (money.status, money.err) == (0, f"{doubled}\n")
    nowhere = run("ask", "--queries", str(tmp_path / "none"))
    assert nowhere.status == 2
    assert nowhere.err == f"error: {tmp_path}/none: there is no such folder of questions; check the path\n"


# --- Python


def test_a_folder_of_ones_own_in_python(tmp_path: Path, county: str) -> None:
    """Opened with a folder, a graph lists and answers its questions beside those that ship."""
    (tmp_path / "mine.rq").write_text(WHOLE, encoding="utf-8")
    for place in (tmp_path, str(tmp_path)):
        with stpgraph.open(county, queries=place) as graph:
            assert set(graph.questions()) == {*find_questions(), "mine"}
            assert graph.questions()["mine"].summary == "Who said it"
            assert len(graph.ask("mine", stance="supportive")) == 3
            assert len(graph.ask("who-said-what")) == 8
            with pytest.raises(UnknownQuestion, match="did you mean 'mine'"):
                graph.ask("mines")
    with stpgraph.open(county) as graph:
        assert set(graph.questions()) == set(find_questions())
        with pytest.raises(UnknownQuestion, match="no question is called 'mine'"):
            graph.ask("mine")
    with stpgraph.open(county, queries=tmp_path / "none") as graph, pytest.raises(BadQuestion, match="no such folder"):
        graph.ask("mine")


def test_a_parameter_may_be_called_question(tmp_path: Path, county: str) -> None:
    """What a question calls its parameters does not get in the way of asking it."""
    text = WHOLE.replace("#+   on:", "#+   question:").replace("?stance ?on ?per", "?stance ?question ?per")
    (tmp_path / "mine.rq").write_text(text, encoding="utf-8")
    with stpgraph.open(county, queries=tmp_path) as graph:
        assert len(graph.ask("mine", question="2018")) == 9  # the withdrawn claim, which it does not leave out, too
        with pytest.raises(BadParameter, match="question: 'who' is no date"):
            graph.ask("mine", question="who")


def test_periods_and_parties_in_python(county: str) -> None:
    """The door for Python takes periods and parties as the command does."""
    with stpgraph.open(county) as graph:
        told = graph.ask("who-said-what", about="between local government and NHS bodies", period="2018-03..")
        assert [row["claim"] for row in told.to_dicts()] == [mint("claim", "one", "200-280")]


# --- What a form can offer


@pytest.mark.parametrize(
    ("parameter", "choices"),
    [
        (Parameter(name="per", type="xsd:string", allowed=("year", "month")), [("year", "year"), ("month", "month")]),
        (Parameter(name="is_so", type="xsd:boolean"), [("true", "yes"), ("false", "no")]),
        (Parameter(name="since", type="xsd:date"), []),
        (Parameter(name="text", type="xsd:string"), []),
        (
            Parameter(name="aspect", type="iri", of_class=("stp:Aspect",)),
            [
                (f"{BASE}aspect/funding", "funding"),
                (f"{BASE}aspect/joint-working", "joint working"),
                (f"{BASE}aspect/trust", "trust"),
            ],
        ),
        (Parameter(name="it", type="iri", of_class=("foaf:Group",)), []),
    ],
    ids=lambda part: part.name if isinstance(part, Parameter) else "",
)
def test_choices(store: Store, parameter: Parameter, choices: list[tuple[str, str]]) -> None:
    """Values allowed stand as the header has them, things by their labels; what is free to type has no choices."""
    assert choices_of(store, parameter) == tuple(Choice(key=key, label=label) for key, label in choices)


def test_choices_are_what_can_be_given(store: Store) -> None:
    """Every choice of a question answers it, and no two look alike."""
    for name in ("who-said-what", "stance-over-time", "studies", "unattributed"):
        for parameter in find_questions()[name].parameters:
            offered = choices_of(store, parameter)
            assert len({choice.label for choice in offered}) == len(offered)
            for choice in offered:
                stpgraph.KnowledgeGraph(store).ask(name, **{parameter.name: choice.key})


def test_choices_that_share_a_label_are_told_apart(tmp_path: Path) -> None:
    """Two things of one label show what tells their IRIs; one without a label shows that alone."""
    path = tmp_path / "own.ttl"
    path.write_text(
        """@base <https://w3id.org/stpgraph/id/> . @prefix stp: <https://w3id.org/stpgraph/ontology#> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        <study/a> a stp:Study ; skos:prefLabel "Ice" . <report/a> a stp:Report ; skos:prefLabel "Ice" .
        <study/b> a stp:Study . <study/c> a stp:Study ; skos:prefLabel "Älpha", "Zulu" .""",
        encoding="utf-8",
    )
    study = Parameter(name="study", type="iri", of_class=("stp:Study", "stp:Report"))
    with open_store() as own:
        own.load(path, graph=mint("graph", "own"))
        assert [choice.label for choice in choices_of(own, study)] == [
            *("Ice (report/a)", "Ice (study/a)", "study/b", "Zulu")
        ]


# --- Files and pages

ODD = Table(
    question="trial",
    columns=(
        Column(name="said_on", type="date"),
        Column(name="speakers", type="list", description='whose <word> it "is"'),
        Column(name="value", type="decimal"),
        Column(name="role"),
        Column(name="claim", type="iri", is_detail=True),
    ),
    rows=(("2018-03", "=1+1; Jo Doe", 1200, None, mint("claim", "a", "1-2")),),
)


def test_a_page_tells_what_was_asked_and_what_it_leaves_out() -> None:
    """Below the title stands what was asked; below the table how many rows, and the columns that are not shown."""
    page = draw_table(ODD, title="Who & what", asked="Asked: about <trust>")
    assert "<h1>Who &amp; what</h1>" in page
    assert "<p>Asked: about &lt;trust&gt;</p>" in page
    assert "<p>1 row; columns of details not shown: claim; columns without a value: role</p>" in page
    assert "<p>Asked" not in draw_table(ODD, title="Who")


def test_a_page_sets_dates_numbers_and_lists() -> None:
    """A month is told in words, a number stands to the right with its heading, the parts of a list have lines."""
    page = draw_table(ODD, title="Who")
    assert '<td class="date" data-name="said on">March 2018</td>' in page
    assert '<th scope="col" class="number" title="">value</th>' in page
    assert '<td class="number" data-name="value">1\u2009200</td>' in page
    assert '<td data-name="speakers"><div>=1+1</div><div>Jo Doe</div></td>' in page
    assert 'title="whose &lt;word&gt; it &#34;is&#34;"' in page


def test_every_format_of_an_answer(county: str, tmp_path: Path) -> None:
    """The same claim stands in every format; Markdown cites with numbers; no file begins a cell as a formula."""
    for form in ("csv", "json", "xlsx", "md", "html"):
        file = tmp_path / f"out.{form}"
        ran = run("ask", "who-said-what", "--claimant", "Herald", "--store", county, "-o", str(file))
        assert (ran.status, file.stat().st_size > 0) == (0, True)
    assert claims_of(county, "--claimant", "Herald") == ["two/200-260"]
    [row] = json.loads((tmp_path / "out.json").read_bytes())["rows"]
    assert (row["date"], row["speakers"], row["claim"]) == ("2018-04-10", "Herald", f"{BASE}claim/two/200-260")
    sheet = load_workbook(tmp_path / "out.xlsx").active
    assert sheet is not None
    assert [cell.value for cell in list(sheet.iter_rows())[1]][1] == "Herald"
    told = (tmp_path / "out.md").read_text(encoding="utf-8")
    assert "| [^1] |" in told
    assert "\n[^1]: “Money is thinner”, Herald, 10 April 2018" in told
    page = (tmp_path / "out.html").read_text(encoding="utf-8")
    assert "<p>Asked: claimant Herald</p>" in page
    assert ">10 April 2018</td>" in page
