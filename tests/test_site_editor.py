"""The page on which SPARQL is written, in a browser and without scripts."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from stpgraph.building import load_shipped
from stpgraph.questions import find_questions
from stpgraph.site import Asked, Site, respond
from stpgraph.site.editor import find_terms
from stpgraph.site.editor_examples import EXAMPLES, Example
from stpgraph.site.questions import told
from stpgraph.site.rendering import HERE
from stpgraph.store import Store, open_store
from tests.browser import Reader, open_browser

_VENDOR = HERE / "static" / "vendor"

_CRITICAL = """PREFIX stp: <https://w3id.org/stpgraph/ontology#>
SELECT ?stance (COUNT(DISTINCT ?claim) AS ?claims) WHERE { ?claim a stp:Claim ; stp:stance ?stance }
GROUP BY ?stance ORDER BY DESC(?claims)"""


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    """Yield a store with the graph that ships."""
    with open_store() as opened:
        load_shipped(opened)
        yield opened


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    """A reader with a browser."""
    with open_browser() as opened:
        yield opened


def _address_of(query: str) -> str:
    return f"/query?query={quote(query, safe='')}"


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.title)
def test_examples_answer(store: Store, example: Example) -> None:
    """Every example is answered by the graph that ships, with all that it needs declared."""
    answer = store.query(example.sparql)
    assert not isinstance(answer, bool)
    assert sum(1 for _ in answer) > 0
    prefixes = set(re.findall(r"PREFIX (\w+):", example.sparql))
    assert set(re.findall(r"\b(\w+):\w", re.sub(r"<[^>]*>", "", example.sparql))) <= prefixes


def test_examples_are_links(store: Store) -> None:
    """The page leads to the ten examples and to every named question, each as an address with its query."""
    page = respond(Site(store=store), Asked(path="/query")).body.decode()
    assert len(re.findall(r'href="/query\?query=', page)) == len(EXAMPLES) + len(find_questions())


def test_query_of_the_address_stands_in_the_field(store: Store) -> None:
    """A query in the address is in the field, harmless whatever it holds."""
    page = respond(Site(store=store), Asked(path="/query", query=(("query", "</textarea><script>x"),))).body.decode()
    assert "&lt;/textarea&gt;&lt;script&gt;x</textarea>" in page


def test_terms_are_of_the_ontology() -> None:
    """The editor offers our classes and properties and those of others that we use, by names with our prefixes."""
    terms = find_terms()
    classes = {term["name"]: term["label"] for term in terms["classes"]}
    properties = {term["name"] for term in terms["properties"]}
    assert classes["stp:Claim"] == "claim"
    assert {"stp:claimant", "dcterms:title", "skos:prefLabel", "oa:exact", "org:role"} <= properties
    assert terms["prefixes"]["stp"] == "https://w3id.org/stpgraph/ontology#"


def test_terms_are_given(store: Store) -> None:
    """The terms have an address of their own, and nothing else is below the editor."""
    site = Site(store=store)
    reply = respond(site, Asked(path="/query/terms.json"))
    assert (reply.media, set(json.loads(reply.body))) == ("application/json", {"prefixes", "classes", "properties"})
    assert respond(site, Asked(path="/query/nothing")).status == 404


def test_vendored_files_are_those_published() -> None:
    """The table of vendored files has the digest of each, and each has its licence beside it."""
    told_of = (_VENDOR / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\S+) \| @zazuko/yasqe \S+ \| \S+ \| MIT \((\S+)\) \| (\w{64}) \|$", told_of, re.M)
    assert {name for name, _, _ in rows} == {"yasqe.min.js", "yasqe.min.css"}
    for name, licence, digest in rows:
        assert hashlib.sha256((_VENDOR / name).read_bytes()).hexdigest() == digest
        assert "MIT License" in (_VENDOR / licence).read_text(encoding="utf-8")


def test_query_is_run_and_things_are_named(site: str, reader: Reader) -> None:
    """A query runs, IRIs have their names beside them and lead to their pages, and no other host is asked."""
    visit = reader.visit(site, "/query")
    page = visit.page
    page.locator("#editor .CodeMirror").wait_for()
    page.evaluate("query => document.querySelector('.CodeMirror').CodeMirror.setValue(query)", _CRITICAL)
    page.get_by_role("button", name="Run").click()
    link = page.get_by_role("link", name="critical", exact=True)
    expect(link).to_have_attribute("href", "/id/stance/critical")
    expect(page.locator("#results .iri").first).to_contain_text("stance/")
    expect(page.locator("#results .told")).to_contain_text("4 rows")
    assert "query=PREFIX" in page.url
    visit.assert_quiet()


def test_address_runs_its_query(site: str, reader: Reader) -> None:
    """An address with a query shows its answer, sorts by a heading, and gives it as a file."""
    visit = reader.visit(site, _address_of(_CRITICAL))
    page = visit.page
    page.get_by_role("button", name="claims", exact=True).click()
    numbers = page.locator("#results td.number").all_inner_texts()
    assert len(numbers) == 4
    assert numbers == sorted(numbers, key=int)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="CSV").click()
    lines = Path(waiting.value.path()).read_text(encoding="utf-8").splitlines()
    assert (waiting.value.suggested_filename, lines[0], len(lines)) == ("answer.csv", "stance,claims", 5)
    visit.assert_quiet()


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ("ASK { ?claim a <https://w3id.org/stpgraph/ontology#Claim> }", "Yes, in"),
        ("CONSTRUCT { ?a ?b ?c } WHERE { ?a ?b ?c } LIMIT 1", "A graph, in"),
        ("SELECT ?a WHERE { ?a <urn:nothing> ?b }", "Nothing answers this"),
    ],
)
def test_every_form_of_query_is_shown(site: str, reader: Reader, query: str, answer: str) -> None:
    """Yes or no, a graph, and no rows are each told in words."""
    visit = reader.visit(site, _address_of(query))
    expect(visit.page.locator("#results .told")).to_contain_text(answer)
    visit.assert_quiet()


def test_refusal_is_told(site: str, reader: Reader) -> None:
    """A query that does not parse is answered by what is wrong with it."""
    visit = reader.visit(site, _address_of("SELECT ?a WHERE {"))
    expect(visit.page.get_by_role("alert")).to_contain_text(re.compile(r"\b1:1\d\b|expected", re.I))


def test_terms_are_completed(site: str, reader: Reader) -> None:
    """Typing the beginning of a term offers it, and declares the prefix it needs."""
    visit = reader.visit(site, "/query")
    page = visit.page
    page.locator("#editor .CodeMirror").wait_for()
    page.wait_for_load_state("networkidle")
    page.evaluate("document.querySelector('.CodeMirror').CodeMirror.setValue('')")
    page.locator("#editor .CodeMirror").click()
    page.keyboard.type("SELECT ?a WHERE { ?a skos:prefL")
    hint = page.locator(".CodeMirror-hint", has_text="skos:prefLabel")
    hint.wait_for()
    page.keyboard.press("Enter")
    text = page.evaluate("document.querySelector('.CodeMirror').CodeMirror.getValue()")
    assert text.startswith("PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n")
    assert text.endswith("SELECT ?a WHERE { ?a skos:prefLabel")
    visit.assert_quiet()


def test_keyboard_leaves_the_editor(site: str, reader: Reader) -> None:
    """Tab goes on from the editor to the button that runs the query."""
    visit = reader.visit(site, "/query")
    page = visit.page
    page.locator("#editor .CodeMirror").click()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Run")).to_be_focused()


def test_form_works_without_scripts(site: str, reader: Reader) -> None:
    """Without scripts a plain field sends the query, and the answer comes in the format chosen."""
    page = reader.visit(site, _address_of(_CRITICAL), scripts=False).page
    expect(page.get_by_role("textbox", name="Query")).to_have_value(_CRITICAL)
    page.get_by_label("Answer as").select_option("json")
    page.get_by_role("button", name="Run").click()
    page.wait_for_url(f"{site}/sparql*")
    assert json.loads(page.locator("pre").inner_text())["head"]["vars"] == ["stance", "claims"]


def test_header_is_not_shown() -> None:
    """A query in the editor is without the header that is for programs."""
    assert told("#+ summary: One\n#+ tags: [a]\nSELECT * {}\n") == "SELECT * {}\n"
