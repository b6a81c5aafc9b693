"""What is known beforehand: names of the reference, words for relationships; what ships and what the user adds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple

from stpgraph import rdf
from stpgraph.errors import UsageError
from stpgraph.extraction.names import Gazetteer
from stpgraph.extraction.relationships import Code, Labels
from stpgraph.resources import folder
from stpgraph.turtle import read_turtle
from stpgraph.vocabulary import RDF, SKOS, STP

__all__ = ["load_gazetteer", "load_known", "load_labels"]

#: What a claim may be about, and what that is made of.
_CODES = (STP.Relationship, STP.Aspect, STP.Party)


def load_known(places: Sequence[Path] = ()) -> list[Triple]:
    """Return the facts that names and relationships are known by.

    Args:
        places: the user's own: files of Turtle, or folders of them.

    Raises:
        UsageError: when there is no such file or folder, or no Turtle in it.
        BadRdf: when a file is not Turtle.
    """
    shipped = [folder("ontology") / "relationships.ttl", *sorted((folder("graph") / "reference").glob("*.ttl"))]
    own = [path for place in places for path in _files(place)]
    return [triple for path in (*shipped, *own) for triple in read_turtle(path)]


def _files(place: Path) -> list[Path]:
    if place.is_file():
        return [place]
    found = sorted(place.rglob("*.ttl")) if place.is_dir() else []
    if not found:
        what = "no file ending in .ttl is here" if place.is_dir() else "there is no such file or folder"
        raise UsageError(f"{what}; expected reference facts in Turtle", where=str(place))
    return found


def load_gazetteer(known: Iterable[Triple]) -> Gazetteer:
    """Return the names of people, bodies, partnerships, groups, studies and reports.

    Raises:
        BadRecord: when a thing is not what it says, as with two first labels.

    Example:
        >>> [mention.iri.value for mention in load_gazetteer(load_known()).find("CIPFA warns.")]
        ['https://w3id.org/stpgraph/id/organisation/cipfa']
    """
    records, _ = rdf.from_triples(known)
    return Gazetteer.of(records)


def load_labels(known: Iterable[Triple]) -> Labels:
    """Return the words for relationships, with their aspects and parties.

    Example:
        >>> labels = load_labels(load_known())
        >>> labels.codes[NamedNode("https://w3id.org/stpgraph/id/aspect/trust")].label
        'trust'
    """
    facts: dict[NamedNode, list[Triple]] = {}
    for triple in known:
        if isinstance(triple.subject, NamedNode):
            facts.setdefault(triple.subject, []).append(triple)
    codes = [
        _code(node, held)
        for node, held in sorted(facts.items(), key=lambda item: item[0].value)
        if any(triple.predicate == RDF.type and triple.object in _CODES for triple in held)
    ]
    return Labels.of(codes)


def _code(node: NamedNode, held: Sequence[Triple]) -> Code:
    def texts(predicate: NamedNode) -> tuple[str, ...]:
        found = (triple.object for triple in held if triple.predicate == predicate)
        return tuple(sorted(term.value for term in found if isinstance(term, Literal) and term.language == "en"))

    def nodes(predicate: NamedNode) -> tuple[NamedNode, ...]:
        found = (triple.object for triple in held if triple.predicate == predicate)
        return tuple(sorted((term for term in found if isinstance(term, NamedNode)), key=lambda term: term.value))

    aspects, labels = nodes(STP.aspect), texts(SKOS.prefLabel)
    return Code(
        iri=node,
        label=labels[0] if labels else node.value.rpartition("/")[2],
        alt_labels=texts(SKOS.altLabel),
        broader=nodes(SKOS.broader),
        aspect=aspects[0] if aspects else None,
        parties=nodes(STP.party),
    )
