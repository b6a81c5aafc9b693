"""Figures as they were said, each with its measure, who says so and where, and what the checks say of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from math import ceil

from stpgraph.checks.findings import Finding
from stpgraph.networks.evidence import Thing
from stpgraph.site.briefs import find_briefs
from stpgraph.site.cards import to_thing
from stpgraph.site.pairs import pairs_of
from stpgraph.site.place import Site
from stpgraph.store import Store
from stpgraph.vocabulary import STP, UNIT

__all__ = ["Measure", "Saying", "Sayings", "find_sayings", "read_sayings"]

#: What an IRI of a currency has before its three letters.
_CURRENCY = f"{UNIT.iri}CCY_"

#: How much two numbers may differ by, for a fraction is kept as a decimal.
_ROUNDING = Decimal("0.0001")

_CLASSES = {STP.Document.value: "document", STP.Report.value: "report", STP.Study.value: "study"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What figures measure.

    Attributes:
        thing: the measure.
        kind: opinion, planned, announced and so on; "" where not known.
        population: whom or what it counts; None where not known.
        size: how many they are; None where not known.
        sources: the studies and reports whose quantity it is.
        topics: the relationships it is about, and those above them.
        own_topics: those that it says itself.
        wholes: the measures that it is a part of.
    """

    thing: Thing
    kind: str = ""
    population: Thing | None = None
    size: int | None = None
    sources: tuple[Thing, ...] = ()
    topics: tuple[str, ...] = ()
    own_topics: tuple[Thing, ...] = ()
    wholes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """A figure as it was said once.

    Attributes:
        iri: the statistic.
        said: the number as worded.
        comparator: exactly, about, more than and so on.
        value: the number named, in whole units; None where there is none.
        lowest: the least that the wording allows; None for no bound.
        highest: the most; likewise.
        unit: "%", "count", a code, for a currency its three letters; "" where not known.
        is_money: whether the unit is a currency.
        numerator: the part, as worded.
        denominator: the whole, as worded.
        measure: what it measures.
        speakers: who gives it in a claim.
        claims: those claims.
        places: the documents and reports that state it.
        day: when the first of these was published; "" where not known.
        status: of review.
        findings: why it does not hold; () where it does, or nothing is known against it.
    """

    iri: str
    said: str
    comparator: str
    value: Decimal | None
    lowest: Decimal | None
    highest: Decimal | None
    unit: str
    is_money: bool
    numerator: int | None
    denominator: int | None
    measure: Measure
    speakers: tuple[Thing, ...] = ()
    claims: tuple[str, ...] = ()
    places: tuple[Thing, ...] = ()
    day: str = ""
    status: str = ""
    findings: tuple[Finding, ...] = ()

    @property
    def sort(self) -> str:
        """What sort of figure it is: share, count, money or other."""
        if self.unit == "%" or (self.unit == "count" and self.denominator):
            return "share"
        return "money" if self.is_money else "count" if self.unit == "count" else "other"

    @property
    def base(self) -> int | None:
        """Of how many it is: as worded, or else the whole population."""
        return self.denominator or self.measure.size

    def as_share(self, number: Decimal | None) -> Decimal | None:
        """Return a bound or the value of a share in percent."""
        if number is not None and self.unit == "count" and self.denominator:
            return number * 100 / self.denominator
        return number

    @property
    def bounds(self) -> tuple[Decimal | None, Decimal | None]:
        """The bounds, of a share in percent."""
        return self.as_share(self.lowest), self.as_share(self.highest)

    def meets(self, other: Saying) -> bool:
        """Say whether both may be so, were they about one thing."""
        (low, high), (other_low, other_high) = self.bounds, other.bounds
        is_below = high is not None and other_low is not None and other_low > high + _ROUNDING
        is_above = low is not None and other_high is not None and low > other_high + _ROUNDING
        return not is_below and not is_above

    @property
    def counts_beside(self) -> tuple[int, int] | None:
        """The whole numbers of its base next below and next above it; None where one fits or no base is known.

        Example:
            >>> asked = Measure(thing=Thing(iri="urn:m", label="m", short_label="m", kind="measure"), size=56)
            >>> said = Saying(iri="urn:s", said="15%", comparator="exactly", value=Decimal(15), lowest=Decimal("14.5"),
            ...     highest=Decimal("15.5"), unit="%", is_money=False, numerator=None, denominator=None, measure=asked)
            >>> said.counts_beside
            (8, 9)
        """
        if self.unit != "%" or self.numerator is not None or self.base is None or self.base < 1:
            return None
        if self.lowest is None or self.highest is None:
            return None
        more = ceil(self.lowest * self.base / 100)
        return (more - 1, more) if Decimal(more * 100) / self.base > self.highest + _ROUNDING else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sayings:
    """All figures, in the order of measure and place.

    Attributes:
        all: the figures.
        kinds: of measures, those that occur.
    """

    all: tuple[Saying, ...]
    kinds: tuple[str, ...]


