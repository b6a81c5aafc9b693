"""The evidence behind a network, as cards: one for each claim, with all that a reader needs to judge and to cite it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import networkx as nx

from stpgraph.citations import in_words
from stpgraph.pages.wording import joined
from stpgraph.vocabulary import BASE

__all__ = ["Card", "Speaker", "Topic", "make_cards", "short_id"]

#: How a page says that words are a source's own or another's, by the label of the attribution.
_ATTRIBUTIONS = {"direct": "quoted", "indirect": "reported", "mixed": "partly quoted"}


@dataclass(frozen=True)
class Speaker:
    """A claimant of a claim.

    Attributes:
        node: its short id.
        label: full name.
        kind: body, person, collective or partnership.
        role: the post spoken in; "" where none is known.
        body: the body spoken for, full name; "" where none is known.
        short_label: its name as a picture shows it: "CIPFA".
        short_body: the body's name likewise.
    """

    node: str
    label: str
    kind: str
    role: str
    body: str
    short_label: str
    short_body: str


@dataclass(frozen=True)
class Topic:
    """A relationship that a claim is about: its short id and name."""

    node: str
    label: str


@dataclass(frozen=True)
class Card:
    """One claim as a page shows it; every field is text, "" where nothing is known.

    Attributes:
        claim: its short id.
        speakers: its claimants.
        topics: the relationships it is about.
        summary: what was said, in a curator's words.
        stance: supportive, critical, mixed or neutral; "" for a proposal of which that is not known.
        speech_act: assertion, warning and so on.
        attribution: quoted, reported and so on.
        stated_on: the day, ISO 8601.
        day: the day in words.
        figures: number words of the source.
        document: title of the text.
        outlet: who published it.
        issued: when, in words.
        place: where in the text.
        via: studies and reports the claim rests on.
        status: of its review.
        citation: one line to paste.
    """

    claim: str
    speakers: tuple[Speaker, ...]
    topics: tuple[Topic, ...]
    summary: str
    stance: str
    speech_act: str
    attribution: str
    stated_on: str
    day: str
    figures: tuple[str, ...]
    document: str
    outlet: str
    issued: str
    place: str
    via: str
    status: str
    citation: str


def short_id(iri: str) -> str:
    """Return what a page calls a thing: its path below the base, or its whole IRI.

    Example:
        >>> short_id("https://w3id.org/stpgraph/id/relationship/trust"), short_id("urn:x:trust")
        ('relationship/trust', 'urn:x:trust')
    """
    return iri.removeprefix(BASE)


def make_cards(graph: nx.MultiDiGraph[str]) -> tuple[Card, ...]:
    """Return a card for each claim of a network of who said what, in order of day (unknown last), document and place.

    Args:
        graph: as `stpgraph.networks.who_said_what` returns it; attributes that are missing are taken as unknown.
    """
    claims: dict[str, list[tuple[str, str, Mapping[str, Any]]]] = {}
    for source, target, key, data in graph.edges(keys=True, data=True):
        claims.setdefault(str(key), []).append((source, target, data))

    def reading_order(claim: str) -> tuple[bool, str, str, int, str]:
        data = claims[claim][0][2]
        day = str(data.get("stated_on", ""))
        return not day, day, str(data.get("document_iri", "")), int(data.get("start", 0)), claim

    return tuple(_card(graph, claim, claims[claim]) for claim in sorted(claims, key=reading_order))


def _card(graph: nx.MultiDiGraph[str], claim: str, edges: list[tuple[str, str, Mapping[str, Any]]]) -> Card:
    """Gather a claim from all its edges: one for each claimant and relationship."""
    data = edges[0][2]
    sources = {source: _speaker(graph, source, edge) for source, _, edge in edges}
    targets = {target: Topic(short_id(target), _label(graph, target)) for _, target, _ in edges}
    speakers = tuple(sources[node] for node in sorted(sources))
    attribution = str(data.get("attribution", ""))
    text = {
        name: str(data.get(name, "")) for name in ("summary", "stance", "speech_act", "stated_on", "document", "outlet")
    }
    rest = {name: str(data.get(name, "")) for name in ("place", "via", "status")}
    day, issued = in_words(text["stated_on"]), in_words(str(data.get("issued", "")))
    return Card(
        claim=short_id(claim),
        speakers=speakers,
        topics=tuple(targets[node] for node in sorted(targets)),
        attribution=_ATTRIBUTIONS.get(attribution, attribution),
        day=day,
        figures=tuple(str(figure) for figure in data.get("figures", ())),
        issued=issued,
        citation=_citation(speakers, day, text, issued, rest),
        **text,
        **rest,
    )


def _speaker(graph: nx.MultiDiGraph[str], node: str, data: Mapping[str, Any]) -> Speaker:
    label, body = _label(graph, node), str(data.get("body", ""))
    return Speaker(
        node=short_id(node),
        label=label,
        kind=str(graph.nodes[node].get("kind", "body")),
        role=str(data.get("role", "")),
        body=body,
        short_label=str(graph.nodes[node].get("short_label", "") or label),
        short_body=_short_body(graph.nodes[node], body),
    )


def _short_body(claimant: Mapping[str, Any], body: str) -> str:
    """Return the short name of the body spoken for, where the claimant speaks for one body only."""
    short = str(claimant.get("body_short_label", ""))
    return short if body and short and "; " not in short else body


def _label(graph: nx.MultiDiGraph[str], node: str) -> str:
    return str(graph.nodes[node].get("label", "") or short_id(node))


def _citation(
    speakers: tuple[Speaker, ...], day: str, text: Mapping[str, str], issued: str, rest: Mapping[str, str]
) -> str:
    """Write who said it, when, what (in other words than theirs), and where that stands."""
    names = []
    for speaker in speakers:
        post = ", ".join(part for part in (speaker.role, speaker.body) if part)
        names.append(f"{speaker.label} ({post})" if post else speaker.label)
    title = f"“{text['document']}”" if text["document"] else ""
    source = ", ".join(part for part in (title, text["outlet"], issued, rest["place"]) if part)
    via = f", from {rest['via']}" if rest["via"] else ""
    said = ", ".join(part for part in (joined(names), day) if part)
    return f"{said}. Paraphrase: {text['summary']} Source: {source or 'unknown'}{via}."
