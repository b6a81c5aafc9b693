"""The engine room: which processes there are, and which state of the store they show.

A store in a folder may be replaced or filled while it is served. Its files are looked at every second: queries go on in
the new state at once, pages as soon as the full-text index has been brought up to it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from stpgraph.errors import StpGraphError
from stpgraph.server import jobs
from stpgraph.server.jobs import Setup
from stpgraph.server.limits import Limits
from stpgraph.server.workers import Workers
from stpgraph.site import Asked, Reply
from stpgraph.store import is_url, state_of

__all__ = ["Engine"]

#: Seconds between two looks at the store's files.
_PAUSE = 1.0

#: Seconds that the making of an index may take.
_LONG = 86_400.0

_LOG = logging.getLogger("stpgraph")


class Engine:
    """The processes that answer, and the state of the store that they are asked for."""

    def __init__(self, setup: Setup, limits: Limits) -> None:
        self.setup = replace(setup, memory=limits.memory)
        self.limits = limits
        self._folder = None if is_url(setup.location) else Path(setup.location)
        self._of_queries = self._of_pages = self._look()
        self._change = asyncio.Lock()
        self._failed = ""

    def _look(self) -> str:
        return state_of(self._folder) if self._folder else ""

    async def start(self) -> None:
        """Start the processes, and have them ready for the first reader."""
        self._queries = Workers(self.setup, self.limits)
        self._pages = Workers(self.setup, self.limits)
        await self._upkeep()
        await asyncio.gather(*(self._pages.run(jobs.is_ready, self._of_pages) for _ in range(self.limits.workers)))
        self._watcher = asyncio.create_task(self._watch())

    async def stop(self) -> None:
        """End all processes."""
        self._watcher.cancel()
        for workers in (self._queries, self._pages):
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
        return await self._queries.run(jobs.describe_endpoint, self._of_queries, root, media)

    async def graph(self, name: str | None, media: str) -> bytes | None:
        """Return a graph: see `jobs.find_graph`."""
        return await self._queries.run(jobs.find_graph, self._of_queries, name, media, self.limits.result)

    async def update(self, sparql: str) -> None:
        """Carry out an update; whoever asks after it sees what it did."""
        async with self._change:
            workers = Workers(self.setup, self.limits, count=1)
            try:
                await workers.run(jobs.update, sparql)
            finally:
                await asyncio.to_thread(workers.close)
            self._of_queries = self._look() or self._of_queries

    async def _upkeep(self) -> None:
        """Bring the index up to the store."""
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
            try:
                await self._upkeep()
            except StpGraphError as fault:
                _LOG.warning("the store has changed, and pages cannot follow: %s", fault)
                self._failed = now
                continue
            self._of_pages = now
