"""Checks: what each finds in graphs that are wrong in one thing, and that it leaves alone what is right."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, RdfFormat

from stpgraph.building import load_shipped
from stpgraph.checks import Finding, Severity, check_anchors, check_figures, check_shapes
from stpgraph.checks.arithmetic import Bases, counts_within, nearest_bases, share
from stpgraph.documents import SourceText, find_texts
from stpgraph.resources import folder
from stpgraph.store import Store, open_store
from stpgraph.vocabulary import BASE, PREFIXES, mint

EXAMPLES = folder("ontology") / "examples"
GAZETTE = "2018-03-05-gazette-trust"

PROLOGUE = f"@base <{BASE}> .\n" + "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())

#: A document of 60 characters with one claim by Jo Doe as leader, evidence at 10–20.
SPOKEN = """
<document/gazette> a stp:Document ; dcterms:title "Trust in doubt"@en ; stp:textLength 60 .
<claim/gazette/10-20> stp:speakingAs <membership/leader> ; stp:statedOn "2018-03-05"^^xsd:date ;
    stp:reportedIn <document/gazette> ; stp:evidence <evidence/gazette/10-20> .
<evidence/gazette/10-20> oa:hasSource <document/gazette> ; oa:hasSelector <selector/gazette/10-20> .
<selector/gazette/10-20> oa:start 10 ; oa:end 20 .
"""


def load(store: Store, turtle: str, name: str = "test") -> None:
    """Add Turtle, written with the project's prefixes, to a graph."""
    store.load((PROLOGUE + turtle).encode(), format=RdfFormat.TURTLE, graph=mint("graph", name))


def graph_of(*turtles: str) -> Store:
    """Return a store of some pieces of Turtle, each in a graph of its own."""
    store = open_store()
    for number, turtle in enumerate(turtles):
        load(store, turtle, f"test-{number}")
    return store


# Shapes


@pytest.fixture
def examples() -> Store:
    """The ontology, its lists and the worked example of the Anyshire Gazette: complete, and right."""
    store = open_store()
    store.load(folder("ontology") / "stp.ttl", graph=mint("graph", "ontology"))
    store.load(folder("ontology") / "relationships.ttl", graph=mint("graph", "relationships"))
    store.load(EXAMPLES / "valid" / "base.ttl", graph=mint("graph", GAZETTE))
    return store


def test_a_right_graph_has_no_findings(examples: Store) -> None:
    """The worked example conforms."""
    assert check_shapes(examples) == []


def test_a_wrong_claim_is_found_with_place_and_mend(examples: Store) -> None:
    """A claim with two stances gives one finding: the shape's name, the claim, its graphs, and how to mend it."""
    claim = f"<claim/{GAZETTE}/120-207>"
    load(examples, f"{claim} stp:stance <stance/supportive> .", "additions")
    assert check_shapes(examples) == [
        Finding(
            rule="Claim-stance",
            node=f"{BASE}claim/{GAZETTE}/120-207",
            place=f"graph/{GAZETTE}, graph/additions",
            message="is incomplete",
            mend="A claim has at most one stance, of the list <stance>: supportive, critical, mixed or neutral. "
            "Split a claim that judges two things differently.",
            severity=Severity.VIOLATION,
        )
    ]


def test_a_wrong_value_is_told(examples: Store) -> None:
    """Where one value is at fault, the finding names it."""
    load(examples, f"<claim/{GAZETTE}/120-207> stp:cites <relationship/trust> .", "additions")
    [found] = check_shapes(examples)
    assert (found.rule, found.message) == ("Claim-cites", f"has {BASE}relationship/trust")


def test_a_warning_is_no_violation(examples: Store) -> None:
    """A share above 100 per cent may be growth: it is looked at, not forbidden."""
    load(
        examples,
        f"""<statistic/{GAZETTE}/growth> a stp:Statistic ; stp:asSaid "150%" ; qudt:hasUnit unit:PERCENT ;
            stp:measure <measure/anyshire-2018-joint-budgets> ; stp:comparator <comparator/exactly> ; stp:value 150.0 ;
            stp:lowest 149.5 ; stp:highest 150.5 ; stp:reportedIn <document/{GAZETTE}> ;
            stp:evidence <evidence/{GAZETTE}/319-322> ; stp:reviewStatus <review-status/accepted> .""",
    )
    [found] = check_shapes(examples)
    assert (found.rule, found.severity) == ("FigureShare", Severity.WARNING)


