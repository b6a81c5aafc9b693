"""Sending a graph to a SPARQL endpoint: one named graph at a time, verified, and never half in place.

A graph that the endpoint has already is not sent, so that a run which broke off is finished by the next one, and a
run after a small change sends what changed. Every other graph goes to a graph beside its own, is held against the
source by count and digest, is copied into place by one update, and is held against the source again. Until that
update, those who ask for the graph see the old one whole.

    >>> from stpgraph.publishing import Endpoint, publish
    >>> from stpgraph.store import open_store
    >>> target = Endpoint("http://127.0.0.1:7878/query", graphs_url="http://127.0.0.1:7878/store")
    >>> list(publish(open_store(), target))  # doctest: +SKIP
    []
"""

from __future__ import annotations

from stpgraph.publishing.digests import Digest, digests_of
from stpgraph.publishing.endpoints import Endpoint
from stpgraph.publishing.sending import Outcome, Published, Survey, publish, survey

__all__ = ["Digest", "Endpoint", "Outcome", "Published", "Survey", "digests_of", "publish", "survey"]
