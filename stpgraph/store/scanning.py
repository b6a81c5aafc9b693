"""Where the parts of a query begin and end, in one whose texts and IRIs are masked."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = [
    "CHANGED_TEXT",
    "MINUS",
    "OPTIONAL",
    "PLAIN_TEXT",
    "SELECT",
    "STEP",
    "VARIABLE",
    "depth_of",
    "end_of",
    "end_of_call",
    "end_of_group",
    "groups",
    "is_compared",
    "start_of_bracket",
    "start_of_group",
]

#: A step of a path.
STEP = r"(?:[A-Za-z][\w.-]*:[\w.-]*\w|~+|\ba\b)"

#: A variable, groups of two kinds, a query; what puts a text in other letters, and what has no language.
VARIABLE = re.compile(r"[?$](\w+)")
MINUS = re.compile(r"\bMINUS\s*\{", re.IGNORECASE)
OPTIONAL = re.compile(r"\bOPTIONAL\s*\{", re.IGNORECASE)
SELECT = re.compile(r"(?<![\w:?$.-])SELECT\b(?!:)", re.IGNORECASE)
CHANGED_TEXT = re.compile(r"(?<![\w:?$])(?:UCASE|LCASE|REPLACE)\s*\(", re.IGNORECASE)
PLAIN_TEXT = re.compile(r"\s*(?:STR|CONCAT|ENCODE_FOR_URI|UCASE|LCASE|REPLACE)\s*\(", re.IGNORECASE)

#: What stands before and behind what is compared.
_BEFORE_COMPARISON = re.compile(r"[<>]=?\s*\Z")
_COMPARISON = re.compile(r"\s*(?:[<>]|!?=\s*~+@)")


def groups(code: str) -> Iterator[tuple[int, int]]:
    """Yield where the inside of each pair of braces begins and ends."""
    open_: list[int] = []
    for place, sign in enumerate(code):
        if sign == "{":
            open_.append(place + 1)
        elif sign == "}" and open_:
            yield open_.pop(), place


def depth_of(code: str) -> int:
    """Return how many groups are open at the end."""
    return code.count("{") - code.count("}")


def end_of(code: str, at: int, up: str, down: str) -> int:
    """Return where a bracket that is open at a place closes; the end of all where it does not."""
    depth = 1
    for place in range(at, len(code)):
        depth += (code[place] == up) - (code[place] == down)
        if depth == 0:
            return place
    return len(code)


def end_of_group(code: str, at: int) -> int:
    """Return where the brace that is open at a place closes."""
    return end_of(code, at, "{", "}")


def start_of_group(code: str, at: int) -> int:
    """Return where the inside of the group that a place is in begins."""
    return at - end_of(code[:at][::-1], 0, "}", "{")


def start_of_bracket(code: str) -> int:
    """Return where the bracket opens that closes at the end."""
    return len(code) - 2 - end_of(code[:-1][::-1], 0, ")", "(")


def end_of_call(code: str, found: re.Match[str], at: int | None = None) -> int:
    """Return where a call ends, behind its bracket."""
    return end_of(code, found.end() if at is None else at, "(", ")") + 1


def is_compared(code: str, start: int, stop: int) -> bool:
    """Say whether an expression is compared by order, or with a text that has a language."""
    return bool(_COMPARISON.match(code, stop) or _BEFORE_COMPARISON.search(code[max(0, start - 4) : start]))
