"""The partnerships: where they lie, who led them and from which bodies, and what followed them."""

from __future__ import annotations

from pyoxigraph import NamedNode

from stpgraph.networks.affiliations import to_post
from stpgraph.networks.cells import Rows, heading, read_rows
from stpgraph.networks.evidence import Evidence, Link, Thing
from stpgraph.networks.filters import EVERYTHING, Filters, bind, check_accepted, to_terms
from stpgraph.networks.views import View, draw_links
from stpgraph.store import Store
from stpgraph.vocabulary import DCTERMS, local_name

__all__ = ["ACCEPTED", "partnerships"]

#: The filters that the view can be narrowed by.
ACCEPTED = frozenset({"claimant", "since", "until", "status"})

#: What is said of a partnership, by property: how the edge is called, and what is at its other end.
_FACTS = {
    DCTERMS.isReplacedBy.value: ("was followed by", "successor"),
    DCTERMS.spatial.value: ("lies in", "place"),
}

#: One row for each fact or post, and for each thing that it has several of. Facts are asked of their graphs, for a
#: graph tells the status of what it holds; those of a graph without a name are as good, of unknown status.
_PARTNERSHIPS = """
SELECT ?post ?from ?fromLabel ?fromType ?fromOther ?how ?to ?toLabel ?toType ?toOther ?role ?since ?until ?status
  ?note ?source
WHERE {
  @VALUES@
  {
    VALUES ?how { dcterms:isReplacedBy dcterms:spatial }
    ?from a stp:Partnership .
    { GRAPH ?graph { ?from ?how ?to }
      OPTIONAL { ?graph stp:reviewStatus ?code OPTIONAL { ?code skos:prefLabel ?status } }
      OPTIONAL { GRAPH ?graph { ?from dcterms:source ?page } @SOURCE@ } }
    UNION
    { ?from ?how ?to FILTER NOT EXISTS { GRAPH ?any { ?from ?how ?to } }
      OPTIONAL { ?from dcterms:source ?page @SOURCE@ } }
  } UNION {
    { SELECT DISTINCT ?from WHERE { ?at a stp:Partnership . ?held org:organization ?at ; org:member ?from } }
    ?post org:member ?from ; org:organization ?to .
    OPTIONAL { ?post stp:reviewStatus ?code OPTIONAL { ?code skos:prefLabel ?status } }
    OPTIONAL { ?post schema:startDate ?since }
    OPTIONAL { ?post schema:endDate ?until }
    OPTIONAL { ?post org:role/skos:prefLabel ?role }
    OPTIONAL { ?post skos:note ?note }
    OPTIONAL { ?post dcterms:source ?page @SOURCE@ }
  }
  FILTER(!BOUND(?claimantParam) || ?from = ?claimantParam || ?to = ?claimantParam)
  FILTER(!BOUND(?statusParam) || ?code = ?statusParam)
  FILTER(!BOUND(?untilParam) || !BOUND(?since)
    || SUBSTR(STR(?since), 1, STRLEN(?untilParam)) <= SUBSTR(?untilParam, 1, STRLEN(STR(?since))))
  FILTER(!BOUND(?sinceParam) || !BOUND(?until)
    || SUBSTR(STR(?until), 1, STRLEN(?sinceParam)) >= SUBSTR(?sinceParam, 1, STRLEN(STR(?until))))
  OPTIONAL { ?from skos:prefLabel ?fromLabel }
  OPTIONAL { ?from skos:altLabel ?fromOther }
  OPTIONAL { VALUES ?fromType { stp:Partnership stp:Person stp:Organisation } ?from a ?fromType }
  OPTIONAL { ?to skos:prefLabel ?toLabel }
  OPTIONAL { ?to skos:altLabel ?toOther }
  OPTIONAL { VALUES ?toType { stp:Partnership stp:Organisation stp:Collective } ?to a ?toType }
}
""".replace(
    "@SOURCE@", "OPTIONAL { ?page skos:prefLabel|dcterms:title ?name } BIND(COALESCE(?name, STR(?page)) AS ?source)"
)


def partnerships(store: Store, filters: Filters = EVERYTHING) -> View:
    """Return partnerships with their regions, what followed them, and those who held posts there with their posts.

    A person who led a partnership is joined to the bodies at which that person held other posts too: they tell which
    of its bodies led it.

    Args:
        store: answers the query.
        filters: a partnership, person or body that is one of the two ends (`claimant`), a review status, a period in
            which posts were held as far as is known. A region or successor is of no known day, and of every period.

    Returns:
        Facts and posts by partnership or person, in the order of their labels.

    Raises:
        BadParameter: when a filter names nothing, is no date, or is none that partnerships have.

    Example:
        >>> from stpgraph.store import open_store
        >>> partnerships(open_store()).graph.number_of_nodes()
        0
    """
    check_accepted("partnerships", filters, ACCEPTED)
    sparql = bind(_PARTNERSHIPS, to_terms(store, filters))
    found = [_piece(rows) for rows in read_rows(store, sparql).by("post", "from", "how", "to").values()]
    return View(
        name="partnerships",
        question=heading("Where the partnerships lie, who led them and what followed them", store, filters),
        sparql=sparql,
        evidence=tuple(sorted(found, key=lambda one: (one.kind, one.summary, one.iri))),
        make=draw_links,
    )


def _piece(rows: Rows) -> Evidence:
    how, kind = _FACTS.get(rows.text("how"), ("", ""))
    start, end = rows.thing("from"), rows.thing("to", kind)
    return _fact(rows, start, end, how) if how else to_post(rows.text("post"), rows, start, end)


def _fact(rows: Rows, partnership: Thing, other: Thing, how: str) -> Evidence:
    """Make evidence of what a partnership is said to be; its IRI is made of the triple, for no other names it."""
    ends = local_name(NamedNode(rows.text("how"))), other.iri.rpartition("/")[2]
    return Evidence(
        iri="{}#{}={}".format(partnership.iri, *ends),
        kind="fact",
        summary=f"{partnership.label} {how} {other.label}.",
        links=(Link(source=partnership, target=other, kind=how),),
        status=rows.text("status"),
        source="; ".join(rows.texts("source")),
    )
