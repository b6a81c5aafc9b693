"""The local site: from a store to pages for reading, and to the same things as data.

Everything here is plain calls: `respond(site, asked)` takes a path and its parameters and gives a reply, whatever
server stands in front. The state of every page is its address.

>>> from stpgraph.building import load_shipped
>>> from stpgraph.store import open_store
>>> store = open_store(); load_shipped(store)
>>> respond(Site(store=store), Asked(path="/id/organisation/cipfa")).status
200
"""

from __future__ import annotations

from stpgraph.site.asked import Asked, Reply
from stpgraph.site.place import Site
from stpgraph.site.routes import respond

__all__ = ["Asked", "Reply", "Site", "respond"]
