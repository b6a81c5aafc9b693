"""What the extractor proposes for texts, in the form that it is scored in: the pipeline of `stpgraph read`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from pyoxigraph import NamedNode

from benchmarks.predicted import PredictedClaim, PredictedFigure, Prediction
from stpgraph.documents import LARGEST, ReadDocument, Source, read_source, text_hash
from stpgraph.extraction.names import Agent, Gazetteer, Resolution
from stpgraph.extraction.parsing import MODEL
from stpgraph.extraction.pipeline import Proposal, propose
from stpgraph.extraction.proposals import FoundClaim, FoundFigure
from stpgraph.reading import load_gazetteer, load_known, load_labels
from stpgraph.records import Collective, Organisation, Partnership, Person
from stpgraph.vocabulary import local_name

__all__ = ["predictions"]

#: Units as the gold set writes them.
_UNITS = {
    "YR": "YEAR",
    "MO": "MONTH",
    "WK": "WEEK",
    "HR": "HOUR",
    "MIN": "MINUTE",
    "SEC": "SECOND",
    "UNITLESS": "TIMES",
}


def predictions(texts: Iterable[str], *, jobs: int = 1, model: str = MODEL) -> Iterator[Prediction]:
    """Yield what is proposed for each text, in their order; nothing for one that is not read.

    Args:
        texts: normalised texts, taken as they are needed.
        jobs: how many processes read them.
        model: the name of an installed model of spaCy.
    """
    known = load_known()
    gazetteer = load_gazetteer(known)
    documents = (_document(number, text) for number, text in enumerate(texts))
    for made in propose(documents, gazetteer=gazetteer, labels=load_labels(known), model=model, jobs=jobs):
        yield _prediction(made, gazetteer) if isinstance(made, Proposal) else Prediction()


def _document(number: int, text: str) -> ReadDocument:
    """Read a text as a file of plain text is read; one that would not be taken for such a file, as it is."""
    name = f"{number}.txt"
    read = read_source(Source(name=name, data=text.encode("utf-8")), largest=LARGEST)
    if isinstance(read, ReadDocument) and read.text == text:
        return read
    return ReadDocument(name=name, text=text, text_hash=text_hash(text), media_type="text/plain")


def _prediction(made: Proposal, gazetteer: Gazetteer) -> Prediction:
    return Prediction(
        claims=tuple(_claim(found, gazetteer) for found in made.findings.claims),
        figures=tuple(_figure(found) for found in made.findings.figures),
    )


def _claim(found: FoundClaim, gazetteer: Gazetteer) -> PredictedClaim:
    said, who, judged = found.attribution, found.resolution, found.judgement
    works = [said.work] if said.work is not None else [work.span for work in who.works]
    return PredictedClaim(
        content=said.content,
        source=said.source,
        link=said.link,
        cue=said.cue,
        kind=said.manner,
        claimants=tuple(
            _names(agent, gazetteer)
            for agent in who.claimants
            if agent.iri is not None or (who.status != "unknown" and agent.kind != "unknown")
        ),
        speaking_as=_post(who, gazetteer),
        comes_from=works[0] if works else None,
        relationships=frozenset(_slug(decision.concept) for decision in judged.relationships),
        stance=_slug(judged.stance.concept) if judged.stance is not None else None,
        act=_slug(judged.act.concept),
        modality=_slug(judged.modality.concept) if judged.modality is not None else None,
        nested_in=said.outer,
    )


def _names(agent: Agent, gazetteer: Gazetteer) -> tuple[str, ...]:
    """Return what an agent is called in the text, and in the reference."""
    record = gazetteer.records.get(agent.iri) if agent.iri is not None else None
    known: tuple[str, ...] = ()
    if isinstance(record, Organisation | Person | Partnership | Collective):
        known = (record.label, *record.alt_labels)
    return tuple(dict.fromkeys((agent.name, *known)))


def _post(who: Resolution, gazetteer: Gazetteer) -> tuple[str, ...]:
    if who.post is None:
        return ()
    bodies = _names(who.post.organisation, gazetteer) if who.post.organisation is not None else ()
    return tuple(
        dict.fromkeys(
            (who.post.full, who.post.words, *(f"{who.post.role}, {body}" for body in bodies if who.post.role))
        )
    )


def _slug(concept: NamedNode) -> str:
    return local_name(concept).rpartition("/")[2]


def _figure(found: FoundFigure) -> PredictedFigure:
    quantity = found.quantity
    return PredictedFigure(
        words=quantity.span,
        comparator=quantity.comparator,
        value=_number(quantity.value),
        lowest=_number(quantity.lowest),
        highest=_number(quantity.highest),
        unit=_UNITS.get(quantity.unit, quantity.unit),
        numerator=quantity.numerator,
        denominator=quantity.denominator,
        population=found.counted.population,
        of_claim=found.claims[0] if found.claims else None,
    )


def _number(value: Decimal | None) -> float | None:
    return float(value) if value is not None else None
