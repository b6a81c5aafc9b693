"""Reading requests: their bodies within bounds, their texts as UTF-8."""

from __future__ import annotations

import asyncio
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from stpgraph.server.limits import MEGABYTE
from stpgraph.server.replies import Refused
from stpgraph.server.room import Share

__all__ = ["parameters", "read_body", "read_form", "text_of"]


async def read_body(request: Request, most: int, seconds: float, share: Share) -> bytes:
    """Read a body that may have so many bytes and may take so many seconds to come.

    Raises:
        Refused: when it is larger, slower, compressed, or breaks off.
        LimitReached: when the server holds too much already.
    """
    coding = request.headers.get("content-encoding", "identity").strip().lower()
    if coding != "identity":
        raise Refused(415, f"the request is in {coding[:100]}; send it as it is", accept_encoding="identity")
    told = request.headers.get("content-length", "")
    if told.isdigit() and int(told) > most:
        raise _too_large(most)
    body = bytearray()
    try:
        async with asyncio.timeout(seconds):
            async for piece in request.stream():
                share.take(len(piece))
                body += piece
                if len(body) > most:
                    raise _too_large(most)
    except TimeoutError:
        raise Refused(
            408, f"the request did not come within {seconds:g} s; send it faster", connection="close"
        ) from None
    except ClientDisconnect:
        raise Refused(400, "the request broke off; send it whole") from None
    return bytes(body)


def _too_large(most: int) -> Refused:
    return Refused(
        413, f"the request is larger than {most / MEGABYTE:g} MB, the limit of requests; send less", connection="close"
    )


def text_of(body: bytes) -> str:
    """Return a body as text."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise Refused(
            400, f"the request is not UTF-8: {fault.reason} at byte {fault.start}; send it as UTF-8"
        ) from fault


def read_form(body: bytes) -> tuple[tuple[str, str], ...]:
    """Return the fields of a form."""
    return _pairs(text_of(body))


def parameters(request: Request) -> tuple[tuple[str, str], ...]:
    """Return the parameters of an address, in order."""
    return _pairs(request.scope["query_string"].decode("ascii", "replace"))


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    try:
        return tuple(parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=1000))
    except UnicodeDecodeError as fault:
        raise Refused(400, "a parameter is not UTF-8; send it as UTF-8") from fault
    except ValueError as fault:
        raise Refused(400, f"the parameters cannot be read: {fault}; send fewer") from fault
