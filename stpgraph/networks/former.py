"""Views of the graph as networks, each built from a `SELECT`: who said what about which relationship.

A view is a networkx graph whose nodes are IRIs and whose attributes are plain strings, numbers and lists of strings,
so that any exporter can write it. Every edge leads back to the claims it stands for.

Example:
    >>> from stpgraph.store import open_store
    >>> with open_store() as store:
    ...     who_said_what(store).number_of_edges()
    0
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import networkx as nx
from pyoxigraph import Literal, NamedNode

from stpgraph.errors import BadParameter
from stpgraph.questions import Parameter, resolve
from stpgraph.store import Store
from stpgraph.vocabulary import PREFIXES, STP

__all__ = ["STANCES", "collapse", "who_said_what"]

#: The stances a claim can take, in the order in which they are counted and shown.
STANCES = ("supportive", "critical", "mixed", "neutral")

#: What a claimant can be, by class; anything else is shown as a body.
_KINDS = {
    STP.Organisation: "body",
    STP.Person: "person",
    STP.Collective: "collective",
    STP.Partnership: "partnership",
}

#: What a filter can name, by class.
_CLASSES = {
    "about": ("stp:Relationship", "stp:Aspect"),
    "party": ("stp:Party",),
    "claimant": ("stp:Organisation", "stp:Person", "stp:Collective", "stp:Partnership"),
}

#: Stands between the parts of a cell that holds several; no label holds it.
_SEPARATOR = "␟"

#: A year, a month or a day.
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")

#: One row for each claim, claimant and relationship. `@VALUES@` is the line of parameters, UNDEF meaning not asked.
_WHO_SAID_WHAT = """
SELECT ?claim ?who ?whoLabel ?whoAlternatives ?type ?relationship ?relationshipLabel ?summary ?statedOn ?stance
  ?speechAct ?attribution ?role ?bodyLabel ?bodyAlternatives ?document ?title ?issued ?outlet ?places ?via
  ?figures ?status
