"""The door for Python: open a graph, ask it, look at it.

>>> import stpgraph
>>> graph = stpgraph.open()
>>> answer = graph.ask("who-said-what", about="joint working")
>>> len(answer.rows) > 0
True
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from pyoxigraph import Triple

from stpgraph import questions
from stpgraph.building import load_shipped
from stpgraph.knowledge_graph.seeing import GraphView, make_view
from stpgraph.questions import Question, Table
from stpgraph.store import Solutions, Store, open_store

if TYPE_CHECKING:
    from rdflib import Graph

__all__ = ["KnowledgeGraph", "open"]


class KnowledgeGraph:
    """A graph that can be asked: named questions, SPARQL, and an rdflib view.

    Args:
        store: what holds it.
        queries: a folder of `.rq` files of one's own, which can be asked beside the questions that ship.

    Attributes:
        store: what holds it.
        queries: that folder, or None.
    """

    def __init__(self, store: Store, *, queries: str | Path | None = None) -> None:
        self.store = store
        self.queries = None if queries is None else Path(queries)

    def questions(self) -> dict[str, Question]:
        """Return the questions that can be asked, by name: those that ship, and those of one's own folder.

        Each says what it asks, what can be given for it and what its columns mean. The folder is read anew each time.

        Raises:
            BadQuestion: when a header does not fit its query, with file, line and mend; `ask` of the others goes on.
                `stpgraph.questions.find_questions_and_faults` gives the others, and what is wrong with each.

        Example:
            >>> open().questions()["trace"].summary
            'Everything behind one claim, from its words to its review'
        """
        return questions.find_questions(self.queries)

    def ask(self, question: str, /, **parameters: Any) -> Table:
        """Answer a named question.

        Args:
            question: its name: "who-said-what"; `questions()` has them all.
            parameters: by name, with `_` for `-`; IRIs or labels, dates or parts of dates. A relationship goes by its
                parties too, "joint working between the NHS and councils"; `period="2016-11..2017-09"` says since and
                until at once.

        Raises:
            UnknownQuestion: when there is none of that name.
            BadParameter: when a parameter is unknown, or its value fits nothing.
            BadQuestion: when the header of a question of one's own does not fit its query.

        Example:
            >>> open().ask("trace", claim="nothing of that name")
            Traceback (most recent call last):
            ...
            stpgraph.errors.BadParameter: ...
        """
        asked = questions.get_question(question, self.queries)
        return questions.ask(self.store, asked, **parameters)

    def view(self, name: str, **filters: Any) -> GraphView:
        """Return a view as a networkx graph with the evidence behind it, to measure and to draw.

        Args:
            name: who-said-what, relationship-map, discourse, affiliations, provenance, partnerships or repeats.
            filters: about, party, claimant, stance, act, status, document, confidence, since, until; and the
                view's own options, such as `mode="claimants"` for discourse.

        Raises:
            BadParameter: when no view has that name, a filter names nothing, or the view has no such filter.

        Example:
            >>> open().view("who-said-what", about="trust").graph.number_of_edges() > 0
            True
        """
        return make_view(self.store, name, **filters)

    def query(self, sparql: str) -> Solutions | bool | list[Triple]:
        """Answer any SPARQL query; see `Store.query`.

        Example:
            >>> open().query("ASK { ?claim stp:claimant <organisation/cipfa> }")
            True
        """
        return self.store.query(sparql)

    def graph(self) -> Graph:
        """Return an rdflib graph over all of it; SPARQL on it runs in the store.

        Example:
            >>> from rdflib import RDF, URIRef
            >>> cipfa = URIRef("https://w3id.org/stpgraph/id/organisation/cipfa")
            >>> (cipfa, RDF.type, None) in open().graph()
            True
        """
        return self.store.graph()

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open(  # the name that users write: stpgraph.open()
    location: str | Path | None = None,
    *,
    queries: str | Path | None = None,
    update_url: str | None = None,
    timeout: float = 60.0,
    services: Collection[str] = (),
) -> KnowledgeGraph:
    """Open a graph.

    Args:
        location: None for the graph that ships, in memory; a folder that `stpgraph build` made; or the URL of a
            SPARQL 1.1 endpoint.
        queries: a folder of `.rq` files of one's own, which can be asked beside the questions that ship.
        update_url: where an endpoint takes updates, if not at its own address.
        timeout: seconds that one query of an endpoint may take.
        services: endpoints that queries may call with `SERVICE`; none unless told.

    Raises:
        StoreError: when there is no store there, or it does not answer.

    Example:
        >>> open().store.location
        'memory'
    """
    store = open_store(location, update_url=update_url, timeout=timeout, services=services)
    graph = KnowledgeGraph(store, queries=queries)
    if location is None:
        load_shipped(graph.store)
    return graph
