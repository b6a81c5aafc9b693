"""What things are called, found by their IRIs, many at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import unquote

from pyoxigraph import NamedNode

from stpgraph.building import holds_words
from stpgraph.networks.evidence import Thing
from stpgraph.site.place import Site
from stpgraph.site.terms import LABELS, kind_of, unit_name
from stpgraph.vocabulary import BASE, OA, ORG, RDF, SKOS, STP, UNIT

__all__ = ["find_names", "nodes", "short"]

#: Things whose names one query asks for.
_AT_ONCE = 200

#: What most things are named by.
_QUICK = """
SELECT ?thing ?label ?class {
  VALUES ?thing { @THINGS@ } OPTIONAL { ?thing skos:prefLabel ?label } OPTIONAL { ?thing a ?class }
}"""

#: What names the others.
_READ = (
    *LABELS,
    *(
        term.value
        for term in (RDF.type, ORG.member, ORG.role, ORG.organization, OA.hasSelector, OA.exact, OA.start, OA.end)
    ),
)
_WHOLE = f"""
SELECT ?thing ?how ?what {{
  VALUES ?thing {{ @THINGS@ }} ?thing ?how ?what FILTER(?how IN ({", ".join(f"<{iri}>" for iri in _READ)}))
}}"""

#: Characters of a name that a page shows in a list, and of words that name their place.
_LONGEST, _WORDS = 200, 120

Told = Mapping[str, list[str]]


def nodes(iris: Iterable[str]) -> str:
    """Write IRIs as SPARQL does, apart by spaces.

    Example:
        >>> nodes(["https://example.org/a", "https://example.org/b"])
        '<https://example.org/a> <https://example.org/b>'
    """
    return " ".join(str(NamedNode(iri)) for iri in iris)


def short(text: str, longest: int = _LONGEST) -> str:
    r"""Return a text as one line, cut where it is long.

    Example:
        >>> short("one\n two", 20), short("a long sentence", 7)
        ('one two', 'a long…')
    """
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def find_names(site: Site, iris: Iterable[str]) -> dict[str, Thing]:
    """Return things by their IRIs, each with its label and kind; what has no label bears one made of its parts.

    Example:
        >>> from stpgraph.store import open_store
        >>> find_names(Site(store=open_store()), [BASE + "person/jo-doe"])[BASE + "person/jo-doe"].label
        'person/jo-doe'
    """
    wanted = list(dict.fromkeys(iris))
    told = _told_quickly(site, wanted)
    told |= _told(site, [iri for iri in wanted if not _label(told[iri])])
    parts = {
        part
        for iri in wanted
        if not _label(told[iri])
        for name in (ORG.member, ORG.role, ORG.organization, OA.hasSelector)
        for part in told[iri].get(name.value, ())[: 2 if name == OA.hasSelector else 1]
    }
    others = {**_told(site, sorted(parts - set(wanted))), **told}
    return {iri: _thing(iri, told[iri], others) for iri in wanted}


def _told_quickly(site: Site, iris: list[str]) -> dict[str, dict[str, list[str]]]:
    """Return the labels and classes of things."""
    found: dict[str, dict[str, list[str]]] = {iri: {} for iri in iris}
    for thing, *told in _rows(site, iris, _QUICK):
        for how, what in zip((SKOS.prefLabel.value, RDF.type.value), told, strict=True):
            values = found[thing].setdefault(how, [])
            if what and what not in values:
                values.append(what)
                values.sort()
    return found


def _told(site: Site, iris: list[str]) -> dict[str, dict[str, list[str]]]:
    """Return what the store says that names some things, by thing and property."""
    found: dict[str, dict[str, set[str]]] = {iri: defaultdict(set) for iri in iris}
    for thing, how, what in _rows(site, iris, _WHOLE):
        found[thing][how].add(what)
    return {iri: {how: sorted(values) for how, values in hows.items()} for iri, hows in found.items()}


def _rows(site: Site, iris: list[str], asked: str) -> Iterator[tuple[str, ...]]:
    for start in range(0, len(iris), _AT_ONCE):
        wanted = nodes(iris[start : start + _AT_ONCE])
        for row in site.store.select(asked.replace("@THINGS@", wanted)):
            yield tuple([getattr(term, "value", "") for term in row])


def _label(told: Told) -> str:
    return next((told[name][0] for name in LABELS if told.get(name) and told[name][0].strip()), "")


def _thing(iri: str, told: Told, others: Mapping[str, Told]) -> Thing:
    kind = kind_of(told.get(RDF.type.value, []))
    label = short(_label(told) or _made_label(iri, told, others) or _path(iri))
    return Thing(iri=iri, label=label, short_label=short(label, 32), kind=kind)


def _made_label(iri: str, told: Told, others: Mapping[str, Told]) -> str:
    """Name a post by person, role and body, a place by its words or characters, a unit and a graph by its name."""

    def of(name: NamedNode) -> str:
        part = told.get(name.value, [""])[0]
        return _label(others.get(part, {})) or (_path(part) if part else "")

    if ORG.member.value in told or ORG.organization.value in told:
        return ", ".join(filter(None, (of(ORG.member), of(ORG.role), of(ORG.organization))))
    places = (told, *(others.get(one, {}) for one in told.get(OA.hasSelector.value, ())))
    for place in places:
        if words := place.get(OA.exact.value):
            return f"“{short(words[0], _WORDS)}”"
    for place in places:
        if OA.start.value in place and OA.end.value in place:
            return f"characters {place[OA.start.value][0]}–{place[OA.end.value][0]}"
    if iri.startswith(f"{BASE}graph/"):
        is_of_words = holds_words(NamedNode(iri))
        return "the exact words of a text" if is_of_words else f"the graph of {_path(iri).removeprefix('graph/')}"
    return unit_name(iri) if iri.startswith(UNIT.iri) else ""


def _path(iri: str) -> str:
    """Return an IRI as a reader may recognise it: without base, scheme or escapes."""
    if iri.startswith((BASE, STP.iri)):
        return unquote(iri.removeprefix(BASE).removeprefix(STP.iri))
    return unquote(iri.removeprefix("https://").removeprefix("http://").rstrip("/"))
