"""What the prior authorization behind a line says: the one whose number the claim carries, or else the best fit."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from claimwright.determine.facts.people import People, theirs
from claimwright.formats.sides.cells import EVERYTHING

Flags = npt.NDArray[np.bool_]

COLUMNS = (
    "authorization_status",
    "authorization_names_code",
    "authorization_covers_day",
    "authorization_units_suffice",
    "authorization_asked_in_time",
)
READ = ("prior_auth", "service_from", "procedure", "units")
_RANK = {"approved": 4, "pending": 3, "denied": 2, "expired": 1, "none": 0}


def behind(lines: pl.DataFrame, authorizations: pl.DataFrame, them: People, live: Flags) -> list[pl.Series]:
    """`COLUMNS`: the status (text), and whether the authorization names the code, covers the day, has enough left, and
    was asked for by the day of service (Boolean); null where it does not say, or where there is none.

    A claim that carries a number is held to that number. Of several that may be meant, one that names the code goes
    first, then one that covers the day, then by status, then the latest. What is left counts the lines of the run that
    stand (`live`), day by day: their units, or their days where visits are counted.
    """
    pairs = theirs(them, authorizations)
    owners = pl.DataFrame({"person": pairs.person, "row": pairs.row}).filter(pl.Series(pairs.certain))
    rows = authorizations.with_columns(pl.int_range(pl.len()).alias("row"))
    asked = lines.select(
        pl.int_range(pl.len()).alias("line"),
        pl.Series("person", them.of, dtype=pl.Int64),
        _number("prior_auth").alias("wanted"),
        pl.col("service_from").alias("day"),
        "procedure",
        pl.col("units").cast(pl.Float64).alias("needed"),
        pl.Series("stands", live),
    )
    fitting = (
        asked.filter((pl.col("person") >= 0).fill_null(False))
        .join(owners, on="person")
        .join(rows, on="row")
        .with_columns(_number("number"))
        .filter(pl.col("wanted").is_null() | (pl.col("wanted") == pl.col("number")).fill_null(False))
        .with_columns(
            (pl.col("codes").list.contains(pl.col("procedure")) | pl.col("codes").list.contains(EVERYTHING)).alias(
                "names"
            ),
            ((pl.col("from") <= pl.col("day")) & (pl.col("day") <= pl.col("to"))).alias("covers"),
        )
        .with_columns(
            _likely("names").alias("by_code"),
            _likely("covers").alias("by_day"),
            pl.col("status").replace_strict(_RANK, default=0, return_dtype=pl.Int64).fill_null(0).alias("by_status"),
        )
        .sort("line", "by_code", "by_day", "by_status", "from", "row", descending=[False, True, True, True, True, True])
        .unique("line", keep="first", maintain_order=True)
    )
    chosen = _with_what_is_left(fitting).select(
        "line",
        pl.col("status").alias(COLUMNS[0]),
        pl.col("names").alias(COLUMNS[1]),
        pl.col("covers").alias(COLUMNS[2]),
        pl.col("suffices").alias(COLUMNS[3]),
        (pl.col("requested_on") <= pl.col("day")).alias(COLUMNS[4]),
    )
    return asked.select("line").join(chosen, on="line", how="left", maintain_order="left").drop("line").get_columns()


def _with_what_is_left(chosen: pl.DataFrame) -> pl.DataFrame:
    """`suffices`: whether what was approved holds what was used, what earlier lines of the run take, and this one."""
    takes = pl.col("stands") & pl.col("names").fill_null(True) & pl.col("covers").fill_null(True)
    first_that_day = takes & (takes.cast(pl.Int64).cum_sum().over("row", "day") == 1)
    counted = chosen.sort("row", "day", "line", nulls_last=True).with_columns(
        takes.alias("takes"),
        (pl.col("counted_in") == "visits").fill_null(False).alias("in_visits"),
        first_that_day.cast(pl.Float64).alias("visit"),
        pl.col("needed").fill_null(0.0).alias("amount"),
    )
    in_visits, taking = pl.col("in_visits"), pl.col("takes").cast(pl.Float64)
    visits = pl.col("visit").cum_sum().over("row")
    units = (pl.col("amount") * taking).cum_sum().over("row")
    own = pl.when(in_visits.fill_null(False)).then(1.0).otherwise(pl.col("amount")) * (1 - taking)
    running = counted.with_columns(
        # a line that takes nothing is asked as if it did
        so_far=pl.when(in_visits.fill_null(False)).then(visits).otherwise(units) + own,
        open=~in_visits & (pl.col("needed").is_null() & pl.col("takes")).cum_sum().over("row").cast(pl.Boolean),
    )
    used = pl.col("units_used").cast(pl.Float64)
    enough = pl.col("units_approved").cast(pl.Float64) >= used.fill_null(0) + pl.col("so_far")
    certain = used.is_not_null() & ~pl.col("open")  # with something unknown, only too little is certain
    return running.with_columns(pl.when((certain | ~enough).fill_null(False)).then(enough).alias("suffices"))


def _number(name: str) -> pl.Expr:
    """A number of an authorization as it is compared: upper case, letters and digits only."""
    plain = pl.col(name).str.to_uppercase().str.replace_all(r"[^A-Z0-9]", "")
    return pl.when((plain != "").fill_null(False)).then(plain).alias(name)


def _likely(name: str) -> pl.Expr:
    """Yes before unknown before no."""
    return pl.col(name).cast(pl.Int64).fill_null(-1).replace_strict({1: 2, -1: 1, 0: 0}, return_dtype=pl.Int64)
