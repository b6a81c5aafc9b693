"""Which thing a text names: by IRI, by what it is called, or as what stands between two parties."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from pyoxigraph import Literal, NamedNode

from stpgraph.errors import BadParameter, Suggestion
from stpgraph.questions.kinds import is_of_kind, kind_in_words, with_article, words_of
from stpgraph.questions.nearness import SLIP, Names, suggest
from stpgraph.questions.sides import Sides, read_sides
from stpgraph.questions.stated import Parameter
from stpgraph.questions.words import shown
from stpgraph.store import Store
from stpgraph.vocabulary import BASE, local_name

__all__ = ["resolve", "sides_named"]

_PATH = re.compile(r"[a-z][a-z0-9-]*(/[A-Za-z0-9._~-]+)+")
_RELATIONSHIP = "stp:Relationship"
#: How many things a message lists.
_LISTED = 8

#: Graph patterns by which `?node` has the name `?label`, the surest first.
_NAMES = (
    "?node skos:prefLabel|dcterms:title|stp:summary ?label",
    "?node skos:altLabel ?label",
    "?node a stp:Relationship ; stp:aspect/(skos:prefLabel|skos:altLabel) ?label . "
    "FILTER NOT EXISTS { ?node skos:broader ?wider }",
)


def resolve(store: Store, text: str, parameter: Parameter, *, is_strict: bool = False) -> NamedNode:
    """Return the thing that a parameter's text names: by IRI, or by what it is called.

    A main label goes before other names; these before the name of an aspect, which is its general relationship's
    too ("capital"); and that before the words of an IRI. A relationship goes by its parties, too: "joint working
    between NHS bodies and local government", "trust among the partners".

    Args:
        store: where the things and their labels are.
        text: what was given.
        parameter: what it was given for.
        is_strict: whether an IRI, too, must be that of a thing in the store, and of the parameter's kind.

    Raises:
        BadParameter: when nothing bears that name (with the nearest), or several things do (with all).
    """
    node = _iri(text)
    if node is not None and (not is_strict or _is_there(store, node, parameter)):
        return node
    names = _names(store, parameter)
    if found := names.called(text):
        problem = f"{shown(text)} names several things"
    elif _RELATIONSHIP in parameter.of_class and (sides := _sides(store, text, parameter, names)):
        found = _standing(store, sides, text, parameter, names)
        problem = f"several relationships stand {sides}"
    else:
        raise _unknown(store, text, node, parameter, names)
    if len(found) == 1:
        return next(iter(found))
    raise BadParameter(
        problem,
        mend=f"give one of {_told(store, found, names)}",
        parameter=parameter.name,
        value=text,
        suggestions=_suggested(found, names),
    )


def sides_named(store: Store, text: str, parameter: Parameter) -> Sides | None:
    """Return the parties, and the aspect, by which a text tells of relationships, unless it is a name of one.

    Raises:
        BadParameter: when the text has that form, and no party or aspect is called so.
    """
    if _iri(text) is not None or (names := _names(store, parameter)).called(text):
        return None
    return _sides(store, text, parameter, names)


def _sides(store: Store, text: str, parameter: Parameter, names: Names) -> Sides | None:
    """Read "… between … and …" by the names of aspects and parties; a slip in a relationship's own name goes first."""
    if (words := read_sides(text)) is None:
        return None
    parties, aspects = (
        _names(store, replace(parameter, of_class=(of_class,))) for of_class in ("stp:Party", "stp:Aspect")
    )
    problem = _problem(text, parameter)
    try:
        return words.among(parties, aspects)
    except BadParameter as fault:
        mend, meant = (fault.mend, fault.suggestions)
        if names.like(text, SLIP):
            mend, meant = suggest(text, names)
        else:
            problem += f": {fault.problem}"
        raise BadParameter(problem, mend=mend, parameter=parameter.name, value=text, suggestions=meant) from None


