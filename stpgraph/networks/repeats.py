"""The same figure or finding in several places: which documents and reports tell it, and whether they agree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import TypeAlias

from stpgraph.networks.cells import Rows, read_rows, to_place, to_whole
from stpgraph.networks.claims import find_claims
from stpgraph.networks.evidence import Evidence, Figure, Link, Topic, unit_of
from stpgraph.networks.filters import EVERYTHING, Filters, bind, check_accepted, to_terms, words
from stpgraph.networks.views import Network, View, draw_links
from stpgraph.store import Store
from stpgraph.vocabulary import STP

__all__ = ["ACCEPTED", "repeats"]

#: The filters that ask for claims: a figure has none of these but by the claim that gives it.
_OF_CLAIMS = ("party", "claimant", "stance", "act", "confidence")

#: The filters that the view can be narrowed by: all.
ACCEPTED = frozenset({"about", "document", "status", "since", "until", *_OF_CLAIMS})

#: How what stands a second time in a document is joined to it.
_AGAIN_KIND = "says again"


def _of_claims(claim: str) -> str:
    """Ask for what claims alone have, of the claim that a variable stands for, and leave withdrawn ones out."""
    return f"""FILTER NOT EXISTS {{ ?{claim} stp:withdrawnOn ?withdrawn }}
    FILTER(!BOUND(?partyParam) || EXISTS {{ ?{claim} stp:about/stp:party/skos:broader* ?partyParam }})
    FILTER(!BOUND(?claimantParam) || EXISTS {{ ?{claim} stp:claimant ?claimantParam }} || EXISTS {{
      ?{claim} stp:claimant ?who ; stp:speakingAs ?as . ?as org:member ?who ; org:organization ?claimantParam }})
    FILTER(!BOUND(?stanceParam) || EXISTS {{ ?{claim} stp:stance ?stanceParam }})
    FILTER(!BOUND(?actParam) || EXISTS {{ ?{claim} stp:speechAct ?actParam }})
    FILTER(!BOUND(?confidenceParam) || NOT EXISTS {{
      ?{claim} stp:confidence ?low FILTER(?low < ?confidenceParam) }})"""


#: What narrows figures where something is asked that claims alone have: a claim that has it gives the figure.
_GIVEN = f"""{{ SELECT DISTINCT ?piece WHERE {{
      @VALUES@
      ?claim stp:gives ?piece
      {_of_claims("claim")}
    }} }}
    FILTER(!BOUND(?confidenceParam) || NOT EXISTS {{ ?piece stp:confidence ?low FILTER(?low < ?confidenceParam) }})"""

#: The period: days, months and years are compared as far as both go. A figure without a day lies in every period, a
#: claim without one in none.
_PERIOD = """FILTER(!BOUND(?sinceParam)
      || SUBSTR(STR(?day), 1, STRLEN(?sinceParam)) >= SUBSTR(?sinceParam, 1, STRLEN(STR(?day))))
    FILTER(!BOUND(?untilParam)
      || SUBSTR(STR(?day), 1, STRLEN(?untilParam)) <= SUBSTR(?untilParam, 1, STRLEN(STR(?day))))"""

#: Which statements can repeat one another: figures of one measure, claims that take a side on one proposition, a
#: claim that its document says again. Each has the day that a period is compared with.
_FIGURES = f"""?piece stp:measure ?issue ; stp:reportedIn ?work .
    @GIVEN@
    OPTIONAL {{ ?work dcterms:issued ?day }}
    FILTER(!BOUND(?aboutParam) || EXISTS {{ ?issue stp:about/skos:broader* ?aboutParam }}
      || EXISTS {{ ?issue stp:about/stp:aspect ?aboutParam }})
    {_PERIOD.replace("FILTER(", "FILTER(!BOUND(?day) || ")}"""
_CLAIMED = f"""OPTIONAL {{ ?piece stp:statedOn ?day }}
    FILTER(!BOUND(?aboutParam) || EXISTS {{ ?piece stp:about/skos:broader* ?aboutParam }}
      || EXISTS {{ ?piece stp:about/stp:aspect ?aboutParam }})
    FILTER(!BOUND(?aboutParam) || !BOUND(?partyParam) || EXISTS {{
      ?piece stp:about ?both . ?both stp:party/skos:broader* ?partyParam .
      {{ ?both skos:broader* ?aboutParam }} UNION {{ ?both stp:aspect ?aboutParam }} }})
    {_of_claims("piece")}
    {_PERIOD}"""
_FINDINGS = f"""{{ ?piece stp:affirms ?issue BIND("affirms" AS ?how) }}
    UNION {{ ?piece stp:denies ?issue BIND("denies" AS ?how) }}
    ?piece stp:reportedIn ?work .
    {_CLAIMED}"""
_AGAIN = f"""?piece stp:alsoAt ?place ; a stp:Claim ; stp:reportedIn ?work .
    FILTER(!BOUND(?documentParam) || ?work = ?documentParam)
    {_CLAIMED}"""
_ASKED = "FILTER(!BOUND(?statusParam) || EXISTS { ?piece stp:reviewStatus ?statusParam })"


def _repeated(pieces: str, times: str) -> str:
    """Ask for what statements tell more than once, counted as given, the document asked for among theirs."""
    return f"""@VALUES@
    {{ SELECT ?issue WHERE {{
      @VALUES@
      {pieces}
      {_ASKED}
      OPTIONAL {{ ?piece stp:alsoAt ?again }}
      BIND(IF(BOUND(?documentParam), IF(?work = ?documentParam, 1, 0), 1) AS ?here)
    }} GROUP BY ?issue HAVING({times} > 1 && MAX(?here) = 1) }}
    {pieces}
    {_ASKED}"""


#: One row for each statement, and for each thing that it has several of. A filter in braces sees no variable from
#: outside, so that each part has its own line of parameters.
_REPEATS = f"""
SELECT ?issue ?issueLabel ?how ?piece ?work ?workLabel ?workType ?issued ?outlet ?said ?lowest ?highest ?value ?unit
  ?numerator ?denominator ?population ?via ?topic ?topicLabel ?start ?end ?again ?status ?confidence ?source
