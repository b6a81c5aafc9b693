"""The command line: commands parse, call and print; what they call can be called from Python as well."""

from __future__ import annotations

from stpgraph.cli.main import main

__all__ = ["main"]
