"""What a record of a side file is, as a JSON Schema: made of the columns that the reader goes by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from claimwright.formats.sides.cells import EVERYTHING, STATES
from claimwright.formats.sides.columns import Column, Holds, Kind
from claimwright.lines.schema import MODIFIERS

_CODE: Mapping[str, Any] = {"type": "string", "pattern": "^[0-9A-Z]{5}$"}
_DAY: Mapping[str, Any] = {"type": "string", "format": "date"}
_SHAPES: Mapping[Holds, Mapping[str, Any]] = {
    Holds.TEXT: {"type": "string", "minLength": 1},
    Holds.NOTE: {"type": "string", "minLength": 1},
    Holds.PROCEDURE: _CODE,
    Holds.MODIFIERS: {
        "type": "array",
        "items": {"type": "string", "pattern": "^[0-9A-Z]{2}$"},
        "maxItems": MODIFIERS,
    },
    Holds.CODES: {"anyOf": [{"type": "array", "items": _CODE}, {"const": EVERYTHING}]},
    Holds.DAY: _DAY,
    Holds.DAYS: {"type": "array", "items": _DAY},
    Holds.YES_NO: {"type": "boolean"},
    Holds.STATE: {"enum": sorted(STATES.split())},
}


def record_schema(kind: Kind) -> dict[str, Any]:
    """The schema of one record, without its head and title. null says no more than a missing field."""
    return {
        "description": f"A record is {kind.row}.",
        "type": "object",
        "properties": {column.name: _property(column) for column in kind.columns},
        "required": [column.name for column in kind.columns if column.required or column.wanted],
        "additionalProperties": False,
    }


def _property(column: Column) -> dict[str, Any]:
    shape = _shape(column)
    either = shape if column.required or column.wanted else {"anyOf": [*shape.get("anyOf", [shape]), {"type": "null"}]}
    return {"description": column.says, **either}


def _shape(column: Column) -> dict[str, Any]:
    if column.holds is Holds.WORD:
        return {"enum": list(column.words)}
    if column.holds in {Holds.MONEY, Holds.NUMBER}:
        least = {} if column.signed else {"exclusiveMinimum": 0} if column.positive else {"minimum": 0}
        return {"type": "number", **least}
    return dict(_SHAPES[column.holds])
