"""How a claim is hedged: possible, likely, conditional; only where the hedge bears on its main clause."""

from __future__ import annotations

import re
from functools import cache

from stpgraph.extraction.relationships.records import Decision
from stpgraph.extraction.relationships.words import Found, Lexicon, Word, read_lists
from stpgraph.extraction.spans import Span
from stpgraph.vocabulary import mint

__all__ = ["decide_modality"]

#: Words that open a clause below the main one.
_OPENING = frozenset(
    ("that", "which", "who", "whose", "becaus", "where", "what", "how", "whether", "so", "sinc", "until", "why", "as")
)


_ASKING = frozenset(("whether", "how", "why", "who", "what"))
#: A condition that begins with its verb: should the plan fail, were it to fail.
_TURNED = re.compile(
    r"(?:^|, |\w )(?P<turned>should (?:the|any|these|those|this|they|it|he|she|we)\b"
    r"|were (?:the|it|they|this|that) \w*\s?to\b)",
    re.IGNORECASE,
)


@cache
def _lexicon() -> Lexicon:
    return Lexicon.of(read_lists("hedges.txt"))


def decide_modality(content: str, words: list[Word], offset: int = 0) -> Decision | None:
    """Return how a claim is hedged, by the first hedge of a main clause; None where it is not.

    Args:
        content: what is said.
        words: its words.
        offset: from where the spans of the words are counted.

    Example:
        >>> from stpgraph.extraction.relationships.words import split_words
        >>> said = "A plan that may fail was agreed."
        >>> decide_modality(said, split_words(said)) is None
        True
        >>> said = "The plan may fail."
        >>> decide_modality(said, split_words(said)).concept.value
        'https://w3id.org/stpgraph/id/modality/possible'
    """
    if (turned := _TURNED.search(content)) and "?" not in content:
        span = Span(*turned.span("turned")).moved(offset)
        return _decision("conditional", span, turned.group("turned"))
    every = _lexicon().find(words)
    found = [one for one in every if one.list != "apart" and _is_main(one, words, content, offset)]
    if not found:
        return None
    chosen = next((one for one in found if one.list == "conditional"), found[0])
    return _decision(chosen.list, chosen.span, chosen.said)


def _decision(modality: str, span: Span, said: str) -> Decision:
    return Decision(concept=mint("modality", modality), because=(span,), why=f"“{said}”", confidence=0.7)


def _is_main(found: Found, words: list[Word], content: str, offset: int) -> bool:
    """Say whether no clause below the main one is open where a hedge stands."""
    if found.list == "conditional":
        if any(word.stem in _ASKING for word in words[found.first : found.last]):
            return False
        return found.first > 0 or found.phrase != "=if" or "," in content
    before = [word for word in words[: found.first] if word.stretch == words[found.first].stretch]
    for number, word in enumerate(before):
        is_opening = word.stem in _ASKING or (number and word.stem in _OPENING)
        if is_opening and "," not in content[word.end - offset : found.span.start - offset]:
            return False
    return True
