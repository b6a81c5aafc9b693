"""The headings of the sections: each says what is found, from the numbers, in one sentence."""

from __future__ import annotations

from collections.abc import Sequence

from stpgraph.networks.evidence import Evidence
from stpgraph.pages.story.arcs import Ties
from stpgraph.pages.story.counting import Ranking, Tally
from stpgraph.pages.story.matrix import Matrix
from stpgraph.pages.story.times import Times
from stpgraph.pages.wording import counted, joined, number, period_in_words, stances_in_words

__all__ = [
    "figures_heading",
    "matrix_heading",
    "networks_heading",
    "standfirst",
    "times_heading",
    "title",
    "topic_heading",
    "who_heading",
]

#: Of things that are spoken of equally often, the most that a heading names.
_MOST_NAMED = 2


def title(claims: Sequence[Evidence]) -> str:
    """Write the title of the page.

    Example:
        >>> title([])
        'Who said what about which STP relationship: no claims yet'
        >>> title([Evidence(iri="urn:1", kind="claim", summary="It grows.", since="2017-03-05")])
        'Who said what about which STP relationship, March 2017'
    """
    days = [one.since for one in claims if one.since]
    period = period_in_words(days)
    asked = "Who said what about which STP relationship"
    if not claims:
        return f"{asked}: no claims yet"
    return f"{asked}, {period}" if period else asked


def standfirst(claims: Sequence[Evidence]) -> str:
    """Say how many claims take which stance."""
    return f"By stance: {stances_in_words([one.stance for one in claims])}." if claims else ""


def who_heading(bodies: Ranking, total: int) -> str:
    """Say who speaks most: a body together with those who speak for it."""
    first = _first(bodies.shown)
    if len(first) > _MOST_NAMED:
        return f"{counted(len(first), 'claimant')} speak equally often: {_share(first[0], total)} each"
    names = [f"{one.short_label} and those who speak for it" if one.note else one.short_label for one in first]
    return f"Nobody speaks more than {joined(names)}: {_share(first[0], total)}{' each' if len(first) > 1 else ''}"


def topic_heading(topics: Ranking, total: int) -> str:
    """Say what is spoken of most.

    Example:
        >>> trust = Tally(label="trust", count=9, stances={"critical": 9})
        >>> topic_heading(Ranking(shown=(trust,), others=0, others_count=0, most=9), 35)
        'Nothing is spoken of more than trust: 9 of 35 claims'
    """
    first = _first(topics.shown)
    if len(first) > _MOST_NAMED:
        return f"{counted(len(first), 'relationship')} are spoken of equally often: {_share(first[0], total)} each"
    names = joined([one.label for one in first])
    return f"Nothing is spoken of more than {names}: {_share(first[0], total)}{' each' if len(first) > 1 else ''}"


def matrix_heading(matrix: Matrix) -> str:
    """Say where criticism outweighs support, and where support does."""
    cells = matrix.cells
    critical, supportive = (sum(cell.leaning == stance for cell in cells) for stance in ("critical", "supportive"))
    places = f"Of {counted(len(cells), 'place')} where a claimant meets a relationship"
    return f"{places}, criticism outweighs support in {number(critical)}, support criticism in {number(supportive)}"


def networks_heading(ties: Ties, total: int) -> str:
    """Say between which parties most is said to lie."""
    pairs = [pair for (first, last), pair in ties.between.items() if first != last]
    if not pairs:
        return "No claim is about a relationship between two parties"
    most = max(pair.count for pair in pairs)
    first = sorted(pair.label for pair in pairs if pair.count == most)
    if len(first) > _MOST_NAMED:
        return f"Between {counted(len(first), 'pair')} of parties lies most of what is said"
    each = " each" if len(first) > 1 else ""
    share = f"{number(most)} of {counted(total, 'claim')}{each}"
    return f"What is spoken of most between two parties: {joined(first)}, {share}"


def figures_heading(total: int, doubts: int) -> str:
    """Say how many figures there are, and how many doubts about them.

    Example:
        >>> figures_heading(148, 1), figures_heading(0, 0), figures_heading(2, 0)
        ('148 figures, and 1 doubt about them', 'No figures', '2 figures, and no doubt about them')
    """
    if not total:
        return "No figures"
    told = counted(doubts, "doubt") if doubts else "no doubt"
    return f"{counted(total, 'figure')}, and {told} about {'it' if total == 1 else 'them'}"


def times_heading(times: Times, total: int) -> str:
    """Say when most was said."""
    first = [period for period in times.periods if period.count == times.most]
    if times.unit == "document":
        return f"{counted(total, 'claim')} in {counted(len(times.periods), 'document')}, too few months for a curve"
    if len(first) > _MOST_NAMED:
        return f"{number(times.most)} claims in each of {counted(len(first), times.unit)}, never more"
    names = joined([period.label for period in first])
    return f"Most was said in {names}: {_share(first[0], total)}{' each' if len(first) > 1 else ''}"


def _first(shown: Sequence[Tally]) -> list[Tally]:
    return [one for one in shown if one.count == shown[0].count]


def _share(one: Tally, total: int) -> str:
    return f"{number(one.count)} of {counted(total, 'claim')}"
