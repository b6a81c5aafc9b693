"""Pages of the site at their bounds: one of something, none of it, one more than fits, and what is known in part."""

from __future__ import annotations

import re
from decimal import Decimal
from html import unescape

import pytest
from pyoxigraph import Literal, NamedNode

from stpgraph.networks.evidence import Thing
from stpgraph.site import Site
from stpgraph.site.addresses import address_of, question_address
from stpgraph.site.briefs import Tally, find_briefs, lies_in
from stpgraph.site.facts import find_facts, link_to
from stpgraph.site.figure_rows import figure_of, find_doubts
from stpgraph.site.ledger import open_ledger
from stpgraph.site.negotiation import choose
from stpgraph.site.periods import span_of, unit_of
from stpgraph.site.positions import find_positions
from stpgraph.site.sayings import Measure, Saying, find_sayings
from stpgraph.vocabulary import BASE, ONTOLOGY, STP, XSD
from tests.test_site_pages import INVENTED, filled, get, read

_ID = "https%3A%2F%2Fw3id.org%2Fstpgraph%2Fid%2F"


def _markup(turtle: str, address: str) -> str:
    return get(Site(store=filled(turtle)), address).body.decode()


def _titled(markup: str) -> str:
    [title] = re.findall(r'<h1 dir="auto">(.*?)</h1>', markup)
    return unescape(title)


# Periods.


def test_the_first_of_a_year_is_known() -> None:
    """A January, a first quarter and any year begin a year; other months and quarters do not."""
    quarters = span_of(["2017-02", "2017-05"], "quarter").periods
    assert [(one.key, one.is_first_of_year) for one in quarters] == [("2017-Q1", True), ("2017-Q2", False)]
    months = span_of(["2016-12", "2017-02"], "month").periods
    assert [(one.key, one.is_first_of_year) for one in months] == [
        ("2016-12", False),
        ("2017-01", True),
        ("2017-02", False),
    ]
    assert [one.is_first_of_year for one in span_of(["2016", "2017"], "year").periods] == [True, True]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2017", (0, 4)),
        ("2017-06-05", (1, 1)),
        ("2017-04-30", None),
        ("2017-10", None),
        ("2016", None),
        ("2018", None),
        ("soon", None),
    ],
)
def test_a_day_may_lie_in_some_of_the_periods(day: str, expected: tuple[int, int] | None) -> None:
    """A year may be any of its months that are there, a day is in its own, and what lies outside is in none."""
    assert span_of(["2017-05", "2017-09"], "month").numbers(day) == expected


def test_no_days_have_no_periods() -> None:
    """Nothing is drawn of what is not known."""
    assert span_of([], "month").periods == span_of(["soon"], "year").periods == ()


@pytest.mark.parametrize(
    ("days", "wanted", "expected"),
    [
        (["2013-01", "2016-12"], "", "month"),
        (["2013-01", "2017-01"], "", "quarter"),
        (["2008-01", "2017-12"], "month", "month"),
        (["2008-01", "2018-01"], "month", "quarter"),
        (["1868", "2017"], "year", "year"),
        (["1867", "2017"], "year", "decade"),
        (["2016", "2017"], "", "year"),
        (["2016", "2017-01"], "", "month"),
    ],
)
def test_periods_grow_with_what_they_span(days: list[str], wanted: str, expected: str) -> None:
    """48 periods fit where none are asked for, 120 months and 150 years where they are; years alone make years."""
    assert unit_of(days, wanted) == expected


# The timeline.


def _marks(turtle: str, address: str) -> dict[str, str]:
    return {
        unescape(words): unescape(link)
        for link, words in re.findall(r'<a class="mark" href="([^"]*)" aria-label="([^"]*)"', _markup(turtle, address))
    }


def test_what_is_dated_has_a_mark() -> None:
    """One work leads to its page, several to their line; three are named and the others counted, kinds apart."""
    more = "".join(
        f'<document/n{n}> a stp:Document ; dcterms:title "News {n}"@en ; dcterms:issued "2018-06-0{n}"^^xsd:date .\n'
        for n in range(1, 6)
    )
    assert _marks(INVENTED + more, "/timeline") == {
        "March 2018: Few trust the plan (document)": "/id/document/first",
        "June 2018: News 1, News 2, News 3 and 2 more (document)": "#at-2018-06",
        "2018, month not known: Anyshire survey (study)": "/id/study/survey",
    }


