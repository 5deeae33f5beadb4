"""The published JSON Schemas (2020-12), generated from the types of the shape, the models of cases and the columns
of side files.

`python -m claimwright.report.schema schemas` writes them again.
"""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator
from enum import Enum
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict

import orjson

from claimwright.formats.edit_files import EDITS
from claimwright.formats.sides import FEES, KINDS, NOTES
from claimwright.formats.sides.published import record_schema
from claimwright.proving import case_schema
from claimwright.report import money_shape, note_shape, shape

DIALECT = "https://json-schema.org/draft/2020-12/schema"
CASES = "cases-1.json"
SIDE_FILES = {f"{kind.name}-1.json": kind for kind in (*KINDS.values(), FEES, NOTES, EDITS)}
SCHEMAS: dict[str, tuple[str, tuple[type, ...]]] = {
    "run-1.json": ("A run of claimwright: its summary, and the answer to every line", (shape.RunJson,)),
    "line-1.json": (
        "One record of claimwright's NDJSON: the answer to one line or, last, the summary",
        (shape.LineAnswerJson, shape.SummaryRecordJson),
    ),
    "changes-1.json": ("What changed since an earlier run of claimwright", (shape.ChangesJson,)),
    "note-1.json": ("One note as claimwright reads it: what it supports, and what is missing", (note_shape.NoteJson,)),
    CASES: ("A file of worked cases for claimwright: claims, and what must come out of them", ()),
    **{name: (kind.says, ()) for name, kind in SIDE_FILES.items()},
}
_PLAIN: dict[Any, str] = {str: "string", int: "integer", bool: "boolean", NoneType: "null"}

Schema = dict[str, Any]


def build(name: str) -> Schema:
    """The schema of one published file, `run-1.json`."""
    title, records = SCHEMAS[name]
    stem, _, version = name.removesuffix(".json").rpartition("-")
    opening = {"$schema": DIALECT, "$id": f"urn:claimwright:schema:{stem}:{version}", "title": title}
    if name == CASES:
        return opening | case_schema.build()
    if name in SIDE_FILES:
        return opening | record_schema(SIDE_FILES[name])
    definitions: dict[str, Schema] = {}
    described = [_of(record, definitions) for record in records]
    return {
        **opening,
        **(described[0] if len(described) == 1 else {"oneOf": described}),
        "$defs": dict(sorted(definitions.items())),
    }


def written(name: str) -> bytes:
    """The file as it is committed."""
    return orjson.dumps(build(name), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def main(folder: str) -> None:
    for name in SCHEMAS:
        Path(folder, name).write_bytes(written(name))


def _of(kind: Any, definitions: dict[str, Schema]) -> Schema:
    """The schema of one type; records and enumerations are added to the definitions and referred to."""
    if kind in _PLAIN:
        return {"type": _PLAIN[kind]}
    origin, inner = get_origin(kind), get_args(kind)
    if origin is list:
        return {"type": "array", "items": _of(inner[0], definitions)}
    if origin is dict:
        return {"type": "object", "additionalProperties": _of(inner[1], definitions)}
    if origin is Literal:
        return {"const": inner[0]} if len(inner) == 1 else {"enum": list(inner)}
    if origin in {Union, UnionType}:
        return {"anyOf": [_of(member, definitions) for member in inner]}
    name = kind.__name__.removesuffix("Json")
    if name not in definitions:
        definitions[name] = {}  # holds the place while what it is made of is described
        definitions[name] = _record(kind, definitions) if is_typeddict(kind) else _enumeration(kind)
    assert definitions[name].get("type") != ("string" if is_typeddict(kind) else "object"), f"{name} names two types"
    return {"$ref": f"#/$defs/{name}"}


def _enumeration(kind: type[Enum]) -> Schema:
    return {"type": "string", "enum": [member.value for member in kind]}


def _record(kind: Any, definitions: dict[str, Schema]) -> Schema:
    hints = get_type_hints(kind, include_extras=True)
    said = dict(_said(kind))
    properties: dict[str, Schema] = {}
    optional = {name for name, hint in hints.items() if get_origin(hint) is NotRequired}
    for name, hint in hints.items():
        described = _of(get_args(hint)[0] if name in optional else hint, definitions)
        properties[name] = {**described, "description": said[name]} if name in said else described
    return {
        "type": "object",
        "description": inspect.getdoc(kind) or "",
        "properties": properties,
        "required": [name for name in hints if name not in optional],
    }


def _said(kind: Any) -> Iterator[tuple[str, str]]:
    """The sentences that stand under the keys of a record and of the record it extends."""
    records = _records()
    node = records[kind.__name__]
    for base in node.bases:
        if isinstance(base, ast.Name) and base.id in records:
            yield from _said(getattr(shape, base.id))
    for key, below in zip(node.body, node.body[1:], strict=False):
        if isinstance(key, ast.AnnAssign) and isinstance(key.target, ast.Name) and isinstance(below, ast.Expr):
            yield key.target.id, ast.literal_eval(below.value)


@cache
def _records() -> dict[str, ast.ClassDef]:
    trees = [ast.parse(inspect.getsource(module)) for module in (shape, money_shape, note_shape)]
    return {node.name: node for tree in trees for node in tree.body if isinstance(node, ast.ClassDef)}


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "schemas")
