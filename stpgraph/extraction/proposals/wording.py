"""Wording: summaries and notes in our own words, with words of the text as positions only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from stpgraph.documents import ReadDocument
from stpgraph.extraction.proposals.findings import FoundClaim, FoundFigure
from stpgraph.extraction.proposals.minting import clipped
from stpgraph.extraction.relationships import Decision
from stpgraph.extraction.spans import Span

__all__ = ["LONGEST_SUMMARY", "claim_notes", "figure_notes", "measure_label", "page_notes", "pages_of", "summary_of"]

#: The most characters of a summary.
LONGEST_SUMMARY = 200
#: The most words of a text within one pair of quotation marks in a note.
_MOST_QUOTED = 8
#: What somebody does with a claim, and what several do, by speech act.
_VERBS = {
    "assertion": ("says something about", "say something about"),
    "finding": ("reports a finding on", "report a finding on"),
    "recommendation": ("makes a recommendation on", "make a recommendation on"),
    "warning": ("warns about", "warn about"),
    "prediction": ("makes a prediction about", "make a prediction about"),
    "criticism": ("voices criticism over", "voice criticism over"),
    "commitment": ("makes a commitment on", "make a commitment on"),
    "question": ("raises a question about", "raise a question about"),
}
_NOT_TOLD = "a matter still to be named"
_UNNAMED = "an unnamed source"
#: What a figure is, by its unit, with and without those it counts.
_SIZES = {
    "PERCENT": ("share of {}", "share"),
    "NUM": ("number of {}", "number"),
    "GBP": ("money for {}", "sum of money"),
}
_QUOTED = re.compile(r"“([^“”]*)”")


def summary_of(act: str, who: Sequence[str], what: Sequence[str], *, is_plural: bool = False, figures: int = 0) -> str:
    """Sum up a proposed claim: who does what about which relationship, and with how many figures.

    Args:
        act: the slug of the speech act.
        who: the labels of the claimants; none where they are not known.
        what: the labels of the relationships; none where they are not known.
        is_plural: whether a single claimant is a group.
        figures: how many figures the claim gives.

    Example:
        >>> summary_of("warning", ["Jo Doe"], ["joint working among the partners"], figures=2)
        'Jo Doe warns about joint working among the partners, with 2 figures.'
        >>> summary_of("finding", ["councils"], [], is_plural=True)
        'Councils report a finding on a matter still to be named.'
    """
    verb = _VERBS[act][1 if len(who) > 1 or is_plural else 0]
    counted = f", with {figures} figure{'' if figures == 1 else 's'}" if figures else ""
    for names, matters in (
        (_listed(who) or _UNNAMED, _listed(what) or _NOT_TOLD),
        (_shortened(who) or _UNNAMED, _shortened(what) or _NOT_TOLD),
    ):
        told = f"{names[:1].upper()}{names[1:]} {verb} {matters}{counted}."
        if len(told) <= LONGEST_SUMMARY:
            return told
    room = LONGEST_SUMMARY - len(f"… {verb} {_NOT_TOLD}{counted}.")
    return f"{names[:room].rstrip()}… {verb} {_NOT_TOLD}{counted}."


def _listed(labels: Sequence[str]) -> str:
    """Join labels as a sentence does."""
    return " and ".join(filter(None, (", ".join(labels[:-1]), *labels[-1:])))


def _shortened(labels: Sequence[str]) -> str:
    return f"{labels[0]} and others" if len(labels) > 1 else "".join(labels)


def claim_notes(
    claim: FoundClaim, about: Sequence[str], *, within: Span | None, unlinked_post: Span | None
) -> tuple[str, ...]:
    """Tell why a claim is proposed as it is: by which rule, words and steps.

    Args:
        claim: what was found.
        about: the labels of its relationships, in their order.
        within: where the claim stands that holds it.
        unlinked_post: where a post stands that is none of the claim's, for its body or its role is not told.
    """
    found, judged = claim.attribution, claim.judgement
    cue = f" (cue word “{found.cue_word}”)" if found.cue_word else ""
    notes = [f"Found by the rule {found.rule}{cue}."]
    notes += [
        f"Relationship “{label}”: {_because(decision)}."
        for label, decision in zip(about, judged.relationships, strict=True)
    ]
    notes.append(f"Speech act: {_because(judged.act)}.")
    notes += [f"Stance: {_because(judged.stance)}."] if judged.stance is not None else []
    notes += [f"Modality: {_because(judged.modality)}."] if judged.modality is not None else []
    notes.append(_claimant_note(claim))
    notes += [f"A post is told at {_at([unlinked_post])}, but not both its body and its role."] if unlinked_post else []
    notes += [f"Within the claim {_at([within])}."] if within is not None else []
    return tuple(notes)


def pages_of(document: ReadDocument, span: Span) -> str:
    r"""Name the page that a span stands on, or the first and the last; nothing where the document has no pages.

    Example:
        >>> from stpgraph.documents import PageSpan
        >>> pages = (PageSpan(1, 0, 9), PageSpan(2, 9, 20))
        >>> document = ReadDocument(
        ...     name="a.pdf", text="First page.\nSecond.", text_hash="", media_type="application/pdf", pages=pages
        ... )
        >>> pages_of(document, Span(3, 9)), pages_of(document, Span(3, 10))
        ('page 1', 'pages 1–2')
    """
    first, last = document.page_at(span.start), document.page_at(max(span.start, span.end - 1))
    if first is None or last is None:
        return ""
    return f"page {first}" if first == last else f"pages {first}–{last}"


def page_notes(document: ReadDocument, span: Span) -> tuple[str, ...]:
    """Tell a reader of the printed document where to look: one note, or none where it has no pages."""
    pages = pages_of(document, span)
    return (f"On {pages}.",) if pages else ()


def _claimant_note(claim: FoundClaim) -> str:
    how = {"linked": "linked to the reference", "named": "named in the text alone", "unknown": "unknown"}
    steps = "; ".join(_discreet(step) for step in claim.resolution.evidence)
    return f"Claimant {how[claim.resolution.status]}{f': {steps}' if steps else ''}."


def _discreet(step: str) -> str:
    """Return a step with no long run of the text's words in it."""
    return _QUOTED.sub(_shortened_quotation, step)


