"""Each question on an invented county, with the rows it must give, on every engine alike.

The engines: Oxigraph here and as a server, rdflib, and Virtuoso.

The county is tests/anyshire.ttl; what is expected was worked out from it by hand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import pyoxigraph
import pytest
import rdflib
import yaml
from pyoxigraph import NamedNode, Quad

from stpgraph.questions import Question, Table, ask, bind, find_questions
from stpgraph.questions.headers import ROW, VALUES, selected
from stpgraph.questions.values import to_term
from stpgraph.store import EndpointStore, Solutions, Store, open_store
from stpgraph.tables import Cell
from stpgraph.vocabulary import local_name, mint
from tests.servers import Virtuoso

ANYSHIRE = Path(__file__).parent / "anyshire.ttl"
QUESTIONS = find_questions()
NAMES = (
    *("agreement", "claims-of", "corroboration", "coverage", "doubtful-statistics", "money", "partnerships"),
    *("people-and-roles", "recommendations", "relationship-map", "stance-over-time", "statistics", "studies"),
    *("tensions", "trace", "unattributed", "unreviewed", "who-said-what"),
)

MARCH, APRIL, LATER = date(2018, 3, 5), date(2018, 4, 10), date(2018, 4, 11)
COUNCIL, INSTITUTE, JOINTLY = "Anyshire Council", "Institute of Plans", "Anyshire Council; Institute of Plans"
ONE, TWO, REPORT = "Trust is thin", "Money is thinner", "Plans in Anyshire"
TRUST, JOINT, COUNCILS = (
    "trust among the partners",
    "joint working among the partners",
    "joint working of councils and the NHS",
)
FUNDING = "funding of the STP"
TEXT_HASH, SPAN_HASH = "0123456789abcdef" * 4, "fedcba9876543210" * 4

Asker = Callable[..., Table]


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    """Yield a store that holds the county."""
    with open_store() as anyshire:
        anyshire.load(ANYSHIRE, graph=mint("graph", "anyshire"))
        yield anyshire


@pytest.fixture(scope="module")
def served(plain_server: str) -> Iterator[Store]:
    """Yield the county at an Oxigraph that is a server."""
    yield from _at(EndpointStore(f"{plain_server}/query", update_url=f"{plain_server}/update"))


@pytest.fixture(scope="module")
def at_virtuoso(virtuoso: Virtuoso) -> Iterator[Store]:
    """Yield the county at a Virtuoso."""
    yield from _at(EndpointStore(virtuoso.url))


def _at(endpoint: Store) -> Iterator[Store]:
    """Yield the county at an endpoint, its nodes dealt out to four graphs: an answer may not hang on one."""
    graphs = [mint("graph", f"anyshire-{number}") for number in range(4)]
    with endpoint, open_store() as here:
        for graph in endpoint.graph_names():  # what other tests left
            endpoint.remove_graph(graph)
        here.load(ANYSHIRE, graph=graphs[0])
        places = {quad.subject: graphs[number % 4] for number, quad in enumerate(here.quads())}
        endpoint.add(Quad(quad.subject, quad.predicate, quad.object, places[quad.subject]) for quad in here.quads())
        yield endpoint
        for graph in graphs:
            endpoint.remove_graph(graph)


_SERVER = pytest.mark.server
ENGINES = ["oxigraph", "rdflib", pytest.param("served", marks=_SERVER), pytest.param("at_virtuoso", marks=_SERVER)]


@pytest.fixture(scope="module", params=ENGINES)
def answer(request: pytest.FixtureRequest, store: Store) -> Asker:
    """Return what asks a question of one engine or another."""
    if request.param == "rdflib":
        return asker(store, rdflib.Graph().parse(ANYSHIRE))
    return asker(store if request.param == "oxigraph" else request.getfixturevalue(request.param))


def asker(store: Store, graph: rdflib.Graph | None = None) -> Asker:
    """Return what asks questions of a store, or of the same data in rdflib; parameters are read alike."""
    if graph is None:
        return lambda name, **given: ask(store, name, **given)

    def ask_rdflib(name: str, **given: Any) -> Table:
        question = QUESTIONS[name]
        terms = {p.name: to_term(store, p, given[p.name]) for p in question.parameters if p.name in given}
        solutions = cast("Solutions", _Rows(graph.query(bind(question, terms))))
        return Table.of(solutions, question=name, columns=question.columns)

    return ask_rdflib


class _Rows:
    """The rows of rdflib's answer as pyoxigraph's terms."""

    def __init__(self, found: rdflib.query.Result) -> None:
        self.variables = tuple(str(variable) for variable in found.vars or ())
        self._rows = [tuple(_term(term) for term in cast("tuple[Any, ...]", row)) for row in found]

    def __iter__(self) -> Iterator[tuple[NamedNode | pyoxigraph.Literal | None, ...]]:
        return iter(self._rows)


def _term(term: rdflib.term.Node | None) -> NamedNode | pyoxigraph.Literal | None:
    if isinstance(term, rdflib.URIRef):
        return NamedNode(str(term))
    if isinstance(term, rdflib.Literal):
        datatype = NamedNode(str(term.datatype)) if term.datatype else None
        return pyoxigraph.Literal(str(term), language=term.language, datatype=datatype)
    assert term is None, f"{term!r} is neither IRI nor literal"
    return None


def rows(table: Table, *columns: str) -> list[tuple[Cell, ...]]:
    """Return some columns of a table, or all; an IRI as its path below the base."""
    chosen = columns or table.names
    return [tuple(_short(row[name]) for name in chosen) for row in table.to_dicts()]


def _short(cell: Cell) -> Cell:
    return local_name(cell) if isinstance(cell, NamedNode) else cell


def lines(table: Table, *columns: str) -> list[str]:
    """Return some columns as text, a row a line: the unknown as "-", 104.0 and 104 alike."""
    return [" | ".join("-" if cell is None else _text(cell) for cell in row) for row in rows(table, *columns)]


def _text(cell: Cell) -> str:
    return f"{cell.normalize():f}" if isinstance(cell, Decimal) else str(cell)


# --- The files


def test_the_questions_are_these() -> None:
    """Every question that was promised ships, and no other."""
    assert tuple(sorted(QUESTIONS)) == NAMES


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=lambda question: question.name)
def test_headers_are_complete(question: Question) -> None:
    """A header says what it asks, what can be given, what each column means, and which view shows it."""
    assert question.description
    assert not question.summary.endswith(".")
    assert len(question.summary) <= 120
    assert question.view in {"figures", "matrix", "network", "table", "timeline"}
    assert all(parameter.description and not parameter.description.endswith(".") for parameter in question.parameters)
    assert all(column.description for column in question.columns)
    assert all(bool(p.of_class or p.of_scheme) == (p.type == "iri") for p in question.parameters)


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=lambda question: question.name)
def test_grlc_reads_the_headers(question: Question) -> None:
    """Read as grlc does, by cutting `#+` and loading YAML, a header has a summary, a description and a list of tags."""
    decorators = [line.lstrip("#+") for line in question.sparql.split("\n") if line.startswith("#+")]
    header = yaml.safe_load("\n".join(decorators))
    assert header["summary"] == question.summary
    assert " ".join(header["description"].split()) == question.description
    assert header["tags"]
    assert all(isinstance(tag, str) for tag in header["tags"])
    assert set(header["params"]) == {parameter.name for parameter in question.parameters}


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=lambda question: question.name)
def test_columns_and_parameters_are_those_of_the_query(question: Question) -> None:
    """What is selected is what is described, in that order; what is bound is what can be given."""
    assert tuple(column.name for column in question.columns) == selected(question.sparql)
    bound = {name for line in VALUES.finditer(question.sparql) for name in re.findall(r"\w+", line[1])}
    assert {parameter.name for parameter in question.parameters} == bound
    assert all(len(ROW.findall(line[2])) == len(line[1].split()) for line in VALUES.finditer(question.sparql))


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=lambda question: question.name)
def test_a_row_names_its_node_last(question: Question) -> None:
    """The last column is the IRI of what the row is about, and all columns of IRIs are details."""
    assert question.columns[-1].type == "iri"
    assert all(column.is_detail for column in question.columns if column.type == "iri")


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=lambda question: question.name)
def test_queries_ask_the_union(question: Question) -> None:
    """No question names a graph or another endpoint."""
    body = "\n".join(line for line in question.sparql.splitlines() if not line.startswith("#"))
    assert not re.search(r"\b(GRAPH|FROM|SERVICE)\b", body)


# --- Who said what


def test_who_said_what(answer: Asker) -> None:
    """A row is one claim, with all its claimants, sources and relationships; the withdrawn one is left out."""
    answered = ("bodies that answered", None, None, "Anyshire survey")
    said: dict[str, tuple[Cell, ...]] = {
        "claim/one/100-180": (MARCH, "Jo Doe", "leader", COUNCIL, None, "warning", "critical", TRUST),
        "claim/one/200-280": (MARCH, *answered, "finding", "supportive", COUNCILS),
        "claim/one/300-380": (MARCH, JOINTLY, None, None, REPORT, "recommendation", "neutral", f"{FUNDING}; {JOINT}"),
        "claim/two/100-150": (APRIL, "Zoë Blogg", "director", INSTITUTE, None, "assertion", "supportive", TRUST),
        "claim/two/200-260": (APRIL, "Herald", None, None, None, "assertion", "critical", JOINT),
        "claim/two/300-340": (APRIL, "unnamed sources", None, None, None, "assertion", "critical", FUNDING),
        "claim/two/450-480": (APRIL, COUNCIL, None, None, None, "assertion", "critical", TRUST),
        "claim/two/400-440": (LATER, "Jo Doe", "leader", COUNCIL, None, "assertion", "supportive", TRUST),
    }
    table = answer("who-said-what")
    found = rows(table, *("date", "speakers", "role", "body", "via", "act", "stance", "relationships"), "claim")
    assert found == [(*row, claim) for claim, row in said.items()]
    reports = ("summary", "attribution", "status", "outlet", "document")
    assert rows(table, *reports)[0] == ("Trust is too thin to build on.", "direct", "accepted", "Gazette", ONE)
    assert rows(table, *reports)[5] == ("The gap is wide.", "indirect", "proposed", "Herald", TWO)


@pytest.mark.parametrize(
    ("asked", "claims"),
    [
        ({"about": "joint working among the partners"}, "one/200-280 one/300-380 two/200-260"),
        ({"about": "relationship/joint-working-local-government-nhs"}, "one/200-280"),
        ({"aspect": "Funding"}, "one/300-380 two/300-340"),
        (
            {"party": "the partners"},
            "one/100-180 one/200-280 one/300-380 two/100-150 two/200-260 two/450-480 two/400-440",
        ),
        ({"party": "NHS bodies"}, "one/200-280"),
        ({"party": "NHS bodies", "other_party": "local government"}, "one/200-280"),
        ({"party": "local government", "other_party": "NHS bodies"}, "one/200-280"),
        ({"party": "NHS bodies", "other_party": "NHS bodies"}, ""),
        ({"other_party": "national bodies"}, "one/300-380 two/300-340"),
        ({"claimant": "the council"}, "one/300-380 two/450-480"),
        ({"claimant": "jo doe", "stance": "supportive"}, "two/400-440"),
        ({"concerns": "AN"}, "one/100-180 one/300-380"),
        ({"document": "trust is thin"}, "one/100-180 one/200-280 one/300-380"),
        ({"act": "warning"}, "one/100-180"),
        ({"since": "2018-04-11"}, "two/400-440"),
        ({"since": "2018-04", "until": date(2018, 4, 10)}, "two/100-150 two/200-260 two/300-340 two/450-480"),
        ({"until": "2018-03"}, "one/100-180 one/200-280 one/300-380"),
        ({"since": "2018", "until": "2018", "claimant": "Herald"}, "two/200-260"),
        ({"since": "2019"}, ""),
    ],
    ids=str,
)
def test_who_said_what_when_asked_for(answer: Asker, asked: dict[str, Any], claims: str) -> None:
    """Each parameter, alone and with others, keeps the claims it should."""
    assert rows(answer("who-said-what", **asked), "claim") == [(f"claim/{claim}",) for claim in claims.split()]


def test_claims_of(answer: Asker) -> None:
    """An organisation speaks itself, through its people, and through its studies and reports, each claim once."""
    columns = ("date", "organisation", "how", "speakers", "role", "via", "claim")
    answered = ("bodies that answered", None, "Anyshire survey")
    assert rows(answer("claims-of", organisation="IoP"), *columns) == [
        (MARCH, INSTITUTE, "its reports and studies", *answered, "claim/one/200-280"),
        (MARCH, INSTITUTE, "itself", JOINTLY, None, REPORT, "claim/one/300-380"),
        (APRIL, INSTITUTE, "its people", "Zoë Blogg", "director", None, "claim/two/100-150"),
    ]
    assert rows(answer("claims-of", organisation="IoP", about="trust", until="2018-04"), "claim") == [
        ("claim/two/100-150",)
    ]
    assert rows(answer("claims-of", organisation="Anyshire Council"), "how", "claim") == [
        ("its people", "claim/one/100-180"),
        ("itself", "claim/one/300-380"),
        ("itself", "claim/two/450-480"),
        ("its people", "claim/two/400-440"),
    ]


def test_recommendations(answer: Asker) -> None:
    """A recommendation names who makes it and who is to act."""
    columns = ("date", "speakers", "role", "body", "addressees", "summary", "relationships", "document")
    summary = "Ministers ought to pay for integration."
    assert rows(answer("recommendations"), *columns) == [
        (MARCH, JOINTLY, None, None, "national bodies", summary, f"{FUNDING}; {JOINT}", ONE)
    ]
    assert len(answer("recommendations", addressee="national bodies", claimant="IoP", about="trust")) == 0
    assert len(answer("recommendations", addressee="national bodies", claimant="IoP", about=JOINT)) == 1
    assert len(answer("recommendations", addressee="NHS bodies")) == 0


def test_unattributed(answer: Asker) -> None:
    """A group, unnamed sources and a document's own voice are told apart."""
    columns = ("date", "reason", "speakers", "via", "claim")
    assert rows(answer("unattributed"), *columns) == [
        (MARCH, "a group", "bodies that answered", "Anyshire survey", "claim/one/200-280"),
        (APRIL, "own voice", "Herald", None, "claim/two/200-260"),
        (APRIL, "unnamed sources", "unnamed sources", None, "claim/two/300-340"),
    ]
    assert rows(answer("unattributed", reason="own voice"), "claim") == [("claim/two/200-260",)]
    assert rows(answer("unattributed", about=FUNDING), "claim") == [("claim/two/300-340",)]


