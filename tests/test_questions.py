"""Questions: which there are, what may be given for a parameter, and the tables that come back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode

from stpgraph.errors import BadParameter, BadQuery, BadQuestion, UnknownQuestion
from stpgraph.questions import (
    Column,
    Parameter,
    Question,
    Table,
    ask,
    bind,
    find_questions,
    find_questions_and_faults,
    get_question,
    read_question,
    resolve,
)
from stpgraph.questions.headers import fold, nearest
from stpgraph.questions.values import to_term
from stpgraph.store import Store, open_store
from stpgraph.tables import to_cell
from stpgraph.vocabulary import XSD, mint

ANYSHIRE = Path(__file__).parent / "anyshire.ttl"
RELATIONSHIP = Parameter(name="about", type="iri", of_class=("stp:Relationship",))
AGENT = Parameter(name="claimant", type="iri", of_class=("stp:Person", "stp:Organisation", "stp:Partnership"))
DAY = Parameter(name="since", type="xsd:date")

WHOLE = """\
#+ summary: Who said it
#+ description: >-
#+   One row
#+   a claim.
#+ tags: [claims]
#+ params:
#+   stance: {type: iri, scheme: stance, description: "the stance"}
#+   on: {type: xsd:date, description: "the day"}
#+   per: {type: xsd:string, allowed: [month, year], default: month}
#+ columns:
#+   claim: {type: iri, meaning: "the claim", detail: true}
#+   who: the claimant
#+ view: table
PREFIX stp: <https://w3id.org/stpgraph/ontology#>
SELECT ?claim (SAMPLE(?name) AS ?who) WHERE {
  VALUES (?stance ?on ?per) { (UNDEF UNDEF "month") }
  ?claim stp:stance ?stance ; stp:claimant ?name .
} GROUP BY ?claim
"""


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    """Yield a store that holds the invented county."""
    with open_store() as anyshire:
        anyshire.load(ANYSHIRE, graph=mint("graph", "anyshire"))
        yield anyshire


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with one question of a user's own."""
    (tmp_path / "mine.rq").write_text(WHOLE, encoding="utf-8")
    return tmp_path


# --- Files


def test_own_questions_join_those_that_ship(folder: Path) -> None:
    """A further folder adds to the questions; a name that is taken, or a folder that is none, is refused."""
    assert set(find_questions(folder)) == {*find_questions(), "mine"}
    assert get_question("mine", folder).summary == "Who said it"
    (folder / "trace.rq").write_text(WHOLE, encoding="utf-8")
    with pytest.raises(BadQuestion, match=r"trace\.rq: a question that ships has that name, .*; rename this file"):
        find_questions(folder)
    with pytest.raises(BadQuestion, match="no such folder of questions"):
        find_questions(folder / "nowhere")


def test_a_bad_file_keeps_no_other_away(folder: Path) -> None:
    """Of a folder with bad files all others are found, and each bad one is told; good ones are asked by name."""
    (folder / "bad.rq").write_text(WHOLE.replace("#+ tags", "#+ tag"), encoding="utf-8")
    (folder / "trace.rq").write_text(WHOLE, encoding="utf-8")
    (folder / "worse.rq").write_bytes(b"\xff")
    questions, faults = find_questions_and_faults(folder)
    assert set(questions) == {*find_questions(), "mine"}
    assert [(fault.path, fault.line) for fault in faults] == [
        (folder / "trace.rq", None),
        (folder / "bad.rq", 5),
        (folder / "worse.rq", None),
    ]
    assert get_question("mine", folder).path == folder / "mine.rq"
    assert get_question("trace", folder).path != folder / "trace.rq"
    with pytest.raises(BadQuestion, match=r"bad\.rq:5: the header has an unknown key 'tag'"):
        get_question("bad", folder)
    with pytest.raises(BadQuestion, match="no such folder of questions"):
        get_question("money", folder / "nowhere")


def test_the_questions_that_ship_are_no_others(folder: Path) -> None:
    """A link to a question that ships is that question, and takes nobody's name."""
    (folder / "trace.rq").symlink_to(get_question("trace").path)
    questions, faults = find_questions_and_faults(folder)
    assert faults == ()
    assert questions["trace"] == get_question("trace")


@pytest.mark.parametrize(
    ("name", "suggestion"),
    [
        ("who-said-waht", "did you mean 'who-said-what'?"),
        ("doubtful", "did you mean 'doubtful-statistics'?"),
        ("xyzzy", "expected one of agreement, claims-of"),
    ],
)
def test_an_unknown_question_names_the_nearest(store: Store, name: str, suggestion: str) -> None:
    """A slip in a question's name is answered with the name that was meant."""
    with pytest.raises(UnknownQuestion) as caught:
        ask(store, name)
    assert f"no question is called {name!r}; {suggestion}" in str(caught.value)