def test_several_of_one_year_lead_to_those_dated_to_it() -> None:
    """Studies of which the year alone is known share a mark that leads to the list of them."""
    more = '<study/poll> a stp:Study ; skos:prefLabel "Poll"@en ; dcterms:date "2018"^^xsd:gYear .\n'
    marks = _marks(INVENTED + more, "/timeline")
    assert marks["2018, month not known: Anyshire survey and Poll (study)"] == "#undated-works"


def test_a_year_is_no_month_where_one_month_is_drawn() -> None:
    """A study of which the year alone is known is not said to be of the only month that the timeline has."""
    assert set(_marks(INVENTED, "/timeline?since=2018-02&until=2018-05")) == {
        "March 2018: Few trust the plan (document)",
        "2018, month not known: Anyshire survey (study)",
    }


def test_works_of_other_times_are_counted() -> None:
    """What is dated before the first claim or after the last is not drawn, and the page says how much it is."""
    more = '<study/old> a stp:Study ; skos:prefLabel "Old"@en ; dcterms:date "2001-05"^^xsd:gYearMonth .\n'
    text = read(Site(store=filled(INVENTED + more)), "/timeline").text
    assert "1 study or document is dated before or after." in text
    assert "are dated before or after" not in text
    assert "dated before or after" not in read(Site(store=filled(INVENTED)), "/timeline").text


def test_a_column_above_all_others_need_not_be_half() -> None:
    """Three of seven claims are more than in any other month; only more than half are most of them."""
    june = '<claim/8> a stp:Claim ; stp:about <relationship/trust> ; stp:statedOn "2018-06-02"^^xsd:date .\n'
    assert _titled(_markup(INVENTED + june, "/timeline")) == ("7 claims, more in June 2018 than in any other month: 3")
    assert _titled(_markup(INVENTED + june, "/timeline?since=2018-03&until=2018-06")) == (
        "5 claims, most of them in June 2018: 3"
    )


def test_claims_without_days_are_told() -> None:
    """Where no day is known nothing is drawn, and the heading and a sentence say why."""
    markup = _markup("@base <https://w3id.org/stpgraph/id/> . @prefix stp: <https://w3id.org/stpgraph/ontology#> .\n"
                     "<claim/1> a stp:Claim .", "/timeline")  # fmt: skip
    assert _titled(markup) == "1 claim, on days that are not known"
    assert "The day of 1 claim is not known." in markup
    assert '<svg class="columns-over-time wide' not in markup


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("relationship", {"trust": f"/?relationship={_ID}relationship%2Ftrust", "not known": "/?relationship=unknown"}),
        ("claimant", {"Kit Poe": f"/?claimant={_ID}person%2Fkit-poe", "not known": "/?claimant=unknown"}),
        (
            "aspect",
            {
                "working jointly": f"/?relationship={_ID}relationship%2Fjoint"
                f"&relationship={_ID}relationship%2Fjoint-health",
                "not known": "/?relationship=unknown",
            },
        ),
    ],
)
def test_a_small_chart_opens_its_claims(rows: str, expected: dict[str, str]) -> None:
    """Its link names the relationship, the claimant, all relationships of the aspect, or what is not known."""
    markup = _markup(INVENTED, f"/timeline?rows={rows}")
    heads = re.findall(r"<li>\s*<h3>(.*?)</h3>.*?<p><a href=\"([^\"]*)\">", markup, re.DOTALL)
    links = {re.sub("<[^>]+>", "", head): unescape(link) for head, link in heads}
    assert {head: links[head] for head in expected} == expected


def test_only_what_can_be_asked_for_is_drawn_larger() -> None:
    """A known relationship or claimant has a link to its own timeline; an aspect and the unknown have none."""
    larger = {
        rows: len(re.findall(">larger</a>", _markup(INVENTED, f"/timeline?rows={rows}")))
        for rows in ("relationship", "claimant", "aspect")
    }
    assert larger == {"relationship": 3, "claimant": 5, "aspect": 0}


def test_the_form_keeps_what_was_asked_for() -> None:
    """What narrows the timeline stands in its form, and so do its columns and rows."""
    markup = _markup(
        INVENTED, "/timeline?relationship=trust&claimant=Jo+Doe&since=2018&until=2018-06&per=year&rows=claimant"
    )
    chosen = {unescape(one) for one in re.findall(r'<option value="([^"]*)" selected', markup)}
    assert {f"{BASE}relationship/trust", f"{BASE}person/jo-doe"} <= chosen
    inputs = dict(re.findall(r'<input[^>]*? name="([^"]*)"[^>]*? value="([^"]*)"', markup))
    assert {name: inputs.get(name) for name in ("since", "until", "per", "rows")} == {
        "since": "2018",
        "until": "2018-06",
        "per": "year",
        "rows": "claimant",
    }