# --- Who agrees


def test_tensions(answer: Asker) -> None:
    """Contradictions and opposed stances, of one claimant, of one body's people, and between bodies."""
    trusting, working = "the partners trust each other", "integration works"
    columns = ("issue", "tension", "between", "supporters", "supporting", "critics", "opposing")
    assert rows(answer("tensions"), *columns) == [
        (working, "contradiction", "different bodies", "bodies that answered", 1, "Herald", 1),
        (trusting, "contradiction", "different bodies", "Jo Doe; Zoë Blogg", 2, "Jo Doe", 1),
        (trusting, "contradiction", "same claimant", "Jo Doe", 1, "Jo Doe", 1),
        (TRUST, "opposed stance", "different bodies", "Jo Doe; Zoë Blogg", 2, f"{COUNCIL}; Jo Doe", 2),
        (TRUST, "opposed stance", "one body", "Jo Doe", 1, f"{COUNCIL}; Jo Doe", 2),
        (TRUST, "opposed stance", "same claimant", "Jo Doe", 1, "Jo Doe", 1),
    ]
    [own] = answer("tensions", between="same claimant", tension="contradiction").to_dicts()
    assert (own["supporting_from"], own["supporting_to"], own["opposing_from"]) == (LATER, LATER, MARCH)
    assert rows(answer("tensions", about=JOINT), "node") == [("proposition/integration-works",)]


