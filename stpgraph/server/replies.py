"""Replies of the server in words: what was refused, and why."""

from __future__ import annotations

import json

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from stpgraph.errors import BadData, EndpointError, LimitReached, StoreError, StpGraphError, UsageError
from stpgraph.site import Asked, Site
from stpgraph.site.rendering import sorry
from stpgraph.store import open_store

__all__ = ["Pieces", "Refused", "apology", "refusal", "status_of"]

#: Bytes of an answer that are handed over at a time.
_PIECE = 262_144

#: The media type of a refusal (RFC 9457).
_PROBLEM = "application/problem+json"


class Refused(Exception):
    """A request that is not carried out.

    Attributes:
        status: of HTTP.
        message: what is wrong and what to do.
        headers: further headers.
    """

    def __init__(self, status: int, message: str, **headers: str) -> None:
        self.status, self.message = status, message
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}
        super().__init__(message)


def status_of(fault: StpGraphError) -> int:
    """Return the status of HTTP for an error: 500 is what the protocol has for a query that is refused."""
    if isinstance(fault, LimitReached):
        return 503 if fault.limit == "waiting" else 500
    if isinstance(fault, EndpointError):
        return 502
    if isinstance(fault, StoreError):
        return 503
    return 400 if isinstance(fault, UsageError | BadData) else 500


def refusal(status: int, message: str, *, limit: str = "", headers: dict[str, str] | None = None) -> Response:
    """Make the reply to a request that is refused; `limit` names the limit that it reached."""
    told: dict[str, str | int] = {
        "type": "about:blank",
        "title": _TITLES.get(status, "refused"),
        "status": status,
        "detail": message,
    }
    if limit:
        told["limit"] = limit
    return Response(
        json.dumps(told, ensure_ascii=False),
        status_code=status,
        media_type=_PROBLEM,
        headers={**_more(status), **(headers or {})},
    )


class Pieces(Response):
    """A reply that is handed over as fast as it is taken, and that is done when it has been."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 (ASGI's call)
        """Send it piece by piece: each waits until those before it have been taken."""
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        whole = memoryview(self.body)
        for at in range(0, len(whole), _PIECE):
            await send({"type": "http.response.body", "body": whole[at : at + _PIECE], "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


def apology(status: int, message: str, asked: Asked, *, headers: dict[str, str] | None = None) -> Response:
    """Make the same as a page of the site; it is made here, for no other process may be free to make it."""
    reply = sorry(Site(store=open_store()), asked, message, status=status)
    return Response(
        reply.body, status_code=status, media_type="text/html", headers={**_more(status), **(headers or {})}
    )


def _more(status: int) -> dict[str, str]:
    return {"retry-after": "5", "cache-control": "no-store"} if status == 503 else {"cache-control": "no-store"}


_TITLES = {
    400: "bad request",
    401: "not authorised",
    403: "not allowed",
    404: "not found",
    405: "method not allowed",
    406: "no format that is accepted",
    408: "request too slow",
    413: "request too large",
    415: "unknown kind of request",
    421: "not this server",
    500: "refused",
    502: "the endpoint behind failed",
    503: "not now",
}
