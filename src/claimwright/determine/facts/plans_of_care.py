"""What the plan of care behind a line says: that of the patient and discipline, the latest established by the day.

Sourced: Medicare Benefit Policy Manual ch. 15 § 220.1.3, as copied: a plan is timely certified by a signature, or by a
verbal order signed within 14 days, no later than 30 days from the first day of treatment, the evaluation included.
42 CFR 410.60(a)(2), 410.61: the plan is written before treatment begins.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from claimwright.determine.facts.disciplines import OF_NAME, Numbers
from claimwright.determine.facts.growing import Growing
from claimwright.determine.facts.people import People, theirs
from claimwright.determine.facts.story import NO_DAY
from claimwright.formats.sides.cells import EVERYTHING

COLUMNS = (
    "plan_exists",
    "plan_lists_modality",
    "goals_functional",
    "plan_complete",
    "plan_signed",
    "days_to_signature",
    "order_on_file",
    "days_since_first_treatment",
    "days_into_certification",
    "after_certified_day",
)
SENDING = "days_to_sending"
READ = ("service_from", "procedure", "received")
VERBAL = 14  # days in which a verbal order has to be signed


def behind(
    lines: pl.DataFrame, plans: pl.DataFrame, them: People, disciplines: Numbers
) -> tuple[list[pl.Series], Growing]:
    """`COLUMNS` (Boolean, or days as numbers), null where unknown; and `days_to_sending`.

    `disciplines` gives each line's (`facts.disciplines`). A line whose discipline is unknown is looked at only where
    all plans of its patient are of one. A plan that was established after a day on which treatment under it went on
    says that there was none. A plan not sent yet has at least the days up to the day after receipt.
    """
    of_line = _asked(lines, them, disciplines)
    meant = _theirs(of_line, plans, them)
    before = (
        meant.filter((pl.col("established_on") <= pl.col("day")).fill_null(False))
        .sort("line", "established_on", "plan", descending=[False, True, True])
        .unique("line", keep="first", maintain_order=True)
    )
    late = (
        meant.filter(
            ((pl.col("established_on") > pl.col("day")) & (pl.col("first_treatment_on") <= pl.col("day"))).fill_null(
                False
            )
        )
        .join(before, on="line", how="anti")
        .select("line")
        .unique()
    )
    told = pl.concat([_told(before), late.with_columns(plan_exists=False)], how="diagonal")
    aligned = of_line.select("line").join(told, on="line", how="left", maintain_order="left")
    days = aligned[SENDING].cast(pl.Float64).to_numpy()
    return [aligned[name] for name in COLUMNS], Growing(days, aligned["not_sent"].fill_null(False).to_numpy())


def period_over(after: pl.Series | None, into: npt.NDArray[np.float64], days: npt.NDArray[np.float64]) -> pl.Series:
    """`certified_period_over`: past the day through which a plan was certified, or past the `days` that count at most.

    `after` says the first, null where unknown; `into` are the days since the period began, nan where unknown.
    """
    passed = pl.Series(into > days).set(pl.Series(np.isnan(into)), None)
    told = after if after is not None else pl.Series([None] * into.size, dtype=pl.Boolean)
    return (told | passed).alias("certified_period_over")


def last_report(
    lines: pl.DataFrame, plans: pl.DataFrame, them: People, disciplines: Numbers
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.bool_]]:
    """The day of the last progress report on or before each line's day, and whether the reports are known.

    In days since 1970; NO_DAY where there was none. Reports are those of all plans of the patient and discipline that
    were established by the day; they are known where there is such a plan and each of them says its reports.
    """
    of_line = _asked(lines, them, disciplines)
    begun = _theirs(of_line, plans, them).filter((pl.col("established_on") <= pl.col("day")).fill_null(False))
    said = begun.group_by("line").agg(
        pl.col("progress_report_on").is_not_null().all().alias("known"),
        pl.col("progress_report_on").explode().drop_nulls().alias("days"),
        pl.col("day").first(),
    )
    written = said.explode("days").filter((pl.col("days") <= pl.col("day")).fill_null(False))
    last = written.group_by("line").agg(pl.col("days").max().cast(pl.Int32).alias("last"))
    told = (
        of_line.select("line")
        .join(said.select("line", "known"), on="line", how="left", maintain_order="left")
        .join(last, on="line", how="left", maintain_order="left")
    )
    return told["last"].fill_null(NO_DAY).to_numpy(), told["known"].fill_null(False).to_numpy()


def _asked(lines: pl.DataFrame, them: People, disciplines: Numbers) -> pl.DataFrame:
    return lines.select(
        pl.int_range(pl.len()).alias("line"),
        pl.Series("person", them.of, dtype=pl.Int64),
        pl.Series("wanted", disciplines, dtype=pl.Int64),
        pl.col("service_from").alias("day"),
        "procedure",
        "received",
    )


def _theirs(of_line: pl.DataFrame, plans: pl.DataFrame, them: People) -> pl.DataFrame:
    """Lines beside the plans that may be meant by them."""
    pairs = theirs(them, plans)
    numbered = plans.drop("row").with_columns(
        pl.int_range(pl.len()).alias("plan"),
        pl.col("discipline").replace_strict(OF_NAME, default=None, return_dtype=pl.Int64),
    )
    owners = pl.DataFrame({"person": pairs.person, "plan": pairs.row}).filter(pl.Series(pairs.certain))
    owned = owners.join(numbered, on="plan").with_columns(
        pl.col("discipline").n_unique().over("person").alias("disciplines")
    )
    only = (pl.col("wanted") == 0) & (pl.col("disciplines") == 1)
    return (
        of_line.filter((pl.col("person") >= 0).fill_null(False))
        .join(owned, on="person")
        .filter((only | (pl.col("wanted") == pl.col("discipline"))).fill_null(False))
    )


def _told(plans: pl.DataFrame) -> pl.DataFrame:
    verbal = pl.col("verbal_order_on")
    ordered = ((pl.col("signed_on") - verbal).dt.total_days().is_between(0, VERBAL)).fill_null(False)
    certified = pl.when(ordered.fill_null(False)).then(verbal).otherwise(pl.col("signed_on"))
    first = pl.col("first_treatment_on")
    listed = pl.col("lists")
    not_sent = (~pl.col("sent")).fill_null(False)
    sending = pl.when(not_sent.fill_null(False)).then(pl.col("received").dt.offset_by("1d")).otherwise("sent_on")
    return plans.select(
        "line",
        pl.lit(True).alias("plan_exists"),
        (listed.list.contains(pl.col("procedure")) | listed.list.contains(EVERYTHING)).alias("plan_lists_modality"),
        pl.col("functional_goals").alias("goals_functional"),
        pl.col("complete").alias("plan_complete"),
        pl.col("signed").alias("plan_signed"),
        _days(certified - first).alias("days_to_signature"),
        "order_on_file",
        _days(pl.col("received") - first).alias("days_since_first_treatment"),
        _days(pl.col("day") - pl.coalesce(first, "established_on")).alias("days_into_certification"),
        (pl.col("day") > pl.col("certified_through")).alias("after_certified_day"),
        _days(sending - pl.col("evaluation_on")).alias(SENDING),
        not_sent.alias("not_sent"),
    )


def _days(between: pl.Expr) -> pl.Expr:
    return between.dt.total_days().cast(pl.Float64)
