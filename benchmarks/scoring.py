"""Holding what was proposed for a text against what was marked by hand.

A claim is found when its content shares half of all the words of both, and is said by the right one when its source
also shares a word that is more than a pronoun or an article (any word, where the gold's source has none such). Pairs
are one to one, the closest first. The fields of a claim or figure are judged on the pairs: precision over those that
the proposal fills, recall over those that the gold fills. A claim of the gold that names no source is not judged in
who said what.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from benchmarks.annotated import GoldClaim, GoldDocument, GoldFigure
from benchmarks.predicted import PredictedClaim, PredictedFigure, Prediction
from benchmarks.tallies import Measure, Tally
from benchmarks.wordsets import Words, head_of, jaccard, plain_words, same_label
from stpgraph.extraction.spans import Span

__all__ = ["Judged", "judge", "score"]

_Gold = TypeVar("_Gold")
_Proposed = TypeVar("_Proposed")

#: The share of words that two contents, or two posts, must have in common.
_ENOUGH = 0.5

#: Shares that differ by less are the same: one in six is 16.67 as well as 16.6667.
_SHARE_TOLERANCE = 0.01

_BY_TYPE = {"direct": Measure.DIRECT, "indirect": Measure.INDIRECT, "mixed": Measure.MIXED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A document of the gold set, what was proposed for it, and which belong together.

    Attributes:
        gold: what was marked.
        prediction: what was proposed.
        words: those of the text.
        claims: the place of the gold's claim by that of the proposed one whose content it shares.
        said: likewise, where the source is right too.
        figures: the place of the gold's figure by that of the proposed one.
        passed: places of proposed claims that count neither way in content, for they repeat one.
    """

    gold: GoldDocument
    prediction: Prediction
    words: Words
    claims: dict[int, int]
    said: dict[int, int]
    figures: dict[int, int]
    passed: frozenset[int]


def judge(gold: GoldDocument, prediction: Prediction) -> Judged:
    """Pair what was proposed with what was marked."""
    words = Words(gold.text)
    wanted = [words.of(claim.content) for claim in gold.claims]
    offered = [words.of(claim.content) for claim in prediction.claims]
    closeness = [[jaccard(one, other) for other in wanted] for one in offered]
    enough = [[close if close >= _ENOUGH else 0.0 for close in row] for row in closeness]
    said = [
        [close if _same_source(words, mine, claim) else 0.0 for close, claim in zip(row, gold.claims, strict=True)]
        for row, mine in zip(enough, prediction.claims, strict=True)
    ]
    claims = _pairs(enough)
    repeats = words.of(gold.repeats)
    return Judged(
        gold=gold,
        prediction=prediction,
        words=words,
        claims=claims,
        said=_pairs(said),
        figures=_figure_pairs(words, gold, prediction),
        passed=frozenset(
            at for at, mine in enumerate(offered) if at not in claims and 2 * len(mine & repeats) > len(mine)
        ),
    )


def _figure_pairs(words: Words, gold: GoldDocument, prediction: Prediction) -> dict[int, int]:
    wanted = [words.of([figure.words]) for figure in gold.figures]
    offered = [words.of([figure.words]) for figure in prediction.figures]
    return _pairs([[jaccard(one, other) for other in wanted] for one in offered])


