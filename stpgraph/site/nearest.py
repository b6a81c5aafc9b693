"""What may have been meant by an address that leads nowhere."""

from __future__ import annotations

from difflib import SequenceMatcher, get_close_matches
from urllib.parse import unquote

from stpgraph.search import Thing
from stpgraph.site.addresses import address_of
from stpgraph.site.names import short
from stpgraph.site.place import Site
from stpgraph.site.spoken import rows
from stpgraph.store import Store
from stpgraph.vocabulary import BASE

__all__ = ["find_nearest"]

#: Names that are held against what was asked for, suggestions, and how like it they must be.
_HELD, _SUGGESTED, _LIKE = 20_000, 8, 0.5

#: How like it must be where better is known, and the words that names share without being alike.
_LIKELY, _KINDS = 0.6, frozenset(("the", "of", "and", "in", "for", "to", "on"))

#: Things that people look for by name.
_CLASSES = (
    *("Organisation", "Person", "Partnership", "Collective", "Relationship", "Aspect", "Party"),
    *("Study", "Report", "Document", "Proposition", "Measure"),
)


def find_nearest(site: Site, iri: str) -> tuple[tuple[str, str], ...]:
    """Return the address and name of things whose name or path is much like an IRI that nothing has.

    Example:
        >>> from stpgraph.store import open_store
        >>> find_nearest(Site(store=open_store()), BASE + "person/jo-do")
        ()
    """
    if site.index is not None:
        meant = site.index.nearest(iri, _SUGGESTED)
        meant = tuple(thing for thing in meant if _is_like(iri, thing)) or meant
        return tuple((address_of(thing.iri), short(thing.label)) for thing in meant)
    asked = _plain(iri)
    named = site.once("paths", _paths)
    return tuple(
        (address_of(named[path][0]), named[path][1]) for path in get_close_matches(asked, named, _SUGGESTED, _LIKE)
    )


def _is_like(iri: str, thing: Thing) -> bool:
    """Say whether a thing's path or name is much like what was asked for, or has a word of it."""
    asked, path, name = _plain(iri), _plain(thing.iri), thing.label.lower()
    ratios = (SequenceMatcher(None, asked, other, autojunk=False).ratio() for other in (path, name))
    return max(ratios) >= _LIKELY or bool(set(asked.split()) & {*path.split(), *name.split()} - _KINDS)


def _plain(iri: str) -> str:
    """Return the words of an IRI's last part."""
    path = unquote(iri.removeprefix(BASE)).rstrip("/")
    return short(path.rpartition("/")[2].replace("-", " ").lower(), 80)


def _paths(store: Store) -> dict[str, tuple[str, str]]:
    """Return things by the words of their path, and by their name."""
    classes = " ".join(f"stp:{name}" for name in _CLASSES)
    found: dict[str, tuple[str, str]] = {}
    for iri, name in sorted(
        rows(
            store,
            f"SELECT ?thing ?name {{ VALUES ?class {{ {classes} }} ?thing a ?class . "
            f"?thing skos:prefLabel|dcterms:title ?name }} LIMIT {_HELD}",
        )
    ):
        told = (iri, short(name))
        found.setdefault(_plain(iri), told)
        found.setdefault(short(name, 80).lower(), told)
    return found
