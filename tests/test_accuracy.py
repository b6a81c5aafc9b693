"""The gold set is read as it is written, and accuracy is counted as one would by hand."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from benchmarks import accuracy
from benchmarks.accepted import read_accepted
from benchmarks.annotated import GoldClaim, GoldDocument, GoldFigure
from benchmarks.golden import FOLDER, check_gold, main, read_gold
from benchmarks.misses import misses
from benchmarks.placing import find_places, nearest, next_place, source_and_cue
from benchmarks.predicted import PredictedClaim, PredictedFigure, Prediction
from benchmarks.reporting import Part, to_markdown
from benchmarks.scoring import score
from benchmarks.tallies import Interval, Measure, Tally, scores
from benchmarks.wordsets import head_of, same_label
from stpgraph.errors import BadData
from stpgraph.extraction.spans import Span

TEXTS = Path(os.environ.get("STPGRAPH_TEXTS", Path(__file__).resolve().parents[2] / "shared" / "seeds"))

NAME = "trade-press-01-anyshire-beds"

TEXT = """\
Anyshire warns on beds

The survey found that one in six wards had closed.

“We were promised beds,” Cllr Jo Doe, leader of Midshire, said. “None came.” She said the board had promised £2m.
"""

ANNOTATIONS = """\
kind: trade-press
title: "Anyshire warns on beds"
outlet: "Anyshire Gazette"
date: 2017-03-14
invented: true
origins: []
claims:
  - content: "one in six wards had closed"
    source: "The survey"
    cue: "found"
    type: indirect
    claimant: "survey"
    speaking_as: null
    comes_from: "The survey"
    relationship: []
    stance: critical
    act: finding
    modality: null
    nested_in: null
  - content: ["We were promised beds", "None came."]
    source: "Cllr Jo Doe, leader of Midshire"
    cue: "said"
    type: direct
    claimant: "Jo Doe"
    speaking_as: "leader of Midshire"
    comes_from: null
    relationship: [trust, joint-working]
    stance: critical
    act: criticism
    modality: null
    nested_in: null
  - content: "the board had promised £2m"
    source: "She"
    cue: "said"
    type: indirect
    claimant: "Jo Doe"
    speaking_as: null
    comes_from: null
    relationship: []
    stance: neutral
    act: assertion
    modality: null
    nested_in: null
  - content: "£2m"
    source: "the board"
    cue: "had promised"
    type: indirect
    claimant: "unknown"
    speaking_as: null
    comes_from: null
    relationship: []
    stance: neutral
    act: commitment
    modality: likely
    nested_in: "the board had"
figures:
  - words: "one in six"
    comparator: exactly
    value: 16.6667
    lowest: null
    highest: null
    unit: PERCENT
    numerator: 1
    denominator: 6
    population: "wards"
    of_claim: "one in six"
  - {words: "£2m", comparator: exactly, value: 2000000, lowest: null, highest: null, unit: GBP,
     numerator: null, denominator: null, population: null, of_claim: null}
"""


def put(folder: Path, annotations: str = ANNOTATIONS, text: str = TEXT, name: str = NAME) -> Path:
    """Write a gold document and return its YAML file."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    file = folder / f"{name}.yaml"
    file.write_text(annotations, encoding="utf-8")
    return file


# Reading the gold set -----------------------------------------------------------------------------------------------


