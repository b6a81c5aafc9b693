"""Speakers: what the words that name a source stand for.

A source is a pronoun, several names side by side, or a phrase. A phrase is read by its head, by the first of a list of
rules that knows it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from stpgraph.extraction.attribution.records import Attribution
from stpgraph.extraction.names.anaphora import described_body, last_subject
from stpgraph.extraction.names.answering import answer_for, hear_work, work_around, works_by_which
from stpgraph.extraction.names.crowds import Crowds
from stpgraph.extraction.names.groups import read_group
from stpgraph.extraction.names.hearing import (
    Heard,
    Phrase,
    called,
    has_preposition,
    read_phrase,
    unknown,
    without_article,
    without_ending,
)
from stpgraph.extraction.names.lexicon import (
    DESCRIPTIONS,
    FUNCTION_WORDS,
    ROLE_NOUNS,
    SPOKESPEOPLE,
    TEXTS,
    TITLES,
    UNNAMED,
    WORK_NOUNS,
    singular,
)
from stpgraph.extraction.names.persons import holders_of
from stpgraph.extraction.names.posts import post_in
from stpgraph.extraction.names.pronouns import PRONOUNS, hear_pronoun, hear_they
from stpgraph.extraction.names.records import Agent
from stpgraph.extraction.names.scene import Scene, Spot
from stpgraph.extraction.spans import Span
from stpgraph.records import Collective

__all__ = ["Speakers"]

_TITLE = "|".join(sorted(TITLES))
_AND = re.compile(rf",? (?:and|&|as well as) (?:the )?(?:(?:{_TITLE})\.? )*")
_COMMA = re.compile(r", (?:the )?")
_NAME = r"(?:[A-Z][\w’'&-]*|of|for|and|the|&)"
#: A description, then a name: the patients' group Voices for Norbury.
_SORT = re.compile(
    rf"^(?:[\w’'-]+\s){{0,4}}(?:{'|'.join(sorted({*DESCRIPTIONS, 'advisers'}))})\s(?=[A-Z])({_NAME}(?:\s{_NAME})*)$"
)
_INITIALS = re.compile(r"[A-Z]{2,3}")
_OWN = re.compile(r"(?:this|our) (?:newspaper|paper|magazine|website|title)", re.IGNORECASE)
#: What asks or leaves open, and names nobody: what Doe said.
_OPEN = re.compile(r"(?:what|whatever|who|whoever|whom|how|however|why|when|where|whether|which)\s", re.IGNORECASE)
_BY = re.compile(r"\s(?:by|from)\s(?:the\s)?$")
#: Cues that leave the source unnamed where nobody is named: it is understood.
_UNDERSTOOD = frozenset({"understand", "rumour"})


class Speakers:
    """Hears attributions in the order of the text, for "they" and "a quarter" take up who spoke before."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._crowds = Crowds(scene)
        self._last: tuple[int, Heard] | None = None
        self._rules: tuple[Callable[[Attribution, Phrase], Heard | None], ...] = (
            *(self._beside, self._person, self._unclear, self._work, self._spokesman, self._role, self._name),
            *(self._outlet, self._unnamed, self._sort, self._group, self._text, self._description, self._short),
        )

    def hear(self, attribution: Attribution) -> Heard:
        """Say from whom an attribution is."""
        heard = self._source(attribution)
        if not heard.works:
            heard.works = works_by_which(self._scene, attribution, heard)
        if attribution.source is not None and not heard.is_unknown:
            self._last = (attribution.source.end, heard)
        return heard

    def _source(self, attribution: Attribution) -> Heard:
        """Read the words of a source."""
        scene = self._scene
        if attribution.source is None:
            return self._nobody(attribution)
        span = without_ending(scene.text, attribution.source)
        pronoun = PRONOUNS.get(span.of(scene.text).lower())
        if pronoun == "they":
            return hear_they(scene, span, self._last)
        if pronoun is not None:
            return self._described(attribution, hear_pronoun(scene, pronoun, span))
        if _OPEN.match(span.of(scene.text)):
            words = span.of(scene.text)
            return unknown(words, span, f"“{words}” is what is said or asked, and names nobody")
        joint = self._joint(span)
        if joint is not None:
            return joint
        phrase = read_phrase(scene, span)
        heard = (rule(attribution, phrase) for rule in self._rules)
        return next((one for one in heard if one is not None), None) or self._other(phrase)

    def _nobody(self, attribution: Attribution) -> Heard:
        """Hear what names nobody: it is understood, or a work alone."""
        if attribution.cue_word in _UNDERSTOOD:
            return self._leave_unnamed(None, attribution.cue_word)
        if attribution.work is not None:
            return hear_work(self._scene, attribution.work)
        return unknown("", None, "nobody is named")

    def _described(self, attribution: Attribution, heard: Heard) -> Heard:
        """Hear a person without a name, for whom a pronoun stands, as the description of that person is heard."""
        person = next((thing for thing in heard.things if thing.is_described), None)
        if person is None:
            return heard
        phrase = read_phrase(self._scene, person.mention)
        rules = (self._spokesman, self._role, self._unnamed)
        told = next((one for rule in rules if (one := rule(attribution, phrase)) is not None), None)
        if told is None:
            why = f"“{person.name}” is given no name"
            told = unknown(without_article(person.name), person.mention, why, "person")
        told.evidence = [*heard.evidence, *told.evidence]
        return told

    def _joint(self, span: Span) -> Heard | None:
        """Hear "A and B": two names side by side that are the whole of a source."""
        scene = self._scene
        spots = [spot for spot in scene.in_span(span) if not spot.thing.is_work]
        things = list(dict.fromkeys(spot.thing for spot in spots))
        if len(things) < 2:
            return None
        lead = scene.text[span.start : spots[0].span.start].split()
        tail = scene.text[spots[-1].span.end : span.end].strip(" ,’'s")
        between = [scene.text[a.span.end : b.span.start] for a, b in pairwise(spots)]
        is_list = _AND.fullmatch(between[-1]) and all(_AND.fullmatch(one) or _COMMA.fullmatch(one) for one in between)
        if tail or not is_list or any(word.rstrip(".") not in TITLES | {"the", "The", "both", "Both"} for word in lead):
            return None
        work = work_around(scene, span)
        said = f"“{span.of(scene.text)}” names {len(things)} claimants"
        return Heard(things=things, works=[work] if work is not None else [], evidence=[said])

    def _beside(self, _: Attribution, phrase: Phrase) -> Heard | None:
        """Hear the person named right after a description: "our witness from the college, Ms Poe"."""
        scene, core = self._scene, phrase.core
        rest = re.match(rf",\s(?:(?:{_TITLE})\.?\s)*", scene.text[core.end : phrase.span.end])
        if rest is None or any(spot.thing.kind == "person" for spot in scene.in_span(core)):
            return None
        spot = scene.at(core.end + len(rest.group()))
        if spot is None or spot.thing.kind != "person" or not SPOKESPEOPLE.isdisjoint(phrase.words.lower().split()):
            return None
        return Heard(things=[spot.thing], evidence=[f"“{phrase.words}” is {spot.thing.name}, named beside it"])

    def _person(self, _: Attribution, phrase: Phrase) -> Heard | None:
        """Hear a person by name or surname."""
        if phrase.spot is None or phrase.spot.thing.kind != "person":
            return None
        return Heard(things=[phrase.spot.thing], evidence=called(self._scene, phrase.spot))

    def _unclear(self, _: Attribution, phrase: Phrase) -> Heard | None:
        """Hear a name that may be several."""
        if phrase.word in ROLE_NOUNS | SPOKESPEOPLE:
            return None
        why = next((why for span, why in self._scene.unclear.items() if span.meets(phrase.head)), None)
        return unknown(phrase.span.of(self._scene.text), phrase.span, why) if why is not None else None

    def _work(self, _: Attribution, phrase: Phrase) -> Heard | None:
        """Hear a study or report."""
        is_work = phrase.word in WORK_NOUNS if phrase.spot is None else phrase.spot.thing.is_work
        return hear_work(self._scene, phrase.core) if is_work else None

    def _spokesman(self, _: Attribution, phrase: Phrase) -> Heard | None:
        """Hear a spokesman: his body speaks."""
        if phrase.word not in SPOKESPEOPLE:
            return None
        scene, post = self._scene, post_in(self._scene, phrase.core)
        spots = scene.in_span(phrase.span)
        person = next((spot for spot in spots if spot.thing.kind == "person"), None)
        body = next((spot.thing for spot in spots if spot.thing.is_body), None)
        why = f"“{phrase.words}” speaks for {body.name}" if body is not None else ""
        if body is None and person is None and not has_preposition(phrase.words):
            start = phrase.span.start
            found = last_subject(scene, phrase.words, start, lambda thing: thing.is_body, "body", back=1)
            body, why = found.thing, found.why
        if body is not None:
            return Heard(things=[body], post=post, evidence=[why])
        if person is not None:
            return Heard(things=[person.thing], post=post, evidence=called(scene, person))
        why = why or f"“{phrase.words}” speaks for nobody named"
        return unknown(without_article(phrase.words), phrase.core, why)

    def _role(self, _: Attribution, phrase: Phrase) -> Heard | None:
        """Hear "the council's leader", with or without a name beside it."""
        if phrase.word not in ROLE_NOUNS or phrase.spot is not None:
            return None
        scene, words = self._scene, phrase.words
        person = next((spot for spot in scene.in_span(phrase.span) if spot.thing.kind == "person"), None)
        if person is not None:
            return Heard(things=[person.thing], evidence=called(scene, person))
        post = post_in(scene, phrase.core)
        holders = holders_of(scene, phrase.core)
        if len(holders) == 1:
            return Heard(things=holders, evidence=[f"“{words}” is {holders[0].name}, who is called so in the text"])
        if post is None:
            return None
        heard = unknown(without_article(words), phrase.core, f"“{words}” is given no name", "person")
        heard.post = post
        return heard

    def _name(self, _: Attribution, phrase: Phrase) -> Heard | None:
        """Hear a body by name, or by the work that its name stands in."""
        spot = phrase.spot
        if spot is None:
            return None
        work = work_around(self._scene, spot.span)
        if work is not None:
            return answer_for(self._scene, work, work.name)
        return Heard(things=[spot.thing], evidence=called(self._scene, spot))

    def _outlet(self, _: Attribution, phrase: Phrase) -> Heard | None:
        """Hear "this newspaper": the outlet."""
        outlet = self._scene.outlet
        if outlet is None or not _OWN.fullmatch(phrase.words):
            return None
        whole = [m for m in self._scene.gazetteer.find(outlet) if len(m.span) == len(outlet)]
        agent = Agent(kind="organisation", name=outlet, iri=whole[0].iri if whole else None)
        return Heard(agents=(agent,), evidence=[f"“{phrase.words}” is the outlet"])

    def _unnamed(self, _: Attribution, phrase: Phrase) -> Heard | None:
        """Hear sources and insiders."""
        return self._leave_unnamed(phrase.span, phrase.word) if phrase.word in UNNAMED else None

    def _leave_unnamed(self, span: Span | None, word: str) -> Heard:
        """Hear sources that are left unnamed."""
        groups = self._scene.gazetteer.of_type(Collective)
        iri = next((one.iri for one in groups if self._scene.gazetteer.label(one.iri) == "unnamed sources"), None)
        agent = Agent(kind="collective", name="unnamed sources", iri=iri, mention=span)
        return Heard(agents=(agent,), evidence=[f"“{word}” leaves the source unnamed"])

    def _sort(self, _: Attribution, phrase: Phrase) -> Heard | None:
        """Hear a name after what it is: "the patients' group Voices for Norbury"."""
        match = _SORT.match(without_article(phrase.words))
        if match is None:
            return None
        name, end = match.group(1), phrase.core.end
        agent = Agent(kind="organisation", name=name, mention=Span(end - len(name), end))
        return Heard(agents=(agent,), evidence=[f"“{phrase.words}” says what {name} is"])

    def _group(self, attribution: Attribution, phrase: Phrase) -> Heard | None:
        """Hear a group, counted or not."""
        group = read_group(self._scene.text, phrase.span)
        return self._crowds.hear(attribution, group) if group is not None else None

    def _text(self, attribution: Attribution, phrase: Phrase) -> Heard | None:
        """Hear "her letter", "the trust's reply": whose it is."""
        if phrase.word not in TEXTS:
            return None
        scene, words, core = self._scene, phrase.words, phrase.core
        first = re.match(r"(?:his|her|its|my|our)\b", words, re.IGNORECASE)
        if first is not None:
            place = Span(core.start, core.start + first.end())
            return self._described(attribution, hear_pronoun(scene, PRONOUNS[first.group().lower()], place))
        owner = next((spot for spot in scene.in_span(core) if _owns(scene.text, spot)), None)
        if owner is not None:
            return Heard(things=[owner.thing], evidence=[f"“{words}” is of {owner.thing.name}"])
        return unknown(without_article(words), phrase.span, f"the text does not tell whose “{words}” is")

    def _description(self, _: Attribution, phrase: Phrase) -> Heard | None:
        """Hear "the institute"."""
        if singular(phrase.word) not in DESCRIPTIONS or has_preposition(phrase.words):
            return None
        found = described_body(self._scene, phrase.words, phrase.span.start)
        if found.thing is not None:
            return Heard(things=[found.thing], evidence=[found.why])
        return unknown(without_article(phrase.words), phrase.span, found.why)

    def _short(self, _: Attribution, phrase: Phrase) -> Heard | None:
        """Hear initials of a person, or the first word of a body's name."""
        words = without_article(phrase.words)
        if _INITIALS.fullmatch(words):
            fits = [t for t in self._scene.things if t.kind == "person" and _initials(t.name) == words]
        elif " " not in words and words[:1].isupper():
            fits = [t for t in self._scene.things if t.is_body and t.name.split()[0] == words]
        else:
            return None
        return Heard(things=fits, evidence=[f"“{words}” stands for {fits[0].name}"]) if len(fits) == 1 else None

    def _other(self, phrase: Phrase) -> Heard:
        """Hear what no rule knows: a name of what is not told, or words that tell nobody."""
        words = without_article(phrase.words)
        parts = [part for part in words.split() if part.lower() not in FUNCTION_WORDS]
        if len(words) < 2 or not parts or any(part.islower() or not part[0].isalpha() for part in parts):
            return unknown(words, phrase.core, f"“{words}” names nobody")
        start = phrase.core.start + phrase.words.find(words)
        agent = Agent(kind="unknown", name=words, mention=Span(start, start + len(words)))
        return Heard(agents=(agent,), evidence=[f"“{words}” is a name that the reference does not know"])


def _owns(text: str, spot: Spot) -> bool:
    """Say whether what follows a name is its own, or what precedes is by it."""
    return text[spot.span.end : spot.span.end + 1] in {"’", "'"} or bool(_BY.search(text[: spot.span.start][-12:]))


def _initials(name: str) -> str:
    return "".join(part[0] for part in re.split(r"[\s-]", name)).upper()
