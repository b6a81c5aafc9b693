"""What is asked of the site, and what it replies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

__all__ = ["HTML", "Asked", "Reply"]

#: The media type of pages.
HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request for a page or for data, as far as it matters to what is replied.

    Attributes:
        path: decoded, from "/" on: "/id/organisation/cipfa.ttl".
        query: names and values in order, decoded, none of them empty.
        accept: the Accept header; "" for none.
        root: the address under which the reader reaches the site: "http://127.0.0.1:8000"; "" where it does not matter.
    """

    path: str
    query: tuple[tuple[str, str], ...] = ()
    accept: str = ""
    root: str = ""

    def get(self, name: str, default: str = "") -> str:
        """Return the first value of a parameter.

        Example:
            >>> Asked(path="/", query=(("q", "trust"),)).get("q")
            'trust'
        """
        return next((value for key, value in self.query if key == name), default)

    def all(self, name: str) -> tuple[str, ...]:
        """Return every value of a parameter, each once."""
        return tuple(dict.fromkeys(value for key, value in self.query if key == name))

    def number(self, name: str, default: int, *, least: int = 0, most: int = 1_000_000) -> int:
        """Return a parameter as a whole number within bounds; the default where it is none.

        Example:
            >>> Asked(path="/", query=(("page", "-3"),)).number("page", 1, least=1)
            1
        """
        text = self.get(name)
        if not (text.isascii() and text.isdigit() and len(text) < 10):
            return default
        return min(max(int(text), least), most)

    def address(self, changes: Mapping[str, str | Iterable[str]] | None = None, *, path: str = "") -> str:
        """Return the address of this state, or of one that differs from it; "" or () takes a parameter away.

        Example:
            >>> Asked(path="/", query=(("q", "trust"), ("page", "2"))).address({"page": ""})
            '/?q=trust'
        """
        kept = [(key, value) for key, value in self.query if key not in (changes or {})]
        for name, told in (changes or {}).items():
            values = (told,) if isinstance(told, str) else tuple(told)
            kept += [(name, value) for value in values if value]
        return (path or self.path) + (f"?{urlencode(kept)}" if kept else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A reply.

    Attributes:
        body: what is sent.
        status: of HTTP.
        media: the media type.
        headers: further headers, by name in lower case; a "content-security-policy" takes the place of the site's own.
    """

    body: bytes
    status: int = 200
    media: str = HTML
    headers: tuple[tuple[str, str], ...] = field(default=())

    @classmethod
    def moved(cls, address: str, *, status: int = 303) -> Reply:
        """Send the reader to another address of the site."""
        return cls(body=b"", status=status, media="text/plain; charset=utf-8", headers=(("location", address),))
