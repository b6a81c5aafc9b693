"""Headers: which names the server answers to, and what a browser may do with its replies."""

from __future__ import annotations

import re
from collections.abc import Collection

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from stpgraph.server.replies import refusal

__all__ = ["POLICY", "KnownHosts", "SafeHeaders"]

#: What a page may load: from here alone, and no script or style that stands in it.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

_HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


class SafeHeaders:
    """Adds them, where a reply does not bring its own."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and its reply with more headers."""

        async def send_more(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_more if scope["type"] == "http" else send)


#: A name or an address, and perhaps a port.
_HOST = re.compile(r"([a-z0-9._-]+|\[[0-9a-f:.]+\])(:[0-9]{0,5})?", re.ASCII | re.IGNORECASE)


class KnownHosts:
    """Answers only those who call the server by a name of its own.

    A page elsewhere may give this machine a name of that page's own, and would read the answers then.
    """

    def __init__(self, app: ASGIApp, names: Collection[str]) -> None:
        self.app = app
        self._names = frozenset(name.lower() for name in names)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        told = Headers(scope=scope).getlist("host") if scope["type"] == "http" else []
        if scope["type"] != "http" or (len(told) == 1 and self._is_known(told[0])):
            await self.app(scope, receive, send)
        elif len(told) != 1 or not told[0]:
            await refusal(400, "the request does not say for whom it is; send one Host header")(scope, receive, send)
        else:
            reply = refusal(421, f"this server is not {told[0][:200]!r}; use the address that it was started with")
            await reply(scope, receive, send)

    def _is_known(self, host: str) -> bool:
        name = _name_of(host)
        return bool(name) and ("*" in self._names or name in self._names)


def _name_of(host: str) -> str:
    """Return the name in a Host header, without the port; "" where it is no such header.

    Example:
        >>> _name_of("LocalHost:8000"), _name_of("[::1]:8000"), _name_of("localhost:80@elsewhere.example")
        ('localhost', '[::1]', '')
    """
    found = _HOST.fullmatch(host)
    return found[1].lower() if found else ""
