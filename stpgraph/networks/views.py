"""What a view is: a networkx graph, and the evidence behind each of its edges.

A graph is a function of the evidence alone, so that a part of the evidence, of a period or of one stance, gives the
graph of that part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

import networkx as nx

from stpgraph.networks.evidence import STANCES, Evidence, Thing

__all__ = ["Network", "View", "count_evidence", "describe", "draw_links", "overlaps"]

#: A view's graph: directed or not, with one edge between two nodes or several.
Network: TypeAlias = "nx.Graph[str]"


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A network with its evidence.

    Attributes:
        name: the view's name on the command line: "who-said-what".
        question: what it answers, without the question mark: "Who said what about joint working".
        sparql: the `SELECT` it was made of, whole, to run anywhere.
        evidence: the claims, posts, figures and facts, in order of reading.
        make: makes the graph of evidence.
        undrawn: how many pieces of evidence have no edge, for an end of it is not known.
        graph: the network. Nodes are IRIs with `label`, `short_label`, `kind` and, for a person who spoke for one,
            `body` and `short_body`; edges have `kind`, `weight` and `evidence`, the IRIs of what they stand for.
    """

    name: str
    question: str
    sparql: str
    evidence: tuple[Evidence, ...]
    make: Callable[[Sequence[Evidence]], Network]
    undrawn: int = 0
    graph: Network = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "graph", self.make(self.evidence))

    def within(self, since: str, until: str) -> View:
        """Return the view of a period: of what was said or held between two days, both included."""
        return replace(self, evidence=tuple(one for one in self.evidence if overlaps(one, since, until)))


def overlaps(evidence: Evidence, since: str, until: str) -> bool:
    """Say whether evidence lies in a period; days, months and years are compared as far as both go.

    A claim is of one day. A post or fact lasts from `since` to `until`, and on where an end is not known. What has no
    day at all lies in every period, but for a claim, which then lies in none.

    Example:
        >>> said = Evidence(iri="urn:x", kind="claim", summary="It works.", since="2017-03-05")
        >>> overlaps(said, "2017-03", "2017-12"), overlaps(said, "2016", "2016")
        (True, False)
    """
    if evidence.kind == "claim" and not evidence.since:
        return False
    last = evidence.since if evidence.kind in {"claim", "figure"} else evidence.until
    starts_in_time = not evidence.since or not until or _cut(evidence.since, until) <= _cut(until, evidence.since)
    return starts_in_time and (not last or not since or _cut(last, since) >= _cut(since, last))


def _cut(day: str, other: str) -> str:
    return day[: len(other)]


def draw_links(evidence: Iterable[Evidence], *, is_directed: bool = True) -> Network:
    """Make the graph of the links of evidence, with one edge for each kind of link, and its key, between two things.

    Returns:
        A multigraph, its edges keyed by the link's key, or else its kind. An edge's `weight` is how many pieces of
        evidence it stands for; where these are claims, it counts those of each of the `STANCES`, those whose stance
        is `unknown`, their `balance` (supportive less critical), and has one `stance`: that of all, or "mixed".
        Nodes stand in the order of kind and IRI, edges in the order of the evidence, whatever the store.

    Example:
        >>> jo = Thing(iri="urn:jo", label="Jo Doe", short_label="Jo Doe", kind="person")
        >>> trust = Thing(iri="urn:trust", label="trust", short_label="trust", kind="relationship")
        >>> from stpgraph.networks.evidence import Link
        >>> link = Link(source=jo, target=trust, kind="speaks about")
        >>> said = Evidence(iri="urn:1", kind="claim", summary="It grows.", stance="supportive", links=(link,))
        >>> draw_links([said]).edges["urn:jo", "urn:trust", "speaks about"]["balance"]
        1
    """
    things: dict[str, Thing] = {}
    behind: dict[tuple[str, str, str, str], dict[str, Evidence]] = {}
    for one in evidence:
        for link in one.links:
            ends = (link.source, link.target)
            if not is_directed and link.target.iri < link.source.iri:
                ends = (link.target, link.source)
            for thing in ends:
                things.setdefault(thing.iri, thing)
            behind.setdefault((ends[0].iri, ends[1].iri, link.kind, link.key), {})[one.iri] = one
    graph: nx.MultiGraph[str] = nx.MultiDiGraph() if is_directed else nx.MultiGraph()
    for thing in sorted(things.values(), key=lambda thing: (thing.kind, thing.iri)):
        graph.add_node(thing.iri, **describe(thing))
    for (source, target, kind, key), pieces in behind.items():
        graph.add_edge(source, target, key=key or kind, kind=kind, **count_evidence(list(pieces.values())))
    return graph


def describe(thing: Thing) -> dict[str, str]:
    """Return the attributes of a node."""
    told = {"label": thing.label, "short_label": thing.short_label, "kind": thing.kind}
    return {**told, "body": thing.body, "short_body": thing.short_body} if thing.body else told


def count_evidence(pieces: list[Evidence]) -> dict[str, str | int | list[str]]:
    """Count the evidence of an edge."""
    told: dict[str, str | int | list[str]] = {"weight": len(pieces), "evidence": [one.iri for one in pieces]}
    stances = [one.stance for one in pieces if one.kind == "claim"]
    if not stances:
        return told
    counts = {stance: stances.count(stance) for stance in STANCES}
    return {
        **told,
        **counts,
        "unknown": stances.count(""),
        "balance": counts["supportive"] - counts["critical"],
        "stance": stances[0] if len(set(stances)) == 1 else "mixed",
    }
