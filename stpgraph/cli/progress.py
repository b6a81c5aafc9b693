"""A sign of life for long work: on a terminal, and only there."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from stpgraph.cli.options import is_quiet

__all__ = ["progress"]


@contextmanager
def progress(label: str) -> Iterator[None]:
    """Show that work goes on, and for how long; nothing in a pipe or with `--quiet`."""
    if is_quiet() or not sys.stderr.isatty():
        yield
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        bar.add_task(label, total=None)
        yield