def test_agreement(answer: Asker) -> None:
    """A pair is counted once; where both changed their minds they agree and disagree on one issue."""
    columns = ("agree_propositions", "disagree_propositions", "agree_relationships", "disagree_relationships")
    assert rows(answer("agreement"), "one", "other", *columns) == [
        (COUNCIL, "Jo Doe", 0, 0, 1, 1),
        (COUNCIL, "Zoë Blogg", 0, 0, 0, 1),
        ("Jo Doe", "Zoë Blogg", 1, 1, 1, 1),
        ("bodies that answered", "Herald", 0, 1, 0, 0),
    ]
    assert rows(answer("agreement", claimant="Zoë Blogg"), "one", "other", *columns) == [
        ("Zoë Blogg", COUNCIL, 0, 0, 0, 1),
        ("Zoë Blogg", "Jo Doe", 1, 1, 1, 1),
    ]
    assert rows(answer("agreement", about=JOINT), "claimant", "other_claimant") == [
        ("collective/respondents", "organisation/herald")
    ]


def test_relationship_map(answer: Asker) -> None:
    """Each pair of parties, or one among its members, with its claims by stance."""
    columns = ("claims", "claimants", "supportive", "critical", "mixed", "neutral", "balance")
    table = answer("relationship-map")
    assert rows(table, "one", "other", "relationships", *columns) == [
        ("the partners", "among its members", f"{JOINT}; {TRUST}", 6, 5, 2, 3, 0, 1, -1),
        ("national bodies", "the STP itself", FUNDING, 2, 3, 0, 1, 0, 1, -1),
        ("local government", "NHS bodies", COUNCILS, 1, 1, 1, 0, 0, 0, 1),
    ]
    assert rows(table, "party", "other_party") == [
        ("party/partners", "party/partners"),
        ("party/national-bodies", "party/stp"),
        ("party/local-government", "party/nhs"),
    ]
    assert rows(answer("relationship-map", aspect="trust", since="2018-04"), "one", "claims", "claimants") == [
        ("the partners", 3, 3)
    ]


