"""How wide text will be on a page, and where to break it: estimated, for there is no browser when positions are made.

The estimate is on the wide side for common sans-serif faces; the page condenses a line that is wider still, so that
what was kept apart here stays apart there.
"""

from __future__ import annotations

import unicodedata

__all__ = ["text_width", "wrap"]

#: Widths in ems of letters that differ much from the usual ones, by letter.
_WIDTHS = {
    **dict.fromkeys("ijl.,;:'’‘|!I", 0.30),
    **dict.fromkeys(" frt()[]-/", 0.37),
    **dict.fromkeys("mwMW@%", 0.92),
}
_USUAL = 0.60
_CAPITAL = 0.70
_FULL = 1.05

#: Ends a label that does not fit its lines.
_ELLIPSIS = "…"


def text_width(text: str, size: float) -> float:
    """Estimate the width of a line of text.

    Args:
        text: one line.
        size: height of the type in pixels.

    Returns:
        Pixels.

    Example:
        >>> text_width("mill", 10)
        18.2
    """
    return round(sum(map(_width, text)) * size, 1)


def wrap(text: str, *, size: float, width: float, lines: int, last: float = 0.0) -> tuple[str, ...]:
    """Break text into lines that fit a width, at spaces where it can, and cut with an ellipsis what does not fit.

    Args:
        text: what to break; runs of white space count as one space.
        size: height of the type in pixels.
        width: pixels a line may take.
        lines: most lines to make.
        last: pixels to leave free at the end of the last line.

    Returns:
        At least one line; one empty line for empty text.

    Example:
        >>> wrap("savings asked of the partnership", size=10, width=80, lines=2)
        ('savings asked', 'of the…')
    """
    pieces = [piece for word in text.split() for piece in _pieces(word, size, width)]
    made: list[str] = []
    line = ""
    for piece in pieces:
        longer = f"{line} {piece}" if line else piece
        if text_width(longer, size) <= width:
            line = longer
            continue
        made.append(line)
        line = piece
    made.append(line)
    if len(made) <= lines and text_width(made[-1], size) <= width - last:
        return tuple(made)
    if len(made) < lines:
        return (*made[:-1], *_break_off(made[-1], size, width - last))
    return (*made[: lines - 1], _cut(made[lines - 1], size, width - last))


def _width(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return _FULL
    return _WIDTHS.get(letter, _CAPITAL if letter.isupper() else _USUAL)


def _pieces(word: str, size: float, width: float) -> list[str]:
    """Cut a word that is wider than a whole line into pieces that are not."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and text_width(pieces[-1] + letter, size) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _break_off(line: str, size: float, width: float) -> tuple[str, ...]:
    """Give a line's last word a line of its own; cut the line where it has but one word."""
    head, space, tail = line.rpartition(" ")
    return (head, tail) if space else (_cut(line, size, width),)


def _cut(line: str, size: float, width: float) -> str:
    """Shorten a line until it and an ellipsis fit."""
    while line and text_width(line + _ELLIPSIS, size) > width:
        line = line[:-1].rstrip()
    return line + _ELLIPSIS
