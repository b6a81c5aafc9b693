"""What may be given for a question's parameters: names, parties, periods, and whatever else somebody types."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from stpgraph.errors import BadParameter
from stpgraph.questions import Parameter, Question, ask, bind, find_questions, get_question, resolve, to_term, to_terms
from stpgraph.questions.values import read_terms
from stpgraph.store import Store, open_store
from stpgraph.vocabulary import XSD, mint

ANYSHIRE = Path(__file__).parent / "anyshire.ttl"
TRUST, JOINT = mint("relationship", "trust"), mint("relationship", "joint-working")
OF_COUNCILS = mint("relationship", "joint-working-local-government-nhs")
NHS, COUNCILS = mint("party", "nhs"), mint("party", "local-government")
ABOUT = Parameter(name="about", type="iri", of_class=("stp:Relationship",))


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    """Yield a store that holds the invented county."""
    with open_store() as anyshire:
        anyshire.load(ANYSHIRE, graph=mint("graph", "anyshire"))
        yield anyshire


def refusal(store: Store, name: str, **given: Any) -> str:
    """Return why a question is not answered."""
    with pytest.raises(BadParameter) as caught:
        ask(store, name, **given)
    return str(caught.value)


# --- Relationships by their parties


@pytest.mark.parametrize(
    ("text", "relationship"),
    [
        ("joint working between NHS bodies and local government", OF_COUNCILS),
        ("joint working between local government and NHS bodies", OF_COUNCILS),
        ("Joint-Working  BETWEEN the NHS Bodies and the Local Government", OF_COUNCILS),
        ("between NHS bodies and local government", OF_COUNCILS),
        ("trust among the partners", TRUST),
        ("trust among partners", TRUST),
        ("joint working within the partners", JOINT),
        ("funding between national bodies and the STP", mint("relationship", "funding-national-bodies-stp")),
    ],
)
def test_a_relationship_goes_by_its_parties(store: Store, text: str, relationship: NamedNode) -> None:
    """Its aspect and its parties name it, in either order, with articles or without; the parties alone, if one does."""
    assert resolve(store, text, ABOUT) == relationship
    assert to_terms(store, get_question("tensions"), {"about": text}) == {"about": relationship}


def test_a_label_goes_before_parties(tmp_path: Path) -> None:
    """A relationship that is called so is meant, whatever its parties are."""
    path = tmp_path / "own.ttl"
    path.write_text(
        """@base <https://w3id.org/stpgraph/id/> . @prefix stp: <https://w3id.org/stpgraph/ontology#> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        <party/one> a stp:Party ; skos:prefLabel "ones" . <party/two> a stp:Party ; skos:prefLabel "twos" .
        <aspect/trust> a stp:Aspect ; skos:prefLabel "trust" .
        <relationship/odd> a stp:Relationship ; skos:prefLabel "between ones and twos" ; stp:party <party/one> .
        <relationship/even> a stp:Relationship ; skos:prefLabel "even" ; stp:aspect <aspect/trust> ;
          stp:party <party/one>, <party/two> .""",
        encoding="utf-8",
    )
    with open_store() as own:
        own.load(path, graph=mint("graph", "own"))
        assert resolve(own, "Between ones and twos", ABOUT) == mint("relationship", "odd")
        terms = to_terms(own, get_question("who-said-what"), {"about": "between ones and twos"})
        assert terms == {"about": mint("relationship", "odd")}
        assert resolve(own, "between twos and ones", ABOUT) == mint("relationship", "even")


def test_two_parties_are_two_parameters_where_there_are_such(store: Store) -> None:
    """Asked what was said between two parties, the question takes both, and answers as if they were given."""
    question = get_question("who-said-what")
    terms = to_terms(store, question, {"about": "between NHS bodies and local government"})
    assert {terms.pop("party"), terms.pop("other_party")} == {NHS, COUNCILS}
    assert terms == {}
    between = ask(store, question, about="between local government and NHS bodies")
    assert between.rows == ask(store, question, party="NHS bodies", other_party="local government").rows
    assert [row["claim"] for row in between.to_dicts()] == [mint("claim", "one", "200-280")]


def test_an_aspect_beside_two_parties_is_one_relationship(store: Store) -> None:
    """Where the aspect is named too, the relationship itself is asked for."""
    about = "joint working between NHS bodies and local government"
    assert to_terms(store, get_question("who-said-what"), {"about": about}) == {"about": OF_COUNCILS}


@pytest.mark.parametrize(
    ("name", "given", "told"),
    [
        (
            "tensions",
            {"about": "among the partners"},
            "about: several relationships stand among the partners; give one of 'joint working among the partners' "
            "(<relationship/joint-working>), 'trust among the partners' (<relationship/trust>)",
        ),
        (
            "tensions",
            {"about": "trust between NHS bodies and local government"},
            "about: no relationship is 'trust between NHS bodies and local government'; between these parties: "
            "'joint working of councils and the NHS'",
        ),
        (
            "tensions",
            {"about": "funding among the partners"},
            "about: no relationship is 'funding among the partners'; between these parties: "
            "'joint working among the partners', 'trust among the partners'",
        ),
        (
            "tensions",
            {"about": "trust between NHS bodies and the STP"},
            "about: no relationship is 'trust between NHS bodies and the STP'; of that aspect: 'trust ",
        ),
        (
            "tensions",
            {"about": "between NHS bodies and national bodies"},
            "about: no relationship is 'between NHS bodies and national bodies'; with one of these parties: "
            "'funding of the STP', 'joint working of councils and the NHS'",
        ),
        (
            "who-said-what",
            {"about": "between NHS bodies and local goverment"},
            "about: no relationship is called 'between NHS bodies and local goverment': no party is called "
            "'local goverment'; did you mean 'local government'?",
        ),
        (
            "who-said-what",
            {"about": "good luck and weather among the partners"},
            "about: no relationship is called 'good luck and weather among the partners': no aspect is called "
            "'good luck and weather'; expected one of funding, joint working or trust",
        ),
        (
            "who-said-what",
            {"about": "between NHS bodies and local government", "party": "NHS bodies"},
            "about names both parties; leave out party, or give about as one relationship",
        ),
    ],
)
def test_parties_that_name_no_relationship(store: Store, name: str, given: dict[str, str], told: str) -> None:
    """What is not known of the words, or which relationships there are, is said by labels."""
    assert refusal(store, name, **given).startswith(told)


def test_a_slip_in_a_label_is_taken_for_that(store: Store) -> None:
    """Words with "among" in them that are nearly a label are answered with the label, not with their parts."""
    told = refusal(store, "who-said-what", about="joint wroking among the partners")
    assert told.endswith(
        "is called 'joint wroking among the partners'; did you mean 'joint working among the partners'?"
    )


# --- Names that fit nothing, or too much


def test_what_names_two_things_is_told_with_labels_and_kinds(tmp_path: Path) -> None:
    """Each is told with its label, its kind where they differ, and the IRI to give."""
    path = tmp_path / "own.ttl"
    path.write_text(
        """@base <https://w3id.org/stpgraph/id/> . @prefix stp: <https://w3id.org/stpgraph/ontology#> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        <study/thin> a stp:Study ; skos:prefLabel "Thin ice" . <report/thin> a stp:Report ; skos:prefLabel "Thin Ice" .
        <study/ice> a stp:Study ; skos:prefLabel "Ice" ; skos:altLabel "Frost" .
        <study/rime> a stp:Study ; skos:prefLabel "Rime" ; skos:altLabel "Frost" .""",
        encoding="utf-8",
    )
    with open_store() as own:
        own.load(path, graph=mint("graph", "own"))
        assert refusal(own, "statistics", study="thin ice") == (
            "study: 'thin ice' names several things; give one of 'Thin Ice' (report, <report/thin>), "
            "'Thin ice' (study, <study/thin>)"
        )
        assert refusal(own, "studies", study="frost") == (
            "study: 'frost' names several things; give one of 'Ice' (<study/ice>), 'Rime' (<study/rime>)"
        )


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"claimant": "Insitute of Plans"}, "did you mean 'Institute of Plans'?"),
        ({"claimant": "IoPP"}, "did you mean 'Institute of Plans' (also 'IoP')?"),
        ({"claimant": "blogg"}, "did you mean 'Zoë Blogg'?"),
        ({"about": "integratoin"}, "did you mean 'joint working among the partners' (also 'integration') or 'joint"),
        ({"about": "party/nhs"}, "called 'party/nhs': that is a party; expected the name or IRI of a relationship"),
        ({"about": "<organisation/institute>"}, "that is an organisation; expected the name or IRI of a relationship"),
        ({"stance": "critcal"}, "did you mean 'critical'?"),
    ],
)
def test_a_name_that_fits_nothing_suggests_a_label(store: Store, given: dict[str, str], told: str) -> None:
    """The nearest thing is named by its label, with the other name that was nearly given."""
    assert told in refusal(store, "who-said-what", **given)


# --- Periods


@pytest.mark.parametrize(
    ("period", "since", "until"),
    [
        ("2018-03..2018-04-10", "2018-03", "2018-04-10"),
        (" 2018-03 .. 2018 ", "2018-03", "2018"),
        ("..2018", None, "2018"),
        ("2018-04..", "2018-04", None),
        ("2018-04", "2018-04", "2018-04"),
        (2018, "2018", "2018"),
        (date(2018, 4, 10), "2018-04-10", "2018-04-10"),
    ],
)
def test_a_period_is_since_and_until(store: Store, period: object, since: str | None, until: str | None) -> None:
    """A period gives both ends, one, or a single day, month or year as both; the answer is that of its ends."""
    asked = ask(store, "who-said-what", period=period)
    assert asked.rows == ask(store, "who-said-what", since=since, until=until).rows
    ends = {
        name: term.value for name, term in to_terms(store, get_question("claims-of"), _of_iop(period=period)).items()
    }
    assert (ends.get("since"), ends.get("until")) == (since, until)


def _of_iop(**given: object) -> dict[str, object]:
    return {"organisation": "IoP", **given}


def test_a_period_narrows_the_answer(store: Store) -> None:
    """In March 2018 three claims were made; from the 11th of April on, one."""
    assert len(ask(store, "who-said-what", period="2018-03")) == 3
    assert len(ask(store, "who-said-what", period="2018-04-11..")) == 1
    assert len(ask(store, "who-said-what", period="..2018-04-10")) == 7


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"period": "2018..2017"}, "since=2018 is after until=2017; turn them round"),
        ({"period": "2018-04-02..2018-03"}, "since=2018-04-02 is after until=2018-03; turn them round"),
        ({"since": "2018-04", "until": "2018-03-31"}, "since=2018-04 is after until=2018-03-31; turn them round"),
        ({"period": "2018", "until": "2018"}, "period says since and until; leave out until, or the period"),
        ({"period": ".."}, "period: '..' has neither beginning nor end; expected 2016-11..2017-09, ..2017, 2016.."),
        ({"period": ""}, "period: '' has neither beginning nor end"),
        ({"period": "spring..2018"}, "period: 'spring' is no date; expected 2016-11..2017-09"),
        ({"period": "2018-13"}, "period: there is no month 13 in '2018-13'"),
        ({"since": "2018-00"}, "since: there is no month 00 in '2018-00'; expected 2016, 2016-11 or 2016-11-21"),
        ({"since": "2017-02-30"}, "since: February 2017 has days 01 to 28, not 30; expected 2016"),
        ({"since": "2016-02-30"}, "since: February 2016 has days 01 to 29, not 30; expected 2016"),
        ({"until": "0000"}, "until: there is no year 0000; expected"),
        ({"until": "18-03"}, "until: '18-03' is no date; expected 2016, 2016-11 or 2016-11-21"),
    ],
)
def test_periods_that_are_none(store: Store, given: dict[str, str], told: str) -> None:
    """A period turned round, one told twice, and a date that no calendar has, are each said for what they are."""
    assert refusal(store, "who-said-what", **given).startswith(told)


def test_dates_are_compared_as_far_as_both_go(store: Store) -> None:
    """A month within the year that ends the period is not after it."""
    assert len(ask(store, "who-said-what", since="2018-04", until="2018")) == 5
    assert len(ask(store, "who-said-what", since="2018", until="2018-03-05")) == 3


def test_only_questions_of_two_dates_take_a_period(store: Store) -> None:
    """A question without since and until says that it has no period."""
    assert refusal(store, "money", period="2018") == "money has no parameter 'period'; expected one of about, kind"


# --- Values that are no names


@pytest.mark.parametrize("text", ["Quarter", "QUARTER", " quarter "])
def test_allowed_values_go_by_any_case(store: Store, text: str) -> None:
    """A value that is allowed is meant whatever its case, and bound as the header writes it."""
    assert to_terms(store, get_question("stance-over-time"), {"per": text})["per"] == Literal("quarter")


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("sNaN"), "1e3", "0x10", "٧", ""])
def test_no_number(store: Store, value: object) -> None:
    """What is no finite number in digits is refused."""
    assert refusal(store, "unreviewed", below=value).startswith("below: expected a number such as 0.5, not '")


@pytest.mark.parametrize(
    ("value", "text"), [("Yes", "true"), ("NO", "false"), ("true", "true"), (True, "true"), (False, "false")]
)
def test_yes_and_no(store: Store, value: object, text: str) -> None:
    """A truth is given in words or as Python's own."""
    assert to_term(store, Parameter(name="x", type="xsd:boolean"), value) == Literal(text, datatype=XSD.boolean)


