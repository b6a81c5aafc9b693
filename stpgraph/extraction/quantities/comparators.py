"""Words of comparison before and after a number, and the tone that is none."""

from __future__ import annotations

from dataclasses import dataclass

from stpgraph.extraction.quantities.spelling import BLANKS, any_of, pattern, plain

__all__ = ["Comparison", "find_comparison", "find_tone"]

#: Words before a number and the comparator they make; the slugs are those of the scheme.
_BEFORE: dict[str, str] = {
    **dict.fromkeys(("exactly", "precisely"), "exactly"),
    **dict.fromkeys(
        (
            *(
                "about",
                "around",
                "roughly",
                "approximately",
                "approx.",
                "approx",
                "circa",
                "c.",
                "some",
                "something like",
            ),
            *("somewhere around", "in the region of", "of the order of", "in the order of", "an estimated", "~", "≈"),
        ),
        "about",
    ),
    **dict.fromkeys(
        (
            *("nearly", "very nearly", "almost", "just under", "just below", "just less than", "just fewer than"),
            *("just short of", "just shy of", "close to", "approaching", "nearing", "not quite", "slightly under"),
            *("slightly less than", "slightly fewer than", "slightly below", "a little under", "a little less than"),
            *("a shade under",),
        ),
        "nearly",
    ),
    **dict.fromkeys(
        (
            *("more than", "over", "above", "in excess of", "exceeding", "greater than", "higher than", "just over"),
            *("just above", "just more than", "slightly over", "slightly more than", "slightly above", "a little over"),
            *("a little more than", "well over", "well above", "far more than", "much more than", "north of", ">"),
            *("longer than", "larger than", "bigger than", "top", "topped", "topping", "exceed", "exceeds", "exceeded"),
        ),
        "more-than",
    ),
    **dict.fromkeys(
        (
            *("at least", "at the very least", "no fewer than", "no less than", "not less than", "not fewer than"),
            *("a minimum of", "minimum of", "upwards of", "upward of", "as few as", "as little as", "≥"),
        ),
        "at-least",
    ),
    **dict.fromkeys(
        (
            *("at most", "at the most", "up to", "no more than", "not more than", "a maximum of", "maximum of"),
            *("as many as", "as much as", "no greater than", "no higher than", "not exceeding", "≤"),
        ),
        "at-most",
    ),
    **dict.fromkeys(
        (
            *("fewer than", "less than", "under", "below", "lower than", "well under", "well below", "far fewer than"),
            *("far less than", "much less than", "smaller than", "shorter than", "south of", "<"),
        ),
        "fewer-than",
    ),
}

#: Words after a number; those in the second group need no blank before them.
_AFTER: dict[str, str] = {
    **dict.fromkeys((" or more", " or above", " or higher", " or over", " or greater", " at least"), "at-least"),
    **dict.fromkeys(("~plus", " plus", r"\+"), "at-least"),
    **dict.fromkeys(
        (" or fewer", " or less", " or under", " or below", " or lower", " at most", " at the most"), "at-most"
    ),
    **dict.fromkeys((" or so", " or thereabouts"), "about"),
}

#: The same as they are looked up once found.
_SUFFIXES = {words.replace("~", "-").replace("\\", "").strip(): slug for words, slug in _AFTER.items()}

#: Words that may stand between a comparison and its number.
_BETWEEN = "(?: an? (?:further|additional|extra|estimated|total of|combined|record)| another| a total of)?"

_WRITTEN = any_of(*(word.replace(".", r"\.").replace("~", "\\u007e") for word in _BEFORE))
_PREFIX = pattern(rf"(?<![\w/])(?P<words>{_WRITTEN}){_BETWEEN}[{BLANKS}]{{0,2}}\Z")
_SUFFIX = pattern(rf"(?P<words>{any_of(*_AFTER)})(?![\w'])")

#: What makes "about", "over", "under" and "up to" prepositions: what is spoken of, spread or signed.
_IS_PREPOSITION = pattern(
    r"\b(?:(?:talk\w*|ask\w*|hear\w*|told|tell\w*|concern\w*|worr\w+|know\w*|question\w*"
    r"|speak\w*|spoke|think\w*|learn\w*"
    r"|information|said|says?|more|complain\w*|complaints?|doubts?) about|(?:spread|split"
    r"|shared|rolled out|organised) (?:over|under)"
    r"|(?:sign|signs|signed|signing|lines?|lined|next|added|adds|set) up to|(?:set out|come"
    r"|comes|came|fall|falls|fell|grouped) under"
    r"|(?:take\w*|took|hand\w*|win|won) over|(?:located|based|sits?|clustered|settle[ds]?) around)\Z"
)

#: What goes on, so that "over" before a time says how much more and not how long for.
_LASTING = pattern(
    r"\b(?:wait\w*|delay\w*|last\w*|tak\w+|took|spen[dt]\w*|stay\w*|work\w*|travel\w*|stuck"
    r"|queue\w*|for|of|by) over\Z"
)
_IN_TIME = pattern(r"(?:years?|yrs?|months?|weeks?|days?|hours?|hrs?|minutes?|mins?)\Z")
_TIME_NOUN = pattern(
    r" (?:winters?|summers?|springs?|seasons?|quarters?|terms?|decades?|weekends?|nights?"
    r"|sessions?|meetings?|rounds?|phases?)\b"
)

_TONE = pattern(r"\b(?:only|just|merely|a mere|solely|barely|a paltry)(?: an?)?[ ]\Z")
_ALL = pattern(r"\ball(?: of)?(?: the| its| their| our| these| those)?[ ]\Z")

#: As far as words of comparison reach, in characters.
_REACH = 48


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A comparator and where number and words of comparison begin and end together."""

    comparator: str
    start: int
    end: int


def find_comparison(text: str, start: int, end: int) -> Comparison:
    """Return what the words around a number say of it: "exactly" where they say nothing.

    Example:
        >>> found = find_comparison("In over 40 places", 8, 10)
        >>> found.comparator, found.start, found.end
        ('more-than', 3, 10)
    """
    before = text[max(0, start - _REACH) : start]
    prefix = _PREFIX.search(before)
    if prefix and not _is_preposition(text, prefix["words"], before[: prefix.end("words")], end):
        return Comparison(
            comparator=_BEFORE[plain(prefix["words"])], start=start - len(before) + prefix.start("words"), end=end
        )
    suffix = _SUFFIX.match(text, end)
    if suffix:
        return Comparison(comparator=_SUFFIXES[plain(suffix["words"])], start=start, end=suffix.end())
    return Comparison(comparator="exactly", start=start, end=end)


def _is_preposition(text: str, words: str, before: str, end: int) -> bool:
    """Say whether words of comparison are prepositions here: talk about, spread over, over four years."""
    if _IS_PREPOSITION.search(before):
        return True
    is_time = bool(_IN_TIME.search(text[max(0, end - 8) : end]) or _TIME_NOUN.match(text, end))
    return plain(words) == "over" and is_time and not _LASTING.search(before)


def find_tone(text: str, start: int) -> str | None:
    """Return "only" or "all" where such a word stands before a number with its comparison.

    Example:
        >>> find_tone("Only one", 5), find_tone("all 44", 4), find_tone("in 44", 3)
        ('only', 'all', None)
    """
    before = text[max(0, start - _REACH) : start]
    if _TONE.search(before):
        return "only"
    return "all" if _ALL.search(before) else None
