"""Golden answers: what the graph that ships must say, read off the two articles and the reference tables by hand.

A claim is named by its article and its place in it, as docs/decisions/0003 lists them: "pse 2236-2330" is the claim
that rests on the characters 2236 to 2330 of the article of 21 November 2016, "localgov …" one of 21 September 2017.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pyoxigraph import NamedNode

from stpgraph.building import load_shipped
from stpgraph.questions import Cell, ask
from stpgraph.store import Store, open_store
from stpgraph.vocabulary import BASE

ARTICLES = {
    "pse": "2016-11-21-pse-council-capabilities-must-be-put-to-use",
    "localgov": "2017-09-21-localgov-stps-under-pressure-and-under-funded",
}
PSE_TITLE = "Council capabilities must be ‘put to use’ in STP joint work, says CIPFA"
LOCALGOV_TITLE = "STPs ‘under pressure’ and ‘under funded’, survey reveals"

CIPFA = "Chartered Institute of Public Finance and Accountancy"
BOTH = f"{CIPFA}; iMPOWER"
SURVEY = "survey of organisations involved in STPs"
RESPONDENTS = "organisations involved in STPs (CIPFA and iMPOWER, 2017)"
DIRECTORS = "county directors of adult social care (County Councils Network, 2016)"
ROUNDTABLE = "participants in the roundtable on STPs"
WHITEMAN = ("Rob Whiteman", "chief executive", CIPFA)
CRESSWELL = ("Martin Cresswell", "chief executive", "iMPOWER")

#: The claims by stance, as the two readings decided; every claim is in one of the sets.
STANCES = {
    "critical": {
        "pse": "81-168 426-586 1181-1362 1364-1415 2499-2579 2615-2733",
        "localgov": "35-75 151-286 345-443 850-997 1000-1126 1263-1351 1452-1586 1646-1781 1956-2068",
    },
    "supportive": {"pse": "938-1033 2236-2330", "localgov": "2124-2257"},
    "mixed": {"localgov": "469-594"},
    "neutral": {
        "pse": "173-215 308-410 630-744 746-936 1034-1143 1504-1622 1669-1850 1867-2048 2088-2233 2332-2449",
        "localgov": "597-722 1127-1235 1392-1441 1785-1933 2258-2354 2357-2566",
    },
}

#: The 44 partnerships: ONS code of 2017 and NHS region of 2016, as the public code table has them.
PARTNERSHIPS = {
    "Bath, Swindon and Wiltshire": ("E54000040", "South"),
    "Birmingham and Solihull": ("E54000017", "Midlands and East"),
    "Bristol, North Somerset and South Gloucestershire": ("E54000039", "South"),
    "Buckinghamshire, Oxfordshire and Berkshire West": ("E54000044", "South"),
    "Cambridgeshire and Peterborough": ("E54000021", "Midlands and East"),
    "Cheshire and Merseyside": ("E54000008", "North"),
    "Coast, Humber and Vale": ("E54000006", "North"),
    "Cornwall and the Isles of Scilly": ("E54000036", "South"),
    "Coventry and Warwickshire": ("E54000018", "Midlands and East"),
    "Derbyshire": ("E54000012", "Midlands and East"),
    "Devon": ("E54000037", "South"),
    "Dorset": ("E54000041", "South"),
    "Durham, Darlington and Tees, Hambleton, Richmondshire and Whitby": ("E54000045", "North"),
    "Frimley Health": ("E54000034", "South"),
    "Gloucestershire": ("E54000043", "South"),
    "Greater Manchester": ("E54000007", "North"),
    "Hampshire and the Isle of Wight": ("E54000042", "South"),
    "Herefordshire and Worcestershire": ("E54000019", "Midlands and East"),
    "Hertfordshire and West Essex": ("E54000025", "Midlands and East"),
    "Kent and Medway": ("E54000032", "South"),
    "Lancashire and South Cumbria": ("E54000048", "North"),
    "Leicester, Leicestershire and Rutland": ("E54000015", "Midlands and East"),
    "Lincolnshire": ("E54000013", "Midlands and East"),
    "Mid and South Essex": ("E54000026", "Midlands and East"),
    "Milton Keynes, Bedfordshire and Luton": ("E54000024", "Midlands and East"),
    "Norfolk and Waveney": ("E54000022", "Midlands and East"),
    "North Central London": ("E54000028", "London"),
    "North East London": ("E54000029", "London"),
    "North West London": ("E54000027", "London"),
    "Northamptonshire": ("E54000020", "Midlands and East"),
    "Northumberland, Tyne and Wear": ("E54000046", "North"),
    "Nottinghamshire": ("E54000014", "Midlands and East"),
    "Shropshire and Telford and Wrekin": ("E54000011", "Midlands and East"),
    "Somerset": ("E54000038", "South"),
    "South East London": ("E54000030", "London"),
    "South West London": ("E54000031", "London"),
    "South Yorkshire and Bassetlaw": ("E54000009", "North"),
    "Staffordshire": ("E54000010", "Midlands and East"),
    "Suffolk and North East Essex": ("E54000023", "Midlands and East"),
    "Surrey Heartlands": ("E54000035", "South"),
    "Sussex and East Surrey": ("E54000033", "South"),
    "The Black Country": ("E54000016", "Midlands and East"),
    "West Yorkshire": ("E54000005", "North"),
    "West, North and East Cumbria": ("E54000047", "North"),
}


@pytest.fixture(scope="module")
def shipped() -> Iterator[Store]:
    """Yield the graph that ships."""
    with open_store() as store:
        load_shipped(store)
        yield store


def rows(store: Store, question: str, columns: str, **parameters: Any) -> list[tuple[Cell, ...]]:
    """Answer a question and keep some columns; IRIs are told below the base, claims by article and place."""
    answer = ask(store, question, **parameters).to_dicts()
    return [tuple(told(row[name]) for name in columns.split()) for row in answer]


def told(cell: Cell) -> Cell:
    """Tell an IRI by what distinguishes it, a claim by its article and place."""
    if not isinstance(cell, NamedNode):
        return cell
    short = cell.value.removeprefix(BASE)
    for outlet, document in ARTICLES.items():
        short = short.replace(f"claim/{document}/", f"{outlet} ")
    return short


def places(**documents: str) -> set[str]:
    """Name the claims at some places of the articles, by article."""
    return {f"{outlet} {place}" for outlet, all_places in documents.items() for place in all_places.split()}


def claims(store: Store, question: str, **parameters: Any) -> list[Cell]:
    """Return the claims that a question answers with."""
    return [row[0] for row in rows(store, question, "claim", **parameters)]


# Who said what


def test_who_spoke_of_trust(shipped: Store) -> None:
    """On relationships and trust: the survey's respondents, Whiteman twice and Cresswell, all in September 2017."""
    answer = rows(shipped, "who-said-what", "claim date speakers role body via act stance", about="relationship/trust")
    day = date(2017, 9, 21)
    assert sorted(answer, key=str) == [
        ("localgov 1127-1235", day, *WHITEMAN, None, "recommendation", "neutral"),
        ("localgov 1785-1933", day, *WHITEMAN, None, "recommendation", "neutral"),
        ("localgov 2258-2354", day, *CRESSWELL, None, "recommendation", "neutral"),
        ("localgov 469-594", day, RESPONDENTS, None, None, SURVEY, "assertion", "mixed"),
    ]


