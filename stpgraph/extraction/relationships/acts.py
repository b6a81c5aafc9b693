"""What is done in saying something: by the cue's class, and by what is said where that tells more."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stpgraph.extraction.relationships.cues import cue_kinds
from stpgraph.extraction.relationships.records import Context, Decision
from stpgraph.extraction.spans import Span
from stpgraph.vocabulary import mint

__all__ = ["decide_act"]

_SHOULD = re.compile(
    r"\b(?:should(?: not|n['’]t)?(?! (?:like|the|any|these|those|this|they|it|he|she|we)\b)|ought(?: not)? to|must(?: not|n['’]t)?|(?:needs?|has|have) to(?! be seen)|"
    r"needs? (?:to|a|an|more|better)\b|is needed|are needed|it is (?:vital|essential|crucial|imperative|time)|"
    r"(?:now|also) be paid|(?:let us|let's|let’s))(?! have\b)",
    re.IGNORECASE,
)
_PAST_DUTY = re.compile(r"\b(?:will|would|may|might|could|should|did not|didn['’]t|does not|do not|not) have to\b", re.IGNORECASE)
_DANGER = re.compile(
    r"\b(?:(?:a|the|real|serious|grave|every|some|significant|considerable) (?:risk|danger|threat)s?\b(?: that| of| to)?|danger(?:ous(?:ly)?)?|"
    r"risk(?:s|ing|ed)? (?:\w+ )?\w+ing\b|at risk|(?:will|would|could|may|might) (?:\w+ )?(?:fail|collapse|lose|suffer|close|"
    r"worsen|harm|damage|undermine|jeopardise|die|go under|unravel|fall apart|buckle|cost lives|founder|wither)|"
    r"(?:major|serious|significant|growing|grave|real) (?:concerns?|barriers?|worries|problems)|jeopard(?:y|ise[sd]?|ising)|"
    r"threat(?:en(?:s|ed|ing)?)?(?: to)?\b|on the brink|breaking point|time bomb|running out|crisis|collapse)\b",
    re.IGNORECASE,
)
_FUTURE = re.compile(
    r"(?<!what )(?<!who )(?<!which )(?<!that )\b(?:will|won['’]t|would|going to|shall)\b|(?<=\w)['’]ll\b", re.IGNORECASE
)
_NOT_TO_COME = re.compile(
    r"\b(?:would|will) (?:have|like|have to|need|welcome|say|argue|add)\b|\bwould (?:\w+ )?(?:have|\w+ have)\b", re.IGNORECASE
)
_SUPPOSED = re.compile(r"\b(?:if|unless|were)\b.*\b(?:could|would|will|may|might)\b|\b(?:could|may|might)\b", re.IGNORECASE)
_OWN = re.compile(
    r"\b(?:we|I)(?:['’]ll\b|[^.;,]{0,25}\b(?:will|shall|won['’]t|are going to|am going to)\b)"
    r"|^(?:he|she|they|it) (?:will|would)\b(?! (?:have|be|like|need|take|cost|fail|lose)\b)",
    re.IGNORECASE,
)
_SUBJUNCTIVE = re.compile(
    r"^(?:the|a|an|all|each|every|any|[\w’']+s)(?: [\w’'-]+){0,7} be (?:\w+ly )?(?:\w+(?:ed|wn|en)|set|put|cut|held|built|sent|"
    r"made|kept|done|spent|brought|paid|run|led)\b",
    re.IGNORECASE,
)
_BEFORE_BE = re.compile(r"\b(?:will|would|to|may|might|could|can|should|must|shall|cannot|not) (?:\w+ )?be\b", re.IGNORECASE)
_ASKED = re.compile(r"\?[”’\"']*$")
_WHETHER = re.compile(r"^(?:whether|if|why|how|what|who|when|where)\b", re.IGNORECASE)
_FAULT = re.compile(
    r"\b(?:fail(?:ed|s|ing|ure)?(?: to)?|neglected|ignored|sidelined|shut out|frozen out|excluded|afterthought|"
    r"had (?:not|never) been|have (?:not|never) been|has (?:not|never) been|(?:was|were) (?:not|never)|"
    r"(?:did|does|do) not|didn['’]t|without (?:\w+ )?(?:\w+ing)|poorly|badly|behind closed doors|in secret|secretive|"
    r"not good enough|unacceptable|a (?:sham|shambles|disgrace|scandal|joke|farce|insult|mess)|disgraceful|shameful|"
    r"lack(?:s|ed|ing)?|too (?:little|late|few|slow|fast|far|much|often)|wrong|mistake|rushed|kept in the dark|"
    r"hidden|hiding|unrealistic|undeliverable|wishful thinking|fantasy|flawed|nonsense|hopeless|imposed|lip service|tokenis\w+|"
    r"rubber.stamp\w*|done deal|window.dressing)\b",
    re.IGNORECASE,
)


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
    if "naming" in kinds and bad >= good and not _WHETHER.search(content):
        kinds |= {"criticism"}
    for act, because, why, sure in _reasons(content, kinds, context, bad > good):
        spans = tuple(span.moved(offset) for span in because) if because else context.cue
        shown = why or f"the cue “{cue_word}”"
        return Decision(concept=mint("speech-act", act), because=spans, why=shown, confidence=sure)
    return Decision(concept=mint("speech-act", "assertion"), why="no word tells otherwise", confidence=0.6)


_Reason = tuple[str, tuple[Span, ...], str, float]


def _reasons(content: str, kinds: frozenset[str], context: Context, is_critical: bool) -> Iterator[_Reason]:
    """Yield what speaks for an act, the strongest first: the act, the words of the claim, why, how sure."""
    yield from _of_questions(content, kinds)
    yield from _of_clear_cues(content, kinds, context, is_critical)
    yield from _of_content(content, kinds, context, is_critical)
    if "warning" in kinds:
        yield "warning", (), "", 0.7
    if "finding" in kinds and context.source_kind == "study":
        yield "finding", (), "", 0.75
    if "prediction" in kinds:
        yield "prediction", (), "", 0.7


def _of_questions(content: str, kinds: frozenset[str]) -> Iterator[_Reason]:
    found = _ASKED.search(content.strip())
    if found and ("question" in kinds or not re.search(r"[.!?]\s", content.strip()[: found.start()])):
        start = content.rindex("?")
        yield "question", (Span(start, start + 1),), f"ends with “{found.group()[0]}”", 0.8
    whether = _WHETHER.search(content)
    if "question" in kinds and "recommendation" not in kinds and (whether or "asking" not in kinds):
        spans = (Span(whether.start(), whether.end()),) if whether else ()
        yield "question", spans, f"asks “{whether.group()}”" if whether else "", 0.8


def _of_clear_cues(content: str, kinds: frozenset[str], context: Context, is_critical: bool) -> Iterator[_Reason]:
    """Yield the acts that a cue does whatever is said."""
    infinitive = content.startswith(("to ", "not to "))
    if (found := _SUBJUNCTIVE.search(content)) and not _BEFORE_BE.search(found.group()):
        yield "recommendation", (_span(found),), f"“{found.group()}”", 0.7
    if "recommendation" in kinds or "asking" in kinds or (infinitive and "telling" in kinds):
        yield "recommendation", (), "", 0.85
    if "warning" in kinds and not _SHOULD.search(content):
        yield "warning", (), "", 0.85
    if "commitment" in kinds:
        yield "commitment", (), "", 0.8
    if "criticism" in kinds:
        yield "criticism", (), "", 0.8
    if "finding" in kinds and (context.source_kind == "study" or "discovery" in kinds):
        yield "finding", (), "", 0.8
    if "prediction" in kinds:
        yield "prediction", (), "", 0.8


def _of_content(content: str, kinds: frozenset[str], context: Context, is_critical: bool) -> Iterator[_Reason]:
    """Yield the acts that the words of a claim do."""
    if (found := _SHOULD.search(content)) and not _PAST_DUTY.search(content) and not _WHETHER.search(content):
        yield "recommendation", (_span(found),), f"“{found.group()}”", 0.75
    if found := _OWN.search(content):
        yield "commitment", (_span(found),), f"“{found.group()}”, an own deed", 0.7
    if is_critical and (found := _DANGER.search(content)):
        yield "warning", (_span(found),), f"“{found.group()}”", 0.65
    if context.source_kind == "study":
        yield "finding", (), "what a study came to", 0.7
    if (found := _FUTURE.search(content)) and not _SHOULD.search(content) and not _NOT_TO_COME.search(content):
        kept = "commitment" if "agreeing" in kinds and context.source_kind == "other" else "prediction"
        yield kept, (_span(found),), f"“{found.group()}”", 0.6
    if "believing" in kinds and (found := _SUPPOSED.search(content)):
        yield "prediction", (_span(found),), f"“{found.group()}”", 0.55
    if is_critical and context.source_kind != "respondents" and (found := _FAULT.search(content)):
        yield "criticism", (_span(found),), f"finds fault: “{found.group()}”", 0.6


def _span(found: re.Match[str]) -> Span:
    return Span(found.start(), found.end())
