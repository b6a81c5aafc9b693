"""Connections with bounds: what a client says, and what it takes, may be neither endless nor come drop by drop.

There is room for so many connections. Where all are taken, the one that has longest been without a whole request gives
way to the next; who has asked is never sent away for one who has not.
"""

from __future__ import annotations

import asyncio
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

__all__ = ["BoundedConnection"]

#: Bytes of a request's first line and headers.
_HEAD = 65_536

#: Requests that a connection may send ahead of their answers.
_AHEAD = 64

#: Seconds between two looks at a connection.
_PAUSE = 5.0

#: Looks after which a head must be there, in which an answer must be taken further, and that one may last who has its
#: answer and has not begun to ask again.
_TO_ASK, _TO_TAKE, _TO_REST = 2, 12, 4

_TOO_LONG = b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
_FULL = b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 5\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"


class BoundedConnection(HttpToolsProtocol):
    """A connection as uvicorn handles it, which is cut where the client is too slow or says too much."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to watch."""
        super().connection_made(transport)
        self._is_waiting, self._head = True, 0  # for a head, and how much there is of it
        self._looks = self._stuck = 0
        self._since = self.loop.time()
        self._answered: RequestResponseCycle | None = None  # the request that is being answered, or was last
        self._watch: asyncio.TimerHandle | None = self.loop.call_later(_PAUSE, self._look)
        self._find_room()

    def _find_room(self) -> None:
        """Send away who has longest been without a request, where there is no room; or whoever came last."""
        most = self.limit_concurrency
        others = cast("set[Any]", self.connections)
        if most is None or len(others) < most:
            return
        idle = min((one for one in others if one.is_idle and one is not self), key=lambda one: one.since, default=None)
        if idle is not None:
            others.discard(idle)
            idle.transport.abort()
        else:
            others.discard(self)
            self.transport.write(_FULL)
            self.transport.close()

    @property
    def is_idle(self) -> bool:
        """Whether there is no whole request that waits for its answer."""
        return self._answered is None or self._answered.response_complete or self._answered.more_body

    @property
    def is_being_answered(self) -> bool:
        """Whether an answer has begun to go out and is not taken yet."""
        return self._answered is not None and self._answered.response_started

    @property
    def since(self) -> float:
        """The time of the loop when the connection began, or its last request did, or its last answer ended."""
        return self._since

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop watching, and tell whoever works on an answer, even where more requests have come after that one."""
        super().connection_lost(exc)
        self.pipeline.clear()
        if self._answered is not None:
            self._answered.disconnected = not self._answered.response_complete
            self._answered.message_event.set()
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
        self._since = self.loop.time()

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
        if len(self.pipeline) >= _AHEAD:
            raise ValueError("too many requests are sent ahead")
        super().on_headers_complete()
        if self.parser.should_upgrade():  # to what we do not speak, and whatever comes after is not read
            self.cycle.keep_alive = False

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        self._answered = cycle
        super()._start_asgi_task(cycle, app)

    def on_response_complete(self) -> None:
        """Note when an answer ends."""
        self._looks = 0
        self._since = self.loop.time()
        super().on_response_complete()

    def resume_writing(self) -> None:
        """Note that some of an answer was taken."""
        self._stuck = 0
        super().resume_writing()

    def _look(self) -> None:
        """Cut the connection where nothing has moved for long."""
        self._watch = self.loop.call_later(_PAUSE, self._look)
        left = self.transport.get_write_buffer_size()
        self._stuck = self._stuck + 1 if left else 0
        self._looks = 0 if left and not self._is_waiting else self._looks + 1
        has_all = self._answered is not None and self._answered.response_complete and not self.pipeline
        if (
            self._stuck >= _TO_TAKE
            or (self._is_waiting and self._looks >= _TO_ASK)
            or (has_all and self._looks >= _TO_REST)
        ):
            self.transport.abort()
