"""The schema of the API: what FastAPI derives from the routes, with the claim and its answers as they are published."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from claimwright.api import claim_schema, shapes
from claimwright.api.ask import AskBody
from claimwright.api.determinations import Determination
from claimwright.report import schema as published

Schema = dict[str, Any]
_HERE = "#/components/schemas/"
_OF_PYDANTIC = frozenset({"gt", "lt", "decimal_places", "max_digits"})  # keys that it leaves, which JSON Schema lacks


def completed(made: Schema) -> Schema:
    """FastAPI's schema with the components that bodies and answers refer to."""
    parts: Schema = dict(made["components"]["schemas"])
    parts |= _claim()
    described: tuple[type[BaseModel], ...] = (AskBody, Determination, *shapes.DESCRIBED)
    for model in described:
        parts |= _model(model)
    parts |= _published(parts)
    found: Schema = {**made, "components": {**made["components"], "schemas": dict(sorted(parts.items()))}}
    told: Schema = _read(found, {})
    return told


def _claim() -> Schema:
    found = claim_schema.parts()
    names = {f"#/$defs/{name}": f"{_HERE}{name}" for name in found}
    return {name: _read(part, names) for name, part in found.items()}


def _model(model: type[BaseModel]) -> Schema:
    described = model.model_json_schema(ref_template=f"{_HERE}{{model}}", mode="serialization")
    return {**described.pop("$defs", {}), model.__name__: described}


def _published(parts: Schema) -> Schema:
    """The published components that others refer to, and those they refer to in turn."""
    known = published.build("line-1.json")["$defs"]
    names = {f"#/$defs/{name}": f"{_HERE}{name}" for name in known}
    found: Schema = {}
    waiting = [name for name in _named(parts) if name in known]
    while waiting:
        name = waiting.pop()
        if name not in found:
            own = parts.get(name, known[name])  # the same words, which FastAPI describes too
            assert own is known[name] or own.get("enum") == known[name].get("enum") is not None, f"two are named {name}"
            found[name] = _read(known[name], names)
            waiting += [other for other in _named(found[name]) if other in known]
    return found


def _named(part: Any) -> Iterator[str]:
    """The components that a part of the schema refers to."""
    if isinstance(part, dict):
        for key, value in part.items():
            if key == "x-is":
                yield value
            elif key == "$ref":
                yield value.removeprefix(_HERE)
            else:
                yield from _named(value)
    elif isinstance(part, list):
        for item in part:
            yield from _named(item)


def _read(part: Any, names: dict[str, str]) -> Any:
    """A part with its references led to where the components are."""
    if isinstance(part, list):
        return [_read(item, names) for item in part]
    if not isinstance(part, dict):
        return part
    if "x-is" in part:
        return {"$ref": f"{_HERE}{part['x-is']}"}
    kept = {key: _read(value, names) for key, value in part.items() if key not in _OF_PYDANTIC}
    if isinstance(kept.get("$ref"), str):
        kept["$ref"] = names.get(kept["$ref"], kept["$ref"])
    return kept
