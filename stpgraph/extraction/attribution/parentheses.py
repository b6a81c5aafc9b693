"""The sentence around a cue clause: the plan, she said, had failed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stpgraph.extraction.attribution.candidates import Page
from stpgraph.extraction.attribution.cues import Cue
from stpgraph.extraction.attribution.trees import below, find_child, sentence_of
from stpgraph.extraction.attribution.verbs import find_cue_verb, find_inverted

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["find_parenthesis"]

#: Verbs of thinking that stand in a parenthesis as verbs of saying do.
_THINKING = frozenset(["think", "believe", "hope", "know"])


def find_parenthesis(page: Page, verb: Token, cue: Cue, words: set[int]) -> set[int]:
    """Return the sentence around a cue: …, she said, …; as Doe said, ….

    The cue clause is its subject, the verb and what hangs on it; the rest of its sentence is what is said.
    """
    if "that" not in cue.frames or ("weak" in cue.frames and verb.lemma_ not in _THINKING):
        return set()
    if page.is_inside_speech(verb) or not _is_finite(verb) or _shares_subject(verb):
        return set()
    as_word = next(
        (child for child in verb.children if child.lower_ == "as" and child.i < verb.i and child.dep_ != "cc"), None
    )
    if as_word is not None:
        words.add(as_word.i)
        rest = _wordy(page, set(sentence_of(verb)) - below(verb))
        return rest if page.has_verb(rest) else set()
    return _around(page, verb, words)


def _shares_subject(verb: Token) -> bool:
    """Say whether a verb goes on with the subject of one before it: vowed to fight, expects to lose."""
    return verb.dep_ == "conj" and find_child(verb, "nsubj") is None and find_cue_verb(verb.head) is not None


def _is_finite(verb: Token) -> bool:
    """Say whether a verb makes a clause of its own, and not a relative one or a participle."""
    if verb.dep_ in {"relcl", "acl"}:
        return False
    return verb.tag_ not in {"VBG", "VB", "VBN"} or find_child(verb, "aux") is not None


def _around(page: Page, verb: Token, words: set[int]) -> set[int]:
    sentence = sentence_of(verb)
    clause = _cue_clause(page, verb, words)
    before = page.words_between(sentence.start, min(clause))
    after = page.words_between(max(clause) + 1, sentence.stop)
    if not before or not (before[-1].is_punct or before[-1].is_quote or before[-1].i in page.quoted):
        return set()
    semicolon = max((token.i for token in before if token.text == ";"), default=None)
    if semicolon is not None and page.has_verb({token.i for token in before if token.i > semicolon}):
        before = [token for token in before if token.i > semicolon]
    first = _wordy(page, {token.i for token in before})
    goes_on = bool(after) and after[0].text == "," and not (page.has_verb(first) and _begins_anew(after))
    content = first | _wordy(page, {token.i for token in after}) if goes_on else first
    return content if page.has_verb(content) else set()


def _wordy(page: Page, places: set[int]) -> set[int]:
    return {place for place in places if not page.doc[place].is_punct}


def _begins_anew(after: list[Token]) -> bool:
    """Say whether what follows a parenthesis is a sentence with a cue of its own: …, he said, and he urged …."""
    joins = len(after) > 2 and after[1].dep_ == "cc"
    named = any(token.dep_.startswith("nsubj") for token in after[2:5])
    return joins and named and any(find_cue_verb(token) is not None for token in after[2:])


def _cue_clause(page: Page, verb: Token, words: set[int]) -> set[int]:
    """Return the places of a parenthetical cue clause: subject, verb, adverbs, hearers, and what trails them."""
    subject = find_child(verb, "nsubj", "nsubjpass") or find_inverted(page, verb)
    clause = set(words)
    if subject is not None:
        clause |= below(subject, words)
    for child in verb.children:
        if child.dep_ in {"dobj", "dative", "prep", "advmod", "npadvmod", "pobj"} and child.i > verb.i:
            clause |= below(child, words)
        elif child.dep_ == "advmod" and child.i == verb.i - 1:
            clause.add(child.i)
    return clause & set(sentence_of(verb))
