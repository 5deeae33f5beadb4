"""Values of a YAML text as frozen nodes, each with the line it stands on. Every scalar is text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    value: str
    line: int
    plain: bool = True  # written without quotes, so that null may mean nothing and 3 a number where a reader wants that


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