def test_a_document_is_read_with_the_places_of_its_words(tmp_path: Path) -> None:
    """Every string becomes the span where it stands, the right one of several."""
    [document] = read_gold(put(tmp_path / "open"))
    survey, quoted, said, promised = document.claims
    assert (document.name, document.half, document.kind, document.date) == (NAME, "open", "trade-press", "2017-03-14")
    assert survey.content == (Span(46, 73),)
    assert (survey.source, survey.cue, survey.comes_from) == (Span(24, 34), Span(35, 40), Span(24, 34))
    assert quoted.content == (Span(77, 98), Span(141, 151))
    assert (quoted.source, quoted.cue) == (Span(101, 132), Span(134, 138))
    assert quoted.claimants == (("Jo Doe",),)
    assert quoted.speaking_as == ("leader of Midshire",)
    assert quoted.relationships == {"trust", "joint-working"}
    assert (said.source, said.cue) == (Span(153, 156), Span(157, 161))
    assert (promised.nested_in, promised.claimants, promised.modality) == (2, (), "likely")
    assert document.figures == (
        GoldFigure(
            words=Span(46, 56),
            comparator="exactly",
            value=16.6667,
            unit="PERCENT",
            numerator=1,
            denominator=6,
            population=Span(57, 62),
            of_claim=0,
        ),
        GoldFigure(words=Span(185, 188), comparator="exactly", value=2_000_000, unit="GBP"),
    )


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('cue: "found"', 'cue: "founded"', "cue “founded” is not in the text"),
        ('source: "She"', 'source: "he"', "source “he” is not in the text"),
        ('"We were promised beds"', '"We were  promised beds"', "its blanks or line ends differ"),
        ('cue: "found"', 'cue: {text: "found", nth: 2}', "is in the text 1 times; nth cannot be 2"),
        ('cue: "found"', 'cue: {text: "e", nth: 1}', "number 1 lies within a word"),
        ("type: direct", "type: spoken", "type is 'spoken'; take one of direct, indirect, mixed"),
        ("stance: neutral", "stance: cross", "stance is 'cross'; take one of critical, mixed, neutral, supportive"),
        ("act: finding", "act: joke", "act is 'joke'"),
        ("[trust, joint-working]", "[trust, wealth]", "relationship is 'wealth'"),
        ("modality: likely", "modality: maybe", "modality is 'maybe'; take one of conditional, likely, possible"),
        ("comparator: exactly\n", "comparator: roughly\n", "comparator is 'roughly'"),
        ('claimant: "survey"', "claimant: null", "claimant is missing"),
        ('claimant: "survey"', 'claimant: "Kit Poe"', "claimant has “Kit Poe”, which the text has not"),
        ('nested_in: "the board had"', 'nested_in: "a board"', "no claim above begins “a board”"),
        ('nested_in: "the board had"', 'nested_in: "We were"', "does not lie in the one it is nested in"),
        ('of_claim: "one in six"', 'of_claim: "two in six"', "no claim above begins “two in six”"),
        ("value: 16.6667", "value: 17", "1 in 6 is 16.6667, not 17"),
        ("value: 16.6667", "value: null", "only between has ends in place of a value"),
        ("comparator: exactly\n", "comparator: between\n", "between has two ends and no value"),
        ("unit: GBP", "unit: NUM", "“£2m”: unit is NUM; write GBP"),
        ("unit: PERCENT", "unit: per cent", "unit is 'per cent'"),
        ("value: 2000000", 'value: "2m"', "value is '2m', not a number"),
        ("invented: true", "invented: perhaps", "invented is 'perhaps'"),
        ("invented: true", "invented: true\nauthor: me", "unknown key author"),
        ("invented: true\n", "", "invented is missing"),
        ("invented: true", "invented: true\ninvented: true", "invented is there twice"),
        ("kind: trade-press", "kind: survey", f"the file is called {NAME}"),
        ('title: "Anyshire warns on beds"', 'title: "Beds"', "title “Beds” is not the text's first line"),
        ("date: 2017-03-14", "date: last week", "date is 'last week'"),
        ("claims:\n", "claims:\n  - 7\n", "this is no list of keys"),
        ("kind: trade-press", "kind: [", "is not YAML"),
    ],
)
def test_what_is_wrong_is_told_with_its_mend(tmp_path: Path, old: str, new: str, told: str) -> None:
    """Each fault in the annotations is told, in the file and with a line."""
    assert ANNOTATIONS.count(old) >= 1
    file = put(tmp_path / "open", ANNOTATIONS.replace(old, new, 1))
    [(_, problems)] = check_gold([file])
    assert [problem for problem in problems if told in str(problem)], list(map(str, problems))
    assert all(str(problem).startswith(f"{file}:") for problem in problems)
    with pytest.raises(BadData):
        read_gold(file)


def test_a_fault_is_told_with_its_line(tmp_path: Path) -> None:
    """The line is that of the value that is wrong."""
    file = put(tmp_path, ANNOTATIONS.replace('cue: "found"', 'cue: "finds"'))
    [(_, problems)] = check_gold([file])
    assert [problem.line for problem in problems] == [10]


