"""Reading the YAML of the gold set node by node, so that what is wrong is told with its line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

import yaml

from benchmarks.placing import find_places, find_strings, is_whole
from stpgraph.extraction.spans import Span
from stpgraph.resources import folder
from stpgraph.turtle import read_turtle
from stpgraph.vocabulary import SKOS, mint

__all__ = ["Item", "Problem", "Reader", "scheme"]

_WORD = re.compile(r"\w+")
_QUOTES = str.maketrans("“”‘’", "\"\"''")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a file, at a line, and how to mend it."""

    where: str
    line: int
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.where}:{self.line}: {self.what}; {self.mend}"


@cache
def scheme(name: str) -> frozenset[str]:
    """Return the slugs of one list of codes in ontology/relationships.ttl.

    Example:
        >>> sorted(scheme("modality"))
        ['conditional', 'likely', 'possible']
    """
    start = mint(name).value + "/"
    triples = read_turtle(folder("ontology") / "relationships.ttl")
    return frozenset(
        triple.subject.value.removeprefix(start)  # type: ignore[union-attr]
        for triple in triples
        if triple.predicate == SKOS.inScheme and triple.object == mint(name)
    )


@dataclass(slots=True)
class Item:
    """A YAML mapping whose keys were held against those it must have."""

    line: int
    nodes: dict[str, yaml.Node]


@dataclass(slots=True)
class Reader:
    """Reads the nodes of one YAML file, and gathers what is wrong instead of stopping."""

    where: str
    text: str
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, node: yaml.Node | int, what: str, mend: str) -> None:
        """Note that something is wrong at a node or line."""
        line = node if isinstance(node, int) else node.start_mark.line + 1
        self.problems.append(Problem(self.where, line, what, mend))

    def item(self, node: yaml.Node, keys: Sequence[str]) -> Item | None:
        """Read a mapping; every key must be there, once, and no other."""
        if not isinstance(node, yaml.MappingNode):
            self.wrong(node, "this is no list of keys", f"write {keys[0]}: … and so on")
            return None
        found: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name = str(key.value)
            if name in found:
                self.wrong(key, f"{name} is there twice", "keep one")
            if name not in keys:
                self.wrong(key, f"unknown key {name}", f"the keys are {', '.join(keys)}")
            found[name] = value
        line = node.start_mark.line + 1
        for name in keys:
            if name not in found:
                self.wrong(line, f"{name} is missing", f"write {name}: null where the text does not tell")
                found[name] = yaml.ScalarNode("tag:yaml.org,2002:null", "", node.start_mark, node.end_mark)
        return Item(line, found)

    def value(self, node: yaml.Node) -> object:
        """Return what a node holds, as YAML understands it."""
        loader = yaml.SafeLoader("")
        try:
            value: object = loader.construct_object(node, deep=True)
            return value
        except (yaml.YAMLError, ValueError) as fault:
            self.wrong(node, f"cannot be read: {fault}", "write it as the format says")
            return None

    def string(self, node: yaml.Node, name: str) -> str | None:
        """Return the words that a node holds, or None."""
        value = self.value(node)
        if value is None:
            return None
        if isinstance(value, str) and value.strip():
            return value
        self.wrong(node, f"{name} is {value!r}, not words", "put the words into quotation marks, or write null")
        return None

    def number(self, node: yaml.Node, name: str) -> float | None:
        """Return the number that a node holds, or None."""
        value = self.value(node)
        if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
            return value
        self.wrong(node, f"{name} is {value!r}, not a number", "write it in digits alone, in whole units, or null")
        return None

    def one_of(self, node: yaml.Node, name: str, codes: Sequence[str] | frozenset[str], *, may_lack: bool) -> str:
        """Return the code that a node holds, or an empty string where it may lack or is wrong."""
        value = self.value(node)
        if value in codes and isinstance(value, str):
            return value
        if not (value is None and may_lack):
            self.wrong(node, f"{name} is {value!r}", f"take one of {', '.join(sorted(codes))}")
        return ""

    def items(self, node: yaml.Node, name: str, keys: Sequence[str]) -> list[Item]:
        """Return the mappings of a list."""
        if isinstance(node, yaml.SequenceNode):
            read = [self.item(each, keys) for each in node.value]
            return [item for item in read if item]
        self.wrong(node, f"{name} is no list", f"write {name}: [] where there are none")
        return []

    def pieces(self, node: yaml.Node) -> list[yaml.Node]:
        """Return the nodes of a list, or the one node that is none."""
        return list(node.value) if isinstance(node, yaml.SequenceNode) else [node]

    def places(self, node: yaml.Node, name: str) -> list[Span]:
        """Return where words may stand: all their places, or the one that `nth` tells."""
        value, nth = self.value(node), None
        if isinstance(value, dict):
            if set(value) != {"text", "nth"} or not isinstance(value["nth"], int):
                self.wrong(node, f"{name} is {value!r}", "write {text: …, nth: 2}")
                return []
            value, nth = value["text"], value["nth"]
        if value is None:
            return []
        if not isinstance(value, str) or not value.strip():
            self.wrong(node, f"{name} is {value!r}, not words", "put the words into quotation marks")
            return []
        if value != value.strip():
            self.wrong(node, f"{name} “{value}” has a blank at its edge", "drop it")
        if nth is not None:
            return self._nth(node, name, value, nth)
        found = find_places(self.text, value)
        if not found:
            self.wrong(node, f"{name} “{value}” is not in the text", self._hint(value))
        return found

    def _nth(self, node: yaml.Node, name: str, words: str, nth: int) -> list[Span]:
        """Return the place that a number tells, counted as an editor finds them: also within words."""
        found = find_strings(self.text, words)
        if not 1 <= nth <= len(found):
            self.wrong(node, f"{name} “{words}” is in the text {len(found)} times", f"nth cannot be {nth}")
            return []
        place = found[nth - 1]
        if not is_whole(self.text, place):
            whole = [str(at) for at, each in enumerate(found, 1) if is_whole(self.text, each)]
            mend = (
                f"nth counts every “{words}”, also those in longer words; whole words are {', '.join(whole) or 'none'}"
            )
            self.wrong(node, f"{name} “{words}” number {nth} lies within a word", mend)
            return []
        return [place]

    def _hint(self, words: str) -> str:
        plain, text = words.translate(_QUOTES), self.text.translate(_QUOTES)
        if (at := text.find(plain)) >= 0:
            there = self.text[at : at + len(words)]
            return f"take over “{there}” with its own quotation marks, whole words alone"
        if " ".join(plain.split()) in " ".join(text.split()):
            return "its blanks or line ends differ; where it runs over paragraphs write a list, one string a paragraph"
        if plain.casefold() in text.casefold():
            return "its capitals differ"
        head = next(
            (
                " ".join(words.split()[:n])
                for n in range(len(words.split()), 0, -1)
                if " ".join(words.split()[:n]) in self.text
            ),
            "",
        )
        return f"it agrees as far as “{head}”" if head else "take over the exact words"

    def named(self, node: yaml.Node, name: str, label: str) -> str:
        """Return a label when all its words stand in the text."""
        have = {word.casefold() for word in _WORD.findall(self.text)}
        if lacking := [word for word in _WORD.findall(label) if word.casefold() not in have]:
            self.wrong(node, f"{name} has “{' '.join(lacking)}”, which the text has not", "use the text's own words")
        return label
