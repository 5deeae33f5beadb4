"""What sources other than the claim say: each fact a set of values it may still have.

Unknown is the whole domain, known is one value, and "not a wound" is the domain without it. Two sources that exclude
each other make a conflict: the fact is unknown again, and named.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import orjson
import polars as pl

from claimwright.determine import truth
from claimwright.determine.plan import Leaf, Plan
from claimwright.policies.model import Fact

Cell = str | bool | float | date


@dataclass(frozen=True)
class Stated:
    """What one line's sources say. `values`: fact → what it may be; `sources`: fact → who says so."""

    values: tuple[tuple[str, frozenset[Cell]], ...] = ()
    sources: tuple[tuple[str, str], ...] = ()
    conflicts: tuple[str, ...] = ()
    misread: tuple[str, ...] = ()  # what was stated but could not be understood, with help

    def possible(self, fact: str) -> frozenset[Cell] | None:
        """The values a fact may have; None when nothing is known of it."""
        return next((cells for name, cells in self.values if name == fact), None)


NOTHING = Stated()


def read(text: str | None, plan: Plan) -> Stated:
    """Read the `stated` column of one line: a JSON object, fact → value, {value, source}, {not: …}, or a list of these.

    What names no fact, or no value of the fact, lands in `misread` and leaves the fact unknown.
    """
    if not text:
        return NOTHING
    values: list[tuple[str, frozenset[Cell]]] = []
    sources: list[tuple[str, str]] = []
    conflicts: list[str] = []
    misread: list[str] = []
    for word, said in orjson.loads(text).items():
        fact = plan.library.fact(word)
        if fact is None or plan.library.facts[fact.name].column:
            misread.append(f"{word}: not a fact that can be stated")
            continue
        domain = _domain_of(fact)
        possible: frozenset[Cell] | None = None
        for claim in said if isinstance(said, list) else [said]:
            value, source = (
                (claim.get("value", claim), claim.get("source", "person"))
                if isinstance(claim, dict)
                else (
                    claim,
                    "person",
                )
            )
            cells = _cells(value, fact, domain)
            if cells is None:
                misread.append(f"{word}: {_allowed(fact)}")
                continue
            sources.append((fact.name, str(source)))
            if possible is not None and not possible & cells:
                conflicts.append(fact.name)
                possible = None
                break
            possible = cells if possible is None else possible & cells
        if possible is not None:
            values.append((fact.name, possible))
    return Stated(tuple(values), tuple(sources), tuple(conflicts), tuple(misread))


def _domain_of(fact: Fact) -> frozenset[Cell]:
    return frozenset(name for name, _ in fact.values)


def _allowed(fact: Fact) -> str:
    if fact.type == "choice":
        return "one of " + ", ".join(name for name, _ in fact.values)
    return {"yes/no": "true or false", "date": "a date like 2026-03-10"}.get(fact.type, "a number")


def _cells(value: Any, fact: Fact, domain: frozenset[Cell]) -> frozenset[Cell] | None:
    """The values a statement leaves possible; None when it cannot be understood."""
    if isinstance(value, dict) and set(value) == {"not"}:
        excluded = _cells(value["not"], fact, domain)
        return domain - excluded if excluded and domain else None
    if fact.type == "choice":
        return frozenset({value}) if value in domain else None
    if fact.type == "yes/no":
        answer = {"yes": True, "no": False}.get(value, value) if isinstance(value, str) else value
        return frozenset({answer}) if isinstance(answer, bool) else None
    if fact.type == "date":
        try:
            return frozenset({date.fromisoformat(value)})
        except (TypeError, ValueError):
            return None
    return frozenset({float(value)}) if isinstance(value, int | float) and not isinstance(value, bool) else None


def cells_of(fact: Fact, leaves: Iterable[Leaf]) -> tuple[Cell, ...]:
    """The domain of a fact cut by the predicates that read it: one value for each way it can turn out.

    For numbers and dates these are the values at and around every bound that a predicate names.
    """
    if fact.type == "yes/no":
        return (True, False)
    if fact.type == "choice":
        return tuple(name for name, _ in fact.values)
    bounds = [operand for leaf in leaves for operand in leaf.predicate.operands]
    if fact.type == "date":
        days = sorted({date.fromisoformat(bound) for bound in bounds})
        around = {day + timedelta(days=step) for day in days for step in (-1, 0, 1)}
        return tuple(sorted(around)) or (date(2000, 1, 1),)
    numbers = sorted({float(bound) for bound in bounds})
    return tuple(sorted({number + step for number in numbers for step in (-0.5, 0, 0.5)})) or (0.0,)


@lru_cache(maxsize=4096)
def leaf_over(leaf: Leaf, kind: str, cells: tuple[Cell, ...]) -> tuple[int, ...]:
    """The truth of a leaf for each value of its fact, by the same predicates that run over columns."""
    values = pl.Series(list(cells), dtype=pl.Float64) if kind == "number" else pl.Series(list(cells))
    return tuple(int(value) for value in truth.of_scalar(leaf.predicate, values, None))


def leaf_truth(leaf: Leaf, fact: Fact, stated: Stated) -> int:
    """The truth of a leaf given what is stated of its fact: unknown unless all values it may have agree."""
    possible = stated.possible(fact.name)
    cells = tuple(sorted(possible, key=str)) if possible else cells_of(fact, (leaf,))
    outcomes = set(leaf_over(leaf, fact.type, cells))
    return outcomes.pop() if len(outcomes) == 1 else truth.UNKNOWN