# --- What is given


@pytest.mark.parametrize(
    "text",
    [
        *(
            "trust among the partners",
            "TRUST AMONG THE PARTNERS",
            "  Trust  among the  partners ",
            "trust-among-the-partners",
        ),
        *("trust", "relationship/trust", "<relationship/trust>", "https://w3id.org/stpgraph/id/relationship/trust"),
        "<https://w3id.org/stpgraph/id/relationship/trust>",
    ],
)
def test_one_thing_by_many_names(store: Store, text: str) -> None:
    """A label in any case and spacing, the aspect's name, a path and an address name one relationship."""
    assert resolve(store, text, RELATIONSHIP) == mint("relationship", "trust")
    assert to_term(store, RELATIONSHIP, text) == mint("relationship", "trust")


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("zoe blogg", "person/zoe-blogg"),
        ("ZOE\u0308 BLOGG", "person/zoe-blogg"),
        ("IoP", "organisation/institute"),
        ("Anyshire STP", "partnership/anyshire"),
        ("anyshire", "partnership/anyshire"),
        ("sam-roe", "person/sam-roe"),
    ],
)
def test_accents_other_names_and_slugs(store: Store, text: str, thing: str) -> None:
    """Accents do not matter, other names count, and so do the words of an IRI where nothing else is called so."""
    assert resolve(store, text, AGENT) == mint(*thing.split("/"))


def test_codes_are_named_within_their_scheme(store: Store) -> None:
    """A code goes by its label in its own scheme only."""
    stance = Parameter(name="stance", type="iri", of_scheme="stance")
    assert to_term(store, stance, "Critical") == mint("stance", "critical")
    with pytest.raises(BadParameter, match="stance: no stance is called 'warning'; expected one of critical, mixed"):
        to_term(store, stance, "warning")


@pytest.mark.parametrize(
    ("parameter", "text", "message"),
    [
        (
            RELATIONSHIP,
            "integration",
            "about: 'integration' names several things; give one of 'joint working among the partners' (<relationship/",
        ),
        (RELATIONSHIP, "joint wroking among the partners", "did you mean 'joint working among the partners'"),
        (RELATIONSHIP, "relationship/trsut", "did you mean 'relationship/trust'"),
        (
            RELATIONSHIP,
            "party/nhs",
            "about: no relationship is called 'party/nhs': that is a party; expected the name or IRI",
        ),
        (
            RELATIONSHIP,
            "https://example.org/elsewhere",
            "about: no relationship is called 'https://example.org/elsewhere'",
        ),
        (AGENT, "Blogg", "did you mean 'Zoë Blogg'"),
        (AGENT, "", "claimant: no person, organisation or partnership is called ''"),
        (AGENT, "x" * 10_000, "claimant: no person, organisation or partnership is called 'xxxx"),
        (
            Parameter(name="it", type="iri", of_class=("stp:Review", "stp:Aspect")),
            "none",
            "it: no review or aspect is called 'none'",
        ),
        (Parameter(name="it", type="iri", of_class=("foaf:Group",)), "none", "the store holds no group"),
    ],
)
def test_names_that_fit_nothing_or_too_much(store: Store, parameter: Parameter, text: str, message: str) -> None:
    """No match suggests the nearest; several matches list them; a thing of another kind is no match."""
    with pytest.raises(BadParameter) as caught:
        to_term(store, parameter, text)
    assert message in str(caught.value)
    assert len(str(caught.value)) < 500


HOSTILE = [
    "> } DROP ALL #",
    'trust" } } ; DROP ALL #',
    "<relationship/trust> } #",
    "<https://x/> } DELETE WHERE { ?s ?p ?o",
    "https://x/a> <b",
    "https://x/a b",
    "relationship/trust\n} DROP ALL",
    "<>",
    "<javascript:alert(1)>",
    "\\u003e } DROP ALL",
    "UNDEF",
    "?claim",
    "'''",
    "\x00",
    "\ud800",
]


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_hostile_text_is_refused_as_a_name(store: Store, text: str) -> None:
    """Text that would end a term and begin a command names nothing, and the message stays on one line."""
    with pytest.raises(BadParameter) as caught:
        ask(store, "who-said-what", about=text)
    assert "\n" not in str(caught.value)
    with pytest.raises(BadParameter):
        ask(store, "who-said-what", since=text)
    with pytest.raises(BadParameter):
        ask(store, "stance-over-time", per=text)


