"""Rules 2 and 7: quotations and the cues beside them.

A quotation belongs to the cue that stands beside it: after it, or before it with a colon or comma. What follows in the
same paragraph without a cue of its own goes on with the same speaker; so does a paragraph that is only a quotation.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stpgraph.extraction.attribution.clauses import find_cue_verb, source_of
from stpgraph.extraction.attribution.findings import Candidate, Page
from stpgraph.extraction.attribution.trees import cue_words

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["join_quotations"]

#: How far from a quotation its cue may stand, in words.
_REACH = 25


def join_quotations(page: Page, candidates: list[Candidate]) -> list[int]:
    """Give each quotation to the candidate it belongs to, making new ones; return the numbers of those left over."""
    left = []
    for number, words in enumerate(page.words_of):
        if not page.speech[number]:
            _complete(page, number, candidates)
            continue
        places = set(words)
        if _signed(page, number, places, candidates):
            continue
        holder = _holder(places, candidates)
        if holder is not None:
            _grow(page, number, holder, places)
            continue
        verb = _cue_beside(page, number)
        if verb is not None:
            _attach(page, verb, places, candidates)
            continue
        if _colon_before(page, number, places, candidates):
            continue
        previous = _goes_on(page, number, candidates)
        if previous is not None:
            previous.content |= places
            continue
        left.append(number)
    return left


def _complete(page: Page, number: int, candidates: list[Candidate]) -> None:
    """Take the whole of some quoted words where a candidate has a part of them."""
    words = set(page.words_of[number])
    for candidate in candidates:
        shared = words & candidate.content
        if shared and not words & candidate.cue:
            candidate.content |= words - candidate.source


def _holder(places: set[int], candidates: list[Candidate]) -> Candidate | None:
    """Return the candidate whose content has some of a quotation, and whose cue stands outside of it."""
    best, most = None, 0
    for candidate in candidates:
        if candidate.cue & places and candidate.rule != "speaker-line":
            continue
        shared = len(candidate.content & places)
        if shared > most:
            best, most = candidate, shared
    return best


def _grow(page: Page, number: int, candidate: Candidate, places: set[int]) -> None:
    """Make a candidate's content the whole of a quotation, with what is told beside it only where that is a clause."""
    candidate.content |= places
    verb = candidate.verb
    first, last = min(places), max(places)
    told = {place for place in candidate.content - places if place not in page.quoted}
    if verb is not None and verb > last and page.doc[verb].pos_ in {"VERB", "AUX"}:
        candidate.content -= {place for place in told if last < place}
        begins = page.doc[first].text[:1].isupper() and (first < 2 or page.doc[first - 2].text in {".", "!", "?", "”", '"'})
        if begins:
            candidate.content -= {place for place in told if place < first}
        named = _named_between(page, last, verb)
        if named and not page.doc[verb].dep_ == "relcl":
            candidate.source, candidate.relative = named, None
    outside = {place for place in candidate.content - places if not page.doc[place].is_punct and place not in page.quoted}
    if outside and len(outside) <= 2 and not any(page.doc[place].pos_ in {"NOUN", "PROPN", "VERB"} for place in outside):
        candidate.content -= outside


def _named_between(page: Page, last: int, verb: int) -> set[int]:
    """Return the words between a quotation and the cue after it, where they name somebody: “…,” Doe, the chair, said."""
    between = [token for token in page.words_between(last + 1, verb) if not token.is_quote and not token.is_space]
    while between and (between[0].is_punct or between[0].pos_ in {"CCONJ", "ADV"}):
        between.pop(0)
    for place, token in enumerate(between):
        if token.tag_ in {"WP", "WDT"} or (token.pos_ == "VERB" and token.dep_ not in {"amod", "compound"}):
            between = between[:place]
            break
    while between and (between[-1].is_punct or between[-1].pos_ in {"AUX", "ADV", "PART"}):
        between.pop()
    nominal = any(token.pos_ in {"PROPN", "NOUN", "PRON"} for token in between)
    return {token.i for token in between} if nominal and len(between) <= 20 else set()


def _region(page: Page, number: int) -> tuple[list[Token], list[Token]]:
    """Return the words outside quotations just before and just after a quotation, to the next quotation or end."""
    words = page.words_of[number]
    first, last = words[0], words[-1]
    after: list[Token] = []
    for token in page.words_between(last + 1, last + 1 + _REACH):
        if page.is_inside_speech(token):
            break
        after.append(token)
        if token.text in {".", "!", "?"} or (token.text == ":" and len(after) > 1):
            break
    before: list[Token] = []
    for token in reversed(page.words_between(first - _REACH, first)):
        if page.is_inside_speech(token) or (token.text in {".", "!", "?"} and before and any(t.is_alpha for t in before)):
            break
        if token.text in {".", "!", "?"} and not before:
            break
        before.insert(0, token)
    return before, after


