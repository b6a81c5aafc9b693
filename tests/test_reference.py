"""The importer: tables of partnerships, organisations, people and reports to the reference graph."""

from __future__ import annotations

import csv
import os
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Triple

from stpgraph.documents import SourceText, find_texts
from stpgraph.errors import BadRow, UsageError
from stpgraph.rdf import from_triples, to_triples
from stpgraph.records import Document, Statistic
from stpgraph.reference import TABLES, Reference, find_documents, read_reference, write_reference
from stpgraph.reference.codes import Codes
from stpgraph.reference.figures import read_figure
from stpgraph.reference.names import untitled
from stpgraph.reference.origins import address
from stpgraph.reference.rows import Row, split_notes
from stpgraph.resources import folder
from stpgraph.turtle import is_normal, read_turtle, to_turtle
from stpgraph.vocabulary import BASE, DCTERMS, RDF, SKOS, mint

ROOT = Path(__file__).resolve().parent.parent

#: The invented tables, and the document that one of their origins names.
INVENTED = Path(__file__).resolve().parent / "data" / "reference"
DOCUMENTS = {"gazette-2018": mint("document", "2018-03-05-gazette-trust")}

#: The least that a row of each table needs.
LEAST = {
    "footprints.csv": {"name": "Anyshire", "certainty": "page", "origin": "gazette.example/plans"},
    "organisations.csv": {
        "id": "gazette",
        "label": "The Gazette",
        "kind": "trade press",
        "certainty": "page",
        "origin": "gazette.example",
    },
    "people.csv": {
        "name": "Jo Doe",
        "role": "editor",
        "organisation": "The Gazette",
        "certainty": "page",
        "origin": "gazette.example/doe",
    },
    "reports.csv": {
        "report_id": "doe-2018",
        "title": "Trust",
        "kind": "survey",
        "certainty": "page",
        "origin": "gazette.example/trust",
    },
}

#: A figure, to be added to the least row of a report.
FIGURE = {"what_is_measured": "see trust", "value": "40", "unit": "percent", "population": "bodies asked"}


@pytest.fixture(scope="module")
def invented() -> Reference:
    """The invented tables, read."""
    return read_reference(INVENTED, DOCUMENTS)


def write_tables(place: Path, **tables: list[dict[str, str]]) -> Path:
    """Write tables with the rows given by table name, each completed to the least row; the others hold a header."""
    for name, columns in TABLES.items():
        with (place / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, restval="")
            writer.writeheader()
            writer.writerows({**LEAST[name], **row} for row in tables.get(name.removesuffix(".csv"), []))
    return place


def blocks(reference: Reference, name: str) -> dict[str, str]:
    """Return the Turtle of one file by the subject of each block, without the prefixes."""
    [file] = [file for file in reference.files if file.name == name]
    _, *found = to_turtle(file.triples()).decode().rstrip("\n").split("\n\n")
    return {block.partition("\n")[0]: block for block in found}


def block(reference: Reference, name: str, node: str) -> str:
    """Return the Turtle of one node in one file; "" where it is not there."""
    return blocks(reference, name).get(f"<{node}>", "")


def nodes(reference: Reference, name: str, kind: str) -> list[str]:
    """Return what one file says of things of one kind, without the kind."""
    return [node.strip("<>").partition("/")[2] for node in blocks(reference, name) if node.startswith(f"<{kind}/")]


def test_partnership_of_a_page(invented: Reference) -> None:
    """What a page states of a partnership is accepted, with its sources and what of the note a page may state."""
    assert (
        block(invented, "partnerships", "partnership/anyshire-and-otherford")
        == """\
<partnership/anyshire-and-otherford>
    a stp:Partnership ;
    dcterms:identifier "X54000001" ;
    dcterms:isReplacedBy <organisation/nhs-anyshire-icb> ;
    dcterms:source <https://github.com/doe/codes/blob/HEAD/tables/stp.csv> ;
    dcterms:spatial <region/2016-north>,
        <region/2019-north-east> ;
    skos:note "merged with footprint 2 in 2018; rated advanced"@en ;
    skos:prefLabel "Anyshire and Otherford"@en ."""
    )
    assert 'skos:prefLabel "NHS region North East (2019)"@en' in block(
        invented, "partnerships", "region/2019-north-east"
    )


def test_general_knowledge_of_an_accepted_partnership(invented: Reference) -> None:
    """Aliases, number and what a note marks as general knowledge follow in the proposed file, as bare facts."""
    assert (
        block(invented, "partnerships-proposed", "partnership/anyshire-and-otherford")
        == """\
<partnership/anyshire-and-otherford>
    dcterms:source <source/general-knowledge> ;
    skos:altLabel "AOF"@en,
        "Anyshire"@en ;
    skos:note "took in Lower Otherford (general knowledge)"@en ;
    schema:position 1 ."""
    )


def test_partnership_that_is_known(invented: Reference) -> None:
    """A row of certainty "known" is proposed as a whole."""
    assert block(invented, "partnerships", "partnership/southvale") == ""
    assert (
        block(invented, "partnerships-proposed", "partnership/southvale")
        == """\
<partnership/southvale>
    a stp:Partnership ;
    dcterms:identifier "X54000002" ;
    dcterms:isReplacedBy <organisation/nhs-anyshire-icb> ;
    dcterms:source <https://gazette.example/plans>,
        <source/general-knowledge> ;
    dcterms:spatial <region/2016-south>,
        <region/2019-south-east> ;
    skos:prefLabel "Southvale"@en ;
    schema:position 2 ."""
    )


def test_successor_of_two_partnerships_is_one_organisation(invented: Reference) -> None:
    """The board that two partnerships became is one organisation with both codes, and the source of its name."""
    assert (
        block(invented, "organisations", "organisation/nhs-anyshire-icb")
        == """\
<organisation/nhs-anyshire-icb>
    a stp:Organisation ;
    dcterms:identifier "QXX",
        "X54000099" ;
    dcterms:source <source/a-public-code-table-names> ;
    skos:prefLabel "NHS Anyshire ICB"@en ."""
    )


