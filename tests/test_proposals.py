"""Proposals: what the rules found, written by hand here, as records; every triple of it is looked at."""

from __future__ import annotations

import dataclasses
import hashlib
from decimal import Decimal

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from stpgraph import rdf
from stpgraph.documents import PageSpan, ReadDocument, text_hash
from stpgraph.extraction.attribution.records import Attribution
from stpgraph.extraction.names import Agent, Gazetteer, Named, Post, Resolution, Work
from stpgraph.extraction.proposals import (
    Findings,
    FoundClaim,
    FoundFigure,
    Program,
    document_slug,
    explain,
    joined,
    propose_records,
    without_repeats,
)
from stpgraph.extraction.proposals.minting import Minting
from stpgraph.extraction.proposals.wording import LONGEST_SUMMARY, summary_of
from stpgraph.extraction.quantities import Counted, Quantity
from stpgraph.extraction.relationships import Code, Decision, Judgement, Labels
from stpgraph.extraction.spans import Span
from stpgraph.records import (
    Claim,
    Collective,
    Measure,
    Membership,
    Organisation,
    Person,
    Record,
    Report,
    Role,
    Statistic,
    Study,
)
from stpgraph.turtle import to_turtle
from stpgraph.vocabulary import BASE, PREFIXES, mint

TEXT = (
    "Plans in doubt\n\n“There is too little trust,” said Jo Doe, leader of Midshire Council. "
    "“Joint budgets will fail.”\n\n"
    "The survey said 37 of the 40 (90%) leaders warned that councils call it a sham.\n"
)
DOCUMENT = ReadDocument(
    name="a.txt",
    text=TEXT,
    text_hash=text_hash(TEXT),
    media_type="text/plain",
    title="Plans in doubt",
    outlet="Anyshire Gazette",
    authors=("Kit Poe",),
    issued="2018-03-05",
    language="en",
)
NAME = "2018-03-05-anyshire-gazette-plans-in-doubt"
PROGRAMS = (Program(name="stpgraph", version="1.2.3"), Program(name="a_model", version="4.5"))

GAZETTEER = Gazetteer.of(
    [
        Organisation(iri=mint("organisation", "gazette"), label="Anyshire Gazette"),
        Role(iri=mint("role", "leader"), label="leader", scheme=mint("role")),
        Collective(iri=mint("collective", "leaders"), label="leaders"),
    ]
)
LABELS = Labels.of([Code(iri=mint("relationship", "trust"), label="trust among the partners")])

PROLOGUE = f"@base <{BASE}> .\n" + "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())

JO = Agent(kind="person", name="Jo Doe", mention=Span(50, 56))
COUNCIL = Agent(kind="organisation", name="Midshire Council", mention=Span(68, 84))
LEADERS = Agent(kind="collective", name="leaders", iri=mint("collective", "leaders"), mention=Span(149, 156))
SURVEY = Work(words="The survey", span=Span(114, 124), kind="survey", run_by=(COUNCIL,))


def judged(act: str, *, about: str | None = None, stance: str | None = None) -> Judgement:
    """A judgement without much ado."""
    topic = Decision(concept=mint("relationship", about or "x"), because=(Span(37, 42),), why="“trust”", confidence=0.7)
    return Judgement(
        relationships=(topic,) if about else (),
        stance=Decision(concept=mint("stance", stance), why="no word judges", confidence=0.5) if stance else None,
        act=Decision(concept=mint("speech-act", act), why="the cue", confidence=0.7),
        modality=None,
    )


def said(*content: Span, source: Span | None = None, outer: int | None = None, confidence: float = 0.5) -> Attribution:
    """An attribution found by the rule `clause`."""
    return Attribution(
        source=source,
        content=content,
        manner="direct",
        rule="clause",
        cue_word="say",
        cue=(Span(45, 49),),
        paragraph=0,
        outer=outer,
        confidence=confidence,
    )


