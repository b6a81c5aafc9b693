"""The page of a claim: whose word it is, the words it rests on, what lies behind it, what supports and opposes it."""

from __future__ import annotations

from dataclasses import replace

from pyoxigraph import NamedNode

from stpgraph.citations import cite
from stpgraph.site.asked import Asked, Reply
from stpgraph.site.behind import find_activities, find_places, find_turn
from stpgraph.site.cards import find_cards
from stpgraph.site.facts import Facts
from stpgraph.site.linked import OF_CLAIMS, find_links
from stpgraph.site.names import find_names, nodes, short
from stpgraph.site.numbers import find_given
from stpgraph.site.place import Site
from stpgraph.site.positions import find_positions
from stpgraph.site.rendering import render
from stpgraph.site.spoken import find_spoken
from stpgraph.vocabulary import BASE, PROV, SKOS, STP

__all__ = ["show_claim"]

#: What the page tells elsewhere than among the facts.
_TOLD = {
    term.value
    for term in (
        *(STP.evidence, STP.alsoAt, STP.namedAt, STP.cueAt, STP.gives, STP.summary),
        *(STP.withdrawnOn, SKOS.changeNote, PROV.wasRevisionOf),
    )
}

#: Citing claims that the page shows.
_CITING = 5


def show_claim(site: Site, asked: Asked, facts: Facts) -> Reply:
    """Show the page of a claim."""
    iri = facts.thing.iri
    [card] = find_cards(site, [iri])
    document = facts.first(STP.reportedIn)
    stance = facts.first(STP.stance).removeprefix(f"{BASE}stance/")
    citing = find_spoken(site, f"?claim stp:cites {nodes([iri])} .")
    kept = tuple(fact for fact in facts.facts if fact.key not in _TOLD)
    own = {one for one in facts.all(PROV.wasRevisionOf) if ":" in one}
    names = find_names(site, [*own, *(brief.iri for brief in citing.claims[:_CITING])])
    return render(
        site,
        asked,
        "claim.html",
        title=short(card.claim.summary or facts.thing.label, 400),
        thing=facts.thing,
        card=card,
        claim=card.claim,
        facts=replace(facts, facts=kept),
        spans=find_places(site, iri),
        given=find_given(site, facts.all(STP.gives)),
        activities=find_activities(site, iri),
        positions=find_positions(
            site,
            iri,
            affirms=facts.all(STP.affirms),
            denies=facts.all(STP.denies),
            about=facts.all(STP.about),
            stance=stance,
        ),
        citing=[names[brief.iri] for brief in citing.claims[:_CITING]],
        citing_count=len(citing),
        corrected=[names[one] for one in sorted(own)],
        notes=facts.all(SKOS.changeNote),
        links=find_links(site, iri, OF_CLAIMS),
        turn=find_turn(site, iri, document) if document else None,
        citation=cite(site.store, [NamedNode(iri)]).get(NamedNode(iri), ""),
    )