def test_organisation_of_a_page(invented: Reference) -> None:
    """An organisation's kind, detail, note and certain identity are accepted; aliases and website are proposed."""
    assert (
        block(invented, "organisations", "organisation/anyshire-council")
        == """\
<organisation/anyshire-council>
    a stp:Organisation ;
    dcterms:description "county council"@en ;
    dcterms:source <https://gazette.example/anyshire>,
        <document/2018-03-05-gazette-trust> ;
    skos:exactMatch <http://www.wikidata.org/entity/Q101> ;
    skos:note "formed in 1974"@en ;
    skos:prefLabel "Anyshire Council"@en ;
    org:classification <organisation-kind/local-authority> ."""
    )
    assert (
        block(invented, "organisations-proposed", "organisation/anyshire-council")
        == """\
<organisation/anyshire-council>
    dcterms:source <source/general-knowledge> ;
    skos:altLabel "AC"@en,
        "the council"@en ;
    foaf:homepage <https://anyshire.example/news?page=1> ."""
    )


def test_known_organisation_that_a_page_names(invented: Reference) -> None:
    """A body that only general knowledge describes, but a page names, has its name accepted with the page as source."""
    assert (
        block(invented, "organisations", "organisation/gazette")
        == """\
<organisation/gazette>
    a stp:Organisation ;
    dcterms:source <https://gazette.example/requests>,
        <https://gazette.example/roe/again> ;
    skos:prefLabel "The Gazette"@en ."""
    )
    assert "org:classification <organisation-kind/trade-press>" in block(
        invented, "organisations-proposed", "organisation/gazette"
    )


def test_post_with_years(invented: Reference) -> None:
    """A post is one membership, whether people or partnerships tell of it: years, notes and sources of both."""
    assert (
        block(invented, "people", "membership/jo-doe-anyshire-council-chief-executive")
        == """\
<membership/jo-doe-anyshire-council-chief-executive>
    a org:Membership ;
    dcterms:source <https://gazette.example/2013/doe>,
        <https://gazette.example/2018/doe>,
        <https://gazette.example/leads> ;
    skos:note "in post 2016"@en,
        "in post 2018"@en ;
    org:member <person/jo-doe> ;
    org:organization <organisation/anyshire-council> ;
    org:role <role/chief-executive> ;
    schema:startDate "2013"^^xsd:gYear ;
    stp:reviewStatus <review-status/accepted> ."""
    )


def test_accepted_post_with_a_known_year(invented: Reference) -> None:
    """What only general knowledge adds to an accepted post stands in the proposed file, and leaves its status alone."""
    node = "membership/jo-doe-anyshire-and-otherford-stp-lead"
    assert "stp:reviewStatus <review-status/accepted>" in block(invented, "people", node)
    assert (
        block(invented, "people-proposed", node)
        == """\
<membership/jo-doe-anyshire-and-otherford-stp-lead>
    dcterms:source <source/general-knowledge> ;
    schema:startDate "2016"^^xsd:gYear ."""
    )


def test_person_of_several_rows_is_one_node(invented: Reference) -> None:
    """One person, however titled in lead, author and people columns, is one node with the titled names beside."""
    assert (
        block(invented, "people", "person/jo-doe")
        == """\
<person/jo-doe>
    a stp:Person ;
    dcterms:source <https://gazette.example/2013/doe>,
        <https://gazette.example/2018/doe>,
        <https://gazette.example/leads> ;
    skos:altLabel "Dame Jo Doe"@en,
        "Mrs Doe"@en,
        "Professor Jo Doe"@en ;
    skos:prefLabel "Jo Doe"@en ."""
    )


def test_partnership_named_with_stp(invented: Reference) -> None:
    """A body called "Anyshire STP" is the partnership of that name or alias."""
    held = block(invented, "people", "membership/jo-doe-anyshire-and-otherford-co-chair")
    assert "org:organization <partnership/anyshire-and-otherford>" in held
    assert 'schema:endDate "2017"^^xsd:gYear' in held


def test_second_spell_in_one_post(invented: Reference) -> None:
    """A post held twice is two memberships, the later one named with its first year."""
    assert 'schema:endDate "2012"' in block(
        invented, "people-proposed", "membership/max-roe-gazette-chair-health-board"
    )
    assert 'schema:startDate "2015"' in block(invented, "people", "membership/max-roe-gazette-chair-health-board-2015")


def test_posts_of_a_lead(invented: Reference) -> None:
    """A lead has the post of STP lead, a role "of the STP" there, and each other role at each body named."""
    assert [name for name in nodes(invented, "people-proposed", "membership") if "-southvale" in name] == [
        "max-roe-southvale-ccg-chief-officer",
        "max-roe-southvale-chair",
        "max-roe-southvale-stp-lead",
    ]
    assert (
        block(invented, "people-proposed", "membership/max-roe-westvale-ccg-chief-officer")
        == """\
<membership/max-roe-westvale-ccg-chief-officer>
    a org:Membership ;
    dcterms:source <https://gazette.example/southvale>,
        <source/general-knowledge> ;
    skos:note "in post 2016"@en ;
    org:member <person/max-roe> ;
    org:organization <organisation/westvale-ccg> ;
    org:role <role/chief-officer> ;
    stp:reviewStatus <review-status/proposed> ."""
    )


def test_role_of_a_lead_without_a_body_is_a_note(invented: Reference) -> None:
    """A lead's role at no body named is kept as a note of the lead's post, not guessed to be somewhere."""
    held = block(invented, "people", "membership/kim-poe-far-isles-stp-lead")
    assert '"in post 2016; the lead\'s own role: independent chair"@en' in held


def test_study_and_report(invented: Reference) -> None:
    """Work behind figures is a study and its report; what all rows note is noted once, of the report."""
    assert (
        block(invented, "reports", "report/plan-watch-2018")
        == """\
<report/plan-watch-2018>
    a stp:Report ;
    dcterms:issued "2018-03"^^xsd:gYearMonth ;
    dcterms:publisher <organisation/anyshire-council>,
        <organisation/plan-watch> ;
    dcterms:source <https://plan-watch.example/2018>,
        <document/2018-03-05-gazette-trust>,
        <source/a-library-copy-date> ;
    dcterms:title "Anyshire trust survey"@en ;
    skos:note "fieldwork in March"@en ;
    prov:wasGeneratedBy <study/plan-watch-2018> ;
    stp:commissionedBy <organisation/mayor-of-anyshire> ."""
    )
    assert (
        block(invented, "reports", "study/plan-watch-2018")
        == """\
<study/plan-watch-2018>
    a stp:Study ;
    dcterms:date "2018-03"^^xsd:gYearMonth ;
    dcterms:source <https://plan-watch.example/2018>,
        <document/2018-03-05-gazette-trust>,
        <source/a-library-copy-date> ;
    skos:prefLabel "Anyshire trust survey"@en ;
    prov:wasAssociatedWith <organisation/anyshire-council>,
        <organisation/plan-watch> ;
    stp:commissionedBy <organisation/mayor-of-anyshire> ;
    stp:kind <study-kind/survey> ;
    stp:sample <collective/plan-watch-2018-respondents> ."""
    )


