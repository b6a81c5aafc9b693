"""The questions on the site: pages with a form, answers for programs, and their description."""

from __future__ import annotations

import csv
import io
import json
import re
import string
from collections.abc import Iterator
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import Any, cast
from urllib.parse import parse_qsl, urlsplit

import pytest
import schemathesis
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from schemathesis.checks import CheckFunction, not_a_server_error
from schemathesis.specs.openapi import checks as of_openapi

from stpgraph.building import load_shipped
from stpgraph.questions import find_questions
from stpgraph.site import Asked, Reply, Site, respond
from stpgraph.site.answering import FORMATS
from stpgraph.site.asked import HTML
from stpgraph.site.question_tables import counted_thing, show_table
from stpgraph.store import open_store
from stpgraph.tables import Column, Table

#: What a server promises by its description.
_PROMISES: list[CheckFunction] = [
    not_a_server_error,
    of_openapi.status_code_conformance,
    of_openapi.content_type_conformance,
    of_openapi.response_schema_conformance,
]

_OWN = """#+ summary: Documents, a row for each letter given
#+ params:
#+   colour: {type: "xsd:string", description: "a word"}
#+   count: {type: "xsd:integer", required: true, description: "how many"}
#+ columns:
#+   word: {type: text, meaning: "the word"}
#+   number: {type: integer, meaning: "the number"}
SELECT ?word ?number WHERE {
  VALUES (?colour ?count) { (UNDEF UNDEF) }
  BIND(?colour AS ?word) BIND(?count AS ?number)
}
"""


@pytest.fixture(scope="module")
def shelf() -> Iterator[Site]:
    """Yield a site on the graph that ships."""
    with open_store() as store:
        load_shipped(store)
        yield Site(store=store)


def _ask(site: Site, address: str, accept: str = "") -> Reply:
    parts = urlsplit(address)
    return respond(site, Asked(path=parts.path, query=tuple(parse_qsl(parts.query)), accept=accept))


def _page(reply: Reply) -> str:
    assert reply.media == HTML
    return unescape(reply.body.decode())


def _text(page: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


def test_list_has_every_question(shelf: Site) -> None:
    """The list leads to every question, under the heading of its tag."""
    page = _page(_ask(shelf, "/questions"))
    for name, question in find_questions().items():
        assert f'<a href="/questions/{name}" dir="auto">{question.summary}</a>' in page
    assert page.index("<h2>Who said what</h2>") < page.index("/questions/who-said-what")
    assert page.index("/questions/who-said-what") < page.index("<h2>Figures and money</h2>")
    assert page.index("<h2>Figures and money</h2>") < page.index("/questions/doubtful-statistics")


def test_question_is_answered_at_once(shelf: Site) -> None:
    """A question that needs nothing is answered as soon as it is opened, its heading saying how much there is."""
    reply = _ask(shelf, "/questions/partnerships")
    page = _page(reply)
    assert reply.status == 200
    assert '<h1 dir="auto">The 44 partnerships with region' in page
    assert '<a href="/id/partnership/' in page
    assert "44 rows" in page


#: The relationship of trust as a parameter of an address.
_TRUST = "https%3A%2F%2Fw3id.org%2Fstpgraph%2Fid%2Frelationship%2Ftrust"


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/questions/agreement", 'Look at it as <a href="/views/discourse">a network</a>'),
        ("/questions/tensions", 'Look at it as <a href="/matrix">a matrix</a>'),
        ("/questions/tensions?about=trust", 'Look at more of it as <a href="/matrix">a matrix</a>'),
        (
            "/questions/who-said-what?about=trust",
            f'Look at it as <a href="/views/who-said-what?about={_TRUST}">a network</a>',
        ),
        ("/questions/who-said-what?about=trust&since=2017", "Look at more of it as"),
        ("/questions/people-and-roles", 'Look at it as <a href="/views/affiliations">a network</a>'),
        (
            "/questions/people-and-roles?person=Martin+Cresswell&on=2017",
            'Look at it as <a href="/views/affiliations?since=2017&until=2017&claimant=https%3A%2F%2Fw3id.org%2F'
            'stpgraph%2Fid%2Fperson%2Fmartin-cresswell">a network</a>',
        ),
        (
            "/questions/stance-over-time?about=trust",
            f'Look at it as <a href="/timeline?relationship={_TRUST}">a timeline</a>',
        ),
    ],
)
def test_an_answer_leads_to_its_view(shelf: Site, address: str, told: str) -> None:
    """An answer leads to the view that its header names, of what was asked about, and says where that shows more."""
    assert told in _page(_ask(shelf, address))


