"""The ASGI application: which address does what."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from stpgraph.errors import LimitReached, StpGraphError
from stpgraph.server.formats import GRAPHS
from stpgraph.server.headers import SafeHeaders
from stpgraph.server.jobs import Setup
from stpgraph.server.limits import Limits
from stpgraph.server.protocol import check_token, read_operation
from stpgraph.server.reading import parameters
from stpgraph.server.replies import Refused, refusal, status_of
from stpgraph.server.shelf import lend
from stpgraph.server.state import Engine
from stpgraph.site import Asked
from stpgraph.site.negotiation import choose

__all__ = ["make_app"]

T = TypeVar("T")
Handler = Callable[[Request], Awaitable[Response]]

_LOG = logging.getLogger("stpgraph")


class _Gone(Exception):
    """The client has hung up."""


def make_app(
    setup: Setup, limits: Limits | None = None, *, token: str | None = None, hosts: tuple[str, ...] = ()
) -> Starlette:
    """Make the application that serves a store.

    Args:
        setup: the store and what may be done with it.
        limits: what a request may take.
        token: with which updates are taken; None where they are not.
        hosts: names by which the server is reached, beside those of this machine: a request for another is refused,
            so that no page elsewhere can reach it under a name of its own.
    """
    engine = Engine(setup, limits or Limits())

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await engine.start()
        try:
            yield
        finally:
            await engine.stop()

    desk = _Desk(engine, token)
    return Starlette(
        routes=[
            Route("/sparql", _kept(desk.sparql), methods=["GET", "HEAD", "POST"]),
            Route("/data", _kept(desk.data), methods=["GET", "HEAD"]),
            Route("/.well-known/void", lambda _: RedirectResponse("/sparql", status_code=303), methods=["GET", "HEAD"]),
            Route("/static/{name:path}", lend, methods=["GET", "HEAD"]),
            Route("/{path:path}", _kept(desk.page), methods=["GET", "HEAD"]),
        ],
        middleware=[
            Middleware(
                TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost", "[::1]", *hosts], www_redirect=False
            ),
            Middleware(SafeHeaders),
        ],
        exception_handlers={HTTPException: _refuse, Exception: _break},
        lifespan=lifespan,
    )


async def _refuse(_: Request, fault: Exception) -> Response:
    assert isinstance(fault, HTTPException), "the application calls this for them alone"
    return refusal(fault.status_code, fault.detail, headers=dict(fault.headers or {}))


async def _break(_: Request, fault: Exception) -> Response:
    return refusal(500, f"the server has a fault: {type(fault).__name__}; its log says more")


def _kept(handler: Handler) -> Handler:
    """Answer errors by replies that say what is wrong."""

    async def handle(request: Request) -> Response:
        try:
            return await handler(request)
        except _Gone:
            return Response(status_code=499)
        except Refused as fault:
            return refusal(fault.status, fault.message, headers=fault.headers)
        except LimitReached as fault:
            return refusal(status_of(fault), fault.message, limit=fault.limit)
        except StpGraphError as fault:
            return refusal(status_of(fault), str(fault))

    return handle


class _Desk:
    """What requests come to."""

    def __init__(self, engine: Engine, token: str | None) -> None:
        self._engine = engine
        self._token = token

    async def sparql(self, request: Request) -> Response:
        """Answer a query or carry out an update; without either, describe the endpoint."""
        operation = await read_operation(request, self._engine.limits)
        if operation is None:
            return await self._description(request)
        if operation.is_update:
            check_token(request, self._token)
            await self._engine.update(operation.sparql)  # to its end, whether or not the client waits for it
            return Response(status_code=204)
        media, body = await _while_there(
            request, self._engine.query(operation.sparql, operation.graphs, operation.medias)
        )
        if not media:
            raise Refused(406, "this answer does not come in a format that is accepted; ask for another")
        return Response(body, media_type=_with_charset(media), headers={"vary": "accept"})

    async def _description(self, request: Request) -> Response:
        media = choose(request.headers.get("accept", ""), ["text/turtle", "text/html", *GRAPHS])
        if media is None:
            raise Refused(406, "the description comes as Turtle, N-Triples, JSON-LD and RDF/XML; accept one")
        if media == "text/html":
            return RedirectResponse("/query", status_code=303, headers={"vary": "accept"})
        body = await _while_there(request, self._engine.describe(_root(request), media))
        return Response(body, media_type=_with_charset(media), headers={"vary": "accept"})

    async def data(self, request: Request) -> Response:
        """Return a graph, by the Graph Store Protocol."""
        asked = parameters(request)
        names = [value for name, value in asked if name == "graph"]
        is_default = any(name == "default" for name, _ in asked)
        if len(names) + is_default != 1:
            raise Refused(400, "say ?default for all that is there, or ?graph=IRI for one graph")
        media = choose(request.headers.get("accept", ""), list(GRAPHS))
        if media is None:
            raise Refused(406, "graphs come as Turtle, N-Triples, JSON-LD and RDF/XML; accept one")
        body = await _while_there(request, self._engine.graph(names[0] if names else None, media))
        if body is None:
            raise Refused(404, f"there is no graph <{names[0][:200]}>")
        return Response(body, media_type=_with_charset(media), headers={"vary": "accept"})

    async def page(self, request: Request) -> Response:
        """Make a page of the site."""
        asked = Asked(
            path="/" + request.path_params["path"],
            query=tuple((name, value) for name, value in parameters(request) if value),
            accept=request.headers.get("accept", ""),
            root=_root(request),
        )
        reply = await _while_there(request, self._engine.page(asked))
        response = Response(reply.body, status_code=reply.status, headers=dict(reply.headers))
        response.headers["content-type"] = reply.media
        response.headers.setdefault("cache-control", "no-cache")
        return response


def _root(request: Request) -> str:
    return f"{request.url.scheme}://{request.headers.get('host', '')}"


def _with_charset(media: str) -> str:
    return f"{media}; charset=utf-8" if media.startswith("text/") else media


async def _while_there(request: Request, work: Awaitable[T]) -> T:
    """Wait for work as long as the client does.

    Raises:
        _Gone: when it hangs up before; the work is ended.
    """
    task = asyncio.ensure_future(work)
    watch = asyncio.ensure_future(_hung_up(request))
    try:
        await asyncio.wait({task, watch}, return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            raise _Gone
        return task.result()
    finally:
        for one in (task, watch):
            one.cancel()


async def _hung_up(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
