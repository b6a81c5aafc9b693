"""Positions of an earlier page, so that a picture of a grown graph looks like the one that its readers know."""

from __future__ import annotations

import base64
import binascii
import gzip
import json
import re
import zlib
from math import isfinite

from stpgraph.errors import UsageError

__all__ = ["read_positions"]

_SCENE = re.compile(r'<script type="text/plain" id="scene">([A-Za-z0-9+/=\s]*)</script>')

#: What reading anything else as a page comes to.
_FAULTS = (
    *(AttributeError, EOFError, KeyError, OSError, RecursionError, TypeError, ValueError),
    *(binascii.Error, zlib.error),
)


def read_positions(page: str, *, where: str = "") -> dict[str, tuple[float, float]]:
    """Read where the nodes of a page stand, by short id; nothing for a page in columns or layers.

    Raises:
        UsageError: when it is no page that `stpgraph draw` made.

    Example:
        >>> read_positions("<p>no picture</p>", where="a.html")
        Traceback (most recent call last):
        ...
        stpgraph.errors.UsageError: a.html: this is no page of a network; name one that `stpgraph draw` made
    """
    found = _SCENE.search(page)
    try:
        scene = json.loads(gzip.decompress(base64.b64decode(found.group(1)))) if found else None
        if scene is None:
            raise KeyError
        layout = scene["layouts"].get("free", {"x": [], "y": []})
        places = zip(scene["nodes"]["id"], layout["x"], layout["y"], strict=False)
        found_places = {str(node): (float(x), float(y)) for node, x, y in places}
        if not all(isfinite(value) for place in found_places.values() for value in place):
            raise ValueError(where)
    except _FAULTS as fault:
        raise UsageError("this is no page of a network; name one that `stpgraph draw` made", where=where) from fault
    return found_places
