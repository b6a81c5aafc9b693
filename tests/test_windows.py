"""Time windows, by time and by events, sliding and cumulative, worked by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stpgraph.errors import BadParameter
from stpgraph.networks.evidence import Evidence, Link, Thing
from stpgraph.networks.matrices import count, one_mode, two_mode
from stpgraph.networks.statements import Selection
from stpgraph.networks.views import View, draw_links
from stpgraph.networks.windows import (
    Window,
    WindowPlan,
    WindowUnit,
    cut_selection,
    cut_view,
    last_day,
    read_window_plan,
    slide,
    slide_by_events,
)
from tests.test_discourse import WORKED, selected


def day(text: str) -> date:
    """Read a day of 2016."""
    return date.fromisoformat(f"2016-{text}")


def spans(windows: Sequence[Window]) -> list[str]:
    """Write windows as their first and last days."""
    return [f"{window.first}–{window.last}" for window in windows]


def cut(plan: WindowPlan) -> list[tuple[Window, Selection]]:
    """Cut the worked example."""
    return list(cut_selection(selected(WORKED), plan))


def test_windows_of_two_weeks_are_those_worked_by_hand() -> None:
    """Two weeks reach one week to each side: the worked example has seven windows, the first of five statements."""
    cuts = cut(WindowPlan(size=2, unit="weeks", since=day("11-01"), until=day("12-31")))
    assert spans([window for window, _ in cuts]) == [
        "2016-11-01–2016-11-15",
        "2016-11-08–2016-11-22",
        "2016-11-15–2016-11-29",
        "2016-11-22–2016-12-06",
        "2016-11-29–2016-12-13",
        "2016-12-06–2016-12-20",
        "2016-12-13–2016-12-27",
    ]
    assert [len(part.statements) for _, part in cuts] == [5, 2, 2, 4, 4, 1, 1]


def test_cumulative_windows_begin_together() -> None:
    """Cumulative windows end where sliding ones do, and hold all since the start of the period."""
    cuts = cut(WindowPlan(size=2, unit="weeks", is_cumulative=True, since=day("11-01"), until=day("12-31")))
    assert {window.first for window, _ in cuts} == {day("11-01")}
    assert [window.last for window, _ in cuts][-1] == day("12-27")
    assert [len(part.statements) for _, part in cuts] == [5, 5, 5, 9, 9, 10, 10]


def test_without_a_period_it_runs_from_the_first_to_the_last() -> None:
    """The worked example's documents run from 1 November to 20 December: six windows of two weeks lie in it."""
    assert [window.last for window, _ in cut(WindowPlan(size=2, unit="weeks"))] == [
        *(day("11-15"), day("11-22"), day("11-29")),
        *(day("12-06"), day("12-13"), day("12-20")),
    ]


def test_an_even_size_is_like_the_next() -> None:
    """Half of two and of three weeks is one, so both cut alike."""
    even, odd = (WindowPlan(size=size, unit="weeks") for size in (2, 3))
    assert slide(even, day("11-01"), day("12-31")) == slide(odd, day("11-01"), day("12-31"))


def test_a_window_has_the_network_of_its_statements() -> None:
    """From 15 to 29 November A and B agree on y; rows and columns are theirs, or all with isolates."""
    _, part = cut(WindowPlan(size=2, unit="weeks", since=day("11-01"), until=day("12-31")))[2]
    alone = one_mode(count(part))
    assert (alone.rows, alone.values.tolist()) == (("A", "B"), [[0, 1], [1, 0]])
    assert two_mode(count(part, with_isolates=True)).values.tolist() == [[0, 1, 0], [0, 1, 0], [0, 0, 0], [0, 0, 0]]


def test_empty_windows_stay() -> None:
    """A window without statements is zeros with isolates, else a network without nodes."""
    cuts = cut(WindowPlan(size=3, unit="days", since=day("11-03"), until=day("11-05")))
    assert spans([window for window, _ in cuts]) == ["2016-11-03–2016-11-05"]
    [(_, part)] = cuts
    assert count(part).actors == ()
    assert two_mode(count(part, with_isolates=True)).values.tolist() == [[0, 0, 0]] * 4


def test_steps_of_months_start_from_the_last_one() -> None:
    """From 31 January the middle goes to 28 February, and from there to 28 March."""
    plan = WindowPlan(size=1, unit="months")
    middles = slide(plan, date(2017, 1, 31), date(2017, 4, 1))
    assert [window.first.isoformat() for window in middles] == ["2017-01-31", "2017-02-28", "2017-03-28"]