def test_stance_over_time(answer: Asker) -> None:
    """Claims by relationship and period; a month where none is said."""
    columns = ("about", "period", "claims", "claimants", "supportive", "critical", "mixed", "neutral", "balance")
    assert rows(answer("stance-over-time"), *columns) == [
        (FUNDING, "2018-03", 1, 2, 0, 0, 0, 1, 0),
        (FUNDING, "2018-04", 1, 1, 0, 1, 0, 0, -1),
        (JOINT, "2018-03", 1, 2, 0, 0, 0, 1, 0),
        (JOINT, "2018-04", 1, 1, 0, 1, 0, 0, -1),
        (COUNCILS, "2018-03", 1, 1, 1, 0, 0, 0, 1),
        (TRUST, "2018-03", 1, 1, 0, 1, 0, 0, -1),
        (TRUST, "2018-04", 3, 3, 2, 1, 0, 0, 1),
    ]
    assert rows(answer("stance-over-time", per="quarter", about=TRUST), *columns) == [
        (TRUST, "2018-Q1", 1, 1, 0, 1, 0, 0, -1),
        (TRUST, "2018-Q2", 3, 3, 2, 1, 0, 0, 1),
    ]
    assert rows(answer("stance-over-time", per="year", aspect="trust", until="2018-04-10"), *columns) == [
        (TRUST, "2018", 3, 3, 1, 2, 0, 0, -1)
    ]


