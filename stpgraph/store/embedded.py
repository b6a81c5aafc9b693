"""Oxigraph inside this process, in memory or in a folder."""

from __future__ import annotations

import gzip
import hashlib
import re
import shutil
import tempfile
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Self, cast

import pyoxigraph
from pyoxigraph import NamedNode, Quad, QueryBoolean, QuerySolutions, RdfFormat, Triple

from stpgraph.errors import BadQuery, BadRdf, EndpointError, StoreError, StoreLocked
from stpgraph.store.base import Solutions, Store, names_its_graphs, syntax_fault
from stpgraph.store.federation import calls_a_service, check_federation
from stpgraph.store.held import Held
from stpgraph.vocabulary import BASE, PREFIXES

if TYPE_CHECKING:
    from rdflib import Graph

#: The files by which a folder shows that it holds a store.
_MARKS = ("CURRENT", "MANIFEST-*")

#: How the engine says that a store is open for writing, here or elsewhere.
_LOCKED = re.compile(r"IO error: (While lock file|lock hold)")

#: How the engine begins what it says of its own files, other than of a service that it calls.
_OF_FILES = re.compile(r"(IO error|Corruption)\b")

#: From this many bytes on, a file is loaded in bulk: faster, with more of a fixed cost.
_BULK = 1_000_000


