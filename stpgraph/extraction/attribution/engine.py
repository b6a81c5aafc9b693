"""The rules in order: candidates of each paragraph, quotations joined to them, and what lies within what."""

from __future__ import annotations

from collections.abc import Iterator

from stpgraph.extraction.attribution.clauses import find_cue_verb, find_in_clauses, source_of
from stpgraph.extraction.attribution.findings import Candidate, Page
from stpgraph.extraction.attribution.layout import find_bullets, find_signature, find_speaker_lines
from stpgraph.extraction.attribution.phrases import find_according, find_adjectives, find_nouns
from stpgraph.extraction.attribution.quoted import join_quotations
from stpgraph.extraction.attribution.records import Attribution, Manner
from stpgraph.extraction.attribution.trees import cue_words, spans_of
from stpgraph.extraction.parsing import Reading
from stpgraph.extraction.spans import Span, cover

__all__ = ["find_attributions"]


def find_attributions(reading: Reading) -> list[Attribution]:
    """Find who said what in a text, in reading order."""
    found: list[Attribution] = []
    every = [Page(paragraph, index) if paragraph.parse is not None else None for index, paragraph in enumerate(reading.paragraphs)]
    bullets = dict(find_bullets(reading, every))
    speaker: Attribution | None = None
    pages: list[Page] = []
    for index in range(len(reading.paragraphs)):
        page = every[index]
        if page is None:
            continue
        candidates = [*find_speaker_lines(page), *find_in_clauses(page), *find_according(page), *find_nouns(page), *find_adjectives(page)]
        left = join_quotations(page, candidates)
        here = [made for candidate in candidates if (made := _made(page, candidate)) is not None]
        here = [one for one in here if _stands(page, one, here)]
        leading = _led_by_colon(pages[-1] if pages else None) if left else None
        signed = _signed(page, find_signature(reading, index))
        if signed is not None:
            here = [one for one in here if one.source is None or one.cue] + [signed]
        else:
            here += _continued(page, left, leading or speaker)
        if index in bullets:
            here.append(bullets[index])
        pages.append(page)
        here = _settled(here)
        quoting = [one for one in here if one.manner != "indirect" and one.source is not None and one.outer is None]
        if quoting:
            speaker = quoting[-1]
        found += [_shifted(one, len(found)) for one in here]
    return found


def _stands(page: Page, one: Attribution, others: list[Attribution]) -> bool:
    """Say whether a cue counts: one within a quotation only where somebody is found to say the quotation."""
    if not one.cue or not any(quotation.inner.holds(one.cue[0]) for quotation in page.quotations):
        return True
    return any(other is not one and _is_within(one, other) for other in others)


def _shifted(one: Attribution, by: int) -> Attribution:
    from dataclasses import replace

    return one if one.outer is None else replace(one, outer=one.outer + by)


def _made(page: Page, candidate: Candidate) -> Attribution | None:
    content = spans_of(candidate.content - candidate.cue - candidate.source, page.doc, page.start)
    if not content:
        return None
    source = spans_of(candidate.source, page.doc, page.start)
    cue = spans_of(candidate.cue, page.doc, page.start)
    link = spans_of({candidate.relative}, page.doc, page.start) if candidate.relative is not None else ()
    return Attribution(
        source=cover(source) if source else None,
        link=link[0] if link else None,
        source_paragraph=page.index if source else None,
        cue=cue,
        content=content,
        manner=_manner(page, candidate.content),
        rule=candidate.rule,
        cue_word=candidate.cue_word,
        paragraph=page.index,
        confidence=candidate.strength,
    )


def _manner(page: Page, content: set[int]) -> Manner:
    words = [place for place in content if page.doc[place].is_alpha or page.doc[place].like_num]
    quoted = sum(1 for place in words if place in page.quoted)
    if not quoted:
        return "indirect"
    return "direct" if quoted >= 0.9 * len(words) else "mixed"


def _signed(page: Page, name: Span | None) -> Attribution | None:
    """Return a paragraph as the word of whoever signs it on the line after."""
    if name is None:
        return None
    quoted = [quotation.inner for quotation in page.quotations]
    whole = {token.i for token in page.doc}
    content = tuple(quoted) if len(quoted) == 1 and len(quoted[0]) > 0.8 * len(page.doc.text) else spans_of(whole, page.doc, page.start)
    return Attribution(
        source=name, source_paragraph=page.index + 1, content=content, manner="direct", rule="sign-off", cue_word="-",
        paragraph=page.index, confidence=0.8,
    )


def _led_by_colon(page: Page | None) -> Attribution | None:
    """Return who is about to speak at the end of a paragraph that ends with a colon."""
    if page is None or not page.doc.text.rstrip().endswith(":"):
        return None
    sentence = list(page.doc.sents)[-1]
    verbs = [token for token in sentence if find_cue_verb(token) is not None and token.dep_ not in {"amod", "compound"}]
    heads = [token for token in sentence if token.dep_ == "ROOT"]
    for verb in [*reversed(verbs), *heads]:
        source, _ = source_of(page, verb, {verb.i})
        spans = spans_of(source, page.doc, page.start)
        if spans:
            cue = spans_of(cue_words(verb), page.doc, page.start)
            return Attribution(
                source=cover(spans), source_paragraph=page.index, cue=cue, content=spans, manner="direct",
                rule="colon", cue_word=verb.lemma_, paragraph=page.index,
            )
    return None


def _continued(page: Page, left: list[int], speaker: Attribution | None) -> Iterator[Attribution]:
    """Yield quotations that stand alone in their paragraph: they go to the speaker in force."""
    if not left or speaker is None:
        return
    places = {place for number in left for place in page.words_of[number]}
    others = [token for token in page.doc if token.i not in places and not token.is_punct and not token.is_space and not token.is_quote]
    if len(others) > 0:
        return
    content = spans_of(places, page.doc, page.start)
    if content:
        yield Attribution(
            source=speaker.source,
            source_paragraph=speaker.source_paragraph,
            cue=speaker.cue if speaker.paragraph != page.index and speaker.rule == "colon" else (),
            content=content,
            manner="direct",
            rule="speaker-in-force" if speaker.rule != "colon" else "colon",
            paragraph=page.index,
            confidence=0.8,
        )


def _settled(found: list[Attribution]) -> list[Attribution]:
    """Put attributions in order and say which lie within the content of another."""
    from dataclasses import replace

    ordered = sorted(found, key=lambda one: (one.content[0].start, -sum(map(len, one.content))))
    kept: list[Attribution] = []
    for one in ordered:
        kept.append(one)
    result = []
    for here in kept:
        outer = None
        for index, other in enumerate(kept):
            if other is not here and _is_within(here, other) and not _is_within(other, here):
                outer = index if outer is None or _size(other) < _size(kept[outer]) else outer
        result.append(replace(here, outer=outer))
    return result


def _is_within(here: Attribution, other: Attribution) -> bool:
    return bool(here.cue) and any(span.holds(cover(here.cue)) for span in other.content)


def _size(one: Attribution) -> int:
    return sum(len(span) for span in one.content)


_ = Span