def test_publication_alone_has_its_kind(invented: Reference) -> None:
    """A publication with no work behind its figures is a report with a kind, and its measures come from it."""
    assert "stp:kind <report-kind/budget>" in block(invented, "reports", "report/budget-2018")
    assert block(invented, "reports", "study/budget-2018") == ""
    assert "stp:comesFrom <report/budget-2018>" in block(invented, "reports", "measure/budget-2018-cost-per-head")


def test_independent_review_is_study_and_report(tmp_path: Path) -> None:
    """A report whose kind ends in the word for a study has a study of that kind behind it, run by its authors."""
    row = {"kind": "independent review", "publisher": "Board", "authors": "Dame Jo Doe"}
    reference = read_reference(write_tables(tmp_path, reports=[row]))
    study = block(reference, "reports", "study/doe-2018")
    assert "prov:wasAssociatedWith <person/jo-doe> ;\n    stp:kind <study-kind/review>" in study
    held = block(reference, "reports", "report/doe-2018")
    assert "prov:wasGeneratedBy <study/doe-2018>" in held
    assert "stp:kind <report-kind/independent-review>" in held


def test_report_without_a_figure(invented: Reference) -> None:
    """A row without a figure still makes its report, and its author where no other table has the person."""
    assert nodes(invented, "reports", "report") == [
        "budget-2018",
        "doe-requests-2017",
        "leaflet-2018",
        "plan-watch-2018",
    ]
    assert "<https://gazette.example/leaflet>" in block(invented, "people", "person/ann-coe")
    assert [name for name in nodes(invented, "reports", "statistic") if name.startswith("leaflet")] == []


def test_statistic_of_a_count(invented: Reference) -> None:
    """A count of a number asked is worded as such, and carries both numbers; its source is the row's."""
    assert (
        block(invented, "reports", "statistic/plan-watch-2018/see-too-little-trust")
        == """\
<statistic/plan-watch-2018/see-too-little-trust>
    a stp:Statistic ;
    dcterms:source <https://plan-watch.example/2018>,
        <document/2018-03-05-gazette-trust> ;
    qudt:hasUnit unit:NUM ;
    stp:asSaid "37 of 40" ;
    stp:comparator <comparator/exactly> ;
    stp:denominator 40 ;
    stp:highest 37.0 ;
    stp:lowest 37.0 ;
    stp:measure <measure/plan-watch-2018-see-too-little-trust> ;
    stp:numerator 37 ;
    stp:reportedIn <report/plan-watch-2018> ;
    stp:reviewStatus <review-status/accepted> ;
    stp:value 37.0 ."""
    )


def test_source_of_the_date_is_not_the_figures(invented: Reference) -> None:
    """A source marked as that of the report's date or title stands on the report, not on the statistic."""
    held = block(invented, "reports", "statistic/plan-watch-2018/expect-joint-budgets-almost")
    assert "dcterms:source <https://plan-watch.example/2018> ;" in held


def test_same_measure_of_two_populations(invented: Reference) -> None:
    """Where one report measures the same of two populations, each measure is named and labelled with its own."""
    names = [name for name in nodes(invented, "reports", "measure") if "joint-teams" in name]
    assert names == ["plan-watch-2018-expect-joint-teams-bodies-asked", "plan-watch-2018-expect-joint-teams-councils"]
    assert '"expect joint teams (councils)"@en' in block(invented, "reports", f"measure/{names[1]}")


def test_respondents_and_shared_populations(invented: Reference) -> None:
    """A survey's respondents and its other populations are its own; other works share theirs, each with its size."""
    sized = {
        name: [line.strip(" ;.") for line in text.splitlines() if "prefLabel" in line or "size" in line]
        for node, text in blocks(invented, "reports").items()
        if (name := node.strip("<>")).startswith("collective/")
    }
    assert sized == {
        "collective/councils": ['skos:prefLabel "councils"@en', "stp:size 12"],
        "collective/plan-watch-2018-councils": [
            'skos:prefLabel "councils (Plan Watch and the council, 2018)"@en',
            "stp:size 12",
        ],
        "collective/plan-watch-2018-respondents": [
            'skos:prefLabel "bodies asked (Plan Watch and the council, 2018)"@en',
            "stp:size 40",
        ],
        "collective/the-budget": ['skos:prefLabel "the budget"@en'],
        "collective/the-nine-that-answered": ['skos:prefLabel "the nine that answered"@en'],
    }


def test_doubtful_rows_are_left_out_and_named(invented: Reference) -> None:
    """What is not published is counted and named with its line and reason."""
    assert [(Path(left.where).name, left.what, left.reason) for left in invented.left_out] == [
        ("footprints.csv:6", "Atlantis", "doubtful: not supported, or contradicted"),
        ("organisations.csv:3", "The Gazette: Q102 in Wikidata", "qid_certainty is not 'certain'"),
        ("organisations.csv:5", "The Moot", "doubtful: not supported, or contradicted"),
        ("people.csv:7", "Ann Coe, author, Coe Associates", "doubtful: not supported, or contradicted"),
        ("reports.csv:12", "leaflet-2018, readers", "doubtful: not supported, or contradicted"),
    ]
    everything = b"".join(to_turtle(file.triples()) for file in invented.files)
    assert b"Atlantis" not in everything
    assert b"Coe Associates" not in everything


def test_text_without_a_document_is_a_source_with_a_label() -> None:
    """Without its document given, the name of a text becomes a source of its own, which the graph labels."""
    reference = read_reference(INVENTED)
    assert "<source/text-gazette-2018>" in block(reference, "organisations", "organisation/anyshire-council")
    assert '"text gazette-2018"@en' in block(reference, "organisations", "source/text-gazette-2018")


