"""What runs in the processes of the server: each has the store open, and does one thing at a time.

A process that takes too long is ended from outside (`workers`); one that needs too much memory fails or ends by itself.
"""

from __future__ import annotations

import hashlib
import io
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from pyoxigraph import BlankNode, NamedNode, Triple, serialize

from stpgraph.checks.figures import check_figures
from stpgraph.errors import LimitReached, StoreError
from stpgraph.search import SearchIndex, open_index
from stpgraph.server.description import Census, census_of, describe
from stpgraph.server.formats import GRAPHS, TABLES, truth
from stpgraph.server.limits import MEGABYTE
from stpgraph.server.processes import memory_in_use
from stpgraph.site import Asked, Reply, Site, respond
from stpgraph.site.briefs import find_briefs, find_speakers
from stpgraph.site.ledger import read_ledger
from stpgraph.site.rendering import compile_templates
from stpgraph.site.sayings import read_sayings
from stpgraph.site.shared import Checks, lend
from stpgraph.site.things import prepare
from stpgraph.site.timeline import find_works
from stpgraph.store import Solutions, Store, is_url, open_store, state_of
from stpgraph.store.updates import with_using
from stpgraph.vocabulary import PREFIXES

__all__ = [
    "Setup",
    "begin",
    "describe_endpoint",
    "find_graph",
    "folder_of",
    "is_open",
    "is_ready",
    "lend_checks",
    "lend_others",
    "make_index",
    "query",
    "show",
    "update",
]

#: Bytes by which a process may have grown since it opened its store; one that has more gives way to a new one.
_GROWTH = 250 * MEGABYTE

#: The index in the shared folder, where the store's own folder cannot have it.
_INDEX = "search.npz"

#: How often, and after how many seconds, a store that is just being replaced is looked for again.
_TRIES, _PAUSE = 20, 0.1

_ALL = "SELECT DISTINCT ?s ?p ?o { ?s ?p ?o }"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """What a process works on.

    Attributes:
        location: a store's folder or address.
        update_url: where an endpoint takes updates, if not at its own address.
        seconds: that one query of an endpoint may take.
        services: what queries may call.
        queries: a folder of further questions.
        may_update: whether updates are taken.
        memory: bytes that a call may need; 0 for no limit.
        shared: a folder of the server's own, where its processes find what one has found for all; None for none.
    """

    location: str
    update_url: str | None = None
    seconds: float = 30.0
    services: tuple[str, ...] = ()
    queries: Path | None = None
    may_update: bool = False
    memory: int = 0
    shared: Path | None = None

    def open(self, *, is_writable: bool = False) -> Store:
        """Open the store."""
        return open_store(
            self.location,
            is_writable=is_writable,
            update_url=self.update_url,
            timeout=self.seconds,
            services=self.services,
        )


class _Desk:
    """What a process has open: a store in one state, and the site upon it."""

    def __init__(self, setup: Setup) -> None:
        self.setup = setup
        self._state: str | None = None
        self._store: Store | None = None
        self._site: Site | None = None
        self._census: Census | None = None
        self.size = memory_in_use()[0]

    def store(self, state: str) -> Store:
        """Return the store as it is in a state; it is opened anew where that is not the one at hand."""
        if self._store is None or state != self._state:
            self._store = _opened(self.setup)
            self._site, self._census, self._state = None, None, state
            self.size = memory_in_use()[0]
        return self._store

    def site(self, state: str) -> Site:
        """Return the site upon the store."""
        store = self.store(state)
        if self._site is None:
            shared = folder_of(self.setup, state)
            self._site = Site(
                store=store,
                index=_index(store, shared),
                queries=self.setup.queries,
                may_update=self.setup.may_update,
                shared=shared,
            )
            prepare(self._site)
            self.size = memory_in_use()[0]
        return self._site

    def census(self, state: str) -> Census:
        """Return what the store holds, counted once a state."""
        store = self.store(state)
        if self._census is None:
            self._census = census_of(store)
        return self._census


def folder_of(setup: Setup, state: str) -> Path | None:
    """Return the folder of what is shared of a store in one state; None where nothing is."""
    return setup.shared / hashlib.sha256(state.encode()).hexdigest()[:20] if setup.shared else None


def _index(store: Store, shared: Path | None) -> SearchIndex:
    """Return the full-text index, the one that is shared where there is one."""
    if shared is not None and (shared / _INDEX).exists():
        return SearchIndex.open(shared / _INDEX)
    return open_index(store)


def _opened(setup: Setup) -> Store:
    """Open the store; one that is just being replaced is waited for."""
    for _ in range(_TRIES):
        try:
            return setup.open()
        except StoreError:
            if is_url(setup.location):
                raise
            time.sleep(_PAUSE)
    return setup.open()


_desk: _Desk | None = None


def begin(setup: Setup) -> Callable[[], bool]:
    """Start a process: remember what it works on; return what says whether it has grown too much."""
    global _desk  # noqa: PLW0603 - a process has one, and calls come by the name of a function
    _desk = _Desk(setup)
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # one that breaks leaves no picture of the graph on the disk
    return _is_worn


def _limit_memory() -> None:
    """Let the process have so many bytes more beside those that it has; Linux alone can say and do that."""
    most = _here().setup.memory
    if most and sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (memory_in_use()[1] + most, resource.RLIM_INFINITY))


def _is_worn() -> bool:
    """Say whether the process has grown so much that a new one had better take its place."""
    return memory_in_use()[0] > _here().size + _GROWTH


