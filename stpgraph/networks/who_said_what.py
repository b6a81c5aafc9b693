"""Who said what about which relationship: claimants, relationships, and the claims between them."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from stpgraph.errors import BadParameter
from stpgraph.networks.claims import Linker, find_claims
from stpgraph.networks.evidence import Evidence, Link, Speaker, Thing, Topic
from stpgraph.networks.filters import EVERYTHING, Filters, words
from stpgraph.networks.views import View, draw_links
from stpgraph.store import Store

__all__ = ["who_said_what"]

#: Characters of a claim's summary that a picture shows.
_SHORT = 40


def who_said_what(
    store: Store, filters: Filters = EVERYTHING, *, claims_as: Literal["edges", "nodes"] = "edges"
) -> View:
    """Return claimants and relationships, joined by what the ones said about the others.

    Args:
        store: answers the queries that are asked.
        filters: what the view is narrowed to.
        claims_as: "edges" joins a claimant and a relationship by one edge for all its claims about it; "nodes" makes
            each claim a node of its own between the two.

    Raises:
        BadParameter: when a filter names nothing, several things, or is no date or share, or when claims are to be
            something else.

    Example:
        >>> from stpgraph.store import open_store
        >>> who_said_what(open_store()).question
        'Who said what about which relationship'
    """
    if claims_as not in {"edges", "nodes"}:
        raise BadParameter(f"claims_as={claims_as!r} is not known; expected edges or nodes")
    claims = find_claims(store, filters, _joining_pairs())
    evidence = tuple(map(_through_itself, claims.evidence)) if claims_as == "nodes" else claims.evidence
    return View(
        name="who-said-what",
        question=_question(store, filters),
        sparql=claims.sparql,
        evidence=evidence,
        make=draw_links,
        undrawn=claims.undrawn,
    )


def _question(store: Store, filters: Filters) -> str:
    asked = words(store, filters)
    if filters.about is not None:
        return f"Who said what {asked}"
    return f"Who said what about which relationship{', ' if asked else ''}{asked}"


def _joining_pairs() -> Linker:
    """Return what joins each claimant of a claim to each relationship that it is about."""
    links: dict[tuple[str, str], Link] = {}  # made once for each pair, for most pairs have many claims

    def join(speaker: Speaker, topic: Topic) -> Link:
        pair = (speaker.thing.iri, topic.thing.iri)
        link = links.get(pair)
        if link is None:
            link = links[pair] = Link(source=speaker.thing, target=topic.thing, kind="speaks about")
        return link

    def join_all(speakers: tuple[Speaker, ...], topics: tuple[Topic, ...]) -> tuple[Link, ...]:
        return tuple([join(speaker, topic) for speaker in speakers for topic in topics])

    return join_all


def _through_itself(claim: Evidence) -> Evidence:
    """Join the claimants of a claim to it, and it to the relationships that it is about."""
    said = Thing(iri=claim.iri, label=claim.summary, short_label=_shortened(claim.summary), kind="claim")
    says = [Link(source=speaker.thing, target=said, kind="says") for speaker in claim.speakers]
    about = [Link(source=said, target=topic.thing, kind="about") for topic in claim.topics]
    return replace(claim, links=(*says, *about))


def _shortened(summary: str) -> str:
    """Cut a sentence at a word, so that a picture can show it.

    Example:
        >>> _shortened("It works."), _shortened("Hardly anyone in the county trusts the plan any more.")
        ('It works.', 'Hardly anyone in the county trusts the…')
    """
    if len(summary) <= _SHORT:
        return summary
    start = summary[:_SHORT]
    return (start[: start.rfind(" ")] if " " in start else start[:-1]).rstrip(" ,;:.") + "…"