def figure(start: int, end: int, *, unit: str = "NUM", same_as: Span | None = None) -> Quantity:
    """A figure exactly as worded: 37 of the 40, or 90%."""
    is_share = unit == "PERCENT"
    value = Decimal(90 if is_share else 37)
    half = Decimal("0.5") if is_share else Decimal(0)
    return Quantity(
        span=Span(start, end),
        as_said=TEXT[start:end],
        comparator="exactly",
        value=value,
        lowest=value - half,
        highest=value + half,
        unit=unit,
        numerator=None if is_share else 37,
        denominator=None if is_share else 40,
        same_as=same_as,
    )


def found(attribution: Attribution, resolution: Resolution, judgement: Judgement) -> FoundClaim:
    """A claim of its three parts."""
    return FoundClaim(attribution=attribution, resolution=resolution, judgement=judgement)


def counted(population: Span | None = None) -> Counted:
    """What a figure counts."""
    return Counted(population=population, measured=None, period=None, polarity="positive")


NOBODY = Resolution(claimants=(), status="unknown")
SPOKEN = found(
    said(Span(17, 42), Span(87, 111), source=Span(50, 84), confidence=0.9),
    Resolution(
        claimants=(JO,),
        post=Post(words="leader of Midshire Council", role="leader", span=Span(58, 84), organisation=COUNCIL),
        evidence=("“Jo Doe” is a person",),
        status="named",
    ),
    judged("criticism", about="trust", stance="critical"),
)


def proposed(
    findings: Findings, document: ReadDocument = DOCUMENT, gazetteer: Gazetteer = GAZETTEER
) -> tuple[Record, ...]:
    """The records of some findings."""
    return propose_records(document, findings, name=NAME, gazetteer=gazetteer, labels=LABELS, programs=PROGRAMS)


def turtle_of(records: tuple[Record, ...]) -> str:
    """Records in normal form."""
    return to_turtle(triple for record in records for triple in rdf.to_triples(record)).decode()


def normal(turtle: str) -> str:
    """Turtle that was written by hand, with DOC for the document's name, in normal form."""
    data = (PROLOGUE + turtle.replace("DOC", NAME)).encode()
    return to_turtle(quad.triple for quad in parse(data, format=RdfFormat.TURTLE, base_iri=BASE)).decode()


def anchor(start: int, end: int, words: str) -> str:
    """The Turtle of an anchor on some words."""
    assert TEXT[start:end] == words
    digest = hashlib.sha256(words.encode()).hexdigest()
    return (
        f'<evidence/DOC/{start}-{end}> a stp:Evidence ; oa:hasSource <document/DOC> ; stp:textHash "{digest}" ;\n'
        f"    oa:hasSelector <selector/DOC/{start}-{end}> .\n"
        f"<selector/DOC/{start}-{end}> a oa:TextPositionSelector ; oa:start {start} ; oa:end {end} .\n"
    )


HEAD = f"""
<document/DOC> a stp:Document ; dcterms:title "Plans in doubt"@en ; dcterms:issued "2018-03-05"^^xsd:date ;
    dcterms:publisher <organisation/gazette> ; dcterms:creator <person/DOC/kit-poe> ; schema:inLanguage "en" ;
    stp:textHash "{hashlib.sha256(TEXT.encode()).hexdigest()}" ; stp:textLength 194 .
<graph/DOC> a void:Dataset ; dcterms:subject <document/DOC> ; stp:reviewStatus <review-status/proposed> ;
    dcterms:title "What software proposes from Anyshire Gazette, 2018-03-05"@en ; prov:wasGeneratedBy <extraction/DOC> .
<extraction/DOC> a stp:Extraction ; skos:prefLabel "stpgraph 1.2.3 with a_model 4.5"@en ; prov:used <document/DOC> ;
    prov:wasAssociatedWith <software/stpgraph-1.2.3>, <software/a_model-4.5> .
<software/stpgraph-1.2.3> a prov:SoftwareAgent ; skos:prefLabel "stpgraph 1.2.3"@en .
<software/a_model-4.5> a prov:SoftwareAgent ; skos:prefLabel "a_model 4.5"@en .
<person/DOC/kit-poe> a stp:Person ; skos:prefLabel "Kit Poe"@en .
"""


