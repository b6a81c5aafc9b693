"""Findings: what all the rules see in one text, before any of it becomes a record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from pyoxigraph import NamedNode

from stpgraph.extraction.attribution.engine import find_attributions
from stpgraph.extraction.attribution.records import Attribution
from stpgraph.extraction.names import Gazetteer, Named, Resolution, find_names, read_scene, resolve_sources
from stpgraph.extraction.parsing import Reading
from stpgraph.extraction.quantities import Counted, Quantity, find_quantities, what_it_counts
from stpgraph.extraction.relationships import Context, Judgement, Labels, find_source_kind, judge_spans
from stpgraph.extraction.spans import Span, cover
from stpgraph.records import IsoDate

if TYPE_CHECKING:
    from spacy.tokens import Span as Words

__all__ = ["Findings", "FoundClaim", "FoundFigure", "find_all", "joined"]

#: How far into a text its headline is looked for, in characters.
_HEAD = 2_000

AnyThing = TypeVar("AnyThing")


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundClaim:
    """One thing said.

    Attributes:
        attribution: where and how it is said.
        resolution: whose word it is.
        judgement: what it is about, and how.
        also_at: where the text says it again in the same words.
    """

    attribution: Attribution
    resolution: Resolution
    judgement: Judgement
    also_at: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFigure:
    """One figure: its words, what it counts, and the claims that it makes.

    Attributes:
        quantity: the figure as worded.
        counted: what it is a figure of.
        claims: the places, among the claims found, of those that it makes; none for a figure on its own.
    """

    quantity: Quantity
    counted: Counted
    claims: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """All that is found in one text, in reading order.

    Attributes:
        claims: what is said; an attribution's `outer` is a place in this tuple.
        figures: the figures.
        named: who and what the text names.
    """

    claims: tuple[FoundClaim, ...] = ()
    figures: tuple[FoundFigure, ...] = ()
    named: tuple[Named, ...] = ()


def find_all(
    reading: Reading,
    *,
    gazetteer: Gazetteer,
    labels: Labels,
    title: str | None = None,
    issued: IsoDate | None = None,
    outlet: str | None = None,
) -> Findings:
    """Apply all rules to a text that was parsed.

    Args:
        reading: the text.
        gazetteer: the names that the reference knows.
        labels: the words for what may be debated.
        title: its headline.
        issued: when it was published, as precisely as known.
        outlet: who published it.
    """
    attributions = find_attributions(reading)
    sources = [one.source for one in attributions if one.source is not None]
    scene = read_scene(reading, gazetteer, sources=sources, issued=issued, outlet=outlet)
    names = find_names(reading, gazetteer, scene=scene)
    resolutions = resolve_sources(reading, attributions, gazetteer, issued=issued, outlet=outlet, scene=scene)
    pages = _Pages(reading)
    claims = _judged(pages, attributions, resolutions, labels, _headline(reading.text, title))
    return Findings(claims=tuple(claims), figures=tuple(_figures(pages, attributions, issued)), named=names.things)


def joined(parts: Iterable[tuple[int, Findings]]) -> Findings:
    """Return the findings of the parts of a text as those of the whole.

    Args:
        parts: in order, each with the code point at which it begins.
    """
    claims: list[FoundClaim] = []
    figures: list[FoundFigure] = []
    named: list[Named] = []
    for start, part in parts:
        before = len(claims)
        moved = _moved(part, start) if start else part
        claims += [_counted_on(claim, before) for claim in moved.claims]
        figures += [replace(one, claims=tuple(place + before for place in one.claims)) for one in moved.figures]
        named += moved.named
    return Findings(claims=tuple(claims), figures=tuple(figures), named=tuple(named))


def _counted_on(claim: FoundClaim, before: int) -> FoundClaim:
    outer = claim.attribution.outer
    if outer is None or not before:
        return claim
    return replace(claim, attribution=replace(claim.attribution, outer=outer + before))


def _moved(thing: AnyThing, by: int) -> AnyThing:
    """Return a record of findings with every span counted from another beginning."""
    new: Any = thing
    if isinstance(thing, Span):
        new = thing.moved(by)
    elif isinstance(thing, tuple):
        new = tuple(_moved(each, by) for each in thing)
    elif is_dataclass(thing) and not isinstance(thing, type):
        new = replace(thing, **{f.name: _moved(getattr(thing, f.name), by) for f in fields(thing)})
    return new  # type: ignore[no-any-return]


def _headline(text: str, title: str | None) -> Span | None:
    at = text.find(title, 0, _HEAD) if title else -1
    return Span(at, at + len(title or "")) if at >= 0 else None


class _Pages:
    """A text with the sentences of its paragraphs, each told once."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.text = reading.text
        self._sentences: dict[int, list[tuple[Span, Words]]] = {}

    def sentences(self, index: int) -> list[tuple[Span, Words]]:
        """Return the sentences of a paragraph with where they stand; none where it was not parsed."""
        if index not in self._sentences:
            paragraph = self.reading.paragraphs[index]
            found = paragraph.parse.sents if paragraph.parse is not None else ()
            self._sentences[index] = [(paragraph.span_of(sentence), sentence) for sentence in found]
        return self._sentences[index]