WHERE {{
  {{
    {_repeated(_FIGURES, "COUNT(DISTINCT ?piece) + COUNT(DISTINCT ?again)")}
    BIND("states" AS ?how)
    OPTIONAL {{ ?piece stp:asSaid ?said }}
    OPTIONAL {{ ?piece stp:lowest ?lowest }}
    OPTIONAL {{ ?piece stp:highest ?highest }}
    OPTIONAL {{ ?piece stp:value ?value }}
    OPTIONAL {{ ?piece qudt:hasUnit ?unit }}
    OPTIONAL {{ ?piece stp:numerator ?numerator }}
    OPTIONAL {{ ?piece stp:denominator ?denominator }}
    OPTIONAL {{ ?piece stp:reviewStatus/skos:prefLabel ?status }}
    OPTIONAL {{ ?piece stp:confidence ?confidence }}
    OPTIONAL {{ ?piece stp:alsoAt ?again }}
    OPTIONAL {{ ?piece stp:evidence/oa:hasSelector ?selector . ?selector oa:start ?start ; oa:end ?end }}
    OPTIONAL {{ ?piece dcterms:source ?page OPTIONAL {{ ?page skos:prefLabel|dcterms:title ?name }}
      BIND(COALESCE(?name, STR(?page)) AS ?source) }}
    OPTIONAL {{ SELECT ?issue ?issueLabel ?population ?via ?topic ?topicLabel WHERE {{
      {{ SELECT DISTINCT ?issue WHERE {{ ?any stp:measure ?issue }} }}
      OPTIONAL {{ ?issue skos:prefLabel ?issueLabel }}
      OPTIONAL {{ ?issue stp:population/skos:prefLabel ?population }}
      OPTIONAL {{ ?issue stp:comesFrom/(skos:prefLabel|dcterms:title) ?via }}
      OPTIONAL {{ ?issue stp:about ?topic OPTIONAL {{ ?topic skos:prefLabel ?topicLabel }} }} }} }}
  }} UNION {{
    {_repeated(_FINDINGS, "COUNT(DISTINCT ?piece)")}
    OPTIONAL {{ ?issue skos:prefLabel ?issueLabel }}
  }} UNION {{
    @VALUES@
    {_AGAIN}
    {_ASKED}
    BIND(?piece AS ?issue) BIND("{_AGAIN_KIND}" AS ?how)
    OPTIONAL {{ ?issue stp:summary ?issueLabel }}
  }}
  OPTIONAL {{ SELECT ?work ?workLabel ?workType ?issued ?outlet WHERE {{
    {{ SELECT DISTINCT ?work WHERE {{ ?any stp:reportedIn ?work }} }}
    OPTIONAL {{ ?work dcterms:title ?workLabel }}
    OPTIONAL {{ VALUES ?workType {{ stp:Document stp:Report }} ?work a ?workType }}
    OPTIONAL {{ ?work dcterms:issued ?issued }}
    OPTIONAL {{ ?work dcterms:publisher/skos:prefLabel ?outlet }} }} }}
}}
"""

#: What lies between two bounds that are one number, for a fraction is kept as a decimal.
_ROUNDING = 0.0001


def repeats(store: Store, filters: Filters = EVERYTHING) -> View:
    """Return what several statements tell alike, joined to the documents and reports that tell it.

    What is told is a measure with two figures or more, a proposition on which two claims or more take a side, or a
    claim that its document says again. Filters come first: a period, say, narrows what is compared, and what repeats
    is what does so among the rest.

    Args:
        store: answers the queries.
        filters: what statements are asked for; of a document, what it says twice or shares with others. A day, month
            or year lies in a period as far as both go; a figure without a day lies in every period, a claim without
            one in none. Where party, claimant, stance, act or confidence are asked for, claims are those that have it,
            and figures those that such a claim gives: all others are left out.

    Returns:
        An undirected graph. Edges have `agrees`: whether the figures of that measure in that document meet all
        others, or no claim takes the other side; "unknown" where there is nothing of one unit to compare. Nodes of
        what is told have `documents`, in how many it stands, and `repeated`, which says so in words.

    Raises:
        BadParameter: when a filter names nothing, several things, or is no date or share.

    Example:
        >>> from stpgraph.store import open_store
        >>> repeats(open_store()).graph.number_of_nodes()
        0
    """
    check_accepted("repeats", filters, ACCEPTED)
    is_of_claims = any(name in filters.given for name in _OF_CLAIMS)
    sparql = bind(_REPEATS.replace("@GIVEN@", _GIVEN if is_of_claims else ""), to_terms(store, filters))
    figures: list[Evidence] = []
    links: dict[str, list[Link]] = {}
    for (piece, issue, how), rows in read_rows(store, sparql).by("piece", "issue", "how").items():
        if how == "states":
            figures.append(_figure(piece, rows))
        else:
            links.setdefault(piece, []).append(_link(rows, "claim" if piece == issue else "proposition", how))
    claims = find_claims(store, replace(filters, document=None, since=None, until=None)).evidence if links else ()
    said = [replace(claim, links=tuple(links.pop(claim.iri))) for claim in claims if claim.iri in links]
    return View(
        name="repeats",
        question=", ".join(
            part
            for part in ("Which figures and findings stand in several places, and do they agree", words(store, filters))
            if part
        ),
        sparql=sparql,
        evidence=tuple(sorted([*_doubted(figures), *said], key=_reading_order)),
        make=_compared,
        undrawn=len(links),
    )


def _reading_order(one: Evidence) -> tuple[bool, str, str, int, str]:
    return not one.since, one.since, one.document, one.start, one.iri


def _link(rows: Rows, kind: str, how: str) -> Link:
    """Join a document or report to what it tells."""
    work = rows.thing("work", "report" if rows.text("workType") == STP.Report.value else "document")
    return Link(source=work, target=rows.thing("issue", kind), kind=how)


def _figure(iri: str, rows: Rows) -> Evidence:
    link = _link(rows, "measure", "states")
    places = sorted({(to_place(key[0]), to_place(key[1])) for key in rows.by("start", "end") if all(key)})
    again = len(rows.texts("again"))
    figure = Figure(
        iri=iri,
        said=rows.text("said"),
        lowest=rows.number("lowest"),
        highest=rows.number("highest"),
        value=rows.number("value"),
        unit=unit_of(rows.text("unit")),
        numerator=to_whole(rows.text("numerator")),
        denominator=to_whole(rows.text("denominator")),
        population=rows.text("population"),
        measure=link.target.label,
    )
    return Evidence(
        iri=iri,
        kind="figure",
        summary=f"{link.target.label}: {figure.said}{', said again in the same text' if again else ''}.",
        links=(link, replace(link, kind=_AGAIN_KIND)) if again else (link,),
        since=rows.text("issued"),
        topics=tuple(
            Topic(thing=part.thing("topic", "relationship")) for (iri,), part in rows.by("topic").items() if iri
        ),
        status=rows.text("status"),
        confidence=rows.number("confidence"),
        figures=(figure,),
        document=link.source.iri,
        title=link.source.label,
        outlet=", ".join(rows.texts("outlet")),
        issued=rows.text("issued"),
        place="characters " + " and ".join(f"{start}–{end}" for start, end in places) if places else "",
        start=places[0][0] if places else 0,
        via=tuple(rows.texts("via")),
        source="; ".join(rows.texts("source")),
    )


@dataclass(frozen=True, slots=True)
class _Span:
    """What a figure allows: in its unit, and where it is a share, or a count of a whole, in percent."""

    unit: str
    allowed: tuple[float, float]
    share: tuple[float, float] | None

    @classmethod
    def of(cls, figure: Figure) -> _Span:
        low = -inf if figure.lowest is None else figure.lowest
        high = inf if figure.highest is None else figure.highest
        share = (low, high) if figure.unit == "percent" else None
        if figure.unit == "count" and figure.denominator:
            share = (low * 100 / figure.denominator, high * 100 / figure.denominator)
        return cls(figure.unit, (low, high), share)

    def agrees(self, other: _Span) -> bool | None:
        """Say whether both can be so; None where they cannot be compared."""
        if self.share and other.share:
            return _meet(self.share, other.share)
        return _meet(self.allowed, other.allowed) if self.unit == other.unit else None


def _meet(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[0] <= other[1] + _ROUNDING and other[0] <= one[1] + _ROUNDING


#: The figures of a measure by what they allow and how it is said, for many figures say the same.
_Wordings: TypeAlias = dict[tuple[_Span, str], list[Evidence]]


def _by_measure(figures: Iterable[Evidence]) -> dict[str, _Wordings]:
    parted: dict[str, _Wordings] = {}
    for one in figures:
        figure = one.figures[0]
        parted.setdefault(one.links[0].target.iri, {}).setdefault((_Span.of(figure), figure.said), []).append(one)
    return parted


def _doubted(figures: Sequence[Evidence]) -> list[Evidence]:
    """Say of each figure which others of its measure it does not agree with, a sentence for each wording."""
    told = []
    for wordings in _by_measure(figures).values():
        for (span, _), pieces in wordings.items():
            against = [
                (said, others, {other.document for other in others})
                for (far, said), others in wordings.items()
                if span.agrees(far) is False
            ]
            for one in pieces:
                doubts = [_doubt(said, others, one.document in texts) for said, others, texts in against]
                told.append(replace(one, figures=(replace(one.figures[0], doubts=tuple(doubts)),)))
    return told


def _doubt(said: str, others: list[Evidence], is_in_same_text: bool) -> str:
    place = "the same text" if is_in_same_text else f"“{others[0].title}”"
    more = f" and {len(others) - 1} other{'s' if len(others) > 2 else ''} so worded" if len(others) > 1 else ""
    return f"It does not agree with “{said}” in {place}{more}."


def _compared(evidence: Sequence[Evidence]) -> Network:
    """Make the graph, and say of each edge whether it agrees, and of what is told in how many documents it stands."""
    graph = draw_links(evidence, is_directed=False)
    verdicts = _verdicts(evidence)
    for source, target, data in graph.edges(data=True):
        found = verdicts[frozenset((source, target)), data["kind"]]
        data["agrees"] = "unknown" if not found else "yes" if all(found) else "no"
    for node, data in graph.nodes(data=True):
        if data["kind"] in {"measure", "proposition"}:
            times = sum(edge["weight"] for _, _, edge in graph.edges(node, data=True))
            data["documents"] = len(graph[node])
            data["repeated"] = f"in {len(graph[node])} documents or reports"
            if len(graph[node]) == 1:
                data["repeated"] = f"{times} times in one document or report"
        elif data["kind"] == "claim":
            data["documents"] = 1
            data["repeated"] = "in two places of one document"
    return graph


def _verdicts(evidence: Sequence[Evidence]) -> dict[tuple[frozenset[str], str], list[bool]]:
    """Say for each edge, by its ends and kind, of each statement whether it agrees with each other it can."""
    found: dict[tuple[frozenset[str], str], list[bool]] = {}
    for wordings in _by_measure(one for one in evidence if one.kind == "figure").values():
        for (span, said), pieces in wordings.items():
            others = (span.agrees(far) for far, worded in wordings if (far, worded) != (span, said))
            met = [agrees for agrees in others if agrees is not None]
            is_alike = [True] if len(pieces) > 1 else []
            for one in pieces:
                again = [True] if len(one.links) > 1 else []
                for link in one.links:
                    found.setdefault(_edge(link), []).extend([*met, *is_alike, *again])
    taken: dict[str, list[str]] = {}
    claimed = [link for one in evidence if one.kind == "claim" for link in one.links]
    for link in claimed:
        taken.setdefault(link.target.iri, []).append(link.kind)
    sides = {told: set(kinds) for told, kinds in taken.items()}
    for link in claimed:
        is_compared = len(taken[link.target.iri]) > 1 or link.kind == _AGAIN_KIND
        found.setdefault(_edge(link), []).extend([len(sides[link.target.iri]) == 1] if is_compared else [])
    return found


def _edge(link: Link) -> tuple[frozenset[str], str]:
    return frozenset((link.source.iri, link.target.iri)), link.kind
