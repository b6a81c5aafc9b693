"""What stands behind a picture, beside its evidence: the triples of what it shows, and why figures do not hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pyoxigraph import NamedNode, Triple

from stpgraph.checks.figures import check_figures
from stpgraph.networks.views import View
from stpgraph.store import Store
from stpgraph.turtle import to_turtle

__all__ = ["find_doubts", "find_triples"]

#: The most subjects that one query asks for.
_AT_ONCE = 1000

#: All that is said of some subjects and of the places of their evidence, but for the exact words of texts.
_ABOUT = """
CONSTRUCT {{ ?s ?p ?o }} WHERE {{
  {{ VALUES ?s {{ {subjects} }} ?s ?p ?o }}
  UNION {{ VALUES ?one {{ {subjects} }} ?one stp:evidence ?s . ?s ?p ?o }}
  UNION {{ VALUES ?one {{ {subjects} }} ?one stp:evidence/oa:hasSelector ?s . ?s ?p ?o }}
  FILTER(?p NOT IN (oa:exact, oa:prefix, oa:suffix))
}}"""


def find_doubts(store: Store, view: View) -> dict[str, tuple[str, ...]]:
    """Return why figures of a view do not hold, by the IRI of the statistic: one plain sentence for each reason."""
    if not any(one.figures for one in view.evidence):
        return {}
    found: dict[str, list[str]] = {}
    for finding in check_figures(store):
        found.setdefault(finding.node, []).append(finding.message)
    return {node: tuple(dict.fromkeys(messages)) for node, messages in found.items()}


def find_triples(store: Store, view: View) -> str:
    """Return what the graph says of the nodes, the evidence and the figures of a view, as Turtle in normal form.

    The exact words of texts are left out, for they are their publishers'.
    """
    subjects = dict.fromkeys(
        iri
        for iri in (
            *view.graph,
            *(one.iri for one in view.evidence),
            *(figure.iri for one in view.evidence for figure in one.figures),
        )
        if iri
    )
    return to_turtle(_triples(store, list(subjects))).decode("utf-8")


def _triples(store: Store, subjects: Sequence[str]) -> Iterator[Triple]:
    for first in range(0, len(subjects), _AT_ONCE):
        asked = " ".join(str(NamedNode(iri)) for iri in subjects[first : first + _AT_ONCE])
        found = store.query(_ABOUT.format(subjects=asked))
        if isinstance(found, list):
            yield from found
