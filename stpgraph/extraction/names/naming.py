"""Naming: all that a document names, found in one order: bodies, people, descriptions, posts, works, groups."""

from __future__ import annotations

from collections.abc import Sequence

from stpgraph.extraction.names.anaphora import add_descriptions
from stpgraph.extraction.names.bodies import add_bodies
from stpgraph.extraction.names.gazetteer import Gazetteer, short
from stpgraph.extraction.names.linking import link_person
from stpgraph.extraction.names.people import add_people
from stpgraph.extraction.names.persons import add_persons
from stpgraph.extraction.names.posts import add_posts
from stpgraph.extraction.names.records import Named, Names
from stpgraph.extraction.names.scene import Scene, Thing
from stpgraph.extraction.names.works import add_works
from stpgraph.extraction.parsing import Reading
from stpgraph.extraction.spans import Span

__all__ = ["find_names", "read_scene"]


def read_scene(
    reading: Reading,
    gazetteer: Gazetteer,
    *,
    sources: Sequence[Span] = (),
    issued: str | None = None,
    outlet: str | None = None,
) -> Scene:
    """Find what a document names, with every place of it.

    Args:
        reading: the document.
        gazetteer: what the reference knows.
        sources: where the words stand that name who says something, for a name there is a speaker's.
        issued: when it was published, ISO 8601.
        outlet: who published it.
    """
    scene = Scene(reading, gazetteer, issued, outlet)
    add_bodies(scene)
    add_people(scene, sources)
    add_descriptions(scene)
    add_posts(scene)
    for thing in scene.things:
        if thing.kind == "person":
            link_person(scene, thing)
    add_persons(scene)
    add_works(scene)
    return scene


def find_names(
    reading: Reading,
    gazetteer: Gazetteer,
    *,
    sources: Sequence[Span] = (),
    issued: str | None = None,
    outlet: str | None = None,
    scene: Scene | None = None,
) -> Names:
    """Find all people, bodies, partnerships, studies, reports and known groups that a document names.

    Args:
        reading: the document.
        gazetteer: what the reference knows.
        sources: where the words stand that name who says something, where that is known.
        issued: when it was published, ISO 8601: studies are linked by their date.
        outlet: who published it.
        scene: what `read_scene` found, where that is at hand.
    """
    scene = scene or read_scene(reading, gazetteer, sources=sources, issued=issued, outlet=outlet)
    named = [_named(scene, thing) for thing in scene.things]
    return Names(tuple(sorted([*named, *_groups(scene)], key=lambda thing: (thing.spans[0], thing.name))))


def _named(scene: Scene, thing: Thing) -> Named:
    """Return a thing with all its places."""
    spans = tuple(spot.span for spot in scene.spots if spot.thing is thing)
    return Named(
        kind=thing.kind, name=thing.name, iri=thing.iri, spans=spans, evidence=tuple(dict.fromkeys(thing.evidence))
    )


def _groups(scene: Scene) -> list[Named]:
    """Return the groups that the reference knows and the text names; of two records of one group, the one described."""
    places: dict[str, list[Span]] = {}
    labels: dict[str, str] = {}
    found = {}
    for mention in scene.mentions:
        if mention.kind != "collective" or mention.iri is None:
            continue
        iri = scene.gazetteer.same_group(mention.iri)
        found[iri.value] = iri
        labels.setdefault(iri.value, mention.label)
        places.setdefault(iri.value, []).append(mention.span)
    return [
        Named(
            kind="collective",
            name=places[key][0].of(scene.text),
            iri=iri,
            spans=tuple(places[key]),
            evidence=(f"linked by label “{labels[key]}” to <{short(iri)}>",),
        )
        for key, iri in found.items()
    ]
