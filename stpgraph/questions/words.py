"""Names and texts in messages: how they are compared, which is nearest, how they are shown."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping

__all__ = ["fold", "in_turn", "near", "nearest", "shown"]

_WORD = re.compile("[a-z0-9]+")
#: How like a name a text is that was meant to be that name, but for a letter or so.
_SLIP = 0.8
#: How many characters of a text a message shows.
_SHOWN = 100


def fold(text: str) -> str:
    """Return the words of a text without case, accents and punctuation, for comparing names.

    Example:
        >>> fold("Zoë’s Joint-Working"), fold("joint  working")
        ('zoes joint working', 'joint working')
    """
    if text.isascii():  # most names are, and there may be very many
        return " ".join(_WORD.findall(text.lower().replace("'", "")))
    plain = unicodedata.normalize("NFKD", text).casefold()
    kept = (c for c in plain if not unicodedata.combining(c) and c not in "'’")
    return " ".join("".join(c if c.isalnum() else " " for c in kept).split())


def near(text: str, names: Iterable[str] | Mapping[str, object]) -> list[str]:
    """Return up to three of some names that a text may have meant, the nearest first.

    Names that differ by a letter or so keep all others away.

    Example:
        >>> near("organization", ["organisation", "person"])
        ['organisation']
    """
    folded = _folded(names)
    wanted = fold(text[:200])
    close = difflib.get_close_matches(wanted, folded, n=3, cutoff=_SLIP)
    close = close or difflib.get_close_matches(wanted, folded, n=3, cutoff=0.5)
    close += [name for name in folded if wanted and wanted in name and name not in close][: 3 - len(close)]
    return [folded[name] for name in close]


def nearest(text: str, names: Iterable[str] | Mapping[str, object]) -> str:
    """Say which of some names is nearest to a text, in words that end an error's message."""
    if close := near(text, names):
        return f"did you mean {' or '.join(map(repr, close))}?"
    several = list(_folded(names).values())
    if len(several) == 1:
        return f"expected {several[0]}"
    return f"expected one of {', '.join(several[:8])}{' …' if len(several) > 8 else ''}"


def _folded(names: Iterable[str] | Mapping[str, object]) -> dict[str, str]:
    """Return names in their order by how they are compared; of two alike, the first."""
    folded: dict[str, str] = {}
    for name in sorted(names):
        folded.setdefault(fold(name), name)
    return folded


def in_turn(names: Iterable[str]) -> str:
    """Return names as a choice of one: "month, quarter or year".

    Example:
        >>> in_turn(["month", "quarter", "year"]), in_turn(["month"])
        ('month, quarter or year', 'month')
    """
    *others, last = names
    return f"{', '.join(others)} or {last}" if others else last


def shown(text: str) -> str:
    """Return a text as an error shows it: in quotation marks, on one line, cut where it is long."""
    return repr(text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…")
