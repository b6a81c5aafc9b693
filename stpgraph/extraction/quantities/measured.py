"""What a figure counts: of whom, what is said of them, when, and whether it is denied; read off a dependency parse."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stpgraph.extraction.quantities.grammar import Quantity
from stpgraph.extraction.quantities.not_figures import COUNTED
from stpgraph.extraction.quantities.periods import find_period
from stpgraph.extraction.quantities.spelling import pattern
from stpgraph.extraction.spans import Span

if TYPE_CHECKING:
    import spacy.tokens

__all__ = ["Counted", "what_it_counts"]

_SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj"))
_NUMBERED = frozenset(("nummod", "quantmod", "amod", "compound", "nmod", "det", "predet", "npadvmod"))
_NOUNS = frozenset(("NOUN", "PROPN"))
_DENYING = frozenset(("fail", "refuse", "lack"))
_UNABLE = frozenset(("unable", "unwilling"))
_CLOSED_BY = {"‘": "’", "“": "”", '"': '"', "'": "'"}
_ENDS = frozenset((",", ".", ";", ":", "!", "?", "–", "—", "-", ")", "("))
_CLAUSES = frozenset(("conj", "advcl", "parataxis", "ccomp"))
_NUMBERS = frozenset(("NOUN", "PROPN", "NUM", "SYM", "PRON"))
_PHRASES = frozenset(("of", "for"))
_POPULATION = pattern(f"(?:{COUNTED}|[a-z]+(?:ors|ers|ists|ents))")


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What a figure is a figure of."""

    #: The noun phrase of those counted, without the number, in offsets of the document.
    population: Span | None
    #: What is said of them, or the thing whose size is told.
    measured: Span | None
    #: The time it speaks of, as an interval of ISO 8601.
    period: str | None
    #: "negative" where what is measured is denied of them, else "positive".
    polarity: str


def what_it_counts(
    quantity: Quantity,
    sentence: spacy.tokens.Span,
    *,
    offset: int = 0,
    previous: Counted | None = None,
    issued: str | None = None,
) -> Counted:
    """Return what a figure counts, as its sentence tells.

    Args:
        quantity: a figure of the sentence.
        sentence: the sentence, parsed.
        offset: where the text that was parsed begins in the document, in code points.
        previous: what a figure before this one counted; whom it counted is taken for a figure that names nobody.
        issued: the date of the document, as precise as known.

    Returns:
        None for what the sentence does not tell.
    """
    inside = [token for token in sentence if _span(token, token, offset).meets(quantity.span)]
    if not inside:
        return Counted(population=_before(previous), measured=None, period=None, polarity=quantity.polarity)
    top, near = _top(inside), inside[0].idx - sentence.start_char
    noun, verb = _counted_noun(inside, top, quantity), _verb(top)
    subject = _subject_above(inside, top, verb)
    population = _noun_phrase(noun, inside, offset) if noun is not None and _is_of_people(quantity, noun) else None
    if population is None and quantity.unit in ("PERCENT", "NUM") and (noun is None or noun.pos_ == "PRON"):
        is_bare = subject is not None or quantity.same_as is not None or _quoted(inside)
        grown = _what_changed(top, verb) if noun is None and not is_bare else None
        population = _noun_phrase(grown, [], offset) if grown is not None else None
        population = (_earlier(sentence, inside, offset) or _before(previous)) if is_bare else population
    measured = _quoted(inside) if subject is None else []
    measured = measured or _measured(quantity, inside, noun, verb=verb, subject=subject)
    return Counted(
        population=population,
        measured=_trimmed(measured, offset) if measured else None,
        period=find_period(sentence.text, issued=issued, near=near),
        polarity="negative" if quantity.polarity == "negative" or _is_denied(verb) else "positive",
    )


def _before(previous: Counted | None) -> Span | None:
    return previous.population if previous else None


def _span(first: spacy.tokens.Token, last: spacy.tokens.Token, offset: int) -> Span:
    return Span(first.idx, last.idx + len(last)).moved(offset)


def _top(inside: list[spacy.tokens.Token]) -> spacy.tokens.Token:
    """Return the word of a figure that the others hang on; words of comparison may hang elsewhere."""
    return min([token for token in inside if token.pos_ in _NUMBERS] or inside, key=_depth)


def _depth(token: spacy.tokens.Token) -> tuple[int, int]:
    return sum(1 for _ in token.ancestors), token.i


def _is_of_people(quantity: Quantity, noun: spacy.tokens.Token) -> bool:
    """Say whether a noun names what is counted; with a sum or a time it names what is measured."""
    if quantity.unit == "NUM":
        return noun.pos_ in _NOUNS
    is_of = noun.head.lower_ == "of" and (noun.pos_ in _NOUNS or noun.lower_ == "those")
    return quantity.unit == "PERCENT" and (is_of or (quantity.is_fraction and noun.tag_ in ("NNS", "NNPS")))