def _pairs(closeness: Sequence[Sequence[float]]) -> dict[int, int]:
    """Pair rows with columns one to one, the closest first; what is not close at all stays alone."""
    ranked = sorted(
        (-close, row, column) for row, line in enumerate(closeness) for column, close in enumerate(line) if close
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, row, column in ranked:
        if row not in pairs and column not in taken:
            pairs[row] = column
            taken.add(column)
    return pairs


def _same_source(words: Words, mine: PredictedClaim, claim: GoldClaim) -> bool:
    if mine.source is None or claim.source is None:
        return False
    wanted = words.of([claim.source])
    both = wanted & words.of([mine.source])
    return words.has_weight(both) or (bool(both) and not words.has_weight(wanted))


def score(gold: GoldDocument, prediction: Prediction) -> dict[Measure, Tally]:
    """Count what is right in a document, measure by measure."""
    judged = judge(gold, prediction)
    return {**dict(_said(judged)), **dict(_claim_fields(judged)), **dict(_figure_fields(judged))}


def _said(judged: Judged) -> Iterator[tuple[Measure, Tally]]:
    gold, mine, said = judged.gold.claims, judged.prediction.claims, judged.said
    free = {at for at, other in judged.claims.items() if gold[other].source is None} | judged.passed
    offered = [at for at in range(len(mine)) if at not in free or at in said]
    wanted = [at for at, claim in enumerate(gold) if claim.source is not None]
    yield Measure.WHO_SAID_WHAT, Tally(len(said), len(offered), len(said), len(wanted))
    for kind, measure in _BY_TYPE.items():
        yield (
            measure,
            Tally(
                sum(mine[at].kind == kind for at in said),
                sum(mine[at].kind == kind for at in offered),
                sum(gold[at].kind == kind for at in said.values()),
                sum(gold[at].kind == kind for at in wanted),
            ),
        )
    count = len(mine) - len(judged.passed)
    pairs = len(judged.claims)
    yield Measure.CONTENT, Tally(pairs, count, pairs, len(gold))
    wanted_words = Counter(judged.words.of(claim.content) for claim in gold)
    exact = (wanted_words & Counter(judged.words.of(claim.content) for claim in mine)).total()
    yield Measure.CONTENT_EXACT, Tally(exact, count, exact, len(gold))


@dataclass(frozen=True, slots=True)
class _Field(Generic[_Gold, _Proposed]):
    """How a field is judged on a pair.

    Attributes:
        measure: what it counts for.
        name: its name in the gold.
        asks: whether the gold fills it.
        answers: whether the proposal fills it.
        agrees: whether the two say the same, asked where both fill it.
    """

    measure: Measure
    name: str
    asks: Callable[[_Gold], object]
    answers: Callable[[_Proposed], object]
    agrees: Callable[[Judged, _Gold, _Proposed], bool]

    def tally(self, judged: Judged, pairs: Sequence[tuple[_Gold, _Proposed]]) -> Tally:
        right = sum(bool(self.asks(g) and self.answers(p) and self.agrees(judged, g, p)) for g, p in pairs)
        return Tally(
            right, sum(bool(self.answers(p)) for _, p in pairs), right, sum(bool(self.asks(g)) for g, _ in pairs)
        )


def _claim_fields(judged: Judged) -> Iterator[tuple[Measure, Tally]]:
    pairs = [(judged.gold.claims[other], judged.prediction.claims[at]) for at, other in judged.claims.items()]
    for field in _CLAIM_FIELDS:
        if field.name not in judged.gold.unjudged:
            yield field.measure, field.tally(judged, pairs)
    shared = sum(len(g.relationships & p.relationships) for g, p in pairs)
    proposed = sum(len(p.relationships) for _, p in pairs)
    yield Measure.RELATIONSHIPS, Tally(shared, proposed, shared, sum(len(g.relationships) for g, _ in pairs))


def _figure_fields(judged: Judged) -> Iterator[tuple[Measure, Tally]]:
    found = len(judged.figures)
    yield Measure.FIGURE, Tally(found, len(judged.prediction.figures), found, len(judged.gold.figures))
    pairs = [(judged.gold.figures[other], judged.prediction.figures[at]) for at, other in judged.figures.items()]
    for field in _FIGURE_FIELDS:
        if field.name not in judged.gold.unjudged:
            yield field.measure, field.tally(judged, pairs)


def _same_claimants(_: Judged, gold: GoldClaim, mine: PredictedClaim) -> bool:
    """Say whether the claimants are the same, all of them."""
    return len(gold.claimants) == len(mine.claimants) and all(
        any(same_label(name, other) for name in names for others in mine.claimants for other in others)
        for names in gold.claimants
    )


def _same_post(_: Judged, gold: GoldClaim, mine: PredictedClaim) -> bool:
    """Say whether role and body share at least half of their words."""
    return any(
        same_label(one, other) or jaccard(frozenset(plain_words(one)), frozenset(plain_words(other))) >= _ENOUGH
        for one in gold.speaking_as
        for other in mine.speaking_as
    )


def _same_outer(judged: Judged, gold: GoldClaim, mine: PredictedClaim) -> bool:
    return mine.nested_in is not None and judged.claims.get(mine.nested_in) == gold.nested_in


def _share_weight(judged: Judged, one: Span | None, other: Span | None) -> bool:
    """Say whether two spans have a word of weight in common, at its place."""
    if one is None or other is None:
        return False
    return judged.words.has_weight(judged.words.of([one]) & judged.words.of([other]))


def _same_words(judged: Judged, one: Span | None, other: Span | None) -> bool:
    if one is None or other is None:
        return False
    return judged.words.of([one]) == judged.words.of([other])


_CLAIM_FIELDS: tuple[_Field[GoldClaim, PredictedClaim], ...] = (
    _Field(
        Measure.SOURCE, "source", lambda g: g.source, lambda p: p.source, lambda j, g, p: _same_source(j.words, p, g)
    ),
    _Field(
        Measure.SOURCE_EXACT,
        "source",
        lambda g: g.source,
        lambda p: p.source,
        lambda j, g, p: _same_words(j, g.source, p.source),
    ),
    _Field(
        Measure.CUE,
        "cue",
        lambda g: g.cue,
        lambda p: p.cue,
        lambda _, g, p: g.cue is not None and any(g.cue.meets(span) for span in p.cue),
    ),
    _Field(Measure.TYPE, "kind", lambda g: g.kind != "own-voice", lambda p: p.kind, lambda _, g, p: g.kind == p.kind),
    _Field(Measure.CLAIMANT, "claimants", lambda g: g.claimants, lambda p: p.claimants, _same_claimants),
    _Field(Measure.SPEAKING_AS, "speaking_as", lambda g: g.speaking_as, lambda p: p.speaking_as, _same_post),
    _Field(
        Measure.COMES_FROM,
        "comes_from",
        lambda g: g.comes_from,
        lambda p: p.comes_from,
        lambda j, g, p: _share_weight(j, g.comes_from, p.comes_from),
    ),
    _Field(
        Measure.NESTED_IN,
        "nested_in",
        lambda g: g.nested_in is not None,
        lambda p: p.nested_in is not None,
        _same_outer,
    ),
    _Field(
        Measure.RELATIONSHIP,
        "relationships",
        lambda g: g.relationships,
        lambda p: p.relationships,
        lambda _, g, p: bool(g.relationships & p.relationships),
    ),
    _Field(Measure.STANCE, "stance", lambda g: g.stance, lambda p: p.stance, lambda _, g, p: g.stance == p.stance),
    _Field(Measure.ACT, "act", lambda g: g.act, lambda p: p.act, lambda _, g, p: g.act == p.act),
    _Field(
        Measure.MODALITY,
        "modality",
        lambda g: g.modality,
        lambda p: p.modality,
        lambda _, g, p: g.modality == p.modality,
    ),
)


def _same_number(one: float | None, other: float | None, unit: str) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= (_SHARE_TOLERANCE if unit == "PERCENT" else 1e-9)


def _same_value(_: Judged, gold: GoldFigure, mine: PredictedFigure) -> bool:
    """Say whether the number is the same; for between, both ends."""
    if gold.value is not None:
        return _same_number(gold.value, mine.value, gold.unit)
    return _same_number(gold.lowest, mine.lowest, gold.unit) and _same_number(gold.highest, mine.highest, gold.unit)


def _same_population(judged: Judged, gold: GoldFigure, mine: PredictedFigure) -> bool:
    """Say whether the proposed words hold the head of the gold's."""
    if gold.population is None or mine.population is None:
        return False
    text = judged.gold.text
    return head_of(gold.population.of(text)) in Words(mine.population.of(text))


def _same_claim(judged: Judged, gold: GoldFigure, mine: PredictedFigure) -> bool:
    return mine.of_claim is not None and judged.claims.get(mine.of_claim) == gold.of_claim


_FIGURE_FIELDS: tuple[_Field[GoldFigure, PredictedFigure], ...] = (
    _Field(
        Measure.COMPARATOR,
        "comparator",
        lambda g: g.comparator,
        lambda p: p.comparator,
        lambda _, g, p: g.comparator == p.comparator,
    ),
    _Field(
        Measure.VALUE,
        "value",
        lambda _: True,
        lambda p: (p.value, p.lowest, p.highest) != (None, None, None),
        _same_value,
    ),
    _Field(Measure.UNIT, "unit", lambda g: g.unit, lambda p: p.unit, lambda _, g, p: g.unit == p.unit),
    _Field(
        Measure.FRACTION,
        "numerator",
        lambda g: g.numerator is not None and g.denominator is not None,
        lambda p: p.numerator is not None and p.denominator is not None,
        lambda _, g, p: (g.numerator, g.denominator) == (p.numerator, p.denominator),
    ),
    _Field(Measure.POPULATION, "population", lambda g: g.population, lambda p: p.population, _same_population),
    _Field(
        Measure.OF_CLAIM,
        "of_claim",
        lambda g: g.of_claim is not None,
        lambda p: p.of_claim is not None,
        _same_claim,
    ),
)
