"""Counting: how many outcomes a run will have, where that can be told without opening a file."""

from __future__ import annotations

import stat
from collections.abc import Iterable
from pathlib import Path

from stpgraph.documents.archives import is_hidden
from stpgraph.documents.places import Place

__all__ = ["count_files"]

#: How names of archives end, in which there may be any number of documents.
_ARCHIVES = (".zip", ".warc", ".gz")


def count_files(places: Iterable[Place]) -> int | None:
    """Count the files in some places, each of which comes to one outcome.

    Args:
        places: as for `read`.

    Returns:
        How many there are, a folder that is met again counted as one, for that is told; None where there is an archive,
        by its name, or standard input: what is in them is known when they have been read.
    """
    walked: set[tuple[int, int]] = set()
    count = 0
    waiting = list(places)
    while waiting:
        place = waiting.pop()
        if place == "-":
            return None
        path = Path(place)
        try:
            status = path.stat()
            is_folder = stat.S_ISDIR(status.st_mode)
            inner = [each for each in path.iterdir() if not is_hidden(each.name)] if is_folder else []
        except (OSError, ValueError):  # the run tells of it in an outcome
            count += 1
            continue
        if is_folder and (status.st_dev, status.st_ino) not in walked:
            walked.add((status.st_dev, status.st_ino))
            waiting += inner
        elif not is_folder and path.name.lower().endswith(_ARCHIVES):
            return None
        else:
            count += 1
    return count
