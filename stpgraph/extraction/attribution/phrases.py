"""Rules 4 and 9: phrases that attribute without a verb of saying: according to, a claim that, confident of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from stpgraph.extraction.attribution.cues import load_cues
from stpgraph.extraction.attribution.findings import Candidate, Page
from stpgraph.extraction.attribution.sources import find_subject, source_words
from stpgraph.extraction.attribution.trees import below, find_child, name_words, sentence_of

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["find_according", "find_adjectives", "find_nouns"]


def find_according(page: Page) -> Iterator[Candidate]:
    """Yield what stands under `according to`, `per`, `in the words of`, `in the view of`."""
    for token in page.doc:
        if token.lower_ == "according" and token.i + 1 < len(page.doc) and page.doc[token.i + 1].lower_ == "to":
            yield from _according(page, token)
        elif token.lower_ in {"words", "view", "opinion", "eyes", "judgment", "judgement"}:
            yield from _in_the_view(page, token)


def _according(page: Page, token: Token) -> Iterator[Candidate]:
    to = page.doc[token.i + 1]
    held = find_child(to, "pobj") or find_child(token, "pobj")
    if held is None and token.i + 2 < len(page.doc):
        held = next((word for word in page.words_between(token.i + 2, token.i + 8) if word.dep_ == "pobj"), None)
    if held is None:
        return
    source, relative = source_words(held, set())
    phrase = source | {token.i, to.i}
    for child in held.children:
        if child.dep_ in {"relcl", "acl"}:
            phrase |= below(child)
    yield from _rest(page, token, phrase, source, {token.i, to.i}, relative)


def _in_the_view(page: Page, token: Token) -> Iterator[Candidate]:
    if token.head.lower_ != "in" or token.dep_ != "pobj":
        return
    of = next((child for child in token.children if child.lower_ == "of"), None)
    held = find_child(of, "pobj") if of is not None else find_child(token, "poss")
    if held is None:
        return
    source, relative = source_words(held, set())
    phrase = below(token.head)
    yield from _rest(page, token, phrase, source, phrase - source, relative)


def _rest(
    page: Page, token: Token, phrase: set[int], source: set[int], cue: set[int], relative: int | None
) -> Iterator[Candidate]:
    """Yield the sentence less the phrase that attributes it, or the clause beside it where there are several."""
    sentence = sentence_of(token)
    outside = [place for place in sentence if place not in phrase]
    first = min(phrase)
    content = {place for place in outside if not page.doc[place].is_punct}
    if first != sentence.start:
        before = [place for place in outside if place < first]
        after = [place for place in outside if place > max(phrase)]
        comma = bool(after) and page.doc[after[0]].text == ","
        if before and not (comma and len(after) > 3) and len(before) > 2:
            content = {place for place in before if not page.doc[place].is_punct}
    if content:
        yield Candidate(
            rule="according-to", cue_word="according to", content=content, source=source, cue=cue, relative=relative
        )


def find_nouns(page: Page) -> Iterator[Candidate]:
    """Yield what noun cues introduce: her warning that …, the council’s support for …."""
    nouns = load_cues().nouns
    for token in page.doc:
        cue = nouns.get(token.lemma_.lower())
        if cue is None or token.pos_ != "NOUN":
            continue
        content, extra = _complement(token, cue.frames, cue.prepositions)
        if not content:
            continue
        source, relative = _owner(token, content)
        if not source:
            continue
        yield Candidate(
            rule="noun",
            cue_word=cue.word,
            content=content - source,
            source=source,
            cue={token.i} | extra,
            relative=relative,
            verb=token.i,
        )


def _complement(token: Token, frames: frozenset[str], prepositions: frozenset[str]) -> tuple[set[int], set[int]]:
    """Return what a cue noun or adjective introduces, and the preposition that belongs to the cue."""
    for child in token.children:
        if child.i < token.i:
            continue
        mark = find_child(child, "mark")
        if "that" in frames and child.dep_ in {"acl", "ccomp", "relcl"}:
            is_clause = (mark is not None and mark.lower_ == "that") or child.dep_ == "ccomp"
            if is_clause or (child.dep_ == "relcl" and any(word.lower_ == "that" and word.dep_ == "mark" for word in child.children)):
                return below(child), set()
        if "to" in frames and child.dep_ in {"acl", "xcomp", "relcl"}:
            if any(word.tag_ == "TO" for word in child.children):
                return below(child), set()
        if child.dep_ == "prep" and child.lower_ in prepositions:
            return below(child) - {child.i}, {child.i}
    return set(), set()


def _owner(token: Token, content: set[int]) -> tuple[set[int], int | None]:
    """Return who a claim, a call or a fear belongs to: its possessor, its `by` or `from`, or who makes it."""
    owner = find_child(token, "poss")
    if owner is not None:
        words = {place for place in name_words(owner, stop=content) if token.doc[place].tag_ != "POS"}
        return words, None
    for child in token.children:
        if child.dep_ in {"prep", "agent"} and child.lower_ in {"by", "from", "among"} and child.i not in content:
            held = find_child(child, "pobj")
            if held is not None:
                return source_words(held, content)
    verb = token.head
    if token.dep_ == "pobj" and verb.lower_ in {"of", "under"} and verb.head.lemma_ == "be":
        subject = find_subject(verb.head)
        return source_words(subject, content | {token.i}) if subject is not None else (set(), None)
    if token.dep_ in {"dobj", "attr"} and verb.lemma_ in _LIGHT:
        subject = find_subject(verb)
        if subject is not None:
            return source_words(subject, content | {token.i})
    return set(), None


#: Verbs that lend themselves to a noun that says what is done: make a claim, voice concern, issue a warning.
_LIGHT = frozenset(
    """make issue voice express raise give have hold share offer announce repeat reiterate reject release publish
    send deliver put launch level file lodge cite state air declare renew withdraw drop defend stress show get
    receive see feel harbor harbour maintain support pledge promise take""".split()
)


def find_adjectives(page: Page) -> Iterator[Candidate]:
    """Yield what somebody is confident of, worried about or willing to do."""
    adjectives = load_cues().adjectives
    for token in page.doc:
        cue = adjectives.get(token.lower_)
        if cue is None or token.dep_ not in {"acomp", "ROOT", "conj", "advcl", "oprd", "relcl", "ccomp", "amod"}:
            continue
        verb = token.head if token.dep_ in {"acomp", "oprd", "conj"} else token
        if token.dep_ == "acomp" and verb.lemma_ not in {"be", "feel", "seem", "become", "remain", "appear", "sound", "grow", "get", "look", "stay"}:
            continue
        content, extra = _complement(token, cue.frames, cue.prepositions)
        if not content and token.dep_ == "acomp":
            clause = next((child for child in verb.children if child.dep_ in {"ccomp", "xcomp"} and child.i > token.i), None)
            if clause is not None and ("that" in cue.frames or "to" in cue.frames):
                content = below(clause)
        if not content:
            continue
        subject = find_subject(verb)
        if subject is None or subject.lower_ in {"it", "there", "this", "that"}:
            continue
        source, relative = source_words(subject, content | {token.i})
        yield Candidate(
            rule="adjective",
            cue_word=cue.word,
            content=content - source,
            source=source,
            cue={token.i, verb.i} | extra,
            relative=relative,
            verb=token.i,
        )
