"""Processes that do what is asked, each for no longer than it may."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Callable
from concurrent.futures import TimeoutError as TookTooLong
from typing import Any, ParamSpec, TypeVar

from pebble import ProcessExpired, ProcessPool

from stpgraph.errors import LimitReached
from stpgraph.server.jobs import Setup, begin
from stpgraph.server.limits import MEGABYTE, Limits

__all__ = ["Workers"]

P = ParamSpec("P")
T = TypeVar("T")


class Workers:
    """A few processes that share one queue.

    A call that takes too long, or that nobody waits for any more, is ended with its process, and a new process takes
    its place.
    """

    def __init__(self, setup: Setup, limits: Limits, *, count: int | None = None) -> None:
        self._setup = setup
        self._limits = limits
        self._count = count or limits.workers
        self._pool = ProcessPool(max_workers=self._count, context=_context(), initializer=begin, initargs=[setup])
        self._free = asyncio.Semaphore(self._count)
        self._waiting = 0

    async def run(self, call: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
        """Have a process do something.

        Raises:
            LimitReached: when it takes too long, needs too much memory, or too many wait.
        """
        await self._turn()
        try:
            return await self._do(call, args, named)
        finally:
            self._free.release()

    async def _turn(self) -> None:
        """Wait until a process is free."""
        limits = self._limits
        if self._waiting >= limits.waiting:
            raise LimitReached(f"{limits.waiting} requests are waiting already; try again in a while", limit="waiting")
        self._waiting += 1
        try:
            await asyncio.wait_for(self._free.acquire(), limits.patience)
        except TimeoutError:
            raise LimitReached(
                f"no turn came within {limits.patience:g} s, for others were asked first; try again in a while",
                limit="waiting",
            ) from None
        finally:
            self._waiting -= 1

    async def _do(self, call: Callable[..., T], args: tuple[Any, ...], named: dict[str, Any]) -> T:
        limits = self._limits
        future = self._pool.schedule(call, args=list(args), kwargs=named, timeout=limits.seconds)
        try:
            done: T = await asyncio.wrap_future(future)
        except (TimeoutError, TookTooLong):
            raise LimitReached(
                f"this took longer than {limits.seconds:g} s, the limit of time; ask for less", limit="time"
            ) from None
        except (MemoryError, ProcessExpired) as fault:
            raise LimitReached(
                f"this needed more than {limits.memory / MEGABYTE:g} MB, the limit of memory, or broke its process; "
                "ask for less",
                limit="memory",
            ) from fault
        except asyncio.CancelledError:
            future.cancel()  # whoever asked has gone: end the process, too
            raise
        return done

    def close(self) -> None:
        """End all processes."""
        self._pool.stop()
        self._pool.join(timeout=10)


def _context() -> Any:
    """Return how processes are started: from one that has read our modules already, where the system can."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["stpgraph.server.jobs"])
    return context
