"""Folders that a server has for itself while it runs, and the removal of those that others left behind.

A folder is removed by whoever made it. One whose server was ended by force stays; it holds a file that the server had
locked, and a lock ends with its process, whatever ends that. So the next server can tell the dead from the living.
"""

from __future__ import annotations

import os
import shutil
import stat
import sys
import tempfile
from pathlib import Path

__all__ = ["Place"]

#: How the folders are called, and the file in each that is locked.
_NAME, _LOCK = "stpgraph-serve-", "alive"


class Place:
    """A folder in the system's place for such, readable by nobody else and gone when it is closed.

    Example:
        >>> place = Place()
        >>> place.path.is_dir()
        True
        >>> place.close()
        >>> place.path.exists()
        False
    """

    def __init__(self) -> None:
        _clear(Path(tempfile.gettempdir()))
        self._folder = tempfile.TemporaryDirectory(prefix=_NAME, ignore_cleanup_errors=True)
        self.path = Path(self._folder.name)
        self._lock = _locked(self.path)

    def close(self) -> None:
        """Remove the folder."""
        self._folder.cleanup()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


def _locked(place: Path) -> int | None:
    """Lock a file in a folder; it gets its name when it is locked, so that nobody finds it before."""
    if sys.platform == "win32":
        return None
    import fcntl

    lock = os.open(place / f"{_LOCK}.new", os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    fcntl.flock(lock, fcntl.LOCK_EX)
    (place / f"{_LOCK}.new").rename(place / _LOCK)
    return lock


def _clear(among: Path) -> None:
    """Remove what servers of the same user left that are dead; where locks are not to be had, nothing."""
    if sys.platform == "win32":
        return
    for place in among.glob(f"{_NAME}*"):
        if _is_ours(place) and _is_dead(place / _LOCK):
            shutil.rmtree(place, ignore_errors=True)  # another that starts may be at it too


def _is_ours(place: Path) -> bool:
    try:
        told = place.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(told.st_mode) and told.st_uid == os.geteuid()


def _is_dead(file: Path) -> bool:
    """Say whether nobody holds the lock of a file; False where there is no such file, or not yet."""
    import fcntl

    try:
        lock = os.open(file, os.O_RDWR | os.O_NOFOLLOW)
    except OSError:
        return False
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    else:
        return True
    finally:
        os.close(lock)
