"""Whom or what figures count: the collectives of reports, with their sizes.

Those whom a survey or poll asked are its own; what other works count (footprints, councils) is shared by all that
name it alike. A collective has one size: where rows give several, each size makes a collective, named with it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from stpgraph.records import Collective
from stpgraph.reference.names import Register
from stpgraph.reference.rows import Row
from stpgraph.vocabulary import mint

__all__ = ["Populations"]

#: Kinds of study that ask people: their populations are their own respondents.
_ASKING = frozenset({mint("study-kind", "survey"), mint("study-kind", "poll")})

#: How long the names of collectives are: shared ones, and those of one study.
_SHARED_LIMIT, _OWN_LIMIT = 60, 40


@dataclass(frozen=True, slots=True)
class _Base:
    """A population and the size its rows give it; the report that alone it belongs to, "" for a shared one."""

    owner: str
    name: str
    size: int | None


class Populations:
    """Populations of all reports; first `learn` of each, then `add` row by row."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._sizes: dict[tuple[str, str], set[int]] = defaultdict(set)
        self._rows: dict[str, tuple[Row, ...]] = {}
        self._asking: set[str] = set()
        self._labels: dict[str, NamedNode] = {}

    def learn(self, report: str, kind: NamedNode | None, rows: Sequence[Row]) -> None:
        """Note the figures of one report, so that sizes and respondents are known before any is written."""
        self._rows[report] = tuple(row for row in rows if row["population"])
        if kind in _ASKING:
            self._asking.add(report)
        for row in rows:
            size = _size(row)
            if size is not None and not row["population"]:
                if not row["numerator"]:
                    raise row.bad("denominator", "is the size of nothing; name the population or empty the cell")
                continue
            if size is not None:
                self._sizes[self._key(report, row)].add(size)

    def sample(self, report: str) -> NamedNode | None:
        """Return whom a study asked or examined.

        A survey's or poll's respondents; of another study, the population that more of its figures have than any
        other, if a figure says how many they are.
        """
        if report in self._asking:
            return mint("collective", f"{report}-respondents") if self._rows.get(report) else None
        counted = Counter(self._base(report, row) for row in self._rows[report]).most_common(2)
        if not counted or (len(counted) > 1 and counted[0][1] == counted[1][1]) or counted[0][0].size is None:
            return None
        return self._iri(report, counted[0][0])

    def add(self, report: str, row: Row) -> NamedNode | None:
        """Write the population of a row to the ledger, and return it."""
        if not row["population"]:
            return None
        base = self._base(report, row)
        iri = self._iri(report, base)
        collective = Collective(iri=iri, label=self._label(iri, base, row), size=base.size)
        self._register.ledger.make_from(collective, row, ())
        return iri

    def _key(self, report: str, row: Row) -> tuple[str, str]:
        owner = report if report in self._asking else ""
        limit = _OWN_LIMIT if owner else _SHARED_LIMIT
        return owner, row.slug("population", row["population"], limit)

    def _base(self, report: str, row: Row) -> _Base:
        """Return the population of a row; a row that gives no size means the only one there is."""
        key = self._key(report, row)
        sizes = self._sizes[key]
        return _Base(*key, _size(row) if len(sizes) > 1 else next(iter(sizes), None))

    def _iri(self, report: str, base: _Base) -> NamedNode:
        if base.owner and base == self._respondents(report):
            return mint("collective", f"{report}-respondents")
        ambiguous = len(self._sizes[base.owner, base.name]) > 1 and base.size is not None
        parts = (base.owner, base.name, str(base.size) if ambiguous else "")
        return mint("collective", "-".join(filter(None, parts)))

    def _respondents(self, report: str) -> _Base:
        """Return the largest base that several figures have, else the most frequent population, the first of equals."""
        counted = Counter(self._base(report, row) for row in self._rows[report])
        shared = [base for base, count in counted.items() if count > 1 and base.size is not None]
        return max(shared, key=lambda base: base.size or 0) if shared else counted.most_common(1)[0][0]

    def _label(self, iri: NamedNode, base: _Base, row: Row) -> str:
        """Return a label that no other collective has: the population, and whose study it is of."""
        label = row["population"]
        if base.owner:
            asked_by = " and ".join(row.parts("publisher", ";")) or row["title"]
            label += f" ({', '.join(filter(None, (asked_by, row['date'][:4])))})"
        elif iri.value.endswith(f"-{base.size}"):
            label += f" ({base.size})"
        if self._labels.setdefault(label, iri) != iri:
            label = f"{row['population']} ({row['report_id']})"
        return label


def _size(row: Row) -> int | None:
    """Return how many the population of a row is; the denominator of a sum of money is not one."""
    return None if row["unit"] == "GBP" else row.whole("denominator")
