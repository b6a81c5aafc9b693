"""Screening: which paragraphs can hold an attribution or a figure at all, so that the others need no parse."""

from __future__ import annotations

import re
from functools import cache

from stpgraph.extraction.attribution.cues import load_cues

__all__ = ["can_hold_something"]

#: What shows that a paragraph can hold something whatever its words: quotation marks, digits, a colon, capitals of
#: minutes, the marks of a list, and number words.
_SIGNS = re.compile(
    r"[\d“”\"‘:%]|''|``|^\s*(?:[•●▪·*–—-]|\(?[a-z]{1,4}[).])\s|\b(?:RESOLVED|AGREED|NOTED|RECOMMENDED|ORDERED"
    r"|half|third|quarter|fifth|tenth|dozen|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty|hundred|thousand|million|billion|most|majority"
    r"|none|both|all|per|according|view|opinion|words|eyes)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")


@cache
def _cue_forms() -> frozenset[str]:
    """Return every form of every cue word."""
    cues = load_cues()
    plurals = {f"{noun}s" for noun in cues.nouns} | {f"{noun[:-1]}ies" for noun in cues.nouns if noun.endswith("y")}
    return frozenset({*cues.verbs, *cues.forms, *cues.nouns, *plurals, *cues.adjectives})


def can_hold_something(paragraph: str) -> bool:
    """Say whether a paragraph can hold an attribution or a figure: a cue word, a quotation, a number, a list.

    Example:
        >>> can_hold_something("Doe warned of closures."), can_hold_something("Sign up to our newsletter today.")
        (True, False)
    """
    if _SIGNS.search(paragraph):
        return True
    forms = _cue_forms()
    return any(match.group().lower() in forms for match in _WORD.finditer(paragraph))
