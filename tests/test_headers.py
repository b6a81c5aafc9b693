"""Question files of a user's own: what a header may look like, and what is said of one that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from stpgraph.errors import BadQuestion
from stpgraph.questions import Question, bind, read_question, to_terms
from stpgraph.questions.lines import form_of, values_lines
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
    ],
)
def test_what_is_wrong_is_said_with_the_line_and_the_mend(tmp_path: Path, old: str, new: str, told: str) -> None:
    """Of each slip that a header can have, file, line, problem and mend are told in one line of plain words."""
    said = refusal(tmp_path, WHOLE.replace(old, new, 1))
    assert said.startswith(told)
    assert said.isprintable()
    assert ";" in said


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
    ],
)
def test_files_that_are_no_question(tmp_path: Path, text: str | bytes, told: str) -> None:
    """What lacks a header or a SELECT is told, and what would be right."""
    assert refusal(tmp_path, text).startswith(told)


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
        ("xsd:boolean", "maybe", "UNDEF", "mine.rq:8: its header says 'maybe', but on is yes or no, which 'maybe' is"),
        ("xsd:date", "2016-13", "UNDEF", "mine.rq:8: its header says '2016-13', but on: there is no month 13 in '2016"),
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


def test_lines_in_comments_and_texts_bind_nothing(tmp_path: Path) -> None:
    """What is no code is left as it is when terms are written into a query."""
    aside = "  # VALUES (?on) { (UNDEF) }\n  BIND('VALUES (?on) { (UNDEF) }' AS ?text)\n"
    question = read(tmp_path, WHOLE.replace("  VALUES", f"{aside}  VALUES"))
    assert len(list(values_lines(question.sparql))) == 1
    assert aside in bind(question, {"on": Literal("2016", datatype=XSD.gYear)})
