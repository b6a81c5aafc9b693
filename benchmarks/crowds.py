"""Made-up views of any size, for pages and layouts: claimants in camps that speak with each other."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from benchmarks.society import coined
from stpgraph.networks.evidence import STANCES, Evidence, Link, Speaker, Thing, Topic
from stpgraph.networks.views import View, draw_links
from stpgraph.vocabulary import mint

__all__ = ["make_crowd"]

#: How many claimants a camp has, and of how many claims one goes to another camp.
_CAMP, _ABROAD = 40, 10

_WORDS = ("trust", "budgets", "care at home", "prevention", "estates", "staffing", "joint plans", "hospital beds")
_MOODS = ("falls short", "is growing", "comes too late", "needs more money", "would help", "is out of reach")


def make_crowd(nodes: int, claims: int, seed: int = 7) -> View:
    """Return a view of bodies that speak to bodies, most of them of their own camp: one seed, one crowd.

    Example:
        >>> crowd = make_crowd(100, 200)
        >>> len(crowd.graph), len(crowd.evidence)
        (100, 200)
    """
    evidence = tuple(_claims(nodes, claims, Random(seed)))
    return View(
        name="relationship-map",
        question="Who spoke to whom",
        sparql="SELECT * { }",
        evidence=evidence,
        make=lambda pieces: draw_links(pieces, is_directed=False),
    )


def _claims(nodes: int, claims: int, random: Random) -> Iterator[Evidence]:
    names = (coined(number) for number in range(nodes))
    bodies = [
        Thing(iri=mint("organisation", name.lower()).value, label=f"{name} Council", short_label=name, kind="body")
        for name in names
    ]
    topic = Topic(
        thing=Thing(iri=mint("relationship", "trust").value, label="trust", short_label="trust", kind="relationship")
    )
    for number in range(claims):
        one = number % nodes  # everybody speaks
        camp = one - one % _CAMP
        other = camp + random.randrange(min(_CAMP, nodes - camp)) if number % _ABROAD else random.randrange(nodes)
        ends = (bodies[one], bodies[other if other != one else (one + 1) % nodes])
        yield Evidence(
            iri=mint("claim", f"gazette-{number // 12}", f"{number}-{number + 9}").value,
            kind="claim",
            summary=f"What is said of {random.choice(_WORDS)} {random.choice(_MOODS)}.",
            links=(Link(source=ends[0], target=ends[1], kind="speaks to"),),
            since=f"{2016 + number % 3}-{number % 12 + 1:02}-{number % 28 + 1:02}",
            speakers=(Speaker(thing=ends[0]),),
            topics=(topic,),
            stance=random.choice(STANCES),
            speech_act="assertion",
            attribution="indirect",
            status="accepted",
            document=mint("document", f"gazette-{number // 12}").value,
            title=f"News of the week {number // 12}",
            outlet="Anyshire Gazette",
            issued=f"{2016 + number % 3}-{number % 12 + 1:02}-{number % 28 + 1:02}",
            place=f"characters {number}–{number + 9}",
            start=number,
        )
