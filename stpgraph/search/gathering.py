"""Claims and named things read out of a store, for an index of their texts.

Each property is asked by itself, and joined here: an engine then reads each of its indexes once.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from stpgraph.search.words import composed
from stpgraph.store import Store
from stpgraph.vocabulary import BASE, STP

__all__ = ["FIELDS", "Claim", "Gathered", "Named", "gather"]

#: The fields of a claim's texts, with their weights.
FIELDS = {
    "summary": 8.0,
    "claimant": 6.0,
    "words": 4.0,
    "figure": 4.0,
    "relationship": 4.0,
    "post": 3.0,
    "document": 2.0,
    "outlet": 1.0,
}

#: The things that are found by name, by class.
_KINDS = {
    STP.Organisation.value: "body",
    STP.Person.value: "person",
    STP.Partnership.value: "partnership",
    STP.Collective.value: "collective",
    STP.Relationship.value: "relationship",
    STP.Study.value: "study",
    STP.Report.value: "report",
    STP.Document.value: "document",
    STP.Proposition.value: "proposition",
    STP.Measure.value: "measure",
}

#: The kinds that can be a body for which somebody speaks.
_BODIES = frozenset({"body", "partnership"})

#: How else a claim names a thing.
_NAMING = ("stp:comesFrom", "stp:concerns", "stp:addressee", "stp:affirms", "stp:denies", "stp:cites")

_DIGITS = re.compile(r"(\d+)")

#: Pairs, by the first of each: what a thing has of one property, each once, in the order of the alphabet.
Pairs = Mapping[str, list[str]]


@dataclass(slots=True, kw_only=True)
class Claim:
    """A claim's texts and the values of its facets.

    Attributes:
        iri: the claim.
        texts: field and text.
        facets: keys of values by the name of the facet; () where not known.
        day: the day it was said, as precise as known; "" where it is not.
    """

    iri: str
    texts: list[tuple[str, str]] = field(default_factory=list)
    facets: dict[str, tuple[str, ...]] = field(default_factory=dict)
    day: str = ""


@dataclass(slots=True, kw_only=True)
class Named:
    """A thing with its names, the main one first."""

    iri: str
    kind: str
    names: list[str]
    note: str = ""
    claim_count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """All that an index is made of.

    Attributes:
        claims: newest first, of one day by document and place in it; one without a day last.
        things: by kind and name.
        labels: of the values of facets, by IRI.
        above: the wider relationship of each that has one; of several, the first by alphabet.
    """

    claims: list[Claim]
    things: list[Named]
    labels: dict[str, str]
    above: dict[str, str]


def gather(store: Store) -> Gathered:
    """Read the claims of a store that are not withdrawn, and the things that have names.

    Example:
        >>> from stpgraph.store import open_store
        >>> gather(open_store()).claims
        []
    """
    return _Reading(store).gathered()


class _Reading:
    """One pass over a store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, str] = {}  # each text once, however many rows have it
        self._names = {name: self._pairs(name) for name in ("skos:prefLabel", "skos:altLabel", "dcterms:title")}
        self._kinds = self._kinds_of_things()
        self._broader = self._pairs("skos:broader")
        self._wider: dict[str, tuple[str, ...]] = {}
        self._posts = {name: self._pairs(f"org:{name}") for name in ("member", "role", "organization")}
        self._outlets = self._pairs("dcterms:publisher")
        self._issued = self._pairs("dcterms:issued")
        self._counts: dict[str, set[int]] = defaultdict(set)

    def _rows(self, sparql: str) -> Iterator[tuple[str, ...]]:
        once = self._known.setdefault
        for row in self._store.select(sparql):
            texts = [getattr(term, "value", "") for term in row]
            yield tuple([once(text, text) for text in texts])

    def _pairs(self, path: str) -> Pairs:
        found: dict[str, list[str]] = {}
        for one, other in self._rows(f"SELECT ?one ?other {{ ?one {path} ?other }}"):
            others = found.setdefault(one, [])
            if other not in others:  # two graphs may say the same
                others.append(other)
        for others in found.values():
            others.sort()
        return found

    def _kinds_of_things(self) -> dict[str, str]:
        classes = " ".join(f"<{name}>" for name in _KINDS)
        rows = self._rows(f"SELECT ?thing ?class {{ VALUES ?class {{ {classes} }} ?thing a ?class }}")
        return {thing: _KINDS[name] for thing, name in sorted(rows, reverse=True)}

    def gathered(self) -> Gathered:
        """Put claims in order, then count what they name, then describe the things."""
        withdrawn = self._pairs("stp:withdrawnOn")
        days = self._pairs("stp:statedOn")
        documents = self._pairs("stp:reportedIn")
        iris = {iri for (iri,) in self._rows("SELECT ?claim { ?claim a stp:Claim }") if iri not in withdrawn}
        claims = [Claim(iri=iri, day=_first(days, iri)) for iri in iris]
        claims.sort(key=lambda claim: _order(claim, _first(documents, claim.iri)))
        self._describe(claims, documents)
        self._count(claims)
        labels = {iri: self._label(iri) for claim in claims for keys in claim.facets.values() for iri in keys}
        above = {iri: wider[0] for iri, wider in self._broader.items() if iri in labels and wider[0] in labels}
        return Gathered(claims=claims, things=list(self._things()), labels=labels, above=above)

    def _describe(self, claims: list[Claim], documents: Pairs) -> None:
        """Give claims their texts and the values of their facets."""
        claimants, posts, about = map(self._pairs, ("stp:claimant", "stp:speakingAs", "stp:about"))
        codes = {"stance": "stp:stance", "act": "stp:speechAct", "status": "stp:reviewStatus"}
        coded = {name: self._pairs(path) for name, path in codes.items()}
        summaries, words, figures = self._pairs("stp:summary"), self._words(), self._figures()
        for row, claim in enumerate(claims):
            iri = claim.iri
            whos, ases, abouts, ins = (pairs.get(iri, []) for pairs in (claimants, posts, about, documents))
            bodies = self._bodies(whos, ases)
            self._write(claim, "summary", summaries.get(iri, ()))
            self._write(claim, "claimant", [name for who in whos for name in self._all_names(who)])
            self._write(claim, "words", words.get(iri, ()))
            self._write(claim, "figure", figures.get(iri, ()))
            self._write(claim, "relationship", [name for one in abouts for name in self._all_names(one)])
            self._write(claim, "post", self._post_names(ases))
            self._write(claim, "document", [self._label(one) for one in ins])
            self._write(claim, "outlet", [self._label(one) for at in ins for one in self._outlets.get(at, ())])
            claim.facets = {
                "claimant": tuple(whos),
                "body": tuple(bodies),
                "relationship": tuple(dict.fromkeys(wider for one in abouts for wider in self._with_wider(one))),
                "document": tuple(ins),
                **{name: tuple(pairs.get(iri, ())) for name, pairs in coded.items()},
            }
            for thing in {*whos, *bodies, *claim.facets["relationship"], *ins}:
                self._counts[thing].add(row)

    def _write(self, claim: Claim, name: str, texts: Iterable[str]) -> None:
        claim.texts += [(name, text) for text in dict.fromkeys(texts) if text]

    def _words(self) -> Pairs:
        """Return the exact words of each claim, where the store holds them."""
        if not any(self._rows("SELECT ?quote { ?quote oa:exact ?words } LIMIT 1")):
            return {}  # known at once, where the join would look at every place of every text
        exact = self._pairs("oa:hasSelector ?quote . ?quote oa:exact")
        return _through(self._pairs("stp:evidence"), exact)

    def _figures(self) -> Pairs:
        self._gives = self._pairs("stp:gives")
        return _through(self._gives, self._pairs("stp:asSaid"))

    def _bodies(self, claimants: Iterable[str], posts: Iterable[str]) -> dict[str, None]:
        """Return the bodies that a claim is made for: those of the post, and claimants that are bodies themselves."""
        of_posts = [body for post in posts for body in self._posts["organization"].get(post, ())]
        return dict.fromkeys([*of_posts, *(who for who in claimants if self._kinds.get(who) in _BODIES)])

    def _post_names(self, posts: Iterable[str]) -> list[str]:
        roles = [self._label(role) for post in posts for role in self._posts["role"].get(post, ())]
        bodies = [body for post in posts for body in self._posts["organization"].get(post, ())]
        return [*roles, *(name for body in bodies for name in self._all_names(body))]

    def _with_wider(self, relationship: str) -> tuple[str, ...]:
        """Return a relationship and those above it, each once, be they above each other."""
        known = self._wider.get(relationship)
        if known is None:
            found = [relationship]
            for one in found:  # grows meanwhile
                found += [wider for wider in self._broader.get(one, ()) if wider not in found]
            known = self._wider[relationship] = tuple(found)
        return known

    def _count(self, claims: list[Claim]) -> None:
        """Count, for each thing, the claims that name it."""
        rows = {claim.iri: row for row, claim in enumerate(claims)}
        measured = _through(self._gives, self._pairs("stp:measure"))
        for pairs in (*(self._pairs(path) for path in _NAMING), measured):
            for iri, things in pairs.items():
                row = rows.get(iri)
                if row is not None:
                    for thing in things:
                        self._counts[thing].add(row)

    def _label(self, iri: str) -> str:
        """Return the name of a thing, or else its path."""
        names = self._names["skos:prefLabel"].get(iri) or self._names["dcterms:title"].get(iri)
        return composed(names[0]) if names else iri.removeprefix(BASE)

    def _all_names(self, iri: str) -> list[str]:
        every = [name for names in self._names.values() for name in names.get(iri, ())]
        return list(dict.fromkeys([self._label(iri), *every]))

    def _things(self) -> Iterator[Named]:
        posts: dict[str, str] = {}
        for post, members in sorted(self._posts["member"].items()):
            told = [*self._posts["role"].get(post, ()), *self._posts["organization"].get(post, ())]
            for member in members:
                posts.setdefault(member, ", ".join(map(self._label, told)))
        for iri, kind in sorted(self._kinds.items(), key=lambda item: (item[1], item[0])):
            names = self._all_names(iri)
            if names[0] != iri.removeprefix(BASE):
                count = len(self._counts.get(iri, ()))
                yield Named(iri=iri, kind=kind, names=names, note=self._note(iri, kind, posts), claim_count=count)

    def _note(self, iri: str, kind: str, posts: Mapping[str, str]) -> str:
        if kind == "person":
            return posts.get(iri, "")
        if kind in {"document", "report"}:
            outlets = [self._label(outlet) for outlet in self._outlets.get(iri, ())]
            return ", ".join([*outlets, *self._issued.get(iri, ())])
        return "; ".join(self._all_names(iri)[1:4])


def _through(first: Pairs, second: Pairs) -> Pairs:
    """Join pairs by what they share."""
    joined = {one: [last for other in others for last in second.get(other, ())] for one, others in first.items()}
    return {one: list(dict.fromkeys(lasts)) for one, lasts in joined.items() if lasts}


def _first(pairs: Pairs, iri: str) -> str:
    return pairs[iri][0] if iri in pairs else ""


def _order(claim: Claim, document: str) -> tuple[object, ...]:
    """Order by day, the newest first, then by document and, as IRIs tell it, by place in it."""
    newest = tuple([-ord(character) for character in claim.day])
    places = tuple([(int(part), "") if part.isdigit() else (0, part) for part in _DIGITS.split(claim.iri)])
    return not claim.day, newest, document, places
