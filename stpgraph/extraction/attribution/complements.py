"""What hangs on a cue verb as its clause or infinitive, and how far it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stpgraph.extraction.attribution.candidates import Page
from stpgraph.extraction.attribution.cues import Cue, load_cues
from stpgraph.extraction.attribution.trees import below, find_child
from stpgraph.extraction.attribution.verbs import find_cue_verb, is_infinitive

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["find_clause", "find_for_to", "find_infinitive"]

#: What begins a clause that goes on with what is said, though the parse hangs it on the cue.
_GOING_ON = frozenset(
    ["because", "if", "though", "although", "unless", "since", "until", "so", "even", "just", "but", "whether"]
)
#: And with what a study found.
_COMPARING = frozenset(["while", "whereas", "compared", "with"])
#: Verbs of asking, whose clause with if the parse may take for an adverbial one.
_ASKING = frozenset(["ask", "wonder", "inquire", "enquire", "question", "query", "doubt"])


def find_clause(page: Page, verb: Token, cue: Cue, words: set[int]) -> set[int]:
    """Return the clause that complements a verb: said that …, … said."""
    if not cue.frames & {"that", "find", "quote"}:
        return set()
    content: set[int] = set()
    for child in verb.children:
        if child.dep_ == "ccomp" and child.i not in words and not _is_before_weak(page, child, verb, cue):
            content |= below(child, words)
    content = content or _in_object(verb, cue) or _asked(verb, cue, words)
    content |= _second_that(verb, content) or _to_the_end(page, verb, cue, content)
    content = _on_one_side(verb, content)
    if content and max(content) > verb.i:
        content |= _trailing(verb, content, words, is_find="find" in cue.frames)
    return _with_hearer(verb, content) if content and cue.frames >= {"hear", "to"} else content


def _is_before_weak(page: Page, clause: Token, verb: Token, cue: Cue) -> bool:
    """Say whether a clause stands before a verb that is no verb of saying, with no comma between."""
    if clause.i > verb.i or "weak" not in cue.frames:
        return False
    if find_child(verb, "nsubj") is None:
        return True
    if clause.lemma_ == "be":
        return False
    return not any(token.text in {",", "”", '"', "’"} for token in page.words_between(clause.i, verb.i))


def _in_object(verb: Token, cue: Cue) -> set[int]:
    """Return the clause of an object that is a noun of saying: made the claim that …."""
    held = find_child(verb, "dobj")
    if held is None or "hear" in cue.frames or held.lemma_ not in load_cues().nouns:
        return set()
    inner = find_child(held, "acl", "relcl", "ccomp")
    return below(inner) if inner is not None and find_child(inner, "mark") is not None else set()


def _asked(verb: Token, cue: Cue, words: set[int]) -> set[int]:
    """Return what is asked with if or whether, where the parse takes it for a condition."""
    content: set[int] = set()
    for child in verb.children:
        mark = find_child(child, "mark", "advmod") if cue.word in _ASKING and child.dep_ == "advcl" else None
        if mark is not None and mark.lower_ in {"if", "whether", "how", "why", "when"}:
            content |= below(child, words)
    return content


def _second_that(verb: Token, content: set[int]) -> set[int]:
    """Return a further clause that a conjunction and `that` add to the content: said that …, but that …."""
    doc, end = verb.doc, max(content, default=-1)
    if end <= verb.i:
        return set()
    place = end + 1
    if place < len(doc) and doc[place].text == ",":
        place += 1
    if place + 1 < len(doc) and doc[place].dep_ == "cc" and doc[place + 1].lower_ == "that":
        return set(range(end + 1, verb.sent.end))
    return set()


def _to_the_end(page: Page, verb: Token, cue: Cue, content: set[int]) -> set[int]:
    """Return the rest of the sentence, where it goes on with what is said: said X; Y, and said X, but Y."""
    end = max(content, default=-1)
    if end <= verb.i or "weak" in cue.frames or verb.dep_ not in {"ROOT", "conj"} or page.voice(verb) is not None:
        return set()
    rest = page.words_between(end + 1, verb.sent.end)
    words = [token for token in rest if not token.is_punct]
    if len(words) < 3 or rest[0].text not in {",", ";"}:
        return set()
    joined = rest[1].dep_ == "cc" or rest[1].lower_ in {"but", "and", "or", "however"}
    if rest[0].text == "," and not joined:
        return set()
    if any(find_cue_verb(token) is not None or page.is_inside_speech(token) for token in words):
        return set()
    return {token.i for token in rest}


def _on_one_side(verb: Token, content: set[int]) -> set[int]:
    """Keep to what follows a cue where a clause follows it, for what goes before is then a sentence of its own."""
    after = {place for place in content if place > verb.i}
    return after if len(after) < len(content) and verb.i + 1 in after else content


def _trailing(verb: Token, content: set[int], words: set[int], *, is_find: bool) -> set[int]:
    """Return a clause after the content that belongs to it: said it would close, because …."""
    end = max(content)
    found: set[int] = set()
    going_on = _GOING_ON | _COMPARING if is_find else _GOING_ON
    for child in verb.children:
        if child.dep_ != "advcl" or child.i < end:
            continue
        clause = below(child, words)
        has_speaker = find_cue_verb(child) is not None and find_child(child, "nsubj") is not None
        if has_speaker and not is_find:
            continue
        if min(clause) <= end + 2 and verb.doc[min(clause)].lower_ in going_on:
            found |= clause
            end = max(clause)
    return found


def _with_hearer(verb: Token, content: set[int]) -> set[int]:
    """Return what is urged or asked for with whom it is asked of: urged [the council to wait]."""
    clause = next((child for child in verb.children if child.i in content and child.dep_ in {"ccomp", "xcomp"}), None)
    held = find_child(verb, "dobj")
    if clause is not None and held is not None and held.i < clause.i and is_infinitive(clause):
        return content | below(held)
    return content


def find_for_to(page: Page, verb: Token, cue: Cue, words: set[int]) -> set[int]:
    """Return what is called or hoped for to be done: called for the plans to be withdrawn."""
    del page
    if "for" not in cue.prepositions:
        return set()
    for child in verb.children:
        mark = next((word for word in child.children if word.dep_ == "mark" and word.lower_ == "for"), None)
        if child.i > verb.i and mark is not None and is_infinitive(child):
            words.add(mark.i)
            return below(child, words)
    return set()


def find_infinitive(page: Page, verb: Token, cue: Cue, words: set[int]) -> set[int]:
    """Return what is wanted, planned, refused or asked for with `to`, or recommended with -ing."""
    del page
    after = [child for child in verb.children if child.i > verb.i]
    asks = bool(cue.frames & {"to", "hear"})
    for child in after:
        if asks and child.dep_ in {"xcomp", "ccomp"} and is_infinitive(child):
            return _with_hearer(verb, below(child, words))
        if "obj" in cue.frames and child.dep_ in {"xcomp", "pcomp"} and child.tag_ == "VBG":
            return below(child, words)
    held = find_child(verb, "dobj")
    return _asked_of(held, after, words) if asks and held is not None and held.i > verb.i else set()


def _asked_of(held: Token, after: list[Token], words: set[int]) -> set[int]:
    """Return what is asked of somebody, where the parse hangs it on who is asked: urged [councils to wait]."""
    if any(child.dep_ in {"acl", "relcl"} and is_infinitive(child) for child in held.children):
        return below(held, words)
    asked = next((child for child in after if child.dep_ == "advcl" and is_infinitive(child)), None)
    return below(asked, words) | below(held) if asked is not None else set()
