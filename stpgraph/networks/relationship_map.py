"""The relationships between parties: what joins whom, how much was said about it, by how many, and how it is judged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from stpgraph.networks.claims import Linker, find_claims
from stpgraph.networks.evidence import Evidence, Link, Speaker, Topic
from stpgraph.networks.filters import EVERYTHING, Filters, words
from stpgraph.networks.views import Network, View, draw_links
from stpgraph.store import Store

__all__ = ["relationship_map"]


def relationship_map(store: Store, filters: Filters = EVERYTHING) -> View:
    """Return the parties, with an edge for each relationship between two of them that claims are about.

    A relationship of one party, among its members, joins that party to itself; one of more than two joins each pair.
    Relationships that nobody spoke of are left out.

    Returns:
        A view whose graph has no direction. The key of an edge is its relationship's IRI and its kind the
        relationship's name; to what every edge has it adds `claimants`, how many different ones there are. Claims
        about relationships whose parties are not known are among the undrawn.

    Raises:
        BadParameter: when a filter names nothing, several things, or is no date or share.

    Example:
        >>> from stpgraph.store import open_store
        >>> relationship_map(open_store()).question
        'Which relationships the parties have, and what was said about them'
    """
    claims = find_claims(store, filters, _joining_parties())
    asked = words(store, filters)
    return View(
        name="relationship-map",
        question=f"Which relationships the parties have, and what was said about them{', ' if asked else ''}{asked}",
        sparql=claims.sparql,
        evidence=claims.evidence,
        make=_draw,
        undrawn=claims.undrawn + sum(not one.links for one in claims.evidence),
    )


def _joining_parties() -> Linker:
    """Return what joins the parties of each relationship that a claim is about."""
    links: dict[str, tuple[Link, ...]] = {}  # made once for each relationship, for all have many claims

    def join(_: tuple[Speaker, ...], topics: tuple[Topic, ...]) -> tuple[Link, ...]:
        for topic in topics:
            if topic.thing.iri not in links:
                links[topic.thing.iri] = tuple(_links(topic))
        return tuple([link for topic in topics for link in links[topic.thing.iri]])

    return join


def _links(topic: Topic) -> Iterator[Link]:
    """Join the parties of a relationship: each pair, or the only one to itself."""
    pairs = combinations(topic.parties, 2) if len(topic.parties) > 1 else ((one, one) for one in topic.parties)
    for source, target in pairs:
        yield Link(source=source, target=target, kind=topic.thing.label, key=topic.thing.iri)


def _draw(evidence: Sequence[Evidence]) -> Network:
    """Draw the links, and count the claimants of each edge."""
    graph = draw_links(evidence, is_directed=False)
    claimants = {one.iri: [speaker.thing.iri for speaker in one.speakers] for one in evidence}
    for _, _, told in graph.edges(data=True):
        told["claimants"] = len({who for claim in told["evidence"] for who in claimants[claim]})
    return graph
