"""Figures by their IRIs: as said, as numbers, with what the checks say of them and where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from stpgraph.networks.evidence import Figure, Thing
from stpgraph.site.cards import find_doubts
from stpgraph.site.names import find_names, nodes
from stpgraph.site.place import Site
from stpgraph.site.spoken import rows
from stpgraph.vocabulary import UNIT

__all__ = ["Given", "find_given"]

_FIGURES = """
SELECT ?statistic ?said ?lowest ?highest ?value ?unit ?numerator ?denominator ?quantity ?population ?size
  ?document ?issued {
  VALUES ?statistic { @NODES@ }
  OPTIONAL { ?statistic stp:asSaid ?said }
  OPTIONAL { ?statistic stp:lowest ?lowest }
  OPTIONAL { ?statistic stp:highest ?highest }
  OPTIONAL { ?statistic stp:value ?value }
  OPTIONAL { ?statistic qudt:hasUnit ?unit }
  OPTIONAL { ?statistic stp:numerator ?numerator }
  OPTIONAL { ?statistic stp:denominator ?denominator }
  OPTIONAL { ?statistic stp:measure ?quantity
    OPTIONAL { ?quantity stp:population ?population OPTIONAL { ?population stp:size ?size } } }
  OPTIONAL { ?statistic stp:reportedIn ?document OPTIONAL { ?document dcterms:issued ?issued } }
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A figure and where it stands.

    Attributes:
        figure: as said and as number, with the reasons why it does not hold.
        measure: what it measures; None where it is not known.
        population: whom or what it counts; None where it is not known.
        document: what reports it; None where it is not known.
        issued: when that was published.
    """

    figure: Figure
    measure: Thing | None = None
    population: Thing | None = None
    document: Thing | None = None
    issued: str = ""


def find_given(site: Site, statistics: Iterable[str]) -> tuple[Given, ...]:
    """Return figures in the order of their IRIs as given.

    Example:
        >>> from stpgraph.store import open_store
        >>> find_given(Site(store=open_store()), [])
        ()
    """
    wanted = list(dict.fromkeys(statistics))
    if not wanted:
        return ()
    found = {row[0]: row for row in sorted(rows(site.store, _FIGURES.replace("@NODES@", nodes(wanted))))}
    doubts = find_doubts(site)
    names = find_names(site, {row[at] for row in found.values() for at in (8, 9, 11) if row[at]})
    return tuple(
        Given(
            figure=_figure(row, doubts.get(iri, ())),
            measure=names.get(row[8]),
            population=names.get(row[9]),
            document=names.get(row[11]),
            issued=row[12],
        )
        for iri in wanted
        if (row := found.get(iri))
    )


def _figure(row: Sequence[str], doubts: tuple[str, ...]) -> Figure:
    """Make a figure; what it measures and counts stands beside it, as links."""
    iri, said, lowest, highest, value, unit, numerator, denominator, _, _, size, *_ = row
    return Figure(
        iri=iri,
        said=said,
        lowest=_number(lowest),
        highest=_number(highest),
        value=_number(value),
        unit=_unit(unit),
        numerator=_whole(numerator),
        denominator=_whole(denominator),
        doubts=doubts,
        base=_whole(size),
    )


def _unit(iri: str) -> str:
    if iri in {"", UNIT.PERCENT.value}:
        return iri and "percent"
    return "count" if iri == UNIT.NUM.value else iri.rpartition("/")[2].removeprefix("CCY_")


def _number(text: str) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None  # what is no number is shown among the facts as it was written


def _whole(text: str) -> int | None:
    return int(text) if text.lstrip("-").isdecimal() and len(text) < 40 else None
