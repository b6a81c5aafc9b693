"""The text of a claim that shows best why it was found."""

from __future__ import annotations

from collections.abc import Sequence, Set

from stpgraph.search.answers import Snippet
from stpgraph.search.words import marks, words_of

__all__ = ["snippet"]

#: Characters of a text that are shown whole, and how many stand before the first find of a longer one.
_LONGEST, _BEFORE = 240, 60


def snippet(texts: Sequence[tuple[str, str]], found: Set[str]) -> Snippet:
    """Return the text in which most of the words stand, of several the first; without words, the first of all.

    Args:
        texts: field and text, the most telling field first.
        found: words as `words_of` gives them.

    Example:
        >>> snippet([("summary", "Trust is thin."), ("outlet", "Gazette")], {"gazette"})
        Snippet(field='outlet', text='Gazette', marks=((0, 7),))
    """
    field, text = max(texts, key=lambda one: len(found & set(words_of(one[1])))) if found else texts[0]
    return _cut(field, text, marks(text, found) if found else ())


def _cut(field: str, text: str, places: tuple[tuple[int, int], ...]) -> Snippet:
    """Cut a long text to what stands around its first find, between words where it can be."""
    if len(text) <= _LONGEST:
        return Snippet(field=field, text=text, marks=places)
    first = places[0][0] if places else 0
    start = 0 if first <= _BEFORE else text.find(" ", first - _BEFORE, first) + 1 or first
    end = start + _LONGEST
    if end < len(text):
        end = max(text.rfind(" ", start, end), places[0][1] if places else 0, start + _LONGEST // 2)
    head, tail = ("… " if start else ""), (" …" if end < len(text) else "")
    moved = len(head) - start
    kept = tuple([(at + moved, to + moved) for at, to in places if to <= end])
    return Snippet(field=field, text=f"{head}{text[start:end]}{tail}", marks=kept)
