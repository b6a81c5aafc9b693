"""User and password, told to a server in the way it asks for: HTTP's basic or digest."""

from __future__ import annotations

import base64
import hashlib
import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterable
from email.message import Message

from stpgraph.errors import EndpointError, UsageError
from stpgraph.store.connections import shown

__all__ = ["Login", "hint_for", "knows_a_way"]

_KNOWN = "HTTP's basic and digest are what is known here"
_HINTS = {
    403: "it does not allow this; give a user who may in STPGRAPH_USER and STPGRAPH_PASSWORD",
    407: "the proxy on the way wants a login; give it in the proxy's address, in http_proxy or https_proxy",
}


def hint_for(status: int, told: Message, address: str, *, has_login: bool) -> str | None:
    """Say what to do where a server wants a login, or sends one elsewhere; None where it is about neither.

    Args:
        status: what it answered.
        told: the headers of the answer.
        address: where the request went.
        has_login: whether a user and a password were given.

    Example:
        >>> hint_for(401, Message(), "http://localhost/sparql", has_login=False)
        'it wants a user and a password; set STPGRAPH_USER and STPGRAPH_PASSWORD'
    """
    if 300 <= status < 400:
        place = told.get("Location")
        return f"it has moved: give {_resolved(address, place) if place else 'its new address'} instead"
    if status != 401:
        return _HINTS.get(status)
    ways = [way.partition(" ")[0] for way in told.get_all("WWW-Authenticate", [])]
    if ways and not knows_a_way(ways):
        return f"it wants a login by {', '.join(ways)}; {_KNOWN}"
    if not has_login:
        return "it wants a user and a password; set STPGRAPH_USER and STPGRAPH_PASSWORD"
    if not ways:
        return f"it does not say in which way it wants the user and password; {_KNOWN}"
    return "it does not know this user and password; check STPGRAPH_USER and STPGRAPH_PASSWORD"


def _resolved(address: str, place: str) -> str:
    """Return where a redirect leads, in one line."""
    try:
        return shown("".join(urllib.parse.urljoin(address, place).split()))
    except ValueError:
        return "its new address"  # what it names is none


def knows_a_way(ways: Iterable[str]) -> bool:
    """Say whether one of the ways in which a server asks for a password is known here.

    Example:
        >>> knows_a_way(["Negotiate", "Digest"]), knows_a_way(["Bearer"])
        (True, False)
    """
    return not {"digest", "basic"}.isdisjoint(way.lower() for way in ways)


#: What HTTP's digest may be made with; the session variants are not known here.
_HASHES = {"MD5": hashlib.md5, "SHA": hashlib.sha1, "SHA-256": hashlib.sha256}


class _Digest(urllib.request.HTTPDigestAuthHandler):
    """The digest of the standard library, which takes ASCII alone, for any password."""

    def get_algorithm_impls(self, algorithm: str) -> tuple[Callable[[str], str], Callable[[str, str], str]]:
        """Return the hash of a text, and the hash of a secret with data."""
        made = _HASHES.get(algorithm.upper())
        if made is None:
            raise ValueError(algorithm)
        return (lambda text: made(text.encode()).hexdigest()), (
            lambda secret, data: made(f"{secret}:{data}".encode()).hexdigest()
        )


class Login:
    """A user and their password, and how each address wants to be told of them; nothing is told before it asks."""

    def __init__(self, user: str, password: str) -> None:
        if re.search(r'[\x00-\x1f\x7f":]', user):
            raise UsageError("a user's name has no colon, quotation mark or control character; see STPGRAPH_USER")
        self._user = user
        self._basic = base64.b64encode(f"{user}:{password}".encode()).decode("ascii")
        passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        self._passwords, self._password = passwords, password
        self._digest = _Digest(passwords)
        self._asked: dict[str, dict[str, str] | None] = {}

    def learn(self, url: str, challenges: Iterable[str]) -> bool:
        """Take in how an address asks for them; say whether it is a way that we know."""
        ways = {way.lower(): told for way, _, told in (challenge.partition(" ") for challenge in challenges)}
        if "digest" in ways:
            told = [part for part in urllib.request.parse_http_list(ways["digest"]) if re.match("[^=]+=.", part)]
            self._asked[url] = urllib.request.parse_keqv_list(told)
            self._passwords.add_password(None, url, self._user, self._password)
        elif "basic" in ways:
            self._asked[url] = None
        return knows_a_way(ways)

    def header_for(self, request: urllib.request.Request, url: str) -> str | None:
        """Return what to tell an address, if it asked before."""
        if url not in self._asked:
            return None
        challenge = self._asked[url]
        if challenge is None:
            return f"Basic {self._basic}"
        try:
            told = self._digest.get_authorization(request, challenge)
        except (ValueError, urllib.error.URLError) as fault:
            raise EndpointError(
                f"it asks for the password in a way not known here: digest by {fault}", where=url
            ) from fault
        if told and not told.isascii():
            raise EndpointError("it wants HTTP's digest, for which a user's name is in ASCII", where=url)
        return f"Digest {told}" if told else None
