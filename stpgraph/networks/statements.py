"""Claims as statements, the unit that discourse networks count: who takes which stance on what, where and when.

The order of work, the kinds of duplicates and the names are those of Leifeld's discourse network analysis;
docs/networks.md has them with the formulae.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, TypeAlias, get_args

from stpgraph.errors import BadParameter
from stpgraph.networks.evidence import Evidence, Speaker, Thing

__all__ = [
    "NOTHING",
    "Duplicates",
    "Excluded",
    "Levels",
    "Selection",
    "Statement",
    "actor_of",
    "check_choice",
    "cut",
    "first_day",
    "read_statements",
    "select_statements",
]

#: Within what two equal statements count once; `include` counts every one, and weeks and months by `number` are those
#: of any year.
Duplicates: TypeAlias = Literal[
    "include", "document", "week", "month", "year", "acrossrange", "week-number", "month-number"
]

#: Whether stance has two values or runs from against by neutral and mixed to for.
Levels: TypeAlias = Literal["two", "three"]

#: What number a stance is; one that is not here has none.
_STANCES = {
    "two": {"supportive": 1, "critical": 0},
    "three": {"supportive": 1, "critical": -1, "mixed": 0, "neutral": 0},
}

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One actor's stance on one concept.

    Attributes:
        document: where it stands.
        day: when it was made; None where that is not known.
        actor: whose it is.
        concept: what it is about.
        stance: 0 against and 1 for, or a level of a scale; None where it has none.
        start: where in the document it begins.
        stop: where it ends.
        claim: what it was read from.
    """

    document: str
    day: date | None
    actor: str
    concept: str
    stance: int | None
    start: int = 0
    stop: int = 0
    claim: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Excluded:
    """Values whose statements do not count; their actors and concepts remain as isolates."""

    actors: frozenset[str] = frozenset()
    concepts: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()
    stances: frozenset[int] = frozenset()


