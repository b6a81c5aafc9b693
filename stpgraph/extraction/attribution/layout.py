"""Attributions that the layout of one line makes: a name and a colon, a headline, a decision in capitals."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stpgraph.extraction.attribution.candidates import Candidate, Page
from stpgraph.extraction.attribution.cues import Cue, load_cues

__all__ = ["find_decisions", "find_headline", "find_speaker_lines"]

#: A speaker and a colon at the start of a line: MS DOE: …, Jo Doe (Anyshire Council): ….
_SPEAKER = re.compile(
    r"(?P<name>[A-Z][\w.’'\-]*(?: (?:[A-Z][\w.’'\-]*|of|the|and|for|de|van|\([^)]{2,60}\))){0,8}):\s+(?=\S)"
)

#: Words that introduce something else than speech when a colon follows them.
_LABELS = frozenset(
    """
    note notes related read photo image video update more source sources date time venue contact tel email
    background figure table box correction editor editors subject summary warning see also watch listen picture
    topics tags share follow present apologies attendance attending minutes decision decisions action actions item
    agenda resolved words chair members title from to cc re ref
    """.split()  # noqa: SIM905 (a list a line would be a page)
)

#: A headline that names its source at the end: …, says institute; … – survey finds.
_HEADLINES = (
    re.compile(r"(?P<content>\S.{8,140}?)(?:,| [–—-]) (?P<cue>[a-z]+) (?P<source>[^,:;–—.]{2,60}?)[’'”\"]?$"),
    re.compile(r"(?P<content>\S.{8,140}?)(?:,| [–—-]) (?P<source>[^,:;–—.]{2,60}?) (?P<cue>[a-z]+)[’'”\"]?$"),
)

#: How minutes write a decision: RESOLVED that …, Members AGREED to ….
_DECISION = re.compile(
    r"\b(?P<cue>RESOLVED|AGREED|NOTED|RECOMMENDED|ORDERED)\b[\s:,–—-]*"
    r"(?P<rest>(?:unanimously,? )?(?:[Tt]hat|to)\b[^\n]*)"
)


def find_speaker_lines(page: Page) -> Iterator[Candidate]:
    """Yield what stands after a name and a colon at the start of a line."""
    text = page.text
    match = _SPEAKER.match(text, len(text) - len(text.lstrip("“\"' ")))
    if match is None or len(match.group("name")) < 3 or match.group("name").split()[0].lower() in _LABELS:
        return
    colon = match.end("name")
    source = {token.i for token in page.doc if match.start() <= token.idx < colon}
    mark = {token.i for token in page.doc if token.idx <= colon < token.idx + len(token)}
    content = {token.i for token in page.doc if token.idx > colon}
    is_quoted = bool(page.quotations) and page.quotations[0].span.start - page.start == match.end()
    if is_quoted and page.speech[0]:
        content &= set(page.words_of[0])
    if mark and (is_quoted or sum(1 for place in content if page.doc[place].is_alpha) >= 3):
        yield Candidate(rule="speaker-line", cue_word=":", content=content, source=source - mark or source, cue=mark)


def find_headline(page: Page) -> Iterator[Candidate]:
    """Yield what a headline says, where it names who says so at its end."""
    text = page.text.strip()
    for form in _HEADLINES:
        match = form.fullmatch(text)
        cue = _headline_cue(match.group("cue")) if match is not None else None
        if match is None or cue is None:
            continue
        content, source, words = (
            {token.i for token in page.doc if match.start(part) <= token.idx < match.end(part)}
            for part in ("content", "source", "cue")
        )
        yield Candidate(
            rule="headline",
            cue_word=cue.word,
            content=content,
            source=source,
            cue=words,
            verb=min(words, default=None),
        )
        return


def _headline_cue(word: str) -> Cue | None:
    """Return the cue verb that a word of a headline is, where it is one of saying or finding in the present."""
    cues = load_cues()
    cue = cues.verbs.get(word) or cues.verbs.get(cues.forms.get(word, ""))
    if cue is None or word.endswith(("ed", "ing")) or not cue.frames & {"that", "find"}:
        return None
    return None if "weak" in cue.frames and "find" not in cue.frames else cue


def find_decisions(page: Page) -> Iterator[Candidate]:
    """Yield what minutes say was decided, in capitals."""
    for match in _DECISION.finditer(page.text):
        cue = {token.i for token in page.doc if token.idx == match.start("cue")}
        content = {token.i for token in page.doc if match.start("rest") <= token.idx < match.end("rest")}
        if not cue or not content:
            continue
        verb = page.doc[min(cue)]
        before = [token for token in page.words_between(verb.sent.start, verb.i) if not token.is_punct]
        named = 0 < len(before) <= 6 and any(token.pos_ in {"NOUN", "PROPN"} for token in before)
        source = {token.i for token in before} if named and before[0].lower_ not in {"it", "recommendation"} else set()
        yield Candidate(
            rule="decision",
            cue_word=verb.lower_,
            content=content,
            source=source,
            cue=cue,
            verb=verb.i,
        )
