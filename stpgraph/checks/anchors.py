"""Evidence against the texts: does every span still hold the words that were read?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from stpgraph.checks.findings import Finding
from stpgraph.documents import SourceText, text_hash
from stpgraph.store import Store
from stpgraph.vocabulary import local_name

__all__ = ["AnchorCheck", "Span", "check_anchors"]

_DOCUMENTS = """
SELECT ?document ?title ?hash ?length {
  ?document a stp:Document ; stp:textHash ?hash ; stp:textLength ?length . OPTIONAL { ?document dcterms:title ?title }
} ORDER BY ?document"""

_SPANS = """
SELECT ?document ?evidence ?start ?end ?hash (MIN(STR(?statement)) AS ?used) {
  ?evidence oa:hasSource ?document ; stp:textHash ?hash ; oa:hasSelector ?selector .
  ?selector oa:start ?start ; oa:end ?end .
  OPTIONAL { ?statement stp:evidence|stp:alsoAt|stp:namedAt|stp:cueAt ?evidence }
} GROUP BY ?document ?evidence ?start ?end ?hash ORDER BY ?document ?start ?end"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """One anchor: the evidence, its offsets and hash, and a statement that rests on it."""

    evidence: NamedNode
    start: int
    end: int
    hash: str
    statement: str

    def holds(self, text: str) -> bool:
        """Say whether the text has, at these offsets, the words that were read."""
        return self.end <= len(text) and text_hash(text[self.start : self.end]) == self.hash


@dataclass(frozen=True, slots=True, kw_only=True)
class AnchorCheck:
    """What holding a graph against texts came to.

    Attributes:
        findings: texts that are missing or changed, and each span that no longer matches.
        span_count: how many spans were held against a text.
        texts: the text of each document that was found whole.
        spans: the anchors of each document.
    """

    findings: list[Finding]
    span_count: int
    texts: dict[NamedNode, SourceText]
    spans: dict[NamedNode, list[Span]]


def check_anchors(store: Store, texts: Iterable[SourceText]) -> AnchorCheck:
    """Hold every anchor of a graph against the texts.

    A document's text is the one whose SHA-256 it carries. Where none has it, a text that bears the document's title
    and is no other document's is taken for a changed copy, and each span that no longer matches is named; none is
    moved.

    Args:
        store: the graph.
        texts: normalised texts, in any order; those of no document are passed over.
    """
    by_hash = {text.hash: text for text in texts}
    spans = _spans(store)
    documents = list(_documents(store))
    own = {digest for _, _, digest in documents}
    strays = [text for digest, text in by_hash.items() if digest not in own]
    findings: list[Finding] = []
    found: dict[NamedNode, SourceText] = {}
    count = 0
    for document, title, digest in documents:
        text = by_hash.get(digest)
        if text is None:
            findings += _without_text(document, title, spans.get(document, []), strays)
            continue
        found[document] = text
        count += len(spans.get(document, []))
        findings += _changed_spans(document, spans.get(document, []), text)
    return AnchorCheck(findings=findings, span_count=count, texts=found, spans=spans)


def _documents(store: Store) -> Iterator[tuple[NamedNode, str, str]]:
    for document, title, digest, _ in store.select(_DOCUMENTS):
        if isinstance(document, NamedNode) and isinstance(digest, Literal):
            yield document, title.value if isinstance(title, Literal) else "", digest.value


def _spans(store: Store) -> dict[NamedNode, list[Span]]:
    spans: dict[NamedNode, list[Span]] = {}
    for document, evidence, start, end, digest, used in store.select(_SPANS):
        if isinstance(document, NamedNode) and isinstance(evidence, NamedNode):
            spans.setdefault(document, []).append(
                Span(
                    evidence=evidence,
                    start=int(start.value),  # type: ignore[union-attr]
                    end=int(end.value),  # type: ignore[union-attr]
                    hash=digest.value,  # type: ignore[union-attr]
                    statement=used.value if isinstance(used, Literal) else evidence.value,
                )
            )
    return spans


def _without_text(document: NamedNode, title: str, spans: list[Span], texts: Iterable[SourceText]) -> Iterator[Finding]:
    """Say that a document's text is missing, or which copy of it was changed and where."""
    copies = [text for text in texts if title and title in text.text]
    if not copies:
        yield Finding(
            node=document.value,
            rule="text-missing",
            place=local_name(document),
            message="no text here has its SHA-256",
            mend="put the text that was read among the sources, or leave the document out",
        )
        return
    copy = copies[0]
    yield Finding(
        node=document.value,
        rule="text-changed",
        place=str(copy.path),
        message="bears its title, and is not the text that was read",
        mend="restore the text, or read the document anew",
    )
    yield from _changed_spans(document, spans, copy)


def _changed_spans(document: NamedNode, spans: list[Span], text: SourceText) -> Iterator[Finding]:
    for span in spans:
        if not span.holds(text.text):
            yield Finding(
                rule="anchor-changed",
                node=span.statement,
                place=f"{local_name(document)}, characters {span.start}–{span.end}",
                message=f"the words there in {text.path} are not the ones that were read",
                mend="restore the text, or review the statement against the new one",
            )
