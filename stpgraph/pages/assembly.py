"""One HTML file out of a picture, its evidence, and the scripts and styles that stand beside this module."""

from __future__ import annotations

import base64
import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from stpgraph.errors import MissingExtra
from stpgraph.networks import STANCES
from stpgraph.pages.cards import Card
from stpgraph.pages.pictures import Picture, layout_as_data
from stpgraph.pages.wording import counted, number

__all__ = ["assemble", "page_environment"]

_TEMPLATES = Path(__file__).resolve().parent / "templates"

#: The drawing library, within pyvis.
_VIS = Path("templates", "lib", "vis-9.1.2", "vis-network.min.js")

#: Scripts of the page, in the order in which they build on each other.
_SCRIPTS = ("evidence.js", "state.js", "picture.js", "panel.js", "sorting.js", "table.js", "page.js")


def assemble(picture: Picture, cards: Sequence[Card], *, sentence: str, standfirst: str, note: str) -> str:
    """Return the page of a network.

    Args:
        picture: what is drawn.
        cards: the evidence.
        sentence: stands above the picture.
        standfirst: stands below the sentence.
        note: stands at the foot.
    """
    vis = _drawing_library()
    environment = page_environment(_SCRIPTS, vis)
    environment.globals.update(
        cards=cards,
        evidence={"cards": [asdict(card) for card in cards], "layouts": _layouts(picture)},
        note=note,
        picture=picture,
        sentence=sentence,
        stances=_stances(cards),
        standfirst=standfirst,
        vis=vis,
    )
    network = picture.network
    network.templateEnv = environment
    network.path = "network.html"
    return str(network.generate_html())


def page_environment(scripts: Sequence[str], *others: str) -> Environment:
    """Return what templates are rendered in, with the page's script, style and policy.

    Args:
        scripts: names of files that make the page's script, in the order in which they build on each other.
        others: text of further scripts that may run.
    """
    script = "\n".join(_read(_TEMPLATES / name) for name in scripts)
    script = f'(() => {{\n"use strict";\n{script}}})();'
    style = _read(_TEMPLATES / "page.css")
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        lstrip_blocks=True,
        trim_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters.update(counted=counted, embedded=_embedded, fragment=_fragment, number=number)
    environment.globals.update(policy=_policy([script, *others], style), script=script, style=style)
    return environment


def _layouts(picture: Picture) -> dict[str, Any]:
    return {name: layout_as_data(layout) for name, layout in picture.layouts.items()}


def _stances(cards: Sequence[Card]) -> list[tuple[str, int]]:
    """Count the claims of each stance, for the legend."""
    counts = Counter(card.stance for card in cards)
    return [(stance, counts[stance]) for stance in (*STANCES, *sorted(set(counts) - set(STANCES)))]


def _fragment(identifier: str) -> str:
    """Write a short id as it stands behind `#node=` and the like."""
    return quote(identifier, safe="/+:~")


def _embedded(value: object) -> str:
    """Write data as JSON that can stand in a script element: without <, >, & and anything beyond ASCII.

    Text that already is JSON is read first: the drawing library hands over its options so.
    """
    data = json.loads(value) if isinstance(value, str) else value
    text = json.dumps(data, ensure_ascii=True, separators=(",", ":"))
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _policy(scripts: Sequence[str], style: str) -> str:
    """Write a content security policy that lets run only these scripts, and load nothing."""
    hashes = " ".join(map(_hash, scripts))
    return (
        f"default-src 'none'; script-src {hashes}; style-src {_hash(style)}; img-src data: blob:; "
        "connect-src 'none'; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _drawing_library() -> str:
    """Read the drawing library that pyvis brings, without importing pyvis."""
    spec = find_spec("pyvis")
    if spec is None or spec.origin is None:
        raise MissingExtra("pyvis is not installed, which brings the drawing library; install stpgraph again")
    return _read(Path(spec.origin).resolve().parent / _VIS)


@cache
def _read(path: Path) -> str:
    """Read a script or a style, its lines ending in LF: so a browser sees it, and hashes it."""
    return path.read_text(encoding="utf-8")
