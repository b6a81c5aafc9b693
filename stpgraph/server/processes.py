"""A process that does what it is told, one call after another, and tells how each went.

It is started from one that has read our modules already, where the system can do that. What a call raises comes back
as it was raised; a call that breaks its process is told by how the process ended. A process ends by itself when the
one that started it is gone: at once while it waits, at the end of its time while it works.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Any

from stpgraph.errors import StpGraphError

__all__ = ["Ended", "Helper", "Outcome", "ServerFault", "memory_in_use", "prepare"]

#: Seconds that a process has beside the time of its call before the system ends it.
_GRACE = 2.0

#: Seconds to wait for a process that was ended.
_FAREWELL = 10.0


#: Signals that go to all processes of a terminal or a service, but are meant for the server: it ends the others.
_FOR_US = {getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)}


#: Characters with which what somebody sent could take over a terminal that shows the log.
_CONTROLS = {code: "\ufffd" for code in (*range(32), *range(127, 160)) if chr(code) not in "\n\t"}


class ServerFault(Exception):
    """A mistake of ours in a process: its log has the traceback."""


class Ended(Exception):
    """A process that ended in the middle of a call; `code` is its exit code, negative for a signal."""

    def __init__(self, code: int | None) -> None:
        self.code = code
        super().__init__(f"the process ended: {code}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a call went.

    Attributes:
        value: what it returned.
        fault: the class of what it raised; None where it returned.
        told: the arguments of what it raised, and its attributes.
        is_last: whether the process takes no further call.
    """

    value: Any = None
    fault: type[BaseException] | None = None
    told: tuple[tuple[Any, ...], dict[str, Any]] = field(default=((), {}))
    is_last: bool = False

    def get(self) -> Any:
        """Return what the call returned, or raise what it raised."""
        if self.fault is None:
            return self.value
        raised = self.fault.__new__(self.fault)  # its attributes come with it, whatever its constructor wants
        raised.args, raised.__dict__ = self.told
        raise raised


def prepare() -> BaseContext:
    """Return how processes are started, and have the one that starts them read our modules meanwhile."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    from multiprocessing import forkserver, resource_tracker

    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["__main__", "stpgraph.server.jobs"])
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _FOR_US)  # whoever is started now never gets them
    try:
        resource_tracker.ensure_running()  # lets some of them through again when it has been started
        signal.pthread_sigmask(signal.SIG_BLOCK, _FOR_US)
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return context


class Helper:
    """A place for one process, which is started when it is needed and again after it ended.

    Args:
        begin: called first in every process, with `setup`; returns what says whether the process has grown too much.
        setup: what the process works on.
        seconds: that one call may take.
    """

    def __init__(self, begin: Callable[[Any], Callable[[], bool]], setup: Any, seconds: float) -> None:
        self._begin = (begin, setup, seconds)
        self._process: Any = None
        self._pipe: Connection[Any, Any] | None = None
        self._is_condemned = False

    @property
    def is_up(self) -> bool:
        """Whether there is a process that waits for a call."""
        return self._process is not None and not self._is_condemned and self._process.is_alive()

    def ask(self, call: Callable[..., Any], arguments: tuple[Any, ...]) -> Outcome:
        """Have the process call a function, and wait for what comes of it; to be called in a thread.

        Raises:
            Ended: when the process ends before.
        """
        self._begin_call(call, arguments)
        assert self._pipe is not None, "the call was just sent through it"
        try:
            outcome = self._pipe.recv()
        except (EOFError, OSError) as fault:
            raise Ended(self._take_leave()) from fault
        assert isinstance(outcome, Outcome), "nothing else is sent"
        if outcome.is_last:
            self._take_leave()
        return outcome

    def _begin_call(self, call: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
        """Send a call; a process that was gone before it took the call is replaced once."""
        for is_last_try in (False, True):
            try:
                if not self.is_up:
                    self._start()
                assert self._pipe is not None, "it was started with the process"
                self._pipe.send((call, arguments))
                self._pipe.recv_bytes()
                return
            except (EOFError, OSError) as fault:
                was_condemned = self._is_condemned
                code = self._take_leave()
                if is_last_try or was_condemned:
                    raise Ended(code) from fault

    def _start(self) -> None:
        self._take_leave()
        self._is_condemned = False
        context = prepare()
        pipe, theirs = context.Pipe()
        process = context.Process(  # type: ignore[attr-defined]  # every context has one
            target=_work, args=(theirs, *self._begin), name="stpgraph worker", daemon=True
        )
        try:
            process.start()
        except BaseException:
            pipe.close()
            raise
        finally:
            theirs.close()
        self._pipe, self._process = pipe, process
        if self._is_condemned:  # while it was starting, when there was nothing to end yet
            process.kill()

    def end(self) -> None:
        """End the process, whatever it is at; whoever waits for it is told."""
        self._is_condemned = True
        process = self._process
        if process is not None:
            with suppress(ValueError):  # it has just ended by itself
                process.kill()

    def _take_leave(self) -> int | None:
        """Let go of the process and return its exit code."""
        process, pipe, self._process, self._pipe = self._process, self._pipe, None, None
        if pipe is not None:
            pipe.close()
        if process is None:
            return None
        process.join(_FAREWELL)
        if process.is_alive():
            process.kill()
            process.join()
        code: int | None = process.exitcode
        process.close()
        return code


def _work(pipe: Connection[Any, Any], begin: Callable[[Any], Callable[[], bool]], setup: Any, seconds: float) -> None:
    """Do what is asked until nobody can ask any more."""
    for number in _FOR_US:
        signal.signal(number, signal.SIG_IGN)
    is_worn = begin(setup)
    while True:
        try:
            call, arguments = pipe.recv()
            pipe.send_bytes(b"taken")
        except (EOFError, OSError):
            return
        _set_alarm(seconds + _GRACE)
        outcome = _outcome(call, arguments, is_worn)
        try:
            pipe.send(outcome)
        except MemoryError as fault:
            outcome = _fault(fault)
            pipe.send(outcome)
        except BrokenPipeError:
            return
        _set_alarm(0)
        if outcome.is_last:
            return


def _set_alarm(seconds: float) -> None:
    """Have the system end this process after a time, even if nobody is there to do so; 0 for not at all."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _outcome(call: Callable[..., Any], arguments: tuple[Any, ...], is_worn: Callable[[], bool]) -> Outcome:
    try:
        value = call(*arguments)
    except BaseException as fault:  # what the engine raises in a panic is no Exception
        return _fault(fault)
    return Outcome(value=value, is_last=is_worn())


def _fault(fault: BaseException) -> Outcome:
    if isinstance(fault, MemoryError):
        return Outcome(fault=MemoryError, is_last=True)
    if isinstance(fault, StpGraphError):
        return Outcome(fault=type(fault), told=(fault.args, dict(fault.__dict__)))
    sys.stderr.write("".join(traceback.format_exception(fault)).translate(_CONTROLS))
    return Outcome(fault=ServerFault, told=((f"{type(fault).__name__}: {fault}"[:300],), {}), is_last=True)


def memory_in_use() -> tuple[int, int]:
    """Return the bytes of this process that are in memory, and those that it was given; zeros where unknown."""
    try:
        fields = Path("/proc/self/statm").read_text(encoding="ascii").split()
    except OSError:
        return 0, 0
    page = os.sysconf("SC_PAGE_SIZE")
    return int(fields[1]) * page, int(fields[5]) * page