@pytest.mark.parametrize(
    ("asked", "parameter", "value", "suggestions"),
    [
        (("tensions", {"about": "trsut"}), "about", "trsut", ["trust among the partners"]),
        (("tensions", {"about": "relationship/trsut"}), "about", "relationship/trsut", ["relationship/trust"]),
        (
            ("tensions", {"about": "between local goverment and NHS bodies"}),
            "about",
            "between local goverment and NHS bodies",
            ["between local government and NHS bodies"],
        ),
        (
            ("tensions", {"about": "among the partners"}),
            "about",
            "among the partners",
            ["joint working among the partners", "trust among the partners"],
        ),
        (("who-said-what", {"act": "warn"}), "act", "warn", ["warning"]),
        (("who-said-what", {"stance": "loud"}), "stance", "loud", []),
        (("stance-over-time", {"per": "moth"}), "per", "moth", ["month"]),
        (("who-said-what", {"since": "yesterday"}), "since", "yesterday", []),
        (("who-said-what", {"abuot": "trust"}), "abuot", None, ["about"]),
        (("claims-of", {}), "organisation", None, []),
    ],
)
def test_an_error_holds_what_a_form_needs(
    store: Store, asked: tuple[str, dict[str, str]], parameter: str, value: str | None, suggestions: list[str]
) -> None:
    """The parameter, what was given for it, and what may have been meant stand in the error beside its words."""
    with pytest.raises(BadParameter) as caught:
        ask(store, asked[0], **asked[1])
    fault = caught.value
    assert (fault.parameter, fault.value) == (parameter, value)
    assert [one.value for one in fault.suggestions] == suggestions