def test_a_source_within_the_content_is_wrong(tmp_path: Path) -> None:
    """Content that runs on over its source and cue is to be cut into a list."""
    whole = '"We were promised beds,” Cllr Jo Doe, leader of Midshire, said. “None came."'
    file = put(tmp_path, ANNOTATIONS.replace('["We were promised beds", "None came."]', whole))
    [(_, problems)] = check_gold([file])
    assert [problem.what for problem in problems] == ["source lies within the content"]


def test_claims_out_of_order_are_told(tmp_path: Path) -> None:
    """A string that occurs before the item above it, more than once, is not taken from elsewhere."""
    text = "A plan, he said. A plan, he said. All of it failed, she said.\n"
    claim = ANNOTATIONS[ANNOTATIONS.index("  - content") : ANNOTATIONS.index("  - content: [")]
    claim = claim.replace('"The survey"', "null").replace('"found"', "null").replace('"survey"', "unknown")
    head = ANNOTATIONS[: ANNOTATIONS.index("  - content")].replace('"Anyshire warns on beds"', "null")
    later, earlier = (claim.replace("one in six wards had closed", words) for words in ("All of it failed", "A plan"))
    [(_, problems)] = check_gold([put(tmp_path, f"{head}{later}{earlier}figures: []\n", text)])
    assert ["stands before what precedes it" in problem.what for problem in problems] == [True]


def test_a_text_without_annotations_is_told(tmp_path: Path) -> None:
    """Neither half of a pair is passed over."""
    (tmp_path / "survey-01-beds.txt").write_text("Beds\n", encoding="utf-8")
    (tmp_path / "survey-02-wards.yaml").write_text("kind: survey\n", encoding="utf-8")
    told = [(Path(problem.where).name, problem.what) for _, problems in check_gold([tmp_path]) for problem in problems]
    assert told == [("survey-01-beds.yaml", "is missing"), ("survey-02-wards.txt", "is missing")]


