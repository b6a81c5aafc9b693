"""What runs in the processes of the server: each has the store open, and does one thing at a time.

A process that takes too long is ended from outside (`workers`); one that needs too much memory fails or ends by itself.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from pyoxigraph import NamedNode, serialize

from stpgraph.errors import LimitReached
from stpgraph.search import open_index
from stpgraph.server.description import describe
from stpgraph.server.formats import GRAPHS, TABLES, truth
from stpgraph.server.limits import MEGABYTE
from stpgraph.site import Asked, Reply, Site, respond
from stpgraph.store import Solutions, Store, open_store
from stpgraph.vocabulary import PREFIXES

__all__ = ["Setup", "begin", "describe_endpoint", "find_graph", "is_ready", "make_index", "query", "show", "update"]


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
    """

    location: str
    update_url: str | None = None
    seconds: float = 30.0
    services: tuple[str, ...] = ()
    queries: Path | None = None
    may_update: bool = False
    memory: int = 0

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

    def store(self, state: str) -> Store:
        """Return the store as it is in a state; it is opened anew where that is not the one at hand."""
        if self._store is None or state != self._state:
            opened = self.setup.open()
            self._store, self._site, self._state = opened, None, state
        return self._store

    def site(self, state: str) -> Site:
        """Return the site upon the store."""
        store = self.store(state)
        if self._site is None:
            self._site = Site(
                store=store,
                index=open_index(store),
                queries=self.setup.queries,
                may_update=self.setup.may_update,
            )
        return self._site


_desk: _Desk | None = None


def begin(setup: Setup) -> None:
    """Start a process: remember what it works on, and let no call take more memory than it may."""
    global _desk  # noqa: PLW0603 - a process has one, and calls come by the name of a function
    _desk = _Desk(setup)
    if setup.memory:
        _limit_memory(setup.memory)


def _limit_memory(most: int) -> None:
    """Let the process have so many bytes beside those that it has; Linux alone can say and do that."""
    if sys.platform != "linux":
        return
    import resource

    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    [held] = [int(line.split()[1]) * 1024 for line in lines if line.startswith("VmData:")]
    resource.setrlimit(resource.RLIMIT_DATA, (held + most, resource.RLIM_INFINITY))


def _here() -> _Desk:
    assert _desk is not None, "begin() was not called"
    return _desk


def is_ready(state: str) -> bool:
    """Open what pages need, so that the first reader need not wait."""
    _here().site(state)
    return True


def show(state: str, asked: Asked) -> Reply:
    """Make a page of the site."""
    return respond(_here().site(state), asked)


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
    default, named = ([NamedNode(iri) for iri in iris] for iris in graphs)
    answer = (
        store.query(sparql, default_graphs=default, named_graphs=named) if default or named else store.query(sparql)
    )
    table, graph = medias
    if isinstance(answer, list):
        if graph is None:
            return "", b""
        out = _Bounded(most)
        serialize(answer, cast("IO[bytes]", out), format=GRAPHS[graph], prefixes=dict(PREFIXES))
        return graph, out.whole()
    if table is None:
        return "", b""
    if isinstance(answer, Solutions):
        out = _Bounded(most)
        answer.write(cast("IO[bytes]", out), TABLES[table])
        return table, out.whole()
    return table, truth(answer, table)


def find_graph(state: str, name: str | None, media: str, most: int) -> bytes | None:
    """Return a named graph, or all of them as one; None where there is none of that name."""
    store = _here().store(state)
    graph = NamedNode(name) if name is not None else None
    if graph is not None and next(iter(store.quads(graph)), None) is None:
        return None
    out = _Bounded(most)
    triples = dict.fromkeys(quad.triple for quad in store.quads(graph)) if graph is None else None
    found = triples if triples is not None else (quad.triple for quad in store.quads(graph))
    serialize(found, cast("IO[bytes]", out), format=GRAPHS[media], prefixes=dict(PREFIXES))
    return out.whole()


def update(sparql: str) -> None:
    """Carry out an update, in a store that is opened for it alone."""
    with _here().setup.open(is_writable=True) as store:
        store.update(sparql)


def make_index() -> None:
    """Bring the full-text index up to the store."""
    with _here().setup.open() as store:
        open_index(store).close()


def describe_endpoint(state: str, root: str, media: str) -> bytes:
    """Return the description of the endpoint and its data; the counts are made once a state."""
    desk = _here()
    triples = desk.site(state).once(
        f"description of {root}",
        lambda store: list(
            describe(store, root, may_update=desk.setup.may_update, has_federation=bool(desk.setup.services))
        ),
    )
    return serialize(triples, format=GRAPHS[media], prefixes=dict(PREFIXES)) or b""
