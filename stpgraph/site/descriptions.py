"""A thing as data: what is said of it, what its claim rests on, what points to it, in Turtle, JSON-LD or N-Triples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from pyoxigraph import Triple

from stpgraph.exports.graphs import triples_to
from stpgraph.site.addresses import SUFFIXES, address_of
from stpgraph.site.asked import Reply
from stpgraph.site.names import nodes
from stpgraph.site.place import Site
from stpgraph.site.spoken import rows
from stpgraph.vocabulary import OA

__all__ = ["FORMATS", "Description", "alternates", "describe", "exists", "to_reply"]

#: Media types of data, ours first, with the suffix of a path and the name of the format.
FORMATS = {
    "text/turtle": ("ttl", "turtle"),
    "application/ld+json": ("jsonld", "jsonld"),
    "application/n-triples": ("nt", "ntriples"),
}

#: Triples that point to a thing, as many as are told.
_INCOMING = 1000

_EXISTS = """
ASK { { @NODE@ ?how ?what } UNION { ?one ?how @NODE@ } UNION { ?one @NODE@ ?other }
      UNION { GRAPH @NODE@ { ?one ?how ?other } } }"""

#: What is said of a thing and of what has no name of its own; of a claim, what it rests on.
_OUTGOING = """
CONSTRUCT { ?one ?how ?what } {
  { SELECT DISTINCT ?one {
    { BIND(@NODE@ AS ?one) }
    UNION { @NODE@ ?by ?one FILTER(isBlank(?one)) }
    UNION { @NODE@ ?by ?between . ?between ?by_it ?one FILTER(isBlank(?between) && isBlank(?one)) }
    UNION { @NODE@ stp:evidence|stp:alsoAt|stp:namedAt|stp:cueAt ?one }
    UNION { @NODE@ stp:evidence|stp:alsoAt|stp:namedAt|stp:cueAt ?place . ?place oa:hasSelector ?one }
  } }
  ?one ?how ?what
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """A thing as triples.

    Attributes:
        iri: the thing.
        triples: with it as subject or object, and what a claim rests on.
        left_out: how many triples that point to it are not among them.
        has_words: whether the exact words of a text are among them.
    """

    iri: str
    triples: tuple[Triple, ...]
    left_out: int = 0
    has_words: bool = False


def exists(site: Site, iri: str) -> bool:
    """Say whether the store knows anything of a thing: as subject, object, property or graph.

    Example:
        >>> from stpgraph.store import open_store
        >>> exists(Site(store=open_store()), "https://example.org/x")
        False
    """
    return bool(site.store.query(_EXISTS.replace("@NODE@", nodes([iri]))))


def describe(site: Site, iri: str) -> Description:
    """Return what is said of a thing, and up to a thousand triples that point to it.

    The exact words of a text are among it where the store holds them, for the store is its user's own.
    """
    node = nodes([iri])
    outgoing = cast("list[Triple]", site.store.query(_OUTGOING.replace("@NODE@", node)))
    incoming = cast(
        "list[Triple]", site.store.query(f"CONSTRUCT {{ ?one ?how {node} }} {{ ?one ?how {node} }} LIMIT {_INCOMING}")
    )
    left_out = 0
    if len(incoming) >= _INCOMING:
        [(count,)] = rows(site.store, f"SELECT (COUNT(*) AS ?count) {{ ?one ?how {node} }}")
        left_out = max(0, int(count) - len(incoming))
    triples = tuple(dict.fromkeys([*outgoing, *incoming]))
    has_words = any(triple.predicate == OA.exact for triple in triples)
    return Description(iri=iri, triples=triples, left_out=left_out, has_words=has_words)


def to_reply(description: Description, media: str) -> Reply:
    """Write a description; what was left out is told in a header and, where the format has them, in a comment."""
    _, form = FORMATS[media]
    body = triples_to(description.triples, form)
    if form != "jsonld":
        body = "".join(f"# {line}\n" for line in _remarks(description)).encode() + body
    headers = [("vary", "Accept"), ("link", alternates(description.iri))]
    if description.left_out:
        headers.append(("x-triples-left-out", str(description.left_out)))
    return Reply(body=body, media=media if form == "jsonld" else f"{media}; charset=utf-8", headers=tuple(headers))


def _remarks(description: Description) -> list[str]:
    told = []
    if description.left_out:
        told.append(
            f"{description.left_out} further triples that point to this are left out; "
            "a query at /sparql gives them all."
        )
    if description.has_words:
        told.append(
            "The exact words of a text are its publisher's: they are here because this store was built with them."
        )
    return told


def alternates(iri: str) -> str:
    """Return the Link header of a thing: where its page and its data stand.

    Example:
        >>> alternates("https://w3id.org/stpgraph/id/person/jo-doe").split(", ")[0]
        '</id/person/jo-doe.ttl>; rel="alternate"; type="text/turtle"'
    """
    suffixes: Sequence[tuple[str, str]] = [*SUFFIXES.items()]
    return ", ".join(f'<{address_of(iri, suffix)}>; rel="alternate"; type="{media}"' for suffix, media in suffixes)
