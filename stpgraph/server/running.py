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

#: Connections at the same time; further ones are told to come back.
_CONNECTIONS = 800

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
            limit_concurrency=_CONNECTIONS,
            timeout_keep_alive=15,
            timeout_graceful_shutdown=3,
        )
        server = _Server(config, lambda: on_start(address))
        with _ended_by_signals(server), asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
            runner.run(_run(engine, server, heard))


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

    def capture_signals(self) -> AbstractContextManager[None]:  # type: ignore[override]
        """Leave them alone."""
        return nullcontext()


@contextmanager
def _ended_by_signals(server: _Server) -> Iterator[None]:
    """Let the usual signals end the server in good order, for that is how it is meant to end."""

    def end(number: int, frame: FrameType | None) -> None:
        if not server.started:
            raise KeyboardInterrupt
        server.handle_exit(number, frame)

    before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