def test_documents_are_found_by_the_hash_of_their_text(tmp_path: Path) -> None:
    """A text stands for the document that was read from it, by file name with or without its ending."""
    text = SourceText(path=tmp_path / "gazette-2018.txt", text="Trust is low.\n")
    other = SourceText(path=tmp_path / "other.txt", text="unread")
    document = Document(iri=DOCUMENTS["gazette-2018"], title="Trust", text_hash=text.hash, text_length=len(text))
    assert find_documents([text, other], [document]) == {
        "gazette-2018": document.iri,
        "gazette-2018.txt": document.iri,
    }


@pytest.mark.parametrize(
    ("text", "iri"),
    [
        ("gazette.example", "https://gazette.example/"),
        ("http://gazette.example/a?b=1&c=2", "http://gazette.example/a?b=1&c=2"),
        ("Gazette.Example/Trust(2018)", "https://gazette.example/Trust(2018)"),
        ('gazette.example/100%/"a"|b%20c', "https://gazette.example/100%25/%22a%22%7Cb%20c"),
        ("github.com/doe/codes:tables/stp.csv", "https://github.com/doe/codes/blob/HEAD/tables/stp.csv"),
        ("gazette.example copy of the plan", None),
        ("gazette.example, Jo Doe", None),
        ("a library", None),
    ],
)
def test_addresses(text: str, iri: str | None) -> None:
    """A host with or without a path is a page's IRI, with what an IRI cannot hold encoded; words are no address."""
    found = address(text)
    assert (found.value if found else None) == iri


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Sir Bob Noe", "Bob Noe"),
        ("Professor Dame Jo Doe", "Jo Doe"),
        ("Dr. Jo Doe", "Jo Doe"),
        ("Cllr Max Roe", "Max Roe"),
        ("Lord Noe of Anyshire", "Lord Noe of Anyshire"),
        ("Mr Noe", "Mr Noe"),
        ("Drew Sirring", "Drew Sirring"),
    ],
)
def test_titles_are_no_part_of_a_name(name: str, plain: str) -> None:
    """Titles are taken off where a first name and a surname remain; a peer's title is the name."""
    assert untitled(name) == plain


def test_parts_in_brackets_stay_whole() -> None:
    """A separator within brackets separates nothing."""
    row = Row(path=Path("t.csv"), line=2, cells={"note": "one (a; b); two; three (general knowledge)"})
    assert row.parts("note", "; ") == ("one (a; b)", "two", "three (general knowledge)")
    assert split_notes(row.parts("note", "; ")) == (("one (a; b); two",), ("three (general knowledge)",))


def figure_row(value: str, unit: str, what: str = "see trust", note: str = "", fraction: str = "") -> Row:
    """Make a row with a figure; its fraction is "numerator/denominator"."""
    numerator, _, denominator = fraction.partition("/")
    cells = {
        "value": value,
        "unit": unit,
        "what_is_measured": what,
        "note": note,
        "numerator": numerator,
        "denominator": denominator,
    }
    return Row(path=Path("reports.csv"), line=2, cells=cells)


@pytest.mark.parametrize(
    ("row", "as_said", "comparator", "bounds"),
    [
        (figure_row("54", "percent"), "54%", "exactly", "53.5 54.5"),
        (figure_row("1.3", "percent"), "1.3%", "exactly", "1.25 1.35"),
        (figure_row("90.0", "percent"), "90.0%", "exactly", "89.95 90.05"),
        (figure_row("0", "percent"), "0%", "exactly", "0 0.5"),
        (figure_row("-2", "percent"), "-2%", "exactly", "-2.5 -1.5"),
        (figure_row("40", "percent", fraction="20/50"), "40%", "exactly", "39.5 40.5"),
        (figure_row("37", "count", fraction="37/44"), "37 of 44", "exactly", "37 37"),
        (figure_row("155", "count"), "155", "exactly", "155 155"),
        (figure_row("9", "count", fraction="/44"), "9", "exactly", "9 9"),
        (figure_row("106000", "count"), "106,000", "exactly", "106000 106000"),
        (figure_row("5300000000", "GBP"), "£5.3bn", "exactly", "5250000000 5350000000"),
        (figure_row("171000000", "GBP"), "£171m", "exactly", "170500000 171500000"),
        (figure_row("2000000000", "GBP"), "£2bn", "exactly", "1500000000 2500000000"),
        (figure_row("2447000000", "GBP"), "£2.447bn", "exactly", "2446500000 2447500000"),
        (figure_row("1234567", "GBP"), "£1,234,567", "exactly", "1234566.5 1234567.5"),
        (figure_row("500000", "GBP"), "£500,000", "exactly", "499999.5 500000.5"),
        (figure_row("216.15", "GBP"), "£216.15", "exactly", "216.145 216.155"),
        (figure_row("768.5", "GBP"), "£768.50", "exactly", "768.495 768.505"),
        (figure_row("130", "GBP", fraction="130/325"), "£130 of £325", "exactly", "129.5 130.5"),
        (figure_row("25", "percent", "deliver (under)"), "under 25%", "fewer-than", "- 25"),
        (figure_row("15", "percent", "pass on (less than)"), "less than 15%", "fewer-than", "- 15"),
        (figure_row("80", "percent", "engaged (almost)"), "almost 80%", "nearly", "77.5 80"),
        (figure_row("80", "percent", "a forum (just under)"), "just under 80%", "nearly", "77.5 80"),
        (figure_row("50", "percent", "need 100m (more than half)"), "more than half", "more-than", "50 -"),
        (figure_row("700000000", "GBP", "money (a request, at least)"), "at least £700m", "at-least", "700000000 -"),
        (figure_row("40", "percent", "joint teams (up to)"), "up to 40%", "at-most", "- 40"),
        (figure_row("25", "percent", note="upper bound: source says under"), "under 25%", "fewer-than", "- 25"),
        (figure_row("25", "percent", note="in May; upper bound"), "at most 25%", "at-most", "- 25"),
        (figure_row("25", "percent", note="lower bound"), "at least 25%", "at-least", "25 -"),
        (figure_row("5000000000", "GBP", note="conservative estimate"), "about £5bn", "about", "4750000000 5250000000"),
        (figure_row("100", "count", note="estimate: might total around 100"), "around 100", "about", "95 105"),
        (figure_row("3", "percent", note="range of around 3 to 4 per cent"), "around 3%", "about", "0.5 5.5"),
        (figure_row("30", "percent", note="upper bound of 3 to 30 per cent"), "30%", "exactly", "29.5 30.5"),
        (figure_row("17", "count", note="range 16 to 17"), "17", "exactly", "17 17"),
        (figure_row("91", "percent", note="summary says over 90 per cent"), "91%", "exactly", "90.5 91.5"),
        (figure_row("30000000000", "GBP", "gap (NHS estimate)"), "£30bn", "exactly", "29500000000 30500000000"),
    ],
)
def test_figures_and_their_bounds(row: Row, as_said: str, comparator: str, bounds: str) -> None:
    """A figure is worded one way for each unit, and has the bounds that its wording allows."""
    figure = read_figure(row)
    found = [f"{bound.normalize():f}" if bound is not None else "-" for bound in (figure.lowest, figure.highest)]
    assert (figure.as_said, figure.comparator, " ".join(found)) == (as_said, mint("comparator", comparator), bounds)