def test_a_suggestion_can_be_given(tmp_path: Path) -> None:
    """Of two things with one label each is suggested by its IRI, which asks for it and no other."""
    path = tmp_path / "own.ttl"
    path.write_text(
        """@base <https://w3id.org/stpgraph/id/> . @prefix stp: <https://w3id.org/stpgraph/ontology#> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        <study/thin> a stp:Study ; skos:prefLabel "Ice" . <report/thin> a stp:Report ; skos:prefLabel "Ice" .""",
        encoding="utf-8",
    )
    with open_store() as own:
        own.load(path, graph=mint("graph", "own"))
        with pytest.raises(BadParameter) as caught:
            ask(own, "statistics", study="ice")
        assert [(one.value, one.label) for one in caught.value.suggestions] == [
            ("report/thin", "Ice (report/thin)"),
            ("study/thin", "Ice (study/thin)"),
        ]
        for one in caught.value.suggestions:
            assert len(ask(own, "statistics", study=one.value)) == 0


def test_all_that_is_wrong_is_found(store: Store) -> None:
    """What is wrong is told of each parameter, and what is right is read all the same."""
    given = {"act": "warn", "about": "trust", "since": "2018", "until": "soon", "colour": "red"}
    terms, faults = read_terms(store, get_question("who-said-what"), given)
    assert [fault.parameter for fault in faults] == ["colour", "act", "until"]
    assert terms == {"about": mint("relationship", "trust"), "since": Literal("2018", datatype=XSD.gYear)}


