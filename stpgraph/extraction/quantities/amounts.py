"""Amounts: numbers with their unit, one at a time, before words of comparison and ratios are looked at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from stpgraph.extraction.quantities.following import counts_one, is_followed_as_share, is_majority, is_most
from stpgraph.extraction.quantities.numbers import (
    DIGITS,
    FRACTION_WORDS,
    NUMBER_WORDS,
    SCALES,
    VULGAR,
    read_digits,
    read_fraction_words,
    read_number_words,
    step_of_digits,
    step_of_words,
)
from stpgraph.extraction.quantities.spelling import any_of, pattern, plain

__all__ = ["Amount", "Form", "find_amounts", "may_hold_amounts", "share_of"]

Form = Literal["percent", "fraction", "ratio", "part", "count", "money", "time", "factor", "share"]

_CURRENCIES = {"£": "GBP", "gbp": "GBP", "$": "USD", "us$": "USD", "usd": "USD", "€": "EUR", "eur": "EUR"}
_COINS = {
    "pound": "GBP",
    "pounds": "GBP",
    "quid": "GBP",
    "euro": "EUR",
    "euros": "EUR",
    "dollar": "USD",
    "dollars": "USD",
}
_PENCE = ("p", "pence")

#: QUDT codes of units of time, by the first letters of the words for them.
_TIMES = {"y": "YR", "mo": "MO", "w": "WK", "d": "DAY", "h": "HR", "mi": "MIN", "s": "SEC", "f": "WK"}

_PARTS_OF_TIME = {"hour": "HR", "year": "YR", "day": "DAY"}

#: Factors that are one word.
_FACTORS = {
    **dict.fromkeys(("doubled", "doubling", "twofold", "two-fold", "twice"), Decimal(2)),
    **dict.fromkeys(("trebled", "tripled", "trebling", "tripling", "threefold", "three-fold"), Decimal(3)),
    **dict.fromkeys(("quadrupled", "quadrupling", "fourfold", "four-fold"), Decimal(4)),
    **dict.fromkeys(("fivefold", "five-fold"), Decimal(5)),
    **dict.fromkeys(("tenfold", "ten-fold"), Decimal(10)),
    **dict.fromkeys(("halved", "halving"), Decimal("0.5")),
}

_VULGAR = f"[{''.join(VULGAR)}]"
_SCALE = any_of(*SCALES)
_UNIT = (
    r"(?: ?(?P<percent>%|percentage[ ~]points?|per[ ~]?cent points?|pp\b|pps\b|per[ ~]?cent|pct?\b)"
    r"|[ ~](?P<percent_word>per[ ~]?cent|percentage[ ~]points?)"
    r"| (?P<coins>pounds?|quid|euros?|dollars?|pence)\b|(?P<pence>p)\b"
    r"|[ ](?:(?:further|more|extra|additional|full|whole|working|consecutive|successive"
    r"|financial|long)[ ])?(?P<time>years?|yrs?|months?|weeks?|days?|hours?|hrs?|minutes?"
    r"|mins?|seconds|fortnights?)\b)"
)
_AMOUNT = pattern(
    rf"(?<![\w.,/£$€])(?:(?P<sign>minus |(?<![\w%)-])[−-](?=[£$€0-9]))?"
    rf"(?P<symbol>US\$|[£$€]|(?:GBP|EUR|USD) ?)? ?"
    rf"(?:(?P<digits>{DIGITS})(?P<vulgar>{_VULGAR})?|(?P<character>{_VULGAR})|(?P<words>{NUMBER_WORDS})(?!\w))"
    rf"(?: and (?P<rest>(?:an?|one)[ ~](?:half|quarter|third)|three[ ~]quarters)\b)?"
    rf"(?:[ ~]?(?P<scale>{_SCALE})(?!\w))?{_UNIT}?)(?![\w£$€]|[.,/][0-9])"
)
_FRACTION = pattern(
    rf"(?<![\w.,/£$€~])(?:(?P<over>[1-9][0-9]?)/(?P<under>[1-9][0-9]{{0,2}})(?![\w/.%])"
    rf"|(?P<words>{FRACTION_WORDS})(?!\w)(?!~(?!odd)))"
    r"(?P<whole>(?: of)? (?:an?|one) (?P<of>per[ ~]?cent|percentage[ ~]point|thousand|million"
    r"|billion|trillion|hour|year|day)\b)?"
)
_WORD = pattern(
    rf"\b(?P<factor>{any_of(*_FACTORS)})\b|\b(?P<times>{DIGITS}|{NUMBER_WORDS}) times (?=as|the"
    rf"|more|higher|larger|what|that|greater|its)"
    r"|\b(?P<majority>(?:an?|the)(?: (?:vast|large|great|overwhelming|clear|small|slim|bare"
    r"|narrow|huge|significant|substantial|simple|big))? majority)\b"
    r"|\b(?P<most>most)\b|\b(?P<none>none)(?= of (?:the|these|those|its|their|our|them)\b)"
    rf"|\ball but (?P<but>{NUMBER_WORDS}|[0-9]+) of (?:the|its|their|our|these"
    rf"|those) (?P<total>{NUMBER_WORDS}|[0-9]+)(?![\w%]|[.,][0-9])"
)
_HINT = pattern(
    rf"[0-9{''.join(VULGAR)}]|\b(?:{NUMBER_WORDS}|half|quarters?|thirds?|[a-z]+ths?|most|none|majority"
    rf"|an? (?:dozen|hundred|thousand|million|billion|trillion)|{any_of(*_FACTORS)})\b"
)
_HYPHENED = pattern(r"~(?!plus\b|(?:bed|place|seat|home|job|member)\w*\b)[a-z]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """One number of a text with its unit, or several that make one: a ratio, a part of a whole."""

    start: int
    end: int
    form: Form
    unit: str
    value: Decimal
    step: Decimal = Decimal(0)
    numerator: int | None = None
    denominator: int | None = None
    comparator: str | None = None
    is_scaled: bool = False


def find_amounts(text: str) -> list[Amount]:
    """Return the amounts of a text in its order; none meets another.

    Args:
        text: with the numbers blanked that are no figures.

    Example:
        >>> [(amount.unit, str(amount.value)) for amount in find_amounts("£5.3bn for 44, a quarter")]
        [('GBP', '5300000000.0'), ('NUM', '44'), ('PERCENT', '25')]
    """
    found: list[Amount] = []
    for amount in sorted(_every(text), key=lambda each: (each.start, -each.end)):
        if not found or amount.start >= found[-1].end:
            found.append(amount)
    return found


def may_hold_amounts(text: str) -> bool:
    """Say whether a text has a digit or a word that may be a number; most paragraphs have none.

    Example:
        >>> may_hold_amounts("Plans lack trust."), may_hold_amounts("Two plans lack it.")
        (False, True)
    """
    return bool(_HINT.search(text))


def share_of(over: int, under: int) -> Decimal:
    """Return a fraction in percent, to four decimals.

    Example:
        >>> share_of(1, 6), share_of(3, 4)
        (Decimal('16.6667'), Decimal('75'))
    """
    rounded = round(Decimal(100 * over) / under, 4)
    return rounded.to_integral_value() if rounded == rounded.to_integral_value() else rounded


def _every(text: str) -> Iterator[Amount]:
    for match in _WORD.finditer(text):
        yield from _of_word(text, match)
    for match in _FRACTION.finditer(text):
        yield from _of_fraction(text, match)
    for match in _AMOUNT.finditer(text):
        yield from _of_number(text, match)


def _of_word(text: str, match: re.Match[str]) -> Iterator[Amount]:
    """Read a word that holds a number without naming one."""
    start, end = match.span()
    count = Amount(start=start, end=end, form="count", unit="NUM", value=Decimal(0))
    if match["factor"]:
        yield replace(count, form="factor", unit="UNITLESS", value=_FACTORS[plain(match["factor"])])
    elif match["times"]:
        yield replace(
            count, end=match.end("times") + len(" times"), form="factor", unit="UNITLESS", value=_whole(match["times"])
        )
    elif (match["majority"] and is_majority(text, end)) or (match["most"] and is_most(text, start, end)):
        yield replace(count, form="share", unit="PERCENT", value=Decimal(50), comparator="more-than")
    elif match["none"]:
        yield count
    elif match["total"]:
        part, total = int(_whole(match["total"]) - _whole(match["but"])), int(_whole(match["total"]))
        if part >= 0:
            yield replace(count, form="part", value=Decimal(part), numerator=part, denominator=total)


def _whole(number: str) -> Decimal:
    return read_digits(number) if number[0].isdigit() else read_number_words(number)


def _of_fraction(text: str, match: re.Match[str]) -> Iterator[Amount]:
    """Read a fraction, or what it is of: half a per cent, a quarter of a million."""
    if match["words"]:
        over, under = read_fraction_words(match["words"])
    else:
        over, under = int(match["over"]), int(match["under"])
        if over >= under or (under == over + 1 and 5 <= over <= 40):  # 2005/06 and the like, without their century
            return
    start, end = match.span()
    part = Decimal(over) / Decimal(under)
    if match["whole"] and plain(match["of"]).startswith("per"):
        unit = "PP" if "point" in match["of"].lower() else "PERCENT"
        yield Amount(start=start, end=end, form="percent", unit=unit, value=round(part, 4))
    elif match["whole"] and plain(match["of"]) in _PARTS_OF_TIME:
        yield Amount(start=start, end=end, form="time", unit=_PARTS_OF_TIME[plain(match["of"])], value=round(part, 4))
    elif match["whole"]:
        value = round(part * SCALES[plain(match["of"])], 4)
        yield Amount(start=start, end=end, form="count", unit="NUM", value=value, is_scaled=True)
    elif not match["words"] or is_followed_as_share(text, start, end, match["words"]):
        yield Amount(
            start=start,
            end=end,
            form="fraction",
            unit="PERCENT",
            value=share_of(over, under),
            numerator=over,
            denominator=under,
        )


def _of_number(text: str, match: re.Match[str]) -> Iterator[Amount]:
    """Read a number with what stands around it: sign, currency, scale, unit."""
    start, end = match.span()
    start += len(match[0]) - len(match[0].lstrip())
    unit, form, worth = _unit(match)
    if unit == "NUM" and not match["symbol"] and _HYPHENED.match(text, end):
        return
    if plain(match[0]) == "one" and not counts_one(text, start, end):
        return
    value, step = _value(match)
    scale = Decimal(SCALES[match["scale"].lower()]) if match["scale"] else Decimal(1)
    value, step = value * scale * worth, step * scale * worth
    is_scaled = bool(match["scale"]) or (bool(match["words"]) and step_of_words(match["words"]) > 1)
    if form in ("count", "time") and value == value.to_integral_value() and not is_scaled:
        step = Decimal(0)
    sign = -1 if match["sign"] else 1
    yield Amount(start=start, end=end, form=form, unit=unit, value=sign * value, step=step, is_scaled=is_scaled)


def _unit(match: re.Match[str]) -> tuple[str, Form, Decimal]:
    """Return the unit of a number, what form that is, and what one of it is worth."""
    percent = match["percent"] or match["percent_word"]
    if match["symbol"]:
        return _CURRENCIES[plain(match["symbol"])], "money", Decimal(1)
    if percent:
        is_points = "point" in percent.lower() or percent.lower().startswith("pp")
        return "PP" if is_points else "PERCENT", "percent", Decimal(1)
    if match["pence"] or (match["coins"] and plain(match["coins"]) in _PENCE):
        return "GBP", "money", Decimal("0.01")
    if match["coins"]:
        return _COINS[plain(match["coins"])], "money", Decimal(1)
    if match["time"]:
        word = plain(match["time"])
        code = next(code for letters, code in _TIMES.items() if word.startswith(letters))
        return code, "time", Decimal(2 if word.startswith("f") else 1)
    return "NUM", "count", Decimal(1)


def _value(match: re.Match[str]) -> tuple[Decimal, Decimal]:
    """Return the value of a number without scale and unit, and the worth of its last digit."""
    parts = [VULGAR[match[name]] for name in ("vulgar", "character") if match[name]]
    if match["rest"]:
        parts.append(Fraction(*read_fraction_words(match["rest"])))
    value, step = Decimal(0), Decimal(0)
    if match["digits"]:
        value, step = read_digits(match["digits"]), step_of_digits(match["digits"])
    elif match["words"]:
        value, step = read_number_words(match["words"]), step_of_words(match["words"])
    if not parts:
        return value, step
    whole = sum(parts, Fraction(0))
    return value + round(Decimal(whole.numerator) / whole.denominator, 4), Decimal(0)
