"""Cue verbs: which words are some, when they introduce nothing, and whose they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stpgraph.extraction.attribution.candidates import Page
from stpgraph.extraction.attribution.cues import Cue, load_cues
from stpgraph.extraction.attribution.sources import find_subject, is_actor, is_work, source_words
from stpgraph.extraction.attribution.trees import find_child

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["find_cue_verb", "find_inverted", "is_acting", "is_guarded", "is_infinitive", "source_of"]


def find_cue_verb(token: Token) -> Cue | None:
    """Return the cue that a word is, where it is a verb of the list."""
    if token.pos_ not in {"VERB", "AUX"} and token.tag_[:2] != "VB":
        return None
    cues = load_cues()
    return cues.verbs.get(token.lemma_.lower()) or cues.verbs.get(cues.forms.get(token.lower_, ""))


def is_guarded(page: Page, token: Token, cue: Cue) -> bool:
    """Say whether a cue verb introduces nothing: it appears that, you say, the reported figure, nobody said."""
    if token.dep_ in {"amod", "compound", "aux", "intj"} or _is_unsaid(token, cue):
        return True
    subject = find_child(token, "nsubj", "nsubjpass", "expl")
    if subject is None:
        return False
    return subject.dep_ == "expl" or (subject.lower_ == "you" and subject.i not in page.quoted)


#: Who says nothing.
_NOBODY = re.compile(r"(?:neither|nobody|no[- ]one|not (?:one|a single)|no)\b", re.IGNORECASE)
#: What is not said, and may be asked all the same: did not say whether.
_OPEN = frozenset(["whether", "if", "when", "how", "why", "what", "who", "where", "which"])


def _is_unsaid(token: Token, cue: Cue) -> bool:
    """Say whether a verb of saying tells of what is not said: never said that, may say, if they say, nobody said.

    What is not believed, or denied, is a claim; what is not told is one where it is left open (did not say whether).
    """
    if "weak" in cue.frames or "that" not in cue.frames:
        return False
    for child in token.children:
        if child.dep_ == "aux" and child.lower_ in {"may", "might"}:
            return True
        if child.dep_ == "mark" and token.dep_ == "advcl" and child.lower_ in {"if", "unless"}:
            return True
    subject = find_child(token, "nsubj")
    if subject is not None and _NOBODY.match(token.doc[subject.left_edge.i : subject.i + 1].text):
        return True
    denies = find_child(token, "neg") is not None
    clause = find_child(token, "ccomp")
    return denies and clause is not None and token.doc[clause.left_edge.i].lower_ not in _OPEN


def is_infinitive(clause: Token) -> bool:
    """Say whether a verb has `to` before it."""
    return any(child.dep_ == "aux" and child.tag_ == "TO" for child in clause.children)


def is_acting(page: Page, verb: Token, *, is_object: bool) -> bool:
    """Say whether somebody does what a verb says, and not only in order to: backed it, but not went there to back it.

    Args:
        page: the paragraph.
        verb: the cue verb.
        is_object: whether its object alone would be the content.
    """
    if is_object and verb.dep_ in {"advcl", "acl", "relcl", "ROOT"} and is_infinitive(verb):
        return False
    subject = find_subject(verb) or find_inverted(page, verb)
    return subject is None or is_actor(subject) or is_work(subject)


def source_of(page: Page, verb: Token, without: set[int]) -> tuple[set[int], int | None]:
    """Return the words that name who does what a verb says, and the place of a relative pronoun for them.

    Args:
        page: the paragraph.
        verb: the cue verb.
        without: places that belong to the content or the cue.
    """
    subject = find_subject(verb)
    if subject is not None and page.voice(subject) != page.voice(verb):
        subject = _find_beside(page, verb)
    if subject is None:
        subject = find_inverted(page, verb)
    if subject is None:
        return set(), None
    words, relative = source_words(subject, without)
    return {place for place in words if page.voice(page.doc[place]) == page.voice(subject)}, relative


def _find_beside(page: Page, verb: Token) -> Token | None:
    """Find the name or pronoun next to a cue, where the parse takes a word of the quotation for the speaker."""
    for place in [*range(verb.i - 1, max(-1, verb.i - 6), -1), *range(verb.i + 1, min(len(page.doc), verb.i + 4))]:
        token: Token = page.doc[place]
        if page.voice(token) == page.voice(verb) and token.pos_ in {"PROPN", "PRON", "NOUN"}:
            return token
    return None


def find_inverted(page: Page, verb: Token) -> Token | None:
    """Find the speaker of `"…," said Jo Doe` where the parse takes the speaker for an object."""
    before = page.doc[verb.i - 1] if verb.i else None
    held = find_child(verb, "dobj", "attr", "npadvmod", "oprd")
    if before is not None and before.is_punct and held is not None and held.i > verb.i:
        return held
    return None
