"""What goes over several lines of a page: bullets that a cue leads on to, names that sign the line before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from stpgraph.extraction.attribution.candidates import Page
from stpgraph.extraction.attribution.records import Attribution
from stpgraph.extraction.attribution.rules import RULES
from stpgraph.extraction.attribution.sources import is_work
from stpgraph.extraction.attribution.trees import cue_words, find_child, spans_of
from stpgraph.extraction.attribution.verbs import find_cue_verb, source_of
from stpgraph.extraction.parsing import Reading
from stpgraph.extraction.spans import Span, cover

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["find_bullets", "find_leading_speaker", "find_signature"]

#: What a line of a list begins with.
_BULLET = re.compile(
    r"(?:(?P<mark>[•●▪·*–—-])|(?P<bracket>\((?:[a-z0-9]{1,3}|[ivx]{1,4})\))|(?P<number>\d{1,3}[).])"
    r"|(?P<letter>[a-z][).]))\s+"
)
#: What a line of a list may end with beside what it says.
_BULLET_END = re.compile(r"[\s.;,]*(?:\b(?:and|or))?[\s.;,]*$")
#: A line that is only a dash and a name: – Jo Doe, chair.
_SIGNATURE = re.compile(r"[-–—―]{1,2}\s*(?P<name>[A-Z][^\n!?:;“”\"]{2,90}?)\.?$")


def find_bullets(reading: Reading, pages: Sequence[Page | None]) -> Iterator[Attribution]:
    """Yield the lines of a list that a cue leads on to: recommended that: • …."""
    lead: Attribution | None = None
    kind: str | None = None
    for number, paragraph in enumerate(reading.paragraphs):
        text = paragraph.span.of(reading.text)
        bullet = _BULLET.match(text)
        page = pages[number]
        if bullet is None or text.endswith(":"):
            leads_on = page is not None and text.endswith((":", " to", " that"))
            found = _lead(page) if page is not None and leads_on else None
            lead, kind = (found if bullet is None else found or lead), None
        elif kind is not None and bullet.lastgroup != kind:
            lead = None  # another list begins
        elif lead is not None:
            kind = bullet.lastgroup
            start, end = paragraph.span.start + bullet.end(), paragraph.span.start + len(_BULLET_END.sub("", text))
            if end > start:
                yield Attribution(
                    source=lead.source,
                    source_paragraph=lead.source_paragraph,
                    cue=lead.cue,
                    content=(Span(start, end),),
                    manner="indirect",
                    rule="bullet",
                    cue_word=lead.cue_word,
                    paragraph=number,
                    work=lead.work,
                    confidence=RULES["bullet"].confidence,
                )


def _lead(page: Page) -> Attribution | None:
    """Return who says what a list goes on to say, and by which cue, where the sentence before it has one."""
    sentence = list(page.doc.sents)[-1]
    for verb in reversed([token for token in sentence if find_cue_verb(token) is not None]):
        if verb.dep_ not in {"amod", "compound"} and _may_lead(verb):
            return _opening(page, verb, "bullet")
    return None


def _may_lead(verb: Token) -> bool:
    """Say whether a cue verb of a sentence that ends with a colon can have a list as its content."""
    cue = find_cue_verb(verb)
    subject = find_child(verb, "nsubj")
    if cue is None:
        return False
    return bool(cue.frames & {"that", "to", "hear"}) or (subject is not None and is_work(subject))


def _opening(page: Page, verb: Token, rule: str) -> Attribution:
    """Return an attribution whose content is still to come on the next line; the cue stands in for it."""
    source, _ = source_of(page, verb, {verb.i})
    spans = spans_of(source, page.doc, page.start)
    cue = spans_of(cue_words(verb), page.doc, page.start)
    named = cover(spans) if spans else None
    subject = find_child(verb, "nsubj")
    return Attribution(
        source=named,
        source_paragraph=page.index if spans else None,
        cue=cue,
        content=cue,
        manner="direct" if rule == "colon" else "indirect",
        rule=rule,
        cue_word=verb.lemma_.lower(),
        paragraph=page.index,
        work=named if subject is not None and is_work(subject) else None,
        confidence=RULES[rule].confidence,
    )


def find_leading_speaker(page: Page | None) -> Attribution | None:
    """Return who is about to speak at the end of a paragraph that ends with a colon."""
    if page is None or not page.text.rstrip().endswith(":"):
        return None
    sentence = list(page.doc.sents)[-1]
    verbs = [token for token in sentence if find_cue_verb(token) is not None and token.dep_ not in {"amod", "compound"}]
    heads = [token for token in sentence if token.dep_ == "ROOT"]
    for verb in [*reversed(verbs), *heads]:
        opening = _opening(page, verb, "colon")
        if opening.source is not None:
            return opening
    return None


def find_signature(reading: Reading, number: int) -> tuple[Span, Span] | None:
    """Return the dash and the name that sign a paragraph, where the next one is only these, and no line of a list."""
    here = reading.paragraphs[number].span.of(reading.text)
    following = reading.paragraphs[number + 1 : number + 3]
    matches = [_SIGNATURE.fullmatch(paragraph.span.of(reading.text)) for paragraph in following]
    if not matches or matches[0] is None or (len(matches) > 1 and matches[1] is not None):
        return None
    parse = following[0].parse
    is_sentence = parse is not None and any(token.pos_ in {"VERB", "AUX"} for token in parse)
    if is_sentence or not here.rstrip("”’\"'").endswith((".", "!", "?", ",")) or _BULLET.match(here):
        return None
    start, name = following[0].span.start, matches[0].span("name")
    return Span(start, start + 1), Span(start + name[0], start + name[1])
