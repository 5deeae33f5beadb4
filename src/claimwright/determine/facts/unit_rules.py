"""How a payer counts the units of a code by a document of its own, as a site names it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from claimwright.policies.found import UnitRule
from claimwright.policies.model import CodeRow

NONE = "none"
READ = ("program", "payer", "payer_name", "procedure", "service_from")
MEDICARES_OWN = "medicare-part-b"  # counts by its own manual, whatever a site writes


@dataclass(frozen=True)
class _Rule:
    """A rule, with the codes and days its `code` stands for."""

    rule: UnitRule
    rows: tuple[CodeRow, ...]

    def holds(self, payer: str | None, name: str | None, code: str | None, day: date | None) -> bool:
        its_own = _plain(self.rule.payer) in _names(payer, name)
        if day is None or code is None or day not in self.rule.span or not its_own:
            return False
        if not self.rows:
            return code == self.rule.code.upper()
        return any(row.code == code and day in row.span for row in self.rows)


def named(record: Mapping[str, Any], rules: Iterable[UnitRule], shared: Iterable[CodeRow]) -> UnitRule | None:
    """The rule that holds for one line, given as its columns."""
    told = [record.get(name) for name in READ[1:]]
    found = (one.rule for one in _ready(rules, shared) if one.holds(*told))
    return None if record.get("program") == MEDICARES_OWN else next(found, None)


def of_lines(lines: pl.DataFrame, rules: Iterable[UnitRule], shared: Iterable[CodeRow]) -> pl.Series:
    """`unit_rule`: the rule that holds for each line's payer, code and day; `none` where there is no such rule."""
    ready = _ready(rules, shared)
    if not ready:
        return pl.Series("unit_rule", [NONE], dtype=pl.String).new_from_index(0, lines.height)
    told = lines.select(pl.col("program", "payer", "payer_name", "procedure").cast(pl.String), "service_from")
    distinct = told.unique(maintain_order=True)
    named = distinct.with_columns(pl.Series("unit_rule", list(_found(distinct, ready)), dtype=pl.String))
    return told.join(named, on=READ, how="left", maintain_order="left", nulls_equal=True)["unit_rule"]


def _ready(rules: Iterable[UnitRule], shared: Iterable[CodeRow]) -> list[_Rule]:
    wanted = tuple(rules)
    by_set: dict[str, list[CodeRow]] = {}
    for row in shared if wanted else ():
        by_set.setdefault(row.set, []).append(row)
    return [_Rule(rule, tuple(by_set.get(rule.code, ()))) for rule in wanted]


def _found(distinct: pl.DataFrame, ready: list[_Rule]) -> Iterator[str]:
    for program, payer, name, code, day in distinct.iter_rows():
        holding = (one.rule.rule for one in ready if one.holds(payer, name, code, day))
        yield NONE if program == MEDICARES_OWN else next(holding, NONE)


def _names(*names: str | None) -> set[str]:
    return {_plain(name) for name in names if name}


def _plain(name: str) -> str:
    """A name without what people write differently.

    >>> _plain("ACME  Health, Inc."), _plain("acme health inc")
    ('acme health inc', 'acme health inc')
    """
    return " ".join("".join(sign if sign.isalnum() else " " for sign in name.lower()).split())
