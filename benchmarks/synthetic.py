"""Made-up graphs of any size, shaped like the one that ships: one seed, one graph.

Each document is a named graph of its own, with 10 to 15 claims, half as many figures, and the evidence of both;
what documents share stands in graphs of reference (`society`) and grows more slowly than the documents do. A few
bodies, people and propositions are named often and most seldom, by Zipf's law.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from hashlib import sha256
from itertools import chain, count
from pathlib import Path
from random import Random
from typing import Any

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, serialize

from benchmarks.society import Scheme, Society, Study, coined, some_day
from stpgraph import records
from stpgraph.rdf import to_triples
from stpgraph.records import Record
from stpgraph.resources import folder
from stpgraph.turtle import read_turtle
from stpgraph.vocabulary import mint, slug

__all__ = ["SEED", "generate", "write"]

#: The seed of every figure that is published.
SEED = 2016

#: Quads that one more document brings with it, what it adds to the reference included.
_QUADS_PER_DOCUMENT = 640

_TOPICS = ("trust", "budgets", "care at home", "prevention", "estates", "staffing", "joint plans", "hospital beds")
_MOODS = ("falls short", "is growing", "comes too late", "needs more money", "would help", "is out of reach")


def generate(quads: int, seed: int = SEED) -> Iterator[Quad]:
    """Yield a made-up graph: the relationships, the reference, then document after document.

    Args:
        quads: how many, at least; the last named graph is finished. Documents begin after some 4000.
        seed: another seed, another graph.
    """
    scheme = Scheme(read_turtle(folder("ontology") / "relationships.ttl"))
    society = Society(Random(f"{seed}/society"), scheme, documents=quads // _QUADS_PER_DOCUMENT)
    documents = (_Document(Random(f"{seed}/{number}"), society, number) for number in count())
    graphs = chain(society.graphs(), ((document.graph, document.triples()) for document in documents))
    made = 0
    for graph, triples in graphs:
        for triple in triples:
            made += 1
            yield Quad(triple.subject, triple.predicate, triple.object, graph)
        if made >= quads:
            return


def write(file: Path, quads: int, seed: int = SEED) -> int:
    """Write a made-up graph to a file of N-Quads, and return how many there are."""
    made = list(generate(quads, seed))
    serialize(made, file, format=RdfFormat.N_QUADS)
    return len(made)


class _Document:
    """A made-up document, written by walking through its text from place to place."""

    def __init__(self, random: Random, society: Society, number: int) -> None:
        self._random = random
        self._society = society
        self._at = 0
        self._day = some_day(random)
        self._outlet = society.outlets.draw(random)
        self._title = f"{coined(number)} says {random.choice(_TOPICS)} {random.choice(_MOODS)}"
        self._slug = f"{self._day}-{self._outlet.value.rpartition('/')[2]}-{slug(self._title, limit=40)}"
        self._iri = mint("document", self._slug)
        self._found: list[Record] = []
        self.graph = mint("graph", self._slug)

    def triples(self) -> Iterator[Triple]:
        """Yield what its named graph holds."""
        for number in range(self._random.randint(10, 15)):
            self._claim(number)
        review = mint("review", self._slug)
        document = records.Document(
            iri=self._iri,
            title=self._title,
            issued=self._day.isoformat(),
            publisher=self._outlet,
            creators=(self._society.posts.draw(self._random).member,),
            language="en",
            kind=self._code("document-kind"),
            text_hash=_hash(self._slug),
            text_length=self._at + 100,
            mentions=tuple(self._society.bodies.draw(self._random) for _ in range(6)),
        )
        described = records.Dataset(
            iri=self.graph, title=f"What “{self._title}” says", subject=self._iri, generated_by=(review,)
        )
        reviewed = records.Review(iri=review, label="Made up", associated_with=(self._outlet,))
        for record in (described, document, reviewed, *self._found):
            yield from to_triples(record)

    def _evidence(self, length: int, gap: int = 1) -> NamedNode:
        """Anchor the next so many characters, and walk past them."""
        start, end = self._at, self._at + length
        self._at = end + gap
        evidence = records.Evidence(
            iri=mint("evidence", self._slug, f"{start}-{end}"),
            document=self._iri,
            start=start,
            end=end,
            text_hash=_hash(f"{self._slug}{start}{end}"),
        )
        self._found.append(evidence)
        return evidence.iri

    def _claim(self, number: int) -> None:
        random, society = self._random, self._society
        study = society.studies.draw(random)
        given = (self._statistic(study),) if number % 2 else ()
        place = self._evidence(random.randrange(60, 180))
        named, cue = self._evidence(12), self._evidence(5)
        self._found.append(
            records.Claim(
                iri=mint("claim", *place.value.split("/")[-2:]),
                about=tuple(society.scheme.relationships.draw(random) for _ in range(1 + (number % 4 == 0))),
                concerns=(society.partnerships.draw(random),) if number % 6 == 0 else (),
                stance=self._code("stance"),
                modality=self._code("modality") if number % 10 == 9 else None,
                summary=f"In {coined(random.randrange(4000))} {random.choice(_TOPICS)} {random.choice(_MOODS)}.",
                stated_on=self._day,
                temporal_coverage="2017/2022" if number % 12 == 5 else None,
                gives=given,
                cites=(study.report,) if number % 8 == 3 else (),
                reported_in=self._iri,
                evidence=(place,),
                named_at=(named,),
                cue_at=(cue,),
                **self._claimants(study, number),
                **self._act(),
                **self._position(),
                **self._review(),
            )
        )

    def _claimants(self, study: Study, number: int) -> dict[str, Any]:
        """Let a person speak in a post, or those asked, or a body by its study, or the outlet itself."""
        post = self._society.posts.draw(self._random)
        bodies = {study.body, self._society.bodies.draw(self._random)} if number == 0 else {study.body}
        how = {"attribution": mint("attribution", self._random.choice(("direct", "direct", "indirect", "mixed")))}
        return self._random.choice(
            (
                {"claimants": (post.member,), "speaking_as": post.iri, **how},
                {"claimants": (post.member,), "speaking_as": post.iri, **how},
                {"claimants": (study.respondents,), "comes_from": (study.iri,), **how},
                {"claimants": tuple(bodies), "comes_from": (study.iri,), **how},
                {"claimants": (self._outlet,), "attribution": mint("attribution", "own-voice")},
            )
        )

    def _act(self) -> dict[str, Any]:
        act = self._code("speech-act")
        asked = act == mint("speech-act", "recommendation")
        return {"speech_act": act, "addressees": (self._society.scheme.parties.draw(self._random),) if asked else ()}

    def _position(self) -> dict[str, Any]:
        """Affirm a proposition, deny one, or neither."""
        side = self._random.choice(("affirms", "affirms", "denies", None, None))
        return {side: (self._society.propositions.draw(self._random),)} if side else {}

    def _review(self) -> dict[str, Any]:
        """Accept most, leave some proposed, withdraw few."""
        chance = self._random.random()
        if chance < 0.01:
            withdrawn = {"withdrawn_on": self._day + timedelta(days=30), "change_notes": ("Nobody said it.",)}
            return {"review_status": mint("review-status", "edited"), **withdrawn}
        if chance < 0.1:
            return {"review_status": mint("review-status", "proposed"), "confidence": Decimal(int(chance * 1000)) / 100}
        return {"review_status": mint("review-status", "accepted")}

    def _statistic(self, study: Study) -> NamedNode:
        quantity = study.quantities.draw(self._random)
        place = self._evidence(self._random.randrange(4, 14))
        statistic = records.Statistic(
            iri=mint("statistic", *place.value.split("/")[-2:]),
            measure=quantity.measure,
            reported_in=self._iri,
            evidence=(place,),
            review_status=mint("review-status", "accepted"),
            **quantity.worded(self._random),
        )
        self._found.append(statistic)
        return statistic.iri

    def _code(self, scheme: str) -> NamedNode:
        return self._society.scheme.code(scheme, self._random)


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()
