"""Resolution: whose word each attribution is, in which post, and by which study or report.

The head of the words that name a source decides: a person, a role, a body, a work, a group, a pronoun. What a work
says is claimed by those who answer for it. Each step is kept as evidence; what cannot be told stays unknown.
"""

from __future__ import annotations

from collections.abc import Sequence

from stpgraph.extraction.attribution.records import Attribution
from stpgraph.extraction.names.gazetteer import Gazetteer
from stpgraph.extraction.names.hearing import Heard
from stpgraph.extraction.names.linking import link_post
from stpgraph.extraction.names.naming import read_scene
from stpgraph.extraction.names.records import Agent, Post, Resolution, Status
from stpgraph.extraction.names.scene import Scene, Thing
from stpgraph.extraction.names.speakers import Speakers
from stpgraph.extraction.parsing import Reading
from stpgraph.extraction.spans import Span

__all__ = ["resolve_sources"]


def resolve_sources(
    reading: Reading,
    attributions: Sequence[Attribution],
    gazetteer: Gazetteer,
    *,
    issued: str | None,
    outlet: str | None,
    scene: Scene | None = None,
) -> list[Resolution]:
    """Say whose word each attribution is, in the order of the attributions.

    Args:
        reading: the document.
        attributions: what is said in it.
        gazetteer: what the reference knows.
        issued: when it was published, ISO 8601, as precisely as known.
        outlet: the name of who published it.
        scene: what `read_scene` found with the sources of these attributions, where that is at hand; it is added to.
    """
    if scene is None:
        sources = [one.source for one in attributions if one.source is not None]
        scene = read_scene(reading, gazetteer, sources=sources, issued=issued, outlet=outlet)
    speakers = Speakers(scene)
    in_order = sorted(range(len(attributions)), key=lambda index: _position(attributions[index]))
    found = {index: _resolved(scene, speakers.hear(attributions[index])) for index in in_order}
    return [found[index] for index in range(len(attributions))]


def _position(attribution: Attribution) -> tuple[int, int]:
    """Return where an attribution comes in the text: by its source, or by its content where it has none."""
    first = attribution.content[0].start if attribution.content else 0
    return (attribution.source.start if attribution.source is not None else first, first)


def _resolved(scene: Scene, heard: Heard) -> Resolution:
    """Return what was heard as a resolution."""
    evidence = list(heard.evidence)
    post: Post | None = heard.post
    for thing in heard.things:
        evidence += thing.evidence[:1] if thing.iri is not None else thing.evidence[-1:]
        if thing.kind == "person" and post is None:
            post, why = _post(scene, thing)
            evidence += [why] if why else []
    for work in heard.works:
        evidence += work.evidence[-1:]
    claimants = tuple(thing.as_agent() for thing in heard.things) + heard.agents
    return Resolution(
        claimants=claimants,
        post=post,
        works=tuple(work.as_work(_places(scene, work)) for work in heard.works),
        evidence=tuple(dict.fromkeys(evidence)),
        status=_status(claimants, heard),
    )


def _places(scene: Scene, work: Thing) -> tuple[Span, ...]:
    """Return where the text speaks of a work: also as the report of a study, and as the study of a report."""
    return tuple(
        spot.span
        for spot in scene.spots
        if spot.thing is work or (spot.thing.is_work and spot.thing.mention == work.mention)
    )


def _status(claimants: tuple[Agent, ...], heard: Heard) -> Status:
    """Say how far the claimants are told."""
    if heard.is_unknown or not claimants:
        return "unknown"
    return "linked" if all(agent.iri is not None for agent in claimants) else "named"


def _post(scene: Scene, person: Thing) -> tuple[Post | None, str | None]:
    """Choose a person's post: one that the reference has, else one with its body, else the first."""
    for post in person.posts:
        iri, why = link_post(scene.gazetteer, person, post, scene.issued)
        if iri is not None:
            linked = Post(
                words=post.words, role=post.role, span=post.span, organisation=post.organisation, membership=iri
            )
            return linked, why
    with_body = [post for post in person.posts if post.organisation is not None]
    return next(iter([*with_body, *person.posts]), None), None