def _cue_beside(page: Page, number: int) -> Token | None:
    """Find the cue verb of a quotation: after it where it ends in a comma, before it where a colon or comma leads on."""
    before, after = _region(page, number)
    inner = page.quotations[number].inner
    text = page.doc.text[inner.start - page.start : inner.end - page.start].rstrip()
    ends_in_comma = text[-1:] in ",?!—-" or (bool(after) and any(t.text == "," for t in after[:2]))
    lead = next((t for t in reversed(before) if not t.is_quote and not t.is_space), None)
    leads = lead is not None and (lead.text in {":", ","} or lead.lower_ == "that" or find_cue_verb(lead) is not None)
    trailing = _first_cue(page, after)
    leading = _last_cue(page, before) if leads else None
    if leading is not None and lead is not None and lead.text == ":":
        return leading
    if trailing is not None and (ends_in_comma or leading is None) and _is_near(page, trailing, after):
        return trailing
    return leading


def _is_near(page: Page, verb: Token, after: list[Token]) -> bool:
    """Say whether a verb after a quotation is its cue: a subject and adverbs at most stand between."""
    gap = [token for token in after if token.i < verb.i and not token.is_punct and not token.is_quote]
    if any(token.text in {".", ";"} for token in after if token.i < verb.i):
        return False
    verbs = [token for token in gap if token.pos_ == "VERB" and token.dep_ not in {"acl", "relcl", "amod"}]
    return not verbs


def _first_cue(page: Page, tokens: list[Token]) -> Token | None:
    for token in tokens:
        cue = find_cue_verb(token)
        if cue is not None and _speaks(cue.frames) and token.dep_ not in {"amod", "compound"}:
            return token
    return None


def _last_cue(page: Page, tokens: list[Token]) -> Token | None:
    for token in reversed(tokens):
        cue = find_cue_verb(token)
        if cue is not None and (_speaks(cue.frames) or cue.prepositions or "as" in cue.frames) and token.dep_ not in {"amod", "compound"}:
            return token
    return None


def _speaks(frames: frozenset[str]) -> bool:
    return ("that" in frames or "quote" in frames) and "weak" not in frames


def _attach(page: Page, verb: Token, places: set[int], candidates: list[Candidate]) -> None:
    """Give a quotation to the candidate of a cue verb, or make one."""
    for candidate in candidates:
        if candidate.verb == verb.i:
            told = {place for place in candidate.content if place not in page.quoted and not page.doc[place].is_punct}
            if len(told) <= 3 or not any(page.doc[place].pos_ in {"VERB", "AUX"} for place in told):
                candidate.content -= told
            candidate.content |= places
            candidate.rule = "quotation"
            return
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
            strength=0.9,
        )
    )


def _colon_before(page: Page, number: int, places: set[int], candidates: list[Candidate]) -> bool:
    """Attribute a quotation that a name and a colon, or a dash and a name, stand beside."""
    before, after = _region(page, number)
    lead = [token for token in before if not token.is_space and not token.is_quote]
    if lead and lead[-1].text == ":" and 1 < len(lead) <= 12:
        source = {token.i for token in lead[:-1]}
        candidates.append(
            Candidate(rule="colon", cue_word=":", content=set(places), source=source, cue={lead[-1].i}, strength=0.8)
        )
        return True
    return False


#: A dash and a name that end a line: ― Jo Doe, chair.
_SIGNED = re.compile(r"[\s.”\"’]*(?P<dash>[-–—―]{1,2})\s*(?P<name>[A-Z][^\n.!?:;“”\"]{2,90})[.\s]*$")


def _signed(page: Page, number: int, places: set[int], candidates: list[Candidate]) -> bool:
    """Attribute a quotation that a dash and a name end."""
    end = page.quotations[number].inner.end - page.start
    match = _SIGNED.match(page.doc.text, end)
    if match is None:
        return False
    source = {token.i for token in page.doc if match.start("name") <= token.idx < match.end("name")}
    cue = {token.i for token in page.doc if token.idx == match.start("dash")}
    candidates.append(Candidate(rule="sign-off", cue_word="-", content=set(places), source=source, cue=cue, strength=0.8))
    return True


def _goes_on(page: Page, number: int, candidates: list[Candidate]) -> Candidate | None:
    """Return the candidate that a quotation without a cue goes on with: the one of the sentence before it."""
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
        return None
    last = max(earlier, key=lambda candidate: (max(candidate.content | candidate.cue), candidate.verb or 0))
    end = max(last.content | last.cue | last.source)
    gap = [token for token in page.words_between(end + 1, first) if not token.is_quote and not token.is_space]
    stops = [token for token in gap if token.text in {".", "!", "?"}]
    return last if len(stops) <= 1 and (not stops or gap[-1] is stops[0] or gap[-1].i == stops[0].i) else None
