"""Telling what went wrong in a document, line by line, for whoever mends the rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from benchmarks.annotated import GoldClaim, GoldDocument, GoldFigure
from benchmarks.predicted import PredictedClaim, PredictedFigure, Prediction
from benchmarks.scoring import judge
from benchmarks.wordsets import same_label
from stpgraph.extraction.spans import Span

__all__ = ["misses"]

_MOST = 90


def misses(gold: GoldDocument, prediction: Prediction) -> Iterator[str]:
    """Yield a heading and a line for each claim or figure that was missed, made up, or is wrong in a field."""
    judged, text = judge(gold, prediction), gold.text
    yield f"# {gold.half}/{gold.name}"
    found = set(judged.claims.values())
    for at, claim in enumerate(gold.claims):
        if at not in found:
            yield f"missed   {_said(text, claim.source, claim.content)}"
    for at, mine in enumerate(prediction.claims):
        if at in judged.claims:
            wrong = "; ".join(_claim_faults(text, gold.claims[judged.claims[at]], mine, is_said=at in judged.said))
            if wrong:
                yield f"wrong    {_said(text, mine.source, mine.content)}: {wrong}"
        elif at not in judged.passed:
            yield f"made up  {_said(text, mine.source, mine.content)}"
    yield from _figures(gold, prediction, judged.figures)


def _figures(gold: GoldDocument, prediction: Prediction, pairs: dict[int, int]) -> Iterator[str]:
    text, found = gold.text, set(pairs.values())
    for at, figure in enumerate(gold.figures):
        if at not in found:
            yield f"missed   figure “{figure.words.of(text)}”"
    for at, mine in enumerate(prediction.figures):
        if at not in pairs:
            yield f"made up  figure “{mine.words.of(text)}”"
        elif wrong := "; ".join(_figure_faults(text, gold.figures[pairs[at]], mine)):
            yield f"wrong    figure “{mine.words.of(text)}”: {wrong}"


def _said(text: str, source: Span | None, content: Iterable[Span]) -> str:
    said = " […] ".join(span.of(text) for span in content).replace("\n", " ¶ ")
    return f"{_words(text, source)} | {said if len(said) <= _MOST else said[: _MOST - 1] + '…'}"


def _words(text: str, span: Span | None) -> str:
    return span.of(text) if span else "–"


def _claim_faults(text: str, gold: GoldClaim, mine: PredictedClaim, *, is_said: bool) -> Iterator[str]:
    if gold.source and not is_said:
        yield f"source is {_words(text, gold.source)}"
    names = [names[0] for names in gold.claimants]
    if not all(any(same_label(one, other) for others in mine.claimants for other in others) for one in names):
        yield f"claimant {_labels(mine)} is {', '.join(names)}"
    if gold.relationships != mine.relationships:
        yield f"relationship {_slugs(mine.relationships)} is {_slugs(gold.relationships)}"
    for name, has, is_ in (
        ("type", mine.kind, gold.kind),
        ("stance", mine.stance, gold.stance),
        ("act", mine.act, gold.act),
        ("modality", mine.modality, gold.modality),
    ):
        if has != is_:
            yield f"{name} {has} is {is_}"


def _labels(mine: PredictedClaim) -> str:
    return ", ".join(names[0] for names in mine.claimants if names) or "unknown"


def _slugs(slugs: frozenset[str]) -> str:
    return "+".join(sorted(slugs)) or "none"


def _figure_faults(text: str, gold: GoldFigure, mine: PredictedFigure) -> Iterator[str]:
    for name, has, is_ in (
        ("comparator", mine.comparator, gold.comparator),
        ("value", mine.value, gold.value),
        ("unit", mine.unit, gold.unit),
        ("numerator", mine.numerator, gold.numerator),
        ("denominator", mine.denominator, gold.denominator),
        ("population", _words(text, mine.population), _words(text, gold.population)),
    ):
        if has != is_:
            yield f"{name} {has} is {is_}"
