"""What people and other programs state beyond a claim: facts, who says so, and where sources disagree."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

Facts = dict[str, Any]
SOURCES = ("claim", "chart", "plan", "history", "reference", "person")


def read_facts(facts: Facts) -> Facts:
    """Facts in their canonical form, those that say nothing left out.

    A fact is a value, `{value, source}`, `{not: value}`, `{either: [values]}`, or a list of these; null says nothing.
    Raises ValueError with the name of the fact.
    """
    read = {}
    for name, said in facts.items():
        statements = [_statement(name, each) for each in (said if isinstance(said, list) else [said])]
        known = [statement for statement in statements if statement is not None]
        if known:
            read[name] = known if isinstance(said, list) and len(known) > 1 else known[0]
    return read


def _statement(name: str, said: Any) -> Any:
    if isinstance(said, dict) and not {"not", "either"} & set(said):
        unknown = set(said) - {"value", "source"}
        if unknown or "value" not in said:
            raise ValueError(f"{name}: write a value, or an object with value and source")
        source = said.get("source", "person")
        if source not in SOURCES:
            raise ValueError(f"{name}: the source is one of {', '.join(SOURCES)}")
        value = _value(name, said["value"])
        return None if value is None else {"source": source, "value": value}
    return _value(name, said)


def _value(name: str, value: Any) -> Any:
    if isinstance(value, dict):
        if set(value) == {"either"} and isinstance(value["either"], list) and value["either"]:
            return {"either": [_value(name, each) for each in value["either"]]}
        if set(value) != {"not"} or value["not"] is None:
            raise ValueError(f"{name}: an object as a value can only say not: value, or either: a list of values")
        return {"not": _value(name, value["not"])}
    if isinstance(value, list):
        return [_value(name, each) for each in value]
    if isinstance(value, str):
        if not value.strip():
            raise ValueError(f"{name}: an empty text says nothing; leave the fact out or write null")
        return value.strip()
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float) and math.isfinite(value):
        return value
    raise ValueError(f"{name}: write a text, a number, true or false")


def merged_facts(of_claim: Facts, of_line: Facts) -> Facts:
    """A line's facts over its claim's: what they agree on once, what they disagree on as a list of both."""
    both = dict(of_claim)
    for name, said in of_line.items():
        if name not in both or both[name] == said:
            both[name] = said
        else:
            earlier = both[name] if isinstance(both[name], list) else [both[name]]
            later = said if isinstance(said, list) else [said]
            both[name] = [*earlier, *(each for each in later if each not in earlier)]
    return both
