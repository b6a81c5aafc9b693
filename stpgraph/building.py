"""Files to store: the ontology, the graph that ships and the user's own, each file a named graph.

Everything is read and checked before the old store gives way to the new one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad

from stpgraph.documents import find_texts
from stpgraph.errors import SourceTextError, UsageError
from stpgraph.resources import folder
from stpgraph.store import EmbeddedStore, Store, is_url, open_store, replace_store
from stpgraph.vocabulary import BASE, OA, RDF, STP, mint, slug

if TYPE_CHECKING:
    from stpgraph.checks.anchors import AnchorCheck

__all__ = [
    "Built",
    "Source",
    "build",
    "filling",
    "find_sources",
    "holds_words",
    "load_shipped",
    "load_sources",
    "shipped_sources",
]

#: Files of these endings are part of a graph folder; anything else in it is not looked at.
_ENDINGS = (".ttl", ".nt", ".nq", ".trig")

#: Characters of the text that a quotation carries before and after it, for finding it again.
_CONTEXT = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file and the named graph that it becomes."""

    path: Path
    graph: NamedNode


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a build came to.

    Attributes:
        location: the store's folder.
        sources: the files it was built from, in the order of their graphs.
        quad_count: how many quads it holds.
        anchors: what holding the evidence against the texts came to, where texts were given.
    """

    location: Path
    sources: tuple[Source, ...]
    quad_count: int
    anchors: AnchorCheck | None


def shipped_sources() -> list[Source]:
    """Return the files of the graph that ships: the ontology, its schemes, the reference facts and the documents.

    Example:
        >>> shipped_sources()[0].graph.value
        'https://w3id.org/stpgraph/id/graph/ontology'
    """
    ontology = folder("ontology")
    return [
        Source(path=ontology / "stp.ttl", graph=mint("graph", "ontology")),
        Source(path=ontology / "relationships.ttl", graph=mint("graph", "relationships")),
        *find_sources(folder("graph")),
    ]


def find_sources(place: Path) -> list[Source]:
    """Return the RDF files below a folder, each with its graph: `<graph/…>` and the file's path without its ending.

    The folder `documents` is left out of the name, for a document's graph bears the document's name.

    Raises:
        UsageError: when there is no such folder, or no RDF file in it.
    """
    if not place.is_dir():
        raise UsageError("there is no such folder of graph files; check the path", where=str(place))
    found = []
    for path in sorted(place.rglob("*")):
        if path.suffix in _ENDINGS and path.is_file():
            parts = path.relative_to(place).with_suffix("").parts
            kept = parts[1:] if len(parts) > 1 and parts[0] == "documents" else parts
            found.append(Source(path=path, graph=mint("graph", *(slug(part) for part in kept))))
    if not found:
        raise UsageError(f"no file of RDF here; expected some of {', '.join(_ENDINGS)}", where=str(place))
    return found


def build(location: Path, folders: Sequence[Path] = (), *, texts: Path | None = None) -> Built:
    """Build a store from the graph that ships and from folders of the user's own; the old store gives way at the end.

    Args:
        location: the store's folder; made, or replaced when all went well.
        folders: further folders of RDF files.
        texts: a folder of source texts. Every anchor is held against them, and their exact words are added to the
            store (never to the files), so that answers can show them. The texts of the documents in `folders` must
            be there; those of the documents that ship as well where no folders are given.

    Raises:
        UsageError: when two files would become one graph.
        BadRdf: when a file does not parse.
        SourceTextError: when a text is missing or changed.
        StoreError: when the store cannot be written.
    """
    sources = [*shipped_sources(), *(source for place in folders for source in find_sources(place))]
    _check_names(sources)
    anchors = None
    with replace_store(location) as store:
        load_sources(store, sources)
        if texts is not None:
            own = {source.graph for place in folders for source in find_sources(place)}
            anchors = _checked_anchors(store, texts, own or {source.graph for source in sources})
            store.add(_quotations(anchors))
        count = len(store)
    return Built(location=location, sources=tuple(sources), quad_count=count, anchors=anchors)


def filling(
    location: str | Path, *, update_url: str | None = None, timeout: float = 60.0
) -> AbstractContextManager[Store]:
    """Return a context manager that gives the store of a location for adding to it.

    A store that does not exist yet comes to be when the block ends well, and not otherwise.

    Args:
        location: a folder, or the URL of an endpoint.
        update_url: where an endpoint takes updates, if not at its own address.
        timeout: seconds that one query of an endpoint may take.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as place:
        ...     with filling(f"{place}/store") as store:
        ...         store.add([Quad(mint("person", "jo-doe"), RDF.type, mint("x"), mint("graph", "people"))])
        ...     with open_store(f"{place}/store") as store:
        ...         len(store)
        1
    """
    if not is_url(location):
        place = Path(location)
        if not place.exists() or (place.is_dir() and not any(place.iterdir())):
            return replace_store(place)
    return open_store(location, is_writable=True, update_url=update_url, timeout=timeout)


def load_shipped(store: Store) -> None:
    """Load the graph that ships into a store.

    Example:
        >>> from stpgraph.store import open_store
        >>> store = open_store()
        >>> load_shipped(store)
        >>> store.query("ASK { <organisation/cipfa> a stp:Organisation }")
        True
    """
    load_sources(store, shipped_sources())


def load_sources(store: Store, sources: Iterable[Source]) -> None:
    """Load files, each into its graph."""
    for source in sources:
        store.load(source.path, graph=source.graph)


def _check_names(sources: Iterable[Source]) -> None:
    seen: dict[NamedNode, Path] = {}
    for source in sources:
        if source.graph in seen:
            raise UsageError(
                f"this file and {seen[source.graph]} would both become the graph {source.graph}; rename one",
                where=str(source.path),
            )
        seen[source.graph] = source.path


def _checked_anchors(store: EmbeddedStore, texts: Path, wanted: Set[NamedNode]) -> AnchorCheck:
    """Hold the evidence against the texts: no text may be changed, and none missing of a document in wanted graphs."""
    from stpgraph.checks.anchors import check_anchors

    anchors = check_anchors(store, find_texts(texts))
    documents = {quad.subject for graph in wanted for quad in store.quads(graph) if quad.object == STP.Document}
    must = {node.value for node in documents if isinstance(node, NamedNode)}
    faults = [found for found in anchors.findings if found.rule != "text-missing" or found.node in must]
    if faults:
        first, more = faults[0], len(faults) - 1
        raise SourceTextError(
            f"{first.message}{f' (and {more} more)' if more else ''}; {first.mend}; "
            "`stpgraph check anchors` lists all; the store is as it was",
            where=first.place,
        )
    return anchors


def holds_words(graph: object) -> bool:
    """Say whether a graph holds the exact words of a document, which a build with texts adds for its user alone.

    Example:
        >>> holds_words(mint("graph", "2018-03-05-gazette-trust", "words"))
        True
    """
    return isinstance(graph, NamedNode) and graph.value.startswith(f"{BASE}graph/") and graph.value.endswith("/words")


def _quotations(anchors: AnchorCheck) -> Iterator[Quad]:
    """Yield the words of every anchor, each document's in a graph of their own."""
    for document, text in anchors.texts.items():
        name = document.value.removeprefix(f"{BASE}document/")
        graph = mint("graph", name, "words")
        for span in anchors.spans.get(document, []):
            node = _quotation_of(span.evidence)
            start = max(0, span.start - _CONTEXT)
            yield Quad(span.evidence, OA.hasSelector, node, graph)
            yield Quad(node, RDF.type, OA.TextQuoteSelector, graph)
            yield Quad(node, OA.exact, Literal(text.text[span.start : span.end]), graph)
            yield Quad(node, OA.prefix, Literal(text.text[start : span.start]), graph)
            yield Quad(node, OA.suffix, Literal(text.text[span.end : span.end + _CONTEXT]), graph)


def _quotation_of(evidence: NamedNode) -> NamedNode:
    """Name the words of an anchor after it: another kind of thing, or below it where it has no kind to change."""
    head = f"{BASE}evidence/"
    if evidence.value.startswith(head):
        return NamedNode(f"{BASE}quotation/{evidence.value.removeprefix(head)}")
    return NamedNode(f"{evidence.value.rstrip('/')}/quotation")
