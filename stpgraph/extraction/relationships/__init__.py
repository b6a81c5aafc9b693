"""Which relationship a claim is about, how it judges it, what is done in saying it: by words that each decision names.

`judge` takes what is said with the word that introduces it, `Labels` the words for what may be debated, `Context` what
stands around the claim. An unknown is an answer: no relationship, no stance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from stpgraph.extraction.relationships.acts import decide_act
from stpgraph.extraction.relationships.cues import cue_kinds, find_source_kind
from stpgraph.extraction.relationships.hedges import decide_modality
from stpgraph.extraction.relationships.labels import Labels
from stpgraph.extraction.relationships.records import Code, Context, Decision, Judgement, SourceKind
from stpgraph.extraction.relationships.stances import decide_stance, find_signs
from stpgraph.extraction.relationships.topics import find_topics
from stpgraph.extraction.relationships.words import split_words
from stpgraph.extraction.spans import Span
from stpgraph.vocabulary import local_name

__all__ = [
    "Code",
    "Context",
    "Decision",
    "Judgement",
    "Labels",
    "SourceKind",
    "find_source_kind",
    "judge",
    "judge_spans",
]


def judge(
    content: str, *, offset: int = 0, cue_word: str, labels: Labels, rule: str = "", context: Context | None = None
) -> Judgement:
    """Judge a claim by its words, its cue and what stands around it.

    Args:
        content: what is said.
        offset: where it begins in the document; all spans of the judgement are counted in that document.
        cue_word: the dictionary form of the cue: "warn"; empty where there is none.
        labels: the words for what may be debated.
        rule: the name of the rule that found the claim; one whose name speaks of findings tells of a study.
        context: what stands around the claim.

    Example:
        >>> judged = judge("Council leaders may not trust the plan.", cue_word="warn", labels=Labels.of([]))
        >>> judged.act.concept.value, judged.act.why
        ('https://w3id.org/stpgraph/id/speech-act/warning', 'the cue “warn”')
    """
    around = context or Context()
    if "finding" in rule and around.source_kind == "other":
        around = replace(around, source_kind="study")
    words = split_words(content, offset)
    signs = find_signs(words, is_denied="denying" in cue_kinds(cue_word, around))
    act = decide_act(content, offset=offset, cue_word=cue_word, context=around, good=signs.good, bad=signs.bad)
    return Judgement(
        relationships=find_topics(words, around, labels),
        stance=decide_stance(signs, local_name(act.concept).partition("/")[2], cue_word, around),
        act=act,
        modality=decide_modality(content, words, offset),
    )


def judge_spans(
    text: str, content: Sequence[Span], *, cue_word: str, labels: Labels, rule: str = "", context: Context | None = None
) -> Judgement:
    """Judge a claim that stands in one or several places of a text.

    Args:
        text: the document's text; the context is given it where it has none.
        content: what is said, in reading order.
        cue_word: as for `judge`.
        labels: as for `judge`.
        rule: as for `judge`.
        context: as for `judge`.
    """
    around = replace(context or Context(), text=text)
    start, end = min(span.start for span in content), max(span.end for span in content)
    inside = [" "] * (end - start)
    for span in content:
        inside[span.start - start : span.end - start] = text[span.start : span.end]
    return judge("".join(inside), offset=start, cue_word=cue_word, labels=labels, rule=rule, context=around)