def test_a_document_without_claims_is_told_of() -> None:
    """A document in which nothing is found has its own facts, its graph, and what it was read with."""
    assert turtle_of(proposed(Findings())) == normal(HEAD)


def test_a_claim_has_all_that_was_found() -> None:
    """A quotation in two pieces has both as evidence, its speaker with a post, its reasons, and no word of the text."""
    expected = (
        HEAD
        + """
<claim/DOC/17-111> a stp:Claim ; stp:claimant <person/DOC/jo-doe> ;
    stp:speakingAs <membership/DOC/jo-doe-midshire-council-leader> ; stp:about <relationship/trust> ;
    stp:speechAct <speech-act/criticism> ; stp:stance <stance/critical> ; stp:attribution <attribution/direct> ;
    stp:summary "Jo Doe voices criticism over trust among the partners."@en ;
    stp:statedOn "2018-03-05"^^xsd:date ; stp:reportedIn <document/DOC> ;
    stp:evidence <evidence/DOC/17-42>, <evidence/DOC/87-111> ; stp:namedAt <evidence/DOC/50-84> ;
    stp:cueAt <evidence/DOC/45-49> ; stp:reviewStatus <review-status/proposed> ; stp:confidence 0.81 ;
    skos:editorialNote "Found by the rule clause (cue word “say”)."@en, "Speech act: the cue."@en,
        "Relationship “trust among the partners”: “trust” at 37–42."@en, "Stance: no word judges."@en,
        "Claimant named in the text alone: “Jo Doe” is a person."@en .
<person/DOC/jo-doe> a stp:Person ; skos:prefLabel "Jo Doe"@en .
<organisation/DOC/midshire-council> a stp:Organisation ; skos:prefLabel "Midshire Council"@en .
<membership/DOC/jo-doe-midshire-council-leader> a org:Membership ; org:member <person/DOC/jo-doe> ;
    org:organization <organisation/DOC/midshire-council> ; org:role <role/leader> ;
    stp:reviewStatus <review-status/proposed> .
"""
        + anchor(17, 42, "There is too little trust")
        + anchor(45, 49, "said")
        + anchor(50, 84, "Jo Doe, leader of Midshire Council")
        + anchor(87, 111, "Joint budgets will fail.")
    )
    assert turtle_of(proposed(Findings(claims=(SPOKEN,)))) == normal(expected)


def test_what_is_unknown_is_absent() -> None:
    """An unknown claimant, subject, stance, day and outlet leave nothing in their place."""
    document = dataclasses.replace(DOCUMENT, outlet=None, issued=None, authors=(), title=None)
    claim = found(said(Span(17, 42), confidence=1.0), NOBODY, judged("assertion"))
    records = proposed(Findings(claims=(claim,)), document)
    [made] = [record for record in records if isinstance(record, Claim)]
    assert (made.claimants, made.about, made.stance, made.stated_on, made.named_at) == ((), (), None, None, ())
    assert made.summary == "An unnamed source says something about a matter still to be named."
    assert made.confidence == Decimal("0.8")
    written = turtle_of(records)
    assert "dcterms:issued" not in written
    assert "dcterms:publisher" not in written
    assert f'dcterms:title "untitled text {DOCUMENT.text_hash[:8]}"@en' in written


@pytest.mark.parametrize(("issued", "day"), [("2018-03-05", "2018-03-05"), ("2018-03", None), ("2018", None)])
def test_only_a_whole_date_is_a_day(issued: str, day: str | None) -> None:
    """A claim is stated on the day of its document only where that day is known."""
    document = dataclasses.replace(DOCUMENT, issued=issued)
    [claim] = [record for record in proposed(Findings(claims=(SPOKEN,)), document) if isinstance(record, Claim)]
    assert (claim.stated_on.isoformat() if claim.stated_on else None) == day


