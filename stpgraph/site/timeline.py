"""The timeline: how many claims were made when, and of which stance, in all and for each relationship or claimant."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pyoxigraph import NamedNode

from stpgraph.networks.evidence import Thing
from stpgraph.pages.wording import counted, joined, number
from stpgraph.site.addresses import address_of
from stpgraph.site.asked import Asked, Reply
from stpgraph.site.briefs import Brief, Briefs, Tally, claims_where, find_briefs, find_speakers, lies_in
from stpgraph.site.cards import to_thing
from stpgraph.site.choosing import listed_field, name_field, read_choice, read_period, read_thing
from stpgraph.site.columns import Chart, Dated, draw_columns
from stpgraph.site.periods import UNITS, Period, Span, span_of, unit_of
from stpgraph.site.place import Site
from stpgraph.site.rendering import render
from stpgraph.store import Store

__all__ = ["find_works", "show_timeline"]

#: What the small charts are of.
_ROWS = ("relationship", "claimant", "aspect", "none")

#: Small charts of the first page, how many more at a time, and at most.
_SHOWN, _MORE, _MOST = 12, 24, 500

#: The most works that a mark or a row of the table names.
_NAMED = 3

#: Width and height of the large charts, for a desk and for a phone, and of a small one.
_WIDE, _NARROW, _SMALL = (1160.0, 190.0), (368.0, 150.0), (272.0, 44.0)

_RELATIONSHIP = ("stp:Relationship",)
_CLAIMANT = ("stp:Organisation", "stp:Person", "stp:Collective", "stp:Partnership")

#: Studies and documents with their dates.
_WORKS = """
SELECT ?work ?type ?day ?label {
  VALUES (?type ?dated ?named) { (stp:Study dcterms:date skos:prefLabel) (stp:Document dcterms:issued dcterms:title) }
  ?work a ?type ; ?dated ?day OPTIONAL { ?work ?named ?label }
}"""


@dataclass(slots=True)
class _Counts:
    """Claims by period and stance."""

    periods: dict[int | None, dict[str, int]] = field(default_factory=dict)
    _whole: dict[str, int] = field(default_factory=dict)

    def add(self, at: int | None, stance: str, count: int) -> None:
        """Count claims; None is a period that is not known."""
        here = self.periods.setdefault(at, {})
        here[stance] = here.get(stance, 0) + count
        self._whole[stance] = self._whole.get(stance, 0) + count

    def total(self) -> Tally:
        """Return a tally of all, those of which the period is not known among them."""
        return Tally.of(self._whole)

    def tallies(self, span: Span) -> list[Tally]:
        """Return a tally for each period."""
        return [Tally.of(self.periods.get(at, {})) for at in range(len(span.periods))]


@dataclass(frozen=True, slots=True, kw_only=True)
class Small:
    """One of the small charts: of what, how many claims in all, its drawing, and where it leads."""

    thing: Thing | None
    total: Tally
    chart: Chart
    address: str
    alone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the table: a period, its claims, and what is dated in it."""

    period: Period
    tally: Tally
    address: str
    works: tuple[tuple[Thing, ...], tuple[Thing, ...]]


def show_timeline(site: Site, asked: Asked) -> Reply:
    """Show claims over time.

    Example:
        >>> from stpgraph.store import open_store
        >>> "No claims" in show_timeline(Site(store=open_store()), Asked(path="/timeline")).body.decode()
        True
    """
    rows = read_choice(asked, "rows", _ROWS, "relationship")
    per = read_choice(asked, "per", tuple(UNITS), "")
    since, until = read_period(site, asked)
    about = read_thing(site, asked, "relationship", _RELATIONSHIP)
    claimant = read_thing(site, asked, "claimant", _CLAIMANT)
    briefs = find_briefs(site)
    claims = _fitting(briefs, about, claimant, since, until)
    days = {one.day for one in claims} - {""}
    span = span_of(days, unit_of(days, per))
    timeline = _Timeline(briefs, claims, span, rows, _facets(about, claimant))
    works = find_works(site)
    dated = list(_dated(works, span))
    shown = asked.number("show", _SHOWN, least=1, most=_MOST)
    smalls = timeline.smalls(asked, shown)
    return render(
        site,
        asked,
        "timeline.html",
        title=_title(timeline, span, about and briefs.thing(about.value), claimant and briefs.thing(claimant.value)),
        whole=timeline.whole,
        span=span,
        wanted=per,
        rows=rows,
        since=since,
        until=until,
        charts={"wide": timeline.chart(*_WIDE, dated), "narrow": timeline.chart(*_NARROW, dated)},
        lines=timeline.lines(works),
        smalls=smalls,
        left_out=timeline.row_count - len(smalls),
        sizes=(_MORE, _MOST),
        undated=timeline.undated,
        imprecise=timeline.imprecise,
        outside=_outside(works, span),
        fields=(
            name_field(site, "relationship", "Relationship", about.value if about else "", classes=_RELATIONSHIP),
            listed_field("claimant", "Claimant", claimant.value if claimant else "", find_speakers(site)),
        ),
    )