def test_who_spoke_of_capital(shipped: Store) -> None:
    """On council capital there is one claim: CIPFA in Public Sector Executive, near the end of its recommendations."""
    answer = rows(
        shipped,
        "who-said-what",
        "claim date speakers role via act stance attribution outlet document",
        about="relationship/capital-local-government-nhs",
    )
    speech = (CIPFA, None, None, "recommendation", "supportive", "indirect")
    assert answer == [("pse 2236-2330", date(2016, 11, 21), *speech, "Public Sector Executive", PSE_TITLE)]


def test_who_spoke_of_joint_working_and_below(shipped: Store) -> None:
    """Asked for joint working, the narrower ones come too: with councils, with social care, with wider services."""
    found = claims(shipped, "who-said-what", about="joint working")
    assert len(found) == 12
    assert set(found) == places(
        pse="173-215 1504-1622 1669-1850 1867-2048 2088-2233",
        localgov="35-75 151-286 345-443 597-722 1000-1126 2124-2257 2357-2566",
    )


@pytest.mark.parametrize(
    ("one", "other"), [("NHS bodies", "local government"), ("party/local-government", "party/nhs")]
)
def test_what_was_said_between_the_nhs_and_local_government(shipped: Store, one: str, other: str) -> None:
    """Between the two, whichever is named first, and social care as a part of local government: nine claims.

    Joint working with councils or social care, who leads, council capital and council skills; none of what is said of
    the partners at large or of wider public services alone.
    """
    found = rows(shipped, "who-said-what", "claim speakers relationships", party=one, other_party=other)
    leads = "who leads: the NHS or local government"
    councils = "joint working between the NHS and local government"
    care = "joint working between health and social care"
    assert sorted(found) == [
        ("localgov 151-286", BOTH, councils),
        ("localgov 2357-2566", "Martin Cresswell", f"demand for services; {care}; services redesigned for the public"),
        ("localgov 597-722", "LocalGov", councils),
        ("pse 1504-1622", ROUNDTABLE, f"{care}; joint working of health with wider public services"),
        ("pse 1669-1850", CIPFA, f"{care}; savings asked of the STP, and whether they can be delivered"),
        (
            "pse 2088-2233",
            CIPFA,
            f"engagement of the public; {councils}; use of council skills in redesigning services",
        ),
        ("pse 2236-2330", CIPFA, "capital and borrowing that councils could bring"),
        ("pse 2332-2449", "Public Sector Executive", leads),
        ("pse 2499-2579", "Public Sector Executive", leads),
    ]


