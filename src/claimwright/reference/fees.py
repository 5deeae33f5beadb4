"""The physician fee schedule asked by columns: relative values of codes on days (the indices are in `localities`).

A table speaks for the days it covers. Relative values are fixed for a calendar year and corrected by the quarter, so
where the quarter of a day is not loaded another of its year is taken, and said to be (`exact` is false); a table of
another year is never taken. Sourced: in the copies of 2022 to 2024 no therapy row changed within a year, but for the
conversion factor of March 2024, which a release of its own has.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import polars as pl

from claimwright.reference.published.editions import Quarter
from claimwright.reference.release import Release
from claimwright.reference.releases import Releases
from claimwright.reference.tables import RELATIVE_VALUES

SCALE = 10_000  # relative values and conversion factors have four decimals at most: whole numbers, exactly
# 26: the professional part, TC: the technical part, 53: discontinued. Other modifiers have no rows of their own.
ROW_MODIFIERS = ("26", "TC", "53")
# From 2026 there are two conversion factors. Reading: the higher one is for qualifying participants of advanced payment
# models, which a claim does not tell; so that of the others is taken where both are loaded.
_QUALIFYING = "-qpp"
# Sourced: CMS place of service code set, the places where the facility rate applies (column of the published list).
FACILITIES = (
    *("02", "06", "08", "19", "21", "22", "23", "24", "26", "31", "34", "41", "42", "51", "52", "53", "56", "61"),
)

PAYABLE = ("A", "R", "T")  # status codes: active, restricted coverage, paid when nothing else is
_AMOUNTS = ("work", "nonfacility_pe", "facility_pe", "mp", "conversion_factor")


def relative_values(asked: pl.DataFrame, releases: Releases) -> pl.DataFrame:
    """For each row (code, modifier, day): what the schedule says of it, and which release says so; in that order.

    Amounts are whole numbers of 1/10,000. `release` is null where no table of the year holds the code, `loaded` says
    whether any table of the year is there.
    """
    tables = releases.of(RELATIVE_VALUES)
    days = asked["day"].drop_nulls().unique().sort()
    speaking = {day: _speaking(tables, day) for day in days}
    numbers = {key: number for number, key in enumerate(dict.fromkeys(speaking.values()))}
    periods = pl.DataFrame(
        {"day": days, "period": [numbers[speaking[day]] for day in days], "loaded": [bool(speaking[d]) for d in days]},
        schema={"day": pl.Date, "period": pl.Int32, "loaded": pl.Boolean},
    )
    codes = asked["code"].drop_nulls().unique()
    read: dict[str, pl.DataFrame] = {}
    parts = []
    for key, number in numbers.items():
        rows = []
        for id_, exact in key:
            if id_ not in read:
                read[id_] = _values(releases[id_], codes)
            rows.append(read[id_].with_columns(release=pl.lit(id_), exact=pl.lit(exact)))
        if rows:
            first = pl.concat(rows).unique(["code", "modifier"], keep="first", maintain_order=True)
            parts.append(first.with_columns(period=pl.lit(number, dtype=pl.Int32)))
    found = pl.concat(parts) if parts else _NOTHING
    return (
        asked.select("code", pl.col("modifier").fill_null(""), "day")
        .join(periods, on="day", how="left", maintain_order="left")
        .join(found, on=["period", "code", "modifier"], how="left", maintain_order="left")
        .with_columns(pl.col("loaded").fill_null(value=False))
        .drop("code", "modifier", "day", "period")
    )


def _values(release: Release, codes: pl.Series) -> pl.DataFrame:
    return release.rows_of(codes).select(
        "code",
        pl.col("modifier").fill_null(""),
        "status",
        "multiple_procedure",
        *((pl.col(name) * SCALE).cast(pl.Int64).alias(name) for name in _AMOUNTS),
    )


_NOTHING = pl.DataFrame(
    schema={
        "code": pl.String,
        "modifier": pl.String,
        "status": pl.String,
        "multiple_procedure": pl.String,
        **dict.fromkeys(_AMOUNTS, pl.Int64),
        "release": pl.String,
        "exact": pl.Boolean,
        "period": pl.Int32,
    }
)


def _speaking(tables: Iterable[Release], day: date) -> tuple[tuple[str, bool], ...]:
    """The releases to ask about a day, in order, and whether each covers it; then those of the same year."""
    covering = [(one.id, True) for one in tables if day in one.covers]
    near = [
        one
        for one in tables
        if day not in one.covers
        and one.covers.first is not None
        and one.covers.last is not None
        and one.covers.first.year == one.covers.last.year == day.year
    ]
    # the last one before the day, for what it corrected holds on; only then one that came later
    near.sort(key=lambda one: (one.covers.first > day, abs((one.covers.first - day).days)))  # type: ignore[operator]
    found = (*covering, *((one.id, False) for one in near))
    return tuple(sorted(found, key=lambda one: (not one[1], one[0].endswith(_QUALIFYING))))


def remedy(day: date) -> str:
    """What to import for the relative values and indices of a day."""
    quarter = Quarter.of(day)
    file = f"rvu{quarter.year % 100:02d}{'abcd'[quarter.number - 1]}.zip"
    return f"download {file} from cms.gov (PFS relative value files), then: claimwright data import {file}"
