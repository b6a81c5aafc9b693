"""Pronouns: whom "he", "it", "who" and "we" stand for as sources."""

from __future__ import annotations

import re

from stpgraph.extraction.names.anaphora import last_subject
from stpgraph.extraction.names.answering import answer_for
from stpgraph.extraction.names.hearing import Heard, unknown
from stpgraph.extraction.names.lexicon import TITLES
from stpgraph.extraction.names.persons import person_for
from stpgraph.extraction.names.scene import Scene
from stpgraph.extraction.spans import Span

__all__ = ["PRONOUNS", "hear_pronoun", "hear_they"]

#: Pronouns by the form in which they are looked up.
PRONOUNS = {
    word: forms.split()[0]
    for forms in (
        *("he him his himself", "she her hers herself", "it its itself", "they them their themselves"),
        *("i me my", "we us our", "who which whom"),
    )
    for word in forms.split()
}
#: How many paragraphs belong to the head of a text.
_HEAD = 3
_BYLINE = re.compile(r"(?:^|\n)\s*By\s(?:(?:" + "|".join(sorted(TITLES)) + r")\s)*$")
#: Bodies that write as "we".
_SITTING = re.compile(r"\b(?:Committee|Board|Panel|Commission|Inquiry|Taskforce)\b")
#: What may stand between a name and its relative clause.
_NOTHING = re.compile(r"(?: (?:MP|MEP|CBE|OBE|MBE))*[ ,)]*")


def hear_pronoun(scene: Scene, word: str, span: Span) -> Heard:
    """Hear a pronoun of one person or thing, by its form as looked up."""
    if word in {"i", "we"}:
        return _author(scene, word, span)
    if word == "who":
        return _relative(scene, span)
    if word in {"he", "she"}:
        found = person_for(scene, word, span.start)
    else:
        found = last_subject(scene, word, span.start, lambda thing: thing.is_body or thing.is_work, "body or work")
    if found.thing is None:
        return unknown(word, span, found.why)
    if found.thing.is_work:
        heard = answer_for(scene, found.thing, found.thing.name)
        heard.evidence.insert(0, found.why)
        return heard
    return Heard(things=[found.thing], evidence=[found.why])


def hear_they(scene: Scene, span: Span, last: tuple[int, Heard] | None) -> Heard:
    """Hear "they": who spoke last, where that is several, a group or a body."""
    if last is not None:
        end, heard = last
        kinds = {agent.kind for agent in heard.agents} | {thing.kind for thing in heard.things}
        is_many = len(heard.things) + len(heard.agents) > 1 or not kinds.isdisjoint(
            ("collective", "organisation", "partnership")
        )
        if is_many and scene.paragraph_at(span.start) - scene.paragraph_at(end) <= 1:
            names = " and ".join([thing.name for thing in heard.things] + [agent.name for agent in heard.agents])
            said = f"“they” stands for {names} (who spoke last)"
            return Heard(things=list(heard.things), agents=heard.agents, works=list(heard.works), evidence=[said])
    return unknown("they", span, "“they”: no group spoke before it")


def _relative(scene: Scene, span: Span) -> Heard:
    """Hear "who" by the name right before it."""
    for spot in scene.before(span.start):
        if _NOTHING.fullmatch(scene.text[spot.span.end : span.start]):
            return Heard(things=[spot.thing], evidence=[f"“who” goes with {spot.thing.name} before it"])
    return unknown("who", span, "“who”: no name stands before it")


def _author(scene: Scene, word: str, span: Span) -> Heard:
    """Hear "I" and "we" outside quotation marks: who wrote the text, as its head tells."""
    paragraphs = scene.reading.paragraphs
    if not scene.is_quoted(span.start):
        end = paragraphs[min(_HEAD, len(paragraphs)) - 1].span.end
        head = [spot for spot in scene.spots if spot.span.end <= end]
        if word == "i":
            fits = [s for s in head if s.thing.kind == "person" and _BYLINE.search(scene.text[: s.span.start])]
        else:
            fits = [s for s in head if s.thing.is_body and _SITTING.search(s.thing.name)]
        writers = list(dict.fromkeys(spot.thing for spot in fits))
        if len(writers) == 1:
            said = f"“{word}” is who wrote the text, {writers[0].name}, as its head tells"
            return Heard(things=writers, evidence=[said])
    return unknown(word, span, f"“{word}” is whoever speaks there: not told")
