"""Crowds: who the groups of a text are, one after the other, for "a quarter" is of the group counted before."""

from __future__ import annotations

import re

from pyoxigraph import NamedNode

from stpgraph.extraction.attribution.records import Attribution
from stpgraph.extraction.names.gazetteer import plain
from stpgraph.extraction.names.groups import RESPONDENTS, Group, group_before, read_group
from stpgraph.extraction.names.hearing import Heard, first_noun, unknown
from stpgraph.extraction.names.linking import link_work, sample_of
from stpgraph.extraction.names.records import Agent
from stpgraph.extraction.names.scene import Scene, Thing
from stpgraph.extraction.names.works import may_ask
from stpgraph.extraction.spans import Span

__all__ = ["Crowds"]

#: How surveys count: shares, and so many of so many.
_SHARE = re.compile(
    r"%|per cent|percent|half|third|quarter|fifth|sixth|tenth|majority|"
    r"\bin (?:every )?\w+$|\w+ (?:out )?of (?:the )?\w+",
    re.IGNORECASE,
)
#: What stands before a group that is counted.
_COUNTED = re.compile(r"(?:\bof(?: the)?|\bmost|\bmany|\bsome|\ball|\bfew|%|cent|\d)\s$", re.IGNORECASE)
#: How many paragraphs on a number alone is still of a group.
_REACH = 3


class Crowds:
    """The groups that have spoken so far."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._spoke: list[tuple[Group, list[Thing]]] = []

    def hear(self, attribution: Attribution, group: Group) -> Heard:
        """Hear a group; a number alone is of the last group counted."""
        evidence: list[str] = []
        works: list[Thing] = []
        if not group.name:
            taken = self._before(group.span.start)
            if taken is None:
                return unknown(group.quantity, group.span, f"“{group.quantity}”: no group is counted before it")
            evidence.append(f"“{group.quantity}” is of {taken[0].name} (the last group counted)")
            group, works = Group(name=taken[0].name, quantity=group.quantity, span=taken[0].span), taken[1]
        works = works or self._works(attribution, group)
        iri, why = self._known(group.name, works)
        self._spoke.append((group, works))
        agent = Agent(kind="collective", name=group.name, iri=iri, mention=group.span)
        return Heard(agents=(agent,), works=works, evidence=[*evidence, *why])

    def _before(self, position: int) -> tuple[Group, list[Thing]] | None:
        """Return the last group before a position: of a survey who spoke, whom it asked, who spoke, who was counted."""
        scene = self._scene
        spoke = self._spoke[-1] if self._spoke else None
        if spoke and scene.paragraph_at(position) - scene.paragraph_at(spoke[0].span.start) > _REACH:
            spoke = None
        if spoke and spoke[1]:
            return spoke
        asked = self._asked(position)
        if asked is not None or spoke is not None:
            return asked or spoke
        counted = group_before(scene, position)
        return (counted, []) if counted is not None else None

    def _asked(self, position: int) -> tuple[Group, list[Thing]] | None:
        """Return those whom the last survey before a position asked."""
        scene = self._scene
        for spot in scene.before(position):
            work = spot.thing
            if work.asked and may_ask(work):
                start = scene.text.find(work.asked, work.mention.start)
                group = read_group(scene.text, Span(start, start + len(work.asked))) if start >= 0 else None
                if group is not None and group.name:
                    return group, [work]
        return None

    def _works(self, attribution: Attribution, group: Group) -> list[Thing]:
        """Return the work that counted a group: that of the attribution, of its sentence, or the last survey."""
        scene, start = self._scene, group.span.start
        if attribution.work is not None:
            return [spot.thing for spot in scene.in_span(attribution.work) if spot.thing.is_work][:1]
        position = attribution.source.start if attribution.source is not None else start
        sentence = scene.sentence(position)
        before = [spot for spot in scene.before(position) if spot.thing.is_work]
        here = [spot.thing for spot in before if sentence.holds(spot.span)]
        answered = group.name.split()[-1].lower() in RESPONDENTS
        if here and (group.quantity or answered or _COUNTED.search(scene.text[sentence.start : start])):
            return here[:1]
        if answered or _SHARE.search(group.quantity):
            surveys = [spot.thing for spot in before if may_ask(spot.thing)]
            return surveys[:1] or self._announced(position)
        return []

    def _announced(self, position: int) -> list[Thing]:
        """Return the survey that is named in the paragraph after a headline or opening that quotes it."""
        scene = self._scene
        here = scene.paragraph_at(position)
        later = [spot for spot in scene.spots if spot.span.start > position and spot.thing.is_work]
        near = [spot.thing for spot in later if scene.paragraph_at(spot.span.start) - here <= 1]
        return [work for work in near if here <= 1 and may_ask(work)][:1]

    def _known(self, name: str, works: list[Thing]) -> tuple[NamedNode | None, list[str]]:
        """Link a group: those whom a study asked, or one that the reference knows by its name."""
        scene, head = self._scene, plain(first_noun(name))
        for work in works:
            if not work.run_by and work.iri is None and work.asked is None:
                work.asked = name
                link_work(scene, work)
            sample = sample_of(scene.gazetteer, work.iri)
            if sample is not None and head in RESPONDENTS | {plain(word) for word in sample.label.split()}:
                return sample.iri, [f"“{name}” are those asked by “{work.name}”"]
        iri = scene.gazetteer.group(name)
        return iri, [f"“{name}” linked by label"] if iri is not None else []
