"""Take the golden pictures of the pages anew: `python -m tests.write_golden`; look at them before they are kept.

Every letter is drawn as a bar, in a font that is made here: the fonts of the machine, which differ, play no part.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from fontTools.fontBuilder import FontBuilder  # type: ignore[import-untyped] # comes with matplotlib
from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-untyped]
from PIL import Image
from playwright.sync_api import Page

import stpgraph
from stpgraph.networks import VIEWS, View
from stpgraph.pages import draw_view
from stpgraph.pages.story import draw_story
from stpgraph.store import Store
from tests.browser import Reader, open_browser

__all__ = ["GOLDEN", "NAMES", "SIZES", "draw_page", "open_page", "shrink", "take", "wear_bars"]

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
_SMALLER, _COLOURS = 4, 250


#: Letters of the pages, and which of them are blank.
_LETTERS = (*range(0x20, 0x250), *range(0x2000, 0x2800))
_BLANK = {0x20, 0xA0, 0x2002, 0x2003, 0x2009, 0x200A, 0x202F}

_WEAR = """
async (font) => {
  const face = new FontFace("Bars", Uint8Array.from(atob(font), (letter) => letter.charCodeAt(0)).buffer);
  document.fonts.add(await face.load());
  document.body.style.setProperty("font-family", "Bars", "important");
  document.getElementById("picture")?.picture.recolour();
}
"""


@cache
def make_bars() -> str:
    """Make the font, in which each letter is a bar of the same width; as base64."""
    bar = TTGlyphPen(None)
    bar.moveTo((30, 0))
    for corner in ((30, 560), (520, 560), (520, 0)):
        bar.lineTo(corner)
    bar.closePath()
    blank = TTGlyphPen(None).glyph()
    drawn = bar.glyph()
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder([".notdef", "blank", "bar"])
    font.setupCharacterMap({letter: "blank" if letter in _BLANK else "bar" for letter in _LETTERS})
    font.setupGlyf({".notdef": drawn, "blank": blank, "bar": drawn})
    font.setupHorizontalMetrics({".notdef": (550, 30), "blank": (300, 0), "bar": (550, 30)})
    font.setupHorizontalHeader(ascent=900, descent=-250)
    font.setupNameTable({"familyName": "Bars", "styleName": "Regular"})
    font.setupOS2(sTypoAscender=900, sTypoDescender=-250, usWinAscent=900, usWinDescent=250)
    font.setupPost()
    written = io.BytesIO()
    font.save(written)
    return base64.b64encode(written.getvalue()).decode()


def draw_page(name: str, store: Store) -> str:
    """Draw a page of the graph that ships."""
    return draw_story(store) if name == "story" else draw_view(_VIEWS[name](store), store=store)


def open_page(reader: Reader, name: str, html: str, folder: Path, width: int) -> Page:
    """Open a page in bars and wait until it is drawn."""
    file = folder / f"{name}.html"
    if not file.exists():
        file.write_text(html, encoding="utf-8")
    page = reader.open(file, width=width).page
    if name != "story":
        page.wait_for_selector("html[data-drawn]")
    wear_bars(page)
    return page


def wear_bars(page: Page) -> None:
    """Draw all letters of a page as bars."""
    page.evaluate(_WEAR, make_bars())
    page.wait_for_timeout(100)


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