@pytest.mark.parametrize("stance", STANCES)
def test_every_claim_by_stance(shipped: Store, stance: str) -> None:
    """The 35 claims fall under their stances as the readings decided."""
    found = claims(shipped, "who-said-what", stance=stance)
    assert len(found) == len(set(found))
    assert set(found) == places(**STANCES[stance])


def test_who_said_what_filters(shipped: Store) -> None:
    """Dates, document, speech act, claimant, aspect and those concerned each narrow the answer, alone and together."""
    everything = claims(shipped, "who-said-what")
    assert (len(everything), len(set(everything))) == (35, 35)
    assert len(claims(shipped, "who-said-what", until="2016")) == 18
    assert len(claims(shipped, "who-said-what", since="2017-09")) == 17
    assert claims(shipped, "who-said-what", since="2016-12", until="2017-08") == []
    assert len(claims(shipped, "who-said-what", document=PSE_TITLE)) == 18
    assert set(claims(shipped, "who-said-what", act="warning")) == places(localgov="850-997 1000-1126 1956-2068")
    assert set(claims(shipped, "who-said-what", aspect="funding")) == places(
        localgov="35-75 1646-1781 1785-1933 1956-2068 2258-2354"
    )
    assert set(claims(shipped, "who-said-what", concerns="collective/nine-stps-reviewed")) == places(
        pse="308-410 426-586 1181-1362 1364-1415"
    )
    assert set(claims(shipped, "who-said-what", claimant="Rob Whiteman", stance="supportive")) == places(pse="938-1033")


def test_joint_claimants_share_a_row(shipped: Store) -> None:
    """What two bodies say together, and of two relationships, is one row with both in its cells."""
    [row] = [
        row for row in rows(shipped, "who-said-what", "claim speakers via relationships") if row[0] == "localgov 35-75"
    ]
    assert row[1:] == (BOTH, SURVEY, "funding of the STP by national bodies; joint working among the partners")


@pytest.mark.parametrize(
    ("word", "relationship"),
    [
        ("joint working", "relationship/joint-working"),
        ("trust", "relationship/trust"),
        ("capital", "relationship/capital-local-government-nhs"),
    ],
)
def test_short_words_name_a_relationship(shipped: Store, word: str, relationship: str) -> None:
    """The word that comes to mind first is understood, and gives what the relationship's IRI gives."""
    assert claims(shipped, "who-said-what", about=word) == claims(shipped, "who-said-what", about=relationship)


# What one organisation said


@pytest.mark.parametrize(
    ("organisation", "expected"),
    [
        (
            "CIPFA",
            {
                "itself": places(
                    pse="81-168 173-215 426-586 1181-1362 1364-1415 1669-1850 1867-2048 2088-2233 2236-2330",
                    localgov="35-75 151-286 1263-1351 1646-1781",
                ),
                "its people": places(
                    pse="630-744 746-936 938-1033 1034-1143",
                    localgov="850-997 1000-1126 1127-1235 1785-1933 1956-2068",
                ),
                "its reports and studies": places(pse="1504-1622", localgov="345-443 469-594 1392-1441 1452-1586"),
            },
        ),
        (
            "iMPOWER",
            {
                "itself": places(localgov="35-75 151-286 1263-1351 1646-1781"),
                "its people": places(localgov="2124-2257 2258-2354 2357-2566"),
                "its reports and studies": places(localgov="345-443 469-594 1392-1441 1452-1586"),
            },
        ),
        ("Public Sector Executive", {"itself": places(pse="308-410 2332-2449 2499-2579")}),
        ("County Councils Network", {"its reports and studies": places(pse="2615-2733")}),
    ],
)
def test_claims_of(shipped: Store, organisation: str, expected: dict[str, set[str]]) -> None:
    """A body's claims are split by how it speaks, each claim once: itself, people in their posts, its studies.

    A reader can verify from the texts: CIPFA speaks 13 times itself (four times together with iMPOWER), nine times
    through its chief executive, and five times through those who answered its survey or sat at its roundtable.
    """
    answer = rows(shipped, "claims-of", "how claim", organisation=organisation)
    assert len({claim for _, claim in answer}) == len(answer)
    assert {how: {claim for way, claim in answer if way == how} for how, _ in answer} == expected


