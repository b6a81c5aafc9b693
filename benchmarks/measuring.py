"""Taking times and memory: in pairs, in processes of their own, within a limit.

The machine is never still, so two sides are run in turn, A B A B, in one process, and what counts is the median of the
ratios of the pairs. Each side runs once before, to warm up, and the cycle collector has nothing left over when a run
begins. Peak memory is that of a process that does one run of one side and nothing else.
"""

from __future__ import annotations

import gc
import resource
import signal
import sys
import traceback
from collections.abc import Callable, Sized
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any, TypeAlias

__all__ = ["Once", "Pairs", "Sides", "in_child", "run_once", "run_pairs"]

#: What is compared, ours first; making them does what needs doing once.
Sides: TypeAlias = tuple[Callable[[], object], ...]

#: Pairs to run: at least, at most, and the seconds after which the least will do.
_LEAST, _MOST, _ENOUGH = 5, 41, 6.0

#: Runs alone, where they are short.
_FEW = 3

#: Seconds of a first pair that is not for warming up, but all there is.
_LONG = 90.0


@dataclass(frozen=True, slots=True)
class Once:
    """One side in a process that does nothing else.

    Attributes:
        seconds: how long it took; the median of a few runs where they are short.
        memory: the most bytes that the process held, making the sides included.
        size: how many rows or bytes it gave; 0 for what has no length.
    """

    seconds: float
    memory: int
    size: int


@dataclass(frozen=True, slots=True)
class Pairs:
    """Two sides: the seconds of each, run in turn, and each alone."""

    ours: tuple[float, ...]
    other: tuple[float, ...]
    ours_alone: Once
    other_alone: Once

    @property
    def ratio(self) -> float:
        """The median of the ratios of the pairs."""
        return median(ours / other for ours, other in zip(self.ours, self.other, strict=True))


def run_pairs(make: Callable[..., Sides], *args: Any) -> Pairs:
    """Time the two sides that `make(*args)` gives, ours first, in a process of their own; then each alone."""
    seconds: list[tuple[float, float]] = in_child(_pairs, make, args)
    ours, other = zip(*seconds, strict=True)
    alone: list[Once] = [in_child(_once, make, args, at, 0.0) for at in (0, 1)]
    return Pairs(ours, other, *alone)


def _pairs(make: Callable[..., Sides], args: tuple[Any, ...]) -> list[tuple[float, float]]:
    ours, other = make(*args)
    seconds = [(_seconds(ours), _seconds(other))]
    if sum(seconds[0]) > _LONG:
        return seconds
    seconds.clear()
    began = perf_counter()
    while len(seconds) < _LEAST or (len(seconds) < _MOST and perf_counter() - began < _ENOUGH):
        seconds.append((_seconds(ours), _seconds(other)))
    return seconds


def _seconds(side: Callable[[], object]) -> float:
    gc.collect()
    began = perf_counter()
    made = side()
    seconds = perf_counter() - began
    if isinstance(made, TemporaryDirectory):
        made.cleanup()
    return seconds


def run_once(make: Callable[..., Sides], *args: Any, limit: float) -> Once | None:
    """Run the side that `make(*args)` gives in a process of its own; None when a run took longer than the limit."""
    once: Once | None = in_child(_once, make, args, 0, limit)
    return once


def _once(make: Callable[..., Sides], args: tuple[Any, ...], at: int, limit: float) -> Once:
    call = make(*args)[at]
    runs: list[float] = []
    while not runs or (len(runs) < _FEW and sum(runs) < _ENOUGH):
        gc.collect()
        signal.setitimer(signal.ITIMER_REAL, limit)  # nobody handles the alarm: it ends the process; 0 is no alarm
        began = perf_counter()
        made = call()
        runs.append(perf_counter() - began)
        signal.setitimer(signal.ITIMER_REAL, 0)
    unit = 1 if sys.platform == "darwin" else 1024
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    return Once(median(runs), memory, len(made) if isinstance(made, Sized) else 0)


def in_child(call: Callable[..., Any], *args: Any) -> Any:
    """Call a function of a module in a fresh process; return what it returns, None when an alarm ended it.

    Raises:
        RuntimeError: when the function raised, with its traceback.
    """
    context = get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_report, args=(sender, call, args), daemon=True)
    process.start()
    sender.close()
    try:
        is_done, told = receiver.recv()
    except EOFError:
        process.join()
        if process.exitcode == -signal.SIGALRM:
            return None
        raise RuntimeError(f"{call.__name__}{args} ended without a word, exit code {process.exitcode}") from None
    finally:
        receiver.close()
    process.join()
    if not is_done:
        raise RuntimeError(told)
    return told


def _report(sender: Connection, call: Callable[..., Any], args: tuple[Any, ...]) -> None:
    try:
        sender.send((True, call(*args)))
    except Exception:
        sender.send((False, traceback.format_exc()))