def test_numbers_of_a_fraction() -> None:
    """Numerator and denominator are kept where both are given; a denominator alone is the population's size."""
    whole, alone = (
        read_figure(figure_row("40", "percent", fraction="20/50")),
        read_figure(figure_row("9", "count", fraction="/44")),
    )
    assert (whole.numerator, whole.denominator) == (20, 50)
    assert (alone.numerator, alone.denominator) == (None, None)


def test_names_that_are_alike_once_cut_are_not_cut(tmp_path: Path) -> None:
    """A measure's name is cut between words at 60 characters, unless two of one report would be named alike."""
    long = "expect that the joint board will have its planned effect within"
    rows = [
        {**FIGURE, "what_is_measured": f"{long} two years"},
        {**FIGURE, "what_is_measured": f"{long} three years"},
        {**FIGURE, "what_is_measured": "see that the partners of the plan have trusted each other since the start"},
    ]
    reference = read_reference(write_tables(tmp_path, reports=rows))
    assert nodes(reference, "reports", "measure") == [
        "doe-2018-expect-that-the-joint-board-will-have-its-planned-effect-within-three-years",
        "doe-2018-expect-that-the-joint-board-will-have-its-planned-effect-within-two-years",
        "doe-2018-see-that-the-partners-of-the-plan-have-trusted-each-other",
    ]


def test_population_of_two_sizes(tmp_path: Path) -> None:
    """A shared population that two works size differently is two collectives, named with their sizes."""
    figure = {**FIGURE, "population": "councils", "kind": "analysis"}
    rows = [
        {**figure, "report_id": "a", "denominator": "12"},
        {**figure, "report_id": "b", "denominator": "20"},
        {**figure, "report_id": "c"},
    ]
    reference = read_reference(write_tables(tmp_path, reports=rows))
    assert nodes(reference, "reports", "collective") == ["councils-12", "councils-20", "councils"]
    assert 'skos:prefLabel "councils (12)"@en ;\n    stp:size 12' in block(
        reference, "reports", "collective/councils-12"
    )
    assert "stp:size" not in block(reference, "reports", "collective/councils")
    assert "stp:sample <collective/councils-12>" in block(reference, "reports", "study/a")
    assert "stp:sample" not in block(reference, "reports", "study/c")


def test_respondents_are_the_largest_base_of_several_figures(tmp_path: Path) -> None:
    """A survey's respondents are all of them, also where more figures tell of a part; a base of one figure is none."""
    base = {**FIGURE, "report_id": "doctors-2018", "title": "Doctors"}
    rows = [
        {**base, "what_is_measured": f"answer {number}", "population": population, "denominator": denominator}
        for number, (population, denominator) in enumerate(
            [("doctors", "60"), ("doctors", "60"), *[("surgeons", "20")] * 3, ("hospitals in Anyshire", "200")]
        )
    ]
    reference = read_reference(write_tables(tmp_path, reports=rows))
    assert '"doctors (Doctors)"@en ;\n    stp:size 60' in block(
        reference, "reports", "collective/doctors-2018-respondents"
    )
    assert nodes(reference, "reports", "collective") == [
        "doctors-2018-hospitals-in-anyshire",
        "doctors-2018-respondents",
        "doctors-2018-surgeons",
    ]


def test_base_of_money_is_no_size(tmp_path: Path) -> None:
    """The sum that another sum is part of does not size the population."""
    row = {**FIGURE, "value": "2", "unit": "GBP", "numerator": "2", "denominator": "8", "kind": "budget"}
    reference = read_reference(write_tables(tmp_path, reports=[row]))
    assert "stp:size" not in block(reference, "reports", "collective/bodies-asked")
    assert "stp:denominator 8" in block(reference, "reports", "statistic/doe-2018/see-trust")


def test_collectives_have_labels_of_their_own(tmp_path: Path) -> None:
    """Two surveys of one year and publisher with populations of one name are told apart by report."""
    rows = [{**FIGURE, "report_id": name, "publisher": "The Gazette", "date": "2018"} for name in ("first", "second")]
    reference = read_reference(write_tables(tmp_path, organisations=[{}], reports=rows))
    assert '"bodies asked (The Gazette, 2018)"@en' in block(reference, "reports", "collective/first-respondents")
    assert '"bodies asked (second)"@en' in block(reference, "reports", "collective/second-respondents")


def test_origin_that_goes_on_with_its_facts(tmp_path: Path) -> None:
    """Where an origin names facts, a source that names none goes on with those before it."""
    row = {"lead_2016": "Jo Doe", "origin": "name: gazette.example/plans; lead: gazette.example/a; gazette.example/b"}
    reference = read_reference(write_tables(tmp_path, footprints=[row]))
    held = block(reference, "people", "membership/jo-doe-anyshire-stp-lead")
    assert "dcterms:source <https://gazette.example/a>,\n        <https://gazette.example/b> ;" in held
    assert "dcterms:source <https://gazette.example/plans> ;" in block(
        reference, "partnerships", "partnership/anyshire"
    )


