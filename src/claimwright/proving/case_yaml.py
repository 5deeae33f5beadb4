"""YAML of case files as values, with the line of each; and what pydantic found wrong with it as complaints."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from claimwright.documents.complaints import Complaint, nearest
from claimwright.documents.nodes import Mapping, Node, Sequence
from claimwright.lines.case_values import MistakeError

Keys = tuple[str | int, ...]
_NUMBER = re.compile(r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?$")
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_TYPED = frozenset({"facts"})  # below these keys a plain 3 is a number and a plain true a truth


def line_of(node: Node, keys: Keys) -> int | None:
    """The line on which a value stands; None when it is not written."""
    line = None
    for key in keys:
        inner = node.get(key) if isinstance(node, Mapping) and isinstance(key, str) else None
        if isinstance(node, Mapping) and inner is not None:
            line, node = node.line_of(str(key)), inner
        elif isinstance(node, Sequence) and isinstance(key, int) and key < len(node.items):
            node = node.items[key]
            line = node.line
        else:
            return None
    return line


def deepest(node: Node, keys: Keys) -> int | None:
    """The line of a value or, where it is not written, of what is nearest to it."""
    lines = (line_of(node, keys[:length]) for length in range(len(keys), 0, -1))
    return next((line for line in lines if line is not None), None)


def complaint(path: Path | str, line: int, message: str, help_: str) -> Complaint:
    return Complaint(str(path), line, "CASE", message, help_)


def valued(node: Node, *, typed: bool = False) -> Any:
    """Values of YAML: texts as they stand, for a code like 05 is no number; null without quotes is None.

    What stands under `facts` has no type of its own: there numbers and truths without quotes are what they look like.
    """
    if isinstance(node, Mapping):
        return {key.value: valued(inner, typed=typed or key.value in _TYPED) for key, inner in node}
    if isinstance(node, Sequence):
        return [valued(item, typed=typed) for item in node]
    if not node.plain:
        return node.value
    if node.value in _NULLS:
        return None
    if typed and _NUMBER.match(node.value):
        return float(node.value) if "." in node.value else int(node.value)
    if typed and node.value in {"true", "false"}:
        return node.value == "true"
    return node.value


def complaints_of(error: ValidationError, path: Path, node: Mapping, model: type[BaseModel]) -> Iterator[Complaint]:
    """Each error of the model as a complaint at the line of the value, the nearest key named for a wrong one."""
    for each in error.errors(include_url=False, include_input=False):
        keys = _keys(each["loc"], node)
        yield complaint(path, deepest(node, keys) or node.line, *_words(each, keys, model))


def _words(error: Any, keys: Keys, model: type[BaseModel]) -> tuple[str, str]:
    where = written_path(keys)
    wrong = error.get("ctx", {}).get("error")
    if error["type"] == "extra_forbidden":
        known = _known(error["loc"], model)
        return f"nobody reads the key {where}", nearest(str(error["loc"][-1]), known, f"one of: {', '.join(known)}")
    if isinstance(wrong, MistakeError):
        return f"{where}: {wrong}", wrong.help
    if error["type"] == "missing":
        return f"{where or 'the file'} has no {error['loc'][-1]}", "add it; see docs/cases.md"
    if error["type"] == "enum":
        return f"{where} has a value that is not allowed", f"write {error['ctx']['expected']}"
    return f"{where}: {error['msg']}", "see docs/cases.md for what may stand here"


def written_path(keys: Keys) -> str:
    """`cases[3].expect.documented`.

    >>> written_path(("lines", 0, "units"))
    'lines[0].units'
    """
    return "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in keys).removeprefix(".")


def _keys(loc: tuple[str | int, ...], node: Mapping) -> Keys:
    """The part of a place that is in the text; pydantic counts keys of its own in, and a missing key is not there."""
    found: list[str | int] = []
    here: Node = node
    for part in loc:
        if isinstance(here, Mapping) and isinstance(part, str) and part in here:
            inner = here.get(part)
            assert inner is not None
            here = inner
        elif isinstance(here, Mapping) and isinstance(part, int) and str(part) in here:
            here = here.mapping(str(part))
            part = str(part)  # noqa: PLW2901 # a line number is a key of the text
        elif isinstance(here, Sequence) and isinstance(part, int) and part < len(here.items):
            here = here.items[part]
        else:
            continue
        found.append(part)
    return tuple(found)


def _known(loc: tuple[str | int, ...], model: type[BaseModel]) -> list[str]:
    """The keys that may stand beside one that may not."""
    for part in loc[:-1]:
        field_ = next((f for name, f in model.model_fields.items() if part in {name, f.alias}), None)
        inner = _model_in(field_.annotation) if field_ is not None else None
        model = inner or model
    return [info.alias or name for name, info in model.model_fields.items() if not info.exclude]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The record that an annotation speaks of, through lists, unions and the like."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for inner in getattr(annotation, "__args__", ()) if (found := _model_in(inner))), None)
