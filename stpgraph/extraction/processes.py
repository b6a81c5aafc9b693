"""Processes: work on chunks in several of them, with results in the order of what was given.

Each process is started afresh, works on one chunk while the next waits for it, and ends with its parent. Chunks are
taken as they are needed, a few ahead of what has been handed out.
"""

from __future__ import annotations

import multiprocessing
import os
import queue
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

from stpgraph.errors import StpGraphError

__all__ = ["in_processes"]

Given = TypeVar("Given")
Made = TypeVar("Made")

#: Chunks that a process has at a time: one under work, one waiting.
_AHEAD = 2
#: Seconds that a process is given to end.
_PATIENCE = 5


@dataclass(frozen=True, slots=True)
class _Failed:
    """An exception that came up in a process."""

    fault: Exception


@dataclass(slots=True)
class _Chunk(Generic[Given, Made]):
    """Some things given, and what has been made of the first of them."""

    given: Sequence[Given]
    made: deque[Made] = field(default_factory=deque)
    count: int = 0

    @property
    def is_done(self) -> bool:
        return self.count == len(self.given)


@dataclass(slots=True, eq=False)
class _Worker(Generic[Given, Made]):
    """A process with the chunks it has."""

    process: BaseProcess
    connection: Connection
    chunks: deque[_Chunk[Given, Made]] = field(default_factory=deque)

    def give(self, chunk: _Chunk[Given, Made]) -> None:
        self.chunks.append(chunk)
        self.connection.send(chunk.given)


def in_processes(
    chunks: Iterable[Sequence[Given]],
    work: Callable[[Sequence[Given]], Iterable[Made]],
    *,
    jobs: int,
    name_of: Callable[[Given], str],
) -> Generator[tuple[Given, Made], None, None]:
    """Work on chunks of things in several processes, and yield each thing with what was made of it, in order.

    Args:
        chunks: taken as they are needed.
        work: makes one result of each thing of a chunk, in order; it is sent to each process once.
        jobs: how many processes.
        name_of: what an error calls a thing.

    Raises:
        StpGraphError: when a process ends before its work is done.
        Exception: what came up in a process.
    """
    workers: list[_Worker[Given, Made]] = []
    waiting: deque[_Chunk[Given, Made]] = deque()
    source = iter(chunks)
    try:
        is_left = True
        while is_left or waiting:
            is_left = is_left and _feed(source, workers, waiting, work, jobs)
            while waiting:
                first = waiting[0]
                while first.made:
                    yield first.given[first.count - len(first.made)], first.made.popleft()
                if not first.is_done:
                    break
                waiting.popleft()
            busy = [worker.connection for worker in workers if worker.chunks]
            for ready in wait(busy) if waiting and busy else ():
                _take(next(worker for worker in workers if worker.connection is ready), name_of)
    finally:
        _end(workers)


def _feed(
    source: Iterator[Sequence[Given]],
    workers: list[_Worker[Given, Made]],
    waiting: deque[_Chunk[Given, Made]],
    work: Callable[[Sequence[Given]], Iterable[Made]],
    jobs: int,
) -> bool:
    """Give every process what it can take, starting those that are needed; say whether there may be more to give."""
    while len(waiting) < jobs * (_AHEAD + 1):
        free = min(workers, key=lambda worker: len(worker.chunks), default=None)
        if (free is None or free.chunks) and len(workers) < jobs:
            free = None
        elif free is not None and len(free.chunks) >= _AHEAD:
            return True
        given = next(source, None)
        if given is None:
            return False
        if free is None:
            free = _start(work)
            workers.append(free)
        chunk: _Chunk[Given, Made] = _Chunk(given)
        waiting.append(chunk)
        free.give(chunk)
    return True


def _take(worker: _Worker[Given, Made], name_of: Callable[[Given], str]) -> None:
    """Take one result from a process."""
    chunk = worker.chunks[0]
    try:
        made = worker.connection.recv()
    except (EOFError, OSError) as fault:
        worker.process.join(_PATIENCE)
        code = worker.process.exitcode
        how = f"was killed by signal {-code}" if code is not None and code < 0 else f"ended with status {code}"
        raise StpGraphError(
            f"the process that read it {how}; it may want more memory than there is: leave it out, or use fewer jobs",
            where=name_of(chunk.given[chunk.count]),
        ) from fault
    if isinstance(made, _Failed):
        raise made.fault
    chunk.made.append(made)
    chunk.count += 1
    if chunk.is_done:
        worker.chunks.popleft()


def _start(work: Callable[[Sequence[Any]], Iterable[Any]]) -> _Worker[Any, Any]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, work), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _end(workers: Iterable[_Worker[Any, Any]]) -> None:
    """End processes that have no more to do, or whose work nobody wants any more."""
    for worker in workers:
        worker.connection.close()
        worker.process.terminate()
    for worker in workers:
        worker.process.join(_PATIENCE)
        if worker.process.is_alive():
            worker.process.kill()
            worker.process.join()


def _serve(connection: Connection, work: Callable[[Sequence[Any]], Iterable[Any]]) -> None:
    """Work on what comes until the parent has gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears it too, and ends us
    given: queue.Queue[Sequence[Any]] = queue.Queue()
    threading.Thread(target=_listen, args=(connection, given), daemon=True).start()
    while True:
        chunk = given.get()
        try:
            for made in work(chunk):
                connection.send(made)
        except Exception as fault:  # it is raised in the parent
            connection.send(_Failed(fault))


def _listen(connection: Connection, given: queue.Queue[Sequence[Any]]) -> None:
    """Take what the parent sends, so that it never has to wait; end the process when the parent has gone."""
    try:
        while True:
            given.put(connection.recv())
    except (EOFError, OSError):
        os._exit(0)
