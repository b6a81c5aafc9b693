"""Quotations: curly, straight, single and double, over paragraphs, and marks that are none."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stpgraph.extraction.quotations import Quotation, find_paragraphs, find_quotations
from stpgraph.extraction.spans import Span

#: One paragraph each, and what is quoted in it, without its marks.
QUOTED = {
    "curly": ("“We will wait,” said Jo Doe.", ["We will wait,"]),
    "straight": ('"We will wait," said Jo Doe.', ["We will wait,"]),
    "single": ("‘We will wait,’ said Jo Doe.", ["We will wait,"]),
    "plain": ("'We will wait,' said Jo Doe.", ["We will wait,"]),
    "two apostrophes": ("''We will wait,'' said Jo Doe.", ["We will wait,"]),
    "two accents": ("``We will wait,'' said Jo Doe.", ["We will wait,"]),
    "guillemets": ("«We will wait,» said Jo Doe.", ["We will wait,"]),
    "opened curly, closed straight": ('“We will wait," said Jo Doe.', ["We will wait,"]),
    "split": ("“We will,” she said, “wait.”", ["We will,", "wait."]),
    "split, single": ("‘We will,’ she said, ‘wait.’", ["We will,", "wait."]),
    "split, plain": ("'We will,' she said, 'wait.'", ["We will,", "wait."]),
    "side by side": ("“One.” “Two.”", ["One.", "Two."]),
    "side by side, straight": ('"One." "Two."', ["One.", "Two."]),
    "apostrophes within single ones": (
        "‘We don’t know the council’s plan,’ she said.",
        ["We don’t know the council’s plan,"],
    ),
    "apostrophes within plain ones": (
        "'We don't know the council's plan,' she said.",
        ["We don't know the council's plan,"],
    ),
    "plural possessive within single ones": (
        "‘The councils’ plans are dead,’ said Jo Doe.",
        ["The councils’ plans are dead,"],
    ),
    "plural possessive within plain ones": (
        "'The councils' plans are dead,' said Jo Doe.",
        ["The councils' plans are dead,"],
    ),
    "two plural possessives": (
        "‘The trusts’ and councils’ plans can’t work.’",
        ["The trusts’ and councils’ plans can’t work."],
    ),
    "clipped words within plain ones": ("'We want 'em out,' said Kit Poe.", ["We want 'em out,"]),
    "nested, double in single": ("‘He told us “no” twice,’ she said.", ["He told us “no” twice,"]),
    "nested, single in double": ("“He told us ‘no’ twice,” she said.", ["He told us ‘no’ twice,"]),
    "nested, plain in straight": ("\"He told us 'no' twice,\" she said.", ["He told us 'no' twice,"]),
    "nested, straight in plain": ("'He told us \"no\" twice,' she said.", ['He told us "no" twice,']),
    "a title": ("Her book ‘Nine Wards’ is out.", ["Nine Wards"]),
    "a scare quote": ("The “savings” are small.", ["savings"]),
    "two scare quotes that end in s": ("The ‘savings’ and ‘gains’ are small.", ["savings", "gains"]),
    "a scare quote that ends in s before another": ("The ‘savings’ are ‘small’.", ["savings", "small"]),
    "the same, plain": ("The 'savings' are 'small'.", ["savings", "small"]),
    "after a bracket": ("The ward (“a shed”) is shut.", ["a shed"]),
    "after a dash": ("She was blunt—'we will wait'.", ["we will wait"]),
    "after a colon without a space": ('She said:"We will wait."', ["We will wait."]),
    "right to left": ("“שלום וברכה,” אמר דו.", ["שלום וברכה,"]),
    "with a figure": ("“£5m,” she said.", ["£5m,"]),
    "beyond the first plane": ("\U0001f600 “We will wait,” she said.", ["We will wait,"]),
}

#: One paragraph each, in which nothing is quoted.
NOT_QUOTED = {
    "nothing": "",
    "blank": " \t ",
    "no marks": "The board met in May.",
    "a plural possessive": "The councils’ plans and the trusts’ sums were late.",
    "a plural possessive, plain": "The councils' plans and the trusts' sums were late.",
    "contractions": "It's the board's call, and they can't say it isn’t.",
    "a name with an apostrophe": "Kit O'Poe met Jo D’Oe.",
    "a decade": "In the '90s and the ’80s the ward was full.",
    "clipped words": "It was rock 'n' roll, so get 'em in.",
    "inches": 'A 6" pipe burst in the ward.',
    "feet": "A 6' wall fell.",
    "a closing mark alone": "The board met” in May.",
    "a closing straight mark alone": 'The board met" in May.',
    "an opening mark in the middle": "The board “met in May.",
    "an opening single mark in the middle": "The board ‘met in May.",
    "an opening plain mark in the middle": "The board 'met in May.",
    "an opening mark at the end": "The board met in May. “",
    "nothing between marks": "The sign said “” and ''.",
    "a mark between spaces": 'The board " met.',
}


def _inner(text: str) -> list[list[str]]:
    return [[quotation.inner.of(text) for quotation in here] for here in find_quotations(text)]


@pytest.mark.parametrize(("text", "quoted"), QUOTED.values(), ids=QUOTED)
def test_what_stands_between_marks_is_quoted(text: str, quoted: list[str]) -> None:
    """Marks of each kind are paired, apostrophes are not taken for them, and what lies within is left to the whole."""
    assert _inner(text) == [quoted]


@pytest.mark.parametrize("text", NOT_QUOTED.values(), ids=NOT_QUOTED)
def test_a_mark_without_a_partner_quotes_nothing(text: str) -> None:
    """Apostrophes, inches and strays open no quotation."""
    assert [here for here in _inner(text) if here] == []


def test_a_quotation_has_its_marks_and_its_words() -> None:
    """The span of a quotation has its marks, the inner one has not, and single ones are told apart."""
    assert find_quotations("Doe said ‘no’ and “yes”.") == [
        [
            Quotation(span=Span(9, 13), inner=Span(10, 12), is_single=True),
            Quotation(span=Span(18, 23), inner=Span(19, 22)),
        ]
    ]


def test_a_mark_of_two_characters_is_left_out_whole() -> None:
    """Two apostrophes are one mark."""
    assert find_quotations("''No,'' she said.") == [[Quotation(span=Span(0, 7), inner=Span(2, 5))]]


#: Paragraphs, and for each quotation its words, whether it is closed, and whether it runs on.
OVER_PARAGRAPHS = {
    "double": (
        "“None came.\n“We will wait,” she said.",
        [[("None came.", False, True)], [("We will wait,", True, False)]],
    ),
    "double, three": (
        "“One.\n“Two.\n“Three.”",
        [[("One.", False, True)], [("Two.", False, True)], [("Three.", True, False)]],
    ),
    "single": (
        "‘None came.\n‘We will wait,’ she said.",
        [[("None came.", False, True)], [("We will wait,", True, False)]],
    ),
    "straight": (
        '"None came.\n"We will wait," she said.',
        [[("None came.", False, True)], [("We will wait,", True, False)]],
    ),
    "plain": (
        "'None came.\n'We don't mind,' she said.",
        [[("None came.", False, True)], [("We don't mind,", True, False)]],
    ),
    "after a cue": (
        "She said: “None came.\n“We will wait.”",
        [[("None came.", False, True)], [("We will wait.", True, False)]],
    ),
    "after another": (
        "“Yes,” she said. “None came.\n“We will wait.”",
        [[("Yes,", True, False), ("None came.", False, True)], [("We will wait.", True, False)]],
    ),
    "with a blank line between": (
        "“None came.\n\n“We will wait.”",
        [[("None came.", False, True)], [("We will wait.", True, False)]],
    ),
    "never closed": ("“None came.\nThe board met.", [[("None came.", False, False)], []]),
    "never closed, after a colon": ("She said: “None came.\nThe board met.", [[("None came.", False, False)], []]),
    "closed before": (
        "“None came.”\n“We will wait.”",
        [[("None came.", True, False)], [("We will wait.", True, False)]],
    ),
    "not where the next one stands further on": (
        "The board “met in May.\nDoe said “no” twice.",
        [[], [("no", True, False)]],
    ),
    "not into marks of another kind": (
        "“None came.\n‘Nine Wards’ is her book.",
        [[("None came.", False, False)], [("Nine Wards", True, False)]],
    ),
}


@pytest.mark.parametrize(("text", "quoted"), OVER_PARAGRAPHS.values(), ids=OVER_PARAGRAPHS)
def test_a_quotation_runs_on_where_the_next_paragraph_opens_again(
    text: str, quoted: list[list[tuple[str, bool, bool]]]
) -> None:
    """A paragraph whose quotation is not closed goes on with the next that opens with the same kind of mark."""
    found = find_quotations(text)
    assert [[(one.inner.of(text), one.is_closed, one.runs_on) for one in here] for here in found] == quoted


def test_paragraphs_may_be_given() -> None:
    """Only the paragraphs that are given are looked at, in their order."""
    text = "“One.”\n“Two.”\n“Three.”"
    found = find_quotations(text, [Span(0, 6), Span(14, 22)])
    assert [[one.inner.of(text) for one in here] for here in found] == [["One."], ["Three."]]


def test_a_paragraph_is_a_line_with_something_on_it() -> None:
    """Blank lines are no paragraphs, and the space around a line is no part of it."""
    text = "\n  One two. \n\u00a0\n\nThree.\u00a0\n\tFour"
    assert find_paragraphs(text) == [Span(3, 11), Span(16, 22), Span(25, 29)]


def test_no_text_has_no_paragraphs() -> None:
    """Nothing, and nothing but space, have no paragraphs and no quotations."""
    assert [(find_paragraphs(text), find_quotations(text)) for text in ("", " \n\t\n ")] == [([], []), ([], [])]


@pytest.mark.parametrize("piece", [" ", "'a ", '"a ', "‘as ", "‘as’ b ", "“a ", "''"])
def test_a_long_line_is_read_in_its_stride(piece: str) -> None:
    """A line of tens of thousands of marks has its paragraph, or none where it is blank, and is soon read."""
    text = piece * 20_000
    assert len(find_quotations(text)) == len(find_paragraphs(text)) == (0 if piece == " " else 1)


MARKS = "“”„«»\"‘’'`"
TEXTS = st.text() | st.lists(
    st.sampled_from(
        [*MARKS, "``", "''", " ", "\n", "s", "S", "said ", "n’t", "'90s", ",", ".", ":", "—", "ש", "\U0001f600"]
    ),
    max_size=40,
).map("".join)


@given(TEXTS)
def test_any_text_is_read(text: str) -> None:
    """No text raises; quotations lie in their paragraphs in order, apart, and with a mark at each end that has one."""
    paragraphs = find_paragraphs(text)
    found = find_quotations(text)
    assert len(found) == len(paragraphs)
    for paragraph, here in zip(paragraphs, found, strict=True):
        assert [one for one in here if not paragraph.holds(one.span) or not one.span.holds(one.inner)] == []
        assert [pair for pair in pairwise(here) if pair[0].span.end > pair[1].span.start] == []
        assert [one for one in here if not len(one.inner) or (one.runs_on and one.is_closed)] == []
        assert [one for one in here if not _is_marked(text, one)] == []


def _is_marked(text: str, one: Quotation) -> bool:
    """Say whether a quotation begins with a mark, and ends with one if it is closed and where it stops if not."""
    opening, closing = text[one.span.start : one.inner.start], text[one.inner.end : one.span.end]
    begins = opening in {"“", "„", "«", '"', "‘", "'", "``", "''"}
    ends = closing in {"”", "»", '"', "’", "'", "''"} if one.is_closed else closing == ""
    return begins and ends and one.is_single == (opening in {"‘", "'"})


@given(TEXTS)
def test_paragraphs_leave_nothing_out(text: str) -> None:
    """Paragraphs are in order and on one line each, begin and end with no space, and have all that is no space."""
    paragraphs = find_paragraphs(text)
    words = [span.of(text) for span in paragraphs]
    assert [word for word in words if word != word.strip() or not word or "\n" in word] == []
    assert [pair for pair in pairwise(paragraphs) if pair[0].end >= pair[1].start] == []
    assert "".join("".join(words).split()) == "".join(text.split())


@given(TEXTS)
def test_a_paragraph_is_read_alone_as_among_others(text: str) -> None:
    """Where no quotation is left open, each paragraph has the quotations it has on its own."""
    together = find_quotations(text)
    if all(one.is_closed for here in together for one in here):
        words = [span.of(text) for span in find_paragraphs(text)]
        alone = [[one.inner.of(word) for here in find_quotations(word) for one in here] for word in words]
        assert [[one.inner.of(text) for one in here] for here in together] == alone
