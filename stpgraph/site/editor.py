"""The page on which SPARQL is written, and the terms that its editor offers.

The page needs no rule of its own beside those of the site (`default-src 'none'` and all else from here alone): the
editor styles its lines by script, which a policy lets pass, and asks nothing of other hosts once its own lists of
prefixes and terms are replaced by ours.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from pyoxigraph import NamedNode, Triple

from stpgraph.questions import find_questions_and_faults
from stpgraph.resources import folder
from stpgraph.site.asked import Asked, Reply
from stpgraph.site.editor_examples import EXAMPLES
from stpgraph.site.place import Site
from stpgraph.site.questions import told
from stpgraph.site.rendering import render, sorry
from stpgraph.site.terms import class_name, ontology_triples, property_name
from stpgraph.turtle import read_turtle
from stpgraph.vocabulary import BASE, ONTOLOGY, OWL, PREFIXES, RDF, RDFS, SKOS, STP

__all__ = ["find_terms", "show_editor"]

#: Where the editor asks for prefixes and terms.
_TERMS = "/query/terms.json"

#: Terms of other vocabularies that no shape names, and that queries need all the same.
_GENERAL = (RDF.type, RDFS.label, RDFS.subClassOf, SKOS.prefLabel, SKOS.altLabel, SKOS.broader, SKOS.inScheme)
_PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty)


def show_editor(site: Site, asked: Asked) -> Reply:
    """Show the editor with the query that the address gives, or with the first example."""
    if asked.path == _TERMS:
        body = json.dumps(find_terms(), ensure_ascii=False).encode()
        return Reply(body=body, media="application/json", headers=(("cache-control", "max-age=3600"),))
    if asked.path.rstrip("/") != "/query":
        near = (("/query", "The editor"),)
        return sorry(site, asked, "No page is below the editor.", status=404, near=near)
    questions, faults = find_questions_and_faults(site.queries)
    asks = [(question.summary, told(question.sparql)) for _, question in sorted(questions.items())]
    return render(
        site,
        asked,
        "editor.html",
        title="Ask the graph in SPARQL",
        query=asked.get("query"),
        examples=EXAMPLES,
        questions=asks,
        faults=len(faults),
        settings={
            "endpoint": "/sparql",
            "terms": _TERMS,
            "base": BASE,
            "ontology": ONTOLOGY.value,
            "terms_in": STP.iri,
        },
    )


@cache
def find_terms() -> dict[str, Any]:
    """Return prefixes, classes and properties that the editor offers, each with what it is called.

    Example:
        >>> next(term for term in find_terms()["classes"] if term["name"] == "stp:Claim")["label"]
        'claim'
    """
    triples = ontology_triples()
    properties = {node for one in _PROPERTIES for node in _of(triples, one)} | set(_named("path"))
    classes = set(_of(triples, OWL.Class)) | set(_named("class")) | set(_named("targetClass"))
    return {
        "prefixes": dict(PREFIXES),
        "classes": [{"name": name, "label": class_name(node.value)} for name, node in _short(classes)],
        "properties": [
            {"name": name, "label": property_name(node.value)} for name, node in _short({*properties, *_GENERAL})
        ],
    }


def _of(triples: tuple[Triple, ...], kind: NamedNode) -> Iterator[NamedNode]:
    for triple in triples:
        if triple.predicate == RDF.type and triple.object == kind and isinstance(triple.subject, NamedNode):
            yield triple.subject


def _named(name: str) -> Iterator[NamedNode]:
    """Yield what the shapes name as a path or a class."""
    wanted = NamedNode(PREFIXES["sh"] + name)
    for triple in read_turtle(folder("ontology") / "shapes.ttl"):
        if triple.predicate == wanted and isinstance(triple.object, NamedNode):
            yield triple.object


def _short(nodes: set[NamedNode]) -> list[tuple[str, NamedNode]]:
    """Return terms with their prefixed names, those without a prefix of ours left out."""
    named = []
    for node in nodes:
        found = [(prefix, iri) for prefix, iri in PREFIXES.items() if node.value.startswith(iri)]
        if found:
            prefix, iri = max(found, key=lambda one: len(one[1]))
            named.append((f"{prefix}:{node.value[len(iri) :]}", node))
    return sorted(named, key=lambda one: one[0])
