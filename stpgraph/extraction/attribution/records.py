"""What the rules of attribution find: who said what, by which words, and which rule says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from stpgraph.extraction.spans import Span

__all__ = ["Attribution", "Manner"]

#: How the words reach the reader: quoted whole, told, or told with words quoted.
Manner = Literal["direct", "indirect", "mixed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """One thing said, believed, found, wanted or asked for in one place, with the words that show it.

    Attributes:
        source: the words that name whose word it is, as they stand there: a name, "she", "55 of the 56 respondents";
            None where nobody is named.
        link: the relative pronoun that stands for the source beside the cue: who, which.
        source_paragraph: the index of the paragraph in which these words stand.
        cue: the words that introduce it: "has warned", "according to", a colon; none for a quotation that goes on.
        content: what is said, in reading order; several spans where a cue stands within it. Marks of quotation
            around the whole are left out.
        manner: direct, indirect or mixed.
        rule: the name of the rule that found it.
        cue_word: the dictionary form of the cue: "warn", "according to"; empty where there is none.
        paragraph: the index of the paragraph in which the content begins.
        work: the words that name the study or report by which it is said: "a survey by the institute".
        outer: for one within the content of another: the index of that other in the list.
        confidence: how often what the rule finds is right, from 0 to 1.
    """

    source: Span | None
    source_paragraph: int | None = None
    link: Span | None = None
    cue: tuple[Span, ...] = ()
    content: tuple[Span, ...]
    manner: Manner
    rule: str
    cue_word: str = ""
    paragraph: int
    work: Span | None = None
    outer: int | None = None
    confidence: float = 0.5
