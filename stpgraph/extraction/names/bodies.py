"""Bodies: which organisations and partnerships a text names, by the reference and by the form of their names.

A name that the reference does not know is that of a body when its words have capitals and one of them says what kind of
body it is: Norbury NHS Trust, Society of Town Clerks. What stands in brackets after a name and is written in capitals
stands for it from then on. A shorter form of a name that was given in full is the same body.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from stpgraph.extraction.names.gazetteer import Mention, plain, short
from stpgraph.extraction.names.lexicon import (
    BODY_NOUNS,
    BODY_STARTS,
    DESCRIPTIONS,
    FUNCTION_WORDS,
    OUTLET_NOUNS,
    ROLE_NOUNS,
    TITLES,
    WORK_NOUNS,
)
from stpgraph.extraction.names.scene import Scene, Spot, Thing
from stpgraph.extraction.spans import Span

__all__ = ["add_bodies"]

_CAPITAL = r"[A-ZÀ-Þ][\w&]*(?:[-'’][\w]+)*(?:(?<=s)['’](?=\s[A-Z]))?"
_NAME = re.compile(
    rf"{_CAPITAL}(?:(?:(?<=Committee)[ ]on|(?<=Commission)[ ]on|(?<=Panel)[ ]on)?[ ]"
    rf"(?:(?:of|for|and|the|upon|&)[ ]){{0,2}}{_CAPITAL})*"
)
#: Names whose last words are written small: Midshire county council.
_SMALL = re.compile(
    rf"{_CAPITAL}(?:[ ](?:and[ ])?{_CAPITAL}){{0,3}}[ ](?:(?:county|city|borough|district|town|parish|unitary)[ ])?"
    r"(?:council|partnership|footprint|clinical commissioning group|(?:hospitals?|health) trust)(?![\w-])"
)
_KINDS = "|".join(sorted(DESCRIPTIONS, key=len, reverse=True))
#: What a text says that a body is: "Gorse, a charity,", "Gorse is a local charity"; "the charity Gorse".
_TOLD = re.compile(
    rf"(?<![\w’'-])({_CAPITAL}(?: (?:(?:of|for|and|the|&) )?{_CAPITAL}){{0,5}})(?: \([A-Z]{{2,8}}\))?"
    rf"(?:,| is| was) (?:a|an|the) (?:(?!(?:of|for|in|at)\b)[\w’'-]+ ){{0,3}}?({_KINDS})"
    r"(?=[,.;)]|\s(?:of|for|that|which|who|based|in|run|working|set)\b)"
)
#: A body told as somebody's: her consultancy, Gorse; and the kind alone, before a name.
_OWN = re.compile(
    rf"\b(?:its|her|his|their) (?:[a-z-]+ )?({_KINDS}), "
    rf"({_CAPITAL}(?: (?:(?:of|for|and|the|&) )?{_CAPITAL}){{0,5}})(?=[,.])"
)
_TOLD_BEFORE = re.compile(rf"\b({_KINDS}),? (?=[A-Z])")
_ACRONYM = re.compile(r",?\s*\(\s*(?:the\s+)?[“‘\"']?([A-Z][A-Za-z&]*[A-Z][A-Za-z&]*|[A-Z]{2,9})[”’\"']?\s*\)")
_INITIALS = re.compile(
    rf"((?:{_CAPITAL}|of|for|and|the|&)(?:\s+(?:{_CAPITAL}|of|for|and|the|&))+)\s*\(([A-Z]{{2,8}})\)"
)
_POSSESSIVE = re.compile(r"['’]s?$")
#: A work, and by whom: a "for" after that leads to those who wanted it.
_WORK_BY = re.compile(rf"\b(?:{'|'.join(sorted(WORK_NOUNS))})\b[^.,;:()]{{0,24}}? (?:by|from) (?:the )?$")
_NOUNS = BODY_NOUNS | OUTLET_NOUNS
#: Words that with "council" alone are no name: "the County Council".
_LOCAL = frozenset({"county", "city", "borough", "district", "town", "parish", "unitary"})
_PARTNERSHIPS = frozenset({"stp", "ics", "partnership", "footprint"})


@dataclass(frozen=True, slots=True)
class _Ends:
    """Where the names that the reference knows begin and end."""

    starts: frozenset[int]
    ends: frozenset[int]


def add_bodies(scene: Scene) -> None:
    """Find the bodies of a text: those of the reference, those by form, acronyms and short forms."""
    known = [m for m in scene.mentions if m.kind in {"organisation", "partnership"}]
    ends = _Ends(frozenset(m.span.start for m in known), frozenset(m.span.end for m in known))
    formed = list(_formed(scene.text, ends))
    formed = [
        span
        for span in formed
        if not any(m.span.holds(span) or _is_spelt_out(scene.text, m, span) for m in _meeting(known, span))
    ]
    covered = {m.span for span in formed for m in _meeting(known, span) if span.holds(m.span) and span != m.span}
    kept = [mention for mention in known if mention.span not in covered]
    _add_known(scene, kept)
    _add_formed(scene, formed)
    _add_told(scene)
    _add_acronyms(scene)
    _settle(scene)
    _add_outlet(scene)


def _add_known(scene: Scene, mentions: list[Mention]) -> None:
    """Note the bodies that the reference knows; weak ones only where a strong one stands elsewhere or it speaks."""
    strong = {iri for mention in mentions if not mention.is_weak for iri in mention.candidates}
    things: dict[tuple[str, ...], Thing] = {}
    for mention in mentions:
        if mention.is_weak and not strong.intersection(mention.candidates) and not scene.is_subject(mention.span):
            continue
        key = tuple(iri.value for iri in mention.candidates)
        words = mention.span.of(scene.text)
        thing = things.get(key)
        if thing is None:
            thing = things[key] = Thing(
                kind=mention.kind, name=words, mention=mention.span, iri=mention.iri, candidates=mention.candidates
            )
            if mention.iri is not None:
                thing.evidence.append(f"linked by label “{mention.label}” to <{short(mention.iri)}>")
        elif (words[0].isupper(), len(words)) > (thing.name[0].isupper(), len(thing.name)):
            thing.name, thing.mention = words, mention.span
        scene.add(mention.span, thing)


def _meeting(known: list[Mention], span: Span) -> list[Mention]:
    """Return those of the known names, in order, that share a place with a span."""
    first = bisect_left(known, span.start, key=lambda mention: mention.span.end)
    last = bisect_left(known, span.end, key=lambda mention: mention.span.start)
    return known[first:last]


def _is_spelt_out(text: str, mention: Mention, span: Span) -> bool:
    """Say whether a name by form is a known partnership with the word for it: the Anyshire STP."""
    rest = text[mention.span.end : span.end].strip().lower()
    return (
        mention.kind == "partnership" and mention.span.start <= span.start < mention.span.end and rest in _PARTNERSHIPS
    )


def _formed(text: str, known: _Ends) -> Iterator[Span]:
    """Yield the places of names that have the form of a body's."""
    for match in _NAME.finditer(text):
        yield from _pieces(text, Span(match.start(), match.end()), known)
    for match in _SMALL.finditer(text):
        trimmed = _trimmed(text, Span(match.start(), match.end()))
        if trimmed is not None and trimmed.of(text)[0].isupper() and len(trimmed.of(text).split()) > 1:
            yield trimmed


