"""People: which persons a text names, by the reference, by their titles, by what they are, and by how they speak.

Two to four words with capitals are a person's name when something says so: a title before them, a role beside them, a
verb of saying, a byline, or the reference. A surname alone, with or without a title, is the person so called whose full
name stands anywhere in the text; where two are so called, their titles decide, or nobody does.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from stpgraph.extraction.names.lexicon import (
    BODY_NOUNS,
    CUES,
    FUNCTION_WORDS,
    NEVER_PEOPLE,
    PLACES,
    ROLE_NOUNS,
    TITLES,
    WORK_NOUNS,
)
from stpgraph.extraction.names.scene import Scene, Thing
from stpgraph.extraction.spans import Span

__all__ = ["add_people", "bare_name"]

_PART = (
    r"(?:[A-ZÀ-Þ][’'][A-ZÀ-Þ][a-zß-ÿ]+|[A-ZÀ-Þ][a-zß-ÿ]+(?:[A-Z][a-zß-ÿ]+)?(?:-[A-ZÀ-Þ][a-zß-ÿ]+)*|[A-ZÀ-Þ]\.?(?=\s))"
)
_RUN = re.compile(
    rf"(?<![\w’'-]){_PART}(?:[ ](?:(?:de|van|von|der|den|al|bin|ap|le|la|du|di|ten)[ ]){{0,2}}{_PART})*(?![\w-])"
)
_TITLE = "|".join(sorted(TITLES, key=len, reverse=True))
_TITLES_BEFORE = re.compile(rf"(?:(?:the )?(?:Rt Hon |Right Hon\.? )?(?:(?:{_TITLE})\.?\s+))+$")
_NEVER = BODY_NOUNS | NEVER_PEOPLE | {word.capitalize() for word in ROLE_NOUNS | FUNCTION_WORDS | WORK_NOUNS} | TITLES
_ROLE = "|".join(sorted(map(re.escape, ROLE_NOUNS), key=len, reverse=True))
_CUE = "|".join(CUES)
_ROLE_AFTER = re.compile(
    rf"(?: MP| MEP| CBE| OBE| MBE)?\s*[,(–—-]\s*(?:[\w’'&-]+ ){{0,8}}?(?:{_ROLE}|spokes(?:man|woman|person))\b", re.I
)
_HONOUR_AFTER = re.compile(r" (?:MP|MEP|CBE|OBE|MBE|FRCP|QC|KC)\b")
_ROLE_BEFORE = re.compile(
    rf"(?<![\w-])(?:{_ROLE}|spokes(?:man|woman|person)|named)(?:,? | (?:of|for|at|in) [^,.;:]{{2,70}}, )$", re.I
)
_CUE_AFTER = re.compile(rf",?\s(?:{_CUE})\b")
_CUE_BEFORE = re.compile(rf"[”’\"',]\s(?:{_CUE})\s$|\b(?:[Aa]ccording to|[Ss]ays|[Ss]aid)\s$")
#: Before the name of a place; and words that end one.
_PLACE_BEFORE = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]utside|[Aa]round|[Ff]rom|[Aa]cross|of|for|to|between) (?:the )?$"
)
_SPEAKER = re.compile(rf"(?<![\w’'-]){_PART}(?=['’]s?\s|:|,?\s(?:now |also |has |had )?(?:{_CUE})\b)")
_WHO_AFTER = re.compile(r",? (?:who|whose)\b")
_BYLINE = re.compile(r"(?:^|\n)\s*(?:By|by|BY|Words:)\s$")
_BYLINE_AFTER = re.compile(r"\s*(?:\n|\||\d|,|$)")


@dataclass(frozen=True, slots=True)
class _Name:
    """What may be a person's name: its place without titles, the place with them, and the titles."""

    span: Span
    whole: Span
    titles: frozenset[str]
    words: tuple[str, ...]


def bare_name(name: str) -> str:
    """Return a person's name without titles before and honours after it.

    Example:
        >>> bare_name("Professor Sir Kit Poe MP")
        'Kit Poe'
    """
    words = name.split()
    while len(words) > 1 and words[0].rstrip(".") in TITLES:
        words = words[1:]
    while len(words) > 1 and _HONOUR_AFTER.fullmatch(" " + words[-1].strip(",")):
        words = words[:-1]
    return " ".join(words)


