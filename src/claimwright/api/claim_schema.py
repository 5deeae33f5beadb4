"""The case model as the schema of the API tells it: what pydantic knows of it, and the forms that it does not tell.

A code that is written otherwise (in lower case, with a dot or a blank, its modifier glued on) is read all the same, and
named in `problems`; what is described is how it should be sent.
"""

from __future__ import annotations

from typing import Any

from claimwright.lines.case import Case

Schema = dict[str, Any]
PREFIX = "Claim"  # an answer has lines and payers too
_DAY = r"^(18[5-9][0-9]|19[0-9]{2}|2[01][0-9]{2})-[0-9]{2}-[0-9]{2}$"
_FORMS = {
    "procedure": r"^([0-9]{5}|[0-9]{4}[A-Z]|[A-Z][0-9]{4})$",
    "modifiers": r"^[0-9A-Z]{2}$",
    "diagnoses": r"^[A-Z][0-9][0-9A-Z](\.?[0-9A-Z]{1,4})?$",
    "filing": r"^[0-9A-Z]{2}$",
    "state": r"^[A-Z]{2}$",
    "facility_state": r"^[A-Z]{2}$",
    "reasons": r"^((CO|PR|OA|PI)-?)?[0-9A-Z]{1,3}$",
}
_UNITS = [
    {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 100_000_000},
    {"type": "string", "pattern": r"^[0-9]{1,7}(\.[0-9]{1,3})?$"},
]
_MONEY = [
    {"type": "number", "minimum": -999_999_999_999, "maximum": 999_999_999_999},
    {"type": "string", "pattern": r"^-?[0-9]{1,12}(\.[0-9]{1,2})?$"},
]
_OTHERWISE = {"units": _UNITS, "charge": _MONEY, "paid": _MONEY}
_OR_NULL = frozenset({"patient", "provider", "payer", "facts"})


def parts() -> Schema:
    """`Claim` and the parts of it, which refer to each other as `#/$defs/…`."""
    whole = Case.model_json_schema(ref_template=f"#/$defs/{PREFIX}{{model}}")
    inner = {f"{PREFIX}{name}": part for name, part in whole.pop("$defs").items()}
    return {name: _told({**part, "title": name}) for name, part in {PREFIX: whole, **inner}.items()}


def _told(part: Schema) -> Schema:
    return {**part, "properties": {name: _field(name, told) for name, told in part["properties"].items()}}


def _field(name: str, told: Schema) -> Schema:
    if name in _OR_NULL:
        kept: Schema = {key: told[key] for key in ("title", "description") if key in told}
        return {**kept, "anyOf": [{key: value for key, value in told.items() if key not in kept}, {"type": "null"}]}
    if name in _OTHERWISE:
        return {"title": told["title"], "anyOf": [*_OTHERWISE[name], {"type": "null"}]}
    found: Schema = _with_form(name, told)
    return found


def _with_form(name: str, told: Any) -> Any:
    """The texts in a description of a field, each with the form that they need."""
    if isinstance(told, list):
        return [_with_form(name, one) for one in told]
    if not isinstance(told, dict):
        return told
    found = {key: _with_form(name, value) for key, value in told.items()}
    if found.get("type") == "string":
        if found.get("format") == "date":
            found["pattern"] = _DAY
        elif name in _FORMS:
            found["pattern"] = _FORMS[name]
        elif found.get("minLength") == 1:
            found.setdefault("pattern", r"\S")
    return found
