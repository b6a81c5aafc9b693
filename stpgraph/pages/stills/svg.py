"""A sheet as SVG: text stays text, and the file needs nothing but itself."""

from __future__ import annotations

from html import escape

from stpgraph.pages.stills.marks import COLOURS, Path, Run, Sheet, Words, printable

__all__ = ["write_svg"]

#: Faces that are as wide as names were measured for, the first that there is.
_FAMILY = "Arial, 'Helvetica Neue', Helvetica, 'Liberation Sans', sans-serif"

#: From the middle of small letters to the line that they stand on, as a share of the size.
_BELOW_MIDDLE = 0.35


def write_svg(sheet: Sheet, *, width: float | None = None) -> bytes:
    """Write a sheet as SVG, with its title and description for those who hear it read.

    Args:
        sheet: what to draw.
        width: pixels that it takes across; as it is where not given.

    Example:
        >>> write_svg(Sheet(width=80, height=20, title="Who & what", description="", marks=())).splitlines()[1]
        b'<title id="title">Who &amp; what</title>'
    """
    shown = width or sheet.width
    size = f'width="{_short(shown)}" height="{_short(sheet.height * shown / sheet.width)}"'
    box = f'viewBox="0 0 {_short(sheet.width)} {_short(sheet.height)}"'
    described = f'<desc id="description">{_xml(sheet.description)}</desc>' if sheet.description else ""
    labelled = 'aria-labelledby="title description"' if sheet.description else 'aria-labelledby="title"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} {box} font-family="{escape(_FAMILY)}" role="img" {labelled}>',
        f'<title id="title">{_xml(sheet.title)}</title>',
        described,
        f'<rect width="{_short(sheet.width)}" height="{_short(sheet.height)}" fill="{COLOURS["paper"]}"/>',
        *(_path(mark) if isinstance(mark, Path) else _words(mark) for mark in sheet.marks),
        "</svg>",
    ]
    return ("\n".join(filter(None, lines)) + "\n").encode("utf-8")


def _path(path: Path) -> str:
    way = "".join(letter + " ".join(map(_short, numbers)) for letter, numbers in path.steps)
    look = f' fill="{path.fill or "none"}"'
    if path.stroke:
        look += f' stroke="{path.stroke}" stroke-width="{_short(path.width)}"'
        look += ' stroke-linejoin="round"' if path.fill else ""
    if path.dash:
        look += f' stroke-dasharray="{" ".join(map(_short, path.dash))}"'
    if path.alpha < 1:
        look += f' opacity="{_short(path.alpha)}"'
    return (
        f'<path d="{way}"{look}><title>{_xml(path.title)}</title></path>' if path.title else f'<path d="{way}"{look}/>'
    )


def _words(words: Words) -> str:
    first = words.runs[0]
    anchor = f' text-anchor="{words.anchor}"' if words.anchor != "start" else ""
    rim = ""
    if words.has_rim:
        rim = f' stroke="{COLOURS["paper"]}" stroke-width="3" stroke-linejoin="round" paint-order="stroke"'
    place = f'x="{_short(words.x)}" y="{_short(words.y + first.size * _BELOW_MIDDLE)}"'
    if len(words.runs) == 1:
        return f"<text {place}{_look(first)}{anchor}{rim}>{_xml(first.text)}</text>"
    parts = [
        f"<tspan{f' dx={chr(34)}{_short(words.gap)}{chr(34)}' if at else ''}{_look(run)}>{_xml(run.text)}</tspan>"
        for at, run in enumerate(words.runs)
    ]
    return f"<text {place}{anchor}{rim}>{''.join(parts)}</text>"


def _look(run: Run) -> str:
    weight = f' font-weight="{run.weight}"' if run.weight != 400 else ""
    return f' font-size="{_short(run.size)}"{weight} fill="{run.colour}"'


def _short(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".") if number % 1 else str(int(number))


def _xml(text: str) -> str:
    return escape(printable(text))