def test_half_a_character_is_no_text(store: Store) -> None:
    """A lone surrogate, which no encoding can write, is refused where text is asked for."""
    with pytest.raises(BadParameter, match="x: half a character stands at 1, which no text holds; give it without"):
        to_term(store, Parameter(name="x", type="xsd:string"), "a\ud800")


# --- Anything at all

_ECHO = Question(
    name="echo",
    summary="What is given, as it is",
    description="",
    parameters=tuple(
        Parameter(name=kind, type=f"xsd:{kind}") for kind in ("string", "integer", "decimal", "boolean", "date")
    ),
    columns=(),
    view="",
    sparql="SELECT ?string ?integer ?decimal ?boolean ?date WHERE {\n"
    "  VALUES (?string ?integer) { (UNDEF UNDEF) } # VALUES (?string) { (UNDEF) }\n"
    "  VALUES (?decimal ?boolean ?date) { (UNDEF UNDEF UNDEF) }\n}",
    path=Path("echo.rq"),
)
_ASKED = [*find_questions().values(), _ECHO]
_NEEDED = {"organisation": "IoP", "claim": "claim/one/100-180"}
_PLACES = [(question, parameter.name) for question in _ASKED for parameter in question.parameters]
_PLACES += [(question, "period") for question in _ASKED if question.takes_period]

