"""The words for aspects, parties and relationships: labels of the lists of codes and the words of `topics.txt`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from pyoxigraph import NamedNode

from stpgraph.extraction.relationships.records import Code
from stpgraph.extraction.relationships.words import Found, Lexicon, Word, read_lists
from stpgraph.vocabulary import local_name, mint

__all__ = ["Labels", "found_in"]

_APART = "apart"
#: A label such as "savings": the verb it comes from, as in "save a life", is not meant.
_IS_PLURAL_OF_DEED = re.compile(r"[a-z]+ings")
#: Labels that mean something only in longer phrases, which stand in topics.txt: "risk" in "there is a risk that".
_TOO_SHORT = frozenset(
    ("risk", "control", "resources", "relationships", "trust", "involvement", "working together", "partners", "council")
)


@dataclass(slots=True, eq=False)
class Labels:
    """What may be debated, and the words by which it is known.

    Attributes:
        codes: aspects, parties and relationships by IRI.
        relationships: finds phrases that name a relationship.
        aspects: finds words for an aspect, and those of the lists `skills` and `involving`.
        parties: finds words for a party.
    """

    codes: dict[NamedNode, Code]
    relationships: Lexicon = field(default_factory=Lexicon)
    aspects: Lexicon = field(default_factory=Lexicon)
    parties: Lexicon = field(default_factory=Lexicon)
    _broader: dict[NamedNode, frozenset[NamedNode]] = field(default_factory=dict)

    @classmethod
    def of(cls, codes: Iterable[Code]) -> Labels:
        """Make one of the codes of the three lists: aspects, parties, relationships.

        Example:
            >>> from stpgraph.extraction.relationships.words import split_words
            >>> codes = [Code(iri=mint("relationship", "trust"), label="trust", alt_labels=("bad blood",))]
            >>> [found.phrase for found in Labels.of(codes).relationships.find_all(split_words("There is bad blood."))]
            ['bad blood']
        """
        made = cls(codes={code.iri: code for code in codes})
        kinds = {"relationship": made.relationships, "aspect": made.aspects, "party": made.parties}
        for code in made.codes.values():
            name = local_name(code.iri)
            for label in (code.label, *code.alt_labels):
                kind = name.partition("/")[0]
                if kind in kinds and (kind == "relationship" or label not in _TOO_SHORT) and label != "relationships":
                    kinds[kind].add(name, f"={label}" if _IS_PLURAL_OF_DEED.fullmatch(label) else label)
        known = {local_name(iri) for iri in made.codes}
        for name, phrases in read_lists("topics.txt").items():
            kind = name.partition("/")[0]
            for lexicon in kinds.values() if name == _APART else [kinds.get(kind, made.aspects)]:
                if name in known or "/" not in name:
                    for phrase in phrases:
                        lexicon.add(name, phrase)
        return made

    def broader(self, iri: NamedNode) -> frozenset[NamedNode]:
        """Return a code with all that are wider."""
        if iri not in self._broader:
            self._broader[iri] = frozenset({iri})  # ends the search where codes are each other's wider ones
            above = self.codes[iri].broader if iri in self.codes else ()
            self._broader[iri] = frozenset({iri}).union(*(self.broader(each) for each in above))
        return self._broader[iri]

    def of_aspect(self, aspect: str) -> list[Code]:
        """Return the relationships of an aspect, the narrowest first."""
        iri = mint("aspect", aspect.removeprefix("aspect/"))
        found = [code for code in self.codes.values() if code.aspect == iri]
        return sorted(found, key=lambda code: (-len(self.broader(code.iri)), code.iri.value))


def found_in(lexicon: Lexicon, words: list[Word]) -> list[Found]:
    """Return the phrases that a lexicon finds, without those that mean nothing here."""
    return [found for found in lexicon.find(words) if found.list != _APART]
