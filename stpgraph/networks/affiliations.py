"""Who held which post at which body, and when: people, roles and bodies in time."""

from __future__ import annotations

from dataclasses import replace

from stpgraph.networks.cells import Rows, heading, period, read_rows
from stpgraph.networks.evidence import Evidence, Link, Speaker, Thing
from stpgraph.networks.filters import EVERYTHING, Filters, bind, check_accepted, to_terms
from stpgraph.networks.views import View, draw_links
from stpgraph.store import Store

__all__ = ["ACCEPTED", "affiliations", "to_post"]

#: The filters that the view can be narrowed by.
ACCEPTED = frozenset({"claimant", "since", "until", "status"})

#: One row for each post, and for each thing that it has several of. Dates are compared as far as both go; one that is
#: not known does not speak against a post.
_POSTS = """
SELECT ?post ?person ?personLabel ?role ?body ?bodyLabel ?bodyType ?bodyOther ?since ?until ?status ?note
  ?source ?document ?documentLabel ?issued ?outlet
WHERE {
  @VALUES@
  ?post a org:Membership .
  OPTIONAL { ?post org:member ?person OPTIONAL { ?person skos:prefLabel ?personLabel } }
  OPTIONAL { ?post org:organization ?body
    OPTIONAL { ?body skos:prefLabel ?bodyLabel }
    OPTIONAL { ?body skos:altLabel ?bodyOther }
    OPTIONAL { VALUES ?bodyType { stp:Organisation stp:Partnership stp:Collective } ?body a ?bodyType } }
  OPTIONAL { ?post schema:startDate ?since }
  OPTIONAL { ?post schema:endDate ?until }
  FILTER(!BOUND(?claimantParam) || ?person = ?claimantParam || ?body = ?claimantParam)
  FILTER(!BOUND(?statusParam) || EXISTS { ?post stp:reviewStatus ?statusParam })
  FILTER(!BOUND(?untilParam) || !BOUND(?since)
    || SUBSTR(STR(?since), 1, STRLEN(?untilParam)) <= SUBSTR(?untilParam, 1, STRLEN(STR(?since))))
  FILTER(!BOUND(?sinceParam) || !BOUND(?until)
    || SUBSTR(STR(?until), 1, STRLEN(?sinceParam)) >= SUBSTR(?sinceParam, 1, STRLEN(STR(?until))))
  OPTIONAL { ?post org:role/skos:prefLabel ?role }
  OPTIONAL { ?post stp:reviewStatus/skos:prefLabel ?status }
  OPTIONAL { ?post skos:note ?note }
  OPTIONAL { ?post dcterms:source ?page OPTIONAL { ?page skos:prefLabel|dcterms:title ?name }
    BIND(COALESCE(?name, STR(?page)) AS ?source) }
  OPTIONAL { ?post dcterms:source ?document . ?document a stp:Document
    OPTIONAL { ?document dcterms:title ?documentLabel }
    OPTIONAL { ?document dcterms:issued ?issued }
    OPTIONAL { ?document dcterms:publisher/skos:prefLabel ?outlet } }
}
"""


def affiliations(store: Store, filters: Filters = EVERYTHING) -> View:
    """Return people and bodies as nodes, with an edge from a person to a body for each role held there.

    Args:
        store: answers the query.
        filters: a person or body (`claimant`), a review status, a period in which posts were held as far as is known.

    Returns:
        Posts in the order in which they began, unknown days last. A post of which the person or the body is not known
        has no edge.

    Raises:
        BadParameter: when a filter names nothing, is no date, or is none that posts have.

    Example:
        >>> from stpgraph.store import open_store
        >>> affiliations(open_store()).graph.number_of_nodes()
        0
    """
    check_accepted("affiliations", filters, ACCEPTED)
    sparql = bind(_POSTS, to_terms(store, filters))
    posts = [
        _attested(to_post(iri, rows, _end(rows, "person", "person"), _end(rows, "body")), rows)
        for (iri,), rows in read_rows(store, sparql).by("post").items()
    ]
    return View(
        name="affiliations",
        question=heading("Who held which post at which body", store, filters),
        sparql=sparql,
        evidence=tuple(sorted(posts, key=lambda one: (not one.since, one.since, one.summary, one.iri))),
        make=draw_links,
        undrawn=sum(not one.links for one in posts),
    )


def _end(rows: Rows, name: str, kind: str = "") -> Thing | None:
    return rows.thing(name, kind) if rows.text(name) else None


def to_post(iri: str, rows: Rows, person: Thing | None, body: Thing | None) -> Evidence:
    """Make evidence of the rows of a post, by their columns role, since, until, note, status and source."""
    role = rows.text("role")
    since, until = rows.text("since"), rows.text("until")
    who = person.label if person else "unknown person"
    where = body.label if body else "unknown body"
    when = period(since, until, notes=rows.texts("note"))
    told = role or "post not named"
    return Evidence(
        iri=iri,
        kind="post",
        summary=f"{who}: {told} of {where}{when}.",
        links=(Link(source=person, target=body, kind=told),) if person and body else (),
        since=since,
        until=until,
        speakers=(Speaker(thing=person, role=role, body=body),) if person else (),
        status=rows.text("status"),
        source="; ".join(rows.texts("source")),
    )


def _attested(post: Evidence, rows: Rows) -> Evidence:
    """Add the document that a post is known from, where it is one that was read."""
    iri = rows.text("document")
    if not iri:
        return post
    document = rows.by("document")[iri,]
    return replace(
        post,
        document=iri,
        title=document.text("documentLabel"),
        outlet=", ".join(document.texts("outlet")),
        issued=document.text("issued"),
    )
