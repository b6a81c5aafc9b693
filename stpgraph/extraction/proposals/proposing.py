"""Proposing: the findings of one document as records, each with its anchors, its reasons and how sure it is.

How sure a claim is: how often what its rule finds is right, times a factor for its claimant: 1 when linked to the
reference, 0.9 when named in the text alone, 0.8 when unknown. All figures have the same confidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from pyoxigraph import NamedNode

from stpgraph.documents import ReadDocument, text_hash
from stpgraph.extraction.names import Gazetteer, Resolution
from stpgraph.extraction.proposals.findings import Findings, FoundClaim, FoundFigure
from stpgraph.extraction.proposals.minting import PROPOSED, Minting, slug_of
from stpgraph.extraction.proposals.wording import claim_notes, figure_notes, measure_label, page_notes, summary_of
from stpgraph.extraction.relationships import Labels
from stpgraph.extraction.spans import Span
from stpgraph.records import (
    Claim,
    Collective,
    Dataset,
    Document,
    Evidence,
    Extraction,
    Measure,
    Membership,
    Record,
    Software,
    Statistic,
)
from stpgraph.vocabulary import UNIT, local_name, mint

__all__ = ["FIGURE_CONFIDENCE", "STATUS_FACTORS", "UNITS", "Program", "document_slug", "propose_records"]

#: How much less sure a claim is for its claimant.
STATUS_FACTORS = {"linked": 1.0, "named": 0.9, "unknown": 0.8}
#: How sure a figure is.
FIGURE_CONFIDENCE = Decimal("0.9")
#: The units that the graph holds, by what figures are in. A figure in another unit is found and not proposed.
UNITS = {"PERCENT": UNIT.PERCENT, "NUM": UNIT.NUM, "GBP": UNIT.CCY_GBP}
#: The most characters of a title, and of an outlet, in a document's name.
_TITLE, _OUTLET = 40, 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """What a document is read with: a program or a model, and its version."""

    name: str
    version: str

    @property
    def iri(self) -> NamedNode:
        """What names it."""
        return mint("software", f"{self.name}-{self.version}")


def document_slug(document: ReadDocument, *, is_hashed: bool = False) -> str:
    """Name a document after its date, outlet and title.

    Args:
        document: what was read.
        is_hashed: add the start of the text's hash, as where another document has the name. It is added in any case
            where there is no title.

    Example:
        >>> document = ReadDocument(name="a.txt", text="…", text_hash="b4935894", media_type="text/plain", title="Cuts")
        >>> document_slug(document)
        'undated-cuts'
    """
    parts = [document.issued or "undated"]
    if document.outlet:
        parts.append(slug_of(document.outlet, limit=_OUTLET))
    if document.title:
        parts.append(slug_of(document.title, limit=_TITLE))
    if is_hashed or not document.title:
        parts.append(document.text_hash[:8])
    return "-".join(parts)


def propose_records(
    document: ReadDocument,
    findings: Findings,
    *,
    name: str,
    gazetteer: Gazetteer,
    labels: Labels,
    programs: Sequence[Program],
) -> tuple[Record, ...]:
    """Return the records of one document: itself, what it says, by whom, and how that was found.

    Args:
        document: what was read.
        findings: what the rules found in it.
        name: its slug.
        gazetteer: what the reference knows.
        labels: what may be debated.
        programs: what it was read with, this program first.

    Returns:
        The records by kind, in an order that depends on nothing but the arguments. The same every time.
    """
    draft = _Draft(document, findings, name, Minting(name, gazetteer), labels)
    claims = list(draft.claims())
    figures = list(draft.figures(claims))
    head = list(draft.head(programs, claims))
    minted = sorted(draft.minting.made.values(), key=lambda record: record.iri.value)
    return (*head, *claims, *figures, *draft.spans.values(), *minted)


@dataclass(slots=True)
class _Draft:
    """The records of a document while they are made."""

    document: ReadDocument
    findings: Findings
    name: str
    minting: Minting
    labels: Labels
    spans: dict[Span, Evidence] = field(default_factory=dict)
    claim_iris: list[NamedNode] = field(default_factory=list)

    @property
    def iri(self) -> NamedNode:
        return mint("document", self.name)

    def evidence(self, spans: Iterable[Span]) -> tuple[NamedNode, ...]:
        """Anchor spans; a span has one anchor, whatever rests on it."""
        for span in spans:
            if span not in self.spans:
                self.spans[span] = Evidence(
                    iri=mint("evidence", self.name, _part(span)),
                    document=self.iri,
                    start=span.start,
                    end=span.end,
                    text_hash=text_hash(span.of(self.document.text)),
                )
        return tuple(self.spans[span].iri for span in spans)

    def claims(self) -> Iterator[Claim]:
        """Yield the claims in the order of the text."""
        self.claim_iris = list(_claim_iris(self.name, self.findings.claims))
        for place, found in enumerate(self.findings.claims):
            yield self.claim(place, found)

    def claim(self, place: int, found: FoundClaim) -> Claim:
        said, judged = found.attribution, found.judgement
        claimants = self.claimants(found.resolution)
        post, unlinked = self.post(found.resolution, claimants)
        about = tuple(decision.concept for decision in judged.relationships)
        topics = [self.labels.codes[iri].label if iri in self.labels.codes else local_name(iri) for iri in about]
        gives = self.gives(place)
        outer = self.findings.claims[said.outer] if said.outer is not None else None
        return Claim(
            iri=self.claim_iris[place],
            claimants=claimants,
            speaking_as=post,
            comes_from=tuple(self.minting.work(work) for work in found.resolution.works),
            about=about,
            concerns=self.concerns(said.content),
            speech_act=judged.act.concept,
            stance=judged.stance.concept if judged.stance is not None else None,
            attribution=mint("attribution", said.manner),
            modality=judged.modality.concept if judged.modality is not None else None,
            summary=summary_of(
                _code(judged.act.concept),
                [self.minting.label(iri) for iri in claimants],
                topics,
                is_plural=any(_kind(iri) == "collective" for iri in claimants),
                figures=len(gives),
            ),
            stated_on=_day(self.document),
            gives=gives,
            cites=tuple(
                self.claim_iris[inner]
                for inner, other in enumerate(self.findings.claims)
                if other.attribution.outer == place
            ),
            reported_in=self.iri,
            evidence=self.evidence(said.content),
            also_at=self.evidence(found.also_at),
            named_at=self.evidence([said.source] if said.source is not None else []),
            cue_at=self.evidence(said.cue),
            review_status=PROPOSED,
            confidence=_confidence(said.confidence * STATUS_FACTORS[found.resolution.status]),
            editorial_notes=(
                *claim_notes(
                    found, topics, within=_whole(outer) if outer is not None else None, unlinked_post=unlinked
                ),
                *page_notes(self.document, _whole(found)),
            ),
        )

    def claimants(self, resolution: Resolution) -> tuple[NamedNode, ...]:
        """Return who claims it, as far as that is told."""
        agents = [agent for agent in resolution.claimants if agent.iri is not None or resolution.status != "unknown"]
        return tuple(dict.fromkeys(iri for agent in agents if (iri := self.minting.agent(agent)) is not None))

    def post(self, resolution: Resolution, claimants: tuple[NamedNode, ...]) -> tuple[NamedNode | None, Span | None]:
        """Return the claimant's post; or where the words stand of one that cannot be made."""
        if resolution.post is None or len(claimants) != 1:
            return None, resolution.post.span if resolution.post is not None else None
        [holder] = claimants
        if resolution.claimants[0].kind != "person":
            return None, None
        iri = self.minting.post(resolution.post, holder)
        made = self.minting.made.get(iri) if iri is not None else None
        is_anothers = isinstance(made, Membership) and made.member != holder
        return (None, resolution.post.span) if iri is None or is_anothers else (iri, None)

    def concerns(self, content: Sequence[Span]) -> tuple[NamedNode, ...]:
        """Return the partnerships that are named in what is said."""
        return tuple(
            thing.iri
            for thing in self.findings.named
            if thing.kind == "partnership"
            and thing.iri is not None
            and any(span.holds(place) for span in content for place in thing.spans)
        )

    def gives(self, place: int) -> tuple[NamedNode, ...]:
        return tuple(
            _statistic_iri(self.name, figure)
            for figure in self.findings.figures
            if place in figure.claims and figure.quantity.unit in UNITS
        )

    def figures(self, claims: Sequence[Claim]) -> Iterator[Record]:
        """Yield the statistics in the order of the text, each before the measure that it is the first of."""
        held = [figure for figure in self.findings.figures if figure.quantity.unit in UNITS]
        measures: dict[Span, NamedNode] = {}
        for figure in held:
            before = measures.get(figure.quantity.same_as) if figure.quantity.same_as is not None else None
            iri = before or mint("measure", self.name, _part(figure.quantity.span))
            measures[figure.quantity.span] = iri
            yield self.statistic(figure, iri)
            if before is None:
                yield self.measure(figure, iri, [claims[place] for place in figure.claims])

    def statistic(self, figure: FoundFigure, measure: NamedNode) -> Statistic:
        quantity = figure.quantity
        return Statistic(
            iri=_statistic_iri(self.name, figure),
            as_said=" ".join(quantity.as_said.split()),
            measure=measure,
            unit=UNITS[quantity.unit],
            comparator=mint("comparator", quantity.comparator),
            value=quantity.value,
            lowest=quantity.lowest,
            highest=quantity.highest,
            numerator=quantity.numerator,
            denominator=quantity.denominator,
            temporal_coverage=figure.counted.period,
            reported_in=self.iri,
            evidence=self.evidence([quantity.span]),
            review_status=PROPOSED,
            confidence=FIGURE_CONFIDENCE,
            editorial_notes=(*figure_notes(figure), *page_notes(self.document, quantity.span)),
        )

    def measure(self, figure: FoundFigure, iri: NamedNode, claims: Sequence[Claim]) -> Measure:
        works = {work for claim in claims for work in claim.comes_from}
        return Measure(
            iri=iri,
            label=measure_label(self.document.text, figure),
            about=tuple({topic for claim in claims for topic in claim.about}),
            population=self.population(figure, claims),
            comes_from=works.pop() if len(works) == 1 else None,
        )

    def population(self, figure: FoundFigure, claims: Sequence[Claim]) -> NamedNode | None:
        """Return the group that is counted: a known one that its words name, or the one that speaks in the source."""
        words = figure.counted.population
        if words is not None:
            for thing in self.findings.named:
                if thing.kind == "collective" and thing.iri is not None and words in thing.spans:
                    return thing.iri
        content = [span for place in figure.claims for span in self.findings.claims[place].attribution.content]
        if any(span.holds(figure.quantity.span) for span in content):
            return None
        speaking = {iri for claim in claims for iri in claim.claimants}
        group = speaking.pop() if len(speaking) == 1 else None
        is_group = group is not None and (
            _kind(group) == "collective" or isinstance(self.minting.made.get(group), Collective)
        )
        return group if is_group else None

    def head(self, programs: Sequence[Program], claims: Sequence[Claim]) -> Iterator[Record]:
        """Yield what tells of the document, its graph, and how that came about."""
        document, extraction = self.document, mint("extraction", self.name)
        title = document.title or f"untitled text {document.text_hash[:8]}"
        speaking = {iri for claim in claims for iri in (*claim.claimants, *claim.comes_from)}
        yield Document(
            iri=self.iri,
            title=title,
            issued=document.issued,
            publisher=self.minting.body_called(document.outlet) if document.outlet else None,
            creators=tuple(self.minting.person_called(author) for author in document.authors if author.strip()),
            language=document.language,
            text_hash=document.text_hash,
            text_length=len(document.text),
            mentions=tuple(
                {thing.iri for thing in self.findings.named if thing.iri is not None and thing.iri not in speaking}
            ),
        )
        yield Dataset(
            iri=mint("graph", self.name),
            title=f"What software proposes from {_described(document)}",
            subject=self.iri,
            review_status=PROPOSED,
            generated_by=(extraction,),
        )
        yield Extraction(
            iri=extraction,
            label=" with ".join(f"{program.name} {program.version}" for program in programs),
            associated_with=tuple(program.iri for program in programs),
            used=(self.iri,),
        )
        for program in programs:
            yield Software(iri=program.iri, label=f"{program.name} {program.version}")