def test_the_check_prints_totals_by_kind_and_half(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The table counts documents, claims and figures of each half, and the exit code says that all is well."""
    put(tmp_path / "open")
    put(tmp_path / "blind", name="trade-press-02-anyshire-wards")
    assert main([str(tmp_path)]) == 0
    printed = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["trade-press", "blind", "1", "4", "2"] in printed
    assert ["trade-press", "open", "1", "4", "2"] in printed
    assert ["all", "all", "2", "8", "4"] in printed
    assert ["0", "problems"] in printed


def test_the_check_shows_what_was_found_and_fails_on_a_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With --show each claim stands with the line of its source; a fault makes exit code 1."""
    put(tmp_path, ANNOTATIONS.replace("stance: neutral", "stance: cross"))
    assert main(["--show", str(tmp_path)]) == 1
    printed = capsys.readouterr().out
    assert "3. She (l. 5) | said (l. 5) | the board had promised £2m" in printed
    assert "stance is 'cross'" in printed


def test_the_gold_set_is_without_fault() -> None:
    """Every document of the gold set can be read as the format says."""
    assert [str(problem) for _, problems in check_gold([FOLDER]) for problem in problems] == []


# Where words stand --------------------------------------------------------------------------------------------------


def test_words_are_found_whole() -> None:
    """Numbers and words are not found within longer ones."""
    assert find_places("2 of 22, 1,222 or £2m, 2.", "2") == [Span(0, 1), Span(23, 24)]


def test_the_next_place_lies_beyond_the_one_before_or_within_it() -> None:
    """What follows in the list is looked for behind, then inside of, what precedes it."""
    places = [Span(0, 3), Span(5, 8), Span(20, 23)]
    assert next_place(places, Span(4, 12)) == Span(20, 23)
    assert next_place(places[:2], Span(4, 12)) == Span(5, 8)
    assert next_place(places[:2], Span(6, 12)) is None


def test_the_nearest_place_is_in_the_same_sentence() -> None:
    """A place across a sentence's end is farther than one in the sentence."""
    text = "He left. Beds closed, in a very cold and long winter, he said."
    assert nearest(text, find_places(text.lower(), "he"), [Span(9, 20)]) == Span(54, 56)


def test_source_and_cue_stand_together() -> None:
    """Of several cues the one beside the source is taken."""
    text = "“Yes,” Doe said. “No,” Poe said."
    sources, cues = find_places(text, "Poe"), find_places(text, "said")
    assert source_and_cue(text, [Span(18, 20)], sources, cues) == (Span(23, 26), Span(27, 31))


# Scoring ------------------------------------------------------------------------------------------------------------

SPOKEN = (
    "Jo Doe, leader of Midshire, said the plan would fail. “It has no money,” she added. "
    "Two of the nine trusts agreed that talks may help. The board met."
)


def at(words: str) -> Span:
    """Return where words stand, which they do once."""
    assert SPOKEN.count(words) == 1
    return Span(SPOKEN.index(words), SPOKEN.index(words) + len(words))


GOLD = GoldDocument(
    name="minutes-01-talks",
    half="open",
    kind="minutes",
    text=SPOKEN,
    claims=(
        GoldClaim(
            content=(at("the plan would fail"),),
            source=at("Jo Doe, leader of Midshire"),
            cue=at("said"),
            kind="indirect",
            claimants=(("Jo Doe",),),
            speaking_as=("leader of Midshire",),
            relationships=frozenset({"trust"}),
            stance="critical",
            act="warning",
        ),
        GoldClaim(
            content=(at("It has no money"),),
            source=at("she"),
            cue=at("added"),
            kind="direct",
            claimants=(("Jo Doe",),),
            stance="neutral",
            act="assertion",
        ),
        GoldClaim(
            content=(at("talks may help"),),
            source=at("Two of the nine trusts"),
            cue=at("agreed"),
            kind="indirect",
            claimants=(("trusts",),),
            relationships=frozenset({"joint-working"}),
            stance="supportive",
            act="assertion",
            modality="possible",
        ),
    ),
    figures=(
        GoldFigure(
            words=at("Two of the nine"),
            comparator="exactly",
            value=2,
            unit="NUM",
            numerator=2,
            denominator=9,
            population=at("trusts"),
            of_claim=2,
        ),
    ),
)

PREDICTED = Prediction(
    claims=(
        PredictedClaim(
            content=(at("plan would fail"),),  # three of the four words
            source=at("Doe"),
            cue=(at("said"),),
            kind="indirect",
            claimants=(("Jo Doe",),),
            speaking_as=("Midshire leader",),
            relationships=frozenset({"trust", "joint-working"}),
            stance="critical",
            act="prediction",
        ),
        PredictedClaim(
            content=(at("It has no money"),),
            source=at("Jo Doe"),  # the words there are "she"
            kind="direct",
            claimants=(("Doe",),),
            stance="neutral",
            act="assertion",
        ),
        PredictedClaim(
            content=(at("talks may help"),),
            source=at("Two of the nine trusts"),
            cue=(at("agreed"),),
            kind="mixed",
        ),
        PredictedClaim(content=(at("The board met"),), source=at("board"), kind="indirect"),
    ),
    figures=(
        PredictedFigure(words=at("Two"), comparator="about", value=2, unit="NUM", population=at("trusts"), of_claim=2),
        PredictedFigure(words=at("no money"), value=0, unit="NUM"),
    ),
)


@pytest.mark.parametrize(
    ("measure", "tally"),
    [
        (Measure.WHO_SAID_WHAT, Tally(2, 4, 2, 3)),  # the second has the wrong words for its source, the fourth is none
        (Measure.DIRECT, Tally(0, 1, 0, 1)),
        (Measure.INDIRECT, Tally(1, 2, 2, 2)),
        (Measure.MIXED, Tally(1, 1, 0, 0)),
        (Measure.CONTENT, Tally(3, 4, 3, 3)),
        (Measure.CONTENT_EXACT, Tally(2, 4, 2, 3)),
        (Measure.SOURCE, Tally(2, 3, 2, 3)),
        (Measure.SOURCE_EXACT, Tally(1, 3, 1, 3)),
        (Measure.CUE, Tally(2, 2, 2, 3)),
        (Measure.TYPE, Tally(2, 3, 2, 3)),
        (Measure.CLAIMANT, Tally(1, 2, 1, 3)),
        (Measure.SPEAKING_AS, Tally(1, 1, 1, 1)),
        (Measure.COMES_FROM, Tally(0, 0, 0, 0)),
        (Measure.RELATIONSHIPS, Tally(1, 2, 1, 2)),
        (Measure.RELATIONSHIP, Tally(1, 1, 1, 2)),
        (Measure.STANCE, Tally(2, 2, 2, 3)),
        (Measure.ACT, Tally(1, 2, 1, 3)),
        (Measure.MODALITY, Tally(0, 0, 0, 1)),
        (Measure.FIGURE, Tally(1, 2, 1, 1)),
        (Measure.COMPARATOR, Tally(0, 1, 0, 1)),
        (Measure.VALUE, Tally(1, 1, 1, 1)),
        (Measure.UNIT, Tally(1, 1, 1, 1)),
        (Measure.FRACTION, Tally(0, 0, 0, 1)),
        (Measure.POPULATION, Tally(1, 1, 1, 1)),
        (Measure.OF_CLAIM, Tally(1, 1, 1, 1)),
    ],
)
def test_a_document_is_counted_as_by_hand(measure: Measure, tally: Tally) -> None:
    """Each measure counts right and proposed, found and wanted."""
    assert score(GOLD, PREDICTED)[measure] == tally


def test_nothing_proposed_is_nothing_found() -> None:
    """An empty prediction has no precision, and no recall of what is wanted."""
    said = score(GOLD, Prediction())[Measure.WHO_SAID_WHAT]
    assert (said, said.precision, said.recall, said.f1) == (Tally(0, 0, 0, 3), None, 0.0, 0.0)


def test_half_of_the_words_is_enough_and_less_is_not() -> None:
    """Contents belong together from a Jaccard of one half on."""
    text = "He said a b c d."

    def found(content: Span) -> Tally:
        gold = GoldClaim(content=(Span(8, 15),), source=Span(0, 2), kind="indirect", stance="neutral", act="assertion")
        document = GoldDocument(name="x", half="open", kind="survey", text=text, claims=(gold,))
        mine = PredictedClaim(content=(content,), source=Span(0, 2))
        return score(document, Prediction(claims=(mine,)))[Measure.WHO_SAID_WHAT]

    assert found(Span(8, 11)) == Tally(1, 1, 1, 1)  # a b of a b c d
    assert found(Span(8, 9)) == Tally(0, 1, 0, 1)  # a of a b c d


def test_the_closest_pair_comes_first_and_each_once() -> None:
    """Two proposals of one claim are one find and one too many, and the closer is the find."""
    text = "Doe said a b c d."
    gold = GoldClaim(content=(Span(9, 16),), source=Span(0, 3), kind="indirect", stance="neutral", act="warning")
    document = GoldDocument(name="x", half="open", kind="survey", text=text, claims=(gold,))
    far = PredictedClaim(content=(Span(9, 14),), source=Span(0, 3), act="question")
    near = PredictedClaim(content=(Span(9, 16),), source=Span(0, 3), act="warning")
    counted = score(document, Prediction(claims=(far, near)))
    assert counted[Measure.WHO_SAID_WHAT] == Tally(1, 2, 1, 1)
    assert counted[Measure.ACT] == Tally(1, 1, 1, 1)


def test_a_claim_without_a_source_and_a_repeat_count_neither_way() -> None:
    """What names nobody is not judged in who said what, and what the gold has elsewhere is not made up."""
    text = "Beds will close. Beds will close, it is feared."
    gold = GoldClaim(content=(Span(17, 32),), kind="indirect", stance="neutral", act="prediction")
    document = GoldDocument(name="x", half="open", kind="survey", text=text, claims=(gold,), repeats=(Span(0, 15),))
    mine = tuple(PredictedClaim(content=(span,), source=Span(34, 36)) for span in (Span(0, 15), Span(17, 32)))
    counted = score(document, Prediction(claims=mine))
    assert counted[Measure.WHO_SAID_WHAT] == Tally(0, 0, 0, 0)
    assert counted[Measure.CONTENT] == Tally(1, 1, 1, 1)


def test_a_claim_in_a_claim_is_judged_by_the_one_that_holds_it() -> None:
    """Nesting is right when the outer claims belong together."""
    text = "Doe said the board had promised more beds."
    outer = GoldClaim(content=(Span(9, 41),), source=Span(0, 3), kind="indirect", stance="neutral", act="assertion")
    inner = GoldClaim(
        content=(Span(32, 41),), source=Span(13, 18), kind="indirect", stance="neutral", act="commitment", nested_in=0
    )
    document = GoldDocument(name="x", half="open", kind="survey", text=text, claims=(outer, inner))
    mine = (
        PredictedClaim(content=(Span(32, 41),), source=Span(13, 18), nested_in=1),
        PredictedClaim(content=(Span(9, 41),), source=Span(0, 3)),
    )
    assert score(document, Prediction(claims=mine))[Measure.NESTED_IN] == Tally(1, 1, 1, 1)


def test_ends_are_compared_where_there_is_no_value() -> None:
    """A range is right when both its ends are."""
    text = "between 12 and 15 beds"
    gold = GoldFigure(words=Span(0, 17), comparator="between", value=None, lowest=12, highest=15, unit="NUM")
    document = GoldDocument(name="x", half="open", kind="survey", text=text, figures=(gold,))

    def value(highest: float) -> Tally:
        mine = PredictedFigure(words=Span(0, 17), lowest=12, highest=highest)
        return score(document, Prediction(figures=(mine,)))[Measure.VALUE]

    assert value(15) == Tally(1, 1, 1, 1)
    assert value(16) == Tally(0, 1, 0, 1)


def test_fields_that_were_not_marked_are_not_measured() -> None:
    """A field that the gold leaves out has no tally, whatever is proposed."""
    document = GoldDocument(
        name="x", half="open", kind="survey", text=SPOKEN, claims=GOLD.claims, unjudged=frozenset({"comes_from"})
    )
    assert Measure.COMES_FROM not in score(document, PREDICTED)


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Cllr Jo Doe", "Jo Doe", True),
        ("Doe", "Jo Doe", False),
        ("the Norbury Institute", "Norbury Institute", True),
        ("Norbury Trust", "Norbury Council", False),
        ("respondents", "respondents to the survey", True),
        ("respondents", "members", False),
        ("the", "a", False),
    ],
)
def test_names_are_the_same_by_all_their_words(one: str, other: str, is_same: bool) -> None:
    """Names agree in all words but titles and articles, groups in their head word."""
    assert same_label(one, other) is is_same


