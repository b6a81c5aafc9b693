"""The ASGI application: which address does what."""

from __future__ import annotations

import asyncio
import string
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from stpgraph.errors import LimitReached, StpGraphError
from stpgraph.server.formats import GRAPHS
from stpgraph.server.headers import KnownHosts, SafeHeaders
from stpgraph.server.processes import ServerFault
from stpgraph.server.protocol import iri_of_graph, read_operation
from stpgraph.server.reading import parameters
from stpgraph.server.replies import Pieces, Refused, apology, refusal, status_of
from stpgraph.server.room import Room, Share
from stpgraph.server.shelf import lend
from stpgraph.server.state import Engine
from stpgraph.site import Asked
from stpgraph.site.negotiation import choose

__all__ = ["make_app"]

T = TypeVar("T")
Handler = Callable[[Request, Share], Awaitable[Response]]

#: What may stand in a header as it is; all else is written as in an address.
_PRINTABLE = string.ascii_letters + string.digits + string.punctuation + " "


class _Gone(Exception):
    """The client has hung up."""


def make_app(engine: Engine, *, token: str | None = None, hosts: tuple[str, ...] = ()) -> Starlette:
    """Make the application that serves a store.

    Args:
        engine: what answers; whoever runs the application starts it before and stops it after.
        token: with which updates are taken; None where they are not.
        hosts: names by which the server is reached, beside those of this machine: a request for another is refused,
            so that no page elsewhere can reach it under a name of its own.
    """
    desk, room, of_pages = _Desk(engine, token), Room(engine.limits.held), Room(engine.limits.held)
    return Starlette(
        routes=[
            _route("/sparql", desk.sparql, room, "POST"),
            _route("/data", desk.data, room),
            _route("/.well-known/void", _find_description, of_pages),
            _route("/static/{name:path}", _lend, of_pages),
            _route("/{path:path}", desk.page, of_pages, is_page=True),
        ],
        middleware=[
            Middleware(SafeHeaders),
            Middleware(KnownHosts, names=("127.0.0.1", "localhost", "[::1]", *hosts)),
        ],
        exception_handlers={HTTPException: _refuse, Exception: _break},
    )


async def _find_description(_: Request, __: Share) -> Response:
    return RedirectResponse("/sparql", status_code=303)


async def _lend(request: Request, _: Share) -> Response:
    return await lend(request)


async def _refuse(_: Request, fault: Exception) -> Response:
    assert isinstance(fault, HTTPException), "the application calls this for them alone"
    allowed = (fault.headers or {}).get("Allow", "")
    message = f"this address takes {allowed}" if allowed else str(fault.detail)
    return refusal(fault.status_code, message, headers=dict(fault.headers or {}))


async def _break(_: Request, fault: Exception) -> Response:
    return refusal(500, f"the server has a fault: {type(fault).__name__}; its log says more")


