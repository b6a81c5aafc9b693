"""Queries to begin with, made for this graph."""

from __future__ import annotations

from dataclasses import dataclass

from stpgraph.vocabulary import BASE, PREFIXES

__all__ = ["EXAMPLES", "Example"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A query with what it asks.

    Attributes:
        title: what it asks, in a line.
        sparql: the query, with all that it needs declared.
    """

    title: str
    sparql: str


def _example(title: str, body: str) -> Example:
    """Declare the prefixes that a query uses."""
    used = [name for name in PREFIXES if f"{name}:" in body]
    lines = [f"BASE <{BASE}>"] if "<" in body else []
    lines += [f"PREFIX {name}: <{PREFIXES[name]}>" for name in used]
    return Example(title=title, sparql="\n".join([*lines, "", body.strip(), ""]))


EXAMPLES = (
    _example(
        "Claims with their day, the latest first",
        """
SELECT ?day ?claim ?summary WHERE {
  ?claim a stp:Claim ; stp:statedOn ?day ; stp:summary ?summary
}
ORDER BY DESC(?day) ?summary
LIMIT 20""",
    ),
    _example(
        "Who made most claims",
        """
SELECT ?who ?name (COUNT(DISTINCT ?claim) AS ?claims) WHERE {
  ?claim a stp:Claim ; stp:claimant ?who .
  ?who skos:prefLabel ?name
}
GROUP BY ?who ?name
ORDER BY DESC(?claims) ?name""",
    ),
    _example(
        "Critical claims and what they are about",
        """
SELECT ?claim ?summary ?about WHERE {
  ?claim stp:stance <stance/critical> ; stp:summary ?summary ; stp:about ?about
}
ORDER BY ?summary""",
    ),
    _example(
        "Relationships, the parties between whom they stand, and how many claims are about each",
        """
SELECT ?relationship (GROUP_CONCAT(DISTINCT ?name; separator=", ") AS ?parties)
  (COUNT(DISTINCT ?claim) AS ?claims) WHERE {
  ?relationship a stp:Relationship ; stp:party/skos:prefLabel ?name
  OPTIONAL { ?claim stp:about ?relationship ; a stp:Claim }
}
GROUP BY ?relationship
ORDER BY DESC(?claims)""",
    ),
    _example(
        "Percentages as worded, with the bounds that the wording allows",
        """
SELECT ?figure ?said ?lowest ?highest ?measure WHERE {
  ?figure stp:asSaid ?said ; qudt:hasUnit unit:PERCENT ; stp:lowest ?lowest ; stp:highest ?highest
  OPTIONAL { ?figure stp:measure ?measure }
}
ORDER BY DESC(?highest) ?said""",
    ),
    _example(
        "The largest sums of money",
        """
SELECT ?figure ?said ?value ?unit WHERE {
  ?figure stp:asSaid ?said ; stp:value ?value ; qudt:hasUnit ?unit
  FILTER(CONTAINS(STR(?unit), "CCY_"))
}
ORDER BY DESC(?value)
LIMIT 20""",
    ),
    _example(
        "People and the posts in which they spoke",
        """
SELECT DISTINCT ?person ?role ?body WHERE {
  ?claim a stp:Claim ; stp:speakingAs ?post .
  ?post org:member ?person ; org:role/skos:prefLabel ?role ; org:organization ?body
}
ORDER BY ?person""",
    ),
    _example(
        "Documents with outlet and day",
        """
SELECT ?document ?title ?outlet ?day WHERE {
  ?document a stp:Document ; dcterms:title ?title
  OPTIONAL { ?document dcterms:publisher ?outlet }
  OPTIONAL { ?document dcterms:issued ?day }
}
ORDER BY ?day""",
    ),
    _example(
        "How many things there are of each class",
        """
SELECT ?class (COUNT(DISTINCT ?thing) AS ?things) WHERE { ?thing a ?class }
GROUP BY ?class
ORDER BY DESC(?things)""",
    ),
    _example(
        "One body with all that is said of it, as a graph",
        """
DESCRIBE <organisation/cipfa>""",
    ),
)
