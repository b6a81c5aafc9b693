"""Parsing: texts in, their paragraphs out in order, each where it stands."""

from __future__ import annotations

import sys
from itertools import count, islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stpgraph.errors import MissingExtra
from stpgraph.extraction.parsing import MODEL, Paragraph, Reading, load_model, read_paragraphs
from stpgraph.extraction.quotations import Quotation, find_paragraphs, find_quotations
from stpgraph.extraction.spans import Span


def _read(text: str) -> Reading:
    [reading] = read_paragraphs([text])
    return reading


def _words(paragraph: Paragraph) -> list[str]:
    """Return the words of a parse, without space."""
    return [] if paragraph.parse is None else [token.text for token in paragraph.parse if not token.is_space]


def test_texts_come_in_order() -> None:
    """Each text comes as it was given, in its turn, however many there are."""
    texts = [f"Doe met {number} nurses.\nPoe met {number} doctors." for number in range(40)]
    readings = list(read_paragraphs(texts))
    assert [reading.text for reading in readings] == texts
    assert [_words(reading.paragraphs[1]) for reading in readings] == [
        ["Poe", "met", str(number), "doctors", "."] for number in range(40)
    ]


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param([""], id="alone"),
        pytest.param(["", "", ""], id="among their like"),
        pytest.param(["", "The board met."], id="first"),
        pytest.param(["The board met.", ""], id="last"),
        pytest.param(["The board met.", " \n\n ", "", "The board left.\n\nDoe stayed."], id="between"),
    ],
)
def test_a_text_without_paragraphs_keeps_its_turn(texts: list[str]) -> None:
    """Empty and blank texts have no paragraphs, and shift nothing of the texts around them."""
    readings = list(read_paragraphs(texts))
    assert [reading.text for reading in readings] == texts
    assert [[paragraph.parse.text for paragraph in reading.paragraphs if paragraph.parse] for reading in readings] == [
        [span.of(text) for span in find_paragraphs(text)] for text in texts
    ]


def test_no_texts_have_no_readings() -> None:
    """Nothing in, nothing out."""
    assert list(read_paragraphs([])) == []


def test_a_paragraph_has_its_place_its_quotations_and_its_parse() -> None:
    """Paragraphs are lines: where they stand, what is quoted in them, and their words with relations."""
    reading = _read("The board met.\n\n  “No,” said Doe. \n")
    first, second = reading.paragraphs
    assert (first.span, first.quotations) == (Span(0, 14), ())
    assert (second.span, second.quotations) == (Span(18, 33), (Quotation(span=Span(18, 23), inner=Span(19, 22)),))
    assert _words(first) == ["The", "board", "met", "."]
    assert first.parse is not None
    assert [(token.text, token.dep_) for token in first.parse][1:3] == [("board", "nsubj"), ("met", "ROOT")]


def test_a_quotation_that_runs_on_is_known_across_paragraphs() -> None:
    """Quotations are found over the whole text, not paragraph by paragraph."""
    first, second = _read("“None came.\n“We will wait,” said Doe.").paragraphs
    assert [one.runs_on for one in first.quotations] == [True]
    assert [one.is_closed for one in second.quotations] == [True]


def test_only_wanted_paragraphs_are_parsed() -> None:
    """A paragraph that is not wanted has its place and its quotations, and no parse."""
    text = "The board met.\n“No,” said Doe.\nIt rained."
    [reading] = read_paragraphs([text], is_wanted=lambda paragraph: "said" not in paragraph)
    assert [paragraph.span for paragraph in reading.paragraphs] == [Span(0, 14), Span(15, 30), Span(31, 41)]
    assert [_words(paragraph) for paragraph in reading.paragraphs] == [
        ["The", "board", "met", "."],
        [],
        ["It", "rained", "."],
    ]
    assert reading.paragraphs[1].parse is None
    assert reading.paragraphs[1].quotations == (Quotation(span=Span(15, 20), inner=Span(16, 19)),)


def test_nothing_wanted_is_nothing_parsed() -> None:
    """Texts of which no paragraph is wanted come all the same, each in its turn."""
    texts = ["The board met.\nIt rained.", "", "Doe left."]
    readings = list(read_paragraphs(texts, is_wanted=lambda _: False))
    assert [reading.text for reading in readings] == texts
    assert [[one.parse for one in reading.paragraphs] for reading in readings] == [[None, None], [], [None]]


def test_it_is_asked_of_each_paragraph_once() -> None:
    """Whether a paragraph is wanted is asked of its words without the space around them, in order."""
    asked: list[str] = []
    list(read_paragraphs(["  One. \n\nTwo.", "Three."], is_wanted=lambda paragraph: not asked.append(paragraph)))  # type: ignore[func-returns-value]
    assert asked == ["One.", "Two.", "Three."]


