"""Take the golden pictures of the pages anew: `python -m tests.write_golden`; look at them before they are kept."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Page

import stpgraph
from stpgraph.networks import VIEWS, View
from stpgraph.pages import draw_view
from stpgraph.pages.story import draw_story
from stpgraph.store import Store
from tests.browser import Reader, open_browser

__all__ = ["GOLDEN", "NAMES", "SIZES", "draw_page", "open_page", "shrink", "take"]

#: Where the pictures lie.
GOLDEN = Path(__file__).resolve().parent / "golden"

#: The seven views and that of the camps, by name.
_VIEWS: Mapping[str, Callable[[Store], View]] = {
    **VIEWS,
    "camps": lambda store: VIEWS["discourse"](store, mode="claimants", weight="subtract"),
}
NAMES = (*_VIEWS, "story")

#: Widths of windows with the height of what is taken: of a desk and of a phone.
SIZES = {1280: 900, 400: 800}

#: How many times smaller a picture is kept than it was taken, and in how many colours.
_SMALLER, _COLOURS = 4, 64


def draw_page(name: str, store: Store) -> str:
    """Draw a page of the graph that ships."""
    return draw_story(store) if name == "story" else draw_view(_VIEWS[name](store), store=store)


def open_page(reader: Reader, name: str, html: str, folder: Path, width: int) -> Page:
    """Open a page and wait until it is drawn."""
    file = folder / f"{name}.html"
    if not file.exists():
        file.write_text(html, encoding="utf-8")
    page = reader.open(file, width=width).page
    if name != "story":
        page.wait_for_selector("html[data-drawn]")
    return page


def take(page: Page, width: int) -> Image.Image:
    """Take the top of a page as it stands in a window."""
    clip = {"x": 0.0, "y": 0.0, "width": float(width), "height": float(SIZES[width])}
    taken = page.screenshot(clip=clip, animations="disabled")  # type: ignore[arg-type]
    return Image.open(io.BytesIO(taken)).convert("RGB")


def shrink(image: Image.Image) -> Image.Image:
    """Make a picture as small as it is kept."""
    return image.resize((image.width // _SMALLER, image.height // _SMALLER), Image.Resampling.BOX)


def main() -> None:
    """Write a picture of each page at each width to tests/golden."""
    GOLDEN.mkdir(exist_ok=True)
    with TemporaryDirectory() as place, open_browser() as reader, stpgraph.open() as graph:
        for name in NAMES:
            html = draw_page(name, graph.store)
            for width in SIZES:
                page = open_page(reader, name, html, Path(place), width)
                small = shrink(take(page, width)).quantize(_COLOURS, dither=Image.Dither.NONE)
                small.save(GOLDEN / f"{name}-{width}.png", optimize=True)


if __name__ == "__main__":
    main()
