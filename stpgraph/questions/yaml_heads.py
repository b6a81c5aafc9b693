"""The YAML at the head of a question's file, as nodes that know their line."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import yaml

from stpgraph.errors import BadQuestion
from stpgraph.questions.words import nearest, shown

__all__ = ["Header"]

#: What a line of the header begins with.
_MARK = "#+"
_QUOTE = "put a text that holds : # , { } [ ] in quotation marks"


class Header:
    """The YAML of a header as nodes, each of which knows its line.

    Args:
        text: the file.
        path: where it stands, for messages.

    Raises:
        BadQuestion: when the lines are no YAML, or do not stand together at the head of the file.
    """

    def __init__(self, text: str, path: Path) -> None:
        self.path = path
        lines = text.split("\n")
        self._first = next((at for at, line in enumerate(lines) if line.strip()), 0)
        marked = (at for at in range(self._first, len(lines)) if not lines[at].startswith(_MARK))
        end = next(marked, len(lines))
        for at in range(end, len(lines)):
            if lines[at].startswith(_MARK):
                why = "come before it" if end == self._first else "part it from the others"
                raise self.fault(f"this line of the header is not at its head: other lines {why}; move it up", at + 1)
        yaml_text = "\n".join(line[len(_MARK) :].removeprefix(" ") for line in lines[self._first : end])
        try:
            self.top = yaml.compose(yaml_text, Loader=yaml.SafeLoader)
        except yaml.reader.ReaderError as fault:
            line = yaml_text.count("\n", 0, int(fault.position)) + 1
            code = fault.character if isinstance(fault.character, int) else ord(fault.character[:1])
            problem = f"the header holds the character U+{code:04X}, which no YAML may; take it out"
            raise self.fault(problem, line + self._first) from fault
        except yaml.YAMLError as fault:
            mark = getattr(fault, "problem_mark", None) or getattr(fault, "context_mark", None)
            raise self.fault(_told(fault), (mark.line if mark else 0) + 1 + self._first) from fault
        except RecursionError as fault:
            raise self.fault(
                "the header is nested too deeply to be read; expected lists in one another at most"
            ) from fault

    def fault(self, message: str, node: yaml.Node | int | None = None) -> BadQuestion:
        """Make the error that names a node's line, a given one, or the first."""
        line = node if isinstance(node, int) else self._first + 1 + (node.start_mark.line if node else 0)
        return BadQuestion(message, path=self.path, line=line)

    def mapping(self, node: yaml.Node | None, what: str, keys: Iterable[str] = ()) -> dict[str, yaml.Node]:
        """Read `key: value` pairs; with `keys`, no others."""
        if node is None:
            return {}
        if not isinstance(node, yaml.MappingNode):
            raise self.fault(f"{what} holds no `key: value` pairs; expected lines of them", node)
        found: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name = self.text(key)
            if keys and name not in keys:
                raise self.fault(f"{what} has an unknown key {shown(name)}; {nearest(name, keys)}", key)
            if name in found:
                raise self.fault(f"{what} has {shown(name)} twice; take one out", key)
            found[name] = value
        return found

    def text(self, node: yaml.Node | None) -> str:
        """Read a text of one or several lines as one line; "" for none."""
        if node is None:
            return ""
        if not isinstance(node, yaml.ScalarNode):
            raise self.fault(f"expected a text; {_QUOTE}", node)
        return " ".join(str(node.value).split())

    def texts(self, node: yaml.Node | None) -> tuple[str, ...]:
        """Read one text or a list of them."""
        if isinstance(node, yaml.SequenceNode):
            return tuple(self.text(part) for part in node.value)
        return (self.text(node),) if node else ()

    def flag(self, node: yaml.Node | None) -> bool:
        """Read true or false; false for none."""
        if node is not None and self.text(node) not in {"true", "false"}:
            raise self.fault(f"expected true or false, not {shown(self.text(node))}", node)
        return node is not None and self.text(node) == "true"

    def choice(self, node: yaml.Node | None, owner: yaml.Node, what: str, choices: Iterable[str]) -> str:
        """Read a text that is one of some."""
        told = self.text(node)
        if told not in choices:
            has = f"has the type {shown(told)}" if told else "has no type"
            raise self.fault(f"{what} {has}; expected one of {', '.join(sorted(choices))}", node or owner)
        return told


#: What the reader of YAML says, and what that means to who wrote the line, with the mend.
_PROBLEMS = (
    ("'\\t'", "a tab stands where spaces must; put spaces"),
    ("mapping values are not allowed", f"a colon too many, or a line too far right; {_QUOTE}, or move the line left"),
    ("expected <block end>", "a line begins further left or right than those it belongs to; align it with them"),
    ("expected ',' or", "a bracket or a quotation mark before this is not closed, or a comma is missing; mend that"),
    ("unexpected end of stream", "a quotation mark is not closed; close it"),
    ("could not find expected ':'", "this line or the one before it has no colon; write `key: value`"),
    ("undefined alias", f"a text begins with an asterisk; {_QUOTE.replace('holds', 'begins with * or holds')}"),
)


def _told(fault: yaml.YAMLError) -> str:
    """Say what keeps a header from being YAML, and what mends it."""
    problem = str(getattr(fault, "problem", None) or "it does not parse")
    told = next((told for said, told in _PROBLEMS if said in problem), f"{problem}; mend that line or the one before")
    return f"the header is no YAML: {told}"
