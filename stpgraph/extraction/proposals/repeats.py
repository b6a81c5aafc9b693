"""Repeats: the same thing said by the same in the same words elsewhere in a text, as headlines are on web pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from stpgraph.extraction.proposals.findings import Findings, FoundClaim
from stpgraph.extraction.spans import cover

__all__ = ["without_repeats"]

#: The fewest words that make a repeat one; fewer may be said twice and mean two things.
_LEAST = 4
_WORDS = re.compile(r"\w+")


def without_repeats(text: str, findings: Findings) -> Findings:
    """Return the findings with what is said again taken for one claim, which knows the other places.

    Args:
        text: the document's text.
        findings: all that was found in it.
    """
    first = _firsts(text, findings.claims)
    if not first:
        return findings
    gone = _with_inner(findings.claims, first)
    places = [place for place in range(len(findings.claims)) if place not in gone]
    new = {place: number for number, place in enumerate(places)}
    claims = []
    for place in places:
        claim = findings.claims[place]
        outer = claim.attribution.outer
        again = [cover(findings.claims[other].attribution.content) for other, one in first.items() if one == place]
        attribution = replace(claim.attribution, outer=new[outer]) if outer is not None else claim.attribution
        claims.append(replace(claim, attribution=attribution, also_at=tuple(again)))
    figures = [
        replace(figure, claims=tuple(new[place] for place in _kept(figure.claims, first, gone)))
        for figure in findings.figures
    ]
    return replace(findings, claims=tuple(claims), figures=tuple(figures))


def _firsts(text: str, claims: Sequence[FoundClaim]) -> dict[int, int]:
    """Return for each claim that says again what one before it says the place of that one."""
    seen: dict[tuple[object, ...], int] = {}
    first: dict[int, int] = {}
    for place, claim in enumerate(claims):
        words = tuple(word.lower() for span in claim.attribution.content for word in _WORDS.findall(span.of(text)))
        if len(words) < _LEAST or claim.attribution.outer is not None:
            continue
        who = tuple((agent.name, agent.iri) for agent in claim.resolution.claimants)
        before = seen.setdefault((words, who, claim.resolution.status == "unknown"), place)
        if before != place:
            first[place] = before
    return first


def _with_inner(claims: Sequence[FoundClaim], repeated: dict[int, int]) -> set[int]:
    """Return the claims that are repeats, and those within them."""
    gone = set(repeated)
    for place, claim in enumerate(claims):  # the outer one stands before those within it
        if claim.attribution.outer in gone:
            gone.add(place)
    return gone


def _kept(places: Sequence[int], first: dict[int, int], gone: set[int]) -> list[int]:
    """Return the claims that a figure makes: in place of a repeat the one that it repeats."""
    kept = [first.get(place, place) for place in places]
    return list(dict.fromkeys(place for place in kept if place not in gone))
