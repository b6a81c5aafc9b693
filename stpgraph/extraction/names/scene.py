"""The scene of a document: everything that is named in it, place by place, while names are being told apart."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from stpgraph.extraction.names.gazetteer import Gazetteer, Mention
from stpgraph.extraction.names.lexicon import FEMALE, MALE
from stpgraph.extraction.names.records import Agent, NamedKind, Post, Work
from stpgraph.extraction.parsing import Paragraph, Reading
from stpgraph.extraction.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Scene", "Spot", "Thing"]

_END = re.compile(r"(?<![A-Z][a-z])(?<!\b[A-Z])[.!?]+[”’\"']*\s+(?=[“‘\"']?[A-Z0-9£])|\n+")


@dataclass(eq=False, slots=True, kw_only=True)
class Thing:
    """Something that is named, perhaps in many places.

    Attributes:
        kind: what it is.
        name: its fullest name so far.
        mention: where that stands.
        iri: the same in the reference.
        candidates: what it may be in the reference where that is more than one thing.
        titles: of a person: Dr, Cllr.
        posts: of a person.
        noun: of a study or report: what it is called.
        run_by: of a study or report: who answers for it.
        commissioned_by: of a study or report.
        asked: of a study: whom.
        evidence: how it was recognised and linked.
        gender: of a person, as far as the text tells: "he" or "she"; empty where it does not.
        told: of a body: what kind of body the text says that it is.
        is_described: of a person, whether the text gives no name, only what the person is.
    """

    kind: NamedKind
    name: str
    mention: Span
    iri: NamedNode | None = None
    candidates: tuple[NamedNode, ...] = ()
    titles: set[str] = field(default_factory=set)
    posts: list[Post] = field(default_factory=list)
    noun: str = ""
    run_by: list[Thing] = field(default_factory=list)
    commissioned_by: list[Thing] = field(default_factory=list)
    asked: str | None = None
    evidence: list[str] = field(default_factory=list)
    gender: str = ""
    told: set[str] = field(default_factory=set)
    is_described: bool = False

    @property
    def is_body(self) -> bool:
        """Whether it is a body or partnership."""
        return self.kind in {"organisation", "partnership"}

    @property
    def is_work(self) -> bool:
        """Whether it is a study or report."""
        return self.kind in {"study", "report"}

    @property
    def surname(self) -> str:
        """The last word of a person's name."""
        return self.name.rpartition(" ")[2]

    def may_be(self, pronoun: str) -> bool:
        """Say whether "he" or "she" may stand for a person, by what the text said before and by titles."""
        is_male = pronoun in {"he", "him", "his"}
        if self.gender:
            return (self.gender == "he") == is_male
        return not self.titles & (FEMALE if is_male else MALE)

    def as_agent(self) -> Agent:
        """Return it as the agent it is."""
        kind = "unknown" if self.kind in {"study", "report"} else self.kind
        return Agent(kind=kind, name=self.name, iri=self.iri, mention=self.mention)  # type: ignore[arg-type]

    def as_work(self, places: tuple[Span, ...] = ()) -> Work:
        """Return it as the work it is, with the places where the text speaks of it."""
        return Work(
            words=self.name,
            span=self.mention,
            kind=self.noun,
            iri=self.iri,
            run_by=tuple(body.as_agent() for body in self.run_by),
            commissioned_by=tuple(body.as_agent() for body in self.commissioned_by),
            asked=self.asked,
            places=places,
        )


@dataclass(frozen=True, slots=True)
class Spot:
    """A place where a thing is named, or called by a short form of its name."""

    span: Span
    thing: Thing


def _start(spot: Spot) -> int:
    return spot.span.start


