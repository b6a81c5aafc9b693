"""A few processes that share one queue; each call has its limits, and one that reaches them is ended."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import ParamSpec, TypeVar

from stpgraph.errors import LimitReached
from stpgraph.server.jobs import Setup, begin
from stpgraph.server.limits import MEGABYTE, Limits
from stpgraph.server.processes import Ended, Helper, Outcome, ServerFault

__all__ = ["Workers"]

P = ParamSpec("P")
T = TypeVar("T")

#: Seconds that a process may take to start on a busy machine.
_START = 60.0

#: How a process ends that ran out of its stack.
_STACK = {-int(getattr(signal, "SIGSEGV", 11)), -int(getattr(signal, "SIGBUS", 7)), 0xC00000FD}

#: How a process ends that got no more memory: by itself, or by the system, which takes one that has much.
_MEMORY = {-int(getattr(signal, "SIGABRT", 6)), -int(getattr(signal, "SIGKILL", 9)), 0xC0000409}

#: What is said of any other end; without a code it could not even be started.
_OTHERWISE = "no process came to the end of this ({code})"

_LOG = logging.getLogger("stpgraph")


class Workers:
    """Processes for calls of one kind.

    A call that takes too long, or that nobody waits for any more, is ended with its process, and a new process takes
    its place.
    """

    def __init__(self, setup: Setup, limits: Limits, *, count: int | None = None) -> None:
        self._limits = limits
        self._helpers = [Helper(begin, setup, limits.seconds) for _ in range(count or limits.workers)]
        self._threads = ThreadPoolExecutor(len(self._helpers), "stpgraph worker")
        self._idle: asyncio.LifoQueue[Helper] = asyncio.LifoQueue()
        for helper in self._helpers:
            self._idle.put_nowait(helper)
        self._jobs: set[Future[Outcome]] = set()
        self._waiting = 0

    async def run(self, call: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
        """Have a process do something.

        Raises:
            LimitReached: when it takes too long, needs too much memory, or too many wait.
            ServerFault: when it fails in a way that nobody thought of.
        """
        assert not named, "calls are made by position"
        helper = await self._turn()
        loop = asyncio.get_running_loop()
        patience = self._limits.seconds + (0 if helper.is_up else _START)
        job = self._threads.submit(helper.ask, call, args)
        self._jobs.add(job)
        job.add_done_callback(lambda _: loop.call_soon_threadsafe(self._take_back, helper, job))
        outcome = await self._outcome(helper, job, patience)
        done: T = outcome.get()
        return done

    def _take_back(self, helper: Helper, job: Future[Outcome]) -> None:
        self._jobs.discard(job)
        self._idle.put_nowait(helper)

    async def _turn(self) -> Helper:
        """Wait until a process is free."""
        limits = self._limits
        if self._waiting >= limits.waiting:
            raise LimitReached(f"{limits.waiting} requests are waiting already; try again in a while", limit="waiting")
        self._waiting += 1
        try:
            async with asyncio.timeout(limits.patience):
                return await self._idle.get()
        except TimeoutError:
            raise LimitReached(
                f"no turn came within {limits.patience:g} s, for others were asked first; try again in a while",
                limit="waiting",
            ) from None
        finally:
            self._waiting -= 1

    async def _outcome(self, helper: Helper, job: Future[Outcome], patience: float) -> Outcome:
        try:
            async with asyncio.timeout(patience):
                outcome = await asyncio.wrap_future(job)
        except (TimeoutError, asyncio.CancelledError) as fault:  # it takes too long, or whoever asked has gone
            if not job.done():
                helper.end()
            if isinstance(fault, TimeoutError):
                raise self._too_slow() from None
            raise
        except Ended as ended:
            raise self._broken(ended.code) from ended
        if outcome.fault is MemoryError:
            raise self._too_big()
        return outcome

    def _broken(self, code: int | None) -> LimitReached | ServerFault:
        """Say which limit a process reached that ended in the middle of its work, or that it was none."""
        if code == -int(getattr(signal, "SIGALRM", 14)):
            return self._too_slow()
        if code in _STACK:
            return LimitReached(
                "this is nested too deeply, or is too long a chain, for the engine to read; ask for less at a time",
                limit="depth",
            )
        _LOG.warning("a process ended in the middle of its work, with code %s", code)
        return self._too_big() if code in _MEMORY else ServerFault(_OTHERWISE.format(code=code))

    def _too_slow(self) -> LimitReached:
        return LimitReached(
            f"this took longer than {self._limits.seconds:g} s, the limit of time; ask for less", limit="time"
        )

    def _too_big(self) -> LimitReached:
        return LimitReached(
            f"this needed more than {self._limits.memory / MEGABYTE:g} MB, the limit of memory; ask for less",
            limit="memory",
        )

    def close(self) -> None:
        """End all processes."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        while True:
            for helper in self._helpers:
                helper.end()
            if not wait(self._jobs.copy(), timeout=0.05).not_done:  # one may be just starting its process
                break
