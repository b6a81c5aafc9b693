"""How requests travel: no redirect is followed, and an answer is read even where it came before all was sent."""

from __future__ import annotations

import http.client
import urllib.request

__all__ = ["opener"]


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A graph, and a password, are sent to the address that was given, or not at all."""

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
