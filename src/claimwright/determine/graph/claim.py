"""The plain claim that a chart stands for, and what it faces at one payer.

It is a professional claim of one line from an office: one unit of the code without a modifier, the only line of its
day, received on that day. Diagnoses, the patient's age and all that no claim carries are open, and asked where they
matter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl

from claimwright.determine.batch import Batch
from claimwright.determine.decide import Known, Walk, begin
from claimwright.determine.docket import Docket
from claimwright.determine.engine import Engine
from claimwright.determine.plan import Plan, Ready
from claimwright.determine.sources import Sources
from claimwright.determine.stated import NOTHING
from claimwright.determine.stations import PAIR, Station, Stations
from claimwright.determine.truth import TRUE
from claimwright.lines.answers import View
from claimwright.lines.case import Case, lines_of
from claimwright.lines.schema import LINE_SCHEMA
from claimwright.reference import contractors, payers

PLAIN = "an office's claim of one line: one unit of the code, no modifier, nothing else that day, filed in time"
_OFFICE = "11"  # place of service


@dataclass(frozen=True)
class Branch:
    """One way to bill: its name on a chart, the payer as a case says it, and the state that tells a contractor."""

    name: str
    payer: Mapping[str, Any]
    state: str | None = None


@dataclass(frozen=True)
class Faced:
    """What the plain claim faces at one payer. `walk` is None where no order of authority is loaded."""

    branch: Branch
    station: Station
    walk: Walk | None = field(hash=False)

    @property
    def spoken_of(self) -> bool:
        """True when some coverage clause speaks of the code."""
        return self.walk is not None and bool(self.walk.docket.clauses)


@dataclass(frozen=True)
class PlainClaim:
    """The plain claim for a code on a day, by a plan whose derived facts are folded."""

    engine: Engine
    plan: Plan
    code: str
    day: date

    @cached_property
    def _stations(self) -> Stations:
        return Stations(self.plan)

    def at(self, branch: Branch) -> Faced:
        """What it faces at a payer. Raises pydantic's ValidationError for what a case cannot hold."""
        told = payers.match(self._line(branch), self.engine.payer_table)
        sources = Sources(self.engine.releases, self.engine.payer_table)
        batch = Batch(self.plan, self._stations, sources, contractors.assign(told, self.engine.contractors))
        station = batch.index.stations[int(batch.index.of[0])]
        if station.program is None:
            return Faced(branch, station, None)
        drawn = [ready for ready in station.coverage if _drawn(ready)]
        rows = batch.over(np.array([0]))
        read = {leaf for ready in drawn for leaf in ready.all_leaves if self.plan.carried(leaf)}
        carried = {leaf: int(rows.leaf(leaf)[0]) for leaf in read if leaf not in station.settled}
        docket = Docket(self.plan, station.program, tuple(_as_drawn(ready) for ready in drawn))
        known = Known({**dict.fromkeys(station.settled, TRUE), **carried}, NOTHING)
        return Faced(branch, station, begin(docket, View.DOCUMENTED, known))

    def _line(self, branch: Branch) -> pl.DataFrame:
        case = Case.model_validate(
            {
                "form": "professional",
                "provider": {"npi": "CHART", **({"state": branch.state} if branch.state else {})},
                "payer": dict(branch.payer),
                "whole_day": True,
                "received": str(self.day),
                "lines": [
                    {"procedure": self.code, "service": str(self.day), "modifiers": [], "units": 1, "place": _OFFICE}
                ],
            }
        )
        # one patient without a birth date: the day is known to be whole, and the age is not
        return lines_of(case, file="chart").with_columns(patient=pl.lit(1, dtype=LINE_SCHEMA["patient"]))


def _drawn(ready: Ready) -> bool:
    """A clause on pairs needs a second line, which the plain claim has not; one that leans gives no outcome."""
    return ready.clause.each != PAIR and ready.clause.then is not None


def _as_drawn(ready: Ready) -> Ready:
    """The clause as a chart asks it: what it needs, and that it is presumed, stand in the box of its outcome."""
    return replace(ready, needs=(), liability=(), clause=replace(ready.clause, presumptive=False))