def test_the_head_of_a_phrase_stands_before_what_describes_it() -> None:
    """The head is the last word before a preposition, a relative pronoun or a comma."""
    phrases = ("adult social care directors", "trusts in the north", "homes, mostly small", "of the councils")
    assert [head_of(phrase) for phrase in phrases] == ["directors", "trusts", "homes", "councils"]


# Adding up ----------------------------------------------------------------------------------------------------------


def test_tallies_add_up_over_documents() -> None:
    """Counts are summed before shares are taken."""
    found = scores([{Measure.FIGURE: Tally(1, 1, 1, 4)}, {Measure.FIGURE: Tally(2, 5, 2, 2)}], draws=10)
    assert found[Measure.FIGURE].tally == Tally(3, 6, 3, 6)
    assert found[Measure.FIGURE].tally.f1 == 0.5


def test_an_interval_spans_what_drawing_documents_gives() -> None:
    """Of one document the interval is a point; of a perfect and an empty one it is all there is."""
    one = scores([{Measure.CUE: Tally(1, 2, 1, 2)}])
    assert one[Measure.CUE].interval == Interval(0.5, 0.5)
    both = [{Measure.CUE: Tally(1, 1, 1, 1)}, {Measure.CUE: Tally(0, 1, 0, 1)}]
    assert scores(both)[Measure.CUE].interval == Interval(0.0, 1.0)
    assert scores(both) == scores(both)