def _judged(
    pages: _Pages,
    attributions: Sequence[Attribution],
    resolutions: Sequence[Resolution],
    labels: Labels,
    headline: Span | None,
) -> list[FoundClaim]:
    """Judge each thing said in the light of what its speaker said before."""
    said: dict[tuple[str, ...], tuple[NamedNode, ...]] = {}
    claims = []
    for attribution, resolution in zip(attributions, resolutions, strict=True):
        speaker = _speaker(resolution)
        context = _context(pages, attribution, headline, said.get(speaker, ()) if speaker else ())
        judgement = judge_spans(
            pages.text,
            attribution.content,
            cue_word=attribution.cue_word,
            labels=labels,
            rule=attribution.rule,
            context=context,
        )
        about = tuple(decision.concept for decision in judgement.relationships)
        if speaker and about:
            said[speaker] = about
        claims.append(FoundClaim(attribution=attribution, resolution=resolution, judgement=judgement))
    return claims


def _speaker(resolution: Resolution) -> tuple[str, ...]:
    """Return what tells a speaker from others; nothing where who it is cannot be told."""
    if resolution.status == "unknown":
        return ()
    return tuple(agent.iri.value if agent.iri is not None else agent.name for agent in resolution.claimants)


def _context(
    pages: _Pages, attribution: Attribution, headline: Span | None, preceding: tuple[NamedNode, ...]
) -> Context:
    paragraph = pages.reading.paragraphs[attribution.paragraph].span
    work = attribution.work.of(pages.text) if attribution.work is not None else ""
    source = attribution.source.of(pages.text) if attribution.source is not None else ""
    spans = (*attribution.content, *attribution.cue)
    met = [
        sentence
        for sentence, _ in pages.sentences(attribution.paragraph)
        if any(sentence.meets(span) for span in spans)
    ]
    return Context(
        text=pages.text,
        sentence=cover(met) if met else None,
        paragraph=paragraph,
        headline=headline if headline is not None and not headline.meets(paragraph) else None,
        cue=attribution.cue,
        source_kind=find_source_kind(source, work) if source or work else "other",
        preceding=preceding,
    )


def _figures(pages: _Pages, attributions: Sequence[Attribution], issued: IsoDate | None) -> list[FoundFigure]:
    found = []
    for index, paragraph in enumerate(pages.reading.paragraphs):
        start = paragraph.span.start
        previous: Counted | None = None
        for quantity in find_quantities(paragraph.span.of(pages.text), offset=start):
            counted = Counted(population=None, measured=None, period=None, polarity=quantity.polarity)
            for place, sentence in pages.sentences(index):
                if place.meets(quantity.span):
                    counted = what_it_counts(quantity, sentence, offset=start, previous=previous, issued=issued)
                    break
            claims = _made_by(pages.text, quantity, attributions)
            found.append(FoundFigure(quantity=quantity, counted=counted, claims=claims))
            previous = counted
    return found


def _made_by(text: str, quantity: Quantity, attributions: Sequence[Attribution]) -> tuple[int, ...]:
    """Return the claims that a figure makes: the innermost that says it, else those whose source it counts."""
    holding = [
        place for place, one in enumerate(attributions) if any(span.holds(quantity.span) for span in one.content)
    ]
    if holding:
        return (min(holding, key=lambda place: sum(map(len, attributions[place].content))),)
    return tuple(
        place
        for place, one in enumerate(attributions)
        if one.source is not None
        and one.source.holds(quantity.span)
        and find_source_kind(one.source.of(text)) == "respondents"
    )
