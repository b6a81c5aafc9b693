"""A sign of life for long work: on a terminal, and only there."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

from stpgraph.cli.options import is_quiet

__all__ = ["asking", "progress"]


@contextmanager
def progress(label: str, total: int | None = None) -> Iterator[Callable[[], None]]:
    """Show that work goes on, and for how long; nothing in a pipe or with `--quiet`.

    Args:
        label: what is being done.
        total: how many steps it takes, where that is known.

    Yields:
        What to call after each step.
    """
    if is_quiet() or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, SpinnerColumn, TextColumn
    from rich.progress import TimeElapsedColumn as Elapsed

    steps: tuple[ProgressColumn, ...] = (BarColumn(), MofNCompleteColumn()) if total else ()
    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), *steps, Elapsed())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=total)
        yield lambda: bar.advance(task)


def asking(store: str | None) -> AbstractContextManager[object]:
    """Show that an endpoint is being waited for; a folder answers before one could read it."""
    from stpgraph.store import is_url

    return progress(f"asking {store}") if store and is_url(store) else nullcontext()