def test_no_documents_have_no_scores() -> None:
    """Nothing is measured on nothing."""
    assert scores([]) == {}


# Showing ------------------------------------------------------------------------------------------------------------


def test_markdown_has_a_line_a_measure() -> None:
    """The README's table shows precision, recall, F1, the interval and the counts."""
    part = Part.of("open", [("minutes", score(GOLD, PREDICTED))])
    assert "| who said what | 0.500 | 0.667 | 0.571 | 0.571–0.571 | 4 | 3 |" in to_markdown([part]).splitlines()


def test_misses_tell_what_is_wrong() -> None:
    """Each line names what was missed, made up or wrong."""
    lines = list(misses(GOLD, PREDICTED))
    assert "made up  board | The board met" in lines
    assert "made up  figure “no money”" in lines
    assert any(
        line.startswith("wrong    Jo Doe | It has no money: source is she; claimant Doe is Jo Doe") for line in lines
    )
    assert "missed   she | It has no money" in list(misses(GOLD, Prediction()))


def _nothing(texts: Iterable[str], *, jobs: int = 1) -> Iterator[Prediction]:
    for _ in texts:
        yield Prediction()


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """A gold set of one document in each half."""
    put(tmp_path / "open")
    put(tmp_path / "blind", name="trade-press-02-anyshire-wards")
    return tmp_path


