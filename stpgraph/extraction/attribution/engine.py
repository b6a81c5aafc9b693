"""The rules in order: candidates of each paragraph, quotations joined to them, and what lies within what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from stpgraph.extraction.attribution.candidates import Candidate, Page
from stpgraph.extraction.attribution.clauses import find_in_clauses
from stpgraph.extraction.attribution.cues import load_cues
from stpgraph.extraction.attribution.layout import find_decisions, find_headline, find_speaker_lines
from stpgraph.extraction.attribution.lists import find_bullets, find_leading_speaker, find_signature
from stpgraph.extraction.attribution.phrases import find_according, find_adjectives, find_nouns
from stpgraph.extraction.attribution.quoted import join_quotations
from stpgraph.extraction.attribution.records import Attribution, Manner
from stpgraph.extraction.attribution.rules import RULES
from stpgraph.extraction.attribution.sources import is_work
from stpgraph.extraction.attribution.trees import head_of, is_counted, spans_of
from stpgraph.extraction.parsing import Reading
from stpgraph.extraction.spans import Span, cover

__all__ = ["find_attributions"]

#: Rules whose finds are named for their source, where that is a study, a counted group or a relative pronoun.
_BY_SOURCE = frozenset(["clause", "parenthesis", "infinitive", "predicate", "preposition", "object"])
#: Rules that attribute also within what somebody is quoted with: they told us that …, the survey found ….
_WITHIN_SPEECH = frozenset(["clause", "finding", "according-to", "quotation", "collective", "relative", "parenthesis"])
#: Who speaks within a quotation and is its speaker, or nobody else.
_SELVES = frozenset(["i", "we", "you", "me", "us"])

#: The conjunction that a clause of saying begins with.
_THAT = re.compile(r"that,?\s+(?=\S)")
#: A conjunction left over where the parse parts two sentences.
_JOINT = re.compile(r"[\s,;]+(?:and|but|or|while)$")
#: What ends a sentence within a quotation.
_STOPS = re.compile(r"[.?!…]+")
#: Words before a number that say how it bounds what is counted.
_BOUND = re.compile(
    r"\b(?:over|well over|nearly|almost|about|around|roughly|some|only|just|under|up to|at least"
    r"|(?:more|less|fewer) than)"
    r"(?: (?:a|an|the|one|just|only))?\s+$",
    re.IGNORECASE,
)


def find_attributions(reading: Reading) -> list[Attribution]:
    """Find who said what in a text.

    Args:
        reading: the text with its paragraphs parsed; those without a parse are passed over.

    Returns:
        In reading order. `outer` of one that lies within another is the place of the other in this list; its
        content stands in the other's as well.

    Example:
        >>> from stpgraph.extraction.parsing import read_paragraphs
        >>> [reading] = read_paragraphs(["“We will wait,” said Jo Doe of Anyshire Council."])
        >>> [one] = find_attributions(reading)
        >>> one.source.of(reading.text), one.content[0].of(reading.text), one.rule
        ('Jo Doe of Anyshire Council', 'We will wait', 'clause')
    """
    pages = [
        Page(paragraph, index) if paragraph.parse is not None else None
        for index, paragraph in enumerate(reading.paragraphs)
    ]
    bullets = {bullet.paragraph: bullet for bullet in find_bullets(reading, pages)}
    found: list[Attribution] = []
    speaker: Attribution | None = None
    last: Page | None = None
    for page in pages:
        if page is None:
            continue
        here = _on_page(reading, page, find_leading_speaker(last) or speaker)
        if page.index in bullets:
            here.append(bullets[page.index])
        if page.index + 1 in bullets:
            here = [one for one in here if not _is_cut_short(reading, page, one)]
        here = _nested(here)
        speaker = next((one for one in reversed(here) if _is_quoted_at_length(page, one)), speaker)
        found += [one if one.outer is None else replace(one, outer=one.outer + len(found)) for one in here]
        last = page
    return found


def _on_page(reading: Reading, page: Page, speaker: Attribution | None) -> list[Attribution]:
    """Return what one paragraph attributes, with what goes on from the paragraph before."""
    candidates = _candidates(page)
    left = join_quotations(page, candidates)
    here = [made for candidate in candidates if (made := _made(page, candidate)) is not None]
    here = [one for one in here if _stands(page, one, here)]
    signature = find_signature(reading, page.index)
    if signature is not None:
        return [*(one for one in here if one.source is None or one.cue), _signed(page, *signature)]
    return [*here, *_continued(page, left, speaker)]


def _is_cut_short(reading: Reading, page: Page, one: Attribution) -> bool:
    """Say whether something goes up to a colon that a list follows: recommended that the council: • …."""
    rest = reading.text[one.content[-1].end : page.paragraph.span.end].strip(" ,")
    return rest in {":", "to:", "that:"} or (rest.endswith(":") and len(rest) < 12)


def _candidates(page: Page) -> list[Candidate]:
    lines = [*find_headline(page), *find_decisions(page)]
    taken = {one.verb for one in lines}
    return [
        *lines,
        *find_speaker_lines(page),
        *(one for one in find_in_clauses(page) if one.verb not in taken),
        *find_according(page),
        *find_nouns(page),
        *find_adjectives(page),
    ]


def _made(page: Page, candidate: Candidate) -> Attribution | None:
    """Return a candidate as an attribution, with its words as spans of the text; None where no word is left."""
    told = spans_of(candidate.content - candidate.cue - candidate.source, page.doc, page.start)
    content = _without_joints(tuple(_closed(span, page) for span in told), page)
    if not content:
        return None
    source = [_balanced(span, page) for span in spans_of(candidate.source, page.doc, page.start)]
    named = cover(source) if source else None
    link = spans_of({candidate.relative}, page.doc, page.start) if candidate.relative is not None else ()
    rule, of_work = _named_rule(page, candidate)
    if named is not None and rule == "collective":
        named = _with_bound(named, page)
    return Attribution(
        source=named,
        link=link[0] if link else None,
        source_paragraph=page.index if source else None,
        cue=spans_of(candidate.cue, page.doc, page.start, has_marks=True),
        content=content,
        manner=_manner(page, candidate.content),
        rule=rule,
        cue_word=candidate.cue_word,
        paragraph=page.index,
        work=named if of_work else None,
        confidence=RULES[rule].confidence,
    )


def _named_rule(page: Page, candidate: Candidate) -> tuple[str, bool]:
    """Return the name of the rule by which something was found, and whether a study or text is its source."""
    head = head_of(candidate.source, page.doc)
    of_work = head is not None and is_work(head)
    if candidate.rule not in _BY_SOURCE or head is None:
        return candidate.rule, of_work
    if candidate.relative is not None:
        return "relative", of_work
    if of_work:
        return "finding", True
    return ("collective" if is_counted(head) else candidate.rule), False


def _closed(span: Span, page: Page) -> Span:
    """Return what is said with the full stop that a quotation has, and with the mark that closes one within it."""
    end = span.end
    for quotation in page.quotations:
        if span.meets(quotation.inner) and quotation.inner.start <= end <= quotation.inner.end:
            stops = _STOPS.match(page.text, end - page.start, quotation.inner.end - page.start)
            end = page.start + stops.end() if stops is not None else end
            opens_within = span.start < quotation.span.start
            if opens_within and quotation.is_closed and quotation.inner.end - end <= 1:
                end = quotation.span.end
    return Span(span.start, end)


def _without_joints(content: tuple[Span, ...], page: Page) -> tuple[Span, ...]:
    """Return what is said without the `that` before it and a conjunction left over at its end."""
    if not content:
        return content
    that = _THAT.match(_words(page, content[0]))
    if that is not None:
        content = (Span(content[0].start + that.end(), content[0].end), *content[1:])
    joint = _JOINT.search(_words(page, content[-1]))
    if joint is not None and joint.start():
        content = (*content[:-1], Span(content[-1].start, content[-1].start + joint.start()))
    return content


def _with_bound(named: Span, page: Page) -> Span:
    """Return a counted source with the words that bound its number: over [three-quarters of directors]."""
    match = _BOUND.search(page.text, 0, named.start - page.start)
    return Span(page.start + match.start(), named.end) if match else named


def _balanced(span: Span, page: Page) -> Span:
    """Return a span that does not end within brackets: to their end, or to before they open."""
    text = span.moved(-page.start).of(page.text)
    if text.count("(") <= text.count(")"):
        return span
    closing = page.text.find(")", span.end - page.start, span.end - page.start + 12)
    if closing >= 0:
        return Span(span.start, page.start + closing + 1)
    opening = len(text[: text.rindex("(")].rstrip())
    return Span(span.start, span.start + opening) if opening else span


def _manner(page: Page, content: set[int]) -> Manner:
    words = [place for place in content if page.doc[place].is_alpha or page.doc[place].like_num]
    quoted = sum(1 for place in words if place in page.quoted)
    if not quoted:
        return "indirect"
    return "direct" if quoted >= 0.9 * len(words) else "mixed"


def _stands(page: Page, one: Attribution, others: Sequence[Attribution]) -> bool:
    """Say whether a cue counts: one within a quotation only where it tells what somebody else says.

    Somebody must be found to say the quotation, and the cue be one of saying or finding, not of wanting or knowing.
    """
    if (
        not one.cue
        or one.rule == "speaker-line"
        or not any(quotation.inner.holds(one.cue[0]) for quotation in page.quotations)
    ):
        return True
    if not any(other is not one and _is_within(one, other) for other in others):
        return False
    cue = load_cues().verbs.get(one.cue_word)
    is_self = one.source is not None and _words(page, one.source).lower() in _SELVES
    is_saying = cue is None or "weak" not in cue.frames or "find" in cue.frames
    return one.rule in _WITHIN_SPEECH and is_saying and not is_self


def _words(page: Page, span: Span) -> str:
    return span.moved(-page.start).of(page.text)


def _is_quoted_at_length(page: Page, one: Attribution) -> bool:
    """Say whether somebody is quoted with an utterance there, and may go on in the next paragraph."""
    if one.source is None or one.outer is not None:
        return False
    utterances = [quotation.inner for quotation, speech in zip(page.quotations, page.speech, strict=True) if speech]
    return any(span.meets(utterance) for span in one.content for utterance in utterances)


def _signed(page: Page, dash: Span, name: Span) -> Attribution:
    """Return a paragraph as the word of whoever signs it on the line after."""
    quoted = [quotation.inner for quotation in page.quotations]
    is_quotation = len(quoted) == 1 and len(quoted[0]) > 0.8 * len(page.text)
    return Attribution(
        source=name,
        source_paragraph=page.index + 1,
        cue=(dash,),
        content=(quoted[0],) if is_quotation else (page.paragraph.span,),
        manner="direct" if is_quotation else "indirect",
        rule="sign-off",
        cue_word="–",
        paragraph=page.index,
        confidence=RULES["sign-off"].confidence,
    )


def _continued(page: Page, left: Sequence[int], speaker: Attribution | None) -> Iterator[Attribution]:
    """Yield quotations that stand alone in their paragraph: they go to the speaker in force."""
    if not left or speaker is None:
        return
    places = {place for number in left for place in page.words_of[number]}
    if any(not (token.is_punct or token.is_space or token.is_quote) for token in page.doc if token.i not in places):
        return
    content = tuple(_closed(span, page) for span in spans_of(places, page.doc, page.start))
    rule = "colon" if speaker.content == speaker.cue else "speaker-in-force"  # an opening has no words of its own
    if content:
        yield Attribution(
            source=speaker.source,
            source_paragraph=speaker.source_paragraph,
            cue=speaker.cue if rule == "colon" else (),
            content=content,
            manner="direct",
            rule=rule,
            paragraph=page.index,
            work=speaker.work,
            confidence=RULES[rule].confidence,
        )


def _nested(found: Sequence[Attribution]) -> list[Attribution]:
    """Put attributions in order and say which lie within the content of which other: the shortest that holds it."""
    ordered = sorted(found, key=lambda one: (one.content[0].start, -_size(one)))
    result = []
    for here in ordered:
        holders = [
            index
            for index, other in enumerate(ordered)
            if other is not here and _is_within(here, other) and not _is_within(other, here)
        ]
        outer = min(holders, key=lambda index: _size(ordered[index]), default=None)
        result.append(replace(here, outer=outer))
    return result


def _is_within(here: Attribution, other: Attribution) -> bool:
    return bool(here.cue) and any(span.holds(cover(here.cue)) for span in other.content)


def _size(one: Attribution) -> int:
    return sum(len(span) for span in one.content)