def test_body_of_no_table_is_named_after_itself(tmp_path: Path) -> None:
    """A body that no table lists becomes an organisation of its name, whose kind is unknown."""
    reference = read_reference(write_tables(tmp_path, people=[{"organisation": "Otherford Trust’s Board"}]))
    assert (
        block(reference, "organisations", "organisation/otherford-trusts-board")
        == """\
<organisation/otherford-trusts-board>
    a stp:Organisation ;
    dcterms:source <https://gazette.example/doe> ;
    skos:prefLabel "Otherford Trust’s Board"@en ."""
    )


def test_general_knowledge_is_no_source_of_an_accepted_name(tmp_path: Path) -> None:
    """Where an accepted row rests in part on general knowledge, that is a source of proposed facts alone."""
    rows = [{"organisation": "Board", "origin": "gazette.example/doe; general knowledge (years)"}]
    reference = read_reference(write_tables(tmp_path, people=rows))
    assert "dcterms:source <https://gazette.example/doe> ;" in block(reference, "organisations", "organisation/board")
    node = "membership/jo-doe-board-editor"
    assert "dcterms:source <https://gazette.example/doe> ;" in block(reference, "people", node)
    assert block(reference, "people-proposed", node).endswith("dcterms:source <source/general-knowledge> .")


def test_second_spelling_becomes_another_name(tmp_path: Path) -> None:
    """Of two spellings with one name in the graph, the first is the label and the second another name."""
    rows = [{"name": "Jo Ann Doe"}, {"name": "Jo-Ann Doe", "role": "chair"}, {"role": "Chair", "organisation": "Board"}]
    reference = read_reference(write_tables(tmp_path, people=rows))
    held = block(reference, "people", "person/jo-ann-doe")
    assert 'skos:altLabel "Jo-Ann Doe"@en ;\n    skos:prefLabel "Jo Ann Doe"@en' in held
    assert 'skos:altLabel "Chair"@en' in block(reference, "people", "role/chair")


def test_apostrophes_and_case_do_not_matter_in_names(tmp_path: Path) -> None:
    """A body is found whatever apostrophe or case a cell uses."""
    organisation = {"id": "doe-fund", "label": "The Doe's Fund", "kind": "charity"}
    folder_ = write_tables(tmp_path, organisations=[organisation], people=[{"organisation": "the Doe’s fund"}])
    assert nodes(read_reference(folder_), "people", "membership") == ["jo-doe-doe-fund-editor"]


#: What is wrong with a row, and what the message says of it: table, row, column, words.
BAD = [
    ("footprints", {"name": ""}, "name", "may not be empty"),
    ("footprints", {"name": "東京"}, "name", "no letter or digit"),
    ("footprints", {"footprint_no": "one"}, "footprint_no", "whole number"),
    ("footprints", {"icb_ods_code": "QXX"}, "icb_2022", "QXX would name nothing"),
    ("footprints", {"lead_role": "chair"}, "lead_role", "lead_2016 is empty"),
    ("footprints", {"lead_organisation": "Board"}, "lead_organisation", "lead_2016 is empty"),
    ("footprints", {"origin": ""}, "origin", "may not be empty"),
    ("organisations", {"id": ""}, "id", "may not be empty"),
    ("organisations", {"id": "The Gazette"}, "id", "write 'the-gazette'"),
    ("organisations", {"label": ""}, "label", "may not be empty"),
    ("organisations", {"kind": "circus"}, "kind", "expected one of"),
    ("organisations", {"website": "see below"}, "website", "is no address"),
    ("organisations", {"wikidata_qid": "101", "qid_certainty": "certain"}, "wikidata_qid", "no item of Wikidata"),
    ("organisations", {"certainty": "sure"}, "certainty", "expected one of page, known, doubtful"),
    ("organisations", {"certainty": ""}, "certainty", "expected one of page, known, doubtful"),
    ("people", {"name": ""}, "name", "may not be empty"),
    ("people", {"role": ""}, "role", "may not be empty"),
    ("people", {"role": "—"}, "role", "no letter or digit"),
    ("people", {"organisation": ""}, "organisation", "may not be empty"),
    ("people", {"from_year": "16"}, "from_year", "four digits"),
    ("people", {"to_year": "June 2016"}, "to_year", "four digits"),
    ("people", {"from_year": "2017", "to_year": "2016"}, "to_year", "comes before from_year 2017"),
    ("reports", {"report_id": ""}, "report_id", "may not be empty"),
    ("reports", {"title": ""}, "title", "may not be empty"),
    ("reports", {"kind": ""}, "kind", "may not be empty"),
    ("reports", {"kind": "rumour"}, "kind", "expected one of"),
    ("reports", {"date": "May 2018"}, "date", "2016-11-18"),
    ("reports", {"date": "2018-13"}, "date", "is no date"),
    ("reports", {"value": "40"}, "value", "what_is_measured is empty"),
    ("reports", {**FIGURE, "value": "5.3bn"}, "value", "is no number"),
    ("reports", {**FIGURE, "value": ""}, "value", "unit is not"),
    ("reports", {**FIGURE, "unit": "EUR"}, "unit", "expected one of percent, count, GBP"),
    ("reports", {**FIGURE, "unit": ""}, "unit", "expected one of percent, count, GBP"),
    ("reports", {**FIGURE, "numerator": "8"}, "denominator", "give both or neither"),
    ("reports", {**FIGURE, "numerator": "8.5", "denominator": "20"}, "numerator", "whole number"),
    ("reports", {**FIGURE, "denominator": "0"}, "denominator", "part of 0"),
    (
        "reports",
        {**FIGURE, "unit": "count", "numerator": "8", "denominator": "9"},
        "numerator",
        "differs from value 40",
    ),
    ("reports", {**FIGURE, "population": "", "denominator": "9"}, "denominator", "name the population"),
]


@pytest.mark.parametrize(("table", "row", "column", "words"), BAD)
def test_bad_cells(tmp_path: Path, table: str, row: dict[str, str], column: str, words: str) -> None:
    """A cell that cannot be imported is an error with file, line, column, value and what to do."""
    write_tables(tmp_path, **{table: [row]})
    with pytest.raises(BadRow) as caught:
        read_reference(tmp_path)
    value = {**LEAST[f"{table}.csv"], **row}.get(column, "")
    assert caught.value.where == f"{tmp_path / table}.csv:2"
    assert caught.value.message.startswith(f"column {column}, {value!r}: ")
    assert words in caught.value.message
    assert "\n" not in str(caught.value)


