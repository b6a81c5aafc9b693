"""Phrases that attribute without a verb of saying: according to, a claim that, confident of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from stpgraph.extraction.attribution.candidates import Candidate, Page
from stpgraph.extraction.attribution.cues import Cue, load_cues
from stpgraph.extraction.attribution.sources import find_subject, source_words
from stpgraph.extraction.attribution.trees import below, find_child, name_words, sentence_of

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["find_according", "find_adjectives", "find_nouns"]

#: Nouns for what somebody holds: in the words of, in the view of.
_HELD = frozenset(["words", "view", "opinion", "eyes", "judgment", "judgement"])

#: Verbs that lend themselves to a noun that says what is done: make a claim, voice concern, issue a warning.
_LIGHT = frozenset(
    """
    make issue voice express raise give have hold share offer announce repeat reiterate reject release publish send
    deliver put launch level file lodge cite state air declare renew withdraw drop defend stress show get receive see
    feel harbor harbour maintain support pledge promise take
    """.split()  # noqa: SIM905 (a list a line would be a page)
)

#: Verbs that say what somebody is or feels.
_BEING = frozenset(
    ["be", "feel", "seem", "become", "remain", "appear", "sound", "grow", "get", "look", "stay"],
)

#: Adjectives that a body called `it` can be: it is concerned that.
_OF_BODIES = frozenset(["concerned", "confident", "worried", "satisfied", "disappointed", "pleased"])


def find_according(page: Page) -> Iterator[Candidate]:
    """Yield what stands under `according to`, `per`, `in the words of`, `in the view of`."""
    for token in page.doc:
        after = page.doc[token.i + 1] if token.i + 1 < len(page.doc) else None
        if page.is_inside_speech(token):
            continue
        if token.lower_ == "according" and after is not None and after.lower_ == "to":
            yield from _according(page, token, after)
        elif token.lower_ == "per" and token.dep_ == "prep" and after is not None and _is_source(page, token, after):
            held = find_child(token, "pobj")
            if held is not None:
                yield from _rest(page, held, below(token), {token.i})
        elif token.lower_ in _HELD and token.dep_ == "pobj" and token.head.lower_ == "in":
            of = next((child for child in token.children if child.lower_ == "of"), None)
            held = find_child(of, "pobj") if of is not None else find_child(token, "poss")
            if held is not None:
                yield from _rest(page, held, below(token.head), below(token.head))


def _is_source(page: Page, per: Token, after: Token) -> bool:
    """Say whether `per` names a source, and not a rate: per the same paper, not per cent or per year."""
    before = page.doc[per.i - 1].text if per.i else ","
    return (per.is_sent_start or before in {",", "("}) and after.pos_ in {"DET", "PROPN", "PRON"}


def _according(page: Page, according: Token, to: Token) -> Iterator[Candidate]:
    held = find_child(to, "pobj") or find_child(according, "pobj")
    held = held or next((word for word in page.words_between(to.i + 1, to.i + 7) if word.dep_ == "pobj"), None)
    if held is None or _is_manner(held):
        return
    phrase = source_words(held, set())[0] | {according.i, to.i}
    for child in held.children:
        if child.dep_ in {"relcl", "acl"}:
            phrase |= below(child)
    yield from _rest(page, held, phrase, {according.i, to.i})


def _is_manner(held: Token) -> bool:
    """Say whether what something is according to is a measure and no source: according to size, to plan."""
    return held.tag_ == "NN" and not any(child.dep_ in {"det", "poss", "compound", "amod"} for child in held.children)


def _rest(page: Page, held: Token, phrase: set[int], cue: set[int]) -> Iterator[Candidate]:
    """Yield the sentence less the phrase that attributes it, or the clause before it where another one follows."""
    source, relative = source_words(held, set())
    sentence = sentence_of(held)
    before = [place for place in sentence if place < min(phrase)]
    after = [place for place in sentence if place > max(phrase)]
    in_the_middle = (
        bool(after) and page.doc[after[0]].text == "," and len(after) > 3 and not _begins_clause(page, after)
    )
    content = set(before) if len(before) > 2 and not in_the_middle else {*before, *after}
    content = {place for place in content if not page.doc[place].is_punct and place not in phrase}
    if content:
        yield Candidate(
            rule="according-to",
            cue_word="according to",
            content=content,
            source=source,
            cue=cue - source,
            relative=relative,
        )


def _begins_clause(page: Page, after: list[int]) -> bool:
    """Say whether what follows a comma is a sentence of its own: …, according to X, and most of them blame …."""
    words = [page.doc[place] for place in after[1:]]
    return words[0].dep_ == "cc" and any(word.dep_.startswith("nsubj") for word in words[1:5])


def find_nouns(page: Page) -> Iterator[Candidate]:
    """Yield what noun cues introduce: her warning that …, the council’s support for …."""
    nouns = load_cues().nouns
    for token in page.doc:
        cue = nouns.get(token.lemma_.lower()) if token.pos_ == "NOUN" and not _is_none(token) else None
        content, extra = _complement(token, cue) if cue is not None else (set(), set())
        source, relative = _owner(token, content) if content else (set(), None)
        if cue is not None and source:
            yield Candidate(
                rule="noun",
                cue_word=cue.word,
                content=content - source,
                source=source,
                cue={token.i} | extra,
                relative=relative,
                verb=token.i,
            )


def _is_none(token: Token) -> bool:
    """Say whether a noun is denied: no plan."""
    return any(child.dep_ == "det" and child.lower_ in {"no", "any"} for child in token.children)


def _complement(token: Token, cue: Cue) -> tuple[set[int], set[int]]:
    """Return what a cue noun or adjective introduces, and the preposition that belongs to the cue."""
    for child in token.children:
        if child.i < token.i:
            continue
        mark = find_child(child, "mark")
        introduces = child.dep_ == "ccomp" or (
            child.dep_ in {"acl", "relcl"} and mark is not None and mark.lower_ == "that"
        )
        asks = child.dep_ in {"acl", "xcomp", "relcl"} and any(word.tag_ == "TO" for word in child.children)
        if ("that" in cue.frames and introduces) or ("to" in cue.frames and asks):
            return below(child), set()
        if child.dep_ == "prep" and child.lower_ in cue.prepositions:
            return below(child) - {child.i}, {child.i}
    return set(), set()


def _owner(token: Token, content: set[int]) -> tuple[set[int], int | None]:
    """Return who a claim, a call or a fear belongs to: its possessor, its `by` or `from`, or who makes it."""
    owner = find_child(token, "poss")
    if owner is not None:
        return {place for place in name_words(owner, stop=content) if token.doc[place].tag_ != "POS"}, None
    for child in token.children:
        if child.dep_ in {"prep", "agent"} and child.lower_ in {"by", "from", "among"} and child.i not in content:
            held = find_child(child, "pobj")
            if held is not None:
                return source_words(held, content)
    verb = token.head
    if token.dep_ == "pobj" and verb.lower_ in {"of", "under"} and verb.head.lemma_ == "be":
        verb = verb.head
    elif token.dep_ not in {"dobj", "attr"} or verb.lemma_ not in _LIGHT:
        return set(), None
    subject = find_subject(verb)
    return source_words(subject, content | {token.i}) if subject is not None else (set(), None)


def find_adjectives(page: Page) -> Iterator[Candidate]:
    """Yield what somebody is confident of, worried about or willing to do."""
    adjectives = load_cues().adjectives
    for token in page.doc:
        cue = adjectives.get(token.lower_)
        verb = _predicating(token) if cue is not None else None
        if cue is None or verb is None:
            continue
        content, extra = _complement(token, cue)
        content = content or _clause_beside(token, verb, cue)
        subject = find_subject(verb) if content else None
        if subject is None or not _can_be(subject, cue):
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


def _predicating(token: Token) -> Token | None:
    """Return the verb by which an adjective is said of somebody; the adjective itself where there is none."""
    if token.dep_ == "acomp":
        head: Token = token.head
        return head if head.lemma_ in _BEING else None
    if token.dep_ in {"oprd", "conj"}:
        return token.head
    return token if token.dep_ in {"ROOT", "advcl", "relcl", "ccomp", "amod"} else None


def _clause_beside(token: Token, verb: Token, cue: Cue) -> set[int]:
    """Return the clause that the parse hangs on the verb in place of the adjective: is confident [that …]."""
    if token.dep_ != "acomp" or not cue.frames & {"that", "to"}:
        return set()
    clause = next((child for child in verb.children if child.dep_ in {"ccomp", "xcomp"} and child.i > token.i), None)
    return below(clause) if clause is not None else set()


def _can_be(subject: Token, cue: Cue) -> bool:
    if subject.dep_ == "expl" or subject.lower_ in {"there", "this", "that"}:
        return False
    return subject.lower_ != "it" or cue.word in _OF_BODIES
