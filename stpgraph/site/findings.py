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
from stpgraph.vocabulary import DCTERMS, PROV, STP

if TYPE_CHECKING:
    from stpgraph.site.linked import Links
    from stpgraph.site.spoken import Spoken
    from stpgraph.site.thing_pages import Claims

__all__ = ["Found", "finding", "stances_told"]

#: Kinds that claim something, with what claims by them are called, and claims about them.
_AGENTS = {
    "body": ("by it or its people", "about it"),
    "partnership": ("by it or its people", "about it"),
    "person": ("by this person", "about them"),
    "collective": ("by it", "about it"),
}

#: Kinds of link that are told of a thing of no kind of its own.
_LINKS = 3


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
        post_count: how many posts name it.
        doubted: how many of all its figures the checks doubt.
        coded: of a code of claims, how many stand that have it; None for all else.
        uncounted: how many more have it and were withdrawn.
    """

    facts: Facts
    by: Claims | None
    about: Claims | None
    figures: Sequence[str]
    given: Sequence[Given]
    links: Sequence[Links]
    fact_count: int = 0
    post_count: int = 0
    doubted: int = 0
    coded: int | None = None
    uncounted: int = 0

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
    by, about = _AGENTS[kind]
    own = found.by.own if found.by else 0
    works = found.made - own
    if not found.made and not found.said:
        return f"No claim {by}, none {about}{_and_figures(found.figures)}."
    more = f"{number(works)}{' more' if own else ''} from its studies and reports, " if works else ""
    return f"{_claims(own)} {by}, {more}{_or_none(found.said)} {about}{_and_figures(found.figures)}."


def _of_topic(found: Found, _: str) -> str:
    if found.about is None or not found.said:
        return f"No claim is about it yet{_and_figures(found.figures)}."
    claimants = counted(len(found.about.spoken.claimants), "claimant")
    stances = found.about.spoken.stances
    one = next(iter(stances), "") if len(stances) == 1 else ""
    told = f"{counted(found.said, f'{one} claim' if one else 'claim')} by {claimants}"
    return f"{told}{'' if one else f': {stances_told(found.about.spoken)}'}{_and_figures(found.figures)}."


def _of_document(found: Found, _: str) -> str:
    issued = in_words(found.facts.first(DCTERMS.issued)) or "on a day that is not known"
    figures = counted(len(found.figures), "figure") if found.figures else "no figure"
    told = f"{counted(found.made, 'claim') if found.made else 'no claim'} and {figures}"
    cited = f"; cited by {counted(found.said, 'claim')}" if found.said else ""
    return f"Published {issued}: {told}{cited}."


def _of_work(found: Found, _: str) -> str:
    if not found.made and not found.said:
        return f"No claim comes from it or cites it{_and_figures(found.figures)}."
    comes, cites = "come" if found.made > 1 else "comes", "cite" if found.said > 1 else "cites"
    told = f"{_claims(found.made)} {comes} from it, {_or_none(found.said)} {cites} it"
    return f"{told}{_and_figures(found.figures)}."


def _of_proposition(found: Found, _: str) -> str:
    ways = dict(found.about.ways) if found.about else {}
    affirmed, denied = ways.get("affirming it", 0), ways.get("denying it", 0)
    if not affirmed and not denied:
        return "No claim affirms or denies it."
    return f"Affirmed by {counted(affirmed, 'claim') if affirmed else 'no claim'}, denied by {_or_none(denied)}."


def _of_post(found: Found, _: str) -> str:
    return f"{_claims(found.made)} made in this post."


def _of_measure(found: Found, _: str) -> str:
    count, wrong = len(found.figures), found.doubted
    if not count:
        return "No figure of it is known."
    whole = "it" if count == 1 else "both" if count == 2 else f"all {number(count)}"
    doubt = f"; the checks doubt {whole if wrong == count else f'{number(wrong)} of them'}" if wrong else ""
    return f"{counted(count, 'figure')} of it{doubt}."


def _of_statistic(found: Found, _: str) -> str:
    return _figure_told(found.facts, len(found.figures))


def _of_graph(found: Found, _: str) -> str:
    return f"{counted(found.fact_count, 'fact')} stand{'s' if found.fact_count == 1 else ''} in it."


def _of_role(found: Found, _: str) -> str:
    has = "has" if found.post_count == 1 else "have"
    return f"{counted(found.post_count, 'post') if found.post_count else 'No post'} {has} this role."


def _of_activity(found: Found, _: str) -> str:
    """Say who carried something out, when, and how much was read or decided in it."""
    told = {fact.key: joined([value.text for value in fact.values]) for fact in found.facts.facts}
    who = told.get(PROV.wasAssociatedWith.value)
    ended = f", {told[PROV.endedAtTime.value]}" if PROV.endedAtTime.value in told else ""
    used = len(found.facts.values.get(PROV.used.value, ()))
    what = f": {counted(used, 'thing')} read or decided" if used else ""
    return f"{f'Carried out by {who}' if who else 'It is not known who carried it out'}{ended}{what}."


def _of_code(found: Found, kind: str) -> str:
    if found.coded is None:
        return _of_other(found, kind)
    gone = f"; {counted(found.uncounted, 'more', 'more')} withdrawn and not counted" if found.uncounted else ""
    return f"{_claims(found.coded)} {'have' if found.coded > 1 else 'has'} this code{gone}."


def _of_other(found: Found, _: str) -> str:
    """Say what leads to a thing, and how often, most of it first."""
    most = sorted(found.links, key=lambda link: (-link.count, link.name))[:_LINKS]
    told = "; ".join(f"{link.name}: {number(link.count)}" for link in most)
    return f"{told[:1].upper()}{told[1:]}." if told else "Nothing else in the store leads to it."


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
    "role": _of_role,
    "code": _of_code,
    "activity": _of_activity,
    **dict.fromkeys(("review", "extraction"), _of_activity),
}


def stances_told(spoken: Spoken) -> str:
    """Write how many claims take each stance: "3 critical, 1 neutral"."""
    return joined([f"{number(count)} {stance or 'of no known stance'}" for stance, count in spoken.stances.items()])


def _claims(count: int) -> str:
    return counted(count, "claim") if count else "No claim"


def _or_none(count: int) -> str:
    return number(count) if count else "none"


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
    above, below = cell("numerator"), cell("denominator")
    fraction = f"{above} of {below}" if above and below else ""
    value = fraction if fraction and value == above else value
    told = ", ".join(part for part in (value, bounds) if part) or "no number"
    also = f"{counted(others, 'other figure') if others else 'No other figure'} of the same measure."
    return also if told == facts.first(STP.asSaid) else f"As a number: {told}. {also}"