def test_what_no_page_shows_leads_nowhere(shelf: Site) -> None:
    """A table has no other view."""
    for name in ("coverage", "partnerships"):
        assert "Look at" not in _page(_ask(shelf, f"/questions/{name}"))


def test_every_view_of_a_header_is_there(shelf: Site) -> None:
    """Each question whose header names a view leads to a page that the site has."""
    shown = [name for name, question in find_questions().items() if question.view != "table"]
    assert len(shown) == 9
    for name in shown:
        found = re.search(r'Look at (?:more of )?it as <a href="([^"]*)"', _page(_ask(shelf, f"/questions/{name}")))
        assert found, name
        assert _ask(shelf, found[1]).status == 200


def test_question_waits_for_what_it_needs(shelf: Site) -> None:
    """A question that needs something shows its form alone, the needed field marked."""
    reply = _ask(shelf, "/questions/claims-of")
    page = _page(reply)
    assert reply.status == 200
    assert "<table" not in page
    assert re.search(r'name="organisation" required', page)
    assert "(needed)" in page


def test_missing_value_is_told(shelf: Site) -> None:
    """Where something else is given, what is missing is named."""
    reply = _ask(shelf, "/questions/claims-of?since=2016")
    assert reply.status == 400
    assert "Give organisation too." in _page(reply)


def test_fault_stands_beside_its_field(shelf: Site) -> None:
    """What fits nothing is told at its field, with what may have been meant as a link, and stays in the field."""
    reply = _ask(shelf, "/questions/claims-of?organisation=CIPFAA&since=2016")
    page = _page(reply)
    assert reply.status == 400
    assert 'value="CIPFAA"' in page
    fault = re.search(r'<p class="fault" id="field-organisation-fault">(.*?)</p>', page, re.S)
    assert fault is not None
    assert "No organisation or partnership is called 'CIPFAA'. Did you mean " in fault[1]
    link = "/questions/claims-of?since=2016&organisation=Chartered+Institute+of+Public+Finance+and+Accountancy"
    other = "/questions/claims-of?organisation=Chartered+Institute+of+Public+Finance+and+Accountancy&since=2016"
    [near] = re.findall(r'href="([^"]*)"', fault[1])
    assert near in {link, other}
    assert _ask(shelf, near).status == 200


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("/questions/money?colour=red", "There is no parameter 'colour'; expected one of "),
        ("/questions/who-said-what?since=2017&until=2016", "2017 is after 2016, the end; turn them round."),
        ("/questions/who-said-what?about=trust&about=capital", "'about' is given twice"),
        (
            "/questions/who-said-what?stance=loud",
            "No stance is called 'loud'; expected one of critical, mixed,",
        ),
        ("/questions/coverage?per=week", "Expected document or month, not 'week'."),
        ("/questions/who-said-what?since=yesterday", "'yesterday' is no date; expected 2016, 2016-11 or 2016-11-21."),
    ],
)
def test_faults_of_a_page(shelf: Site, address: str, fault: str) -> None:
    """What cannot be asked is a 400 whose page says why."""
    reply = _ask(shelf, address)
    assert reply.status == 400
    assert fault in _page(reply)


def test_form_keeps_what_was_given(shelf: Site) -> None:
    """Fields hold what was asked, and the page says it in words."""
    page = _page(_ask(shelf, "/questions/who-said-what?stance=critical&since=2017&about=trust"))
    assert '<option value="critical" selected>critical</option>' in page
    assert re.search(r'name="since"[^>]*value="2017"', page)
    assert re.search(r'name="about"[^>]*value="trust"', page)
    assert "Asked for about relationships and trust among the partners , stance critical , since 2017 ." in _text(page)


def test_values_allowed_stand_in_a_choice(shelf: Site) -> None:
    """A parameter with a few values is a choice in the header's order, its default chosen."""
    page = _page(_ask(shelf, "/questions/coverage"))
    assert re.search(
        r'<option value="document" selected>document</option>\s*<option value="month">month</option>', page
    )


