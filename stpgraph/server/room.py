"""How many bytes of requests and answers the server holds, all clients together."""

from __future__ import annotations

from types import TracebackType

from stpgraph.errors import LimitReached
from stpgraph.server.limits import MEGABYTE

__all__ = ["Room", "Share"]


class Room:
    """Bytes that requests and answers on their way may take up together."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.taken = 0

    def share(self) -> Share:
        """Return the share of one request, which holds nothing yet."""
        return Share(self)


class Share:
    """What one request and its answer take up; it is given back at the end.

    Example:
        >>> room = Room(10)
        >>> with room.share() as share:
        ...     share.take(8)
        ...     room.taken
        8
        >>> room.taken
        0
    """

    def __init__(self, room: Room) -> None:
        self._room = room
        self._taken = 0

    def __enter__(self) -> Share:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        self._room.taken -= self._taken
        self._taken = 0

    def take(self, count: int) -> None:
        """Hold so many bytes more.

        Raises:
            LimitReached: when all hold too many by then; whoever asks later may find room.
        """
        self.hold(count)
        self.check()

    def hold(self, count: int) -> None:
        """Hold bytes that are there already, whether or not there is room."""
        self._taken += count
        self._room.taken += count

    def check(self) -> None:
        """Make sure that there is room.

        Raises:
            LimitReached: when there is none.
        """
        if self._room.taken > self._room.most:
            raise LimitReached(
                f"more than {self._room.most / MEGABYTE:g} MB of requests and answers are waiting already for those "
                "who sent them, or asked for them; try again in a while",
                limit="waiting",
            )
