"""The one sentence under the heading of a thing: what there is to find on its page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stpgraph.citations import in_words
from stpgraph.pages.wording import counted, joined, number
from stpgraph.site.facts import Facts
from stpgraph.site.numbers import Given
from stpgraph.tables import in_print, to_cell
from stpgraph.vocabulary import DCTERMS, STP

if TYPE_CHECKING:
    from stpgraph.site.linked import Links
    from stpgraph.site.spoken import Spoken
    from stpgraph.site.thing_pages import Claims

__all__ = ["Found", "finding", "stances_told"]

#: Kinds that claim something, with what claims by them are called.
_AGENTS = {
    "body": "by it or its people",
    "partnership": "by it or its people",
    "person": "by this person",
    "collective": "by it",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the page of a thing shows.

    Attributes:
        facts: what is said of the thing itself.
        by: the claims by it.
        about: the claims about it.
        figures: all its figures.
        given: those of this page.
        links: what else leads to it.
        fact_count: of a graph, how many facts stand in it.
    """

    facts: Facts
    by: Claims | None
    about: Claims | None
    figures: Sequence[str]
    given: Sequence[Given]
    links: Sequence[Links]
    fact_count: int = 0

    @property
    def made(self) -> int:
        """How many claims are by it."""
        return len(self.by.spoken) if self.by else 0

    @property
    def said(self) -> int:
        """How many claims are about it."""
        return len(self.about.spoken) if self.about else 0


def finding(kind: str, found: Found) -> str:
    """Say in one sentence what is found on a page."""
    return _FINDINGS.get(kind, _of_other)(found, kind)


def _of_agent(found: Found, kind: str) -> str:
    them = "them" if kind == "person" else "it"
    made = f"{counted(found.made, 'claim')} {_AGENTS[kind]}"
    return f"{made}, {number(found.said)} about {them}{_and_figures(found.figures)}."


def _of_topic(found: Found, _: str) -> str:
    if found.about is None or not found.said:
        return f"No claim is about it yet{_and_figures(found.figures)}."
    claimants = counted(len(found.about.spoken.claimants), "claimant")
    told = f"{counted(found.said, 'claim')} by {claimants}: {stances_told(found.about.spoken)}"
    return f"{told}{_and_figures(found.figures)}."


def _of_document(found: Found, _: str) -> str:
    issued = in_words(found.facts.first(DCTERMS.issued)) or "on a day that is not known"
    told = f"{counted(found.made, 'claim')} and {counted(len(found.figures), 'figure')}"
    cited = f"; cited by {counted(found.said, 'claim')}" if found.said else ""
    return f"Published {issued}: {told}{cited}."


def _of_work(found: Found, _: str) -> str:
    cites, comes = "cites" if found.said == 1 else "cite", "comes" if found.made == 1 else "come"
    told = f"{counted(found.made, 'claim')} {comes} from it, {number(found.said)} {cites} it"
    return f"{told}{_and_figures(found.figures)}."


def _of_proposition(found: Found, _: str) -> str:
    ways = dict(found.about.ways) if found.about else {}
    affirmed, denied = ways.get("affirming it", 0), ways.get("denying it", 0)
    return f"Affirmed by {counted(affirmed, 'claim')}, denied by {number(denied)}."


def _of_post(found: Found, _: str) -> str:
    return f"{counted(found.made, 'claim')} made in this post."


def _of_measure(found: Found, _: str) -> str:
    wrong = sum(bool(one.figure.doubts) for one in found.given)
    doubt = f"; {number(wrong)} of them {'does' if wrong == 1 else 'do'} not hold together" if wrong else ""
    return f"{counted(len(found.figures), 'figure')} of it{doubt}."


def _of_statistic(found: Found, _: str) -> str:
    return _figure_told(found.facts, len(found.figures))


def _of_graph(found: Found, _: str) -> str:
    return f"{counted(found.fact_count, 'fact')} stand{'s' if found.fact_count == 1 else ''} in it."


def _of_other(found: Found, _: str) -> str:
    pointing = sum(link.count for link in found.links)
    return f"{counted(found.facts.count, 'fact')} about it, {number(pointing)} that lead{'s' * (pointing == 1)} to it."


_FINDINGS: Mapping[str, Callable[[Found, str], str]] = {
    **dict.fromkeys(_AGENTS, _of_agent),
    **dict.fromkeys(("relationship", "aspect", "party"), _of_topic),
    **dict.fromkeys(("study", "report"), _of_work),
    "document": _of_document,
    "proposition": _of_proposition,
    "post": _of_post,
    "measure": _of_measure,
    "statistic": _of_statistic,
    "graph": _of_graph,
}


def stances_told(spoken: Spoken) -> str:
    """Write how many claims take each stance: "3 critical, 1 neutral"."""
    return joined([f"{number(count)} {stance or 'of no known stance'}" for stance, count in spoken.stances.items()])


def _and_figures(figures: Sequence[str]) -> str:
    return f"; {counted(len(figures), 'figure')}" if figures else ""


def _figure_told(facts: Facts, others: int) -> str:
    """Say what a figure comes to as a number, with the bounds that its wording allows."""

    def cell(name: str) -> str:
        terms = facts.values.get(STP[name].value, ())
        return in_print(to_cell(terms[0])) if terms else ""

    value, lowest, highest = cell("value"), cell("lowest"), cell("highest")
    bounds = f"from {lowest} to {highest}" if lowest and highest and lowest != highest else ""
    bounds = bounds or (f"at least {lowest}" if lowest and not highest else "")
    bounds = bounds or (f"at most {highest}" if highest and not lowest else "")
    told = ", ".join(part for part in (value, bounds) if part) or "no number"
    also = f" {counted(others, 'other figure')} of the same measure." if others else ""
    return f"As a number: {told}.{also}"