# The matrix.


def _heads(markup: str) -> tuple[list[tuple[str, int]], list[tuple[str, bool]]]:
    groups = re.findall(r'<th scope="colgroup" colspan="(\d+)">(.*?)</th>', markup)
    heads = re.findall(r'<th scope="col"( class="below")?><(?:a|span class="unknown")[^>]*>(.*?)</', markup)
    return (
        [(re.sub("<[^>]+>", "", name), int(count)) for count, name in groups],
        [(name, bool(below)) for below, name in heads],
    )


def test_columns_stand_below_their_aspects() -> None:
    """Wider relationships go before those below them, aspects by their largest relationship, the unknown last."""
    more = """
<aspect/money> a stp:Aspect ; skos:prefLabel "money"@en .
<relationship/share> a stp:Relationship ; skos:prefLabel "shared money"@en ; stp:aspect <aspect/money> .
<relationship/debt> a stp:Relationship ; skos:prefLabel "debt"@en ; stp:aspect <aspect/money> .
<claim/m1> a stp:Claim ; stp:about <relationship/debt> . <claim/m2> a stp:Claim ; stp:about <relationship/share> .
<claim/m3> a stp:Claim ; stp:about <relationship/share> . <claim/m4> a stp:Claim ; stp:about <relationship/share> .
<claim/m5> a stp:Claim ; stp:about <relationship/share> .
"""
    groups, heads = _heads(_markup(INVENTED + more, "/matrix"))
    assert groups == [("money", 2), ("working jointly", 2), ("trusting", 1), ("no aspect", 1)]
    assert heads == [
        ("shared money", False),
        ("debt", False),
        ("joint work", False),
        ("joint work with health", True),
        ("trust", False),
        ("what about is not known", False),
    ]
    assert _heads(_markup(INVENTED + more, "/matrix?level=aspect"))[0] == []


_ONE = """@base <https://w3id.org/stpgraph/id/> . @prefix stp: <https://w3id.org/stpgraph/ontology#> .
<organisation/anyshire> a stp:Organisation . <relationship/trust> a stp:Relationship .
<claim/1> a stp:Claim ; stp:claimant <organisation/anyshire> ; stp:about <relationship/trust>%s .
"""


@pytest.mark.parametrize(
    ("stance", "title"),
    [
        ("critical", "Criticism outweighs support in 1 of 1 cell, the other way round in 0"),
        ("supportive", "Support outweighs criticism in 1 of 1 cell, the other way round in 0"),
        ("mixed", "Criticism and support each outweigh the other in 0 of 1 cell"),
        ("", "Criticism and support each outweigh the other in 0 of 1 cell"),
    ],
)
def test_the_matrix_says_which_side_outweighs(stance: str, title: str) -> None:
    """Criticism, support or neither, by the cells of bodies and relationships."""
    said = f" ; stp:stance <stance/{stance}>" if stance else ""
    assert _titled(_markup(_ONE % said, "/matrix")) == title


# What is counted.


@pytest.mark.parametrize(
    ("tally", "sign", "lean"),
    [
        (Tally(), "0", 0),
        (Tally(neutral=1, unknown=1), "0", 0),
        (Tally(unknown=2), "?", 0),
        (Tally(mixed=1, unknown=1), "±0", 0),
        (Tally(supportive=1, critical=1), "±0", 0),
        (Tally(critical=1, neutral=5), "−1", -1),
        (Tally(supportive=1, neutral=1), "+1", 2),
        (Tally(supportive=2, neutral=1), "+2", 2),
        (Tally(critical=3, neutral=1), "−3", -3),
        (Tally(supportive=2, critical=1), "+1", 1),
    ],
)
def test_a_balance_is_written_and_coloured(tally: Tally, sign: str, lean: int) -> None:
    """The sign tells how many more support than criticise; the colour how large a share they are, in thirds."""
    assert (tally.sign, tally.lean) == (sign, lean)


@pytest.mark.parametrize(
    ("day", "since", "until", "expected"),
    [
        ("2017-09-21", "2017-09-21", "2017-09-21", True),
        ("2017-09-22", "", "2017-09-21", False),
        ("2017-09-20", "2017-09-21", "", False),
        ("2017-10-01", "", "2017-09", False),
        ("2017", "2016-05", "2017-03", True),
        ("2016", "2016-12-31", "", True),
        ("2016", "2017-01", "", False),
        ("", "", "", True),
        ("", "", "2017", False),
    ],
)
def test_a_day_lies_in_a_period_as_far_as_both_go(day: str, since: str, until: str, expected: bool) -> None:
    """Both ends belong to it; a year lies in any period that has some of it; an unknown day in none."""
    assert lies_in(day, since, until) is expected


