"""The dollars of a run, counted over columns: what is at risk, what a correction would recover, what is not known."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from claimwright.determine.combine import Combination
from claimwright.determine.run import Determined
from claimwright.determine.schedule import NOT_LOADED
from claimwright.lines.answers import DENIALS, Outcome, Severity
from claimwright.lines.money import Stake, Stakes, Unpriced
from claimwright.reference import fees

Flags = npt.NDArray[np.bool_]
# Denials that no correction of the claim lifts; the others say what to correct, to add or to ask for.
FOR_GOOD = DENIALS - {Outcome.CODING_ERROR, Outcome.PRIOR_AUTH_REQUIRED}
_SUMS = ("priced", "expected", "unpriced", "charged")


def stakes(determined: Determined, findings: pl.DataFrame, payers: pl.Series, to_fix: Flags, live: Flags) -> Stakes:
    """The dollars of live lines. `findings` tell row, finding, name of the clause, severity and whether they make work;
    `payers` names each line's payer.
    """
    known = determined.money.frame.select("why", "allowed", "charged", "service_from")
    priced = pl.col("why").is_null()
    lines = known.select(
        priced.cast(pl.Int64).alias("priced"),
        pl.when(priced).then("allowed").fill_null(0).alias("expected"),
        (~priced).cast(pl.Int64).alias("unpriced"),
        pl.when(~priced).then("charged").fill_null(0).alias("charged"),
        payer=payers,
    )
    to_fix = to_fix & live
    work = findings.filter(pl.col("work").fill_null(value=False) & pl.Series(live).gather(findings["row"]))
    blocked = np.zeros(lines.height, dtype=np.bool_)
    blocked[work.filter((pl.col("severity") != str(Severity.FIX)).fill_null(value=False))["row"].to_numpy()] = True
    for_good = np.array([_for_good(one) for one in determined.combinations], dtype=np.bool_)
    lost = to_fix & for_good[determined.combination]

    def stake(flags: Flags) -> Stake:
        return _stake(lines.filter(pl.Series(flags)).select(pl.col(_SUMS).sum()).row(0))

    def by(column: str) -> tuple[tuple[str, Stake], ...]:
        beside = work.select("row", "finding", clause="name").with_columns(lines[work["row"]].get_columns())
        once = beside.unique(["row", column], keep="first", maintain_order=True)
        grouped = once.group_by(column).agg(pl.col(_SUMS).sum())
        return _sorted((name, _stake(sums)) for name, *sums in grouped.iter_rows())

    return Stakes(
        all=stake(live),
        at_risk=stake(to_fix),
        recoverable=stake(to_fix & ~lost & ~blocked),
        lost=stake(lost),
        open=stake(to_fix & ~lost & blocked),
        by_finding=by("finding"),
        by_payer=by("payer"),
        by_clause=by("clause"),
        unpriced=_unpriced(known.filter(pl.Series(live))),
    )


def _for_good(combination: Combination) -> bool:
    documented = combination.documented.answer
    return documented.outcome in FOR_GOOD and set(documented.reachable) <= FOR_GOOD


def _stake(sums: Iterable[Any]) -> Stake:
    priced, expected, unpriced, charged = sums
    return Stake(priced, Decimal(expected).scaleb(-2), unpriced, Decimal(charged).scaleb(-2))


def _sorted(found: Iterable[tuple[str, Stake]]) -> tuple[tuple[str, Stake], ...]:
    """The most dollars first, expected ones before charges."""
    return tuple(sorted(found, key=lambda one: (-one[1].expected, -one[1].charge, one[0])))


def _unpriced(known: pl.DataFrame) -> tuple[Unpriced, ...]:
    years = pl.when((pl.col("why") == NOT_LOADED).fill_null(value=False)).then(pl.col("service_from").dt.year())
    grouped = (
        known.drop_nulls("why")
        .with_columns(year=years)
        .group_by("why", "year")
        .agg(pl.len().alias("lines"), pl.col("service_from").max().alias("last"))
        .sort("lines", "why", "year", descending=[True, False, False])
    )
    return tuple(
        Unpriced(why, lines)
        if year is None
        else Unpriced(f"no relative values of {year} are loaded", lines, fees.remedy(last))
        for why, year, lines, last in grouped.iter_rows()
    )
