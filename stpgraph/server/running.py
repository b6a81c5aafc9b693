"""Running the server until it is told to stop."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from types import FrameType

import uvicorn

from stpgraph.errors import UsageError
from stpgraph.server.app import make_app
from stpgraph.server.connections import BoundedConnection
from stpgraph.server.jobs import Setup
from stpgraph.server.limits import Limits
from stpgraph.server.state import Engine

__all__ = ["serve"]

#: Connections at the same time, where the system lets a process have as many; see `connections` for further ones.
_CONNECTIONS = 800

#: Files and pipes that the server needs beside connections.
_OTHERS = 160

#: Seconds that those who wait for an answer are given when the server ends.
_FAREWELL = 3.0

#: What ends the server: Ctrl-C, a service manager, a terminal that is closed.
_SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name))

#: Addresses that stand for every one that this machine has.
_EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104


def serve(
    setup: Setup,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    limits: Limits | None = None,
    token: str | None = None,
    on_start: Callable[[str], None] = lambda _: None,
) -> None:
    """Serve a store until the process is told to stop.

    Args:
        setup: the store and what may be done with it.
        host: the address to listen at; this machine alone unless told otherwise.
        port: 0 for any that is free.
        limits: what a request may take.
        token: with which updates are taken; None where they are not.
        on_start: called with the address of the site when it is ready.

    Raises:
        UsageError: when something else listens there, or the address is not of this machine.
        StoreError: when the store cannot be read.
    """
    with _listening(host, port) as heard:
        name = f"[{host}]" if ":" in host else host
        address = f"http://{name}:{heard.getsockname()[1]}/"
        engine = Engine(setup, limits or Limits())
        app = make_app(engine, token=token, hosts=("*",) if host in _EVERYWHERE else (name,))
        config = uvicorn.Config(
            app,
            http=BoundedConnection,
            ws="none",
            lifespan="off",
            log_level="error",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            backlog=512,
            limit_concurrency=_connections(),
            timeout_keep_alive=15,
        )
        server = _Server(config, lambda: on_start(address))
        with _ended_by_signals(server), asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
            runner.run(_run(engine, server, heard))


def _connections() -> int:
    """Return how many connections there may be, after having asked the system for as many files as they need."""
    try:
        import resource
    except ImportError:  # Windows, which does not count them so
        return _CONNECTIONS
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _CONNECTIONS + _OTHERS
    if resource.RLIM_INFINITY != now < wanted:
        now = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
        resource.setrlimit(resource.RLIMIT_NOFILE, (now, most))
    return _CONNECTIONS if now == resource.RLIM_INFINITY else max(1, min(_CONNECTIONS, now - _OTHERS))


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=512)
    except (OSError, OverflowError, UnicodeError) as fault:
        told = (fault.strerror if isinstance(fault, OSError) else None) or fault
        raise UsageError(f"cannot listen at {host} port {port}: {told}; choose another with --port") from fault


async def _run(engine: Engine, server: _Server, heard: socket.socket) -> None:
    try:
        await engine.start()
        await server.serve(sockets=[heard])
    finally:
        await engine.stop()


class _Server(uvicorn.Server):
    """A server that says when it is ready, and leaves signals to whoever runs it."""

    def __init__(self, config: uvicorn.Config, on_start: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_start = on_start

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and say so."""
        await super().startup(sockets)
        if self.started:
            self._on_start()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End in good order: who waits for an answer gets it for a while yet, or is told."""
        farewell = asyncio.create_task(self._dismiss())
        try:
            await super().shutdown(sockets)
        finally:
            farewell.cancel()

    async def _dismiss(self) -> None:
        """Send those away who are still there after a while."""
        await asyncio.sleep(_FAREWELL)
        state = self.server_state
        for connection in list(state.connections):
            if isinstance(connection, BoundedConnection) and connection.is_being_answered:
                connection.transport.abort()  # what it has not taken by now is lost
        await asyncio.sleep(0.1)
        for task in list(state.tasks):
            task.cancel()
        await asyncio.sleep(0.5)
        self.force_exit = True

    def capture_signals(self) -> AbstractContextManager[None]:  # type: ignore[override]
        """Leave them alone."""
        return nullcontext()


@contextmanager
def _ended_by_signals(server: _Server) -> Iterator[None]:
    """Let the usual signals end the server in good order, for that is how it is meant to end."""

    def end(number: int, frame: FrameType | None) -> None:
        if server.started:
            server.handle_exit(number, frame)
        elif not server.should_exit:  # whoever is impatient does not stop the tidying up
            server.should_exit = True
            raise KeyboardInterrupt

    before = {
        number: signal.signal(number, end) for number in _SIGNALS if signal.getsignal(number) is not signal.SIG_IGN
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