def test_corroboration(answer: Asker) -> None:
    """Documents and independent sources are counted apart."""
    assert rows(answer("corroboration")) == [
        ("integration works", "contested", 2, 2, 1, 1, MARCH, APRIL, "proposition/integration-works"),
        ("the partners trust each other", "contested", 2, 2, 2, 1, MARCH, LATER, "proposition/trust-exists"),
    ]
    assert rows(answer("corroboration", about=TRUST), "proposition") == [("proposition/trust-exists",)]


# --- Figures


def test_statistics(answer: Asker) -> None:
    """Figures as said and as numbers, with whom they count; those that no claim gives, too."""
    table = answer("statistics")
    assert lines(table, "said", "value", "lowest", "highest", "unit", "numerator", "denominator") == [
        "£2m | 2000000 | 1500000 | 2500000 | GBP | - | -",
        "£4m | 4000000 | 3500000 | 4500000 | GBP | - | -",
        "55% | 55 | 54.5 | 55.5 | % | - | -",
        "50% | 50 | 49.5 | 50.5 | % | - | -",
        "45 of 40 | 45 | 45 | 45 | count | 45 | 40",
        "about 120% | 120 | 117.5 | 122.5 | % | - | -",
        "91% | 91 | 90.5 | 91.5 | % | - | -",
        "37 of the 40 | 37 | 37 | 37 | count | 37 | 40",
        "two in three | 66.6667 | 66.6667 | 66.6667 | % | 2 | 3",
        "60% | 60 | 59.5 | 60.5 | % | - | -",
    ]
    assert lines(table, "measure", "kind", "population", "size", "source", "speakers", "date", "document") == [
        f"the gap | planned | - | - | - | unnamed sources | 2018-04-10 | {TWO}",
        f"the part of the gap in care | planned | - | - | - | - | 2018-04-10 | {TWO}",
        f"think things go well | opinion | bodies that answered | 40 | {REPORT} | - | 2018-04-10 | {TWO}",
        f"think things go badly | opinion | bodies that answered | 40 | {REPORT} | - | 2018-04-10 | {TWO}",
        f"replies | count | - | - | - | - | 2018-04-10 | {TWO}",
        f"turnout | count | bodies that answered | 40 | - | - | 2018-04-10 | {TWO}",
        f"see little trust | opinion | bodies that answered | 40 | Anyshire survey | - | 2018-03 | {REPORT}",
        f"see little trust | opinion | bodies that answered | 40 | Anyshire survey | Jo Doe | 2018-03-05 | {ONE}",
        *(
            "expect joint budgets | opinion | bodies that answered | 40 | Anyshire survey | bodies that answered"
            f" | 2018-03-05 | {ONE}",
        )
        * 2,
    ]
    assert [row for row in rows(table, "comparator", "status", "said") if row[:2] != ("exactly", "accepted")] == [
        ("about", "proposed", "about 120%")
    ]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"about": "trust"}, ["91%", "37 of the 40"]),
        ({"about": JOINT}, ["55%", "50%", "two in three", "60%"]),
        ({"study": "Plans in Anyshire"}, ["55%", "50%"]),
        ({"study": "Anyshire survey", "document": "Plans in Anyshire"}, ["91%"]),
        ({"document": ONE}, ["37 of the 40", "two in three", "60%"]),
    ],
    ids=str,
)
def test_statistics_when_asked_for(answer: Asker, asked: dict[str, str], said: list[str]) -> None:
    """By relationship (and those below it), by study, by what states them."""
    assert [row[0] for row in rows(answer("statistics", **asked), "said")] == said


def test_doubtful_statistics(answer: Asker) -> None:
    """Each way in which figures do not hold together is found, with its arithmetic; what is sound is not."""
    table = answer("doubtful-statistics")
    assert lines(table, "reason", "first", "second", "measure") == [
        "no whole number gives it | 91% | of 40 | see little trust",
        "numerator above denominator | 45 of 40 | - | replies",
        "one fact said two ways | two in three | 60% | expect joint budgets",
        "one measure, two documents | 37 of the 40 | 91% | see little trust",
        "parts do not make the whole | 50%; 55% | - | how things are going",
        "share above 100 % | about 120% | - | turnout",
        "subtotal above its total | £4m | £2m | the gap",
    ]
    assert lines(table, "lowest", "highest", "other_lowest", "other_highest", "unit", "base") == [
        "90.5 | 91.5 | - | - | % | 40",
        "45 | 45 | - | - | count | 40",
        "66.6667 | 66.6667 | 59.5 | 60.5 | % | -",
        "92.5 | 92.5 | 90.5 | 91.5 | % | -",
        "104 | 106 | 100 | 100 | % | -",
        "117.5 | 122.5 | - | - | % | -",
        "3500000 | 4500000 | 1500000 | 2500000 | GBP | -",
    ]
    nearest = ("basis", "fewer", "fewer_share", "more", "more_share")
    assert lines(table, *nearest)[0] == "the whole population was taken | 36 | 90 | 37 | 92.5"
    assert rows(table, "documents", "other_documents", "other_statistic", "statistic") == [
        (REPORT, None, None, "statistic/survey-2018/little-trust"),
        (TWO, None, None, "statistic/two/600-608"),
        (ONE, ONE, "statistic/one/219-222", "statistic/one/205-217"),
        (ONE, REPORT, "statistic/survey-2018/little-trust", "statistic/one/110-120"),
        (TWO, None, None, "statistic/two/500-503"),
        (TWO, None, None, "statistic/two/700-710"),
        (TWO, TWO, "statistic/two/310-313", "statistic/two/320-323"),
    ]
    assert rows(answer("doubtful-statistics", about="trust"), "first") == [("91%",), ("37 of the 40",)]