def _here() -> _Desk:
    assert _desk is not None, "begin() was not called"
    return _desk


def is_open(state: str) -> bool:
    """Open what queries need."""
    _here().store(state)
    return True


def is_ready(state: str) -> bool:
    """Open what pages need, so that the first reader need not wait."""
    compile_templates()
    _here().site(state)
    return True


def show(state: str, asked: Asked) -> Reply:
    """Make a page of the site."""
    site = _here().site(state)
    _limit_memory()
    return respond(site, asked)


class _Bounded(io.RawIOBase):
    """Bytes that may not become more than so many."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._pieces: list[bytes] = []
        self._most = self._left = most

    def writable(self) -> bool:
        return True

    def write(self, data: Any, /) -> int:
        self._left -= len(data)
        if self._left < 0:
            raise LimitReached(
                f"the answer is larger than {self._most / MEGABYTE:g} MB, the limit of results; ask for less, as with "
                "LIMIT",
                limit="result",
            )
        self._pieces.append(bytes(data))
        return len(data)

    def whole(self) -> bytes:
        return b"".join(self._pieces)


def query(
    state: str,
    sparql: str,
    graphs: tuple[Sequence[str], Sequence[str]],
    medias: tuple[str | None, str | None],
    most: int,
) -> tuple[str, bytes]:
    """Answer a query.

    Args:
        state: of the store.
        sparql: the query.
        graphs: IRIs of the default graphs and of the named graphs asked for by the protocol; both empty for all.
        medias: the media type of a table or truth, and that of a graph; None where the client takes none.
        most: bytes that the answer may have.

    Returns:
        The media type and the answer; "" where the client takes none of the formats that there are.
    """
    store = _here().store(state)
    _limit_memory()
    default, named = ([NamedNode(iri) for iri in iris] for iris in graphs)
    return _answered(store.query(sparql, default_graphs=default, named_graphs=named), medias, most)


def _answered(
    answer: Solutions | bool | list[Triple], medias: tuple[str | None, str | None], most: int
) -> tuple[str, bytes]:
    table, graph = medias
    if isinstance(answer, list):
        return (graph, _written(answer, graph, most)) if graph else ("", b"")
    if table is None:
        return "", b""
    if isinstance(answer, Solutions):
        out = _Bounded(most)
        answer.write(cast("IO[bytes]", out), TABLES[table])
        return table, out.whole()
    return table, truth(answer, table)


def _written(triples: Iterator[Triple] | list[Triple], media: str, most: int) -> bytes:
    out = _Bounded(most)
    serialize(triples, cast("IO[bytes]", out), format=GRAPHS[media], prefixes=dict(PREFIXES))
    return out.whole()


def find_graph(state: str, name: str | None, media: str, most: int) -> bytes | None:
    """Return a named graph, or all of them as one; None where there is none of that name."""
    store = _here().store(state)
    _limit_memory()
    if name is None:
        return _written(_triples(store.select(_ALL)), media, most)
    graph = NamedNode(name)
    if next(iter(store.quads(graph)), None) is None:
        return None
    return _written((quad.triple for quad in store.quads(graph)), media, most)


def _triples(rows: Solutions) -> Iterator[Triple]:
    for subject, predicate, value in rows:
        if isinstance(subject, NamedNode | BlankNode) and isinstance(predicate, NamedNode) and value is not None:
            yield Triple(subject, predicate, value)


def update(sparql: str, graphs: tuple[Sequence[str], Sequence[str]]) -> None:
    """Carry out an update, in a store that is opened for it alone; it reads the graphs that the protocol names."""
    setup = _here().setup
    if not is_url(setup.location) and not state_of(Path(setup.location)):
        raise StoreError("the store is gone, and nothing was changed; put it back", where=setup.location)
    told = with_using(sparql, *graphs)
    with setup.open(is_writable=True) as store:
        _limit_memory()
        store.update(told)


def make_index(state: str) -> None:
    """Bring the full-text index up to the store, and put where all pages find it what they cannot do without."""
    setup = _here().setup
    shared = folder_of(setup, state)
    with _opened(setup) as store, open_index(store) as index:
        if shared is not None:
            lend(shared, "ledger", read_ledger(store))
            if index.kept_at is None:
                index.keep(shared / _INDEX)


def lend_checks(state: str) -> None:
    """Check the figures for all pages."""
    _give_way()
    shared = folder_of(_here().setup, state)
    assert shared is not None, "there is nowhere to put what was found"
    lend(shared, "checks", Checks(findings=check_figures(_here().store(state))))


def lend_others(state: str) -> None:
    """Find for all pages what takes long to find, and what they could find themselves."""
    _give_way()
    shared = folder_of(_here().setup, state)
    assert shared is not None, "there is nowhere to put what was found"
    site = Site(store=_here().store(state), shared=shared)
    lend(shared, "briefs", find_briefs(site))
    lend(shared, "speakers", find_speakers(site))
    lend(shared, "works", find_works(site))
    lend(shared, "sayings", read_sayings(site))


def _give_way() -> None:
    """Let those go first for whom somebody waits."""
    if sys.platform != "win32":
        os.nice(10)


def describe_endpoint(state: str, root: str, media: str, most: int) -> bytes:
    """Return the description of the endpoint and its data."""
    desk = _here()
    triples = describe(
        desk.census(state),
        root,
        may_update=desk.setup.may_update,
        has_federation=bool(desk.setup.services),
    )
    return _written(triples, media, most)
