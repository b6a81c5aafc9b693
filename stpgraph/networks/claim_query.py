"""The `SELECT` that finds claims: one row for each claim, claimant and relationship.

Each part is asked by itself, and the parts are joined by what they share: an engine then reads each index once, rather
than look up every part for every row. A part that is not known leaves its cell empty, and drops no row.
"""

from __future__ import annotations

from typing import NamedTuple

from stpgraph.networks.filters import Terms, bind
from stpgraph.vocabulary import BASE

__all__ = ["BETWEEN", "CLAIMS", "UNDRAWN", "WITHIN", "Row", "narrow"]

#: What parts the fields of one of several values of a cell, and one value from the next; no text has these.
WITHIN, BETWEEN = "\ue000", "\ue001"


class Row(NamedTuple):
    """A row as text, by the names of its variables; "" for an unbound cell.

    Several values stand in one cell with `BETWEEN` between them, and fields of one value with `WITHIN`:
    `parties` as IRI and name; `places` as start, end, words, and what stands before and after them; `figures` as start,
    IRI and all else of a `Figure`.
    """

    claim: str
    who: str
    relationship: str
    day: str
    summary: str
    stance: str
    act: str
    attribution: str
    status: str
    confidence: str
    document: str
    title: str
    issued: str
    outlet: str
    who_label: str
    who_names: str
    who_type: str
    relationship_label: str
    parties: str
    role: str
    body: str
    body_label: str
    body_names: str
    body_type: str
    places: str
    via: str
    figures: str


#: A claim's day and the one that is asked for, each as far as both go: the month of a day, the year of a month.
_DAY_AS_FAR, _ASKED_AS_FAR = "SUBSTR(STR(?day), 1, STRLEN(@))", "SUBSTR(@, 1, STRLEN(STR(?day)))"

#: What narrows claims, by filter: what of a row it speaks of, and the pattern, with `@` for the term asked for.
_NARROWED = {
    "about": (
        "?claim ?relationship",
        "?claim stp:about ?relationship . { ?relationship skos:broader* @ } UNION { ?relationship stp:aspect @ }",
    ),
    "party": ("?claim ?relationship", "?claim stp:about ?relationship . ?relationship stp:party/skos:broader* @"),
    "claimant": (
        "?claim ?who",
        "{ ?claim stp:claimant ?who FILTER(?who = @) } UNION "
        "{ ?claim stp:speakingAs ?as . ?as org:member ?who ; org:organization @ }",
    ),
    "stance": ("?claim", "?claim stp:stance @"),
    "act": ("?claim", "?claim stp:speechAct @"),
    "status": ("?claim", "?claim stp:reviewStatus @"),
    "document": ("?claim", "?claim stp:reportedIn @"),
    "confidence": ("?claim", "?claim a stp:Claim MINUS { ?claim stp:confidence ?low FILTER(?low < @) }"),
    "since": (
        "?claim",
        f"?claim stp:statedOn ?day FILTER({_DAY_AS_FAR} >= {_ASKED_AS_FAR})",
    ),
    "until": (
        "?claim",
        f"?claim stp:statedOn ?day FILTER({_DAY_AS_FAR} <= {_ASKED_AS_FAR})",
    ),
}

#: How a claimant or a body is described.
_AGENT = """OPTIONAL {{ ?{0} skos:prefLabel ?a }} OPTIONAL {{ ?{0} skos:altLabel ?b }}
    OPTIONAL {{ VALUES ?type {{ stp:Person stp:Collective stp:Partnership }} ?{0} a ?type }}"""


def _text(thing: str, name: str, term: str) -> str:
    """Write the pattern of a text that a thing may have; of several texts, the first by alphabet."""
    return f"OPTIONAL {{ SELECT ?{thing} (MIN(STR(?a)) AS ?{name}) {{ ?{thing} {term} ?a }} GROUP BY ?{thing} }}"


def _label(thing: str, name: str, term: str) -> str:
    """Write the pattern of what a thing may have a code for, by the label of that code."""
    return f"""OPTIONAL {{ SELECT ?{thing} (MIN(?b) AS ?{name}) {{ ?{thing} {term} ?c . {{
    SELECT ?c (MIN(STR(?a)) AS ?b) {{ {{ SELECT DISTINCT ?c {{ ?any {term} ?c }} }} ?c skos:prefLabel ?a }} GROUP BY ?c
  }} }} GROUP BY ?{thing} }}"""


