"""How templates are read and rendered: escaped, strict, and with what pages say in words."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from stpgraph.pages.wording import counted, number

__all__ = ["HERE", "PALETTE", "hash_of", "make_environment", "read", "read_style"]

#: The folder of the pages, with `templates` and `vendor` in it.
HERE = Path(__file__).resolve().parent

#: The style with the colours that all pages have.
PALETTE = HERE / "templates" / "palette.css"


def make_environment() -> Environment:
    """Return what templates are rendered in: everything escaped, a name that is not given an error."""
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        lstrip_blocks=True,
        trim_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters.update(counted=counted, number=number)
    return environment


@cache
def read(path: Path) -> str:
    """Read a script or a style, its lines ending in LF: so a browser sees it, and hashes it."""
    return path.read_text(encoding="utf-8")


def read_style(name: str) -> str:
    """Return the style of a page, with the colours that all pages have.

    Example:
        >>> "--critical: " in read_style("story.css")
        True
    """
    return read(PALETTE) + read(HERE / "templates" / name)


def hash_of(text: str) -> str:
    """Return a script or style as a content security policy names it.

    Example:
        >>> hash_of("")
        "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    """
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
