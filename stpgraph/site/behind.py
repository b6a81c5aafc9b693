"""What lies behind a claim: its places in the text, its neighbours there, who proposed it and who decided on it."""

from __future__ import annotations

from dataclasses import dataclass, field

from stpgraph.citations import in_words
from stpgraph.networks.evidence import Thing
from stpgraph.site.names import find_names, nodes
from stpgraph.site.place import Site
from stpgraph.site.spoken import rows
from stpgraph.vocabulary import STP

__all__ = ["Activity", "Place", "Turn", "find_activities", "find_places", "find_turn"]

_PLACES = """
SELECT ?how ?place ?start ?end ?words ?before ?after {{
  VALUES ?how {{ stp:evidence stp:alsoAt stp:namedAt stp:cueAt }} {node} ?how ?place
  OPTIONAL {{ ?place oa:hasSelector ?selector . ?selector oa:start ?start ; oa:end ?end }}
  OPTIONAL {{ ?place oa:hasSelector ?quote . ?quote oa:exact ?words
    OPTIONAL {{ ?quote oa:prefix ?before }} OPTIONAL {{ ?quote oa:suffix ?after }} }}
}}"""

_ACTIVITIES = """
SELECT ?activity ?class ?label ?ended ?agent ?decides {{
  {{ SELECT DISTINCT ?activity {{
    {{ {node} stp:reportedIn ?document . ?graph dcterms:subject ?document ; prov:wasGeneratedBy ?activity }}
    UNION {{ GRAPH ?graph {{ {node} a stp:Claim }} ?graph prov:wasGeneratedBy ?activity }}
    UNION {{ {node} prov:wasGeneratedBy ?activity }}
  }} }}
  OPTIONAL {{ ?activity a ?class }}
  OPTIONAL {{ ?activity skos:prefLabel ?label }}
  OPTIONAL {{ ?activity prov:endedAtTime ?ended }}
  OPTIONAL {{ ?activity prov:wasAssociatedWith ?agent }}
  BIND(!EXISTS {{ ?activity prov:used ?any }} || EXISTS {{ ?activity prov:used {node} }} AS ?decides)
}}"""

_TURNS = """
SELECT ?claim ?start {{
  ?claim stp:reportedIn {document} ; a stp:Claim
  OPTIONAL {{ ?claim stp:evidence/oa:hasSelector/oa:start ?start }}
  FILTER NOT EXISTS {{ ?claim stp:withdrawnOn ?day }}
}}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A span of the text.

    Attributes:
        how: evidence, alsoAt, namedAt or cueAt.
        iri: the evidence.
        start: its first character; None where no position is known.
        end: the character after its last.
        words: the words, where the store holds them.
        before: what stands before them in the text.
        after: what stands after them.
    """

    how: str
    iri: str
    start: int | None = None
    end: int | None = None
    words: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """A run of software, or a decision of a person.

    Attributes:
        thing: its name.
        is_review: whether a person decided; otherwise software proposed.
        ended: when, in words.
        agents: the software with its models, or who decided.
    """

    thing: Thing
    is_review: bool
    ended: str = ""
    agents: tuple[Thing, ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Where a claim stands among those of its document: which it is of how many, and those before and after it."""

    number: int
    count: int
    before: Thing | None
    after: Thing | None


def find_places(site: Site, iri: str) -> tuple[Place, ...]:
    """Return the spans that a claim names, in the order of the text."""
    found = {}
    for how, place, start, end, words, before, after in sorted(rows(site.store, _PLACES.format(node=nodes([iri])))):
        is_placed = start.isdecimal() and end.isdecimal()
        found[how, place] = Place(
            how=how.removeprefix(STP.iri),
            iri=place,
            start=int(start) if is_placed else None,
            end=int(end) if is_placed else None,
            words=words,
            before=before,
            after=after,
        )
    return tuple(sorted(found.values(), key=lambda place: (place.start is None, place.start or 0, place.iri)))


def find_activities(site: Site, iri: str) -> tuple[Activity, ...]:
    """Return what proposed a claim and who decided on it, in this order; reviews of other claims are left out."""
    told = rows(site.store, _ACTIVITIES.format(node=nodes([iri])))
    found = [row for row in sorted(told) if row[1] != STP.Review.value or row[5] == "true"]
    names = find_names(site, {name for row in found for name in (row[0], row[4]) if ":" in name})
    activities = {}
    for activity, of_class, _, ended, _, _ in found:
        if activity in names:
            agents = dict.fromkeys(row[4] for row in found if row[0] == activity and row[4] in names)
            activities[activity] = Activity(
                thing=names[activity],
                is_review=of_class == STP.Review.value,
                ended=in_words(ended.partition("T")[0]) if ended else "",
                agents=tuple(names[agent] for agent in agents),
            )
    return tuple(sorted(activities.values(), key=lambda one: (one.is_review, one.thing.label)))


def find_turn(site: Site, iri: str, document: str) -> Turn | None:
    """Return where a claim stands among those of its document; None where it is not one of them."""
    starts: dict[str, int] = {}
    for claim, start in rows(site.store, _TURNS.format(document=nodes([document]))):
        place = int(start) if start.isdecimal() else 10**9
        starts[claim] = min(place, starts.get(claim, place))
    ordered = sorted(starts, key=lambda claim: (starts[claim], claim))
    if iri not in starts:
        return None
    at = ordered.index(iri)
    before, after = ordered[at - 1 : at] if at else [], ordered[at + 1 : at + 2]
    names = find_names(site, [*before, *after])
    return Turn(
        number=at + 1,
        count=len(ordered),
        before=names[before[0]] if before else None,
        after=names[after[0]] if after else None,
    )