def test_claims_of_are_told_with_speakers_posts_and_works(shipped: Store) -> None:
    """Each row says who speaks, in which post and by which work: a review, a survey."""
    answer = rows(shipped, "claims-of", "claim speakers role via", organisation="CIPFA")
    assert {
        ("pse 426-586", CIPFA, None, "Sorting the Plans (briefing on nine published STPs)"),
        ("pse 938-1033", "Rob Whiteman", "chief executive", None),
        ("pse 1504-1622", ROUNDTABLE, None, "roundtable on STPs in CIPFA's review"),
        ("localgov 345-443", RESPONDENTS, None, SURVEY),
        ("localgov 1646-1781", BOTH, None, SURVEY),
    } <= set(answer)


# Figures


def test_statistics_on_trust(shipped: Store) -> None:
    """How relationships are judged: a quarter, 54% and 21% of 56, worded so in the article, in per cent by the survey.

    A fraction in words is itself; a percentage may be half its last digit off.
    """
    answer = rows(
        shipped,
        "statistics",
        "document said lowest highest unit numerator denominator size",
        about="relationship/trust",
    )
    assert sorted(answer, key=str) == [
        (LOCALGOV_TITLE, "21%", Decimal("20.5"), Decimal("21.5"), "%", None, None, 56),
        (LOCALGOV_TITLE, "54%", Decimal("53.5"), Decimal("54.5"), "%", None, None, 56),
        (LOCALGOV_TITLE, "a quarter", Decimal(25), Decimal(25), "%", 1, 4, 56),
        (SURVEY, "21%", Decimal("20.5"), Decimal("21.5"), "%", None, None, 56),
        (SURVEY, "25%", Decimal("24.5"), Decimal("25.5"), "%", None, None, 56),
        (SURVEY, "54%", Decimal("53.5"), Decimal("54.5"), "%", None, None, 56),
    ]


def test_statistics_of_the_first_article(shipped: Store) -> None:
    """Five figures, and who gives each: nine plans, £5.3bn, one with a contingency plan, under a third, over 75 %."""
    answer = rows(
        shipped,
        "statistics",
        "said comparator lowest highest unit kind speakers",
        document=f"document/{ARTICLES['pse']}",
    )
    third, half_digit = Decimal("33.3333"), Decimal(50_000_000)
    billions = Decimal(5_300_000_000)
    outlet = "Public Sector Executive"
    assert sorted(answer, key=str) == [
        ("less than a third", "fewer than", None, third, "%", "count", outlet),
        ("nine", "exactly", Decimal(9), Decimal(9), "count", "count", None),
        ("one", "exactly", Decimal(1), Decimal(1), "count", "count", CIPFA),
        ("over three-quarters", "more than", Decimal(75), None, "%", "opinion", DIRECTORS),
        ("£5.3bn", "exactly", billions - half_digit, billions + half_digit, "GBP", "planned", outlet),
    ]


def test_statistics_on_who_leads(shipped: Store) -> None:
    """Figures of reports stand beside those of articles: 18, 18 and 3 of 41; 4 of 41; 36 of 114, or under a third.

    Public Sector Executive's 4 of 41 stands twice: as its own count, and as a second reading of the 3 (0005).
    """
    answer = rows(shipped, "statistics", "said document", about="relationship/leadership-local-government-nhs")
    requests = "freedom of information requests on STP leadership nominations"
    assert sorted(answer) == [
        ("18 of 41", "STP footprints"),
        ("18 of 41", "STP footprints"),
        ("3 of 41", "STP footprints"),
        ("36 of 114", requests),
        ("4 of 41", requests),
        ("4 of 41", requests),
        ("less than a third", PSE_TITLE),
    ]


def test_statistics_of_one_study(shipped: Store) -> None:
    """CIPFA's and iMPOWER's survey gives seven figures in its release and seven in the article, £2bn not among them."""
    answer = rows(shipped, "statistics", "document said", study="study/cipfa-impower-2017")
    assert sorted(answer) == [
        (LOCALGOV_TITLE, "15%"),
        (LOCALGOV_TITLE, "21%"),
        (LOCALGOV_TITLE, "54%"),
        (LOCALGOV_TITLE, "55 of the 56"),
        (LOCALGOV_TITLE, "Around 95%"),
        (LOCALGOV_TITLE, "a quarter"),
        (LOCALGOV_TITLE, "one in six"),
        (SURVEY, "15%"),
        (SURVEY, "21%"),
        (SURVEY, "25%"),
        (SURVEY, "54%"),
        (SURVEY, "55 of 56"),
        (SURVEY, "90%"),
        (SURVEY, "95%"),
    ]