def find_sayings(site: Site) -> Sayings:
    """Return the figures of a site, read the first time only, with what is known of the checks.

    Example:
        >>> from stpgraph.store import open_store
        >>> find_sayings(Site(store=open_store())).all
        ()
    """
    found = site.once("sayings", lambda _: read_sayings(site))
    if site.unchecked:
        return found

    def doubt(_: Store) -> Sayings:
        doubted = _doubted(found.all, site.findings)
        return replace(found, all=tuple([doubted.get(one.iri, one) for one in found.all]))

    return site.once("doubted", doubt)


def read_sayings(site: Site) -> Sayings:
    """Read the figures of a site, without what the checks find of them."""
    return _Reading(site, site.store).sayings()


class _Reading:
    """One pass over a store's figures, each property read once."""

    def __init__(self, site: Site, store: Store) -> None:
        self._wider = find_briefs(site).wider
        names = (
            "asSaid",
            "value",
            "lowest",
            "highest",
            "numerator",
            "denominator",
            "measure",
            "reportedIn",
            "claimant",
        )
        self._of = {name: pairs_of(store, f"stp:{name}") for name in names}
        codes = ("stp:comparator", "stp:reviewStatus", "stp:kind")
        self._codes = {name: pairs_of(store, f"{name}/skos:prefLabel") for name in codes}
        self._units = pairs_of(store, "qudt:hasUnit")
        self._labels = {**pairs_of(store, "dcterms:title"), **pairs_of(store, "skos:prefLabel")}
        self._issued = pairs_of(store, "dcterms:issued")
        self._classes = pairs_of(store, "a")
        self._given: dict[str, list[str]] = {}
        withdrawn = pairs_of(store, "stp:withdrawnOn")
        for claim, statistics in sorted(pairs_of(store, "stp:gives").items()):
            for statistic in statistics if claim not in withdrawn else ():
                self._given.setdefault(statistic, []).append(claim)
        measured = ("population", "size", "comesFrom", "about", "partOf")
        self._of_measure = {name: pairs_of(store, f"stp:{name}") for name in measured}
        self._measures: dict[str, Measure] = {}

    def sayings(self) -> Sayings:
        """Make all figures."""
        found = [self._saying(iri, measures[0]) for iri, measures in self._of["measure"].items()]
        found.sort(key=lambda one: (one.measure.thing.label, one.measure.thing.iri, one.day, one.iri))
        kinds = sorted({one.measure.kind for one in found} - {""})
        return Sayings(all=tuple(found), kinds=tuple(kinds))

    def _saying(self, iri: str, measure: str) -> Saying:
        [unit] = self._units.get(iri, ("",))[:1]
        claims = tuple(self._given.get(iri, ()))
        speakers = dict.fromkeys(who for claim in claims for who in self._of["claimant"].get(claim, ()))
        places = self._of["reportedIn"].get(iri, ())
        days = [day for place in places for day in self._issued.get(place, ())]
        is_money = unit.startswith(_CURRENCY)
        codes = {UNIT.PERCENT.value: "%", UNIT.NUM.value: "count"}
        return Saying(
            iri=iri,
            said=self._first("asSaid", iri),
            comparator=self._codes["stp:comparator"].get(iri, ("",))[0],
            value=_decimal(self._first("value", iri)),
            lowest=_decimal(self._first("lowest", iri)),
            highest=_decimal(self._first("highest", iri)),
            unit=codes.get(unit) or unit.removeprefix(_CURRENCY).rpartition("/")[2],
            is_money=is_money,
            numerator=_whole(self._first("numerator", iri)),
            denominator=_whole(self._first("denominator", iri)),
            measure=self._measure(measure),
            speakers=tuple([self._thing(who) for who in speakers]),
            claims=claims,
            places=tuple([self._thing(place) for place in places]),
            day=min(days, default=""),
            status=self._codes["stp:reviewStatus"].get(iri, ("",))[0],
        )

    def _first(self, name: str, iri: str) -> str:
        return self._of[name].get(iri, ("",))[0]

    def _measure(self, iri: str) -> Measure:
        if iri not in self._measures:
            of = {name: pairs.get(iri, ()) for name, pairs in self._of_measure.items()}
            population = of["population"][0] if of["population"] else ""
            sizes = self._of_measure["size"].get(population, ("",))
            self._measures[iri] = Measure(
                thing=to_thing(iri, self._labels.get(iri, ("",))[0], "measure"),
                kind=self._codes["stp:kind"].get(iri, ("",))[0],
                population=self._thing(population) if population else None,
                size=_whole(sizes[0]),
                sources=tuple([self._thing(one) for one in of["comesFrom"]]),
                topics=self._upwards(of["about"]),
                own_topics=tuple(
                    [to_thing(one, self._labels.get(one, ("",))[0], "relationship") for one in of["about"]]
                ),
                wholes=of["partOf"],
            )
        return self._measures[iri]

    def _upwards(self, topics: Sequence[str]) -> tuple[str, ...]:
        found = list(topics)
        for one in found:  # grows meanwhile
            found += [above for above in self._wider.get(one, ()) if above not in found]
        return tuple(found)

    def _thing(self, iri: str) -> Thing:
        of_class = next((name for name in self._classes.get(iri, ())), "")
        return to_thing(iri, self._labels.get(iri, ("",))[0], _CLASSES.get(of_class, of_class))


