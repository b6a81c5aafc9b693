"""The look of the pages: held against pictures that were looked at, which `python -m tests.write_golden` takes anew.

Letters are drawn as bars, so that the fonts of the machine play no part. Both pictures are made small and a little
blurred; what counts is the part of the page, forty pixels wide and high, that differs most.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageFilter
from playwright.sync_api import Page

import stpgraph
from stpgraph.store import Store
from tests.browser import Reader, open_browser
from tests.write_golden import GOLDEN, NAMES, SIZES, draw_page, open_page, shrink, take, wear_bars

pytestmark = pytest.mark.browser

#: How far the part that differs most may be from the golden picture, of 255. Taken again on the same machine a page
#: is 4 away at most, for a golden picture has but 250 colours; a stance in another's colour is 12 away and more, a
#: blank picture, a panel that is missing or a page that has moved by a line 40 and more.
ALLOWED = 9

#: Pixels of the small picture: of the blur, and of the sides of a part.
_BLUR, _PART = 2, 10


@dataclass(frozen=True)
class Easel:
    """Pages of the graph that ships, drawn when first asked for."""

    reader: Reader
    store: Store
    folder: Path
    drawn: dict[str, str] = field(default_factory=dict)

    def open(self, name: str, width: int) -> Page:
        """Open a page in bars."""
        if name not in self.drawn:
            self.drawn[name] = draw_page(name, self.store)
        return open_page(self.reader, name, self.drawn[name], self.folder, width)

    def difference(self, page: Page, name: str, width: int) -> int:
        """How far a page is from its golden picture; what it looks like now is kept in the folder."""
        small = shrink(take(page, width))
        small.save(self.actual(name, width))
        with Image.open(GOLDEN / f"{name}-{width}.png") as golden:
            return difference(golden.convert("RGB"), small)

    def actual(self, name: str, width: int) -> Path:
        """Where what a page looks like now is kept."""
        return self.folder / f"{name}-{width}-actual.png"


@pytest.fixture(scope="module")
def easel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Easel]:
    """Yield the pages; one Chromium for all tests of this module."""
    with open_browser() as reader, stpgraph.open() as graph:
        yield Easel(reader, graph.store, tmp_path_factory.mktemp("golden"))


def difference(golden: Image.Image, small: Image.Image) -> int:
    """How far two pictures are from each other where they differ most."""
    if golden.size != small.size:
        return 255
    blurred = [one.filter(ImageFilter.GaussianBlur(_BLUR)) for one in (golden, small)]
    red, green, blue = ImageChops.difference(*blurred).split()
    parts = ImageChops.lighter(ImageChops.lighter(red, green), blue).reduce(_PART)
    return max(at for at, count in enumerate(parts.histogram()) if count)


@pytest.mark.parametrize("width", list(SIZES))
@pytest.mark.parametrize("name", NAMES)
def test_a_page_looks_as_it_did(easel: Easel, name: str, width: int) -> None:
    """The top of each page, at a desk and on a phone, looks like the picture that was looked at and kept."""
    far = easel.difference(easel.open(name, width), name, width)
    assert far <= ALLOWED, f"{far} away from tests/golden; it looks like {easel.actual(name, width)}"


def hide(name: str) -> Callable[[Page], object]:
    """Make a part of a page blank."""
    return lambda page: page.evaluate(f"document.getElementById('{name}').style.visibility = 'hidden'")


def swap_colours(page: Page) -> None:
    """Give supportive the colour of critical, and critical that of supportive."""
    page.evaluate(
        """() => {
             const { style } = document.documentElement;
             style.setProperty("--supportive", "#b35806");
             style.setProperty("--critical", "#2166ac");
             document.getElementById("picture").picture.recolour();
           }"""
    )


def move(page: Page) -> None:
    """Move everything down by 40 pixels."""
    page.evaluate("document.body.style.transform = 'translate(0, 40px)'")


@pytest.mark.parametrize(
    ("spoil", "name", "width"),
    [
        *((hide("picture"), name, width) for name in ("relationship-map", "affiliations", "camps") for width in SIZES),
        *((hide("panel"), name, 1280) for name in ("who-said-what", "partnerships")),
        *((swap_colours, name, width) for name in ("who-said-what", "camps") for width in SIZES),
        *((move, name, width) for name in ("relationship-map", "story") for width in SIZES),
    ],
)
def test_a_page_that_is_spoilt_is_told(easel: Easel, spoil: Callable[[Page], object], name: str, width: int) -> None:
    """A blank picture, a missing panel, swapped colours and a page that has moved are each further than allowed."""
    page = easel.open(name, width)
    spoil(page)
    page.wait_for_timeout(100)
    assert easel.difference(page, name, width) > ALLOWED


@pytest.mark.parametrize("font", ["serif", "monospace"])
@pytest.mark.parametrize("name", ["who-said-what", "relationship-map", "story"])
def test_fonts_of_the_machine_play_no_part(easel: Easel, name: str, font: str) -> None:
    """Where the page's own font is another one, the pictures are still the same."""
    page = easel.open(name, 1280)
    page.evaluate(f"document.body.style.setProperty('font-family', '{font}', 'important')")
    page.evaluate("document.getElementById('picture')?.picture.recolour()")
    assert easel.difference(page, name, 1280) > ALLOWED
    wear_bars(page)
    assert easel.difference(page, name, 1280) <= ALLOWED


def test_golden_pictures_are_small() -> None:
    """There is one for each page and width, each below 40 kB, and no other."""
    sizes = {file.name: file.stat().st_size for file in GOLDEN.iterdir()}
    assert set(sizes) == {f"{name}-{width}.png" for name in NAMES for width in SIZES}
    assert max(sizes.values()) < 40_000
