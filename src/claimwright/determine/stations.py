"""Applicability as an index: from (program, payer, contractor, form, code, day) to the clauses in force.

Lines that face the same clauses share a station, so that a policy's predicates run only on the lines it can touch.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import numpy.typing as npt
import polars as pl

from claimwright.days import starts
from claimwright.determine.atoms import Rows
from claimwright.determine.decide import Docket
from claimwright.determine.membership import EPOCH_0, code_numbers
from claimwright.determine.plan import Leaf, Plan, Ready
from claimwright.determine.truth import FALSE, TRUE
from claimwright.lines.answers import Channel, NamedSilence, Outcome, Silence
from claimwright.policies.model import CheckSpec, Policy, Program

# facts that are the same for every line of a bucket, and so are judged once for it
CONSTANT = frozenset({"procedure", "claim form"})
KEYS = ("program", "payer", "contractor", "form", "procedure")
_KEY_TYPE = pl.Categorical(pl.Categories("claimwright.keys"))


@dataclass(frozen=True)
class Station:
    """The clauses some lines have to face, and what can be said of all of them alike."""

    program: Program | None
    clauses: tuple[Ready, ...]  # in force, whose constant conditions hold; first authority first
    settled: frozenset[Leaf]  # the constant leaves that hold
    silences: tuple[NamedSilence, ...]
    checks: tuple[tuple[CheckSpec, bool, str], ...]  # what is looked at, whether a loaded policy speaks, and which

    def docket(self, plan: Plan) -> Docket | None:
        if self.program is None:
            return None
        coverage = tuple(ready for ready in self.clauses if ready.clause.channel is Channel.COVERAGE)
        return Docket(plan, self.program, coverage)


@dataclass(frozen=True)
class Index:
    """`of` gives each row's station; `stations` lists them."""

    of: npt.NDArray[np.int64]
    stations: tuple[Station, ...]