def _pieces(text: str, span: Span, known: _Ends) -> Iterator[Span]:
    """Yield the bodies in a run of words with capitals: "A Council and B Trust" are two."""
    words = [Span(span.start + m.start(), span.start + m.end()) for m in re.finditer(r"\S+", span.of(text))]
    start = 0
    for at, word in enumerate(words):
        so_far = words[start : at + 1]
        ends = _is_noun(word.of(text)) and any(_is_noun(w.of(text)) for w in so_far)
        following = words[at + 1].of(text) if at + 1 < len(words) else ""
        is_owner = word.of(text).endswith(("'s", "’s")) and _is_noun(word.of(text)) and len(so_far) > 1
        rest = words[at + 2 :]
        is_whole = word.end in known.ends or (bool(rest) and ends and rest[0].of(text) == "the")
        is_for = ends and following == "for" and any(w.start in known.starts for w in rest[:2])
        is_for = is_for or (
            following == "for"
            and len(so_far) > 1
            and _is_noun(word.of(text))
            and any(_is_noun(w.of(text)) for w in rest)
            and bool(_WORK_BY.search(text[max(0, span.start - 40) : so_far[0].start]))
        )
        if (
            is_owner
            or is_for
            or (following in {"and", "&"} and (is_whole or (ends and any(_is_noun(w.of(text)) for w in rest))))
        ):
            yield from _checked(text, Span(so_far[0].start, word.end))
            start = at + (1 if is_owner else 2)
    if start < len(words):
        yield from _checked(text, Span(words[start].start, words[-1].end))


