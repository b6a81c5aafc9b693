"""Relationships told by their parties: "joint working between NHS bodies and local government"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from pyoxigraph import NamedNode

from stpgraph.errors import BadParameter, Suggestion
from stpgraph.questions.nearness import Names, suggest
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

    def among(self, parties: Names, aspects: Names) -> Sides:
        """Find the parties and the aspect by their names.

        Raises:
            BadParameter: when no party or no aspect, or more than one, is called so.
        """
        aspect = None
        if self.aspect:
            sides = tuple(_named(side, parties) for side in self.pairs[0])
            aspect = _one(self.aspect, aspects, "aspect", lambda meant: _told(meant, sides))
        for pair in self.pairs:
            named = [_called(side, parties) for side in pair]
            if all(len(found) == 1 for found in named):
                nodes = frozenset(node for found in named for node in found)
                words = " and ".join(sorted(parties.main(node) for node in nodes))
                return Sides(parties=nodes, aspect=aspect, told=f"{'between' if len(nodes) > 1 else 'among'} {words}")
        sides = max(self.pairs, key=lambda pair: sum(len(_called(side, parties)) == 1 for side in pair))
        told = tuple(_named(side, parties) for side in sides)
        for at, side in enumerate(sides):
            _one(side, parties, "party", partial(self._with_side, told, at))
        raise AssertionError(sides)  # one of them is not found, or it would have been returned

    def _with_side(self, sides: tuple[str, ...], at: int, meant: str) -> str:
        """Tell the same with another side."""
        return _told(self.aspect, (*sides[:at], meant, *sides[at + 1 :]))


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


def _named(words: str, names: Names) -> str:
    """Return the surest name of what words name, else the words."""
    found = _called(words, names)
    return names.main(next(iter(found))) if len(found) == 1 else words


def _told(aspect: str, sides: tuple[str, ...]) -> str:
    """Tell sides in the words that are read."""
    return f"{aspect} {_BETWEEN if len(sides) > 1 else _AMONG[0]} {' and '.join(sides)}".strip()


def _one(words: str, names: Names, kind: str, whole: Callable[[str], str]) -> NamedNode:
    """Return what bears a name, and it alone; `whole` tells all that was given with another name in its place."""
    found = _called(words, names)
    if len(found) == 1:
        return next(iter(found))
    if found:
        several = sorted(names.main(node) for node in found)
        meant = [Suggestion(value=whole(name), label=whole(name)) for name in several]
        mend = f"say {' or '.join(map(repr, several))}"
        raise BadParameter(f"no {kind} alone is called {words!r}", mend=mend, suggestions=meant)
    mend, like = suggest(words, names) if names else ("the store has none", ())
    meant = [Suggestion(value=whole(one.value), label=whole(one.value)) for one in like]
    raise BadParameter(f"no {kind} is called {words!r}", mend=mend, suggestions=meant)
