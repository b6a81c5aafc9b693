"""What the engine gives may end in its own thread alone; any thread may let go of it.

An iterator of pyoxigraph that comes to its end in another thread than the one that asked is not freed, and complains on
stderr. It need not be handed over for that: where an error and the frames that it went through hold each other, they
are collected in whatever thread runs at that time.
"""

from __future__ import annotations

import threading
from typing import Generic, TypeVar, cast

__all__ = ["Held"]

T = TypeVar("T")


class _Shelf:
    """What one thread was given and has not let go of yet.

    Attributes:
        things: by number.
        left: numbers of what was let go of, maybe in other threads, and is to be freed in this.
        thread: whose shelf it is.
    """

    def __init__(self) -> None:
        self.things: dict[int, object] = {}
        self.left: list[int] = []
        self.thread = threading.get_ident()

    def free(self) -> None:
        """Free what was let go of; to be called in the shelf's own thread."""
        while self.left:
            self.things.pop(self.left.pop(), None)


class _Keeper:
    """Empties the shelf of a thread as the thread ends."""

    def __init__(self) -> None:
        self.shelf = _Shelf()

    def __del__(self) -> None:
        self.shelf.things.clear()


class _Shelves(threading.local):
    def __init__(self) -> None:
        self.keeper = _Keeper()


_SHELVES = _Shelves()


class Held(Generic[T]):
    """Something that lives until this is let go of, and then ends in the thread that made it, at its next occasion.

    Example:
        >>> answer = Held(iter("ab"))
        >>> list(answer.it)
        ['a', 'b']
    """

    def __init__(self, it: T) -> None:
        self._shelf = _SHELVES.keeper.shelf
        self._shelf.free()
        self._shelf.things[id(self)] = it

    @property
    def it(self) -> T:
        """The thing itself; whoever takes it keeps this, too.

        Raises:
            RuntimeError: when another thread asks for it, which the engine would answer by ending the program; or when
                the thread that made this has ended, and the thing with it.
        """
        if self._shelf.thread != threading.get_ident() and id(self) in self._shelf.things:
            raise RuntimeError("an answer is read in the thread that asked; read it there, and hand over its rows")
        if id(self) not in self._shelf.things:
            raise RuntimeError("the thread that asked has ended, and its answers with it")
        return cast("T", self._shelf.things[id(self)])

    def __del__(self) -> None:
        self._shelf.left.append(id(self))
        if self._shelf.thread == threading.get_ident():
            self._shelf.free()