def test_one_in_six_is_not_fifteen_per_cent(shipped: Store) -> None:
    """One row holds the two readings against each other: a sixth is 16.7 %, 15 % at most 15.5 %, in article and survey.

    1 / 6 = 0.166667, which lies above 15.5 %.
    """
    answer = rows(
        shipped,
        "doubtful-statistics",
        "reason first second lowest highest other_lowest other_highest unit documents other_documents",
    )
    sixth = Decimal("16.6667")
    bounds = (sixth, sixth, Decimal("14.5"), Decimal("15.5"), "%")
    both_places = f"{LOCALGOV_TITLE}; {SURVEY}"
    assert [row for row in answer if row[0] == "one fact said two ways"] == [
        ("one fact said two ways", "one in six", "15%", *bounds, LOCALGOV_TITLE, both_places)
    ]


def test_percentages_that_no_count_gives(shipped: Store) -> None:
    """15 % and 90 % of 56 and 84 % of 52 are the only ones of a known base, each with the counts beside it.

    By division: 8/56 = 14.29 %, 9/56 = 16.07 %; 50/56 = 89.29 %, 51/56 = 91.07 %; 43/52 = 82.69 %, 44/52 = 84.62 %.
    """
    answer = rows(
        shipped, "doubtful-statistics", "reason first second documents fewer fewer_share more more_share basis"
    )
    taken = "the whole population was taken"
    of_councils = "survey of council figures on social care"
    fifteen = (8, Decimal("14.29"), 9, Decimal("16.07"), taken)
    assert sorted(row[1:] for row in answer if row[0] == "no whole number gives it") == [
        ("15%", "of 56", LOCALGOV_TITLE, *fifteen),
        ("15%", "of 56", SURVEY, *fifteen),
        ("84%", "of 52", of_councils, 43, Decimal("82.69"), 44, Decimal("84.62"), taken),
        ("90%", "of 56", SURVEY, 50, Decimal("89.29"), 51, Decimal("91.07"), taken),
    ]


def test_pages_that_disagree_are_set_side_by_side(shipped: Store) -> None:
    """What two pages give for one quantity is told where it cannot both be so (docs/decisions/0005), the higher first.

    The ratings of July 2017: 20 advanced and 14 in progress by the first table, 14 and 20 by the second page, 45 %
    (which 20 of 44 is) and 19 by the third. Council leaders 4 or 3 of 41; answers to the BMA 37 or 36 of 44; capital
    £3.5bn or £2.6bn.
    """
    answer = rows(shipped, "doubtful-statistics", "reason measure first second")
    assert sorted(row[1:] for row in answer if row[0] == "one measure, two documents") == [
        ("footprints that answered", "37 of 44", "36 of 44"),
        ("local authority leaders", "4 of 41", "3 of 41"),
        ("of which capital for STPs by 2022-23", "£3.5bn", "£2.6bn of £3.5bn"),
        ("rated advanced", "20 of 44", "14 of 44"),
        ("rated advanced", "45%", "14 of 44"),
        ("rated making progress", "19 of 44", "14 of 44"),
        ("rated making progress", "20 of 44", "14 of 44"),
        ("rated making progress", "20 of 44", "19 of 44"),
    ]


def test_ratings_that_make_more_than_all(shipped: Store) -> None:
    """One page rates 45 %, 19, five and five of the 44: 44.5 + 43.18 + 11.36 + 11.36 = 110.4 % at least."""
    [row] = [
        row
        for row in rows(shipped, "doubtful-statistics", "reason measure first lowest highest other_highest documents")
        if row[0] == "parts do not make the whole"
    ]
    assert row[1] == "overall rating of the STPs, July 2017"
    assert (round(Decimal(str(row[3])), 1), round(Decimal(str(row[4])), 1)) == (Decimal("110.4"), Decimal("111.4"))
    assert row[5:] == (Decimal(100), "Half of STPs at an advanced stage, but rankings are ‘mixed blessing’")


def test_all_parts_are_told(shipped: Store) -> None:
    """Of parts that do not make the whole every one is told, two that are worded alike as two: 5 of 44 and 5 of 44."""
    [(first,)] = [
        row[1:]
        for row in rows(shipped, "doubtful-statistics", "reason first")
        if row[0] == "parts do not make the whole"
    ]
    assert str(first).count("5 of 44") == 2