def test_names_are_offered(shelf: Site) -> None:
    """A parameter of a class offers the names of its things, and takes any text."""
    page = _page(_ask(shelf, "/questions/who-said-what"))
    assert 'list="field-aspect-names"' in page
    aspects = page.partition('<datalist id="field-aspect-names">')[2].partition("</datalist>")[0]
    assert '<option value="prevention"></option>' in aspects


def test_period_is_taken(shelf: Site) -> None:
    """A period given in the address is asked for, and stands in a field of its own."""
    page = _page(_ask(shelf, "/questions/who-said-what?period=2016-11..2016-12"))
    assert re.search(r'name="period"[^>]*value="2016-11..2016-12"', page)
    assert "21 September 2017" not in page.partition("<tbody")[2].partition("</tbody>")[0]


def test_details_are_behind_a_link(shelf: Site) -> None:
    """Columns that are details are shown when asked for, IRIs as links by label."""
    narrow, wide = (_page(_ask(shelf, f"/questions/money{more}")) for more in ("", "?wide=1"))
    assert 'href="/questions/money?wide=1"' in narrow
    assert "the least that the wording allows" not in narrow
    assert 'title="the least that the wording allows"' in wide
    assert "<dt>lowest</dt>" in wide


def test_numbers_copy_as_numbers(shelf: Site) -> None:
    """Thousands stand apart by style alone, so that a number is copied without a gap."""
    page = _page(_ask(shelf, "/questions/money?sort=-value"))
    first = page.partition("<tbody")[2].partition("</tr>")[0]
    assert '30<span class="thousands">000</span><span class="thousands">000</span>' in first
    assert "30000000000" in re.sub(r"<[^>]*>", "", first)


def test_moments_are_told_as_days(shelf: Site) -> None:
    """When a claim was reviewed is told in words, not as a program writes it."""
    claim = "claim/2017-09-21-localgov-stps-under-pressure-and-under-funded/1127-1235"
    page = _page(_ask(shelf, f"/questions/trace?claim={claim}"))
    assert not re.search(r"<td[^>]*>[^<]*T00:00:00Z", page)


def test_headings_sort() -> None:
    """A table is sorted by a column either way, the unknown last both times."""
    rows = ((Decimal(2), "b"), (None, "c"), (Decimal(10), "a"))
    table = Table(question="x", columns=(Column(name="n", type="decimal"), Column(name="t")), rows=rows)
    with open_store() as store:
        up, down = (
            show_table(store, table, Asked(path="/questions/x", query=(("sort", sort),)), is_wide=False)
            for sort in ("n", "-n")
        )
    assert [row[1].text for row in up.rows] == ["b", "a", "c"]
    assert [row[1].text for row in down.rows] == ["a", "b", "c"]
    assert (up.heads[0].sorted, down.heads[0].sorted) == ("ascending", "descending")


def test_long_answers_are_paged() -> None:
    """A page shows a hundred rows and says of how many; one beyond the last is the last."""
    table = Table(question="x", columns=(Column(name="n"),), rows=tuple((number,) for number in range(250)))
    with open_store() as store:
        pages = [
            show_table(store, table, Asked(path="/questions/x", query=(("page", page),)), is_wide=False)
            for page in ("1", "3", "99")
        ]
    assert [(page.first, page.last, page.total) for page in pages] == [(1, 100, 250), (201, 250, 250), (201, 250, 250)]


def test_claims_count_once() -> None:
    """A heading counts claims, not rows, where a claim stands in several."""
    table = Table(question="x", columns=(Column(name="claim"),), rows=(("a",), ("a",), ("b",)))
    assert counted_thing(table) == (2, "claim", "claims")


def test_query_is_shown_with_its_values(shelf: Site) -> None:
    """The query on the page has the values written in, and gives the same rows when it is run."""
    page = _page(_ask(shelf, "/questions/who-said-what?about=trust"))
    query = page.partition('<pre id="query-text" tabindex="0">')[2].partition("</pre>")[0]
    assert "VALUES (?about ?aspect ?party ?other_party) { (<https://w3id.org/stpgraph/id/relationship/" in query
    assert "#+" not in query
    rows = json.loads(_ask(shelf, "/api/questions/who-said-what?about=trust").body)["rows"]
    assert len(list(shelf.store.select(query))) == len(rows) > 0
    assert "/query?query=BASE%20" in page


