"""What properties and classes are called on pages, from either end, in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from pyoxigraph import Literal, NamedNode, Triple

from stpgraph.resources import folder
from stpgraph.turtle import read_turtle
from stpgraph.vocabulary import (
    DCTERMS,
    FOAF,
    OA,
    ORG,
    OWL,
    PROV,
    QUDT,
    RDF,
    RDFS,
    SCHEMA,
    SKOS,
    STP,
    UNIT,
    VOID,
    local_name,
)

__all__ = ["LABELS", "class_name", "inverse_name", "kind_of", "ontology_triples", "property_name", "unit_name"]

#: The properties that name a thing, the surest first.
LABELS = (
    SKOS.prefLabel.value,
    DCTERMS.title.value,
    STP.summary.value,
    STP.asSaid.value,
    RDFS.label.value,
    FOAF.name.value,
    SCHEMA.name.value,
)

#: Properties of other vocabularies: as read from the subject, and as read from the object.
_PROPERTIES: Mapping[NamedNode, tuple[str, str]] = {
    RDF.type: ("kind", "things of this kind"),
    SKOS.prefLabel: ("name", ""),
    SKOS.altLabel: ("also called", ""),
    SKOS.hiddenLabel: ("also spelt", ""),
    SKOS.definition: ("definition", ""),
    SKOS.scopeNote: ("how to use it", ""),
    SKOS.note: ("note", ""),
    SKOS.editorialNote: ("curator’s note", ""),
    SKOS.changeNote: ("why changed", ""),
    SKOS.example: ("example", ""),
    SKOS.broader: ("wider", "narrower"),
    SKOS.narrower: ("narrower", "wider"),
    SKOS.related: ("related", "related"),
    SKOS.inScheme: ("list of codes", "codes of this list"),
    SKOS.topConceptOf: ("at the top of", "at its top"),
    SKOS.hasTopConcept: ("at its top", "at the top of"),
    SKOS.exactMatch: ("the same as", "the same as"),
    SKOS.closeMatch: ("much the same as", "much the same as"),
    DCTERMS.title: ("title", ""),
    DCTERMS.description: ("description", ""),
    DCTERMS.issued: ("published on", ""),
    DCTERMS.date: ("date", ""),
    DCTERMS.created: ("made on", ""),
    DCTERMS.modified: ("changed on", ""),
    DCTERMS.publisher: ("published by", "publisher of"),
    DCTERMS.creator: ("written by", "author of"),
    DCTERMS.source: ("where this comes from", "where the facts on these come from"),
    DCTERMS.subject: ("subject", "subject of"),
    DCTERMS.identifier: ("code", ""),
    DCTERMS.spatial: ("region", "in this region"),
    DCTERMS.isReplacedBy: ("succeeded by", "successor of"),
    DCTERMS.license: ("licence", "licence of"),
    DCTERMS.isPartOf: ("part of", "its parts"),
    ORG.member: ("holder", "posts"),
    ORG.organization: ("body", "posts at it"),
    ORG.role: ("role", "posts with this role"),
    ORG.classification: ("kind of body", "bodies of this kind"),
    ORG.subOrganizationOf: ("part of", "bodies within it"),
    SCHEMA.startDate: ("from", ""),
    SCHEMA.endDate: ("until", ""),
    SCHEMA.mentions: ("names", "named in"),
    SCHEMA.inLanguage: ("language", ""),
    SCHEMA.temporalCoverage: ("time spoken of", ""),
    PROV.wasAssociatedWith: ("carried out by", "carried out"),
    PROV.wasGeneratedBy: ("made by", "made"),
    PROV.used: ("read or decided", "read or decided in"),
    PROV.endedAtTime: ("ended", ""),
    PROV.startedAtTime: ("began", ""),
    PROV.wasRevisionOf: ("correction of", "corrected by"),
    PROV.actedOnBehalfOf: ("on behalf of", "acting for it"),
    OA.hasSource: ("place in", "places in it that statements rest on"),
    OA.hasSelector: ("where in the text", "place of"),
    OA.start: ("first character", ""),
    OA.end: ("character after the last", ""),
    OA.exact: ("the words", ""),
    OA.prefix: ("before them", ""),
    OA.suffix: ("after them", ""),
    QUDT.hasUnit: ("unit", "figures in this unit"),
    FOAF.homepage: ("home page", "home page of"),
    RDFS.label: ("name", ""),
    RDFS.isDefinedBy: ("defined by", "terms it defines"),
    RDFS.subClassOf: ("a kind of", "kinds of it"),
    RDFS.subPropertyOf: ("a case of", "cases of it"),
    RDFS.domain: ("said of", "said of it"),
    RDFS.range: ("leads to", "lead to it"),
    RDFS.seeAlso: ("see also", "seen also from"),
    OWL.disjointWith: ("never also", "never also"),
}

#: Properties of ours, as read from the object; from the subject the ontology names them.
_INVERSE = {
    "about": "claims, measures and propositions about it",
    "addressee": "recommended or demanded of it",
    "affirms": "affirmed by",
    "alsoAt": "repeated here",
    "aspect": "relationships of this aspect",
    "attribution": "claims that reach the reader so",
    "cites": "cited by",
    "claimant": "claims by it",
    "comesFrom": "what comes from it",
    "commissionedBy": "commissioned by it",
    "comparator": "figures worded so",
    "concerns": "claims that concern it",
    "cueAt": "claims introduced here",
    "denies": "denied by",
    "evidence": "what rests on it",
    "gives": "claims that give it",
    "kind": "things of this kind",
    "measure": "figures of it",
    "modality": "claims hedged so",
    "namedAt": "claims whose claimant is named here",
    "partOf": "its parts",
    "party": "relationships of this party",
    "population": "measures of it",
    "reportedIn": "statements in it",
    "reviewStatus": "what has this status",
    "sample": "studies of it",
    "side": "bodies on this side",
    "speakingAs": "claims made in this post",
    "speechAct": "claims that do this",
    "stance": "claims that take it",
}

#: What a thing of a class is called, and the kind whose icon it bears.
_CLASSES = {
    STP.Organisation: ("body", "body"),
    STP.Extraction: ("extraction: a run of software that proposes", "activity"),
    STP.Review: ("review: a person’s decision on what was proposed", "activity"),
    STP.Evidence: ("evidence: a place in a text", "place"),
    STP.Statistic: ("figure", "statistic"),
    STP.Measure: ("measure: what figures measure", "measure"),
    ORG.Membership: ("post", "post"),
    ORG.Role: ("role", "code"),
    SKOS.Concept: ("code", "code"),
    SKOS.ConceptScheme: ("list of codes", "code"),
    VOID.Dataset: ("graph: facts kept together", "graph"),
    OA.TextPositionSelector: ("positions in a text", "place"),
    OA.TextQuoteSelector: ("words of a text", "place"),
    PROV.SoftwareAgent: ("software", "software"),
    FOAF.Organization: ("body", "body"),
    OWL.Class: ("class", "term"),
    OWL.ObjectProperty: ("property", "term"),
    OWL.DatatypeProperty: ("property", "term"),
    OWL.Ontology: ("ontology", "term"),
}

_UNITS = {UNIT.PERCENT: "percent", UNIT.NUM: "a count"}

#: Where a word begins within a name.
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@cache
def ontology_triples() -> tuple[Triple, ...]:
    """Return what the ontology that ships says."""
    return tuple(read_turtle(folder("ontology") / "stp.ttl"))


@cache
def _terms() -> dict[str, str]:
    return {
        triple.subject.value: triple.object.value
        for triple in ontology_triples()
        if triple.predicate == RDFS.label
        and isinstance(triple.subject, NamedNode)
        and isinstance(triple.object, Literal)
    }


def property_name(iri: str) -> str:
    """Return what a property is called, as its subject's page shows it.

    Example:
        >>> property_name(STP.statedOn.value), property_name("https://example.org/x#wasSeenBy")
        ('stated on', 'was seen by')
    """
    known = _PROPERTIES.get(NamedNode(iri))
    return known[0] if known else _terms().get(iri) or _spelt(iri)


def inverse_name(iri: str) -> str:
    """Return what a property is called, as its object's page shows it.

    Example:
        >>> inverse_name(ORG.organization.value), inverse_name("https://example.org/x#wasSeenBy")
        ('posts at it', 'was seen by: this')
    """
    known = _PROPERTIES.get(NamedNode(iri))
    ours = _INVERSE.get(iri.removeprefix(STP.iri)) if iri.startswith(STP.iri) else None
    return ours or (known and known[1]) or f"{property_name(iri)}: this"


def class_name(iri: str) -> str:
    """Return what things of a class are called.

    Example:
        >>> class_name(STP.Organisation.value), class_name(ORG.Membership.value)
        ('body', 'post')
    """
    known = _CLASSES.get(NamedNode(iri))
    return known[0] if known else _terms().get(iri) or _spelt(iri)


def kind_of(classes: list[str]) -> str:
    """Return the kind of thing, by which it gets its icon, for the classes it has.

    Example:
        >>> kind_of([STP.Person.value]), kind_of([])
        ('person', 'thing')
    """
    for iri in classes:
        known = _CLASSES.get(NamedNode(iri))
        if known:
            return known[1]
        if iri.startswith(STP.iri):
            return iri[len(STP.iri) :].lower()
    return "thing"


def unit_name(iri: str) -> str:
    """Return a unit in words, a currency by its three letters.

    Example:
        >>> unit_name(UNIT.CCY_GBP.value)
        'GBP'
    """
    return _UNITS.get(NamedNode(iri)) or local_name(NamedNode(iri)).removeprefix("CCY_")


def _spelt(iri: str) -> str:
    """Part a name into words."""
    name = local_name(NamedNode(iri)) or iri
    return _HUMP.sub(" ", name).replace("_", " ").replace("-", " ").lower()