WHERE {
  @VALUES@
  ?claim a stp:Claim ; stp:claimant ?who ; stp:about ?relationship ; stp:summary ?summary ;
    stp:speechAct/skos:prefLabel ?speechAct ; stp:reportedIn ?document .
  ?who skos:prefLabel ?whoLabel . ?relationship skos:prefLabel ?relationshipLabel .
  OPTIONAL { ?claim stp:statedOn ?statedOn }
  OPTIONAL { ?claim stp:stance/skos:prefLabel ?stance }
  OPTIONAL { VALUES ?type { stp:Organisation stp:Person stp:Collective stp:Partnership } ?who a ?type }
  OPTIONAL { ?claim stp:attribution/skos:prefLabel ?attribution }
  OPTIONAL { ?claim stp:reviewStatus/skos:prefLabel ?status }
  OPTIONAL { ?document dcterms:title ?title }
  OPTIONAL { ?document dcterms:issued ?issued }
  OPTIONAL { ?document dcterms:publisher/skos:prefLabel ?outlet }
  OPTIONAL {
    ?claim stp:speakingAs ?post . ?post org:member ?who ; org:organization ?body . ?body skos:prefLabel ?bodyLabel .
    OPTIONAL { ?post org:role/skos:prefLabel ?role }
    OPTIONAL { SELECT ?body (GROUP_CONCAT(?name; separator="␟") AS ?bodyAlternatives)
      WHERE { ?body skos:altLabel ?name } GROUP BY ?body }
  }
  OPTIONAL { SELECT ?who (GROUP_CONCAT(?name; separator="␟") AS ?whoAlternatives)
    WHERE { ?who skos:altLabel ?name } GROUP BY ?who }
  OPTIONAL { SELECT ?claim (GROUP_CONCAT(?place; separator="␟") AS ?places) WHERE {
    ?claim a stp:Claim ; stp:evidence/oa:hasSelector ?selector . ?selector oa:start ?start ; oa:end ?end
    BIND(CONCAT(STR(?start), "–", STR(?end)) AS ?place) } GROUP BY ?claim }
  OPTIONAL { SELECT ?claim (GROUP_CONCAT(DISTINCT ?work; separator="␟") AS ?via) WHERE {
    ?claim a stp:Claim ; stp:comesFrom/(skos:prefLabel|dcterms:title) ?work } GROUP BY ?claim }
  OPTIONAL { SELECT ?claim (GROUP_CONCAT(?figure; separator="␟") AS ?figures) WHERE {
    ?claim a stp:Claim ; stp:gives ?statistic . ?statistic stp:asSaid ?said
    OPTIONAL { ?statistic stp:evidence/oa:hasSelector/oa:start ?at }
    BIND(CONCAT(STR(COALESCE(?at, 0)), "–", STR(?said)) AS ?figure) } GROUP BY ?claim }
  FILTER NOT EXISTS { ?claim stp:withdrawnOn ?withdrawn }
  FILTER(!BOUND(?aboutParam) || EXISTS { ?relationship skos:broader* ?aboutParam }
    || EXISTS { ?relationship stp:aspect ?aboutParam })
  FILTER(!BOUND(?partyParam) || EXISTS { ?relationship stp:party/skos:broader* ?partyParam })
  FILTER(!BOUND(?claimantParam) || ?who = ?claimantParam
    || EXISTS { ?claim stp:speakingAs ?as . ?as org:member ?who ; org:organization ?claimantParam })
  FILTER(!BOUND(?sinceParam) || SUBSTR(STR(?statedOn), 1, STRLEN(?sinceParam)) >= ?sinceParam)
  FILTER(!BOUND(?untilParam) || SUBSTR(STR(?statedOn), 1, STRLEN(?untilParam)) <= ?untilParam)
} ORDER BY ?statedOn ?claim ?who ?relationship
"""

#: How many of the proposals asked for have no edge, for their claimant or what they are about is not known.
_UNDRAWN = """
SELECT (COUNT(DISTINCT ?claim) AS ?undrawn)
WHERE {
  @VALUES@
  ?claim stp:reviewStatus <https://w3id.org/stpgraph/id/review-status/proposed> ; a stp:Claim .
  OPTIONAL { ?claim stp:claimant ?who }
  OPTIONAL { ?claim stp:about ?relationship }
  FILTER(!BOUND(?who) || !BOUND(?relationship))
  OPTIONAL { ?claim stp:statedOn ?statedOn }
  FILTER NOT EXISTS { ?claim stp:withdrawnOn ?withdrawn }
  FILTER(!BOUND(?aboutParam) || EXISTS { ?claim stp:about/skos:broader* ?aboutParam }
    || EXISTS { ?claim stp:about/stp:aspect ?aboutParam })
  FILTER(!BOUND(?partyParam) || EXISTS { ?claim stp:about/stp:party/skos:broader* ?partyParam })
  FILTER(!BOUND(?claimantParam) || EXISTS { ?claim stp:claimant ?claimantParam }
    || EXISTS { ?claim stp:speakingAs/org:organization ?claimantParam })
  FILTER(!BOUND(?sinceParam) || SUBSTR(STR(?statedOn), 1, STRLEN(?sinceParam)) >= ?sinceParam)
  FILTER(!BOUND(?untilParam) || SUBSTR(STR(?statedOn), 1, STRLEN(?untilParam)) <= ?untilParam)
}
"""


@dataclass(frozen=True)
class _Row:
    """One claim of one claimant on one relationship, as text."""

    cells: dict[str, object]

    def text(self, column: str) -> str:
        """The lexical form or IRI of a cell, "" where it is unbound."""
        return str(getattr(self.cells.get(column), "value", ""))

    def texts(self, column: str) -> list[str]:
        """The parts of a cell that holds several, sorted."""
        return sorted(part for part in self.text(column).split(_SEPARATOR) if part)

    def placed(self, column: str) -> list[tuple[int, str]]:
        """The parts of a cell whose parts are `number–text`, in the order of the numbers."""
        pairs = (part.partition("–") for part in self.texts(column))
        return sorted((int(number), rest) for number, _, rest in pairs)


def who_said_what(
    store: Store,
    *,
    about: NamedNode | str | None = None,
    party: NamedNode | str | None = None,
    claimant: NamedNode | str | None = None,
    since: date | str | None = None,
    until: date | str | None = None,
) -> nx.MultiDiGraph[str]:
    """Return claimants and relationships as nodes, with an edge for each claim that one made about the other.

    Args:
        store: answers the queries that are asked.
        about: a relationship, with those below it, or an aspect of the debate, such as trust.
        party: a party of the relationship, or one above it.
        claimant: the claimant, or the body for which a person spoke.
        since: first day, month or year in which a claim may have been stated: "2016-11-21", "2016-11", "2016".
        until: last such day, month or year.

    A thing is named by its IRI, by its path below the project's base ("relationship/trust"), or by a label.

    Returns:
        A graph whose nodes are IRIs with `label`, `short_label`, `kind` (body, person, collective, partnership or
        relationship) and, for a person, `body`. The key of an edge is its claim's IRI; its attributes say what was
        said, where and how, with "" for what is not known, such as the stance of a proposal. Nodes and edges stand in
        one order whatever the store; without a claim the graph is empty. Proposals whose claimant or relationship is
        not known have no edge: `graph.graph["undrawn"]` is how many of those asked for there are.

    Raises:
        BadParameter: when a filter names nothing, or is no date.
    """
    filters: dict[str, NamedNode | Literal | None] = {
        "aboutParam": _thing(store, "about", about),
        "partyParam": _thing(store, "party", party),
        "claimantParam": _thing(store, "claimant", claimant),
        "sinceParam": _day("since", since),
        "untilParam": _day("until", until),
    }
    answers = store.select(_query(_WHO_SAID_WHAT, filters))
    rows: dict[tuple[str, str, str], _Row] = {}
    for cells in answers:
        row = _Row(dict(zip(answers.variables, cells, strict=True)))
        key = (row.text("claim"), row.text("who"), row.text("relationship"))
        first = rows.setdefault(key, row)
        if repr(row.cells) < repr(first.cells):  # a thing with two labels: the same one whatever the order of rows
            rows[key] = row
    network = _network(sorted(rows.values(), key=_reading_order))
    [(undrawn,)] = store.select(_query(_UNDRAWN, filters))
    network.graph["undrawn"] = int(undrawn.value) if isinstance(undrawn, Literal) else 0
    return network


def collapse(graph: nx.MultiDiGraph[str]) -> nx.DiGraph[str]:
    """Return the graph with one edge for each claimant and relationship, whatever the number of claims.

    Returns:
        The same nodes. Each edge has its `claims` (IRIs, in order of date), their number `claim_count`, how many
        take each of the `STANCES` and of how many the stance is `unknown`, their `balance` (supportive less critical),
        and one `stance`: that of all claims, or mixed where they differ.

    Example:
        >>> claims = nx.MultiDiGraph()
        >>> _ = claims.add_edge("jo-doe", "trust", key="first", stance="critical")
        >>> _ = claims.add_edge("jo-doe", "trust", key="second", stance="neutral")
        >>> collapse(claims)["jo-doe"]["trust"]["stance"], collapse(claims)["jo-doe"]["trust"]["balance"]
        ('mixed', -1)
    """
    collapsed: nx.DiGraph[str] = nx.DiGraph()
    collapsed.add_nodes_from(graph.nodes(data=True))
    pairs: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for source, target, key, data in graph.edges(keys=True, data=True):
        pairs.setdefault((source, target), []).append((str(key), str(data.get("stance", ""))))
    for (source, target), claims in pairs.items():
        stances = [stance for _, stance in claims]
        counts = {stance: stances.count(stance) for stance in STANCES}
        collapsed.add_edge(
            source,
            target,
            claims=[claim for claim, _ in claims],
            claim_count=len(claims),
            balance=counts["supportive"] - counts["critical"],
            unknown=stances.count(""),
            stance=stances[0] if len(set(stances)) == 1 else "mixed",
            **counts,
        )
    return collapsed


def _query(query: str, filters: dict[str, NamedNode | Literal | None]) -> str:
    """Write the filters as typed terms into a query's line of parameters."""
    names = " ".join(f"?{name}" for name in filters)
    values = " ".join("UNDEF" if term is None else str(term) for term in filters.values())
    prefixes = "\n".join(f"PREFIX {name}: <{iri}>" for name, iri in PREFIXES.items())
    return prefixes + query.replace("@VALUES@", f"VALUES ({names}) {{ ({values}) }}")