#: Figures that hold: `55/56` is a count of a whole, `1:6` a fraction in words, `98%97.5-98.5` a share and its bounds.
SOUND = {
    "one missing of 56, and the same as a share": "55/56 98%97.5-98.5",
    "a fraction in words, and the count it is of": "1:6 1/6",
    "95 % of 56, which 53 give": "95%94.5-95.5",
    "a quarter of 56, which 14 give": "25%24.5-25.5",
    "about 95 %": "95%92.5-97.5",
}


@pytest.mark.parametrize("figures", SOUND.values(), ids=SOUND.keys())
def test_sound_figures_are_left_alone(figures: str) -> None:
    """Figures whose intervals meet, and shares that some number of 56 gives, are no findings."""
    turtle = "<measure/x> stp:population <collective/x> . <collective/x> stp:size 56 ."
    for at, figure in enumerate(figures.split()):
        turtle += (
            f"""<statistic/x/{at}> stp:measure <measure/x> ; stp:reportedIn <document/x> ; stp:asSaid "{figure}" """
        )
        if "%" in figure:
            lowest, highest = figure.partition("%")[2].split("-")
            turtle += f"; qudt:hasUnit unit:PERCENT ; stp:lowest {lowest} ; stp:highest {highest} ."
            continue
        part, whole = re.split("[/:]", figure)
        unit, bound = (
            ("NUM", f"{part}.0") if "/" in figure else ("PERCENT", str(round(Decimal(100) * int(part) / int(whole), 4)))
        )
        turtle += f"; qudt:hasUnit unit:{unit} ; stp:lowest {bound} ; stp:highest {bound} "
        turtle += f"; stp:numerator {part} ; stp:denominator {whole} ."
    assert rows(_doubtful(turtle), "reason", "first", "second") == []


def test_parts_that_make_the_whole_are_left_alone() -> None:
    """A quarter, 54 % and 21 % make 100 by rounding; of two parts out of three nothing can be said."""
    parts = {"limited": (25, 25), "reasonable": ("53.5", "54.5"), "strong": ("20.5", "21.5")}
    turtle = "<measure/all> stp:exhaustive true ."
    for part, (lowest, highest) in parts.items():
        turtle += f"""<measure/{part}> stp:partOf <measure/all> .
            <statistic/one/{part}> stp:measure <measure/{part}> ; stp:asSaid "{part}" ; stp:reportedIn <document/one> ;
                qudt:hasUnit unit:PERCENT ; stp:lowest {lowest} ; stp:highest {highest} .
            """
    turtle += """<statistic/two/limited> stp:measure <measure/limited> ; stp:asSaid "25%" ;
        stp:reportedIn <document/two> ; qudt:hasUnit unit:PERCENT ; stp:lowest 24.5 ; stp:highest 25.5 ."""
    assert not _doubtful(turtle)
    short = turtle.replace("stp:lowest 53.5 ; stp:highest 54.5", "stp:lowest 43.5 ; stp:highest 44.5")
    assert rows(_doubtful(short), "reason", "lowest", "highest", "other_lowest") == [
        ("parts do not make the whole", 89, 91, 100)
    ]


@pytest.mark.parametrize(("share", "size", "nearest"), [("15", 56, (8, 9)), ("90", 56, (50, 51)), ("84", 52, (43, 44))])
def test_shares_that_no_count_gives_are_found(share: str, size: int, nearest: tuple[int, int]) -> None:
    """15 % and 90 % of 56, and 84 % of 52, lie between the shares of two counts."""
    turtle = f"""<measure/x> stp:population <collective/x> . <collective/x> stp:size {size} .
        <statistic/x/1> stp:measure <measure/x> ; stp:asSaid "{share}%" ; stp:reportedIn <report/x> ;
            qudt:hasUnit unit:PERCENT ; stp:lowest {int(share) - 1}.5 ; stp:highest {share}.5 ."""
    assert rows(_doubtful(turtle), "reason", "base", "fewer", "more") == [("no whole number gives it", size, *nearest)]


def _doubtful(turtle: str) -> Table:
    """Ask a store that holds some Turtle for doubtful figures."""
    with open_store() as small:
        head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in _PREFIXES.items())
        text = f"@base <https://w3id.org/stpgraph/id/> .\n{head}{turtle}"
        small.load(text.encode(), format=pyoxigraph.RdfFormat.TURTLE, graph=mint("graph", "x"))
        return ask(small, "doubtful-statistics")


