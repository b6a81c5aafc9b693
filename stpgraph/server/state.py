"""The engine room: which processes there are, and which state of the store they show.

A store in a folder may be replaced or filled while it is served. Its files are looked at every second: queries go on in
the new state at once, pages as soon as the full-text index has been brought up to it. An endpoint cannot be looked at;
what graphs it has is asked anew every minute, and pages follow each update that came through here.

What all pages need is found once, by one process, and put into a folder that they share: the index and the list of
claims before the first page of a state is made, the checks of figures and the like meanwhile.
"""

from __future__ import annotations

import asyncio
import logging
import shutil
import time
from collections.abc import AsyncIterator, Awaitable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from pathlib import Path

from stpgraph.errors import LimitReached, StoreError, StpGraphError
from stpgraph.server import jobs
from stpgraph.server.jobs import Setup
from stpgraph.server.limits import Limits
from stpgraph.server.places import Place
from stpgraph.server.processes import ServerFault
from stpgraph.server.workers import Workers
from stpgraph.site import Asked, Reply
from stpgraph.site.shared import Checks, lend
from stpgraph.store import is_url, state_of

__all__ = ["Engine"]

#: Seconds between two looks at the store's files, and after which an endpoint is asked anew what graphs it has.
_PAUSE, _ENDPOINT = 1.0, 60.0

#: Seconds that the making of an index may take, and the checks of figures.
_LONG, _CHECKS = 86_400.0, 900.0

#: How often the store may change while it is read before pages show what was read last.
_TRIES = 3

#: What is said where the checks did not come to an end.
_UNKNOWN = "Which figures do not hold together is not known: {why}."

_LOG = logging.getLogger("stpgraph")


class Engine:
    """The processes that answer, and the state of the store that they are asked for."""

    def __init__(self, setup: Setup, limits: Limits) -> None:
        self._place = Place()
        self.setup = replace(setup, memory=limits.memory, shared=self._place.path)
        self.limits = limits
        self._folder = None if is_url(setup.location) else Path(setup.location)
        self._updates = 0
        self._of_queries = self._look()
        self._of_pages = self._look_of_pages()
        self._change = asyncio.Lock()
        self._failed = ""
        self._queries = Workers(self.setup, limits)
        self._pages = Workers(self.setup, limits)
        self._updater = Workers(self.setup, limits, count=1)
        self._watcher: asyncio.Task[None] | None = None
        self._lender: asyncio.Task[None] | None = None

    def _look(self) -> str:
        if self._folder:
            return state_of(self._folder)
        return f"{self._updates} {time.monotonic() // _ENDPOINT:.0f}"

    def _look_of_pages(self) -> str:
        """Return the state that pages should show; of an endpoint, they follow updates alone."""
        return self._look() if self._folder else str(self._updates)

    async def start(self) -> None:
        """Start the processes, and have them ready for the first reader.

        Raises:
            StoreError: when the store cannot be read.
        """
        self._of_pages = await self._upkeep(self._of_pages)
        if self._folder:
            self._of_queries = self._of_pages
        count = range(self.limits.workers)
        await asyncio.gather(
            *(_warm(self._pages.run(jobs.is_ready, self._of_pages)) for _ in count),
            *(_warm(self._queries.run(jobs.is_open, self._of_queries)) for _ in count),
        )
        self._watcher = asyncio.create_task(self._watch())
        self._lender = asyncio.create_task(self._lend(self._of_pages))

    async def stop(self) -> None:
        """End all processes."""
        for task in (self._watcher, self._lender):
            await _end(task)
        for workers in (self._queries, self._pages, self._updater):
            await asyncio.to_thread(workers.close)
        await asyncio.to_thread(self._place.close)

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
        """Carry out an update; whoever asks after it sees what it did.

        Raises:
            LimitReached: when others are carried out for so long that its turn does not come, beside what a call may.
        """
        try:
            await asyncio.wait_for(self._change.acquire(), self.limits.patience)
        except TimeoutError:
            raise LimitReached(
                f"no turn came within {self.limits.patience:g} s, for other updates are being carried out; nothing of "
                "this one was done; try again in a while",
                limit="waiting",
            ) from None
        try:
            await self._updater.run(jobs.update, sparql, graphs)
        finally:  # one that failed may have got to the end
            self._updates += 1
            self._of_queries = self._look() or self._of_queries
            self._change.release()

    async def _upkeep(self, state: str) -> str:
        """Bring the index and the list of claims up to a state of the store, and return the one that they then show."""
        async with self._apart(_LONG) as workers:
            for _ in range(_TRIES):
                await workers.run(jobs.make_index, state)
                before, state = state, self._look_of_pages() or state
                if state == before:
                    return state
        return before

    async def _lend(self, state: str) -> None:
        """Have found what pages need beside these, while they are shown already."""
        shared = jobs.folder_of(self.setup, state)
        assert shared is not None, "the engine has a folder"
        try:
            async with self._apart(_CHECKS) as workers:
                await workers.run(jobs.lend_checks, state)
        except (StpGraphError, ServerFault) as fault:
            _LOG.warning("the figures could not be checked: %s", fault)
            with suppress(StoreError):  # it was for this that they could not; pages go on saying that they run
                await asyncio.to_thread(lend, shared, "checks", Checks(trouble=_UNKNOWN.format(why=fault)))
        try:
            async with self._apart(_CHECKS) as workers:
                await workers.run(jobs.lend_others, state)
        except (StpGraphError, ServerFault) as fault:  # each process finds it for itself, which takes longer
            _LOG.warning("what all pages need could not be found for all: %s", fault)

    @asynccontextmanager
    async def _apart(self, seconds: float) -> AsyncIterator[Workers]:
        """Have a process for something that takes long, without a limit of memory."""
        workers = Workers(replace(self.setup, memory=0), replace(self.limits, seconds=seconds), count=1)
        try:
            yield workers
        finally:
            await asyncio.to_thread(workers.close)

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(_PAUSE)
            try:
                await self._follow()
            except Exception:  # whatever one look came to, the next one is taken
                _LOG.exception("the store could not be looked at")

    async def _follow(self) -> None:
        """Look whether the store has changed, and have queries and pages show its new state."""
        self._of_queries = self._look() or self._of_queries
        wanted = self._look_of_pages()
        if not wanted or wanted in {self._of_pages, self._failed}:
            return
        try:
            now = await self._upkeep(wanted)
        except (StpGraphError, ServerFault) as fault:
            _LOG.warning("the store has changed, and pages cannot follow: %s", fault)
            self._failed = wanted
            return
        before, self._of_pages = self._of_pages, now
        if self._of_queries == wanted:
            self._of_queries = now
        await _end(self._lender)
        self._lender = asyncio.create_task(self._lend(now))
        gone = jobs.folder_of(self.setup, before)
        if gone is not None and before != now:
            await asyncio.to_thread(shutil.rmtree, gone, ignore_errors=True)


async def _warm(opening: Awaitable[bool]) -> None:
    """Have a process opened; where that takes longer than a call may, on a busy machine, the first reader waits."""
    try:
        await opening
    except LimitReached as fault:
        _LOG.warning("a process is not ready for its first reader: %s", fault)


async def _end(task: asyncio.Task[None] | None) -> None:
    """End a task, and wait until it has tidied up; one that failed is told of, and keeps nobody from going on."""
    if task is not None:
        task.cancel()
        [fault] = await asyncio.gather(task, return_exceptions=True)
        if isinstance(fault, Exception):
            _LOG.warning("what runs beside the pages failed: %s: %s", type(fault).__name__, fault)
