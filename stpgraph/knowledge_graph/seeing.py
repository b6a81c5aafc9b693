"""Views for Python and notebooks: a network with its evidence, its measures and its page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from html import escape
from inspect import signature
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stpgraph.errors import BadParameter
from stpgraph.store import Store
from stpgraph.turtle import write_file

if TYPE_CHECKING:
    from stpgraph.measures import Measures
    from stpgraph.networks import Evidence, View
    from stpgraph.networks.views import Network

__all__ = ["Drawing", "GraphView", "make_view"]

#: The height of a page within a notebook, in pixels.
_HEIGHT = 760


@dataclass(frozen=True, slots=True, repr=False)
class Drawing:
    """A page: text to write to a file, and shown inline in a notebook.

    Attributes:
        html: the whole page.
    """

    html: str

    def save(self, path: str | Path) -> Path:
        """Write the page to a file, whole or not at all, and return its path.

        Raises:
            OutputError: when the place refuses.
        """
        place = Path(path)
        write_file(place, self.html.encode("utf-8"))
        return place

    def __repr__(self) -> str:
        return f"<Drawing: a page of {len(self.html):,} characters; save(PATH) writes it>"

    def _repr_html_(self) -> str:
        """Return the page in a frame of its own, as a notebook shows it."""
        return (
            f'<iframe srcdoc="{escape(self.html, quote=True)}" width="100%" height="{_HEIGHT}" '
            'style="border: 0" title="A network of stpgraph" allowfullscreen></iframe>'
        )


@dataclass(frozen=True, slots=True, repr=False)
class GraphView:
    """A view of a graph: a networkx graph, the evidence behind it, what it measures and how it looks.

    Attributes:
        view: the view itself.
    """

    view: View
    _store: Store

    @property
    def graph(self) -> Network:
        """The networkx graph; its nodes are IRIs, its attributes plain."""
        return self.view.graph

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The claims, posts, figures and facts behind its edges, in order of reading."""
        return self.view.evidence

    def within(self, since: str, until: str) -> GraphView:
        """Return the view of a period: days, months or years, both included."""
        return GraphView(self.view.within(since, until), self._store)

    def measure(self, window: str | None = None, *, is_cumulative: bool = False) -> Measures:
        """Measure its nodes and the whole of it, at once or in windows of time; docs/networks.md says how.

        Args:
            window: the size of a window: "3 months", "2 weeks", "50 events"; None for the whole time at once.
            is_cumulative: whether every window begins where the first does.

        Raises:
            BadParameter: when the window is none.
        """
        from stpgraph.measures import measure
        from stpgraph.networks.windows import read_window_plan

        return measure(self.view, read_window_plan(window, is_cumulative=is_cumulative) if window else None)

    def draw(
        self, path: str | Path | None = None, *, start: Mapping[str, tuple[float, float]] | None = None
    ) -> Drawing:
        """Draw it as a self-contained page, which a notebook shows inline.

        Args:
            path: a file to write it to, too.
            start: positions of an earlier page, by short id; see `stpgraph.pages.earlier.read_positions`.
        """
        from stpgraph.pages import draw_view

        drawing = Drawing(draw_view(self.view, store=self._store, start=start))
        if path is not None:
            drawing.save(path)
        return drawing

    def __repr__(self) -> str:
        nodes, edges = self.graph.number_of_nodes(), self.graph.number_of_edges()
        return f"<{self.view.name}: {nodes} nodes, {edges} edges, {len(self.evidence)} pieces of evidence>"

    def _repr_html_(self) -> str:
        return self.draw()._repr_html_()


def make_view(store: Store, name: str, **given: Any) -> GraphView:
    """Make a view of a store by its name; see `KnowledgeGraph.view`.

    Raises:
        BadParameter: when no view has that name, a filter names nothing, or the view has no such filter or option.
    """
    from stpgraph.networks import VIEWS, Filters  # here, for networkx takes a while that most questions need not wait

    if name not in VIEWS:
        raise BadParameter(f"no view is called {name!r}; there are {', '.join(VIEWS)}")
    filters = [one.name for one in fields(Filters)]
    options = [one.name for one in signature(VIEWS[name]).parameters.values() if one.kind is one.KEYWORD_ONLY]
    if unknown := [key for key in given if key not in {*filters, *options}]:
        raise BadParameter(f"{name} has no filter or option {unknown[0]!r}; it takes {', '.join([*filters, *options])}")
    asked = Filters(**{key: given[key] for key in filters if key in given})
    return GraphView(VIEWS[name](store, asked, **{key: given[key] for key in options if key in given}), store)
