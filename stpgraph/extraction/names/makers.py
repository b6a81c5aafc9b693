"""Makers: by whom a study or report is, for whom, and whom it asked, as the words beside its noun tell.

"A survey of 40 clerks by Gorse Research for the guild", "a poll for the guild by Gorse Research", "commissioned by the
guild from Gorse Research", "carried out for the guild by Gorse Research": in whatever order, who did it and who wanted
it are two.
"""

from __future__ import annotations

import re

from stpgraph.extraction.names.lexicon import ASKING, CUES, FUNCTION_WORDS, NEVER_PEOPLE, WORK_NOUNS
from stpgraph.extraction.names.scene import Scene, Spot, Thing
from stpgraph.extraction.spans import Span

__all__ = ["OWNED", "cut_asked", "may_make", "owner_of", "read_makers"]

#: Determiners by which a work is of a body named before.
OWNED = frozenset({"its", "their", "our"})
_DONE = (
    r"published|released|produced|conducted|carried out|run|undertaken|compiled|written|led|issued|prepared|drawn up|"
    r"launched|written up|unveiled"
)
_WHEN = (
    r"(?: (?:today|yesterday|this (?:morning|afternoon|evening|week|month|year|spring|summer|autumn|winter)|last \w+|"
    r"earlier this \w+|(?:in|on) [A-Z\d][\w ]{1,18}?))?"
)
_BE = r",?(?: and)? (?:(?:which |that )?(?:was|were|has been|had been) )?"
_BY = re.compile(rf"(?:{_BE}(?:(?:{_DONE}){_WHEN} )|{_WHEN} )(?:jointly )?(?:by|from) (?:the )?")
_FOR = re.compile(
    rf"(?:{_BE}(?:(?:{_DONE}|commissioned){_WHEN} )|,? )(?:for|on behalf of) (?:the )?|"
    rf"{_BE}commissioned{_WHEN} by (?:the )?"
)
_FROM = re.compile(rf"{_BE}commissioned{_WHEN} from (?:the )?")
_FROM_BY = re.compile(r" by (?:the )?")
#: Where, between a work and those who made it.
_WHERE = re.compile(
    r" (?:in|across|throughout) (?:the )?[A-Z][\w’-]+(?: (?:and )?[A-Z][\w’-]+)*"
    r"(?=,? (?:by|for|of|from|carried|conducted|commissioned)\b)"
)
#: The owner of a survey by name alone: Gorse’s survey.
_OWNER = re.compile(r"((?:[A-Z][\w&-]+ ){0,3}[A-Z][\w&-]+)['’]s? (?:(?!(?:of|by|for)\b)[a-z-]+ ){0,2}$")
_OF = re.compile(r" of (?:(?:all|the|its|some) )*([^.,;:()“”‘\n]{3,90})")
_OF_MAKER = re.compile(r" of (?:the )?")
_OF_ENDS = re.compile(
    rf"\s(?:by|from|for|in|on|conducted|carried|published|released|commissioned|which|that|who|has|have|had|"
    rf"and (?:was|is)|"
    rf"{'|'.join(CUES)}|shows?|showed|suggests?|undertaken|run)\b"
)
_NEXT = re.compile(r"(?:,? and |, |’s | & )(?:the )?")
#: What a maker is, before its name: the consultancy, its advisers.
_SORT = re.compile(
    r"(?:(?:its|her|his|their)\s(?:[a-z][\w-]*\s){0,2}[a-z][\w-]*,|(?:[a-z][\w-]*\s){0,2}[a-z][\w-]*)\s(?=[A-Z])"
)
_MAKER = re.compile(r"(?:[A-Z][\w’'&-]+)(?: (?:and |of |& )?[A-Z][\w’'&-]+){0,4}")