def add_people(scene: Scene, sources: Sequence[Span] = ()) -> None:
    """Find the persons of a text and every place of their names.

    Args:
        scene: with its bodies.
        sources: where the words stand that name who says something: a name there is a person's.
    """
    _add_known(scene)
    names = [name for name in _names(scene) if scene.at(name.span.start) is None]
    full = [name for name in names if len(name.words) > 1]
    for name in full:
        witness = _witness(scene, name, sources)
        if witness is not None:
            _add_full(scene, name, witness)
    _add_later_full(scene, full)
    for name in names:
        if len(name.words) == 1 and name.titles and scene.at(name.span.start) is None:
            _add_short(scene, name)
    _add_surnames(scene)


def _add_known(scene: Scene) -> None:
    """Note the persons whom the reference knows."""
    for mention in scene.mentions:
        if mention.kind != "person" or scene.at(mention.span.start) is not None:
            continue
        name = bare_name(mention.span.of(scene.text))
        titles = set(mention.span.of(scene.text).split()) & TITLES
        titles |= _titles_before(scene.text, mention.span.start)[1]
        start = mention.span.end - len(name)
        span = Span(start, mention.span.end) if scene.text[start : mention.span.end] == name else mention.span
        thing = next((t for t in scene.things if t.candidates == mention.candidates), None)
        if thing is None:
            thing = Thing(kind="person", name=name, mention=span, iri=mention.iri, candidates=mention.candidates)
            said = (
                f"linked by label “{mention.label}”"
                if mention.iri
                else f"“{mention.label}” is the name of several: not linked"
            )
            thing.evidence.append(said)
        thing.titles |= titles
        scene.add(span, thing)


def _names(scene: Scene) -> Iterator[_Name]:
    """Yield the runs of words that may be names of persons, cut at words that are in none."""
    for match in _RUN.finditer(scene.text):
        run: list[re.Match[str]] = []
        for word in re.finditer(r"\S+", match.group()):
            if word.group() in _NEVER:
                yield from _as_name(scene.text, match.start(), run)
                run = []
            elif run or word.group()[0].isupper():
                run.append(word)
        yield from _as_name(scene.text, match.start(), run)


def _as_name(text: str, offset: int, run: list[re.Match[str]]) -> Iterator[_Name]:
    """Yield a run of up to four words as a name."""
    words = tuple(word.group() for word in run)
    if not words or len([word for word in words if word[0].isupper()]) > 4 or len(words[-1].rstrip(".")) < 2:
        return
    span = Span(offset + run[0].start(), offset + run[-1].end())
    start, titles = _titles_before(text, span.start)
    yield _Name(span, Span(start, span.end), frozenset(titles), words)


def _titles_before(text: str, start: int) -> tuple[int, set[str]]:
    """Return where the titles before a name begin, and which they are."""
    match = _TITLES_BEFORE.search(text[max(0, start - 60) : start])
    if match is None:
        return start, set()
    return start - len(match.group()), {word.rstrip(".") for word in match.group().split()} & TITLES


def _witness(scene: Scene, name: _Name, sources: Sequence[Span]) -> str | None:
    """Return what says that words are a person's name, or None; places are told only by what no place has."""
    before = scene.text[max(0, name.whole.start - 90) : name.whole.start]
    after = scene.text[name.span.end : name.span.end + 120]
    if name.titles:
        return f"title {' '.join(sorted(name.titles))}"
    strong = {
        "initials follow in brackets": _initials_after(scene.text, name.span) is not None,
        "what follows says what the person did": _WHO_AFTER.match(after) is not None,
        "the surname stands alone elsewhere": name.words[-1] in _alone(scene.text),
    }
    is_place = _PLACE_BEFORE.search(before) is not None or name.words[-1] in PLACES
    return _first(strong) or (None if is_place and name.span not in sources else _weaker(scene, name, sources, before))


def _weaker(scene: Scene, name: _Name, sources: Sequence[Span], before: str) -> str | None:
    """Return what says that words are a person's name where they may be a place's as well."""
    after = scene.text[name.span.end : name.span.end + 120]
    return _first(
        {
            "what follows says what the person is": bool(_HONOUR_AFTER.match(after) or _ROLE_AFTER.match(after)),
            "what precedes says what the person is": bool(_ROLE_BEFORE.search(before.rpartition("\n")[2])),
            "speaks": name.span in sources or bool(_CUE_AFTER.match(after) or _CUE_BEFORE.search(before)),
            "byline": bool(_BYLINE.search(before) and _BYLINE_AFTER.match(after)) and len(name.words) <= 3,
        }
    )


def _first(witnesses: dict[str, bool]) -> str | None:
    """Return the first witness that speaks."""
    return next((said for said, speaks in witnesses.items() if speaks), None)


