"""Which of several media types a client likes best (RFC 9110, 12.5.1)."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["choose"]


def choose(accept: str, offered: Sequence[str]) -> str | None:
    """Return the type that is liked best of those offered; of equals the first, None where none will do.

    Args:
        accept: an Accept header; "" for one that is not there, which takes anything.
        offered: media types without parameters, ours first.

    Example:
        >>> choose("text/*;q=0.5, application/ld+json", ["text/html", "application/ld+json"])
        'application/ld+json'
        >>> choose("image/png", ["text/html"]) is None
        True
    """
    if not accept.strip():
        return offered[0]
    ranges = [_range(part) for part in accept.split(",") if part.strip()]
    best: tuple[float, str] | None = None
    for media in offered:
        liked = _quality(media, ranges)
        if liked > 0 and (best is None or liked > best[0]):
            best = liked, media
    return best[1] if best else None


def _range(part: str) -> tuple[str, float]:
    media, *parameters = (piece.strip() for piece in part.split(";"))
    quality = 1.0
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            try:
                quality = min(max(float(value), 0.0), 1.0)
            except ValueError:
                quality = 0.0
    return media.lower(), quality


def _quality(media: str, ranges: Sequence[tuple[str, float]]) -> float:
    """Return how well a type is liked, by the range that fits it most closely."""
    for wanted in (media, f"{media.partition('/')[0]}/*", "*/*"):
        found = [quality for range_, quality in ranges if range_ == wanted]
        if found:
            return max(found)
    return 0.0