def test_texts_are_taken_as_they_are_needed() -> None:
    """A stream that never ends can be read from."""
    endless = (f"Doe met {number} nurses." for number in count())
    assert [reading.text for reading in islice(read_paragraphs(endless), 2)] == [
        "Doe met 0 nurses.",
        "Doe met 1 nurses.",
    ]


def test_places_count_code_points() -> None:
    """Characters beyond the first plane count as one, in the paragraphs before and in the paragraph itself."""
    text = "\U0001f600\U0001f600 It rained.\n\U0001f691 Jo Doe left."
    paragraph = _read(text).paragraphs[1]
    assert paragraph.parse is not None
    place = next(token for token in paragraph.parse if token.text == "Doe")
    assert paragraph.span_of(place) == Span(19, 22)
    assert paragraph.span_of(paragraph.parse[place.i - 1 : place.i + 2]) == Span(16, 27)
    assert paragraph.span_of(paragraph.parse[place.i - 1 : place.i + 2]).of(text) == "Jo Doe left"


@pytest.mark.parametrize("space", ["\u00a0", "\u2009", "\u202f", "\t"])
def test_odd_spaces_part_words_as_plain_ones_do(space: str) -> None:
    """The model sees a plain space; the text keeps its own, and places stay as they are."""
    text = f"Jo{space}Doe said it{space}rained."
    reading = _read(text)
    [paragraph] = reading.paragraphs
    assert reading.text == text
    assert _words(paragraph) == ["Jo", "Doe", "said", "it", "rained", "."]
    assert [paragraph.span_of(token) for token in paragraph.parse or ()][4] == Span(15, 21)


def test_words_are_found_by_their_place() -> None:
    """A span gives the words that lie in it, a part of a word the whole, and a span elsewhere none."""
    paragraph = _read("It rained.\nThe board met Jo Doe.").paragraphs[1]
    spans = [Span(15, 20), Span(16, 17), Span(15, 24), Span(0, 32), Span(0, 4), Span(40, 50)]
    assert [[token.text for token in paragraph.tokens_in(span)] for span in spans] == [
        ["board"],
        ["board"],
        ["board", "met"],
        ["The", "board", "met", "Jo", "Doe", "."],
        [],
        [],
    ]


def test_a_paragraph_that_was_not_parsed_has_no_words() -> None:
    """Without a parse no words are found in any span."""
    assert Paragraph(Span(0, 10), (), None).tokens_in(Span(0, 5)) == []


def test_a_model_that_is_not_there_is_named() -> None:
    """An unknown model is a part of the installation that is missing, and the message says which and what to do."""
    with pytest.raises(MissingExtra, match=r"en_nowhere_sm is not installed; install it, or leave out --model"):
        list(read_paragraphs(["It rained."], model="en_nowhere_sm"))


def test_without_spacy_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where spaCy is not installed, the message names the extra."""
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(MissingExtra, match=r"pip install 'stpgraph\[read\]', or '\.\[read\]'"):
        load_model("en_never_loaded")


def test_a_model_is_loaded_once() -> None:
    """The same name gives the same model, without the parts that no rule needs."""
    nlp = load_model(MODEL)
    assert load_model(MODEL) is nlp
    assert not {"ner", "senter"} & set(nlp.pipe_names)
    assert {"tagger", "parser", "lemmatizer"} <= set(nlp.pipe_names)


LINES = st.text(alphabet="aB9 .,“”‘’'\"\t\u00a0\u2009\u202f\u200f\u05d0\U0001f600\x0b\x1c\u2028-", max_size=20)


@given(st.lists(st.lists(LINES, max_size=4).map("\n".join), max_size=4), st.booleans())
def test_any_text_is_read_whole(texts: list[str], is_choosy: bool) -> None:
    """Texts come back as they are, and every word stands where its paragraph says, a plain space for an odd one."""
    readings = list(read_paragraphs(texts, is_wanted=(lambda words: "a" in words) if is_choosy else None))
    assert [reading.text for reading in readings] == texts
    for text, reading in zip(texts, readings, strict=True):
        assert [paragraph.span for paragraph in reading.paragraphs] == find_paragraphs(text)
        assert [list(paragraph.quotations) for paragraph in reading.paragraphs] == find_quotations(text)
        for paragraph in reading.paragraphs:
            words = paragraph.span.of(text)
            assert (paragraph.parse is not None) == (not is_choosy or "a" in words)
            seen = words.translate(dict.fromkeys(map(ord, "\t\u00a0\u2009\u202f"), " "))
            if paragraph.parse is not None:
                assert paragraph.parse.text == seen
                moved = [
                    (paragraph.span_of(token).moved(-paragraph.span.start), token.text) for token in paragraph.parse
                ]
                assert [(span, word) for span, word in moved if span.of(seen) != word] == []
