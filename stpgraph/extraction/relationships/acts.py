"""What is done in saying something: by the cue's class, and by what is said where that tells more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from stpgraph.extraction.relationships import wordings
from stpgraph.extraction.relationships.cues import cue_kinds
from stpgraph.extraction.relationships.records import Context, Decision
from stpgraph.extraction.spans import Span
from stpgraph.vocabulary import mint

__all__ = ["decide_act"]

_SENTENCE_END = re.compile(r"[.!?]\s")


@dataclass(frozen=True, slots=True)
class _Said:
    """A claim as the rules of this module see it."""

    content: str
    kinds: frozenset[str]
    context: Context
    is_critical: bool

    @property
    def is_by_study(self) -> bool:
        """Whether a study speaks."""
        return self.context.source_kind == "study"

    @property
    def is_infinitive(self) -> bool:
        """Whether it begins with “to”."""
        return self.content.startswith(("to ", "not to "))


@dataclass(frozen=True, slots=True)
class _Reason:
    """What speaks for an act: words of the claim, or its cue where there are none."""

    act: str
    confidence: float
    why: str = ""
    spans: tuple[Span, ...] = ()


def decide_act(content: str, *, offset: int, cue_word: str, context: Context, good: float, bad: float) -> Decision:
    """Return what the claimant does in saying something; an assertion where nothing tells otherwise.

    Args:
        content: what is said.
        offset: where it begins in the document.
        cue_word: the dictionary form of its cue.
        context: what stands around it.
        good: what is told for what it is about, as `stances` weighs it.
        bad: what is told against it.
    """
    kinds = cue_kinds(cue_word, context)
    if "naming" in kinds and bad >= good and not wordings.WHETHER.search(content):
        kinds |= {"criticism"}
    for reason in _reasons(_Said(content, kinds, context, bad > good)):
        return Decision(
            concept=mint("speech-act", reason.act),
            because=tuple(span.moved(offset) for span in reason.spans) or context.cue,
            why=reason.why or f"the cue “{cue_word}”",
            confidence=reason.confidence,
        )
    return Decision(concept=mint("speech-act", "assertion"), why="no word tells otherwise", confidence=0.65)


def _reasons(said: _Said) -> Iterator[_Reason]:
    """Yield what speaks for an act, the strongest first."""
    yield from _of_questions(said)
    yield from _of_cues(said)
    if "denying" in said.kinds and "disbelieving" not in said.kinds:
        yield _Reason("assertion", 0.65)
    yield from _of_duties(said)
    yield from _of_content(said)
    if "warning" in said.kinds:
        yield _Reason("warning", 0.7)


def _of_questions(said: _Said) -> Iterator[_Reason]:
    content = said.content.rstrip()
    found = wordings.ASKED.search(content)
    if found and ("question" in said.kinds or not _SENTENCE_END.search(content[: found.start()])):
        yield _Reason("question", 0.75, "ends with “?”", (Span(found.start(), found.start() + 1),))
    if "question" not in said.kinds or "recommendation" in said.kinds:
        return
    if whether := wordings.WHETHER.search(content):
        yield _Reason("question", 0.9, f"asks “{whether.group()}”", (_span(whether),))
    elif "asking" not in said.kinds:
        yield _Reason("question", 0.75)


def _of_cues(said: _Said) -> Iterator[_Reason]:
    """Yield the acts that a cue does whatever is said."""
    resolved = wordings.SUBJUNCTIVE.search(said.content)
    if resolved and not wordings.BEFORE_BE.search(resolved.group()):
        yield _Reason("recommendation", 0.75, f"“{resolved.group()}”", (_span(resolved),))
    if said.kinds & {"recommendation", "asking"} or (said.is_infinitive and "telling" in said.kinds):
        yield _Reason("recommendation", 0.9)
    if "commitment" in said.kinds or (said.is_infinitive and "agreeing" in said.kinds):
        yield _Reason("commitment", 0.8)
    is_duty = wordings.SHOULD.search(said.content) is not None
    if "warning" in said.kinds and not is_duty:
        yield _Reason("warning", 0.9)
    if "criticism" in said.kinds:
        yield _Reason("criticism", 0.9)
    is_told_by_others = said.context.source_kind == "other" and "discovery" in said.kinds
    is_finding = "finding" in said.kinds and (said.is_by_study or is_told_by_others)
    if is_finding and not (is_duty and not wordings.WHO_SHOULD.search(said.content)):
        yield _Reason("finding", 0.85)
    if "prediction" in said.kinds:
        yield _Reason("prediction", 0.8)


def _of_duties(said: _Said) -> Iterator[_Reason]:
    """Yield what the claimant lays on others or takes on."""
    content = said.content
    duty = wordings.SHOULD.search(content)
    if duty and not wordings.PAST_DUTY.search(content) and not wordings.WHETHER.search(content):
        yield _Reason("recommendation", 0.75, f"“{duty.group()}”", (_span(duty),))
    if deed := wordings.OWN_DEED.search(content):
        yield _Reason("commitment", 0.6, f"“{deed.group()}”, an own deed", (_span(deed),))


def _of_content(said: _Said) -> Iterator[_Reason]:
    """Yield what the words of a claim tell of danger, the future and faults."""
    content = said.content
    if said.is_critical and (danger := wordings.DANGER.search(content)):
        yield _Reason("warning", 0.6, f"“{danger.group()}”", (_span(danger),))
    if said.is_by_study:
        yield _Reason("finding", 0.75, "what a study came to")
    is_open = not wordings.SHOULD.search(content) and not wordings.NOT_TO_COME.search(content)
    if is_open and (future := wordings.FUTURE.search(content)):
        act = "commitment" if "agreeing" in said.kinds and said.context.source_kind == "other" else "prediction"
        yield _Reason(act, 0.5, f"“{future.group()}”", (_span(future),))
    if "believing" in said.kinds and (supposed := wordings.SUPPOSED.search(content)):
        yield _Reason("prediction", 0.5, f"supposes “{supposed.group()}”", (_span(supposed),))
    if said.is_critical and said.context.source_kind != "respondents" and (fault := wordings.FAULT.search(content)):
        yield _Reason("criticism", 0.5, f"finds fault: “{fault.group()}”", (_span(fault),))


def _span(found: re.Match[str]) -> Span:
    return Span(found.start(), found.end())
