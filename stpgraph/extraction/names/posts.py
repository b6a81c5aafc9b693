"""Posts: what the persons of a text are, and where, by what stands beside their names.

After the name: "Jo Doe, leader of Midshire County Council,", "Jo Doe (leader, Midshire)", "Jo Doe, who chairs the
board".
Before it: "Midshire leader Cllr Jo Doe", "the council's leader, Jo Doe", "the leader of the council, Jo Doe".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from stpgraph.extraction.names.anaphora import described_body, last_subject
from stpgraph.extraction.names.lexicon import (
    CUES,
    DESCRIPTIONS,
    FIELDS,
    FUNCTION_WORDS,
    ROLE_NOUNS,
    SPOKESPEOPLE,
    TITLES,
)
from stpgraph.extraction.names.records import Post
from stpgraph.extraction.names.scene import Scene, Thing
from stpgraph.extraction.spans import Span

__all__ = ["add_posts", "post_in"]

_OPENING = re.compile(
    r"(?: (?:MP|MEP|CBE|OBE|MBE|QC|KC))*(?:,? who (?:is|was|became) (?:also |then |now )?|,\s+|\s*\(|\s+[–—-]\s+)"
)
_EMPLOYER = re.compile(r"\b(?:of|at|for|with) (?:the )?([A-Z][\w’'-]+(?: (?:and |of |& )?[A-Z][\w’'-]+)+)")
_OF_BODY = re.compile(r",? (?:of|from|at) (?:the )?")
_VERB_POST = re.compile(r",? who (chairs|leads|heads|runs) ")
_VERB_ROLES = {"chairs": "chair", "leads": "leader", "heads": "head", "runs": "head"}
_CLOSING = re.compile(r"[,;:()“”‘\"\n]|[.!?](?=\s|$)|\s[–—-]\s")
_WORD = re.compile(r"[\w&]+(?:[-’'][\w]+)*['’]?")
_ARTICLE = re.compile(
    r"^(?:the|a|an|its|their|his|her|our|now|then|also|currently|a former|the former)\s+", re.IGNORECASE
)
_PREPOSITION = re.compile(r"\s(?:of|at|for|in|with|from|on|to)(?:\s+the)?\s*$", re.IGNORECASE)
_ENDS = CUES | frozenset(
    [
        "who",
        "which",
        "that",
        "whose",
        "where",
        "has",
        "had",
        "is",
        "was",
        "were",
        "are",
        "will",
        "would",
        "and",
        "but",
        "while",
        "as",
        "after",
        "before",
        "when",
    ]
)
_ROLES = ROLE_NOUNS | SPOKESPEOPLE


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int

    @property
    def is_role(self) -> bool:
        """Whether it is the noun of a role."""
        word = self.text.lower()
        return word in _ROLES or (word.endswith(("’s", "'s")) and word[:-2] in _ROLES)


def add_posts(scene: Scene) -> None:
    """Find the posts of every person wherever the person is named."""
    for spot in list(scene.spots):
        if spot.thing.kind != "person":
            continue
        for post in (_after(scene, spot.span), _before(scene, spot.span), _at_body(scene, spot.span)):
            if post is not None and post not in spot.thing.posts:
                spot.thing.posts.append(post)


def post_in(scene: Scene, span: Span) -> Post | None:
    """Read a stretch of words as a role with its body: "leader of Midshire County Council", "the council's leader"."""
    words = _words(scene.text, span)
    at = next((index for index, word in enumerate(words) if word.is_role and not _in_body(scene, word)), None)
    if at is None:
        return None
    while at + 1 < len(words) and words[at + 1].is_role and not _in_body(scene, words[at + 1]):
        at += 1
    noun = words[at]
    body = (
        _body_before(scene, words[:at], span)
        or _body_after(scene, noun.end, span.end)
        or _employer(scene, noun.end, span.end)
    )
    text = scene.text
    if body is not None and body[1].start < noun.start:
        role = re.sub(r"^['’]?s?\s+", "", text[body[1].end : span.end])
    else:
        role_end = _role_end(text, noun.end, body[1].start if body is not None else span.end)
        role = text[span.start : role_end]
    role = _ARTICLE.sub("", role.strip(" ,"))
    whole = text[span.start : span.end].strip(" ,")
    words_of_post = _ARTICLE.sub("", whole)
    if role.startswith(("in ", "on ")):
        return None
    return Post(words=words_of_post, role=role, span=span, organisation=body[0].as_agent() if body else None)


def _employer(scene: Scene, start: int, end: int) -> tuple[Thing, Span] | None:
    """Take two or more words with capitals after "of", "at" or "for" for the body of a post."""
    match = _EMPLOYER.search(scene.text, start, end)
    if match is None or set(match.group(1).split()) & FIELDS or scene.at(match.start(1)) is not None:
        return None
    span = Span(match.start(1), match.end(1))
    thing = Thing(kind="organisation", name=span.of(scene.text), mention=span)
    thing.evidence.append(f"“{thing.name}” is a body: somebody's post is there")
    scene.add(span, thing)
    return thing, span


def _role_end(text: str, noun_end: int, limit: int) -> int:
    """Return where a role ends: before the preposition that leads to the body."""
    match = _PREPOSITION.search(text[noun_end:limit])
    return noun_end + match.start() if match else limit


def _words(text: str, span: Span) -> list[_Word]:
    return [_Word(m.group(), m.start(), m.end()) for m in _WORD.finditer(text, span.start, span.end)]


def _in_body(scene: Scene, word: _Word) -> bool:
    """Say whether a word belongs to the name of a body or person."""
    return scene.at(word.start) is not None


def _body_before(scene: Scene, words: list[_Word], span: Span) -> tuple[Thing, Span] | None:
    """Find the body before a role: its name, "the council's", "its", or a place that begins its name."""
    spots = [
        spot for spot in scene.in_span(Span(span.start, words[-1].end if words else span.start)) if spot.thing.is_body
    ]
    if spots:
        return spots[-1].thing, spots[-1].span
    for word in words:
        place = Span(word.start, word.end)
        bare = re.sub(r"['’]s?$", "", word.text)
        if word.text.lower() in {"its", "their"}:
            found = last_subject(scene, word.text, word.start, lambda thing: thing.is_body, "body")
            return (found.thing, place) if found.thing is not None else None
        if bare.lower() in DESCRIPTIONS:
            found = described_body(scene, bare, word.start)
            return (found.thing, place) if found.thing is not None else None
        if bare[0].isupper() and bare.lower() not in FUNCTION_WORDS and bare not in TITLES:
            named = _named_after(scene, bare)
            if named is not None:
                return named, place
    return None


def _named_after(scene: Scene, place: str) -> Thing | None:
    """Return the only body whose name begins with a place."""
    bodies = [thing for thing in scene.things if thing.is_body and thing.name.split()[0] == place]
    return bodies[0] if len(bodies) == 1 else None


def _body_after(scene: Scene, start: int, end: int) -> tuple[Thing, Span] | None:
    """Find the body after a role."""
    spots = [spot for spot in scene.in_span(Span(start, end)) if spot.thing.is_body]
    if spots:
        return spots[0].thing, spots[0].span
    for word in _words(scene.text, Span(start, end)):
        if word.text.lower() in DESCRIPTIONS:
            found = described_body(scene, word.text, word.start)
            return (found.thing, Span(word.start, word.end)) if found.thing is not None else None
        if word.text[0].isupper() and not re.match(r" [A-Z]", scene.text[word.end : word.end + 2]):
            named = _named_after(scene, word.text)
            if named is not None:
                return named, Span(word.start, word.end)
    return None


def _after(scene: Scene, name: Span) -> Post | None:
    """Find the post that stands after a name."""
    verb = _VERB_POST.match(scene.text, name.end)
    if verb is not None:
        return _by_verb(scene, verb)
    opening = _OPENING.match(scene.text, name.end)
    if opening is None:
        return None
    is_bracket = opening.group().endswith("(")
    segment = _segment(scene, opening.end(), stops_at_verbs=not is_bracket, is_bracket=is_bracket)
    words = _words(scene.text, segment)
    if any(word.is_role and not _in_body(scene, word) for word in words[:9]):
        return post_in(scene, segment)
    return _in_bracket(scene, segment, words) if is_bracket and 0 < len(words) <= 8 else None


def _by_verb(scene: Scene, verb: re.Match[str]) -> Post | None:
    """Read "who chairs the board" as a post."""
    segment = _segment(scene, verb.end(), stops_at_verbs=True)
    body, role = _body_after(scene, segment.start, segment.end), _VERB_ROLES[verb.group(1)]
    if body is None:
        return None
    words = f"{role} of {segment.of(scene.text)}"
    return Post(words=words, role=role, span=segment, organisation=body[0].as_agent())


def _in_bracket(scene: Scene, segment: Span, words: list[_Word]) -> Post | None:
    """Read a body alone in brackets after a name: L. Penn (Healthwatch Norbury)."""
    body = next((spot.thing for spot in scene.in_span(segment) if spot.thing.is_body), None)
    if body is None and words[-1].text.lower() not in DESCRIPTIONS:
        return None
    body = body or described_body(scene, segment.of(scene.text), segment.start).thing
    organisation = body.as_agent() if body is not None else None
    return Post(words=segment.of(scene.text), role="", span=segment, organisation=organisation)


def _at_body(scene: Scene, name: Span) -> Post | None:
    """Find the body right after a name: Kit Poe of Norbury NHS Trust."""
    match = _OF_BODY.match(scene.text, name.end)
    spot = scene.at(match.end()) if match is not None else None
    if match is None or spot is None or spot.span.start != match.end() or not spot.thing.is_body:
        return None
    return Post(words=spot.span.of(scene.text), role="", span=spot.span, organisation=spot.thing.as_agent())


def _segment(scene: Scene, start: int, *, stops_at_verbs: bool, is_bracket: bool = False) -> Span:
    """Return the words from a place to the end of what they belong to."""
    text, at = scene.text, start
    end = len(text)
    while match := _CLOSING.search(text, at):
        spot = scene.at(match.start())
        if (spot is not None and spot.span.start > start) or (is_bracket and match.group() in {",", ";"}):
            at = match.end()
            continue
        end = match.start()
        break
    if stops_at_verbs:
        for word in _words(text, Span(start, end))[1:]:
            spot = scene.at(word.start)
            if spot is None and word.text.lower() in _ENDS and not _joins_roles(text, word):
                end = word.start
                break
    return Span(start, end - (len(text[start:end]) - len(text[start:end].rstrip())))


def _joins_roles(text: str, word: _Word) -> bool:
    """Say whether an "and" joins two roles: chief executive and general secretary."""
    return word.text == "and" and bool(re.match(r" (?:[\w-]+ ){0,3}(?:" + "|".join(_ROLES) + r")\b", text[word.end :]))


def _before(scene: Scene, name: Span) -> Post | None:
    """Find the post that stands before a name."""
    text = scene.text
    sentence = scene.sentence(name.start)
    left = text[sentence.start : name.start]
    left = re.sub(rf"(?:(?:{'|'.join(TITLES)})\.?\s+)+$", "", left).rstrip()
    has_comma = left.endswith(",")
    end = sentence.start + len(left.rstrip(", "))
    words = _words(text, Span(sentence.start, end))
    at = next((i for i in range(len(words) - 1, -1, -1) if words[i].is_role and not _in_body(scene, words[i])), None)
    if (
        at is None
        or text[words[at].end : words[at].end + 1] in {"’", "'"}
        or words[at].text.lower().endswith(("’s", "'s"))
    ):
        return None
    if re.search(r"[,;:“”‘\"()\n]", text[words[at].end : end]):
        return None
    follows = words[at + 1 :]
    if follows and not (
        has_comma and follows[0].text.lower() in {"of", "at", "for", "in", "with"} and len(follows) <= 9
    ):
        return None
    start = _start_of(scene, words, at)
    return post_in(scene, Span(start, end))


def _start_of(scene: Scene, words: list[_Word], at: int) -> int:
    """Walk back from a role to where its words begin."""
    start = words[at].start
    for word in reversed(words[max(0, at - 8) : at]):
        gap = scene.text[word.end : start]
        spot = scene.at(word.start)
        if gap.strip(" ’'") or "\n" in gap:
            break
        if spot is not None and spot.thing.is_body:
            start = spot.span.start
            continue
        small = word.text.lower()
        if small in {"the", "its", "their", "a", "an"}:
            return word.start
        if small in FUNCTION_WORDS or small in CUES or (spot is not None and not spot.thing.is_body):
            break
        start = word.start
    return start
