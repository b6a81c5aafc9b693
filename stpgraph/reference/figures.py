"""One figure of a report: a value in words, and the bounds that its wording allows.

The tables hold a value and a unit, not the words of a source, so the wording is made here, one way for each unit;
that the value is a bound or an estimate is read from set phrases of the measure and the note.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from pyoxigraph import NamedNode

from stpgraph.bounds import bounds_of
from stpgraph.reference.rows import Row
from stpgraph.vocabulary import UNIT, mint

__all__ = ["UNITS", "Figure", "read_figure"]

#: Units by what the tables call them.
UNITS: dict[str, NamedNode] = {"percent": UNIT.PERCENT, "count": UNIT.NUM, "GBP": UNIT.CCY_GBP}

#: Words that make a value a bound or an estimate, and their comparator. No word stands before one that it begins.
_COMPARATORS = {
    "just under": "nearly",
    "almost": "nearly",
    "nearly": "nearly",
    "no more than": "at-most",
    "at most": "at-most",
    "up to": "at-most",
    "fewer than": "fewer-than",
    "less than": "fewer-than",
    "under": "fewer-than",
    "at least": "at-least",
    "more than": "more-than",
    "over": "more-than",
    "around": "about",
    "about": "about",
    "approximately": "about",
}
_WORDS = "|".join(_COMPARATORS)

#: In the measure, in brackets at its end, alone or after a comma: "(under)", "(asked, at least)", "(more than half)".
_IN_MEASURE = re.compile(rf"\((?:[^()]*, )?(?P<words>{_WORDS})(?P<half> half)?\)$")

#: In the note: a part that is one of these, perhaps with the words after a colon; and what it means without words.
_IN_NOTE = re.compile(r"(?P<kind>upper bound|lower bound|(?:conservative )?estimate|range)(?P<rest>$|: .*| of .*)")
_KINDS = {"upper bound": "at most", "lower bound": "at least", "estimate": "about", "conservative estimate": "about"}
_IN_REST = re.compile(rf"\b(?P<words>{_WORDS})\b(?P<half> half)?")

_BILLION, _MILLION = Decimal(10**9), Decimal(10**6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number with what its wording allows; the fields of a statistic that say so."""

    unit: NamedNode
    as_said: str
    comparator: NamedNode
    value: Decimal
    lowest: Decimal | None
    highest: Decimal | None
    numerator: int | None
    denominator: int | None


def read_figure(row: Row) -> Figure:
    """Read the figure of a row that has one.

    Raises:
        BadRow: for a value that is no number, a unit that is not on the list, or a fraction that does not fit.
    """
    value, unit = row.number("value"), row.one_of("unit", UNITS)
    if value is None:
        raise row.bad("value", "is empty, but unit is not; give the value or empty the unit")
    numerator, denominator = _fraction(row, unit, value)
    comparator, words, is_half = _comparator(row)
    printed, step = _printed(value, unit)
    if is_half and unit == "percent" and value == 50:
        printed = "half"
    elif denominator is not None and unit != "percent":
        printed += f" of {_printed(Decimal(denominator), unit)[0]}"
    lowest, highest = bounds_of(value, comparator=comparator, is_share=unit == "percent", step=step)
    return Figure(
        unit=UNITS[unit],
        as_said=f"{words} {printed}".strip(),
        comparator=mint("comparator", comparator),
        value=value,
        lowest=lowest,
        highest=highest,
        numerator=numerator,
        denominator=denominator,
    )


def _fraction(row: Row, unit: str, value: Decimal) -> tuple[int | None, int | None]:
    """Return what the source words as a fraction; a denominator alone is the size of the population."""
    numerator, denominator = row.whole("numerator"), row.whole("denominator")
    if denominator == 0:
        raise row.bad("denominator", "nothing can be a part of 0; correct it or empty the cell")
    if numerator is None:
        return None, None
    if denominator is None:
        raise row.bad("denominator", f"is empty, but numerator is {numerator}; give both or neither")
    if unit != "percent" and value != numerator:
        raise row.bad("numerator", f"differs from value {row['value']}; correct one of them")
    return numerator, denominator


def _comparator(row: Row) -> tuple[str, str, bool]:
    """Return the comparator, the words for it ("" for exactly), and whether they end in "half"."""
    found = _IN_MEASURE.search(row["what_is_measured"])
    if found:
        return _COMPARATORS[found["words"]], found["words"], bool(found["half"])
    for part in row.parts("note", "; "):
        note = _IN_NOTE.match(part)
        if not note or (note["rest"].startswith(" of ") and note["kind"] != "range"):
            continue  # "upper bound of 3 to 30" is the end of a range, and exact
        found = _IN_REST.search(note["rest"])
        if found:
            return _COMPARATORS[found["words"]], found["words"], bool(found["half"])
        if note["kind"] in _KINDS:
            words = _KINDS[note["kind"]]
            return _COMPARATORS[words], words, False
    return "exactly", "", False


def _printed(value: Decimal, unit: str) -> tuple[str, Decimal]:
    """Return a value as a text would print it, and the worth of its last digit; 0 for a count."""
    step = Decimal(1).scaleb(int(value.as_tuple().exponent))
    if unit == "percent":
        return f"{value}%", step
    if unit == "count":
        return f"{value:,}", Decimal(0)
    for scale, letters in ((_BILLION, "bn"), (_MILLION, "m")):
        scaled = value / scale
        digits = f"{scaled.normalize():f}"
        decimals = len(digits.partition(".")[2])
        if abs(scaled) >= 1 and decimals <= 3:
            return f"£{digits}{letters}", scale.scaleb(-decimals)
    if value == value.to_integral_value():
        return f"£{value:,.0f}", Decimal(1)
    pence = min(Decimal("0.01"), step)
    return f"£{value.quantize(pence):,}", pence
