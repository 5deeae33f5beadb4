"""Lines whose service spans several days, taken apart into days and put together again.

The units of such a line are divided by its days, as for the most units a day (`facts.visits.units_a_day`), and each day
is paid as a line of that day would be. Where that gives no whole units, or not the same each day, nothing is known.
"""

from __future__ import annotations

import polars as pl

from claimwright.determine.schedule import PERCENTS, UNIT

LONGEST = 366  # days; a longer span is a slip
UNEVEN = "the line spans several days, and its units do not divide into whole units a day"
CHANGED = "the line spans several days, which come under different tables or percentages"
_SAME = ("unit", "less", "release", *PERCENTS)
_SUMS = ("milli", "full", "gross", "mppr")


def by_day(lines: pl.DataFrame) -> pl.DataFrame:
    """A row for each day of each scheduled line, in the order of the lines: `line` is the row it is of, `days` how many
    there are, `milli` the thousandths of a unit of the day; `days_why` says why a line could not be divided.

    `lines` has `service_from`, `service_to`, `milli` and `scheduled`.
    """
    # one of another payer is never divided: a contract is looked up by the first day
    span = (pl.col("service_to") - pl.col("service_from")).dt.total_days().fill_null(0).clip(0) + 1
    numbered = lines.with_row_index("line").with_columns(
        days=pl.when("scheduled").then(span).otherwise(1).cast(pl.Int64)
    )
    if (numbered["days"] == 1).all():
        return numbered.with_columns(days_why=pl.lit(None, dtype=pl.String))
    whole = (pl.col("milli") % (UNIT * pl.col("days")) == 0) & (pl.col("days") <= LONGEST)
    several = pl.col("days") > 1
    split = (several & whole).fill_null(value=False)
    named = numbered.with_columns(
        days_why=pl.when((several & ~split).fill_null(value=False)).then(pl.lit(UNEVEN)),
        days=pl.when(split).then("days").otherwise(1),
    )
    return (
        named.with_columns(pl.int_ranges(0, pl.col("days")).alias("later"))
        .explode("later", keep_nulls=True, empty_as_null=True)
        .with_columns(
            pl.col("service_from") + pl.duration(days=pl.col("later")),
            pl.col("milli") // pl.col("days"),
        )
        .drop("later")
    )


def together(days: pl.DataFrame) -> pl.DataFrame:
    """A row for each line, with the sums of its days; `why` also where its days are not alike."""
    if (days["days"] == 1).all():
        return days
    whole = days.filter((pl.col("days") == 1).fill_null(value=True))
    apart = days.filter((pl.col("days") > 1).fill_null(value=False))
    alike = pl.all_horizontal([pl.col(name).n_unique() == 1 for name in _SAME])
    kept = [name for name in days.columns if name not in {"line", "more", "why", "service_from", *_SUMS}]
    unknown = pl.col("why").is_not_null()
    joined = apart.group_by("line", maintain_order=True).agg(
        pl.col(kept).first(),
        pl.col(_SUMS).sum(),
        pl.col("more").any(),
        # of the day that is not known, where one is not: it tells which table is lacking
        pl.coalesce(pl.col("service_from").filter(unknown).first(), pl.col("service_from").first()),
        pl.coalesce(pl.col("why").drop_nulls().first(), pl.when(alike.not_()).then(pl.lit(CHANGED))).alias("why"),
    )
    return pl.concat([whole, joined.select(days.columns)]).sort("line")
