"""What kernels work on: the lines of a batch, what is known beside them, and the columns made so far."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from claimwright.determine.beside import Beside
from claimwright.determine.facts import given
from claimwright.determine.facts.edits import Pairs
from claimwright.determine.facts.furnishers import Furnishers
from claimwright.determine.facts.growing import Growing
from claimwright.determine.facts.overlaps import Overlaps
from claimwright.determine.facts.visits import CodeDays, Visits, code_days, units_a_day
from claimwright.determine.membership import Numbers as CodeNumbers
from claimwright.determine.membership import code_numbers
from claimwright.determine.plan import SHARED, Plan
from claimwright.determine.stated import Stated
from claimwright.policies.model import Fact
from claimwright.reference.releases import Releases

Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


@dataclass
class Bench:
    """What kernels work on, and what they have made so far.

    `found` has the columns made; `silent` marks, for each table, the lines on which it could not speak, `conflicts`,
    for each fact, those on which its sources disagree. `reads` tells the lines whose clauses read a column.
    """

    plan: Plan
    releases: Releases
    lines: pl.DataFrame
    days: npt.NDArray[np.int32]
    procedures: CodeNumbers
    visits: Visits
    pairs: Pairs | None
    stated: tuple[Stated, ...]
    stated_of: npt.NDArray[np.int64]
    reads: Callable[[str], Flags]
    silent: dict[str, Flags]
    beside: Beside
    furnishers: Furnishers
    overlaps: Overlaps
    found: dict[str, pl.Series] = field(default_factory=dict)
    conflicts: dict[str, Flags] = field(default_factory=dict)

    @cached_property
    def units(self) -> Floats:
        return units_a_day(self.lines)

    @cached_property
    def code_days(self) -> CodeDays:
        """The units of a code and its provider on a day."""
        return code_days(self.visits, self.procedures, self.units, self.furnishers.apart, self.overlaps)

    @cached_property
    def last_of_code(self) -> Flags:
        """The last row of each code of a visit, whoever furnished it."""
        return code_days(self.visits, self.procedures, self.units).last

    def column(self, name: str) -> pl.Series | None:
        """A column made before, or one of the lines; None when nobody fills it."""
        return self.found[name] if name in self.found else self.lines[name] if name in self.lines.columns else None

    def numbers(self, name: str) -> Floats:
        """A column of numbers, nan where it is unknown or nobody fills it."""
        column = self.column(name)
        if column is None:
            return np.full(self.lines.height, np.nan)
        return column.cast(pl.Float64).to_numpy()

    def uses(self, column: str) -> str:
        """The shared code set that the fact of a column names for its kernel."""
        return next(fact.uses for fact in self.plan.library.facts.values() if fact.column == column)

    def in_set(self, name: str) -> Flags:
        """Which lines bill a code of a shared set."""
        return self._held(name, self.procedures, self.days)

    def codes_in_set(self, name: str, codes: pl.Series, days: npt.NDArray[np.int32]) -> Flags:
        """Which of some codes, each on its day, are in a shared set."""
        return self._held(name, code_numbers(codes), days)

    def _held(self, name: str, numbers: CodeNumbers, days: npt.NDArray[np.int32]) -> Flags:
        table = self.plan.membership[SHARED]
        held: Flags = (table.bits(numbers, days) & np.uint64(table.bit((name,)))) != 0
        return held

    def where_whole(self, name: str, values: Floats) -> pl.Series:
        """A count over the day; unknown where more may have been billed that day, or where it is no number."""
        return pl.Series(name, np.where(self.visits.open_ended, np.nan, values), nan_to_null=True)

    def seen_that_day(self, name: str, values: Floats) -> tuple[pl.Series, pl.Series]:
        """A count over the day, nan where it is no number, and where more may have been billed that day."""
        return Growing(values, self.visits.open_ended).columns(name)

    def _closed_where_stated(self, fact: Fact) -> None:
        """A count that somebody states is whole; one of what was seen may be larger."""
        name = f"{fact.column}_more"
        told = np.array([one.single(fact.name) is not None for one in self.stated], dtype=np.bool_)[self.stated_of]
        marks = self.found[name].to_numpy() if name in self.found else np.ones(told.size, dtype=np.bool_)
        self.found[name] = pl.Series(name, marks & ~told)

    def lay(self, fact: Fact) -> None:
        """What sources state of a fact, into its column where it has one."""
        carried = self.column(fact.column) if fact.column else None
        column, apart = given.laid(fact, carried, self.stated, self.stated_of)
        if column is not None and fact.column:
            self.found[fact.column] = column
        if fact.grows and carried is not None:
            self._closed_where_stated(fact)
        if apart is not None:
            self.conflicts[fact.name] = apart


class Kernel(NamedTuple):
    """Columns that are made together, those they are made of (of other kernels, and of lines alone), and how."""

    gives: frozenset[str]
    reads: frozenset[str]
    lines: frozenset[str]
    make: Callable[[Bench], Iterable[pl.Series]]


def kernel(
    gives: Iterable[str],
    make: Callable[[Bench], Iterable[pl.Series]],
    *,
    reads: Iterable[str] = (),
    lines: Iterable[str] = (),
) -> Kernel:
    """A kernel of these columns."""
    return Kernel(frozenset(gives), frozenset(reads), frozenset(lines), make)
