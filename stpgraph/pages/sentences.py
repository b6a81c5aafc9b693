"""The sentence above a picture, and what stands below it: what was asked, when, and how much there is of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from stpgraph.networks.evidence import Evidence
from stpgraph.networks.views import View
from stpgraph.pages.scenes import drawn_evidence
from stpgraph.pages.wording import counted, joined, period_in_words, stances_in_words

__all__ = ["standfirst_of", "things_of", "title_of"]

#: What a piece of evidence is called, one and several, by its kind.
_THINGS = {
    "claim": ("claim", "claims"),
    "post": ("post", "posts"),
    "figure": ("figure", "figures"),
    "fact": ("fact", "facts"),
}
_MIXED = ("piece of evidence", "pieces of evidence")

#: What nodes are counted as, after the evidence: words before, kinds, one and several.
_COUNTED: dict[str, tuple[tuple[str, tuple[str, ...], str, str], ...]] = {
    "who-said-what": (
        ("by", ("body", "person", "collective", "partnership"), "claimant", "claimants"),
        ("about", ("relationship",), "relationship", "relationships"),
    ),
    "discourse": (
        ("by", ("body", "person", "collective", "partnership"), "claimant", "claimants"),
        ("about", ("relationship",), "relationship", "relationships"),
    ),
    "relationship-map": (("between", ("party",), "party", "parties"),),
    "affiliations": (
        ("of", ("person",), "person", "people"),
        ("in", ("body", "partnership", "collective"), "body", "bodies"),
    ),
    "provenance": (
        ("in", ("document",), "document", "documents"),
        ("from", ("report", "study"), "report or study", "reports and studies"),
    ),
    "partnerships": (("about", ("partnership",), "partnership", "partnerships"),),
    "repeats": (("in", ("document", "report"), "document", "documents"),),
}

#: Of relationships spoken of equally often, the most that the page names; more would tell nothing.
_MOST_NAMED = 2


def things_of(evidence: Sequence[Evidence]) -> tuple[str, str]:
    """Return what pieces of evidence are called, one and several: what they all are, or else just that.

    Example:
        >>> things_of([Evidence(iri="urn:1", kind="post", summary="Jo Doe leads.")])
        ('post', 'posts')
    """
    kinds = {one.kind for one in evidence}
    return _THINGS[kinds.pop()] if len(kinds) == 1 else _MIXED


def title_of(view: View) -> str:
    """Write the sentence that a picture answers.

    Example:
        >>> from stpgraph.networks.views import draw_links
        >>> title_of(View(name="who-said-what", question="Who said what", sparql="", evidence=(), make=draw_links))
        'Who said what: nothing in the graph answers this.'
    """
    drawn = drawn_evidence(view)
    left_out = int(view.graph.graph.get("left_out", 0))
    if not drawn and left_out:
        return f"{view.question}: {counted(left_out, 'claim')}, none of them for or against."
    if not drawn:
        return f"{view.question}: nothing in the graph answers this."
    asked = _with_period(view.question, _period_of(drawn))
    kinds = Counter(str(data.get("kind")) for _, data in view.graph.nodes(data=True))
    parts = [counted(len(drawn), *things_of(drawn))]
    for before, counted_kinds, one, several in _COUNTED.get(view.name, ()):
        count = sum(kinds[kind] for kind in counted_kinds)
        if count:
            parts.append(f"{before} {counted(count, one, several)}")
    return f"{asked}: {' '.join(parts)}."


def _period_of(drawn: Sequence[Evidence]) -> str:
    """Say of which period evidence is; where most of it has no day, that of the rest."""
    dated = [one for one in drawn if one.since or one.until]
    period = period_in_words([day for one in dated for day in (one.since, one.until) if day])
    return f"those with a date {period}" if 2 * len(dated) < len(drawn) and period else period


def _with_period(question: str, period: str) -> str:
    """Add the period of what was found to a question, which may say itself of which period it asks."""
    if not period:
        return question
    return f"{question} ({period})" if ", since " in question or ", until " in question else f"{question}, {period}"


def standfirst_of(view: View) -> str:
    """Say what a reader would count first: the stances, what most claims are about, and what is not drawn."""
    drawn = drawn_evidence(view)
    told = []
    if claims := [one for one in drawn if one.kind == "claim"]:
        told.append(f"By stance: {stances_in_words([one.stance for one in claims])}.")
        told += _most_spoken_of(view, claims)
    if view.undrawn:
        are, them = ("is", "it") if view.undrawn == 1 else ("are", "them")
        proposals = counted(view.undrawn, "proposal")
        told.append(
            f"{proposals} without a known claimant or relationship {are} not drawn; "
            f"`stpgraph ask unreviewed` lists {them}."
        )
    if left_out := int(view.graph.graph.get("left_out", 0)):
        also = "; --levels three counts them, too" if view.graph.graph.get("levels") == "two" else ""
        told.append(f"{counted(left_out, 'claim')} neither for nor against left out{also}.")
    if repeated := int(view.graph.graph.get("duplicates", 0)):
        are = "is" if repeated == 1 else "are"
        told.append(f"{counted(repeated, 'statement')} that the claimant had made before {are} not counted again.")
    return " ".join(told)


def _most_spoken_of(view: View, claims: list[Evidence]) -> list[str]:
    """Name the relationships that most claims are about: as the picture counts them where they are in it."""
    topics = Counter(topic.thing.label for one in claims for topic in one.topics)
    if behind := _evidence_of_relationships(view):
        topics = Counter({label: len(pieces) for label, pieces in behind.items()})
    if not topics:
        return []
    most = max(topics.values())
    first = sorted(label for label, count in topics.items() if count == most)
    if len(first) > _MOST_NAMED or len(topics) == 1:
        return []
    return [f"Most spoken of: {joined(first)} ({counted(most, 'claim')}{' each' if len(first) > 1 else ''})."]


def _evidence_of_relationships(view: View) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    labels = {iri: data["label"] for iri, data in view.graph.nodes(data=True) if data.get("kind") == "relationship"}
    for source, target, data in view.graph.edges(data=True):
        for end in labels.keys() & {source, target}:
            found.setdefault(labels[end], set()).update(data.get("evidence", ()))
    return found