def _counted_noun(
    inside: list[spacy.tokens.Token], top: spacy.tokens.Token, quantity: Quantity
) -> spacy.tokens.Token | None:
    """Return the noun that a number belongs to: STPs in "44 STPs", councils in "a third of councils"."""
    last = inside[-1].i
    after = _after_reading(inside[-1])
    for token in reversed(inside):
        is_near = token.head.i > last and not any(each.is_punct for each in top.doc[after : token.head.i])
        if token.dep_ in _NUMBERED and is_near and _is_noun(token.head):
            return _head_of_run(token.head)
    for place in (last + 1, after):
        if place + 1 < len(top.doc) and top.doc[place].lower_ == "of":
            return next((each for each in top.doc[place].children if each.dep_ == "pobj"), None)
    follows = top.doc[after] if after < len(top.doc) else None
    if follows is not None and _is_noun(follows) and (quantity.unit == "NUM" or quantity.is_fraction):
        return _head_of_run(follows)
    return None


def _after_reading(token: spacy.tokens.Token) -> int:
    """Return the place after a number, or after the second reading of it in brackets."""
    place = int(token.i) + 1
    if place < len(token.doc) and token.doc[place].text == "(":
        for each in token.doc[place : place + 8]:
            if each.text == ")":
                return int(each.i) + 1
    return place


def _is_noun(token: spacy.tokens.Token) -> bool:
    return token.pos_ in _NOUNS and token.text[0].isalpha() and token.lower_ not in ("cent", "percent", "pc")


def _head_of_run(noun: spacy.tokens.Token) -> spacy.tokens.Token:
    """Return the last noun of a run of nouns."""
    while noun.dep_ in ("compound", "nmod", "amod") and noun.head.i > noun.i and _is_noun(noun.head):
        noun = noun.head
    return noun


def _noun_phrase(noun: spacy.tokens.Token, inside: list[spacy.tokens.Token], offset: int) -> Span:
    """Return a noun with what stands before it, without number and article, and with the phrases after it."""
    last = inside[-1].i if inside else -1
    lefts = [
        token
        for child in noun.lefts
        if child.dep_ in ("amod", "compound", "nmod", "poss", "nummod")
        for token in child.subtree
        if token.i > last and token.text[0].isalnum() and not token.like_num and token.dep_ != "prep"
    ]
    rights = [
        token
        for child in noun.rights
        if (child.dep_ == "prep" and child.lower_ in _PHRASES) or (noun.lower_ == "those" and child.dep_ == "acl")
        for token in _bare(child)
    ]
    return _span(min([noun, *lefts], key=_place), max([noun, *rights], key=_place), offset)


def _place(token: spacy.tokens.Token) -> int:
    return int(token.i)


def _bare(token: spacy.tokens.Token) -> Iterable[spacy.tokens.Token]:
    """Yield the words of a phrase up to its first clause."""
    clauses = {each.i for child in token.subtree if child.dep_ in ("relcl", "acl", *_CLAUSES) for each in child.subtree}
    for each in token.subtree:
        if each.i in clauses or each.is_punct:
            return
        yield each


def _earlier(sentence: spacy.tokens.Span, inside: list[spacy.tokens.Token], offset: int) -> Span | None:
    """Return the nearest population that the sentence names before a figure."""
    for token in reversed(sentence.doc[sentence.start : inside[0].i]):
        is_many = token.tag_ in ("NNS", "NNPS") or token.lower_ in ("people", "staff")
        if is_many and _POPULATION.fullmatch(token.text) and any(child.dep_ == "nummod" for child in token.children):
            return _noun_phrase(token, [child for child in token.children if child.dep_ == "nummod"], offset)
        if is_many and _POPULATION.fullmatch(token.text) and token.dep_ == "pobj" and token.head.lower_ == "of":
            return _noun_phrase(token, [], offset)
    return None


def _verb(token: spacy.tokens.Token) -> spacy.tokens.Token | None:
    """Return the verb of the clause that a number stands in."""
    for above in (token, *token.ancestors):
        if above.pos_ in ("VERB", "AUX") and above.dep_ not in ("aux", "auxpass", "amod", "compound"):
            return above
    return None


def _is_denied(verb: spacy.tokens.Token | None) -> bool:
    """Say whether a clause denies what it says."""
    if verb is None:
        return False
    below = list(verb.children)
    return (
        verb.lemma_ in _DENYING
        or any(child.dep_ == "neg" or child.lower_ == "never" for child in below)
        or any(child.dep_ in ("acomp", "attr") and child.lemma_ in _UNABLE for child in below)
    )


def _what_changed(top: spacy.tokens.Token, verb: spacy.tokens.Token | None) -> spacy.tokens.Token | None:
    """Return the noun that went up, down or stood at a number: admissions in "admissions fell by 11 per cent"."""
    if verb is None or top.head.lower_ not in ("by", "at", "to", "from", "than") or top.head.head != verb:
        return None
    return next((each for each in verb.children if each.dep_ in _SUBJECTS and _is_noun(each)), None)


def _quoted(inside: list[spacy.tokens.Token]) -> list[spacy.tokens.Token]:
    """Return the words in quotation marks right after a number: 21% ‘very strong’."""
    doc, start = inside[-1].doc, inside[-1].i + 1
    if start >= len(doc) or doc[start].text not in _CLOSED_BY:
        return []
    closing = _CLOSED_BY[doc[start].text]
    end = next((each.i for each in doc[start + 1 : start + 20] if each.text == closing), None)
    return list(doc[start : end + 1]) if end else []


