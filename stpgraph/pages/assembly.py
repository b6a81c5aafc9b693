"""One HTML file out of a scene and the scripts, styles and drawing library that stand beside this module."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from jinja2 import Environment

from stpgraph.errors import MissingExtra
from stpgraph.pages.cards import cards_of
from stpgraph.pages.embedding import pack, scene_as_data
from stpgraph.pages.scenes import Scene
from stpgraph.pages.templating import HERE, hash_of, make_environment, read, read_style

__all__ = ["MOST_FOR_VIS", "assemble", "policy_of", "style_policy"]

#: The most nodes that the library of pyvis draws without a wait; sigma, in WebGL, draws more.
MOST_FOR_VIS = 2000

#: The most pieces of evidence that a page shows as a table where scripts do not run.
_MOST_WITHOUT_SCRIPT = 150

#: Scripts of the page, in the order in which they build on each other; the picture's renderer stands in the middle.
_BEFORE = (
    *("elements.js", "data.js", "state.js", "periods.js", "weighing.js", "filters.js"),
    *("drawing.js", "labels.js", "svg.js"),
)
_AFTER = (
    *("picture.js", "legend.js", "facets.js", "timeline.js", "figures.js", "panel.js", "sorting.js"),
    *("table.js", "downloads.js", "page.js"),
)

#: Options of the library of pyvis: nothing moves by itself, and it draws nothing that the page does not draw.
_OPTIONS: dict[str, Any] = {
    "autoResize": False,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 1},
    "interaction": {
        "dragNodes": False,
        "hover": False,
        "keyboard": False,
        "selectable": False,
        "zoomView": False,
    },
    "nodes": {"chosen": False, "fixed": True, "shape": "custom"},
}


def assemble(scene: Scene, *, is_served: bool = False) -> str:
    """Return the page of a scene.

    Args:
        scene: what it shows.
        is_served: whether the site serves it, so that its names and cards lead to their own pages there.
    """
    scripts = _scripts(scene, is_served=is_served)
    environment = make_environment()
    style = _style()
    environment.globals.update(policy=_policy(scripts, style), style=style)
    loader, program, library = scripts
    data = {**scene_as_data(scene), "renderer": _renderer(scene), "vis": {"options": _OPTIONS}}
    environment.globals.update(
        cards=cards_of(scene) if len(scene.items) <= _MOST_WITHOUT_SCRIPT else [],
        is_empty=not scene.nodes,
        item_count=len(scene.items),
        library=pack(library),
        program=pack(program),
        scene=scene,
        scene_data=pack(json.dumps(data, ensure_ascii=False, separators=(",", ":"))),
        script=loader,
        things=scene.things,
    )
    return _render(environment)


def policy_of(scene: Scene, *, is_served: bool = False) -> str:
    """Return the content security policy of the page of a scene: the one that stands in the page itself."""
    return _policy(_scripts(scene, is_served=is_served), _style())


def _renderer(scene: Scene) -> str:
    return "vis" if len(scene.nodes) <= MOST_FOR_VIS else "sigma"


def _scripts(scene: Scene, *, is_served: bool) -> tuple[str, str, str]:
    """Return the scripts of a page: the loader, the page's own, and the drawing library."""
    renderer = _renderer(scene)
    library = _vis() if renderer == "vis" else _sigma()
    return read(HERE / "templates" / "loader.js"), _program(renderer, is_served=is_served), library


def _style() -> str:
    return read_style("page.css")


def _program(renderer: str, *, is_served: bool) -> str:
    """Return the page's own script: one function of all its files."""
    *after, last = _AFTER
    names = (*_BEFORE, f"picture_{renderer}.js", *after, *(("served.js",) if is_served else ()), last)
    text = "\n".join(read(HERE / "templates" / name) for name in names)
    return f'(async () => {{\n"use strict";\n{text}}})();'


def _render(environment: Environment) -> str:
    """Render the page by pyvis, with our template and our options of its library."""
    from pyvis.network import Network  # here, for it brings IPython: half a second that only a drawing should cost

    network: Any = Network()  # type: ignore[no-untyped-call]
    network.options = _OPTIONS
    network.templateEnv = environment
    network.path = "network.html"
    return str(network.generate_html())


def _policy(scripts: Sequence[str], style: str) -> str:
    """Write a content security policy that lets run only these scripts, and load nothing."""
    hashes = " ".join(map(hash_of, scripts))
    return (
        f"default-src 'none'; script-src {hashes}; style-src {hash_of(style)}; img-src data: blob:; "
        "connect-src 'none'; base-uri 'none'; form-action 'none'"
    )


def style_policy(style: str) -> str:
    """Write a content security policy of a page without scripts."""
    return f"default-src 'none'; style-src {hash_of(style)}; img-src data:; base-uri 'none'; form-action 'none'"


def _vis() -> str:
    """Read the drawing library that pyvis brings, without importing pyvis."""
    spec = find_spec("pyvis")
    if spec is None or spec.origin is None:
        raise MissingExtra("pyvis is not installed, which brings the drawing library; install stpgraph again")
    return read(Path(spec.origin).resolve().parent / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js")


def _sigma() -> str:
    """Read the drawing library for large networks, and what it keeps them in."""
    return ";\n".join(read(HERE / "vendor" / name) for name in ("graphology.umd.min.js", "sigma.min.js"))