#: No value at all.
NOTHING = Excluded()


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The statements that count, and what was left out on the way.

    Attributes:
        statements: in order of day, document and place.
        actors: all that stated anything in the period, sorted: the rows of a matrix with isolates.
        concepts: all that anything was stated about, likewise.
        lowest: the least level of stance.
        highest: the greatest.
        is_scale: whether these are the ends of a scale, or 0 for against and 1 for.
        outside: how many are not of the period or the documents asked for.
        undated: how many of these have no day.
        excluded: how many have an excluded value.
        without_stance: how many have a stance for which there is no level: mixed, neutral or unknown.
        incomplete: how many lack an actor or a concept.
        duplicates: how many say again what has been said.
    """

    statements: tuple[Statement, ...]
    actors: tuple[str, ...]
    concepts: tuple[str, ...]
    lowest: int
    highest: int
    is_scale: bool
    outside: int = 0
    undated: int = 0
    excluded: int = 0
    without_stance: int = 0
    incomplete: int = 0
    duplicates: int = 0


def check_choice(name: str, value: str, choices: Collection[str]) -> None:
    """Make sure that a choice is one of those there are.

    Raises:
        BadParameter: when it is not.

    Example:
        >>> check_choice("levels", "ten", ["two", "three"])
        Traceback (most recent call last):
        ...
        stpgraph.errors.BadParameter: levels='ten' is not known; expected two, three
    """
    if value not in choices:
        raise BadParameter(f"{name}={value!r} is not known; expected {', '.join(choices)}")


def first_day(text: str) -> date | None:
    """Return the day that a date says, the first of those that a month or year has; None where it says none.

    Example:
        >>> first_day("2016-11"), first_day("2016-11-21"), first_day("last spring")
        (datetime.date(2016, 11, 1), datetime.date(2016, 11, 21), None)
    """
    found = _DATE.match(text)
    if not found:
        return None
    year, month, day = (int(part or 1) for part in found.groups())
    try:
        return date(year, month, day)
    except ValueError:  # 30 February is no day
        return None


def actor_of(speaker: Speaker, *, roll_up: bool) -> Thing:
    """Return who a claimant counts as: the body spoken for, if persons are rolled up and one is known; else itself."""
    return speaker.body if roll_up and speaker.body else speaker.thing


def read_statements(
    evidence: Iterable[Evidence], *, levels: Levels = "two", roll_up: bool = False
) -> Iterator[Statement]:
    """Yield the statements of claims: one for each claim, actor and relationship, however many speak for one body.

    Raises:
        BadParameter: when the levels are not known.
    """
    check_choice("levels", levels, _STANCES)
    numbers = _STANCES[levels]
    for one in evidence:
        actors = dict.fromkeys(actor_of(speaker, roll_up=roll_up).iri for speaker in one.speakers)
        concepts = dict.fromkeys(topic.thing.iri for topic in one.topics)
        day, stance = first_day(one.since), numbers.get(one.stance)
        for actor in actors:
            for concept in concepts:
                yield Statement(
                    document=one.document,
                    day=day,
                    actor=actor,
                    concept=concept,
                    stance=stance,
                    start=one.start,
                    claim=one.iri,
                )


def select_statements(
    statements: Iterable[Statement],
    *,
    levels: Levels = "two",
    duplicates: Duplicates = "document",
    ignores_stance: bool = False,
    since: date | None = None,
    until: date | None = None,
    documents: Collection[str] | None = None,
    excluded: Excluded = NOTHING,
) -> Selection:
    """Choose the statements that count, in the order of work: period, excluded, empty, duplicates.

    Args:
        statements: in any order.
        levels: "two" for stances of 0 and 1; "three" for a scale of integers, whose ends are those that are seen.
        duplicates: within what equal statements count once.
        ignores_stance: whether a for and an against are equal.
        since: the first day of the period, included; None for no bound.
        until: the last day, included; what has no day is in no period.
        documents: those asked for; None for all.
        excluded: values whose statements do not count.

    Raises:
        BadParameter: when the levels or the kind of duplicates are not known.
    """
    check_choice("levels", levels, _STANCES)
    given = sorted(statements, key=_order)
    asked = [one for one in given if _is_within(one, since, until) and (documents is None or one.document in documents)]
    stances = [one.stance for one in asked if one.stance is not None]
    is_scale = levels == "three"
    lowest, highest = (min(stances), max(stances)) if is_scale and stances else (0, 1)
    allowed = [one for one in asked if not _is_excluded(one, excluded)]
    judged = [one for one in allowed if one.stance is not None]
    whole = [one for one in judged if one.actor and one.concept]
    kept = _without_duplicates(whole, duplicates, ignores_stance=ignores_stance)
    return Selection(
        statements=tuple(kept),
        actors=tuple(sorted({one.actor for one in asked if one.actor})),
        concepts=tuple(sorted({one.concept for one in asked if one.concept})),
        lowest=lowest,
        highest=highest,
        is_scale=is_scale,
        outside=len(given) - len(asked),
        undated=sum(one.day is None for one in given) if since or until else 0,
        excluded=len(asked) - len(allowed),
        without_stance=len(allowed) - len(judged),
        incomplete=len(judged) - len(whole),
        duplicates=len(whole) - len(kept),
    )


def cut(selection: Selection, first: date, last: date) -> Selection:
    """Return the part of a selection that lies in a window, both days included; isolates and levels stay."""
    within = tuple(one for one in selection.statements if one.day and first <= one.day <= last)
    return replace(selection, statements=within)


def _order(one: Statement) -> tuple[bool, date, str, int, int, str, str, str]:
    """Order statements by day, an unknown one last, document and place; then by what they say, so that none tie."""
    place = one.document, one.start, one.stop
    return one.day is None, one.day or date.max, *place, one.claim, one.actor, one.concept


def _is_within(one: Statement, since: date | None, until: date | None) -> bool:
    if one.day is None:
        return since is None and until is None
    return (since is None or since <= one.day) and (until is None or one.day <= until)


def _is_excluded(one: Statement, excluded: Excluded) -> bool:
    return (
        one.actor in excluded.actors
        or one.concept in excluded.concepts
        or one.document in excluded.documents
        or one.stance in excluded.stances
    )


def _week(day: date) -> tuple[int, int]:
    year, week, _ = day.isocalendar()
    return year, week


#: What tells one period of duplicates from the next.
_PERIODS: dict[str, Callable[[date], object]] = {
    "week": _week,
    "month": lambda day: (day.year, day.month),
    "year": lambda day: day.year,
    "week-number": lambda day: day.isocalendar().week,
    "month-number": lambda day: day.month,
}


def _without_duplicates(
    statements: list[Statement], duplicates: Duplicates, *, ignores_stance: bool
) -> list[Statement]:
    """Keep the first of equal statements in each document or period; what has no day is equal to none in a period."""
    check_choice("duplicates", duplicates, get_args(Duplicates))
    if duplicates == "include":
        return statements
    period = _PERIODS.get(duplicates)
    first: dict[object, Statement] = {}
    for at, one in enumerate(statements):
        if period:
            place: object = period(one.day) if one.day else ("undated", at)
        else:
            place = one.document if duplicates == "document" else ""
        first.setdefault((one.actor, one.concept, None if ignores_stance else one.stance, place), one)
    return list(first.values())
