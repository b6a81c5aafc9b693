"""Words that stand nowhere, taken for those that are nearest to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from types import ModuleType
from typing import Any

from stpgraph.errors import MissingExtra

__all__ = ["like_paths", "nearest_words"]

#: Words that one word may be taken for.
_MOST = 3

#: From how many letters on a word may have one slip, and two.
_ONE, _TWO = 4, 8

#: How alike two paths must be, in percent, for one to be a slip for the other.
_ALIKE = 75.0


def nearest_words(word: str, vocabulary: Sequence[str], use_of: Callable[[int], int]) -> list[int]:
    """Return the words that a word with slips was meant for: those with the fewest, the most used first.

    A slip is a letter more, less or other, or two neighbours changed round; 4 to 7 letters may have one, longer words
    two. What holds a digit is no slip for another.

    Args:
        word: what was asked for.
        vocabulary: the words that there are.
        use_of: how often one of these stands somewhere, by its number.

    Raises:
        MissingExtra: when rapidfuzz is not installed.

    Example:
        >>> nearest_words("trsut", ["budget", "truss", "trust"], lambda number: 1)
        [2]
    """
    most = (len(word) >= _ONE) + (len(word) >= _TWO)
    if not most or any(character.isdigit() for character in word):
        return []
    scorer = _rapidfuzz("rapidfuzz.distance").OSA.distance
    found = _extract(word, vocabulary, scorer=scorer, score_cutoff=most)
    near = [(slips, -use_of(number), number) for _, slips, number in found if slips]
    near = [one for one in near if one[1] and not any(character.isdigit() for character in vocabulary[one[2]])]
    fewest = min(near, default=(0, 0, 0))[0]
    return [number for slips, _, number in sorted(near) if slips == fewest][:_MOST]


def like_paths(path: str, paths: Sequence[str], most: int) -> list[int]:
    """Return the paths that are most like a path.

    Raises:
        MissingExtra: when rapidfuzz is not installed.

    Example:
        >>> like_paths("organisation/cipfaa", ["organisation/cipfa", "person/jo-doe"], 5)
        [0]
    """
    scorer = _rapidfuzz("rapidfuzz.fuzz").ratio
    found = _extract(path, paths, scorer=scorer, score_cutoff=_ALIKE)
    return [number for _, _, number in sorted(found, key=lambda one: (-one[1], one[2]))[:most]]


def _extract(text: str, texts: Sequence[str], **how: Any) -> list[tuple[str, float, int]]:
    found: list[tuple[str, float, int]] = _rapidfuzz("rapidfuzz.process").extract(text, texts, limit=None, **how)
    return found


def _rapidfuzz(name: str) -> ModuleType:
    try:
        return import_module(name)
    except ImportError as fault:
        raise MissingExtra(
            "spelling is mended by rapidfuzz, which is not installed; get it with: pip install 'stpgraph[serve]'"
        ) from fault
