"""What the minutes of a visit earn in timed units, and which line they fall to. Untimed minutes never count.

Some payers count each code by itself, from the midpoint of its 15 minutes, which is the same ladder for one code alone.

Sourced: Medicare Claims Processing Manual ch. 5 § 20.2, as read in public copies: 8 to 22 minutes are one unit, 23 to
37 two, and 15 more for each further one; several timed services are added up first. Whole quarters of an hour go to the
service that has them, the rest to the largest remainders.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from claimwright.determine.facts.visits import Visits

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
QUARTER, LEAST = 15, 8


def earned(minutes: Floats) -> Floats:
    """Units that timed minutes earn together; nan where they are unknown.

    >>> earned(np.array([7.0, 8.0, 22.0, 23.0, 37.0, 38.0])).tolist()
    [0.0, 1.0, 1.0, 2.0, 2.0, 3.0]
    """
    return np.where(minutes < LEAST, 0.0, np.floor((minutes + QUARTER - LEAST) / QUARTER))


def of_the_visit(minutes: Floats, timed: Flags, visits: Visits) -> Floats:
    """The minutes of all timed lines of each row's visit; nan where one line's are unknown, or none is timed."""
    many = visits.first.size
    total = np.bincount(visits.of, weights=np.where(timed, minutes, 0.0), minlength=many)
    any_timed = np.bincount(visits.of[timed], minlength=many) > 0
    return np.where(any_timed, total, np.nan)[visits.of]


def beyond(units: Floats, minutes: Floats, *, open_ended: Flags) -> pl.Series:
    """`timed_units_beyond_minutes`: more timed units are billed for the day than its timed minutes earn.

    `units` and `minutes` are those of the day. Null where they are unknown, or where more may have been done that day.
    """
    known = ~np.isnan(units) & ~np.isnan(minutes) & ~open_ended
    return pl.Series("timed_units_beyond_minutes", units > earned(minutes)).set(pl.Series(~known), None)


def beyond_by_code(
    units: Floats, earned_by_code: Floats, timed: Flags, visits: Visits, *, open_ended: Flags
) -> list[pl.Series]:
    """More units of a code are billed for the day than the minutes of that code alone earn.

    `code_units_beyond_minutes` says so of each line's code, `timed_units_beyond_by_code` of any timed code of the
    visit. `units` are those of the code that day. Null where they or the minutes are unknown, and where more may have
    been done that day.
    """
    known = ~np.isnan(units) & ~np.isnan(earned_by_code) & ~open_ended
    more = known & (units > earned_by_code)
    many = visits.first.size
    some = np.bincount(visits.of[timed & more], minlength=many) > 0
    whole = np.bincount(visits.of[timed & ~known], minlength=many) == 0
    of_visit = pl.Series("timed_units_beyond_by_code", some[visits.of])
    return [
        pl.Series("code_units_beyond_minutes", more).set(pl.Series(~known), None),
        of_visit.set(pl.Series(~(some | whole)[visits.of]), None),
    ]


def made_of_minutes(units: Floats, minutes: Floats, timed: Flags) -> pl.Series:
    """`units_made_of_minutes`: an untimed line has as many units as its minutes would earn, and more than one."""
    known = ~np.isnan(units) & ~np.isnan(minutes)
    made = ~timed & (units > 1) & (units == earned(minutes))
    return pl.Series("units_made_of_minutes", made).set(pl.Series(~known), None)


def shared_out(minutes: Floats, timed: Flags, visits: Visits) -> Floats:
    """The units of its visit that fall to each timed line; nan on other lines, and where minutes are unknown."""
    whole, over, left = _quarters(minutes, timed, visits)
    # within each visit the timed lines by what is over, largest first, and in input order where it is equal
    order = np.lexsort((np.arange(over.size), -np.nan_to_num(over), visits.of))
    place = np.empty(over.size, dtype=np.int64)
    place[order] = np.arange(over.size) - np.searchsorted(visits.of[order], visits.of[order], side="left")
    given = np.where(timed, whole, np.nan)
    return np.where(np.isnan(left), np.nan, given + (timed & (place < left) & (over > 0)))


def beyond_share(units: Floats, minutes: Floats, timed: Flags, visits: Visits) -> pl.Series:
    """`line_units_beyond_share`: a timed line has more units than can fall to it; equal remainders leave the choice.

    Null on other lines, where minutes or units are unknown, and where more may have been done that day.
    """
    whole, over, left = _quarters(minutes, timed, visits)
    order = np.lexsort((-np.nan_to_num(over), visits.of))
    start = np.searchsorted(visits.of[order], visits.of[order], side="left")
    at = np.arange(over.size)
    of, kept = visits.of[order], over[order]
    new = np.r_[True, (of[1:] != of[:-1]) | (kept[1:] != kept[:-1])] if over.size else np.empty(0, dtype=np.bool_)
    before = np.empty(over.size, dtype=np.int64)  # how many of the visit have more left over
    before[order] = np.maximum.accumulate(np.where(new, at, 0)) - start
    most = whole + ((before < left) & (over > 0))
    known = timed & ~np.isnan(units) & ~np.isnan(left) & ~visits.open_ended
    return pl.Series("line_units_beyond_share", units > most).set(pl.Series(~known), None)


def _quarters(minutes: Floats, timed: Flags, visits: Visits) -> tuple[Floats, Floats, Floats]:
    """Whole quarters of an hour of each line, its minutes beyond them (-1 if untimed), and units its visit has left."""
    total = earned(of_the_visit(minutes, timed, visits))
    whole = np.where(timed, np.floor(minutes / QUARTER), 0.0)
    left: Floats = total - np.bincount(visits.of, weights=np.nan_to_num(whole), minlength=visits.first.size)[visits.of]
    return whole, np.where(timed, minutes - whole * QUARTER, -1.0), left
