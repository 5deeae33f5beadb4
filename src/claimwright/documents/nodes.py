"""YAML whose every scalar is text, with the line each value stands on.

A code such as 05 or a date must never become a number, and a message must be able to point at the value.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import yaml


@dataclass(frozen=True)
class Text:
    value: str
    line: int


@dataclass(frozen=True)
class Sequence:
    items: tuple[Node, ...]
    line: int

    def __iter__(self) -> Iterator[Node]:
        return iter(self.items)


@dataclass(frozen=True)
class Mapping:
    entries: tuple[tuple[Text, Node], ...]
    line: int

    def __iter__(self) -> Iterator[tuple[Text, Node]]:
        return iter(self.entries)

    def __contains__(self, key: str) -> bool:
        return any(name.value == key for name, _ in self.entries)

    def get(self, key: str) -> Node | None:
        return next((node for name, node in self.entries if name.value == key), None)

    def text(self, key: str, otherwise: str = "") -> str:
        """The text under a key, with space folded; `otherwise` when it is not there or not text."""
        node = self.get(key)
        return " ".join(node.value.split()) if isinstance(node, Text) else otherwise

    def texts(self, key: str) -> tuple[str, ...]:
        """The list of texts under a key; a single text is a list of one, nothing an empty list."""
        node = self.get(key)
        if isinstance(node, Text):
            return (node.value,) if node.value else ()
        if isinstance(node, Sequence):
            return tuple(item.value for item in node if isinstance(item, Text))
        return ()

    def mapping(self, key: str) -> Mapping:
        """The mapping under a key; an empty one when there is none."""
        node = self.get(key)
        return node if isinstance(node, Mapping) else Mapping((), self.line)

    def line_of(self, key: str) -> int:
        return next((name.line for name, _ in self.entries if name.value == key), self.line)


Node = Text | Sequence | Mapping


class NodeError(ValueError):
    """The text is not YAML that can be read here; `line` is where."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def read_yaml(text: str, *, first_line: int = 1) -> Mapping:
    """Read a YAML mapping. `first_line` is the line of the document on which the text begins.

    Raises NodeError for text that is not YAML, not a mapping, or says a key twice.
    """
    try:
        root = yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise NodeError(str(error.problem or "not YAML"), first_line + (mark.line if mark else 0)) from error
    if root is None:
        return Mapping((), first_line)
    node = _convert(root, first_line)
    if not isinstance(node, Mapping):
        raise NodeError("expected `key: value` pairs", first_line)
    return node


def _convert(node: yaml.Node, first_line: int) -> Node:
    line = first_line + node.start_mark.line
    if isinstance(node, yaml.ScalarNode):
        return Text(str(node.value), line)
    if isinstance(node, yaml.SequenceNode):
        return Sequence(tuple(_convert(item, first_line) for item in node.value), line)
    entries: list[tuple[Text, Node]] = []
    seen: set[str] = set()
    for key, value in node.value:
        name = _convert(key, first_line)
        if not isinstance(name, Text):
            raise NodeError("a key must be text", line)
        if name.value in seen:
            raise NodeError(f"the key {name.value!r} stands twice", name.line)
        seen.add(name.value)
        entries.append((name, _convert(value, first_line)))
    return Mapping(tuple(entries), line)