def _measured(
    quantity: Quantity,
    inside: list[spacy.tokens.Token],
    noun: spacy.tokens.Token | None,
    *,
    verb: spacy.tokens.Token | None,
    subject: spacy.tokens.Token | None,
) -> list[spacy.tokens.Token]:
    """Return the words that tell what is measured."""
    top = _top(inside)
    is_there = verb is not None and any(child.dep_ == "expl" for child in verb.children)
    is_size = quantity.unit not in ("NUM", "PERCENT") and top.dep_ == "pobj"
    if verb is not None and subject is not None and not is_there and not is_size:
        return _predicate(verb, max(subject.right_edge.i if subject.right_edge.i < verb.i else 0, inside[-1].i))
    if quantity.unit == "NUM" and verb is not None and noun is not None and not is_there and verb.i < noun.i:
        return list(verb.doc[verb.i : noun.right_edge.i + 1])
    return _thing(inside, top, noun, verb)


def _subject_above(
    inside: list[spacy.tokens.Token], top: spacy.tokens.Token, verb: spacy.tokens.Token | None
) -> spacy.tokens.Token | None:
    """Return the subject that a number is, or belongs to as the number of it."""
    if verb is None:
        return None
    for token in (top, *top.ancestors):
        if token == verb:
            break
        if token.dep_ in _SUBJECTS and token.head == verb:
            return token
        if token not in inside and token.dep_ in ("prep", "pobj", "dobj", "appos", "relcl", "acl"):
            return None
    is_first = top.head == verb and top.i < verb.i and top.dep_ != "attr"
    return (
        top if is_first and not any(child.dep_ in _SUBJECTS and child.i < verb.i for child in verb.children) else None
    )


def _predicate(verb: spacy.tokens.Token, after: int) -> list[spacy.tokens.Token]:
    """Return the words of a clause after its subject, up to the next clause that has a subject of its own."""
    stops = [
        int(child.left_edge.i)
        for child in verb.children
        if child.i > verb.i and child.dep_ in ("conj", "advcl", "parataxis") and _has_subject(child)
    ]
    end = min([*stops, verb.right_edge.i + 1])
    words = list(verb.doc[after + 1 : end])
    shares = [
        place for place, token in enumerate(words) if token.dep_ == "cc" and _begins_share(token) and token.i > verb.i
    ]
    return words[: shares[0]] if shares else words


def _begins_share(token: spacy.tokens.Token) -> bool:
    """Say whether a share with a share of its own follows an "and": and only 21% very strong."""
    following = token.doc[token.i + 1 : token.i + 5]
    numbers = [place for place, each in enumerate(following) if each.like_num]
    return bool(numbers) and any(each.text in ("%", "per", "percent", "pc") for each in following[numbers[0] + 1 :][:1])


def _has_subject(verb: spacy.tokens.Token) -> bool:
    return any(child.dep_ in _SUBJECTS for child in verb.children)


def _phrase(noun: spacy.tokens.Token, *, after: int) -> list[spacy.tokens.Token]:
    """Return a noun with all that belongs to it, after a place."""
    return [token for token in noun.subtree if token.i > after]


def _thing(
    inside: list[spacy.tokens.Token],
    top: spacy.tokens.Token,
    noun: spacy.tokens.Token | None,
    verb: spacy.tokens.Token | None,
) -> list[spacy.tokens.Token]:
    """Return the thing whose size is told: savings in "savings of £5.3bn", deficit in "a £5m deficit"."""
    last = inside[-1].i
    if noun is not None and noun not in inside:
        return _phrase(noun, after=last)
    if top.dep_ == "pobj" and top.head.lower_ == "of" and top.head.head.pos_ in _NOUNS:
        named = top.head.head
        return [token for token in named.doc[named.left_edge.i : named.i + 1] if token.dep_ not in ("det", "punct")]
    following = [token for token in top.subtree if token.i > last]
    if following and following[0].dep_ in ("prep", "acl", "relcl", "aux", "nsubj", "advmod"):
        return following
    if verb is not None:
        subjects = [child for child in verb.children if child.dep_ in _SUBJECTS]
        if subjects and subjects[0].i < verb.i < inside[0].i:
            return list(verb.doc[subjects[0].left_edge.i : verb.i + 1])
        return [token for token in verb.doc[last + 1 : verb.right_edge.i + 1] if token.sent == verb.sent]
    return following


def _trimmed(tokens: list[spacy.tokens.Token], offset: int) -> Span | None:
    """Return where words stand, without marks and conjunctions at their ends."""
    first, last = 0, len(tokens)
    while first < last and (tokens[first].text in _ENDS or tokens[first].is_space):
        first += 1
    while last > first and (
        tokens[last - 1].text in _ENDS or tokens[last - 1].is_space or tokens[last - 1].dep_ in ("cc", "mark")
    ):
        last -= 1
    return _span(tokens[first], tokens[last - 1], offset) if first < last else None