def test_shapes_of_ones_own(examples: Store, tmp_path: Path) -> None:
    """A file of other shapes is held against instead, and findings come by rule, then node."""
    own = tmp_path / "own.ttl"
    own.write_text(
        f"{PROLOGUE}shape:Citing a sh:NodeShape ; sh:targetClass stp:Claim ; sh:property shape:Citing-cites .\n"
        'shape:Citing-cites a sh:PropertyShape ; sh:path stp:cites ; sh:minCount 1 ; sh:message "Cite."@en .',
        encoding="utf-8",
    )
    [found] = check_shapes(examples, own)
    assert (found.rule, found.node, found.mend) == ("Citing-cites", f"{BASE}claim/{GAZETTE}/300-371", "Cite.")


# Rules that compare two nodes


@pytest.fixture
def no_shapes(tmp_path: Path) -> Path:
    """A file of no shapes, so that the rules speak alone."""
    path = tmp_path / "none.ttl"
    path.write_text("", encoding="utf-8")
    return path


def test_evidence_beyond_the_text(no_shapes: Path) -> None:
    """A span that ends after the end of its document is found, with both numbers; one that ends there is not."""
    beyond = SPOKEN.replace("oa:end 20", "oa:end 61")
    assert check_shapes(graph_of(beyond), no_shapes) == [
        Finding(
            rule="evidence-within-text",
            node=f"{BASE}evidence/gazette/10-20",
            place="Trust in doubt",
            message="ends at 61 of a text of 60",
            mend="correct the offsets, or the document's textLength",
        )
    ]
    assert check_shapes(graph_of(SPOKEN.replace("oa:end 20", "oa:end 60")), no_shapes) == []


@pytest.mark.parametrize(
    ("dates", "told"),
    [
        ('schema:startDate "2018-03-06"^^xsd:date', "2018-03-06 to ?"),
        ('schema:startDate "2018-04"^^xsd:gYearMonth', "2018-04 to ?"),
        ('schema:endDate "2017"^^xsd:gYear', "? to 2017"),
        (
            'schema:startDate "2012"^^xsd:gYear ; schema:endDate "2018-02-28"^^xsd:date',
            "2012 to 2018-02-28",
        ),
    ],
)
def test_spoken_outside_a_posts_time(dates: str, told: str, no_shapes: Path) -> None:
    """Who speaks before a post began or after it ended is found; the dates are told as precisely as they are known."""
    [found] = check_shapes(graph_of(SPOKEN, f"<membership/leader> {dates} ."), no_shapes)
    assert found == Finding(
        rule="post-in-its-time",
        node=f"{BASE}claim/gazette/10-20",
        place="Trust in doubt",
        message=f"spoken on 2018-03-05 in a post held {told}",
        mend="name the post that was held that day, or correct the dates of the post",
    )


@pytest.mark.parametrize(
    "dates",
    [
        'schema:startDate "2018"^^xsd:gYear ; schema:endDate "2018"^^xsd:gYear',
        'schema:startDate "2018-03-05"^^xsd:date ; schema:endDate "2018-03"^^xsd:gYearMonth',
        'schema:endDate "2018-03-05"^^xsd:date',
        "org:member <person/jo-doe>",
    ],
)
def test_spoken_within_a_posts_time(dates: str, no_shapes: Path) -> None:
    """A year or month holds all its days, first and last day count, and what is unknown speaks against nobody."""
    assert check_shapes(graph_of(SPOKEN, f"<membership/leader> {dates} ."), no_shapes) == []


def test_spoken_outside_a_posts_time_in_a_document_without_title(no_shapes: Path) -> None:
    """A claim is found also where its document bears no title to tell the place by."""
    untitled = SPOKEN.replace('dcterms:title "Trust in doubt"@en ;', "")
    store = graph_of(untitled, '<membership/leader> schema:endDate "2017"^^xsd:gYear .')
    [found] = check_shapes(store, no_shapes)
    assert (found.rule, found.node, found.place) == ("post-in-its-time", f"{BASE}claim/gazette/10-20", "")


