"""Side files beside the lines of a batch: each kernel with what it needs, everything that several need made once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from claimwright.determine.facts import allowed, authorizations, disciplines, history, limits, plans, plans_of_care
from claimwright.determine.facts import people as who
from claimwright.determine.facts import story as telling
from claimwright.determine.facts.growing import Growing
from claimwright.determine.facts.visits import Visits
from claimwright.determine.sides import Sides
from claimwright.reference import payer_table
from claimwright.reference.payer_table import PayerTable

Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
InSet = Callable[[pl.Series, npt.NDArray[np.int32]], Flags]  # codes and days (since 1970) → which are in a code set

# the columns of lines that are read beside those of every batch
READ = tuple(dict.fromkeys((*telling.READ, *authorizations.READ, *plans_of_care.READ, "service_to")))


@dataclass
class Beside:
    """Lines of a batch and what is known beside them. A kernel whose file was not given makes no columns."""

    lines: pl.DataFrame
    visits: Visits
    live: Flags
    sides: Sides
    table: PayerTable = field(default_factory=payer_table.load)

    @cached_property
    def people(self) -> who.People:
        return who.people(self.lines)

    @cached_property
    def disciplines(self) -> disciplines.Numbers:
        return disciplines.of_visit(disciplines.told(self.lines), self.visits)

    @cached_property
    def story(self) -> telling.Story:
        found, lost = self.sides.history, self.sides.history_lost
        return telling.story(self.lines, self.visits, self.live, found, self.table, lost=lost)

    @cached_property
    def _in_force(self) -> pl.DataFrame | None:
        found = self.sides.plans
        if found is None:
            return None
        return plans.in_force(self.lines, found, self.people, who.payers_named(self.lines, found, self.table))

    def plans(self) -> list[pl.Series]:
        """The columns of `facts.plans`."""
        return [] if self._in_force is None else self._in_force.select(plans.COLUMNS).get_columns()

    def limit_reached(self, therapy: InSet) -> list[pl.Series]:
        """`benefit_limit_reached`."""
        if self._in_force is None:
            return []
        return [limits.limit_reached(self.story, self._in_force, therapy(self.story.codes, self.story.days))]

    def authorizations(self) -> list[pl.Series]:
        """The columns of `facts.authorizations`."""
        found = self.sides.authorizations
        return [] if found is None else authorizations.behind(self.lines, found, self.people, self.live)

    def plans_of_care(self) -> tuple[list[pl.Series], dict[str, Growing]]:
        """The columns of `facts.plans_of_care`, and `days_to_sending`."""
        found = self.sides.plans_of_care
        if found is None:
            return [], {}
        columns, sending = plans_of_care.behind(self.lines, found, self.people, self.disciplines)
        return columns, {plans_of_care.SENDING: sending}

    def treatment_days(self, therapy: InSet, episode: float) -> dict[str, Growing]:
        """`treatment_day` and, where plans of care tell the reports, `treatment_days_since_report`."""
        marked = therapy(self.story.codes, self.story.days)
        found = {"treatment_day": history.treatment_day(self.story, marked, episode)}
        of_care = self.sides.plans_of_care
        if of_care is not None:
            reports = plans_of_care.last_report(self.lines, of_care, self.people, self.disciplines)
            since = history.treatment_days_since_report(self.story, marked, episode, reports)
            found["treatment_days_since_report"] = since
        return found

    def modality_only_visits(self, modality: InSet) -> dict[str, Growing]:
        return {
            "modality_only_visits": history.modality_only_visits(
                self.story, modality(self.story.codes, self.story.days)
            )
        }

    def allowed_for_visit(self) -> list[pl.Series]:
        """`allowed_for_visit`, where a history was given."""
        return [allowed.for_visit(self.story)] if self.story.given else []

    def allowed(self, of_visit: Floats) -> dict[str, Growing]:
        """`allowed_this_year` and `allowed_with_visit`; `of_visit` is what is known of each line's visit, else nan."""
        before, with_it = allowed.this_year(self.story, of_visit)
        return {"allowed_this_year": before, "allowed_with_visit": with_it}
