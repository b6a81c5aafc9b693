"""Stretches of a dependency tree: which words belong to a clause, a name, a cue."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from stpgraph.extraction.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["below", "cue_words", "find_child", "head_of", "is_counted", "name_words", "sentence_of", "spans_of"]

#: Marks that do not belong to a span when they stand at its edge.
_EDGE = frozenset(" ,;:.-–—―\"“”‘’'`()[]…•*|")

#: Words for a group that name its number or share: most of them, a third of councils.
_COUNTING = frozenset(
    ["half", "most", "many", "several", "majority", "minority", "third", "quarter", "fifth", "few", "none"]
)


def below(token: Token, without: Collection[int] = ()) -> set[int]:
    """Return the places of a word and all that hangs on it, but for some words and what hangs on them."""
    found = set()
    stack = [token]
    while stack:
        here = stack.pop()
        if here.i in without:
            continue
        found.add(here.i)
        stack.extend(here.children)
    return found


def find_child(token: Token, *relations: str) -> Token | None:
    """Return the first word that hangs on another in one of some relations."""
    return next((child for child in token.children if child.dep_ in relations), None)


def sentence_of(token: Token) -> range:
    """Return the places of the words of its sentence."""
    return range(token.sent.start, token.sent.end)


def name_words(head: Token, *, stop: Collection[int] = ()) -> set[int]:
    """Return the places of the words that name something: the noun phrase with its apposition, no clauses."""
    found: set[int] = set()
    heads = [head]
    while heads:
        word = heads.pop()
        found.add(word.i)
        for child in word.children:
            if child.i in stop or child.dep_ in {"relcl", "advcl", "ccomp", "parataxis", "dep"}:
                continue
            if child.dep_ in {"cc", "preconj", "punct"}:
                found.add(child.i)
            elif child.dep_ == "appos" or (child.dep_ == "conj" and child.pos_ in _NAMING):
                heads.append(child)
            elif child.dep_ != "conj" and not (child.dep_ == "acl" and child.i > word.i):
                found |= below(child, stop)
    return _joined(head, found)


#: Parts of speech that names are joined from: A, B and C.
_NAMING = frozenset(["NOUN", "PROPN", "PRON", "NUM", "ADJ"])


def _joined(head: Token, found: set[int]) -> set[int]:
    """Return the words around the head that stand together, punctuation between them bridged."""
    doc = head.doc
    here = {head.i}
    for step in (-1, 1):
        place = head.i + step
        while 0 <= place < len(doc) and (place in found or (_bridges(doc[place]) and place + step in found)):
            here.add(place)
            place += step
    while here and max(here) != head.i and (doc[max(here)].is_punct or doc[max(here)].dep_ == "cc"):
        if doc[max(here)].text in ")]":
            break
        here.discard(max(here))
    while here and min(here) != head.i and doc[min(here)].is_punct and doc[min(here)].text not in "([":
        here.discard(min(here))
    return here


def _bridges(token: Token) -> bool:
    return token.is_punct and token.text not in {"-", "--", "–", "—", "―", ":", "“", "”", '"'}


def cue_words(verb: Token) -> set[int]:
    """Return the places of a cue: the verb with its auxiliaries, its negation and its particle."""
    found = {verb.i}
    for child in verb.children:
        if child.dep_ in {"aux", "auxpass", "neg", "prt"} and abs(child.i - verb.i) <= 4:
            found.add(child.i)
    return found


def _runs(places: Iterable[int], doc: Doc) -> Iterator[tuple[int, int]]:
    """Yield first and last places of words that stand together, punctuation and space between them bridged."""
    ordered = sorted(places)
    if not ordered:
        return
    first = last = ordered[0]
    for place in ordered[1:]:
        if place > last + 1 and not all(doc[k].is_punct or doc[k].is_space for k in range(last + 1, place)):
            yield first, last
            first = place
        last = place
    yield first, last


def spans_of(places: Iterable[int], doc: Doc, start: int, *, has_marks: bool = False) -> tuple[Span, ...]:
    """Return where in the text words stand, edges without punctuation, in order.

    Args:
        places: places of words in the parse.
        doc: the parse of the paragraph.
        start: where in the text the paragraph starts.
        has_marks: whether what has no letter counts: a colon that is a cue.
    """
    found = []
    for first, last in _runs(places, doc):
        text = doc[first : last + 1].text
        a, b = 0, len(text)
        while a < b and (text[a] in _EDGE or text[a].isspace()):
            a += 1
        while b > a and (text[b - 1] in _EDGE or text[b - 1].isspace()) and text[b - 1] not in ")]":
            b -= 1
        if not any(character.isalnum() for character in text[a:b]):
            if has_marks:
                found.append(Span(start + doc[first].idx, start + doc[first].idx + len(text)))
        else:
            found.append(Span(start + doc[first].idx + a, start + doc[first].idx + b))
    return tuple(found)


def head_of(places: Iterable[int], doc: Doc) -> Token | None:
    """Return the first word of a name that hangs on none of the others."""
    known = set(places)
    return next(
        (
            doc[place]
            for place in sorted(known)
            if doc[place].head.i not in known and (not doc[place].is_punct or doc[place].text == "%")
        ),
        None,
    )


def is_counted(head: Token) -> bool:
    """Say whether a noun is a group with its number or share: 55 of the 56 respondents, a third of councils, 54%."""
    if head.pos_ == "NUM" or head.text == "%" or head.lower_ in _COUNTING:
        return True
    return any(child.dep_ in {"nummod", "quantmod"} and child.i < head.i for child in head.children)