def test_speakers_are_listed_by_name() -> None:
    """All who claim, and the bodies they spoke for, whatever the case of their names."""
    assert [name for _, name in find_briefs(Site(store=filled(INVENTED))).speakers()] == [
        *("Anyshire County Council", "bodies asked in Anyshire", "Jo Doe", "Kit Poe", "Norbury NHS Trust"),
    ]


# Figures.


def _saying(
    low: str | None,
    high: str | None,
    *,
    unit: str = "%",
    base: int | None = None,
    size: int | None = None,
    is_money: bool = False,
) -> Saying:
    thing = Thing(iri="urn:m", label="m", short_label="m", kind="measure")
    return Saying(
        iri="urn:s",
        said="some",
        comparator="exactly",
        value=None,
        lowest=None if low is None else Decimal(low),
        highest=None if high is None else Decimal(high),
        unit=unit,
        is_money=is_money,
        numerator=None,
        denominator=base,
        measure=Measure(thing=thing, size=size),
    )


def test_figures_meet_where_both_may_be_so() -> None:
    """Bounds that touch within a ten-thousandth meet, open ends meet all, and a count of a whole is held as a share."""
    ten = _saying(None, "10")
    assert ten.meets(_saying("10.0001", None))
    assert not ten.meets(_saying("10.0002", None))
    assert not _saying("10.0002", None).meets(ten)
    assert _saying("5", None).meets(_saying("7", None))
    assert _saying(None, None).meets(ten)
    assert _saying("25", "25").meets(_saying("1", "1", unit="count", base=4))
    assert not _saying("1", "1").meets(_saying("1", "1", unit="count", base=4))


@pytest.mark.parametrize(
    ("one", "sort"),
    [
        (_saying("5", "5", unit="GBP", is_money=True, base=6), "money"),
        (_saying("5", "5", unit="count", base=6), "share"),
        (_saying("5", "5", unit="count"), "count"),
        (_saying("5", "5"), "share"),
        (_saying("5", "5", unit="MO"), "other"),
    ],
)
def test_what_sort_of_figure_it_is(one: Saying, sort: str) -> None:
    """A percentage and a count of a whole are shares; a sum is money even where a whole is known."""
    assert one.sort == sort


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (_saying("14.5", "15.5", size=56), (8, 9)),
        (_saying("14.2", "14.3", size=56), None),
        (_saying("14.5", None, size=56), None),
        (_saying(None, "15.5", size=56), None),
        (_saying("14.5", "15.5"), None),
        (_saying("14.5", "15.5", size=0), None),
        (_saying("14.5", "15.5", unit="count", size=56), None),
        (_saying("60", "60", base=3), (1, 2)),
    ],
)
def test_counts_beside_a_share_that_no_count_gives(one: Saying, expected: tuple[int, int] | None) -> None:
    """Of 56, 8 are 14.29 % and 9 are 16.07 %; without both bounds and a whole nothing is worked out."""
    assert one.counts_beside == expected


def test_a_figure_has_its_status_and_who_stands_by_it() -> None:
    """A figure tells how far it was reviewed; whoever withdrew the claim that gave it is no longer named with it."""
    more = '<statistic/share> stp:reviewStatus <review/accepted> . <review/accepted> skos:prefLabel "accepted"@en .\n'
    found = {one.said: one for one in find_sayings(Site(store=filled(INVENTED + more))).all}
    assert (found["15%"].status, found["one in six"].status) == ("accepted", "")
    assert (found["15%"].comparator, found["one in six"].comparator) == ("exactly", "")
    assert [who.label for who in found["15%"].speakers] == ["bodies asked in Anyshire"]
    assert found["15%"].measure.kind == "opinion"
    withdrawn = '<claim/2> stp:withdrawnOn "2018-07-01"^^xsd:date .\n'
    later = {one.said: one for one in find_sayings(Site(store=filled(INVENTED + withdrawn))).all}
    assert (later["15%"].speakers, later["15%"].claims) == ((), ())


