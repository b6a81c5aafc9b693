"""Works: the studies and reports that a text names, who ran or published each, for whom, and whom it asked.

A work is named for the first time with "a", with those who made it ("the trust's review", "research from a guild"), or
by a verb ("the institute surveyed 40 councils"). "The survey", "the findings", a bare "survey" in a headline stand for
a work that is named elsewhere: the last one that may be so called, or the first one after where none stands before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from stpgraph.extraction.names.anaphora import last_subject
from stpgraph.extraction.names.lexicon import (
    CUES,
    DESCRIPTIONS,
    FUNCTION_WORDS,
    RESEARCH,
    SURVEYS,
    WIDE,
    WORK_GROUPS,
    WORK_NOUNS,
    singular,
)
from stpgraph.extraction.names.linking import link_work, part_reports
from stpgraph.extraction.names.makers import OWNED, cut_asked, may_make, owner_of, read_makers
from stpgraph.extraction.names.records import NamedKind
from stpgraph.extraction.names.scene import Scene, Thing
from stpgraph.extraction.spans import Span
from stpgraph.records import Report, Study

__all__ = ["add_works", "may_ask", "may_be_called", "new_work"]

_NOUN = re.compile(rf"(?<![\w’'-])(?:{'|'.join(sorted(WORK_NOUNS, key=len, reverse=True))})(?![\w-])", re.IGNORECASE)
_ANY = frozenset({"findings", "results", "data", "figures", "statistics"})
#: Works that a wide noun may stand for.
_NARROWER = frozenset({"survey", "poll", "questionnaire", "investigation", "inquiry", "enquiry"})
_INDEFINITE = frozenset({"a", "an", "another"})
_DETERMINERS = frozenset({"the", "this", "that", *_INDEFINITE, *OWNED})
_MODIFIERS = frozenset({"new", "separate", "recent", "own", "latest"})
_MADE = re.compile(
    r"(?: has| have| had)?(?: today| also| recently| now| jointly)? "
    r"(published|releas(?:ed|es)|produced|carried out|conducted|ran|undertook|issued|launched|wrote|compiled|"
    r"commissioned)\s$"
)
_VERBS = {
    "surveyed": "survey",
    "polled": "poll",
    "reviewed": "review",
    "audited": "audit",
    "analysed": "analysis",
    "studied": "study",
    "questioned": "survey",
    "interviewed": "research",
    "investigated": "investigation",
    "canvassed": "survey",
}
_DID = re.compile(
    rf"(?:,)?(?: which| who)?(?: has| have| had)?(?: also| recently| jointly)? "
    rf"({'|'.join(_VERBS)}) ([^.,;:()“”\n]{{3,90}})"
)
_CONTAINS = re.compile(r"\b(?:contain|includ|featur|incorporat|present|report|summaris)\w*\b")


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A noun for a work with what belongs to it."""

    noun: str
    span: Span
    determiner: str
    is_new: bool
    makers: tuple[Thing, ...]
    buyers: tuple[Thing, ...]
    asked: str | None


def add_works(scene: Scene) -> None:
    """Find the works of a text and every place of them."""
    _add_titles(scene)
    _add_verbs(scene)
    phrases = [phrase for match in _NOUN.finditer(scene.text) if (phrase := _phrase(scene, match)) is not None]
    later = []
    for phrase in phrases:
        if phrase.makers or phrase.is_new or phrase.buyers or phrase.asked:
            _add(scene, phrase)
        else:
            later.append(phrase)
    for phrase in later:
        _refer(scene, phrase)
    for thing in scene.things:
        if thing.is_work:
            link_work(scene, thing)
    part_reports(scene)


def may_be_called(thing: Thing, noun: str) -> bool:
    """Say whether a work may be called by a noun: a poll is a survey, findings are of anything.

    A wide noun may stand for a narrower work, and not the other way: a survey has a report, a report is no survey.
    """
    if noun in _ANY or noun == thing.noun:
        return True
    return (noun in WIDE and thing.noun in _NARROWER) or any({noun, thing.noun} <= group for group in WORK_GROUPS)


def may_ask(thing: Thing) -> bool:
    """Say whether a work may have asked people: a survey, a study."""
    return thing.is_work and thing.noun in SURVEYS | RESEARCH | _ANY


def new_work(scene: Scene, span: Span) -> Thing | None:
    """Read a stretch of words that has a noun for a work as one that is named there."""
    match = next(iter(_NOUN.finditer(scene.text, span.start, span.end)), None)
    if match is None:
        return None
    return Thing(kind=_kind(match.group().lower()), name=span.of(scene.text), mention=span, noun=match.group().lower())


def _kind(noun: str) -> NamedKind:  # the kinds of works are two of those of things
    return "report" if noun in {"report", "paper", "briefing", "document", "publication", "whitepaper"} else "study"


