"""Relationships told by their parties: "joint working between NHS bodies and local government"."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import NamedNode

from stpgraph.errors import BadParameter
from stpgraph.questions.nearness import Names, suggestion
from stpgraph.questions.words import fold

__all__ = ["Sides", "Telling", "read_sides"]

#: Words before the two sides, and before the one that a relationship is within.
_BETWEEN, _AMONG = "between", ("among", "amongst", "within")
#: A text of more characters is no such telling.
_LONGEST = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """The parties that a relationship stands between, and what it is a matter of.

    Attributes:
        parties: two, or one among whose members it stands.
        aspect: None where none is named.
        told: in words, for messages.
    """

    parties: frozenset[NamedNode]
    aspect: NamedNode | None
    told: str

    def __str__(self) -> str:
        return self.told


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """Words that tell sides, before it is known what they name.

    Attributes:
        aspect: the words before "between" or "among"; "" for none.
        pairs: every way to part what comes after: at each "and", or not at all for one party.
    """

    aspect: str
    pairs: tuple[tuple[str, ...], ...]

    def among(self, parties: Names, aspects: Names, problem: str) -> Sides:
        """Find the parties and the aspect by their names.

        Raises:
            BadParameter: when no party or no aspect, or more than one, is called so.
        """
        aspect = _one(self.aspect, aspects, f"{problem}: no aspect") if self.aspect else None
        for pair in self.pairs:
            named = [_called(side, parties) for side in pair]
            if all(len(found) == 1 for found in named):
                nodes = frozenset(node for found in named for node in found)
                words = " and ".join(sorted(parties.main(node) for node in nodes))
                return Sides(parties=nodes, aspect=aspect, told=f"{'between' if len(nodes) > 1 else 'among'} {words}")
        sides = max(self.pairs, key=lambda pair: sum(len(_called(side, parties)) == 1 for side in pair))
        for side in sides:
            _one(side, parties, f"{problem}: no party")
        raise AssertionError(sides)  # one of them is not found, or it would have been returned


def read_sides(text: str) -> Telling | None:
    """Part "ASPECT between PARTY and PARTY", "between PARTY and PARTY" or "ASPECT among PARTY"; None for other words.

    Example:
        >>> read_sides("Trust among the partners")
        Telling(aspect='trust', pairs=(('the partners',),))
        >>> read_sides("between councils and the NHS").pairs
        (('councils', 'the nhs'),)
    """
    words = fold(text[: _LONGEST + 1]).split() if len(text) <= _LONGEST else []
    at = next((at for at, word in enumerate(words) if word == _BETWEEN or word in _AMONG), None)
    if at is None:
        return None
    aspect, rest = " ".join(words[:at]), words[at + 1 :]
    if words[at] in _AMONG:
        return Telling(aspect=aspect, pairs=((" ".join(rest),),)) if rest else None
    cuts = [cut for cut, word in enumerate(rest) if word == "and" and 0 < cut < len(rest) - 1]
    pairs = tuple((" ".join(rest[:cut]), " ".join(rest[cut + 1 :])) for cut in cuts)
    return Telling(aspect=aspect, pairs=pairs) if pairs else None


def _called(words: str, names: Names) -> set[NamedNode]:
    """Return what bears a name, with an article or without."""
    bare = words.removeprefix("the ")
    return names.called(words) or names.called(bare) or names.called(f"the {bare}")


def _one(words: str, names: Names, problem: str) -> NamedNode:
    found = _called(words, names)
    if len(found) == 1:
        return next(iter(found))
    if found:
        several = " or ".join(sorted(repr(names.main(node)) for node in found))
        raise BadParameter(f"{problem} alone is called {words!r}; say {several}")
    raise BadParameter(f"{problem} is called {words!r}; {suggestion(words, names) if names else 'the store has none'}")
