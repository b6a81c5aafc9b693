"""Claims as cards: all that a page shows of each, found by their IRIs in a few small queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from stpgraph.networks.cells import to_number, to_place
from stpgraph.networks.evidence import Evidence, Figure, Speaker, Thing, Topic
from stpgraph.site.figure_rows import CELLS, FIGURE, figure_of, find_doubts
from stpgraph.site.place import Site
from stpgraph.store import Store
from stpgraph.vocabulary import BASE, STP

__all__ = ["Card", "find_cards", "to_thing"]

Row = tuple[str, ...]

_CORE = """
SELECT ?claim ?day ?summary ?stance ?act ?attribution ?modality ?status ?confidence ?document ?title ?issued ?outlet
  ?member ?role ?body ?body_label ?body_type ?withdrawn {
  VALUES ?claim { @CLAIMS@ } ?claim a stp:Claim
  OPTIONAL { ?claim stp:statedOn ?day }
  OPTIONAL { ?claim stp:summary ?summary }
  OPTIONAL { ?claim stp:stance ?stance }
  OPTIONAL { ?claim stp:speechAct ?act }
  OPTIONAL { ?claim stp:attribution ?attribution }
  OPTIONAL { ?claim stp:modality ?modality }
  OPTIONAL { ?claim stp:reviewStatus ?status }
  OPTIONAL { ?claim stp:confidence ?confidence }
  OPTIONAL { ?claim stp:withdrawnOn ?withdrawn }
  OPTIONAL { ?claim stp:reportedIn ?document
    OPTIONAL { ?document dcterms:title ?title }
    OPTIONAL { ?document dcterms:issued ?issued }
    OPTIONAL { ?document dcterms:publisher/skos:prefLabel ?outlet } }
  OPTIONAL { ?claim stp:speakingAs ?post
    OPTIONAL { ?post org:member ?member }
    OPTIONAL { ?post org:role/skos:prefLabel ?role }
    OPTIONAL { ?post org:organization ?body
      OPTIONAL { ?body skos:prefLabel ?body_label } OPTIONAL { ?body a ?body_type } } }
}"""

#: Where the codes of a claim stand in a row: stance, speech act, attribution, modality, review status.
_CODES = slice(2, 7)

_CLAIMANTS = """
SELECT ?claim ?who ?label ?type {
  VALUES ?claim { @CLAIMS@ } ?claim stp:claimant ?who
  OPTIONAL { ?who skos:prefLabel ?label } OPTIONAL { ?who a ?type }
}"""

_TOPICS = """
SELECT ?claim ?topic ?label {
  VALUES ?claim { @CLAIMS@ } ?claim stp:about ?topic OPTIONAL { ?topic skos:prefLabel ?label }
}"""

_PLACES = """
SELECT ?claim ?start ?end ?words ?before ?after {
  VALUES ?claim { @CLAIMS@ } ?claim stp:evidence ?place . ?place oa:hasSelector ?selector .
  ?selector oa:start ?start ; oa:end ?end
  OPTIONAL { ?place oa:hasSelector ?quote . ?quote oa:exact ?words
    OPTIONAL { ?quote oa:prefix ?before } OPTIONAL { ?quote oa:suffix ?after } }
}"""

_FIGURES = f"""
SELECT ?claim ?statistic ?start {CELLS} {{
  VALUES ?claim {{ @CLAIMS@ }} ?claim stp:gives ?statistic
  OPTIONAL {{ ?statistic stp:evidence/oa:hasSelector/oa:start ?start }} {FIGURE}
}}"""

_WORKS = """
SELECT ?claim ?work ?label ?type {
  VALUES ?claim { @CLAIMS@ } ?claim stp:comesFrom ?work
  OPTIONAL { ?work skos:prefLabel|dcterms:title ?label } OPTIONAL { ?work a ?type }
}"""

#: What a thing is called, by class.
_KINDS = {
    STP.Person.value: "person",
    STP.Collective.value: "collective",
    STP.Partnership.value: "partnership",
    STP.Study.value: "study",
    STP.Report.value: "report",
    STP.Relationship.value: "relationship",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A claim as a page shows it.

    Attributes:
        claim: what networks, too, know of a claim; its figures with the reasons why they do not hold.
        modality: possible, likely, conditional; "" where it is not hedged.
        works: the studies and reports by which it was said.
        withdrawn: the day it was withdrawn; "" where it stands.
    """

    claim: Evidence
    modality: str = ""
    works: tuple[Thing, ...] = ()
    withdrawn: str = ""


def find_cards(site: Site, claims: Iterable[str]) -> tuple[Card, ...]:
    """Return the cards of claims, in the order given; those that the store does not have are left out.

    Args:
        site: where they are looked for.
        claims: their IRIs; some tens at a time.

    Example:
        >>> from stpgraph.store import open_store
        >>> find_cards(Site(store=open_store()), ["https://example.org/claim"])
        ()
    """
    wanted = list(dict.fromkeys(claims))
    if not wanted:
        return ()
    found = _Found(site.store, wanted)
    doubts = find_doubts(site) if found.figures else {}
    return tuple(_card(found, iri, doubts) for iri in wanted if iri in found.core)