def _fitting(
    briefs: Briefs, about: NamedNode | None, claimant: NamedNode | None, since: str, until: str
) -> list[Brief]:
    """Return the claims asked for."""
    days = {day for day in {one.day for one in briefs.claims} if lies_in(day, since, until)}
    return [
        one
        for one in briefs.claims
        if one.day in days
        and (about is None or about.value in one.topics)
        and (claimant is None or claimant.value in one.claimants)
    ]


def _facets(about: NamedNode | None, claimant: NamedNode | None) -> list[tuple[str, str]]:
    return [(name, one.value) for name, one in (("relationship", about), ("claimant", claimant)) if one]


def _title(timeline: _Timeline, span: Span, about: Thing | None, claimant: Thing | None) -> str:
    """Say the finding: when most was said."""
    of = "".join(f", {word} {thing.label}" for word, thing in (("about", about), ("by", claimant)) if thing)
    tallies = timeline.tallies
    if not timeline.whole.total:
        return f"No claims{of}"
    if not tallies:
        return f"{counted(timeline.whole.total, 'claim')}{of}, on days that are not known"
    most = max(tally.total for tally in tallies)
    best = [period.label for period, tally in zip(span.periods, tallies, strict=True) if tally.total == most]
    if len(best) == 1 and len(span.periods) > 1:
        is_half = most * 2 > timeline.whole.total
        when = f"most of them in {best[0]}" if is_half else f"more in {best[0]} than in any other {span.unit}"
        return f"{counted(timeline.whole.total, 'claim')}{of}, {when}: {number(most)}"
    first, last = span.periods[0].label, span.periods[-1].label
    when = first if first == last else f"{first} to {last}"
    return f"{counted(timeline.whole.total, 'claim')}{of}: {when}"


