"""Quotations and the cues beside them.

A quotation belongs to the cue that stands beside it: after it, or before it with a colon or comma. What follows in the
same paragraph without a cue of its own goes on with the same speaker.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stpgraph.extraction.attribution.candidates import Candidate, Page
from stpgraph.extraction.attribution.trees import cue_words
from stpgraph.extraction.attribution.verbs import find_cue_verb, source_of

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["join_quotations"]

#: How far from a quotation its cue may stand, in words.
_REACH = 25
#: How many words may stand before a colon that leads on to a quotation.
_LEAD = 12
#: A dash and a name that end a line: ― Jo Doe, chair.
_SIGNED = re.compile(r"[\s.”\"’]*(?P<dash>[-–—―]{1,2})\s*(?P<name>[A-Z][^\n.!?:;“”\"]{2,90})[.\s]*$")


def join_quotations(page: Page, candidates: list[Candidate]) -> list[int]:
    """Give each quotation to the candidate it belongs to, making new ones.

    Returns:
        The numbers of the quotations that nobody in the paragraph is found to say.
    """
    left = []
    for number, words in enumerate(page.words_of):
        places = set(words)
        if not page.speech[number]:
            _complete(places, candidates)
        elif not (
            _signed(page, number, places, candidates)
            or _held(page, places, candidates)
            or _cued(page, number, places, candidates)
            or _after_colon(page, number, places, candidates)
            or _goes_on(page, number, places, candidates)
        ):
            left.append(number)
    return left


def _complete(places: set[int], candidates: list[Candidate]) -> None:
    """Take the whole of some quoted words where a candidate has a part of them."""
    for candidate in candidates:
        if places & candidate.content and not places & candidate.cue:
            candidate.content |= places - candidate.source


def _signed(page: Page, number: int, places: set[int], candidates: list[Candidate]) -> bool:
    """Attribute a quotation that a dash and a name end."""
    match = _SIGNED.match(page.text, page.quotations[number].inner.end - page.start)
    if match is None:
        return False
    source = {token.i for token in page.doc if match.start("name") <= token.idx < match.end("name")}
    cue = {token.i for token in page.doc if token.idx == match.start("dash")}
    candidates.append(Candidate(rule="sign-off", cue_word="–", content=set(places), source=source, cue=cue))
    return True


def _held(page: Page, places: set[int], candidates: list[Candidate]) -> bool:
    """Complete the candidate that the parse gives most of a quotation to."""
    best, most = None, 0
    for candidate in candidates:
        if candidate.cue & places and candidate.rule != "speaker-line":
            continue
        shared = len(candidate.content & places)
        if shared > most:
            best, most = candidate, shared
    if best is not None:
        _grow(page, best, places)
    return best is not None


def _grow(page: Page, candidate: Candidate, places: set[int]) -> None:
    """Make a candidate's content the whole of a quotation, with what is told beside it only where that is a clause."""
    candidate.content |= places
    first, last = min(places), max(places)
    verb = candidate.verb
    if verb is not None and verb > last and page.doc[verb].pos_ in {"VERB", "AUX"}:
        told = {place for place in candidate.content - places if place not in page.quoted}
        starts = page.doc[first].text[:1].isupper() and (
            first < 2 or page.doc[first - 2].text in {".", "!", "?", "”", '"'}
        )
        candidate.content -= {place for place in told if place > last or starts}
        named = _named_between(page, last, verb)
        if named and page.doc[verb].dep_ != "relcl":
            candidate.source, candidate.relative = named, None
    outside = {
        place for place in candidate.content - places if not page.doc[place].is_punct and place not in page.quoted
    }
    wordy = any(page.doc[place].pos_ in {"NOUN", "PROPN", "VERB"} for place in outside)
    if len(outside) <= 2 and not wordy:
        candidate.content -= outside


def _named_between(page: Page, last: int, verb: int) -> set[int]:
    """Return the words between a quotation and the cue after it, where they name somebody: “…,” Doe said."""
    between = [token for token in page.words_between(last + 1, verb) if not token.is_quote and not token.is_space]
    while between and (between[0].is_punct or between[0].pos_ in {"CCONJ", "ADV"}):
        between.pop(0)
    for place, token in enumerate(between):
        if token.tag_ in {"WP", "WDT"} or (token.pos_ == "VERB" and token.dep_ not in {"amod", "compound"}):
            between = between[:place]
            break
    while between and (between[-1].is_punct or between[-1].pos_ in {"AUX", "ADV", "PART"}):
        between.pop()
    is_name = any(token.pos_ in {"PROPN", "NOUN", "PRON"} for token in between) and len(between) <= 20
    return {token.i for token in between} if is_name else set()


