"""How claims reach the reader: outlet, document, report, study, claimant, so that what is second-hand shows as such."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from stpgraph.networks.cells import Rows, read_rows
from stpgraph.networks.claim_query import narrow
from stpgraph.networks.claims import find_claims
from stpgraph.networks.evidence import Evidence, Link, Thing
from stpgraph.networks.filters import EVERYTHING, Filters, check_accepted, to_terms, words
from stpgraph.networks.views import Network, View, draw_links
from stpgraph.store import Store
from stpgraph.vocabulary import DCTERMS, PROV, STP

__all__ = ["ACCEPTED", "provenance"]

#: The filters that the view can be narrowed by: all.
ACCEPTED = frozenset(
    {"about", "party", "claimant", "stance", "act", "status", "document", "confidence", "since", "until"}
)

#: In which layer each kind of node stands; all others are claimants.
_LAYERS = {"outlet": 0, "document": 1, "report": 2, "study": 3}
_CLAIMANTS = 4

#: How a document passes on what it has of no study or report, by attribution.
_PASSED_ON = {"direct": "quotes", "mixed": "quotes in part", "own voice": "says itself"}

#: How those whose word it is stand to a study or report, the first that holds.
_STANDING = {
    STP.sample.value: "asked",
    PROV.wasAssociatedWith.value: "was run by",
    STP.commissionedBy.value: "was commissioned by",
    DCTERMS.creator.value: "was written by",
    DCTERMS.publisher.value: "was published by",
}

#: One row for each claim, and for each outlet and work that it has several of. What the claim says, and whose word it
#: is, stands in its evidence; `agents` are pairs of a property and an agent, of the last work of the way.
_WAYS = """
SELECT ?claim ?document ?documentLabel ?documentType ?outlet ?outletLabel ?outletOther ?work ?workLabel ?workType
  ?study ?studyLabel ?agents
