"""What no single column shows: a service without a day, a period that ends before it begins, a late birth."""

from __future__ import annotations

import polars as pl

from claimwright.formats.places import Places
from claimwright.lines.problems import Gravity, Problem

_MISSING, _BACKWARDS, _EARLY = "@missing", "@backwards", "@early"


def dates_of_service(frame: pl.DataFrame, unread: pl.Series, places: Places) -> list[Problem]:
    """Problems with the dates of service; `unread` marks lines whose date was written but could not be read."""
    born = pl.col("birth_date") if "birth_date" in frame.columns else pl.lit(None, dtype=pl.Date)
    wrong = frame.select(
        (pl.col("service_from").is_null() & ~unread).alias(_MISSING),
        (pl.col("service_to") < pl.col("service_from")).fill_null(False).alias(_BACKWARDS),
        (born > pl.col("service_from")).fill_null(False).alias(_EARLY),
    )
    return [
        *places.problems(
            frame,
            wrong[_MISSING],
            "service_from",
            "INP-DATE",
            "this line has no date of service",
            help_="write the day the service was done",
        ),
        *places.problems(
            frame,
            wrong[_BACKWARDS],
            "service_to",
            "INP-DATE",
            "the service ends before it begins; kept as written",
            help_="write the first day before the last one",
            gravity=Gravity.WARNING,
        ),
        *places.problems(
            frame,
            wrong[_EARLY],
            "birth_date",
            "INP-BIRTH",
            "the patient's birth date is after the date of service",
            help_="correct the birth date or the date of service",
        ),
    ]
