"""SPARQL updates as the protocol sends them: with the graphs to read named beside the text."""

from __future__ import annotations

import re
from collections.abc import Collection

from pyoxigraph import NamedNode

from stpgraph.errors import BadQuery
from stpgraph.store.federation import tokens

__all__ = ["operation_count", "with_using"]

_OPERATION = re.compile(r"INSERT|DELETE|WITH|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD", re.IGNORECASE)
_WORD = re.compile(r"WHERE|USING|WITH|DELETE|INSERT|DATA", re.IGNORECASE)


def with_using(sparql: str, default: Collection[str] = (), named: Collection[str] = ()) -> str:
    """Write into an update which graphs its WHERE reads.

    Args:
        sparql: one or several operations.
        default: graphs that are read as one.
        named: graphs that GRAPH reaches.

    Raises:
        BadQuery: when the update names its graphs itself, which the protocol forbids; or is `DELETE WHERE`, which has
            no place for them.

    Example:
        >>> with_using("INSERT { ?s a ?o } WHERE { ?s ?p ?o }", ["https://example.org/g"])
        'INSERT { ?s a ?o } USING <https://example.org/g> WHERE { ?s ?p ?o }'
    """
    if not default and not named:
        return sparql
    told = " ".join([f"USING {NamedNode(iri)}" for iri in default] + [f"USING NAMED {NamedNode(iri)}" for iri in named])
    written, depth, last, before = [], 0, 0, ""
    for part in tokens(sparql):
        if part.lastgroup == "aside":
            continue
        depth += (part[0] == "{") - (part[0] == "}")
        word = part[0].upper() if depth == 0 and _WORD.fullmatch(part[0]) else ""
        if word in {"USING", "WITH"}:
            raise BadQuery(f"the update says {word}, and the request names graphs too; leave one out")
        if word == "WHERE":
            if before == "DELETE":
                raise BadQuery("DELETE WHERE has no place for graphs to read; write DELETE { … } WHERE { … }")
            written.append(sparql[last : part.start()] + told + " ")
            last = part.start()
        before = word
    return "".join(written) + sparql[last:]


def operation_count(sparql: str) -> int:
    """Count the operations of an update.

    Example:
        >>> operation_count("PREFIX x: <urn:x> DROP GRAPH x:a ; INSERT DATA { x:a x:b ';' ; x:c 1 } ;")
        2
    """
    depth, count = 0, 0
    is_begun = False
    for part in tokens(sparql):
        depth += (part[0] == "{") - (part[0] == "}")
        if depth == 0 and part[0] == ";":
            is_begun = False
        elif not is_begun and _OPERATION.fullmatch(part[0]):
            is_begun = True
            count += 1
    return count
