"""What judging a claim needs and gives: its surroundings, and decisions that say which words made them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pyoxigraph import NamedNode

from stpgraph.extraction.spans import Span

__all__ = ["Code", "Context", "Decision", "Judgement", "SourceKind"]

#: Who speaks: a study or those who ran it, those asked or counted in one, anybody else.
SourceKind = Literal["study", "respondents", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """An aspect, a party or a relationship with its labels and its place among the others.

    Attributes:
        iri: what names it, under the base.
        label: its name.
        alt_labels: the words that texts have for it.
        broader: the wider ones right above it.
        aspect: of a relationship, what it is judged on.
        parties: of a relationship, its one or two parties.
    """

    iri: NamedNode
    label: str
    alt_labels: tuple[str, ...] = ()
    broader: tuple[NamedNode, ...] = ()
    aspect: NamedNode | None = None
    parties: tuple[NamedNode, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What stands around a claim; all of it may be left out.

    Attributes:
        text: the whole text of the document, in which all spans are counted.
        sentence: the sentence or sentences that the claim stands in, with its source and cue.
        paragraph: the paragraph that it stands in.
        headline: the document's headline.
        cue: the words that introduce the claim.
        source_kind: who speaks; `find_source_kind` tells it from the words.
        preceding: what the claim before it of the same speaker is about.
    """

    text: str = ""
    sentence: Span | None = None
    paragraph: Span | None = None
    headline: Span | None = None
    cue: tuple[Span, ...] = ()
    source_kind: SourceKind = "other"
    preceding: tuple[NamedNode, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A code given to a claim, with the reason.

    Attributes:
        concept: the code's IRI.
        because: the words that decided it, in the claim, around it or in its cue; none where nothing but the lack of
            other words did, or where a claim before it did.
        why: the reason, in a few words.
        confidence: how often such a decision is right, from 0 to 1.
    """

    concept: NamedNode
    because: tuple[Span, ...] = ()
    why: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """All that is decided of one claim.

    Attributes:
        relationships: what it is about, the surest first; none: unknown.
        stance: how it judges the state or prospects of that; None: unknown, for words for and against stand together.
        act: what is done in saying it.
        modality: how it is hedged; None: it is not.
    """

    relationships: tuple[Decision, ...]
    stance: Decision | None
    act: Decision
    modality: Decision | None