@pytest.mark.parametrize("text", ['x" } DROP ALL #', "a\nb", "\\", '"', "}", "?x", "UNDEF", "é\t"], ids=ascii)
def test_text_is_bound_not_pasted(store: Store, folder: Path, text: str) -> None:
    """A text parameter comes back from the query as it went in, whatever it holds."""
    path = folder / "echo.rq"
    path.write_text(
        "#+ summary: Echo\n#+ params:\n#+   text: {type: xsd:string}\n"
        "SELECT ?echo WHERE {\n  VALUES (?text) { (UNDEF) }\n  BIND(?text AS ?echo)\n}\n",
        encoding="utf-8",
    )
    echo = read_question(path)
    assert ask(store, echo, text=text).rows == ((text.strip(),),)
    assert ask(store, echo).rows == ((None,),)


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs"])))
def test_any_text_survives_binding(text: str) -> None:
    """Every text that RDF can hold is one term in the query that is asked, and no more."""
    question = Question(
        name="echo",
        summary="",
        description="",
        parameters=(Parameter(name="text", type="xsd:string"),),
        columns=(),
        view="",
        sparql="SELECT ?text WHERE { VALUES (?text) { (UNDEF) } }",
        path=Path("echo.rq"),
    )
    with open_store() as empty:
        [row] = empty.select(bind(question, {"text": Literal(text)}))
    assert row == (Literal(text),)


@pytest.mark.parametrize(
    ("value", "term"),
    [
        ("2016", Literal("2016", datatype=XSD.gYear)),
        (2016, Literal("2016", datatype=XSD.gYear)),
        ("2016-11", Literal("2016-11", datatype=XSD.gYearMonth)),
        (" 2016-11-21 ", Literal("2016-11-21", datatype=XSD.date)),
        (date(2016, 11, 21), Literal("2016-11-21", datatype=XSD.date)),
        (datetime(2016, 11, 21, 23, 59), Literal("2016-11-21", datatype=XSD.date)),  # noqa: DTZ001
    ],
)
def test_dates_keep_their_precision(store: Store, value: object, term: Literal) -> None:
    """A date is bound as a day, a month or a year, as it was given."""
    assert to_term(store, DAY, value) == term


@pytest.mark.parametrize(
    "value", ["yesterday", "2016-13", "2016-1", "2016-02-30", "16", "2016-11-21Z", "21/11/2016", "٢٠١٦-11", ""]
)
def test_other_dates_are_refused(store: Store, value: str) -> None:
    """What is no year, month or day is named, with how to write one."""
    with pytest.raises(BadParameter, match="expected 2016, 2016-11 or 2016-11-21"):
        to_term(store, DAY, value)


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("xsd:integer", 7, "7"),
        ("xsd:integer", "-7", "-7"),
        ("xsd:decimal", Decimal("0.50"), "0.50"),
        ("xsd:decimal", Decimal("1E-7"), "0.0000001"),
        ("xsd:decimal", 0.5, "0.5"),
        ("xsd:decimal", 1e-7, "0.0000001"),
        ("xsd:boolean", True, "true"),
        ("xsd:boolean", "false", "false"),
        ("xsd:string", "two\nlines", "two\nlines"),
    ],
)
def test_literals_have_their_type(store: Store, kind: str, value: object, text: str) -> None:
    """A number, a yes or no, and a text are bound as what the header says they are."""
    term = to_term(store, Parameter(name="x", type=kind), value)
    assert term == Literal(text, datatype=XSD[kind.partition(":")[2]])


@pytest.mark.parametrize(
    ("kind", "value", "called"),
    [
        ("xsd:integer", "7.5", "a whole number such as 7"),
        ("xsd:integer", "seven", "a whole number such as 7"),
        ("xsd:integer", True, "a whole number such as 7"),
        ("xsd:decimal", "1e3", "a number such as 0.5"),
        ("xsd:decimal", "½", "a number such as 0.5"),
        ("xsd:boolean", "maybe", "yes or no"),
        ("xsd:boolean", "1", "yes or no"),
    ],
)
def test_literals_of_another_type_are_refused(store: Store, kind: str, value: object, called: str) -> None:
    """What does not fit the type is told with what would."""
    with pytest.raises(BadParameter, match=f"x: expected {called}, not '.*'"):
        to_term(store, Parameter(name="x", type=kind), value)


def test_what_is_allowed_is_said(store: Store) -> None:
    """A value outside those allowed is refused with the list of them."""
    with pytest.raises(BadParameter, match="per: expected month, quarter or year, not 'week'"):
        ask(store, "stance-over-time", per="week")


