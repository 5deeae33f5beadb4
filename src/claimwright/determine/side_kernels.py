"""The kernels over what is known beside the claims: plans, authorizations, plans of care, and earlier visits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

import numpy as np
import polars as pl

from claimwright.determine import beside
from claimwright.determine.bench import Bench, kernel
from claimwright.determine.facts import authorizations, plans, plans_of_care
from claimwright.determine.facts.growing import Growing

# which columns need which kind of file; facts that nothing fills are named once for a run
OF_KIND: Mapping[str, frozenset[str]] = {
    "history": frozenset({"allowed_for_visit", "allowed_this_year", "allowed_with_visit", "modality_only_visits"}),
    "plans": frozenset({*plans.COLUMNS, "benefit_limit_reached"}),
    "authorizations": frozenset(authorizations.COLUMNS),
    "plans-of-care": frozenset(
        {*plans_of_care.COLUMNS, plans_of_care.SENDING, "certified_period_over", "treatment_days_since_report"}
    ),
}
_MODALITY_ONLY = "modality_only_visits"


def _plans(bench: Bench) -> Iterable[pl.Series]:
    for column in bench.beside.plans():
        # the payer table may know the product where the plan's row does not say it
        known = bench.column(column.name) if column.name == "product" else None
        yield column if known is None else column.zip_with(column.is_not_null(), known.cast(column.dtype))


def _limit(bench: Bench) -> Iterable[pl.Series]:
    return bench.beside.limit_reached(partial(bench.codes_in_set, bench.uses("benefit_limit_reached")))


def _authorizations(bench: Bench) -> Iterable[pl.Series]:
    return bench.beside.authorizations()


def _plans_of_care(bench: Bench) -> Iterable[pl.Series]:
    columns, growing = bench.beside.plans_of_care()
    yield from columns
    yield from _grown(growing)


def _period_over(bench: Bench) -> Iterable[pl.Series]:
    into, most = bench.numbers("days_into_certification"), bench.plan.numbers.over("certified days", bench.days)
    yield plans_of_care.period_over(bench.column("after_certified_day"), into, most)


def _since_report(bench: Bench) -> Iterable[pl.Series]:
    if bench.beside.sides.plans_of_care is None:  # which tell when reports were written
        return
    therapy = partial(bench.codes_in_set, bench.uses("treatment_days_since_report"))
    episode = bench.plan.numbers.over("episode ends after", bench.days)
    found = bench.beside.treatment_days(therapy, float(np.nanmax(episode, initial=0.0)))
    yield from _grown({name: one for name, one in found.items() if name == "treatment_days_since_report"})


def _modality_only(bench: Bench) -> Iterable[pl.Series]:
    modality = partial(bench.codes_in_set, bench.uses(_MODALITY_ONLY))
    yield from _grown(bench.beside.modality_only_visits(modality))


def _allowed_for_visit(bench: Bench) -> Iterable[pl.Series]:
    return bench.beside.allowed_for_visit()


def _allowed_this_year(bench: Bench) -> Iterable[pl.Series]:
    if bench.beside.story.given:
        found = bench.beside.allowed(bench.numbers("allowed_for_visit"))
        yield from found["allowed_this_year"].columns("allowed_this_year")


def _allowed_with_visit(bench: Bench) -> Iterable[pl.Series]:
    """Before the visit and with it; where the visit's own amount is not known there may be more."""
    before, visit = bench.numbers("allowed_this_year"), bench.numbers("allowed_for_visit")
    more = bench.column("allowed_this_year_more")
    growing = np.isnan(visit) if more is None else np.isnan(visit) | more.to_numpy()
    yield from Growing(before + np.nan_to_num(visit), growing).columns("allowed_with_visit")


def _grown(found: Mapping[str, Growing]) -> Iterable[pl.Series]:
    for name, growing in found.items():
        yield from growing.columns(name)


KERNELS = (
    kernel(plans.COLUMNS, _plans, lines=beside.READ),
    kernel(["benefit_limit_reached"], _limit, lines=beside.READ),
    kernel(authorizations.COLUMNS, _authorizations, lines=beside.READ),
    kernel([*plans_of_care.COLUMNS, plans_of_care.SENDING], _plans_of_care, lines=beside.READ),
    kernel(["certified_period_over"], _period_over, reads=["after_certified_day", "days_into_certification"]),
    kernel(["treatment_days_since_report"], _since_report, lines=beside.READ),
    kernel([_MODALITY_ONLY], _modality_only, lines=beside.READ),
    kernel(["allowed_for_visit"], _allowed_for_visit, lines=beside.READ),
    kernel(["allowed_this_year"], _allowed_this_year, reads=["allowed_for_visit"], lines=beside.READ),
    kernel(["allowed_with_visit"], _allowed_with_visit, reads=["allowed_this_year", "allowed_for_visit"]),
)
