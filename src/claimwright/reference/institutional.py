"""Whether the fee schedule pays the therapy of an institutional claim: by its type of bill, the state and the day.

Sourced: outpatient therapy of institutions is paid by the physician fee schedule since 1999 (42 USC 1395m(k)). How far
each row was verified stands in the table.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import polars as pl

from claimwright.days import Span
from claimwright.reference import shipped_rows

SHIPPED = Path(__file__).parent / "institutional.csv"
NAME = "medicare-institutional-therapy"  # under which the table stands in the basis of an answer

NO_BILL = "the type of bill is not known, and tells whether the fee schedule pays"
OTHER_BILL = "therapy on this type of bill is not paid by the fee schedule, as far as is known here"
UNVERIFIED = " (unverified)"


@dataclass(frozen=True)
class Rule:
    """What one row says of a type of bill (its first two digits), in one state or everywhere."""

    bill: str
    state: str | None
    paid: bool
    why: str
    span: Span
    verified: str
    source: str


@functools.cache
def load() -> tuple[Rule, ...]:
    """The rows that come with the package."""
    return tuple(
        Rule(
            row["bill"],
            row["state"] or None,
            row["paid"] == "yes",
            row["why"],
            shipped_rows.span(row),
            row["verified"],
            row["source"],
        )
        for row in shipped_rows.rows(SHIPPED)
    )


@functools.cache
def digest() -> str:
    """The hash of the table."""
    return shipped_rows.digest(SHIPPED)


def why_not(bill: pl.Expr, state: pl.Expr, day: pl.Expr) -> pl.Expr:
    """Why the schedule does not pay, or that it is not known whether it does; null where it pays.

    `bill` is a type of bill as claims write it (131); a row that names the state goes before one that names none.
    """
    begun = bill.str.slice(0, 2)
    told: Any = pl.when(bill.is_null()).then(pl.lit(NO_BILL))
    for rule in sorted(load(), key=lambda one: one.state is None):
        here = begun == rule.bill
        if rule.state is not None:
            here &= state == rule.state
        if rule.span.first is not None:
            here &= day >= rule.span.first
        if rule.span.last is not None:
            here &= day <= rule.span.last
        said = None if rule.paid else rule.why + ("" if rule.verified == "yes" else UNVERIFIED)
        told = told.when(here.fill_null(value=False)).then(pl.lit(said, dtype=pl.String))
    return cast("pl.Expr", told.otherwise(pl.lit(OTHER_BILL)))
