"""The whole graph as one page to read: who, what, the balance, the networks, the claims, the figures, the sources.

The page is HTML with drawings in it and no script at all: it reads and prints the same wherever it is opened. Every
heading is computed; what a page has no room for is counted on it.
"""

from __future__ import annotations

import importlib.metadata
from typing import Any

from stpgraph.citations import in_words
from stpgraph.networks.evidence import STANCES
from stpgraph.pages.assembly import style_policy
from stpgraph.pages.story import headings
from stpgraph.pages.story.arcs import draw_arcs, find_ties
from stpgraph.pages.story.columns import draw_columns
from stpgraph.pages.story.counting import by_body, by_claimant, by_topic
from stpgraph.pages.story.doubts import WIDTH, list_doubts
from stpgraph.pages.story.figures import LINE, list_figures
from stpgraph.pages.story.gathered import Gathered, gather
from stpgraph.pages.story.matrix import make_matrix
from stpgraph.pages.story.sources import MOST_CLAIMS, by_document, list_documents, list_works, proposed, unknowns
from stpgraph.pages.story.times import make_chart, make_times
from stpgraph.pages.templating import make_environment, read_style
from stpgraph.pages.wording import joined
from stpgraph.questions import find_questions
from stpgraph.store import Store

__all__ = ["draw_story"]


#: The most claimants, and the most relationships, that are listed.
_MOST_LISTED = 16

#: Widths of the columns over time: for a desk and for a phone.
_CHARTS = {"wide": 860.0, "narrow": 368.0}

#: How the page says that words are a source's own or another's, by the label of the attribution.
_ATTRIBUTIONS = {"direct": "quoted", "indirect": "reported", "mixed": "partly quoted"}


def draw_story(store: Store, *, note: str = "") -> str:
    """Draw the whole graph as one self-contained page for readers.

    Args:
        store: what to tell of.
        note: a line at the foot, such as the source and licence of the graph; "" for none.

    Returns:
        HTML, to be written as UTF-8, everything in it escaped; a store with nothing gives a page that says so.

    Example:
        >>> from stpgraph.store import open_store
        >>> "There is nothing in this graph yet." in draw_story(open_store())
        True
    """
    gathered = gather(store)
    style = read_style("story.css")
    environment = make_environment()
    environment.filters.update(day=in_words, joined=joined)
    return environment.get_template("story.html").render(
        attributions=_ATTRIBUTIONS,
        note=note,
        policy=style_policy(style),
        stances=(*STANCES, ""),
        style=style,
        title=headings.title(gathered.claims),
        version=importlib.metadata.version("stpgraph"),
        **_told_of_claims(gathered),
        **_told_of_figures(gathered),
        **_told_of_sources(gathered),
    )


def _told_of_claims(gathered: Gathered) -> dict[str, Any]:
    """Return what the sections about claims show, with their headings."""
    claims, total = gathered.claims, len(gathered.claims)
    if not claims:
        return {"claims": (), "heads": {}}
    bodies, topics = by_body(claims, limit=_MOST_LISTED), by_topic(claims, limit=_MOST_LISTED)
    matrix, ties, times = make_matrix(claims), find_ties(claims), make_times(claims)
    documents, left_out = by_document(claims)
    return {
        "claims": claims,
        "standfirst": headings.standfirst(claims),
        "heads": {
            "who": headings.who_heading(bodies, total),
            "what": headings.topic_heading(topics, total),
            "balance": headings.matrix_heading(matrix),
            "networks": headings.networks_heading(ties, total),
            "times": headings.times_heading(times, total),
        },
        "claimants": by_claimant(claims, limit=_MOST_LISTED),
        "topics": topics,
        "matrix": matrix,
        "ties": ties,
        "arcs": {shape: draw_arcs(ties, shape=shape) for shape in ("wide", "narrow")},
        "columns": {shape: draw_columns(claims, shape=shape) for shape in ("wide", "narrow")},
        "documents": documents,
        "claims_left_out": left_out,
        "most_claims": MOST_CLAIMS,
        "times": times,
        "charts": {shape: make_chart(times, width=width) for shape, width in _CHARTS.items()},
    }


def _told_of_figures(gathered: Gathered) -> dict[str, Any]:
    """Return what the section about figures shows, with its heading."""
    doubts, doubts_left_out = list_doubts(gathered)
    figures = list_figures(gathered)
    return {
        "doubt_width": WIDTH,
        "doubts": doubts,
        "doubts_left_out": doubts_left_out,
        "figures": figures,
        "figures_heading": headings.figures_heading(figures.total, len(doubts) + doubts_left_out),
        "line_width": LINE,
    }


def _told_of_sources(gathered: Gathered) -> dict[str, Any]:
    """Return what the head and the last section of the page show."""
    read, read_left_out = list_documents(gathered)
    works, works_left_out = list_works(gathered)
    speakers = {speaker.thing.iri for one in gathered.claims for speaker in one.speakers}
    topics = {topic.thing.iri for one in gathered.claims for topic in one.topics}
    return {
        "is_empty": gathered.is_empty,
        "numbers": (
            (len(gathered.claims), "claim", "claims"),
            (len(speakers), "claimant", "claimants"),
            (len(topics), "relationship", "relationships"),
            (len(gathered.documents), "document read", "documents read"),
            (len(gathered.figures), "figure", "figures"),
            (len({finding.message for _, finding in gathered.doubts}), "doubt about figures", "doubts about figures"),
            (gathered.partnerships, "partnership", "partnerships"),
        ),
        "proposed": proposed(gathered),
        "questions": [(question.name, question.summary) for question in find_questions().values()],
        "read": read,
        "read_left_out": read_left_out,
        "unknowns": unknowns(gathered),
        "works": works,
        "works_left_out": works_left_out,
    }