def _add_titles(scene: Scene) -> None:
    """Note works that the reference knows by a title that the text gives."""
    for mention in scene.mentions:
        if mention.kind not in {"study", "report"} or scene.at(mention.span.start) is not None:
            continue
        words = mention.span.of(scene.text)
        noun = words.rpartition(" ")[2].lower()
        record = scene.gazetteer.records[mention.candidates[0]]
        thing = Thing(
            kind="study" if isinstance(record, Study) else "report",
            name=words,
            mention=mention.span,
            iri=mention.iri,
            candidates=mention.candidates,
            noun=noun if noun in WORK_NOUNS else mention.kind,
        )
        if mention.iri is not None:
            thing.evidence.append(f"linked by title “{mention.label}”")
            iris = (
                record.associated_with
                if isinstance(record, Study)
                else record.publishers
                if isinstance(record, Report)
                else ()
            )
            thing.run_by = [t for t in scene.things if t.iri in iris]
        scene.add(mention.span, thing)


def _add_verbs(scene: Scene) -> None:
    """Note works that are told by a verb: the institute surveyed 40 councils."""
    for spot in list(scene.spots):
        match = _DID.match(scene.text, spot.span.end)
        if not match or not spot.thing.is_body or scene.is_quoted(spot.span.start):
            continue
        asked = cut_asked(match.group(2))
        span = Span(match.start(1), match.start(2) + len(asked))
        thing = Thing(kind="study", name=span.of(scene.text), mention=span, noun=_VERBS[match.group(1)], asked=asked)
        thing.run_by = [spot.thing]
        thing.evidence.append(f"“{spot.span.of(scene.text)} {match.group(1)}” tells of a {thing.noun}")
        scene.add(Span(match.start(1), match.end(1)), thing)


def _phrase(scene: Scene, match: re.Match[str]) -> _Phrase | None:
    """Read what belongs to a noun for a work, or None where it is no noun or a name holds it."""
    text, noun = scene.text, match.group().lower()
    if (
        text[: match.start()].endswith("udicial ")
        or scene.at(match.start()) is not None
        or scene.is_quoted(match.start())
        or not _is_noun(scene, match)
    ):
        return None
    start, determiner, words = _left(scene, match.start())
    makers = [spot.thing for spot in scene.in_span(Span(start, match.start())) if may_make(spot.thing)]
    buyers: list[Thing] = []
    if not makers and noun in SURVEYS:
        start, makers = owner_of(scene, match.start(), start)
    if determiner in OWNED:
        found = last_subject(scene, determiner, start, lambda thing: thing.is_body, "body")
        makers += [thing for thing in found.things if thing not in makers]
    before = text[max(0, start - 60) : start]
    made = _MADE.search(before)
    if made:
        spot = scene.at(start - len(made.group()) - 1)
        if spot is not None and may_make(spot.thing):
            (buyers if made.group(1) == "commissioned" else makers).append(spot.thing)
    end, asked = read_makers(scene, noun, match.end(), makers, buyers)
    is_new = determiner in _INDEFINITE or bool({"new", "separate", "another", "latest"} & set(words))
    is_new = is_new and determiner not in {"the", "this", "that"}
    is_new = is_new or (determiner in {"the", "this"} and not makers and _is_of_somebody(words))
    return _Phrase(noun, Span(start, end), determiner, is_new, tuple(makers), tuple(buyers), asked)


def _is_of_somebody(words: list[str]) -> bool:
    """Say whether the words before a noun own it: the charity’s survey is no other body’s, whoever the charity is."""
    owners = [re.sub(r"['’]s?$", "", word) for word in words if re.search(r"['’]s?$", word)]
    return any(singular(owner) in DESCRIPTIONS for owner in owners)


def _is_noun(scene: Scene, match: re.Match[str]) -> bool:
    """Say whether a word is a noun here: by the parse, or by what stands before it."""
    tokens = scene.tokens(Span(match.start(), match.end()))
    if tokens and tokens[0].pos_ not in {"NOUN", "PROPN"}:
        return bool(
            re.search(r"\b(?:the|a|an|its|new)\s$", scene.text[max(0, match.start() - 6) : match.start()], re.I)
        )
    before = scene.text[max(0, match.start() - 8) : match.start()].lower()
    after = scene.text[match.end() : match.end() + 12]
    is_modifier = bool(
        re.match(r" (?:respondents?|participants?|stage|period|process|team|group|committee|panel)\b", after)
    )
    return not is_modifier and not before.endswith(("to ", "will ", "would ", "should ", "must ", "can "))