def _described(document: ReadDocument) -> str:
    """Tell a document from others: by outlet and date where they are known."""
    parts = [part for part in (document.outlet, document.issued) if part]
    return ", ".join(parts) if parts else "an undated text"


def _claim_iris(name: str, claims: Iterable[FoundClaim]) -> Iterator[NamedNode]:
    """Name claims after where they stand; a second one in one place is told by a letter."""
    seen: dict[str, int] = {}
    for claim in claims:
        part = _part(_whole(claim))
        count = seen[part] = seen.get(part, 0) + 1
        yield mint("claim", name, part if count == 1 else f"{part}-{_letter(count)}")


def _letter(count: int) -> str:
    """Return b for the second, z for the 26th, then 27 and so on."""
    return chr(ord("a") + count - 1) if count <= 26 else str(count)


def _whole(claim: FoundClaim) -> Span:
    """Return where a claim stands, from the start of its first words to the end of its last."""
    return Span(claim.attribution.content[0].start, claim.attribution.content[-1].end)


def _statistic_iri(name: str, figure: FoundFigure) -> NamedNode:
    return mint("statistic", name, _part(figure.quantity.span))


def _part(span: Span) -> str:
    return f"{span.start}-{span.end}"


def _day(document: ReadDocument) -> date | None:
    """Return the day of a document, where it is known to the day."""
    return date.fromisoformat(document.issued) if document.issued and len(document.issued) == 10 else None


def _confidence(value: float) -> Decimal:
    return Decimal(str(round(min(max(value, 0.0), 1.0), 2)))


def _kind(iri: NamedNode) -> str:
    return local_name(iri).partition("/")[0]


def _code(concept: NamedNode) -> str:
    return local_name(concept).rpartition("/")[2]