def test_sound_figures_are_not_doubted(shipped: Store) -> None:
    """No other figure of the articles is doubted: not 55 of 56 (98.2 %), not 25 + 54 + 21 = 100, not 95 % of 56.

    53 of 56 are 94.6 %. Nor 36 of 114, told as less than a third, 77 % told as over three-quarters, £5.3bn told twice;
    nor 5 + 20 + 14 + 5 of 44, 27 + 41 + 32 %, 0 + 1 + 33 + 47 + 18 of 99 among the figures of reports.
    """
    answer = rows(shipped, "doubtful-statistics", "reason first second")
    assert len(answer) == 4 + 1 + 8 + 1
    assert {row[1:] for row in answer if row[0] in {"one fact said two ways", "no whole number gives it"}} == {
        ("one in six", "15%"),
        ("15%", "of 56"),
        ("90%", "of 56"),
        ("84%", "of 52"),
    }
    assert {row[0] for row in answer} == {
        "no whole number gives it",
        "one fact said two ways",
        "one measure, two documents",
        "parts do not make the whole",
    }


def test_doubtful_statistics_about_one_relationship(shipped: Store) -> None:
    """On money for prevention the three findings on 15 % remain; on trust there is none."""
    found = rows(shipped, "doubtful-statistics", "first second", about="money for prevention")
    assert sorted(found) == [("15%", "of 56"), ("15%", "of 56"), ("one in six", "15%")]
    assert rows(shipped, "doubtful-statistics", "first", about="relationship/trust") == []


# Tensions and recommendations

SAVINGS = "savings asked of the STP, and whether they can be delivered"
JOINT_WORKING = "joint working among the partners"


def test_tensions(shipped: Store) -> None:
    """Six tensions: one proposition affirmed and denied; savings and joint working judged both ways.

    Whiteman calls STPs the best chance of lasting care (2016) where most county directors expect none; he praises and
    he warns on savings; iMPOWER's head speaks well of joint working where the survey of both bodies does not.
    """
    answer = rows(shipped, "tensions", "tension issue between supporters supporting critics opposing")
    assert sorted(answer) == [
        ("contradiction", "STPs can make care last", "different bodies", "Rob Whiteman", 1, DIRECTORS, 1),
        (
            "opposed stance",
            JOINT_WORKING,
            "different bodies",
            "Martin Cresswell",
            1,
            f"{CIPFA}; Rob Whiteman; iMPOWER; {RESPONDENTS}",
            3,
        ),
        ("opposed stance", JOINT_WORKING, "one body", "Martin Cresswell", 1, "iMPOWER", 1),
        ("opposed stance", SAVINGS, "different bodies", "Rob Whiteman", 1, f"{CIPFA}; Rob Whiteman; {DIRECTORS}", 6),
        ("opposed stance", SAVINGS, "one body", "Rob Whiteman", 1, f"{CIPFA}; Rob Whiteman", 5),
        ("opposed stance", SAVINGS, "same claimant", "Rob Whiteman", 1, "Rob Whiteman", 2),
    ]


def test_tensions_of_one_claimant_over_time(shipped: Store) -> None:
    """Whiteman's praise is of November 2016, his two warnings on the same matter of September 2017."""
    [row] = rows(
        shipped,
        "tensions",
        "issue supporting_from supporting_to opposing_from opposing_to",
        between="same claimant",
    )
    assert row == (SAVINGS, *[date(2016, 11, 21)] * 2, *[date(2017, 9, 21)] * 2)
    assert rows(shipped, "tensions", "issue", about="relationship/trust") == []


def test_recommendations(shipped: Store) -> None:
    """Eleven recommendations; five say whom they ask: three the STP, two the bodies in it; the others name nobody."""
    answer = rows(shipped, "recommendations", "claim speakers role addressees")
    stp, partners = "the STP itself", "the partner bodies of an STP"
    assert sorted(answer, key=str) == [
        ("localgov 1127-1235", "Rob Whiteman", "chief executive", None),
        ("localgov 1785-1933", "Rob Whiteman", "chief executive", None),
        ("localgov 2258-2354", "Martin Cresswell", "chief executive", None),
        ("pse 1034-1143", "Rob Whiteman", "chief executive", partners),
        ("pse 1504-1622", ROUNDTABLE, None, None),
        ("pse 1669-1850", CIPFA, None, stp),
        ("pse 173-215", CIPFA, None, stp),
        ("pse 1867-2048", CIPFA, None, partners),
        ("pse 2088-2233", CIPFA, None, None),
        ("pse 2236-2330", CIPFA, None, None),
        ("pse 746-936", "Rob Whiteman", "chief executive", stp),
    ]


def test_recommendations_by_addressee_and_claimant(shipped: Store) -> None:
    """Asked for those to the partners, or those of one person, the others stay away."""
    assert set(claims(shipped, "recommendations", addressee="party/partners")) == places(pse="1034-1143 1867-2048")
    assert set(claims(shipped, "recommendations", claimant="Rob Whiteman")) == places(
        pse="746-936 1034-1143", localgov="1127-1235 1785-1933"
    )


