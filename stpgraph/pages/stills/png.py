"""A sheet as PNG, drawn by matplotlib's own renderer: no browser, no window, no state that others could share."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from stpgraph.errors import MissingExtra
from stpgraph.pages.stills.marks import BOLD, COLOURS, Path, Run, Sheet, Words, printable, straight

__all__ = ["write_png"]

#: Faces as wide as names were measured for; those that are installed are used, and the last comes with matplotlib.
_FACES = ("Arial", "Helvetica Neue", "Helvetica", "Liberation Sans", "DejaVu Sans")

#: Faces for scripts that these lack, where they are installed.
_OTHER_SCRIPTS = ("Noto Sans CJK SC", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans Devanagari")

#: Pixels to the inch of a sheet at its own size, so that two pixels for one print at 192 to the inch.
_DENSITY = 96.0

#: The most pixels of a side.
_MOST = 20_000

_BELOW_MIDDLE = 0.35

_CODES = {"M": 1, "L": 2, "C": 4, "Z": 79}


def write_png(sheet: Sheet, *, width: float | None = None) -> bytes:
    """Draw a sheet as PNG, two pixels for each of its own where no width is given.

    Letters that no installed face has are drawn as boxes.

    Raises:
        MissingExtra: when matplotlib is not installed.
    """
    try:
        from matplotlib.backends.backend_agg import RendererAgg
        from PIL import Image
    except ImportError as fault:
        raise MissingExtra("PNG pictures need matplotlib; get it with: pip install 'stpgraph[images]'") from fault
    scale = min((width or 2 * sheet.width) / sheet.width, _MOST / max(sheet.width, sheet.height))
    across, down = round(sheet.width * scale), round(sheet.height * scale)
    renderer: Any = RendererAgg(across, down, 72.0)  # type: ignore[no-untyped-call]
    canvas = _Canvas(renderer, scale, down)
    canvas.draw_paper(sheet)
    for mark in sheet.marks:
        if isinstance(mark, Path):
            canvas.draw_path(mark)
        else:
            canvas.draw_words(mark)
    out = io.BytesIO()
    picture = Image.frombuffer("RGBA", (across, down), canvas.pixels(), "raw", "RGBA", 0, 1).convert("RGB")
    picture.save(out, "PNG", dpi=(_DENSITY * scale, _DENSITY * scale))
    return out.getvalue()


class _Canvas:
    """Draws marks in pixels, with y growing upwards as the renderer has it."""

    def __init__(self, renderer: Any, scale: float, height: int) -> None:
        from matplotlib.font_manager import fontManager
        from matplotlib.transforms import Affine2D

        self._renderer = renderer
        self._scale = scale
        self._onto = Affine2D().scale(scale, -scale).translate(0, height)
        self._height = height
        there = {face.name for face in fontManager.ttflist}
        self._faces = [face for face in (*_FACES, *_OTHER_SCRIPTS) if face in there]

    def pixels(self) -> bytes:
        return bytes(self._renderer.buffer_rgba())

    def draw_paper(self, sheet: Sheet) -> None:
        corners = straight((0, 0), (sheet.width, 0), (sheet.width, sheet.height), (0, sheet.height))
        self.draw_path(Path(steps=corners, fill=COLOURS["paper"]))

    def draw_path(self, path: Path) -> None:
        self._draw(_outline(path), self._onto, path)

    def draw_words(self, words: Words) -> None:
        """Draw a line of text, made smaller where a face is wider than its room."""
        widths = [self._width(run) for run in words.runs]
        total = sum(widths) + words.gap * (len(widths) - 1)
        shrink = min(words.room / total, 1.0) if words.room and total else 1.0
        start = {"start": 0.0, "middle": -total / 2, "end": -total}[words.anchor]
        x = words.x + start * shrink
        for run, width in zip(words.runs, widths, strict=True):
            self._draw_run(run, x, words.y + words.runs[0].size * _BELOW_MIDDLE * shrink, shrink, rim=words.has_rim)
            x += (width + words.gap) * shrink

    def _draw_run(self, run: Run, x: float, y: float, shrink: float, *, rim: bool) -> None:
        from matplotlib.path import Path as Outline
        from matplotlib.textpath import text_to_path
        from matplotlib.transforms import Affine2D

        with _unwarned():
            points, codes = text_to_path.get_text_path(self._face(run), printable(run.text), ismath=False)
        if not len(points):
            return
        letters = Outline(points, codes)
        larger = self._scale * shrink * run.size / text_to_path.FONT_SCALE
        onto = Affine2D().scale(larger).translate(x * self._scale, self._height - y * self._scale)
        if rim:
            self._draw(letters, onto, Path(steps=(), stroke=COLOURS["paper"], width=3.0))
        self._draw(letters, onto, Path(steps=(), fill=run.colour))

    def _draw(self, outline: Any, onto: Any, look: Path) -> None:
        from matplotlib.colors import to_rgba

        drawn = self._renderer.new_gc()
        drawn.set_alpha(look.alpha)
        drawn.set_antialiased(True)
        drawn.set_joinstyle("round")
        drawn.set_capstyle("butt")
        drawn.set_linewidth(look.width * self._scale if look.stroke else 0)
        drawn.set_foreground(look.stroke or look.fill)
        if look.dash:
            drawn.set_dashes(0, [length * self._scale for length in look.dash])
        self._renderer.draw_path(drawn, outline, onto, to_rgba(look.fill, look.alpha) if look.fill else None)
        drawn.restore()

    def _width(self, run: Run) -> float:
        from matplotlib.textpath import text_to_path

        with _unwarned():
            return float(
                text_to_path.get_text_width_height_descent(printable(run.text), self._face(run), ismath=False)[0]
            )

    def _face(self, run: Run) -> Any:
        from matplotlib.font_manager import FontProperties

        return FontProperties(family=self._faces, weight="bold" if run.weight >= BOLD else "normal", size=run.size)


@contextmanager
def _unwarned() -> Iterator[None]:
    """Let letters that no face has be the boxes that they are."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing", category=UserWarning)
        yield


def _outline(path: Path) -> Any:
    from matplotlib.path import Path as Outline

    points: list[tuple[float, float]] = []
    codes: list[int] = []
    for letter, numbers in path.steps:
        pairs = list(zip(numbers[::2], numbers[1::2], strict=True)) or [points[0]]
        points += pairs
        codes += [_CODES[letter]] * len(pairs)
    return Outline(points, codes)
