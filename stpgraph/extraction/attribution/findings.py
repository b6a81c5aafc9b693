"""What the rules work on and hand on: candidates in terms of words of one paragraph."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from stpgraph.extraction.parsing import Paragraph
from stpgraph.extraction.quotations import Quotation

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Candidate", "Page"]


@dataclass(slots=True, kw_only=True)
class Candidate:
    """An attribution in the making: places of words in the parse of one paragraph."""

    rule: str
    cue_word: str
    content: set[int]
    source: set[int] = field(default_factory=set)
    cue: set[int] = field(default_factory=set)
    relative: int | None = None
    strength: float = 0.5
    verb: int | None = None


class Page:
    """One paragraph as the rules see it: its parse, and which quotation each word lies in."""

    def __init__(self, paragraph: Paragraph, index: int) -> None:
        assert paragraph.parse is not None
        self.paragraph = paragraph
        self.index = index
        self.doc: Doc = paragraph.parse
        self.start = paragraph.span.start
        self.quotations: tuple[Quotation, ...] = paragraph.quotations
        self.words_of: list[list[int]] = [
            [word.i for word in paragraph.tokens_in(quotation.inner) if not word.is_space]
            for quotation in self.quotations
        ]
        self.quoted: dict[int, int] = {
            place: number for number, words in enumerate(self.words_of) for place in words
        }
        self.speech: list[bool] = [self._is_speech(number) for number in range(len(self.quotations))]

    def _is_speech(self, number: int) -> bool:
        """Say whether a quotation is an utterance of its own, and not words quoted within a sentence of another."""
        words = [self.doc[place] for place in self.words_of[number]]
        if not words:
            return False
        inner = self.quotations[number].inner
        text = self.doc.text[inner.start - self.start : inner.end - self.start].strip()
        ends = text[-1:] in ",.?!…—–" or not self.quotations[number].is_closed
        has_verb = any(word.pos_ in {"VERB", "AUX"} for word in words)
        begins = text[:1].isupper() or text[:1] in "…[."
        if not has_verb and self._is_title(words, number):
            return False
        return (ends and (begins or has_verb) and len(words) >= 2) or (begins and has_verb and len(words) >= 5)

    def _is_title(self, words: list[Token], number: int) -> bool:
        """Say whether quoted words without a verb are a name rather than an utterance: nothing leads on to them."""
        before = self.doc.text[: self.quotations[number].span.start - self.start].rstrip()
        capital = all(word.text[0].isupper() for word in words if word.is_alpha and len(word) > 3)
        return capital and bool(before) and before[-1] not in ",:.?!"

    def is_inside_speech(self, token: Token) -> bool:
        """Say whether a word stands in a quotation that is an utterance."""
        number = self.quoted.get(token.i)
        return number is not None and self.speech[number]

    def voice(self, token: Token) -> int | None:
        """Return the number of the utterance in which a word stands, or None for what the document says itself."""
        number = self.quoted.get(token.i)
        return number if number is not None and self.speech[number] else None

    def words_between(self, first: int, last: int) -> list[Token]:
        """Return the words from one place up to another."""
        return [self.doc[place] for place in range(max(0, first), min(last, len(self.doc)))]
