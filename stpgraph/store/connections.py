"""How requests travel: no redirect is followed, and an answer is read even where it came before all was sent."""

from __future__ import annotations

import http.client
import re
import urllib.error
import urllib.request

from stpgraph.errors import UsageError

__all__ = ["check_address", "message_of", "opener", "shown"]

#: Bytes that are read of what a server says of an error.
_MOST_SAID = 65_536

#: User and password in an address.
_INSIDE = re.compile(r"(?<=//)[^/?#\s]*@")


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A query, a graph and a password are sent to the address that was given, or not at all."""

    def redirect_request(self, *_: object, **__: object) -> None:
        """Follow nothing."""


class _Hearing(http.client.HTTPConnection):
    """A server that takes no more, for a request is too large or wants a login, hangs up after saying so."""

    def send(self, data: object) -> None:
        """Send, and leave it to the reading of the answer to find out why the rest was not taken."""
        if self.sock is None:
            super().send(data)  # type: ignore[arg-type]  # nobody to hear before it is connected
            return
        try:
            super().send(data)  # type: ignore[arg-type]
        except (BrokenPipeError, ConnectionResetError):
            return


class _HearingSecurely(_Hearing, http.client.HTTPSConnection):
    """The same over TLS."""


class _Http(urllib.request.HTTPHandler):
    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(_Hearing, req)


class _Https(urllib.request.HTTPSHandler):
    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(_HearingSecurely, req)


def opener() -> urllib.request.OpenerDirector:
    """Return what opens addresses, by way of the proxies that the environment names."""
    return urllib.request.build_opener(_NoRedirects, _Http, _Https)


def shown(text: str) -> str:
    """Return an address, or what speaks of one, without the user and password in it.

    Example:
        >>> shown("http://jo:secret@localhost/sparql")
        'http://localhost/sparql'
    """
    return _INSIDE.sub("", text)


def check_address(address: str) -> None:
    """Make sure that an address has no user and password in it, which lists of processes and logs would show.

    Raises:
        UsageError: when it has; the error does not show them.
    """
    if _INSIDE.search(address):
        raise UsageError(
            f"{shown(address)} was given with a user or a password in it; leave them out, "
            "and set STPGRAPH_USER and STPGRAPH_PASSWORD"
        )


def message_of(fault: urllib.error.HTTPError) -> str:
    """Return what a server says of an error, without the tags of a page."""
    try:
        text = fault.read(_MOST_SAID).decode("utf-8", "replace")
    except (OSError, http.client.HTTPException):
        return ""  # its status says enough
    return shown(re.sub(r"<[^<>]*>", " ", text) if text.lstrip().startswith("<") else text)
