"""What a page rests on: claims document by document, the reports and studies, what is proposed and what is unknown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from stpgraph.citations import in_words
from stpgraph.networks.evidence import Evidence
from stpgraph.pages.story.gathered import Gathered, Work
from stpgraph.pages.wording import counted
from stpgraph.tables import SEPARATOR

__all__ = [
    "MOST_CLAIMS",
    "DocumentClaims",
    "Source",
    "by_document",
    "list_documents",
    "list_works",
    "proposed",
    "unknowns",
]

#: The most claims that a page writes out.
MOST_CLAIMS = 200

#: The most reports and studies that a page lists, and the most addresses of each.
_MOST_WORKS, _MOST_PAGES = 100, 4

#: What statements are called, one and several, by their kind in the question `unreviewed`.
_STATEMENTS = {
    "claim": ("claim", "claims"),
    "statistic": ("figure", "figures"),
    "membership": ("post", "posts"),
    "dataset": ("part of the reference", "parts of the reference"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentClaims:
    """A document with its claims in the order of its text."""

    title: str
    note: str
    claims: tuple[Evidence, ...]
    left_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document, report or study: its title, who made it, when, what it holds, and where it can be read."""

    title: str
    makers: str
    day: str
    holds: str
    links: tuple[tuple[str, str], ...]


def by_document(claims: Sequence[Evidence]) -> tuple[tuple[DocumentClaims, ...], int]:
    """Put the first claims to their documents, by date; return how many are left out."""
    documents: dict[str, list[Evidence]] = {}
    for one in claims:
        documents.setdefault(one.document, []).append(one)
    ordered = sorted(documents.values(), key=lambda found: (not found[0].issued, found[0].issued, found[0].document))
    told, room = [], MOST_CLAIMS
    for found in ordered:
        if not room:
            break
        found.sort(key=lambda one: (one.start, one.iri))
        first = found[0]
        day = in_words(first.issued) if first.issued else "date not known"
        shown = found[:room]
        room -= len(shown)
        told.append(
            DocumentClaims(
                title=first.title or "document not known",
                note=f"{first.outlet or 'outlet not known'}, {day}",
                claims=tuple(shown),
                left_out=len(found) - len(shown),
            )
        )
    return tuple(told), max(len(claims) - MOST_CLAIMS, 0)


def list_documents(gathered: Gathered) -> tuple[tuple[Source, ...], int]:
    """List the documents that were read, and how many are left out."""
    claims = Counter(one.document for one in gathered.claims)
    figures = Counter(str(row["document"]) for row in gathered.figures)
    documents = gathered.documents
    return tuple(
        _source(work, f"{counted(claims[work.iri], 'claim')}, {_figures(figures[work.title])}")
        for work in documents[:_MOST_WORKS]
    ), len(documents[_MOST_WORKS:])


def list_works(gathered: Gathered) -> tuple[tuple[Source, ...], int]:
    """List reports and studies, a report together with the study that it reports, and how many are left out."""
    reported = {work.study for work in gathered.of_type("Report")}
    works = [*gathered.of_type("Report"), *(work for work in gathered.of_type("Study") if work.iri not in reported)]
    works.sort(key=lambda work: (not work.issued, work.issued, work.title, work.iri))
    figures: Counter[str] = Counter()
    for row in gathered.figures:
        names = {str(row["document"]), *str(row["source"] or "").replace(SEPARATOR, "; ").split("; ")}
        figures.update(names)
    told = []
    for work in works[:_MOST_WORKS]:
        study = gathered.works.get(work.study)
        kind = work.kind or (study.kind if study else "") or work.type.lower()
        makers = work.makers or (study.makers if study else ())
        told.append(_source(work, ", ".join(filter(None, (kind, _figures(figures[work.title])))), makers=makers))
    return tuple(told), len(works[_MOST_WORKS:])


def unknowns(gathered: Gathered) -> list[str]:
    """Say what is not known, each with its number; what is all known is not spoken of."""
    claims, works = gathered.claims, gathered.of_type("Report")
    unnamed = sum(all(speaker.thing.kind == "collective" for speaker in one.speakers) for one in claims)
    counts = [
        (gathered.undrawn, "proposal", "proposals", "without a known claimant or relationship, nowhere on this page"),
        (sum(not one.stance for one in claims), "claim", "claims", "of unknown stance"),
        (sum(not one.since for one in claims), "claim", "claims", "of an unknown day"),
        (unnamed, "claim", "claims", "by a group of which nobody is named"),
        (sum(not one.document for one in claims), "claim", "claims", "from an unknown document"),
        (sum(not work.issued for work in works), "report", "reports", "of an unknown date"),
        (sum(not work.makers for work in works), "report", "reports", "by an unknown publisher"),
        (sum(not row["population"] for row in gathered.figures), "figure", "figures", "of which it is not known whom "
         "or what they count"),
    ]  # fmt: skip
    return [f"{counted(count, one, several)} {what}" for count, one, several, what in counts if count]


def proposed(gathered: Gathered) -> list[str]:
    """Say what no person has accepted yet, each kind with its number."""
    return [
        counted(count, *_STATEMENTS.get(kind, (kind, f"{kind}s")))
        for kind, count in sorted(gathered.unreviewed.items())
    ]


def _figures(count: int) -> str:
    return counted(count, "figure") if count else "no figures"


def _source(work: Work, holds: str, *, makers: Sequence[str] = ()) -> Source:
    return Source(
        title=work.title or "title not known",
        makers=", ".join(makers or work.makers) or "not known by whom",
        day=in_words(work.issued) if work.issued else "date not known",
        holds=holds,
        links=tuple((page, _host(page)) for page in work.pages[:_MOST_PAGES]),
    )


def _host(page: str) -> str:
    try:
        return (urlsplit(page).hostname or page).removeprefix("www.")
    except ValueError:
        return page  # an address that has no host in it is told whole
