"""Names and texts in messages: how they are compared, which is nearest, how they are shown."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping

__all__ = ["fold", "nearest", "shown"]

_WORD = re.compile("[a-z0-9]+")
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


def nearest(text: str, names: Iterable[str] | Mapping[str, object]) -> str:
    """Say which of some names is nearest to a text, in words that end an error's message."""
    folded: dict[str, str] = {}
    for name in sorted(names):
        folded.setdefault(fold(name), name)
    wanted = fold(text[:200])
    close = difflib.get_close_matches(wanted, folded, n=3, cutoff=0.5)
    close += [name for name in folded if wanted and wanted in name and name not in close][: 3 - len(close)]
    if not close and len(folded) == 1:
        return f"expected {next(iter(folded.values()))}"
    if not close:
        return f"expected one of {', '.join(list(folded.values())[:8])}{' …' if len(folded) > 8 else ''}"
    return f"did you mean {' or '.join(repr(folded[name]) for name in close)}?"


def shown(text: str) -> str:
    """Return a text as an error shows it: in quotation marks, on one line, cut where it is long."""
    return repr(text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…")