def _shortened_quotation(match: re.Match[str]) -> str:
    words = " ".join(match[1].split())
    is_short = clipped(words, _MOST_QUOTED) == words.rstrip(",;:")
    return f"“{words}”" if is_short else f"“{clipped(words, _MOST_QUOTED - 2)} …”"


def _because(decision: Decision) -> str:
    places = f" at {_at(decision.because)}" if decision.because else ""
    return f"{_discreet(decision.why)}{places}"


def _at(spans: Iterable[Span]) -> str:
    return ", ".join(f"{span.start}–{span.end}" for span in spans)


def figure_notes(figure: FoundFigure) -> tuple[str, ...]:
    """Tell where the words stand that say what a figure counts."""
    quantity, counted = figure.quantity, figure.counted
    notes = []
    if counted.population is not None:
        notes.append(f"Counted are those named at {_at([counted.population])}.")
    if counted.measured is not None:
        said = "Denied of them" if counted.polarity == "negative" else "Said of them"
        notes.append(f"{said} is what stands at {_at([counted.measured])}.")
    if quantity.same_as is not None:
        notes.append(f"Another reading of the figure at {_at([quantity.same_as])}.")
    return tuple(notes)


def measure_label(text: str, figure: FoundFigure) -> str:
    """Name what a figure measures: its unit and those it counts, in six words of the text at most.

    Example:
        >>> from decimal import Decimal
        >>> from stpgraph.extraction.quantities import Counted, find_quantities
        >>> text = "A third of councils in Anyshire agree."
        >>> [found] = find_quantities(text)
        >>> counted = Counted(population=Span(11, 19), measured=None, period=None, polarity="positive")
        >>> measure_label(text, FoundFigure(quantity=found, counted=counted))
        'share of councils'
    """
    counted, unit = figure.counted, figure.quantity.unit
    with_whom, alone = _SIZES.get(unit, ("measure of {}", "measure"))
    whom = clipped(counted.population.of(text), 6) if counted.population is not None else ""
    if whom:
        return with_whom.format(whom)
    return f"{alone} told at {_at([figure.quantity.span])}"
