"""Replies of the server in words: what was refused, and why."""

from __future__ import annotations

import json
from html import escape

from starlette.responses import Response

from stpgraph.errors import BadData, EndpointError, LimitReached, StoreError, StpGraphError, UsageError

__all__ = ["Refused", "apology", "refusal", "status_of"]

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


def apology(status: int, message: str, *, limit: str = "", headers: dict[str, str] | None = None) -> Response:
    """Make the same as a page for reading; it is made here, for no other process may be free to make it."""
    page = _PAGE.format(
        title=escape(_HEADINGS.get(status, "This cannot be answered")),
        message=escape(message),
        limit=f' data-limit="{escape(limit)}"' if limit else "",
    )
    return Response(
        page.encode("utf-8", "replace"),
        status_code=status,
        media_type="text/html",
        headers={**_more(status), **(headers or {})},
    )


def _more(status: int) -> dict[str, str]:
    return {"retry-after": "5", "cache-control": "no-store"} if status == 503 else {"cache-control": "no-store"}


_HEADINGS = {503: "Too much at once", 404: "There is nothing here"}

#: A page in the frame of the site, without what it takes a store to know.
_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · stpgraph</title>
<link rel="stylesheet" href="/static/site.css">
</head>
<body>
<header class="top">
  <a class="home" href="/">stpgraph</a>
</header>
<main id="main" tabindex="-1">
<div class="head">
  <h1>{title}</h1>
</div>
<p class="standfirst" dir="auto"{limit}>{message}</p>
</main>
</body>
</html>
"""


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