def test_a_claim_within_a_claim_is_cited() -> None:
    """Of nested claims the outer cites the inner, the inner says where it stands, and those of one place differ."""
    outer = found(said(Span(169, 192)), NOBODY, judged("warning"))
    inner = found(said(Span(169, 192), outer=0), NOBODY, judged("criticism"))
    claims = [record for record in proposed(Findings(claims=(outer, inner))) if isinstance(record, Claim)]
    assert [claim.iri for claim in claims] == [mint("claim", NAME, "169-192"), mint("claim", NAME, "169-192-b")]
    assert claims[0].cites == (mint("claim", NAME, "169-192-b"),)
    assert "Within the claim 169–192." in claims[1].editorial_notes
    assert claims[1].cites == ()


def test_two_readings_of_a_figure_have_one_measure() -> None:
    """“37 of the 40 (90%) leaders” is two statistics of one measure, whose claim and whose survey they are."""
    counting = found(
        said(Span(169, 192), source=Span(130, 156)),
        Resolution(claimants=(LEADERS,), works=(SURVEY,), status="linked"),
        judged("warning", about="trust", stance="critical"),
    )
    first, second = figure(130, 142), figure(144, 147, unit="PERCENT", same_as=Span(130, 142))
    findings = Findings(
        claims=(counting,),
        figures=(
            FoundFigure(quantity=first, counted=counted(Span(149, 156)), claims=(0,)),
            FoundFigure(quantity=second, counted=counted(Span(149, 156)), claims=(0,)),
        ),
    )
    records = proposed(findings)
    statistics = [record for record in records if isinstance(record, Statistic)]
    [measure] = [record for record in records if isinstance(record, Measure)]
    [claim] = [record for record in records if isinstance(record, Claim)]
    [study] = [record for record in records if isinstance(record, Study)]
    assert [one.as_said for one in statistics] == ["37 of the 40", "90%"]
    assert {one.measure for one in statistics} == {measure.iri} == {mint("measure", NAME, "130-142")}
    assert "Another reading of the figure at 130–142." in statistics[1].editorial_notes
    assert (measure.label, measure.population) == ("number of leaders", mint("collective", "leaders"))
    assert measure.comes_from == study.iri == mint("study", NAME, "survey-midshire-council")
    assert (study.label, study.alt_labels) == ("survey by Midshire Council", ("The survey",))
    assert study.kind == mint("study-kind", "survey")
    assert claim.gives == (mint("statistic", NAME, "130-142"), mint("statistic", NAME, "144-147"))
    assert claim.summary == "Leaders warn about trust among the partners, with 2 figures."


def test_a_figure_on_its_own_is_a_statistic() -> None:
    """A figure that no claim gives stands by itself, with a measure that says where it is told."""
    findings = Findings(figures=(FoundFigure(quantity=figure(144, 147, unit="PERCENT"), counted=counted()),))
    records = proposed(findings)
    [statistic] = [record for record in records if isinstance(record, Statistic)]
    [measure] = [record for record in records if isinstance(record, Measure)]
    assert (statistic.value, statistic.lowest, statistic.highest) == (Decimal(90), Decimal("89.5"), Decimal("90.5"))
    assert measure.label == "share told at 144–147"
    assert (measure.about, measure.population, measure.comes_from) == ((), None, None)


def test_a_unit_that_the_graph_lacks_is_not_proposed() -> None:
    """A figure in dollars is found and explained, and no statistic, for the graph has no such unit."""
    dollars = dataclasses.replace(figure(130, 142), unit="USD")
    findings = Findings(figures=(FoundFigure(quantity=dollars, counted=counted()),))
    records = proposed(findings)
    assert not [record for record in records if isinstance(record, Statistic | Measure)]
    [told] = explain(DOCUMENT, findings, records)
    assert ("left out", "the graph holds no unit USD") in told.lines


