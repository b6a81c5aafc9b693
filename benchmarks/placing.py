"""Finding the exact words of an annotation in its text.

Words are looked for as whole words: "he" is not found in "the", nor "5" in "£5.3bn". Of several places, content and
figures take the first after what precedes them in the list; sources and cues take the place nearest to the content.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import product

from stpgraph.extraction.spans import Span, cover

__all__ = ["find_places", "find_strings", "is_whole", "nearest", "next_place", "source_and_cue"]

#: What a sentence's end and a paragraph's end between two places add to their distance, in characters.
_SENTENCE, _PARAGRAPH = 200, 1000

_SENTENCE_END = re.compile(r"[.!?][”’\"')]*\s")
_DIGITS_GO_ON_BEFORE = re.compile(r"\d[.,]\Z")
_DIGITS_GO_ON_AFTER = re.compile(r"[.,]\d")


def find_places(text: str, words: str) -> list[Span]:
    """Return every place where words stand in a text as whole words, in order.

    Example:
        >>> find_places("The board said he said 5 of 5.3", "he")
        [Span(start=15, end=17)]
        >>> find_places("The board said he said 5 of 5.3", "5")
        [Span(start=23, end=24)]
    """
    return [place for place in find_strings(text, words) if is_whole(text, place)]


def find_strings(text: str, string: str) -> list[Span]:
    """Return every place of a string in a text, also those within a word, in order.

    Example:
        >>> len(find_strings("The board said he said 5 of 5.3", "he"))
        2
    """
    found, at = [], text.find(string) if string else -1
    while at >= 0:
        found.append(Span(at, at + len(string)))
        at = text.find(string, at + 1)
    return found


def is_whole(text: str, place: Span) -> bool:
    """Say whether a place begins and ends where a word or number does."""
    start, end = place.start, place.end
    first, last = text[start], text[end - 1]
    if first.isalnum() and start and text[start - 1].isalnum():
        return False
    if last.isalnum() and end < len(text) and text[end].isalnum():
        return False
    if first.isdigit() and _DIGITS_GO_ON_BEFORE.search(text[max(0, start - 2) : start]):
        return False
    return not (last.isdigit() and _DIGITS_GO_ON_AFTER.match(text, end))


def next_place(places: Sequence[Span], after: Span | None) -> Span | None:
    """Return the first place that begins after the end of another, or after its beginning; or the only one there is.

    Example:
        >>> next_place([Span(0, 4), Span(10, 14), Span(20, 24)], Span(8, 15))
        Span(start=20, end=24)
    """
    if after is None or len(places) == 1:
        return places[0] if places else None
    beyond = [place for place in places if place.start >= after.end]
    within = [place for place in places if place.start > after.start]
    return next(iter(beyond or within), None)


def _distance(text: str, one: Span, other: Span) -> int:
    if one.meets(other):
        return 0
    first, second = sorted((one, other))
    gap = text[first.end : second.start]
    return len(gap) + _SENTENCE * bool(_SENTENCE_END.search(gap)) + _PARAGRAPH * ("\n" in gap)


def _distance_to_any(text: str, place: Span, spans: Iterable[Span]) -> int:
    return min(_distance(text, place, span) for span in spans)


def nearest(text: str, places: Iterable[Span], spans: Sequence[Span]) -> Span | None:
    """Return the place nearest to any of some spans, those outside of them first."""
    return min(
        places,
        key=lambda place: (
            any(span.meets(place) for span in spans),
            _distance_to_any(text, place, spans),
            place,
        ),
        default=None,
    )


def source_and_cue(
    text: str, content: Sequence[Span], sources: Sequence[Span], cues: Sequence[Span]
) -> tuple[Span | None, Span | None]:
    """Return the source and the cue that stand nearest to the content and to each other.

    Example:
        >>> text = "“A,” Doe said. “B,” Poe said."
        >>> source_and_cue(text, [Span(16, 17)], [Span(20, 23)], find_places(text, "said"))
        (Span(start=20, end=23), Span(start=24, end=28))
    """
    sources = [place for place in sources if not any(span.meets(place) for span in content)] or sources
    cues = [place for place in cues if not any(span.meets(place) for span in content)] or cues
    if not sources or not cues:
        return nearest(text, sources, content), nearest(text, cues, content)

    def apart(pair: tuple[Span, Span]) -> tuple[int, Span]:
        source, cue = pair
        to_content = _distance_to_any(text, source, content) + _distance_to_any(text, cue, content)
        return to_content + _distance(text, source, cue), cover(pair)

    return min(product(sources, cues), key=apart)
