"""Take the README's pictures anew: `python -m tests.write_pictures`."""

from __future__ import annotations

import io
import re
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

import stpgraph
from stpgraph.building import build
from stpgraph.cli import showing
from stpgraph.knowledge_graph import KnowledgeGraph
from stpgraph.pages.story import draw_story
from tests.browser import open_browser
from tests.site_server import site_server

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"


def main() -> None:
    """Write page.png, map.png, story.png, site.png and table.svg to docs/images."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with stpgraph.open() as graph:
        take_pages(graph)
        take_table(graph)
    take_site()


def take_pages(graph: KnowledgeGraph) -> None:
    """Take who said what with trust chosen, so that evidence shows; the map of the parties; the top of the story."""
    pages = {
        "page": (graph.view("who-said-what").draw().html, "#node=relationship/trust", 900),
        "map": (graph.view("relationship-map").draw().html, "#node=party/local-government", 1200),
        "story": (draw_story(graph.store), "", 900),
    }
    with TemporaryDirectory() as place, open_browser() as reader:
        for name, (html, fragment, height) in pages.items():
            path = Path(place) / f"{name}.html"
            path.write_text(html, encoding="utf-8")
            page = reader.open(path, fragment=fragment).page
            page.set_viewport_size({"width": 1280, "height": height})
            page.wait_for_timeout(2000)  # the story has nothing to wait for; the others have drawn by then
            page.screenshot(path=str(IMAGES / f"{name}.png"))


def take_site() -> None:
    """Take the front page of the site with a relationship chosen."""
    with TemporaryDirectory() as place, open_browser() as reader:
        build(Path(place) / "store")
        with site_server("--store", Path(place) / "store") as url:
            page = reader.visit(url, "/?relationship=joint-working").page
            page.set_viewport_size({"width": 1280, "height": 900})
            page.screenshot(path=str(IMAGES / "site.png"))


def take_table(graph: KnowledgeGraph) -> None:
    """Take the first claims of 2017 as the demo prints them."""
    claims = [one for one in graph.view("who-said-what").evidence if one.since.startswith("2017")]
    screen = Console(record=True, width=118, file=io.StringIO(), highlight=False)
    setattr(showing, "console", lambda: screen)  # noqa: B010 (the demo prints on the screen that it is given)
    showing._say_who_said_what(claims[:8])
    svg = screen.export_svg(title="stpgraph demo")
    (IMAGES / "table.svg").write_text(re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL), encoding="utf-8")


if __name__ == "__main__":
    main()
