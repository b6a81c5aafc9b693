"""The SPARQL 1.1 Protocol: https://www.w3.org/TR/sparql11-protocol/.

A query comes by GET, by POST as a form, or by POST as it is; an update by POST in either way. What is wrong with a
request is said before anything is asked of the store.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from urllib.parse import urlsplit

from pyoxigraph import NamedNode
from starlette.requests import Request

from stpgraph.server.formats import media_of
from stpgraph.server.limits import Limits
from stpgraph.server.reading import parameters, read_body, read_form, text_of
from stpgraph.server.replies import Refused
from stpgraph.server.room import Share

__all__ = ["Operation", "iri_of_graph", "read_operation"]

_FORM, _QUERY, _UPDATE = (
    "application/x-www-form-urlencoded",
    "application/sparql-query",
    "application/sparql-update",
)

#: The names of graphs that a query asks, and that an update reads.
_OF_QUERIES = ("default-graph-uri", "named-graph-uri")
_OF_UPDATES = ("using-graph-uri", "using-named-graph-uri")

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """What a request asks for.

    Attributes:
        sparql: the query or update.
        is_update: which of them.
        graphs: IRIs of default graphs and of named graphs, of an update those that it reads; both empty for all.
        medias: the media types of a table and of a graph that the client likes best; None where it takes none.
    """

    sparql: str
    is_update: bool = False
    graphs: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    medias: tuple[str | None, str | None] = (None, None)


async def read_operation(request: Request, limits: Limits, token: str | None, share: Share) -> Operation | None:
    """Read what a request asks for; None for a GET that asks nothing.

    Args:
        request: the request.
        limits: how large it may be.
        token: what whoever updates must know; None where updates are off.
        share: of what the server may hold.

    Raises:
        Refused: when it is not as the protocol wants it, or asks for an update that it may not.
        LimitReached: when the server holds too much already.
    """
    pairs = parameters(request)
    if request.method in {"GET", "HEAD"}:
        if _values(pairs, "update"):
            raise Refused(400, "an update comes by POST, never by GET")
        return _query(request, pairs) if _values(pairs, "query") else None
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in {_FORM, _QUERY, _UPDATE}:
        raise Refused(
            415, f"a POST of {kind or 'no Content-Type'} is not known; expected {_FORM}, {_QUERY} or {_UPDATE}"
        )
    _check_charset(request)
    if kind == _UPDATE:
        _check_token(request, token)
    is_trusted = kind != _QUERY and _is_known(request, token)
    body = await read_body(request, limits.update if is_trusted else limits.request, limits.arrival, share)
    if kind == _QUERY:
        return _query(request, (*_without(pairs, "query"), ("query", text_of(body))))
    if kind == _UPDATE:
        return _update((*_without(pairs, "update"), ("update", text_of(body))))
    fields = (*pairs, *read_form(body))
    if _values(fields, "query") and _values(fields, "update"):
        raise Refused(400, "a request is a query or an update, not both; send two")
    if _values(fields, "update"):
        _check_token(request, token)
        return _update(fields)
    if len(body) > limits.request:
        raise Refused(413, f"the query is larger than {limits.request:,} bytes, the limit of requests; send less")
    return _query(request, fields)


def _check_charset(request: Request) -> None:
    told = request.headers.get("content-type", "").lower().partition("charset=")[2].partition(";")[0].strip(' "')
    if told and told not in {"utf-8", "utf8"}:
        raise Refused(415, f"the request is in {told}; send it as UTF-8")


def _query(request: Request, fields: Pairs) -> Operation:
    sparql = _one(fields, "query")
    graphs = _graphs(fields, _OF_QUERIES)
    name, accept = "".join(_values(fields, "format")[:1]), request.headers.get("accept", "")
    medias = (media_of(accept, name, is_graph=False), media_of(accept, name, is_graph=True))
    if medias == (None, None):
        raise Refused(
            406,
            f"answers do not come as {name or accept!r}; tables come as JSON, XML, CSV and TSV, graphs as Turtle, "
            "N-Triples, JSON-LD and RDF/XML",
        )
    return Operation(sparql=sparql, graphs=graphs, medias=medias)


def _update(fields: Pairs) -> Operation:
    sparql = _one(fields, "update")
    return Operation(sparql=sparql, is_update=True, graphs=_graphs(fields, _OF_UPDATES))


def _one(fields: Pairs, name: str) -> str:
    values = _values(fields, name)
    if len(values) != 1:
        raise Refused(400, f"a request has one {name}, not {len(values) or 'none'}; send one")
    return values[0]


def _graphs(fields: Pairs, names: tuple[str, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    default, named = (tuple(map(iri_of_graph, _values(fields, name))) for name in names)
    return default, named


def iri_of_graph(text: str) -> str:
    """Return the IRI of a graph as it was given, which must be whole.

    Raises:
        Refused: when it is none, or relative.
    """
    try:
        node = NamedNode(text)
    except ValueError as fault:
        raise Refused(400, f"{text[:200]!r} is no IRI of a graph; give one in full") from fault
    return node.value


def _values(fields: Pairs, name: str) -> list[str]:
    return [value for key, value in fields if key == name]


def _without(fields: Pairs, name: str) -> Pairs:
    if _values(fields, name):
        raise Refused(400, f"the {name} stands in the body, and in the address too; leave one out")
    return fields


def _check_token(request: Request, token: str | None) -> None:
    """Make sure that a request may change the store.

    Args:
        request: with the token as `Authorization: Bearer TOKEN`, or as the password of any user.
        token: what is expected; None where updates are off.

    Raises:
        Refused: when updates are off, or the token is not there or another, or the request comes from a page elsewhere.
    """
    if token is None:
        raise Refused(403, "updates are off; start the server with --allow-update to take them")
    origin = request.headers.get("origin")
    if origin and urlsplit(origin).netloc != request.headers.get("host"):
        raise Refused(403, f"an update from a page of {origin[:200]} is not taken")
    if not _is_known(request, token):
        raise Refused(
            401, "the token is missing or another; send `Authorization: Bearer TOKEN`", www_authenticate="Bearer"
        )


def _is_known(request: Request, token: str | None) -> bool:
    """Say whether a request has the token."""
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() not in {"basic", "bearer"}:
        return False
    if scheme.lower() == "basic":
        given = _password(given)
    return token is not None and hmac.compare_digest(given.strip().encode(), token.encode())


def _password(given: str) -> str:
    from base64 import b64decode

    try:
        return b64decode(given, validate=True).decode("utf-8").partition(":")[2]
    except ValueError:
        return ""
