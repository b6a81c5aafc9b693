"""The libraries that read formats, imported when the first document needs them."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from stpgraph.errors import MissingExtra

__all__ = ["HOW", "get_library"]

#: How to get all that reading needs.
HOW = "pip install 'stpgraph[read]', or '.[read]' where its files are"


def get_library(module: str, *, library: str, what: str) -> ModuleType:
    """Import a module of a library of the extra `read`.

    Raises:
        MissingExtra: when the library, or one that it needs, is not installed.
    """
    try:
        return import_module(module)
    except ImportError as fault:
        raise MissingExtra(f"reading {what} needs {library}; get it with: {HOW}") from fault
