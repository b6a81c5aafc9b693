"""Records to triples and triples to records: the only place that says which field is which property.

A field is read back as it was written; what no field holds is handed back as it came, so that nothing is lost:

    >>> from stpgraph.records import Person
    >>> from stpgraph.vocabulary import mint
    >>> jo = Person(iri=mint("person", "jo-doe"), label="Jo Doe")
    >>> from_triples(to_triples(jo)) == ([jo], [])
    True
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import MISSING, Field, dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from stpgraph import records
from stpgraph.errors import BadRecord
from stpgraph.records import Record, check_iso_date
from stpgraph.vocabulary import (
    BASE,
    DCTERMS,
    FOAF,
    OA,
    ORG,
    PROV,
    QUDT,
    RDF,
    SCHEMA,
    SKOS,
    STP,
    VOID,
    XSD,
)

__all__ = ["decimal_literal", "from_triples", "iso_date_literal", "to_triples"]

Value = Literal | NamedNode


@dataclass(frozen=True, slots=True)
class _Codec:
    """How one kind of value is written as a term, and read back; reading another kind of term gives None."""

    write: Callable[[Any], Value]
    read: Callable[[Any], Any]


def decimal_literal(value: Decimal) -> Literal:
    """Write a number as xsd:decimal in its canonical spelling, with at least one place: 9.0, 5.35, 5300000000.0.

    Example:
        >>> decimal_literal(Decimal("1.50")).value, decimal_literal(Decimal("5.3E+9")).value
        ('1.5', '5300000000.0')

    Raises:
        BadRecord: when it is infinite or no number.
    """
    if not value.is_finite():
        raise BadRecord(f"{value} is no number that xsd:decimal can hold; leave the field empty where it is unknown")
    whole, _, places = f"{value:f}".partition(".")
    return Literal(f"{whole}.{places.rstrip('0') or '0'}", datatype=XSD.decimal)


def iso_date_literal(text: str) -> Literal:
    """Write a date as precise as known: xsd:gYear, xsd:gYearMonth or xsd:date.

    Example:
        >>> iso_date_literal("2016-11").datatype.value
        'http://www.w3.org/2001/XMLSchema#gYearMonth'

    Raises:
        BadRecord: when it is no date.
    """
    check_iso_date(text, where="a date to be written")
    return Literal(text, datatype={4: XSD.gYear, 7: XSD.gYearMonth}.get(len(text), XSD.date))


def _typed_reader(parse: Callable[[str], Any], *datatypes: NamedNode) -> Callable[[Any], Any]:
    def read(term: Any) -> Any:
        if isinstance(term, Literal) and term.datatype in datatypes:
            return parse(term.value)
        return None

    return read


def _codec(parse: Callable[[str], Any], write: Callable[[Any], str], datatype: NamedNode) -> _Codec:
    return _Codec(lambda value: Literal(write(value), datatype=datatype), _typed_reader(parse, datatype))


def _strictly(form: str, parse: Callable[[str], Any]) -> Callable[[str], Any]:
    """Parse a text only where it is of a form; Python reads more than XML Schema: 1_000, NaN, 20161118."""

    def parse_strictly(text: str) -> Any:
        if not re.fullmatch(form, text, re.ASCII):
            raise ValueError("not of that datatype's form")
        return parse(text)

    return parse_strictly


def _read_iso_date(term: Any) -> Any:
    if not isinstance(term, Literal) or term.datatype not in (XSD.gYear, XSD.gYearMonth, XSD.date):
        return None
    if iso_date_literal(term.value) != term:
        raise ValueError("not of that datatype's form")
    return term.value


_IRI = _Codec(lambda value: value, lambda term: term if isinstance(term, NamedNode) else None)
_TEXT = _Codec(
    lambda value: Literal(value, language="en"),
    lambda term: term.value if isinstance(term, Literal) and term.language == "en" else None,
)
_STRING = _codec(str, str, XSD.string)
_INTEGER = _codec(_strictly(r"[+-]?\d+", int), str, XSD.integer)
_BOOLEAN = _codec(
    _strictly("true|false|1|0", lambda text: text in {"true", "1"}), lambda value: str(value).lower(), XSD.boolean
)
_DECIMAL = _Codec(
    decimal_literal, _typed_reader(_strictly(r"[+-]?(\d+(\.\d*)?|\.\d+)", Decimal), XSD.decimal, XSD.integer)
)
_DATE = _codec(_strictly(r"\d{4}-\d\d-\d\d", date.fromisoformat), date.isoformat, XSD.date)
_INSTANT = _codec(
    _strictly(r"\d{4}-\d\d-\d\dT.*", datetime.fromisoformat),
    lambda value: value.isoformat().replace("+00:00", "Z"),
    XSD.dateTime,
)
_ISO_DATE = _Codec(iso_date_literal, _read_iso_date)

#: Fields that every record has.
_COMMON = {
    "sources": (DCTERMS.source, _IRI),
    "notes": (SKOS.note, _TEXT),
    "editorial_notes": (SKOS.editorialNote, _TEXT),
}
_LABELLED = {"label": (SKOS.prefLabel, _TEXT), "alt_labels": (SKOS.altLabel, _TEXT)}
_STATEMENT = {
    "temporal_coverage": (SCHEMA.temporalCoverage, _STRING),
    "reported_in": (STP.reportedIn, _IRI),
    "evidence": (STP.evidence, _IRI),
    "also_at": (STP.alsoAt, _IRI),
    "review_status": (STP.reviewStatus, _IRI),
    "confidence": (STP.confidence, _DECIMAL),
}
_ACTIVITY = {
    "label": (SKOS.prefLabel, _TEXT),
    "ended_at": (PROV.endedAtTime, _INSTANT),
    "associated_with": (PROV.wasAssociatedWith, _IRI),
    "used": (PROV.used, _IRI),
}
_CONCEPT = {**_LABELLED, "scheme": (SKOS.inScheme, _IRI), "definition": (SKOS.definition, _TEXT)}

#: Of each record its classes and, by field, the property and how its values are written.
_MAPPING: dict[type[Record], tuple[tuple[NamedNode, ...], dict[str, tuple[NamedNode, _Codec]]]] = {
    records.Dataset: (
        (VOID.Dataset,),
        {
            "title": (DCTERMS.title, _TEXT),
            "subject": (DCTERMS.subject, _IRI),
            "review_status": (STP.reviewStatus, _IRI),
            "generated_by": (PROV.wasGeneratedBy, _IRI),
        },
    ),
    records.Concept: ((SKOS.Concept,), _CONCEPT),
    records.Role: ((ORG.Role,), _CONCEPT),
    records.Organisation: (
        (STP.Organisation,),
        {
            **_LABELLED,
            "classification": (ORG.classification, _IRI),
            "description": (DCTERMS.description, _TEXT),
            "side": (STP.side, _IRI),
            "identifiers": (DCTERMS.identifier, _STRING),
            "homepage": (FOAF.homepage, _IRI),
            "exact_matches": (SKOS.exactMatch, _IRI),
        },
    ),
    records.Partnership: (
        (STP.Partnership,),
        {
            **_LABELLED,
            "identifiers": (DCTERMS.identifier, _STRING),
            "number": (SCHEMA.position, _INTEGER),
            "regions": (DCTERMS.spatial, _IRI),
            "is_replaced_by": (DCTERMS.isReplacedBy, _IRI),
            "exact_matches": (SKOS.exactMatch, _IRI),
            "side": (STP.side, _IRI),
        },
    ),
    records.Person: ((STP.Person,), _LABELLED),
    records.Collective: (
        (STP.Collective,),
        {
            **_LABELLED,
            "definition": (SKOS.definition, _TEXT),
            "size": (STP.size, _INTEGER),
            "side": (STP.side, _IRI),
            "exact_matches": (SKOS.exactMatch, _IRI),
        },
    ),
    records.Membership: (
        (ORG.Membership,),
        {
            "member": (ORG.member, _IRI),
            "organization": (ORG.organization, _IRI),
            "role": (ORG.role, _IRI),
            "start_date": (SCHEMA.startDate, _ISO_DATE),
            "end_date": (SCHEMA.endDate, _ISO_DATE),
            "review_status": (STP.reviewStatus, _IRI),
        },
    ),
    records.Document: (
        (STP.Document,),
        {
            "title": (DCTERMS.title, _TEXT),
            "issued": (DCTERMS.issued, _ISO_DATE),
            "publisher": (DCTERMS.publisher, _IRI),
            "creators": (DCTERMS.creator, _IRI),
            "language": (SCHEMA.inLanguage, _STRING),
            "kind": (STP.kind, _IRI),
            "text_hash": (STP.textHash, _STRING),
            "text_length": (STP.textLength, _INTEGER),
            "mentions": (SCHEMA.mentions, _IRI),
        },
    ),
    records.Report: (
        (STP.Report,),
        {
            "title": (DCTERMS.title, _TEXT),
            "alt_labels": (SKOS.altLabel, _TEXT),
            "publishers": (DCTERMS.publisher, _IRI),
            "creators": (DCTERMS.creator, _IRI),
            "issued": (DCTERMS.issued, _ISO_DATE),
            "kind": (STP.kind, _IRI),
            "generated_by": (PROV.wasGeneratedBy, _IRI),
            "commissioned_by": (STP.commissionedBy, _IRI),
        },
    ),
    records.Study: (
        (STP.Study,),
        {
            **_LABELLED,
            "kind": (STP.kind, _IRI),
            "associated_with": (PROV.wasAssociatedWith, _IRI),
            "commissioned_by": (STP.commissionedBy, _IRI),
            "sample": (STP.sample, _IRI),
            "date": (DCTERMS.date, _ISO_DATE),
        },
    ),
    records.Proposition: (
        (STP.Proposition,),
        {
            "label": (SKOS.prefLabel, _TEXT),
            "definition": (SKOS.definition, _TEXT),
            "about": (STP.about, _IRI),
        },
    ),
    records.Measure: (
        (STP.Measure,),
        {
            "label": (SKOS.prefLabel, _TEXT),
            "kind": (STP.kind, _IRI),
            "about": (STP.about, _IRI),
            "population": (STP.population, _IRI),
            "comes_from": (STP.comesFrom, _IRI),
            "part_of": (STP.partOf, _IRI),
            "exhaustive": (STP.exhaustive, _BOOLEAN),
            "exact_matches": (SKOS.exactMatch, _IRI),
        },
    ),
    records.Evidence: (
        (STP.Evidence,),
        {
            "document": (OA.hasSource, _IRI),
            "start": (OA.start, _INTEGER),
            "end": (OA.end, _INTEGER),
            "text_hash": (STP.textHash, _STRING),
        },
    ),
    records.Claim: (
        (STP.Claim,),
        {
            **_STATEMENT,
            "claimants": (STP.claimant, _IRI),
            "speaking_as": (STP.speakingAs, _IRI),
            "comes_from": (STP.comesFrom, _IRI),
            "about": (STP.about, _IRI),
            "concerns": (STP.concerns, _IRI),
            "addressees": (STP.addressee, _IRI),
            "speech_act": (STP.speechAct, _IRI),
            "stance": (STP.stance, _IRI),
            "attribution": (STP.attribution, _IRI),
            "modality": (STP.modality, _IRI),
            "summary": (STP.summary, _TEXT),
            "stated_on": (STP.statedOn, _DATE),
            "gives": (STP.gives, _IRI),
            "cites": (STP.cites, _IRI),
            "affirms": (STP.affirms, _IRI),
            "denies": (STP.denies, _IRI),
            "named_at": (STP.namedAt, _IRI),
            "cue_at": (STP.cueAt, _IRI),
            "withdrawn_on": (STP.withdrawnOn, _DATE),
            "change_notes": (SKOS.changeNote, _TEXT),
            "revision_of": (PROV.wasRevisionOf, _IRI),
        },
    ),
    records.Statistic: (
        (STP.Statistic,),
        {
            **_STATEMENT,
            "as_said": (STP.asSaid, _STRING),
            "measure": (STP.measure, _IRI),
            "unit": (QUDT.hasUnit, _IRI),
            "comparator": (STP.comparator, _IRI),
            "value": (STP.value, _DECIMAL),
            "lowest": (STP.lowest, _DECIMAL),
            "highest": (STP.highest, _DECIMAL),
            "numerator": (STP.numerator, _INTEGER),
            "denominator": (STP.denominator, _INTEGER),
        },
    ),
    records.Review: ((STP.Review,), _ACTIVITY),
    records.Software: ((PROV.SoftwareAgent,), _LABELLED),
    records.Extraction: ((STP.Extraction,), _ACTIVITY),
}

_BY_CLASS = {classes[0]: record for record, (classes, _) in _MAPPING.items()}

#: Fields of evidence that stand on its selector, a node of its own named alike.
_SELECTOR_FIELDS = ("start", "end")


def to_triples(record: Record) -> Iterator[Triple]:
    """Yield the triples of one record: its class, then its fields in the order the record lists them.

    Example:
        >>> from stpgraph.vocabulary import mint
        >>> doe = records.Person(iri=mint("person", "jo-doe"), label="Jo Doe")
        >>> print(*(triple.predicate.value.rpartition("/")[2] for triple in to_triples(doe)))
        22-rdf-syntax-ns#type core#prefLabel
    """
    (klass, *_), properties = _MAPPING[type(record)]
    yield Triple(record.iri, RDF.type, klass)
    selector = None
    if isinstance(record, records.Evidence):
        selector = _selector(record.iri)
        yield Triple(record.iri, OA.hasSelector, selector)
        yield Triple(selector, RDF.type, OA.TextPositionSelector)
    for f in fields(record):
        if f.name == "iri":
            continue
        predicate, codec = _COMMON.get(f.name) or properties[f.name]
        node = selector if selector is not None and f.name in _SELECTOR_FIELDS else record.iri
        held = getattr(record, f.name)
        for value in held if isinstance(held, tuple) else () if held is None else (held,):
            yield Triple(node, predicate, codec.write(value))


def _selector(evidence: NamedNode) -> NamedNode:
    """Name the selector of a span of evidence: the same path below `selector/`."""
    return NamedNode(evidence.value.replace(f"{BASE}evidence/", f"{BASE}selector/", 1))


Facts = dict[NamedNode, list[Triple]]


def from_triples(triples: Iterable[Triple]) -> tuple[list[Record], list[Triple]]:
    """Read the records that triples hold.

    Args:
        triples: of one graph or of many together, in any order.

    Returns:
        The records, by IRI; and the triples that no field of a record holds (other vocabularies, other languages,
        nodes of other classes), in the order they came.

    Raises:
        BadRecord: when a required field is missing, or one that holds one value has two.
    """
    facts: dict[NamedNode | BlankNode | Triple, Facts] = defaultdict(lambda: defaultdict(list))
    rest: dict[Triple, None] = {}
    for triple in triples:
        facts[triple.subject][triple.predicate].append(triple)
        rest[triple] = None
    found: list[Record] = []
    for node in sorted((n for n in facts if isinstance(n, NamedNode)), key=lambda n: n.value):
        record = _class_of(facts[node])
        if record is not None:
            found.append(_read(record, node, facts, rest))
    return found, list(rest)


def _class_of(facts: Facts) -> type[Record] | None:
    terms = (t.object for t in facts.get(RDF.type, ()))
    classes = [_BY_CLASS[term] for term in terms if isinstance(term, NamedNode) and term in _BY_CLASS]
    return classes[0] if len(classes) == 1 else None


def _read(
    record: type[Record],
    node: NamedNode,
    facts: dict[NamedNode | BlankNode | Triple, Facts],
    rest: dict[Triple, None],
) -> Record:
    """Build one record from its node's facts, and strike from `rest` the triples it holds."""
    used = [t for t in facts[node][RDF.type] if t.object in _BY_CLASS]
    values: dict[str, Any] = {"iri": node}
    selector = None
    if record is records.Evidence:
        selector = _selector(node)
        used += [t for t in facts[node].get(OA.hasSelector, ()) if t.object == selector]
        used += [t for t in facts[selector].get(RDF.type, ()) if t.object == OA.TextPositionSelector]
    for f in fields(record):
        if f.name == "iri":
            continue
        predicate, codec = _COMMON.get(f.name) or _MAPPING[record][1][f.name]
        subject = selector if selector is not None and f.name in _SELECTOR_FIELDS else node
        held_by = facts[subject].get(predicate, ())
        found = [(t, value) for t in held_by if (value := _value(codec, t, f"<{node.value}>", f.name)) is not None]
        used += [t for t, _ in found]
        held = _held(f, [value for _, value in found], where=f"<{node.value}>", record=record.__name__.lower())
        if held is not None:
            values[f.name] = held
    for triple in used:
        rest.pop(triple, None)
    return record(**values)


def _held(f: Field[Any], found: list[Any], *, where: str, record: str) -> Any:
    """Return what a field holds given the values found, None for nothing, or say what is wrong with their number."""
    is_required = f.default is MISSING
    if is_required and not found:
        raise BadRecord(f"this {record} needs {f.name} ({f.metadata['description']}); add it", where=where)
    if f.metadata["many"]:
        return tuple(found) or None
    if len(set(found)) > 1:
        raise BadRecord(
            f"this {record} has {len(set(found))} values of {f.name}, where one is expected; keep the right one",
            where=where,
        )
    return found[0] if found else None


def _value(codec: _Codec, triple: Triple, where: str, name: str) -> Any:
    try:
        return codec.read(triple.object)
    except (ValueError, BadRecord) as fault:
        why = fault.message if isinstance(fault, BadRecord) else fault
        raise BadRecord(
            f"{triple.object} is no value for {name} ({triple.predicate}): {why}; write it in its datatype's form",
            where=where,
        ) from fault
