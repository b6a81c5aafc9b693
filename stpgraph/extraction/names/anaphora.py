"""Anaphora: what "he", "it", "its" and "the institute" stand for, by small rules, or why that cannot be told.

The nearest fitting name that is the subject of a verb comes first; then the nearest fitting one. Two that fit alike,
side by side, leave it open.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from stpgraph.extraction.names.gazetteer import plain
from stpgraph.extraction.names.lexicon import DESCRIPTIONS, FUNCTION_WORDS, OUTLET_NOUNS, singular
from stpgraph.extraction.names.scene import Scene, Spot, Thing
from stpgraph.extraction.spans import Span
from stpgraph.records import Organisation

__all__ = ["Found", "add_descriptions", "described_body", "last_subject"]

_NOUN = "|".join(sorted(DESCRIPTIONS.keys() - {"service", "office", "paper", "footprint"}, key=len, reverse=True))
_DESCRIPTION = re.compile(
    rf"\b(?:the|this)\s+((?:(?!(?:{'|'.join(FUNCTION_WORDS)})\b)[\w-]+\s+){{0,2}}?(?:{_NOUN}))(?![\w-])", re.IGNORECASE
)
#: Words before the noun that are part of the name of what is meant.
_TELLING = frozenset(
    [
        "county",
        "city",
        "borough",
        "district",
        "town",
        "parish",
        "unitary",
        "nhs",
        "foundation",
        "clinical",
        "scrutiny",
        "health",
        "royal",
        "audit",
    ]
)
#: Descriptions that no public body bears by its name alone, and the words that tell a public body.
_PRIVATE = frozenset({"charity", "tank", "thinktank", "union", "consultancy", "firm", "company", "campaign"})
_PUBLIC = frozenset({"nhs", "council", "ccg", "department", "ministry", "committee", "stp", "ics"})
_PRESS = frozenset({"trade-press", "newspaper", "broadcaster", "news-agency", "journal"})
_PLURAL_PRONOUNS = frozenset({"they", "them", "their"})


@dataclass(frozen=True, slots=True)
class Found:
    """What words stand for, or nothing, and why."""

    things: tuple[Thing, ...]
    why: str

    @property
    def thing(self) -> Thing | None:
        """The one thing, where there is one."""
        return self.things[0] if len(self.things) == 1 else None


def described_body(scene: Scene, words: str, position: int) -> Found:
    """Find the body that "the institute" or "the county council" stands for at a position.

    The last fitting body before it; where none stands before, the only fitting one after it.
    """
    parts = [plain(word) for word in re.findall(r"[\w’'-]+", words)]
    wanted = DESCRIPTIONS.get(singular(parts[-1])) or DESCRIPTIONS.get(parts[-1])
    if wanted is None:
        return Found((), f"“{words}” is no description of a body")
    proper = {plain(word) for word in re.findall(r"(?<=\s)[A-Z][\w’'-]*", words)}
    telling = [part for part in parts[:-1] if part in _TELLING or part in proper]
    fits = _fitting(scene, wanted, telling, singular(parts[-1]))
    before = (spot for spot in scene.before(position) if fits(spot.thing) and not scene.is_quoted(spot.span.start))
    nearest = next(before, None)
    if nearest is None:
        after = [thing for thing in scene.things if fits(thing)]
        if len(after) == 1:
            return Found((after[0],), f"“{words}” stands for {after[0].name} (the only one in the text)")
        return Found((), f"“{words}”: " + ("several such bodies are named" if after else "no such body is named"))
    sentence = scene.sentence(nearest.span.start)
    rivals = _apart([nearest, *(spot for spot in before if sentence.holds(spot.span))])
    if len(rivals) > 1:
        subjects = [spot for spot in rivals if scene.is_subject(spot.span)]
        if len(subjects) != 1:
            names = " or ".join(spot.thing.name for spot in reversed(rivals))
            return Found((), f"“{words}” may be {names}: not told")
        nearest = subjects[0]
    return Found((nearest.thing,), f"“{words}” stands for {nearest.thing.name} (the last such body named)")


def _fitting(scene: Scene, wanted: frozenset[str], telling: list[str], noun: str) -> Callable[[Thing], bool]:
    """Return what says whether a body fits a description, which is looked up once for each body."""
    known: dict[Thing, bool] = {}

    def fits(thing: Thing) -> bool:
        if thing not in known:
            known[thing] = _fits(scene, thing, wanted, telling, noun)
        return known[thing]

    return fits


def _apart(spots: Iterable[Spot]) -> list[Spot]:
    """Return the first place of each thing."""
    return list({spot.thing: spot for spot in list(spots)[::-1]}.values())[::-1]


def _fits(scene: Scene, thing: Thing, wanted: frozenset[str], telling: list[str], noun: str) -> bool:
    """Say whether a body is of the kind wanted, by its name, label, classification, or what the text calls it."""
    if not thing.is_body:
        return False
    names = [thing.name] + ([scene.gazetteer.label(thing.iri)] if thing.iri is not None else [])
    known = {plain(word) for name in names for word in re.findall(r"[\w’'-]+", name)}
    known |= {singular(word) for word in known}
    record = scene.gazetteer.records.get(thing.iri) if thing.iri is not None else None
    if isinstance(record, Organisation) and record.classification is not None:
        known.add(record.classification.value.rpartition("/")[2])
    if thing.kind == "partnership":
        known |= {"partnership", "stp"}
    if noun in _PRIVATE and known & _PUBLIC:
        return noun in thing.told
    is_any = "+" in wanted and not any(thing.name.endswith(noun) for noun in OUTLET_NOUNS) and not known & _PRESS
    return (is_any or noun in thing.told or bool(wanted & known)) and all(word in known for word in telling)


def add_descriptions(scene: Scene) -> None:
    """Note what "the institute" stands for wherever it stands, so that "it" after it is understood."""
    for match in _DESCRIPTION.finditer(scene.text):
        span = Span(match.start(1), match.end(1))
        words = span.of(scene.text)
        if scene.at(match.end() - 1) is not None or scene.at(span.start) is not None or "\n" in words:
            continue
        found = described_body(scene, words, match.start())
        if found.thing is not None and not scene.is_quoted(span.start):
            scene.add(span, found.thing)
        elif " may be " in found.why:
            scene.unclear.setdefault(span, found.why)


def last_subject(
    scene: Scene,
    words: str,
    position: int,
    accept: Callable[[Thing], bool],
    sort: str,
    *,
    back: int = 2,
    beside: Sequence[Spot] = (),
) -> Found:
    """Find the last subject before a position that is accepted; where no subject is, the only name that is.

    Args:
        scene: the document.
        words: what is to be understood, for the evidence.
        position: where it stands.
        accept: which things it may stand for.
        sort: what these are, for the evidence.
        back: how many paragraphs before its own are searched.
        beside: places beside those of names, in order. One in a later sentence than the subject leaves it open.
    """
    here = scene.paragraph_at(position)
    seen: list[Spot] = []
    for sentence in [scene.sentence(position), *scene.sentences_before(position)]:
        if here - scene.paragraph_at(sentence.start) > back:
            break
        places = [*scene.in_span(sentence), *(spot for spot in beside if sentence.holds(spot.span))]
        spots = _nearest_first(scene, places, position, accept)
        subjects = [spot for spot in spots if scene.is_subject(spot.span)]
        if subjects:
            found = _nearest(scene, words, subjects, position, sort)
            nearer = next((spot.thing for spot in seen if spot.thing.is_described), None)
            if nearer is None or nearer is found.thing or not found.things:
                return found
            return Found((), f"“{words}” may be {found.things[0].name} or {nearer.name}: not told")
        seen += spots
    things = _apart(seen)
    if len(things) == 1:
        return Found((things[0].thing,), f"“{words}” stands for {things[0].thing.name} (the only {sort} before it)")
    if things:
        return Found((), f"“{words}” may be {' or '.join(spot.thing.name for spot in things)}: not told")
    return Found((), f"“{words}”: no {sort} is named before it")


def _nearest_first(scene: Scene, places: list[Spot], position: int, accept: Callable[[Thing], bool]) -> list[Spot]:
    """Return the places before a position that are accepted and stand outside quotation marks."""
    fits = [spot for spot in places if spot.span.end <= position and accept(spot.thing)]
    ordered = sorted(fits, key=lambda spot: spot.span.start, reverse=True)
    return [spot for spot in ordered if not scene.is_quoted(spot.span.start)]


def _nearest(scene: Scene, words: str, subjects: list[Spot], position: int, sort: str) -> Found:
    """Choose among the subjects of one sentence: the nearest, unless it is joined to another one."""
    nearest = subjects[0]
    joined = [spot for spot in subjects[1:] if _is_joined(scene.text[spot.span.end : nearest.span.start])]
    rivals = _apart([nearest, *joined])
    if len(rivals) > 1 and words.lower() not in _PLURAL_PRONOUNS:
        names = " or ".join(spot.thing.name for spot in reversed(rivals))
        return Found((), f"“{words}” may be {names}: not told")
    where = "before it in its sentence" if scene.sentence(position).holds(nearest.span) else "of a sentence before"
    if scene.paragraph_at(nearest.span.start) != scene.paragraph_at(position):
        where = "of a paragraph before"
    things = tuple(spot.thing for spot in reversed(rivals))
    names = " and ".join(thing.name for thing in things)
    return Found(things, f"“{words}” stands for {names} (the nearest {sort} {where})")


def _is_joined(between: str) -> bool:
    """Say whether two names stand side by side."""
    return bool(re.fullmatch(r"(?:,[^,.]{0,60})?,? (?:and|or|&) (?:the )?(?:[A-Z][a-z]+\.? )?", between))