class _Timeline:
    """Claims counted by period, in all and by what the small charts are of."""

    def __init__(
        self, briefs: Briefs, claims: Sequence[Brief], span: Span, rows: str, facets: list[tuple[str, str]]
    ) -> None:
        self._briefs, self._span, self._rows, self._facets = briefs, span, rows, facets
        numbers = {day: span.number(day) for day in {one.day for one in claims}}
        everything = _Counts()
        of_rows: defaultdict[str, _Counts] = defaultdict(_Counts)
        is_by_claimant = rows == "claimant"
        told = Counter(
            [(numbers[one.day], one.stance, one.claimants if is_by_claimant else one.topics) for one in claims]
        )
        keys = {named: self._keys(named) for named in {named for _, _, named in told}}
        for (at, stance, named), count in told.items():
            everything.add(at, stance, count)
            for key in keys[named]:
                of_rows[key].add(at, stance, count)
        self.whole = everything.total()
        self.tallies = everything.tallies(span)
        self.undated = sum(not one.day for one in claims)
        self.imprecise = sum(everything.periods.get(None, {}).values()) - self.undated
        self._of_rows = of_rows
        self._totals = {key: found.total() for key, found in of_rows.items()}
        self.row_count = len(self._totals)

    def _keys(self, named: tuple[str, ...]) -> tuple[str, ...]:
        """Return the small charts that a claim is counted in; "" for what is not known."""
        if self._rows == "none":
            return ()
        return self._briefs.aspects_of(named) if self._rows == "aspect" else named or ("",)

    def chart(self, width: float, height: float, dated: Sequence[Dated]) -> Chart:
        """Draw all claims."""
        most = max((tally.total for tally in self.tallies), default=0)
        addresses = self._addresses(self._facets)
        return draw_columns(
            self._span, self.tallies, width=width, height=height, most=most, addresses=addresses, dated=dated
        )

    def lines(self, works: Sequence[Work]) -> list[Line]:
        """Return a line for each period in which something was said, or that something is dated in."""
        there: dict[int, tuple[list[Thing], list[Thing]]] = {}
        for thing, day in works:
            at = self._span.number(day)
            if at is not None:
                there.setdefault(at, ([], []))[thing.kind == "document"].append(thing)
        addresses = self._addresses(self._facets)
        lines = []
        for at, (period, tally) in enumerate(zip(self._span.periods, self.tallies, strict=True)):
            studies, documents = there.get(at, ((), ()))
            if tally.total or studies or documents:
                of_it = tuple(studies), tuple(documents)
                lines.append(Line(period=period, tally=tally, address=addresses[at], works=of_it))
        return lines

    def smalls(self, asked: Asked, shown: int) -> list[Small]:
        """Draw the small charts of what most claims are of, all on one scale."""
        ordered = sorted(self._totals, key=lambda key: (not key, -self._totals[key].total, self._name(key), key))
        found = {key: self._of_rows.get(key, _Counts()).tallies(self._span) for key in ordered[:shown]}
        most = max((tally.total for tallies in found.values() for tally in tallies), default=0)
        width, height = _SMALL
        smalls = []
        for key, tallies in found.items():
            facets = [*self._facets, *self._facets_of(key)]
            chart = draw_columns(
                self._span,
                tallies,
                width=width,
                height=height,
                most=most,
                addresses=self._addresses(facets),
                has_labels=False,
            )
            smalls.append(
                Small(
                    thing=self._briefs.thing(key) if key else None,
                    total=self._totals[key],
                    chart=chart,
                    address=claims_where(*facets),
                    alone=asked.address({self._rows: key, "show": ""}) if key and self._rows != "aspect" else "",
                )
            )
        return smalls

    def _name(self, key: str) -> str:
        return self._briefs.thing(key).label

    def _facets_of(self, key: str) -> Iterable[tuple[str, str]]:
        if self._rows == "aspect":
            unknown = () if key else ("unknown",)
            return [("relationship", one) for one in (*unknown, *self._briefs.relationships_of(key))]
        return [("claimant" if self._rows == "claimant" else "relationship", key or "unknown")]

    def _addresses(self, facets: Sequence[tuple[str, str]]) -> list[str]:
        start = claims_where(*facets)
        joint = "&" if "?" in start else "?"
        return [f"{start}{joint}since={period.since}&until={period.until}" for period in self._span.periods]


#: A study or document, and its date.
Work = tuple[Thing, str]


def find_works(site: Site) -> list[Work]:
    """Return studies and documents by their dates, read the first time only."""
    return site.once("works", _read_works)


def _read_works(store: Store) -> list[Work]:
    found = {}
    for row in store.select(_WORKS):
        work, of_class, day, label = (getattr(term, "value", "") for term in row)
        kind = "study" if of_class.endswith("Study") else "document"
        found[work] = to_thing(work, label, kind), day
    return sorted(found.values(), key=lambda work: (work[1], work[0].label, work[0].iri))


def _dated(works: Sequence[Work], span: Span) -> Iterable[Dated]:
    """Gather works of one kind and period, so that each has one mark; a year alone is no month."""
    gathered: dict[tuple[str, int | None, tuple[int, int]], list[Work]] = {}
    for thing, day in works:
        within = span.numbers(day)
        if within is not None:
            gathered.setdefault((thing.kind, span.number(day), within), []).append((thing, day))
    for (kind, at, _), behind in gathered.items():
        things = [thing for thing, _ in behind]
        when = f"{behind[0][1][:4]}, month not known" if at is None else span.periods[at].label
        words = f"{when}: {_named(things)}"
        row = "#undated-works" if at is None else f"#at-{span.periods[at].key}"
        yield kind, behind[0][1], len(things), words, address_of(things[0].iri) if len(things) == 1 else row


def _named(things: Sequence[Thing]) -> str:
    """Name the first works, and count the others."""
    names = [thing.label for thing in things[:_NAMED]]
    more = len(things) - len(names)
    kind = things[0].kind
    return joined([*names, f"{number(more)} more"] if more else names) + f" ({kind})"


def _outside(works: Sequence[Work], span: Span) -> Mapping[str, Sequence[Thing]]:
    """Return the works that no line of the table has: dated to a year alone, or to another time."""
    if not span.periods:
        return {"vague": (), "elsewhere": ()}
    vague: list[Thing] = []
    elsewhere: list[Thing] = []
    for thing, day in works:
        if span.number(day) is None:
            (vague if span.numbers(day) else elsewhere).append(thing)
    return {"vague": vague, "elsewhere": elsewhere}
