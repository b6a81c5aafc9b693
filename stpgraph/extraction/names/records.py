"""Who and what a document names: agents, posts, works, and whose word an attribution is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pyoxigraph import NamedNode

from stpgraph.extraction.spans import Span

__all__ = ["Agent", "AgentKind", "Named", "NamedKind", "Names", "Post", "Resolution", "Status", "Work"]

#: What an agent is; unknown where the words do not tell.
AgentKind = Literal["person", "organisation", "partnership", "collective", "unknown"]
#: What a name may stand for.
NamedKind = Literal["person", "organisation", "partnership", "collective", "study", "report", "unknown"]
#: Linked to the reference; named in the text and not in the reference; not to be told from the text.
Status = Literal["linked", "named", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """Somebody who can speak: a person, a body, a partnership, a group.

    Attributes:
        kind: what it is.
        name: the fullest name that the text gives, without titles (Cllr, Dr, Sir).
        iri: the same in the reference, where it is linked.
        mention: where its fullest name stands; None where the text does not name it, as the outlet of a document.
    """

    kind: AgentKind
    name: str
    iri: NamedNode | None = None
    mention: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What a person is, and where.

    Attributes:
        words: the whole of it in the text's words: "leader of Midshire County Council".
        role: the role alone: "leader"; empty where only the body is given.
        span: where the words stand.
        organisation: the body or partnership, where the text tells it.
        membership: the post in the reference.
    """

    words: str
    role: str
    span: Span
    organisation: Agent | None = None
    membership: NamedNode | None = None

    @property
    def full(self) -> str:
        """Return role and body by its name: "leader of Midshire County Council" for "the council's leader"."""
        if self.organisation is None:
            return self.words
        if not self.role:
            return self.organisation.name
        return f"{self.role} of {self.organisation.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A study or a report that the text names.

    Attributes:
        words: the words that name it most fully: "A new poll from the institute".
        span: where they stand.
        kind: the noun that says what it is: survey, poll, review, report.
        iri: the study or report in the reference.
        run_by: the bodies that carried it out or published it: they answer for it.
        commissioned_by: those who asked for it.
        asked: whom or what it asked or examined, in the text's words.
        places: everywhere the text speaks of it, by its noun: "survey", "findings".
    """

    words: str
    span: Span
    kind: str
    iri: NamedNode | None = None
    run_by: tuple[Agent, ...] = ()
    commissioned_by: tuple[Agent, ...] = ()
    asked: str | None = None
    places: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """Whose word an attribution is.

    Attributes:
        claimants: who answers for it; several for a joint claim. One of kind unknown where it cannot be told.
        post: the post in which a person spoke, or of the spokesman of a body.
        works: the studies and reports by which it is said.
        evidence: the steps that led there, in plain words.
        status: linked when every claimant is in the reference, named when all are told, unknown otherwise.
    """

    claimants: tuple[Agent, ...]
    post: Post | None = None
    works: tuple[Work, ...] = ()
    evidence: tuple[str, ...] = ()
    status: Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Something that a document names, with every place.

    Attributes:
        kind: what it is.
        name: its fullest name in the text.
        iri: the same in the reference, where it is linked.
        spans: where it is named, in order.
        evidence: how it was recognised and linked.
    """

    kind: NamedKind
    name: str
    iri: NamedNode | None = None
    spans: tuple[Span, ...]
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Names:
    """All that a document names, in the order of the first places."""

    things: tuple[Named, ...]

    def of_kind(self, *kinds: NamedKind) -> tuple[Named, ...]:
        """Return the things of some kinds."""
        return tuple(thing for thing in self.things if thing.kind in kinds)

    @property
    def iris(self) -> tuple[NamedNode, ...]:
        """Return what is linked to the reference, each once, in order."""
        return tuple(dict.fromkeys(thing.iri for thing in self.things if thing.iri is not None))
