"""How the patterns of the figure grammar are written, and how what they match is made plain."""

from __future__ import annotations

import re

__all__ = ["BLANKS", "any_of", "pattern", "plain"]

#: What may stand where a pattern has a blank: spaces that break and that do not, one line end of a wrapped text.
BLANKS = " \t\n\u00a0\u2009\u202f"

#: Marks that stand for a hyphen where a pattern has "~".
_HYPHENS = "\u2010\u2011-"

_STANDS_FOR = {" ": BLANKS, "~": "\u2010\u2011\\-", "'": "'’"}


def pattern(written: str) -> re.Pattern[str]:
    r"""Compile a pattern in which a blank is any space between words, `~` a hyphen, and `'` either apostrophe.

    In a class of characters they add what they stand for: `[ ]` is one blank, which a look-behind needs. Letters and
    word boundaries are those of ASCII, so that what matches can be looked up.

    Example:
        >>> bool(pattern("more than").fullmatch("More\u00a0than"))
        True
    """
    spelled: list[str] = []
    in_class = is_escaped = False
    for character in written:
        stands_for = "" if is_escaped else _STANDS_FOR.get(character, "")
        if stands_for and not in_class:
            stands_for = f"(?:[{stands_for}]{{1,3}})" if character == " " else f"[{stands_for}]"
        spelled.append(stands_for or character)
        in_class = character == "[" or (in_class and character != "]") if not is_escaped else in_class
        is_escaped = character == "\\" and not is_escaped
    return re.compile("".join(spelled), re.ASCII | re.IGNORECASE)


def plain(matched: str) -> str:
    r"""Return matched words in small letters, with one space between them and plain hyphens.

    Example:
        >>> plain("Three\u2011Quarters  of")
        'three-quarters of'
    """
    lowered = re.sub(f"[{BLANKS}]+", " ", matched.lower())
    return re.sub(f"[{_HYPHENS}]", "-", lowered).replace("’", "'").strip()


def any_of(*words: str) -> str:
    """Return a pattern for any of some words, the longest first.

    Example:
        >>> any_of("two", "twofold")
        '(?:twofold|two)'
    """
    return f"(?:{'|'.join(sorted(words, key=lambda word: (-len(word), word)))})"