class Stations:
    """Builds stations for one plan, remembering each bucket it has met."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        spans = [ready.clause.in_force for ready in plan.clauses]
        days = set(starts(spans))
        for table in plan.membership.values():
            days.update(table.starts)
        for policy in plan.library.policies:
            days.update(date.fromisoformat(day) for day in (policy.began, policy.modelled_from) if day)
        self._edges = sorted(days)
        self._edges_as_days = np.array([(day - EPOCH_0).days for day in self._edges], dtype=np.int32)
        self._buckets: dict[tuple[str | None, ...], int] = {}
        self._numbers: dict[tuple[object, ...], int] = {}
        self._stations: list[Station] = []

    def index(self, lines: pl.DataFrame, days: npt.NDArray[np.int32], has_day: npt.NDArray[np.bool_]) -> Index:
        """Assign each line to its station. `days` counts from 1970-01-01 and means nothing where `has_day` is false."""
        eras = np.where(has_day, np.searchsorted(self._edges_as_days, days, side="right") + 1, 0)
        parts = lines.select(pl.col(name).cast(_KEY_TYPE).to_physical().fill_null(0xFFFF) for name in KEYS[:3])
        widths = (10, 10, 10, 2, 12, 20)
        columns = [
            *(parts[name].to_numpy().astype(np.uint64) & np.uint64(0x3FF) for name in KEYS[:3]),
            lines["form"].to_physical().fill_null(3).to_numpy().astype(np.uint64),
            eras.astype(np.uint64),
            code_numbers(lines["procedure"]).astype(np.uint64) & np.uint64(0xFFFFF),
        ]
        packed = np.zeros(lines.height, dtype=np.uint64)
        for width, column in zip(widths, columns, strict=True):
            packed = (packed << np.uint64(width)) | column
        keys = pl.DataFrame({"key": packed, "row": np.arange(lines.height)})
        distinct = keys.group_by("key").agg(pl.col("row").first())
        firsts = distinct["row"].to_numpy()
        buckets = lines.select(KEYS).gather(firsts).with_columns(pl.Series("era", eras[firsts]))
        numbers = self._assign(buckets)
        joined = keys.join(
            distinct.select("key", pl.Series("station", numbers, dtype=pl.Int64)),
            on="key",
            how="left",
            maintain_order="left",
        )
        return Index(joined["station"].to_numpy(), tuple(self._stations))

    def _assign(self, buckets: pl.DataFrame) -> list[int]:
        """The station of each bucket; those not met before are judged together."""
        keys = [tuple(None if cell is None else str(cell) for cell in row) for row in buckets.iter_rows()]
        fresh = [place for place, key in enumerate(keys) if key not in self._buckets]
        if fresh:
            chosen = buckets.gather(fresh)
            day = [self._day(era) for era in chosen["era"].to_list()]
            as_days = np.array([((d or EPOCH_0) - EPOCH_0).days for d in day], dtype=np.int32)
            rows = Rows(self._plan, chosen, as_days, _nothing_stated)
            for place, at in enumerate(fresh):
                self._buckets[keys[at]] = self._number(
                    self._station(rows, place, chosen.row(place, named=True), day[place])
                )
        return [self._buckets[key] for key in keys]

    def _day(self, era: int) -> date | None:
        """A day that stands for an era: 0 is no day at all, 1 lies before the first edge."""
        if era == 0:
            return None
        return (
            self._edges[max(era - 2, 0)]
            if era >= 2
            else (self._edges[0] - (date(2, 1, 2) - date(2, 1, 1)) if self._edges else EPOCH_0)
        )

    def _number(self, station: Station) -> int:
        key = (
            station.program.id if station.program else None,
            tuple(ready.number for ready in station.clauses),
            station.silences,
            station.checks,
        )
        if key not in self._numbers:
            self._numbers[key] = len(self._stations)
            self._stations.append(station)
        return self._numbers[key]

    def _station(self, rows: Rows, place: int, bucket: dict[str, str | None], day: date | None) -> Station:
        program = self._plan.library.programs.get(bucket["program"] or "")
        silences: list[NamedSilence] = []
        if bucket["program"] is None:
            silences.append(
                NamedSilence(Silence.NO_POLICY, "CLM-PAYER-UNKNOWN", "no row of the payer table names this payer")
            )
        elif program is None:
            why = f"no order of authority is loaded for the program {bucket['program']}"
            silences.append(NamedSilence(Silence.NO_POLICY, "COV-POLICY-UNKNOWN", why))
        if day is None:
            why = "without a date of service no version of a policy can be chosen"
            silences.append(NamedSilence(Silence.NO_SERVICE_DATE, "", why))
        if program is None or day is None:
            return Station(None, (), frozenset(), tuple(silences), ())
        applying = [p for p in self._plan.library.policies if _applies(p, bucket) and program.rank(p.instrument) >= 0]
        if program.must_have and not any(policy.instrument in program.must_have for policy in applying):
            why = f"no {' or '.join(program.must_have)} of this payer is loaded"
            finding = program.finding_for(Silence.NO_POLICY)
            silences.append(NamedSilence(Silence.NO_POLICY, finding, why))
            # a mandate or a contract may still speak; where nothing does, nothing can be determined
            program = replace(program, end_coded=Outcome.INDETERMINATE, end_documented=Outcome.INDETERMINATE)
        clauses: list[Ready] = []
        settled: set[Leaf] = set()
        names = {policy.id for policy in applying}
        speaking: set[str] = set()
        for ready in self._plan.clauses:
            if ready.policy.id not in names:
                continue
            constant = [tree for tree in ready.when if isinstance(tree, Leaf) and tree.fact in CONSTANT]
            if any(rows.leaf(leaf)[place] == FALSE for leaf in constant):
                continue
            speaking.add(ready.policy.id)
            if day in ready.clause.in_force:
                settled.update(leaf for leaf in constant if rows.leaf(leaf)[place] == TRUE)
                clauses.append(ready)
        silences.extend(_not_modelled(applying, speaking, program, day))
        clauses.sort(key=lambda ready: (program.rank(ready.policy.instrument), ready.number))
        return Station(
            program, tuple(clauses), frozenset(settled), tuple(silences), _checks(program, applying, speaking)
        )


def _applies(policy: Policy, bucket: dict[str, str | None]) -> bool:
    """An empty list in `applies to` narrows nothing."""
    for allowed, key in (
        (policy.programs, "program"),
        (policy.payers, "payer"),
        (policy.contractors, "contractor"),
        (policy.forms, "form"),
    ):
        if allowed and bucket[key] not in allowed:
            return False
    return True


def _not_modelled(applying: list[Policy], speaking: set[str], program: Program, day: date) -> Iterable[NamedSilence]:
    """Before its first day a policy has nothing to say; between that and the first modelled day it is not modelled."""
    for policy in applying:
        if policy.id in speaking and policy.modelled_from and day < date.fromisoformat(policy.modelled_from):
            if policy.began and day < date.fromisoformat(policy.began):
                continue
            why = f"{policy.id} is modelled from {policy.modelled_from} on"
            yield NamedSilence(Silence.NOT_MODELLED, program.finding_for(Silence.NOT_MODELLED), why)


def _checks(program: Program, applying: list[Policy], speaking: set[str]) -> tuple[tuple[CheckSpec, bool, str], ...]:
    found = []
    for check in program.checks:
        if check.table:
            standing = [p.id for p in applying if check.table in {table for _, table in p.tables}]
            found.append((check, bool(standing), "" if standing else "no loaded policy uses this table here"))
            continue
        heard = [p.id for p in applying if p.instrument in check.instruments and p.id in speaking]
        why = (
            ", ".join(heard)
            if heard
            else f"no loaded {' or '.join(check.instruments)} speaks of this code for this payer"
        )
        found.append((check, bool(heard), why))
    return tuple(found)


def _nothing_stated(leaf: Leaf) -> npt.NDArray[np.uint8]:
    raise AssertionError(f"{leaf} is not constant in a bucket")
