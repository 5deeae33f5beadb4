"""What the physician fee schedule allows for one unit of a code in each locality on a day, by the tables loaded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import polars as pl

from claimwright.reference.fees import PAYABLE, SCALE, relative_values
from claimwright.reference.localities import of_day
from claimwright.reference.releases import Releases
from claimwright.reference.tables import INDICES

_CENT = Decimal("0.01")


@dataclass(frozen=True)
class LocalFee:
    """US dollars for one unit, before what a day, a modifier or a patient's share makes of it."""

    state: str
    locality: str
    name: str
    outside: Decimal  # in an office
    facility: Decimal


@dataclass(frozen=True)
class LocalFees:
    """`why` says why there are none. `values` and `indices` are the ids of the releases that say so."""

    fees: tuple[LocalFee, ...] = ()
    values: str = ""
    indices: str = ""
    exact: bool = True  # both cover the day; else one of another quarter of its year was taken
    why: str = ""


def by_locality(code: str, day: date, releases: Releases) -> LocalFees:
    """The amounts of a code without a modifier; a table of another year is never taken."""
    asked = pl.DataFrame(
        {"code": [code], "modifier": [None], "day": [day]},
        schema={"code": pl.String, "modifier": pl.String, "day": pl.Date},
    )
    row = relative_values(asked, releases).row(0, named=True)
    if not row["loaded"]:
        return LocalFees(why=f"no relative values of {day.year} are loaded")
    if row["release"] is None:
        return LocalFees(why="the relative values that are loaded do not hold the code")
    if row["status"] not in PAYABLE or not (row["work"] + row["nonfacility_pe"] + row["facility_pe"] + row["mp"]):
        return LocalFees(why=f"the schedule has no amount for the code (status {row['status']})", values=row["release"])
    book = of_day(releases.of(INDICES), day)
    if book is None:
        return LocalFees(why=f"no geographic indices of {day.year} are loaded", values=row["release"])
    release, covers = book
    work, outside, facility, risk, factor = (
        Decimal(row[name]) / SCALE for name in ("work", "nonfacility_pe", "facility_pe", "mp", "conversion_factor")
    )
    fees = [
        LocalFee(
            place["state"],
            f"{place['contractor']}-{place['locality']}",
            place["name"].strip(" *").title(),
            *(
                ((work * place["work"] + expense * place["pe"] + risk * place["mp"]) * factor).quantize(
                    _CENT, ROUND_HALF_UP
                )
                for expense in (outside, facility)
            ),
        )
        for place in release.rows.frame.iter_rows(named=True)
    ]
    fees.sort(key=lambda one: (one.state, one.locality))
    return LocalFees(tuple(fees), row["release"], release.id, row["exact"] and covers)