def test_parts_that_make_too_much_are_doubted_where_they_stand() -> None:
    """Of the parts of a whole, those of the document in which they make more than all are doubted, and no others."""
    parts = "".join(
        f"<measure/{name}> a stp:Measure ; stp:partOf <measure/whole> . <statistic/{name}> a stp:Statistic ;"
        f' stp:asSaid "{share} in part" ; qudt:hasUnit unit:PERCENT ; stp:lowest {share} ; stp:highest {share} ;'
        f" stp:measure <measure/{name}> ; stp:reportedIn <document/{place}> .\n"
        for name, share, place in (("a", 60, "first"), ("b", 50, "first"), ("c", 10, "later"))
    )
    found = find_sayings(Site(store=filled(f"{INVENTED}{parts}<measure/whole> a stp:Measure .\n")))
    doubted = {one.said for one in found.all if any(why.rule.startswith("parts") for why in one.findings)}
    assert doubted == {"60 in part", "50 in part"}


def test_the_same_words_of_another_unit_are_not_doubted() -> None:
    """A figure that says the same as a doubtful one is doubted with it, unless it is of another unit."""
    one = 'stp:asSaid "one in six" ; stp:lowest 16.6667 ; stp:highest 16.6667 ; stp:measure <measure/money>'
    more = (
        f"<statistic/again> a stp:Statistic ; {one} ; qudt:hasUnit unit:PERCENT ; stp:denominator 6 .\n"
        f"<statistic/other> a stp:Statistic ; {one} ; qudt:hasUnit unit:MO ; stp:denominator 6 .\n"
    )
    doubted = {
        one.iri.removeprefix(BASE) for one in find_sayings(Site(store=filled(INVENTED + more))).all if one.findings
    }
    assert doubted == {"statistic/share", "statistic/sixth", "statistic/again"}


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("", "3 figures, 1 of which does not hold together"),
        ("?doubtful=yes", "1 figure that does not hold together"),
        ("?about=joint+work", "1 figure that does not hold together"),
        ("?unit=money", "1 figure, none of which is known not to hold"),
        ("?about=trust", "No figures"),
        ("?about=trust&doubtful=yes", "No figures that do not hold together"),
    ],
)
def test_the_heading_of_few_figures(query: str, title: str) -> None:
    """One figure does not hold, several do not, and where there is none the heading says of what there is none."""
    without = re.sub(r"<statistic/sixth> a .*?\.\n(?=<)", "", INVENTED, flags=re.DOTALL).replace(
        ", <statistic/sixth>", ""
    )
    assert "one in six" not in without
    assert _titled(_markup(without, f"/figures{query}")) == title


def test_figures_lead_to_the_same_as_a_table() -> None:
    """The link to the question's answer carries what was asked for, and the form keeps it."""
    markup = _markup(INVENTED, "/figures?about=joint+work&study=Anyshire+survey")
    asked = f"/questions/statistics?about={_ID}relationship%2Fjoint&study={_ID}study%2Fsurvey"
    assert asked in {unescape(one) for one in re.findall('href="([^"]*)"', markup)}
    chosen = {unescape(one) for one in re.findall(r'<option value="([^"]*)" selected', markup)}
    assert {f"{BASE}relationship/joint", f"{BASE}study/survey"} <= chosen


# Things, their facts and addresses.


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ("stp:value 5 ; stp:lowest 5 ; stp:highest 5", "As a number: 5."),
        ("stp:value 5 ; stp:lowest 5", "As a number: 5, at least 5."),
        ("stp:value 5 ; stp:highest 5", "As a number: 5, at most 5."),
        ("stp:lowest 4 ; stp:highest 6", "As a number: from 4 to 6."),
        ("stp:asSaid 'some'", "As a number: no number."),
    ],
)
def test_a_figure_is_told_as_a_number(facts: str, told: str) -> None:
    """What its wording allows is said with both bounds, one or none; no number is said to be none."""
    page = read(Site(store=filled(f"{INVENTED}<statistic/x> a stp:Statistic ; {facts} .\n")), "/id/statistic/x")
    assert told in page.text


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("document/first", "Published 5 March 2018: 2 claims and 2 figures."),
        ("document/later", "Published on a day that is not known: 4 claims and 2 figures."),
        ("relationship/none", "No claim is about it yet."),
        ("person/kit-poe", "1 claim by this person, "),
        ("organisation/norbury", "1 claim by it or its people, "),
        ("measure/money", "2 figures of it; "),
        ("measure/answers", "1 figure of it."),
    ],
)
def test_a_page_says_what_there_is_to_find(path: str, told: str) -> None:
    """One claim is a claim and two are claims; without a day, a claim or a doubt the sentence still reads."""
    none = '<relationship/none> a stp:Relationship ; skos:prefLabel "none yet"@en .\n'
    assert told in read(Site(store=filled(INVENTED + none)), f"/id/{path}").text


