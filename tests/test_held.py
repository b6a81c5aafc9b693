"""Answers of the engine may be let go of in any thread, and end in their own."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Callable, Iterator

import pyoxigraph
import pytest
from pyoxigraph import RdfFormat

from stpgraph.errors import StpGraphError
from stpgraph.store import Solutions, Store, open_store
from stpgraph.store.held import Held
from stpgraph.vocabulary import mint

_ALL = "SELECT ?s { ?s ?p ?o }"


@pytest.fixture
def store() -> Iterator[Store]:
    """Yield a store of two triples."""
    with open_store() as made:
        made.load(b"<a> <b> <c>, <d> .", format=RdfFormat.TURTLE, graph=mint("graph", "anyshire"))
        yield made


@pytest.fixture
def complaints(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what is said on stderr of errors that nobody can catch, instead of it being said."""
    said: list[str] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda told: said.append(str(told.exc_value)))
    return said


def _collected_elsewhere() -> None:
    """Collect what is no longer reached in another thread, as happens to be done in a program of several."""
    thread = threading.Thread(target=gc.collect)
    thread.start()
    thread.join()


def _begun(rows: Iterator[object]) -> Iterator[object]:
    next(rows)
    return rows


_KEPT: dict[str, Callable[[Store], object]] = {
    "an answer": lambda store: store.query(_ALL),
    "an answer that is read": lambda store: _begun(iter(store.query(_ALL))),  # type: ignore[arg-type]
    "quads": lambda store: _begun(store.quads()),
    "an answer of rdflib": lambda store: store.graph().query(_ALL),
}


@pytest.mark.parametrize("kind", list(_KEPT))
def test_what_was_left_may_be_collected_in_any_thread(store: Store, complaints: list[str], kind: str) -> None:
    """An answer that an error and its frames kept is collected in whatever thread runs then, without a word."""

    def keep() -> None:
        kept = [_KEPT[kind](store)]
        kept.append(kept)

    gc.collect()
    gc.disable()
    try:
        keep()
        _collected_elsewhere()
    finally:
        gc.enable()
    assert complaints == []


def test_the_engine_complains_without() -> None:
    """The complaint that the others look for is real: it comes where the engine's own answer is kept so."""
    told: list[str] = []
    engine = pyoxigraph.Store()

    def keep() -> None:
        kept: list[object] = [engine.query(_ALL)]
        kept.append(kept)

    before, sys.unraisablehook = sys.unraisablehook, lambda fault: told.append(str(fault.exc_value))
    gc.disable()
    try:
        keep()
        _collected_elsewhere()
    finally:
        gc.enable()
        sys.unraisablehook = before
    assert ["dropped on another thread" in one for one in told] == [True]


class _Told:
    """Tells in which thread it ends."""

    def __init__(self, ended: list[int]) -> None:
        self._ended = ended

    def __del__(self) -> None:
        self._ended.append(threading.get_ident())


def test_a_thing_ends_in_its_own_thread() -> None:
    """At once where its own thread lets go; at the next answer, or the thread's end, where another did."""
    ended: list[int] = []
    here = threading.get_ident()

    held = [Held(_Told(ended))]
    held.clear()
    assert ended == [here]

    held.append(Held(_Told(ended)))
    thread = threading.Thread(target=held.clear)
    thread.start()
    thread.join()
    assert ended == [here]
    kept = Held(None)
    assert ended == [here, here]
    assert kept.it is None


def test_a_thread_takes_its_things_with_it() -> None:
    """What a thread was given ends with the thread, and says so to whoever kept it."""
    ended: list[int] = []
    held: list[Held[_Told]] = []
    thread = threading.Thread(target=lambda: held.append(Held(_Told(ended))))
    thread.start()
    thread.join()
    assert ended == [thread.ident]
    with pytest.raises(RuntimeError, match="the thread that asked has ended"):
        _ = held[0].it


def test_an_answer_is_read_in_its_own_thread(store: Store) -> None:
    """Another thread that reads an answer is told so: the engine would end the whole program."""
    answer = store.query(_ALL)
    assert isinstance(answer, Solutions)
    told: list[str] = []

    def read() -> None:
        try:
            list(answer)
        except StpGraphError as fault:
            told.append(str(fault))

    thread = threading.Thread(target=read)
    thread.start()
    thread.join()
    assert ["read in the thread that asked" in one for one in told] == [True]
    assert len(list(answer)) == 2
