"""What points to a thing, its posts, its place among wider and narrower ones, and what a graph holds."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from stpgraph.citations import in_words
from stpgraph.networks.evidence import Thing
from stpgraph.site.names import find_names, nodes
from stpgraph.site.place import Site
from stpgraph.site.spoken import rows
from stpgraph.site.terms import class_name, inverse_name
from stpgraph.vocabulary import STP

__all__ = [
    "OF_CLAIMS",
    "PAGE",
    "Branch",
    "Links",
    "Post",
    "find_branches",
    "find_contents",
    "find_links",
    "find_posts",
    "list_links",
]

#: Things on a page of a list, and of each list on the page of a thing.
PAGE, _FEW = 50, 8

#: Properties that lead to a thing: as many as its page tells of.
_WAYS = 40

#: Posts that a page shows.
_POSTS = 100

#: How deep the tree below a concept is shown.
_DEEPEST = 6

_POST = """
SELECT ?post ?member ?role ?body ?from ?until {{
  ?post {how} {node}
  OPTIONAL {{ ?post org:member ?member }} OPTIONAL {{ ?post org:role ?role }}
  OPTIONAL {{ ?post org:organization ?body }}
  OPTIONAL {{ ?post schema:startDate ?from }} OPTIONAL {{ ?post schema:endDate ?until }}
}} LIMIT 400"""


#: Properties of claims, which lists of claims tell of.
OF_CLAIMS = frozenset(
    STP[name].value
    for name in (
        *("claimant", "speakingAs", "comesFrom", "about", "concerns", "addressee", "cites"),
        *("affirms", "denies", "gives", "reportedIn", "measure"),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Things that point to a thing by one property, or that are of one class in a graph.

    Attributes:
        key: the property or class.
        name: for readers.
        count: how many there are.
        things: the first of them.
    """

    key: str
    name: str
    count: int
    things: tuple[Thing, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post: who held which role at which body, and when."""

    post: str
    member: Thing | None
    role: Thing | None
    body: Thing | None
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A concept in its tree, so many steps below the top."""

    thing: Thing
    depth: int
    is_here: bool = False


def find_links(site: Site, iri: str, told: Collection[str]) -> tuple[Links, ...]:
    """Return what points to a thing, by property; properties that the page tells of otherwise are left out."""
    node = nodes([iri])
    found: list[tuple[str, int, list[str]]] = []
    counts = rows(site.store, f"SELECT ?how (COUNT(*) AS ?count) {{ ?one ?how {node} }} GROUP BY ?how")
    for how, count in sorted(counts, key=lambda row: inverse_name(row[0]) if row[0] else ""):
        if how and how not in told and len(found) < _WAYS:
            first = rows(site.store, f"SELECT ?one {{ ?one {nodes([how])} {node} }} LIMIT {_FEW}")
            found.append((how, int(count), list(dict.fromkeys(one for (one,) in first))))
    return _named(site, found, inverse_name)


def list_links(site: Site, iri: str, how: str, page: int, *, is_graph: bool = False) -> Links:
    """Return one page of what points to a thing by one property, or of the things of one class in a graph."""
    node, key = nodes([iri]), nodes([how])
    pattern = f"GRAPH {node} {{ ?one a {key} }}" if is_graph else f"?one {key} {node}"
    [(count,)] = rows(site.store, f"SELECT (COUNT(*) AS ?count) {{ {pattern} }}")
    asked = f"SELECT ?one {{ {pattern} }} LIMIT {PAGE} OFFSET {PAGE * (page - 1)}"
    found = list(dict.fromkeys(one for (one,) in rows(site.store, asked)))
    [links] = _named(site, [(how, int(count), found)], class_name if is_graph else inverse_name)
    return links


def find_contents(site: Site, graph: str) -> tuple[int, tuple[Links, ...]]:
    """Return how many facts stand in a graph, and what they tell of, by class."""
    node = nodes([graph])
    [(facts,)] = rows(site.store, f"SELECT (COUNT(*) AS ?count) {{ GRAPH {node} {{ ?one ?how ?other }} }}")
    counts = rows(
        site.store, f"SELECT ?class (COUNT(*) AS ?count) {{ GRAPH {node} {{ ?one a ?class }} }} GROUP BY ?class"
    )
    found = []
    for name, count in sorted(counts):
        if name:
            asked = f"SELECT ?one {{ GRAPH {node} {{ ?one a {nodes([name])} }} }} LIMIT {_FEW}"
            found.append((name, int(count), [one for (one,) in rows(site.store, asked)]))
    return int(facts), _named(site, found, class_name)


def _named(site: Site, found: list[tuple[str, int, list[str]]], name: Callable[[str], str]) -> tuple[Links, ...]:
    names = find_names(site, (one for _, _, first in found for one in first if ":" in one))
    return tuple(
        Links(
            key=key,
            name=name(key),
            count=count,
            things=tuple(sorted((names[one] for one in first if one in names), key=lambda thing: thing.label)),
        )
        for key, count, first in found
    )


def find_posts(site: Site, iri: str, how: str) -> tuple[tuple[Post, ...], int]:
    """Return the posts of a person, a body or a role, the latest first, and how many there are.

    Args:
        site: where they are.
        iri: the person, body or role.
        how: the property of a post that names it: "org:member".
    """
    found = {row[0]: row for row in sorted(rows(site.store, _POST.format(how=how, node=nodes([iri]))))}
    latest = sorted(found.values(), key=lambda row: (row[4] or row[5] or "", row[5] or "9"), reverse=True)[:_POSTS]
    names = find_names(site, {one for row in latest for one in row[1:4] if ":" in one})
    return (
        tuple(
            Post(
                post=row[0],
                member=names.get(row[1]),
                role=names.get(row[2]),
                body=names.get(row[3]),
                since=in_words(row[4]) if row[4] else "",
                until=in_words(row[5]) if row[5] else "",
            )
            for row in latest
        ),
        len(found),
    )


def find_branches(site: Site, iri: str) -> tuple[Branch, ...]:
    """Return the concepts above a concept, itself, and those below it as a tree; () where it stands alone."""
    above: list[str] = []
    wider = [iri]
    while wider and len(above) < _DEEPEST:
        found = rows(site.store, f"SELECT ?one {{ {nodes(wider[:1])} skos:broader ?one }} ORDER BY ?one")
        wider = [one for (one,) in found if one not in above and one != iri]
        above += wider[:1]
    below: dict[str, list[str]] = {}
    asked = f"SELECT ?one ?above {{ ?one skos:broader+ {nodes([iri])} . ?one skos:broader ?above }} LIMIT 500"
    for one, wide in sorted(set(rows(site.store, asked))):
        below.setdefault(wide, []).append(one)
    tree = [(one, depth) for depth, one in enumerate(reversed(above))]
    tree += _below(iri, len(above), below, {iri})
    if len(tree) == 1:
        return ()
    names = find_names(site, [one for one, _ in tree])
    return tuple(Branch(thing=names[one], depth=min(depth, _DEEPEST), is_here=one == iri) for one, depth in tree)


def _below(one: str, depth: int, below: dict[str, list[str]], seen: set[str]) -> list[tuple[str, int]]:
    found = [(one, depth)]
    for other in below.get(one, ()):
        if other not in seen:
            seen.add(other)
            found += _below(other, depth + 1, below, seen)
    return found
