"""The server: SPARQL, linked data and the site over HTTP, on this machine unless told otherwise.

In front stands an ASGI application (`make_app`), which reads requests, checks them and keeps to limits. All that asks
the store runs in processes of its own (`workers`), so that a query that takes too long, or too much, is ended with its
process and harms no other.
"""

from __future__ import annotations

from stpgraph.server.app import make_app
from stpgraph.server.limits import Limits
from stpgraph.server.running import serve

__all__ = ["Limits", "make_app", "serve"]
