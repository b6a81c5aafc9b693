"""Figures by their IRIs: as said, as numbers, with what the checks say of them and where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from stpgraph.networks.evidence import Figure, Thing
from stpgraph.site.figure_rows import CELLS, FIGURE, figure_of, find_doubts
from stpgraph.site.names import find_names, nodes
from stpgraph.site.place import Site
from stpgraph.site.spoken import rows

__all__ = ["Given", "find_given"]

_FIGURES = f"""
SELECT ?statistic ?quantity ?counted ?document ?issued {CELLS} {{
  VALUES ?statistic {{ @NODES@ }} {FIGURE}
  OPTIONAL {{ ?statistic stp:reportedIn ?document OPTIONAL {{ ?document dcterms:issued ?issued }} }}
}}"""


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
    names = find_names(site, {iri for row in found.values() for iri in row[1:4] if iri})
    return tuple(_given(found[iri], names, doubts) for iri in wanted if iri in found)


def _given(row: Sequence[str], names: Mapping[str, Thing], doubts: Mapping[str, tuple[str, ...]]) -> Given:
    iri, quantity, counted, document, issued, *cells = row
    return Given(
        figure=replace(figure_of(iri, cells, doubts), measure="", population=""),  # they stand beside it, as links
        measure=names.get(quantity),
        population=names.get(counted),
        document=names.get(document),
        issued=issued,
    )
