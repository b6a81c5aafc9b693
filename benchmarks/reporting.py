"""Showing how right an extractor is: tables for the terminal and the README, and JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rich.table import Table

from benchmarks.tallies import Measure, Score, Tally, scores

__all__ = ["Part", "to_json", "to_markdown", "to_tables"]

_HEADERS = ("", "precision", "recall", "F1", "95 % of F1", "proposed", "wanted")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What was measured on one part of the gold.

    Attributes:
        name: what it is: open, blind, articles.
        documents: how many documents it has.
        scores: every measure over all of them.
        by_kind: every measure over the documents of each kind.
        counts: how many documents there are of each kind.
    """

    name: str
    documents: int
    scores: Mapping[Measure, Score]
    by_kind: Mapping[str, Mapping[Measure, Score]]
    counts: Mapping[str, int]

    @classmethod
    def of(cls, name: str, judged: Sequence[tuple[str, Mapping[Measure, Tally]]]) -> Part:
        """Add up the tallies of documents, each given with its kind."""
        kinds = list(dict.fromkeys(kind for kind, _ in judged))
        of_kind = {kind: [tallies for each, tallies in judged if each == kind] for kind in kinds}
        return cls(
            name=name,
            documents=len(judged),
            scores=scores([tallies for _, tallies in judged]),
            by_kind={kind: scores(tallies) for kind, tallies in of_kind.items()},
            counts={kind: len(tallies) for kind, tallies in of_kind.items()},
        )


def _rows(part: Part) -> Iterator[tuple[str, ...]]:
    for measure, score in part.scores.items():
        tally, interval = score.tally, score.interval
        yield (
            measure.value,
            _share(tally.precision),
            _share(tally.recall),
            _share(tally.f1),
            f"{_share(interval.lowest)}–{_share(interval.highest)}" if interval else "–",
            str(tally.proposed),
            str(tally.wanted),
        )


def _kind_rows(part: Part) -> Iterator[tuple[str, ...]]:
    for measure in part.scores:
        found = [kind[measure].tally.f1 if measure in kind else None for kind in part.by_kind.values()]
        yield (measure.value, *map(_share, found))


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _kind_headers(part: Part) -> tuple[str, ...]:
    return ("F1", *(f"{kind} ({part.counts[kind]})" for kind in part.by_kind))


def to_tables(parts: Iterable[Part]) -> Iterator[Table]:
    """Yield the tables of each part for the terminal: all its documents, then by kind where it has several."""
    for part in parts:
        yield _table(f"{part.name}: {part.documents} documents", _HEADERS, _rows(part))
        if len(part.by_kind) > 1:
            yield _table(f"{part.name}: F1 by kind (documents)", _kind_headers(part), _kind_rows(part))


def _table(title: str, headers: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    table = Table(title=title)
    for at, header in enumerate(headers):
        table.add_column(header, justify="right" if at else "left")
    for row in rows:
        table.add_row(*row, end_section=row[0] in _ENDS)
    return table


#: The last measure of each group: found, fields of claims, figures.
_ENDS = frozenset({Measure.CONTENT_EXACT.value, Measure.MODALITY.value, Measure.FIGURE.value})


def to_markdown(parts: Iterable[Part]) -> str:
    """Return the same tables in Markdown."""
    lines = []
    for part in parts:
        lines += [f"**{part.name}** ({part.documents} documents)", "", *_markdown(_HEADERS, _rows(part)), ""]
        if len(part.by_kind) > 1:
            lines += [*_markdown(_kind_headers(part), _kind_rows(part)), ""]
    return "\n".join(lines)


def _markdown(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(headers)} |"
    yield f"| --- |{' ---: |' * (len(headers) - 1)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def to_json(parts: Iterable[Part]) -> str:
    """Return every figure as JSON: a list of parts."""
    return json.dumps([_part(part) for part in parts], indent=2, ensure_ascii=False) + "\n"


def _part(part: Part) -> dict[str, Any]:
    return {
        "name": part.name,
        "documents": part.documents,
        "measures": _measures(part.scores),
        "kinds": {
            kind: {"documents": part.counts[kind], "measures": _measures(found)} for kind, found in part.by_kind.items()
        },
    }


def _measures(found: Mapping[Measure, Score]) -> dict[str, Any]:
    return {
        measure.value: {
            "precision": score.tally.precision,
            "recall": score.tally.recall,
            "f1": score.tally.f1,
            "f1_95": [score.interval.lowest, score.interval.highest] if score.interval else None,
            "proposed": score.tally.proposed,
            "wanted": score.tally.wanted,
        }
        for measure, score in found.items()
    }
