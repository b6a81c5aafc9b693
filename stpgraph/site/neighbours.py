"""The neighbourhood of a thing as a small picture: what claims join it to, one band for each stance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from stpgraph.networks.evidence import STANCES, Thing
from stpgraph.pages.wording import counted, joined
from stpgraph.site.names import short
from stpgraph.site.spoken import Entry

__all__ = ["Neighbour", "Picture", "count_neighbours", "draw"]

#: Neighbours that are drawn, and characters of their names.
_DRAWN, _LETTERS = 10, 30

#: Of the picture: its width, the height of one neighbour, where bands begin and end.
_WIDTH, _ROW, _FROM, _TO = 360, 24, 16, 118

#: The width of one claim, of the widest band, and of a line that counts nothing; all claims are narrower where one
#: neighbour has many.
_EACH, _WIDEST, _LINE = 3.0, 16.0, 1.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """What claims join a thing to.

    Attributes:
        thing: its label and kind.
        counts: how many of the claims take each stance, in the order of `STANCES`.
        note: how it is joined, where that is not by claims.
    """

    thing: Thing
    counts: Mapping[str, int]
    note: str = ""

    @property
    def count(self) -> int:
        """How many claims join them."""
        return sum(self.counts.values())

    @property
    def sentence(self) -> str:
        """The join in words: "3 claims: 2 critical and 1 neutral", "2 critical claims"."""
        if self.note:
            return self.note
        if len(self.counts) == 1:
            [(stance, count)] = self.counts.items()
            return counted(count, f"{stance} claim") if stance else f"{counted(count, 'claim')} of no known stance"
        parts = [f"{count} {stance or 'of no known stance'}" for stance, count in self.counts.items() if count]
        return f"{counted(self.count, 'claim')}: {joined(parts)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """One stance of one neighbour: a curve as SVG has it, and its width."""

    stance: str
    path: str
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A neighbour in its place."""

    neighbour: Neighbour
    y: float
    label: str
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The thing at the left, its neighbours below each other at the right.

    Attributes:
        height: of the picture, its width being 360.
        middle: where the thing stands.
        rows: the neighbours, most claims first.
        left_out: how many more there are.
        is_counted: whether widths are numbers of claims.
    """

    height: int
    middle: float
    rows: tuple[Drawn, ...]
    left_out: int
    is_counted: bool


def count_neighbours(claims: Mapping[str, Iterable[Entry]], limit: int = _DRAWN) -> list[tuple[str, dict[str, int]]]:
    """Return the neighbours that most claims join, with counts by stance, by the claims of each neighbour.

    Example:
        >>> count_neighbours({"x": [Entry(iri="a", stance="critical")], "y": []})
        [('x', {'critical': 1})]
    """
    counts = {iri: Counter(claim.stance for claim in entries) for iri, entries in claims.items()}
    ordered = sorted((iri for iri in counts if counts[iri]), key=lambda iri: (-counts[iri].total(), iri))
    stances = (*STANCES, "")
    return [
        (iri, {stance: counts[iri][stance] for stance in stances if counts[iri][stance]}) for iri in ordered[:limit]
    ]


def draw(neighbours: Sequence[Neighbour], total: int) -> Picture | None:
    """Draw neighbours; None where there are none.

    Args:
        neighbours: in the order of the picture.
        total: how many there are, the ones not drawn included.
    """
    shown = neighbours[:_DRAWN]
    if not shown:
        return None
    most = max(neighbour.count for neighbour in shown)
    height = _ROW * len(shown)
    middle = height / 2
    rows = []
    for number, neighbour in enumerate(shown):
        y = _ROW * (number + 0.5)
        rows.append(
            Drawn(
                neighbour=neighbour,
                y=y,
                label=short(neighbour.thing.label, _LETTERS),
                bands=_bands(neighbour, y, middle, most),
            )
        )
    is_counted = not any(neighbour.note for neighbour in shown)
    return Picture(height=height, middle=middle, rows=tuple(rows), left_out=total - len(shown), is_counted=is_counted)


def _bands(neighbour: Neighbour, y: float, middle: float, most: int) -> tuple[Band, ...]:
    """Lay the stances of one neighbour beside each other, as wide together as it has claims."""
    whole = max(_LINE, neighbour.count * min(_EACH, _WIDEST / max(most, 1)))
    if not neighbour.count:
        return (Band(stance="unknown", path=_curve(middle, y), width=whole),)
    bands = []
    at = -whole / 2
    for stance, count in neighbour.counts.items():
        width = whole * count / neighbour.count
        offset = at + width / 2
        path = _curve(middle + offset * 0.5, y + offset)
        bands.append(Band(stance=stance or "unknown", path=path, width=round(width, 2)))
        at += width
    return tuple(bands)


def _curve(start: float, end: float) -> str:
    half = (_FROM + _TO) / 2
    return f"M{_FROM} {start:.1f}C{half:.0f} {start:.1f} {half:.0f} {end:.1f} {_TO} {end:.1f}"
