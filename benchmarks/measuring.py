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

#: What is compared, by name; making them does what needs doing once.
Sides: TypeAlias = dict[str, Callable[[], object]]

#: Pairs to run: at least, at most, and the seconds after which the least will do.
_LEAST, _MOST, _ENOUGH = 5, 41, 6.0


@dataclass(frozen=True, slots=True)
class Pairs:
    """The seconds of two sides, run in turn."""

    ours: tuple[float, ...]
    other: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """The median of the ratios of the pairs."""
        return median(ours / other for ours, other in zip(self.ours, self.other, strict=True))


def run_pairs(make: Callable[..., Sides], *args: Any) -> Pairs:
    """Time the two sides that `make(*args)` gives, ours first, in a process of their own."""
    pairs: Pairs = in_child(_pairs, make, args)
    return pairs


def _pairs(make: Callable[..., Sides], args: tuple[Any, ...]) -> Pairs:
    first, second = make(*args).values()
    for side in (first, second):
        _seconds(side)
    ours: list[float] = []
    other: list[float] = []
    began = perf_counter()
    while len(ours) < _LEAST or (len(ours) < _MOST and perf_counter() - began < _ENOUGH):
        ours.append(_seconds(first))
        other.append(_seconds(second))
    return Pairs(tuple(ours), tuple(other))


def _seconds(side: Callable[[], object]) -> float:
    gc.collect()
    began = perf_counter()
    made = side()
    seconds = perf_counter() - began
    if isinstance(made, TemporaryDirectory):
        made.cleanup()
    return seconds


@dataclass(frozen=True, slots=True)
class Once:
    """One run of one side in a process that does nothing else.

    Attributes:
        seconds: how long it took.
        memory: the most bytes that the process held, making the sides included.
        size: how many rows or bytes it gave; 0 for what has no length.
    """

    seconds: float
    memory: int
    size: int


def run_once(make: Callable[..., Sides], *args: Any, side: str, limit: float = 0.0) -> Once | None:
    """Run one side once in a process of its own; None when that took more seconds than the limit (0: none)."""
    once: Once | None = in_child(_once, make, args, side, limit)
    return once


def _once(make: Callable[..., Sides], args: tuple[Any, ...], side: str, limit: float) -> Once:
    call = make(*args)[side]
    gc.collect()
    signal.setitimer(signal.ITIMER_REAL, limit)  # nobody handles the alarm, so it ends the process
    began = perf_counter()
    made = call()
    seconds = perf_counter() - began
    signal.setitimer(signal.ITIMER_REAL, 0)
    unit = 1 if sys.platform == "darwin" else 1024
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    return Once(seconds, memory, len(made) if isinstance(made, Sized) else 0)


def in_child(call: Callable[..., Any], *args: Any) -> Any:
    """Call a function of a module in a fresh process; return what it returns, None when an alarm ended it.

    Raises:
        RuntimeError: when the function raised, with its traceback.
    """
    context = get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_report, args=(sender, call, args))
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
