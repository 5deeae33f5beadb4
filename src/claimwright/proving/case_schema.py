"""The published schema of a file of cases, from the models that read one; editors check and complete by it."""

from __future__ import annotations

from typing import Any

from claimwright.lines.case import Case
from claimwright.proving.case_model import CaseFile

Schema = dict[str, Any]
_OWN = frozenset({"LineFields", "PatientFields", "ProviderFields", "PayerFields"})  # the claim's own say more
_OF_VALUES = frozenset(
    {"pattern", "minLength", "maxLength", "minItems", "maxItems", "minimum", "exclusiveMinimum", "exclusiveMaximum"}
)
_ONE_OR_MORE = ({"$ref": "#/$defs/Wanted"}, {"$ref": "#/$defs/Cited"})


def build() -> Schema:
    """The schema without its head: what a file may say, with each field of the claim as the case model has it.

    Of the claim only the form is described, and nothing is required: a case says what differs from its base, and may
    be wrong on purpose.
    """
    whole = CaseFile.model_json_schema()
    claim = Case.model_json_schema()
    fields = {name: _or_null(part) for name, part in claim["properties"].items()}
    fields["lines"] = {"type": "array", "items": {"anyOf": [{"$ref": "#/$defs/Line"}, {"type": "null"}]}}
    definitions = {name: part for name, part in whole.pop("$defs").items() if name not in _OWN}
    for name in ("Base", "WrittenCase"):
        definitions[name]["properties"] |= fields
    for name, part in claim["$defs"].items():
        properties = {field: _or_null(described) for field, described in part["properties"].items()}
        definitions[name] = {**_without(part, {"required"}), "properties": properties}
    schema: Schema = _lenient({**whole, "$defs": dict(sorted(definitions.items()))})
    return schema


def _without(schema: Schema, keys: frozenset[str] | set[str]) -> Schema:
    return {key: value for key, value in schema.items() if key not in keys}


def _or_null(described: Schema) -> Schema:
    """A value of any size, or null, which says that it is not known."""
    forms = [_without(form, _OF_VALUES) for form in described.get("anyOf", [_without(described, {"default"})])]
    null = {"type": "null"}
    return {"anyOf": [*(form for form in forms if form != null), null]}


def _lenient(schema: Any) -> Any:
    """What YAML makes of a text is allowed: a code like 97026 becomes a number there, and yes a truth.

    Titles and defaults that only repeat the models are left out.
    """
    if isinstance(schema, list):
        return [_lenient(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    read = {
        key: _lenient(value)
        for key, value in schema.items()
        if key not in {"title", "format", "default"} or isinstance(value, dict)
    }
    if read.get("type") == "string" and not {"enum", "const"} & set(read):
        read["type"] = ["string", "number"]
    elif read.get("type") == "boolean":
        read["type"] = ["boolean", "string"]
    elif read.get("items") in _ONE_OR_MORE:
        return {"anyOf": [read["items"], read]}
    return read
