"""What a cue verb judges, names or calls for: its object, its predicate, the object of its preposition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stpgraph.extraction.attribution.candidates import Page
from stpgraph.extraction.attribution.cues import Cue
from stpgraph.extraction.attribution.sources import find_subject, is_work
from stpgraph.extraction.attribution.trees import below, find_child

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["find_object", "find_predicate", "find_prepositional"]

#: Objects that say nothing on their own.
_EMPTY = frozenset(["itself", "himself", "herself", "themselves", "him", "her", "it", "them"])
#: Verbs of praise and blame, with for what.
_FOR = frozenset(["blame", "criticise", "criticize", "condemn", "denounce", "praise", "fault", "rebuke", "scold"])


def find_predicate(page: Page, verb: Token, cue: Cue, words: set[int]) -> set[int]:
    """Return what is called, described or accused, with as what or of what: called the plan a disaster."""
    del page
    held = find_child(verb, "dobj")
    if "at" in cue.frames and held is not None and (priced := _put_at(verb, held, words)):
        return priced
    if "as" not in cue.frames:
        return set()
    after = [child for child in verb.children if child.i > verb.i]
    twice = [child for child in after if child.dep_ == "dobj"]
    small = next((child for child in after if child.dep_ in {"oprd", "ccomp", "xcomp"}), None)
    said_of = [child for child in after if child.dep_ in {"prep", "agent"} and child.lower_ in {"as", "of", "for"}]
    if held is None and find_child(verb, "nsubjpass") is None and verb.dep_ not in {"relcl", "acl"}:
        said_of = []
    if small is None and not said_of and len(twice) < 2 and not _is_charged(held, cue):
        return set()
    content: set[int] = set()
    for child in [*twice, *([small] if small is not None else []), *said_of]:
        content |= below(child, words)
    return content


def _is_charged(held: Token | None, cue: Cue) -> bool:
    """Say whether the parse hangs what somebody is accused of on the object: accused [the trust of neglect]."""
    if held is None:
        return False
    charges = {"of"} if cue.word == "accuse" else {"for"} if cue.word in _FOR else {"as"}
    return any(child.dep_ == "prep" and child.lower_ in charges for child in held.children)


def _put_at(verb: Token, held: Token, words: set[int]) -> set[int]:
    """Return what is put at how much: put the gap at £5m."""
    at = next((child for child in verb.children if child.lower_ == "at" and child.i > held.i), None)
    at = at or next((word for word in held.subtree if word.lower_ == "at" and word.dep_ == "prep"), None)
    if at is None:
        return set()
    further = {
        place for child in verb.children if child.dep_ == "conj" for place in below(child) if child.pos_ != "VERB"
    }
    return below(held, words) | below(at, words) | further


def find_prepositional(page: Page, verb: Token, cue: Cue, words: set[int]) -> set[int]:
    """Return the object of the preposition that a verb takes: called for …, warned of …."""
    del page
    for child in verb.children:
        if child.dep_ in {"prep", "agent"} and child.lower_ in cue.prepositions and child.i > verb.i:
            inner = below(child, words) - {child.i}
            asked = find_child(verb, "xcomp", "advcl") if child.lower_ == "on" and cue.word == "call" else None
            words.add(child.i)
            return inner | below(asked, words) if asked is not None else inner
    return set()


def find_object(page: Page, verb: Token, cue: Cue, words: set[int]) -> set[int]:
    """Return what is judged, wanted or proposed, or what a study shows: the object of a verb."""
    del page
    subject = find_subject(verb)
    of_work = "find" in cue.frames and subject is not None and is_work(subject)
    if not of_work and ("obj" not in cue.frames or cue.frames >= {"find", "weak"}):
        return set()
    held = find_child(verb, "dobj")
    if held is None or held.i < verb.i or held.lower_ in _EMPTY:
        return set()
    content = below(held, words)
    if of_work:
        for child in verb.children:
            if child.i > verb.i and child.dep_ in {"prep", "advcl", "xcomp", "acomp", "oprd"}:
                content |= below(child, words)
    return content