@pytest.mark.parametrize(
    ("size", "unit", "first", "last"),
    [
        (3, "days", "2016-03-01–2016-03-03", "2016-12-29–2016-12-31"),
        (3, "weeks", "2016-03-01–2016-03-15", "2016-12-13–2016-12-27"),
        (3, "months", "2016-03-01–2016-05-01", "2016-10-01–2016-12-01"),
        (6, "months", "2016-03-01–2016-09-01", "2016-06-01–2016-12-01"),
    ],
)
def test_windows_of_each_unit_lie_within_the_period(size: int, unit: WindowUnit, first: str, last: str) -> None:
    """From 1 March to the end of 2016 the first and last windows of each unit are these."""
    windows = spans(slide(WindowPlan(size=size, unit=unit), day("03-01"), day("12-31")))
    assert (windows[0], windows[-1]) == (first, last)


def test_years_go_by_the_calendar() -> None:
    """Two years reach one to each side; 29 February becomes 28 where the year has none."""
    windows = slide(WindowPlan(size=2, unit="years"), date(2016, 2, 29), date(2019, 2, 28))
    assert spans(windows) == ["2017-02-28–2019-02-28"]


def test_a_period_shorter_than_a_window_has_none() -> None:
    """Where no window lies wholly inside the period there is none."""
    assert slide(WindowPlan(size=6, unit="months"), day("01-01"), day("05-31")) == ()
    assert slide(WindowPlan(size=9, unit="years"), date.min, date.min) == ()
    assert slide(WindowPlan(size=2, unit="days"), date.max, date.max) == ()


def test_too_many_windows_are_refused() -> None:
    """A hundred years by days are a mistake of the unit, and told so."""
    with pytest.raises(BadParameter, match="more than 20000 windows; choose a greater unit"):
        slide(WindowPlan(size=1, unit="days"), date(1900, 1, 1), date(2000, 1, 1))


def test_windows_by_events_take_some_on_each_side() -> None:
    """Three events are one with its neighbours: ten statements have eight windows, in the order of place in a text."""
    cuts = cut(WindowPlan(size=3, unit="events"))
    told = [" ".join(one.actor + one.concept for one in part.statements) for _, part in cuts]
    assert told == [
        *("Ax Bx Cx", "Bx Cx Ay", "Cx Ay By", "Ay By By"),
        *("By By Cy", "By Cy Bz", "Cy Bz Dz", "Bz Dz Dz"),
    ]
    assert cuts[3][0] == Window(first=day("11-15"), last=day("12-02"))


def test_cumulative_windows_by_events_grow() -> None:
    """By events, too, cumulative windows begin with the first."""
    cuts = cut(WindowPlan(size=8, unit="events", is_cumulative=True))
    assert [len(part.statements) for _, part in cuts] == [9, 10]
    assert slide_by_events(WindowPlan(size=3, unit="events"), 2) == ()


def test_events_of_a_period_only() -> None:
    """Within a period the events are those of its days."""
    cuts = cut(WindowPlan(size=1, unit="events", since=day("12-03")))
    assert [part.statements[0].actor for _, part in cuts] == ["D"]


@pytest.mark.parametrize(
    ("text", "size", "unit"),
    [
        ("3 months", 3, "months"),
        ("12 month", 12, "months"),
        ("2weeks", 2, "weeks"),
        (" 90 Days ", 90, "days"),
        ("1 day", 1, "days"),
        ("2 years", 2, "years"),
        ("50 events", 50, "events"),
        ("1 event", 1, "events"),
    ],
)
def test_windows_are_read_as_people_write_them(text: str, size: int, unit: WindowUnit) -> None:
    """A number and a unit, in the singular or plural, is a window."""
    assert read_window_plan(text) == WindowPlan(size=size, unit=unit)


@pytest.mark.parametrize("text", ["3 lemons", "months", "0 days", "-2 weeks", "2.5 weeks", "", "99999999 days", "3"])
def test_what_is_no_window_is_told(text: str) -> None:
    """What says no size is refused with an example of what does."""
    with pytest.raises(BadParameter, match="expected a number of days, weeks, months, years or events, as in '3 mon"):
        read_window_plan(text)


@pytest.mark.parametrize(
    ("text", "better"), [("1 week", "'7 days'"), ("1 month", "'30 days'"), ("1 year", "'12 months'")]
)
def test_one_of_a_unit_is_refused_with_what_is_meant(text: str, better: str) -> None:
    """Half of one is none, so that the window would be one day: what is meant is told."""
    with pytest.raises(BadParameter, match=f"rounded down to none.*{better}"):
        read_window_plan(text)