def test_a_triple_in_two_graphs(no_shapes: Path) -> None:
    """A fact that stands in two graphs is found once, with both; two facts about one thing are none."""
    fact = '<person/jo-doe> skos:altLabel "Jo"@en .'
    assert check_shapes(graph_of(fact, fact), no_shapes) == [
        Finding(
            rule="triple-in-one-graph",
            node=f"{BASE}person/jo-doe",
            place=f"{BASE}graph/test-0 and {BASE}graph/test-1",
            message=f"{PREFIXES['skos']}altLabel Jo",
            mend="keep the triple in one of the graphs; a union counts it twice",
        )
    ]
    assert check_shapes(graph_of(fact, '<person/jo-doe> skos:altLabel "Joanna"@en .'), no_shapes) == []


def test_checks_change_nothing(examples: Store) -> None:
    """After all checks a store holds what it held before."""
    before = set(examples.quads())
    check_shapes(examples)
    check_figures(examples)
    check_anchors(examples, find_texts(EXAMPLES / "texts"))
    assert set(examples.quads()) == before


# Anchors


@pytest.fixture
def gazette(examples: Store) -> SourceText:
    """The text of the worked example."""
    [text] = [text for text in find_texts(EXAMPLES / "texts") if GAZETTE in text.path.name]
    return text


def test_anchors_that_hold(examples: Store, gazette: SourceText) -> None:
    """Held against their text, all anchors match; the text and the anchors are handed back, by document."""
    checked = check_anchors(examples, [gazette])
    document = mint("document", GAZETTE)
    assert checked.findings == []
    assert checked.texts == {document: gazette}
    assert checked.span_count == len(checked.spans[document]) == 5
    assert [(span.start, span.end) for span in checked.spans[document]] == [
        (120, 207),
        (131, 143),
        (300, 371),
        (305, 317),
        (319, 322),
    ]


def test_other_texts_are_passed_over(examples: Store) -> None:
    """Texts of no document of the graph do no harm."""
    assert check_anchors(examples, find_texts(EXAMPLES / "texts")).findings == []


def test_a_missing_text(examples: Store) -> None:
    """A document whose text is nowhere gives one finding, and none of its anchors counts as held."""
    checked = check_anchors(examples, [])
    assert checked.findings == [
        Finding(
            rule="text-missing",
            node=f"{BASE}document/{GAZETTE}",
            place=f"document/{GAZETTE}",
            message="no text here has its SHA-256",
            mend="put the text that was read among the sources, or leave the document out",
        )
    ]
    assert (checked.span_count, checked.texts) == (0, {})


def test_a_changed_text(examples: Store, gazette: SourceText) -> None:
    """A copy with one letter more is known by its title; each anchor behind the change is named, none is moved.

    The letter stands at 250, after the first claim and its figure, before the second claim and its two.
    """
    text = gazette.text
    copy = SourceText(path=Path("texts/copy.txt"), text=f"{text[:250]}!{text[250:]}")
    checked = check_anchors(examples, [copy])
    told = [(found.rule, found.node.removeprefix(BASE), found.place) for found in checked.findings]
    assert told == [
        ("text-changed", f"document/{GAZETTE}", "texts/copy.txt"),
        ("anchor-changed", f"claim/{GAZETTE}/300-371", f"document/{GAZETTE}, characters 300–371"),
        ("anchor-changed", f"statistic/{GAZETTE}/305-317", f"document/{GAZETTE}, characters 305–317"),
        ("anchor-changed", f"statistic/{GAZETTE}/319-322", f"document/{GAZETTE}, characters 319–322"),
    ]
    assert checked.findings[1].message == "the words there in texts/copy.txt are not the ones that were read"
    assert checked.texts == {}
    assert [(span.start, span.end) for span in check_anchors(examples, [gazette]).spans[mint("document", GAZETTE)]][
        2:
    ] == [(300, 371), (305, 317), (319, 322)]


def test_a_shorter_text(examples: Store, gazette: SourceText) -> None:
    """Anchors beyond the end of a shortened copy are found, too."""
    copy = SourceText(path=Path("cut.txt"), text=gazette.text[:310])
    rules = [found.place[-7:] for found in check_anchors(examples, [copy]).findings[1:]]
    assert rules == ["300–371", "305–317", "319–322"]


