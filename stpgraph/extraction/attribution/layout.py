"""Rule 7: attributions that the layout of a page makes: a name and a colon, a headline, a sign-off, bullets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from stpgraph.extraction.attribution.clauses import find_cue_verb, source_of
from stpgraph.extraction.attribution.findings import Candidate, Page
from stpgraph.extraction.attribution.records import Attribution
from stpgraph.extraction.attribution.sources import WORKS
from stpgraph.extraction.attribution.trees import cue_words, spans_of
from stpgraph.extraction.parsing import Reading
from stpgraph.extraction.spans import Span, cover

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["find_bullets", "find_signature", "find_speaker_lines"]

#: What a line of a list begins with.
_BULLET = re.compile(r"(?:[•●▪·*–—-]|\(?[a-z0-9]{1,3}[).]|\([ivx]{1,4}\))\s+")
#: A line that is only a dash and a name: – Jo Doe, chair.
_SIGNATURE = re.compile(r"[-–—―]{1,2}\s*(?P<name>[A-Z][^\n!?:;“”\"]{2,90}?)\.?$")

#: A speaker and a colon at the start of a line: MS DOE: …, Jo Doe (Anyshire Council): …, Q: ….
_SPEAKER = re.compile(r"(?P<name>[A-Z][\w.’'\-]*(?: (?:[A-Z][\w.’'\-]*|of|the|and|for|de|van|\([^)]{2,60}\))){0,8}):\s+(?=\S)")

#: Words that introduce something else than speech when a colon follows them.
_LABELS = frozenset(
    """note notes related read photo image video update more source sources date time venue contact tel email
    background figure table box correction editor editors subject summary warning see also watch listen picture
    topics tags share follow present apologies attendance attending minutes decision decisions action actions item agenda
    resolved words chair members title subject from to cc re ref""".split()
)


def find_speaker_lines(page: Page) -> Iterator[Candidate]:
    """Yield what stands after a name and a colon at the start of a line."""
    opens = len(page.doc.text) - len(page.doc.text.lstrip("“\"' "))
    match = _SPEAKER.match(page.doc.text, opens)
    if match is None or len(match.group("name")) < 3 or match.group("name").split()[0].lower() in _LABELS:
        return
    colon = match.start() + len(match.group("name"))
    source = {token.i for token in page.doc if token.idx < colon}
    mark = {token.i for token in page.doc if token.idx == colon}
    content = {token.i for token in page.doc if token.idx > colon}
    if sum(1 for place in content if page.doc[place].is_alpha) < 3 or not mark:
        return
    yield Candidate(rule="speaker-line", cue_word=":", content=content, source=source, cue=mark, strength=0.7)


def find_bullets(reading: Reading, pages: Sequence[Page | None]) -> Iterator[tuple[int, Attribution]]:
    """Yield the lines of a list that a cue leads on to, each with the number of its paragraph: recommended that: • …."""
    lead: Attribution | None = None
    for number, paragraph in enumerate(reading.paragraphs):
        text = paragraph.span.of(reading.text)
        bullet = _BULLET.match(text)
        if bullet is None:
            page = pages[number]
            lead = _lead(page) if page is not None and text.endswith((":", "to", "that")) else None
            continue
        if lead is None:
            continue
        start = paragraph.span.start + bullet.end()
        end = paragraph.span.start + len(text.rstrip(" .;,").removesuffix(" and").removesuffix(" or").rstrip(" .;,"))
        if end > start:
            yield (
                number,
                Attribution(
                    source=lead.source, source_paragraph=lead.source_paragraph, cue=lead.cue, content=(Span(start, end),),
                    manner="indirect", rule="bullet", cue_word=lead.cue_word, paragraph=number, confidence=0.8,
                ),
            )


def _lead(page: Page) -> Attribution | None:
    """Return who says what a list goes on to say, and by which cue, where the sentence before it has one."""
    sentence = list(page.doc.sents)[-1]
    for verb in reversed([token for token in sentence if find_cue_verb(token) is not None]):
        if verb.dep_ in {"amod", "compound"} or not _leads_on(verb):
            continue
        source, _ = source_of(page, verb, {verb.i})
        spans = spans_of(source, page.doc, page.start)
        cue = spans_of(cue_words(verb), page.doc, page.start)
        return Attribution(
            source=cover(spans) if spans else None, source_paragraph=page.index if spans else None, cue=cue,
            content=cue, manner="indirect", rule="bullet", cue_word=verb.lemma_.lower(), paragraph=page.index,
        )
    return None


def _leads_on(verb: Token) -> bool:
    """Say whether a cue verb of a sentence that ends with a colon can have a list as its content."""
    cue = find_cue_verb(verb)
    subject = next((child for child in verb.children if child.dep_ == "nsubj"), None)
    if cue is None:
        return False
    return bool(cue.frames & {"that", "to", "hear"}) or (subject is not None and subject.lemma_.lower() in WORKS)


def find_signature(reading: Reading, number: int) -> Span | None:
    """Return the name that signs a paragraph, where the next one is only a dash and a name."""
    if number + 1 >= len(reading.paragraphs):
        return None
    after = reading.paragraphs[number + 1].span
    match = _SIGNATURE.fullmatch(after.of(reading.text))
    return Span(after.start + match.start("name"), after.start + match.end("name")) if match else None