def _thing(store: Store, name: str, value: NamedNode | str | None) -> NamedNode | None:
    """Read a filter that names a thing, by its IRI or by a label."""
    if value is None or isinstance(value, NamedNode):
        return value
    return resolve(store, value, Parameter(name=name, type="iri", of_class=_CLASSES[name]))


def _day(name: str, value: date | str | None) -> Literal | None:
    """Read a filter that is a day, a month or a year; it is compared as far as it goes."""
    if value is None:
        return None
    text = value.isoformat() if isinstance(value, date) else value
    if not _DATE.fullmatch(text):
        raise BadParameter(f"{name}={text!r} is no date; expected 2016, 2016-11 or 2016-11-21")
    return Literal(text)


def _reading_order(row: _Row) -> tuple[bool, str, str, int, str, str, str]:
    """Order claims by day, an unknown one last, document and place in it, then by claimant and relationship."""
    places = row.placed("places")
    start = places[0][0] if places else 0
    ends = row.text("claim"), row.text("who"), row.text("relationship")
    day = row.text("statedOn")
    return not day, day, row.text("document"), start, *ends


def _network(rows: list[_Row]) -> nx.MultiDiGraph[str]:
    """Make the graph of rows that stand in reading order: claimants first, then relationships, then claims."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    by_claimant: dict[str, list[_Row]] = {}
    for row in rows:
        by_claimant.setdefault(row.text("who"), []).append(row)
    for who in sorted(by_claimant):
        graph.add_node(who, **_claimant(by_claimant[who]))
    labels = {row.text("relationship"): row.text("relationshipLabel") for row in rows}
    for relationship, label in sorted(labels.items()):
        graph.add_node(relationship, label=label, short_label=label, kind="relationship")
    for row in rows:
        graph.add_edge(row.text("who"), row.text("relationship"), key=row.text("claim"), **_claim(row))
    return graph


def _claimant(rows: list[_Row]) -> dict[str, str]:
    """Describe a claimant by all its rows: a person may have spoken for more than one body."""
    first = rows[0]
    label = first.text("whoLabel")
    type_ = first.cells.get("type")
    kind = _KINDS.get(type_, "body") if isinstance(type_, NamedNode) else "body"
    others = first.texts("whoAlternatives") if kind in {"body", "partnership"} else []  # "Mr Doe" is no better
    attributes = {"label": label, "short_label": _shorter(label, others), "kind": kind}
    if kind == "person":
        bodies = {row.text("bodyLabel"): row.texts("bodyAlternatives") for row in rows if row.text("bodyLabel")}
        attributes["body"] = "; ".join(bodies)
        attributes["body_short_label"] = "; ".join(_shorter(name, names) for name, names in bodies.items())
    return attributes


def _claim(row: _Row) -> dict[str, str | int | list[str]]:
    """Describe what one claimant said in one claim."""
    places = row.placed("places")
    return {
        "summary": row.text("summary"),
        "stance": row.text("stance"),
        "speech_act": row.text("speechAct"),
        "attribution": row.text("attribution"),
        "stated_on": row.text("statedOn"),
        "role": row.text("role"),
        "body": row.text("bodyLabel"),
        "document": row.text("title"),
        "document_iri": row.text("document"),
        "issued": row.text("issued"),
        "outlet": row.text("outlet"),
        "place": _place(places),
        "start": places[0][0] if places else 0,
        "via": "; ".join(row.texts("via")),
        "figures": [said for _, said in row.placed("figures")],
        "status": row.text("status"),
    }


def _place(places: list[tuple[int, str]]) -> str:
    """Say where in the text a claim stands: `characters 345–443 and 500–520`."""
    spans = [f"{start}–{end}" for start, end in places]
    if not spans:
        return ""
    *others, last = spans
    return "characters " + (f"{', '.join(others)} and {last}" if others else last)


def _shorter(label: str, alternatives: list[str]) -> str:
    """Choose the shortest name; of equally short ones the label, then the first by alphabet."""
    return min([label, *alternatives], key=len)