# Studies, people, partnerships


def test_studies(shipped: Store) -> None:
    """Who ran each study of the articles, how many were asked or examined, and what rests on it; unknown stays empty.

    The survey asked 56 bodies; CIPFA examined nine plans; PSE asked 155 councils; how many directors answered the
    County Councils Network, and who sat at the roundtable when, is not known.
    """
    answer = rows(shipped, "studies", "study kind date ran_by size figures claims")
    assert len(answer) == len({row[0] for row in answer})
    assert {
        ("study/cipfa-impower-2017", "survey", "2017-09", BOTH, 56, 14, 8),
        ("study/cipfa-stp-review-2016", "review", date(2016, 11, 18), CIPFA, 9, 7, 4),
        ("study/cipfa-roundtable-2016", "roundtable", None, CIPFA, None, 0, 1),
        ("study/pse-foi-2016", "freedom of information", "2016", "Public Sector Executive", 155, 5, 1),
        ("study/ccn-asc-2016", "survey", "2016", "County Councils Network", None, 7, 1),
        ("study/mj-independent-age", "survey", date(2017, 1, 26), "Independent Age; The MJ", 52, 3, 0),
        ("study/bma-london-2016", "survey", date(2016, 11, 1), "British Medical Association", 615, 10, 0),
    } <= set(answer)


def test_studies_of_one_organisation(shipped: Store) -> None:
    """CIPFA ran three studies: the review, its roundtable, and the survey with iMPOWER."""
    found = rows(shipped, "studies", "study reported_in", organisation="CIPFA")
    assert sorted(found) == [
        ("study/cipfa-impower-2017", f"{LOCALGOV_TITLE}; {SURVEY}"),
        ("study/cipfa-roundtable-2016", PSE_TITLE),
        ("study/cipfa-stp-review-2016", f"{PSE_TITLE}; Sorting the Plans (briefing on nine published STPs)"),
    ]


def test_findings_of_a_study(shipped: Store) -> None:
    """The findings of CIPFA's review are its figures with what they measure, as article and briefing word them."""
    [(findings,)] = rows(shipped, "studies", "findings", study="study/cipfa-stp-review-2016")
    assert str(findings).split("; ") == [
        "NHS funding gap by 2020 (NHS estimate): £30bn",
        "STPs reviewed: 9 of 44",
        "STPs reviewed: nine",
        "STPs with a quantified contingency plan: 1 of 9",
        "STPs with a quantified contingency plan: one",
        "savings planned by the nine STPs: £5.3bn",
    ]


def test_posts_on_the_day_of_the_survey(shipped: Store) -> None:
    """On 21 September 2017 Whiteman led CIPFA, where he spoke, and may have chaired North East London's STP still.

    He was at CIPFA from 2013; of the chair only November 2016 is known. He made nine claims as chief executive, four
    of them in 2016. Of Cresswell's post no date is known, but he spoke in it that day: three claims.
    """
    columns = "name role body from to basis claims"
    day = "2017-09-21"
    whiteman = rows(shipped, "people-and-roles", columns, on=day, person="Rob Whiteman")
    assert sorted(whiteman, key=str) == [
        ("Rob Whiteman", "chair", "North East London", None, None, "dates not known", 0),
        (*WHITEMAN, "2013", None, "spoke in it then", 9),
    ]
    assert rows(shipped, "people-and-roles", columns, on=day, person="Martin Cresswell") == [
        (*CRESSWELL, None, None, "spoke in it then", 3)
    ]


def test_posts_before_and_after(shipped: Store) -> None:
    """A post is not told before it began or after it ended; a year is compared as a year.

    Whiteman came to CIPFA in 2013. NHS Improvement was led by Mackey from 2015 to 2017, then by Dalton until 2019.
    """
    assert [row[0] for row in rows(shipped, "people-and-roles", "role", on="2012", person="Rob Whiteman")] == ["chair"]
    led = {
        when: {name for name, role in rows(shipped, "people-and-roles", "name role", on=when, organisation=body)}
        for body in ["NHS Improvement"]
        for when in ("2016-05-01", "2017-09-21", "2018-06", "2020")
    }
    assert led == {
        "2016-05-01": {"Jim Mackey"},
        "2017-09-21": {"Jim Mackey", "Ian Dalton"},
        "2018-06": {"Ian Dalton"},
        "2020": set(),
    }


