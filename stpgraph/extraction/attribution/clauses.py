"""Cue verbs and what they introduce: each verb of the list by the first of its frames that is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from stpgraph.extraction.attribution.candidates import Candidate, Page
from stpgraph.extraction.attribution.complements import find_clause, find_for_to, find_infinitive
from stpgraph.extraction.attribution.cues import Cue, load_cues
from stpgraph.extraction.attribution.judging import find_object, find_predicate, find_prepositional
from stpgraph.extraction.attribution.parentheses import find_parenthesis
from stpgraph.extraction.attribution.trees import below, cue_words, find_child
from stpgraph.extraction.attribution.verbs import find_cue_verb, is_acting, is_guarded, source_of

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["find_in_clauses"]

_Finding: TypeAlias = Callable[[Page, "Token", Cue, set[int]], set[int]]


class _Frame(NamedTuple):
    """One way in which a verb introduces something: the rule it is known by, and whether somebody must be acting."""

    rule: str
    find: _Finding
    needs_actor: bool


#: In the order in which they are tried.
_FRAMES = (
    _Frame("clause", find_clause, needs_actor=False),
    _Frame("infinitive", find_for_to, needs_actor=False),
    _Frame("infinitive", find_infinitive, needs_actor=True),
    _Frame("predicate", find_predicate, needs_actor=True),
    _Frame("preposition", find_prepositional, needs_actor=True),
    _Frame("parenthesis", find_parenthesis, needs_actor=False),
    _Frame("object", find_object, needs_actor=True),
)


def find_in_clauses(page: Page) -> Iterator[Candidate]:
    """Yield what each cue verb of a paragraph introduces."""
    found = []
    for token in page.doc:
        cue = find_cue_verb(token)
        if cue is not None and not is_guarded(page, token, cue) and (one := _introduced(page, token, cue)) is not None:
            found.append(one)
    for one in found:
        verb = page.doc[one.verb or 0]
        if find_child(verb, "nsubj", "nsubjpass") is None:
            _give_back(page, one, verb, found)
        elif verb.dep_ in {"conj", "ccomp", "advcl"} and one.rule in {"clause", "infinitive", "object", "predicate"}:
            _part(page, one, verb, found)
    yield from found


def _introduced(page: Page, verb: Token, cue: Cue) -> Candidate | None:
    """Return what a cue verb introduces, by the first of its frames that is there."""
    words = cue_words(verb)
    for rule, find, needs_actor in _FRAMES:
        content = _in_one_voice(page, verb, find(page, verb, cue, words))
        if not content or (needs_actor and not is_acting(page, verb, is_object=rule == "object")):
            continue
        source, relative = source_of(page, verb, content | words)
        content -= source
        if content and (source or rule == "clause"):
            return Candidate(
                rule=rule,
                cue_word=cue.word,
                content=content,
                source=source,
                cue=words,
                relative=relative,
                verb=verb.i,
            )
    return None


def _in_one_voice(page: Page, verb: Token, content: set[int]) -> set[int]:
    """Keep what a speaker says within a quotation to that quotation."""
    number = page.voice(verb)
    return content if number is None else content & set(page.words_of[number])


def _holders(page: Page, one: Candidate, verb: Token, found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield the candidates before a cue whose content has it, in the same voice."""
    for other in found:
        if other is one or other.verb is None or other.verb > verb.i or verb.i not in other.content:
            continue
        if page.voice(page.doc[other.verb]) == page.voice(verb):
            yield other


def _give_back(page: Page, one: Candidate, verb: Token, found: Sequence[Candidate]) -> None:
    """Give a cue that the parse hangs into what was said back to who said it: said that …, adding that …."""
    for other in _holders(page, one, verb, found):
        head = page.doc[other.verb or 0]
        trails = verb.tag_ == "VBG" and verb.i > 0 and page.doc[verb.i - 1].text in {",", "and"}
        joins = verb.dep_ == "conj" and verb.tag_ == head.tag_ and verb.tag_ in {"VBD", "VBZ"}
        joins = joins and (one.rule == "clause" or verb.head.tag_ != verb.tag_)
        if not (trails or joins) or other.rule not in {"clause", "parenthesis"}:
            continue
        one.source, one.relative = set(other.source), other.relative
        gone = below(verb)
        other.content -= gone | one.content | one.cue
        if other.rule != "parenthesis":
            other.content = {place for place in other.content if place < verb.i or place > max(gone)}
        return


def _part(page: Page, one: Candidate, verb: Token, found: Sequence[Candidate]) -> None:
    """Part what two people say in one sentence: A said that …, and B said that …."""
    gone = below(verb)
    before = page.words_between(min(gone) - 2, min(gone))
    first = page.doc[min(gone)]
    joined = verb.dep_ == "conj" or (bool(before) and before[-1].dep_ == "cc")
    joined = joined or (verb.dep_ == "advcl" and first.lower_ in {"while", "whereas", "but"})
    if not joined or not any(token.text in {",", ";"} for token in before):
        return
    verbs = load_cues().verbs
    for other in _holders(page, one, verb, found):
        compares = verb.dep_ == "advcl" and other.cue_word in verbs and "find" in verbs[other.cue_word].frames
        if other.rule in {"clause", "parenthesis", "infinitive"} and not compares:
            other.content -= gone