#: One row for each claim, claimant and relationship. Each part is asked by itself, and the parts are joined by what
#: they share: engines then read each index once, rather than look up every part for every row.
CLAIMS = f"""
SELECT {" ".join(f"?{name}" for name in Row._fields)}
WHERE {{
  {{ SELECT DISTINCT ?claim {{ ?claim a stp:Claim }} }}
  {{ SELECT DISTINCT ?claim ?who {{ ?claim stp:claimant ?who }} }}
  {{ SELECT DISTINCT ?claim ?relationship {{ ?claim stp:about ?relationship }} }}
  MINUS {{ SELECT ?claim {{ ?claim stp:withdrawnOn ?withdrawn }} }}
  @NARROWED@
  {_text("claim", "day", "stp:statedOn")}
  {_text("claim", "summary", "stp:summary")}
  {_text("claim", "confidence", "stp:confidence")}
  {_label("claim", "stance", "stp:stance")}
  {_label("claim", "act", "stp:speechAct")}
  {_label("claim", "attribution", "stp:attribution")}
  {_label("claim", "status", "stp:reviewStatus")}
  OPTIONAL {{ SELECT ?who (MIN(STR(?a)) AS ?who_label) (MIN(STR(?type)) AS ?who_type)
      (GROUP_CONCAT(DISTINCT ?b; separator="\\uE001") AS ?who_names) {{
    {{ SELECT DISTINCT ?who {{ ?any stp:claimant ?who }} }}
    {_AGENT.format("who")}
  }} GROUP BY ?who }}
  OPTIONAL {{ SELECT ?relationship (MIN(STR(?a)) AS ?relationship_label)
      (GROUP_CONCAT(DISTINCT ?b; separator="\\uE001") AS ?parties) {{
    {{ SELECT DISTINCT ?relationship {{ ?any stp:about ?relationship }} }}
    OPTIONAL {{ ?relationship skos:prefLabel ?a }}
    OPTIONAL {{ ?relationship stp:party ?party OPTIONAL {{ ?party skos:prefLabel ?name }}
      BIND(CONCAT(STR(?party), "\\uE000", COALESCE(STR(?name), "")) AS ?b) }}
  }} GROUP BY ?relationship }}
  OPTIONAL {{ SELECT ?claim ?document ?title ?issued ?outlet {{
    ?claim stp:reportedIn ?document .
    {{ SELECT ?document (MIN(STR(?a)) AS ?title) (MIN(STR(?b)) AS ?issued)
        (GROUP_CONCAT(DISTINCT ?c; separator="\\uE001") AS ?outlet) {{
      {{ SELECT DISTINCT ?document {{ ?any stp:reportedIn ?document }} }}
      OPTIONAL {{ ?document dcterms:title ?a }}
      OPTIONAL {{ ?document dcterms:issued ?b }}
      OPTIONAL {{ ?document dcterms:publisher/skos:prefLabel ?c }}
    }} GROUP BY ?document }}
  }} }}
  OPTIONAL {{ SELECT ?claim ?who ?role ?body ?body_label ?body_names ?body_type {{
    ?claim stp:speakingAs ?post .
    {{ SELECT ?post ?who ?body (MIN(STR(?c)) AS ?role) (MIN(STR(?a)) AS ?body_label) (MIN(STR(?type)) AS ?body_type)
        (GROUP_CONCAT(DISTINCT ?b; separator="\\uE001") AS ?body_names) {{
      {{ SELECT DISTINCT ?post {{ ?any stp:speakingAs ?post }} }}
      ?post org:member ?who
      OPTIONAL {{ ?post org:role/skos:prefLabel ?c }}
      OPTIONAL {{ ?post org:organization ?body {_AGENT.format("body")} }}
    }} GROUP BY ?post ?who ?body }}
  }} }}
  OPTIONAL {{ SELECT ?claim (GROUP_CONCAT(DISTINCT ?place; separator="\\uE001") AS ?places) {{
    {{ SELECT ?claim {{ ?claim a stp:Claim }} }}
    {{ SELECT ?claim ?anchor {{ ?claim stp:evidence ?anchor }} }}
    {{ SELECT ?anchor ?selector {{ ?anchor oa:hasSelector ?selector }} }}
    {{ SELECT ?selector ?start {{ ?selector oa:start ?start }} }}
    {{ SELECT ?selector ?end {{ ?selector oa:end ?end }} }}
    OPTIONAL {{ SELECT ?anchor ?words ?before ?after {{ {{ SELECT ?quote ?words {{ ?quote oa:exact ?words }} }}
      OPTIONAL {{ SELECT ?quote ?before {{ ?quote oa:prefix ?before }} }}
      OPTIONAL {{ SELECT ?quote ?after {{ ?quote oa:suffix ?after }} }}
      {{ SELECT ?anchor ?quote {{ ?anchor oa:hasSelector ?quote }} }} }} }}
    BIND(CONCAT(STR(?start), "\\uE000", STR(?end), "\\uE000", COALESCE(STR(?words), ""), "\\uE000",
      COALESCE(STR(?before), ""), "\\uE000", COALESCE(STR(?after), "")) AS ?place)
  }} GROUP BY ?claim }}
  OPTIONAL {{ SELECT ?claim (GROUP_CONCAT(DISTINCT ?name; separator="\\uE001") AS ?via) {{
    ?claim stp:comesFrom ?work .
    {{ SELECT ?work ?name {{ {{ SELECT DISTINCT ?work {{ ?any stp:comesFrom ?work }} }}
      ?work skos:prefLabel|dcterms:title ?name }} }}
  }} GROUP BY ?claim }}
  OPTIONAL {{ SELECT ?claim (GROUP_CONCAT(DISTINCT ?figure; separator="\\uE001") AS ?figures) {{
    {{ SELECT ?claim ?statistic {{ ?claim stp:gives ?statistic }} }}
    {{ SELECT ?statistic (MIN(?start) AS ?at) {{
      {{ SELECT DISTINCT ?statistic {{ ?any stp:gives ?statistic }} }}
      OPTIONAL {{ SELECT ?statistic ?start {{
        {{ SELECT ?statistic ?anchor {{ ?statistic stp:evidence ?anchor }} }}
        {{ SELECT ?anchor ?selector {{ ?anchor oa:hasSelector ?selector }} }}
        {{ SELECT ?selector ?start {{ ?selector oa:start ?start }} }}
      }} }}
    }} GROUP BY ?statistic }}
    {_text("statistic", "said", "stp:asSaid")}
    {_text("statistic", "lowest", "stp:lowest")}
    {_text("statistic", "highest", "stp:highest")}
    {_text("statistic", "value", "stp:value")}
    {_text("statistic", "numerator", "stp:numerator")}
    {_text("statistic", "denominator", "stp:denominator")}
    {_text("statistic", "unit", "qudt:hasUnit")}
    OPTIONAL {{ SELECT ?statistic ?measure ?population {{
      ?statistic stp:measure ?quantity .
      {{ SELECT ?quantity (MIN(STR(?a)) AS ?measure) (MIN(STR(?b)) AS ?population) {{
        {{ SELECT DISTINCT ?quantity {{ ?any stp:measure ?quantity }} }}
        OPTIONAL {{ ?quantity skos:prefLabel ?a }}
        OPTIONAL {{ ?quantity stp:population/skos:prefLabel ?b }}
      }} GROUP BY ?quantity }}
    }} }}
    BIND(CONCAT(COALESCE(STR(?at), "0"), "\\uE000", STR(?statistic), "\\uE000", COALESCE(?said, ""), "\\uE000",
      COALESCE(?lowest, ""), "\\uE000", COALESCE(?highest, ""), "\\uE000", COALESCE(?value, ""), "\\uE000",
      COALESCE(?unit, ""), "\\uE000", COALESCE(?numerator, ""), "\\uE000", COALESCE(?denominator, ""), "\\uE000",
      COALESCE(?population, ""), "\\uE000", COALESCE(?measure, "")) AS ?figure)
  }} GROUP BY ?claim }}
}}
"""

