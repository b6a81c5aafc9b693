"""A page for each thing at its own path, and the same path as data."""

from __future__ import annotations

from dataclasses import replace

from pyoxigraph import NamedNode

from stpgraph.errors import BadParameter
from stpgraph.site.addresses import SUFFIXES, address_of, iri_of
from stpgraph.site.asked import Asked, Reply
from stpgraph.site.claims import show_claim
from stpgraph.site.descriptions import FORMATS, alternates, describe, exists, to_reply
from stpgraph.site.facts import find_facts
from stpgraph.site.figure_rows import find_doubts
from stpgraph.site.ledger import open_ledger
from stpgraph.site.nearest import find_nearest
from stpgraph.site.negotiation import choose
from stpgraph.site.place import Site
from stpgraph.site.rendering import sorry
from stpgraph.site.thing_pages import show_links, show_page
from stpgraph.vocabulary import BASE, ONTOLOGY, STP

__all__ = ["prepare", "show_thing"]

#: Characters of the longest address that is looked up.
_LONGEST = 2000


def show_thing(site: Site, asked: Asked) -> Reply:
    """Show a thing, as a page or as data, by what is liked best; the ending of the path says which, where there is one.

    Raises:
        BadParameter: where an address holds what no IRI can be.
    """
    iri, suffix = _wanted(site, asked)
    if asked.path == "/about" and (iri == ONTOLOGY.value or iri.startswith(BASE)) and iri != BASE:
        return Reply.moved(address_of(iri, suffix))
    if not exists(site, iri):
        message = "The store knows nothing by this name. Check its spelling, or search for it."
        return sorry(site, asked, message, status=404, near=find_nearest(site, iri))
    media = SUFFIXES[suffix] if suffix else choose(asked.accept, ["text/html", *FORMATS])
    if media is None:
        message = f"This is to be had as {', '.join(['text/html', *FORMATS])}; ask for one of them."
        return replace(sorry(site, asked, message, status=406), headers=(("vary", "Accept"),))
    if media != "text/html":
        return to_reply(describe(site, iri), media)
    return replace(_page(site, asked, iri), headers=(("vary", "Accept"), ("link", alternates(iri))))


def prepare(site: Site) -> None:
    """Look up beforehand what pages of things share: for a server that has just begun."""
    open_ledger(site).prepare()
    find_doubts(site)


def _page(site: Site, asked: Asked, iri: str) -> Reply:
    if asked.get("links"):
        return show_links(site, asked, iri, _checked(asked.get("links")))
    facts = find_facts(site, iri)
    if STP.Claim.value in facts.classes:
        return show_claim(site, asked, facts)
    return show_page(site, asked, facts)


def _wanted(site: Site, asked: Asked) -> tuple[str, str]:
    """Return the IRI that is asked for and the suffix of its format; the exact IRI goes before one without suffix."""
    if asked.path.partition("/")[2].partition("/")[0] == "about":
        if not asked.get("iri"):
            raise BadParameter("no thing is named; give its IRI: /about?iri=https://…")
        suffix = asked.get("format")
        if suffix and suffix not in SUFFIXES:
            raise BadParameter(f"{suffix!r} is no format; expected one of {', '.join(SUFFIXES)}")
        return _checked(asked.get("iri")), suffix
    iri = _checked(iri_of(asked.path)) if asked.path.startswith("/id/") else BASE
    whole, _, suffix = iri.rpartition(".")
    if suffix in SUFFIXES and not exists(site, iri) and exists(site, whole):
        return whole, suffix
    return iri, ""


def _checked(iri: str) -> str:
    """Return an IRI that can be one."""
    if len(iri) > _LONGEST:
        raise BadParameter(f"the address is longer than {_LONGEST} characters; no thing has such a name")
    try:
        return NamedNode(iri).value
    except ValueError as fault:
        raise BadParameter(f"this is no IRI: {fault}; give a whole one, as https://…") from fault
