"""A question as its file states it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from stpgraph.tables import Column

__all__ = ["PERIOD", "Parameter", "Question"]

#: What is given for `since` and `until` at once, where a question has both.
PERIOD = "period"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """What can be asked for.

    Attributes:
        name: as in the header and the query; on the command line with `-` for `_`.
        type: `iri`, or an XSD type: `xsd:boolean`, `xsd:date`, `xsd:decimal`, `xsd:integer`, `xsd:string`.
        of_class: for an IRI, the classes whose labels name it, as prefixed names.
        of_scheme: for an IRI, the scheme whose codes it is one of: "stance".
        description: what it does.
        is_required: whether the question makes no sense without it.
        default: its value when it is not given, as text.
        allowed: the values it may have; empty for any.
    """

    name: str
    type: str
    of_class: tuple[str, ...] = ()
    of_scheme: str = ""
    description: str = ""
    is_required: bool = False
    default: str | None = None
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question as its file states it.

    Attributes:
        name: the file's name without its ending.
        summary: what it asks, in a line.
        description: what a reader should know to use the answer.
        parameters: what can be asked for.
        columns: what the answer holds.
        view: the view that shows the answer best: "network", "timeline"; "" for none.
        sparql: the query.
        path: the file.
    """

    name: str
    summary: str
    description: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    view: str
    sparql: str
    path: Path

    @property
    def takes_period(self) -> bool:
        """Whether a period can be given, for both its ends: it has `since` and `until`, and no `period` of its own."""
        dates = {parameter.name for parameter in self.parameters if parameter.type == "xsd:date"}
        names = {parameter.name for parameter in self.parameters}
        return {"since", "until"} <= dates and PERIOD not in names
