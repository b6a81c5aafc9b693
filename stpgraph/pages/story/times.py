"""Claims over time: columns by month or by year, stacked by stance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stpgraph.citations import in_words
from stpgraph.networks.evidence import Evidence
from stpgraph.pages.lettering import text_width
from stpgraph.pages.story.counting import Tally, tally

__all__ = ["Chart", "Column", "Times", "make_chart", "make_times"]

#: Fewer months with claims than this tell nothing as columns; more than this are years.
_FEWEST_MONTHS, _MOST_MONTHS = 3, 48

#: Height of the columns, of the type below them, and what stands above.
_HEIGHT, _FOOT, _HEAD, _SIZE = 150.0, 22.0, 18.0, 12.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """Claims by period.

    Attributes:
        unit: month, year or document.
        periods: a tally each; labels are months or years in words, or titles.
        undated: claims whose day is not known.
    """

    unit: str
    periods: tuple[Tally, ...]
    undated: int

    @property
    def most(self) -> int:
        """The claims of the period that has most."""
        return max((period.count for period in self.periods), default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A period's column: its parts, each a stance, the top and the height; its middle, label and count."""

    x: float
    width: float
    parts: tuple[tuple[str, float, float], ...]
    middle: float
    label: str
    count: int
    top: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Columns side by side."""

    width: float
    height: float
    ground: float
    columns: tuple[Column, ...]


def make_times(claims: Sequence[Evidence]) -> Times:
    """Count claims by month; by year where that would be too many, and by document where it would be too few."""
    undated = sum(not one.since for one in claims)
    months = sorted({one.since[:7] for one in claims if len(one.since) >= len("2016-11")})
    if len(months) < _FEWEST_MONTHS:
        documents: dict[str, list[Evidence]] = {}
        for one in claims:
            documents.setdefault(one.document, []).append(one)
        told = [
            tally(behind[0].title or "document not known", behind, note=in_words(behind[0].issued))
            for behind in documents.values()
        ]
        return Times(unit="document", periods=tuple(told), undated=undated)
    spanned = list(_months(months[0], months[-1]))
    is_by_year = len(spanned) > _MOST_MONTHS
    periods = [str(year) for year in range(int(months[0][:4]), int(months[-1][:4]) + 1)] if is_by_year else spanned
    behind_period: dict[str, list[Evidence]] = {period: [] for period in periods}
    short = 0
    for one in claims:
        behind_one = behind_period.get(one.since[: len(periods[0])])
        if behind_one is not None:
            behind_one.append(one)
        elif one.since:
            short += 1  # known to the year only
    told = [tally(in_words(period), behind, short_label=period) for period, behind in behind_period.items()]
    return Times(unit="year" if is_by_year else "month", periods=tuple(told), undated=undated + short)


def make_chart(times: Times, *, width: float) -> Chart:
    """Draw the periods as columns.

    Example:
        >>> said = [Evidence(iri=f"urn:{n}", kind="claim", summary="", since=f"2017-0{n}-01") for n in (1, 2, 3)]
        >>> [column.label for column in make_chart(make_times(said), width=368).columns]
        ['January 2017', 'February', 'March']
    """
    step = width / max(len(times.periods), 1)
    ground = _HEAD + _HEIGHT
    columns: list[Column] = []
    free_from = 0.0
    for at, period in enumerate(times.periods):
        parts, top = [], ground
        for stance, count in period.stances.items():
            height = count * _HEIGHT / max(times.most, 1)
            top -= height
            parts.append((stance, round(top, 1), round(height, 1)))
        middle = (at + 0.5) * step
        label = _label(period, is_first=at == 0)
        half = text_width(label, _SIZE) / 2
        fits = middle - half >= free_from and middle + half <= width
        middle = half if at == 0 else middle
        fits = fits or at == 0
        free_from = middle + half + _SIZE if fits else free_from
        columns.append(
            Column(
                x=round(at * step + step * 0.1, 1),
                width=round(step * 0.8, 1),
                parts=tuple(parts),
                middle=round(max((at + 0.5) * step, half if fits else 0.0), 1),
                label=label if fits else "",
                count=period.count if step >= text_width("000", _SIZE) else 0,
                top=round(top, 1),
            )
        )
    return Chart(width=width, height=ground + _FOOT, ground=ground, columns=tuple(columns))


def _label(period: Tally, *, is_first: bool) -> str:
    """Name a month; January and the first one also name the year."""
    words = period.label.split(" ")
    return period.label if is_first or len(words) == 1 or period.short_label.endswith("-01") else words[0]


def _months(first: str, last: str) -> Iterator[str]:
    year, month = int(first[:4]), int(first[5:7])
    while f"{year:04}-{month:02}" <= last:
        yield f"{year:04}-{month:02}"
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
