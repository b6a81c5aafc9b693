"""From amounts to figures: ratios and parts, ranges, words of comparison, and two readings of one figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext

from stpgraph.bounds import bounds_of
from stpgraph.extraction.quantities.amounts import Amount, find_amounts, may_hold_amounts, share_of
from stpgraph.extraction.quantities.comparators import find_comparison, find_tone
from stpgraph.extraction.quantities.not_figures import blank_out
from stpgraph.extraction.quantities.spelling import pattern
from stpgraph.extraction.spans import Span

__all__ = ["Quantity", "find_quantities"]

#: The most words that a figure is quoted with.
_MOST_WORDS = 8

#: Denominators that make "x out of y" and "x in y" a ratio rather than a part counted: one in six, seven out of ten.
_RATIO_BASES = frozenset((3, 4, 5, 10, 20, 100, 1_000, 10_000, 100_000, 1_000_000))
_IN_BASES = _RATIO_BASES | frozenset((2, 6, 7, 8, 9, 11, 12, 15, 25, 30, 40, 50, 200, 250, 300, 400, 500))

_IN = pattern(r" in (?:every )?")
_OUT_OF = pattern(r"(?: [a-z]+)? out of (?:every )?")
_OUT_OF_THE = pattern(r"(?: [a-z]+)? out of (?:(?:the|all|its|their|our|a total of)(?: the)?) ")
_OF = pattern(
    r" of (?:(?:the|its|their|our|his|her|all|those|these|a total of)(?: the)? (?:(?:remaining"
    r"|other|first|last|original|proposed|new|local|total) )?"
    r"|(?:the )?[a-z][\w.&-]*(?: [a-z][\w.&-]*){0,2}(?:'s|s') )?"
)
_RANGE_START = pattern(
    r"\b(?P<between>(?:anywhere |somewhere )?between|(?:ranging |anywhere |anything "
    r"|varying )?from)(?: (?:about|around|some|roughly|an? ))?[ ]\Z"
)
_RANGE_AND = pattern(r" (?:and|to)(?: (?:about|around|up to|as (?:many|much) as))? ")
_RANGE_TO = pattern(r" (?:to|or)(?: as (?:many|much) as)? ")
_RANGE_DASH = pattern(r"[–—−-]| [–—−-] ")
_DASHED_IN = pattern(r" ?[–—-] ?(?:[a-z]|\Z)")
_SHARED = pattern(r" (?:and|or|to)(?: (?:to|from|by|around|about|over|nearly|almost))? |, ")
_CHANGE = pattern(
    r"\b(?:ris\w+|rose|fall\w*|fell|increas\w+|decreas\w+|grow\w*|grew|drop\w*|cut\w*|reduc\w+"
    r"|up|down|climb\w*|declin\w+|chang\w+"
    r"|improv\w+|jump\w*|slump\w*|doubl\w+|expand\w*|shr[aiu]nk\w*|mov\w+|went|go|gone|going"
    r"|rais\w+|lift\w*|slip\w*|soar\w*|halv\w+)\b[^.;:!?]*\Z"
)
_AND = pattern(r",? and ")
_FINER = {"YR": ("MO", 12), "HR": ("MIN", 60), "MIN": ("SEC", 60)}
_MARGIN = pattern(r" ?(?:±|\+/-|plus or minus|give or take) ?")
_OPENING = pattern(
    r"(?: [\w'-]+(?:,[0-9]{3})*){0,6},? ?(?:\((?:or |that is,? |just |only )?| ?[–—-] | or )(?:(?:about"
    r"|around|nearly|almost|over|under|just|more|less|than|just over|just under) ?)*"
)
_CLOSING = pattern(r"(?: of (?:[\w'-]+ ?){1,5})?[ ]?(?:\)|,| [–—-] )")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """One figure as worded in one place of a text."""

    #: The number words with those of comparison, at most eight words, in offsets of the document.
    span: Span
    as_said: str
    #: A slug of the comparator scheme: exactly, about, nearly, at-least, more-than, at-most, fewer-than, between.
    comparator: str
    #: The number named, in whole units; none for what lies between two.
    value: Decimal | None
    #: The bounds that the wording allows.
    lowest: Decimal | None
    highest: Decimal | None
    #: PERCENT, NUM, GBP, USD, EUR; YR, MO, WK, DAY, HR, MIN, SEC; PP for percentage points, UNITLESS for a factor.
    unit: str
    numerator: int | None = None
    denominator: int | None = None
    #: Whether it is worded as a fraction or a ratio.
    is_fraction: bool = False
    #: "negative" for none of; what a verb denies is told by `what_it_counts`.
    polarity: str = "positive"
    #: "only" or "all", where such a word stands before it.
    tone: str | None = None
    #: The figure said just before, of which this is another reading.
    same_as: Span | None = None


def find_quantities(text: str, *, offset: int = 0) -> list[Quantity]:
    """Return the figures of a paragraph in its order; none meets another.

    Left out are numbers that are no figures (see `not_figures`) and vague plurals: dozens, hundreds of, several.

    Args:
        text: one paragraph of a document.
        offset: where it begins in the document, in code points.

    Example:
        >>> [found] = find_quantities("Over three-quarters of directors were asked in 2016.")
        >>> found.as_said, found.comparator, str(found.lowest), found.highest, found.numerator, found.denominator
        ('Over three-quarters', 'more-than', '75', None, 3, 4)
    """
    if not may_hold_amounts(text):
        return []
    blanked = blank_out(text)
    found: list[Quantity] = []
    for quantity in _worded(blanked, _ratios(blanked, _with_units(blanked, find_amounts(blanked)))):
        said = next((before for before in _before(blanked, found) if _is_same(blanked, before, quantity)), None)
        found.append(replace(quantity, same_as=said.span) if said else quantity)
    return [_placed(quantity, text, offset) for quantity in found]


def _before(text: str, found: Sequence[Quantity]) -> list[Quantity]:
    """Return the figures that the next may say again: the last, or the share of it: two in three of the 1,001 (67%)."""
    if len(found) > 1 and found[-2].is_fraction and _OF.fullmatch(text[found[-2].span.end : found[-1].span.start]):
        return [found[-2]]
    return list(found[-1:])


def _placed(quantity: Quantity, text: str, offset: int) -> Quantity:
    """Return a figure with its words as the text has them and in offsets of the document."""
    same_as = quantity.same_as.moved(offset) if quantity.same_as else None
    return replace(quantity, as_said=quantity.span.of(text), span=quantity.span.moved(offset), same_as=same_as)


def _with_units(text: str, amounts: Sequence[Amount]) -> list[Amount]:
    """Give a bare number the unit and scale of the one it is listed with: 5 to 7 per cent, £2-3bn."""
    shared = list(amounts)
    for place in range(len(shared) - 2, -1, -1):
        first, second = shared[place], shared[place + 1]
        gap = text[first.end : second.start]
        if not (_SHARED.fullmatch(gap) or _is_dash(text, first, second)):
            continue
        if first.form == "count" and not first.is_scaled and second.form in ("percent", "time"):
            if second.form == "percent" and not (gap.startswith(",") and len(shared) < 3):
                step = Decimal(1).scaleb(min(0, int(first.value.as_tuple().exponent)))
                shared[place] = replace(first, unit=second.unit, form=second.form, step=step)
            elif (
                _is_dash(text, first, second)
                or " or " in gap
                or " to " in gap
                or _RANGE_START.search(text[max(0, first.start - 24) : first.start])
            ):
                shared[place] = replace(first, unit=second.unit, form=second.form)
        elif second.is_scaled and not first.is_scaled and first.form in ("count", "money") and abs(first.value) < 1000:
            shared[place], shared[place + 1] = _scaled(first, second)
    return shared


def _is_dash(text: str, first: Amount, second: Amount) -> bool:
    """Say whether a dash between two amounts means "to", and does not set the second apart."""
    gap = text[first.end : second.start]
    is_worded = text[first.start].isalpha() or text[second.start].isalpha()
    return bool(_RANGE_DASH.fullmatch(gap)) and (len(gap) == 1 or not (is_worded or _DASHED_IN.match(text, second.end)))


def _scaled(first: Amount, second: Amount) -> tuple[Amount, Amount]:
    """Give the first of two amounts the scale of the second, and each the currency of the other: £2 to £3 billion."""
    if first.unit != second.unit and "NUM" not in (first.unit, second.unit):
        return first, second
    size = abs(second.value)
    scale = next(Decimal(10**power) for power in (12, 9, 6, 3, 0) if size >= 10**power)
    step = scale.scaleb(min(0, int(first.value.as_tuple().exponent)))
    money = first if first.form == "money" else second
    return (
        replace(first, value=first.value * scale, step=step, is_scaled=True, unit=money.unit, form=money.form),
        replace(second, unit=money.unit, form=money.form),
    )


def _ratios(text: str, amounts: Sequence[Amount]) -> list[Amount]:
    """Join two counts that make a ratio or a part of a whole: one in six, 55 of the 56, seven out of ten."""
    joined: list[Amount] = []
    for amount in amounts:
        before = joined[-1] if joined else None
        if before is not None and (both := _ratio(before, amount, text[before.end : amount.start])):
            joined[-1] = both
        else:
            joined.append(amount)
    return joined


def _ratio(first: Amount, second: Amount, gap: str) -> Amount | None:
    """Return the ratio or the part that two counts make, none where they make none."""
    is_count = (
        first.form == second.form == "count" and first.value == int(first.value) and second.value == int(second.value)
    )
    if first.form == second.form == "time" and _AND.fullmatch(gap):
        return _time(first, second)
    if not is_count or second.value <= 0 or not 0 <= first.value <= second.value:
        return None
    over, under = int(first.value), int(second.value)
    is_ratio = (_IN.fullmatch(gap) and under in _IN_BASES and over < under) or (
        _OUT_OF.fullmatch(gap) and (over == 1 or under in _RATIO_BASES) and over < under
    )
    if is_ratio:
        ratio = replace(first, end=second.end, form="ratio", unit="PERCENT", value=share_of(over, under))
        return replace(ratio, numerator=over, denominator=under, step=Decimal(0))
    if _OUT_OF.fullmatch(gap) or _OUT_OF_THE.fullmatch(gap) or _OF.fullmatch(gap):
        return replace(first, end=second.end, form="part", numerator=over, denominator=under)
    return None


def _time(first: Amount, second: Amount) -> Amount | None:
    """Return two hours and ten minutes as 130 minutes."""
    finer, worth = _FINER.get(first.unit, ("", 0))
    if second.unit != finer:
        return None
    return replace(second, start=first.start, value=first.value * worth + second.value, step=Decimal(0))


def _worded(text: str, amounts: Sequence[Amount]) -> list[Quantity]:
    """Put words of comparison to amounts, two amounts to what lies between them."""
    found: list[Quantity] = []
    place = 0
    while place < len(amounts):
        first = amounts[place]
        second = amounts[place + 1] if place + 1 < len(amounts) else None
        pair = _pair(text, first, second) if second is not None else None
        found.append(pair or _single(text, first))
        place += 2 if pair else 1
    return found


def _pair(text: str, first: Amount, second: Amount) -> Quantity | None:
    """Return what two amounts make together, if anything: what lies between them, or one with its margin."""
    gap = text[first.end : second.start]
    if _MARGIN.fullmatch(gap):
        return _quantity(
            text, replace(first, end=second.end), "about", (first.value - second.value, first.value + second.value)
        )
    if first.unit != second.unit or first.value >= second.value or "factor" in (first.form, second.form):
        return None
    before = text[max(0, first.start - 24) : first.start]
    opening = _RANGE_START.search(before)
    is_change = bool(_CHANGE.search(text[max(0, first.start - 60) : first.start]))
    is_between = opening is not None and opening["between"].lower().endswith("between")
    if is_between and _RANGE_AND.fullmatch(gap):
        is_range = True
    elif is_change and _RANGE_AND.fullmatch(gap):
        return None
    elif opening and _RANGE_TO.fullmatch(gap) and " to" in gap:
        is_range = True
    else:
        opening = None
        next_number = first.form == second.form == "count" and second.value == first.value + 1
        is_range = _is_dash(text, first, second) or bool(
            _RANGE_TO.fullmatch(gap) and (" or " not in gap or next_number)
        )
    if not is_range:
        return None
    start = first.start - len(before) + opening.start("between") if opening else first.start
    whole = replace(first, start=start, end=second.end, form="count", numerator=None, denominator=None)
    return _quantity(text, whole, "between", (first.value, second.value))


def _single(text: str, amount: Amount) -> Quantity:
    """Return the figure that one amount makes with the words of comparison around it."""
    if amount.comparator:
        comparator, whole = amount.comparator, amount
    else:
        comparison = find_comparison(text, amount.start, amount.end)
        comparator, whole = comparison.comparator, replace(amount, start=comparison.start, end=comparison.end)
        if _word_count(text, whole) > _MOST_WORDS:
            whole = amount
    is_share = amount.unit in ("PERCENT", "PP")
    step = (
        amount.step
        if amount.form in ("percent", "money") or amount.value != int(amount.value) or amount.is_scaled
        else Decimal(0)
    )
    allowed = bounds_of(amount.value, comparator=comparator, is_share=is_share, step=step)
    return _quantity(text, whole, comparator, allowed)


def _word_count(text: str, amount: Amount) -> int:
    return len(text[amount.start : amount.end].split())


def _quantity(text: str, amount: Amount, comparator: str, allowed: tuple[Decimal | None, Decimal | None]) -> Quantity:
    """Make the figure of an amount, cut to eight words."""
    span = Span(amount.start, amount.end)
    words = text[span.start : span.end].split()
    if len(words) > _MOST_WORDS:
        span = Span(span.start, span.start + _end_of_words(text[span.start : span.end], _MOST_WORDS))
    is_none = text[amount.start : amount.start + 4].lower() == "none"
    return Quantity(
        span=span,
        as_said="",
        comparator=comparator,
        value=None if comparator == "between" else _tidy(amount.value),
        lowest=None if allowed[0] is None else _tidy(allowed[0]),
        highest=None if allowed[1] is None else _tidy(allowed[1]),
        unit=amount.unit,
        numerator=amount.numerator,
        denominator=amount.denominator,
        is_fraction=amount.form in ("fraction", "ratio"),
        polarity="negative" if is_none else "positive",
        tone=find_tone(text, amount.start),
    )


def _tidy(value: Decimal) -> Decimal:
    """Return a number to four decimals, without zeros that say nothing."""
    with localcontext(prec=60):
        rounded = round(value, 4)
        return Decimal(int(rounded)) if rounded == int(rounded) else rounded.normalize()


def _end_of_words(text: str, count: int) -> int:
    """Return where the first so many words of a text end."""
    end = 0
    for word in text.split()[:count]:
        end = text.index(word, end) + len(word)
    return end


def _is_same(text: str, first: Quantity, second: Quantity) -> bool:
    """Say whether a figure is another reading of the one before it: one in six (15%)."""
    gap = text[first.span.end : second.span.start]
    if not _OPENING.fullmatch(gap) or not _CLOSING.match(text, second.span.end):
        return False
    if first.comparator == "between" or second.comparator == "between" or "YR" in (first.unit, second.unit):
        return False
    units = {first.unit, second.unit}
    worded = first.is_fraction or first.denominator is not None, second.is_fraction or second.denominator is not None
    if units == {"PERCENT"}:
        return worded[0] != worded[1] or all(worded)
    if units == {"NUM", "PERCENT"}:
        return any(mark in gap for mark in "(–—") or any(worded)
    if units == {"NUM"}:
        return "(" in gap and first.value == second.value
    return len(units) == 2 and units <= {"GBP", "USD", "EUR"} and "(" in gap
