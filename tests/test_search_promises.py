"""Words of a search at their bounds: how long, how many, how near, and what of a long text is shown."""

from __future__ import annotations

import pytest

from stpgraph.errors import BadParameter
from stpgraph.search.answers import Snippet
from stpgraph.search.periods import Days, periods_of
from stpgraph.search.snippets import snippet
from stpgraph.search.spelling import like_paths, nearest_words
from stpgraph.search.words import parse, stem, words_of


@pytest.mark.parametrize(
    ("word", "expected"),
    [("gps", "gps"), ("plans", "plan"), ("ties", "tie"), ("duties", "duty"), ("bus", "bus"), ("status", "status")],
)
def test_short_words_keep_their_s(word: str, expected: str) -> None:
    """A word of three letters is no plural, and of four letters "ies" is not that of a word on y."""
    assert stem(word) == expected


def test_a_text_of_four_thousand_characters_is_read_whole() -> None:
    """Only a longer text is cut, and says so."""
    text = "trust " * 666 + "plan"
    assert len(text) == 4_000
    assert not parse(text).is_cut
    assert parse(text + "s").is_cut


def test_a_long_word_is_read_to_its_sixty_fourth_letter() -> None:
    """What follows tells nothing more."""
    assert [one.words for one in parse("a" * 65).wanted] == [("a" * 64,)]


def test_what_is_left_out_counts_wanted_and_unwanted_terms() -> None:
    """Of each there are 32; of 33 wanted and 34 unwanted ones 1 and 2 are left out."""
    text = " ".join([*(f"w{n}" for n in range(33)), *(f"-x{n}" for n in range(34))])
    asked = parse(text)
    assert (len(asked.wanted), len(asked.excluded), asked.left_out) == (32, 32, 3)
    assert asked.wanted[-1].words == ("w31",)
    assert asked.excluded[-1].words == ("x31",)
    assert parse(" ".join(f"-x{n}" for n in range(33))).left_out == 1


@pytest.mark.parametrize(
    ("text", "excluded"),
    [('trust -"joint money"', ("joint", "money")), ("trust -5", ("5",)), ("-a trust", ("a",)), ("trust −a", None)],
)
def test_a_minus_excludes_words_and_phrases(text: str, excluded: tuple[str, ...] | None) -> None:
    """A minus goes before a phrase, a letter or a digit; another stroke excludes nothing."""
    assert [one.words for one in parse(text).excluded] == ([excluded] if excluded else [])


def test_accents_make_no_other_words() -> None:
    """A text with accents and one without are parted into the same words."""
    assert words_of("Zoé’s Café-Plan") == words_of("Zoe's Cafe-Plan") == ["zoes", "cafe", "plan"]


@pytest.mark.parametrize(
    ("word", "words", "expected"),
    [
        ("abc", ["abd"], []),
        ("abcd", ["abce"], [0]),
        ("abcdefg", ["abcdexx"], []),
        ("abcdefgh", ["abcdefxx"], [0]),
        ("abcdefgh", ["abcdefxx", "abcdefgx"], [1]),
        ("abcd", ["abcd", "abce"], [1]),
        ("abcd", ["abc4", "abce"], [1]),
        ("abc4", ["abcd"], []),
        ("abcd", ["abce", "abcf", "abcg", "abch"], [0, 1, 2]),
        ("abcd", ["wxyz"], []),
    ],
)
def test_slips_are_counted(word: str, words: list[str], expected: list[int]) -> None:
    """Four letters may have one slip, eight two; the nearest words are meant, three at most, none with a digit."""
    assert nearest_words(word, words, lambda _: 1) == expected


def test_the_most_used_word_was_meant() -> None:
    """Of words as near as each other the most used comes first, and what stands nowhere is not meant."""
    uses = [1, 5, 0]
    assert nearest_words("abcd", ["abce", "abcf", "abcg"], lambda number: uses[number]) == [1, 0]


def test_the_likest_path_comes_first() -> None:
    """Of paths as like as each other the first comes first, and no more come than were asked for."""
    paths = ["person/jo-dox", "person/jo-doe", "person/jo-doz", "study/survey"]
    assert like_paths("person/jo-doe", paths, 2) == [1, 0]
    assert like_paths("person/jo-doe", paths, 9) == [1, 0, 2]