class EmbeddedStore(Store):
    """A store of this process; made by `in_memory` or `on_disk`."""

    def __init__(
        self, store: pyoxigraph.Store, location: str, *, is_writable: bool = True, services: Collection[str] = ()
    ) -> None:
        self.location = location
        self._is_writable = is_writable
        self._services = frozenset(services)
        self._open: pyoxigraph.Store | None = store

    @classmethod
    def in_memory(cls, *, services: Collection[str] = ()) -> Self:
        """Make an empty store that is gone when it is closed."""
        return cls(pyoxigraph.Store(), "memory", services=services)

    @classmethod
    def on_disk(cls, folder: Path, *, is_writable: bool = False, services: Collection[str] = ()) -> Self:
        """Open the store in a folder; `open_store` says what may go wrong."""
        if not _is_store(folder):
            _check_new(folder, is_writable=is_writable)
        try:
            store = pyoxigraph.Store(folder) if is_writable else pyoxigraph.Store.read_only(str(folder))
        except (OSError, RuntimeError) as fault:
            raise _open_error(folder, fault) from fault
        return cls(store, str(folder), is_writable=is_writable, services=services)

    @property
    def _store(self) -> pyoxigraph.Store:
        if self._open is None:
            raise StoreError("the store is closed; open it again", where=self.location)
        return self._open

    def _writable(self) -> pyoxigraph.Store:
        if not self._is_writable:
            raise StoreError("the store is open for reading only; open it with is_writable=True", where=self.location)
        return self._store

    @contextmanager
    def _faults(self, sparql: str = "") -> Iterator[None]:
        """Turn what the engine raises into errors that say where and what to do."""
        try:
            yield
        except SyntaxError as fault:
            raise BadQuery(f"the query does not parse: {syntax_fault(fault.msg, sparql)}; mend it there") from fault
        except (OSError, ValueError, RuntimeError) as fault:
            said = " ".join(str(fault).split())[:300]
            if self._services and not _OF_FILES.match(said) and calls_a_service(sparql):
                raise EndpointError(f"a service that the query calls has failed: {said}; try later") from fault
            if isinstance(fault, OSError):
                raise StoreError(
                    f"the store failed: {said}; make room or check the disk", where=self.location
                ) from fault
            raise BadQuery(f"the query cannot be answered: {said}; ask otherwise") from fault

    def query(
        self,
        sparql: str,
        *,
        default_graphs: Collection[NamedNode] = (),
        named_graphs: Collection[NamedNode] = (),
    ) -> Solutions | bool | list[Triple]:
        """See `Store.query`."""
        check_federation(sparql, self._services)
        is_told = bool(default_graphs or named_graphs)
        with self._faults(sparql):
            answer = Held(
                self._store.query(
                    sparql,
                    base_iri=BASE,
                    prefixes=dict(PREFIXES),
                    use_default_graph_as_union=not is_told and not names_its_graphs(sparql),
                    default_graph=list(default_graphs) if is_told else None,
                    named_graphs=list(named_graphs) if is_told else None,
                )
            )
            if isinstance(answer.it, QueryBoolean):
                return bool(answer.it)
            if isinstance(answer.it, QuerySolutions):
                return Solutions(lambda: cast("Held[QuerySolutions]", answer), partial(self._faults, sparql))
            return list(answer.it)

    def update(self, sparql: str) -> None:
        """See `Store.update`."""
        store = self._writable()
        check_federation(sparql, self._services, is_update=True)
        with self._faults(sparql):
            store.update(sparql, base_iri=BASE, prefixes=dict(PREFIXES))

    def add(self, quads: Iterable[Quad]) -> None:
        """See `Store.add`."""
        store = self._writable()
        try:
            store.extend(quads)
        except OSError as fault:
            raise StoreError(f"the store failed: {fault}; make room or check the disk", where=self.location) from fault

    def load(
        self,
        source: Path | bytes,
        *,
        format: RdfFormat | None = None,
        graph: NamedNode | None = None,
    ) -> None:
        """See `Store.load`."""
        store = self._writable()
        where = str(source) if isinstance(source, Path) else "the given data"
        chosen = format or format_of(source)
        try:
            if isinstance(source, Path) and source.suffix != ".gz":
                load: Callable[..., None] = store.bulk_load if source.stat().st_size > _BULK else store.load
                load(path=str(source), format=chosen, base_iri=BASE, to_graph=graph)
            elif isinstance(source, Path):
                with gzip.open(source) as unpacked:
                    store.bulk_load(cast("IO[bytes]", unpacked), format=chosen, base_iri=BASE, to_graph=graph)
            else:
                store.load(source, format=chosen, base_iri=BASE, to_graph=graph)
        except SyntaxError as fault:
            place = f"{where}:{fault.lineno}:{fault.offset}" if fault.lineno else where
            raise BadRdf(f"this is not {chosen.name}: {fault.msg}; mend the file at that place", where=place) from fault
        except (OSError, EOFError, zlib.error) as fault:
            raise StoreError(f"cannot load: {fault}; check the file and the disk", where=where) from fault

    def remove_graph(self, graph: NamedNode) -> None:
        """See `Store.remove_graph`."""
        self._writable().remove_graph(graph)

    def graph_names(self) -> tuple[NamedNode, ...]:
        """See `Store.graph_names`."""
        return tuple(
            sorted(
                (name for name in list(self._store.named_graphs()) if isinstance(name, NamedNode)),
                key=lambda name: name.value,
            )
        )

    def quads(self, graph: NamedNode | None = None) -> Iterator[Quad]:
        """See `Store.quads`."""
        return _each(Held(self._store.quads_for_pattern(None, None, None, graph)))

    def dump(self, format: RdfFormat, graph: NamedNode | None = None) -> bytes:
        """Return all quads, or the triples of one graph, in a format, as fast as the engine can."""
        if graph is not None:
            return self._store.dump(format=format, from_graph=graph, prefixes=dict(PREFIXES), base_iri=BASE) or b""
        return self._store.dump(format=format, prefixes=dict(PREFIXES), base_iri=BASE) or b""

    def __len__(self) -> int:
        return len(self._store)

    def graph(self) -> Graph:
        """See `Store.graph`."""
        from stpgraph.store.view import view_of_embedded

        def checked(sparql: str) -> AbstractContextManager[None]:
            check_federation(sparql, self._services)
            return self._faults(sparql)

        return view_of_embedded(lambda: self._store, checked, self.location)

    def close(self) -> None:
        """See `Store.close`."""
        if self._open is not None and self._is_writable:
            with self._faults():
                self._open.flush()
        self._open = None

    def optimize(self) -> None:
        """Compact what was written, so that reading is quick from the first query on."""
        with self._faults():
            self._writable().optimize()


def state_of(folder: Path) -> str:
    """Return what tells one state of a store's folder from another, without reading the store; "" where there is none.

    The engine writes each change to a log that only grows, and keeps what is settled in files that it never changes;
    names, sizes and times of these files are taken. What only tidies up the folder may change it, too.
    """
    kept = []
    with suppress(OSError):  # it is gone, or just being replaced
        for file in folder.iterdir():
            if file.suffix in {".log", ".sst"}:
                with suppress(FileNotFoundError):  # tidied away meanwhile, which changes the others
                    state = file.stat()
                    if state.st_size:
                        kept.append(f"{file.name} {state.st_size} {state.st_mtime_ns}")
    return hashlib.sha256("\n".join(sorted(kept)).encode()).hexdigest() if kept or _is_store(folder) else ""