class _Found:
    """The rows about some claims, by claim."""

    def __init__(self, store: Store, claims: Sequence[str]) -> None:
        self._store = store
        self._claims = " ".join(str(NamedNode(iri)) for iri in claims)
        self.core = self._with_codes(self._rows(_CORE))
        self.claimants = self._rows(_CLAIMANTS)
        self.topics = self._rows(_TOPICS)
        self.places = self._rows(_PLACES)
        self.figures = self._rows(_FIGURES)
        self.works = self._rows(_WORKS)

    def _rows(self, query: str) -> dict[str, list[Row]]:
        rows: dict[str, set[Row]] = {}
        for first, *others in self._store.select(query.replace("@CLAIMS@", self._claims)):
            told = tuple("" if cell is None else cell.value for cell in others)  # type: ignore[union-attr]
            rows.setdefault(first.value, set()).add(told)  # type: ignore[union-attr]
        return {claim: sorted(told) for claim, told in rows.items()}

    def _with_codes(self, core: dict[str, list[Row]]) -> dict[str, list[Row]]:
        """Write the codes by their labels: few codes for many claims, so that one look for each will do."""
        codes = {code for rows in core.values() for row in rows for code in row[_CODES] if ":" in code}
        if not codes:
            return core
        named = " ".join(str(NamedNode(iri)) for iri in sorted(codes))
        asked = (
            f"SELECT ?code ?label {{ VALUES ?code {{ {named} }} ?code skos:prefLabel ?label }} ORDER BY DESC(?label)"
        )
        labels = {code.value: label.value for code, label in self._store.select(asked)}  # type: ignore[union-attr]
        before, after = slice(None, _CODES.start), slice(_CODES.stop, None)
        return {
            claim: [(*row[before], *(labels.get(code, "") for code in row[_CODES]), *row[after]) for row in rows]
            for claim, rows in core.items()
        }


def _card(found: _Found, iri: str, doubts: Mapping[str, tuple[str, ...]]) -> Card:
    rows = found.core[iri]
    (day, summary, stance, act, attribution, modality, status, confidence, document, title, issued, *_) = rows[0]
    places = sorted(found.places.get(iri, []), key=lambda place: (to_place(place[0]), to_place(place[1]), place))
    quoted = [place for place in places if place[2]]
    spans = list(dict.fromkeys(f"{place[0]}–{place[1]}" for place in places))
    claim = Evidence(
        iri=iri,
        kind="claim",
        summary=summary,
        since=day,
        speakers=_speakers(rows, found.claimants.get(iri, [])),
        topics=tuple(Topic(thing=to_thing(row[0], row[1], "relationship")) for row in found.topics.get(iri, [])),
        stance=stance,
        speech_act=act,
        attribution=attribution,
        status=status,
        confidence=to_number(confidence),
        figures=_figures(found.figures.get(iri, []), doubts),
        words=tuple(place[2] for place in quoted),
        contexts=tuple((place[3], place[4]) for place in quoted),
        document=document,
        title=title,
        outlet="; ".join(sorted({row[11] for row in rows if row[11]})),
        issued=issued,
        place="characters " + " and ".join(spans) if spans else "",
        start=to_place(places[0][0]) if places else 0,
    )
    return Card(
        claim=claim,
        modality=modality,
        works=_things(found.works.get(iri, [])),
        withdrawn=rows[0][17],
    )


def _speakers(rows: Sequence[Row], claimants: Sequence[Row]) -> tuple[Speaker, ...]:
    """Return the claimants, the one whose post it is with role and body."""
    member, role, body, body_label, body_type = rows[0][12:17]
    spoken_for = to_thing(body, body_label, body_type) if body else None
    return tuple(
        Speaker(thing=thing, role=role, body=spoken_for) if thing.iri == member else Speaker(thing=thing)
        for thing in _things(claimants)
    )


def _things(rows: Sequence[Row]) -> tuple[Thing, ...]:
    """Return things, each once, by label."""
    found = {row[0]: to_thing(*row) for row in rows}
    return tuple(sorted(found.values(), key=lambda thing: thing.label))


def to_thing(iri: str, label: str, of_class: str = "") -> Thing:
    """Describe a thing by its label and its class, an IRI or the kind itself; without a label by its path.

    Example:
        >>> to_thing("https://w3id.org/stpgraph/id/person/jo-doe", "").label
        'person/jo-doe'
    """
    kind = _KINDS.get(of_class, of_class if of_class and ":" not in of_class else "body")
    name = label or iri.removeprefix(BASE)
    return Thing(iri=iri, label=name, short_label=name, kind=kind)


def _figures(rows: Sequence[Row], doubts: Mapping[str, tuple[str, ...]]) -> tuple[Figure, ...]:
    """Return figures, each once, in the order of the text."""
    by_iri = {iri: (to_place(start), iri, cells) for iri, start, *cells in rows}
    return tuple(figure_of(iri, cells, doubts) for _, iri, cells in sorted(by_iri.values()))
