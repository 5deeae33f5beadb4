"""What no single column shows: a service without a day, a period that ends before it begins, a birth after a service."""

from __future__ import annotations

import polars as pl

from claimwright.formats.places import Places
from claimwright.lines.problems import Gravity, Problem


def dates_of_service(frame: pl.DataFrame, unread: pl.Series, places: Places) -> list[Problem]:
    """Problems with the dates of service; `unread` marks lines whose date was written but could not be read."""
    problems: list[Problem] = []
    first, last = frame["service_from"], frame["service_to"]
    if first.null_count():
        missing = first.is_null() & ~unread
        problems += places.problems(
            frame,
            missing,
            "service_from",
            "INP-DATE",
            "this line has no date of service",
            "write the day the service was done",
        )
    backwards = (last < first).fill_null(False)
    if backwards.any():
        problems += places.problems(
            frame,
            backwards,
            "service_to",
            "INP-DATE",
            "the service ends before it begins; kept as written",
            "write the first day before the last one",
            Gravity.WARNING,
        )
    if "birth_date" in frame.columns:
        early = (frame["birth_date"] > first).fill_null(False)
        if early.any():
            problems += places.problems(
                frame,
                early,
                "birth_date",
                "INP-BIRTH",
                "the patient's birth date is after the date of service",
                "correct the birth date or the date of service",
            )
    return problems