def _is_noun(word: str) -> bool:
    """Say whether a word says that something is a body."""
    return _POSSESSIVE.sub("", word) in _NOUNS


def _checked(text: str, span: Span) -> Iterator[Span]:
    """Yield a run of words if it is the name of a body, without what does not belong to it."""
    trimmed = _trimmed(text, span)
    if trimmed is None:
        return
    words = trimmed.of(text).split()
    is_local = len(words) > 1 and words[0] in BODY_STARTS and words[-1].lower() not in ROLE_NOUNS
    if len(words) > 1 and (any(word in _NOUNS for word in words) or is_local):
        if words[-1].endswith("s") and words[-1] != "Hospitals" and words[-1][:-1] in BODY_NOUNS and not is_local:
            return  # several of a kind
        if words[0] in BODY_NOUNS and not {"of", "for"} & set(words) and words[0] not in BODY_STARTS | {"Healthwatch"}:
            return  # Council Tax, Trust Chief
        yield trimmed


def _trimmed(text: str, span: Span) -> Span | None:
    """Return the name in a run of words: what leads up to it, a role or a person, and a possessive ending cut off."""
    words = [Span(span.start + m.start(), span.start + m.end()) for m in re.finditer(r"\S+", span.of(text))]
    plain_words = [word.of(text) for word in words]
    for at, word in enumerate(plain_words):
        if word in {"of", "for"} and at and not any(_is_noun(w) for w in plain_words[:at]):
            if any(_is_noun(w) for w in plain_words[at + 1 :]):
                words, plain_words = words[at + 1 :], plain_words[at + 1 :]
            break
    while len(words) > 2 and plain_words[0].lower() in {*DESCRIPTIONS, "landlord"} and plain_words[0] not in BODY_NOUNS:
        words, plain_words = words[1:], plain_words[1:]
    while words and (plain_words[0].lower() in FUNCTION_WORDS | ROLE_NOUNS or plain_words[0] in TITLES):
        words, plain_words = words[1:], plain_words[1:]
    while words and plain_words[-1].lower() in ROLE_NOUNS - {"party"} and any(w in _NOUNS for w in plain_words[:-1]):
        words, plain_words = words[:-1], plain_words[:-1]
    if not words:
        return None
    whole = Span(words[0].start, words[-1].end)
    ending = _POSSESSIVE.search(whole.of(text))
    return Span(whole.start, whole.end - len(ending.group())) if ending else whole


def _add_formed(scene: Scene, spans: list[Span]) -> None:
    """Note bodies by form; a short form is the same as the one longer name that it fits."""
    for span in sorted(set(spans), key=lambda s: (-len(s), s.start)):
        words = [plain(word) for word in span.of(scene.text).split()]
        bodies = [thing for thing in scene.things if thing.is_body]
        if set(words[:-1]) <= _LOCAL:
            fits = [thing for thing in bodies if [plain(w) for w in thing.name.split()][-len(words) :] == words]
        else:
            fits = [thing for thing in bodies if _is_form_of(words, thing.name)]
        if len(fits) == 1:
            scene.add(span, fits[0])
            continue
        name = span.of(scene.text)
        is_partnership = words[-1] in _PARTNERSHIPS
        thing = Thing(kind="partnership" if is_partnership else "organisation", name=name, mention=span)
        thing.evidence.append(f"“{name}” has the form of a body's name")
        scene.add(span, thing)


def _add_told(scene: Scene) -> None:
    """Note what the text says that bodies are, and bodies that it names only so: "Gorse, a charity,"."""
    for match in _TOLD.finditer(scene.text):
        span, kind = Span(match.start(1), match.end(1)), match.group(2).lower().rpartition(" ")[2]
        spot = scene.at(span.end - 1)
        if spot is not None and spot.thing.is_body and spot.span.end == span.end:
            spot.thing.told.add(kind)
            continue
        words = re.findall(r"[\w’'-]+", span.of(scene.text))
        if spot is not None or words[0].lower() in FUNCTION_WORDS or set(words) & TITLES:
            continue
        thing = Thing(kind="organisation", name=span.of(scene.text), mention=span, told={kind})
        thing.evidence.append(f"“{thing.name}” is a body: the text calls it a {match.group(2)}")
        for place in re.finditer(rf"(?<![\w-]){re.escape(thing.name)}(?![\w-])", scene.text):
            scene.add(Span(place.start(), place.end()), thing)
    for match in _TOLD_BEFORE.finditer(scene.text):
        spot = scene.at(match.end())
        if spot is not None and spot.thing.is_body and spot.span.start == match.end():
            spot.thing.told.add(match.group(1).lower().rpartition(" ")[2])
    _add_owned(scene)