_PREFIXES = {
    "qudt": "http://qudt.org/schema/qudt/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "stp": "https://w3id.org/stpgraph/ontology#",
    "unit": "http://qudt.org/vocab/unit/",
}


def test_money(answer: Asker) -> None:
    """Sums, the greatest first, with who said so: the claimant, else who published it."""
    assert rows(answer("money"), "said", "value", "currency", "kind", "measure", "who", "date", "statistic") == [
        ("£4m", 4000000, "GBP", "planned", "the part of the gap in care", "Herald", APRIL, "statistic/two/320-323"),
        ("£2m", 2000000, "GBP", "planned", "the gap", "unnamed sources", APRIL, "statistic/two/310-313"),
    ]
    assert len(answer("money", kind="planned", about=FUNDING)) == 2
    assert len(answer("money", kind="opinion")) == 0


def test_studies(answer: Asker) -> None:
    """Who ran a study and for whom, whom it asked, what it found and where that stands, by its report, too."""
    table = answer("studies")
    assert lines(table, "name", "kind", "date", "ran_by", "commissioned_by", "sample", "size") == [
        f"Anyshire survey | survey | 2018 | {INSTITUTE} | {COUNCIL} | bodies that answered | 40",
        "a roundtable | roundtable | - | Gazette; Institute of Plans | - | - | -",
    ]
    assert rows(table, "findings", "figures", "claims", "reported_in", "study") == [
        (
            "expect joint budgets: 60%; expect joint budgets: two in three; see little trust: 37 of the 40; "
            "see little trust: 91%; think things go badly: 50%; think things go well: 55%",
            *(6, 2, f"{TWO}; {REPORT}; {ONE}", "study/survey-2018"),
        ),
        (None, 0, 0, None, "study/roundtable-2017"),
    ]
    assert rows(answer("studies", organisation="the council"), "name") == [("Anyshire survey",)]
    assert rows(answer("studies", kind="roundtable", organisation="Gazette"), "name") == [("a roundtable",)]
    assert rows(answer("studies", study="Anyshire survey"), "figures") == [(6,)]


# --- People, bodies, documents


def test_people_and_roles(answer: Asker) -> None:
    """Posts with what is known of their dates and what was said in them; the withdrawn claim is not counted."""
    table = answer("people-and-roles")
    assert lines(table, "name", "role", "body", "from", "to", "basis") == [
        "Jo Doe | chair | Anyshire and Nowhere | - | - | dates not known",
        f"Jo Doe | leader | {COUNCIL} | 2015 | 2018-05 | both dates known",
        "Sam Roe | lead | Anyshire and Nowhere | - | 2017 | start not known",
        f"Zoë Blogg | director | {INSTITUTE} | 2018-04-01 | - | end not known",
    ]
    assert lines(table, "claims", "spoke_about", "first_spoke", "last_spoke", "status", "membership", "person") == [
        "0 | - | - | - | proposed | membership/jo-doe-chair | person/jo-doe",
        f"2 | {TRUST} | 2018-03-05 | 2018-04-11 | accepted | membership/jo-doe-leader | person/jo-doe",
        "0 | - | - | - | accepted | membership/sam-roe-lead | person/sam-roe",
        f"1 | {TRUST} | 2018-04-10 | 2018-04-10 | accepted | membership/zoe-blogg-director | person/zoe-blogg",
    ]


@pytest.mark.parametrize(
    ("asked", "posts"),
    [
        ({"on": "2014"}, {"jo-doe-chair": "dates not known", "sam-roe-lead": "start not known"}),
        ({"on": "2015-01-01", "organisation": "the council"}, {"jo-doe-leader": "both dates known"}),
        (
            {"on": "2018-03-05", "person": "Jo Doe"},
            {"jo-doe-chair": "dates not known", "jo-doe-leader": "spoke in it then"},
        ),
        (
            {"on": "2018-05-31", "person": "Jo Doe"},
            {"jo-doe-chair": "dates not known", "jo-doe-leader": "both dates known"},
        ),
        ({"on": "2018-06", "person": "Jo Doe"}, {"jo-doe-chair": "dates not known"}),
        ({"on": "2018-03-31", "person": "Zoe Blogg"}, {}),
        ({"on": "2018-03", "person": "Zoe Blogg"}, {}),
        ({"on": "2018-04", "person": "Zoe Blogg"}, {"zoe-blogg-director": "spoke in it then"}),
        ({"on": "2019", "person": "Zoe Blogg"}, {"zoe-blogg-director": "end not known"}),
        ({"on": "2017-12-31", "person": "Sam Roe"}, {"sam-roe-lead": "start not known"}),
    ],
    ids=str,
)
def test_people_on_a_date(answer: Asker, asked: dict[str, str], posts: dict[str, str]) -> None:
    """Dates of differing precision are compared as far as both go; what is unknown does not speak against a post."""
    table = answer("people-and-roles", **asked)
    assert rows(table, "membership", "basis") == [(f"membership/{post}", basis) for post, basis in posts.items()]


