"""The ontology as a page, each term with its meaning, and as the file itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from pyoxigraph import Literal, NamedNode

from stpgraph.exports.graphs import triples_to
from stpgraph.resources import folder
from stpgraph.site.addresses import SUFFIXES, address_of
from stpgraph.site.asked import Asked, Reply
from stpgraph.site.descriptions import FORMATS
from stpgraph.site.negotiation import choose
from stpgraph.site.place import Site
from stpgraph.site.rendering import render, sorry
from stpgraph.site.terms import class_name, ontology_triples
from stpgraph.vocabulary import DCTERMS, ONTOLOGY, OWL, PREFIXES, RDF, RDFS, SKOS, STP

__all__ = ["Term", "show_ontology"]

_HEADERS = (
    ("vary", "Accept"),
    (
        "link",
        ", ".join(f'</ontology.{suffix}>; rel="alternate"; type="{media}"' for suffix, media in SUFFIXES.items()),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A class or property.

    Attributes:
        iri: what identifies it.
        name: its name in the namespace, which is its anchor.
        label: for readers.
        definition: what it means.
        example: in Turtle.
        notes: how to use it.
        links: what it is a kind of, what it is said of, what it leads to: name, and IRIs with what they are called.
    """

    iri: str
    name: str
    label: str
    definition: str
    example: str
    notes: tuple[str, ...]
    links: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


def show_ontology(site: Site, asked: Asked) -> Reply:
    """Show the ontology as a page, or give it as data, by the ending of the path or by what is liked best."""
    first, _, rest = asked.path.removeprefix("/").partition("/")
    suffix = first.removeprefix("ontology").removeprefix(".")
    if rest:
        return _nothing(site, asked)
    media = SUFFIXES.get(suffix) if suffix else choose(asked.accept, ["text/html", *FORMATS])
    if media is None:
        message = f"The ontology is to be had as {', '.join(['text/html', *FORMATS])}; ask for one of them."
        return _nothing(site, asked) if suffix else replace(sorry(site, asked, message, status=406), headers=_HEADERS)
    if media == "text/html":
        return replace(_page(site, asked), headers=_HEADERS)
    is_turtle = media == "text/turtle"
    body = (
        (folder("ontology") / "stp.ttl").read_bytes()
        if is_turtle
        else triples_to(ontology_triples(), FORMATS[media][1])
    )
    return Reply(body=body, media=f"{media}; charset=utf-8" if is_turtle else media, headers=_HEADERS)


def _nothing(site: Site, asked: Asked) -> Reply:
    near = (("/ontology", "The ontology"),)
    return sorry(site, asked, "The ontology has no such part. It is one page.", status=404, near=near)


def _page(site: Site, asked: Asked) -> Reply:
    told, terms = _told(), _terms()
    classes = [term for term in terms if OWL.Class.value in _types(told[term.iri])]
    properties = [term for term in terms if OWL.Class.value not in _types(told[term.iri])]
    about = told[ONTOLOGY.value]
    return render(
        site,
        asked,
        "ontology.html",
        title=f"{_first(about, DCTERMS.title)}: {len(classes)} classes and {len(properties)} properties",
        description=_first(about, DCTERMS.description),
        version=_first(about, OWL.versionIRI),
        modified=_first(about, DCTERMS.modified),
        licence=_first(about, DCTERMS.license),
        iri=ONTOLOGY.value,
        namespace=STP.iri,
        classes=classes,
        properties=properties,
    )


@cache
def _told() -> Mapping[str, Mapping[str, Sequence[NamedNode | Literal]]]:
    found: defaultdict[str, defaultdict[str, list[NamedNode | Literal]]] = defaultdict(lambda: defaultdict(list))
    for triple in ontology_triples():
        if isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode | Literal):
            found[triple.subject.value][triple.predicate.value].append(triple.object)
    return found


@cache
def _terms() -> tuple[Term, ...]:
    """Return the terms in the order of the file, which is that of the questions a reader asks."""
    return tuple(_term(iri, told) for iri, told in _told().items() if iri.startswith(STP.iri))


def _term(iri: str, told: Mapping[str, Sequence[NamedNode | Literal]]) -> Term:
    links = (
        ("a kind of", RDFS.subClassOf),
        ("a case of", RDFS.subPropertyOf),
        ("said of", RDFS.domain),
        ("leads to", RDFS.range),
        ("never also", OWL.disjointWith),
        ("never together with", OWL.propertyDisjointWith),
    )
    return Term(
        iri=iri,
        name=iri.removeprefix(STP.iri),
        label=_first(told, RDFS.label),
        definition=_first(told, SKOS.definition),
        example=_first(told, SKOS.example),
        notes=tuple(note.value for note in told.get(SKOS.scopeNote.value, ())),
        links=tuple(
            (name, tuple((address_of(one.value), _called(one.value)) for one in told[how.value]))
            for name, how in links
            if told.get(how.value)
        ),
    )


def _called(iri: str) -> str:
    """Return what a term is called: ours by label, another vocabulary's with its prefix."""
    if iri.startswith(STP.iri):
        return _first(_told().get(iri, {}), RDFS.label) or class_name(iri)
    prefix = next((name for name, namespace in PREFIXES.items() if iri.startswith(namespace)), "")
    return f"{prefix}:{iri.removeprefix(PREFIXES[prefix])}" if prefix else iri


def _first(told: Mapping[str, Sequence[NamedNode | Literal]], how: NamedNode) -> str:
    return next((term.value for term in told.get(how.value, ())), "")


def _types(told: Mapping[str, Sequence[NamedNode | Literal]]) -> set[str]:
    return {term.value for term in told.get(RDF.type.value, ())}
