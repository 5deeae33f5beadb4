"""What the member's plan says of a line, from the row of its file that holds on the day of service."""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

from claimwright.determine.facts.people import OTHER, Payers, People, theirs

ILLINOIS, ANOTHER_STATE, ANOTHER_PRODUCT = "Illinois", "another state", "another product"
PRODUCTS = ("PPO", "HMO", "POS")
COLUMNS = ("regulating_state", "funding", "product", "plan_renewed", "contract_position", "authorization_required")
_LIMITS = ("visit_limit", "visits_used", "unit_limit", "units_used", "dollar_limit", "dollars_used")
_AGREED = (*_LIMITS, "used_through", "limit_period")


class Asked(NamedTuple):
    """The distinct members, payers and days that lines ask about: `of` gives each line's place among the rows."""

    rows: pl.DataFrame
    of: pl.Series


def in_force(lines: pl.DataFrame, plans: pl.DataFrame, them: People, named: Payers) -> pl.DataFrame:
    """Columns of the plan's row in force for each line: those of `COLUMNS`, and the limits as the file has them.

    Null where no row is in force, where it does not say, or where several do and disagree. A row whose payer is another
    one than the line's is not looked at. `plan_renewed` is the latest event on or before the day.
    """
    asked = _asked(lines, them, named)
    pairs = theirs(them, plans)
    owners = pl.DataFrame({"person": pairs.person, "row": pairs.row})
    rows = plans.with_columns(pl.int_range(pl.len()).alias("row"), pl.Series("called", named.of_row))
    candidates = asked.rows.join(owners, on="person").join(rows, on="row")
    verdict = named.verdict[candidates["payer_number"].to_numpy(), candidates["called"].to_numpy()]
    theirs_ = candidates.filter(pl.Series(verdict != OTHER))
    events = (
        theirs_.filter((pl.col("renewed_on") <= pl.col("day")).fill_null(False))
        .group_by("asked")
        .agg(pl.col("renewed_on").max().alias("latest"))
    )
    holding = theirs_.filter(
        (pl.col("from") <= pl.col("day")).fill_null(True) & (pl.col("to") >= pl.col("day")).fill_null(True)
    )
    said = holding.group_by("asked").agg(
        pl.col("renewed_on").is_not_null().all().alias("dated"),
        *(_agreed(name) for name in ("funding", "contract_position", *_AGREED)),
        _agreed("product"),
        _agreed("regulating_state"),
        _agreed("prior_authorization_required").alias("authorization_required"),
    )
    told = said.join(events, on="asked", how="left").with_columns(
        _choice("regulating_state", ("IL",), {"IL": ILLINOIS}, ANOTHER_STATE),
        _choice("product", PRODUCTS, {}, ANOTHER_PRODUCT),
        pl.when(pl.col("dated").fill_null(False)).then(pl.col("latest")).alias("plan_renewed"),
    )
    of = pl.DataFrame({"asked": asked.of})
    return of.join(told, on="asked", how="left", maintain_order="left").select(*COLUMNS, *_AGREED)


def _asked(lines: pl.DataFrame, them: People, named: Payers) -> Asked:
    keys = pl.DataFrame(
        {
            "person": pl.Series(them.of, dtype=pl.Int64),
            "payer_number": pl.Series(named.of_line, dtype=pl.Int64),
            "day": lines["service_from"],
        }
    )
    rows = keys.unique(maintain_order=True).with_row_index("asked")
    of = keys.join(rows, on=keys.columns, how="left", maintain_order="left", nulls_equal=True)["asked"]
    known = rows.filter((pl.col("person") >= 0).fill_null(False) & pl.col("day").is_not_null())
    return Asked(known.with_columns(pl.col("person").cast(pl.Int64)), of)


def _agreed(name: str) -> pl.Expr:
    """The one value that rows have; null where they have none or several."""
    values = pl.col(name).drop_nulls()
    return pl.when((values.n_unique() == 1).fill_null(False)).then(values.first()).alias(name)


def _choice(name: str, kept: tuple[str, ...], words: dict[str, str], otherwise: str) -> pl.Expr:
    """The words of a choice: some values kept, or put in other words, and one word for all others."""
    found = pl.col(name).replace_strict({value: words.get(value, value) for value in kept}, default=otherwise)
    return pl.when(pl.col(name).is_not_null()).then(found).alias(name)
