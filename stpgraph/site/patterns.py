"""Which claims and figures a thing's page lists, by the kind of thing: patterns of SPARQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stpgraph.site.ledger import open_ledger
from stpgraph.site.names import nodes
from stpgraph.site.place import Site
from stpgraph.site.spoken import Spoken, find_spoken, kept, narrower, rows

__all__ = ["Way", "figures_of", "has_figures_of_claims", "way_by", "ways_about", "ways_by"]

#: Kinds of things that claim something.
_AGENTS = {"body", "person", "partnership", "collective"}

#: What binds the claims by the studies and reports of a body.
_BY_ITS_WORKS = """
{{ SELECT DISTINCT ?work {{
  {{ ?work prov:wasAssociatedWith|dcterms:creator {node} }}
  UNION {{ ?work dcterms:publisher {node} . ?work a stp:Report }}
  UNION {{ ?study prov:wasAssociatedWith {node} . ?work prov:wasGeneratedBy ?study }}
  UNION {{ ?report dcterms:publisher {node} ; prov:wasGeneratedBy ?work }}
}} }} ?claim stp:comesFrom ?work ."""

#: What a study was made into, and a report was made from.
_KIN = "SELECT ?work {{ {{ {node} prov:wasGeneratedBy ?work }} UNION {{ ?work prov:wasGeneratedBy {node} }} }}"

_ADDRESSED = ("addressed to it", "?claim stp:addressee @NODE@ .")
_CITING = (("citing it", "?claim stp:cites @NODE@ ."),)
_SPOKEN_OF = (("that concern it", "?claim stp:concerns @NODE@ ."), _ADDRESSED)

#: How claims are about a thing, by its kind: name and pattern.
_ABOUT = {
    "party": (_ADDRESSED,),
    "proposition": (
        ("affirming it", "?claim stp:affirms @NODE@ ."),
        ("denying it", "?claim stp:denies @NODE@ ."),
    ),
    "measure": (("giving a figure of it", "?given stp:measure @NODE@ . ?claim stp:gives ?given ."),),
    "statistic": (("giving it", "?claim stp:gives @NODE@ ."),),
    **dict.fromkeys(("study", "report", "document"), _CITING),
    **dict.fromkeys(_AGENTS, _SPOKEN_OF),
}

#: The relationships of a thing, by its kind, and what the claims about these are called.
_TOPICS = {
    "relationship": ("about it", "VALUES ?topic { @BELOW@ }"),
    "aspect": ("about it", "?topic stp:aspect @NODE@"),
    "party": ("about its relationships", "VALUES ?party { @BELOW@ } ?topic stp:party ?party"),
}

_MEASURED = "?measure a stp:Measure . ?statistic stp:measure ?measure ."

#: The figures of a thing, by its kind; those of other kinds are what its claims give.
_FIGURES = {
    "document": "?statistic stp:reportedIn @NODE@ ; a stp:Statistic .",
    "measure": "?statistic stp:measure @NODE@ .",
    "statistic": "@NODE@ stp:measure ?measure . ?statistic stp:measure ?measure FILTER(?statistic != @NODE@)",
    "collective": f"?measure stp:population @NODE@ . {_MEASURED}",
    **dict.fromkeys(
        ("study", "report"),
        f"{{ ?measure stp:comesFrom @NODE@ . {_MEASURED} }} "
        "UNION { ?statistic stp:reportedIn @NODE@ ; a stp:Statistic }",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way in which claims have to do with a thing.

    Attributes:
        name: for readers: "its people".
        pattern: what binds them to `?claim`.
        by: the property by which it does so, where that is all it does; otherwise "".
        things: what they name by that property.
    """

    name: str
    pattern: str
    by: str = ""
    things: tuple[str, ...] = ()

    def find(self, site: Site) -> Spoken:
        """Return the claims."""
        return find_spoken(site, self.pattern, by=self.by, things=self.things)


def way_by(name: str, by: str, things: Sequence[str]) -> Way:
    """Return the way in which claims name one of some things by a property of those that `Ledger.find` knows."""
    pattern = f"VALUES ?thing {{ {nodes(things)} }} ?claim stp:{by} ?thing ."
    return Way(name=name, pattern=pattern, by=by, things=tuple(things))


def ways_by(site: Site, iri: str, kind: str) -> Sequence[Way]:
    """Return the ways in which claims are made by a thing."""
    node = nodes([iri])
    if kind == "post":
        return (way_by("in this post", "speakingAs", [iri]),)
    if kind in {"study", "report"}:
        kin = kept(site, ("kin", iri), lambda: _first(site, _KIN.format(node=node)), len)
        return (way_by("by it", "comesFrom", list(dict.fromkeys([iri, *kin]))),)
    if kind == "document":
        return (way_by("in it", "reportedIn", [iri]),)
    if kind not in _AGENTS:
        return ()
    ways = [way_by("itself" if kind != "person" else "in person", "claimant", [iri])]
    if kind in {"body", "partnership"}:
        posts, works = (of.get(iri, ()) for of in (open_ledger(site).posts, open_ledger(site).works))
        pattern = f"?post org:organization {node} . ?claim stp:speakingAs ?post ."
        ways.append(Way(name="its people", pattern=pattern, by="speakingAs", things=posts))
        pattern = _BY_ITS_WORKS.format(node=node)
        ways.append(Way(name="its studies and reports", pattern=pattern, by="comesFrom", things=works))
    return ways


def ways_about(site: Site, iri: str, kind: str) -> Sequence[Way]:
    """Return the ways in which claims are about a thing, or speak of it."""
    ways = [Way(name=name, pattern=_filled(site, pattern, iri)) for name, pattern in _ABOUT.get(kind, ())]
    if kind in _TOPICS:
        name, pattern = _TOPICS[kind]
        asked = f"SELECT DISTINCT ?topic {{ {_filled(site, pattern, iri)} }}"
        topics = kept(site, ("topics", iri), lambda: _first(site, asked), len)
        ways.insert(0, way_by(name, "about", topics))
    return tuple(ways)


def figures_of(site: Site, iri: str, kind: str) -> str:
    """Return the pattern that binds the figures of a thing's page to `?statistic`, beside those that its claims give.

    "" where there are no others.
    """
    return _filled(site, _FIGURES[kind], iri) if kind in _FIGURES else ""


def has_figures_of_claims(kind: str) -> bool:
    """Say whether the figures of a thing's page are those that its claims give."""
    return kind not in _FIGURES.keys() | _TOPICS.keys() or kind == "collective"


def _filled(site: Site, pattern: str, iri: str) -> str:
    """Write a thing, or it and all below it, into a pattern."""
    if "@BELOW@" in pattern:
        pattern = pattern.replace("@BELOW@", nodes(narrower(site, iri)))
    return pattern.replace("@NODE@", nodes([iri]))


def _first(site: Site, asked: str) -> tuple[str, ...]:
    """Return the first column of an answer, sorted, each once."""
    return tuple(sorted({row[0] for row in rows(site.store, asked)}))
