"""What a row says it comes from, as sources that the graph can name.

An origin is a list of parts with "; " between them. A part is the address of a page, a text that was read, general
knowledge, or the description of something without an address. It may name the facts it supports: before it with a
colon ("lead: gazette.example/leads"), or after it in brackets ("gazette.example/leads (date)").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from stpgraph.records import Concept
from stpgraph.reference.rows import GENERAL_KNOWLEDGE, Row
from stpgraph.vocabulary import mint

__all__ = ["GENERAL", "Origin", "address", "iris", "read_origin", "supporting"]

#: A host and perhaps a path, as a reader would type it, with or without the scheme.
_ADDRESS = re.compile(r"(?P<scheme>https?://)?(?P<host>[\w-]+(\.[\w-]+)*\.[A-Za-z]{2,})(?P<path>/\S*)?")

#: A file of a repository, as its people write it: github.com/owner/name:path.
_REPOSITORY_FILE = re.compile(r"(github\.com/[^/\s]+/[^/:\s]+):(\S+)")

#: "lead: …", "number and aliases: …"; an address has no blank after its colon.
_FACTS_BEFORE = re.compile(r"(?P<facts>[\w ,]+): (?P<rest>.+)")
_FACTS_AFTER = re.compile(r"(?P<rest>.+?) \((?P<facts>[^()]*)\)")

#: The source of what two readers know without a page.
GENERAL = Concept(iri=mint("source", "general-knowledge"), label=GENERAL_KNOWLEDGE, scheme=mint("source"))

_FORBIDDEN = re.compile(r'[\x00-\x20<>"{}|\\^`]|%(?![0-9A-Fa-f]{2})')


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """One part of a row's origin."""

    iri: NamedNode
    #: What it supports, as said before it; empty: the whole row.
    facts: frozenset[str]
    #: What stands in brackets after it: a fact, or a remark.
    remarks: frozenset[str] = frozenset()
    #: What the graph calls it, where it is neither a page nor a document.
    concept: Concept | None = None

    @property
    def is_general(self) -> bool:
        """Whether it is general knowledge."""
        return self.iri == GENERAL.iri


def address(text: str) -> NamedNode | None:
    """Return the IRI of a page given by host and path, None when the text is no address.

    Example:
        >>> address("gazette.example/2018/trust?page=2").value
        'https://gazette.example/2018/trust?page=2'
        >>> address("gazette.example copy of the plan") is None
        True
    """
    text = _REPOSITORY_FILE.sub(r"\1/blob/HEAD/\2", text)
    found = _ADDRESS.fullmatch(text)
    if not found:
        return None
    path = _FORBIDDEN.sub(lambda m: f"%{ord(m[0]):02X}", found["path"] or "/")
    return NamedNode((found["scheme"] or "https://") + found["host"].lower() + path)


def read_origin(row: Row, documents: Mapping[str, NamedNode]) -> tuple[Origin, ...]:
    """Read the origin of a row.

    Args:
        row: any row; its column `origin` may not be empty.
        documents: by the name of a text, the document it was read as; a part that holds the name means it.

    Returns:
        Its parts in order. A part that names no facts goes on with those of the part before it where the
        first part names some, and speaks for the whole row where that one does not.
    """
    row.required("origin")
    parts: list[Origin] = []
    carried: frozenset[str] = frozenset()
    for text in row.parts("origin", "; "):
        before = _FACTS_BEFORE.fullmatch(text)
        facts = _facts(before["facts"]) if before else carried if parts and parts[0].facts else frozenset()
        carried = facts
        parts.append(_read_part(row, before["rest"] if before else text, facts, documents))
    return tuple(parts)


def _read_part(row: Row, text: str, facts: frozenset[str], documents: Mapping[str, NamedNode]) -> Origin:
    after = _FACTS_AFTER.fullmatch(text)
    bare = after["rest"] if after else text
    remarks = _facts(after["facts"]) if after else frozenset()
    known = next((documents[word] for word in bare.split() if word in documents), None)
    page = known or address(bare)
    if page:
        return Origin(iri=page, facts=facts, remarks=remarks)
    if bare == GENERAL_KNOWLEDGE:
        return Origin(iri=GENERAL.iri, facts=facts, remarks=remarks, concept=GENERAL)
    concept = Concept(iri=mint("source", row.slug("origin", text)), label=text, scheme=mint("source"))
    return Origin(iri=concept.iri, facts=facts, remarks=remarks, concept=concept)


def _facts(text: str) -> frozenset[str]:
    return frozenset(fact.strip().lower() for fact in re.split(r",| and ", text) if fact.strip())


def supporting(parts: Iterable[Origin], *facts: str) -> tuple[Origin, ...]:
    """Return the parts that support a fact: those that name it, else those that speak for the row, else all."""
    parts = tuple(parts)
    naming = tuple(part for part in parts if (part.facts | part.remarks).intersection(facts))
    return naming or tuple(part for part in parts if not part.facts) or parts


def iris(parts: Iterable[Origin]) -> tuple[NamedNode, ...]:
    """Return what names the parts."""
    return tuple(part.iri for part in parts)