def test_unknown_and_missing_parameters(store: Store) -> None:
    """A slip in a parameter's name is answered with the nearest; one that is needed, with what it is."""
    with pytest.raises(BadParameter, match="who-said-what has no parameter 'abuot'; did you mean 'about'"):
        ask(store, "who-said-what", abuot="trust")
    with pytest.raises(BadParameter, match="claims-of needs 'organisation': the organisation"):
        ask(store, "claims-of")
    with pytest.raises(BadParameter, match="trace needs 'claim'"):
        ask(store, "trace", claim=None)
    with pytest.raises(BadParameter, match="trace has no parameter 'question'"):
        ask(store, "trace", question="trace")


def test_a_named_node_is_taken_as_it_is(store: Store) -> None:
    """An IRI from an earlier answer can be asked for; one of another kind is refused."""
    assert len(ask(store, "who-said-what", about=mint("relationship", "trust"))) == 4
    with pytest.raises(BadParameter, match="about: no relationship is called '<https"):
        ask(store, "who-said-what", about=mint("party", "nhs"))


def test_a_query_that_does_not_parse_names_its_file(store: Store, folder: Path) -> None:
    """A question with a slip in its SPARQL is named with its file."""
    path = folder / "mine.rq"
    path.write_text(WHOLE.replace("GROUP BY", "GROUPED BY"), encoding="utf-8")
    with pytest.raises(BadQuery, match=r"mine\.rq: .*line 18"):
        ask(store, read_question(path))


# --- Names


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CIPFA", "cipfa"),
        ("Zoë’s  Plan", "zoes plan"),
        ("e\u0301lan", "ÉLAN"),
        ("joint-working", "joint working"),
        ("Straße", "STRASSE"),
    ],
)
def test_folding(one: str, other: str) -> None:
    """Case, accents, apostrophes, hyphens and spaces make no difference."""
    assert fold(one) == fold(other)


def test_nearest_names() -> None:
    """The nearest are named as they are written; a part of a name will do; far from all, some are listed."""
    assert nearest("cipfaa", ["CIPFA", "iMPOWER"]) == "did you mean 'CIPFA'?"
    assert nearest("network", ["County Councils Network", "Gazette"]) == "did you mean 'County Councils Network'?"
    assert nearest("zzz", ["b", "a"]) == "expected one of a, b"
    assert nearest("zzz", [f"name {at}" for at in range(9)]).endswith("name 7 …")


# --- Tables


@pytest.mark.parametrize(
    ("term", "cell"),
    [
        (None, None),
        (Literal("a", language="en"), "a"),
        (Literal(56), 56),
        (Literal("56.50", datatype=XSD.decimal), Decimal("56.50")),
        (Literal("1.5E2", datatype=XSD.double), Decimal(150)),
        (Literal("INF", datatype=XSD.double), "INF"),
        (Literal("1", datatype=XSD.boolean), True),
        (Literal("2016-11-21", datatype=XSD.date), date(2016, 11, 21)),
        (Literal("2016-11-21Z", datatype=XSD.date), "2016-11-21Z"),
        (Literal("2016-11", datatype=XSD.gYearMonth), "2016-11"),
        (Literal("seven", datatype=XSD.integer), "seven"),
        (NamedNode("https://example.org/a"), NamedNode("https://example.org/a")),
        (BlankNode("b"), "_:b"),
    ],
)
def test_cells(term: Any, cell: object) -> None:
    """A term becomes the Python value it means; what is ill-formed stays text."""
    assert to_cell(term) == cell
    assert type(to_cell(term)) is type(cell)


def test_parts_of_a_cell_are_sorted(store: Store) -> None:
    """Several values in one cell come in order; an empty one is none."""
    answer = store.select('SELECT ("b | a |  | c" AS ?x) (" | " AS ?y) ("" AS ?z) ("b | a" AS ?t) {}')
    columns = (*(Column(name=name, type="list") for name in "xyz"), Column(name="t"))
    assert Table.of(answer, columns=columns).rows == (("a; b; c", None, None, "b | a"),)


def test_columns_that_nobody_described(store: Store) -> None:
    """A query's own columns are kept, described or not."""
    made = Table.of(store.select("SELECT (1 AS ?a) (2 AS ?b) {}"), columns=(Column(name="b", description="two"),))
    assert made.names == ("a", "b")
    assert [column.description for column in made.columns] == ["", "two"]
    assert list(made) == [(1, 2)]
    assert made.to_dicts() == [{"a": 1, "b": 2}]
