"""What a request may take."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["MEGABYTE", "Limits"]

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one request may take.

    Attributes:
        seconds: how long a query or page may run.
        memory: bytes that a query may need beside what its process needs anyway.
        result: bytes that an answer may have.
        request: bytes that a query may have.
        update: bytes that an update may have.
        workers: queries that run at the same time; so many again for pages.
        waiting: requests that may wait for their turn.
        patience: seconds that one may wait.
        arrival: seconds in which the body of a request must have come.
    """

    seconds: float = 30.0
    memory: int = 1_000 * MEGABYTE
    result: int = 100 * MEGABYTE
    request: int = 1 * MEGABYTE
    update: int = 50 * MEGABYTE
    workers: int = 2
    waiting: int = 512
    patience: float = 60.0
    arrival: float = 30.0

    @property
    def held(self) -> int:
        """Bytes of requests and answers that the server holds for all clients together."""
        return 4 * self.result + 2 * self.update
