"""Text given for a number, a date, a yes or no, turned into a typed term."""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from pyoxigraph import Literal, NamedNode

from stpgraph.errors import BadParameter, Suggestion
from stpgraph.questions.stated import PERIOD, Parameter
from stpgraph.questions.words import fold, in_turn, near, shown
from stpgraph.vocabulary import XSD

__all__ = ["check_order", "lexical", "period_ends", "to_literal"]

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_AS_DATES = "expected 2016, 2016-11 or 2016-11-21"
_AS_PERIODS = "expected 2016-11..2017-09, ..2017, 2016.. or 2016"

#: What a text of each type looks like, and what to call it.
_FORMS: dict[str, tuple[re.Pattern[str], str]] = {
    "xsd:boolean": (re.compile(r"true|false"), "yes or no"),
    "xsd:decimal": (re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"), "a number such as 0.5"),
    "xsd:integer": (re.compile(r"[+-]?[0-9]+"), "a whole number such as 7"),
}
_TRUTHS = {"yes": "true", "true": "true", "no": "false", "false": "false"}


def to_literal(parameter: Parameter, value: Any) -> Literal:
    """Turn a value given for a parameter that is no IRI into a term of its type.

    Raises:
        BadParameter: when it does not fit the type, or is not among the values allowed.

    Example:
        >>> to_literal(Parameter(name="since", type="xsd:date"), "2016-11")
        <Literal value=2016-11 datatype=<NamedNode value=http://www.w3.org/2001/XMLSchema#gYearMonth>>
    """
    text = _allowed(lexical(value), parameter)
    if parameter.type == "xsd:date":
        return _date(text, parameter.name, _AS_DATES)
    datatype = XSD[parameter.type.removeprefix("xsd:")]
    if parameter.type == "xsd:string":
        return _literal(text, datatype, parameter.name)
    if parameter.type == "xsd:boolean":
        text = _TRUTHS.get(text.casefold(), text)
    form, called = _FORMS[parameter.type]
    if not form.fullmatch(text):
        raise BadParameter(f"expected {called}, not {shown(text)}", parameter=parameter.name, value=text)
    return _literal(text, datatype, parameter.name)


def lexical(value: Any) -> str:
    """Return a Python value as a literal spells it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (Decimal, float)):
        return format(Decimal(str(value)), "f")
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value).strip()


def _literal(text: str, datatype: NamedNode, name: str) -> Literal:
    try:
        return Literal(text, datatype=datatype)
    except UnicodeEncodeError as fault:
        problem = f"half a character stands at {fault.start}, which no text holds"
        raise BadParameter(problem, mend="give it without", parameter=name, value=text) from fault


def _allowed(text: str, parameter: Parameter) -> str:
    """Return the value allowed that a text means, whatever its case and accents."""
    if not parameter.allowed or text in parameter.allowed:
        return text
    wanted = fold(text[: 2 * max(map(len, parameter.allowed))])
    meant = [value for value in parameter.allowed if fold(value) == wanted]
    if len(meant) != 1:
        raise BadParameter(
            f"expected {in_turn(parameter.allowed)}, not {shown(text)}",
            parameter=parameter.name,
            value=text,
            suggestions=[Suggestion(value=one, label=one) for one in near(text, parameter.allowed)],
        )
    return meant[0]


def _date(text: str, name: str, expected: str) -> Literal:
    """Read a day, a month or a year as a literal of that precision."""

    def fault(problem: str) -> BadParameter:
        return BadParameter(problem, mend=expected, parameter=name, value=text)

    match = _DATE.fullmatch(text)
    if match is None:
        raise fault(f"{shown(text)} is no date")
    year, month, day = int(match[1]), int(match[2] or 1), int(match[3] or 1)
    if not year:
        raise fault("there is no year 0000")
    if not 1 <= month <= 12:
        raise fault(f"there is no month {match[2]} in {shown(text)}")
    days = calendar.monthrange(year, month)[1]
    if not 1 <= day <= days:
        raise fault(f"{calendar.month_name[month]} {year} has days 01 to {days}, not {match[3]}")
    return Literal(text, datatype={4: XSD.gYear, 7: XSD.gYearMonth}.get(len(text), XSD.date))


def period_ends(value: Any) -> tuple[str | None, str | None]:
    """Part a period into its first and its last day, month or year; None for an open end.

    Raises:
        BadParameter: when it is no period.

    Example:
        >>> period_ends("2016-11..2017-09"), period_ends("..2017"), period_ends("2016-11")
        (('2016-11', '2017-09'), (None, '2017'), ('2016-11', '2016-11'))
    """
    text = lexical(value)
    since, dots, until = text.partition("..")
    ends = [end.strip() for end in ((since, until) if dots else (since, since))]
    if not any(ends):
        problem = f"{shown(text)} has neither beginning nor end"
        raise BadParameter(problem, mend=_AS_PERIODS, parameter=PERIOD, value=text)
    for end in filter(None, ends):
        _date(end, PERIOD, _AS_PERIODS)
    return ends[0] or None, ends[1] or None


def check_order(since: Literal | None, until: Literal | None) -> None:
    """Refuse a period that ends before it begins; dates are compared as far as both go.

    Raises:
        BadParameter: when it does.
    """
    if since and until and since.value[: len(until.value)] > until.value[: len(since.value)]:
        raise BadParameter(
            f"{since.value} is after {until.value}, the end",
            mend="turn them round",
            parameter="since",
            value=since.value,
            message=f"since={since.value} is after until={until.value}; turn them round",
        )