#: Rows that do not go together: tables with their rows, table and line of the error, words.
CLASHES = [
    ({"organisations": [{}, {}]}, "organisations.csv:3", "is the id of line 2 already"),
    ({"footprints": [{}, {"name": "anyshire"}]}, "footprints.csv:3", "is the partnership of line 2 already"),
    (
        {"footprints": [{"footprint_no": "1"}, {"footprint_no": "1", "name": "B"}]},
        "footprints.csv:3",
        "is the number of line 2 already",
    ),
    ({"people": [{}, {"note": "again"}]}, "people.csv:3", "the same post from the same year"),
    ({"people": [{"from_year": "2016"}, {"from_year": "2016"}]}, "people.csv:3", "the same post from the same year"),
    ({"reports": [{}, {"title": "Mistrust"}]}, "reports.csv:3", "differs from line 2, of the same report: 'Trust'"),
    ({"reports": [FIGURE, FIGURE]}, "reports.csv:3", "line 2 measures it of the same population"),
    (
        {
            "organisations": [{"aliases": "the paper"}, {"id": "post", "label": "The Post", "aliases": "the paper"}],
            "people": [{"organisation": "the paper"}],
        },
        "people.csv:2",
        "'the paper' is a name of several; write 'The Gazette' or 'The Post'",
    ),
    (
        {"organisations": [{}], "people": [{"organisation": "Gazette"}]},
        "people.csv:2",
        "'Gazette' would be named like 'The Gazette'; make it an alias, or rename it",
    ),
    (
        {"people": [{"organisation": "A B", "role": "C"}, {"organisation": "A", "role": "B C"}]},
        "people.csv:3",
        "organization of <https://w3id.org/stpgraph/id/membership/jo-doe-a-b-c> is",
    ),
]


@pytest.mark.parametrize(("tables", "where", "words"), CLASHES)
def test_rows_that_do_not_go_together(
    tmp_path: Path, tables: dict[str, list[dict[str, str]]], where: str, words: str
) -> None:
    """Rows that contradict or repeat each other are an error at the later one, which names the earlier."""
    with pytest.raises(BadRow) as caught:
        read_reference(write_tables(tmp_path, **tables))
    assert caught.value.where == str(tmp_path / where)
    assert words in caught.value.message


def test_earlier_spell_keeps_the_plain_name(tmp_path: Path) -> None:
    """Of several spells in one post the first is named without a year, whatever the order and certainty of rows."""
    rows = [{"from_year": "2018"}, {"from_year": "2015", "to_year": "2016", "certainty": "known"}, {"to_year": "2012"}]
    reference = read_reference(write_tables(tmp_path, organisations=[{}], people=rows))
    assert nodes(reference, "people", "membership") == ["jo-doe-gazette-editor-2018", "jo-doe-gazette-editor"]
    assert nodes(reference, "people-proposed", "membership") == ["jo-doe-gazette-editor-2015"]


HEADER = ",".join(TABLES["people.csv"])


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "is missing"),
        ("name,aliases\n", 1, "column 'role', 'organisation', 'from_year'"),
        (f"{HEADER},born\n", 1, "column 'born' is unknown"),
        (f"{HEADER},name\n", 1, "column 'name' is there more than once"),
        (f"{HEADER}\nJo,,\n", 2, "3 cells where the header has 9"),
        (f'{HEADER}\n"Jo" Doe,,,,,,,,\n', 2, "this is not CSV"),
    ],
)
def test_bad_tables(tmp_path: Path, text: str, line: int, words: str) -> None:
    """A table without its columns, or that is no CSV, is an error at its line."""
    (write_tables(tmp_path) / "people.csv").write_text(text, encoding="utf-8")
    with pytest.raises(BadRow) as caught:
        read_reference(tmp_path)
    assert caught.value.where == f"{tmp_path / 'people.csv'}:{line}"
    assert words in caught.value.message


def test_line_of_a_row_after_a_cell_of_two_lines(tmp_path: Path) -> None:
    """The line of an error is that where the row begins, whatever line breaks stand in cells before it."""
    folder_ = write_tables(tmp_path, people=[{"note": "one\ntwo"}, {"name": "Max Roe", "from_year": "x"}])
    with pytest.raises(BadRow) as caught:
        read_reference(folder_)
    assert caught.value.where == f"{tmp_path / 'people.csv'}:4"


def test_table_that_is_not_utf_8(tmp_path: Path) -> None:
    """A table in another encoding is an error that says so."""
    (write_tables(tmp_path) / "people.csv").write_bytes(b"name\xff")
    with pytest.raises(BadRow, match=r"people\.csv: byte 4 is not UTF-8"):
        read_reference(tmp_path)


def test_missing_table(tmp_path: Path) -> None:
    """A folder without one of the tables is an error that names it."""
    (write_tables(tmp_path) / "people.csv").unlink()
    with pytest.raises(UsageError, match=r"people\.csv: there is no such table"):
        read_reference(tmp_path)


def test_tables_with_a_header_alone(tmp_path: Path) -> None:
    """Empty tables make files that hold nothing but their own description."""
    reference = read_reference(write_tables(tmp_path))
    assert [file.name for file in reference.files] == [
        "partnerships",
        "organisations",
        "people",
        "reports",
        "partnerships-proposed",
        "organisations-proposed",
        "people-proposed",
        "reports-proposed",
    ]
    assert (
        block(reference, "people-proposed", "graph/reference/people-proposed")
        == """\
<graph/reference/people-proposed>
    a void:Dataset ;
    dcterms:title "People and their posts: what rests at least in part on general knowledge"@en ;
    stp:reviewStatus <review-status/proposed> ."""
    )
    assert {len(blocks(reference, file.name)) for file in reference.files} == {1}


def test_files_are_written_in_normal_form(invented: Reference, tmp_path: Path) -> None:
    """Each file is written under its name, in normal form, and reads back as the triples it was made of."""
    paths = write_reference(invented, tmp_path)
    assert [path.name for path in paths] == [f"{file.name}.ttl" for file in invented.files]
    for path, file in zip(paths, invented.files, strict=True):
        assert is_normal(path.read_bytes())
        assert set(read_turtle(path)) == set(file.triples())


def test_two_runs_give_the_same_bytes(invented: Reference) -> None:
    """The same tables make the same files."""
    again = read_reference(INVENTED, DOCUMENTS)
    assert [to_turtle(file.triples()) for file in again.files] == [to_turtle(file.triples()) for file in invented.files]


