"""What things are called, which of them a text names, and which it may have meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from pyoxigraph import NamedNode

from stpgraph.errors import Suggestion
from stpgraph.questions.words import fold, in_turn, near, nearest, shown
from stpgraph.vocabulary import BASE, local_name

__all__ = ["SLIP", "Names", "suggest"]

#: How like a name a text is that was meant to be that name, but for a letter or so.
SLIP = 0.8
#: How many labels a message lists, and how like a name a text must be for it to be suggested.
_LISTED, _LIKE = 12, 0.5
#: Above so many names, only those that share a word or a beginning with a text are held against it.
_MANY = 5_000
#: A text of more characters is no name.
_LONGEST = 5_000


class Names:
    """What things are called, in tiers of names, the surest first.

    Example:
        >>> names = Names(); names.begin(); names.add(NamedNode("https://example.org/a"), "Anyshire Council")
        >>> names.called("anyshire  council"), names.called("Midshire")
        ({<NamedNode value=https://example.org/a>}, set())
    """

    def __init__(self) -> None:
        self._tiers: list[dict[str, dict[NamedNode, str]]] = []
        self._mains: dict[NamedNode, tuple[int, str]] = {}

    def __bool__(self) -> bool:
        return bool(self._mains)

    @property
    def things(self) -> list[NamedNode]:
        """All that have a name, by IRI."""
        return sorted(self._mains, key=lambda thing: thing.value)

    @property
    def labels(self) -> list[str]:
        """The surest name of each thing, sorted, each once."""
        return sorted({name for _, name in self._mains.values()})

    def begin(self) -> None:
        """Begin a tier of names that are less sure than those before."""
        self._tiers.append({})

    def add(self, thing: NamedNode, name: str) -> None:
        """Add a name of a thing to the tier that was begun last."""
        self._tiers[-1].setdefault(fold(name), {})[thing] = name
        rank = (len(self._tiers), name)
        self._mains[thing] = min(rank, self._mains.get(thing, rank))

    def called(self, text: str) -> set[NamedNode]:
        """Return what bears a name in the surest tier where anything does."""
        wanted = fold(text) if len(text) <= _LONGEST else ""
        return next((set(tier[wanted]) for tier in self._tiers if wanted and wanted in tier), set())

    def main(self, thing: NamedNode) -> str:
        """Return the surest name of a thing, else what tells its IRI from others."""
        return self._mains[thing][1] if thing in self._mains else local_name(thing)

    def suggested(self, thing: NamedNode) -> Suggestion:
        """Suggest a thing by its surest name, or by its IRI where that name is not its alone."""
        main = self.main(thing)
        if self.called(main) == {thing}:
            return Suggestion(value=main, label=main)
        path = local_name(thing) if thing.value.startswith(BASE) else thing.value
        return Suggestion(value=path, label=f"{main} ({path})")

    def like(self, text: str, likeness: float) -> list[tuple[NamedNode, str]]:
        """Return up to three things whose names are nearest to a text, each with that name.

        Names that differ by a letter or so keep all others away; then come those that hold the text, then those that
        are as like it as is asked.
        """
        wanted = fold(text[:200])
        bearers: dict[str, dict[NamedNode, str]] = {}
        for tier in self._tiers:
            for folded, things in tier.items():
                bearers.setdefault(folded, things)  # the surest tier that has the name
        among = _likely(wanted, bearers) if len(bearers) > _MANY else list(bearers)
        close = get_close_matches(wanted, among, n=3, cutoff=SLIP)
        if not close and wanted:
            close = [name for name in among if f" {wanted} " in f" {name} "]
            close += [name for name in among if wanted in name and name not in close]
        if not close:
            close = get_close_matches(wanted, among, n=3, cutoff=likeness)
        found: dict[NamedNode, str] = {}
        for name in close:
            for thing in sorted(bearers[name], key=lambda thing: thing.value):
                found.setdefault(thing, bearers[name][thing])
        return list(found.items())[:3]


def suggest(
    text: str, names: Names, *, is_iri: bool = False, is_code: bool = False
) -> tuple[str, tuple[Suggestion, ...]]:
    """Say in words that end a message which things may have been meant by a text, or else which there are.

    Args:
        text: what was given.
        names: of what it might be.
        is_iri: whether it was an IRI, which is held against IRIs.
        is_code: whether it was to be one of a few codes, which no unlike word is taken for.

    Returns:
        The words, and what may have been meant.
    """
    if is_iri:
        paths = {local_name(thing): thing for thing in names.things}
        bare = text.strip("<>")
        meant = tuple(Suggestion(value=path, label=names.main(paths[path])) for path in near(bare, paths))
        return nearest(bare, paths), meant
    wanted = text.strip("<>").rpartition("/")[2] if is_code else text
    told = []
    like = names.like(wanted, SLIP if is_code else _LIKE)
    for thing, name in like:
        main = names.main(thing)
        told.append(shown(main) + ("" if is_code or fold(name) == fold(main) else f" (also {shown(name)})"))
    if told:
        return f"did you mean {' or '.join(told)}?", tuple(names.suggested(thing) for thing, _ in like)
    labels = [shown(label) if any("," in label for label in names.labels) else label for label in names.labels]
    if len(labels) > _LISTED:
        return f"expected one of {', '.join(labels[:8])} …", ()
    return f"expected {'one of ' if len(labels) > 1 else ''}{in_turn(labels)}", ()


def _likely(wanted: str, names: Iterable[str]) -> list[str]:
    """Return the names that share a word or a beginning with a text, no more than can be compared in a moment."""
    words = {word for word in wanted.split() if len(word) > 2}
    found = [name for name in names if name[:3] == wanted[:3] or not words.isdisjoint(name.split())]
    return sorted(found, key=lambda name: -len(words.intersection(name.split())))[:_MANY]
