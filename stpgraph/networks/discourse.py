"""The view `discourse`: which claimants stand where on which relationships, and who agrees with whom.

Discourse network analysis after Leifeld; docs/networks.md has the definitions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

import networkx as nx

from stpgraph.networks.claims import find_claims
from stpgraph.networks.evidence import Evidence, Link, Thing
from stpgraph.networks.filters import EVERYTHING, Filters, words
from stpgraph.networks.statements import (
    Duplicates,
    Levels,
    Selection,
    Statement,
    actor_of,
    check_choice,
    read_statements,
    select_statements,
)
from stpgraph.networks.views import Network, View, count_evidence, describe
from stpgraph.store import Store

if TYPE_CHECKING:
    from stpgraph.networks.matrices import Normalisation, Weight

__all__ = ["DiscourseNetwork", "Mode", "discourse"]

#: What the nodes are: claimants and relationships, or those of one sort that are alike in the other.
Mode: TypeAlias = Literal["two-mode", "claimants", "relationships"]

#: What each network answers, without the question mark.
_QUESTIONS = {
    ("two-mode", "ignore"): "Which claimants speak about which relationships",
    ("two-mode", "subtract"): "Which claimants are for or against which relationships, on balance",
    ("two-mode", "combine"): "Which claimants are for, against or both on which relationships",
    ("claimants", "congruence"): "Which claimants agree on which relationships",
    ("claimants", "conflict"): "Which claimants disagree on which relationships",
    ("claimants", "subtract"): "Which claimants agree more than they disagree on relationships",
    ("claimants", "ignore"): "Which claimants speak about the same relationships",
    ("relationships", "congruence"): "Which relationships do the same claimants judge alike",
    ("relationships", "conflict"): "Which relationships do the same claimants judge unlike",
    ("relationships", "subtract"): "Which relationships do the same claimants judge alike rather than unlike",
    ("relationships", "ignore"): "Which relationships do the same claimants speak about",
}

#: What the edges of each network say.
_KINDS = {
    ("claimants", "congruence"): "agrees with",
    ("claimants", "conflict"): "disagrees with",
    ("claimants", "subtract"): "agrees or disagrees with",
    ("claimants", "ignore"): "speaks about the same as",
    ("relationships", "congruence"): "is judged like",
    ("relationships", "conflict"): "is judged unlike",
    ("relationships", "subtract"): "is judged like or unlike",
    ("relationships", "ignore"): "is spoken about with",
}

#: What tells a statement: claim, actor, concept.
_Key: TypeAlias = tuple[str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscourseNetwork:
    """Draws the claims of a period, or of a window of it, in which no duplicate counts anew.

    Attributes:
        mode: what the nodes are.
        weight: what the weight of a tie is.
        normalisation: what it is divided by.
        roll_up: whether persons count as the bodies they speak for.
        levels: whether stance has two values or three.
        period: the statements of the whole period, for the ends of the scale.
        dropped: its duplicates: claim, actor and concept of each.
    """

    mode: Mode
    weight: Weight
    normalisation: Normalisation
    roll_up: bool
    levels: Levels
    period: Selection
    dropped: frozenset[_Key]

    def __call__(self, evidence: Sequence[Evidence]) -> Network:
        """Make the graph of claims."""
        read = list(read_statements(evidence, levels=self.levels, roll_up=self.roll_up))
        kept = [one for one in read if one.stance is not None and _key(one) not in self.dropped]
        selection = replace(self.period, statements=tuple(kept))
        behind = _Behind(evidence, kept)
        graph = self._two_mode(selection, behind) if self.mode == "two-mode" else self._one_mode(selection, behind)
        graph.graph.update(
            mode=self.mode,
            weight=self.weight,
            normalisation=self.normalisation,
            levels=self.levels,
            left_out=len({one.claim for one in read if one.stance is None}),
            duplicates=sum(_key(one) in self.dropped for one in read),
        )
        return graph

    def _two_mode(self, selection: Selection, behind: _Behind) -> Network:
        from stpgraph.networks.matrices import count, weigh_cells

        counts = count(selection)
        graph: nx.DiGraph[str] = nx.DiGraph()
        _add_things(graph, self._things(behind.evidence), (*counts.actors, *counts.concepts))
        is_whole = self.normalisation == "none"
        for row, column, weight in zip(*weigh_cells(counts, self.weight, self.normalisation), strict=True):
            actor, concept = counts.actors[row], counts.concepts[column]
            told = count_evidence(behind.pieces(behind.positions[actor, concept]))
            size = int(weight) if is_whole else float(weight)
            graph.add_edge(actor, concept, **{**told, "kind": "speaks about", "weight": size})
        return graph

    def _one_mode(self, selection: Selection, behind: _Behind) -> Network:
        from stpgraph.networks.matrices import count, pairs_of

        is_of_claimants = self.mode == "claimants"
        counts = count(selection) if is_of_claimants else count(selection).transposed()
        pairs = pairs_of(counts, self.weight, self.normalisation)
        graph: nx.Graph[str] = nx.Graph()
        _add_things(graph, self._things(behind.evidence), counts.actors)
        held = {"congruence": pairs.congruence > 0, "conflict": pairs.conflict > 0}.get(self.weight)
        shared = behind.by_actor() if is_of_claimants else behind.by_concept()
        kind = _KINDS[self.mode, self.weight]
        for at in range(len(pairs.first)) if held is None else held.nonzero()[0]:
            one, other = counts.actors[pairs.first[at]], counts.actors[pairs.second[at]]
            graph.add_edge(
                one,
                other,
                kind=kind,
                weight=float(pairs.weight[at]),
                congruence=float(pairs.congruence[at]),
                conflict=float(pairs.conflict[at]),
                evidence=behind.iris(_met(shared[one], shared[other])),
            )
        return graph

    def _things(self, evidence: Iterable[Evidence]) -> dict[str, Thing]:
        things: dict[str, Thing] = {}
        for one in evidence:
            for speaker in one.speakers:
                actor = actor_of(speaker, roll_up=self.roll_up)
                things.setdefault(actor.iri, actor)
            for topic in one.topics:
                things.setdefault(topic.thing.iri, topic.thing)
        return things


class _Behind:
    """The claims behind each actor and concept, by their positions in the evidence."""

    def __init__(self, evidence: Sequence[Evidence], kept: Iterable[Statement]) -> None:
        self.evidence = evidence
        place = {one.iri: at for at, one in enumerate(evidence)}
        self.positions: dict[tuple[str, str], list[int]] = {}
        for one in kept:
            self.positions.setdefault((one.actor, one.concept), []).append(place[one.claim])

    def by_actor(self) -> dict[str, dict[str, list[int]]]:
        """Return, for each actor, the positions of claims by concept."""
        found: dict[str, dict[str, list[int]]] = {}
        for (actor, concept), positions in self.positions.items():
            found.setdefault(actor, {})[concept] = positions
        return found

    def by_concept(self) -> dict[str, dict[str, list[int]]]:
        """Return, for each concept, the positions of claims by actor."""
        found: dict[str, dict[str, list[int]]] = {}
        for (actor, concept), positions in self.positions.items():
            found.setdefault(concept, {})[actor] = positions
        return found

    def pieces(self, positions: Iterable[int]) -> list[Evidence]:
        """Return the claims at some positions, in the order of the evidence."""
        return [self.evidence[at] for at in sorted(set(positions))]

    def iris(self, positions: Iterable[int]) -> list[str]:
        """Return what identifies the claims at some positions."""
        return [one.iri for one in self.pieces(positions)]


def discourse(
    store: Store,
    filters: Filters = EVERYTHING,
    *,
    mode: Mode = "two-mode",
    weight: Weight | None = None,
    normalisation: Normalisation = "none",
    duplicates: Duplicates = "document",
    roll_up: bool = False,
    levels: Levels = "two",
) -> View:
    """Return the discourse network of claims.

    Args:
        store: answers the query.
        filters: what claims are asked for; with days, these are the period.
        mode: "two-mode" for claimants and relationships; "claimants" or "relationships" for those of one sort, tied
            by what they share in the other.
        weight: for two modes "ignore" (how many statements), "subtract" or "combine"; for one "congruence",
            "conflict", "subtract" or "ignore". Where not given, the first of these.
        normalisation: for two modes "none", "activity" or "prominence"; for one "none", "average", "jaccard" or
            "cosine".
        duplicates: within what the same claimant's same stance on the same relationship counts once.
        roll_up: whether persons count as the bodies they speak for.
        levels: "two" leaves mixed and neutral claims out; "three" has them between critical and supportive.

    Returns:
        A view whose graph is directed, from claimants to relationships, for two modes, and undirected for one. Edges
        have `weight`, which can be negative or 0, and `evidence`, the claims that count; for two modes how many take
        each stance; for one `congruence` and `conflict` before normalisation. `graph.graph` says the `mode`,
        `weight`, `normalisation` and `levels`, how many claims are `left_out` for their stance, and how many
        statements are `duplicates`.

    Raises:
        BadParameter: when a filter names nothing, or options are not known or do not fit one another.

    Example:
        >>> from stpgraph.store import open_store
        >>> discourse(open_store(), mode="claimants", weight="conflict").question
        'Which claimants disagree on which relationships'
    """
    from stpgraph.networks.matrices import check_combination

    check_choice("mode", mode, get_args(Mode))
    chosen: Weight = weight or ("ignore" if mode == "two-mode" else "congruence")
    check_combination(mode, chosen, normalisation)
    claims = find_claims(store, filters)
    read = list(read_statements(claims.evidence, levels=levels, roll_up=roll_up))
    is_unsigned = chosen == "ignore"
    period = select_statements(read, levels=levels, duplicates=duplicates, ignores_stance=is_unsigned)
    kept = {_key(one) for one in period.statements}
    dropped = frozenset(_key(one) for one in read if one.stance is not None and _key(one) not in kept)
    return View(
        name="discourse",
        question=", ".join(filter(None, (_QUESTIONS[mode, chosen], words(store, filters)))),
        sparql=claims.sparql,
        evidence=tuple(_linked(claims.evidence, roll_up=roll_up) if mode == "two-mode" else claims.evidence),
        make=DiscourseNetwork(
            mode=mode,
            weight=chosen,
            normalisation=normalisation,
            roll_up=roll_up,
            levels=levels,
            period=replace(period, statements=()),
            dropped=dropped,
        ),
        undrawn=claims.undrawn,
    )


def _linked(evidence: Iterable[Evidence], *, roll_up: bool) -> Iterator[Evidence]:
    """Give claims the links that they stand for between claimants, or their bodies, and relationships."""
    for one in evidence:
        actors = dict.fromkeys(actor_of(speaker, roll_up=roll_up) for speaker in one.speakers)
        links = (Link(source=who, target=topic.thing, kind="speaks about") for who in actors for topic in one.topics)
        yield replace(one, links=tuple(links))


def _key(one: Statement) -> _Key:
    return one.claim, one.actor, one.concept


def _met(one: dict[str, list[int]], other: dict[str, list[int]]) -> Iterator[int]:
    """Yield the positions of claims of two on what they share."""
    for shared in one.keys() & other.keys():
        yield from one[shared]
        yield from other[shared]


def _add_things(graph: Network, things: dict[str, Thing], names: Iterable[str]) -> None:
    """Add nodes in the order of kind and IRI."""
    for thing in sorted((things[name] for name in names), key=lambda thing: (thing.kind, thing.iri)):
        graph.add_node(thing.iri, **describe(thing))
