"""YAML whose every scalar is text, with the line each value stands on.

A code such as 05 or a date must never become a number, and a message must be able to point at the value.
"""

from __future__ import annotations

import yaml

from claimwright.documents.nodes import Mapping, Node, NodeError, Sequence, Text


def read_yaml(text: str, *, first_line: int = 1) -> Mapping:
    """Read a YAML mapping. `first_line` is the line of the document on which the text begins.

    Raises NodeError for text that is not YAML, not a mapping, or says a key twice.
    """
    try:
        root = yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.reader.ReaderError as error:
        line = first_line + text[: error.position].count("\n")
        raise NodeError(f"a character that no text holds: {error.character!r}", line) from error
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
        return Text(str(node.value), line, plain=node.style is None)
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