def test_an_anchor_with_a_wrong_hash(examples: Store, gazette: SourceText) -> None:
    """In a text that is whole, an anchor that was made for other words is found."""
    examples.update(
        f"""DELETE {{ GRAPH ?g {{ ?e stp:textHash ?hash }} }} INSERT {{ GRAPH ?g {{ ?e stp:textHash "{"0" * 64}" }} }}
        WHERE {{ GRAPH ?g {{ ?e stp:textHash ?hash FILTER(?e = <evidence/{GAZETTE}/131-143>) }} }}"""
    )
    [found] = check_anchors(examples, [gazette]).findings
    assert (found.rule, found.node) == ("anchor-changed", f"{BASE}statistic/{GAZETTE}/131-143")
    assert found.place == f"document/{GAZETTE}, characters 131–143"


def test_an_anchor_that_ends_after_its_text() -> None:
    """An anchor that reaches beyond the end is found, though what is there of it are the words that were read."""
    text = SourceText(path=Path("short.txt"), text="Trust is low.")
    store = graph_of(
        f"""<document/short> a stp:Document ; stp:textHash "{text.hash}" ; stp:textLength 13 .
        <evidence/short/0-14> oa:hasSource <document/short> ; stp:textHash "{text.hash}" ;
            oa:hasSelector <selector/short/0-14> . <selector/short/0-14> oa:start 0 ; oa:end 14 ."""
    )
    [found] = check_anchors(store, [text]).findings
    assert (found.rule, found.node) == ("anchor-changed", f"{BASE}evidence/short/0-14")


def test_another_documents_text_is_no_changed_copy(examples: Store, gazette: SourceText) -> None:
    """A text that merely names a missing document, being another document's own, is not taken for a copy of it."""
    later = SourceText(path=Path("later.txt"), text="As we wrote under “Trust in doubt”, few agree.\n")
    load(
        examples,
        f"""<document/later> a stp:Document ; dcterms:title "Later"@en ; stp:textHash "{later.hash}" ;
        stp:textLength {len(later)} .""",
    )
    [found] = check_anchors(examples, [later]).findings
    assert (found.rule, found.node) == ("text-missing", f"{BASE}document/{GAZETTE}")


# Figures: the sentences

#: Measures and figures of an invented survey; a test adds the figures that do not hold.
ANYSHIRE = """
<report/anyshire> dcterms:title "Anyshire survey"@en . <document/gazette> dcterms:title "Trust in doubt"@en .
<collective/asked> skos:prefLabel "bodies asked"@en ; stp:size 40 .
<measure/budgets> skos:prefLabel "expect joint budgets"@en ; stp:population <collective/asked> .
<measure/good> skos:prefLabel "call it good"@en ; stp:population <collective/asked> ; stp:partOf <measure/judged> .
<measure/bad> skos:prefLabel "call it bad"@en ; stp:population <collective/asked> ; stp:partOf <measure/judged> .
<measure/judged> skos:prefLabel "how it is judged"@en ; stp:exhaustive true .
<measure/savings> skos:prefLabel "savings planned"@en .
<measure/first-year> skos:prefLabel "of which in the first year"@en ; stp:partOf <measure/savings> .
"""


def figure(
    name: str,
    measure: str,
    said: str,
    bounds: tuple[str, str],
    *,
    unit: str = "PERCENT",
    ratio: tuple[int, int] | None = None,
    place: str = "document/gazette",
) -> str:
    """Write a figure as Turtle; an empty bound is none."""
    told = [f"stp:{which} {bound}" for which, bound in zip(("lowest", "highest"), bounds, strict=True) if bound]
    told += [f"stp:numerator {ratio[0]} ; stp:denominator {ratio[1]}"] if ratio else []
    return (
        f'<statistic/{name}> stp:measure <measure/{measure}> ; stp:asSaid "{said}" ; qudt:hasUnit unit:{unit} ; '
        f"stp:reportedIn <{place}> ; {' ; '.join(told)} .\n"
    )


def found_in(*figures: str) -> list[Finding]:
    """Check the figures of the invented survey."""
    return check_figures(graph_of(ANYSHIRE + "".join(figures)))