def _standing(store: Store, sides: Sides, text: str, parameter: Parameter, names: Names) -> set[NamedNode]:
    """Return the relationships between just these parties, of an aspect where one is named."""
    matter: dict[NamedNode, tuple[set[NamedNode], set[NamedNode]]] = {}
    for node, aspect, party in store.select(
        "SELECT ?node ?aspect ?party { ?node a stp:Relationship ; stp:aspect ?aspect ; stp:party ?party }"
    ):
        if isinstance(node, NamedNode) and isinstance(aspect, NamedNode) and isinstance(party, NamedNode):
            aspects, parties = matter.setdefault(node, (set(), set()))
            aspects.add(aspect)
            parties.add(party)
    between = {node for node, (_, parties) in matter.items() if parties == sides.parties}
    found = {node for node in between if sides.aspect is None or sides.aspect in matter[node][0]}
    if found:
        return found
    if sides.aspect is None:
        alike = {node for node, (_, parties) in matter.items() if parties & sides.parties}
    else:
        alike = {node for node, (aspects, _) in matter.items() if sides.aspect in aspects}
    told = _listed([repr(names.main(node)) for node in between or alike])
    those = "between these parties" if between else "of that aspect" if sides.aspect else "with one of these parties"
    raise BadParameter(
        f"no relationship is {shown(text)}",
        mend=f"{those}: {told}" if told else "name one by its label",
        parameter=parameter.name,
        value=text,
        suggestions=_suggested(between or alike, names),
    )


def _told(store: Store, found: set[NamedNode], names: Names) -> str:
    """Tell several things: label, kind where kinds differ, and IRI."""
    kinds = {node: _kinds(store, node) for node in found}
    differ = len(set(kinds.values())) > 1
    return _listed(
        f"{shown(names.main(node))} ({kinds[node] + ', ' if differ and kinds[node] else ''}<{local_name(node)}>)"
        for node in found
    )


def _suggested(things: Iterable[NamedNode], names: Names) -> list[Suggestion]:
    """Suggest things by their names, as many as a message lists."""
    return sorted((names.suggested(thing) for thing in things), key=lambda one: one.label)[:_LISTED]


def _listed(told: Iterable[str]) -> str:
    several = sorted(told)
    more = f" and {len(several) - _LISTED} more" if len(several) > _LISTED else ""
    return ", ".join(several[:_LISTED]) + more


def _kinds(store: Store, node: NamedNode) -> str:
    """Return what a thing is, in words: "study"; "" where nothing is known of it."""
    classes = [kind for (kind,) in store.select(f"SELECT DISTINCT ?class {{ {node} a ?class }}")]
    ours = [local_name(kind).rpartition("#")[2] for kind in classes if isinstance(kind, NamedNode)]
    return " and ".join(sorted({words_of(name.rpartition("/")[2]) for name in ours}))


def _problem(text: str, parameter: Parameter) -> str:
    return f"no {kind_in_words(parameter)} is called {shown(text)}"


def _unknown(store: Store, text: str, node: NamedNode | None, parameter: Parameter, names: Names) -> BadParameter:
    """Make the error that says what might have been meant where nothing is called so."""
    kind, problem = kind_in_words(parameter), _problem(text, parameter)
    meant: tuple[Suggestion, ...] = ()
    if node is not None and (known := _kinds(store, node)):
        problem += f": that is {with_article(known)}"
        mend = f"expected the name or IRI of {with_article(kind)}"
    elif not names:
        mend = f"the store holds no {kind}"
    else:
        mend, meant = suggest(text, names, is_iri=node is not None, is_code=bool(parameter.of_scheme))
    return BadParameter(problem, mend=mend, parameter=parameter.name, value=text, suggestions=meant)


def _iri(text: str) -> NamedNode | None:
    """Read `<…>`, an address, or a path below the base; None for other words."""
    is_bracketed = text.startswith("<") and text.endswith(">")
    inner = text[1:-1] if is_bracketed else text
    if _PATH.fullmatch(inner):
        inner = BASE + inner
    elif "://" not in inner and not (is_bracketed and ":" in inner):
        return None
    try:
        return NamedNode(inner)
    except ValueError:
        return None


def _is_there(store: Store, node: NamedNode, parameter: Parameter) -> bool:
    """Say whether the store has a thing, and one of the parameter's kind."""
    return any(True for _ in store.select(f"SELECT (1 AS ?found) {{ {is_of_kind(parameter, str(node))} }} LIMIT 1"))


def _names(store: Store, parameter: Parameter) -> Names:
    """Return what the things of a parameter's kind are called."""
    names = Names()
    for pattern in _NAMES:
        names.begin()
        for label, node in store.select(f"SELECT ?label ?node {{ {is_of_kind(parameter)} {pattern} }}"):
            if isinstance(node, NamedNode) and isinstance(label, Literal):
                names.add(node, label.value)
    names.begin()
    for thing in names.things:
        names.add(thing, local_name(thing).partition("/")[2])
    return names