def _left(scene: Scene, position: int) -> tuple[int, str, list[str]]:
    """Walk back from a noun to where its words begin; return that, the determiner, and the words between."""
    start = position
    words: list[str] = []
    for match in reversed(
        list(re.finditer(r"[\w&]+(?:[-’'][\w]+)*['’]?", scene.text[max(0, position - 120) : position]))
    ):
        begin = max(0, position - 120) + match.start()
        gap = scene.text[begin + len(match.group()) : start]
        word = match.group().lower()
        spot = scene.at(begin)
        if gap.strip(" ’'s") or "\n" in gap or len(words) > 6:
            break
        if spot is not None and not (may_make(spot.thing)):
            break
        if word in _DETERMINERS:
            return begin, word, words
        if spot is None and (
            (word in FUNCTION_WORDS and word not in _MODIFIERS and word != "and") or word in CUES or word == "and"
        ):
            break
        if spot is None and _is_verb(scene, begin, len(word)):
            break
        words.append(word)
        start = min(begin, spot.span.start) if spot is not None else begin
    return start, "", words


def _is_verb(scene: Scene, position: int, length: int) -> bool:
    """Say whether the parse takes a word for a finite verb."""
    tokens = scene.tokens(Span(position, position + length))
    return bool(tokens) and tokens[0].tag_ in {"VBD", "VBP", "VBZ", "MD"}


def _add(scene: Scene, phrase: _Phrase) -> None:
    """Note a work where it is named with its makers: the one of theirs that may be so called, or a new one."""
    makers = list(phrase.makers)
    if not makers and phrase.is_new:
        makers = _inherited(scene, phrase)
    if phrase.determiner in {"the", "this"} and not phrase.makers and not phrase.is_new:
        known = _earlier(scene, phrase)
        if known is not None:
            known.asked = known.asked or phrase.asked
            known.commissioned_by = known.commissioned_by or list(phrase.buyers)
            _add_noun(scene, phrase, known)
            return
    same = [
        thing
        for thing in scene.things
        if thing.is_work
        and phrase.makers
        and set(thing.run_by) == set(makers)
        and may_be_called(thing, phrase.noun)
        and _agrees(phrase, thing)
    ]
    if same and not phrase.is_new:
        thing = same[-1]
        thing.asked = thing.asked or phrase.asked
        _add_noun(scene, phrase, thing)
        return
    thing = Thing(kind=_kind(phrase.noun), name=phrase.span.of(scene.text), mention=phrase.span, noun=phrase.noun)
    thing.run_by, thing.commissioned_by, thing.asked = makers, list(phrase.buyers), phrase.asked
    _add_noun(scene, phrase, thing)


def _add_noun(scene: Scene, phrase: _Phrase, thing: Thing) -> None:
    """Note a work at its noun alone, for its makers have their own places within the phrase."""
    match = next(
        m for m in _NOUN.finditer(scene.text, phrase.span.start, phrase.span.end) if m.group().lower() == phrase.noun
    )
    scene.add(Span(match.start(), match.end()), thing)


def _inherited(scene: Scene, phrase: _Phrase) -> list[Thing]:
    """Return the makers of the work that contains this one: the institute's review contained a survey."""
    sentence = scene.sentence(phrase.span.start)
    for match in _NOUN.finditer(scene.text, sentence.start, phrase.span.start):
        spot = scene.at(match.start())
        between = scene.text[match.end() : phrase.span.start]
        if spot is not None and spot.thing.is_work and _CONTAINS.search(between):
            return list(spot.thing.run_by)
    return []


def _earlier(scene: Scene, phrase: _Phrase) -> Thing | None:
    """Return the last work before a phrase that may be called by its noun: first those called so."""
    before = [spot.thing for spot in scene.before(phrase.span.start) if spot.thing.is_work]
    before = [thing for thing in before if _agrees(phrase, thing)]
    same = [thing for thing in before if thing.noun == phrase.noun]
    alike = [thing for thing in before if may_be_called(thing, phrase.noun)]
    return next(iter(same), next(iter(alike), None))


def _agrees(phrase: _Phrase, thing: Thing) -> bool:
    """Say whether what a phrase tells of a work, whom it asked and for whom it was, may be of one named before."""
    if phrase.asked and not thing.asked and not (thing.noun == phrase.noun or {thing.noun, phrase.noun} <= SURVEYS):
        return False
    if phrase.asked and thing.asked:
        told, known = _content(phrase.asked), _content(thing.asked)
        if not (told <= known or known <= told):
            return False
    return not (phrase.buyers and thing.commissioned_by and set(phrase.buyers) != set(thing.commissioned_by))


def _content(words: str) -> set[str]:
    return {word for word in re.findall(r"[\w’'-]+", words.lower()) if word not in FUNCTION_WORDS}


def _refer(scene: Scene, phrase: _Phrase) -> None:
    """Note a work that is named elsewhere: the last that may be so called, else the first after."""
    known = _earlier(scene, phrase)
    where = "the last such work named"
    if known is None:
        after = [s.thing for s in scene.spots if s.span.start >= phrase.span.end and s.thing.is_work]
        known = next((thing for thing in after if may_be_called(thing, phrase.noun)), None)
        where = "the first such work after it"
    if known is None:
        return
    words = phrase.span.of(scene.text)
    if words != known.name:
        known.evidence.append(f"“{words}” stands for “{known.name}” ({where})")
    _add_noun(scene, phrase, known)