def test_bounds_of_a_period_are_days_months_or_years() -> None:
    """A month or year begins with its first day and ends with its last."""
    plan = read_window_plan("2 weeks", since="2016-02", until="2016-02", is_cumulative=True)
    assert (plan.since, plan.until, plan.is_cumulative) == (date(2016, 2, 1), date(2016, 2, 29), True)
    assert last_day("2017") == date(2017, 12, 31)
    assert last_day("spring") is None
    with pytest.raises(BadParameter, match="since='spring' is no date"):
        read_window_plan("2 weeks", since="spring")


# --- views ------------------------------------------------------------------------------------------------------------


def said(name: str, since: str, kind: str = "claim", until: str = "", has_link: bool = True) -> Evidence:
    """Make evidence that joins Jo Doe and a relationship of its own name."""
    jo = Thing(iri="urn:jo", label="Jo Doe", short_label="Jo Doe", kind="person")
    tie = Thing(iri=f"urn:{name}", label=name, short_label=name, kind="relationship")
    links = (Link(source=jo, target=tie, kind="speaks about"),) if has_link else ()
    return Evidence(iri=name, kind=kind, summary="", since=since, until=until, links=links)  # type: ignore[arg-type]


def told(evidence: Sequence[Evidence], plan: WindowPlan) -> list[str]:
    """Cut a view of evidence, and name what is in each window."""
    view = View(name="some", question="What", sparql="", evidence=tuple(evidence), make=draw_links)
    return [" ".join(one.iri for one in part.evidence) for _, part in cut_view(view, plan)]


def test_claims_known_to_the_month_count_on_its_first_day() -> None:
    """A claim of November is of 1 November, one of 2016 of 1 January; one without a day is in no window."""
    evidence = [
        said("a", "2016-10-28"),
        said("b", "2016-11"),
        said("c", "2016-11-05"),
        said("d", ""),
        said("e", "2016"),
    ]
    assert told(evidence, WindowPlan(size=4, unit="days", since=day("10-28"), until=day("11-05"))) == [
        *("a b", "b", "b", "b", "b c"),
    ]


def test_posts_are_in_all_windows_in_which_they_last() -> None:
    """A post of spring is in the windows that touch it, one without an end in all after its start."""
    evidence = [said("a", "2016-01", "post", "2016-03"), said("b", "2016-03-15", "post"), said("c", "", "fact")]
    plan = WindowPlan(size=2, unit="months", since=day("01-01"), until=day("06-01"))
    assert told(evidence, plan) == ["a c", "a b c", "a b c", "b c"]


def test_figures_are_of_their_day() -> None:
    """A figure is in the windows of the day it was stated on; one without a day is in all."""
    evidence = [said("a", "2016-01-01", "figure"), said("b", "2016-01-02", "figure"), said("c", "", "figure")]
    assert told(evidence, WindowPlan(size=1, unit="days")) == ["a c", "b c"]


def test_without_a_period_posts_say_when_it_is() -> None:
    """A view without claims runs from the first beginning to the last end or beginning."""
    evidence = [said("a", "2016-01-01", "post", "2016-01-03"), said("b", "2016-01-02", "post")]
    assert told(evidence, WindowPlan(size=1, unit="days")) == ["a", "a b", "a b"]


def test_events_of_a_view_are_the_claims_behind_its_edges() -> None:
    """A claim that is not drawn is no event."""
    evidence = [said("a", "2016-01-03"), said("b", "2016-01-02", has_link=False), said("c", "2016-01-01")]
    assert told(evidence, WindowPlan(size=1, unit="events")) == ["c", "a"]


def test_nothing_has_no_window() -> None:
    """Without evidence, or without a day, there is nothing to cut."""
    assert told([], WindowPlan(size=2, unit="weeks")) == []
    assert told([said("a", "")], WindowPlan(size=2, unit="events")) == []


@given(
    size=st.integers(1, 12),
    unit=st.sampled_from(["days", "weeks", "months", "years"]),
    since=st.dates(date(2015, 1, 1), date(2016, 12, 31)),
    length=st.integers(0, 900),
)
def test_windows_lie_inside_their_period_and_move_on(size: int, unit: WindowUnit, since: date, length: int) -> None:
    """Whatever the size, every window lies in the period, and none begins or ends before the last."""
    until = date.fromordinal(since.toordinal() + length)
    windows = slide(WindowPlan(size=size, unit=unit), since, until)
    assert all(since <= window.first <= window.last <= until for window in windows)
    for one, following in pairwise(windows):
        assert one.first <= following.first
        assert one.last <= following.last
