"""Still pictures of a view for reports, made without a browser: SVG, and PNG where matplotlib is installed.

A scene is laid out as a sheet of paths and words, with the sentence that it answers above and the legend below;
each writer puts the same sheet on paper.
"""

from __future__ import annotations

from typing import Literal

from stpgraph.errors import UsageError
from stpgraph.pages.scenes import Scene
from stpgraph.pages.stills.png import write_png
from stpgraph.pages.stills.sheets import lay_out
from stpgraph.pages.stills.svg import write_svg

__all__ = ["draw_still"]


def draw_still(scene: Scene, form: Literal["svg", "png"], *, width: float | None = None) -> bytes:
    """Draw a scene as a picture that stands for itself: the same scene gives the same bytes.

    Args:
        scene: what to draw, as `stpgraph.pages.drawing.make_scene` returns it.
        form: of the file.
        width: pixels across; where not given, an SVG has those of its layout, and a PNG twice as many, for print.

    Raises:
        MissingExtra: when a PNG is asked for and matplotlib is not installed.
        UsageError: when the width is no width.
    """
    if width is not None and not width >= 1:
        raise UsageError(f"width={width} is no width; expected pixels, such as 1600")
    write = write_svg if form == "svg" else write_png
    return write(lay_out(scene), width=width)