def test_unknown_question_suggests(shelf: Site) -> None:
    """A question that is not there is a 404 that leads to the nearest."""
    reply = _ask(shelf, "/questions/who-said-wht")
    assert reply.status == 404
    assert '<a href="/questions/who-said-what"' in _page(reply)


def test_own_questions_join_in(tmp_path: Path) -> None:
    """A question of the user's own has its place in the list, its page and its answers."""
    (tmp_path / "my-own.rq").write_text(_OWN, encoding="utf-8")
    with open_store() as store:
        site = Site(store=store, queries=tmp_path)
        assert 'href="/questions/my-own"' in _page(_ask(site, "/questions"))
        page = _page(_ask(site, "/questions/my-own?colour=red&count=1234"))
        rows = json.loads(_ask(site, "/api/questions/my-own?colour=red&count=1234").body)["rows"]
        paths = json.loads(_ask(site, "/openapi.json").body)["paths"]
    assert '1<span class="thousands">234</span>' in page
    assert rows == [{"word": "red", "number": 1234}]
    assert "/api/questions/my-own" in paths


def test_api_lists_questions(shelf: Site) -> None:
    """The list for programs has all questions with what they take and hold."""
    listed = json.loads(_ask(shelf, "/api/questions").body)
    assert listed["faults"] == []
    told = {one["name"]: one for one in listed["questions"]}
    assert len(told) == 18
    assert told["coverage"]["parameters"] == [
        {
            "name": "per",
            "type": "xsd:string",
            "description": "what a row is",
            "required": False,
            "default": "document",
            "allowed": ["document", "month"],
        }
    ]


def test_a_bad_file_keeps_no_page_away(tmp_path: Path) -> None:
    """With a bad file of the user's own all else is listed and asked; what is wrong stands below, by file and line."""
    (tmp_path / "my-own.rq").write_text(_OWN, encoding="utf-8")
    (tmp_path / "bad.rq").write_text(_OWN.replace("#+ params", "#+ parms"), encoding="utf-8")
    wrong = "the header has an unknown key 'parms'; did you mean 'params'?"
    with open_store() as store:
        site = Site(store=store, queries=tmp_path)
        page = _page(_ask(site, "/questions"))
        listed = json.loads(_ask(site, "/api/questions").body)
        editor = _ask(site, "/query")
        asked = _ask(site, "/questions/my-own?count=1")
        described = _ask(site, "/openapi.json")
        refused = _ask(site, "/questions/bad"), _ask(site, "/api/questions/bad")
    assert f'<strong dir="auto">bad.rq, line 2</strong> <span dir="auto">T{wrong[1:]}</span>' in page
    assert 'href="/questions/my-own"' in page
    assert len(listed["questions"]) == 19
    assert listed["faults"] == [{"file": "bad.rq", "line": 2, "detail": wrong}]
    assert '<a href="/questions#faults">1 file of your own</a> cannot be asked.' in _page(editor)
    assert (editor.status, asked.status, described.status) == (200, 200, 200)
    assert [reply.status for reply in refused] == [500, 500]
    for reply in refused:
        assert f"bad.rq, line 2: {wrong}" in unescape(reply.body.decode())
        assert str(tmp_path) not in unescape(reply.body.decode())


@pytest.mark.parametrize(
    ("address", "parameter", "value", "suggestions"),
    [
        (
            "/api/questions/people-and-roles?person=Cresswel",
            "person",
            "Cresswel",
            [{"value": "Martin Cresswell", "label": "Martin Cresswell"}],
        ),
        ("/api/questions/coverage?per=moth", "per", "moth", [{"value": "month", "label": "month"}]),
        ("/api/questions/coverage?pre=month", "pre", None, [{"value": "per", "label": "per"}]),
        ("/api/questions/trace", "claim", None, []),
        ("/api/questions/who-said-what?since=" + "9" * 5000, "since", "9" * 500, []),
    ],
)
def test_a_refusal_names_its_parameter(
    shelf: Site, address: str, parameter: str, value: str | None, suggestions: list[dict[str, str]]
) -> None:
    """For programs a refusal holds the parameter, what was given, its beginning where long, and what may be meant."""
    told = json.loads(_ask(shelf, address).body)
    assert told["status"] == 400
    assert (told["parameter"], told["value"], told["suggestions"]) == (parameter, value, suggestions)