def owner_of(scene: Scene, noun: int, start: int) -> tuple[int, list[Thing]]:
    """Take a name that no list knows for the body that made a survey: Gorse’s survey."""
    match = _OWNER.search(scene.text, max(0, noun - 90), noun)
    if (
        match is None
        or set(match.group(1).split()) & NEVER_PEOPLE
        or match.group(1).split()[0].lower() in FUNCTION_WORDS
    ):
        return start, []
    spot = _maker(scene, match.start(1))
    return (match.start(1), [spot.thing]) if spot is not None else (start, [])


def may_make(thing: Thing) -> bool:
    """Say whether something named may have made a work: a body or a person."""
    return thing.is_body or thing.kind == "person"


def read_makers(
    scene: Scene, noun: str, position: int, makers: list[Thing], buyers: list[Thing]
) -> tuple[int, str | None]:
    """Read what follows a noun: by whom, for whom, of whom; return where it ends, and who was asked."""
    end, asked, text = position, None, scene.text
    is_ordered = False
    for _ in range(6):
        place = _WHERE.match(text, end)
        at = place.end() if place is not None else end
        if is_ordered and (match := _FROM_BY.match(text, at)):
            reached = _agents(scene, match.end(), buyers)
        elif match := _FROM.match(text, at):
            reached, is_ordered = _agents(scene, match.end(), makers), True
        elif match := _BY.match(text, at):
            reached = _agents(scene, match.end(), makers)
        elif match := _FOR.match(text, at):
            reached = _agents(scene, match.end(), buyers, known_only=not _may_buy(text, match.end()))
        elif noun not in ASKING and (match := _OF_MAKER.match(text, at)):
            reached = _agents(scene, match.end(), makers, known_only=True)
        elif noun in ASKING and asked is None and (match := _OF.match(text, at)):
            asked = cut_asked(match.group(1))
            reached = match.start(1) + len(asked)
        else:
            break
        if reached is None or reached <= end:
            break
        end = reached
    return end, asked


def _may_buy(text: str, position: int) -> bool:
    """Say whether words with capitals after "for" may be a body that no list knows: no month, no country."""
    match = _MAKER.match(text, position)
    return match is not None and not set(re.findall(r"[\w’'-]+", match.group())) & NEVER_PEOPLE


def _agents(scene: Scene, position: int, into: list[Thing], *, known_only: bool = False) -> int | None:
    """Read "the guild and the trust" at a position; return where it ends, or None where no agent stands there."""
    end: int | None = None
    while True:
        spot = scene.at(position)
        skipped = _SORT.match(scene.text, position)
        if (spot is None or spot.span.start != position) and skipped and _is_sort(skipped.group()):
            position = skipped.end()
            spot, known_only = scene.at(position), False
        if spot is None or spot.span.start != position or not may_make(spot.thing):
            spot = None if known_only else _maker(scene, position)
        if spot is None:
            return end
        if spot.thing not in into:
            into.append(spot.thing)
        end = spot.span.end
        match = _NEXT.match(scene.text, end)
        if match is None:
            return end
        position, known_only = match.end(), True


def _is_sort(words: str) -> bool:
    """Say whether words before a name tell what it is: "the consultancy", not "survey" nor "people at"."""
    parts = {word.strip(",") for word in words.split()}
    return not parts & WORK_NOUNS and not (parts - OWNED - {"her", "his"}) & FUNCTION_WORDS


def _maker(scene: Scene, position: int) -> Spot | None:
    """Take words with capitals after "by" for the body that made a work."""
    match = _MAKER.match(scene.text, position)
    if (
        match is None
        or scene.at(position) is not None
        or match.group().lower() in FUNCTION_WORDS
        or match.group().isdigit()
    ):
        return None
    span = Span(match.start(), match.end() - (2 if match.group().endswith(("’s", "'s")) else 0))
    thing = Thing(kind="organisation", name=span.of(scene.text), mention=span)
    thing.evidence.append(f"“{thing.name}” is a body: a work is by it")
    scene.add(span, thing)
    return scene.at(position)


def cut_asked(words: str) -> str:
    """Return words up to what no longer says who was asked."""
    match = _OF_ENDS.search(words)
    return (words[: match.start()] if match else words).strip()
