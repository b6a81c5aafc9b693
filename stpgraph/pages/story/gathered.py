"""All that the page of the whole graph is made of, asked of the store once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from stpgraph.checks.figures import check_figures
from stpgraph.checks.findings import Finding
from stpgraph.networks.cells import read_rows
from stpgraph.networks.claims import find_claims
from stpgraph.networks.evidence import Evidence
from stpgraph.questions import ask
from stpgraph.store import Store
from stpgraph.tables import Cell
from stpgraph.vocabulary import BASE, PREFIXES

__all__ = ["Gathered", "Row", "Work", "gather"]

#: A row of an answer, by column.
Row = Mapping[str, Cell]

_PREFIXES = "\n".join(f"PREFIX {name}: <{iri}>" for name, iri in PREFIXES.items())

#: Documents, reports and studies, with who made them and where they can be read.
_WORKS = f"""{_PREFIXES}
SELECT ?work ?type ?title ?day ?maker ?page ?kind ?study
WHERE {{
  VALUES ?type {{ stp:Document stp:Report stp:Study }}
  ?work a ?type .
  OPTIONAL {{ ?work dcterms:title|skos:prefLabel ?title }}
  OPTIONAL {{ ?work dcterms:issued|dcterms:date ?day }}
  OPTIONAL {{ ?work dcterms:publisher|dcterms:creator|prov:wasAssociatedWith ?by . ?by skos:prefLabel ?maker }}
  OPTIONAL {{ ?work dcterms:source ?page }}
  OPTIONAL {{ ?work stp:kind/skos:prefLabel ?kind }}
  OPTIONAL {{ ?work prov:wasGeneratedBy ?study }}
}}"""

_PARTNERSHIPS = f"{_PREFIXES}\nSELECT (COUNT(DISTINCT ?one) AS ?count) WHERE {{ ?one a stp:Partnership }}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A document, a report or a study.

    Attributes:
        iri: what identifies it.
        type: Document, Report or Study.
        title: its title, or what a study is called; "" where not known.
        issued: when it was published or made, ISO 8601.
        makers: who published, wrote or made it.
        pages: the addresses on the web that the graph has for it.
        kind: of report or study, in words.
        study: the study that a report reports.
    """

    iri: str
    type: str
    title: str
    issued: str
    makers: tuple[str, ...]
    pages: tuple[str, ...]
    kind: str
    study: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What a store holds, as far as a page tells of it.

    Attributes:
        claims: in order of reading.
        undrawn: proposals that are not among them, for who makes them or what they are about is not known.
        figures: the rows of the question `statistics`, one each figure.
        doubts: the rows of the question `doubtful-statistics`, each with its finding.
        works: documents, reports and studies, by IRI.
        partnerships: how many.
        unreviewed: how many statements no person has accepted, by what they are.
    """

    claims: tuple[Evidence, ...]
    undrawn: int
    figures: tuple[Row, ...]
    doubts: tuple[tuple[Row, Finding], ...]
    works: Mapping[str, Work]
    partnerships: int
    unreviewed: Mapping[str, int]

    @property
    def documents(self) -> list[Work]:
        """The documents that were read, by date, unknown dates last."""
        return self.of_type("Document")

    def of_type(self, type_: str) -> list[Work]:
        """Return the works of a type, by date, unknown dates last."""
        works = (work for work in self.works.values() if work.type == type_)
        return sorted(works, key=lambda work: (not work.issued, work.issued, work.title, work.iri))

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell of."""
        return not (self.claims or self.undrawn or self.figures or self.works or self.partnerships)


def gather(store: Store) -> Gathered:
    """Ask a store for all that the page tells."""
    found = find_claims(store)
    figures: dict[object, Row] = {}
    for row in ask(store, "statistics").to_dicts():
        figures.setdefault(row["statistic"], row)
    doubts = ask(store, "doubtful-statistics").to_dicts()
    findings = check_figures(store) if doubts else []
    partnerships = read_rows(store, _PARTNERSHIPS).text("count")
    return Gathered(
        claims=found.evidence,
        undrawn=found.undrawn,
        figures=tuple(figures.values()),
        doubts=tuple(zip(doubts, findings, strict=True)),
        works=_works(store),
        partnerships=int(partnerships or 0),
        unreviewed=Counter(str(row["kind"]) for row in ask(store, "unreviewed").to_dicts()),
    )


def _works(store: Store) -> dict[str, Work]:
    works = {}
    for (iri,), rows in read_rows(store, _WORKS).by("work").items():
        works[iri] = Work(
            iri=iri,
            type=NamedNode(rows.text("type")).value.rpartition("#")[2],
            title=rows.text("title"),
            issued=rows.text("day"),
            makers=tuple(rows.texts("maker")),
            pages=tuple(filter(_is_page, rows.texts("page"))),
            kind=rows.text("kind"),
            study=rows.text("study"),
        )
    return works


def _is_page(address: str) -> bool:
    """Say whether an address is of the web, and not one that only names a source in the graph."""
    return address.startswith(("http://", "https://")) and not address.startswith(BASE)
