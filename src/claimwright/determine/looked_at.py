"""What an answer looked at, and what nobody gave."""

from __future__ import annotations

from typing import Any

from claimwright.determine.plan import Plan
from claimwright.determine.stated import NOTHING
from claimwright.determine.wording import Scene, codes_of, dotted
from claimwright.lines.answers import Check
from claimwright.lines.schema import Unstated

_LEFT_OPEN = {
    int(Unstated.DIAGNOSES): "the diagnoses",
    int(Unstated.POINTERS): "the pointers",
    int(Unstated.MODIFIERS): "the modifiers",
    int(Unstated.UNITS): "the units",
    int(Unstated.PLACE): "the place of service",
    int(Unstated.SAME_DAY): "what else was done that day",
}


def not_looked_at(record: dict[str, Any], checks: tuple[Check, ...]) -> tuple[str, ...]:
    """What nobody gave: claim fields left open, and the record. (Checks that did not run stand with the checks.)"""
    unstated = record["unstated"] or 0
    left_open = [f"{words} (not stated)" for flag, words in _LEFT_OPEN.items() if unstated & flag]
    unseen = [] if any(check.name == "documentation" and check.ran for check in checks) else ["the record (none given)"]
    return (*left_open, *unseen)


def looked_at(record: dict[str, Any], plan: Plan, sources: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """The line's own codes, and every fact that a source stated."""
    scene = Scene(record, NOTHING)
    shown = []
    for name, words in (
        ("pointed diagnoses", "points to"),
        ("claim diagnoses", "on the claim"),
        ("modifiers", "modifiers"),
    ):
        fact = plan.library.facts.get(name)
        if fact:
            codes = (
                ", ".join(dotted(code, fact.column, record["dx_system"]) for code in codes_of(fact, scene)) or "none"
            )
            shown.append(f"{words} {codes}")
    stated = [f"{fact} (from {source})" for fact, source in sources]
    return (f"procedure {record['procedure']}", *shown, *stated)