def test_one_fact_said_two_ways() -> None:
    """“Two in three (60%)” of one document: what each reading allows, and that both cannot be so."""
    assert found_in(
        figure("a", "budgets", "two in three", ("66.6667", "66.6667"), ratio=(2, 3)),
        figure("b", "budgets", "60%", ("59.5", "60.5")),
    ) == [
        Finding(
            rule="one-fact-said-two-ways",
            node=f"{BASE}statistic/a",
            place="Trust in doubt",
            message="Expect joint budgets: “two in three” is 66.7 %, and “60%” is 59.5 to 60.5 %; both cannot be so.",
            mend="find out which of the two is meant, and keep both as they were said",
            severity=Severity.QUESTION,
            other=f"{BASE}statistic/b",
        )
    ]


def test_one_measure_in_two_documents() -> None:
    """A document and a report that disagree are both named; money is told in its currency, thousands apart."""
    [found] = found_in(
        figure("a", "savings", "£5.3bn", ("5250000000.0", "5350000000.0"), unit="CCY_GBP"),
        figure("b", "savings", "£5.1bn", ("5050000000.0", "5150000000.0"), unit="CCY_GBP", place="report/anyshire"),
    )
    assert found.rule == "one-measure-two-documents"
    assert found.place == "Trust in doubt; Anyshire survey"
    assert found.message == (
        "Savings planned: “£5.3bn” is 5\u2009250\u2009000\u2009000 to 5\u2009350\u2009000\u2009000 GBP, "
        "and “£5.1bn” is 5\u2009050\u2009000\u2009000 to 5\u2009150\u2009000\u2009000 GBP; both cannot be so."
    )


def test_a_bound_that_is_open_is_compared_by_its_other_end() -> None:
    """£5.3bn is more than “at most £5bn”, and 60 per cent less than “more than two thirds”; 70 per cent is not."""
    elsewhere = "report/anyshire"
    [found] = found_in(
        figure("a", "savings", "£5.3bn", ("5250000000.0", "5350000000.0"), unit="CCY_GBP"),
        figure("b", "savings", "at most £5bn", ("", "5000000000.0"), unit="CCY_GBP", place=elsewhere),
    )
    assert "“at most £5bn” is at most 5\u2009000\u2009000\u2009000 GBP" in found.message
    more = figure("b", "budgets", "more than two thirds", ("66.6667", ""), ratio=(2, 3), place=elsewhere)
    [found] = found_in(figure("a", "budgets", "60%", ("59.5", "60.5")), more)
    assert "“more than two thirds” is at least 66.7 %, and “60%” is 59.5 to 60.5 %" in found.message
    assert found_in(figure("a", "budgets", "70%", ("69.5", "70.5")), more) == []


def test_a_count_is_compared_as_its_share() -> None:
    """39 of 40 is 97.5 per cent: with “98%” it holds, with “90%” it does not."""
    count = figure("a", "budgets", "39 of 40", ("39.0", "39.0"), unit="NUM", ratio=(39, 40))
    assert found_in(count, figure("b", "budgets", "98%", ("97.5", "98.5"), place="report/anyshire")) == []
    [found] = found_in(count, figure("b", "budgets", "90%", ("89.5", "90.5"), place="report/anyshire"))
    assert "“39 of 40” is 97.5 %, and “90%” is 89.5 to 90.5 %" in found.message


def test_a_percentage_that_no_count_gives() -> None:
    """Of 40, 6 are 15 % and 7 are 17.5 %: neither is 16 %, from 15.5 to 16.5; 6 of 37 to 38 is, and 7 of 43 to 45.

    6/36 = 16.7 %, 6/37 = 16.2 %, 6/38 = 15.8 %, 6/39 = 15.4 %; 7/42 = 16.7 %, 7/43 = 16.3 %, 7/45 = 15.6 %,
    7/46 = 15.2 %.
    """
    [found] = found_in(figure("a", "budgets", "16%", ("15.5", "16.5")))
    assert found.rule == "no-whole-number-gives-it"
    assert found.message == "16% of 40 (expect joint budgets): 6 is 15 % and 7 is 17.5 %."
    assert found.mend == (
        "it would fit 6 of 37 to 38 or 7 of 43 to 45; was everybody asked this question, or the answer weighted?"
    )
    assert found_in(figure("a", "budgets", "15%", ("14.5", "15.5"))) == []


