"""Where the graph is kept and asked: embedded Oxigraph, in memory or on disk, or any SPARQL 1.1 endpoint.

One interface, `Store`; `open_store` gives the one that a location names. The default graph of every query is the
union of the named graphs, on every one of them.

    >>> from stpgraph.vocabulary import RDF, STP, mint
    >>> from pyoxigraph import Quad
    >>> with open_store() as store:
    ...     store.add([Quad(mint("person", "jo-doe"), RDF.type, STP.Person, mint("graph", "people"))])
    ...     [(who,)] = store.select("SELECT ?who WHERE { ?who a stp:Person }")
    >>> who.value
    'https://w3id.org/stpgraph/id/person/jo-doe'
"""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path

from stpgraph.store.base import Solutions, Store, Term
from stpgraph.store.embedded import EmbeddedStore, replace_store, state_of
from stpgraph.store.endpoint import EndpointStore

__all__ = [
    "EmbeddedStore",
    "EndpointStore",
    "Solutions",
    "Store",
    "Term",
    "is_url",
    "open_store",
    "replace_store",
    "state_of",
]


def is_url(location: str | Path) -> bool:
    """Say whether a location is an endpoint's address rather than a folder."""
    return isinstance(location, str) and location.startswith(("http://", "https://"))


def open_store(
    location: str | Path | None = None,
    *,
    is_writable: bool = False,
    update_url: str | None = None,
    timeout: float = 60.0,
    services: Collection[str] = (),
) -> Store:
    """Open a store.

    Args:
        location: None for a new one in memory; a folder; or the URL of a SPARQL 1.1 endpoint. User and password
            of an endpoint come from the environment: STPGRAPH_USER, STPGRAPH_PASSWORD.
        is_writable: open a folder for writing, which one process at a time may; a new folder is made. Otherwise
            the folder is read as it is at this moment.
        update_url: where an endpoint takes updates, if not at its own address.
        timeout: seconds that one query of an endpoint may take, retries included.
        services: addresses of endpoints that queries may call with SERVICE, as an endpoint asked here may on its
            own; none unless told.

    Raises:
        StoreError: when the folder is missing, is no store, or cannot be read.
        StoreLocked: when it is to be written and another process has it.
        EndpointError: when the endpoint does not answer.

    Example:
        >>> open_store().location
        'memory'
    """
    if location is None:
        return EmbeddedStore.in_memory(services=services)
    if is_url(location):
        return EndpointStore(
            str(location),
            update_url=update_url,
            user=os.environ.get("STPGRAPH_USER"),
            password=os.environ.get("STPGRAPH_PASSWORD"),
            timeout=timeout,
            services=services,
        )
    return EmbeddedStore.on_disk(Path(location), is_writable=is_writable, services=services)