def test_values_of_a_fact_are_ordered_and_counted() -> None:
    """Whole numbers stand by size; thirty values are shown and the others counted; three short ones read as a row."""
    many = ", ".join(str(n) for n in range(31, 0, -1))
    turtle = INVENTED + (
        f"<person/x> <urn:many> {many} ; <urn:two> 10, 9 ; <urn:three> 100, 20, 3 ;\n"
        f"<urn:long> 'a', 'b', '{'c' * 60}' .\n"
    )
    facts = {one.key: one for one in find_facts(Site(store=filled(turtle)), f"{BASE}person/x").facts}
    assert [one.text for one in facts["urn:many"].values] == [str(n) for n in range(1, 31)]
    assert (facts["urn:many"].left_out, facts["urn:two"].left_out) == (1, 0)
    assert [one.text for one in facts["urn:two"].values] == ["9", "10"]
    assert [one.text for one in facts["urn:three"].values] == ["3", "20", "100"]
    assert {key: one.is_row for key, one in facts.items()} == {
        "urn:many": True,
        "urn:two": False,
        "urn:three": True,
        "urn:long": False,
    }


@pytest.mark.parametrize(
    ("text", "kind", "told"),
    [
        ("2018-03-05T10:30:00", XSD.dateTime, "5 March 2018, 10:30"),
        ("2018-03-05T00:00:00Z", XSD.dateTime, "5 March 2018"),
        ("2018-03", XSD.gYearMonth, "March 2018"),
        ("2018", XSD.gYear, "2018"),
        ("2018-03-05", XSD.string, "2018-03-05"),
    ],
)
def test_days_are_written_in_words(text: str, kind: NamedNode, told: str) -> None:
    """A day is written as readers do, with its time where it has one; a text that looks like one stays as it is."""
    assert link_to(Literal(text, datatype=kind), {}).text == told


@pytest.mark.parametrize(
    ("iri", "suffix", "expected"),
    [
        (BASE, "", f"/about?iri={_ID}"),
        (f"{BASE}person/jo-doe", "", "/id/person/jo-doe"),
        (ONTOLOGY.value, "", "/ontology"),
        (ONTOLOGY.value, "ttl", "/ontology.ttl"),
        (STP.Claim.value, "", "/ontology#Claim"),
        (STP.Claim.value, "ttl", "/about?iri=https%3A%2F%2Fw3id.org%2Fstpgraph%2Fontology%23Claim&format=ttl"),
        (f"{BASE}claim/a b#c?d%e", "nt", "/id/claim/a%20b%23c%3Fd%25e.nt"),
        ("https://example.org/x&y", "", "/about?iri=https%3A%2F%2Fexample.org%2Fx%26y"),
    ],
)
def test_everything_has_an_address(iri: str, suffix: str, expected: str) -> None:
    """Our things stand at their own paths, terms on the ontology's page, and all else at the page about anything."""
    assert address_of(iri, suffix) == expected


def test_a_question_is_asked_only_what_was_given() -> None:
    """What is empty is left out of its address, and with it the question mark."""
    assert question_address("money", about="") == "/questions/money"
    assert question_address("money", about="a&b", since="", until="2018") == "/questions/money?about=a%26b&until=2018"


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", "text/html"),
        ("  ", "text/html"),
        ("*/*", "text/html"),
        (" Text/Turtle ; Q=0.9 , text/html;q=0.8", "text/turtle"),
        ("text/turtle;charset=utf-8, text/html;q=0.9", "text/turtle"),
        ("text/turtle;level=0.1, text/html;q=0.5", "text/turtle"),
        ("text/turtle;q=5, text/html;q=1", "text/html"),
        ("text/turtle;q=-1, text/html;q=0.1", "text/html"),
        ("text/turtle;q=much, text/html;q=0.1", "text/html"),
        ("text/html;q=0, */*", "text/turtle"),
        ("text/*;q=0.5, text/html;q=0.1", "text/turtle"),
        ("text/html;q=0.1, text/html;q=0.7, text/turtle;q=0.5", "text/html"),
        (",,text/turtle,", "text/turtle"),
        ("text/html;q=0, text/turtle;q=0", None),
        ("text/turtle;q=nan", None),
        ("image/*", None),
    ],
)
def test_the_type_that_is_liked_best_is_given(accept: str, expected: str | None) -> None:
    """The closest range tells how well a type is liked, of equals ours goes first, and what is refused is not given."""
    assert choose(accept, ["text/html", "text/turtle"]) == expected


