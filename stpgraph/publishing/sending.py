"""What is to be sent, and sending it: a graph beside the old one, verified, copied into place, verified again."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from pyoxigraph import NamedNode, RdfFormat, serialize

from stpgraph.building import holds_words
from stpgraph.errors import EndpointError, StoreError, UsageError
from stpgraph.publishing.digests import Digest, batches, digests_of
from stpgraph.publishing.endpoints import Endpoint
from stpgraph.store import Store
from stpgraph.store.endpoint import BEING_SENT

__all__ = ["Outcome", "Published", "Survey", "publish", "survey"]

#: Bytes of one request at first, and at least: halved where an endpoint, or a proxy before it, takes no more. Triples
#: have no blank nodes, so that a graph may come in parts.
_REQUEST_BYTES, _LEAST_BYTES = 8_000_000, 60_000

#: Triples that are written at once.
_PIECE = 2_000

#: The status of "too large".
_TOO_LARGE = 413

#: Names the graphs of an endpoint. With DISTINCT in place of GROUP BY, Virtuoso takes 200 times as long.
_NAMES = "SELECT ?g { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"


class Outcome(StrEnum):
    """What became, or would become, of a graph at the endpoint."""

    SAME = "already there"
    SENT = "sent"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """One graph that the endpoint holds as the source does."""

    graph: NamedNode
    triple_count: int
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """How the endpoint compares with the source, before anything is sent.

    Attributes:
        wanted: the graphs to publish, by their names, with what they hold.
        there: those of them that the endpoint has, with what they hold there.
        beside: graphs that an earlier run left half-sent, with what they hold, where that is of use.
        leftovers: the names of all graphs that an earlier run left half-sent.
        others: graphs of the endpoint that are none of the source's; they are left alone.
        words: graphs of the source with the exact words of texts, which are their publishers' and are not sent.
        unnamed_count: triples of the source in no named graph, or in one without an IRI; they are not sent.
    """

    wanted: Mapping[NamedNode, Digest]
    there: Mapping[NamedNode, Digest]
    beside: Mapping[NamedNode, Digest]
    leftovers: tuple[NamedNode, ...]
    others: tuple[NamedNode, ...]
    words: tuple[NamedNode, ...]
    unnamed_count: int

    def outcome_of(self, graph: NamedNode) -> Outcome:
        """Say what publishing comes to for a graph."""
        if graph not in self.there:
            return Outcome.SENT
        return Outcome.SAME if self.there[graph] == self.wanted[graph] else Outcome.REPLACED


def survey(source: Store, target: Endpoint, only: Collection[NamedNode] = ()) -> Survey:
    """Hold the graphs of a source against those of an endpoint; nothing is sent.

    Args:
        source: where the graph is.
        target: where it is to be.
        only: the graphs to publish; all where none is named.

    Raises:
        UsageError: when the source has no such graph, or nothing to publish.
        StoreError: when a graph of the source has a blank node, whose name ends where a request does.
        EndpointError: when the endpoint does not answer.
    """
    held = digests_of(source.select)
    _check(held, only)
    wanted = {graph: held[graph] for graph in _sorted(only or held) if not holds_words(graph)}
    rows = target.select(_NAMES)
    present = {name for (name,) in rows if isinstance(name, NamedNode)}
    expected = {**wanted, **{_beside(graph, digest): digest for graph, digest in wanted.items()}}
    found: dict[NamedNode, Digest] = {}
    for batch in batches([graph for graph in expected if graph in present], expected):
        found |= digests_of(target.select, batch)
    leftovers = {name for name in present if BEING_SENT in name.value}
    return Survey(
        wanted=wanted,
        there={graph: found[graph] for graph in wanted if graph in found},
        beside={graph: found[graph] for graph in leftovers if graph in found},
        leftovers=_sorted(leftovers),
        others=_sorted(present - leftovers - held.keys()),
        words=_sorted(filter(holds_words, held)),
        unnamed_count=len(source) - sum(digest.count for digest in held.values()),
    )


def publish(source: Store, target: Endpoint, found: Survey | None = None) -> Iterator[Published]:
    """Send to an endpoint what it does not have yet, and yield each graph when it is verified in place.

    A graph that is not reached, because of an error or because the caller stops, is at the endpoint as it was. Of two
    runs that send the same graph at once, one may be told that what it sent is gone; the graph is whole all the same,
    save at a Virtuoso, where it can be left empty until it is published again.

    Args:
        source: where the graph is.
        target: where it is to be.
        found: what `survey` of the two came to; made here where not given.

    Raises:
        EndpointError: when the endpoint does not answer, refuses, or holds something else than was sent.
    """
    known = found or survey(source, target)
    missing = [graph for graph in known.wanted if known.outcome_of(graph) is not Outcome.SAME]
    own = {name for name in known.leftovers if NamedNode(name.value.partition(BEING_SENT)[0]) in known.wanted}
    _drop(target, own - {_beside(graph, known.wanted[graph]) for graph in missing})  # others may be being sent now
    for graph in _sorted(known.wanted.keys() - missing):
        yield Published(graph=graph, triple_count=known.wanted[graph].count, outcome=Outcome.SAME)
    if missing:
        target.greet()
    size = _REQUEST_BYTES
    for batch in batches(missing, known.wanted):
        for graph in batch:
            beside = _beside(graph, known.wanted[graph])
            if known.beside.get(beside) != known.wanted[graph]:
                size = _send(source, target, graph, beside, size)
        _put_in_place(target, {graph: known.wanted[graph] for graph in batch})
        for graph in batch:
            count = known.wanted[graph].count
            yield Published(graph=graph, triple_count=count, outcome=known.outcome_of(graph))


def _put_in_place(target: Endpoint, wanted: Mapping[NamedNode, Digest]) -> None:
    """Verify graphs beside their places, copy each into its place with one update, and verify again.

    A copy, not a move: carried out twice it comes to the same, while Virtuoso takes a second move for one of nothing,
    and empties the place. And what was sent stays whole beside it until the place is verified.
    """
    beside = {_beside(graph, digest): digest for graph, digest in wanted.items()}
    try:
        _verify(target, beside, "the old one is as it was")
    except EndpointError:
        _drop(target, beside)
        raise
    for graph in wanted:
        _copy(target, graph, _beside(graph, wanted[graph]))
    _verify(target, wanted, "it was changed while it was being put in place: publish again")
    _drop(target, beside)


def _copy(target: Endpoint, graph: NamedNode, beside: NamedNode) -> None:
    """Copy a graph into its place, in one request that does nothing where there is nothing to copy.

    Another run may have put it in place and removed what it came from, and COPY would then empty the place. Virtuoso
    has it in one piece by COPY alone; Jena 4.5 fails at COPY.
    """
    if target.is_virtuoso:
        target.update(f"COPY GRAPH {beside} TO GRAPH {graph}")
        return
    target.update(
        f"DELETE {{ GRAPH {graph} {{ ?s ?p ?o }} }} "
        f"WHERE {{ {{ SELECT ?any {{ GRAPH {beside} {{ ?any ?p1 ?o1 }} }} LIMIT 1 }} GRAPH {graph} {{ ?s ?p ?o }} }} ; "
        f"INSERT {{ GRAPH {graph} {{ ?s ?p ?o }} }} WHERE {{ GRAPH {beside} {{ ?s ?p ?o }} }}"
    )


def _verify(target: Endpoint, wanted: Mapping[NamedNode, Digest], so: str) -> None:
    held = digests_of(target.select, tuple(wanted))
    for graph, digest in wanted.items():
        there = held.get(graph, Digest())
        if there != digest:
            name = graph.value.partition(BEING_SENT)[0]
            what = (
                f"holds {there.count:,} triples where {digest.count:,} were sent"
                if there.count != digest.count
                else f"holds as many triples as were sent, {digest.count:,}, but not the same"
            )
            raise EndpointError(f"the endpoint {what} for the graph {name}; {so}", where=target.url)


def _send(source: Store, target: Endpoint, graph: NamedNode, beside: NamedNode, size: int) -> int:
    """Send a graph to the one beside it, and return how many bytes of it a request may have."""
    while True:
        try:
            for body in _requests(source, graph, size):
                target.add(beside, body)
            return size
        except EndpointError as fault:
            if fault.status != _TOO_LARGE or size <= _LEAST_BYTES:
                raise
            size //= 2


def _requests(source: Store, graph: NamedNode, limit: int) -> Iterator[bytes]:
    """Yield a graph as N-Triples, in as many pieces as its size asks for."""
    triples = (quad.triple for quad in source.quads(graph))
    waiting: list[bytes] = []
    size = 0
    while piece := list(islice(triples, _PIECE)):
        for line in (serialize(piece, format=RdfFormat.N_TRIPLES) or b"").splitlines(keepends=True):
            if waiting and size + len(line) > limit:
                yield b"".join(waiting)
                waiting, size = [], 0
            waiting.append(line)
            size += len(line)
    if waiting:
        yield b"".join(waiting)


def _drop(target: Endpoint, graphs: Iterable[NamedNode]) -> None:
    dropping = " ; ".join(f"DROP SILENT GRAPH {graph}" for graph in graphs)
    if dropping:
        target.update(dropping)


def _check(held: Mapping[NamedNode, Digest], only: Collection[NamedNode]) -> None:
    names = [graph.value for graph in held if not holds_words(graph)]
    for graph in only:
        if graph.value not in names:
            close = difflib.get_close_matches(graph.value, names, n=1, cutoff=0.0)
            raise UsageError(f"there is no graph {graph} to publish; did you mean <{''.join(close)}>?")
    if not names:
        raise UsageError("there is nothing to publish: no named graph holds anything")
    torn = [name for name in ([one.value for one in only] or names) if held[NamedNode(name)].sums is None]
    if torn:
        raise StoreError("it has a blank node, which has no name at the endpoint; give it an IRI first", where=torn[0])
    taken = [name for name in names if BEING_SENT in name]
    if taken:
        raise StoreError(
            f"a graph that is to be published may not have {BEING_SENT} in its name; rename it", where=taken[0]
        )


def _beside(graph: NamedNode, digest: Digest) -> NamedNode:
    """Return the name of a graph while it is sent; another for other content, which another run might send."""
    first, second = digest.sums or (0, 0)
    return NamedNode(f"{graph.value}{BEING_SENT}{digest.count}-{first}-{second}")


def _sorted(graphs: Iterable[NamedNode]) -> tuple[NamedNode, ...]:
    return tuple(sorted(graphs, key=lambda graph: graph.value))