@dataclass(slots=True)
class Scene:
    """A document with what is named in it.

    Attributes:
        reading: its text, paragraphs and parse.
        gazetteer: what the reference knows.
        issued: when it was published, where known.
        outlet: who published it, where known.
        spots: places of names, in order.
        unclear: places of names that may be several things: why.
        mentions: the names of the reference that stand in the text.
        persons: places of persons without a name, and of pronouns that stand for a person.
        understood: for the place of a pronoun whom it stands for, and why.
    """

    reading: Reading
    gazetteer: Gazetteer
    issued: str | None = None
    outlet: str | None = None
    spots: list[Spot] = field(default_factory=list)
    unclear: dict[Span, str] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    persons: list[Spot] = field(default_factory=list)
    understood: dict[int, tuple[tuple[Thing, ...], str]] = field(default_factory=dict)
    _sentences: list[Span] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.mentions = self.gazetteer.find(self.text)
        start = 0
        for match in _END.finditer(self.text):
            self._sentences.append(Span(start, match.end()))
            start = match.end()
        if start < len(self.text) or not self._sentences:
            self._sentences.append(Span(start, len(self.text)))

    @property
    def text(self) -> str:
        """The text of the document."""
        return self.reading.text

    @property
    def things(self) -> list[Thing]:
        """What is named, each once, in order of the first place."""
        return list(dict.fromkeys(spot.thing for spot in self.spots))

    def add(self, span: Span, thing: Thing) -> None:
        """Note a place of a thing; a place that meets an earlier noted one is left out."""
        at = bisect_right(self.spots, span.start, key=_start)
        if not any(span.meets(spot.span) for spot in self.spots[max(0, at - 1) : at + 1]):
            self.spots.insert(at, Spot(span, thing))

    def in_span(self, span: Span) -> list[Spot]:
        """Return the places that lie in a span."""
        first = bisect_left(self.spots, span.start, key=_start)
        last = bisect_left(self.spots, span.end, key=_start)
        return [spot for spot in self.spots[first:last] if span.holds(spot.span)]

    def at(self, position: int) -> Spot | None:
        """Return the place that holds a position."""
        at = bisect_right(self.spots, position, key=_start) - 1
        return self.spots[at] if at >= 0 and position < self.spots[at].span.end else None

    def before(self, position: int) -> Iterator[Spot]:
        """Yield the places that end before a position, the nearest first."""
        at = bisect_left(self.spots, position, key=_start)
        return (self.spots[index] for index in range(at - 1, -1, -1) if self.spots[index].span.end <= position)

    def sentence(self, position: int) -> Span:
        """Return the sentence in which a position lies."""
        at = bisect_right(self._sentences, position, key=lambda span: span.start) - 1
        return self._sentences[max(at, 0)]

    def sentences_before(self, position: int) -> list[Span]:
        """Return the forty sentences before that of a position, the nearest first: no rule looks further back."""
        at = max(bisect_right(self._sentences, position, key=lambda span: span.start) - 1, 0)
        return self._sentences[max(0, at - 40) : at][::-1]

    def paragraph_at(self, position: int) -> int:
        """Return the index of the paragraph in which a position lies."""
        return max(bisect_right(self.reading.paragraphs, position, key=lambda one: one.span.start) - 1, 0)

    def paragraph(self, position: int) -> Paragraph | None:
        """Return the paragraph in which a position lies."""
        paragraphs = self.reading.paragraphs
        return paragraphs[self.paragraph_at(position)] if paragraphs else None

    def is_quoted(self, position: int) -> bool:
        """Say whether a position lies within quotation marks."""
        paragraph = self.paragraph(position)
        return paragraph is not None and any(
            one.inner.start <= position < one.inner.end for one in paragraph.quotations
        )

    def tokens(self, span: Span) -> list[Token]:
        """Return the words of the parse in a span; none where it was not parsed."""
        paragraph = self.paragraph(span.start)
        if paragraph is None or paragraph.parse is None or span.start >= paragraph.span.end:
            return []
        return paragraph.tokens_in(Span(span.start, min(span.end, paragraph.span.end)))

    def is_subject(self, span: Span) -> bool:
        """Say whether what stands in a span is the subject of a verb; unparsed, whether it opens its sentence."""
        tokens = self.tokens(span)
        if not tokens:
            opening = self.text[self.sentence(span.start).start : span.start].lower()
            return len(opening.split()) <= 2
        token = tokens[-1]
        while token.dep_ in {"compound", "appos", "flat", "conj", "nmod", "amod"} and token.head.i != token.i:
            token = token.head
        return token.dep_ in {"nsubj", "nsubjpass"}
