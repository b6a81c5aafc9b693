"""User and password, told to a server in the way it asks for: HTTP's basic or digest."""

from __future__ import annotations

import base64
import urllib.request
from collections.abc import Iterable

from stpgraph.errors import EndpointError

__all__ = ["Login"]


class Login:
    """A user and their password, and how each address wants to be told of them; nothing is told before it asks."""

    def __init__(self, user: str, password: str) -> None:
        self._user = user
        self._basic = base64.b64encode(f"{user}:{password}".encode()).decode("ascii")
        passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        self._passwords, self._password = passwords, password
        self._digest = urllib.request.HTTPDigestAuthHandler(passwords)
        self._asked: dict[str, dict[str, str] | None] = {}

    def learn(self, url: str, challenges: Iterable[str]) -> bool:
        """Take in how an address asks for them; say whether it is a way that we know."""
        ways = {way.lower(): told for way, _, told in (challenge.partition(" ") for challenge in challenges)}
        if "digest" in ways:
            self._asked[url] = urllib.request.parse_keqv_list(urllib.request.parse_http_list(ways["digest"]))
            self._passwords.add_password(None, url, self._user, self._password)
        elif "basic" in ways:
            self._asked[url] = None
        return bool(ways.keys() & {"digest", "basic"})

    def header_for(self, request: urllib.request.Request, url: str) -> str | None:
        """Return what to tell an address, if it asked before."""
        if url not in self._asked:
            return None
        challenge = self._asked[url]
        if challenge is None:
            return f"Basic {self._basic}"
        try:
            told = self._digest.get_authorization(request, challenge)
        except ValueError as fault:
            raise EndpointError(f"it asks for the password in a way not known here: {fault}", where=url) from fault
        return f"Digest {told}" if told else None