# Claims among others.


def _local(iris: list[str]) -> list[str]:
    return [iri.removeprefix(BASE) for iri in iris]


def test_claims_stand_the_newest_first() -> None:
    """Of one day in their own order; those withdrawn keep their place, but are not among those that stand."""
    ledger = open_ledger(Site(store=filled(INVENTED)))
    assert _local([row[0] for row in ledger.rows]) == [f"claim/{n}" for n in (3, 6, 4, 1, 2, 7, 5)]
    assert [(iri.removeprefix(BASE), one.place) for iri, one in ledger.claims.items()] == [
        *(("claim/3", 0), ("claim/4", 2), ("claim/1", 3), ("claim/2", 4), ("claim/7", 5), ("claim/5", 6)),
    ]
    assert _local(ledger.find("about", [f"{BASE}relationship/trust"])) == ["claim/6", "claim/4", "claim/1", "claim/2"]
    assert _local(ledger.find("claimant", [f"{BASE}person/kit-poe", f"{BASE}organisation/norbury"])) == [
        "claim/3",
        "claim/7",
    ]
    assert _local(ledger.find("reportedIn", [f"{BASE}document/first", f"{BASE}document/none"])) == [
        "claim/1",
        "claim/2",
    ]


def test_figures_stand_in_the_order_of_their_places() -> None:
    """The latest documents first, of one document by their numbers; a relationship has those of its measures."""
    more = "".join(
        f"<statistic/{name}> a stp:Statistic .\n" for name in ("2018-01-a/10-12", "2018-01-a/9-12", "2018-02-b/1-2")
    )
    ledger = open_ledger(Site(store=filled(INVENTED + more)))
    assert _local(list(ledger.statistics)) == [
        *("statistic/2018-02-b/1-2", "statistic/2018-01-a/9-12", "statistic/2018-01-a/10-12"),
        *("statistic/answers", "statistic/plan", "statistic/share", "statistic/sixth"),
    ]
    assert {topic.removeprefix(BASE): set(_local(list(of))) for topic, of in ledger.measured.items()} == {
        "relationship/joint-health": {"statistic/share", "statistic/sixth"}
    }


def test_others_take_sides_with_a_claim_or_against_it() -> None:
    """Those who share its stance come first, then those of the opposite one; its own claimant and mixed claims neither.

    Of many, five are shown and all counted, with the address that finds them.
    """
    many = "".join(
        f"<claim/8{n}> a stp:Claim ; stp:claimant <person/kit-poe> ; stp:about <relationship/trust> ;"
        f' stp:stance <stance/critical> ; stp:statedOn "2018-04-0{n}"^^xsd:date .\n'
        for n in range(1, 7)
    )
    one = """<claim/9> a stp:Claim ; stp:claimant <organisation/norbury> ; stp:about <relationship/trust> ;
    stp:stance <stance/supportive> ; stp:statedOn "2018-05-01"^^xsd:date .\n"""
    site = Site(store=filled(INVENTED + many + one))
    trust = f"{BASE}relationship/trust"
    found = find_positions(site, f"{BASE}claim/1", affirms=(), denies=(), about=[trust], stance="critical")
    assert [(one.supports, one.how, one.thing.label, one.count) for one in found] == [
        (True, "critical of", "trust", 6),
        (False, "supportive on", "trust", 1),
    ]
    assert _local([said.claim.iri for said in found[0].claims]) == [f"claim/8{n}" for n in (6, 5, 4, 3, 2)]
    assert [(said.day, said.stance, [who.label for who in said.claimants]) for said in found[1].claims] == [
        ("2018-05-01", "supportive", ["Norbury NHS Trust"])
    ]
    assert [one.more for one in found] == [
        f"/?relationship={_ID}relationship%2Ftrust&stance={_ID}stance%2F{stance}"
        for stance in ("critical", "supportive")
    ]
    of_kit = find_positions(site, f"{BASE}claim/86", affirms=(), denies=(), about=[trust], stance="critical")
    assert [(one.supports, one.count) for one in of_kit] == [(True, 1), (False, 2)]
    assert find_positions(site, f"{BASE}claim/2", affirms=(), denies=(), about=[trust], stance="mixed") == ()