def test_an_explanation_shows_the_words() -> None:
    """What is explained has the words of the text with their places, and every reason."""
    findings = Findings(claims=(SPOKEN,))
    [told] = explain(DOCUMENT, findings, proposed(findings))
    assert told.heading == "Jo Doe voices criticism over trust among the partners. (0.81)"
    assert told.lines[:4] == (
        ("said", "17–42 “There is too little trust”"),
        ("said", "87–111 “Joint budgets will fail.”"),
        ("source", "50–84 “Jo Doe, leader of Midshire Council”"),
        ("cue", "45–49 “said”"),
    )
    assert ("why", "Found by the rule clause (cue word “say”).") in told.lines


#: The document as a PDF whose second page begins with “Joint budgets will fail.”
PAGED = dataclasses.replace(
    DOCUMENT, media_type="application/pdf", pages=(PageSpan(1, 0, 86), PageSpan(2, 86, len(TEXT)))
)


def test_claims_and_figures_tell_their_pages() -> None:
    """What has pages says on which each claim and figure stands, first and last where it runs over; others say none."""
    alone = found(said(Span(17, 42)), NOBODY, judged("warning"))
    counting = FoundFigure(quantity=figure(144, 147, unit="PERCENT"), counted=counted())
    findings = Findings(claims=(SPOKEN, alone), figures=(counting,))
    told = [
        [note for note in record.editorial_notes if "page" in note]
        for record in proposed(findings, PAGED)
        if isinstance(record, Claim | Statistic)
    ]
    assert told == [["On pages 1–2."], ["On page 1."], ["On page 2."]]
    unpaged = [record for record in proposed(findings) if isinstance(record, Claim | Statistic)]
    assert not [note for record in unpaged for note in record.editorial_notes if "page" in note]


def test_a_claim_that_ends_with_its_page_is_on_that_page() -> None:
    """The end of a span is the place after its last letter, which may be the next page's first."""
    document = dataclasses.replace(DOCUMENT, pages=(PageSpan(1, 0, 42), PageSpan(2, 42, len(TEXT))))
    claim = found(said(Span(17, 42)), NOBODY, judged("warning"))
    [made] = [record for record in proposed(Findings(claims=(claim,)), document) if isinstance(record, Claim)]
    assert [note for note in made.editorial_notes if "page" in note] == ["On page 1."]


def test_an_explanation_tells_the_pages() -> None:
    """Every span that is shown says on which page it stands, also that of a figure that is not proposed."""
    dollars = FoundFigure(
        quantity=dataclasses.replace(figure(144, 147, unit="PERCENT"), unit="USD"), counted=counted(Span(149, 156))
    )
    findings = Findings(claims=(SPOKEN,), figures=(dollars,))
    claim, left_out = explain(PAGED, findings, proposed(findings, PAGED))
    assert claim.lines[:3] == (
        ("said", "17–42 on page 1 “There is too little trust”"),
        ("said", "87–111 on page 2 “Joint budgets will fail.”"),
        ("source", "50–84 on page 1 “Jo Doe, leader of Midshire Council”"),
    )
    assert ("why", "On pages 1–2.") in claim.lines
    assert left_out.lines[0] == ("said", "144–147 on page 2 “90%”")
    assert ("counted", "149–156 on page 2 “leaders”") in left_out.lines


def test_a_partnership_in_what_is_said_is_concerned() -> None:
    """A linked partnership is what the claim concerns where it stands in what is said, and only mentioned elsewhere."""
    inside = Named(kind="partnership", name="A", iri=mint("partnership", "a"), spans=(Span(169, 177),))
    beside = Named(kind="partnership", name="B", iri=mint("partnership", "b"), spans=(Span(114, 124),))
    claim = found(said(Span(169, 192)), NOBODY, judged("warning"))
    records = proposed(Findings(claims=(claim,), named=(inside, beside)))
    [made] = [record for record in records if isinstance(record, Claim)]
    assert made.concerns == (mint("partnership", "a"),)


def test_whom_nobody_can_tell_is_no_claimant() -> None:
    """A role without a name is a person nobody can tell, and makes no person."""
    who = Resolution(claimants=(Agent(kind="person", name="chief executive"),), status="unknown")
    records = proposed(Findings(claims=(found(said(Span(17, 42)), who, judged("warning")),)))
    assert [record.label for record in records if isinstance(record, Person)] == ["Kit Poe"]
    [claim] = [record for record in records if isinstance(record, Claim)]
    assert claim.claimants == ()


