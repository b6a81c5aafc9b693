"""What a search answers: claims with snippets, facets with counts, things, and how the words were read."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["FACETS", "UNKNOWN", "Facet", "FacetValue", "Found", "Hit", "Reread", "Snippet", "Thing"]

#: The key of a facet's value where it is not known.
UNKNOWN = "unknown"

#: The facets of claims in the order in which they are shown, with their labels.
FACETS = {
    "claimant": "Claimant",
    "body": "Body",
    "relationship": "Relationship",
    "stance": "Stance",
    "act": "Speech act",
    "period": "Period",
    "document": "Document",
    "status": "Review status",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """A text of a claim, with what was found in it.

    Attributes:
        field: what the text is: summary, words (the exact ones), figure, claimant, relationship, post, document or
            outlet.
        text: the text, cut to what stands around the first find where it is long.
        marks: the places found, as first character and the one after the last, in order.
    """

    field: str
    text: str
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A claim that was found.

    Attributes:
        iri: the claim.
        snippet: the text of it in which most of the words stand, the summary where several have as many.
        score: how well it fits; 0 where no words were asked for.
    """

    iri: str
    snippet: Snippet
    score: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """Something other than a claim that has a name.

    Attributes:
        iri: what identifies it.
        kind: body, person, partnership, collective, relationship, study, report, document, proposition or measure.
        label: its name.
        note: what tells it from others: of a person the post, of a document outlet and day, else other names.
        claim_count: how many claims are made by it, are about it or else name it.
    """

    iri: str
    kind: str
    label: str
    note: str = ""
    claim_count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetValue:
    """A value of a facet, with the number of claims that choosing it gives.

    Attributes:
        key: stands for it in `chosen` and in addresses: its path below the project's base, its IRI where it is
            elsewhere, a period as "2016" or "2016-11", or "unknown".
        label: its name.
        count: of the claims that fit the words and the choices of the other facets, how many have it.
        is_chosen: whether it is chosen now.
        above: the key of the value that this is a part of: a wider relationship, the year of a month; "" for none.
        iri: the thing it is; "" for a period and for unknown.
    """

    key: str
    label: str
    count: int
    is_chosen: bool = False
    above: str = ""
    iri: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """One way to narrow what was found.

    Attributes:
        name: as in `chosen`.
        label: for readers.
        values: those that some claim has and those chosen, most claims first, then by label; cut as was asked.
        value_count: how many there are before cutting.
    """

    name: str
    label: str
    values: tuple[FacetValue, ...]
    value_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reread:
    """A word that stands nowhere, and the words that it was taken for."""

    word: str
    read_as: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a search came to.

    Attributes:
        total: how many claims fit.
        hits: those of the page that was asked for, in order.
        facets: every one of `FACETS`.
        things: things whose names have the words, best first.
        reread: words that were taken for others.
        notices: sentences on how the words were understood and what was left out.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...]
    things: tuple[Thing, ...] = ()
    reread: tuple[Reread, ...] = ()
    notices: tuple[str, ...] = ()
