"""Persons without a name, and pronouns: whom "he" and "she" may stand for beside those who are named.

"The spokesman for Norbury NHS Trust", "a minister", "its director" are persons in their own right: the nearest of them
that fits is meant, or nobody can be told; never a person named before them. A pronoun once understood is a place of its
person, and fixes that "she" is no "he". Pronouns and descriptions within what somebody says are left aside: "he said
the minister must go; he added" speaks of one man.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stpgraph.extraction.names.anaphora import Found, last_subject
from stpgraph.extraction.names.gazetteer import plain
from stpgraph.extraction.names.lexicon import FUNCTION_WORDS, ROLE_NOUNS, SPOKESPEOPLE, TITLES
from stpgraph.extraction.names.posts import post_in
from stpgraph.extraction.names.scene import Scene, Spot, Thing
from stpgraph.extraction.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["add_persons", "holders_of", "person_for"]

_MEN = frozenset(re.findall(r"\w+", "spokesman chairman man boy father husband son brother gentleman"))
_WOMEN = frozenset(re.findall(r"\w+", "spokeswoman chairwoman woman girl mother wife daughter sister widow lady"))
#: Persons by what they are, beside roles and spokespeople.
_OTHERS = frozenset(
    re.findall(
        r"\w+",
        "official colleague relative worker employee expert boss aide representative candidate critic student "
        "pensioner source insider whistleblower parent speaker ambassador",
    )
)
#: Roles that are seldom persons when they stand alone.
_SELDOM = frozenset({"lead", "head", "fellow", "whip", "chief", "holder", "partner", "deputy", "member"})
_NOUNS = (ROLE_NOUNS | (SPOKESPEOPLE - {"spokespeople", "spokesmen"}) | _OTHERS | _MEN | _WOMEN) - _SELDOM
_PLACE = re.compile(rf"(?<![\w’'-])(?:(he|she)|{'|'.join(sorted(_NOUNS, key=len, reverse=True))})(?![\w-])", re.I)
_LEFT = re.compile(r"[\w&]+(?:[-’'][\w]+)*['’]?")
_DETERMINERS = frozenset({"the", "a", "an", "its", "their", "his", "her", "our", "this", "that", "one"})
#: Determiners of nobody in particular.
_NOBODY = frozenset({"no", "every", "each", "any", "either", "what", "which", "whatever"})
_TITLE = "|".join(sorted(TITLES))
_NAME_AFTER = re.compile(rf"(?:,? (?:called |named )?|['’]s? )(?:(?:{_TITLE})\.? )*")
_RIGHT = re.compile(r" (?:of|for|at|from|with|in) (?:the |its |a )?")
#: A description with these relations to the words around it stands for no other person.
_BESIDE = frozenset({"appos", "attr", "oprd", "compound", "amod", "nmod"})
_AS = re.compile(r"\bas (?:the |a |an |its |their )?(?:[\w-]+ )?$")


def add_persons(scene: Scene) -> None:
    """Find the persons without a name and what "he" and "she" stand for, in the order of the text."""
    for thing in scene.things:
        if thing.kind == "person":
            thing.gender = thing.gender or _gender_of_posts(thing)
    for match in _PLACE.finditer(scene.text):
        span = Span(match.start(), match.end())
        if scene.is_quoted(span.start) or scene.at(span.start) is not None or _is_said(scene, span):
            continue
        if match.group(1) is not None:
            _add_pronoun(scene, match.group(1).lower(), span)
        else:
            _add_described(scene, span)


def person_for(scene: Scene, pronoun: str, position: int) -> Found:
    """Find the person that "he" or "she" stands for: the last one before it of whom something is said."""
    if position in scene.understood:
        return Found(*scene.understood[position])
    small = pronoun.lower()

    def accept(thing: Thing) -> bool:
        return thing.kind == "person" and thing.may_be(small)

    found = last_subject(scene, pronoun, position, accept, "person", beside=scene.persons)
    if any(thing.name in {"he", "she"} for thing in found.things):
        return Found((), f"“{pronoun}” is the person before it, who cannot be told")
    return found


def holders_of(scene: Scene, span: Span) -> list[Thing]:
    """Return the named persons of whom the text says that they have the post that words tell."""
    post = post_in(scene, span)
    if post is None or span.of(scene.text).lower().startswith(("a ", "an ", "one ")):
        return []
    return [
        thing
        for thing in scene.things
        if thing.kind == "person"
        and any(
            plain(post.role) == plain(held.role)
            and (
                post.organisation is None
                or held.organisation is None
                or post.organisation.name == held.organisation.name
            )
            for held in thing.posts
        )
    ]


def _gender_of_posts(thing: Thing) -> str:
    """Return whether a post makes a person "he" or "she": its spokeswoman Jo Doe."""
    words = {word.lower() for post in thing.posts for word in post.words.split()}
    if "spokesman" in words:
        return "he"
    return "she" if "spokeswoman" in words else ""


def _add_pronoun(scene: Scene, word: str, span: Span) -> None:
    """Note whom a pronoun stands for; one that cannot be told is somebody, and no person named before."""
    found = person_for(scene, word, span.start)
    scene.understood[span.start] = (found.things, found.why)
    thing = found.thing or Thing(kind="person", name=word, mention=span, gender=word)
    thing.gender = word
    scene.persons.append(Spot(span, thing))


def _add_described(scene: Scene, noun: Span) -> None:
    """Note a person without a name, at the noun that says what the person is."""
    text = scene.text
    tokens = scene.tokens(noun)
    if tokens and (tokens[0].tag_ not in {"NN", "NNP"} or _is_beside(tokens[0])):
        return
    start, determiner = _start(scene, noun)
    whole = Span(start, _end(scene, noun))
    if determiner in _NOBODY or _AS.search(text[max(0, start - 30) : noun.start]) is not None:
        return
    if not tokens and not determiner:
        return
    if any(noun.meets(post.span) for thing in scene.things if thing.kind == "person" for post in thing.posts):
        return
    if noun.of(text).lower() == "source" and text.startswith(" of ", noun.end):
        return
    if _is_named(scene, whole) or _is_named(scene, noun):
        return
    holders = holders_of(scene, whole)
    words, small = whole.of(text), noun.of(text).lower()
    gender = "he" if small in _MEN else "she" if small in _WOMEN else ""
    described = Thing(kind="person", name=words, mention=whole, gender=gender, is_described=True)
    fits = len(holders) == 1 and (not gender or holders[0].may_be(gender))
    scene.persons.append(Spot(noun, holders[0] if fits else described))


def _is_beside(token: Token) -> bool:
    """Say whether a noun only says what somebody else is."""
    while token.dep_ == "conj":
        token = token.head
    return token.dep_ in _BESIDE


def _is_said(scene: Scene, span: Span) -> bool:
    """Say whether words stand within what a verb of saying governs: "that the minister must go"."""
    tokens = scene.tokens(span)
    token = tokens[0] if tokens else None
    while token is not None and token.head.i != token.i:
        if token.dep_ == "ccomp" and token.i > token.head.i:
            return True
        token = token.head
    return False


def _start(scene: Scene, noun: Span) -> tuple[int, str]:
    """Walk back from a noun to where its words begin; return that and the determiner, or its owner, if any."""
    start, determiner = noun.start, ""
    offset = max(0, noun.start - 90)
    for match in list(_LEFT.finditer(scene.text, offset, noun.start))[:-8:-1]:
        spot, small = scene.at(match.start()), match.group().lower()
        if scene.text[match.end() : start].strip(" ’'s") or "\n" in scene.text[match.end() : start]:
            break
        if small in _DETERMINERS or small in _NOBODY:
            return (match.start(), small)
        if spot is not None and spot.thing.is_body:
            start, determiner = min(match.start(), spot.span.start), "its"
            continue
        if spot is not None or small in FUNCTION_WORDS or _is_verb(scene, match):
            break
        start = match.start()
    return start, determiner


def _is_verb(scene: Scene, match: re.Match[str]) -> bool:
    """Say whether the parse takes a word for something that no noun phrase holds."""
    tokens = scene.tokens(Span(match.start(), match.end()))
    return bool(tokens) and tokens[0].pos_ not in {"NOUN", "PROPN", "ADJ", "NUM", "PART"}


def _end(scene: Scene, noun: Span) -> int:
    """Return where the words of a person end: with the body, or what the parse adds to the noun by a preposition."""
    match = _RIGHT.match(scene.text, noun.end)
    if match is None:
        return noun.end
    spot = scene.at(match.end())
    if spot is not None and spot.thing.is_body:
        return spot.span.end
    tokens = scene.tokens(noun)
    for child in tokens[-1].rights if tokens else ():
        if child.dep_ == "prep":
            offset = noun.start - tokens[-1].idx
            last = child.right_edge
            limit = re.search(r"[,;:()\n]| (?:who|which|that)\b", scene.text[noun.end : last.idx + offset + len(last)])
            return noun.end + limit.start() if limit else last.idx + offset + len(last)
    return noun.end


def _is_named(scene: Scene, words: Span) -> bool:
    """Say whether a name stands beside a description: "the leader, Kit Poe", "its director Jo Doe"."""
    match = _NAME_AFTER.match(scene.text, words.end)
    spot = scene.at(match.end()) if match is not None else None
    if spot is not None and spot.thing.kind == "person":
        return True
    before = scene.text[max(0, words.start - 3) : words.start]
    last = next(iter(scene.before(words.start)), None)
    gap = re.search(r"[,(]\s?$", before)
    return (
        gap is not None
        and last is not None
        and last.thing.kind == "person"
        and last.span.end >= words.start - len(gap.group()) - 5
    )
