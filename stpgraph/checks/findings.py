"""What a check finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Finding", "Severity"]


class Severity(StrEnum):
    """How bad a finding is: a violation must be mended, a warning looked at, a question is for the reader."""

    VIOLATION = "violation"
    WARNING = "warning"
    QUESTION = "question"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Finding:
    """One thing that a check found.

    Attributes:
        rule: the rule's name: a shape (`Claim-claimant`), or what the check calls it (`anchor-changed`).
        node: the node that it is about, as an IRI.
        place: where to look: a named graph, a document with offsets, a report.
        message: what is wrong, with the values.
        mend: what to do about it.
        severity: how bad it is.
        other: the node that it does not go together with, as an IRI; "" for none.
    """

    rule: str
    node: str
    place: str = ""
    message: str = ""
    mend: str = ""
    severity: Severity = Severity.VIOLATION
    other: str = ""