def test_a_parameter_that_is_not_there_leads_to_its_like(shelf: Site) -> None:
    """A slip in the name of a parameter is told above the form, with a link that asks for what was meant."""
    page = _page(_ask(shelf, "/questions/coverage?pre=month"))
    [near] = re.findall(r"There is no parameter 'pre'\. Did you mean <a href=\"([^\"]*)\"", page)
    assert near == "/questions/coverage?per=month"


def test_each_field_tells_its_own_fault(shelf: Site) -> None:
    """Several things that are wrong are told at once, each beside its field, and an end before its beginning too."""
    page = _page(_ask(shelf, "/questions/who-said-what?stance=loud&since=soon&act=warn"))
    assert set(re.findall(r'id="field-(\w+)-fault"', page)) == {"stance", "since", "act"}
    page = _page(_ask(shelf, "/questions/who-said-what?since=2018&until=2017"))
    assert re.search(r'id="field-since-fault">\s*2018 is after 2017, the end; turn them round\.', page)
    page = _page(_ask(shelf, "/questions/who-said-what?period=..&stance=critical"))
    assert re.search(r'id="field-period-fault">\s*\'\.\.\' has neither beginning nor end', page)


def test_two_parties_are_asked_for_in_a_form(shelf: Site) -> None:
    """Between two parties there may be several relationships, which are asked for in a form as for a program."""
    address = "who-said-what?about=between+NHS+bodies+and+local+government"
    page = _ask(shelf, f"/questions/{address}")
    assert page.status == _ask(shelf, f"/api/questions/{address}").status == 200
    assert "aria-invalid" not in _page(page)


@pytest.mark.parametrize(
    ("address", "accept", "media"),
    [
        ("/api/questions/partnerships", "", "application/json"),
        ("/api/questions/partnerships", "text/csv;q=0.9, application/json;q=0.5", "text/csv; charset=utf-8"),
        ("/api/questions/partnerships", "text/html", "text/html; charset=utf-8"),
        ("/api/questions/partnerships.csv", "application/json", "text/csv; charset=utf-8"),
        ("/api/questions/partnerships?format=md", "", "text/markdown; charset=utf-8"),
        ("/api/questions/partnerships.json", "text/csv", "application/json"),
    ],
)
def test_format_is_chosen(shelf: Site, address: str, accept: str, media: str) -> None:
    """The ending goes before `format`, which goes before Accept."""
    reply = _ask(shelf, address, accept)
    assert (reply.status, reply.media) == (200, media)


def test_formats_hold_the_answer(shelf: Site) -> None:
    """JSON, CSV and the workbook have the same 44 rows, Markdown its citations, and each has a plain name."""
    replies = {name: _ask(shelf, f"/api/questions/partnerships.{name}") for name in FORMATS}
    assert len(json.loads(replies["json"].body)["rows"]) == 44
    assert len(list(csv.reader(io.StringIO(replies["csv"].body.decode("utf-8-sig"))))) == 45
    assert load_workbook(io.BytesIO(replies["xlsx"].body))["partnerships"].max_row == 45
    assert "[^1]:" in _ask(shelf, "/api/questions/who-said-what.md").body.decode()
    assert dict(replies["csv"].headers)["content-disposition"] == 'attachment; filename="partnerships.csv"'
    assert "default-src 'none'" in dict(replies["html"].headers)["content-security-policy"]


def test_name_of_a_file_is_safe(tmp_path: Path) -> None:
    """A name with quotation marks and line breaks cannot break out of the header."""
    (tmp_path / 'a"b\nç.rq').write_text("#+ summary: One\nSELECT ?a WHERE { VALUES ?a { 1 } }\n", encoding="utf-8")
    with open_store() as store:
        site = Site(store=store, queries=tmp_path)
        reply = respond(site, Asked(path='/api/questions/a"b\nç.csv'))
    assert dict(reply.headers)["content-disposition"] == (
        "attachment; filename=\"a_b__.csv\"; filename*=UTF-8''a%22b%0A%C3%A7.csv"
    )