def test_a_stated_base_stands_before_the_sample() -> None:
    """A percentage with a base of its own is held against that: 16 % of 31 is 5."""
    assert found_in(figure("a", "budgets", "16%", ("15.5", "16.5")).replace(" .\n", " ; stp:denominator 31 .\n")) == []


def test_parts_that_make_more_or_less_than_the_whole() -> None:
    """Two answers that exclude each other make 105 % at least, or 86 % at most; 100 % within rounding is sound."""
    [more] = found_in(figure("a", "good", "80%", ("79.5", "80.5")), figure("b", "bad", "26%", ("25.5", "26.5")))[-1:]
    assert (more.rule, more.place) == ("parts-do-not-make-the-whole", "Trust in doubt")
    assert more.message == "How it is judged: 26%; 80% make 105 to 107 %, not the whole."
    less = [
        found.message
        for found in found_in(figure("a", "good", "60%", ("59.5", "60.5")), figure("b", "bad", "25%", ("24.5", "25.5")))
        if found.rule == "parts-do-not-make-the-whole"
    ]
    assert less == ["How it is judged: 25%; 60% make 84 to 86 %, not the whole."]
    assert found_in(figure("a", "good", "60%", ("59.5", "60.5")), figure("b", "bad", "40%", ("39.5", "40.5"))) == []


def test_a_part_above_its_whole() -> None:
    """£6bn of which are said to be a part of £5.3bn are found; £5bn are not."""
    whole = figure("b", "savings", "£5.3bn", ("5250000000.0", "5350000000.0"), unit="CCY_GBP")
    [found] = found_in(figure("a", "first-year", "£6bn", ("5500000000.0", "6500000000.0"), unit="CCY_GBP"), whole)
    assert found.rule == "subtotal-above-its-total"
    assert found.message == "Savings planned: a part, “£6bn”, is above the whole, “£5.3bn”."
    assert found.mend == "ask the source for the counts behind it"
    assert found_in(figure("a", "first-year", "£5bn", ("4500000000.0", "5500000000.0"), unit="CCY_GBP"), whole) == []


def test_more_than_all() -> None:
    """41 of 40, and 110 per cent of those asked, are more than there are."""
    counted = figure("a", "budgets", "41 of 40", ("41.0", "41.0"), unit="NUM", ratio=(41, 40))
    [found] = found_in(counted)
    assert found.rule == "numerator-above-denominator"
    assert found.message == "Expect joint budgets: “41 of 40” counts more than its base of 40."
    [found] = [
        found
        for found in found_in(figure("a", "budgets", "110%", ("109.5", "110.5")))
        if found.rule == "share-above-100"
    ]
    assert found.message == "Expect joint budgets: “110%” is a share above 100 %."


@pytest.fixture(scope="module")
def shipped() -> Iterator[list[Finding]]:
    """Yield the findings on the figures that ship."""
    with open_store() as store:
        load_shipped(store)
        yield check_figures(store)


def test_one_in_six_of_the_survey_is_told_for_both_reasons(shipped: list[Finding]) -> None:
    """“One in six (15%)” of 56: a sixth is 16.7 %, and neither 8 nor 9 of 56 is 15 %; 8 of 52 to 55 would be.

    8/52 = 15.4 %, 8/55 = 14.5 %, 9/59 = 15.3 %, 9/62 = 14.5 %; 8/51 = 15.7 % and 9/63 = 14.3 % lie outside.
    """
    article = "STPs ‘under pressure’ and ‘under funded’, survey reveals"
    told = [(found.place, found.message, found.mend) for found in shipped if "15%" in found.message]
    measure = "expect to use additional 2bn towards prevention"
    survey = "survey of organisations involved in STPs"
    no_count = (
        f"15% of 56 ({measure}): 8 is 14.3 % and 9 is 16.1 %.",
        "it would fit 8 of 52 to 55 or 9 of 59 to 62; was everybody asked this question, or the answer weighted?",
    )
    assert sorted(told) == [
        (article, *no_count),
        (
            f"{article}; {survey}",
            f"{measure.capitalize()}: “one in six” is 16.7 %, and “15%” is 14.5 to 15.5 %; both cannot be so.",
            "find out which of the two is meant, and keep both as they were said",
        ),
        (survey, *no_count),
    ]
    assert {found.severity for found in shipped} == {Severity.QUESTION}


