"""The things of the graph as frozen records: what a claim, a statistic, a person is in Python.

Records refer to each other by IRI (`pyoxigraph.NamedNode`), as the graph does. Fields that may repeat are tuples,
in any order; an unknown is None or an empty tuple, never a guess. `rdf` turns records into triples and back.

Dates that are known to the year or month only are strings in ISO 8601: "2013", "2016-11", "2016-11-18" (`IsoDate`).
Every field is described: `describe(Claim)["stance"]` says what it holds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeAlias

from pyoxigraph import NamedNode

from stpgraph.errors import BadRecord

__all__ = [
    "Claim",
    "Collective",
    "Concept",
    "Dataset",
    "Document",
    "Evidence",
    "Extraction",
    "IsoDate",
    "Measure",
    "Membership",
    "Organisation",
    "Partnership",
    "Person",
    "Proposition",
    "Record",
    "Report",
    "Review",
    "Role",
    "Software",
    "Statistic",
    "Study",
    "check_iso_date",
    "describe",
]

#: "2013", "2016-11" or "2016-11-18": a date as precise as it is known.
IsoDate: TypeAlias = str

Iris: TypeAlias = tuple[NamedNode, ...]

_ISO_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def _required(description: str) -> Any:
    return field(metadata={"description": description, "many": False})


def _optional(description: str) -> Any:
    return field(default=None, metadata={"description": description, "many": False})


def _many(description: str) -> Any:
    return field(default=(), metadata={"description": description, "many": True})


def describe(record: type[Record] | Record) -> dict[str, str]:
    """Return what each field of a record holds, by field name.

    Example:
        >>> describe(Evidence)["start"]
        'first code point of the span, counted from 0'
    """
    return {f.name: f.metadata["description"] for f in fields(record)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every record has."""

    iri: NamedNode = _required("what names it, under the base")
    sources: Iris = _many("where the row or the fact comes from: a page, a document, a body of knowledge")
    notes: tuple[str, ...] = _many("what a reader should know of it")
    editorial_notes: tuple[str, ...] = _many("a curator's reason for what the sources do not say outright")

    def __post_init__(self) -> None:
        """Put tuples into one order, so that equal facts make equal records."""
        for f in fields(self):
            value = getattr(self, f.name)
            if isinstance(value, tuple):
                object.__setattr__(self, f.name, tuple(sorted(set(value), key=str)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset(Record):
    """One named graph, described in itself."""

    title: str = _required("what the graph holds, in English")
    subject: NamedNode | None = _optional("the document it was read from")
    review_status: NamedNode | None = _optional("the status of every fact in it, where it is one")
    generated_by: Iris = _many("the extraction and the review that made it")


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept(Record):
    """A code of a scheme that grows with the data: a region, say."""

    label: str = _required("its name, in English")
    scheme: NamedNode = _required("the scheme it belongs to")
    alt_labels: tuple[str, ...] = _many("other names")
    definition: str | None = _optional("what it means")


@dataclass(frozen=True, slots=True, kw_only=True)
class Role(Concept):
    """What somebody is at a body: chief executive, chair."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation(Record):
    """A body that speaks or is spoken of."""

    label: str = _required("its full name")
    alt_labels: tuple[str, ...] = _many("acronyms and other names")
    classification: NamedNode | None = _optional("its kind, of the scheme of organisation kinds")
    description: str | None = _optional("what it is or whom it represents, where its kind does not say")
    side: NamedNode | None = _optional("the party it belongs to or speaks for")
    identifiers: tuple[str, ...] = _many("codes that others know it by")
    homepage: NamedNode | None = _optional("its web site")
    exact_matches: Iris = _many("the same body elsewhere")


@dataclass(frozen=True, slots=True, kw_only=True)
class Partnership(Record):
    """One of the 44 STP footprints."""

    label: str = _required("its name")
    alt_labels: tuple[str, ...] = _many("other names")
    identifiers: tuple[str, ...] = _many("codes: that of the Office for National Statistics")
    number: int | None = _optional("its number in NHS England's list of 2016")
    regions: Iris = _many("the NHS regions it lay in, by year")
    is_replaced_by: Iris = _many("the integrated care board it became")
    exact_matches: Iris = _many("the same partnership elsewhere")
    side: NamedNode | None = _optional("the party it belongs to or speaks for")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Record):
    """A named human."""

    label: str = _required("the name, without titles")
    alt_labels: tuple[str, ...] = _many("the name with titles, and other spellings")


@dataclass(frozen=True, slots=True, kw_only=True)
class Collective(Record):
    """People, bodies or plans counted or speaking as a group."""

    label: str = _required("who or what they are")
    alt_labels: tuple[str, ...] = _many("other names")
    definition: str | None = _optional("who belongs to it")
    size: int | None = _optional("how many they are")
    side: NamedNode | None = _optional("the party they belong to or speak for")
    exact_matches: Iris = _many("the same group under another name")


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership(Record):
    """A post: one person, one body, one role, for a time."""

    member: NamedNode = _required("the person")
    organization: NamedNode = _required("the body or partnership")
    role: NamedNode = _required("what the person is there")
    start_date: IsoDate | None = _optional("from when, as precisely as known")
    end_date: IsoDate | None = _optional("until when, as precisely as known")
    review_status: NamedNode | None = _optional("proposed, accepted or edited")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Record):
    """A text that was read, with one normalised form."""

    title: str = _required("its headline")
    issued: IsoDate | None = _optional("when it was published")
    publisher: NamedNode | None = _optional("the outlet")
    creators: Iris = _many("who wrote it, where the byline tells")
    language: str | None = _optional("BCP 47: en")
    kind: NamedNode | None = _optional("its kind, of the scheme of document kinds")
    text_hash: str = _required("SHA-256 of the normalised text, hexadecimal")
    text_length: int = _required("length of the normalised text in Unicode code points")
    mentions: Iris = _many("who and what it names, beside those that claim something in it")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(Record):
    """A publication that documents cite."""

    title: str = _required("its title")
    alt_labels: tuple[str, ...] = _many("what texts call it")
    publishers: Iris = _many("who published it")
    creators: Iris = _many("who wrote it")
    issued: IsoDate | None = _optional("when it was published")
    kind: NamedNode | None = _optional("its kind, of the scheme of report kinds")
    generated_by: NamedNode | None = _optional("the study that it reports")
    commissioned_by: Iris = _many("who asked for it")


@dataclass(frozen=True, slots=True, kw_only=True)
class Study(Record):
    """The work behind figures: a survey, a poll, a review, a roundtable, an inquiry."""

    label: str = _required("what it is called")
    alt_labels: tuple[str, ...] = _many("what texts call it")
    kind: NamedNode | None = _optional("its kind, of the scheme of study kinds")
    associated_with: Iris = _many("who ran it")
    commissioned_by: Iris = _many("who asked for it")
    sample: NamedNode | None = _optional("those asked or examined")
    date: IsoDate | None = _optional("when it was carried out or published")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposition(Record):
    """What claims say alike, free of who, where and when."""

    label: str = _required("the proposition in a short clause")
    definition: str | None = _optional("what affirming it means")
    about: Iris = _many("the relationships it is about")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(Record):
    """What a figure measures, of whom, in which study."""

    label: str = _required("what is measured")
    kind: NamedNode | None = _optional("opinion, count, planned, announced, requested, forecast, actual or fact")
    about: Iris = _many("the relationships it tells of")
    population: NamedNode | None = _optional("whom or what it counts")
    comes_from: NamedNode | None = _optional("the study or report whose quantity it is")
    part_of: NamedNode | None = _optional("the question it is one answer to")
    exhaustive: bool | None = _optional("whether its parts make the whole")
    exact_matches: Iris = _many("the same quantity under another name")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence(Record):
    """A span of a document, anchored by position and hash."""

    document: NamedNode = _required("the document it lies in")
    start: int = _required("first code point of the span, counted from 0")
    end: int = _required("code point after the last of the span")
    text_hash: str = _required("SHA-256 of the exact span, hexadecimal")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Record):
    """One thing said by its claimants in one place of one document; of a proposal, whose and what may be unknown."""

    claimants: Iris = _many("whose word it is; several for a joint claim; none: not known")
    speaking_as: NamedNode | None = _optional("the post in which a person spoke")
    comes_from: Iris = _many("the study or report by which the claimant speaks")
    about: Iris = _many("the relationships it is about; none: not known")
    concerns: Iris = _many("the partnerships, or the group of them, spoken of; none: STPs in general")
    addressees: Iris = _many("the party or body that a recommendation or demand is addressed to")
    speech_act: NamedNode = _required("what is done in saying it")
    stance: NamedNode | None = _optional("how it judges the state or prospects of what it is about")
    attribution: NamedNode = _required("how the words reach the reader: direct, indirect, mixed, own voice")
    modality: NamedNode | None = _optional("possible, likely or conditional; none where it is not hedged")
    summary: str = _required("the claim in the curator's own words, in English, at most 200 characters")
    stated_on: date | None = _optional("the day it was said where the text tells, else the document's")
    temporal_coverage: str | None = _optional("the time it speaks of, ISO 8601: 2017/2022")
    gives: Iris = _many("the figures that make the claim")
    cites: Iris = _many("works it refers to, and claims that it reports or refers to")
    affirms: Iris = _many("propositions it says are so")
    denies: Iris = _many("propositions it says are not so")
    reported_in: NamedNode = _required("the document or report that says it")
    evidence: Iris = _many("the words it rests on")
    also_at: Iris = _many("places that repeat it")
    named_at: Iris = _many("the words that name the claimant")
    cue_at: Iris = _many("the words that introduce it")
    review_status: NamedNode = _required("proposed, accepted or edited")
    confidence: Decimal | None = _optional("0 to 1, of a proposal")
    withdrawn_on: date | None = _optional("the day it was withdrawn")
    change_notes: tuple[str, ...] = _many("why it was corrected or withdrawn")
    revision_of: Iris = _many("the claim that it corrects")


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistic(Record):
    """One number as worded in one place."""

    as_said: str = _required("the number words alone, at most eight")
    measure: NamedNode = _required("what it measures")
    unit: NamedNode = _required("unit:PERCENT, unit:NUM or a currency")
    comparator: NamedNode = _required("exactly, about, nearly, at least, more than, at most, fewer than, between")
    value: Decimal | None = _optional("the number named, in whole units")
    lowest: Decimal | None = _optional("the least value that the wording allows")
    highest: Decimal | None = _optional("the greatest value that the wording allows")
    numerator: int | None = _optional("as worded: the 55 of 55 of the 56")
    denominator: int | None = _optional("as worded: the 56 of 55 of the 56")
    temporal_coverage: str | None = _optional("the time it speaks of, ISO 8601")
    reported_in: NamedNode = _required("the document or report that says it")
    evidence: Iris = _many("the words it rests on")
    also_at: Iris = _many("places that repeat it")
    review_status: NamedNode = _required("proposed, accepted or edited")
    confidence: Decimal | None = _optional("0 to 1, of a proposal")


@dataclass(frozen=True, slots=True, kw_only=True)
class Review(Record):
    """A person's decision on statements."""

    label: str | None = _optional("what was reviewed")
    ended_at: datetime | None = _optional("when it was done")
    associated_with: Iris = _many("who did it")
    used: Iris = _many("the statements it decided; none: all of its graph")


@dataclass(frozen=True, slots=True, kw_only=True)
class Software(Record):
    """A program or a model, of one version, that an extraction was run with."""

    label: str = _required("its name and version")
    alt_labels: tuple[str, ...] = _many("other names")


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction(Record):
    """The run of software that proposed statements."""

    label: str | None = _optional("what was run, with its version")
    ended_at: datetime | None = _optional("when it was done")
    associated_with: Iris = _many("the software: the program, and the model it used")
    used: Iris = _many("what it read")


def check_iso_date(text: str, *, where: str) -> IsoDate:
    """Return a date that is as precise as known, or say what is wrong with it.

    Raises:
        BadRecord: when it is no year, month or day of the calendar.

    Example:
        >>> check_iso_date("2016-11", where="row 3")
        '2016-11'
    """
    try:
        if not _ISO_DATE.fullmatch(text):
            raise ValueError(text)
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError as fault:
        raise BadRecord(f"{text!r} is no date; expected 2016, 2016-11 or 2016-11-18", where=where) from fault
    return text