def test_a_post_without_a_role_is_only_noted() -> None:
    """Where a text gives the body and no role there is no post, and the note says where the words stand."""
    post = Post(words="of Midshire Council", role="", span=Span(65, 84), organisation=COUNCIL)
    who = Resolution(claimants=(JO,), post=post, status="named")
    records = proposed(Findings(claims=(found(said(Span(17, 42)), who, judged("warning")),)))
    assert not [record for record in records if isinstance(record, Membership)]
    [claim] = [record for record in records if isinstance(record, Claim)]
    assert "A post is told at 65–84, but not both its body and its role." in claim.editorial_notes


def test_a_spokesmans_post_is_not_the_bodys() -> None:
    """A body that speaks through its spokesman speaks in no post."""
    post = Post(words="spokesman", role="spokesman", span=Span(58, 64), organisation=COUNCIL)
    who = Resolution(claimants=(COUNCIL,), post=post, status="named")
    [claim] = [
        record
        for record in proposed(Findings(claims=(found(said(Span(17, 42)), who, judged("warning")),)))
        if isinstance(record, Claim)
    ]
    assert claim.claimants == (mint("organisation", NAME, "midshire-council"),)
    assert claim.speaking_as is None


def test_works_in_print_are_reports() -> None:
    """A report is a report, a poll a study; without a maker both are named after their place."""
    minting = Minting(NAME, GAZETTEER)
    report = minting.work(Work(words="a report", span=Span(3, 11), kind="report", run_by=(COUNCIL,)))
    poll = minting.work(Work(words="a poll", span=Span(20, 26), kind="poll"))
    assert report == mint("report", NAME, "report-midshire-council")
    assert poll == mint("study", NAME, "poll-20-26")
    made = minting.made[report]
    assert isinstance(made, Report)
    assert (made.title, made.kind) == ("report by Midshire Council", mint("report-kind", "report"))
    assert made.publishers == (mint("organisation", NAME, "midshire-council"),)
    assert minting.label(poll) == "poll named at 20–26"


def test_long_words_for_a_group_are_cut() -> None:
    """A group is called by eight words of the text at most."""
    minting = Minting(NAME, GAZETTEER)
    long = "leaders of all the councils in the north who answered the call"
    iri = minting.agent(Agent(kind="collective", name=long))
    assert iri is not None
    assert minting.label(iri) == "leaders of all the councils in the north"


def test_a_long_quotation_in_a_reason_is_cut() -> None:
    """A reason quotes no more than eight words of the text in a row."""
    words = "one two three four five six seven eight nine"
    who = Resolution(claimants=(), evidence=(f"“{words}” names nobody",), status="unknown")
    [claim] = [
        record
        for record in proposed(Findings(claims=(found(said(Span(17, 42)), who, judged("warning")),)))
        if isinstance(record, Claim)
    ]
    assert "Claimant unknown: “one two three four five six …” names nobody." in claim.editorial_notes


@pytest.mark.parametrize(
    ("act", "who", "what", "told"),
    [
        ("finding", ["A", "B"], ["x"], "A and B report a finding on x."),
        ("recommendation", ["the council"], ["x", "y"], "The council makes a recommendation on x and y."),
        ("prediction", [], ["x"], "An unnamed source makes a prediction about x."),
        ("commitment", ["A", "B", "C"], [], "A, B and C make a commitment on a matter still to be named."),
        ("question", ["A"], ["x"], "A raises a question about x."),
    ],
)
def test_a_summary_is_a_sentence_of_our_own(act: str, who: list[str], what: list[str], told: str) -> None:
    """A summary says who does what about which relationship, and agrees in number."""
    assert summary_of(act, who, what) == told