def test_a_long_text_is_cut_around_its_first_find() -> None:
    """Some sixty characters stand before it, 240 in all, cut between words, with the find marked where it moved to."""
    text = "a " * 100 + "trust " + "b " * 100
    # The find is at 200. From 140 on the first space is at 141; 142 + 240 = 382, and the last space before is at 381.
    shown = "… " + "a " * 29 + "trust " + "b " * 87 + "b" + " …"
    assert snippet([("summary", text)], {"trust"}) == Snippet(field="summary", text=shown, marks=((60, 65),))


@pytest.mark.parametrize(
    ("text", "expected", "marks"),
    [
        ("ab " * 80, "ab " * 80, ()),
        ("ab " * 80 + "c", "ab " * 79 + "ab …", ()),
        ("x" * 59 + " trust" + " b" * 100, "x" * 59 + " trust" + " b" * 87 + " …", ((60, 65),)),
        ("x" * 60 + " trust" + " b" * 100, "… trust" + " b" * 100, ((2, 7),)),
        ("trust " + "b " * 130 + "trust", "trust " + "b " * 116 + "b …", ((0, 5),)),
        ("trust " + "b " * 114 + "trust" + " b" * 50, "trust " + "b " * 114 + "trust …", ((0, 5), (234, 239))),
        ("x" * 80 + " trust", "x" * 80 + " trust", ((81, 86),)),
        ("trust " + "x" * 300, "trust " + "x" * 114 + " …", ((0, 5),)),
    ],
    ids=[
        *("just whole", "one too many", "find near enough", "find too far", "find beyond the end", "find at the end"),
        *("short", "no space to cut at"),
    ],
)
def test_texts_at_the_bounds(text: str, expected: str, marks: tuple[tuple[int, int], ...]) -> None:
    """240 characters are shown whole; a find in the first 60 needs no cut before it; what is cut away is not marked."""
    assert snippet([("summary", text)], {"trust"}) == Snippet(field="summary", text=expected, marks=marks)


def test_a_find_is_never_cut() -> None:
    """A word that is longer than what is shown stands whole."""
    word = "x" * 300
    assert snippet([("summary", f"{word} b")], {word}) == Snippet(field="summary", text=f"{word} …", marks=((0, 300),))


def test_without_words_the_first_text_is_shown() -> None:
    """Nothing is marked in it."""
    assert snippet([("summary", "Trust."), ("outlet", "Gazette")], set()) == Snippet(
        field="summary", text="Trust.", marks=()
    )


#: Days as precise as known.
_DAYS = ["2016-11-21", "2016-11", "2016", "", "2017-01-01"]


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("2016-11-22", "", [False, True, True, False, True]),
        ("", "2016-10", [False, False, True, False, False]),
        ("", "2016-11", [True, True, True, False, False]),
        ("2016-11-21", "2016-11-21", [True, True, True, False, False]),
        ("2016", "2016-05", [False, False, True, False, False]),
        ("2016-12", "2016", [False, False, True, False, False]),
        ("2017", "", [False, False, False, False, True]),
    ],
)
def test_days_are_held_against_limits_as_far_as_both_go(since: str, until: str, expected: list[bool]) -> None:
    """A year is in each of its months, a month in each of its days, and an unknown day in no period."""
    mask = Days(Days.arrays_of(_DAYS)).mask(since, until)
    assert mask is not None
    assert mask.tolist() == expected


def test_no_limits_leave_all_days() -> None:
    """Then the unknown ones are in, too; a period that ends before it begins is refused."""
    days = Days(Days.arrays_of(_DAYS))
    assert days.mask("", "") is None
    for since, until in (("2017", "2016-12"), ("2016-12", "2016-11"), ("2016-11-02", "2016-11-01")):
        with pytest.raises(BadParameter, match="turn them round"):
            days.mask(since, until)


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2016-11", ("2016", "2016-11")), ("2016-13", ()), ("2016-11-21Z", ("2016", "2016-11")), ("November", ())],
)
def test_the_month_and_year_of_a_day(day: str, expected: tuple[str, ...]) -> None:
    """A day counts in its month and year, whatever follows it; what is no day counts in none."""
    assert periods_of(day) == expected