def format_of(source: Path | bytes) -> RdfFormat:
    """Return the format that a file's name tells.

    Raises:
        BadRdf: when it tells none.

    Example:
        >>> format_of(Path("graph.nq.gz")).name
        'N-Quads'
    """
    if not isinstance(source, Path):
        raise BadRdf("bytes do not tell which RDF format they are in; name it: format=RdfFormat.TURTLE")
    name = Path(source.name.removesuffix(".gz"))
    found = RdfFormat.from_extension(name.suffix.removeprefix("."))
    if found is None:
        raise BadRdf(
            f"the ending {name.suffix!r} names no RDF format; expected .ttl, .trig, .nq, .nt, .rdf or .jsonld",
            where=str(source),
        )
    return found


def _each(found: Held[Iterator[Quad]]) -> Iterator[Quad]:
    yield from found.it


def _is_store(folder: Path) -> bool:
    return all(any(folder.glob(mark)) for mark in _MARKS)


def _check_new(folder: Path, *, is_writable: bool) -> None:
    """Say what is wrong with a folder that holds no store yet, or make it."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise StoreError("this is not a store; give a folder that `stpgraph build` made", where=str(folder))
    if not is_writable:
        raise StoreError("there is no store here; run `stpgraph build` first", where=str(folder))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise StoreError(f"cannot make a store: {fault.strerror}; choose another folder", where=str(folder)) from fault


def _open_error(folder: Path, fault: Exception) -> StoreError:
    if _LOCKED.match(str(fault)):
        return StoreLocked(
            "the store is open for writing already, as by another process; wait for that, or use another folder",
            where=str(folder),
        )
    return StoreError(f"the store cannot be opened: {fault}; check the folder, or build it anew", where=str(folder))


@contextmanager
def replace_store(folder: Path) -> Iterator[EmbeddedStore]:
    """Build a store beside a folder and put it in the folder's place when all went well.

    The old store stays whole and readable until then, and stays altogether when the block raises.

    Raises:
        StoreLocked: when another process is writing to the old store.
        StoreError: when the folder holds something else, or the disk refuses.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as place:
        ...     with replace_store(Path(place) / "store") as new:
        ...         new.load(b"<a> <b> <c> .", format=RdfFormat.TURTLE, graph=NamedNode(BASE + "graph/x"))
        ...     len(EmbeddedStore.on_disk(Path(place) / "store"))
        1
    """
    _check_replaceable(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        yard = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    except OSError as fault:
        raise StoreError(f"cannot make a store: {fault.strerror}; choose another folder", where=str(folder)) from fault
    try:
        with EmbeddedStore.on_disk(yard / "new", is_writable=True) as store:
            yield store
            store.optimize()
        _swap(folder, yard / "new", yard / "old")
    finally:
        shutil.rmtree(yard / "new", ignore_errors=True)
        with suppress(OSError):
            yard.rmdir()  # stays where the old store could not be put back


def _check_replaceable(folder: Path) -> None:
    """Make sure that a folder is free, or holds a store, be it broken, that nobody is writing to."""
    if _is_store(folder):
        try:
            EmbeddedStore.on_disk(folder, is_writable=True).close()
        except StoreLocked:
            raise
        except StoreError:
            return
    elif folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise StoreError("this is not a store, so it will not be replaced; choose another folder", where=str(folder))


def _swap(folder: Path, new: Path, old: Path) -> None:
    try:
        if folder.exists():
            folder.rename(old)
        try:
            new.rename(folder)
        except OSError:
            if old.exists():
                old.rename(folder)
            raise
    except OSError as fault:
        kept = f"the old one is kept as {old}" if old.exists() else "the old one is as it was"
        raise StoreError(
            f"cannot put the new store in place: {fault.strerror}; {kept}; free the folder and try again",
            where=str(folder),
        ) from fault
    shutil.rmtree(old, ignore_errors=True)
