"""Fills a clause's sentence with the line's own values, each predicate naming its witness."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from claimwright.determine.plan import Plan, Ready
from claimwright.determine.stated import Stated
from claimwright.lines.code_set import ICD_9
from claimwright.lines.schema import DIAGNOSES, Unstated
from claimwright.policies.model import Fact
from claimwright.policies.predicates import SET_PREDICATES

_DIAGNOSES = frozenset({"dx", "pointed", "dx_heading", "dx_unlisted"})
_SLOT = re.compile(r"\{([^{}]+?)(\.matched)?\}")


@dataclass(frozen=True)
class Scene:
    """What a sentence may speak of: one line's columns, what is stated of it, and the other line of a pair."""

    row: Mapping[str, Any]
    stated: Stated
    partner: Mapping[str, Any] | None = None

    @property
    def day(self) -> date:
        return self.row["service_from"] or date(1970, 1, 1)


def filled(text: str, ready: Ready, plan: Plan, scene: Scene) -> tuple[str, tuple[tuple[str, str], ...]]:
    """A sentence of the clause with its slots filled, and the witness: slot → value, each once."""
    witness: dict[str, str] = {}

    def value(found: re.Match[str]) -> str:
        word, matched = found.group(1), bool(found.group(2))
        fact = plan.library.fact(word)
        said = _value(fact, ready, plan, scene, matched=matched) if fact else _number(word, plan, scene)
        witness[word + (".matched" if matched else "")] = said
        return said

    return _SLOT.sub(value, text), tuple(witness.items())


def _number(word: str, plan: Plan, scene: Scene) -> str:
    """A dated number on the day of the line."""
    value = plan.numbers.at(word, scene.day)
    return "an unknown " + word if value is None else number(value)


def _value(fact: Fact, ready: Ready, plan: Plan, scene: Scene, *, matched: bool) -> str:
    if fact.type == "row of a table":
        return str(scene.partner["procedure"]) if scene.partner else "another code"
    if fact.type == "codes":
        codes = codes_of(fact, scene)
        if not codes and fact.column == "pointed" and scene.row.get("unstated", 0) & Unstated.POINTERS:
            codes = _listed(scene.row, "dx")  # whichever of these it points to
        if matched:
            codes = [code for code in codes if _in_operand(code, fact, ready, plan, scene.day)]
        return " and ".join(dotted(code, fact.column, scene.row.get("dx_system")) for code in codes) or "none"
    if fact.column:
        return number(scene.row.get(fact.column))
    possible = scene.stated.possible(fact.name)
    if not possible:
        return f"an unknown {fact.name}"
    return " or ".join(_label(cell, fact) for cell in sorted(possible, key=str))


def _label(cell: object, fact: Fact) -> str:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return dict(fact.values).get(str(cell), str(cell))


def codes_of(fact: Fact, scene: Scene) -> list[str]:
    """The codes of a list, in claim order. A fact on the column 1 code reads the other line of the pair."""
    row = scene.row
    stem = fact.column
    if stem.startswith("column1_"):
        row, stem = scene.partner or {}, stem.removeprefix("column1_")
    return _listed(row, stem)


def _listed(row: Mapping[str, Any], stem: str) -> list[str]:
    return [code for place in _places(stem) if (code := row.get(place))]


@cache
def _places(stem: str) -> tuple[str, ...]:
    """The columns of a list of codes, by the name of the list."""
    return tuple(f"{stem}_{place}" for place in range(1, DIAGNOSES + 1))


def _in_operand(code: str, fact: Fact, ready: Ready, plan: Plan, day: date) -> bool:
    naming = SET_PREDICATES - {"none in"}
    return any(
        plan.membership[leaf.scope].holds(code, day, leaf.predicate.operands)
        for leaf in ready.all_leaves
        if leaf.fact == fact.name and leaf.predicate.op in naming
    )


def dotted(code: str, column: str, system: str | None) -> str:
    """A diagnosis as people write it: E1142 is E11.42, in ICD-9-CM E8809 is E880.9. Other codes stay as they are."""
    before = 4 if system == ICD_9 and code.startswith("E") else 3
    return f"{code[:before]}.{code[before:]}" if column in _DIAGNOSES and len(code) > before else code


def number(value: object) -> str:
    """A number without the zeros it does not need; everything else as it is.

    >>> number(2.0), number(1.5), number("GP"), number(None)
    ('2', '1.5', 'GP', 'none')
    """
    if value is None:
        return "none"
    text = str(value)
    return text.rstrip("0").rstrip(".") if re.fullmatch(r"-?\d+\.\d+", text) else text
