"""The figures: as said and as numbers, by what they measure, and what the checks say of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from pyoxigraph import NamedNode

from stpgraph.pages.wording import counted, number
from stpgraph.site.addresses import question_address
from stpgraph.site.asked import Asked, Reply
from stpgraph.site.choosing import Field, at_page, choose_field, name_field, read_choice, read_thing
from stpgraph.site.lines import Line, draw_lens, draw_line, in_figures, interval_in_words, scale_of
from stpgraph.site.place import Site
from stpgraph.site.rendering import render
from stpgraph.site.sayings import Measure, Saying, find_sayings

__all__ = ["show_figures"]

#: Figures on a page.
_SIZE = 50

_UNITS = {"share": "shares", "count": "counts", "money": "sums of money", "other": "other units"}
_SORTS = {"": "doubtful first", "measure": "by measure", "newest": "newest first", "largest": "largest first"}

_ABOUT = ("stp:Relationship",)
_DOCUMENT = ("stp:Document", "stp:Report")
_STUDY = ("stp:Study", "stp:Report")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A figure as the page shows it.

    Attributes:
        one: the figure.
        exact: as a number; "" where there is none.
        interval: what the wording allows, in words.
        line: drawn; None where there is no scale for it.
        lens: the part about it drawn larger; None where nothing near is doubted.
    """

    one: Saying
    exact: str
    interval: str
    line: Line | None
    lens: Line | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Figures of one measure, those that this page has room for."""

    measure: Measure
    shown: tuple[Shown, ...]
    total: int


def show_figures(site: Site, asked: Asked) -> Reply:
    """Show figures.

    Example:
        >>> from stpgraph.store import open_store
        >>> "No figures" in show_figures(Site(store=open_store()), Asked(path="/figures")).body.decode()
        True
    """
    sayings = find_sayings(site)
    wanted = _read(site, asked, sayings.kinds)
    found = [one for one in sayings.all if wanted.fits(one)]
    here, before = at_page(asked, len(found), _SIZE)
    return render(
        site,
        here,
        "figures.html",
        title=_title(found, is_doubtful=wanted.is_doubtful),
        total=len(found),
        every=len(sayings.all),
        size=_SIZE,
        groups=_page(found, wanted.sort, before),
        sort=wanted.sort,
        sorts=tuple(_SORTS.items()),
        is_doubtful=wanted.is_doubtful,
        fields=_fields(site, wanted, sayings.kinds),
        table=_table(wanted),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """What is asked for; None and "" for anything."""

    about: NamedNode | None
    document: NamedNode | None
    study: NamedNode | None
    unit: str
    kind: str
    is_doubtful: bool
    sort: str

    def fits(self, one: Saying) -> bool:
        """Say whether a figure is asked for."""
        return (
            (self.about is None or self.about.value in one.measure.topics)
            and (self.document is None or any(place.iri == self.document.value for place in one.places))
            and (self.study is None or any(source.iri == self.study.value for source in one.measure.sources))
            and (not self.unit or one.sort == self.unit)
            and (not self.kind or one.measure.kind == self.kind)
            and (not self.is_doubtful or bool(one.findings))
        )


def _read(site: Site, asked: Asked, kinds: Sequence[str]) -> _Wanted:
    return _Wanted(
        about=read_thing(site, asked, "about", _ABOUT),
        document=read_thing(site, asked, "document", _DOCUMENT),
        study=read_thing(site, asked, "study", _STUDY),
        unit=read_choice(asked, "unit", tuple(_UNITS), ""),
        kind=read_choice(asked, "kind", kinds, ""),
        is_doubtful=bool(read_choice(asked, "doubtful", ("yes",), "")),
        sort=read_choice(asked, "sort", tuple(name for name in _SORTS if name), ""),
    )


def _fields(site: Site, wanted: _Wanted, kinds: Sequence[str]) -> tuple[Field, ...]:
    return (
        name_field(site, "about", "About", _iri(wanted.about), classes=_ABOUT),
        Field(name="unit", label="Unit", value=wanted.unit, options=tuple(_UNITS.items())),
        choose_field("kind", "Kind", wanted.kind, kinds, default="any"),
        name_field(site, "document", "Document", _iri(wanted.document), classes=_DOCUMENT),
        name_field(site, "study", "Study", _iri(wanted.study), classes=_STUDY),
    )


def _iri(thing: NamedNode | None) -> str:
    return thing.value if thing else ""


def _table(wanted: _Wanted) -> str:
    """Return the address of the same as a table."""
    given = {"about": wanted.about, "document": wanted.document, "study": wanted.study}
    return question_address("statistics", **{name: one.value for name, one in given.items() if one})


def _title(found: Sequence[Saying], *, is_doubtful: bool) -> str:
    """Say the finding."""
    doubtful = sum(bool(one.findings) for one in found)
    if not found:
        return "No figures that do not hold together" if is_doubtful else "No figures"
    if is_doubtful or doubtful == len(found):
        do = "does" if doubtful == 1 else "do"
        return f"{counted(doubtful, 'figure')} that {do} not hold together"
    if not doubtful:
        return f"{counted(len(found), 'figure')}, none of which is known not to hold"
    do = "does" if doubtful == 1 else "do"
    return f"{counted(len(found), 'figure')}, {number(doubtful)} of which {do} not hold together"


def _page(found: Iterable[Saying], sort: str, before: int) -> list[Group]:
    """Group figures by measure, and keep those of one page."""
    by_measure: dict[str, list[Saying]] = {}
    for one in found:
        by_measure.setdefault(one.measure.thing.iri, []).append(one)
    groups = sorted(by_measure.values(), key=lambda group: _rank(group, sort))
    if sort == "newest":
        groups.sort(key=lambda group: max(one.day for one in group), reverse=True)
    ordered = [one for group in groups for one in group][before : before + _SIZE]
    kept = [list(group) for _, group in groupby(ordered, key=lambda one: one.measure.thing.iri)]
    return [_group(group, by_measure[group[0].measure.thing.iri]) for group in kept]


def _rank(group: Sequence[Saying], sort: str) -> tuple[object, ...]:
    label = (group[0].measure.thing.label.lower(), group[0].measure.thing.iri)
    if sort == "largest":
        values = [one.value for one in group if one.value is not None]
        return (("money", "count", "share", "other").index(group[0].sort), -max(values, default=0), *label)
    return (sort == "" and not any(one.findings for one in group), *label)


def _group(kept: Sequence[Saying], whole: Sequence[Saying]) -> Group:
    """Draw figures of a measure on the scales of all of it."""
    scales = scale_of(whole)
    shown = [
        Shown(
            one=one,
            exact=in_figures(one),
            interval=interval_in_words(one),
            line=draw_line(one, scales, whole),
            lens=draw_lens(one, whole),
        )
        for one in kept
    ]
    return Group(measure=kept[0].measure, shown=tuple(shown), total=len(whole))
