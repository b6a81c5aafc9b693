"""The page of a thing that is not a claim: its facts, the claims by it and about it, figures, neighbours, links."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, unquote

from stpgraph.networks.evidence import Thing
from stpgraph.site.addresses import claims_address, iri_of
from stpgraph.site.asked import Asked, Reply
from stpgraph.site.cards import Card, find_cards
from stpgraph.site.facts import Facts, find_facts, is_web
from stpgraph.site.figure_rows import find_doubts
from stpgraph.site.findings import Found, finding
from stpgraph.site.ledger import Entry
from stpgraph.site.linked import (
    OF_CLAIMS,
    PAGE,
    Links,
    find_branches,
    find_contents,
    find_links,
    find_posts,
    list_links,
)
from stpgraph.site.names import find_names, nodes, short
from stpgraph.site.neighbours import Neighbour, Picture, count_neighbours, draw
from stpgraph.site.numbers import find_given
from stpgraph.site.patterns import Way, figures_of, has_figures_of_claims, ways_about, ways_by
from stpgraph.site.place import Site
from stpgraph.site.rendering import render
from stpgraph.site.spoken import Spoken, find_figures_of, in_text_order, kept, rows, together, topics_of
from stpgraph.site.terms import class_name
from stpgraph.vocabulary import BASE, ORG, SKOS, STP

__all__ = ["Claims", "find_claims_of", "show_links", "show_page"]

#: Claims and figures on a page.
_CARDS, _FIGURES = 20, 20

#: By which property a post names a thing, by its kind.
_POSTS = {"person": ORG.member, "body": ORG.organization, "partnership": ORG.organization, "role": ORG.role}

#: Kinds that have a place among wider and narrower ones.
_TREES = {"relationship", "party", "aspect", "proposition", "measure", "code"}

#: The way in which claims are a body's that the claims page does not count: by its works.
_BY_WORKS = "its studies and reports"

#: Kinds of which no neighbours are drawn: their lists say it all.
_UNDRAWN = {"statistic", "graph", "code"}

#: What is true of many things, and makes nothing their neighbour.
_NO_NEIGHBOURS = {STP.reviewStatus.value, SKOS.inScheme.value, SKOS.topConceptOf.value}

#: Codes of claims, by the first part of their path: the facet of the claims page, and the property that names them.
_CODES = {
    "stance": ("stance", STP.stance.value),
    "speech-act": ("act", STP.speechAct.value),
    "review-status": ("status", STP.reviewStatus.value),
}

_CODED = """
SELECT (COUNT(DISTINCT ?claim) AS ?whole) (COUNT(DISTINCT ?gone) AS ?withdrawn) {{
  ?claim {how} {node} ; a stp:Claim OPTIONAL {{ ?claim stp:withdrawnOn ?day BIND(?claim AS ?gone) }}
}}"""

#: The facet of the claims page by which a thing is looked up there: what is by it, what is about it.
_FACETS = {
    "body": ("body", ""),
    "partnership": ("body", ""),
    "person": ("claimant", ""),
    "collective": ("claimant", ""),
    "document": ("document", ""),
    "relationship": ("", "relationship"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """A list of claims on the page of a thing.

    Attributes:
        key: the anchor, and the parameter that turns its pages.
        spoken: all of them.
        ways: how they have to do with the thing, with how many each.
        cards: those of this page.
        own: how many of them that address lists, where those by its works are left out; else all.
        more: the address of the claims page that lists them; "" where there is none.
    """

    key: str
    spoken: Spoken
    ways: tuple[tuple[str, int], ...]
    cards: tuple[Card, ...]
    own: int
    more: str = ""


def show_page(site: Site, asked: Asked, facts: Facts) -> Reply:
    """Show the page of a thing."""
    iri, kind = facts.thing.iri, _kind(facts)
    by_ways, about_ways = ways_by(site, iri, kind), ways_about(site, iri, kind)
    by_facet, about_facet = _FACETS.get(kind, ("", ""))
    by = find_claims_of(site, asked, "by", by_ways, claims_address(by_facet, iri) if by_facet else "")
    about = find_claims_of(site, asked, "about", about_ways, claims_address(about_facet, iri) if about_facet else "")
    given_in = [way.find(site) for way in (*by_ways, *about_ways)] if has_figures_of_claims(kind) else []
    topics = [one for way in about_ways if way.by == "about" for one in way.things]
    figures = find_figures_of(site, figures_of(site, iri, kind), given=given_in, about=topics)
    page = asked.number("figures", 1, least=1)
    given = find_given(site, figures[_FIGURES * (page - 1) : _FIGURES * page])
    posts, post_count = find_posts(site, iri, f"<{_POSTS[kind].value}>") if kind in _POSTS else ((), 0)
    branches = find_branches(site, iri) if kind in _TREES else ()
    links = find_links(site, iri, _told(kind, bool(branches)))
    fact_count, contents = find_contents(site, iri) if kind == "graph" else (0, ())
    coded, uncounted = _count_coded(site, iri)
    found = Found(
        facts=facts,
        by=by,
        about=about,
        figures=figures,
        given=given,
        links=links,
        fact_count=fact_count,
        post_count=post_count,
        doubted=len(find_doubts(site).keys() & set(figures)) if kind == "measure" else 0,
        coded=coded,
        uncounted=uncounted,
    )
    return render(
        site,
        asked,
        "thing.html",
        title=short(facts.thing.label, 300),
        thing=facts.thing,
        kind=kind,
        kinds=_kinds(facts),
        finding=finding(kind, found),
        outward=iri if is_web(iri) and not iri.startswith(BASE) else "",
        facts=facts,
        by=by,
        about=about,
        figures=figures,
        figure_page=_FIGURES,
        given=given,
        own=find_given(site, [iri]) if kind == "statistic" else (),
        posts=posts,
        post_count=post_count,
        branches=branches,
        links=links,
        contents=contents,
        fact_count=fact_count,
        picture=None if kind in _UNDRAWN else _picture(site, kind, found, by_ways),
        code_address=_code_address(iri),
        views=_views(kind, iri) if found.made or found.said else "",
    )


def show_links(site: Site, asked: Asked, iri: str, how: str) -> Reply:
    """Show all that points to a thing by one property, or all that a graph holds of one class."""
    facts = find_facts(site, iri)
    links = list_links(site, iri, how, asked.number("page", 1, least=1), is_graph=_kind(facts) == "graph")
    label = short(facts.thing.label, 200)
    return render(
        site, asked, "thing_links.html", title=f"{label}: {links.name}", thing=facts.thing, links=links, size=PAGE
    )


def find_claims_of(site: Site, asked: Asked, key: str, ways: Sequence[Way], more: str) -> Claims | None:
    """Return the claims that have to do with a thing in some ways; None where it is of a kind that has none."""
    if not ways:
        return None
    found = [way.find(site) for way in ways]
    spoken = kept(site, ("together", key, *(way.pattern for way in ways)), lambda: together(found), len)
    if ways[0].name == "in it":
        spoken = in_text_order(spoken)
    page = asked.number(key, 1, least=1)
    wanted = [claim.iri for claim in spoken.claims[_CARDS * (page - 1) : _CARDS * page]]
    counts = tuple((way.name, len(one)) for way, one in zip(ways, found, strict=True) if len(one))
    direct = [one for way, one in zip(ways, found, strict=True) if way.name != _BY_WORKS]
    own = len(spoken) if len(direct) == len(found) else len({claim.iri for one in direct for claim in one.claims})
    return Claims(
        key=key,
        spoken=spoken,
        ways=counts,
        cards=find_cards(site, wanted),
        own=own,
        more=more if own else "",
    )


def _kind(facts: Facts) -> str:
    """Return the kind of a thing; a role is a code that posts name, a graph also where nothing is said of it."""
    kind = facts.thing.kind
    if facts.thing.iri.startswith(f"{BASE}graph/"):
        return "graph"
    if ORG.Role.value in facts.classes or facts.thing.iri.startswith(f"{BASE}role/"):
        return "role"
    if kind == "thing" and SKOS.inScheme.value in facts.values:
        return "code"
    return kind


def _kinds(facts: Facts) -> tuple[str, ...]:
    told = tuple(class_name(name) for name in facts.classes)
    return told or ({"code": "code", "role": "role", "graph": "graph"}.get(_kind(facts), "thing"),)


def _told(kind: str, has_branches: bool) -> set[str]:
    """Return the properties that need no list of what points to the thing by them."""
    told = set(OF_CLAIMS) if kind not in {"code", "place", "thing"} else set()
    told |= {_POSTS[kind].value} if kind in _POSTS else set()
    return told | ({SKOS.broader.value} if has_branches else set())


def _code_address(iri: str) -> str:
    """Return the address of the claims that have a code; "" for a code that the claims page does not part them by."""
    scheme, _, code = iri.removeprefix(BASE).partition("/")
    return claims_address(_CODES[scheme][0], iri) if code and scheme in _CODES else ""


def _count_coded(site: Site, iri: str) -> tuple[int | None, int]:
    """Count the claims that have a code, those that stand and those withdrawn; None for what is no code of claims."""
    scheme, _, code = iri.removeprefix(BASE).partition("/")
    if not code or scheme not in _CODES:
        return None, 0
    asked = _CODED.format(how=nodes([_CODES[scheme][1]]), node=nodes([iri]))
    [(whole, gone)] = kept(site, ("coded", iri), lambda: list(rows(site.store, asked)))
    return int(whole) - int(gone), int(gone)


def _views(kind: str, iri: str) -> str:
    """Return the address of the whole network around a thing; "" where there is none."""
    ways = {"person": "claimant", "body": "claimant", "partnership": "claimant", "collective": "claimant"}
    ways["relationship"] = "about"
    return f"/views/who-said-what?{ways[kind]}={quote(iri, safe='')}" if kind in ways else ""


def _picture(site: Site, kind: str, page: Found, ways: Sequence[Way]) -> Picture | None:
    """Draw what claims join a thing to: an agent to what it speaks of, anything spoken of to those who do."""
    by, about, facts = page.by, page.about, page.facts
    shown = by if kind == "document" else about

    def find() -> tuple[list[tuple[str, dict[str, int]]], int]:
        joined: dict[str, list[Entry]] = {}
        if by and by.spoken.claims and kind != "document":
            joined = topics_of(together(way.find(site) for way in ways))
        elif shown:
            for entry in shown.spoken.claims:
                for who in entry.claimants:
                    joined.setdefault(who, []).append(entry)
        return count_neighbours(joined), len(joined)

    counts, total = kept(site, ("joined", facts.thing.iri), find)
    if not counts:
        return _linked(facts, page.links)
    names = find_names(site, [iri for iri, _ in counts])
    return draw([Neighbour(thing=names[iri], counts=told) for iri, told in counts], total)


def _linked(facts: Facts, links: Sequence[Links]) -> Picture | None:
    """Draw what a thing points to and what points to it, where no claims join it to anything."""
    found: dict[str, Neighbour] = {}
    for fact in facts.facts:
        for value in fact.values[:3] if fact.key not in _NO_NEIGHBOURS else ():
            if value.address.startswith("/id/"):
                iri = iri_of(unquote(value.address))
                thing = Thing(iri=iri, label=value.text, short_label=value.text, kind="thing")
                found.setdefault(iri, Neighbour(thing=thing, counts={}, note=fact.name))
    for link in links:
        for thing in link.things[:3]:
            found.setdefault(thing.iri, Neighbour(thing=thing, counts={}, note=link.name))
    return draw(list(found.values()), len(found)) if len(found) > 1 else None