def test_partnerships(answer: Asker) -> None:
    """A partnership with what is known and said of it, and one of which nothing is."""
    table = answer("partnerships")
    known = ("name", "other_names", "region", "later_region", "code", "lead", "successor")
    assert lines(table, *known) == [
        "Anyshire and Nowhere | AN; Anyshire STP | Middle (2016) | Centre (2019) | E99000001 | Sam Roe"
        " | Anyshire Care Board",
        "Elsewhere | - | - | - | - | - | -",
    ]
    assert lines(table, "claims", "supportive", "critical", "speakers", "said") == [
        f"2 | 0 | 1 | {JOINTLY}; Jo Doe | Ministers ought to pay for integration.; Trust is too thin to build on.",
        "0 | 0 | 0 | - | -",
    ]
    assert rows(answer("partnerships", partnership="elsewhere"), "name", "claims") == [("Elsewhere", 0)]


def test_coverage(answer: Asker) -> None:
    """What each document and each month holds, a document that says nothing included."""
    columns = ("month", "title", "documents", "claims", "figures", "claimants", "relationships", "document")
    assert rows(answer("coverage"), *columns) == [
        ("2018-03", ONE, 1, 3, 3, 4, 4, "document/one"),
        ("2018-04", TWO, 1, 5, 6, 5, 3, "document/two"),
        ("2018-04", "Weather is fine", 1, 0, 0, 0, 0, "document/three"),
    ]
    assert rows(answer("coverage", per="month"), *columns) == [
        ("2018-03", None, 1, 3, 3, 4, 4, None),
        ("2018-04", None, 2, 5, 6, 5, 3, None),
    ]


def test_trace(answer: Asker) -> None:
    """The chain behind a claim, step by step; a review that decided other claims is no part of it."""
    columns = ("step", "what", "detail", "by", "date", "start", "end", "hash", "node")
    assert rows(answer("trace", claim="claim/one/100-180"), *columns) == [
        ("claim", "Trust is too thin to build on.", "direct", None, MARCH, None, None, None, "claim/one/100-180"),
        ("claimant", "Jo Doe", None, None, None, None, None, None, "person/jo-doe"),
        ("post", "leader", COUNCIL, "Jo Doe", None, None, None, None, "membership/jo-doe-leader"),
        ("cites", "Anyshire survey", None, None, None, None, None, None, "study/survey-2018"),
        ("figure", "37 of the 40", "see little trust", None, None, None, None, None, "statistic/one/110-120"),
        ("document", ONE, "Gazette", None, MARCH, None, None, TEXT_HASH, "document/one"),
        ("evidence", ONE, None, None, None, 100, 180, SPAN_HASH, "evidence/one/100-180"),
        ("repeated at", ONE, None, None, None, 5, 20, SPAN_HASH, "evidence/one/5-20"),
        ("extraction", None, None, None, "2026-01-01T00:00:00+01:00", None, None, None, "extraction/one"),
        ("review", None, None, "the curator", "2026-01-02T00:00:00+01:00", None, None, None, "review/one"),
        ("status", "accepted", None, None, None, None, None, None, "review-status/accepted"),
    ]
    steps = rows(answer("trace", claim="claim/one/300-380"), "step", "what", "detail", "by", "date")
    assert [step for step in steps if step[0] in {"comes from", "made from", "commissioned by"}] == [
        ("comes from", REPORT, None, INSTITUTE, "2018-03"),
        ("made from", "Anyshire survey", "survey", INSTITUTE, "2018"),
        ("commissioned by", COUNCIL, None, None, None),
    ]
    reviews = [row for row in rows(answer("trace", claim="claim/one/200-280"), "step", "node") if row[0] == "review"]
    assert reviews == [("review", "review/one"), ("review", "review/other")]


def test_unreviewed(answer: Asker) -> None:
    """Proposals of every kind, dated ones first; below a confidence, those that state one; of one kind or document."""
    columns = ("date", "kind", "what", "confidence", "document", "statement")
    assert rows(answer("unreviewed"), *columns) == [
        (APRIL, "claim", "The gap is wide.", Decimal("0.4"), TWO, "claim/two/300-340"),
        (APRIL, "statistic", "turnout: about 120%", None, TWO, "statistic/two/700-710"),
        (None, "membership", "Jo Doe, chair, Anyshire and Nowhere", None, None, "membership/jo-doe-chair"),
    ]
    assert rows(answer("unreviewed", below="0.5"), "statement") == [("claim/two/300-340",)]
    assert len(answer("unreviewed", below=Decimal("0.4"))) == 0
    assert rows(answer("unreviewed", kind="statistic"), "statement") == [("statistic/two/700-710",)]
    assert len(answer("unreviewed", kind="dataset")) == 0
    of_two = [("claim/two/300-340",), ("statistic/two/700-710",)]
    assert rows(answer("unreviewed", document=TWO), "statement") == of_two
    assert rows(answer("unreviewed", document=TWO, kind="claim", below="0.5"), "statement") == of_two[:1]
