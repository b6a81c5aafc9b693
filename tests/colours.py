"""The colours of a style, and whether they can be told apart."""

from __future__ import annotations

import re

__all__ = ["colours_of", "contrast"]

_BLOCK = re.compile(r"(@media[^{]*prefers-color-scheme: dark[^{]*\{\s*)?:root \{(.*?)\}", re.DOTALL)
_COLOUR = re.compile(r"--([\w-]+): (#[0-9a-f]{6});")


def colours_of(style: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return the colours of the light and the dark page by name.

    Example:
        >>> colours_of(":root { --a: #ffffff; } @media (prefers-color-scheme: dark) { :root { --a: #000000; } }")
        ({'a': '#ffffff'}, {'a': '#000000'})
    """
    blocks = _BLOCK.findall(style)
    light = {name: colour for dark, block in blocks if not dark for name, colour in _COLOUR.findall(block)}
    return light, light | {name: colour for dark, block in blocks if dark for name, colour in _COLOUR.findall(block)}


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, as WCAG 2.2 defines it.

    Example:
        >>> contrast("#000000", "#ffffff")
        21.0
    """
    dark, light = sorted(map(_luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
