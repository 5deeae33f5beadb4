"""The engine: lines in, determinations and findings out, columns all the way and reasoning once per combination."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

import polars as pl

from claimwright.determine import any_day, frames
from claimwright.determine import plan as planning
from claimwright.determine.batch import columns_read
from claimwright.determine.combine import Combinations
from claimwright.determine.facts import standing
from claimwright.determine.notes import joining, matching
from claimwright.determine.plan import Plan
from claimwright.determine.run import Determined, Run
from claimwright.determine.sides import NO_SIDES, Sides
from claimwright.determine.sources import Sources
from claimwright.determine.stations import Stations
from claimwright.policies.model import Library
from claimwright.reference import contractors, payer_table, payers
from claimwright.reference.contractors import Contractors
from claimwright.reference.payer_table import PayerTable
from claimwright.reference.releases import Releases


@dataclass(repr=False)  # policies and tables have no place in a message
class Engine:
    """A library, its reference data, and what was reasoned so far; one serves a process, and may be asked again."""

    library: Library
    releases: Releases
    payer_table: PayerTable = field(default_factory=payer_table.load)
    contractors: Contractors = field(default_factory=contractors.load)
    fees: pl.DataFrame | None = None  # of contracts, for runs whose sides have none

    @cached_property
    def plan(self) -> Plan:
        return planning.make_ready(self.library)

    @cached_property
    def columns_read(self) -> frozenset[str]:
        """The columns of LINE_SCHEMA that a decision and its flat tables read; an explanation in full reads more."""
        of_notes = {"note", *matching.READ}
        read = {*payers.READ, *contractors.READ, *standing.READ, *frames.KEY, *columns_read(self.plan)}
        return frozenset(read | of_notes)

    @cached_property
    def _stations(self) -> Stations:
        return Stations(self.plan)

    @cached_property
    def combinations(self) -> Combinations:
        return Combinations(self.plan)

    def determine(self, lines: pl.DataFrame, sides: Sides = NO_SIDES) -> Determined:
        """Decide lines of LINE_SCHEMA, in the light of what is known beside them.

        All lines of a patient's day have to be among them.
        """
        whole = lines.rechunk()  # a frame read in pieces would be put together anew at every step
        known = contractors.assign(payers.match(whole, self.payer_table), self.contractors)
        told, noted = joining.joined(known, sides.notes, self.plan)
        given = sides if sides.fees is not None else replace(sides, fees=self.fees)
        sources = Sources(self.releases, self.payer_table, given)

        def of(some: pl.DataFrame) -> Determined:
            return Run(self.plan, self._stations, self.combinations, sources, some).determined()

        days = any_day.days(self.plan, self._stations.edges)
        return replace(any_day.united(of(told), of, days, self.combinations), noted=noted)
