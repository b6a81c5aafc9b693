"""Explaining: every claim and figure of a proposal, with its words, rule, links and reasons, for a person to look at.

The words of the text are for its reader's eyes; nothing of this goes into the graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from stpgraph.documents import ReadDocument
from stpgraph.extraction.proposals.findings import Findings
from stpgraph.extraction.proposals.proposing import UNITS
from stpgraph.extraction.proposals.wording import pages_of
from stpgraph.extraction.spans import Span
from stpgraph.records import Claim, Record, Statistic
from stpgraph.vocabulary import local_name

__all__ = ["Explained", "explain"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """One claim or figure with what led to it.

    Attributes:
        kind: which of the two it is.
        heading: its summary, or the figure as said.
        lines: pairs of what is told and what it is: "source" and its words with their place.
    """

    kind: Literal["claim", "figure"]
    heading: str
    lines: tuple[tuple[str, str], ...]


def explain(document: ReadDocument, findings: Findings, records: Iterable[Record]) -> tuple[Explained, ...]:
    """Tell how each claim and figure of a document came about, claims first, each in the order of the text.

    Args:
        document: what was read.
        findings: what the rules found in it.
        records: what is proposed of that.
    """
    held = list(records)
    claims = [record for record in held if isinstance(record, Claim)]
    figures = [record for record in held if isinstance(record, Statistic)]
    return (*_claims(document, findings, claims), *_figures(document, findings, figures))


def _claims(document: ReadDocument, findings: Findings, claims: Sequence[Claim]) -> Iterator[Explained]:
    for found, claim in zip(findings.claims, claims, strict=True):
        said = found.attribution
        lines = [("said", _shown(document, span)) for span in said.content]
        lines += [("again", _shown(document, span)) for span in found.also_at]
        lines += [("source", _shown(document, said.source))] if said.source is not None else []
        lines += [("cue", _shown(document, span)) for span in said.cue]
        lines += [("work", _shown(document, said.work))] if said.work is not None else []
        codes = (*claim.claimants, claim.speaking_as, *claim.comes_from, *claim.about, claim.speech_act, claim.stance)
        lines += [("linked", ", ".join(local_name(code) for code in codes if code is not None))]
        lines += [("why", note) for note in claim.editorial_notes]
        yield Explained(kind="claim", heading=f"{claim.summary} ({claim.confidence})", lines=tuple(lines))


def _figures(document: ReadDocument, findings: Findings, figures: Sequence[Statistic]) -> Iterator[Explained]:
    rest = iter(figures)
    for found in findings.figures:
        quantity, counted = found.quantity, found.counted
        proposed = next(rest) if quantity.unit in UNITS else None
        lines = [("said", _shown(document, quantity.span)), ("means", _meant(found.quantity))]
        lines += [("counted", _shown(document, counted.population))] if counted.population is not None else []
        lines += [("measured", _shown(document, counted.measured))] if counted.measured is not None else []
        lines += [("time", counted.period)] if counted.period is not None else []
        lines += (
            [("claims", ", ".join(_shown_claim(findings, place) for place in found.claims))] if found.claims else []
        )
        if proposed is None:
            lines.append(("left out", f"the graph holds no unit {quantity.unit}"))
        else:
            lines += [("why", note) for note in proposed.editorial_notes]
        yield Explained(kind="figure", heading=" ".join(quantity.as_said.split()), lines=tuple(lines))


def _meant(quantity: object) -> str:
    """Tell what a figure is worth."""
    names = ("comparator", "value", "lowest", "highest", "unit", "numerator", "denominator")
    told = ((name, getattr(quantity, name)) for name in names)
    return ", ".join(f"{name} {value}" for name, value in told if value is not None)


def _shown_claim(findings: Findings, place: int) -> str:
    content = findings.claims[place].attribution.content
    return f"that at {content[0].start}–{content[-1].end}"


def _shown(document: ReadDocument, span: Span) -> str:
    pages = pages_of(document, span)
    where = f" on {pages}" if pages else ""
    return f"{span.start}–{span.end}{where} “{' '.join(span.of(document.text).split())}”"