def test_a_summary_is_short() -> None:
    """However long the names are, a summary is of two hundred characters at most, and a sentence."""
    for who in (["x" * 150, "y" * 150], ["x" * 300]):
        told = summary_of("warning", who, ["z" * 120, "q" * 120], figures=3)
        assert len(told) <= LONGEST_SUMMARY
        assert told.endswith(", with 3 figures.")


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({}, NAME),
        ({"issued": None, "outlet": None}, "undated-plans-in-doubt"),
        ({"title": None}, f"2018-03-05-anyshire-gazette-{text_hash(TEXT)[:8]}"),
        (
            {"title": "A headline that goes on for longer than forty letters", "issued": "2018"},
            "2018-anyshire-gazette-a-headline-that-goes-on-for-longer-than",
        ),
    ],
)
def test_a_document_is_named_by_date_outlet_and_title(changes: dict[str, str | None], name: str) -> None:
    """A document's name has what is known of date, outlet and title, and the start of its hash where no title is."""
    assert document_slug(dataclasses.replace(DOCUMENT, **changes)) == name  # type: ignore[arg-type]


def test_parts_of_a_text_become_one() -> None:
    """Findings of a second part stand where they stand in the whole, and point to claims counted through."""
    inner = found(said(Span(1, 2), outer=0), NOBODY, judged("warning"))
    part = Findings(
        claims=(found(said(Span(0, 5)), NOBODY, judged("warning")), inner),
        figures=(FoundFigure(quantity=figure(3, 4), counted=counted(Span(4, 5)), claims=(1,)),),
    )
    whole = joined([(0, part), (100, part)])
    assert [claim.attribution.content for claim in whole.claims] == [
        (Span(0, 5),),
        (Span(1, 2),),
        (Span(100, 105),),
        (Span(101, 102),),
    ]
    assert [claim.attribution.outer for claim in whole.claims] == [None, 0, None, 2]
    assert [one.claims for one in whole.figures] == [(1,), (3,)]
    assert whole.figures[1].counted.population == Span(104, 105)
    assert whole.claims[2].judgement.act.concept == NamedNode(f"{BASE}speech-act/warning")


def test_what_is_said_again_is_one_claim_with_both_places() -> None:
    """A headline that stands twice is one claim; what lies within the repeat goes, and its figures go to the first."""
    text = "Half of all plans will fail, says Doe\nHalf of all plans will fail, says Doe\nPlans will fail.\n"
    resolution = Resolution(claimants=(JO,), status="named")
    claims = tuple(
        FoundClaim(attribution=attribution, resolution=resolution, judgement=judged("warning"))
        for attribution in (said(Span(0, 27)), said(Span(38, 65)), said(Span(46, 65), outer=1), said(Span(76, 91)))
    )
    half = Quantity(
        span=Span(38, 42), as_said="Half", comparator="exactly", value=Decimal(50), lowest=None, highest=None,
        unit="PERCENT", numerator=None, denominator=None, is_fraction=True,
    )  # fmt: skip
    counted = Counted(population=None, measured=None, period=None, polarity="positive")
    found = Findings(claims=claims, figures=(FoundFigure(quantity=half, counted=counted, claims=(1,)),))
    once = without_repeats(text, found)
    assert [claim.attribution.content for claim in once.claims] == [(Span(0, 27),), (Span(76, 91),)]
    assert [claim.also_at for claim in once.claims] == [(Span(38, 65),), ()]
    assert once.figures[0].claims == (0,)


def test_who_says_it_tells_repeats_apart() -> None:
    """The same words of two people are two claims, and so are few words."""
    text = "Plans will surely fail. Plans will surely fail. It fails. It fails."
    spans = (Span(0, 22), Span(24, 46), Span(48, 56), Span(58, 66))
    claims = tuple(
        FoundClaim(
            attribution=said(span),
            resolution=Resolution(claimants=(JO if span.start != 24 else COUNCIL,), status="named"),
            judgement=judged("warning"),
        )
        for span in spans
    )
    assert without_repeats(text, Findings(claims=claims)) == Findings(claims=claims)