def _cued(page: Page, number: int, places: set[int], candidates: list[Candidate]) -> bool:
    """Give a quotation to the cue verb beside it."""
    verb = _cue_beside(page, number)
    if verb is None:
        return False
    for candidate in candidates:
        if candidate.verb == verb.i:
            told = {place for place in candidate.content if place not in page.quoted and not page.doc[place].is_punct}
            if len(told) <= 3 or not page.has_verb(told):
                candidate.content -= told
            candidate.content |= places
            candidate.rule = "quotation"
            return True
    words = cue_words(verb)
    source, relative = source_of(page, verb, words | places)
    if verb.i > max(places) and (named := _named_between(page, max(places), verb.i)):
        source, relative = named, None
    cue = find_cue_verb(verb)
    candidates.append(
        Candidate(
            rule="quotation",
            cue_word=cue.word if cue is not None else verb.lemma_,
            content=set(places),
            source=source,
            cue=words,
            relative=relative,
            verb=verb.i,
        )
    )
    return True


def _before(page: Page, number: int) -> list[Token]:
    """Return the words outside utterances just before a quotation, back to the sentence before."""
    before: list[Token] = []
    first = page.words_of[number][0]
    for token in reversed(page.words_between(first - _REACH, first)):
        if page.is_inside_speech(token) or token.text in {".", "!", "?"}:
            break
        before.insert(0, token)
    return before


def _after(page: Page, number: int) -> list[Token]:
    """Return the words outside utterances just after a quotation, to the end of the sentence."""
    after: list[Token] = []
    last = page.words_of[number][-1]
    for token in page.words_between(last + 1, last + 1 + _REACH):
        if page.is_inside_speech(token):
            break
        after.append(token)
        if token.text in {".", "!", "?"} or (token.text == ":" and len(after) > 1):
            break
    return after


def _cue_beside(page: Page, number: int) -> Token | None:
    """Find the cue verb of a quotation: after it where it ends in a comma, before it where something leads on."""
    before, after = _before(page, number), _after(page, number)
    text = page.quotations[number].inner.moved(-page.start).of(page.text).rstrip()
    ends_in_comma = text[-1:] in ",?!—-" or any(token.text == "," for token in after[:2])
    lead = next((token for token in reversed(before) if not token.is_quote and not token.is_space), None)
    leading = _leading_cue(before) if lead is not None and _leads_on(lead) else None
    if leading is not None and lead is not None and lead.text == ":":
        return leading
    trailing = next((token for token in after if _is_speaking(token)), None)
    if trailing is not None and (ends_in_comma or leading is None) and _is_near(trailing, after):
        return trailing
    return leading


def _leads_on(lead: Token) -> bool:
    return lead.text in {":", ","} or lead.lower_ == "that" or find_cue_verb(lead) is not None


def _is_speaking(token: Token) -> bool:
    """Say whether a word is a cue verb that can stand beside a quotation."""
    cue = find_cue_verb(token)
    if cue is None or token.dep_ in {"amod", "compound"} or "weak" in cue.frames:
        return False
    return bool(cue.frames & {"that", "quote"})


def _leading_cue(before: list[Token]) -> Token | None:
    """Return the last word before a quotation that can lead on to it: also called for, accused of, described as."""
    for token in reversed(before):
        cue = find_cue_verb(token)
        if cue is None or token.dep_ in {"amod", "compound"}:
            continue
        if _is_speaking(token) or cue.prepositions or "as" in cue.frames:
            return token
    return None


def _is_near(verb: Token, after: list[Token]) -> bool:
    """Say whether a verb after a quotation is its cue: a subject and adverbs at most stand between."""
    gap = [token for token in after if token.i < verb.i]
    if any(token.text in {".", ";"} for token in gap):
        return False
    return not any(token.pos_ == "VERB" and token.dep_ not in {"acl", "relcl", "amod"} for token in gap)


def _after_colon(page: Page, number: int, places: set[int], candidates: list[Candidate]) -> bool:
    """Attribute a quotation that a few words with a colon lead on to."""
    lead = [token for token in _before(page, number) if not token.is_space and not token.is_quote]
    if not lead or lead[-1].text != ":" or not 1 < len(lead) <= _LEAD:
        return False
    source = {token.i for token in lead[:-1]}
    candidates.append(Candidate(rule="colon", cue_word=":", content=set(places), source=source, cue={lead[-1].i}))
    return True


def _goes_on(page: Page, number: int, places: set[int], candidates: list[Candidate]) -> bool:
    """Give a quotation without a cue to whoever is quoted in the sentence before it."""
    first = page.words_of[number][0]
    earlier = [
        candidate
        for candidate in candidates
        if candidate.content
        and min(candidate.content) < first
        and (candidate.verb is None or candidate.verb < first)
        and any(place in page.quoted for place in candidate.content)
        and not any(page.is_inside_speech(page.doc[place]) for place in candidate.cue)
    ]
    if not earlier:
        return False
    last = max(earlier, key=lambda candidate: (max(candidate.content | candidate.cue), candidate.verb or 0))
    end = max(last.content | last.cue | last.source)
    gap = [token for token in page.words_between(end + 1, first) if not token.is_quote and not token.is_space]
    stops = [token for token in gap if token.text in {".", "!", "?"}]
    if len(stops) > 1 or (stops and gap[-1].i != stops[0].i):
        return False
    last.content |= places
    return True
