"""The least and the greatest value that the wording of a figure allows, in a text and in the reference tables alike.

As printed, half of the last digit on either side; a count or a fraction in words, itself; about, 2.5 points of a share
or 5 % of anything else; nearly, only the side below; bounds that are said, alone.
"""

from __future__ import annotations

from decimal import Decimal

__all__ = ["bounds_of"]

#: What "about" and "nearly" leave open: percentage points of a share, and a part of anything else.
_POINTS, _PART = Decimal("2.5"), Decimal("0.05")


def bounds_of(
    value: Decimal, *, comparator: str, is_share: bool, step: Decimal = Decimal(0)
) -> tuple[Decimal | None, Decimal | None]:
    """Return the lowest and the highest value that a wording allows, None where it sets no bound.

    Args:
        value: the number named, in whole units.
        comparator: a slug of the comparator scheme, other than "between".
        is_share: whether it is in percent.
        step: the worth of the last digit printed; 0 for a count or a fraction in words.

    Example:
        >>> bounds_of(Decimal(54), comparator="exactly", is_share=True, step=Decimal(1))
        (Decimal('53.5'), Decimal('54.5'))
        >>> bounds_of(Decimal(75), comparator="more-than", is_share=True)
        (Decimal('75'), None)
    """
    spread = _POINTS if is_share else abs(value) * _PART
    half = step / 2
    low, high = {
        "exactly": (value - half, value + half),
        "about": (value - spread, value + spread),
        "nearly": (value - spread, value),
        "at-least": (value, None),
        "more-than": (value, None),
        "at-most": (None, value),
        "fewer-than": (None, value),
    }[comparator]
    return max(low, Decimal(0)) if low is not None and value >= 0 else low, high
