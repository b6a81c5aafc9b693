"""What a claim is about: by phrases that name a relationship, and by words for an aspect with words for its parties.

The longest phrase wins; the parties that are named choose among the relationships of an aspect, the narrowest that
they fit; a narrower relationship takes over what speaks for one above it. Where the words of the claim tell nothing,
those around it are asked, and then what its speaker said before; where nothing tells, it is unknown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from pyoxigraph import NamedNode

from stpgraph.extraction.quotations import find_paragraphs
from stpgraph.extraction.relationships.labels import Labels, found_in
from stpgraph.extraction.relationships.records import Context, Decision
from stpgraph.extraction.relationships.words import Found, Word, split_words
from stpgraph.extraction.spans import Span
from stpgraph.vocabulary import mint

__all__ = ["find_topics"]

#: What a phrase that names a relationship counts, and each further word of it.
_NAMED, _LONGER = 2.0, 0.5
#: What a word for an aspect counts, and one for parties alone.
_ASPECT, _PARTIES = 1.0, 0.7
#: What the same words count when they stand around the claim, up to so many; what the whole text and the speaker do.
_OF_SENTENCE, _OF_PARAGRAPH, _OF_HEADLINE, _ENOUGH = 0.2, 0.3, 0.3, 3.0
_OF_DOCUMENT, _OF_SPEAKER = 4.0, 0.4
#: The least that a second relationship needs, the least that is needed around a claim which itself tells nothing,
#: and by how much the best must lead there and here.
_LEAST_MORE, _LEAST_AROUND, _CLEARLY, _CLEARLY_HERE = 2.5, 2.0, 1.0, 0.2
_MOST = 3
#: By how much what stands around a claim must lead to count more than weak words in it.
_OUTWEIGHING = 0.5


@dataclass(slots=True)
class _Weight:
    """What speaks for a relationship."""

    score: float = 0.0
    found: list[Found] = field(default_factory=list)

    def add(self, found: Found, worth: float) -> None:
        if all(found.phrase != other.phrase for other in self.found):
            self.score += worth
        self.found.append(found)


def find_topics(words: list[Word], context: Context, labels: Labels) -> tuple[Decision, ...]:
    """Return what a claim is about, the surest first; none where no words tell.

    Args:
        words: those of the claim.
        context: what stands around it.
        labels: the words for what may be debated.
    """
    wider = _party_words(context.text, context.sentence, labels) if context.sentence else frozenset()
    told = _weigh(words, wider, labels)
    places = [
        (name, _weigh_place(context.text, place, labels), share) for name, place, share in _places(context) if place
    ]
    whole = _shares(context.text, labels)
    sums = {iri: weight.score for iri, weight in told.items()}
    around: dict[NamedNode, float] = {}
    for _, weights, share in places:
        for iri, weight in weights.items():
            around[iri] = around.get(iri, 0.0) + share * min(weight.score, _ENOUGH)
    for iri, part in whole.items():
        around[iri] = around.get(iri, 0.0) + _OF_DOCUMENT * part
    for iri in context.preceding[:1]:
        around[iri] = around.get(iri, 0.0) + _OF_SPEAKER
    chosen = _choose({iri: (score, score + around.get(iri, 0.0)) for iri, score in sums.items()}) if told else []
    if told and not _is_outweighed(sums, around):
        narrow = [_narrower(iri, around, labels) for iri in chosen]
        pairs = list(dict(zip(narrow, chosen, strict=True)).items())
        return tuple(_decision(iri, told[said], whole.get(iri, 0.0), is_narrowed=iri != said) for iri, said in pairs)
    return _from_around(around, places, context)


def _is_outweighed(sums: dict[NamedNode, float], around: dict[NamedNode, float]) -> bool:
    """Say whether a claim has but weak words for what it is about, and all around it speaks of something else."""
    best = max(score + around.get(iri, 0.0) for iri, score in sums.items())
    return max(sums.values()) < _NAMED and max(around.values(), default=0.0) - best >= _OUTWEIGHING


def _narrower(iri: NamedNode, around: dict[NamedNode, float], labels: Labels) -> NamedNode:
    """Return the narrower relationship of a general one that what stands around a claim speaks of, or the one given."""
    if len(labels.broader(iri)) > 1:
        return iri
    below = [other for other in around if other != iri and iri in labels.broader(other)]
    best = max(below, key=lambda other: (around[other], other.value), default=iri)
    return best if around.get(best, 0.0) - around.get(iri, 0.0) >= _OUTWEIGHING else iri


def _places(context: Context) -> list[tuple[str, Span | None, float]]:
    return [
        ("in the sentence around it", context.sentence, _OF_SENTENCE),
        ("in its paragraph", context.paragraph, _OF_PARAGRAPH),
        ("in the headline", context.headline, _OF_HEADLINE),
    ]


def _from_around(
    around: dict[NamedNode, float], places: list[tuple[str, dict[NamedNode, _Weight], float]], context: Context
) -> tuple[Decision, ...]:
    """Return what all that stands around a claim agrees on, where the claim itself tells nothing."""
    ranked = sorted(around, key=lambda iri: (-around[iri], iri.value))
    if not ranked or around[ranked[0]] < _LEAST_AROUND:
        return ()
    if len(ranked) > 1 and around[ranked[0]] - around[ranked[1]] < _CLEARLY:
        return ()
    best = ranked[0]
    telling = [(name, weights[best]) for name, weights, _ in places if best in weights]
    spans = tuple(dict.fromkeys(found.span for _, weight in telling[:1] for found in weight.found))
    why = "; ".join(f"{_quoted(weight)} {name}" for name, weight in telling[:1])
    if best in context.preceding:
        why = f"{why}; ".lstrip("; ") + "the same speaker spoke of it before"
    return (Decision(concept=best, because=spans, why=why or "what the text speaks of most", confidence=0.45),)


@lru_cache(maxsize=32)
def _party_words(text: str, place: Span, labels: Labels) -> frozenset[NamedNode]:
    return _parties(split_words(place.of(text), place.start), labels)


@lru_cache(maxsize=128)
def _weigh_place(text: str, place: Span, labels: Labels) -> dict[NamedNode, _Weight]:
    """Weigh a place of a text; neighbouring claims share theirs."""
    words = split_words(place.of(text), place.start)
    return _weigh(words, frozenset(), labels)


@lru_cache(maxsize=2)
def _shares(text: str, labels: Labels) -> dict[NamedNode, float]:
    """Return how much of what a whole text tells belongs to each relationship, paragraph by paragraph."""
    total: dict[NamedNode, float] = {}
    for paragraph in find_paragraphs(text):
        for iri, weight in _weigh_place(text, paragraph, labels).items():
            total[iri] = total.get(iri, 0.0) + weight.score
    whole = sum(total.values())
    return {iri: score / whole for iri, score in total.items()}


def _weigh(words: list[Word], further: frozenset[NamedNode], labels: Labels) -> dict[NamedNode, _Weight]:
    """Return what speaks for each relationship among some words; parties may also be named a little further off."""
    weights: dict[NamedNode, _Weight] = {}
    here = _parties(words, labels)
    further |= here
    for found in found_in(labels.relationships, words):
        iri = mint(*found.list.split("/"))
        if iri == _ENGAGEMENT and _COUNCILS in further and _PUBLIC not in here:
            iri = _WITH_COUNCILS
        weights.setdefault(iri, _Weight()).add(found, _NAMED + _LONGER * (found.size - 1))
    for found in found_in(labels.aspects, words):
        if (code := _of_aspect(found, here, further, labels)) is not None:
            weights.setdefault(code, _Weight()).add(found, _ASPECT)
    if (code := _of_parties(here)) is not None and code not in weights:
        alone = found_in(labels.parties, words)
        weights[code] = _Weight(_PARTIES, [found for found in alone if mint(*found.list.split("/")) in _TELLING])
    _earmark(weights, words)
    _narrow(weights, here, labels)
    return weights


def _earmark(weights: dict[NamedNode, _Weight], words: list[Word]) -> None:
    """Let money for prevention and for buildings be what it is for; that prevention matters is not yet its money."""
    for purpose, money in ((_PREVENTION, _PREVENTION_MONEY), (_CAPITAL, _CAPITAL)):
        if _FUNDING in weights and (purpose in weights or money in weights):
            for source in dict.fromkeys((_FUNDING, purpose)):
                for found in weights.pop(source, _Weight()).found if source != money else ():
                    weights.setdefault(money, _Weight()).add(found, _ASPECT)
    if _PREVENTION_MONEY in weights and any(word.stem in _MATTERING for word in words):
        weights[_PREVENTION] = weights.pop(_PREVENTION_MONEY)


def _of_parties(here: frozenset[NamedNode]) -> NamedNode | None:
    """Return the relationship that the parties alone suggest."""
    if _CARE_MARKET in here:
        return mint("relationship", "funding-care-market-local-government")
    if here & _WIDER and here & {_NHS, mint("party", "stp")}:
        return mint("relationship", "joint-working-nhs-wider-services")
    if _COUNCILS in here and _NHS in here:
        return _WITH_COUNCILS
    return None


def _parties(words: Iterable[Word], labels: Labels) -> frozenset[NamedNode]:
    """Return the parties that some words name, with the wider ones that these belong to."""
    named = (found.list for found in found_in(labels.parties, list(words)))
    return frozenset(wider for name in named for wider in labels.broader(mint(*name.split("/"))))


_COUNCILS, _NHS, _PUBLIC = mint("party", "local-government"), mint("party", "nhs"), mint("party", "public")
_CARE_MARKET = mint("party", "care-market")
_WIDER = frozenset(mint("party", name) for name in ("housing", "leisure", "policing", "wider-services"))
_TELLING = frozenset((_COUNCILS, _NHS, _CARE_MARKET)) | _WIDER
_MATTERING = frozenset(("essential", "important", "vital", "crucial", "matter"))
_FUNDING = mint("relationship", "funding-national-bodies-stp")
_PREVENTION = mint("relationship", "prevention-public-stp")
_PREVENTION_MONEY = mint("relationship", "prevention-national-bodies-stp")
_CAPITAL = mint("relationship", "capital-local-government-nhs")
_ENGAGEMENT = mint("relationship", "engagement-public-stp")
_WITH_COUNCILS = mint("relationship", "joint-working-local-government-nhs")


def _of_aspect(
    found: Found, here: frozenset[NamedNode], further: frozenset[NamedNode], labels: Labels
) -> NamedNode | None:
    """Return the relationship that a word for an aspect tells of, given the parties named."""
    if found.list == "skills":
        return mint("relationship", "service-redesign-local-government-nhs") if _COUNCILS in here else None
    if found.list in {"involving", "aspect/engagement"} and _COUNCILS in further and _PUBLIC not in here:
        return _WITH_COUNCILS
    if found.list == "involving":
        return _ENGAGEMENT if _PUBLIC in here else None
    fitting = [code for code in labels.of_aspect(found.list) if set(code.parties) <= here]
    general = [code for code in labels.of_aspect(found.list) if not code.broader]
    chosen = (fitting or general or labels.of_aspect(found.list))[:1]
    return chosen[0].iri if chosen else None


def _narrow(weights: dict[NamedNode, _Weight], here: frozenset[NamedNode], labels: Labels) -> None:
    """Let the narrower take over from the wider: where both are told of, and where the parties named ask for it."""
    for iri in sorted(weights, key=lambda iri: (len(labels.broader(iri)), iri.value)):
        below = [other for other in weights if other != iri and iri in labels.broader(other)]
        if not below and (code := labels.codes.get(iri)) and code.aspect:
            fit = [
                one.iri
                for one in labels.of_aspect(code.aspect.value.rpartition("/")[2])
                if iri in labels.broader(one.iri) - {one.iri} and set(one.parties) <= here
            ]
            below = fit[:1]
        if below:
            heir = max(below, key=lambda other: (weights[other].score if other in weights else 0.0, other.value))
            taken = weights.pop(iri)
            for found in taken.found:
                weights.setdefault(heir, _Weight()).add(found, _ASPECT)


def _choose(scores: dict[NamedNode, tuple[float, float]]) -> list[NamedNode]:
    """Return what is told clearly enough, the surest first; nothing where unrelated ones tie weakly.

    Args:
        scores: what speaks for each in the claim, and with what stands around it.
    """
    ranked = sorted(scores, key=lambda iri: (-scores[iri][1], iri.value))
    best = ranked[0]
    if len(ranked) > 1 and scores[best][0] < _NAMED and scores[best][1] - scores[ranked[1]][1] < _CLEARLY_HERE:
        return []
    return [iri for iri in ranked[:_MOST] if iri == best or scores[iri][0] >= _LEAST_MORE]


def _quoted(weight: _Weight) -> str:
    return ", ".join(f"“{said}”" for said in dict.fromkeys(found.said for found in weight.found))


def _decision(iri: NamedNode, weight: _Weight, share: float, *, is_narrowed: bool) -> Decision:
    spans = tuple(dict.fromkeys(found.span for found in weight.found))
    sure = min(0.85, 0.35 + 0.1 * min(weight.score, 3.0) + 0.5 * min(share, 0.5))
    why = _quoted(weight) + (", narrowed by what stands around it" if is_narrowed else "")
    return Decision(concept=iri, because=spans, why=why, confidence=round(sure, 2))
