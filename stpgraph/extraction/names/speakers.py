"""Speakers: what the words that name a source stand for, read by their head."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from stpgraph.extraction.attribution.records import Attribution
from stpgraph.extraction.names.anaphora import described_body, last_subject, person_for
from stpgraph.extraction.names.gazetteer import plain
from stpgraph.extraction.names.groups import RESPONDENTS, Group, group_before, read_group
from stpgraph.extraction.names.lexicon import (
    DESCRIPTIONS,
    FINDING,
    FUNCTION_WORDS,
    ROLE_NOUNS,
    SPOKESPEOPLE,
    TITLES,
    UNNAMED,
    WORK_NOUNS,
    singular,
)
from stpgraph.extraction.names.linking import link_work, sample_of
from stpgraph.extraction.names.posts import post_in
from stpgraph.extraction.names.records import Agent, Post
from stpgraph.extraction.names.scene import Scene, Spot, Thing
from stpgraph.extraction.names.works import may_be_called, new_work
from stpgraph.extraction.spans import Span
from stpgraph.records import Collective

__all__ = ["Heard", "Speakers"]

_SINGULAR = frozenset({"he", "she", "him", "her"})
_FIRST = frozenset({"i", "we", "me", "us"})
_LIMIT = re.compile(r"[,(;]|\s(?:who|which|that|whose|where)\s|\s[–—-]\s")
_PREPOSITION = re.compile(
    r"\s(?:of|for|from|by|in|at|on|with|to|among|amongst|within|across|close|about|into|under|behind|working|published)\s"
)
_ARTICLE = re.compile(r"^(?:the|a|an|one|its|their|his|her|our|this|that|these|those)\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?$")
_MADE_BY = re.compile(r"\s(?:[\w ]{0,20}\s)?(?:by|from)\s(?:the\s)?$")
_NOUN_AFTER = re.compile(r"(?:['’]s?)?\s(?:[\w-]+\s){0,3}?(" + "|".join(WORK_NOUNS) + r")\b")
_IN_WORK = re.compile(r"\b(?:in|according to|through|by)\s(?:(?:a|an|its|their|the|this)\s)(?:[\w’'-]+\s){0,4}?(" + "|".join(WORK_NOUNS) + r")\b", re.I)
_UNDERSTOOD = frozenset({"understand", "learn", "rumour"})


@dataclass(slots=True, kw_only=True)
class Heard:
    """Whom an attribution was heard from, before it is written down.

    Attributes:
        things: the claimants that are named in the text.
        agents: claimants beside them, as groups and those without a name.
        works: by which it is said.
        post: of a spokesman; a person's is found later.
        evidence: the steps so far.
        is_unknown: whether nobody could be told.
    """

    things: list[Thing] = field(default_factory=list)
    agents: tuple[Agent, ...] = ()
    works: list[Thing] = field(default_factory=list)
    post: Post | None = None
    evidence: list[str] = field(default_factory=list)
    is_unknown: bool = False


def _unknown(words: str, span: Span | None, why: str, kind: str = "unknown") -> Heard:
    """Return a source that cannot be told, with its words."""
    agent = Agent(kind=kind, name=words, mention=span)  # type: ignore[arg-type]
    return Heard(agents=(agent,), evidence=[why], is_unknown=True)


class Speakers:
    """Hears attributions in the order of the text, for "they" and "a quarter" take up who spoke before."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._last: tuple[int, Heard] | None = None
        self._groups: list[tuple[int, Agent, list[Thing]]] = []

    def hear(self, attribution: Attribution) -> Heard:
        """Say from whom an attribution is."""
        heard = self._source(attribution)
        if not heard.works:
            heard.works = self._works(attribution, heard)
        if attribution.source is not None and not heard.is_unknown:
            self._last = (attribution.source.end, heard)
        return heard

    def _source(self, attribution: Attribution) -> Heard:
        """Read the words of a source."""
        scene, span = self._scene, attribution.source
        if span is None:
            if attribution.cue_word in _UNDERSTOOD:
                return self._unnamed(None, attribution.cue_word)
            if attribution.work is not None:
                return self._by_work(attribution.work)
            return _unknown("", None, "nobody is named")
        words = span.of(scene.text)
        small = words.lower().strip(" ,")
        if small in _SINGULAR | _FIRST | {"it", "they", "them", "who", "which", "itself"}:
            return self._pronoun(attribution, small, span)
        joint = self._joint(span)
        if joint is not None:
            return joint
        return self._by_head(attribution, span)

    def _pronoun(self, attribution: Attribution, word: str, span: Span) -> Heard:
        """Hear "he", "it", "they", "who"."""
        scene = self._scene
        if word in _FIRST:
            return _unknown(word, span, f"“{word}” is whoever speaks there: not told")
        if word in {"who", "which"}:
            spots = [spot for spot in scene.before(span.start) if len(scene.text[spot.span.end : span.start].strip(" ,)")) == 0]
            if spots:
                return Heard(things=[spots[0].thing], evidence=[f"“{word}” goes with {spots[0].thing.name} before it"])
            return _unknown(word, span, f"“{word}”: no name stands before it")
        if word in _SINGULAR:
            found = person_for(scene, word, span.start)
        elif word in {"they", "them"}:
            return self._they(word, span)
        else:
            found = last_subject(scene, word, span.start, lambda thing: thing.is_body or thing.is_work, "body or work")
        if found.thing is None:
            return _unknown(word, span, found.why)
        if found.thing.is_work:
            heard = self._answer_for(found.thing)
            heard.evidence.insert(0, found.why)
            return heard
        return Heard(things=[found.thing], evidence=[found.why])

    def _they(self, word: str, span: Span) -> Heard:
        """Hear "they": who spoke last, where that is several, a group or a body."""
        scene = self._scene
        if self._last is not None:
            end, heard = self._last
            is_near = scene.paragraph_at(span.start) - scene.paragraph_at(end) <= 1
            kinds = {agent.kind for agent in heard.agents} | {thing.kind for thing in heard.things}
            if is_near and (len(heard.things) + len(heard.agents) > 1 or kinds & {"collective", "organisation", "partnership"}):
                names = " and ".join([t.name for t in heard.things] + [a.name for a in heard.agents])
                said = f"“{word}” stands for {names} (who spoke last)"
                return Heard(things=list(heard.things), agents=heard.agents, works=list(heard.works), evidence=[said])
        return _unknown(word, span, f"“{word}”: no group spoke before it")

    def _joint(self, span: Span) -> Heard | None:
        """Hear "A and B": two names side by side that are the whole of a source."""
        scene = self._scene
        spots = [spot for spot in scene.in_span(span) if not spot.thing.is_work]
        if len(spots) < 2 or len({spot.thing for spot in spots}) < 2:
            return None
        between = [scene.text[a.span.end : b.span.start] for a, b in zip(spots, spots[1:], strict=False)]
        joins = [bool(re.fullmatch(rf",? (?:and|&|as well as) (?:the )?(?:(?:{'|'.join(TITLES)})\.? )*|, (?:the )?", one)) for one in between]
        lead = scene.text[span.start : spots[0].span.start].strip()
        is_led = not lead or all(word.rstrip(".") in TITLES or word.lower() in {"the", "both"} for word in lead.split())
        tail = scene.text[spots[-1].span.end : span.end].strip(" ,’'s")
        same = {spot.thing.kind for spot in spots}
        if not all(joins) or not is_led or tail or not (len(same) == 1 or all(" and " in one or "&" in one for one in between)):
            return None
        if len(spots) == 2 and " and " not in between[0] and "&" not in between[0]:
            return None
        things = list(dict.fromkeys(spot.thing for spot in spots))
        work = self._around(span)
        said = f"“{span.of(scene.text)}” names {len(things)} claimants"
        return Heard(things=things, works=[work] if work else [], evidence=[said])

    def _by_head(self, attribution: Attribution, span: Span) -> Heard:
        """Hear a noun phrase by its head."""
        scene = self._scene
        core = self._core(span)
        head = self._head(core)
        spot = next((s for s in scene.in_span(core) if s.span.end >= head.end and s.span.start <= head.start), None)
        word = _POSSESSIVE.sub("", head.of(scene.text)).lower()
        unclear = next((why for place, why in scene.unclear.items() if place.meets(head)), None)
        if spot is not None and spot.thing.kind == "person":
            return Heard(things=[spot.thing], evidence=self._called(spot))
        if unclear is not None and word not in ROLE_NOUNS | SPOKESPEOPLE:
            return _unknown(span.of(scene.text), span, unclear)
        if spot is not None and spot.thing.is_work or (word in WORK_NOUNS and spot is None):
            return self._by_work(core)
        if word in SPOKESPEOPLE or word in ROLE_NOUNS and spot is None:
            return self._by_role(span, core, word)
        if spot is not None:
            work = self._around(spot.span)
            if work is not None:
                return self._answer_for(work)
            return Heard(things=[spot.thing], evidence=self._called(spot))
        if word in UNNAMED:
            return self._unnamed(span, word)
        group = read_group(scene.text, span)
        if group is not None:
            return self._by_group(attribution, group)
        if singular(word) in DESCRIPTIONS:
            found = described_body(scene, core.of(scene.text), span.start)
            if found.thing is not None:
                return Heard(things=[found.thing], evidence=[found.why])
            return _unknown(_ARTICLE.sub("", core.of(scene.text)), span, found.why)
        return self._other(span, core)

    def _core(self, span: Span) -> Span:
        """Return a noun phrase without appositions and relative clauses; a name is not cut."""
        text = self._scene.text
        at = span.start
        while match := _LIMIT.search(text, at, span.end):
            spot = self._scene.at(match.start())
            if spot is None or spot.span.end <= match.start():
                if match.start() > span.start:
                    return Span(span.start, match.start())
            at = match.end() if match.end() > at else at + 1
        return span

    def _head(self, core: Span) -> Span:
        """Return the head of a noun phrase: the last word, or name, before a preposition."""
        scene, at, end = self._scene, core.start, core.end
        while match := _PREPOSITION.search(scene.text, at, core.end):
            spot = scene.at(match.start() + 1)
            if spot is None:
                end = match.start()
                break
            at = match.start() + 1
        words = list(re.finditer(r"\S+", scene.text[core.start : end]))
        if not words:
            return core
        return Span(core.start + words[-1].start(), core.start + words[-1].end())

    def _called(self, spot: Spot) -> list[str]:
        """Return what short form of a name stands for, where it is one."""
        words = spot.span.of(self._scene.text)
        return [f"“{words}” stands for {spot.thing.name}"] if words != spot.thing.name else []

    def _by_role(self, span: Span, core: Span, word: str) -> Heard:
        """Hear "the council's leader", "a spokesman for the trust", with or without a name beside it."""
        scene = self._scene
        person = next((spot for spot in scene.in_span(span) if spot.thing.kind == "person"), None)
        if person is not None and word not in SPOKESPEOPLE:
            return Heard(things=[person.thing], evidence=self._called(person))
        post = post_in(scene, core)
        if word in SPOKESPEOPLE:
            return self._spokesman(span, core, post, person)
        holders = [
            thing
            for thing in scene.things
            if thing.kind == "person" and post is not None and any(_same_post(post, held) for held in thing.posts)
        ]
        said = core.of(scene.text)
        if len(holders) == 1 and not said.lower().startswith(("a ", "an ", "one ")):
            return Heard(things=holders, evidence=[f"“{said}” is {holders[0].name}, who is called so in the text"])
        heard = _unknown(_ARTICLE.sub("", said), core, f"“{said}” is given no name", "person")
        heard.post = post
        return heard

    def _spokesman(self, span: Span, core: Span, post: Post | None, person: Spot | None) -> Heard:
        """Hear a spokesman: his body speaks."""
        scene, said = self._scene, core.of(self._scene.text)
        body = next((s.thing for s in scene.in_span(span) if s.thing.is_body), None)
        why = f"“{said}” speaks for {body.name}" if body is not None else ""
        if body is None and person is None and not _PREPOSITION.search(said):
            found = last_subject(scene, said, span.start, lambda thing: thing.is_body, "body", back=1)
            body, why = found.thing, found.why
        if body is None:
            if person is not None:
                return Heard(things=[person.thing], post=post, evidence=self._called(person))
            return _unknown(_ARTICLE.sub("", said), core, why or f"“{said}” speaks for nobody named")
        return Heard(things=[body], post=post, evidence=[why])

    def _by_work(self, span: Span) -> Heard:
        """Hear "the survey", "a report by X"."""
        scene = self._scene
        spot = next((spot for spot in scene.in_span(span) if spot.thing.is_work), None)
        if spot is not None:
            return self._answer_for(spot.thing, span)
        thing = new_work(scene, span)
        if thing is None:
            return _unknown(span.of(scene.text), span, f"“{span.of(scene.text)}” is no work that is named")
        return self._answer_for(thing, span)

    def _answer_for(self, work: Thing, span: Span | None = None) -> Heard:
        """Say who answers for what a work says."""
        scene = self._scene
        words = span.of(scene.text) if span is not None else work.name
        evidence = [f"“{words}” stands for “{work.name}”"] if words != work.name else []
        sample = sample_of(scene.gazetteer, work.iri)
        if work.noun == "roundtable" and sample is not None:
            agent = Agent(kind="collective", name=sample.label, iri=sample.iri, mention=work.mention)
            said = "a roundtable speaks for those who took part"
            return Heard(agents=(agent,), works=[work], evidence=[*evidence, said])
        if work.run_by:
            names = " and ".join(thing.name for thing in work.run_by)
            return Heard(things=list(work.run_by), works=[work], evidence=[*evidence, f"{names} answers for “{work.name}”"])
        heard = _unknown(_ARTICLE.sub("", work.name), work.mention, f"the text does not tell whose “{work.name}” is")
        heard.works, heard.evidence = [work], [*evidence, *heard.evidence]
        return heard

    def _around(self, span: Span) -> Thing | None:
        """Return the work in whose words a name stands: research by it, its survey."""
        scene = self._scene
        made = _MADE_BY.search(scene.text[max(0, span.start - 40) : span.start])
        if made is not None:
            spot = scene.at(span.start - len(made.group()) - 1)
            if spot is not None and spot.thing.is_work:
                return spot.thing
        after = _NOUN_AFTER.match(scene.text, span.end)
        if after is not None:
            spot = scene.at(after.start(1))
            if spot is not None and spot.thing.is_work:
                return spot.thing
        return None

    def _unnamed(self, span: Span | None, word: str) -> Heard:
        """Hear sources that are left unnamed."""
        known = next((c for c in self._scene.gazetteer.of_type(Collective) if isinstance(c, Collective) and c.label == "unnamed sources"), None)
        agent = Agent(kind="collective", name="unnamed sources", iri=known.iri if known else None, mention=span)
        return Heard(agents=(agent,), evidence=[f"“{word}” leaves the source unnamed"])

    def _by_group(self, attribution: Attribution, group: Group) -> Heard:
        """Hear a group; a number alone is of the last group counted."""
        evidence: list[str] = []
        works: list[Thing] = []
        name, span = group.name, group.span
        if not name:
            taken = self._counted_before(group.span.start)
            if taken is None:
                return _unknown(group.quantity, group.span, f"“{group.quantity}”: no group is counted before it")
            name, span, works = taken
            evidence.append(f"“{group.quantity}” is of {name} (the last group counted)")
        works = works or self._works_near(attribution, group)
        iri, why = self._known_group(name, works)
        agent = Agent(kind="collective", name=name, iri=iri, mention=span)
        self._groups.append((group.span.end, agent, works))
        return Heard(agents=(agent,), works=works, evidence=evidence + why)

    def _counted_before(self, position: int) -> tuple[str, Span, list[Thing]] | None:
        """Return the last group before a position: one that spoke, or one that was counted."""
        counted = group_before(self._scene, position)
        spoke = self._groups[-1] if self._groups else None
        if spoke is not None and spoke[1].mention is not None and (counted is None or counted.span.start <= spoke[0]):
            return spoke[1].name, spoke[1].mention, list(spoke[2])
        return (counted.name, counted.span, []) if counted is not None else None

    def _works_near(self, attribution: Attribution, group: Group) -> list[Thing]:
        """Return the work that counted a group: the one of the attribution or its sentence; for respondents, the last one."""
        scene, start = self._scene, group.span.start
        if attribution.work is not None:
            return [spot.thing for spot in scene.in_span(attribution.work) if spot.thing.is_work][:1]
        sentence = scene.sentence(start)
        works = [spot.thing for spot in scene.before(start) if spot.thing.is_work]
        here = [spot.thing for spot in scene.before(start) if spot.thing.is_work and sentence.holds(spot.span)]
        if here and (group.quantity or group.name.split()[-1].lower() in RESPONDENTS):
            return here[:1]
        if group.name and group.name.split()[-1].lower() in RESPONDENTS | {"surveyed"}:
            return [work for work in works if may_be_called(work, "survey")][:1]
        if not group.quantity and here:
            before = scene.text[sentence.start : start].split()
            return here[:1] if before and before[-1] == "of" else []
        return []

    def _known_group(self, name: str, works: list[Thing]) -> tuple[object, list[str]] | tuple[None, list[str]]:
        """Link a group: those whom a study asked, or one that the reference knows by its name."""
        return None, []

    def _works(self, attribution: Attribution, heard: Heard) -> list[Thing]:
        """Return the works by which a claimant speaks, as far as the words tell."""
        return []

    def _other(self, span: Span, core: Span) -> Heard:
        """Hear what no rule knows: a name, or words that tell nobody."""
        return _unknown(span.of(self._scene.text), span, "not told")


def _same_post(asked: Post, held: Post) -> bool:
    """Say whether two posts are one: the same role, and no different bodies."""
    if plain(asked.role) != plain(held.role):
        return False
    if asked.organisation is None or held.organisation is None:
        return True
    return asked.organisation.name == held.organisation.name
