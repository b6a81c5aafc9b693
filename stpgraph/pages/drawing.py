"""From a view to what shows it: its scene, and the page of that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from stpgraph.networks.discourse import DiscourseNetwork
from stpgraph.networks.evidence import Evidence
from stpgraph.networks.views import View
from stpgraph.pages.arranging import arrange, choose_arrangement
from stpgraph.pages.assembly import assemble
from stpgraph.pages.behind import find_doubts, find_triples
from stpgraph.pages.colouring import colour_of, coloured
from stpgraph.pages.scenes import Arrangement, Scene, Weighing, number_view, short_id
from stpgraph.pages.sentences import standfirst_of, things_of, title_of
from stpgraph.store import Store

__all__ = ["draw_view", "make_scene"]

#: The most pieces of evidence whose triples a page holds.
_MOST_WITH_TRIPLES = 5000

#: The heads of columns, by view.
_HEADS: dict[str, tuple[str, ...]] = {
    "who-said-what": ("Who", "said what about"),
    "discourse": ("Who", "spoke of"),
    "affiliations": ("Who", "has or had a post in"),
    "repeats": ("What", "stands in"),
    "provenance": ("Outlet", "Document", "Report", "Study", "Claimant"),
    "partnerships": ("Other post", "Lead", "Partnership", "Where it lies", "What followed"),
}


def make_scene(
    view: View,
    *,
    store: Store | None = None,
    note: str = "",
    command: str = "",
    start: Mapping[str, tuple[float, float]] | None = None,
    seed: int = 7,
) -> Scene:
    """Place and number all that a page or picture of a view shows.

    Args:
        view: what to show.
        store: where the view is from; with it, figures get the reasons why they do not hold, and the page the
            triples behind it.
        note: a line for the foot.
        command: the line that makes this page.
        start: positions of an earlier page, by short id, near which nodes stay.
        seed: of first positions.
    """
    doubts = find_doubts(store, view) if store else {}
    nodes, edges, items = number_view(view, doubts)
    arrangement = choose_arrangement(view)
    colour = colour_of(view)
    too_many = len(items) > _MOST_WITH_TRIPLES
    things = things_of(items)
    return Scene(
        view=view.name,
        title=title_of(view),
        standfirst=standfirst_of(view),
        note=note,
        question=view.question,
        sparql=view.sparql,
        command=command,
        arrangement=arrangement,
        directed=view.graph.is_directed(),
        colour=colour.means,
        signs=colour.signs,
        things=things,
        heads=_heads(view.name, arrangement),
        width_means=colour.width_means or f"number of {things[1]}",
        weighing=_weighing(view.make, items)
        if isinstance(view.make, DiscourseNetwork) and colour.width_means
        else None,
        nodes=nodes,
        edges=coloured(view, edges, colour),
        items=items,
        layouts=arrange(view, arrangement, nodes, edges, start=start, seed=seed),
        turtle=find_triples(store, view) if store and not too_many else "",
        turtle_note=_turtle_note(store, is_left_out=too_many),
    )


def draw_view(
    view: View,
    *,
    store: Store | None = None,
    note: str = "",
    command: str = "",
    start: Mapping[str, tuple[float, float]] | None = None,
    seed: int = 7,
) -> str:
    """Draw a view as one self-contained page: HTML, to be written as UTF-8; for the arguments see `make_scene`.

    Example:
        >>> from stpgraph.networks.views import draw_links
        >>> empty = View(name="discourse", question="Who agrees", sparql="", evidence=(), make=draw_links)
        >>> "Who agrees: nothing in the graph answers this." in draw_view(empty)
        True
    """
    return assemble(make_scene(view, store=store, note=note, command=command, start=start, seed=seed))


def _heads(view: str, arrangement: Arrangement) -> tuple[str, ...]:
    if arrangement == "layers" and view == "who-said-what":
        return ("Who", "said what", "about")
    return _HEADS.get(view, ()) if arrangement != "free" else ()


def _weighing(made: DiscourseNetwork, items: Sequence[Evidence]) -> Weighing:
    """Say how the weights of a network of agreement are made, with what does not count."""
    numbers = {one.iri: at for at, one in enumerate(items)}
    labels = {topic.thing.iri: topic.thing.label for one in items for topic in one.topics}
    for speaker in (speaker for one in items for speaker in one.speakers):
        labels |= {thing.iri: thing.label for thing in (speaker.thing, speaker.body) if thing}
    dropped = (
        (
            numbers[claim],
            labels[actor] if made.mode == "relationships" else short_id(actor),
            labels[concept] if made.mode == "claimants" else short_id(concept),
        )
        for claim, actor, concept in sorted(made.dropped)
        if claim in numbers
    )
    return Weighing(
        mode=made.mode,
        weight=made.weight,
        normalisation=made.normalisation,
        levels=made.levels,
        roll_up=made.roll_up,
        dropped=tuple(dropped),
    )


def _turtle_note(store: Store | None, *, is_left_out: bool) -> str:
    if is_left_out:
        return "There is too much of it for a page; `stpgraph export --format turtle` writes the whole graph."
    return "" if store else "The page was drawn without a store at hand."