class _Address:
    """An address that may be read, that says what it takes, and that answers errors by what is wrong."""

    def __init__(self, handler: Handler, room: Room, methods: Sequence[str], *, is_page: bool) -> None:
        self._handler, self._room, self._methods, self._is_page = handler, room, methods, is_page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; what it takes up is given back when its answer has been taken."""
        request = Request(scope, receive, send)
        with self._room.share() as share:
            response = await self._reply(request, share)
            await response(scope, receive, send)

    async def _reply(self, request: Request, share: Share) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"allow": ", ".join(self._methods)})
        try:
            share.check()
            return await self._handler(request, share)
        except _Gone:
            return Response(status_code=499)
        except asyncio.CancelledError:  # the server ends, and has waited for this long enough
            return refusal(503, "the server is being ended; ask again when it runs", headers={"connection": "close"})
        except (Refused, StpGraphError, ServerFault) as fault:
            status, message, headers = _told(fault)
            if self._is_page and _is_reader(request):
                return apology(status, message, Asked(path=request.url.path), headers=headers)
            limit = fault.limit if isinstance(fault, LimitReached) else ""
            return refusal(status, message, limit=limit, headers=headers)


def _route(path: str, handler: Handler, room: Room, *more: str, is_page: bool = False) -> Route:
    methods = ["GET", "HEAD", *more, "OPTIONS"]
    return Route(path, _Address(handler, room, methods, is_page=is_page), methods=methods)


def _told(fault: Refused | StpGraphError | ServerFault) -> tuple[int, str, dict[str, str]]:
    """Return the status, the words and the further headers of a refusal."""
    if isinstance(fault, Refused):
        return fault.status, fault.message, fault.headers
    if isinstance(fault, StpGraphError):
        return status_of(fault), str(fault), {}
    return 500, f"the server has a fault: {fault}; its log says more", {}


def _is_reader(request: Request) -> bool:
    """Say whether a page is wanted rather than data: browsers ask for pages by name."""
    return choose(request.headers.get("accept", ""), ["application/problem+json", "text/html"]) == "text/html"


class _Desk:
    """What requests come to."""

    def __init__(self, engine: Engine, token: str | None) -> None:
        self._engine = engine
        self._token = token

    async def sparql(self, request: Request, share: Share) -> Response:
        """Answer a query or carry out an update; without either, describe the endpoint."""
        operation = await read_operation(request, self._engine.limits, self._token, share)
        if operation is None:
            return await self._description(request, share)
        if operation.is_update:
            await self._engine.update(
                operation.sparql, operation.graphs
            )  # to its end, whether or not the client waits for it
            return Response(status_code=204)
        media, body = await _while_there(
            request, self._engine.query(operation.sparql, operation.graphs, operation.medias)
        )
        if not media:
            raise Refused(406, "this answer does not come in a format that is accepted; ask for another")
        return _answer(body, media, share)

    async def _description(self, request: Request, share: Share) -> Response:
        media = choose(request.headers.get("accept", ""), ["text/turtle", "text/html", *GRAPHS])
        if media is None:
            raise Refused(406, "the description comes as Turtle, N-Triples, JSON-LD and RDF/XML; accept one")
        if media == "text/html":
            return RedirectResponse("/query", status_code=303, headers={"vary": "accept"})
        body = await _while_there(request, self._engine.describe(_root(request), media))
        return _answer(body, media, share)

    async def data(self, request: Request, share: Share) -> Response:
        """Return a graph, by the Graph Store Protocol."""
        asked = parameters(request)
        names = [value for name, value in asked if name == "graph"]
        is_default = any(name == "default" for name, _ in asked)
        if len(names) + is_default != 1:
            raise Refused(400, "say ?default for all that is there, or ?graph=IRI for one graph")
        name = iri_of_graph(names[0]) if names else None
        media = choose(request.headers.get("accept", ""), list(GRAPHS))
        if media is None:
            raise Refused(406, "graphs come as Turtle, N-Triples, JSON-LD and RDF/XML; accept one")
        body = await _while_there(request, self._engine.graph(name, media))
        if body is None:
            raise Refused(404, f"there is no graph <{(name or '')[:200]}>; SELECT DISTINCT ?g tells which there are")
        return _answer(body, media, share)

    async def page(self, request: Request, share: Share) -> Response:
        """Make a page of the site."""
        if request.path_params["path"].startswith(("/", "\\")):  # browsers take such a path for another host's
            raise Refused(404, "no page has this address; start from the claims at /")
        asked = Asked(
            path="/" + request.path_params["path"],
            query=tuple((name, value) for name, value in parameters(request) if value),
            accept=request.headers.get("accept", ""),
            root=_root(request),
        )
        reply = await _while_there(request, self._engine.page(asked))
        headers = {name: quote(value, safe=_PRINTABLE) for name, value in reply.headers}
        share.hold(len(reply.body))
        response = Pieces(reply.body, status_code=reply.status, headers=headers)
        response.headers["content-type"] = reply.media
        response.headers.setdefault("cache-control", "no-cache")
        return response


def _root(request: Request) -> str:
    return f"{request.url.scheme}://{request.headers.get('host', '')}"


def _answer(body: bytes, media: str, share: Share) -> Response:
    share.hold(len(body))
    kind = f"{media}; charset=utf-8" if media.startswith("text/") else media
    return Pieces(body, media_type=kind, headers={"vary": "accept"})


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
        await asyncio.gather(task, watch, return_exceptions=True)


async def _hung_up(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
