"""The index of a store: kept in the store's folder, and made anew when the store has changed."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from stpgraph.errors import StoreError, StpGraphError
from stpgraph.search.files import FILE, fingerprint
from stpgraph.search.index import SearchIndex
from stpgraph.store import Store, is_url, open_store

__all__ = ["is_current", "open_index"]

#: How often a store may change while it is being read before the last reading must do.
_TRIES = 3


def open_index(location: str | Path | Store) -> SearchIndex:
    """Return the index of a store, made anew where there is none that fits.

    That of a folder is kept in the folder, if that can be written to, for the next time; those of endpoints and of
    stores in memory are gone with the process. Of several processes that make it at once, the last one's stays.

    Args:
        location: a folder, an endpoint's address, or a store that is open.

    Raises:
        StoreError: when the store cannot be opened or read.

    Example:
        >>> len(open_index(open_store()))
        0
    """
    folder = _folder(location)
    if folder is None:
        if isinstance(location, Store):
            return SearchIndex.build(location)
        with open_store(location) as store:
            return SearchIndex.build(store)
    for tries_left in reversed(range(_TRIES)):
        mark = _mark(folder)
        if mark:
            with suppress(StoreError):  # none there, a damaged one, or another version's: made anew below
                kept = SearchIndex.open(folder / FILE)
                if kept.mark == mark:
                    return kept
        try:
            with open_store(folder) as store:
                is_same = _mark(folder) == mark
                if is_same or not tries_left:
                    return _made(store, folder, mark if is_same else "")
        except StpGraphError:
            if not tries_left or _mark(folder) == mark:
                raise
    raise AssertionError("unreachable: the last try returns or raises")


def is_current(index: SearchIndex, location: str | Path | Store) -> bool:
    """Say whether the store that an index was made of is as it was then; True where that cannot be told."""
    folder = _folder(location)
    return folder is None or _mark(folder) == index.mark


def _folder(location: str | Path | Store) -> Path | None:
    """Return the folder of a store; None for one that is elsewhere or in memory."""
    place = location.location if isinstance(location, Store) else location
    if is_url(place) or (isinstance(location, Store) and place == "memory"):
        return None
    return Path(place)


def _mark(folder: Path) -> str:
    """Return the fingerprint of a folder; "" where there is none."""
    try:
        return fingerprint(folder)
    except OSError:
        return ""


def _made(store: Store, folder: Path, mark: str) -> SearchIndex:
    index = SearchIndex.build(store, mark=mark)
    if mark:
        with suppress(StoreError):  # a place that cannot be written to: it serves as long as the process
            index.keep(folder / FILE)
    return index
