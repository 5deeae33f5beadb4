"""Which note is of which lines: by patient and day, and by provider where the day has more than one.

A note that names a provider is of the lines that this provider treated or, if none is, billed. One that names nobody is
of the day's lines if a single provider furnished them all. One that names a provider whom no line of the day names is
of the day's lines as well if they are a single provider's, and that disagreement is told.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from claimwright.determine.facts.people import people, theirs
from claimwright.lines.schema import identity

Rows = npt.NDArray[np.int64]
READ = ("member_id", "birth_date", "patient_first", "billing_npi", "rendering_npi", "service_to")
_BY_NOBODY, _ELSEWHERE, _BILLED, _TREATED = 1, 0, 2, 3
_WHO = ("billing", "rendering")


@dataclass(frozen=True)
class Matches:
    """`note` and `line` have an entry for each note of each line, in the order of lines and notes.

    `alone` are notes of no line, `several` those that may be of more than one provider's visit, or of a line of several
    days; `bare` counts visits (a patient, a day, a provider) that have lines and no note.
    """

    note: Rows
    line: Rows
    alone: Rows
    several: Rows
    bare: int


def matched(lines: pl.DataFrame, notes: pl.DataFrame, live: npt.NDArray[np.bool_]) -> Matches:
    """Give notes (`formats.notes.NOTES_SCHEMA`) to lines of claims that stand."""
    them = people(lines)
    pairs = theirs(them, notes)
    owners = pl.DataFrame({"person": pairs.person, "note": pairs.row}).filter(pl.Series(pairs.certain))
    told = notes.select(
        pl.int_range(pl.len()).alias("note"),
        pl.col("service_from").alias("day"),
        pl.col("provider_npi").is_not_null().alias("names"),
        identity(pl.col("provider_npi")).alias("npi"),
        pl.col("procedure").alias("only"),
    )
    mine = lines.select(
        pl.int_range(pl.len()).alias("line"),
        pl.Series("person", them.of),
        pl.col("service_from").alias("day"),
        pl.coalesce("service_to", "service_from").alias("until"),
        identity(pl.col("billing_npi")).alias("billing"),
        identity(pl.col("rendering_npi")).alias("rendering"),
        "procedure",
    ).filter(pl.Series(live))
    found = owners.join(told, on="note").join(mine, on="person").filter(_that_day(), _that_service())
    spread = found.filter((pl.col("until") > pl.col("day_right")).fill_null(False))["note"].unique()
    ranked = _best(found.filter(~pl.col("note").is_in(spread.implode()).fill_null(False)))
    apart = ranked.group_by("note").agg(pl.struct(_WHO).n_unique().alias("providers"), pl.col("rank").first())
    unclear = apart.filter(pl.Series((apart["providers"] > 1) & (apart["rank"] < _TREATED)))["note"]
    kept = ranked.filter(~pl.col("note").is_in(unclear.implode()).fill_null(False)).sort("line", "note")
    several = pl.concat([spread, unclear]).sort()
    of_some = pl.concat([kept["note"], several])
    alone = told.filter(~pl.col("note").is_in(of_some.implode()).fill_null(False))["note"]
    return Matches(
        kept["note"].cast(pl.Int64).to_numpy(),
        kept["line"].cast(pl.Int64).to_numpy(),
        alone.cast(pl.Int64).to_numpy(),
        several.cast(pl.Int64).to_numpy(),
        _bare(mine, kept["line"]),
    )


def _that_day() -> pl.Expr:
    """The note's day is the line's, or one of the days it spans."""
    return ((pl.col("day") >= pl.col("day_right")) & (pl.col("day") <= pl.col("until"))).fill_null(False)


def _that_service() -> pl.Expr:
    return (pl.col("only").is_null() | (pl.col("only") == pl.col("procedure"))).fill_null(False)


def _best(found: pl.DataFrame) -> pl.DataFrame:
    """Of each note's lines those that its provider treated; or billed; or those of a provider it does not name."""
    rank = (
        pl.when(~pl.col("names").fill_null(False))
        .then(_BY_NOBODY)
        .when((pl.col("npi") == pl.col("rendering")).fill_null(False))
        .then(_TREATED)
        .when((pl.col("npi") == pl.col("billing")).fill_null(False))
        .then(_BILLED)
        .otherwise(_ELSEWHERE)
    )
    ranked = found.with_columns(rank.alias("rank"))
    return ranked.filter((pl.col("rank") == pl.col("rank").max().over("note")).fill_null(False))


def _bare(lines: pl.DataFrame, noted: pl.Series) -> int:
    visits = lines.select("person", "day", *_WHO, pl.col("line").is_in(noted.implode()).alias("noted"))
    each = visits.group_by("person", "day", *_WHO).agg(pl.col("noted").any())
    return int((~each["noted"]).sum())
