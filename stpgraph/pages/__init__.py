"""Pages: a network with the claims behind it, or a table, as one HTML file that needs nothing but a browser.

The picture, the evidence and the table are computed here; the browser only shows them. A page loads nothing: its
scripts, its style and its data stand in the file, and its content security policy allows no others. It works from a
USB stick, and without JavaScript the table still holds everything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import networkx as nx

from stpgraph.networks import collapse
from stpgraph.pages.answers import draw_table
from stpgraph.pages.assembly import assemble
from stpgraph.pages.cards import Card, make_cards
from stpgraph.pages.pictures import make_picture
from stpgraph.pages.wording import counted, joined, sentence, stances_in_words

__all__ = ["draw_network", "draw_table"]

#: Of relationships spoken of equally often, the most that the page names; more would tell nothing.
_MOST_NAMED = 2


def draw_network(
    graph: nx.MultiDiGraph[str], *, heading: str = "Who said what about which relationship", note: str = ""
) -> str:
    """Draw who said what as one self-contained page.

    Args:
        graph: as `stpgraph.networks.who_said_what` returns it; the page says how many proposals it leaves out.
        heading: what was asked, without a full stop; the period and the numbers of claims, claimants and
            relationships are added to it.
        note: a line below the table, such as the source and licence of the graph; "" for none.

    Returns:
        HTML, to be written as UTF-8. A graph without claims gives a page that says so.

    Example:
        >>> import networkx as nx
        >>> "Who said what about trust: no claims match." in draw_network(
        ...     nx.MultiDiGraph(), heading="Who said what about trust"
        ... )
        True
    """
    cards = make_cards(graph)
    return assemble(
        make_picture(collapse(graph), cards),
        cards,
        sentence=sentence(graph, heading),
        standfirst=" ".join(filter(None, (_standfirst(cards), _left_out(int(graph.graph.get("undrawn", 0)))))),
        note=note,
    )


def _standfirst(cards: Sequence[Card]) -> str:
    """Say what a reader would count first: the stances, and the relationships that most claims are about."""
    if not cards:
        return ""
    stances = stances_in_words([card.stance for card in cards])
    topics = Counter(topic.label for card in cards for topic in card.topics)
    most = max(topics.values())
    first = sorted(label for label, count in topics.items() if count == most)
    told = f"By stance: {stances}."
    if len(first) > _MOST_NAMED:
        return told
    return f"{told} Most spoken of: {joined(first)} ({counted(most, 'claim')}{' each' if len(first) > 1 else ''})."


def _left_out(count: int) -> str:
    """Say how many proposals the picture leaves out, and what lists them; "" for none."""
    if not count:
        return ""
    proposals = counted(count, "proposal")
    are, them = ("is", "it") if count == 1 else ("are", "them")
    return (
        f"{proposals} without a known claimant or relationship {are} not drawn; `stpgraph ask unreviewed` lists {them}."
    )
