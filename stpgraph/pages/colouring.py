"""What the colour and the width of a line say, by view."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from stpgraph.networks.views import View
from stpgraph.pages.scenes import SceneEdge

__all__ = ["Colour", "colour_of", "coloured"]

_BY_STANCE = {"who-said-what", "relationship-map", "provenance"}

#: What signs say: -1, 0 and 1.
_AGREEMENT = ("disagreement", "as much of one as of the other", "agreement")
_SIDES = ("against, on balance", "as much for as against", "for, on balance")
_AGREES = ("does not agree with another", "nothing to hold it against", "agrees with all others")

#: What the width of a line says in networks of discourse, by what the weight is.
_WIDTHS = {
    "congruence": "agreement (congruence)",
    "conflict": "disagreement (conflict)",
    "ignore": "statements",
    "subtract": "agreement less disagreement",
}

_DIVIDED = {
    "activity": "divided by all statements of the claimant",
    "prominence": "divided by all statements about the relationship",
    "average": "divided by the average number of statements",
    "jaccard": "divided by statements, shared or not (Jaccard)",
    "cosine": "divided by the product of the numbers of statements",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Colour:
    """What colour and width say.

    Attributes:
        means: the stance of claims, a sign, or nothing.
        signs: what the signs -1, 0 and 1 say.
        width_means: what width says; "" where it counts the evidence.
    """

    means: Literal["stance", "sign", "plain"]
    signs: tuple[str, str, str] = _AGREEMENT
    width_means: str = ""


def colour_of(view: View) -> Colour:
    """Return what colour and width say in a view.

    Example:
        >>> from stpgraph.networks.views import draw_links
        >>> colour_of(View(name="affiliations", question="", sparql="", evidence=(), make=draw_links)).means
        'plain'
    """
    told = view.graph.graph
    if view.name == "repeats":
        return Colour(means="sign", signs=_AGREES)
    if "mode" not in told:
        return Colour(means="stance" if view.name in _BY_STANCE else "plain")
    weight, normalisation = str(told["weight"]), str(told["normalisation"])
    is_two_mode = told["mode"] == "two-mode"
    if is_two_mode and (weight == "combine" or (weight == "ignore" and normalisation == "none")):
        return Colour(means="stance")
    divided = _DIVIDED.get(normalisation)
    width = "claims for less claims against" if is_two_mode and weight == "subtract" else _WIDTHS[weight]
    width = ", ".join(filter(None, (width, divided)))
    signs = _SIDES if is_two_mode else _AGREEMENT
    return Colour(means="plain" if weight == "ignore" else "sign", signs=signs, width_means=width)


def coloured(view: View, edges: Sequence[SceneEdge], colour: Colour) -> tuple[SceneEdge, ...]:
    """Give edges their sign; where width counts the evidence, that is their weight."""
    told: list[dict[str, Any]] = [data for _, _, data in view.graph.edges(data=True)]
    return tuple(
        replace(
            edge,
            sign=_sign(view, edge, data) if colour.means == "sign" else 0,
            weight=edge.weight if colour.width_means else len(edge.items),
        )
        for edge, data in zip(edges, told, strict=True)
    )


def _sign(view: View, edge: SceneEdge, data: dict[str, Any]) -> int:
    if view.name == "repeats":
        return {"yes": 1, "no": -1}.get(str(data.get("agrees")), 0)
    sign = (edge.weight > 0) - (edge.weight < 0)
    return -sign if view.graph.graph["weight"] == "conflict" else sign