#: How many of the proposals asked for have no edge, for their claimant or what they are about is not known.
UNDRAWN = f"""
SELECT (COUNT(DISTINCT ?claim) AS ?undrawn)
WHERE {{
  ?claim stp:reviewStatus <{BASE}review-status/proposed> ; a stp:Claim .
  OPTIONAL {{ ?claim stp:claimant ?who }}
  OPTIONAL {{ ?claim stp:about ?relationship }}
  FILTER(!BOUND(?who) || !BOUND(?relationship))
  FILTER NOT EXISTS {{ ?claim stp:withdrawnOn ?withdrawn }}
  @NARROWED@
}}
"""


def narrow(query: str, terms: Terms, *, is_of_claims: bool = False) -> str:
    """Write what is asked for into a query.

    Args:
        query: with a line `@NARROWED@`, such as `CLAIMS` or `UNDRAWN`.
        terms: of the filters.
        is_of_claims: whether claims alone are asked for, whoever makes them and whatever they are about.
    """
    lines = []
    for name, (of, pattern) in _NARROWED.items():
        term = terms[f"{name}Param"]
        if term is not None:
            kept = "?claim" if is_of_claims else of
            lines.append(f"{{ SELECT DISTINCT {kept} {{ {pattern.replace('@', str(term))} }} }}")
    return bind(query, {}).replace("@NARROWED@", "\n  ".join(lines))