#: Bits of SPARQL, of IRIs, of dates and of names that a text may be made of.
_BITS = st.sampled_from(
    [
        *(
            "UNDEF",
            "}",
            "{",
            ")",
            "(",
            "<",
            ">",
            '"',
            "'",
            '"""',
            "\\",
            "\\u003e",
            "\\n",
            "\n",
            "\r",
            "\t",
            "\x00",
            "#",
        ),
        *("\ud800", "\u2028", "\ufeff", "?claim", "$x", "^^", "@en", "; DROP ALL", "SERVICE <http://127.0.0.1/>", ".."),
        *(
            "VALUES (?about) { (UNDEF) }",
            "https://w3id.org/stpgraph/id/",
            "relationship/trust",
            "stance/critical",
            "../",
        ),
        *("2018", "-", "03", "-05", "0000", "between ", "among ", " and ", "NHS bodies", "trust", "Zoë Blogg", "true"),
        *("month", "day", "e5", ".5", "+7", " ", "<relationship/trust>", "urn:x", "http://a b", "mailto:x@y", "%00"),
    ]
)
_ANYTHING = st.one_of(
    st.text(), st.lists(_BITS, max_size=8).map("".join), st.builds("{}{}{}".format, _BITS, st.text(), _BITS)
)

_TERM = (
    r'(?:UNDEF|<[^\x00-\x20<>"{}|^`\\]*>|"(?:[^"\\\n\r]|\\["\\nrtbfu])*"(?:\^\^<[^\x00-\x20<>"{}|^`\\]*>)?|'
    r"true|false|[+-]?[0-9.]+)"
)


def shape_of(question: Question) -> re.Pattern[str]:
    """Return what a question's query may look like when it is asked: the file, with whole terms in its VALUES lines."""
    parts = re.split(r"(VALUES \([^)]*\) \{ \([^)]*\) \})", question.sparql)
    rows = [
        rf"{re.escape(part[: part.index('{')])}\{{ \({_TERM}(?: {_TERM})*\) \}}" if at % 2 else re.escape(part)
        for at, part in enumerate(parts)
    ]
    return re.compile("".join(rows))


_SHAPES = {question.name: shape_of(question) for question in _ASKED}


def reason_against(store: Store, question: Question, given: dict[str, Any]) -> str:
    """Return why what is given is refused; "" where it is not."""
    try:
        to_terms(store, question, given)
    except BadParameter as fault:
        return str(fault)
    return ""


def check_given(store: Store, question: Question, name: str, text: str) -> None:
    """Ask a question for any text: it is answered, its query in shape, or refused on one line."""
    given = {p.name: _NEEDED[p.name] for p in question.parameters if p.is_required} | {name: text}
    if told := reason_against(store, question, given):
        assert told.isprintable()
        assert len(told) < 2_000
        return
    assert _SHAPES[question.name].fullmatch(bind(question, to_terms(store, question, given)))
    rows = ask(store, question, **given).rows
    if question is _ECHO and name == "string":
        assert rows == ((text.strip() or None, None, None, None, None),)


@settings(max_examples=400, deadline=None)
@given(place=st.sampled_from(_PLACES), text=_ANYTHING)
@example(place=(_ECHO, "string"), text='") } } ; DROP ALL #')
@example(place=(_ECHO, "string"), text='\\"\n\r\x00\u2028')
def test_any_text_for_any_parameter(store: Store, place: tuple[Question, str], text: str) -> None:
    """Any text for any parameter of any question is answered or refused, and no text becomes a part of the query."""
    check_given(store, *place, text)


@pytest.mark.parametrize(("question", "name"), _PLACES, ids=lambda part: part if isinstance(part, str) else part.name)
def test_a_megabyte_for_a_parameter(store: Store, question: Question, name: str) -> None:
    """A text of a million characters is answered or refused, too, whatever it is made of."""
    for text in ("between " + "a and " * 170_000, "9" * 1_000_000, '">}' * 333_333):
        check_given(store, question, name, text)


@pytest.mark.parametrize(
    "name", ["", "About", "about ", "abuot", "question", "store", "\ud800", "a" * 10_000, "about) { (UNDEF"], ids=ascii
)
def test_any_name_of_a_parameter(store: Store, name: str) -> None:
    """A parameter that no question has is refused by that name, on one line."""
    told = reason_against(store, get_question("who-said-what"), {name: "trust"})
    assert told.startswith("who-said-what has no parameter '")
    assert told.isprintable()
    assert len(told) < 1_000