def _add_owned(scene: Scene) -> None:
    """Note bodies that are named only as somebody's: "her consultancy, Gorse"."""
    for match in _OWN.finditer(scene.text):
        span = Span(match.start(2), match.end(2))
        if scene.at(span.start) is None:
            thing = Thing(kind="organisation", name=span.of(scene.text), mention=span, told={match.group(1)})
            thing.evidence.append(f"“{thing.name}” is a body: the text calls it a {match.group(1)}")
            scene.add(span, thing)


def _is_form_of(words: list[str], name: str) -> bool:
    """Say whether words are a name or a shorter form of it: the same beginning, the others in the same order."""
    longer = [plain(word) for word in name.split()]
    if words[0] != longer[0] or len(words) > len(longer):
        return False
    rest = iter(longer)
    return all(word in rest for word in words)


def _add_acronyms(scene: Scene) -> None:
    """Let what stands in brackets after a name stand for it."""
    for match in _INITIALS.finditer(scene.text):
        _name_by_initials(scene, match)
    for spot in list(scene.spots):
        bracket = _ACRONYM.match(scene.text, spot.span.end)
        if bracket is not None and spot.thing.is_body:
            _stand_for(scene, bracket.group(1), spot.thing)


def _name_by_initials(scene: Scene, match: re.Match[str]) -> None:
    """Take words with capitals for a name where their first letters are the acronym in brackets after them."""
    words = [(m.group(), m.start()) for m in re.finditer(r"\S+", match.group(1))]
    for first in range(len(words)):
        initials = "".join(word[0] for word, _ in words[first:] if word[0].isupper())
        if initials == match.group(2) and words[first][0][0].isupper():
            span = Span(match.start() + words[first][1], match.end(1))
            if scene.at(span.start) is None and not words[-1][0].endswith("s"):
                thing = Thing(kind="organisation", name=span.of(scene.text), mention=span)
                thing.evidence.append(f"“{thing.name}” is given with its acronym {match.group(2)}")
                scene.add(span, thing)
            return


def _stand_for(scene: Scene, acronym: str, thing: Thing) -> None:
    """Make every place of an acronym one of the thing it stands for."""
    thing.evidence.append(f"“{acronym}” stands for {thing.name}, as given in brackets")
    for match in re.finditer(rf"(?<![\w-]){re.escape(acronym)}(?![\w-])", scene.text):
        span = Span(match.start(), match.end())
        scene.spots = [spot for spot in scene.spots if spot.span != span]
        scene.add(span, thing)


def _settle(scene: Scene) -> None:
    """Settle a shared name where the text names just one of those it may be in full."""
    named = {thing.iri: thing for thing in scene.things if thing.iri is not None}
    for thing in [thing for thing in scene.things if len(thing.candidates) > 1]:
        full = [iri for iri in thing.candidates if iri in named]
        if len(full) == 1:
            owner = named[full[0]]
            owner.evidence.append(f"“{thing.name}” stands for {owner.name}, the one so called that is named in full")
            scene.spots = [Spot(spot.span, owner if spot.thing is thing else spot.thing) for spot in scene.spots]
            continue
        choices = " or ".join(f"<{short(iri)}>" for iri in thing.candidates)
        thing.evidence.append(f"“{thing.name}” may be {choices}: not linked")


def _add_outlet(scene: Scene) -> None:
    """Note the outlet where it names itself, in full or by the last word of its name: the Gazette."""
    if not scene.outlet:
        return
    outlet = re.sub(r"^The ", "", scene.outlet)
    forms = [outlet] + ([outlet.split()[-1]] if outlet.split()[-1] in OUTLET_NOUNS else [])
    owner = next(
        (t for t in scene.things if t.is_body and scene.outlet in (t.name, f"The {t.name}", _label(scene, t))), None
    )
    for form in forms:
        for match in re.finditer(rf"(?<![\w-]){re.escape(form)}(?![\w-])", scene.text):
            span = Span(match.start(), match.end())
            if scene.at(span.start) is not None:
                continue
            if owner is None:
                owner = Thing(kind="organisation", name=scene.outlet, mention=span)
                owner.evidence.append(f"“{form}” is the outlet, {scene.outlet}")
            scene.add(span, owner)


def _label(scene: Scene, thing: Thing) -> str:
    """Return what the reference calls a body."""
    return scene.gazetteer.label(thing.iri) if thing.iri is not None else thing.name