@pytest.mark.parametrize(
    ("start", "fits"),
    [("90% of 56", "47 of 52 or 52 of 58"), ("84% of 52", "43 of 51 or 46 of 55")],
)
def test_what_else_would_fit(shipped: list[Finding], start: str, fits: str) -> None:
    """For 90 % of 56: 47/52 = 90.4 %, 52/58 = 89.7 %; for 84 % of 52: 43/51 = 84.3 %, 46/55 = 83.6 %."""
    [found] = [found for found in shipped if found.message.startswith(start)]
    assert found.mend.startswith(f"it would fit {fits}; ")


# Figures: the arithmetic


def test_counts_within() -> None:
    """Of 56, 31 % are 17 alone, 100 % are all and no more, 0 % none and no fewer."""
    assert list(counts_within(Decimal("30.5"), Decimal("31.5"), 56)) == []
    assert list(counts_within(Decimal("29.5"), Decimal("30.5"), 56)) == [17]
    assert list(counts_within(Decimal("99.5"), Decimal("100.5"), 300)) == [299, 300]
    assert list(counts_within(Decimal("-0.5"), Decimal("0.5"), 300)) == [0, 1]
    assert list(counts_within(Decimal(50), Decimal(50), 56)) == [28]


def test_share() -> None:
    """A share is told to one place: 8 of 56 are 14.3 per cent, all are 100.0."""
    assert (share(8, 56), share(56, 56)) == (Decimal("14.3"), Decimal("100.0"))


def test_nearest_bases() -> None:
    """Of 56, 15 % lies between 8 of 52 to 55 and 9 of 59 to 62; of 2, 34 % has no base below."""
    below, above = nearest_bases(Decimal("14.5"), Decimal("15.5"), 56)
    assert below == Bases(first=52, last=55, count=8)
    assert above == Bases(first=59, last=62, count=9)
    assert [str(bases) for bases in nearest_bases(Decimal("33.5"), Decimal("34.5"), 2)] == []
    assert [str(bases) for bases in nearest_bases(Decimal("32.5"), Decimal("33.5"), 2)] == ["1 of 3"]


#: Percentages as they are printed, with up to one decimal, and their bounds.
printed = st.builds(
    lambda tenths, half: (Decimal(tenths) / 10 - half, Decimal(tenths) / 10 + half),
    st.integers(0, 1000),
    st.sampled_from([Decimal("0.5"), Decimal("0.05")]),
)


@given(printed, st.integers(1, 400))
def test_counts_within_are_those_of_trying_all(bounds: tuple[Decimal, Decimal], base: int) -> None:
    """The counts are exactly those from 0 to the base whose share, as a fraction, lies within the bounds."""
    lowest, highest = bounds
    tried = [count for count in range(base + 1) if lowest * base <= count * 100 <= highest * base]
    assert list(counts_within(lowest, highest, base)) == tried


@given(printed, st.integers(1, 200))
def test_nearest_bases_are_those_of_trying_all(bounds: tuple[Decimal, Decimal], base: int) -> None:
    """The runs begin at the nearest base that fits, and go on for as long as the same count does."""
    lowest, highest = bounds

    def fits(count: int, of: int) -> bool:
        return lowest * of <= count * 100 <= highest * of

    def fitting(of: int) -> list[int]:
        return [count for count in range(of + 1) if fits(count, of)]

    expected = []
    below = next((of for of in range(base - 1, 0, -1) if fitting(of)), None)
    if below is not None:
        first, count = below, fitting(below)[-1]
        while first > 1 and count < first and fits(count, first - 1):
            first -= 1
        expected.append(Bases(first=first, last=below, count=count))
    above = next((of for of in range(base + 1, 2 * base + 1) if fitting(of)), None)
    if above is not None:
        last, count = above, fitting(above)[0]
        while last < 2 * base and fits(count, last + 1):
            last += 1
        expected.append(Bases(first=above, last=last, count=count))
    assert nearest_bases(lowest, highest, base) == expected


def test_the_order_of_findings() -> None:
    """Findings sort by rule, then node, so that two runs over one graph print the same."""
    one, other = Finding(rule="a", node=f"{BASE}y"), Finding(rule="a", node=f"{BASE}z")
    assert sorted([Finding(rule="b", node="x"), other, one]) == [one, other, Finding(rule="b", node="x")]
    assert NamedNode(one.node).value == one.node