def test_the_blind_half_is_read_only_when_asked_for(
    gold: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without --blind only the open half is measured; the articles that are not at hand are told of."""
    monkeypatch.setattr(accuracy, "predict", _nothing)
    options = ["--gold", str(gold), "--texts", str(gold / "none"), "--json", str(gold / "figures.json")]
    assert accuracy.main(options) == 0
    assert "The articles are not measured" in capsys.readouterr().err
    assert [part["name"] for part in json.loads((gold / "figures.json").read_text())] == ["open"]
    assert accuracy.main([*options, "--blind", "--misses"]) == 0
    parts = json.loads((gold / "figures.json").read_text())
    assert [(part["name"], part["measures"]["who said what"]["wanted"]) for part in parts] == [
        ("open", 4),
        ("blind", 4),
    ]
    assert "trade-press-02" not in capsys.readouterr().out


def test_proposals_are_written_for_other_scorers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each text of a JSON Lines file becomes a line with source, cue and content as offsets."""

    def one_claim(texts: Iterable[str], *, jobs: int = 1) -> Iterator[Prediction]:
        for text in texts:
            claim = PredictedClaim(content=(Span(9, len(text)),), source=Span(0, 3), cue=(Span(4, 8),))
            yield Prediction(claims=(claim, PredictedClaim(content=(Span(0, 3), Span(9, 11)))))

    monkeypatch.setattr(accuracy, "predict", one_claim)
    source, target = tmp_path / "texts.jsonl", tmp_path / "out.jsonl"
    source.write_text('{"id": "a", "text": "Doe said yes", "attributions": []}\n\n', encoding="utf-8")
    assert accuracy.main(["--jsonl", str(source), str(target)]) == 0
    assert [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()] == [
        {
            "id": "a",
            "attributions": [
                {"source": [[0, 3]], "cue": [[4, 8]], "content": [[9, 12]]},
                {"source": None, "cue": [], "content": [[0, 3], [9, 11]]},
            ],
        }
    ]
    assert accuracy.main(["--jsonl", str(source), str(target), "--univocal"]) == 0
    [line] = target.read_text(encoding="utf-8").splitlines()
    assert [one["content"] for one in json.loads(line)["attributions"]] == [[[9, 12]]]  # somebody named says it


def test_a_line_without_a_text_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message names the line that is no document."""
    monkeypatch.setattr(accuracy, "predict", _nothing)
    with pytest.raises(BadData, match="line 2: expected a JSON object with id and text"):
        list(accuracy.to_jsonl(['{"id": 1, "text": "a"}', '{"id": 2}']))


def test_the_accepted_graph_is_a_gold_set() -> None:
    """The articles' claims come with their words, their claimants' names and the posts they speak in."""
    if not TEXTS.is_dir():
        pytest.skip(f"no source texts at {TEXTS}; name their folder in STPGRAPH_TEXTS")
    first, second = read_accepted(TEXTS)
    assert (first.name, len(second.figures)) == ("2016-11-21-pse-council-capabilities-must-be-put-to-use", 9)
    spoken = [claim for claim in second.claims if ("Rob Whiteman", "Mr Whiteman") in claim.claimants]
    assert {claim.source.of(second.text) for claim in spoken if claim.source} == {"Rob Whiteman", "Mr Whiteman"}
    assert all("chief executive of CIPFA" in claim.speaking_as for claim in spoken)
    quarter = next(figure for figure in second.figures if figure.words.of(second.text) == "a quarter")
    assert (quarter.value, quarter.unit, quarter.numerator, quarter.denominator) == (25.0, "PERCENT", 1, 4)
    assert quarter.of_claim is not None
    assert "respondents" in second.claims[quarter.of_claim].claimants[0]