WHERE {
  ?claim a stp:Claim ; stp:reportedIn ?document .
  @NARROWED@
  FILTER NOT EXISTS { ?claim stp:withdrawnOn ?withdrawn }
  OPTIONAL { SELECT ?document ?documentLabel ?documentType ?outlet ?outletLabel ?outletOther WHERE {
    { SELECT DISTINCT ?document WHERE { ?any stp:reportedIn ?document } }
    OPTIONAL { ?document dcterms:title ?documentLabel }
    OPTIONAL { VALUES ?documentType { stp:Document stp:Report } ?document a ?documentType }
    OPTIONAL { ?document dcterms:publisher ?outlet
      OPTIONAL { ?outlet skos:prefLabel ?outletLabel }
      OPTIONAL { ?outlet skos:altLabel ?outletOther } } } }
  OPTIONAL { ?claim stp:comesFrom ?work . { SELECT ?work ?workLabel ?workType ?study ?studyLabel ?agents WHERE {
    { SELECT ?work ?study (GROUP_CONCAT(DISTINCT ?pair; separator=" ") AS ?agents) WHERE {
      { SELECT DISTINCT ?work WHERE { ?any a stp:Claim ; stp:comesFrom ?work } }
      OPTIONAL { ?work prov:wasGeneratedBy ?study }
      BIND(COALESCE(?study, ?work) AS ?last)
      OPTIONAL { ?last stp:sample ?asked }
      OPTIONAL { ?last prov:wasAssociatedWith ?ran }
      OPTIONAL { ?last stp:commissionedBy ?client }
      OPTIONAL { ?last dcterms:creator ?author }
      OPTIONAL { ?last dcterms:publisher ?publisher }
      BIND(CONCAT(
        IF(BOUND(?asked), CONCAT(STR(stp:sample), " ", STR(?asked)), ""), " ",
        IF(BOUND(?ran), CONCAT(STR(prov:wasAssociatedWith), " ", STR(?ran)), ""), " ",
        IF(BOUND(?client), CONCAT(STR(stp:commissionedBy), " ", STR(?client)), ""), " ",
        IF(BOUND(?author), CONCAT(STR(dcterms:creator), " ", STR(?author)), ""), " ",
        IF(BOUND(?publisher), CONCAT(STR(dcterms:publisher), " ", STR(?publisher)), "")) AS ?pair)
    } GROUP BY ?work ?study }
    OPTIONAL { ?work skos:prefLabel|dcterms:title ?workLabel }
    OPTIONAL { VALUES ?workType { stp:Study stp:Report } ?work a ?workType }
    OPTIONAL { ?work prov:wasGeneratedBy ?study . ?study skos:prefLabel ?studyLabel } } } }
}
"""


def provenance(store: Store, filters: Filters = EVERYTHING) -> View:
    """Return the ways of claims: from outlet to document, to report, to study, to claimant, leaving out what is not.

    Args:
        store: answers the queries.
        filters: what claims are asked for.

    Returns:
        A directed graph whose nodes have a `layer`, 0 for outlets to 4 for claimants. An outlet that speaks itself
        stays in its own layer. A claim stands for each edge that it passes over. What was read first-hand goes from
        the document to the claimant; what claimants say by a report or study goes through that.

    Raises:
        BadParameter: when a filter names nothing, or is no date or share.

    Example:
        >>> from stpgraph.store import open_store
        >>> provenance(open_store()).graph.number_of_nodes()
        0
    """
    check_accepted("provenance", filters, ACCEPTED)
    sparql = narrow(_WAYS, to_terms(store, filters))
    told = read_rows(store, sparql)
    ways = told.by("claim")
    outlets = {iri: rows.thing("outlet", "outlet") for (iri,), rows in told.by("outlet").items() if iri}
    claims = find_claims(store, filters)
    walked = [
        replace(claim, links=tuple(dict.fromkeys(_walk(claim, _Way.of(ways[claim.iri,]), outlets))))
        for claim in claims.evidence
        if (claim.iri,) in ways
    ]
    lost = len(claims.evidence) - len(walked)
    return View(
        name="provenance",
        question=", ".join(
            part
            for part in (
                "By which outlets, documents, reports and studies claims reach the reader",
                words(store, filters),
            )
            if part
        ),
        sparql=sparql,
        evidence=tuple(walked),
        make=_in_layers,
        undrawn=claims.undrawn + lost,
    )


@dataclass(frozen=True, slots=True)
class _Way:
    """The way of a claim, but for its outlets and claimants.

    Attributes:
        document: that reports it.
        outlets: the IRIs of those who published that.
        works: those it comes from, each with the study behind it, and how agents stand to the last of the two.
    """

    document: Thing
    outlets: tuple[str, ...]
    works: tuple[tuple[Thing, Thing | None, dict[str, str]], ...]

    @classmethod
    def of(cls, rows: Rows) -> _Way:
        kind = "report" if rows.text("documentType") == STP.Report.value else "document"
        works = []
        for (work, study), part in rows.by("work", "study").items():
            if work:
                told = part.thing("work", "study" if part.text("workType") == STP.Study.value else "report")
                works.append((told, part.thing("study", "study") if study else None, _standing(part.text("agents"))))
        return cls(rows.thing("document", kind), tuple(rows.texts("outlet")), tuple(works))


def _standing(agents: str) -> dict[str, str]:
    """Tell for each agent of a work how it stands to that: the first of what is known."""
    parts = agents.split()
    held: dict[str, set[str]] = {}
    for how, agent in zip(parts[::2], parts[1::2], strict=True):
        held.setdefault(agent, set()).add(how)
    return {agent: next((word for how, word in _STANDING.items() if how in hows), "") for agent, hows in held.items()}


def _walk(claim: Evidence, way: _Way, outlets: dict[str, Thing]) -> Iterator[Link]:
    """Yield the edges that a claim passes over, from the outlet to its claimants."""
    claimants = [outlets.get(speaker.thing.iri, speaker.thing) for speaker in claim.speakers]
    for outlet in way.outlets:
        yield Link(source=outlets[outlet], target=way.document, kind="publishes")
    if not way.works:
        for claimant in claimants:
            yield Link(source=way.document, target=claimant, kind=_PASSED_ON.get(claim.attribution, "reports"))
    for work, study, standing in way.works:
        if work.iri != way.document.iri:
            yield Link(source=way.document, target=work, kind="draws on")
        if study:
            yield Link(source=work, target=study, kind="rests on")
        for claimant in claimants:
            kind = standing.get(claimant.iri) or "speaks for"
            yield Link(source=study or work, target=claimant, kind=kind)


def _in_layers(evidence: Sequence[Evidence]) -> Network:
    graph = draw_links(evidence)
    for _, data in graph.nodes(data=True):
        data["layer"] = _LAYERS.get(data["kind"], _CLAIMANTS)
    return graph
