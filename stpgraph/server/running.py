"""Running the server until it is told to stop."""

from __future__ import annotations

import socket
from collections.abc import Callable

import uvicorn

from stpgraph.errors import UsageError
from stpgraph.server.app import make_app
from stpgraph.server.jobs import Setup
from stpgraph.server.limits import Limits

__all__ = ["serve"]


def serve(
    setup: Setup,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    limits: Limits | None = None,
    token: str | None = None,
    on_start: Callable[[str], None] = lambda _: None,
) -> None:
    """Serve a store until the process is interrupted.

    Args:
        setup: the store and what may be done with it.
        host: the address to listen at; this machine alone unless told otherwise.
        port: 0 for any that is free.
        limits: what a request may take.
        token: with which updates are taken; None where they are not.
        on_start: called with the address of the site when it is ready.

    Raises:
        UsageError: when something else listens there, or the address is not of this machine.
    """
    try:
        listening = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except (OSError, OverflowError) as fault:
        raise UsageError(f"cannot listen at {host} port {port}: {fault}; choose another with --port") from fault
    name = f"[{host}]" if ":" in host else host
    address = f"http://{name}:{listening.getsockname()[1]}/"
    app = make_app(setup, limits, token=token, hosts=("*",) if host in {"0.0.0.0", "::"} else (name,))  # noqa: S104
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=3,
    )
    server = _Server(config, lambda: on_start(address))
    with listening:
        server.run(sockets=[listening])


class _Server(uvicorn.Server):
    """A server that says when it is ready."""

    def __init__(self, config: uvicorn.Config, on_start: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_start = on_start

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and say so."""
        await super().startup(sockets)
        if self.started:
            self._on_start()
