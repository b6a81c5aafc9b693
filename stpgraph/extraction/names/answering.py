"""Answering: who answers for what a study or report says, and by which work a claimant speaks."""

from __future__ import annotations

import re

from stpgraph.extraction.attribution.records import Attribution
from stpgraph.extraction.names.hearing import Heard, unknown, without_article
from stpgraph.extraction.names.lexicon import FINDING, WORK_NOUNS
from stpgraph.extraction.names.linking import sample_of
from stpgraph.extraction.names.records import Agent
from stpgraph.extraction.names.scene import Scene, Spot, Thing
from stpgraph.extraction.names.works import new_work
from stpgraph.extraction.spans import Span

__all__ = ["answer_for", "hear_work", "work_around", "works_by_which"]

_NOUN = "|".join(sorted(WORK_NOUNS, key=len, reverse=True))
_MADE_BY = re.compile(r"\s(?:[\w ]{0,20}\s)?(?:by|from)\s(?:the\s)?$")
_NOUN_AFTER = re.compile(rf"(?:['’]s?)?\s(?:[\w-]+\s){{0,3}}?({_NOUN})\b")
_IN_WORK = re.compile(
    rf"\b(?:in|according to|through|by)\s(?:a|an|its|their|the|this)\s(?:[\w’'-]+\s){{0,4}}?({_NOUN})\b", re.IGNORECASE
)


def hear_work(scene: Scene, span: Span) -> Heard:
    """Hear "the survey", "a report by X"."""
    spot = next((spot for spot in scene.in_span(span) if spot.thing.is_work), None)
    work = spot.thing if spot is not None else new_work(scene, span)
    if work is None:
        return unknown(span.of(scene.text), span, f"“{span.of(scene.text)}” is no work that is named")
    return answer_for(scene, work, span.of(scene.text))


def answer_for(scene: Scene, work: Thing, words: str) -> Heard:
    """Say who answers for what a work says: those who ran it; for a roundtable, those who sat at it."""
    evidence = [f"“{words}” stands for “{work.name}”"] if words != work.name else []
    sample = sample_of(scene.gazetteer, work.iri)
    if work.noun == "roundtable" and sample is not None:
        agent = Agent(kind="collective", name=sample.label, iri=sample.iri, mention=work.mention)
        said = "a roundtable speaks for those who took part"
        return Heard(agents=(agent,), works=[work], evidence=[*evidence, said])
    if work.run_by:
        names = " and ".join(thing.name for thing in work.run_by)
        verb = "answer" if len(work.run_by) > 1 else "answers"
        return Heard(things=list(work.run_by), works=[work], evidence=[*evidence, f"{names} {verb} for “{work.name}”"])
    heard = unknown(without_article(work.name), work.mention, f"the text does not tell whose “{work.name}” is")
    heard.works, heard.evidence = [work], [*evidence, *heard.evidence]
    return heard


def work_around(scene: Scene, span: Span) -> Thing | None:
    """Return the work in whose words a name stands: research by it, its survey."""
    made = _MADE_BY.search(scene.text[max(0, span.start - 40) : span.start])
    before = scene.at(span.start - len(made.group()) - 1) if made is not None else None
    if before is not None and before.thing.is_work:
        return before.thing
    noun = _NOUN_AFTER.match(scene.text, span.end)
    after = scene.at(noun.start(1)) if noun is not None else None
    return after.thing if after is not None and after.thing.is_work else None


def works_by_which(scene: Scene, attribution: Attribution, heard: Heard) -> list[Thing]:
    """Return the works by which a claimant speaks, as far as the words tell: "in its report, the trust said"."""
    if attribution.work is not None:
        named = [spot.thing for spot in scene.in_span(attribution.work) if spot.thing.is_work]
        fresh = None if named else new_work(scene, attribution.work)
        return named[:1] or ([fresh] if fresh is not None else [])
    if attribution.source is None or not heard.things:
        return []
    sentence = scene.sentence(attribution.source.start)
    for match in _IN_WORK.finditer(scene.text, sentence.start, sentence.end):
        spot = scene.at(match.start(1))
        is_said = any(span.start <= match.start(1) < span.end for span in attribution.content)
        if spot is not None and spot.thing.is_work and not is_said:
            return [spot.thing]
    return _just_named(scene, attribution.source, heard) if attribution.cue_word in FINDING else []


def _just_named(scene: Scene, source: Span, heard: Heard) -> list[Thing]:
    """Return the claimant's own work that was named in its sentence or the one before."""
    near = [scene.sentence(source.start), *scene.sentences_before(source.start)[:1]]

    def is_theirs(spot: Spot) -> bool:
        return spot.thing.is_work and not set(heard.things).isdisjoint(spot.thing.run_by)

    for spot in scene.before(source.start):
        if is_theirs(spot) and any(sentence.holds(spot.span) for sentence in near):
            heard.evidence.append(f"speaks by “{spot.thing.name}”, named just before")
            return [spot.thing]
    return []
