"""How a figure is read, wherever a page shows one: the part of a query, what its cells become, and what is doubted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from stpgraph.networks.cells import to_number, to_whole
from stpgraph.networks.evidence import Figure, unit_of
from stpgraph.site.place import Site
from stpgraph.store import Store

__all__ = ["CELLS", "FIGURE", "figure_of", "find_doubts"]

#: What is known of `?statistic`; nothing of it need be.
FIGURE = """
  OPTIONAL { ?statistic stp:asSaid ?said }
  OPTIONAL { ?statistic stp:lowest ?lowest }
  OPTIONAL { ?statistic stp:highest ?highest }
  OPTIONAL { ?statistic stp:value ?value }
  OPTIONAL { ?statistic qudt:hasUnit ?unit }
  OPTIONAL { ?statistic stp:numerator ?numerator }
  OPTIONAL { ?statistic stp:denominator ?denominator }
  OPTIONAL { ?statistic stp:measure ?quantity
    OPTIONAL { ?quantity skos:prefLabel ?measure }
    OPTIONAL { ?quantity stp:population ?counted
      OPTIONAL { ?counted skos:prefLabel ?population } OPTIONAL { ?counted stp:size ?size } } }"""

#: The cells that a figure is made of, in order.
CELLS = "?said ?lowest ?highest ?value ?unit ?numerator ?denominator ?size ?measure ?population"


def figure_of(iri: str, cells: Sequence[str], doubts: Mapping[str, tuple[str, ...]]) -> Figure:
    """Make a figure of its cells.

    Args:
        iri: the statistic.
        cells: as `CELLS` has them, as text, "" for the unknown. What should be a number and is none counts as
            unknown; the figure's page shows it among the facts as it was written.
        doubts: why figures do not hold, by IRI.

    Example:
        >>> figure_of("urn:x", ["54%", "53.5", "none", "", "http://qudt.org/vocab/unit/PERCENT", *[""] * 5], {}).unit
        'percent'
    """
    said, lowest, highest, value, unit, numerator, denominator, size, measure, population = cells
    return Figure(
        iri=iri,
        said=said,
        lowest=to_number(lowest),
        highest=to_number(highest),
        value=to_number(value),
        unit=unit_of(unit),
        numerator=to_whole(numerator),
        denominator=to_whole(denominator),
        population=population,
        measure=measure,
        doubts=doubts.get(iri, ()),
        base=to_whole(size),
    )


def find_doubts(site: Site) -> dict[str, tuple[str, ...]]:
    """Return why figures do not hold, one plain sentence each, by the IRI of the statistic; of two, for both.

    Nothing is in it as long as `site.unchecked` says why nothing is known.
    """

    def read(_: Store) -> dict[str, tuple[str, ...]]:
        reasons: dict[str, dict[str, None]] = {}
        for finding in site.findings:
            for node in filter(None, (finding.node, finding.other)):
                reasons.setdefault(node, {})[finding.message] = None
        return {node: tuple(told) for node, told in reasons.items()}

    return {} if site.unchecked else site.once("doubts", read)
