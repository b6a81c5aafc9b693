"""The engine room: which processes there are, and which state of the store they show.

A store in a folder may be replaced or filled while it is served. Its files are looked at every second: queries go on in
the new state at once, pages as soon as the full-text index has been brought up to it. An endpoint cannot be looked at;
what is known of it is forgotten every minute, and after each update that came through here.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from stpgraph.errors import StpGraphError
from stpgraph.server import jobs
from stpgraph.server.jobs import Setup
from stpgraph.server.limits import Limits
from stpgraph.server.processes import ServerFault
from stpgraph.server.workers import Workers
from stpgraph.site import Asked, Reply
from stpgraph.store import is_url, state_of

__all__ = ["Engine"]

#: Seconds between two looks at the store's files, and after which an endpoint is asked anew what graphs it has.
_PAUSE, _ENDPOINT = 1.0, 60.0

#: Seconds that the making of an index may take.
_LONG = 86_400.0

_LOG = logging.getLogger("stpgraph")


class Engine:
    """The processes that answer, and the state of the store that they are asked for."""

    def __init__(self, setup: Setup, limits: Limits) -> None:
        self.setup = replace(setup, memory=limits.memory)
        self.limits = limits
        self._folder = None if is_url(setup.location) else Path(setup.location)
        self._updates = 0
        self._of_queries = self._of_pages = self._look()
        self._change = asyncio.Lock()
        self._failed = ""
        self._queries = Workers(self.setup, limits)
        self._pages = Workers(self.setup, limits)
        self._updater = Workers(self.setup, limits, count=1)
        self._watcher: asyncio.Task[None] | None = None

    def _look(self) -> str:
        if self._folder:
            return state_of(self._folder)
        return f"{self._updates} {time.monotonic() // _ENDPOINT:.0f}"

    async def start(self) -> None:
        """Start the processes, and have them ready for the first reader.

        Raises:
            StoreError: when the store cannot be read.
        """
        await self._upkeep()
        self._of_queries = self._of_pages = self._look() or self._of_pages
        count = range(self.limits.workers)
        await asyncio.gather(
            *(self._pages.run(jobs.is_ready, self._of_pages) for _ in count),
            *(self._queries.run(jobs.is_open, self._of_queries) for _ in count),
        )
        self._watcher = asyncio.create_task(self._watch())

    async def stop(self) -> None:
        """End all processes."""
        if self._watcher is not None:
            self._watcher.cancel()
        for workers in (self._queries, self._pages, self._updater):
            await asyncio.to_thread(workers.close)

    async def page(self, asked: Asked) -> Reply:
        """Make a page of the site."""
        return await self._pages.run(jobs.show, self._of_pages, asked)

    async def query(
        self, sparql: str, graphs: tuple[Sequence[str], Sequence[str]], medias: tuple[str | None, str | None]
    ) -> tuple[str, bytes]:
        """Answer a query: see `jobs.query`."""
        return await self._queries.run(jobs.query, self._of_queries, sparql, graphs, medias, self.limits.result)

    async def describe(self, root: str, media: str) -> bytes:
        """Describe the endpoint: see `jobs.describe_endpoint`."""
        return await self._queries.run(jobs.describe_endpoint, self._of_queries, root, media, self.limits.result)

    async def graph(self, name: str | None, media: str) -> bytes | None:
        """Return a graph: see `jobs.find_graph`."""
        return await self._queries.run(jobs.find_graph, self._of_queries, name, media, self.limits.result)

    async def update(self, sparql: str, graphs: tuple[Sequence[str], Sequence[str]]) -> None:
        """Carry out an update; whoever asks after it sees what it did."""
        async with self._change:
            try:
                await self._updater.run(jobs.update, sparql, graphs)
            finally:  # one that failed may have got to the end
                self._updates += 1
                self._of_queries = self._look() or self._of_queries
                if self._folder is None:
                    self._of_pages = self._of_queries

    async def _upkeep(self) -> None:
        """Bring the index up to the store."""
        if self._folder is None:
            return  # it is kept nowhere; each process makes its own
        workers = Workers(replace(self.setup, memory=0), replace(self.limits, seconds=_LONG), count=1)
        try:
            await workers.run(jobs.make_index)
        finally:
            await asyncio.to_thread(workers.close)

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(_PAUSE)
            now = self._look()
            if not now or now in {self._of_pages, self._failed}:
                continue
            self._of_queries = now
            if self._folder is None:
                continue
            try:
                await self._upkeep()
            except (StpGraphError, ServerFault) as fault:
                _LOG.warning("the store has changed, and pages cannot follow: %s", fault)
                self._failed = now
                continue
            self._of_pages = self._look() or now
            if self._of_queries == now:
                self._of_queries = self._of_pages
