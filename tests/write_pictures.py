"""Take the README's pictures anew: `python -m tests.write_pictures`."""

from __future__ import annotations

import io
import re
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from stpgraph.networks.former import who_said_what

import stpgraph
from stpgraph.cli import showing
from stpgraph.pages import draw_network
from stpgraph.pages.cards import make_cards
from tests.browser import open_browser

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"


def main() -> None:
    """Write docs/images/page.png and docs/images/table.svg."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    graph = stpgraph.open()
    network = who_said_what(graph.store)
    take_page(draw_network(network))
    cards = [card for card in make_cards(network) if card.stated_on.startswith("2017")]
    screen = Console(record=True, width=118, file=io.StringIO(), highlight=False)
    setattr(showing, "console", lambda: screen)  # noqa: B010 (the demo prints on the screen that it is given)
    showing._say_who_said_what(cards[:8])
    svg = screen.export_svg(title="stpgraph demo")
    (IMAGES / "table.svg").write_text(re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL), encoding="utf-8")


def take_page(html: str) -> None:
    """Take the page with one relationship chosen, so that evidence shows."""
    with TemporaryDirectory() as place, open_browser() as reader:
        path = Path(place) / "page.html"
        path.write_text(html, encoding="utf-8")
        visit = reader.open(path, fragment="#node=relationship/trust")
        visit.page.wait_for_timeout(1000)
        visit.page.screenshot(path=str(IMAGES / "page.png"))


if __name__ == "__main__":
    main()
