"""What the rules work on and hand on: paragraphs with their utterances, and candidates in terms of their words."""

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
    """An attribution in the making: places of words in the parse of one paragraph.

    Attributes:
        rule: the name of the rule that found it.
        cue_word: the dictionary form of the cue.
        content: what is said.
        source: who says it.
        cue: by which words.
        relative: the relative pronoun that stands for the source.
        verb: the word that is the head of the cue.
    """

    rule: str
    cue_word: str
    content: set[int]
    source: set[int] = field(default_factory=set)
    cue: set[int] = field(default_factory=set)
    relative: int | None = None
    verb: int | None = None


class Page:
    """One paragraph as the rules see it: its parse, and which quotation each word lies in.

    Attributes:
        paragraph: the paragraph.
        index: its place among the paragraphs of the text.
        doc: its parse.
        text: the words of the parse; offsets in it count from the paragraph's start.
        start: where it starts in the text.
        quotations: the quotations in it.
        words_of: the places of the words of each quotation.
        quoted: for each quoted word, the number of its quotation.
        speech: for each quotation, whether it is an utterance, and not words quoted within a sentence of another.
    """

    def __init__(self, paragraph: Paragraph, index: int) -> None:
        if paragraph.parse is None:
            raise ValueError("a paragraph that was not parsed has no page")
        self.paragraph = paragraph
        self.index = index
        self.doc: Doc = paragraph.parse
        self.text: str = self.doc.text
        self.start = paragraph.span.start
        self.quotations: tuple[Quotation, ...] = paragraph.quotations
        self.words_of: list[list[int]] = [
            [word.i for word in paragraph.tokens_in(quotation.inner) if not word.is_space]
            for quotation in self.quotations
        ]
        self.quoted: dict[int, int] = {place: number for number, words in enumerate(self.words_of) for place in words}
        self.speech: list[bool] = [self._is_speech(number) for number in range(len(self.quotations))]

    def _is_speech(self, number: int) -> bool:
        words = [self.doc[place] for place in self.words_of[number]]
        if not words:
            return False
        text = self.quotations[number].inner.moved(-self.start).of(self.text).strip()
        ends = text[-1:] in ",.?!…—–" or not self.quotations[number].is_closed
        has_verb = any(word.pos_ in {"VERB", "AUX"} for word in words)
        begins = text[:1].isupper() or text[:1] in "…[."
        if not has_verb and self._is_title(words, number):
            return False
        return (ends and (begins or has_verb) and len(words) >= 2) or (begins and has_verb and len(words) >= 5)

    def _is_title(self, words: list[Token], number: int) -> bool:
        """Say whether quoted words without a verb are a name rather than an utterance: nothing leads on to them."""
        before = self.text[: self.quotations[number].span.start - self.start].rstrip()
        capital = all(word.text[0].isupper() for word in words if word.is_alpha and len(word) > 3)
        return capital and bool(before) and before[-1] not in ",:.?!"

    def is_inside_speech(self, token: Token) -> bool:
        """Say whether a word stands in a quotation that is an utterance."""
        return self.voice(token) is not None

    def voice(self, token: Token) -> int | None:
        """Return the number of the utterance in which a word stands, or None for what the document says itself."""
        number = self.quoted.get(token.i)
        return number if number is not None and self.speech[number] else None

    def words_between(self, first: int, last: int) -> list[Token]:
        """Return the words from one place up to another."""
        return [self.doc[place] for place in range(max(0, first), min(last, len(self.doc)))]

    def has_verb(self, places: set[int]) -> bool:
        """Say whether some words have a verb among them."""
        return any(self.doc[place].pos_ in {"VERB", "AUX"} for place in places)