def _initials_after(text: str, name: Span) -> str | None:
    """Return the initials that stand in brackets after a name, as minutes have them."""
    match = re.match(r"\s*\(([A-Z]{2,4})\b", text[name.end :])
    letters = "".join(word[0] for word in re.split(r"[\s-]", name.of(text)))
    return match.group(1) if match and match.group(1) in {letters, letters[0] + letters[-1]} else None


@lru_cache(maxsize=2)
def _alone(text: str) -> frozenset[str]:
    """Return the words with a capital that speak or own something and belong to no longer name."""
    return frozenset(
        match.group() for match in _SPEAKER.finditer(text) if not _is_part(text, Span(match.start(), match.end()))
    )


def _add_full(scene: Scene, name: _Name, witness: str) -> None:
    """Note a person by full name: the one so called already, or a new one."""
    words = name.span.of(scene.text)
    thing = next((t for t in scene.things if t.kind == "person" and t.name == words), None)
    if thing is None:
        thing = Thing(kind="person", name=words, mention=name.span)
        thing.evidence.append(f"“{words}” is a person: {witness}")
    thing.titles |= name.titles
    scene.add(name.span, thing)
    initials = _initials_after(scene.text, name.span)
    if initials is not None:
        for match in re.finditer(rf"(?<![\w-]){initials}(?![\w-])", scene.text):
            scene.add(Span(match.start(), match.end()), thing)


def _add_later_full(scene: Scene, names: list[_Name]) -> None:
    """Note the places of full names that a witness told elsewhere."""
    people = {thing.name: thing for thing in scene.things if thing.kind == "person"}
    for name in names:
        thing = people.get(name.span.of(scene.text))
        if thing is not None and scene.at(name.span.start) is None:
            thing.titles |= name.titles
            scene.add(name.span, thing)


def _add_short(scene: Scene, name: _Name) -> None:
    """Note a title with a surname: the person so called, or one whom the text gives no first name."""
    people = [t for t in scene.things if t.kind == "person" and t.surname == name.words[0] and t.name != name.words[0]]
    if name.titles & {"Sir", "Dame"} and not people:  # these go with the first name
        people = [t for t in scene.things if t.name.split()[0] == name.words[0] and t.titles & name.titles]
    if people:
        _choose(scene, name.span, name.titles, people)
        return
    lone = next((t for t in scene.things if t.kind == "person" and t.name == name.words[0]), None)
    if lone is None:
        lone = Thing(kind="person", name=name.words[0], mention=name.span, titles=set(name.titles))
        lone.evidence.append(f"“{name.whole.of(scene.text)}” is a person: title {' '.join(sorted(name.titles))}")
    scene.add(name.span, lone)


def _add_surnames(scene: Scene) -> None:
    """Note surnames that stand alone."""
    by_surname: dict[str, list[Thing]] = defaultdict(list)
    for thing in scene.things:
        if thing.kind == "person":
            by_surname[thing.surname].append(thing)
    for surname, people in by_surname.items():
        for match in re.finditer(rf"(?<![\w’'-]){re.escape(surname)}(?![\w-])", scene.text):
            span = Span(match.start(), match.end())
            if scene.at(span.start) is None and not _is_part(scene.text, span):
                _choose(scene, span, frozenset(_titles_before(scene.text, span.start)[1]), people)


def _is_part(text: str, span: Span) -> bool:
    """Say whether a surname belongs to a longer name: a place, somebody else's full name."""
    before, after = text[: span.start].rstrip(" ").split(" ")[-1].rpartition("\n")[2], text[span.end : span.end + 2]
    is_named = before[:1].isupper() and before.isalpha() and before not in TITLES and before not in _NEVER
    is_first = len(after) == 2 and after[0] == " " and after[1].isupper()
    return (is_named and text[span.start - 1] == " ") or is_first


def _choose(scene: Scene, span: Span, titles: frozenset[str], people: list[Thing]) -> None:
    """Note a surname as that of one person; of several, of the one with the titles it has."""
    word = span.of(scene.text)
    if len(people) > 1 and titles:
        same = [thing for thing in people if thing.titles & titles]
        male = titles & {"Mr", "Sir", "Lord"}
        people = same or [thing for thing in people if thing.may_be("he" if male else "she")] or people
    if len(people) == 1:
        scene.add(span, people[0])
        return
    scene.unclear[span] = f"“{word}” may be {' or '.join(thing.name for thing in people)}: not told"
