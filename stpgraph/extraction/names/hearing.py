"""Hearing: the words that name a source, read as a phrase, and what is heard from them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from stpgraph.extraction.names.records import Agent, AgentKind, Post
from stpgraph.extraction.names.scene import Scene, Spot, Thing
from stpgraph.extraction.spans import Span

__all__ = [
    "Heard",
    "Phrase",
    "called",
    "first_noun",
    "has_preposition",
    "read_phrase",
    "unknown",
    "without_article",
    "without_ending",
]

_LIMIT = re.compile(r"[,(;]|\s(?:who|which|that|whose|where)\s|\s[–—-]\s")
_PREPOSITION = re.compile(
    r"\s(?:(?:\w{3,}ed|run|led|drawn|given|seen|held|made|written)"
    r"\s(?:(?:out|up|jointly|today|yesterday|(?:this|last)\s\w+)\s)*(?=by|for|in|on|at|from|to|out)"
    r"|(?:of|for|from|by|in|at|on|with|to|among|amongst|within|across|close|about|into|under|behind|working|next)\s)"
)
_ARTICLE = re.compile(r"^(?:the|a|an|one|its|their|his|her|our|this|that|these|those)\s+", re.IGNORECASE)
_ENDING = re.compile(r"['’]s$|(?<=s)['’]$")


@dataclass(slots=True, kw_only=True)
class Heard:
    """Whom an attribution was heard from, before it is written down.

    Attributes:
        things: the claimants that are named in the text.
        agents: claimants beside them: groups, and those without a name.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A noun phrase that names a source.

    Attributes:
        span: the whole of it.
        core: without what is added after a comma or by a relative clause.
        words: the core's words.
        head: its last word, or name, before a preposition.
        word: the head in small letters, without a possessive ending.
        spot: the name at its head, where one stands there.
    """

    span: Span
    core: Span
    words: str
    head: Span
    word: str
    spot: Spot | None


def read_phrase(scene: Scene, span: Span) -> Phrase:
    """Read the words that name a source."""
    core = _core(scene, span)
    head = _head(scene, core)
    spot = next((s for s in scene.in_span(core) if s.span.end >= head.end and s.span.start <= head.start), None)
    return Phrase(
        span=span,
        core=core,
        words=core.of(scene.text),
        head=head,
        word=_ENDING.sub("", head.of(scene.text)).lower(),
        spot=spot,
    )


def _core(scene: Scene, span: Span) -> Span:
    """Return a noun phrase without appositions and relative clauses; a name is not cut."""
    at = span.start
    while match := _LIMIT.search(scene.text, at, span.end):
        spot = scene.at(match.start())
        is_in_name = spot is not None and spot.span.end > match.start()
        if not is_in_name and match.start() > span.start:
            return Span(span.start, match.start())
        at = match.end()
    return span


def _head(scene: Scene, core: Span) -> Span:
    """Return the last word of a phrase before a preposition; a preposition within a name is none."""
    at, end = core.start, core.end
    while match := _PREPOSITION.search(scene.text, at, core.end):
        if scene.at(match.start() + 1) is None:
            end = match.start()
            break
        at = match.start() + 1
    words = list(re.finditer(r"\S+", scene.text[core.start : end]))
    return Span(core.start + words[-1].start(), core.start + words[-1].end()) if words else core


def has_preposition(words: str) -> bool:
    """Say whether a preposition stands within words."""
    return _PREPOSITION.search(words) is not None


def first_noun(name: str) -> str:
    """Return the last word before the first preposition.

    Example:
        >>> first_noun("cabinet members for health")
        'members'
    """
    return _PREPOSITION.split(f"{name} ")[0].split()[-1]


def without_article(words: str) -> str:
    """Return words without the article before them.

    Example:
        >>> without_article("The leader")
        'leader'
    """
    return _ARTICLE.sub("", words)


def without_ending(text: str, span: Span) -> Span:
    """Return a span without a possessive ending and a comma."""
    words = span.of(text).rstrip(" ,")
    ending = _ENDING.search(words)
    return Span(span.start, span.start + len(words) - (len(ending.group()) if ending else 0))


def unknown(words: str, span: Span | None, why: str, kind: AgentKind = "unknown") -> Heard:
    """Return a source that cannot be told, with its words and the reason."""
    return Heard(agents=(Agent(kind=kind, name=words, mention=span),), evidence=[why], is_unknown=True)


def called(scene: Scene, spot: Spot) -> list[str]:
    """Return what a short form of a name stands for, where it is one."""
    words = spot.span.of(scene.text)
    return [f"“{words}” stands for {spot.thing.name}"] if words != spot.thing.name else []