def test_partnerships_are_44_rows(shipped: Store) -> None:
    """Every one of the 44 footprints stands once, with its code and its region of 2016."""
    answer = rows(shipped, "partnerships", "name code region")
    assert len(answer) == 44
    assert answer == sorted(
        (name, code, f"NHS region {region} (2016)") for name, (code, region) in PARTNERSHIPS.items()
    )


def test_partnerships_are_told_with_leads_and_successors(shipped: Store) -> None:
    """Leads of 2016 and the boards of July 2022 stand beside them; of two partnerships no lead was published.

    A lead whose post nobody has reviewed is marked as proposed.
    """
    answer = {(name, lead, successor) for name, lead, successor in rows(shipped, "partnerships", "name lead successor")}
    assert {
        ("Greater Manchester", "Howard Bernstein", "NHS Greater Manchester ICB"),
        ("Nottinghamshire", "David Pearson", "NHS Nottingham and Nottinghamshire ICB"),
        ("North East London", "Jane Milligan (proposed)", "NHS North East London ICB"),
        ("Frimley Health", "Andrew Morris", "NHS Frimley ICB"),
        ("West, North and East Cumbria", "Stephen Eames", "NHS North East and North Cumbria ICB"),
    } <= answer
    assert {name for name, lead, _ in answer if lead is None} == {"Cornwall and the Isles of Scilly", "Staffordshire"}


def test_no_claim_names_a_partnership(shipped: Store) -> None:
    """Neither article says anything of one partnership by name, so that all counts are 0 and nobody is quoted."""
    told_of = set(rows(shipped, "partnerships", "claims supportive critical speakers said"))
    assert told_of == {(0, 0, 0, None, None)}


# Behind one claim


def test_trace_of_a_figure_said_in_two_ways(shipped: Store) -> None:
    """The chain stays apart: respondents, the survey, the two that ran it, the Budget, the article and its writer.

    The hash is the SHA-256 of the article; at 1452–1586 stands the sentence, at 1368 who is meant, at 1474 the cue.
    """
    claim = f"claim/{ARTICLES['localgov']}/1452-1586"
    answer = rows(shipped, "trace", "step what by start end", claim=claim)
    measured = [row[:2] for row in answer if row[0] == "figure"]
    assert sorted(measured) == [("figure", "15%"), ("figure", "one in six")]
    assert [row for row in answer if row[0] in {"claimant", "comes from", "cites", "document"}] == [
        ("claimant", RESPONDENTS, None, None, None),
        ("comes from", SURVEY, CIPFA, None, None),
        ("comes from", SURVEY, "iMPOWER", None, None),
        ("cites", "spring Budget 2017, STP capital", None, None, None),
        ("document", LOCALGOV_TITLE, "William Eichler", None, None),
    ]
    spans = [(row[0], row[3], row[4]) for row in answer if row[3] is not None]
    assert spans == [("evidence", 1452, 1586), ("claimant named at", 1368, 1379), ("cue at", 1474, 1480)]
    [digest] = [digest for step, digest in rows(shipped, "trace", "step hash", claim=claim) if step == "document"]
    assert digest == "18442861db1781c7ae4ac6249ffdb9d3bb59b46e5d266fcd70c904da382668a7"


def test_trace_of_a_claim_that_the_headline_repeats(shipped: Store) -> None:
    """The headline at 9–68 is a second place of the recommendation at 2088–2233; CIPFA is named at 2065."""
    answer = rows(shipped, "trace", "step start end", claim=f"claim/{ARTICLES['pse']}/2088-2233")
    assert [row for row in answer if row[1] is not None] == [
        ("evidence", 2088, 2233),
        ("repeated at", 9, 68),
        ("claimant named at", 2065, 2070),
        ("cue at", 2071, 2087),
    ]


def test_trace_of_a_claim_of_a_report(shipped: Store) -> None:
    """Behind a report stands the review that it was made from; behind the claim a reading that was accepted."""
    answer = rows(shipped, "trace", "step what detail by date", claim=f"claim/{ARTICLES['pse']}/1181-1362")
    title, day = "Sorting the Plans (briefing on nine published STPs)", date(2016, 11, 18)
    assert ("comes from", title, None, CIPFA, day) in answer
    assert ("made from", title, "review", CIPFA, day) in answer
    assert [row[1] for row in answer if row[0] == "status"] == ["accepted"]
    assert [row[3] for row in answer if row[0] == "review"] == ["stpgraph curators"]


def test_trace_of_a_post(shipped: Store) -> None:
    """A person's claim is traced to the post spoken in: the role, the body and the person."""
    answer = rows(shipped, "trace", "step what detail by", claim=f"claim/{ARTICLES['localgov']}/2124-2257")
    assert ("post", "chief executive", "iMPOWER", "Martin Cresswell") in answer
    assert ("cites", SURVEY, None, None) in answer
