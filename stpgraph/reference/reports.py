"""Reports, the studies behind them, whom they asked and what they found: the table `reports.csv`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from stpgraph.records import Measure, Person, Report, Statistic, Study
from stpgraph.reference.codes import Codes
from stpgraph.reference.figures import read_figure
from stpgraph.reference.names import Register
from stpgraph.reference.origins import Origin, read_origin
from stpgraph.reference.populations import Populations
from stpgraph.reference.rows import Row
from stpgraph.vocabulary import mint

__all__ = ["REPORT_COLUMNS", "add_reports"]

#: Columns that say the same in every row of a report.
_HEAD = ("title", "publisher", "authors", "date", "kind", "commissioned_by")

REPORT_COLUMNS = (
    "report_id",
    *_HEAD,
    "what_is_measured",
    "value",
    "unit",
    "numerator",
    "denominator",
    "population",
    "note",
    "certainty",
    "origin",
)

#: Facts of the report rather than of its figures, as an origin names them before or after a source.
_REPORT_FACTS = frozenset({"title", "authors", "author", "date", "dates", "month", "hc number"})

#: How long a measure's name is, and what tells two of one report apart.
_NAME_LIMIT, _POPULATION_LIMIT = 60, 40


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    """One report as its rows give it, with the study behind it where there is one."""

    name: str
    rows: tuple[Row, ...]
    #: The kind of the study, where there is one, and of the report, where it is known.
    study_kind: NamedNode | None
    report_kind: NamedNode | None

    @property
    def report(self) -> NamedNode:
        return mint("report", self.name)

    @property
    def study(self) -> NamedNode | None:
        return mint("study", self.name) if self.study_kind else None

    @property
    def figures(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row["what_is_measured"])

    @property
    def shared_notes(self) -> frozenset[str]:
        """Parts of notes that all of several rows have: they speak of the report."""
        notes = [frozenset(row.parts("note", "; ")) for row in self.rows]
        return frozenset.intersection(*notes) if len(notes) > 1 else frozenset()


def add_reports(rows: Iterable[Row], register: Register, codes: Codes) -> None:
    """Write reports, studies, populations, measures and figures to the ledger."""
    works = [_read_work(name, held, codes) for name, held in _by_report(rows).items()]
    populations = Populations(register)
    for work in works:
        populations.learn(work.name, work.study_kind, work.figures)
    for work in works:
        _add_work(work, register, populations)
        for measured in _measured(work.figures):
            _add_figure(work, measured, register, populations)


def _by_report(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.identifier("report_id")].append(row)
    return found


def _read_work(name: str, rows: Sequence[Row], codes: Codes) -> _Work:
    """Check the rows of one report against each other."""
    first = rows[0]
    for row in rows:
        for column in _HEAD:
            if row[column] != first[column]:
                raise row.bad(column, f"differs from line {first.line}, of the same report: {first[column]!r}")
        if not row["what_is_measured"]:
            for column in ("value", "unit", "numerator", "denominator", "population"):
                if row[column]:
                    raise row.bad(column, "is given, but what_is_measured is empty; say what it measures")
    study_kind, report_kind = _kinds(first, codes)
    return _Work(name=name, rows=tuple(rows), study_kind=study_kind, report_kind=report_kind)


def _kinds(row: Row, codes: Codes) -> tuple[NamedNode | None, NamedNode | None]:
    """Return the kinds of study and report that a cell names.

    One that names a study leaves open what its report is; a report such as an independent review is of both kinds,
    for its last word names a study.
    """
    label = row.required("kind")
    study_kind = codes.find("study-kind", label)
    if study_kind:
        return study_kind, None
    report_kind = codes.find("report-kind", label)
    if report_kind is None:
        listed = codes.listed("study-kind", "report-kind")
        raise row.bad("kind", f"is not on the list; expected one of {listed}")
    return codes.find("study-kind", label.split()[-1]), report_kind


def _add_work(work: _Work, register: Register, populations: Populations) -> None:
    """Write the report and its study, with the sources and notes of each of its rows."""
    shared = work.shared_notes
    for row in work.rows:
        parts = read_origin(row, register.documents)
        publishers = _bodies("publisher", row, register, parts)
        commissioners = _bodies("commissioned_by", row, register, parts)
        report = Report(
            iri=work.report,
            title=row.required("title"),
            publishers=publishers,
            creators=_people(row, register, parts),
            issued=row.date("date"),
            kind=work.report_kind,
            generated_by=work.study,
            commissioned_by=commissioners,
        )
        notes = [note for note in row.parts("note", "; ") if note in shared or not row["what_is_measured"]]
        register.ledger.make_from(report, row, parts, notes=notes)
        if work.study:
            study = Study(
                iri=work.study,
                label=row["title"],
                kind=work.study_kind,
                associated_with=report.creators if work.report_kind and report.creators else publishers,
                commissioned_by=commissioners,
                sample=populations.sample(work.name),
                date=row.date("date"),
            )
            register.ledger.make_from(study, row, parts)


def _bodies(column: str, row: Row, register: Register, parts: tuple[Origin, ...]) -> tuple[NamedNode, ...]:
    return tuple(register.body(name, row, column, parts) for name in row.parts(column, ";"))


def _people(row: Row, register: Register, parts: tuple[Origin, ...]) -> tuple[NamedNode, ...]:
    people: list[Person] = [register.person(name, row, "authors") for name in row.parts("authors", ";")]
    for person in people:
        register.ledger.name(person, row, parts)
    return tuple(person.iri for person in people)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Measured:
    """A row with a figure, and the name and label of what it measures."""

    row: Row
    name: str
    label: str


def _measured(rows: Sequence[Row]) -> list[_Measured]:
    """Name what the figures of one report measure.

    A name is cut between words. Where two figures measure the same, the population tells them apart; where two
    names are alike only once they are cut, they are not cut.

    Raises:
        BadRow: when two rows measure the same of the same population.
    """
    full = [row.slug("what_is_measured", row["what_is_measured"]) for row in rows]
    cut = [row.slug("what_is_measured", row["what_is_measured"], _NAME_LIMIT) for row in rows]
    found: dict[str, _Measured] = {}
    for row, whole, short in zip(rows, full, cut, strict=True):
        is_clear = len({other for other, least in zip(full, cut, strict=True) if least == short}) == 1
        name, label = short if is_clear else whole, row["what_is_measured"]
        if full.count(whole) > 1 and row["population"]:
            name += f"-{row.slug('population', row['population'], _POPULATION_LIMIT)}"
            label += f" ({row['population']})"
        if name in found:
            line = found[name].row.line
            problem = f"line {line} measures it of the same population; merge the two or tell them apart"
            raise row.bad("what_is_measured", problem)
        found[name] = _Measured(row=row, name=name, label=label)
    return list(found.values())


def _add_figure(work: _Work, measured: _Measured, register: Register, populations: Populations) -> None:
    """Write one figure: its measure, and the statistic itself."""
    row = measured.row
    measure = Measure(
        iri=mint("measure", f"{work.name}-{measured.name}"),
        label=measured.label,
        population=populations.add(work.name, row),
        comes_from=work.study or work.report,
    )
    register.ledger.make_from(measure, row, ())
    figure = read_figure(row)
    statistic = Statistic(
        iri=mint("statistic", work.name, measured.name),
        measure=measure.iri,
        as_said=figure.as_said,
        unit=figure.unit,
        comparator=figure.comparator,
        value=figure.value,
        lowest=figure.lowest,
        highest=figure.highest,
        numerator=figure.numerator,
        denominator=figure.denominator,
        reported_in=work.report,
        review_status=mint("review-status", row.status),
    )
    parts = read_origin(row, register.documents)
    own = tuple(part for part in parts if not (part.facts | part.remarks) & _REPORT_FACTS)
    notes = [note for note in row.parts("note", "; ") if note not in work.shared_notes]
    register.ledger.make_from(statistic, row, own or parts, notes=notes)
