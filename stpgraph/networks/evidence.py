"""The evidence behind a network: one record for each claim, post, figure or other fact that an edge stands for.

Every view, page and export reads these records; "" and () stand for what is not known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from stpgraph.vocabulary import UNIT

__all__ = ["STANCES", "Evidence", "EvidenceKind", "Figure", "Link", "Speaker", "Thing", "Topic", "unit_of"]

#: The stances a claim can take, in the order in which they are counted and shown.
STANCES = ("supportive", "critical", "mixed", "neutral")

#: Units in words; any other is told by its code.
_UNITS = {UNIT.PERCENT.value: "percent", UNIT.NUM.value: "count", "": ""}

#: What a piece of evidence can be.
EvidenceKind: TypeAlias = Literal["claim", "post", "figure", "fact"]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Thing:
    """Something that is a node of a network.

    Attributes:
        iri: what identifies it.
        label: its full name.
        short_label: its name as a picture shows it: "CIPFA".
        kind: body, person, collective, partnership, successor, relationship, party, document, outlet, report, study,
            claim, measure, proposition or place.
        body: for a person, the bodies spoken for, full names joined by "; ".
        short_body: the same as a picture shows it.
    """

    iri: str
    label: str
    short_label: str
    kind: str
    body: str = ""
    short_body: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Two things that a piece of evidence joins.

    Attributes:
        source: where the link starts.
        target: where it ends.
        kind: how they are joined, a verb or noun for readers: "speaks about", "leads"; links of one kind between
            the same two things are one edge.
        key: the IRI of what the edge stands for, where two things can have several edges of one kind; "" otherwise.
    """

    source: Thing
    target: Thing
    kind: str
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """A claimant of a claim, or the holder of a post.

    Attributes:
        thing: who it is.
        role: the post spoken in.
        body: the body spoken for; None where none is known.
    """

    thing: Thing
    role: str = ""
    body: Thing | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A relationship that a claim is about, with the parties it is between."""

    thing: Thing
    parties: tuple[Thing, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure as said and as a number.

    Attributes:
        iri: the statistic.
        said: the number words of the source.
        lowest: the least value that the words allow, in `unit`; None for no bound.
        highest: the greatest value that the words allow; None for no bound.
        value: the number itself, where there is one.
        unit: "percent", "count", or else its code, for a currency its three letters: "GBP"; "" where it is not known.
        numerator: how many of `denominator`; None where not said.
        denominator: of how many; None where not said.
        population: whom or what it counts.
        measure: what it measures.
        doubts: one plain sentence for each reason why it does not hold.
        base: the number asked, as the check took it, where the words do not say it.
    """

    iri: str
    said: str
    lowest: float | None = None
    highest: float | None = None
    value: float | None = None
    unit: str = ""
    numerator: int | None = None
    denominator: int | None = None
    population: str = ""
    measure: str = ""
    doubts: tuple[str, ...] = ()
    base: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One claim, post, figure or other fact.

    Attributes:
        iri: what identifies it.
        kind: claim, post, figure or fact.
        summary: what is said, in a curator's words: one sentence.
        links: the edges it stands for in its view.
        since: the day it was said, or from which it holds: ISO 8601, to the day, month or year.
        until: the last day on which it holds, likewise; "" for a claim.
        speakers: its claimants.
        topics: the relationships it is about.
        stance: one of `STANCES`; "" where it is not known.
        speech_act: assertion, warning and so on.
        attribution: direct, indirect, mixed, own voice.
        status: of its review: accepted, proposed and so on.
        confidence: of what proposed it, 0 to 1; None where none is stated.
        figures: those it gives, in the order of the text.
        words: its exact words, where the store holds them, in the order of the text.
        contexts: for each of these what stands before and after it in the text; () where none of it is held.
        document: the IRI of the document that reports it.
        title: of that document.
        outlet: who published it.
        issued: when, ISO 8601.
        place: where in the text: "characters 345–443 and 500–520".
        start: the first of these characters, to order by.
        via: the studies and reports by which it was said.
        source: the page or work that states a fact, as an IRI or in words.
    """

    iri: str
    kind: EvidenceKind
    summary: str
    links: tuple[Link, ...] = ()
    since: str = ""
    until: str = ""
    speakers: tuple[Speaker, ...] = ()
    topics: tuple[Topic, ...] = ()
    stance: str = ""
    speech_act: str = ""
    attribution: str = ""
    status: str = ""
    confidence: float | None = None
    figures: tuple[Figure, ...] = ()
    words: tuple[str, ...] = ()
    contexts: tuple[tuple[str, str], ...] = ()
    document: str = ""
    title: str = ""
    outlet: str = ""
    issued: str = ""
    place: str = ""
    start: int = 0
    via: tuple[str, ...] = ()
    source: str = ""


def unit_of(iri: str) -> str:
    """Return a unit as a `Figure` has it, by its IRI: a currency by its three letters; "" for none.

    Example:
        >>> unit_of(UNIT.NUM.value), unit_of(UNIT.CCY_GBP.value), unit_of("")
        ('count', 'GBP', '')
    """
    return _UNITS[iri] if iri in _UNITS else iri.rpartition("/")[2].removeprefix("CCY_")
