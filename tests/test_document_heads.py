"""What the head of a text states, and the language of its words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stpgraph.documents.dates import read_date, read_stated_date
from stpgraph.documents.headings import Heading, read_heading
from stpgraph.documents.languages import find_language
from stpgraph.records import check_iso_date


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("21.11.16", "2016-11-21"),
        ("21/11/2016", "2016-11-21"),
        ("1-2-2016", "2016-02-01"),
        ("03.04.16", "2016-04-03"),
        ("21.11.68", "2068-11-21"),
        ("21.11.69", "1969-11-21"),
        ("2016-11-21", "2016-11-21"),
        ("21 November 2016", "2016-11-21"),
        ("21st Nov. 2016", "2016-11-21"),
        ("1 of May 16", "2016-05-01"),
        ("Monday 21 November 2016", "2016-11-21"),
        ("Mon, 21 Nov 2016, 10.30am GMT", "2016-11-21"),
        ("21 November 2016 at 00:01", "2016-11-21"),
        ("November 21, 2016", "2016-11-21"),
        ("Sept 3 2016", "2016-09-03"),
        ("November 2016", "2016-11"),
        ("11/21/2016", None),
        ("30 February 2016", None),
        ("29.02.15", None),
        ("29.02.16", "2016-02-29"),
        ("21.11/16", None),
        ("2016", None),
        ("21 November", None),
        ("on 21 November 2016", None),
        ("1.5.2.16", None),
        ("", None),
    ],
)
def test_written_dates(text: str, day: str | None) -> None:
    """Dates are day first, as precise as written, and days of the calendar."""
    assert read_date(text) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2016-11-21T23:30:00-05:00", "2016-11-21"),
        ("2016-11", "2016-11"),
        ("2016", "2016"),
        ("21 November 2016", "2016-11-21"),
        ("21/11/2016", None),
        ("03.04.16", None),
        ("0001-01-01T00:00:00", None),
        ("1970-01-01", None),
        ("1970-01-02", "1970-01-02"),
        ("2016-13-01", None),
        ("20161121", None),
    ],
)
def test_dates_for_machines(text: str, day: str | None) -> None:
    """A file's date is ISO 8601 or has the month in words; what programs write for "unknown" is none."""
    assert read_stated_date(text) == day


@given(st.text(max_size=30) | st.from_regex(r"[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4}", fullmatch=True))
def test_a_date_is_always_one(text: str) -> None:
    """Whatever is read as a date is a date of the calendar, or nothing."""
    for found in (read_date(text), read_stated_date(text)):
        assert found is None or check_iso_date(found, where="here") == found


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("21.11.16\nCuts ahead\nThe council said.", Heading(title="Cuts ahead", issued="2016-11-21")),
        (
            "Jo Doe 21 September 2017\n\nCuts ahead\n",
            Heading(title="Cuts ahead", authors=("Jo Doe",), issued="2017-09-21"),
        ),
        (
            "Cuts ahead\nBy Jo Doe, Kit Poe and Ann O’Poe 21 September 2017\n",
            Heading(title="Cuts ahead", authors=("Jo Doe", "Kit Poe", "Ann O’Poe"), issued="2017-09-21"),
        ),
        ("Cuts ahead\nBy Jo van Doe, health editor\n", Heading(title="Cuts ahead", authors=("Jo van Doe",))),
        (
            "Cuts ahead\nPublished: 21 September 2017, 10:30am\n",
            Heading(title="Cuts ahead", issued="2017-09-21"),
        ),
        (
            "Cuts ahead\n21 September 2017 | By Jo Doe\n",
            Heading(title="Cuts ahead", authors=("Jo Doe",), issued="2017-09-21"),
        ),
        ("PRESS RELEASE\nCuts ahead\n", Heading(title="Cuts ahead")),
        ("Cuts ahead\nAnyshire Gazette, 12 March 2018\nThe", Heading(title="Cuts ahead", issued="2018-03-12")),
        ("Cuts ahead\nThe Council of Norbury | March 2018\n", Heading(title="Cuts ahead", issued="2018-03")),
        ("Cuts ahead\nThe council met, 12 March 2018\n", Heading(title="Cuts ahead")),
        ("Cuts ahead\nAnyshire Gazette, 12 March 2018, saw it.\n", Heading(title="Cuts ahead")),
        ("Norbury Council 21 September 2017\n", Heading(title="Norbury Council 21 September 2017")),
        ("Press Release 21 September 2017\n", Heading(title="Press Release 21 September 2017")),
        ("The council met on 21 September 2017.\nBy the river\n", Heading()),
        ("By the river, trees fall\n", Heading(title="By the river, trees fall")),
        ("He said “no.”\nCuts\n", Heading()),
        ("x" * 200 + "\n", Heading(title="x" * 200)),
        ("x" * 201 + "\nCuts\n", Heading()),
        ("a\nb\nc\nd\n21.11.16\n", Heading(title="a", issued="2016-11-21")),
        ("a\nb\nc\nd\ne\n21.11.16\n", Heading(title="a")),
        ("Cuts\n21.11.16\n22.11.16\n", Heading(title="Cuts", issued="2016-11-21")),
        ("", Heading()),
        ("\n \n", Heading()),
    ],
)
def test_heads(text: str, heading: Heading) -> None:
    """Title, date and byline are read where they stand alone at the top, and not from sentences or names of bodies."""
    assert read_heading(text) == heading


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "The council said that it would close two of its libraries by the end of the year, for it has to save more "
            "than it did in the years before.",
            "en",
        ),
        (
            "Der Rat hat gesagt, dass er zwei von fünf Büchereien schließen wird und dass das Geld nicht für alle "
            "reicht, die es im Land noch gibt.",
            "de",
        ),
        (
            "Le conseil a dit que deux des cinq bibliothèques de la ville sont à fermer avant la fin de l’année, et "
            "que les autres restent dans les quartiers.",
            "fr",
        ),
        (
            "Dywedodd y cyngor y bydd yn cau dwy o'r pum llyfrgell yn y sir cyn diwedd y flwyddyn ac nid oes arian ar "
            "gyfer y rhai eraill.",
            "cy",
        ),
        ("Совет заявил, что закроет две из пяти библиотек города до конца этого года, сообщает газета.", "und"),
        ("The council said no.", None),
        ("", None),
        ("Norbury 44 Anyshire 31 Midshire 12 " * 9, None),
    ],
)
def test_languages(text: str, language: str | None) -> None:
    """The commonest words tell a language; too few words, or lists of names, tell none."""
    assert find_language(text) == language