def _doubted(sayings: Iterable[Saying], findings: Sequence[Finding]) -> dict[str, Saying]:
    """Return the figures that do not hold, with the reasons: of two that disagree both, and all that say the same."""
    by_iri = {one.iri: one for one in sayings}
    by_measure: dict[str, list[Saying]] = {}
    by_whole: dict[str, list[Saying]] = {}
    for one in by_iri.values():
        by_measure.setdefault(one.measure.thing.iri, []).append(one)
        for whole in one.measure.wholes:
            by_whole.setdefault(whole, []).append(one)
    reasons: dict[str, dict[Finding, None]] = {}
    for finding in findings:
        first = by_iri.get(finding.node)
        if first is not None:
            for one in _concerned(first, finding, by_measure, by_whole):
                reasons.setdefault(one.iri, {})[finding] = None
    return {iri: replace(by_iri[iri], findings=tuple(found)) for iri, found in reasons.items()}


def _concerned(
    first: Saying, finding: Finding, by_measure: Mapping[str, list[Saying]], by_whole: Mapping[str, list[Saying]]
) -> list[Saying]:
    """Return the figures that a finding is about."""
    if finding.rule.startswith("parts"):
        places = set(first.places)
        parts = [one for whole in first.measure.wholes for one in by_whole[whole] if places & set(one.places)]
        return parts or [first]
    own = by_measure[first.measure.thing.iri]
    same = [one for one in own if (one.said, one.bounds) == (first.said, first.bounds) and _is_alike(one, first)]
    wholes = [one for whole in first.measure.wholes for one in by_measure.get(whole, ())]
    beside = [one for one in (*own, *wholes) if one.iri == finding.other]
    beside += [one for one in own if beside and (one.said, one.bounds) == (beside[0].said, beside[0].bounds)]
    return [*same, *beside] if finding.rule != "no-whole-number-gives-it" else [first]


def _is_alike(one: Saying, other: Saying) -> bool:
    return one.unit == other.unit and one.denominator == other.denominator


def _decimal(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _whole(text: str) -> int | None:
    number = _decimal(text)
    return int(number) if number is not None and abs(number) < 10**18 else None
