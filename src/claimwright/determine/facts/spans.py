"""Ages and deadlines: what follows from two days."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

Floats = npt.NDArray[np.float64]
_CALENDAR_YEAR_SINCE = 2010


def age(born: pl.Series, service: pl.Series) -> pl.Series:
    """`patient_age`: whole years on the day of service; null where a day is unknown.

    A year is full on the birthday; one who was born on 29 February has it on 1 March of other years.
    """
    before_birthday = (service.dt.month() * 100 + service.dt.day()) < (born.dt.month() * 100 + born.dt.day())
    return (service.dt.year() - born.dt.year() - before_birthday.cast(pl.Int32)).cast(pl.Float64).alias("patient_age")


def filed_in_time(service: pl.Series, received: pl.Series) -> pl.Series:
    """`filed_in_time`: the claim arrives within one calendar year of the service; null where a day is unknown.

    Sourced: 42 CFR 424.44, as First Coast reports it: one calendar year, 29 February ending on 28 February; services
    before 2010, to the end of the year after the federal fiscal year of service, which begins in October (unverified).
    """
    lines = pl.DataFrame({"service": service, "received": received})
    fiscal = pl.col("service").dt.year() + (pl.col("service").dt.month() >= 10).cast(pl.Int32)  # October
    deadline = (
        pl.when((pl.col("service").dt.year() >= _CALENDAR_YEAR_SINCE).fill_null(False))
        .then(pl.col("service").dt.offset_by("1y"))
        .otherwise(pl.date(fiscal + 1, 12, 31))
    )
    return lines.select((pl.col("received") <= deadline).alias("filed_in_time")).to_series()


def child(years: Floats, under: Floats, adult: Floats) -> pl.Series:
    """`child`: certainly one below an age, certainly none from another on, unknown between them and without an age."""
    sure = (years < under) | (years >= adult)
    return pl.Series("child", years < under).set(pl.Series(~sure), None)
