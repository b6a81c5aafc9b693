"""Minting: what a document names and the reference does not know, as things of that document.

Whether two documents mean the same person is for a person to decide: a thing that is minted here bears the document
in its name. What the reference knows keeps the name that it has there.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace

from pyoxigraph import NamedNode

from stpgraph.errors import UsageError
from stpgraph.extraction.names import Agent, Gazetteer, Post, Work
from stpgraph.records import Collective, Membership, Organisation, Person, Record, Report, Role, Study
from stpgraph.vocabulary import local_name, mint, slug

__all__ = ["Minting", "clipped", "slug_of"]

#: The most words of a text that a label takes over, unless it is a name.
_MOST_WORDS = 8
#: Words for works that are printed; all others are studies.
_REPORTS = {
    "report": "report",
    "briefing": "briefing",
    "paper": None,
    "document": None,
    "publication": None,
    "plan": "plan",
    "budget": "budget",
    "statement": None,
    "article": "article",
    "letter": None,
}
#: Words for studies, by their kind in the list of kinds.
_STUDIES = {
    "survey": "survey",
    "questionnaire": "survey",
    "poll": "poll",
    "review": "review",
    "analysis": "analysis",
    "investigation": "investigation",
    "inquiry": "inquiry",
    "roundtable": "roundtable",
}
PROPOSED = mint("review-status", "proposed")


@dataclass(slots=True)
class Minting:
    """The things of one document, minted as they are met.

    Attributes:
        document: the slug of the document.
        gazetteer: what the reference knows.
        made: what was minted, by IRI.
    """

    document: str
    gazetteer: Gazetteer
    made: dict[NamedNode, Record] = field(default_factory=dict)

    def label(self, iri: NamedNode) -> str:
        """Return what a thing is called."""
        made = self.made.get(iri)
        if isinstance(made, Person | Organisation | Collective | Study):
            return made.label
        return made.title if isinstance(made, Report) else self.gazetteer.label(iri)

    def agent(self, agent: Agent) -> NamedNode | None:
        """Return who an agent is: in the reference, or minted; None where the words do not tell what it is."""
        if agent.iri is not None:
            return agent.iri
        name = " ".join(agent.name.split())
        if agent.kind == "unknown" or not name:
            return None
        if agent.kind == "person":
            return self._add(Person(iri=self._iri("person", name), label=name))
        if agent.kind == "collective":
            name = clipped(name, _MOST_WORDS)
            return self._add(Collective(iri=self._iri("collective", name), label=name))
        return self.organisation(name)

    def organisation(self, name: str) -> NamedNode:
        """Mint a body."""
        return self._add(Organisation(iri=self._iri("organisation", name), label=name))

    def body_called(self, name: str) -> NamedNode:
        """Return the body of a name, in the reference where only one is called so, or minted."""
        known = self._known(name, Organisation)
        return known if known is not None else self.organisation(" ".join(name.split()))

    def person_called(self, name: str) -> NamedNode:
        """Return the person of a name, in the reference where only one is called so, or minted."""
        known = self._known(name, Person)
        made = Person(iri=self._iri("person", name), label=" ".join(name.split()))
        return known if known is not None else self._add(made)

    def _known(self, name: str, kind: type[Record]) -> NamedNode | None:
        told = " ".join(name.casefold().split())
        found = {
            record.iri
            for record in self.gazetteer.of_type(kind)
            if isinstance(record, Organisation | Person)
            and told in {label.casefold() for label in (record.label, *record.alt_labels)}
        }
        return found.pop() if len(found) == 1 else None

    def post(self, post: Post, holder: NamedNode) -> NamedNode | None:
        """Return a person's post: in the reference, or minted; None where its body or its role is not told."""
        if post.membership is not None:
            return post.membership
        body = self.agent(post.organisation) if post.organisation is not None else None
        role = " ".join(post.role.split())
        if body is None or not role or _kind(body) not in {"organisation", "partnership"}:
            return None
        role_iri = self._role(role)
        parts = "-".join(_last(iri) for iri in (holder, body, role_iri))
        return self._add(
            Membership(
                iri=mint("membership", self.document, parts),
                member=holder,
                organization=body,
                role=role_iri,
                review_status=PROPOSED,
            )
        )

    def _role(self, words: str) -> NamedNode:
        told = words.casefold()
        for record in self.gazetteer.of_type(Role):
            if isinstance(record, Role) and told in {each.casefold() for each in (record.label, *record.alt_labels)}:
                return record.iri
        name = clipped(words, _MOST_WORDS)
        return self._add(Role(iri=self._iri("role", name), label=name, scheme=mint("role")))

    def work(self, work: Work) -> NamedNode:
        """Return a study or report: in the reference, or minted with those who answer for it."""
        if work.iri is not None:
            return work.iri
        makers = tuple(iri for agent in work.run_by if (iri := self.agent(agent)) is not None)
        askers = tuple(iri for agent in work.commissioned_by if (iri := self.agent(agent)) is not None)
        kind = " ".join(work.kind.split()) or "work"
        names = " and ".join(self.label(maker) for maker in makers)
        label = f"{kind} by {names}" if names else f"{kind} named at {work.span.start}–{work.span.end}"
        words = " ".join(work.words.split())
        others = (words,) if clipped(words, _MOST_WORDS) == words != label else ()
        part = slug_of(f"{kind} {names}", limit=60) if names else f"{slug_of(kind)}-{work.span.start}-{work.span.end}"
        noun = kind.rpartition(" ")[2].lower()
        if noun in _REPORTS:
            code = _REPORTS[noun]
            return self._add(
                Report(
                    iri=mint("report", self.document, part),
                    title=label,
                    alt_labels=others,
                    publishers=makers,
                    commissioned_by=askers,
                    kind=mint("report-kind", code) if code else None,
                )
            )
        code = _STUDIES.get(noun)
        return self._add(
            Study(
                iri=mint("study", self.document, part),
                label=label,
                alt_labels=others,
                associated_with=makers,
                commissioned_by=askers,
                kind=mint("study-kind", code) if code else None,
                sample=self._sample(work),
            )
        )

    def _sample(self, work: Work) -> NamedNode | None:
        if not work.asked or clipped(work.asked, _MOST_WORDS) != " ".join(work.asked.split()):
            return None
        return self.agent(Agent(kind="collective", name=work.asked))

    def _iri(self, kind: str, name: str) -> NamedNode:
        return mint(kind, self.document, slug_of(name, limit=60))

    def _add(self, record: Record) -> NamedNode:
        """Keep a record; of two by one name the first, with the further names of both."""
        before = self.made.get(record.iri)
        if isinstance(before, Study | Report) and isinstance(record, Study | Report):
            self.made[record.iri] = replace(before, alt_labels=(*before.alt_labels, *record.alt_labels))
        else:
            self.made.setdefault(record.iri, record)
        return record.iri


def slug_of(name: str, limit: int | None = None) -> str:
    """Return a name's part of an IRI; where it has no letter for that, the start of its hash.

    Example:
        >>> slug_of("Jo Doe"), slug_of("…")
        ('jo-doe', 'b4935894')
    """
    try:
        return slug(name, limit=limit)
    except UsageError:
        return hashlib.sha256(name.encode("utf-8")).hexdigest()[:8]


def clipped(words: str, most: int) -> str:
    """Return the first words of a phrase; what an apostrophe or hyphen parts counts as two.

    Example:
        >>> clipped("directors of finance in  Anyshire", 3), clipped("St Aldhelm's boards", 3)
        ('directors of finance', "St Aldhelm's")
    """
    kept: list[str] = []
    count = 0
    for word in words.split():
        count += len(re.findall(r"\w+", word))
        if count > most:
            break
        kept.append(word)
    return re.sub(r"[\s,;:]+$", "", " ".join(kept))


def _kind(iri: NamedNode) -> str:
    return local_name(iri).partition("/")[0]


def _last(iri: NamedNode) -> str:
    return slug_of(iri.value.rstrip("/#").rpartition("/")[2])
