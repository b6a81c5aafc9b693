"""Connections with bounds: the head of a request may not be endless, nor come, nor be taken away, drop by drop."""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

__all__ = ["BoundedConnection"]

#: Bytes of a request's first line and headers.
_HEAD = 65_536

#: Seconds between two looks at a connection.
_PAUSE = 5.0

#: Looks after which a head must be there, and in which an answer must be taken further.
_TO_ASK, _TO_TAKE = 2, 12

_TOO_LONG = b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"


class BoundedConnection(HttpToolsProtocol):
    """A connection as uvicorn handles it, which is cut where the client is too slow or says too much."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to watch."""
        super().connection_made(transport)
        self._is_waiting, self._head = True, 0  # for a head, and how much there is of it
        self._looks = self._stuck = self._left = 0
        self._watch: asyncio.TimerHandle | None = self.loop.call_later(_PAUSE, self._look)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop watching."""
        super().connection_lost(exc)
        if self._watch is not None:
            self._watch.cancel()
            self._watch = None

    def data_received(self, data: bytes) -> None:
        """Read on, unless the head has become too long."""
        before = self._head
        super().data_received(data)
        if self._is_waiting and not self.transport.is_closing():
            self._head = before + len(data)  # what is not yet a whole line counts as well
            if self._head > _HEAD:
                self.send_400_response("")

    def send_400_response(self, msg: str) -> None:
        """Refuse a head, and close the connection."""
        if self._head > _HEAD:
            self.transport.write(_TOO_LONG)
            self.transport.close()
        else:
            super().send_400_response(msg)

    def on_message_begin(self) -> None:
        """Note where a head begins."""
        super().on_message_begin()
        self._is_waiting, self._head, self._looks = True, 0, 0

    def on_url(self, url: bytes) -> None:
        """Take the address."""
        self._count(url)
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header."""
        self._count(name + value)
        super().on_header(name, value)

    def _count(self, piece: bytes) -> None:
        self._head += len(piece)
        if self._head > _HEAD:
            raise ValueError("the head is too long")  # the parser stops, and the request is refused

    def on_headers_complete(self) -> None:
        """Note where the head ends."""
        self._is_waiting, self._head = False, 0
        super().on_headers_complete()

    def _look(self) -> None:
        """Cut the connection where nothing has moved for long."""
        self._watch = self.loop.call_later(_PAUSE, self._look)
        left = self.transport.get_write_buffer_size()
        self._stuck = self._stuck + 1 if left >= self._left > 0 else 0
        self._left = left
        self._looks += 1
        if self._stuck >= _TO_TAKE or (self._is_waiting and self._looks >= _TO_ASK):
            self.transport.abort()
