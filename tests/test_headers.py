"""Question files and their headers: what they may look like, and what is said of one that is wrong."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from stpgraph.errors import BadQuestion
from stpgraph.questions import Column, Parameter, Question, bind, read_question, to_terms
from stpgraph.questions.lines import form_of, selected, values_lines
from stpgraph.store import open_store
from stpgraph.vocabulary import XSD, mint
from tests.test_questions import WHOLE

HEADER, _, QUERY = WHOLE.partition("PREFIX")


def read(place: Path, text: str | bytes) -> Question:
    """Read a file of these words."""
    path = place / "mine.rq"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return read_question(path)


def refusal(place: Path, text: str | bytes) -> str:
    """Return why a file of these words is no question, from its name on."""
    with pytest.raises(BadQuestion) as caught:
        read(place, text)
    return str(caught.value).removeprefix(f"{place}/")


def test_a_header_is_read_as_it_stands(tmp_path: Path) -> None:
    """Every part of a header is there, `on` is no boolean, and a column may be its meaning alone."""
    question = read(tmp_path, WHOLE)
    assert (question.name, question.summary, question.view) == ("mine", "Who said it", "table")
    assert question.description == "One row a claim."
    assert question.parameters == (
        Parameter(name="stance", type="iri", of_scheme="stance", description="the stance"),
        Parameter(name="on", type="xsd:date", description="the day"),
        Parameter(name="per", type="xsd:string", allowed=("month", "year"), default="month"),
    )
    assert question.columns == (
        Column(name="claim", type="iri", description="the claim", is_detail=True),
        Column(name="who", description="the claimant"),
    )
    assert question.sparql == WHOLE


def test_grlc_keys_are_let_be(tmp_path: Path) -> None:
    """A header may say what only grlc reads."""
    assert read(tmp_path, "#+ method: GET\n#+ pagination: 100\n" + WHOLE).summary == "Who said it"


@pytest.mark.parametrize(
    "text",
    [
        WHOLE.replace("\n", "\r\n"),
        b"\xef\xbb\xbf" + WHOLE.encode(),
        "\n \n" + WHOLE,
        WHOLE.replace("#+ ", "#+"),
        WHOLE.replace("?stance ?on ?per)", "$stance $on $per)"),
        WHOLE.replace("VALUES (?stance ?on ?per) {", "values(?stance\n  ?on ?per)\n{"),
    ],
    ids=["line ends", "byte order mark", "blank lines", "no space", "dollars", "several lines"],
)
def test_headers_of_any_editor_are_read(tmp_path: Path, text: str | bytes) -> None:
    """Other line ends, a mark before the first letter, blank lines and other spellings make no difference."""
    question = read(tmp_path, text)
    assert (question.summary, len(question.parameters), len(question.columns)) == ("Who said it", 3, 2)
    bound = bind(question, {"stance": mint("stance", "critical")})
    assert '(<https://w3id.org/stpgraph/id/stance/critical> UNDEF "month")' in bound


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "",
            "# mine\n",
            "mine.rq:2: this line of the header is not at its head: other lines come before it; move it up",
        ),
        ("#+ params", "\n#+ params", "mine.rq:7: this line of the header is not at its head: other lines part it from"),
        ("#+   on", "#+\ton", "mine.rq:8: the header is no YAML: a tab stands where spaces must; put spaces"),
        ("Who said it", "Who: said it", "mine.rq:1: the header is no YAML: a colon too many, or a line too far right;"),
        ("#+   on", "#+     on", "mine.rq:8: the header is no YAML: a line begins further left or right than those"),
        ('the day"}', 'the day"', "mine.rq:9: the header is no YAML: a bracket or a quotation mark before this is not"),
        ("view: table", 'view: "table', "mine.rq:13: the header is no YAML: a quotation mark is not closed; close it"),
        ("Who said it", "*who", "mine.rq:1: the header is no YAML: a text begins with an asterisk; put a text that"),
        ("Who", "W\x00ho", "mine.rq:1: the header holds the character U+0000, which no YAML may; take it out"),
        ("Who said it", "[" * 3000, "mine.rq:1: the header is nested too deeply to be read"),
        (
            "view: table",
            "view: tabel",
            "mine.rq:13: no view is called 'tabel'; expected figures, matrix, network, table",
        ),
        ("#+   on:", "#+   store:", "mine.rq:8: 'store' cannot name a parameter, for every question has that option"),
        ("xsd:date", "xsd:gYear", "mine.rq:8: parameter 'on' has the type 'xsd:gYear'; expected one of iri, xsd:bool"),
        (
            "type: xsd:date",
            "type: xsd:date, class: stp:Claim",
            "mine.rq:8: parameter 'on' has a class or scheme, which",
        ),
        (
            "scheme: stance",
            "scheme: stance, class: stp:Claim",
            "mine.rq:7: parameter 'stance' has a class and a scheme;",
        ),
        (
            "scheme: stance",
            "allowed: [stance/critical]",
            "mine.rq:7: parameter 'stance' lists values allowed, which an",
        ),
        (
            "default: month",
            "default: month, required: true",
            "mine.rq:9: parameter 'per' is required and has a default",
        ),
        (
            "#+   per",
            "#+   about: {type: iri}\n#+   per",
            "mine.rq:9: no line `VALUES (?about) { (UNDEF) }` binds 'about'",
        ),
        ('"month") }', '"month") (UNDEF UNDEF "year") }', "mine.rq:16: VALUES of a parameter has one row in brackets,"),
        ("VALUES (?stance ?on ?per)", "VALUES ?on { 1 } VALUES (?stance ?per)", "mine.rq:16: a VALUES line of param"),
        ("  VALUES", "  # VALUES", "mine.rq:8: no line `VALUES (?on) { (UNDEF) }` binds 'on'; add it"),
        (
            "SELECT ?claim (SAMPLE(?name) AS ?who)",
            "CONSTRUCT { ?claim ?is ?name }",
            "mine.rq:1: this is a CONSTRUCT; a",
        ),
        ("#+ summary: Who said it\n", "", "mine.rq:1: the header has no summary; begin the file with a line"),
        ("#+ tags", "#+ tag", "mine.rq:5: the header has an unknown key 'tag'; did you mean 'tags'?"),
        ("[claims]", "[claims", "mine.rq:6: the header is no YAML: a bracket or a quotation mark before this"),
        ("#+ view: table", "#+ summary: again", "mine.rq:13: the header has 'summary' twice; take one out"),
        ("#+ view: table", "#+ view: [table]", "mine.rq:13: expected a text"),
        ("#+ params:\n", "#+ params: none\n#+ defaults:\n", "mine.rq:6: params holds no `key: value` pairs"),
        ("scheme: stance", "schema: stance", "mine.rq:7: parameter 'stance' has an unknown key 'schema'; did you mean"),
        ("type: xsd:date, ", "", "mine.rq:8: parameter 'on' has no type; expected one of iri, xsd:boolean"),
        ("xsd:date", "date", "mine.rq:8: parameter 'on' has the type 'date'; expected one of iri"),
        ("scheme: stance", "class: stq:Claim", "mine.rq:7: parameter 'stance': no prefix 'stq'"),
        ("{type: iri, scheme", "{required: yes, type: iri, scheme", "mine.rq:7: expected true or false, not 'yes'"),
        ("default: month", "default: week", "mine.rq:9: parameter 'per': its default is not one of the values allowed"),
        ("#+   on:", "#+   On-day:", "mine.rq:8: 'On-day' cannot name a parameter; expected a lower-case letter"),
        ("?stance ?on ?per", "?stance ?per", "mine.rq:16: a VALUES line of parameters binds parameters only"),
        ("?stance ?on ?per", "?stance ?day ?per", "mine.rq:16: a VALUES line of parameters binds parameters only"),
        (
            '  VALUES (?stance ?on ?per) { (UNDEF UNDEF "month") }\n',
            '  VALUES (?stance ?per) { (UNDEF "month") }\n',
            "mine.rq:8: no line `VALUES (?on) { (UNDEF) }` binds 'on'; add it",
        ),
        ('"month")', "UNDEF)", 'mine.rq:16: ?per is UNDEF here; its header says "month"'),
        ("(UNDEF UNDEF", "(UNDEF 2016", "mine.rq:16: ?on is 2016 here; its header says UNDEF"),
        (
            "type: iri, meaning",
            "type: link, meaning",
            "mine.rq:11: column 'claim' has the type 'link'; expected one of",
        ),
        (
            "detail: true",
            "detale: true",
            "mine.rq:11: column 'claim' has an unknown key 'detale'; did you mean 'detail'?",
        ),
        ("#+   who:", "#+   whom:", "mine.rq:12: column 'whom' is not selected; did you mean 'who'?"),
        ("#+   who: the claimant\n", "", "mine.rq:11: ?who is selected, and no column says what it means"),
        ("SELECT ?claim (SAMPLE(?name) AS ?who)", "SELECT *", "mine.rq:1: the query selects nothing by name"),
        ("SELECT ?claim (SAMPLE(?name) AS ?who) WHERE", "ASK", "mine.rq:1: this is an ASK; a question is a SELECT"),
    ],
)
def test_what_is_wrong_is_said_with_the_line_and_the_mend(tmp_path: Path, old: str, new: str, told: str) -> None:
    """Of each slip that a header can have, file, line, problem and mend are told in one line of plain words."""
    assert old in WHOLE
    said = refusal(tmp_path, WHOLE.replace(old, new, 1))
    assert said.startswith(told)
    assert said.isprintable()
    assert ";" in said or "expected" in said


def test_one_variable_without_brackets(tmp_path: Path) -> None:
    """VALUES without brackets would bind nothing, which is said, unless it stands beside a line that does bind."""
    line = '  VALUES (?stance ?on ?per) { (UNDEF UNDEF "month") }\n'
    parted = WHOLE.replace(line, '  VALUES ?per { "month" }\n  VALUES (?stance ?on) { (UNDEF UNDEF) }\n')
    assert refusal(tmp_path, parted).startswith(
        "mine.rq:16: VALUES of a parameter has one row in brackets, `VALUES (?per)"
    )
    listed = WHOLE.replace(line, f'{line}  VALUES ?per {{ "month" "year" }}\n')
    assert read(tmp_path, listed).name == "mine"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "mine.rq:1: the header has no summary; begin the file with a line `#+ summary: …`"),
        (QUERY, "mine.rq:1: the header has no summary"),
        (HEADER, "mine.rq:1: no query follows the header; write a SELECT below it"),
        (HEADER + "# nothing\n", "mine.rq:1: no query follows the header"),
        (HEADER + "hello", "mine.rq:1: this is no query; a question is a SELECT that names its variables"),
        (HEADER + "INSERT DATA { <a> <b> 'SELECT ?x' }", "mine.rq:1: this is an INSERT; a question is a SELECT"),
        (WHOLE.encode("utf-16"), "mine.rq: byte 0 is not UTF-8; save the file as UTF-8 text"),
        (b"#+ summary: Ant\xe9\n", "mine.rq: byte 15 is not UTF-8; save the file as UTF-8 text"),
    ],
)
def test_files_that_are_no_question(tmp_path: Path, text: str | bytes, told: str) -> None:
    """What lacks a header or a SELECT is told, and what would be right."""
    assert refusal(tmp_path, text).startswith(told)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """A file that is not there is told by its path."""
    with pytest.raises(BadQuestion, match=r"none\.rq: cannot read the question: .*No such file"):
        read_question(tmp_path / "none.rq")


def test_where_a_header_is_wrong_is_there_to_use(tmp_path: Path) -> None:
    """The error holds file and line beside its words; a file of which no line can be named has none."""
    for text, line in ((WHOLE.replace("xsd:date", "date"), 8), (WHOLE.encode("utf-16"), None)):
        with pytest.raises(BadQuestion) as caught:
            read(tmp_path, text)
        assert (caught.value.path, caught.value.line) == (tmp_path / "mine.rq", line)


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs"])))
def test_any_header_is_read_or_refused(text: str) -> None:
    """Whatever stands in a header, the answer is a question or a BadQuestion."""
    header = "".join(f"#+ {line}\n" for line in text.splitlines())
    with tempfile.TemporaryDirectory() as place:
        try:
            told = read(Path(place), header + "SELECT ?x WHERE { ?x ?y ?z }").summary
        except BadQuestion as fault:
            told = str(fault)
    assert told
    assert "\n" not in told


# --- Defaults


@pytest.mark.parametrize(
    ("kind", "default", "written", "term"),
    [
        ("xsd:boolean", "true", "true", Literal("true", datatype=XSD.boolean)),
        ("xsd:integer", "5", "5", Literal(5)),
        ("xsd:integer", "5", '"5"^^xsd:integer', Literal(5)),
        ("xsd:decimal", "0.5", "0.5", Literal("0.5", datatype=XSD.decimal)),
        ("xsd:date", "2016-11-21", '"2016-11-21"^^xsd:date', Literal("2016-11-21", datatype=XSD.date)),
        ("xsd:date", "2016-11", '"2016-11"^^xsd:gYearMonth', Literal("2016-11", datatype=XSD.gYearMonth)),
        ("xsd:date", "2016", f'"2016"^^<{XSD.iri}gYear>', Literal("2016", datatype=XSD.gYear)),
        ("xsd:string", "'a (b) \"c\"'", r'"a (b) \"c\""', Literal('a (b) "c"')),
    ],
)
def test_defaults_are_typed_terms(tmp_path: Path, kind: str, default: str, written: str, term: Literal) -> None:
    """A default stands in the query as a term of its type, and is bound as that term where nothing is given."""
    text = WHOLE.replace("{type: xsd:date,", f"{{type: {kind}, default: {default},")
    question = read(tmp_path, text.replace('(UNDEF UNDEF "month")', f'(UNDEF {written} "month")'))
    with open_store() as empty:
        assert to_terms(empty, question, {}) == {"on": term, "per": Literal("month")}
    assert f'(UNDEF {term} "month")' in bind(question, {"on": term})


def test_a_default_may_be_a_thing(tmp_path: Path) -> None:
    """A default that is a thing is its IRI, here as in the query; a name would be another thing in another store."""
    text = WHOLE.replace("scheme: stance", "scheme: stance, default: stance/critical")
    for written in ("<stance/critical>", "<https://w3id.org/stpgraph/id/stance/critical>"):
        question = read(tmp_path, text.replace('(UNDEF UNDEF "month")', f'({written} UNDEF "month")'))
        assert question.parameters[0].default == "stance/critical"
        assert f"({NamedNode('https://w3id.org/stpgraph/id/stance/mixed')} UNDEF" in bind(
            question, {"stance": mint("stance", "mixed")}
        )
    named = text.replace("stance/critical", "critical")
    assert refusal(tmp_path, named).startswith(
        "mine.rq:7: parameter 'stance': its default 'critical' is no IRI; give it"
    )


@pytest.mark.parametrize(
    ("kind", "default", "written", "told"),
    [
        ("xsd:boolean", "true", '"true"', 'mine.rq:16: ?on is "true" here; its header says true'),
        ("xsd:integer", "5", '"5"', 'mine.rq:16: ?on is "5" here; its header says 5'),
        ("xsd:date", "2016-11", '"2016-11"', 'mine.rq:16: ?on is "2016-11" here; its header says "2016-11"^^xsd:gYear'),
        (
            "xsd:boolean",
            "maybe",
            "UNDEF",
            "mine.rq:8: parameter 'on' cannot be 'maybe': expected yes or no, not 'm",
        ),
        (
            "xsd:date",
            "2016-13",
            "UNDEF",
            "mine.rq:8: parameter 'on' cannot be '2016-13': there is no month 13",
        ),
    ],
)
def test_defaults_of_another_type(tmp_path: Path, kind: str, default: str, written: str, told: str) -> None:
    """A default that is not of its type, here or in the query, is told with the line."""
    text = WHOLE.replace("{type: xsd:date,", f"{{type: {kind}, default: {default},")
    assert refusal(tmp_path, text.replace('(UNDEF UNDEF "month")', f'(UNDEF {written} "month")')).startswith(told)


# --- What is read of the SPARQL


@pytest.mark.parametrize(
    ("sparql", "form"),
    [
        ("BASE <http://ask/> PREFIX select: <http://x/> describe <a>", "DESCRIBE"),
        ("# SELECT\nASK { ?select select:ask 'CONSTRUCT' }", "ASK"),
        ("delete where { ?a ?b ?c }", "DELETE"),
        ("?select", ""),
    ],
)
def test_forms(sparql: str, form: str) -> None:
    """The form of a query is its own first word, not one in a prefix, a variable, a text or a comment."""
    assert form_of(sparql) == form


@pytest.mark.parametrize(
    ("sparql", "names"),
    [
        ("SELECT ?a $b WHERE {}", ("a", "b")),
        ("select distinct ?a{ ?a ?b ?c }", ("a",)),
        ('SELECT (GROUP_CONCAT(DISTINCT ?x; separator=" ) AS ?y") AS ?z) ?a WHERE {}', ("z", "a")),
        ("# SELECT ?no\nPREFIX s: <http://x/SELECT#> SELECT (COALESCE(?n, IF(?m, 1, 2)) AS ?o) WHERE {}", ("o",)),
        ("SELECT * WHERE { ?a ?b ?c }", None),
        ("ASK { ?a ?b ?c }", None),
        ("", None),
    ],
)
def test_what_a_query_selects(sparql: str, names: tuple[str, ...] | None) -> None:
    """The variables of the outermost SELECT, past strings, comments and nested calls."""
    assert selected(sparql) == names


def test_lines_in_comments_and_texts_bind_nothing(tmp_path: Path) -> None:
    """What is no code is left as it is when terms are written into a query."""
    aside = "  # VALUES (?on) { (UNDEF) }\n  BIND('VALUES (?on) { (UNDEF) }' AS ?text)\n"
    question = read(tmp_path, WHOLE.replace("  VALUES", f"{aside}  VALUES"))
    assert len(list(values_lines(question.sparql))) == 1
    assert aside in bind(question, {"on": Literal("2016", datatype=XSD.gYear)})
