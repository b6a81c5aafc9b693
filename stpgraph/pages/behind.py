"""What stands behind a picture, beside its evidence: the triples of what it shows, and why figures do not hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode, Triple

from stpgraph.checks.figures import check_figures
from stpgraph.networks.views import View
from stpgraph.questions import ask
from stpgraph.store import Store
from stpgraph.turtle import to_turtle

__all__ = ["Doubts", "find_doubts", "find_triples"]

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubts:
    """Why a figure does not hold.

    Attributes:
        reasons: one plain sentence each.
        base: the number asked, as the check took it; None where no reason rests on one.
    """

    reasons: tuple[str, ...]
    base: int | None = None


def find_doubts(store: Store, view: View) -> dict[str, Doubts]:
    """Return why figures of a view do not hold, by the IRI of the statistic.

    Where two figures do not hold together, both are doubted for it.
    """
    if not any(one.figures for one in view.evidence):
        return {}
    reasons: dict[str, dict[str, None]] = {}
    bases: dict[str, int] = {}
    rows = ask(store, "doubtful-statistics").to_dicts()
    for row, finding in zip(rows, check_figures(store), strict=True):
        base = row["base"]
        if isinstance(base, int):
            bases.setdefault(finding.node, base)
        other = row["other_statistic"]
        for node in (finding.node, other.value if isinstance(other, NamedNode) else ""):
            if node:
                reasons.setdefault(node, {})[finding.message] = None
    return {node: Doubts(reasons=tuple(told), base=bases.get(node)) for node, told in reasons.items()}


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
        if _IRI.match(iri)  # a blank node cannot be asked for
    )
    return to_turtle(_triples(store, list(subjects))).decode("utf-8")


def _triples(store: Store, subjects: Sequence[str]) -> Iterator[Triple]:
    for first in range(0, len(subjects), _AT_ONCE):
        asked = " ".join(str(NamedNode(iri)) for iri in subjects[first : first + _AT_ONCE])
        found = store.query(_ABOUT.format(subjects=asked))
        if isinstance(found, list):
            yield from found