def check_whole(triples: list[Triple], defined_elsewhere: set[NamedNode]) -> None:
    """Hold what every reference graph keeps: no triple twice, all labelled, nothing dangling, records all through."""
    assert [triple for triple, count in Counter(triples).items() if count > 1] == []
    subjects = {triple.subject for triple in triples}
    named = {t.object for t in triples if isinstance(t.object, NamedNode) and t.object.value.startswith(BASE)}
    assert sorted(node.value for node in named - subjects - defined_elsewhere) == []
    labelled = {triple.subject for triple in triples if triple.predicate in {SKOS.prefLabel, DCTERMS.title}}
    unlabelled = [s.value.removeprefix(BASE) for s in subjects - labelled if isinstance(s, NamedNode)]
    assert {name.partition("/")[0] for name in unlabelled} <= {"membership", "statistic"}
    records, rest = from_triples(triples)
    assert rest == []
    assert {triple for record in records for triple in to_triples(record)} == set(triples)


def scheme_nodes() -> set[NamedNode]:
    """Return the schemes that ship, and their concepts."""
    triples = read_turtle(folder("ontology") / "relationships.ttl")
    return {triple.subject for triple in triples if isinstance(triple.subject, NamedNode)}


def test_invented_graph_is_whole(invented: Reference) -> None:
    """The files together hold no triple twice, label every node, and name nothing that nobody holds."""
    triples = [triple for file in invented.files for triple in file.triples()]
    check_whole(triples, scheme_nodes() | set(DOCUMENTS.values()))


def test_accepted_files_stand_alone(invented: Reference) -> None:
    """What accepted files name is in accepted files: they can be used without the proposed ones."""
    triples = [t for file in invented.files if "proposed" not in file.name for t in file.triples()]
    subjects = {triple.subject for triple in triples} | scheme_nodes() | set(DOCUMENTS.values())
    named = {t.object for t in triples if isinstance(t.object, NamedNode) and t.object.value.startswith(BASE)}
    assert sorted(node.value for node in named - subjects) == []


def test_codes_are_found_by_label() -> None:
    """Kinds are the labels of the schemes that ship."""
    codes = Codes()
    assert codes.find("organisation-kind", "Trade Press") == mint("organisation-kind", "trade-press")
    assert codes.find("organisation-kind", "circus") is None
    assert "charity, " in codes.listed("organisation-kind")


def shared_tables() -> Path:
    """Return the folder of the tables that the shipped files were made of, for those who have it."""
    place = Path(os.environ.get("STPGRAPH_REFERENCE", ROOT.parent / "shared" / "reference"))
    if not (place / "footprints.csv").is_file():
        if os.environ.get("CI"):
            pytest.fail(f"the reference tables are needed in CI and are not at {place}")
        pytest.skip(f"no reference tables at {place}; name their folder in STPGRAPH_REFERENCE")
    return place


@pytest.fixture(scope="module")
def shipped() -> Reference:
    """The tables that the shipped files were made of, read."""
    tables = shared_tables()
    texts = Path(os.environ.get("STPGRAPH_TEXTS", ROOT.parent / "shared" / "seeds"))
    documents = [
        record
        for path in sorted((folder("graph") / "documents").glob("*.ttl"))
        for record in from_triples(read_turtle(path))[0]
        if isinstance(record, Document)
    ]
    return read_reference(tables, find_documents(find_texts(texts), documents))


def test_shipped_files_are_what_the_tables_give(shipped: Reference, tmp_path: Path) -> None:
    """The reference files that ship are, byte for byte, what the importer makes of their tables."""
    for path in write_reference(shipped, tmp_path):
        assert (folder("graph") / "reference" / path.name).read_bytes() == path.read_bytes(), path.name


def test_shipped_reference_in_numbers(shipped: Reference) -> None:
    """All partnerships, reports and figures of the tables are there, but for what they call doubtful."""
    made = Counter(
        t.object.value.rpartition("#")[2]
        for file in shipped.files
        for t in file.triples()
        if t.predicate == RDF.type and isinstance(t.object, NamedNode)
    )
    assert (made["Partnership"], made["Report"], made["Statistic"]) == (44, 37, 124)
    assert [(Path(left.where).name, left.what) for left in shipped.left_out] == [
        ("people.csv:81", "John Lister, associate, Keep Our NHS Public"),
        ("reports.csv:63", "kf-stp-process-2016, NHS provider deficit"),
    ]


@pytest.mark.parametrize(
    ("figure", "as_said", "size"),
    [
        ("cipfa-impower-2017/expect-to-use-additional-2bn-towards-prevention", "15%", 56),
        ("cipfa-impower-2017/successful-integration-critical-to-long-term-sustainability", "90%", 56),
        ("mj-independent-age/do-not-expect-delayed-transfers-to-drop-significantly-in", "84%", 52),
    ],
)
def test_figures_that_do_not_hold_stay_as_they_are(shipped: Reference, figure: str, as_said: str, size: int) -> None:
    """A percentage that no whole number of its respondents gives is kept, with the size that shows it."""
    triples = [triple for file in shipped.files for triple in file.triples()]
    records = {record.iri: record for record in from_triples(triples)[0]}
    statistic = records[mint("statistic", *figure.split("/"))]
    assert isinstance(statistic, Statistic)
    assert statistic.as_said == as_said
    assert statistic.lowest is not None
    assert statistic.highest is not None
    answers = range(size + 1)
    assert not [n for n in answers if statistic.lowest <= Decimal(100 * n) / size <= statistic.highest]
    population = getattr(records[statistic.measure], "population", None)
    assert population is not None
    assert getattr(records[population], "size", None) == size


def test_example_of_the_manual_is_true(tmp_path: Path) -> None:
    """The Turtle in docs/importing.md is what the importer makes of the rows that stand there."""
    text = (ROOT / "docs" / "importing.md").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.split("```csv\n")[1].partition("```")[0].splitlines()))
    reference = read_reference(write_tables(tmp_path, people=rows))
    shown = [b for part in text.split("```turtle\n")[1:] for b in part.partition("\n```")[0].split("\n\n")]
    assert len(shown) == 4
    made = [found for file in reference.files for found in blocks(reference, file.name).values()]
    assert [found for found in shown if found not in made] == []
