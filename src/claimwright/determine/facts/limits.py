"""Whether a visit, unit or dollar limit of the member's plan is used up before a service."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from claimwright.determine.facts.ledger import Ledger, ledger
from claimwright.determine.facts.people import OTHER, SAME
from claimwright.determine.facts.story import NO_DAY, Story
from claimwright.lines.distinct import distinct_rows

Rows = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
_EXACT = 1000  # units have three decimals, dollars two


def limit_reached(story: Story, plans: pl.DataFrame, therapy: Flags) -> pl.Series:
    """`benefit_limit_reached` (Boolean): a limit of the plan in force is used up before the day of a line.

    `plans` is what `plans.in_force` gives; `therapy` marks the events that count (rows without a code do). What is used
    is what the plan says is used, and the services after the last day it counts; where it names no such day, those of
    this run; where it says nothing of what is used, all services of the period. Null without a limit, or where it
    depends on services that are not known.
    """
    known = (story.patient >= 0) & (story.day != NO_DAY)
    payer = story.payers.of_line
    each = distinct_rows(int(known.sum()), [story.patient[known], payer[known]])
    scope = np.full(story.patient.size, -1, dtype=np.int64)
    scope[known] = each.of
    place = np.flatnonzero(known)[each.first]
    scopes = pl.DataFrame({"scope": np.arange(each.first.size), "patient": story.patient[place], "mine": payer[place]})
    all_, run = _books(story, scopes, therapy)
    begin, dated = _period(plans, story.day)
    through = _days(plans["used_through"])
    limits = [
        _reached(plans, name, story, (all_, run), _When(scope, begin, through, dated))
        for name in ("visit", "unit", "dollar")
    ]
    any_ = np.any([found == _YES for found in limits], axis=0)
    open_ = np.any([found == _OPEN for found in limits], axis=0)
    none = np.all([found == _NO_LIMIT for found in limits], axis=0)
    return pl.Series("benefit_limit_reached", any_).set(pl.Series(~any_ & (open_ | none)), None)


_NO_LIMIT, _NO, _OPEN, _YES = range(4)


@dataclass(frozen=True)
class _When:
    """Whose services count for each line, from which day on; `through` is the last day that the used numbers hold."""

    scope: Rows
    begin: Rows
    through: Rows
    dated: Flags


@dataclass(frozen=True)
class _Book:
    """Services that count, and of each what it counts (nan where that is not known)."""

    entries: Ledger
    amounts: dict[str, Floats]
    doubtful: Flags

    def count(self, name: str, scope: Rows, first: Rows, before: Rows) -> tuple[Floats, Flags]:
        """What is known to be used from one day to before another, and whether there may be more."""
        values = self.amounts[name]
        unknown = np.isnan(values) | self.doubtful
        exact = np.where(unknown, 0, np.round(np.nan_to_num(values) * _EXACT))
        total = self.entries.between(exact, scope, first, before) / _EXACT
        return total, self.entries.between(unknown.astype(np.float64), scope, first, before) > 0


def _books(story: Story, scopes: pl.DataFrame, therapy: Flags) -> tuple[_Book, _Book]:
    """All services by member and payer, and those of the run alone."""
    events = story.events.filter((pl.Series(therapy) | pl.col("procedure").is_null()) & pl.col("day").is_not_null())
    joined = events.join(scopes, on="patient")
    verdict = story.verdicts(
        joined["mine"].to_numpy(), joined["payer"].to_numpy(), joined["line"].is_not_null().to_numpy()
    )
    kept = joined.with_columns(pl.Series("verdict", verdict)).filter((pl.col("verdict") != OTHER).fill_null(True))
    of_run = kept.filter(pl.col("line").is_not_null())
    return _book(kept, without_told=True), _book(of_run, without_told=False)


def _book(entries: pl.DataFrame, *, without_told: bool) -> _Book:
    book = ledger(entries["scope"].to_numpy(), entries["day"].cast(pl.Int64).to_numpy())
    # what the history holds as well counts there; a day is a day, whoever tells of it
    left_out = entries["told"].to_numpy() & without_told
    amounts = {
        "visit": book.firsts().astype(np.float64),
        "unit": np.where(left_out, 0.0, entries["units"].to_numpy()),
        "dollar": np.where(left_out, 0.0, entries["allowed"].to_numpy()),
    }
    return _Book(book, amounts, (entries["verdict"] != SAME).to_numpy())


def _reached(
    plans: pl.DataFrame, name: str, story: Story, books: tuple[_Book, _Book], when: _When
) -> npt.NDArray[np.int64]:
    every, run = books
    limit = plans[f"{name}_limit"].cast(pl.Float64).to_numpy()
    used = plans[f"{'dollars' if name == 'dollar' else f'{name}s'}_used"].cast(pl.Float64).to_numpy()
    day, scope = story.day.astype(np.int64), np.maximum(when.scope, 0)
    told = ~np.isnan(used)
    # used numbers of an earlier period say nothing of this one
    of_period = told & ((when.through == NO_DAY) | (when.through >= when.begin))
    by_run = of_period & (when.through == NO_DAY)
    first = np.where(of_period & ~by_run, np.maximum(when.begin, when.through + 1), when.begin)
    counted, open_ = every.count(name, scope, first, day)
    in_run, run_open = run.count(name, scope, when.begin, day)
    total = np.where(of_period, np.nan_to_num(used), 0.0) + np.where(by_run, in_run, counted)
    unsure = np.where(by_run, run_open, open_ | (not story.whole)) | ~when.dated | (when.scope < 0)
    total = np.where(when.dated & (when.scope >= 0), total, np.where(of_period, np.nan_to_num(used), 0.0))
    reached = total >= limit
    return np.select(
        [np.isnan(limit), reached, unsure | story.doubtful],
        [_NO_LIMIT, _YES, _OPEN],
        _NO,
    )


def _period(plans: pl.DataFrame, day: npt.NDArray[np.int32]) -> tuple[Rows, Flags]:
    """The first day of the period of the limits in which each line's day lies, and whether it is known."""
    dates = pl.Series("day", np.where(day == NO_DAY, 0, day)).cast(pl.Int32).cast(pl.Date)
    renewed = pl.col("plan_renewed")
    found = (
        plans.select("limit_period", "plan_renewed")
        .with_columns(dates)
        .with_columns(years=pl.col("day").dt.year() - renewed.dt.year())
    )
    birthday = found.with_columns(
        this=renewed.dt.offset_by(pl.format("{}y", pl.col("years").fill_null(0))),
        last=renewed.dt.offset_by(pl.format("{}y", pl.col("years").fill_null(0) - 1)),
    )
    begun = birthday.select(
        pl.when((pl.col("this") > pl.col("day")).fill_null(False)).then(pl.col("last")).otherwise(pl.col("this"))
    ).to_series()
    period = found["limit_period"].fill_null("calendar year")
    year = dates.dt.truncate("1y")
    first = np.select(
        [(period == "calendar year").to_numpy(), (period == "plan year").to_numpy()],
        [_days(year), _days(begun)],
        NO_DAY,
    )
    return first, ~((period == "plan year").to_numpy() & begun.is_null().to_numpy())


def _days(column: pl.Series) -> Rows:
    return column.cast(pl.Int32).cast(pl.Int64).fill_null(NO_DAY).to_numpy()
