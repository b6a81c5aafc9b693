"""Numbers that do not hold together, each with a plain sentence, the arithmetic, and what would fit.

The finding is the answer of the question `doubtful-statistics`, which is SPARQL over the bounds that each figure
carries; here it is put in words. A finding is a question to its source, not a verdict.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from pyoxigraph import NamedNode

from stpgraph.checks.arithmetic import nearest_bases
from stpgraph.checks.findings import Finding, Severity
from stpgraph.questions import ask
from stpgraph.store import Store
from stpgraph.tables import Cell

__all__ = ["check_figures"]

Row = dict[str, Cell]

_ASK_THE_SOURCE = "ask the source for the counts behind it"


def check_figures(store: Store) -> list[Finding]:
    """Return the figures of a graph that do not hold together, in the order of the question.

    Returns:
        Findings of the severity "question"; `message` is the sentence, `mend` what would fit or whom to ask.

    Example:
        >>> from stpgraph.building import load_shipped
        >>> from stpgraph.store import open_store
        >>> store = open_store(); load_shipped(store)
        >>> [f.message for f in check_figures(store) if f.rule == "no-whole-number-gives-it" and "84%" in f.message]
        ['84% of 52 (do not expect delayed transfers to drop significantly in 2017): 43 is 82.7 % and 44 is 84.6 %.']
    """
    return [_finding(row) for row in ask(store, "doubtful-statistics").to_dicts()]


def _finding(row: Row) -> Finding:
    reason = str(row["reason"])
    message, mend = _WORDS.get(reason, _other)(row)
    node, other = row["statistic"], row["other_statistic"]
    return Finding(
        rule=reason.replace(" %", "").replace(" ", "-").replace(",", ""),
        node=node.value if isinstance(node, NamedNode) else str(node),
        place=_places(row),
        message=message,
        mend=mend,
        severity=Severity.QUESTION,
        other=other.value if isinstance(other, NamedNode) else "",
    )


def _places(row: Row) -> str:
    """Name every document that states one of the figures, once."""
    told = [str(row[name]) for name in ("documents", "other_documents") if row[name]]
    return "; ".join(dict.fromkeys(title for cell in told for title in cell.split("; ")))


def _two_readings(row: Row) -> tuple[str, str]:
    first = f"“{row['first']}” is {_interval(row, '')}"
    second = f"“{row['second']}” is {_interval(row, 'other_')}"
    return (
        f"{_sentence(row['measure'])}: {first}, and {second}; both cannot be so.",
        "find out which of the two is meant, and keep both as they were said",
    )


def _no_count(row: Row) -> tuple[str, str]:
    lowest, highest, base = row["lowest"], row["highest"], row["base"]
    message = (
        f"{row['first']} {row['second']} ({row['measure']}): {row['fewer']} is {_percent(row['fewer_share'])} "
        f"and {row['more']} is {_percent(row['more_share'])}."
    )
    fitting = []
    if isinstance(lowest, Decimal) and isinstance(highest, Decimal) and isinstance(base, int):
        fitting = [str(bases) for bases in nearest_bases(lowest, highest, base)]
    would_fit = f"it would fit {' or '.join(fitting)}; " if fitting else ""
    return message, f"{would_fit}was everybody asked this question, or the answer weighted?"


def _parts(row: Row) -> tuple[str, str]:
    return (
        f"{_sentence(row['measure'])}: {row['first']} make {_interval(row, '')}, not the whole.",
        "look for a missing answer, or for answers that could be given together",
    )


def _subtotal(row: Row) -> tuple[str, str]:
    return (
        f"{_sentence(row['measure'])}: a part, “{row['first']}”, is above the whole, “{row['second']}”.",
        _ASK_THE_SOURCE,
    )


def _above_base(row: Row) -> tuple[str, str]:
    return f"{_sentence(row['measure'])}: “{row['first']}” counts more than its base of {row['base']}.", _ASK_THE_SOURCE


def _above_hundred(row: Row) -> tuple[str, str]:
    return f"{_sentence(row['measure'])}: “{row['first']}” is a share above 100 %.", _ASK_THE_SOURCE


def _other(row: Row) -> tuple[str, str]:
    return f"{_sentence(row['measure'])}: “{row['first']}”: {row['reason']}.", _ASK_THE_SOURCE


_WORDS: dict[str, Callable[[Row], tuple[str, str]]] = {
    "one fact said two ways": _two_readings,
    "one measure, two documents": _two_readings,
    "no whole number gives it": _no_count,
    "parts do not make the whole": _parts,
    "subtotal above its total": _subtotal,
    "numerator above denominator": _above_base,
    "share above 100 %": _above_hundred,
}


def _interval(row: Row, which: str) -> str:
    """Say what a wording allows: one number, or two."""
    lowest, highest = row[f"{which}lowest"], row[f"{which}highest"]
    unit = " %" if row["unit"] == "%" else "" if row["unit"] == "count" else f" {row['unit']}"
    if lowest is None:
        return f"at most {_number(highest)}{unit}"
    if highest is None:
        return f"at least {_number(lowest)}{unit}"
    low, high = _number(lowest), _number(highest)
    return f"{low}{unit}" if low == high else f"{low} to {high}{unit}"


def _number(value: Cell) -> str:
    """Return a number to one place, without zeros that say nothing, thousands apart by thin spaces."""
    if not isinstance(value, int | Decimal):
        return str(value)
    rounded = round(Decimal(value), 1)
    return f"{rounded.normalize():,f}".replace(",", "\u2009")


def _percent(value: Cell) -> str:
    return f"{_number(value)} %"


def _sentence(measure: Cell) -> str:
    text = str(measure or "this measure")
    return text[0].upper() + text[1:]
