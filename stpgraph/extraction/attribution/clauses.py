"""Rules 1 and 3: a cue verb with its subject, and what hangs on it.

The content is the clause that complements the verb, the infinitive it asks for, its object, or the sentence around it
where the verb stands in a parenthesis.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from stpgraph.extraction.attribution.cues import Cue, load_cues
from stpgraph.extraction.attribution.findings import Candidate, Page
from stpgraph.extraction.attribution.sources import WORKS, find_subject, is_actor, source_words
from stpgraph.extraction.attribution.trees import below, cue_words, find_child, sentence_of

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["find_cue_verb", "find_in_clauses", "source_of"]

#: Verbs whose subject is never a speaker with these as subject: it appears, there is.
_EMPTY = frozenset({"it", "there"})


def find_cue_verb(token: Token) -> Cue | None:
    """Return the cue that a word is, where it is a verb of the list."""
    if token.pos_ not in {"VERB", "AUX"} and token.tag_[:2] != "VB":
        return None
    verbs = load_cues().verbs
    return verbs.get(token.lemma_.lower()) or verbs.get(load_cues().forms.get(token.lower_, ""))


def source_of(page: Page, verb: Token, without: set[int]) -> tuple[set[int], int | None]:
    """Return the words that name who does what a verb says, and the place of a relative pronoun for them."""
    subject = find_subject(verb)
    if subject is not None and page.voice(subject) != page.voice(verb):
        subject = _beside(page, verb)
    if subject is None:
        subject = _inverted(page, verb)
    if subject is None:
        return set(), None
    words, relative = source_words(subject, without)
    return {place for place in words if page.voice(page.doc[place]) == page.voice(subject)}, relative


def _beside(page: Page, verb: Token) -> Token | None:
    """Find the name or pronoun next to a cue, where the parse takes a word of the quotation for the speaker."""
    for place in [*range(verb.i - 1, max(-1, verb.i - 6), -1), *range(verb.i + 1, min(len(page.doc), verb.i + 4))]:
        token = page.doc[place]
        if page.voice(token) == page.voice(verb) and token.pos_ in {"PROPN", "PRON", "NOUN"}:
            return token
    return None


def _inverted(page: Page, verb: Token) -> Token | None:
    """Find the speaker of `"…," said Jo Doe` where the parse takes the speaker for an object."""
    before = page.doc[verb.i - 1] if verb.i else None
    held = find_child(verb, "dobj", "attr", "npadvmod", "oprd")
    if before is not None and before.is_punct and held is not None and held.i > verb.i:
        return held
    return None


def find_in_clauses(page: Page) -> Iterator[Candidate]:
    """Yield what each cue verb of a paragraph introduces."""
    found = list(_each(page))
    for one in found:
        _give_back(page, one, found)
    yield from found


def _give_back(page: Page, one: Candidate, found: list[Candidate]) -> None:
    """Give a cue that the parse hangs into what was said back to who said it: said that …, adding that …."""
    verb = page.doc[one.verb or 0]
    if find_child(verb, "nsubj", "nsubjpass") is not None:
        _part(page, one, verb, found)
        return
    for other in found:
        if other is one or other.verb is None or one.verb not in other.content or other.verb > verb.i:
            continue
        head = page.doc[other.verb]
        if page.voice(head) != page.voice(verb):
            continue
        trails = verb.tag_ == "VBG" and verb.i > 0 and page.doc[verb.i - 1].text in {",", "and"}
        joins = verb.dep_ == "conj" and verb.tag_ == head.tag_ and verb.tag_ in {"VBD", "VBZ"}
        joins = joins and (one.rule == "clause" or verb.head.tag_ != verb.tag_)
        if not (trails or joins) or other.rule not in {"clause", "parenthesis"}:
            continue
        one.source, one.relative = set(other.source), other.relative
        gone = below(verb)
        other.content -= gone | one.content | one.cue
        other.content = {
            place for place in other.content if place < verb.i or place > max(gone) or other.rule == "parenthesis"
        }
        return


def _part(page: Page, one: Candidate, verb: Token, found: list[Candidate]) -> None:
    """Part what two people say in one sentence: A said that …, and B said that …."""
    if verb.dep_ != "conj" or one.rule not in {"clause", "infinitive"}:
        return
    gone = below(verb)
    first = min(gone)
    before = [token for token in page.words_between(first - 2, first)]
    if [token.text for token in before[:1]] not in (["," ], [";"]) and before[-1:] and before[-1].text not in {",", ";"}:
        return
    for other in found:
        if other is one or other.verb is None or one.verb not in other.content or other.verb > verb.i:
            continue
        if other.rule in {"clause", "parenthesis", "infinitive"} and page.voice(page.doc[other.verb]) == page.voice(verb):
            other.content -= gone


def _each(page: Page) -> Iterator[Candidate]:
    for token in page.doc:
        cue = find_cue_verb(token)
        if cue is None or _is_guarded(page, token, cue):
            continue
        found = _introduced(page, token, cue)
        if found is not None:
            yield found


def _in_one_voice(page: Page, verb: Token, content: set[int]) -> set[int]:
    """Keep what a speaker says within a quotation to that quotation."""
    number = page.quoted.get(verb.i)
    if number is None or not page.speech[number]:
        return content
    return content & set(page.words_of[number])


def _is_guarded(page: Page, token: Token, cue: Cue) -> bool:
    """Say whether a cue verb introduces nothing: it appears, a gerund that is a name, a verb of a name."""
    del page
    subject = find_child(token, "nsubj", "nsubjpass", "expl")
    if subject is not None and subject.lower_ in _EMPTY and subject.dep_ == "expl":
        return True
    if token.dep_ in {"amod", "compound"}:
        return True
    if token.dep_ == "aux":
        return True
    return token.lemma_ == "say" and token.tag_ == "VB" and token.dep_ in {"intj", "advmod"} and bool(cue)


def _introduced(page: Page, verb: Token, cue: Cue) -> Candidate | None:
    """Return what a cue verb introduces: by the first of its frames that is there."""
    words = cue_words(verb)
    for frame in (_clause, _for_to, _infinitive, _predicate, _prepositional, _parenthesis, _object):
        content = _in_one_voice(page, verb, frame(page, verb, cue, words))
        if not content:
            continue
        without = content | words
        source, relative = source_of(page, verb, without)
        if frame in (_object, _predicate, _prepositional, _infinitive) and not _is_acting(page, verb, frame is _object):
            continue
        content -= source
        if not content or (not source and frame is not _clause):
            continue
        return Candidate(
            rule=_RULES[frame.__name__],
            cue_word=cue.word,
            content=content,
            source=source,
            cue=words,
            relative=relative,
            verb=verb.i,
        )
    return None


def _is_acting(page: Page, verb: Token, is_object: bool) -> bool:
    """Say whether somebody does what a verb says, and not only in order to: backed it, but not went there to back it."""
    if is_object and verb.dep_ in {"advcl", "acl", "relcl", "ROOT"} and _is_infinitive(verb):
        return False
    subject = find_subject(verb) or _inverted(page, verb)
    return subject is None or is_actor(subject) or subject.lemma_.lower() in WORKS


_RULES = {
    "_clause": "clause",
    "_for_to": "infinitive",
    "_infinitive": "infinitive",
    "_predicate": "predicate",
    "_prepositional": "preposition",
    "_parenthesis": "parenthesis",
    "_object": "object",
}


def _clause(page: Page, verb: Token, cue: Cue, words: set[int]) -> set[int]:
    """Return the clause that complements a verb: said that …, … said."""
    if "that" not in cue.frames and "find" not in cue.frames and "quote" not in cue.frames:
        return set()
    content: set[int] = set()
    for child in verb.children:
        if child.dep_ == "ccomp" and child.i not in words:
            if child.i < verb.i and "weak" in cue.frames and child.lemma_ not in {"be"} and not _has_comma(page, child, verb):
                continue
            content |= below(child, words)
    if not content and (held := find_child(verb, "dobj")) is not None and "hear" not in cue.frames:
        inner = find_child(held, "acl", "relcl", "ccomp")
        if held.lemma_ in load_cues().nouns and inner is not None and find_child(inner, "mark") is not None:
            content = below(inner)
    if not content and cue.word in {"ask", "wonder", "inquire", "question", "query", "doubt"}:
        for child in verb.children:
            mark = find_child(child, "mark", "advmod")
            if child.dep_ == "advcl" and mark is not None and mark.lower_ in {"if", "whether", "how", "why", "when"}:
                content |= below(child, words)
    content = _on_one_side(verb, content)
    if content and max(content) > verb.i:
        content |= _trailing(verb, content, words)
    if content and "hear" in cue.frames and "to" in cue.frames:
        return _with_hearer(verb, content)
    return content


#: What begins a clause that goes on with what is said, though the parse hangs it on the cue.
_GOING_ON = frozenset({"because", "if", "though", "although", "unless", "since", "until", "so", "even", "just", "but", "whether"})


def _trailing(verb: Token, content: set[int], words: set[int]) -> set[int]:
    """Return a clause after the content that belongs to it: said it would close, because …."""
    end = max(content)
    found: set[int] = set()
    for child in verb.children:
        if child.dep_ != "advcl" or child.i < end:
            continue
        clause = below(child, words)
        if find_cue_verb(child) is not None and find_child(child, "nsubj") is not None:
            continue
        if min(clause) <= end + 2 and verb.doc[min(clause)].lower_ in _GOING_ON:
            found |= clause
            end = max(clause)
    return found


def _on_one_side(verb: Token, content: set[int]) -> set[int]:
    """Keep to what follows a cue where a clause follows it, for what goes before is then a sentence of its own."""
    after = {place for place in content if place > verb.i}
    before = content - after
    if not before or not after or verb.i + 1 not in after:
        return content
    return after


def _has_comma(page: Page, first: Token, last: Token) -> bool:
    return any(token.text in {",", "”", '"', "’"} for token in page.words_between(first.i, last.i))


def _with_hearer(verb: Token, content: set[int]) -> set[int]:
    """Return the content of urge, ask and the like: whom it is asked of belongs to what is asked, not to what is told."""
    clause = next((child for child in verb.children if child.i in content and child.dep_ in {"ccomp", "xcomp"}), None)
    held = find_child(verb, "dobj")
    if clause is not None and held is not None and held.i < clause.i and _is_infinitive(clause):
        return content | below(held)
    return content


def _is_infinitive(clause: Token) -> bool:
    return any(child.dep_ == "aux" and child.tag_ == "TO" for child in clause.children)


def _for_to(page: Page, verb: Token, cue: Cue, words: set[int]) -> set[int]:
    """Return what is called or hoped for to be done: called for the plans to be withdrawn."""
    del page
    if "for" not in cue.prepositions:
        return set()
    for child in verb.children:
        mark = next((word for word in child.children if word.dep_ == "mark" and word.lower_ == "for"), None)
        if child.i > verb.i and mark is not None and _is_infinitive(child):
            words.add(mark.i)
            return below(child, words)
    return set()


def _infinitive(page: Page, verb: Token, cue: Cue, words: set[int]) -> set[int]:
    """Return what is wanted, planned, refused or asked for with `to`."""
    del page
    if "to" not in cue.frames and "hear" not in cue.frames:
        return set()
    for child in verb.children:
        if child.dep_ in {"xcomp", "ccomp"} and child.i > verb.i and _is_infinitive(child):
            return _with_hearer(verb, below(child, words))
    if "hear" in cue.frames:
        for child in verb.children:
            if child.dep_ == "advcl" and child.i > verb.i and _is_infinitive(child) and find_child(verb, "dobj"):
                return _with_hearer(verb, below(child, words)) | below(find_child(verb, "dobj") or child)
    return set()


def _predicate(page: Page, verb: Token, cue: Cue, words: set[int]) -> set[int]:
    """Return what is called, described or accused, with as what or of what."""
    del page
    held = find_child(verb, "dobj")
    if "at" in cue.frames and held is not None:
        at = next((child for child in verb.children if child.lower_ == "at" and child.i > held.i), None) or next(
            (word for word in held.subtree if word.lower_ == "at" and word.dep_ == "prep"), None
        )
        if at is not None:
            return below(held, words) | below(at, words)
    if "as" not in cue.frames:
        return set()
    small = next(
        (child for child in verb.children if child.dep_ in {"oprd", "ccomp", "xcomp"} and child.i > verb.i), None
    )
    preps = [
        child
        for child in verb.children
        if child.dep_ in {"prep", "agent"} and child.i > verb.i and child.lower_ in {"as", "of", "for", "on", "to", "with"}
    ]
    content: set[int] = set()
    if held is not None and held.i > verb.i:
        content |= below(held, words)
    if small is not None:
        content |= below(small, words)
    strict = [prep for prep in preps if prep.lower_ in {"as", "of", "for"}]
    if strict and (held is not None or find_child(verb, "nsubjpass") is not None or verb.dep_ in {"relcl", "acl"}):
        for prep in strict:
            content |= below(prep, words)
    held_twice = [child for child in verb.children if child.dep_ == "dobj" and child.i > verb.i]
    if len(held_twice) > 1:
        return content.union(*(below(child, words) for child in held_twice))
    if small is None and not strict and "obj" not in cue.frames:
        return set()
    return content


def _prepositional(page: Page, verb: Token, cue: Cue, words: set[int]) -> set[int]:
    """Return the object of the preposition that a verb takes: called for …, warned of …."""
    del page
    particles = [child for child in verb.children if child.dep_ == "prt"]
    for child in verb.children:
        if child.dep_ in {"prep", "agent"} and child.lower_ in cue.prepositions and child.i > verb.i:
            inner = below(child, words) - {child.i}
            if child.lower_ == "on" and cue.word == "call":
                asked = find_child(verb, "xcomp", "advcl")
                if asked is not None:
                    inner |= below(asked, words)
            words.add(child.i)
            return inner
    del particles
    return set()


def _object(page: Page, verb: Token, cue: Cue, words: set[int]) -> set[int]:
    """Return what is judged, wanted or proposed: the object of a verb."""
    del page
    if "obj" not in cue.frames and "find" not in cue.frames:
        return set()
    if "find" in cue.frames and "weak" in cue.frames and not _is_work(verb):
        return set()
    held = find_child(verb, "dobj")
    if held is None or held.i < verb.i or held.lower_ in {"itself", "himself", "herself", "themselves", "him", "her", "it", "them"}:
        return set()
    content = below(held, words)
    if "find" in cue.frames and _is_work(verb):
        for child in verb.children:
            if child.i > verb.i and child.dep_ in {"prep", "advcl", "xcomp", "acomp", "oprd"}:
                content |= below(child, words)
    return content


def _is_work(verb: Token) -> bool:
    """Say whether a study or report is what shows, finds or reveals."""
    subject = find_subject(verb)
    return subject is not None and subject.lemma_.lower() in WORKS


def _parenthesis(page: Page, verb: Token, cue: Cue, words: set[int]) -> set[int]:
    """Return the sentence around a cue: …, she said, ….

    The cue clause is its subject, the verb and what hangs on it; the rest of its sentence is what is said.
    """
    if "that" not in cue.frames or "weak" in cue.frames and verb.lemma_ not in {"think", "believe", "hope", "know"}:
        return set()
    if page.is_inside_speech(verb):
        return set()
    if verb.dep_ in {"relcl", "acl"} or (verb.tag_ in {"VBG", "VB", "VBN"} and find_child(verb, "aux") is None):
        return set()
    sentence = sentence_of(verb)
    if any(child.lower_ == "as" and child.i < verb.i and child.dep_ in {"mark", "advmod", "prep"} for child in verb.children):
        gone = below(verb)
        rest = {place for place in sentence if place not in gone and not page.doc[place].is_punct}
        words |= {child.i for child in verb.children if child.lower_ == "as" and child.i < verb.i}
        return rest if any(page.doc[place].pos_ in {"VERB", "AUX"} for place in rest) else set()
    clause = _cue_clause(page, verb, words, sentence)
    first, last = min(clause), max(clause)
    before = [token for token in page.words_between(sentence.start, first)]
    after = [token for token in page.words_between(last + 1, sentence.stop)]
    closes = before and (before[-1].text in {",", "—", "–", "-", "--"} or page.quoted.get(before[-1].i) is not None or before[-1].is_quote or (before[-1].is_punct))
    if not closes:
        return set()
    content = {token.i for token in before if not token.is_punct}
    heads = [token for token in before if token.pos_ in {"VERB", "AUX"}]
    goes_on = bool(after) and after[0].text == "," and not _is_new_clause(after, heads)
    if goes_on:
        content |= {token.i for token in after if not token.is_punct}
    if not heads and not (goes_on and any(token.pos_ in {"VERB", "AUX"} for token in after)):
        return set()
    return content


def _is_new_clause(after: list[Token], heads: list[Token]) -> bool:
    """Say whether what follows a parenthesis begins anew: …, he said, and he urged …."""
    return bool(heads) and len(after) > 2 and after[1].dep_ == "cc" and any(
        token.dep_.startswith("nsubj") for token in after[2:5]
    )


def _cue_clause(page: Page, verb: Token, words: set[int], sentence: range) -> set[int]:
    """Return the places of a parenthetical cue clause: subject, verb, adverbs, hearers, and what trails them."""
    subject = find_child(verb, "nsubj", "nsubjpass") or _inverted(page, verb)
    clause = set(words)
    if subject is not None:
        clause |= below(subject, words)
    for child in verb.children:
        if child.dep_ in {"dobj", "dative", "prep", "advmod", "npadvmod", "pobj"} and child.i > verb.i:
            clause |= below(child, words)
        elif child.dep_ == "advmod" and child.i == verb.i - 1:
            clause.add(child.i)
    first, last = min(clause), max(clause)
    inside = {place for place in range(first, last + 1)}
    return {place for place in inside if place in sentence}