def test_a_claim_of_nobody_known_does_not_support_itself() -> None:
    """Others that nobody is known to have made do; the claim itself is never among them."""
    nobodys = "".join(
        f"<claim/7{n}> a stp:Claim ; stp:about <relationship/joint> ; stp:stance <stance/critical> .\n" for n in (1, 2)
    )
    about = [f"{BASE}relationship/joint"]
    found = find_positions(
        Site(store=filled(INVENTED + nobodys)), f"{BASE}claim/71", affirms=(), denies=(), about=about, stance="critical"
    )
    [supporting] = [one for one in found if one.supports]
    assert _local([said.claim.iri for said in supporting.claims]) == ["claim/72"]


def test_who_affirms_and_who_denies_is_told_apart() -> None:
    """Whoever holds a proposition as the claim does supports it, whoever holds the opposite opposes it."""
    held = """<proposition/p> a stp:Proposition ; skos:prefLabel "the plan works"@en .
<claim/1> stp:affirms <proposition/p> . <claim/7> stp:affirms <proposition/p> . <claim/3> stp:denies <proposition/p> .
"""
    site = Site(store=filled(INVENTED + held))
    sides = {
        claim: [
            (one.supports, one.how, one.more, _local([said.claim.iri for said in one.claims]))
            for one in find_positions(site, f"{BASE}{claim}", about=(), stance="mixed", **given)
        ]
        for claim, given in {
            "claim/1": {"affirms": [f"{BASE}proposition/p"], "denies": ()},
            "claim/3": {"affirms": (), "denies": [f"{BASE}proposition/p"]},
        }.items()
    }
    more = "/id/proposition/p#about"
    assert sides == {
        "claim/1": [(True, "affirming", more, ["claim/7"]), (False, "denying", more, ["claim/3"])],
        "claim/3": [(False, "affirming", more, ["claim/1", "claim/7"])],
    }


def test_each_cell_of_a_figure_is_what_it_says() -> None:
    """A figure keeps its bounds, its number, its part, its whole and its base apart, and what is doubted of it."""
    cells = [
        "54%",
        "53.5",
        "54.5",
        "54",
        "http://qudt.org/vocab/unit/PERCENT",
        "27",
        "50",
        "56",
        "trust it",
        "councils",
    ]
    found = figure_of("urn:x", cells, {"urn:x": ("It is too high.",), "urn:y": ("It is not.",)})
    assert (found.lowest, found.value, found.highest) == (53.5, 54.0, 54.5)
    assert (found.numerator, found.denominator, found.base) == (27, 50, 56)
    assert (found.iri, found.said, found.unit) == ("urn:x", "54%", "percent")
    assert (found.measure, found.population, found.doubts) == ("trust it", "councils", ("It is too high.",))


def test_of_two_figures_that_disagree_both_are_doubted() -> None:
    """Each has the sentence that names both; what is wrong with one alone is said of that one."""
    found = find_doubts(Site(store=filled(INVENTED)))
    pair = "Expect joint money: “one in six” is 16.7 %, and “15%” is 14.5 to 15.5 %; both cannot be so."
    alone = "15% of 56 (expect joint money): 8 is 14.3 % and 9 is 16.1 %."
    assert {iri.removeprefix(BASE): set(told) for iri, told in found.items()} == {
        "statistic/share": {pair, alone},
        "statistic/sixth": {pair},
    }


_VAGUE = """
<relationship/loose> a stp:Relationship ; skos:prefLabel "loose ends"@en .
<relationship/narrow> a stp:Relationship ; skos:prefLabel "narrow ends"@en ; skos:broader <relationship/joint> .
<claim/loose> a stp:Claim ; stp:claimant <person/kit-poe> ; stp:about <relationship/loose> .
<claim/narrow> a stp:Claim ; stp:claimant <person/kit-poe> ; stp:about <relationship/narrow> .
"""


@pytest.mark.parametrize("address", ["/matrix?level=aspect", "/timeline?rows=aspect"])
def test_relationships_without_an_aspect_are_found(address: str) -> None:
    """What is counted under no aspect is what its link finds; a relationship below one with an aspect is under that."""
    site = Site(store=filled(INVENTED + _VAGUE))
    briefs = find_briefs(site)
    assert briefs.relationships_of("") == (f"{BASE}relationship/loose",)
    assert briefs.aspects_of([f"{BASE}relationship/narrow", f"{BASE}relationship/joint"]) == (f"{BASE}aspect/joint",)
    assert briefs.aspects_of([]) == ("",)
    markup = get(site, address).body.decode()
    assert f"/?relationship=unknown&amp;relationship={_ID}relationship%2Floose" in markup
