"""The claims of a view as statements, the table that discourse network analysis starts from."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from stpgraph.exports.cells import harmless

if TYPE_CHECKING:
    from stpgraph.networks.evidence import Evidence, Speaker, Topic
    from stpgraph.networks.views import View

__all__ = ["STATEMENT_COLUMNS", "statements_to_csv"]

#: The columns: those of the event list of Discourse Network Analyzer 3, by the names it gives them, with its default
#: variables; after them what it has no place for.
STATEMENT_COLUMNS = (
    *("statement ID", "time", "document ID", "document title", "author", "source", "section", "type", "text"),
    *("person", "organization", "concept", "agreement"),
    *("start", "stop", "stance", "stated on", "claim", "document"),
)

#: Two-valued stances; mixed and neutral have no place among them.
_AGREEMENT = {"supportive": "1", "critical": "0"}

#: First and last character of a part of a text.
_SPAN = re.compile(r"(\d+)–(\d+)")


def statements_to_csv(view: View) -> bytes:
    """Write the claims of a view as statements: one row for each claim, claimant and relationship.

    The columns are those of the event list that Discourse Network Analyzer 3 writes, in its order, parted by
    semicolons, so that scripts in R for the one read the other, such as `read.csv2(…, encoding = "UTF-8")`:
    number of the statement, time, number, title, author, outlet, section and type of the document (author, section
    and type are left empty), text (the curator's summary, not the words), then the variables person, organization,
    concept and agreement. Agreement is 1 for supportive, 0 for critical, and empty for all else. After them stand
    the first and last character in the text, the stance itself, the day as far as it is known, and the IRIs of
    claim and document.

    A person is given with the body spoken for; any other claimant is the organization. A claim without a claimant or
    a relationship keeps its row, with an empty cell. `time` is the start of the day, month or year. UTF-8 without a
    byte order mark, which R would take for part of the first name; text that begins like a formula gets an
    apostrophe before it.

    Example:
        >>> import networkx as nx
        >>> from stpgraph.networks.evidence import Evidence
        >>> from stpgraph.networks.views import View
        >>> said = Evidence(iri="urn:x", kind="claim", summary="It works.", since="2017-03-05", stance="supportive")
        >>> view = View(name="v", question="Who", sparql="", evidence=(said,), make=lambda evidence: nx.Graph())
        >>> statements_to_csv(view).decode().splitlines()[1]
        '1;2017-03-05 00:00:00;;;;;;;It works.;;;;1;;;supportive;2017-03-05;urn:x;'
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(STATEMENT_COLUMNS)
    documents: dict[str, int] = {}
    for number, row in enumerate(_rows(view, documents), 1):
        writer.writerow([str(number), *(harmless(cell) for cell in row)])
    return out.getvalue().encode("utf-8", "replace")


def _rows(view: View, documents: dict[str, int]) -> Iterator[list[str]]:
    """Yield the cells of each statement but its number."""
    for one in view.evidence:
        if one.kind != "claim":
            continue
        document = str(documents.setdefault(one.document, len(documents) + 1)) if one.document else ""
        for speaker in one.speakers or (None,):
            for topic in one.topics or (None,):
                yield [
                    *(_time(one.since), document, one.title, "", one.outlet, "", "", one.summary),
                    *(*_claimant(speaker), _concept(topic), _AGREEMENT.get(one.stance, "")),
                    *(*_span(one), one.stance, one.since, one.iri, one.document),
                ]


def _time(day: str) -> str:
    """Write the start of a day, month or year as a time."""
    return f"{day + '-01-01'[len(day) - 4 :] if len(day) < 10 else day[:10]} 00:00:00" if day else ""


def _claimant(speaker: Speaker | None) -> tuple[str, str]:
    """Name the person and the body of a claimant."""
    if speaker is None:
        return "", ""
    if speaker.thing.kind != "person":
        return "", speaker.thing.label
    return speaker.thing.label, speaker.body.label if speaker.body else ""


def _concept(topic: Topic | None) -> str:
    return topic.thing.label if topic else ""


def _span(one: Evidence) -> tuple[str, str]:
    """Return the first and the last character of the claim in its text."""
    spans = [(int(first), int(last)) for first, last in _SPAN.findall(one.place)]
    if not spans:
        return "", ""
    return str(min(first for first, _ in spans)), str(max(last for _, last in spans))