@pytest.mark.parametrize(
    ("address", "accept", "status", "detail"),
    [
        ("/api/questions/nothing", "", 404, "no question is called 'nothing'"),
        ("/api/nothing", "", 404, "the questions are at /api/questions"),
        ("/api/questions/claims-of", "", 400, "claims-of needs 'organisation'"),
        ("/api/questions/money?colour=red", "", 400, "money has no parameter 'colour'"),
        ("/api/questions/money?format=pdf", "", 400, "there is no format 'pdf'"),
        ("/api/questions/money", "image/png", 406, "expected one of application/json, text/csv"),
    ],
)
def test_refusals_are_problems(shelf: Site, address: str, accept: str, status: int, detail: str) -> None:
    """What is wrong with a request comes as RFC 9457 has it."""
    reply = _ask(shelf, address, accept)
    told = json.loads(reply.body)
    assert (reply.status, reply.media, told["status"]) == (status, "application/problem+json", status)
    assert detail in told["detail"]


def test_description_follows_the_headers(shelf: Site) -> None:
    """The description has each question as a path, with what it needs, allows and takes for granted."""
    described = json.loads(_ask(shelf, "/openapi.json").body)
    assert described["openapi"] == "3.1.0"
    assert set(described["paths"]) == {"/api/questions", *(f"/api/questions/{name}" for name in find_questions())}
    organisation = described["paths"]["/api/questions/claims-of"]["get"]["parameters"][0]
    assert (organisation["name"], organisation["required"]) == ("organisation", True)
    per = described["paths"]["/api/questions/coverage"]["get"]["parameters"][0]
    assert per["schema"] == {
        "type": "string",
        "minLength": 1,
        "enum": ["document", "month"],
        "default": "document",
    }
    table = described["paths"]["/api/questions/coverage"]["get"]["responses"]["200"]["content"]["application/json"]
    assert table["schema"]["properties"]["rows"]["items"]["properties"]["claims"]["type"] == ["integer", "null"]


def test_description_is_valid_and_honest(site: str) -> None:
    """The description is OpenAPI, and whatever it allows to be asked is answered as it says."""
    schema = schemathesis.openapi.from_url(f"{site}/openapi.json")
    schema.validate()
    count = 0
    for found in schema.get_all_operations():
        operation = cast("Any", found).ok()
        count += 1

        @settings(max_examples=8, derandomize=True, database=None, deadline=None)
        @given(case=operation.as_strategy())
        def hold(case: Any) -> None:
            case.call_and_validate(checks=_PROMISES, base_url=site)

        hold()
    assert count == 19


#: Texts that parsers stumble over.
_ODD = (
    *(
        "<",
        ">",
        "<>",
        "<a>",
        "../..",
        "\x00",
        "\ud800",
        "%00",
        '"',
        "\\",
        "UNDEF",
        ") } #",
        "between and",
        "..",
        "0000",
    ),
    *(
        "9" * 5000,
        "-",
        "1e400",
        "2017-02-30",
        "https://",
        "<urn:x",
        "stance/critical",
        "{{ 7*7 }}",
        "\r\nSet-Cookie: a",
    ),
)
_TEXTS = st.one_of(
    st.text(max_size=40),
    st.text(alphabet=string.printable, max_size=40),
    st.sampled_from(_ODD),
)
_QUESTIONS = find_questions()


@st.composite
def _requests(draw: st.DrawFn) -> Asked:
    question = _QUESTIONS[draw(st.sampled_from(sorted(_QUESTIONS)))]
    names = [parameter.name for parameter in question.parameters]
    keys = st.sampled_from([*names, "period", "format", "page", "sort", "wide"]) | _TEXTS
    given_ = draw(st.lists(st.tuples(keys, _TEXTS.filter(bool)), max_size=4))
    ending = draw(st.sampled_from(["", ".csv", ".md", ".pdf"]))
    path = draw(st.sampled_from([f"/questions/{question.name}", f"/api/questions/{question.name}{ending}"]))
    return Asked(path=path, query=tuple(given_), accept=draw(st.sampled_from(["", "*/*", "text/csv"]) | _TEXTS))


@given(asked=_requests())
def test_any_text_is_met(shelf: Site, asked: Asked) -> None:
    """Whatever is given for whatever parameter is answered or refused, and never breaks the server."""
    reply = respond(shelf, asked)
    assert reply.status in {200, 400, 404, 406}
    assert all("\n" not in value and value.isascii() for _, value in reply.headers)
    assert len(reply.body) > 0


@given(name=_TEXTS)
def test_any_path_is_met(shelf: Site, name: str) -> None:
    """Whatever stands in the place of a question's name is a page, an answer or not there."""
    for start in ("/questions/", "/api/questions/", "/api/", "/query/"):
        assert respond(shelf, Asked(path=start + name)).status in {200, 400, 404}
