"""Every place in which a program can meet a line: payer, contractor, form, kind of code and stretch of days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import product

import numpy as np
import numpy.typing as npt
import polars as pl

from claimwright.days import ONE_DAY
from claimwright.determine.membership import EPOCH_0, code_numbers
from claimwright.determine.plan import Plan, Ready
from claimwright.determine.stations import KEYS, PAIR, Station, Stations
from claimwright.determine.trees import Leaf, leaves
from claimwright.lines.answers import Channel
from claimwright.policies.model import Program
from claimwright.policies.predicates import SET_PREDICATES
from claimwright.proving.ways import named_codes

FORMS = ("professional", "institutional")


@dataclass(frozen=True)
class Place:
    """One station, met by a code on a day; `stretch` is the day's place in `Places.days`."""

    station: Station
    payer: str | None
    contractor: str | None
    form: str
    code: str
    stretch: int


@dataclass(frozen=True)
class Places:
    """The places of one plan."""

    plan: Plan

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The first day of each stretch in which nothing changes; the last day of the one before the first edge."""
        bounds = {
            day
            for ready in self.plan.clauses
            for leaf in ready.all_leaves
            if self.plan.fact(leaf).column == "service_from"
            for operand in leaf.predicate.operands
            for day in (date.fromisoformat(operand), date.fromisoformat(operand) + ONE_DAY)
        }
        edges = sorted(bounds.union(self._stations.edges))
        return (edges[0] - ONE_DAY, *edges) if edges else (EPOCH_0,)

    def said(self, first: int, last: int) -> str:
        """The days from one stretch to another as a sentence says them."""
        until = self.days[last + 1] - ONE_DAY if last + 1 < len(self.days) else None
        if not first:
            return f"until {until}" if until else "on every day"
        return f"from {self.days[first]} to {until}" if until else f"from {self.days[first]} on"

    @cached_property
    def alike(self) -> dict[str, tuple[str, ...]]:
        """One code for each kind that coverage clauses tell apart on some day, with all codes of its kind."""
        kinds: dict[bytes, list[str]] = {}
        for at, code in enumerate(self._codes):
            kinds.setdefault(b"".join(held[:, at].tobytes() for held in self._held.values()), []).append(code)
        return {same[0]: tuple(same) for same in kinds.values()}

    def speaks(self, ready: Ready, code: str, stretch: int) -> bool:
        """Whether a clause names a code: one of its conditions holds because of it."""
        return any(leaf in self._held and self.holds(leaf, code, stretch) for leaf in ready.all_leaves)

    def holds(self, leaf: Leaf, code: str, stretch: int) -> bool:
        """Whether a condition on the line's own code holds."""
        return bool(self._held[leaf][stretch, self._codes.index(code)])

    def of(self, program: Program) -> Iterator[Place]:
        """Every place of a program: each code and stretch once for each payer, contractor and form."""
        heard = [policy for policy in self.plan.library.policies if program.id in (policy.programs or (program.id,))]
        payers = (None, *dict.fromkeys(name for policy in heard for name in policy.payers))
        contractors = (None, *dict.fromkeys(name for policy in heard for name in policy.contractors))
        met = list(product(payers, contractors, FORMS, self.alike, range(len(self.days))))
        if not met:
            return
        payer, contractor, form, procedure, stretches = zip(*met, strict=True)
        told = {"payer": payer, "contractor": contractor, "form": form, "procedure": procedure}
        lines = pl.DataFrame({"program": [program.id] * len(met), **told}, schema=dict.fromkeys(KEYS, pl.String))
        days = np.array([(self.days[stretch] - EPOCH_0).days for stretch in stretches], dtype=np.int32)
        every = np.ones(len(met), dtype=np.bool_)
        index = self._stations.index(lines, code_numbers(lines["procedure"]), days, every, every)
        for number, place in zip(index.of.tolist(), met, strict=True):
            yield Place(index.stations[number], *place)

    @cached_property
    def _stations(self) -> Stations:
        return Stations(self.plan)

    @cached_property
    def _named(self) -> tuple[Leaf, ...]:
        """The conditions on the line's own code, of coverage clauses and open cases; those of pair edits are apart."""
        clauses = (
            leaf
            for ready in self.plan.clauses
            if ready.clause.channel is Channel.COVERAGE and ready.clause.each != PAIR
            for leaf in ready.all_leaves
        )
        programs = self.plan.library.programs.values()
        left_open = (tree for program in programs for trees in self.plan.open_cases(program) for tree in trees)
        return tuple(
            leaf
            for leaf in dict.fromkeys((*clauses, *(leaf for tree in left_open for leaf in leaves(tree))))
            if self.plan.fact(leaf).column == "procedure"
            and self.plan.fact(leaf).type == "code"
            and leaf.predicate.op in SET_PREDICATES
        )

    @cached_property
    def _codes(self) -> tuple[str, ...]:
        return tuple(sorted({code for leaf in self._named for code in named_codes(self.plan, leaf)}))

    @cached_property
    def _held(self) -> dict[Leaf, npt.NDArray[np.bool_]]:
        """For each leaf that names codes: on which stretch (row) it holds of which code (column)."""
        numbers = code_numbers(pl.Series(self._codes, dtype=pl.String))
        found = {}
        for leaf in self._named:
            table = self.plan.membership[leaf.scope]
            bit = np.uint64(table.bit(leaf.predicate.operands))
            days = [np.full(len(self._codes), (day - EPOCH_0).days, dtype=np.int32) for day in self.days]
            inside = np.array([(table.bits(numbers, day) & bit) != 0 for day in days])
            found[leaf] = inside if leaf.predicate.op == "in" else ~inside
        return found
