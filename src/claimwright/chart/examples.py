"""The examples of the language: each note is read, and what it tells is held against what it should."""

from __future__ import annotations

from claimwright.chart.language import Example
from claimwright.chart.read import read
from claimwright.chart.told import Told

NOTHING = "nothing"
_CONDITIONS = frozenset({"neuropathy", "wound", "ulcer"})


def wrong(example: Example) -> list[str]:
    """What an example tells otherwise than it should, in words; empty where all of it comes out."""
    told = read(example.note)
    return [
        f"{name}: {got}, and not {wanted}" for name, wanted in example.tells if (got := _told(told, name)) != wanted
    ]


def _told(told: Told, name: str) -> str:
    """What a note tells of a fact, a condition it mentions, or a service."""
    if name in _CONDITIONS:
        found = [one.status.value for one in told.mentions if one.label == "condition" and one.value == name]
        return " ".join(dict.fromkeys(found)) or NOTHING
    if name == "infrared":
        return "given" if "97026" in told.services else NOTHING
    said = told.of(name, "97026")
    if not said:
        return NOTHING
    value = said[0].value
    if said[0].either:
        return " or ".join(said[0].either)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return " ".join(value) if isinstance(value, tuple) else f"{value:g}" if isinstance(value, float) else value
